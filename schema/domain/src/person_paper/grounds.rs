//! 障害給付・遺族給付の請求と、年金の選択 — what is filed beside the claim of the old-age pension.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Account, Member};
use crate::BasicPensionNumber;

/// 年金請求書 (障害給付) (国民年金法16条・30条・30条の2, 厚生年金保険法33条・47条・47条の2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisabilityClaim {
    /// 受付年月日.
    pub filed_on: Date,
    /// 初診日.
    pub first_seen_on: Date,
    /// 初診日に国内に住所があった.
    pub resident: bool,
    /// 症状が固定した日.
    pub fixed_on: Option<Date>,
    /// 障害認定日の等級: 0 該当しない, 1 to 3, 4 障害手当金の程度.
    pub grade_at_certification: i16,
    /// 事後重症による請求.
    pub later: Option<LaterDisability>,
    /// 受取口座.
    pub account: Account,
    /// 配偶者・子.
    pub members: Vec<Member>,
}

/// 事後重症 (国民年金法30条の2, 厚生年金保険法47条の2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterDisability {
    /// 請求の日.
    pub filed_on: Date,
    /// その日の等級, 1 to 3.
    pub grade: i16,
}

/// 障害の程度を見直したわけ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeReview {
    /// 額改定請求書 (国民年金法34条2項, 厚生年金保険法52条2項).
    Claim,
    /// 障害状態確認届 (国民年金法34条1項, 厚生年金保険法52条1項).
    StatusReport,
    /// 支給停止事由消滅届 (国民年金法36条2項, 厚生年金保険法54条2項).
    Resumption,
}

impl GradeReview {
    /// Every one.
    pub const ALL: [GradeReview; 3] = [GradeReview::Claim, GradeReview::StatusReport, GradeReview::Resumption];

    /// As the terminal names it.
    pub const fn code(self) -> &'static str {
        match self {
            GradeReview::Claim => "claim",
            GradeReview::StatusReport => "status_report",
            GradeReview::Resumption => "resumption",
        }
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            GradeReview::Claim => "額改定請求書",
            GradeReview::StatusReport => "障害状態確認届",
            GradeReview::Resumption => "支給停止事由消滅届",
        }
    }
}

/// 障害等級の改定.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisabilityGrade {
    /// どの届によるか.
    pub review: GradeReview,
    /// 額改定請求書: 受付年月日; 障害状態確認届: 提出期限; 支給停止事由消滅届: the day from which the grade is met again.
    pub reviewed_on: Date,
    /// 改定後の等級: 0 該当しない (支給停止), 1 to 3.
    pub grade: i16,
    /// 障害の程度が増進したことが明らかな場合 (国民年金法施行規則33条の2の2, 厚生年金保険法施行規則47条の2の2): no year is waited for.
    pub clearly_worse: bool,
}

/// 遺族の続柄, as seen from who died.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurvivorRelation {
    /// 妻.
    Wife,
    /// 夫.
    Husband,
    /// 子.
    Child,
    /// 父母.
    Parent,
    /// 孫.
    Grandchild,
    /// 祖父母.
    Grandparent,
}

impl SurvivorRelation {
    /// Every one, in the order of 厚生年金保険法59条.
    pub const ALL: [SurvivorRelation; 6] = [
        SurvivorRelation::Wife,
        SurvivorRelation::Husband,
        SurvivorRelation::Child,
        SurvivorRelation::Parent,
        SurvivorRelation::Grandchild,
        SurvivorRelation::Grandparent,
    ];

    /// As the store names it.
    pub const fn code(self) -> &'static str {
        match self {
            SurvivorRelation::Wife => "wife",
            SurvivorRelation::Husband => "husband",
            SurvivorRelation::Child => "child",
            SurvivorRelation::Parent => "parent",
            SurvivorRelation::Grandchild => "grandchild",
            SurvivorRelation::Grandparent => "grandparent",
        }
    }

    /// By its name in the store.
    pub fn from_code(code: &str) -> Option<SurvivorRelation> {
        SurvivorRelation::ALL.into_iter().find(|relation| relation.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            SurvivorRelation::Wife => "妻",
            SurvivorRelation::Husband => "夫",
            SurvivorRelation::Child => "子",
            SurvivorRelation::Parent => "父母",
            SurvivorRelation::Grandchild => "孫",
            SurvivorRelation::Grandparent => "祖父母",
        }
    }

    /// 配偶者.
    pub const fn is_spouse(self) -> bool {
        matches!(self, SurvivorRelation::Wife | SurvivorRelation::Husband)
    }
}

