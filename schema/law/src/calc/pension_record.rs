//! Topics of the pension record: ages, status and months, notices, start ages, revisions, divorce, milestones, numbers,
//! and the record of a life.

use domain::Month;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::inputs::{Inputs, Reading, iso_date};
use super::{CalcError, Calculation, month_names};
use crate::pension_record::coverage_notice::{self, Estimate, Form};
use crate::pension_record::divorce_split::{self, Circumstances, Split};
use crate::pension_record::duplicates::{self, Cover, CoverKind, Yardstick};
use crate::pension_record::life::{
    self, AbroadSpell, BonusMonth, Cat3Irregularity, Cat3Span, Category, CategorySpell, ComplementaryKind,
    ComplementarySpan, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, EmployeesMonths, Eras,
    LifeCounts, LifeFacts, LifeRecord, MonthSpan, RemunerationBasis, RemunerationSpan, Sex,
};
use crate::pension_record::milestones::{self, AgeEvent, ClaimForm};
use crate::pension_record::notification::{self, MismatchMonth, Notice};
use crate::pension_record::numbers;
use crate::pension_record::recalculation::{self, BaseDate, Retirement};
use crate::pension_record::special_old_age_start::{self, FixedPartExceptions, Part, PersonCategory};
use crate::pension_record::status::{self, CountedScheme, Entry, Following, Loss};
use crate::{LawError, Step, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 23] = [
    ("age_attainment_date", age_attainment_date),
    ("agreed_split_month", agreed_split_month),
    ("cat3_late_notice", cat3_late_notice),
    ("cat3_mismatch", cat3_mismatch),
    ("claim_form_posting", claim_form_posting),
    ("corporate_number_check_digit", corporate_number_check_digit),
    ("divorce_split_deadline", divorce_split_deadline),
    ("divorce_split_months", divorce_split_months),
    ("duplicate_score", duplicate_score),
    ("in_service_annual_revision", in_service_annual_revision),
    ("my_number_check_digit", my_number_check_digit),
    ("np_acquisition", np_acquisition),
    ("np_category_change_month", np_category_change_month),
    ("np_insured_months", np_insured_months),
    ("np_loss", np_loss),
    ("np_loss_at_60", np_loss_at_60),
    ("np_loss_by_leaving_japan", np_loss_by_leaving_japan),
    ("np_notice_deadline", np_notice_deadline),
    ("pension_annual_calendar", pension_annual_calendar),
    ("pension_coverage_notice_form", pension_coverage_notice_form),
    ("pension_record", pension_record),
    ("retirement_revision", retirement_revision),
    ("special_old_age_start", special_old_age_start),
];

type Outcome = Result<Value, CalcError>;

const BIRTH: &str = "birth_date";

fn day(date: Date) -> String {
    date.to_string()
}

fn age_attainment_date(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (birth_on, age) = (inputs.date(BIRTH)?, inputs.count("age")?);
    inputs.no_others()?;
    let on = status::age_attained_on(birth_on, age, trace)?;
    Ok(json!({ "attained_on": day(on), "attained_month": Month::of(on).to_string() }))
}

/// 1, 2, 3 as golden tables write the categories.
fn numbered(number: i64) -> Option<Category> {
    match number {
        1 => Some(Category::Cat1),
        2 => Some(Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary }),
        3 => Some(Category::Cat3),
        _ => None,
    }
}

fn number_of(category: Category) -> u8 {
    match category {
        Category::Cat1 | Category::Voluntary | Category::SpecialVoluntary => 1,
        Category::Cat2 { .. } => 2,
        Category::Cat3 => 3,
    }
}

/// The entry that a category by number asks for.
fn numbered_entry(inputs: &Inputs<'_>) -> Result<Entry, CalcError> {
    match inputs.count::<i64>("category")? {
        1 => Ok(Entry::Cat1 {
            resident_from: inputs.date("resident_from")?,
            exclusion_ended_on: inputs.date_or_none("exclusion_ended_on")?,
        }),
        2 => Ok(Entry::Cat2 { insured_from: inputs.date("insured_from")? }),
        3 => Ok(Entry::Cat3 { dependent_from: inputs.date("dependent_from")? }),
        _ => Err(LawError::bad_input("種別 (category)", "1、2、3のいずれかで入力してください").into()),
    }
}

