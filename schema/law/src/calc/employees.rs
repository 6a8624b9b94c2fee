//! Topics of employees' insurance.

use domain::{Month, Ratio, Yen};
use serde_json::{Map, Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation, month_names};
use crate::employees_insurance::acquisition::{last_month, monthly_of_period};
use crate::employees_insurance::bonus::{BonusPayment, standard_bonuses};
use crate::employees_insurance::chargeable_months::NextInSameMonth;
use crate::employees_insurance::contribution::{
    Collection, EPI_SHARE, HI_SHARE, HealthRates, contribution_full, contribution_rate, employee_share, epi_full,
    epi_rate, hi_full,
};
use crate::employees_insurance::exemption::{LeaveKind, LeaveSpell, exempt_months};
use crate::employees_insurance::{Scheme, age, chargeable_months as chargeable, check_day, due_date as due, grade};
use crate::employees_insurance::{long_term_care, notice_total as notice};
use crate::{LawError, Step, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 13] = [
    ("acquisition_decision_period", acquisition_decision_period),
    ("acquisition_remuneration", acquisition_remuneration),
    ("age_loss", age_loss),
    ("bonus_premium", bonus_premium),
    ("bonus_standard", bonus_standard),
    ("chargeable_months", chargeable_months),
    ("due_date", due_date),
    ("employee_deduction", employee_deduction),
    ("exemption", exemption),
    ("grade_lookup", grade_lookup),
    ("ltci_period", ltci_period),
    ("notice_total", notice_total),
    ("premium_table_cell", premium_table_cell),
];

/// An exact amount as the tables of cases write it: a decimal text.
fn exact(amount: Ratio) -> Value {
    Value::String(amount.to_string())
}

fn grade_lookup(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let scheme = inputs.word("scheme", &[("hi", Scheme::HealthInsurance), ("epi", Scheme::EmployeesPension)])?;
    let date = inputs.date("date")?;
    let remuneration = inputs.yen("remuneration_yen")?;
    inputs.no_others()?;
    let grade = grade::lookup(scheme, Month::of(date), remuneration, trace)?;
    Ok(json!({ "grade": grade.grade, "standard_yen": grade.standard }))
}

fn premium_table_cell(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let prefecture = inputs.prefecture("prefecture_code")?;
    let hi = inputs.yen("hi_standard_yen")?;
    let epi = inputs.yen_or_none("epi_standard_yen")?;
    inputs.no_others()?;
    let rates = HealthRates::at(prefecture, month, trace)?;
    let mut cell = Map::new();
    let mut put = |name: &str, base: Yen, rate: Ratio, clause: &'static str, trace: &mut Trace| {
        let full = rate.times_yen(base);
        trace.step(
            Step::new(clause, format!("{name}: 標準報酬月額 × 料率、折半額はその2分の1"))
                .with("標準報酬月額", base, "")
                .with("料率", rate, "")
                .with("折半額", full.half(), "円")
                .gives(format!("{full}円")),
        );
        cell.insert(format!("{name}_total"), exact(full));
        cell.insert(format!("{name}_half"), exact(full.half()));
    };
    put("hi", hi, rates.health, "健康保険法156条1項・160条", trace);
    put("hi_ltci", hi, rates.health + rates.ltci, "健康保険法156条1項・160条", trace);
    put("support", hi, rates.support, "健康保険法156条1項", trace);
    if let Some(epi) = epi {
        put("epi", epi, epi_rate(month, trace)?, "厚生年金保険法81条3項・4項", trace);
    }
    Ok(Value::Object(cell))
}

const COLLECTIONS: [(&str, Collection); 2] = [("payroll", Collection::Payroll), ("cash", Collection::Cash)];

fn employee_deduction(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    premiums(inputs, "hi_standard_yen", "epi_standard_yen", trace)
}

fn bonus_premium(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    premiums(inputs, "hi_standard_bonus_yen", "epi_standard_bonus_yen", trace)
}

/// Exact premiums and employee's shares on a standard remuneration or bonus; EPI only where it is given.
fn premiums(inputs: &Value, hi_key: &str, epi_key: &str, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let prefecture = inputs.prefecture("prefecture_code")?;
    let hi = inputs.yen(hi_key)?;
    let epi = inputs.yen_or_none(epi_key)?;
    let ltci = inputs.flag("ltci_second_insured")?;
    let collection = inputs.word("collection", &COLLECTIONS)?;
    inputs.no_others()?;
    let rates = HealthRates::at(prefecture, month, trace)?;
    let hi_total = hi_full(hi, rates, ltci, trace);
    let hi_employee = employee_share(hi_total, collection, HI_SHARE, trace);
    let mut outcome = json!({ "hi_total": exact(hi_total), "hi_employee_yen": hi_employee });
    if let Some(epi) = epi {
        let epi_total = epi_full(epi, epi_rate(month, trace)?, trace);
        outcome["epi_total"] = exact(epi_total);
        outcome["epi_employee_yen"] = json!(employee_share(epi_total, collection, EPI_SHARE, trace));
    }
    Ok(outcome)
}

fn bonus_standard(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let payment = |bonus: &Inputs<'_>| {
        let payment = BonusPayment { paid_on: bonus.date("paid_on")?, amount: bonus.yen("amount_yen")? };
        bonus.no_others()?;
        Ok(payment)
    };
    let payments: Vec<BonusPayment> = inputs.list("bonuses")?.iter().map(payment).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let standards = standard_bonuses(&payments, trace)?;
    let rows: Vec<Value> = standards
        .iter()
        .map(|standard| json!({ "month": standard.month, "hi_yen": standard.hi, "epi_yen": standard.epi }))
        .collect();
    Ok(json!({ "standards": rows }))
}

