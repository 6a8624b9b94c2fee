//! 基礎年金番号の重複の審査 — the queue of pairs that are probably one person, both side by side; 同一人, 別人 and the
//! undoing of a merge, each drafted by one clerk and approved by another.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::era;
use jiff::civil::Date;
use law::pension_record::duplicates::{NumberInUse, Reason, keeps_first};
use serde::{Deserialize, Serialize};
use store::Db;
use store::duplicates::{self, Candidate, Decision, Listed, NewDecision, Outcome, Pair, Side};
use utoipa::{IntoParams, ToSchema};

use super::person::id_of;
use crate::app::App;
use crate::audit::Audit;
use crate::clerk::{Clerk, Right};
use crate::error::{ErrorBody, Refusal, TerminalError};
use crate::extract::{Body, Pairs};
use crate::pages::form::{Form, Group, Values, choice};
use crate::pages::{self, Esc, table};
use crate::purpose::Purpose;

const LISTED_MAX: i64 = 50;
const NOTE_LENGTH_MAX: usize = 200;
/// 加入記録 shown of one person.
const COVERS_SHOWN_MAX: usize = 12;

/// 一覧の条件.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct QueueAsked {
    /// `open` 審査を待つ組, `drafted` 決裁を待つ組, `decided` 決定した組.
    #[param(value_type = Option<String>)]
    pub wait: Wait,
    /// `next_after` of the page before: `score-person-person`.
    pub after: Option<String>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// 審査 (起案).
    #[default]
    Open,
    /// 決裁.
    Drafted,
    /// Nothing: 同一人 or 別人.
    Decided,
}

impl Wait {
    fn of_word(word: &str) -> Wait {
        match word {
            "drafted" => Wait::Drafted,
            "decided" => Wait::Decided,
            _ => Wait::Open,
        }
    }

    fn listed(self) -> Listed {
        match self {
            Wait::Open => Listed::Open,
            Wait::Drafted => Listed::Drafted,
            Wait::Decided => Listed::Decided,
        }
    }
}

/// 一致・相違.
#[derive(Serialize, ToSchema)]
pub struct ReasonLine {
    /// For machines: `same_kana`, `old_kanji` …
    pub code: String,
    /// In Japanese.
    pub words: String,
}

/// 重複の疑いの一覧.
#[derive(Serialize, ToSchema)]
pub struct Queue {
    /// The highest score first.
    pub pairs: Vec<PairCard>,
    /// `after` of the next page.
    pub next_after: Option<String>,
}

/// 一組 — both persons side by side.
#[derive(Serialize, ToSchema)]
pub struct PairCard {
    /// 点数 (0 to 100); none where the night no longer proposes the pair.
    pub score: Option<i16>,
    /// 一致・相違.
    pub reasons: Vec<ReasonLine>,
    /// 審査の段階: `open`, `drafted_same`, `same`, `drafted_different`, `different`, `drafted_apart`, `taken_apart`,
    /// `returned`.
    pub state: &'static str,
    /// 起案・決定の理由.
    pub note: Option<String>,
    /// 残す番号の人: as drafted or decided, else as proposed.
    pub kept_person_id: i64,
    /// The smaller number of ours first.
    pub persons: Vec<SideCard>,
}

/// 一人分.
#[derive(Serialize, ToSchema)]
pub struct SideCard {
    /// 人.
    pub person_id: i64,
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: Option<String>,
    /// 生年月日.
    #[schema(value_type = String, format = Date)]
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号, present first.
    pub basic_pension_numbers: Vec<String>,
    /// 住所 with 郵便番号, the latest first.
    pub addresses: Vec<String>,
    /// 加入記録, the latest first.
    pub covers: Vec<String>,
    /// 年金の請求がある.
    pub claimed: bool,
    /// Merged into this person.
    pub merged_into_person_id: Option<i64>,
}

/// 起案の内容.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DuplicateDraft {
    /// `same` 同一人, `different` 別人, `apart` 統合の取消.
    pub outcome: String,
    /// 残す番号の人, of `same`; as proposed when it is not given.
    pub kept_person_id: Option<i64>,
    /// 理由. 個人の氏名・番号は書かない.
    pub note: String,
}

