//! 届書の画面と API に共通の読み取り — from typed values to the columns of the official form, and the problems of
//! the columns back to the fields of the terminal.
//!
//! Fields are named as the columns are (`domain::nenkin`), except where the terminal joins several columns into
//! one field: a day, the employer's symbol, the basic pension number, the postal code.

use std::collections::BTreeMap;

use domain::nenkin::{self, Filing, kana};
use domain::numbers::NotANumber;
use domain::paper::Filed;
use domain::person_paper::PersonFiling;
use domain::{BasicPensionNumber, EmployerSymbol, PostalCode, Yen, era};
use jiff::civil::Date;
use serde_json::Value;

use crate::day;
use crate::error::{Problem, TerminalError};
use crate::pages::form::{Group, Kind, Values};

/// 様式 — one official form as the terminal asks for it.
pub(crate) struct Spec {
    pub form: nenkin::Form,
    pub title: &'static str,
    pub path: &'static str,
    pub groups: &'static [&'static Group],
    /// Field of a day and its two columns: era, date.
    pub days: &'static [(&'static str, &'static str, &'static str)],
}

/// 入力された届 — an employer's, or a person's.
#[expect(clippy::large_enum_variant, reason = "one for each filing typed, moved once")]
pub(crate) enum Typed {
    /// 事業所の届.
    Employer(Filed),
    /// 人の届.
    Person(Box<PersonFiling>),
}

/// 届の画面 — what a terminal asks for, whether the form has an official layout or is of paper.
pub(crate) trait Asks: Sync {
    /// 様式の名.
    fn title(&self) -> &'static str;
    /// Where its page is.
    fn path(&self) -> &'static str;
    /// Its fields.
    fn groups(&self) -> &'static [&'static Group];
    /// 様式コード.
    fn form_code(&self) -> &'static str;
    /// 入力の検査: the filing and its warnings (注意). No database yet.
    ///
    /// # Errors
    /// `Invalid` — every wrong field, in the order of the screen.
    fn read(&self, values: &Values, checked_on: Date) -> Result<(Typed, Vec<Problem>), TerminalError>;

    /// Values from a JSON object: text, numbers and booleans, by field.
    ///
    /// # Errors
    /// `Invalid` — a field that the form does not have, or a value that is not one.
    fn values(&self, body: serde_json::Map<String, Value>) -> Result<Values, TerminalError> {
        let mut problems = Vec::new();
        let mut values = Values::new();
        for (name, value) in body {
            let known = self.groups().iter().flat_map(|group| group.fields).find(|field| field.name == name);
            match (known, scalar(&name, value)) {
                (None, _) => {
                    let reason = "この様式にない項目です。項目の名を確かめてください";
                    problems.push(Problem::new(&name, "項目", "unknown_field", reason));
                }
                (Some(field), None) => {
                    let reason = "文字・数・真偽のどれかで送ってください";
                    problems.push(Problem::new(&name, field.label, "not_a_value", reason));
                }
                (Some(_), Some(text)) => {
                    values.insert(name, text);
                }
            }
        }
        if problems.is_empty() { Ok(values) } else { Err(TerminalError::Invalid(problems)) }
    }
}

impl Asks for Spec {
    fn title(&self) -> &'static str {
        self.title
    }

    fn path(&self) -> &'static str {
        self.path
    }

    fn groups(&self) -> &'static [&'static Group] {
        self.groups
    }

    fn form_code(&self) -> &'static str {
        self.form.code()
    }

    fn read(&self, values: &Values, checked_on: Date) -> Result<(Typed, Vec<Problem>), TerminalError> {
        let (filing, warnings) = self.check(values, checked_on)?;
        Ok((Typed::Employer(Filed::Official(filing)), warnings))
    }
}

/// Fields of numbers and the columns they are split into.
const SYMBOL: [&str; 3] = ["prefecture_code_jps", "district_code", "office_symbol"];
const PENSION_NUMBER: [&str; 2] = ["basic_pension_office_code", "basic_pension_serial"];
const ZIP: [&str; 2] = ["zip_parent", "zip_child"];

type Columns = BTreeMap<String, String>;

