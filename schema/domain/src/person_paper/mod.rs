//! 人の届 — filings about a person's pension: claims, what is wrong in the record, death, account, relief. They have no
//! employer and no media layout; a clerk types them at the counter and two clerks decide, always.

mod grounds;
mod split;

#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::nenkin::{Insured, Note};
use crate::{BasicPensionNumber, Month};

pub use grounds::{
    DisabilityClaim, DisabilityGrade, DrawnRight, GradeReview, LaterDisability, PensionChoice, SurvivorClaim,
    SurvivorEnd, SurvivorEndEvent, SurvivorMember, SurvivorRelation,
};
pub use split::{PensionSplit, Share};

/// 人の届の様式. There is no official code of the terminal; ours are words, so that they never meet one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonForm {
    /// 年金請求書 (老齢).
    PensionClaim,
    /// 種別訂正届: the record of categories was otherwise.
    CategoryCorrection,
    /// 死亡届.
    Death,
    /// 未支給年金請求書.
    UnpaidBenefitClaim,
    /// 受取口座変更届.
    PayeeChange,
    /// 免除・猶予の決定, as the municipality passes it on.
    Relief,
    /// 年金請求書 (障害給付).
    DisabilityClaim,
    /// 障害等級の改定: 額改定請求書, 障害状態確認届, 支給停止事由消滅届.
    DisabilityGrade,
    /// 年金請求書 (遺族給付).
    SurvivorClaim,
    /// 遺族年金失権届.
    SurvivorEnd,
    /// 年金受給選択申出書.
    PensionChoice,
    /// 標準報酬改定請求書 (離婚時の年金分割).
    PensionSplit,
}

impl PersonForm {
    /// Every form.
    pub const ALL: [PersonForm; 12] = [
        PersonForm::PensionClaim,
        PersonForm::CategoryCorrection,
        PersonForm::Death,
        PersonForm::UnpaidBenefitClaim,
        PersonForm::PayeeChange,
        PersonForm::Relief,
        PersonForm::DisabilityClaim,
        PersonForm::DisabilityGrade,
        PersonForm::SurvivorClaim,
        PersonForm::SurvivorEnd,
        PersonForm::PensionChoice,
        PersonForm::PensionSplit,
    ];

    /// The code in the store; also the tag of the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            PersonForm::PensionClaim => "pension_claim",
            PersonForm::CategoryCorrection => "category_correction",
            PersonForm::Death => "death",
            PersonForm::UnpaidBenefitClaim => "unpaid_benefit_claim",
            PersonForm::PayeeChange => "payee_change",
            PersonForm::Relief => "relief",
            PersonForm::DisabilityClaim => "disability_claim",
            PersonForm::DisabilityGrade => "disability_grade",
            PersonForm::SurvivorClaim => "survivor_claim",
            PersonForm::SurvivorEnd => "survivor_end",
            PersonForm::PensionChoice => "pension_choice",
            PersonForm::PensionSplit => "pension_split",
        }
    }

    /// By its code.
    pub fn from_code(code: &str) -> Option<PersonForm> {
        PersonForm::ALL.into_iter().find(|form| form.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            PersonForm::PensionClaim => "年金請求書 (老齢)",
            PersonForm::CategoryCorrection => "種別訂正届",
            PersonForm::Death => "死亡届",
            PersonForm::UnpaidBenefitClaim => "未支給年金請求書",
            PersonForm::PayeeChange => "受取口座変更届",
            PersonForm::Relief => "免除・猶予の決定",
            PersonForm::DisabilityClaim => "年金請求書 (障害給付)",
            PersonForm::DisabilityGrade => "障害等級の改定 (額改定請求・障害状態確認届)",
            PersonForm::SurvivorClaim => "年金請求書 (遺族給付)",
            PersonForm::SurvivorEnd => "遺族年金失権届",
            PersonForm::PensionChoice => "年金受給選択申出書",
            PersonForm::PensionSplit => "標準報酬改定請求書 (離婚時の年金分割)",
        }
    }
}

/// 人の届 — one filing about one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFiling {
    /// 本人: named by 基礎年金番号.
    pub insured: Insured,
    /// What is filed.
    #[serde(flatten)]
    pub content: PersonContent,
    /// 備考.
    pub note: Option<Note>,
}

