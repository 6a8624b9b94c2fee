//! 育児休業等終了時改定・産前産後休業終了時改定 (健康保険法43条の2・43条の3, 厚生年金保険法23条の2・23条の3).

use domain::age::attained_on;
use domain::{Month, Yen};
use jiff::civil::{Date, date};

use super::Scheme;
use super::day_after;
use super::exemption::LeaveKind;
use super::grade::{self, Standards};
use super::remuneration::{PayMonth, TotalAverage, WorkerType, total_average};
use super::revision::last_month;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 平成17年4月1日 — first end of a childcare leave that can lead to a revision (平成16年法律104号).
const CHILDCARE_ENDS_FROM: Date = date(2005, 4, 1);
/// 平成26年4月1日 — the same for maternity leave (平成24年法律62号).
const MATERNITY_ENDS_FROM: Date = date(2014, 4, 1);

/// 休業終了時報酬月額変更届 — what the person applied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaveEndFiling {
    /// Which leave ended.
    pub kind: LeaveKind,
    /// 休業終了日, the last day of leave.
    pub ended_on: Date,
    /// 養育する子の生年月日; must be under 3 on the last day of leave.
    pub child_born_on: Option<Date>,
    /// 次の育児休業等の開始日: right after a maternity leave it rules the revision out.
    pub next_leave_starts_on: Option<Date>,
    /// 区分.
    pub worker: WorkerType,
    /// The three months from that of the day after the end, oldest first.
    pub months: [PayMonth; 3],
}

/// 休業終了時改定 — what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveEndRevision {
    /// 平均額; `None` when no month counts.
    pub average: Option<Yen>,
    /// The months that count.
    pub months_used: Vec<Month>,
    /// 改定月; `None` when nothing is revised.
    pub from: Option<Month>,
    /// Last month the revised standards hold, an August.
    pub until: Option<Month>,
    /// The standards from then on, revised or not.
    pub standards: Standards,
}

/// 休業終了時改定 — one grade is enough, and no change of fixed pay is asked; on application.
///
/// Law: 健康保険法43条の2 (育児休業等)・43条の3 (産前産後休業), 厚生年金保険法23条の2・23条の3. The average of the three
/// months from that of the day after the end, without those short of base days; from the month after that in which
/// two months have passed.
///
/// - `current`: 従前の標準報酬月額
///
/// # Errors
/// `BadInput` — negative pay; `MissingFact` — the child's date of birth after a childcare leave; `NotInForce` — leaves
/// that ended before 2005-04 (maternity: 2014-04), grade tables; `PastLastCheck`.
///
/// # Examples
/// Ended on 2025-06-10: June to August, from September. Ended on 2025-06-30: July to September, from October.
pub fn revise(filing: &LeaveEndFiling, current: Standards, trace: &mut Trace) -> Result<LeaveEndRevision, LawError> {
    check_in_force(filing)?;
    if let Some(why) = ruled_out(filing)? {
        return Ok(none(filing, current, why, trace));
    }
    let from = filing.revised_from();
    let TotalAverage { average, counting, .. } = total_average(filing.worker, &filing.months, from, trace)?;
    let months = from.plus(-3).through(from.previous());
    let months_used: Vec<Month> =
        months.enumerate().filter(|(place, _)| counting.contains(place)).map(|(_, month)| month).collect();
    if months_used.is_empty() {
        return Ok(none(filing, current, "支払基礎日数を満たす月がない", trace));
    }
    let mut revised = |scheme| revised(scheme, filing, current, average, trace);
    let standards = Standards { hi: revised(Scheme::HealthInsurance)?, epi: revised(Scheme::EmployeesPension)? };
    let until = (standards != current).then(|| last_month(from, trace));
    Ok(LeaveEndRevision { average: Some(average), months_used, from: until.map(|_| from), until, standards })
}

impl LeaveEndFiling {
    /// 改定月: the fourth month from that of the day after the end.
    pub fn revised_from(&self) -> Month {
        Month::of(day_after(self.ended_on)).plus(3)
    }

    fn clause(&self) -> &'static str {
        match self.kind {
            LeaveKind::Childcare => "健康保険法43条の2・厚生年金保険法23条の2",
            LeaveKind::Maternity => "健康保険法43条の3・厚生年金保険法23条の3",
        }
    }
}

fn none(filing: &LeaveEndFiling, standards: Standards, why: &'static str, trace: &mut Trace) -> LeaveEndRevision {
    trace.step(Step::new(filing.clause(), why).gives("改定しない"));
    LeaveEndRevision { average: None, months_used: Vec::new(), from: None, until: None, standards }
}

fn check_in_force(filing: &LeaveEndFiling) -> Result<(), LawError> {
    let (since, table) = match filing.kind {
        LeaveKind::Childcare => (CHILDCARE_ENDS_FROM, "育児休業等終了時改定"),
        LeaveKind::Maternity => (MATERNITY_ENDS_FROM, "産前産後休業終了時改定"),
    };
    if filing.ended_on >= since {
        return Ok(());
    }
    Err(LawError::NotInForce { table: table.to_owned(), asked: Month::of(filing.ended_on) })
}

/// Why the law allows no revision after this leave.
fn ruled_out(filing: &LeaveEndFiling) -> Result<Option<&'static str>, LawError> {
    match filing.kind {
        LeaveKind::Maternity if filing.next_leave_starts_on == Some(day_after(filing.ended_on)) => {
            Ok(Some("産前産後休業終了日の翌日に育児休業等を開始している (43条の3第1項ただし書)"))
        }
        LeaveKind::Maternity => Ok(None),
        LeaveKind::Childcare => {
            let born = filing.child_born_on;
            let born = born.ok_or(LawError::MissingFact { fact: "子の生年月日 (child_birthdate)".to_owned() })?;
            if born > filing.ended_on {
                return Err(LawError::bad_input(
                    "子の生年月日 (child_birthdate)",
                    "休業終了日以前の日を入力してください",
                ));
            }
            let under_three = filing.ended_on <= attained_on(born, 3);
            Ok((!under_three).then_some("休業終了日に3歳未満の子を養育していない"))
        }
    }
}

/// The standard of one scheme from then on, revised or as before.
fn revised(
    scheme: Scheme,
    filing: &LeaveEndFiling,
    current: Standards,
    average: Yen,
    trace: &mut Trace,
) -> Result<Option<Yen>, LawError> {
    let Some(current) = current.get(scheme) else { return Ok(None) };
    let from = filing.revised_from();
    let before = grade::of_standard(scheme, from, current, trace)?;
    let new = grade::lookup(scheme, from, average, trace)?;
    trace.step(
        Step::new(filing.clause(), format!("{}: 1等級以上の差", scheme.name()))
            .with("従前の等級", before.grade, "等級")
            .with("新しい等級", new.grade, "等級")
            .gives(if new.grade == before.grade { "改定しない" } else { "改定する" }),
    );
    Ok(Some(new.standard))
}