/// 決裁・差戻しの理由.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DuplicateNote {
    /// 差戻しでは必須.
    pub note: String,
}

/// 重複の疑いの一覧。
#[utoipa::path(
    get, path = "/api/duplicates", operation_id = "duplicates", tag = "基礎年金番号の重複",
    params(("X-Purpose" = String, Header, description = "利用目的"), QueueAsked),
    responses((status = 200, description = "点数の高い順", body = Queue))
)]
pub(crate) async fn queue(
    State(app): State<App>,
    audit: Audit,
    Query(asked): Query<QueueAsked>,
) -> Result<Json<Queue>, TerminalError> {
    Ok(Json(list(&app, &audit, &asked).await?))
}

/// 一組を見る。
#[utoipa::path(
    get, path = "/api/duplicates/{person_id}/{other_id}", operation_id = "duplicate", tag = "基礎年金番号の重複",
    params(
        ("person_id" = i64, Path, description = "人"), ("other_id" = i64, Path, description = "もう一人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
    ),
    responses((status = 200, description = "二人の記録", body = PairCard), (status = 404, description = "見つからない", body = ErrorBody))
)]
pub(crate) async fn card(
    State(app): State<App>,
    audit: Audit,
    Path((person_id, other_id)): Path<(String, String)>,
) -> Result<Json<PairCard>, TerminalError> {
    Ok(Json(look_at(&app, &audit, pair_of(&person_id, &other_id)?).await?))
}

/// 同一人・別人・統合の取消を起案する。
#[utoipa::path(
    post, path = "/api/duplicates/{person_id}/{other_id}/draft", operation_id = "draft_duplicate",
    tag = "基礎年金番号の重複", request_body = DuplicateDraft,
    params(
        ("person_id" = i64, Path, description = "人"), ("other_id" = i64, Path, description = "もう一人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
    ),
    responses(
        (status = 200, description = "起案した", body = PairCard),
        (status = 409, description = "起案できる段階でない", body = ErrorBody),
        (status = 422, description = "入力の誤り", body = ErrorBody),
    )
)]
pub(crate) async fn draft(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path((person_id, other_id)): Path<(String, String)>,
    Body(draft): Body<DuplicateDraft>,
) -> Result<Json<PairCard>, TerminalError> {
    act(&app, &clerk, &audit, pair_of(&person_id, &other_id)?, &Act::of_draft(&draft)?).await.map(Json)
}

/// 決裁する。
#[utoipa::path(
    post, path = "/api/duplicates/{person_id}/{other_id}/approve", operation_id = "approve_duplicate",
    tag = "基礎年金番号の重複", request_body = DuplicateNote,
    params(
        ("person_id" = i64, Path, description = "人"), ("other_id" = i64, Path, description = "もう一人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
    ),
    responses(
        (status = 200, description = "決裁した", body = PairCard),
        (status = 403, description = "起案した職員である", body = ErrorBody),
        (status = 409, description = "決裁できる段階でない", body = ErrorBody),
    )
)]
pub(crate) async fn approve(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path((person_id, other_id)): Path<(String, String)>,
    Body(note): Body<DuplicateNote>,
) -> Result<Json<PairCard>, TerminalError> {
    let what = Act::Approve { note: check_note(&note.note, false)? };
    act(&app, &clerk, &audit, pair_of(&person_id, &other_id)?, &what).await.map(Json)
}

/// 起案を差し戻す。
#[utoipa::path(
    post, path = "/api/duplicates/{person_id}/{other_id}/return", operation_id = "return_duplicate",
    tag = "基礎年金番号の重複", request_body = DuplicateNote,
    params(
        ("person_id" = i64, Path, description = "人"), ("other_id" = i64, Path, description = "もう一人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
    ),
    responses((status = 200, description = "差し戻した", body = PairCard), (status = 409, description = "起案でない", body = ErrorBody))
)]
pub(crate) async fn give_back(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path((person_id, other_id)): Path<(String, String)>,
    Body(note): Body<DuplicateNote>,
) -> Result<Json<PairCard>, TerminalError> {
    let what = Act::GiveBack { note: check_note(&note.note, true)? };
    act(&app, &clerk, &audit, pair_of(&person_id, &other_id)?, &what).await.map(Json)
}

