//! 重複の疑い — one row per pair, in order. The month is in the path, as in every dataset.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, StringArray};
use arrow::datatypes::{DataType, Int16Type};
use store::night::duplicates::CandidateRow;
use store::night::runs::RunFile;

use crate::lake::{self, Column, column, part_path, unique_column};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition};

/// Name of the dataset.
pub const CANDIDATES: &str = "duplicate_candidates";

/// How a pair compares with the queue before this night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    New,
    Changed,
    Standing,
}

/// A pair and what became of it.
pub(super) struct Found {
    pub(super) row: CandidateRow,
    pub(super) state: State,
}

static COLUMNS: [Column; 5] = [
    unique_column("first_person_id", "人 (小さい番号)", DataType::Int64),
    unique_column("second_person_id", "人 (大きい番号)", DataType::Int64),
    column("score", "点数", "点", DataType::Int16),
    column("reasons", "一致・相違 (コンマ区切り)", "", DataType::Utf8),
    column("state", "前回からの変化 (new, changed, standing)", "", DataType::Utf8),
];

/// Writes the part of a partition, also when nothing was found.
///
/// # Errors
/// `File`, `Parquet`.
pub(super) fn write_part(partition: &Partition<'_>, found: &[Found]) -> Result<WrittenFile, NightError> {
    let path = part_path(CANDIDATES, partition.job.month(), partition.no);
    lake::write(partition.job, &path, CANDIDATES, &COLUMNS, arrays(found))
}

fn arrays(found: &[Found]) -> Vec<ArrayRef> {
    let state = |pair: &Found| match pair.state {
        State::New => "new",
        State::Changed => "changed",
        State::Standing => "standing",
    };
    vec![
        lake::i64_array(found, |pair| pair.row.first_person_id),
        lake::i64_array(found, |pair| pair.row.second_person_id),
        lake::i16_array(found, |pair| pair.row.score),
        Arc::new(StringArray::from_iter_values(found.iter().map(|pair| pair.row.reasons.join(",")))),
        Arc::new(StringArray::from_iter_values(found.iter().map(state))),
    ]
}

/// Gives the points of every row of a written part.
///
/// # Errors
/// `File`, `Parquet`.
pub(super) fn each_row(job: &JobContext, file: &RunFile, mut take: impl FnMut(i16)) -> Result<(), NightError> {
    lake::read(&locate(job, &file.path), &["score"], |batch| {
        lake::named(batch, "score").as_primitive::<Int16Type>().values().iter().copied().for_each(&mut take);
        Ok(())
    })?;
    Ok(())
}
