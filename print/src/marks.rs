//! 印 — what stands where on a sheet: text, rules, boxes, bars and the 2D mark. Lengths are whole hundredths
//! of a millimetre from the upper left corner, so that a layout is data and compares exactly.

use std::fmt;
use std::ops::{Add, Sub};

/// A length in 1/100 mm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i32);

/// So many whole millimetres.
pub const fn mm(millimetres: i32) -> Length {
    Length(millimetres * 100)
}

impl Length {
    /// Reads `90` or `3.6`; at most two decimals.
    pub fn parse_mm(text: &str) -> Option<Length> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = format!("{fraction:0<2}");
        (fraction.len() == 2).then(|| format!("{whole}{fraction}").parse().ok().map(Length))?
    }

    /// So many times it.
    pub const fn times(self, count: i32) -> Length {
        Length(self.0 * count)
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

/// `12.30`.
impl fmt::Display for Length {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(out, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

/// A rectangle, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// From the sheet's left edge.
    pub left: Length,
    /// From the sheet's upper edge.
    pub top: Length,
    /// To the right.
    pub width: Length,
    /// Downwards.
    pub height: Length,
}

impl Rect {
    /// The rectangle so much smaller on every side.
    pub fn inset(self, by: Length) -> Rect {
        Rect {
            left: self.left + by,
            top: self.top + by,
            width: self.width - by.times(2),
            height: self.height - by.times(2),
        }
    }

    /// Right edge.
    pub fn right(self) -> Length {
        self.left + self.width
    }

    /// Lower edge.
    pub fn bottom(self) -> Length {
        self.top + self.height
    }
}

/// 書体.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Typeface {
    /// 明朝, for text and names.
    Mincho,
    /// ゴシック, for headings and labels.
    Gothic,
}

/// Which part of the text stands at the given place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Its beginning.
    Left,
    /// Its middle.
    Center,
    /// Its end.
    Right,
}

/// What happens when the text is longer than its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing: the layout knows that it fits.
    Free,
    /// It gets smaller until it fits the width.
    Shrink {
        /// Room for it.
        width: Length,
    },
    /// It goes on in the next line, and gets smaller when the lines do not suffice.
    Wrap {
        /// Room for a line.
        width: Length,
        /// Most lines.
        lines: u16,
        /// From line to line.
        leading: Length,
    },
}

/// A text and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// From the left edge.
    pub x: Length,
    /// Baseline of the (first) line, from the upper edge.
    pub baseline: Length,
    /// Size in tenths of a point.
    pub size: u16,
    /// 書体.
    pub typeface: Typeface,
    /// What stands at `x`.
    pub align: Align,
    /// What if it is too long.
    pub fit: Fit,
    /// Which item of the notice it is, for the clerk who must correct it.
    pub item: &'static str,
    /// The text.
    pub text: String,
}

impl Text {
    /// Centred at its place.
    pub fn center(self) -> Text {
        Text { align: Align::Center, ..self }
    }

    /// Ending at its place.
    pub fn right(self) -> Text {
        Text { align: Align::Right, ..self }
    }

    /// In Gothic.
    pub fn gothic(self) -> Text {
        Text { typeface: Typeface::Gothic, ..self }
    }

    /// Smaller when it is wider than this.
    pub fn shrink(self, width: Length) -> Text {
        Text { fit: Fit::Shrink { width }, ..self }
    }

    /// In up to so many lines of this width.
    pub fn wrap(self, width: Length, lines: u16, leading: Length) -> Text {
        Text { fit: Fit::Wrap { width, lines, leading }, ..self }
    }

    /// Named as this item of the notice.
    pub fn item(self, item: &'static str) -> Text {
        Text { item, ..self }
    }
}

/// A text in Mincho, starting at its place.
pub fn text(x: Length, baseline: Length, size: u16, text: impl Into<String>) -> Text {
    Text {
        x,
        baseline,
        size,
        typeface: Typeface::Mincho,
        align: Align::Left,
        fit: Fit::Free,
        item: "文面",
        text: text.into(),
    }
}

/// One thing on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// 文字.
    Text(Text),
    /// 罫線 from a point to a point.
    Rule {
        /// Where it begins (x, y).
        from: (Length, Length),
        /// Where it ends (x, y).
        to: (Length, Length),
        /// How thick.
        weight: Length,
        /// 破線.
        dashed: bool,
    },
    /// 枠.
    Frame {
        /// Its outline.
        area: Rect,
        /// How thick.
        weight: Length,
    },
    /// 網掛け, one tenth grey.
    Shade {
        /// The area.
        area: Rect,
    },
    /// カスタマバーコード, type size 9 points.
    CustomerBarcode {
        /// Left edge of the first bar.
        x: Length,
        /// Upper edge of the long bars.
        top: Length,
        /// 67 digits: 1 long, 2 upper, 3 lower, 4 timing.
        bars: String,
    },
    /// 二次元コード (QR), without its quiet zone.
    Square {
        /// The square.
        area: Rect,
        /// What it says.
        content: String,
    },
}

impl From<Text> for Mark {
    fn from(text: Text) -> Mark {
        Mark::Text(text)
    }
}

/// A thin line.
pub fn rule(from: (Length, Length), to: (Length, Length)) -> Mark {
    Mark::Rule { from, to, weight: HAIRLINE, dashed: false }
}

/// A thin frame.
pub fn frame(area: Rect) -> Mark {
    Mark::Frame { area, weight: HAIRLINE }
}

/// 0.2 mm.
pub const HAIRLINE: Length = Length(20);
/// 0.4 mm.
pub const BOLD: Length = Length(40);

/// Pitch of the customer barcode at 9 points: 1.08 mm.
pub const BAR_PITCH: Length = Length(108);
/// Width of a bar at 9 points: 0.54 mm.
pub const BAR_WIDTH: Length = Length(54);
/// Height of a timing bar, a third of a long one, at 9 points: 1.08 mm.
pub const BAR_THIRD: Length = Length(108);

/// A line of a golden file.
impl fmt::Display for Mark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Text(text) => text.fmt(out),
            Mark::Rule { from, to, weight, dashed } => {
                let what = if *dashed { "dashes" } else { "rule" };
                write!(out, "{what} {} {} → {} {} weight {weight}", from.0, from.1, to.0, to.1)
            }
            Mark::Frame { area, weight } => write!(out, "frame {area} weight {weight}"),
            Mark::Shade { area } => write!(out, "shade {area}"),
            Mark::CustomerBarcode { x, top, bars } => write!(out, "bars {x} {top} {bars}"),
            Mark::Square { area, content } => write!(out, "square {area} {content}"),
        }
    }
}

impl fmt::Display for Rect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}×{}", self.left, self.top, self.width, self.height)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typeface = if self.typeface == Typeface::Gothic { " gothic" } else { "" };
        let align = match self.align {
            Align::Left => "",
            Align::Center => " centre",
            Align::Right => " right",
        };
        write!(out, "text {} {} {}.{}pt{typeface}{align}", self.x, self.baseline, self.size / 10, self.size % 10)?;
        match self.fit {
            Fit::Free => {}
            Fit::Shrink { width } => write!(out, " within {width}")?,
            Fit::Wrap { width, lines, leading } => write!(out, " within {width}, {lines} lines of {leading}")?,
        }
        write!(out, " | {}", self.text)
    }
}
