//! 読んだ記録 — the records of one life as of the days that an award asks about, each read once.

use std::cell::RefCell;
use std::rc::Rc;

use domain::Month;
use jiff::civil::Date;

use crate::LawError;
use crate::pension_record::life::{ContradictionKind, LifeFacts, LifeRecord};

/// 読んだ記録 of one life. Made for its facts and good for no other's.
#[derive(Debug, Default)]
pub struct Readings {
    /// The records of the months before a month: what counts when a right arises in it.
    before: RefCell<Vec<(Month, Rc<LifeRecord>)>>,
    /// The record of the month asked about before, and its room.
    room: LifeRecord,
}

impl Readings {
    /// Nothing read yet.
    pub fn new() -> Readings {
        Readings::default()
    }

    /// The record to the end of a month, in the room that is there.
    pub(super) fn of_month(&mut self, facts: &LifeFacts<'_>, month: Month) -> Result<LifeRecord, LawError> {
        let mut record = std::mem::take(&mut self.room);
        if !record.go_on(facts, month.last_day()) {
            read_record(&mut record, facts, month.last_day())?;
        }
        Ok(record)
    }

    /// The room again.
    pub(super) fn give_back(&mut self, record: LifeRecord) {
        self.room = record;
    }

    /// The record of the months before a month.
    pub(super) fn before(&self, facts: &LifeFacts<'_>, month: Month) -> Result<Rc<LifeRecord>, LawError> {
        let known = self.before.borrow().iter().find(|(of, _)| *of == month).map(|(_, record)| Rc::clone(record));
        if let Some(record) = known {
            return Ok(record);
        }
        let record = Rc::new(sound_record(facts, month.previous().last_day())?);
        self.before.borrow_mut().push((month, Rc::clone(&record)));
        Ok(record)
    }
}

/// The record as of a day, in room of its own.
pub(in crate::adjudication) fn sound_record(facts: &LifeFacts<'_>, as_of_on: Date) -> Result<LifeRecord, LawError> {
    let mut record = LifeRecord::default();
    read_record(&mut record, facts, as_of_on)?;
    Ok(record)
}

/// The record as of a day; one that contradicts itself is held.
fn read_record(record: &mut LifeRecord, facts: &LifeFacts<'_>, as_of_on: Date) -> Result<(), LawError> {
    record.read(facts, as_of_on)?;
    let holding: Vec<String> = record
        .contradictions()
        .iter()
        .filter(|found| found.kind != ContradictionKind::Gap)
        .map(ToString::to_string)
        .collect();
    if holding.is_empty() {
        return Ok(());
    }
    Err(LawError::CannotDecide { reason: format!("年金記録に矛盾があります: {}", holding.join("; ")) })
}
