//! 紙の届の読み取り — from typed values to a filing that has no official layout ([`domain::paper`]).

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::nenkin::{Insured, Note, PersonName, kana};
use domain::paper::{Filed, PaperFiling, PaperForm};
use domain::person_paper::{PersonFiling, PersonForm};
use domain::{BasicPensionNumber, EmployerSymbol, Month, Yen};
use jiff::civil::Date;

use crate::day;
use crate::error::{Problem, TerminalError};
use crate::filing_form::{Asks, Typed, half_width_digits, pension_number_of, symbol_of};
use crate::pages::form::{Field, Group, Values};

const NOTE_LENGTH_MAX: usize = 200;
/// No pay and no bonus of a person is that much.
const YEN_MAX: i64 = 999_999_999;

/// 様式 — one form of paper as the terminal asks for it.
pub(crate) struct PaperSpec {
    pub form: PaperForm,
    pub title: &'static str,
    pub path: &'static str,
    pub groups: &'static [&'static Group],
    /// The filing out of what was typed; `None` when something is missing or wrong, which the reader has noted.
    pub read: fn(&Reader<'_>) -> Option<PaperFiling>,
}

/// 人の届の様式 as the terminal asks for it.
pub(crate) struct PersonSpec {
    pub form: PersonForm,
    pub path: &'static str,
    pub groups: &'static [&'static Group],
    /// The filing out of what was typed; `None` when something is missing or wrong, which the reader has noted.
    pub read: fn(&Reader<'_>) -> Option<PersonFiling>,
}

impl Asks for PersonSpec {
    fn title(&self) -> &'static str {
        self.form.name_ja()
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
        let reader = Reader { values, groups: self.groups, checked_on, noted: RefCell::default() };
        let filing = (self.read)(&reader);
        match (filing, reader.problems()) {
            (Some(filing), problems) if problems.is_empty() => Ok((Typed::Person(Box::new(filing)), Vec::new())),
            (_, problems) => Err(TerminalError::Invalid(problems)),
        }
    }
}

impl Asks for PaperSpec {
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
        let reader = Reader { values, groups: self.groups, checked_on, noted: RefCell::default() };
        let filing = (self.read)(&reader);
        match (filing, reader.problems()) {
            (Some(filing), problems) if problems.is_empty() => Ok((Typed::Employer(Filed::Paper(filing)), Vec::new())),
            (_, problems) => Err(TerminalError::Invalid(problems)),
        }
    }
}

/// What was typed, read field by field; what is wrong is noted under its field.
pub(crate) struct Reader<'a> {
    values: &'a Values,
    groups: &'static [&'static Group],
    checked_on: Date,
    noted: RefCell<Noted>,
}

#[derive(Default)]
struct Noted {
    problems: Vec<Problem>,
    asked: BTreeSet<&'static str>,
}

