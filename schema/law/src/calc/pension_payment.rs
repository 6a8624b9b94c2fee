//! Topics of paying pensions: months, days, rounding, tax, collection, choice, limitation.

use domain::numbers::BasicPensionNumber;
use domain::{Ratio, Yen};
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation, month_names};
use crate::adjudication::award::Ground;
use crate::pension_payment::certificate_number::{certificate_number, of_parts};
use crate::pension_payment::life_report::{LifeCheck, life_report as check_life};
use crate::pension_payment::limitation::{LapseQuestion, instalment_until, limitation};
use crate::pension_payment::overpayment::{SetOff, set_off};
use crate::pension_payment::payable_months::{PensionRight, Suspension, payable_months as months_of};
use crate::pension_payment::payment_date::{PaymentKind, payment_date as day_of, payment_month};
use crate::pension_payment::payment_rounding::year_of_payments;
use crate::pension_payment::run::{
    Account, Accounted, AwardRow, ByGround, Cause, Due, Holdings, LevyYen, Line, PaymentQuestion, SchemeYen, TaxBase,
    balance, due as dues_of, withhold,
};
use crate::pension_payment::simultaneous_benefits::{
    BenefitRight, BenefitSet, choice_effective, simultaneous_benefits as sets_of,
};
use crate::pension_payment::special_collection::{
    CollectablePension, Collectee, InstalmentUnit, Levy, LevyRequest, Payer, PensionKind, PensionScheme,
    special_collection as collect, year_of_collection,
};
use crate::pension_payment::unpaid_benefit::{Relation, Relative, unpaid_benefit as unpaid};
use crate::pension_payment::withholding_tax::settlement::{SettlementBasis, settle_2025};
use crate::pension_payment::withholding_tax::{
    MonthlyFraction, PersonalDeduction, TaxedKind, TaxedPayment, Taxpayer, withholding_tax,
};
use crate::{LawError, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 16] = [
    ("benefit_choice_effective", benefit_choice_effective),
    ("life_report", life_report),
    ("payable_months", payable_months),
    ("payment_date", payment_date),
    ("payment_rounding", payment_rounding),
    ("pension_certificate_number", pension_certificate_number),
    ("pension_instalment_limitation", pension_instalment_limitation),
    ("pension_limitation", pension_limitation),
    ("pension_overpayment", pension_overpayment),
    ("pension_payment_run", pension_payment_run),
    ("pension_withholding_settlement_2025", pension_withholding_settlement_2025),
    ("pension_withholding_tax", pension_withholding_tax),
    ("simultaneous_benefits", simultaneous_benefits),
    ("special_collection", special_collection),
    ("special_collection_amounts", special_collection_amounts),
    ("unpaid_benefit", unpaid_benefit),
];

fn payment_date(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let kinds = [("regular", PaymentKind::Regular), ("out_of_turn", PaymentKind::OutOfTurn)];
    let kind = inputs.word_or_default("kind", &kinds)?;
    inputs.no_others()?;
    let payment = day_of(month, kind, trace)?;
    Ok(json!({
        "date": payment.paid_on,
        "covers": month_names(&payment.covers),
        "covers_until": payment.covers_until,
    }))
}

fn payment_rounding(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let annual = inputs.yens("annual_at_apr_jun_aug_oct_dec_feb")?;
    let fiscal_year = if inputs.has("fiscal_year") { Some(inputs.year("fiscal_year")?) } else { None };
    inputs.no_others()?;
    let year = year_of_payments(&annual, fiscal_year, trace)?;
    Ok(json!({ "payments": year.payments, "added_in_february_yen": year.added_in_february }))
}

/// Suspensions under this key, none where it is missing.
fn suspensions(inputs: &Inputs<'_>, key: &str) -> Result<Vec<Suspension>, CalcError> {
    let one = |stop: &Inputs<'_>| {
        let read = Suspension { arose_on: stop.date("arose_on")?, ended_on: stop.date_or_none("ended_on")? };
        stop.no_others()?;
        Ok(read)
    };
    inputs.list_or_empty(key)?.iter().map(one).collect()
}

