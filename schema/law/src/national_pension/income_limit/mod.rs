//! 免除・猶予の所得基準 (国民年金法施行令6条の7から6条の12まで).

use domain::{Month, Yen};

use super::of_yen;
use super::relief::Relief;
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static LIMITS: LawTable<Yen> =
    LawTable::new("national_pension/income_limit/limits.csv", include_str!("limits.csv"), of_yen);

pub(super) static DEDUCTIONS: LawTable<Yen> =
    LawTable::new("national_pension/income_limit/deductions.csv", include_str!("deductions.csv"), of_yen);

/// 所得基準の区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncomeTest {
    /// 全額免除.
    Full,
    /// 納付猶予: as for 全額免除.
    Deferral,
    /// 障害者・寡婦・ひとり親: a flat amount, for every relief.
    DisabledWidowSingleParent,
    /// 四分の三免除.
    ThreeQuarters,
    /// 半額免除.
    Half,
    /// 四分の一免除.
    OneQuarter,
    /// 学生納付特例: as for 半額免除.
    Student,
}

impl IncomeTest {
    /// Every test.
    pub const ALL: [IncomeTest; 7] = [
        IncomeTest::Full,
        IncomeTest::Deferral,
        IncomeTest::DisabledWidowSingleParent,
        IncomeTest::ThreeQuarters,
        IncomeTest::Half,
        IncomeTest::OneQuarter,
        IncomeTest::Student,
    ];

    /// The key of the table and the word of questions.
    pub const fn key(self) -> &'static str {
        match self {
            IncomeTest::Full => "FULL_EXEMPT",
            IncomeTest::Deferral => "PAYMENT_DEFERRAL",
            IncomeTest::DisabledWidowSingleParent => "DISABLED_WIDOW_SINGLE_PARENT",
            IncomeTest::ThreeQuarters => "EXEMPT_3_4",
            IncomeTest::Half => "EXEMPT_HALF",
            IncomeTest::OneQuarter => "EXEMPT_1_4",
            IncomeTest::Student => "STUDENT_DEFERRAL",
        }
    }

    /// The test of a relief that is granted on application; `None` for those that ask for no income.
    pub const fn of(relief: Relief) -> Option<IncomeTest> {
        match relief {
            Relief::Full => Some(IncomeTest::Full),
            Relief::Deferral => Some(IncomeTest::Deferral),
            Relief::Student => Some(IncomeTest::Student),
            Relief::ThreeQuarters => Some(IncomeTest::ThreeQuarters),
            Relief::Half => Some(IncomeTest::Half),
            Relief::OneQuarter => Some(IncomeTest::OneQuarter),
            Relief::Maternity | Relief::Childcare | Relief::Statutory => None,
        }
    }

    /// 所得から控除するか: for partial exemptions and students, not for 全額免除, 納付猶予 and the flat amount (6条の11,
    /// 6条の12).
    pub const fn deducts(self) -> bool {
        !matches!(self, IncomeTest::Full | IncomeTest::Deferral | IncomeTest::DisabledWidowSingleParent)
    }

    const fn is_per_person(self) -> bool {
        matches!(self, IncomeTest::Full | IncomeTest::Deferral)
    }
}

/// 扶養親族等 — all of them, and those with a higher amount among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependants {
    /// 扶養親族等の数 (同一生計配偶者 and 扶養親族).
    pub total: i32,
    /// Of them 老人控除対象配偶者・老人扶養親族.
    pub elderly: i32,
    /// Of them 特定扶養親族, and 控除対象扶養親族 from 16 to 18.
    pub specific: i32,
}

impl Dependants {
    fn general(self) -> Result<i32, LawError> {
        let all = [self.total, self.elderly, self.specific];
        let general = i64::from(self.total) - i64::from(self.elderly) - i64::from(self.specific);
        match i32::try_from(general) {
            Ok(general) if general >= 0 && all.into_iter().all(|count| (0..=100_000_000).contains(&count)) => {
                Ok(general)
            }
            _ => {
                let reason = "老人扶養親族等と特定扶養親族等の合計は、扶養親族等の数以下で入力してください";
                Err(LawError::bad_input("扶養親族等の数 (dependents)", reason))
            }
        }
    }
}

