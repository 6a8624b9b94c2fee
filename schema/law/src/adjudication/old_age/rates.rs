//! 法令の棚 — the law of a benefit year, resolved once for everybody of a cohort.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;

use crate::employees_pension::old_age_pension::{CohortLaw, cohort_of};
use crate::{LawError, Trace};

/// 年度・生年の区分ごとの法令. Parameters are told to the trace when the law of a cohort is resolved, not when it is
/// taken down again.
#[derive(Debug, Default)]
pub struct RateShelf {
    laws: BTreeMap<(i16, i16), CohortLaw>,
}

impl RateShelf {
    /// An empty one.
    pub fn new() -> RateShelf {
        RateShelf::default()
    }

    pub(in crate::adjudication) fn of(
        &mut self,
        fiscal_year: i16,
        birth: Date,
        trace: &mut Trace,
    ) -> Result<&CohortLaw, LawError> {
        match self.laws.entry((fiscal_year, cohort_of(birth))) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(CohortLaw::of(fiscal_year, birth, trace)?)),
        }
    }
}
