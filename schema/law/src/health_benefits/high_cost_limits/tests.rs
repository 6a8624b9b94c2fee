//! The timeline of the limits, the 1% part and the half of the 75th birthday.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::health_benefits::high_cost_category::{AGED_WORDS, UNDER70_WORDS};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn under70(text: &str, word: &str) -> CostLimit {
    let category = UNDER70_WORDS.iter().find(|(known, _)| *known == word).expect("a word").1;
    let setting = if text >= "2027-08" { LimitSetting::Planned2027 } else { LimitSetting::InForce };
    under70_limit(month(text), category, setting, &mut Trace::new()).expect("in force")
}

fn aged(text: &str, word: &str) -> CostLimit {
    let category = AGED_WORDS.iter().find(|(known, _)| *known == word).expect("a word").1;
    aged_limit(month(text), category, &mut Trace::new()).expect("in force")
}

fn figures(limit: CostLimit) -> (i64, Option<i64>, Option<i64>, Option<i64>) {
    let yen = |amount: Option<Yen>| amount.map(Yen::get);
    (limit.base.get(), yen(limit.excess.map(|excess| excess.over)), yen(limit.multi), yen(limit.outpatient))
}

#[test]
fn under_70_on_both_sides_of_every_change() {
    let upper = (150_000, Some(500_000), Some(83_400), None);
    let general = (80_100, Some(267_000), Some(44_400), None);
    let low = (35_400, None, Some(24_600), None);
    for (word, expected) in [("upper_A", upper), ("general_B", general), ("low_C", low)] {
        for text in ["2006-10", "2014-12"] {
            assert_eq!(figures(under70(text, word)), expected, "{text} {word}");
        }
    }
    let changes = [
        ("a", (252_600, Some(842_000), Some(140_100), None), (270_300, Some(901_000), Some(140_100), None)),
        ("i", (167_400, Some(558_000), Some(93_000), None), (179_100, Some(597_000), Some(93_000), None)),
        ("u", general, (85_800, Some(286_000), Some(44_400), None)),
        ("e", (57_600, None, Some(44_400), None), (61_500, None, Some(44_400), None)),
        ("o", low, (36_900, None, Some(24_600), None)),
    ];
    for (word, before, after) in changes {
        for (text, expected) in [("2015-01", before), ("2026-07", before), ("2026-08", after), ("2027-07", after)] {
            assert_eq!(figures(under70(text, word)), expected, "{text} {word}");
        }
    }
}

#[test]
fn from_70_on_both_sides_of_every_change() {
    let rows = [
        ("2008-04", "2017-07", "active", (80_100, Some(267_000), Some(44_400), Some(44_400))),
        ("2008-04", "2017-07", "general", (44_400, None, None, Some(12_000))),
        ("2008-04", "2017-07", "low2", (24_600, None, None, Some(8_000))),
        ("2008-04", "2017-07", "low1", (15_000, None, None, Some(8_000))),
        ("2017-08", "2018-07", "active", (80_100, Some(267_000), Some(44_400), Some(57_600))),
        ("2017-08", "2018-07", "general", (57_600, None, Some(44_400), Some(14_000))),
        ("2018-08", "2026-07", "general", (57_600, None, Some(44_400), Some(18_000))),
        ("2017-08", "2026-07", "low2", (24_600, None, None, Some(8_000))),
        ("2017-08", "2026-07", "low1", (15_000, None, None, Some(8_000))),
        ("2018-08", "2026-07", "active3", (252_600, Some(842_000), Some(140_100), None)),
        ("2018-08", "2026-07", "active2", (167_400, Some(558_000), Some(93_000), None)),
        ("2018-08", "2026-07", "active1", (80_100, Some(267_000), Some(44_400), None)),
        ("2026-08", "2027-07", "active3", (270_300, Some(901_000), Some(140_100), None)),
        ("2026-08", "2027-07", "active2", (179_100, Some(597_000), Some(93_000), None)),
        ("2026-08", "2027-07", "active1", (85_800, Some(286_000), Some(44_400), None)),
        ("2026-08", "2027-07", "general", (61_500, None, Some(44_400), Some(22_000))),
        ("2026-08", "2027-07", "low2", (25_700, None, Some(24_600), Some(11_000))),
        ("2026-08", "2027-07", "low1", (15_700, None, None, Some(8_000))),
    ];
    for (first, last, word, expected) in rows {
        assert_eq!(figures(aged(first, word)), expected, "{first} {word}");
        assert_eq!(figures(aged(last, word)), expected, "{last} {word}");
    }
}

