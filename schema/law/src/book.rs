//! 法令データ — every table of the law as one book: today's, or today's with pages replaced to rehearse a change.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use domain::Month;
use sha2::{Digest, Sha256};

use crate::table::{Table, TableError};
use crate::{
    LawError, Trace, basic_pension, disability_survivor, employees_insurance, employees_pension, health_benefits,
    national_pension, pension_payment, pension_record,
};

#[cfg(test)]
#[path = "book_cells_tests.rs"]
mod cells_tests;
#[cfg(test)]
#[path = "book_pension_cells_tests.rs"]
mod pension_cells_tests;
#[cfg(test)]
#[path = "book_tests.rs"]
mod tests;

/// Reads a table's file.
type Reader<V> = fn(&str) -> Result<Table<V>, TableError>;

/// A table of the book, compiled in. Which rows it answers with depends on the book of the [`Trace`].
pub struct LawTable<V: 'static> {
    path: &'static str,
    text: &'static str,
    read: Reader<V>,
    compiled_in: OnceLock<Table<V>>,
}

impl<V: Send + Sync> LawTable<V> {
    /// The table whose file stands at `path` below the sources of this crate.
    pub const fn new(path: &'static str, text: &'static str, read: Reader<V>) -> LawTable<V> {
        LawTable { path, text, read, compiled_in: OnceLock::new() }
    }

    /// The value under `key` in force in `month`, recorded in the trace.
    ///
    /// # Errors
    /// `PastLastCheck` after `checked_until`; `NotInForce` when no row covers the month.
    pub fn at(&'static self, key: &str, month: Month, trace: &mut Trace) -> Result<&'static V, LawError> {
        self.under(trace.book()).at(key, month, trace)
    }

    /// As `at`, for a row that is itself a list: `pick` names the entry that was read.
    ///
    /// # Errors
    /// As `at`, and whatever `pick` refuses.
    pub fn pick<T>(
        &'static self,
        key: &str,
        month: Month,
        trace: &mut Trace,
        pick: impl FnOnce(&V) -> Result<(T, String), LawError>,
    ) -> Result<T, LawError> {
        self.under(trace.book()).pick(key, month, trace, pick)
    }

    /// As `at`, where the rows say themselves for whom they are: the first row in force that `meant` takes.
    ///
    /// # Errors
    /// As `at`.
    pub fn at_where(
        &'static self,
        month: Month,
        trace: &mut Trace,
        meant: impl Fn(&V) -> bool,
    ) -> Result<&'static V, LawError> {
        self.under(trace.book()).at_where(month, trace, meant)
    }

    /// As `at_where`, for a row that is itself a list: `pick` names the entry that was read.
    ///
    /// # Errors
    /// As `at`, and whatever `pick` refuses.
    pub fn pick_where<T>(
        &'static self,
        month: Month,
        trace: &mut Trace,
        meant: impl Fn(&V) -> bool,
        pick: impl FnOnce(&V) -> Result<(T, String), LawError>,
    ) -> Result<T, LawError> {
        self.under(trace.book()).pick_where(month, trace, meant, pick)
    }

    /// The table as this book has it.
    pub fn under(&'static self, book: &'static LawBook) -> &'static Table<V> {
        let replaced = book.replaced.get(self.path).and_then(|table| table.downcast_ref());
        replaced.unwrap_or_else(|| {
            self.compiled_in.get_or_init(|| (self.read)(self.text).expect("the compiled-in tables are tested"))
        })
    }
}

