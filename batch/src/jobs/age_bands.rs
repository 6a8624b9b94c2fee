//! 年齢階級 — the bands of age that statistics and rehearsals count by.

use domain::Month;
use jiff::civil::Date;
use law::day_number;

/// Lower ends of the age bands; the first is open below, the last above.
const BANDS: [(i16, &str); 13] = [
    (0, "19歳以下"),
    (20, "20～24歳"),
    (25, "25～29歳"),
    (30, "30～34歳"),
    (35, "35～39歳"),
    (40, "40～44歳"),
    (45, "45～49歳"),
    (50, "50～54歳"),
    (55, "55～59歳"),
    (60, "60～64歳"),
    (65, "65～69歳"),
    (70, "70～74歳"),
    (75, "75歳以上"),
];

/// The bands at the end of a month: a person attains the age of a band when born on or before its day.
#[derive(Clone, Copy, Debug)]
pub struct AgeBands {
    born_by: [i32; BANDS.len()],
}

impl AgeBands {
    /// Age is attained on the day before the birthday.
    pub fn at_end_of(month: Month) -> AgeBands {
        let next = month.next().first_day();
        let born_by = BANDS.map(|(years, _)| {
            let day = Date::new(next.year() - years, next.month(), 1);
            day_number(day.expect("people of these ages were born in the calendar"))
        });
        AgeBands { born_by }
    }

    /// Place of the band of a person.
    pub fn of(&self, birth_on: i32) -> usize {
        self.born_by.iter().rposition(|born_by| birth_on <= *born_by).unwrap_or(0)
    }

    /// `25～29歳`.
    pub fn name(band: usize) -> &'static str {
        BANDS[band].1
    }
}