/// Two questions under one name: by birth and category the day of acquisition; by both days the months between them.
fn np_insured_months(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let by_birth = inputs.has(BIRTH) && !inputs.has("acquired_on");
    let birth_on = if by_birth { Some(inputs.date(BIRTH)?) } else { None };
    let entry = if by_birth { Some(numbered_entry(&inputs)?) } else { None };
    let given = if by_birth { None } else { Some(inputs.date("acquired_on")?) };
    let (scheme, following) = (counted_scheme(&inputs)?, following(&inputs)?);
    let lost_on = if by_birth { inputs.date_or_none("lost_on")? } else { Some(inputs.date("lost_on")?) };
    inputs.no_others()?;
    let acquired_on = match (birth_on, entry, given) {
        (Some(birth_on), Some(entry), _) => status::acquired_on(birth_on, entry, trace)?,
        (_, _, Some(acquired_on)) => acquired_on,
        _ => return Err(CalcError::MissingKey("acquired_on".to_owned())),
    };
    let mut outcome = json!({ "acquired_on": day(acquired_on), "first_month": Month::of(acquired_on).to_string() });
    if let Some(lost_on) = lost_on {
        let counted = status::insured_months(scheme, acquired_on, lost_on, following, trace)?;
        outcome["first_month"] = json!(counted.map(|(first, _)| first.to_string()));
        outcome["last_month"] = json!(counted.map(|(_, last)| last.to_string()));
        outcome["months"] = json!(counted.map_or(0, |(first, last)| status::length(first, last)));
    }
    Ok(outcome)
}

fn counted_scheme(inputs: &Inputs<'_>) -> Result<CountedScheme, CalcError> {
    const SCHEMES: [(&str, CountedScheme); 2] =
        [("national_pension", CountedScheme::NationalPension), ("employees_pension", CountedScheme::EmployeesPension)];
    inputs.word_or_default("scheme", &SCHEMES)
}

fn following(inputs: &Inputs<'_>) -> Result<Option<Following>, CalcError> {
    const FOLLOWING: [(&str, Option<Following>); 3] = [
        ("none", None),
        ("national_pension", Some(Following::NationalPension)),
        ("employees_pension", Some(Following::EmployeesPension)),
    ];
    inputs.word_or_default("acquired_again_in_month", &FOLLOWING)
}

fn np_acquisition(inputs: &Value, trace: &mut Trace) -> Outcome {
    const ENTRIES: [(&str, Reading<Entry>); 5] = [
        ("cat1", |inputs| {
            let exclusion_ended_on = inputs.date_or_none("exclusion_ended_on")?;
            Ok(Entry::Cat1 { resident_from: inputs.date("resident_from")?, exclusion_ended_on })
        }),
        ("cat2", |inputs| Ok(Entry::Cat2 { insured_from: inputs.date("insured_from")? })),
        ("cat3", |inputs| Ok(Entry::Cat3 { dependent_from: inputs.date("dependent_from")? })),
        ("voluntary", |inputs| Ok(Entry::Voluntary { applied_on: inputs.date("applied_on")? })),
        ("special_voluntary", |inputs| Ok(Entry::SpecialVoluntary { applied_on: inputs.date("applied_on")? })),
    ];
    let inputs = Inputs::of(inputs)?;
    let birth_on = inputs.date(BIRTH)?;
    let entry = inputs.word("category", &ENTRIES)?(&inputs)?;
    inputs.no_others()?;
    let on = status::acquired_on(birth_on, entry, trace)?;
    Ok(json!({ "acquired_on": day(on), "first_month": Month::of(on).to_string() }))
}

fn lost(birth_on: Date, loss: Loss, trace: &mut Trace) -> Outcome {
    let on = status::lost_on(birth_on, loss, trace)?;
    Ok(json!({ "lost_on": day(on), "last_month": status::last_month(on, trace).to_string() }))
}

fn np_loss(inputs: &Value, trace: &mut Trace) -> Outcome {
    const LOSSES: [(&str, Reading<Loss>); 11] = [
        ("death", |inputs| Ok(Loss::Death(inputs.date("on")?))),
        ("left_japan", left_japan),
        ("sixty", |_| Ok(Loss::Sixty)),
        ("entitled_to_employees_old_age", |inputs| Ok(Loss::EntitledToEmployeesOldAge(inputs.date("on")?))),
        ("employees_cover_ended", |inputs| Ok(Loss::EmployeesCoverEnded(inputs.date("on")?))),
        ("dependency_ended", |inputs| Ok(Loss::DependencyEnded(inputs.date("on")?))),
        ("voluntary_sixty_five", |_| Ok(Loss::VoluntaryAge { special: false })),
        ("special_voluntary_seventy", |_| Ok(Loss::VoluntaryAge { special: true })),
        ("voluntary_ended", |inputs| Ok(Loss::VoluntaryEnded(inputs.date("on")?))),
        ("voluntary_reminder", |inputs| Ok(Loss::VoluntaryReminder(inputs.date("on")?))),
        ("voluntary_two_years", |inputs| Ok(Loss::VoluntaryTwoYears(inputs.date("on")?))),
    ];
    let inputs = Inputs::of(inputs)?;
    let birth_on = inputs.date(BIRTH)?;
    let loss = inputs.word("cause", &LOSSES)?(&inputs)?;
    inputs.no_others()?;
    lost(birth_on, loss, trace)
}