impl Reader<'_> {
    fn field(&self, name: &str) -> &'static Field {
        let mut fields = self.groups.iter().flat_map(|group| group.fields);
        fields.find(|field| field.name == name).expect("a form asks only for its own fields")
    }

    /// Notes a problem under a field.
    pub(crate) fn wrong<T>(&self, name: &str, code: &str, reason: impl Into<String>) -> Option<T> {
        let problem = Problem::new(name, self.field(name).label, code, reason);
        self.noted.borrow_mut().problems.push(problem);
        None
    }

    /// Nothing wrong so far.
    pub(crate) fn clean(&self) -> bool {
        self.noted.borrow().problems.is_empty()
    }

    /// What was typed; `None` when the field is empty.
    pub(crate) fn text(&self, name: &'static str) -> Option<&str> {
        self.noted.borrow_mut().asked.insert(name);
        self.values.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// As `text`, of a field that must be filled in.
    pub(crate) fn must(&self, name: &'static str) -> Option<&str> {
        self.text(name).or_else(|| self.wrong(name, "missing", "入力してください"))
    }

    /// Yes when ticked.
    pub(crate) fn ticked(&self, name: &'static str) -> bool {
        self.text(name) == Some("1")
    }

    /// A day that has come already.
    pub(crate) fn day(&self, name: &'static str) -> Option<Date> {
        let day = self.any_day(name)?;
        match day > self.checked_on {
            true => self.wrong(name, "future", "まだ来ていない日です。日付を確かめてください"),
            false => Some(day),
        }
    }

    /// A day, which may lie ahead.
    pub(crate) fn any_day(&self, name: &'static str) -> Option<Date> {
        match day::parse(self.text(name)?) {
            Ok(day) => Some(day),
            Err(error) => self.wrong(name, error.code(), error.to_string()),
        }
    }

    /// 年月: `2026-04`, or 元号コードと年月 (`9-0804`).
    pub(crate) fn month(&self, name: &'static str) -> Option<Month> {
        let typed = half_width_digits(self.text(name)?);
        let of_era = || day::parse(&format!("{typed}01")).ok().map(Month::of);
        let month = typed.parse().ok().or_else(of_era);
        month.or_else(|| self.wrong(name, "month_unreadable", "2026-04 または 9-0804 の形で入力してください"))
    }

    /// 円.
    pub(crate) fn yen(&self, name: &'static str) -> Option<Yen> {
        self.number(name, 0..=YEN_MAX).map(Yen::new)
    }

    /// A whole number of the range.
    pub(crate) fn number(&self, name: &'static str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let digits: String =
            half_width_digits(self.text(name)?).chars().filter(|sign| !matches!(sign, ',' | '円' | '日')).collect();
        match digits.parse() {
            Ok(number) if range.contains(&number) => Some(number),
            _ => {
                let reason = format!("{}から{}までの数字で入力してください", range.start(), range.end());
                self.wrong(name, "number_out_of_range", reason)
            }
        }
    }

    /// 事業所整理記号.
    pub(crate) fn employer(&self) -> Option<EmployerSymbol> {
        self.must("employer_symbol").and_then(|_| self.symbol("employer_symbol"))
    }

    /// 事業所整理記号 in any field.
    pub(crate) fn symbol(&self, name: &'static str) -> Option<EmployerSymbol> {
        match symbol_of(self.text(name)?) {
            Ok(symbol) => Some(symbol),
            Err(reason) => self.wrong(name, "employer_symbol_unreadable", reason),
        }
    }

    /// 被保険者 by number, name and day of birth.
    pub(crate) fn insured(&self) -> Option<Insured> {
        let number = self.must("insured_number").and_then(|_| self.number("insured_number", 1..=999_999));
        let name = self.must("insured_name_kana").and_then(|typed| self.name(typed));
        let born_on = self.must("birth_on").and_then(|_| self.day("birth_on"));
        Some(Insured {
            insured_number: Some(u32::try_from(number?).ok()?),
            name: name?,
            born_on: born_on?,
            my_number: None,
            basic_pension_number: None,
        })
    }

    /// 本人 by 基礎年金番号, name and day of birth.
    pub(crate) fn person(&self) -> Option<Insured> {
        let number = self.must("basic_pension_number").and_then(|_| self.pension_number("basic_pension_number"));
        let name = self.must("insured_name_kana").and_then(|typed| self.name(typed));
        let born_on = self.must("birth_on").and_then(|_| self.day("birth_on"));
        Some(Insured {
            insured_number: None,
            name: name?,
            born_on: born_on?,
            my_number: None,
            basic_pension_number: Some(number?),
        })
    }

    /// 基礎年金番号.
    pub(crate) fn pension_number(&self, name: &'static str) -> Option<BasicPensionNumber> {
        match pension_number_of(self.text(name)?) {
            Ok(number) => Some(number),
            Err(reason) => self.wrong(name, "basic_pension_number_unreadable", reason),
        }
    }

    /// Digits of a code, so many of them.
    pub(crate) fn code(&self, name: &'static str, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
        let digits = half_width_digits(self.must(name)?);
        match lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Some(digits),
            false => {
                let (least, most) = (lengths.start(), lengths.end());
                let words = if least == most { most.to_string() } else { format!("{least}〜{most}") };
                self.wrong(name, "digits_expected", format!("{words}桁の数字で入力してください"))
            }
        }
    }

    fn name(&self, typed: &str) -> Option<PersonName> {
        let name = PersonName::new(typed, None);
        let half = kana::to_half_width(typed);
        let kana_only = half.chars().all(|sign| sign == ' ' || ('ｦ'..='ﾟ').contains(&sign));
        let parts: Vec<&str> = half.split(' ').collect();
        match kana_only && parts.len() > 1 && !parts.contains(&"") {
            true => Some(name),
            false => self.wrong(
                "insured_name_kana",
                "name_unreadable",
                "カナで、姓と名の間に空白を一つ入れて入力してください",
            ),
        }
    }

    /// 備考.
    pub(crate) fn note(&self) -> Option<Note> {
        let text = self.text("note")?;
        let short = text.chars().count() <= NOTE_LENGTH_MAX && !text.chars().any(char::is_control);
        match short {
            true => Some(Note(text.to_owned())),
            false => self.wrong("note", "note_too_long", format!("{NOTE_LENGTH_MAX}字以内で入力してください")),
        }
    }

    /// Everything that is wrong, in the order of the screen; what was typed and is not for this kind of filing too, so
    /// that nothing is dropped in silence.
    fn problems(self) -> Vec<Problem> {
        let Noted { mut problems, asked } = self.noted.into_inner();
        let fields: Vec<&Field> = self.groups.iter().flat_map(|group| group.fields).collect();
        for field in &fields {
            let typed = self.values.get(field.name).is_some_and(|text| !text.trim().is_empty());
            if typed && problems.is_empty() && !asked.contains(field.name) {
                let reason = "この届では使わない項目です。空欄にしてください";
                problems.push(Problem::new(field.name, field.label, "not_for_this_filing", reason));
            }
        }
        problems.sort_by_key(|problem| fields.iter().position(|field| field.name == problem.field));
        problems
    }
}
