//! 改定率の算式 (国民年金法27条の2〜27条の5) — from price and wage changes to next year's rate.

use domain::{Ratio, Rounding};

use super::Cohort;
use crate::{Step, Trace};

/// 改定の基礎 — the changes that a fiscal year's revision starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes {
    /// 年度.
    pub fiscal_year: i16,
    /// 物価変動率.
    pub price: Ratio,
    /// 名目手取り賃金変動率.
    pub wage: Ratio,
    /// 調整率, the carried part (特別調整率) included.
    pub slide: Ratio,
}

/// 改定の結果.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 改定に用いる率, three places.
    pub factor: Ratio,
    /// 改定率, three places.
    pub rate: Ratio,
    /// 翌年度以後に繰り越す調整率; 1 where all was used.
    pub carried_slide: Ratio,
}

/// The base of the revision before the slide.
///
/// Law: 27条の2第2項 (新規裁定者: 賃金), 27条の3第1項 (既裁定者: 物価, wage where that is lower). Until fiscal 2020
/// (平成28年法律第114号による改正前): where wages fall and prices fall less, prices; where they rise, unchanged.
pub fn base(cohort: Cohort, changes: &Changes) -> Ratio {
    let one = Ratio::new(1, 1);
    if changes.fiscal_year < 2021 && changes.wage < one && changes.price > changes.wage {
        return changes.price.min(one);
    }
    match cohort {
        Cohort::NewAward => changes.wage,
        Cohort::Existing => changes.price.min(changes.wage),
    }
}

/// 改定率の改定 — last year's rate by this year's factor.
///
/// Law: 国民年金法27条の2・27条の3 (base), 27条の4・27条の5 (調整: never below 1 by the slide, no slide where the base is
/// below 1, what is unused is carried over); 改定率政令 (小数点以下3位未満四捨五入, the factor and the rate each).
///
/// - `previous`: last year's rate of the same cohort, three places
///
/// # Examples
/// Fiscal 2025, 1.045: wages 1.023 × slide 0.996 = 1.019; 1.045 × 1.019 = 1.065.
pub fn revise(cohort: Cohort, previous: Ratio, changes: &Changes) -> Revision {
    let (base, one) = (base(cohort, changes), Ratio::new(1, 1));
    let slid = product(base, changes.slide);
    let (factor, carried_slide) = match base < one {
        true => (base, changes.slide),
        false => (slid.max(one), slid.min(one)),
    };
    let factor = round3(factor);
    Revision { factor, rate: round3(product(previous, factor)), carried_slide }
}

/// As [`revise`], on record as steps.
pub fn revise_traced(cohort: Cohort, previous: Ratio, changes: &Changes, trace: &mut Trace) -> Revision {
    let revision = revise(cohort, previous, changes);
    trace.step(
        Step::new(
            "国民年金法27条の2〜27条の5",
            "改定に用いる率 = 賃金又は物価の変動率 × 調整率 (1を下回らせない。変動率が1未満なら調整しない)",
        )
        .with("区分", cohort.name(), "")
        .with("物価変動率", changes.price, "")
        .with("名目手取り賃金変動率", changes.wage, "")
        .with("調整率", changes.slide, "")
        .with("繰り越す調整率", revision.carried_slide, "")
        .gives(revision.factor),
    );
    trace.step(
        Step::new(
            "国民年金法による改定率の改定等に関する政令",
            "改定率 = 前年度の改定率 × 改定に用いる率 (小数点以下3位未満四捨五入)",
        )
        .with("前年度の改定率", previous, "")
        .gives(revision.rate),
    );
    revision
}

fn product(a: Ratio, b: Ratio) -> Ratio {
    Ratio::new(a.numerator() * b.numerator(), a.denominator() * b.denominator())
}

/// 小数点以下3位未満四捨五入.
pub fn round3(rate: Ratio) -> Ratio {
    let thousandths = Ratio::new(rate.numerator() * 1_000, rate.denominator()).round(Rounding::HalfUp);
    Ratio::new(thousandths.get().into(), 1_000)
}
