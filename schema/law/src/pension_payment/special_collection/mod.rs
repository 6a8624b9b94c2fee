//! 特別徴収 (介護保険法131条〜141条, 国民健康保険法76条の4, 高齢者の医療の確保に関する法律110条, 地方税法321条の7の2以下).

use domain::age::{attained_on, legal_age_on};
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::payment_rounding::instalment;
use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static MIN_ANNUAL_PENSION: LawTable<Yen> = LawTable::new(
    "pension_payment/special_collection/min_annual_pension.csv",
    include_str!("min_annual_pension.csv"),
    of_yen,
);

/// 特別徴収義務者の順位 — one pension only is used: of the payer that comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payer {
    /// 日本年金機構 (厚生労働大臣).
    JapanPensionService,
    /// 国家公務員共済組合.
    NationalMutualAid,
    /// 農林漁業団体職員の移行年金.
    AgriculturalTransition,
    /// 日本私立学校振興・共済事業団.
    PrivateSchools,
    /// 地方公務員共済組合.
    LocalMutualAid,
}

/// 年金の種類, in the order in which a payer's pensions are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PensionKind {
    /// 老齢・退職.
    OldAge,
    /// 障害.
    Disability,
    /// 遺族.
    Survivor,
}

/// 年金の制度, in the order in which one payer's pensions of a kind are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PensionScheme {
    /// 国民年金 (基礎年金).
    #[default]
    Basic,
    /// 厚生年金.
    Employees,
    /// 船員.
    Seamen,
}

/// 特別徴収対象年金給付の候補. In order: payer, kind, scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CollectablePension {
    /// 支払う者.
    pub payer: Payer,
    /// 種類.
    pub kind: PensionKind,
    /// 制度.
    pub scheme: PensionScheme,
    /// 年額.
    pub annual: Yen,
}

/// 特別徴収される保険料等.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levy {
    /// 介護保険料.
    LongTermCare,
    /// 国民健康保険料 (税).
    NationalHealth {
        /// 世帯の被保険者の全員が65歳以上75歳未満.
        all_65_to_74: bool,
        /// 世帯主が被保険者.
        head_insured: bool,
    },
    /// 後期高齢者医療保険料.
    LateElderly {
        /// 65歳以上75歳未満で障害の認定を受けた.
        disability_certified: bool,
    },
    /// 個人住民税・森林環境税.
    ResidentTax {
        /// 公的年金等に係る所得に課されている.
        on_pension_income: bool,
    },
}

impl Levy {
    /// 名称.
    pub fn name(self) -> &'static str {
        match self {
            Levy::LongTermCare => "介護保険料",
            Levy::NationalHealth { .. } => "国民健康保険料 (税)",
            Levy::LateElderly { .. } => "後期高齢者医療保険料",
            Levy::ResidentTax { .. } => "個人住民税・森林環境税",
        }
    }

    fn clause(self) -> &'static str {
        match self {
            Levy::LongTermCare => "介護保険法135条・介護保険法施行令41条・42条",
            Levy::NationalHealth { .. } => "国民健康保険法76条の4・国民健康保険法施行令29条の12以下",
            Levy::LateElderly { .. } => "高齢者の医療の確保に関する法律110条・同法施行令22条・23条",
            Levy::ResidentTax { .. } => "地方税法321条の7の2",
        }
    }
}

/// 特別徴収の求め — one levy, and its amount per payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevyRequest {
    /// 種類.
    pub levy: Levy,
    /// 支払回ごとの額.
    pub amount: Yen,
}

/// 対象者.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collectee {
    /// 判定の日.
    pub on: Date,
    /// 生年月日.
    pub birth: Date,
    /// 年金の全額支給停止, 年金担保・受給権保護貸付の返済中, 死亡, 転出のどれかにあたる.
    pub stopped: bool,
}

/// 一つの求めの可否.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevyDecision {
    /// 種類.
    pub levy: Levy,
    /// Why not; none: it is collected.
    pub refused: Option<&'static str>,
    /// 支払回ごとの額; nothing where it is not collected.
    pub collected: Yen,
}

/// 特別徴収の判定.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The pension that is used; none: none is large enough.
    pub pension: Option<CollectablePension>,
    /// In the order of the requests.
    pub decisions: Vec<LevyDecision>,
}

