//! Topics of collection: late fees, demands, overpayments, prescription, deductions, voluntary insured, several offices.

use domain::{Month, Prefecture, Ratio, Yen};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::inputs::{Inputs, Reading};
use super::{CalcError, Calculation, month_names};
use crate::employees_insurance::chargeable_months::Spell;
use crate::employees_insurance::contribution::{Collection, HealthRates, epi_full, epi_rate, hi_full};
use crate::employees_insurance::late_fee::{Arrears, BandFraction, Levy, NotCharged, PartPayment, Segment};
use crate::employees_insurance::limitation::Right;
use crate::employees_insurance::overpayment::{Debt, Order, Upcoming};
use crate::employees_insurance::premium_adjustment::{self as adjustment, Adjusted, Unconfirmed};
use crate::employees_insurance::two_workplaces::{self as several, Apportioned, KeptDecimals, OfficePart, Person};
use crate::employees_insurance::voluntary::membership::{self, Application, LossCause};
use crate::employees_insurance::voluntary::prepayment::{self as prepaid, Period, Prepaid, Refund, SecondInsured};
use crate::employees_insurance::voluntary::{self, PremiumFraction};
use crate::employees_insurance::{custody, demand as demands, late_fee as fees};
use crate::employees_insurance::{limitation as limits, overpayment as over, withholding as deductions};
use crate::{LawError, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 17] = [
    ("appropriation", appropriation),
    ("custody_months", custody_months),
    ("demand", demand),
    ("late_fee", late_fee),
    ("limitation", limitation),
    ("overpayment", overpayment),
    ("premium_adjustment", premium_adjustment),
    ("retroactive_months", retroactive_months),
    ("two_workplaces", two_workplaces),
    ("voluntary_due_date", voluntary_due_date),
    ("voluntary_entry", voluntary_entry),
    ("voluntary_loss", voluntary_loss),
    ("voluntary_premium", voluntary_premium),
    ("voluntary_prepayment", voluntary_prepayment),
    ("voluntary_prepayment_periods", voluntary_prepayment_periods),
    ("voluntary_refund", voluntary_refund),
    ("withholding", withholding),
];

const COLLECTIONS: [(&str, Collection); 2] = [("payroll", Collection::Payroll), ("cash", Collection::Cash)];

/// Items of a list, each read by `read` and with no key left over.
fn items<T>(
    inputs: &Inputs<'_>,
    key: &str,
    read: impl Fn(&Inputs<'_>) -> Result<T, CalcError>,
) -> Result<Vec<T>, CalcError> {
    let one = |item: &Inputs<'_>| {
        let value = read(item)?;
        item.no_others()?;
        Ok(value)
    };
    inputs.list(key)?.iter().map(one).collect()
}

fn late_fee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const LEVIES: [(&str, Levy); 3] = [
        ("epi", Levy::EmployeesPension),
        ("hi", Levy::HealthInsurance),
        ("childcare_contribution", Levy::ChildcareContribution),
    ];
    const REASONS: [(&str, Option<NotCharged>); 3] = [
        ("public_notice", Some(NotCharged::PublicNotice)),
        ("early_collection", Some(NotCharged::EarlyCollection)),
        ("unavoidable", Some(NotCharged::Unavoidable)),
    ];
    const FRACTIONS: [(&str, BandFraction); 2] =
        [("exact", BandFraction::Exact), ("floor_yen", BandFraction::FloorYen)];
    let inputs = Inputs::of(inputs)?;
    let payment =
        |item: &Inputs<'_>| Ok(PartPayment { paid_on: item.date("paid_on")?, amount: item.yen("amount_yen")? });
    let payments = if inputs.has("payments") { items(&inputs, "payments", payment)? } else { Vec::new() };
    let arrears = Arrears {
        levy: inputs.word_or("levy", &LEVIES, Levy::EmployeesPension)?,
        premium: inputs.yen("premium_yen")?,
        due_on: inputs.date("due_date")?,
        paid_on: inputs.date("paid_on")?,
        demand_deadline: inputs.date("demand_deadline")?,
        part_payments: &payments,
        not_charged: inputs.word_or("not_charged", &REASONS, None)?,
        band_fraction: inputs.word_or("band_fraction", &FRACTIONS, BandFraction::default())?,
    };
    inputs.no_others()?;
    let fee = fees::late_fee(&arrears, trace)?;
    let segment = |segment: &Segment| json!({ "band": segment.band.key(), "days": segment.days, "year": segment.year });
    let principals: Vec<Yen> = fee.segments.iter().map(|segment| segment.principal).collect();
    let segments: Vec<Value> = fee.segments.iter().map(segment).collect();
    Ok(json!({ "late_fee_yen": fee.amount, "segments": segments, "principals_yen": principals }))
}

