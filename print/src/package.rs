//! 印刷の委託に渡す一式 — index, manifest, count sheet, pull list and job ticket. Text files are UTF-8
//! without BOM, lines end in LF, quoting as RFC 4180.

use domain::money::group_thousands;
use domain::{Yen, era};
use jiff::civil::Date;
use serde::Serialize;

use crate::envelope::Envelope;
use crate::marks::{BOLD, Length, Mark, Rect, Text, frame, mm, rule, text};
use crate::pdf::PdfWriter;
use crate::{Fonts, IndexRow, LotSummary, PieceKind, PrintError};

/// 様式版 — with the month from which the wording applies; a change of a golden file changes it.
pub const FORM_VERSION: &str = "2026-04";
/// 用紙コード: A4, wood-free, 70 kg.
pub const STOCK_CODE: &str = "A4-70";
/// 郵便区分: no discount is claimed until the contract names one.
pub const POSTAGE_CLASS: &str = "NORMAL";

/// A whole print run: what its manifest says beside its lots.
#[derive(Clone, Debug)]
pub struct RunSpec {
    /// 印刷ラン番号.
    pub print_run_id: String,
    /// 通知の種類.
    pub kind: PieceKind,
    /// 業務日付: base date and creation date.
    pub business_on: Date,
    /// 封筒.
    pub envelope: Envelope,
    /// 連絡先.
    pub contact: String,
}

/// The manifest, in the order of its columns.
#[derive(Serialize)]
struct Manifest<'a> {
    run_id: &'a str,
    notice_type: &'a str,
    form_version: &'a str,
    base_date: String,
    created_at: String,
    stock_code: &'a str,
    envelope_code: &'a str,
    enclosures: Vec<String>,
    postage_class: &'a str,
    lots: Vec<ManifestLot<'a>>,
    pull_list: String,
    contact: &'a str,
    total_yen: Yen,
}

#[derive(Serialize)]
struct ManifestLot<'a> {
    lot_no: u32,
    lot_count: u32,
    file_name: &'a str,
    sha256: &'a str,
    bytes: u64,
    pieces: u32,
    sheets: u32,
    pages: u32,
    first_seq: u32,
    last_seq: u32,
    total_yen: Yen,
}

impl RunSpec {
    fn manifest<'a>(&'a self, lots: &'a [LotSummary]) -> Result<Manifest<'a>, PrintError> {
        check_lots(lots)?;
        let lot_count = count(lots.len());
        let lot = |lot: &'a LotSummary| ManifestLot {
            lot_no: lot.lot_no,
            lot_count,
            file_name: &lot.file_name,
            sha256: &lot.sha256,
            bytes: lot.bytes,
            pieces: lot.pieces,
            sheets: lot.sheets,
            pages: lot.pages,
            first_seq: lot.first_seq,
            last_seq: lot.last_seq,
            total_yen: lot.total_yen,
        };
        Ok(Manifest {
            run_id: &self.print_run_id,
            notice_type: self.kind.manifest_type(),
            form_version: FORM_VERSION,
            base_date: self.business_on.strftime("%Y%m%d").to_string(),
            created_at: format!("{}T00:00:00+09:00", self.business_on),
            stock_code: STOCK_CODE,
            envelope_code: &self.envelope.code,
            enclosures: Vec::new(),
            postage_class: POSTAGE_CLASS,
            lots: lots.iter().map(lot).collect(),
            pull_list: format!("{}_pull.csv", self.print_run_id),
            contact: &self.contact,
            total_yen: lots.iter().map(|lot| lot.total_yen).sum(),
        })
    }
}

