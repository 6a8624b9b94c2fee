//! The rules against the golden table, both sides of each boundary, and properties of standards.

use domain::{Month, Yen};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::super::age;
use super::super::remuneration::{PayMonth, WorkerType};
use super::super::revision::FixedPay;
use super::*;
use crate::Trace;

pub(super) fn cause(filing_id: i64) -> Cause {
    Cause { filing_id: Some(filing_id), reason: "試験".to_owned() }
}

pub(super) fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

pub(super) fn standard(from: &str, yen: (i64, i64), decision: Decision) -> Standard {
    let (hi, epi) = yen;
    Standard {
        remuneration: Yen::new(hi.max(epi)),
        hi: Yen::new(hi),
        epi: Yen::new(epi),
        decision,
        from: month(from),
        until: None,
        cause: cause(0),
    }
}

pub(super) fn known(acquired_on: Date, yen: (i64, i64)) -> InsuredFacts {
    InsuredFacts {
        birth_on: date(1980, 5, 15),
        spell: Spell {
            insured_number: 1,
            health_insurance: true,
            employees_pension: true,
            short_time_worker: false,
            two_workplaces: false,
            acquired_on,
            lost_on: None,
            end_cause: None,
            cause: cause(0),
        },
        standards: vec![Standard { from: Month::of(acquired_on), ..standard("2020-09", yen, Decision::Acquisition) }],
        bonuses: Vec::new(),
    }
}

fn annual(months: [(i64, i64); 3], average: i64) -> AnnualFiling {
    AnnualFiling {
        year: 2026,
        worker: WorkerType::General,
        months: months.map(|(base_days, pay)| PayMonth { base_days, pay: Yen::new(pay) }),
        average: Yen::new(average),
        adjusted_average: None,
        change_planned: false,
        annual_average: false,
        two_workplaces: false,
        only_over70: false,
        by_person: false,
    }
}

fn revision_filing(from: &str, pays: [i64; 3], fixed_pay: Option<FixedPay>) -> RevisionFiling {
    RevisionFiling {
        from: month(from),
        months: pays.map(|pay| PayMonth { base_days: 30, pay: Yen::new(pay) }),
        fixed_pay,
        average: Yen::new(pays.iter().sum::<i64>() / 3),
        adjusted_average: None,
        health_only: false,
        short_time_worker: false,
        two_workplaces: false,
        only_over70: false,
        by_person: false,
    }
}

pub(super) fn code<T: std::fmt::Debug>(answer: Application<T>) -> &'static str {
    answer.expect_err("not applied").reason().code
}

// ---- 資格取得 ----

fn enrolment_filing(acquired_on: Date, remuneration: i64) -> EnrolmentFiling {
    EnrolmentFiling {
        birth_on: date(2001, 1, 8),
        acquired_on,
        acquisition_kind: Some(1),
        special_kind: false,
        only_over70: false,
        short_time_worker: false,
        two_workplaces: false,
        remuneration: Yen::new(remuneration),
        insured_number: 7,
    }
}

#[test]
fn an_enrolment_opens_a_spell_with_its_standards() {
    let mut trace = Trace::new();
    let filing = enrolment_filing(date(2026, 4, 1), 240_000);
    let facts = enrolment(&filing, &[], false, &cause(1), &mut trace).expect("applied").facts;
    assert!(facts.spell.health_insurance && facts.spell.employees_pension && facts.spell.is_open());
    let [first] = &facts.standards[..] else { panic!("one standard") };
    assert_eq!((first.hi, first.epi), (Yen::new(240_000), Yen::new(240_000)));
    assert_eq!((first.from, first.until), (month("2026-04"), None));
    let receipt = trace.into_receipt("application", Value::Null, Value::Null).to_string();
    assert!(receipt.contains("2026-08") && receipt.contains("健康保険法42条"), "{receipt}");
}

