//! 所属選択の審査 — a choice among offices held against the spells that it names, by the rule that the night will apply.

use domain::paper::{HealthInsurer, OtherWorkplace, PaperForm, WorkplaceSelection};
use domain::{EmployerSymbol, Month, Yen};
use jiff::civil::Date;
use law::employees_insurance::application::{self, NotApplied, OfficeFacts, Selected, Selection, Spell};
use law::employees_insurance::two_workplaces::selection_deadline;
use law::{Receipt, Trace};
use serde_json::{Value, json};
use store::Db;
use store::coverage::{self, Spell as SpellRow};
use store::employers::Employer;
use store::examination::PendingFiling;
use store::night::applications;
use store::night::selections;

use super::examine::Examined;
use super::paper::{on_its_way, spell_of};
use crate::error::TerminalError;

/// One office of the filing.
struct Office {
    row: SpellRow,
    spell: Spell,
    remuneration: Option<Yen>,
}

/// 審査.
///
/// # Errors
/// `Invalid` — nobody insured under a number, another day of birth, or what the rule says; while another filing of the
/// person is on its way, that is only a remark.
pub(super) async fn examine(
    db: &impl Db,
    employer: &Employer,
    filing: &WorkplaceSelection,
    pending: &[PendingFiling],
    business_on: Date,
) -> Result<Examined, TerminalError> {
    let month = Month::of(filing.since);
    let number = filing.insured.insured_number.unwrap_or_default();
    let own = office(db, employer, number, month).await?;
    let Some(own) = own else {
        return Err(not_insured("insured_number", "被保険者整理番号", &filing.employer));
    };
    let births = applications::births(db, &[own.row.person_id]).await?;
    if births.first().map(|(_, birth_on)| *birth_on) != Some(filing.insured.born_on) {
        let reason = "この被保険者整理番号の方と生年月日が違います。番号と生年月日を確かめてください";
        return Err(TerminalError::field("birth_on", "生年月日", "person_differs", reason));
    }
    let mut offices = vec![own];
    for (other, field) in filing.others.iter().zip(["other_1_symbol", "other_2_symbol", "other_3_symbol"]) {
        let found = elsewhere(db, other, month).await?;
        offices.push(found.ok_or_else(|| not_insured(field, "選択しない事業所", &other.employer))?);
    }
    let person_id = offices[0].row.person_id;
    let facts: Vec<OfficeFacts<'_>> = offices
        .iter()
        .map(|office| OfficeFacts {
            spell_id: office.row.spell_id,
            spell: &office.spell,
            same_person: office.row.person_id == person_id,
            remuneration: office.remuneration,
        })
        .collect();
    let standing = standing(db, person_id).await?;
    let mut trace = Trace::new();
    let asked = (filing.since, filing.insurer);
    match (application::workplace_selection(asked, &facts, standing.as_ref(), &mut trace), pending.first()) {
        (Ok(selected), pending) => {
            let late = selection_deadline(filing.since, &mut Trace::new())? < business_on;
            let late = late.then(|| "届出期限 (二以上の事業所に使用された日から10日) を過ぎています".to_owned());
            let remark = selected.no_effect.clone().or_else(|| pending.map(on_its_way)).or(late);
            Ok(Examined { receipt: Some(receipt(&selected, trace)), remark })
        }
        (Err(why), Some(pending)) => {
            let remark = format!("{}。{}", on_its_way(pending), why.reason().message);
            Ok(Examined { receipt: None, remark: Some(remark) })
        }
        (Err(why), None) => Err(refused(&why)),
    }
}

fn refused(why: &NotApplied) -> TerminalError {
    let reason = why.reason();
    let (field, item) = match reason.code {
        "since_differs" | "not_at_once" | "before_standing" => {
            ("since", "二以上の事業所に使用されることとなった年月日")
        }
        _ => ("other_1_symbol", "選択しない事業所"),
    };
    TerminalError::field(field, item, reason.code, reason.message.clone())
}

fn not_insured(field: &'static str, item: &'static str, employer: &EmployerSymbol) -> TerminalError {
    let reason =
        format!("事業所 {employer} にこの番号の被保険者はいません。事業所整理記号と被保険者整理番号を確かめてください");
    TerminalError::field(field, item, "not_insured", reason)
}

async fn office(
    db: &impl Db,
    employer: &Employer,
    insured_number: u32,
    month: Month,
) -> Result<Option<Office>, TerminalError> {
    let number = i32::try_from(insured_number).unwrap_or_default();
    let found = coverage::spell_of_number(db, employer.prefecture_code, employer.employer_id, number).await?;
    let Some(row) = found else { return Ok(None) };
    let standards = coverage::remunerations_of_spell(db, &row, None).await?;
    let holds = standards
        .iter()
        .find(|standard| standard.from_month <= month && standard.to_month.is_none_or(|end| month < end));
    let remuneration = holds.map(|standard| Yen::new(standard.monthly_remuneration_yen));
    Ok(Some(Office { spell: spell_of(&row), row, remuneration }))
}

async fn elsewhere(db: &impl Db, other: &OtherWorkplace, month: Month) -> Result<Option<Office>, TerminalError> {
    match store::employers::find_by_symbol(db, &other.employer).await? {
        Some(employer) => office(db, &employer, other.insured_number, month).await,
        None => Ok(None),
    }
}

/// The choice on record.
async fn standing(db: &impl Db, person_id: i64) -> Result<Option<Selection>, TerminalError> {
    let rows = selections::standing(db, &[person_id]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let insurer = if first.health_society { HealthInsurer::Society } else { HealthInsurer::Association };
    let spells = rows.iter().map(|row| row.spell_id).collect();
    Ok(Some(Selection { since: first.valid_from, insurer, spells }))
}

fn receipt(selected: &Selected, trace: Trace) -> Receipt {
    let result = json!({
        "since": selected.selection.since,
        "insurer": selected.selection.insurer.name_ja(),
        "offices": selected.selection.spells.len(),
        "remuneration_yen": selected.remuneration,
    });
    trace.into_receipt(PaperForm::WorkplaceSelection.name_ja(), Value::Null, result)
}
