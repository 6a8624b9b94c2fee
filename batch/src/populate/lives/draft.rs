//! 原簿の下書き — the rows of one life, made from its stretches; what months each spell owns decides which marks it has.

use domain::Month;
use jiff::civil::Date;
use store::load::{Batch, PensionSpell, Record, Remuneration};

use super::career::{Ages, Part, State};
use super::contributions;
use super::others::Insured;
use super::past::{Past, Payer};
use super::pay::{Earner, PayRecord};
use crate::populate::dice::Dice;

/// Rows of one person are numbered from here on: person × this.
pub(in crate::populate) const RECORDS_EACH: i64 = 128;

/// 資格記録 and 標準報酬の記録.
#[derive(Clone)]
pub(super) struct Spell {
    pub(super) state: State,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    /// Months that it owns; none where another spell of the same month owns them.
    pub(super) months: Option<(Month, Month)>,
    pub(super) pay: Option<PayRecord>,
}

/// 適用事業所の資格 — what a life must know of the cover that is on file there.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) spell_id: i64,
    /// The first month whose standard is on file.
    pub(super) standards_from: Month,
    /// The first month whose bonuses are on file.
    pub(super) bonuses_from: Month,
    /// 報酬月額 of today.
    pub(super) remuneration_yen: i64,
}

/// The rows of one life.
pub(super) struct Draft {
    pub(super) birth_on: Date,
    pub(super) sex: i16,
    pub(super) ages: Ages,
    pub(super) payer: Payer,
    pub(super) spells: Vec<Spell>,
    /// Fiscal year and its twelve letters, in order.
    pub(super) marks: Vec<(i16, [u8; 12])>,
    spans: Vec<(&'static str, Month, Month)>,
    abroad: Vec<(Date, Option<Date>)>,
    /// Of the months before the employer's own records begin.
    backfill: Option<(i64, PayRecord)>,
    here: bool,
}

impl Draft {
    /// From the stretches of a life, in order.
    pub(super) fn new(
        past: &Past,
        earner: &Earner,
        parts: &[Part],
        here: Option<Here>,
        payer: Payer,
        dice: &mut Dice,
    ) -> Draft {
        let (birth_on, sex) = (earner.birth_on, earner.sex);
        let mut draft = Draft {
            birth_on,
            sex,
            ages: Ages::of(birth_on),
            payer,
            spells: Vec::new(),
            marks: Vec::new(),
            spans: Vec::new(),
            abroad: Vec::new(),
            backfill: None,
            here: here.is_some(),
        };
        let mut free_from = Month::of(super::past::SCHEME_ON);
        for (place, part) in parts.iter().enumerate() {
            let mut later = parts[place + 1..].iter().filter(|part| part.is_spell());
            let next = later.next().map(|next| Month::of(next.from));
            let taken = draft.add(past, earner, part, (free_from, next), here, dice);
            free_from = taken.unwrap_or(free_from);
        }
        draft
    }

    /// Adds a stretch; gives the first month that is free after it.
    fn add(
        &mut self,
        past: &Past,
        earner: &Earner,
        part: &Part,
        (free_from, next): (Month, Option<Month>),
        here: Option<Here>,
        dice: &mut Dice,
    ) -> Option<Month> {
        let first = Month::of(part.from);
        let counted = part.until.map_or(Month::of(past.business_on), |until| Month::of(until).previous().max(first));
        let before_next = |last: Month| next.map_or(last, |next| last.min(next.previous()));
        match part.state {
            State::NotJoined(_) | State::Abroad => {
                let first = first.max(free_from).max(Month::of(self.ages.twenty_on));
                let open =
                    part.until.map_or(Month::of(past.business_on).previous(), |until| Month::of(until).previous());
                let last = before_next(open).min(Month::of(self.ages.sixty_on).previous());
                self.not_insured(part, first, last);
                return None;
            }
            State::Here => self.here(past, earner, (first, before_next(counted)), here, dice),
            State::Employee(kind) => {
                let months = (first, before_next(counted));
                let pay = earner.record(past, kind, months, months.1, dice);
                self.spell(part, Some(months), Some(pay));
            }
            State::Cat1 | State::Student | State::Cat3 | State::Voluntary => {
                let months = Some((first, before_next(counted))).filter(|(first, last)| first <= last);
                if let Some(months) = months.filter(|_| part.state != State::Cat3) {
                    contributions::mark(past, self, part.state, months, dice);
                }
                self.spell(part, months, None);
            }
        }
        Some(counted.next())
    }

