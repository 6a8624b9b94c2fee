//! What can be found: the name of each, its clause, and what a clerk does next.

/// 点検の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// 介護保険料の徴収もれ.
    LongTermCareMissing,
    /// 算定基礎届の未提出.
    AnnualNotFiled,
    /// 産前産後休業の免除が長すぎる.
    MaternityLeaveTooLong,
    /// 育児休業等の免除が3年を超える.
    ChildcareLeaveTooLong,
    /// 産前産後休業が始まっても育児休業等が終わっていない.
    ChildcareLeaveNotEnded,
    /// 70歳に達しても厚生年金保険の被保険者のまま.
    PensionAfter70,
    /// 75歳になっても健康保険の被保険者のまま.
    HealthAfter75,
    /// 標準報酬月額がない.
    NoStandard,
    /// 等級表にない標準報酬月額.
    StandardNotInTable,
    /// 有効期間の過ぎた標準報酬月額.
    StandardExpired,
    /// 二以上事業所勤務の届がない.
    TwoEmployersNotSelected,
    /// 標準賞与額の累計が上限を超える.
    BonusOverCapTogether,
}

use FindingKind::*;

impl FindingKind {
    /// Every kind.
    pub const ALL: [FindingKind; 12] = [
        LongTermCareMissing,
        AnnualNotFiled,
        MaternityLeaveTooLong,
        ChildcareLeaveTooLong,
        ChildcareLeaveNotEnded,
        PensionAfter70,
        HealthAfter75,
        NoStandard,
        StandardNotInTable,
        StandardExpired,
        TwoEmployersNotSelected,
        BonusOverCapTogether,
    ];

    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            LongTermCareMissing => "long_term_care_missing",
            AnnualNotFiled => "annual_not_filed",
            MaternityLeaveTooLong => "maternity_leave_too_long",
            ChildcareLeaveTooLong => "childcare_leave_too_long",
            ChildcareLeaveNotEnded => "childcare_leave_not_ended",
            PensionAfter70 => "pension_after_70",
            HealthAfter75 => "health_after_75",
            NoStandard => "no_standard",
            StandardNotInTable => "standard_not_in_table",
            StandardExpired => "standard_expired",
            TwoEmployersNotSelected => "two_employers_not_selected",
            BonusOverCapTogether => "bonus_over_cap_together",
        }
    }

    /// 題.
    pub fn title(self) -> &'static str {
        match self {
            LongTermCareMissing => "介護保険料の徴収もれ",
            AnnualNotFiled => "算定基礎届の未提出",
            MaternityLeaveTooLong => "産前産後休業の免除が法定の期間より長い",
            ChildcareLeaveTooLong => "育児休業等の免除が3年より長い",
            ChildcareLeaveNotEnded => "育児休業等の終了届がない",
            PensionAfter70 => "70歳到達後も厚生年金保険の被保険者",
            HealthAfter75 => "75歳後も健康保険の被保険者",
            NoStandard => "標準報酬月額がない",
            StandardNotInTable => "等級表にない標準報酬月額",
            StandardExpired => "有効期間の過ぎた標準報酬月額",
            TwoEmployersNotSelected => "二以上事業所勤務の届がない",
            BonusOverCapTogether => "標準賞与額の累計が上限を超える",
        }
    }

    /// 根拠条文.
    pub fn clause(self) -> &'static str {
        match self {
            LongTermCareMissing => "介護保険法9条2号・健康保険法156条1項",
            AnnualNotFiled => "健康保険法41条・厚生年金保険法21条 (健康保険法施行規則25条・厚生年金保険法施行規則18条)",
            MaternityLeaveTooLong => "健康保険法159条の3・厚生年金保険法81条の2の2",
            ChildcareLeaveTooLong => "健康保険法159条・厚生年金保険法81条の2",
            ChildcareLeaveNotEnded => "健康保険法159条・厚生年金保険法81条の2 (育児・介護休業法9条2項3号)",
            PensionAfter70 => "厚生年金保険法14条5号・27条 (厚生年金保険法施行規則15条の2・22条)",
            HealthAfter75 => "健康保険法3条1項ただし書・36条 (健康保険法施行規則29条)",
            NoStandard => "健康保険法42条・厚生年金保険法22条",
            StandardNotInTable => "健康保険法40条・厚生年金保険法20条",
            StandardExpired => "健康保険法41条2項・42条2項・43条2項、厚生年金保険法21条2項・22条2項・23条2項",
            TwoEmployersNotSelected => {
                "健康保険法施行令47条・厚生年金保険法施行令4条 (健康保険法施行規則2条・37条、厚生年金保険法施行規則2条)"
            }
            BonusOverCapTogether => "健康保険法45条1項",
        }
    }

    /// 次にすること.
    pub fn next_step(self) -> &'static str {
        match self {
            LongTermCareMissing => {
                "介護保険適用除外等該当届を確かめてください。届がなければ、除外の記録を取り消し、過月分の介護保険料を調定してください"
            }
            AnnualNotFiled => {
                "事業所に算定基礎届の提出を督促してください。月額変更の予定がある者は、その届を待ってください"
            }
            MaternityLeaveTooLong => {
                "出産予定日・出産日・多胎妊娠の別を事業所に確かめ、休業の終了日を訂正する届を受けてください"
            }
            ChildcareLeaveTooLong => {
                "子の生年月日と休業の終了日を事業所に確かめ、育児休業等取得者終了届を受けてください"
            }
            ChildcareLeaveNotEnded => {
                "育児休業等は産前産後休業の開始の前日に終わります。事業所から育児休業等取得者終了届を受けてください"
            }
            PensionAfter70 => {
                "事業所に70歳到達届 (資格喪失届・70歳以上被用者該当届) の要否を確かめ、資格の記録を改めてください"
            }
            HealthAfter75 => {
                "事業所から健康保険の資格喪失届 (75歳到達) を受け、被扶養者の資格も合わせて確かめてください"
            }
            NoStandard => "資格取得届の報酬月額を確かめ、標準報酬月額を決定してください",
            StandardNotInTable => "標準報酬月額の記録を等級表と照らし、決定を訂正してください",
            StandardExpired => "算定基礎届が反映されているか確かめ、なければ事業所に提出を督促してください",
            TwoEmployersNotSelected => {
                "二重の資格でないか両方の事業所に確かめ、本人から被保険者所属選択・二以上事業所勤務届を受けてください"
            }
            BonusOverCapTogether => {
                "被保険者から標準賞与額累計申出書を受け、同じ年度の標準賞与額を合算して決定し直してください"
            }
        }
    }
}
