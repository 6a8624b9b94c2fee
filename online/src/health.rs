//! 運用の確認 — alive, ready, figures.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::App;
use crate::error::TerminalError;

/// A probe does not wait as long as a clerk does.
const READY_WAIT: Duration = Duration::from_secs(4);

/// The process answers.
pub(crate) async fn healthz() -> Response {
    Json(json!({ "status": "ok" })).into_response()
}

/// The database answers and has this program's migrations.
pub(crate) async fn readyz(State(app): State<App>) -> Response {
    let reason = match tokio::time::timeout(READY_WAIT, check(&app)).await {
        Ok(Ok(())) => return Json(json!({ "status": "ready" })).into_response(),
        Ok(Err(reason)) => reason,
        Err(_) => "データベースが時間内に応答しません".to_owned(),
    };
    tracing::warn!(%reason, "not ready");
    (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not_ready", "reason": reason }))).into_response()
}

async fn check(app: &App) -> Result<(), String> {
    let client = app.client().await.map_err(|error: TerminalError| error.to_string())?;
    store::migrate::check_version(&client).await.map_err(|error| error.to_string())
}

/// For Prometheus.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (headers, app.0.metrics.text(&app.0.pool)).into_response()
}
