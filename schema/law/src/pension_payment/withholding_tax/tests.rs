//! Ages at the year's end, minimums, declarations, and years without an official table.

use jiff::civil::date;
use proptest::prelude::*;

use super::settlement::{SettlementBasis, settle_2025};
use super::*;

fn person(birth: Date, declaration: &Declaration) -> Taxpayer<'_> {
    Taxpayer { birth, kind: TaxedKind::OldAge, annual: None, declaration, fraction: MonthlyFraction::Exact }
}

fn payment(month: &str, pension: i64, insurance: i64) -> TaxedPayment {
    TaxedPayment {
        month: month.parse().expect("a month"),
        pension: Yen::new(pension),
        social_insurance: Yen::new(insurance),
        months: 2,
    }
}

fn tax(person: &Taxpayer<'_>, payment: &TaxedPayment) -> Result<i64, LawError> {
    withholding_tax(person, payment, &mut Trace::new()).map(|withheld| withheld.tax.get())
}

const OLD: Date = date(1950, 6, 1);

#[test]
fn the_age_counts_at_the_end_of_the_year() {
    let due = payment("2025-02", 300_000, 0);
    assert_eq!(tax(&person(date(1961, 1, 1), &[]), &due), Ok(1_531)); // 65 on 2025-12-31: (300,000 − 270,000) × 5.105%
    assert_eq!(tax(&person(date(1961, 1, 2), &[]), &due), Ok(4_849)); // (300,000 − 2 × 102,500) × 5.105% = 4,849.75
}

#[test]
fn the_minimum_ends_where_a_quarter_is_more() {
    // 65+: 25% + 65,000 passes 135,000 at 280,000 a month.
    assert_eq!(tax(&person(OLD, &[]), &payment("2025-10", 560_000, 0)), Ok(14_804)); // 290,000 × 5.105% = 14,804.5
    assert_eq!(tax(&person(OLD, &[]), &payment("2025-10", 560_800, 0)), Ok(14_835)); // 290,600 × 5.105% = 14,835.13
}

#[test]
fn declarations_lower_it_and_their_absence_does_not_raise_the_rate() {
    let declared = [(PersonalDeduction::AgedSpouse, 1), (PersonalDeduction::SpecificDependant, 2)];
    let due = payment("2025-04", 800_000, 40_000);
    assert_eq!(tax(&person(OLD, &[]), &due), Ok(21_951)); // 165,000 a month: 430,000 × 5.105% = 21,951.5
    assert_eq!(tax(&person(OLD, &declared), &due), Ok(7_147)); // less 145,000 a month: 140,000 × 5.105%
}

#[test]
fn four_yen_is_a_setting() {
    let with =
        |fraction| tax(&Taxpayer { fraction, ..person(OLD, &[]) }, &payment("2025-04", 600_001, 0)).expect("known");
    assert_eq!(with(MonthlyFraction::Exact), 16_336); // 600,001 × 3/4 − 130,000 = 320,000.75 × 5.105% = 16,336.04
    assert_eq!(with(MonthlyFraction::UpToFourYen), 16_335); // 300,004 → 75,001 + 65,000: 319,999 × 5.105% = 16,335.95
}

#[test]
fn nothing_is_withheld_from_little_nor_from_disability_nor_survivors() {
    let due = payment("2025-04", 400_000, 0);
    assert_eq!(tax(&person(OLD, &[]), &due), Ok(6_636));
    let small = |annual| tax(&Taxpayer { annual: Some(Yen::new(annual)), ..person(OLD, &[]) }, &due);
    assert_eq!((small(1_579_999), small(1_580_000)), (Ok(0), Ok(6_636)));
    assert_eq!(tax(&Taxpayer { kind: TaxedKind::DisabilityOrSurvivor, ..person(OLD, &[]) }, &due), Ok(0));
    assert_eq!(tax(&person(OLD, &[]), &payment("2025-04", 270_000, 0)), Ok(0));
}

