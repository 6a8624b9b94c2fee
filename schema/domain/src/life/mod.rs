//! 年金記録の素材 — what the registers say about one person, as they say it: the words of the pension record. Reading them
//! into a life, and finding what cannot be right, is the law's business.

mod marks;
pub mod register;
mod rows;
mod split;

pub use marks::{MarksError, YearMarks};
pub use rows::{CoverRow, LifeRows, PaidBonusRow, StandardRow};
pub use split::{RemunerationSplit, SplitBonus, SplitKind, SplitStandard};

use jiff::civil::Date;

use crate::Month;

/// 性別 — as the register holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// 厚生年金被保険者の種別 (厚生年金保険法2条の5第1項).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EmployeesKind {
    /// 第1号厚生年金被保険者 (民間).
    First,
    /// 第2号厚生年金被保険者 (国家公務員共済組合).
    Second,
    /// 第3号厚生年金被保険者 (地方公務員共済組合).
    Third,
    /// 第4号厚生年金被保険者 (私立学校教職員共済).
    Fourth,
}

/// 厚生年金保険の被保険者の区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmployeesClass {
    /// 一般の被保険者.
    Ordinary,
    /// 第3種被保険者 (坑内員・船員), whose months before 1991-04 count for more.
    MinerOrSeaman,
    /// 高齢任意加入被保険者 (厚生年金保険法附則4条の3), 70 and over.
    AgedVoluntary,
}

/// 被保険者の種別 (国民年金法7条, 附則5条, 平成6年法律95号附則11条 ほか).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// 第1号被保険者.
    Cat1,
    /// 第2号被保険者, and whoever is insured under 厚生年金 outside of 20 to 59.
    Cat2 {
        /// Which kind of 厚生年金被保険者.
        kind: EmployeesKind,
        /// Ordinary, miner or seaman, over 70.
        class: EmployeesClass,
    },
    /// 第3号被保険者.
    Cat3,
    /// 任意加入被保険者 (国民年金法附則5条).
    Voluntary,
    /// 特例任意加入被保険者, 65 to 69.
    SpecialVoluntary,
}

/// 資格期間 — from the day of acquisition to the day of loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategorySpell {
    /// Which category.
    pub category: Category,
    /// 資格取得日.
    pub acquired_on: Date,
    /// 資格喪失日: the first day without it; `None` while it is held.
    pub lost_on: Option<Date>,
    /// The row of the register that says so.
    pub source: u64,
}

/// 国民年金保険料の納付状況 — of a month of 第1号 or 任意加入.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contribution {
    /// 納付 (前納 and 後納 included).
    Paid,
    /// 法定免除 (国民年金法89条).
    StatutoryExempt,
    /// 申請全額免除 (90条).
    FullExempt,
    /// 4分の3免除 (90条の2第1項).
    ThreeQuarterExempt {
        /// The quarter that was left to pay has been paid; if not, the month is unpaid.
        rest_paid: bool,
    },
    /// 半額免除 (90条の2第2項).
    HalfExempt {
        /// The half that was left to pay has been paid.
        rest_paid: bool,
    },
    /// 4分の1免除 (90条の2第3項).
    QuarterExempt {
        /// The three quarters that were left to pay have been paid.
        rest_paid: bool,
    },
    /// 学生納付特例 (90条の3).
    Student,
    /// 納付猶予 (平成16年法律104号附則19条, 平成26年法律64号附則14条).
    Deferral,
    /// 産前産後免除 (88条の2): counts as paid.
    Maternity,
    /// 育児期間免除 (88条の3): counts as paid.
    Childcare,
    /// 追納 (94条) of a month that was exempt or deferred.
    PaidLater,
}

/// 納付記録 — one state of a run of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContributionSpan {
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
    /// Which state.
    pub contribution: Contribution,
    /// 付加保険料 was paid too.
    pub additional: bool,
    /// The row that says so.
    pub source: u64,
}

/// 第3号被保険者の届出の事情 (国民年金法附則7条の3, 9条の4の2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cat3Irregularity {
    /// 届出遅滞: the month lies more than two years before the notice and is not counted.
    Late,
    /// 特例届出: a late month that counts after all.
    SpecialNotice,
    /// 時効消滅不整合期間 before any notice: recorded as 3号, should have been 1号, contributions time-barred.
    Mismatch,
    /// 時効消滅不整合期間 after 特定期間該当届: complementary.
    MismatchFiled,
}

/// A run of months under such a circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cat3Span {
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
    /// Which circumstance.
    pub irregularity: Cat3Irregularity,
    /// The row that says so.
    pub source: u64,
}

