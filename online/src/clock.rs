//! 時計 — the one place of the online tier that reads the wall clock: sessions end and log entries happen by it.

use jiff::Timestamp;

/// Now.
#[expect(clippy::disallowed_methods, reason = "terminals live in real time; the night does not come here")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