#[test]
fn the_schemes_follow_the_age_on_the_day_of_acquisition() {
    let born = date(1956, 5, 2);
    // 70 is attained on 2026-05-01; the 75th birthday is 2031-05-02.
    assert_eq!(schemes_of_age(born, date(2026, 4, 30)), (true, true));
    assert_eq!(schemes_of_age(born, date(2026, 5, 1)), (true, false));
    assert_eq!(schemes_of_age(born, date(2031, 5, 1)), (true, false));
    assert_eq!(schemes_of_age(born, date(2031, 5, 2)), (false, false));
    let filing = EnrolmentFiling { birth_on: born, ..enrolment_filing(date(2026, 5, 1), 300_000) };
    let mut trace = Trace::new();
    let facts = enrolment(&filing, &[], false, &cause(1), &mut trace).expect("applied").facts;
    assert_eq!((facts.standards[0].hi, facts.standards[0].epi), (Yen::new(300_000), Yen::ZERO));
    assert_eq!(trace.steps()[0].result, "健康保険 適用、厚生年金保険 対象外");
}

#[test]
fn what_an_enrolment_is_held_for() {
    let filing = enrolment_filing(date(2026, 4, 1), 240_000);
    let held = |filing: &EnrolmentFiling, others: &[Spell], taken| {
        code(enrolment(filing, others, taken, &cause(1), &mut Trace::new()))
    };
    let open = known(date(2025, 4, 1), (300_000, 300_000)).spell;
    assert_eq!(held(&filing, std::slice::from_ref(&open), false), "already_insured");
    assert_eq!(held(&filing, &[], true), "insured_number_taken");
    assert_eq!(held(&EnrolmentFiling { special_kind: true, ..filing }, &[], false), "special_kind");
    assert_eq!(held(&EnrolmentFiling { acquisition_kind: Some(3), ..filing }, &[], false), "acquisition_kind");
    assert_eq!(held(&EnrolmentFiling { acquisition_kind: None, ..filing }, &[], false), "acquisition_kind");
    let over_70 = EnrolmentFiling { acquisition_kind: None, only_over70: true, birth_on: date(1950, 1, 1), ..filing };
    let reported = enrolment(&over_70, &[], false, &cause(1), &mut Trace::new()).expect("applied").facts;
    assert!(reported.standards.is_empty() && !reported.spell.health_insurance && !reported.spell.employees_pension);
    let far = EnrolmentFiling { acquired_on: date(2045, 4, 1), ..filing };
    assert_eq!(held(&far, &[], false), "past_last_check");
    let old = EnrolmentFiling { birth_on: date(1950, 1, 1), ..filing };
    assert_eq!(held(&old, &[], false), "no_scheme_applies");
    // Lost and acquired again on the same day: the spells join without overlapping.
    let late = Spell { lost_on: Some(date(2026, 4, 2)), ..open.clone() };
    assert_eq!(held(&filing, &[late], false), "already_insured");
    let early = Spell { lost_on: Some(date(2026, 3, 1)), ..open.clone() };
    assert!(enrolment(&filing, &[early], false, &cause(1), &mut Trace::new()).is_ok());
    let ended = Spell { lost_on: Some(date(2026, 4, 1)), ..open };
    assert!(enrolment(&filing, &[ended], false, &cause(1), &mut Trace::new()).is_ok());
}

// ---- 資格喪失 ----

fn end_filing(lost_on: Date) -> CoverageEndFiling {
    CoverageEndFiling { lost_on, end_cause: 4, only_over70: false }
}

#[test]
fn a_coverage_end_ends_the_standard_after_the_last_covered_month() {
    let known = known(date(2025, 4, 15), (300_000, 300_000));
    for (lost_on, until) in [
        (date(2025, 10, 1), "2025-10"), // last day 30 September
        (date(2025, 9, 30), "2025-10"), // last day 29 September
        (date(2025, 4, 20), "2025-05"), // 同月得喪
        (date(2025, 4, 15), "2025-05"), // the day of acquisition itself
    ] {
        let applied = coverage_end(&end_filing(lost_on), &known, &cause(2), &mut Trace::new()).expect("applied");
        assert_eq!(applied.facts.standards[0].until, Some(month(until)), "{lost_on}");
        assert_eq!(applied.facts.spell.cause, cause(2));
    }
}

