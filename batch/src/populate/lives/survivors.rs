//! 遺族年金の請求 — of those whom the dead of the country left, and of widows, widowers and children of deaths before. Who is
//! missing for it, the dead spouse or the one who is left, is one more person.

use domain::Month;
use domain::age::{attained_on, nth_birthday};
use jiff::civil::{Date, date};
use store::load::{Batch, SurvivorClaim, SurvivorMember};

use super::career::marriage;
use super::draft::Draft;
use super::identity::Identity;
use super::others::{COUNTED_ON, Claimant, Insured, SURVIVOR_RECORD, paid_through};
use super::outside::{Maker, Person};
use super::past::Role;
use crate::populate::country::later;
use crate::populate::dice::Dice;
use crate::populate::purpose;

/// No rates are published for whoever was born before.
const RATES_BORN_FROM: Date = date(1938, 4, 2);
/// 25年.
const LONG_MONTHS: i32 = 300;
/// Deaths of the past were so many days ago at least; those of the last months are the country's own dead.
const PAST_DAYS: i64 = 120;

/// What a death gives.
#[derive(Clone, Copy)]
struct Death {
    person_id: i64,
    died_on: Date,
    /// 遺族基礎年金, where there is a child.
    basic: bool,
    /// 遺族厚生年金.
    employee: bool,
    illness_first_seen_on: Option<Date>,
}

impl Death {
    /// As the record of the dead has it: insured and paid, or fallen ill while insured, or qualified with 25 years.
    fn of(person: &Person, died_on: Date) -> Death {
        let draft = &person.draft;
        let month = Month::of(died_on);
        let paid = draft.unpaid_months(month.plus(-14), month.plus(-2)) == 0;
        let insured = draft.insured_on(died_on);
        let long = draft.qualifying_months(month) >= LONG_MONTHS;
        let ill_on = draft.last_job_until().map(|until| later(until, -40));
        let ill_on = ill_on.filter(|on| insured != Insured::Employee && died_on < nth_birthday(*on, 4));
        let short = insured == Insured::Employee || ill_on.is_some();
        Death {
            person_id: person.person_id,
            died_on,
            basic: long || paid && insured != Insured::No,
            employee: draft.kinds().next().is_some() && (long || paid && short),
            illness_first_seen_on: ill_on,
        }
    }
}

/// Those whom somebody left who died within the last months: mostly a wife.
pub(super) fn of_dead(maker: Maker<'_>, dead: &Person, died_on: Date, batch: &mut Batch) {
    let Maker { country, past } = maker;
    let mut dice = Dice::new(country.seed, purpose::SURVIVOR, dead.person_id.unsigned_abs());
    let dice = &mut dice;
    let death = Death::of(dead, died_on);
    if dead.identity.birth_on < RATES_BORN_FROM || !death.employee {
        return;
    }
    let (person_id, born) = (past.relative_of(dead.person_id), dead.identity.birth_on);
    let relative = match (dead.identity.sex, dice.below(100)) {
        (1, 0..=69) => {
            let birth_on = later(born, i64::from(dice.between(-500, 2_800)));
            maker.spouse(person_id, &dead.identity, birth_on, dice)
        }
        (1, 70) => maker.child(person_id, &dead.identity, dice),
        (2, 0..=29) => {
            let birth_on = later(born, i64::from(dice.between(-2_500, 700)));
            maker.spouse(person_id, &dead.identity, birth_on, dice)
        }
        _ => return,
    };
    let kana = relative.identity.kana();
    let claimant = claimant(&relative, &kana);
    if claimant.has_deferred() {
        return;
    }
    past.count_relative();
    write(maker, &claimant, &death, &[], dice, batch);
    claimant.write_payee(dice, batch);
    maker.write_rows(relative, batch);
}

