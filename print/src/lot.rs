//! ロット — one PDF of consecutive pieces, and what was counted in it.

use domain::Yen;
use jiff::civil::Date;
use serde::Serialize;

use crate::envelope::Envelope;
use crate::{Fonts, NoticeKind, PayeasySettings, PremiumNotice, PrintError};

/// First 連番 of a run; eight digits.
pub const FIRST_SEQ: u32 = 10_000_001;

/// What a lot is: its place in the run and its settings.
#[derive(Clone, Debug)]
pub struct LotSpec {
    /// 印刷ラン番号, never reused, at most 32 letters, digits and hyphens.
    pub print_run_id: String,
    /// 通知の種類: one form per run.
    pub kind: NoticeKind,
    /// ロット番号, from 1.
    pub lot_no: u32,
    /// ロット数 of the run.
    pub lot_count: u32,
    /// 開始連番 (first of the run: [`FIRST_SEQ`]); the notices get consecutive numbers in the order given.
    pub first_seq: u32,
    /// 業務日付: dates the file.
    pub business_on: Date,
    /// The envelope whose window the address must meet.
    pub envelope: Envelope,
    /// Numbers of the payment slips.
    pub payeasy: PayeasySettings,
}

impl LotSpec {
    /// `<run_id>_<lot>.pdf`.
    pub fn file_name(&self) -> String {
        format!("{}_{:02}.pdf", self.print_run_id, self.lot_no)
    }
}

/// 発送区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Dispatch {
    /// By post.
    Mail,
    /// 手交.
    Hand,
    /// 引抜き.
    Pull,
}

/// A piece in the index, columns of `print_piece_index`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexRow {
    /// 連番.
    pub seq: u32,
    /// 通知ID.
    pub notice_id: String,
    /// 開始ページ.
    pub page_from: u32,
    /// 終了ページ.
    pub page_to: u32,
    /// 枚数.
    pub sheets: u32,
    /// 郵便番号.
    pub zip: String,
    /// カスタマバーコード: the postal code and the address number as far as it is in the bars; empty without one.
    pub customer_barcode: String,
    /// 区分: first three digits of the postal code.
    pub sort_bundle: String,
    /// 発送区分.
    pub dispatch: Dispatch,
    /// 言語点字等.
    pub special: String,
    /// ハッシュ.
    pub page_hash: String,
}

/// A finished lot.
#[derive(Clone)]
pub struct Lot {
    /// The file.
    pub pdf: Vec<u8>,
    /// One row per piece, in the order of the pages.
    pub index: Vec<IndexRow>,
    /// What was counted in it.
    pub summary: LotSummary,
}

/// The figures of a lot, as manifest and count sheet say them and `print_lots` keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotSummary {
    /// ロット番号.
    pub lot_no: u32,
    /// ファイル名.
    pub file_name: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// サイズ.
    pub bytes: u64,
    /// 通数.
    pub pieces: u32,
    /// 枚数.
    pub sheets: u32,
    /// ページ数, counted from the file.
    pub pages: u32,
    /// 開始連番.
    pub first_seq: u32,
    /// 終了連番.
    pub last_seq: u32,
    /// 告知額の合計.
    pub total_yen: Yen,
}

/// Whether a notice can be printed, before it gets a number.
///
/// # Errors
/// `MissingGlyph`, `DoesNotFit`, `Unfit` — the notice is held.
pub fn check(_fonts: &Fonts, _notice: &PremiumNotice) -> Result<(), PrintError> {
    Err(PrintError::Pdf("not yet".to_owned()))
}

/// ロットの PDF — lays out the notices in the order given, one sheet each, and counts the file again.
///
/// The same fonts, spec and notices give the same bytes.
///
/// # Errors
/// Any [`PrintError`]; a notice that cannot be printed is named. Nothing is returned then.
pub fn write_lot(_fonts: &Fonts, _spec: &LotSpec, _notices: &[PremiumNotice]) -> Result<Lot, PrintError> {
    Err(PrintError::Pdf("not yet".to_owned()))
}
