//! Topics of the benefits of health insurance: allowances, lump sums, cash for care, and what ends them.

use domain::{Ratio, Yen};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::health_benefits::cash_medical_benefit::{self as cash, Cause, PatientRate, Treatment};
use crate::health_benefits::coordination::{self, Allowance, OtherIncomes, payable_daily};
use crate::health_benefits::days::{DaySpan, plus_days, total_days};
use crate::health_benefits::judo_therapy::{Injury, Session, judo_therapy_benefit};
use crate::health_benefits::lump_sum::{self as lump, Childbirth, FuneralBenefit, Mother};
use crate::health_benefits::maternity_allowance::{self as maternity, Birth, Leave, PaidLeave};
use crate::health_benefits::post_loss::{self, Claim, Cover, CoverKind, DeathAfterLoss, Loss};
use crate::health_benefits::prescription::{Event, prescription};
use crate::health_benefits::sickness_allowance::period::{self, Counting};
use crate::health_benefits::sickness_allowance::waiting::waiting;
use crate::health_benefits::sickness_allowance::{self as sickness, DailyAmount, KYOKAI, MonthStandard};
use crate::health_benefits::subrogation::{self as third_party, BenefitValue, Damages};
use crate::health_benefits::transport::{Conditions, transport_benefit};
use crate::{LawError, Step, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 12] = [
    ("benefit_coordination", benefit_coordination),
    ("benefit_limitation", benefit_limitation),
    ("cash_medical_benefit", cash_medical_benefit),
    ("judo_therapy", judo_therapy),
    ("lump_sum", lump_sum),
    ("maternity_allowance", maternity_allowance),
    ("post_loss_benefits", post_loss_benefits),
    ("sickness_allowance", sickness_allowance),
    ("sickness_period", sickness_period),
    ("sickness_waiting", sickness_waiting),
    ("subrogation", subrogation),
    ("transport", transport),
];

fn day(day: Date) -> String {
    day.to_string()
}

fn day_or_null(found: Option<Date>) -> Value {
    found.map_or(Value::Null, |found| Value::String(day(found)))
}

/// Spans `{first_day, last_day}` under a key that may be missing.
fn spans(inputs: &Inputs<'_>, key: &str) -> Result<Vec<DaySpan>, CalcError> {
    let span = |item: &Inputs<'_>| {
        let (first, last) = (item.date("first_day")?, item.date("last_day")?);
        item.no_others()?;
        Ok(DaySpan::new(key, first, last)?)
    };
    inputs.list_or_empty(key)?.iter().map(span).collect()
}

/// 標準報酬月額: a plain list of one insurer, or months with their insurers.
enum Standards {
    Plain(Vec<Yen>),
    ByMonth(Vec<MonthStandard>),
}

/// What the amount per day of an allowance depends on, but for the day it begins.
struct DailyQuestion<'a> {
    standards: Standards,
    insurer: &'a str,
}

fn daily_question<'a>(inputs: &Inputs<'a>) -> Result<DailyQuestion<'a>, CalcError> {
    let by_month = inputs.has("months");
    let insurer = if inputs.has("insurer") { inputs.text("insurer")? } else { KYOKAI };
    let month = |item: &Inputs<'_>| {
        let (month, standard) = (item.month("month")?, item.yen("standard_yen")?);
        let insurer = item.text("insurer")?.to_owned();
        item.no_others()?;
        Ok::<MonthStandard, CalcError>(MonthStandard { month, insurer, standard })
    };
    let standards = if by_month {
        Standards::ByMonth(inputs.list("months")?.iter().map(month).collect::<Result<_, _>>()?)
    } else {
        Standards::Plain(inputs.yens("standards_yen")?)
    };
    Ok(DailyQuestion { standards, insurer })
}

