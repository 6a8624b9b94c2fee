//! 判定 — one filing's checks, the same whether it came in a file or from a terminal.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::filing::Filing;
use super::layout::{Column, Form, layout_on};
use super::problem::Problem;
use super::row::{Cell, Row};
use super::{check, columns, rules};

/// 判定 — the filing, when nothing is wrong with it, and everything that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `Some` exactly when no problem is an error.
    pub filing: Option<Filing>,
    /// Errors and warnings in the order of the columns.
    pub problems: Vec<Problem>,
}

/// All checks of one row of a known form.
pub(crate) fn of_row(form: Form, row: &Row, checked_on: Date) -> Verdict {
    let mut problems = rules::across_columns(form, row, check::columns(row, checked_on));
    if problems.iter().any(Problem::is_error) {
        return Verdict { filing: None, problems };
    }
    let filing = columns::to_filing(form, row);
    if filing.is_none() {
        problems.push(row.problem(1, "UNREADABLE", "この届は機械で読み取れません。年金事務所に連絡してください"));
    }
    Verdict { filing, problems }
}

impl Filing {
    /// 届の検査 — everything that the official checks say about this filing alone (no look-up).
    ///
    /// - `checked_on`: 業務日付; nothing that has happened may lie after it
    ///
    /// Returns errors and warnings in the order of the form's columns, with line 0. Empty when all is well.
    pub fn check(&self, checked_on: Date) -> Vec<Problem> {
        self.verdict(checked_on).problems
    }

    /// 届の項目 — every column of the form of that day with what stands in it, for whoever shows the filing.
    pub fn items_on(&self, day: Date) -> Vec<(&'static Column, String)> {
        let layout = columns::layout_of(self, day);
        layout.columns.iter().zip(columns::of_filing(self, layout)).collect()
    }

    /// 届の検査 with the filing as it would be read from a file: characters normalised (〜 → ～), so that the
    /// same content gives the same stored filing on every way in.
    pub fn verdict(&self, checked_on: Date) -> Verdict {
        check_columns(self.form(), &columns::of_filing(self, columns::layout_of(self, checked_on)), checked_on)
    }
}

/// 届の検査 of columns as text, in the order of the form. A terminal whose fields are texts starts here.
///
/// A number of columns that is not the form's gives one problem and no filing.
pub fn check_columns(form: Form, texts: &[String], checked_on: Date) -> Verdict {
    let layout = layout_on(form, checked_on);
    let cells = texts.iter().map(|text| Cell::of_text(text)).collect();
    match Row::new(layout, 0, cells) {
        Some(row) => of_row(form, &row, checked_on),
        None => Verdict { filing: None, problems: vec![column_count_problem(form, 0, checked_on, texts.len())] },
    }
}

/// 届の検査 of fields by our names (`acquired_yymmdd`), those not given being empty.
///
/// A name that the form does not have is an error: nothing that somebody typed is dropped in silence.
pub fn check_fields(form: Form, fields: &BTreeMap<String, String>, checked_on: Date) -> Verdict {
    let layout = layout_on(form, checked_on);
    let mut texts = vec![String::new(); layout.columns.len()];
    let mut unknown = Vec::new();
    for (name, text) in fields {
        match layout.columns.iter().find(|column| column.field == name) {
            Some(column) => texts[column.position - 1].clone_from(text),
            None => unknown.push(unknown_field(form, name)),
        }
    }
    texts[0] = form.code().to_owned();
    let mut verdict = check_columns(form, &texts, checked_on);
    if !unknown.is_empty() {
        verdict.filing = None;
        verdict.problems.extend(unknown);
    }
    verdict
}

fn unknown_field(form: Form, name: &str) -> Problem {
    let message = "この様式にない項目です。項目の名前を確認してください";
    let code = format!("NK-{}-UNKNOWN_FIELD", form.code());
    Problem { field: name.to_owned().into(), code: code.into(), ..Problem::found_later(0, form.name_ja(), "", message) }
}

pub(crate) fn column_count_problem(form: Form, line: usize, checked_on: Date, found: usize) -> Problem {
    let wanted = layout_on(form, checked_on).columns.len();
    let message = format!(
        "項目の数が{found}です。{}は{wanted}項目です。空の項目のコンマを省いたり、文の中にコンマを入れたりしていないか確認してください",
        form.name_ja()
    );
    super::row::line_problem(form.code(), form.name_ja(), line, "COLUMN_COUNT", message)
}
