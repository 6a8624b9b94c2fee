//! Yen, exact ratios, and the roundings that the statutes name.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

/// 円 — whole yen, exact. Overflow is a bug and stops the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Yen(i64);

impl Yen {
    /// No yen at all.
    pub const ZERO: Yen = Yen(0);

    /// So many yen.
    pub const fn new(yen: i64) -> Yen {
        Yen(yen)
    }

    /// The number of yen.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Multiplies by an exact ratio and rounds once, as the caller's clause says.
    pub fn times(self, ratio: Ratio, rounding: Rounding) -> Yen {
        ratio.times_yen(self).round(rounding)
    }
}

impl Add for Yen {
    type Output = Yen;
    fn add(self, other: Yen) -> Yen {
        Yen(self.0.checked_add(other.0).expect("sums of yen fit in 64 bits"))
    }
}

impl AddAssign for Yen {
    fn add_assign(&mut self, other: Yen) {
        *self = *self + other;
    }
}

impl Sub for Yen {
    type Output = Yen;
    fn sub(self, other: Yen) -> Yen {
        Yen(self.0.checked_sub(other.0).expect("differences of yen fit in 64 bits"))
    }
}

impl Neg for Yen {
    type Output = Yen;
    fn neg(self) -> Yen {
        Yen(-self.0)
    }
}

impl Sum for Yen {
    fn sum<I: Iterator<Item = Yen>>(iter: I) -> Yen {
        iter.fold(Yen::ZERO, Add::add)
    }
}

/// `831,700円`, as printed on notices.
impl fmt::Display for Yen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}円", group_thousands(self.0))
    }
}

/// Digits with a comma every three places: `-1,234,567`.
pub fn group_thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// 端数処理 — how a fraction of a yen is cut. No default: each caller names the clause it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// 1円未満切捨て — 国等の債権債務等の金額の端数計算に関する法律2条 (納入告知額).
    Floor,
    /// 50銭未満切捨て・50銭以上切上げ — 通貨の単位及び貨幣の発行等に関する法律3条 (現金で支払う額).
    HalfUp,
    /// 50銭以下切捨て・50銭超切上げ — 給与から控除する被保険者負担分.
    HalfDown,
}

/// An exact fraction, kept in lowest terms with a positive denominator. Rates and unrounded yen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };

    /// `numerator / denominator` in lowest terms.
    ///
    /// # Panics
    /// When the denominator is zero: a ratio is written by us, never read from outside unchecked.
    pub fn new(numerator: i128, denominator: i128) -> Ratio {
        assert!(denominator != 0, "a ratio needs a denominator");
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1);
        let divisor = i128::try_from(divisor).expect("a divisor of two i128 fits");
        let sign = denominator.signum();
        Ratio { numerator: sign * numerator / divisor, denominator: sign * denominator / divisor }
    }

    /// A whole number of yen as an exact amount.
    pub fn of_yen(yen: Yen) -> Ratio {
        Ratio { numerator: i128::from(yen.get()), denominator: 1 }
    }

    /// Reads a plain decimal such as `0.0985` exactly. `None` when it is not one.
    pub fn parse_decimal(text: &str) -> Option<Ratio> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let denominator = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let numerator = format!("{whole}{fraction}").parse::<i128>().ok()?;
        Some(Ratio::new(sign * numerator, denominator))
    }

    /// Numerator in lowest terms.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// Denominator in lowest terms, always positive.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Half of it (労使折半).
    pub fn half(self) -> Ratio {
        Ratio::new(self.numerator, self.denominator * 2)
    }

    /// The exact product with an amount, not yet rounded.
    pub fn times_yen(self, yen: Yen) -> Ratio {
        Ratio::new(self.numerator * i128::from(yen.get()), self.denominator)
    }

    /// How many units of `1/per` it is, when that is a whole number that fits in 64 bits.
    pub fn in_units_of(self, per: i64) -> Option<i64> {
        let scaled = self.numerator.checked_mul(i128::from(per))?;
        (scaled % self.denominator == 0).then(|| i64::try_from(scaled / self.denominator).ok())?
    }

    /// Rounds to whole yen.
    pub fn round(self, rounding: Rounding) -> Yen {
        let doubled = self.numerator * 2;
        let twice = self.denominator * 2;
        let units = match rounding {
            Rounding::Floor => self.numerator.div_euclid(self.denominator),
            Rounding::HalfUp => (doubled + self.denominator).div_euclid(twice),
            Rounding::HalfDown => -((-doubled + self.denominator).div_euclid(twice)),
        };
        Yen(i64::try_from(units).expect("an amount of yen fits in 64 bits"))
    }

    /// The exact decimal, without trailing zeros: `5065.5`. `None` when it does not end.
    pub fn to_decimal(self) -> Option<String> {
        let mut places = 0_usize;
        let mut scaled = self.numerator;
        while scaled % self.denominator != 0 {
            scaled = scaled.checked_mul(10)?;
            places += 1;
            if places > 30 {
                return None;
            }
        }
        let units = scaled / self.denominator;
        let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if units < 0 { "-" } else { "" };
        let point = if places > 0 { "." } else { "" };
        Some(format!("{sign}{whole}{point}{fraction}"))
    }
}

impl Add for Ratio {
    type Output = Ratio;
    fn add(self, other: Ratio) -> Ratio {
        Ratio::new(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )
    }
}

impl Sub for Ratio {
    type Output = Ratio;
    fn sub(self, other: Ratio) -> Ratio {
        self + Ratio { numerator: -other.numerator, denominator: other.denominator }
    }
}

impl Sum for Ratio {
    fn sum<I: Iterator<Item = Ratio>>(iter: I) -> Ratio {
        iter.fold(Ratio::ZERO, Add::add)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> std::cmp::Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

/// The exact decimal where it ends, else `n/d`.
impl fmt::Display for Ratio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(text) => out.write_str(&text),
            None => write!(out, "{}/{}", self.numerator, self.denominator),
        }
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
