//! 起案・決裁 — one clerk drafts, another approves. Approved filings go to the night.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::era;
use domain::nenkin;
use domain::paper::Filed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::filings::{self, By, Filing, Step, Whose};
use store::my_number::Keys;
use store::{Db, employers, examination};
use utoipa::{IntoParams, ToSchema};

use super::course::{Course, filing_of, form_name};
use super::examine::{self, Known, Names};
use super::filing::in_charge;
use super::{paper, person_filing};
use crate::app::App;
use crate::audit::Audit;
use crate::clerk::{Clerk, Right};
use crate::error::{ErrorBody, Refusal, TerminalError};
use crate::extract::{Body, Pairs};
use crate::pages::form::{Form, Group, Values, choice, text};
use crate::pages::{self, Esc, table};
use crate::purpose::Purpose;

const LISTED_MAX: i64 = 100;
/// Filings approved by one request.
const AT_ONCE_MAX: usize = 100;
const NOTE_LENGTH_MAX: usize = 200;

/// 処理の理由など.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// 返戻・否決では必須. 個人の氏名・番号は書かない.
    pub note: String,
}

/// 決裁する届の一覧.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveMany {
    /// 受付番号, at most 100.
    pub reception_numbers: Vec<String>,
}

/// 処理の結果.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// 受付番号.
    pub reception_number: String,
    /// いまの段階.
    pub state: &'static str,
}

/// 一件の結果.
#[derive(Serialize, ToSchema)]
pub struct Outcome {
    /// 受付番号.
    pub reception_number: String,
    /// `approved`, or the code of what hindered it.
    pub outcome: &'static str,
    /// What hindered it, in Japanese.
    pub reason: Option<String>,
}

/// 一括決裁の結果: one bad filing does not stop the others.
#[derive(Serialize, ToSchema)]
pub struct ApprovedMany {
    /// In the order of the request.
    pub filings: Vec<Outcome>,
}

/// 待っている届の条件.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct WaitingAsked {
    /// `draft` 起案を待つ届, `approval` 決裁を待つ届.
    #[param(value_type = Option<String>)]
    pub wait: Wait,
    /// 事務所コード; own office when it is not given.
    pub office_code: Option<String>,
    /// Those before this 届 number, for the next page.
    pub before: Option<i64>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// 起案.
    Draft,
    /// 決裁.
    #[default]
    Approval,
}

impl Wait {
    /// Where such a filing stands. What a medium brought may be examined already.
    fn steps(self) -> &'static [Step] {
        match self {
            Wait::Draft => &[Step::Entered, Step::Examined],
            Wait::Approval => &[Step::Drafted],
        }
    }
}

/// 待っている届.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// The newest first.
    pub filings: Vec<WaitingLine>,
    /// `before` of the next page.
    pub next_before: Option<i64>,
}

/// 待っている届の一行.
#[derive(Serialize, ToSchema)]
pub struct WaitingLine {
    /// 受付番号.
    pub reception_number: String,
    /// 様式.
    pub form_name: String,
    /// 事業所; none of a person's filing.
    pub employer_id: Option<i64>,
    /// 人; none of an employer's filing.
    pub person_id: Option<i64>,
    /// 被保険者整理番号.
    pub insured_number: Option<i32>,
    /// 業務日付.
    #[schema(value_type = String, format = Date)]
    pub business_on: Date,
    /// 段階.
    pub state: &'static str,
}

/// 起案・決裁を待つ届の一覧。
#[utoipa::path(
    get, path = "/api/filings/waiting", operation_id = "waiting_filings", tag = "経過と決裁",
    params(("X-Purpose" = String, Header, description = "利用目的"), WaitingAsked),
    responses((status = 200, description = "待っている届", body = Waiting), (status = 403, description = "管轄外", body = ErrorBody))
)]
pub(crate) async fn waiting(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Query(asked): Query<WaitingAsked>,
) -> Result<Json<Waiting>, TerminalError> {
    Ok(Json(list(&app, &clerk, &audit, &asked).await?))
}

