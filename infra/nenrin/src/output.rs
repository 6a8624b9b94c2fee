//! What a command prints at its end: a table for people, one JSON line for machines.

use serde_json::Value;

/// The result of a command in both faces.
pub struct Report {
    /// Rows of name and value, in reading order.
    pub rows: Vec<(String, String)>,
    /// What to do next, one sentence a line.
    pub next: Vec<String>,
    /// Lines for machines that come before the last one.
    pub before: Vec<Value>,
    /// The same for machines.
    pub json: Value,
    /// False makes the program end with a failure, after printing.
    pub good: bool,
}

impl Report {
    /// A report that went well.
    pub fn new(json: Value) -> Report {
        Report { rows: Vec::new(), next: Vec::new(), before: Vec::new(), json, good: true }
    }

    /// One more row.
    pub fn row(mut self, name: impl Into<String>, value: impl ToString) -> Report {
        self.rows.push((name.into(), value.to_string()));
        self
    }

    /// One more line of advice.
    pub fn then(mut self, advice: impl Into<String>) -> Report {
        self.next.push(advice.into());
        self
    }

    /// Prints the face that was asked for.
    pub fn print(&self, json: bool) {
        if json {
            self.before.iter().chain([&self.json]).for_each(|line| println!("{line}"));
            return;
        }
        let width = self.rows.iter().map(|(name, _)| columns(name)).max().unwrap_or(0);
        for (name, value) in &self.rows {
            println!("  {name}{}  {value}", " ".repeat(width - columns(name)));
        }
        for line in &self.next {
            println!("{line}");
        }
    }
}

/// Columns a text takes on a terminal: two for everything beyond Latin and half-width kana.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() || ('\u{ff61}'..='\u{ff9f}').contains(&c) { 1 } else { 2 }).sum()
}

/// `1,234,567`.
pub fn grouped(number: impl TryInto<i64>) -> String {
    number.try_into().map_or_else(|_| "?".to_owned(), domain::money::group_thousands)
}
