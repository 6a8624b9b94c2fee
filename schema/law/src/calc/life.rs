//! 被保険者の一生 — one person's events in the order in which they became known, and the months that follow from them.

use domain::paper::Corrected;
use serde_json::{Value, json};

use super::collection::voluntary_loss_cause;
use super::inputs::{Inputs, Reading};
use super::month::month_contribution_result;
use super::remuneration::{DIRECTIONS, WORKERS, consecutive, pay_months};
use super::{CalcError, Calculation};
use crate::employees_insurance::application::{
    AnnualFiling, BonusFiling, CoverageEndFiling, EnrolmentFiling, LeaveEndFiling, NotApplied, RevisionFiling,
};
use crate::employees_insurance::exemption::{LeaveKind, LeaveSpell};
use crate::employees_insurance::life::{Event, Life, LifeMonth, Voluntary};
use crate::employees_insurance::remuneration::{WorkerType, total_average};
use crate::employees_insurance::revision;
use crate::{LawError, Trace};

/// The topic of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 1] = [("life", life)];

/// Longer than anybody is insured.
const MONTHS_MAX: i32 = 1_200;

fn life(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth_on = inputs.date("birthdate")?;
    let prefecture = inputs.prefecture("prefecture_code")?;
    let (first, last) = (inputs.month("first_month")?, inputs.month("last_month")?);
    let events: Vec<Event> = inputs
        .list("events")?
        .iter()
        .map(|event| {
            let read = event.word("kind", &EVENTS)?;
            let read = read(event, birth_on, trace)?;
            event.no_others()?;
            Ok(read)
        })
        .collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    if !(0..MONTHS_MAX).contains(&last.months_since(first)) {
        let reason = "最初の月以後、100年以内の月を入力してください";
        return Err(LawError::bad_input("最後の月 (last_month)", reason).into());
    }
    let (mut life, mut remarks) = (Life::new(birth_on), Vec::new());
    for (number, event) in events.iter().enumerate() {
        let remark = life.meet(event, trace).map_err(|not_applied| refused(number, &not_applied))?;
        remarks.push(remark);
    }
    let months: Vec<Value> = first
        .through(last)
        .map(|month| life.month(prefecture, month, trace).map(|lived| told(&lived)))
        .collect::<Result<_, LawError>>()?;
    Ok(json!({ "remarks": remarks, "months": months }))
}

fn refused(number: usize, not_applied: &NotApplied) -> CalcError {
    let reason = not_applied.reason();
    LawError::bad_input(format!("events[{number}] ({})", reason.code), reason.message.clone()).into()
}

fn told(lived: &LifeMonth) -> Value {
    let mut row = json!({ "month": lived.month });
    if let Some((decision, hi, epi)) = lived.standard {
        row["decision"] = json!(decision.code());
        row["hi_standard_yen"] = json!(hi);
        row["epi_standard_yen"] = json!(epi);
    }
    if let Some(contribution) = &lived.contribution {
        let result = month_contribution_result(contribution);
        for key in ["hi_employee_yen", "epi_employee_yen", "bonus_hi_employee_yen", "bonus_epi_employee_yen"] {
            row[key] = result[key].clone();
        }
        row["exempt"] = json!(contribution.exempt);
        row["ltci"] = json!(contribution.ltci);
    }
    if let Some(yen) = lived.voluntary_yen {
        row["voluntary_premium_yen"] = json!(yen);
    }
    row
}

/// Reads the other keys of an event.
type EventReading = fn(&Inputs<'_>, jiff::civil::Date, &mut Trace) -> Result<Event, CalcError>;

const EVENTS: [(&str, EventReading); 9] = [
    ("enrolment", enrolment),
    ("santei", annual),
    ("geppen", revised),
    ("bonus", bonus),
    ("leave", leave),
    ("leave_end", leave_end),
    ("coverage_end", coverage_end),
    ("correction", correction),
    ("voluntary", voluntary),
];

fn enrolment(event: &Inputs<'_>, birth_on: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    Ok(Event::Enrolment(EnrolmentFiling {
        birth_on,
        acquired_on: event.date("acquired_on")?,
        acquisition_kind: Some(1),
        special_kind: false,
        only_over70: false,
        short_time_worker: event.flag_or_not("short_time_worker")?,
        two_workplaces: false,
        remuneration: event.yen("remuneration_yen")?,
        insured_number: 1,
    }))
}

fn annual(event: &Inputs<'_>, _: jiff::civil::Date, trace: &mut Trace) -> Result<Event, CalcError> {
    let (first, months) = consecutive("months", &pay_months(event, "months")?)?;
    let worker = event.word("worker_type", &WORKERS)?;
    if first.month() != 4 {
        return Err(LawError::bad_input("months", "4月、5月、6月を入力してください").into());
    }
    let average = total_average(worker, &months, first.plus(5), &mut Trace::under(trace.book()))?.average;
    Ok(Event::Annual(AnnualFiling {
        year: first.year(),
        worker,
        months,
        average,
        adjusted_average: event.yen_or_none("adjusted_average_yen")?,
        change_planned: false,
        annual_average: false,
        two_workplaces: false,
        only_over70: false,
        by_person: true,
    }))
}

