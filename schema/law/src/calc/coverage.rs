//! Topics of coverage: workplaces, insured, short-time workers, days of acquisition and loss, dependants.

use domain::{Ratio, Yen};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::inputs::{Inputs, Reading};
use super::{CalcError, Calculation};
use crate::Trace;
use crate::employees_insurance::cover_dates::{self, AcquisitionCause, LossCause};
use crate::employees_insurance::covered_workplace::{self as workplaces, Basis, Industry, Owner, Workplace};
use crate::employees_insurance::dependant::{self as dependants, Domicile, Kinship, Relative, Support};
use crate::employees_insurance::insured::{self as persons, Class, Employee, Engagement, WorkingTime};
use crate::employees_insurance::short_time_worker::{self as short_time, ShortTime, Size, WageTest};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 8] = [
    ("acquired_on", acquired_on),
    ("covered_workplace", covered_workplace),
    ("dependant", dependant),
    ("insured", insured),
    ("lost_on", lost_on),
    ("short_time_worker", short_time_worker),
    ("short_time_worker_start", short_time_worker_start),
    ("specified_workplace", specified_workplace),
];

fn covered_workplace(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const OWNERS: [(&str, Owner); 2] = [("corporation", Owner::Corporation), ("private", Owner::Private)];
    const INDUSTRIES: [(&str, Industry); 3] =
        [("listed", Industry::Listed), ("profession", Industry::Profession), ("other", Industry::Other)];
    let inputs = Inputs::of(inputs)?;
    let on = inputs.date("on")?;
    let workplace = Workplace {
        owner: inputs.word("owner", &OWNERS)?,
        industry: inputs.word("industry", &INDUSTRIES)?,
        employees: inputs.count("employees")?,
        established_on: inputs.date_or_none("established_on")?,
        opted_in: inputs.flag_or_not("opted_in")?,
    };
    let consenting = if inputs.has("consenting") { Some(inputs.count("consenting")?) } else { None };
    inputs.no_others()?;
    let basis = workplaces::basis(on, workplace, trace)?;
    let word = match basis {
        Basis::Compulsory => "compulsory",
        Basis::OptedIn => "opted_in",
        Basis::None => "none",
    };
    let mut outcome = json!({ "covered": basis != Basis::None, "basis": word });
    if let Some(consenting) = consenting {
        outcome["may_opt_in"] =
            json!(basis == Basis::None && workplaces::enough_consent(consenting, workplace.employees));
    }
    Ok(outcome)
}

fn short_time_of(inputs: &Inputs<'_>, weekly_hours: Ratio, employed_from: Date) -> Result<ShortTime, CalcError> {
    const WAGE_TESTS: [(&str, WageTest); 2] =
        [("ends_as_planned", WageTest::EndsAsPlanned), ("goes_on", WageTest::GoesOn)];
    let any_size = inputs.flag_or_not("any_size")?;
    Ok(ShortTime {
        weekly_hours,
        monthly_wage: inputs.yen("monthly_wage_yen")?,
        employed_from,
        expected_until: inputs.date_or_none("expected_until")?,
        daytime_student: inputs.flag_or_not("daytime_student")?,
        size: if any_size { Size::Any } else { Size::Insured(inputs.count("office_insured")?) },
        wage_test: inputs.word_or("wage_test", &WAGE_TESTS, WageTest::default())?,
    })
}

fn short_time_worker(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (on, employed_from) = (inputs.date("on")?, inputs.date("employed_from")?);
    let worker = short_time_of(&inputs, inputs.quantity("weekly_hours")?, employed_from)?;
    inputs.no_others()?;
    let failed = short_time::requirements_failed(on, &worker, trace)?;
    Ok(json!({ "short_time_worker": failed.is_empty(), "failed": failed }))
}

fn short_time_worker_start(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let mut worked = Vec::new();
    for item in inputs.list("worked")? {
        worked.push((item.month("month")?, item.quantity("weekly_hours")?));
        item.no_others()?;
    }
    inputs.no_others()?;
    let start = short_time::start_by_hours_worked(&worked, trace)?;
    Ok(json!({ "acquired_on": start.map(|day| day.to_string()) }))
}

fn specified_workplace(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (on, insured) = (inputs.date("on")?, inputs.counts("insured_by_month")?);
    inputs.no_others()?;
    Ok(json!({ "specified": short_time::is_specified(on, &insured, trace)? }))
}

fn engagement(inputs: &Inputs<'_>) -> Result<Engagement, CalcError> {
    const KINDS: [(&str, Reading<Engagement>); 6] = [
        ("ordinary", |_| Ok(Engagement::Ordinary)),
        ("by_the_day", |_| Ok(Engagement::ByTheDay)),
        ("fixed_term", |inputs| {
            let renewal_expected = inputs.flag("renewal_expected")?;
            Ok(Engagement::FixedTerm { until: inputs.date("until")?, renewal_expected })
        }),
        ("seasonal", |inputs| Ok(Engagement::Seasonal { until: inputs.date("until")? })),
        ("temporary_undertaking", |inputs| Ok(Engagement::TemporaryUndertaking { until: inputs.date("until")? })),
        ("no_fixed_place", |_| Ok(Engagement::NoFixedPlace)),
    ];
    inputs.word("engagement", &KINDS)?(inputs)
}

