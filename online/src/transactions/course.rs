//! 届書経過 — "where is my form", answerable at any office.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::era;
use domain::paper::{self, Filed};
use domain::person_paper::PersonFiling;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::filings::{self, CourseStep, Filing, Whose};
use store::{Db, employers};
use utoipa::ToSchema;

use crate::app::App;
use crate::audit::Audit;
use crate::clerk::{Clerk, Right};
use crate::error::{ErrorBody, Problem, Refusal, TerminalError};
use crate::extract::Pairs;
use crate::pages::form::{Form, Group, Values, text};
use crate::pages::{self, Esc, definitions, receipt_html, table};
use crate::purpose::Purpose;

/// 届書の経過.
#[derive(Serialize, ToSchema)]
pub struct Course {
    /// 受付番号.
    pub reception_number: String,
    /// 様式コード.
    pub form_code: String,
    /// 様式の名.
    pub form_name: String,
    /// 経路.
    pub channel: String,
    /// 受け付けた事務所.
    pub office_code: String,
    /// 事業所整理記号; none of a person's filing.
    pub employer_symbol: Option<String>,
    /// 事業所の名称; none of a person's filing.
    pub employer_name: Option<String>,
    /// 人の届の本人: only for clerks who see the content.
    pub person: Option<CoursePerson>,
    /// 業務日付.
    #[schema(value_type = String, format = Date)]
    pub business_on: Date,
    /// いまの段階.
    pub state: String,
    /// 受付 to 完了.
    pub steps: Vec<StepLine>,
    /// 起案・決裁.
    pub decision: Option<DecisionLine>,
    /// 夜間処理の保留: why the last night did not apply it; null when none held it, or when it waits no more.
    pub held: Option<HeldLine>,
    /// 届の内容: only for clerks of the office in charge who work on filings.
    #[schema(value_type = Option<Object>)]
    pub content: Option<Value>,
}

/// 人の届の本人.
#[derive(Serialize, ToSchema)]
pub struct CoursePerson {
    /// 人.
    pub person_id: i64,
    /// 氏名カナ.
    pub name_kana: String,
    /// 基礎年金番号.
    pub basic_pension_number: Option<String>,
}

/// 経過の一段.
#[derive(Serialize, ToSchema)]
pub struct StepLine {
    /// `received` …
    pub step: &'static str,
    /// 受付 …
    pub name: &'static str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// 事務所コード, or the process that took it.
    pub by: String,
    /// 理由など.
    pub note: Option<String>,
}

/// 決定.
#[derive(Serialize, ToSchema)]
pub struct DecisionLine {
    /// `approved`, `refused`.
    pub outcome: String,
    /// `human`, `automatic_media`.
    pub rule: String,
    /// 起案だけで決裁を待っている.
    pub draft: bool,
    /// 計算の明細.
    #[schema(value_type = Option<Object>)]
    pub receipt: Option<Value>,
}

/// 夜間処理の保留.
#[derive(Serialize, ToSchema)]
pub struct HeldLine {
    /// The night: `N20260817-1`.
    pub run_id: String,
    /// Reason for machines.
    pub code: String,
    /// Reason in Japanese.
    pub message: String,
}

/// 届書の経過を照会する。
#[utoipa::path(
    get, path = "/api/filings/{reception_number}", operation_id = "course_of_filing", tag = "経過と決裁",
    params(
        ("reception_number" = String, Path, description = "受付番号"),
        ("X-Purpose" = String, Header, description = "利用目的"),
    ),
    responses((status = 200, description = "経過", body = Course), (status = 404, description = "見つからない", body = ErrorBody))
)]
pub(crate) async fn course(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(reception_number): Path<String>,
) -> Result<Json<Course>, TerminalError> {
    Ok(Json(follow(&app, &clerk, &audit, &reception_number).await?))
}

/// The filing of a reception number as it is typed.
pub(crate) async fn filing_of(db: &impl Db, audit: &Audit, reception_number: &str) -> Result<Filing, TerminalError> {
    let number = reception_number.trim();
    let found = filings::find_by_reception_number(db, number).await?;
    let filing = found.ok_or(TerminalError::NotFound { what: "この受付番号の届" })?;
    // Only what is a reception number goes into the log, not whatever was typed.
    audit.subject(format!("filing:{}", filing.reception_number));
    tracing::Span::current().record("reception_number", &filing.reception_number);
    Ok(filing)
}

