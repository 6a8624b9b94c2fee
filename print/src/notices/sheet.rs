//! What both notices share: the address in the window, the issuer, the number of the sheet, the fields of the
//! employer and the table of amounts.

use domain::money::group_thousands;
use domain::{Yen, customer_barcode, era};
use jiff::civil::Date;

use crate::PayeasySettings;
use crate::envelope::Envelope;
use crate::marks::{BAR_PITCH, BAR_WIDTH, BOLD, Length, Mark, Rect, frame, mm, rule, text};
use crate::notices::{IssuingOffice, NoticeKind, PremiumNotice, Recipient};

/// Left edge of the print area.
pub const LEFT: Length = mm(18);
/// Right edge of the print area.
pub const RIGHT: Length = mm(192);
/// First fold.
pub const FIRST_FOLD: Length = mm(99);
/// Second fold.
pub const SECOND_FOLD: Length = mm(198);

/// A notice on its way to a sheet: with its number in the run.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// What it says.
    pub notice: &'a PremiumNotice,
    /// 印刷ラン番号.
    pub print_run_id: &'a str,
    /// 連番.
    pub seq: u32,
    /// Which sheet of the piece.
    pub sheet: u32,
    /// Sheets of the piece.
    pub sheets: u32,
    /// 封筒.
    pub envelope: &'a Envelope,
    /// ペイジーの設定.
    pub payeasy: &'a PayeasySettings,
}

/// 様式 — what stands on every sheet of a kind.
pub fn form(kind: NoticeKind) -> Vec<Mark> {
    match kind {
        NoticeKind::DebitNotice => super::debit_notice::layout::form(),
        NoticeKind::PaymentSlip => super::payment_slip::layout::form(),
    }
}

/// What this sheet alone says.
pub fn marks(sheet: &Sheet<'_>) -> Vec<Mark> {
    match sheet.notice.kind {
        NoticeKind::DebitNotice => super::debit_notice::layout::debit_notice(sheet),
        NoticeKind::PaymentSlip => super::payment_slip::layout::payment_slip(sheet),
    }
}

/// The title, the heads of the issuer and the fold marks.
pub(super) fn head(title: &str, subtitle: &str) -> Vec<Mark> {
    let mut marks = vec![
        text(mm(105), mm(71), 180, title).gothic().center().into(),
        text(mm(105), mm(77), 95, subtitle).center().into(),
    ];
    marks.extend(folds());
    marks
}

/// 折り目.
pub(super) fn folds() -> Vec<Mark> {
    let at = |fold| [rule((mm(4), fold), (mm(8), fold)), rule((mm(202), fold), (mm(206), fold))];
    [FIRST_FOLD, SECOND_FOLD].into_iter().flat_map(at).collect()
}

/// 宛先 — postal code, address, name and barcode, inside the part of the window that always shows.
pub(crate) fn address(sheet: &Sheet<'_>) -> Vec<Mark> {
    address_of(&sheet.notice.recipient, sheet.envelope, "御中")
}

/// 宛先 with the word of respect behind the name: 御中 for an office, 様 for a person.
pub(super) fn address_of(recipient: &Recipient, envelope: &Envelope, respect: &str) -> Vec<Mark> {
    let Rect { left, top, width, .. } = envelope.always_visible();
    let left = left + mm(1);
    let room = width - mm(2);
    let mut marks: Vec<Mark> = vec![
        text(left, top + mm(4), 105, format!("〒{}", recipient.postal_code)).into(),
        text(left, top + mm(9), 95, &*recipient.address).wrap(room, 2, Length(430)).item("住所").into(),
        text(left, top + mm(19), 110, format!("{}　{respect}", recipient.name))
            .wrap(room, 2, Length(480))
            .item("名称")
            .into(),
    ];
    if let Some(bars) = barcode(recipient) {
        let length = BAR_PITCH.times(66) + BAR_WIDTH;
        let x = Length(left.0 + (room.0 - length.0) / 2);
        marks.push(Mark::CustomerBarcode { x, top: top + Length(2850), bars });
    }
    marks
}

/// The bars, where a barcode may be printed.
fn barcode(recipient: &Recipient) -> Option<String> {
    let number = recipient.address_number()?;
    let bars = customer_barcode::bars(recipient.postal_code, &number);
    Some(bars.expect("an extracted number has only characters of the symbol"))
}