/// 合算対象期間の種類 (国民年金法附則9条, 昭和60年法律34号附則8条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComplementaryKind {
    /// 被用者年金の20歳前・60歳以後の期間, from 1961-04.
    EmployeesOutside20To59,
    /// 被用者の配偶者で任意加入しなかった期間, 1961-04 to 1986-03.
    SpouseNotJoined,
    /// 日本国民の海外在住期間, 20 to 59.
    Overseas,
    /// 学生で任意加入しなかった期間, 1961-04 to 1991-03.
    StudentNotJoined,
    /// 任意加入して納付しなかった期間, 20 to 59.
    VoluntaryUnpaid,
    /// 脱退手当金の計算の基礎となった期間.
    LumpSumWithdrawn,
    /// 国会議員の期間, 1961-04 to 1980-03.
    DietMember,
    /// 帰化・永住許可を受けた者の従前の期間.
    Naturalised,
    /// 被用者年金の老齢給付の受給権者等で任意加入しなかった期間.
    EntitledNotJoined,
    /// 特定期間 (時効消滅不整合期間で届出のあるもの).
    MismatchFiled,
}

impl ComplementaryKind {
    /// Every kind, in order.
    pub const ALL: [ComplementaryKind; 10] = [
        ComplementaryKind::EmployeesOutside20To59,
        ComplementaryKind::SpouseNotJoined,
        ComplementaryKind::Overseas,
        ComplementaryKind::StudentNotJoined,
        ComplementaryKind::VoluntaryUnpaid,
        ComplementaryKind::LumpSumWithdrawn,
        ComplementaryKind::DietMember,
        ComplementaryKind::Naturalised,
        ComplementaryKind::EntitledNotJoined,
        ComplementaryKind::MismatchFiled,
    ];

    /// Its place in `ALL`.
    pub fn place(self) -> usize {
        ComplementaryKind::ALL.iter().position(|kind| *kind == self).expect("ALL holds every kind")
    }

    /// By its short name.
    pub fn of_code(code: &str) -> Option<ComplementaryKind> {
        ComplementaryKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            ComplementaryKind::EmployeesOutside20To59 => "employees_outside_20_to_59",
            ComplementaryKind::SpouseNotJoined => "spouse_not_joined",
            ComplementaryKind::Overseas => "overseas",
            ComplementaryKind::StudentNotJoined => "student_not_joined",
            ComplementaryKind::VoluntaryUnpaid => "voluntary_unpaid",
            ComplementaryKind::LumpSumWithdrawn => "lump_sum_withdrawn",
            ComplementaryKind::DietMember => "diet_member",
            ComplementaryKind::Naturalised => "naturalised",
            ComplementaryKind::EntitledNotJoined => "entitled_not_joined",
            ComplementaryKind::MismatchFiled => "mismatch_filed",
        }
    }

    /// First and last month in which the kind can lie; `None` where it has no end.
    pub fn limits(self) -> (Month, Option<Month>) {
        let last = match self {
            ComplementaryKind::SpouseNotJoined => Some((1986, 3)),
            ComplementaryKind::StudentNotJoined => Some((1991, 3)),
            ComplementaryKind::DietMember => Some((1980, 3)),
            _ => None,
        };
        (Month::new(1961, 4).expect("a month"), last.and_then(|(year, month)| Month::new(year, month)))
    }
}

/// 合算対象期間 — as registered or certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComplementarySpan {
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
    /// Which kind.
    pub kind: ComplementaryKind,
    /// The row that says so.
    pub source: u64,
}

/// 標準報酬月額の由来.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemunerationBasis {
    /// Of the person's own cover.
    Own,
    /// 離婚時みなし被保険者期間 (厚生年金保険法78条の7, 78条の15): from a divorced spouse, without own cover.
    DeemedBySplit,
}

/// 標準報酬月額 — of a run of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemunerationSpan {
    /// First month.
    pub first: Month,
    /// Last month, included; `None` while in force.
    pub last: Option<Month>,
    /// Which kind of 厚生年金.
    pub kind: EmployeesKind,
    /// 標準報酬月額, yen.
    pub standard_yen: u32,
    /// Own cover or divorce.
    pub basis: RemunerationBasis,
    /// The row that says so.
    pub source: u64,
}

/// 標準賞与額 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BonusMonth {
    /// 賞与の支払われた月.
    pub month: Month,
    /// Which kind of 厚生年金.
    pub kind: EmployeesKind,
    /// 標準賞与額, yen, after the cap.
    pub bonus_yen: u32,
    /// The row that says so.
    pub source: u64,
}

/// 海外在住期間.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbroadSpell {
    /// The day of leaving Japan.
    pub left_on: Date,
    /// The day of coming (back) to Japan; `None` while abroad.
    pub returned_on: Option<Date>,
    /// 日本国籍 in that time: only then the months are complementary.
    pub japanese: bool,
    /// The row that says so.
    pub source: u64,
}

