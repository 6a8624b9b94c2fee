//! 納入告知書（納付書）: where it stands on the sheet. The last third is cut off: the receipt for the payer on
//! the left, the slip for the bank on the right.

use super::notice;
use crate::PremiumNotice;
use crate::marks::{BOLD, HAIRLINE, Length, Mark, Rect, frame, mm, rule, text};
use crate::notices::NoticeKind;
use crate::notices::sheet::{self, ACCOUNTS, Amounts, Grid, LEFT, Paragraphs, RIGHT, Sheet};

const GRID: Grid = Grid { top: Length(10_250), row: Length(650), due_label: notice::DUE_LABEL };
const AMOUNTS: Amounts = Amounts { top: mm(124), head: mm(6), row: Length(725), total: mm(9) };

/// The cut.
const CUT: Length = mm(202);
/// Between receipt and slip.
const MIDDLE: Length = mm(84);
/// Left edge of the slip.
const SLIP: Length = mm(88);

/// Rows of the slip: Pay-easy numbers, purpose, name.
const NUMBERS_TOP: Length = mm(212);
const PURPOSE_TOP: Length = mm(226);
const NAME_TOP: Length = mm(234);
/// First of up to two lines of the name, below [`NAME_TOP`].
const NAME_BASELINE: Length = Length(430);
/// Rows of amounts of both parts.
const AMOUNTS_TOP: Length = mm(248);
const AMOUNT_ROW: Length = Length(750);
/// A cell of the boxed amounts.
const CELL: Length = Length(500);
const CELLS: i32 = 12;
/// Left edge of the boxed amounts.
const CELLS_LEFT: Length = mm(130);

/// What every sheet has.
pub fn form() -> Vec<Mark> {
    let mut marks = sheet::head(NoticeKind::PaymentSlip.title(), notice::SUBTITLE);
    marks.extend(GRID.form());
    marks.extend(AMOUNTS.form());
    let paragraphs = Paragraphs { top: mm(166), size: 65, leading: Length(300), gap: Length(60), indent: mm(24) };
    marks.extend(paragraphs.marks(&notice::PARAGRAPHS));
    marks.extend(cut_lines());
    marks.extend(receipt_form());
    marks.extend(slip_form());
    marks
}

fn cut_lines() -> Vec<Mark> {
    vec![
        Mark::Rule { from: (mm(6), CUT), to: (mm(204), CUT), weight: HAIRLINE, dashed: true },
        text(mm(105), CUT - Length(80), 60, "きりとり").center().into(),
        Mark::Rule { from: (MIDDLE, CUT), to: (MIDDLE, mm(291)), weight: HAIRLINE, dashed: true },
    ]
}

/// The titles of the amounts and of their sum.
fn titles() -> impl Iterator<Item = &'static str> {
    ACCOUNTS.into_iter().map(|(_, levy)| levy).chain(["合計額"])
}

fn amount_rows(left: Length, width: Length) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (row, title) in (0..).zip(titles()) {
        let area = Rect { left, top: AMOUNTS_TOP + AMOUNT_ROW.times(row), width, height: AMOUNT_ROW };
        let weight = if row == 3 { BOLD } else { HAIRLINE };
        marks.push(Mark::Frame { area, weight });
        marks.push(text(left + mm(2), amount_baseline(row), 80, title).into());
    }
    marks
}

fn amount_baseline(row: i32) -> Length {
    AMOUNTS_TOP + AMOUNT_ROW.times(row) + Length(500)
}

fn receipt_form() -> Vec<Mark> {
    let width = MIDDLE - mm(4) - LEFT;
    let mut marks: Vec<Mark> = vec![
        text(Length(LEFT.0 + width.0 / 2), mm(209), 120, "領収証書").gothic().center().into(),
        text(LEFT, mm(216), 70, "納付目的").gothic().into(),
        text(LEFT, mm(225), 70, "事業所整理記号").gothic().into(),
        text(LEFT, mm(230), 70, "納付期限").gothic().into(),
        text(LEFT, mm(236), 70, "事業主").gothic().into(),
    ];
    marks.extend(amount_rows(LEFT, width));
    marks.push(text(LEFT, mm(282), 65, "上の金額を領収しました。").into());
    let stamp = Rect { left: MIDDLE - mm(26), top: mm(279), width: mm(22), height: mm(12) };
    marks.push(frame(stamp));
    marks.push(text(stamp.left + mm(1), mm(282), 60, "領収日付印").into());
    marks
}