/// 届の内容.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum PersonContent {
    /// 年金請求書.
    PensionClaim(PensionClaim),
    /// 種別訂正届.
    CategoryCorrection(CategoryCorrection),
    /// 死亡届.
    Death(Death),
    /// 未支給年金請求書.
    UnpaidBenefitClaim(UnpaidBenefitClaim),
    /// 受取口座変更届.
    PayeeChange(PayeeChange),
    /// 免除・猶予の決定.
    Relief(ReliefDecision),
    /// 年金請求書 (障害給付).
    DisabilityClaim(DisabilityClaim),
    /// 障害等級の改定.
    DisabilityGrade(DisabilityGrade),
    /// 年金請求書 (遺族給付).
    SurvivorClaim(SurvivorClaim),
    /// 遺族年金失権届.
    SurvivorEnd(SurvivorEnd),
    /// 年金受給選択申出書.
    PensionChoice(PensionChoice),
    /// 標準報酬改定請求書.
    PensionSplit(PensionSplit),
}

/// 受け方 of one of the two pensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taking {
    /// 本来の時期: from the day the right arises (特別支給, or 65).
    AtRight,
    /// 繰上げ請求 (before 65) or 繰下げ申出 (from 66) in this month.
    In(Month),
    /// 繰下げ待機: not claimed yet.
    Waits,
}

impl Taking {
    /// The month, of a claim before or after 65.
    pub const fn month(self) -> Option<Month> {
        match self {
            Taking::In(month) => Some(month),
            Taking::AtRight | Taking::Waits => None,
        }
    }

    fn in_words(self) -> String {
        match self {
            Taking::AtRight => "本来の時期 (特別支給・65歳) から".to_owned(),
            Taking::In(month) => format!("{month} に繰上げ・繰下げ"),
            Taking::Waits => "繰下げ待機 (まだ請求しない)".to_owned(),
        }
    }
}

/// 受取口座, as it was filed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// 金融機関コード, four digits.
    pub bank_code: String,
    /// 支店コード, three digits.
    pub branch_code: String,
    /// 預金種目: 1 普通, 2 当座, 4 貯蓄, 9 その他.
    pub account_type: i16,
    /// 口座番号.
    pub account_number: String,
    /// 口座名義カナ, half width.
    pub holder_kana: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Account(****)")
    }
}

impl Account {
    fn items(&self) -> Vec<(&'static str, String)> {
        let kind = match self.account_type {
            1 => "普通",
            2 => "当座",
            4 => "貯蓄",
            _ => "その他",
        };
        vec![
            ("金融機関・支店", format!("{}-{}", self.bank_code, self.branch_code)),
            ("預金種目・口座番号", format!("{kind} {}", self.account_number)),
            ("口座名義 (カナ)", self.holder_kana.clone()),
        ]
    }
}

/// 続柄 of whom 加給年金額 can be added for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kin {
    /// 配偶者.
    Spouse,
    /// 子.
    Child,
}

impl Kin {
    /// As the store names it.
    pub const fn code(self) -> &'static str {
        match self {
            Kin::Spouse => "spouse",
            Kin::Child => "child",
        }
    }
}

/// 配偶者・子.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// 続柄.
    pub relation: Kin,
    /// 生年月日.
    pub birth_on: Date,
    /// 生計を維持されている.
    pub dependent: bool,
    /// 障害等級1級・2級 (子).
    pub disabled: bool,
    /// 配偶者自身の老齢厚生年金 (240月以上) の受給権の発生した日.
    pub own_old_age_from: Option<Date>,
    /// 婚姻・出生の日.
    pub since: Date,
}

impl Member {
    fn item(&self) -> (&'static str, String) {
        let who = match self.relation {
            Kin::Spouse => "配偶者",
            Kin::Child => "子",
        };
        let support = if self.dependent { "生計維持あり" } else { "生計維持なし" };
        let disabled = if self.disabled { "・障害1級2級" } else { "" };
        (who, format!("{}生 {support}{disabled}", self.birth_on))
    }
}

/// 年金請求書 (老齢) (国民年金法16条, 厚生年金保険法33条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PensionClaim {
    /// 受付年月日.
    pub filed_on: Date,
    /// 老齢基礎年金.
    pub basic: Taking,
    /// 老齢厚生年金.
    pub employees: Taking,
    /// 受取口座.
    pub account: Account,
    /// 配偶者・子.
    pub members: Vec<Member>,
    /// 振替加算の対象 (配偶者に加給年金額が加算されていた).
    pub spouse_addition_moves: bool,
}

/// 種別 that can be filed by a person; 厚生年金 is filed by the employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlainCategory {
    /// 第1号.
    Cat1,
    /// 第3号.
    Cat3,
    /// 任意加入.
    Voluntary,
    /// 特例任意加入.
    SpecialVoluntary,
}

