//! 複利現価 — 1 ÷ 1.04^(k/12) between proven bounds, and the rounding that they decide.
//!
//! w = (25/26)^(1/12) is irrational, so no fraction is equal to it. It is enclosed between two multiples of 2^-60:
//! `low` is one whose twelfth power, every product rounded up, still does not exceed 25/26; `high` is one whose
//! twelfth power, every product rounded down, still reaches it. Powers are monotone, so low ≤ w ≤ high, and the
//! same directed products give low_k ≤ w^k ≤ high_k. A sum of premiums weighted by the low and by the high bounds
//! encloses the discounted sum; if both ends round to the same yen, that is the amount, without any error.
//!
//! They always part in the end: 26x^12 − 25 is irreducible over the rationals (Eisenstein at 2, read backwards), so
//! 1, w, …, w^11 are independent and a sum with a premium in one of the first eleven months is irrational: never
//! exactly half a yen. The ends lie under 10^-9 yen apart; a sum that close to half a yen would be refused, never
//! guessed.

use domain::{Ratio, Yen};

use super::MILLION;
use crate::LawError;

/// 1 in the unit of the bounds.
const ONE: u128 = 1 << 60;

/// A number between two multiples of 2^-60.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Enclosed {
    pub(super) low: u128,
    pub(super) high: u128,
}

/// The product of two numbers from 0 to 1, rounded down.
fn product_down(a: u128, b: u128) -> u128 {
    (a * b) >> 60
}

/// The product of two numbers from 0 to 1, rounded up.
fn product_up(a: u128, b: u128) -> u128 {
    (a * b).div_ceil(ONE)
}

fn power(base: u128, exponent: i32, product: fn(u128, u128) -> u128) -> u128 {
    (0..exponent).fold(ONE, |power, _| product(power, base))
}

/// The first number from 0 to 1 of which `reached` is true; it must stay true from there on.
fn first(reached: impl Fn(u128) -> bool) -> u128 {
    let (mut below, mut at) = (0, ONE);
    while at - below > 1 {
        let middle = (below + at) / 2;
        if reached(middle) {
            at = middle;
        } else {
            below = middle;
        }
    }
    at
}

/// 一月分の現価率 w = 1 ÷ 1.04^(1/12).
fn monthly() -> Enclosed {
    let (floor, ceiling) = (ONE * 25 / 26, (ONE * 25).div_ceil(26));
    Enclosed {
        low: first(|base| power(base, 12, product_up) > floor) - 1,
        high: first(|base| power(base, 12, product_down) >= ceiling),
    }
}

/// 年4分の利率による複利現価率 — 1 ÷ 1.04^(months/12), 0 to 24 months.
pub(super) fn present_value(months: i32) -> Enclosed {
    let monthly = monthly();
    Enclosed { low: power(monthly.low, months, product_down), high: power(monthly.high, months, product_up) }
}

/// 現価の合計 (50銭未満切捨て・50銭以上切上げ) — Σ premium ÷ 1.04^(months/12), rounded once.
///
/// - `premiums`: exact premiums in whole millionths of a yen, under 10^9 yen each, with the months of discount; few
///
/// # Errors
/// `CannotDecide` — the bounds do not decide the rounding.
pub(crate) fn rounded_sum(premiums: &[(Ratio, i32)]) -> Result<Yen, LawError> {
    let (mut low, mut high) = (0, 0);
    for &(premium, months) in premiums {
        let millionths = premium.in_units_of(MILLION).expect("rates have at most six decimals");
        let millionths = u128::try_from(millionths).expect("premiums are not negative");
        let value = present_value(months);
        low += millionths * value.low;
        high += millionths * value.high;
    }
    let unit = ONE * u128::from(MILLION.unsigned_abs());
    let half_up = |sum: u128| (2 * sum + unit) / (2 * unit);
    if half_up(low) != half_up(high) {
        let reason = "前納額の端数がちょうど50銭に近く、切上げか切捨てかを確かめられません".to_owned();
        return Err(LawError::CannotDecide { reason });
    }
    Ok(Yen::new(i64::try_from(half_up(low)).expect("a sum of premiums fits in 64 bits")))
}
