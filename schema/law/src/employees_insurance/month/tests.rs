//! The kernel against the rules one by one, over random people and all months.

use std::sync::LazyLock;

use domain::{Month, Prefecture, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::Trace;
use crate::employees_insurance::bonus::{BonusPayment, standard_bonuses};
use crate::employees_insurance::chargeable_months::{Spell, bonus_counts, is_charged, is_same_month};
use crate::employees_insurance::contribution::{HealthRates, contribution_rate, epi_rate};
use crate::employees_insurance::{Scheme, age, grade, long_term_care};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// The whole timeline, resolved once.
static LAWS: LazyLock<Vec<MonthLaw>> = LazyLock::new(|| {
    let months = month("2020-09").through(month("2027-02"));
    months.map(|month| MonthLaw::of(month, &mut Trace::new()).expect("in force")).collect()
});

fn law(text: &str) -> &'static MonthLaw {
    LAWS.iter().find(|law| law.month() == month(text)).expect("a month of the timeline")
}

/// Somebody of 30 with 300,000円 in Tokyo, insured since 2020-04-01.
fn somebody() -> PersonMonth {
    let birth = day_number(date(1996, 1, 15));
    PersonMonth::insured(birth, day_number(date(2020, 4, 1)), 13, 300_000, 300_000)
}

fn born(birth: Date) -> PersonMonth {
    PersonMonth { birth_on: day_number(birth), ..somebody() }
}

/// The same, the long way: each rule by itself, in exact ratios.
fn one_by_one(month: Month, person: &PersonMonth) -> PersonContribution {
    let birth = day_of(person.birth_on);
    let spell = Spell { acquired_on: day_of(person.acquired_on), lost_on: person.lost_on.map(day_of) };
    let (hi_spell, epi_spell) = (spell.lost_by(age::hi_loss_on(birth)), spell.lost_by(age::epi_loss_on(birth)));
    let hi = person.hi_applies && is_charged(hi_spell, month);
    let cancelled = person.epi_same_month_cancelled && is_same_month(epi_spell, month);
    let epi = person.epi_applies && is_charged(epi_spell, month) && !cancelled;
    let trace = &mut Trace::new();
    let prefecture = Prefecture::from_jis(person.prefecture).expect("one of the 47");
    let rates = HealthRates::at(prefecture, month, trace).expect("in force");
    let ltci = hi && !person.ltci_excluded && long_term_care::is_second_insured(birth, month);
    let levies = |exempt: bool, hi_yen: i64, epi_yen: i64| {
        let hi_base = Yen::new(if hi && !exempt { hi_yen } else { 0 });
        let epi_base = Yen::new(if epi && !exempt { epi_yen } else { 0 });
        let units = |rate: Ratio, base: Yen| rate.times_yen(base).in_units_of(UNITS_PER_YEN).expect("five decimals");
        Levies {
            health_exact: units(rates.health, hi_base),
            ltci_exact: if ltci { units(rates.ltci, hi_base) } else { 0 },
            support_exact: units(rates.support, hi_base),
            epi_exact: units(epi_rate(month, &mut Trace::new()).expect("in force"), epi_base),
            contribution_exact: units(contribution_rate(month, &mut Trace::new()).expect("in force"), epi_base),
        }
    };
    let share = |units: i64| exact_yen(units).half().round(Rounding::HalfDown).get();
    let monthly = levies(person.exempt, person.hi_standard_yen, person.epi_standard_yen);
    let bonus = levies(person.bonus_exempt, person.hi_standard_bonus_yen, person.epi_standard_bonus_yen);
    PersonContribution {
        verdict: Verdict::Done,
        hi_charged: hi && !person.exempt,
        epi_charged: epi && !person.exempt,
        ltci,
        exempt: person.exempt && (hi || epi),
        monthly,
        bonus,
        hi_employee_yen: share(monthly.hi_exact()),
        epi_employee_yen: share(monthly.epi_exact),
        bonus_hi_employee_yen: share(bonus.hi_exact()),
        bonus_epi_employee_yen: share(bonus.epi_exact),
    }
}

/// Dates near the edges of a month: its first and last days and those around.
fn near(month: Month) -> impl Strategy<Value = i32> {
    let first = day_number(month.first_day());
    prop_oneof![first - 3..first + 34, first - 4_000..first + 40]
}

