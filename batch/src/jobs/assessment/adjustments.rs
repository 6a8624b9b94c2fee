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
use store::night::facts::{self, LateVersion, Scope};
use store::night::{runs, selections};
use store::{Connection, StoreError};

use super::hold;
use super::late::{LateChange, cause_of, late_changes, touching};
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
    let Some((last_run, before)) = assessed.iter().map(|(_, run, at)| (run, *at)).max_by_key(|(_, at)| *at) else {
        return Ok(Adjustments::default());
    };
    if before >= job.cutoff_at {
        return Ok(Adjustments::default());
    }
    let changes = session.run(async |db| changes(db, scope, before, job.month()).await)?;
    let mut found = Adjustments::default();
    if changes.is_empty() {
        return Ok(found);
    }
    let oldest = limitation::oldest_month(job.business_on, &mut Trace::new())?;
    // What had lapsed before the last assessment was told so where the change was filed.
    let oldest_then = match session.run(async |db| runs::find(db, last_run).await)? {
        Some(run) => limitation::oldest_month(run.business_on, &mut Trace::new())?.min(oldest),
        None => oldest,
    };
    for (month, ..) in assessed.iter().filter(|(month, ..)| (oldest_then..job.month()).contains(month)) {
        let spells = touching(&changes, *month);
        if spells.is_empty() {
            continue;
        }
        let of_month = compare(scope, before, *month, &spells, session)?;
        if *month < oldest {
            found.held.extend(of_month.rows.iter().map(lapsed));
        } else {
            found.rows.extend(of_month.rows);
            found.held.extend(of_month.held);
        }
    }
    for row in &mut found.rows {
        row.cause_filing_id = cause_of(&changes, row.spell_id, row.month);
    }
    found.rows.sort_unstable_by_key(|row| (row.employer_id, row.spell_id, row.month));
    Ok(found)
}

/// 遡及の訂正 of the range, and of other offices of its people: a change at one office moves the parts of all.
async fn changes(
    db: &Connection,
    scope: Scope,
    before: Timestamp,
    month: Month,
) -> Result<Vec<LateChange>, StoreError> {
    let mut changes = late_changes(&facts::late_versions(db, scope, before, month).await?);
    let linked = selections::linked(db, scope).await?;
    if linked.is_empty() {
        return Ok(changes);
    }
    changes.extend(selections::late_choices(db, scope, before, month).await?.iter().map(LateChange::of_choice));
    let others: Vec<(i64, i64)> = linked.iter().map(|link| (link.employer_id, link.other_spell_id)).collect();
    let elsewhere = facts::late_versions_of(db, &others, (before, scope.known_at), month).await?;
    for link in &linked {
        let of_other: Vec<LateVersion> =
            elsewhere.iter().filter(|version| version.spell_id == link.other_spell_id).cloned().collect();
        let moved = late_changes(&of_other).into_iter();
        changes.extend(moved.map(|change| LateChange { spell_id: link.spell_id, ..change }));
    }
    changes.sort_unstable();
    changes.dedup();
    Ok(changes)
}

fn compare(
    scope: Scope,
    before: Timestamp,
    month: Month,
    spells: &[i64],
    session: &mut PartitionSession<'_>,
) -> Result<Adjustments, NightError> {
    let mut found = Adjustments::default();
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
    Ok(found)
}

/// 時効の完成 — a month that comes out otherwise, whose two years passed after the change had been filed and before it was
/// assessed: nothing is posted, and a person hears of it.
///
/// Law: 厚生年金保険法92条1項, 健康保険法193条1項.
fn lapsed(row: &Adjustment) -> VerdictRow {
    let month = row.month;
    VerdictRow {
        subject: format!("spell:{}:{month}", row.spell_id),
        verdict: "held",
        code: "lapsed".to_owned(),
        message: format!(
            "{month}分の保険料は記録の訂正で変わりますが、調定の前に納期限の翌日から2年を過ぎたので、徴収も還付も記帳していません (厚生年金保険法92条1項・健康保険法193条1項)。納期限より後に納付された分の還付は、納付の日を確かめて担当者が処理してください"
        ),
    }
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