fn pair_of(one: &str, other: &str) -> Result<Pair, TerminalError> {
    Pair::of(id_of(one)?, id_of(other)?).ok_or(TerminalError::NotFound { what: "この二人の組" })
}

/// What is done with a pair.
enum Act {
    Same { kept_person_id: Option<i64>, note: String },
    Different { note: String },
    Apart { note: String },
    Approve { note: String },
    GiveBack { note: String },
}

impl Act {
    fn of_draft(draft: &DuplicateDraft) -> Result<Act, TerminalError> {
        let note = check_note(&draft.note, true)?;
        match draft.outcome.as_str() {
            "same" => Ok(Act::Same { kept_person_id: draft.kept_person_id, note }),
            "different" => Ok(Act::Different { note }),
            "apart" => Ok(Act::Apart { note }),
            _ => {
                let reason = "same 同一人、different 別人、apart 統合の取消のいずれかを選んでください";
                Err(TerminalError::field("outcome", "決定", "outcome_unknown", reason))
            }
        }
    }
}

fn check_note(note: &str, needed: bool) -> Result<String, TerminalError> {
    let note = note.trim();
    if needed && note.is_empty() {
        let reason = "理由を入力してください。決裁する職員が読みます";
        return Err(TerminalError::field("note", "理由", "note_missing", reason));
    }
    if note.chars().count() > NOTE_LENGTH_MAX {
        let reason = format!("{NOTE_LENGTH_MAX}字以内で入力してください");
        return Err(TerminalError::field("note", "理由", "note_too_long", reason));
    }
    Ok(note.to_owned())
}

async fn act(app: &App, clerk: &Clerk, audit: &Audit, pair: Pair, what: &Act) -> Result<PairCard, TerminalError> {
    name(audit, pair);
    audit.purpose()?;
    let mut client = app.client().await?;
    let transaction = client.transaction().await?;
    if !duplicates::lock(&transaction, pair).await? {
        return Err(TerminalError::NotFound { what: "この二人の組" });
    }
    decide(&transaction, clerk, pair, what).await?;
    let card = read(&transaction, duplicates::find(&transaction, pair).await?).await?;
    audit.with_commit(async { Ok(transaction.commit().await?) }).await?;
    Ok(card)
}

async fn decide(db: &impl Db, clerk: &Clerk, pair: Pair, what: &Act) -> Result<(), TerminalError> {
    let now = duplicates::find(db, pair).await?.decision;
    let (one, other) = sides(db, pair).await?;
    let merged = one.merged_into == Some(other.person_id) || other.merged_into == Some(one.person_id);
    let drafted = now.as_ref().filter(|decision| decision.outcome.approved().is_some());
    let new = match what {
        Act::Approve { .. } | Act::GiveBack { .. } => {
            let draft = drafted.ok_or_else(|| moved("この組に決裁を待つ起案はありません。一覧を見直してください"))?;
            if draft.drafted_by == clerk.id() {
                return Err(TerminalError::SameDrafter);
            }
            return settle(db, clerk, pair, draft, what, (&one, &other)).await;
        }
        _ if drafted.is_some() => {
            return Err(moved("この組は決裁を待っています。決裁か差戻しの後に起案してください"));
        }
        Act::Apart { note } if merged => {
            let kept = if one.merged_into.is_some() { other.person_id } else { one.person_id };
            (Outcome::DraftedApart, Some(kept), note)
        }
        Act::Apart { .. } => return Err(moved("この二人は統合されていません。取り消すものがありません")),
        _ if merged => {
            return Err(moved("この二人は統合済みです。分けるときは統合の取消を起案してください"));
        }
        Act::Same { kept_person_id, note } => {
            let kept = kept_person_id.unwrap_or_else(|| proposed(&one, &other));
            if ![one.person_id, other.person_id].contains(&kept) {
                let reason = "二人のどちらかの番号を選んでください";
                return Err(TerminalError::field("kept_person_id", "残す番号", "kept_not_of_pair", reason));
            }
            may_merge(&one, &other, kept)?;
            (Outcome::DraftedSame, Some(kept), note)
        }
        Act::Different { note } => {
            if now.is_some_and(|decision| decision.outcome == Outcome::Different) {
                return Err(moved("この二人は別人と決定済みです"));
            }
            (Outcome::DraftedDifferent, None, note)
        }
    };
    let (outcome, kept_person_id, note) = new;
    let new = NewDecision { pair, outcome, kept_person_id, drafted_by: clerk.id(), approved_by: None, note };
    Ok(duplicates::decide(db, &new).await?)
}

