//! Topics of the contributions of 国民年金.

use domain::{Month, Yen};
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation, month_names};
use crate::employees_insurance::late_fee::PartPayment;
use crate::national_pension::additional_contribution::{self as additional, Declaration, Payer};
use crate::national_pension::application::{self, Application, Ground, ReviewOrder, Role, TestedPerson};
use crate::national_pension::arrears::{Arrears, PartFraction, arrears_charge};
use crate::national_pension::childcare_exemption::{self as childcare, BirthMother, Raising};
use crate::national_pension::income_limit::{self, Deductions, Dependants, IncomeTest};
use crate::national_pension::late_payment::{self as late, FirstPaid};
use crate::national_pension::limitation::{self as limits, Right};
use crate::national_pension::maternity_exemption::{self as maternity, Birth};
use crate::national_pension::payment_rate::{self as rates, PaymentCount, RateKind};
use crate::national_pension::payment_state::{self as states, Credit, MonthFacts, PaymentState, Residual, Share};
use crate::national_pension::prepayment::{self as prepaid, Kind, Method, Period, Span};
use crate::national_pension::relief::{Relief, prevailing};
use crate::national_pension::statutory_exemption::{Cause, statutory_period};
use crate::national_pension::{demand, due_date as due, exemption_amount as exempt, monthly_contribution as monthly};
use crate::{LawError, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 25] = [
    ("np_additional_contribution", additional_contribution),
    ("np_arrears", arrears),
    ("np_childcare_exemption", childcare_exemption),
    ("np_demand", demand_deadline),
    ("np_due_date", due_date),
    ("np_exemption_amount", exemption_amount),
    ("np_exemption_income_limit", exemption_income_limit),
    ("np_exemption_review", exemption_review),
    ("np_exemption_window", exemption_window),
    ("np_late_payment", late_payment),
    ("np_late_payment_deadline", late_payment_deadline),
    ("np_late_payment_order", late_payment_order),
    ("np_late_payment_right", late_payment_right),
    ("np_limitation", limitation),
    ("np_maternity_exemption", maternity_exemption),
    ("np_monthly_premium", monthly_premium),
    ("np_payment_count", payment_count),
    ("np_payment_rate", payment_rate),
    ("np_payment_rate_deadline", payment_rate_deadline),
    ("np_payment_state", payment_state),
    ("np_prepayment", prepayment),
    ("np_prepayment_additional", prepayment_additional),
    ("np_prepayment_refund", prepayment_refund),
    ("np_prevailing_relief", prevailing_relief),
    ("np_statutory_exemption", statutory_exemption),
];

const METHODS: [(&str, Method); 2] = [("direct_debit", Method::DirectDebit), ("cash_or_card", Method::CashOrCard)];

