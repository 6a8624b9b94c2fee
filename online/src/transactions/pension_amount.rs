//! 年金額の照会 — what a person is paid for a month, or would be: the engine of the award with its receipt, beside the awards
//! and payments that are on record.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::life::register::{ClaimIs, MemberIs};
use domain::person_paper::Kin;
use domain::{Month, Yen, era};
use jiff::Timestamp;
use jiff::civil::Date;
use law::adjudication::old_age::{Claims, Manner, OldAge, Pension, Question, RateShelf, Start, old_age};
use law::employees_pension::spouse_child_addition::{Child, OwnPension, Spouse};
use law::pension_record::life::add_current_cover;
use law::{LawError, Receipt, Trace};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::lives::Persons;
use store::pension_card::{self, AwardRow, InstalmentRow, PaymentRow};
use utoipa::{IntoParams, ToSchema};

use super::pension_grounds::{self, Grounds};
use super::pension_record::{known_at_of, rows_of};
use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::{ErrorBody, TerminalError};
use crate::pages::{self, Esc, definitions, receipt_html, table};
use crate::purpose::Purpose;

/// Payments and instalments shown.
const LISTED_MAX: i64 = 24;

/// 照会の条件.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PensionAsked {
    /// 何月分 2026-10; this month without it.
    month: String,
    /// 記録の時点: an instant, or a day (its end); as known now without it.
    known_at: String,
    /// 見込み: 繰上げ請求・繰下げ申出の月 of 老齢基礎年金, of both when the other is not given.
    claim_month: String,
    /// 見込み: 老齢厚生年金の月.
    employees_claim_month: String,
}

/// 年金額.
#[derive(Serialize, ToSchema)]
pub struct PensionCard {
    /// 人.
    pub person_id: i64,
    /// 何月分.
    #[schema(value_type = String)]
    pub month: Month,
    /// The record is that known at this instant; none means now.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub known_at: Option<Timestamp>,
    /// 見込額: nothing was claimed, or another month was asked for.
    pub estimate: bool,
    /// 請求.
    pub claim: Option<ClaimLine>,
    /// `no_right`, `not_yet`, `payable`, `waiting`, `ended`, `held` (a person must decide).
    pub standing: &'static str,
    /// Why nothing is paid.
    pub reason: Option<String>,
    /// 受け方: `special`, `early`, `from_65`.
    pub manner: Option<&'static str>,
    /// 受給権発生日.
    #[schema(value_type = Option<String>, format = Date)]
    pub right_on: Option<Date>,
    /// 受給資格期間の月数, 必要な月数.
    pub qualified: Option<(i64, i64)>,
    /// 年額 by component, as the month has it.
    pub components: Vec<Component>,
    /// 年額の合計 after 支給停止.
    pub total_yen: i64,
    /// 計算の明細.
    #[schema(value_type = Object)]
    pub receipt: Receipt,
    /// 裁定・改定 in force.
    pub awards: Vec<AwardLine>,
    /// 支払, the latest first.
    pub payments: Vec<PaymentLine>,
    /// 支払期月ごとの計上, the latest first.
    pub instalments: Vec<InstalmentLine>,
    /// 返納金の残高.
    pub overpaid_yen: i64,
    /// 障害・遺族の請求と、年金の選択.
    pub grounds: Grounds,
}

/// 請求.
#[derive(Serialize, ToSchema)]
pub struct ClaimLine {
    /// 受付年月日.
    #[schema(value_type = String, format = Date)]
    pub filed_on: Date,
    /// 老齢基礎年金の繰上げ・繰下げの月.
    #[schema(value_type = Option<String>)]
    pub basic_month: Option<Month>,
    /// 老齢厚生年金の繰上げ・繰下げの月.
    #[schema(value_type = Option<String>)]
    pub employees_month: Option<Month>,
    /// 老齢基礎年金は待機中.
    pub basic_waits: bool,
    /// 老齢厚生年金は待機中.
    pub employees_waits: bool,
}

/// 年額の内訳.
#[derive(Serialize, ToSchema)]
pub struct Component {
    /// 老齢基礎年金 …
    pub item: &'static str,
    /// 円, a year; negative for what is taken off.
    pub annual_yen: i64,
}

