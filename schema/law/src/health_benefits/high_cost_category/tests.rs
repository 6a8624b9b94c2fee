//! Both sides of every bracket, of every change of the categories, and the words of other times.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// A standard, the category just below it and the one from it on.
type Edge = (i64, &'static str, &'static str);

fn of(text: &str, standard: i64, exempt: bool) -> &'static str {
    let setting = if text >= "2027-08" { LimitSetting::Planned2027 } else { LimitSetting::InForce };
    under70_category(month(text), Yen::new(standard), exempt, setting, &mut Trace::new()).expect("in force").word()
}

#[test]
fn both_sides_of_every_bracket() {
    let tables: [(&str, &[Edge]); 4] = [
        ("2014-12", &[(530_000, "general_B", "upper_A")]),
        ("2015-01", &[(280_000, "e", "u"), (530_000, "u", "i"), (830_000, "i", "a")]),
        ("2026-08", &[(280_000, "e", "u"), (530_000, "u", "i"), (830_000, "i", "a")]),
        (
            "2027-08",
            &[
                (160_000, "s15", "s16"),
                (200_000, "s16", "s20"),
                (280_000, "s20", "s28"),
                (360_000, "s28", "s36"),
                (440_000, "s36", "s44"),
                (530_000, "s44", "s53"),
                (620_000, "s53", "s62"),
                (710_000, "s62", "s71"),
                (830_000, "s71", "s83"),
                (1_030_000, "s83", "s103"),
                (1_270_000, "s103", "s127"),
            ],
        ),
    ];
    for (text, edges) in tables {
        for &(from, below, at) in edges {
            assert_eq!((of(text, from - 1, false), of(text, from, false)), (below, at), "{text}");
        }
    }
}

#[test]
fn a_tax_exemption_moves_only_standards_below_530_000() {
    for (text, exempt) in [("2014-12", "low_C"), ("2015-01", "o"), ("2026-08", "o"), ("2027-08", "nontaxed")] {
        for standard in [0, 160_000, 279_999, 280_000, 529_999] {
            assert_eq!(of(text, standard, true), exempt, "{text} {standard}");
        }
        for standard in [530_000, 830_000, 1_390_000] {
            assert_eq!(of(text, standard, true), of(text, standard, false), "{text} {standard}");
        }
    }
}

#[test]
fn active_income_by_standard() {
    let of = |text: &str, standard: i64| {
        aged_category(month(text), AgedIncome::Active(Yen::new(standard)), &mut Trace::new())
    };
    for text in ["2018-08", "2026-07", "2026-08", "2027-07"] {
        assert!(matches!(of(text, 279_999), Err(LawError::BadInput { .. })), "{text}");
        assert_eq!(of(text, 280_000), Ok(AgedCategory::Active1), "{text}");
        assert_eq!(of(text, 529_999), Ok(AgedCategory::Active1), "{text}");
        assert_eq!(of(text, 530_000), Ok(AgedCategory::Active2), "{text}");
        assert_eq!(of(text, 829_999), Ok(AgedCategory::Active2), "{text}");
        assert_eq!(of(text, 830_000), Ok(AgedCategory::Active3), "{text}");
    }
    assert_eq!(of("2018-07", 830_000), Ok(AgedCategory::Active));
    assert!(matches!(of("2027-08", 830_000), Err(LawError::PastLastCheck { .. })));
}

#[test]
fn the_words_of_another_time_are_refused() {
    let in_force = |category: Under70Category, text: &str| category.key(month(text), LimitSetting::InForce);
    assert_eq!(in_force(U::A, "2014-12"), Ok("upper_A"));
    assert_eq!(in_force(U::I, "2014-12"), Ok("upper_A"));
    assert_eq!(in_force(U::U, "2014-12"), Ok("general_B"));
    assert_eq!(in_force(U::E, "2014-12"), Ok("general_B"));
    assert_eq!(in_force(U::O, "2014-12"), Ok("low_C"));
    for old in [U::UpperA, U::GeneralB, U::LowC] {
        assert!(in_force(old, "2014-12").is_ok());
        let refused = in_force(old, "2015-01").expect_err("of another time").to_string();
        assert!(refused.contains("2015-01の区分は a、i、u、e、o です"), "{refused}");
    }
    for planned in UNDER70_WORDS.iter().map(|(_, category)| *category).filter(|category| category.is_planned()) {
        let refused = in_force(planned, "2027-08").expect_err("must be asked for as a plan").to_string();
        assert!(refused.contains("未施行の区分です"), "{planned:?}: {refused}");
        assert_eq!(planned.key(month("2027-08"), LimitSetting::Planned2027), Ok(planned.word()));
    }
    assert!(U::U.key(month("2027-08"), LimitSetting::Planned2027).is_err());
    assert_eq!(AgedCategory::Active2.key(month("2018-07")), Ok("active"));
    assert_eq!(AgedCategory::Active2.key(month("2018-08")), Ok("active2"));
    assert!(AgedCategory::Active.key(month("2018-08")).is_err());
    assert_eq!(AgedCategory::Low1.key(month("2018-07")), Ok("low1"));
}

#[test]
fn the_tax_of_the_year_before_decides_until_july() {
    let years = ["2026-03", "2026-04", "2026-07", "2026-08", "2027-01"].map(|text| residence_tax_year(month(text)));
    assert_eq!(years, [2025, 2025, 2025, 2026, 2026]);
}

#[test]
fn every_word_is_a_category_and_every_category_of_the_tables_a_word() {
    for (word, category) in UNDER70_WORDS {
        assert_eq!(category.word(), word);
    }
    for (word, category) in AGED_WORDS {
        assert_eq!(category.word(), word);
    }
    let known = |word: &str| {
        UNDER70_WORDS.iter().any(|(known, _)| *known == word) || AGED_WORDS.iter().any(|(known, _)| *known == word)
    };
    for text in [include_str!("brackets.csv"), include_str!("planned_2027.csv")] {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        for record in reader.records() {
            assert!(known(&record.expect("CSV")[3]));
        }
    }
    assert!(read("# name = x\n# checked_until = 2026-12\nkey,from,until,category,standard_min_yen,standard_below_yen\nk,2020-01,,a,0,10\nk,2020-01,,b,11,\n").is_err(), "a hole between brackets");
}

#[test]
fn the_receipt_says_which_table_was_read() {
    let told = |text: &str, setting| {
        let mut trace = Trace::new();
        under70_category(month(text), Yen::new(300_000), false, setting, &mut trace).expect("on file");
        trace.steps()[0].expression.clone()
    };
    assert!(told("2026-08", LimitSetting::InForce).starts_with("標準報酬月額による区分"));
    assert!(told("2027-08", LimitSetting::Planned2027).starts_with(PLANNED_NOTICE));
}

proptest! {
    /// Every standard has a category in every month of the tables, and months outside are refused by name.
    #[test]
    fn every_month_and_standard_is_answered_or_refused(months in 0_i32..400, standard in 0_i64..2_000_000, exempt: bool) {
        let month = month("2000-01").plus(months);
        let found = under70_category(month, Yen::new(standard), exempt, LimitSetting::InForce, &mut Trace::new());
        let known = month >= "2006-10".parse().expect("a month") && month <= "2027-07".parse().expect("a month");
        prop_assert_eq!(found.is_ok(), known);
        if let Ok(category) = found {
            prop_assert!(category.key(month, LimitSetting::InForce).is_ok());
        }
    }
}