fn revised(event: &Inputs<'_>, _: jiff::civil::Date, trace: &mut Trace) -> Result<Event, CalcError> {
    let (first, months) = consecutive("months", &pay_months(event, "months")?)?;
    Ok(Event::Revision(RevisionFiling {
        from: first.plus(3),
        months,
        fixed_pay: event.word("fixed_pay_direction", &DIRECTIONS)?,
        average: revision::average(&months, &mut Trace::under(trace.book()))?,
        adjusted_average: event.yen_or_none("adjusted_average_yen")?,
        health_only: false,
        short_time_worker: event.word_or("worker_type", &WORKERS, WorkerType::General)? == WorkerType::ShortTime,
        two_workplaces: false,
        only_over70: false,
        by_person: true,
    }))
}

fn bonus(event: &Inputs<'_>, _: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    Ok(Event::Bonus(BonusFiling {
        paid_on: event.date("paid_on")?,
        amount: event.yen("amount_yen")?,
        whole_month: false,
        two_workplaces: false,
    }))
}

const LEAVES: [(&str, LeaveKind); 2] = [("maternity", LeaveKind::Maternity), ("childcare", LeaveKind::Childcare)];

fn leave(event: &Inputs<'_>, _: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    let leave = LeaveSpell {
        kind: event.word("leave", &LEAVES)?,
        start: event.date("start")?,
        end: event.date("end")?,
        worked_days_excluded: event.days_or_zero("worked_days_excluded")?,
    };
    if leave.end < leave.start {
        return Err(LawError::bad_input("休業終了日 (end)", "開始日以後の日を入力してください").into());
    }
    Ok(Event::Leave(leave))
}

fn leave_end(event: &Inputs<'_>, _: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    let (_, months) = consecutive("months", &pay_months(event, "months")?)?;
    Ok(Event::LeaveEnd(LeaveEndFiling {
        kind: event.word("leave", &LEAVES)?,
        ended_on: event.date("leave_end")?,
        child_born_on: event.date_or_none("child_birthdate")?,
        next_leave_starts_on: event.date_or_none("next_leave_start")?,
        worker: event.word("worker_type", &WORKERS)?,
        months,
    }))
}

fn coverage_end(event: &Inputs<'_>, _: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    const CAUSES: [(&str, i16); 3] = [("retirement", 4), ("death", 5), ("age_75", 7)];
    Ok(Event::CoverageEnd(CoverageEndFiling {
        lost_on: event.date("lost_on")?,
        end_cause: event.word("cause", &CAUSES)?,
        only_over70: false,
    }))
}

fn correction(event: &Inputs<'_>, _: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    const CORRECTED: [(&str, Reading<Corrected>); 8] = [
        ("acquisition", |event| {
            Ok(Corrected::Acquisition {
                acquired_on: event.date_or_none("acquired_on")?,
                remuneration: event.yen_or_none("remuneration_yen")?,
            })
        }),
        ("acquisition_cancelled", |_| Ok(Corrected::AcquisitionCancelled)),
        ("coverage_end", |event| Ok(Corrected::CoverageEnd { lost_on: Some(event.date("lost_on")?), end_cause: None })),
        ("coverage_end_cancelled", |_| Ok(Corrected::CoverageEndCancelled)),
        ("standard", |event| {
            Ok(Corrected::Standard { from: event.month("from")?, remuneration: event.yen("remuneration_yen")? })
        }),
        ("standard_cancelled", |event| Ok(Corrected::StandardCancelled { from: event.month("from")? })),
        ("bonus", |event| {
            Ok(Corrected::Bonus {
                paid_on: event.date("paid_on")?,
                right_day: event.date_or_none("right_day")?,
                amount: event.yen_or_none("amount_yen")?,
            })
        }),
        ("bonus_cancelled", |event| Ok(Corrected::BonusCancelled { paid_on: event.date("paid_on")? })),
    ];
    let read = event.word("corrected", &CORRECTED)?;
    Ok(Event::Correction {
        corrected: read(event)?,
        later_decisions_confirmed: event.flag_or_not("later_decisions_confirmed")?,
        business_on: event.date("business_date")?,
    })
}

fn voluntary(event: &Inputs<'_>, _: jiff::civil::Date, _: &mut Trace) -> Result<Event, CalcError> {
    Ok(Event::Voluntary(Voluntary {
        applied_on: event.date("applied_on")?,
        prefecture: event.prefecture("residence_prefecture_code")?,
        ended_by: voluntary_loss_cause(event)?,
    }))
}