#[test]
fn a_standard_decided_for_later_months_goes_with_the_spell() {
    let mut facts = known(date(2025, 4, 1), (300_000, 300_000));
    facts.decide(standard("2026-09", (320_000, 320_000), Decision::Annual));
    assert_eq!(facts.standards.len(), 2);
    let applied = coverage_end(&end_filing(date(2026, 9, 1)), &facts, &cause(2), &mut Trace::new()).expect("applied");
    let [left] = &applied.facts.standards[..] else { panic!("one standard is left") };
    assert_eq!(left.until, Some(month("2026-09")));
}

#[test]
fn what_a_coverage_end_is_not_applied_for() {
    let known = known(date(2025, 4, 15), (300_000, 300_000));
    let answer = |filing: CoverageEndFiling, known: &InsuredFacts| {
        code(coverage_end(&filing, known, &cause(2), &mut Trace::new()))
    };
    assert_eq!(answer(end_filing(date(2025, 4, 14)), &known), "lost_before_acquired");
    let mut ended = known.clone();
    ended.spell.lost_on = Some(date(2025, 9, 1));
    assert_eq!(answer(end_filing(date(2025, 10, 1)), &ended), "already_ended");
    assert_eq!(
        answer(CoverageEndFiling { end_cause: 7, ..end_filing(date(2025, 10, 1)) }, &known),
        "before_75th_birthday"
    );
    // 高齢者の医療の確保に関する法律52条: the cover ends on the birthday, whatever later day the form says.
    let birthday = age::hi_loss_on(known.birth_on);
    for filed in [birthday, birthday.saturating_add(30.days())] {
        let filing = CoverageEndFiling { end_cause: 7, ..end_filing(filed) };
        let mut trace = Trace::new();
        let applied = coverage_end(&filing, &known, &cause(2), &mut trace).expect("applied");
        assert_eq!(applied.facts.spell.lost_on, Some(birthday), "{filed}");
        let told = trace.steps().iter().any(|step| step.clause == "高齢者の医療の確保に関する法律52条");
        assert_eq!(told, filed != birthday, "the receipt tells of another day");
    }
    assert_eq!(
        answer(CoverageEndFiling { only_over70: true, ..end_filing(date(2025, 10, 1)) }, &known),
        "health_insurance_goes_on"
    );
}

// ---- 算定基礎 ----

