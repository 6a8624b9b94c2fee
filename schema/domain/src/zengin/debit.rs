//! 預金口座振替の結果 (種別 91) の読み手 — what a bank tells of the debits that were asked of it.
//!
//! Request and result have one layout: which of them a file is, the caller knows. Ends of line differ between banks: CR LF, LF or
//! none, each throughout; a last 1A is passed over. The words of a file (names, accounts) are not kept: 顧客番号 is our key.

use std::fmt;

use jiff::civil::Date;

use super::reader::{FileRefused, Record};
use super::{AMOUNT_YEN_MAX, RECORD_BYTES};
use crate::{BasicPensionNumber, Month};

/// 顧客番号: so many characters.
const CUSTOMER_CHARS: usize = 20;

/// 振替結果.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebitResult {
    /// 振替済.
    Debited,
    /// 資金不足.
    NoFunds,
    /// 預金取引なし.
    NoAccount,
    /// 預金者の都合による振替停止.
    StoppedByHolder,
    /// 預金口座振替依頼書なし.
    NoMandate,
    /// 委託者の都合による振替停止.
    StoppedByCollector,
    /// その他.
    Other,
}

impl DebitResult {
    const ALL: [(u8, DebitResult, &'static str, &'static str); 7] = [
        (b'0', DebitResult::Debited, "debited", "振替済"),
        (b'1', DebitResult::NoFunds, "no_funds", "資金不足"),
        (b'2', DebitResult::NoAccount, "no_account", "預金取引なし"),
        (b'3', DebitResult::StoppedByHolder, "stopped_by_holder", "預金者の都合による振替停止"),
        (b'4', DebitResult::NoMandate, "no_mandate", "預金口座振替依頼書なし"),
        (b'8', DebitResult::StoppedByCollector, "stopped_by_collector", "委託者の都合による振替停止"),
        (b'9', DebitResult::Other, "other", "その他の理由による振替不能"),
    ];

    fn row(self) -> (u8, DebitResult, &'static str, &'static str) {
        Self::ALL.into_iter().find(|row| row.1 == self).expect("every result has its row")
    }

    fn of(code: u8) -> Option<DebitResult> {
        Self::ALL.into_iter().find(|row| row.0 == code).map(|row| row.1)
    }

    /// A short name of the case for machines.
    pub fn code(self) -> &'static str {
        self.row().2
    }

    /// 振替結果の名.
    pub fn name(self) -> &'static str {
        self.row().3
    }
}

/// 振替の結果の一件.
#[derive(Clone, PartialEq, Eq)]
pub struct Debit {
    /// Record of the file, from 1: the header is the first.
    pub line: usize,
    /// 顧客番号, without the spaces behind it.
    pub customer: String,
    /// 引落金額, yen, at least 1.
    pub amount_yen: i64,
    /// 振替結果.
    pub result: DebitResult,
}

/// Masked: 顧客番号 is a number of a person.
impl fmt::Debug for Debit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Debit { line, amount_yen, result, .. } = self;
        write!(out, "Debit({line}, …, {amount_yen}, {result:?})")
    }
}

/// 振替結果のファイル — its sums are those of its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DebitFile {
    /// 引落日: month and day, which stand in some year.
    pub month_day: (i8, i8),
    /// In order of the file.
    pub debits: Vec<Debit>,
    /// 合計金額, yen.
    pub amount_yen: i64,
    /// The trailer counts what was debited and what was not; where it does not, nothing tells the file from a request that was not
    /// sent yet, unless some debit failed.
    pub counts_results: bool,
}

impl DebitFile {
    /// Of what was debited: how many, and yen.
    pub fn debited(&self) -> (usize, i64) {
        let debited = || self.debits.iter().filter(|debit| debit.result == DebitResult::Debited);
        (debited().count(), debited().map(|debit| debit.amount_yen).sum())
    }

    /// 引落日 — such a day nearest to a date.
    ///
    /// # Examples
    /// 12-31 read on 2027-01-05 is that of 2026. 29 February lies in the leap years alone.
    pub fn debited_on(&self, near: Date) -> Option<Date> {
        let (month, day) = self.month_day;
        let years = (near.year() - 1)..=(near.year() + 1);
        let days = years.filter_map(|year| Date::new(year, month, day).ok());
        days.min_by_key(|date| (*date - near).get_days().abs())
    }
}

/// 預金口座振替の結果を読む — header, data, trailer, end; every field of the standard's place and kind, and the sums.
///
/// # Errors
/// The first record that is not as the standard says: length, order, digits, result, sums.
pub fn read_debits(bytes: &[u8]) -> Result<DebitFile, FileRefused> {
    let mut found = DebitFile::default();
    let mut expected: &[u8] = b"1";
    let mut last = 0;
    for (place, record) in records(bytes)?.into_iter().enumerate() {
        last = place + 1;
        let refuse = |reason| FileRefused { line: last, reason };
        if !expected.contains(&record[0]) {
            return Err(refuse("レコードの順序が正しくありません"));
        }
        let fields = Record(record);
        let read = match record[0] {
            b'1' => header(&fields, &mut found),
            b'2' => data(&fields, last, &mut found),
            b'8' => trailer(&fields, &mut found),
            _ => fields.spaces(2, RECORD_BYTES),
        };
        read.map_err(refuse)?;
        expected = match record[0] {
            b'1' | b'2' => b"28",
            b'8' => b"9",
            _ => b"",
        };
    }
    if expected.is_empty() {
        Ok(found)
    } else {
        Err(FileRefused { line: last, reason: "エンドレコードがありません" })
    }
}

