//! Where the programs of PostgreSQL are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::ClusterError;

/// A folder with the server programs of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    /// The folder.
    pub folder: PathBuf,
    /// Major version.
    pub major: u32,
}

impl Binaries {
    /// Path of a program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn in_folder(folder: &Path) -> Option<Binaries> {
        let complete = ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).is_file());
        let major = if complete { major_of(&folder.join("postgres"))? } else { return None };
        Some(Binaries { folder: folder.to_owned(), major })
    }
}

/// `postgres (PostgreSQL) 17.5` → 17.
fn major_of(postgres: &Path) -> Option<u32> {
    let answer = Command::new(postgres).arg("--version").output().ok()?;
    parse_major(&String::from_utf8_lossy(&answer.stdout))
}

fn parse_major(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The server programs: `NENRIN_PG_BIN`, else the newest of `/usr/lib/postgresql`, else those on `PATH`.
///
/// # Errors
/// `BinariesMissing` — the operator installs them.
pub fn find_binaries() -> Result<Binaries, ClusterError> {
    candidates().into_iter().next().ok_or(ClusterError::BinariesMissing)
}

/// The server programs of this major version, for data that were written by it.
///
/// # Errors
/// `OtherMajor` — the operator installs that version.
pub fn find_binaries_of(major: u32) -> Result<Binaries, ClusterError> {
    let found = candidates();
    if found.is_empty() {
        return Err(ClusterError::BinariesMissing);
    }
    found.into_iter().find(|one| one.major == major).ok_or(ClusterError::OtherMajor { data: major })
}

/// In order of preference. A folder named by the operator is the only one looked at.
fn candidates() -> Vec<Binaries> {
    if let Some(folder) = std::env::var_os("NENRIN_PG_BIN").filter(|folder| !folder.is_empty()) {
        return Binaries::in_folder(Path::new(&folder)).into_iter().collect();
    }
    let mut found: Vec<Binaries> = debian_folders().iter().filter_map(|folder| Binaries::in_folder(folder)).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.major));
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path).filter_map(|folder| Binaries::in_folder(&folder)));
    found
}

fn debian_folders() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin")).collect()
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    #[test]
    fn major_versions() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta2\n"), Some(18));
        assert_eq!(parse_major("something else"), None);
    }
}