impl DailyQuestion<'_> {
    fn answer(self, allowance: Allowance, start: Date, trace: &mut Trace) -> Result<DailyAmount, LawError> {
        let standards = match self.standards {
            Standards::Plain(standards) => standards,
            Standards::ByMonth(records) => sickness::months_of_insurer(&records, start, self.insurer, trace)?,
        };
        sickness::daily_amount(allowance, &standards, start, self.insurer, trace)
    }
}

/// Other income of a day on which the sickness allowance falls due. `old_age_pension_annual_yen` is for claims
/// after the loss of cover; of one that `after_loss` says is none, the pension is left out.
fn other_incomes(inputs: &Inputs<'_>, trace: &mut Trace) -> Result<OtherIncomes, CalcError> {
    let after_loss = inputs.flag_or("after_loss", true)?;
    let old_age = inputs.yen_or_none("old_age_pension_annual_yen")?;
    if let Some(old_age) = old_age {
        let (rule, told) = if after_loss {
            (
                "資格喪失後の継続給付として、老齢退職年金給付と調整する (継続給付でないときは after_loss を false にする)",
                "調整する",
            )
        } else {
            ("資格喪失後の継続給付でないため、老齢退職年金給付とは調整しない", "調整しない")
        };
        trace
            .step(Step::new("健康保険法108条5項・104条", rule).with("老齢退職年金給付の年額", old_age, "").gives(told));
    }
    Ok(OtherIncomes {
        pay_daily: inputs.yen_or_none("daily_pay_yen")?,
        maternity_daily: inputs.yen_or_none("maternity_daily_yen")?,
        disability_pension_annual: inputs.yen_or_none("disability_pension_annual_yen")?,
        old_age_pension_annual: old_age.filter(|_| after_loss),
        work_injury_daily: inputs.yen_or_none("work_injury_daily_yen")?,
    })
}

/// What is left of an allowance beside other income; while a 障害手当金 lasts, nothing but on its last day.
fn put_payable(
    outcome: &mut Value,
    (allowance, daily): (Allowance, Yen),
    others: &OtherIncomes,
    lump_sum: Option<Yen>,
    trace: &mut Trace,
) -> Result<(), LawError> {
    let payable = payable_daily(allowance, daily, others, trace)?;
    outcome["payable_daily_yen"] = json!(payable);
    outcome["reduced_by_yen"] = json!(daily - payable);
    let Some(lump_sum) = lump_sum.filter(|_| allowance == Allowance::Sickness) else { return Ok(()) };
    let suspended = coordination::lump_sum_suspension(daily, lump_sum, payable, trace)?;
    outcome["payable_daily_yen"] = json!(Yen::ZERO);
    outcome["reduced_by_yen"] = json!(daily);
    outcome["suspended_days"] = json!(suspended.days);
    outcome["last_suspended_day_yen"] = json!(suspended.last_day);
    outcome["payable_after_suspension_yen"] = json!(payable);
    Ok(())
}

fn sickness_allowance(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let start = inputs.date("benefit_start")?;
    let question = daily_question(&inputs)?;
    let others = other_incomes(&inputs, trace)?;
    let lump_sum = inputs.yen_or_none("disability_lump_sum_yen")?;
    inputs.no_others()?;
    let amount = question.answer(Allowance::Sickness, start, trace)?;
    let mut outcome = json!({ "base_daily_yen": amount.base, "daily_yen": amount.daily });
    put_payable(&mut outcome, (Allowance::Sickness, amount.daily), &others, lump_sum, trace)?;
    Ok(outcome)
}

fn sickness_period(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let paid_from = inputs.date("paid_from")?;
    let paid = spans(&inputs, "paid")?;
    inputs.no_others()?;
    let period = period::period(paid_from, trace)?;
    let left = period::remaining(&period, &paid, trace)?;
    let counting = match period.counting {
        Counting::PaidDays => "paid_days",
        Counting::Calendar => "calendar",
    };
    Ok(json!({
        "calendar_end": day(period.calendar_end),
        "total_days": period.total_days,
        "counting": counting,
        "paid_days": left.paid_days,
        "remaining_days": left.remaining_days,
        "last_day": day(left.last_day),
    }))
}

