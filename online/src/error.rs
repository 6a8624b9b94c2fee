//! 端末に返す誤り — the catalogue of what a terminal can be told: a code for machines, a field, a reason in
//! Japanese and who can act. Never SQL text; the chain of causes goes to the log, once.

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

/// 対応する人 — who can act on an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// 入力した職員: correct and send again.
    Clerk,
    /// 権限を持つ他の職員.
    Colleague,
    /// 運用担当者.
    Operator,
}

impl Who {
    /// As terminals show it.
    pub const fn words(self) -> &'static str {
        match self {
            Who::Clerk => "入力した方が直せます",
            Who::Colleague => "権限を持つ職員が処理できます",
            Who::Operator => "運用担当者に連絡してください",
        }
    }
}

/// 項目の誤り — one wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Name of the field in the form, `birth_on`.
    pub field: String,
    /// Name of the field in Japanese, `生年月日`.
    pub item: String,
    /// For machines.
    pub code: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl Problem {
    /// A problem with this field.
    pub fn new(field: &str, item: &str, code: &str, reason: impl Into<String>) -> Problem {
        Problem { field: field.to_owned(), item: item.to_owned(), code: code.to_owned(), reason: reason.into() }
    }
}

/// What a terminal can be told.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// No sign-in, or one that has ended.
    #[error("サインインしていないか、サインインの有効時間が過ぎました。サインインしてください")]
    NotSignedIn,
    /// Name or password wrong; which of the two is not said.
    #[error("利用者名または合言葉が違います。確かめて入力し直してください")]
    SignInFailed,
    /// Too many failures.
    #[error("サインインの失敗が続いたため受け付けを止めています。{seconds}秒待ってからやり直してください")]
    SignInLocked {
        /// Until it is taken again.
        seconds: u64,
    },
    /// The role does not carry the right.
    #[error("この操作には「{right}」の権限が必要です。権限を持つ職員に依頼してください")]
    NotAllowed {
        /// In Japanese.
        right: &'static str,
    },
    /// 管轄外の事業所.
    #[error("この事業所・届は{office}の管轄です。管轄の事務所に回付してください")]
    OtherOffice {
        /// 管轄の事務所.
        office: String,
    },
    /// A request that did not come from our own pages.
    #[error("この端末の画面からの送信ではないため受け付けません。画面を開き直してください")]
    OtherOrigin,
    /// No 利用目的 was stated.
    #[error("利用目的を選んでください (API では見出し X-Purpose)")]
    PurposeMissing,
    /// A 利用目的 that is not on the list.
    #[error("この利用目的は使えません。一覧から選んでください")]
    PurposeUnknown,
    /// The body is not what the endpoint takes.
    #[error("送信内容を読み取れません: {reason}")]
    Unreadable {
        /// Where and why.
        reason: String,
    },
    /// The body is larger than anything we take.
    #[error("送信内容が大きすぎます ({bytes_max}バイトまで)")]
    TooLarge {
        /// Limit.
        bytes_max: usize,
    },
    /// Fields to correct.
    #[error("入力に誤りが{}件あります。直してから送信してください", .0.len())]
    Invalid(Vec<Problem>),
    /// No `Idempotency-Key`.
    #[error("見出し Idempotency-Key に送り手の鍵 (1〜64字の半角英数字と - _) を付けてください")]
    KeyMissing,
    /// The sender's key was used for another content.
    #[error("この鍵は別の内容の届に使われています。再送なら前と同じ内容を、新しい届なら新しい鍵を送ってください")]
    KeyReused,
    /// Nothing there.
    #[error("{what}が見つかりません。番号を確かめてください")]
    NotFound {
        /// In Japanese.
        what: &'static str,
    },
    /// The filing is at another point of its course.
    #[error("この届は「{now}」です。「{wanted}」の届だけ処理できます。経過を照会し直してください")]
    WrongStep {
        /// 今の経過.
        now: &'static str,
        /// その操作ができる経過.
        wanted: &'static str,
    },
    /// Two persons stand otherwise to each other than the decision takes them to.
    #[error("{reason}")]
    PairMoved {
        /// How they stand, and what to do.
        reason: String,
    },
    /// 起案した者は決裁できない.
    #[error("起案した職員は決裁できません。別の決裁権者が決裁してください")]
    SameDrafter,
    /// The law's tables do not answer for this month.
    #[error("{reason}")]
    Law {
        /// Code of the law's error.
        code: &'static str,
        /// Its sentence.
        reason: String,
    },
    /// The access log could not be written: nothing is shown.
    #[error(
        "アクセス記録を書けないため、回答できません。少し待ってからやり直してください。同じ鍵の再送は二重になりません"
    )]
    LogUnavailable,
    /// The database does not answer.
    #[error("データベースが応答しません。受付番号が出ていない届は、同じ鍵で送り直してください")]
    DatabaseUnavailable(#[source] StoreError),
    /// Somebody else holds it, or too much at once.
    #[error("処理が混み合っています。少し待って、同じ鍵で送り直してください")]
    Busy(#[source] Option<StoreError>),
    /// A bug or a broken disk: the operator has the log.
    #[error("処理できませんでした。運用担当者に時刻を伝えてください。内容は記録されていません")]
    Broken(#[source] Option<StoreError>),
}

/// The row of the catalogue: status, code, field and who acts.
pub(crate) struct Face {
    pub status: StatusCode,
    pub code: &'static str,
    pub field: Option<&'static str>,
    pub who: Who,
}

impl TerminalError {
    /// One wrong field.
    pub fn field(field: &str, item: &str, code: &str, reason: impl Into<String>) -> TerminalError {
        TerminalError::Invalid(vec![Problem::new(field, item, code, reason)])
    }

    pub(crate) fn face(&self) -> Face {
        use TerminalError as E;
        let row = |status, code, field, who| Face { status, code, field, who };
        match self {
            E::NotSignedIn => row(StatusCode::UNAUTHORIZED, "not_signed_in", None, Who::Clerk),
            E::SignInFailed => row(StatusCode::UNAUTHORIZED, "sign_in_failed", Some("password"), Who::Clerk),
            E::SignInLocked { .. } => {
                row(StatusCode::TOO_MANY_REQUESTS, "sign_in_locked", Some("password"), Who::Operator)
            }
            E::NotAllowed { .. } => row(StatusCode::FORBIDDEN, "not_allowed", None, Who::Colleague),
            E::OtherOffice { .. } => {
                row(StatusCode::FORBIDDEN, "other_office", Some("employer_symbol"), Who::Colleague)
            }
            E::OtherOrigin => row(StatusCode::FORBIDDEN, "other_origin", None, Who::Clerk),
            E::PurposeMissing => row(StatusCode::BAD_REQUEST, "purpose_missing", Some("purpose"), Who::Clerk),
            E::PurposeUnknown => row(StatusCode::BAD_REQUEST, "purpose_unknown", Some("purpose"), Who::Clerk),
            E::Unreadable { .. } => row(StatusCode::BAD_REQUEST, "unreadable", None, Who::Clerk),
            E::TooLarge { .. } => row(StatusCode::PAYLOAD_TOO_LARGE, "too_large", None, Who::Clerk),
            E::Invalid(_) => row(StatusCode::UNPROCESSABLE_ENTITY, "invalid", None, Who::Clerk),
            E::KeyMissing => row(StatusCode::BAD_REQUEST, "key_missing", Some("Idempotency-Key"), Who::Clerk),
            E::KeyReused => row(StatusCode::CONFLICT, "key_reused", Some("Idempotency-Key"), Who::Clerk),
            E::NotFound { .. } => row(StatusCode::NOT_FOUND, "not_found", None, Who::Clerk),
            E::WrongStep { .. } => row(StatusCode::CONFLICT, "wrong_step", None, Who::Clerk),
            E::PairMoved { .. } => row(StatusCode::CONFLICT, "pair_moved", None, Who::Clerk),
            E::SameDrafter => row(StatusCode::FORBIDDEN, "same_drafter", None, Who::Colleague),
            E::Law { code, .. } => row(StatusCode::UNPROCESSABLE_ENTITY, code, Some("month"), Who::Operator),
            E::LogUnavailable => row(StatusCode::SERVICE_UNAVAILABLE, "log_unavailable", None, Who::Operator),
            E::DatabaseUnavailable(_) => {
                row(StatusCode::SERVICE_UNAVAILABLE, "database_unavailable", None, Who::Operator)
            }
            E::Busy(_) => row(StatusCode::SERVICE_UNAVAILABLE, "busy", None, Who::Clerk),
            E::Broken(_) => row(StatusCode::INTERNAL_SERVER_ERROR, "broken", None, Who::Operator),
        }
    }

    /// For machines, the access log and the metrics.
    pub fn code(&self) -> &'static str {
        self.face().code
    }

    /// The wrong fields; for errors that name one field, that one.
    pub fn problems(&self) -> Vec<Problem> {
        match (self, self.face().field) {
            (TerminalError::Invalid(problems), _) => problems.clone(),
            (_, Some(field)) => vec![Problem::new(field, item_of(field), self.code(), self.to_string())],
            (_, None) => Vec::new(),
        }
    }

    /// What goes to the access log: the code, and of wrong fields the first one's.
    pub(crate) fn outcome(&self) -> String {
        match self {
            TerminalError::Invalid(problems) => match problems.first() {
                Some(first) => format!("refused:{}:{}", first.field, first.code),
                None => "refused:invalid".to_owned(),
            },
            other if other.face().status.is_server_error() => format!("failed:{}", other.code()),
            other => format!("refused:{}", other.code()),
        }
    }

    /// The chain of causes, once, where the answer is made.
    pub(crate) fn log(&self) {
        let source = std::error::Error::source(self);
        match (self.face().status.is_server_error(), source) {
            (true, Some(source)) => {
                let mut chain = source.to_string();
                let mut next = source.source();
                while let Some(cause) = next {
                    chain.push_str(&format!(": {cause}"));
                    next = cause.source();
                }
                tracing::error!(code = self.code(), cause = %chain, "request failed");
            }
            (true, None) => tracing::error!(code = self.code(), "request failed"),
            (false, _) => tracing::debug!(code = self.code(), "request refused"),
        }
    }
}

fn item_of(field: &str) -> &'static str {
    match field {
        "purpose" => "利用目的",
        "password" => "合言葉",
        "employer_symbol" => "事業所整理記号",
        "month" => "月分",
        "Idempotency-Key" => "送り手の鍵",
        _ => "項目",
    }
}

