//! 裁定・改定の差 — which awards in force give way, which rows come in their place, and why.

use domain::{Month, Yen};
use law::adjudication::award::{Components, Ground, Rights, Run};
use law::pension_payment::simultaneous_benefits::BenefitRight;
use store::night::awards::{AwardRow, Change as Known, ChangeKind, Due};

use super::filed::Filed;
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

/// What gives a run its reason beside its own amounts.
pub(super) struct Because<'a> {
    /// What the person filed.
    pub filed: Filed<'a>,
    /// The month after that of 65.
    pub from_65: Option<Month>,
}

/// From the awards in force to the runs that were computed: equal rows stay, the others give way to new ones.
pub(super) fn of(due: &Due, present: &[AwardRow], runs: &[Run], because: &Because<'_>, job: &JobContext) -> Change {
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
            _ => told(cause((due, other_level(present, &row)), &runs[place], before, because)),
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
    let (cause, cause_filing_id) = told(by_fact(due, false));
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
    let word = |ground: Option<Ground>| ground.map(|ground| ground.code().to_owned());
    AwardRow {
        person_id,
        manner: of.manner.map(|manner| manner.code().to_owned()),
        right_on: of.right_on,
        basic_of: word(of.basic_of),
        employees_of: word(of.employees_of),
        grade: of.grade.map(i16::from),
        basic_yen: [of.basic, of.additional, of.furikae, of.children].map(Yen::get),
        employees_yen: [of.proportional, of.transitional, of.adjustment, of.addition, of.stopped].map(Yen::get),
        survivor_yen: [of.survivor, of.survivor_stopped].map(Yen::get),
        suspended: of.suspended.words().join(","),
        cause: String::new(),
        cause_filing_id: None,
        run_id: job.run_id.clone(),
        from: run.from,
        until: run.until,
        known_at: job.cutoff_at,
    }
}

/// Whether what is paid, and what is not, is the same.
fn equal_amounts(one: &AwardRow, other: &AwardRow) -> bool {
    let rights = |row: &AwardRow| (row.manner.clone(), row.basic_of.clone(), row.employees_of.clone(), row.grade);
    (one.right_on, one.basic_yen, one.employees_yen, one.survivor_yen, &one.suspended)
        == (other.right_on, other.basic_yen, other.employees_yen, other.survivor_yen, &other.suspended)
        && rights(one) == rights(other)
}

fn same(one: &AwardRow, other: &AwardRow) -> bool {
    (one.from, one.until) == (other.from, other.until) && equal_amounts(one, other)
}

/// The same award, only shorter or longer.
fn cut(old: &AwardRow, new: &AwardRow) -> bool {
    old.from == new.from && equal_amounts(old, new)
}

/// Why a run begins: of a month that was decided before, what became known; of a later one, what differs from the run before.
///
/// - `other_level`: whether the months are worth another amount than before
fn cause((due, other_level): (&Due, bool), run: &Run, before: Option<&Run>, because: &Because<'_>) -> Cause {
    let decided = |look: &store::night::awards::Look| run.from <= Month::of(look.looked_at_on);
    if due.before.as_ref().is_some_and(decided) && !due.changes.is_empty() {
        return by_fact(due, other_level);
    }
    let adjoins = |before: &&Run| before.until == Some(run.from);
    let Some(before) = before.filter(adjoins) else {
        let first = paid(&run.components).into_iter().flatten().next().unwrap_or(Ground::OldAge);
        return Cause { word: "claim", filing_id: because.filed.filing_of(first) };
    };
    by_right(run, &before.components, because).unwrap_or_else(|| {
        let word = natural(run, &before.components, because);
        let filing_id = match word {
            "annual_revision" | "age_65" => None,
            _ => newest(due).and_then(|change| change.cause_filing_id),
        };
        Cause { word, filing_id }
    })
}

/// 支給事由 of the three pensions that are paid: 基礎年金, own 厚生年金, 遺族厚生年金.
fn paid(of: &Components) -> [Option<Ground>; 3] {
    [of.basic_of, of.employees_of, Some(Ground::Survivor).filter(|_| of.survivor > Yen::ZERO)]
}

