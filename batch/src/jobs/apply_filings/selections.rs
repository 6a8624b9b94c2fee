//! 被保険者所属選択・二以上事業所勤務届 — one filing that speaks of several offices. It stands at the office chosen and is applied
//! there; the other offices are seen as they stood before this night, wherever their own filings happen to be applied.

use std::collections::{BTreeMap, BTreeSet};

use domain::paper::{Filed, HealthInsurer, PaperFiling, PaperForm, WorkplaceSelection};
use domain::{EmployerSymbol, Month, Yen};
use law::Trace;
use law::employees_insurance::application::{
    self, Application, Cause, InsuredFacts, NotApplied, OfficeFacts, Selected, Selection, Spell,
};
use serde_json::{Value, json};
use store::night::applications::SpellFact;
use store::night::selections::{self, SelectionFact};

use crate::run::{JobContext, NightError, PartitionSession};

use super::Submitted;
use super::book::{Done, spell_of};

/// An office and the insured number there.
type Place = (EmployerSymbol, u32);

/// What is known of those who choose, of all offices.
#[derive(Default)]
pub(super) struct Choices {
    /// Spells at the offices that are not chosen.
    elsewhere: BTreeMap<Place, Elsewhere>,
    /// Choices on record, by person.
    standing: BTreeMap<i64, Vec<SelectionFact>>,
    /// Persons whose choice another partition has written this night.
    tonight: BTreeSet<i64>,
    /// Every filing of this form that waits: filing, employer, all its offices.
    waiting: Vec<(i64, i64, BTreeSet<Place>)>,
}

struct Elsewhere {
    fact: SpellFact,
    spell: Spell,
    remuneration: Option<Yen>,
}

/// The office chosen, as its own book has it.
pub(super) struct Own<'a> {
    pub(super) employer_id: i64,
    pub(super) spell_id: i64,
    pub(super) person_id: i64,
    pub(super) facts: &'a InsuredFacts,
}

/// A choice to be written.
pub(super) struct Choice {
    /// Rows that no longer stand.
    pub(super) gone: Vec<SelectionFact>,
    /// Rows to write.
    pub(super) rows: Vec<SelectionFact>,
}

impl Choices {
    /// Reads what the filings of a partition ask for; nothing where none of them is a choice.
    pub(super) fn read(
        filings: &[Submitted],
        job: &JobContext,
        session: &mut PartitionSession<'_>,
    ) -> Result<Choices, NightError> {
        let chosen: Vec<&WorkplaceSelection> = filings.iter().filter_map(choice_of).collect();
        if chosen.is_empty() {
            return Ok(Choices::default());
        }
        // What waits is read before what is known, as for persons: a choice that another partition takes off the queue in
        // between is on record by then.
        let form = PaperForm::WorkplaceSelection.code();
        let waiting = session.run(async |db| selections::waiting(db, form, job.cutoff_at).await)?;
        let waiting = waiting.into_iter().filter_map(|(filing_id, employer_id, payload)| match Filed::read(&payload) {
            Ok(Filed::Paper(PaperFiling::WorkplaceSelection(filing))) => {
                Some((filing_id, employer_id, places(&filing)))
            }
            _ => None,
        });
        let waiting = waiting.collect();
        let elsewhere = read_elsewhere(&chosen, job, session)?;
        let persons: BTreeSet<i64> = elsewhere.values().map(|office| office.fact.person_id).collect();
        let persons: Vec<i64> = persons.into_iter().collect();
        let mut choices = Choices { elsewhere, waiting, ..Choices::default() };
        for row in session.run(async |db| selections::standing(db, &persons).await)? {
            if row.known_at >= job.cutoff_at {
                choices.tonight.insert(row.person_id);
            }
            choices.standing.entry(row.person_id).or_default().push(row);
        }
        Ok(choices)
    }

    /// Applies one choice.
    pub(super) fn apply(
        &mut self,
        submitted: &Submitted,
        filing: &WorkplaceSelection,
        own: &Own<'_>,
        cause: &Cause,
        job_cutoff: jiff::Timestamp,
    ) -> Application<(Choice, Done)> {
        self.waits_for_another(submitted, filing, own)?;
        let mut offices = vec![OfficeFacts {
            spell_id: own.spell_id,
            spell: &own.facts.spell,
            same_person: true,
            remuneration: own.facts.standard_in(Month::of(filing.since)).map(|standard| standard.remuneration),
        }];
        let mut employers = BTreeMap::from([(own.spell_id, own.employer_id)]);
        for other in &filing.others {
            let place = (other.employer.clone(), other.insured_number);
            let office = self.elsewhere.get(&place).ok_or_else(|| {
                let message = "選択しない事業所にその番号の被保険者がいません。資格取得届が反映されているか、番号を確かめてください";
                NotApplied::held("not_insured_there", message)
            })?;
            employers.insert(office.fact.spell_id, office.fact.employer_id);
            offices.push(OfficeFacts {
                spell_id: office.fact.spell_id,
                spell: &office.spell,
                same_person: office.fact.person_id == own.person_id,
                remuneration: office.remuneration,
            });
        }
        let standing = self.standing.get(&own.person_id).map_or(&[][..], Vec::as_slice);
        let on_record = selection_of(standing);
        let mut trace = Trace::new();
        let asked = (filing.since, filing.insurer);
        let selected = application::workplace_selection(asked, &offices, on_record.as_ref(), &mut trace)?;
        let done = done(own.spell_id, &selected, trace);
        if selected.no_effect.is_some() {
            return Ok((Choice { gone: Vec::new(), rows: Vec::new() }, done));
        }
        let row = |(place, spell_id): (usize, &i64)| SelectionFact {
            person_id: own.person_id,
            employer_id: employers[spell_id],
            spell_id: *spell_id,
            chosen: place == 0,
            health_society: filing.insurer == HealthInsurer::Society,
            reason: cause.reason.clone(),
            cause_filing_id: cause.filing_id,
            valid_from: filing.since,
            valid_to: None,
            known_at: job_cutoff,
        };
        let ended = standing.iter().filter(|old| old.valid_from < filing.since).map(|old| SelectionFact {
            valid_to: Some(filing.since),
            reason: cause.reason.clone(),
            cause_filing_id: cause.filing_id,
            ..old.clone()
        });
        let mut rows: Vec<SelectionFact> = ended.collect();
        rows.extend(selected.selection.spells.iter().enumerate().map(row));
        let gone = standing.to_vec();
        self.tonight.insert(own.person_id);
        Ok((Choice { gone, rows }, done))
    }