fn golden(topic: &str) -> Vec<(String, Value, Value)> {
    let mut reader = csv::Reader::from_reader(include_str!("golden.csv").as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("the golden table is CSV");
    let of_topic = rows.iter().filter(|row| &row[1] == topic);
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("cells are JSON");
    of_topic.map(|row| (row[0].to_owned(), json(&row[2]), json(&row[3]))).collect()
}

fn yen(value: &Value) -> Option<Yen> {
    value.as_i64().map(Yen::new)
}

fn golden_months(inputs: &Value) -> [PayMonth; 3] {
    let months = inputs["months"].as_array().expect("months");
    let month = |place: usize| PayMonth {
        base_days: months[place]["base_days"].as_i64().expect("days"),
        pay: yen(&months[place]["pay_yen"]).expect("pay"),
    };
    [month(0), month(1), month(2)]
}

#[test]
fn annual_determinations_of_the_golden_table() {
    let rows = golden("santei");
    assert_eq!(rows.len(), 6);
    for (case, inputs, expected) in rows {
        let before = (
            inputs["previous_hi_standard_yen"].as_i64().unwrap_or(200_000),
            inputs["previous_epi_standard_yen"].as_i64().unwrap_or(200_000),
        );
        let worker = match inputs["worker_type"].as_str().expect("a type") {
            "short_time_worker" => WorkerType::ShortTime,
            "part_time_three_quarters" => WorkerType::PartTimer,
            _ => WorkerType::General,
        };
        let average = yen(&expected["average_yen"]).unwrap_or(Yen::ZERO);
        let filing = AnnualFiling { worker, months: golden_months(&inputs), average, ..annual([(0, 0); 3], 0) };
        let known = known(date(2020, 10, 1), before);
        let facts = annual_determination(&filing, &known, &cause(3), &mut Trace::new()).expect("applied").facts;
        let new = facts.standard_in(month("2026-09")).expect("decided");
        assert_eq!(Some(new.hi), yen(&expected["hi_standard_yen"]), "{case}");
        assert_eq!(Some(new.epi), yen(&expected["epi_standard_yen"]), "{case}");
        assert_eq!(new.from.to_string(), expected["applies_from"].as_str().expect("a month"), "{case}");
        assert_eq!(facts.standard_in(month("2026-08")).map(|old| old.hi), Some(Yen::new(before.0)), "{case}");
    }
}

#[test]
fn who_gets_no_annual_determination() {
    let filing = annual([(30, 300_000); 3], 300_000);
    let apply = |known: &InsuredFacts| annual_determination(&filing, known, &cause(3), &mut Trace::new());
    let changes = |acquired_on| apply(&known(acquired_on, (200_000, 200_000))).expect("applied").no_effect.is_none();
    assert!(changes(date(2026, 5, 31)));
    assert!(!changes(date(2026, 6, 1)));
    assert!(!changes(date(2026, 7, 1)));
    assert_eq!(code(apply(&known(date(2026, 7, 2), (200_000, 200_000)))), "not_insured_on_1_july");
    for (from, decided) in [("2026-06", true), ("2026-07", false), ("2026-08", false), ("2026-09", false)] {
        let mut facts = known(date(2020, 10, 1), (200_000, 200_000));
        facts.decide(standard(from, (300_000, 300_000), Decision::Revision));
        assert_eq!(apply(&facts).expect("applied").no_effect.is_none(), decided, "{from}");
    }
    let mut gone = known(date(2020, 10, 1), (200_000, 200_000));
    gone.spell.lost_on = Some(date(2026, 8, 20));
    assert!(apply(&gone).expect("applied").no_effect.is_some());
}

#[test]
fn what_an_annual_determination_is_held_for() {
    let known = known(date(2020, 10, 1), (200_000, 200_000));
    let filing = annual([(30, 300_000); 3], 300_000);
    let held = |filing: AnnualFiling| code(annual_determination(&filing, &known, &cause(3), &mut Trace::new()));
    assert_eq!(held(AnnualFiling { average: Yen::new(300_001), ..filing }), "average_differs");
    assert_eq!(held(AnnualFiling { change_planned: true, ..filing }), "revision_planned");
    assert_eq!(held(AnnualFiling { annual_average: true, ..filing }), "annual_average");
    assert_eq!(held(AnnualFiling { adjusted_average: Some(Yen::new(280_000)), ..filing }), "adjusted_average");
    let flagged = AnnualFiling { two_workplaces: true, ..filing };
    assert_eq!(held(flagged), "two_workplaces_unknown");
    let mut of_two = known.clone();
    of_two.spell.two_workplaces = true;
    for filing in [filing, flagged] {
        let facts = annual_determination(&filing, &of_two, &cause(3), &mut Trace::new()).expect("its own part").facts;
        assert_eq!(facts.standard_in(month("2026-09")).map(|standard| standard.hi), Some(Yen::new(300_000)));
    }
    let by_person = AnnualFiling { adjusted_average: Some(Yen::new(280_000)), by_person: true, ..filing };
    let facts = annual_determination(&by_person, &known, &cause(3), &mut Trace::new()).expect("applied").facts;
    assert_eq!(facts.standard_in(month("2026-09")).map(|new| new.hi), Some(Yen::new(280_000)));
    let again = annual_determination(&by_person, &facts, &cause(4), &mut Trace::new());
    assert_eq!(code(again), "already_decided");
}

#[test]
fn pay_at_the_column_cap_is_the_highest_grade() {
    let known = known(date(2020, 10, 1), (200_000, 200_000));
    let filing = annual([(30, 9_999_999), (31, 9_999_999), (30, 9_999_999)], 9_999_999);
    let facts = annual_determination(&filing, &known, &cause(3), &mut Trace::new()).expect("applied").facts;
    let new = facts.standard_in(month("2026-09")).expect("decided");
    assert_eq!((new.hi, new.epi), (Yen::new(1_390_000), Yen::new(650_000)));
}

// ---- 月額変更 ----

#[test]
fn revisions_of_the_golden_table() {
    let rows = golden("geppen");
    assert_eq!(rows.len(), 10);
    for (case, inputs, expected) in rows {
        let before = (
            inputs["current_hi_standard_yen"].as_i64().expect("a standard"),
            inputs["current_epi_standard_yen"].as_i64().expect("a standard"),
        );
        let fixed_pay = match inputs["fixed_pay_direction"].as_str() {
            Some("up") => Some(FixedPay::Up),
            Some("down") => Some(FixedPay::Down),
            _ => None,
        };
        let months = golden_months(&inputs);
        let last: Month = inputs["months"][2]["month"].as_str().expect("a month").parse().expect("a month");
        let total: i64 = months.iter().map(|month| month.pay.get()).sum();
        let filing = RevisionFiling {
            from: last.next(),
            months: months.map(|month| PayMonth { base_days: month.base_days, pay: month.pay }),
            average: Yen::new(total / 3),
            ..revision_filing("2026-07", [0; 3], fixed_pay)
        };
        let known = known(date(2020, 10, 1), before);
        let applied = revision(&filing, &known, &cause(5), &mut Trace::new());
        let facts = applied.as_ref().map_or(&known, |applied| &applied.facts);
        let now = facts.standard_in(last.next()).expect("decided");
        assert_eq!(Some(now.hi), yen(&expected["hi_standard_yen"]), "{case}");
        assert_eq!(Some(now.epi), yen(&expected["epi_standard_yen"]), "{case}");
        assert_eq!(applied.is_ok(), !expected["applies_from"].is_null(), "{case}");
    }
}

/// The table of one-grade exceptions of 随時改定 (2020-09 tables), each on both sides of its bound.
#[test]
fn one_grade_at_either_end_of_the_table() {
    let epi = |recorded: i64, current: i64, average: i64, fixed_pay| {
        let mut facts = known(date(2020, 10, 1), (0, current));
        facts.spell.health_insurance = false;
        facts.standards[0].remuneration = Yen::new(recorded);
        let filing = revision_filing("2026-07", [average; 3], Some(fixed_pay));
        revision(&filing, &facts, &cause(5), &mut Trace::new()).ok().map(|applied| applied.facts.standards[1].epi.get())
    };
    use FixedPay::{Down, Up};
    assert_eq!(epi(620_000, 620_000, 665_000, Up), Some(650_000));
    assert_eq!(epi(620_000, 620_000, 664_999, Up), None);
    assert_eq!(epi(82_999, 88_000, 93_000, Up), Some(98_000));
    assert_eq!(epi(83_000, 88_000, 93_000, Up), None);
    assert_eq!(epi(665_000, 650_000, 634_999, Down), Some(620_000));
    assert_eq!(epi(664_999, 650_000, 634_999, Down), None);
    assert_eq!(epi(98_000, 98_000, 82_999, Down), Some(88_000));
    assert_eq!(epi(98_000, 98_000, 83_000, Down), None);
    let hi = |recorded: i64, current: i64, average: i64, fixed_pay| {
        let mut facts = known(date(2020, 10, 1), (current, 0));
        facts.spell.employees_pension = false;
        facts.standards[0].remuneration = Yen::new(recorded);
        let filing = revision_filing("2026-07", [average; 3], Some(fixed_pay));
        revision(&filing, &facts, &cause(5), &mut Trace::new()).ok().map(|applied| applied.facts.standards[1].hi.get())
    };
    assert_eq!(hi(1_330_000, 1_330_000, 1_415_000, Up), Some(1_390_000));
    assert_eq!(hi(1_330_000, 1_330_000, 1_414_999, Up), None);
    assert_eq!(hi(52_999, 58_000, 63_000, Up), Some(68_000));
    assert_eq!(hi(53_000, 58_000, 63_000, Up), None);
    assert_eq!(hi(1_415_000, 1_390_000, 1_354_999, Down), Some(1_330_000));
    assert_eq!(hi(1_414_999, 1_390_000, 1_354_999, Down), None);
    assert_eq!(hi(68_000, 68_000, 52_999, Down), Some(58_000));
    assert_eq!(hi(68_000, 68_000, 53_000, Down), None);
}

#[test]
fn what_a_revision_is_held_for() {
    let known = known(date(2026, 1, 1), (300_000, 300_000));
    let filing = revision_filing("2026-07", [380_000; 3], Some(FixedPay::Up));
    let held =
        |filing: RevisionFiling, known: &InsuredFacts| code(revision(&filing, known, &cause(5), &mut Trace::new()));
    assert_eq!(held(RevisionFiling { fixed_pay: None, ..filing }, &known), "fixed_pay_unknown");
    assert_eq!(held(RevisionFiling { fixed_pay: Some(FixedPay::Down), ..filing }, &known), "no_marked_change");
    assert_eq!(held(RevisionFiling { average: Yen::new(1), ..filing }, &known), "average_differs");
    let flagged = RevisionFiling { two_workplaces: true, ..filing };
    assert_eq!(held(flagged, &known), "two_workplaces_unknown");
    let mut of_two = known.clone();
    of_two.spell.two_workplaces = true;
    let facts = revision(&flagged, &of_two, &cause(5), &mut Trace::new()).expect("its own part").facts;
    assert_eq!(facts.standard_in(month("2026-07")).map(|standard| standard.hi), Some(Yen::new(380_000)));
    assert_eq!(held(RevisionFiling { health_only: true, ..filing }, &known), "health_only_differs");
    assert_eq!(held(RevisionFiling { from: month("2026-03"), ..filing }, &known), "not_insured_three_months");
    let mut days = filing;
    days.months[1].base_days = 16;
    assert_eq!(held(days, &known), "base_days");
    assert!(
        revision(&RevisionFiling { short_time_worker: true, ..days }, &known, &cause(5), &mut Trace::new()).is_ok()
    );
    let once = revision(&filing, &known, &cause(5), &mut Trace::new()).expect("applied").facts;
    assert_eq!(held(filing, &once), "already_decided");
}

#[test]
fn a_revision_of_summer_takes_the_place_of_the_annual_determination() {
    let mut facts = known(date(2020, 10, 1), (200_000, 200_000));
    facts.decide(standard("2026-09", (260_000, 260_000), Decision::Annual));
    for summer in ["2026-07", "2026-08", "2026-09"] {
        let filing = revision_filing(summer, [380_000; 3], Some(FixedPay::Up));
        let after = revision(&filing, &facts, &cause(5), &mut Trace::new()).expect("applied").facts;
        let standards: Vec<(String, i64)> = after.standards.iter().map(|s| (s.from.to_string(), s.hi.get())).collect();
        assert_eq!(standards, [("2020-10".to_owned(), 200_000), (summer.to_owned(), 380_000)]);
    }
    // From June it does not: the annual determination stands.
    let june = revision_filing("2026-06", [380_000; 3], Some(FixedPay::Up));
    let after = revision(&june, &facts, &cause(5), &mut Trace::new()).expect("applied").facts;
    assert_eq!(after.standard_in(month("2026-09")).map(|s| s.hi), Some(Yen::new(260_000)));
    assert_eq!(after.standard_in(month("2026-08")).map(|s| s.hi), Some(Yen::new(380_000)));
}

// ---- 賞与 ----

#[test]
fn a_bonus_is_recorded_once_and_only_while_insured() {
    let mut facts = known(date(2026, 4, 1), (300_000, 300_000));
    let bonus =
        |paid_on, whole_month| BonusFiling { paid_on, amount: Yen::new(523_456), whole_month, two_workplaces: false };
    let apply = |filing: BonusFiling, known: &InsuredFacts| bonus_payment(&filing, known, &cause(6), &mut Trace::new());
    let after = apply(bonus(date(2026, 6, 30), false), &facts).expect("applied").facts;
    assert_eq!(after.bonuses[0].amount, Yen::new(523_456));
    assert_eq!(code(apply(bonus(date(2026, 6, 30), false), &after)), "bonus_known");
    assert_eq!(code(apply(bonus(date(2026, 6, 10), true), &after)), "bonus_known");
    let two = apply(bonus(date(2026, 6, 10), false), &after).expect("applied").facts;
    assert!(two.bonuses.is_sorted_by_key(|bonus| bonus.paid_on));
    assert_eq!(code(apply(bonus(date(2026, 3, 31), false), &facts)), "not_insured_on_payment");
    facts.spell.lost_on = Some(date(2026, 6, 30));
    assert_eq!(code(apply(bonus(date(2026, 6, 30), false), &facts)), "not_insured_on_payment");
    assert!(apply(bonus(date(2026, 6, 29), false), &facts).is_ok());
}

// ---- properties ----

/// Whatever is decided in whatever order: at most one standard per month, none outside the cover, no gap inside.
#[test]
fn standards_never_overlap_and_never_leave_the_cover() {
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]];
    let starts = ["2026-07", "2026-01", "2026-09", "2026-04"];
    for order in orders {
        for lost in [None, Some(date(2026, 8, 15)), Some(date(2026, 9, 1))] {
            let mut facts = known(date(2025, 10, 1), (200_000, 200_000));
            for place in order {
                facts.decide(standard(starts[place], (300_000, 300_000), Decision::Revision));
            }
            facts.spell.lost_on = lost;
            if let Some(end) = facts.spell.first_month_after() {
                facts.end_standards(end, &cause(9));
            }
            let end = facts.spell.first_month_after().unwrap_or(month("2027-01"));
            for at in month("2025-10").through(month("2027-03")) {
                let holding =
                    facts.standards.iter().filter(|s| s.from <= at && s.until.is_none_or(|until| at < until)).count();
                let expected = usize::from(at < end || lost.is_none());
                assert_eq!(holding, expected, "{at} in order {order:?}, lost {lost:?}");
            }
            assert!(facts.standards.iter().all(|s| s.until.is_none_or(|until| until > s.from)));
        }
    }
}

