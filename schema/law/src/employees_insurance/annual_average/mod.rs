//! 年間平均による保険者算定 (健康保険法44条1項, 厚生年金保険法24条1項; 平成23年3月31日年発0331第9号ほか).
//!
//! The conditions are those of circulars, which the Acts leave to the insurer; each scheme is judged on its own.

use domain::{Month, Ratio, Rounding, Yen};

use super::Scheme;
use super::annual_determination::Season;
use super::grade::{self, Standards};
use super::remuneration::{PayMonth, TotalAverage, WorkerType, averaged, base_days, counting, total_average};
use super::revision::{FixedPay, RevisionCase, revise};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const ANNUAL: &str = "健康保険法44条1項・厚生年金保険法24条1項 (平成23年3月31日年発0331第9号)";
const REVISION: &str = "健康保険法44条1項・厚生年金保険法24条1項 (平成30年3月1日保発0301第8号)";

/// 申立て — what the employer states and the insured agrees to; without both there is no annual average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// 業務の性質上例年発生することが見込まれる.
    pub arises_every_year: bool,
    /// 被保険者の同意.
    pub insured_consents: bool,
}

impl Statement {
    fn is_complete(self) -> bool {
        self.arises_every_year && self.insured_consents
    }
}

/// 年間平均の結果 — per scheme: the standard by the year's average, where the conditions are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnualAverage {
    /// The average by the ordinary rule.
    pub ordinary_average: Yen,
    /// The average over the year.
    pub yearly_average: Yen,
    /// Whether any scheme is determined by the year's average.
    pub applies: bool,
    /// The standards: by the year's average where the conditions are met, else by the ordinary rule.
    pub standards: Standards,
}

/// 定時決定の年間平均 — from the July of the year before to June, where it differs by two grades from April to June.
///
/// Law: 健康保険法44条1項, 厚生年金保険法24条1項; 平成23年3月31日年発0331第9号, from the determination of 2011.
///
/// - `spring`: April, May and June; `year`: the twelve months from July to June; both with base days
///
/// # Errors
/// `BadInput` — not twelve months, or none that counts; `NotInForce` before 2011; `PastLastCheck`.
pub fn of_annual_determination(
    year: i16,
    worker: WorkerType,
    spring: &[PayMonth],
    twelve: &[PayMonth],
    statement: Statement,
    trace: &mut Trace,
) -> Result<AnnualAverage, LawError> {
    let september = Season::of(year)?.september();
    if year < 2011 {
        return Err(LawError::NotInForce { table: "年間平均による定時決定".to_owned(), asked: september });
    }
    let ordinary_average = total_average(worker, spring, september, trace)?.average;
    let yearly_average = average_of_counting(worker, twelve, september, trace)?;
    let mut standard = |scheme| {
        let ordinary = grade::lookup(scheme, september, ordinary_average, trace)?;
        let yearly = grade::lookup(scheme, september, yearly_average, trace)?;
        let applies = statement.is_complete() && ordinary.grade.abs_diff(yearly.grade) >= 2;
        trace.step(two_grades(ANNUAL, scheme, ordinary.grade, yearly.grade, applies));
        Ok::<_, LawError>((applies, if applies { yearly.standard } else { ordinary.standard }))
    };
    let (hi, epi) = (standard(Scheme::HealthInsurance)?, standard(Scheme::EmployeesPension)?);
    let standards = Standards { hi: Some(hi.1), epi: Some(epi.1) };
    Ok(AnnualAverage { ordinary_average, yearly_average, applies: hi.0 || epi.0, standards })
}

fn two_grades(clause: &'static str, scheme: Scheme, ordinary: u8, yearly: u8, applies: bool) -> Step {
    Step::new(clause, format!("{}: 通常の等級と年間平均の等級の差が2等級以上、例年発生、本人の同意", scheme.name()))
        .with("通常の等級", ordinary, "等級")
        .with("年間平均の等級", yearly, "等級")
        .gives(if applies { "年間平均による" } else { "通常の算定による" })
}