fn demand(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (due_on, issued_on) = (inputs.date("due_date")?, inputs.date("issued_on")?);
    let early_collection = inputs.flag_or_not("early_collection")?;
    let deadline = inputs.date_or_none("deadline")?;
    inputs.no_others()?;
    let demand = demands::demand(due_on, issued_on, early_collection, trace)?;
    let mut outcome = json!({
        "sent": demand.sent,
        "earliest_deadline": demand.earliest_deadline.map(|day| day.to_string()),
    });
    if let Some(deadline) = deadline.filter(|_| demand.sent) {
        let until = demands::payable_until(due_on, issued_on, deadline, trace)?;
        outcome["payable_until"] = json!(until.to_string());
    }
    Ok(outcome)
}

fn overpayment(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (excess, on) = (inputs.yen("excess_yen")?, inputs.date("on")?);
    let premiums = items(&inputs, "premiums", |item| {
        let (month, due_on, amount) = (item.month("month")?, item.date("due_date")?, item.yen("amount_yen")?);
        Ok(Upcoming { month, due_on, amount })
    })?;
    inputs.no_others()?;
    let settled = over::overpayment(excess, on, &premiums, trace)?;
    let put: Vec<Value> =
        settled.put.iter().map(|put| json!({ "month": put.month, "amount_yen": put.amount })).collect();
    Ok(json!({ "window_until": settled.window_until.to_string(), "put": put, "refund_yen": settled.refund }))
}

fn appropriation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const ORDERS: [(&str, Order); 2] =
        [("premiums_then_late_fees", Order::PremiumsThenLateFees), ("month_by_month", Order::MonthByMonth)];
    let inputs = Inputs::of(inputs)?;
    let payment = inputs.yen("payment_yen")?;
    let debts = items(&inputs, "debts", |item| {
        let (month, premium) = (item.month("month")?, item.yen("premium_yen")?);
        Ok(Debt { month, premium, late_fee: item.yen_or_none("late_fee_yen")?.unwrap_or(Yen::ZERO) })
    })?;
    let order = inputs.word_or("order", &ORDERS, Order::default())?;
    inputs.no_others()?;
    let (applied, left) = over::apply(payment, &debts, order, trace)?;
    let months: Vec<Value> = applied
        .iter()
        .map(|put| json!({ "month": put.month, "premium_yen": put.premium, "late_fee_yen": put.late_fee }))
        .collect();
    Ok(json!({ "applied": months, "left_yen": left }))
}

fn limitation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const RIGHTS: [(&str, Right); 2] = [("collection", Right::Collection), ("refund", Right::Refund)];
    let inputs = Inputs::of(inputs)?;
    let (right, on) = (inputs.word("right", &RIGHTS)?, inputs.date("on")?);
    let renewed = if inputs.has("renewed_on") { inputs.dates("renewed_on")? } else { Vec::new() };
    let as_of = inputs.date_or_none("as_of")?;
    inputs.no_others()?;
    let limitation = limits::limitation(right, on, &renewed, trace)?;
    let mut outcome = json!({ "until": limitation.until.to_string() });
    if let Some(day) = as_of {
        outcome["lapsed"] = json!(limitation.has_lapsed(day));
    }
    Ok(outcome)
}

fn retroactive_months(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (acquired_on, notified_on) = (inputs.date("acquired_on")?, inputs.date("notified_on")?);
    inputs.no_others()?;
    let months = limits::retroactive_months(acquired_on, notified_on, trace)?;
    Ok(json!({ "first_month": months.first(), "months": month_names(&months) }))
}

/// The spell that `acquired_on` and, where employment ended, `last_work_day` make.
fn spell(inputs: &Inputs<'_>) -> Result<Spell, CalcError> {
    let acquired_on = inputs.date("acquired_on")?;
    let after =
        |day: Date| day.tomorrow().map_err(|_| LawError::bad_input("最終勤務日 (last_work_day)", "日付が範囲外です"));
    let lost_on = inputs.date_or_none("last_work_day")?.map(after).transpose()?;
    Ok(Spell { acquired_on, lost_on })
}