/// Hours and days where they are given; without them a regular worker.
fn working_time(inputs: &Inputs<'_>) -> Result<Option<WorkingTime>, CalcError> {
    if !inputs.has("weekly_hours") {
        return Ok(None);
    }
    Ok(Some(WorkingTime {
        weekly_hours: inputs.quantity("weekly_hours")?,
        weekly_hours_regular: inputs.quantity("weekly_hours_regular")?,
        monthly_days: inputs.quantity("monthly_days")?,
        monthly_days_regular: inputs.quantity("monthly_days_regular")?,
    }))
}

fn insured(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (on, employed_from) = (inputs.date("on")?, inputs.date("employed_from")?);
    let time = working_time(&inputs)?;
    let short_time = match time {
        Some(time) if inputs.has("monthly_wage_yen") => Some(short_time_of(&inputs, time.weekly_hours, employed_from)?),
        _ => None,
    };
    let employee = Employee {
        birth: inputs.date("birthdate")?,
        employed_from,
        engagement: engagement(&inputs)?,
        time,
        short_time,
        national_health_association: inputs.flag_or_not("national_health_association")?,
        late_stage_elderly: inputs.flag_or_not("late_stage_elderly")?,
    };
    inputs.no_others()?;
    let insured = persons::insured(on, &employee, trace)?;
    let class = match insured.class {
        Class::Regular => "regular",
        Class::ShortTime => "short_time",
        Class::Excluded => "excluded",
    };
    Ok(json!({ "epi": insured.epi, "hi": insured.hi, "class": class, "reason": insured.reason }))
}

fn acquired_on(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    type OnDay = fn(Date) -> AcquisitionCause;
    const CAUSES: [(&str, OnDay); 5] = [
        ("employed", AcquisitionCause::Employed),
        ("workplace_covered", AcquisitionCause::WorkplaceCovered),
        ("exclusion_ended", AcquisitionCause::ExclusionEnded),
        ("by_the_day_over_one_month", AcquisitionCause::ByTheDayOverOneMonth),
        ("term_exceeded", AcquisitionCause::TermExceeded),
    ];
    let inputs = Inputs::of(inputs)?;
    let cause = inputs.word("cause", &CAUSES)?(inputs.date("on")?);
    inputs.no_others()?;
    let day = cover_dates::acquired_on(cause, trace)?;
    let deadline = cover_dates::notification_deadline(day, trace)?;
    Ok(json!({ "acquired_on": day.to_string(), "notify_by": deadline.to_string() }))
}

fn loss_cause(inputs: &Inputs<'_>) -> Result<LossCause, CalcError> {
    const CAUSES: [(&str, Reading<LossCause>); 5] = [
        ("death", |inputs| inputs.date("on").map(LossCause::Death)),
        ("employment_ended", |inputs| inputs.date("on").map(LossCause::EmploymentEnded)),
        ("excluded", |inputs| inputs.date("on").map(LossCause::Excluded)),
        ("cover_cancelled", |inputs| inputs.date("on").map(LossCause::CoverCancelled)),
        ("age", |_| Ok(LossCause::Age)),
    ];
    inputs.word("cause", &CAUSES)?(inputs)
}

fn lost_on(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (cause, birth) = (loss_cause(&inputs)?, inputs.date("birthdate")?);
    let same_day = inputs.flag_or_not("other_cover_same_day")?;
    inputs.no_others()?;
    let lost = cover_dates::lost_on(cause, birth, same_day, trace)?;
    Ok(json!({ "epi_lost_on": lost.epi_on.to_string(), "hi_lost_on": lost.hi_on.to_string() }))
}

fn support(inputs: &Inputs<'_>) -> Result<Support, CalcError> {
    if inputs.flag("same_household")? {
        Ok(Support::SameHousehold { insured_income: inputs.yen("insured_income_yen")? })
    } else {
        Ok(Support::Apart { remittance: inputs.yen("remittance_yen")? })
    }
}

fn dependant(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const KINSHIPS: [(&str, Kinship); 4] = [
        ("spouse", Kinship::Spouse),
        ("close", Kinship::Close),
        ("household_only", Kinship::HouseholdOnly),
        ("other", Kinship::Other),
    ];
    const DOMICILES: [(&str, Domicile); 3] =
        [("japan", Domicile::Japan), ("exception", Domicile::Exception), ("abroad", Domicile::Abroad)];
    let inputs = Inputs::of(inputs)?;
    let on = inputs.date("on")?;
    let relative = Relative {
        birth: inputs.date("birthdate")?,
        kinship: inputs.word("kinship", &KINSHIPS)?,
        domicile: inputs.word_or("domicile", &DOMICILES, Domicile::Japan)?,
        income: inputs.yen("income_yen")?,
        disabled: inputs.flag_or_not("disabled")?,
        support: support(&inputs)?,
    };
    inputs.no_others()?;
    let verdict = dependants::verdict(on, &relative, trace)?;
    let limit: Yen = verdict.income_limit;
    Ok(json!({ "dependant": verdict.is_dependant, "income_limit_yen": limit, "reason": verdict.reason }))
}