/// 裁定・改定.
#[derive(Serialize, ToSchema)]
pub struct AwardLine {
    /// 最初の月分.
    #[schema(value_type = String)]
    pub first: Month,
    /// よらなくなる月分.
    #[schema(value_type = Option<String>)]
    pub until: Option<Month>,
    /// 基礎年金の支給事由: `old_age`, `disability`, `survivor`.
    pub basic_of: Option<String>,
    /// 老齢・障害厚生年金の支給事由.
    pub employees_of: Option<String>,
    /// 基礎年金 (付加・振替・子の加算を含む), 円 a year.
    pub basic_yen: i64,
    /// 老齢・障害厚生年金 (支給停止後), 円 a year.
    pub employees_yen: i64,
    /// 遺族厚生年金 (支給停止後), 円 a year.
    pub survivor_yen: i64,
    /// 在職支給停止額.
    pub stopped_yen: i64,
    /// 理由の語.
    pub cause: String,
    /// 原因の届の受付番号.
    pub cause_reception_number: Option<String>,
}

/// 支払.
#[derive(Serialize, ToSchema)]
pub struct PaymentLine {
    /// 支払日.
    #[schema(value_type = String, format = Date)]
    pub payment_on: Date,
    /// `regular`, `special`, `unpaid_benefit`.
    pub kind: String,
    /// 支給事由 of what was accounted with it; none where it was held.
    pub grounds: Vec<String>,
    /// 基礎年金.
    pub basic_yen: i64,
    /// 老齢・障害厚生年金.
    pub employees_yen: i64,
    /// 遺族厚生年金.
    pub survivor_yen: i64,
    /// 内払・充当.
    pub set_off_yen: i64,
    /// 源泉所得税.
    pub income_tax_yen: i64,
    /// 特別徴収.
    pub collected_yen: i64,
    /// 差引支払額.
    pub net_yen: i64,
    /// 振り込めない理由.
    pub held_reason: Option<String>,
}

/// 支払期月ごとの計上.
#[derive(Serialize, ToSchema)]
pub struct InstalmentLine {
    /// 本来の支払期月.
    #[schema(value_type = String)]
    pub for_payment: Month,
    /// 計上した支払の月.
    #[schema(value_type = String)]
    pub paid_in: Month,
    /// 支給事由: `old_age`, `disability`, `survivor`.
    pub ground: String,
    /// 基礎年金.
    pub basic_yen: i64,
    /// 老齢・障害厚生年金.
    pub employees_yen: i64,
    /// 遺族厚生年金.
    pub survivor_yen: i64,
    /// 理由の語.
    pub cause: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
}

/// ある月分の年金額 (請求がなければ見込額) と計算の明細を照会する。
#[utoipa::path(
    get, path = "/api/persons/{person_id}/pension", operation_id = "pension_of_person", tag = "年金",
    params(
        ("person_id" = i64, Path, description = "人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
        PensionAsked,
    ),
    responses(
        (status = 200, description = "年金額", body = PensionCard),
        (status = 404, description = "人が見つからない", body = ErrorBody),
        (status = 422, description = "月の誤り、法令の表がその月分に及ばない", body = ErrorBody),
    )
)]
pub(crate) async fn pension(
    State(app): State<App>,
    audit: Audit,
    Path(person_id): Path<String>,
    Query(asked): Query<PensionAsked>,
) -> Result<Json<PensionCard>, TerminalError> {
    Ok(Json(look_up(&app, &audit, super::person::id_of(&person_id)?, &asked).await?))
}

/// A month as typed; `None` where nothing was.
fn month_of(field: &'static str, item: &'static str, typed: &str) -> Result<Option<Month>, TerminalError> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed
            .parse()
            .map(Some)
            .map_err(|_| TerminalError::field(field, item, "month_unreadable", "2026-10 の形で入力してください")),
    }
}

/// How the pensions are taken: as claimed, or as the estimate asks.
struct Taken {
    claims: Claims,
    basic_waits: bool,
    employees_waits: bool,
    spouse_addition_moves: bool,
    estimate: bool,
}

impl Taken {
    fn of(asked: &PensionAsked, claim: Option<&ClaimIs>) -> Result<Taken, TerminalError> {
        let basic = month_of("claim_month", "繰上げ・繰下げの月", &asked.claim_month)?;
        let employees = month_of("employees_claim_month", "老齢厚生年金の月", &asked.employees_claim_month)?;
        let spouse_addition_moves = claim.is_some_and(|claim| claim.spouse_addition_moves);
        Ok(match claim {
            Some(claim) if basic.is_none() && employees.is_none() => Taken {
                claims: Claims { basic: claim.basic, employees: claim.employees },
                basic_waits: claim.basic_waits,
                employees_waits: claim.employees_waits,
                spouse_addition_moves,
                estimate: false,
            },
            _ => Taken {
                claims: Claims { basic, employees: employees.or(basic) },
                basic_waits: false,
                employees_waits: false,
                spouse_addition_moves,
                estimate: true,
            },
        })
    }
}

