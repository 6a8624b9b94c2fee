//! 延滞金 (厚生年金保険法87条・附則17条の14, 健康保険法181条・附則9条, 子ども・子育て支援法71条).

use domain::age::period_end;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::bonus::floor_1000;
use super::check_day;
use super::month::day_number;
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 延滞金の割合 — of one band in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearlyRate {
    /// 年当たりの割合.
    pub rate: Ratio,
    /// 延滞税特例基準割合 (before: 特例基準割合) it was made of; `None` before 2010.
    pub special_standard: Option<Ratio>,
}

pub(super) static RATES: LawTable<YearlyRate> =
    LawTable::new("employees_insurance/late_fee/rates.csv", include_str!("rates.csv"), read);

fn read(text: &str) -> Result<Table<YearlyRate>, TableError> {
    Table::read(text, add_line)
}

fn add_line(rows: &mut Vec<Row<YearlyRate>>, line: &Line<'_>) -> Result<(), String> {
    let special = line.text("special_standard_rate");
    let special_standard = Ratio::parse_decimal(special);
    if special_standard.is_none() != special.is_empty() {
        return Err(format!("special_standard_rate {special:?} cannot be read"));
    }
    rows.push(line.row(|value| Some(YearlyRate { rate: Ratio::parse_decimal(value)?, special_standard }))?);
    Ok(())
}

/// 徴収金の種類 — a late fee is reckoned for each levy and month by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levy {
    /// 厚生年金保険料.
    EmployeesPension,
    /// 健康保険料.
    HealthInsurance,
    /// 子ども・子育て拠出金.
    ChildcareContribution,
}

impl Levy {
    /// The clause of its late fee.
    pub fn clause(self) -> &'static str {
        match self {
            Levy::EmployeesPension => "厚生年金保険法87条",
            Levy::HealthInsurance => "健康保険法181条",
            Levy::ChildcareContribution => "子ども・子育て支援法71条 (厚生年金保険法87条の例)",
        }
    }

    /// The clause of the rates of a year.
    fn rate_clause(self) -> &'static str {
        match self {
            Levy::HealthInsurance => "健康保険法附則9条",
            _ => "厚生年金保険法附則17条の14",
        }
    }
}

/// 割合の区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// A: to the day on which three months from the day after the due date pass.
    First,
    /// B: after that.
    Later,
}

impl Band {
    /// `A`, `B`: the key of the table and the word of the outcome.
    pub fn key(self) -> &'static str {
        match self {
            Band::First => "A",
            Band::Later => "B",
        }
    }
}

/// 延滞金を徴収しない事由 — facts that a person establishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCharged {
    /// 公示送達の方法によって督促した.
    PublicNotice,
    /// 納期を繰り上げて徴収する.
    EarlyCollection,
    /// 滞納につきやむを得ない事情がある.
    Unavoidable,
}

impl NotCharged {
    fn words(self) -> &'static str {
        match self {
            NotCharged::PublicNotice => "公示送達の方法によって督促したとき",
            NotCharged::EarlyCollection => "納期を繰り上げて徴収するとき",
            NotCharged::Unavoidable => "滞納につきやむを得ない事情があると認められるとき",
        }
    }
}

/// 区分ごとの端数 — a setting: no clause says whether the product of a band is cut to whole yen before adding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BandFraction {
    /// Products are added exactly; only the sum is cut (to 100円).
    #[default]
    Exact,
    /// Each product is cut to whole yen first.
    FloorYen,
}

/// 一部納付 — a payment before the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartPayment {
    /// 納付日.
    pub paid_on: Date,
    /// 納付額, of the premium itself.
    pub amount: Yen,
}

/// 滞納 — one levy of one month, unpaid on its due date.
#[derive(Clone, Copy, Debug)]
pub struct Arrears<'a> {
    /// 徴収金の種類.
    pub levy: Levy,
    /// 保険料額, whole yen.
    pub premium: Yen,
    /// 納期限.
    pub due_on: Date,
    /// 完納又は財産差押の日: the day before is the last that counts.
    pub paid_on: Date,
    /// 督促状の指定期限.
    pub demand_deadline: Date,
    /// Payments before `paid_on`, in any order.
    pub part_payments: &'a [PartPayment],
    /// A reason why nothing is charged, if there is one.
    pub not_charged: Option<NotCharged>,
    /// The setting.
    pub band_fraction: BandFraction,
}

