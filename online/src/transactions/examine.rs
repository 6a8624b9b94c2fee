//! 審査 — a filing held against what is known: the rule of `law` decides, here the facts are only put together.

use domain::nenkin::{CoverageEnd, Enrolment, Filing, InsuredKind};
use domain::paper::Filed;
use domain::{Month, Yen};
use law::employees_insurance::application::{
    self, Cause, CoverageEndFiling, EnrolmentFiling, InsuredFacts, NotApplied, Spell,
};
use law::{Receipt, Trace};
use serde_json::{Value, json};
use store::Db;
use store::employers::Employer;
use store::examination::{self, About, CoverFact, PendingFiling, PersonFact};
use store::my_number::Keys;

use crate::error::{TerminalError, already_insured, insured_number_taken};

/// What is known about the person and the employer that a filing speaks of.
pub(crate) struct Known {
    pub person: Option<PersonFact>,
    pub covers: Vec<CoverFact>,
    pub pending: Vec<PendingFiling>,
}

/// 審査の結果.
pub(crate) struct Examined {
    /// The calculation that the filing leads to, where the rule answers.
    pub receipt: Option<Receipt>,
    /// What a person must look at before deciding.
    pub remark: Option<String>,
}

/// The person that the filing names by number.
pub(crate) async fn person(
    db: &impl Db,
    keys: Option<&Keys>,
    filing: &Filed,
) -> Result<Option<PersonFact>, TerminalError> {
    let insured = filing.insured();
    if let Some(number) = &insured.basic_pension_number {
        let found = examination::persons_by_pension_number(db, &[number.digits()]).await?;
        return Ok(found.into_iter().next().map(|(_, person)| person));
    }
    let (Some(number), Some(keys)) = (&insured.my_number, keys) else { return Ok(None) };
    let found = examination::persons_by_my_number(db, &[&keys.index(number)]).await?;
    Ok(found.into_iter().next().map(|(_, person)| person))
}

/// Spells at the employer of this person or under this insured number.
pub(crate) async fn covers(
    db: &impl Db,
    employer: &Employer,
    filing: &Filed,
    person: Option<&PersonFact>,
) -> Result<Vec<CoverFact>, TerminalError> {
    let numbers: Vec<i32> = insured_number(filing).into_iter().collect();
    let persons: Vec<i64> = person.into_iter().map(|person| person.person_id).collect();
    if numbers.is_empty() && persons.is_empty() {
        return Ok(Vec::new());
    }
    Ok(examination::covers(db, &[employer.employer_id], &numbers, &persons).await?)
}

/// How the filing names its person; the texts live here so that [`About`] can point at them.
pub(crate) struct Names {
    insured_number: Option<i32>,
    pension_number: Option<String>,
    my_number_index: Option<[u8; 32]>,
}

impl Names {
    pub(crate) fn of(filing: &Filed, keys: Option<&Keys>) -> Names {
        let insured = filing.insured();
        Names {
            insured_number: insured_number(filing),
            pension_number: insured.basic_pension_number.map(|number| number.to_string()),
            my_number_index: insured.my_number.zip(keys).map(|(number, keys)| keys.index(&number)),
        }
    }

    pub(crate) fn about(&self) -> About<'_> {
        About {
            insured_number: self.insured_number,
            pension_number: self.pension_number.as_deref(),
            my_number_index: self.my_number_index.as_ref().map(<[u8; 32]>::as_slice),
        }
    }
}

/// 被保険者整理番号 as the store counts it.
pub(crate) fn insured_number(filing: &Filed) -> Option<i32> {
    filing.insured().insured_number.and_then(|number| i32::try_from(number).ok())
}

/// 審査.
///
/// # Errors
/// `Invalid` — the field that does not fit what is known; the clerk corrects it.
pub(crate) fn decide(filing: &Filing, known: &Known) -> Result<Examined, TerminalError> {
    same_person(filing, known)?;
    match filing {
        Filing::Enrolment(enrolment) => decide_enrolment(enrolment, known),
        Filing::CoverageEnd(end) => decide_coverage_end(end, known),
        _ => Ok(Examined {
            receipt: None, remark: Some("この様式の審査は担当者が行ってください".to_owned())
        }),
    }
}

/// The number belongs to somebody born on another day: one of the two was mistyped.
fn same_person(filing: &Filing, known: &Known) -> Result<(), TerminalError> {
    match &known.person {
        Some(person) if person.birth_on != filing.insured().born_on => {
            let reason = "この番号の方の記録と生年月日が違います。番号と生年月日を確かめてください";
            Err(TerminalError::field("birth_on", "生年月日", "person_differs", reason))
        }
        _ => Ok(()),
    }
}

