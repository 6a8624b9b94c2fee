//! What is known of one employer's insured while its filings are applied, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use domain::nenkin::{Enrolment, Filing, Insured};
use domain::paper::{Filed, PaperFiling, WorkplaceSelection};
use domain::{Month, Yen};
use jiff::Timestamp;
use jiff::civil::Date;
use law::Trace;
use law::employees_insurance::application::{
    self, Application, Applied, BonusPaid, Cause, CorrectionFiling, Decision, InsuredFacts, LeaveEndFiling, NotApplied,
    Spell, Standard,
};
use serde_json::{Value, json};
use store::night::applications::{self, BonusFact, SpellFact, StandardFact};
use store::night::selections;

use crate::run::{JobContext, NightError, PartitionSession};

use super::persons::Persons;
use super::selections::{Choice, Choices, Own};
use super::{NEW_KEYS, Submitted, claims};

/// One spell: what the tables say and what it has become.
pub(super) struct Entry {
    pub(super) spell_id: i64,
    pub(super) person_id: i64,
    /// The rows as they stand; `None` for a spell that began this night.
    pub(super) stored: Option<Stored>,
    pub(super) facts: InsuredFacts,
    /// 資格取得の取消: nothing of it stands any more.
    pub(super) cancelled: bool,
    /// What filings of this night took away, with the first of them as the cause.
    pub(super) withdrawn: Vec<Withdrawn>,
    /// Decisions that the end of the cover took away, this night or earlier, should it be cancelled.
    ended: Vec<Standard>,
}

/// A fact that a filing took away.
pub(super) struct Withdrawn {
    pub(super) fact: &'static str,
    pub(super) valid_from: Date,
    pub(super) by_cover_end: bool,
    pub(super) cause: Cause,
}

impl Entry {
    fn new(spell_id: i64, person_id: i64, stored: Option<Stored>, facts: InsuredFacts) -> Entry {
        Entry { spell_id, person_id, stored, facts, cancelled: false, withdrawn: Vec::new(), ended: Vec::new() }
    }

    /// Takes over what a filing has led to, and writes down what it took away.
    fn become_known(&mut self, applied: &Applied, cause: &Cause) {
        let (was, is) = (&self.facts, &applied.facts);
        let end = is.spell.first_month_after();
        let mut gone = Vec::new();
        let standards = was.standards.iter().filter(|old| is.standards.iter().all(|new| new.from != old.from));
        for old in standards {
            let after_cover = !applied.cancelled && end.is_some_and(|end| old.from >= end);
            gone.push(("standard", old.from.first_day(), after_cover));
            if after_cover {
                self.ended.push(old.clone());
                self.ended.sort_by_key(|standard| standard.from);
            }
        }
        let bonuses = was.bonuses.iter().filter(|old| is.bonuses.iter().all(|new| new.paid_on != old.paid_on));
        gone.extend(bonuses.map(|old| ("bonus", old.paid_on, false)));
        gone.extend(applied.cancelled.then_some(("spell", was.spell.acquired_on, false)));
        let withdrawn = gone.into_iter().map(|(fact, valid_from, by_cover_end)| Withdrawn {
            fact,
            valid_from,
            by_cover_end,
            cause: cause.clone(),
        });
        self.withdrawn.extend(withdrawn);
        // What an earlier filing of this night took away and this one brought back was never gone.
        self.withdrawn.retain(|gone| match gone.fact {
            "standard" => is.standards.iter().all(|standard| standard.from.first_day() != gone.valid_from),
            "bonus" => is.bonuses.iter().all(|bonus| bonus.paid_on != gone.valid_from),
            _ => true,
        });
        self.cancelled |= applied.cancelled;
        self.facts = applied.facts.clone();
    }
}

/// The rows of a spell as they stand.
pub(super) struct Stored {
    pub(super) spell: SpellFact,
    pub(super) standards: Vec<StandardFact>,
    pub(super) bonuses: Vec<BonusFact>,
    pub(super) facts: InsuredFacts,
    /// The instant of the newest of them.
    known_at: Timestamp,
}

