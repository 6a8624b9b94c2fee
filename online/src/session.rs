//! 利用中の印 — the secret that a signed-in terminal sends with every request, as a cookie or as a bearer token.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::clerk::{Clerk, ClerkCard};
use crate::error::TerminalError;

/// Name of the cookie.
pub(crate) const COOKIE: &str = "nenrin_session";
/// How long a clerk is believed without asking the database again: so long may a disabled one go on.
const BELIEVED: Duration = Duration::from_secs(5);
/// Sessions remembered at once.
const REMEMBERED_MAX: usize = 10_000;

/// 印 — 32 random bytes. Only their SHA-256 is stored.
pub(crate) struct Token([u8; 32]);

/// SHA-256 of a token.
pub(crate) type TokenHash = [u8; 32];

/// How the token came: a cookie can be sent by a foreign page, a bearer token cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    Cookie,
    Bearer,
}

impl Token {
    pub(crate) fn random() -> Result<Token, TerminalError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| {
            tracing::error!(%error, "no random numbers");
            TerminalError::Broken(None)
        })?;
        Ok(Token(bytes))
    }

    fn parse(text: &str) -> Option<Token> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Token(bytes))
    }

    pub(crate) fn text(&self) -> String {
        hex::encode(self.0)
    }

    pub(crate) fn hash(&self) -> TokenHash {
        Sha256::digest(self.0).into()
    }

    /// The token of a request. A bearer token goes before a cookie.
    pub(crate) fn of_request(headers: &HeaderMap) -> Option<(Token, Carrier)> {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if let Some(text) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
            return Some((Token::parse(text.trim())?, Carrier::Bearer));
        }
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, text) = pairs.find(|(name, _)| *name == COOKIE)?;
        Some((Token::parse(text)?, Carrier::Cookie))
    }
}

/// Clerks asked for lately, by token.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<TokenHash, (Clerk, Instant)>>);

impl Sessions {
    fn remembered(&self, hash: &TokenHash) -> Option<Clerk> {
        let known = self.0.lock().expect("no holder of this lock panics");
        known.get(hash).filter(|(_, at)| at.elapsed() < BELIEVED).map(|(clerk, _)| clerk.clone())
    }

    fn remember(&self, hash: TokenHash, clerk: Clerk) {
        let mut known = self.0.lock().expect("no holder of this lock panics");
        if known.len() >= REMEMBERED_MAX {
            known.retain(|_, (_, at)| at.elapsed() < BELIEVED);
        }
        if known.len() < REMEMBERED_MAX {
            known.insert(hash, (clerk, Instant::now()));
        }
    }

    pub(crate) fn forget(&self, hash: &TokenHash) {
        self.0.lock().expect("no holder of this lock panics").remove(hash);
    }
}

/// サインイン中の職員 of a request.
///
/// # Errors
/// `NotSignedIn` — no token, an unknown or an expired one, or a clerk who was disabled.
pub(crate) async fn clerk_of(app: &App, headers: &HeaderMap) -> Result<(Clerk, Carrier), TerminalError> {
    let (token, carrier) = Token::of_request(headers).ok_or(TerminalError::NotSignedIn)?;
    let hash = token.hash();
    if let Some(clerk) = app.0.sessions.remembered(&hash) {
        return Ok((clerk, carrier));
    }
    let client = app.client().await?;
    let found = store::clerks::find_session(&client, &hash).await?.ok_or(TerminalError::NotSignedIn)?;
    let clerk = Clerk(std::sync::Arc::new(ClerkCard::of(found)));
    app.0.sessions.remember(hash, clerk.clone());
    Ok((clerk, carrier))
}
