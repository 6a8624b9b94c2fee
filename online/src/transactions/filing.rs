//! 届書の受付 — what the two forms share: form → check → lock → record → decide → receipt, in one transaction.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::paper::Filed;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use store::employers::Employer;
use store::filings::{By, NewFiling, NewStep, Reception, Step, Whose};
use store::my_number::{FiledNumber, Keys};
use store::{Db, employers, examination, filings, my_number};
use tracing::Span;
use utoipa::ToSchema;

use super::examine::{self, Known, Names};
use super::{paper, person_filing};
use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::{Problem, Refusal, TerminalError};
use crate::extract::Pairs;
use crate::filing_form::{Asks, Typed};
use crate::pages::form::{Form, Values};
use crate::pages::{self, Esc, receipt_html};
use crate::purpose::Purpose;
use crate::session::Token;

/// Header with the sender's own key of a filing.
const KEY_HEADER: &str = "idempotency-key";
const KEY_LENGTH_MAX: usize = 64;

/// 受付票 — what the sender is told.
#[derive(Clone, Serialize, ToSchema)]
pub struct Receipt {
    /// 受付番号.
    pub reception_number: String,
    /// 様式コード.
    pub form_code: String,
    /// 業務日付.
    #[schema(value_type = String, format = Date)]
    pub business_on: Date,
    /// The key was known: this is the first reception again.
    pub repeated: bool,
    /// 注意: taken all the same.
    pub warnings: Vec<Problem>,
    /// 審査で人が確かめること.
    pub remark: Option<String>,
    /// 計算の明細 that the filing leads to; not on a repeat.
    #[schema(value_type = Option<Object>)]
    pub calculation: Option<law::Receipt>,
}

/// `POST /api/filings/…`.
pub(crate) async fn by_api(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    spec: &'static dyn Asks,
    headers: &HeaderMap,
    body: Map<String, Value>,
) -> Result<Response, TerminalError> {
    let key = sender_key(headers)?;
    let values = spec.values(body)?;
    let receipt = submit(app, clerk, audit, spec, &key, &values).await?;
    let status = if receipt.repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(receipt)).into_response())
}

fn sender_key(headers: &HeaderMap) -> Result<String, TerminalError> {
    let key = headers.get(KEY_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    is_key(key).then(|| key.to_owned()).ok_or(TerminalError::KeyMissing)
}

fn is_key(key: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=KEY_LENGTH_MAX).contains(&key.len()) && key.bytes().all(allowed)
}

/// 受付, counted by form and outcome.
async fn submit(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    spec: &'static dyn Asks,
    key: &str,
    values: &Values,
) -> Result<Receipt, TerminalError> {
    let outcome = take(app, clerk, audit, spec, key, values).await;
    let word = match &outcome {
        Ok(receipt) if receipt.repeated => "repeated",
        Ok(_) => "received",
        Err(error) => error.code(),
    };
    app.0.metrics.filing(spec.form_code(), word);
    outcome
}

/// 検査の済んだ届: what goes into the transaction.
struct Checked {
    filing: Filed,
    warnings: Vec<Problem>,
    payload: Value,
    my_number_sealed: Option<Vec<u8>>,
    business_on: Date,
}

/// What is stored of it, before any connection is asked for.
fn check(app: &App, filing: Filed, warnings: Vec<Problem>, business_on: Date) -> Result<Checked, TerminalError> {
    let payload = payload_of(&filing)?;
    let my_number_sealed = seal(app, &filing)?;
    Ok(Checked { filing, warnings, payload, my_number_sealed, business_on })
}

async fn take(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    spec: &'static dyn Asks,
    key: &str,
    values: &Values,
) -> Result<Receipt, TerminalError> {
    audit.purpose()?;
    let business_on = app.0.config.business_day();
    match spec.read(values, business_on)? {
        (Typed::Employer(filing), warnings) => {
            take_of_employer(app, clerk, audit, key, check(app, filing, warnings, business_on)?).await
        }
        (Typed::Person(filing), _) => person_filing::take(app, clerk, audit, key, &filing).await,
    }
}

