//! 任意継続被保険者の保険料の前納 (健康保険法165条, 健康保険法施行令48条〜52条).

use domain::age::period_end;
use domain::{Month, Prefecture, Ratio, Yen};
use jiff::civil::Date;

use super::discount::rounded_sum;
use super::{exact_premium, rates};
use crate::employees_insurance::{check_day, long_term_care};
use crate::{LawError, Step, Trace};

/// Far above every standard: below it no sum of premiums overflows.
const STANDARD_MAX: Yen = Yen::new(100_000_000);

/// 介護保険第2号被保険者か — for the months of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondInsured {
    /// In none of them, or in all.
    Always(bool),
    /// By age, for somebody born on this day.
    ByAge(Date),
}

impl SecondInsured {
    /// Whether he is in this month.
    pub fn in_month(self, month: Month) -> bool {
        match self {
            SecondInsured::Always(is) => is,
            SecondInsured::ByAge(birth) => long_term_care::is_second_insured(birth, month),
        }
    }
}

/// 前納に係る期間 — first and last month, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
}

impl Period {
    /// So many months from `first`.
    ///
    /// # Errors
    /// `BadInput` — no month, or a period that goes beyond March: none of 48条 does.
    pub fn of(first: Month, months: i32) -> Result<Period, LawError> {
        let last = first.plus(months.clamp(1, 12) - 1);
        if !(1..=12).contains(&months) || last.fiscal_year() != first.fiscal_year() {
            let reason = "前納は年度内 (翌年3月まで) の1か月以上12か月以内の期間です (健康保険法施行令48条)";
            return Err(LawError::bad_input("前納の期間 (first_month, months)", reason));
        }
        Ok(Period { first, last })
    }

    /// 払込期限 — the last day of the month before.
    pub fn pay_by(self) -> Date {
        self.first.previous().last_day()
    }
}

/// 前納できる期間 — in one fiscal year, for somebody who is a voluntary insured.
///
/// Law: 健康保険法施行令48条: April to September, October to March, April to March. Acquired within one of them:
/// from the month after; sure to be lost within one: to the month before the loss (at the latest after two years).
///
/// - `fiscal_year`: 年度, 1 April to 31 March
/// - `lost_on`: 資格を喪失することが明らかである日, if there is one
///
/// # Errors
/// `BadInput` — a loss before the acquisition, a year that is none.
///
/// # Examples
/// Acquired 2026-06-16, fiscal 2026: July to September, October to March, July to March.
pub fn periods(
    fiscal_year: i16,
    acquired_on: Date,
    lost_on: Option<Date>,
    trace: &mut Trace,
) -> Result<Vec<Period>, LawError> {
    check_day("資格取得日 (acquired_on)", acquired_on)?;
    let bad_year = || LawError::bad_input("年度 (fiscal_year)", "西暦で入力してください");
    let april = Month::new(fiscal_year, 4).filter(|april| (1868..9000).contains(&april.year())).ok_or_else(bad_year)?;
    let latest = period_end(acquired_on, 24).tomorrow().expect("days were checked to leave room");
    let lost_on = lost_on.unwrap_or(latest).min(latest);
    if lost_on <= acquired_on {
        return Err(LawError::bad_input("資格喪失日 (lost_on)", "資格取得日より後の日を入力してください"));
    }
    let (from, until) = (Month::of(acquired_on).next(), Month::of(lost_on).previous());
    let mut periods: Vec<Period> = Vec::new();
    for (start, months) in [(0, 6), (6, 6), (0, 12)] {
        let (first, last) = (april.plus(start), april.plus(start + months - 1));
        let period = Period { first: first.max(from), last: last.min(until) };
        if period.first <= period.last && !periods.contains(&period) {
            periods.push(period);
        }
    }
    let told: Vec<String> = periods.iter().map(|period| format!("{}〜{}", period.first, period.last)).collect();
    trace.step(
        Step::new(
            "健康保険法施行令48条",
            "4月〜9月、10月〜翌年3月、4月〜翌年3月。取得した月の翌月から、喪失が明らかな月の前月まで",
        )
        .with("資格取得日", acquired_on, "")
        .with("資格喪失日 (遅くとも2年の経過)", lost_on, "")
        .gives(if told.is_empty() { "前納できる期間はない".to_owned() } else { told.join("、") }),
    );
    Ok(periods)
}

/// 前納の対象 — a voluntary insured and what his premiums come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepaid {
    /// 標準報酬月額, within the cap.
    pub standard: Yen,
    /// 住所地の支部.
    pub prefecture: Prefecture,
    /// 介護保険第2号被保険者か.
    pub second_insured: SecondInsured,
    /// 前納に係る期間.
    pub period: Period,
}