    /// Somebody of the same birth with these spells alone.
    pub(super) fn beside(&self, spells: Vec<Spell>) -> Draft {
        Draft { spells, marks: Vec::new(), spans: Vec::new(), abroad: Vec::new(), backfill: None, ..*self }
    }

    /// Is insured at an employer of this book, or was.
    pub(super) fn is_here(&self) -> bool {
        self.here
    }

    fn spell(&mut self, part: &Part, months: Option<(Month, Month)>, pay: Option<PayRecord>) {
        self.spells.push(Spell { state: part.state, from: part.from, until: part.until, months, pay });
    }

    fn not_insured(&mut self, part: &Part, first: Month, last: Month) {
        if part.state == State::Abroad {
            // Leaving on the day before: cover is lost on the day after leaving.
            self.abroad.push((part.from.yesterday().expect("a day of the calendar"), part.until));
        }
        let kind = match part.state {
            State::NotJoined(kind) => kind,
            _ => "overseas",
        };
        if first <= last {
            self.spans.push((kind, first, last));
        }
    }

    /// The months of cover here for which the employer's records on file say nothing.
    fn here(
        &mut self,
        past: &Past,
        earner: &Earner,
        (first, last): (Month, Month),
        here: Option<Here>,
        dice: &mut Dice,
    ) {
        let Some(here) = here else { return };
        let last = last.min(here.standards_from.previous());
        if first <= last {
            let now = Earner { level: here.level(earner, past), ..*earner };
            let bonuses_until = here.bonuses_from.previous();
            self.backfill = Some((here.spell_id, now.record(past, 1, (first, last), bonuses_until, dice)));
        }
    }

    /// Letters of a month, `.` where there is none.
    pub(super) fn mark(&mut self, month: Month) -> &mut u8 {
        let year = month.fiscal_year();
        let place = match self.marks.binary_search_by_key(&year, |(year, _)| *year) {
            Ok(place) => place,
            Err(place) => {
                self.marks.insert(place, (year, [b'.'; 12]));
                place
            }
        };
        let april = Month::new(year, 4).expect("April is a month");
        &mut self.marks[place].1[usize::try_from(month.months_since(april)).expect("0 to 11")]
    }

    /// Months of 厚生年金 before a month.
    pub(super) fn employed_months(&self, before: Month) -> i32 {
        let worked = self.spells.iter().filter(|spell| spell.is_employed()).filter_map(|spell| spell.months);
        worked.map(|(first, last)| last.min(before.previous()).next().months_since(first).max(0)).sum()
    }

    /// 受給資格期間 before a month: paid, exempt, 第3号, 厚生年金 and 合算対象.
    pub(super) fn qualifying_months(&self, before: Month) -> i32 {
        let in_time = |(first, last): (Month, Month)| last.min(before.previous()).next().months_since(first).max(0);
        let spells = self.spells.iter().filter(|spell| spell.is_employed() || spell.state == State::Cat3);
        let spells: i32 = spells.filter_map(|spell| spell.months).map(in_time).sum();
        let spans: i32 = self.spans.iter().map(|&(_, first, last)| in_time((first, last))).sum();
        let of_year = |(year, letters): &(i16, [u8; 12])| {
            let april = Month::new(*year, 4).expect("April is a month");
            let counts = |(place, letter): (usize, &u8)| {
                let month = april.plus(i32::try_from(place).expect("0 to 11"));
                month < before && !b".thq".contains(letter)
            };
            letters.iter().enumerate().filter(|pair| counts(*pair)).count()
        };
        let marks: usize = self.marks.iter().map(of_year).sum();
        spells + spans + i32::try_from(marks).expect("a life is short")
    }

    /// 被保険者の別 of a day, cover at an employer of this book left out.
    pub(super) fn insured_on(&self, day: Date) -> Insured {
        let holds = |spell: &&Spell| spell.from <= day && spell.until.is_none_or(|until| day < until);
        let mut kinds = self.spells.iter().filter(holds).map(Spell::is_employed);
        match kinds.next() {
            None => Insured::No,
            Some(first) if first || kinds.any(|employed| employed) => Insured::Employee,
            Some(_) => Insured::National,
        }
    }

