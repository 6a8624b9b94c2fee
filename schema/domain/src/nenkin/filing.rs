//! 届書の内容 — what a filing says, in types. The file, the terminal and the store share these.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kana;
use super::layout::Form;
use crate::{BasicPensionNumber, EmployerSymbol, Month, MyNumber, PostalCode, Yen};

/// 届書 — one filing about one person.
///
/// In JSON (`{"form": "enrolment", …}`) it never holds a 個人番号: that travels sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Filing {
    /// 被保険者資格取得届／70歳以上被用者該当届 (2200700).
    Enrolment(Enrolment),
    /// 被保険者資格喪失届／70歳以上被用者不該当届 (2201700).
    CoverageEnd(CoverageEnd),
    /// 報酬月額算定基礎届 (2225700).
    AnnualDetermination(AnnualDetermination),
    /// 報酬月額変更届 (2221700).
    RevisionOnChange(RevisionOnChange),
    /// 賞与支払届 (2265700).
    Bonus(Bonus),
    /// 被扶養者（異動）届／第３号被保険者関係届 (2202700), checked but kept as columns.
    DependantChange(DependantChange),
}

/// 被保険者 — whom the filing is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insured {
    /// 被保険者整理番号, 1 to 999999 at the employer.
    pub insured_number: Option<u32>,
    /// 氏名.
    pub name: PersonName,
    /// 生年月日.
    pub born_on: Date,
    /// 個人番号. Never in JSON.
    #[serde(skip)]
    pub my_number: Option<MyNumber>,
    /// 基礎年金番号.
    pub basic_pension_number: Option<BasicPensionNumber>,
}

impl fmt::Debug for Insured {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Insured(****)")
    }
}

/// 被保険者資格取得届 (厚生年金保険法施行規則15条, 健康保険法施行規則24条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 事業所番号, 1 to 99999.
    pub office_number: u32,
    /// 被保険者.
    pub insured: Insured,
    /// 種別（性別); none on the over-70 form.
    pub kind: Option<InsuredKind>,
    /// 取得区分; none on the over-70 form.
    pub acquisition: Option<AcquisitionKind>,
    /// 住民票住所を記載できない理由.
    pub no_address_reason: Option<NoAddressReason>,
    /// 個人番号情報（備考欄）: the reason in words, with `NoAddressReason::Other`.
    pub no_address_note: Option<Note>,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 被扶養者の有無.
    pub has_dependants: bool,
    /// 通貨によるものの額; 9,999,999 means at least that.
    pub cash_yen: Yen,
    /// 現物によるものの額.
    pub in_kind_yen: Yen,
    /// 報酬月額 (合計): the sum, at most 9,999,999.
    pub monthly_remuneration_yen: Yen,
    /// 70歳以上被用者該当.
    pub over_70: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 退職後の継続再雇用者.
    pub rehired: bool,
    /// 備考.
    pub note: Option<Note>,
    /// 住所; none when a 個人番号 is given.
    pub address: Option<Address>,
    /// 70歳以上被用者届のみ提出.
    pub over_70_form_only: bool,
    /// 資格確認書発行要否.
    pub wants_eligibility_certificate: bool,
}

/// 被保険者資格喪失届 (厚生年金保険法施行規則22条, 健康保険法施行規則29条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageEnd {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 事業所番号, 1 to 99999.
    pub office_number: u32,
    /// 被保険者.
    pub insured: Insured,
    /// 資格喪失年月日: the first day without cover. None on the over-70 form.
    pub lost_on: Option<Date>,
    /// 喪失（不該当）原因.
    pub cause: CoverageEndCause,
    /// 退職日・死亡日: the last day, with causes 4 and 5.
    pub event_on: Option<Date>,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 退職後の継続再雇用者.
    pub rehired: bool,
    /// 備考.
    pub note: Option<Note>,
    /// 資格確認書回収（添付）, sheets.
    pub certificates_attached: Option<u8>,
    /// 資格確認書回収（返不能）, sheets.
    pub certificates_not_returnable: Option<u8>,
    /// 70歳以上被用者の不該当年月日.
    pub over_70_ceased_on: Option<Date>,
    /// 70歳以上被用者届のみ提出.
    pub over_70_form_only: bool,
}

