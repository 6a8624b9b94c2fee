//! Who a new insured person is: known already, or known from this night on.

use std::collections::{BTreeMap, BTreeSet};

use domain::nenkin::kana::to_full_width;
use domain::nenkin::{Enrolment, Filing};
use domain::paper::Filed;
use domain::{BasicPensionNumber, Prefecture};
use jiff::civil::Date;
use law::employees_insurance::application::NotApplied;
use store::night::applications::{self, NewAddress, NewPerson, SealedNumber};

use crate::run::{JobContext, NightError, PartitionSession};

use super::{NEW_KEYS, Submitted};

/// What a person is found by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PersonKey {
    /// 基礎年金番号, ten digits.
    Pension(String),
    /// The index of a 個人番号.
    MyNumber(Vec<u8>),
}

/// The persons of a partition's filings.
///
/// Two employers may file the same new person in one night. Only the first filing of a number makes the person; the
/// other employer's waits for the next night, wherever its partition happens to run. This relies on an enrolment
/// never being rejected at night, only held: what is off the queue has made its person.
pub(super) struct Persons {
    known: BTreeMap<PersonKey, Known>,
    /// The employer of the first waiting enrolment of a number.
    first: BTreeMap<PersonKey, i64>,
    /// Persons that this partition makes, in order of key.
    pub(super) new: BTreeMap<i64, Newcomer>,
}

/// Somebody who becomes known.
pub(super) struct Newcomer {
    enrolment: Enrolment,
    my_number: Option<SealedNumber>,
    employer_prefecture: i16,
}

struct Known {
    person_id: i64,
    birth_on: Option<Date>,
    /// Made by another partition of this very night.
    tonight: bool,
}

impl Persons {
    pub(super) fn find(
        filings: &[Submitted],
        job: &JobContext,
        session: &mut PartitionSession<'_>,
    ) -> Result<Persons, NightError> {
        // What waits is read before who is known: an enrolment that another partition takes off the queue in between
        // has its person on record by then. The other way round neither would be seen.
        let first = first_enrolments(filings, job, session)?;
        let mut found = Vec::new();
        let numbers: BTreeSet<&str> = filings.iter().filter_map(pension_digits).collect();
        let numbers: Vec<&str> = numbers.into_iter().collect();
        for person in session.run(async |db| applications::persons_of_numbers(db, &numbers).await)? {
            found.push((PersonKey::Pension(person.number), person.person_id, person.known_at));
        }
        let indexes: BTreeSet<&[u8]> = filings.iter().filter_map(my_number_index).collect();
        let indexes: Vec<&[u8]> = indexes.into_iter().collect();
        for person in session.run(async |db| applications::persons_of_my_numbers(db, &indexes).await)? {
            found.push((PersonKey::MyNumber(person.number), person.person_id, person.known_at));
        }
        let ids: Vec<i64> = found.iter().map(|(_, person_id, _)| *person_id).collect();
        let births: BTreeMap<i64, Date> =
            session.run(async |db| applications::births(db, &ids).await)?.into_iter().collect();
        let known = found.into_iter().map(|(key, person_id, known_at)| {
            let birth_on = births.get(&person_id).copied();
            (key, Known { person_id, birth_on, tonight: known_at >= job.cutoff_at })
        });
        Ok(Persons { known: known.collect(), first, new: BTreeMap::new() })
    }

    /// Everybody whom the filings name by a number.
    pub(super) fn known_ids(&self) -> BTreeSet<i64> {
        self.known.values().map(|known| known.person_id).collect()
    }

    /// The person that a filing names by a number, if anybody.
    pub(super) fn named_by(&self, submitted: &Submitted) -> Option<i64> {
        keys_of(submitted).iter().find_map(|key| self.known.get(key)).map(|known| known.person_id)
    }

