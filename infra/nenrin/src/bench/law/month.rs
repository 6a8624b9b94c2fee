//! 月分の保険料 — column by column as the night has it, one by one as the terminal has it.

use std::sync::{Arc, LazyLock};

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, BooleanBufferBuilder, Int64Array, RecordBatch};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::{DataType, Date32Type, Field, Int16Type, Int32Type, Int64Type, Schema, SchemaRef};
use law::{MonthLaw, PersonContribution, PersonMonth, Receipt, Trace, Verdict};
use serde_json::{Value, json};

/// Columns that are read, in the order of the file.
pub const INPUTS: [&str; 16] = [
    "person_id",
    "prefecture",
    "birth_on",
    "acquired_on",
    "lost_on",
    "hi_applies",
    "epi_applies",
    "ltci_excluded",
    "hi_standard_yen",
    "epi_standard_yen",
    "hi_standard_bonus_yen",
    "epi_standard_bonus_yen",
    "exempt",
    "bonus_exempt",
    "epi_same_month_cancelled",
    "multi_workplace",
];

const FLAGS: [&str; 5] = ["held", "hi_charged", "epi_charged", "ltci", "exempt"];

/// Exact amounts in 1/100,000 yen, then shares of the insured in yen.
pub const AMOUNTS: [&str; 9] = [
    "health_exact",
    "ltci_exact",
    "support_exact",
    "epi_exact",
    "contribution_exact",
    "hi_employee_yen",
    "epi_employee_yen",
    "bonus_hi_employee_yen",
    "bonus_epi_employee_yen",
];

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let ids = [Field::new("person_id", DataType::Int64, false)];
    let flags = FLAGS.map(|name| Field::new(name, DataType::Boolean, false));
    let amounts = AMOUNTS.map(|name| Field::new(name, DataType::Int64, false));
    Arc::new(Schema::new(ids.into_iter().chain(flags).chain(amounts).collect::<Vec<_>>()))
});

/// Columns of the results.
pub fn schema() -> SchemaRef {
    SCHEMA.clone()
}

