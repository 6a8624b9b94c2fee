//! Topics of forms, numbers and the calendar: `{"input": "…"}` gives `{"output": "…"}`, parts split by `|`.

use domain::calendar::{self, CalendarError};
use domain::{Yen, age, characters, check_digit, era};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::inputs::{Inputs, iso_date, iso_month};
use super::{CalcError, Calculation};
use crate::employees_insurance::bonus::floor_1000;
use crate::employees_insurance::due_date::due_date;
use crate::employees_insurance::remuneration::{BASE_DAYS, PayMonth, WorkerType, total_average};
use crate::{LawError, Step, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 20] = [
    ("format.age_attained_on", age_attained_on),
    ("format.bank_next_or_same", bank_next_or_same),
    ("format.bank_prev_or_same", bank_prev_or_same),
    ("format.bonus_total", bonus_total),
    ("format.corporate_number_check", corporate_number_check),
    ("format.corporate_number_valid", corporate_number_valid),
    ("format.date_from_era", date_from_era),
    ("format.era_from_date", era_from_date),
    ("format.government_next_or_same", government_next_or_same),
    ("format.holiday_name", holiday_name),
    ("format.insurer_check", insurer_check),
    ("format.jis_x_0208_only", jis_x_0208_only),
    ("format.legal_age_on", legal_age_on),
    ("format.lg_code_check", lg_code_check),
    ("format.my_number_check", my_number_check),
    ("format.my_number_valid", my_number_valid),
    ("format.nenkin_era_yymmdd", nenkin_era_yymmdd),
    ("format.pension_payday", pension_payday),
    ("format.premium_due_date", premium_due_date),
    ("format.santei_total_average", santei_total_average),
];

/// What stands for an error among the outputs.
pub(super) const INVALID: &str = "INVALID";

type Outcome = Result<Value, CalcError>;

fn input(inputs: &Value) -> Result<&str, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let input = inputs.text("input")?;
    inputs.no_others()?;
    Ok(input)
}

/// The parts of an input that has exactly `N`.
fn parts<const N: usize>(inputs: &Value) -> Result<[&str; N], CalcError> {
    let parts: Vec<&str> = input(inputs)?.split('|').collect();
    parts.try_into().map_err(|_| bad(format!("「|」で区切った{N}個の値を入力してください")))
}

fn bad(reason: impl Into<String>) -> CalcError {
    LawError::bad_input("input", reason).into()
}

/// The outcome, with the one step that led to it.
fn told(clause: &'static str, rule: &'static str, input: &str, output: impl ToString, trace: &mut Trace) -> Outcome {
    let output = output.to_string();
    trace.step(Step::new(clause, rule).with("入力", input, "").gives(&output));
    Ok(json!({ "output": output }))
}

fn check(
    inputs: &Value,
    clause: &'static str,
    rule: &'static str,
    digit: fn(&str) -> Option<u8>,
    trace: &mut Trace,
) -> Outcome {
    let input = input(inputs)?;
    let digit = digit(input).ok_or_else(|| bad("決まった桁数の半角数字で入力してください"))?;
    told(clause, rule, input, digit, trace)
}

const MY_NUMBER: (&str, &str) =
    ("行政手続における特定の個人を識別するための番号の利用等に関する法律施行令8条", "検査用数字 (モジュラス11)");
const CORPORATE_NUMBER: (&str, &str) = ("法人番号の指定等に関する省令2条", "検査用数字 (モジュラス9)");

fn my_number_check(inputs: &Value, trace: &mut Trace) -> Outcome {
    check(inputs, MY_NUMBER.0, MY_NUMBER.1, check_digit::my_number_check, trace)
}

fn my_number_valid(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    told(MY_NUMBER.0, MY_NUMBER.1, "(表示しません)", check_digit::my_number_valid(input), trace)
}

fn corporate_number_check(inputs: &Value, trace: &mut Trace) -> Outcome {
    check(inputs, CORPORATE_NUMBER.0, CORPORATE_NUMBER.1, check_digit::corporate_number_check, trace)
}