impl Collection {
    /// 支払回ごとの特別徴収額の合計.
    pub fn total(&self) -> Yen {
        self.decisions.iter().map(|decision| decision.collected).sum()
    }
}

/// 特別徴収の可否 — which levies are taken from which pension.
///
/// Law: 介護保険法134条・135条 (65 or older, a pension of 180,000円 a year or more), 国民健康保険法76条の4 (all insured of the
/// household 65 to 74, the head insured), 高齢者医療確保法110条 (75, or 65 with a certified disability); for these two, the levy with the
/// 介護保険料 is at most half of the payment; 地方税法321条の7の2 (65 on 1 April, an old-age pension, tax on pension income, 介護保険料
/// collected). The municipality decides: this is its test.
///
/// # Errors
/// `BadInput` — a levy twice; `NotInForce`, `PastLastCheck` — the 180,000円.
///
/// # Examples
/// 831,700円 a year: 138,616円 a payment. 介護保険料 15,000円 and 国民健康保険料 54,308円 are half of it: both are collected;
/// a yen more, and only 介護保険料 is.
pub fn special_collection(
    person: &Collectee,
    pensions: &[CollectablePension],
    requests: &[LevyRequest],
    trace: &mut Trace,
) -> Result<Collection, LawError> {
    check(person, requests)?;
    let least = *MIN_ANNUAL_PENSION.at("", Month::of(person.on), trace)?;
    let pension = pensions.iter().filter(|pension| pension.annual >= least).min().copied();
    trace.step(
        Step::new(
            "介護保険法135条・介護保険法施行令42条",
            "一つの年金から徴収する。順位: 支払者、老齢・障害・遺族、基礎・厚生・船員",
        )
        .with("最低の年額", least, "")
        .gives(pension.map_or("対象となる年金がない".to_owned(), |pension| format!("年額{}", pension.annual))),
    );
    let care = requests.iter().find(|request| request.levy == Levy::LongTermCare);
    let care = care.filter(|_| refusal(person, pension, Levy::LongTermCare).is_none()).map(|care| care.amount);
    let decide = |request: &LevyRequest| decision(person, pension, care, request, trace);
    let decisions = requests.iter().map(decide).collect();
    Ok(Collection { pension, decisions })
}

fn decision(
    person: &Collectee,
    pension: Option<CollectablePension>,
    care: Option<Yen>,
    request: &LevyRequest,
    trace: &mut Trace,
) -> LevyDecision {
    let refused = refusal(person, pension, request.levy)
        .or_else(|| if care.is_none() { Some("介護保険料が特別徴収されていない") } else { None })
        .or_else(|| over_half(pension, care.unwrap_or(Yen::ZERO), request));
    let collected = if refused.is_none() { request.amount } else { Yen::ZERO };
    trace.step(
        Step::new(request.levy.clause(), format!("{}の特別徴収の可否", request.levy.name()))
            .with("支払回ごとの額", request.amount, "")
            .gives(refused.map_or("特別徴収する".to_owned(), |reason| format!("普通徴収: {reason}"))),
    );
    LevyDecision { levy: request.levy, refused, collected }
}

/// Why a levy is not collected, as far as it can be said without its amount.
fn refusal(person: &Collectee, pension: Option<CollectablePension>, levy: Levy) -> Option<&'static str> {
    let age = legal_age_on(person.birth, person.on).unwrap_or(0);
    let Some(pension) = pension else { return Some("年額18万円以上の年金がない") };
    if person.stopped {
        return Some("支給停止・貸付の返済・死亡・転出により徴収できない");
    }
    match levy {
        _ if age < 65 => Some("65歳に達していない"),
        Levy::LongTermCare => None,
        Levy::NationalHealth { .. } if age >= 75 => Some("75歳に達している"),
        Levy::NationalHealth { all_65_to_74: false, .. } => Some("世帯の被保険者の全員が65歳以上75歳未満ではない"),
        Levy::NationalHealth { head_insured: false, .. } => Some("世帯主が被保険者ではない"),
        Levy::LateElderly { disability_certified: false } if age < 75 => Some("75歳に達していない"),
        Levy::ResidentTax { .. } if !was_65_on_1_april(person) => Some("その年度の4月1日に65歳に達していない"),
        Levy::ResidentTax { on_pension_income: false } => Some("公的年金等に係る所得への課税がない"),
        Levy::ResidentTax { .. } if pension.kind != PensionKind::OldAge => Some("老齢年金ではない"),
        _ => None,
    }
}

