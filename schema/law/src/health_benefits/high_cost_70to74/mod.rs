//! 高額療養費 — 70歳以上75歳未満 (健康保険法115条, 健康保険法施行令41条3項・5項, 42条3項・5項).

use std::collections::BTreeMap;

use domain::{Month, Yen};

use super::high_cost_category::AgedCategory;
use super::high_cost_limits::{CostLimit, Occurrence, Turning75, aged_limit, halved_persons, over_limit, tell_limit};
use super::high_cost_under70::ITEMS_MAX;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 入院・外来の別.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CareKind {
    /// 外来 (調剤, 訪問看護 included).
    Outpatient,
    /// 入院.
    Inpatient,
}

/// 一部負担金等 — one payment of a person of 70 to 74. There is no 21,000円 here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgedCare {
    /// 療養を受けた者, as the question names them.
    pub person: String,
    /// 入院・外来の別.
    pub kind: CareKind,
    /// 一部負担金等の額.
    pub self_pay: Yen,
    /// 療養に要した費用, where it is known.
    pub medical: Option<Yen>,
}

/// 70歳以上75歳未満の世帯の一月.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgedMonth {
    /// 療養のあった月.
    pub month: Month,
    /// 所得区分.
    pub category: AgedCategory,
    /// 多数回該当: months paid by the outpatient step only do not count.
    pub occurrence: Occurrence,
    /// 一部負担金等; 1 to 1,000.
    pub rows: Vec<AgedCare>,
    /// 医療費の合計 of all rows; where it is not given, the costs of the rows are added.
    pub medical_total: Option<Yen>,
    /// 75歳到達時特例.
    pub turning_75: Vec<Turning75>,
}

/// 高額療養費の決定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgedSettlement {
    /// 世帯の算定基準額; `None` where the medical cost decides it and no burden could exceed it.
    pub limit: Option<Yen>,
    /// 一部負担金等の合計.
    pub share_total: Yen,
    /// 医療費の合計, where it is known.
    pub medical_total: Option<Yen>,
    /// 外来 (個人ごと) の高額療養費.
    pub outpatient_refund: Yen,
    /// 75歳到達時特例による個人ごとの高額療養費.
    pub individual_refund: Yen,
    /// 世帯の高額療養費.
    pub household_refund: Yen,
}

impl AgedSettlement {
    /// 高額療養費.
    pub fn refund(&self) -> Yen {
        self.outpatient_refund + self.individual_refund + self.household_refund
    }

    /// 最終的な自己負担額.
    pub fn patient_final(&self) -> Yen {
        self.share_total - self.refund()
    }

    /// 外来のみの支給 — such a month does not count for 多数回該当 (令42条3項).
    pub fn is_outpatient_only(&self) -> bool {
        self.refund() > Yen::ZERO && self.refund() == self.outpatient_refund
    }
}

/// One person's payments in the month.
#[derive(Clone, Copy, Debug, Default)]
struct Person {
    outpatient: Yen,
    inpatient: Yen,
    medical: Option<Yen>,
}

/// 高額療養費 (70歳以上75歳未満) — of the members of 70 to 74 of a household in a month.
///
/// Law: 健康保険法115条, 令41条5項・42条5項 (外来, per person; only where the category has an outpatient limit), 41条4項・
/// 42条4項 (75歳到達時特例, per person, half), 41条3項・42条3項 (世帯).
///
/// Returns whole yen.
///
/// # Errors
/// `BadInput` — no row, too many, a category of another time; `MissingFact` — the medical cost, where the limit depends
/// on it and the burden may exceed it; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// 一般, August 2026: outpatient 30,000円 → bears 22,000円; with inpatient 60,000円 → 61,500円.
pub fn high_cost_70to74(question: &AgedMonth, trace: &mut Trace) -> Result<AgedSettlement, LawError> {
    check(&question.rows)?;
    let limits = aged_limit(question.month, question.category, trace)?;
    let halved = halved_persons(question.month, &question.turning_75, trace);
    let mut settlement = AgedSettlement {
        limit: None,
        share_total: question.rows.iter().map(|row| row.self_pay).sum(),
        medical_total: question.medical_total.or_else(|| question.rows.iter().map(|row| row.medical).sum()),
        outpatient_refund: Yen::ZERO,
        individual_refund: Yen::ZERO,
        household_refund: Yen::ZERO,
    };
    for (name, person) in persons(&question.rows) {
        let is_halved = halved.iter().any(|one| one == name);
        let own = if is_halved { limits.halved() } else { limits };
        let outpatient = outpatient_refund(name, person.outpatient, &own, trace);
        settlement.outpatient_refund += outpatient;
        if is_halved {
            let left = person.outpatient - outpatient + person.inpatient;
            let clauses = ["健康保険法施行令42条4項", "健康保険法施行令41条4項"];
            let own = Capped { clauses, what: name, limits: &own, medical: person.medical };
            settlement.individual_refund += own.refund(left, question.occurrence, trace)?.1;
        }
    }
    let household = Capped {
        clauses: ["健康保険法施行令42条3項", "健康保険法115条・健康保険法施行令41条3項"],
        what: "世帯合算",
        limits: &limits,
        medical: settlement.medical_total,
    };
    let left = settlement.patient_final();
    (settlement.limit, settlement.household_refund) = household.refund(left, question.occurrence, trace)?;
    tell_total(&settlement, trace);
    Ok(settlement)
}

