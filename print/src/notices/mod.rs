//! What the notices say. Each notice has a folder: `notice.rs` (what it says), `layout.rs` (where),
//! `golden.txt` (the marks of a sample).

pub mod debit_notice;
pub mod letter;
pub mod payment_slip;
pub mod sheet;

#[cfg(test)]
pub(crate) mod sample;

use std::fmt;

use domain::{EmployerSymbol, Month, PostalCode, Yen};
use jiff::civil::Date;

/// 不服申立ての教示 (行政不服審査法82条), the same on both notices.
const APPEAL: &str = "健康保険料・厚生年金保険料の告知に不服があるときは、この告知があったことを知った日の翌日から起算して3か月以内に、社会保険\
                      審査会（厚生労働省内）に文書または口頭で審査請求をすることができます（健康保険法第190条、厚生年金保険法第91条\
                      第1項）。審査請求をしないで、またはその裁決を経て、国を被告として（代表者は法務大臣）取消しの訴えを起こすこと\
                      もできます。訴えの期限は、告知（裁決を経たときは裁決）があったことを知った日の翌日から起算して6か月です。\
                      子ども・子育て拠出金についての不服の申出先は、発行した年金事務所におたずねください。";

/// 通知の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// 保険料納入告知額通知書 — for those who pay by 口座振替.
    DebitNotice,
    /// 納入告知書 (納付書) — for the others, with a payment slip.
    PaymentSlip,
}

impl NoticeKind {
    /// Both.
    pub const ALL: [NoticeKind; 2] = [NoticeKind::DebitNotice, NoticeKind::PaymentSlip];

    /// As `notices.kind` has it: `debit_notice`, `payment_slip`.
    pub const fn code(self) -> &'static str {
        match self {
            NoticeKind::DebitNotice => "debit_notice",
            NoticeKind::PaymentSlip => "payment_slip",
        }
    }

    /// 通知種別 of the manifest, at most 16 characters: `DEBIT-NOTICE`, `PAYMENT-SLIP`.
    pub const fn manifest_type(self) -> &'static str {
        match self {
            NoticeKind::DebitNotice => "DEBIT-NOTICE",
            NoticeKind::PaymentSlip => "PAYMENT-SLIP",
        }
    }

    /// The title on the sheet.
    pub const fn title(self) -> &'static str {
        match self {
            NoticeKind::DebitNotice => "保険料納入告知額通知書",
            NoticeKind::PaymentSlip => "納入告知書（納付書）",
        }
    }

    /// By its [`code`](NoticeKind::code).
    pub fn from_code(code: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// 印刷物の種類 — a notice to an employer or a letter to a person; one kind in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PieceKind {
    /// 納入告知.
    Notice(NoticeKind),
    /// 人への通知.
    Letter,
}

impl PieceKind {
    /// As `print_runs.kind` has it.
    pub const fn code(self) -> &'static str {
        match self {
            PieceKind::Notice(kind) => kind.code(),
            PieceKind::Letter => "letter",
        }
    }

    /// 通知種別 of the manifest, at most 16 characters.
    pub const fn manifest_type(self) -> &'static str {
        match self {
            PieceKind::Notice(kind) => kind.manifest_type(),
            PieceKind::Letter => "PENSION-LETTER",
        }
    }

    /// What stands on covers and count sheets.
    pub const fn title(self) -> &'static str {
        match self {
            PieceKind::Notice(kind) => kind.title(),
            PieceKind::Letter => "年金の通知",
        }
    }

    /// By its [`code`](PieceKind::code).
    pub fn from_code(code: &str) -> Option<PieceKind> {
        if code == PieceKind::Letter.code() {
            return Some(PieceKind::Letter);
        }
        NoticeKind::from_code(code).map(PieceKind::Notice)
    }
}

impl From<NoticeKind> for PieceKind {
    fn from(kind: NoticeKind) -> PieceKind {
        PieceKind::Notice(kind)
    }
}

/// 納入告知 — what one employer owes for one month, as its notice says it.
#[derive(Clone, PartialEq, Eq)]
pub struct PremiumNotice {
    /// 通知ID, our key; never a number of a person.
    pub notice_id: String,
    /// Which of the two forms.
    pub kind: NoticeKind,
    /// 宛先.
    pub recipient: Recipient,
    /// 事業所整理記号.
    pub employer_symbol: EmployerSymbol,
    /// 事業所番号, five digits.
    pub employer_number: String,
    /// 月分.
    pub for_month: Month,
    /// 発行日.
    pub issued_on: Date,
    /// 納付期限, and for debit payers the day of 口座振替 (厚生年金保険法83条1項・健康保険法164条1項).
    pub due_on: Date,
    /// 被保険者数.
    pub insured_count: u32,
    /// 健康勘定 健康保険料 (long-term care and the support levy included).
    pub health_yen: Yen,
    /// 厚生年金勘定 厚生年金保険料.
    pub pension_yen: Yen,
    /// 子ども・子育て拠出金.
    pub contribution_yen: Yen,
    /// 発行する年金事務所.
    pub office: IssuingOffice,
}

impl PremiumNotice {
    /// 合計額.
    pub fn total_yen(&self) -> Yen {
        self.health_yen + self.pension_yen + self.contribution_yen
    }
}

/// No name, no address, no amount.
impl fmt::Debug for PremiumNotice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PremiumNotice")
            .field("notice_id", &self.notice_id)
            .field("kind", &self.kind)
            .field("for_month", &self.for_month)
            .finish_non_exhaustive()
    }
}

/// 宛先 — who gets the envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    /// 郵便番号.
    pub postal_code: PostalCode,
    /// 住所 from the prefecture on.
    pub address: String,
    /// 町域の後ろの部分 of the same address, for the customer barcode; `None` draws no barcode.
    /// Who cannot tell the town takes `domain::customer_barcode::from_first_digit`.
    pub address_behind_town: Option<String>,
    /// 名称. Variation selectors are kept and shown.
    pub name: String,
}

impl Recipient {
    /// 住所表示番号 as far as it goes into the barcode; `None` when no barcode may be printed: the postal
    /// code stands for a whole municipality, or the address was not cut behind the town.
    pub fn address_number(&self) -> Option<String> {
        if domain::customer_barcode::is_representative(self.postal_code) {
            return None;
        }
        self.address_behind_town.as_deref().map(domain::customer_barcode::extract)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Recipient({:?}, ****)", self.postal_code)
    }
}

/// 発行する事務所 — printed as issuer and for questions. Empty texts are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuingOffice {
    /// `千代田年金事務所`.
    pub name: String,
    /// Address in one line, with postal code if wanted.
    pub address: String,
    /// Telephone number.
    pub telephone: String,
}
