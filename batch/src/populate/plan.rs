//! 国の設計 — how many people and employers each prefecture has and which keys they bear. Cheap, in one thread,
//! and with a constant amount of memory: employers are handed out in chunks as they are thought of.

use super::data::Tables;
use super::dice::Dice;
use super::{SAMPLE_EMPLOYER, purpose};

/// A chunk is closed when it holds so many people or employers.
const CHUNK_PEOPLE: u32 = 4_096;
const CHUNK_EMPLOYERS: usize = 1_024;

/// One employer to be made up: its keys and how many people it has.
pub(super) struct Seat {
    /// Key.
    pub(super) employer_id: i64,
    /// 都道府県 (JIS).
    pub(super) prefecture: u8,
    /// Its number within the prefecture, from 0.
    pub(super) place: u32,
    /// Insured people.
    pub(super) size: u32,
    /// Key of the first of them; the others follow.
    pub(super) first_person: i64,
    /// Number of the first of them within the prefecture, from 0.
    pub(super) first_place: u64,
}

/// Hands out employers, prefecture by prefecture.
pub(super) struct Planner {
    seed: u64,
    /// People of each prefecture.
    quotas: Vec<u64>,
    prefecture: usize,
    dice: Dice,
    taken: u64,
    place: u32,
    next_employer: i64,
    next_person: i64,
}

impl Planner {
    /// A country of so many people, not counting those of the sample employer, who have the first keys.
    pub(super) fn new(seed: u64, people: u64, sample_people: u64) -> Planner {
        Planner {
            seed,
            quotas: quotas(people - sample_people),
            prefecture: 0,
            dice: Dice::new(seed, purpose::SIZES, 0),
            taken: 0,
            place: 0,
            next_employer: SAMPLE_EMPLOYER + 1,
            next_person: i64::try_from(sample_people).expect("a handful") + 1,
        }
    }

    /// Employers handed out so far, with the sample one.
    pub(super) fn employers(&self) -> i64 {
        self.next_employer - 1
    }

    /// The next employers, all of one prefecture. Chunks do not depend on who asks for them.
    pub(super) fn next_chunk(&mut self) -> Option<Vec<Seat>> {
        while self.taken == *self.quotas.get(self.prefecture)? {
            self.prefecture += 1;
            self.taken = 0;
            self.place = 0;
            self.dice = Dice::new(self.seed, purpose::SIZES, self.prefecture as u64);
        }
        let mut chunk = Vec::new();
        let mut people = 0;
        while people < CHUNK_PEOPLE && chunk.len() < CHUNK_EMPLOYERS && self.taken < self.quotas[self.prefecture] {
            let seat = self.next_seat();
            people += seat.size;
            chunk.push(seat);
        }
        Some(chunk)
    }

    fn next_seat(&mut self) -> Seat {
        let quota = self.quotas[self.prefecture];
        let size = self.draw_size(quota).min(u32::try_from(quota - self.taken).unwrap_or(u32::MAX));
        let seat = Seat {
            employer_id: self.next_employer,
            prefecture: u8::try_from(self.prefecture + 1).expect("47 prefectures"),
            place: self.place,
            size,
            first_person: self.next_person,
            first_place: self.taken,
        };
        self.next_employer += 1;
        self.next_person += i64::from(size);
        self.taken += u64::from(size);
        self.place += 1;
        seat
    }

    /// No employer has more than an eighth of its prefecture.
    fn draw_size(&mut self, quota: u64) -> u32 {
        let band = Tables::get().sizes.draw(&mut self.dice);
        let size = band.from + self.dice.skewed(band.to - band.from + 1);
        if u64::from(size) <= quota.div_ceil(8).max(9) { size } else { 1 + self.dice.below(9) }
    }
}

/// People by prefecture: by share, what is left over by the largest remainder.
fn quotas(people: u64) -> Vec<u64> {
    let rows = &Tables::get().prefectures;
    let total: u64 = rows.iter().map(|row| row.share).sum();
    let mut quotas: Vec<u64> = rows.iter().map(|row| people * row.share / total).collect();
    let left = people - quotas.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(people * rows[at].share % total));
    for &at in order.iter().cycle().take(usize::try_from(left).expect("less than 47")) {
        quotas[at] += 1;
    }
    quotas
}
