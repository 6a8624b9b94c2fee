//! 読取り — bytes of `SHFD0006.CSV` to raw lines, raw lines to filings with a verdict each.
//!
//! Errors of the file as a whole (characters, line ends, marker lines, header, counts) refuse the file: what it
//! holds cannot be trusted. Errors of one record refuse that record, while the others go on. The agency's own
//! program refuses the whole file for any error; here the sender gets a verdict for every record and a file of
//! the refused ones to correct (issue: 一件ごとの判定と返戻), so that one mistake does not hold up the rest.
//!
//! The format has no count of records: a file cut exactly between two lines cannot be told from a shorter one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::check;
use super::filing::Filing;
use super::layout::{Form, HEADER, Layout, layout_on};
use super::media::{MediaHeader, OfficeInfo, Sender};
use super::problem::Problem;
use super::row::{Cell, Row, line_problem};
use super::verdict::{self, column_count_problem};
use crate::{EmployerSymbol, PostalCode};

/// 4.5MB — e-filing refuses from this size on.
pub const FILE_BYTES_MAX: usize = 4_500_000;

/// `[kanri]` — before the offices.
pub(crate) const KANRI: &[u8] = b"[kanri]";
/// `[data]` — before the records.
pub(crate) const DATA: &[u8] = b"[data]";

/// 読取結果 — a file with a verdict for every record.
#[derive(Clone)]
pub struct MediaReading {
    /// 媒体情報, when it could be read.
    pub header: Option<MediaHeader>,
    /// 事業所情報, those that could be read.
    pub offices: Vec<OfficeInfo>,
    /// What is wrong with the file as a whole. One error among them refuses everything.
    pub file_problems: Vec<Problem>,
    /// One per line after `[data]`, in order.
    pub records: Vec<FilingRecord>,
    pub(crate) source: Vec<u8>,
    pub(crate) head: Head,
}

/// 届書レコード — one line after `[data]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingRecord {
    /// Line in the file, from 1.
    pub line: usize,
    /// 様式, when the code is known.
    pub form: Option<Form>,
    /// The filing, when neither the record nor its file is refused.
    pub filing: Option<Filing>,
    /// Errors and warnings of this record.
    pub problems: Vec<Problem>,
    /// Place of its office among the office lines.
    pub(crate) office: Option<usize>,
    pub(crate) bytes: Range<usize>,
}

/// Where the header lines lie in the source, for the return file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) media: Range<usize>,
    pub(crate) count: Range<usize>,
    pub(crate) offices: Vec<Range<usize>>,
}

/// Without the bytes, which are full of names.
impl fmt::Debug for MediaReading {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("MediaReading")
            .field("header", &self.header)
            .field("offices", &self.offices)
            .field("file_problems", &self.file_problems)
            .field("records", &self.records)
            .finish_non_exhaustive()
    }
}

impl MediaReading {
    /// Whether the file as a whole is refused.
    pub fn is_refused(&self) -> bool {
        self.file_problems.iter().any(Problem::is_error)
    }

    /// The filings that were taken, with their lines. None when the file is refused.
    pub fn taken(&self) -> impl Iterator<Item = (usize, &Filing)> {
        self.records.iter().filter_map(|record| Some((record.line, record.filing.as_ref()?)))
    }

    /// Records that were not taken.
    pub fn refused(&self) -> impl Iterator<Item = &FilingRecord> {
        self.records.iter().filter(|record| record.filing.is_none())
    }

    /// Everything found, the file's first, then in order of lines.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.file_problems.iter().chain(self.records.iter().flat_map(|record| &record.problems))
    }
}

/// 電子媒体届書の読取り. Never fails: whatever the bytes are, they get a verdict.
///
/// - `bytes`: the file as it came
/// - `checked_on`: 業務日付 (検査日): nothing filed may lie after it; it also picks the edition of the layouts
pub fn read(bytes: &[u8], checked_on: Date) -> MediaReading {
    let mut reader = Reader { bytes, checked_on, problems: Vec::new(), head: Head::default() };
    let reading = reader.read();
    let (header, offices, records) = reading.unwrap_or_default();
    let mut reading = MediaReading {
        header,
        offices,
        file_problems: reader.problems,
        records,
        source: bytes.to_vec(),
        head: reader.head,
    };
    if reading.is_refused() {
        reading.records.iter_mut().for_each(|record| record.filing = None);
    }
    reading
}