impl PlainCategory {
    /// Every one.
    pub const ALL: [PlainCategory; 4] =
        [PlainCategory::Cat1, PlainCategory::Cat3, PlainCategory::Voluntary, PlainCategory::SpecialVoluntary];

    /// As the record names it.
    pub const fn category(self) -> crate::life::Category {
        match self {
            PlainCategory::Cat1 => crate::life::Category::Cat1,
            PlainCategory::Cat3 => crate::life::Category::Cat3,
            PlainCategory::Voluntary => crate::life::Category::Voluntary,
            PlainCategory::SpecialVoluntary => crate::life::Category::SpecialVoluntary,
        }
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            PlainCategory::Cat1 => "第1号",
            PlainCategory::Cat3 => "第3号",
            PlainCategory::Voluntary => "任意加入",
            PlainCategory::SpecialVoluntary => "特例任意加入",
        }
    }
}

/// 種別訂正届.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryCorrection {
    /// What was otherwise.
    #[serde(flatten)]
    pub corrected: CategoryCorrected,
    /// 特定期間該当届 (国民年金法附則9条の4の2) is filed with it: months that nobody can pay for any more are complementary.
    pub mismatch_notice: bool,
    /// 特例届出 (国民年金法附則7条の3第2項): late months of 第3号 count after all.
    pub special_notice: bool,
}

/// 訂正の対象と正しい内容. Days: the first day of the category and the first day without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CategoryCorrected {
    /// A spell of the record, or a part of it, was of another category.
    Changed {
        /// 記録の番号.
        record_id: i64,
        /// 正しい種別.
        category: PlainCategory,
        /// First day of it; `None` from the spell's own.
        from: Option<Date>,
        /// First day after it; `None` to the spell's own end.
        to: Option<Date>,
    },
    /// 記録漏れ: a spell that is not on record.
    Added {
        /// 種別.
        category: PlainCategory,
        /// 資格取得年月日.
        from: Date,
        /// 資格喪失年月日; `None` while it lasts.
        to: Option<Date>,
    },
    /// 取消: a spell that never was.
    Cancelled {
        /// 記録の番号.
        record_id: i64,
    },
}

/// 死亡届 (国民年金法105条4項, 厚生年金保険法98条4項).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Death {
    /// 死亡年月日.
    pub died_on: Date,
}

/// 続柄 of who claims 未支給年金 (国民年金法19条1項, 厚生年金保険法37条1項).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 配偶者.
    Spouse,
    /// 子.
    Child,
    /// 父母.
    Parent,
    /// 孫.
    Grandchild,
    /// 祖父母.
    Grandparent,
    /// 兄弟姉妹.
    Sibling,
    /// これらの者以外の三親等内の親族, of deaths from 2014-04-01.
    ThirdDegree,
}

impl Relation {
    /// Every one, in the order of the law.
    pub const ALL: [Relation; 7] = [
        Relation::Spouse,
        Relation::Child,
        Relation::Parent,
        Relation::Grandchild,
        Relation::Grandparent,
        Relation::Sibling,
        Relation::ThirdDegree,
    ];

    /// As the store names it.
    pub const fn code(self) -> &'static str {
        match self {
            Relation::Spouse => "spouse",
            Relation::Child => "child",
            Relation::Parent => "parent",
            Relation::Grandchild => "grandchild",
            Relation::Grandparent => "grandparent",
            Relation::Sibling => "sibling",
            Relation::ThirdDegree => "third_degree",
        }
    }

    /// By its name in the store.
    pub fn from_code(code: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|relation| relation.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            Relation::Spouse => "配偶者",
            Relation::Child => "子",
            Relation::Parent => "父母",
            Relation::Grandchild => "孫",
            Relation::Grandparent => "祖父母",
            Relation::Sibling => "兄弟姉妹",
            Relation::ThirdDegree => "その他の三親等内の親族",
        }
    }
}

/// 未支給年金請求書; `insured` of the filing is who died.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnpaidBenefitClaim {
    /// 受付年月日.
    pub filed_on: Date,
    /// 続柄.
    pub relation: Relation,
    /// 生計を同じくしていた.
    pub shared_livelihood: bool,
    /// 請求者の基礎年金番号, where there is one.
    pub claimant_number: Option<BasicPensionNumber>,
    /// 請求者の口座.
    pub account: Account,
}

/// 受取口座変更届.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeChange {
    /// 新しい受取口座.
    pub account: Account,
}

