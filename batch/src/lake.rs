//! 結果の置き場 — Parquet files of the lake: one way to write them, one way to read them again.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Decimal128Array, Int16Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use domain::Month;
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use serde_json::{Map, Value, json};
use store::night::runs::RunFile;

use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, PendingFile, Totals};

/// Version of the layout of all datasets; changes when a column changes.
pub const SCHEMA_VERSION: &str = "2";
/// Rows read at a time.
const BATCH_ROWS: usize = 16_384;

/// 列 — a column with its name and unit for people.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in the file.
    pub name: &'static str,
    /// 日本語の名.
    pub title: &'static str,
    /// Unit for people; empty for keys and flags.
    pub unit: &'static str,
    /// Type.
    pub kind: DataType,
    /// True when nearly every value is different, so that a dictionary would be in the way.
    pub unique: bool,
    /// May be empty.
    pub optional: bool,
}

/// A column of values that repeat.
pub const fn column(name: &'static str, title: &'static str, unit: &'static str, kind: DataType) -> Column {
    Column { name, title, unit, kind, unique: false, optional: false }
}

/// A column of values that are nearly all different.
pub const fn unique_column(name: &'static str, title: &'static str, kind: DataType) -> Column {
    Column { name, title, unit: "", kind, unique: true, optional: false }
}

/// A key that may be empty.
pub const fn optional_column(name: &'static str, title: &'static str, kind: DataType) -> Column {
    Column { name, title, unit: "", kind, unique: false, optional: true }
}

/// An amount in exact yen: five decimals hold every product of a standard and a rate.
pub const EXACT_YEN: DataType = DataType::Decimal128(18, 5);

/// A column of 64-bit numbers out of rows.
pub fn i64_array<T>(rows: &[T], value: impl Fn(&T) -> i64) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(rows.iter().map(value)))
}

/// A column of 16-bit numbers out of rows.
pub fn i16_array<T>(rows: &[T], value: impl Fn(&T) -> i16) -> ArrayRef {
    Arc::new(Int16Array::from_iter_values(rows.iter().map(value)))
}

/// Exact amounts, counted in 1/100,000 yen.
pub fn exact_array(units: Vec<i128>) -> ArrayRef {
    let array = Decimal128Array::from(units).with_precision_and_scale(18, 5);
    Arc::new(array.expect("18 digits hold an amount of one person"))
}

/// The schema of a dataset.
pub fn schema(columns: &[Column]) -> SchemaRef {
    Arc::new(Schema::new(
        columns.iter().map(|column| Field::new(column.name, column.kind.clone(), column.optional)).collect::<Vec<_>>(),
    ))
}

/// `contributions/for_month=2026-07/part-00003.parquet`.
pub fn part_path(dataset: &str, month: Month, part: i32) -> String {
    format!("{dataset}/for_month={month}/part-{part:05}.parquet")
}

/// `awards/for_month=2026-07/N20260817-1-part-00003.parquet`: a daily job may write to one month again and again.
pub fn run_part_path(dataset: &str, month: Month, run_id: &str, part: i32) -> String {
    format!("{dataset}/for_month={month}/{run_id}-part-{part:05}.parquet")
}

fn properties(job: &JobContext, dataset: &str, columns: &[Column]) -> WriterProperties {
    let mut about = vec![
        KeyValue::new("nenrin.dataset".to_owned(), dataset.to_owned()),
        KeyValue::new("nenrin.run_id".to_owned(), job.run_id.clone()),
        KeyValue::new("nenrin.law_version".to_owned(), job.law_version.clone()),
        KeyValue::new("nenrin.schema_version".to_owned(), SCHEMA_VERSION.to_owned()),
    ];
    for column in columns {
        about.push(KeyValue::new(format!("jp.title.{}", column.name), column.title.to_owned()));
        if !column.unit.is_empty() {
            about.push(KeyValue::new(format!("jp.unit.{}", column.name), column.unit.to_owned()));
        }
    }
    let level = ZstdLevel::try_new(1).expect("a level of Zstandard");
    let mut properties = WriterProperties::builder()
        .set_created_by("nenrin".to_owned())
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_key_value_metadata(Some(about));
    for column in columns.iter().filter(|column| column.unique) {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(column.name), false);
    }
    properties.build()
}