fn decide_enrolment(enrolment: &Enrolment, known: &Known) -> Result<Examined, TerminalError> {
    match known.pending.first() {
        Some(pending) if pending.same_insured_number => {
            let reason = format!(
                "この番号の資格取得届を受付中です (受付番号 {})。経過を確かめてください",
                pending.reception_number
            );
            return Err(TerminalError::field("insured_number", "被保険者整理番号", "insured_number_pending", reason));
        }
        Some(pending) => {
            let reason = format!(
                "この方の資格取得届を受付中です (受付番号 {})。経過を確かめてください",
                pending.reception_number
            );
            return Err(TerminalError::field("basic_pension_number", "基礎年金番号", "already_filed", reason));
        }
        None => {}
    }
    let number = enrolment.insured.insured_number.and_then(|number| i32::try_from(number).ok());
    let same_number = |cover: &&CoverFact| Some(cover.insured_number) == number;
    let own =
        |cover: &&CoverFact| known.person.as_ref().is_some_and(|person| person.person_id == cover.person.person_id);
    let others: Vec<Spell> = known.covers.iter().filter(own).map(spell_of).collect();
    let asked = EnrolmentFiling {
        birth_on: enrolment.insured.born_on,
        acquired_on: enrolment.acquired_on,
        acquisition_kind: enrolment.acquisition.map(|kind| kind.code()),
        special_kind: !matches!(enrolment.kind, None | Some(InsuredKind::Male | InsuredKind::Female)),
        only_over70: enrolment.over_70_form_only,
        short_time_worker: enrolment.short_time_worker,
        two_workplaces: enrolment.two_workplaces,
        remuneration: enrolment.monthly_remuneration_yen,
        insured_number: number.unwrap_or_default(),
    };
    let mut trace = Trace::new();
    let taken = known.covers.iter().any(|cover| same_number(&cover));
    match application::enrolment(&asked, &others, taken, &cause(), &mut trace) {
        Ok(applied) => {
            Ok(Examined { receipt: Some(enrolment_receipt(trace, &applied.facts)), remark: applied.no_effect })
        }
        Err(NotApplied::Held(reason)) => match reason.code {
            "already_insured" => Err(already_insured()),
            "insured_number_taken" => Err(insured_number_taken()),
            "special_kind" | "acquisition_kind" => Ok(Examined { receipt: None, remark: Some(reason.message) }),
            code => Err(TerminalError::field("acquired_on", "資格取得年月日", code, reason.message)),
        },
        Err(NotApplied::Rejected(reason)) => {
            Err(TerminalError::field("acquired_on", "資格取得年月日", reason.code, reason.message))
        }
    }
}

fn enrolment_receipt(trace: Trace, facts: &InsuredFacts) -> Receipt {
    let standard = facts.standards.first();
    let yen = |amount: Option<Yen>| amount.map(Yen::get).unwrap_or_default();
    let result = json!({
        "hi_standard_yen": yen(standard.map(|standard| standard.hi)),
        "epi_standard_yen": yen(standard.map(|standard| standard.epi)),
        "from": standard.map(|standard| standard.from).unwrap_or(Month::of(facts.spell.acquired_on)),
    });
    trace.into_receipt("資格取得時決定", Value::Null, result)
}

fn decide_coverage_end(end: &CoverageEnd, known: &Known) -> Result<Examined, TerminalError> {
    let wrong =
        |field: &str, item: &str, code: &str, reason: String| Err(TerminalError::field(field, item, code, reason));
    if let Some(pending) = known.pending.first() {
        let reason =
            format!("この方の資格喪失届を受付中です (受付番号 {})。経過を確かめてください", pending.reception_number);
        return wrong("insured_number", "被保険者整理番号", "already_filed", reason);
    }
    let number = end.insured.insured_number.and_then(|number| i32::try_from(number).ok());
    let by_number = known.covers.iter().filter(|cover| number.is_none_or(|number| cover.insured_number == number));
    let Some(cover) = by_number.max_by_key(|cover| cover.acquired_on) else {
        let reason = "この事業所にこの被保険者の資格がありません。事業所整理記号と被保険者整理番号を確かめてください";
        return wrong("insured_number", "被保険者整理番号", "not_insured", reason.to_owned());
    };
    if cover.person.birth_on != end.insured.born_on {
        let reason = "この被保険者整理番号の方と生年月日が違います。番号と生年月日を確かめてください";
        return wrong("birth_on", "生年月日", "person_differs", reason.to_owned());
    }
    let Some(lost_on) = end.lost_on.or_else(|| end.over_70_ceased_on.and_then(|day| day.tomorrow().ok())) else {
        return wrong("lost_on", "資格喪失年月日", "lost_on_missing", "資格喪失年月日を入力してください".to_owned());
    };
    let asked =
        CoverageEndFiling { lost_on, end_cause: i16::from(end.cause.code()), only_over70: end.over_70_form_only };
    let facts = InsuredFacts {
        birth_on: cover.person.birth_on,
        spell: spell_of(cover),
        standards: Vec::new(),
        bonuses: Vec::new(),
    };
    let mut trace = Trace::new();
    match application::coverage_end(&asked, &facts, &cause(), &mut trace) {
        Ok(applied) => {
            let result = json!({ "lost_on": lost_on });
            Ok(Examined {
                receipt: Some(trace.into_receipt("資格喪失", Value::Null, result)),
                remark: applied.no_effect,
            })
        }
        Err(NotApplied::Held(reason)) if reason.code == "health_insurance_goes_on" => {
            Ok(Examined { receipt: None, remark: Some(reason.message) })
        }
        Err(refused) => {
            let reason = refused.reason();
            wrong("lost_on", "資格喪失年月日", reason.code, reason.message.clone())
        }
    }
}

/// What the rules ask of a spell here: number and days. The schemes do not matter before the night.
fn spell_of(cover: &CoverFact) -> Spell {
    Spell {
        insured_number: cover.insured_number,
        health_insurance: false,
        employees_pension: false,
        short_time_worker: false,
        two_workplaces: false,
        acquired_on: cover.acquired_on,
        lost_on: cover.lost_on,
        end_cause: None,
        cause: cause(),
    }
}

fn cause() -> Cause {
    Cause { filing_id: None, reason: "審査".to_owned() }
}