async fn follow(app: &App, clerk: &Clerk, audit: &Audit, reception_number: &str) -> Result<Course, TerminalError> {
    audit.purpose()?;
    let client = app.client().await?;
    let filing = filing_of(&client, audit, reception_number).await?;
    let (steps, decision, held) = tokio::join!(
        filings::course(&client, filing.filing_id),
        filings::decision(&client, filing.filing_id),
        filings::held(&client, filing.filing_id)
    );
    let steps = steps?;
    let works_on_filings = [Right::File, Right::Draft, Right::Approve].into_iter().any(|right| clerk.may(right));
    let sees_content = works_on_filings && clerk.reaches(&filing.office_code);
    let (employer, person) = match filing.whose {
        Whose::Employer(employer_id) => {
            let employer = employers::find(&client, employer_id).await?;
            (Some(employer.ok_or(TerminalError::NotFound { what: "事業所" })?), None)
        }
        Whose::Person(person_id) if sees_content => {
            audit.subject(format!("person:{person_id}"));
            (None, store::persons::find(&client, person_id).await?)
        }
        Whose::Person(_) => (None, None),
    };
    let decision = decision?.map(|decision| DecisionLine {
        draft: decision.is_draft(),
        outcome: decision.outcome,
        rule: decision.rule,
        receipt: decision.receipt.filter(|_| sees_content),
    });
    Ok(Course {
        form_name: form_name(&filing.form_code),
        state: steps.last().map_or("受付", |last| last.step.name()).to_owned(),
        steps: steps.iter().map(step_line).collect(),
        decision,
        held: held?.map(|held| HeldLine { run_id: held.run_id, code: held.code, message: held.message }),
        content: sees_content.then_some(filing.payload),
        reception_number: filing.reception_number,
        form_code: filing.form_code,
        channel: filing.channel,
        office_code: filing.office_code,
        employer_symbol: employer.as_ref().map(|employer| employer.symbol.to_string()),
        employer_name: employer.map(|employer| employer.profile.name),
        person: person.map(|person| CoursePerson {
            person_id: person.person_id,
            name_kana: person.name_kana,
            basic_pension_number: person.pension_number.map(|number| number.to_string()),
        }),
        business_on: filing.business_on,
    })
}

pub(crate) fn form_name(form_code: &str) -> String {
    paper::form_name(form_code).unwrap_or(form_code).to_owned()
}

fn step_line(step: &CourseStep) -> StepLine {
    let office = step.by_office.as_ref().map(|office| format!("事務所{office}"));
    StepLine {
        step: step.step.code(),
        name: step.step.name(),
        at: step.at,
        by: office.or_else(|| step.by_system.clone()).unwrap_or_default(),
        note: step.note.clone(),
    }
}

const SEARCH: Group = Group {
    legend: "届の番号",
    fields: &[text("reception_number", "受付番号", 28, "例 1301-20260401-000001").must()],
};

fn search_form(app: &App, values: &Values, problems: &[Problem]) -> String {
    let form = Form {
        action: "/filings",
        button: "経過を見る",
        groups: &[&SEARCH],
        hidden: &[],
        purposes: Some((&app.0.config.purposes, Purpose::Filing)),
    };
    form.html(values, problems)
}

/// 受付番号 that a link fills in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct FormAsked {
    reception_number: String,
}

/// 経過の画面.
pub(crate) async fn form(State(app): State<App>, clerk: Clerk, Query(asked): Query<FormAsked>) -> Response {
    let filled = !asked.reception_number.is_empty();
    let values = Values::from([("reception_number".to_owned(), asked.reception_number)]);
    let mut html = search_form(&app, &values, &[]);
    if filled {
        // Nothing is left to type: Enter on the button is enough.
        html = html.replace("<button accesskey=\"s\">", "<button accesskey=\"s\" autofocus>");
    }
    pages::page(StatusCode::OK, Some(&clerk), "届書の経過", html)
}

