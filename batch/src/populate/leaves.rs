//! 産前産後休業・育児休業等 — leaves around the assessed month, one for every case of the exemption rules.

use domain::age::period_end;
use jiff::civil::Date;

use super::country::{Country, later};
use super::dice::Dice;

/// A leave from `from` to the day before `to`.
pub(super) struct Leave {
    pub(super) kind: &'static str,
    pub(super) worked_days: i16,
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Leave {
    fn childcare(from: Date, to: Date) -> Leave {
        Leave { kind: "childcare", worked_days: 0, from, to }
    }
}

/// The leaves of a woman or a man who has some, in order and without overlap.
pub(super) fn draw(country: &Country, sex: i16, dice: &mut Dice) -> Vec<Leave> {
    if sex == 2 && dice.chance(8_000) { long(country, dice) } else { around_the_month(country, dice) }
}

/// 42 days before birth and 56 from the day after, then a year or so of childcare leave.
fn long(country: &Country, dice: &mut Dice) -> Vec<Leave> {
    let born_on = later(country.first, i64::from(dice.between(-420, 60)));
    let after = later(born_on, 57);
    let maternity = Leave { kind: "maternity", worked_days: 0, from: later(born_on, -41), to: after };
    let until = match dice.below(6) {
        // Ends on the last day of the assessed month, or the day before that.
        0 => country.next,
        1 => later(country.next, -1),
        _ => later(born_on, i64::from(dice.between(200, 560))),
    };
    let childcare = (until > after).then(|| Leave::childcare(after, until));
    [Some(maternity), childcare].into_iter().flatten().filter(|leave| leave.to > country.first).collect()
}

/// Short leaves, most of them of fathers.
fn around_the_month(country: &Country, dice: &mut Dice) -> Vec<Leave> {
    let start = later(country.first, i64::from(dice.between(0, 12)));
    let days = |days| vec![Leave::childcare(start, later(start, days))];
    match dice.below(9) {
        0 => days(13),
        1 => days(14),
        2 => days(5),
        // 14 days, less one that was worked by agreement.
        3 => vec![Leave { worked_days: 1, ..Leave::childcare(start, later(start, 14)) }],
        // Two leaves that make 14 days together.
        4 => vec![
            Leave::childcare(country.first, later(country.first, 7)),
            Leave::childcare(later(country.first, 14), later(country.first, 21)),
        ],
        // Exactly one month, across the end of the month: exempt, but not its bonus.
        5 => vec![Leave::childcare(start, later(period_end(start, 1), 1))],
        // One day longer: the bonus too.
        6 => vec![Leave::childcare(start, later(period_end(start, 1), 2))],
        // Begun in the month before, ended within this one.
        7 => vec![Leave::childcare(later(country.first, -10), later(country.first, 15))],
        _ => vec![Leave::childcare(start, later(start, i64::from(dice.between(60, 200))))],
    }
}
