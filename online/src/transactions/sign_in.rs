//! サインイン・サインアウト.

use std::sync::LazyLock;
use std::time::Instant;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::access_log::Entry;
use utoipa::ToSchema;

use crate::app::App;
use crate::clerk::{Clerk, ClerkCard};
use crate::clock;
use crate::error::{ErrorBody, Refusal, TerminalError};
use crate::extract::{Body, Pairs};
use crate::pages;
use crate::pages::form::{Field, Form, Group, Kind, Values, text};
use crate::session::{COOKIE, Token};

/// サインイン.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct SignIn {
    /// 利用者名.
    pub login: String,
    /// 合言葉.
    pub password: String,
}

/// サインインの結果.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// To be sent as `Authorization: Bearer …`.
    pub token: String,
    /// 有効期限.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// 役割.
    pub roles: Vec<String>,
    /// 事務所コード.
    pub office_code: String,
}

/// サインインする。
#[utoipa::path(
    post, path = "/api/sign-in", operation_id = "sign_in", tag = "サインイン", request_body = SignIn, security(()),
    responses(
        (status = 200, description = "サインインした", body = SignedIn),
        (status = 401, description = "利用者名または合言葉が違う", body = ErrorBody),
        (status = 429, description = "失敗が続いたため停止中", body = ErrorBody),
    )
)]
pub(crate) async fn by_api(State(app): State<App>, Body(form): Body<SignIn>) -> Result<Response, TerminalError> {
    let (token, signed_in) = sign_in(&app, &form).await?;
    let answer = SignedIn { token: token.text(), ..signed_in };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// サインアウトする。
#[utoipa::path(
    post, path = "/api/sign-out", operation_id = "sign_out", tag = "サインイン",
    responses((status = 204, description = "サインアウトした"), (status = 401, description = "サインインしていない", body = ErrorBody))
)]
pub(crate) async fn out_by_api(
    State(app): State<App>,
    clerk: Clerk,
    headers: HeaderMap,
) -> Result<StatusCode, TerminalError> {
    sign_out(&app, &clerk, &headers).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn sign_in(app: &App, form: &SignIn) -> Result<(Token, SignedIn), TerminalError> {
    let login = form.login.trim();
    if let Some(seconds) = app.0.throttle.wait(login, Instant::now()) {
        app.0.metrics.sign_in_failed();
        return Err(TerminalError::SignInLocked { seconds });
    }
    let client = app.client().await?;
    let found = store::clerks::find_by_login(&client, login).await?;
    let known_hash = found.as_ref().map(|clerk| clerk.password_hash.clone());
    let right = verify(app, form.password.clone(), known_hash).await?;
    let Some(clerk) = found.as_ref().filter(|clerk| right && !clerk.disabled) else {
        app.0.throttle.failed(login, Instant::now());
        app.0.metrics.sign_in_failed();
        app.0.log.append(vec![entry(found.as_ref(), "sign_in", "refused:sign_in_failed")]).await?;
        return Err(TerminalError::SignInFailed);
    };
    app.0.throttle.succeeded(login);
    store::clerks::delete_expired_sessions(&client).await?;
    let token = Token::random()?;
    let lasts = SignedDuration::try_from(app.0.config.session_length).unwrap_or(SignedDuration::from_hours(8));
    let expires_at = clock::now() + lasts;
    store::clerks::create_session(&client, &token.hash(), clerk.clerk_id, expires_at).await?;
    app.0.log.append(vec![entry(Some(clerk), "sign_in", "ok")]).await?;
    let signed_in = SignedIn {
        token: String::new(),
        expires_at,
        roles: clerk.roles.clone(),
        office_code: clerk.office_code.clone(),
    };
    Ok((token, signed_in))
}

async fn sign_out(app: &App, clerk: &Clerk, headers: &HeaderMap) -> Result<(), TerminalError> {
    if let Some((token, _)) = Token::of_request(headers) {
        let client = app.client().await?;
        store::clerks::delete_session(&client, &token.hash()).await?;
        app.0.sessions.forget(&token.hash());
    }
    let entry = Entry {
        at: clock::now(),
        actor: clerk.0.login.clone(),
        office_code: Some(clerk.0.office_code.clone()),
        action: "sign_out".to_owned(),
        subject: format!("clerk:{}", clerk.id()),
        purpose: "sign_in".to_owned(),
        outcome: "ok".to_owned(),
    };
    app.0.log.append(vec![entry]).await
}

/// An unknown name is not written down: it may be a password typed into the wrong field.
fn entry(clerk: Option<&store::clerks::Clerk>, action: &str, outcome: &str) -> Entry {
    Entry {
        at: clock::now(),
        actor: clerk.map_or("unknown".to_owned(), |clerk| clerk.login.clone()),
        office_code: clerk.map(|clerk| clerk.office_code.clone()),
        action: action.to_owned(),
        subject: clerk.map_or("-".to_owned(), |clerk| format!("clerk:{}", clerk.clerk_id)),
        purpose: "sign_in".to_owned(),
        outcome: outcome.to_owned(),
    }
}

/// Takes as long for an unknown name as for a known one.
async fn verify(app: &App, password: String, known_hash: Option<String>) -> Result<bool, TerminalError> {
    static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());
    let _place = app.0.hashing.acquire().await.map_err(|_| TerminalError::Busy(None))?;
    let task = tokio::task::spawn_blocking(move || {
        let known = known_hash.is_some();
        let hash = known_hash.or_else(|| NOBODY.clone()).unwrap_or_default();
        let Ok(hash) = PasswordHash::new(&hash) else { return false };
        Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known
    });
    task.await.map_err(|_| TerminalError::Broken(None))
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// 合言葉の要約 — Argon2id as a PHC string, computed off the executor.
///
/// # Errors
/// `PasswordError` — no randomness, or a password that cannot be hashed.
pub async fn hash_password(password: &str) -> Result<String, PasswordError> {
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || hash_now(&password)).await;
    hashed.map_err(|_| PasswordError)?.map_err(|_| PasswordError)
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("合言葉を処理できません")]
pub struct PasswordError;

