//! 人と資格 — makes up the people of one employer: who they are, since when, on what pay.

use domain::age::nth_birthday;
use domain::{Month, Prefecture, age};
use jiff::civil::Date;
use store::load::{Batch, Person, Spell, SpellKey, Standard};

use super::country::{Coming, Country, later};
use super::dice::Dice;
use super::employer::Workplace;
use super::leaves;
use super::lives::{self, Cover, Home, Identity};
use super::plan::Seat;
use super::purpose;

/// 課所符号 99 of a prefecture is kept for people who come later, 01 for the official samples.
const PENSION_OFFICES: u64 = 97;
const SERIALS: u64 = 999_999;
/// Least and most 報酬月額 of somebody in full work.
const PAY_LEAST: i64 = 120_000;
const PAY_MOST: i64 = 3_200_000;
/// 短時間労働者 are insured at employers above this size (2024-10 on).
const SHORT_TIME_SIZE: u32 = 50;

/// Somebody who left and is taken on elsewhere.
pub(super) struct Mover {
    person_id: i64,
    birth_on: Date,
    from: Date,
    remuneration_yen: i64,
}

/// Somebody who works at a second employer besides.
pub(super) struct SecondJob {
    person_id: i64,
    birth_on: Date,
    sex: i16,
    /// The spell at the first one.
    first: SpellKey,
    from: Date,
    remuneration_yen: i64,
}

/// One in so many people has a second job, as far as he is of the middle ages: people without leaves.
const SECOND_JOB: i64 = 400;
const MIDDLE_AGES: std::ops::RangeInclusive<i16> = 46..=60;

/// How a spell ends.
struct End {
    on: Date,
    cause: i16,
    same_month_next: Option<&'static str>,
}

/// One insured person as made up.
struct Insured {
    person_id: i64,
    birth_on: Date,
    sex: i16,
    acquired_on: Date,
    end: Option<End>,
    employees_pension: bool,
    short_time_worker: bool,
    director: bool,
    remuneration_yen: i64,
}

impl Insured {
    /// The cover as a life must fit it.
    fn cover(&self, spell_id: i64) -> Cover {
        Cover {
            person_id: self.person_id,
            birth_on: self.birth_on,
            sex: self.sex,
            spell_id,
            acquired_on: self.acquired_on,
            lost_on: self.end.as_ref().map(|end| end.on),
            employees_pension: self.employees_pension,
            remuneration_yen: self.remuneration_yen,
            again_from: None,
            besides_from: None,
        }
    }
}

/// Writes everybody of the employer; who moves on is added to `movers`.
pub(super) fn write_people(
    workplace: &Workplace<'_>,
    seat: &Seat,
    dice: &mut Dice,
    batch: &mut Batch,
    (movers, mut second_jobs): (&mut Vec<Mover>, Option<&mut Vec<SecondJob>>),
) {
    for nth in 0..seat.size {
        let person_id = seat.first_person + i64::from(nth);
        let insured = draw(workplace, person_id, nth, dice);
        let number = pension_number(seat.prefecture, seat.first_place + u64::from(nth));
        let identity = write_person(workplace.country, seat.prefecture, &insured, &number, dice, batch);
        let key =
            SpellKey { spell_id: person_id * 2, prefecture: i16::from(seat.prefecture), employer_id: seat.employer_id };
        let second_job = second_job(workplace.country, &insured, key).filter(|_| second_jobs.is_some());
        write_spell(&insured, key, nth + 1, (second_job.is_some(), &mut *dice), batch);
        let decided = write_standards(workplace, &insured, key, dice, batch);
        write_bonuses(workplace, &insured, key, dice, batch);
        let on_leave = write_leaves(workplace.country, &insured, key, dice, batch);
        if let Some(coming) = decided {
            write_coming(workplace.country, coming, &insured, key, on_leave, batch);
        }
        let mover = moving_on(workplace.country, &insured, dice);
        if let Some(identity) = identity {
            let cover = Cover {
                again_from: mover.as_ref().map(|mover| mover.from),
                besides_from: second_job.as_ref().map(|job| job.from),
                ..insured.cover(key.spell_id)
            };
            lives::write_employed(workplace.country, &cover, &identity, batch);
        }
        movers.extend(mover);
        if let Some(list) = second_jobs.as_mut() {
            list.extend(second_job);
        }
    }
}

