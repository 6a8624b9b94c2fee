//! 月分の保険料 — one person's month as the night assesses it, from plain facts.

use domain::Prefecture;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::employees_insurance::month::exact_yen;
use crate::{
    Levies, MonthLaw, PersonContribution, PersonMonth, Trace, Verdict, Workplace, WorkplacePart, Workplaces,
    day_number, day_of,
};

/// The topic of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 2] =
    [("month_contribution", month_contribution), ("workplaces_contribution", workplaces_contribution)];

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

/// 二以上事業所勤務者の月分の保険料 — one office's part, from the facts of all offices.
fn workplaces_contribution(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let birth_on = day_number(inputs.date("birthdate")?);
    let offices = inputs.list("workplaces")?;
    let offices = offices.iter().map(|office| workplace(office, birth_on)).collect::<Result<Vec<_>, _>>()?;
    let person = Workplaces { offices, health_society: inputs.flag_or_not("health_society")? };
    let place: usize = inputs.count("workplace")?;
    inputs.no_others()?;
    if !(1..=person.offices.len()).contains(&place) {
        let why = "1から事業所の数までの番号を入力してください";
        return Err(crate::LawError::bad_input("何番目の事業所か (workplace)", why).into());
    }
    let law = MonthLaw::of(month, &mut Trace::under(trace.book()))?;
    let part = law.explain_workplaces(&person, place - 1, trace);
    Ok(workplaces_contribution_result(&part))
}

fn workplace(inputs: &Inputs<'_>, birth_on: i32) -> Result<Workplace, CalcError> {
    let yen = |key: &str| Ok::<i64, CalcError>(inputs.yen_or_none(key)?.map_or(0, domain::Yen::get));
    let payment = |paid: &Inputs<'_>| {
        let payment = (day_number(paid.date("paid_on")?), paid.yen("yen")?.get());
        paid.no_others()?;
        Ok::<_, CalcError>(payment)
    };
    let bonuses = inputs.list_or_empty("bonuses")?.iter().map(payment).collect::<Result<_, _>>()?;
    let workplace = Workplace {
        month: PersonMonth {
            birth_on,
            acquired_on: day_number(inputs.date("acquired_on")?),
            lost_on: inputs.date_or_none("lost_on")?.map(day_number),
            prefecture: inputs.prefecture("prefecture_code")?.jis(),
            hi_applies: inputs.flag_or("hi_applies", true)?,
            epi_applies: inputs.flag_or("epi_applies", true)?,
            ltci_excluded: inputs.flag_or_not("ltci_excluded")?,
            hi_standard_yen: yen("hi_standard_yen")?,
            epi_standard_yen: yen("epi_standard_yen")?,
            hi_standard_bonus_yen: 0,
            epi_standard_bonus_yen: 0,
            exempt: inputs.flag_or_not("exempt")?,
            bonus_exempt: inputs.flag_or_not("bonus_exempt")?,
            epi_same_month_cancelled: inputs.flag_or_not("epi_same_month_cancelled")?,
            multi_workplace: false,
        },
        remuneration_yen: yen("remuneration_yen")?,
        bonuses,
        selected: inputs.flag_or_not("selected")?,
    };
    inputs.no_others()?;
    Ok(workplace)
}

/// The inputs of `workplaces_contribution` that say the month of a person with several offices; `None` for a prefecture
/// that is none.
pub fn workplaces_contribution_inputs(law: &MonthLaw, person: &Workplaces, place: usize) -> Option<Value> {
    let office = |office: &Workplace| {
        let month = &office.month;
        let payment = |(paid_on, yen): &(i32, i64)| json!({ "paid_on": day_of(*paid_on).to_string(), "yen": yen });
        let mut inputs = json!({
            "acquired_on": day_of(month.acquired_on).to_string(),
            "prefecture_code": Prefecture::from_jis(month.prefecture)?.jis_code(),
            "hi_applies": month.hi_applies,
            "epi_applies": month.epi_applies,
            "ltci_excluded": month.ltci_excluded,
            "hi_standard_yen": month.hi_standard_yen,
            "epi_standard_yen": month.epi_standard_yen,
            "exempt": month.exempt,
            "bonus_exempt": month.bonus_exempt,
            "epi_same_month_cancelled": month.epi_same_month_cancelled,
            "remuneration_yen": office.remuneration_yen,
            "bonuses": office.bonuses.iter().map(payment).collect::<Vec<_>>(),
            "selected": office.selected,
        });
        if let Some(lost_on) = month.lost_on {
            inputs["lost_on"] = json!(day_of(lost_on).to_string());
        }
        Some(inputs)
    };
    Some(json!({
        "month": law.month(),
        "birthdate": day_of(person.offices.get(place)?.month.birth_on).to_string(),
        "health_society": person.health_society,
        "workplaces": person.offices.iter().map(office).collect::<Option<Vec<_>>>()?,
        "workplace": place + 1,
    }))
}

/// The outcome of `workplaces_contribution`: that of `month_contribution`, and the standards of the sum.
pub fn workplaces_contribution_result(part: &WorkplacePart) -> Value {
    let mut result = month_contribution_result(&part.contribution);
    for (key, yen) in [
        ("hi_standard_yen", part.hi_standard_yen),
        ("epi_standard_yen", part.epi_standard_yen),
        ("hi_standard_bonus_yen", part.hi_standard_bonus_yen),
        ("epi_standard_bonus_yen", part.epi_standard_bonus_yen),
    ] {
        result[key] = json!(yen);
    }
    result
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