fn withholding(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (paid_on, spell) = (inputs.date("paid_on")?, spell(&inputs)?);
    let is_bonus = inputs.word_or("pay", &[("monthly", false), ("bonus", true)], false)?;
    inputs.no_others()?;
    if is_bonus {
        let deductible = deductions::deductible_from_bonus(paid_on, spell, trace)?;
        return Ok(json!({ "bonus_deductible": deductible }));
    }
    Ok(json!({ "months": month_names(&deductions::deductible_months(paid_on, spell, trace)?) }))
}

fn custody_months(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (acquired_on, held_from) = (inputs.date("acquired_on")?, inputs.date("held_from")?);
    let released_on = inputs.date_or_none("released_on")?;
    inputs.no_others()?;
    let free = custody::months(acquired_on, held_from, released_on, trace)?;
    Ok(json!({ "first_month": free.map(|months| months.first), "last_month": free.and_then(|months| months.last) }))
}

/// Either the flag itself, or the date of birth it follows from.
fn second_insured(inputs: &Inputs<'_>) -> Result<SecondInsured, CalcError> {
    if inputs.has("ltci_second_insured") {
        return Ok(SecondInsured::Always(inputs.flag("ltci_second_insured")?));
    }
    match inputs.date_or_none("birthdate")? {
        None => Err(CalcError::MissingKey("ltci_second_insured".to_owned())),
        Some(birth) if (1873..8000).contains(&birth.year()) => Ok(SecondInsured::ByAge(birth)),
        Some(_) => Err(LawError::bad_input("生年月日 (birthdate)", "明治6年1月1日以後の日を入力してください").into()),
    }
}

/// A standard at the loss of cover, or one that was determined already.
enum Standard {
    AtLoss(Yen),
    Determined(Yen),
}

impl Standard {
    fn read(inputs: &Inputs<'_>) -> Result<Standard, CalcError> {
        if inputs.has("standard_yen") {
            inputs.yen("standard_yen").map(Standard::Determined)
        } else {
            inputs.yen("standard_at_loss_yen").map(Standard::AtLoss)
        }
    }

    fn in_month(&self, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
        match *self {
            Standard::AtLoss(at_loss) => voluntary::standard(at_loss, month, trace),
            Standard::Determined(standard) => {
                voluntary::check_standard(standard, month, trace)?;
                Ok(standard)
            }
        }
    }
}

fn voluntary_premium(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const FRACTIONS: [(&str, PremiumFraction); 2] =
        [("combined", PremiumFraction::Combined), ("each_part", PremiumFraction::EachPart)];
    let inputs = Inputs::of(inputs)?;
    let (month, prefecture) = (inputs.month("month")?, inputs.prefecture("prefecture_code")?);
    let (standard, second_insured) = (Standard::read(&inputs)?, second_insured(&inputs)?);
    let fraction = inputs.word_or("premium_fraction", &FRACTIONS, PremiumFraction::default())?;
    inputs.no_others()?;
    let standard = standard.in_month(month, trace)?;
    let premium = voluntary::premium(standard, prefecture, month, second_insured.in_month(month), fraction, trace)?;
    Ok(json!({ "standard_yen": standard, "premium_yen": premium }))
}

fn prepaid_of(inputs: &Inputs<'_>) -> Result<(Standard, Prefecture, SecondInsured, Period), CalcError> {
    let period = Period::of(inputs.month("first_month")?, inputs.count("months")?);
    Ok((Standard::read(inputs)?, inputs.prefecture("prefecture_code")?, second_insured(inputs)?, period?))
}

fn voluntary_prepayment(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (standard, prefecture, second_insured, period) = prepaid_of(&inputs)?;
    inputs.no_others()?;
    let standard = standard.in_month(period.first, trace)?;
    let amount = prepaid::prepayment(&Prepaid { standard, prefecture, second_insured, period }, trace)?;
    Ok(json!({ "standard_yen": standard, "prepayment_yen": amount, "pay_by": period.pay_by().to_string() }))
}

