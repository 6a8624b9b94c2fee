//! 審査 — every readable record against what is known. Pure: the look-ups were made before, in bulk.
//!
//! Records are examined in the order of the days they speak of, not of the lines, so that a file may hold an
//! enrolment and the bonus paid after it; and again while one waited for another.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::nenkin::layout::layout_on;
use domain::nenkin::{CoverageEnd, Enrolment, Filing, Problem};
use domain::{EmployerSymbol, Month, Yen};
use jiff::civil::Date;
use law::Trace;
use law::employees_insurance::{Scheme, grade};
use store::examination::{EmployerFact, PersonFact};
use store::my_number::Keys;

use crate::jobs::apply_filings::claims;

use super::known::{Cover, Known, Named, number_of};

/// A record to be examined, with the fingerprint of what it says.
pub(super) struct Record<'a> {
    pub(super) line: usize,
    pub(super) filing: &'a Filing,
    pub(super) content: Option<[u8; 32]>,
}

/// What examination needs besides the facts.
pub(super) struct Terms<'a> {
    pub(super) business_on: Date,
    pub(super) office: Option<&'a str>,
    pub(super) keys: Option<&'a Keys>,
    /// 事業所番号 of the office lines of the file.
    pub(super) office_numbers: BTreeMap<EmployerSymbol, u32>,
}

/// Errors of the records that cannot be taken, in order of line. Those without an error are to be received.
pub(super) fn examine(records: &[Record<'_>], known: &mut Known, terms: &Terms<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut waiting: Vec<&Record<'_>> = Vec::new();
    let mut seen: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    for record in records {
        match repeated(record, known, &mut seen, terms) {
            Some(problem) => problems.push(problem),
            None => waiting.push(record),
        }
    }
    waiting.sort_by_key(|record| (claims::speaks_of(record.filing), record.line));
    loop {
        let before = waiting.len();
        let mut left = Vec::new();
        for record in waiting {
            match check(record, known, terms) {
                Ok(employer_id) => {
                    let named = known.named(record.filing.insured(), terms.keys);
                    known.expect(employer_id, record.filing, &named);
                }
                Err(found) => left.push((record, found)),
            }
        }
        if left.is_empty() || left.len() == before {
            problems.extend(left.into_iter().flat_map(|(_, found)| found));
            break;
        }
        waiting = left.into_iter().map(|(record, _)| record).collect();
    }
    problems.sort_by_key(|problem| problem.line);
    problems
}

/// 二重提出: the same content in an earlier reception or on an earlier line.
fn repeated(
    record: &Record<'_>,
    known: &Known,
    seen: &mut BTreeMap<[u8; 32], usize>,
    terms: &Terms<'_>,
) -> Option<Problem> {
    let content = record.content?;
    let at = At { record, terms };
    if let Some(reception) = known.same_content.get(content.as_slice()) {
        let message = format!(
            "同じ内容の届をすでに受け付けています（受付番号 {reception}）。二重の提出であれば取り除いてください"
        );
        return Some(at.whole("DB-SAME-CONTENT", message));
    }
    match seen.insert(content, record.line) {
        Some(line) => {
            seen.insert(content, line);
            let message = format!("同じファイルの{line}行目と同じ内容です。片方を取り除いてください");
            Some(at.whole("DB-SAME-IN-FILE", message))
        }
        None => None,
    }
}

/// Where problems of a record point to.
struct At<'a> {
    record: &'a Record<'a>,
    terms: &'a Terms<'a>,
}

impl At<'_> {
    /// A problem of one item, named and numbered as the form does.
    fn item(&self, field: &str, code: &'static str, message: impl Into<String>) -> Problem {
        let layout = layout_on(self.record.filing.form(), self.terms.business_on);
        match layout.columns.iter().find(|column| column.field == field) {
            None => self.whole(code, message),
            Some(column) => Problem {
                column: Some(column.position),
                field: Cow::Borrowed(column.field),
                ..Problem::found_later(self.record.line, column.item_ja, code, message)
            },
        }
    }

    /// A problem of the whole record.
    fn whole(&self, code: &'static str, message: impl Into<String>) -> Problem {
        Problem::found_later(self.record.line, self.record.filing.form().name_ja(), code, message)
    }
}

type Checked = Result<(), Vec<Problem>>;

fn refuse(problem: Problem) -> Checked {
    Err(vec![problem])
}

