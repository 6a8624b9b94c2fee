//! 過月分の増減 — what became known after earlier months were assessed enters the sum of this month, as the exact
//! difference between both assessments by the same rule (国等の債権債務等の金額の端数計算に関する法律2条: cut once, in the
//! sum of the month in which it is processed).

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Int64Array};
use arrow::datatypes::DataType;
use domain::Month;
use jiff::Timestamp;
use law::employees_insurance::limitation;
use law::{MonthLaw, Trace, Verdict, day_number};
use store::night::facts::{self, LateChange, Scope};
use store::night::{runs, selections};
use store::{Connection, StoreError};

use super::hold;
use super::output::EXACT_COLUMNS;
use super::people::{self, Insured, Question};
use super::sums::{EmployerSums, Exact, exact_of};
use crate::lake::{
    Column, EXACT_YEN, column, exact_array, i64_array, optional_column, part_path, unique_column, write,
};
use crate::run::files::WrittenFile;
use crate::run::{NightError, Partition, PartitionSession, VerdictRow};

/// Name of the dataset.
pub const ADJUSTMENTS: &str = "adjustments";

static COLUMNS: [Column; 12] = [
    column("employer_id", "事業所", "", DataType::Int64),
    unique_column("spell_id", "資格", DataType::Int64),
    unique_column("person_id", "人", DataType::Int64),
    column("adjusted_month", "増減した月分 (その月の1日)", "", DataType::Date32),
    column("health_yen", "健康保険料の増減 (介護・支援金を除く全額、端数処理前)", "円", EXACT_YEN),
    column("ltci_yen", "介護保険料の増減 (全額、端数処理前)", "円", EXACT_YEN),
    column("support_yen", "子ども・子育て支援金の増減 (全額、端数処理前)", "円", EXACT_YEN),
    column("epi_yen", "厚生年金保険料の増減 (全額、端数処理前)", "円", EXACT_YEN),
    column("contribution_yen", "子ども・子育て拠出金の増減 (端数処理前)", "円", EXACT_YEN),
    column("hi_employee_yen", "被保険者負担分の増減 健康保険 (月額と賞与)", "円", DataType::Int64),
    column("epi_employee_yen", "被保険者負担分の増減 厚生年金保険 (月額と賞与)", "円", DataType::Int64),
    optional_column("cause_filing_id", "原因の届 (いくつもあれば最後のもの)", DataType::Int64),
];

/// One spell and earlier month whose contributions are others than assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// 事業所.
    pub employer_id: i64,
    /// 資格.
    pub spell_id: i64,
    /// 人.
    pub person_id: i64,
    /// 月分.
    pub month: Month,
    /// Now less before.
    pub exact: Exact,
    /// Shares of the insured, now less before: HI and EPI.
    pub shares: [i64; 2],
    /// 原因の届: the last of those that changed the facts; `None` when no filing did.
    pub cause_filing_id: Option<i64>,
}

/// The corrections of a partition, and those that a person must decide.
#[derive(Debug, Default)]
pub struct Adjustments {
    /// In order of employer, spell and month.
    pub rows: Vec<Adjustment>,
    /// Records that can no longer be assessed.
    pub held: Vec<VerdictRow>,
}

