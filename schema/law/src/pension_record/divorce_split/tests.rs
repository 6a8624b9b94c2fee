//! The day on which five years begin, what moves, and that nothing is lost between two records.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::life::{
    Category, CategorySpell, EmployeesClass, EmployeesKind, LifeFacts, LifeRecord, RemunerationBasis, RemunerationSpan,
    Sex, life,
};
use super::*;
use crate::employees_pension::old_age_pension::CohortLaw;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

const NONE: Circumstances = Circumstances { court_asked_on: None, court_decided_on: None, other_died_on: None };

#[test]
fn the_split_exists_from_2007_and_that_of_cat3_from_2008_05() {
    let ask = |split, on| deadline(split, on, &NONE, &mut Trace::new()).map(|deadline| deadline.years);
    assert_eq!(ask(Split::Agreed, date(2007, 3, 31)).expect_err("before").code(), "not_in_force");
    assert_eq!(ask(Split::Agreed, date(2007, 4, 1)), Ok(2));
    assert_eq!(ask(Split::Cat3, date(2008, 4, 30)).expect_err("before").code(), "not_in_force");
    assert_eq!(ask(Split::Cat3, date(2008, 5, 1)), Ok(2));
    assert_eq!(ask(Split::Agreed, date(2027, 4, 1)).expect_err("later").code(), "past_last_check");
    let no_date = Circumstances { court_decided_on: Some(date(2026, 1, 1)), ..NONE };
    assert_eq!(
        deadline(Split::Agreed, date(2025, 1, 1), &no_date, &mut Trace::new()).expect_err("asked?").code(),
        "missing_fact"
    );
}

fn spell(category: Category, acquired_on: Date, lost_on: Date) -> CategorySpell {
    CategorySpell { category, acquired_on, lost_on: Some(lost_on), source: 1 }
}

fn span(first: &str, last: &str, standard_yen: u32) -> RemunerationSpan {
    let (kind, basis) = (EmployeesKind::First, RemunerationBasis::Own);
    RemunerationSpan { first: month(first), last: Some(month(last)), kind, standard_yen, basis, source: 2 }
}

const EMPLOYED: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
const DIVORCED_ON: Date = date(2026, 4, 10);
const SINCE: (i16, i8) = (1990, 4);

fn target() -> (Month, Month) {
    (Month::new(SINCE.0, SINCE.1).expect("a month"), month("2026-03"))
}

/// One is insured throughout; the other is 第3号 to 2015-03 and then insured, each at one standard.
fn records(births: [Date; 2], standards: [u32; 2]) -> (LifeRecord, LifeRecord) {
    let (from, changed, until) = (date(SINCE.0, SINCE.1, 1), date(2015, 4, 1), date(2026, 4, 1));
    let giver = LifeFacts {
        spells: &[spell(EMPLOYED, from, until)],
        remunerations: &[span("1990-04", "2026-03", standards[0])],
        ..LifeFacts::unregistered(births[0], Sex::Male)
    };
    let taker = LifeFacts {
        spells: &[spell(Category::Cat3, from, changed), spell(EMPLOYED, changed, until)],
        remunerations: &[span("2015-04", "2026-03", standards[1])],
        ..LifeFacts::unregistered(births[1], Sex::Female)
    };
    let on = date(2026, 4, 15);
    (life(&giver, on).expect("a life"), life(&taker, on).expect("a life"))
}

const BIRTHS: [Date; 2] = [date(1965, 4, 2), date(1967, 4, 2)];

fn split(kind: Split, births: [Date; 2], standards: [u32; 2], share: u32) -> Result<SplitRecords, Refusal> {
    let (giver, taker) = records(births, standards);
    let parties = (Party { birth: births[1], record: &taker }, Party { birth: births[0], record: &giver });
    split_records(kind, parties, target(), DIVORCED_ON, share, &mut Trace::new())
}

/// What the insured and the other hold in a month afterwards.
fn at(found: &SplitRecords, wanted: &str) -> Option<(u32, u32)> {
    let split = found.months.iter().find(|split| split.month == month(wanted))?;
    Some((split.other.1.standard_yen, split.claimant.1.standard_yen))
}

#[test]
fn cat3_months_from_2008_04_are_halved_and_the_others_stay() {
    let found = split(Split::Cat3, BIRTHS, [301_000, 200_000], 0).expect("months of 第3号");
    assert_eq!((found.cat3_months, found.months.len(), found.rate), (84, 84, 5_000_000));
    assert_eq!((at(&found, "2008-03"), at(&found, "2015-04")), (None, None));
    assert_eq!((at(&found, "2008-04"), at(&found, "2015-03")), (Some((150_500, 150_500)), Some((150_500, 150_500))));
    assert!(!found.claimant_gives);
    // Who was insured all the time was nobody's dependant.
    let (giver, taker) = records(BIRTHS, [301_000, 200_000]);
    let parties = (Party { birth: BIRTHS[0], record: &giver }, Party { birth: BIRTHS[1], record: &taker });
    let refused = split_records(Split::Cat3, parties, target(), DIVORCED_ON, 0, &mut Trace::new());
    assert_eq!(refused, Err(Refusal::NoCat3Months));
}