#[test]
fn debug_shows_no_birth_date() {
    let shown = format!("{:?}", known(date(2026, 4, 1), (300_000, 300_000)));
    assert!(!shown.contains("1980"), "{shown}");
}

// ---- forms that decide nothing, or not all ----

/// 厚生年金保険法27条: those of 70 and over are reported, but no contribution follows from it.
#[test]
fn a_form_about_somebody_over_70_alone_decides_nothing() {
    let facts = known(date(2020, 10, 1), (200_000, 200_000));
    let mut only_epi = facts.clone();
    only_epi.spell.health_insurance = false;
    let mut neither = only_epi.clone();
    neither.spell.employees_pension = false;
    let filing = annual([(30, 300_000); 3], 300_000);
    let decides = |only_over70, known: &InsuredFacts| {
        let filing = AnnualFiling { only_over70, ..filing };
        let applied = annual_determination(&filing, known, &cause(3), &mut Trace::new()).expect("applied");
        applied.no_effect.is_none()
    };
    assert!(decides(false, &facts) && decides(false, &only_epi));
    assert!(!decides(true, &facts) && !decides(false, &neither));
}

/// 保険者算定 (健康保険法44条1項): the standard is the one before, the decision a new one.
#[test]
fn a_determination_carried_over_is_one_of_its_own() {
    let facts = known(date(2020, 10, 1), (200_000, 200_000));
    let filing = annual([(16, 300_000); 3], 0);
    let after = annual_determination(&filing, &facts, &cause(3), &mut Trace::new()).expect("applied").facts;
    let expected = Standard { cause: cause(3), ..standard("2026-09", (200_000, 200_000), Decision::Annual) };
    assert_eq!(after.standards[1], expected);
}

