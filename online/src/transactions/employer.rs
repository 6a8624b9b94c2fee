//! 事業所の照会 — find employers by symbol or name; one employer's record and its insured, page by page.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::era;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::employers::{self, Employer};
use store::{coverage, persons};
use utoipa::{IntoParams, ToSchema};

use super::filing::in_charge;
use super::person::id_of;
use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::{ErrorBody, Problem, Refusal, TerminalError};
use crate::extract::{Body, Pairs};
use crate::pages::form::{Form, Group, Values, text};
use crate::pages::{self, Esc, definitions, table};
use crate::purpose::Purpose;

const FOUND_MAX: i64 = 50;
const PAGE_SIZE: i64 = 50;

/// 探す条件.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmployerSearch {
    /// 事業所整理記号 `21-01-ﾃｽﾄ`, or the beginning of the name.
    pub text: String,
}

/// 見つかった事業所. Which office is in charge may be told to everybody who may ask.
#[derive(Serialize, ToSchema)]
pub struct EmployerLine {
    /// 事業所.
    pub employer_id: i64,
    /// 事業所整理記号.
    pub symbol: String,
    /// 名称.
    pub name: String,
    /// 所在地.
    pub address: String,
    /// 管轄の事務所コード.
    pub office_code: String,
}

/// 見つかった事業所の一覧.
#[derive(Serialize, ToSchema)]
pub struct EmployerList {
    /// By name.
    pub employers: Vec<EmployerLine>,
}

/// 事業所の記録.
#[derive(Serialize, ToSchema)]
pub struct EmployerCard {
    /// 事業所.
    pub employer_id: i64,
    /// 事業所整理記号.
    pub symbol: String,
    /// 事業所番号.
    pub office_number: String,
    /// 名称.
    pub name: String,
    /// 事業主.
    pub representative: String,
    /// 法人番号.
    pub corporate_number: Option<String>,
    /// 郵便番号.
    pub zip: String,
    /// 所在地.
    pub address: String,
    /// 電話番号.
    pub telephone: String,
    /// 納付方法: `debit`, `slip`.
    pub payment_method: String,
    /// 管轄の事務所コード.
    pub office_code: String,
}

/// 被保険者の一覧の一頁.
#[derive(Serialize, ToSchema)]
pub struct InsuredPage {
    /// By 被保険者整理番号.
    pub insured: Vec<InsuredLine>,
    /// `after` of the next page; none on the last.
    pub next_after: Option<i32>,
}

/// 被保険者の一行.
#[derive(Serialize, ToSchema)]
pub struct InsuredLine {
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 人.
    pub person_id: i64,
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: Option<String>,
    /// 生年月日.
    #[schema(value_type = String, format = Date)]
    pub birth_on: Date,
    /// 資格取得年月日.
    #[schema(value_type = String, format = Date)]
    pub acquired_on: Date,
    /// 資格喪失年月日.
    #[schema(value_type = Option<String>, format = Date)]
    pub lost_on: Option<Date>,
}

/// 頁の指定.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PageAsked {
    /// Those after this 被保険者整理番号.
    pub after: i32,
    /// Those too who are no longer insured.
    pub with_ended: bool,
}

/// 事業所を探す。
#[utoipa::path(
    post, path = "/api/employers/search", operation_id = "search_employers", tag = "事業所", request_body = EmployerSearch,
    params(("X-Purpose" = String, Header, description = "利用目的")),
    responses((status = 200, description = "見つかった事業所", body = EmployerList), (status = 422, description = "条件の誤り", body = ErrorBody))
)]
pub(crate) async fn search(
    State(app): State<App>,
    audit: Audit,
    Body(asked): Body<EmployerSearch>,
) -> Result<Json<EmployerList>, TerminalError> {
    Ok(Json(find(&app, &audit, &asked.text).await?))
}

/// 事業所の記録を照会する。
#[utoipa::path(
    get, path = "/api/employers/{employer_id}", operation_id = "employer", tag = "事業所",
    params(("employer_id" = i64, Path, description = "事業所"), ("X-Purpose" = String, Header, description = "利用目的")),
    responses(
        (status = 200, description = "事業所の記録", body = EmployerCard),
        (status = 403, description = "管轄外", body = ErrorBody),
        (status = 404, description = "見つからない", body = ErrorBody),
    )
)]
pub(crate) async fn card(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(employer_id): Path<String>,
) -> Result<Json<EmployerCard>, TerminalError> {
    Ok(Json(card_of(look_up(&app, &clerk, &audit, id_of(&employer_id)?).await?)))
}

