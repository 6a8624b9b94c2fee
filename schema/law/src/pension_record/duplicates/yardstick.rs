//! 目安 — the points of every reason and the variants of kana and kanji, read once for many pairs.

use std::collections::BTreeMap;

use domain::Month;

use super::Reason;
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Trace};

pub(in crate::pension_record) static WEIGHTS: LawTable<i32> =
    LawTable::new("pension_record/duplicates/weights.csv", include_str!("weights.csv"), |text| {
        Table::of_values(text, |value| value.parse().ok())
    });

/// Pairs of what is written and what it is compared as.
pub(in crate::pension_record) type Variants = Vec<(String, String)>;

pub(in crate::pension_record) static KANA_VARIANTS: LawTable<Variants> =
    LawTable::new("pension_record/duplicates/kana_variants.csv", include_str!("kana_variants.csv"), of_variants);
pub(in crate::pension_record) static KANJI_VARIANTS: LawTable<Variants> =
    LawTable::new("pension_record/duplicates/kanji_variants.csv", include_str!("kanji_variants.csv"), of_variants);

/// The key of the one row that holds all variants.
const ALL: &str = "all";

/// The lines of a table of variants as one row.
fn of_variants(text: &str) -> Result<Table<Variants>, TableError> {
    Table::read(text, add)
}

fn add(rows: &mut Vec<Row<Variants>>, line: &Line<'_>) -> Result<(), String> {
    let (written, compared) = (line.text("key").to_owned(), line.text("value").to_owned());
    if written.is_empty() || compared.is_empty() || written == compared {
        return Err(format!("{written:?} is no variant of {compared:?}"));
    }
    match rows.last_mut() {
        None => {
            let mut row = line.row(|_| Some(vec![(written, compared)]))?;
            row.key = ALL.to_owned();
            row.text = "1組".to_owned();
            rows.push(row);
        }
        Some(row) => {
            if row.value.iter().any(|(known, _)| *known == written) {
                return Err(format!("{written} is there twice"));
            }
            row.value.push((written, compared));
            row.text = format!("{}組", row.value.len());
        }
    }
    Ok(())
}

/// 目安 — everything that a comparison needs, resolved for one month.
#[derive(Clone, Debug)]
pub struct Yardstick {
    weights: BTreeMap<Reason, i32>,
    candidate_from: i16,
    certain_from: i16,
    pub(super) overlap_months_min: i32,
    pub(super) side_by_side_months_min: i32,
    pub(super) kana: Variants,
    pub(super) kanji: BTreeMap<char, char>,
}

impl Yardstick {
    /// The yardstick of a month.
    ///
    /// # Errors
    /// `PastLastCheck`, `NotInForce` — the tables do not answer for the month; whoever keeps them looks at them.
    pub fn of(month: Month, trace: &mut Trace) -> Result<Yardstick, LawError> {
        let mut weights = BTreeMap::new();
        for reason in Reason::ALL {
            // 以前の氏名 is told and weighs nothing by itself.
            let weight = if reason == Reason::FormerName { 0 } else { *WEIGHTS.at(key(reason), month, trace)? };
            weights.insert(reason, weight);
        }
        let points = |key: &str, trace: &mut Trace| -> Result<i16, LawError> {
            let points = *WEIGHTS.at(key, month, trace)?;
            Ok(i16::try_from(points.clamp(0, 100)).expect("0 to 100"))
        };
        let kanji = KANJI_VARIANTS.at(ALL, month, trace)?;
        Ok(Yardstick {
            weights,
            candidate_from: points("candidate_from", trace)?,
            certain_from: points("certain_from", trace)?,
            overlap_months_min: *WEIGHTS.at("overlap_months_min", month, trace)?,
            side_by_side_months_min: *WEIGHTS.at("side_by_side_months_min", month, trace)?,
            kana: KANA_VARIANTS.at(ALL, month, trace)?.clone(),
            kanji: kanji.iter().filter_map(|(old, new)| Some((old.chars().next()?, new.chars().next()?))).collect(),
        })
    }

    /// Points from which a pair is shown to reviewers.
    pub fn candidate_from(&self) -> i16 {
        self.candidate_from
    }

    /// Points from which a pair is nearly certain. Two clerks decide all the same.
    pub fn certain_from(&self) -> i16 {
        self.certain_from
    }

    /// The points of one reason.
    pub fn weight(&self, reason: Reason) -> i32 {
        self.weights.get(&reason).copied().unwrap_or(0)
    }
}

fn key(reason: Reason) -> &'static str {
    reason.code()
}
