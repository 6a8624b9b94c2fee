//! 支払の結果 — Parquet by person, and by 支払期; in order of person. The 支払期月 of the run is in the path.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, Date32Array, Int64Array, StringArray};
use arrow::datatypes::DataType;
use domain::Yen;
use law::day_number;
use store::night::runs::RunFile;

use super::Rules;
use super::decide::{Decided, OwnLine, Sending};
use crate::lake::{self, Column, column, optional_column, part_path, unique_column};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition, Totals};

/// Name of the dataset of payments: a row per person with a payment, sent or held.
pub const PAYMENTS: &str = "payments";
/// Name of the dataset of 支払期: a row per line that was accounted, or that has lapsed.
pub const LINES: &str = "payment_lines";

/// Names of the amounts of a payment, as in pension_payments and in the totals.
pub const YEN_NAMES: [&str; 10] = [
    "basic_yen",
    "employees_yen",
    "survivor_yen",
    "set_off_yen",
    "income_tax_yen",
    "long_term_care_yen",
    "national_health_yen",
    "late_elderly_yen",
    "resident_tax_yen",
    "net_yen",
];

static PAYMENT_COLUMNS: [Column; 15] = [
    unique_column("person_id", "人", DataType::Int64),
    column("payment_on", "支払日", "", DataType::Date32),
    column("kind", "種類", "", DataType::Utf8),
    column("basic_yen", "基礎年金", "円", DataType::Int64),
    column("employees_yen", "老齢・障害厚生年金", "円", DataType::Int64),
    column("survivor_yen", "遺族厚生年金", "円", DataType::Int64),
    column("set_off_yen", "内払の差引", "円", DataType::Int64),
    column("income_tax_yen", "源泉徴収税額", "円", DataType::Int64),
    column("long_term_care_yen", "介護保険料", "円", DataType::Int64),
    column("national_health_yen", "国民健康保険料", "円", DataType::Int64),
    column("late_elderly_yen", "後期高齢者医療保険料", "円", DataType::Int64),
    column("resident_tax_yen", "個人住民税", "円", DataType::Int64),
    column("net_yen", "差引支払額", "円", DataType::Int64),
    column("sent", "送った", "", DataType::Boolean),
    column("has_account", "受取口座あり", "", DataType::Boolean),
];

static LINE_COLUMNS: [Column; 12] = [
    unique_column("person_id", "人", DataType::Int64),
    column("for_payment", "本来の支払期月の1日", "", DataType::Date32),
    column("ground", "支給事由 (old_age 老齢, disability 障害, survivor 遺族)", "", DataType::Utf8),
    column("basic_yen", "基礎年金", "円", DataType::Int64),
    column("employees_yen", "老齢・障害厚生年金", "円", DataType::Int64),
    column("survivor_yen", "遺族厚生年金", "円", DataType::Int64),
    column("february_basic_yen", "二月期の加算 基礎年金", "円", DataType::Int64),
    column("february_employees_yen", "二月期の加算 老齢・障害厚生年金", "円", DataType::Int64),
    column("february_survivor_yen", "二月期の加算 遺族厚生年金", "円", DataType::Int64),
    column("cause", "理由", "", DataType::Utf8),
    optional_column("cause_filing_id", "届", DataType::Int64),
    column("lapsed", "時効で消滅", "", DataType::Boolean),
];

/// Writes both parts of a partition.
///
/// # Errors
/// `File`, `Parquet`.
pub fn write_parts(
    partition: &Partition<'_>,
    rules: &Rules,
    decided: &[Decided],
) -> Result<Vec<WrittenFile>, NightError> {
    let month = partition.job.month();
    let write = |dataset: &str, columns: &[Column], arrays: Vec<ArrayRef>| {
        lake::write(partition.job, &part_path(dataset, month, partition.no), dataset, columns, arrays)
    };
    Ok(vec![write(PAYMENTS, &PAYMENT_COLUMNS, payments(decided, rules))?, write(LINES, &LINE_COLUMNS, lines(decided))?])
}

