//! 基礎年金番号の重複の点検 — pairs of numbers that are probably one person, with reasons, for the reviewers' queue.
//!
//! Nobody is held against everybody. A pair that can reach the queue has the same day of birth (or month and day
//! swapped) and nearly the same kana, or a 郵便番号 in common; so there are two kinds of partitions, ranges of days of
//! birth and ranges of 郵便番号, and within one of them people meet who have a key in common ([`blocks`]). The pair
//! says itself which key it belongs to ([`blocks::owner`]), so exactly one partition writes it.
//!
//! What stands on the queue and is no longer found (the record was corrected, the pair was decided) is ended by the
//! partition of the first person's birth. Nothing is merged here: two clerks decide.

pub mod blocks;
mod output;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use law::Trace;
use law::pension_record::duplicates::{Reason, Score, Yardstick};
use store::night::duplicates::{self, CandidateRow};
use store::night::runs;
use store::settings;
use store::{Session, Settings, StoreError};

use crate::lake;
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

pub use output::CANDIDATES;
use output::{Found, State};
use people::People;

/// 基礎年金番号の重複の点検.
pub struct Duplicates;

impl Job for Duplicates {
    fn name(&self) -> &'static str {
        "duplicates"
    }

    fn title(&self) -> &'static str {
        "基礎年金番号の重複の点検"
    }

    /// Ranges of days of birth, then ranges of 郵便番号.
    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let (births, zips) = session.run(async |db| {
            let births = duplicates::birth_keys(&*db).await?;
            let zips = duplicates::zips(&*db).await?;
            Ok::<_, StoreError>((births, zips))
        })?;
        let mut ranges = divide(&births, job.people_per_partition);
        let zips: Vec<(i64, i64)> = zips.into_iter().map(|(zip, people)| (blocks::ZIPS_FROM + zip, people)).collect();
        ranges.extend(divide(&zips, job.people_per_partition));
        Ok(ranges)
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let job = partition.job;
        let yardstick = Yardstick::of(job.month(), &mut Trace::new())?;
        let doing = || NightError::store("重複の点検");
        let mut people = People::of_partition(partition, session, &yardstick).map_err(doing())?;
        let (pairs, crowds) = blocks::pairs(people.all(), partition.keys, &yardstick);
        // The first person's partition of births looks after what stands on the queue.
        let own = if partition.keys.from < blocks::ZIPS_FROM { people.of_range() } else { Vec::new() };
        let standing = session.run(async |db| duplicates::standing(db, &own, job.cutoff_at).await).map_err(doing())?;
        let judged = judge(&pairs, &standing, &mut people, session, partition, &yardstick).map_err(doing())?;
        session
            .run(async |db| {
                duplicates::end(db, &judged.ended).await?;
                duplicates::insert(db, &job.run_id, &judged.new_rows()).await
            })
            .map_err(NightError::store("重複の疑いの記録"))?;
        let file = output::write_part(partition, &judged.found)?;
        let counts = Counts { read: people.count(), done: people.count(), ..Counts::default() };
        let verdicts = crowd(&crowds).into_iter().collect();
        Ok(Outcome { counts, totals: totals_of(&judged.found), verdicts, files: vec![file] })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["duplicate_candidates"]
    }

    /// Pairs from Parquet; those written anew from the queue.
    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let (files, written) = session.run(async |db| {
            let files = runs::files(&*db, &job.run_id, job.job_no).await?;
            let written = duplicates::written(&*db, &job.run_id).await?;
            Ok::<_, StoreError>((files, written))
        })?;
        let mut totals = Totals::new().with(WRITTEN, written);
        for file in &files {
            output::each_row(job, file, |score| {
                totals.add(PAIRS, 1);
                totals.add(POINTS, i64::from(score));
            })?;
        }
        Ok(totals)
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        lake::write_run_summary(job, CANDIDATES, job.month(), &written, totals)
    }
}

/// Total: pairs at or above the yardstick, decided ones left out.
pub const PAIRS: &str = "pairs";
/// Total: their points.
const POINTS: &str = "points";
/// Total: rows written to the queue, for pairs that are new or changed.
pub const WRITTEN: &str = "written";