/// 審査して起案する。
#[utoipa::path(
    post, path = "/api/filings/{reception_number}/draft", operation_id = "draft_filing", tag = "経過と決裁", request_body = Note,
    params(("reception_number" = String, Path, description = "受付番号"), ("X-Purpose" = String, Header, description = "利用目的")),
    responses(
        (status = 200, description = "起案した", body = Done),
        (status = 409, description = "起案できる段階でない", body = ErrorBody),
        (status = 422, description = "記録と合わない", body = ErrorBody),
    )
)]
pub(crate) async fn draft(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(reception_number): Path<String>,
    Body(note): Body<Note>,
) -> Result<Json<Done>, TerminalError> {
    act(&app, &clerk, &audit, Act::Draft, &reception_number, &note.note).await.map(Json)
}

/// 提出者に返戻する。決裁の後も、夜間に反映されるまではできる。
#[utoipa::path(
    post, path = "/api/filings/{reception_number}/return", operation_id = "return_filing", tag = "経過と決裁", request_body = Note,
    params(("reception_number" = String, Path, description = "受付番号"), ("X-Purpose" = String, Header, description = "利用目的")),
    responses(
        (status = 200, description = "返戻した", body = Done),
        (status = 409, description = "返戻できる段階でない、夜間処理中", body = ErrorBody),
    )
)]
pub(crate) async fn give_back(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(reception_number): Path<String>,
    Body(note): Body<Note>,
) -> Result<Json<Done>, TerminalError> {
    act(&app, &clerk, &audit, Act::GiveBack, &reception_number, &note.note).await.map(Json)
}

/// 決裁する。
#[utoipa::path(
    post, path = "/api/filings/{reception_number}/approve", operation_id = "approve_filing", tag = "経過と決裁", request_body = Note,
    params(("reception_number" = String, Path, description = "受付番号"), ("X-Purpose" = String, Header, description = "利用目的")),
    responses(
        (status = 200, description = "決裁した", body = Done),
        (status = 403, description = "起案した職員である、権限がない、管轄外", body = ErrorBody),
        (status = 409, description = "決裁できる段階でない", body = ErrorBody),
    )
)]
pub(crate) async fn approve(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(reception_number): Path<String>,
    Body(note): Body<Note>,
) -> Result<Json<Done>, TerminalError> {
    act(&app, &clerk, &audit, Act::Approve, &reception_number, &note.note).await.map(Json)
}

/// 否決する。
#[utoipa::path(
    post, path = "/api/filings/{reception_number}/refuse", operation_id = "refuse_filing", tag = "経過と決裁", request_body = Note,
    params(("reception_number" = String, Path, description = "受付番号"), ("X-Purpose" = String, Header, description = "利用目的")),
    responses((status = 200, description = "否決した", body = Done), (status = 409, description = "否決できる段階でない", body = ErrorBody))
)]
pub(crate) async fn refuse(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(reception_number): Path<String>,
    Body(note): Body<Note>,
) -> Result<Json<Done>, TerminalError> {
    act(&app, &clerk, &audit, Act::Refuse, &reception_number, &note.note).await.map(Json)
}

/// まとめて決裁する。
#[utoipa::path(
    post, path = "/api/filings/approve", operation_id = "approve_filings", tag = "経過と決裁", request_body = ApproveMany,
    params(("X-Purpose" = String, Header, description = "利用目的")),
    responses((status = 200, description = "一件ごとの結果", body = ApprovedMany), (status = 422, description = "件数が多すぎる", body = ErrorBody))
)]
pub(crate) async fn approve_many(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Body(asked): Body<ApproveMany>,
) -> Result<Json<ApprovedMany>, TerminalError> {
    Ok(Json(ApprovedMany { filings: each(&app, &clerk, &audit, Act::Approve, &asked.reception_numbers, "").await? }))
}

/// What may be done to a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Draft,
    GiveBack,
    Approve,
    Refuse,
}