async fn look_up(app: &App, audit: &Audit, person_id: i64, asked: &PensionAsked) -> Result<PensionCard, TerminalError> {
    audit.subject(format!("person:{person_id}"));
    audit.purpose()?;
    let month = month_of("month", "月分", &asked.month)?;
    let month = month.unwrap_or_else(|| Month::of(app.0.config.business_day()));
    let known_at = known_at_of(&asked.known_at)?;
    let client = app.client().await?;
    let person = Persons::one(person_id, known_at);
    let mut rows = rows_of(&client, person).await?;
    let (claim, household, awards, payments, instalments, overpaid) = tokio::join!(
        pension_card::claim(&client, person),
        pension_card::household(&client, person),
        pension_card::awards(&client, person),
        pension_card::payments(&client, person, LISTED_MAX),
        pension_card::instalments(&client, person, LISTED_MAX),
        pension_card::overpaid(&client, person)
    );
    let grounds = pension_grounds::look_up(&client, person).await?;
    let (claim, household) = (claim?, household?);
    let taken = Taken::of(asked, claim.as_ref())?;
    let mut trace = Trace::new();
    let died = rows.died_on.filter(|died_on| Month::of(*died_on) < month);
    let outcome = match add_current_cover(&mut rows, month, &mut trace) {
        Ok(()) => {
            let spouse = household.iter().find(|one| one.member.relation == Kin::Spouse).map(spouse);
            let children: Vec<Child> =
                household.iter().filter(|one| one.member.relation == Kin::Child).map(child).collect();
            let facts = rows.facts();
            let question = Question {
                facts: &facts,
                for_month: month,
                claims: taken.claims,
                spouse: spouse.as_ref(),
                children: &children,
                spouse_addition_moves: taken.spouse_addition_moves,
            };
            old_age(&question, &mut RateShelf::new(), &mut trace)
        }
        Err(error) => Err(error),
    };
    let found = Found::of(outcome, &taken, died)?;
    let result = json!({ "standing": found.standing, "total_yen": found.total_yen });
    Ok(PensionCard {
        person_id,
        month,
        known_at,
        estimate: taken.estimate,
        claim: claim.map(claim_line),
        standing: found.standing,
        reason: found.reason,
        manner: found.start.map(|start| start.manner.code()),
        right_on: found.start.map(|start| start.right_on),
        qualified: found.qualified,
        components: found.components,
        total_yen: found.total_yen,
        receipt: trace.into_receipt("老齢年金の裁定", json!({ "month": month }), result),
        awards: awards?.into_iter().map(award_line).collect(),
        payments: payments?.into_iter().map(payment_line).collect(),
        instalments: instalments?.into_iter().map(instalment_line).collect(),
        overpaid_yen: overpaid?,
        grounds,
    })
}

fn spouse(one: &MemberIs) -> Spouse {
    Spouse {
        birth: one.member.birth_on,
        dependent: one.member.dependent,
        ended_on: one.ended_on,
        own: OwnPension {
            old_age_from: one.member.own_old_age_from,
            old_age_fully_stopped: Vec::new(),
            disability: None,
        },
    }
}

fn child(one: &MemberIs) -> Child {
    Child {
        birth: one.member.birth_on,
        dependent: one.member.dependent,
        disabled: one.member.disabled,
        ended_on: one.ended_on,
    }
}

/// What the engine says, as it is shown.
struct Found {
    standing: &'static str,
    reason: Option<String>,
    start: Option<Start>,
    qualified: Option<(i64, i64)>,
    components: Vec<Component>,
    total_yen: i64,
}

impl Found {
    fn nothing(standing: &'static str, reason: String) -> Found {
        let (start, qualified, components, total_yen) = (None, None, Vec::new(), 0);
        Found { standing, reason: Some(reason), start, qualified, components, total_yen }
    }