/// The exact premium of each month of the period, by that month's own rates.
fn premiums(prepaid: &Prepaid, trace: &mut Trace) -> Result<Vec<(Month, Ratio)>, LawError> {
    if !(Yen::ZERO..=STANDARD_MAX).contains(&prepaid.standard) {
        return Err(LawError::bad_input("標準報酬月額 (standard_yen)", "等級表の標準報酬月額を入力してください"));
    }
    let premium = |month: Month| {
        let rates = rates(prepaid.prefecture, month, trace)?;
        Ok((month, exact_premium(prepaid.standard, rates, prepaid.second_insured.in_month(month))))
    };
    prepaid.period.first.through(prepaid.period.last).map(premium).collect()
}

/// Each premium with its months of discount, the first with `first`.
fn discounted(premiums: &[(Month, Ratio)], first: i32) -> Vec<(Ratio, i32)> {
    premiums.iter().zip(first..).map(|(&(_, premium), months)| (premium, months)).collect()
}

/// 前納すべき額 — the premiums of the period, each discounted at 4% a year, compound; also the first by one month.
///
/// Law: 健康保険法165条2項, 健康保険法施行令49条 (年4分の利率による複利現価法); the sum is rounded once, 50銭未満切捨て・
/// 50銭以上切上げ. Premiums are not rounded before. Decided between proven bounds, see [`super::discount`].
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — no rates for a month; `CannotDecide` — within 10^-9 yen of half a yen.
///
/// # Examples
/// 埼玉 FY2015, 58,000円 (9.94% in April, 9.93% after): six months 34,170円, twelve 67,670円.
pub fn prepayment(prepaid: &Prepaid, trace: &mut Trace) -> Result<Yen, LawError> {
    let premiums = premiums(prepaid, trace)?;
    amount_of(prepaid, &premiums, trace)
}

fn amount_of(prepaid: &Prepaid, premiums: &[(Month, Ratio)], trace: &mut Trace) -> Result<Yen, LawError> {
    let amount = rounded_sum(&discounted(premiums, 1))?;
    let mut step = Step::new(
        "健康保険法165条2項・健康保険法施行令49条",
        "前納額 = 各月の保険料 ÷ 1.04^(k/12) の合計 (kは最初の月を1とする月数。50銭未満切捨て・50銭以上切上げ)",
    )
    .with("標準報酬月額", prepaid.standard, "");
    for (month, premium) in premiums {
        step = step.with(format!("{month}分"), premium, "円");
    }
    trace.step(step.gives(amount));
    Ok(amount)
}

/// 前納保険料の還付の算式 — a setting: 施行令52条 says「未経過期間に係るもの」.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refund {
    /// What was prepaid for the months that did not come: the amount paid less the present value of those that did.
    #[default]
    PrepaidShare,
    /// The same months valued at the month of the loss, whose own premium comes back undiscounted
    /// (昭和59年12月4日保険発103号).
    ValueAtLoss,
}

/// 前納した保険料の還付 — when the insurance ends before the period does.
///
/// Law: 健康保険法165条4項, 健康保険法施行令52条. The month of the loss is not charged.
///
/// - `lost_on`: 資格喪失日, in the period
///
/// Returns yen, rounded 50銭未満切捨て・50銭以上切上げ.
///
/// # Errors
/// `BadInput` — a loss outside the period; and as [`prepayment`].
pub fn refund(prepaid: &Prepaid, lost_on: Date, formula: Refund, trace: &mut Trace) -> Result<Yen, LawError> {
    let lost_in = Month::of(lost_on);
    if !(prepaid.period.first..=prepaid.period.last).contains(&lost_in) {
        return Err(LawError::bad_input("資格喪失日 (lost_on)", "前納した期間の中の日を入力してください"));
    }
    let premiums = premiums(prepaid, trace)?;
    let paid = amount_of(prepaid, &premiums, trace)?;
    let passed = premiums.partition_point(|(month, _)| *month < lost_in);
    let (refund, setting) = match formula {
        Refund::PrepaidShare => {
            (paid - rounded_sum(&discounted(&premiums[..passed], 1))?, "前納額から、経過した月の現価を差し引く (設定)")
        }
        Refund::ValueAtLoss => (
            rounded_sum(&discounted(&premiums[passed..], 0))?,
            "喪失した月は割引前の額、その後の月は喪失した月からの現価 (設定: 昭和59年12月4日保険発103号)",
        ),
    };
    trace.step(
        Step::new(
            "健康保険法165条4項・健康保険法施行令52条",
            format!("未経過期間に係る前納保険料を還付する。{setting}"),
        )
        .with("前納額", paid, "")
        .with("資格喪失日", lost_on, "")
        .with("経過した月数", passed, "か月")
        .gives(refund),
    );
    Ok(refund)
}
