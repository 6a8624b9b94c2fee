//! Invented people of one month, in columns: the same seed gives the same people on any number of threads.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Date32Array, Int16Array, Int32Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use domain::Month;
use law::employees_insurance::{Scheme, grade};
use law::{LawError, Trace, day_number};
use parquet::arrow::ArrowWriter;
use rayon::prelude::*;

use super::{Failure, files};

/// People of one batch, one row group and one file of results.
pub const ROWS: usize = 131_072;

/// Makes batches of people.
pub struct Country {
    seed: u64,
    people: usize,
    month: Month,
    /// Standards of both schemes by grade of HI; EPI ends at its own highest and lowest grade.
    standards: Vec<(i32, i32)>,
}

/// A generator of numbers that is fast and the same everywhere (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Of a seed and a batch.
    pub fn new(seed: u64, number: u64) -> Dice {
        Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to just below the bound.
    pub fn below(&mut self, bound: i32) -> i32 {
        (((self.next() >> 32) * bound as u64) >> 32) as i32
    }

    /// True once in so many times.
    pub fn one_in(&mut self, parts: i32) -> bool {
        self.below(parts) == 0
    }
}

/// One person of a batch.
struct Person {
    prefecture: i16,
    birth_on: i32,
    acquired_on: i32,
    lost_on: Option<i32>,
    hi_applies: bool,
    epi_applies: bool,
    ltci_excluded: bool,
    standards: (i32, i32),
    bonus_yen: i32,
    exempt: bool,
    bonus_exempt: bool,
    cancelled: bool,
    multi_workplace: bool,
}