fn corporate_number_valid(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    told(CORPORATE_NUMBER.0, CORPORATE_NUMBER.1, input, check_digit::corporate_number_valid(input), trace)
}

fn insurer_check(inputs: &Value, trace: &mut Trace) -> Outcome {
    check(inputs, "保険者番号等の設定要領", "検証番号 (モジュラス10、重み2・1)", check_digit::insurer_check, trace)
}

fn lg_code_check(inputs: &Value, trace: &mut Trace) -> Outcome {
    check(inputs, "全国地方公共団体コード", "検査数字 (モジュラス11)", check_digit::local_government_check, trace)
}

fn date(text: &str) -> Result<Date, CalcError> {
    iso_date(text).ok_or_else(|| bad("実在する日付 (YYYY-MM-DD) で入力してください"))
}

/// A date of the solar calendar, with room left for any age.
fn solar_date(text: &str) -> Result<Date, CalcError> {
    let day = date(text)?;
    if (1873..9000).contains(&day.year()) {
        Ok(day)
    } else {
        Err(bad("明治6年1月1日以後の日を入力してください"))
    }
}

fn month(text: &str) -> Result<domain::Month, CalcError> {
    iso_month(text).ok_or_else(|| bad("年月 (YYYY-MM) で入力してください"))
}

/// Plain ASCII digits as a number.
fn number(text: &str) -> Result<i64, CalcError> {
    let plain = !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten().ok_or_else(|| bad("12桁以内の半角数字で入力してください"))
}

const ERA: &str = "元号法・元号を改める政令";

fn era_from_date(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    let day = solar_date(input)?;
    let era::EraDate { era, year } = era::EraDate::of(day).ok_or_else(|| bad("元号がありません"))?;
    let output = format!("{}|{}|{}|{year}", era.letter(), era.kanji(), era.code());
    told(ERA, "改元の日は新しい元号とする", input, output, trace)
}

fn date_from_era(inputs: &Value, trace: &mut Trace) -> Outcome {
    let [era, year, month, day] = parts(inputs)?;
    let small = |text: &str| i8::try_from(number(text).ok()?).ok();
    let found = || {
        let year = i16::try_from(number(year).ok()?).ok()?;
        era::date_from_era(era, year, small(month)?, small(day)?)
    };
    let output = found().map_or(INVALID.to_owned(), |day| day.to_string());
    told(ERA, "元号と年月日は厳密に一致しなければならない", input(inputs)?, output, trace)
}

fn nenkin_era_yymmdd(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    let (code, yymmdd) = era::to_yymmdd(solar_date(input)?).ok_or_else(|| bad("元号の年が2桁に収まりません"))?;
    told(ERA, "元号コードと年月日6桁", input, format!("{code}|{yymmdd}"), trace)
}

const AGE: &str = "年齢計算ニ関スル法律・民法143条";

fn age_attained_on(inputs: &Value, trace: &mut Trace) -> Outcome {
    let [birth, years] = parts(inputs)?;
    let years = i16::try_from(number(years)?).ok().filter(|years| *years <= 200);
    let years = years.ok_or_else(|| bad("年齢は200以下で入力してください"))?;
    told(AGE, "誕生日の前日に年齢に達する", input(inputs)?, age::attained_on(solar_date(birth)?, years), trace)
}

fn legal_age_on(inputs: &Value, trace: &mut Trace) -> Outcome {
    let [birth, day] = parts(inputs)?;
    let age = age::legal_age_on(solar_date(birth)?, solar_date(day)?).ok_or_else(|| bad("生まれる前の日です"))?;
    told(AGE, "その日の終わりに達している年齢", input(inputs)?, age, trace)
}

fn holiday_name(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    let name = calendar::holiday_name(date(input)?).map_err(LawError::from)?;
    told("国民の祝日に関する法律2条・3条", "休日の名称", input, name.unwrap_or("-"), trace)
}