/// 決裁 or 差戻し of a draft by another clerk.
async fn settle(
    db: &impl Db,
    clerk: &Clerk,
    pair: Pair,
    draft: &Decision,
    what: &Act,
    (one, other): (&Side, &Side),
) -> Result<(), TerminalError> {
    let (outcome, note) = match what {
        Act::Approve { note } => (draft.outcome.approved().unwrap_or(Outcome::Returned), note),
        Act::Same { note, .. } | Act::Different { note } | Act::Apart { note } | Act::GiveBack { note } => {
            (Outcome::Returned, note)
        }
    };
    let kept = draft.kept_person_id;
    match (outcome, kept) {
        (Outcome::Same, Some(kept)) => {
            may_merge(one, other, kept)?;
            let merged = if kept == pair.first { pair.second } else { pair.first };
            duplicates::merge(db, merged, kept, (draft.drafted_by, clerk.id()), &draft.note).await?;
            duplicates::take_off(db, pair).await?;
        }
        (Outcome::Different, _) => duplicates::take_off(db, pair).await?,
        (Outcome::TakenApart, _) if !duplicates::take_apart(db, pair).await? => {
            return Err(moved("この二人は統合されていません。取り消すものがありません"));
        }
        _ => {}
    }
    let kept_person_id = if outcome == Outcome::Returned { None } else { kept };
    let note = if note.is_empty() { &draft.note } else { note };
    let (drafted_by, approved_by) = (draft.drafted_by, Some(clerk.id()));
    Ok(duplicates::decide(db, &NewDecision { pair, outcome, kept_person_id, drafted_by, approved_by, note }).await?)
}

/// A merge is one step deep: neither is merged elsewhere, and nobody is merged into the one that goes. The number that goes has
/// no pension of its own: what was claimed and paid stays with its number.
fn may_merge(one: &Side, other: &Side, kept: i64) -> Result<(), TerminalError> {
    if one.merged_into.is_some() || other.merged_into.is_some() {
        return Err(moved("どちらかの番号は既に別の番号に統合されています。統合先の番号との組で審査してください"));
    }
    let goes = if one.person_id == kept { other } else { one };
    if !goes.merged_from.is_empty() {
        return Err(moved(
            "統合する番号に、さらに別の番号が統合されています。その番号を残すか、先にその統合を取り消してください",
        ));
    }
    if goes.claimed {
        return Err(moved(
            "統合する番号で年金が請求され、又は支払われています。その番号を残してください。両方の番号に請求があるときは、\
             統合の前に、給付の担当者がどちらの支払いを正しいものとするか決めてください",
        ));
    }
    Ok(())
}

fn moved(reason: &str) -> TerminalError {
    TerminalError::PairMoved { reason: reason.to_owned() }
}

async fn sides(db: &impl Db, pair: Pair) -> Result<(Side, Side), TerminalError> {
    let nobody = || TerminalError::NotFound { what: "この二人の組" };
    let one = duplicates::side(db, pair.first).await?.ok_or_else(nobody)?;
    let other = duplicates::side(db, pair.second).await?.ok_or_else(nobody)?;
    Ok((one, other))
}