#[derive(Clone)]
struct Line {
    number: usize,
    range: Range<usize>,
}

type Parts = (Option<MediaHeader>, Vec<OfficeInfo>, Vec<FilingRecord>);

struct Reader<'b> {
    bytes: &'b [u8],
    checked_on: Date,
    problems: Vec<Problem>,
    head: Head,
}

impl<'b> Reader<'b> {
    /// `None` when the bytes are no text that lines could be told in.
    fn read(&mut self) -> Option<Parts> {
        if self.bytes.len() >= FILE_BYTES_MAX {
            self.refuse(
                0,
                "SIZE",
                "ファイルが大きすぎます（4,500,000バイト未満）。届を分けて、複数のファイルにしてください",
            );
            return None;
        }
        if self.is_other_encoding() {
            return None;
        }
        let lines = self.lines();
        self.sections(&lines)
    }

    fn refuse(&mut self, line: usize, what: &str, message: &str) {
        self.problems.push(line_problem("FILE", "ファイル全体", line, what, message.to_owned()));
    }

    fn line(&self, line: &Line) -> &'b [u8] {
        &self.bytes[line.range.clone()]
    }

    /// Byte order marks, UTF-16 and UTF-8. Text in UTF-8 that happens to be clean Shift_JIS is Shift_JIS.
    fn is_other_encoding(&mut self) -> bool {
        const MESSAGE: &str = "文字コードがShift_JISではありません。Shift_JIS（改行CRLF）で保存し直してください";
        let bytes = self.bytes;
        if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
            self.refuse(1, "BOM", "先頭にBOMがあります。BOMなしのShift_JISで保存し直してください");
        }
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            self.refuse(0, "ENCODING", MESSAGE);
            return true;
        }
        let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        let unicode = !plain.is_ascii() && std::str::from_utf8(plain).is_ok();
        let shift_jis = || plain.split(|byte| b",\r\n".contains(byte)).all(|part| Cell::decode(part).fault.is_none());
        if unicode && !shift_jis() {
            self.refuse(0, "ENCODING", MESSAGE);
            return true;
        }
        plain.len() < bytes.len()
    }

    /// Lines without their ends. Second bytes of Shift_JIS are never CR, LF or comma, so bytes can be split.
    fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut start, mut without_cr) = (0, None);
        for end in self.bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place) {
            let number = lines.len() + 1;
            let text = &self.bytes[start..end];
            if !text.ends_with(b"\r") {
                without_cr = without_cr.or(Some(number));
            }
            lines.push(Line { number, range: start..start + text.strip_suffix(b"\r").unwrap_or(text).len() });
            start = end + 1;
        }
        if let Some(line) = without_cr {
            self.refuse(
                line,
                "LINE_END",
                "改行がCRLFではない行があります。すべての行末をCRLFにして保存し直してください",
            );
        }
        self.last_line(start, &mut lines);
        lines
    }

    /// What stands after the last line end: nothing, an end-of-file mark, or the beginning of a cut line.
    fn last_line(&mut self, start: usize, lines: &mut Vec<Line>) {
        let number = lines.len() + 1;
        match &self.bytes[start..] {
            [] if lines.is_empty() => {
                self.refuse(0, "EMPTY", "ファイルが空です。届書のファイルを選んでいるか確認してください")
            }
            [] => {}
            [0x1A] => {
                self.refuse(number, "EOF_MARK", "末尾にEOF記号（0x1A）があります。取り除いて保存し直してください")
            }
            _ => {
                let message =
                    "最後の行に改行がありません。ファイルが途中で切れていないか確認し、もう一度作成してください";
                self.refuse(number, "CUT", message);
                lines.push(Line { number, range: start..self.bytes.len() });
            }
        }
    }

    fn sections(&mut self, lines: &[Line]) -> Option<Parts> {
        let find = |marker: &[u8]| lines.iter().position(|line| self.line(line) == marker);
        let (kanri, data) = (find(KANRI), find(DATA));
        let first_record = lines.iter().position(|line| looks_like_record(self.line(line)));
        if kanri != Some(1) {
            self.refuse(
                2,
                "NO_KANRI",
                "2行目に[kanri]がありません。1行目の媒体情報の次に、[kanri]だけの行を入れてください",
            );
        }
        if data.is_none() {
            let line = first_record.map_or(lines.len(), |place| lines[place].number);
            self.refuse(line, "NO_DATA", "[data]の行がありません。事業所情報の後に、[data]だけの行を入れてください");
        }
        let header_end = data.or(first_record).unwrap_or(lines.len());
        let header_start = kanri.map_or(1, |place| place + 1).min(header_end);
        let header_lines = &lines[header_start..header_end];
        let (name, count) = header_lines.first().map_or((None, None), |line| self.count_line(line));
        let media = lines.first().filter(|_| header_end > 0 && kanri != Some(0));
        let header = media.and_then(|line| self.media_line(line, name));
        let offices = self.office_lines(header_lines.get(1..).unwrap_or(&[]));
        self.compare_counts(header_lines, count);
        let after = data.map_or(header_end, |place| place + 1);
        let records = self.records(&lines[after.min(lines.len())..], offices.as_deref());
        self.compare_sender(header.as_ref(), offices.as_deref());
        Some((header, offices.unwrap_or_default(), records))
    }

    /// A header line as a row; its problems are the file's.
    fn header_row(&mut self, layout: &'static Layout, line: &Line) -> Option<Row<'b>> {
        let bytes = self.line(line);
        if bytes.contains(&b'"') {
            let message = "引用符（\"）は使えません。すべて取り除いてください";
            self.problems.push(line_problem(layout.section, layout.name_ja, line.number, "QUOTES", message.to_owned()));
            return None;
        }
        let cells = cells(bytes);
        let (found, wanted) = (cells.len(), layout.columns.len());
        let Some(row) = Row::new(layout, line.number, cells) else {
            let message =
                format!("項目の数が{found}です。{wanted}項目にしてください（文の中のコンマも確認してください）");
            self.problems.push(line_problem(layout.section, layout.name_ja, line.number, "COLUMN_COUNT", message));
            return None;
        };
        let problems = check::columns(&row, self.checked_on);
        let clean = !problems.iter().any(Problem::is_error);
        self.problems.extend(problems);
        clean.then_some(row)
    }

    /// 媒体情報. Where an employer's symbol begins, a labour consultant leaves two columns empty.
    fn media_line(&mut self, line: &Line, consultant_name: Option<String>) -> Option<MediaHeader> {
        self.head.media = line.range.clone();
        let consultant = self.line(line).starts_with(b",,");
        let layout = if consultant { &HEADER.media_consultant } else { &HEADER.media_office };
        if consultant && consultant_name.is_none() {
            let message = "社会保険労務士が提出するときは、社会保険労務士の氏名を入力してください";
            self.refuse_count_name(message);
        }
        if !consultant && consultant_name.is_some() {
            let message = "事業所が提出するときは、空欄にしてください";
            self.refuse_count_name(message);
        }
        let row = self.header_row(layout, line)?;
        let sender = if consultant {
            Sender::LabourConsultant { code: row.text(3).to_owned(), name: consultant_name? }
        } else {
            Sender::Employer(EmployerSymbol::new(row.text(1), row.text(2), row.text(3)).ok()?)
        };
        let serial = row.number(4).and_then(|serial| u16::try_from(serial).ok())?;
        Some(MediaHeader { sender, serial, created_on: row.western_day(5)? })
    }

    fn refuse_count_name(&mut self, message: &str) {
        let line = self.head.count.clone();
        let number = self.bytes[..line.start].iter().filter(|byte| **byte == b'\n').count() + 1;
        let row = Row::new(&HEADER.count, number, vec![Cell::of_text(""), Cell::of_text("")]);
        let row = row.expect("the line has two columns");
        self.problems.push(row.problem(1, "CONSULTANT_NAME", message));
    }

    /// The consultant's name and the promised number of offices.
    fn count_line(&mut self, line: &Line) -> (Option<String>, Option<u32>) {
        self.head.count = line.range.clone();
        let name = cells(self.line(line)).first().and_then(|cell| cell.readable()).map(str::to_owned);
        let row = self.header_row(&HEADER.count, line);
        (name, row.and_then(|row| row.number(2)))
    }

    /// `None` when one of them could not be read: then records cannot be held against them.
    fn office_lines(&mut self, lines: &[Line]) -> Option<Vec<OfficeInfo>> {
        self.head.offices = lines.iter().map(|line| line.range.clone()).collect();
        let read: Vec<Option<OfficeInfo>> = lines
            .iter()
            .map(|line| {
                let row = self.header_row(&HEADER.office, line)?;
                office_info(&row)
            })
            .collect();
        self.twice(lines, &read);
        read.into_iter().collect()
    }

    fn twice(&mut self, lines: &[Line], offices: &[Option<OfficeInfo>]) {
        let mut seen = BTreeSet::new();
        for (line, office) in lines.iter().zip(offices) {
            if office.as_ref().is_some_and(|office| !seen.insert(&office.employer)) {
                let message = "同じ事業所が2回あります。1つにまとめてください".to_owned();
                self.problems.push(line_problem("OFFICE", "事業所情報", line.number, "TWICE", message));
            }
        }
    }

    fn compare_counts(&mut self, header_lines: &[Line], count: Option<u32>) {
        let Some(line) = header_lines.first() else {
            self.refuse(3, "NO_OFFICE", "[kanri]の後に、事業所情報数と事業所情報の行がありません。入力してください");
            return;
        };
        let found = header_lines.len() - 1;
        let Some(promised) = count else { return };
        if usize::try_from(promised) != Ok(found) {
            let row = Row::new(&HEADER.count, line.number, cells(self.line(line)));
            let message =
                format!("事業所情報数は{promised}ですが、続く事業所情報は{found}行です。数を合わせてください");
            self.problems.extend(row.map(|row| row.problem(2, "COUNT", message)));
        }
    }

    /// An employer's file names its own office. Only odd, not wrong: a head office may send for a branch.
    fn compare_sender(&mut self, header: Option<&MediaHeader>, offices: Option<&[OfficeInfo]>) {
        let (Some(header), Some(offices)) = (header, offices) else { return };
        let Sender::Employer(symbol) = &header.sender else { return };
        if !offices.iter().any(|office| office.employer == *symbol) {
            let message = "媒体情報の事業所が、事業所情報にありません。提出元に誤りがないか確認してください".to_owned();
            let problem = line_problem("MEDIA", "媒体情報", 1, "SENDER", message);
            self.problems.push(Problem { warning: true, ..problem });
        }
    }

    fn records(&mut self, lines: &[Line], offices: Option<&[OfficeInfo]>) -> Vec<FilingRecord> {
        if lines.is_empty() {
            self.refuse(0, "NO_RECORDS", "[data]の後に届書が1件もありません。届書を入力してください");
        }
        let mut seen = Seen::default();
        let mut records = Vec::with_capacity(lines.len());
        for line in lines {
            match self.line(line) {
                b"" => self.refuse(line.number, "BLANK_LINE", "空の行があります。取り除いてください"),
                KANRI | DATA => {
                    self.refuse(line.number, "MARKER", "[kanri]・[data]の行が2回あります。ファイルを分けてください");
                }
                bytes => {
                    let mut record = self.record(line, bytes, offices);
                    seen.check(bytes, &mut record);
                    records.push(record);
                }
            }
        }
        records
    }

    fn record(&self, line: &Line, bytes: &[u8], offices: Option<&[OfficeInfo]>) -> FilingRecord {
        let mut record = FilingRecord {
            line: line.number,
            form: None,
            filing: None,
            problems: Vec::new(),
            office: None,
            bytes: line.range.clone(),
        };
        let cells = cells(bytes);
        let code = cells.first().and_then(|cell| cell.readable()).unwrap_or("").to_owned();
        record.form = Form::from_code(code.trim_matches('"'));
        if let Some(column) = bytes.split(|byte| *byte == b',').position(|cell| cell.contains(&b'"')) {
            record.problems.push(quotes_problem(record.form, line.number, column + 1));
            return record;
        }
        let Some(form) = record.form else {
            record.problems.push(unknown_form(line.number));
            return record;
        };
        let found = cells.len();
        let Some(row) = Row::new(layout_on(form, self.checked_on), line.number, cells) else {
            record.problems.push(column_count_problem(form, line.number, self.checked_on, found));
            return record;
        };
        let verdict = verdict::of_row(form, &row, self.checked_on);
        (record.filing, record.problems) = (verdict.filing, verdict.problems);
        if let Some(offices) = offices {
            match_office(&row, offices, &mut record);
        }
        record
    }
}

