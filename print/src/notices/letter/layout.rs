//! 手紙: where it stands. A4, folded in three; the first third of the first sheet shows in the window, what is private
//! lies below the fold. Rows and paragraphs flow from sheet to sheet.

use super::PersonLetter;
use crate::envelope::Envelope;
use crate::marks::{Length, Mark, Rect, frame, mm, text};
use crate::notices::sheet::{self, LEFT, RIGHT};

/// Upper edge of the contents of the first sheet: below the fold.
const FIRST_TOP: Length = mm(104);
/// Upper edge of the contents of the others.
const NEXT_TOP: Length = mm(32);
/// Lower edge of the contents.
const BOTTOM: Length = mm(279);
/// Width of the labels.
const LABEL: Length = mm(76);
/// Room beside the text of a cell, each side.
const CELL: Length = mm(2);
/// Height of a line of a row.
const ROW_LINE: Length = Length(520);
/// Room above and below the lines of a row, together.
const ROW_ROOM: Length = Length(180);
const ROW_SIZE: u16 = 90;
const TEXT_SIZE: u16 = 95;
const TEXT_LINE: Length = Length(540);
/// Between paragraphs, and between the table and the first of them.
const GAP: Length = mm(3);

/// A block of the flow.
enum Block<'a> {
    Row { label: &'a str, value: &'a str, lines: i32 },
    Paragraph { text: &'a str, lines: i32 },
}

impl Block<'_> {
    fn height(&self) -> Length {
        match self {
            Block::Row { lines, .. } => ROW_LINE.times(*lines) + ROW_ROOM,
            Block::Paragraph { lines, .. } => TEXT_LINE.times(*lines) + GAP,
        }
    }

    fn marks(&self, top: Length) -> Vec<Mark> {
        match self {
            Block::Row { label, value, lines } => row(top, self.height(), (label, value), *lines),
            Block::Paragraph { text: body, lines } => {
                let baseline = top + Length(GAP.0 + TEXT_LINE.0 * 7 / 10);
                let room = RIGHT - LEFT;
                vec![text(LEFT, baseline, TEXT_SIZE, *body).wrap(room, count(*lines), TEXT_LINE).item("文").into()]
            }
        }
    }
}

fn row(top: Length, height: Length, (label, value): (&str, &str), lines: i32) -> Vec<Mark> {
    let area = Rect { left: LEFT, top, width: RIGHT - LEFT, height };
    let labels = Rect { width: LABEL, ..area };
    let baseline = top + Length(ROW_ROOM.0 / 2 + ROW_LINE.0 * 7 / 10);
    let place = |left: Length, width: Length, words: &str| {
        text(left + CELL, baseline, ROW_SIZE, words).wrap(width - CELL.times(2), count(lines), ROW_LINE)
    };
    vec![
        Mark::Shade { area: labels },
        frame(labels),
        frame(area),
        place(LEFT, LABEL, label).gothic().item("項目").into(),
        place(LEFT + LABEL, RIGHT - LEFT - LABEL, value).item("値").into(),
    ]
}

fn count(lines: i32) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// Lines that a text takes: a full-width character is as wide as the size, another two thirds of it at most. One line in
/// thirty is left for the rules of line ends; what still does not fit gets smaller.
fn lines(words: &str, size: u16, width: Length) -> i32 {
    let thirds: i64 = words.chars().map(|character| if character.is_ascii() { 2 } else { 3 }).sum();
    // A tenth of a point is 25.4/720 mm.
    let length = thirds * i64::from(size) * 2540 / (3 * 720) * 31 / 30;
    i32::try_from(length / i64::from(width.0) + 1).expect("a text has some lines")
}