/// The right behind one of the three.
fn right(place: usize, ground: Ground) -> BenefitRight {
    match (place, ground) {
        (0, Ground::OldAge) => BenefitRight::OldAgeBasic,
        (0, Ground::Disability) => BenefitRight::DisabilityBasic,
        (0, Ground::Survivor) => BenefitRight::SurvivorBasic,
        (_, Ground::OldAge) => BenefitRight::OldAgeEmployee,
        (_, Ground::Disability) => BenefitRight::DisabilityEmployee,
        (_, Ground::Survivor) => BenefitRight::SurvivorEmployee,
    }
}

/// The first of the three that is paid in one month and not in the other, with whether the other suspends it.
fn only_in(one: &Components, other: &Components) -> Option<(Ground, bool)> {
    let places = paid(one).into_iter().zip(paid(other)).enumerate();
    let mut differing = places.filter(|(_, (of_one, of_other))| of_one != of_other);
    let (place, ground) = differing.find_map(|(place, (ground, _))| Some((place, ground?)))?;
    Some((ground, other.suspended.has(right(place, ground))))
}

/// A choice, a grade, or a pension that begins or ends.
fn by_right(run: &Run, before: &Components, because: &Because<'_>) -> Option<Cause> {
    let (now, filed) = (&run.components, &because.filed);
    let drawn = |of: &Components| -> ([Option<Ground>; 3], Rights) { (paid(of), of.suspended) };
    let choice = filed.choices.iter().find(|choice| choice.from == run.from);
    if let Some(choice) = choice.filter(|_| drawn(now) != drawn(before)) {
        return Some(Cause { word: "choice", filing_id: choice.cause_filing_id });
    }
    let mut grades = filed.disability.into_iter().flat_map(|claim| &claim.grades);
    if let Some(grade) = grades.find(|grade| grade.from == run.from && now.grade != before.grade) {
        return Some(Cause { word: "grade", filing_id: grade.cause_filing_id });
    }
    if now.manner.is_some() && before.manner.is_some() && now.manner != before.manner {
        return Some(Cause { word: "age_65", filing_id: None });
    }
    // From 65 more of them are drawn side by side (国民年金法附則9条の2の4, 厚生年金保険法附則17条).
    let at_65 = because.from_65 == Some(run.from);
    match (only_in(now, before), only_in(before, now)) {
        (Some((_, true)), _) | (None, Some((_, true))) if at_65 => Some(Cause { word: "age_65", filing_id: None }),
        // It was there before, and only another one was drawn.
        (Some((_, true)), Some((Ground::Survivor, _))) => Some(Cause { word: "family", filing_id: None }),
        (Some((_, true)), _) => Some(Cause { word: "other_right", filing_id: None }),
        (Some((ground, false)), _) => Some(Cause { word: "claim", filing_id: filed.filing_of(ground) }),
        (None, Some((_, true))) => Some(Cause { word: "other_right", filing_id: None }),
        (None, Some((Ground::Survivor, false))) => Some(Cause { word: "family", filing_id: None }),
        (None, Some((Ground::Disability, false))) => Some(Cause { word: "grade", filing_id: None }),
        (None, Some((Ground::OldAge, false))) => {
            Some(Cause { word: "claim", filing_id: filed.filing_of(Ground::OldAge) })
        }
        (None, None) => None,
    }
}