/// 免除・猶予の所得基準額 — the income up to which (以下) a person meets the ground.
///
/// Law: 国民年金法施行令6条の7 (全額免除: 350,000円 × (扶養親族等の数 + 1) + 320,000円; 納付猶予 the same), 6条の8 (障害者・寡婦・ひとり
/// 親), 6条の8の2・6条の9・6条の9の2 (四分の三, 半額 and 学生納付特例, 四分の一: a base and an amount for each dependant).
///
/// - `month`: 月分 for which relief is asked; the limits change with the cycle, in July (students: April)
///
/// Returns yen of the income of [`super::application::income_year`].
///
/// # Errors
/// `BadInput` — more elderly and specific dependants than dependants; `NotInForce` — before 2006-07; `PastLastCheck`.
///
/// # Examples
/// 2025-10, 全額免除, three dependants: 1,720,000円. 半額免除, two, one of them 特定扶養親族: 2,290,000円.
pub fn income_limit(
    test: IncomeTest,
    dependants: Dependants,
    month: Month,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let general = dependants.general()?;
    let mut at = |part: &str| LIMITS.at(&format!("{}.{part}", test.key()), month, trace).copied();
    let (limit, words) = if test.is_per_person() {
        let people = i64::from(dependants.total) + 1;
        (times(at("per_person")?, people) + at("fixed")?, "1人当たりの額 × (扶養親族等の数 + 1) + 加える額")
    } else {
        let for_dependants = times(at("general")?, i64::from(general))
            + times(at("elderly")?, i64::from(dependants.elderly))
            + times(at("specific")?, i64::from(dependants.specific));
        (at("base")? + for_dependants, "基準の額 + 扶養親族等1人につき加える額の合計")
    };
    trace.step(
        Step::new("国民年金法施行令6条の7から6条の9の2まで", format!("所得基準額 = {words}"))
            .with("区分", test.key(), "")
            .with("扶養親族等の数", dependants.total, "人")
            .with("うち老人扶養親族等", dependants.elderly, "人")
            .with("うち特定扶養親族等", dependants.specific, "人")
            .gives(limit),
    );
    Ok(limit)
}

fn times(yen: Yen, count: i64) -> Yen {
    Yen::new(yen.get() * count)
}

/// 所得から控除する額 — what a person's income loses before it meets the limit of a partial exemption or of a student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deductions {
    /// 雑損, 医療費, 社会保険料, 小規模企業共済等掛金, 配偶者特別控除: the sum of the amounts deducted for 市町村民税.
    pub amounts: Yen,
    /// 障害者 (himself or dependants), other than 特別障害者.
    pub disabled: i32,
    /// 特別障害者.
    pub special_disabled: i32,
    /// 寡婦.
    pub widow: bool,
    /// ひとり親.
    pub single_parent: bool,
    /// 勤労学生.
    pub working_student: bool,
}

/// 控除後の所得 — the income that is compared with the limit.
///
/// Law: 国民年金法施行令6条の11 (income), 6条の12 (deductions: not for 全額免除, 納付猶予 and the flat amount).
///
/// - `income`: 総所得金額等, yen
///
/// Returns yen, at least zero.
///
/// # Errors
/// `NotInForce` — deductions by head before 2021-07; `PastLastCheck`; `BadInput` — counts that cannot be.
pub fn counted_income(
    test: IncomeTest,
    income: Yen,
    deductions: Deductions,
    month: Month,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    if !test.deducts() {
        return Ok(income);
    }
    let heads = [
        ("DISABLED", deductions.disabled),
        ("SPECIAL_DISABLED", deductions.special_disabled),
        ("WIDOW", i32::from(deductions.widow)),
        ("SINGLE_PARENT", i32::from(deductions.single_parent)),
        ("WORKING_STUDENT", i32::from(deductions.working_student)),
    ];
    if heads.iter().any(|(_, count)| !(0..=1_000).contains(count)) || deductions.amounts < Yen::ZERO {
        return Err(LawError::bad_input("所得から控除する額", "0以上1000人以下、0円以上で入力してください"));
    }
    let mut deducted = deductions.amounts;
    for (key, count) in heads.into_iter().filter(|(_, count)| *count > 0) {
        deducted += times(*DEDUCTIONS.at(key, month, trace)?, i64::from(count));
    }
    let counted = (income - deducted).max(Yen::ZERO);
    trace.step(
        Step::new("国民年金法施行令6条の12", "控除後の所得 = 所得 − 控除する額")
            .with("所得", income, "")
            .with("控除する額", deducted, "")
            .gives(counted),
    );
    Ok(counted)
}
