//! 国民年金保険料の納付 — the letters of months that pay for themselves; and of the last two fiscal years what was decided
//! and paid, so that both say the same.

use domain::Month;
use jiff::civil::{Date, date};
use store::load::{Batch, NpReceipt, NpRelief, Record};

use super::career::State;
use super::draft::{Draft, RECORDS_EACH};
use super::past::{Past, Payer};
use crate::populate::country::later;
use crate::populate::dice::Dice;

/// Numbers of receipts of one person: person × this.
pub(in crate::populate) const RECEIPTS_EACH: i64 = 64;
/// The last numbers of a person's rows are those of the reliefs.
const FIRST_RELIEF: i64 = RECORDS_EACH - 15;

/// Months of an exemption for a birth.
const MATERNITY_MONTHS: i32 = 4;
/// 国民年金法88条の2 from here.
const MATERNITY_FROM: Date = date(2019, 4, 1);
/// 付加保険料 from here.
const ADDITIONAL_FROM: Date = date(1970, 10, 1);

/// Writes the letters of a stretch of 第1号 or 任意加入, as far as months were due.
pub(super) fn mark(past: &Past, draft: &mut Draft, state: State, (first, last): (Month, Month), dice: &mut Dice) {
    let last = last.min(past.marked_to);
    let mut letter = b'.';
    let mut births = 0;
    for month in first.through(last) {
        let renewed = if state == State::Student { 4 } else { 7 };
        if month == first || month.month() == renewed {
            letter = draw(past, draft, state, month, dice);
        }
        let birth = state == State::Cat1 && births == 0 && may_give_birth(draft, month, last) && dice.chance(20);
        births = if birth { MATERNITY_MONTHS } else { births };
        let missed = matches!(letter, b'P' | b'A') && dice.chance(60);
        *draft.mark(month) = match (births, missed) {
            (1.., _) => b'M',
            (_, true) => b'.',
            _ => letter,
        };
        births = (births - 1).max(0);
    }
}

fn may_give_birth(draft: &Draft, month: Month, last: Month) -> bool {
    let age = month.year() - draft.birth_on.year();
    let lawful = month >= Month::of(MATERNITY_FROM) && month.plus(MATERNITY_MONTHS) <= last;
    lawful && draft.sex == 2 && (22..=38).contains(&age)
}

fn draw(past: &Past, draft: &Draft, state: State, month: Month, dice: &mut Dice) -> u8 {
    let paid = if month >= Month::of(ADDITIONAL_FROM) && draft.payer == Payer::Additional { b'A' } else { b'P' };
    match (state, draft.payer) {
        (State::Voluntary, _) => paid,
        (State::Student, _) => student(past, month, dice),
        (_, Payer::Good | Payer::Additional) if dice.chance(9_600) => paid,
        (_, Payer::Statutory) => b'S',
        (_, Payer::Never) if dice.chance(8_000) => b'.',
        (_, Payer::Never) => b'P',
        _ => exempt(past, draft, month, dice),
    }
}

fn student(past: &Past, month: Month, dice: &mut Dice) -> u8 {
    let by_law = month >= Month::of(date(2000, 4, 1));
    match dice.below(20) {
        0..=12 if by_law => later_paid(past, month, b'G', dice),
        13..=17 => b'P',
        _ => b'.',
    }
}

/// One of the exemptions that the law of the month knew.
fn exempt(past: &Past, draft: &Draft, month: Month, dice: &mut Dice) -> u8 {
    let from = |year, month| Month::of(date(year, month, 1));
    let age = month.year() - draft.birth_on.year();
    let deferral_below = if month < from(2016, 7) { 29 } else { 49 };
    let letter = match dice.below(100) {
        0..=24 => b'P',
        25..=36 => b'.',
        37..=41 if month >= from(2006, 7) => *dice.pick(b"Tt"),
        42..=46 if month >= from(2002, 4) => *dice.pick(b"Hh"),
        47..=50 if month >= from(2006, 7) => *dice.pick(b"Qq"),
        51..=64 if month >= from(2005, 4) && age < deferral_below => b'D',
        _ => b'F',
    };
    if matches!(letter, b'F' | b'D') { later_paid(past, month, letter, dice) } else { letter }
}

/// 追納: some months of long ago have been paid later.
fn later_paid(past: &Past, month: Month, letter: u8, dice: &mut Dice) -> u8 {
    if month.plus(36) < past.receipts_from && dice.chance(700) { b'L' } else { letter }
}