/// 78条の20: a claim for an agreed share halves the months of 第3号 first, then moves a part of every month. By hand, all revaluation
/// rates of the two being equal and the standards of one month the same: with one half the totals are equal afterwards.
#[test]
fn an_agreed_half_makes_both_equal() {
    let found = split(Split::Agreed, BIRTHS, [301_000, 200_000], 50_000).expect("a share");
    assert_eq!((found.cat3_months, found.months.len()), (84, 432));
    let rates = CohortLaw::of(2026, BIRTHS[0], &mut Trace::new()).expect("in force").rates;
    let total = |of: fn(&MonthSplit) -> Amounts| {
        standard_total(found.months.iter().map(|split| (split.month, of(split))), &rates).expect("rates")
    };
    let (claimant, other) = (total(|split| split.claimant.1), total(|split| split.other.1));
    assert!((claimant - other).abs() * 1_000_000 < claimant, "{claimant} {other}");
    let kept = u32::try_from(301_000 - (301_000 * u64::from(found.rate) + 5_000_000) / 10_000_000).expect("yen");
    assert_eq!(at(&found, "1990-04"), Some((kept, 301_000 - kept)));
}

#[test]
fn a_share_lies_above_the_present_one_and_at_most_at_one_half() {
    let refused = |share| split(Split::Agreed, BIRTHS, [301_000, 200_000], share).expect_err("outside");
    assert_eq!(refused(50_001), Refusal::ShareOverHalf);
    let Refusal::ShareNotAbove { present } = refused(10_000) else { panic!("not above") };
    assert_eq!(refused(present), Refusal::ShareNotAbove { present });
    assert!(split(Split::Agreed, BIRTHS, [301_000, 200_000], present + 1).is_ok());
    // After 3号分割 and with the higher wage she gives.
    let gives = split(Split::Agreed, BIRTHS, [98_000, 650_000], 50_000).expect("a share");
    assert!(gives.claimant_gives);
    let nobody = life(&LifeFacts::unregistered(BIRTHS[0], Sex::Male), date(2026, 4, 15)).expect("a life");
    let none = Party { birth: BIRTHS[0], record: &nobody };
    let refused = split_records(Split::Agreed, (none, none), target(), DIVORCED_ON, 50_000, &mut Trace::new());
    assert_eq!(refused, Err(Refusal::NoEmployeesMonths));
}

proptest! {
    /// What the one gives the other gets, to the yen.
    #[test]
    fn nothing_is_lost_between_two_records(giver in 0_u32..100_000_000, taker in 0_u32..100_000_000, share in 0_i128..=100_000) {
        let after = split_month(giver, taker, Ratio::new(share, 100_000)).expect("a share");
        prop_assert_eq!(after.0 + after.1, giver + taker);
        prop_assert!(after.0 <= giver && after.1 >= taker);
        prop_assert!(split_month(giver, taker, Ratio::new(share + 100_001, 100_000)).is_err());
    }

    /// 78条の6: of every month nothing is lost, and by each one's own rates the taker holds the share that was agreed.
    #[test]
    fn the_share_comes_out_as_agreed(
        giver in 88_000_u32..650_000,
        taker in 88_000_u32..650_000,
        share in 1_u32..=50_000,
        old in prop::sample::select(vec![[date(1930, 5, 1), date(1965, 4, 2)], [date(1965, 4, 2), date(1932, 4, 2)], BIRTHS]),
    ) {
        let Ok(found) = split(Split::Agreed, old, [giver, taker], share) else { return Ok(()) };
        let law = |birth| CohortLaw::of(2026, birth, &mut Trace::new()).expect("in force").rates;
        let (one, other) = records(old, [giver, taker]);
        // A month that nothing moved in is not told: there both hold what they had.
        let after = |record: &LifeRecord, of: fn(&MonthSplit) -> Amounts, birth| {
            let held = |month: Month| {
                let split = found.months.iter().find(|split| split.month == month);
                let place = usize::try_from(month.months_since(record.first())).expect("in the row");
                let own = Amounts { standard_yen: record.standards_yen()[place], bonus_yen: 0 };
                (month, split.map_or(own, of))
            };
            let (first, last) = target();
            standard_total(first.through(last).map(held), &law(birth)).expect("rates")
        };
        let of_giver = after(&one, |split| split.other.1, old[0]);
        let of_taker = after(&other, |split| split.claimant.1, old[1]);
        let less = if found.claimant_gives { of_giver } else { of_taker };
        prop_assert!((less * 100_000 - i128::from(share) * (of_giver + of_taker)).abs() <= of_giver + of_taker);
        for split in &found.months {
            let sum = |of: (Amounts, Amounts)| of.0.standard_yen + of.1.standard_yen;
            prop_assert_eq!(sum((split.claimant.0, split.other.0)), sum((split.claimant.1, split.other.1)));
        }
    }

    /// 民法140条・143条: reckoned from the day after, a period of years ends with the day before the corresponding one; where
    /// that day does not exist, with the last of the month.
    #[test]
    fn the_deadline_ends_the_years_from_the_day_after(days in 0_i32..7_000) {
        use jiff::ToSpan;
        let divorced_on = date(2007, 4, 1) + days.days();
        let found = deadline(Split::Agreed, divorced_on, &NONE, &mut Trace::new()).expect("in force");
        let years = if divorced_on < date(2026, 4, 1) { 2 } else { 5 };
        prop_assert_eq!(found.years, years);
        let first = divorced_on + 1.day();
        let corresponding = first + i32::from(years).years();
        let last = if corresponding.day() == first.day() { corresponding - 1.day() } else { corresponding };
        prop_assert_eq!(found.last_claim_on, last);
    }
}
