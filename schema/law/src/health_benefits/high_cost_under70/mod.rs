//! 高額療養費 — 70歳未満の世帯合算 (健康保険法115条, 健康保険法施行令41条1項・42条1項).

use std::collections::BTreeMap;

use domain::{Month, Ratio, Yen};

use super::copay::to_ten_yen;
use super::high_cost_category::{LimitSetting, PLANNED_NOTICE, Under70Category};
use super::high_cost_limits::{
    CostLimit, Occurrence, Turning75, halved_persons, over_limit, tell_limit, under70_limit,
};
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static ITEM_FLOOR: LawTable<Yen> =
    LawTable::new("health_benefits/high_cost_under70/item_floor.csv", include_str!("item_floor.csv"), of_yen);

/// More receipts than a household has in a month; sums stay far from their bounds.
pub(super) const ITEMS_MAX: usize = 1_000;

const REFUND: &str = "健康保険法115条・健康保険法施行令41条1項";

/// 一部負担金等 — of one person at one institution in the month (医科・歯科, 入院・外来 apart; 調剤 joined with the
/// prescribing outpatient care). Without meals and uncovered items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareItem {
    /// 療養を受けた者, as the question names them; empty where it does not matter.
    pub person: String,
    /// 療養に要した費用.
    pub medical: Yen,
    /// 一部負担金等の額.
    pub share: Yen,
}

/// 診療の区分 — which receipts of one institution are one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReceiptKind {
    /// 医科の外来.
    Outpatient,
    /// 医科の入院.
    Inpatient,
    /// 歯科の外来.
    DentalOutpatient,
    /// 歯科の入院.
    DentalInpatient,
    /// 調剤: counts with the outpatient care of the prescribing institution.
    Pharmacy,
}

/// 診療報酬明細書 — one receipt. Without an institution it stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareReceipt {
    /// 医療機関 (調剤: the prescribing one) and kind.
    pub at: Option<(String, ReceiptKind)>,
    /// Person, cost and share.
    pub item: CareItem,
}

/// 一部負担金等をまとめる — receipts of one person, institution and kind become one item.
///
/// Law: 健康保険法施行令41条1項1号 (一の病院等), 43条 (同一の月における). Pharmacy counts as outpatient care of the
/// prescribing institution.
///
/// # Errors
/// `BadInput` — no receipt, or more than 1,000.
pub fn join_receipts(receipts: &[CareReceipt]) -> Result<Vec<CareItem>, LawError> {
    check_count(receipts.len())?;
    let mut items: Vec<CareItem> = Vec::new();
    let mut place: BTreeMap<(&str, &str, ReceiptKind), usize> = BTreeMap::new();
    for receipt in receipts {
        let Some((institution, kind)) = &receipt.at else {
            items.push(receipt.item.clone());
            continue;
        };
        let kind = if *kind == ReceiptKind::Pharmacy { ReceiptKind::Outpatient } else { *kind };
        let at = *place.entry((&receipt.item.person, institution, kind)).or_insert(items.len());
        match items.get_mut(at) {
            Some(item) => {
                item.medical += receipt.item.medical;
                item.share += receipt.item.share;
            }
            None => items.push(receipt.item.clone()),
        }
    }
    Ok(items)
}

/// 70歳未満の世帯の一月.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under70Month {
    /// 療養のあった月.
    pub month: Month,
    /// 所得区分.
    pub category: Under70Category,
    /// Which table.
    pub setting: LimitSetting,
    /// 多数回該当.
    pub occurrence: Occurrence,
    /// 一部負担金等, joined by [`join_receipts`]; 1 to 1,000.
    pub items: Vec<CareItem>,
    /// 75歳到達時特例: dependants under 70 of an insured who turns 75.
    pub turning_75: Vec<Turning75>,
}

/// 高額療養費の決定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Under70Settlement {
    /// 高額療養費算定基準額.
    pub limit: Yen,
    /// 一部負担金等の合計, all items.
    pub share_total: Yen,
    /// 合算対象の一部負担金等.
    pub counted_share: Yen,
    /// 合算対象の医療費.
    pub counted_medical: Yen,
    /// 高額療養費.
    pub refund: Yen,
    /// 最終的な自己負担額, items left out included.
    pub patient_final: Yen,
}

