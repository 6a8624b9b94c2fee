//! 再評価率 (厚生年金保険法43条1項・43条の2から43条の5まで, 平成12年改正法附則21条・附則別表第1).

use domain::Month;
use jiff::civil::Date;

use super::{Births, Confidence, Graded, Thousandths, estimate_only, graded_row};
use crate::basic_pension::first_month;
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

mod recursion;
#[cfg(test)]
mod tests;

pub use recursion::{YearFactors, next_rate};

/// 再評価率の区分 — months of remuneration with one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    from: Option<Month>,
    until: Month,
    rate: Thousandths,
}

impl Band {
    fn read(line: &Line<'_>) -> Result<Band, String> {
        let text = line.text("value");
        // Below 1: nothing revalued to nothing. Above 100: no product of a month may overflow.
        let rate = Thousandths::parse(text).filter(|rate| (1..=100_000).contains(&rate.0));
        let (from, until) = (line.parse_or_open("month_from")?, line.parse("month_until")?);
        if from.is_some_and(|from| from > until) {
            return Err(format!("band ends before it begins: {until}"));
        }
        Ok(Band { from, until, rate: rate.ok_or_else(|| format!("value {text:?} cannot be read"))? })
    }

    fn covers(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && month <= self.until
    }
}

/// 一年度・一群の再評価率 — bands in order, joined without gap, the first open.
#[derive(Clone, Debug)]
pub(super) struct YearOfCohort {
    born: Births,
    bands: Vec<Band>,
}

pub(super) static RATES: LawTable<Graded<YearOfCohort>> =
    LawTable::new("employees_pension/revaluation/rates.csv", include_str!("rates.csv"), read_rates);

/// One row a band, in force from the benefit year that first used it.
pub(super) static LEVEL_1994: LawTable<Graded<Band>> =
    LawTable::new("employees_pension/revaluation/level_1994.csv", include_str!("level_1994.csv"), read_level_1994);

fn read_rates(text: &str) -> Result<Table<Graded<YearOfCohort>>, TableError> {
    Table::read(text, add_band)
}

fn read_level_1994(text: &str) -> Result<Table<Graded<Band>>, TableError> {
    Table::read(text, |rows, line| {
        let band = Band::read(line)?;
        rows.push(graded_row(line, |_| Some(band))?);
        Ok(())
    })
}

/// Adds a line to the row of its benefit year and cohort; bands must join without gap.
fn add_band(rows: &mut Vec<Row<Graded<YearOfCohort>>>, line: &Line<'_>) -> Result<(), String> {
    let band = Band::read(line)?;
    let (key, from) = (line.text("key"), line.parse::<Month>("from")?);
    let confidence = Confidence::read(line)?;
    match rows.last_mut().filter(|row| row.key == key && row.from == from) {
        None if band.from.is_none() => {
            let born = Births::read(line)?;
            let mut row = line.row(|_| Some(Graded { confidence, value: YearOfCohort { born, bands: vec![band] } }))?;
            row.text = format!("{from}からの年度の表");
            rows.push(row);
        }
        Some(row) if row.value.confidence == confidence => {
            let bands = &mut row.value.value.bands;
            if bands.last().map(|last| last.until.next()) != band.from {
                return Err(format!("{key} {from}: bands do not join at {:?}", band.from));
            }
            bands.push(band);
        }
        _ => return Err(format!("{key} {from}: first band with a beginning, or another confidence")),
    }
    Ok(())
}

/// 再評価率 — what a month's remuneration is multiplied by in a benefit year.
///
/// Law: 厚生年金保険法43条1項 (別表の率), 43条の2から43条の5まで (改定).
///
/// - `fiscal_year`: 年金の年度; from 2014 for those born from 1938-04-02, from 2024 for the older
/// - `month`: 報酬の月, to the end of the benefit year
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — no table of the year for the birth; `BadInput` — a month after the benefit year;
/// `CannotDecide` — only an estimate is on file (benefit year 2026, born to 1938-04-01).
///
/// # Examples
/// Benefit year 2025, born 1960-05-05, April 2003: 1.040; born 1955-05-05: 1.037.
pub fn revaluation_rate(
    fiscal_year: i16,
    birth: Date,
    month: Month,
    trace: &mut Trace,
) -> Result<Thousandths, LawError> {
    let april = first_month(fiscal_year)?;
    check_month(fiscal_year, month)?;
    let name = RATES.under(trace.book()).name();
    let (rate, confidence) = RATES.pick_where(
        april,
        trace,
        |row| row.value.born.cover(birth),
        |row| {
            let rate = row.value.bands.iter().find(|band| band.covers(month)).map(|band| band.rate);
            let rate = rate.ok_or_else(|| LawError::NotInForce { table: name.to_owned(), asked: month })?;
            Ok(((rate, row.confidence), format!("{month}: {rate}")))
        },
    )?;
    confidence.settle(name, april, trace)?;
    trace.tell(|| {
        Step::new("厚生年金保険法43条1項・43条の2から43条の5まで", "報酬の月の再評価率")
            .with("年金の年度", fiscal_year, "年度")
            .with("生年月日", birth, "")
            .with("報酬の月", month, "")
            .gives(rate)
    });
    Ok(rate)
}