/// 残す番号, as proposed.
fn proposed(one: &Side, other: &Side) -> i64 {
    let use_of = |side: &Side| NumberInUse {
        claimed: side.claimed,
        insured: side.covers.iter().any(|cover| cover.lost_on.is_none()),
        provisional: side.numbers.first().is_none_or(|number| number.office().starts_with("990")),
        begins_on: side.covers.iter().map(|cover| cover.acquired_on).min(),
    };
    if keeps_first(use_of(one), use_of(other)) { one.person_id } else { other.person_id }
}

/// Both persons are looked at.
fn name(audit: &Audit, pair: Pair) {
    audit.subject(format!("person:{}", pair.first));
    audit.subject(format!("person:{}", pair.second));
}

async fn look_at(app: &App, audit: &Audit, pair: Pair) -> Result<PairCard, TerminalError> {
    name(audit, pair);
    audit.purpose()?;
    let client = app.client().await?;
    let found = duplicates::find(&client, pair).await?;
    read(&client, found).await
}

async fn list(app: &App, audit: &Audit, asked: &QueueAsked) -> Result<Queue, TerminalError> {
    audit.purpose()?;
    let after = asked.after.as_deref().filter(|text| !text.is_empty()).map(after_of).transpose()?;
    let client = app.client().await?;
    let mut found = duplicates::list(&client, asked.wait.listed(), after, LISTED_MAX + 1).await?;
    let shown_max = usize::try_from(LISTED_MAX).unwrap_or(usize::MAX);
    let more = found.len() > shown_max;
    found.truncate(shown_max);
    let next_after = found
        .last()
        .filter(|_| more)
        .map(|last| format!("{}-{}-{}", last.score.unwrap_or(0), last.pair.first, last.pair.second));
    let mut pairs = Vec::with_capacity(found.len());
    for candidate in found {
        name(audit, candidate.pair);
        pairs.push(read(&client, candidate).await?);
    }
    Ok(Queue { pairs, next_after })
}

fn after_of(text: &str) -> Result<duplicates::After, TerminalError> {
    let parts: Vec<i64> = text.splitn(3, '-').filter_map(|part| part.parse().ok()).collect();
    let after = match parts[..] {
        [score, first, second] => i16::try_from(score).ok().map(|score| (score, Pair { first, second })),
        _ => None,
    };
    after.ok_or_else(|| TerminalError::field("after", "続き", "after_unreadable", "一覧を最初から見直してください"))
}

async fn read(db: &impl Db, found: Candidate) -> Result<PairCard, TerminalError> {
    let (one, other) = sides(db, found.pair).await?;
    let reason = |code: &String| ReasonLine {
        words: Reason::of_code(code).map_or_else(|| code.clone(), |reason| reason.words().to_owned()),
        code: code.clone(),
    };
    let drafted = found.decision.as_ref().and_then(|decision| decision.kept_person_id);
    Ok(PairCard {
        score: found.score,
        reasons: found.reasons.iter().map(reason).collect(),
        state: found.decision.as_ref().map_or("open", |decision| decision.outcome.code()),
        note: found.decision.map(|decision| decision.note),
        kept_person_id: drafted.unwrap_or_else(|| proposed(&one, &other)),
        persons: vec![side_card(one), side_card(other)],
    })
}

fn side_card(side: Side) -> SideCard {
    let cover = |cover: &duplicates::SideCover| {
        let until = cover.lost_on.map(era::in_words).unwrap_or_default();
        format!("{} {}〜{until}", category_words(&cover.category), era::in_words(cover.acquired_on))
    };
    SideCard {
        person_id: side.person_id,
        basic_pension_numbers: side.numbers.iter().map(ToString::to_string).collect(),
        addresses: side.addresses.iter().map(|(zip, text, _)| format!("〒{zip} {text}")).collect(),
        covers: side.covers.iter().take(COVERS_SHOWN_MAX).map(cover).collect(),
        claimed: side.claimed,
        merged_into_person_id: side.merged_into,
        name_kana: side.name_kana,
        name_kanji: side.name_kanji,
        birth_on: side.birth_on,
        sex: side.sex,
    }
}