/// The columns of a batch of people.
pub struct Columns<'a> {
    prefecture: &'a [i16],
    birth_on: &'a [i32],
    acquired_on: &'a [i32],
    lost_on: &'a dyn Array,
    lost_days: &'a [i32],
    yen: [&'a [i32]; 4],
    flags: [&'a BooleanBuffer; 7],
}

impl<'a> Columns<'a> {
    /// Of a batch with the columns of [`INPUTS`] in their order.
    pub fn of(batch: &'a RecordBatch) -> Columns<'a> {
        let days = |place: usize| batch.column(place).as_primitive::<Date32Type>().values().as_ref();
        let yen = |place: usize| batch.column(place).as_primitive::<Int32Type>().values().as_ref();
        let flag = |place: usize| batch.column(place).as_boolean().values();
        Columns {
            prefecture: batch.column(1).as_primitive::<Int16Type>().values(),
            birth_on: days(2),
            acquired_on: days(3),
            lost_on: batch.column(4),
            lost_days: days(4),
            yen: [8, 9, 10, 11].map(yen),
            flags: [5, 6, 7, 12, 13, 14, 15].map(flag),
        }
    }

    /// One person, as the rule wants it.
    #[inline]
    pub fn person(&self, row: usize) -> PersonMonth {
        let yen = |place: usize| i64::from(self.yen[place][row]);
        let flag = |place: usize| self.flags[place].value(row);
        PersonMonth {
            birth_on: self.birth_on[row],
            acquired_on: self.acquired_on[row],
            lost_on: self.lost_on.is_valid(row).then(|| self.lost_days[row]),
            prefecture: u8::try_from(self.prefecture[row]).unwrap_or(0),
            hi_applies: flag(0),
            epi_applies: flag(1),
            ltci_excluded: flag(2),
            hi_standard_yen: yen(0),
            epi_standard_yen: yen(1),
            hi_standard_bonus_yen: yen(2),
            epi_standard_bonus_yen: yen(3),
            exempt: flag(3),
            bonus_exempt: flag(4),
            epi_same_month_cancelled: flag(5),
            multi_workplace: flag(6),
        }
    }
}

/// 列ごと — a batch of people in, a batch of results out.
pub fn assess(law: &MonthLaw, batch: &RecordBatch) -> RecordBatch {
    let (columns, rows) = (Columns::of(batch), batch.num_rows());
    let mut flags: [BooleanBufferBuilder; 5] = std::array::from_fn(|_| BooleanBufferBuilder::new(rows));
    let mut amounts: [Vec<i64>; 9] = std::array::from_fn(|_| Vec::with_capacity(rows));
    for row in 0..rows {
        let out = law.assess(&columns.person(row));
        flags.iter_mut().zip(flags_of(&out)).for_each(|(column, flag)| column.append(flag));
        amounts.iter_mut().zip(amounts_of(&out)).for_each(|(column, amount)| column.push(amount));
    }
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(1 + FLAGS.len() + AMOUNTS.len());
    arrays.push(batch.column(0).clone());
    for mut flag in flags {
        arrays.push(Arc::new(BooleanArray::new(flag.finish(), None)));
    }
    for amount in amounts {
        arrays.push(Arc::new(Int64Array::from(amount)));
    }
    RecordBatch::try_new(schema(), arrays).expect("the arrays follow the columns")
}

/// In the order of [`FLAGS`].
#[inline]
fn flags_of(out: &PersonContribution) -> [bool; 5] {
    let held = matches!(out.verdict, Verdict::Hold(_));
    [held, out.hi_charged, out.epi_charged, out.ltci, out.exempt]
}

/// In the order of [`AMOUNTS`].
#[inline]
fn amounts_of(out: &PersonContribution) -> [i64; 9] {
    let levies = out.levies();
    [
        levies.health_exact,
        levies.ltci_exact,
        levies.support_exact,
        levies.epi_exact,
        levies.contribution_exact,
        out.hi_employee_yen,
        out.epi_employee_yen,
        out.bonus_hi_employee_yen,
        out.bonus_epi_employee_yen,
    ]
}

/// 一件ごと — one person with every step, as the terminal shows it.
pub fn one_by_one(law: &MonthLaw, person: &PersonMonth) -> (PersonContribution, Receipt) {
    let mut trace = Trace::new();
    let out = law.explain(person, &mut trace);
    let result = json!({ "hi_employee_yen": out.hi_employee_yen, "epi_employee_yen": out.epi_employee_yen });
    (out, trace.into_receipt("月分の保険料", Value::Null, result))
}

/// Sum of each amount over a batch of results.
pub fn sums(results: &RecordBatch) -> [i128; 9] {
    let first = 1 + FLAGS.len();
    std::array::from_fn(|place| {
        let values = results.column(first + place).as_primitive::<Int64Type>().values();
        values.iter().map(|value| i128::from(*value)).sum()
    })
}

/// The same of one person.
pub fn amounts(out: &PersonContribution) -> [i128; 9] {
    amounts_of(out).map(i128::from)
}

#[cfg(test)]
mod tests {
    use super::super::people::{self, Country};
    use super::*;

    #[test]
    fn columns_and_single_persons_agree() {
        let month = "2026-07".parse().expect("a month");
        let law = MonthLaw::of(month, &mut Trace::new()).expect("in force");
        let batch = Country::of(2_000, 7, month).expect("in force").batch(0);
        let (columns, results) = (Columns::of(&batch), assess(&law, &batch));
        let mut total = [0; 9];
        for row in 0..batch.num_rows() {
            let (out, receipt) = one_by_one(&law, &columns.person(row));
            assert!(!receipt.steps.is_empty());
            total.iter_mut().zip(amounts(&out)).for_each(|(sum, amount)| *sum += amount);
        }
        assert_eq!(sums(&results), total);
        assert!(total.iter().all(|sum| *sum > 0), "every amount occurs: {total:?}");
    }

    #[test]
    fn inputs_are_the_columns_of_the_people() {
        let names: Vec<String> = people::schema().fields().iter().map(|field| field.name().clone()).collect();
        assert_eq!(names, INPUTS);
    }
}