/// 死亡した人の家族の一人, at the death.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurvivorMember {
    /// 続柄.
    pub relation: SurvivorRelation,
    /// 生年月日.
    pub birth_on: Date,
    /// 生計を維持されていた.
    pub maintained: bool,
    /// 障害等級1級・2級 (子・孫).
    pub disabled: bool,
    /// 婚姻している (子・孫).
    pub married: bool,
}

impl SurvivorMember {
    fn in_words(&self) -> String {
        let support = if self.maintained { "生計維持あり" } else { "生計維持なし" };
        let disabled = if self.disabled { "・障害1級2級" } else { "" };
        let married = if self.married { "・婚姻している" } else { "" };
        format!("{} {}生 {support}{disabled}{married}", self.relation.name_ja(), self.birth_on)
    }
}

/// 年金請求書 (遺族給付) (国民年金法16条・37条, 厚生年金保険法33条・58条); `insured` of the filing is the claimant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurvivorClaim {
    /// 受付年月日.
    pub filed_on: Date,
    /// 死亡した人の基礎年金番号.
    pub deceased_number: BasicPensionNumber,
    /// 死亡した人の生年月日: held against the number.
    pub deceased_birth_on: Date,
    /// 死亡した人が死亡日に国内に住所を有していた.
    pub resident: bool,
    /// 厚生年金の被保険者であった間に初診日がある傷病により死亡した: the 初診日.
    pub illness_first_seen_on: Option<Date>,
    /// 死亡した人が1級・2級の障害厚生年金の受給権者であった.
    pub disability_grade_1_or_2: bool,
    /// 長期要件によることの申出 (厚生年金保険法58条2項).
    pub states_long: bool,
    /// 家族, the claimant among them; numbered from 1 in this order.
    pub members: Vec<SurvivorMember>,
    /// 請求者は何番の人か.
    pub claimant_no: i16,
    /// 受取口座.
    pub account: Account,
}

/// 失権の事由 (国民年金法40条, 厚生年金保険法63条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurvivorEndEvent {
    /// 死亡.
    Death,
    /// 婚姻.
    Marriage,
    /// 直系血族・直系姻族以外の養子.
    Adoption,
    /// 離縁による親族関係の終了.
    Dissolution,
}

impl SurvivorEndEvent {
    /// Every one.
    pub const ALL: [SurvivorEndEvent; 4] = [
        SurvivorEndEvent::Death,
        SurvivorEndEvent::Marriage,
        SurvivorEndEvent::Adoption,
        SurvivorEndEvent::Dissolution,
    ];

    /// As the terminal names it.
    pub const fn code(self) -> &'static str {
        match self {
            SurvivorEndEvent::Death => "death",
            SurvivorEndEvent::Marriage => "marriage",
            SurvivorEndEvent::Adoption => "adoption",
            SurvivorEndEvent::Dissolution => "dissolution",
        }
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            SurvivorEndEvent::Death => "死亡",
            SurvivorEndEvent::Marriage => "婚姻",
            SurvivorEndEvent::Adoption => "養子縁組 (直系血族・直系姻族の養子を除く)",
            SurvivorEndEvent::Dissolution => "離縁による親族関係の終了",
        }
    }
}

/// 遺族年金失権届; `insured` of the filing is who claimed the survivors' pension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurvivorEnd {
    /// 失権した人の番号, as the claim numbers the family.
    pub member_no: i16,
    /// その人の生年月日: held against the number.
    pub member_birth_on: Date,
    /// 事由.
    pub event: SurvivorEndEvent,
    /// その日.
    pub ended_on: Date,
}

/// 受給権, as 年金受給選択申出書 names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawnRight {
    /// 障害基礎年金.
    DisabilityBasic,
    /// 障害厚生年金.
    DisabilityEmployee,
    /// 老齢基礎年金.
    OldAgeBasic,
    /// 老齢厚生年金 (特別支給を含む).
    OldAgeEmployee,
    /// 遺族基礎年金.
    SurvivorBasic,
    /// 遺族厚生年金.
    SurvivorEmployee,
}

impl DrawnRight {
    /// Every one, in the order in which a set names them.
    pub const ALL: [DrawnRight; 6] = [
        DrawnRight::DisabilityBasic,
        DrawnRight::DisabilityEmployee,
        DrawnRight::OldAgeBasic,
        DrawnRight::OldAgeEmployee,
        DrawnRight::SurvivorBasic,
        DrawnRight::SurvivorEmployee,
    ];