impl Spec {
    /// Every field of the form, in the order of the screen.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static crate::pages::form::Field> {
        self.groups.iter().flat_map(|group| group.fields)
    }

    /// 入力の検査: digits, days, characters and what the form's own rules say. No database yet.
    ///
    /// Returns the filing and its warnings (注意).
    ///
    /// # Errors
    /// `Invalid` — every wrong field, in the order of the screen.
    pub(crate) fn check(&self, values: &Values, checked_on: Date) -> Result<(Filing, Vec<Problem>), TerminalError> {
        let mut wrong = Vec::new();
        let columns = self.columns(values, &mut wrong);
        let found = nenkin::check_fields(self.form, &columns, checked_on);
        let mut warnings = Vec::new();
        for problem in &found.problems {
            self.add(if problem.is_error() { &mut wrong } else { &mut warnings }, problem);
        }
        match found.filing {
            Some(filing) if wrong.is_empty() => Ok((filing, warnings)),
            _ => Err(self.in_screen_order(wrong)),
        }
    }

    /// One problem per field: the first found is the nearest to what was typed.
    fn add(&self, problems: &mut Vec<Problem>, found: &nenkin::Problem) {
        let name = self.field_of(&found.field);
        if problems.iter().any(|known| known.field == name) {
            return;
        }
        let label = self.fields().find(|field| field.name == name).map_or(&*found.item_ja, |field| field.label);
        problems.push(Problem::new(name, label, &found.code, found.message_ja.clone()));
    }

    fn in_screen_order(&self, mut problems: Vec<Problem>) -> TerminalError {
        problems
            .sort_by_key(|problem| self.fields().position(|field| field.name == problem.field).unwrap_or(usize::MAX));
        TerminalError::Invalid(problems)
    }

    /// The field of the screen in which a column is typed.
    fn field_of<'a>(&self, column: &'a str) -> &'a str {
        if let Some((field, _, _)) = self.days.iter().find(|(_, era, date)| [*era, *date].contains(&column)) {
            return field;
        }
        match column {
            _ if SYMBOL.contains(&column) => "employer_symbol",
            _ if PENSION_NUMBER.contains(&column) => "basic_pension_number",
            _ if ZIP.contains(&column) => "zip",
            "pay_total" => "pay_cash",
            other => other,
        }
    }

    /// The columns that could be read; the fields that could not are among the problems.
    fn columns(&self, values: &Values, problems: &mut Vec<Problem>) -> Columns {
        let mut columns = Columns::new();
        for field in self.fields() {
            let typed = values.get(field.name).map(|text| text.trim()).unwrap_or_default();
            if typed.is_empty() {
                continue;
            }
            let day = self.days.iter().find(|(name, _, _)| *name == field.name);
            let read = match (day, field.name) {
                (Some((_, era, date)), _) => split_day(typed, [era, date], &mut columns),
                (None, "employer_symbol") => split_symbol(typed, &mut columns),
                (None, "basic_pension_number") => split_pension_number(typed, &mut columns),
                (None, "zip") => split_zip(typed, &mut columns),
                (None, name) => {
                    columns.insert(name.to_owned(), plain(field.kind, name, typed));
                    Ok(())
                }
            };
            if let Err((code, reason)) = read {
                problems.push(Problem::new(field.name, field.label, code, reason));
            }
        }
        if let Some(total) = pay_total(&columns) {
            columns.insert("pay_total".to_owned(), total);
        }
        columns
    }
}

