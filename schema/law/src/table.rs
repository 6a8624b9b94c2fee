//! 数値表 — the numbers of the law: each row with its period, its clause and its source, each table with the
//! last month somebody checked. Rows can be read only through a [`Trace`].

use std::cmp::Ordering;
use std::fmt;

use domain::{Month, Ratio, Yen};

use crate::{LawError, ParameterRead, Trace};

/// A table whose rows are in force month by month, under a key where there are several series.
pub struct Table<V> {
    name: String,
    law: String,
    checked_until: Month,
    rows: Vec<Row<V>>,
}

/// One row: a value and the months it is in force.
pub struct Row<V> {
    /// Which series, `13` for Tokyo.
    pub key: String,
    /// First month.
    pub from: Month,
    /// Last month; `None` while open.
    pub until: Option<Month>,
    /// The value, read.
    pub value: V,
    /// The value as the file writes it.
    pub text: String,
    /// The row's own clause, where it differs from the table's.
    pub law: Option<String>,
    /// Where it was read.
    pub source: String,
}

/// 期間 — the months in which a key of a table answers.
#[cfg(test)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    /// The key.
    pub key: String,
    /// First month of the first row.
    pub from: Month,
    /// Last month that answers: the end of the last row, or the last check where that comes earlier.
    pub until: Month,
    /// Whether the last check ends it, and not the law.
    pub ends_by_check: bool,
}

/// What is wrong with the file of a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The head or a row cannot be read.
    #[error("{table}: {reason}")]
    Unreadable {
        /// Name of the table, if it was read.
        table: String,
        /// What is wrong.
        reason: String,
    },
    /// Two rows of one key cover the same month.
    #[error("{table}: rows of key {key} overlap at {at}")]
    Overlap {
        /// Name of the table.
        table: String,
        /// The key.
        key: String,
        /// The later row's first month.
        at: Month,
    },
    /// No row of a key covers a month between its first and its last row.
    #[error("{table}: rows of key {key} leave a gap before {at}")]
    Gap {
        /// Name of the table.
        table: String,
        /// The key.
        key: String,
        /// The later row's first month.
        at: Month,
    },
}

/// One line of a table's file, by column name.
pub struct Line<'a> {
    headers: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl<'a> Line<'a> {
    /// The text of a column; empty when there is no such column.
    pub fn text(&self, column: &str) -> &'a str {
        let place = self.headers.iter().position(|header| header == column);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// A column read as `T`.
    ///
    /// # Errors
    /// What is wrong, for the table's builder.
    pub fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, String> {
        self.text(column).parse().map_err(|_| format!("column {column} holds {:?}", self.text(column)))
    }

    /// A column that may be empty, read as `T`.
    ///
    /// # Errors
    /// As `parse`.
    pub fn parse_or_open<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, String> {
        if self.text(column).is_empty() { Ok(None) } else { self.parse(column).map(Some) }
    }

    /// The row that the columns key, from, until, value, law and source make.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn row<V>(&self, value: impl FnOnce(&str) -> Option<V>) -> Result<Row<V>, String> {
        let text = self.text("value");
        Ok(Row {
            key: self.text("key").to_owned(),
            from: self.parse("from")?,
            until: self.parse_or_open("until")?,
            value: value(text).ok_or_else(|| format!("value {text:?} cannot be read"))?,
            text: text.to_owned(),
            law: Some(self.text("law").to_owned()).filter(|law| !law.is_empty()),
            source: self.text("source").to_owned(),
        })
    }
}

