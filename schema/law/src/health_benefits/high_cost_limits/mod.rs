//! 高額療養費算定基準額 (健康保険法施行令42条) — the limits by month of care and category, and their half in the month of
//! the 75th birthday.

use domain::age::nth_birthday;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::high_cost_category::{AgedCategory, LimitSetting, Under70Category};
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static UNDER_70: LawTable<CostLimit> =
    LawTable::new("health_benefits/high_cost_limits/under70.csv", include_str!("under70.csv"), read);
pub(super) static PLANNED_2027: LawTable<CostLimit> =
    LawTable::new("health_benefits/high_cost_limits/planned_2027.csv", include_str!("planned_2027.csv"), read);
pub(super) static AGED_70_TO_74: LawTable<CostLimit> =
    LawTable::new("health_benefits/high_cost_limits/aged70to74.csv", include_str!("aged70to74.csv"), read);

/// 高額療養費算定基準額 — the limits of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostLimit {
    /// 基本額 of the household.
    pub base: Yen,
    /// 医療費の1%を加える部分, where the category has one.
    pub excess: Option<Excess>,
    /// 多数回該当の額, where the category has one.
    pub multi: Option<Yen>,
    /// 外来の個人ごとの額 (70歳以上), where the category has one.
    pub outpatient: Option<Yen>,
}

/// 基本額に加える部分 — this part of the medical cost over that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Costs over this count.
    pub over: Yen,
    /// How much of them.
    pub rate: Ratio,
}

/// 多数回該当 — whether the month has three or more earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occurrence {
    /// 3回目まで.
    #[default]
    UpToThird,
    /// 4回目から (多数回該当).
    FromFourth,
}

fn read(text: &str) -> Result<Table<CostLimit>, TableError> {
    Table::read(text, add_line)
}

/// One line is one row; every amount is even, because 令42条 halves each of them in the month of the 75th birthday.
fn add_line(rows: &mut Vec<Row<CostLimit>>, line: &Line<'_>) -> Result<(), String> {
    let amount = |column: &str| {
        let yen: Option<i64> = line.parse_or_open(column)?;
        match yen {
            Some(yen) if yen <= 0 || yen % 2 != 0 => Err(format!("column {column} holds {yen}")),
            yen => Ok(yen.map(Yen::new)),
        }
    };
    let excess = match (amount("threshold_yen")?, line.text("rate_over_threshold")) {
        (None, "") => None,
        (Some(over), rate) => {
            let rate = Ratio::parse_decimal(rate).ok_or_else(|| format!("rate {rate:?} cannot be read"))?;
            Some(Excess { over, rate })
        }
        (None, rate) => return Err(format!("rate {rate} without a threshold")),
    };
    let base = amount("value")?.ok_or("no value")?;
    let (multi, outpatient) = (amount("multi_time_yen")?, amount("outpatient_monthly_yen")?);
    let limit = CostLimit { base, excess, multi, outpatient };
    let mut row = line.row(|_| Some(limit))?;
    row.text = limit.describe();
    rows.push(row);
    Ok(())
}

impl CostLimit {
    /// 限度額 — of the household for a month; `None` where the medical cost decides and was not given.
    ///
    /// Law: 健康保険法施行令42条. base + (medical cost − threshold) × 1%, the fraction 50銭未満切捨て・50銭以上切上げ; or
    /// the amount of 多数回該当, where the category has one.
    ///
    /// # Examples
    /// ウ before 2026-08, 267,050円: 80,100円 + 0.5円 = 80,101円.
    pub fn amount(&self, medical: Option<Yen>, occurrence: Occurrence) -> Option<Yen> {
        match (occurrence, self.multi, self.excess) {
            (Occurrence::FromFourth, Some(multi), _) => Some(multi),
            (_, _, None) => Some(self.base),
            (_, _, Some(excess)) => {
                let over = (medical? - excess.over).max(Yen::ZERO);
                Some(self.base + over.times(excess.rate, Rounding::HalfUp))
            }
        }
    }

    /// 75歳到達時特例の額 — half of everything (健康保険法施行令42条2項・4項・6項).
    pub fn halved(&self) -> CostLimit {
        let half = |yen: Yen| Yen::new(yen.get() / 2); // even: the table refuses others
        CostLimit {
            base: half(self.base),
            excess: self.excess.map(|excess| Excess { over: half(excess.over), ..excess }),
            multi: self.multi.map(half),
            outpatient: self.outpatient.map(half),
        }
    }