/// The column of the sum holds at most 9,999,999円, a third of which is 3,333,333円.
#[test]
fn a_sum_over_its_column_makes_the_filed_average_a_lower_bound() {
    let facts = known(date(2020, 10, 1), (200_000, 200_000));
    let filing = annual([(30, 4_000_000); 3], 3_333_333);
    assert!(annual_determination(&filing, &facts, &cause(3), &mut Trace::new()).is_ok());
}

#[test]
fn a_bonus_of_two_workplaces_needs_them_on_record() {
    let mut facts = known(date(2026, 4, 1), (300_000, 300_000));
    let bonus = |two_workplaces, known: &InsuredFacts| {
        let paid_on = date(2026, 6, 30);
        let filing = BonusFiling { paid_on, amount: Yen::new(500_000), whole_month: false, two_workplaces };
        bonus_payment(&filing, known, &cause(6), &mut Trace::new()).map(|_| ()).map_err(|why| why.reason().code)
    };
    assert_eq!((bonus(true, &facts), bonus(false, &facts)), (Err("two_workplaces_unknown"), Ok(())));
    facts.spell.two_workplaces = true;
    assert_eq!((bonus(true, &facts), bonus(false, &facts)), (Ok(()), Ok(())));
}

// ---- facts ----

#[test]
fn a_decision_is_read_from_what_was_stored() {
    for decision in Decision::ALL {
        assert_eq!(Decision::from_code(decision.code()), Some(decision));
    }
    assert_eq!(Decision::from_code("x"), None);
    let names = Decision::ALL.map(Decision::name_ja);
    assert_eq!(names, ["資格取得時決定", "定時決定", "随時改定", "休業終了時改定", "移行"]);
}