/// The sheets of a letter.
pub(crate) fn sheets(letter: &PersonLetter, print_run_id: &str, seq: u32, envelope: &Envelope) -> Vec<Vec<Mark>> {
    let mut bodies: Vec<Vec<Mark>> = vec![Vec::new()];
    let mut top = FIRST_TOP;
    for block in blocks(letter) {
        let is_full = top + block.height() > BOTTOM;
        if is_full {
            bodies.push(Vec::new());
            top = NEXT_TOP;
        }
        bodies.last_mut().expect("there is a first sheet").extend(block.marks(top));
        top = top + block.height();
    }
    let total = u32::try_from(bodies.len()).expect("a letter has a few sheets");
    let sheets = (1..).zip(bodies).map(|(sheet, body)| {
        let mut marks = if sheet == 1 { first_head(letter, envelope) } else { next_head(letter) };
        marks.extend(sheet::number_of(print_run_id, seq, sheet, total));
        marks.extend(body);
        marks.extend(foot(letter));
        marks
    });
    sheets.collect()
}

fn blocks(letter: &PersonLetter) -> impl Iterator<Item = Block<'_>> {
    let rows = letter.rows.iter().map(|(label, value)| {
        let of_label = lines(label, ROW_SIZE, LABEL - CELL.times(2));
        let of_value = lines(value, ROW_SIZE, RIGHT - LEFT - LABEL - CELL.times(2));
        Block::Row { label, value, lines: of_label.max(of_value) }
    });
    let paragraphs = letter.paragraphs.iter().map(|body| {
        let lines = lines(body, TEXT_SIZE, RIGHT - LEFT);
        Block::Paragraph { text: body, lines }
    });
    rows.chain(paragraphs)
}

/// Address, issuer and title; the fold marks.
fn first_head(letter: &PersonLetter, envelope: &Envelope) -> Vec<Mark> {
    let mut marks = sheet::address_of(&letter.recipient, envelope, "様");
    marks.extend(sheet::issuer_of(&letter.office, letter.issued_on));
    marks.extend(sheet::folds());
    let title = text(mm(105), mm(84), 180, &*letter.title).gothic().center().shrink(RIGHT - LEFT).item("題");
    marks.push(title.into());
    marks
}

fn next_head(letter: &PersonLetter) -> Vec<Mark> {
    vec![text(LEFT, mm(24), 100, format!("{}（続き）", letter.title)).gothic().shrink(mm(140)).item("題").into()]
}

/// 照会番号と照会先.
fn foot(letter: &PersonLetter) -> Vec<Mark> {
    let asked = format!("照会番号 {}", letter.notice_id);
    let office = format!("お問い合わせ先 {} {}", letter.office.name, letter.office.telephone);
    vec![
        text(LEFT, mm(286), 75, asked).into(),
        text(RIGHT, mm(286), 75, office.trim_end().to_owned()).right().shrink(mm(100)).item("発行事務所").into(),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::notices::{IssuingOffice, Recipient};

    pub fn letter(rows: usize) -> PersonLetter {
        PersonLetter {
            notice_id: "coverage_letter-202609-1".to_owned(),
            recipient: Recipient {
                postal_code: "1000001".parse().expect("a postal code"),
                address: "東京都千代田区千代田１－１".to_owned(),
                address_behind_town: Some("１－１".to_owned()),
                name: "年輪　花子".to_owned(),
            },
            issued_on: date(2026, 9, 1),
            title: "ねんきん定期便".to_owned(),
            rows: (0..rows).map(|row| (format!("項目{row}"), format!("{row}月"))).collect(),
            paragraphs: vec!["文です。".repeat(60)],
            office: IssuingOffice {
                name: "千代田年金事務所".to_owned(),
                address: String::new(),
                telephone: String::new(),
            },
        }
    }

    #[test]
    fn what_does_not_fit_goes_to_the_next_sheet() {
        let envelope = Envelope::default();
        let counts = [5, 23, 24, 60, 100].map(|rows| sheets(&letter(rows), "RUN", 10_000_001, &envelope).len());
        assert_eq!(counts, [1, 2, 2, 3, 4]);
    }

    #[test]
    fn nothing_lies_below_the_foot() {
        for sheet in sheets(&letter(100), "RUN", 10_000_001, &Envelope::default()) {
            for mark in sheet {
                if let Mark::Frame { area, .. } = mark {
                    assert!(area.bottom() <= BOTTOM && area.top >= NEXT_TOP, "{area:?}");
                }
            }
        }
    }
}
