//! 原簿 — the rows of one person's registers as they can be changed: each with its number, and with what it came of.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{
    Cat3Irregularity, Cat3Span, Category, CategorySpell, ComplementaryKind, ComplementarySpan, ContributionSpan,
    LifeRows, RemunerationSplit, YearMarks,
};
use crate::Month;
use crate::person_paper::{Account, DrawnRight, Member, Relation, ReliefKind, SurvivorMember};

/// 原因 — the filing and the reason that a row carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// 届.
    pub filing_id: Option<i64>,
    /// 理由.
    pub reason: String,
}

/// 原簿の一行.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// 人: of a number that was merged into another, the one under which it lies.
    pub person_id: i64,
    /// 行の番号; a table that holds one row of a person has 0.
    pub record_id: i64,
    /// What it says.
    pub is: T,
    /// What it came of.
    pub cause: Cause,
}

/// 資格.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpellIs {
    /// 種別.
    pub category: Category,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失年月日.
    pub lost_on: Option<Date>,
}

/// 月の幅の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// 第3号の届出の事情.
    Cat3(Cat3Irregularity),
    /// 合算対象期間.
    Complementary(ComplementaryKind),
}

impl SpanKind {
    /// As the store names it.
    pub fn code(self) -> &'static str {
        match self {
            SpanKind::Cat3(irregularity) => irregularity.code(),
            SpanKind::Complementary(kind) => kind.code(),
        }
    }

    /// By its name in the store.
    pub fn of_code(code: &str) -> Option<SpanKind> {
        let cat3 = Cat3Irregularity::of_code(code).map(SpanKind::Cat3);
        cat3.or_else(|| ComplementaryKind::of_code(code).map(SpanKind::Complementary))
    }
}

/// 月の幅.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanIs {
    /// 種類.
    pub kind: SpanKind,
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
}

/// 老齢年金の請求.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimIs {
    /// 受付年月日.
    pub filed_on: Date,
    /// 老齢基礎年金の繰上げ・繰下げの月.
    pub basic: Option<Month>,
    /// 老齢厚生年金の繰上げ・繰下げの月.
    pub employees: Option<Month>,
    /// 老齢基礎年金は繰下げ待機中.
    pub basic_waits: bool,
    /// 老齢厚生年金は繰下げ待機中.
    pub employees_waits: bool,
    /// 振替加算の対象.
    pub spouse_addition_moves: bool,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
}

/// 免除・猶予の決定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReliefIs {
    /// 種類.
    pub relief: ReliefKind,
    /// 申請年月日.
    pub applied_on: Option<Date>,
    /// 決定年月日.
    pub decided_on: Date,
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
}

/// 配偶者・子, with the day on which it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberIs {
    /// Who.
    pub member: Member,
    /// その人の番号, where it is known.
    pub member_person_id: Option<i64>,
    /// 離婚・死亡・生計維持の終わった日.
    pub ended_on: Option<Date>,
}

/// 未支給年金の請求.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnpaidIs {
    /// 受付年月日.
    pub filed_on: Date,
    /// 請求者, where known.
    pub claimant_person_id: Option<i64>,
    /// 続柄.
    pub relation: Relation,
    /// 生計を同じくしていた.
    pub shared_livelihood: bool,
    /// 口座.
    pub account: Account,
}

/// 障害年金の請求.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityIs {
    /// 受付年月日.
    pub filed_on: Date,
    /// 初診日.
    pub first_seen_on: Date,
    /// 初診日に国内に住所があった.
    pub resident: bool,
    /// 症状が固定した日.
    pub fixed_on: Option<Date>,
    /// 障害認定日の等級 (0 none, 4 障害手当金の程度).
    pub grade_at_certification: i16,
    /// 事後重症の請求日と等級.
    pub later: Option<(Date, i16)>,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
}

/// 障害等級の改定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeIs {
    /// 等級 (0 none: 支給停止).
    pub grade: i16,
    /// 診査の日; `None` where the conversion did not tell.
    pub reviewed_on: Option<Date>,
    /// First month.
    pub first: Month,
}

/// 遺族年金の請求.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorIs {
    /// 死亡した人.
    pub deceased_person_id: i64,
    /// 受付年月日.
    pub filed_on: Date,
    /// 請求者は何番の人か.
    pub claimant_no: i16,
    /// 死亡日に国内に住所を有していた.
    pub resident: bool,
    /// 死亡の原因となった傷病の初診日.
    pub illness_first_seen_on: Option<Date>,
    /// 1級・2級の障害厚生年金の受給権者であった.
    pub disability_grade_1_or_2: bool,
    /// 長期要件によることの申出.
    pub states_long: bool,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
}

