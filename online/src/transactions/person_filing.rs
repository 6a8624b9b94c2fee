//! 人の届の受付 — form → check → lock the person → record → hold against the registers → receipt, in one transaction. The
//! rule of `law` that the night will apply answers at the counter already; two clerks decide, always.

use domain::life::register::Register;
use domain::person_paper::{PersonContent, PersonFiling, PersonForm};
use jiff::civil::Date;
use law::Trace;
use law::person_filing::{self, Circumstances, Deceased, Unfit};
use serde_json::{Value, json};
use store::filings::{By, Filing, NewFiling, NewStep, Step, Whose};
use store::lives::{self, Persons};
use store::{Db, StoreError, examination, filings, registers, splits};

use super::examine::Examined;
use super::filing::{Receipt, name_reception};
use super::pension_forms;
use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::TerminalError;

/// 受付.
///
/// # Errors
/// `Invalid` — nobody has the number, or the filing does not fit the registers; while an earlier filing of the person is on
/// its way, that is only a remark. `KeyReused` — the key was used for another content.
pub(super) async fn take(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    key: &str,
    filing: &PersonFiling,
) -> Result<Receipt, TerminalError> {
    let business_on = app.0.config.business_day();
    let payload = filing.payload().map_err(|error| {
        tracing::error!(%error, "a filing cannot be written as JSON");
        TerminalError::Broken(None)
    })?;
    let mut client = app.client().await?;
    let transaction = client.transaction().await?;
    let number = filing.insured.basic_pension_number.ok_or_else(unknown_person)?;
    let person_id = examination::lock_person(&transaction, number.digits()).await?.ok_or_else(unknown_person)?;
    audit.subject(format!("person:{person_id}"));
    let sender = format!("clerk:{}", clerk.id());
    let new = new_filing(clerk, filing, &payload, person_id, (&sender, key), business_on);
    let reception = filings::receive(&transaction, &new).await?;
    name_reception(audit, &reception);
    let receipt = Receipt {
        reception_number: reception.reception_number.clone(),
        form_code: filing.form().code().to_owned(),
        business_on,
        repeated: reception.repeated,
        warnings: Vec::new(),
        remark: None,
        calculation: None,
    };
    if reception.repeated {
        return if reception.same_content { Ok(receipt) } else { Err(TerminalError::KeyReused) };
    }
    let register = register_of(&transaction, person_id).await?;
    let named = Named::find(&transaction, filing, &register).await?;
    named.audit(audit);
    let examined = examine(&transaction, filing, (register, &named), reception.filing_id, business_on).await?;
    let by = By::Clerk(clerk.id());
    let steps = [NewStep { step: Step::Received, by, note: None }, NewStep { step: Step::Entered, by, note: None }];
    filings::append_steps(&transaction, &[reception.filing_id], &steps).await?;
    audit.with_commit(async { Ok(transaction.commit().await?) }).await?;
    Ok(Receipt { remark: examined.remark, calculation: examined.receipt, ..receipt })
}

fn unknown_person() -> TerminalError {
    let reason = "この基礎年金番号の方はいません。番号を確かめてください";
    TerminalError::field("basic_pension_number", "基礎年金番号", "person_unknown", reason)
}

fn new_filing<'a>(
    clerk: &'a Clerk,
    filing: &PersonFiling,
    payload: &'a Value,
    person_id: i64,
    (sender, sender_key): (&'a str, &'a str),
    business_on: Date,
) -> NewFiling<'a> {
    NewFiling {
        form_code: filing.form().code(),
        channel: if filing.form() == PersonForm::Relief { "municipality" } else { "counter" },
        // A person files at any office; the one that receives it is in charge.
        office_code: &clerk.0.office_code,
        whose: Whose::Person(person_id),
        insured_number: None,
        payload,
        my_number_sealed: None,
        sender,
        sender_key,
        media_file_id: None,
        media_line: None,
        business_on,
        received_by: Some(clerk.id()),
    }
}

/// 審査 of a filing as it was received.
///
/// # Errors
/// As [`take`].
pub(super) async fn examine_stored(
    db: &impl Db,
    filing: &Filing,
    person_id: i64,
    business_on: Date,
) -> Result<Examined, TerminalError> {
    let content = PersonFiling::read(&filing.payload).map_err(|error| {
        tracing::error!(%error, filing_id = filing.filing_id, "a stored filing cannot be read");
        TerminalError::Broken(None)
    })?;
    let register = register_of(db, person_id).await?;
    let named = Named::find(db, &content, &register).await?;
    examine(db, &content, (register, &named), filing.filing_id, business_on).await
}

async fn register_of(db: &impl Db, person_id: i64) -> Result<Register, TerminalError> {
    registers::read(db, &[person_id]).await?.remove(&person_id).ok_or_else(unknown_person)
}