impl Act {
    /// The steps a filing may stand at.
    fn steps_before(self) -> &'static [Step] {
        match self {
            Act::Draft => &[Step::Received, Step::Entered, Step::Examined],
            Act::GiveBack => &[Step::Received, Step::Entered, Step::Examined, Step::Approved],
            Act::Approve | Act::Refuse => &[Step::Drafted],
        }
    }

    fn wanted(self) -> &'static str {
        match self {
            Act::Draft => "受付・入力・審査",
            Act::GiveBack => "受付・入力・審査・反映前の決裁",
            Act::Approve | Act::Refuse => "起案",
        }
    }

    fn becomes(self) -> &'static str {
        match self {
            Act::Draft => "起案",
            Act::GiveBack => "返戻",
            Act::Approve => "決裁",
            Act::Refuse => "否決",
        }
    }

    fn needs_reason(self) -> bool {
        matches!(self, Act::GiveBack | Act::Refuse)
    }
}

async fn act(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    act: Act,
    reception_number: &str,
    note: &str,
) -> Result<Done, TerminalError> {
    audit.purpose()?;
    let note = check_note(act, note)?;
    let mut client = app.client().await?;
    let transaction = client.transaction().await?;
    let done = act_on(app, &transaction, clerk, audit, act, (reception_number, note)).await?;
    audit.with_commit(async { Ok(transaction.commit().await?) }).await?;
    app.0.metrics.filing(&done.form_code, done.step);
    Ok(Done { reception_number: done.reception_number, state: act.becomes() })
}

fn check_note(act: Act, note: &str) -> Result<Option<&str>, TerminalError> {
    let note = note.trim();
    if note.is_empty() && act.needs_reason() {
        let reason = "理由を入力してください。提出者に伝わります";
        return Err(TerminalError::field("note", "理由", "note_missing", reason));
    }
    if note.chars().count() > NOTE_LENGTH_MAX {
        let reason = format!("{NOTE_LENGTH_MAX}字以内で入力してください");
        return Err(TerminalError::field("note", "理由", "note_too_long", reason));
    }
    Ok((!note.is_empty()).then_some(note))
}

struct Taken {
    reception_number: String,
    form_code: String,
    step: &'static str,
}

async fn act_on(
    app: &App,
    db: &impl Db,
    clerk: &Clerk,
    audit: &Audit,
    act: Act,
    (reception_number, note): (&str, Option<&str>),
) -> Result<Taken, TerminalError> {
    let found = filing_of(db, audit, reception_number).await?;
    in_charge(db, clerk, &found.office_code).await?;
    let filing = filings::lock(db, found.filing_id).await?;
    let filing = filing.ok_or(TerminalError::NotFound { what: "この受付番号の届" })?;
    let now = filings::state(db, filing.filing_id).await?.unwrap_or(Step::Received);
    if !act.steps_before().contains(&now) {
        return Err(TerminalError::WrongStep { now: now.name(), wanted: act.wanted() });
    }
    let by = By::Clerk(clerk.id());
    let step = match act {
        Act::Draft => {
            let receipt = examine_again(app, db, &filing).await?;
            if now != Step::Examined {
                filings::append_step(db, filing.filing_id, Step::Examined, by, None).await?;
            }
            filings::draft(db, filing.filing_id, clerk.id(), true, receipt.as_ref(), note).await?;
            Step::Drafted
        }
        Act::GiveBack if now == Step::Approved => {
            take_from_night(db, filing.filing_id, clerk, note).await?;
            Step::Returned
        }
        Act::GiveBack => {
            filings::append_step(db, filing.filing_id, Step::Returned, by, note).await?;
            Step::Returned
        }
        Act::Approve | Act::Refuse => {
            not_the_drafter(db, clerk, &filing).await?;
            filings::decide(db, filing.filing_id, clerk.id(), act == Act::Approve, note).await?;
            if act == Act::Approve { Step::Approved } else { Step::Refused }
        }
    };
    Ok(Taken { reception_number: filing.reception_number, form_code: filing.form_code, step: step.code() })
}