fn cells(bytes: &[u8]) -> Vec<Cell<'_>> {
    bytes.split(|byte| *byte == b',').map(Cell::decode).collect()
}

/// A line that begins like a record: seven digits and a comma.
fn looks_like_record(bytes: &[u8]) -> bool {
    matches!(bytes.split_at_checked(7), Some((code, rest)) if code.iter().all(u8::is_ascii_digit) && rest.starts_with(b","))
}

fn office_info(row: &Row) -> Option<OfficeInfo> {
    let postal_code: PostalCode = format!("{}{}", row.text(5), row.text(6)).parse().ok()?;
    Some(OfficeInfo {
        employer: EmployerSymbol::new(row.text(1), row.text(2), row.text(3)).ok()?,
        office_number: row.number(4)?,
        postal_code,
        address: row.text(7).to_owned(),
        name: row.text(8).to_owned(),
        employer_name: row.text(9).to_owned(),
        telephone: [10, 11, 12].map(|position| row.text(position).to_owned()),
    })
}

/// The office of a record must be one of the file's, and should carry the same 事業所番号.
fn match_office(row: &Row, offices: &[OfficeInfo], record: &mut FilingRecord) {
    let Ok(symbol) = EmployerSymbol::new(row.text(2), row.text(3), row.text(4)) else { return };
    record.office = offices.iter().position(|office| office.employer == symbol);
    let Some(place) = record.office else {
        let message =
            "この事業所は、ファイルの事業所情報にありません。事業所整理記号を確認するか、事業所情報を加えてください";
        record.problems.push(row.problem(4, "UNKNOWN_OFFICE", message));
        record.filing = None;
        return;
    };
    let written = record.filing.as_ref().and_then(Filing::office_number);
    if written.is_some_and(|number| number != offices[place].office_number) {
        let message = "事業所番号が事業所情報と違います。どちらが正しいか確認してください";
        record.problems.push(Problem { warning: true, ..row.problem(5, "OFFICE_NUMBER", message) });
    }
}