fn slip_form() -> Vec<Mark> {
    let mut marks: Vec<Mark> =
        vec![text(Length((SLIP.0 + RIGHT.0) / 2), mm(209), 120, "納付書・領収済通知書").gothic().center().into()];
    let heads = [("収納機関番号", 22), ("納付番号", 46), ("確認番号", 20), ("納付区分", 16)];
    let mut left = SLIP;
    for (head, width) in heads {
        let area = Rect { left, top: NUMBERS_TOP, width: mm(width), height: mm(11) };
        marks.push(Mark::Shade { area: Rect { height: mm(4), ..area } });
        marks.push(frame(area));
        marks.push(rule((left, NUMBERS_TOP + mm(4)), (area.right(), NUMBERS_TOP + mm(4))));
        marks.push(
            text(Length(left.0 + area.width.0 / 2), NUMBERS_TOP + Length(300), 65, head).gothic().center().into(),
        );
        left = area.right();
    }
    for (top, height, baseline, label) in
        [(PURPOSE_TOP, mm(8), Length(520), "納付目的"), (NAME_TOP, mm(9), NAME_BASELINE, "事業主")]
    {
        marks.push(frame(Rect { left: SLIP, top, width: RIGHT - SLIP, height }));
        marks.push(text(SLIP + mm(2), top + baseline, 70, label).gothic().into());
    }
    marks.push(text(mm(150), PURPOSE_TOP + Length(520), 70, "納付期限").gothic().into());
    marks.extend(amount_rows(SLIP, RIGHT - SLIP));
    marks.extend(cell_lines());
    marks.push(text(SLIP, mm(283), 65, "金額を訂正した納付書は使えません。").into());
    marks.push(text(SLIP, mm(287), 65, "ペイジーでは上の4つの番号を入力してください。").into());
    let stamp = Rect { left: RIGHT - mm(24), top: mm(279), width: mm(24), height: mm(12) };
    marks.push(frame(stamp));
    marks.push(text(stamp.left + mm(1), mm(282), 60, "領収日付印").into());
    marks
}

fn cell_lines() -> Vec<Mark> {
    let bottom = AMOUNTS_TOP + AMOUNT_ROW.times(4);
    (0..CELLS)
        .map(|cell| {
            let x = CELLS_LEFT + CELL.times(cell);
            rule((x, AMOUNTS_TOP), (x, bottom))
        })
        .chain([text(RIGHT - Length(100), AMOUNTS_TOP - Length(80), 60, "円").center().into()])
        .collect()
}

/// What this sheet alone says.
pub fn payment_slip(sheet: &Sheet<'_>) -> Vec<Mark> {
    let notice = sheet.notice;
    let mut marks = sheet::address(sheet);
    marks.extend(sheet::number(sheet));
    marks.extend(sheet::issuer(notice));
    let lead = notice::lead(notice);
    marks.push(text(LEFT, mm(87), 105, lead).wrap(RIGHT - LEFT, 2, Length(580)).into());
    marks.extend(GRID.values(notice, notice::METHOD));
    marks.extend(AMOUNTS.values(notice));
    marks.extend(receipt(notice));
    marks.extend(slip(sheet));
    marks
}

fn receipt(notice: &PremiumNotice) -> Vec<Mark> {
    let x = LEFT + mm(22);
    let room = MIDDLE - mm(4) - x;
    let mut marks: Vec<Mark> = vec![
        text(LEFT, Length(22_050), 85, notice::purpose(notice)).shrink(MIDDLE - mm(4) - LEFT).into(),
        text(x, mm(225), 85, notice.employer_symbol.to_string()).shrink(room).into(),
        text(x, mm(230), 85, domain::era::in_words(notice.due_on)).shrink(room).into(),
        text(LEFT, mm(241), 85, &*notice.recipient.name)
            .wrap(MIDDLE - mm(4) - LEFT, 2, Length(380))
            .item("名称")
            .into(),
    ];
    for (row, yen) in (0..).zip(sheet::three(notice).into_iter().chain([notice.total_yen()])) {
        marks.push(text(MIDDLE - mm(6), amount_baseline(row), 100, yen.to_string()).right().into());
    }
    marks
}

fn slip(sheet: &Sheet<'_>) -> Vec<Mark> {
    let notice = sheet.notice;
    let numbers = sheet.payeasy.numbers(&notice.notice_id, notice.total_yen());
    let baseline = NUMBERS_TOP + Length(870);
    let mut marks: Vec<Mark> = vec![
        text(SLIP + mm(11), baseline, 100, numbers.biller_number).center().into(),
        text(SLIP + mm(45), baseline, 100, grouped(&numbers.payment_number)).center().shrink(mm(44)).into(),
        text(SLIP + mm(78), baseline, 100, numbers.confirmation_number).center().into(),
        text(SLIP + mm(96), baseline, 100, numbers.payment_kind).center().shrink(mm(14)).into(),
        text(SLIP + mm(16), PURPOSE_TOP + Length(520), 85, notice::purpose(notice)).shrink(mm(44)).into(),
        text(mm(164), PURPOSE_TOP + Length(520), 85, domain::era::in_words(notice.due_on)).shrink(mm(27)).into(),
        text(SLIP + mm(16), NAME_TOP + NAME_BASELINE, 90, &*notice.recipient.name)
            .wrap(RIGHT - SLIP - mm(18), 2, Length(340))
            .item("名称")
            .into(),
    ];
    for (row, yen) in (0..).zip(sheet::three(notice).into_iter().chain([notice.total_yen()])) {
        marks.extend(figures(row, yen.get()));
    }
    marks
}

/// Figures in their cells. An amount of a twelfth digit is refused before it comes here.
fn figures(row: i32, yen: i64) -> Vec<Mark> {
    let cells = notice::cells(yen, 12).expect("a lot takes no notice whose amounts do not fit their cells");
    let figure = |(cell, figure): (i32, char)| {
        let x = Length(CELLS_LEFT.0 + CELL.0 * cell + CELL.0 / 2);
        text(x, amount_baseline(row), 110, figure.to_string()).center().into()
    };
    (0..).zip(cells).filter(|(_, figure)| *figure != ' ').map(figure).collect()
}

/// `1234-5678-…`: groups of four.
fn grouped(digits: &str) -> String {
    let groups: Vec<&str> =
        digits.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).expect("digits")).collect();
    groups.join("-")
}