fn payable_months(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let right = PensionRight {
        arose_on: inputs.date("arose_on")?,
        ended_on: inputs.date_or_none("ended_on")?,
        suspensions: suspensions(&inputs, "suspensions")?,
    };
    let through = inputs.month("through")?;
    inputs.no_others()?;
    let months = months_of(&right, through, trace)?;
    Ok(json!({ "months": month_names(&months), "count": months.len() }))
}

const KINDS: [(&str, TaxedKind); 3] = [
    ("old_age", TaxedKind::OldAge),
    ("disability", TaxedKind::DisabilityOrSurvivor),
    ("survivor", TaxedKind::DisabilityOrSurvivor),
];

const FRACTIONS: [(&str, MonthlyFraction); 2] =
    [("exact", MonthlyFraction::Exact), ("up_to_four_yen", MonthlyFraction::UpToFourYen)];

/// 扶養親族等申告書: an object of persons by deduction; without it nothing is deducted.
fn declaration(inputs: &Inputs<'_>) -> Result<Vec<(PersonalDeduction, i32)>, CalcError> {
    if !inputs.has("declaration") {
        return Ok(Vec::new());
    }
    let declared = inputs.object("declaration")?;
    let read = |(key, deduction): &(&str, PersonalDeduction)| {
        Ok(declared.count_or_none(key)?.map(|persons| (*deduction, persons)))
    };
    let all: Vec<Option<(PersonalDeduction, i32)>> =
        PersonalDeduction::WORDS.iter().map(read).collect::<Result<_, CalcError>>()?;
    declared.no_others()?;
    Ok(all.into_iter().flatten().collect())
}

fn taxed_payment(inputs: &Inputs<'_>, month_key: &str) -> Result<TaxedPayment, CalcError> {
    Ok(TaxedPayment {
        month: inputs.month(month_key)?,
        pension: inputs.yen("pension_yen")?,
        social_insurance: inputs.yen_or_none("social_insurance_yen")?.unwrap_or(Yen::ZERO),
        months: inputs.count_or_none("months")?.unwrap_or(2),
    })
}

fn pension_withholding_tax(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let declaration = declaration(&inputs)?;
    let person = Taxpayer {
        birth: inputs.date("birth_date")?,
        kind: inputs.word_or_default("kind", &KINDS)?,
        annual: inputs.yen_or_none("annual_pension_yen")?,
        declaration: &declaration,
        fraction: inputs.word_or_default("monthly_fraction", &FRACTIONS)?,
    };
    let payment = taxed_payment(&inputs, "payment_month")?;
    inputs.no_others()?;
    let withheld = withholding_tax(&person, &payment, trace)?;
    Ok(json!({
        "basic_deduction_monthly_yen": withheld.basic_monthly.to_string(),
        "personal_deduction_monthly_yen": withheld.personal_monthly,
        "tax_yen": withheld.tax,
        "paid_yen": payment.pension - payment.social_insurance - withheld.tax,
    }))
}

fn pension_withholding_settlement_2025(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let declaration = declaration(&inputs)?;
    let person = Taxpayer {
        birth: inputs.date("birth_date")?,
        kind: TaxedKind::OldAge,
        annual: None,
        declaration: &declaration,
        fraction: inputs.word_or_default("monthly_fraction", &FRACTIONS)?,
    };
    let bases = [("each_payment", SettlementBasis::EachPayment), ("whole_year", SettlementBasis::WholeYear)];
    let basis = inputs.word_or_default("basis", &bases)?;
    let one = |payment: &Inputs<'_>| {
        let withheld = payment.yen_or_none("withheld_yen")?.unwrap_or(Yen::ZERO);
        let read = (taxed_payment(payment, "month")?, withheld);
        payment.no_others()?;
        Ok(read)
    };
    let payments: Vec<(TaxedPayment, Yen)> =
        inputs.list("payments")?.iter().map(one).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let settled = settle_2025(&person, &payments, basis, trace)?;
    Ok(json!({
        "year_tax_yen": settled.year_tax,
        "withheld_before_yen": settled.withheld_before,
        "december_tax_yen": settled.december_tax,
        "refund_yen": settled.refund,
    }))
}

