//! 運用: ready or not, figures, a database that goes away, a stop that is orderly.

use std::time::Duration;

use axum::http::StatusCode;
use online::App;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::world::{World, config, enrolment};

#[tokio::test]
async fn ready_while_the_database_answers_and_not_after() {
    let world = World::new().await;
    assert_eq!(world.get("nobody", "/readyz").await.status, StatusCode::OK);
    world.received("key-1", &enrolment()).await;
    let drop = format!(
        "DROP DATABASE {} WITH (FORCE)",
        world.office.url().split('?').next().and_then(|url| url.rsplit('/').next()).expect("a name")
    );
    let admin = store::connect::connect_one(&store::Settings::new(tests::server())).await.expect("the server");
    admin.batch_execute(&drop).await.expect("the database is gone");
    let ready = world.get("nobody", "/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.json()["reason"].as_str().expect("a reason").contains("データベース"));
    assert_eq!(world.get("nobody", "/healthz").await.status, StatusCode::OK);
    let refused = world.enrol("key-2", &enrolment()).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text);
    let code = refused.refusal().1;
    assert!(["database_unavailable", "log_unavailable"].contains(&code.as_str()), "{code}");
    assert!(!refused.text.contains("SELECT") && !refused.text.contains("does not exist"), "{}", refused.text);
}

#[tokio::test]
async fn a_database_without_our_migrations_is_not_ready() {
    let office = tests::TestOffice::empty();
    let router = online::router(App::new(config(office.url())).expect("the settings are right"));
    let request = axum::http::Request::get("/readyz").body(axum::body::Body::empty()).expect("a request");
    let response = tower::ServiceExt::oneshot(router, request).await.expect("answered");
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn figures_count_requests_filings_and_log_batches() {
    let world = World::new().await;
    world.received("key-1", &enrolment()).await;
    world.enrol("key-1", &enrolment()).await;
    world.enrol("key-2", &json!({})).await;
    let figures = world.get("nobody", "/metrics").await.text;
    for line in [
        "nenrin_filings_total{form=\"2200700\",outcome=\"received\"} 1",
        "nenrin_filings_total{form=\"2200700\",outcome=\"repeated\"} 1",
        "nenrin_filings_total{form=\"2200700\",outcome=\"invalid\"} 1",
        "nenrin_http_requests_total{method=\"POST\",route=\"/api/filings/enrolment\",status=\"201\"} 1",
        "nenrin_access_log_failures_total 0",
    ] {
        assert!(figures.contains(line), "{line} in\n{figures}");
    }
    assert!(figures.contains("nenrin_access_log_batch_entries_count") && figures.contains("nenrin_pool_connections "));
}

/// A free port, asked for and given back.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

#[tokio::test]
async fn a_stop_lets_the_open_request_finish() {
    let world = World::new().await;
    let mut config = config(world.office.url());
    config.bind = ([127, 0, 0, 1], free_port()).into();
    config.shutdown_grace = Duration::from_secs(20);
    let bind = config.bind;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(online::serve(config, async move {
        let _ = stopped.await;
    }));
    let mut stream = loop {
        match TcpStream::connect(bind).await {
            Ok(stream) => break stream,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\n").await.expect("sent");
    tokio::time::sleep(Duration::from_millis(50)).await;
    stop.send(()).expect("the server runs");
    stream.write_all(b"connection: close\r\n\r\n").await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.await.expect("no panic").expect("an orderly end");
}

#[tokio::test]
async fn a_taken_port_is_said_in_words() {
    let world = World::new().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut config = config(world.office.url());
    config.bind = taken.local_addr().expect("an address");
    let error = online::serve(config, std::future::pending()).await.expect_err("the port is taken");
    assert!(error.to_string().contains("待ち受けられません"), "{error}");
}