fn was_65_on_1_april(person: &Collectee) -> bool {
    let april = Date::new(Month::of(person.on).fiscal_year(), 4, 1);
    april.is_ok_and(|april| attained_on(person.birth, 65) <= april)
}

/// 2分の1 — 介護保険料 with this levy must not be more than half of the payment.
fn over_half(pension: Option<CollectablePension>, care: Yen, request: &LevyRequest) -> Option<&'static str> {
    let annual = pension?.annual;
    let payment = instalment([annual, annual]).paid;
    let together = care + request.amount;
    match request.levy {
        Levy::NationalHealth { .. } | Levy::LateElderly { .. } if together + together > payment => {
            Some("介護保険料との合計が年金の支払額の2分の1を超える")
        }
        _ => None,
    }
}

fn check(person: &Collectee, requests: &[LevyRequest]) -> Result<(), LawError> {
    check_day("判定の日 (on)", person.on)?;
    check_day("生年月日 (birth_date)", person.birth)?;
    for (place, request) in requests.iter().enumerate() {
        if requests.iter().take(place).any(|earlier| earlier.levy.name() == request.levy.name()) {
            let reason = format!("{}は1件だけ入力してください", request.levy.name());
            return Err(LawError::bad_input("特別徴収の求め (levies)", reason));
        }
    }
    Ok(())
}

/// 本徴収の端数の単位 — a setting of the municipality: instalments are multiples of it, the first takes the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InstalmentUnit {
    /// 1円.
    #[default]
    Yen,
    /// 100円.
    HundredYen,
    /// 1,000円.
    ThousandYen,
}

impl InstalmentUnit {
    fn yen(self) -> i64 {
        match self {
            InstalmentUnit::Yen => 1,
            InstalmentUnit::HundredYen => 100,
            InstalmentUnit::ThousandYen => 1_000,
        }
    }
}

/// 一年の特別徴収額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearOfCollection {
    /// April, June, August (仮徴収), October, December, February (本徴収).
    pub amounts: [Yen; 6],
    /// 仮徴収が年額を超えた額: for the municipality to give back.
    pub over: Yen,
}

/// 仮徴収額と本徴収額 — April, June and August as in the February before; the rest of the year in three, the first taking the remainder.
///
/// Law: 介護保険法140条 (仮徴収), 135条3項・136条 (本徴収); 国民健康保険法76条の4, 高齢者医療確保法110条 (the same applied).
///
/// - `previous_february`: the amount of the last February; nothing for somebody who begins in October
/// - `annual`: what is to be collected in the year
///
/// # Examples
/// 10,000円 in February, 70,000円 for the year: three times 10,000; 13,334, 13,333, 13,333円.
pub fn year_of_collection(
    previous_february: Yen,
    annual: Yen,
    unit: InstalmentUnit,
    trace: &mut Trace,
) -> YearOfCollection {
    let provisional: Yen = [previous_february; 3].into_iter().sum();
    let rest = (annual - provisional).max(Yen::ZERO);
    let third = Yen::new(rest.times(Ratio::new(1, 3 * i128::from(unit.yen())), Rounding::Floor).get() * unit.yen());
    let first = rest - third - third;
    let over = (provisional - annual).max(Yen::ZERO);
    let april = previous_february;
    trace.step(Step::new("介護保険法140条", "仮徴収: 4月・6月・8月は前年度の2月と同じ額").gives(april));
    trace.step(
        Step::new(
            "介護保険法135条・136条",
            "本徴収: 年額から仮徴収を除いた残りを10月・12月・2月の3回に分ける。端数は最初の回",
        )
        .with("年額", annual, "")
        .with("仮徴収の合計", provisional, "")
        .with("端数の単位 (設定)", unit.yen(), "円")
        .with("仮徴収が年額を超えた額", over, "")
        .gives(format!("{first}、{third}、{third}")),
    );
    YearOfCollection { amounts: [april, april, april, first, third, third], over }
}