const PAYERS: [(&str, Payer); 5] = [
    ("japan_pension_service", Payer::JapanPensionService),
    ("national_mutual_aid", Payer::NationalMutualAid),
    ("agricultural_transition", Payer::AgriculturalTransition),
    ("private_schools", Payer::PrivateSchools),
    ("local_mutual_aid", Payer::LocalMutualAid),
];

const PENSION_KINDS: [(&str, PensionKind); 3] =
    [("old_age", PensionKind::OldAge), ("disability", PensionKind::Disability), ("survivor", PensionKind::Survivor)];

const SCHEMES: [(&str, PensionScheme); 3] =
    [("basic", PensionScheme::Basic), ("employees", PensionScheme::Employees), ("seamen", PensionScheme::Seamen)];

/// The word of a value, the other way round.
fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, meaning)| meaning == value).map_or("", |(word, _)| word)
}

fn collectable(pension: &Inputs<'_>) -> Result<CollectablePension, CalcError> {
    let read = CollectablePension {
        payer: pension.word("payer", &PAYERS)?,
        kind: pension.word("kind", &PENSION_KINDS)?,
        scheme: pension.word_or_default("scheme", &SCHEMES)?,
        annual: pension.yen("annual_yen")?,
    };
    pension.no_others()?;
    Ok(read)
}

/// One levy of the question, with the facts that it asks for.
fn levy_request(request: &Inputs<'_>) -> Result<LevyRequest, CalcError> {
    let levy = match request.text("levy")? {
        "long_term_care" => Levy::LongTermCare,
        "national_health" => Levy::NationalHealth {
            all_65_to_74: request.flag("all_insured_65_to_74")?,
            head_insured: request.flag("head_insured")?,
        },
        "late_elderly" => Levy::LateElderly { disability_certified: request.flag_or_not("disability_certified")? },
        "resident_tax" => Levy::ResidentTax { on_pension_income: request.flag("on_pension_income")? },
        _ => {
            let reason = "long_term_care、national_health、late_elderly、resident_tax のいずれかで入力してください";
            return Err(LawError::bad_input("特別徴収の種類 (levies[].levy)", reason).into());
        }
    };
    let read = LevyRequest { levy, amount: request.yen("amount_yen")? };
    request.no_others()?;
    Ok(read)
}

fn levy_word(levy: Levy) -> &'static str {
    match levy {
        Levy::LongTermCare => "long_term_care",
        Levy::NationalHealth { .. } => "national_health",
        Levy::LateElderly { .. } => "late_elderly",
        Levy::ResidentTax { .. } => "resident_tax",
    }
}

fn special_collection(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let person = Collectee {
        on: inputs.date("on")?,
        birth: inputs.date("birth_date")?,
        stopped: inputs.flag_or_not("stopped")?,
    };
    let pensions: Vec<_> = inputs.list("pensions")?.iter().map(collectable).collect::<Result<_, CalcError>>()?;
    let levies: Vec<_> = inputs.list("levies")?.iter().map(levy_request).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let collection = collect(&person, &pensions, &levies, trace)?;
    let used = collection.pension.map(|pension| {
        json!({
            "payer": word_of(&PAYERS, &pension.payer),
            "kind": word_of(&PENSION_KINDS, &pension.kind),
            "scheme": word_of(&SCHEMES, &pension.scheme),
        })
    });
    let collected = collection.decisions.iter().filter(|decision| decision.refused.is_none());
    Ok(json!({
        "pension": used,
        "collected": collected.map(|decision| levy_word(decision.levy)).collect::<Vec<_>>(),
        "total_yen": collection.total(),
        "refused": collection.decisions.iter().filter_map(|decision| decision.refused).collect::<Vec<_>>(),
    }))
}

fn special_collection_amounts(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let february = inputs.yen_or_none("previous_february_yen")?.unwrap_or(Yen::ZERO);
    let annual = inputs.yen("annual_yen")?;
    let units = [
        ("yen", InstalmentUnit::Yen),
        ("hundred_yen", InstalmentUnit::HundredYen),
        ("thousand_yen", InstalmentUnit::ThousandYen),
    ];
    let unit = inputs.word_or_default("unit", &units)?;
    inputs.no_others()?;
    let year = year_of_collection(february, annual, unit, trace);
    Ok(json!({ "amounts": year.amounts, "over_yen": year.over }))
}