fn reliefs() -> [(&'static str, Relief); 9] {
    Relief::ALL.map(|relief| (relief.key(), relief))
}

fn relief_or_none(inputs: &Inputs<'_>) -> Result<Option<Relief>, CalcError> {
    if inputs.has("relief") { inputs.word("relief", &reliefs()).map(Some) } else { Ok(None) }
}

/// April of a fiscal year.
fn april(fiscal_year: i16) -> Month {
    Month::new(fiscal_year, 4).expect("years of questions lie in the calendar")
}

/// The month itself, or the last of a fiscal year: a relief that began within it has begun by then.
fn month_or_fiscal_year(inputs: &Inputs<'_>) -> Result<Month, CalcError> {
    if inputs.has("month") { inputs.month("month") } else { Ok(april(inputs.year("fiscal_year")?).plus(11)) }
}

fn monthly_premium(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = month_or_fiscal_year(&inputs)?;
    inputs.no_others()?;
    let amount = monthly::monthly_contribution(month, trace)?;
    Ok(json!({ "monthly_yen": amount, "additional_yen": additional::additional_amount(month, trace)? }))
}

fn additional_contribution(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const PAYERS: [(&str, Payer); 4] = [
        ("category1", Payer::Category1),
        ("voluntary", Payer::Voluntary),
        ("special_voluntary", Payer::SpecialVoluntary),
        ("other", Payer::Other),
    ];
    let inputs = Inputs::of(inputs)?;
    let (month, payer) = (inputs.month("month")?, inputs.word_or("payer", &PAYERS, Payer::Category1)?);
    let declaration = Declaration {
        declared_in: Month::of(inputs.date("declared_on")?),
        withdrawn_in: inputs.date_or_none("withdrawn_on")?.map(Month::of),
        fund_joined_in: inputs.date_or_none("fund_joined_on")?.map(Month::of),
    };
    let relief = relief_or_none(&inputs)?;
    inputs.no_others()?;
    let outcome = additional::additional_contribution(payer, declaration, relief, month, trace)?;
    Ok(json!({ "payable": outcome.is_ok(), "amount_yen": outcome.unwrap_or(Yen::ZERO), "reason": outcome.err() }))
}

fn exemption_amount(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (relief, month) = (inputs.word("category", &reliefs())?, month_or_fiscal_year(&inputs)?);
    inputs.no_others()?;
    let amount = exempt::exemption_amount(relief, month, trace)?;
    let full = amount.payable + amount.exempted;
    Ok(json!({ "payable_yen": amount.payable, "exempted_yen": amount.exempted, "monthly_yen": full }))
}

fn due_date(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("premium_month")?;
    inputs.no_others()?;
    Ok(json!({ "due_date": due::due_date(month, trace)?.to_string() }))
}

fn demand_deadline(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (due_on, issued_on) = (inputs.date("due_date")?, inputs.date("issued_on")?);
    inputs.no_others()?;
    Ok(json!({ "earliest_deadline": demand::earliest_deadline(due_on, issued_on, trace)?.to_string() }))
}

/// A period by its name from the first month of the fiscal year (or from `first_month`), or a block of months.
fn prepaid_span(inputs: &Inputs<'_>, method: Method, trace: &mut Trace) -> Result<Span, CalcError> {
    const PERIODS: [(&str, Option<Period>); 5] = [
        ("1m_early", Some(Period::EarlyMonth)),
        ("6m", Some(Period::HalfYear)),
        ("1y", Some(Period::Year)),
        ("2y", Some(Period::TwoYears)),
        ("block", None),
    ];
    let period = inputs.word("period", &PERIODS)?;
    let fiscal_year = if inputs.has("fiscal_year") { Some(inputs.year("fiscal_year")?) } else { None };
    let first = match (inputs.month_or_none("first_month")?, fiscal_year) {
        (Some(first), _) => first,
        (None, Some(year)) if period.is_some() => april(year),
        (None, Some(_)) => return Err(CalcError::MissingKey("first_month".to_owned())),
        (None, None) => return Err(CalcError::MissingKey("fiscal_year".to_owned())),
    };
    if fiscal_year.is_some_and(|year| year != first.fiscal_year()) {
        return Err(
            LawError::bad_input("前納の最初の月 (first_month)", "fiscal_year の年度の月を入力してください").into()
        );
    }
    let last = if period.is_none() { Some(inputs.month("last_month")?) } else { None };
    inputs.no_others()?;
    match (period, last) {
        (Some(period), _) => Ok(prepaid::span(method, period, first, trace)?),
        (None, last) => Ok(prepaid::block(method, Span { first, last: last.unwrap_or(first) }, trace)?),
    }
}

fn prepaid_row(method: Method, kind: Kind, span: Span, trace: &mut Trace) -> Result<Value, CalcError> {
    let prepayment = prepaid::prepayment(method, kind, span, trace)?;
    Ok(json!({
        "amount_yen": prepayment.amount,
        "discount_yen": prepayment.discount,
        "months": prepayment.months,
        "first_month": span.first,
        "last_month": span.last,
    }))
}

fn prepayment(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let method = inputs.word("method", &METHODS)?;
    let span = prepaid_span(&inputs, method, trace)?;
    prepaid_row(method, Kind::Flat, span, trace)
}

/// The table of prepaid 付加保険料 names no year, since 400円 has never changed: without one, fiscal 2025 is read.
fn prepayment_additional(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const PERIODS: [(&str, Period); 4] =
        [("1m_early", Period::EarlyMonth), ("6m", Period::HalfYear), ("1y", Period::Year), ("2y", Period::TwoYears)];
    let inputs = Inputs::of(inputs)?;
    let (method, period) = (inputs.word("method", &METHODS)?, inputs.word("period", &PERIODS)?);
    let year = if inputs.has("fiscal_year") { inputs.year("fiscal_year")? } else { 2025 };
    inputs.no_others()?;
    let span = prepaid::span(method, period, april(year), trace)?;
    prepaid_row(method, Kind::Additional, span, trace)
}

fn prepayment_refund(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const KINDS: [(&str, Kind); 2] = [("FLAT", Kind::Flat), ("ADDITIONAL_400", Kind::Additional)];
    let inputs = Inputs::of(inputs)?;
    let (method, kind) = (inputs.word("method", &METHODS)?, inputs.word_or("premium_kind", &KINDS, Kind::Flat)?);
    let unexpired = Span { first: inputs.month("first_unexpired_month")?, last: inputs.month("last_month")? };
    inputs.no_others()?;
    Ok(json!({ "refund_yen": prepaid::refund(method, kind, unexpired, trace)? }))
}

fn late_payment(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (relief, month) = (inputs.word("category", &reliefs())?, inputs.month("exempt_month")?);
    let paid_in = late_payment_month(&inputs, month)?;
    inputs.no_others()?;
    let payment = late::late_payment(relief, month, paid_in, trace)?;
    let last_day = late::last_payable_day(month, trace)?;
    Ok(json!({
        "exempted_yen": payment.exempted,
        "surcharge_rate": payment.rate.to_string(),
        "surcharge_yen": payment.surcharge,
        "total_yen": payment.total(),
        "within_ten_years": paid_in.first_day() <= last_day,
    }))
}

/// The month of payment; where only its fiscal year is given, any month of it does, unless April alone is free.
fn late_payment_month(inputs: &Inputs<'_>, month: Month) -> Result<Month, CalcError> {
    let fiscal_year = if inputs.has("pay_fiscal_year") { Some(inputs.year("pay_fiscal_year")?) } else { None };
    let paid_in = match (inputs.month_or_none("pay_month")?, fiscal_year) {
        (Some(paid_in), _) => paid_in,
        (None, Some(year)) => {
            let (april, march) = (april(year), april(year).plus(11));
            if late::is_free_of_surcharge(month, april) != late::is_free_of_surcharge(month, march) {
                return Err(CalcError::MissingKey("pay_month".to_owned()));
            }
            march
        }
        (None, None) => return Err(CalcError::MissingKey("pay_month".to_owned())),
    };
    if fiscal_year.is_some_and(|year| year != paid_in.fiscal_year()) {
        return Err(
            LawError::bad_input("追納する月 (pay_month)", "pay_fiscal_year の年度の月を入力してください").into()
        );
    }
    Ok(paid_in)
}

fn late_payment_deadline(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("exempt_month")?;
    inputs.no_others()?;
    Ok(json!({ "last_payable_month_end": late::last_payable_day(month, trace)?.to_string() }))
}

fn late_payment_right(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (relief, month) = (inputs.word("category", &reliefs())?, inputs.month("exempt_month")?);
    let (approved_on, right) = (inputs.date("approved_on")?, inputs.flag_or_not("old_age_right")?);
    let paid = inputs.flag_or_not("payable_part_paid")?;
    inputs.no_others()?;
    let reason = late::refusal(relief, month, approved_on, right, paid, trace)?;
    Ok(json!({ "payable": reason.is_none(), "reason": reason }))
}

fn late_payment_order(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const FIRST: [(&str, FirstPaid); 2] =
        [("deferrals", FirstPaid::Deferrals), ("older_exemptions", FirstPaid::OlderExemptions)];
    let inputs = Inputs::of(inputs)?;
    let mut months = Vec::new();
    for item in inputs.list("months")? {
        months.push((item.month("month")?, item.word("category", &reliefs())?));
        item.no_others()?;
    }
    let first = inputs.word_or_default("first", &FIRST)?;
    inputs.no_others()?;
    let ordered: Vec<Month> = late::order(&months, first, trace).into_iter().map(|(month, _)| month).collect();
    Ok(json!({ "months": month_names(&ordered) }))
}

fn arrears(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const FRACTIONS: [(&str, PartFraction); 3] = [
        ("each_band", PartFraction::EachBand),
        ("each_segment", PartFraction::EachSegment),
        ("exact", PartFraction::Exact),
    ];
    let inputs = Inputs::of(inputs)?;
    let mut part_payments = Vec::new();
    for item in inputs.list_or_empty("payments")? {
        part_payments.push(PartPayment { paid_on: item.date("paid_on")?, amount: item.yen("amount_yen")? });
        item.no_others()?;
    }
    let arrears = Arrears {
        contribution: inputs.yen("premium_yen")?,
        due_on: inputs.date("due_date")?,
        paid_on: inputs.date("paid_date")?,
        demand_deadline: inputs.date_or_none("demand_deadline")?,
        part_payments: &part_payments,
        unavoidable: inputs.flag_or_not("unavoidable")?,
        part_fraction: inputs.word_or_default("part_fraction", &FRACTIONS)?,
    };
    inputs.no_others()?;
    let charge = arrears_charge(&arrears, trace)?;
    Ok(json!({
        "arrears_yen": charge.amount,
        "base_yen": charge.base,
        "days_first": charge.days_first,
        "days_after": charge.days_after,
    }))
}

fn limitation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const RIGHTS: [(&str, Right); 2] = [("collection", Right::Collection), ("refund", Right::Refund)];
    let inputs = Inputs::of(inputs)?;
    let (right, on) = (inputs.word("right", &RIGHTS)?, inputs.date("on")?);
    let demanded = if inputs.has("demanded_on") { inputs.dates("demanded_on")? } else { Vec::new() };
    inputs.no_others()?;
    Ok(json!({ "until": limits::limitation(right, on, &demanded, trace)?.to_string() }))
}

