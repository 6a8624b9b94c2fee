//! 裁定・改定の差 — which awards in force give way, which rows come in their place, and why.

use domain::{Month, Yen};
use law::adjudication::award::{Components, Run};
use law::adjudication::old_age::Manner;
use store::night::awards::{AwardRow, Change as Known, ChangeKind, ClaimRow, Due};

use crate::run::JobContext;

/// What a look changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// First months of awards in force that give way.
    pub gone: Vec<Month>,
    /// Rows that come.
    pub new: Vec<AwardRow>,
}

impl Change {
    /// The awards in force afterwards, in order of month.
    pub fn apply(&self, present: Vec<AwardRow>) -> Vec<AwardRow> {
        let mut awards: Vec<AwardRow> = present.into_iter().filter(|row| !self.gone.contains(&row.from)).collect();
        awards.extend(self.new.iter().cloned());
        awards.sort_by_key(|row| row.from);
        awards
    }
}

/// 理由 — a word and the filing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cause {
    word: &'static str,
    filing_id: Option<i64>,
}

/// From the awards in force to the runs that were computed: equal rows stay, the others give way to new ones.
pub(super) fn of(due: &Due, present: &[AwardRow], runs: &[Run], claim: Option<&ClaimRow>, job: &JobContext) -> Change {
    let rows: Vec<AwardRow> = runs.iter().map(|run| row_of(due.person_id, run, job)).collect();
    let stays = |row: &AwardRow| rows.iter().any(|new| same(new, row));
    let gone: Vec<&AwardRow> = present.iter().filter(|row| !stays(row)).collect();
    let mut new = Vec::new();
    for (place, mut row) in rows.into_iter().enumerate() {
        if present.iter().any(|old| same(old, &row)) {
            continue;
        }
        let before = place.checked_sub(1).map(|before| &runs[before]);
        let goes_on = runs.get(place + 1).is_some_and(|next| Some(next.from) == row.until);
        let cause = match gone.iter().find(|old| cut(old, &row)) {
            // The amount is what it was; only another row follows it now.
            Some(old) if goes_on || due.changes.is_empty() => (old.cause.clone(), old.cause_filing_id),
            _ => told(cause(due, &runs[place], before, claim)),
        };
        (row.cause, row.cause_filing_id) = cause;
        new.push(row);
    }
    Change { gone: gone.iter().map(|row| row.from).collect(), new }
}

/// 保留: what stands stays, but for the months after death.
pub(super) fn held(due: &Due, present: &[AwardRow], died_in: Option<Month>, job: &JobContext) -> Change {
    let Some(end) = died_in.map(Month::next) else { return Change::default() };
    let late = |row: &&AwardRow| row.until.is_none_or(|until| until > end);
    let gone: Vec<&AwardRow> = present.iter().filter(late).collect();
    let (cause, cause_filing_id) = told(by_fact(due));
    let cut = |row: &&AwardRow| AwardRow {
        until: Some(end),
        cause: cause.clone(),
        cause_filing_id,
        run_id: job.run_id.clone(),
        known_at: job.cutoff_at,
        ..(*row).clone()
    };
    let new = gone.iter().copied().filter(|row| row.from < end).map(|row| cut(&row)).collect();
    Change { gone: gone.iter().map(|row| row.from).collect(), new }
}

fn told(cause: Cause) -> (String, Option<i64>) {
    (cause.word.to_owned(), cause.filing_id)
}

fn row_of(person_id: i64, run: &Run, job: &JobContext) -> AwardRow {
    let of = &run.components;
    AwardRow {
        person_id,
        manner: of.manner.expect("an old-age pension").code().to_owned(),
        right_on: of.right_on,
        basic_yen: [of.basic, of.additional, of.furikae].map(Yen::get),
        employees_yen: [of.proportional, of.transitional, of.adjustment, of.addition, of.stopped].map(Yen::get),
        cause: String::new(),
        cause_filing_id: None,
        run_id: job.run_id.clone(),
        from: run.from,
        until: run.until,
        known_at: job.cutoff_at,
    }
}

fn equal_amounts(one: &AwardRow, other: &AwardRow) -> bool {
    (&one.manner, one.right_on, one.basic_yen, one.employees_yen)
        == (&other.manner, other.right_on, other.basic_yen, other.employees_yen)
}

fn same(one: &AwardRow, other: &AwardRow) -> bool {
    (one.from, one.until) == (other.from, other.until) && equal_amounts(one, other)
}

/// The same award, only shorter or longer.
fn cut(old: &AwardRow, new: &AwardRow) -> bool {
    old.from == new.from && equal_amounts(old, new)
}

/// Why a run begins: of a month that was decided before, what became known; of a later one, what differs from the run before.
fn cause(due: &Due, run: &Run, before: Option<&Run>, claim: Option<&ClaimRow>) -> Cause {
    let decided = |look: &store::night::awards::Look| run.from <= Month::of(look.looked_at_on);
    if due.before.as_ref().is_some_and(decided) && !due.changes.is_empty() {
        return by_fact(due);
    }
    let adjoins = |before: &&Run| before.until == Some(run.from);
    let Some(before) = before.filter(adjoins) else {
        return Cause { word: "claim", filing_id: claim.and_then(|claim| claim.cause_filing_id) };
    };
    let word = natural(run, &before.components);
    let filing_id = match word {
        "annual_revision" | "age_65" => None,
        "claim" => claim.and_then(|claim| claim.cause_filing_id),
        _ => newest(due).and_then(|change| change.cause_filing_id),
    };
    Cause { word, filing_id }
}

/// What the month itself brings.
fn natural(run: &Run, before: &Components) -> &'static str {
    let now = &run.components;
    let level = |of: &Components| (of.basic, of.proportional, of.transitional);
    if now.manner != before.manner {
        "age_65"
    } else if run.from.month() == 4 && level(now) != level(before) {
        "annual_revision"
    } else if (now.basic == Yen::ZERO) != (before.basic == Yen::ZERO)
        || (now.proportional == Yen::ZERO) != (before.proportional == Yen::ZERO) && now.manner != Some(Manner::Special)
    {
        "claim"
    } else if level(now) != level(before) {
        if run.from.month() == 10 { "in_service" } else { "retirement" }
    } else if now.addition != before.addition {
        "family"
    } else if now.stopped != before.stopped {
        "working_stop"
    } else {
        "record_change"
    }
}

fn newest(due: &Due) -> Option<&Known> {
    due.changes.iter().max_by_key(|change| (change.at, change.is_new, change.kind, change.cause_filing_id))
}

/// The newest fact; a death is told before anything else.
fn by_fact(due: &Due) -> Cause {
    let death = due.changes.iter().filter(|change| change.kind == ChangeKind::Death).max_by_key(|change| change.at);
    let Some(change) = death.or_else(|| newest(due)) else { return Cause { word: "record_change", filing_id: None } };
    let word = match change.kind {
        ChangeKind::Record => "record_change",
        ChangeKind::Household => "family",
        ChangeKind::Claim => "claim",
        ChangeKind::Merge => "merge",
        ChangeKind::Death => "death",
    };
    Cause { word, filing_id: change.cause_filing_id }
}