/// The bases of one person on a notice.
struct NoticePerson {
    hi: [Yen; 2],
    epi: [Yen; 2],
    ltci: bool,
}

fn notice_person(person: &Inputs<'_>) -> Result<NoticePerson, CalcError> {
    let or_zero = |key: &str| Ok::<Yen, CalcError>(person.yen_or_none(key)?.unwrap_or(Yen::ZERO));
    let read = NoticePerson {
        hi: [or_zero("hi_standard_yen")?, or_zero("hi_bonus_yen")?],
        epi: [or_zero("epi_standard_yen")?, or_zero("epi_bonus_yen")?],
        ltci: person.flag("ltci_second_insured")?,
    };
    person.no_others()?;
    Ok(read)
}

fn notice_total(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let prefecture = inputs.prefecture("prefecture_code")?;
    let persons: Vec<NoticePerson> =
        inputs.list("persons")?.iter().map(notice_person).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let rates = HealthRates::at(prefecture, month, trace)?;
    let (epi_rate, contribution_rate) = (epi_rate(month, trace)?, contribution_rate(month, trace)?);
    let (mut hi, mut epi, mut contribution) = (Ratio::ZERO, Ratio::ZERO, Ratio::ZERO);
    let charged = |base: &&Yen| **base > Yen::ZERO;
    for person in &persons {
        for base in person.hi.iter().filter(charged) {
            hi = hi + hi_full(*base, rates, person.ltci, trace);
        }
        for base in person.epi.iter().filter(charged) {
            epi = epi + epi_full(*base, epi_rate, trace);
            contribution = contribution + contribution_full(*base, contribution_rate, trace);
        }
    }
    let total = notice::notice_total(hi, epi, contribution, trace);
    Ok(json!({
        "hi_yen": total.hi_yen,
        "epi_yen": total.epi_yen,
        "contribution_yen": total.contribution_yen,
        "total_yen": total.total_yen,
    }))
}

fn ltci_period(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth = inputs.date("birthdate")?;
    inputs.no_others()?;
    check_birth(birth)?;
    let (first, last) = long_term_care::period(birth, trace);
    Ok(json!({ "first_month": first, "last_month": last }))
}

fn age_loss(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth = inputs.date("birthdate")?;
    inputs.no_others()?;
    check_birth(birth)?;
    let loss = age::age_loss(birth, trace);
    Ok(json!({
        "epi_loss_date": loss.epi_loss_on.to_string(),
        "epi_last_month": loss.epi_last_month,
        "hi_loss_date": loss.hi_loss_on.to_string(),
        "hi_last_month": loss.hi_last_month,
    }))
}

/// Dates of birth before the solar calendar are refused, as are those that leave no room for an age.
fn check_birth(birth: jiff::civil::Date) -> Result<(), CalcError> {
    if (1873..9000).contains(&birth.year()) {
        Ok(())
    } else {
        Err(LawError::bad_input("生年月日 (birthdate)", "明治6年1月1日以後の日を入力してください").into())
    }
}

fn chargeable_months(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const NEXT: [(&str, NextInSameMonth); 4] = [
        ("none", NextInSameMonth::None),
        ("np_category_1", NextInSameMonth::NationalPensionCategory1),
        ("np_category_3", NextInSameMonth::NationalPensionCategory3),
        ("epi_other_employer", NextInSameMonth::EpiOtherEmployer),
    ];
    let inputs = Inputs::of(inputs)?;
    let acquired_on = inputs.date("acquired_on")?;
    let last_work_day = inputs.date("last_work_day")?;
    let next = if inputs.has("next_in_same_month") {
        inputs.word("next_in_same_month", &NEXT)?
    } else {
        NextInSameMonth::None
    };
    inputs.no_others()?;
    let charged = chargeable::chargeable_months(acquired_on, last_work_day, next, trace)?;
    Ok(json!({ "epi_months": month_names(&charged.epi), "hi_months": month_names(&charged.hi) }))
}

fn due_date(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    inputs.no_others()?;
    Ok(json!({ "due_date": due::due_date(month, trace)?.to_string() }))
}

fn exemption(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let leave = LeaveSpell {
        kind: inputs.word("kind", &[("maternity", LeaveKind::Maternity), ("childcare", LeaveKind::Childcare)])?,
        start: inputs.date("start")?,
        end: inputs.date("end")?,
        worked_days_excluded: inputs.days_or_zero("worked_days_excluded")?,
    };
    inputs.no_others()?;
    let exempt = exempt_months(leave, trace)?;
    Ok(json!({ "exempt_months": month_names(&exempt.months), "bonus_exempt": exempt.bonus_exempt }))
}

fn acquisition_decision_period(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let acquired_on = inputs.date("acquired_on")?;
    inputs.no_others()?;
    check_day("資格取得日 (acquired_on)", acquired_on)?;
    Ok(json!({ "last_month": last_month(acquired_on, trace) }))
}

fn acquisition_remuneration(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let pay = inputs.yen("fixed_pay_yen")?;
    let days = inputs.word("pay_period", &[("weekly", Some(7)), ("biweekly", Some(14)), ("monthly", None)])?;
    inputs.no_others()?;
    let monthly = match days {
        Some(days) => monthly_of_period(pay, days, trace)?,
        None => {
            trace.step(Step::new("健康保険法42条1項1号", "月で定める報酬はそのまま報酬月額とする").gives(pay));
            pay
        }
    };
    Ok(json!({ "remuneration_yen": monthly }))
}