fn dependants(inputs: &Inputs<'_>) -> Result<Dependants, CalcError> {
    Ok(Dependants {
        total: inputs.count_or_none("dependents")?.unwrap_or_default(),
        elderly: inputs.count_or_none("of_which_elderly")?.unwrap_or_default(),
        specific: inputs.count_or_none("of_which_specific")?.unwrap_or_default(),
    })
}

fn exemption_income_limit(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let tests = IncomeTest::ALL.map(|test| (test.key(), test));
    let (test, month, dependants) = (inputs.word("category", &tests)?, inputs.month("month")?, dependants(&inputs)?);
    inputs.no_others()?;
    Ok(json!({ "limit_yen": income_limit::income_limit(test, dependants, month, trace)? }))
}

fn tested_person(inputs: &Inputs<'_>) -> Result<TestedPerson, CalcError> {
    const ROLES: [(&str, Role); 3] = [("insured", Role::Insured), ("spouse", Role::Spouse), ("head", Role::Head)];
    const GROUNDS: [(&str, Ground); 2] =
        [("public_assistance", Ground::PublicAssistance), ("disaster_or_unemployment", Ground::DisasterOrUnemployment)];
    let ground = if inputs.has("ground") { Some(inputs.word("ground", &GROUNDS)?) } else { None };
    Ok(TestedPerson {
        role: inputs.word("role", &ROLES)?,
        income: inputs.yen("income_yen")?,
        deductions: Deductions {
            amounts: inputs.yen_or_none("deductions_yen")?.unwrap_or(Yen::ZERO),
            disabled: inputs.count_or_none("disabled")?.unwrap_or_default(),
            special_disabled: inputs.count_or_none("special_disabled")?.unwrap_or_default(),
            widow: inputs.flag_or_not("widow")?,
            single_parent: inputs.flag_or_not("single_parent")?,
            working_student: inputs.flag_or_not("working_student")?,
        },
        dependants: dependants(inputs)?,
        disabled_widow_single_parent: inputs.flag_or_not("disabled_widow_single_parent")?,
        ground,
    })
}