/// The employer's spells that its filings concern, and the insured numbers in use.
pub(super) struct Book {
    pub(super) employer_id: i64,
    pub(super) prefecture_code: i16,
    pub(super) entries: BTreeMap<i64, Entry>,
    cutoff_at: Timestamp,
    business_on: Date,
    numbers: BTreeSet<i32>,
    /// Numbers that filings of this night ask for: nobody else gets them.
    asked_for: BTreeSet<i32>,
    /// 所属選択 that chose this office tonight.
    pub(super) choices: Vec<Choice>,
}

/// What goes into the course and the decision of an applied filing.
pub(super) struct Done {
    pub(super) note: Option<String>,
    pub(super) receipt: Option<Value>,
}

impl Book {
    /// Reads the books of all employers of a partition.
    pub(super) fn open_all(
        filings: &[Submitted],
        persons: &Persons,
        job: &JobContext,
        session: &mut PartitionSession<'_>,
    ) -> Result<BTreeMap<i64, Book>, NightError> {
        let mut books: BTreeMap<i64, Book> = BTreeMap::new();
        for submitted in filings {
            let book = books.entry(submitted.employer_id).or_insert_with(|| Book {
                employer_id: submitted.employer_id,
                prefecture_code: submitted.prefecture_code,
                entries: BTreeMap::new(),
                cutoff_at: job.cutoff_at,
                business_on: job.business_on,
                numbers: BTreeSet::new(),
                asked_for: BTreeSet::new(),
                choices: Vec::new(),
            });
            book.asked_for.extend(number_of(submitted.filing.insured()));
        }
        let employers: Vec<i64> = books.keys().copied().collect();
        let spells = session.run(async |db| applications::spells(db, &employers).await)?;
        let mut concerned: BTreeSet<(i64, i64)> = BTreeSet::new();
        for spell in &spells {
            let book = books.get_mut(&spell.employer_id).expect("read for these employers");
            book.numbers.insert(spell.insured_number);
            if book.asked_for.contains(&spell.insured_number) || persons.known_ids().contains(&spell.person_id) {
                concerned.insert((spell.employer_id, spell.person_id));
            }
        }
        // All spells of a person at the employer: a correction must not run into another one.
        let wanted = spells.into_iter().filter(|spell| concerned.contains(&(spell.employer_id, spell.person_id)));
        load(&mut books, wanted.collect(), job, session)?;
        Ok(books)
    }

    /// Applies one filing to what is known.
    pub(super) fn apply(
        &mut self,
        submitted: &Submitted,
        persons: &mut Persons,
        choices: &mut Choices,
    ) -> Application<Done> {
        let cause = cause(Some(submitted.filing_id), submitted.filing.reason());
        let mut trace = Trace::new();
        match &submitted.filing {
            Filed::Official(Filing::Enrolment(enrolment)) => self.enrol(submitted, enrolment, persons, &cause, trace),
            Filed::Official(Filing::DependantChange(_)) => Ok(Done {
                note: Some("被扶養者の異動は保険料に影響しません".to_owned()),
                receipt: None,
            }),
            Filed::Paper(_) if !submitted.by_person => Err(NotApplied::held(
                "not_by_person",
                "紙の届は職員の審査と決裁が要ります。届を返戻して受け付け直してください",
            )),
            Filed::Paper(PaperFiling::WorkplaceSelection(filing)) => {
                self.choose(submitted, filing, persons, choices, &cause)
            }
            filing => {
                let spell_id = self.find(submitted, filing.insured(), persons)?;
                let applied = self.apply_rule(submitted, spell_id, &cause, &mut trace)?;
                let entry = self.entries.get_mut(&spell_id).expect("found there");
                entry.become_known(&applied, &cause);
                if applied.cancelled {
                    self.numbers.remove(&applied.facts.spell.insured_number);
                }
                Ok(done(spell_id, &applied, trace))
            }
        }
    }