/// What the month itself brings to what goes on.
fn natural(run: &Run, before: &Components, because: &Because<'_>) -> &'static str {
    let now = &run.components;
    let own = |of: &Components| (of.basic, of.proportional, of.transitional);
    let survivor = |of: &Components| (of.survivor, of.survivor_stopped);
    let revised = own(now) != own(before) || survivor(now) != survivor(before);
    let of_family = (now.addition, now.children) != (before.addition, before.children);
    if survivor(now) != survivor(before) && because.from_65 == Some(run.from) {
        "age_65"
    } else if child_comes_or_goes(now, before) {
        "family"
    } else if run.from.month() == 4 && revised {
        "annual_revision"
    } else if now.grade != before.grade {
        "grade"
    } else if own(now) != own(before) || now.survivor_stopped != before.survivor_stopped {
        if run.from.month() == 10 { "in_service" } else { "retirement" }
    } else if of_family || now.survivor != before.survivor {
        "family"
    } else if now.stopped != before.stopped {
        "working_stop"
    } else if now.suspended != before.suspended {
        "other_right"
    } else {
        "record_change"
    }
}

/// 子の加算 of one child more or less: April's revision moves it by far less than a twentieth, a child by more.
fn child_comes_or_goes(now: &Components, before: &Components) -> bool {
    let (now, before) = (now.children.get(), before.children.get());
    (now - before).abs() * 20 > now.max(before)
}

fn newest(due: &Due) -> Option<&Known> {
    due.changes.iter().max_by_key(|change| (change.at, change.is_new, change.kind, change.cause_filing_id))
}

/// Whether what months are worth (基本額, 報酬比例部分, 経過的加算, 遺族厚生年金), without what is added or stopped, differs from the award
/// in force.
fn other_level(present: &[AwardRow], row: &AwardRow) -> bool {
    let level = |row: &AwardRow| {
        (row.basic_yen[0], row.basic_yen[1], row.employees_yen[0], row.employees_yen[1], row.survivor_yen[0])
    };
    present.iter().find(|old| old.holds_in(row.from)).is_none_or(|old| level(old) != level(row))
}

/// The newest fact. A record is told first where months are worth another amount, for what it raises never lapses
/// (年金時効特例法1条); then a death.
fn by_fact(due: &Due, other_level: bool) -> Cause {
    let of = |kinds: &[ChangeKind]| {
        let changes = due.changes.iter().filter(|change| kinds.contains(&change.kind));
        changes.max_by_key(|change| (change.at, change.is_new, change.kind, change.cause_filing_id))
    };
    let record = of(&[ChangeKind::Record, ChangeKind::Merge]).filter(|_| other_level);
    let found = record.or_else(|| of(&[ChangeKind::Death])).or_else(|| newest(due));
    let Some(change) = found else { return Cause { word: "record_change", filing_id: None } };
    let word = match change.kind {
        ChangeKind::Record => "record_change",
        ChangeKind::Household | ChangeKind::Deceased => "family",
        ChangeKind::Grade => "grade",
        ChangeKind::Choice => "choice",
        ChangeKind::Claim => "claim",
        ChangeKind::Merge => "merge",
        ChangeKind::Death => "death",
    };
    Cause { word, filing_id: change.cause_filing_id }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use store::night::grounds::{ChoiceRow, DisabilityRow, GradeRow, SurvivorRow};

    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    /// A basic pension with so much for children, of one ground.
    fn basic(ground: Ground, yen: i64, children: i64) -> Components {
        Components {
            manner: None,
            right_on: date(2020, 1, 1),
            basic_of: Some(ground),
            employees_of: None,
            grade: (ground == Ground::Disability).then_some(2),
            basic: Yen::new(yen),
            additional: Yen::ZERO,
            furikae: Yen::ZERO,
            children: Yen::new(children),
            proportional: Yen::ZERO,
            transitional: Yen::ZERO,
            adjustment: Yen::ZERO,
            addition: Yen::ZERO,
            stopped: Yen::ZERO,
            survivor: Yen::ZERO,
            survivor_stopped: Yen::ZERO,
            suspended: Rights::NONE,
        }
    }

    fn disability(grades: Vec<GradeRow>) -> DisabilityRow {
        DisabilityRow {
            filed_on: date(2020, 1, 1),
            first_seen_on: date(2018, 1, 1),
            resident: true,
            fixed_on: None,
            grade_at_certification: 2,
            later_claim: None,
            paid_through: None,
            cause_filing_id: Some(1),
            grades,
        }
    }

    /// Why `now` begins in a month of which nothing was decided, right after `before`.
    fn why(before: Components, now: Components, from: &str, filed: Filed<'_>) -> (&'static str, Option<i64>) {
        let due = Due { person_id: 1, before: None, changes: Vec::new() };
        let before = Run { from: month("2020-02"), until: Some(month(from)), components: before };
        let run = Run { from: month(from), until: None, components: now };
        let because = Because { filed, from_65: Some(month("2030-02")) };
        let cause = cause((&due, true), &run, Some(&before), &because);
        (cause.word, cause.filing_id)
    }

    #[test]
    fn april_revises_and_a_child_that_grows_up_is_family() {
        let of = |yen, children| basic(Ground::Disability, yen, children);
        let why = |before, now| why(before, now, "2025-04", Filed::default());
        assert_eq!(why(of(816_000, 469_600), of(831_700, 478_600)), ("annual_revision", None));
        assert_eq!(why(of(816_000, 469_600), of(831_700, 239_300)), ("family", None));
        // The third child of three, by far the least.
        assert_eq!(why(of(816_000, 547_800), of(831_700, 478_600)), ("family", None));
    }

    #[test]
    fn a_grade_and_a_choice_cite_their_own_filings() {
        let grades = vec![GradeRow { from: month("2025-08"), grade: 1, cause_filing_id: Some(61) }];
        let disability = disability(grades);
        let filed = Filed { disability: Some(&disability), ..Filed::default() };
        let before = basic(Ground::Disability, 831_700, 0);
        let now = Components { grade: Some(1), basic: Yen::new(1_039_625), ..before };
        assert_eq!(why(before, now, "2025-08", filed), ("grade", Some(61)));
        let choices = [ChoiceRow { from: month("2025-09"), rights: Vec::new(), cause_filing_id: Some(62) }];
        let suspended = Rights::NONE.with(BenefitRight::DisabilityBasic);
        let chosen = Components { suspended, grade: None, ..basic(Ground::OldAge, 831_700, 0) };
        let filed = Filed { choices: &choices, ..filed };
        assert_eq!(why(before, chosen, "2025-09", filed), ("choice", Some(62)));
        assert_eq!(why(before, now, "2025-09", filed).0, "grade", "the choice names what was drawn anyway");
    }

    #[test]
    fn what_begins_is_a_claim_unless_it_was_only_suspended() {
        let survivor = SurvivorRow {
            deceased_person_id: 2,
            filed_on: date(2025, 4, 2),
            claimant_member_no: 1,
            resident: true,
            illness_first_seen_on: None,
            disability_grade_1_or_2: false,
            states_long: false,
            paid_through: None,
            cause_filing_id: Some(32),
            family: Vec::new(),
        };
        let disability = disability(Vec::new());
        let filed = Filed { disability: Some(&disability), survivor: Some(&survivor), ..Filed::default() };
        let disabled = basic(Ground::Disability, 831_700, 0);
        let beside = Components { survivor: Yen::new(400_000), ..disabled };
        assert_eq!(why(disabled, beside, "2025-05", filed), ("claim", Some(32)));
        assert_eq!(why(beside, disabled, "2025-05", filed), ("family", None));
        let suspended = Rights::NONE.with(BenefitRight::DisabilityBasic);
        let widow = Components { suspended, ..basic(Ground::Survivor, 831_700, 0) };
        assert_eq!(why(widow, disabled, "2025-05", filed), ("family", None), "the one ended, the other goes on");
        assert_eq!(why(disabled, widow, "2025-05", filed), ("claim", Some(32)));
        let waiting = Rights::NONE.with(BenefitRight::SurvivorEmployee);
        let alone = Components { suspended: waiting, ..disabled };
        assert_eq!(why(alone, beside, "2030-02", filed), ("age_65", None), "drawn side by side from 65");
        assert_eq!(why(alone, beside, "2030-05", filed), ("other_right", None));
        let less = Components { survivor: Yen::new(250_000), ..disabled };
        assert_eq!(why(beside, less, "2030-02", filed), ("age_65", None));
        assert_eq!(why(beside, less, "2029-02", filed), ("family", None), "another shares it");
    }
}