fn left_japan(inputs: &Inputs<'_>) -> Result<Loss, CalcError> {
    let other_ground_same_day = inputs.flag_or_not("other_ground_same_day")?;
    Ok(Loss::LeftJapan { left_on: inputs.date("left_on")?, other_ground_same_day })
}

fn np_loss_at_60(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let birth_on = inputs.date(BIRTH)?;
    let category = inputs.count_or_none::<i64>("category")?;
    inputs.no_others()?;
    if category == Some(2) {
        let reason = "第2号被保険者は60歳に達しても資格を喪失しません (国民年金法9条3号)。1か3を入力してください";
        return Err(LawError::bad_input("種別 (category)", reason).into());
    }
    lost(birth_on, Loss::Sixty, trace)
}

fn np_loss_by_leaving_japan(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let loss = left_japan(&inputs)?;
    let category = inputs.count_or_none::<i64>("category")?;
    inputs.no_others()?;
    if category.is_some_and(|category| category != 1) {
        let reason = "国外に転出して資格を喪失するのは第1号被保険者です (国民年金法9条2号)。1を入力してください";
        return Err(LawError::bad_input("種別 (category)", reason).into());
    }
    // The day of birth does not matter to this ground.
    lost(Date::constant(1970, 1, 1), loss, trace)
}

fn np_category_change_month(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let event = |on: &Value, category: &Value| {
        let category = if category.is_null() { None } else { Some(numbered(category.as_i64()?)?) };
        Some((iso_date(on.as_str()?)?, category))
    };
    let events = inputs.pairs("events", "[日付, 種別 (1、2、3、喪失は null)] の配列", event)?;
    inputs.no_others()?;
    let owner = status::category_of_month(&events, month, trace)?;
    Ok(json!({ "category": owner.map(number_of) }))
}

fn np_notice_deadline(inputs: &Value, trace: &mut Trace) -> Outcome {
    const NOTICES: [(&str, Notice); 4] = [
        ("cat1", Notice::Cat1),
        ("cat3", Notice::Cat3),
        ("cat3_ended", Notice::Cat3Ended),
        ("voluntary", Notice::Voluntary),
    ];
    let inputs = Inputs::of(inputs)?;
    let (notice, on) = (inputs.word("notice", &NOTICES)?, inputs.date("on")?);
    inputs.no_others()?;
    let by = notification::deadline(notice, on, trace)?;
    Ok(json!({ "notify_by": day(by), "receiver": notice.receiver() }))
}

fn cat3_late_notice(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (acquired_on, notified_on) = (inputs.date("acquired_on")?, inputs.date("notified_on")?);
    inputs.no_others()?;
    let late = notification::late_cat3(acquired_on, notified_on, trace)?;
    Ok(json!({
        "counts_from": late.counts_from.to_string(),
        "not_counted_until": late.not_counted_until.map(|month| month.to_string()),
        "with_special_notice_from": late.with_special_from.to_string(),
    }))
}

fn cat3_mismatch(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (due_on, corrected_on) = (inputs.date("due_date")?, inputs.date("corrected_on")?);
    let filed = inputs.flag("notice_filed")?;
    inputs.no_others()?;
    let treatment = match notification::mismatch_month(due_on, corrected_on, filed, trace)? {
        MismatchMonth::StillPayable => "still_payable",
        MismatchMonth::NotCounted => "not_counted",
        MismatchMonth::Complementary => "complementary",
    };
    Ok(json!({ "treatment": treatment }))
}

fn person_category(inputs: &Inputs<'_>) -> Result<PersonCategory, CalcError> {
    const CATEGORIES: [(&str, PersonCategory); 4] = [
        ("MALE_OR_CIVIL_SERVANT", PersonCategory::MaleOrCivilServant),
        ("FEMALE_CATEGORY1", PersonCategory::FemaleCategory1),
        ("MINER_SEAMAN_15Y", PersonCategory::MinerOrSeaman),
        ("SPECIFIED_POLICE_FIRE", PersonCategory::SpecifiedPoliceOrFire),
    ];
    inputs.word("person_category", &CATEGORIES)
}

