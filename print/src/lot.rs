//! ロット — one PDF of consecutive pieces, and what was counted in it.

use domain::Yen;
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::envelope::Envelope;
use crate::marks::Mark;
use crate::notices::letter::{self, PersonLetter};
use crate::notices::sheet::{self, Sheet};
use crate::pdf::{FormNumber, PdfWriter, count_pages};
use crate::typeset::typeset;
use crate::{Fonts, PayeasySettings, PieceKind, PremiumNotice, PrintError, Recipient};

/// First 連番 of a run; eight digits.
pub const FIRST_SEQ: u32 = 10_000_001;

/// What a lot is: its place in the run and its settings.
#[derive(Clone, Debug)]
pub struct LotSpec {
    /// 印刷ラン番号, never reused, at most 32 letters, digits and hyphens.
    pub print_run_id: String,
    /// 通知の種類: one form per run.
    pub kind: PieceKind,
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

/// Whether a notice can be printed, before it gets a number: in the narrowest window that we have.
///
/// # Errors
/// `MissingGlyph`, `DoesNotFit`, `Unfit` — the notice is held.
pub fn check(fonts: &Fonts, notice: &PremiumNotice) -> Result<(), PrintError> {
    check_amounts(notice)?;
    let (envelope, payeasy) = (Envelope::narrowest(), PayeasySettings::default());
    let sheet = Sheet {
        notice,
        print_run_id: "RUN",
        seq: FIRST_SEQ,
        sheet: 1,
        sheets: 1,
        envelope: &envelope,
        payeasy: &payeasy,
    };
    let mut chooser = fonts.chooser();
    for mark in sheet::marks(&sheet) {
        if let Mark::Text(text) = mark {
            typeset(&mut chooser, &notice.notice_id, &text)?;
        }
    }
    Ok(())
}

/// The largest amount the cells of a slip hold: eleven figures.
const AMOUNT_MAX: Yen = Yen::new(99_999_999_999);

fn check_amounts(notice: &PremiumNotice) -> Result<(), PrintError> {
    let unfit = |reason| Err(PrintError::Unfit { notice_id: notice.notice_id.clone(), reason });
    let amounts = [notice.health_yen, notice.pension_yen, notice.contribution_yen];
    if amounts.iter().any(|amount| *amount < Yen::ZERO || *amount > AMOUNT_MAX) {
        return unfit("金額が0円から99,999,999,999円までにありません");
    }
    if notice.total_yen() == Yen::ZERO || notice.total_yen() > AMOUNT_MAX {
        return unfit("合計額が1円から99,999,999,999円までにありません");
    }
    Ok(())
}

/// Whether a letter can be printed, before it gets a number: in the narrowest window that we have.
///
/// # Errors
/// `MissingGlyph`, `DoesNotFit` — the letter is held.
pub fn check_letter(fonts: &Fonts, letter: &PersonLetter) -> Result<(), PrintError> {
    let mut chooser = fonts.chooser();
    for mark in letter::sheets(letter, "RUN", FIRST_SEQ, &Envelope::narrowest()).into_iter().flatten() {
        if let Mark::Text(text) = mark {
            typeset(&mut chooser, &letter.notice_id, &text)?;
        }
    }
    Ok(())
}

/// A piece on its way into a lot: whose it is and the marks of its sheets.
struct Piece<'a> {
    notice_id: &'a str,
    recipient: &'a Recipient,
    total_yen: Yen,
    sheets: Vec<Vec<Mark>>,
}

/// ロットの PDF — lays out the notices in the order given, one sheet each, and counts the file again.
///
/// The same fonts, spec and notices give the same bytes.
///
/// # Errors
/// Any [`PrintError`]; a notice that cannot be printed is named. Nothing is returned then.
pub fn write_lot(fonts: &Fonts, spec: &LotSpec, notices: &[PremiumNotice]) -> Result<Lot, PrintError> {
    check_spec(spec, notices.len())?;
    let PieceKind::Notice(kind) = spec.kind else {
        return Err(PrintError::Spec("人への通知は手紙として印刷してください".to_owned()));
    };
    if let Some(other) = notices.iter().find(|notice| notice.kind != kind) {
        let reason = "ロットの通知の種類と異なります";
        return Err(PrintError::Unfit { notice_id: other.notice_id.clone(), reason });
    }
    let mut writer = PdfWriter::new(fonts);
    let form = writer.add_form(spec.kind.title(), &sheet::form(kind))?;
    let pieces = (spec.first_seq..).zip(notices).map(|(seq, notice)| {
        check_amounts(notice)?;
        let sheet = Sheet {
            notice,
            print_run_id: &spec.print_run_id,
            seq,
            sheet: 1,
            sheets: 1,
            envelope: &spec.envelope,
            payeasy: &spec.payeasy,
        };
        let (recipient, total_yen) = (&notice.recipient, notice.total_yen());
        Ok(Piece { notice_id: &notice.notice_id, recipient, total_yen, sheets: vec![sheet::marks(&sheet)] })
    });
    assemble(writer, spec, Some(form), pieces)
}