fn moved(
    inputs: &Value,
    clause: &'static str,
    rule: &'static str,
    to_open_day: fn(Date) -> Result<Date, CalendarError>,
    trace: &mut Trace,
) -> Outcome {
    let input = input(inputs)?;
    told(clause, rule, input, to_open_day(date(input)?).map_err(LawError::from)?, trace)
}

fn bank_next_or_same(inputs: &Value, trace: &mut Trace) -> Outcome {
    moved(inputs, "銀行法15条・同法施行令5条", "銀行の休日は次の営業日へ", calendar::bank_next_or_same, trace)
}

fn bank_prev_or_same(inputs: &Value, trace: &mut Trace) -> Outcome {
    moved(inputs, "銀行法15条・同法施行令5条", "銀行の休日は前の営業日へ", calendar::bank_prev_or_same, trace)
}

fn government_next_or_same(inputs: &Value, trace: &mut Trace) -> Outcome {
    let rule = "行政機関の休日は次の開庁日へ";
    moved(inputs, "行政機関の休日に関する法律1条・2条", rule, calendar::government_next_or_same, trace)
}

fn pension_payday(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    let day = calendar::pension_payday(month(input)?).map_err(LawError::from)?;
    told("国民年金法18条3項・厚生年金保険法36条3項", "偶数月の15日、休日はその前の営業日", input, day, trace)
}

fn premium_due_date(inputs: &Value, trace: &mut Trace) -> Outcome {
    let day = due_date(month(input(inputs)?)?, trace)?;
    Ok(json!({ "output": day.to_string() }))
}

/// 賞与支払届の合計額 — the column holds 9999999 from ten million on.
fn bonus_total(inputs: &Value, trace: &mut Trace) -> Outcome {
    const MOST_IN_COLUMN: Yen = Yen::new(9_999_999);
    let [cash, kind] = parts(inputs)?;
    let total = floor_1000(Yen::new(number(cash)?) + Yen::new(number(kind)?)).min(MOST_IN_COLUMN);
    let rule = "金銭と現物の合計、千円未満切捨て。1千万円以上は9999999";
    told("日本年金機構 電子媒体届書 賞与支払届", rule, input(inputs)?, total.get(), trace)
}

fn santei_total_average(inputs: &Value, trace: &mut Trace) -> Outcome {
    let [class, days, totals] = parts(inputs)?;
    let worker = match class {
        "general" => WorkerType::General,
        "short" => WorkerType::ShortTime,
        "part" => WorkerType::PartTimer,
        _ => return Err(bad("区分は general、short、part のいずれかで入力してください")),
    };
    let list = |text: &str| text.split(',').map(number).collect::<Result<Vec<i64>, CalcError>>();
    let (days, totals) = (list(days)?, list(totals)?);
    if days.len() != totals.len() {
        return Err(bad("日数と報酬の月の数をそろえてください"));
    }
    let months: Vec<PayMonth> =
        days.into_iter().zip(totals).map(|(base_days, pay)| PayMonth { base_days, pay: Yen::new(pay) }).collect();
    // The form as it stands: the days of the last month on file.
    let at = BASE_DAYS.under(trace.book()).checked_until();
    if months.len() != 3 {
        return Err(bad("3か月分を入力してください"));
    }
    let outcome = total_average(worker, &months, at, trace)?;
    Ok(json!({ "output": format!("{}|{}", outcome.total.get(), outcome.average.get()) }))
}

fn jis_x_0208_only(inputs: &Value, trace: &mut Trace) -> Outcome {
    let input = input(inputs)?;
    let output = match characters::jis_x_0208_only(input) {
        Ok(()) => "OK".to_owned(),
        Err(bad) => format!("BAD:{}", bad.into_iter().collect::<String>()),
    };
    told("日本年金機構 電子媒体届書 文字の範囲", "JIS X 0208の非漢字・第1水準・第2水準だけ", input, output, trace)
}
