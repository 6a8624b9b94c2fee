//! 日付の欄 — a day as terminals type it: 元号コードと年月日 (`7-020304`), an era (`平成2年3月4日`, `H2.3.4`) or ISO.

use domain::era;
use domain::{Era, EraDate};
use jiff::civil::Date;

/// Why a text is not a day. The sentence says what to type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DayError {
    #[error("日付を読み取れません。元号コードと年月日 (7-020304) か、1990-03-04 の形で入力してください")]
    Unreadable,
    #[error("暦にない日です。年月日を確かめてください")]
    NotExisting,
    #[error("{era}は{last}までです。{next}で入力してください")]
    EraEnded { era: &'static str, last: String, next: &'static str },
    #[error("{era}は{first}からです。{before}で入力してください")]
    EraNotBegun { era: &'static str, first: String, before: &'static str },
}

impl DayError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            DayError::Unreadable => "date_unreadable",
            DayError::NotExisting => "date_not_existing",
            DayError::EraEnded { .. } => "era_ended",
            DayError::EraNotBegun { .. } => "era_not_begun",
        }
    }
}

/// The day of this text.
pub(crate) fn parse(text: &str) -> Result<Date, DayError> {
    let text: String = text.trim().chars().map(to_half).collect();
    match iso(&text) {
        Some((year, month, day)) => Date::new(year, month, day).map_err(|_| DayError::NotExisting),
        None => of_era(&text),
    }
}

/// Digits and signs typed in full width mean the same.
fn to_half(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '　' => ' ',
        other => other,
    }
}

fn iso(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn of_era(text: &str) -> Result<Date, DayError> {
    let (era, rest) = era_of(text).ok_or(DayError::Unreadable)?;
    let (year, month, day) = year_month_day(rest).ok_or(DayError::Unreadable)?;
    let found = EraDate { era, year }.to_date(month, day);
    found.ok_or_else(|| why_not(era, year, month, day))
}

fn era_of(text: &str) -> Option<(Era, &str)> {
    let first = text.chars().next()?;
    let word = if first.is_ascii() { 1 } else { "平成".len() };
    let era = Era::parse(&text.get(..word)?.to_ascii_uppercase())?;
    Some((era, text.get(word..)?.trim_start_matches(['-', ' ', '.'])))
}

/// `020304`, `2.3.4`, `2年3月4日` or `元年5月1日`.
fn year_month_day(text: &str) -> Option<(i16, i8, i8)> {
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((text[..2].parse().ok()?, text[2..4].parse().ok()?, text[4..].parse().ok()?));
    }
    let mut parts = text.trim_end_matches('日').split(['.', '/', '-', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let year = if year == "元" { 1 } else { year.parse().ok()? };
    parts.next().is_none().then_some(())?;
    Some((year, month.parse().ok()?, day.parse().ok()?))
}

/// The era is over, has not begun, or there is no such day.
fn why_not(era: Era, year: i16, month: i8, day: i8) -> DayError {
    let western = era.first_day().year().checked_add(year).and_then(|next| next.checked_sub(1));
    let Some(meant) = western.and_then(|western| Date::new(western, month, day).ok()) else {
        return DayError::NotExisting;
    };
    let index = Era::ALL.iter().position(|one| *one == era).unwrap_or_default();
    if meant < era.first_day() {
        return match index.checked_sub(1).map(|before| Era::ALL[before]) {
            Some(before) => DayError::EraNotBegun {
                era: era.kanji(),
                first: era::in_words(era.first_day()),
                before: before.kanji(),
            },
            None => DayError::NotExisting,
        };
    }
    match Era::ALL.get(index + 1) {
        Some(next) => DayError::EraEnded { era: era.kanji(), last: last_day_in_words(era, *next), next: next.kanji() },
        None => DayError::NotExisting,
    }
}

fn last_day_in_words(era: Era, next: Era) -> String {
    let last = next.first_day().yesterday().unwrap_or(next.first_day());
    debug_assert_eq!(EraDate::of(last).map(|known| known.era), Some(era));
    era::in_words(last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_may_be_typed_in_several_ways() {
        for text in
            ["7-020304", "7020304", "H2.3.4", "h020304", "平成2年3月4日", "1990-03-04", "1990/3/4", "７－０２０３０４"]
        {
            assert_eq!(parse(text), Ok(date(1990, 3, 4)), "{text}");
        }
        assert_eq!(parse("令和元年5月1日"), Ok(date(2019, 5, 1)));
    }

    #[test]
    fn an_era_that_is_over_is_named_with_its_last_day() {
        let refusal = parse("7-310501").unwrap_err();
        assert_eq!(refusal.code(), "era_ended");
        assert_eq!(refusal.to_string(), "平成は平成31年4月30日までです。令和で入力してください");
        assert_eq!(parse("7-310430"), Ok(date(2019, 4, 30)));
        assert_eq!(parse("9-010430").unwrap_err().code(), "era_not_begun");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["7-020230", "2023-02-29", "9-081301", "5-000101"] {
            assert!(matches!(parse(text), Err(DayError::NotExisting | DayError::EraNotBegun { .. })), "{text}");
        }
        for text in ["", "2-020304", "あした", "平成", "19900304x", "1990-3"] {
            assert_eq!(parse(text), Err(DayError::Unreadable), "{text}");
        }
    }
}
