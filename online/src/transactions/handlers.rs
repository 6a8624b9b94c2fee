//! 届書の受付口 — the three handlers that every form has: its API, its empty page and its page sent in. They differ by the form
//! alone.

/// The API's handler with its description, the handler of the empty page and that of the page sent in.
///
/// - the form as `&'static dyn Asks`, the tag of the description, then the names of the handlers and the body of the API
macro_rules! filing_handlers {
    (
        $spec:expr, $tag:literal, $page:ident, $by_page:ident,
        $(#[$doc:meta])* $by_api:ident, $path:literal, $operation:literal, $body:ty $(,)?
    ) => {
        $(#[$doc])*
        #[utoipa::path(
            post, path = $path, operation_id = $operation, tag = $tag, request_body = $body,
            params(
                ("Idempotency-Key" = String, Header, description = "送り手の鍵。再送には同じ鍵を付ける"),
                ("X-Purpose" = String, Header, description = "利用目的"),
            ),
            responses(
                (status = 201, description = "受け付けた", body = crate::transactions::filing::Receipt),
                (status = 200, description = "前に受け付けた届と同じ", body = crate::transactions::filing::Receipt),
                (status = 403, description = "権限がない、または管轄外の事業所", body = crate::error::ErrorBody),
                (status = 409, description = "同じ鍵で内容が違う", body = crate::error::ErrorBody),
                (status = 422, description = "項目の誤り、または記録と合わない", body = crate::error::ErrorBody),
            )
        )]
        pub(crate) async fn $by_api(
            axum::extract::State(app): axum::extract::State<crate::app::App>,
            clerk: crate::clerk::Clerk,
            audit: crate::audit::Audit,
            headers: axum::http::HeaderMap,
            crate::extract::Body(body): crate::extract::Body<serde_json::Map<String, serde_json::Value>>,
        ) -> Result<axum::response::Response, crate::error::TerminalError> {
            crate::transactions::filing::by_api(&app, &clerk, &audit, $spec, &headers, body).await
        }

        /// The empty form.
        pub(crate) async fn $page(
            axum::extract::State(app): axum::extract::State<crate::app::App>,
            clerk: crate::clerk::Clerk,
        ) -> Result<axum::response::Response, crate::error::TerminalError> {
            crate::transactions::filing::blank_form(&app, &clerk, $spec)
        }

        /// The form from the page.
        pub(crate) async fn $by_page(
            axum::extract::State(app): axum::extract::State<crate::app::App>,
            clerk: crate::clerk::Clerk,
            audit: crate::audit::Audit,
            pairs: crate::extract::Pairs,
        ) -> axum::response::Response {
            crate::transactions::filing::by_page(&app, &clerk, &audit, $spec, pairs).await
        }
    };
}

pub(crate) use filing_handlers;