fn exemption_review(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const ORDERS: [(&str, ReviewOrder); 2] =
        [("form", ReviewOrder::Form), ("exemptions_first", ReviewOrder::ExemptionsFirst)];
    let inputs = Inputs::of(inputs)?;
    let mut persons = Vec::new();
    for item in inputs.list("persons")? {
        persons.push(tested_person(&item)?);
        item.no_others()?;
    }
    let asked = Application {
        month: inputs.month("month")?,
        applied_in: inputs.month("applied_month")?,
        birth: inputs.date("birthdate")?,
        student: inputs.flag_or_not("student")?,
        persons: &persons,
        order: inputs.word_or_default("order", &ORDERS)?,
    };
    inputs.no_others()?;
    let granted = application::review(&asked, trace)?;
    let kind = if asked.student { Relief::Student } else { Relief::Full };
    let (cycle_from, cycle_to) = application::cycle(kind, asked.month);
    Ok(json!({
        "granted": granted.map(Relief::key),
        "income_year": application::income_year(kind, asked.month),
        "cycle_from": cycle_from,
        "cycle_to": cycle_to,
    }))
}

fn exemption_window(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (relief, applied_in) = (inputs.word("relief", &reliefs())?, inputs.month("applied_month")?);
    inputs.no_others()?;
    if IncomeTest::of(relief).is_none() {
        let reason = "申請によって承認される免除・猶予の種類を入力してください";
        return Err(LawError::bad_input("免除の種類 (relief)", reason).into());
    }
    let (from, to) = application::months_open(relief, applied_in, trace)?;
    Ok(json!({ "from": from, "to": to, "months": to.months_since(from) + 1 }))
}

