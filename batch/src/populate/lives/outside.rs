//! 適用事業所の外の人 — 第1号, 第3号, pensioners and those who died lately, in chunks of neighbours: couples, twins, and
//! strangers of one name and birth.

use domain::Month;
use domain::age::{attained_on, nth_birthday};
use jiff::civil::{Date, date};
use store::load::{Batch, HouseholdMember};

use super::career::{Ages, Nature, Part, State, career, marriage, years_at_home};
use super::draft::Draft;
use super::identity::{Home, Identity};
use super::others::Claimant;
use super::past::{Past, Role};
use super::pay::Earner;
use super::pension::{self, Claimed};
use super::{contributions, disability, faults, survivors};
use crate::populate::country::{Country, later};
use crate::populate::dice::Dice;
use crate::populate::purpose;

/// Persons of a chunk; chunks do not see each other.
pub(in crate::populate) const CHUNK: u64 = 1_024;
/// 240 months of 厚生年金 open 加給年金額, and end it for the spouse.
const LONG_MONTHS: i32 = 240;
/// 振替加算 is for whoever was born until this day.
const FURIKAE_BORN_UNTIL: Date = date(1966, 4, 1);

/// One person as made up.
pub(super) struct Person {
    pub(super) person_id: i64,
    pub(super) identity: Identity,
    pub(super) draft: Draft,
    pub(super) died_on: Option<Date>,
    pub(super) claimed: Option<Claimed>,
    role: Role,
    /// With a spouse of the same chunk.
    married: bool,
    contradicts: bool,
}

/// Writes the persons of a chunk.
pub(in crate::populate) fn write_chunk(country: &Country, first: i64, count: u64, batch: &mut Batch) {
    let Some(past) = &country.past else { return };
    let mut dice = Dice::new(country.seed, purpose::OUTSIDE, first.unsigned_abs());
    let end = first + i64::try_from(count).expect("a chunk is small");
    let mut next = first;
    while next < end {
        let role = *past.shares.draw(&mut dice);
        let (sex, birth_on) = sex_and_birth(past, role, &mut dice);
        let home = Home::draw(country, past, &mut dice);
        let identity = Identity::draw(country, home, (sex, birth_on), &mut dice);
        let maker = Maker { country, past };
        let room = end - next > 1;
        let pair = dice.below(1_000);
        match pair {
            0..=1 if room => maker.alike(next, role, identity, Likeness::Twins, &mut dice, batch),
            2 if room => maker.alike(next, role, identity, Likeness::Namesakes, &mut dice, batch),
            3..=599 if room && role == Role::Pensioner && sex == 1 => {
                maker.couple(next, identity, &mut dice, batch);
            }
            _ => {
                let person = maker.single(next, role, identity, &[]);
                maker.write(person, batch);
                next += 1;
                continue;
            }
        }
        next += 2;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Same family and day of birth.
    Twins,
    /// Same name and day of birth, by chance.
    Namesakes,
}

fn sex_and_birth(past: &Past, role: Role, dice: &mut Dice) -> (i16, Date) {
    let (sex, from, to) = *past.ages(role).draw(dice);
    let years = from + i16::try_from(dice.below(u32::from((to - from + 1).unsigned_abs()))).expect("a band");
    let birthday = nth_birthday(past.business_on, -years);
    (sex, later(birthday, -i64::from(dice.below(365))))
}

#[derive(Clone, Copy)]
pub(super) struct Maker<'a> {
    pub(super) country: &'a Country,
    pub(super) past: &'a Past,
}

