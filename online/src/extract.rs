//! 送信内容の読み取り — bodies, with refusals of ours.

use axum::Json;
use axum::extract::rejection::{FormRejection, JsonRejection};
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::TerminalError;
use crate::pages::form::Values;

/// A JSON body.
pub(crate) struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = TerminalError;

    async fn from_request(request: Request, app: &App) -> Result<Body<T>, TerminalError> {
        match Json::from_request(request, app).await {
            Ok(Json(body)) => Ok(Body(body)),
            Err(rejection) => Err(of_json(app, rejection)),
        }
    }
}

fn of_json(app: &App, rejection: JsonRejection) -> TerminalError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return TerminalError::TooLarge { bytes_max: app.0.config.body_bytes_max };
    }
    let reason = match rejection {
        JsonRejection::MissingJsonContentType(_) => "Content-Type を application/json にしてください".to_owned(),
        // The parser's own words name line and column, never the value.
        JsonRejection::JsonSyntaxError(error) => {
            format!("JSON の書き方が正しくありません ({})", place(&error.body_text()))
        }
        JsonRejection::JsonDataError(error) => format!("JSON の形が違います ({})", place(&error.body_text())),
        _ => "本文を最後まで受け取れませんでした。もう一度送ってください".to_owned(),
    };
    TerminalError::Unreadable { reason }
}

/// `line 3 column 5` of the parser's message.
fn place(message: &str) -> String {
    let number = |word: &str| {
        let after = message.split(word).nth(1)?;
        let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    match (number("line"), number("column")) {
        (Some(line), Some(column)) => format!("{line}行{column}桁"),
        _ => "項目の型を確かめてください".to_owned(),
    }
}

/// A form body: pairs in the order of the page.
pub(crate) struct Pairs(pub Vec<(String, String)>);

impl FromRequest<App> for Pairs {
    type Rejection = TerminalError;

    async fn from_request(request: Request, app: &App) -> Result<Pairs, TerminalError> {
        match Form::from_request(request, app).await {
            Ok(Form(pairs)) => Ok(Pairs(pairs)),
            Err(FormRejection::BytesRejection(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(TerminalError::TooLarge { bytes_max: app.0.config.body_bytes_max })
            }
            Err(_) => {
                Err(TerminalError::Unreadable { reason: "画面を開き直して送信してください".to_owned() })
            }
        }
    }
}

impl Pairs {
    /// By field; the last of several counts.
    pub(crate) fn values(self) -> Values {
        self.0.into_iter().collect()
    }

    /// Every value of one field.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect()
    }

    /// One field; empty when it is not there.
    pub(crate) fn one(&self, name: &str) -> &str {
        self.0.iter().rfind(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}
