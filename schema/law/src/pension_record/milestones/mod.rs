//! 節目 — what a birth date and a calendar month bring: forms of claim, ages, and the year of the pension offices.

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use super::life::Ages;
use super::special_old_age_start::{self, FixedPartExceptions, Part, PersonCategory};
use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 事前送付 — so many months before the month of the start age.
const SENT_MONTHS_BEFORE: i32 = 3;

/// 送られるもの.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimForm {
    /// 年金請求書 (事前送付用).
    FullForm,
    /// 老齢年金のお知らせ: less than twelve months of 厚生年金, the form comes before 65.
    NoticeOnly,
    /// 65歳の年金請求書 (はがき形式) for those paid the special pension.
    OnePage,
}

/// 請求書の送付 — when, and from when it can be filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimFormPosting {
    /// What is sent.
    pub form: ClaimForm,
    /// 送付の月.
    pub sent_month: Month,
    /// 提出できる日: the day the right arises, the day before the birthday.
    pub file_from: Date,
    /// The age it is for.
    pub age: i16,
    /// 提出期限 of the one-page form: the end of its month.
    pub due_on: Option<Date>,
}

/// 年金請求書の事前送付 — three months before the start age of the special pension, and before 65.
///
/// Law: 国民年金法施行規則16条・厚生年金保険法施行規則30条 (請求書), 国民年金法14条の5の趣旨による日本年金機構の事前送付. With less than
/// twelve months of 厚生年金 a notice comes before 60 and the form before 65.
///
/// - `employees_months`: 厚生年金の月数
///
/// Returns the postings in order of month.
///
/// # Errors
/// As [`special_old_age_start::start`].
///
/// # Examples
/// A man born 1962-04-02: no special pension, the form in 2027-01 for 2027-04-01.
pub fn claim_forms(
    birth_on: Date,
    category: PersonCategory,
    employees_months: i32,
    trace: &mut Trace,
) -> Result<Vec<ClaimFormPosting>, LawError> {
    let (part, none) = (Part::EarningsRelated, FixedPartExceptions::default());
    let start = special_old_age_start::start(birth_on, category, part, none, Some(employees_months), trace)?;
    let mut postings = Vec::new();
    if start.special {
        postings.push(before(birth_on, start.age, ClaimForm::FullForm));
        postings.push(one_page(birth_on));
    } else {
        if employees_months < 12 {
            postings.push(before(birth_on, 60, ClaimForm::NoticeOnly));
        }
        postings.push(before(birth_on, 65, ClaimForm::FullForm));
    }
    let last = postings.last().expect("there is a form for everybody");
    trace.step(
        Step::new(
            "日本年金機構の事前送付 (厚生年金保険法施行規則30条・国民年金法施行規則16条)",
            "受給開始年齢に達する月の3か月前に送付する",
        )
        .with("最初の送付月", postings[0].sent_month, "")
        .with("65歳の送付月", last.sent_month, "")
        .gives(postings[0].file_from),
    );
    Ok(postings)
}

fn before(birth_on: Date, age: i16, form: ClaimForm) -> ClaimFormPosting {
    let file_from = attained_on(birth_on, age);
    let sent_month = Month::of(file_from).plus(-SENT_MONTHS_BEFORE);
    ClaimFormPosting { form, sent_month, file_from, age, due_on: None }
}

/// In the first days of the birthday month of 65 (born on the 1st: the month before), due by its end.
fn one_page(birth_on: Date) -> ClaimFormPosting {
    let file_from = attained_on(birth_on, 65);
    let sent_month = Month::of(file_from);
    ClaimFormPosting { form: ClaimForm::OnePage, sent_month, file_from, age: 65, due_on: Some(sent_month.last_day()) }
}

/// 年齢の節目 of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgeEvent {
    /// 20歳: 第1号 by the office itself.
    Twenty,
    /// 60歳: 第1号・第3号 end; 任意加入 opens.
    Sixty,
    /// 65歳: old-age pensions; 任意加入 ends.
    SixtyFive,
    /// 66歳以後毎年: the estimate of a deferral.
    DeferralNotice,
    /// 70歳: 厚生年金 ends.
    Seventy,
    /// 75歳: the deferral ends.
    SeventyFive,
}

/// 年齢の節目 — what the ages attained in a month bring. For the night: no allocation, no table.
///
/// Law: 年齢計算ニ関スル法律; 国民年金法8条1号・9条3号・26条・28条, 厚生年金保険法14条5号・42条.
pub fn age_events(birth_on: Date, month: Month) -> impl Iterator<Item = AgeEvent> {
    let ages = Ages::of(birth_on);
    let on = |day: Date| Month::of(day) == month;
    let waiting = (66..75).any(|age| on(attained_on(birth_on, age)));
    let events = [
        (on(ages.twenty_on), AgeEvent::Twenty),
        (on(ages.sixty_on), AgeEvent::Sixty),
        (on(ages.sixty_five_on), AgeEvent::SixtyFive),
        (waiting, AgeEvent::DeferralNotice),
        (on(ages.seventy_on), AgeEvent::Seventy),
        (on(attained_on(birth_on, 75)), AgeEvent::SeventyFive),
    ];
    events.into_iter().filter(|(due, _)| *due).map(|(_, event)| event)
}