/// A claim of somebody who lives, after a death of the past.
pub(super) fn of_living(maker: Maker<'_>, claimant: &Claimant<'_>, batch: &mut Batch) {
    let Maker { country, past } = maker;
    let mut dice = Dice::new(country.seed, purpose::SURVIVOR, claimant.person_id.unsigned_abs());
    let dice = &mut dice;
    let identity = claimant.identity;
    let parts = match (identity.sex, claimant.age_on(past.business_on)) {
        (2, 25..=44) => 150,
        (2, 45..=59) => 450,
        (2, 60..=69) => 1_600,
        (2, 70..=79) => 3_600,
        (2, 80..) => 5_500,
        (1, 30..=54) => 60,
        (1, 60..) => 500,
        _ => 0,
    };
    if !dice.chance(parts) || claimant.has_deferred() {
        return;
    }
    let older = if identity.sex == 2 { (-2_800, 500) } else { (-700, 2_500) };
    let birth_on = later(identity.birth_on, i64::from(dice.between(older.0, older.1)));
    let Some(died_on) = day_of_death(claimant, birth_on, past.business_on, dice) else { return };
    let sex = 3 - identity.sex;
    let given = country.tables.given_names(sex, birth_on.year()).draw(dice).clone();
    let spouse = Identity { given, birth_on, sex, ..identity.clone() };
    let dead = maker.dead(past.relative_of(claimant.person_id), spouse, died_on);
    let death = Death::of(&dead, died_on);
    let children = children(claimant, died_on, past.business_on, dice);
    if !gives(claimant, &death, &children, past.business_on) {
        return;
    }
    past.count_relative();
    write(maker, claimant, &death, &children, dice, batch);
    claimant.write_payee(dice, batch);
    maker.write_rows(dead, batch);
}

/// Mostly of the last ten years; after a marriage and before the last months.
fn day_of_death(claimant: &Claimant<'_>, birth_on: Date, today: Date, dice: &mut Dice) -> Option<Date> {
    let own = claimant.identity;
    let married_on = later(marriage(own.birth_on, dice), 400).max(attained_on(birth_on, 26));
    let first = if own.sex == 1 && claimant.age_on(today) >= 60 { attained_on(own.birth_on, 55) } else { married_on };
    let (first, last) = (first.max(COUNTED_ON), later(today, -PAST_DAYS));
    if birth_on < RATES_BORN_FROM || last <= first {
        return None;
    }
    let days = u32::try_from((last - first).get_days()).expect("after it");
    Some(later(last, -i64::from(dice.skewed(days.min(365 * 25)))))
}

/// Minor children, born to a mother or father of 20 to 45.
fn children(claimant: &Claimant<'_>, died_on: Date, today: Date, dice: &mut Dice) -> Vec<Date> {
    let years = claimant.age_on(died_on);
    let count = match years {
        24..=34 if dice.chance(7_500) => 1 + dice.below(3),
        35..=52 if dice.chance(5_500) => 1 + dice.below(2),
        _ => 0,
    };
    let adult = attained_on(claimant.identity.birth_on, 21);
    let first = adult.max(later(died_on, -17 * 365));
    let days = u32::try_from((died_on - first).get_days()).unwrap_or(0);
    let mut born: Vec<Date> = (0..count).map(|_| later(first, i64::from(dice.below(days.max(1))))).collect();
    born.retain(|day| *day < died_on && *day < today);
    born.sort_unstable();
    born
}

/// Whether there is something to claim today.
fn gives(claimant: &Claimant<'_>, death: &Death, children: &[Date], today: Date) -> bool {
    let minor = children.iter().any(|born| today < attained_on(*born, 18));
    let own = claimant.identity;
    let husband_too_young = own.sex == 1 && death.died_on < attained_on(own.birth_on, 55);
    // 子のない30歳未満の妻: five years.
    let for_five_years = own.sex == 2 && children.is_empty() && death.died_on < attained_on(own.birth_on, 30);
    let employee = death.employee && !husband_too_young && !for_five_years;
    employee || death.basic && minor
}

