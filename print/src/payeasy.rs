//! ペイジー — the numbers on a payment slip. The check rules inside 納付番号 are known to members of the
//! network only, so what stands here are settings: who goes into production gets the biller number and the
//! rules by contract and replaces [`PayeasySettings`] and the two functions below it.

use domain::Yen;
use sha2::{Digest, Sha256};

/// 収納機関の設定.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeasySettings {
    /// 収納機関番号, five digits.
    pub biller_number: String,
    /// 納付区分, up to ten digits.
    pub payment_kind: String,
    /// Mixed into 確認番号, so that it cannot be worked out from the slip.
    pub confirmation_key: String,
}

/// Numbers of no real biller, for trials.
impl Default for PayeasySettings {
    fn default() -> PayeasySettings {
        PayeasySettings {
            biller_number: "00000".to_owned(),
            payment_kind: "1".to_owned(),
            confirmation_key: "trial".to_owned(),
        }
    }
}

/// The four numbers as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeasyNumbers {
    /// 収納機関番号.
    pub biller_number: String,
    /// 納付番号, 16 digits.
    pub payment_number: String,
    /// 確認番号, six digits.
    pub confirmation_number: String,
    /// 納付区分.
    pub payment_kind: String,
}

impl PayeasySettings {
    /// 納付番号・確認番号 — the same for the same notice and amount, always.
    pub fn numbers(&self, notice_id: &str, total: Yen) -> PayeasyNumbers {
        let payment_number = digits_of(&[&self.biller_number, notice_id], 16);
        let confirmation_number = digits_of(&[&payment_number, &total.get().to_string(), &self.confirmation_key], 6);
        PayeasyNumbers {
            biller_number: self.biller_number.clone(),
            payment_number,
            confirmation_number,
            payment_kind: self.payment_kind.clone(),
        }
    }
}

/// So many decimal digits of the SHA-256 of the parts.
fn digits_of(parts: &[&str], count: usize) -> String {
    let digest = Sha256::digest(parts.join("|"));
    digest.iter().map(|byte| char::from(b'0' + byte % 10)).take(count).collect()
}