/// 誤りの応答 — the body of every answer that is not a success.
#[derive(Serialize, ToSchema)]
pub struct ErrorBody {
    /// What happened.
    pub error: ErrorDetail,
}

/// 誤りの内容.
#[derive(Serialize, ToSchema)]
pub struct ErrorDetail {
    /// For machines: `not_signed_in`, `other_office`, `invalid` …
    pub code: &'static str,
    /// Reason and next step, in Japanese.
    pub reason: String,
    /// Who can act.
    pub who: Who,
    /// The wrong fields.
    pub problems: Vec<Problem>,
}

impl ErrorBody {
    pub(crate) fn of(error: &TerminalError) -> ErrorBody {
        let face = error.face();
        let problems = error.problems();
        ErrorBody { error: ErrorDetail { code: face.code, reason: error.to_string(), who: face.who, problems } }
    }
}

impl IntoResponse for TerminalError {
    fn into_response(self) -> Response {
        self.log();
        let mut response = (self.face().status, Json(ErrorBody::of(&self))).into_response();
        if let TerminalError::SignInLocked { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Refusal { error: Arc::new(self), shown: false });
        response
    }
}

/// Rides on the answer, so that the guard can show it as a page and write its code to the access log.
#[derive(Clone)]
pub(crate) struct Refusal {
    pub error: Arc<TerminalError>,
    /// The answer is a page already, with the error beside its field.
    pub shown: bool,
}