/// 報酬月額算定基礎届 (厚生年金保険法21条, 健康保険法41条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnualDetermination {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者.
    pub insured: Insured,
    /// 適用年月: always a September.
    pub applies_from: Month,
    /// 従前の標準報酬月額.
    pub previous: PreviousStandard,
    /// 昇（降）給.
    pub pay_change: Option<PayChange>,
    /// 遡及支払月, 1 to 12.
    pub retroactive_month: Option<u8>,
    /// 遡及支払額.
    pub retroactive_yen: Option<Yen>,
    /// April, May, June.
    pub months: [MonthlyPay; 3],
    /// 総計 over the months that count.
    pub total_yen: Yen,
    /// 平均額 over the months that count; 0 when none does.
    pub average_yen: Yen,
    /// 修正平均額.
    pub adjusted_average_yen: Option<Yen>,
    /// 70歳以上被用者.
    pub over_70: bool,
    /// 70歳算定基礎月: first month, and last when there are two.
    pub over_70_months: Option<(u8, Option<u8>)>,
    /// 二以上勤務.
    pub two_workplaces: bool,
    /// 月額変更予定.
    pub change_planned: bool,
    /// 途中入社.
    pub joined_midway: bool,
    /// 病休・育休・休職等.
    pub on_leave: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// パート.
    pub part_time_worker: bool,
    /// 年間平均.
    pub annual_average: bool,
    /// 備考.
    pub note: Option<Note>,
    /// 70歳以上被用者届のみ提出.
    pub over_70_form_only: bool,
}

/// 報酬月額変更届 (厚生年金保険法23条, 健康保険法43条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionOnChange {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者.
    pub insured: Insured,
    /// 改定年月.
    pub revised_from: Month,
    /// 従前の標準報酬月額.
    pub previous: PreviousStandard,
    /// 昇（降）給.
    pub pay_change: Option<PayChange>,
    /// 遡及支払月, 1 to 12.
    pub retroactive_month: Option<u8>,
    /// 遡及支払額.
    pub retroactive_yen: Option<Yen>,
    /// The three months before `revised_from`, oldest first.
    pub months: [MonthlyPay; 3],
    /// 総計.
    pub total_yen: Yen,
    /// 平均額.
    pub average_yen: Yen,
    /// 修正平均額.
    pub adjusted_average_yen: Option<Yen>,
    /// 70歳以上被用者.
    pub over_70: bool,
    /// 二以上勤務.
    pub two_workplaces: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 昇給・降給の理由.
    pub change_reason: Option<Note>,
    /// 健康保険のみ月額変更.
    pub health_only: bool,
    /// 備考.
    pub note: Option<Note>,
    /// 70歳以上被用者届のみ提出.
    pub over_70_form_only: bool,
}

/// 賞与支払届 (厚生年金保険法24条の4, 健康保険法45条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bonus {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者.
    pub insured: Insured,
    /// 賞与支払年月日.
    pub paid_on: Date,
    /// 通貨によるものの額.
    pub cash_yen: Yen,
    /// 現物によるものの額.
    pub in_kind_yen: Yen,
    /// 賞与額 (合計): cut to 1,000 yen; 9,999,999 when the sum is more than that.
    pub bonus_yen: Yen,
    /// 70歳以上被用者.
    pub over_70: bool,
    /// 二以上勤務.
    pub two_workplaces: bool,
    /// 同一月内の賞与合算・初回支払日, day of the month.
    pub first_payment_day: Option<u8>,
    /// 70歳以上被用者届のみ提出.
    pub over_70_form_only: bool,
}

/// 被扶養者（異動）届 — checked column by column, kept as the columns of the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependantChange {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者.
    pub insured: Insured,
    /// All 139 columns; those of 個人番号 are empty.
    pub columns: Vec<String>,
    /// 個人番号 of the dependants by column. Never in JSON.
    #[serde(skip)]
    pub dependant_my_numbers: Vec<(usize, MyNumber)>,
}

impl fmt::Debug for DependantChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DependantChange({:?}, {} columns)", self.employer, self.columns.len())
    }
}

/// 月の報酬 — what was paid in one month, and for how many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthlyPay {
    /// 給与支給月.
    pub paid_in: Month,
    /// 給与計算の基礎日数.
    pub base_days: u8,
    /// 通貨によるものの額.
    pub cash_yen: Yen,
    /// 現物によるものの額.
    pub in_kind_yen: Yen,
    /// 合計, at most 9,999,999.
    pub total_yen: Yen,
}

/// 従前の標準報酬月額 — in whole thousands of yen, as the form asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousStandard {
    /// 健保.
    pub health_yen: Option<Yen>,
    /// 厚年.
    pub pension_yen: Option<Yen>,
    /// 従前の改定月.
    pub revised_from: Month,
}

/// 昇（降）給 — the month from which pay went up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayChange {
    /// Month, 1 to 12.
    pub month: u8,
    /// Up or down.
    pub direction: PayChangeDirection,
}

/// An enum whose members are codes of a column.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $member,)+ }

        impl $name {
            /// The code in the file.
            pub const fn code(self) -> u8 {
                match self { $($name::$member => $code,)+ }
            }

            /// By the code in the file.
            pub const fn from_code(code: u8) -> Option<$name> {
                match code { $($code => Some($name::$member),)+ _ => None }
            }
        }
    };
}

coded! {
    /// 昇給・降給の区分.
    PayChangeDirection {
        /// 昇給.
        Up = 1,
        /// 降給.
        Down = 2,
    }
}

