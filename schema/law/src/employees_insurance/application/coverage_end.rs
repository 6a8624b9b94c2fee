//! 資格喪失届の反映 (健康保険法36条, 厚生年金保険法14条).

use jiff::civil::Date;

use super::super::age;
use super::{Application, Applied, Cause, InsuredFacts, NotApplied};
use crate::{Step, Trace};

/// 資格喪失届／70歳以上被用者不該当届 — what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverageEndFiling {
    /// 資格喪失年月日; for a 70歳以上被用者 alone the day after 不該当年月日.
    pub lost_on: Date,
    /// 喪失原因: 4 退職等, 5 死亡, 7 75歳到達, 9 障害認定, 11 社会保障協定.
    pub end_cause: i16,
    /// 70歳以上被用者届のみ提出.
    pub only_over70: bool,
}

/// 資格喪失届の反映 — the spell ends; no standard holds after the last month with a covered day.
///
/// Law: 健康保険法36条, 厚生年金保険法14条 (the day after the end of employment or death), 健康保険法3条1項ただし書
/// (the 75th birthday).
///
/// # Errors
/// `Held` — the spell has ended already, or a form for 70歳以上被用者 alone about somebody in health insurance;
/// `Rejected` — the day lies before the acquisition, or before the 75th birthday where that is the cause. A later day
/// (the form takes the birthday or any after it) is brought back to the birthday, on which the law ends the cover.
pub fn coverage_end(
    filing: &CoverageEndFiling,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    let spell = &known.spell;
    if let Some(lost_on) = spell.lost_on {
        let message =
            format!("すでに資格を喪失しています (資格喪失年月日 {lost_on})。訂正であれば担当者が審査してください");
        return Err(NotApplied::held("already_ended", message));
    }
    if filing.lost_on < spell.acquired_on {
        let message =
            format!("資格喪失年月日が資格取得年月日 ({}) より前です。日付を訂正してください", spell.acquired_on);
        return Err(NotApplied::rejected("lost_before_acquired", message));
    }
    if filing.only_over70 && spell.health_insurance {
        return Err(NotApplied::held(
            "health_insurance_goes_on",
            "70歳以上被用者の届だけですが、健康保険の資格が続いています。資格喪失届が要るか確かめてください",
        ));
    }
    let lost_on = match filing.end_cause {
        7 => at_75(filing.lost_on, age::hi_loss_on(known.birth_on), trace)?,
        _ => filing.lost_on,
    };
    let mut facts = known.clone();
    facts.spell.lost_on = Some(lost_on);
    facts.spell.end_cause = Some(filing.end_cause);
    facts.spell.cause = cause.clone();
    let end = facts.spell.first_month_after().expect("it has just ended");
    facts.end_standards(end, cause);
    trace.step(
        Step::new("健康保険法36条・厚生年金保険法14条", "資格を喪失し、標準報酬月額の適用を終える")
            .with("資格取得日", spell.acquired_on, "")
            .with("資格喪失日", lost_on, "")
            .gives(format!("標準報酬月額は{}分まで", end.previous())),
    );
    Ok(Applied::with(facts))
}

/// 75歳到達 — the birthday itself (健康保険法3条1項ただし書・36条, 高齢者の医療の確保に関する法律50条1号・52条).
pub(super) fn at_75(filed: Date, birthday: Date, trace: &mut Trace) -> Application<Date> {
    if filed < birthday {
        let message =
            format!("喪失原因が75歳到達のとき、喪失年月日は75歳の誕生日 ({birthday}) です。日付を訂正してください");
        return Err(NotApplied::rejected("before_75th_birthday", message));
    }
    if filed > birthday {
        trace.step(
            Step::new("高齢者の医療の確保に関する法律52条", "75歳の誕生日に資格を喪失する")
                .with("届の資格喪失年月日", filed, "")
                .gives(birthday),
        );
    }
    Ok(birthday)
}