fn voluntary_refund(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const FORMULAS: [(&str, Refund); 2] =
        [("prepaid_share", Refund::PrepaidShare), ("value_at_loss", Refund::ValueAtLoss)];
    let inputs = Inputs::of(inputs)?;
    let (standard, prefecture, second_insured, period) = prepaid_of(&inputs)?;
    let lost_on = inputs.date("lost_on")?;
    let formula = inputs.word_or("refund_formula", &FORMULAS, Refund::default())?;
    inputs.no_others()?;
    let standard = standard.in_month(period.first, trace)?;
    let prepaid = Prepaid { standard, prefecture, second_insured, period };
    Ok(json!({ "refund_yen": prepaid::refund(&prepaid, lost_on, formula, trace)? }))
}

fn voluntary_prepayment_periods(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let fiscal_year = i16::try_from(inputs.count::<i32>("fiscal_year")?).unwrap_or(i16::MAX);
    let (acquired_on, lost_on) = (inputs.date("acquired_on")?, inputs.date_or_none("lost_on")?);
    inputs.no_others()?;
    let periods = prepaid::periods(fiscal_year, acquired_on, lost_on, trace)?;
    let row = |period: &Period| json!({ "first_month": period.first, "last_month": period.last, "pay_by": period.pay_by().to_string() });
    Ok(json!({ "periods": periods.iter().map(row).collect::<Vec<Value>>() }))
}

fn voluntary_due_date(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    inputs.no_others()?;
    Ok(json!({ "due_date": membership::due_date(month, trace)?.to_string() }))
}

fn voluntary_entry(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let application = Application {
        insured_from: inputs.date("insured_from")?,
        lost_on: inputs.date("lost_on")?,
        applied_on: inputs.date("applied_on")?,
        late_accepted: inputs.flag_or_not("late_accepted")?,
        first_premium_paid: !inputs.flag_or_not("first_premium_unpaid")?,
    };
    inputs.no_others()?;
    let entry = membership::entry(&application, trace)?;
    Ok(json!({
        "accepted": entry.acquired_on.is_some(),
        "acquired_on": entry.acquired_on.map(|day| day.to_string()),
        "deadline": entry.deadline.to_string(),
        "reason": entry.reason,
    }))
}

pub(super) fn voluntary_loss_cause(inputs: &Inputs<'_>) -> Result<LossCause, CalcError> {
    const CAUSES: [(&str, Reading<LossCause>); 6] = [
        ("two_years", |_| Ok(LossCause::TwoYears)),
        ("death", |inputs| inputs.date("on").map(LossCause::Death)),
        ("unpaid", |inputs| inputs.month("month").map(LossCause::Unpaid)),
        ("insured", |inputs| inputs.date("on").map(LossCause::Insured)),
        ("late_stage_elderly", |inputs| inputs.date("on").map(LossCause::LateStageElderly)),
        ("own_request", |inputs| inputs.date("on").map(LossCause::OwnRequest)),
    ];
    inputs.word("cause", &CAUSES)?(inputs)
}

fn voluntary_loss(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (acquired_on, cause) = (inputs.date("acquired_on")?, voluntary_loss_cause(&inputs)?);
    inputs.no_others()?;
    let loss = membership::loss(acquired_on, cause, trace)?;
    Ok(json!({ "lost_on": loss.lost_on.to_string(), "last_month": loss.last_charged }))
}

/// Offices are `a` and `b`, or a list under `workplaces`.
fn office_amounts(inputs: &Inputs<'_>) -> Result<(Vec<Yen>, Option<Vec<Yen>>), CalcError> {
    if inputs.has("workplaces") {
        let offices =
            items(inputs, "workplaces", |item| Ok((item.yen("remuneration_yen")?, item.yen_or_none("bonus_yen")?)))?;
        let with_bonus = offices.iter().any(|(_, bonus)| bonus.is_some());
        let bonuses = offices.iter().map(|(_, bonus)| bonus.unwrap_or(Yen::ZERO)).collect();
        return Ok((offices.iter().map(|(pay, _)| *pay).collect(), with_bonus.then_some(bonuses)));
    }
    let pay = vec![inputs.yen("remuneration_a_yen")?, inputs.yen("remuneration_b_yen")?];
    let bonuses = [inputs.yen_or_none("bonus_a_yen")?, inputs.yen_or_none("bonus_b_yen")?];
    let with_bonus = bonuses.iter().any(Option::is_some);
    Ok((pay, with_bonus.then(|| bonuses.iter().map(|bonus| bonus.unwrap_or(Yen::ZERO)).collect())))
}

