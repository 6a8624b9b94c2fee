//! 標準報酬の改定 — from two records and a share to what every month holds afterwards.

use domain::{Month, Ratio, Yen};
use jiff::civil::Date;

use super::{Split, cat3_first_month, split_month};
use crate::employees_pension::old_age_pension::CohortLaw;
use crate::employees_pension::revaluation::RevaluationRates;
use crate::pension_record::life::{
    Cover, EmployeesKind, LifeRecord, Marks, State, miner_weights_end, total_remuneration_start,
};
use crate::{LawError, Step, Trace};

/// 改定割合 has so many parts: seven decimals (施行規則; 小数点以下7位未満は四捨五入).
const RATE_WHOLE: i128 = 10_000_000;
/// 平成15年3月以前の標準報酬月額に乗じる1.3, in tenths.
const BEFORE_2003_TENTHS: i128 = 13;

/// 当事者の一方.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    /// 生年月日: whose revaluation rates hold.
    pub birth: Date,
    /// The record, with all earlier splits laid over it.
    pub record: &'a LifeRecord,
}

/// 標準報酬月額と標準賞与額 of a month of one of the two, yen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// 標準報酬月額.
    pub standard_yen: u32,
    /// 標準賞与額.
    pub bonus_yen: u32,
}

/// 一月の分割 — what who claims and the other hold, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthSplit {
    /// 月.
    pub month: Month,
    /// Who claims: before and after.
    pub claimant: (Amounts, Amounts),
    /// The other: before and after.
    pub other: (Amounts, Amounts),
}

/// 分割の結果.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitRecords {
    /// Who claims is 第1号改定者: gives.
    pub claimant_gives: bool,
    /// 改定割合 in 1/10,000,000.
    pub rate: u32,
    /// Months that change, in order.
    pub months: Vec<MonthSplit>,
    /// Of these: halved as 3号分割, by itself or because 合意分割 asks for it too (78条の20).
    pub cat3_months: u16,
}

/// 分割できない — why the claim is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Months of 第2号 to 第4号厚生年金, or of 第3種 before 1991-04, in the period.
    OtherKind(Month),
    /// Neither was insured in the period.
    NoEmployeesMonths,
    /// No month of 第3号 with the other insured.
    NoCat3Months,
    /// 按分割合 above one half.
    ShareOverHalf,
    /// 按分割合 not above what the one with less holds already: that share in 1/100,000, cut.
    ShareNotAbove {
        /// The present share.
        present: u32,
    },
    /// A rule that gives no answer.
    Law(LawError),
}

impl From<LawError> for Refusal {
    fn from(error: LawError) -> Refusal {
        Refusal::Law(error)
    }
}

/// 標準報酬の改定 — what both records hold in the months of the period after the split.
///
/// Law: 厚生年金保険法78条の2第1項・78条の3 (按分割合), 78条の6 (改定割合による改定と離婚時みなし被保険者期間), 78条の14 (3号分割: 2分の1),
/// 78条の20 (合意分割の請求は3号分割の請求とみなし、その改定後の総額で割合を定める).
///
/// - `claimant`: 合意分割: either; 3号分割: 被扶養配偶者
/// - `months`: 対象期間, as [`super::target_months`] gives it
/// - `divorced_on`: whose fiscal year's revaluation rates hold (対象期間の末日)
/// - `share`: 按分割合 in 1/100,000; 3号分割 does not look at it
///
/// What the one gives the other gets, to the yen.
///
/// # Errors
/// [`Refusal`].
///
/// # Examples
/// 301,000円 a month against nothing, one half: both hold 150,500円. With 100,000円 of her own, one half: 200,500円 each.
pub fn split_records(
    kind: Split,
    (claimant, other): (Party<'_>, Party<'_>),
    (first, last): (Month, Month),
    divorced_on: Date,
    share: u32,
    trace: &mut Trace,
) -> Result<SplitRecords, Refusal> {
    let mut months: Vec<MonthSplit> = Vec::new();
    for month in first.through(last) {
        let (own, theirs) = (amounts(claimant.record, month)?, amounts(other.record, month)?);
        months.push(MonthSplit { month, claimant: (own, own), other: (theirs, theirs) });
    }
    let mut cat3_months = 0;
    for split in &mut months {
        cat3_months += u16::from(halve(kind, split, (claimant.record, other.record))?);
    }
    let half = u32::try_from(RATE_WHOLE / 2).expect("one half");
    let mut found = SplitRecords { claimant_gives: false, rate: half, months, cat3_months };
    if kind == Split::Cat3 && cat3_months == 0 {
        return Err(Refusal::NoCat3Months);
    }
    if cat3_months > 0 {
        trace.step(
            Step::new("厚生年金保険法78条の14第2項・78条の20第1項", "第3号被保険者の月は、標準報酬の2分の1ずつとする")
                .gives(format!("{cat3_months}か月")),
        );
    }
    if kind == Split::Agreed {
        share_out(&mut found, (claimant, other), divorced_on, share, trace)?;
    }
    found.months.retain(|split| split.claimant.0 != split.claimant.1 || split.other.0 != split.other.1);
    Ok(found)
}