/// Code and reason.
type NotRead = (&'static str, String);

/// Text of a JSON value. `false` of a flag is an empty column, of 被扶養者の有無 it is 0.
fn scalar(name: &str, value: Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("1".to_owned()),
        Value::Bool(false) if name == "has_dependants" => Some("0".to_owned()),
        Value::Bool(false) => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn plain(kind: Kind, name: &str, typed: &str) -> String {
    match (kind, name) {
        (Kind::Digits(_), _) => half_width_digits(typed).chars().filter(|sign| !matches!(sign, ',' | '円')).collect(),
        (_, name) if name.ends_with("_kana") => kana::to_half_width(typed),
        (_, name) if name.ends_with("_kanji") => typed.replace(' ', "　"),
        _ => typed.to_owned(),
    }
}

pub(crate) fn half_width_digits(text: &str) -> String {
    let half = |sign: char| match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        '，' => ',',
        '－' | '‐' | 'ー' => '-',
        other => other,
    };
    text.chars().map(half).collect()
}

fn split_day(typed: &str, names: [&str; 2], columns: &mut Columns) -> Result<(), NotRead> {
    let not_read = |error: day::DayError| (error.code(), error.to_string());
    let day = day::parse(typed).map_err(not_read)?;
    let (code, digits) = era::to_yymmdd(day).ok_or(day::DayError::NotExisting).map_err(not_read)?;
    put(columns, names, [&code.to_string(), &digits]);
    Ok(())
}

fn split_symbol(typed: &str, columns: &mut Columns) -> Result<(), NotRead> {
    let symbol = symbol_of(typed).map_err(|reason| ("employer_symbol_unreadable", reason))?;
    put(columns, SYMBOL, [symbol.prefecture_code(), symbol.district(), symbol.symbol()]);
    Ok(())
}

/// 事業所整理記号 as terminals type it; kana of either width.
pub(crate) fn symbol_of(typed: &str) -> Result<EmployerSymbol, String> {
    let mut parts = typed.trim().splitn(3, ['-', '－']);
    let (prefecture, district) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let symbol = kana::to_half_width(parts.next().unwrap_or_default());
    EmployerSymbol::new(&half_width_digits(prefecture), &half_width_digits(district), &symbol).map_err(|error| {
        format!("{}。都道府県コード-郡市区符号-事業所記号 (21-01-ﾃｽﾄ) の形で入力してください", error.reason)
    })
}

fn split_pension_number(typed: &str, columns: &mut Columns) -> Result<(), NotRead> {
    let number = pension_number_of(typed).map_err(|reason| ("basic_pension_number_unreadable", reason))?;
    put(columns, PENSION_NUMBER, [number.office(), number.serial()]);
    Ok(())
}

/// 基礎年金番号 as terminals type it.
pub(crate) fn pension_number_of(typed: &str) -> Result<BasicPensionNumber, String> {
    let number: Result<BasicPensionNumber, NotANumber> = half_width_digits(typed.trim()).parse();
    number.map_err(|error| format!("{}。1234-567890 の形で入力してください", error.reason))
}

fn split_zip(typed: &str, columns: &mut Columns) -> Result<(), NotRead> {
    let code: Result<PostalCode, NotANumber> = half_width_digits(typed).parse();
    let code =
        code.map_err(|error| ("zip_unreadable", format!("{}。100-0001 の形で入力してください", error.reason)))?;
    put(columns, ZIP, [code.parent(), code.child()]);
    Ok(())
}

fn put<const N: usize>(columns: &mut Columns, names: [&str; N], texts: [&str; N]) {
    columns.extend(names.into_iter().zip(texts).map(|(name, text)| (name.to_owned(), text.to_owned())));
}

/// 合計 of the two kinds of pay: the terminal adds, the clerk need not.
fn pay_total(columns: &Columns) -> Option<String> {
    let yen = |name: &str| columns.get(name)?.parse().ok().map(Yen::new);
    let sum = Yen::new(yen("pay_cash")?.get().checked_add(yen("pay_in_kind")?.get())?);
    Some(nenkin::amounts::capped(sum).get().to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::transactions::{coverage_end, enrolment};

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    const ENROLMENT: [(&str, &str); 11] = [
        ("employer_symbol", "21-01-ﾃｽﾄ"),
        ("office_number", "123"),
        ("insured_name_kana", "ミホン　イチロウ"),
        ("birth_on", "H2.3.4"),
        ("kind_sex", "1"),
        ("acquisition_kind", "1"),
        ("my_number", "123456789018"),
        ("acquired_on", "9-080401"),
        ("has_dependants", "0"),
        ("pay_cash", "300,000"),
        ("pay_in_kind", "０"),
    ];

    fn refused(changed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut typed = values(&ENROLMENT);
        typed.extend(values(changed));
        match enrolment::SPEC.check(&typed, date(2026, 5, 1)) {
            Err(TerminalError::Invalid(problems)) => {
                problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_clerk_types_becomes_the_filing() {
        let (filing, warnings) = enrolment::SPEC.check(&values(&ENROLMENT), date(2026, 5, 1)).unwrap();
        let Filing::Enrolment(filing) = filing else { panic!("not an enrolment") };
        assert_eq!(filing.insured.name.kana, "ﾐﾎﾝ ｲﾁﾛｳ");
        assert_eq!(filing.insured.born_on, date(1990, 3, 4));
        assert_eq!(filing.acquired_on, date(2026, 4, 1));
        assert_eq!(filing.monthly_remuneration_yen, Yen::new(300_000));
        assert_eq!(warnings, []);
    }

    #[test]
    fn every_wrong_field_is_named_once() {
        let one = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
        assert_eq!(refused(&[("birth_on", "7-310501")]), one("birth_on", "era_ended"));
        assert_eq!(refused(&[("acquired_on", "2026-02-30")]), one("acquired_on", "date_not_existing"));
        assert_eq!(refused(&[("employer_symbol", "13-01-ﾃｽﾄ")]), one("employer_symbol", "employer_symbol_unreadable"));
        assert_eq!(refused(&[("my_number", "123456789012")]), one("my_number", "NK-2200700-13-CHECK_DIGIT"));
        assert_eq!(refused(&[("insured_name_kana", "")]), one("insured_name_kana", "NK-2200700-7-REQUIRED"));
        let several = refused(&[("pay_cash", "x"), ("birth_on", "")]);
        assert_eq!(several.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["birth_on", "pay_cash"]);
    }

    #[test]
    fn a_field_of_another_form_is_not_dropped_in_silence() {
        let body = serde_json::json!({ "employer_symbol": "21-01-ﾃｽﾄ", "bonus": 1, "note": ["x"] });
        let Value::Object(body) = body else { unreachable!() };
        let Err(TerminalError::Invalid(problems)) = enrolment::SPEC.values(body) else { panic!("taken") };
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, ["unknown_field", "not_a_value"]);
    }

    #[test]
    fn every_field_reaches_a_column_of_its_form() {
        for spec in [&enrolment::SPEC, &coverage_end::SPEC] {
            let typed = spec.fields().map(|field| (field.name.to_owned(), "1".to_owned())).collect();
            let columns = spec.columns(&typed, &mut Vec::new());
            let found = nenkin::check_fields(spec.form, &columns, date(2026, 5, 1));
            let unknown = found.problems.iter().find(|problem| problem.code.ends_with("UNKNOWN_FIELD"));
            assert_eq!(unknown, None, "{}", spec.title);
        }
    }
}
