//! 一人ずつの裁定 — from what was read of a partition to what was decided of each person.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::life::LifeRows;
use domain::{Month, Yen};
use law::Trace;
use law::adjudication::award::{
    self, Adjudicated, Asked, Award, ChoiceNeeded, Claim, Components, Held, Member, Others, Relation, Standing,
};
use law::adjudication::old_age::{Claims, RateShelf};
use law::pension_record::life::{Contradiction, LifeRecord, add_current_cover};
use store::night::awards::{AwardRow, ClaimRow, Due, MemberRow, Merged, NewLook};

use super::change::{self, Change};
use super::month;
use crate::run::{JobContext, VerdictRow};

/// What was read of a partition.
pub(super) struct Register {
    pub due: Vec<Due>,
    pub lives: Vec<LifeRows>,
    pub merged: Merged,
    pub claims: BTreeMap<i64, ClaimRow>,
    pub households: BTreeMap<i64, Vec<MemberRow>>,
    pub awards: Vec<AwardRow>,
}

/// What was decided of a person.
pub(super) struct Looked {
    pub person_id: i64,
    /// Birth and sex, and the record to the last month; `None` of a number without a life of its own.
    pub life: Option<(LifeRows, LifeRecord)>,
    /// 裁定; `None` when held, or without a claim.
    pub award: Option<Award>,
    pub look: NewLook,
    pub change: Change,
    /// Awards in force from now on.
    pub in_force: Vec<AwardRow>,
    pub verdicts: Vec<VerdictRow>,
}

thread_local! {
    /// 法令の棚 of this thread: resolved law of cohorts, the same for everybody.
    static SHELF: RefCell<RateShelf> = RefCell::new(RateShelf::new());
}

/// Everybody to look at, in order of person.
pub(super) fn look_at(register: Register, job: &JobContext) -> Vec<Looked> {
    let Register { due, lives, merged, claims, households, awards } = register;
    let mut lives: BTreeMap<i64, LifeRows> = lives.into_iter().map(|life| (life.person_id, life)).collect();
    let mut present: BTreeMap<i64, Vec<AwardRow>> = BTreeMap::new();
    awards.into_iter().for_each(|award| present.entry(award.person_id).or_default().push(award));
    let one = |due: Due| {
        let person_id = due.person_id;
        let known = Known {
            claim: claims.get(&person_id),
            household: households.get(&person_id).map_or(&[][..], Vec::as_slice),
            present: present.remove(&person_id).unwrap_or_default(),
            gave_way: merged.gave_way(person_id),
        };
        SHELF.with_borrow_mut(|shelf| look(&due, lives.remove(&person_id), known, shelf, job))
    };
    due.into_iter().map(one).collect()
}

/// What is known of one person beside the life.
struct Known<'a> {
    claim: Option<&'a ClaimRow>,
    household: &'a [MemberRow],
    present: Vec<AwardRow>,
    gave_way: bool,
}

fn look(due: &Due, life: Option<LifeRows>, known: Known<'_>, shelf: &mut RateShelf, job: &JobContext) -> Looked {
    let decided = match (life, known.claim) {
        _ if known.gave_way => Decided::nothing("ended"),
        (Some(life), Some(claim)) => decide(life, claim, known.household, shelf, job),
        (None, Some(_)) => Decided::unknown(due.person_id),
        (_, None) => Decided::nothing("no_right"),
    };
    let change = match &decided.runs {
        Some(runs) => change::of(due, &known.present, runs, known.claim, job),
        None => change::held(due, &known.present, decided.died_in, job),
    };
    let in_force = change.apply(known.present);
    let look_again_from = decided.look_again_from;
    let look = NewLook { person_id: due.person_id, standing: decided.standing, look_again_from };
    let verdicts = decided.verdicts(due.person_id);
    Looked { person_id: due.person_id, life: decided.life, award: decided.award, look, change, in_force, verdicts }
}

/// What the law says of one person.
struct Decided {
    life: Option<(LifeRows, LifeRecord)>,
    award: Option<Award>,
    /// `None`: held, what stands stays.
    runs: Option<Vec<award::Run>>,
    died_in: Option<Month>,
    standing: &'static str,
    look_again_from: Option<Month>,
    reasons: Vec<(String, String)>,
}

impl Decided {
    fn nothing(standing: &'static str) -> Decided {
        Decided {
            life: None,
            award: None,
            runs: Some(Vec::new()),
            died_in: None,
            standing,
            look_again_from: None,
            reasons: Vec::new(),
        }
    }