async fn examine(
    db: &impl Db,
    filing: &PersonFiling,
    (before, named): (Register, &Named),
    filing_id: i64,
    business_on: Date,
) -> Result<Examined, TerminalError> {
    let pending = examination::pending_of_person(db, before.person_id, filing_id).await?;
    let (mut other, mut pending_of_other) = (None, Vec::new());
    if let Some(other_person_id) = named.other_person_id {
        pending_of_other = examination::pending_of_person(db, other_person_id, filing_id).await?;
        other = registers::read(db, &[other_person_id]).await?.remove(&other_person_id);
    }
    let before_other = other.clone();
    let circumstances = Circumstances {
        claimant_person_id: named.claimant_person_id,
        deceased: named.deceased.as_ref(),
        ..Circumstances::of(business_on, filing_id)
    };
    let (mut after, mut trace) = (before.clone(), Trace::new());
    let on_its_way = pending.first().map(|number| format!("この方の届を受付中です (受付番号 {number})"));
    let of_other = pending_of_other.first();
    let on_its_way =
        on_its_way.or_else(|| of_other.map(|number| format!("相手方の届を受付中です (受付番号 {number})")));
    let both = (&mut after, other.as_mut());
    match (person_filing::apply_with(filing, both, &circumstances, &mut trace), on_its_way) {
        (Ok(applied), on_its_way) => {
            let changes = before.changes(&after);
            let of_other = before_other.as_ref().zip(other.as_ref()).map(|(before, after)| before.changes(after));
            let written = changes.new_rows() + of_other.map_or(0, |changes| changes.new_rows());
            let result = json!({ "rows_ended": changes.gone_rows(), "rows_written": written });
            let remarks: Vec<String> = applied.remarks.into_iter().chain(on_its_way).collect();
            Ok(Examined {
                receipt: Some(trace.into_receipt(filing.form().name_ja(), Value::Null, result)),
                remark: (!remarks.is_empty()).then(|| remarks.join("。")),
            })
        }
        (Err(why), Some(on_its_way)) => {
            Ok(Examined { receipt: None, remark: Some(format!("{on_its_way}。{}", why.message)) })
        }
        (Err(why), None) => Err(refused(filing.form(), &why)),
    }
}

fn refused(form: PersonForm, why: &Unfit) -> TerminalError {
    let fields = pension_forms::spec_of(form).groups.iter().flat_map(|group| group.fields);
    let (field, item) = match fields.into_iter().find(|field| field.name == why.about) {
        Some(field) => (field.name, field.label),
        None => ("basic_pension_number", "基礎年金番号"),
    };
    TerminalError::field(field, item, why.code, why.message.clone())
}

/// 届に名のある他の人.
#[derive(Default)]
struct Named {
    /// 未支給年金の請求者.
    claimant_person_id: Option<i64>,
    /// 死亡した人: named by 年金請求書 (遺族給付), of other filings by the claim that stands.
    deceased: Option<Deceased>,
    /// 標準報酬改定請求書の相手方, where the number is known.
    other_person_id: Option<i64>,
}

impl Named {
    async fn find(db: &impl Db, filing: &PersonFiling, register: &Register) -> Result<Named, StoreError> {
        Ok(match (&filing.content, register.survivor.first()) {
            (PersonContent::UnpaidBenefitClaim(claim), _) => match claim.claimant_number {
                Some(number) => Named { claimant_person_id: person_of(db, number.digits()).await?, ..Named::default() },
                None => Named::default(),
            },
            (PersonContent::SurvivorClaim(claim), _) => match person_of(db, claim.deceased_number.digits()).await? {
                Some(person_id) => Named { deceased: deceased(db, person_id).await?, ..Named::default() },
                None => Named::default(),
            },
            (PersonContent::PensionChoice(_) | PersonContent::SurvivorEnd(_), Some(claim)) => {
                Named { deceased: deceased(db, claim.is.deceased_person_id).await?, ..Named::default() }
            }
            (PersonContent::PensionSplit(asked), _) => {
                let found = splits::persons_of(db, &[asked.other_number.digits()]).await?;
                Named { other_person_id: found.into_values().next(), ..Named::default() }
            }
            _ => Named::default(),
        })
    }

    /// Their records are looked at as well.
    fn audit(&self, audit: &Audit) {
        let deceased = self.deceased.as_ref().map(|deceased| deceased.person_id);
        deceased
            .iter()
            .chain(&self.claimant_person_id)
            .chain(&self.other_person_id)
            .for_each(|id| audit.subject(format!("person:{id}")));
    }
}

/// The person of a 基礎年金番号.
async fn person_of(db: &impl Db, number: &str) -> Result<Option<i64>, StoreError> {
    let found = examination::persons_by_pension_number(db, &[number]).await?;
    Ok(found.first().map(|(_, person)| person.person_id))
}

/// The life of who died, with the day that a 死亡届 on its way tells; none of a number that was merged into another.
async fn deceased(db: &impl Db, person_id: i64) -> Result<Option<Deceased>, StoreError> {
    let life = lives::read(db, Persons::one(person_id, None), None).await?.pop();
    let announced_on = examination::death_on_its_way(db, person_id).await?;
    Ok(life.map(|life| Deceased { person_id, life, announced_on }))
}