/// 決裁後の返戻, for what waits for the night. It is given back or applied, never both:
///
/// - A night that takes its cut-off after this look waits for our transaction and does not find the filing in the
///   queue. One that was there before keeps what it found until its filings are decided: we refuse, so that no
///   partition loses a filing that it has read, and a resumed night reads what a clean one would have.
/// - Should the two meet all the same, both write the next step of the course first, under one number, and take the
///   row of the queue last: the later one waits and fails. We roll back when no row was left to take; the night
///   rolls its partition back when it takes fewer rows than it read (`applications::close`).
async fn take_from_night(db: &impl Db, filing_id: i64, clerk: &Clerk, note: Option<&str>) -> Result<(), TerminalError> {
    let wanted = Act::GiveBack.wanted();
    if filings::claimed_by_night(db, filing_id).await? {
        return Err(TerminalError::WrongStep { now: "夜間処理中", wanted });
    }
    match filings::give_back_approved(db, filing_id, clerk.id(), note).await? {
        true => Ok(()),
        false => Err(TerminalError::WrongStep { now: "夜間処理済み", wanted }),
    }
}

/// 起案した者は決裁できない. The database refuses it too.
async fn not_the_drafter(db: &impl Db, clerk: &Clerk, filing: &Filing) -> Result<(), TerminalError> {
    let decision = filings::decision(db, filing.filing_id).await?;
    match decision.and_then(|decision| decision.drafted_by) {
        Some(drafter) if drafter == clerk.id() => Err(TerminalError::SameDrafter),
        _ => Ok(()),
    }
}

/// 審査 once more at the draft: what is known may have changed since the reception.
async fn examine_again(app: &App, db: &impl Db, filing: &Filing) -> Result<Option<serde_json::Value>, TerminalError> {
    if let Whose::Person(person_id) = filing.whose {
        let examined = person_filing::examine_stored(db, filing, person_id, app.0.config.business_day()).await?;
        return Ok(examined.receipt.and_then(|receipt| serde_json::to_value(receipt).ok()));
    }
    let keys = app.0.config.my_number_keys.as_ref();
    let content = content_of(filing, keys)?;
    let employer = employers::lock_by_symbol(db, content.employer()).await?;
    let employer = employer.ok_or(TerminalError::NotFound { what: "事業所" })?;
    let person = examine::person(db, keys, &content).await?;
    let covers = examine::covers(db, &employer, &content, person.as_ref()).await?;
    let names = Names::of(&content, keys);
    let mut pending =
        examination::pending(db, employer.employer_id, &filing.form_code, names.about(), ("", "")).await?;
    // Of two filings about one person the earlier goes on; the later waits for it.
    let own = pending.iter().position(|one| one.reception_number == filing.reception_number);
    pending.truncate(own.unwrap_or(pending.len()));
    let examined = match &content {
        Filed::Official(content) => examine::decide(content, &Known { person, covers, pending })?,
        Filed::Paper(content) => paper::examine(db, &employer, content, &pending, app.0.config.business_day()).await?,
    };
    Ok(examined.receipt.and_then(|receipt| serde_json::to_value(receipt).ok()))
}

/// The filing as it was received, its 個人番号 opened: it may be the only number that names the person.
fn content_of(filing: &Filing, keys: Option<&Keys>) -> Result<Filed, TerminalError> {
    let mut content = Filed::read(&filing.payload).map_err(|error| {
        tracing::error!(%error, filing_id = filing.filing_id, "a stored filing cannot be read");
        TerminalError::Broken(None)
    })?;
    let number = filing.my_number_sealed.as_deref().zip(keys).and_then(|(sealed, keys)| keys.open(sealed).ok());
    match &mut content {
        Filed::Official(nenkin::Filing::Enrolment(enrolment)) => enrolment.insured.my_number = number,
        Filed::Official(nenkin::Filing::CoverageEnd(end)) => end.insured.my_number = number,
        _ => {}
    }
    Ok(content)
}