async fn take_of_employer(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    key: &str,
    checked: Checked,
) -> Result<Receipt, TerminalError> {
    let filing = &checked.filing;
    let keys = app.0.config.my_number_keys.as_ref();
    let mut client = app.client().await?;
    let transaction = client.transaction().await?;
    // Two senders of one filing meet at the employer. Statements that do not need each other travel together.
    let (employer, person) = tokio::join!(
        employers::lock_by_symbol(&transaction, filing.employer()),
        examine::person(&transaction, keys, filing)
    );
    let (employer, person) = (employer?.ok_or_else(unknown_employer)?, person?);
    audit.subject(format!("employer:{}", employer.employer_id));
    in_charge(&transaction, clerk, &employer.office_code).await?;
    same_office_number(filing, &employer.office_number)?;
    let sender = format!("clerk:{}", clerk.id());
    let new = new_filing(clerk, &employer, &checked, (&sender, key));
    let names = Names::of(filing, keys);
    let (pending, covers, reception) = tokio::join!(
        examination::pending(&transaction, employer.employer_id, new.form_code, names.about(), (&sender, key)),
        examine::covers(&transaction, &employer, filing, person.as_ref()),
        filings::receive(&transaction, &new)
    );
    let reception = reception?;
    if reception.repeated {
        name_reception(audit, &reception);
        same_content(app, &transaction, &reception, filing).await?;
        return Ok(receipt_of(&checked, &reception));
    }
    let examined = match filing {
        Filed::Official(filing) => examine::decide(filing, &Known { person, covers: covers?, pending: pending? })?,
        Filed::Paper(filing) => paper::examine(&transaction, &employer, filing, &pending?, checked.business_on).await?,
    };
    name_reception(audit, &reception);
    record(&transaction, clerk, &checked, &reception, keys).await?;
    audit.with_commit(async { Ok(transaction.commit().await?) }).await?;
    let receipt = receipt_of(&checked, &reception);
    Ok(Receipt { remark: examined.remark, calculation: examined.receipt, ..receipt })
}

fn new_filing<'a>(
    clerk: &Clerk,
    employer: &'a Employer,
    checked: &'a Checked,
    (sender, sender_key): (&'a str, &'a str),
) -> NewFiling<'a> {
    NewFiling {
        form_code: checked.filing.form_code(),
        channel: "counter",
        office_code: &employer.office_code,
        whose: Whose::Employer(employer.employer_id),
        insured_number: examine::insured_number(&checked.filing),
        payload: &checked.payload,
        my_number_sealed: checked.my_number_sealed.as_deref(),
        sender,
        sender_key,
        media_file_id: None,
        media_line: None,
        business_on: checked.business_on,
        received_by: Some(clerk.id()),
    }
}

pub(super) fn name_reception(audit: &Audit, reception: &Reception) {
    audit.subject(format!("filing:{}", reception.reception_number));
    Span::current().record("reception_number", &reception.reception_number);
}

fn receipt_of(checked: &Checked, reception: &Reception) -> Receipt {
    Receipt {
        reception_number: reception.reception_number.clone(),
        form_code: checked.filing.form_code().to_owned(),
        business_on: checked.business_on,
        repeated: reception.repeated,
        warnings: checked.warnings.clone(),
        remark: None,
        calculation: None,
    }
}

/// 受付 and 入力 of the course, and the 個人番号 beside the filing.
async fn record(
    db: &impl Db,
    clerk: &Clerk,
    checked: &Checked,
    reception: &Reception,
    keys: Option<&Keys>,
) -> Result<(), TerminalError> {
    let by = By::Clerk(clerk.id());
    let steps = [NewStep { step: Step::Received, by, note: None }, NewStep { step: Step::Entered, by, note: None }];
    filings::append_steps(db, &[reception.filing_id], &steps).await?;
    if let (Some(number), Some(keys), Some(sealed)) = (checked.filing.my_number(), keys, &checked.my_number_sealed) {
        let (filing_id, index) = (reception.filing_id, keys.index(&number));
        my_number::record_filed(db, &[FiledNumber { filing_id, column_no: 0, index, sealed: sealed.clone() }]).await?;
    }
    Ok(())
}

/// The content without 個人番号: that lies sealed beside it.
fn payload_of(filing: &Filed) -> Result<Value, TerminalError> {
    filing.payload().map_err(|error| {
        tracing::error!(%error, "a filing cannot be written as JSON");
        TerminalError::Broken(None)
    })
}

fn seal(app: &App, filing: &Filed) -> Result<Option<Vec<u8>>, TerminalError> {
    let Some(number) = filing.my_number() else { return Ok(None) };
    let Some(keys) = &app.0.config.my_number_keys else {
        let reason = "この端末では個人番号を扱えません。基礎年金番号で届け出るか、運用担当者に連絡してください";
        return Err(TerminalError::field("my_number", "個人番号", "my_number_not_handled", reason));
    };
    keys.seal(&number).map(Some).map_err(|error| {
        tracing::error!(%error, "a number cannot be sealed");
        TerminalError::Broken(None)
    })
}