fn special_old_age_start(inputs: &Value, trace: &mut Trace) -> Outcome {
    const PARTS: [(&str, Part); 2] = [("EARNINGS_RELATED", Part::EarningsRelated), ("FIXED", Part::Fixed)];
    let inputs = Inputs::of(inputs)?;
    let (birth_on, category) = (inputs.date(BIRTH)?, person_category(&inputs)?);
    let part = inputs.word_or_default("part", &PARTS)?;
    let exceptions = FixedPartExceptions {
        long_cover: inputs.flag_or_not("long_cover_528_months")?,
        disabled: inputs.flag_or_not("disabled")?,
    };
    let months = inputs.count_or_none("employees_months")?;
    inputs.no_others()?;
    let start = special_old_age_start::start(birth_on, category, part, exceptions, months, trace)?;
    Ok(json!({
        "start_age": start.age,
        "right_arises_on": day(start.right_arises_on),
        "first_paid_month": start.first_paid_month.to_string(),
        "special": start.special,
    }))
}

fn in_service_annual_revision(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let between = match (inputs.date_or_none("lost_on")?, inputs.date_or_none("reacquired_on")?) {
        (Some(lost_on), Some(again_on)) => Some((lost_on, again_on)),
        _ => None,
    };
    let date = BaseDate {
        base_on: inputs.date("base_date")?,
        insured: inputs.flag("insured_on_base_date")?,
        acquired_that_day: inputs.flag_or_not("acquired_on_base_date")?,
        between,
    };
    let birth_on = inputs.date_or_none(BIRTH)?;
    inputs.no_others()?;
    let revised = recalculation::in_service(&date, birth_on, trace)?;
    Ok(json!({
        "revised": revised.is_some(),
        "counted_to_month": revised.map(|revised| revised.counted_to.to_string()),
        "new_amount_from_month": revised.map(|revised| revised.new_amount_from.to_string()),
    }))
}

fn retirement_revision(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let retirement = match inputs.date_or_none("retired_on")? {
        Some(on) => Retirement::Retired(on),
        None if inputs.has(BIRTH) => Retirement::Seventy { birth_on: inputs.date(BIRTH)? },
        None => return Err(CalcError::MissingKey("retired_on".to_owned())),
    };
    let again_on = inputs.date_or_none("reacquired_on")?;
    inputs.no_others()?;
    let (lost_on, revised) = recalculation::on_retirement(retirement, again_on, trace)?;
    Ok(json!({
        "lost_on": day(lost_on),
        "revised": revised.is_some(),
        "counted_to_month": revised.map(|revised| revised.counted_to.to_string()),
        "new_amount_from_month": revised.map(|revised| revised.new_amount_from.to_string()),
    }))
}

const SPLITS: [(&str, Split); 2] = [("agreed", Split::Agreed), ("cat3", Split::Cat3)];

fn divorce_split_deadline(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (split, divorced_on) = (inputs.word_or_default("split", &SPLITS)?, inputs.date("divorced_on")?);
    let circumstances = Circumstances {
        court_asked_on: inputs.date_or_none("court_asked_on")?,
        court_decided_on: inputs.date_or_none("court_decided_on")?,
        other_died_on: inputs.date_or_none("other_died_on")?,
    };
    inputs.no_others()?;
    let deadline = divorce_split::deadline(split, divorced_on, &circumstances, trace)?;
    Ok(json!({ "years": deadline.years, "last_claim_date": day(deadline.last_claim_on) }))
}

fn divorce_split_months(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let split = inputs.word_or_default("split", &SPLITS)?;
    let (married_on, divorced_on) = (inputs.date("married_on")?, inputs.date("divorced_on")?);
    inputs.no_others()?;
    let months = divorce_split::target_months_told(split, married_on, divorced_on, trace)?;
    Ok(json!({
        "first_month": months.map(|(first, _)| first.to_string()),
        "last_month": months.map(|(_, last)| last.to_string()),
        "months": months.map_or(0, |(first, last)| status::length(first, last)),
    }))
}

fn agreed_split_month(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (giver, taker): (u32, u32) = (inputs.count("giver_yen")?, inputs.count("taker_yen")?);
    let share = inputs.rate("share")?;
    inputs.no_others()?;
    let (giver, taker) = divorce_split::split_month_told(giver, taker, share, trace)?;
    Ok(json!({ "giver_yen": giver, "taker_yen": taker }))
}