    /// # Errors
    /// `Law` — the tables do not reach the month. A record that contradicts itself is an answer: a person must decide.
    fn of(outcome: Result<OldAge, LawError>, taken: &Taken, died: Option<Date>) -> Result<Found, TerminalError> {
        if let Some(died_on) = died {
            let reason = format!("{}に死亡し、受給権は消滅しています", era::in_words(died_on));
            return Ok(Found::nothing("ended", reason));
        }
        Ok(match outcome {
            Ok(OldAge::NoRight { qualified }) => Found {
                qualified: Some((qualified.months, qualified.required)),
                ..Found::nothing("no_right", "受給資格期間が足りません".to_owned())
            },
            Ok(OldAge::NotYet { start, qualified }) => Found {
                start: Some(start),
                qualified: qualified.map(|found| (found.months, found.required)),
                ..Found::nothing("not_yet", "この月分はまだ支給しません".to_owned())
            },
            Ok(OldAge::Payable(pension)) => Found::payable(&pension, taken),
            Err(error @ (LawError::CannotDecide { .. } | LawError::BadInput { .. })) => {
                Found::nothing("held", error.to_string())
            }
            Err(error) => return Err(error.into()),
        })
    }

    fn payable(pension: &Pension, taken: &Taken) -> Found {
        let from_65 = pension.start.manner == Manner::From65;
        let basic = pension.basic.as_ref().filter(|_| !(from_65 && taken.basic_waits));
        let employees = pension.employees.as_ref().filter(|_| !(from_65 && taken.employees_waits));
        let mut components = Vec::new();
        let mut add = |item, yen: Yen| {
            if yen != Yen::ZERO {
                components.push(Component { item, annual_yen: yen.get() });
            }
        };
        if let Some(part) = basic {
            add("老齢基礎年金", part.annual);
            add("付加年金", part.additional);
            add("振替加算", part.furikae);
        }
        if let Some(part) = employees {
            add("報酬比例部分", part.proportional());
            add("経過的加算", part.transitional());
            add("繰上げの減額・繰下げの増額 (厚生年金)", part.adjustment);
            add("加給年金額", part.addition);
            add("在職支給停止", Yen::ZERO - part.stopped);
        }
        let total_yen = components.iter().map(|part| part.annual_yen).sum();
        let waits = basic.is_none() && employees.is_none();
        Found {
            standing: if waits { "waiting" } else { "payable" },
            reason: waits.then(|| "繰下げ待機中で、支給しません".to_owned()),
            start: Some(pension.start),
            qualified: Some((pension.qualified.months, pension.qualified.required)),
            components,
            total_yen,
        }
    }
}

fn claim_line(claim: ClaimIs) -> ClaimLine {
    ClaimLine {
        filed_on: claim.filed_on,
        basic_month: claim.basic,
        employees_month: claim.employees,
        basic_waits: claim.basic_waits,
        employees_waits: claim.employees_waits,
    }
}

fn award_line(row: AwardRow) -> AwardLine {
    AwardLine {
        first: row.first,
        until: row.until,
        basic_of: row.basic_of,
        employees_of: row.employees_of,
        basic_yen: row.basic_total_yen,
        employees_yen: row.employees_total_yen,
        survivor_yen: row.survivor_total_yen,
        stopped_yen: row.stopped_yen,
        cause: row.cause,
        cause_reception_number: row.cause_reception_number,
    }
}

fn payment_line(row: PaymentRow) -> PaymentLine {
    PaymentLine {
        payment_on: row.payment_on,
        kind: row.kind,
        grounds: row.grounds,
        basic_yen: row.basic_yen,
        employees_yen: row.employees_yen,
        survivor_yen: row.survivor_yen,
        set_off_yen: row.set_off_yen,
        income_tax_yen: row.income_tax_yen,
        collected_yen: row.collected_yen,
        net_yen: row.net_yen,
        held_reason: row.held_reason,
    }
}

fn instalment_line(row: InstalmentRow) -> InstalmentLine {
    InstalmentLine {
        for_payment: row.for_payment,
        paid_in: row.paid_in,
        ground: row.ground,
        basic_yen: row.basic_yen,
        employees_yen: row.employees_yen,
        survivor_yen: row.survivor_yen,
        cause: row.cause,
        cause_filing_id: row.cause_filing_id,
    }
}

/// 年金額の画面.
pub(crate) async fn page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(person_id): Path<String>,
    Query(asked): Query<PensionAsked>,
) -> Result<Response, TerminalError> {
    let person_id = super::person::id_of(&person_id)?;
    let card = look_up(&app, &audit, person_id, &asked).await?;
    let title = if card.estimate { "年金の見込額" } else { "年金額" };
    let who = super::person::heading(&app, person_id).await?;
    let body = format!("{who}{}", card_html(&card, &asked, audit.purpose()?));
    Ok(pages::page(StatusCode::OK, Some(&clerk), title, body))
}

