//! Settings, read once: flags, then environment (`NENRIN_*`), then `nenrin.toml`.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;

/// What `nenrin.toml` may say. Every entry is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database_url: Option<String>,
    office_dir: Option<PathBuf>,
    bind: Option<String>,
    database_port: Option<u16>,
    threads: Option<usize>,
    business_date: Option<Date>,
}

/// Settings after all sources were read.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A database that somebody else runs; the private cluster is left alone.
    pub database_url: Option<String>,
    /// Where the office keeps its things: cluster, lake, print packages, return files.
    pub office_dir: PathBuf,
    /// Address of the online tier.
    pub bind: String,
    /// Port of the private cluster; free-chosen when empty.
    pub database_port: Option<u16>,
    /// Worker threads of bulk work.
    pub threads: usize,
    /// 業務日付 of the terminals; today in Japan when empty.
    pub business_on: Option<Date>,
}

/// Settings that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is there and cannot be read.
    #[error("設定ファイル {path} を読めません。権限を確かめてください")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is not TOML, or says something unknown.
    #[error("設定ファイル {path} に誤りがあります: {reason}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What is wrong, with its line.
        reason: String,
    },
    /// An environment variable is not what it should be.
    #[error("環境変数 {name} の値「{value}」は使えません。{expected}を指定してください")]
    Environment {
        /// Which variable.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
}

impl Settings {
    /// Reads the environment and, where it exists, `nenrin.toml` in `folder`.
    pub fn read(folder: &Path) -> Result<Settings, SettingsError> {
        let file = read_file(&folder.join("nenrin.toml"))?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Settings {
            database_url: text("NENRIN_DATABASE_URL").or(file.database_url),
            office_dir: text("NENRIN_OFFICE_DIR")
                .map(PathBuf::from)
                .or(file.office_dir)
                .unwrap_or_else(|| folder.join(".nenrin")),
            bind: text("NENRIN_BIND").or(file.bind).unwrap_or_else(|| "127.0.0.1:8600".to_owned()),
            database_port: parsed("NENRIN_DATABASE_PORT", "ポート番号")?.or(file.database_port),
            threads: parsed("NENRIN_THREADS", "1以上の数")?.or(file.threads).unwrap_or(cores).max(1),
            business_on: parsed("NENRIN_BUSINESS_DATE", "2026-08-17 の形の日付")?.or(file.business_date),
        })
    }

    /// Where the night's results live.
    pub fn lake_dir(&self) -> PathBuf {
        self.office_dir.join("lake")
    }

    /// Where the packages for the print vendor lie.
    pub fn print_dir(&self) -> PathBuf {
        self.office_dir.join("print")
    }

    /// Where files for employers to correct are put.
    pub fn returns_dir(&self) -> PathBuf {
        self.office_dir.join("returns")
    }

    /// Where received media wait.
    pub fn media_dir(&self) -> PathBuf {
        self.office_dir.join("media")
    }
}

fn read_file(path: &Path) -> Result<File, SettingsError> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| SettingsError::Malformed { path: path.to_owned(), reason: error.to_string() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(File::default()),
        Err(source) => Err(SettingsError::Unreadable { path: path.to_owned(), source }),
    }
}

fn text(name: &'static str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn parsed<N: std::str::FromStr>(name: &'static str, expected: &'static str) -> Result<Option<N>, SettingsError> {
    text(name).map(|value| value.parse().map_err(|_| SettingsError::Environment { name, value, expected })).transpose()
}