/// What a month holds; refused where it is of a kind that this office does not split.
fn amounts(record: &LifeRecord, month: Month) -> Result<Amounts, Refusal> {
    let Some(entry) = record.month(month) else { return Ok(Amounts::default()) };
    let miner = entry.marks.has(Marks::MINER_OR_SEAMAN) && month < miner_weights_end();
    if entry.employees_kind().is_some_and(|kind| kind != EmployeesKind::First) || miner {
        return Err(Refusal::OtherKind(month));
    }
    let place = usize::try_from(month.months_since(record.first())).unwrap_or(usize::MAX);
    let of = |yen: &[u32]| yen.get(place).copied().unwrap_or(0);
    Ok(Amounts { standard_yen: of(record.standards_yen()), bonus_yen: of(record.bonuses_yen()) })
}

/// 3号分割 of a month: the one is 第3号, the other insured. Of 3号分割 alone who claims must be the one; a claim for 合意分割 is
/// one for both directions.
fn halve(kind: Split, split: &mut MonthSplit, (claimant, other): (&LifeRecord, &LifeRecord)) -> Result<bool, Refusal> {
    let as_dependant = |record: &LifeRecord| {
        record.month(split.month).is_some_and(|entry| {
            entry.cover == Cover::Cat3 && matches!(entry.state, State::Dependant | State::DependantLate)
        })
    };
    let insured = |record: &LifeRecord| record.month(split.month).is_some_and(|of| of.employees_kind().is_some());
    if split.month < cat3_first_month() {
        return Ok(false);
    }
    let half = Ratio::new(1, 2);
    // A month that was split before is not split again.
    if as_dependant(claimant) && insured(other) && split.claimant.1 == Amounts::default() {
        move_part(&mut split.other.1, &mut split.claimant.1, half)?;
        return Ok(true);
    }
    if kind == Split::Agreed && as_dependant(other) && insured(claimant) && split.other.1 == Amounts::default() {
        move_part(&mut split.claimant.1, &mut split.other.1, half)?;
        return Ok(true);
    }
    Ok(false)
}

fn move_part(giver: &mut Amounts, taker: &mut Amounts, share: Ratio) -> Result<(), LawError> {
    (giver.standard_yen, taker.standard_yen) = split_month(giver.standard_yen, taker.standard_yen, share)?;
    (giver.bonus_yen, taker.bonus_yen) = split_month(giver.bonus_yen, taker.bonus_yen, share)?;
    Ok(())
}