/// A run of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthSpan {
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
}

/// 一人の素材 — everything that the registers hold on one person. Order of rows does not matter.
#[derive(Clone, Copy, Debug)]
pub struct LifeFacts<'a> {
    /// 生年月日.
    pub birth_on: Date,
    /// 性別.
    pub sex: Sex,
    /// 死亡日.
    pub died_on: Option<Date>,
    /// 資格期間.
    pub spells: &'a [CategorySpell],
    /// 納付・免除・追納.
    pub contributions: &'a [ContributionSpan],
    /// 第3号の届出の事情.
    pub cat3: &'a [Cat3Span],
    /// 合算対象期間.
    pub complementary: &'a [ComplementarySpan],
    /// 標準報酬月額.
    pub remunerations: &'a [RemunerationSpan],
    /// 標準賞与額.
    pub bonuses: &'a [BonusMonth],
    /// 海外在住.
    pub abroad: &'a [AbroadSpell],
    /// 配偶者が第2号被保険者である月; `None` where the spouse's record was not read.
    pub spouse_cat2: Option<&'a [MonthSpan]>,
    /// 離婚時の年金分割.
    pub splits: &'a [RemunerationSplit],
}

impl EmployeesKind {
    /// By its number, 1 to 4.
    pub fn of_number(number: i16) -> Option<EmployeesKind> {
        match number {
            1 => Some(EmployeesKind::First),
            2 => Some(EmployeesKind::Second),
            3 => Some(EmployeesKind::Third),
            4 => Some(EmployeesKind::Fourth),
            _ => None,
        }
    }

    /// 1 to 4.
    pub fn number(self) -> i16 {
        match self {
            EmployeesKind::First => 1,
            EmployeesKind::Second => 2,
            EmployeesKind::Third => 3,
            EmployeesKind::Fourth => 4,
        }
    }
}

impl EmployeesClass {
    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            EmployeesClass::Ordinary => "ordinary",
            EmployeesClass::MinerOrSeaman => "miner_or_seaman",
            EmployeesClass::AgedVoluntary => "aged_voluntary",
        }
    }

    /// By its short name.
    pub fn of_code(code: &str) -> Option<EmployeesClass> {
        let all = [EmployeesClass::Ordinary, EmployeesClass::MinerOrSeaman, EmployeesClass::AgedVoluntary];
        all.into_iter().find(|class| class.code() == code)
    }
}

impl Category {
    /// A short name for machines; kind and class are told apart from it.
    pub fn code(self) -> &'static str {
        match self {
            Category::Cat1 => "cat1",
            Category::Cat2 { .. } => "cat2",
            Category::Cat3 => "cat3",
            Category::Voluntary => "voluntary",
            Category::SpecialVoluntary => "special_voluntary",
        }
    }

    /// By its short name; kind and class of 厚生年金 go with `cat2` alone.
    pub fn of_code(code: &str, employees: Option<(EmployeesKind, EmployeesClass)>) -> Option<Category> {
        match (code, employees) {
            ("cat1", None) => Some(Category::Cat1),
            ("cat2", Some((kind, class))) => Some(Category::Cat2 { kind, class }),
            ("cat3", None) => Some(Category::Cat3),
            ("voluntary", None) => Some(Category::Voluntary),
            ("special_voluntary", None) => Some(Category::SpecialVoluntary),
            _ => None,
        }
    }
}

impl Cat3Irregularity {
    /// Every circumstance.
    pub const ALL: [Cat3Irregularity; 4] = [
        Cat3Irregularity::Late,
        Cat3Irregularity::SpecialNotice,
        Cat3Irregularity::Mismatch,
        Cat3Irregularity::MismatchFiled,
    ];

    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            Cat3Irregularity::Late => "cat3_late",
            Cat3Irregularity::SpecialNotice => "cat3_special_notice",
            Cat3Irregularity::Mismatch => "cat3_mismatch",
            Cat3Irregularity::MismatchFiled => "cat3_mismatch_filed",
        }
    }

    /// By its short name.
    pub fn of_code(code: &str) -> Option<Cat3Irregularity> {
        Cat3Irregularity::ALL.into_iter().find(|irregularity| irregularity.code() == code)
    }
}

impl LifeFacts<'_> {
    /// Somebody of whom only birth and sex are known.
    pub fn unregistered(birth_on: Date, sex: Sex) -> LifeFacts<'static> {
        LifeFacts {
            birth_on,
            sex,
            died_on: None,
            spells: &[],
            contributions: &[],
            cat3: &[],
            complementary: &[],
            remunerations: &[],
            bonuses: &[],
            abroad: &[],
            spouse_cat2: None,
            splits: &[],
        }
    }
}
