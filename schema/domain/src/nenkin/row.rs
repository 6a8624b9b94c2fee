//! 行 — the columns of one line as text, with their layout: what checks look at and what problems point to.

use std::borrow::Cow;

use jiff::civil::Date;

use super::layout::{Condition, Layout, Term, Test, is_one_of};
use super::problem::Problem;
use super::text::{self, Fault};
use crate::{Era, EraDate, Month, Yen};

/// One column's text, or why there is none.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    text: Cow<'a, str>,
    pub(crate) fault: Option<Fault>,
}

impl<'a> Cell<'a> {
    pub(crate) fn decode(bytes: &'a [u8]) -> Cell<'a> {
        match text::decode(bytes) {
            Ok(text) => Cell { text, fault: None },
            Err(fault) => Cell { text: Cow::Borrowed(""), fault: Some(fault) },
        }
    }

    pub(crate) fn of_text(text: &'a str) -> Cell<'a> {
        Cell { text: Cow::Borrowed(text), fault: None }
    }

    /// The text, when it is given and readable.
    pub(crate) fn readable(&self) -> Option<&str> {
        Some(&*self.text).filter(|text| !text.is_empty())
    }
}

/// A line with as many cells as its layout has columns. Positions count from 1, as people do.
pub(crate) struct Row<'a> {
    pub(crate) layout: &'static Layout,
    pub(crate) line: usize,
    cells: Vec<Cell<'a>>,
}

impl<'a> Row<'a> {
    /// `None` when the number of cells is not the layout's.
    pub(crate) fn new(layout: &'static Layout, line: usize, cells: Vec<Cell<'a>>) -> Option<Row<'a>> {
        (cells.len() == layout.columns.len()).then_some(Row { layout, line, cells })
    }

    pub(crate) fn cell(&self, position: usize) -> &Cell<'a> {
        &self.cells[position - 1]
    }

    /// The text; empty also when the bytes were broken.
    pub(crate) fn text(&self, position: usize) -> &str {
        &self.cell(position).text
    }

    /// The text, unless there is none.
    pub(crate) fn some(&self, position: usize) -> Option<&str> {
        Some(self.text(position)).filter(|text| !text.is_empty())
    }

    /// Whether anything stands there, readable or not.
    pub(crate) fn given(&self, position: usize) -> bool {
        !self.text(position).is_empty() || self.cell(position).fault.is_some()
    }

    /// Whether a `'1' or empty` column says 1.
    pub(crate) fn is_set(&self, position: usize) -> bool {
        self.text(position) == "1"
    }

    /// Digits as a number.
    pub(crate) fn number(&self, position: usize) -> Option<u32> {
        let text = self.text(position);
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    }

    /// A code or a small number.
    pub(crate) fn small(&self, position: usize) -> Option<u8> {
        self.number(position).and_then(|number| u8::try_from(number).ok())
    }

    /// An amount of yen.
    pub(crate) fn yen(&self, position: usize) -> Option<Yen> {
        self.number(position).map(|number| Yen::new(i64::from(number)))
    }

    /// 元号 and 年月日: the era stands in the column before the day.
    pub(crate) fn day(&self, position: usize) -> Option<Date> {
        let (year, month, day) = year_month_day(self.text(position))?;
        Era::from_code(self.small(position - 1)?)?.date(year, month, day)
    }

    /// 元号, 年 and 月 in three columns, of which this is the first.
    pub(crate) fn month(&self, position: usize) -> Option<Month> {
        let era = Era::from_code(self.small(position)?)?;
        let year = i16::from(self.small(position + 1)?);
        let number = i8::try_from(self.small(position + 2)?).ok()?;
        let western = era.first_day().year().checked_add(year)?.checked_sub(1)?;
        let month = Month::new(western, number)?;
        let wanted = Some(EraDate { era, year });
        (EraDate::of(month.first_day()) == wanted || EraDate::of(month.last_day()) == wanted).then_some(month)
    }

    /// 西暦 `YYYYMMDD`.
    pub(crate) fn western_day(&self, position: usize) -> Option<Date> {
        let text = self.text(position);
        if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&self, condition: &Condition) -> bool {
        condition.iter().any(|terms| terms.iter().all(|term| self.meets(term)))
    }

    /// The alternative that holds, if any.
    pub(crate) fn holding<'c>(&self, condition: &'c Condition) -> Option<&'c [Term]> {
        condition.iter().find(|terms| terms.iter().all(|term| self.meets(term))).map(Vec::as_slice)
    }

    fn meets(&self, term: &Term) -> bool {
        match term.test {
            Test::Given => self.given(term.position),
            Test::Empty => !self.given(term.position),
            Test::OneOf(codes) => is_one_of(self.text(term.position), codes),
            Test::NoneOf(codes) => !is_one_of(self.text(term.position), codes),
        }
    }

    /// A problem of one column.
    pub(crate) fn problem(&self, position: usize, what: &str, message_ja: impl Into<String>) -> Problem {
        let column = self.layout.column(position);
        Problem {
            line: self.line,
            column: Some(position),
            item_ja: Cow::Borrowed(column.item_ja),
            field: Cow::Borrowed(column.field),
            code: Cow::Owned(format!("NK-{}-{position}-{what}", self.layout.section)),
            message_ja: message_ja.into(),
            warning: false,
        }
    }
}

/// `YYMMDD` in its three parts, not yet a day.
pub(crate) fn year_month_day(text: &str) -> Option<(i16, i8, i8)> {
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((text[..2].parse().ok()?, text[2..4].parse().ok()?, text[4..].parse().ok()?))
}

/// A problem of a whole line.
pub(crate) fn line_problem(section: &str, item: &'static str, line: usize, what: &str, message: String) -> Problem {
    Problem {
        line,
        column: None,
        item_ja: Cow::Borrowed(item),
        field: Cow::Borrowed(""),
        code: Cow::Owned(format!("NK-{section}-{what}")),
        message_ja: message,
        warning: false,
    }
}
