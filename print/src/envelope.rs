//! 窓あき封筒 — where the window lies over the folded sheet, by envelope code. The vendor's die line is the
//! truth: `envelopes.csv` holds what we print for until it comes.

use crate::marks::{Length, Rect};

/// An envelope and its window, seen from the front with the sheet's first third in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// 封筒コード.
    pub code: String,
    /// The window over the sheet, measured from the sheet's upper left corner.
    pub window: Rect,
    /// How far the sheet can move in the envelope, each way.
    pub play: Length,
}

impl Envelope {
    /// The envelope with this code, `N3W-9045` for one.
    pub fn by_code(code: &str) -> Option<Envelope> {
        Envelope::all().find(|envelope| envelope.code == code)
    }

    /// All that `envelopes.csv` holds.
    pub fn all() -> impl Iterator<Item = Envelope> {
        include_str!("envelopes.csv").lines().skip(1).map(read_row)
    }

    /// The one with the narrowest window.
    pub fn narrowest() -> Envelope {
        Envelope::all().min_by_key(|envelope| envelope.window.width).expect("envelopes.csv has rows")
    }

    /// The part of the window that shows wherever the sheet slides.
    pub fn always_visible(&self) -> Rect {
        self.window.inset(self.play)
    }
}

/// 長形3号, window 90 × 45 mm.
impl Default for Envelope {
    fn default() -> Envelope {
        Envelope::by_code("N3W-9045").expect("the first row of envelopes.csv")
    }
}

fn read_row(line: &str) -> Envelope {
    let columns: Vec<&str> = line.split(',').collect();
    let length = |column: usize| Length::parse_mm(columns[column]).expect("envelopes.csv holds millimetres");
    Envelope {
        code: columns[0].to_owned(),
        window: Rect { left: length(1), top: length(2), width: length(3), height: length(4) },
        play: length(5),
    }
}
