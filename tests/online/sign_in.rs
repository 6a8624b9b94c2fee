//! サインイン.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::world::{PASSWORD, World, encoded, form_request};

async fn sign_in(world: &World, login: &str, password: &str) -> crate::world::Answer {
    let body = json!({ "login": login, "password": password }).to_string();
    let request = Request::post("/api/sign-in").header("content-type", "application/json");
    world.raw(request.body(Body::from(body)).expect("a request")).await
}

#[tokio::test]
async fn the_right_password_opens_the_terminal_until_sign_out() {
    let world = World::new().await;
    let answer = sign_in(&world, "reception", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let token = answer.json()["token"].as_str().expect("a token").to_owned();
    let with_token = |method: &str, path: &str| {
        Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"))
            .header("x-purpose", "filing")
    };
    let search = || {
        with_token("POST", "/api/employers/search")
            .header("content-type", "application/json")
            .body(Body::from(json!({ "text": "試験" }).to_string()))
            .expect("a request")
    };
    assert_eq!(world.raw(search()).await.status, StatusCode::OK);
    let out = world.raw(with_token("POST", "/api/sign-out").body(Body::empty()).expect("a request")).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert_eq!(world.raw(search()).await.refusal(), (401, "not_signed_in".to_owned()));
    // The secret itself is nowhere in the database.
    let stored = world.db_texts("SELECT encode(token_hash, 'hex') FROM sessions").await;
    assert!(!stored.contains(&token));
}

#[tokio::test]
async fn a_refusal_does_not_say_which_of_the_two_was_wrong() {
    let world = World::new().await;
    let wrong = sign_in(&world, "reception", "guess").await;
    let unknown = sign_in(&world, "nobody", "guess").await;
    assert_eq!(wrong.refusal(), (401, "sign_in_failed".to_owned()));
    assert_eq!((wrong.status, &wrong.text), (unknown.status, &unknown.text));
    let failed =
        |actor: &str, subject: &str| (actor.to_owned(), subject.to_owned(), "refused:sign_in_failed".to_owned());
    let logged = world.sign_ins().await;
    let clerk = format!("clerk:{}", world.clerk_id("reception").await);
    assert_eq!(logged, [failed("reception", &clerk), failed("unknown", "-")]);
}

#[tokio::test]
async fn repeated_failures_close_the_name_for_a_while() {
    let world = World::new().await;
    for _ in 0..5 {
        assert_eq!(sign_in(&world, "reception", "guess").await.status, StatusCode::UNAUTHORIZED);
    }
    let locked = sign_in(&world, "reception", PASSWORD).await;
    assert_eq!(locked.refusal(), (429, "sign_in_locked".to_owned()));
    assert!(locked.headers.contains_key("retry-after"));
    assert_eq!(sign_in(&world, "viewer", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_disabled_clerk_is_out_at_once() {
    let world = World::new().await;
    store::clerks::disable(&world.db, world.clerk_id("viewer").await).await.expect("disabled");
    assert_eq!(sign_in(&world, "viewer", PASSWORD).await.refusal(), (401, "sign_in_failed".to_owned()));
    let answer = world.post("viewer", "/api/employers/search", &json!({ "text": "試験" })).await;
    assert_eq!(answer.refusal(), (401, "not_signed_in".to_owned()));
}

#[tokio::test]
async fn the_page_gives_a_cookie_that_scripts_and_other_sites_cannot_use() {
    let world = World::new().await;
    let send = |origin: &'static str, password: &'static str| {
        let body = encoded(&[("login", "reception"), ("password", password)]);
        world.raw(form_request("/sign-in", origin).body(Body::from(body)).expect("a request"))
    };
    let answer = send("http://localhost:8080", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(answer.headers["location"], "/");
    let cookie = answer.headers["set-cookie"].to_str().expect("ASCII");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let wrong = send("http://localhost:8080", "guess").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text.contains("value=\"reception\"") && wrong.text.contains("role=\"alert\""));
    assert!(!wrong.text.contains("guess"));
    assert_eq!(send("http://evil.example", PASSWORD).await.status, StatusCode::FORBIDDEN);
}

impl World {
    async fn clerk_id(&self, login: &str) -> i64 {
        store::clerks::find_by_login(&self.db, login).await.expect("read").expect("the clerk").clerk_id
    }

    async fn db_texts(&self, sql: &str) -> Vec<String> {
        use store::Db;
        self.db.rows(sql, &[]).await.expect("read").iter().map(|row| row.get(0)).collect()
    }

    async fn sign_ins(&self) -> Vec<(String, String, String)> {
        use store::Db;
        let sql = "SELECT actor, subject, outcome FROM access_log WHERE action = 'sign_in' ORDER BY seq";
        let rows = self.db.rows(sql, &[]).await.expect("the log");
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
    }
}
