//! 障害年金の請求 — about three in a hundred of those between 20 and 64, and some who reached 65 with it: first consultation,
//! grade, later worsening, revisions, family and choice.

use domain::Month;
use domain::age::{attained_on, nth_birthday};
use jiff::civil::Date;
use law::disability_survivor::disability_right::certification_day;
use store::load::{Batch, DisabilityClaim, HouseholdMember};

use super::career::marriage;
use super::others::{COUNTED_ON, Claimant, DISABILITY_RECORD, GRADE_RECORD, Insured, paid_through};
use super::outside::Maker;
use super::past::Payer;
use crate::populate::country::later;
use crate::populate::dice::Dice;
use crate::populate::purpose;

/// Days from the last first consultation to the business date: a year and a half, and some to claim.
const SEEN_DAYS_BEFORE: i64 = 580;
/// Throws for a day of first consultation on which somebody was insured and had paid.
const THROWS: u32 = 8;

/// 初診日 and what it opens.
struct Seen {
    on: Date,
    /// 第2号 on that day: grade 3 and 障害手当金 too.
    employee: bool,
    /// 障害認定日.
    certified_on: Date,
    fixed_on: Option<Date>,
}

/// Writes a claim with all that hangs on it; says whether there is one.
pub(super) fn write(maker: Maker<'_>, claimant: &Claimant<'_>, batch: &mut Batch) -> bool {
    let Maker { country, past } = maker;
    let mut dice = Dice::new(country.seed, purpose::DISABILITY, claimant.person_id.unsigned_abs());
    let dice = &mut dice;
    let parts = match (claimant.age_on(past.business_on), claimant.draft.payer) {
        (20..=64, Payer::Statutory) => 4_000,
        (20..=64, _) => 280,
        (65..=74, _) => 200,
        _ => 0,
    };
    if !dice.chance(parts) || claimant.has_moved_old_age() {
        return false;
    }
    let Some(seen) = first_seen(claimant, past.business_on, dice) else { return false };
    let grade = grade(&seen, dice);
    let later_on = worsening(claimant, &seen, past.business_on, dice).filter(|_| grade < 4);
    let claim = match later_on {
        Some(on) => {
            DisabilityClaim { filed_on: on, grade_at_certification: 0, later: Some((on, grade)), ..blank(&seen, on) }
        }
        None => {
            let late = if dice.chance(2_000) { 1_500 } else { 120 };
            let filed_on = later(seen.certified_on, i64::from(dice.below(late)));
            let filed_on = filed_on.min(later(past.business_on, -1)).max(seen.certified_on);
            DisabilityClaim { grade_at_certification: grade, ..blank(&seen, filed_on) }
        }
    };
    let first = Month::of(later_on.unwrap_or(seen.certified_on)).next();
    let paid_through = paid_through(past, country, claim.filed_on, first).filter(|_| grade < 4);
    let claim = DisabilityClaim { paid_through, ..claim };
    batch.disability_claim(claimant.record(DISABILITY_RECORD), &claim);
    claimant.write_payee(dice, batch);
    if grade < 4 {
        write_revisions(claimant, (first, grade, seen.employee), past.business_on, dice, batch);
        write_choices(maker, claimant, (&claim, grade, seen.employee), dice, batch);
    }
    if !claimant.has_household && claimant.claimed.is_none() {
        write_household(claimant, past.business_on, dice, batch);
    }
    true
}

fn blank(seen: &Seen, filed_on: Date) -> DisabilityClaim {
    DisabilityClaim {
        filed_on,
        first_seen_on: seen.on,
        fixed_on: seen.fixed_on,
        grade_at_certification: 0,
        later: None,
        paid_through: None,
    }
}

/// A day of first consultation: before 20 of nearly one in five, else insured with a year of nothing unpaid.
fn first_seen(claimant: &Claimant<'_>, today: Date, dice: &mut Dice) -> Option<Seen> {
    let ages = &claimant.draft.ages;
    let last = later(today, -SEEN_DAYS_BEFORE).min(later(ages.sixty_five_on, -1));
    let statutory = claimant.draft.payer == Payer::Statutory;
    let before_20 = dice.chance(if statutory { 7_000 } else { 1_800 });
    let (from, until) = match before_20 {
        true => (attained_on(claimant.identity.birth_on, 5), later(ages.twenty_on, -1)),
        false => (ages.twenty_on, last),
    };
    let (from, until) = (from.max(COUNTED_ON), until.min(last));
    if until <= from {
        return None;
    }
    let days = u32::try_from((until - from).get_days()).expect("after it");
    let fits = |on: &Date| match claimant.insured_on(*on) {
        Insured::No => before_20,
        _ if before_20 => false,
        _ => claimant.draft.unpaid_months(Month::of(*on).plus(-14), Month::of(*on).plus(-2)) == 0,
    };
    let on = (0..THROWS).map(|_| later(from, i64::from(dice.below(days)))).find(fits)?;
    let fixed_on = dice.chance(800).then(|| later(on, 60 + i64::from(dice.below(400))));
    let certified_on = certification_day(on, fixed_on);
    let certified_on = if before_20 { certified_on.max(ages.twenty_on) } else { certified_on };
    let employee = claimant.insured_on(on) == Insured::Employee;
    (certified_on < today).then_some(Seen { on, employee, certified_on, fixed_on })
}