    fn apply_rule(
        &self,
        submitted: &Submitted,
        spell_id: i64,
        cause: &Cause,
        trace: &mut Trace,
    ) -> Application<Applied> {
        let entry = &self.entries[&spell_id];
        match &submitted.filing {
            Filed::Official(filing) => apply_official(filing, submitted.by_person, &entry.facts, cause, trace),
            Filed::Paper(PaperFiling::WorkplaceSelection(_)) => unreachable!("handled by the caller"),
            Filed::Paper(PaperFiling::LeaveEnd(filing)) => {
                application::leave_end(&LeaveEndFiling::from(filing), &entry.facts, cause, trace)
            }
            Filed::Paper(PaperFiling::Correction(correction)) => {
                let others = self.spells_of(entry.person_id, Some(spell_id));
                let filing = CorrectionFiling {
                    corrected: correction.corrected,
                    later_decisions_confirmed: correction.later_decisions_confirmed,
                    business_on: self.business_on,
                    others: &others,
                    ended: &entry.ended,
                };
                application::correction(&filing, &entry.facts, cause, trace)
            }
        }
    }

    /// 所属選択 — the spell here stays what it is; the choice is a fact of its own.
    fn choose(
        &mut self,
        submitted: &Submitted,
        filing: &WorkplaceSelection,
        persons: &Persons,
        choices: &mut Choices,
        cause: &Cause,
    ) -> Application<Done> {
        let spell_id = self.find(submitted, &filing.insured, persons)?;
        let entry = &self.entries[&spell_id];
        let (employer_id, person_id) = (self.employer_id, entry.person_id);
        let own = Own { employer_id, spell_id, person_id, facts: &entry.facts };
        let (choice, done) = choices.apply(submitted, filing, &own, cause, self.cutoff_at)?;
        self.choices.push(choice);
        Ok(done)
    }

    /// The spells of a person that stand, but for one.
    fn spells_of(&self, person_id: i64, but: Option<i64>) -> Vec<Spell> {
        let of_person =
            |entry: &&Entry| entry.person_id == person_id && !entry.cancelled && Some(entry.spell_id) != but;
        self.entries.values().filter(of_person).map(|entry| entry.facts.spell.clone()).collect()
    }

    fn enrol(
        &mut self,
        submitted: &Submitted,
        enrolment: &Enrolment,
        persons: &mut Persons,
        cause: &Cause,
        mut trace: Trace,
    ) -> Application<Done> {
        let person_id = persons.identify(submitted, enrolment)?;
        let number = match number_of(&enrolment.insured) {
            Some(number) => number,
            None => self.next_number()?,
        };
        let others = self.spells_of(person_id, None);
        let claim = claims::enrolment(enrolment, number);
        let applied = application::enrolment(&claim, &others, self.numbers.contains(&number), cause, &mut trace)?;
        let spell_id = NEW_KEYS + submitted.filing_id;
        self.numbers.insert(number);
        persons.applied(person_id, submitted, enrolment);
        self.entries.insert(spell_id, Entry::new(spell_id, person_id, None, applied.facts.clone()));
        Ok(done(spell_id, &applied, trace))
    }

    /// 次の空き番号 — past every number in use and every number asked for.
    fn next_number(&self) -> Application<i32> {
        let highest = self.numbers.iter().chain(&self.asked_for).max().copied().unwrap_or(0);
        match highest + 1 {
            number if number <= 999_999 => Ok(number),
            _ => Err(NotApplied::held("no_free_number", "被保険者整理番号の空きがありません。番号を付けてください")),
        }
    }