/// Writes the second spell of somebody who left another employer.
pub(super) fn enrol_mover(workplace: &Workplace<'_>, mover: &Mover, number: u32, dice: &mut Dice, batch: &mut Batch) {
    let country = workplace.country;
    let key = SpellKey {
        spell_id: mover.person_id * 2 + 1,
        prefecture: i16::from(workplace.prefecture),
        employer_id: workplace.employer_id,
    };
    let insured = Insured {
        person_id: mover.person_id,
        birth_on: mover.birth_on,
        sex: 1,
        acquired_on: mover.from,
        end: None,
        employees_pension: has_employees_pension(country, mover.birth_on),
        short_time_worker: false,
        director: false,
        remuneration_yen: mover.remuneration_yen,
    };
    write_spell(&insured, key, number, (false, &mut *dice), batch);
    if let Some(coming) = write_standards(workplace, &insured, key, dice, batch) {
        write_coming(country, coming, &insured, key, false, batch);
    }
}

/// Who has a second job follows from the key, so that nobody else is made up otherwise for it.
fn second_job(country: &Country, insured: &Insured, first: SpellKey) -> Option<SecondJob> {
    let person_id = insured.person_id;
    let years = age::legal_age_on(insured.birth_on, country.first).unwrap_or(0);
    let settled = insured.acquired_on < later(country.first, -365) && insured.end.is_none();
    let takes_one = person_id % SECOND_JOB == SECOND_JOB / 2 && MIDDLE_AGES.contains(&years);
    let days = 30 + person_id / SECOND_JOB % 300;
    (takes_one && settled && !insured.short_time_worker && !insured.director).then(|| SecondJob {
        person_id,
        birth_on: insured.birth_on,
        sex: insured.sex,
        first,
        from: later(country.first, -days),
        remuneration_yen: (insured.remuneration_yen * 2 / 5 / 1_000 * 1_000).max(88_000),
    })
}

/// Writes the second spell of somebody who keeps the first one, and which of the two offices he has chosen: most often the
/// first.
pub(super) fn enrol_besides(workplace: &Workplace<'_>, job: &SecondJob, number: u32, batch: &mut Batch) {
    let country = workplace.country;
    let key = SpellKey {
        spell_id: job.person_id * 2 + 1,
        prefecture: i16::from(workplace.prefecture),
        employer_id: workplace.employer_id,
    };
    let insured = Insured {
        person_id: job.person_id,
        birth_on: job.birth_on,
        sex: job.sex,
        acquired_on: job.from,
        end: None,
        employees_pension: true,
        short_time_worker: false,
        director: false,
        remuneration_yen: job.remuneration_yen,
    };
    let mut dice = Dice::new(country.seed, purpose::SECOND_JOB, job.person_id.unsigned_abs());
    write_spell(&insured, key, number, (true, &mut dice), batch);
    let decided = write_standards(workplace, &insured, key, &mut dice, batch);
    write_bonuses(workplace, &insured, key, &mut dice, batch);
    if let Some(coming) = decided {
        write_coming(country, coming, &insured, key, false, batch);
    }
    let chose_first = job.person_id / SECOND_JOB % 4 != 3;
    batch.selection(job.person_id, job.first, chose_first, job.from);
    batch.selection(job.person_id, key, !chose_first, job.from);
}