const FORM: Group = Group {
    legend: "サインイン",
    fields: &[
        text("login", "利用者名", 24, "").must(),
        Field { name: "password", label: "合言葉", hint: "", required: true, kind: Kind::Password },
    ],
};

fn form_page(values: &Values, error: Option<&TerminalError>) -> Response {
    let problems = error.map(TerminalError::problems).unwrap_or_default();
    let form = Form { action: "/sign-in", button: "サインイン", groups: &[&FORM], hidden: &[], purposes: None };
    pages::page(StatusCode::OK, None, "サインイン", form.html(values, &problems))
}

/// サインインの画面.
pub(crate) async fn form() -> Response {
    form_page(&Values::new(), None)
}

/// サインイン from the page: a cookie, and on to the menu.
pub(crate) async fn by_page(State(app): State<App>, pairs: Pairs) -> Response {
    let form = SignIn { login: pairs.one("login").to_owned(), password: pairs.one("password").to_owned() };
    match sign_in(&app, &form).await {
        Ok((token, _)) => with_cookie(&app, Redirect::to("/").into_response(), &token.text(), None),
        Err(error) => {
            let values = Values::from([("login".to_owned(), form.login)]);
            let page = form_page(&values, Some(&error));
            Refusal::on_page(error, page)
        }
    }
}

/// サインアウト from the page.
pub(crate) async fn out_by_page(
    State(app): State<App>,
    clerk: Clerk,
    headers: HeaderMap,
) -> Result<Response, TerminalError> {
    sign_out(&app, &clerk, &headers).await?;
    Ok(with_cookie(&app, Redirect::to("/sign-in").into_response(), "", Some(0)))
}

fn with_cookie(app: &App, mut response: Response, value: &str, max_age: Option<u64>) -> Response {
    let secure = if app.0.config.secure_cookies { "; Secure" } else { "" };
    let age = max_age.unwrap_or(app.0.config.session_length.as_secs());
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// 業務メニュー.
pub(crate) async fn menu(clerk: Clerk) -> Response {
    pages::menu(&clerk)
}

impl ClerkCard {
    pub(crate) fn of(clerk: store::clerks::Clerk) -> ClerkCard {
        ClerkCard {
            roles: ClerkCard::roles_of(&clerk.roles),
            area: ClerkCard::area_of(&clerk.area),
            clerk_id: clerk.clerk_id,
            login: clerk.login,
            name: clerk.name,
            office_code: clerk.office_code,
        }
    }
}
