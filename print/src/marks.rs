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