/// 高額療養費 (70歳未満) — of a household in a month.
///
/// Law: 健康保険法115条, 令41条1項 (21,000円以上の合算), 42条1項 (算定基準額), 41条2項・42条2項 (75歳到達時特例).
/// A single item needs no 21,000円. Where the insured turned 75 in the month, the limits of each dependant named are
/// halved first, with the 21,000円.
///
/// Returns whole yen; the 1% part is rounded 50銭未満切捨て・50銭以上切上げ.
///
/// # Errors
/// `BadInput` — no item, too many, a share above its cost, a category of another time; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// ウ, 1,000,000円 at 3割: 87,430円 to July 2026, 92,940円 from August. With a second item of 15,000円, which is below
/// 21,000円: the patient bears 102,430円.
pub fn high_cost_under70(question: &Under70Month, trace: &mut Trace) -> Result<Under70Settlement, LawError> {
    check(&question.items)?;
    let limits = under70_limit(question.month, question.category, question.setting, trace)?;
    if question.setting == LimitSetting::Planned2027 {
        trace.step(Step::new("厚生労働省の見直し案", PLANNED_NOTICE).gives(limits.describe()));
    }
    let halved = halved_persons(question.month, &question.turning_75, trace);
    let floor_month = question.setting.floor_month(question.month);
    let counted = counted_items(floor_month, &question.items, &halved, question.items.len() == 1, trace)?;
    let individual: Yen = halved
        .iter()
        .map(|person| individual_refund(person, &counted, &limits.halved(), question.occurrence, trace))
        .sum();
    let counted_share: Yen = counted.iter().map(|item| item.share).sum();
    let counted_medical: Yen = counted.iter().map(|item| item.medical).sum();
    let limit = limits.amount(Some(counted_medical), question.occurrence).expect("the cost is given");
    tell_limit("健康保険法施行令42条1項", &limits, Some(counted_medical), question.occurrence, limit, trace);
    let household = over_limit(REFUND, "世帯合算", counted_share - individual, limit, trace);
    let share_total: Yen = question.items.iter().map(|item| item.share).sum();
    let refund = individual + household;
    let settlement = Under70Settlement {
        limit,
        share_total,
        counted_share,
        counted_medical,
        refund,
        patient_final: share_total - refund,
    };
    trace.step(
        Step::new(REFUND, "最終的な自己負担額 = 一部負担金等の合計 (合算対象外を含む) − 高額療養費")
            .with("一部負担金等の合計", share_total, "")
            .with("高額療養費", refund, "")
            .gives(settlement.patient_final),
    );
    Ok(settlement)
}

/// Items that can be: some, not too many, no share above its cost.
pub(super) fn check(items: &[CareItem]) -> Result<(), LawError> {
    check_count(items.len())?;
    match items.iter().find(|item| item.share < Yen::ZERO || item.share > most(item)) {
        None => Ok(()),
        Some(item) => Err(LawError::bad_input(
            "一部負担金等の額 (self_pay_yen)",
            format!("{}は0円以上、医療費{}以下で入力してください", item.share, item.medical),
        )),
    }
}

/// The cost, in the tens of yen of the counter (75条).
fn most(item: &CareItem) -> Yen {
    item.medical.max(to_ten_yen(Ratio::of_yen(item.medical)))
}

fn check_count(count: usize) -> Result<(), LawError> {
    if (1..=ITEMS_MAX).contains(&count) {
        return Ok(());
    }
    let reason = format!("1件以上{ITEMS_MAX}件以下で入力してください");
    Err(LawError::bad_input("療養の一覧 (items)", reason))
}

/// 合算対象 — items of 21,000円 or more (half of it for those in their 75th-birthday month), or the only one.
pub(super) fn counted_items<'a>(
    month: Month,
    items: &'a [CareItem],
    halved: &[String],
    only_one: bool,
    trace: &mut Trace,
) -> Result<Vec<&'a CareItem>, LawError> {
    let floor = *ITEM_FLOOR.at("", month, trace)?;
    let floor_of = |item: &CareItem| {
        if halved.contains(&item.person) { Yen::new(floor.get() / 2) } else { floor }
    };
    let counted: Vec<&CareItem> = items.iter().filter(|item| only_one || item.share >= floor_of(item)).collect();
    trace.step(
        Step::new("健康保険法施行令41条1項1号", "合算対象: 一部負担金等が基準額以上のもの。1件だけのときは問わない")
            .with("基準額", floor, "")
            .with("件数", items.len(), "件")
            .gives(format!("{}件", counted.len())),
    );
    Ok(counted)
}

/// 個人単位の高額療養費 — of a person whose limits are halved in the month.
fn individual_refund(
    person: &str,
    counted: &[&CareItem],
    limits: &CostLimit,
    occurrence: Occurrence,
    trace: &mut Trace,
) -> Yen {
    let own = || counted.iter().filter(|item| item.person == person);
    let medical = own().map(|item| item.medical).sum();
    let limit = limits.amount(Some(medical), occurrence).expect("the cost is given");
    tell_limit("健康保険法施行令42条2項", limits, Some(medical), occurrence, limit, trace);
    let burden = own().map(|item| item.share).sum();
    over_limit("健康保険法施行令41条2項", &format!("75歳到達時特例 ({person})"), burden, limit, trace)
}
