//! 離婚時の年金分割の記録 — what the months of one of the two hold after a split.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Month;

/// 分割の種類.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitKind {
    /// 合意分割 (厚生年金保険法78条の2), divorces from 2007-04-01.
    #[default]
    Agreed,
    /// 3号分割 (78条の14), divorces from 2008-05-01, months from 2008-04.
    Cat3,
}

impl SplitKind {
    /// Both.
    pub const ALL: [SplitKind; 2] = [SplitKind::Agreed, SplitKind::Cat3];

    /// As the store names it.
    pub const fn code(self) -> &'static str {
        match self {
            SplitKind::Agreed => "agreed",
            SplitKind::Cat3 => "cat3",
        }
    }

    /// By its name in the store.
    pub fn of_code(code: &str) -> Option<SplitKind> {
        SplitKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            SplitKind::Agreed => "合意分割",
            SplitKind::Cat3 => "3号分割",
        }
    }
}

/// 改定された標準報酬月額 — a run of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitStandard {
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
    /// 改定前, yen; 0 in a 離婚時みなし被保険者期間.
    pub before_yen: u32,
    /// 改定後, yen; never 0.
    pub after_yen: u32,
}

/// 改定された標準賞与額 of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitBonus {
    /// 月.
    pub month: Month,
    /// 改定前, yen; 0 where there was none.
    pub before_yen: u32,
    /// 改定後, yen.
    pub after_yen: u32,
}

/// 標準報酬の改定 (厚生年金保険法78条の6・78条の14) — of one of the two; it holds from the claim on, amounts from the month after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemunerationSplit {
    /// 相手方.
    pub other_person_id: i64,
    /// 種類.
    pub kind: SplitKind,
    /// 第1号改定者・特定被保険者: remuneration goes down.
    pub gives: bool,
    /// 按分割合 in 1/100,000; of 3号分割 one half.
    pub share: u32,
    /// 改定割合 in 1/10,000,000; of 3号分割 one half.
    pub rate: u32,
    /// 対象期間の最初の月.
    pub first: Month,
    /// 対象期間の最後の月, included.
    pub last: Month,
    /// 請求のあった日 (the day before a death, where that is deemed).
    pub claimed_on: Date,
    /// 標準報酬月額, in order of month.
    pub standards: Vec<SplitStandard>,
    /// 標準賞与額, in order of month.
    pub bonuses: Vec<SplitBonus>,
    /// The row that says so.
    pub source: u64,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
}

impl RemunerationSplit {
    /// 年金額を改定する月: the one after the claim (厚生年金保険法78条の10第1項・78条の18第1項).
    pub fn effective(&self) -> Month {
        Month::of(self.claimed_on).next()
    }

    /// The last month that was split.
    pub fn last_split(&self) -> Option<Month> {
        self.standards.last().map(|run| run.last)
    }
}