/// Receipts and decisions of the last two fiscal years, as the letters say.
pub(super) fn write(past: &Past, draft: &Draft, person_id: i64, dice: &mut Dice, batch: &mut Batch) {
    let mut receipt_id = person_id * RECEIPTS_EACH;
    let mut channels = Channels::draw(dice);
    let mut reliefs: Vec<(&'static str, Month, Month)> = Vec::new();
    let recent = |(year, _): &&(i16, [u8; 12])| *year >= past.receipts_from.fiscal_year();
    for (year, letters) in draft.marks.iter().filter(recent) {
        let april = Month::new(*year, 4).expect("April is a month");
        for (place, letter) in letters.iter().enumerate() {
            let month = april.plus(i32::try_from(place).expect("0 to 11"));
            let Some(price) = past.price(month) else { continue };
            let yen = match letter {
                b'P' | b'A' => price.full,
                b'T' => price.three_quarters_exempt,
                b'H' => price.half_exempt,
                b'Q' => price.quarter_exempt,
                _ => 0,
            };
            let mut receive = |kind, amount_yen, channels: &mut Channels| {
                receipt_id += 1;
                let (paid_on, channel) = channels.pay(month, dice);
                let receipt = NpReceipt { receipt_id, person_id, for_month: month, kind, amount_yen, paid_on, channel };
                batch.np_receipt(&receipt);
            };
            if yen > 0 {
                receive("monthly", yen, &mut channels);
            }
            if *letter == b'A' {
                receive("additional", 400, &mut channels);
            }
            add_relief(&mut reliefs, *letter, month);
        }
    }
    extend_last(past, draft, &mut reliefs);
    for (place, (relief, first, last)) in reliefs.iter().enumerate() {
        let record_id = person_id * RECORDS_EACH + FIRST_RELIEF + i64::try_from(place).expect("a few");
        let decided_on = later(first.first_day(), 45);
        let applied_on = (*relief != "STATUTORY").then(|| later(first.first_day(), 10));
        let relief = NpRelief { relief, applied_on, decided_on, first: *first, last: *last };
        batch.np_relief(Record { record_id, person_id }, &relief);
    }
}

/// To the decision before where the same goes on within the year of the decision.
fn add_relief(reliefs: &mut Vec<(&'static str, Month, Month)>, letter: u8, month: Month) {
    let (relief, renewed) = match letter {
        b'M' => ("MATERNITY", None),
        b'S' => ("STATUTORY", None),
        b'G' => ("STUDENT", Some(4)),
        b'F' => ("FULL", Some(7)),
        b'D' => ("DEFERRAL", Some(7)),
        b'T' | b't' => ("THREE_QUARTERS", Some(7)),
        b'H' | b'h' => ("HALF", Some(7)),
        b'Q' | b'q' => ("ONE_QUARTER", Some(7)),
        _ => return,
    };
    match reliefs.last_mut() {
        Some((known, _, last)) if *known == relief && last.next() == month && renewed != Some(month.month()) => {
            *last = month;
        }
        _ => reliefs.push((relief, month, month)),
    }
}

/// A decision that still holds runs to the end of its year, as far as the person stays 第1号 until then.
fn extend_last(past: &Past, draft: &Draft, reliefs: &mut [(&'static str, Month, Month)]) {
    let stays = draft.spells.last().is_some_and(|spell| spell.until.is_none() && spell.state != State::Voluntary);
    let Some((relief, _, last)) = reliefs.last_mut().filter(|(_, _, last)| stays && *last == past.marked_to) else {
        return;
    };
    let ends = match *relief {
        "MATERNITY" => return,
        "STUDENT" | "STATUTORY" => 3,
        _ => 6,
    };
    let before_sixty = Month::of(draft.ages.sixty_on).previous();
    while last.month() != ends && *last < before_sixty {
        *last = last.next();
    }
}

/// How somebody pays.
struct Channels {
    habit: &'static str,
}

impl Channels {
    fn draw(dice: &mut Dice) -> Channels {
        const HABITS: [&str; 8] = ["debit", "debit", "debit", "store", "store", "bank", "card", "counter"];
        Channels { habit: dice.pick::<&str>(&HABITS) }
    }

    /// By debit on the last day of the month after, else on some day of it.
    fn pay(&mut self, month: Month, dice: &mut Dice) -> (Date, &'static str) {
        let next = month.next();
        let day = match self.habit {
            "debit" => next.last_day(),
            _ => later(next.first_day(), i64::from(dice.below(27))),
        };
        (day, self.habit)
    }
}