/// 免除・猶予の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReliefKind {
    /// 産前産後免除 (国民年金法88条の2).
    Maternity,
    /// 育児期間免除 (88条の3).
    Childcare,
    /// 法定免除 (89条).
    Statutory,
    /// 学生納付特例 (90条の3).
    Student,
    /// 全額免除 (90条).
    Full,
    /// 納付猶予.
    Deferral,
    /// 4分の3免除 (90条の2).
    ThreeQuarters,
    /// 半額免除.
    Half,
    /// 4分の1免除.
    OneQuarter,
}

impl ReliefKind {
    /// Every one.
    pub const ALL: [ReliefKind; 9] = [
        ReliefKind::Maternity,
        ReliefKind::Childcare,
        ReliefKind::Statutory,
        ReliefKind::Student,
        ReliefKind::Full,
        ReliefKind::Deferral,
        ReliefKind::ThreeQuarters,
        ReliefKind::Half,
        ReliefKind::OneQuarter,
    ];

    /// As the store and the tables of the law name it.
    pub const fn code(self) -> &'static str {
        match self {
            ReliefKind::Maternity => "MATERNITY",
            ReliefKind::Childcare => "CHILDCARE",
            ReliefKind::Statutory => "STATUTORY",
            ReliefKind::Student => "STUDENT",
            ReliefKind::Full => "FULL",
            ReliefKind::Deferral => "DEFERRAL",
            ReliefKind::ThreeQuarters => "THREE_QUARTERS",
            ReliefKind::Half => "HALF",
            ReliefKind::OneQuarter => "ONE_QUARTER",
        }
    }

    /// By its name in the store.
    pub fn from_code(code: &str) -> Option<ReliefKind> {
        ReliefKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            ReliefKind::Maternity => "産前産後免除",
            ReliefKind::Childcare => "育児期間免除",
            ReliefKind::Statutory => "法定免除",
            ReliefKind::Student => "学生納付特例",
            ReliefKind::Full => "全額免除",
            ReliefKind::Deferral => "納付猶予",
            ReliefKind::ThreeQuarters => "4分の3免除",
            ReliefKind::Half => "半額免除",
            ReliefKind::OneQuarter => "4分の1免除",
        }
    }
}

/// 免除・猶予の決定 (国民年金法88条の2〜90条の3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReliefDecision {
    /// 種類.
    pub relief: ReliefKind,
    /// 申請年月日; `None` for 法定免除.
    pub applied_on: Option<Date>,
    /// 決定年月日.
    pub decided_on: Date,
    /// 最初の月.
    pub first: Month,
    /// 最後の月, included.
    pub last: Month,
}

impl PersonFiling {
    /// 様式.
    pub fn form(&self) -> PersonForm {
        match self.content {
            PersonContent::PensionClaim(_) => PersonForm::PensionClaim,
            PersonContent::CategoryCorrection(_) => PersonForm::CategoryCorrection,
            PersonContent::Death(_) => PersonForm::Death,
            PersonContent::UnpaidBenefitClaim(_) => PersonForm::UnpaidBenefitClaim,
            PersonContent::PayeeChange(_) => PersonForm::PayeeChange,
            PersonContent::Relief(_) => PersonForm::Relief,
            PersonContent::DisabilityClaim(_) => PersonForm::DisabilityClaim,
            PersonContent::DisabilityGrade(_) => PersonForm::DisabilityGrade,
            PersonContent::SurvivorClaim(_) => PersonForm::SurvivorClaim,
            PersonContent::SurvivorEnd(_) => PersonForm::SurvivorEnd,
            PersonContent::PensionChoice(_) => PersonForm::PensionChoice,
            PersonContent::PensionSplit(_) => PersonForm::PensionSplit,
        }
    }

    /// From the stored JSON.
    ///
    /// # Errors
    /// What is missing or wrong in it.
    pub fn read(payload: &Value) -> Result<PersonFiling, serde_json::Error> {
        PersonFiling::deserialize(payload)
    }

    /// The JSON to be stored.
    ///
    /// # Errors
    /// Never in practice: every member is plain data.
    pub fn payload(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// The reason that facts carry which come of it.
    pub fn reason(&self) -> &'static str {
        match &self.content {
            PersonContent::CategoryCorrection(filing) => match filing.corrected {
                CategoryCorrected::Changed { .. } => "種別の訂正",
                CategoryCorrected::Added { .. } => "種別の記録漏れの追加",
                CategoryCorrected::Cancelled { .. } => "種別の記録の取消",
            },
            _ => self.form().name_ja(),
        }
    }

