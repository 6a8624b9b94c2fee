//! 人の届の反映 — what a filing about a person's pension makes of the registers: the same rule answers at the counter and is
//! applied at night. Rows that no longer hold leave the register, new ones carry the filing; whoever calls writes the
//! difference.

mod category;
mod choice;
mod claim;
mod disability;
mod months;
mod others;
mod split;
mod survivor;

#[cfg(test)]
mod ground_tests;
#[cfg(test)]
mod split_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use domain::Month;
use domain::life::LifeRows;
use domain::life::register::{Cause, Register};
use domain::person_paper::{PersonContent, PersonFiling};
use jiff::civil::Date;

use crate::pension_record::life::{ContradictionKind, LifeRecord, add_current_cover, life};
use crate::{LawError, Trace};

/// Numbers of new rows begin here: above every row of a conversion or a sequence.
const NEW_RECORDS: i64 = 4_000_000_000_000;
/// A filing makes at most so many rows.
const RECORDS_PER_FILING: i64 = 64;

/// 死亡した人 — of whom 遺族給付 is claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct Deceased {
    /// 人.
    pub person_id: i64,
    /// 一生の登録, with the day of death once it is a fact.
    pub life: LifeRows,
    /// 受付中の死亡届 tells this day; only at the counter, where the death need not be a fact yet.
    pub announced_on: Option<Date>,
}

/// 反映の事情.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// 業務日付: the day on which the record is corrected.
    pub business_on: Date,
    /// 届; at the counter, before there is one, 0.
    pub filing_id: i64,
    /// The person of the 請求者の基礎年金番号, where the filing gives one that is known.
    pub claimant_person_id: Option<i64>,
    /// Who died: of 年金請求書 (遺族給付) the person of the number that it gives; of other filings that of the claim on record,
    /// where there is one. None of a number that nobody has, or that was merged into another.
    pub deceased: Option<&'a Deceased>,
}

impl Circumstances<'_> {
    /// Nobody else is named.
    pub fn of(business_on: Date, filing_id: i64) -> Circumstances<'static> {
        Circumstances { business_on, filing_id, claimant_person_id: None, deceased: None }
    }
}

/// 届が合わない — what the filing says cannot be, as things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The member of the form that it is about.
    pub about: &'static str,
    /// Short name.
    pub code: &'static str,
    /// What is wrong and what to do, in Japanese, without a person's name or number.
    pub message: String,
}

impl Unfit {
    pub(crate) fn new(about: &'static str, code: &'static str, message: impl Into<String>) -> Unfit {
        Unfit { about, code, message: message.into() }
    }
}

/// A rule that cannot answer leaves the case to a person.
impl From<LawError> for Unfit {
    fn from(error: LawError) -> Unfit {
        Unfit::new("", error.code(), error.to_string())
    }
}

/// 反映した — with what a person should know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// 注意, in Japanese.
    pub remarks: Vec<String>,
}

/// What one application works with.
struct Work<'a> {
    on: Date,
    cause: Cause,
    circumstances: &'a Circumstances<'a>,
    records: i64,
    remarks: Vec<String>,
}

impl Work<'_> {
    /// The number of the next new row: it follows from the filing alone.
    fn new_record(&mut self) -> Result<i64, Unfit> {
        if self.records == RECORDS_PER_FILING {
            let why = "一つの届で変わる記録が多すぎます。期間を分けて届け出てください";
            return Err(Unfit::new("from", "too_many_rows", why));
        }
        self.records += 1;
        Ok(NEW_RECORDS + self.circumstances.filing_id * RECORDS_PER_FILING + self.records - 1)
    }
}

/// 人の届の反映 — applies one filing to the registers of its person.
///
/// Law: 国民年金法12条・16条・19条・20条・34条・105条, 附則7条の3・9条の4の2; 厚生年金保険法33条・37条・38条・52条・98条; each form names its
/// own clauses.
///
/// - `register`: rows of the person, and of numbers merged into it; changed in place. Use a copy where a refusal must
///   leave nothing behind
///
/// # Errors
/// [`Unfit`] — what does not fit and who can put it right; the register may be half changed then.
///
/// # Examples
/// 第3号 from 2019-04 that turns out to have been 第1号, corrected in 2026-10: the row is 第1号, months of which the two
/// years are over become 時効消滅不整合期間, the others can still be paid. With a payment in one of these months as 第3号
/// nothing else changes: the payment was a contradiction, and now fits.
pub fn apply(
    filing: &PersonFiling,
    register: &mut Register,
    circumstances: &Circumstances<'_>,
    trace: &mut Trace,
) -> Result<Applied, Unfit> {
    apply_with(filing, (register, None), circumstances, trace)
}