fn pension_coverage_notice_form(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (birth_on, fiscal_year) = (inputs.date(BIRTH)?, inputs.year("fiscal_year")?);
    inputs.no_others()?;
    let notice = coverage_notice::coverage_notice(birth_on, fiscal_year, trace)?;
    let form = match notice.form {
        Form::SealedLetter => "SEALED_LETTER",
        Form::Postcard => "POSTCARD",
    };
    let estimate = match notice.estimate {
        Estimate::ToDate => "to_date",
        Estimate::Projected => "projected",
    };
    Ok(json!({
        "form": form,
        "milestone_age": notice.milestone_age,
        "dispatch_month": notice.dispatch_month.to_string(),
        "age": notice.age,
        "estimate": estimate,
    }))
}

fn claim_form_posting(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (birth_on, category) = (inputs.date(BIRTH)?, person_category(&inputs)?);
    let months = inputs.count("employees_months")?;
    inputs.no_others()?;
    let postings = milestones::claim_forms(birth_on, category, months, trace)?;
    let posting = |posting: &milestones::ClaimFormPosting| {
        let form = match posting.form {
            ClaimForm::FullForm => "full_form",
            ClaimForm::NoticeOnly => "notice_only",
            ClaimForm::OnePage => "one_page",
        };
        json!({ "form": form, "age": posting.age, "sent_month": posting.sent_month.to_string(),
            "file_from": day(posting.file_from), "due_on": posting.due_on.map(day) })
    };
    Ok(json!({ "postings": postings.iter().map(posting).collect::<Vec<_>>() }))
}

fn pension_annual_calendar(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (month, birth_on) = (inputs.month("month")?, inputs.date_or_none(BIRTH)?);
    inputs.no_others()?;
    let events = milestones::events_of(month, trace)?;
    let mut outcome = json!({ "events": events.iter().map(|event| event.code).collect::<Vec<_>>() });
    if let Some(birth_on) = birth_on {
        let ages = milestones::age_events_told(birth_on, month, trace)?;
        outcome["age_events"] = json!(ages.into_iter().map(age_event).collect::<Vec<_>>());
    }
    Ok(outcome)
}

fn age_event(event: AgeEvent) -> &'static str {
    match event {
        AgeEvent::Twenty => "twenty",
        AgeEvent::Sixty => "sixty",
        AgeEvent::SixtyFive => "sixty_five",
        AgeEvent::DeferralNotice => "deferral_notice",
        AgeEvent::Seventy => "seventy",
        AgeEvent::SeventyFive => "seventy_five",
    }
}

fn my_number_check_digit(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let digits = inputs.text("first_11_digits")?;
    inputs.no_others()?;
    let check = numbers::my_number_check(digits, trace)?;
    Ok(json!({ "check_digit": check, "full": format!("{digits}{check}") }))
}

fn corporate_number_check_digit(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let digits = inputs.text("last_12_digits")?;
    inputs.no_others()?;
    let check = numbers::corporate_number_check(digits, trace)?;
    Ok(json!({ "check_digit": check, "full": format!("{check}{digits}") }))
}

const KINDS: [(&str, EmployeesKind); 4] = [
    ("1", EmployeesKind::First),
    ("2", EmployeesKind::Second),
    ("3", EmployeesKind::Third),
    ("4", EmployeesKind::Fourth),
];

fn employees_kind(inputs: &Inputs<'_>) -> Result<EmployeesKind, CalcError> {
    inputs.word_or("kind", &KINDS, EmployeesKind::First)
}

/// The row of the register; without one, its place in the question.
fn source(inputs: &Inputs<'_>, place: usize) -> Result<u64, CalcError> {
    let given: Option<i64> = inputs.count_or_none("source")?;
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    Ok(u64::try_from(given.unwrap_or(place)).expect("a count is not negative"))
}