    /// A claim of somebody whose name and birth are not on record.
    fn unknown(person_id: i64) -> Decided {
        let message =
            format!("人{person_id}の氏名・生年月日の記録がありません。氏名・生年月日の記録を確認してください");
        let reasons = vec![("no_identity".to_owned(), message)];
        Decided { runs: None, standing: "held", reasons, ..Decided::nothing("held") }
    }

    fn verdicts(&self, person_id: i64) -> Vec<VerdictRow> {
        let row = |(code, message): &(String, String)| VerdictRow {
            subject: format!("person:{person_id}"),
            verdict: "held",
            code: code.clone(),
            message: message.clone(),
        };
        self.reasons.iter().map(row).collect()
    }
}

fn decide(
    mut life: LifeRows,
    claim: &ClaimRow,
    household: &[MemberRow],
    shelf: &mut RateShelf,
    job: &JobContext,
) -> Decided {
    let (until, mut trace) = (month(job), Trace::untold());
    let died_in = life.died_on.map(Month::of);
    let members: Vec<Member> = household.iter().map(member).collect();
    let adjudicated = match add_current_cover(&mut life, until, &mut trace) {
        Err(error) => Adjudicated { record: LifeRecord::default(), verdict: Err(Held::Law(error)) },
        Ok(()) => {
            let facts = life.facts();
            award::award(
                &Asked {
                    facts: &facts,
                    claim: Some(claim_of(claim)),
                    others: Others::default(),
                    household: &members,
                    until,
                },
                shelf,
                &mut trace,
            )
        }
    };
    let Adjudicated { record, verdict } = adjudicated;
    let life = Some((life, record));
    match verdict {
        Ok(award) if award.runs.iter().any(|run| !can_be(&run.components)) => {
            let reasons = vec![("negative_amount".to_owned(), NEGATIVE.to_owned())];
            let look_again_from = Some(until.next());
            Decided { life, runs: None, died_in, look_again_from, reasons, ..Decided::nothing("held") }
        }
        Ok(award) => Decided {
            life,
            runs: Some(award.runs.clone()),
            died_in,
            standing: award.standing.code(),
            look_again_from: award.look_again_from,
            reasons: Vec::new(),
            award: Some(award),
        },
        Err(held) => {
            let ended = died_in.is_some_and(|died_in| died_in < until);
            let look_again_from = (!ended).then(|| until.next());
            let reasons = reasons(&held);
            Decided { life, runs: None, died_in, look_again_from, reasons, ..Decided::nothing("held") }
        }
    }
}

/// What is said of an amount below zero.
const NEGATIVE: &str =
    "年金額の一部が負になる月があります (繰上げの減額と在職支給停止が重なる場合など)。担当者が額を決定してください";

/// No pension is below zero, nor a part of it that is added.
fn can_be(of: &Components) -> bool {
    let parts = [of.basic, of.additional, of.furikae, of.proportional, of.addition, of.stopped];
    parts.into_iter().chain([of.employees_total()]).all(|yen| yen >= Yen::ZERO)
}

/// One verdict per kind of contradiction, with all its months; or what the law said.
fn reasons(held: &Held) -> Vec<(String, String)> {
    match held {
        Held::Law(error) => vec![(error.code().to_owned(), error.to_string())],
        Held::Choice(needed) => vec![(ChoiceNeeded::CODE.to_owned(), needed.to_string())],
        Held::Contradictions(found) => {
            let mut kinds: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
            let told = |one: &Contradiction| (one.kind.code(), one.to_string());
            found.iter().map(told).for_each(|(code, text)| kinds.entry(code).or_default().push(text));
            kinds.into_iter().map(|(code, texts)| (code.to_owned(), texts.join("; "))).collect()
        }
    }
}

fn claim_of(row: &ClaimRow) -> Claim {
    Claim {
        months: Claims { basic: row.basic_month, employees: row.employees_month },
        basic_waits: row.basic_waits,
        employees_waits: row.employees_waits,
        spouse_addition_moves: row.spouse_addition_moves,
        paid_through: row.paid_through,
    }
}

fn member(row: &MemberRow) -> Member {
    Member {
        relation: if row.spouse { Relation::Spouse } else { Relation::Child },
        birth: row.birth_on,
        dependent: row.dependent,
        disabled: row.disabled,
        own_old_age_from: row.own_old_age_from,
        from: row.valid_from,
        until: row.valid_to,
    }
}

impl Looked {
    /// 最初に支給する月.
    pub fn first_paid(&self) -> Option<Month> {
        let award = self.award.as_ref()?;
        award.runs.first().map(|run| run.from).or_else(|| award.start.map(|start| start.first_paid()))
    }

    /// Whether something is paid.
    pub fn is_payable(&self) -> bool {
        self.look.standing == Standing::Payable.code()
    }
}