/// As [`apply`], of a filing that concerns a second person: 標準報酬改定請求書 writes into both registers.
///
/// - `other`: the registers of the 相手方, where the filing names one that is known; changed in place like `register`
///
/// # Errors
/// As [`apply`].
pub fn apply_with(
    filing: &PersonFiling,
    (register, other): (&mut Register, Option<&mut Register>),
    circumstances: &Circumstances,
    trace: &mut Trace,
) -> Result<Applied, Unfit> {
    let Some(life) = &register.life else {
        let why = "この基礎年金番号は統合されたか、登録がありません。残した番号で届け出てください";
        return Err(Unfit::new("basic_pension_number", "no_register", why));
    };
    if life.birth_on != filing.insured.born_on {
        let why = "この基礎年金番号の方と生年月日が違います。番号と生年月日を確かめてください";
        return Err(Unfit::new("birth_on", "person_differs", why));
    }
    let on = circumstances.business_on;
    let cause = Cause { filing_id: Some(circumstances.filing_id), reason: filing.reason().to_owned() };
    let mut work = Work { on, cause, circumstances, records: 0, remarks: Vec::new() };
    match &filing.content {
        PersonContent::CategoryCorrection(correction) => category::correct(correction, register, &mut work, trace)?,
        PersonContent::PensionClaim(asked) => claim::claim(asked, register, &mut work, trace)?,
        PersonContent::Death(death) => others::death(death, register, &mut work, trace)?,
        PersonContent::UnpaidBenefitClaim(asked) => others::unpaid(asked, register, &mut work, trace)?,
        PersonContent::PayeeChange(change) => others::payee(&change.account, register, &work),
        PersonContent::Relief(decision) => others::relief(decision, register, &mut work, trace)?,
        PersonContent::DisabilityClaim(asked) => disability::claim(asked, register, &mut work, trace)?,
        PersonContent::DisabilityGrade(review) => disability::review(review, register, &mut work, trace)?,
        PersonContent::SurvivorClaim(asked) => survivor::claim(asked, register, &mut work, trace)?,
        PersonContent::SurvivorEnd(end) => survivor::end(end, register, &work, trace)?,
        PersonContent::PensionChoice(asked) => choice::choose(asked, register, &mut work, trace)?,
        PersonContent::PensionSplit(asked) => split::split(asked, (register, other), &mut work, trace)?,
    }
    Ok(Applied { remarks: work.remarks })
}

/// Nobody claims or chooses after death.
fn alive(register: &Register) -> Result<(), Unfit> {
    if register.deaths.is_empty() {
        return Ok(());
    }
    let why = "死亡の記録があります。未支給年金は、未支給年金請求書で請求してください";
    Err(Unfit::new("basic_pension_number", "died", why))
}

/// 受付年月日 and the like lie not ahead.
fn come(about: &'static str, day: Date, work: &Work<'_>) -> Result<(), Unfit> {
    match day > work.on {
        true => Err(Unfit::new(about, "future", "まだ来ていない日です。日付を確かめてください")),
        false => Ok(()),
    }
}

/// The life as the registers have it, cover at employers to a month included.
fn life_to(register: &Register, until: Month) -> Result<LifeRows, LawError> {
    let mut rows = register.life_rows().expect("a register without a life is refused before");
    add_current_cover(&mut rows, until, &mut Trace::new())?;
    Ok(rows)
}

/// The record as the registers have it, cover at employers included.
fn record(register: &Register, on: Date) -> Result<LifeRecord, Unfit> {
    Ok(life(&life_to(register, Month::of(on))?.facts(), on)?)
}

/// 矛盾 by kind and month, gaps aside: a gap says that something is still missing.
fn contradictions(record: &LifeRecord) -> BTreeMap<(&'static str, Month), &'static str> {
    let found = record.contradictions().iter().filter(|found| found.kind != ContradictionKind::Gap);
    found
        .flat_map(|found| {
            found.first.through(found.last).map(|month| ((found.kind.code(), month), found.kind.sentence()))
        })
        .collect()
}

/// The change must not bring a contradiction into the record that was not there.
fn no_new_contradiction(before: &LifeRecord, after: &LifeRecord, about: &'static str) -> Result<(), Unfit> {
    let known = contradictions(before);
    let new = contradictions(after).into_iter().find(|(place, _)| !known.contains_key(place));
    match new {
        None => Ok(()),
        Some(((code, month), sentence)) => {
            let why = format!("このとおりにすると {month} の記録が矛盾します: {sentence}");
            Err(Unfit::new(about, code, why))
        }
    }
}