fn category_words(category: &str) -> &'static str {
    match category {
        "cat1" => "第1号",
        "cat2" => "厚生年金",
        "cat3" => "第3号",
        "voluntary" => "任意加入",
        "special_voluntary" => "特例任意加入",
        _ => "",
    }
}

fn state_words(state: &str) -> &'static str {
    match state {
        "open" => "審査待ち",
        "drafted_same" => "同一人の起案 (決裁待ち)",
        "same" => "同一人 (統合済み)",
        "drafted_different" => "別人の起案 (決裁待ち)",
        "different" => "別人",
        "drafted_apart" => "統合の取消の起案 (決裁待ち)",
        "taken_apart" => "統合を取り消した",
        "returned" => "差し戻された起案",
        _ => "",
    }
}

const SEARCH: Group = Group {
    legend: "一覧の条件",
    fields: &[choice(
        "wait",
        "待っている処理",
        &[("open", "審査 (起案)"), ("drafted", "決裁"), ("decided", "決定済み")],
    )],
};

fn search_form(app: &App, values: &Values, problems: &[crate::error::Problem]) -> String {
    let form = Form {
        action: "/duplicates",
        button: "一覧を見る",
        groups: &[&SEARCH],
        hidden: &[],
        purposes: Some((&app.0.config.purposes, Purpose::Correction)),
    };
    form.html(values, problems)
}

const TITLE: &str = "基礎年金番号の重複";

/// 一覧の条件の画面.
pub(crate) async fn form(State(app): State<App>, clerk: Clerk) -> Response {
    pages::page(StatusCode::OK, Some(&clerk), TITLE, search_form(&app, &Values::new(), &[]))
}

/// 一覧の画面.
pub(crate) async fn list_page(State(app): State<App>, clerk: Clerk, audit: Audit, pairs: Pairs) -> Response {
    let asked = QueueAsked { wait: Wait::of_word(pairs.one("wait")), after: Some(pairs.one("after").to_owned()) };
    let values = pairs.values();
    match list(&app, &audit, &asked).await {
        Ok(found) => {
            let list = list_html(&found, &values);
            let again = search_form(&app, &values, &[]).replace(" autofocus", "");
            pages::page(StatusCode::OK, Some(&clerk), TITLE, format!("{list}<h2>別の一覧</h2>{again}"))
        }
        Err(error) => {
            let problems = error.problems();
            let page = pages::page(StatusCode::OK, Some(&clerk), TITLE, search_form(&app, &values, &problems));
            Refusal::on_page(error, page)
        }
    }
}

fn list_html(found: &Queue, asked: &Values) -> String {
    if found.pairs.is_empty() {
        return "<div class=\"notice\" role=\"status\"><p>該当する組はありません。</p></div>\n".to_owned();
    }
    let purpose = asked.get("purpose").map(String::as_str).unwrap_or_default();
    let rows = found.pairs.iter().enumerate().map(|(index, pair)| {
        let focus = if index == 0 { " autofocus" } else { "" };
        let [one, other] = [&pair.persons[0], &pair.persons[1]];
        let both = |value: fn(&SideCard) -> String| format!("{}<br>{}", Esc(value(one)), Esc(value(other)));
        let reasons: Vec<&str> = pair.reasons.iter().map(|reason| reason.words.as_str()).collect();
        vec![
            format!(
                "<a href=\"/duplicates/{}/{}?purpose={}\"{focus}>{}</a>",
                one.person_id,
                other.person_id,
                Esc(purpose),
                pair.score.map_or("-".to_owned(), |score| score.to_string())
            ),
            both(|side| side.name_kana.clone()),
            both(|side| side.name_kanji.clone().unwrap_or_default()),
            both(|side| era::in_words(side.birth_on)),
            both(|side| side.basic_pension_numbers.first().cloned().unwrap_or_default()),
            Esc(reasons.join("、")).to_string(),
            state_words(pair.state).to_owned(),
        ]
    });
    let heads = ["点数", "氏名カナ", "氏名", "生年月日", "基礎年金番号", "一致・相違", "段階"];
    let mut html = table(&format!("{}組", found.pairs.len()), &heads, rows);
    if let Some(after) = &found.next_after {
        html.push_str("<form method=\"post\" action=\"/duplicates\">\n");
        for (name, value) in [("wait", asked.get("wait").map(String::as_str).unwrap_or_default()), ("purpose", purpose)]
        {
            html.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", Esc(value)));
        }
        html.push_str(&format!(
            "<input type=\"hidden\" name=\"after\" value=\"{}\">\n<p class=\"actions\">\
             <button class=\"second\" accesskey=\"n\">次の{LISTED_MAX}組<kbd>n</kbd></button></p>\n</form>\n",
            Esc(after)
        ));
    }
    html
}