impl<V> Table<V> {
    /// Reads a table's file: a head of `# name = value` lines, then CSV. `fold` adds each line to the rows.
    ///
    /// # Errors
    /// `TableError` — unreadable, overlapping or gapped.
    pub fn read(
        text: &str,
        mut fold: impl FnMut(&mut Vec<Row<V>>, &Line<'_>) -> Result<(), String>,
    ) -> Result<Table<V>, TableError> {
        let head = |name: &str| {
            let mut lines = text.lines().take_while(|line| line.starts_with('#'));
            let found = lines.find_map(|line| line[1..].trim().strip_prefix(name)?.trim().strip_prefix('='));
            found.map(str::trim).unwrap_or_default().to_owned()
        };
        let unreadable = |reason: String| TableError::Unreadable { table: head("name"), reason };
        let checked_until = head("checked_until").parse().map_err(|_| unreadable("checked_until".to_owned()))?;
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|error| unreadable(error.to_string()))?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(error.to_string()))?;
            fold(&mut rows, &Line { headers: &headers, record: &record }).map_err(unreadable)?;
        }
        let table = Table { name: head("name"), law: head("law"), checked_until, rows };
        table.check()?;
        Ok(table)
    }

    /// As `read`, for a table whose rows are a value each: `value` reads it, `None` when it is not one.
    ///
    /// # Errors
    /// As `read`.
    pub fn of_values(text: &str, value: impl Fn(&str) -> Option<V>) -> Result<Table<V>, TableError> {
        Table::read(text, |rows, line| {
            rows.push(line.row(&value)?);
            Ok(())
        })
    }

    /// Each key's rows must follow one another month by month, only the last one open.
    fn check(&self) -> Result<(), TableError> {
        let mut order: Vec<&Row<V>> = self.rows.iter().collect();
        order.sort_by(|a, b| (&a.key, a.from).cmp(&(&b.key, b.from)));
        for pair in order.windows(2).filter(|pair| pair[0].key == pair[1].key) {
            let (table, key, at) = (self.name.clone(), pair[1].key.clone(), pair[1].from);
            match pair[0].until.map(|until| until.next().cmp(&at)) {
                Some(Ordering::Equal) => {}
                Some(Ordering::Less) => return Err(TableError::Gap { table, key, at }),
                _ => return Err(TableError::Overlap { table, key, at }),
            }
        }
        if self.rows.is_empty() || self.rows.iter().any(|row| row.until.is_some_and(|until| until < row.from)) {
            return Err(TableError::Unreadable { table: self.name.clone(), reason: "no or backward rows".to_owned() });
        }
        Ok(())
    }

    /// 表の名称.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// 最終確認月 — the last month somebody checked.
    pub fn checked_until(&self) -> Month {
        self.checked_until
    }

    /// Every key with the months in which it answers; rows of a key join without gap.
    #[cfg(test)]
    pub(crate) fn series(&self) -> Vec<Series> {
        let mut keys: Vec<&str> = self.rows.iter().map(|row| row.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        let of_key = |key: &str| {
            let rows = || self.rows.iter().filter(move |row| row.key == key);
            let from = rows().map(|row| row.from).min().expect("a key has a row");
            let last = rows().max_by_key(|row| row.from).expect("a key has a row");
            let until = last.until.map_or(self.checked_until, |until| until.min(self.checked_until));
            Series { key: key.to_owned(), from, until, ends_by_check: until == self.checked_until }
        };
        keys.into_iter().map(of_key).collect()
    }

    /// The value under `key` in force in `month`, recorded in the trace.
    ///
    /// # Errors
    /// `PastLastCheck` after `checked_until`; `NotInForce` when no row covers the month.
    pub fn at(&self, key: &str, month: Month, trace: &mut Trace) -> Result<&V, LawError> {
        let row = self.row_at(key, month)?;
        self.record(row, &row.text, trace);
        Ok(&row.value)
    }

    /// As `at`, for a row that is itself a list: `pick` names the entry that was read.
    ///
    /// # Errors
    /// As `at`, and whatever `pick` refuses.
    pub fn pick<T>(
        &self,
        key: &str,
        month: Month,
        trace: &mut Trace,
        pick: impl FnOnce(&V) -> Result<(T, String), LawError>,
    ) -> Result<T, LawError> {
        let row = self.row_at(key, month)?;
        let (picked, text) = pick(&row.value)?;
        self.record(row, &text, trace);
        Ok(picked)
    }

    /// As `at`, where the rows say themselves for whom they are (生年月日, 期間): the first row in force in `month`
    /// that `meant` takes.
    ///
    /// # Errors
    /// As `at`.
    pub fn at_where(&self, month: Month, trace: &mut Trace, meant: impl Fn(&V) -> bool) -> Result<&V, LawError> {
        let row = self.first_row(month, |row| meant(&row.value))?;
        self.record(row, &row.text, trace);
        Ok(&row.value)
    }

    /// As `at_where`, for a row that is itself a list: `pick` names the entry that was read.
    ///
    /// # Errors
    /// As `at`, and whatever `pick` refuses.
    pub fn pick_where<T>(
        &self,
        month: Month,
        trace: &mut Trace,
        meant: impl Fn(&V) -> bool,
        pick: impl FnOnce(&V) -> Result<(T, String), LawError>,
    ) -> Result<T, LawError> {
        let row = self.first_row(month, |row| meant(&row.value))?;
        let (picked, text) = pick(&row.value)?;
        self.record(row, &text, trace);
        Ok(picked)
    }

    fn row_at(&self, key: &str, month: Month) -> Result<&Row<V>, LawError> {
        self.first_row(month, |row| row.key == key)
    }

    fn first_row(&self, month: Month, meant: impl Fn(&Row<V>) -> bool) -> Result<&Row<V>, LawError> {
        if month > self.checked_until {
            let (table, checked_until) = (self.name.clone(), self.checked_until);
            return Err(LawError::PastLastCheck { table, asked: month, checked_until });
        }
        let covers = |row: &&Row<V>| row.from <= month && row.until.is_none_or(|until| month <= until) && meant(row);
        let found = self.rows.iter().find(covers);
        found.ok_or_else(|| LawError::NotInForce { table: self.name.clone(), asked: month })
    }

    fn record(&self, row: &Row<V>, value: &str, trace: &mut Trace) {
        #[cfg(test)]
        tests::READS.with(|reads| reads.set(reads.get() + 1));
        if !trace.tells() {
            return;
        }
        trace.read(ParameterRead {
            table: self.name.clone(),
            key: row.key.clone(),
            value: value.to_owned(),
            from: row.from,
            until: row.until,
            law: row.law.clone().unwrap_or_else(|| self.law.clone()),
            source: row.source.clone(),
        });
    }
}