fn rows<T>(
    inputs: &Inputs<'_>,
    key: &str,
    read: impl Fn(&Inputs<'_>, u64) -> Result<T, CalcError>,
) -> Result<Vec<T>, CalcError> {
    let mut rows = Vec::new();
    for (place, item) in inputs.list_or_empty(key)?.iter().enumerate() {
        let row = read(item, source(item, place)?)?;
        item.no_others()?;
        rows.push(row);
    }
    Ok(rows)
}

fn spell(inputs: &Inputs<'_>, source: u64) -> Result<CategorySpell, CalcError> {
    const CATEGORIES: [(&str, Reading<Category>); 5] = [
        ("cat1", |_| Ok(Category::Cat1)),
        ("cat2", |inputs| {
            const CLASSES: [(&str, EmployeesClass); 3] = [
                ("ordinary", EmployeesClass::Ordinary),
                ("miner_or_seaman", EmployeesClass::MinerOrSeaman),
                ("aged_voluntary", EmployeesClass::AgedVoluntary),
            ];
            let class = inputs.word_or("class", &CLASSES, EmployeesClass::Ordinary)?;
            Ok(Category::Cat2 { kind: employees_kind(inputs)?, class })
        }),
        ("cat3", |_| Ok(Category::Cat3)),
        ("voluntary", |_| Ok(Category::Voluntary)),
        ("special_voluntary", |_| Ok(Category::SpecialVoluntary)),
    ];
    let category = inputs.word("category", &CATEGORIES)?(inputs)?;
    Ok(CategorySpell {
        category,
        acquired_on: inputs.date("acquired_on")?,
        lost_on: inputs.date_or_none("lost_on")?,
        source,
    })
}

fn contribution(inputs: &Inputs<'_>, source: u64) -> Result<ContributionSpan, CalcError> {
    type Of = fn(bool) -> Contribution;
    const STATES: [(&str, Of); 11] = [
        ("paid", |_| Contribution::Paid),
        ("statutory_exempt", |_| Contribution::StatutoryExempt),
        ("full_exempt", |_| Contribution::FullExempt),
        ("three_quarter_exempt", |rest_paid| Contribution::ThreeQuarterExempt { rest_paid }),
        ("half_exempt", |rest_paid| Contribution::HalfExempt { rest_paid }),
        ("quarter_exempt", |rest_paid| Contribution::QuarterExempt { rest_paid }),
        ("student", |_| Contribution::Student),
        ("deferral", |_| Contribution::Deferral),
        ("maternity", |_| Contribution::Maternity),
        ("childcare", |_| Contribution::Childcare),
        ("paid_later", |_| Contribution::PaidLater),
    ];
    let word = inputs.text("state")?;
    let partial = ["three_quarter_exempt", "half_exempt", "quarter_exempt"].contains(&word);
    let rest_paid = if partial { inputs.flag("rest_paid")? } else { false };
    Ok(ContributionSpan {
        first: inputs.month("first_month")?,
        last: inputs.month("last_month")?,
        contribution: inputs.word("state", &STATES)?(rest_paid),
        additional: inputs.flag_or_not("additional")?,
        source,
    })
}

fn cat3_span(inputs: &Inputs<'_>, source: u64) -> Result<Cat3Span, CalcError> {
    const IRREGULARITIES: [(&str, Cat3Irregularity); 4] = [
        ("late", Cat3Irregularity::Late),
        ("special_notice", Cat3Irregularity::SpecialNotice),
        ("mismatch", Cat3Irregularity::Mismatch),
        ("mismatch_filed", Cat3Irregularity::MismatchFiled),
    ];
    let irregularity = inputs.word("irregularity", &IRREGULARITIES)?;
    Ok(Cat3Span { first: inputs.month("first_month")?, last: inputs.month("last_month")?, irregularity, source })
}

fn complementary_span(inputs: &Inputs<'_>, source: u64) -> Result<ComplementarySpan, CalcError> {
    let kinds = ComplementaryKind::ALL.map(|kind| (kind.code(), kind));
    let kind = inputs.word("kind", &kinds)?;
    Ok(ComplementarySpan { first: inputs.month("first_month")?, last: inputs.month("last_month")?, kind, source })
}

/// Standard amounts beyond this belong to no register.
fn standard(inputs: &Inputs<'_>, key: &str) -> Result<u32, CalcError> {
    inputs.count(key)
}

fn remuneration(inputs: &Inputs<'_>, source: u64) -> Result<RemunerationSpan, CalcError> {
    const BASES: [(&str, RemunerationBasis); 2] =
        [("own", RemunerationBasis::Own), ("deemed_by_split", RemunerationBasis::DeemedBySplit)];
    Ok(RemunerationSpan {
        first: inputs.month("first_month")?,
        last: inputs.month_or_none("last_month")?,
        kind: employees_kind(inputs)?,
        standard_yen: standard(inputs, "standard_yen")?,
        basis: inputs.word_or("basis", &BASES, RemunerationBasis::Own)?,
        source,
    })
}

fn bonus(inputs: &Inputs<'_>, source: u64) -> Result<BonusMonth, CalcError> {
    let (month, kind) = (inputs.month("month")?, employees_kind(inputs)?);
    Ok(BonusMonth { month, kind, bonus_yen: standard(inputs, "bonus_yen")?, source })
}

fn abroad(inputs: &Inputs<'_>, source: u64) -> Result<AbroadSpell, CalcError> {
    let (left_on, returned_on) = (inputs.date("left_on")?, inputs.date_or_none("returned_on")?);
    Ok(AbroadSpell { left_on, returned_on, japanese: inputs.flag_or("japanese", true)?, source })
}

/// Everything that a question says about one life.
pub(super) struct Register {
    birth_on: Date,
    sex: Sex,
    died_on: Option<Date>,
    spells: Vec<CategorySpell>,
    contributions: Vec<ContributionSpan>,
    cat3: Vec<Cat3Span>,
    complementary: Vec<ComplementarySpan>,
    remunerations: Vec<RemunerationSpan>,
    bonuses: Vec<BonusMonth>,
    abroad: Vec<AbroadSpell>,
    spouse_cat2: Option<Vec<MonthSpan>>,
}

impl Register {
    /// From the keys of the record of a life.
    pub(super) fn read(inputs: &Inputs<'_>) -> Result<Register, CalcError> {
        const SEXES: [(&str, Sex); 2] = [("male", Sex::Male), ("female", Sex::Female)];
        let spouse_given = inputs.has("spouse_cat2");
        let spouse = rows(inputs, "spouse_cat2", |item, _| {
            Ok(MonthSpan { first: item.month("first_month")?, last: item.month("last_month")? })
        })?;
        Ok(Register {
            birth_on: inputs.date(BIRTH)?,
            sex: inputs.word("sex", &SEXES)?,
            died_on: inputs.date_or_none("died_on")?,
            spells: rows(inputs, "spells", spell)?,
            contributions: rows(inputs, "contributions", contribution)?,
            cat3: rows(inputs, "cat3", cat3_span)?,
            complementary: rows(inputs, "complementary", complementary_span)?,
            remunerations: rows(inputs, "remunerations", remuneration)?,
            bonuses: rows(inputs, "bonuses", bonus)?,
            abroad: rows(inputs, "abroad", abroad)?,
            spouse_cat2: spouse_given.then_some(spouse),
        })
    }

    /// As the rule wants it.
    pub(super) fn facts(&self) -> LifeFacts<'_> {
        LifeFacts {
            birth_on: self.birth_on,
            sex: self.sex,
            died_on: self.died_on,
            spells: &self.spells,
            contributions: &self.contributions,
            cat3: &self.cat3,
            complementary: &self.complementary,
            remunerations: &self.remunerations,
            bonuses: &self.bonuses,
            abroad: &self.abroad,
            spouse_cat2: self.spouse_cat2.as_deref(),
            splits: &[],
        }
    }
}

