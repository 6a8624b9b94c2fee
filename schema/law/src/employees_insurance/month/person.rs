//! Facts of a person's month, and what comes out.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Day 0 of [`day_number`]: the same as Arrow's and Parquet's `Date32`.
const DAY_ZERO: Date = date(1970, 1, 1);

/// Days since 1970-01-01, as Arrow's `Date32` counts.
pub fn day_number(day: Date) -> i32 {
    i32::try_from(day.duration_since(DAY_ZERO).as_hours() / 24).expect("days of the calendar fit in 32 bits")
}

/// The day with this number.
///
/// # Panics
/// Outside the years -9999 to 9999, where no day is.
pub fn day_of(number: i32) -> Date {
    let days = jiff::Span::new().try_days(number).expect("day numbers lie in the calendar");
    DAY_ZERO.checked_add(days).expect("day numbers lie in the calendar")
}

/// 被保険者の一月の事実 — plain facts of one coverage spell and month, days as [`day_number`]s.
///
/// The spell is that of the employment: the losses by age (70, 75) follow from `birth_on` and need no end here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonMonth {
    /// 生年月日.
    pub birth_on: i32,
    /// 資格取得日.
    pub acquired_on: i32,
    /// 資格喪失日, the first day without cover; `None` while insured.
    pub lost_on: Option<i32>,
    /// 事業所の都道府県, JIS X 0401 (1 to 47).
    pub prefecture: u8,
    /// 健康保険の被保険者である (協会けんぽ).
    pub hi_applies: bool,
    /// 厚生年金保険の被保険者である; false for those over 70 from the start.
    pub epi_applies: bool,
    /// 介護保険適用除外 — domicile abroad and the like, by notification.
    pub ltci_excluded: bool,
    /// 健康保険の標準報酬月額; 0 when it does not apply.
    pub hi_standard_yen: i64,
    /// 厚生年金保険の標準報酬月額; 0 when it does not apply.
    pub epi_standard_yen: i64,
    /// 健康保険の標準賞与額 of the month, already capped, of bonuses that count (`bonus_counts`).
    pub hi_standard_bonus_yen: i64,
    /// 厚生年金保険の標準賞与額 of the month, likewise.
    pub epi_standard_bonus_yen: i64,
    /// 免除月 — this month's premiums are exempt (`exemption::exempt_in`).
    pub exempt: bool,
    /// This month's bonuses are exempt.
    pub bonus_exempt: bool,
    /// 同月得喪で厚生年金の月が取り消される (厚生年金保険法19条2項ただし書).
    pub epi_same_month_cancelled: bool,
    /// 二以上事業所勤務者の届がない — held; with the filing it is a matter of all offices together (`Workplaces`).
    pub multi_workplace: bool,
}

impl PersonMonth {
    /// その賞与は数えるか — paid from the day of acquisition to the day before the loss, in day numbers: the same as
    /// `chargeable_months::bonus_counts`, for picking the payments that make up the standard bonuses.
    #[inline]
    pub fn bonus_counts(&self, paid_on: i32) -> bool {
        self.acquired_on <= paid_on && self.lost_on.is_none_or(|lost_on| paid_on < lost_on)
    }

    /// Somebody insured in both schemes since `acquired_on`, with nothing special.
    pub fn insured(birth_on: i32, acquired_on: i32, prefecture: u8, hi_yen: i64, epi_yen: i64) -> PersonMonth {
        PersonMonth {
            birth_on,
            acquired_on,
            lost_on: None,
            prefecture,
            hi_applies: true,
            epi_applies: true,
            ltci_excluded: false,
            hi_standard_yen: hi_yen,
            epi_standard_yen: epi_yen,
            hi_standard_bonus_yen: 0,
            epi_standard_bonus_yen: 0,
            exempt: false,
            bonus_exempt: false,
            epi_same_month_cancelled: false,
            multi_workplace: false,
        }
    }
}

/// 保留の理由 — why a person's month is left to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// 二以上事業所勤務, and nobody has chosen.
    MultiWorkplace,
    /// 選択した事業所の資格がない: two offices or more are left, none of them the one chosen.
    SelectionEnded,
    /// 二以上事業所勤務, and the record of another office does not stand.
    OtherWorkplace,
    /// The prefecture is none of the 47.
    UnknownPrefecture,
    /// A charged month without standard remuneration.
    NoStandard,
    /// An amount is negative or beyond anything a grade or cap allows.
    AmountOutOfRange,
    /// 喪失日 before 取得日, or 取得日 before 生年月日.
    DatesOutOfOrder,
}

