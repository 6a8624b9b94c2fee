//! 金額の算式 — what the amount columns of the forms must hold.

use crate::Yen;

/// 9999999 — the most a column holds; it means this much or more.
pub const AMOUNT_MAX: Yen = Yen::new(9_999_999);

/// 1,000円 — the least remuneration or bonus that can be filed.
pub(crate) const AMOUNT_MIN: Yen = Yen::new(1_000);

/// An amount as its column holds it: 10,000,000円 and more is written 9999999.
pub fn capped(amount: Yen) -> Yen {
    amount.min(AMOUNT_MAX)
}

/// 賞与額 (2265700 項目14) — cash and in kind, cut to 1,000 yen; 9999999 when the sum is above 9,999,999.
pub fn bonus_total(cash: Yen, in_kind: Yen) -> Yen {
    let sum = cash + in_kind;
    if sum > AMOUNT_MAX { AMOUNT_MAX } else { Yen::new(sum.get() / 1_000 * 1_000) }
}

/// 算定の区分 — how many base days make a month count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseDays {
    /// 一般: 17日以上.
    General,
    /// 短時間労働者: 11日以上.
    ShortTime,
    /// パート: 17日以上, or 15日以上 when no month has 17.
    PartTime,
}

impl BaseDays {
    /// By the name the golden tables use: `general`, `short`, `part`.
    pub fn from_name(name: &str) -> Option<BaseDays> {
        match name {
            "general" => Some(BaseDays::General),
            "short" => Some(BaseDays::ShortTime),
            "part" => Some(BaseDays::PartTime),
            _ => None,
        }
    }

    /// The least number of days with which a month counts, given the days of all three.
    pub fn least(self, days: [u8; 3]) -> u8 {
        match self {
            BaseDays::General => 17,
            BaseDays::ShortTime => 11,
            BaseDays::PartTime if days.iter().any(|&days| days >= 17) => 17,
            BaseDays::PartTime => 15,
        }
    }
}

/// 算定基礎届の総計と平均額 (2225700 項目37・38) — over the months that count; both 0 when none does.
///
/// Both are capped at 9,999,999 only after the average is taken.
pub fn base_total_and_average(class: BaseDays, days: [u8; 3], totals: [Yen; 3]) -> (Yen, Yen) {
    let least = class.least(days);
    let counting: Vec<Yen> = days.iter().zip(totals).filter(|(days, _)| **days >= least).map(|(_, yen)| yen).collect();
    let total: Yen = counting.iter().copied().sum();
    let months = i64::try_from(counting.len()).expect("at most three months");
    let average = if months == 0 { Yen::ZERO } else { Yen::new(total.get() / months) };
    (capped(total), capped(average))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the pack's golden_formats.csv, G204 to G209: the agency's published check list.
    #[test]
    fn bonus_totals() {
        for (cash, in_kind, total) in [
            (523_456, 0, 523_000),
            (250_000, 999, 250_000),
            (999, 0, 0),
            (9_999_999, 0, 9_999_000),
            (9_999_999, 1, 9_999_999),
            (1_500_500, 499_500, 2_000_000),
        ] {
            assert_eq!(bonus_total(Yen::new(cash), Yen::new(in_kind)), Yen::new(total), "{cash}+{in_kind}");
        }
    }

    /// From the pack's golden_formats.csv, G210 to G214: total and average of counting months.
    #[test]
    fn totals_and_averages_of_counting_months() {
        for (class, days, totals, expected) in [
            ("general", [30, 31, 30], [300_000, 310_000, 305_000], (915_000, 305_000)),
            ("general", [16, 31, 30], [150_000, 260_000, 262_001], (522_001, 261_000)),
            ("part", [16, 15, 14], [100_000, 90_000, 80_000], (190_000, 95_000)),
            ("short", [11, 10, 12], [90_000, 80_000, 95_001], (185_001, 92_500)),
            ("general", [16, 16, 16], [1, 2, 3], (0, 0)),
        ] {
            let class = BaseDays::from_name(class).expect("a class");
            let found = base_total_and_average(class, days, totals.map(Yen::new));
            assert_eq!(found, (Yen::new(expected.0), Yen::new(expected.1)), "{class:?} {days:?}");
        }
    }
}
