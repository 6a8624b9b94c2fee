//! 年齢計算 and 暦による期間 (年齢計算ニ関スル法律, 民法143条).

use jiff::civil::Date;

/// 年齢に達する日 — the day at whose end a person attains age `years`: the day before the birthday.
///
/// Law: 年齢計算ニ関スル法律, 民法143条2項. Born on 29 February: 28 February in ordinary years.
/// Someone born on the 1st attains the age in the month before.
pub fn attained_on(birth: Date, years: i16) -> Date {
    nth_birthday(birth, years).yesterday().expect("birthdays lie after the first day of the calendar")
}

/// n歳の誕生日 — the day after `attained_on`: for 29 February, 1 March in ordinary years.
///
/// Past the year 9999 it stays at the last day of the calendar.
pub fn nth_birthday(birth: Date, years: i16) -> Date {
    let year = birth.year().saturating_add(years);
    match Date::new(year, birth.month(), birth.day()) {
        Ok(day) => day,
        // The only day of a month that a year can lack is 29 February.
        Err(_) => Date::new(year, 3, 1).unwrap_or(Date::MAX),
    }
}

/// 満年齢 — the age that a person has by law at the end of `day`; `None` before the day before birth.
pub fn legal_age_on(birth: Date, day: Date) -> Option<i16> {
    // Born on 1 January: the age of a year is attained on the last day of the year before.
    let most = day.year() - birth.year() + 1;
    (0..=most.max(-1)).rev().take(3).find(|&years| attained_on(birth, years) <= day)
}

/// 期間の満了日 — the last day of a period of `months` months from `start` (民法143条): the day before the
/// same day of the month; where that day does not exist, the last day of that month.
///
/// 15 December and one month end on 14 January; 31 January and one month on the last day of February.
pub fn period_end(start: Date, months: i16) -> Date {
    let index = i32::from(start.year()) * 12 + i32::from(start.month()) - 1 + i32::from(months);
    let year = i16::try_from(index.div_euclid(12)).expect("periods end within the calendar");
    let month = i8::try_from(index.rem_euclid(12) + 1).expect("1 to 12");
    match Date::new(year, month, start.day()) {
        Ok(same_day) => same_day.yesterday().expect("periods end within the calendar"),
        Err(_) => Date::new(year, month, 1).expect("periods end within the calendar").last_of_month(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_is_attained_the_day_before() {
        assert_eq!(attained_on(date(1956, 11, 22), 70), date(2026, 11, 21));
        assert_eq!(attained_on(date(1961, 4, 1), 65), date(2026, 3, 31));
        assert_eq!(attained_on(date(1951, 1, 1), 70), date(2020, 12, 31));
    }

    #[test]
    fn leap_day_children() {
        assert_eq!(attained_on(date(2000, 2, 29), 20), date(2020, 2, 28));
        assert_eq!(attained_on(date(2000, 2, 29), 21), date(2021, 2, 28));
        assert_eq!(nth_birthday(date(2000, 2, 29), 21), date(2021, 3, 1));
        assert_eq!(attained_on(date(2004, 3, 1), 20), date(2024, 2, 29));
        assert_eq!(attained_on(date(2004, 3, 1), 21), date(2025, 2, 28));
    }

    #[test]
    fn legal_age_changes_on_the_day_attained() {
        assert_eq!(legal_age_on(date(1980, 5, 15), date(2026, 5, 13)), Some(45));
        assert_eq!(legal_age_on(date(1980, 5, 15), date(2026, 5, 14)), Some(46));
        assert_eq!(legal_age_on(date(1980, 1, 1), date(2025, 12, 30)), Some(45));
        assert_eq!(legal_age_on(date(1980, 1, 1), date(2025, 12, 31)), Some(46));
        assert_eq!(legal_age_on(date(2020, 6, 1), date(2020, 5, 31)), Some(0));
        assert_eq!(legal_age_on(date(2020, 6, 1), date(2020, 5, 30)), None);
        assert_eq!(legal_age_on(date(2020, 6, 1), date(2010, 5, 30)), None);
    }

    #[test]
    fn age_and_day_agree_for_every_birthday_of_a_leap_cycle() {
        let mut birth = date(1959, 1, 1);
        while birth < date(1963, 1, 1) {
            for years in [20, 40, 65, 70, 75] {
                let day = attained_on(birth, years);
                assert_eq!(legal_age_on(birth, day), Some(years));
                assert_eq!(legal_age_on(birth, day.yesterday().expect("in range")), Some(years - 1));
            }
            birth = birth.tomorrow().expect("in range");
        }
    }

    #[test]
    fn periods_of_months() {
        assert_eq!(period_end(date(2025, 12, 15), 1), date(2026, 1, 14));
        assert_eq!(period_end(date(2025, 6, 3), 3), date(2025, 9, 2));
        assert_eq!(period_end(date(2025, 1, 31), 1), date(2025, 2, 28));
        assert_eq!(period_end(date(2025, 1, 30), 1), date(2025, 2, 28));
        assert_eq!(period_end(date(2025, 1, 29), 1), date(2025, 2, 28));
        assert_eq!(period_end(date(2025, 2, 1), 1), date(2025, 2, 28));
        assert_eq!(period_end(date(2022, 3, 4), 18), date(2023, 9, 3));
    }
}