    /// The person of an enrolment: known, or to be made known by it.
    pub(super) fn identify(&self, submitted: &Submitted, enrolment: &Enrolment) -> Result<i64, NotApplied> {
        let keys = keys_of(submitted);
        if keys.is_empty() {
            return Err(NotApplied::held(
                "person_unknown",
                "基礎年金番号も個人番号もない届です。本人を確かめ、番号を補ってください",
            ));
        }
        let known: Vec<&Known> = keys.iter().filter_map(|key| self.known.get(key)).collect();
        if let [one, other, ..] = known[..]
            && one.person_id != other.person_id
        {
            return Err(NotApplied::held(
                "numbers_disagree",
                "個人番号と基礎年金番号が別の人のものです。両方の番号を確かめてください",
            ));
        }
        // Somebody new tonight belongs to the first employer's partition; whether this filing happens to be in the
        // same one must not matter.
        let of_another = |key| self.first.get(key).is_some_and(|&employer| employer != submitted.employer_id);
        let new_tonight = known.first().is_none_or(|known| self.new.contains_key(&known.person_id));
        if new_tonight && keys.iter().any(of_another) {
            return Err(being_registered());
        }
        if let Some(known) = known.first() {
            return known.check(enrolment);
        }
        if enrolment.kind.is_none() {
            return Err(NotApplied::held(
                "person_unknown",
                "記録のない人の届に種別（性別）がありません。本人を確かめてください",
            ));
        }
        Ok(NEW_KEYS + submitted.filing_id)
    }

    /// An enrolment was applied: the person is known from now on.
    pub(super) fn applied(&mut self, person_id: i64, submitted: &Submitted, enrolment: &Enrolment) {
        let keys = keys_of(submitted);
        if keys.iter().any(|key| self.known.contains_key(key)) {
            return;
        }
        for key in keys {
            let birth_on = Some(enrolment.insured.born_on);
            self.known.insert(key, Known { person_id, birth_on, tonight: false });
        }
        self.new.insert(
            person_id,
            Newcomer {
                enrolment: enrolment.clone(),
                my_number: submitted.my_number.clone(),
                employer_prefecture: submitted.prefecture_code,
            },
        );
    }
}

impl Known {
    fn check(&self, enrolment: &Enrolment) -> Result<i64, NotApplied> {
        if self.tonight {
            return Err(being_registered());
        }
        if self.birth_on != Some(enrolment.insured.born_on) {
            return Err(NotApplied::held(
                "person_mismatch",
                "番号の記録と生年月日が違います。基礎年金番号（個人番号）と生年月日を確かめてください",
            ));
        }
        Ok(self.person_id)
    }
}

fn being_registered() -> NotApplied {
    NotApplied::held("person_being_registered", "同じ人の別の事業所の届を先に反映します。次の夜間処理で反映されます")
}

fn pension_digits(submitted: &Submitted) -> Option<&str> {
    submitted.filing.insured().basic_pension_number.as_ref().map(|number| number.digits())
}

fn my_number_index(submitted: &Submitted) -> Option<&[u8]> {
    submitted.my_number.as_ref().map(|number| number.index.as_slice())
}

/// 基礎年金番号 first, then 個人番号.
fn keys_of(submitted: &Submitted) -> Vec<PersonKey> {
    let pension = pension_digits(submitted).map(|digits| PersonKey::Pension(digits.to_owned()));
    let my_number = my_number_index(submitted).map(|index| PersonKey::MyNumber(index.to_owned()));
    pension.into_iter().chain(my_number).collect()
}