fn unknown_employer() -> TerminalError {
    let reason = "この事業所整理記号の事業所はありません。記号を確かめてください";
    TerminalError::field("employer_symbol", "事業所整理記号", "employer_unknown", reason)
}

/// 管轄の確認; the name of the office is only asked for when it has to be told.
pub(crate) async fn in_charge(db: &impl Db, clerk: &Clerk, office_code: &str) -> Result<(), TerminalError> {
    if clerk.reaches(office_code) {
        return Ok(());
    }
    let office = store::clerks::office(db, office_code).await?;
    let name = office.map(|office| office.name).unwrap_or_else(|| "管轄の年金事務所".to_owned());
    clerk.must_reach(office_code, &name)
}

fn same_office_number(filing: &Filed, known: &str) -> Result<(), TerminalError> {
    let typed = filing.office_number();
    if typed.is_none() || typed == known.parse().ok() {
        return Ok(());
    }
    let reason = "この事業所整理記号の事業所番号と違います。番号を確かめてください";
    Err(TerminalError::field("office_number", "事業所番号", "office_number_differs", reason))
}

/// A repeat must say what was said the first time, 個人番号 included.
async fn same_content(app: &App, db: &impl Db, reception: &Reception, filing: &Filed) -> Result<(), TerminalError> {
    let first = filings::find(db, reception.filing_id).await?;
    let sealed = first.and_then(|first| first.my_number_sealed);
    let known = match (&sealed, &app.0.config.my_number_keys) {
        (Some(sealed), Some(keys)) => keys.open(sealed).ok(),
        _ => None,
    };
    match reception.same_content && known == filing.my_number() {
        true => Ok(()),
        false => Err(TerminalError::KeyReused),
    }
}

fn form_page(
    app: &App,
    clerk: &Clerk,
    spec: &'static dyn Asks,
    key: &str,
    values: &Values,
    problems: &[Problem],
) -> Response {
    let form = Form {
        action: spec.path(),
        button: "届を受け付ける",
        groups: spec.groups(),
        hidden: &[("sender_key", key)],
        purposes: Some((&app.0.config.purposes, Purpose::Filing)),
    };
    pages::page(StatusCode::OK, Some(clerk), spec.title(), form.html(values, problems))
}

pub(super) fn blank_form(app: &App, clerk: &Clerk, spec: &'static dyn Asks) -> Result<Response, TerminalError> {
    Ok(form_page(app, clerk, spec, &Token::random()?.text(), &Values::new(), &[]))
}

pub(super) async fn by_page(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    spec: &'static dyn Asks,
    pairs: Pairs,
) -> Response {
    let values = pairs.values();
    let key = values.get("sender_key").filter(|key| is_key(key)).cloned();
    let Some(key) = key else { return TerminalError::KeyMissing.into_response() };
    match submit(app, clerk, audit, spec, &key, &values).await {
        Ok(receipt) => receipt_page(clerk, spec, &receipt),
        Err(error) => {
            let problems = error.problems();
            if problems.is_empty() {
                return error.into_response();
            }
            let page = form_page(app, clerk, spec, &key, &values, &problems);
            Refusal::on_page(error, page)
        }
    }
}

fn receipt_page(clerk: &Clerk, spec: &dyn Asks, receipt: &Receipt) -> Response {
    let repeated = if receipt.repeated {
        "<p>前に受け付けた届と同じです。二重には受け付けていません。</p>"
    } else {
        ""
    };
    let mut body = format!(
        "<div class=\"notice\" role=\"status\"><p>{title}を受け付けました。</p>\n\
         <p>受付番号 <span class=\"number\">{number}</span></p>{repeated}</div>\n",
        title = spec.title(),
        number = Esc(&receipt.reception_number),
    );
    for warning in &receipt.warnings {
        body.push_str(&format!("<p>注意 {}: {}</p>\n", Esc(&warning.item), Esc(&warning.reason)));
    }
    if let Some(remark) = &receipt.remark {
        body.push_str(&format!("<p>審査で確認: {}</p>\n", Esc(remark)));
    }
    body.push_str(&format!(
        "<p class=\"actions\"><a class=\"button\" href=\"{path}\" autofocus accesskey=\"s\">続けて入力する</a> \
         <a href=\"/filings?reception_number={number}\">この届の経過</a></p>\n",
        path = spec.path(),
        number = Esc(&receipt.reception_number),
    ));
    if let Some(calculation) = &receipt.calculation {
        body.push_str(&receipt_html("計算の明細", calculation));
    }
    pages::page(StatusCode::CREATED, Some(clerk), &format!("{} 受付", spec.title()), body)
}
