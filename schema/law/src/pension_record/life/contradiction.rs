//! 記録の矛盾 — what the registers cannot all be right about. Nothing is repaired here: a person decides.

use std::fmt;

use domain::Month;

/// 誰が解決できるか.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolver {
    /// 市区町村 (第1号・任意加入の届出).
    Municipality,
    /// 年金事務所 (記録の訂正).
    PensionOffice,
    /// 事業主 (被保険者資格・報酬の届出).
    Employer,
    /// 共済組合等 (第2号から第4号厚生年金).
    MutualAid,
    /// 本人 (申立て・届出).
    Insured,
}

impl Resolver {
    /// In Japanese.
    pub fn name(self) -> &'static str {
        match self {
            Resolver::Municipality => "市区町村",
            Resolver::PensionOffice => "年金事務所",
            Resolver::Employer => "事業主",
            Resolver::MutualAid => "共済組合等",
            Resolver::Insured => "本人",
        }
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident, $code:literal, $clause:literal, $resolver:ident, $sentence:literal;)*) => {
        /// 矛盾の種類.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ContradictionKind { $($(#[doc = $doc])* $kind,)* }

        impl ContradictionKind {
            /// Every kind.
            pub const ALL: &'static [ContradictionKind] = &[$(ContradictionKind::$kind,)*];

            /// A short name for machines.
            pub fn code(self) -> &'static str {
                match self { $(ContradictionKind::$kind => $code,)* }
            }

            /// 根拠条文.
            pub fn clause(self) -> &'static str {
                match self { $(ContradictionKind::$kind => $clause,)* }
            }

            /// Who can put it right.
            pub fn resolver(self) -> Resolver {
                match self { $(ContradictionKind::$kind => Resolver::$resolver,)* }
            }

            /// What is wrong and what to do, in Japanese.
            pub fn sentence(self) -> &'static str {
                match self { $(ContradictionKind::$kind => $sentence,)* }
            }
        }
    };
}