/// Checks one record; its employer when nothing is wrong.
fn check(record: &Record<'_>, known: &Known, terms: &Terms<'_>) -> Result<i64, Vec<Problem>> {
    let at = At { record, terms };
    let employer = check_employer(&at, known)?;
    let named = known.named(record.filing.insured(), terms.keys);
    let case = Case { at, known, employer, named };
    match record.filing {
        Filing::Enrolment(filing) => case.enrolment(filing)?,
        Filing::CoverageEnd(filing) => case.coverage_end(filing)?,
        Filing::AnnualDetermination(filing) => {
            let july = Date::new(filing.applies_from.year(), 7, 1).expect("a filing's year is checked");
            case.insured_on("insured_number", july, "7月1日")?;
            case.grades_in_force(filing.applies_from, "apply_year")?;
        }
        Filing::RevisionOnChange(filing) => {
            case.insured_on("insured_number", filing.revised_from.first_day(), "改定年月の初日")?;
            case.grades_in_force(filing.revised_from, "revise_year")?;
        }
        Filing::Bonus(filing) => case.insured_on("bonus_yymmdd", filing.paid_on, "賞与支払年月日")?,
        Filing::DependantChange(_) => {
            case.cover()?;
        }
    }
    Ok(employer.employer_id)
}

fn check_employer<'a>(at: &At<'_>, known: &'a Known) -> Result<&'a EmployerFact, Vec<Problem>> {
    let symbol = at.record.filing.employer();
    let Some(employer) = known.employers.get(symbol) else {
        let message =
            "この事業所整理記号の適用事業所はありません。都道府県コード・郡市区符号・事業所記号を確かめてください";
        return Err(vec![at.item("office_symbol", "DB-EMPLOYER-UNKNOWN", message)]);
    };
    if at.terms.office.is_some_and(|office| office != employer.office_code) {
        let message = "この年金事務所の管轄でない事業所の届です。管轄の年金事務所に提出してください";
        return Err(vec![at.item("office_symbol", "DB-OTHER-OFFICE", message)]);
    }
    let filed = at.record.filing.office_number().or_else(|| at.terms.office_numbers.get(symbol).copied());
    if filed.is_some_and(|number| format!("{number:05}") != employer.office_number) {
        let message = "事業所番号がこの事業所のものではありません。納入告知書などで事業所番号を確かめてください";
        return Err(vec![at.item("office_number", "DB-OFFICE-NUMBER", message)]);
    }
    Ok(employer)
}

/// One record at its employer.
struct Case<'a> {
    at: At<'a>,
    known: &'a Known,
    employer: &'a EmployerFact,
    named: Named,
}

