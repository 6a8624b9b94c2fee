//! 点検の結果 — one row per finding, in order of employer, spell and kind. The month is in the path, as in every dataset.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Date32Array, StringArray};
use arrow::datatypes::DataType;
use law::day_number;
use law::employees_insurance::completeness::FindingKind;
use store::night::runs::RunFile;

use super::FoundRow;
use crate::lake::{self, Column, column, part_path, unique_column};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition};

/// Name of the dataset.
pub const FINDINGS: &str = "findings";

static COLUMNS: [Column; 10] = [
    column("employer_id", "事業所", "", DataType::Int64),
    unique_column("spell_id", "資格", DataType::Int64),
    unique_column("person_id", "人", DataType::Int64),
    column("prefecture_code", "協会けんぽの支部 (JIS X 0401)", "", DataType::Int16),
    column("code", "種類", "", DataType::Utf8),
    column("title", "題", "", DataType::Utf8),
    column("clause", "根拠条文", "", DataType::Utf8),
    column("since", "いつから", "", DataType::Date32),
    column("fact", "見つかった事実", "", DataType::Utf8),
    column("next_step", "次にすること", "", DataType::Utf8),
];

/// Writes the part of a partition, also when nothing was found.
///
/// # Errors
/// `File`, `Parquet`.
pub fn write_part(partition: &Partition<'_>, found: &[FoundRow]) -> Result<WrittenFile, NightError> {
    let path = part_path(FINDINGS, partition.job.month(), partition.no);
    lake::write(partition.job, &path, FINDINGS, &COLUMNS, arrays(found))
}

fn arrays(found: &[FoundRow]) -> Vec<ArrayRef> {
    let i64s = |value: fn(&FoundRow) -> i64| lake::i64_array(found, value);
    let words = |word: fn(FindingKind) -> &'static str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(found.iter().map(|row| word(row.finding.kind))))
    };
    let since = found.iter().map(|row| day_number(row.finding.since));
    vec![
        i64s(|row| row.spell.employer_id),
        i64s(|row| row.spell.spell_id),
        i64s(|row| row.spell.person_id),
        lake::i16_array(found, |row| row.spell.prefecture_code),
        words(FindingKind::code),
        words(FindingKind::title),
        words(FindingKind::clause),
        Arc::new(Date32Array::from_iter_values(since)),
        Arc::new(StringArray::from_iter_values(found.iter().map(|row| row.finding.fact.as_str()))),
        words(FindingKind::next_step),
    ]
}

/// Gives the code of every row of a written part.
///
/// # Errors
/// `File`, `Parquet`.
pub fn each_code(job: &JobContext, file: &RunFile, mut take: impl FnMut(&str)) -> Result<(), NightError> {
    lake::read(&locate(job, &file.path), &["code"], |batch| {
        lake::named(batch, "code").as_string::<i32>().iter().flatten().for_each(&mut take);
        Ok(())
    })?;
    Ok(())
}