/// 厚生年金保険法14条5号: somebody born on 2 May attains 70 on 1 May.
#[test]
fn no_pension_standard_from_the_month_that_begins_at_70() {
    let facts = InsuredFacts { birth_on: date(1956, 5, 2), ..known(date(2020, 10, 1), (200_000, 200_000)) };
    assert!(facts.epi_applies_in(month("2026-04")) && !facts.epi_applies_in(month("2026-05")));
    let later = InsuredFacts { birth_on: date(1956, 5, 3), ..facts };
    assert!(later.epi_applies_in(month("2026-05")) && !later.epi_applies_in(month("2026-06")));
}

#[test]
fn what_ended_already_is_not_ended_by_the_next_decision() {
    let mut facts = known(date(2020, 10, 1), (200_000, 200_000));
    facts.standards[0].until = Some(month("2026-09"));
    facts.decide(Standard { cause: cause(9), ..standard("2026-09", (260_000, 260_000), Decision::Annual) });
    assert_eq!((&facts.standards[0].cause, &facts.standards[1].cause), (&cause(0), &cause(9)));
}

/// 健康保険法41条3項: only the determination of the same year gives way.
#[test]
fn a_revision_of_summer_leaves_the_determinations_of_other_years() {
    let mut facts = known(date(2020, 10, 1), (200_000, 200_000));
    facts.decide(standard("2025-09", (220_000, 220_000), Decision::Annual));
    facts.decide(standard("2026-09", (260_000, 260_000), Decision::Annual));
    facts.revise(standard("2026-07", (380_000, 380_000), Decision::Revision));
    let from: Vec<String> = facts.standards.iter().map(|standard| standard.from.to_string()).collect();
    assert_eq!(from, ["2020-10", "2025-09", "2026-07"]);
}

#[test]
fn a_revision_needs_cover_from_the_first_day_and_just_enough_days() {
    let facts = known(date(2026, 1, 1), (300_000, 300_000));
    let mut filing = revision_filing("2026-04", [380_000; 3], Some(FixedPay::Up));
    filing.months[0].base_days = 17;
    let revised = |filing: &RevisionFiling| revision(filing, &facts, &cause(5), &mut Trace::new()).expect("applied");
    assert_eq!(revised(&filing).facts.standards[1].hi, Yen::new(380_000));
    let adjusted = RevisionFiling { adjusted_average: Some(Yen::new(410_000)), ..filing };
    assert_eq!(code(revision(&adjusted, &facts, &cause(5), &mut Trace::new())), "adjusted_average");
    let judged = revised(&RevisionFiling { by_person: true, ..adjusted });
    assert_eq!(judged.facts.standards[1].hi, Yen::new(410_000));
    let over_70 = revised(&RevisionFiling { only_over70: true, ..filing });
    assert!(over_70.no_effect.is_some() && over_70.facts == facts);
}
