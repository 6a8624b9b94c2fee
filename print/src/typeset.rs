//! 組版 — a text mark becomes lines of glyphs at their places: aligned, wrapped or made smaller to fit.

use crate::PrintError;
use crate::fonts::{Character, Glyph, GlyphChooser, characters};
use crate::marks::{Align, Fit, Length, Text};

/// Smallest size a text may shrink to: 6 points.
const SIZE_MIN: u16 = 60;
/// Steps of shrinking: half a point.
const SIZE_STEP: u16 = 5;

/// Characters that do not begin a line (行頭禁則).
const NOT_FIRST: &str = "、。，．・：；？！）」』】〕ー々ゃゅょっァィゥェォャュョッ％円,.)";
/// Characters that do not end a line (行末禁則).
const NOT_LAST: &str = "（「『【〔〒(";

/// A glyph with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The glyph.
    pub glyph: Glyph,
    /// The character, with its selector.
    pub character: Character,
}

/// A line of glyphs, ready for the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where the first glyph begins.
    pub x: Length,
    /// Baseline.
    pub baseline: Length,
    /// Size in tenths of a point.
    pub size: u16,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Placed>,
}

/// The lines of a text.
///
/// # Errors
/// `MissingGlyph`, `DoesNotFit`, naming the notice and the item.
pub fn typeset(chooser: &mut GlyphChooser<'_>, notice_id: &str, text: &Text) -> Result<Vec<Line>, PrintError> {
    let glyphs = choose(chooser, notice_id, text)?;
    let too_long = || PrintError::DoesNotFit { notice_id: notice_id.to_owned(), item: text.item };
    let (size, ranges, leading) = match text.fit {
        Fit::Free => (text.size, one_line(&glyphs), Length(0)),
        Fit::Shrink { width } => {
            let size = largest(text.size, |size| length(&glyphs, size) <= width).ok_or_else(too_long)?;
            (size, one_line(&glyphs), Length(0))
        }
        Fit::Wrap { width, lines, leading } => {
            let fits = |size| break_lines(&glyphs, size, width).len() <= usize::from(lines);
            let size = largest(text.size, fits).ok_or_else(too_long)?;
            (size, break_lines(&glyphs, size, width), leading)
        }
    };
    let line = |(number, range): (i32, &std::ops::Range<usize>)| {
        let glyphs = glyphs[range.clone()].to_vec();
        let x = match text.align {
            Align::Left => text.x,
            Align::Center => Length(text.x.0 - length(&glyphs, size).0 / 2),
            Align::Right => text.x - length(&glyphs, size),
        };
        Line { x, baseline: text.baseline + leading.times(number), size, glyphs }
    };
    Ok((0..).zip(&ranges).map(line).collect())
}

fn choose(chooser: &mut GlyphChooser<'_>, notice_id: &str, text: &Text) -> Result<Vec<Placed>, PrintError> {
    let place = |character: Character| match chooser.glyph(text.typeface, character) {
        Some(glyph) => Ok(Placed { glyph, character }),
        None => Err(PrintError::MissingGlyph {
            notice_id: notice_id.to_owned(),
            item: text.item,
            sequence: spelled(character),
        }),
    };
    characters(&text.text).map(place).collect()
}

/// The character as text.
pub fn spelled((base, selector): Character) -> String {
    std::iter::once(base).chain(selector).collect()
}

fn one_line(glyphs: &[Placed]) -> Vec<std::ops::Range<usize>> {
    if glyphs.is_empty() { Vec::new() } else { std::iter::once(0..glyphs.len()).collect() }
}

/// The largest size, going down in half points, at which it fits.
fn largest(size: u16, fits: impl Fn(u16) -> bool) -> Option<u16> {
    let smallest = SIZE_MIN.min(size);
    (smallest..=size).rev().step_by(usize::from(SIZE_STEP)).find(|size| fits(*size))
}

/// How wide the glyphs are at a size.
pub fn length(glyphs: &[Placed], size: u16) -> Length {
    let advances: i64 = glyphs.iter().map(|placed| i64::from(placed.glyph.advance)).sum();
    advanced(advances, size)
}

/// 1/1000 em at tenths of a point, in 1/100 mm; rounded up, so that what fits does fit.
pub fn advanced(thousandths: i64, size: u16) -> Length {
    let numerator = thousandths * i64::from(size) * 2540;
    Length(i32::try_from((numerator + 719_999) / 720_000).expect("a line is no longer than a street"))
}

/// Fills line by line; a line's last characters go with the next when the rules for line ends ask for it.
fn break_lines(glyphs: &[Placed], size: u16, width: Length) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let mut advances = 0;
        let room = glyphs[start..].iter().take_while(|placed| {
            advances += i64::from(placed.glyph.advance);
            advanced(advances, size) <= width
        });
        let full = start + room.count().max(1);
        let end = if full < glyphs.len() { allowed_break(glyphs, start, full) } else { full };
        lines.push(start..end);
        start = end;
    }
    lines
}

/// The last place at or before `end` where a line may end; `end` itself when there is none nearby.
fn allowed_break(glyphs: &[Placed], start: usize, end: usize) -> usize {
    let base = |place: usize| glyphs[place].character.0;
    let digits = |place: usize| base(place).is_ascii_alphanumeric() && base(place - 1).is_ascii_alphanumeric();
    let allowed =
        |place: usize| !NOT_FIRST.contains(base(place)) && !NOT_LAST.contains(base(place - 1)) && !digits(place);
    (start + 1..=end).rev().take(12).find(|place| allowed(*place)).unwrap_or(end)
}
