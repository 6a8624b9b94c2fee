//! 資格取得届の反映 (健康保険法35条・42条, 厚生年金保険法13条・22条).

use domain::{Month, Yen};
use jiff::civil::Date;

use super::super::{Scheme, acquisition, age, grade};
use super::{Application, Applied, Cause, Decision, InsuredFacts, NotApplied, Spell, Standard};
use crate::{Step, Trace};

/// 資格取得届／70歳以上被用者該当届 — what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnrolmentFiling {
    /// 生年月日.
    pub birth_on: Date,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 取得区分: 1 健保・厚年, 3 共済出向, 4 船保任継, 6, 7; `None` on a form for 70歳以上被用者 alone.
    pub acquisition_kind: Option<u8>,
    /// 種別 is 坑内員 or a fund's: other rates apply.
    pub special_kind: bool,
    /// 70歳以上被用者届のみ提出.
    pub only_over70: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 報酬月額, cash and kind; 9,999,999 means that much or more.
    pub remuneration: Yen,
    /// 被保険者整理番号: as filed, or the next free one.
    pub insured_number: i32,
}

/// 年齢による適用 — health insurance until the 75th birthday, employees' pension until 70 is attained.
///
/// Law: 健康保険法3条1項ただし書, 厚生年金保険法9条・14条5号. Returns (健康保険, 厚生年金保険).
pub fn schemes_of_age(birth_on: Date, acquired_on: Date) -> (bool, bool) {
    (acquired_on < age::hi_loss_on(birth_on), acquired_on < age::epi_loss_on(birth_on))
}

/// 資格取得届の反映 — a new spell and its first standard, from the month of acquisition until the next decision.
///
/// Law: 健康保険法35条・42条, 厚生年金保険法13条・22条. The standard is left open: the August of 42条2項 is in the
/// receipt; the annual determination ends it, and where that carries the standard over, it goes on.
///
/// - `others`: the person's spells at this employer
/// - `number_taken`: the insured number is another spell's
///
/// # Errors
/// `Held` — already insured, number taken, a kind that a person must judge, no grade table for the month.
pub fn enrolment(
    filing: &EnrolmentFiling,
    others: &[Spell],
    number_taken: bool,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    check_kind(filing)?;
    check_others(filing, others)?;
    if number_taken {
        return Err(NotApplied::held(
            "insured_number_taken",
            "被保険者整理番号がすでに使われています。番号を確かめて、届を訂正してください",
        ));
    }
    let (by_age_hi, by_age_epi) = schemes_of_age(filing.birth_on, filing.acquired_on);
    let (hi, epi) = if filing.only_over70 { (false, false) } else { (by_age_hi, by_age_epi) };
    if !filing.only_over70 && !hi && !epi {
        return Err(NotApplied::held(
            "no_scheme_applies",
            "資格取得日に75歳以上です。70歳以上被用者該当届だけの届か、生年月日を確かめてください",
        ));
    }
    trace.step(
        Step::new("健康保険法3条1項ただし書・厚生年金保険法9条", "資格取得日の年齢で適用する制度を決める")
            .with("資格取得日", filing.acquired_on, "")
            .gives(format!("健康保険 {}、厚生年金保険 {}", applies(hi), applies(epi))),
    );
    let spell = Spell {
        insured_number: filing.insured_number,
        health_insurance: hi,
        employees_pension: epi,
        short_time_worker: filing.short_time_worker,
        two_workplaces: filing.two_workplaces,
        acquired_on: filing.acquired_on,
        lost_on: None,
        end_cause: None,
        cause: cause.clone(),
    };
    let standard = first_standard(filing, hi, epi, cause, trace)?;
    let standards = if hi || epi { vec![standard] } else { Vec::new() };
    Ok(Applied::with(InsuredFacts { birth_on: filing.birth_on, spell, standards, bonuses: Vec::new() }))
}

fn applies(yes: bool) -> &'static str {
    if yes { "適用" } else { "対象外" }
}

fn check_kind(filing: &EnrolmentFiling) -> Application<()> {
    if filing.special_kind {
        return Err(NotApplied::held("special_kind", "坑内員・基金加入員の届です。担当者が審査してください"));
    }
    match filing.acquisition_kind {
        Some(1) => Ok(()),
        None if filing.only_over70 => Ok(()),
        _ => Err(NotApplied::held("acquisition_kind", "取得区分が健保・厚年以外の届です。担当者が審査してください")),
    }
}

fn check_others(filing: &EnrolmentFiling, others: &[Spell]) -> Application<()> {
    let overlaps = |spell: &&Spell| spell.lost_on.is_none_or(|lost_on| lost_on > filing.acquired_on);
    match others.iter().find(overlaps) {
        None => Ok(()),
        Some(spell) => {
            let acquired_on = spell.acquired_on;
            Err(NotApplied::held(
                "already_insured",
                format!(
                    "この事業所ですでに被保険者です (資格取得年月日 {acquired_on})。喪失届が先か、取得日の訂正が要るか確かめてください"
                ),
            ))
        }
    }
}

fn first_standard(
    filing: &EnrolmentFiling,
    hi: bool,
    epi: bool,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Standard> {
    let month = Month::of(filing.acquired_on);
    let standard = |scheme, applies: bool, trace: &mut Trace| match applies {
        true => grade::lookup(scheme, month, filing.remuneration, trace).map(|grade| grade.standard),
        false => Ok(Yen::ZERO),
    };
    let hi = standard(Scheme::HealthInsurance, hi, trace)?;
    let epi = standard(Scheme::EmployeesPension, epi, trace)?;
    acquisition::last_month(filing.acquired_on, trace);
    Ok(Standard {
        remuneration: filing.remuneration,
        hi,
        epi,
        decision: Decision::Acquisition,
        from: month,
        until: None,
        cause: cause.clone(),
    })
}
