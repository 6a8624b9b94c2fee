//! 一人ずつの裁定 — from what was read of a partition to what was decided of each person.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::age::attained_on;
use domain::life::LifeRows;
use domain::{Month, Yen};
use jiff::civil::Date;
use law::adjudication::award::{
    self, Adjudicated, Asked, Award, ChoiceNeeded, Components, Held, Others, Standing, SurvivorClaim,
};
use law::adjudication::old_age::RateShelf;
use law::pension_record::life::{Contradiction, LifeRecord, add_current_cover};
use law::{LawError, Trace};
use store::night::awards::{AwardRow, ClaimRow, Due, MemberRow, Merged, NewLook};
use store::night::grounds::Grounds;

use super::change::{self, Because, Change};
use super::filed::{self, Filed, Lists};
use super::month;
use super::splits;
use crate::run::{JobContext, VerdictRow};

/// What was read of a partition.
pub(super) struct Register {
    pub due: Vec<Due>,
    pub lives: Vec<LifeRows>,
    pub merged: Merged,
    pub claims: BTreeMap<i64, ClaimRow>,
    pub grounds: Grounds,
    /// Lives of those upon whose death somebody claims.
    pub deceased: Vec<LifeRows>,
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
    /// 障害年金, 遺族年金の請求書の受付日.
    pub claimed_on: [Option<Date>; 2],
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

/// 死亡した人 by number, with cover at employers in the record, or why it cannot be.
type Deceased = BTreeMap<i64, Result<LifeRows, LawError>>;

/// Everybody to look at, in order of person.
pub(super) fn look_at(register: Register, job: &JobContext) -> Vec<Looked> {
    let Register { due, lives, merged, claims, grounds, deceased, households, awards } = register;
    let mut lives: BTreeMap<i64, LifeRows> = lives.into_iter().map(|life| (life.person_id, life)).collect();
    let deceased: Deceased = deceased.into_iter().map(|life| (life.person_id, covered(life, job))).collect();
    let mut present: BTreeMap<i64, Vec<AwardRow>> = BTreeMap::new();
    awards.into_iter().for_each(|award| present.entry(award.person_id).or_default().push(award));
    let one = |due: Due| {
        let person_id = due.person_id;
        let filed = Filed {
            claim: claims.get(&person_id),
            disability: grounds.disability.get(&person_id),
            survivor: grounds.survivors.get(&person_id),
            choices: grounds.choices.get(&person_id).map_or(&[][..], Vec::as_slice),
            household: households.get(&person_id).map_or(&[][..], Vec::as_slice),
        };
        let known = Known {
            filed,
            deceased: &deceased,
            present: present.remove(&person_id).unwrap_or_default(),
            gave_way: merged.gave_way(person_id),
        };
        SHELF.with_borrow_mut(|shelf| look(&due, lives.remove(&person_id), known, shelf, job))
    };
    due.into_iter().map(one).collect()
}

fn covered(mut life: LifeRows, job: &JobContext) -> Result<LifeRows, LawError> {
    add_current_cover(&mut life, month(job), &mut Trace::untold())?;
    Ok(life)
}

/// What is known of one person beside the life.
struct Known<'a> {
    filed: Filed<'a>,
    deceased: &'a Deceased,
    present: Vec<AwardRow>,
    gave_way: bool,
}

fn look(due: &Due, life: Option<LifeRows>, known: Known<'_>, shelf: &mut RateShelf, job: &JobContext) -> Looked {
    let filed = known.filed;
    let decided = match life {
        _ if known.gave_way => Decided::nothing("ended"),
        _ if !filed.has_claim() => Decided::nothing("no_right"),
        Some(life) => decide(life, (filed, known.deceased), shelf, job),
        None => Decided::unknown(due.person_id),
    };
    let from_65 = decided.life.as_ref().map(|(life, _)| Month::of(attained_on(life.birth_on, 65)).next());
    let change = match &decided.runs {
        Some(runs) => change::of(due, &known.present, runs, &Because { filed, from_65 }, job),
        None => change::held(due, &known.present, decided.died_in, job),
    };
    let mut change = change;
    if let Some((life, _)) = &decided.life {
        splits::cite(&mut change, &life.splits);
    }
    Looked {
        person_id: due.person_id,
        in_force: change.apply(known.present),
        change,
        look: NewLook {
            person_id: due.person_id,
            standing: decided.standing,
            look_again_from: decided.look_again_from,
        },
        verdicts: decided.verdicts(due.person_id),
        claimed_on: [filed.disability.map(|row| row.filed_on), filed.survivor.map(|row| row.filed_on)],
        life: decided.life,
        award: decided.award,
    }
}

/// A code and what it says.
type Reasons = Vec<(String, String)>;

