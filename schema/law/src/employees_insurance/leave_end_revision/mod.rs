//! 育児休業等終了時改定・産前産後休業終了時改定 (健康保険法43条の2・43条の3, 厚生年金保険法23条の2・23条の3).

use domain::age::attained_on;
use domain::{Month, Yen};
use jiff::civil::{Date, date};

use super::Scheme;
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

/// 休業終了時改定の対象 — what the person applied for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveEndCase {
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
    /// 従前の標準報酬月額.
    pub current: Standards,
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
/// # Errors
/// `BadInput` — negative pay; `MissingFact` — the child's date of birth after a childcare leave; `NotInForce` — leaves
/// that ended before 2005-04 (maternity: 2014-04), grade tables; `PastLastCheck`.
///
/// # Examples
/// Ended on 2025-06-10: June to August, from September. Ended on 2025-06-30: July to September, from October.
pub fn revise(case: &LeaveEndCase, trace: &mut Trace) -> Result<LeaveEndRevision, LawError> {
    check_in_force(case)?;
    if let Some(why) = ruled_out(case)? {
        trace.step(Step::new(case.clause(), why).gives("改定しない"));
        return Ok(LeaveEndRevision::none(case, None, Vec::new()));
    }
    let first = Month::of(day_after(case.ended_on));
    let from = first.plus(3);
    let TotalAverage { average, counting, .. } = total_average(case.worker, &case.months, from, trace)?;
    let months_used: Vec<Month> =
        (0..).zip(0..3_usize).filter(|(_, place)| counting.contains(place)).map(|(n, _)| first.plus(n)).collect();
    if months_used.is_empty() {
        trace.step(Step::new(case.clause(), "支払基礎日数を満たす月がない").gives("改定しない"));
        return Ok(LeaveEndRevision::none(case, None, months_used));
    }
    let hi = revised(Scheme::HealthInsurance, from, case, average, trace)?;
    let epi = revised(Scheme::EmployeesPension, from, case, average, trace)?;
    let standards = Standards { hi, epi };
    let until = (standards != case.current).then(|| last_month(from, trace));
    Ok(LeaveEndRevision { average: Some(average), months_used, from: until.map(|_| from), until, standards })
}

impl LeaveEndCase {
    fn clause(&self) -> &'static str {
        match self.kind {
            LeaveKind::Childcare => "健康保険法43条の2・厚生年金保険法23条の2",
            LeaveKind::Maternity => "健康保険法43条の3・厚生年金保険法23条の3",
        }
    }
}

impl LeaveEndRevision {
    fn none(case: &LeaveEndCase, average: Option<Yen>, months_used: Vec<Month>) -> LeaveEndRevision {
        LeaveEndRevision { average, months_used, from: None, until: None, standards: case.current }
    }
}

fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

fn check_in_force(case: &LeaveEndCase) -> Result<(), LawError> {
    let (since, table) = match case.kind {
        LeaveKind::Childcare => (CHILDCARE_ENDS_FROM, "育児休業等終了時改定"),
        LeaveKind::Maternity => (MATERNITY_ENDS_FROM, "産前産後休業終了時改定"),
    };
    if case.ended_on >= since {
        return Ok(());
    }
    Err(LawError::NotInForce { table: table.to_owned(), asked: Month::of(case.ended_on) })
}

/// Why the law allows no revision after this leave.
fn ruled_out(case: &LeaveEndCase) -> Result<Option<&'static str>, LawError> {
    match case.kind {
        LeaveKind::Maternity if case.next_leave_starts_on == Some(day_after(case.ended_on)) => {
            Ok(Some("産前産後休業終了日の翌日に育児休業等を開始している (43条の3第1項ただし書)"))
        }
        LeaveKind::Maternity => Ok(None),
        LeaveKind::Childcare => {
            let born = case.child_born_on;
            let born = born.ok_or(LawError::MissingFact { fact: "子の生年月日 (child_birthdate)".to_owned() })?;
            if born > case.ended_on {
                return Err(LawError::bad_input(
                    "子の生年月日 (child_birthdate)",
                    "休業終了日以前の日を入力してください",
                ));
            }
            let under_three = case.ended_on <= attained_on(born, 3);
            Ok((!under_three).then_some("休業終了日に3歳未満の子を養育していない"))
        }
    }
}

/// The standard of one scheme from then on, revised or as before.
fn revised(
    scheme: Scheme,
    from: Month,
    case: &LeaveEndCase,
    average: Yen,
    trace: &mut Trace,
) -> Result<Option<Yen>, LawError> {
    let Some(current) = case.current.get(scheme) else { return Ok(None) };
    let before = grade::of_standard(scheme, from, current, trace)?;
    let new = grade::lookup(scheme, from, average, trace)?;
    trace.step(
        Step::new(case.clause(), format!("{}: 1等級以上の差", scheme.name()))
            .with("従前の等級", before.grade, "等級")
            .with("新しい等級", new.grade, "等級")
            .gives(if new.grade == before.grade { "改定しない" } else { "改定する" }),
    );
    Ok(Some(new.standard))
}