async fn each(
    app: &App,
    clerk: &Clerk,
    audit: &Audit,
    what: Act,
    reception_numbers: &[String],
    note: &str,
) -> Result<Vec<Outcome>, TerminalError> {
    audit.purpose()?;
    if reception_numbers.is_empty() || reception_numbers.len() > AT_ONCE_MAX {
        let reason = format!("1件から{AT_ONCE_MAX}件までの届を選んでください");
        return Err(TerminalError::field("reception_numbers", "届", "count_out_of_range", reason));
    }
    let mut outcomes = Vec::with_capacity(reception_numbers.len());
    for reception_number in reception_numbers {
        let own = audit.for_one_of_many();
        let done = act(app, clerk, &own, what, reception_number, note).await;
        // A refusal of one filing is written down on its own; the others go on.
        own.close(done.as_ref().err()).await?;
        outcomes.push(match done {
            Ok(done) => Outcome { reception_number: done.reception_number, outcome: "done", reason: None },
            Err(error @ (TerminalError::LogUnavailable | TerminalError::DatabaseUnavailable(_))) => return Err(error),
            Err(error) => Outcome {
                reception_number: reception_number.clone(),
                outcome: error.code(),
                reason: Some(reason_of(&error)),
            },
        });
    }
    Ok(outcomes)
}

fn reason_of(error: &TerminalError) -> String {
    match error {
        TerminalError::Invalid(problems) => {
            let lines: Vec<String> =
                problems.iter().map(|problem| format!("{}: {}", problem.item, problem.reason)).collect();
            lines.join("。")
        }
        other => other.to_string(),
    }
}

async fn list(app: &App, clerk: &Clerk, audit: &Audit, asked: &WaitingAsked) -> Result<Waiting, TerminalError> {
    audit.purpose()?;
    let own = clerk.0.office_code.clone();
    let office_code = asked.office_code.clone().filter(|code| !code.is_empty()).unwrap_or(own);
    let client = app.client().await?;
    in_charge(&client, clerk, &office_code).await?;
    audit.subject(format!("office:{office_code}"));
    let mut found = Vec::new();
    for step in asked.wait.steps() {
        // One more than is shown tells whether there is a next page.
        found.extend(filings::list(&client, &office_code, Some(*step), asked.before, LISTED_MAX + 1).await?);
    }
    found.sort_unstable_by_key(|(filing, _)| std::cmp::Reverse(filing.filing_id));
    let shown_max = usize::try_from(LISTED_MAX).unwrap_or(usize::MAX);
    let more = found.len() > shown_max;
    found.truncate(shown_max);
    let next_before = found.last().filter(|_| more).map(|(filing, _)| filing.filing_id);
    let line = |(filing, state): (Filing, Step)| WaitingLine {
        form_name: form_name(&filing.form_code),
        reception_number: filing.reception_number,
        employer_id: filing.whose.employer_id(),
        person_id: filing.whose.person_id(),
        insured_number: filing.insured_number,
        business_on: filing.business_on,
        state: state.name(),
    };
    Ok(Waiting { filings: found.into_iter().map(line).collect(), next_before })
}

const SEARCH: Group = Group {
    legend: "一覧の条件",
    fields: &[
        choice("wait", "待っている処理", &[("approval", "決裁"), ("draft", "起案")]),
        text("office_code", "事務所コード", 6, "空欄なら自分の事務所"),
    ],
};

fn search_form(app: &App, values: &Values, problems: &[crate::error::Problem]) -> String {
    let form = Form {
        action: "/approvals",
        button: "一覧を見る",
        groups: &[&SEARCH],
        hidden: &[],
        purposes: Some((&app.0.config.purposes, Purpose::Examination)),
    };
    form.html(values, problems)
}

/// 審査・決裁の画面.
pub(crate) async fn form(State(app): State<App>, clerk: Clerk) -> Response {
    pages::page(StatusCode::OK, Some(&clerk), "審査・決裁", search_form(&app, &Values::new(), &[]))
}