/// What the law says of one person.
struct Decided {
    life: Option<(LifeRows, LifeRecord)>,
    award: Option<Award>,
    /// `None`: held, what stands stays.
    runs: Option<Vec<award::Run>>,
    died_in: Option<Month>,
    standing: &'static str,
    look_again_from: Option<Month>,
    reasons: Reasons,
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
        Decided { runs: None, reasons: no_identity(person_id), ..Decided::nothing("held") }
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

fn no_identity(person_id: i64) -> Reasons {
    let message = format!("人{person_id}の氏名・生年月日の記録がありません。氏名・生年月日の記録を確認してください");
    vec![("no_identity".to_owned(), message)]
}

fn decide(
    mut life: LifeRows,
    (filed, deceased): (Filed<'_>, &Deceased),
    shelf: &mut RateShelf,
    job: &JobContext,
) -> Decided {
    let until = month(job);
    let died_in = life.died_on.map(Month::of);
    let adjudicated = add_current_cover(&mut life, until, &mut Trace::untold())
        .map_err(|error| law_says(&error))
        .and_then(|()| adjudicate(&life, (filed, deceased), until, shelf));
    let (record, verdict) = match adjudicated {
        Ok(Adjudicated { record, verdict }) => (record, verdict.map_err(|held| reasons(&held)).and_then(possible)),
        Err(reasons) => (LifeRecord::default(), Err(reasons)),
    };
    let decided = Decided { life: Some((life, record)), died_in, ..Decided::nothing("held") };
    match verdict {
        Ok(award) => Decided {
            runs: Some(award.runs.clone()),
            standing: award.standing.code(),
            look_again_from: award.look_again_from,
            award: Some(award),
            ..decided
        },
        Err(reasons) => {
            let ended = died_in.is_some_and(|died_in| died_in < until);
            Decided { runs: None, look_again_from: (!ended).then(|| until.next()), reasons, ..decided }
        }
    }
}

/// The question to the law.
fn adjudicate(
    life: &LifeRows,
    (filed, deceased): (Filed<'_>, &Deceased),
    until: Month,
    shelf: &mut RateShelf,
) -> Result<Adjudicated, Reasons> {
    let lists = Lists::of(filed);
    let dead = filed.survivor.map(|claim| dead(claim.deceased_person_id, deceased)).transpose()?.map(LifeRows::facts);
    let survivor = match filed.survivor.zip(dead.as_ref()) {
        Some((claim, dead)) => Some(of_family(filed::survivor_claim(claim, dead, &lists.family))?),
        None => None,
    };
    let others = Others {
        disability: filed.disability.map(|claim| filed::disability_claim(claim, &lists.grades)),
        survivor,
        choices: &lists.choices,
    };
    let (facts, claim) = (life.facts(), filed.claim.map(filed::old_age_claim));
    let asked = Asked { facts: &facts, claim, others, household: &lists.members, until };
    Ok(award::award(&asked, shelf, &mut Trace::untold()))
}

fn dead(person_id: i64, deceased: &Deceased) -> Result<&LifeRows, Reasons> {
    deceased.get(&person_id).ok_or_else(|| no_identity(person_id))?.as_ref().map_err(law_says)
}

fn of_family(claim: Option<SurvivorClaim<'_>>) -> Result<SurvivorClaim<'_>, Reasons> {
    const MISSING: &str = "遺族年金の請求の家族に請求者がいません。請求書の家族の欄を確認し、請求を訂正してください";
    claim.ok_or_else(|| vec![("no_claimant".to_owned(), MISSING.to_owned())])
}

fn law_says(error: &LawError) -> Reasons {
    vec![(error.code().to_owned(), error.to_string())]
}

/// An award without an amount below zero.
fn possible(award: Award) -> Result<Award, Reasons> {
    match award.runs.iter().all(|run| can_be(&run.components)) {
        true => Ok(award),
        false => Err(vec![("negative_amount".to_owned(), NEGATIVE.to_owned())]),
    }
}

/// What is said of an amount below zero.
const NEGATIVE: &str =
    "年金額の一部が負になる月があります (繰上げの減額と在職支給停止が重なる場合など)。担当者が額を決定してください";

/// No pension is below zero, nor a part of it that is added.
fn can_be(of: &Components) -> bool {
    let basic = [of.basic, of.additional, of.furikae, of.children];
    let others = [of.proportional, of.addition, of.stopped, of.survivor, of.survivor_stopped];
    let totals = [of.employees_total(), of.survivor_total()];
    basic.into_iter().chain(others).chain(totals).all(|yen| yen >= Yen::ZERO)
}

/// One verdict per kind of contradiction, with all its months; or what the law said.
fn reasons(held: &Held) -> Reasons {
    match held {
        Held::Law(error) => law_says(error),
        Held::Choice(needed) => vec![(ChoiceNeeded::CODE.to_owned(), needed.to_string())],
        Held::Contradictions(found) => {
            let mut kinds: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
            let told = |one: &Contradiction| (one.kind.code(), one.to_string());
            found.iter().map(told).for_each(|(code, text)| kinds.entry(code).or_default().push(text));
            kinds.into_iter().map(|(code, texts)| (code.to_owned(), texts.join("; "))).collect()
        }
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