/// 死亡した人の家族の一人, as a claim tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorMemberIs {
    /// The number of the claim's row.
    pub claim_record_id: i64,
    /// Who.
    pub member: SurvivorMember,
    /// 失権した日.
    pub ended_on: Option<Date>,
}

/// 年金の選択.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceIs {
    /// 受付年月日.
    pub filed_on: Date,
    /// 支給を受ける年金.
    pub rights: Vec<DrawnRight>,
    /// First month.
    pub first: Month,
}

/// 一人の原簿 — what filings by person can change, and the life that it is part of.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    /// 人.
    pub person_id: i64,
    /// 一生の登録, cover at employers included; `None` where the number was merged into another, or there is nobody.
    pub life: Option<LifeRows>,
    /// 資格.
    pub spells: Vec<Entry<SpellIs>>,
    /// 納付記録, by fiscal year.
    pub years: Vec<Entry<YearMarks>>,
    /// 合算対象期間など.
    pub spans: Vec<Entry<SpanIs>>,
    /// 死亡: none or one.
    pub deaths: Vec<Entry<Date>>,
    /// 請求: none or one.
    pub claims: Vec<Entry<ClaimIs>>,
    /// 受取口座: none or one.
    pub payees: Vec<Entry<Account>>,
    /// 配偶者・子; `record_id` is the number of the member.
    pub members: Vec<Entry<MemberIs>>,
    /// 免除・猶予.
    pub reliefs: Vec<Entry<ReliefIs>>,
    /// 未支給年金の請求.
    pub unpaid: Vec<Entry<UnpaidIs>>,
    /// 障害年金の請求: none or one.
    pub disability: Vec<Entry<DisabilityIs>>,
    /// 障害等級の改定, in order of month.
    pub grades: Vec<Entry<GradeIs>>,
    /// 遺族年金の請求: none or one.
    pub survivor: Vec<Entry<SurvivorIs>>,
    /// 死亡した人の家族; `record_id` is the number of the member.
    pub survivor_members: Vec<Entry<SurvivorMemberIs>>,
    /// 年金の選択, in order of month.
    pub choices: Vec<Entry<ChoiceIs>>,
    /// 離婚時の年金分割.
    pub splits: Vec<Entry<RemunerationSplit>>,
    /// When the last of these rows became known.
    pub known_at: Option<Timestamp>,
}

impl Register {
    /// Nobody's.
    pub fn empty(person_id: i64) -> Register {
        Register {
            person_id,
            life: None,
            spells: Vec::new(),
            years: Vec::new(),
            spans: Vec::new(),
            deaths: Vec::new(),
            claims: Vec::new(),
            payees: Vec::new(),
            members: Vec::new(),
            reliefs: Vec::new(),
            unpaid: Vec::new(),
            disability: Vec::new(),
            grades: Vec::new(),
            survivor: Vec::new(),
            survivor_members: Vec::new(),
            choices: Vec::new(),
            splits: Vec::new(),
            known_at: None,
        }
    }

    /// The life as the rows have it now; cover at employers is as it was read.
    pub fn life_rows(&self) -> Option<LifeRows> {
        let mut life = self.life.clone()?;
        life.splits = self.splits.iter().map(|row| row.is.clone()).collect();
        life.died_on = self.deaths.first().map(|death| death.is);
        life.spells = self.spells.iter().map(spell).collect();
        life.contributions = self.years.iter().flat_map(contributions).collect();
        (life.cat3, life.complementary) = (Vec::new(), Vec::new());
        for row in &self.spans {
            let (SpanIs { kind, first, last }, source) = (row.is, row.record_id.unsigned_abs());
            match kind {
                SpanKind::Cat3(irregularity) => life.cat3.push(Cat3Span { first, last, irregularity, source }),
                SpanKind::Complementary(kind) => {
                    life.complementary.push(ComplementarySpan { first, last, kind, source });
                }
            }
        }
        Some(life)
    }
}

fn spell(row: &Entry<SpellIs>) -> CategorySpell {
    let SpellIs { category, acquired_on, lost_on } = row.is;
    CategorySpell { category, acquired_on, lost_on, source: row.record_id.unsigned_abs() }
}