/// Lots 1, 2, … without a gap, numbers that go on from lot to lot, and the equations of every lot.
fn check_lots(lots: &[LotSummary]) -> Result<(), PrintError> {
    let refuse = |what: String| Err(PrintError::Package(what));
    if lots.is_empty() {
        return refuse("ロットが1つもありません".to_owned());
    }
    for (expected, lot) in (1..).zip(lots) {
        if lot.lot_no != expected {
            return refuse(format!("ロット{expected}がありません。番号の順に全部のロットを渡してください"));
        }
        if u64::from(lot.last_seq) + 1 != u64::from(lot.first_seq) + u64::from(lot.pieces) {
            return refuse(format!("ロット{expected}の連番と通数が合いません"));
        }
    }
    match lots.windows(2).find(|pair| pair[1].first_seq != pair[0].last_seq + 1) {
        Some(pair) => refuse(format!("ロット{}とロット{}の連番がつながりません", pair[0].lot_no, pair[1].lot_no)),
        None => Ok(()),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a run has fewer lots")
}

fn failed(error: impl std::fmt::Display) -> PrintError {
    PrintError::Package(error.to_string())
}

fn csv_of<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Result<Vec<u8>, PrintError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).map_err(failed)?;
    }
    writer.into_inner().map_err(failed)
}

/// `<run_id>_<lot>_index.csv` — one row per piece.
///
/// # Errors
/// `Package` — a bug of ours.
pub fn write_index(rows: &[IndexRow]) -> Result<Vec<u8>, PrintError> {
    csv_of(rows)
}

/// `<run_id>_manifest.json`.
///
/// # Errors
/// `Package` — lots missing or doubled, counts that do not add up.
pub fn write_manifest_json(run: &RunSpec, lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    let manifest = run.manifest(lots)?;
    let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A row of the manifest as CSV: the columns of `print_run_manifest`, then the total.
#[derive(Serialize)]
struct ManifestRow<'a> {
    run_id: &'a str,
    notice_type: &'a str,
    form_version: &'a str,
    base_date: &'a str,
    created_at: &'a str,
    lot_no: u32,
    lot_count: u32,
    file_name: &'a str,
    sha256: &'a str,
    bytes: u64,
    pieces: u32,
    sheets: u32,
    pages: u32,
    first_seq: u32,
    last_seq: u32,
    stock_code: &'a str,
    envelope_code: &'a str,
    enclosures: String,
    postage_class: &'a str,
    pull_list: &'a str,
    contact: &'a str,
    total_yen: Yen,
}

/// `<run_id>_manifest.csv` — the same, one row per lot.
///
/// # Errors
/// As [`write_manifest_json`].
pub fn write_manifest_csv(run: &RunSpec, lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    let manifest = run.manifest(lots)?;
    csv_of(manifest.lots.iter().map(|lot| ManifestRow {
        run_id: manifest.run_id,
        notice_type: manifest.notice_type,
        form_version: manifest.form_version,
        base_date: &manifest.base_date,
        created_at: &manifest.created_at,
        lot_no: lot.lot_no,
        lot_count: lot.lot_count,
        file_name: lot.file_name,
        sha256: lot.sha256,
        bytes: lot.bytes,
        pieces: lot.pieces,
        sheets: lot.sheets,
        pages: lot.pages,
        first_seq: lot.first_seq,
        last_seq: lot.last_seq,
        stock_code: manifest.stock_code,
        envelope_code: manifest.envelope_code,
        enclosures: manifest.enclosures.join(" "),
        postage_class: manifest.postage_class,
        pull_list: &manifest.pull_list,
        contact: manifest.contact,
        total_yen: lot.total_yen,
    }))
}

/// A row of the count sheet. The last one is the run: `lot_no` is 合計.
#[derive(Serialize)]
struct CountRow {
    lot_no: String,
    pieces: u64,
    sheets: u64,
    pages: u64,
    first_seq: u32,
    last_seq: u32,
    total_yen: Yen,
}

fn count_rows(lots: &[LotSummary]) -> Result<Vec<CountRow>, PrintError> {
    check_lots(lots)?;
    let row = |lot: &LotSummary| CountRow {
        lot_no: lot.lot_no.to_string(),
        pieces: u64::from(lot.pieces),
        sheets: u64::from(lot.sheets),
        pages: u64::from(lot.pages),
        first_seq: lot.first_seq,
        last_seq: lot.last_seq,
        total_yen: lot.total_yen,
    };
    let mut rows: Vec<CountRow> = lots.iter().map(row).collect();
    rows.push(CountRow {
        lot_no: "合計".to_owned(),
        pieces: rows.iter().map(|row| row.pieces).sum(),
        sheets: rows.iter().map(|row| row.sheets).sum(),
        pages: rows.iter().map(|row| row.pages).sum(),
        first_seq: lots[0].first_seq,
        last_seq: lots[lots.len() - 1].last_seq,
        total_yen: rows.iter().map(|row| row.total_yen).sum(),
    });
    Ok(rows)
}

