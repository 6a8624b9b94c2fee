//! The people of a partition, ready to be compared, and what their records say where it matters.

use std::collections::{BTreeMap, BTreeSet};

use domain::Month;
use domain::life::Sex;
use jiff::Timestamp;
use law::pension_record::duplicates::{Address, Cover, CoverKind, Features, Identity, Name, Records, Score, Yardstick};
use store::StoreError;
use store::night::duplicates::{self, CoverRow, IdentityRow};

use super::blocks;
use crate::run::{Partition, PartitionSession};

/// Rows by person, in order, handed out person by person.
struct ByPerson<'a, T> {
    rows: &'a [T],
    person: fn(&T) -> i64,
}

impl<'a, T> ByPerson<'a, T> {
    fn take(&mut self, person_id: i64) -> &'a [T] {
        let skip = self.rows.partition_point(|row| (self.person)(row) < person_id);
        let rest = &self.rows[skip..];
        let own = rest.partition_point(|row| (self.person)(row) <= person_id);
        self.rows = &rest[own..];
        &rest[..own]
    }
}

/// Everybody a partition compares.
pub(super) struct People {
    known: BTreeMap<i64, Features>,
    /// Persons of the partition's keys, merged ones too, in order.
    range: Vec<i64>,
    /// Of these, how many are compared.
    count: usize,
    covers: BTreeMap<i64, Vec<Cover>>,
}

impl People {
    /// Those whose key lies in the partition; who was merged into another is that one and is not compared.
    pub(super) fn of_partition(
        partition: &Partition<'_>,
        session: &mut PartitionSession<'_>,
        yardstick: &Yardstick,
    ) -> Result<People, StoreError> {
        let (keys, cutoff_at) = (partition.keys, partition.job.cutoff_at);
        let range = session.run(async |db| match keys.from.checked_sub(blocks::ZIPS_FROM) {
            Some(zip) if zip >= 0 => duplicates::living_at(db, zip, keys.to - blocks::ZIPS_FROM, cutoff_at).await,
            _ => duplicates::born(db, keys.from, keys.to, cutoff_at).await,
        })?;
        let mut people = People { known: BTreeMap::new(), range: range.clone(), count: 0, covers: BTreeMap::new() };
        people.add(range.into_iter(), session, yardstick, cutoff_at)?;
        people.count = people.known.len();
        Ok(people)
    }

    /// Everybody who is compared, by number.
    pub(super) fn all(&self) -> &BTreeMap<i64, Features> {
        &self.known
    }

    /// Persons of the partition's keys.
    pub(super) fn of_range(&self) -> Vec<i64> {
        self.range.clone()
    }

    /// How many the partition compares.
    pub(super) fn count(&self) -> i64 {
        i64::try_from(self.count).expect("a partition fits in memory")
    }

    /// Makes more persons ready, if they are not.
    pub(super) fn add(
        &mut self,
        ids: impl Iterator<Item = i64>,
        session: &mut PartitionSession<'_>,
        yardstick: &Yardstick,
        cutoff_at: Timestamp,
    ) -> Result<(), StoreError> {
        let missing: BTreeSet<i64> = ids.filter(|id| !self.known.contains_key(id)).collect();
        let ids: Vec<i64> = missing.into_iter().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let (identities, addresses, numbers, merged) = session.run(async |db| {
            Ok::<_, StoreError>((
                duplicates::identities(db, &ids, cutoff_at).await?,
                duplicates::addresses(db, &ids, cutoff_at).await?,
                duplicates::numbers(db, &ids, cutoff_at).await?,
                duplicates::merged(db, &ids, cutoff_at).await?,
            ))
        })?;
        let mut identities = ByPerson { rows: &identities, person: |row: &IdentityRow| row.person_id };
        let mut addresses = ByPerson { rows: &addresses, person: |row: &(i64, String, String)| row.0 };
        let mut numbers = ByPerson { rows: &numbers, person: |row: &(i64, String)| row.0 };
        for id in ids {
            let (names, homes, given) = (identities.take(id), addresses.take(id), numbers.take(id));
            if merged.binary_search(&id).is_ok() {
                continue;
            }
            self.known.extend(features(names, homes, given, yardstick).map(|features| (id, features)));
        }
        Ok(())
    }

    /// Reads the records of everybody in these pairs.
    pub(super) fn read_covers(
        &mut self,
        pairs: &BTreeSet<(i64, i64)>,
        session: &mut PartitionSession<'_>,
        cutoff_at: Timestamp,
    ) -> Result<(), StoreError> {
        let ids: BTreeSet<i64> = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(());
        }
        for row in session.run(async |db| duplicates::covers(db, &ids, cutoff_at).await)? {
            self.covers.entry(row.person_id).or_default().push(cover(&row));
        }
        Ok(())
    }

    /// The best points that a pair can have; 0 where somebody is not compared.
    pub(super) fn best(&self, pair: (i64, i64), yardstick: &Yardstick) -> i16 {
        self.both(pair).map_or(0, |(one, other)| yardstick.best(one, other))
    }

    /// The points of a pair with its records.
    pub(super) fn score(&self, pair: (i64, i64), yardstick: &Yardstick, as_of: Month) -> Option<Score> {
        let (one, other) = self.both(pair)?;
        let covers = |id: i64| self.covers.get(&id).map_or(&[][..], Vec::as_slice);
        let records: Records = yardstick.records(covers(pair.0), covers(pair.1), as_of);
        Some(yardstick.score(one, other, records))
    }

    /// The key that a pair belongs to.
    pub(super) fn owner(&self, pair: (i64, i64)) -> Option<i64> {
        self.both(pair).and_then(|(one, other)| blocks::owner(one, other))
    }

    fn both(&self, (one, other): (i64, i64)) -> Option<(&Features, &Features)> {
        self.known.get(&one).zip(self.known.get(&other))
    }
}

/// Birth and sex of the present identity; nobody without one is compared.
fn features(
    names: &[IdentityRow],
    homes: &[(i64, String, String)],
    numbers: &[(i64, String)],
    yardstick: &Yardstick,
) -> Option<Features> {
    let present = names.first().filter(|row| row.present)?;
    let name = |row: &'_ IdentityRow| -> bool { !row.name_kana.trim().is_empty() };
    let names: Vec<Name<'_>> = names
        .iter()
        .filter(|row| name(row))
        .map(|row| Name { kana: &row.name_kana, kanji: row.name_kanji.as_deref() })
        .collect();
    let addresses: Vec<Address<'_>> = homes.iter().map(|(_, zip, text)| Address { zip, text }).collect();
    let numbers: Vec<&str> = numbers.iter().map(|(_, number)| number.as_str()).collect();
    Some(yardstick.features(&Identity {
        names: &names,
        birth_on: present.birth_on,
        sex: if present.sex == 2 { Sex::Female } else { Sex::Male },
        addresses: &addresses,
        numbers: &numbers,
    }))
}

/// Months from the one of the acquisition up to the one of the loss.
fn cover(row: &CoverRow) -> Cover {
    let kind = match row.category.as_str() {
        "cat2" => CoverKind::Employees,
        "cat3" => CoverKind::Cat3,
        _ => CoverKind::NationalPension,
    };
    Cover { kind, first: Month::of(row.from), until: row.until.map(Month::of) }
}