    /// Months of 第1号 or 任意加入, both ends included, that were neither paid nor exempt.
    pub(super) fn unpaid_months(&self, first: Month, last: Month) -> usize {
        let pays = |spell: &&Spell| !spell.is_employed() && spell.state != State::Cat3;
        let months = self.spells.iter().filter(pays).filter_map(|spell| spell.months);
        let asked = months.flat_map(|(from, until)| from.max(first).through(until.min(last)));
        asked.filter(|month| b".thq".contains(&self.letter(*month))).count()
    }

    /// The letter of a month.
    fn letter(&self, month: Month) -> u8 {
        let year = month.fiscal_year();
        let april = Month::new(year, 4).expect("April is a month");
        let Ok(row) = self.marks.binary_search_by_key(&year, |(year, _)| *year) else { return b'.' };
        self.marks[row].1[usize::try_from(month.months_since(april)).expect("0 to 11")]
    }

    /// First month of cover of each kind; `None` where there is none.
    pub(super) fn kinds(&self) -> impl Iterator<Item = i16> + '_ {
        self.spells.iter().filter_map(|spell| match spell.state {
            State::Employee(kind) => Some(kind),
            State::Here => Some(1),
            _ => None,
        })
    }

    /// 第2号 from day to day.
    pub(super) fn employed_days(&self) -> Vec<(Date, Date)> {
        let worked = self.spells.iter().filter(|spell| spell.is_employed());
        worked.filter_map(|spell| Some((spell.from, spell.until?))).collect()
    }

    /// Adds cover at an employer of this book to what counts.
    pub(super) fn count_here(&mut self, from: Date, until: Option<Date>, last: Month) {
        let months = Some((Month::of(from), until.map_or(last, |until| Month::of(until).previous())));
        self.spells.push(Spell { state: State::Here, from, until, months, pay: None });
    }

    /// Writes the rows.
    pub(super) fn write(&self, person_id: i64, batch: &mut Batch) {
        let mut next = person_id * RECORDS_EACH;
        let mut record = || {
            next += 1;
            Record { record_id: next, person_id }
        };
        for spell in self.spells.iter().filter(|spell| spell.state != State::Here) {
            let row = record();
            let (category, employees_kind) = spell.state.category();
            let (valid_from, valid_to) = (spell.from, spell.until);
            batch.pension_spell(row, &PensionSpell { category, employees_kind, valid_from, valid_to });
            if let Some(pay) = &spell.pay {
                batch.remuneration(row, &pay.row());
            }
        }
        for (kind, first, last) in &self.spans {
            batch.life_span(record(), kind, (*first, *last));
        }
        for (left_on, returned_on) in &self.abroad {
            batch.abroad(record(), *left_on, *returned_on);
        }
        for (year, letters) in self.marks.iter().filter(|(_, letters)| letters.iter().any(|letter| *letter != b'.')) {
            let letters = std::str::from_utf8(letters).expect("letters of ASCII");
            batch.contribution_year(record(), *year, letters);
        }
        if let Some((spell_id, pay)) = &self.backfill {
            batch.remuneration(Record { record_id: *spell_id, person_id }, &pay.row());
        }
        assert!(next < (person_id + 1) * RECORDS_EACH - 24, "a life has fewer rows than its numbers");
    }
}

impl Spell {
    pub(super) fn is_employed(&self) -> bool {
        matches!(self.state, State::Employee(_) | State::Here)
    }
}

impl Part {
    fn is_spell(&self) -> bool {
        !matches!(self.state, State::NotJoined(_) | State::Abroad)
    }
}

impl State {
    fn category(self) -> (&'static str, Option<i16>) {
        match self {
            State::Cat1 | State::Student => ("cat1", None),
            State::Employee(kind) => ("cat2", Some(kind)),
            State::Here => ("cat2", Some(1)),
            State::Cat3 => ("cat3", None),
            State::Voluntary => ("voluntary", None),
            State::NotJoined(_) | State::Abroad => unreachable!("not insured"),
        }
    }
}

impl Here {
    /// Today's pay against the median of sex and age.
    fn level(&self, earner: &Earner, past: &Past) -> i64 {
        let age = past.business_on.year() - earner.birth_on.year();
        let median = crate::populate::data::Tables::get().median_pay(earner.sex, age);
        (self.remuneration_yen * 1_000 / median).clamp(200, 9_000)
    }
}

impl PayRecord {
    fn row(&self) -> Remuneration<'_> {
        Remuneration {
            employees_kind: self.kind,
            standard_months: &self.standard_months,
            standards_yen: &self.standards_yen,
            last_month: self.last_month,
            bonus_months: &self.bonus_months,
            bonuses_yen: &self.bonuses_yen,
        }
    }
}