coded! {
    /// 種別（性別）.
    InsuredKind {
        /// 男子.
        Male = 1,
        /// 女子.
        Female = 2,
        /// 坑内員.
        PitWorker = 3,
        /// 男子（基金）.
        MaleWithFund = 5,
        /// 女子（基金）.
        FemaleWithFund = 6,
        /// 坑内員（基金）.
        PitWorkerWithFund = 7,
    }
}

impl InsuredKind {
    /// 性別: 1 male, 2 female. 坑内員 are counted as male.
    pub const fn sex(self) -> u8 {
        match self {
            InsuredKind::Female | InsuredKind::FemaleWithFund => 2,
            _ => 1,
        }
    }
}

coded! {
    /// 取得区分. The meaning of 6 and 7 is not confirmed; they are taken and kept.
    AcquisitionKind {
        /// 健保・厚年.
        HealthAndPension = 1,
        /// 共済出向.
        MutualAidSecondment = 3,
        /// 船保任継.
        SeamanContinuation = 4,
        /// Code 6.
        Kind6 = 6,
        /// Code 7.
        Kind7 = 7,
    }
}

coded! {
    /// 住民票住所を記載できない理由.
    NoAddressReason {
        /// 海外在住.
        LivesAbroad = 1,
        /// 短期在留.
        ShortStay = 2,
        /// その他.
        Other = 3,
    }
}

coded! {
    /// 喪失（不該当）原因.
    CoverageEndCause {
        /// 退職等.
        Retirement = 4,
        /// 死亡.
        Death = 5,
        /// 75歳到達.
        Reached75 = 7,
        /// 障害認定.
        DisabilityCertification = 9,
        /// 社会保障協定.
        SocialSecurityAgreement = 11,
    }
}

/// 氏名 — as filed: half-width kana with one half-width space, kanji with one full-width space.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonName {
    /// 氏名（カナ）, half-width: `ﾐﾎﾝ ｲﾁﾛｳ`.
    pub kana: String,
    /// 氏名（漢字）: `見本　一郎`.
    pub kanji: Option<String>,
}

impl PersonName {
    /// 氏名（カナ） in full width, as persons are stored: `ミホン　イチロウ`.
    pub fn kana_full_width(&self) -> String {
        kana::to_full_width(&self.kana)
    }

    /// From kana of either width.
    pub fn new(kana: &str, kanji: Option<&str>) -> PersonName {
        PersonName { kana: kana::to_half_width(kana), kanji: kanji.map(str::to_owned) }
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PersonName(****)")
    }
}

/// 住所 — as filed.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// 郵便番号.
    pub postal_code: PostalCode,
    /// 住所（カナ）, half-width.
    pub kana: String,
    /// 住所（漢字）.
    pub kanji: Option<String>,
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Address(****)")
    }
}

/// 備考 — free text; may name a person, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Note(pub String);

impl fmt::Debug for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Note(****)")
    }
}

impl Filing {
    /// 様式.
    pub fn form(&self) -> Form {
        match self {
            Filing::Enrolment(_) => Form::Enrolment,
            Filing::CoverageEnd(_) => Form::CoverageEnd,
            Filing::AnnualDetermination(_) => Form::AnnualDetermination,
            Filing::RevisionOnChange(_) => Form::RevisionOnChange,
            Filing::Bonus(_) => Form::Bonus,
            Filing::DependantChange(_) => Form::DependantChange,
        }
    }

    /// 事業所整理記号.
    pub fn employer(&self) -> &EmployerSymbol {
        match self {
            Filing::Enrolment(filing) => &filing.employer,
            Filing::CoverageEnd(filing) => &filing.employer,
            Filing::AnnualDetermination(filing) => &filing.employer,
            Filing::RevisionOnChange(filing) => &filing.employer,
            Filing::Bonus(filing) => &filing.employer,
            Filing::DependantChange(filing) => &filing.employer,
        }
    }

    /// 被保険者.
    pub fn insured(&self) -> &Insured {
        match self {
            Filing::Enrolment(filing) => &filing.insured,
            Filing::CoverageEnd(filing) => &filing.insured,
            Filing::AnnualDetermination(filing) => &filing.insured,
            Filing::RevisionOnChange(filing) => &filing.insured,
            Filing::Bonus(filing) => &filing.insured,
            Filing::DependantChange(filing) => &filing.insured,
        }
    }

    /// 事業所番号, on the forms that carry it.
    pub fn office_number(&self) -> Option<u32> {
        match self {
            Filing::Enrolment(filing) => Some(filing.office_number),
            Filing::CoverageEnd(filing) => Some(filing.office_number),
            _ => None,
        }
    }

    /// 個人番号 of the insured, to be sealed apart from the payload.
    pub fn my_number(&self) -> Option<MyNumber> {
        self.insured().my_number
    }
}