fn sickness_waiting(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (unfit, worked) = (spans(&inputs, "unfit")?, spans(&inputs, "worked")?);
    inputs.no_others()?;
    let found = waiting(&unfit, &worked, trace);
    Ok(json!({
        "completed_on": day_or_null(found.map(|found| found.completed_on)),
        "first_payable_day": day_or_null(found.and_then(|found| found.first_payable)),
    }))
}

fn benefit_coordination(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const ALLOWANCES: [(&str, Allowance); 2] =
        [("sickness_allowance", Allowance::Sickness), ("maternity_allowance", Allowance::Maternity)];
    let inputs = Inputs::of(inputs)?;
    let allowance = inputs.word("benefit", &ALLOWANCES)?;
    let daily = inputs.yen("daily_yen")?;
    let others = other_incomes(&inputs, trace)?;
    let lump_sum = inputs.yen_or_none("disability_lump_sum_yen")?;
    inputs.no_others()?;
    let mut outcome = json!({});
    put_payable(&mut outcome, (allowance, daily), &others, lump_sum, trace)?;
    Ok(outcome)
}

/// Pay on days of leave: the same for all of it, or by spans.
enum LeavePay {
    Throughout(Yen),
    Spans(Vec<PaidLeave>),
}

fn leave_pay(inputs: &Inputs<'_>) -> Result<LeavePay, CalcError> {
    let span = |item: &Inputs<'_>| {
        let (first, last) = (item.date("first_day")?, item.date("last_day")?);
        let daily = item.yen("daily_pay_yen")?;
        item.no_others()?;
        Ok::<PaidLeave, CalcError>(PaidLeave { span: DaySpan::new("paid", first, last)?, daily })
    };
    match inputs.yen_or_none("daily_pay_yen")? {
        Some(daily) => Ok(LeavePay::Throughout(daily)),
        None => Ok(LeavePay::Spans(inputs.list_or_empty("paid")?.iter().map(span).collect::<Result<_, _>>()?)),
    }
}

impl LeavePay {
    fn over(self, window: DaySpan) -> Vec<PaidLeave> {
        match self {
            LeavePay::Throughout(daily) => vec![PaidLeave { span: window, daily }],
            LeavePay::Spans(paid) => paid,
        }
    }
}

fn maternity_allowance(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (due_on, born_on) = (inputs.date("due_date")?, inputs.date("birth_date")?);
    let birth = Birth { due_on, born_on, multiple: inputs.flag("multiple")? };
    let (from, until) = (inputs.date("leave_from")?, inputs.date_or_none("leave_until")?);
    let (worked, pay) = (spans(&inputs, "worked")?, leave_pay(&inputs)?);
    let question = daily_question(&inputs)?;
    let sickness_paid = inputs.yen_or_none("sickness_paid_yen")?;
    inputs.no_others()?;
    let window = maternity::window(birth, trace)?;
    let days = maternity::days_away(window, &Leave { from, until, worked: &worked }, trace)?;
    let (first, last) = (days[0].first(), days[days.len() - 1].last());
    let amount = question.answer(Allowance::Maternity, first, trace)?;
    let total = maternity::total(&days, amount.daily, &pay.over(window), trace)?;
    let mut outcome = json!({
        "days": total_days(&days),
        "first_day": day(first),
        "last_day": day(last),
        "base_daily_yen": amount.base,
        "daily_yen": amount.daily,
        "total_yen": total,
    });
    if let Some(paid) = sickness_paid {
        outcome["still_payable_yen"] = json!(coordination::after_advance(total, paid, trace));
    }
    Ok(outcome)
}