/// 計算の区切り — days of one band, year and principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// 割合の区分.
    pub band: Band,
    /// 暦年.
    pub year: i16,
    /// 日数.
    pub days: i32,
    /// 計算の基礎となる保険料 (千円未満切捨て).
    pub principal: Yen,
    /// 年当たりの割合.
    pub rate: Ratio,
}

impl Segment {
    /// 保険料 × 割合 × 日数 ÷ 365, in leap years too (利率等の表示の年利建て移行に関する法律25条).
    fn product(&self) -> Ratio {
        let per_day = Ratio::new(self.rate.numerator() * i128::from(self.days), self.rate.denominator() * 365);
        per_day.times_yen(self.principal)
    }
}

/// 延滞金 — and what it was reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateFee {
    /// 延滞金.
    pub amount: Yen,
    /// In order of day; empty when nothing was to be reckoned.
    pub segments: Vec<Segment>,
}

/// 延滞金の計算 — what a late payer owes besides, for one levy and month.
///
/// Law: 厚生年金保険法87条1項 (days, bands, reasons for charging nothing), 2項 (part payments), 3項 (1,000円),
/// 4項 (paid by the deadline of the demand; under 100円), 5項 (100円), 附則17条の14 (rates of each year);
/// 健康保険法181条・附則9条; 子ども・子育て支援法71条. Three months by the calendar (民法143条).
///
/// Returns yen, a multiple of 100. Segments are given also when the fee turns out under 100円; there are none when
/// the premium is under 1,000円, when it was paid by a deadline, or when a reason forbids the fee.
///
/// # Errors
/// `BadInput` — a deadline of the demand that does not lie after the due date, payments that do not fit;
/// `PastLastCheck` — a day after the last year whose rates are known; `NotInForce` — before 1900.
///
/// # Examples
/// 1,234,567円 due 2025-06-02, paid 2025-10-03: 92 days at 2.4%, 30 at 8.7%: 16,200円.
pub fn late_fee(arrears: &Arrears<'_>, trace: &mut Trace) -> Result<LateFee, LawError> {
    check(arrears)?;
    if let Some(reason) = nothing_charged(arrears) {
        trace.step(facts(arrears, reason).gives("延滞金は徴収しない (0円)"));
        return Ok(LateFee { amount: Yen::ZERO, segments: Vec::new() });
    }
    let segments = segments(arrears, trace)?;
    let exact: Ratio = segments.iter().map(|segment| counted(segment, arrears.band_fraction)).sum();
    let amount = floor_100(exact.round(Rounding::Floor));
    let setting = match arrears.band_fraction {
        BandFraction::Exact => "区分ごとには端数処理しない (設定)",
        BandFraction::FloorYen => "区分ごとに1円未満切捨て (設定)",
    };
    trace.step(
        Step::new(
            format!("{}4項・5項", arrears.levy.clause()),
            format!("延滞金 = 合計 (百円未満切捨て、百円未満は徴収しない)。{setting}"),
        )
        .with("合計", exact, "円")
        .gives(amount),
    );
    Ok(LateFee { amount, segments })
}

/// 百円未満切捨て: what is left of less than 100円 is nothing.
fn floor_100(amount: Yen) -> Yen {
    Yen::new(amount.get().div_euclid(100) * 100)
}

fn counted(segment: &Segment, fraction: BandFraction) -> Ratio {
    match fraction {
        BandFraction::Exact => segment.product(),
        BandFraction::FloorYen => Ratio::of_yen(segment.product().round(Rounding::Floor)),
    }
}

fn check(arrears: &Arrears<'_>) -> Result<(), LawError> {
    check_day("納期限 (due_date)", arrears.due_on)?;
    check_day("完納又は差押の日 (paid_on)", arrears.paid_on)?;
    if arrears.premium < Yen::ZERO || arrears.part_payments.iter().any(|payment| payment.amount < Yen::ZERO) {
        return Err(LawError::bad_input("保険料額と納付額", "0円以上で入力してください"));
    }
    if arrears.demand_deadline <= arrears.due_on {
        let reason = "督促は納期限の後です。納期限より後の日を入力してください";
        return Err(LawError::bad_input("督促状の指定期限 (demand_deadline)", reason));
    }
    if arrears.part_payments.iter().any(|payment| payment.paid_on >= arrears.paid_on) {
        let reason = "一部納付は完納又は差押の日 (paid_on) より前の日で入力してください";
        return Err(LawError::bad_input("一部納付 (payments)", reason));
    }
    let paid: Yen = arrears.part_payments.iter().map(|payment| payment.amount).sum();
    if !arrears.part_payments.is_empty() && paid >= arrears.premium {
        let reason = "合計が保険料額に達しています。完納した日を paid_on に入力してください";
        return Err(LawError::bad_input("一部納付 (payments)", reason));
    }
    Ok(())
}

