//! Months of a register that change: marks that no longer fit, and spans cut to what is left.

use domain::Month;
use domain::life::Contribution;
use domain::life::register::{Entry, Register, SpanIs, SpanKind};

use super::{Unfit, Work};
use crate::pension_record::life::{Cover, LifeRecord};

/// Takes away marks that a month can no longer have under its category; returns how many months lost one.
pub(super) fn clear_marks(
    register: &mut Register,
    (first, last): (Month, Month),
    after: &LifeRecord,
    work: &Work<'_>,
) -> usize {
    let mut cleared = 0;
    for month in first.through(last) {
        let cover = after.month(month).map_or(Cover::None, |entry| entry.cover);
        for row in register.years.iter_mut().filter(|row| row.is.fiscal_year == month.fiscal_year()) {
            let Some((state, _)) = row.is.get(month) else { continue };
            if !fits(cover, state) {
                row.is.set(month, None);
                row.cause = work.cause.clone();
                cleared += 1;
            }
        }
    }
    cleared
}

fn fits(cover: Cover, state: Contribution) -> bool {
    match cover {
        Cover::Cat1 => true,
        Cover::Voluntary | Cover::SpecialVoluntary => state == Contribution::Paid,
        Cover::None | Cover::Employees(_) | Cover::Cat3 => false,
    }
}

/// Cuts the months out of every span that `which` names; what is left before keeps its number.
pub(super) fn cut_spans(
    register: &mut Register,
    (first, last): (Month, Month),
    work: &mut Work<'_>,
    which: impl Fn(SpanKind) -> bool,
) -> Result<(), Unfit> {
    let mut kept = Vec::with_capacity(register.spans.len());
    for row in std::mem::take(&mut register.spans) {
        if !which(row.is.kind) || row.is.last < first || last < row.is.first {
            kept.push(row);
            continue;
        }
        let mut record_id = Some(row.record_id);
        for (from, to) in [(row.is.first, first.previous()), (last.next(), row.is.last)] {
            if from <= to {
                let record_id = match record_id.take() {
                    Some(own) => own,
                    None => work.new_record()?,
                };
                let is = SpanIs { first: from, last: to, ..row.is };
                kept.push(Entry { record_id, is, cause: work.cause.clone(), ..row.clone() });
            }
        }
    }
    register.spans = kept;
    Ok(())
}

/// A new span of months.
pub(super) fn add_span(
    register: &mut Register,
    kind: SpanKind,
    (first, last): (Month, Month),
    work: &mut Work<'_>,
) -> Result<(), Unfit> {
    let record_id = work.new_record()?;
    let (person_id, cause) = (register.person_id, work.cause.clone());
    register.spans.push(Entry { person_id, record_id, is: SpanIs { kind, first, last }, cause });
    Ok(())
}

/// The runs of months that share a value, in order; months without one are between them.
pub(super) fn runs<T: PartialEq + Copy>(values: impl IntoIterator<Item = (Month, T)>) -> Vec<(T, Month, Month)> {
    let mut runs: Vec<(T, Month, Month)> = Vec::new();
    for (month, value) in values {
        match runs.last_mut() {
            Some((of, _, last)) if *of == value && last.next() == month => *last = month,
            _ => runs.push((value, month, month)),
        }
    }
    runs
}
