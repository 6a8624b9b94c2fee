//! 定時決定 — column by column as a night would have it, one by one as the terminal has it.

use std::sync::{Arc, LazyLock};

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, Int8Array, Int32Array, Int64Array, RecordBatch, UInt8Array};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Field, Int8Type, Int32Type, Schema, SchemaRef, UInt8Type,
};
use domain::{Month, Yen};
use law::employees_insurance::annual_determination::columns::{
    AnnualFacts, AnnualLaw, AnnualOutcome, AnnualVerdict, LONG_AGO, NO_MONTH, WORKERS,
};
use law::employees_insurance::annual_determination::{AnnualCase, AnnualDetermination, determine};
use law::employees_insurance::grade::Standards;
use law::employees_insurance::remuneration::PayMonth;
use law::{LawError, Receipt, Trace, day_number, day_of};
use serde_json::{Value, json};

use super::people::Dice;

/// People of one batch.
const ROWS: usize = 8_192;

static INPUTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field = |name: &str, kind: DataType| Field::new(name, kind, name == "acquired_on");
    Arc::new(Schema::new(vec![
        field("worker", DataType::UInt8),
        field("april_days", DataType::Int8),
        field("may_days", DataType::Int8),
        field("june_days", DataType::Int8),
        field("april_yen", DataType::Int32),
        field("may_yen", DataType::Int32),
        field("june_yen", DataType::Int32),
        field("acquired_on", DataType::Date32),
        field("revised_month", DataType::Int8),
        field("previous_hi_yen", DataType::Int32),
        field("previous_epi_yen", DataType::Int32),
    ]))
});

static RESULTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    let names = ["verdict", "average_yen", "hi_yen", "epi_yen"];
    Arc::new(Schema::new(names.map(|name| Field::new(name, DataType::Int64, false)).to_vec()))
});

/// So many people of a spring, in batches.
pub fn spring(people: usize, seed: u64, year: i16) -> Vec<RecordBatch> {
    let june = Month::new(year, 6).expect("a month").first_day();
    let batch = |first: usize| {
        let mut dice = Dice::new(seed, first as u64);
        let facts: Vec<AnnualFacts> =
            (first..people.min(first + ROWS)).map(|_| facts(&mut dice, day_number(june))).collect();
        RecordBatch::try_new(INPUTS.clone(), arrays(&facts)).expect("the arrays follow the columns")
    };
    (0..people).step_by(ROWS).map(batch).collect()
}

/// Mostly plain cases; a few short months, part-timers, newcomers and people who were revised in the summer.
fn facts(dice: &mut Dice, first_of_june: i32) -> AnnualFacts {
    let pay = 90_000 + dice.below(900_000) / 3 + dice.below(900_000) / 3;
    let month = |dice: &mut Dice| match dice.below(40) {
        0 => NO_MONTH,
        1 => 9 + dice.below(10) as i8,
        _ => 20 + dice.below(12) as i8,
    };
    let previous = i64::from(pay / 20_000 * 20_000).max(98_000);
    AnnualFacts {
        worker: (dice.below(10) - 7).max(0) as u8,
        base_days: if dice.one_in(100) { [10; 3] } else { [month(dice), month(dice), month(dice)] },
        pay_yen: [(); 3].map(|()| i64::from(pay + dice.below(40_000))),
        acquired_on: if dice.one_in(50) { first_of_june - 30 + dice.below(90) } else { LONG_AGO },
        revised_month: if dice.one_in(100) { 5 + dice.below(7) as i8 } else { 0 },
        previous_hi_yen: previous,
        previous_epi_yen: previous.min(650_000),
    }
}

fn arrays(facts: &[AnnualFacts]) -> Vec<ArrayRef> {
    let days = |place: usize| -> ArrayRef {
        Arc::new(Int8Array::from_iter_values(facts.iter().map(|one| one.base_days[place])))
    };
    let yen = |yen: &dyn Fn(&AnnualFacts) -> i64| -> ArrayRef {
        Arc::new(Int32Array::from_iter_values(facts.iter().map(|one| yen(one) as i32)))
    };
    let acquired = facts.iter().map(|one| (one.acquired_on != LONG_AGO).then_some(one.acquired_on));
    vec![
        Arc::new(UInt8Array::from_iter_values(facts.iter().map(|one| one.worker))),
        days(0),
        days(1),
        days(2),
        yen(&|one| one.pay_yen[0]),
        yen(&|one| one.pay_yen[1]),
        yen(&|one| one.pay_yen[2]),
        Arc::new(acquired.collect::<Date32Array>()),
        Arc::new(Int8Array::from_iter_values(facts.iter().map(|one| one.revised_month))),
        yen(&|one| one.previous_hi_yen),
        yen(&|one| one.previous_epi_yen),
    ]
}