kinds! {
    /// Nothing registered between 20 and 60.
    Gap, "gap", "国民年金法7条1項・8条", Municipality,
        "20歳以上60歳未満で、どの資格も登録されていません。住所・勤務・扶養の期間を確認し、届出を求めてください";
    /// Two categories on the same days.
    TwoCategories, "two_categories", "国民年金法7条1項・11条の2", PensionOffice,
        "同じ日に2つの資格があります。どちらかの取得日又は喪失日を訂正してください";
    /// Lost before it was acquired.
    BackwardSpell, "backward_spell", "国民年金法8条・9条, 厚生年金保険法13条・14条", PensionOffice,
        "資格喪失日が資格取得日より前です。日付を訂正してください";
    /// A row whose last month lies before its first.
    BackwardSpan, "backward_span", "国民年金法14条, 厚生年金保険法28条", PensionOffice,
        "期間の終わりの月が始まりの月より前です。期間を訂正してください";
    /// Before birth.
    BeforeBirth, "before_birth", "国民年金法8条, 厚生年金保険法13条", PensionOffice,
        "生年月日より前の記録です。生年月日又は記録の持ち主を確認してください";
    /// After death.
    AfterDeath, "after_death", "国民年金法9条1号, 厚生年金保険法14条1号", PensionOffice,
        "死亡日の翌日より後の記録です。死亡日又は記録の持ち主を確認してください";
    /// 第1号・第3号・任意加入 before 20.
    Before20, "before_20", "国民年金法7条1項1号・3号, 附則5条1項", Municipality,
        "20歳に達する日より前に第1号・第3号又は任意加入の資格があります。取得日を訂正してください";
    /// 第1号・第3号 from 60.
    From60, "from_60", "国民年金法9条3号", Municipality,
        "60歳に達した日以後に第1号又は第3号の資格があります。喪失日を訂正してください";
    /// 任意加入 from 65.
    VoluntaryFrom65, "voluntary_from_65", "国民年金法附則5条5項・6項", Municipality,
        "65歳に達した日以後に任意加入の資格があります。喪失日を訂正してください";
    /// 特例任意加入 outside of 65 to 69, or born too late.
    SpecialVoluntaryOutside, "special_voluntary_outside", "平成6年法律95号附則11条, 平成16年法律104号附則23条, 令和7年法律74号附則40条", Municipality,
        "特例任意加入は65歳以上70歳未満で、生年月日が昭和50年4月1日以前の人に限られます。資格を訂正してください";
    /// 厚生年金 from 70 that is not 高齢任意加入.
    EmployeesFrom70, "employees_from_70", "厚生年金保険法9条・14条5号", Employer,
        "70歳に達した日以後に厚生年金の資格があります。喪失日、又は高齢任意加入かどうかを確認してください";
    /// 第1号 before 1961-04, 第3号 before 1986-04.
    BeforeScheme, "before_scheme", "国民年金法附則1条, 昭和60年法律34号附則1条", PensionOffice,
        "制度の始まる前の資格です (第1号・任意加入は昭和36年4月、第3号は昭和61年4月から)。取得日を訂正してください";
    /// 第3号 while the spouse is not 第2号.
    Cat3WithoutCat2Spouse, "cat3_without_cat2_spouse", "国民年金法7条1項3号", Employer,
        "配偶者が第2号被保険者でない月に第3号の資格があります。種別変更の届出を確認してください";
    /// 第1号 while abroad.
    Cat1Abroad, "cat1_abroad", "国民年金法7条1項1号・9条2号", Municipality,
        "海外在住の間に第1号の資格があります。住所の異動日と資格の日付を確認してください";
    /// Paid for a month that is not 第1号 or 任意加入.
    PaymentOutsideCover, "payment_outside_cover", "国民年金法87条・88条", PensionOffice,
        "第1号・任意加入でない月に保険料の納付があります。資格の訂正又は還付を確認してください";
    /// Exempt during 厚生年金.
    ExemptionDuringEmployees, "exemption_during_employees", "国民年金法94条の6", PensionOffice,
        "第2号被保険者の月に国民年金保険料の免除・猶予があります。免除の取消し又は資格の訂正を確認してください";
    /// Exempt in any other month that is not 第1号.
    ExemptionOutsideCat1, "exemption_outside_cat1", "国民年金法89条〜90条の3, 附則5条10項", PensionOffice,
        "第1号被保険者でない月に免除・猶予があります (任意加入の人は免除されません)。免除又は資格を訂正してください";
    /// An exemption that the law of the month did not know.
    ExemptionBeforeItsLaw, "exemption_before_its_law", "国民年金法88条の2〜90条の3 の各施行日", PensionOffice,
        "その月にはまだなかった免除・猶予の種類です。月又は種類を訂正してください";
    /// Two different rows for one month.
    TwoContributions, "two_contributions", "国民年金法14条", PensionOffice,
        "同じ月に納付と免除など2つの記録があります。還付・充当又は取消しを確認してください";
    /// 追納 of a month that was not exempt.
    LaterPaymentWithoutExemption, "later_payment_without_exemption", "国民年金法94条1項", PensionOffice,
        "免除・猶予の記録がない月 (又は一部免除の残額が未納の月) に追納があります。免除の記録を確認してください";
    /// 付加保険料 without the contribution itself.
    AdditionalWithoutContribution, "additional_without_contribution", "国民年金法87条の2", PensionOffice,
        "定額の保険料が納められていない月、又は付加保険料を納められない資格の月に付加保険料があります。還付を確認してください";
    /// A circumstance of 第3号 in a month that is not 第3号.
    Cat3IrregularityOutsideCat3, "cat3_irregularity_outside_cat3", "国民年金法附則7条の3・9条の4の2", PensionOffice,
        "第3号でない月に第3号の届出遅滞・不整合の記録があります。資格を訂正してください";
    /// 合算対象期間 in a month that is covered.
    ComplementaryDuringCover, "complementary_during_cover", "国民年金法附則9条1項, 昭和60年法律34号附則8条5項", PensionOffice,
        "被保険者である月に合算対象期間があります。どちらが正しいか確認してください";
    /// 合算対象期間 in a month in which that kind cannot lie.
    ComplementaryOutsideLimits, "complementary_outside_limits", "国民年金法附則9条1項, 昭和60年法律34号附則8条5項", PensionOffice,
        "その種類の合算対象期間になれない月です (時期又は20歳以上60歳未満の要件)。期間を訂正してください";
    /// Remuneration in a month without 厚生年金.
    RemunerationOutsideCover, "remuneration_outside_cover", "厚生年金保険法19条・20条", Employer,
        "厚生年金の被保険者でない月に標準報酬月額があります。資格取得・喪失の届出を確認してください";
    /// Remuneration of another kind than the cover.
    RemunerationOfOtherKind, "remuneration_of_other_kind", "厚生年金保険法2条の5・15条", MutualAid,
        "資格と標準報酬とで厚生年金の種別 (第1号〜第4号) が違います。実施機関に確認してください";
    /// Cover without remuneration.
    CoverWithoutRemuneration, "cover_without_remuneration", "厚生年金保険法20条〜22条", Employer,
        "厚生年金の被保険者である月に標準報酬月額がありません。資格取得時決定又は定時決定を確認してください";
    /// Two rows of remuneration for one month.
    TwoRemunerations, "two_remunerations", "厚生年金保険法20条・24条2項", Employer,
        "同じ月に2つの標準報酬月額 (又は標準賞与額) があります。二以上事業所勤務の合算又は訂正を確認してください";
    /// A bonus in a month without 厚生年金.
    BonusOutsideCover, "bonus_outside_cover", "厚生年金保険法19条・24条の4", Employer,
        "厚生年金の被保険者でない月に標準賞与額があります。賞与支払日又は資格喪失日を確認してください";
    /// A bonus before 2003-04.
    BonusBefore2003, "bonus_before_2003", "平成12年法律18号附則1条 (総報酬制は平成15年4月から)", PensionOffice,
        "平成15年3月以前の月に標準賞与額があります。月を訂正してください";
    /// A month that was split has another remuneration now.
    SplitBaseChanged, "split_base_changed", "厚生年金保険法78条の6・78条の14", PensionOffice,
        "離婚時の年金分割の後に、分割した月の標準報酬が変わっています。報酬の記録を確認し、分割をやり直してください";
}

/// 矛盾の一つ — kind, months, and the rows that cannot both be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Which kind.
    pub kind: ContradictionKind,
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
    /// The row that says it; `None` where the fault is that nothing is registered.
    pub source: Option<u64>,
    /// The other row, where there are two.
    pub other: Option<u64>,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.first)?;
        if self.last != self.first {
            write!(out, "〜{}", self.last)?;
        }
        write!(out, ": {}", self.kind.sentence())?;
        for source in [self.source, self.other].into_iter().flatten() {
            write!(out, " [記録{source}]")?;
        }
        write!(out, " ({}。解決できる人: {})", self.kind.clause(), self.kind.resolver().name())
    }
}