impl Maker<'_> {
    /// One person; `at_home` are the years in which the spouse's job counted.
    pub(super) fn single(&self, person_id: i64, role: Role, identity: Identity, at_home: &[(Date, Date)]) -> Person {
        let Maker { country, past } = *self;
        let mut dice = Dice::new(country.seed, purpose::LIFE, person_id.unsigned_abs());
        let dice = &mut dice;
        let (birth_on, sex) = (identity.birth_on, identity.sex);
        let ages = Ages::of(birth_on);
        let died_on = (role == Role::Deceased).then(|| later(past.business_on, -8 - i64::from(dice.below(100))));
        let present = self.present(role, &ages, dice);
        let stop = died_on.or(present.map(|part| part.from)).unwrap_or(country.first);
        let nature = Nature::draw(sex, at_home.to_vec(), dice);
        let student = present.is_some_and(|part| part.state == State::Student);
        let mut parts = if student { Vec::new() } else { career(birth_on, &nature, stop, dice) };
        parts.extend(present);
        let earner = Earner::draw(birth_on, sex, dice);
        let payer = *past.payers.draw(dice);
        let mut draft = Draft::new(past, &earner, &parts, None, payer, dice);
        let contradicts = faults::contradict(&mut draft, person_id, country, past);
        let claimed = match role {
            Role::Pensioner | Role::Deceased => {
                let until = died_on.unwrap_or(past.business_on);
                pension::Claimant { past, draft: &draft, working: false, until }.decide(dice)
            }
            _ => None,
        };
        Person { person_id, identity, draft, died_on, claimed, role, married: false, contradicts }
    }

    /// Somebody who died long enough ago that no claim of an old-age pension was converted.
    pub(super) fn dead(&self, person_id: i64, identity: Identity, died_on: Date) -> Person {
        let Maker { country, past } = *self;
        let mut dice = Dice::new(country.seed, purpose::LIFE, person_id.unsigned_abs());
        let dice = &mut dice;
        let nature = Nature::draw(identity.sex, Vec::new(), dice);
        // Every cover ends on the day after the death.
        let parts = career(identity.birth_on, &nature, later(died_on, 1), dice);
        let earner = Earner::draw(identity.birth_on, identity.sex, dice);
        let payer = *past.payers.draw(dice);
        let draft = Draft::new(past, &earner, &parts, None, payer, dice);
        let (died_on, role) = (Some(died_on), Role::Deceased);
        Person { person_id, identity, draft, died_on, claimed: None, role, married: true, contradicts: false }
    }

    /// Somebody without a record: a child.
    pub(super) fn unregistered(&self, person_id: i64, identity: Identity) -> Person {
        let Maker { country, past } = *self;
        let mut dice = Dice::new(country.seed, purpose::LIFE, person_id.unsigned_abs());
        let earner = Earner::draw(identity.birth_on, identity.sex, &mut dice);
        let draft = Draft::new(past, &earner, &[], None, *past.payers.draw(&mut dice), &mut dice);
        let role = Role::Cat1;
        Person { person_id, identity, draft, died_on: None, claimed: None, role, married: true, contradicts: false }
    }

    /// What the person is today.
    fn present(&self, role: Role, ages: &Ages, dice: &mut Dice) -> Option<Part> {
        let today = self.past.business_on;
        let open = |from, state| Some(Part { from, until: None, state });
        match role {
            Role::Pensioner | Role::Deceased => None,
            Role::Cat1 if ages.sixty_on < today => open(ages.sixty_on, State::Voluntary),
            Role::Cat1 if today < later(ages.twenty_on, 900) && dice.chance(6_000) => {
                open(ages.twenty_on, State::Student)
            }
            Role::Cat1 => {
                let from = later(today, -40 - i64::from(dice.skewed(20 * 365))).first_of_month();
                open(from.max(ages.twenty_on), State::Cat1)
            }
            Role::Cat3 => {
                let from = later(today, -40 - i64::from(dice.skewed(25 * 365))).first_of_month();
                open(from.max(ages.twenty_on).max(date(1986, 4, 1)), State::Cat3)
            }
        }
    }

    /// 夫婦: a pensioner and his wife, whose years at home are those of his jobs.
    fn couple(&self, first: i64, identity: Identity, dice: &mut Dice, batch: &mut Batch) {
        let past = self.past;
        let born = later(identity.birth_on, i64::from(dice.between(-500, 2_800)));
        let birth_on = born.min(later(past.business_on, -45 * 365));
        let given = self.country.tables.given_names(2, birth_on.year()).draw(dice).clone();
        let wife = Identity { given, birth_on, sex: 2, ..identity.clone() };
        let married_on = marriage(birth_on, dice).max(nth_birthday(identity.birth_on, 20));
        let role = if attained_on(birth_on, 62) < past.business_on { Role::Pensioner } else { Role::Cat1 };
        let husband = Person { married: true, ..self.single(first, Role::Pensioner, identity, &[]) };
        let jobs = husband.draft.employed_days();
        let at_home: Vec<(Date, Date)> = years_at_home(birth_on, married_on, dice)
            .iter()
            .flat_map(|(from, until)| jobs.iter().map(move |job| (job.0.max(*from), job.1.min(*until))))
            .filter(|(from, until)| later(*from, 62) < *until)
            .collect();
        let mut wife = Person { married: true, ..self.single(first + 1, role, wife, &at_home) };
        let moves = self.addition_moves(&husband, &wife);
        if let Some(claimed) = &mut wife.claimed {
            claimed.claim.spouse_addition_moves = moves;
        }
        self.write_household(&husband, &wife, married_on, dice, batch);
        self.write_household(&wife, &husband, married_on, dice, batch);
        if dice.chance(100) {
            self.write_child(&husband, dice, batch);
        }
        self.write(husband, batch);
        self.write(wife, batch);
    }

    /// 振替加算: 加給年金額 of the husband was for her until the day before she was 65.
    fn addition_moves(&self, husband: &Person, wife: &Person) -> bool {
        let at_65 = wife.draft.ages.sixty_five_on;
        let before = husband.claimed.as_ref().is_some_and(|claimed| claimed.right_on < at_65);
        let long = |person: &Person| person.draft.employed_months(Month::of(at_65)) >= LONG_MONTHS;
        before && long(husband) && !long(wife) && wife.identity.birth_on <= FURIKAE_BORN_UNTIL
    }

    /// The spouse in the pensioner's household.
    fn write_household(&self, person: &Person, spouse: &Person, married_on: Date, dice: &mut Dice, batch: &mut Batch) {
        if person.claimed.is_none() {
            return;
        }
        let until = self.past.business_on;
        let own = spouse.claimed.as_ref().filter(|claimed| {
            claimed.right_on < until
                && spouse.draft.employed_months(Month::of(claimed.right_on)) >= LONG_MONTHS
                && !claimed.claim.employees_waits
        });
        batch.household_member(&HouseholdMember {
            person_id: person.person_id,
            member_no: 1,
            relation: "spouse",
            member_person_id: Some(spouse.person_id),
            birth_on: spouse.identity.birth_on,
            dependent: spouse.identity.sex == 2 && dice.chance(9_600),
            own_old_age_from: own.map(|claimed| claimed.right_on),
            valid_from: married_on,
        });
    }

    /// A late child, who has no number yet.
    fn write_child(&self, person: &Person, dice: &mut Dice, batch: &mut Batch) {
        if person.claimed.is_some() && person.identity.birth_on > later(self.past.business_on, -71 * 365) {
            let birth_on = later(self.past.business_on, -365 * 9 - i64::from(dice.below(365 * 8)));
            batch.household_member(&HouseholdMember {
                person_id: person.person_id,
                member_no: 2,
                relation: "child",
                member_person_id: None,
                birth_on,
                dependent: true,
                own_old_age_from: None,
                valid_from: birth_on,
            });
        }
    }

    /// Two who look alike and are two.
    fn alike(
        &self,
        first: i64,
        role: Role,
        identity: Identity,
        likeness: Likeness,
        dice: &mut Dice,
        batch: &mut Batch,
    ) {
        let mut other = identity.clone();
        match likeness {
            Likeness::Twins => {
                let names = self.country.tables.given_names(other.sex, other.birth_on.year());
                while other.given.kana == identity.given.kana {
                    other.given = names.draw(dice).clone();
                }
            }
            Likeness::Namesakes => other.home = Home::draw(self.country, self.past, dice),
        }
        self.write(self.single(first, role, identity, &[]), batch);
        self.write(self.single(first + 1, role, other, &[]), batch);
    }

    /// The person with the claims that are not of old age, and whom these need besides.
    fn write(&self, person: Person, batch: &mut Batch) {
        let kana = person.identity.kana();
        let claimant = Claimant {
            person_id: person.person_id,
            identity: &person.identity,
            kana: &kana,
            draft: &person.draft,
            claimed: person.claimed.as_ref(),
            cover: None,
            has_household: person.married,
        };
        match person.died_on {
            Some(died_on) => survivors::of_dead(*self, &person, died_on, batch),
            None if disability::write(*self, &claimant, batch) => {}
            None if person.married || person.role == Role::Cat3 => {}
            None => survivors::of_living(*self, &claimant, batch),
        }
        self.write_rows(person, batch);
    }

    pub(super) fn write_rows(&self, person: Person, batch: &mut Batch) {
        let Maker { country, past } = *self;
        let Person { person_id, identity, mut draft, .. } = person;
        let mut dice = Dice::new(country.seed, purpose::LIFE_AFTER, person_id.unsigned_abs());
        identity.write(person_id, past, batch);
        if let Some(died_on) = person.died_on {
            batch.death(person_id, died_on);
        }
        contributions::write(past, &draft, person_id, &mut dice, batch);
        if let Some(claimed) = &person.claimed {
            let kana = identity.kana();
            let who = (kana.as_str(), identity.birth_on, identity.home.municipality_code.as_str());
            pension::write(past, person_id, claimed, who, &mut dice, batch);
        }
        if !person.contradicts && !past.is_relative(person_id) {
            faults::divide(&mut draft, person_id, &identity, (country, past), batch);
        }
        draft.write(person_id, batch);
    }
}