/// 一組の画面.
pub(crate) async fn card_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path((person_id, other_id)): Path<(String, String)>,
) -> Result<Response, TerminalError> {
    let card = look_at(&app, &audit, pair_of(&person_id, &other_id)?).await?;
    let purpose = audit.purpose()?;
    Ok(pages::page(StatusCode::OK, Some(&clerk), TITLE, card_html(&card, &clerk, purpose)))
}

fn card_html(card: &PairCard, clerk: &Clerk, purpose: Purpose) -> String {
    let score = card.score.map_or("-".to_owned(), |score| format!("{score}点"));
    let mut html = format!("<p>段階: <b>{}</b>　点数: <b>{score}</b></p>\n<ul>\n", state_words(card.state));
    for reason in &card.reasons {
        html.push_str(&format!(
            "<li>{} <span class=\"code\">({})</span></li>\n",
            Esc(&reason.words),
            Esc(&reason.code)
        ));
    }
    html.push_str("</ul>\n");
    if let Some(note) = &card.note {
        html.push_str(&format!("<p>理由: {}</p>\n", Esc(note)));
    }
    let lines = |lines: &[String]| lines.iter().map(|line| Esc(line).to_string()).collect::<Vec<_>>().join("<br>");
    let row = |name: &str, value: &dyn Fn(&SideCard) -> String| {
        let mut cells = vec![format!("<b>{name}</b>")];
        cells.extend(card.persons.iter().map(value));
        cells
    };
    let kept = |side: &SideCard| match (side.person_id == card.kept_person_id, side.merged_into_person_id) {
        (_, Some(_)) => "統合された番号".to_owned(),
        (true, None) => "<b>残す番号</b>".to_owned(),
        (false, None) => String::new(),
    };
    let rows = vec![
        row("氏名カナ", &|side| Esc(&side.name_kana).to_string()),
        row("氏名", &|side| Esc(side.name_kanji.as_deref().unwrap_or("")).to_string()),
        row("生年月日", &|side| era::in_words(side.birth_on)),
        row("性別", &|side| if side.sex == 2 { "女".to_owned() } else { "男".to_owned() }),
        row("基礎年金番号", &|side| lines(&side.basic_pension_numbers)),
        row("住所 (新しい順)", &|side| lines(&side.addresses)),
        row("加入記録 (新しい順)", &|side| lines(&side.covers)),
        row("年金の請求", &|side| if side.claimed { "あり".to_owned() } else { "なし".to_owned() }),
        row("番号", &kept),
    ];
    html.push_str(&table("二人の記録", &["項目", "一人目", "二人目"], rows));
    html.push_str(&actions_html(card, clerk, purpose));
    html
}