#[test]
fn the_planned_table_is_read_only_by_its_name() {
    assert_eq!(figures(under70("2027-08", "s127")), (342_000, Some(1_140_000), Some(140_100), None));
    assert_eq!(figures(under70("2027-08", "s103")), (303_000, Some(1_010_000), Some(140_100), None));
    assert_eq!(figures(under70("2027-08", "s71")), (209_400, Some(698_000), Some(93_000), None));
    assert_eq!(figures(under70("2027-08", "s44")), (110_400, Some(368_000), Some(44_400), None));
    assert_eq!(figures(under70("2027-08", "s36")), (98_100, Some(327_000), Some(44_400), None));
    assert_eq!(figures(under70("2027-08", "s20")), (69_600, None, Some(44_400), None));
    assert_eq!(figures(under70("2027-08", "s15")), (61_500, None, Some(34_500), None));
    assert_eq!(figures(under70("2027-08", "nontaxed")), (36_900, None, Some(24_600), None));
    let ask = |text: &str, setting| under70_limit(month(text), Under70Category::S15, setting, &mut Trace::new());
    assert!(matches!(ask("2027-08", LimitSetting::InForce), Err(LawError::BadInput { .. })));
    assert!(matches!(ask("2027-07", LimitSetting::Planned2027), Err(LawError::NotInForce { .. })));
    assert!(matches!(ask("2028-08", LimitSetting::Planned2027), Err(LawError::PastLastCheck { .. })));
}

/// Every month of the timeline computes or is refused by the name of its table.
#[test]
fn every_month_computes_or_is_refused() {
    for month in month("2006-01").through(month("2028-12")) {
        for word in ["a", "i", "u", "e", "o"] {
            let category = UNDER70_WORDS.iter().find(|(known, _)| *known == word).expect("a word").1;
            let found = under70_limit(month, category, LimitSetting::InForce, &mut Trace::new());
            let known = (super::tests::month("2006-10")..=super::tests::month("2027-07")).contains(&month);
            assert_eq!(found.is_ok(), known, "{month} {word}");
            if let Err(error) = found {
                assert!(error.to_string().contains("高額療養費算定基準額 (70歳未満)"), "{error}");
            }
        }
        for (word, category) in AGED_WORDS.into_iter().filter(|(word, _)| *word != "active") {
            let found = aged_limit(month, category, &mut Trace::new());
            let known = (super::tests::month("2008-04")..=super::tests::month("2027-07")).contains(&month);
            assert_eq!(found.is_ok(), known, "{month} {word}");
        }
    }
}

#[test]
fn the_half_of_every_amount_is_whole() {
    assert!(read("# checked_until = 2026-12\nkey,from,until,value\na,2020-01,,80101\n").is_err(), "an odd amount");
    assert!(read("# checked_until = 2026-12\nkey,from,until,value\na,2020-01,,0\n").is_err(), "no limit at all");
    let rate_alone = "# checked_until = 2026-12\nkey,from,until,value,rate_over_threshold\na,2020-01,,80100,0.01\n";
    assert!(read(rate_alone).is_err());
    assert_eq!(figures(under70("2026-08", "u").halved()), (42_900, Some(143_000), Some(22_200), None));
    assert_eq!(figures(aged("2026-08", "general").halved()), (30_750, None, Some(22_200), Some(11_000)));
}

#[test]
fn the_month_of_the_75th_birthday() {
    let august = month("2026-08");
    for day in 2..=31 {
        assert!(is_halved(august, date(1951, 8, day)));
    }
    assert!(!is_halved(august, date(1951, 8, 1)));
    assert!(!is_halved(august, date(1951, 7, 31)) && !is_halved(august, date(1951, 9, 1)));
    assert!(!is_halved(august.plus(12), date(1951, 8, 15)));
    // Born on 29 February, 75 in an ordinary year: the birthday is 1 March, so no month is halved.
    assert!(!is_halved(month("2027-02"), date(1952, 2, 29)) && !is_halved(month("2027-03"), date(1952, 2, 29)));
}

proptest! {
    /// More care never lowers a limit; 多数回該当 and the half never raise it; without a cost only the 1% part is open.
    #[test]
    fn limits_are_ordered(word in 0_usize..5, medical in 0_i64..100_000_000, more in 0_i64..1_000) {
        for text in ["2015-01", "2026-08"] {
            let limit = under70(text, ["a", "i", "u", "e", "o"][word]);
            let of = |medical: i64, occurrence| limit.amount(Some(Yen::new(medical)), occurrence).expect("known");
            let plain = of(medical, Occurrence::UpToThird);
            prop_assert!(plain >= limit.base && of(medical + more, Occurrence::UpToThird) >= plain);
            prop_assert!(of(medical, Occurrence::FromFourth) <= plain);
            let half = limit.halved().amount(Some(Yen::new(medical)), Occurrence::UpToThird).expect("known");
            prop_assert!(half <= plain);
            prop_assert_eq!(limit.amount(None, Occurrence::UpToThird).is_none(), limit.excess.is_some());
        }
    }

    /// The 1% part is rounded 50銭未満切捨て・50銭以上切上げ.
    #[test]
    fn the_one_percent_part_is_the_nearest_yen(over in 0_i64..10_000_000) {
        let limit = under70("2026-07", "u").amount(Some(Yen::new(267_000 + over)), Occurrence::UpToThird);
        prop_assert_eq!(limit, Some(Yen::new(80_100 + (over + 50) / 100)));
    }
}