/// Writes a file of one batch.
///
/// # Errors
/// `File`, `Parquet`.
pub fn write(
    job: &JobContext,
    path: &str,
    dataset: &str,
    columns: &[Column],
    arrays: Vec<ArrayRef>,
) -> Result<WrittenFile, NightError> {
    let place = locate(job, path);
    let batch = RecordBatch::try_new(schema(columns), arrays).expect("the arrays follow the columns");
    let rows = i64::try_from(batch.num_rows()).expect("a part fits in memory");
    let file = PendingFile::create(job, path)?;
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties(job, dataset, columns)))
        .map_err(NightError::parquet(&place))?;
    writer.write(&batch).map_err(NightError::parquet(&place))?;
    writer.into_inner().map_err(NightError::parquet(&place))?.finish(rows)
}

/// Gives the batches of some columns of a file, in the order of the file's own columns.
///
/// # Errors
/// `File`, `Parquet`, and what `take` says.
pub fn read(
    path: &Path,
    columns: &[&str],
    mut take: impl FnMut(&RecordBatch) -> Result<(), NightError>,
) -> Result<i64, NightError> {
    let file = File::open(path).map_err(NightError::read(path))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(NightError::parquet(path))?;
    let footer_rows = builder.metadata().file_metadata().num_rows();
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
    let reader =
        builder.with_projection(mask).with_batch_size(BATCH_ROWS).build().map_err(NightError::parquet(path))?;
    for batch in reader {
        let batch = batch.map_err(|error| NightError::Parquet { path: path.to_owned(), reason: error.to_string() })?;
        take(&batch)?;
    }
    Ok(footer_rows)
}

/// A column of 64-bit numbers.
pub fn i64s<'a>(batch: &'a RecordBatch, name: &str) -> &'a [i64] {
    named(batch, name).as_primitive::<arrow::datatypes::Int64Type>().values()
}

/// A column of 32-bit numbers.
pub fn i32s<'a>(batch: &'a RecordBatch, name: &str) -> &'a [i32] {
    named(batch, name).as_primitive::<arrow::datatypes::Int32Type>().values()
}

/// A column of exact amounts, in 1/100,000 yen.
pub fn exact<'a>(batch: &'a RecordBatch, name: &str) -> &'a [i128] {
    named(batch, name).as_primitive::<arrow::datatypes::Decimal128Type>().values()
}

/// Any column.
pub fn named<'a>(batch: &'a RecordBatch, name: &str) -> &'a ArrayRef {
    batch.column_by_name(name).expect("the column was asked for")
}

/// `_run.json` beside the files of a dataset and month: rows, totals and a SHA-256 per file.
///
/// # Errors
/// `File`.
pub fn write_run_summary(
    job: &JobContext,
    dataset: &str,
    month: Month,
    files: &[RunFile],
    totals: &Totals,
) -> Result<(), NightError> {
    write_summary(job, dataset, (month, "_run.json"), files, totals)
}

/// `<run>_run.json`, of a daily job whose files of a month come from several runs ([`run_part_path`]).
///
/// # Errors
/// `File`.
pub fn write_run_part_summary(
    job: &JobContext,
    dataset: &str,
    month: Month,
    files: &[RunFile],
    totals: &Totals,
) -> Result<(), NightError> {
    write_summary(job, dataset, (month, &format!("{}_run.json", job.run_id)), files, totals)
}

fn write_summary(
    job: &JobContext,
    dataset: &str,
    (month, name): (Month, &str),
    files: &[RunFile],
    totals: &Totals,
) -> Result<(), NightError> {
    let entry = |file: &RunFile| {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        json!({ "file": name, "rows": file.row_count, "bytes": file.byte_count, "sha256": hex::encode(&file.sha256) })
    };
    let mut summary = Map::new();
    summary.insert("dataset".to_owned(), Value::from(dataset));
    summary.insert("for_month".to_owned(), Value::from(month.to_string()));
    summary.insert("run_id".to_owned(), Value::from(job.run_id.clone()));
    summary.insert("business_on".to_owned(), Value::from(job.business_on.to_string()));
    summary.insert("law_version".to_owned(), Value::from(job.law_version.clone()));
    summary.insert("schema_version".to_owned(), Value::from(SCHEMA_VERSION));
    summary.insert("rows".to_owned(), Value::from(files.iter().map(|file| file.row_count).sum::<i64>()));
    summary.insert("totals".to_owned(), totals.to_json());
    summary.insert("files".to_owned(), Value::from(files.iter().map(entry).collect::<Vec<_>>()));
    let mut text = serde_json::to_vec_pretty(&Value::Object(summary)).expect("plain values");
    text.push(b'\n');
    crate::run::files::write_summary(job, &format!("{dataset}/for_month={month}/{name}"), &text)
}
