//! 元号 — eras. Dates are kept as `jiff::civil::Date`; an era is how they are written and read.

use std::fmt;

use jiff::civil::{Date, date};

use crate::Month;

/// 明治6年1月1日 — the first day of the solar calendar; earlier dates are lunar and refused.
const FIRST_SOLAR_DAY: Date = date(1873, 1, 1);

/// 元号 — one of the five eras since 明治 (元号法, and the edicts before it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, code 1.
    Meiji,
    /// 大正, code 3.
    Taisho,
    /// 昭和, code 5.
    Showa,
    /// 平成, code 7.
    Heisei,
    /// 令和, code 9.
    Reiwa,
}

impl Era {
    /// All of them, oldest first.
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    /// 元号コード — the pension agency's code: 1, 3, 5, 7, 9.
    pub const fn code(self) -> u8 {
        match self {
            Era::Meiji => 1,
            Era::Taisho => 3,
            Era::Showa => 5,
            Era::Heisei => 7,
            Era::Reiwa => 9,
        }
    }

    /// M, T, S, H, R.
    pub const fn letter(self) -> char {
        match self {
            Era::Meiji => 'M',
            Era::Taisho => 'T',
            Era::Showa => 'S',
            Era::Heisei => 'H',
            Era::Reiwa => 'R',
        }
    }

    /// 明治, 大正, 昭和, 平成, 令和.
    pub const fn kanji(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }

    /// First day. A day on which the era changed belongs to the new one.
    pub const fn first_day(self) -> Date {
        match self {
            Era::Meiji => date(1868, 1, 25),
            Era::Taisho => date(1912, 7, 30),
            Era::Showa => date(1926, 12, 25),
            Era::Heisei => date(1989, 1, 8),
            Era::Reiwa => date(2019, 5, 1),
        }
    }

    /// The era with this agency code.
    pub fn from_code(code: u8) -> Option<Era> {
        Era::ALL.into_iter().find(|era| era.code() == code)
    }

    /// The era written as a letter (`S`), in kanji (`昭和`) or as the agency's code (`5`).
    pub fn parse(text: &str) -> Option<Era> {
        Era::ALL
            .into_iter()
            .find(|era| text == era.kanji() || text.chars().eq([era.letter()]) || text.bytes().eq([b'0' + era.code()]))
    }

    /// The day `year`-`month`-`day` of this era. Strict: 昭和64年1月8日 and 平成31年5月1日 are `None`.
    pub fn date(self, year: i16, month: i8, day: i8) -> Option<Date> {
        let western = self.first_day().year().checked_add(year.checked_sub(1)?)?;
        let day = Date::new(western, month, day).ok()?;
        (EraDate::of(day)? == EraDate { era: self, year }).then_some(day)
    }
}

/// 元号と年 — an era and a year in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EraDate {
    /// 元号.
    pub era: Era,
    /// Year of the era, from 1.
    pub year: i16,
}

impl EraDate {
    /// The era and year of a day; the new era wins on the day of change. `None` before 1873-01-01.
    pub fn of(day: Date) -> Option<EraDate> {
        if day < FIRST_SOLAR_DAY {
            return None;
        }
        let era = Era::ALL.into_iter().rev().find(|era| day >= era.first_day())?;
        Some(EraDate { era, year: day.year() - era.first_day().year() + 1 })
    }

    /// The day `month`-`day` of this year, if it lies in the era.
    pub fn to_date(self, month: i8, day: i8) -> Option<Date> {
        self.era.date(self.year, month, day)
    }
}

/// `令和8年`, and `令和元年` for the first.
impl fmt::Display for EraDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            1 => write!(out, "{}元年", self.era.kanji()),
            year => write!(out, "{}{year}年", self.era.kanji()),
        }
    }
}

/// The day that an era (letter, kanji or code), year, month and day name; strict.
pub fn date_from_era(era: &str, year: i16, month: i8, day: i8) -> Option<Date> {
    Era::parse(era)?.date(year, month, day)
}

/// 元号コードと年月日 — the agency's code and `YYMMDD`: 1946-05-27 is `(5, "210527")`.
/// `None` before 1873 and past year 99 of an era.
pub fn to_yymmdd(day: Date) -> Option<(u8, String)> {
    let EraDate { era, year } = EraDate::of(day)?;
    (year <= 99).then(|| (era.code(), format!("{year:02}{:02}{:02}", day.month(), day.day())))
}

/// `令和8年5月31日`, for people. A day before 1873 is written by the western calendar.
pub fn in_words(day: Date) -> String {
    match EraDate::of(day) {
        Some(era_date) => format!("{era_date}{}月{}日", day.month(), day.day()),
        None => format!("西暦{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// `令和8年4月`, for people (add 分 yourself). The month in which an era changes is named by its last day.
pub fn month_in_words(month: Month) -> String {
    match EraDate::of(month.last_day()) {
        Some(era_date) => format!("{era_date}{}月", month.month()),
        None => format!("西暦{}年{}月", month.year(), month.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_every_change() {
        for (day, era, year) in [
            (date(1873, 1, 1), Era::Meiji, 6),
            (date(1912, 7, 29), Era::Meiji, 45),
            (date(1912, 7, 30), Era::Taisho, 1),
            (date(1926, 12, 24), Era::Taisho, 15),
            (date(1926, 12, 25), Era::Showa, 1),
            (date(1989, 1, 7), Era::Showa, 64),
            (date(1989, 1, 8), Era::Heisei, 1),
            (date(2019, 4, 30), Era::Heisei, 31),
            (date(2019, 5, 1), Era::Reiwa, 1),
        ] {
            assert_eq!(EraDate::of(day), Some(EraDate { era, year }), "{day}");
        }
        assert_eq!(EraDate::of(date(1872, 12, 31)), None);
    }

    #[test]
    fn reading_is_strict() {
        assert_eq!(date_from_era("昭和", 64, 1, 7), Some(date(1989, 1, 7)));
        assert_eq!(date_from_era("S", 64, 1, 8), None);
        assert_eq!(date_from_era("7", 31, 5, 1), None);
        assert_eq!(date_from_era("H", 30, 2, 29), None);
        assert_eq!(date_from_era("M", 5, 12, 31), None);
        assert_eq!(date_from_era("R", i16::MIN, 1, 1), None);
        assert_eq!(date_from_era("R", i16::MAX, 1, 1), None);
        assert_eq!(date_from_era("X", 1, 1, 1), None);
    }

    #[test]
    fn every_solar_day_goes_round_trip() {
        let mut day = FIRST_SOLAR_DAY;
        while day < date(2120, 1, 1) {
            let era_date = EraDate::of(day).expect("solar");
            assert_eq!(era_date.to_date(day.month(), day.day()), Some(day));
            day = day.tomorrow().expect("in range");
        }
    }

    #[test]
    fn first_years_are_gannen_in_words_and_01_in_files() {
        assert_eq!(in_words(date(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(in_words(date(2026, 5, 31)), "令和8年5月31日");
        assert_eq!(to_yymmdd(date(2019, 5, 1)), Some((9, "010501".to_owned())));
        assert_eq!(to_yymmdd(date(1946, 5, 27)), Some((5, "210527".to_owned())));
        assert_eq!(month_in_words(Month::new(2026, 4).expect("a month")), "令和8年4月");
    }
}