/// 発行日・発行者.
pub(super) fn issuer(notice: &PremiumNotice) -> Vec<Mark> {
    issuer_of(&notice.office, notice.issued_on)
}

/// 発行日・発行者 of any piece.
pub(super) fn issuer_of(office: &IssuingOffice, issued_on: Date) -> Vec<Mark> {
    let column = mm(122);
    let room = RIGHT - column;
    let mut marks: Vec<Mark> = vec![
        text(RIGHT, mm(36), 95, era::in_words(issued_on)).right().into(),
        text(column, mm(44), 115, &*office.name).shrink(room).item("発行事務所").into(),
    ];
    let rest = [("", &office.address, 49), ("電話 ", &office.telephone, 53)];
    for (label, line, baseline) in rest.into_iter().filter(|(_, line, _)| !line.is_empty()) {
        marks.push(text(column, mm(baseline), 80, format!("{label}{line}")).shrink(room).item("発行事務所").into());
    }
    marks
}

/// 連番 — in figures and as the 2D mark: run, number, sheet k of n.
pub(super) fn number(sheet: &Sheet<'_>) -> Vec<Mark> {
    number_of(sheet.print_run_id, sheet.seq, sheet.sheet, sheet.sheets)
}

/// 連番 of any piece.
pub(super) fn number_of(print_run_id: &str, seq: u32, sheet: u32, sheets: u32) -> Vec<Mark> {
    let area = Rect { left: mm(184), top: mm(9), width: mm(10), height: mm(10) };
    vec![
        Mark::Square { area, content: format!("{print_run_id}/{seq}/{sheet}/{sheets}") },
        text(mm(179), mm(13), 80, seq.to_string()).right().into(),
        text(mm(179), mm(17), 60, format!("{print_run_id} {sheet}/{sheets}")).right().into(),
    ]
}

/// A field of the grid: its label and its frame.
struct Field {
    label: &'static str,
    row: i32,
    column: i32,
}

/// 事業所と期限 — three rows of two fields.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Upper edge.
    pub top: Length,
    /// Height of a row.
    pub row: Length,
    /// How the due date is called.
    pub due_label: &'static str,
}

/// Width of a label of the grid.
const LABEL: Length = mm(34);
/// Width of a field, label and value.
const FIELD: Length = mm(87);

impl Grid {
    fn fields(self) -> [Field; 6] {
        let field = |label, row, column| Field { label, row, column };
        [
            field("事業所整理記号", 0, 0),
            field("事業所番号", 0, 1),
            field("対象となる月", 1, 0),
            field("被保険者数", 1, 1),
            field(self.due_label, 2, 0),
            field("納付方法", 2, 1),
        ]
    }

    fn area(self, row: i32, column: i32) -> Rect {
        let left = LEFT + FIELD.times(column);
        Rect { left, top: self.top + self.row.times(row), width: FIELD, height: self.row }
    }

    fn baseline(self, area: Rect) -> Length {
        Length(area.bottom().0 - self.row.0 / 2 + 125)
    }

    /// Labels and frames.
    pub fn form(self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for field in self.fields() {
            let area = self.area(field.row, field.column);
            marks.push(Mark::Shade { area: Rect { width: LABEL, ..area } });
            marks.push(frame(area));
            let centre = Length(area.left.0 + LABEL.0 / 2);
            marks.push(text(centre, self.baseline(area), 85, field.label).gothic().center().into());
        }
        marks
    }

    /// The values of a notice.
    pub fn values(self, notice: &PremiumNotice, method: &str) -> Vec<Mark> {
        let values = [
            notice.employer_symbol.to_string(),
            notice.employer_number.clone(),
            format!("{}分", era::month_in_words(notice.for_month)),
            format!("{}人", group_thousands(i64::from(notice.insured_count))),
            era::in_words(notice.due_on),
            method.to_owned(),
        ];
        let place = |(field, value): (Field, String)| {
            let area = self.area(field.row, field.column);
            text(area.left + LABEL + mm(4), self.baseline(area), 105, value).shrink(FIELD - LABEL - mm(6)).into()
        };
        self.fields().into_iter().zip(values).map(place).collect()
    }
}

/// 告知額の表.
#[derive(Clone, Copy)]
pub(super) struct Amounts {
    /// Upper edge.
    pub top: Length,
    /// Height of the head.
    pub head: Length,
    /// Height of a row.
    pub row: Length,
    /// Height of the last row.
    pub total: Length,
}

