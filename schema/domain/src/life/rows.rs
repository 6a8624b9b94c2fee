//! 一人の登録 — one person's rows as the store hands them out, owned.

use jiff::civil::Date;

use super::{
    AbroadSpell, BonusMonth, Cat3Span, CategorySpell, ComplementarySpan, ContributionSpan, LifeFacts, RemunerationSpan,
    RemunerationSplit, Sex,
};
use crate::{Month, Yen};

/// 適用事業所での資格 — cover at an employer of this book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverRow {
    /// 資格の番号.
    pub spell_id: i64,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失年月日; `None` while it lasts.
    pub lost_on: Option<Date>,
}

/// その標準報酬月額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardRow {
    /// 資格の番号.
    pub spell_id: i64,
    /// First month.
    pub first: Month,
    /// First month in which it no longer holds; `None` while it does.
    pub until: Option<Month>,
    /// 厚生年金の標準報酬月額; 0 for who is not insured for it.
    pub standard_yen: u32,
    /// 報酬月額: at several offices the standard is that of the sum.
    pub remuneration: Yen,
}

/// 支払われた賞与, before it becomes 標準賞与額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidBonusRow {
    /// 資格の番号.
    pub spell_id: i64,
    /// 賞与支払年月日.
    pub paid_on: Date,
    /// 支払額.
    pub amount: Yen,
}

/// 一人の登録 — everything on record about one person. Rows of `covers`, `standards` and `paid_bonuses` are of employers of
/// this book and become part of the life by law; the others are as the record has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeRows {
    /// 人.
    pub person_id: i64,
    /// 生年月日.
    pub birth_on: Date,
    /// 性別.
    pub sex: Sex,
    /// 死亡日.
    pub died_on: Option<Date>,
    /// 資格期間.
    pub spells: Vec<CategorySpell>,
    /// 納付・免除・追納.
    pub contributions: Vec<ContributionSpan>,
    /// 第3号の届出の事情.
    pub cat3: Vec<Cat3Span>,
    /// 合算対象期間.
    pub complementary: Vec<ComplementarySpan>,
    /// 標準報酬月額.
    pub remunerations: Vec<RemunerationSpan>,
    /// 標準賞与額.
    pub bonuses: Vec<BonusMonth>,
    /// 海外在住.
    pub abroad: Vec<AbroadSpell>,
    /// 適用事業所での資格, in order of acquisition.
    pub covers: Vec<CoverRow>,
    /// その標準報酬月額.
    pub standards: Vec<StandardRow>,
    /// その賞与.
    pub paid_bonuses: Vec<PaidBonusRow>,
    /// 離婚時の年金分割, in order of claim.
    pub splits: Vec<RemunerationSplit>,
}

impl LifeRows {
    /// Somebody of whom only birth and sex are known.
    pub fn unregistered(person_id: i64, birth_on: Date, sex: Sex) -> LifeRows {
        LifeRows {
            person_id,
            birth_on,
            sex,
            died_on: None,
            spells: Vec::new(),
            contributions: Vec::new(),
            cat3: Vec::new(),
            complementary: Vec::new(),
            remunerations: Vec::new(),
            bonuses: Vec::new(),
            abroad: Vec::new(),
            covers: Vec::new(),
            standards: Vec::new(),
            paid_bonuses: Vec::new(),
            splits: Vec::new(),
        }
    }

    /// The facts, borrowed; cover at employers is in them once the law has added it.
    pub fn facts(&self) -> LifeFacts<'_> {
        LifeFacts {
            birth_on: self.birth_on,
            sex: self.sex,
            died_on: self.died_on,
            spells: &self.spells,
            contributions: &self.contributions,
            cat3: &self.cat3,
            complementary: &self.complementary,
            remunerations: &self.remunerations,
            bonuses: &self.bonuses,
            abroad: &self.abroad,
            spouse_cat2: None,
            splits: &self.splits,
        }
    }

    /// Takes over what another number of the same person holds (基礎年金番号の統合).
    pub fn absorb(&mut self, other: LifeRows) {
        self.died_on = self.died_on.or(other.died_on);
        self.spells.extend(other.spells);
        self.contributions.extend(other.contributions);
        self.cat3.extend(other.cat3);
        self.complementary.extend(other.complementary);
        self.remunerations.extend(other.remunerations);
        self.bonuses.extend(other.bonuses);
        self.abroad.extend(other.abroad);
        self.covers.extend(other.covers);
        self.standards.extend(other.standards);
        self.paid_bonuses.extend(other.paid_bonuses);
        self.splits.extend(other.splits);
        // As the store hands them out: by day, then by spell.
        self.covers.sort_by_key(|cover| (cover.acquired_on, cover.spell_id));
        self.standards.sort_by_key(|standard| (standard.first, standard.spell_id));
        self.paid_bonuses.sort_by_key(|bonus| (bonus.paid_on, bonus.spell_id));
        self.splits.sort_by_key(|split| (split.claimed_on, split.source));
    }
}
