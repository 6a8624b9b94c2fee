//! 納付記録の印 — twelve marks of a fiscal year, one letter each, as they are kept and as the months they stand for.

use std::fmt;

use super::{Contribution, ContributionSpan};
use crate::Month;

/// 一年度の納付記録 — April to the March after, one letter a month. What is written here stands for 第1号 or 任意加入 only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMarks {
    /// 年度.
    pub fiscal_year: i16,
    letters: [u8; 12],
}

/// What cannot be marks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("納付記録の印は12字で、決まった文字だけです: {0}")]
pub struct MarksError(String);

/// Letter, state, and whether 付加保険料 was paid.
const LETTERS: [(u8, Contribution, bool); 17] = [
    (b'P', Contribution::Paid, false),
    (b'A', Contribution::Paid, true),
    (b'S', Contribution::StatutoryExempt, false),
    (b'F', Contribution::FullExempt, false),
    (b'T', Contribution::ThreeQuarterExempt { rest_paid: true }, false),
    (b't', Contribution::ThreeQuarterExempt { rest_paid: false }, false),
    (b'H', Contribution::HalfExempt { rest_paid: true }, false),
    (b'h', Contribution::HalfExempt { rest_paid: false }, false),
    (b'Q', Contribution::QuarterExempt { rest_paid: true }, false),
    (b'q', Contribution::QuarterExempt { rest_paid: false }, false),
    (b'G', Contribution::Student, false),
    (b'D', Contribution::Deferral, false),
    (b'M', Contribution::Maternity, false),
    (b'm', Contribution::Maternity, true),
    (b'C', Contribution::Childcare, false),
    (b'c', Contribution::Childcare, true),
    (b'L', Contribution::PaidLater, false),
];
const NONE: u8 = b'.';

impl YearMarks {
    /// A year without any mark.
    pub fn blank(fiscal_year: i16) -> YearMarks {
        YearMarks { fiscal_year, letters: [NONE; 12] }
    }

    /// From the twelve letters.
    ///
    /// # Errors
    /// Another number of letters, or one that means nothing.
    pub fn parse(fiscal_year: i16, text: &str) -> Result<YearMarks, MarksError> {
        let letters: [u8; 12] = text.as_bytes().try_into().map_err(|_| MarksError(text.to_owned()))?;
        let known = |letter: &u8| *letter == NONE || LETTERS.iter().any(|(known, ..)| known == letter);
        match letters.iter().all(known) {
            true => Ok(YearMarks { fiscal_year, letters }),
            false => Err(MarksError(text.to_owned())),
        }
    }

    /// What stands for a month, and whether 付加保険料 was paid; `None` for a month without a mark or of another year.
    pub fn get(&self, month: Month) -> Option<(Contribution, bool)> {
        of_letter(*self.letters.get(self.place(month)?)?)
    }

    /// Writes a month; `None` takes the mark away. A month of another year is left alone, and a state that has no letter with
    /// 付加保険料 is written without it.
    pub fn set(&mut self, month: Month, mark: Option<(Contribution, bool)>) {
        let letter = mark.map_or(NONE, |(state, additional)| letter(state, additional));
        if let Some(place) = self.place(month).and_then(|place| self.letters.get_mut(place)) {
            *place = letter;
        }
    }

    /// The runs of equal months, in order. A month paid later (追納) was exempt before: it is told twice, first as 全額免除,
    /// because the letter of the exemption gave way to that of the payment.
    ///
    /// - `source`: the row that says so
    pub fn spans(&self, source: u64) -> impl Iterator<Item = ContributionSpan> + '_ {
        let exempt = |span: &ContributionSpan| {
            let before = ContributionSpan { contribution: Contribution::FullExempt, additional: false, ..*span };
            (span.contribution == Contribution::PaidLater).then_some(before)
        };
        self.runs(source).flat_map(move |span| exempt(&span).into_iter().chain([span]))
    }

    fn runs(&self, source: u64) -> impl Iterator<Item = ContributionSpan> + '_ {
        let april = Month::new(self.fiscal_year, 4).expect("a fiscal year of the record");
        let mut place = 0;
        std::iter::from_fn(move || {
            while place < 12 && self.letters[place] == NONE {
                place += 1;
            }
            let letter = *self.letters.get(place)?;
            let first = place;
            while place < 12 && self.letters[place] == letter {
                place += 1;
            }
            let (contribution, additional) = of_letter(letter)?;
            let at = |place: usize| april.plus(i32::try_from(place).unwrap_or(0));
            Some(ContributionSpan { first: at(first), last: at(place - 1), contribution, additional, source })
        })
    }

    fn place(&self, month: Month) -> Option<usize> {
        let april = Month::new(self.fiscal_year, 4)?;
        usize::try_from(month.months_since(april)).ok().filter(|place| *place < 12)
    }
}

impl fmt::Display for YearMarks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.letters).unwrap_or(""))
    }
}

fn of_letter(letter: u8) -> Option<(Contribution, bool)> {
    LETTERS.iter().find(|(known, ..)| *known == letter).map(|(_, state, additional)| (*state, *additional))
}

fn letter(state: Contribution, additional: bool) -> u8 {
    let with = |additional: bool| LETTERS.iter().find(|(_, known, with)| *known == state && *with == additional);
    with(additional).or_else(|| with(false)).map_or(NONE, |(letter, ..)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn twelve_letters_come_back_as_they_were() {
        for text in ["............", "PASFTtHhQqGD", "MmCcL......P"] {
            assert_eq!(YearMarks::parse(2024, text).expect("marks").to_string(), text);
        }
        for bad in ["", "PPPPPPPPPPP", "PPPPPPPPPPPPP", "XPPPPPPPPPPP"] {
            assert!(YearMarks::parse(2024, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn runs_are_months_from_april() {
        let marks = YearMarks::parse(2024, "PP.A....FFFF").expect("marks");
        let runs: Vec<_> =
            marks.spans(7).map(|span| (span.first, span.last, span.contribution, span.additional)).collect();
        assert_eq!(
            runs,
            [
                (month("2024-04"), month("2024-05"), Contribution::Paid, false),
                (month("2024-07"), month("2024-07"), Contribution::Paid, true),
                (month("2024-12"), month("2025-03"), Contribution::FullExempt, false),
            ]
        );
    }

    #[test]
    fn a_month_paid_later_was_exempt_before() {
        let marks = YearMarks::parse(2010, "LL..........").expect("marks");
        let runs: Vec<_> = marks.spans(7).map(|span| (span.first, span.last, span.contribution)).collect();
        let (first, last) = (month("2010-04"), month("2010-05"));
        assert_eq!(runs, [(first, last, Contribution::FullExempt), (first, last, Contribution::PaidLater)]);
    }

    #[test]
    fn a_month_is_written_and_read_again() {
        let mut marks = YearMarks::blank(2024);
        marks.set(month("2025-03"), Some((Contribution::HalfExempt { rest_paid: false }, false)));
        marks.set(month("2025-04"), Some((Contribution::Paid, false)));
        assert_eq!(marks.to_string(), "...........h");
        assert_eq!(marks.get(month("2025-03")), Some((Contribution::HalfExempt { rest_paid: false }, false)));
        assert_eq!((marks.get(month("2025-02")), marks.get(month("2025-04"))), (None, None));
        marks.set(month("2025-03"), None);
        assert_eq!(marks, YearMarks::blank(2024));
        // 全額免除の月に付加保険料はない.
        marks.set(month("2024-04"), Some((Contribution::FullExempt, true)));
        assert_eq!(marks.to_string(), "F...........");
    }
}