/// 勘定 and 科目 of the three amounts.
pub(super) const ACCOUNTS: [(&str, &str); 3] = [
    ("健康勘定", "健康保険料"),
    ("厚生年金勘定", "厚生年金保険料"),
    ("子ども・子育て支援勘定", "子ども・子育て拠出金"),
];

const ACCOUNT_WIDTH: Length = mm(56);
const SUBJECT_WIDTH: Length = mm(60);

impl Amounts {
    /// Lower edge of the table.
    pub fn bottom(self) -> Length {
        self.top + self.head + self.row.times(3) + self.total
    }

    fn baseline(self, row: i32) -> Length {
        let top = self.top + self.head + self.row.times(row);
        let height = if row == 3 { self.total } else { self.row };
        Length(top.0 + height.0 / 2 + 150)
    }

    /// Head, accounts, lines.
    pub fn form(self) -> Vec<Mark> {
        let subject = LEFT + ACCOUNT_WIDTH;
        let amount = subject + SUBJECT_WIDTH;
        let width = RIGHT - LEFT;
        let last = self.bottom() - self.total;
        let mut marks = vec![
            Mark::Shade { area: Rect { left: LEFT, top: self.top, width, height: self.head } },
            Mark::Frame {
                area: Rect { left: LEFT, top: self.top, width, height: self.bottom() - self.top },
                weight: BOLD,
            },
            rule((subject, self.top), (subject, last)),
            rule((amount, self.top), (amount, self.bottom())),
            Mark::Rule { from: (LEFT, last), to: (RIGHT, last), weight: BOLD, dashed: false },
        ];
        let head = Length(self.top.0 + self.head.0 / 2 + 120);
        for (left, right, title) in [(LEFT, subject, "勘定"), (subject, amount, "科目"), (amount, RIGHT, "金額")]
        {
            marks.push(text(Length((left.0 + right.0) / 2), head, 85, title).gothic().center().into());
        }
        for (row, (account, levy)) in (0..).zip(ACCOUNTS) {
            let line = self.top + self.head + self.row.times(row);
            marks.push(rule((LEFT, line), (RIGHT, line)));
            marks.push(text(LEFT + mm(4), self.baseline(row), 105, account).into());
            marks.push(text(subject + mm(4), self.baseline(row), 105, levy).into());
        }
        marks.push(text(Length((LEFT.0 + amount.0) / 2), self.baseline(3), 120, "合計額").gothic().center().into());
        marks
    }

    /// The amounts of a notice.
    pub fn values(self, notice: &PremiumNotice) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (row, yen) in (0..).zip(three(notice)) {
            marks.push(text(RIGHT - mm(4), self.baseline(row), 120, yen.to_string()).right().into());
        }
        marks.push(text(RIGHT - mm(4), self.baseline(3), 150, notice.total_yen().to_string()).gothic().right().into());
        marks
    }
}

/// The three amounts in the order of [`ACCOUNTS`].
pub(super) fn three(notice: &PremiumNotice) -> [Yen; 3] {
    [notice.health_yen, notice.pension_yen, notice.contribution_yen]
}

/// Headed paragraphs, one below the other: headings in Gothic, text wrapped to the print area.
pub(super) struct Paragraphs {
    /// Baseline of the first line.
    pub top: Length,
    /// Size in tenths of a point.
    pub size: u16,
    /// From line to line.
    pub leading: Length,
    /// Between paragraphs, beyond the leading.
    pub gap: Length,
    /// From the heading to the text.
    pub indent: Length,
}

impl Paragraphs {
    /// The marks; `lines` says how many lines each paragraph takes.
    pub fn marks(&self, paragraphs: &[(&str, &str, u16)]) -> Vec<Mark> {
        let mut baseline = self.top;
        let mut marks: Vec<Mark> = Vec::new();
        for (heading, body, lines) in paragraphs {
            marks.push(text(LEFT, baseline, self.size, *heading).gothic().into());
            let room = RIGHT - LEFT - self.indent;
            marks.push(text(LEFT + self.indent, baseline, self.size, *body).wrap(room, *lines, self.leading).into());
            baseline = baseline + self.leading.times(i32::from(*lines)) + self.gap;
        }
        marks
    }
}