/// An exact part as the tables of cases write it: cut to four decimals.
fn four_decimals(part: Ratio) -> String {
    several::floor_decimals(part, 4).to_string()
}

fn office_row(office: &OfficePart) -> Value {
    json!({
        "hi_total": four_decimals(office.hi),
        "epi_total": four_decimals(office.epi),
        "contribution_total": four_decimals(office.contribution),
        "hi_employee_yen": office.hi_employee,
        "epi_employee_yen": office.epi_employee,
    })
}

/// The offices as a list, and the first two besides as `…_a` and `…_b`.
fn apportioned_rows(outcome: &mut Map<String, Value>, prefix: &str, apportioned: &Apportioned) {
    outcome.insert(format!("{prefix}hi_standard_yen"), json!(apportioned.hi_standard));
    outcome.insert(format!("{prefix}epi_standard_yen"), json!(apportioned.epi_standard));
    for (office, name) in apportioned.offices.iter().zip(["a", "b"]) {
        let row = office_row(office);
        for (key, value) in row.as_object().expect("an office is an object") {
            let key =
                key.strip_suffix("_yen").map_or_else(|| format!("{key}_{name}"), |key| format!("{key}_{name}_yen"));
            outcome.insert(format!("{prefix}{key}"), value.clone());
        }
    }
    outcome.insert(format!("{prefix}offices"), apportioned.offices.iter().map(office_row).collect());
}

fn two_workplaces(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const DECIMALS: [(&str, KeptDecimals); 2] = [("exact", KeptDecimals::Exact), ("official", KeptDecimals::Official)];
    let inputs = Inputs::of(inputs)?;
    let (pay, bonuses) = office_amounts(&inputs)?;
    let person = Person {
        month: inputs.month("month")?,
        prefecture_selected: inputs.prefecture("prefecture_code_selected")?,
        ltci_second_insured: inputs.flag("ltci_second_insured")?,
        collection: inputs.word_or("collection", &COLLECTIONS, Collection::Payroll)?,
        kept_decimals: inputs.word_or("kept_decimals", &DECIMALS, KeptDecimals::default())?,
    };
    let counted = inputs.yen_or_none("hi_bonus_counted_yen")?.unwrap_or(Yen::ZERO);
    let second_cover_on = inputs.date_or_none("second_cover_on")?;
    inputs.no_others()?;
    let mut outcome = Map::new();
    apportioned_rows(&mut outcome, "", &several::monthly(&pay, person, trace)?);
    if let Some(bonuses) = bonuses {
        apportioned_rows(&mut outcome, "bonus_", &several::bonus(&bonuses, counted, person, trace)?);
    }
    if let Some(day) = second_cover_on {
        outcome.insert("selection_deadline".to_owned(), json!(several::selection_deadline(day, trace)?.to_string()));
    }
    Ok(Value::Object(outcome))
}

fn premium_adjustment(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const UNCONFIRMED: [(&str, Unconfirmed); 2] =
        [("refuse", Unconfirmed::Refuse), ("as_reported", Unconfirmed::AsReported)];
    let inputs = Inputs::of(inputs)?;
    let adjusted = Adjusted {
        standard: inputs.yen("standard_yen")?,
        month: inputs.month("month")?,
        first_month: inputs.month("first_month")?,
        unconfirmed: inputs.word_or("unconfirmed_parts", &UNCONFIRMED, Unconfirmed::default())?,
    };
    let (prefecture, ltci) = (inputs.prefecture("prefecture_code")?, inputs.flag("ltci_second_insured")?);
    let collection = inputs.word_or("collection", &COLLECTIONS, Collection::Payroll)?;
    inputs.no_others()?;
    let part = adjustment::worker_part(adjusted, trace)?;
    let hi = hi_full(adjusted.standard, HealthRates::at(prefecture, adjusted.month, trace)?, ltci, trace);
    let epi = epi_full(adjusted.standard, epi_rate(adjusted.month, trace)?, trace);
    let mut share = |full| adjustment::adjusted_share(full, part, collection, trace);
    Ok(json!({ "worker_part": part.to_string(), "hi_employee_yen": share(hi), "epi_employee_yen": share(epi) }))
}