fn lump_sum(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    #[derive(Clone, Copy)]
    enum Asked {
        Birth(Mother),
        Funeral(FuneralBenefit),
        Expense,
    }
    const BENEFITS: [(&str, Asked); 5] = [
        ("childbirth", Asked::Birth(Mother::Insured)),
        ("family_childbirth", Asked::Birth(Mother::Dependant)),
        ("funeral_allowance", Asked::Funeral(FuneralBenefit::Allowance)),
        ("funeral_expense", Asked::Expense),
        ("family_funeral_allowance", Asked::Funeral(FuneralBenefit::Family)),
    ];
    let inputs = Inputs::of(inputs)?;
    match inputs.word("benefit", &BENEFITS)? {
        Asked::Birth(mother) => childbirth(mother, &inputs, trace),
        Asked::Funeral(benefit) => {
            // 費用によらない: the cost may stand on the application.
            inputs.yen_or_none("actual_cost_yen")?;
            funeral(benefit, &inputs, trace)
        }
        Asked::Expense => {
            let actual_cost = inputs.yen("actual_cost_yen")?;
            funeral(FuneralBenefit::Expense { actual_cost }, &inputs, trace)
        }
    }
}

fn childbirth(mother: Mother, inputs: &Inputs<'_>, trace: &mut Trace) -> Result<Value, CalcError> {
    let birth = Childbirth {
        mother,
        born_on: inputs.date("birth_date")?,
        children: inputs.count_or_none("children")?.unwrap_or(1),
        scheme_member_and_22w: inputs.flag("scheme_member_and_22w")?,
        pregnancy_days: inputs.count_or_none("pregnancy_days")?,
    };
    let cost = inputs.yen_or_none("actual_cost_yen")?;
    inputs.no_others()?;
    let amount = lump::childbirth_lump_sum(birth, trace)?;
    let mut outcome = json!({ "amount_yen": amount });
    if let Some(cost) = cost {
        let split = lump::direct_payment(amount, cost, trace);
        outcome["to_hospital_yen"] = json!(split.to_hospital);
        outcome["to_insured_yen"] = json!(split.to_insured);
    }
    Ok(outcome)
}

fn funeral(benefit: FuneralBenefit, inputs: &Inputs<'_>, trace: &mut Trace) -> Result<Value, CalcError> {
    let died_on = inputs.date_or_none("death_date")?;
    inputs.no_others()?;
    let month = lump::month_of_death(died_on, trace)?;
    Ok(json!({ "amount_yen": lump::funeral_benefit(benefit, month, trace)? }))
}

const PATIENT_RATES: [(&str, PatientRate); 3] =
    [("0.1", PatientRate::OneTenth), ("0.2", PatientRate::TwoTenths), ("0.3", PatientRate::ThreeTenths)];

fn cash_medical_benefit(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const CAUSES: [(&str, Cause); 4] = [
        ("not_in_kind", Cause::NotInKind),
        ("appliance", Cause::Appliance),
        ("therapy", Cause::Therapy),
        ("overseas", Cause::Overseas),
    ];
    let inputs = Inputs::of(inputs)?;
    let cause = inputs.word("cause", &CAUSES)?;
    let recognised = inputs.yen("recognised_cost_yen")?;
    let patient_rate = inputs.word("patient_rate", &PATIENT_RATES)?;
    let doctor_agreed = if cause.needs_doctor() { inputs.flag("doctor_agreed")? } else { false };
    let abroad = match cause {
        Cause::Overseas => Some((inputs.quantity("actual_cost_foreign")?, inputs.quantity("tt_selling_rate")?)),
        _ => None,
    };
    let at_home = if abroad.is_none() { inputs.yen("actual_cost_yen")? } else { Yen::ZERO };
    inputs.no_others()?;
    let actual = match abroad {
        Some((amount, rate)) => cash::in_yen(amount, rate, trace)?,
        None => Ratio::of_yen(at_home),
    };
    let treatment = Treatment { cause, recognised, actual, patient_rate, doctor_agreed };
    Ok(json!({ "amount_yen": cash::cash_medical_benefit(&treatment, trace)? }))
}