/// A table of any kind, for the book as a whole.
pub(crate) trait TableFile: Sync {
    /// Where its file stands below the sources.
    fn path(&self) -> &'static str;
    /// The file.
    fn text(&self) -> &'static str;
    /// Another file in its place, read and checked.
    fn parse(&self, text: &str) -> Result<Box<dyn Any + Send + Sync>, TableError>;
    /// Name of the table as its refusals say it.
    #[cfg(test)]
    fn name(&'static self) -> &'static str;
    /// From when until when each key answers.
    #[cfg(test)]
    fn series(&'static self) -> Vec<crate::table::Series>;
    /// The cell under a key, read as a rule reads it, as the file writes it.
    #[cfg(test)]
    fn cell(&'static self, key: &str, month: Month, trace: &mut Trace) -> Result<String, LawError>;
}

impl<V: Send + Sync> TableFile for LawTable<V> {
    fn path(&self) -> &'static str {
        self.path
    }

    fn text(&self) -> &'static str {
        self.text
    }

    fn parse(&self, text: &str) -> Result<Box<dyn Any + Send + Sync>, TableError> {
        Ok(Box::new((self.read)(text)?))
    }

    #[cfg(test)]
    fn name(&'static self) -> &'static str {
        self.under(LawBook::today()).name()
    }

    #[cfg(test)]
    fn series(&'static self) -> Vec<crate::table::Series> {
        self.under(LawBook::today()).series()
    }

    #[cfg(test)]
    fn cell(&'static self, key: &str, month: Month, trace: &mut Trace) -> Result<String, LawError> {
        self.at(key, month, trace)?;
        Ok(trace.parameters().last().expect("a cell is read through the trace").value.clone())
    }
}

/// Every table, in order of path.
fn tables() -> impl Iterator<Item = &'static dyn TableFile> {
    let families: [&[&dyn TableFile]; 8] = [
        basic_pension::TABLES,
        disability_survivor::TABLES,
        employees_insurance::TABLES,
        employees_pension::TABLES,
        health_benefits::TABLES,
        national_pension::TABLES,
        pension_payment::TABLES,
        pension_record::TABLES,
    ];
    families.into_iter().flatten().copied()
}

/// 法令データ — all tables of the law under one version.
pub struct LawBook {
    version: String,
    replaced: BTreeMap<&'static str, Box<dyn Any + Send + Sync>>,
}

/// Why a book could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// No table stands at this path.
    #[error(
        "「{0}」という法令データの表はありません。nenrin calc --tables で表の名前を確かめ、同じ名前のファイルを置いてください"
    )]
    UnknownTable(String),
    /// The replacing file cannot be read as that table.
    #[error("法令データ {path} を読めません: {reason}")]
    BadTable {
        /// Which.
        path: String,
        /// What is wrong.
        reason: TableError,
    },
    /// Nothing to replace: a rehearsal would say nothing.
    #[error("置き換える法令データがありません。変えたい表のCSVを同じ名前で置いてください")]
    Empty,
}

static TODAY: LazyLock<LawBook> = LazyLock::new(|| {
    let pages: Vec<(&str, &str)> = tables().map(|table| (table.path(), table.text())).collect();
    LawBook { version: version_of(&pages), replaced: BTreeMap::new() }
});

impl LawBook {
    /// 現行の法令データ — the tables as compiled in.
    pub fn today() -> &'static LawBook {
        &TODAY
    }

    /// 改正後の法令データ — today's tables with whole files replaced, for a rehearsal. It lives as long as the
    /// program: make one per run.
    ///
    /// - `files`: path below the sources of this crate (`employees_insurance/contribution/epi_rates.csv`) and text
    ///
    /// # Errors
    /// `UnknownTable`, `BadTable`, `Empty`.
    pub fn with(files: &[(String, String)]) -> Result<&'static LawBook, BookError> {
        let mut replaced = BTreeMap::new();
        for (path, text) in files {
            let table = tables().find(|table| table.path() == path);
            let table = table.ok_or_else(|| BookError::UnknownTable(path.clone()))?;
            let read = table.parse(text).map_err(|reason| BookError::BadTable { path: path.clone(), reason })?;
            replaced.insert(table.path(), read);
        }
        if replaced.is_empty() {
            return Err(BookError::Empty);
        }
        let text_of = |table: &'static dyn TableFile| {
            let given = files.iter().rfind(|(path, _)| path == table.path());
            (table.path(), given.map_or(table.text(), |(_, text)| text))
        };
        let pages: Vec<(&str, &str)> = tables().map(text_of).collect();
        Ok(Box::leak(Box::new(LawBook { version: version_of(&pages), replaced })))
    }

    /// 法令データの版 — crate version and digest of all tables: the same tables give the same text everywhere.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// 表の一覧 — path and text of every table as compiled in, in order of path.
    pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
        tables().map(|table| (table.path(), table.text()))
    }
}

fn version_of(pages: &[(&str, &str)]) -> String {
    let mut hasher = Sha256::new();
    for (path, text) in pages.iter().chain(&[("holidays.csv", domain::calendar::HOLIDAYS_CSV)]) {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    let digest: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{}+{digest}", env!("CARGO_PKG_VERSION"))
}

/// Version of today's tables, as a receipt and a run carry it.
pub fn law_version() -> &'static str {
    LawBook::today().version()
}

impl fmt::Debug for LawBook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "LawBook({}, {:?})", self.version, self.replaced.keys().collect::<Vec<_>>())
    }
}