fn pension_record(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let as_of_on = inputs.date("as_of")?;
    let register = Register::read(&inputs)?;
    inputs.no_others()?;
    let record = life::life(&register.facts(), as_of_on)?;
    life::tell(&record, trace);
    Ok(told(&record))
}

fn told(record: &LifeRecord) -> Value {
    let contradiction = |found: &life::Contradiction| {
        json!({ "kind": found.kind.code(), "first_month": found.first.to_string(), "last_month": found.last.to_string(),
            "sources": [found.source, found.other], "clause": found.kind.clause(),
            "resolved_by": found.kind.resolver().name(), "reason": found.kind.sentence() })
    };
    let mut outcome = counts(record.counts());
    outcome["first_month"] = json!(month_names(&[record.first()])[0]);
    outcome["last_month"] = json!(month_names(&[record.last()])[0]);
    outcome["held"] = json!(record.is_held());
    outcome["contradictions"] = json!(record.contradictions().iter().map(contradiction).collect::<Vec<_>>());
    outcome
}

fn eras(eras: Eras) -> Value {
    json!({ "to_2009_03": eras.to_2009_03, "from_2009_04": eras.from_2009_04 })
}

fn employees(months: EmployeesMonths) -> Value {
    json!({ "to_2003_03": months.to_2003_03, "from_2003_04": months.from_2003_04 })
}