/// Whose enrolment of each number comes first among all that wait, at whatever employer.
fn first_enrolments(
    filings: &[Submitted],
    job: &JobContext,
    session: &mut PartitionSession<'_>,
) -> Result<BTreeMap<PersonKey, i64>, NightError> {
    let enrolments =
        || filings.iter().filter(|submitted| matches!(submitted.filing, Filed::Official(Filing::Enrolment(_))));
    let as_written = |submitted: &Submitted| submitted.filing.insured().basic_pension_number.map(|n| n.to_string());
    let numbers: BTreeSet<String> = enrolments().filter_map(as_written).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let indexes: BTreeSet<&[u8]> = enrolments().filter_map(my_number_index).collect();
    let indexes: Vec<&[u8]> = indexes.into_iter().collect();
    let mut first = BTreeMap::new();
    let cutoff_at = job.cutoff_at;
    for (number, _, employer_id) in
        session.run(async |db| applications::enrolments_waiting(db, &numbers, cutoff_at).await)?
    {
        first.entry(PersonKey::Pension(number.replace('-', ""))).or_insert(employer_id);
    }
    for (index, _, employer_id) in
        session.run(async |db| applications::enrolments_waiting_by_my_number(db, &indexes, cutoff_at).await)?
    {
        first.entry(PersonKey::MyNumber(index)).or_insert(employer_id);
    }
    Ok(first)
}

/// Writes the new persons of a partition.
pub(super) fn write(persons: &Persons, job: &JobContext, session: &mut PartitionSession<'_>) -> Result<(), NightError> {
    for (&person_id, newcomer) in &persons.new {
        let (enrolment, insured) = (&newcomer.enrolment, &newcomer.enrolment.insured);
        let address = enrolment.address.as_ref();
        let kanji = address.map(|address| address.kanji.clone().unwrap_or_else(|| to_full_width(&address.kana)));
        let kind = enrolment.kind.expect("a newcomer's filing says the kind");
        let sex = i16::from(kind.sex());
        let provisional = match insured.basic_pension_number {
            Some(_) => None,
            None => {
                let identity = (insured.name.kana_full_width(), insured.born_on, sex);
                provisional_number(&identity, person_id - NEW_KEYS, job, session)?
            }
        };
        let given = insured.basic_pension_number.as_ref().map(|number| number.digits());
        let person = NewPerson {
            person_id,
            name_kana: insured.name.kana_full_width(),
            name_kanji: insured.name.kanji.as_deref(),
            birth_on: insured.born_on,
            sex,
            basic_pension_number: given.or(provisional.as_ref().map(|number| number.digits())),
            my_number: newcomer.my_number.as_ref(),
            address: address.zip(kanji.as_deref()).map(|(address, kanji)| NewAddress {
                zip: address.postal_code.digits(),
                prefecture_code: prefecture_of(kanji).unwrap_or(newcomer.employer_prefecture),
                kanji,
                kana: &address.kana,
                valid_from: enrolment.acquired_on,
            }),
            reason: "資格取得届",
            cause_filing_id: person_id - NEW_KEYS,
        };
        session
            .run(async |db| applications::insert_person(db, &person, job.cutoff_at).await)
            .map_err(NightError::store("人の記録"))?;
    }
    Ok(())
}

/// 仮番号 (990x-xxxxxx) for a newcomer who named none and whose name, birth and sex are those of somebody who has one: it
/// may be the same person. All goes on under it until reviewers have merged or parted the two; the monthly check of
/// duplicates puts the pair on their queue. Made of the filing's number, so that a night done again gives the same.
fn provisional_number(
    (name_kana, born_on, sex): &(impl AsRef<str>, Date, i16),
    filing_id: i64,
    job: &JobContext,
    session: &mut PartitionSession<'_>,
) -> Result<Option<BasicPensionNumber>, NightError> {
    const SERIALS: i64 = 999_999;
    let identity = (name_kana.as_ref(), *born_on, *sex);
    let alike = session
        .run(async |db| applications::is_like_a_holder(db, identity, job.cutoff_at).await)
        .map_err(NightError::store("重複の確認"))?;
    let number = format!("990{}{:06}", filing_id / SERIALS % 10, filing_id % SERIALS + 1);
    Ok(alike.then(|| number.parse().expect("four and six digits, neither all zeros")))
}

/// 都道府県 of an address that begins with its name.
fn prefecture_of(address: &str) -> Option<i16> {
    Prefecture::all().find(|prefecture| address.starts_with(prefecture.name())).map(|found| i16::from(found.jis()))
}
