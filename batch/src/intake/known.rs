//! What is known of the employers and persons of a file, looked up in bulk.

use std::collections::{BTreeMap, BTreeSet};

use domain::EmployerSymbol;
use domain::nenkin::{Filing, Insured};
use jiff::civil::Date;
use serde::Deserialize;
use store::examination::{self, EmployerFact, PersonFact};
use store::my_number::Keys;
use store::{Db, StoreError};

use crate::jobs::apply_filings::claims;

/// What the database says, and what is on its way there.
pub(super) struct Known {
    /// By symbol as written in a filing.
    pub(super) employers: BTreeMap<EmployerSymbol, EmployerFact>,
    /// Persons by basic pension number, ten digits.
    pub(super) by_pension_number: BTreeMap<String, PersonFact>,
    /// Persons by index of 個人番号.
    pub(super) by_my_number: BTreeMap<Vec<u8>, PersonFact>,
    /// Who is or will be insured, by employer.
    pub(super) covers: BTreeMap<i64, Vec<Cover>>,
    /// Contents that were received: fingerprint → earlier 受付番号.
    pub(super) same_content: BTreeMap<Vec<u8>, String>,
}

/// One spell of cover, known or on its way.
#[derive(Clone)]
pub(super) struct Cover {
    pub(super) insured_number: Option<i32>,
    pub(super) person_id: Option<i64>,
    pub(super) pension_number: Option<String>,
    pub(super) my_number: Option<Vec<u8>>,
    pub(super) name_kana: String,
    pub(super) birth_on: Date,
    pub(super) acquired_on: Date,
    pub(super) lost_on: Option<Date>,
}

impl Cover {
    pub(super) fn covers(&self, day: Date) -> bool {
        self.acquired_on <= day && self.lost_on.is_none_or(|lost_on| day < lost_on)
    }

    /// From an enrolment that is not applied yet.
    fn of_enrolment(insured: &Insured, named: &Named, acquired_on: Date) -> Cover {
        Cover {
            insured_number: number_of(insured),
            person_id: named.person_id,
            pension_number: named.pension_number.clone(),
            my_number: named.my_number.clone(),
            name_kana: insured.name.kana_full_width(),
            birth_on: insured.born_on,
            acquired_on,
            lost_on: None,
        }
    }

    /// Whether it is the spell of the person whom a filing names by number.
    pub(super) fn is_of(&self, named: &Named) -> bool {
        fn same<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            one.is_some() && one == other
        }
        same(&self.person_id, &named.person_id)
            || same(&self.pension_number, &named.pension_number)
            || same(&self.my_number, &named.my_number)
    }
}

/// Whom a filing names by its numbers.
pub(super) struct Named {
    pub(super) person_id: Option<i64>,
    pub(super) pension_number: Option<String>,
    pub(super) my_number: Option<Vec<u8>>,
}

/// 被保険者整理番号 as the tables keep it.
pub(super) fn number_of(insured: &Insured) -> Option<i32> {
    insured.insured_number.and_then(|number| i32::try_from(number).ok())
}

impl Known {
    /// Locks the employers of the filings and reads what is known of whom they name.
    pub(super) async fn look_up(
        db: &impl Db,
        filings: &[(usize, &Filing)],
        keys: Option<&Keys>,
    ) -> Result<Known, StoreError> {
        let employers = employers(db, filings).await?;
        let ids: Vec<i64> = employers.values().map(|employer| employer.employer_id).collect();
        let mut known = Known {
            employers,
            by_pension_number: by_pension_number(db, filings).await?,
            by_my_number: by_my_number(db, filings, keys).await?,
            covers: BTreeMap::new(),
            same_content: BTreeMap::new(),
        };
        known.read_covers(db, &ids, filings).await?;
        known.read_on_their_way(db, &ids).await?;
        Ok(known)
    }

    /// Whom a filing names: by the basic pension number, else by the 個人番号.
    pub(super) fn named(&self, insured: &Insured, keys: Option<&Keys>) -> Named {
        let index = insured.my_number.as_ref().zip(keys).map(|(number, keys)| keys.index(number).to_vec());
        self.named_by(insured, index)
    }

    fn named_by(&self, insured: &Insured, my_number: Option<Vec<u8>>) -> Named {
        let pension_number = insured.basic_pension_number.map(|number| number.digits().to_owned());
        let by_pension = pension_number.as_ref().and_then(|number| self.by_pension_number.get(number));
        let by_my_number = my_number.as_ref().and_then(|index| self.by_my_number.get(index));
        let person_id = by_pension.or(by_my_number).map(|person| person.person_id);
        Named { person_id, pension_number, my_number }
    }