/// Births that make somebody turn 40, 65, 70 or 75 around the month, or of any age of work.
fn birth(month: Month) -> impl Strategy<Value = i32> {
    let around =
        (prop_oneof![Just(40_i16), Just(65), Just(70), Just(75)], -3_i32..34).prop_map(move |(years, days)| {
            let day = Date::new(month.year() - years, month.month(), 1).expect("in range");
            day_number(day) + days
        });
    prop_oneof![around, day_number(date(1940, 1, 1))..day_number(date(2005, 1, 1))]
}

fn standards(scheme: Scheme) -> Vec<i64> {
    let grades = grade::all(scheme, month("2026-04"), &mut Trace::new()).expect("in force");
    grades.iter().map(|grade| grade.standard.get()).collect()
}

prop_compose! {
    fn people(month: Month)(
        days in (birth(month), near(month), prop::option::of(0_i32..60)),
        prefecture in 1_u8..=47,
        bases in (prop::sample::select(standards(Scheme::HealthInsurance)), prop::sample::select(standards(Scheme::EmployeesPension))),
        bonuses in (0_i64..=5_730, 0_i64..=1_500),
        flags in prop::array::uniform6(prop::bool::weighted(0.25)),
    ) -> PersonMonth {
        let (birth_on, acquired_on, length) = days;
        let [no_hi, no_epi, ltci_excluded, exempt, bonus_exempt, epi_same_month_cancelled] = flags;
        PersonMonth {
            birth_on,
            acquired_on,
            lost_on: length.map(|length| acquired_on + length),
            prefecture,
            hi_applies: !no_hi,
            epi_applies: !no_epi,
            ltci_excluded,
            hi_standard_yen: bases.0,
            epi_standard_yen: bases.1,
            hi_standard_bonus_yen: bonuses.0 * 1000,
            epi_standard_bonus_yen: bonuses.1 * 1000,
            exempt,
            bonus_exempt,
            epi_same_month_cancelled,
            multi_workplace: false,
        }
    }
}

fn cases() -> impl Strategy<Value = (usize, PersonMonth)> {
    (0..LAWS.len()).prop_flat_map(|place| (Just(place), people(LAWS[place].month())))
}

#[test]
fn the_receipt_tells_of_an_exemption_only_where_there_is_one() {
    let plain = PersonMonth { hi_standard_yen: 300_000, epi_standard_yen: 300_000, ..born(date(1990, 6, 1)) };
    for (exempt, bonus_exempt) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut trace = Trace::new();
        law("2026-04").explain(&PersonMonth { exempt, bonus_exempt, ..plain }, &mut trace);
        let told = trace.steps().iter().any(|step| step.clause.contains("159条の3"));
        assert_eq!(told, exempt || bonus_exempt);
    }
}

#[test]
fn the_receipt_tells_the_branch_and_what_the_rates_are_put_on() {
    let person = PersonMonth {
        hi_standard_yen: 300_000,
        epi_standard_yen: 300_000,
        hi_standard_bonus_yen: 600_000,
        epi_standard_bonus_yen: 600_000,
        ..born(date(1990, 6, 1))
    };
    let mut trace = Trace::new();
    law("2026-04").explain(&person, &mut trace);
    let branch = trace.parameters().iter().find(|read| read.table == "都道府県単位保険料率");
    assert_eq!(branch.map(|read| (read.key.as_str(), read.value.as_str())), Some(("13", "0.0985")));
    let bases: Vec<(&str, &str)> = trace
        .steps()
        .iter()
        .filter(|step| step.clause.starts_with("健康保険法156条1項・160条"))
        .map(|step| (&*step.values[0].name, step.values[0].value.as_str()))
        .collect();
    assert_eq!(bases, [("標準報酬月額", "300,000円"), ("標準賞与額", "600,000円")]);
}

/// The cap of health insurance rose from 5,400,000円 to 5,730,000円 in 2016-04 (健康保険法45条1項).
#[test]
fn laws_of_one_month_have_the_same_bonus_caps_until_one_changes() {
    let of = |people: &str, numbers: &str| {
        MonthLaw::with_numbers_of(month(people), month(numbers), &mut Trace::new()).expect("in force")
    };
    assert!(of("2016-05", "2016-05").has_bonus_caps_of(&of("2016-05", "2016-04")));
    assert!(!of("2016-05", "2016-05").has_bonus_caps_of(&of("2016-05", "2016-03")));
}