/// 事業所の被保険者を一頁ずつ照会する。
#[utoipa::path(
    get, path = "/api/employers/{employer_id}/insured", operation_id = "insured_of_employer", tag = "事業所",
    params(
        ("employer_id" = i64, Path, description = "事業所"),
        ("X-Purpose" = String, Header, description = "利用目的"),
        PageAsked,
    ),
    responses(
        (status = 200, description = "被保険者", body = InsuredPage),
        (status = 403, description = "管轄外", body = ErrorBody),
    )
)]
pub(crate) async fn insured(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(employer_id): Path<String>,
    Query(asked): Query<PageAsked>,
) -> Result<Json<InsuredPage>, TerminalError> {
    let employer = look_up(&app, &clerk, &audit, id_of(&employer_id)?).await?;
    Ok(Json(insured_page(&app, &audit, employer.employer_id, &asked).await?))
}

async fn find(app: &App, audit: &Audit, asked: &str) -> Result<EmployerList, TerminalError> {
    audit.purpose()?;
    let asked = asked.trim();
    if asked.is_empty() {
        let reason = "事業所整理記号か名称の初めを入力してください";
        return Err(TerminalError::field("text", "記号または名称", "nothing_asked", reason));
    }
    let client = app.client().await?;
    let symbol = crate::filing_form::symbol_of(asked).map(|symbol| symbol.to_string());
    let text = symbol.as_deref().unwrap_or(asked);
    let found = employers::search(&client, text, None, FOUND_MAX).await?;
    let line = |employer: Employer| EmployerLine {
        employer_id: employer.employer_id,
        symbol: employer.symbol.to_string(),
        name: employer.profile.name,
        address: employer.profile.address,
        office_code: employer.office_code,
    };
    Ok(EmployerList { employers: found.into_iter().map(line).collect() })
}

async fn look_up(app: &App, clerk: &Clerk, audit: &Audit, employer_id: i64) -> Result<Employer, TerminalError> {
    audit.subject(format!("employer:{employer_id}"));
    audit.purpose()?;
    let client = app.client().await?;
    let employer = employers::find(&client, employer_id).await?;
    let employer = employer.ok_or(TerminalError::NotFound { what: "この番号の事業所" })?;
    in_charge(&client, clerk, &employer.office_code).await?;
    Ok(employer)
}

fn card_of(employer: Employer) -> EmployerCard {
    let profile = employer.profile;
    EmployerCard {
        employer_id: employer.employer_id,
        symbol: employer.symbol.to_string(),
        office_number: employer.office_number,
        name: profile.name,
        representative: profile.representative,
        corporate_number: profile.corporate_number,
        zip: profile.zip,
        address: profile.address,
        telephone: profile.telephone,
        payment_method: profile.payment_method,
        office_code: employer.office_code,
    }
}

async fn insured_page(
    app: &App,
    audit: &Audit,
    employer_id: i64,
    asked: &PageAsked,
) -> Result<InsuredPage, TerminalError> {
    let client = app.client().await?;
    let spells = coverage::spells_of_employer(&client, employer_id, !asked.with_ended, asked.after, PAGE_SIZE).await?;
    let full = i64::try_from(spells.len()).is_ok_and(|count| count == PAGE_SIZE);
    let next_after = spells.last().filter(|_| full).map(|spell| spell.insured_number);
    let ids: Vec<i64> = spells.iter().map(|spell| spell.person_id).collect();
    let people = persons::find_many(&client, &ids).await?;
    let mut lines = Vec::with_capacity(spells.len());
    for spell in spells {
        let Some(person) = people.iter().find(|person| person.person_id == spell.person_id) else { continue };
        audit.subject(format!("person:{}", spell.person_id));
        lines.push(InsuredLine {
            insured_number: spell.insured_number,
            person_id: spell.person_id,
            name_kana: person.name_kana.clone(),
            name_kanji: person.name_kanji.clone(),
            birth_on: person.birth_on,
            acquired_on: spell.valid_from,
            lost_on: spell.valid_to,
        });
    }
    Ok(InsuredPage { insured: lines, next_after })
}

const SEARCH: Group = Group {
    legend: "探す条件",
    fields: &[text("text", "記号または名称", 32, "事業所整理記号 (例 21-01-ﾃｽﾄ) か、名称の初め").must()],
};

fn search_form(app: &App, values: &Values, problems: &[Problem]) -> String {
    let form = Form {
        action: "/employers",
        button: "照会する",
        groups: &[&SEARCH],
        hidden: &[],
        purposes: Some((&app.0.config.purposes, Purpose::EmployerInquiry)),
    };
    form.html(values, problems)
}