/// 件数表 `<run_id>_counts.csv` — one row per lot and one for the run.
///
/// # Errors
/// As [`write_manifest_json`].
pub fn write_count_sheet_csv(run: &RunSpec, lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    let _ = run;
    csv_of(count_rows(lots)?)
}

/// 引抜き一覧 `<run_id>_pull.csv` — the header alone; orders come later.
pub fn write_pull_list_header() -> Vec<u8> {
    b"run_id,seq,ordered_at,reason,action,ordered_by,done_at,done_by\n".to_vec()
}

/// Rows of the count sheet on a page.
const ROWS_PER_PAGE: usize = 30;
const SHEET_LEFT: Length = mm(18);
const SHEET_RIGHT: Length = mm(192);

/// 件数表 `<run_id>_counts.pdf`, for the hand-over.
///
/// # Errors
/// As [`write_manifest_json`], and those of the PDF.
pub fn write_count_sheet_pdf(fonts: &Fonts, run: &RunSpec, lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    let rows = count_rows(lots)?;
    let mut writer = PdfWriter::new(fonts);
    let page_count = rows.len().div_ceil(ROWS_PER_PAGE);
    for (number, page) in (1..).zip(rows.chunks(ROWS_PER_PAGE)) {
        let mut marks = run_head(run, "件数表");
        marks.push(text(SHEET_RIGHT, mm(20), 80, format!("{number}/{page_count}")).right().into());
        marks.extend(count_table(page));
        if number == page_count {
            marks.extend(signatures());
        }
        writer.add_page(None, "件数表", &marks)?;
    }
    writer.finish(&format!("件数表 {}", run.print_run_id), run.business_on)
}

fn run_head(run: &RunSpec, title: &str) -> Vec<Mark> {
    let label = |row: i32, name: &str, value: String| -> [Mark; 2] {
        let baseline = mm(34 + 6 * row);
        let value: Text = text(mm(55), baseline, 95, value).shrink(SHEET_RIGHT - mm(55)).item("印刷ランの項目");
        [text(SHEET_LEFT, baseline, 90, name).gothic().into(), value.into()]
    };
    let mut marks: Vec<Mark> = vec![text(mm(105), mm(22), 160, title).gothic().center().into()];
    marks.extend(label(0, "印刷ラン番号", run.print_run_id.clone()));
    marks.extend(label(1, "通知", format!("{}　様式版 {FORM_VERSION}", run.kind.title())));
    marks.extend(label(2, "業務日付", era::in_words(run.business_on)));
    marks.extend(label(3, "連絡先", run.contact.clone()));
    marks
}

/// Right edges of the columns of the count table, and their heads.
const COLUMNS: [(i32, &str); 7] = [
    (32, "ロット"),
    (54, "通数"),
    (76, "枚数"),
    (98, "ページ数"),
    (122, "開始連番"),
    (146, "終了連番"),
    (192, "告知額の合計"),
];
const TABLE_TOP: Length = mm(62);
const TABLE_ROW: Length = mm(6);

fn count_table(rows: &[CountRow]) -> Vec<Mark> {
    let height = TABLE_ROW.times(i32::try_from(rows.len() + 1).expect("a page of rows"));
    let width = SHEET_RIGHT - SHEET_LEFT;
    let mut marks = vec![
        Mark::Shade { area: Rect { left: SHEET_LEFT, top: TABLE_TOP, width, height: TABLE_ROW } },
        Mark::Frame { area: Rect { left: SHEET_LEFT, top: TABLE_TOP, width, height }, weight: BOLD },
    ];
    let mut left = SHEET_LEFT;
    for (right, head) in COLUMNS {
        let centre = Length((left.0 + mm(right).0) / 2);
        marks.push(text(centre, TABLE_TOP + mm(4), 80, head).gothic().center().into());
        marks.push(rule((mm(right), TABLE_TOP), (mm(right), TABLE_TOP + height)));
        left = mm(right);
    }
    for (place, row) in (1..).zip(rows) {
        let top = TABLE_TOP + TABLE_ROW.times(place);
        marks.push(rule((SHEET_LEFT, top), (SHEET_RIGHT, top)));
        for ((right, _), value) in COLUMNS.into_iter().zip(row.cells()) {
            marks.push(text(mm(right) - mm(2), top + Length(420), 90, value).right().into());
        }
    }
    marks
}