    /// The spell that a filing is about.
    fn find(&self, submitted: &Submitted, insured: &Insured, persons: &Persons) -> Application<i64> {
        let entry = match number_of(insured) {
            Some(number) => {
                self.entries.values().find(|entry| entry.facts.spell.insured_number == number && !entry.cancelled)
            }
            None => {
                let person_id = persons.named_by(submitted);
                let of_person = self.entries.values();
                let of_person = of_person.filter(|entry| Some(entry.person_id) == person_id && !entry.cancelled);
                of_person.max_by_key(|entry| (entry.facts.spell.is_open(), entry.facts.spell.acquired_on))
            }
        };
        let Some(entry) = entry else {
            return Err(NotApplied::held(
                "not_insured",
                "この事業所の被保険者として記録がありません。資格取得届が反映されているか、番号を確かめてください",
            ));
        };
        if entry.facts.birth_on != insured.born_on {
            return Err(NotApplied::held(
                "person_mismatch",
                "被保険者整理番号の記録と生年月日が違います。番号と生年月日を確かめてください",
            ));
        }
        if entry.stored.as_ref().is_some_and(|stored| stored.known_at > self.cutoff_at) {
            return Err(NotApplied::held(
                "known_after_cutoff",
                "締切の後に記録が変わりました。次の夜間処理で反映されます",
            ));
        }
        Ok(entry.spell_id)
    }
}

fn number_of(insured: &Insured) -> Option<i32> {
    insured.insured_number.and_then(|number| i32::try_from(number).ok())
}

fn apply_official(
    filing: &Filing,
    by_person: bool,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    match filing {
        Filing::CoverageEnd(filing) => match claims::coverage_end(filing) {
            Some(claim) => application::coverage_end(&claim, known, cause, trace),
            None => Err(NotApplied::held("no_day", "資格喪失年月日がありません。届を確かめてください")),
        },
        Filing::AnnualDetermination(filing) => {
            application::annual_determination(&claims::annual(filing, by_person), known, cause, trace)
        }
        Filing::RevisionOnChange(filing) => {
            application::revision(&claims::revision(filing, by_person), known, cause, trace)
        }
        Filing::Bonus(filing) => application::bonus_payment(&claims::bonus(filing), known, cause, trace),
        Filing::Enrolment(_) | Filing::DependantChange(_) => unreachable!("handled by the caller"),
    }
}

/// The receipt says what holds now; the note says why nothing changed.
fn done(spell_id: i64, applied: &Applied, trace: Trace) -> Done {
    let standard = applied.facts.standards.last();
    let result = json!({
        "spell_id": spell_id,
        "no_effect": applied.no_effect,
        "cancelled": applied.cancelled,
        "hi_standard_yen": standard.map(|standard| standard.hi),
        "epi_standard_yen": standard.map(|standard| standard.epi),
        "standard_from": standard.map(|standard| standard.from),
        "standard_until": standard.and_then(|standard| standard.until),
    });
    let receipt = trace.into_receipt("application", Value::Null, result);
    let receipt = serde_json::to_value(receipt).expect("a receipt is JSON");
    Done { note: applied.no_effect.clone(), receipt: Some(receipt) }
}