const RELATIONS: [(&str, Relation); 7] = [
    ("spouse", Relation::Spouse),
    ("child", Relation::Child),
    ("parent", Relation::Parent),
    ("grandchild", Relation::Grandchild),
    ("grandparent", Relation::Grandparent),
    ("sibling", Relation::Sibling),
    ("third_degree", Relation::ThirdDegree),
];

fn unpaid_benefit(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let right = PensionRight {
        arose_on: inputs.date("arose_on")?,
        ended_on: Some(inputs.date("died_on")?),
        suspensions: suspensions(&inputs, "suspensions")?,
    };
    let paid_until = inputs.month("paid_until")?;
    let one = |relative: &Inputs<'_>| {
        let read = Relative {
            name: relative.text("name")?.to_owned(),
            relation: relative.word("relation", &RELATIONS)?,
            shared_livelihood: relative.flag("shared_livelihood")?,
        };
        relative.no_others()?;
        Ok(read)
    };
    let relatives: Vec<_> = inputs.list("relatives")?.iter().map(one).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let benefit = unpaid(&right, paid_until, &relatives, trace)?;
    Ok(json!({
        "claimants": benefit.claimants,
        "months": month_names(&benefit.months),
        "claim_until": benefit.claim_until,
    }))
}

fn pension_limitation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let question = LapseQuestion {
        arose_on: inputs.date("arose_on")?,
        claimed_on: inputs.date("claimed_on")?,
        fully_suspended: suspensions(&inputs, "fully_suspended")?,
        record_correction: inputs.flag_or_not("record_correction")?,
    };
    inputs.no_others()?;
    let lapse = limitation(&question, trace)?;
    Ok(json!({
        "basic_right_until": lapse.basic_until,
        "basic_right_lapsed": lapse.basic_lapsed,
        "payable_from": lapse.payable_from,
    }))
}

fn pension_instalment_limitation(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("for_month")?;
    inputs.no_others()?;
    let until = instalment_until(month, trace)?;
    trace.step(
        crate::Step::new("国民年金法102条1項・厚生年金保険法92条1項", "支払期月の翌月の初日から5年")
            .with("支払期月", payment_month(month), "")
            .gives(until),
    );
    Ok(json!({ "payment_month": payment_month(month), "until": until }))
}

fn pension_overpayment(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let kind = match inputs.word("kind", &[("advance", false), ("death", true)])? {
        false => SetOff::Advance,
        true => SetOff::Death { debtor_draws_survivor_pension: inputs.flag("debtor_draws_survivor_pension")? },
    };
    let overpaid = inputs.yen("overpaid_yen")?;
    let payments = inputs.yens("payments_yen")?;
    let limit = inputs.yen_or_none("limit_per_payment_yen")?;
    inputs.no_others()?;
    let plan = set_off(kind, overpaid, &payments, limit, trace)?;
    Ok(json!({ "paid_yen": plan.paid, "set_off_yen": plan.set_off, "remaining_yen": plan.remaining }))
}

fn simultaneous_benefits(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let age = inputs.count("age")?;
    let rights = inputs.words("rights", &BenefitRight::WORDS)?;
    inputs.no_others()?;
    let sets = sets_of(age, &rights, trace)?;
    Ok(json!({ "allowed_sets": sets.iter().map(BenefitSet::words).collect::<Vec<_>>() }))
}

fn benefit_choice_effective(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let filed_on = inputs.date("filed_on")?;
    inputs.no_others()?;
    Ok(json!({ "first_month": choice_effective(filed_on, trace)? }))
}

fn pension_certificate_number(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let certificate = match inputs.has("number") {
        true => {
            let number = inputs.text("number")?;
            inputs.no_others()?;
            certificate_number(number, month, trace)?
        }
        false => {
            let (number, code) = (inputs.text("basic_pension_number")?, inputs.text("pension_code")?);
            inputs.no_others()?;
            let number = number.parse::<BasicPensionNumber>();
            let refused = |error: domain::numbers::NotANumber| LawError::bad_input("基礎年金番号", error.to_string());
            of_parts(number.map_err(refused)?, code, month, trace)?
        }
    };
    Ok(json!({
        "number": certificate.digits(),
        "basic_pension_number": certificate.number,
        "pension_code": certificate.code,
        "identifier": certificate.kind.identifier,
        "name_ja": certificate.kind.name,
    }))
}

