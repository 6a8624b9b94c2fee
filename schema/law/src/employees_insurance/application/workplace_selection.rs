//! 被保険者所属選択・二以上事業所勤務届の反映 (健康保険法施行規則1条の3・2条・37条, 厚生年金保険法施行規則1条・2条).

use domain::paper::HealthInsurer;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::super::two_workplaces::selection_deadline;
use super::super::{Scheme, grade};
use super::{Application, NotApplied, Spell};
use crate::{Step, Trace};

/// 一事業所の資格 — what is known of the person at one of the offices.
#[derive(Clone, Copy, Debug)]
pub struct OfficeFacts<'a> {
    /// 資格の番号.
    pub spell_id: i64,
    /// The spell under the number that the filing gives.
    pub spell: &'a Spell,
    /// It is the spell of the person who chooses.
    pub same_person: bool,
    /// 報酬月額 of this office in the month of the choice, if a standard is decided.
    pub remuneration: Option<Yen>,
}

/// 選択 — which office and insurer, from which day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// 二以上の事業所に使用されることとなった日, or that of another choice.
    pub since: Date,
    /// 選択した保険者.
    pub insurer: HealthInsurer,
    /// The spells, that of the office chosen first, then in order.
    pub spells: Vec<i64>,
}

/// The choice with what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// What is known from now on.
    pub selection: Selection,
    /// 合算した報酬月額, where every office has decided its own.
    pub remuneration: Option<Yen>,
    /// Why nothing changed.
    pub no_effect: Option<String>,
}

/// 所属選択の反映 — one insurer and one pension office for a person insured at several offices at once.
///
/// Law: 健康保険法施行規則1条の3 (保険者の選択)・2条 (届出, 10日以内), 厚生年金保険法施行規則1条・2条; 健康保険法44条3項・厚生年金
/// 保険法24条2項 (合算). A filing after the ten days is applied all the same: the duty does not lapse.
///
/// - `offices`: the office chosen first
/// - `standing`: the choice on record, if there is one
///
/// # Errors
/// `Held` — fewer than two offices, another person's number, never insured at once, another day than that of the second
/// cover.
pub fn workplace_selection(
    (since, insurer): (Date, HealthInsurer),
    offices: &[OfficeFacts<'_>],
    standing: Option<&Selection>,
    trace: &mut Trace,
) -> Application<Selected> {
    let held = |code, message: &str| Err(NotApplied::held(code, message));
    let mut spells: Vec<i64> = offices.iter().map(|office| office.spell_id).collect();
    let [chosen, ..] = spells[..] else {
        return held("one_office", "選択しない事業所がありません。勤務するすべての事業所を記入してください");
    };
    spells[1..].sort_unstable();
    if spells.len() < 2 || spells[1..].contains(&chosen) || spells[1..].windows(2).any(|pair| pair[0] == pair[1]) {
        return held(
            "one_office",
            "同じ資格が二度あるか、事業所が一つだけです。勤務するすべての事業所を記入してください",
        );
    }
    if offices.iter().any(|office| !office.same_person) {
        return held(
            "other_person",
            "選択しない事業所の被保険者整理番号は別の人のものです。事業所整理記号と番号を確かめてください",
        );
    }
    if offices.iter().any(|office| !office.spell.health_insurance && !office.spell.employees_pension) {
        return held(
            "not_insured_there",
            "健康保険・厚生年金保険の被保険者でない事業所があります。資格を確かめてください",
        );
    }
    let second_on = offices.iter().map(|office| office.spell.acquired_on).max().expect("two offices at least");
    if offices.iter().any(|office| !office.spell.covers(second_on.max(since))) {
        return held("not_at_once", "同時に被保険者である期間がありません。資格の得喪を確かめてください");
    }
    if since < second_on || since > second_on && standing.is_none() {
        let message = format!("二以上の事業所の被保険者となった日は{second_on}です。年月日を確かめてください");
        return Err(NotApplied::held("since_differs", message));
    }
    if let Some(standing) = standing.filter(|standing| since < standing.since) {
        let message =
            format!("{}からの選択がすでに記録されています。それより前の選択は担当者が確かめてください", standing.since);
        return Err(NotApplied::held("before_standing", message));
    }
    let deadline = selection_deadline(since, trace)?;
    let selection = Selection { since, insurer, spells };
    let no_effect = (standing == Some(&selection)).then(|| "記録と同じ選択です。変わるものはありません".to_owned());
    let remuneration = together(&selection, offices, trace);
    trace.step(
        Step::new("健康保険法施行規則1条の3・2条、厚生年金保険法施行規則1条・2条", "選択した事業所と保険者を記録する")
            .with("二以上勤務・選択の年月日", since, "")
            .with("届出期限", deadline, "")
            .with("事業所の数", offices.len(), "")
            .gives(format!("保険者 {}", insurer.name_ja())),
    );
    Ok(Selected { selection, remuneration, no_effect })
}

/// 合算 — told on the receipt where every office has its own remuneration and the tables reach the month.
fn together(selection: &Selection, offices: &[OfficeFacts<'_>], trace: &mut Trace) -> Option<Yen> {
    let sum: Yen = offices.iter().map(|office| office.remuneration).collect::<Option<Vec<_>>>()?.into_iter().sum();
    trace.step(
        Step::new("健康保険法44条3項・厚生年金保険法24条2項", "報酬月額 = 各事業所について算定した額の合算額")
            .gives(sum),
    );
    let month = Month::of(selection.since);
    for scheme in [Scheme::HealthInsurance, Scheme::EmployeesPension] {
        if scheme == Scheme::EmployeesPension || selection.insurer == HealthInsurer::Association {
            grade::lookup(scheme, month, sum, trace).ok()?;
        }
    }
    Some(sum)
}
