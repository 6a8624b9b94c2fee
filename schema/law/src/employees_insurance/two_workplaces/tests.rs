//! Parts and the whole; the worked figures are in the golden table.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn person(month: &str, kept_decimals: KeptDecimals) -> Person {
    Person {
        month: month.parse().expect("a month"),
        prefecture_selected: Prefecture::from_jis(13).expect("Tokyo"),
        ltci_second_insured: true,
        collection: Collection::Payroll,
        kept_decimals,
    }
}

fn yen(amounts: &[i64]) -> Vec<Yen> {
    amounts.iter().copied().map(Yen::new).collect()
}

#[test]
fn decimals_are_cut_not_rounded() {
    let amount = Ratio::new(292_398_759, 10_000);
    assert_eq!(
        [0, 1, 2, 4].map(|places| floor_decimals(amount, places).to_string()),
        ["29239", "29239.8", "29239.87", "29239.8759"]
    );
    assert_eq!(floor_decimals(Ratio::new(2, 3), 4).to_string(), "0.6666");
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let person = person("2026-04", KeptDecimals::Exact);
    let refused = |amounts: &[i64]| monthly(&yen(amounts), person, &mut Trace::new()).expect_err("refused").code();
    for amounts in [&[][..], &[300_000], &[0, 0], &[300_000, -1], &[i64::MAX, i64::MAX]] {
        assert_eq!(refused(amounts), "bad_input", "{amounts:?}");
    }
    let late = Person { month: "2027-03".parse().expect("a month"), ..person };
    assert_eq!(monthly(&yen(&[1, 1]), late, &mut Trace::new()).expect_err("not known").code(), "past_last_check");
}

#[test]
fn the_caps_of_a_bonus_are_those_of_the_sum() {
    let standards = |amounts: &[i64], counted| {
        let bonus = bonus(&yen(amounts), Yen::new(counted), person("2026-07", KeptDecimals::Exact), &mut Trace::new());
        let bonus = bonus.expect("in force");
        (bonus.hi_standard.get(), bonus.epi_standard.get())
    };
    assert_eq!(standards(&[500, 499], 0), (0, 0), "999円 make no standard");
    assert_eq!(standards(&[500, 500], 0), (1_000, 1_000));
    assert_eq!(standards(&[5_000_000, 730_999], 0), (5_730_000, 1_500_000));
    assert_eq!(standards(&[100_000, 100_000], 5_730_000), (0, 200_000));
}

#[test]
fn ten_days_for_the_choice() {
    let deadline = |day| selection_deadline(day, &mut Trace::new());
    assert_eq!(deadline(date(2026, 4, 6)), Ok(date(2026, 4, 16)));
    assert_eq!(deadline(date(2025, 12, 19)), Ok(date(2026, 1, 5)), "29 December to 4 January closed");
    assert_eq!(deadline(Date::MAX).expect_err("no such day").code(), "bad_input");
}

#[test]
fn the_receipt_says_which_decimals_are_kept() {
    for (kept, words) in [(KeptDecimals::Exact, "端数処理しない"), (KeptDecimals::Official, "健康保険は小数1位")]
    {
        let mut trace = Trace::new();
        monthly(&yen(&[500_000, 300_000]), person("2026-04", kept), &mut trace).expect("in force");
        assert_eq!(trace.steps().iter().filter(|step| step.expression.contains(words)).count(), 2, "{words}");
    }
}

proptest! {
    #[test]
    fn parts_add_up_and_the_order_does_not_matter(amounts in prop::collection::vec(0_i64..2_000_000, 2..6)) {
        prop_assume!(amounts.iter().any(|amount| *amount > 0));
        let reckon = |amounts: &[i64], kept| monthly(&yen(amounts), person("2026-04", kept), &mut Trace::new()).expect("in force");
        let exact = reckon(&amounts, KeptDecimals::Exact);
        let whole = |part: fn(&OfficePart) -> Ratio| exact.offices.iter().map(part).sum::<Ratio>();
        prop_assert_eq!(whole(|office| office.hi), Ratio::new(1170, 10_000).times_yen(exact.hi_standard));
        prop_assert_eq!(whole(|office| office.epi), Ratio::new(183, 1000).times_yen(exact.epi_standard));
        prop_assert_eq!(whole(|office| office.contribution), Ratio::new(36, 10_000).times_yen(exact.epi_standard));
        for (office, cut) in exact.offices.iter().zip(reckon(&amounts, KeptDecimals::Official).offices) {
            prop_assert!(cut.hi <= office.hi && office.hi - cut.hi < Ratio::new(1, 10));
            prop_assert!(cut.epi <= office.epi && office.epi - cut.epi < Ratio::new(1, 100));
        }
        let mut turned = amounts.clone();
        turned.reverse();
        let mut back = reckon(&turned, KeptDecimals::Exact).offices;
        back.reverse();
        prop_assert_eq!(back, exact.offices);
    }
}