fn life_report(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let check = LifeCheck {
        birth: inputs.date("birth_date")?,
        year: inputs.year("year")?,
        resident_record: inputs.flag("resident_record")?,
        received_on: inputs.date_or_none("received_on")?,
        on: inputs.date("on")?,
    };
    inputs.no_others()?;
    let report = check_life(&check, trace)?;
    Ok(json!({ "due_on": report.due_on, "withheld": report.withheld }))
}

/// Amounts by pension: basic, employees' and survivors' employees' pension; each may be left out.
fn scheme_yen(inputs: &Inputs<'_>, keys: [&str; 3]) -> Result<SchemeYen, CalcError> {
    let yen = |key| inputs.yen_or_none(key).map(|yen| yen.unwrap_or(Yen::ZERO));
    Ok(SchemeYen { basic: yen(keys[0])?, employees: yen(keys[1])?, survivor: yen(keys[2])? })
}

const YEN: [&str; 3] = ["basic_yen", "employees_yen", "survivor_yen"];
const FEBRUARY_YEN: [&str; 3] = ["february_basic_yen", "february_employees_yen", "february_survivor_yen"];

const GROUNDS: [(&str, Ground); 3] =
    [("old_age", Ground::OldAge), ("disability", Ground::Disability), ("survivor", Ground::Survivor)];

/// 裁定・改定: `from`, `until` (first month no longer), `basic_yen`, `employees_yen`, `survivor_yen` (annual), `basic_of` and
/// `employees_of` (支給事由, else old_age), `decided` (order of decision), `decided_on`, `superseded`, `cause`.
fn award_row<'a>(inputs: &Inputs<'a>) -> Result<AwardRow<'a>, CalcError> {
    let row = AwardRow {
        from: inputs.month("from")?,
        until: inputs.month_or_none("until")?,
        annual: scheme_yen(inputs, YEN)?,
        basic_of: Some(inputs.word_or("basic_of", &GROUNDS, Ground::OldAge)?),
        employees_of: Some(inputs.word_or("employees_of", &GROUNDS, Ground::OldAge)?),
        decided: inputs.count_or_none("decided")?.unwrap_or(0),
        decided_on: inputs.date_or_none("decided_on")?,
        current: !inputs.flag_or_not("superseded")?,
        cause: Cause {
            word: if inputs.has("cause") { inputs.text("cause")? } else { "claim" },
            filing_id: inputs.count_or_none("filing_id")?,
        },
    };
    inputs.no_others()?;
    Ok(row)
}

/// 計上済み: `payment`, `paid_in` (else the same), `ground` (else old_age), `basic_yen`, `employees_yen`, `survivor_yen`, and of these
/// `february_basic_yen`, `february_employees_yen`, `february_survivor_yen`.
fn accounted_row(inputs: &Inputs<'_>) -> Result<Accounted, CalcError> {
    let for_payment = inputs.month("payment")?;
    let row = Accounted {
        for_payment,
        paid_in: inputs.month_or_none("paid_in")?.unwrap_or(for_payment),
        ground: inputs.word_or("ground", &GROUNDS, Ground::OldAge)?,
        yen: scheme_yen(inputs, YEN)?,
        february: scheme_yen(inputs, FEBRUARY_YEN)?,
    };
    inputs.no_others()?;
    Ok(row)
}

/// An old-age pension needs no word of its ground.
fn line_json(line: &Line<'_>) -> Value {
    let mut answer = json!({
        "payment": line.for_payment,
        "basic_yen": line.yen.basic,
        "employees_yen": line.yen.employees,
        "february_yen": line.february.total(),
        "cause": line.cause.word,
    });
    if let (Some(answer), true) = (answer.as_object_mut(), line.ground != Ground::OldAge) {
        answer.insert("ground".to_owned(), json!(line.ground.code()));
        answer.insert("survivor_yen".to_owned(), json!(line.yen.survivor));
    }
    answer
}

