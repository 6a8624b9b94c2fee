//! 障害・遺族の請求に共通のこと — who claims, what was drawn before the conversion, which of several rights is chosen.

use domain::{Month, age};
use jiff::civil::{Date, date};
use store::load::{Batch, PensionChoice, Record};

use super::draft::{Draft, RECORDS_EACH};
use super::identity::Identity;
use super::past::Past;
use super::pension::{self, Claimed};
use crate::populate::country::{Country, later};
use crate::populate::dice::Dice;

/// 昭和60年改正後の納付要件 counts months since then; first consultations and deaths before are not made up.
pub(super) const COUNTED_ON: Date = date(1991, 5, 1);
/// Numbers of a person's rows: those before the claim of old age.
pub(super) const DISABILITY_RECORD: i64 = RECORDS_EACH - 24;
pub(super) const GRADE_RECORD: i64 = RECORDS_EACH - 23;
pub(super) const SURVIVOR_RECORD: i64 = RECORDS_EACH - 20;
const CHOICE_RECORD: i64 = RECORDS_EACH - 18;
/// A claim takes so many days until it is paid.
const DAYS_TO_PAY: i64 = 75;

/// Somebody who may claim.
pub(super) struct Claimant<'a> {
    pub(super) person_id: i64,
    pub(super) identity: &'a Identity,
    pub(super) kana: &'a str,
    pub(super) draft: &'a Draft,
    /// 老齢年金の請求.
    pub(super) claimed: Option<&'a Claimed>,
    /// Cover of the pension at an employer of this book.
    pub(super) cover: Option<(Date, Option<Date>)>,
    /// Spouse and children are on record already.
    pub(super) has_household: bool,
}

/// 被保険者の別 of a day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Insured {
    /// 第2号.
    Employee,
    /// 第1号, 第3号, 任意加入.
    National,
    /// None of them.
    No,
}

impl Claimant<'_> {
    /// The record of a row.
    pub(super) fn record(&self, number: i64) -> Record {
        Record { record_id: self.person_id * RECORDS_EACH + number, person_id: self.person_id }
    }

    /// 年齢.
    pub(super) fn age_on(&self, day: Date) -> i16 {
        age::legal_age_on(self.identity.birth_on, day).unwrap_or(0)
    }

    /// 被保険者の別, the job before all else.
    pub(super) fn insured_on(&self, day: Date) -> Insured {
        let here = self.cover.is_some_and(|(from, until)| from <= day && until.is_none_or(|until| day < until));
        if here { Insured::Employee } else { self.draft.insured_on(day) }
    }

    /// 繰上げ, 繰下げ or waiting for it: other rules hold for other rights beside these.
    pub(super) fn has_moved_old_age(&self) -> bool {
        self.claimed.is_some_and(|claimed| {
            let claim = &claimed.claim;
            let moved = claim.basic_claim_month.is_some() || claim.employees_claim_month.is_some();
            moved || claim.basic_waits || claim.employees_waits
        })
    }

    /// Some job of this life gives 老齢厚生年金.
    pub(super) fn was_employed(&self) -> bool {
        self.cover.is_some() || self.draft.kinds().next().is_some()
    }

    /// Words of the own old-age rights from 65.
    pub(super) fn old_age_rights(&self) -> Vec<&'static str> {
        let employee = self.was_employed().then_some("old_age_employee");
        [Some("old_age_basic"), employee].into_iter().flatten().collect()
    }

    /// An account for whoever has none yet.
    pub(super) fn write_payee(&self, dice: &mut Dice, batch: &mut Batch) {
        if self.claimed.is_none() {
            pension::write_payee(self.person_id, self.kana, dice, batch);
        }
    }

    /// 選択 filed on a day before the business date: the `place`th of this person, for the months after.
    pub(super) fn choose(&self, country: &Country, place: i64, filed_on: Date, rights: &[&str], batch: &mut Batch) {
        let today = country.past.as_ref().map(|past| past.business_on);
        if rights.is_empty() || today.is_none_or(|today| today <= filed_on) {
            return;
        }
        let choice = PensionChoice { filed_on, rights, first: Month::of(filed_on).next() };
        batch.pension_choice(self.record(CHOICE_RECORD + place), &choice);
    }
}

/// 移行前に支払われた最後の月分: of whoever claimed in time for it.
pub(super) fn paid_through(past: &Past, country: &Country, filed_on: Date, first: Month) -> Option<Month> {
    let through = past.first_payment.plus(-3);
    let in_time = country.is_before_conversion(later(filed_on, DAYS_TO_PAY));
    (in_time && first <= through).then_some(through)
}