/// The average of the months of a year that have the base days.
fn average_of_counting(worker: WorkerType, twelve: &[PayMonth], at: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    if twelve.len() != 12 || !twelve.iter().all(PayMonth::fits) {
        let reason = "前年7月から6月までの12か月分を、日数は0日から31日、報酬は0円以上で入力してください";
        return Err(LawError::bad_input("1年間の各月 (year_months)", reason));
    }
    let least = base_days(worker, at, trace)?;
    let counting = counting(twelve, least);
    if counting.is_empty() {
        return Err(LawError::bad_input("1年間の各月 (year_months)", "支払基礎日数を満たす月がありません"));
    }
    let TotalAverage { total, average, .. } = averaged(twelve, &counting);
    trace.step(
        Step::new(ANNUAL, format!("年間平均 = 支払基礎日数{least}日以上の月の報酬の合計 ÷ その月数 (円未満切捨て)"))
            .with("合計", total, "")
            .with("算入する月", counting.len(), "か月")
            .gives(average),
    );
    Ok(average)
}

/// 随時改定の年間平均 — three months of fixed pay and a year of variable pay.
///
/// Law: 健康保険法44条1項, 厚生年金保険法24条1項; 平成30年3月1日保発0301第8号, from revisions of 2018-10. The ordinary
/// revision must come about; it must differ by two grades from the yearly value, and that by one from the current
/// standard, in the same direction.
///
/// - `case`: the ordinary revision, pay being fixed and variable together
/// - `fixed`: fixed pay of the three months; `variable`: variable pay of the nine months before them and of the three
///
/// # Errors
/// `BadInput` — not three and twelve amounts; `NotInForce` before 2018-10; as `revise`.
pub fn of_revision(
    case: &RevisionCase,
    fixed: &[Yen],
    variable: &[Yen],
    statement: Statement,
    trace: &mut Trace,
) -> Result<AnnualAverage, LawError> {
    let from = case.change_month.plus(3);
    let since = Month::new(2018, 10).expect("a month");
    if from < since {
        return Err(LawError::NotInForce { table: "年間平均による随時改定".to_owned(), asked: from });
    }
    let yearly_average = yearly_value(fixed, variable, trace)?;
    let ordinary = revise(case, trace)?;
    let mut any = false;
    let mut standard = |scheme: Scheme| {
        let Some(revised) = ordinary.revised.get(scheme) else { return Ok(ordinary.standards.get(scheme)) };
        let grade_of = |yen, trace: &mut Trace| grade::of_standard(scheme, from, yen, trace).map(|grade| grade.grade);
        let before = case.current.standards.get(scheme).expect("what is revised was decided before");
        let before = grade_of(before, trace)?;
        let ordinary = grade_of(revised, trace)?;
        let yearly = grade::lookup(scheme, from, yearly_average, trace)?;
        let same_way = match case.fixed_pay {
            Some(FixedPay::Down) => yearly.grade < before,
            _ => yearly.grade > before,
        };
        let applies = statement.is_complete()
            && ordinary.abs_diff(before) >= 2
            && ordinary.abs_diff(yearly.grade) >= 2
            && same_way;
        trace.step(two_grades(REVISION, scheme, ordinary, yearly.grade, applies).with("従前の等級", before, "等級"));
        any |= applies;
        Ok::<_, LawError>(Some(if applies { yearly.standard } else { revised }))
    };
    let standards = Standards { hi: standard(Scheme::HealthInsurance)?, epi: standard(Scheme::EmployeesPension)? };
    Ok(AnnualAverage { ordinary_average: ordinary.average, yearly_average, applies: any, standards })
}

/// Each average is cut to whole yen, then they are added.
fn yearly_value(fixed: &[Yen], variable: &[Yen], trace: &mut Trace) -> Result<Yen, LawError> {
    let negative = fixed.iter().chain(variable).any(|yen| *yen < Yen::ZERO);
    if fixed.len() != 3 || variable.len() != 12 || negative {
        let reason = "固定的賃金は3か月分、非固定的賃金は12か月分を0円以上で入力してください";
        return Err(LawError::bad_input("固定的賃金・非固定的賃金", reason));
    }
    let average =
        |pays: &[Yen], months: i128| pays.iter().copied().sum::<Yen>().times(Ratio::new(1, months), Rounding::Floor);
    let (fixed, variable) = (average(fixed, 3), average(variable, 12));
    trace.step(
        Step::new(REVISION, "年間平均 = 固定的賃金の3か月平均 + 非固定的賃金の12か月平均 (それぞれ円未満切捨て)")
            .with("固定的賃金の平均", fixed, "")
            .with("非固定的賃金の平均", variable, "")
            .gives(fixed + variable),
    );
    Ok(fixed + variable)
}
