//! わざと壊す — the mistakes that offices see every day, one per broken file.

use domain::nenkin::{Filing, Form};
use serde::Serialize;

use super::SendingEmployer;
use super::filings::insured_of;

/// Lines before the first record: media, `[kanri]`, count, office, `[data]`.
const HEAD_LINES: usize = 5;

/// What was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// 合計の誤り: one record, refused when read.
    Total,
    /// ない日付: a birth date of 30 February; one record, refused when read.
    UnrealDay,
    /// 二重の資格取得: somebody who is insured there; one record, refused against the database.
    AlreadyInsured,
    /// 整理番号の重複: one record, refused against the database.
    NumberUsedTwice,
    /// UTF-8 instead of Shift_JIS: the whole file.
    Utf8,
    /// Cut in the middle: the whole file.
    CutShort,
    /// JIS prefecture in place of the agency's code: the whole file.
    JisPrefecture,
    /// Nothing wrong, but the same bytes come twice; the second file says so.
    DeliveredTwice,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 8] = [
        Fault::Total,
        Fault::UnrealDay,
        Fault::AlreadyInsured,
        Fault::NumberUsedTwice,
        Fault::Utf8,
        Fault::CutShort,
        Fault::JisPrefecture,
        Fault::DeliveredTwice,
    ];

    /// Whether the file is refused as a whole when it is read.
    pub fn refuses_file(self) -> bool {
        matches!(self, Fault::Utf8 | Fault::CutShort | Fault::JisPrefecture)
    }

    /// Whether one record is refused when it is read.
    pub fn refuses_record(self) -> bool {
        matches!(self, Fault::Total | Fault::UnrealDay)
    }
}

/// A fault and the record it goes into, from 0.
pub(super) struct Planted {
    fault: Fault,
    record: usize,
}

/// Faults that are about facts: a well-formed filing that the database must refuse.
pub(super) fn plant_in_filings(fault: Fault, sender: &SendingEmployer, filings: &mut [Filing]) -> Planted {
    let enrolment = filings.iter().position(|filing| matches!(filing, Filing::Enrolment(_)));
    // Somebody of whom no filing of this file speaks, so that nothing else hangs on it.
    let insured = sender.spells.iter().find(|spell| {
        let number = u32::try_from(spell.insured_number).ok();
        filings.iter().all(|filing| filing.insured().insured_number != number)
    });
    match (fault, enrolment, insured) {
        (Fault::AlreadyInsured | Fault::NumberUsedTwice, Some(record), Some(spell)) => {
            let Filing::Enrolment(filing) = &mut filings[record] else { unreachable!("found as an enrolment") };
            let known = insured_of(spell);
            if fault == Fault::AlreadyInsured {
                filing.insured = domain::nenkin::Insured { insured_number: filing.insured.insured_number, ..known };
            } else {
                filing.insured.insured_number = known.insured_number;
            }
            Planted { fault, record }
        }
        // Nobody to do it with: an impossible day can be had everywhere.
        (Fault::AlreadyInsured | Fault::NumberUsedTwice, _, _) => Planted { fault: Fault::UnrealDay, record: 0 },
        _ => Planted { fault, record: filings.len() / 2 },
    }
}

/// Faults of form: what the bytes become. Returns them with the fault and its line.
pub(super) fn plant_in_bytes(
    planted: Planted,
    bytes: &[u8],
    filings: &[Filing],
) -> (Vec<u8>, Option<Fault>, Option<usize>) {
    let Planted { fault, record } = planted;
    let line = HEAD_LINES + record + 1;
    let (bytes, line) = match fault {
        Fault::AlreadyInsured | Fault::NumberUsedTwice => (bytes.to_vec(), Some(line)),
        Fault::Total => (edit(bytes, line, total_column(&filings[record]), b"0001001"), Some(line)),
        Fault::UnrealDay => {
            let form = filings[record].form();
            let birth = if matches!(form, Form::Enrolment | Form::CoverageEnd) { 10 } else { 9 };
            (edit(bytes, line, birth, b"550230"), Some(line))
        }
        Fault::Utf8 => (encoding_rs::SHIFT_JIS.decode(bytes).0.into_owned().into_bytes(), None),
        Fault::CutShort => (bytes[..bytes.len() - 40].to_vec(), None),
        Fault::JisPrefecture => (edit(bytes, 1, 1, b"29"), None),
        Fault::DeliveredTwice => (bytes.to_vec(), None),
    };
    (bytes, Some(fault), line)
}

/// A column that must be the sum of others, or the day after another in a form without sums.
fn total_column(filing: &Filing) -> usize {
    match filing.form() {
        Form::Enrolment => 23,
        Form::AnnualDetermination => 34,
        Form::RevisionOnChange => 37,
        Form::Bonus => 14,
        Form::CoverageEnd | Form::DependantChange => 15,
    }
}

/// Puts `text` into a column, both counted from 1. Commas and line ends are never part of a two-byte character.
fn edit(bytes: &[u8], line: usize, column: usize, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (at, row) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if at + 1 != line {
            out.extend(row);
            continue;
        }
        for (place, cell) in row.split(|byte| *byte == b',').enumerate() {
            if place > 0 {
                out.push(b',');
            }
            out.extend(if place + 1 == column { text } else { cell });
        }
    }
    out
}
