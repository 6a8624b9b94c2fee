//! The whole set of endpoints against the whole set of roles.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use online::{Access, ENDPOINTS, Endpoint, Face, Role};

use crate::world::{World, token};

/// The path with something in its places that is not there, so that whoever may gets no further than that.
fn path_of(endpoint: &Endpoint) -> String {
    endpoint
        .path
        .replace("{reception_number}", "9999-20260101-000001")
        .replace("{person_id}", "999999999")
        .replace("{other_id}", "999999998")
        .replace("{employer_id}", "999999999")
        .replace("{month}", "2026-09")
}

fn request(endpoint: &Endpoint, login: Option<&str>) -> Request<Body> {
    let mut request =
        Request::builder().method(endpoint.method.clone()).uri(path_of(endpoint)).header("x-purpose", "filing");
    if let Some(login) = login {
        request = request.header("authorization", format!("Bearer {}", token(login)));
    }
    let kind = if endpoint.face == Face::Page { "application/x-www-form-urlencoded" } else { "application/json" };
    let body = if endpoint.method == Method::POST && endpoint.face != Face::Page { "{}" } else { "" };
    request.header("content-type", kind).body(Body::from(body)).expect("a request")
}

#[tokio::test]
async fn every_role_is_denied_everything_it_was_not_granted() {
    let world = World::new().await;
    for endpoint in ENDPOINTS {
        let Access::Right(right) = endpoint.access else { continue };
        for role in Role::ALL {
            let answer = world.raw(request(endpoint, Some(role.code()))).await;
            let denied = answer.status == StatusCode::FORBIDDEN && answer.text.contains("not_allowed");
            let granted = role.rights().contains(&right);
            let at = format!("{role:?} {} {}: {} {}", endpoint.method, endpoint.path, answer.status, answer.text);
            assert_eq!(denied, !granted, "{at}");
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{at}");
            assert!(!answer.status.is_server_error(), "{at}");
        }
    }
}

#[tokio::test]
async fn without_a_sign_in_only_the_public_endpoints_answer() {
    let world = World::new().await;
    for endpoint in ENDPOINTS {
        let answer = world.raw(request(endpoint, None)).await;
        let turned_away = match endpoint.face {
            Face::Page => answer.status == StatusCode::SEE_OTHER && answer.headers["location"] == "/sign-in",
            Face::Api | Face::Probe => {
                answer.status == StatusCode::UNAUTHORIZED && answer.refusal().1 == "not_signed_in"
            }
        };
        let at = format!("{} {}: {} {}", endpoint.method, endpoint.path, answer.status, answer.text);
        assert_eq!(turned_away, endpoint.access != Access::Public, "{at}");
    }
}

#[tokio::test]
async fn a_forged_or_foreign_token_is_nobody() {
    let world = World::new().await;
    for login in ["nobody", "reception2"] {
        assert_eq!(world.get(login, "/api/filings/waiting").await.refusal(), (401, "not_signed_in".to_owned()));
    }
    let garbage = Request::get("/api/filings/waiting").header("authorization", "Bearer x'; DROP TABLE sessions; --");
    assert_eq!(world.raw(garbage.body(Body::empty()).expect("a request")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_is_not_in_the_table_does_not_exist() {
    let world = World::new().await;
    assert_eq!(world.get("reception", "/api/clerks").await.refusal(), (404, "not_found".to_owned()));
    assert_eq!(world.get("reception", "/api/filings/enrolment").await.status, StatusCode::NOT_FOUND);
}