fn contributions(row: &Entry<YearMarks>) -> impl Iterator<Item = ContributionSpan> + '_ {
    row.is.spans(row.record_id.unsigned_abs())
}

/// 変わる行 of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a, T> {
    /// Rows that no longer hold.
    pub gone: Vec<&'a Entry<T>>,
    /// Rows that hold from now on.
    pub new: Vec<&'a Entry<T>>,
}

impl<'a, T: PartialEq> Change<'a, T> {
    fn between(before: &'a [Entry<T>], after: &'a [Entry<T>]) -> Change<'a, T> {
        Change {
            gone: before.iter().filter(|row| !after.contains(row)).collect(),
            new: after.iter().filter(|row| !before.contains(row)).collect(),
        }
    }
}

/// 原簿の差 — what has to be written so that the tables say what the register says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes<'a> {
    /// 資格.
    pub spells: Change<'a, SpellIs>,
    /// 納付記録.
    pub years: Change<'a, YearMarks>,
    /// 合算対象期間など.
    pub spans: Change<'a, SpanIs>,
    /// 死亡.
    pub deaths: Change<'a, Date>,
    /// 請求.
    pub claims: Change<'a, ClaimIs>,
    /// 受取口座.
    pub payees: Change<'a, Account>,
    /// 配偶者・子.
    pub members: Change<'a, MemberIs>,
    /// 免除・猶予.
    pub reliefs: Change<'a, ReliefIs>,
    /// 未支給年金の請求.
    pub unpaid: Change<'a, UnpaidIs>,
    /// 障害年金の請求.
    pub disability: Change<'a, DisabilityIs>,
    /// 障害等級の改定.
    pub grades: Change<'a, GradeIs>,
    /// 遺族年金の請求.
    pub survivor: Change<'a, SurvivorIs>,
    /// 死亡した人の家族.
    pub survivor_members: Change<'a, SurvivorMemberIs>,
    /// 年金の選択.
    pub choices: Change<'a, ChoiceIs>,
    /// 離婚時の年金分割.
    pub splits: Change<'a, RemunerationSplit>,
}

impl Register {
    /// What differs in `after`.
    pub fn changes<'a>(&'a self, after: &'a Register) -> Changes<'a> {
        Changes {
            spells: Change::between(&self.spells, &after.spells),
            years: Change::between(&self.years, &after.years),
            spans: Change::between(&self.spans, &after.spans),
            deaths: Change::between(&self.deaths, &after.deaths),
            claims: Change::between(&self.claims, &after.claims),
            payees: Change::between(&self.payees, &after.payees),
            members: Change::between(&self.members, &after.members),
            reliefs: Change::between(&self.reliefs, &after.reliefs),
            unpaid: Change::between(&self.unpaid, &after.unpaid),
            disability: Change::between(&self.disability, &after.disability),
            grades: Change::between(&self.grades, &after.grades),
            survivor: Change::between(&self.survivor, &after.survivor),
            survivor_members: Change::between(&self.survivor_members, &after.survivor_members),
            choices: Change::between(&self.choices, &after.choices),
            splits: Change::between(&self.splits, &after.splits),
        }
    }
}

impl Changes<'_> {
    /// Rows to be written.
    pub fn new_rows(&self) -> usize {
        self.spells.new.len()
            + self.years.new.len()
            + self.spans.new.len()
            + self.deaths.new.len()
            + self.claims.new.len()
            + self.payees.new.len()
            + self.members.new.len()
            + self.reliefs.new.len()
            + self.unpaid.new.len()
            + self.disability.new.len()
            + self.grades.new.len()
            + self.survivor.new.len()
            + self.survivor_members.new.len()
            + self.choices.new.len()
            + self.splits.new.len()
    }

    /// Rows to be superseded.
    pub fn gone_rows(&self) -> usize {
        self.spells.gone.len()
            + self.years.gone.len()
            + self.spans.gone.len()
            + self.deaths.gone.len()
            + self.claims.gone.len()
            + self.payees.gone.len()
            + self.members.gone.len()
            + self.reliefs.gone.len()
            + self.unpaid.gone.len()
            + self.disability.gone.len()
            + self.grades.gone.len()
            + self.survivor.gone.len()
            + self.survivor_members.gone.len()
            + self.choices.gone.len()
            + self.splits.gone.len()
    }
}