fn judo_therapy(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const INJURIES: [(&str, Injury); 3] =
        [("fracture", Injury::Fracture), ("dislocation", Injury::Dislocation), ("soft_tissue", Injury::SoftTissue)];
    let inputs = Inputs::of(inputs)?;
    let session = Session {
        injury: inputs.word("injury", &INJURIES)?,
        acute_trauma: inputs.flag("acute_trauma")?,
        first_aid: inputs.flag_or("first_aid", false)?,
        doctor_agreed: inputs.flag_or("doctor_agreed", false)?,
        fee: inputs.yen("fee_yen")?,
        patient_rate: inputs.word("patient_rate", &PATIENT_RATES)?,
    };
    inputs.no_others()?;
    let amount = judo_therapy_benefit(&session, trace)?;
    Ok(json!({ "amount_yen": amount, "patient_yen": session.fee - amount }))
}

fn transport(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let conditions = Conditions {
        treatment_appropriate: inputs.flag("treatment_appropriate")?,
        moving_difficult: inputs.flag("moving_difficult")?,
        urgent: inputs.flag("urgent")?,
    };
    let (economical, actual) = (inputs.yen("economical_cost_yen")?, inputs.yen("actual_cost_yen")?);
    inputs.no_others()?;
    Ok(json!({ "amount_yen": transport_benefit(conditions, economical, actual, trace)? }))
}

fn covers(inputs: &Inputs<'_>) -> Result<Vec<Cover>, CalcError> {
    const KINDS: [(&str, CoverKind); 3] =
        [("insured", CoverKind::Insured), ("voluntary", CoverKind::Voluntary), ("mutual_aid", CoverKind::MutualAid)];
    let cover = |item: &Inputs<'_>| {
        let (acquired_on, lost_on) = (item.date("acquired_on")?, item.date("lost_on")?);
        let cover = Cover { kind: item.word("kind", &KINDS)?, acquired_on, lost_on };
        item.no_others()?;
        Ok(cover)
    };
    inputs.list("covers")?.iter().map(cover).collect()
}

/// 資格喪失後の給付 that can be asked for.
#[derive(Clone, Copy)]
enum AfterLoss {
    Continuation,
    Childbirth,
    Funeral,
}

fn post_loss_benefits(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const BENEFITS: [(&str, AfterLoss); 5] = [
        ("sickness_allowance", AfterLoss::Continuation),
        ("maternity_allowance", AfterLoss::Continuation),
        ("childbirth", AfterLoss::Childbirth),
        ("funeral_allowance", AfterLoss::Funeral),
        ("funeral_expense", AfterLoss::Funeral),
    ];
    let inputs = Inputs::of(inputs)?;
    let benefit = inputs.word("benefit", &BENEFITS)?;
    let covers = covers(&inputs)?;
    let outcome = match benefit {
        AfterLoss::Continuation => continued(&covers, &inputs, trace)?,
        AfterLoss::Childbirth => {
            let born_on = inputs.date("birth_date")?;
            inputs.no_others()?;
            let loss = post_loss::loss_of_cover(&covers, trace)?;
            of_loss(loss, post_loss::childbirth_after_loss(loss, born_on, trace)?)
        }
        AfterLoss::Funeral => {
            let death = DeathAfterLoss {
                died_on: inputs.date("death_date")?,
                receiving_continuation: inputs.flag_or("receiving_continuation", false)?,
                continuation_stopped_on: inputs.date_or_none("continuation_stopped_on")?,
            };
            inputs.no_others()?;
            let loss = post_loss::loss_of_cover(&covers, trace)?;
            of_loss(loss, post_loss::funeral_after_loss(loss, &death, trace)?)
        }
    };
    Ok(outcome)
}

fn of_loss(loss: Loss, payable: bool) -> Value {
    json!({ "lost_on": day(loss.lost_on), "insured_one_year": loss.one_year, "payable": payable })
}

