//! 紙の届の審査 — a correction or an end-of-leave filing held against everything known of the spell: the rule of `law`
//! that the night will apply answers at the counter already.

use domain::paper::PaperFiling;
use domain::{Month, Yen};
use jiff::civil::Date;
use law::employees_insurance::application::{
    self, Applied, BonusPaid, Cause, CorrectionFiling, Decision, InsuredFacts, LeaveEndFiling, NotApplied, Spell,
    Standard,
};
use law::{Receipt, Trace};
use serde_json::{Value, json};
use store::coverage::{self, Spell as SpellRow};
use store::employers::Employer;
use store::examination::PendingFiling;
use store::night::applications::{self, BonusFact, StandardFact};
use store::night::selections;
use store::{Db, StoreError};

use super::choice;
use super::contribution::END_OF_TIME;
use super::examine::Examined;
use crate::error::TerminalError;

/// 審査.
///
/// # Errors
/// `Invalid` — nobody insured under the number, another day of birth, or what the rule says; while another filing of the
/// person is on its way, that is only a remark, for the night may apply the other one first.
pub(crate) async fn examine(
    db: &impl Db,
    employer: &Employer,
    filing: &PaperFiling,
    pending: &[PendingFiling],
    business_on: Date,
) -> Result<Examined, TerminalError> {
    if let PaperFiling::WorkplaceSelection(filing) = filing {
        return choice::examine(db, employer, filing, pending, business_on).await;
    }
    let known = Known::read(db, employer, filing).await?;
    if known.facts.birth_on != filing.insured().born_on {
        let reason = "この被保険者整理番号の方と生年月日が違います。番号と生年月日を確かめてください";
        return Err(TerminalError::field("birth_on", "生年月日", "person_differs", reason));
    }
    let mut trace = Trace::new();
    match (known.apply(filing, business_on, &mut trace), pending.first()) {
        (Ok(applied), pending) => {
            let remark = applied.no_effect.clone().or_else(|| pending.map(on_its_way));
            Ok(Examined { receipt: Some(receipt(filing, &applied, trace)), remark })
        }
        (Err(why), Some(pending)) => {
            let remark = format!("{}。{}", on_its_way(pending), why.reason().message);
            Ok(Examined { receipt: None, remark: Some(remark) })
        }
        (Err(why), None) => {
            let (field, item) = match filing {
                PaperFiling::Correction(_) => ("what", "訂正・取消の対象"),
                PaperFiling::LeaveEnd(_) => ("ended_on", "休業終了年月日"),
                PaperFiling::WorkplaceSelection(_) => unreachable!("examined apart"),
            };
            Err(TerminalError::field(field, item, why.reason().code, why.reason().message.clone()))
        }
    }
}

pub(super) fn on_its_way(pending: &PendingFiling) -> String {
    format!("この方の同じ様式の届を受付中です (受付番号 {})", pending.reception_number)
}

fn receipt(filing: &PaperFiling, applied: &Applied, trace: Trace) -> Receipt {
    let standards = applied.facts.standards.iter().map(|standard| {
        json!({
            "from": standard.from,
            "until": standard.until,
            "hi_standard_yen": standard.hi,
            "epi_standard_yen": standard.epi,
        })
    });
    let result = json!({
        "cancelled": applied.cancelled,
        "acquired_on": applied.facts.spell.acquired_on,
        "lost_on": applied.facts.spell.lost_on,
        "standards": standards.collect::<Vec<_>>(),
    });
    trace.into_receipt(filing.form().name_ja(), Value::Null, result)
}

/// What is known of the spell that the filing names.
struct Known {
    facts: InsuredFacts,
    others: Vec<Spell>,
    ended: Vec<Standard>,
}

