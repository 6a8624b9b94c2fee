//! 障害年金の受給権 (国民年金法30条・30条の2・30条の4, 厚生年金保険法47条・47条の2・55条).

use domain::Month;
use domain::age::{attained_on, legal_age_on, period_end};
use jiff::civil::Date;

use crate::employees_insurance::{check_day, day_after};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 初診日における被保険者の別.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtFirstConsultation {
    /// 厚生年金保険の被保険者 (国民年金の第2号).
    EmployeesInsured,
    /// 国民年金の第1号・第3号・任意加入.
    NationalInsured,
    /// 被保険者であった60歳以上65歳未満の者で、国内に住所がある.
    FormerInsuredResident,
    /// どれでもない.
    NotInsured,
}

/// 障害の経過.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityCourse {
    /// 生年月日.
    pub birth: Date,
    /// 初診日.
    pub first_consultation: Date,
    /// その日の被保険者の別.
    pub insured: AtFirstConsultation,
    /// 症状が固定した日, if before the year and a half.
    pub fixed_on: Option<Date>,
    /// 障害認定日の障害等級, 1 to 3; 0: none. 4: 障害手当金の程度.
    pub grade_at_certification: i64,
    /// 事後重症の請求: its day, and the grade then.
    pub later_claim: Option<(Date, i64)>,
    /// 保険料納付要件を満たす; nobody asks for it before 20.
    pub contributions: bool,
}

/// 受給権の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisabilityGround {
    /// 障害認定日による請求 (本来請求).
    AtCertification,
    /// 事後重症.
    LaterWorsening,
    /// 20歳前の傷病による.
    Before20,
}

/// 障害年金の受給権.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityRight {
    /// 障害認定日.
    pub certified_on: Date,
    /// 権利が生ずる日と等級と種類; none: no right.
    pub arises: Option<(Date, i64, DisabilityGround)>,
    /// 障害基礎年金.
    pub basic: bool,
    /// 障害厚生年金.
    pub employee: bool,
    /// 障害手当金.
    pub allowance: bool,
}

impl DisabilityRight {
    /// 障害基礎年金 is paid in this grade: a right that once was of grade 1 or 2, or came from 3 to these (国民年金法34条・30条の2).
    pub fn basic_at(self, grade: i64) -> bool {
        self.arises.is_some() && (1..=2).contains(&grade)
    }

    /// 最初の月分 — the month after the right arises.
    pub fn first_month(self) -> Option<Month> {
        let (on, ..) = self.arises?;
        (self.basic || self.employee).then(|| Month::of(on).next())
    }
}

/// 障害認定日 — a year and a half from the first consultation, or the day on which the state is fixed if that is earlier.
///
/// Law: 国民年金法30条1項, 厚生年金保険法47条1項 (初診日から起算して1年6月を経過した日, 治った日).
///
/// # Examples
/// First consultation 2023-04-10: 2024-10-10.
pub fn certification_day(first_consultation: Date, fixed_on: Option<Date>) -> Date {
    let passed = day_after(period_end(first_consultation, 18));
    fixed_on.map_or(passed, |fixed_on| fixed_on.min(passed))
}

/// 障害年金の受給権 — whether, when, which.
///
/// Law: 国民年金法30条 (認定日), 30条の2 (事後重症: claimed before the day before the 65th birthday), 30条の4 (before 20: on the later of 20 and
/// the day of certification, without contributions), 厚生年金保険法47条・47条の2 (insured at the first consultation; grades 1 to 3), 55条
/// (障害手当金: fixed within five years, less than grade 3). Insured employees under 20 have both pensions by the ordinary clause.
///
/// # Errors
/// `BadInput` — grades or days that cannot be.
///
/// # Examples
/// Born 1985-06-01, insured employee, first consultation 2023-04-10, grade 2 on 2024-10-10: both pensions from November 2024.
pub fn disability_right(course: &DisabilityCourse, trace: &mut Trace) -> Result<DisabilityRight, LawError> {
    check(course)?;
    let certified_on = certification_of(course);
    let before20 = is_before20(course);
    let open = before20 || (course.contributions && course.insured != AtFirstConsultation::NotInsured);
    let arises = if open { arises(course, certified_on, before20) } else { None };
    let grade = arises.map_or(0, |(_, grade, _)| grade);
    let employees = course.insured == AtFirstConsultation::EmployeesInsured;
    let right = DisabilityRight {
        certified_on,
        arises,
        basic: (1..=2).contains(&grade),
        employee: employees && (1..=3).contains(&grade),
        allowance: employees && open && course.grade_at_certification == 4 && fixed_within_five_years(course),
    };
    tell(course, &right, trace);
    Ok(right)
}