    /// `80,100円 + (医療費 − 267,000円) × 0.01、多数回 44,400円`.
    pub fn describe(&self) -> String {
        let mut text = self.base.to_string();
        if let Some(excess) = self.excess {
            text += &format!(" + (医療費 − {}) × {}", excess.over, excess.rate);
        }
        if let Some(multi) = self.multi {
            text += &format!("、多数回 {multi}");
        }
        if let Some(outpatient) = self.outpatient {
            text += &format!("、外来 {outpatient}");
        }
        text
    }
}

/// 70歳未満の算定基準額 — of the category in the month of care.
///
/// Law: 健康保険法施行令42条1項.
///
/// # Errors
/// `BadInput` — a category of another time; `NotInForce`, `PastLastCheck` — from 2027-08 only the planned table is
/// known, and it must be asked for.
pub fn under70_limit(
    month: Month,
    category: Under70Category,
    setting: LimitSetting,
    trace: &mut Trace,
) -> Result<CostLimit, LawError> {
    let key = category.key(month, setting)?;
    match setting {
        LimitSetting::InForce => UNDER_70.at(key, month, trace).copied(),
        LimitSetting::Planned2027 => PLANNED_2027.at(key, month, trace).copied(),
    }
}

/// 70歳以上75歳未満の算定基準額.
///
/// Law: 健康保険法施行令42条3項 (世帯), 5項 (外来).
///
/// # Errors
/// As [`under70_limit`].
pub fn aged_limit(month: Month, category: AgedCategory, trace: &mut Trace) -> Result<CostLimit, LawError> {
    AGED_70_TO_74.at(category.key(month)?, month, trace).copied()
}

/// 75歳に達する者 — a person whose own limits may be halved: who turns 75, or a dependant of an insured who does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turning75 {
    /// Whose limits, as the rows of the question name the person.
    pub person: String,
    /// 生年月日 of the one who turns 75.
    pub birth: Date,
}

/// 75歳到達時特例の月 — the month of the 75th birthday, unless it is the 1st.
///
/// Law: 健康保険法施行令41条・42条 (75歳到達時特例対象療養).
///
/// # Examples
/// Born 1951-08-15: August 2026. Born 1951-08-01: no month.
pub fn is_halved(month: Month, birth: Date) -> bool {
    let birthday = nth_birthday(birth, 75);
    Month::of(birthday) == month && birthday.day() != 1
}

/// The persons among these whose limits are halved in the month, told one by one.
pub fn halved_persons(month: Month, turning: &[Turning75], trace: &mut Trace) -> Vec<String> {
    let mut halved = Vec::new();
    for one in turning {
        let applies = is_halved(month, one.birth);
        trace.step(
            Step::new(
                "健康保険法施行令42条 (75歳到達時特例)",
                "75歳の誕生日の月は個人ごとの額を半額とする (誕生日が1日なら除く)",
            )
            .with("対象者", &one.person, "")
            .with("75歳の誕生日", nth_birthday(one.birth, 75), "")
            .gives(if applies { "半額とする" } else { "半額としない" }),
        );
        if applies && !halved.contains(&one.person) {
            halved.push(one.person.clone());
        }
    }
    halved
}

/// Tells the limit of a step.
pub(super) fn tell_limit(
    clause: &'static str,
    limit: &CostLimit,
    medical: Option<Yen>,
    occurrence: Occurrence,
    amount: Yen,
    trace: &mut Trace,
) {
    let mut step = Step::new(
        clause,
        "算定基準額 = 基本額 + (医療費 − 基準) × 1% (50銭未満切捨て・50銭以上切上げ)、多数回該当はその額",
    )
    .with("算定基準額の定め", limit.describe(), "")
    .with("多数回該当", if occurrence == Occurrence::FromFourth { "該当" } else { "非該当" }, "");
    if let Some(medical) = medical {
        step = step.with("医療費の合計", medical, "");
    }
    trace.step(step.gives(amount));
}

/// 支給額 — the burden over the limit, told as a step.
pub(super) fn over_limit(clause: &'static str, what: &str, burden: Yen, limit: Yen, trace: &mut Trace) -> Yen {
    let refund = (burden - limit).max(Yen::ZERO);
    trace.step(
        Step::new(clause, format!("{what}: 高額療養費 = 負担額 − 算定基準額 (超えないときは0円)"))
            .with("負担額", burden, "")
            .with("算定基準額", limit, "")
            .gives(refund),
    );
    refund
}