/// 手紙のロット — lays out the letters in the order given, as many sheets each as it needs, and counts the file again.
///
/// The same fonts, spec and letters give the same bytes.
///
/// # Errors
/// Any [`PrintError`]; a letter that cannot be printed is named. Nothing is returned then.
pub fn write_letters(fonts: &Fonts, spec: &LotSpec, letters: &[PersonLetter]) -> Result<Lot, PrintError> {
    check_spec(spec, letters.len())?;
    if spec.kind != PieceKind::Letter {
        return Err(PrintError::Spec("納入告知は告知の様式で印刷してください".to_owned()));
    }
    let pieces = (spec.first_seq..).zip(letters).map(|(seq, letter)| {
        let sheets = letter::sheets(letter, &spec.print_run_id, seq, &spec.envelope);
        Ok(Piece { notice_id: &letter.notice_id, recipient: &letter.recipient, total_yen: Yen::ZERO, sheets })
    });
    assemble(PdfWriter::new(fonts), spec, None, pieces)
}

/// Pages of the pieces in order, the index over them and the figures; counted again from the file.
fn assemble<'a>(
    mut writer: PdfWriter<'_>,
    spec: &LotSpec,
    form: Option<FormNumber>,
    pieces: impl Iterator<Item = Result<Piece<'a>, PrintError>>,
) -> Result<Lot, PrintError> {
    let (mut index, mut page, mut total_yen) = (Vec::new(), 0, Yen::ZERO);
    for (seq, piece) in (spec.first_seq..).zip(pieces) {
        let piece = piece?;
        for marks in &piece.sheets {
            writer.add_page(form, piece.notice_id, marks)?;
        }
        let sheets = u32::try_from(piece.sheets.len()).expect("a letter has a few sheets");
        index.push(row(seq, page + 1, sheets, &piece));
        page += sheets;
        total_yen += piece.total_yen;
    }
    let title = format!("{} {} {}/{}", spec.kind.title(), spec.print_run_id, spec.lot_no, spec.lot_count);
    let pdf = writer.finish(&title, spec.business_on)?;
    let summary = summarize(spec, &index, total_yen, &pdf)?;
    let lot = Lot { pdf, index, summary };
    lot.prove()?;
    Ok(lot)
}

fn check_spec(spec: &LotSpec, pieces: usize) -> Result<(), PrintError> {
    let refuse = |what: &str| Err(PrintError::Spec(what.to_owned()));
    let id = &spec.print_run_id;
    if !(1..=32).contains(&id.len()) || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return refuse("印刷ラン番号は半角英数字とハイフン32字までにしてください");
    }
    if spec.lot_no == 0 || spec.lot_no > spec.lot_count {
        return refuse("ロット番号が1からロット数までにありません");
    }
    let last = u64::from(spec.first_seq) + pieces as u64;
    if spec.first_seq < FIRST_SEQ || last > 100_000_000 {
        return refuse("連番が10000001から99999999までにありません");
    }
    if pieces == 0 {
        return refuse("通知が1通もありません");
    }
    Ok(())
}

fn row(seq: u32, page: u32, sheets: u32, piece: &Piece<'_>) -> IndexRow {
    let zip = piece.recipient.postal_code.digits();
    let barcode = piece
        .recipient
        .address_number()
        .map(|number| format!("{zip}{}", domain::customer_barcode::within_symbol(&number)));
    IndexRow {
        seq,
        notice_id: piece.notice_id.to_owned(),
        page_from: page,
        page_to: page + sheets - 1,
        sheets,
        zip: zip.to_owned(),
        customer_barcode: barcode.unwrap_or_default(),
        sort_bundle: zip[..3].to_owned(),
        dispatch: Dispatch::Mail,
        special: String::new(),
        page_hash: String::new(),
    }
}

fn summarize(spec: &LotSpec, index: &[IndexRow], total_yen: Yen, pdf: &[u8]) -> Result<LotSummary, PrintError> {
    let pieces = u32::try_from(index.len()).expect("checked with the sequence numbers");
    Ok(LotSummary {
        lot_no: spec.lot_no,
        file_name: spec.file_name(),
        sha256: hex::encode(Sha256::digest(pdf)),
        bytes: pdf.len() as u64,
        pieces,
        sheets: index.iter().map(|row| row.sheets).sum(),
        pages: count_pages(pdf)?,
        first_seq: spec.first_seq,
        last_seq: spec.first_seq + pieces - 1,
        total_yen,
    })
}

impl Lot {
    /// 件数の等式 — pieces, numbers and pages of the finished file agree.
    fn prove(&self) -> Result<(), PrintError> {
        let LotSummary { pieces, pages, sheets, first_seq, last_seq, .. } = self.summary;
        let last_page = self.index.last().map_or(0, |row| row.page_to);
        let equal = |what, planned: u64, found: u64| match planned == found {
            true => Ok(()),
            false => Err(PrintError::CountsDiffer { what, planned, found }),
        };
        equal("通数", self.index.len() as u64, u64::from(pieces))?;
        equal("連番", u64::from(last_seq - first_seq + 1), u64::from(pieces))?;
        equal("枚数", self.index.iter().map(|row| u64::from(row.sheets)).sum(), u64::from(sheets))?;
        equal("ページ数", u64::from(last_page), u64::from(pages))
    }
}