fn draw(workplace: &Workplace<'_>, person_id: i64, nth: u32, dice: &mut Dice) -> Insured {
    let country = workplace.country;
    // The first seats of a company are its directors', one for every hundred people.
    let director = !workplace.private && nth <= workplace.size / 100;
    let (sex, birth_on) = sex_and_birth(workplace, director, dice);
    let acquired_on = acquired_on(workplace, birth_on, dice);
    let short_time_worker = !director && works_short_time(workplace.size, sex, dice);
    let years = age::legal_age_on(birth_on, country.first).unwrap_or(18);
    let remuneration_yen = if short_time_worker {
        88_000 + i64::from(dice.skewed(70_000)) / 100 * 100
    } else {
        remuneration(workplace, sex, years, director, dice)
    };
    Insured {
        person_id,
        birth_on,
        sex,
        acquired_on,
        end: if director { None } else { end(country, birth_on, acquired_on, dice) },
        employees_pension: has_employees_pension(country, birth_on),
        short_time_worker,
        director,
        remuneration_yen,
    }
}

/// Whoever reached 70 before the month is insured for health alone (70歳以上被用者). Who reaches it within the month
/// still has the pension flag: to end it is the law's business.
fn has_employees_pension(country: &Country, birth_on: Date) -> bool {
    age::attained_on(birth_on, 70) >= country.first
}

fn sex_and_birth(workplace: &Workplace<'_>, director: bool, dice: &mut Dice) -> (i16, Date) {
    let country = workplace.country;
    let women = if director { 1_500 } else { workplace.trade.women * 10 };
    let sex = if dice.chance(women) { 2 } else { 1 };
    if dice.chance(80) {
        return (sex, turning_in_month(country, dice));
    }
    let bands = &country.tables.ages[usize::from(sex == 2)];
    let mut band = bands.draw(dice);
    for _ in 0..4 {
        if director && band.0 < 40 {
            band = bands.draw(dice);
        }
    }
    let years = band.0 + i16::try_from(dice.below(u32::from((band.1 - band.0 + 1).unsigned_abs()))).expect("a band");
    let birthday = nth_birthday(country.first, -years);
    (sex, later(birthday, -i64::from(dice.below(365))))
}

/// Born so that 40, 65, 70 or 75 fall into the month or on either side of its first day.
fn turning_in_month(country: &Country, dice: &mut Dice) -> Date {
    let years = *dice.pick(&[40, 40, 65, 65, 70, 70, 75]);
    let days = (country.next - country.first).get_days();
    let day = match dice.below(6) {
        0 => country.first,
        1 => later(country.first, 1),
        2 => later(country.next, -1),
        // Born on the 1st of the month after: the age is attained on the last day of this one.
        3 if years != 75 => country.next,
        _ => later(country.first, i64::from(dice.between(0, days - 1))),
    };
    nth_birthday(day, -years)
}

/// Most people came in recent years, many on 1 April; some this month or the one before.
fn acquired_on(workplace: &Workplace<'_>, birth_on: Date, dice: &mut Dice) -> Date {
    let country = workplace.country;
    let earliest = nth_birthday(birth_on, 18).max(workplace.covered_from);
    let day = if dice.chance(120) {
        within(country.first, country.next, dice)
    } else if dice.chance(130) {
        within(country.month.previous().first_day(), country.first, dice)
    } else {
        let ago = 1 + i64::from(dice.skewed(365 * 34));
        let day = later(country.first, -ago);
        match dice.below(20) {
            0..=6 => Date::new(day.year(), 4, 1).expect("1 April is a day").min(country.first),
            7..=12 => day.first_of_month(),
            _ => day,
        }
    };
    day.max(earliest).min(later(country.next, -1))
}

/// A day from `from` to the day before `to`.
fn within(from: Date, to: Date, dice: &mut Dice) -> Date {
    later(from, i64::from(dice.between(0, (to - from).get_days() - 1)))
}

fn works_short_time(size: u32, sex: i16, dice: &mut Dice) -> bool {
    match (size > SHORT_TIME_SIZE, sex) {
        (true, 2) => dice.chance(1_300),
        (true, _) => dice.chance(250),
        // 任意特定適用事業所.
        (false, _) => dice.chance(40),
    }
}