/// The claim with its family, and a choice where another pension was drawn before 65.
fn write(
    maker: Maker<'_>,
    claimant: &Claimant<'_>,
    death: &Death,
    children: &[Date],
    dice: &mut Dice,
    batch: &mut Batch,
) {
    let Maker { country, past } = maker;
    let own = claimant.identity;
    let is_child = claimant.age_on(death.died_on) < 18;
    let relation = match own.sex {
        _ if is_child => "child",
        2 => "wife",
        _ => "husband",
    };
    let mut family = vec![SurvivorMember { member_no: 1, relation, birth_on: own.birth_on, disabled: false }];
    for (born, member_no) in children.iter().zip(2..) {
        family.push(SurvivorMember { member_no, relation: "child", birth_on: *born, disabled: dice.chance(100) });
    }
    let days = if dice.chance(800) { 150 + dice.below(1_200) } else { 8 + dice.below(110) };
    let filed_on = later(death.died_on, i64::from(days)).min(later(past.business_on, -1));
    let claim = SurvivorClaim {
        deceased_person_id: death.person_id,
        filed_on,
        claimant_member_no: 1,
        illness_first_seen_on: death.illness_first_seen_on,
        disability_grade_1_or_2: false,
        states_long: dice.chance(200),
        paid_through: paid_through(past, country, filed_on, Month::of(death.died_on).next()),
    };
    batch.survivor_claim(claimant.record(SURVIVOR_RECORD), &claim, &family);
    let minor = death.basic && children.iter().any(|born| death.died_on < attained_on(*born, 18));
    write_choice(maker, claimant, (filed_on, minor, death.employee), dice, batch);
}

/// 選択 of whoever drew an old-age pension before 65 and lost the spouse then.
fn write_choice(
    maker: Maker<'_>,
    claimant: &Claimant<'_>,
    (filed_on, basic, employee): (Date, bool, bool),
    dice: &mut Dice,
    batch: &mut Batch,
) {
    let Some(old_age) = claimant.claimed else { return };
    let on = later(filed_on.max(old_age.claim.filed_on), i64::from(dice.below(25)));
    if on >= later(claimant.draft.ages.sixty_five_on, -31) {
        return;
    }
    let early = old_age.claim.basic_claim_month.is_some();
    let old: Vec<&str> = if early { claimant.old_age_rights() } else { vec!["old_age_employee"] };
    let own = [basic.then_some("survivor_basic"), employee.then_some("survivor_employee")];
    let own: Vec<&str> = own.into_iter().flatten().collect();
    let rights = match dice.below(100) {
        0..=64 => own.as_slice(),
        65..=89 => old.as_slice(),
        _ => &[],
    };
    claimant.choose(maker.country, 0, on, rights, batch);
}

/// Somebody made as a relative, as one who claims.
fn claimant<'a>(person: &'a Person, kana: &'a str) -> Claimant<'a> {
    Claimant {
        person_id: person.person_id,
        identity: &person.identity,
        kana,
        draft: &person.draft,
        claimed: person.claimed.as_ref(),
        cover: None,
        has_household: true,
    }
}

impl Claimant<'_> {
    /// 繰下げ or waiting for it, which another right would have ended.
    fn has_deferred(&self) -> bool {
        let early = self.claimed.is_some_and(|claimed| claimed.right_on < self.draft.ages.sixty_five_on);
        self.has_moved_old_age() && !early
    }
}

impl Maker<'_> {
    /// 配偶者 of somebody who died: a life of its own.
    fn spouse(&self, person_id: i64, dead: &Identity, birth_on: Date, dice: &mut Dice) -> Person {
        let birth_on = birth_on.min(later(self.past.business_on, -45 * 365));
        let sex = 3 - dead.sex;
        let given = self.country.tables.given_names(sex, birth_on.year()).draw(dice).clone();
        let identity = Identity { given, birth_on, sex, ..dead.clone() };
        let old = attained_on(birth_on, 62) < self.past.business_on;
        self.single(person_id, if old { Role::Pensioner } else { Role::Cat1 }, identity, &[])
    }

    /// 子, too young for a record.
    fn child(&self, person_id: i64, dead: &Identity, dice: &mut Dice) -> Person {
        let birth_on = later(self.past.business_on, -365 * 8 - i64::from(dice.below(365 * 9)));
        let sex = if dice.chance(5_000) { 1 } else { 2 };
        let given = self.country.tables.given_names(sex, birth_on.year()).draw(dice).clone();
        let identity = Identity { given, birth_on, sex, ..dead.clone() };
        self.unregistered(person_id, identity)
    }
}

impl Draft {
    /// The day on which the last job ended.
    fn last_job_until(&self) -> Option<Date> {
        self.employed_days().into_iter().map(|(_, until)| until).max()
    }
}
