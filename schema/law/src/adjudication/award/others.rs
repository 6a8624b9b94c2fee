//! 障害・遺族の請求と選択 — what a person may draw beside, or in place of, the old-age pension.

use domain::Month;
use domain::life::LifeFacts;
use jiff::civil::Date;

pub use crate::disability_survivor::survivor_right::family::Relative;
use crate::pension_payment::simultaneous_benefits::BenefitRight;

/// 支給事由.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// 老齢.
    OldAge,
    /// 障害.
    Disability,
    /// 遺族 (死亡).
    Survivor,
}

impl Ground {
    /// Every one.
    pub const ALL: [Ground; 3] = [Ground::OldAge, Ground::Disability, Ground::Survivor];

    /// 受給権 of the ground.
    pub const fn rights(self) -> Rights {
        let (basic, employee) = match self {
            Ground::OldAge => (BenefitRight::OldAgeBasic, BenefitRight::OldAgeEmployee),
            Ground::Disability => (BenefitRight::DisabilityBasic, BenefitRight::DisabilityEmployee),
            Ground::Survivor => (BenefitRight::SurvivorBasic, BenefitRight::SurvivorEmployee),
        };
        Rights::NONE.with(basic).with(employee)
    }

    /// A short word for machines.
    pub const fn code(self) -> &'static str {
        match self {
            Ground::OldAge => "old_age",
            Ground::Disability => "disability",
            Ground::Survivor => "survivor",
        }
    }
}

/// 受給権の組.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rights(u8);

impl Rights {
    /// None of them.
    pub const NONE: Rights = Rights(0);

    /// With one more.
    pub const fn with(self, right: BenefitRight) -> Rights {
        Rights(self.0 | bit(right))
    }

    /// Whether it is among them.
    pub const fn has(self, right: BenefitRight) -> bool {
        self.0 & bit(right) != 0
    }

    /// Those of `self` that are not in `other`.
    pub const fn without(self, other: Rights) -> Rights {
        Rights(self.0 & !other.0)
    }

    /// Whether all of `other` are in `self`.
    pub const fn holds(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is none.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// All that are in either.
    pub const fn or(self, other: Rights) -> Rights {
        Rights(self.0 | other.0)
    }

    /// Those that are in both.
    pub const fn both(self, other: Rights) -> Rights {
        Rights(self.0 & other.0)
    }

    /// Whether one of them is of the ground.
    pub const fn has_ground(self, ground: Ground) -> bool {
        !self.both(ground.rights()).is_none()
    }

    /// One after the other, in the order of [`BenefitRight`].
    pub fn each(self) -> impl Iterator<Item = BenefitRight> {
        BenefitRight::WORDS.into_iter().map(|(_, right)| right).filter(move |right| self.has(*right))
    }

    /// Their words, in the order of [`BenefitRight`].
    pub fn words(self) -> Vec<&'static str> {
        self.each().map(BenefitRight::key).collect()
    }

    /// Their Japanese names, in the same order.
    pub fn names(self) -> Vec<&'static str> {
        self.each().map(BenefitRight::name).collect()
    }
}

const fn bit(right: BenefitRight) -> u8 {
    match right {
        BenefitRight::DisabilityBasic => 1,
        BenefitRight::DisabilityEmployee => 2,
        BenefitRight::OldAgeBasic => 4,
        BenefitRight::OldAgeEmployee => 8,
        BenefitRight::SurvivorBasic => 16,
        BenefitRight::SurvivorEmployee => 32,
        BenefitRight::WidowPension => 64,
    }
}

impl FromIterator<BenefitRight> for Rights {
    fn from_iter<I: IntoIterator<Item = BenefitRight>>(rights: I) -> Rights {
        rights.into_iter().fold(Rights::NONE, Rights::with)
    }
}

/// 障害年金の請求.
#[derive(Clone, Copy, Debug)]
pub struct DisabilityClaim<'a> {
    /// 請求書の受付日.
    pub filed_on: Date,
    /// 初診日.
    pub first_consultation: Date,
    /// 初診日に国内に住所がある.
    pub resident: bool,
    /// 症状が固定した日.
    pub fixed_on: Option<Date>,
    /// 障害認定日の等級 (0 none, 4 障害手当金の程度).
    pub grade_at_certification: i64,
    /// 事後重症の請求日とその等級.
    pub later_claim: Option<(Date, i64)>,
    /// 等級の改定: first month and grade (0 none), in order of month.
    pub grades: &'a [(Month, i64)],
    /// The last month that was paid before this book.
    pub paid_through: Option<Month>,
}

/// 遺族年金の請求.
#[derive(Clone, Copy, Debug)]
pub struct SurvivorClaim<'a> {
    /// 請求書の受付日.
    pub filed_on: Date,
    /// 死亡した者の記録の素材, with the day of death.
    pub deceased: &'a LifeFacts<'a>,
    /// 死亡した者が死亡日に国内に住所を有していた.
    pub resident: bool,
    /// 厚生年金の被保険者であった間に初診日がある傷病により死亡した: that day.
    pub illness_first_seen: Option<Date>,
    /// 1級又は2級の障害厚生年金の受給権者であった.
    pub disability_grade_1_or_2: bool,
    /// 長期要件によることの申出.
    pub states_long: bool,
    /// 家族, the claimant among them.
    pub family: &'a [Relative],
    /// Which of the family claims.
    pub claimant: usize,
    /// The last month that was paid before this book.
    pub paid_through: Option<Month>,
}

/// 選択 — which rights are drawn from a month on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// First month, the one after the filing.
    pub from: Month,
    /// What is drawn; the other rights are suspended.
    pub rights: Rights,
}

/// 老齢のほかに請求されたものと選択; empty for most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Others<'a> {
    /// 障害年金の請求.
    pub disability: Option<DisabilityClaim<'a>>,
    /// 遺族年金の請求.
    pub survivor: Option<SurvivorClaim<'a>>,
    /// 選択, in order of month.
    pub choices: &'a [Choice],
}