fn prevailing_relief(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let mut granted = Vec::new();
    for item in inputs.list("granted")? {
        granted.push(item.word("relief", &reliefs())?);
        item.no_others()?;
    }
    inputs.no_others()?;
    Ok(json!({ "relief": prevailing(&granted, trace).map(Relief::key) }))
}

fn statutory_exemption(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const CAUSES: [(&str, Cause); 3] = [
        ("disability_pension", Cause::DisabilityPension),
        ("livelihood_assistance", Cause::LivelihoodAssistance),
        ("facility", Cause::Facility),
    ];
    let inputs = Inputs::of(inputs)?;
    let (cause, arose_on) = (inputs.word("cause", &CAUSES)?, inputs.date("arose_on")?);
    let ended_on = inputs.date_or_none("ended_on")?;
    inputs.no_others()?;
    let period = statutory_period(cause, arose_on, ended_on, trace)?;
    Ok(json!({ "from": period.first, "to": period.last }))
}

/// `from`, `to` and `months`, or none of them.
fn exempt_months(exempt: Option<(Month, Month)>) -> Value {
    json!({
        "from": exempt.map(|(first, _)| first),
        "to": exempt.map(|(_, last)| last),
        "months": exempt.map_or(0, |(first, last)| last.months_since(first) + 1),
    })
}

fn maternity_exemption(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth = Birth {
        due_month: inputs.month("due_month")?,
        delivered_in: inputs.month_or_none("delivery_month")?,
        multiple: inputs.flag("multiple")?,
        pregnancy_days: inputs.count_or_none("pregnancy_days")?,
    };
    let after = inputs.flag_or("notified_after_delivery", true)?;
    let voluntary = inputs.flag_or_not("voluntary")?;
    inputs.no_others()?;
    let known = Birth { delivered_in: birth.delivered_in.filter(|_| after), ..birth };
    Ok(exempt_months(maternity::maternity_exemption(known, voluntary, trace)?))
}

