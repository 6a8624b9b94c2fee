//! 全銀協規定形式 (総合振込, 種別 21) — the fixed-length file that a bank takes: header, data, trailer, end, 120 bytes each, in the
//! one-byte set of JIS X 0201.
//!
//! Whatever cannot be written is refused by name before a file exists; nothing is converted or dropped on the way.
//! [`tally`] reads a finished file again on its own, from the bytes. [`read_debits`] reads what banks return of 預金口座振替
//! (種別 91).

mod characters;
mod debit;
mod reader;
mod writer;

pub use characters::{NotForBanks, name_bytes};
pub use debit::{ContributionKey, Debit, DebitFile, DebitResult, read_debits};
pub use reader::{FileRefused, Tally, Transferred, tally};
pub use writer::TransferFile;

use std::fmt;

/// A record, without the end of the line.
pub const RECORD_BYTES: usize = 120;
/// 受取人名: so many bytes.
pub const PAYEE_NAME_BYTES: usize = 30;
/// 振込依頼人名: so many bytes.
pub const ORIGINATOR_NAME_BYTES: usize = 40;
/// 振込金額: ten digits.
pub const AMOUNT_YEN_MAX: i64 = 9_999_999_999;
/// 合計金額: twelve digits.
pub const TOTAL_YEN_MAX: i64 = 999_999_999_999;
/// 合計件数: six digits.
pub const TRANSFERS_MAX: usize = 999_999;

/// 口座 — that a file can carry: checked when it is made.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    bank: [u8; 4],
    branch: [u8; 3],
    account_type: u8,
    number: [u8; 7],
    holder: [u8; PAYEE_NAME_BYTES],
}

/// Masked: an account is nobody's business in a log.
impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Account({}-{}-…)", String::from_utf8_lossy(&self.bank), String::from_utf8_lossy(&self.branch))
    }
}

/// Why a transfer cannot be written, in words for the clerk who must ask the person again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferRefused {
    /// 銀行番号.
    #[error("銀行番号が4桁の数字ではないか、0000です。口座を確認してください")]
    Bank,
    /// 支店番号.
    #[error("支店番号が3桁の数字ではありません。口座を確認してください")]
    Branch,
    /// 預金種目.
    #[error("預金種目が普通・当座・貯蓄・その他のどれでもありません。口座を確認してください")]
    AccountType,
    /// 口座番号.
    #[error("口座番号が7桁以内の数字ではないか、すべて0です。口座を確認してください")]
    Number,
    /// 口座名義 with a character that banks do not take.
    #[error(
        "口座名義カナに銀行の様式で使えない文字 (小さいカナ、長音、漢字など) があるか、空です。通帳の表記で登録し直してください"
    )]
    HolderCharacters,
    /// 口座名義 that is too long.
    #[error("口座名義カナが30文字を超えています。銀行に登録された略称を確認してください")]
    HolderLength,
    /// 振込金額.
    #[error("振込金額が1円以上9,999,999,999円以下ではありません。支払を確認してください")]
    Amount,
}

impl TransferRefused {
    /// A short name of the case for machines.
    pub fn code(self) -> &'static str {
        match self {
            TransferRefused::Bank => "bank_code",
            TransferRefused::Branch => "branch_code",
            TransferRefused::AccountType => "account_type",
            TransferRefused::Number => "account_number",
            TransferRefused::HolderCharacters => "holder_characters",
            TransferRefused::HolderLength => "holder_length",
            TransferRefused::Amount => "amount",
        }
    }
}

/// Digits, filled up with zeros on the left.
fn digits<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.is_empty() || text.len() > N || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut filled = [b'0'; N];
    filled[N - text.len()..].copy_from_slice(text.as_bytes());
    Some(filled)
}

/// All of the digits, none filled up.
fn whole<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() == N { digits(text) } else { None }
}

