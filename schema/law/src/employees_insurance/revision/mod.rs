//! 随時改定 (健康保険法43条, 厚生年金保険法23条).

use domain::{Month, Ratio, Rounding, Yen};

use super::Scheme;
use super::grade::{self, Grade, Standards};
use super::remuneration::{PayMonth, WorkerType, base_days};
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "健康保険法43条1項・厚生年金保険法23条1項";

/// 等級表の外の境 — where the next grade above or below would begin if the table went on.
pub(super) static ONE_GRADE_BOUNDS: LawTable<Yen> =
    LawTable::new("employees_insurance/revision/one_grade_bounds.csv", include_str!("one_grade_bounds.csv"), of_yen);

/// 固定的賃金の変動.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedPay {
    /// 昇給.
    Up,
    /// 降給.
    Down,
}

/// 従前 — what was decided before, and from which remuneration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Current {
    /// 従前の標準報酬月額.
    pub standards: Standards,
    /// 従前の報酬月額 as recorded; it decides only at either end of the table. Where it is not known, it lies in the bracket
    /// of the health insurance standard (both standards are of one remuneration); what that leaves open is no exception.
    pub recorded: Option<Yen>,
}

/// 随時改定の対象 — three months of changed pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionCase {
    /// 区分.
    pub worker: WorkerType,
    /// 変動月, the first of the three.
    pub change_month: Month,
    /// The three months, oldest first.
    pub months: [PayMonth; 3],
    /// 固定的賃金の変動; `None` when it did not change.
    pub fixed_pay: Option<FixedPay>,
    /// 従前.
    pub current: Current,
}

/// 随時改定 — what came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 3か月の平均額.
    pub average: Yen,
    /// 改定月; `None` when neither scheme is revised.
    pub from: Option<Month>,
    /// Last month the revised standards hold, an August.
    pub until: Option<Month>,
    /// 改定された標準報酬月額; `None` where the scheme is not revised.
    pub revised: Standards,
    /// The standards from then on, revised or not.
    pub standards: Standards,
}

/// 随時改定 — the standards from the fourth month, judged scheme by scheme.
///
/// Law: 健康保険法43条, 厚生年金保険法23条 (three months, each with the base days); 昭和36年1月26日保発4号 (fixed pay
/// changed, two grades in the same direction, one at either end of the table).
///
/// # Errors
/// `BadInput` — negative pay or days, a standard that is no grade; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Up, 300,000円 to 350,000円 three times: 360,000円 from the fourth month; up, but 265,000円: not revised.
pub fn revise(case: &RevisionCase, trace: &mut Trace) -> Result<Revision, LawError> {
    let from = case.change_month.plus(3);
    let average = average(&case.months, trace)?;
    let fixed_pay = match case.fixed_pay {
        Some(fixed_pay) if enough_base_days(case.worker, &case.months, from, trace)? => fixed_pay,
        Some(_) => return Ok(not_revised(case, average, "支払基礎日数に満たない月がある", trace)),
        None => return Ok(not_revised(case, average, "固定的賃金の変動がない", trace)),
    };
    let mut of = |scheme| marked_change(scheme, from, &case.current, average, fixed_pay, trace);
    let revised = Standards {
        hi: of(Scheme::HealthInsurance)?.map(|grade| grade.standard),
        epi: of(Scheme::EmployeesPension)?.map(|grade| grade.standard),
    };
    let any = revised != Standards::default();
    let standards =
        Standards { hi: revised.hi.or(case.current.standards.hi), epi: revised.epi.or(case.current.standards.epi) };
    let until = any.then(|| last_month(from, trace));
    Ok(Revision { average, from: any.then_some(from), until, revised, standards })
}

fn not_revised(case: &RevisionCase, average: Yen, why: &'static str, trace: &mut Trace) -> Revision {
    trace.step(Step::new(CLAUSE, why).gives("改定しない"));
    let standards = case.current.standards;
    Revision { average, from: None, until: None, revised: Standards::default(), standards }
}

/// 3か月の平均額 — the sum ÷ 3, fractions of a yen dropped (健康保険法43条1項, 厚生年金保険法23条1項).
///
/// # Errors
/// `BadInput` — a negative pay.
pub fn average(months: &[PayMonth; 3], trace: &mut Trace) -> Result<Yen, LawError> {
    if months.iter().any(|month| month.pay < Yen::ZERO) {
        return Err(LawError::bad_input("報酬月額", "0円以上で入力してください"));
    }
    let total: Yen = months.iter().map(|month| month.pay).sum();
    let average = total.times(Ratio::new(1, 3), Rounding::Floor);
    trace.step(
        Step::new(CLAUSE, "報酬月額 = 3か月の報酬の合計 ÷ 3 (円未満切捨て)").with("合計", total, "").gives(average),
    );
    Ok(average)
}

/// Whether each of the three months has the base days (健康保険法43条1項, 厚生年金保険法23条1項).
///
/// # Errors
/// `NotInForce`, `PastLastCheck`.
pub fn enough_base_days(
    worker: WorkerType,
    months: &[PayMonth; 3],
    from: Month,
    trace: &mut Trace,
) -> Result<bool, LawError> {
    let least = base_days(worker, from, trace)?;
    Ok(months.iter().all(|month| month.base_days >= least))
}