/// A continued allowance; its original last day is given, or follows from the days that are left.
fn continued(covers: &[Cover], inputs: &Inputs<'_>, trace: &mut Trace) -> Result<Value, CalcError> {
    let entitled_on_last_day = inputs.flag("entitled_on_last_day")?;
    let worked_on_last_day = inputs.flag("worked_on_last_day")?;
    let able_to_work_on = inputs.date_or_none("able_to_work_on")?;
    let remaining: Option<i64> = inputs.count_or_none("remaining_days")?;
    let given = if remaining.is_none() { Some(inputs.date("original_last_day")?) } else { None };
    inputs.no_others()?;
    let loss = post_loss::loss_of_cover(covers, trace)?;
    let original_last_day = given.unwrap_or_else(|| plus_days(loss.lost_on, remaining.unwrap_or_default() - 1));
    let claim = Claim { entitled_on_last_day, worked_on_last_day, original_last_day, able_to_work_on };
    let span = post_loss::continuation(loss, &claim, trace)?;
    let mut outcome = of_loss(loss, span.is_some());
    outcome["first_day"] = day_or_null(span.map(DaySpan::first));
    outcome["last_day"] = day_or_null(span.map(DaySpan::last));
    Ok(outcome)
}

fn subrogation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let value = match inputs.word("benefit_kind", &[("in_kind", true), ("cash", false)])? {
        true => BenefitValue::InKind { cost: inputs.yen("cost_yen")?, patient_share: inputs.yen("patient_share_yen")? },
        false => BenefitValue::Cash(inputs.yen("benefit_yen")?),
    };
    let damages = Damages {
        loss: inputs.yen("loss_yen")?,
        own_fault: inputs.quantity("own_fault")?,
        received: inputs.yen_or_none("damages_received_yen")?.unwrap_or(Yen::ZERO),
    };
    inputs.no_others()?;
    let outcome = third_party::subrogation(value, &damages, trace)?;
    Ok(json!({
        "withheld_yen": outcome.withheld,
        "benefit_value_yen": outcome.benefit_value,
        "remaining_claim_yen": outcome.remaining_claim,
        "recovery_yen": outcome.recovery,
    }))
}

/// Which fact the two years of a benefit are counted from.
#[derive(Clone, Copy)]
enum CountedFrom {
    DayAway,
    Birth,
    Death,
    Burial,
    Payment,
    HighCost,
    BaseDate,
}

fn benefit_limitation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const BENEFITS: [(&str, CountedFrom); 13] = [
        ("sickness_allowance", CountedFrom::DayAway),
        ("maternity_allowance", CountedFrom::DayAway),
        ("childbirth", CountedFrom::Birth),
        ("family_childbirth", CountedFrom::Birth),
        ("funeral_allowance", CountedFrom::Death),
        ("family_funeral_allowance", CountedFrom::Death),
        ("funeral_expense", CountedFrom::Burial),
        ("cash_medical_benefit", CountedFrom::Payment),
        ("judo_therapy", CountedFrom::Payment),
        ("transport", CountedFrom::Payment),
        ("high_cost", CountedFrom::HighCost),
        ("combined_medical_care", CountedFrom::BaseDate),
        ("annual_outpatient", CountedFrom::BaseDate),
    ];
    let inputs = Inputs::of(inputs)?;
    let event = match inputs.word("benefit", &BENEFITS)? {
        CountedFrom::DayAway => Event::DayAway(inputs.date("unfit_day")?),
        CountedFrom::Birth => Event::Birth(inputs.date("birth_date")?),
        CountedFrom::Death => Event::Death(inputs.date("death_date")?),
        CountedFrom::Burial => Event::Burial(inputs.date("burial_date")?),
        CountedFrom::Payment => Event::Payment(inputs.date("paid_on")?),
        CountedFrom::HighCost => {
            Event::HighCost { care_month: inputs.month("care_month")?, paid_on: inputs.date_or_none("paid_on")? }
        }
        CountedFrom::BaseDate => Event::BaseDate(inputs.date("base_date")?),
    };
    inputs.no_others()?;
    let found = prescription(event, trace)?;
    Ok(json!({ "starts_on": day(found.starts_on), "last_day": day(found.last_day) }))
}