fn quotes_problem(form: Option<Form>, line: usize, column: usize) -> Problem {
    let section = form.map_or("DATA", Form::code);
    let name = form.map_or("届書", Form::name_ja);
    let message = "引用符（\"）は使えません。すべての項目から取り除いてください".to_owned();
    Problem { column: Some(column), ..line_problem(section, name, line, "QUOTES", message) }
}

fn unknown_form(line: usize) -> Problem {
    let codes: Vec<String> = Form::ALL.iter().map(|form| format!("{} {}", form.code(), form.name_ja())).collect();
    let message = format!("この様式コードは受け付けていません。次のいずれかにしてください: {}", codes.join("、"));
    Problem { column: Some(1), ..line_problem("DATA", "様式コード", line, "FORM_CODE", message) }
}

/// What the records before this one already said.
#[derive(Default)]
struct Seen<'b> {
    lines: BTreeMap<&'b [u8], usize>,
    enrolled: BTreeMap<(String, u32), usize>,
}

impl<'b> Seen<'b> {
    /// The same line twice, or one 整理番号 for two enrolments: the later one is refused.
    fn check(&mut self, bytes: &'b [u8], record: &mut FilingRecord) {
        let name = record.form.map_or("届書", Form::name_ja);
        let section = record.form.map_or("DATA", Form::code);
        if let Some(first) = self.lines.insert(bytes, record.line) {
            let message = format!("{first}行目と同じ届です。1つだけにしてください");
            record.problems.push(line_problem(section, name, record.line, "TWICE", message));
            record.filing = None;
            return;
        }
        let Some(Filing::Enrolment(enrolment)) = &record.filing else { return };
        let Some(number) = enrolment.insured.insured_number else { return };
        if let Some(first) = self.enrolled.insert((enrolment.employer.to_string(), number), record.line) {
            let message = format!("{first}行目の届と同じ整理番号です。一人に一つの番号にしてください");
            let problem = line_problem(section, "被保険者整理番号", record.line, "6-NUMBER_TWICE", message);
            record.problems.push(Problem { column: Some(6), ..problem });
            record.filing = None;
        }
    }
}