/// 著しい高低 — the new grade of one scheme, where the change is marked enough and in the direction of fixed pay.
///
/// Law: 健康保険法43条1項, 厚生年金保険法23条1項; 昭和36年1月26日保発4号.
///
/// - `from`: 改定月, whose grade table applies
/// - `remuneration`: the average of the three months
///
/// Returns `None` when the scheme is not revised, also when it does not apply to the person.
///
/// # Errors
/// As `revise`.
pub fn marked_change(
    scheme: Scheme,
    from: Month,
    current: &Current,
    remuneration: Yen,
    fixed_pay: FixedPay,
    trace: &mut Trace,
) -> Result<Option<Grade>, LawError> {
    let Some(before) = current.standards.get(scheme) else { return Ok(None) };
    let before = grade::of_standard(scheme, from, before, trace)?;
    let new = grade::lookup(scheme, from, remuneration, trace)?;
    let change = Change { scheme, from, before, new, remuneration, current: *current, fixed_pay };
    let marked = change.is_marked(trace)?;
    trace.step(
        Step::new(
            "昭和36年1月26日保発4号",
            format!("{}: 2等級以上の差 (上限・下限は1等級) と変動の向き", scheme.name()),
        )
        .with("従前の等級", before.grade, "等級")
        .with("新しい等級", new.grade, "等級")
        .gives(if marked { "改定する" } else { "改定しない" }),
    );
    Ok(marked.then_some(new))
}

/// One scheme's move from grade to grade.
struct Change {
    scheme: Scheme,
    from: Month,
    before: Grade,
    new: Grade,
    remuneration: Yen,
    current: Current,
    fixed_pay: FixedPay,
}

/// 従前の報酬月額 — exactly, or as far as the standards say: this much or more, and less than that.
#[derive(Clone, Copy, Debug)]
struct Recorded {
    from: Yen,
    below: Option<Yen>,
}

impl Recorded {
    fn of(current: &Current, from: Month, trace: &mut Trace) -> Result<Recorded, LawError> {
        if let Some(yen) = current.recorded {
            return Ok(Recorded { from: yen, below: Some(yen + Yen::new(1)) });
        }
        let mut bracket = |scheme, standard| grade::of_standard(scheme, from, standard, trace);
        let standards = current.standards;
        let grade = match (standards.hi, standards.epi) {
            (Some(hi), _) => bracket(Scheme::HealthInsurance, hi)?,
            (None, Some(epi)) => bracket(Scheme::EmployeesPension, epi)?,
            (None, None) => return Ok(Recorded { from: Yen::ZERO, below: None }),
        };
        Ok(Recorded { from: grade.from, below: grade.below })
    }

    /// Certainly less than this.
    fn is_below(self, bound: Yen) -> bool {
        self.below.is_some_and(|below| below <= bound)
    }

    /// Certainly this much or more.
    fn reaches(self, bound: Yen) -> bool {
        self.from >= bound
    }
}

impl Change {
    fn is_marked(&self, trace: &mut Trace) -> Result<bool, LawError> {
        let moved = i16::from(self.new.grade) - i16::from(self.before.grade);
        match (self.fixed_pay, moved) {
            (FixedPay::Up, 2..) | (FixedPay::Down, ..=-2) => Ok(true),
            (FixedPay::Up, 1) if self.new.below.is_none() => {
                Ok(self.remuneration >= self.bound("hi_upper", "epi_upper", trace)?)
            }
            (FixedPay::Up, 1) if self.before.grade == 1 => {
                self.excepted("hi_lower", "epi_lower", Recorded::is_below, trace)
            }
            (FixedPay::Down, -1) if self.before.below.is_none() => {
                self.excepted("hi_upper", "epi_upper", Recorded::reaches, trace)
            }
            (FixedPay::Down, -1) if self.new.grade == 1 => {
                Ok(self.remuneration < self.bound("hi_lower", "epi_lower", trace)?)
            }
            _ => Ok(false),
        }
    }

    fn bound(&self, hi: &str, epi: &str, trace: &mut Trace) -> Result<Yen, LawError> {
        let key = match self.scheme {
            Scheme::HealthInsurance => hi,
            Scheme::EmployeesPension => epi,
        };
        ONE_GRADE_BOUNDS.at(key, self.from, trace).copied()
    }

    /// One grade at an end of the table, by the remuneration that was recorded there.
    fn excepted(
        &self,
        hi: &str,
        epi: &str,
        meets: fn(Recorded, Yen) -> bool,
        trace: &mut Trace,
    ) -> Result<bool, LawError> {
        let bound = self.bound(hi, epi, trace)?;
        let recorded = Recorded::of(&self.current, self.from, trace)?;
        let met = meets(recorded, bound);
        let below = recorded.below.map_or("上限なし".to_owned(), |below| format!("{below}未満"));
        trace.step(
            Step::new(
                "昭和36年1月26日保発4号",
                format!(
                    "{}: 上限・下限の1等級差は、従前の報酬月額が境の外にあると分かるときに限る",
                    self.scheme.name()
                ),
            )
            .with("従前の報酬月額", format!("{}以上{below}", recorded.from), "")
            .with("境", bound, "")
            .gives(if met { "1等級で足りる" } else { "2等級が要る" }),
        );
        Ok(met)
    }
}

/// 有効期間の最後の月 — revised from January to June: August of the year; from July: August of the next.
///
/// Law: 健康保険法43条2項・43条の2第2項・43条の3第2項, 厚生年金保険法23条2項・23条の2第2項・23条の3第2項.
pub fn last_month(from: Month, trace: &mut Trace) -> Month {
    let mut last = from;
    while last.month() != 8 {
        last = last.next();
    }
    let last = if (7..=8).contains(&from.month()) { last.plus(12) } else { last };
    trace.step(
        Step::new(
            "健康保険法43条2項・厚生年金保険法23条2項",
            "1月から6月までの改定はその年の8月まで、7月から12月までの改定は翌年の8月まで",
        )
        .with("改定月", from, "")
        .gives(last),
    );
    last
}
