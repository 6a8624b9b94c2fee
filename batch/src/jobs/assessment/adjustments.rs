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
use store::night::runs;

use super::hold;
use super::output::EXACT_COLUMNS;
use super::people::{self, Insured, Question};
use super::sums::{EmployerSums, Exact, exact_of};
use crate::lake::{Column, EXACT_YEN, column, exact_array, optional_column, part_path, unique_column, write};
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
    let changes = session.run(async |db| facts::late_changes(db, scope, before, job.month()).await)?;
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
        sides.entry((one.spell.employer_id, one.spell.spell_id)).or_default().0 = Some(one);
    }
    for one in is {
        sides.entry((one.spell.employer_id, one.spell.spell_id)).or_default().1 = Some(one);
    }
    for (was, is) in sides.into_values() {
        match difference(&law, was.as_ref(), is.as_ref()) {
            Ok(None) => {}
            Ok(Some(row)) => found.rows.push(row),
            Err(row) => found.held.push(row),
        }
    }
    Ok(())
}

/// Now less before; `Err` when it cannot be assessed now. What was held before counts as nothing.
fn difference(law: &MonthLaw, was: Option<&Insured>, is: Option<&Insured>) -> Result<Option<Adjustment>, VerdictRow> {
    let Some(one) = is.or(was) else { return Ok(None) };
    let (mut exact, mut shares) = ([0; 5], [0; 2]);
    if let Some(now) = is {
        let held = |code: &str, message: &str| {
            let mut row = hold(now, code, message);
            row.subject = format!("{}:{}", row.subject, law.month());
            row
        };
        let month = now.month().ok_or_else(|| held("no_identity", "生年月日が登録されていません"))?;
        let out = law.assess(&month);
        if let Verdict::Hold(reason) = out.verdict {
            return Err(held(reason.code(), reason.words()));
        }
        exact = exact_of(out.levies());
        shares = [out.hi_employee_yen + out.bonus_hi_employee_yen, out.epi_employee_yen + out.bonus_epi_employee_yen];
    }
    if let Some(month) = was.and_then(Insured::month) {
        let out = law.assess(&month);
        exact.iter_mut().zip(exact_of(out.levies())).for_each(|(now, before)| *now -= before);
        shares[0] -= out.hi_employee_yen + out.bonus_hi_employee_yen;
        shares[1] -= out.epi_employee_yen + out.bonus_epi_employee_yen;
    }
    let changed = exact != [0; 5] || shares != [0; 2];
    Ok(changed.then(|| Adjustment {
        employer_id: one.spell.employer_id,
        spell_id: one.spell.spell_id,
        person_id: one.spell.person_id,
        month: law.month(),
        exact,
        shares,
        cause_filing_id: None,
    }))
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
        let i64s = |value: fn(&Adjustment) -> i64| -> ArrayRef {
            Arc::new(Int64Array::from_iter_values(self.rows.iter().map(value)))
        };
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