/// A table of rates, written as decimals.
///
/// # Errors
/// As [`Table::read`].
pub fn of_rates(text: &str) -> Result<Table<Ratio>, TableError> {
    Table::of_values(text, Ratio::parse_decimal)
}

/// A table of whole yen.
///
/// # Errors
/// As [`Table::read`].
pub fn of_yen(text: &str) -> Result<Table<Yen>, TableError> {
    Table::of_values(text, |value| value.parse().ok().map(Yen::new))
}

impl<V> fmt::Debug for Table<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Table({}, {} rows, checked until {})", self.name, self.rows.len(), self.checked_until)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many rows this thread has read, counted where the row is found.
        pub(crate) static READS: Cell<usize> = const { Cell::new(0) };
    }

    fn read(rows: &str) -> Result<Table<i64>, TableError> {
        let text =
            format!("# name = 試験表\n# law = 法1条\n# checked_until = 2026-12\nkey,from,until,value,source\n{rows}");
        Table::read(&text, |rows, line| {
            rows.push(line.row(|value| value.parse().ok())?);
            Ok(())
        })
    }

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn a_row_is_in_force_from_its_first_to_its_last_month() {
        let table = read("a,2020-01,2020-12,1,x\na,2021-01,,2,x\n").expect("a good table");
        let mut trace = Trace::new();
        assert_eq!(table.at("a", month("2020-12"), &mut trace), Ok(&1));
        assert_eq!(table.at("a", month("2021-01"), &mut trace), Ok(&2));
        assert_eq!(trace.parameters().len(), 2);
        assert_eq!(trace.parameters()[0].until, Some(month("2020-12")));
        assert!(matches!(table.at("a", month("2019-12"), &mut trace), Err(LawError::NotInForce { .. })));
        assert!(matches!(table.at("b", month("2020-12"), &mut trace), Err(LawError::NotInForce { .. })));
        assert!(table.at("a", month("2026-12"), &mut trace).is_ok());
        assert!(matches!(table.at("a", month("2027-01"), &mut trace), Err(LawError::PastLastCheck { .. })));
    }

    #[test]
    fn overlaps_gaps_and_nonsense_are_rejected() {
        assert!(matches!(read("a,2020-01,2020-12,1,x\na,2020-12,,2,x\n"), Err(TableError::Overlap { .. })));
        assert!(matches!(read("a,2020-01,,1,x\na,2020-12,,2,x\n"), Err(TableError::Overlap { .. })));
        assert!(matches!(read("a,2020-01,2020-12,1,x\na,2021-02,,2,x\n"), Err(TableError::Gap { .. })));
        assert!(matches!(read("a,2020-12,2020-01,1,x\n"), Err(TableError::Unreadable { .. })));
        assert!(matches!(read("a,2020-13,,1,x\n"), Err(TableError::Unreadable { .. })));
        assert!(matches!(read("a,2020-12,,one,x\n"), Err(TableError::Unreadable { .. })));
        assert!(read("").is_err());
        assert!(read("a,2020-01,2020-01,1,x\na,2020-02,,2,x\n").is_ok(), "a row of one month");
    }
}