    /// As the store and the law name it.
    pub const fn code(self) -> &'static str {
        match self {
            DrawnRight::DisabilityBasic => "disability_basic",
            DrawnRight::DisabilityEmployee => "disability_employee",
            DrawnRight::OldAgeBasic => "old_age_basic",
            DrawnRight::OldAgeEmployee => "old_age_employee",
            DrawnRight::SurvivorBasic => "survivor_basic",
            DrawnRight::SurvivorEmployee => "survivor_employee",
        }
    }

    /// By its name in the store.
    pub fn from_code(code: &str) -> Option<DrawnRight> {
        DrawnRight::ALL.into_iter().find(|right| right.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            DrawnRight::DisabilityBasic => "障害基礎年金",
            DrawnRight::DisabilityEmployee => "障害厚生年金",
            DrawnRight::OldAgeBasic => "老齢基礎年金",
            DrawnRight::OldAgeEmployee => "老齢厚生年金",
            DrawnRight::SurvivorBasic => "遺族基礎年金",
            DrawnRight::SurvivorEmployee => "遺族厚生年金",
        }
    }
}

/// 年金受給選択申出書 (国民年金法20条, 厚生年金保険法38条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PensionChoice {
    /// 受付年月日.
    pub filed_on: Date,
    /// 支給を受ける年金, in the order of [`DrawnRight`], each once.
    pub rights: Vec<DrawnRight>,
}

/// 等級 in words; 0 and 4 are no grades of the law.
fn grade_in_words(grade: i16) -> String {
    match grade {
        0 => "該当しない".to_owned(),
        4 => "障害手当金の程度".to_owned(),
        grade => format!("{grade}級"),
    }
}

fn yes_or_no(is: bool) -> String {
    if is { "あり" } else { "なし" }.to_owned()
}

impl DisabilityClaim {
    pub(super) fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![("受付年月日", self.filed_on.to_string()), ("初診日", self.first_seen_on.to_string())];
        items.push(("初診日の国内の住所", yes_or_no(self.resident)));
        items.extend(self.fixed_on.map(|day| ("症状が固定した日", day.to_string())));
        items.push(("障害認定日の等級", grade_in_words(self.grade_at_certification)));
        items.extend(self.later.map(|later| ("事後重症の請求日", later.filed_on.to_string())));
        items.extend(self.later.map(|later| ("事後重症の等級", grade_in_words(later.grade))));
        items.extend(self.account.items());
        items.extend(self.members.iter().map(Member::item));
        items
    }
}

impl DisabilityGrade {
    pub(super) fn items(&self) -> Vec<(&'static str, String)> {
        let day = match self.review {
            GradeReview::Claim => "受付年月日",
            GradeReview::StatusReport => "提出期限",
            GradeReview::Resumption => "再び等級に該当した日",
        };
        let grade = match self.grade {
            0 => "該当しない (支給停止)".to_owned(),
            grade => grade_in_words(grade),
        };
        let mut items = vec![
            ("届の種類", self.review.name_ja().to_owned()),
            (day, self.reviewed_on.to_string()),
            ("改定後の等級", grade),
        ];
        items.extend(self.clearly_worse.then(|| ("増進が明らかな場合", "該当".to_owned())));
        items
    }
}

impl SurvivorClaim {
    pub(super) fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![
            ("受付年月日", self.filed_on.to_string()),
            ("死亡した方の基礎年金番号", self.deceased_number.to_string()),
            ("死亡した方の生年月日", self.deceased_birth_on.to_string()),
            ("死亡日の国内の住所", yes_or_no(self.resident)),
        ];
        items.extend(self.illness_first_seen_on.map(|day| ("死亡の原因の傷病の初診日", day.to_string())));
        items.extend(self.disability_grade_1_or_2.then(|| ("1級・2級の障害厚生年金", "受給権あり".to_owned())));
        items.extend(self.states_long.then(|| ("長期要件の申出", "あり".to_owned())));
        for (number, member) in (1..).zip(&self.members) {
            let who = if number == self.claimant_no { "家族 (請求者)" } else { "家族" };
            items.push((who, format!("{number} {}", member.in_words())));
        }
        items.extend(self.account.items());
        items
    }
}

impl SurvivorEnd {
    pub(super) fn items(&self) -> Vec<(&'static str, String)> {
        vec![
            ("失権した方の番号", self.member_no.to_string()),
            ("失権した方の生年月日", self.member_birth_on.to_string()),
            ("事由", self.event.name_ja().to_owned()),
            ("失権した日", self.ended_on.to_string()),
        ]
    }
}

impl PensionChoice {
    pub(super) fn items(&self) -> Vec<(&'static str, String)> {
        let names: Vec<&str> = self.rights.iter().map(|right| right.name_ja()).collect();
        vec![("受付年月日", self.filed_on.to_string()), ("支給を受ける年金", names.join("・"))]
    }
}