/// 一覧の画面.
pub(crate) async fn list_page(State(app): State<App>, clerk: Clerk, audit: Audit, pairs: Pairs) -> Response {
    let wait = if pairs.one("wait") == "draft" { Wait::Draft } else { Wait::Approval };
    let office_code = Some(pairs.one("office_code").trim().to_owned());
    let before = pairs.one("before").parse().ok();
    let values = pairs.values();
    match list(&app, &clerk, &audit, &WaitingAsked { wait, office_code, before }).await {
        Ok(found) => {
            let purpose = values.get("purpose").cloned().unwrap_or_default();
            let list = list_html(&found, wait, &clerk, &purpose);
            let next = next_html(found.next_before, &values);
            let again = search_form(&app, &values, &[]).replace(" autofocus", "");
            let body = format!("{list}{next}<h2>別の一覧</h2>{again}");
            pages::page(StatusCode::OK, Some(&clerk), "審査・決裁", body)
        }
        Err(error) => {
            let problems = error.problems();
            let page = pages::page(StatusCode::OK, Some(&clerk), "審査・決裁", search_form(&app, &values, &problems));
            Refusal::on_page(error, page)
        }
    }
}

fn list_html(found: &Waiting, wait: Wait, clerk: &Clerk, purpose: &str) -> String {
    if found.filings.is_empty() {
        return "<div class=\"notice\" role=\"status\"><p>待っている届はありません。</p></div>\n".to_owned();
    }
    let rows = found.filings.iter().enumerate().map(|(index, line)| {
        let focus = if index == 0 { " autofocus" } else { "" };
        let number = Esc(&line.reception_number);
        vec![
            format!(
                "<input type=\"checkbox\" name=\"reception_number\" value=\"{number}\" aria-label=\"{number} を選ぶ\"{focus}>"
            ),
            format!("<a href=\"/filings?reception_number={number}\">{number}</a>"),
            Esc(&line.form_name).to_string(),
            match (line.insured_number, line.person_id) {
                (Some(number), _) => number.to_string(),
                (None, Some(_)) => "人の届".to_owned(),
                (None, None) => String::new(),
            },
            era::in_words(line.business_on),
            line.state.to_owned(),
        ]
    });
    let heads = ["選択", "受付番号", "届", "整理番号", "業務日付", "段階"];
    let (right, buttons) = match wait {
        Wait::Draft => (Right::Draft, [("draft", "起案する", ""), ("return", "返戻する", "second")]),
        Wait::Approval => (Right::Approve, [("approve", "決裁する", ""), ("refuse", "否決する", "second")]),
    };
    let list = table(&format!("{}件", found.filings.len()), &heads, rows);
    if !clerk.may(right) {
        return list;
    }
    format!(
        "<form method=\"post\" action=\"/approvals/{}\">\n{list}{}</form>\n",
        buttons[0].0,
        controls(&buttons, purpose)
    )
}

/// The button to the next page: the same question again, from where this page ends. A form of its own, because the
/// list is only shown for a purpose, and that is stated in the body.
fn next_html(next_before: Option<i64>, asked: &Values) -> String {
    let Some(before) = next_before else { return String::new() };
    let mut html = String::from("<form method=\"post\" action=\"/approvals\">\n");
    for name in ["wait", "office_code", "purpose"] {
        let value = asked.get(name).map(String::as_str).unwrap_or_default();
        html.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", Esc(value)));
    }
    html.push_str(&format!(
        "<input type=\"hidden\" name=\"before\" value=\"{before}\">\n<p class=\"actions\">\
         <button class=\"second\" accesskey=\"n\">次の{LISTED_MAX}件<kbd>n</kbd></button></p>\n</form>\n"
    ));
    html
}