    /// What it must come after, when several of one person are applied at once: corrections of the record first, then
    /// relief, claims and what follows from them, the choice between their rights, accounts, and death; the split of a
    /// divorce last, for it rests on all of these.
    pub fn turn(&self) -> u8 {
        match self.form() {
            PersonForm::CategoryCorrection => 0,
            PersonForm::Relief => 1,
            PersonForm::PensionClaim => 2,
            PersonForm::DisabilityClaim => 3,
            PersonForm::DisabilityGrade => 4,
            PersonForm::SurvivorClaim => 5,
            PersonForm::SurvivorEnd => 6,
            PersonForm::PensionChoice => 7,
            PersonForm::PayeeChange => 8,
            PersonForm::Death => 9,
            PersonForm::UnpaidBenefitClaim => 10,
            PersonForm::PensionSplit => 11,
        }
    }

    /// 届の内容 — items and values in the order of the form, for people.
    pub fn items(&self) -> Vec<(&'static str, String)> {
        let number = self.insured.basic_pension_number.map(|number| number.to_string()).unwrap_or_default();
        let mut items = vec![
            ("基礎年金番号", number),
            ("氏名 (カナ)", self.insured.name.kana.clone()),
            ("生年月日", self.insured.born_on.to_string()),
        ];
        items.extend(match &self.content {
            PersonContent::PensionClaim(filing) => filing.items(),
            PersonContent::CategoryCorrection(filing) => filing.items(),
            PersonContent::Death(filing) => vec![("死亡年月日", filing.died_on.to_string())],
            PersonContent::UnpaidBenefitClaim(filing) => filing.items(),
            PersonContent::PayeeChange(filing) => filing.account.items(),
            PersonContent::Relief(filing) => filing.items(),
            PersonContent::DisabilityClaim(filing) => filing.items(),
            PersonContent::DisabilityGrade(filing) => filing.items(),
            PersonContent::SurvivorClaim(filing) => filing.items(),
            PersonContent::SurvivorEnd(filing) => filing.items(),
            PersonContent::PensionChoice(filing) => filing.items(),
            PersonContent::PensionSplit(filing) => filing.items(),
        });
        items.extend(self.note.as_ref().map(|note| ("理由・備考", note.0.clone())));
        items
    }
}

impl PensionClaim {
    fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![
            ("受付年月日", self.filed_on.to_string()),
            ("老齢基礎年金", self.basic.in_words()),
            ("老齢厚生年金", self.employees.in_words()),
        ];
        items.extend(self.account.items());
        items.extend(self.members.iter().map(Member::item));
        items.extend(self.spouse_addition_moves.then(|| ("振替加算", "対象".to_owned())));
        items
    }
}

impl CategoryCorrection {
    fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = Vec::new();
        let mut days = |from: Option<Date>, to: Option<Date>| {
            items.extend(from.map(|day| ("取得年月日", day.to_string())));
            items.extend(to.map(|day| ("喪失年月日", day.to_string())));
        };
        let (record, category) = match self.corrected {
            CategoryCorrected::Changed { record_id, category, from, to } => {
                days(from, to);
                (Some(record_id), Some(category))
            }
            CategoryCorrected::Added { category, from, to } => {
                days(Some(from), to);
                (None, Some(category))
            }
            CategoryCorrected::Cancelled { record_id } => (Some(record_id), None),
        };
        let what = match category {
            Some(category) => format!("{}とする", category.name_ja()),
            None => "取消".to_owned(),
        };
        let mut told = vec![("訂正", what)];
        told.extend(record.map(|record| ("記録の番号", record.to_string())));
        told.extend(items);
        told.extend(self.mismatch_notice.then(|| ("特定期間該当届", "あり".to_owned())));
        told.extend(self.special_notice.then(|| ("第3号の特例届出", "あり".to_owned())));
        told
    }
}

impl UnpaidBenefitClaim {
    fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![
            ("受付年月日", self.filed_on.to_string()),
            ("死亡した方との続柄", self.relation.name_ja().to_owned()),
            ("生計同一", if self.shared_livelihood { "あり" } else { "なし" }.to_owned()),
        ];
        items.extend(self.claimant_number.map(|number| ("請求者の基礎年金番号", number.to_string())));
        items.extend(self.account.items());
        items
    }
}

impl ReliefDecision {
    fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![("種類", self.relief.name_ja().to_owned())];
        items.extend(self.applied_on.map(|day| ("申請年月日", day.to_string())));
        items.push(("決定年月日", self.decided_on.to_string()));
        items.push(("対象の月", format!("{}〜{}", self.first, self.last)));
        items
    }
}