fn payments(decided: &[Decided], rules: &Rules) -> Vec<ArrayRef> {
    let rows: Vec<(&Decided, &Sending, [i64; 10])> =
        decided.iter().filter_map(|one| one.sending.as_ref().map(|sending| (one, sending, sending.yen()))).collect();
    let paid_on = day_number(rules.paid_on);
    let mut arrays = vec![
        lake::i64_array(&rows, |row| row.0.person_id),
        Arc::new(Date32Array::from_iter_values(rows.iter().map(|_| paid_on))),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.1.kind.word()))),
    ];
    arrays.extend((0..YEN_NAMES.len()).map(|place| lake::i64_array(&rows, |row| row.2[place])));
    arrays.push(Arc::new(BooleanArray::from_iter(rows.iter().map(|row| Some(row.0.held.is_none())))));
    arrays.push(Arc::new(BooleanArray::from_iter(rows.iter().map(|row| Some(row.1.account.is_some())))));
    arrays
}

fn lines(decided: &[Decided]) -> Vec<ArrayRef> {
    let of = |one| -> Vec<(i64, &OwnLine, bool)> {
        let one: &Decided = one;
        let posted = one.lines.iter().map(|line| (one.person_id, line, false));
        posted.chain(one.lapsed.iter().map(|line| (one.person_id, line, true))).collect()
    };
    let rows: Vec<(i64, &OwnLine, bool)> = decided.iter().flat_map(of).collect();
    let yen = |amount: fn(&OwnLine) -> Yen| lake::i64_array(&rows, |row| amount(row.1).get());
    vec![
        lake::i64_array(&rows, |row| row.0),
        Arc::new(Date32Array::from_iter_values(rows.iter().map(|row| day_number(row.1.for_payment.first_day())))),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.1.ground.code()))),
        yen(|line| line.yen.basic),
        yen(|line| line.yen.employees),
        yen(|line| line.yen.survivor),
        yen(|line| line.february.basic),
        yen(|line| line.february.employees),
        yen(|line| line.february.survivor),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.1.cause.as_str()))),
        Arc::new(Int64Array::from_iter(rows.iter().map(|row| row.1.cause_filing_id))),
        Arc::new(BooleanArray::from_iter(rows.iter().map(|row| Some(row.2)))),
    ]
}

/// Counts a published part of ours again.
///
/// # Errors
/// `File`, `Parquet`.
pub fn count(job: &JobContext, file: &RunFile, totals: &mut Totals) -> Result<(), NightError> {
    let place = locate(job, &file.path);
    match file.path.split('/').next() {
        Some(PAYMENTS) => {
            lake::read(&place, &["net_yen", "sent"], |batch| {
                let sent = lake::named(batch, "sent").as_boolean().values().iter();
                for (yen, sent) in lake::i64s(batch, "net_yen").iter().zip(sent) {
                    totals.add(if sent { "payments" } else { "payments_held" }, 1);
                    totals.add("net_yen", if sent { *yen } else { 0 });
                }
                Ok(())
            })?;
        }
        Some(LINES) => {
            lake::read(&place, &["basic_yen", "employees_yen", "survivor_yen", "lapsed"], |batch| {
                let lapsed = lake::named(batch, "lapsed").as_boolean().values().iter();
                let own = lake::i64s(batch, "basic_yen").iter().zip(lake::i64s(batch, "employees_yen"));
                let yen = own.zip(lake::i64s(batch, "survivor_yen"));
                for (((basic, employees), survivor), _) in yen.zip(lapsed).filter(|(_, lapsed)| !lapsed) {
                    totals.add("lines", 1);
                    totals.add("lines_basic_yen", *basic);
                    totals.add("lines_employees_yen", *employees);
                    totals.add("lines_survivor_yen", *survivor);
                }
                Ok(())
            })?;
        }
        _ => {}
    }
    Ok(())
}
