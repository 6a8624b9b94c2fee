//! 現年度の月 — one row per person and month of the fiscal year that is to be paid by oneself.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, Date32Array, StringArray};
use arrow::datatypes::DataType;
use law::day_number;
use law::national_pension::payment_rate::PaymentCount;
use law::national_pension::payment_state::{PaymentState, Residual, Share};
use store::night::runs::RunFile;

use super::person::MonthRow;
use crate::lake::{self, Column, column, part_path, unique_column};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition, Totals};

/// Name of the dataset.
pub const NP_MONTHS: &str = "np_months";

const fn optional(name: &'static str, title: &'static str, kind: DataType) -> Column {
    Column { name, title, unit: "", kind, unique: false, optional: true }
}

static COLUMNS: [Column; 11] = [
    unique_column("person_id", "人", DataType::Int64),
    column("month", "月分", "", DataType::Date32),
    column("category", "種別", "", DataType::Utf8),
    column("charge", "納付すべき額", "円", DataType::Int64),
    optional("relief", "免除・猶予", DataType::Utf8),
    column("state", "納付の状態", "", DataType::Utf8),
    column("due_on", "納期限", "", DataType::Date32),
    optional("paid_on", "納付日", DataType::Date32),
    column("paid_yen", "納付した額", "円", DataType::Int64),
    column("to_pay", "納付対象月 (納期限の過ぎた月)", "", DataType::Boolean),
    column("paid", "納付月", "", DataType::Boolean),
];

/// Whether a month is one to be paid, and whether it was: only months whose due date has passed.
pub fn counted(row: &MonthRow, job: &JobContext) -> (bool, bool) {
    let state = row.judged.state.filter(|_| row.due_on < job.business_on);
    let count = PaymentCount::of(state);
    (count.due_months > 0, count.paid_months > 0)
}

/// Writes the part of a partition.
///
/// # Errors
/// `File`, `Parquet`.
pub fn write_part(partition: &Partition<'_>, rows: &[MonthRow]) -> Result<WrittenFile, NightError> {
    let path = part_path(NP_MONTHS, partition.job.month(), partition.no);
    lake::write(partition.job, &path, NP_MONTHS, &COLUMNS, arrays(partition.job, rows))
}

fn arrays(job: &JobContext, rows: &[MonthRow]) -> Vec<ArrayRef> {
    let days = |day: fn(&MonthRow) -> jiff::civil::Date| -> ArrayRef {
        Arc::new(Date32Array::from_iter_values(rows.iter().map(|row| day_number(day(row)))))
    };
    let flags = |which: fn((bool, bool)) -> bool| -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some(which(counted(row, job)))).collect::<BooleanArray>())
    };
    let paid_on = rows.iter().map(|row| row.judged.paid_on.map(day_number));
    let relief = rows.iter().map(|row| row.judged.relief.map(|relief| relief.key()));
    let state = rows.iter().map(|row| row.judged.state.map_or("none", code));
    vec![
        lake::i64_array(rows, |row| row.person_id),
        days(|row| row.month.first_day()),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.cover.code()))),
        lake::i64_array(rows, |row| row.judged.due.get()),
        Arc::new(relief.collect::<StringArray>()),
        Arc::new(StringArray::from_iter_values(state)),
        days(|row| row.due_on),
        Arc::new(paid_on.collect::<Date32Array>()),
        lake::i64_array(rows, |row| row.judged.paid.get()),
        flags(|(to_pay, _)| to_pay),
        flags(|(_, paid)| paid),
    ]
}

/// A short name of a state for machines.
fn code(state: PaymentState) -> &'static str {
    match state {
        PaymentState::Paid => "paid",
        PaymentState::Maternity => "maternity",
        PaymentState::Childcare => "childcare",
        PaymentState::LatePaid => "paid_later",
        PaymentState::FullyExempt => "fully_exempt",
        PaymentState::PartlyExempt { share, residual } => match (share, residual) {
            (Share::Full, _) => "fully_exempt",
            (Share::ThreeQuarters, Residual::Paid) => "three_quarter_exempt",
            (Share::ThreeQuarters, Residual::Unpaid) => "three_quarter_exempt_unpaid",
            (Share::ThreeQuarters, Residual::TimeBarred) => "three_quarter_exempt_time_barred",
            (Share::Half, Residual::Paid) => "half_exempt",
            (Share::Half, Residual::Unpaid) => "half_exempt_unpaid",
            (Share::Half, Residual::TimeBarred) => "half_exempt_time_barred",
            (Share::OneQuarter, Residual::Paid) => "quarter_exempt",
            (Share::OneQuarter, Residual::Unpaid) => "quarter_exempt_unpaid",
            (Share::OneQuarter, Residual::TimeBarred) => "quarter_exempt_time_barred",
        },
        PaymentState::StudentDeferred => "student",
        PaymentState::Deferred => "deferral",
        PaymentState::Unpaid => "unpaid",
        PaymentState::TimeBarred => "time_barred",
    }
}

/// Counts the rows of a written part again into the totals.
///
/// # Errors
/// `File`, `Parquet`.
pub fn recount(job: &JobContext, file: &RunFile, totals: &mut Totals) -> Result<(), NightError> {
    lake::read(&locate(job, &file.path), &["person_id", "to_pay", "paid"], |batch| {
        let count = |name: &str| {
            let flags = lake::named(batch, name).as_boolean();
            i64::try_from(flags.true_count()).expect("a batch is small")
        };
        totals.add("np_months", i64::try_from(batch.num_rows()).expect("a batch is small"));
        totals.add("months_to_pay", count("to_pay"));
        totals.add("months_paid", count("paid"));
        Ok(())
    })?;
    Ok(())
}