    async fn read_covers(
        &mut self,
        db: &impl Db,
        employer_ids: &[i64],
        filings: &[(usize, &Filing)],
    ) -> Result<(), StoreError> {
        let numbers: BTreeSet<i32> = filings.iter().filter_map(|(_, filing)| number_of(filing.insured())).collect();
        let numbers: Vec<i32> = numbers.into_iter().collect();
        let persons = self.by_pension_number.values().chain(self.by_my_number.values());
        let persons: BTreeSet<i64> = persons.map(|person| person.person_id).collect();
        let persons: Vec<i64> = persons.into_iter().collect();
        for fact in examination::covers(db, employer_ids, &numbers, &persons).await? {
            self.covers.entry(fact.employer_id).or_default().push(Cover {
                insured_number: Some(fact.insured_number),
                person_id: Some(fact.person.person_id),
                pension_number: fact.pension_number,
                my_number: None,
                name_kana: fact.person.name_kana,
                birth_on: fact.person.birth_on,
                acquired_on: fact.acquired_on,
                lost_on: fact.lost_on,
            });
        }
        Ok(())
    }

    /// Enrolments and coverage ends that were received and wait for the night count as known.
    async fn read_on_their_way(&mut self, db: &impl Db, employer_ids: &[i64]) -> Result<(), StoreError> {
        let mut waiting = Vec::new();
        for row in examination::on_their_way(db, employer_ids).await? {
            // What cannot be read any more is held by the night; it says nothing here.
            let Ok(filing) = Filing::deserialize(&row.payload) else { continue };
            waiting.push((row.employer_id, claims::speaks_of(&filing), row.filing_id, filing, row.my_number_index));
        }
        waiting.sort_by_key(|(employer_id, day, filing_id, ..)| (*employer_id, *day, *filing_id));
        for (employer_id, _, _, filing, my_number) in waiting {
            let named = self.named_by(filing.insured(), my_number);
            self.expect(employer_id, &filing, &named);
        }
        Ok(())
    }

    /// Takes a filing that will be applied for known.
    pub(super) fn expect(&mut self, employer_id: i64, filing: &Filing, named: &Named) {
        match filing {
            Filing::Enrolment(enrolment) => {
                let cover = Cover::of_enrolment(&enrolment.insured, named, enrolment.acquired_on);
                self.covers.entry(employer_id).or_default().push(cover);
            }
            Filing::CoverageEnd(end) => {
                if let Some(place) = self.place_of_cover(employer_id, &end.insured, named) {
                    self.covers.entry(employer_id).or_default()[place].lost_on = claims::end_of(end);
                }
            }
            _ => {}
        }
    }

    /// The spell that a filing is about: by insured number, else by whose it is (the open or last one).
    pub(super) fn cover(&self, employer_id: i64, insured: &Insured, named: &Named) -> Option<&Cover> {
        let place = self.place_of_cover(employer_id, insured, named)?;
        Some(&self.covers[&employer_id][place])
    }

    fn place_of_cover(&self, employer_id: i64, insured: &Insured, named: &Named) -> Option<usize> {
        let covers = self.covers.get(&employer_id)?;
        match number_of(insured) {
            Some(number) => covers.iter().position(|cover| cover.insured_number == Some(number)),
            None => {
                let of_person = covers.iter().enumerate().filter(|(_, cover)| cover.is_of(named));
                of_person.max_by_key(|(_, cover)| (cover.lost_on.is_none(), cover.acquired_on)).map(|(place, _)| place)
            }
        }
    }
}

async fn employers(
    db: &impl Db,
    filings: &[(usize, &Filing)],
) -> Result<BTreeMap<EmployerSymbol, EmployerFact>, StoreError> {
    let symbols: BTreeSet<&EmployerSymbol> = filings.iter().map(|(_, filing)| filing.employer()).collect();
    let parts: Vec<(&str, &str, &str)> =
        symbols.iter().map(|symbol| (symbol.prefecture_code(), symbol.district(), symbol.symbol())).collect();
    let found = examination::lock_employers(db, &parts).await?;
    let by_parts: BTreeMap<_, EmployerFact> = found.into_iter().map(|fact| (fact.symbol.clone(), fact)).collect();
    let of = |symbol: &EmployerSymbol| {
        let key = (symbol.prefecture_code().to_owned(), symbol.district().to_owned(), symbol.symbol().to_owned());
        by_parts.get(&key).cloned()
    };
    Ok(symbols.into_iter().filter_map(|symbol| Some((symbol.clone(), of(symbol)?))).collect())
}

async fn by_pension_number(
    db: &impl Db,
    filings: &[(usize, &Filing)],
) -> Result<BTreeMap<String, PersonFact>, StoreError> {
    let numbers: Vec<_> = filings.iter().filter_map(|(_, filing)| filing.insured().basic_pension_number).collect();
    let numbers: Vec<&str> = numbers.iter().map(|number| number.digits()).collect();
    Ok(examination::persons_by_pension_number(db, &numbers).await?.into_iter().collect())
}

async fn by_my_number(
    db: &impl Db,
    filings: &[(usize, &Filing)],
    keys: Option<&Keys>,
) -> Result<BTreeMap<Vec<u8>, PersonFact>, StoreError> {
    let Some(keys) = keys else { return Ok(BTreeMap::new()) };
    let numbers = filings.iter().filter_map(|(_, filing)| filing.my_number());
    let indexes: Vec<[u8; 32]> = numbers.map(|number| keys.index(&number)).collect();
    if indexes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let indexes: Vec<&[u8]> = indexes.iter().map(<[u8; 32]>::as_slice).collect();
    Ok(examination::persons_by_my_number(db, &indexes).await?.into_iter().collect())
}