fn card_html(card: &PensionCard, asked: &PensionAsked, purpose: Purpose) -> String {
    let known = card.known_at.map_or("いま".to_owned(), super::course::in_japan);
    let basis = match (&card.claim, card.estimate) {
        (None, _) => "請求はまだありません。見込額です。",
        (Some(_), true) => "請求とは別の月による見込額です。",
        (Some(_), false) => "請求のとおりの年金額です。",
    };
    let month = era::month_in_words(card.month);
    let mut html = format!("<p class=\"lead\">{basis}　{month}分、記録の時点 {}。</p>\n", Esc(known));
    if let Some(reason) = &card.reason {
        let class = if card.standing == "held" { "notice bad" } else { "notice" };
        html.push_str(&format!("<div class=\"{class}\" role=\"status\"><p>{}</p></div>\n", Esc(reason)));
    }
    html.push_str(&definitions(&standing_rows(card)));
    let rows = card.components.iter().map(|part| vec![part.item.to_owned(), yen(part.annual_yen)]);
    let total = vec!["<b>合計 (支給停止後)</b>".to_owned(), format!("<b>{}</b>", yen(card.total_yen))];
    if !card.components.is_empty() {
        html.push_str(&table("年額", &["内訳", "年額"], rows.chain([total])));
    }
    html.push_str(&pension_grounds::html(&card.grounds, purpose));
    html.push_str(&again_html(card, asked, purpose));
    html.push_str(&on_record_html(card));
    html.push_str(&receipt_html("計算の明細", &card.receipt));
    html.push_str(&format!(
        "<p class=\"actions\"><a class=\"button\" href=\"/persons/{id}/life?purpose={purpose}\">年金記録を見る</a> \
         <a href=\"/persons/{id}?purpose={purpose}\">個人の記録へ戻る</a></p>\n",
        id = card.person_id,
        purpose = purpose.code(),
    ));
    html
}

fn yen(amount: i64) -> String {
    format!("<span class=\"yen\">{}</span>", Yen::new(amount))
}

fn standing_rows(card: &PensionCard) -> Vec<(&'static str, String)> {
    let manner = card.manner.map(|manner| match manner {
        "special" => "特別支給の老齢厚生年金",
        "early" => "繰上げ",
        _ => "65歳から (繰下げを含む)",
    });
    let mut rows = Vec::new();
    rows.extend(manner.map(|manner| ("受け方", manner.to_owned())));
    rows.extend(card.right_on.map(|right_on| ("受給権発生日", era::in_words(right_on))));
    rows.extend(
        card.qualified.map(|(months, required)| ("受給資格期間", format!("{months}か月 (必要 {required}か月)"))),
    );
    if let Some(claim) = &card.claim {
        let of = |month: Option<Month>, waits: bool| match (month, waits) {
            (_, true) => "待機中".to_owned(),
            (Some(month), _) => era::month_in_words(month),
            (None, _) => "本来の時期".to_owned(),
        };
        rows.push(("請求", era::in_words(claim.filed_on)));
        rows.push(("老齢基礎年金の請求", of(claim.basic_month, claim.basic_waits)));
        rows.push(("老齢厚生年金の請求", of(claim.employees_month, claim.employees_waits)));
    }
    if card.overpaid_yen != 0 {
        rows.push(("返納金の残高", yen(card.overpaid_yen)));
    }
    rows
}

/// The question again, with other months.
fn again_html(card: &PensionCard, asked: &PensionAsked, purpose: Purpose) -> String {
    let field = |name: &str, label: &str, value: &str, focus: &str| {
        format!(
            "<div><label for=\"f-{name}\">{label}</label>\
             <input type=\"text\" id=\"f-{name}\" name=\"{name}\" value=\"{}\" size=\"10\"{focus}></div>\n",
            Esc(value)
        )
    };
    format!(
        "<form method=\"get\" action=\"/persons/{}/pension\" class=\"inline\">\n\
         <input type=\"hidden\" name=\"purpose\" value=\"{}\">\n{}{}{}{}<button accesskey=\"s\">計算する<kbd>Enter</kbd></button></form>\n",
        card.person_id,
        purpose.code(),
        field("month", "月分 (例 2026-10)", &card.month.to_string(), " autofocus"),
        field("claim_month", "見込み: 繰上げ・繰下げの月", &asked.claim_month, ""),
        field("employees_claim_month", "厚生年金だけ別の月", &asked.employees_claim_month, ""),
        field("known_at", "記録の時点 (例 2026-10-01)", &asked.known_at, ""),
    )
}