impl HoldReason {
    /// Every reason.
    pub const ALL: [HoldReason; 7] = [
        HoldReason::MultiWorkplace,
        HoldReason::SelectionEnded,
        HoldReason::OtherWorkplace,
        HoldReason::UnknownPrefecture,
        HoldReason::NoStandard,
        HoldReason::AmountOutOfRange,
        HoldReason::DatesOutOfOrder,
    ];

    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            HoldReason::MultiWorkplace => "multi_workplace",
            HoldReason::SelectionEnded => "selection_ended",
            HoldReason::OtherWorkplace => "other_workplace",
            HoldReason::UnknownPrefecture => "unknown_prefecture",
            HoldReason::NoStandard => "no_standard",
            HoldReason::AmountOutOfRange => "amount_out_of_range",
            HoldReason::DatesOutOfOrder => "dates_out_of_order",
        }
    }

    /// For people: what it is and what to do.
    pub fn words(self) -> &'static str {
        match self {
            HoldReason::MultiWorkplace => {
                "二以上事業所勤務者ですが、被保険者所属選択・二以上事業所勤務届がありません。届出を求めてください"
            }
            HoldReason::SelectionEnded => {
                "選択した事業所の資格がなく、二以上の事業所が残っています。被保険者所属選択・二以上事業所勤務届を改めて求めてください"
            }
            HoldReason::OtherWorkplace => {
                "二以上事業所勤務者です。別の事業所の記録が保留のため合算できません。その事業所の保留の理由を確かめてください"
            }
            HoldReason::UnknownPrefecture => "事業所の都道府県が登録されていません。事業所の記録を訂正してください",
            HoldReason::NoStandard => "標準報酬月額が決定されていません。資格取得時決定を確認してください",
            HoldReason::AmountOutOfRange => "標準報酬月額又は標準賞与額が範囲外です。記録を訂正してください",
            HoldReason::DatesOutOfOrder => "生年月日・資格取得日・資格喪失日の順序が逆です。記録を訂正してください",
        }
    }
}

/// 判定 — what became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 計算済.
    Done,
    /// 保留; all amounts are zero.
    Hold(HoldReason),
}

/// 保険料の内訳 — exact amounts before any rounding, employer's half included, in 1/100,000 yen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levies {
    /// 健康保険料, without the two below.
    pub health_exact: i64,
    /// 介護保険料.
    pub ltci_exact: i64,
    /// 子ども・子育て支援金.
    pub support_exact: i64,
    /// 厚生年金保険料.
    pub epi_exact: i64,
    /// 子ども・子育て拠出金.
    pub contribution_exact: i64,
}

impl Levies {
    /// 健康保険料 as one premium: health, long-term care and support.
    #[inline]
    pub fn hi_exact(&self) -> i64 {
        self.health_exact + self.ltci_exact + self.support_exact
    }

    /// Both added, levy by levy.
    #[inline]
    pub fn plus(self, other: Levies) -> Levies {
        Levies {
            health_exact: self.health_exact + other.health_exact,
            ltci_exact: self.ltci_exact + other.ltci_exact,
            support_exact: self.support_exact + other.support_exact,
            epi_exact: self.epi_exact + other.epi_exact,
            contribution_exact: self.contribution_exact + other.contribution_exact,
        }
    }
}

/// 被保険者の一月の保険料 — the outcome for one person and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonContribution {
    /// 判定.
    pub verdict: Verdict,
    /// The month's HI premium is charged (covered and not exempt).
    pub hi_charged: bool,
    /// The month's EPI premium is charged (covered and not exempt).
    pub epi_charged: bool,
    /// 介護保険第2号被保険者 in a month of HI cover.
    pub ltci: bool,
    /// Covered, but exempt by leave.
    pub exempt: bool,
    /// 月額保険料.
    pub monthly: Levies,
    /// 賞与保険料.
    pub bonus: Levies,
    /// 被保険者負担分, HI on the month, in yen (給与控除).
    pub hi_employee_yen: i64,
    /// 被保険者負担分, EPI on the month, in yen.
    pub epi_employee_yen: i64,
    /// 被保険者負担分, HI on bonuses, in yen.
    pub bonus_hi_employee_yen: i64,
    /// 被保険者負担分, EPI on bonuses, in yen.
    pub bonus_epi_employee_yen: i64,
}

impl PersonContribution {
    /// Nothing charged.
    pub(super) const NOTHING: PersonContribution = {
        const NO_LEVIES: Levies =
            Levies { health_exact: 0, ltci_exact: 0, support_exact: 0, epi_exact: 0, contribution_exact: 0 };
        PersonContribution {
            verdict: Verdict::Done,
            hi_charged: false,
            epi_charged: false,
            ltci: false,
            exempt: false,
            monthly: NO_LEVIES,
            bonus: NO_LEVIES,
            hi_employee_yen: 0,
            epi_employee_yen: 0,
            bonus_hi_employee_yen: 0,
            bonus_epi_employee_yen: 0,
        }
    };

    /// Month and bonus together.
    #[inline]
    pub fn levies(&self) -> Levies {
        self.monthly.plus(self.bonus)
    }
}