impl Account {
    /// 口座 as registered.
    ///
    /// - `account_type`: 1 普通, 2 当座, 4 貯蓄, 9 その他
    /// - `number`: up to seven digits; filled up with zeros
    /// - `holder_kana`: half-width, as the bank has it
    ///
    /// # Errors
    /// Which part the file cannot carry; the first one, in the order of the record.
    pub fn new(
        bank: &str,
        branch: &str,
        account_type: i16,
        number: &str,
        holder_kana: &str,
    ) -> Result<Account, TransferRefused> {
        let bank = whole(bank).filter(|bank| bank != b"0000").ok_or(TransferRefused::Bank)?;
        let branch = whole(branch).ok_or(TransferRefused::Branch)?;
        let account_type = match account_type {
            1 => b'1',
            2 => b'2',
            4 => b'4',
            9 => b'9',
            _ => return Err(TransferRefused::AccountType),
        };
        let number = digits(number).filter(|number| number != b"0000000").ok_or(TransferRefused::Number)?;
        let name = name_bytes(holder_kana).map_err(|_| TransferRefused::HolderCharacters)?;
        if name.iter().all(|byte| *byte == b' ') {
            return Err(TransferRefused::HolderCharacters);
        }
        let mut holder = [b' '; PAYEE_NAME_BYTES];
        holder.get_mut(..name.len()).ok_or(TransferRefused::HolderLength)?.copy_from_slice(&name);
        Ok(Account { bank, branch, account_type, number, holder })
    }
}

/// 新規コード.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Newness {
    /// その他.
    #[default]
    Other,
    /// 第1回.
    First,
    /// 変更分.
    Changed,
}

/// 振込.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// 口座.
    pub account: Account,
    /// 振込金額, yen.
    pub amount_yen: i64,
    /// 顧客コード1: our key, up to ten digits; comes back with what the bank could not book.
    pub customer: i64,
    /// 新規コード.
    pub newness: Newness,
}

/// 振込依頼人 — who sends the file and from which account; the bank assigns the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Originator {
    code: [u8; 10],
    name: Vec<u8>,
    bank: [u8; 4],
    branch: [u8; 3],
    account_type: u8,
    number: [u8; 7],
}

/// 振込依頼人 that a header cannot carry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("振込依頼人の設定が正しくありません ({0})。銀行から通知された内容で設定してください")]
pub struct BadOriginator(pub &'static str);

impl Originator {
    /// 振込依頼人 out of a setting: `code,name,bank,branch,account_type,number`, such as
    /// `1234567890,ﾈﾝｷﾝｼﾊﾗｲｶﾝ,0001,001,1,9999999`.
    ///
    /// # Errors
    /// Which part is wrong.
    ///
    /// # Examples
    /// The name of a header may be 40 characters long, that of a payee 30.
    pub fn parse(setting: &str) -> Result<Originator, BadOriginator> {
        let parts: Vec<&str> = setting.split(',').collect();
        let [code, name, bank, branch, account_type, number] = parts.as_slice() else {
            return Err(BadOriginator("6項目をコンマで区切る"));
        };
        let name = name_bytes(name).map_err(|_| BadOriginator("振込依頼人名"))?;
        if name.is_empty() || name.len() > ORIGINATOR_NAME_BYTES {
            return Err(BadOriginator("振込依頼人名"));
        }
        Ok(Originator {
            code: digits(code).ok_or(BadOriginator("振込依頼人コード"))?,
            name,
            bank: whole(bank).ok_or(BadOriginator("仕向銀行番号"))?,
            branch: whole(branch).ok_or(BadOriginator("仕向支店番号"))?,
            account_type: match *account_type {
                "1" => b'1',
                "2" => b'2',
                "9" => b'9',
                _ => return Err(BadOriginator("預金種目")),
            },
            number: digits(number).ok_or(BadOriginator("口座番号"))?,
        })
    }
}

#[cfg(test)]
mod debit_tests;
#[cfg(test)]
mod tests;
