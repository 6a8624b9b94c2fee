//! 門 — what stands before every handler: who is it, may they, from our own page, why; and after it: the entry in
//! the access log, the figures, and errors as a page where a page was asked for.

use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use tracing::{Instrument, Span, field};

use crate::app::App;
use crate::audit::{Audit, Stated};
use crate::clerk::Clerk;
use crate::error::{Refusal, TerminalError};
use crate::pages;
use crate::purpose::Purpose;
use crate::routes::{Access, Endpoint, Face, Log};
use crate::session::{self, Carrier};

/// Header in which an API client states the 利用目的.
pub(crate) const PURPOSE_HEADER: &str = "x-purpose";

/// One request through one endpoint.
pub(crate) async fn guard(
    State((app, endpoint)): State<(App, &'static Endpoint)>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let span = tracing::info_span!(
        "request",
        method = endpoint.method.as_str(),
        route = endpoint.path,
        reception_number = field::Empty,
        status = field::Empty
    );
    let response = answer(&app, endpoint, request, next).instrument(span.clone()).await;
    span.record("status", response.status().as_u16());
    app.0.metrics.request(endpoint.method.as_str(), endpoint.path, response.status().as_u16(), started.elapsed());
    response
}

async fn answer(app: &App, endpoint: &'static Endpoint, mut request: Request, next: Next) -> Response {
    let clerk = match admit(app, endpoint, request.headers()).await {
        Ok(clerk) => clerk,
        Err(error) => return refuse(endpoint, None, error),
    };
    let Some(clerk) = clerk else {
        return run(app, next, request).await;
    };
    let allowed = match endpoint.access {
        Access::Right(right) => clerk.must(right),
        Access::Public | Access::SignedIn => Ok(()),
    };
    request.extensions_mut().insert(clerk.clone());
    let Log::Always(action) = endpoint.log else {
        return match allowed {
            Ok(()) => show(endpoint, Some(&clerk), run(app, next, request).await),
            Err(error) => refuse(endpoint, Some(&clerk), error),
        };
    };
    let stated = match stated_purpose(app, &mut request).await {
        Ok(stated) => stated,
        Err(error) => return refuse(endpoint, Some(&clerk), error),
    };
    let audit = Audit::new(app.clone(), clerk.clone(), action, stated);
    request.extensions_mut().insert(audit.clone());
    let ready = match (allowed, endpoint.face) {
        (Ok(()), Face::Api) => audit.purpose().map(|_| ()),
        (other, _) => other,
    };
    // In a task of its own: a terminal that hangs up does not stop what it asked for half-way, nor its entry.
    let task = logged(app.clone(), endpoint, clerk, audit, ready, next, request).instrument(Span::current());
    match tokio::spawn(task).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a handler panicked");
            refuse(endpoint, None, TerminalError::Broken(None))
        }
    }
}

async fn logged(
    app: App,
    endpoint: &'static Endpoint,
    clerk: Clerk,
    audit: Audit,
    ready: Result<(), TerminalError>,
    next: Next,
    request: Request,
) -> Response {
    let response = match ready {
        Ok(()) => run(&app, next, request).await,
        Err(error) => error.into_response(),
    };
    let refusal = response.extensions().get::<Refusal>().cloned();
    match audit.close(refusal.as_ref().map(|refusal| &*refusal.error)).await {
        Ok(()) => show(endpoint, Some(&clerk), response),
        Err(error) => refuse(endpoint, Some(&clerk), error),
    }
}

/// The handler, within the time limit.
async fn run(app: &App, next: Next, request: Request) -> Response {
    match tokio::time::timeout(app.0.config.request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => TerminalError::Busy(None).into_response(),
    }
}

/// サインインの確認, and that a change comes from our own page.
async fn admit(app: &App, endpoint: &Endpoint, headers: &HeaderMap) -> Result<Option<Clerk>, TerminalError> {
    let changes = endpoint.method != Method::GET;
    if let Access::Public = endpoint.access {
        return match changes && from_elsewhere(headers) {
            true => Err(TerminalError::OtherOrigin),
            false => Ok(None),
        };
    }
    let (clerk, carrier) = session::clerk_of(app, headers).await?;
    if changes && carrier == Carrier::Cookie && !from_own_page(headers) {
        return Err(TerminalError::OtherOrigin);
    }
    Ok(Some(clerk))
}

