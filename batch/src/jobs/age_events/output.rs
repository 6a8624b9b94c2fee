//! 年齢の節目の表 — one row per person and event of the month, in order of person.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, StringArray};
use arrow::datatypes::DataType;
use law::pension_record::milestones::AgeEvent;
use store::night::runs::RunFile;

use crate::lake::{self, Column, column, part_path, unique_column};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition, Totals};

/// Name of the dataset.
pub const AGE_EVENTS: &str = "age_events";

static COLUMNS: [Column; 3] = [
    unique_column("person_id", "人", DataType::Int64),
    column("event", "節目・通知", "", DataType::Utf8),
    column("title", "名", "", DataType::Utf8),
];

/// A row: person, event and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// 人.
    pub person_id: i64,
    /// For machines.
    pub event: &'static str,
    /// For people.
    pub title: &'static str,
}

/// What an age brings.
pub fn of_age(person_id: i64, event: AgeEvent) -> EventRow {
    let (event, title) = match event {
        AgeEvent::Twenty => ("twenty", "20歳: 第1号被保険者の資格取得"),
        AgeEvent::Sixty => ("sixty", "60歳: 第1号・第3号の資格喪失"),
        AgeEvent::SixtyFive => ("sixty_five", "65歳: 老齢基礎年金の受給権"),
        AgeEvent::DeferralNotice => ("deferral_notice", "66歳から74歳: 繰下げ見込額のお知らせ"),
        AgeEvent::Seventy => ("seventy", "70歳: 厚生年金保険の資格喪失"),
        AgeEvent::SeventyFive => ("seventy_five", "75歳: 繰下げの上限"),
    };
    EventRow { person_id, event, title }
}

/// A notice that goes out.
pub fn of_notice(person_id: i64, kind: &'static str) -> EventRow {
    let title = match kind {
        "claim_form_special" => "年金請求書の事前送付 (特別支給)",
        "claim_form_65" => "年金請求書・お知らせの事前送付 (65歳)",
        "coverage_letter" => "ねんきん定期便 (封書)",
        "coverage_postcard" => "ねんきん定期便 (はがき)",
        _ => "国民年金の適用勧奨",
    };
    EventRow { person_id, event: kind, title }
}

/// Writes the part of a partition.
///
/// # Errors
/// `File`, `Parquet`.
pub fn write_part(partition: &Partition<'_>, rows: &[EventRow]) -> Result<WrittenFile, NightError> {
    let path = part_path(AGE_EVENTS, partition.job.month(), partition.no);
    let words = |word: fn(&EventRow) -> &'static str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(word)))
    };
    let arrays = vec![lake::i64_array(rows, |row| row.person_id), words(|row| row.event), words(|row| row.title)];
    lake::write(partition.job, &path, AGE_EVENTS, &COLUMNS, arrays)
}

/// Counts the rows of a written part again into the totals, by event.
///
/// # Errors
/// `File`, `Parquet`.
pub fn recount(job: &JobContext, file: &RunFile, totals: &mut Totals) -> Result<(), NightError> {
    lake::read(&locate(job, &file.path), &["event"], |batch| {
        lake::named(batch, "event").as_string::<i32>().iter().flatten().for_each(|event| totals.add(event, 1));
        Ok(())
    })?;
    Ok(())
}