/// The columns of a batch.
struct Columns<'a> {
    worker: &'a [u8],
    days: [&'a [i8]; 3],
    yen: [&'a [i32]; 5],
    acquired_on: &'a dyn Array,
    acquired_days: &'a [i32],
    revised_month: &'a [i8],
}

fn values<T: ArrowPrimitiveType>(batch: &RecordBatch, place: usize) -> &[T::Native] {
    batch.column(place).as_primitive::<T>().values()
}

impl<'a> Columns<'a> {
    fn of(batch: &'a RecordBatch) -> Columns<'a> {
        Columns {
            worker: values::<UInt8Type>(batch, 0),
            days: [1, 2, 3].map(|place| values::<Int8Type>(batch, place)),
            yen: [4, 5, 6, 9, 10].map(|place| values::<Int32Type>(batch, place)),
            acquired_on: batch.column(7),
            acquired_days: values::<Date32Type>(batch, 7),
            revised_month: values::<Int8Type>(batch, 8),
        }
    }

    #[inline]
    fn person(&self, row: usize) -> AnnualFacts {
        let yen = |place: usize| i64::from(self.yen[place][row]);
        AnnualFacts {
            worker: self.worker[row],
            base_days: [self.days[0][row], self.days[1][row], self.days[2][row]],
            pay_yen: [yen(0), yen(1), yen(2)],
            acquired_on: if self.acquired_on.is_valid(row) { self.acquired_days[row] } else { LONG_AGO },
            revised_month: self.revised_month[row],
            previous_hi_yen: yen(3),
            previous_epi_yen: yen(4),
        }
    }
}

/// 列ごと — a batch of facts in, a batch of standards out.
pub fn determine_all(law: &AnnualLaw, batch: &RecordBatch) -> RecordBatch {
    let columns = Columns::of(batch);
    let outcomes: Vec<AnnualOutcome> = (0..batch.num_rows()).map(|row| law.determine(&columns.person(row))).collect();
    let column = |value: fn(&AnnualOutcome) -> i64| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(outcomes.iter().map(value)))
    };
    let arrays = vec![
        column(|out| verdict_code(out.verdict)),
        column(|out| out.average_yen),
        column(|out| out.hi_yen),
        column(|out| out.epi_yen),
    ];
    RecordBatch::try_new(RESULTS.clone(), arrays).expect("the arrays follow the columns")
}

fn verdict_code(verdict: AnnualVerdict) -> i64 {
    match verdict {
        AnnualVerdict::Determined => 0,
        AnnualVerdict::CarriedOver => 1,
        AnnualVerdict::NotMade => 2,
        AnnualVerdict::Held => 3,
    }
}

/// Sums of averages and of both standards over a batch of results.
pub fn sums(results: &RecordBatch) -> [i64; 3] {
    [1, 2, 3].map(|place| values::<arrow::datatypes::Int64Type>(results, place).iter().sum())
}

/// The cases of a batch, as the terminal makes them of a filing.
pub fn cases(batch: &RecordBatch, year: i16) -> Vec<AnnualCase> {
    let columns = Columns::of(batch);
    (0..batch.num_rows()).map(|row| case(&columns.person(row), year)).collect()
}

fn case(facts: &AnnualFacts, year: i16) -> AnnualCase {
    let month = |number: i8| Month::new(year, number).expect("a month");
    let given = (4_i8..).zip(facts.base_days.into_iter().zip(facts.pay_yen)).filter(|(_, (days, _))| *days != NO_MONTH);
    let standard = |yen: i64| Some(Yen::new(yen)).filter(|_| yen != 0);
    AnnualCase {
        year,
        worker: WORKERS[usize::from(facts.worker)],
        months: given
            .map(|(number, (days, pay))| (month(number), PayMonth { base_days: days.into(), pay: Yen::new(pay) }))
            .collect(),
        previous: Standards { hi: standard(facts.previous_hi_yen), epi: standard(facts.previous_epi_yen) },
        acquired_on: (facts.acquired_on != LONG_AGO).then(|| day_of(facts.acquired_on)),
        revised_from: (1..=12).contains(&facts.revised_month).then(|| month(facts.revised_month)),
    }
}

/// 一件ごと — one person with every step, as the terminal shows it.
///
/// # Errors
/// As the rule: the person is left to somebody.
pub fn one_by_one(case: &AnnualCase) -> Result<(AnnualDetermination, Receipt), LawError> {
    let mut trace = Trace::new();
    let made = determine(case, &mut trace)?;
    let result = json!({ "hi_standard_yen": made.standards.hi, "epi_standard_yen": made.standards.epi });
    Ok((made, trace.into_receipt("定時決定", Value::Null, result)))
}

/// Average and both standards of one person, as `sums` adds them.
pub fn amounts(made: &AnnualDetermination) -> [i64; 3] {
    [made.average, made.standards.hi, made.standards.epi].map(|yen| yen.map_or(0, Yen::get))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_single_persons_agree() {
        let law = AnnualLaw::of(2026, &mut Trace::new()).expect("in force");
        let batch = &spring(3_000, 5, 2026)[0];
        let results = determine_all(&law, batch);
        let mut total = [0; 3];
        let (mut held, cases) = (0, cases(batch, 2026));
        for case in &cases {
            match one_by_one(case) {
                Ok((made, _)) => total.iter_mut().zip(amounts(&made)).for_each(|(sum, yen)| *sum += yen),
                Err(_) => held += 1,
            }
        }
        let verdicts = values::<arrow::datatypes::Int64Type>(&results, 0);
        assert_eq!(sums(&results), total);
        assert_eq!(verdicts.iter().filter(|code| **code == 3).count(), held);
        assert!((0..4).all(|code| verdicts.contains(&code)), "every verdict occurs");
    }
}