fn remuneration(workplace: &Workplace<'_>, sex: i16, years: i16, director: bool, dice: &mut Dice) -> i64 {
    let tables = workplace.country.tables;
    let spread = *dice.pick(tables.spread());
    let wage = tables.prefectures[usize::from(workplace.prefecture - 1)].wage;
    let size = match workplace.size {
        0..=9 => 930,
        10..=99 => 980,
        100..=999 => 1_050,
        _ => 1_140,
    };
    let rank = match (director, workplace.size) {
        (false, _) => 1_000,
        (true, 0..=4) => 1_100,
        (true, 5..=99) => 1_900,
        (true, _) => 3_200,
    };
    let yen = tables.median_pay(sex, years) * spread / 1_000 * wage / 1_000 * size / 1_000 * rank / 1_000;
    // Sole directors who pay themselves next to nothing exist, and fill the lowest grades.
    let yen = if director && workplace.size <= 2 && dice.chance(1_500) {
        45_000 + i64::from(dice.below(80_000))
    } else {
        yen.clamp(PAY_LEAST, PAY_MOST)
    };
    yen / 100 * 100
}

/// Some 2.6 % left lately: within the month, at its end, or shortly before.
fn end(country: &Country, birth_on: Date, acquired_on: Date, dice: &mut Dice) -> Option<End> {
    let seventy_five = nth_birthday(birth_on, 75);
    if seventy_five < country.next && dice.chance(5_000) {
        return (seventy_five > acquired_on).then_some(End { on: seventy_five, cause: 7, same_month_next: None });
    }
    if acquired_on >= country.first {
        return come_and_gone(country, acquired_on, dice);
    }
    if !dice.chance(260) {
        return None;
    }
    let on = match dice.below(20) {
        0..=5 => within(later(country.first, 1), country.next, dice),
        // Worked to the last day of the month: the day after is the first of the next.
        6..=10 => country.next,
        11..=14 => country.first,
        _ => within(country.month.plus(-2).first_day(), country.first, dice),
    };
    let cause = if dice.chance(300) { 5 } else { 4 };
    (on > acquired_on).then_some(End { on, cause, same_month_next: None })
}

/// 同月得喪: one in twenty of those who came this month has left in it.
fn come_and_gone(country: &Country, acquired_on: Date, dice: &mut Dice) -> Option<End> {
    let room = (country.next - acquired_on).get_days() - 1;
    if room < 1 || !dice.chance(500) {
        return None;
    }
    let on = later(acquired_on, i64::from(dice.between(1, room)));
    let same_month_next = match dice.below(10) {
        0..=2 => None,
        3..=6 => Some("np_category_1"),
        7 => Some("np_category_3"),
        _ => Some("epi_other_employer"),
    };
    Some(End { on, cause: 4, same_month_next })
}

/// A third of those who retire are taken on elsewhere within days.
fn moving_on(country: &Country, insured: &Insured, dice: &mut Dice) -> Option<Mover> {
    let end = insured.end.as_ref().filter(|end| end.cause == 4)?;
    let from = match end.same_month_next {
        Some("epi_other_employer") => within(end.on, country.next, dice),
        None if Month::of(end.on) < country.month && dice.chance(3_300) => {
            later(end.on, i64::from(dice.below(12))).min(later(country.next, -1))
        }
        _ => return None,
    };
    let remuneration_yen = (insured.remuneration_yen * 21 / 20 / 1_000 * 1_000).max(88_000);
    Some(Mover { person_id: insured.person_id, birth_on: insured.birth_on, from, remuneration_yen })
}

/// 基礎年金番号 — every place within a prefecture has a number of its own, in no visible order.
fn pension_number(prefecture: u8, place: u64) -> String {
    // A prime that divides neither 97 nor 999,999: the product runs through all numbers once.
    const STEP: u64 = 61_803_397;
    let mixed = place * STEP % (PENSION_OFFICES * SERIALS);
    let nenkin = Prefecture::from_jis(prefecture).expect("1 to 47").nenkin();
    format!("{nenkin:02}{:02}{:06}", 2 + mixed / SERIALS, 1 + mixed % SERIALS)
}

