//! Who, from which pension, how much; both sides of 65, 75, 180,000円 and the half.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const ALL: Levy = Levy::NationalHealth { all_65_to_74: true, head_insured: true };
const TAX: Levy = Levy::ResidentTax { on_pension_income: true };

fn pension(payer: Payer, kind: PensionKind, annual: i64) -> CollectablePension {
    CollectablePension { payer, kind, scheme: PensionScheme::Basic, annual: Yen::new(annual) }
}

fn basic(annual: i64) -> CollectablePension {
    pension(Payer::JapanPensionService, PensionKind::OldAge, annual)
}

fn ask(on: Date, birth: Date, pensions: &[CollectablePension], levies: &[(Levy, i64)]) -> Vec<bool> {
    let person = Collectee { on, birth, stopped: false };
    let requests: Vec<LevyRequest> =
        levies.iter().map(|(levy, amount)| LevyRequest { levy: *levy, amount: Yen::new(*amount) }).collect();
    let collection = special_collection(&person, pensions, &requests, &mut Trace::new()).expect("in force");
    collection.decisions.iter().map(|decision| decision.refused.is_none()).collect()
}

#[test]
fn sixty_five_and_180_000() {
    let care = [(Levy::LongTermCare, 5_000)];
    let (on, pensions) = (date(2025, 10, 15), [basic(180_000)]);
    assert_eq!(ask(on, date(1960, 10, 16), &pensions, &care), [true]);
    assert_eq!(ask(on, date(1960, 10, 17), &pensions, &care), [false]);
    assert_eq!(ask(on, date(1950, 1, 1), &[basic(179_999)], &care), [false]);
    assert_eq!(ask(on, date(1950, 1, 1), &[], &care), [false]);
}

#[test]
fn half_of_the_payment_and_a_yen_more() {
    let (on, birth) = (date(2025, 10, 15), date(1955, 1, 1));
    let with = |amount| ask(on, birth, &[basic(831_700)], &[(ALL, amount), (Levy::LongTermCare, 15_000)]);
    assert_eq!(with(54_308), [true, true]); // 138,616 / 2 = 69,308
    assert_eq!(with(54_309), [false, true]);
    assert_eq!(ask(on, birth, &[basic(831_700)], &[(ALL, 1)]), [false], "without the 介護保険料");
}

#[test]
fn seventy_five_moves_from_one_insurance_to_the_other() {
    let elderly = Levy::LateElderly { disability_certified: false };
    let levies = [(Levy::LongTermCare, 100), (ALL, 100), (elderly, 100)];
    let on = |day| ask(day, date(1950, 10, 15), &[basic(800_000)], &levies);
    assert_eq!(on(date(2025, 10, 13)), [true, true, false]);
    assert_eq!(on(date(2025, 10, 14)), [true, false, true]);
    let certified = Levy::LateElderly { disability_certified: true };
    assert_eq!(
        ask(date(2025, 10, 1), date(1958, 1, 1), &[basic(800_000)], &[(Levy::LongTermCare, 1), (certified, 1)]),
        [true, true]
    );
    for (all, head) in [(false, true), (true, false)] {
        let levy = Levy::NationalHealth { all_65_to_74: all, head_insured: head };
        assert_eq!(
            ask(date(2025, 10, 1), date(1958, 1, 1), &[basic(800_000)], &[(Levy::LongTermCare, 1), (levy, 1)]),
            [true, false]
        );
    }
}

#[test]
fn resident_tax_asks_for_65_on_1_april_and_an_old_age_pension() {
    let levies = [(Levy::LongTermCare, 100), (TAX, 100)];
    let born = |birth| ask(date(2025, 10, 15), birth, &[basic(800_000)], &levies);
    assert_eq!(born(date(1960, 4, 2)), [true, true]);
    assert_eq!(born(date(1960, 4, 3)), [true, false]);
    let survivor = [pension(Payer::JapanPensionService, PensionKind::Survivor, 800_000)];
    assert_eq!(ask(date(2025, 10, 15), date(1950, 1, 1), &survivor, &levies), [true, false]);
    let untaxed = [(Levy::LongTermCare, 1), (Levy::ResidentTax { on_pension_income: false }, 1)];
    assert_eq!(ask(date(2025, 10, 15), date(1950, 1, 1), &[basic(800_000)], &untaxed), [true, false]);
}

#[test]
fn the_payer_comes_first_then_the_kind_then_the_scheme() {
    let person = Collectee { on: date(2025, 10, 1), birth: date(1950, 1, 1), stopped: false };
    let used = |pensions: &[CollectablePension]| {
        special_collection(&person, pensions, &[], &mut Trace::new()).expect("in force").pension
    };
    let local = pension(Payer::LocalMutualAid, PensionKind::OldAge, 2_000_000);
    let survivor = pension(Payer::JapanPensionService, PensionKind::Survivor, 200_000);
    let employees = CollectablePension { scheme: PensionScheme::Employees, ..basic(900_000) };
    assert_eq!(used(&[local, survivor]), Some(survivor));
    assert_eq!(used(&[survivor, employees, basic(200_000)]), Some(basic(200_000)));
    assert_eq!(used(&[survivor, employees, basic(170_000)]), Some(employees));
    let all = [
        Payer::JapanPensionService,
        Payer::NationalMutualAid,
        Payer::AgriculturalTransition,
        Payer::PrivateSchools,
        Payer::LocalMutualAid,
    ];
    assert!(all.is_sorted());
}

#[test]
fn whoever_is_stopped_pays_otherwise_and_nothing_twice() {
    let person = Collectee { on: date(2025, 10, 1), birth: date(1950, 1, 1), stopped: true };
    let care = LevyRequest { levy: Levy::LongTermCare, amount: Yen::new(100) };
    let stopped = special_collection(&person, &[basic(800_000)], &[care], &mut Trace::new()).expect("in force");
    assert_eq!(stopped.total(), Yen::ZERO);
    assert!(special_collection(&person, &[], &[care, care], &mut Trace::new()).is_err());
}

#[test]
fn a_year_in_six() {
    let year =
        |february, annual, unit| year_of_collection(Yen::new(february), Yen::new(annual), unit, &mut Trace::new());
    let plain = year(10_000, 70_000, InstalmentUnit::Yen);
    assert_eq!(plain.amounts.map(Yen::get), [10_000, 10_000, 10_000, 13_334, 13_333, 13_333]);
    let hundreds = year(10_000, 70_000, InstalmentUnit::HundredYen);
    assert_eq!(hundreds.amounts.map(Yen::get), [10_000, 10_000, 10_000, 13_400, 13_300, 13_300]);
    assert_eq!(year(0, 70_000, InstalmentUnit::ThousandYen).amounts.map(Yen::get), [0, 0, 0, 24_000, 23_000, 23_000]);
    assert_eq!(year(10_000, 29_999, InstalmentUnit::Yen).over, Yen::new(1));
}

proptest! {
    #[test]
    fn six_amounts_make_the_year(february in 0_i64..1_000_000, annual in 0_i64..10_000_000) {
        for unit in [InstalmentUnit::Yen, InstalmentUnit::HundredYen, InstalmentUnit::ThousandYen] {
            let year = year_of_collection(Yen::new(february), Yen::new(annual), unit, &mut Trace::new());
            let sum: Yen = year.amounts.into_iter().sum();
            prop_assert_eq!(sum - year.over, Yen::new(annual));
            prop_assert!(year.amounts[3] >= year.amounts[4] && year.amounts.iter().all(|amount| *amount >= Yen::ZERO));
        }
    }
}
