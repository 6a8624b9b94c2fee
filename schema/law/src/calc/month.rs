//! 月分の保険料 — one person's month as the night assesses it, from plain facts.

use domain::Prefecture;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::employees_insurance::month::exact_yen;
use crate::{Levies, MonthLaw, PersonContribution, PersonMonth, Trace, Verdict, day_number, day_of};

/// The topic of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 1] = [("month_contribution", month_contribution)];

fn month_contribution(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let yen = |key: &str| Ok::<i64, CalcError>(inputs.yen_or_none(key)?.map_or(0, domain::Yen::get));
    let person = PersonMonth {
        birth_on: day_number(inputs.date("birthdate")?),
        acquired_on: day_number(inputs.date("acquired_on")?),
        lost_on: inputs.date_or_none("lost_on")?.map(day_number),
        prefecture: inputs.prefecture("prefecture_code")?.jis(),
        hi_applies: inputs.flag("hi_applies")?,
        epi_applies: inputs.flag("epi_applies")?,
        ltci_excluded: inputs.flag_or_not("ltci_excluded")?,
        hi_standard_yen: yen("hi_standard_yen")?,
        epi_standard_yen: yen("epi_standard_yen")?,
        hi_standard_bonus_yen: yen("hi_standard_bonus_yen")?,
        epi_standard_bonus_yen: yen("epi_standard_bonus_yen")?,
        exempt: inputs.flag_or_not("exempt")?,
        bonus_exempt: inputs.flag_or_not("bonus_exempt")?,
        epi_same_month_cancelled: inputs.flag_or_not("epi_same_month_cancelled")?,
        multi_workplace: inputs.flag_or_not("two_workplaces")?,
    };
    inputs.no_others()?;
    let law = MonthLaw::of(month, &mut Trace::under(trace.book()))?;
    let outcome = law.explain(&person, trace);
    Ok(month_contribution_result(&outcome))
}

/// The inputs of `month_contribution` that say a person's month; `None` for a prefecture that is none.
pub fn month_contribution_inputs(law: &MonthLaw, person: &PersonMonth) -> Option<Value> {
    let mut inputs = json!({
        "month": law.month(),
        "birthdate": day_of(person.birth_on).to_string(),
        "acquired_on": day_of(person.acquired_on).to_string(),
        "prefecture_code": Prefecture::from_jis(person.prefecture)?.jis_code(),
        "hi_applies": person.hi_applies,
        "epi_applies": person.epi_applies,
        "ltci_excluded": person.ltci_excluded,
        "hi_standard_yen": person.hi_standard_yen,
        "epi_standard_yen": person.epi_standard_yen,
        "hi_standard_bonus_yen": person.hi_standard_bonus_yen,
        "epi_standard_bonus_yen": person.epi_standard_bonus_yen,
        "exempt": person.exempt,
        "bonus_exempt": person.bonus_exempt,
        "epi_same_month_cancelled": person.epi_same_month_cancelled,
        "two_workplaces": person.multi_workplace,
    });
    if let Some(lost_on) = person.lost_on {
        inputs["lost_on"] = json!(day_of(lost_on).to_string());
    }
    Some(inputs)
}

/// The outcome of `month_contribution`: exact amounts as decimal text, shares in yen.
pub fn month_contribution_result(outcome: &PersonContribution) -> Value {
    let verdict = match outcome.verdict {
        Verdict::Done => "done",
        Verdict::Hold(reason) => reason.code(),
    };
    let levies = |levies: &Levies| {
        let text = |units: i64| exact_yen(units).to_string();
        json!({
            "health": text(levies.health_exact),
            "ltci": text(levies.ltci_exact),
            "support": text(levies.support_exact),
            "epi": text(levies.epi_exact),
            "contribution": text(levies.contribution_exact),
        })
    };
    json!({
        "verdict": verdict,
        "monthly": levies(&outcome.monthly),
        "bonus": levies(&outcome.bonus),
        "hi_employee_yen": outcome.hi_employee_yen,
        "epi_employee_yen": outcome.epi_employee_yen,
        "bonus_hi_employee_yen": outcome.bonus_hi_employee_yen,
        "bonus_epi_employee_yen": outcome.bonus_epi_employee_yen,
    })
}