/// Reason and buttons; Enter takes the first, which is the usual one.
fn controls(buttons: &[(&str, &str, &str)], purpose: &str) -> String {
    let mut html = format!(
        "<input type=\"hidden\" name=\"purpose\" value=\"{}\">\n\
         <div class=\"field\"><label for=\"f-note\">理由 (返戻・否決では必須)</label>\
         <div><input type=\"text\" id=\"f-note\" name=\"note\" size=\"50\" maxlength=\"{NOTE_LENGTH_MAX}\">\
         <span class=\"hint\">提出者に伝わります。個人の氏名や番号は書かないでください</span></div></div>\n<p class=\"actions\">",
        Esc(purpose)
    );
    for (action, words, class) in buttons {
        html.push_str(&format!("<button formaction=\"/approvals/{action}\" class=\"{class}\">{words}</button>\n"));
    }
    html.push_str("</p>\n");
    html
}

/// Buttons under the course of one filing, for those who may take its next step.
pub(crate) fn actions_html(course: &Course, clerk: &Clerk) -> String {
    let waits_for = |steps: &[Step]| steps.iter().any(|step| step.name() == course.state);
    let buttons: &[(&str, &str, &str)] = if waits_for(Act::Draft.steps_before()) && clerk.may(Right::Draft) {
        &[("draft", "起案する", ""), ("return", "返戻する", "second")]
    } else if waits_for(Act::Approve.steps_before()) && clerk.may(Right::Approve) {
        &[("approve", "決裁する", ""), ("refuse", "否決する", "second")]
    } else if waits_for(Act::GiveBack.steps_before()) && clerk.may(Right::Draft) {
        // Approved, and not yet applied.
        &[("return", "返戻する", "second")]
    } else {
        return String::new();
    };
    if !clerk.reaches(&course.office_code) {
        return String::new();
    }
    format!(
        "<h2>処理</h2>\n<form method=\"post\" action=\"/approvals/{}\">\n\
         <input type=\"hidden\" name=\"reception_number\" value=\"{}\">\n{}</form>\n",
        buttons[0].0,
        Esc(&course.reception_number),
        controls(buttons, Purpose::Examination.code())
    )
}

async fn act_page(app: App, clerk: Clerk, audit: Audit, pairs: Pairs, what: Act) -> Result<Response, TerminalError> {
    let outcomes = each(&app, &clerk, &audit, what, &pairs.all("reception_number"), pairs.one("note")).await?;
    let failed = outcomes.iter().filter(|one| one.reason.is_some()).count();
    let (class, role) = if failed == 0 { ("notice", "status") } else { ("notice bad", "alert") };
    let rows = outcomes.iter().map(|one| {
        let number = Esc(&one.reception_number);
        let result = match &one.reason {
            None => what.becomes().to_owned(),
            Some(reason) => format!("処理していません: {} <span class=\"code\">({})</span>", Esc(reason), one.outcome),
        };
        vec![format!("<a href=\"/filings?reception_number={number}\">{number}</a>"), result]
    });
    let body = format!(
        "<div class=\"{class}\" role=\"{role}\"><p>{}件を{}としました。{}</p></div>\n{}\
         <p class=\"actions\"><a class=\"button\" href=\"/approvals\" autofocus>一覧へ戻る</a></p>\n",
        outcomes.len() - failed,
        what.becomes(),
        if failed == 0 { String::new() } else { format!("{failed}件は処理していません。") },
        table("一件ごとの結果", &["受付番号", "結果"], rows),
    );
    Ok(pages::page(StatusCode::OK, Some(&clerk), "審査・決裁の結果", body))
}

/// 起案 from the page.
pub(crate) async fn draft_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    act_page(app, clerk, audit, pairs, Act::Draft).await
}

/// 返戻 from the page.
pub(crate) async fn give_back_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    act_page(app, clerk, audit, pairs, Act::GiveBack).await
}

/// 決裁 from the page.
pub(crate) async fn approve_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    act_page(app, clerk, audit, pairs, Act::Approve).await
}

/// 否決 from the page.
pub(crate) async fn refuse_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    act_page(app, clerk, audit, pairs, Act::Refuse).await
}
