//! 再評価率の棚 — rates of a benefit year, resolved once for everybody of a cohort.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::employees_pension::revaluation::RevaluationRates;
use crate::{LawError, Trace};

/// Both series of one benefit year and cohort.
#[derive(Debug)]
pub struct Series {
    /// 本来水準.
    pub new: RevaluationRates,
    /// 従前額保障.
    pub guaranteed: RevaluationRates,
}

/// 再評価率の棚. Parameters are told to the trace when a series is resolved, not when it is taken down again.
#[derive(Debug, Default)]
pub struct RateShelf {
    series: BTreeMap<(i16, i16), Series>,
}

impl RateShelf {
    /// An empty one.
    pub fn new() -> RateShelf {
        RateShelf::default()
    }

    pub(super) fn of(&mut self, fiscal_year: i16, birth: Date, trace: &mut Trace) -> Result<&Series, LawError> {
        let key = (fiscal_year, cohort_year(birth));
        if !self.series.contains_key(&key) {
            let new = RevaluationRates::of(fiscal_year, birth, trace)?;
            let guaranteed = RevaluationRates::level_1994(fiscal_year, trace)?;
            self.series.insert(key, Series { new, guaranteed });
        }
        Ok(&self.series[&key])
    }
}

/// Every cohort of the pension laws runs from 2 April to 1 April.
fn cohort_year(birth: Date) -> i16 {
    if (birth.month(), birth.day()) < (4, 2) { birth.year() - 1 } else { birth.year() }
}