/// 従前額保障の再評価率 — at the level of 1994, the same for every birth.
///
/// Law: 平成12年改正法附則21条・附則別表第1; from April 2005 改定率政令6条.
///
/// # Errors
/// As [`revaluation_rate`]; `CannotDecide` for months from April 2026, of which only an estimate is on file.
pub fn level_1994_rate(fiscal_year: i16, month: Month, trace: &mut Trace) -> Result<Thousandths, LawError> {
    let april = first_month(fiscal_year)?;
    check_month(fiscal_year, month)?;
    let rate = super::read_where(&LEVEL_1994, april, trace, |band| band.covers(month))?.rate;
    trace.tell(|| {
        Step::new("平成12年改正法附則21条・附則別表第1", "報酬の月の再評価率 (従前額保障)")
            .with("報酬の月", month, "")
            .gives(rate)
    });
    Ok(rate)
}

fn check_month(fiscal_year: i16, month: Month) -> Result<(), LawError> {
    if month.fiscal_year() <= fiscal_year {
        return Ok(());
    }
    let reason = format!("{month}は年金の年度 ({fiscal_year}年度) より後です。年度末までの月を入力してください");
    Err(LawError::bad_input("報酬の月 (month)", reason))
}

/// 再評価率の列 — of one benefit year and cohort, by month, for millions of lives: build it once and share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevaluationRates {
    fiscal_year: i16,
    table: String,
    first: Month,
    /// By month from `first` to the end of the benefit year; 0 where only an estimate is on file.
    thousandths: Vec<i32>,
}

impl RevaluationRates {
    /// The rates of those born on this day.
    ///
    /// # Errors
    /// As [`revaluation_rate`].
    pub fn of(fiscal_year: i16, birth: Date, trace: &mut Trace) -> Result<RevaluationRates, LawError> {
        let april = first_month(fiscal_year)?;
        let year = super::read_where(&RATES, april, trace, |row| row.born.cover(birth))?;
        let bands = year.bands.iter().map(|band| (band.until, band.rate));
        Ok(RevaluationRates::join(fiscal_year, RATES.under(trace.book()).name(), bands))
    }

    /// The rates of the guarantee, at the level of 1994. Months of which only an estimate is on file have none.
    ///
    /// # Errors
    /// As [`level_1994_rate`], but for the estimates.
    pub fn level_1994(fiscal_year: i16, trace: &mut Trace) -> Result<RevaluationRates, LawError> {
        let april = first_month(fiscal_year)?;
        let mut bands: Vec<(Month, Thousandths)> = Vec::new();
        let mut month = Month::new(1942, 6).expect("a month");
        while month <= april.plus(11) {
            let band = LEVEL_1994.at_where(april, trace, |band| band.value.covers(month))?;
            let known = band.confidence != Confidence::Low;
            bands.push((band.value.until, if known { band.value.rate } else { Thousandths(0) }));
            month = band.value.until.next();
        }
        Ok(RevaluationRates::join(fiscal_year, LEVEL_1994.under(trace.book()).name(), bands.into_iter()))
    }

    /// Bands in order; the first reaches back without bound.
    fn join(fiscal_year: i16, table: &str, bands: impl Iterator<Item = (Month, Thousandths)>) -> RevaluationRates {
        let mut joined =
            RevaluationRates { fiscal_year, table: table.to_owned(), first: Month::of(Date::MIN), thousandths: vec![] };
        for (until, rate) in bands {
            if joined.thousandths.is_empty() {
                joined.first = until;
            }
            let length = usize::try_from(until.months_since(joined.first) + 1).expect("bands are in order");
            joined.thousandths.resize(length, i32::try_from(rate.0).expect("rates are below 100"));
        }
        joined
    }

    /// 年金の年度.
    pub fn fiscal_year(&self) -> i16 {
        self.fiscal_year
    }

    /// The rate of a month in thousandths; 0 where there is none: after the benefit year, or only an estimate.
    #[inline]
    pub fn thousandths(&self, month: Month) -> i64 {
        let place = usize::try_from(month.months_since(self.first).max(0)).unwrap_or(usize::MAX);
        self.thousandths.get(place).copied().map_or(0, i64::from)
    }

    /// The rate of a month, or why there is none.
    ///
    /// # Errors
    /// `BadInput` — a month after the benefit year; `CannotDecide` — only an estimate is on file.
    pub fn at(&self, month: Month) -> Result<Thousandths, LawError> {
        check_month(self.fiscal_year, month)?;
        match self.thousandths(month) {
            0 => Err(LawError::CannotDecide { reason: estimate_only(&self.table, month) }),
            rate => Ok(Thousandths(rate)),
        }
    }
}
