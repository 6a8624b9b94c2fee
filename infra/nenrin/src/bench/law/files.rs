//! Parquet from and to: row groups read and results written on all threads, as the night writes its parts.

use std::fs::File;
use std::path::Path;

use arrow::array::RecordBatch;
use law::MonthLaw;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use rayon::prelude::*;

use super::{Failure, month};

/// Rows of a batch: small enough that its columns stay in the cache.
const BATCH_ROWS: usize = 8_192;

/// What the lake is written with; numbers of people in order are stored as their steps.
pub fn properties() -> WriterProperties {
    let level = ZstdLevel::try_new(1).expect("a level of Zstandard");
    let ids = ColumnPath::from("person_id");
    WriterProperties::builder()
        .set_created_by("nenrin".to_owned())
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_dictionary_enabled(ids.clone(), false)
        .set_column_encoding(ids, Encoding::DELTA_BINARY_PACKED)
        .build()
}

/// The month of everybody in `input`, one file of results per row group; the folder is made anew.
///
/// # Errors
/// A file cannot be read or written.
pub fn month_from_file_to_files(law: &MonthLaw, input: &Path, output: &Path) -> Result<(), Failure> {
    if output.exists() {
        std::fs::remove_dir_all(output)?;
    }
    std::fs::create_dir_all(output)?;
    let metadata = ArrowReaderMetadata::load(&File::open(input)?, ArrowReaderOptions::default())?;
    let groups = 0..metadata.metadata().num_row_groups();
    // A failure goes between threads as text.
    let done = groups.into_par_iter().try_for_each(|group| {
        one_group(law, input, &metadata, group, &output.join(format!("part-{group:05}.parquet")))
            .map_err(|error| error.to_string())
    });
    Ok(done?)
}

fn one_group(
    law: &MonthLaw,
    input: &Path,
    metadata: &ArrowReaderMetadata,
    group: usize,
    output: &Path,
) -> Result<(), Failure> {
    // Each thread opens the file for itself: a handle has one place to read from.
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(File::open(input)?, metadata.clone());
    let mask = ProjectionMask::columns(builder.parquet_schema(), month::INPUTS.iter().copied());
    let reader = builder.with_projection(mask).with_row_groups(vec![group]).with_batch_size(BATCH_ROWS).build()?;
    let mut writer = ArrowWriter::try_new(File::create(output)?, month::schema(), Some(properties()))?;
    for batch in reader {
        writer.write(&month::assess(law, &batch?))?;
    }
    writer.close()?;
    Ok(())
}

/// All people of the file as batches in memory, in order.
///
/// # Errors
/// The file cannot be read.
pub fn read_all(input: &Path) -> Result<Vec<RecordBatch>, Failure> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(input)?)?;
    Ok(builder.with_batch_size(BATCH_ROWS).build()?.collect::<Result<_, _>>()?)
}