fn levies(inputs: &Inputs<'_>) -> Result<LevyYen, CalcError> {
    let yen = |key| inputs.yen_or_none(key).map(|yen| yen.unwrap_or(Yen::ZERO));
    Ok(LevyYen {
        long_term_care: yen("long_term_care_yen")?,
        national_health: yen("national_health_yen")?,
        late_elderly: yen("late_elderly_yen")?,
        resident_tax: yen("resident_tax_yen")?,
    })
}

/// 年金の支払: `awards`, `accounted`, `paid_through` and `claimed_on` (of the old-age pension; `disability_…`, `survivor_…` of the
/// others), `died_on`, `payment_month`, `paid_on` (else the law's day), `outstanding_yen` and `set_off_share` (内払, else one
/// half). With `birth_date` also what is withheld: `declaration`, `long_term_care_yen`, `national_health_yen`,
/// `late_elderly_yen`, `resident_tax_yen`.
fn pension_payment_run(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let awards: Vec<_> = inputs.list("awards")?.iter().map(award_row).collect::<Result<_, CalcError>>()?;
    let accounted: Vec<_> =
        inputs.list_or_empty("accounted")?.iter().map(accounted_row).collect::<Result<_, CalcError>>()?;
    let (payment_month, paid_on) = (inputs.month("payment_month")?, inputs.date_or_none("paid_on")?);
    let died_on = inputs.date_or_none("died_on")?;
    let paid_through = ByGround {
        old_age: inputs.month_or_none("paid_through")?,
        disability: inputs.month_or_none("disability_paid_through")?,
        survivor: inputs.month_or_none("survivor_paid_through")?,
    };
    let claimed_on = ByGround {
        old_age: inputs.date_or_none("claimed_on")?,
        disability: inputs.date_or_none("disability_claimed_on")?,
        survivor: inputs.date_or_none("survivor_claimed_on")?,
    };
    let account = Account {
        outstanding: inputs.yen_or_none("outstanding_yen")?.unwrap_or(Yen::ZERO),
        share: if inputs.has("set_off_share") { inputs.rate("set_off_share")? } else { Ratio::new(1, 2) },
        alive: died_on.is_none(),
    };
    let birth = inputs.date_or_none("birth_date")?;
    let (declaration, levies) = (declaration(&inputs)?, levies(&inputs)?);
    inputs.no_others()?;
    let paid_on = match paid_on {
        Some(day) => day,
        None => day_of(payment_month, PaymentKind::Regular, trace)?.paid_on,
    };
    let died = died_on.map(|on| (on, None));
    let question = PaymentQuestion {
        awards: &awards,
        accounted: &accounted,
        paid_through,
        died,
        claimed_on,
        payment_month,
        paid_on,
    };
    let due: Due<'_> = dues_of(&question, trace)?;
    let found = balance(&due, account, trace)?;
    let mut answer = json!({
        "lines": due.lines.iter().map(line_json).collect::<Vec<_>>(),
        "lapsed": due.lapsed.iter().map(|line| line.for_payment).collect::<Vec<_>>(),
        "basic_yen": found.gross.basic,
        "employees_yen": found.gross.employees,
        "survivor_yen": found.gross.survivor,
        "claim_yen": found.claims.total(),
        "set_off_yen": found.set_off(),
        "outstanding_yen": found.outstanding,
        "payment_yen": found.payment(),
    });
    if let (Some(birth), Some(answer)) = (birth, answer.as_object_mut()) {
        let fraction = MonthlyFraction::default();
        let annual = Some(due.annual);
        let taxpayer = Taxpayer { birth, kind: TaxedKind::OldAge, annual, declaration: &declaration, fraction };
        let tax = TaxBase { taxpayer, payment_month, year: None };
        let withheld = withhold(&due, &found, &Holdings { levies, tax }, trace)?;
        answer.insert("income_tax_yen".to_owned(), json!(withheld.income_tax));
        answer.insert("collected_yen".to_owned(), json!(withheld.levies.total()));
        answer.insert("not_collected".to_owned(), json!(withheld.not_taken));
        answer.insert("net_yen".to_owned(), json!(withheld.net));
    }
    Ok(answer)
}