impl Refusal {
    /// A page that says what was wrong: the form again, with the values kept.
    pub(crate) fn on_page(error: TerminalError, mut page: Response) -> Response {
        error.log();
        *page.status_mut() = error.face().status;
        page.extensions_mut().insert(Refusal { error: Arc::new(error), shown: true });
        page
    }
}

impl From<deadpool_postgres::PoolError> for TerminalError {
    fn from(error: deadpool_postgres::PoolError) -> TerminalError {
        StoreError::from(error).into()
    }
}

impl From<tokio_postgres::Error> for TerminalError {
    fn from(error: tokio_postgres::Error) -> TerminalError {
        StoreError::from(error).into()
    }
}

/// What the database refuses in the last moment reads the same as what the check before it refuses.
impl From<StoreError> for TerminalError {
    fn from(error: StoreError) -> TerminalError {
        use StoreError as S;
        match error {
            S::AlreadyInsured(_) => already_insured(),
            S::InsuredNumberTaken(_) => insured_number_taken(),
            S::DuplicateSenderKey(_) => TerminalError::KeyReused,
            S::SamePersonDecides(_) => TerminalError::SameDrafter,
            S::CourseMoved(_) => {
                TerminalError::WrongStep { now: "他の職員が処理済み", wanted: "照会したときのまま" }
            }
            S::Conflict(_) | S::PoolBusy(_) | S::TimedOut(_) => TerminalError::Busy(Some(error)),
            S::Connect { .. } | S::Disconnected(_) | S::DiskFull(_) => TerminalError::DatabaseUnavailable(error),
            other => TerminalError::Broken(Some(other)),
        }
    }
}

impl From<law::LawError> for TerminalError {
    fn from(error: law::LawError) -> TerminalError {
        TerminalError::Law { code: error.code(), reason: error.to_string() }
    }
}

/// 二重の資格取得.
pub(crate) fn already_insured() -> TerminalError {
    let reason = "この方はこの事業所で既に被保険者です。資格取得年月日と被保険者整理番号を確かめてください";
    TerminalError::field("basic_pension_number", "基礎年金番号", "already_insured", reason)
}

/// 被保険者整理番号の重複.
pub(crate) fn insured_number_taken() -> TerminalError {
    let reason = "この番号はこの事業所で既に使われています。別の番号にしてください";
    TerminalError::field("insured_number", "被保険者整理番号", "insured_number_taken", reason)
}
