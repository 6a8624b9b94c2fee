//! 書出し — filings to the bytes of `SHFD0006.CSV`. Every file is read back before it leaves.

use jiff::civil::Date;

use super::check;
use super::columns;
use super::filing::Filing;
use super::layout::{HEADER, Layout};
use super::media::{MediaHeader, OfficeInfo, Sender};
use super::problem::Problem;
use super::reader::{DATA, KANRI, read};
use super::row::{Cell, Row, line_problem};
use super::text;

/// 電子媒体届書の書出し. Numbers padded as the specification asks, 〜 and − as the file's ～ and －.
///
/// - `media`: its `created_on` is also the day the filings are checked on
/// - `offices`: every office that a filing belongs to, in the order they shall stand
///
/// Returns the bytes; the reader takes every record of them without an error, and gives the same filings.
///
/// # Errors
/// Every problem, with the line it would have had in the file: a character outside JIS X 0208, a filing that
/// does not pass its checks, an office that is missing, more than 4,500,000 bytes (the caller parts the filings).
pub fn write(media: &MediaHeader, offices: &[OfficeInfo], filings: &[Filing]) -> Result<Vec<u8>, Vec<Problem>> {
    let mut writer = Writer { bytes: Vec::new(), line: 0, problems: Vec::new() };
    writer.header(media, offices);
    let first_record = writer.line + 1;
    for filing in filings {
        let layout = columns::layout_of(filing, media.created_on);
        writer.row(layout, &columns::of_filing(filing, layout));
    }
    if !writer.problems.is_empty() {
        return Err(writer.problems);
    }
    read_back(&writer.bytes, media.created_on, first_record, filings)?;
    Ok(writer.bytes)
}

struct Writer {
    bytes: Vec<u8>,
    line: usize,
    problems: Vec<Problem>,
}

impl Writer {
    fn header(&mut self, media: &MediaHeader, offices: &[OfficeInfo]) {
        let (layout, name) = match &media.sender {
            Sender::Employer(_) => (&HEADER.media_office, ""),
            Sender::LabourConsultant { name, .. } => (&HEADER.media_consultant, name.as_str()),
        };
        self.row(layout, &media_columns(media));
        self.marker(KANRI);
        self.row(&HEADER.count, &[name.to_owned(), format!("{:03}", offices.len())]);
        for office in offices {
            self.row(&HEADER.office, &office_columns(office));
        }
        self.marker(DATA);
    }

    fn marker(&mut self, marker: &[u8]) {
        self.line += 1;
        self.bytes.extend(marker);
        self.bytes.extend(b"\r\n");
    }

    fn row(&mut self, layout: &'static Layout, texts: &[String]) {
        self.line += 1;
        for (place, text) in texts.iter().enumerate() {
            if place > 0 {
                self.bytes.push(b',');
            }
            let text = text::normalise(text);
            let fault = if text.contains([',', '"']) { None } else { text::encode(&text, &mut self.bytes).err() };
            if fault.is_some() || text.contains([',', '"']) {
                self.cannot_write(layout, texts);
                break;
            }
        }
        self.bytes.extend(b"\r\n");
    }

    /// The checks say in their own words what the column cannot hold.
    fn cannot_write(&mut self, layout: &'static Layout, texts: &[String]) {
        let cells = texts.iter().map(|text| Cell::of_text(text)).collect();
        let row = Row::new(layout, self.line, cells);
        let found = row.map(|row| check::columns(&row, Date::MAX)).unwrap_or_default();
        self.problems.extend(found);
    }
}

fn media_columns(media: &MediaHeader) -> Vec<String> {
    let created_on = media.created_on;
    let mut columns = match &media.sender {
        Sender::Employer(symbol) => {
            [symbol.prefecture_code(), symbol.district(), symbol.symbol()].map(str::to_owned).to_vec()
        }
        Sender::LabourConsultant { code, .. } => vec![String::new(), String::new(), code.clone()],
    };
    columns.push(format!("{:03}", media.serial));
    columns.push(format!("{:04}{:02}{:02}", created_on.year(), created_on.month(), created_on.day()));
    columns.push("22223".to_owned());
    columns
}

fn office_columns(office: &OfficeInfo) -> Vec<String> {
    let symbol = &office.employer;
    let mut columns = vec![
        symbol.prefecture_code().to_owned(),
        symbol.district().to_owned(),
        symbol.symbol().to_owned(),
        office.office_number.to_string(),
        office.postal_code.parent().to_owned(),
        office.postal_code.child().to_owned(),
        office.address.clone(),
        office.name.clone(),
        office.employer_name.clone(),
    ];
    columns.extend(office.telephone.iter().cloned());
    columns
}

/// What was written must be taken whole and must say the same.
fn read_back(bytes: &[u8], checked_on: Date, first_record: usize, filings: &[Filing]) -> Result<(), Vec<Problem>> {
    let reading = read(bytes, checked_on);
    let errors: Vec<Problem> = reading.problems().filter(|problem| problem.is_error()).cloned().collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut different = Vec::new();
    for (place, filing) in filings.iter().enumerate() {
        let found = reading.records.get(place).and_then(|record| record.filing.as_ref());
        let layout = columns::layout_of(filing, checked_on);
        if found.map(|found| columns::of_filing(found, layout)) != Some(columns::of_filing(filing, layout)) {
            let message = "書き出した届を読み戻すと内容が変わります。この届は書き出せません".to_owned();
            let line = first_record + place;
            different.push(line_problem(layout.section, layout.name_ja, line, "READ_BACK", message));
        }
    }
    if different.is_empty() && reading.records.len() == filings.len() { Ok(()) } else { Err(different) }
}