impl<'a> Case<'a> {
    fn enrolment(&self, filing: &Enrolment) -> Checked {
        let mut problems = Vec::new();
        if self.employer.covered_from.is_some_and(|from| filing.acquired_on < from) {
            let message = "資格取得年月日が事業所の適用年月日より前です。日付を確かめてください";
            problems.push(self.at.item("acquired_yymmdd", "DB-BEFORE-COVERAGE", message));
        }
        let covers = self.known.covers.get(&self.employer.employer_id).map_or(&[][..], Vec::as_slice);
        let number = number_of(&filing.insured);
        if number.is_some() && covers.iter().any(|cover| cover.insured_number == number) {
            let message = "この被保険者整理番号はすでに使われています。別の番号を付けるか、空欄にしてください（空欄は受付後に付番します）";
            problems.push(self.at.item("insured_number", "DB-NUMBER-USED", message));
        }
        problems.extend(self.numbers_agree(filing));
        let insured = |cover: &&Cover| {
            cover.is_of(&self.named) && cover.lost_on.is_none_or(|lost_on| lost_on > filing.acquired_on)
        };
        if let Some(cover) = covers.iter().find(insured) {
            let message = format!(
                "この事業所ですでに被保険者です（資格取得年月日 {}）。二重の届か、資格喪失届が先に要るか確かめてください",
                cover.acquired_on
            );
            problems.push(self.at.item("acquired_yymmdd", "DB-ALREADY-INSURED", message));
        }
        if let Err(found) = self.grades_in_force(Month::of(filing.acquired_on), "acquired_yymmdd") {
            problems.extend(found);
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Who the numbers say somebody is must be who the names say.
    fn numbers_agree(&self, filing: &Enrolment) -> Vec<Problem> {
        let insured = &filing.insured;
        let by_pension = self.named.pension_number.as_ref().and_then(|n| self.known.by_pension_number.get(n));
        let by_my_number = self.named.my_number.as_ref().and_then(|n| self.known.by_my_number.get(n));
        let (field, person) = match (by_pension, by_my_number) {
            (Some(one), Some(other)) if one.person_id != other.person_id => {
                let message = "個人番号と基礎年金番号が別の人のものです。両方の番号を確かめてください";
                return vec![self.at.item("my_number", "DB-NUMBERS-DISAGREE", message)];
            }
            (Some(person), _) => ("基礎年金番号", person),
            (None, Some(person)) => ("個人番号", person),
            (None, None) => return Vec::new(),
        };
        let mut problems = Vec::new();
        if person.birth_on != insured.born_on {
            let message = format!("{field}の記録と生年月日が違います。番号と生年月日を確かめてください");
            problems.push(self.at.item("birth_yymmdd", "DB-BIRTH", message));
        }
        if person.name_kana != insured.name.kana_full_width() {
            let message =
                format!("{field}の記録と氏名（カナ）が違います。氏名が変わったときは先に氏名変更の届をしてください");
            problems.push(self.at.item("insured_name_kana", "DB-NAME", message));
        }
        problems
    }

    fn coverage_end(&self, filing: &CoverageEnd) -> Checked {
        let cover = self.cover()?;
        if let Some(lost_on) = cover.lost_on {
            let message =
                format!("すでに資格を喪失しています（資格喪失年月日 {lost_on}）。二重の届でないか確かめてください");
            return refuse(self.at.item("lost_yymmdd", "DB-ALREADY-LOST", message));
        }
        if claims::end_of(filing).is_some_and(|lost_on| lost_on < cover.acquired_on) {
            let message = format!("資格取得年月日（{}）より前の日付です。日付を確かめてください", cover.acquired_on);
            return refuse(self.at.item("lost_yymmdd", "DB-LOST-BEFORE-ACQUIRED", message));
        }
        self.own_numbers(cover)
    }

    /// A given number must not be another person's, nor other than the one on record.
    fn own_numbers(&self, cover: &Cover) -> Checked {
        let person_differs = |person: Option<&PersonFact>| {
            person.is_some_and(|person| cover.person_id.is_some_and(|person_id| person_id != person.person_id))
        };
        let pension_differs = self.named.pension_number.as_ref().is_some_and(|given| {
            cover.pension_number.as_ref().is_some_and(|own| own != given)
                || person_differs(self.known.by_pension_number.get(given))
        });
        let my_number_differs = self.named.my_number.as_ref().is_some_and(|given| {
            cover.my_number.as_ref().is_some_and(|own| own != given)
                || person_differs(self.known.by_my_number.get(given))
        });
        let field = match (pension_differs, my_number_differs) {
            (false, false) => return Ok(()),
            (true, _) => "basic_pension_serial",
            (false, true) => "my_number",
        };
        let message =
            "被保険者整理番号の人の番号ではありません。被保険者整理番号と基礎年金番号（個人番号）を確かめてください";
        refuse(self.at.item(field, "DB-OTHER-PERSON", message))
    }

    /// The spell a record is about; name and birth date must be its owner's.
    fn cover(&self) -> Result<&'a Cover, Vec<Problem>> {
        let insured = self.at.record.filing.insured();
        let Some(cover) = self.known.cover(self.employer.employer_id, insured, &self.named) else {
            let message = "この事業所の被保険者として記録がありません。被保険者整理番号（ないときは基礎年金番号）を確かめてください";
            return Err(vec![self.at.item("insured_number", "DB-NOT-INSURED", message)]);
        };
        let mut problems = Vec::new();
        if cover.birth_on != insured.born_on {
            let message = "被保険者整理番号の記録と生年月日が違います。番号と生年月日を確かめてください";
            problems.push(self.at.item("birth_yymmdd", "DB-BIRTH", message));
        }
        if cover.name_kana != insured.name.kana_full_width() {
            let message = "被保険者整理番号の記録と氏名（カナ）が違います。番号と氏名を確かめてください";
            problems.push(self.at.item("insured_name_kana", "DB-NAME", message));
        }
        if problems.is_empty() { Ok(cover) } else { Err(problems) }
    }

    fn insured_on(&self, field: &str, day: Date, what: &str) -> Checked {
        let cover = self.cover()?;
        if cover.covers(day) {
            return Ok(());
        }
        let lost = cover.lost_on.map(|lost_on| format!("、喪失年月日 {lost_on}")).unwrap_or_default();
        let message = format!(
            "{what}（{day}）に被保険者ではありません（資格取得年月日 {}{lost}）。日付と被保険者整理番号を確かめてください",
            cover.acquired_on
        );
        refuse(self.at.item(field, "DB-NOT-INSURED-ON-DAY", message))
    }

    /// 等級表: both tables must be known for the month.
    fn grades_in_force(&self, month: Month, field: &str) -> Checked {
        for scheme in [Scheme::HealthInsurance, Scheme::EmployeesPension] {
            if let Err(error) = grade::lookup(scheme, month, Yen::ZERO, &mut Trace::new()) {
                return refuse(self.at.item(field, "DB-GRADE-NOT-IN-FORCE", error.to_string()));
            }
        }
        Ok(())
    }
}
