//! 月分 — the calendar month a contribution is for.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A calendar month, ordered; written `2026-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since year 0, so that arithmetic is plain.
    index: i32,
}

/// A text that is not a month `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は年月 (YYYY-MM) ではありません")]
pub struct NotAMonth(pub String);

impl Month {
    /// The month `year`-`month`; `None` when there is no such month between years 1 and 9999.
    #[inline]
    pub fn new(year: i16, month: i8) -> Option<Month> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month))
            .then(|| Month { index: i32::from(year) * 12 + i32::from(month) - 1 })
    }

    /// The month a day lies in.
    #[inline]
    pub fn of(day: Date) -> Month {
        Month { index: i32::from(day.year()) * 12 + i32::from(day.month()) - 1 }
    }

    /// Calendar year.
    #[inline]
    pub fn year(self) -> i16 {
        i16::try_from(self.index.div_euclid(12)).expect("months are kept between years 1 and 9999")
    }

    /// 1 to 12.
    #[inline]
    pub fn month(self) -> i8 {
        i8::try_from(self.index.rem_euclid(12) + 1).expect("1 to 12")
    }

    /// So many months later (earlier when negative).
    #[inline]
    pub fn plus(self, months: i32) -> Month {
        Month { index: self.index + months }
    }

    /// The month after.
    #[inline]
    pub fn next(self) -> Month {
        self.plus(1)
    }

    /// The month before.
    #[inline]
    pub fn previous(self) -> Month {
        self.plus(-1)
    }

    /// First day.
    #[inline]
    pub fn first_day(self) -> Date {
        Date::new(self.year(), self.month(), 1).expect("every month has a first day")
    }

    /// Last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// 年度: the fiscal year (1 April to 31 March) it belongs to.
    #[inline]
    pub fn fiscal_year(self) -> i16 {
        if self.month() >= 4 { self.year() } else { self.year() - 1 }
    }

    /// Months from `earlier` to this one; negative when it is the other way round.
    #[inline]
    pub fn months_since(self, earlier: Month) -> i32 {
        self.index - earlier.index
    }

    /// Every month from this one to `last`, both included; none when `last` is earlier.
    pub fn through(self, last: Month) -> impl Iterator<Item = Month> {
        (self.index..=last.index).map(|index| Month { index })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
                return None;
            }
            Month::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| NotAMonth(text.to_owned()))
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