/// 照会の画面.
pub(crate) async fn form(State(app): State<App>, clerk: Clerk) -> Response {
    pages::page(StatusCode::OK, Some(&clerk), "事業所の照会", search_form(&app, &Values::new(), &[]))
}

/// 照会の結果の画面.
pub(crate) async fn search_page(State(app): State<App>, clerk: Clerk, audit: Audit, pairs: Pairs) -> Response {
    let values = pairs.values();
    let asked = values.get("text").cloned().unwrap_or_default();
    match find(&app, &audit, &asked).await {
        Ok(list) => {
            let purpose = values.get("purpose").cloned().unwrap_or_default();
            let form = search_form(&app, &values, &[]).replace(" autofocus", "");
            let body = format!("{}{form}", list_html(&list, &purpose));
            pages::page(StatusCode::OK, Some(&clerk), "事業所の照会", body)
        }
        Err(error) => {
            let problems = error.problems();
            let page = pages::page(StatusCode::OK, Some(&clerk), "事業所の照会", search_form(&app, &values, &problems));
            Refusal::on_page(error, page)
        }
    }
}

fn list_html(list: &EmployerList, purpose: &str) -> String {
    if list.employers.is_empty() {
        return "<div class=\"notice\" role=\"status\"><p>条件に合う事業所はありません。記号か名称を確かめてください。</p></div>\n".to_owned();
    }
    let rows = list.employers.iter().enumerate().map(|(index, employer)| {
        let focus = if index == 0 { " autofocus" } else { "" };
        vec![
            format!(
                "<a href=\"/employers/{}?purpose={}\"{focus}>{}</a>",
                employer.employer_id,
                Esc(purpose),
                Esc(&employer.symbol)
            ),
            Esc(&employer.name).to_string(),
            Esc(&employer.address).to_string(),
            Esc(&employer.office_code).to_string(),
        ]
    });
    let heads = ["整理記号", "名称", "所在地", "管轄の事務所"];
    table(&format!("{}件見つかりました", list.employers.len()), &heads, rows)
}

/// 画面の指定.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct CardAsked {
    after: i32,
}

/// 事業所の記録の画面.
pub(crate) async fn card_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(employer_id): Path<String>,
    Query(asked): Query<CardAsked>,
) -> Result<Response, TerminalError> {
    let card = card_of(look_up(&app, &clerk, &audit, id_of(&employer_id)?).await?);
    let purpose = audit.purpose()?;
    let asked = PageAsked { after: asked.after, with_ended: false };
    let insured = insured_page(&app, &audit, card.employer_id, &asked).await?;
    let payment = if card.payment_method == "debit" { "口座振替" } else { "納付書" };
    let mut body = definitions(&[
        ("事業所整理記号・番号", format!("{}　{}", Esc(&card.symbol), Esc(&card.office_number))),
        ("名称", Esc(&card.name).to_string()),
        ("事業主", Esc(&card.representative).to_string()),
        ("法人番号", Esc(card.corporate_number.as_deref().unwrap_or("なし")).to_string()),
        ("所在地", format!("〒{} {}", Esc(&card.zip), Esc(&card.address))),
        ("電話番号", Esc(&card.telephone).to_string()),
        ("納付方法", payment.to_owned()),
        ("管轄の事務所", Esc(&card.office_code).to_string()),
    ]);
    body.push_str("<h2>被保険者</h2>\n");
    let rows = insured.insured.iter().map(|line| {
        vec![
            line.insured_number.to_string(),
            format!("<a href=\"/persons/{}?purpose={}\">{}</a>", line.person_id, purpose.code(), Esc(&line.name_kana)),
            Esc(line.name_kanji.as_deref().unwrap_or("")).to_string(),
            era::in_words(line.birth_on),
            era::in_words(line.acquired_on),
        ]
    });
    body.push_str(&table("整理番号の順", &["整理番号", "氏名カナ", "氏名", "生年月日", "資格取得"], rows));
    if let Some(after) = insured.next_after {
        body.push_str(&format!(
            "<p class=\"actions\"><a class=\"button\" accesskey=\"n\" href=\"/employers/{}?purpose={}&amp;after={after}\">次の頁<kbd>n</kbd></a></p>\n",
            card.employer_id,
            purpose.code()
        ));
    }
    Ok(pages::page(StatusCode::OK, Some(&clerk), "事業所の記録", body))
}