impl Country {
    /// As many people as asked for, with standards that are in force in the month.
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck`.
    pub fn of(people: usize, seed: u64, month: Month) -> Result<Country, LawError> {
        let mut trace = Trace::new();
        let epi = grade::all(Scheme::EmployeesPension, month, &mut trace)?;
        let of_epi = |from| epi.iter().rfind(|grade| grade.from <= from).expect("grades begin at 0").standard;
        let hi = grade::all(Scheme::HealthInsurance, month, &mut trace)?;
        let standards = hi.iter().map(|grade| (grade.standard.get() as i32, of_epi(grade.from).get() as i32));
        Ok(Country { seed, people, month, standards: standards.collect() })
    }

    /// How many batches.
    pub fn batches(&self) -> usize {
        self.people.div_ceil(ROWS)
    }

    /// One of the batches.
    pub fn batch(&self, number: usize) -> RecordBatch {
        let first = number * ROWS;
        let rows = ROWS.min(self.people - first);
        let mut dice = Dice::new(self.seed, number as u64);
        let people: Vec<Person> = (0..rows).map(|_| self.person(&mut dice)).collect();
        RecordBatch::try_new(schema(), arrays(first as i64, &people)).expect("the arrays follow the columns")
    }

    /// Mostly plain cases; a few of every kind that the month's rule treats apart.
    fn person(&self, dice: &mut Dice) -> Person {
        let first_day = day_number(self.month.first_day());
        // 18 to 78 years old; the middle grades are the common ones.
        let birth_on = first_day - 6_575 - dice.below(21_900);
        let grades = self.standards.len() as i32;
        let place = (dice.below(grades) + dice.below(grades) + dice.below(grades)) / 3;
        let hired_before = if dice.one_in(100) { dice.below(31) - 30 } else { 31 + dice.below(6_000) };
        let acquired_on = first_day - hired_before;
        let lost_on = dice.one_in(50).then(|| acquired_on.max(first_day - 20) + dice.below(60));
        let with_bonus = dice.below(10) < 3;
        let standards = self.standards[place as usize];
        // Bonuses of whole thousands, around two months of pay.
        let bonus_yen = if with_bonus { (standards.0 / 1000 * (10 + dice.below(20)) / 10) * 1000 } else { 0 };
        let exempt = dice.one_in(60);
        Person {
            prefecture: 1 + (dice.below(47) + dice.below(47)) as i16 / 2,
            birth_on,
            acquired_on,
            lost_on,
            hi_applies: !dice.one_in(200),
            epi_applies: !dice.one_in(100),
            ltci_excluded: dice.one_in(500),
            standards,
            bonus_yen: bonus_yen.min(1_500_000),
            exempt,
            bonus_exempt: exempt && dice.below(3) > 0,
            cancelled: dice.one_in(2_000),
            multi_workplace: dice.one_in(2_000),
        }
    }

    /// Writes all people into one file, a row group for each batch.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut writer = ArrowWriter::try_new(File::create(path)?, schema(), Some(files::properties()))?;
        let numbers: Vec<usize> = (0..self.batches()).collect();
        for some in numbers.chunks(8) {
            let batches: Vec<RecordBatch> = some.par_iter().map(|number| self.batch(*number)).collect();
            for batch in batches {
                writer.write(&batch)?;
                writer.flush()?;
            }
        }
        writer.close()?;
        Ok(())
    }
}

/// Columns of the people.
pub fn schema() -> SchemaRef {
    let field = |name: &str, kind: DataType| Field::new(name, kind, name == "lost_on");
    Arc::new(Schema::new(vec![
        field("person_id", DataType::Int64),
        field("prefecture", DataType::Int16),
        field("birth_on", DataType::Date32),
        field("acquired_on", DataType::Date32),
        field("lost_on", DataType::Date32),
        field("hi_applies", DataType::Boolean),
        field("epi_applies", DataType::Boolean),
        field("ltci_excluded", DataType::Boolean),
        field("hi_standard_yen", DataType::Int32),
        field("epi_standard_yen", DataType::Int32),
        field("hi_standard_bonus_yen", DataType::Int32),
        field("epi_standard_bonus_yen", DataType::Int32),
        field("exempt", DataType::Boolean),
        field("bonus_exempt", DataType::Boolean),
        field("epi_same_month_cancelled", DataType::Boolean),
        field("multi_workplace", DataType::Boolean),
    ]))
}

fn arrays(first: i64, people: &[Person]) -> Vec<ArrayRef> {
    let flags = |flag: fn(&Person) -> bool| -> ArrayRef {
        Arc::new(people.iter().map(|one| Some(flag(one))).collect::<BooleanArray>())
    };
    let yen = |yen: fn(&Person) -> i32| -> ArrayRef { Arc::new(Int32Array::from_iter_values(people.iter().map(yen))) };
    let days =
        |day: fn(&Person) -> i32| -> ArrayRef { Arc::new(Date32Array::from_iter_values(people.iter().map(day))) };
    vec![
        Arc::new(Int64Array::from_iter_values((first..).take(people.len()))),
        Arc::new(Int16Array::from_iter_values(people.iter().map(|one| one.prefecture))),
        days(|one| one.birth_on),
        days(|one| one.acquired_on),
        Arc::new(people.iter().map(|one| one.lost_on).collect::<Date32Array>()),
        flags(|one| one.hi_applies),
        flags(|one| one.epi_applies),
        flags(|one| one.ltci_excluded),
        yen(|one| one.standards.0),
        yen(|one| one.standards.1),
        yen(|one| one.bonus_yen),
        yen(|one| one.bonus_yen),
        flags(|one| one.exempt),
        flags(|one| one.bonus_exempt),
        flags(|one| one.cancelled),
        flags(|one| one.multi_workplace),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let month = "2026-07".parse().expect("a month");
        let country = |people, seed| Country::of(people, seed, month).expect("in force");
        let (one, more) = (country(1_000, 1), country(ROWS + 1_000, 1));
        assert_eq!(one.batch(0), more.batch(0).slice(0, 1_000), "a larger country begins with the same people");
        assert_eq!((one.batches(), more.batches(), more.batch(1).num_rows()), (1, 2, 1_000));
        assert_ne!(one.batch(0), country(1_000, 2).batch(0));
    }
}