fn childcare_exemption(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const MOTHERS: [(&str, BirthMother); 2] =
        [("after_maternity", BirthMother::AfterMaternity), ("refuse", BirthMother::Refuse)];
    let inputs = Inputs::of(inputs)?;
    let child_born_on = inputs.date("child_birthdate")?;
    let raising = Raising {
        child_born_on,
        since: inputs.date_or_none("since")?.unwrap_or(child_born_on),
        maternity_until: inputs.month_or_none("maternity_until")?,
        ended_in: inputs.month_or_none("ended_month")?,
        birth_mother: inputs.word_or_default("birth_mother", &MOTHERS)?,
    };
    inputs.no_others()?;
    Ok(exempt_months(childcare::childcare_exemption(raising, trace)?))
}

fn share_word(share: Share) -> &'static str {
    match share {
        Share::Full => "full",
        Share::ThreeQuarters => "three_quarters",
        Share::Half => "half",
        Share::OneQuarter => "one_quarter",
    }
}

fn state_word(state: PaymentState) -> &'static str {
    match state {
        PaymentState::Paid => "paid",
        PaymentState::Maternity => "maternity",
        PaymentState::Childcare => "childcare",
        PaymentState::LatePaid => "late_paid",
        PaymentState::FullyExempt => "fully_exempt",
        PaymentState::PartlyExempt { residual: Residual::Paid, .. } => "partly_exempt_paid",
        PaymentState::PartlyExempt { residual: Residual::Unpaid, .. } => "partly_exempt_unpaid",
        PaymentState::PartlyExempt { residual: Residual::TimeBarred, .. } => "partly_exempt_time_barred",
        PaymentState::StudentDeferred => "student_deferred",
        PaymentState::Deferred => "deferred",
        PaymentState::Unpaid => "unpaid",
        PaymentState::TimeBarred => "time_barred",
    }
}

fn state_of(inputs: &Inputs<'_>, on: jiff::civil::Date, trace: &mut Trace) -> Result<PaymentState, CalcError> {
    let demanded = if inputs.has("demanded_on") { inputs.dates("demanded_on")? } else { Vec::new() };
    let facts = MonthFacts {
        month: inputs.month("month")?,
        relief: relief_or_none(inputs)?,
        relief_applied_on: inputs.date_or_none("relief_applied_on")?,
        paid_on: inputs.date_or_none("paid_on")?,
        late_paid_on: inputs.date_or_none("late_paid_on")?,
        demanded: &demanded,
    };
    inputs.no_others()?;
    Ok(states::payment_state(&facts, on, trace)?)
}

fn payment_state(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let state = state_of(&inputs, inputs.date("on")?, trace)?;
    let credit = match state.credit() {
        Credit::Paid => "paid",
        Credit::Exempt(share) => share_word(share),
        Credit::QualifyingOnly => "qualifying_only",
        Credit::Nothing => "nothing",
    };
    Ok(json!({ "state": state_word(state), "credit": credit }))
}

fn payment_count(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let on = inputs.date("on")?;
    let months = inputs.list("months")?;
    inputs.no_others()?;
    let states: Vec<PaymentState> =
        months.iter().map(|month| state_of(month, on, trace)).collect::<Result<_, CalcError>>()?;
    let count = PaymentCount::of(states);
    let rate = rates::payment_rate(count, trace)?;
    Ok(json!({
        "due_months": count.due_months,
        "paid_months": count.paid_months,
        "rate_percent": rates::in_percent(rate),
    }))
}

fn payment_rate(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    // Months of a whole country in a year: more than a count of one person's.
    let count =
        PaymentCount { due_months: inputs.yen("due_months")?.get(), paid_months: inputs.yen("paid_months")?.get() };
    inputs.no_others()?;
    Ok(json!({ "rate_percent": rates::in_percent(rates::payment_rate(count, trace)?) }))
}

fn payment_rate_deadline(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const KINDS: [(&str, RateKind); 2] = [("current", RateKind::Current), ("final", RateKind::Final)];
    let inputs = Inputs::of(inputs)?;
    let (kind, fiscal_year) = (inputs.word("kind", &KINDS)?, inputs.year("fiscal_year")?);
    inputs.no_others()?;
    Ok(json!({ "counted_until": rates::counted_until(kind, fiscal_year, trace)?.to_string() }))
}