#[test]
fn years_without_an_official_table_are_refused_by_its_name() {
    let at = |month: &str| tax(&person(OLD, &[]), &payment(month, 400_000, 0)).expect_err("refused");
    for month in ["2026-02", "2026-12"] {
        let LawError::CannotDecide { reason } = at(month) else { panic!("{month}") };
        assert!(reason.contains("公的年金等の源泉徴収の基礎的控除額") && reason.contains("国税庁"), "{reason}");
    }
    assert!(matches!(at("2025-12"), LawError::CannotDecide { .. }));
    assert!(matches!(at("2027-02"), LawError::PastLastCheck { .. }));
    assert!(matches!(at("2019-12"), LawError::NotInForce { .. }));
    assert!(matches!(
        tax(&person(OLD, &[(PersonalDeduction::SingleParent, 1)]), &payment("2020-12", 1, 0)),
        Err(LawError::NotInForce { .. })
    ));
}

#[test]
fn what_cannot_be_is_refused() {
    let bad =
        |person: &Taxpayer<'_>, payment: &TaxedPayment| matches!(tax(person, payment), Err(LawError::BadInput { .. }));
    assert!(bad(&person(OLD, &[]), &payment("2025-04", 10, 11)));
    assert!(bad(&person(OLD, &[(PersonalDeduction::Spouse, 2)]), &payment("2025-04", 10, 1)));
    assert!(bad(&person(OLD, &[]), &TaxedPayment { months: 0, ..payment("2025-04", 10, 1) }));
}

fn year(december_withheld: i64) -> Vec<(TaxedPayment, Yen)> {
    let months = ["2025-02", "2025-04", "2025-06", "2025-08", "2025-10"];
    let before = months.map(|month| (payment(month, 400_000, 0), Yen::new(6_636)));
    before.into_iter().chain([(payment("2025-12", 400_000, 0), Yen::new(december_withheld))]).collect()
}

#[test]
fn december_2025_settles_the_year() {
    let settle =
        |payments: &[(TaxedPayment, Yen)], basis| settle_2025(&person(OLD, &[]), payments, basis, &mut Trace::new());
    let each = settle(&year(0), SettlementBasis::EachPayment).expect("settled"); // 70,000 × 5.105% = 3,573.5, six times
    assert_eq!((each.year_tax, each.december_tax, each.refund), (Yen::new(21_438), Yen::ZERO, Yen::new(11_742)));
    let whole = settle(&year(0), SettlementBasis::WholeYear).expect("settled"); // 420,000 × 5.105% = 21,441
    assert_eq!((whole.year_tax, whole.refund), (Yen::new(21_441), Yen::new(11_739)));
    let only_december = settle(&year(0)[5..], SettlementBasis::EachPayment).expect("settled");
    assert_eq!((only_december.december_tax, only_december.refund), (Yen::new(3_573), Yen::ZERO));
    assert!(settle(&year(1), SettlementBasis::EachPayment).is_err());
    assert!(settle(&year(0)[..5], SettlementBasis::EachPayment).is_err());
    assert!(settle(&[year(0), year(0)].concat(), SettlementBasis::EachPayment).is_err());
}

proptest! {
    #[test]
    fn more_pension_is_never_less_tax_nor_more_than_its_rate(pension in 0_i64..10_000_000, more in 0_i64..1_000_000) {
        let of = |yen| tax(&person(OLD, &[]), &payment("2025-04", yen, 0)).expect("known");
        prop_assert!(of(pension) <= of(pension + more));
        prop_assert!(of(pension) * 100_000 <= pension * 5_105);
    }

    #[test]
    fn nobody_pays_for_having_insurance(pension in 0_i64..10_000_000, part in 0_i64..=100) {
        let of = |insurance| tax(&person(OLD, &[]), &payment("2025-04", pension, insurance)).expect("known");
        prop_assert!(of(pension / 100 * part) <= of(0));
    }
}