/// Gives the identity where lives are made.
fn write_person(
    country: &Country,
    prefecture: u8,
    insured: &Insured,
    number: &str,
    dice: &mut Dice,
    batch: &mut Batch,
) -> Option<Identity> {
    let surname = country.tables.surnames.draw(dice);
    let given = country.tables.given_names(insured.sex, insured.birth_on.year()).draw(dice);
    let home = *country.tables.homes[usize::from(prefecture - 1)].draw(dice);
    let address = country.address(home, dice);
    let twentieth = nth_birthday(insured.birth_on, 18);
    batch.person(&Person {
        person_id: insured.person_id,
        name_kana: &[&surname.kana, "　", &given.kana].concat(),
        name_kanji: &[&surname.kanji, "　", &given.kanji].concat(),
        birth_on: insured.birth_on,
        sex: insured.sex,
        basic_pension_number: number,
        zip: address.zip,
        prefecture: i16::from(address.prefecture),
        address_kanji: &address.kanji,
        address_kana: &address.kana,
        lives_there_from: insured.acquired_on.max(twentieth),
    });
    country.past.as_ref().map(|_| Identity {
        surname: surname.clone(),
        given: given.clone(),
        birth_on: insured.birth_on,
        sex: insured.sex,
        home: Home::of(&address),
    })
}

fn write_spell(
    insured: &Insured,
    key: SpellKey,
    number: u32,
    (second_job, dice): (bool, &mut Dice),
    batch: &mut Batch,
) {
    let end = insured.end.as_ref();
    let unfiled = dice.chance(2);
    batch.spell(&Spell {
        key,
        person_id: insured.person_id,
        insured_number: i32::try_from(number).expect("employers are smaller than that"),
        health_insurance: true,
        employees_pension: insured.employees_pension,
        short_time_worker: insured.short_time_worker,
        two_workplaces: second_job || unfiled,
        same_month_next: end.and_then(|end| end.same_month_next),
        end_cause: end.map(|end| end.cause),
        valid_from: insured.acquired_on,
        valid_to: end.map(|end| end.on),
    });
}

/// 定時決定 of last September, or 取得時決定 for who came after May; a few have a 随時改定 since. Gives the determination to
/// come where it is decided: what is written here ends there.
fn write_standards<'a>(
    workplace: &Workplace<'a>,
    insured: &Insured,
    key: SpellKey,
    dice: &mut Dice,
    batch: &mut Batch,
) -> Option<&'a Coming> {
    let country = workplace.country;
    let standard = |yen, decision, from: Month, to: Option<Month>| Standard {
        key,
        monthly_remuneration_yen: yen,
        hi_standard_yen: country.hi_standard(yen),
        epi_standard_yen: if insured.employees_pension { country.epi_standard(yen) } else { 0 },
        decision,
        valid_from: from.first_day(),
        valid_to: to.map(Month::first_day),
    };
    let yen = insured.remuneration_yen;
    let acquired = Month::of(insured.acquired_on);
    // Nothing holds after the last month with a day of cover.
    let until = insured.end.as_ref().map(|end| Month::of(later(end.on, -1)).next());
    let coming = country.coming.as_ref().filter(|coming| workplace.annual_filed && is_subject(coming, insured));
    let until = until.or(coming.map(Coming::september));
    // Who left before the last determination has the one of the year before.
    let left_before = until.is_some_and(|until| until <= country.annual);
    let annual = if left_before { country.annual.plus(-12) } else { country.annual };
    if acquired >= annual.plus(-3) {
        batch.standard(&standard(yen, "acquisition", acquired, until));
        return coming;
    }
    // A revision takes three months of pay after September, and lies within the spell.
    let room = country.month.months_since(country.annual) - 3;
    if insured.end.is_none() && room > 0 && dice.chance(400) {
        let revised = country.month.plus(-dice.between(0, room - 1));
        let before = if dice.chance(7_500) { yen * 10 / 13 } else { yen * 13 / 10 } / 100 * 100;
        let coming = coming.filter(|coming| !coming.is_displaced_by(revised));
        batch.standard(&standard(before, "annual", country.annual, Some(revised)));
        batch.standard(&standard(yen, "revision", revised, coming.map(Coming::september)));
        return coming;
    }
    batch.standard(&standard(yen, "annual", annual, until));
    coming
}