impl Known {
    async fn read(db: &impl Db, employer: &Employer, filing: &PaperFiling) -> Result<Known, TerminalError> {
        let number = filing.insured().insured_number.and_then(|number| i32::try_from(number).ok()).unwrap_or_default();
        let employer_id = employer.employer_id;
        let Some(spell) = coverage::spell_of_number(db, employer.prefecture_code, employer_id, number).await? else {
            let reason = "この事業所にこの番号の被保険者はいません。事業所整理記号と被保険者整理番号を確かめてください";
            return Err(TerminalError::field("insured_number", "被保険者整理番号", "not_insured", reason));
        };
        let (keys, persons) = ([(employer_id, spell.spell_id)], [spell.person_id]);
        let has_chosen = !selections::named_before(db, &[spell.spell_id], END_OF_TIME).await?.is_empty();
        let (births, standards, bonuses, ended, others) = tokio::join!(
            applications::births(db, &persons),
            applications::standards(db, &keys),
            applications::bonuses(db, &keys),
            applications::standards_ended(db, &keys),
            coverage::spells_of_person(db, spell.person_id, None)
        );
        let birth_on = births?.first().map(|(_, birth_on)| *birth_on);
        let other = |row: &&SpellRow| row.employer_id == employer_id && row.spell_id != spell.spell_id;
        let facts = InsuredFacts {
            birth_on: birth_on.ok_or(TerminalError::NotFound { what: "この方の生年月日の記録" })?,
            spell: Spell { two_workplaces: spell.two_workplaces || has_chosen, ..spell_of(&spell) },
            standards: standards?.iter().map(standard_of).collect::<Result<_, _>>()?,
            bonuses: bonuses?.iter().map(bonus_of).collect(),
        };
        let others = others?.iter().filter(other).map(spell_of).collect();
        let ended = ended?.iter().map(standard_of).collect::<Result<_, _>>()?;
        Ok(Known { facts, others, ended })
    }

    fn apply(&self, filing: &PaperFiling, business_on: Date, trace: &mut Trace) -> Result<Applied, NotApplied> {
        let cause = cause("審査");
        match filing {
            PaperFiling::Correction(correction) => {
                let filing = CorrectionFiling {
                    corrected: correction.corrected,
                    later_decisions_confirmed: correction.later_decisions_confirmed,
                    business_on,
                    others: &self.others,
                    ended: &self.ended,
                };
                application::correction(&filing, &self.facts, &cause, trace)
            }
            PaperFiling::LeaveEnd(filing) => {
                application::leave_end(&LeaveEndFiling::from(filing), &self.facts, &cause, trace)
            }
            PaperFiling::WorkplaceSelection(_) => unreachable!("examined apart"),
        }
    }
}

fn cause(reason: &str) -> Cause {
    Cause { filing_id: None, reason: reason.to_owned() }
}

pub(super) fn spell_of(row: &SpellRow) -> Spell {
    Spell {
        insured_number: row.insured_number,
        health_insurance: row.health_insurance,
        employees_pension: row.employees_pension,
        short_time_worker: row.short_time_worker,
        two_workplaces: row.two_workplaces,
        acquired_on: row.valid_from,
        lost_on: row.valid_to,
        end_cause: row.end_cause,
        cause: cause(&row.reason),
    }
}

fn standard_of(row: &StandardFact) -> Result<Standard, StoreError> {
    let decision = Decision::from_code(&row.decision);
    Ok(Standard {
        remuneration: Yen::new(row.monthly_remuneration_yen),
        hi: Yen::new(i64::from(row.hi_standard_yen)),
        epi: Yen::new(i64::from(row.epi_standard_yen)),
        decision: decision.ok_or(StoreError::Unreadable { what: "standard_remunerations.decision" })?,
        from: Month::of(row.valid_from),
        until: row.valid_to.map(Month::of),
        cause: cause(&row.reason),
    })
}

fn bonus_of(row: &BonusFact) -> BonusPaid {
    BonusPaid { paid_on: row.valid_from, amount: Yen::new(row.amount_yen), cause: cause(&row.reason) }
}
