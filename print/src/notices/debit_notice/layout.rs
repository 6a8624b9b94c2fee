//! 保険料納入告知額通知書: where it stands on the sheet. A4, folded in three; the first third shows in the window.

use super::notice;
use crate::marks::{Length, Mark, mm, text};
use crate::notices::NoticeKind;
use crate::notices::sheet::{self, Amounts, Grid, LEFT, Paragraphs, RIGHT, Sheet};

const GRID: Grid = Grid { top: mm(104), row: mm(9), due_label: notice::DUE_LABEL };
const AMOUNTS: Amounts = Amounts { top: mm(138), head: mm(8), row: mm(11), total: mm(14) };

/// What every sheet has.
pub fn form() -> Vec<Mark> {
    let mut marks = sheet::head(NoticeKind::DebitNotice.title(), notice::SUBTITLE);
    marks.extend(GRID.form());
    marks.extend(AMOUNTS.form());
    let paragraphs = Paragraphs { top: mm(207), size: 85, leading: Length(430), gap: Length(230), indent: mm(30) };
    marks.extend(paragraphs.marks(&notice::PARAGRAPHS));
    marks
}

/// What this sheet alone says.
pub fn debit_notice(sheet: &Sheet<'_>) -> Vec<Mark> {
    let mut marks = sheet::address(sheet);
    marks.extend(sheet::number(sheet));
    marks.extend(sheet::issuer(sheet.notice));
    let lead = notice::lead(sheet.notice);
    marks.push(text(LEFT, mm(87), 105, lead).wrap(RIGHT - LEFT, 2, Length(580)).into());
    marks.extend(GRID.values(sheet.notice, notice::METHOD));
    marks.extend(AMOUNTS.values(sheet.notice));
    marks
}