    /// One choice of a person a night: the first filing that names any of these offices for this number; the others see what
    /// came of it.
    fn waits_for_another(&self, submitted: &Submitted, filing: &WorkplaceSelection, own: &Own<'_>) -> Application<()> {
        let places = places(filing);
        let before = |(filing_id, employer_id, theirs): &(i64, i64, BTreeSet<Place>)| {
            *filing_id < submitted.filing_id
                && *employer_id != submitted.employer_id
                && theirs.intersection(&places).next().is_some()
        };
        if self.tonight.contains(&own.person_id) || self.waiting.iter().any(before) {
            return Err(NotApplied::held(
                "choice_being_registered",
                "同じ人の別の所属選択の届を先に反映します。次の夜間処理で反映されます",
            ));
        }
        Ok(())
    }
}

fn choice_of(submitted: &Submitted) -> Option<&WorkplaceSelection> {
    match &submitted.filing {
        Filed::Paper(PaperFiling::WorkplaceSelection(filing)) => Some(filing),
        _ => None,
    }
}

/// All offices of a filing with the number of the insured there.
fn places(filing: &WorkplaceSelection) -> BTreeSet<Place> {
    let others = filing.others.iter().map(|other| (other.employer.clone(), other.insured_number));
    let own = filing.insured.insured_number.map(|number| (filing.employer.clone(), number));
    others.chain(own).collect()
}

fn read_elsewhere(
    chosen: &[&WorkplaceSelection],
    job: &JobContext,
    session: &mut PartitionSession<'_>,
) -> Result<BTreeMap<Place, Elsewhere>, NightError> {
    let named: BTreeSet<&EmployerSymbol> =
        chosen.iter().flat_map(|filing| &filing.others).map(|other| &other.employer).collect();
    let symbols: Vec<EmployerSymbol> = named.into_iter().cloned().collect();
    let employers = session.run(async |db| store::employers::find_many(db, &symbols).await)?;
    let found = symbols.iter().zip(employers).filter_map(|(symbol, employer)| Some((symbol, employer?.employer_id)));
    let employers: BTreeMap<&EmployerSymbol, i64> = found.collect();
    let mut numbers: BTreeMap<(i64, i32), Place> = BTreeMap::new();
    let mut months: BTreeMap<Place, Month> = BTreeMap::new();
    for filing in chosen {
        for other in &filing.others {
            let number = i32::try_from(other.insured_number).unwrap_or(0);
            if let Some(&employer_id) = employers.get(&other.employer) {
                let place = (other.employer.clone(), other.insured_number);
                months.insert(place.clone(), Month::of(filing.since));
                numbers.insert((employer_id, number), place);
            }
        }
    }
    let asked: Vec<(i64, i32)> = numbers.keys().copied().collect();
    let spells = session.run(async |db| selections::spells_before(db, &asked, job.cutoff_at).await)?;
    let mut elsewhere = BTreeMap::new();
    for fact in spells {
        let place = numbers[&(fact.employer_id, fact.insured_number)].clone();
        let (key, month) = ([(fact.employer_id, fact.spell_id)], months[&place]);
        let pay = session.run(async |db| selections::remunerations_before(db, &key, month, job.cutoff_at).await)?;
        let remuneration = pay.first().map(|(_, yen)| Yen::new(*yen));
        elsewhere.insert(place, Elsewhere { spell: spell_of(&fact), fact, remuneration });
    }
    Ok(elsewhere)
}

/// The choice that rows make up, the office chosen first.
fn selection_of(rows: &[SelectionFact]) -> Option<Selection> {
    let first = rows.first()?;
    let insurer = if first.health_society { HealthInsurer::Society } else { HealthInsurer::Association };
    let spells = rows.iter().map(|row| row.spell_id).collect();
    Some(Selection { since: first.valid_from, insurer, spells })
}

fn done(spell_id: i64, selected: &Selected, trace: Trace) -> Done {
    let result = json!({
        "spell_id": spell_id,
        "no_effect": selected.no_effect,
        "since": selected.selection.since,
        "spells": selected.selection.spells,
        "remuneration_yen": selected.remuneration,
    });
    let receipt = trace.into_receipt("application", Value::Null, result);
    let receipt = serde_json::to_value(receipt).expect("a receipt is JSON");
    Done { note: selected.no_effect.clone(), receipt: Some(receipt) }
}