/// Looks for late facts and assesses the earlier months of their spells twice: as known when they were assessed last,
/// and as known now.
pub fn find(partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Adjustments, NightError> {
    let job = partition.job;
    let assessed = session.run(async |db| runs::assessed_months(db).await)?;
    let scope = Scope { from: partition.keys.from, to: partition.keys.to, known_at: job.cutoff_at };
    let Some(before) = assessed.iter().map(|(_, _, cutoff_at)| *cutoff_at).max() else {
        return Ok(Adjustments::default());
    };
    if before >= job.cutoff_at {
        return Ok(Adjustments::default());
    }
    let changes = session.run(async |db| late_changes(db, scope, before, job.month()).await)?;
    let mut found = Adjustments::default();
    if changes.is_empty() {
        return Ok(found);
    }
    let oldest = limitation::oldest_month(job.business_on, &mut Trace::new())?;
    for (month, ..) in assessed.iter().filter(|(month, ..)| (oldest..job.month()).contains(month)) {
        let spells = touching(&changes, *month);
        if !spells.is_empty() {
            compare(scope, before, *month, &spells, session, &mut found)?;
        }
    }
    for row in &mut found.rows {
        row.cause_filing_id = cause_of(&changes, row.spell_id, row.month);
    }
    found.rows.sort_unstable_by_key(|row| (row.employer_id, row.spell_id, row.month));
    Ok(found)
}

/// Changes of the range, and of other offices of its people.
async fn late_changes(
    db: &Connection,
    scope: Scope,
    before: Timestamp,
    month: Month,
) -> Result<Vec<LateChange>, StoreError> {
    let mut changes = facts::late_changes(db, scope, before, month).await?;
    changes.extend(selections::late_changes(db, scope, before, month).await?);
    changes.sort_by_key(|change| (change.spell_id, change.since));
    Ok(changes)
}

/// Spells whose changed facts begin in the month or earlier, each once; a bonus also moves what is left of the yearly
/// cap.
fn touching(changes: &[LateChange], month: Month) -> Vec<i64> {
    let since = changes.iter().filter(|change| Month::of(change.since) <= month);
    let mut spells: Vec<i64> = since.map(|change| change.spell_id).collect();
    spells.dedup();
    spells
}

/// The last filing that speaks of the month or earlier; where only later facts name one (a day of acquisition that moved
/// on), the last of those.
fn cause_of(changes: &[LateChange], spell_id: i64, month: Month) -> Option<i64> {
    let of_spell = || changes.iter().filter(|change| change.spell_id == spell_id);
    let reaching = of_spell().filter(|change| Month::of(change.since) <= month);
    let cause = reaching.filter_map(|change| change.cause_filing_id).max();
    cause.or_else(|| of_spell().filter_map(|change| change.cause_filing_id).max())
}

fn compare(
    scope: Scope,
    before: Timestamp,
    month: Month,
    spells: &[i64],
    session: &mut PartitionSession<'_>,
    found: &mut Adjustments,
) -> Result<(), NightError> {
    let law = MonthLaw::of(month, &mut Trace::new())?;
    let question = |known_at| Question { scope: Scope { known_at, ..scope }, only: Some(spells) };
    let was = people::read(session, question(before), &law)?;
    let is = people::read(session, question(scope.known_at), &law)?;
    let mut sides: BTreeMap<(i64, i64), (Option<Insured>, Option<Insured>)> = BTreeMap::new();
    for one in was {
        let key = (one.spell.employer_id, one.spell.spell_id);
        sides.entry(key).or_default().0 = Some(one);
    }
    for one in is {
        let key = (one.spell.employer_id, one.spell.spell_id);
        sides.entry(key).or_default().1 = Some(one);
    }
    for (was, is) in sides.into_values() {
        let (row, held) = difference(&law, was.as_ref(), is.as_ref());
        found.rows.extend(row);
        found.held.extend(held);
    }
    Ok(())
}

/// Exact levies and shares of the insured (HI, EPI) of a month.
type Amounts = (Exact, [i64; 2]);

/// What a spell costs in the month; `Err` — code and words — when that cannot be said.
fn amounts(law: &MonthLaw, one: &Insured) -> Result<Amounts, (&'static str, &'static str)> {
    let out = one.assess(law).ok_or(("no_identity", "生年月日が登録されていません"))?;
    if let Verdict::Hold(reason) = out.verdict {
        return Err((reason.code(), reason.words()));
    }
    let hi = out.hi_employee_yen + out.bonus_hi_employee_yen;
    let epi = out.epi_employee_yen + out.bonus_epi_employee_yen;
    Ok((exact_of(out.levies()), [hi, epi]))
}

/// Now less before. What is held counts as nothing on either side, so that what is posted always adds up to what can be
/// assessed: a month that becomes held is given back, and charged once when it is released.
fn difference(law: &MonthLaw, was: Option<&Insured>, is: Option<&Insured>) -> (Option<Adjustment>, Option<VerdictRow>) {
    let Some(one) = is.or(was) else { return (None, None) };
    let before = was.and_then(|one| amounts(law, one).ok()).unwrap_or_default();
    let (after, held) = match is.map(|now| amounts(law, now)) {
        None => (Amounts::default(), None),
        Some(Ok(after)) => (after, None),
        Some(Err((code, message))) => {
            let row = hold(one, code, message);
            (Amounts::default(), Some(VerdictRow { subject: format!("{}:{}", row.subject, law.month()), ..row }))
        }
    };
    let adjustment = (before != after).then(|| Adjustment {
        employer_id: one.spell.employer_id,
        spell_id: one.spell.spell_id,
        person_id: one.spell.person_id,
        month: law.month(),
        exact: std::array::from_fn(|levy| after.0[levy] - before.0[levy]),
        shares: std::array::from_fn(|scheme| after.1[scheme] - before.1[scheme]),
        cause_filing_id: None,
    });
    (adjustment, held)
}

impl Adjustments {
    /// Exact sums by employer.
    pub fn employers(&self) -> EmployerSums {
        let mut sums = EmployerSums::default();
        self.rows.iter().for_each(|row| sums.add(row.employer_id, &row.exact));
        sums
    }

    /// Writes the part of a partition; none without corrections.
    pub fn write(&self, partition: &Partition<'_>) -> Result<Option<WrittenFile>, NightError> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        let i64s = |value: fn(&Adjustment) -> i64| i64_array(&self.rows, value);
        let months = self.rows.iter().map(|row| day_number(row.month.first_day()));
        let mut arrays = vec![
            i64s(|row| row.employer_id),
            i64s(|row| row.spell_id),
            i64s(|row| row.person_id),
            Arc::new(Date32Array::from_iter_values(months)) as ArrayRef,
        ];
        for place in 0..EXACT_COLUMNS.len() {
            arrays.push(exact_array(self.rows.iter().map(|row| i128::from(row.exact[place])).collect()));
        }
        arrays.push(i64s(|row| row.shares[0]));
        arrays.push(i64s(|row| row.shares[1]));
        arrays.push(Arc::new(Int64Array::from_iter(self.rows.iter().map(|row| row.cause_filing_id))));
        let path = part_path(ADJUSTMENTS, partition.job.month(), partition.no);
        write(partition.job, &path, ADJUSTMENTS, &COLUMNS, arrays).map(Some)
    }
}