#[test]
fn to_be_born_on_the_day_of_acquisition_is_in_order() {
    let person = born(date(2026, 4, 1));
    let person = PersonMonth { acquired_on: person.birth_on, ..person };
    assert_eq!(law("2026-04").assess(&person).verdict, Verdict::Done);
    let later = PersonMonth { birth_on: person.acquired_on + 1, ..person };
    assert_eq!(law("2026-04").assess(&later).verdict, Verdict::Hold(HoldReason::DatesOutOfOrder));
}

/// The same three in 2026-04, the last with a bonus of 600,000円, and one held in each part. Health with long-term care is
/// 11.70 %, without 10.08 %, of it 0.23 % support; halves of HI 3,393円 + 7,839円 + 15,120円 + 30,240円, of EPI 8,052円 +
/// 12,261円 + 27,450円 + 54,900円.
#[test]
fn the_totals_of_two_parts_by_hand() {
    let person = |birth, hi, epi| PersonMonth { hi_standard_yen: hi, epi_standard_yen: epi, ..born(birth) };
    let held = PersonMonth { multi_workplace: true, ..born(date(1980, 6, 1)) };
    let third = PersonMonth {
        hi_standard_bonus_yen: 600_000,
        epi_standard_bonus_yen: 600_000,
        ..person(date(1996, 6, 1), 300_000, 300_000)
    };
    let parts = [
        vec![person(date(1980, 6, 1), 58_000, 88_000), held],
        vec![person(date(1980, 6, 1), 134_000, 134_000), third, held],
    ];
    let mut merged = EmployerTotals::default();
    for part in parts {
        let mut total = EmployerTotals::default();
        part.iter().for_each(|person| total.add(&law("2026-04").assess(person)));
        merged.merge(&total);
    }
    assert_eq!((merged.people, merged.held, merged.held_people()), (5, [2, 0, 0, 0, 0, 0, 0], 2));
    assert_eq!((merged.hi_people, merged.epi_people), (3, 3));
    assert_eq!((merged.hi_employee_yen, merged.epi_employee_yen), (56_592, 102_663));
    let support = (merged.monthly.support_exact, merged.bonus.support_exact);
    assert_eq!(support, (492_000 * 230, 600_000 * 230), "1/100,000 yen");
    let notice = merged.notice_total();
    // 52,704円 + 60,480円; 205,326円; (88,000円 + 134,000円 + 300,000円 + 600,000円) × 0.36 % = 4,039.2円.
    assert_eq!([notice.hi_yen, notice.epi_yen, notice.contribution_yen].map(Yen::get), [113_184, 205_326, 4_039]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn the_kernel_the_explanation_and_the_rules_agree((place, person) in cases()) {
        let law = &LAWS[place];
        let assessed = law.assess(&person);
        prop_assert_eq!(assessed, one_by_one(law.month(), &person));
        let mut trace = Trace::new();
        prop_assert_eq!(assessed, law.explain(&person, &mut trace));
        prop_assert!(trace.steps().len() >= 2);
        let charges = assessed.levies().hi_exact() > 0 || assessed.levies().epi_exact > 0;
        prop_assert_eq!(charges, !trace.parameters().is_empty());
    }

    #[test]
    fn the_employers_half_is_never_far_from_the_employees((place, person) in cases()) {
        let outcome = LAWS[place].assess(&person);
        let both = [(outcome.monthly.hi_exact(), outcome.hi_employee_yen), (outcome.bonus.epi_exact, outcome.bonus_epi_employee_yen)];
        for (exact, share) in both {
            let doubled = 2 * share * UNITS_PER_YEN;
            prop_assert!((doubled - exact).abs() <= UNITS_PER_YEN, "{exact} {share}");
        }
    }

    #[test]
    fn standard_bonuses_as_the_rule_says(paid in prop::collection::vec((0_i32..365, 0_i64..4_000_000), 0..8)) {
        let first = date(2025, 4, 1);
        let numbered: Vec<(i32, i64)> = paid.iter().map(|&(day, yen)| (day_number(first) + day, yen)).collect();
        let payments: Vec<BonusPayment> = numbered
            .iter()
            .map(|&(day, yen)| BonusPayment { paid_on: day_of(day), amount: Yen::new(yen) })
            .collect();
        let standards = standard_bonuses(&payments, &mut Trace::new()).expect("in force");
        for month in month("2025-04").through(month("2026-03")) {
            let law = LAWS.iter().find(|law| law.month() == month).expect("a month of the timeline");
            let rule = standards.iter().find(|standard| standard.month == month);
            let expected = rule.map_or((0, 0), |standard| (standard.hi.get(), standard.epi.get()));
            prop_assert_eq!(law.standard_bonus(&numbered), expected, "{}", month);
        }
    }

    #[test]
    fn day_numbers_go_round_trip(number in -100_000_i32..100_000) {
        prop_assert_eq!(day_number(day_of(number)), number);
    }
}

// A case is up to forty people: the usual number of cases adds thousands of them up.
proptest! {
    #[test]
    fn sums_do_not_depend_on_how_people_are_parted(people in prop::collection::vec(people(month("2026-04")), 0..40), cut in 0_usize..40) {
        let law = law("2026-04");
        let total = |people: &[PersonMonth]| {
            let mut total = EmployerTotals::default();
            people.iter().for_each(|person| total.add(&law.assess(person)));
            total
        };
        let (left, right) = people.split_at(cut.min(people.len()));
        let mut merged = total(right);
        merged.merge(&total(left));
        prop_assert_eq!(merged, total(&people));
        let notice = merged.notice_total();
        prop_assert_eq!(notice.total_yen, notice.hi_yen + notice.epi_yen + notice.contribution_yen);
    }
}

#[test]
fn a_bonus_counts_by_day_number_as_by_day() {
    for length in [None, Some(0), Some(1), Some(30)] {
        let person = PersonMonth { lost_on: length.map(|days| somebody().acquired_on + days), ..somebody() };
        let spell = Spell { acquired_on: day_of(person.acquired_on), lost_on: person.lost_on.map(day_of) };
        for paid_on in person.acquired_on - 2..person.acquired_on + 33 {
            assert_eq!(person.bonus_counts(paid_on), bonus_counts(day_of(paid_on), spell));
        }
    }
}

#[test]
fn day_zero_is_that_of_arrow() {
    assert_eq!(day_number(date(1970, 1, 1)), 0);
    assert_eq!(day_number(date(1969, 12, 31)), -1);
    assert_eq!(day_number(date(2026, 4, 1)), 20_544);
}

/// Hand calculation: 300,000円 in Tokyo, 2026-04: HI 300,000 × 10.08% = 30,240円, EPI 54,900円, 拠出金 1,080円.
#[test]
fn a_plain_month_by_hand() {
    let outcome = law("2026-04").assess(&somebody());
    assert_eq!(outcome.monthly.hi_exact(), 30_240 * UNITS_PER_YEN);
    assert_eq!(outcome.monthly.epi_exact, 54_900 * UNITS_PER_YEN);
    assert_eq!(outcome.monthly.contribution_exact, 1_080 * UNITS_PER_YEN);
    assert_eq!((outcome.hi_employee_yen, outcome.epi_employee_yen), (15_120, 27_450));
    assert!(!outcome.ltci && outcome.hi_charged && outcome.epi_charged && !outcome.exempt);
}

#[test]
fn forty_and_sixty_five_by_the_month() {
    let ltci = |birth, text: &str| law(text).assess(&born(birth)).ltci;
    assert!(!ltci(date(1986, 5, 2), "2026-04") && ltci(date(1986, 5, 2), "2026-05"));
    assert!(ltci(date(1986, 5, 1), "2026-04") && !ltci(date(1986, 5, 1), "2026-03"));
    assert!(ltci(date(1961, 4, 2), "2026-03") && !ltci(date(1961, 4, 2), "2026-04"));
    assert!(ltci(date(1961, 4, 1), "2026-02") && !ltci(date(1961, 4, 1), "2026-03"));
}

#[test]
fn the_month_of_seventy_has_no_epi_and_no_contribution_even_on_a_bonus() {
    let person =
        PersonMonth { hi_standard_bonus_yen: 500_000, epi_standard_bonus_yen: 500_000, ..born(date(1955, 5, 1)) };
    let before = law("2025-03").assess(&person);
    assert!(before.epi_charged && before.bonus.epi_exact > 0);
    let month = law("2025-04").assess(&person);
    assert!(!month.epi_charged && month.hi_charged);
    assert_eq!((month.levies().epi_exact, month.levies().contribution_exact), (0, 0));
    assert!(month.bonus.hi_exact() > 0);
    // Born a day later, the loss falls into May.
    assert!(law("2025-04").assess(&PersonMonth { birth_on: person.birth_on + 1, ..person }).epi_charged);
}

#[test]
fn the_month_of_the_seventy_fifth_birthday_has_no_hi() {
    let person = PersonMonth { epi_applies: false, epi_standard_yen: 0, ..born(date(1951, 5, 1)) };
    assert!(law("2026-04").assess(&person).hi_charged);
    assert!(!law("2026-05").assess(&person).hi_charged);
    // 29 February: the birthday of an ordinary year is 1 March, so February is still charged.
    let leap = PersonMonth { birth_on: day_number(date(1948, 2, 29)), ..person };
    assert!(law("2023-02").assess(&leap).hi_charged && !law("2023-03").assess(&leap).hi_charged);
}

/// Last day worked 30 April: lost on 1 May, so April is charged. A day earlier: lost in April, not charged.
#[test]
fn both_sides_of_the_first_and_the_last_day_of_a_month() {
    let charged = |acquired_on, lost_on: Option<Date>| {
        let lost_on = lost_on.map(day_number);
        let outcome =
            law("2026-04").assess(&PersonMonth { acquired_on: day_number(acquired_on), lost_on, ..somebody() });
        assert_eq!(outcome.hi_charged, outcome.epi_charged);
        outcome.hi_charged
    };
    let long_ago = date(2020, 4, 1);
    assert!(charged(long_ago, Some(date(2026, 5, 1))));
    assert!(!charged(long_ago, Some(date(2026, 4, 30))));
    assert!(!charged(long_ago, Some(date(2026, 4, 1))));
    assert!(charged(date(2026, 4, 30), None));
    assert!(!charged(date(2026, 5, 1), None));
    // The whole month, got and lost: from its first day, and on its last.
    assert!(charged(date(2026, 4, 1), Some(date(2026, 4, 30))));
    assert!(charged(date(2026, 4, 29), Some(date(2026, 4, 30))));
    assert!(!charged(date(2026, 3, 31), Some(date(2026, 4, 30))));
}

#[test]
fn got_and_lost_in_one_month() {
    let (acquired_on, lost_on) = (day_number(date(2026, 4, 5)), day_number(date(2026, 4, 21)));
    let person = PersonMonth { acquired_on, lost_on: Some(lost_on), ..somebody() };
    let plain = law("2026-04").assess(&person);
    assert!(plain.hi_charged && plain.epi_charged);
    let cancelled = law("2026-04").assess(&PersonMonth { epi_same_month_cancelled: true, ..person });
    assert!(cancelled.hi_charged && !cancelled.epi_charged);
    assert_eq!((cancelled.monthly.epi_exact, cancelled.monthly.contribution_exact), (0, 0));
    // The mark means nothing in any other month.
    let longer = PersonMonth { lost_on: None, epi_same_month_cancelled: true, ..person };
    assert!(law("2026-04").assess(&longer).epi_charged);
    // Lost on the day of acquisition: never insured.
    let never = law("2026-04").assess(&PersonMonth { lost_on: Some(acquired_on), ..person });
    assert!(!never.hi_charged && !never.epi_charged && never.verdict == Verdict::Done);
}

#[test]
fn exempt_months_charge_nothing_and_bonuses_have_a_mark_of_their_own() {
    let person =
        PersonMonth { exempt: true, hi_standard_bonus_yen: 600_000, epi_standard_bonus_yen: 600_000, ..somebody() };
    let outcome = law("2026-07").assess(&person);
    assert!(outcome.exempt && !outcome.hi_charged && !outcome.epi_charged);
    assert_eq!(outcome.monthly, Levies::default());
    assert_eq!((outcome.bonus_hi_employee_yen, outcome.bonus_epi_employee_yen), (30_240, 54_900));
    let both = law("2026-07").assess(&PersonMonth { bonus_exempt: true, ..person });
    assert_eq!(both.levies(), Levies::default());
}

#[test]
fn what_is_held_charges_nothing_and_says_why() {
    let person = somebody();
    let cases = [
        (PersonMonth { multi_workplace: true, ..person }, HoldReason::MultiWorkplace),
        (PersonMonth { prefecture: 0, ..person }, HoldReason::UnknownPrefecture),
        (PersonMonth { prefecture: 48, ..person }, HoldReason::UnknownPrefecture),
        (PersonMonth { prefecture: 255, ..person }, HoldReason::UnknownPrefecture),
        (PersonMonth { hi_standard_yen: 0, ..person }, HoldReason::NoStandard),
        (PersonMonth { epi_standard_yen: 0, ..person }, HoldReason::NoStandard),
        (PersonMonth { epi_standard_yen: -1, ..person }, HoldReason::AmountOutOfRange),
        (PersonMonth { hi_standard_bonus_yen: i64::MAX, ..person }, HoldReason::AmountOutOfRange),
        (PersonMonth { lost_on: Some(person.acquired_on - 1), ..person }, HoldReason::DatesOutOfOrder),
        (PersonMonth { birth_on: person.acquired_on + 1, ..person }, HoldReason::DatesOutOfOrder),
    ];
    let mut total = EmployerTotals::default();
    for (person, reason) in cases {
        let mut trace = Trace::new();
        let outcome = law("2026-04").explain(&person, &mut trace);
        assert_eq!(outcome.verdict, Verdict::Hold(reason));
        assert_eq!(outcome.levies(), Levies::default());
        assert!(trace.steps()[0].expression.ends_with("ください"), "{}", reason.words());
        total.add(&outcome);
    }
    assert_eq!((total.people, total.held_people(), total.held), (10, 10, [1, 0, 0, 3, 2, 2, 2]));
    // Nothing charged needs no standard.
    let gone = PersonMonth { lost_on: Some(person.acquired_on + 30), hi_standard_yen: 0, ..person };
    assert_eq!(law("2026-04").assess(&gone).verdict, Verdict::Done);
}

#[test]
fn grades_of_standards() {
    let law = law("2026-04");
    assert_eq!((law.hi_grade(58_000), law.hi_grade(1_390_000), law.hi_grade(59_000)), (Some(1), Some(50), None));
    assert_eq!((law.epi_grade(88_000), law.epi_grade(650_000), law.epi_grade(680_000)), (Some(1), Some(32), None));
}

/// The golden notice E-NOTICE-TOTAL-001 through the kernel: Tokyo 2026-03, three people.
#[test]
fn a_notice_of_three_people() {
    let person = |birth, hi, epi| PersonMonth { hi_standard_yen: hi, epi_standard_yen: epi, ..born(birth) };
    let mut total = EmployerTotals::default();
    let people = [
        person(date(1980, 6, 1), 58_000, 88_000),
        person(date(1980, 6, 1), 134_000, 134_000),
        person(date(1996, 6, 1), 300_000, 300_000),
    ];
    people.iter().for_each(|person| total.add(&law("2026-03").assess(person)));
    let notice = total.notice_total();
    let yen = [notice.hi_yen, notice.epi_yen, notice.contribution_yen, notice.total_yen].map(Yen::get);
    assert_eq!(yen, [51_572, 95_526, 1_879, 148_977]);
    let mut trace = Trace::new();
    assert_eq!(total.explain_notice_total(&mut trace), notice);
    assert_eq!(trace.steps().len(), 4);
}

#[test]
fn the_law_of_a_month_can_be_shared_between_threads() {
    fn shareable<T: Send + Sync>() {}
    shareable::<MonthLaw>();
    shareable::<PersonMonth>();
    assert!(size_of::<PersonMonth>() <= 64, "{}", size_of::<PersonMonth>());
}

/// Two offices: Tokyo, chosen, and Osaka.
fn two_offices(remunerations: [i64; 2], bonuses: [i64; 2]) -> Workplaces {
    let law = law("2026-07");
    let paid_on = day_number(date(2026, 7, 10));
    let office = |place: usize| {
        let standard = |scheme| law.standard_of(scheme, remunerations[place]);
        let (hi, epi) = (standard(Scheme::HealthInsurance), standard(Scheme::EmployeesPension));
        let birth = day_number(date(1980, 1, 15));
        let acquired_on = day_number(date(2020, 4, 1));
        Workplace {
            month: PersonMonth::insured(birth, acquired_on, [13, 27][place], hi, epi),
            remuneration_yen: remunerations[place],
            bonuses: vec![(paid_on, bonuses[place])],
            selected: place == 0,
        }
    };
    Workplaces { offices: vec![office(0), office(1)], health_society: false }
}

#[test]
fn an_office_alone_is_assessed_as_everybody_else() {
    let law = law("2026-07");
    let mut person = two_offices([300_000, 200_000], [600_000, 0]);
    person.offices[1].month.lost_on = Some(day_number(date(2026, 7, 31)));
    let parts = law.assess_workplaces(&person);
    let alone =
        PersonMonth { hi_standard_bonus_yen: 600_000, epi_standard_bonus_yen: 600_000, ..person.offices[0].month };
    assert_eq!(parts[0].contribution, law.assess(&alone));
    assert_eq!(parts[1].contribution.levies(), Levies::default(), "the month of loss is not charged");
}

#[test]
fn a_record_that_does_not_stand_holds_all_offices() {
    let law = law("2026-07");
    let mut person = two_offices([300_000, 200_000], [0, 0]);
    person.offices[1].month.hi_standard_yen = 0;
    let verdicts = |person: &Workplaces| {
        law.assess_workplaces(person).iter().map(|part| part.contribution.verdict).collect::<Vec<_>>()
    };
    let held = |reasons: [HoldReason; 2]| reasons.map(Verdict::Hold).to_vec();
    assert_eq!(verdicts(&person), held([HoldReason::OtherWorkplace, HoldReason::NoStandard]));
    let mut nobody_chose = two_offices([300_000, 200_000], [0, 0]);
    nobody_chose.offices[0].selected = false;
    assert_eq!(verdicts(&nobody_chose), held([HoldReason::SelectionEnded; 2]));
    for amount in [i64::MAX, -1] {
        let mut beyond = two_offices([300_000, 200_000], [0, 0]);
        beyond.offices[1].remuneration_yen = amount;
        assert_eq!(verdicts(&beyond), held([HoldReason::OtherWorkplace, HoldReason::AmountOutOfRange]));
    }
}

proptest! {
    /// The parts are the whole of one person with the sum, to the unit, and each is the exact ratio cut to the unit.
    #[test]
    fn parts_of_offices_are_the_whole(pay in [1_i64..2_000_000, 1_i64..2_000_000], paid in [0_i64..4_000_000, 0_i64..4_000_000]) {
        let law = law("2026-07");
        let person = two_offices(pay, paid);
        let parts = law.assess_workplaces(&person);
        let bonus = law.standard_bonus(&[(day_number(date(2026, 7, 10)), paid[0] + paid[1])]);
        let one = PersonMonth {
            hi_standard_yen: parts[0].hi_standard_yen,
            epi_standard_yen: parts[0].epi_standard_yen,
            hi_standard_bonus_yen: bonus.0,
            epi_standard_bonus_yen: bonus.1,
            ..person.offices[0].month
        };
        let mut trace = Trace::new();
        let sum = Yen::new(pay[0] + pay[1]);
        let graded = grade::lookup(Scheme::HealthInsurance, law.month(), sum, &mut trace).expect("a grade");
        prop_assert_eq!(graded.standard.get(), one.hi_standard_yen);
        let whole = law.assess(&one);
        prop_assert_eq!(parts[0].contribution.monthly.plus(parts[1].contribution.monthly), whole.monthly);
        prop_assert_eq!(parts[0].contribution.bonus.plus(parts[1].contribution.bonus), whole.bonus);
        let exact = Ratio::new(i128::from(whole.monthly.epi_exact) * i128::from(pay[1]), i128::from(sum.get()));
        let cut = exact - Ratio::new(i128::from(parts[1].contribution.monthly.epi_exact), 1);
        prop_assert!(Ratio::ZERO <= cut && cut < Ratio::new(1, 1));
        let half = Ratio::new(
            i128::from(whole.monthly.hi_exact()) * i128::from(pay[0]),
            i128::from(sum.get()) * i128::from(UNITS_PER_YEN),
        );
        prop_assert_eq!(half.half().round(Rounding::HalfDown).get(), parts[0].contribution.hi_employee_yen);
        for (place, part) in parts.iter().enumerate() {
            prop_assert_eq!(&law.explain_workplaces(&person, place, &mut Trace::new()), part);
        }
        let turned = Workplaces { offices: person.offices.iter().rev().cloned().collect(), ..person };
        let mut back = law.assess_workplaces(&turned);
        back.reverse();
        prop_assert_eq!(back, parts);
    }
}