/// The buttons of whoever may take the next step.
fn actions_html(card: &PairCard, clerk: &Clerk, purpose: Purpose) -> String {
    let merged = card.persons.iter().any(|side| side.merged_into_person_id.is_some());
    let drafted = card.state.starts_with("drafted");
    let buttons: &[(&str, &str, &str, &str)] = match (drafted, merged) {
        (true, _) if clerk.may(Right::Approve) => {
            &[("approve", "", "決裁する", ""), ("return", "", "差し戻す", "second")]
        }
        (false, true) if clerk.may(Right::Draft) => &[("draft", "apart", "統合の取消を起案する", "second")],
        (false, false) if clerk.may(Right::Draft) => {
            &[("draft", "same", "同一人として起案する", ""), ("draft", "different", "別人として起案する", "second")]
        }
        _ => return String::new(),
    };
    let [one, other] = [&card.persons[0], &card.persons[1]];
    let mut html = format!(
        "<h2>処理</h2>\n<form method=\"post\" action=\"/duplicates/{}\">\n\
         <input type=\"hidden\" name=\"purpose\" value=\"{}\">\n\
         <input type=\"hidden\" name=\"person_id\" value=\"{}\">\n<input type=\"hidden\" name=\"other_id\" value=\"{}\">\n",
        buttons[0].0,
        purpose.code(),
        one.person_id,
        other.person_id
    );
    if !drafted && !merged {
        html.push_str("<div class=\"field\"><label for=\"f-kept_person_id\">残す番号 (同一人のとき)</label>\n<div><select id=\"f-kept_person_id\" name=\"kept_person_id\">");
        for side in &card.persons {
            let selected = if side.person_id == card.kept_person_id { " selected" } else { "" };
            let number = side.basic_pension_numbers.first().map(String::as_str).unwrap_or("番号なし");
            html.push_str(&format!("<option value=\"{}\"{selected}>{}</option>", side.person_id, Esc(number)));
        }
        html.push_str("</select></div></div>\n");
    }
    html.push_str(&format!(
        "<div class=\"field\"><label for=\"f-note\">理由 (決裁では省略できます)</label>\
         <div><input type=\"text\" id=\"f-note\" name=\"note\" size=\"50\" maxlength=\"{NOTE_LENGTH_MAX}\" autofocus>\
         <span class=\"hint\">個人の氏名や番号は書かないでください</span></div></div>\n<p class=\"actions\">"
    ));
    for (action, outcome, words, class) in buttons {
        html.push_str(&format!(
            "<button formaction=\"/duplicates/{action}\" name=\"outcome\" value=\"{outcome}\" class=\"{class}\">{words}</button>\n"
        ));
    }
    html.push_str("</p>\n</form>\n");
    html
}

async fn act_page(app: App, clerk: Clerk, audit: Audit, pairs: Pairs, what: Act) -> Result<Response, TerminalError> {
    let pair = pair_of(pairs.one("person_id"), pairs.one("other_id"))?;
    let card = act(&app, &clerk, &audit, pair, &what).await?;
    let purpose = audit.purpose()?;
    let body = format!(
        "<div class=\"notice\" role=\"status\"><p>{}としました。</p></div>\n{}\
         <p class=\"actions\"><a class=\"button\" href=\"/duplicates\">一覧へ戻る</a></p>\n",
        state_words(card.state),
        card_html(&card, &clerk, purpose)
    );
    Ok(pages::page(StatusCode::OK, Some(&clerk), TITLE, body))
}

/// 起案 from the page.
pub(crate) async fn draft_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    let draft = DuplicateDraft {
        outcome: pairs.one("outcome").to_owned(),
        kept_person_id: pairs.one("kept_person_id").parse().ok(),
        note: pairs.one("note").to_owned(),
    };
    audit.purpose()?;
    let what = Act::of_draft(&draft)?;
    act_page(app, clerk, audit, pairs, what).await
}

/// 決裁 from the page.
pub(crate) async fn approve_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    audit.purpose()?;
    let what = Act::Approve { note: check_note(pairs.one("note"), false)? };
    act_page(app, clerk, audit, pairs, what).await
}

/// 差戻し from the page.
pub(crate) async fn give_back_page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    pairs: Pairs,
) -> Result<Response, TerminalError> {
    audit.purpose()?;
    let what = Act::GiveBack { note: check_note(pairs.one("note"), true)? };
    act_page(app, clerk, audit, pairs, what).await
}