fn totals_of(found: &[Found]) -> Totals {
    let mut totals = Totals::new();
    for pair in found {
        totals.add(PAIRS, 1);
        totals.add(POINTS, i64::from(pair.row.score));
        totals.add(WRITTEN, i64::from(pair.state != State::Standing));
    }
    totals
}

/// Ranges of about so many people without gaps between them; the keys of a country are never all of one partition.
fn divide(keys: &[(i64, i64)], people_per_partition: i64) -> Vec<KeyRange> {
    let (mut ranges, mut from, mut people) = (Vec::new(), None, 0);
    for (key, count) in keys {
        let begin = *from.get_or_insert(*key);
        if people > 0 && people + count > people_per_partition {
            ranges.push(KeyRange { from: begin, to: *key });
            (from, people) = (Some(*key), 0);
        }
        people += count;
    }
    ranges.extend(from.zip(keys.last()).map(|(from, (last, _))| KeyRange { from, to: last + 1 }));
    ranges
}

/// What is said of the crowds of a partition: one line, for the same people share several keys.
fn crowd(sizes: &[usize]) -> Option<VerdictRow> {
    let largest = sizes.iter().max()?;
    Some(VerdictRow {
        subject: "duplicates:crowd".to_owned(),
        verdict: "held",
        code: "too_many_alike".to_owned(),
        message: format!(
            "同じ鍵の人が多い鍵が{}個あり (最大{largest}人)、互いに比べていません。仮の生年月日・氏名で登録していないか確かめてください",
            sizes.len()
        ),
    })
}

/// What a partition has to write.
struct Judged {
    /// In order of pair.
    found: Vec<Found>,
    /// Pairs that no longer stand as they did.
    ended: Vec<(i64, i64)>,
}

impl Judged {
    fn new_rows(&self) -> Vec<CandidateRow> {
        self.found.iter().filter(|pair| pair.state != State::Standing).map(|pair| pair.row.clone()).collect()
    }
}

/// Scores what was found and what stands, with the records of those who need it.
fn judge(
    pairs: &[(i64, i64)],
    standing: &[CandidateRow],
    people: &mut People,
    session: &mut PartitionSession<'_>,
    partition: &Partition<'_>,
    yardstick: &Yardstick,
) -> Result<Judged, StoreError> {
    let cutoff_at = partition.job.cutoff_at;
    let of_row = |row: &CandidateRow| (row.first_person_id, row.second_person_id);
    let kept: BTreeSet<(i64, i64)> = standing.iter().map(of_row).collect();
    people.add(kept.iter().map(|pair| pair.1), session, yardstick, cutoff_at)?;
    let likely = pairs.iter().copied().filter(|pair| people.best(*pair, yardstick) >= yardstick.candidate_from());
    let own: BTreeSet<(i64, i64)> = likely.collect();
    let asked: BTreeSet<(i64, i64)> = own.union(&kept).copied().collect();
    people.read_covers(&asked, session, cutoff_at)?;
    let first: Vec<i64> = asked.iter().map(|pair| pair.0).collect::<BTreeSet<_>>().into_iter().collect();
    let (decided, known) = session.run(async |db| {
        let decided = duplicates::decided(db, &first, cutoff_at).await?;
        let known = duplicates::standing(db, &first, cutoff_at).await?;
        Ok::<_, StoreError>((decided, known))
    })?;
    let known: BTreeMap<(i64, i64), &CandidateRow> = known.iter().map(|row| (of_row(row), row)).collect();
    let as_of = partition.job.month();
    let score = |pair: (i64, i64)| -> Option<Score> {
        let open = decided.binary_search(&pair).is_err();
        people.score(pair, yardstick, as_of).filter(|score| open && score.points >= yardstick.candidate_from())
    };
    let mut ended: Vec<(i64, i64)> =
        kept.iter().copied().filter(|pair| score(*pair).is_none() || people.owner(*pair).is_none()).collect();
    let mut found = Vec::new();
    for pair in own {
        let Some(score) = score(pair) else { continue };
        let row = row_of(pair, &score);
        let state = match known.get(&pair) {
            None => State::New,
            Some(before) if **before == row => State::Standing,
            Some(_) => State::Changed,
        };
        if state == State::Changed {
            ended.push(pair);
        }
        found.push(Found { row, state });
    }
    Ok(Judged { found, ended })
}

