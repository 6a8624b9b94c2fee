//! 免除・納付猶予・学生納付特例 — the kinds of relief from the contribution of a month, and which of them prevails.

use domain::{Month, Ratio};

use super::of_rates;
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// From when until when each relief exists, and which part of the contribution stays to be paid.
pub(super) static PAYABLE_PARTS: LawTable<Ratio> =
    LawTable::new("national_pension/relief/payable_parts.csv", include_str!("payable_parts.csv"), of_rates);

/// 免除・猶予の種類, in the order in which they prevail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relief {
    /// 産前産後期間の免除 (88条の2): counts as paid.
    Maternity,
    /// 育児期間の免除 (88条の3): counts as paid.
    Childcare,
    /// 法定免除 (89条): by law, without application.
    Statutory,
    /// 学生納付特例 (90条の3).
    Student,
    /// 申請全額免除 (90条).
    Full,
    /// 納付猶予 (平成16年改正法附則19条, 平成26年改正法附則14条).
    Deferral,
    /// 四分の三免除 (90条の2第1項).
    ThreeQuarters,
    /// 半額免除 (90条の2第2項).
    Half,
    /// 四分の一免除 (90条の2第3項).
    OneQuarter,
}

impl Relief {
    /// Every kind, in the order in which they prevail.
    pub const ALL: [Relief; 9] = [
        Relief::Maternity,
        Relief::Childcare,
        Relief::Statutory,
        Relief::Student,
        Relief::Full,
        Relief::Deferral,
        Relief::ThreeQuarters,
        Relief::Half,
        Relief::OneQuarter,
    ];

    /// The key of tables and the word of questions.
    pub const fn key(self) -> &'static str {
        match self {
            Relief::Maternity => "MATERNITY",
            Relief::Childcare => "CHILDCARE",
            Relief::Statutory => "STATUTORY",
            Relief::Student => "STUDENT",
            Relief::Full => "FULL",
            Relief::Deferral => "DEFERRAL",
            Relief::ThreeQuarters => "THREE_QUARTERS",
            Relief::Half => "HALF",
            Relief::OneQuarter => "ONE_QUARTER",
        }
    }

    /// 種類の名称.
    pub const fn words(self) -> &'static str {
        match self {
            Relief::Maternity => "産前産後免除",
            Relief::Childcare => "育児期間免除",
            Relief::Statutory => "法定免除",
            Relief::Student => "学生納付特例",
            Relief::Full => "全額免除",
            Relief::Deferral => "納付猶予",
            Relief::ThreeQuarters => "四分の三免除",
            Relief::Half => "半額免除",
            Relief::OneQuarter => "四分の一免除",
        }
    }

    /// 根拠条文.
    pub const fn clause(self) -> &'static str {
        match self {
            Relief::Maternity => "国民年金法88条の2",
            Relief::Childcare => "国民年金法88条の3",
            Relief::Statutory => "国民年金法89条",
            Relief::Student => "国民年金法90条の3",
            Relief::Full => "国民年金法90条",
            Relief::Deferral => "平成16年改正法附則19条・平成26年改正法附則14条",
            Relief::ThreeQuarters => "国民年金法90条の2第1項",
            Relief::Half => "国民年金法90条の2第2項",
            Relief::OneQuarter => "国民年金法90条の2第3項",
        }
    }

    /// 産前産後・育児期間: nothing is paid, and the month counts as paid (5条1項).
    pub const fn counts_as_paid(self) -> bool {
        matches!(self, Relief::Maternity | Relief::Childcare)
    }

    /// 学生納付特例・納付猶予: the month counts for the right to a pension, not for its amount.
    pub const fn is_deferral(self) -> bool {
        matches!(self, Relief::Student | Relief::Deferral)
    }

    /// 一部免除: a part stays to be paid.
    pub const fn is_partial(self) -> bool {
        matches!(self, Relief::ThreeQuarters | Relief::Half | Relief::OneQuarter)
    }
}

/// 納付すべき部分 — which part of the contribution stays to be paid under a relief, where it exists in that month.
///
/// Law: 国民年金法88条の2から90条の3まで.
///
/// # Errors
/// `NotInForce` — the relief does not exist (yet) in that month; `PastLastCheck` — after the last check.
pub fn payable_part(relief: Relief, month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    PAYABLE_PARTS.at(relief.key(), month, trace).copied()
}

/// 免除・猶予の優先順位 — which of several reliefs the month takes.
///
/// Law: 国民年金法89条1項 (産前産後・育児期間 come before 法定免除), 90条1項 (a student's months are not exempted on
/// application), 90条の2, 90条の3第1項. Among those granted on application: the order of review of the form (全額免除,
/// 納付猶予, 四分の三, 半額, 四分の一), a setting.
///
/// - `granted`: every relief whose conditions the month meets, in any order; may be empty
///
/// Returns the one that prevails; `None` when there is none.
///
/// # Examples
/// 法定免除 and 産前産後: 産前産後. 学生納付特例 and 全額免除: 学生納付特例.
pub fn prevailing(granted: &[Relief], trace: &mut Trace) -> Option<Relief> {
    let prevails = granted.iter().copied().min();
    let told: Vec<&str> = granted.iter().map(|relief| relief.words()).collect();
    trace.step(
        Step::new(
            "国民年金法89条1項・90条1項・90条の3第1項",
            "産前産後、育児期間、法定免除、学生納付特例、申請による免除・猶予 (審査の順、設定) の順に適用する",
        )
        .with("該当する免除・猶予", if told.is_empty() { "なし".to_owned() } else { told.join("、") }, "")
        .gives(prevails.map_or("免除・猶予なし", Relief::words)),
    );
    prevails
}