fn cause_words(cause: &str) -> &str {
    match cause {
        "claim" => "請求",
        "annual_revision" => "年度の改定",
        "in_service" => "在職定時改定",
        "retirement" => "退職改定",
        "record_change" => "記録の訂正",
        "death" => "死亡",
        "age" => "年齢",
        "age_65" => "65歳到達",
        "family" => "家族の異動",
        "working_stop" => "在職による支給停止の変更",
        "merge" => "基礎年金番号の統合",
        "grade" => "障害等級の改定",
        "choice" => "年金の選択",
        "other_right" => "他の年金の受給権の変更",
        other => other,
    }
}

/// 老齢, 障害, 遺族.
fn ground_words(ground: &str) -> &'static str {
    match ground {
        "disability" => "障害",
        "survivor" => "遺族",
        _ => "老齢",
    }
}

/// An amount with the 支給事由 of its pension before it, where there is one.
fn yen_of(ground: Option<&str>, amount: i64) -> String {
    match ground {
        Some(ground) if amount != 0 => format!("{} {}", ground_words(ground), yen(amount)),
        _ => yen(amount),
    }
}

fn on_record_html(card: &PensionCard) -> String {
    let mut html = String::new();
    if !card.awards.is_empty() {
        let rows = card.awards.iter().map(|award| {
            let until = award.until.map(|until| until.previous().to_string()).unwrap_or_default();
            let filing = award.cause_reception_number.as_ref().map_or(String::new(), |number| {
                format!(" <a href=\"/filings?reception_number={0}\">{0}</a>", Esc(number))
            });
            vec![
                format!("{}〜{until}", award.first),
                yen_of(award.basic_of.as_deref(), award.basic_yen),
                yen_of(award.employees_of.as_deref(), award.employees_yen),
                yen(award.stopped_yen),
                yen(award.survivor_yen),
                format!("{}{filing}", Esc(cause_words(&award.cause))),
            ]
        });
        html.push_str("<h2>裁定・改定</h2>\n");
        let heads =
            ["月分", "基礎年金 (年額)", "厚生年金 (年額)", "うち支給停止", "遺族厚生年金 (年額)", "理由・原因の届"];
        html.push_str(&table("古い順", &heads, rows));
    }
    if !card.payments.is_empty() {
        let rows = card.payments.iter().map(|payment| {
            let kind = match payment.kind.as_str() {
                "regular" => "定期",
                "special" => "随時",
                _ => "未支給",
            };
            vec![
                era::in_words(payment.payment_on),
                kind.to_owned(),
                payment.grounds.iter().map(|ground| ground_words(ground)).collect::<Vec<_>>().join("・"),
                yen(payment.basic_yen),
                yen(payment.employees_yen),
                yen(payment.survivor_yen),
                yen(payment.set_off_yen),
                yen(payment.income_tax_yen),
                yen(payment.collected_yen),
                yen(payment.net_yen),
                Esc(payment.held_reason.as_deref().unwrap_or("")).to_string(),
            ]
        });
        html.push_str("<h2>支払</h2>\n");
        let heads = [
            "支払日",
            "種類",
            "支給事由",
            "基礎",
            "厚生",
            "遺族厚生",
            "内払・充当",
            "所得税",
            "特別徴収",
            "差引支払額",
            "保留の理由",
        ];
        html.push_str(&table("新しい順", &heads, rows));
    }
    if !card.instalments.is_empty() {
        let rows = card.instalments.iter().map(|line| {
            vec![
                line.for_payment.to_string(),
                line.paid_in.to_string(),
                ground_words(&line.ground).to_owned(),
                yen(line.basic_yen),
                yen(line.employees_yen),
                yen(line.survivor_yen),
                Esc(cause_words(&line.cause)).to_string(),
            ]
        });
        html.push_str("<h2>支払期月ごとの計上</h2>\n");
        html.push_str(&table(
            "新しい順",
            &["支払期月", "計上した月", "支給事由", "基礎", "厚生", "遺族厚生", "理由"],
            rows,
        ));
    }
    html
}