/// 年間の行事 of the pension offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnualEvent {
    /// 1 to 12.
    pub month: i8,
    /// A short name for machines.
    pub code: &'static str,
    /// 何があるか.
    pub name: &'static str,
    /// 根拠条文.
    pub clause: &'static str,
}

const fn event(month: i8, code: &'static str, name: &'static str, clause: &'static str) -> AnnualEvent {
    AnnualEvent { month, code, name, clause }
}

/// 年間の行事, in order of the fiscal year.
pub const ANNUAL_EVENTS: &[AnnualEvent] = &[
    event(4, "new_contribution", "新年度の国民年金保険料と納付書の送付", "国民年金法87条3項・92条"),
    event(
        4,
        "new_amounts",
        "改定率・再評価率・支給停止調整額の改定 (4月分から)",
        "国民年金法27条の2, 厚生年金保険法43条の2",
    ),
    event(4, "provisional_collection", "介護保険料等の特別徴収の仮徴収", "介護保険法140条"),
    event(
        6,
        "first_payment_at_new_amounts",
        "新年度の額による最初の支払 (4・5月分), 改定通知書・振込通知書",
        "国民年金法18条3項",
    ),
    event(7, "exemption_cycle", "免除・納付猶予の年度の始まりと継続審査", "国民年金法90条"),
    event(9, "in_service_base_date", "在職定時改定の基準日 (9月1日)", "厚生年金保険法43条2項"),
    event(9, "dependants_form", "扶養親族等申告書の送付", "所得税法203条の6"),
    event(9, "support_benefit_income", "年金生活者支援給付金の所得情報の取得", "年金生活者支援給付金法2条"),
    event(10, "support_benefit_cycle", "年金生活者支援給付金の年度の始まり", "年金生活者支援給付金法2条"),
    event(10, "disability_income_cycle", "20歳前傷病の障害基礎年金の所得制限の切替え", "国民年金法36条の3"),
    event(10, "main_collection", "介護保険料等の特別徴収の本徴収", "介護保険法135条"),
    event(10, "in_service_new_amount", "在職定時改定による新しい額 (10月分から)", "厚生年金保険法43条2項"),
    event(11, "deduction_certificate", "社会保険料控除証明書 (10月下旬から11月)", "所得税法施行規則47条の2"),
    event(
        12,
        "in_service_first_payment",
        "在職定時改定後の最初の支払 (10・11月分)",
        "国民年金法18条3項, 厚生年金保険法36条3項",
    ),
    event(12, "tax_year_end", "その年最後の支払と源泉徴収の精算", "所得税法203条の2"),
    event(1, "withholding_slip", "公的年金等の源泉徴収票", "所得税法226条3項"),
    event(1, "arrears_rates", "延滞金の割合の改定 (1月1日)", "国民年金法附則9条の2の5"),
    event(
        2,
        "fraction_adjustment",
        "切り捨てた端数の加算 (2月支払)",
        "国民年金法18条の2第2項, 厚生年金保険法36条の2第2項",
    ),
    event(2, "deduction_certificate_late", "10月以後に初めて納付した人の控除証明書", "所得税法施行規則47条の2"),
];

/// ある月の行事 — the events of the offices in a calendar month.
///
/// # Errors
/// `BadInput` — a month before the present system of payment and forms.
pub fn events_of(month: Month, trace: &mut Trace) -> Result<Vec<AnnualEvent>, LawError> {
    check_day("月 (month)", month.first_day())?;
    let events: Vec<AnnualEvent> = ANNUAL_EVENTS
        .iter()
        .copied()
        .filter(|event| event.month == month.month() && is_in_force(event, month))
        .collect();
    for event in &events {
        trace.step(Step::new(event.clause, event.name).gives(month));
    }
    if events.is_empty() {
        trace.step(Step::new("国民年金法・厚生年金保険法", "この月に定例の行事はない").gives(month));
    }
    Ok(events)
}

/// 在職定時改定 and the support benefit began later than the rest.
fn is_in_force(event: &AnnualEvent, month: Month) -> bool {
    match event.code {
        "in_service_base_date" | "in_service_new_amount" | "in_service_first_payment" => month.year() >= 2022,
        "support_benefit_income" | "support_benefit_cycle" => Month::new(2019, 9).is_some_and(|from| month >= from),
        _ => true,
    }
}

/// As [`age_events`], told.
///
/// # Errors
/// `BadInput` — a birth that cannot be.
pub fn age_events_told(birth_on: Date, month: Month, trace: &mut Trace) -> Result<Vec<AgeEvent>, LawError> {
    check_day("生年月日 (birth_date)", birth_on)?;
    let events: Vec<AgeEvent> = age_events(birth_on, month).collect();
    trace.step(
        Step::new("年齢計算ニ関スル法律", "その月に達する年齢の節目")
            .with("月", month, "")
            .gives(format!("{}件", events.len())),
    );
    Ok(events)
}