impl CountRow {
    fn cells(&self) -> [String; 7] {
        let number = |count: u64| group_thousands(i64::try_from(count).expect("fewer pieces than people"));
        [
            self.lot_no.clone(),
            number(self.pieces),
            number(self.sheets),
            number(self.pages),
            self.first_seq.to_string(),
            self.last_seq.to_string(),
            self.total_yen.to_string(),
        ]
    }
}

/// 授受の確認.
fn signatures() -> Vec<Mark> {
    let mut marks = Vec::new();
    for (left, title) in [(118, "引渡し"), (155, "受取り")] {
        let area = Rect { left: mm(left), top: mm(262), width: mm(37), height: mm(18) };
        marks.push(frame(area));
        marks.push(text(area.left + mm(2), area.top + mm(4), 75, title).gothic().into());
    }
    marks
}

/// 仕様書 `<run_id>_spec.pdf` — the job ticket on one page.
///
/// # Errors
/// As [`write_count_sheet_pdf`].
pub fn write_job_ticket_pdf(fonts: &Fonts, run: &RunSpec, lots: &[LotSummary]) -> Result<Vec<u8>, PrintError> {
    let rows = count_rows(lots)?;
    let run_row = &rows[rows.len() - 1];
    let mut marks = run_head(run, "印刷仕様書");
    for (place, (name, value)) in (0..).zip(ticket(run, lots.len(), run_row)) {
        let top = TABLE_TOP + mm(11).times(place);
        let area = Rect { left: SHEET_LEFT, top, width: SHEET_RIGHT - SHEET_LEFT, height: mm(11) };
        marks.push(Mark::Shade { area: Rect { width: mm(36), ..area } });
        marks.push(frame(area));
        marks.push(text(SHEET_LEFT + mm(2), top + mm(5), 85, name).gothic().into());
        let room = area.width - mm(42);
        marks.push(text(SHEET_LEFT + mm(39), top + mm(5), 85, value).wrap(room, 2, Length(430)).item("仕様").into());
    }
    let mut writer = PdfWriter::new(fonts);
    writer.add_page(None, "印刷仕様書", &marks)?;
    writer.finish(&format!("印刷仕様書 {}", run.print_run_id), run.business_on)
}

fn ticket(run: &RunSpec, lots: usize, total: &CountRow) -> Vec<(&'static str, String)> {
    let window = run.envelope.window;
    vec![
        ("数量", format!("{lots}ロット　{}通　{}枚　{}ページ", total.pieces, total.sheets, total.pages)),
        ("連番", format!("{}から{}まで（欠番なし）", total.first_seq, total.last_seq)),
        ("用紙", format!("{STOCK_CODE}　A4縦、片面、黒1色")),
        (
            "封筒と窓",
            format!(
                "{}　窓は紙の左上から左{}mm、上{}mm、幅{}mm、高さ{}mm。型抜きの図面が優先します",
                run.envelope.code, window.left, window.top, window.width, window.height
            ),
        ),
        (
            "折り",
            "三つ折り。紙の上から99mmと198mm。宛名を外にして封入し、窓から宛名とバーコードだけが見えること".to_owned(),
        ),
        ("封入", "1通1枚。右上の二次元コード（ラン番号/連番/何枚目/枚数）で照合すること".to_owned()),
        ("並び", "郵便番号の順。ロットとページの順を変えないこと".to_owned()),
        ("郵便区分", POSTAGE_CLASS.to_owned()),
        (
            "受領の確認",
            "復号したファイルの SHA-256 を一覧（manifest）と照らし、控えを返してから印刷すること".to_owned(),
        ),
        ("損紙", "同じ連番で刷り直し、結果報告に連番を書くこと".to_owned()),
        ("引抜き", "引抜き一覧（pull.csv）の連番を抜き、処置を結果報告に書くこと".to_owned()),
        ("結果報告", "通数・枚数・差出数を result.csv で返すこと。残数は0、廃棄の証明を添えること".to_owned()),
    ]
}
