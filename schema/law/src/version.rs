//! 法令データの版 — a digest of every table, so that a receipt says which numbers it was made from.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::employees_insurance;

/// 法令データの版 — crate version and digest of all tables: the same tables give the same text everywhere.
pub static LAW_VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for (path, text) in employees_insurance::TABLE_FILES {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    let digest: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{}+{digest}", env!("CARGO_PKG_VERSION"))
});

/// As [`LAW_VERSION`], as a plain text.
pub fn law_version() -> &'static str {
    &LAW_VERSION
}