/// 障害等級; 4 for 障害手当金, of some whose state was fixed.
fn grade(seen: &Seen, dice: &mut Dice) -> i16 {
    match (seen.employee, dice.below(100)) {
        (true, _) if seen.fixed_on.is_some() && dice.chance(1_000) => 4,
        (true, 0..=16) | (false, 0..=24) => 1,
        (true, 17..=76) | (false, _) => 2,
        (true, _) => 3,
    }
}

/// 事後重症: the day of the claim, before the day before 65.
fn worsening(claimant: &Claimant<'_>, seen: &Seen, today: Date, dice: &mut Dice) -> Option<Date> {
    if !dice.chance(1_500) {
        return None;
    }
    let on = later(seen.certified_on, 60 + i64::from(dice.skewed(3_000)));
    (on < today && on < later(claimant.draft.ages.sixty_five_on, -1)).then_some(on)
}

/// 等級の改定: one in seven, some of them twice.
fn write_revisions(
    claimant: &Claimant<'_>,
    (first, grade, employee): (Month, i16, bool),
    today: Date,
    dice: &mut Dice,
    batch: &mut Batch,
) {
    let (mut from, mut grade) = (first, grade);
    let mut parts = 1_400;
    for place in 0..2 {
        from = from.plus(12 + i32::try_from(dice.skewed(72)).expect("some months"));
        if !dice.chance(parts) || from > Month::of(today) {
            return;
        }
        let lowest = if employee { 3 } else { 2 };
        let others: Vec<i16> = (0..=lowest).filter(|other| *other != grade && (*other > 0 || lowest == 2)).collect();
        grade = *dice.pick(&others);
        batch.disability_grade(claimant.record(GRADE_RECORD + place), from, grade);
        parts = 2_500;
    }
}

/// 選択 beside an old-age pension: of the special one before 65, of that from 65.
fn write_choices(
    maker: Maker<'_>,
    claimant: &Claimant<'_>,
    (claim, grade, employee): (&DisabilityClaim, i16, bool),
    dice: &mut Dice,
    batch: &mut Batch,
) {
    let Some(old_age) = claimant.claimed else { return };
    let at_65 = claimant.draft.ages.sixty_five_on;
    let basic = (grade < 3).then_some("disability_basic");
    let own: Vec<&str> = [basic, employee.then_some("disability_employee")].into_iter().flatten().collect();
    let both_on = claim.filed_on.max(old_age.claim.filed_on);
    let early_on = later(both_on, i64::from(dice.below(20)));
    if early_on < later(at_65, -31) {
        let rights: &[&str] = match dice.below(100) {
            0..=69 => &own,
            70..=89 => &["old_age_employee"],
            _ => &[],
        };
        claimant.choose(maker.country, 0, early_on, rights, batch);
    }
    let old = claimant.old_age_rights();
    let mixed: Vec<&str> =
        [basic, claimant.was_employed().then_some("old_age_employee")].into_iter().flatten().collect();
    let rights = match dice.below(100) {
        0..=4 => &[],
        5..=24 => old.as_slice(),
        25..=59 if grade < 3 => &mixed,
        _ if grade == 3 => old.as_slice(),
        _ if employee => &own,
        _ => &mixed,
    };
    let on = later(at_65.max(both_on), i64::from(dice.below(28)));
    claimant.choose(maker.country, 1, on, rights, batch);
}

/// 配偶者・子 who may count.
fn write_household(claimant: &Claimant<'_>, today: Date, dice: &mut Dice, batch: &mut Batch) {
    let (person_id, birth_on, sex) = (claimant.person_id, claimant.identity.birth_on, claimant.identity.sex);
    let married_on = marriage(birth_on, dice);
    let mut member_no = 0;
    let mut add = |relation, birth_on, dependent, valid_from| {
        member_no += 1;
        batch.household_member(&HouseholdMember {
            person_id,
            member_no,
            relation,
            member_person_id: None,
            birth_on,
            dependent,
            own_old_age_from: None,
            valid_from,
        });
    };
    if married_on < today && dice.chance(4_500) {
        let spouse_born = later(birth_on, i64::from(dice.between(-1_400, 1_400)));
        let adult = nth_birthday(spouse_born, 18);
        let dependent = dice.chance(if sex == 1 { 8_500 } else { 4_000 });
        add("spouse", spouse_born, dependent, married_on.max(adult).min(later(today, -1)));
    }
    if dice.chance(3_500) {
        let mut born = later(married_on, 300 + i64::from(dice.below(2_500)));
        for _ in 0..=dice.below(2) {
            if born < today {
                add("child", born, dice.chance(9_500), born);
            }
            born = later(born, 500 + i64::from(dice.below(1_500)));
        }
    }
}