/// Browsers say with every change where it comes from; a cookie alone is no proof.
fn from_own_page(headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (says("origin"), says("sec-fetch-site")) {
        (Some(origin), _) => is_own_origin(origin, says("host")),
        (None, Some(site)) => site == "same-origin",
        (None, None) => false,
    }
}

fn from_elsewhere(headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (says("origin"), says("sec-fetch-site")) {
        (Some(origin), _) => !is_own_origin(origin, says("host")),
        (None, Some(site)) => site == "cross-site" || site == "same-site",
        (None, None) => false,
    }
}

fn is_own_origin(origin: &str, host: Option<&str>) -> bool {
    let name = origin.split_once("://").map(|(_, name)| name);
    name.is_some() && name == host
}

/// 利用目的: from the header, the query or the form, in this order.
async fn stated_purpose(app: &App, request: &mut Request) -> Result<Stated, TerminalError> {
    if let Some(value) = request.headers().get(PURPOSE_HEADER) {
        return Ok(parse(value.to_str().unwrap_or_default()));
    }
    if let Some(word) = request.uri().query().and_then(purpose_of_pairs) {
        return Ok(parse(word));
    }
    if !is_form(request.headers()) {
        return Ok(Stated::Nothing);
    }
    let bytes = take_body(request, app.0.config.body_bytes_max).await?;
    let stated = std::str::from_utf8(&bytes).ok().and_then(purpose_of_pairs).map_or(Stated::Nothing, parse);
    *request.body_mut() = Body::from(bytes);
    Ok(stated)
}

async fn take_body(request: &mut Request, bytes_max: usize) -> Result<Bytes, TerminalError> {
    let body = std::mem::replace(request.body_mut(), Body::empty());
    to_bytes(body, bytes_max).await.map_err(|_| TerminalError::TooLarge { bytes_max })
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// The words of purposes are plain ASCII, so nothing needs decoding.
fn purpose_of_pairs(pairs: &str) -> Option<&str> {
    pairs.split('&').find_map(|pair| pair.strip_prefix("purpose="))
}

fn parse(word: &str) -> Stated {
    match (word, Purpose::parse(word)) {
        ("", _) => Stated::Nothing,
        (_, Some(purpose)) => Stated::Purpose(purpose),
        (_, None) => Stated::Unknown,
    }
}

fn refuse(endpoint: &Endpoint, clerk: Option<&Clerk>, error: TerminalError) -> Response {
    show(endpoint, clerk, error.into_response())
}

/// The answer as the face of the endpoint wants it: errors of pages are pages.
fn show(endpoint: &Endpoint, clerk: Option<&Clerk>, response: Response) -> Response {
    let refusal = response.extensions().get::<Refusal>().cloned();
    match (endpoint.face, refusal) {
        (Face::Page, Some(refusal)) if !refusal.shown => match &*refusal.error {
            TerminalError::NotSignedIn => Redirect::to("/sign-in").into_response(),
            error => pages::error_page(clerk, error),
        },
        _ => response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_change_by_cookie_must_come_from_our_own_page() {
        let own = headers(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")]);
        let foreign = headers(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:9999")]);
        let opaque = headers(&[("host", "127.0.0.1:8080"), ("origin", "null")]);
        assert!(from_own_page(&own));
        assert!(!from_own_page(&foreign));
        assert!(!from_own_page(&opaque));
        assert!(!from_own_page(&headers(&[("host", "127.0.0.1:8080")])));
        assert!(from_own_page(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(from_elsewhere(&foreign) && !from_elsewhere(&headers(&[])));
    }

    #[test]
    fn purposes_are_found_among_pairs() {
        assert_eq!(purpose_of_pairs("name_kana=%EF%BE%94&purpose=audit"), Some("audit"));
        assert_eq!(purpose_of_pairs("repurpose=audit"), None);
        assert_eq!(parse(""), Stated::Nothing);
        assert_eq!(parse("curiosity"), Stated::Unknown);
    }
}
