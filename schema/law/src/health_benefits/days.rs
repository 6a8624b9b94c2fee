//! 期間 — days from a first to a last, and what is left of them.

use domain::Ratio;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::LawError;

/// Days before the Health Insurance Act paid anything, and those that leave no room for reckoning, are refused.
const YEARS: std::ops::Range<i16> = 1927..9000;

/// A day that a benefit can be about.
///
/// # Errors
/// `BadInput` — before 1927 (the first benefits under 健康保険法) or after the year 8999.
pub fn check_day(item: &str, day: Date) -> Result<(), LawError> {
    if YEARS.contains(&day.year()) {
        Ok(())
    } else {
        Err(LawError::bad_input(item, "昭和2年1月1日以後の日を入力してください"))
    }
}

/// 期間 — from the first day to the last, both included. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySpan {
    first: Date,
    last: Date,
}

impl DaySpan {
    /// The days from `first` to `last`; `item` names them where they cannot be.
    ///
    /// # Errors
    /// `BadInput` — the last day before the first, or a day as `check_day` refuses it.
    pub fn new(item: &str, first: Date, last: Date) -> Result<DaySpan, LawError> {
        check_day(item, first)?;
        check_day(item, last)?;
        DaySpan::between(first, last)
            .ok_or_else(|| LawError::bad_input(item, "終わりの日は、始めの日以後の日を入力してください"))
    }

    fn between(first: Date, last: Date) -> Option<DaySpan> {
        (first <= last).then_some(DaySpan { first, last })
    }

    /// First day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Last day.
    pub fn last(self) -> Date {
        self.last
    }

    /// How many days, at least 1.
    pub fn days(self) -> i64 {
        days_after(self.first, self.last) + 1
    }

    /// The days in both.
    pub fn overlap(self, other: DaySpan) -> Option<DaySpan> {
        DaySpan::between(self.first.max(other.first), self.last.min(other.last))
    }
}

/// How many days `later` lies after `earlier`; negative when it is the other way round.
pub fn days_after(earlier: Date, later: Date) -> i64 {
    i64::from((later - earlier).get_days())
}

/// So many days later, at most the last day of the calendar.
pub fn plus_days(day: Date, days: i64) -> Date {
    let most = days_after(day, Date::MAX);
    day.checked_add(days.min(most).days()).unwrap_or(Date::MAX)
}

/// The same days in order, spans that touch or overlap joined.
pub fn joined(spans: &[DaySpan]) -> Vec<DaySpan> {
    let mut ordered = spans.to_vec();
    ordered.sort();
    let mut runs: Vec<DaySpan> = Vec::with_capacity(ordered.len());
    for span in ordered {
        match runs.last_mut() {
            Some(run) if span.first <= plus_days(run.last, 1) => run.last = run.last.max(span.last),
            _ => runs.push(span),
        }
    }
    runs
}

/// The days of `spans` that lie in none of `holes`, in order.
pub fn without(spans: &[DaySpan], holes: &[DaySpan]) -> Vec<DaySpan> {
    let holes = joined(holes);
    let mut left = Vec::new();
    for span in joined(spans) {
        let mut next = Some(span.first);
        for hole in holes.iter().filter_map(|hole| hole.overlap(span)) {
            left.extend(next.and_then(|first| DaySpan::between(first, hole.first.yesterday().ok()?)));
            next = hole.last.tomorrow().ok();
        }
        left.extend(next.and_then(|first| DaySpan::between(first, span.last)));
    }
    left
}

/// Refuses spans of which two share a day.
///
/// # Errors
/// `BadInput` — two share a day.
pub fn check_apart(item: &str, spans: &[DaySpan]) -> Result<(), LawError> {
    let mut ordered = spans.to_vec();
    ordered.sort();
    if ordered.windows(2).any(|pair| pair[0].overlap(pair[1]).is_some()) {
        return Err(LawError::bad_input(item, "期間が重なっています。同じ日は1つの期間にだけ入れてください"));
    }
    Ok(())
}

/// How many days they are together, when no two share a day.
pub fn total_days(spans: &[DaySpan]) -> i64 {
    spans.iter().map(|span| span.days()).sum()
}

/// So many days as a factor of an amount per day.
pub fn as_factor(days: i64) -> Ratio {
    Ratio::new(i128::from(days), 1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn span(first: i64, last: i64) -> DaySpan {
        let day = |offset| plus_days(date(2024, 2, 20), offset);
        DaySpan::new("期間", day(first), day(last)).expect("in order")
    }

    fn has(spans: &[DaySpan], offset: i64) -> bool {
        spans.iter().any(|each| each.overlap(span(offset, offset)).is_some())
    }

    #[test]
    fn a_span_has_at_least_one_day_and_lies_in_the_years_of_the_act() {
        assert_eq!(span(3, 3).days(), 1);
        let refused = |first, last| DaySpan::new("期間", first, last).expect_err("refused").code();
        assert_eq!(refused(date(2024, 2, 29), date(2024, 2, 28)), "bad_input");
        assert_eq!(refused(date(1926, 12, 31), date(2024, 2, 28)), "bad_input");
        assert_eq!(refused(date(2024, 2, 28), date(9000, 1, 1)), "bad_input");
        assert!(DaySpan::new("期間", date(1927, 1, 1), date(8999, 12, 31)).is_ok());
    }

    #[test]
    fn neighbours_are_joined_and_days_between_kept() {
        assert_eq!(joined(&[span(4, 5), span(1, 3), span(7, 9)]), [span(1, 5), span(7, 9)]);
        assert!(check_apart("期間", &[span(4, 5), span(1, 3)]).is_ok());
        assert!(check_apart("期間", &[span(3, 5), span(1, 3)]).is_err());
        assert_eq!(plus_days(date(2024, 2, 28), 2), date(2024, 3, 1));
        assert_eq!(plus_days(date(2024, 2, 28), i64::MAX), Date::MAX);
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_lies_in_no_hole(
            spans in proptest::collection::vec((0_i64..60, 0_i64..20), 0..5),
            holes in proptest::collection::vec((0_i64..60, 0_i64..20), 0..5),
        ) {
            let build = |pairs: &[(i64, i64)]| -> Vec<DaySpan> {
                pairs.iter().map(|&(first, more)| span(first, first + more)).collect()
            };
            let (spans, holes) = (build(&spans), build(&holes));
            let left = without(&spans, &holes);
            for offset in 0..90 {
                prop_assert_eq!(has(&left, offset), has(&spans, offset) && !has(&holes, offset));
            }
            prop_assert!(check_apart("期間", &left).is_ok());
            let counted = (0..90).filter(|&offset| has(&left, offset)).count();
            prop_assert_eq!(total_days(&left), i64::try_from(counted).expect("few"));
        }
    }
}