/// Reads birth dates, standards and bonuses of the spells and enters them into their books.
fn load(
    books: &mut BTreeMap<i64, Book>,
    spells: Vec<SpellFact>,
    job: &JobContext,
    session: &mut PartitionSession<'_>,
) -> Result<(), NightError> {
    let ids: Vec<i64> = spells.iter().map(|spell| spell.spell_id).collect();
    let named = session.run(async |db| selections::named_before(db, &ids, job.cutoff_at).await)?;
    let persons: Vec<i64> = spells.iter().map(|spell| spell.person_id).collect();
    let keys: Vec<(i64, i64)> = spells.iter().map(|spell| (spell.employer_id, spell.spell_id)).collect();
    let births: BTreeMap<i64, _> =
        session.run(async |db| applications::births(db, &persons).await)?.into_iter().collect();
    let standards = session.run(async |db| applications::standards(db, &keys).await)?;
    let bonuses = session.run(async |db| applications::bonuses(db, &keys).await)?;
    let mut ended_of = ended(&spells, session)?;
    let mut standards_of: BTreeMap<i64, Vec<StandardFact>> = BTreeMap::new();
    for standard in standards {
        standards_of.entry(standard.spell_id).or_default().push(standard);
    }
    let mut bonuses_of: BTreeMap<i64, Vec<BonusFact>> = BTreeMap::new();
    for bonus in bonuses {
        bonuses_of.entry(bonus.spell_id).or_default().push(bonus);
    }
    for spell in spells {
        let standards = standards_of.remove(&spell.spell_id).unwrap_or_default();
        let bonuses = bonuses_of.remove(&spell.spell_id).unwrap_or_default();
        let Some(&birth_on) = births.get(&spell.person_id) else {
            return Err(NightError::Broken(format!("資格 {} の人に生年月日の記録がありません", spell.spell_id)));
        };
        let known_at = standards.iter().map(|row| row.known_at).chain(bonuses.iter().map(|row| row.known_at));
        let known_at = known_at.chain([spell.known_at]).max().expect("the spell at least");
        // Who has chosen is on record as working at several offices, whatever the enrolment said.
        let two_workplaces = spell.two_workplaces || named.binary_search(&spell.spell_id).is_ok();
        let facts = InsuredFacts {
            birth_on,
            spell: Spell { two_workplaces, ..spell_of(&spell) },
            standards: standards.iter().map(standard_of).collect::<Result<_, _>>()?,
            bonuses: bonuses.iter().map(bonus_of).collect(),
        };
        let (spell_id, person_id) = (spell.spell_id, spell.person_id);
        let book = books.get_mut(&spell.employer_id).expect("read for these employers");
        let ended = ended_of.remove(&spell_id).unwrap_or_default();
        let stored = Some(Stored { spell, standards, bonuses, facts: facts.clone(), known_at });
        book.entries.insert(spell_id, Entry { ended, ..Entry::new(spell_id, person_id, stored, facts) });
    }
    Ok(())
}

/// Decisions that the ends of these spells took away.
fn ended(spells: &[SpellFact], session: &mut PartitionSession<'_>) -> Result<BTreeMap<i64, Vec<Standard>>, NightError> {
    let lost = spells.iter().filter(|spell| spell.valid_to.is_some());
    let keys: Vec<(i64, i64)> = lost.map(|spell| (spell.employer_id, spell.spell_id)).collect();
    let mut ended: BTreeMap<i64, Vec<Standard>> = BTreeMap::new();
    if keys.is_empty() {
        return Ok(ended);
    }
    for row in session.run(async |db| applications::standards_ended(db, &keys).await)? {
        ended.entry(row.spell_id).or_default().push(standard_of(&row)?);
    }
    Ok(ended)
}

fn cause(filing_id: Option<i64>, reason: &str) -> Cause {
    Cause { filing_id, reason: reason.to_owned() }
}

pub(super) fn spell_of(row: &SpellFact) -> Spell {
    Spell {
        insured_number: row.insured_number,
        health_insurance: row.health_insurance,
        employees_pension: row.employees_pension,
        short_time_worker: row.short_time_worker,
        two_workplaces: row.two_workplaces,
        acquired_on: row.valid_from,
        lost_on: row.valid_to,
        end_cause: row.end_cause,
        cause: cause(row.cause_filing_id, &row.reason),
    }
}

fn standard_of(row: &StandardFact) -> Result<Standard, NightError> {
    Ok(Standard {
        remuneration: Yen::new(row.monthly_remuneration_yen),
        hi: Yen::new(i64::from(row.hi_standard_yen)),
        epi: Yen::new(i64::from(row.epi_standard_yen)),
        decision: decision_of(&row.decision)?,
        from: Month::of(row.valid_from),
        until: row.valid_to.map(Month::of),
        cause: cause(row.cause_filing_id, &row.reason),
    })
}

fn bonus_of(row: &BonusFact) -> BonusPaid {
    BonusPaid {
        paid_on: row.valid_from,
        amount: Yen::new(row.amount_yen),
        cause: cause(row.cause_filing_id, &row.reason),
    }
}

fn decision_of(text: &str) -> Result<Decision, NightError> {
    let unknown = || NightError::Broken(format!("標準報酬月額の決定の種類 {text} を知りません"));
    Decision::from_code(text).ok_or_else(unknown)
}
