//! 適用事業所の人の一生 — what lay before the cover that is on file at an employer, and after it.

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;
use store::load::Batch;

use super::career::{Ages, Nature, Part, State, career, marriage, years_at_home};
use super::draft::{Draft, Here};
use super::identity::Identity;
use super::outside::Maker;
use super::pay::Earner;
use super::pension::{self, Claimant};
use super::{contributions, disability, faults, others, survivors};
use crate::populate::country::Country;
use crate::populate::dice::Dice;
use crate::populate::purpose;

/// 適用事業所での資格, as far as a life must fit it.
pub(in crate::populate) struct Cover {
    pub(in crate::populate) person_id: i64,
    pub(in crate::populate) birth_on: Date,
    pub(in crate::populate) sex: i16,
    pub(in crate::populate) spell_id: i64,
    pub(in crate::populate) acquired_on: Date,
    pub(in crate::populate) lost_on: Option<Date>,
    /// Insured for the pension too: 70 was not reached before the month.
    pub(in crate::populate) employees_pension: bool,
    pub(in crate::populate) remuneration_yen: i64,
    /// Taken on elsewhere from this day.
    pub(in crate::populate) again_from: Option<Date>,
    /// Has a second job from this day.
    pub(in crate::populate) besides_from: Option<Date>,
}

/// Writes the life around the cover; nothing where no lives are asked for.
pub(in crate::populate) fn write(country: &Country, cover: &Cover, identity: &Identity, batch: &mut Batch) {
    let Some(past) = &country.past else { return };
    let mut dice = Dice::new(country.seed, purpose::LIFE, cover.person_id.unsigned_abs());
    let dice = &mut dice;
    let ages = Ages::of(cover.birth_on);
    let home = match (cover.sex, dice.chance(7_000)) {
        (2, true) => years_at_home(cover.birth_on, marriage(cover.birth_on, dice), dice),
        _ => Vec::new(),
    };
    let nature = Nature { works: 8_800, ..Nature::draw(cover.sex, home, dice) };
    let mut parts = career(cover.birth_on, &nature, cover.acquired_on, dice);
    let here = (cover.employees_pension && cover.acquired_on < ages.seventy_on).then(|| here(country, cover));
    match here {
        Some(_) => parts.push(Part { from: cover.acquired_on, until: cover.lost_on, state: State::Here }),
        // Cover without the pension is not read with a life: what lay before 70 is a record of its own.
        None if cover.acquired_on < ages.seventy_on => {
            let until = cover.lost_on.map_or(ages.seventy_on, |lost_on| lost_on.min(ages.seventy_on));
            parts.push(Part { from: cover.acquired_on, until: Some(until), state: State::Employee(1) });
        }
        None => {}
    }
    parts.extend(after(cover, &ages, dice));
    let earner = Earner::draw(cover.birth_on, cover.sex, dice);
    let payer = *past.payers.draw(dice);
    let mut draft = Draft::new(past, &earner, &parts, here, payer, dice);
    let contradicts = faults::contradict(&mut draft, cover.person_id, country, past);
    contributions::write(past, &draft, cover.person_id, dice, batch);
    let claimed = claimed(country, cover, &mut draft, dice);
    let kana = identity.kana();
    if let Some(claimed) = &claimed {
        let who = (kana.as_str(), identity.birth_on, identity.home.municipality_code.as_str());
        pension::write(past, cover.person_id, claimed, who, dice, batch);
    }
    let claimant = others::Claimant {
        person_id: cover.person_id,
        identity,
        kana: &kana,
        draft: &draft,
        claimed: claimed.as_ref(),
        cover: here.map(|_| (cover.acquired_on, cover.lost_on)),
        has_household: false,
    };
    let maker = Maker { country, past };
    if !disability::write(maker, &claimant, batch) {
        survivors::of_living(maker, &claimant, batch);
    }
    if !contradicts {
        faults::divide(&mut draft, cover.person_id, identity, (country, past), batch);
    }
    draft.write(cover.person_id, batch);
}

fn here(country: &Country, cover: &Cover) -> Here {
    let acquired = Month::of(cover.acquired_on);
    let first_on_file = |acquired: Month| match acquired >= country.annual.plus(-3) {
        true => acquired,
        false => country.annual,
    };
    let besides = cover.besides_from.map(|from| first_on_file(Month::of(from)));
    let fiscal_year = Month::new(country.month.fiscal_year(), 4).expect("April is a month");
    Here {
        spell_id: cover.spell_id,
        standards_from: first_on_file(acquired).min(besides.unwrap_or(country.annual)),
        bonuses_from: fiscal_year,
        remuneration_yen: cover.remuneration_yen,
    }
}

/// 第1号 after the end of cover, for whoever has filed it.
fn after(cover: &Cover, ages: &Ages, dice: &mut Dice) -> Option<Part> {
    let from = cover.lost_on.filter(|on| ages.twenty_on <= *on && *on < ages.sixty_on)?;
    let other_month = |on: Date| Month::of(on) > Month::of(from);
    let filed = dice.chance(7_000);
    let part = |until| Some(Part { from, until, state: State::Cat1 });
    match cover.again_from {
        // Acquired and lost in one month: the month would be the next one's.
        _ if Month::of(cover.acquired_on) == Month::of(from) => None,
        Some(again) if other_month(again) => part(Some(again)),
        Some(_) => None,
        None if filed => part(None),
        None => None,
    }
}

/// 在職中の請求: four in five have claimed at 65, some women before.
fn claimed(country: &Country, cover: &Cover, draft: &mut Draft, dice: &mut Dice) -> Option<pension::Claimed> {
    let past = country.past.as_ref()?;
    if attained_on(cover.birth_on, 60) >= past.business_on || !dice.chance(8_000) {
        return None;
    }
    if cover.employees_pension {
        draft.count_here(cover.acquired_on, cover.lost_on, country.month);
    }
    Claimant { past, draft, working: true, until: past.business_on }.decide(dice)
}
