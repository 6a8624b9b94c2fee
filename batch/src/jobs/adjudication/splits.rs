//! 離婚時の年金分割による改定 — an amount that changes in the month after the claim names the claim, also where the night of
//! that month only sees the month come.

use domain::Month;
use domain::life::RemunerationSplit;

use super::change::Change;

/// Words of [`super::change`] for a month that brings its change by itself.
const BY_THE_MONTH: [&str; 3] = ["retirement", "in_service", "working_stop"];

/// Names the filing in the rows that begin when a split takes effect. 離婚時みなし被保険者期間 can make a first 老齢厚生年金 of it, which
/// reads like a claim: that row too, where another came before it.
pub(super) fn cite(change: &mut Change, splits: &[RemunerationSplit]) {
    let ends: Vec<Month> = change.new.iter().filter_map(|row| row.until).collect();
    for row in &mut change.new {
        let split = splits.iter().rev().find(|split| split.effective() == row.from);
        let goes_on = row.cause == "claim" && ends.contains(&row.from);
        if let Some(split) = split.filter(|_| goes_on || BY_THE_MONTH.contains(&row.cause.as_str())) {
            row.cause = "record_change".to_owned();
            row.cause_filing_id = split.cause_filing_id;
        }
    }
}