/// Why nothing is charged, before anything is reckoned.
fn nothing_charged(arrears: &Arrears<'_>) -> Option<&'static str> {
    if arrears.premium < Yen::new(1000) {
        Some("1項: 保険料額が千円未満であるとき")
    } else if let Some(reason) = arrears.not_charged {
        Some(reason.words())
    } else if arrears.paid_on <= arrears.due_on {
        Some("1項: 納期限までに納付されたとき")
    } else if arrears.paid_on <= arrears.demand_deadline {
        Some("4項: 督促状に指定した期限までに完納したとき")
    } else {
        None
    }
}

fn facts(arrears: &Arrears<'_>, expression: &str) -> Step {
    Step::new(arrears.levy.clause(), expression)
        .with("保険料額", arrears.premium, "")
        .with("納期限", arrears.due_on, "")
        .with("督促状の指定期限", arrears.demand_deadline, "")
        .with("完納又は差押の日", arrears.paid_on, "")
}

/// 納付の日以後の基礎 — the premium less what was paid up to and on this day, cut to 1,000円.
fn principal_on(arrears: &Arrears<'_>, day: Date) -> Yen {
    let paid = arrears.part_payments.iter().filter(|payment| payment.paid_on <= day);
    floor_1000(arrears.premium - paid.map(|payment| payment.amount).sum::<Yen>())
}

/// From the day after the due date to the day before the payment, cut where band, year or principal changes.
fn segments(arrears: &Arrears<'_>, trace: &mut Trace) -> Result<Vec<Segment>, LawError> {
    let first = day_after(arrears.due_on);
    let first_band_end = period_end(first, 3);
    trace.step(
        facts(arrears, "1項: 納期限の翌日から完納又は差押の日の前日まで。納期限の翌日から3月を経過する日までが区分A")
            .gives(format!("{first}から{}まで、区分Aは{first_band_end}まで", day_before(arrears.paid_on))),
    );
    let mut segments = Vec::new();
    let mut day = first;
    while day < arrears.paid_on {
        let band = if day <= first_band_end { Band::First } else { Band::Later };
        let last = last_of_segment(arrears, day, first_band_end);
        let principal = principal_on(arrears, day);
        if principal > Yen::ZERO {
            let rate = RATES.at(band.key(), Month::of(day), trace)?.rate;
            let days = day_number(last) - day_number(day) + 1;
            segments.push(Segment { band, year: day.year(), days, principal, rate });
            tell(arrears.levy, segments.last().expect("just pushed"), trace);
        }
        day = day_after(last);
    }
    Ok(segments)
}

fn last_of_segment(arrears: &Arrears<'_>, day: Date, first_band_end: Date) -> Date {
    let year_end = Month::new(day.year(), 12).expect("a year of the calendar").last_day();
    let band_end = if day <= first_band_end { first_band_end } else { Date::MAX };
    let next_payment = arrears.part_payments.iter().map(|payment| payment.paid_on).filter(|paid_on| *paid_on > day);
    let until = next_payment.min().unwrap_or(arrears.paid_on).min(arrears.paid_on);
    day_before(until).min(year_end).min(band_end)
}

fn tell(levy: Levy, segment: &Segment, trace: &mut Trace) {
    trace.step(
        Step::new(
            levy.rate_clause(),
            format!("{}年 区分{}: 保険料 (千円未満切捨て) × 割合 × 日数 ÷ 365", segment.year, segment.band.key()),
        )
        .with("計算の基礎となる保険料", segment.principal, "")
        .with("年当たりの割合", segment.rate, "")
        .with("日数", segment.days, "日")
        .gives(format!("{}円", segment.product())),
    );
}

fn day_after(day: Date) -> Date {
    day.tomorrow().expect("days were checked to leave room")
}

fn day_before(day: Date) -> Date {
    day.yesterday().expect("days were checked to leave room")
}
