//! 印刷の委託に渡す一式 — index, manifest, count sheet, pull list and job ticket. UTF-8 without BOM, LF.

use jiff::civil::Date;

use crate::envelope::Envelope;
use crate::{Fonts, IndexRow, LotSummary, NoticeKind, PrintError};

/// A whole print run: what its manifest says.
#[derive(Clone, Debug)]
pub struct RunSpec {
    /// 印刷ラン番号.
    pub print_run_id: String,
    /// 通知の種類.
    pub kind: NoticeKind,
    /// 業務日付: base date and creation date.
    pub business_on: Date,
    /// 封筒.
    pub envelope: Envelope,
    /// 連絡先.
    pub contact: String,
}

/// `<run_id>_<lot>_index.csv`.
///
/// # Errors
/// `Package` — a bug of ours.
pub fn write_index(_rows: &[IndexRow]) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Package("not yet".to_owned()))
}

/// `<run_id>_manifest.json`.
///
/// # Errors
/// `Package` — lots missing or doubled, counts that do not add up.
pub fn write_manifest_json(_run: &RunSpec, _lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Package("not yet".to_owned()))
}

/// `<run_id>_manifest.csv`: one row per lot.
///
/// # Errors
/// As [`write_manifest_json`].
pub fn write_manifest_csv(_run: &RunSpec, _lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Package("not yet".to_owned()))
}

/// 件数表 `<run_id>_counts.csv`.
///
/// # Errors
/// As [`write_manifest_json`].
pub fn write_count_sheet_csv(_run: &RunSpec, _lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Package("not yet".to_owned()))
}

/// 件数表 `<run_id>_counts.pdf`.
///
/// # Errors
/// As [`write_manifest_json`], and those of the PDF.
pub fn write_count_sheet_pdf(_fonts: &Fonts, _run: &RunSpec, _lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Package("not yet".to_owned()))
}

/// 引抜き一覧 `<run_id>_pull.csv`: the header alone, for orders that come later.
pub fn write_pull_list_header() -> Vec<u8> {
    Vec::new()
}

/// 仕様書 `<run_id>_spec.pdf`: the job ticket on one page.
///
/// # Errors
/// As [`write_count_sheet_pdf`].
pub fn write_job_ticket_pdf(_fonts: &Fonts, _run: &RunSpec, _lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Package("not yet".to_owned()))
}