/// Records of 120 bytes, with one end of line throughout or none.
fn records(bytes: &[u8]) -> Result<Vec<&[u8]>, FileRefused> {
    let bytes = bytes.strip_suffix(b"\x1A").unwrap_or(bytes);
    let end: &[u8] = match bytes.get(RECORD_BYTES..RECORD_BYTES + 2) {
        Some(b"\r\n") => b"\r\n",
        Some([b'\n', _]) => b"\n",
        _ => b"",
    };
    let mut records = Vec::with_capacity(bytes.len() / RECORD_BYTES);
    for (place, line) in bytes.chunks(RECORD_BYTES + end.len()).enumerate() {
        // The last line may end with the file.
        let record = line.strip_suffix(end).filter(|record| record.len() == RECORD_BYTES);
        let record = record.or(Some(line).filter(|line| line.len() == RECORD_BYTES));
        let reason = "120バイトのレコードではありません (改行は CR LF、LF、なしのどれか一つ)";
        records.push(record.ok_or(FileRefused { line: place + 1, reason })?);
    }
    Ok(records)
}

fn header(fields: &Record<'_>, found: &mut DebitFile) -> Result<(), &'static str> {
    if fields.at(2, 3) != b"91" {
        return Err("種別コードが91 (預金口座振替) ではありません");
    }
    if fields.at(4, 4) != b"0" {
        return Err("コード区分が0 (JIS) ではありません。銀行に JIS のファイルを求めてください");
    }
    fields.digits(5, 14, "委託者コードが数字ではありません")?;
    let two = |first| -> Result<i8, &'static str> {
        i8::try_from(fields.number(first, first + 1, "引落日が数字ではありません")?).map_err(|_| "引落日が実在しません")
    };
    found.month_day = (two(55)?, two(57)?);
    // 2024 is a leap year.
    Date::new(2024, found.month_day.0, found.month_day.1).map_err(|_| "引落日が実在しません")?;
    fields.spaces(104, RECORD_BYTES)
}

fn data(fields: &Record<'_>, line: usize, found: &mut DebitFile) -> Result<(), &'static str> {
    fields.digits(2, 5, "銀行番号が数字ではありません")?;
    fields.digits(21, 23, "支店番号が数字ではありません")?;
    fields.digits(43, 50, "口座番号が数字ではありません")?;
    let amount_yen = fields.number(81, 90, "引落金額が数字ではありません")?;
    if !(1..=AMOUNT_YEN_MAX).contains(&amount_yen) {
        return Err("引落金額が0円です");
    }
    let code = fields.at(112, 112)[0];
    let result = DebitResult::of(code).ok_or("振替結果コードが0から4まで、8、9のどれでもありません")?;
    fields.spaces(113, RECORD_BYTES)?;
    let customer = String::from_utf8_lossy(fields.at(92, 91 + CUSTOMER_CHARS)).trim_end().to_owned();
    found.debits.push(Debit { line, customer, amount_yen, result });
    found.amount_yen = found.amount_yen.checked_add(amount_yen).ok_or("合計金額が大きすぎます")?;
    Ok(())
}

/// Some banks leave the four fields of the results zero: these are compared where one of them is not.
fn trailer(fields: &Record<'_>, found: &mut DebitFile) -> Result<(), &'static str> {
    let number = |first, last| fields.number(first, last, "合計が数字ではありません");
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if number(2, 7)? != count(found.debits.len()) {
        return Err("合計件数がデータレコードの数と違います");
    }
    if number(8, 19)? != found.amount_yen {
        return Err("合計金額がデータレコードの合計と違います");
    }
    let told = [number(20, 25)?, number(26, 37)?, number(38, 43)?, number(44, 55)?];
    let (debited, debited_yen) = found.debited();
    let failed = [count(found.debits.len() - debited), found.amount_yen - debited_yen];
    found.counts_results = told.iter().any(|number| *number != 0);
    if found.counts_results && told != [count(debited), debited_yen, failed[0], failed[1]] {
        return Err("振替済・振替不能の件数か金額がデータレコードと違います");
    }
    fields.spaces(56, RECORD_BYTES)
}

/// 国民年金保険料の顧客番号 — 基礎年金番号, 月分 and 保険料の種類, as the request of the debit wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContributionKey {
    /// 基礎年金番号.
    pub number: BasicPensionNumber,
    /// 月分.
    pub month: Month,
    /// 付加保険料 rather than the flat contribution.
    pub additional: bool,
}

impl ContributionKey {
    /// Twenty digits: 基礎年金番号 10, 月分 6 (`YYYYMM`), 種類 2 (`00` 定額, `01` 付加), and `00`.
    pub fn digits(&self) -> String {
        let kind = if self.additional { "01" } else { "00" };
        format!("{}{:04}{:02}{kind}00", self.number.digits(), self.month.year(), self.month.month())
    }

    /// Back from the digits; `None` where they are no key of ours.
    ///
    /// # Examples
    /// `21012000012026070000` with four zeros behind: 2101-200001, July 2026, the flat contribution.
    pub fn parse(text: &str) -> Option<ContributionKey> {
        if text.len() != CUSTOMER_CHARS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let additional = match text.get(16..)? {
            "0000" => false,
            "0100" => true,
            _ => return None,
        };
        let month = Month::new(text.get(10..14)?.parse().ok()?, text.get(14..16)?.parse().ok()?)?;
        Some(ContributionKey { number: text.get(..10)?.parse().ok()?, month, additional })
    }
}
