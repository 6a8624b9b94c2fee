//! 返戻 — what goes back to the sender: the refused records, ready to be corrected, and why.

use std::collections::BTreeSet;

use super::problem::Problem;
use super::reader::{DATA, FilingRecord, KANRI, MediaReading};

/// 返戻ファイル — a pair that belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnFiles {
    /// 返戻届書: an `SHFD0006.CSV` of the refused records, byte for byte, under the original header.
    pub csv: Vec<u8>,
    /// 返戻理由一覧: CSV in UTF-8 with a byte order mark, for a spreadsheet.
    pub list: Vec<u8>,
    /// How many records go back.
    pub records: usize,
}

/// 返戻ファイルの作成.
///
/// - `later`: reasons found after reading, by line; an error among them returns its record too
///
/// `None` when nothing is refused. A file refused as a whole goes back as it came.
pub fn return_files(reading: &MediaReading, later: &[Problem]) -> Option<ReturnFiles> {
    let later_lines: BTreeSet<usize> =
        later.iter().filter(|problem| problem.is_error()).map(|problem| problem.line).collect();
    let returned: Vec<&FilingRecord> =
        reading.records.iter().filter(|record| record.filing.is_none() || later_lines.contains(&record.line)).collect();
    if reading.is_refused() {
        let records = reading.records.len();
        return Some(ReturnFiles { csv: reading.source.clone(), list: reason_list(reading, later, None), records });
    }
    if returned.is_empty() {
        return None;
    }
    let lines: BTreeSet<usize> = returned.iter().map(|record| record.line).collect();
    Some(ReturnFiles {
        csv: media_of(reading, &returned),
        list: reason_list(reading, later, Some(&lines)),
        records: returned.len(),
    })
}

/// The original header with the offices of these records, then the records.
fn media_of(reading: &MediaReading, returned: &[&FilingRecord]) -> Vec<u8> {
    let head = &reading.head;
    let offices = offices_of(returned, head.offices.len());
    let count = &reading.source[head.count.clone()];
    let name = count.split(|byte| *byte == b',').next().unwrap_or(&[]);
    let mut bytes = Vec::new();
    line(&mut bytes, &reading.source[head.media.clone()]);
    line(&mut bytes, KANRI);
    line(&mut bytes, &[name, format!(",{:03}", offices.len()).as_bytes()].concat());
    for place in offices {
        line(&mut bytes, &reading.source[head.offices[place].clone()]);
    }
    line(&mut bytes, DATA);
    for record in returned {
        line(&mut bytes, &reading.source[record.bytes.clone()]);
    }
    bytes
}

/// A record whose office is not known may belong to any: then all of them stay.
fn offices_of(returned: &[&FilingRecord], all: usize) -> Vec<usize> {
    let known: Option<BTreeSet<usize>> = returned.iter().map(|record| record.office).collect();
    known.map_or_else(|| (0..all).collect(), |places| places.into_iter().collect())
}

fn line(bytes: &mut Vec<u8>, text: &[u8]) {
    bytes.extend(text);
    bytes.extend(b"\r\n");
}

/// - `lines`: records to speak of; all when `None`
fn reason_list(reading: &MediaReading, later: &[Problem], lines: Option<&BTreeSet<usize>>) -> Vec<u8> {
    let mut problems: Vec<&Problem> = reading.problems().chain(later).collect();
    problems.retain(|problem| problem.line == 0 || lines.is_none_or(|lines| lines.contains(&problem.line)));
    problems.sort_by_key(|problem| problem.line);
    let mut list = "\u{FEFF}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut list);
    let in_memory = "writing to memory does not fail";
    writer.write_record(["行", "項目番号", "項目", "区分", "コード", "内容"]).expect(in_memory);
    for problem in problems {
        let line = if problem.line == 0 { String::new() } else { problem.line.to_string() };
        let column = problem.column.map(|column| column.to_string()).unwrap_or_default();
        let class = if problem.warning { "注意" } else { "誤り" };
        let fields = [&line, &column, problem.item_ja.as_ref(), class, problem.code.as_ref(), &problem.message_ja];
        writer.write_record(fields).expect(in_memory);
    }
    writer.flush().expect(in_memory);
    drop(writer);
    list
}