/// 経過の結果の画面.
pub(crate) async fn by_page(State(app): State<App>, clerk: Clerk, audit: Audit, pairs: Pairs) -> Response {
    let values = pairs.values();
    let number = values.get("reception_number").cloned().unwrap_or_default();
    match follow(&app, &clerk, &audit, &number).await {
        Ok(course) => pages::page(StatusCode::OK, Some(&clerk), "届書の経過", course_html(&course, &clerk)),
        Err(error) => {
            let problems = match &error {
                TerminalError::NotFound { .. } => {
                    vec![Problem::new("reception_number", "受付番号", "not_found", error.to_string())]
                }
                other => other.problems(),
            };
            let page = pages::page(StatusCode::OK, Some(&clerk), "届書の経過", search_form(&app, &values, &problems));
            Refusal::on_page(error, page)
        }
    }
}

/// Whose filing it is: the employer, or the person where the clerk may see who.
fn whose(course: &Course) -> (&'static str, String) {
    match (&course.employer_symbol, &course.employer_name, &course.person) {
        (Some(symbol), Some(name), _) => ("事業所", format!("{} {}", Esc(symbol), Esc(name))),
        (_, _, Some(person)) => {
            let number = person.basic_pension_number.as_deref().unwrap_or("番号未登録");
            ("本人", format!("{} ({})", Esc(&person.name_kana), Esc(number)))
        }
        _ => ("本人", "受け付けた事務所の職員だけが見られます".to_owned()),
    }
}

fn course_html(course: &Course, clerk: &Clerk) -> String {
    let mut html = definitions(&[
        ("受付番号", format!("<span class=\"number\">{}</span>", Esc(&course.reception_number))),
        ("届", format!("{} ({})", Esc(&course.form_name), Esc(&course.form_code))),
        whose(course),
        ("経路", channel_words(&course.channel).to_owned()),
        ("業務日付", era::in_words(course.business_on)),
        ("いまの段階", format!("<b>{}</b>", Esc(&course.state))),
    ]);
    if let Some(held) = &course.held {
        html.push_str(&format!(
            "<div class=\"notice bad\" role=\"status\">\
             <p>夜間処理で保留: {} <span class=\"code\">({} {})</span></p></div>\n",
            Esc(&held.message),
            Esc(&held.run_id),
            Esc(&held.code)
        ));
    }
    let rows = course.steps.iter().map(|step| {
        vec![
            step.name.to_owned(),
            in_japan(step.at),
            Esc(&step.by).to_string(),
            Esc(step.note.as_deref().unwrap_or("")).to_string(),
        ]
    });
    html.push_str("<h2>経過</h2>\n");
    html.push_str(&table("古い順", &["段階", "日時", "処理した所", "備考"], rows));
    html.push_str(&super::approval::actions_html(course, clerk));
    if let Some(content) = &course.content {
        html.push_str(&content_html(content, course.business_on));
    }
    let receipt = course.decision.as_ref().and_then(|decision| decision.receipt.clone());
    if let Some(receipt) = receipt.and_then(|receipt| serde_json::from_value::<law::Receipt>(receipt).ok()) {
        html.push_str(&receipt_html("計算の明細", &receipt));
    }
    html
}

/// The content item by item, as the official form names and orders it.
fn content_html(content: &Value, business_on: Date) -> String {
    let rows: Vec<(&str, String)> = match (PersonFiling::read(content), Filed::read(content)) {
        (Ok(filing), _) => filing.items(),
        (_, Ok(Filed::Official(filing))) => {
            filing.items_on(business_on).into_iter().map(|(column, text)| (column.item_ja, text)).collect()
        }
        (_, Ok(Filed::Paper(filing))) => filing.items(),
        (Err(_), Err(_)) => return String::new(),
    };
    let given = rows.into_iter().filter(|(_, text)| !text.is_empty());
    let rows: Vec<(&str, String)> = given.map(|(name, text)| (name, Esc(text).to_string())).collect();
    format!("<h2>届の内容</h2>\n{}", definitions(&rows))
}

fn channel_words(channel: &str) -> &'static str {
    match channel {
        "counter" => "窓口",
        "post" => "郵送",
        "media" => "電子媒体",
        "online" => "電子申請",
        "contractor" => "委託入力",
        "municipality" => "市町村",
        _ => "",
    }
}

/// `令和8年5月1日 14時03分` in Japan, which has one time zone.
pub(crate) fn in_japan(at: Timestamp) -> String {
    let there = jiff::tz::Offset::constant(9).to_datetime(at);
    format!("{} {}時{:02}分", era::in_words(there.date()), there.hour(), there.minute())
}