fn check(rows: &[AgedCare]) -> Result<(), LawError> {
    if !(1..=ITEMS_MAX).contains(&rows.len()) {
        let reason = format!("1件以上{ITEMS_MAX}件以下で入力してください");
        return Err(LawError::bad_input("療養の一覧 (rows)", reason));
    }
    match rows.iter().find(|row| row.self_pay < Yen::ZERO || row.medical.is_some_and(|cost| row.self_pay > cost)) {
        None => Ok(()),
        Some(row) => Err(LawError::bad_input(
            "一部負担金等の額 (self_pay_yen)",
            format!("{}は0円以上、医療費以下で入力してください", row.self_pay),
        )),
    }
}

fn persons(rows: &[AgedCare]) -> BTreeMap<&str, Person> {
    let mut persons: BTreeMap<&str, Person> = BTreeMap::new();
    for row in rows {
        let begun = Person { medical: Some(Yen::ZERO), ..Person::default() };
        let person = persons.entry(&row.person).or_insert(begun);
        match row.kind {
            CareKind::Outpatient => person.outpatient += row.self_pay,
            CareKind::Inpatient => person.inpatient += row.self_pay,
        }
        person.medical = person.medical.zip(row.medical).map(|(so_far, cost)| so_far + cost);
    }
    persons
}

/// 外来の個人単位 — nothing where the category has no outpatient limit.
fn outpatient_refund(name: &str, burden: Yen, limits: &CostLimit, trace: &mut Trace) -> Yen {
    match limits.outpatient {
        Some(limit) if burden > Yen::ZERO => {
            over_limit("健康保険法施行令41条5項・42条5項", &format!("外来 ({name})"), burden, limit, trace)
        }
        _ => Yen::ZERO,
    }
}

/// One burden under one limit, with the clauses of the limit and of the refund.
struct Capped<'a> {
    clauses: [&'static str; 2],
    what: &'a str,
    limits: &'a CostLimit,
    medical: Option<Yen>,
}

impl Capped<'_> {
    /// The limit, where it is known, and what exceeds it. A limit that depends on a cost not given is at least its base.
    fn refund(&self, burden: Yen, occurrence: Occurrence, trace: &mut Trace) -> Result<(Option<Yen>, Yen), LawError> {
        let [limit_clause, refund_clause] = self.clauses;
        match self.limits.amount(self.medical, occurrence) {
            Some(limit) => {
                tell_limit(limit_clause, self.limits, self.medical, occurrence, limit, trace);
                Ok((Some(limit), over_limit(refund_clause, self.what, burden, limit, trace)))
            }
            None if burden <= self.limits.base => {
                let what = format!("{} (医療費の入力がなく、基本額以下)", self.what);
                Ok((None, over_limit(refund_clause, &what, burden, self.limits.base, trace)))
            }
            None => Err(LawError::MissingFact { fact: "医療費の合計 (total_medical_yen)".to_owned() }),
        }
    }
}

fn tell_total(settlement: &AgedSettlement, trace: &mut Trace) {
    trace.step(
        Step::new("健康保険法115条", "最終的な自己負担額 = 一部負担金等の合計 − 高額療養費")
            .with("一部負担金等の合計", settlement.share_total, "")
            .with("外来の高額療養費", settlement.outpatient_refund, "")
            .with("75歳到達時特例の高額療養費", settlement.individual_refund, "")
            .with("世帯の高額療養費", settlement.household_refund, "")
            .gives(settlement.patient_final()),
    );
}