fn row_of((first_person_id, second_person_id): (i64, i64), score: &Score) -> CandidateRow {
    let reasons = score.reasons.iter().copied().map(Reason::code).map(str::to_owned).collect();
    CandidateRow { first_person_id, second_person_id, score: score.points, reasons }
}

/// 点検の成績 — what was found of pairs that are known to be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Pairs that were planted.
    pub planted: usize,
    /// Pairs that were proposed.
    pub proposed: usize,
    /// Planted pairs that were proposed.
    pub found: usize,
}

impl Measure {
    /// 再現率 in thousandths, cut: planted pairs that were found. All of nothing is all.
    pub fn recall_permille(&self) -> usize {
        (self.found * 1000).checked_div(self.planted).unwrap_or(1000)
    }

    /// 適合率 in thousandths, cut: proposed pairs that were planted.
    pub fn precision_permille(&self) -> usize {
        (self.found * 1000).checked_div(self.proposed).unwrap_or(1000)
    }
}

/// Holds everything that was ever proposed against the setting `planted_duplicates`, a JSON list of pairs of persons
/// in either order; `None` where nothing was planted.
///
/// # Errors
/// `Store`; `Broken` — the setting is no list of pairs.
pub fn measure(url: &str) -> Result<Option<Measure>, NightError> {
    let mut session = Session::open(&Settings::new(url).named("nenrin-measure"))?;
    let (planted, proposed) = session.run(async |db| {
        let planted = settings::get(&*db, "planted_duplicates").await?;
        let proposed = duplicates::ever_proposed(&*db).await?;
        Ok::<_, StoreError>((planted, proposed))
    })?;
    let Some(planted) = planted else { return Ok(None) };
    let unreadable = |_| NightError::Broken("設定 planted_duplicates を読めません".to_owned());
    let planted: Vec<(i64, i64)> = serde_json::from_str(&planted).map_err(unreadable)?;
    let planted: BTreeSet<(i64, i64)> = planted.into_iter().map(|(one, other)| in_order(one, other)).collect();
    let found = proposed.iter().filter(|pair| planted.contains(*pair)).count();
    Ok(Some(Measure { planted: planted.len(), proposed: proposed.len(), found }))
}

/// The smaller number first, as the queue keeps a pair.
fn in_order(one: i64, other: i64) -> (i64, i64) {
    (one.min(other), one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Verdicts of one subject and code are one row of a partition.
    #[test]
    fn many_crowds_are_told_once() {
        assert!(crowd(&[]).is_none());
        let told = crowd(&[300, 412, 300]).expect("something to say");
        assert!(told.message.contains("3個") && told.message.contains("412人"), "{}", told.message);
    }

    #[test]
    fn ranges_have_no_gap_and_hold_about_so_many() {
        let keys = [(10, 3), (11, 3), (20, 9), (21, 1), (30, 1), (99, 4)];
        let ranges: Vec<(i64, i64)> = divide(&keys, 6).iter().map(|range| (range.from, range.to)).collect();
        assert_eq!(ranges, [(10, 20), (20, 21), (21, 100)]);
        assert_eq!(divide(&[], 6), []);
        assert_eq!(divide(&[(5, 100)], 6), [KeyRange { from: 5, to: 6 }]);
    }

    #[test]
    fn a_measure_of_nothing_is_perfect() {
        let measure = Measure { planted: 3, proposed: 4, found: 2 };
        assert_eq!((measure.recall_permille(), measure.precision_permille()), (666, 500));
        let nothing = Measure { planted: 0, proposed: 0, found: 0 };
        assert_eq!((nothing.recall_permille(), nothing.precision_permille()), (1000, 1000));
    }
}