fn counts(counts: &LifeCounts) -> Value {
    let complementary: serde_json::Map<String, Value> = ComplementaryKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), json!(counts.complementary[kind.place()])))
        .filter(|(_, months)| *months != json!(0))
        .collect();
    json!({
        "months": counts.months, "paid_months": counts.paid(), "qualifying_months": counts.qualifying(),
        "contributed": eras(counts.contributed), "cat2": eras(counts.cat2), "cat3": eras(counts.cat3),
        "quarter_exempt": eras(counts.quarter_exempt), "half_exempt": eras(counts.half_exempt),
        "three_quarter_exempt": eras(counts.three_quarter_exempt), "full_exempt": eras(counts.full_exempt),
        "student_months": counts.student, "deferral_months": counts.deferral, "unpaid_months": counts.unpaid,
        "complementary": complementary, "cat3_late_months": counts.cat3_late,
        "cat3_mismatch_months": counts.cat3_mismatch, "employees_before_1961": counts.employees_before_1961,
        "explained_months": counts.explained, "uncovered_months": counts.uncovered,
        "additional_months": counts.additional,
        "employees": counts.employees.map(employees), "employees_months": counts.employees_total(),
        "employees_20_to_59": counts.employees_20_to_59, "deemed": employees(counts.deemed),
        "employees_weighted_fifteenths": counts.employees_weighted().in_units_of(15),
    })
}

/// An identity as a question writes it, with its cover.
struct AskedIdentity<'a> {
    names: Vec<duplicates::Name<'a>>,
    birth_on: Date,
    sex: Sex,
    addresses: Vec<duplicates::Address<'a>>,
    numbers: Vec<&'a str>,
    cover: Vec<Cover>,
}

impl AskedIdentity<'_> {
    fn features(&self, yardstick: &Yardstick) -> duplicates::Features {
        let AskedIdentity { names, birth_on, sex, addresses, numbers, .. } = self;
        yardstick.features(&duplicates::Identity { names, birth_on: *birth_on, sex: *sex, addresses, numbers })
    }
}

fn asked_identity<'a>(inputs: &Inputs<'a>) -> Result<AskedIdentity<'a>, CalcError> {
    const KINDS: [(&str, CoverKind); 3] = [
        ("national_pension", CoverKind::NationalPension),
        ("employees", CoverKind::Employees),
        ("cat3", CoverKind::Cat3),
    ];
    let kanji = inputs.text_or_empty("name_kanji")?;
    let mut names = vec![duplicates::Name {
        kana: inputs.text("name_kana")?,
        kanji: Some(kanji).filter(|kanji| !kanji.is_empty()),
    }];
    for former in inputs.list_or_empty("former_names")? {
        names.push(duplicates::Name { kana: former.text("name_kana")?, kanji: None });
        former.no_others()?;
    }
    let mut addresses = Vec::new();
    for address in inputs.list_or_empty("addresses")? {
        addresses.push(duplicates::Address { zip: address.text("zip")?, text: address.text("text")? });
        address.no_others()?;
    }
    let mut cover = Vec::new();
    for span in inputs.list_or_empty("cover")? {
        let (kind, first) = (span.word("kind", &KINDS)?, span.month("first")?);
        cover.push(Cover { kind, first, until: span.month_or_none("until")? });
        span.no_others()?;
    }
    let number = inputs.text_or_empty("number")?;
    let asked = AskedIdentity {
        names,
        birth_on: inputs.date(BIRTH)?,
        sex: inputs.word("sex", &[("male", Sex::Male), ("female", Sex::Female)])?,
        addresses,
        numbers: if number.is_empty() { Vec::new() } else { vec![number] },
        cover,
    };
    inputs.no_others()?;
    Ok(asked)
}

fn duplicate_score(inputs: &Value, trace: &mut Trace) -> Outcome {
    let inputs = Inputs::of(inputs)?;
    let (one, other) = (inputs.object("one")?, inputs.object("other")?);
    let (one, other) = (asked_identity(&one)?, asked_identity(&other)?);
    let month = inputs.month("as_of")?;
    inputs.no_others()?;
    let yardstick = Yardstick::of(month, trace)?;
    let records = yardstick.records(&one.cover, &other.cover, month);
    let score = yardstick.score(&one.features(&yardstick), &other.features(&yardstick), records);
    let mut step = Step::new("国民年金法14条", "一致・相違の点の合計 (0から100に収める)");
    for reason in &score.reasons {
        step = step.with(reason.words(), yardstick.weight(*reason), "点");
    }
    trace.step(step.gives(score.points));
    let reasons: Vec<&str> = score.reasons.iter().map(|reason| reason.code()).collect();
    Ok(json!({
        "score": score.points,
        "reasons": reasons,
        "candidate": score.points >= yardstick.candidate_from(),
        "certain": score.points >= yardstick.certain_from(),
    }))
}
