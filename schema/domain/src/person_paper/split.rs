//! 標準報酬改定請求書 — the claim for a split of remuneration after a divorce.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::life::SplitKind;
use crate::{BasicPensionNumber, Ratio};

/// Nobody writes a longer one.
const SHARE_LENGTH_MAX: usize = 24;

/// 按分割合 in 1/100,000: five decimals, from 0 to 1. Whether the law allows it is another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(u32);

/// What cannot be a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("0から1までの割合を、小数点以下5桁までで入力してください (例 0.5、50%、1/2)")]
pub struct NotAShare;

impl Share {
    /// How many make one.
    pub const WHOLE: u32 = 100_000;
    /// One half.
    pub const HALF: Share = Share(Share::WHOLE / 2);

    /// From hundred-thousandths; `None` above one.
    pub fn new(hundred_thousandths: u32) -> Option<Share> {
        (hundred_thousandths <= Share::WHOLE).then_some(Share(hundred_thousandths))
    }

    /// In 1/100,000.
    pub const fn hundred_thousandths(self) -> u32 {
        self.0
    }
}

/// Takes `0.5`, `50%` and `1/2`; what does not come out in five decimals is no share.
impl FromStr for Share {
    type Err = NotAShare;
    fn from_str(text: &str) -> Result<Share, NotAShare> {
        let text = text.trim();
        if text.len() > SHARE_LENGTH_MAX {
            return Err(NotAShare);
        }
        let decimal = |text: &str| Ratio::parse_decimal(text.trim()).ok_or(NotAShare);
        let ratio = if let Some((over, under)) = text.split_once('/') {
            let whole = |text: &str| text.trim().parse::<u32>().map_err(|_| NotAShare);
            let (over, under) = (whole(over)?, whole(under)?);
            if under == 0 {
                return Err(NotAShare);
            }
            Ratio::new(i128::from(over), i128::from(under))
        } else if let Some(percent) = text.strip_suffix(['%', '％']) {
            let percent = decimal(percent)?;
            Ratio::new(percent.numerator(), percent.denominator() * 100)
        } else {
            decimal(text)?
        };
        let units = ratio.in_units_of(i64::from(Share::WHOLE)).ok_or(NotAShare)?;
        u32::try_from(units).ok().and_then(Share::new).ok_or(NotAShare)
    }
}

/// As percent: `50%`, `37.5%`.
impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000, self.0 % 1_000);
        let decimals = format!("{rest:03}");
        let decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() { write!(out, "{whole}%") } else { write!(out, "{whole}.{decimals}%") }
    }
}

/// 標準報酬改定請求書 (厚生年金保険法78条の2・78条の14). `insured` of the filing is who claims: of 合意分割 either of the two, of
/// 3号分割 the 被扶養配偶者.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PensionSplit {
    /// 受付年月日.
    pub filed_on: Date,
    /// 種類.
    pub kind: SplitKind,
    /// 相手方の基礎年金番号.
    pub other_number: BasicPensionNumber,
    /// 婚姻年月日.
    pub married_on: Date,
    /// 離婚年月日.
    pub divorced_on: Date,
    /// 請求すべき按分割合; none in 3号分割.
    pub share: Option<Share>,
    /// 調停・審判を申し立てた日.
    pub court_asked_on: Option<Date>,
    /// それが確定・成立した日.
    pub court_decided_on: Option<Date>,
}

impl PensionSplit {
    pub(super) fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![
            ("受付年月日", self.filed_on.to_string()),
            ("分割の種類", self.kind.name_ja().to_owned()),
            ("相手方の基礎年金番号", self.other_number.to_string()),
            ("婚姻年月日", self.married_on.to_string()),
            ("離婚年月日", self.divorced_on.to_string()),
        ];
        items.extend(self.share.map(|share| ("按分割合", share.to_string())));
        items.extend(self.court_asked_on.map(|day| ("調停・審判の申立年月日", day.to_string())));
        items.extend(self.court_decided_on.map(|day| ("調停・審判の確定年月日", day.to_string())));
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_exactly_or_not_at_all() {
        let read = |text: &str| text.parse::<Share>().map(Share::hundred_thousandths);
        for (text, share) in
            [("0.5", 50_000), ("50%", 50_000), ("1/2", 50_000), ("0.33333", 33_333), ("37.125％", 37_125)]
        {
            assert_eq!(read(text), Ok(share), "{text}");
        }
        for text in ["1/3", "0.333333", "1.1", "-0.5", "半分", "", "1/0", "50%%"] {
            assert_eq!(read(text), Err(NotAShare), "{text}");
        }
        let told = |share| Share::new(share).expect("a share").to_string();
        assert_eq!([told(50_000), told(37_125), told(37_500), told(1)], ["50%", "37.125%", "37.5%", "0.001%"]);
    }
}
