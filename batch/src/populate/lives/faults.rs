//! 仕込み — second numbers that hold a part of somebody's career, and records that contradict themselves.

use domain::Month;
use jiff::civil::Date;
use store::load::Batch;

use super::career::State;
use super::draft::{Draft, Spell};
use super::identity::{Home, Identity};
use super::past::Past;
use crate::populate::country::{Country, later};
use crate::populate::data::Name;
use crate::populate::dice::Dice;
use crate::populate::purpose;

/// One person of so many is drawn to have a second number; not everybody drawn has a career to divide.
const BLOCK: u64 = 400;
/// In 10,000.
const CONTRADICTORY: u32 = 11;

/// The most second numbers there can be among so many persons.
pub(in crate::populate) fn duplicates_most(persons: u64) -> u64 {
    persons.div_ceil(BLOCK)
}

/// Now and then makes the record contradict itself; says whether it did.
pub(super) fn contradict(draft: &mut Draft, person_id: i64, country: &Country, past: &Past) -> bool {
    let mut dice = Dice::new(country.seed, purpose::CONTRADICTION, person_id.unsigned_abs());
    if !dice.chance(CONTRADICTORY) {
        return false;
    }
    let done = if dice.chance(5_000) { overlap(draft) || pay_at_work(draft) } else { pay_at_work(draft) };
    if done {
        past.planted.contradiction(person_id);
    }
    done
}

/// 第1号 that goes on into a job.
fn overlap(draft: &mut Draft) -> bool {
    let next = |pair: &[Spell]| matches!((pair[0].state, pair[1].state), (State::Cat1, State::Employee(_)));
    let Some(place) = draft.spells.windows(2).position(next) else { return false };
    let until = later(draft.spells[place + 1].from, 45);
    draft.spells[place].until = Some(until);
    true
}

/// A contribution that was paid for a month of 厚生年金.
fn pay_at_work(draft: &mut Draft) -> bool {
    let spells = draft.spells.iter().filter(|spell| matches!(spell.state, State::Employee(_)));
    let Some((first, _)) = spells.filter_map(|spell| spell.months).next() else { return false };
    *draft.mark(first) = b'P';
    true
}

/// Writes the second number of whoever is drawn to have one: the first stretches of the career go over to it.
pub(super) fn divide(
    draft: &mut Draft,
    person_id: i64,
    identity: &Identity,
    (country, past): (&Country, &Past),
    batch: &mut Batch,
) {
    let block = (person_id.unsigned_abs() - 1) / BLOCK;
    let mut dice = Dice::new(country.seed, purpose::DUPLICATE, block);
    let drawn = block * BLOCK + 1 + u64::from(dice.below(u32::try_from(BLOCK).expect("small")));
    if drawn != person_id.unsigned_abs() {
        return;
    }
    let Some(other) = draft.take_first(1 + dice.below(2), past.receipts_from) else { return };
    let other_id = i64::try_from(past.people + past.lives + 1 + block).expect("fewer than the keys there are");
    let only_jobs = other.spells.iter().all(|spell| matches!(spell.state, State::Employee(_)));
    let second = variant(identity, only_jobs, (country, past), &mut dice);
    second.write(other_id, past, batch);
    other.write(other_id, batch);
    past.planted.duplicate(person_id, other_id);
}

impl Draft {
    /// Takes the first ended spells with their marks, as long as one is left.
    fn take_first(&mut self, most: u32, before: Month) -> Option<Draft> {
        let movable = |spell: &&Spell| {
            let ended = spell.months.is_some_and(|(_, last)| last < before);
            ended && spell.until.is_some() && spell.state != State::Here
        };
        let spare = self.spells.len().saturating_sub(usize::from(!self.is_here()));
        let count = self.spells.iter().take_while(movable).count().min(spare).min(most as usize);
        if count == 0 {
            return None;
        }
        let spells: Vec<Spell> = self.spells.drain(..count).collect();
        let mut other = self.beside(spells);
        let pays = other.spells.iter().filter(|spell| spell.pay.is_none() && spell.state != State::Cat3);
        let months: Vec<Month> =
            pays.filter_map(|spell| spell.months).flat_map(|(first, last)| first.through(last)).collect();
        for month in months {
            *other.mark(month) = std::mem::replace(self.mark(month), b'.');
        }
        Some(other)
    }
}

/// The same person as another clerk wrote it down.
fn variant(identity: &Identity, only_jobs: bool, (country, past): (&Country, &Past), dice: &mut Dice) -> Identity {
    let mut other = identity.clone();
    if dice.chance(6_000) {
        other.home = Home::draw(country, past, dice);
    }
    let (day, month) = (identity.birth_on.day(), identity.birth_on.month());
    match dice.below(10) {
        0..=1 => kana_variant(&mut other),
        2..=3 => old_kanji(&mut other.surname, past),
        4..=5 if identity.sex == 2 => other.surname = country.tables.surnames.draw(dice).clone(),
        6 if day <= 12 && day != month && only_jobs => {
            other.birth_on = Date::new(identity.birth_on.year(), day, month).expect("both are months and days");
        }
        7..=8 => typing_error(&mut other.given, dice),
        _ => {}
    }
    other
}

/// ヅ and ズ, ヂ and ジ, ヲ and オ; the long sound.
fn kana_variant(identity: &mut Identity) {
    const PAIRS: [(char, char); 5] = [('ヅ', 'ズ'), ('ズ', 'ヅ'), ('ヂ', 'ジ'), ('ジ', 'ヂ'), ('オ', 'ヲ')];
    for name in [&mut identity.given, &mut identity.surname] {
        let found = PAIRS.iter().find(|(one, _)| name.kana.contains(*one));
        if let Some((one, other)) = found {
            name.kana = name.kana.replacen(*one, &other.to_string(), 1);
            return;
        }
        // ユウコ written ユーコ.
        if let Some(place) = name.kana.find("ウ").filter(|place| *place > 0) {
            name.kana.replace_range(place..place + 'ウ'.len_utf8(), "ー");
            return;
        }
    }
}

/// 髙 for 高, 﨑 for 崎, or the other way.
fn old_kanji(surname: &mut Name, past: &Past) {
    let swapped = |kanji: char| {
        let known = past.old_kanji.iter().find(|(new, old)| *new == kanji || *old == kanji)?;
        Some(if known.0 == kanji { known.1 } else { known.0 })
    };
    let Some((place, kanji)) = surname.kanji.char_indices().find(|(_, kanji)| swapped(*kanji).is_some()) else {
        return;
    };
    let other = swapped(kanji).expect("just found");
    surname.kanji.replace_range(place..place + kanji.len_utf8(), &other.to_string());
}

/// One kana of the given name is another.
fn typing_error(given: &mut Name, dice: &mut Dice) {
    const NEAR: [(char, char); 10] = [
        ('シ', 'ツ'),
        ('ツ', 'シ'),
        ('ソ', 'ン'),
        ('ン', 'ソ'),
        ('ク', 'ワ'),
        ('チ', 'テ'),
        ('コ', 'ユ'),
        ('ユ', 'コ'),
        ('ロ', 'コ'),
        ('マ', 'ヌ'),
    ];
    let places: Vec<(usize, char)> = given.kana.char_indices().collect();
    let (place, kana) = *dice.pick(&places);
    let wrong = NEAR.iter().find(|(right, _)| *right == kana).map_or('ナ', |(_, wrong)| *wrong);
    given.kana.replace_range(place..place + kana.len_utf8(), &wrong.to_string());
}
