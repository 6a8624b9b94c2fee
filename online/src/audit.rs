//! 記録の義務 — what one request writes to the access log. The guard closes it before the answer leaves, so a
//! handler cannot forget; a handler that changes something writes it before its commit.

use std::future::Future;
use std::sync::{Arc, Mutex};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::StoreError;
use store::access_log::Entry;

use crate::app::App;
use crate::clerk::Clerk;
use crate::clock;
use crate::error::TerminalError;
use crate::purpose::Purpose;

/// 利用目的 as it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stated {
    Purpose(Purpose),
    Nothing,
    Unknown,
}

/// Outcome of what went well.
const OK: &str = "ok";

/// 記録 — the duty of one request.
#[derive(Clone)]
pub(crate) struct Audit(Arc<Duty>);

struct Duty {
    app: App,
    clerk: Clerk,
    action: &'static str,
    stated: Stated,
    subjects: Mutex<Subjects>,
}

#[derive(Default)]
struct Subjects {
    named: Vec<String>,
    written: bool,
    /// The records of this request are written one by one.
    elsewhere: bool,
}

impl Audit {
    pub(crate) fn new(app: App, clerk: Clerk, action: &'static str, stated: Stated) -> Audit {
        Audit(Arc::new(Duty { app, clerk, action, stated, subjects: Mutex::default() }))
    }

    /// 利用目的.
    ///
    /// # Errors
    /// `PurposeMissing`, `PurposeUnknown` — the clerk states one of the list.
    pub(crate) fn purpose(&self) -> Result<Purpose, TerminalError> {
        match self.0.stated {
            Stated::Purpose(purpose) if self.0.app.0.config.purposes.contains(&purpose) => Ok(purpose),
            Stated::Nothing => Err(TerminalError::PurposeMissing),
            Stated::Purpose(_) | Stated::Unknown => Err(TerminalError::PurposeUnknown),
        }
    }

    /// One more record that is looked at or changed: `person:123`, `employer:45`, a reception number.
    pub(crate) fn subject(&self, subject: impl Into<String>) {
        let subject = subject.into();
        let mut subjects = self.0.subjects.lock().expect("no holder of this lock panics");
        if !subjects.named.contains(&subject) {
            subjects.named.push(subject);
        }
    }

    /// Writes the entry, and only when it is on disk runs the commit.
    ///
    /// The log may then say more than was committed, never less: a commit that fails gets an entry of its own
    /// from the guard, and without the log the commit is dropped unstarted, which rolls its transaction back.
    ///
    /// # Errors
    /// The commit's, or `LogUnavailable` — nothing was committed; the clerk sends it again.
    pub(crate) async fn with_commit(
        &self,
        commit: impl Future<Output = Result<(), StoreError>>,
    ) -> Result<(), TerminalError> {
        self.write(OK).await?;
        Ok(commit.await?)
    }

    /// A duty of its own for one of many records of a request, under the same action and purpose.
    pub(crate) fn for_one_of_many(&self) -> Audit {
        let Duty { app, clerk, action, stated, .. } = &*self.0;
        let mut own = self.0.subjects.lock().expect("no holder of this lock panics");
        own.elsewhere = true;
        Audit::new(app.clone(), clerk.clone(), action, *stated)
    }

    /// Called by the guard when the answer is known.
    pub(crate) async fn close(&self, refusal: Option<&TerminalError>) -> Result<(), TerminalError> {
        let settled = {
            let subjects = self.0.subjects.lock().expect("no holder of this lock panics");
            subjects.written || (subjects.elsewhere && subjects.named.is_empty())
        };
        match refusal {
            None if settled => Ok(()),
            None => self.write(OK).await,
            Some(TerminalError::LogUnavailable) => Ok(()),
            Some(refusal) => self.write(&refusal.outcome()).await,
        }
    }

    async fn write(&self, outcome: &str) -> Result<(), TerminalError> {
        let named = {
            let mut subjects = self.0.subjects.lock().expect("no holder of this lock panics");
            subjects.written = true;
            subjects.named.clone()
        };
        let subjects = if named.is_empty() { vec!["-".to_owned()] } else { named };
        let entries = subjects.into_iter().map(|subject| self.entry(subject, outcome)).collect();
        self.0.app.0.log.append(entries).await
    }

    fn entry(&self, subject: String, outcome: &str) -> Entry {
        let purpose = match self.0.stated {
            Stated::Purpose(purpose) => purpose.code(),
            Stated::Nothing | Stated::Unknown => "not_stated",
        };
        Entry {
            at: clock::now(),
            actor: self.0.clerk.0.login.clone(),
            office_code: Some(self.0.clerk.0.office_code.clone()),
            action: self.0.action.to_owned(),
            subject,
            purpose: purpose.to_owned(),
            outcome: outcome.to_owned(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Audit {
    type Rejection = TerminalError;

    /// The guard put it there for every endpoint that is logged.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Audit, TerminalError> {
        parts.extensions.get::<Audit>().cloned().ok_or(TerminalError::Broken(None))
    }
}