/// 定時決定の対象 — insured before June, and still on 1 September.
///
/// Law: 健康保険法41条1項・3項, 厚生年金保険法21条1項・3項.
fn is_subject(coming: &Coming, insured: &Insured) -> bool {
    let september = coming.september().first_day();
    let goes_on = insured.end.as_ref().is_none_or(|end| september < end.on);
    insured.acquired_on < coming.newcomers_from() && goes_on && september < nth_birthday(insured.birth_on, 75)
}

/// 来る定時決定, on the pay of April to June; who was on leave has no month that counts, and keeps the standard.
fn write_coming(
    country: &Country,
    coming: &Coming,
    insured: &Insured,
    key: SpellKey,
    on_leave: bool,
    batch: &mut Batch,
) {
    let mut dice = Dice::new(country.seed, purpose::ANNUAL_PAY, key.spell_id.unsigned_abs());
    let rise = if on_leave { 1_000 } else { i64::from(dice.between(985, 1_040)) };
    let yen = insured.remuneration_yen * rise / 1_000 / 100 * 100;
    let september = coming.september().first_day();
    let employees_pension = insured.employees_pension && september < age::attained_on(insured.birth_on, 70);
    batch.standard(&Standard {
        key,
        monthly_remuneration_yen: yen,
        hi_standard_yen: coming.hi_standard(yen),
        epi_standard_yen: if employees_pension { coming.epi_standard(yen) } else { 0 },
        decision: "annual",
        valid_from: september,
        valid_to: None,
    });
}

fn write_bonuses(workplace: &Workplace<'_>, insured: &Insured, key: SpellKey, dice: &mut Dice, batch: &mut Batch) {
    let covers = |day: Date| insured.acquired_on <= day && insured.end.as_ref().is_none_or(|end| day < end.on);
    // Eight numbers for each person, four for each spell.
    let mut bonus_id = key.spell_id * 4;
    if insured.director && !workplace.bonuses.directors.is_empty() {
        for &(paid_on, yen) in workplace.bonuses.directors.iter().filter(|(paid_on, _)| covers(*paid_on)) {
            batch.bonus(bonus_id, key, yen, paid_on);
            bonus_id += 1;
        }
        return;
    }
    let half = insured.short_time_worker;
    for payment in workplace.bonuses.payments.iter().filter(|payment| covers(payment.paid_on)) {
        if half && dice.chance(6_000) {
            continue;
        }
        let yen = payment.amount(insured.remuneration_yen, dice);
        batch.bonus(bonus_id, key, if half { yen / 3 } else { yen }, payment.paid_on);
        bonus_id += 1;
    }
}

/// Some 1.5 % of all are on leave around the month; never directors, newcomers or leavers. Says whether this one is.
fn write_leaves(country: &Country, insured: &Insured, key: SpellKey, dice: &mut Dice, batch: &mut Batch) -> bool {
    let years = age::legal_age_on(insured.birth_on, country.first).unwrap_or(0);
    let parts = match insured.sex {
        2 if (22..=43).contains(&years) => 700,
        1 if (24..=45).contains(&years) => 90,
        _ => 0,
    };
    let settled = nth_birthday(insured.acquired_on, 2) < country.first;
    if parts == 0 || insured.director || insured.end.is_some() || !settled || !dice.chance(parts) {
        return false;
    }
    for (leave, leave_id) in leaves::draw(country, insured.sex, dice).iter().zip(insured.person_id * 2..) {
        batch.leave(leave_id, key, leave.kind, leave.worked_days, leave.from, leave.to);
    }
    true
}