/// 合意分割 of all months, after 3号分割.
fn share_out(
    found: &mut SplitRecords,
    (claimant, other): (Party<'_>, Party<'_>),
    divorced_on: Date,
    share: u32,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    let whole = i128::from(domain::person_paper::Share::WHOLE);
    let (share, rest) = (i128::from(share), whole - i128::from(share));
    if share * 2 > whole {
        return Err(Refusal::ShareOverHalf);
    }
    let fiscal_year = Month::of(divorced_on).fiscal_year();
    let of_claimant = CohortLaw::of(fiscal_year, claimant.birth, trace)?;
    let of_other = CohortLaw::of(fiscal_year, other.birth, trace)?;
    let total = |of: fn(&MonthSplit) -> Amounts, rates: &RevaluationRates| {
        standard_total(found.months.iter().map(|split| (split.month, of(split))), rates)
    };
    let totals = (total(|split| split.claimant.1, &of_claimant.rates)?, total(|split| split.other.1, &of_other.rates)?);
    found.claimant_gives = totals.0 > totals.1;
    // T1 and T2 of the law, and T1 by the rates of 第2号改定者.
    let (more, less, converted) = match found.claimant_gives {
        true => (totals.0, totals.1, total(|split| split.claimant.1, &of_other.rates)?),
        false => (totals.1, totals.0, total(|split| split.other.1, &of_claimant.rates)?),
    };
    if more == 0 {
        return Err(Refusal::NoEmployeesMonths);
    }
    let moved = share * more - rest * less;
    let present = Ratio::new(less, more + less);
    if moved <= 0 {
        let present = (present.numerator() * whole).div_euclid(present.denominator());
        return Err(Refusal::ShareNotAbove { present: u32::try_from(present).unwrap_or(0) });
    }
    let of = share * more + rest * converted;
    let rate = (2 * moved * RATE_WHOLE + of).div_euclid(2 * of);
    found.rate = u32::try_from(rate).expect("a rate of at most 1");
    trace.step(
        Step::new(
            "厚生年金保険法78条の3・78条の6第1項, 施行規則",
            "按分割合から改定割合を求める (小数点以下7位未満は四捨五入)",
        )
        .with("第1号改定者の対象期間標準報酬総額", in_yen(more), "円")
        .with("第2号改定者の対象期間標準報酬総額", in_yen(less), "円")
        .with("第2号改定者の再評価率による第1号改定者の総額", in_yen(converted), "円")
        .with("按分割合", Ratio::new(share, whole).to_decimal().unwrap_or_default(), "")
        .gives(format!("0.{rate:07}")),
    );
    let rate = Ratio::new(rate, RATE_WHOLE);
    for split in &mut found.months {
        let (giver, taker) = match found.claimant_gives {
            true => (&mut split.claimant.1, &mut split.other.1),
            false => (&mut split.other.1, &mut split.claimant.1),
        };
        move_part(giver, taker, rate)?;
    }
    Ok(())
}

/// 対象期間標準報酬総額 — of months by the revaluation rates of one person, in 1/10,000 yen, exact.
///
/// Law: 厚生年金保険法78条の3第1項 (再評価率: 対象期間の末日において適用されるもの), 平成16年法律104号附則48条 (平成15年3月以前の標準報酬月額は1.3倍).
///
/// # Errors
/// `CannotDecide` — a month without a rate.
pub fn standard_total(
    months: impl Iterator<Item = (Month, Amounts)>,
    rates: &RevaluationRates,
) -> Result<i128, LawError> {
    let mut total = 0;
    for (month, of) in months {
        let rate = rates.thousandths(month);
        if rate == 0 {
            let reason = format!("{month} の再評価率がありません");
            return Err(LawError::CannotDecide { reason });
        }
        let standard_tenths = if month < total_remuneration_start() { BEFORE_2003_TENTHS } else { 10 };
        let earned = i128::from(of.standard_yen) * standard_tenths + i128::from(of.bonus_yen) * 10;
        total += earned * i128::from(rate);
    }
    Ok(total)
}

/// Whole yen of 1/10,000 yen, half up.
fn in_yen(total: i128) -> Yen {
    Ratio::new(total, 10_000).round(domain::Rounding::HalfUp)
}
