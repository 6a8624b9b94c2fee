//! The table against the rule of the statute, written a second time and in another way.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::date;

use super::*;

/// The n-th Monday of a month (ハッピーマンデー).
fn monday(year: i16, month: i8, nth: i32) -> Date {
    let first = date(year, month, 1);
    first.nth_weekday_of_month(i8::try_from(nth).expect("small"), Weekday::Monday).expect("exists")
}

/// 春分日・秋分日, the usual approximation for 1980 to 2099, in ten-thousandths of a day.
fn equinox_day(year: i16, base: i64) -> i8 {
    let years = i64::from(year) - 1980;
    i8::try_from((base * 100 + 242_194 * years) / 1_000_000 - years / 4).expect("a day of the month")
}

fn named_days(year: i16) -> BTreeMap<Date, &'static str> {
    let mut days = BTreeMap::from([
        (date(year, 1, 1), "元日"),
        (monday(year, 1, 2), "成人の日"),
        (date(year, 2, 11), "建国記念の日"),
        (date(year, 3, equinox_day(year, 208_431)), "春分の日"),
        (date(year, 4, 29), "昭和の日"),
        (date(year, 5, 3), "憲法記念日"),
        (date(year, 5, 4), "みどりの日"),
        (date(year, 5, 5), "こどもの日"),
        (monday(year, 9, 3), "敬老の日"),
        (date(year, 9, equinox_day(year, 232_488)), "秋分の日"),
        (date(year, 11, 3), "文化の日"),
        (date(year, 11, 23), "勤労感謝の日"),
    ]);
    match year {
        ..=2018 => _ = days.insert(date(year, 12, 23), "天皇誕生日"),
        2019 => {}
        _ => _ = days.insert(date(year, 2, 23), "天皇誕生日"),
    }
    if year == 2019 {
        days.extend([(date(2019, 5, 1), "天皇の即位の日"), (date(2019, 10, 22), "即位礼正殿の儀")]);
    }
    // 令和2年・令和3年 were moved for the Olympic Games (特措法32条).
    let (sea, mountain, sports) = match year {
        2020 => (date(2020, 7, 23), date(2020, 8, 10), date(2020, 7, 24)),
        2021 => (date(2021, 7, 22), date(2021, 8, 8), date(2021, 7, 23)),
        _ => (monday(year, 7, 3), date(year, 8, 11), monday(year, 10, 2)),
    };
    days.insert(sea, "海の日");
    days.insert(sports, if year < 2020 { "体育の日" } else { "スポーツの日" });
    if year >= 2016 {
        days.insert(mountain, "山の日");
    }
    days
}

/// 3条2項 and 3項 on top of the named days.
fn by_rule(year: i16) -> BTreeMap<Date, &'static str> {
    let named = named_days(year);
    let mut all = named.clone();
    for day in named.keys().filter(|day| day.weekday() == Weekday::Sunday) {
        let mut substitute = *day + 1.day();
        while named.contains_key(&substitute) {
            substitute += 1.day();
        }
        all.insert(substitute, "振替休日");
    }
    for day in named.keys() {
        let between = *day + 1.day();
        if named.contains_key(&(between + 1.day())) && !all.contains_key(&between) {
            all.insert(between, "国民の休日");
        }
    }
    all
}

#[test]
fn the_table_is_the_rule() {
    let (first, last) = years();
    assert_eq!((first, last), (2010, 2028));
    for year in first..=last {
        let mut day = date(year, 1, 1);
        let rule = by_rule(year);
        while day.year() == year {
            assert_eq!(holiday_name(day), Ok(rule.get(&day).copied()), "{day}");
            day = forward(day);
        }
    }
}

#[test]
fn outside_the_table_is_an_error() {
    for day in [date(2009, 12, 31), date(2029, 1, 1)] {
        assert!(matches!(holiday_name(day), Err(CalendarError::OutsideTable { .. })));
    }
    // The search for an open day leaves the table too.
    assert!(government_next_or_same(date(2028, 12, 29)).is_err());
    assert_eq!(bank_next_or_same(date(2028, 12, 29)), Ok(date(2028, 12, 29)));
}

#[test]
fn banks_close_later_than_government_at_the_end_of_a_year() {
    assert_eq!(is_government_closed(date(2026, 12, 29)), Ok(true));
    assert_eq!(is_bank_closed(date(2026, 12, 29)), Ok(false));
    assert_eq!(bank_next_or_same(date(2024, 12, 28)), Ok(date(2024, 12, 30)));
    assert_eq!(government_next_or_same(date(2024, 12, 28)), Ok(date(2025, 1, 6)));
    assert_eq!(government_prev_or_same(date(2026, 1, 3)), Ok(date(2025, 12, 26)));
    assert_eq!(bank_prev_or_same(date(2020, 12, 31)), Ok(date(2020, 12, 30)));
}

#[test]
fn pensions_are_paid_on_the_15th_or_before() {
    let month = |year, month| Month::new(year, month).expect("a month");
    assert_eq!(pension_payday(month(2024, 12)), Ok(date(2024, 12, 13)));
    assert_eq!(pension_payday(month(2021, 8)), Ok(date(2021, 8, 13)));
    assert_eq!(pension_payday(month(2026, 3)), Err(CalendarError::NotAPaymentMonth(month(2026, 3))));
}

/// The calendar of the project's owner, where it lies beside the project.
#[test]
fn the_shared_calendar_agrees_where_it_is_present() {
    let root = std::path::PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo"));
    let Ok(text) = std::fs::read_to_string(root.join("../../../shared/domain/samples/codes/calendar_2020_2027.csv"))
    else {
        return;
    };
    for line in text.lines().skip(1) {
        let [day, _, holiday, bank_open, government_open] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let day: Date = day.parse().expect("ISO");
        assert_eq!(holiday_name(day).map(Option::unwrap_or_default), Ok(holiday), "{line}");
        assert_eq!(is_bank_closed(day), Ok(bank_open == "0"), "{line}");
        assert_eq!(is_government_closed(day), Ok(government_open == "0"), "{line}");
    }
}