/// 20歳前の傷病: not insured when first seen, under 20.
fn is_before20(course: &DisabilityCourse) -> bool {
    let under_20 = course.first_consultation < attained_on(course.birth, 20);
    under_20 && course.insured != AtFirstConsultation::EmployeesInsured
}

fn certification_of(course: &DisabilityCourse) -> Date {
    let day = certification_day(course.first_consultation, course.fixed_on);
    if is_before20(course) { day.max(attained_on(course.birth, 20)) } else { day }
}

fn arises(course: &DisabilityCourse, certified_on: Date, before20: bool) -> Option<(Date, i64, DisabilityGround)> {
    let lowest = if course.insured == AtFirstConsultation::EmployeesInsured { 3 } else { 2 };
    let counts = |grade: &i64| (1..=lowest).contains(grade);
    if counts(&course.grade_at_certification) {
        let ground = if before20 { DisabilityGround::Before20 } else { DisabilityGround::AtCertification };
        return Some((certified_on, course.grade_at_certification, ground));
    }
    let (claimed_on, grade) = course.later_claim?;
    let in_time = claimed_on > certified_on && claimed_on < attained_on(course.birth, 65);
    let ground = if before20 { DisabilityGround::Before20 } else { DisabilityGround::LaterWorsening };
    (in_time && counts(&grade)).then_some((claimed_on, grade, ground))
}

/// 55条1項: fixed within five years of the first consultation.
fn fixed_within_five_years(course: &DisabilityCourse) -> bool {
    course.fixed_on.is_some_and(|fixed_on| fixed_on <= day_after(period_end(course.first_consultation, 60)))
}

fn tell(course: &DisabilityCourse, right: &DisabilityRight, trace: &mut Trace) {
    trace.step(
        Step::new("国民年金法30条1項・厚生年金保険法47条1項", "障害認定日 = 初診日から起算して1年6月を経過した日 (それまでに治ったときはその日。20歳前の傷病は20歳に達した日以後)")
            .with("初診日", course.first_consultation, "")
            .gives(right.certified_on),
    );
    let clause = match right.arises {
        Some((_, _, DisabilityGround::LaterWorsening)) => "国民年金法30条の2・厚生年金保険法47条の2",
        Some((_, _, DisabilityGround::Before20)) => "国民年金法30条の4",
        _ => "国民年金法30条・厚生年金保険法47条・55条",
    };
    let names = [(right.basic, "障害基礎年金"), (right.employee, "障害厚生年金"), (right.allowance, "障害手当金")];
    let held: Vec<&str> = names.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
    let on = right.arises.map_or("なし".to_owned(), |(on, grade, _)| format!("{on} ({grade}級)"));
    trace.tell(|| {
        Step::new(clause, "受給権の発生").with("発生日", on, "").gives(if held.is_empty() {
            "なし".to_owned()
        } else {
            held.join("、")
        })
    });
}

fn check(course: &DisabilityCourse) -> Result<(), LawError> {
    check_day("生年月日 (birth_date)", course.birth)?;
    check_day("初診日 (first_consultation_date)", course.first_consultation)?;
    let grades = [Some(course.grade_at_certification), course.later_claim.map(|(_, grade)| grade)];
    if grades.into_iter().flatten().any(|grade| !(0..=4).contains(&grade)) {
        return Err(LawError::bad_input(
            "障害等級 (grade)",
            "1から3まで、障害手当金の程度は4、該当しないときは0で入力してください",
        ));
    }
    let age = legal_age_on(course.birth, course.first_consultation);
    if age.is_none() || course.fixed_on.is_some_and(|fixed_on| fixed_on < course.first_consultation) {
        return Err(LawError::bad_input(
            "初診日 (first_consultation_date)",
            "出生の後、症状固定の日以前の日を入力してください",
        ));
    }
    Ok(())
}
