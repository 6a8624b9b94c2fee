//! 保険料納付要件 (国民年金法30条1項ただし書・37条ただし書, 厚生年金保険法47条1項ただし書・58条1項ただし書, 昭和60年法律34号附則20条・64条).

use domain::{Month, Ratio};
use jiff::civil::Date;

use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const TWO_THIRDS: &str = "国民年金法30条1項ただし書・37条ただし書";
const LAST_YEAR: &str = "昭和60年法律34号附則20条1項・2項・64条";

pub(super) static EXCEPTION_UNTIL: LawTable<Date> = LawTable::new(
    "disability_survivor/contribution_test/exception_until.csv",
    include_str!("exception_until.csv"),
    read,
);

fn read(text: &str) -> Result<Table<Date>, TableError> {
    Table::of_values(text, |value| value.parse().ok())
}

/// 納付の状況 — on the day before the first consultation (or death).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContributionRecord {
    /// 初診日 (遺族年金: 死亡日).
    pub on: Date,
    /// その日の年齢.
    pub age: i64,
    /// 前々月までの被保険者期間の月数.
    pub insured_months: i64,
    /// うち保険料納付済期間と免除期間の月数 (学生納付特例・納付猶予を含む).
    pub paid_or_exempt_months: i64,
    /// 前々月までの1年間の未納の月数.
    pub unpaid_in_last_12_months: i64,
}

/// 納付要件の判定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContributionVerdict {
    /// 3分の2要件.
    pub two_thirds: bool,
    /// 直近1年要件: none where the exception is not in force or the person is 65.
    pub last_year: Option<bool>,
    /// 満たしている.
    pub passed: bool,
}

/// 3分の2要件 — at least two thirds paid or exempt; somebody never insured has nothing to fulfil.
#[inline]
pub fn two_thirds(insured_months: i64, paid_or_exempt_months: i64) -> bool {
    Ratio::new(i128::from(paid_or_exempt_months) * 3, 1) >= Ratio::new(i128::from(insured_months) * 2, 1)
}

/// 保険料納付要件 — of a disability pension (first consultation) or a survivor pension (death).
///
/// Law: 国民年金法30条1項ただし書・37条ただし書, 厚生年金保険法47条・58条 (two thirds of the insured months to the month before last);
/// 昭和60年法律34号附則20条・64条 (or no unpaid month in the last year, until 2036-03-31, under 65). A first consultation before 20 asks
/// for nothing (国民年金法30条の4).
///
/// # Errors
/// `BadInput` — months that cannot be; `NotInForce` — before May 1991 (months were counted by quarters); `PastLastCheck`.
///
/// # Examples
/// 59 of 90 months, nothing unpaid in the last year, 45 years: passed until 2036-03-31, not from 2036-04-01.
pub fn contribution_test(record: &ContributionRecord, trace: &mut Trace) -> Result<ContributionVerdict, LawError> {
    check(record)?;
    if record.age < 20 {
        trace.tell(|| Step::new("国民年金法30条の4", "20歳前の初診日: 保険料納付要件は問わない").gives("満たす"));
        return Ok(ContributionVerdict { two_thirds: true, last_year: None, passed: true });
    }
    let until = *EXCEPTION_UNTIL.at("", Month::of(record.on), trace)?;
    let two_thirds = two_thirds(record.insured_months, record.paid_or_exempt_months);
    let in_force = record.on <= until && record.age < 65;
    let last_year = in_force.then_some(record.unpaid_in_last_12_months == 0);
    tell(record, until, two_thirds, last_year, trace);
    Ok(ContributionVerdict { two_thirds, last_year, passed: two_thirds || last_year == Some(true) })
}

fn tell(record: &ContributionRecord, until: Date, two_thirds: bool, last_year: Option<bool>, trace: &mut Trace) {
    let words = |met: bool| if met { "満たす" } else { "満たさない" };
    trace.tell(|| {
        Step::new(TWO_THIRDS, "納付済期間と免除期間が、前々月までの被保険者期間の3分の2以上")
            .with("被保険者期間", record.insured_months, "月")
            .with("納付済・免除期間", record.paid_or_exempt_months, "月")
            .gives(words(two_thirds))
    });
    trace.tell(|| {
        Step::new(LAST_YEAR, "特例: 65歳未満で、前々月までの1年間に未納がない")
            .with("特例の期限", until, "")
            .with("初診日又は死亡日", record.on, "")
            .with("年齢", record.age, "歳")
            .with("1年間の未納", record.unpaid_in_last_12_months, "月")
            .gives(last_year.map_or("特例の対象ではない", words))
    });
}

fn check(record: &ContributionRecord) -> Result<(), LawError> {
    check_day("初診日 (first_consultation_date)", record.on)?;
    let counts = [record.age, record.insured_months, record.paid_or_exempt_months, record.unpaid_in_last_12_months];
    if counts.iter().any(|count| !(0..=1_200).contains(count)) {
        return Err(LawError::bad_input("年齢と月数", "0以上1200以下で入力してください"));
    }
    if record.paid_or_exempt_months > record.insured_months {
        let reason = format!("被保険者期間の月数 ({}月) 以下で入力してください", record.insured_months);
        return Err(LawError::bad_input("納付済・免除期間の月数 (paid_or_exempt_months)", reason));
    }
    if record.unpaid_in_last_12_months > 12 {
        return Err(LawError::bad_input("1年間の未納の月数 (unpaid_in_last_12_months)", "12月以下で入力してください"));
    }
    Ok(())
}
