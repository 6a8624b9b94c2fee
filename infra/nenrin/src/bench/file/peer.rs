//! The peer: the statements of one filing, read from the server's own log and sent again by pgbench.
//!
//! What must differ from filing to filing is replaced by variables: the sender's key, the numbers of the insured, the
//! fingerprint of the content, the employer. Everything else stays as it was sent, and the sessions have the settings
//! that those of the online tier have. The online tier writes the hash-chained access log for several filings in one
//! transaction; pgbench cannot chain hashes, so its transaction carries the same entries into a table of the same
//! shape, numbered by a sequence: it never waits for the chain, and the statements that find the chain's end are left
//! out. Both spare the peer work.

use std::path::Path;
use std::process::Command;

use store::bench_filing::{BenchEmployer, parameter_types};
use store::{Db, StoreError};

use super::Failure;
use super::forms::Marks;
use crate::commands::Said;

/// One statement as the server logged it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    process: String,
    sql: String,
    params: Vec<Option<String>>,
}

/// The statements in a piece of the server's log, in its order.
pub fn read_log(text: &str) -> Vec<Logged> {
    let mut found: Vec<Logged> = Vec::new();
    for entry in entries(text) {
        let Some(process) = between(&entry, " [", "] ") else { continue };
        if let Some((_, said)) = entry.split_once(" LOG:  ") {
            if let Some(sql) = statement(said) {
                found.push(Logged { process: process.to_owned(), sql: sql.trim().to_owned(), params: Vec::new() });
            }
        } else if let Some((_, said)) = entry.split_once(" DETAIL:  ")
            && let Some(last) = found.last_mut().filter(|last| last.process == process)
            && let Some((_, list)) = said.split_once("arameters: ")
        {
            last.params = params(list);
        }
    }
    found
}

/// Lines that begin with a tab go on with the entry before them.
fn entries(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(rest), Some(last)) => {
                last.push('\n');
                last.push_str(rest);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    Some(rest.split_once(to)?.0)
}

/// `execute NAME: SQL` or `statement: SQL`.
fn statement(said: &str) -> Option<&str> {
    if let Some(sql) = said.strip_prefix("statement: ") {
        return Some(sql);
    }
    Some(said.strip_prefix("execute ")?.split_once(": ")?.1)
}

/// `$1 = 'it''s', $2 = NULL`.
fn params(list: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = list;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            values.push(None);
            rest = after;
            continue;
        };
        let (value, left) = unquote(quoted);
        values.push(Some(value));
        rest = left;
    }
    values
}

/// The text up to its closing quote, and what follows.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('\'') {
        value.push_str(head);
        match tail.strip_prefix('\'') {
            Some(more) => {
                value.push('\'');
                rest = more;
            }
            None => return (value, tail),
        }
    }
    value.push_str(rest);
    (value, "")
}

/// What was said in the captured filing, and is said otherwise in each of the peer's.
pub struct Sample {
    /// Numbers of the form.
    pub marks: Marks,
    /// Whose form it was.
    pub employer: BenchEmployer,
    /// Employers to draw from.
    pub employers: usize,
}

/// The pgbench script of one filing.
///
/// # Errors
/// The log does not hold one whole filing: the online tier has changed and this file with it.
pub async fn script(db: &impl Db, logged: &[Logged], sample: &Sample) -> Result<String, Failure> {
    let filing = transaction_with(logged, "INSERT INTO filings")?;
    let log_entries = transaction_with(logged, "INSERT INTO access_log")?;
    let mut script = sample.draws();
    for one in filing {
        if one.sql == "COMMIT" {
            for entry in log_entries.iter().filter(|entry| entry.sql.contains("INSERT INTO access_log")) {
                script.push_str(&sample.access_log(db, entry).await?);
            }
        }
        script.push_str(&sample.render(db, one).await?);
    }
    for variable in [":employer_id", ":office_code", ":filing_id", ":key", ":insured", ":serial", "sha256"] {
        if !script.contains(variable) {
            return Err(Said(format!("写し取った届書の SQL に {variable} の置き場所がありません")).into());
        }
    }
    Ok(script)
}

/// From BEGIN to COMMIT, the transaction in which a statement holds these words.
fn transaction_with<'a>(logged: &'a [Logged], words: &str) -> Result<Vec<&'a Logged>, Failure> {
    let missing = || Said(format!("サーバーの記録に「{words}」の処理がありません"));
    let place = logged.iter().position(|one| one.sql.contains(words)).ok_or_else(missing)?;
    let process = &logged[place].process;
    let begins = |one: &&Logged| one.sql.starts_with("BEGIN") || one.sql.starts_with("START TRANSACTION");
    let own = |range: &'a [Logged]| range.iter().filter(move |one| one.process == *process);
    let mut before: Vec<&Logged> = own(&logged[..place]).collect();
    let first = before.iter().rposition(begins).ok_or_else(missing)?;
    let after: Vec<&Logged> = own(&logged[place..]).collect();
    let last = after.iter().position(|one| one.sql == "COMMIT").ok_or_else(missing)?;
    before.drain(..first);
    before.extend(&after[..=last]);
    Ok(before)
}

/// Part of a value: as it was, or drawn anew.
enum Piece {
    Text(String),
    Drawn(&'static str),
}

impl Sample {
    fn draws(&self) -> String {
        format!(
            "\\set place random(1, {})\n\\set key random(1, 1000000000000)\n\\set insured random(1000000, 2000000000)\n\
             \\set office random(1000, 9999)\n\\set serial random(100000, 999999)\n",
            self.employers
        )
    }

    async fn render(&self, db: &impl Db, one: &Logged) -> Result<String, StoreError> {
        let types = if one.params.is_empty() { Vec::new() } else { parameter_types(db, &one.sql).await? };
        let mut values: Vec<String> =
            one.params.iter().zip(&types).map(|(value, kind)| self.value(value, kind)).collect();
        if one.sql.contains("INSERT INTO filing_steps") {
            values[0] = "ARRAY[:filing_id::bigint]".to_owned();
        }
        if self.names_employer(one) {
            for (value, column) in values.iter_mut().zip(["nenkin_prefecture_code", "district_code", "office_symbol"]) {
                *value = format!("(SELECT {column} FROM bench.employers WHERE place = :place)");
            }
        }
        // The answers that later statements need become variables, as in the online tier.
        let answers = self.names_employer(one) || one.sql.contains("INSERT INTO filings");
        Ok(format!("{}{}\n", with_values(&one.sql, &values), if answers { " \\gset" } else { ";" }))
    }

    fn names_employer(&self, one: &Logged) -> bool {
        one.params.len() == 3
            && one.params.iter().zip(&self.employer.symbol).all(|(value, part)| value.as_ref() == Some(part))
    }

    async fn access_log(&self, db: &impl Db, entry: &Logged) -> Result<String, StoreError> {
        let types = parameter_types(db, &entry.sql).await?;
        let plain = |value: &Option<String>| value.as_deref().map_or("NULL".to_owned(), literal);
        let mut values: Vec<String> =
            entry.params.iter().zip(&types).map(|(value, kind)| format!("{}::{kind}", plain(value))).collect();
        let count = entry.params.first().and_then(Option::as_ref).map_or(1, |seqs| seqs.split(',').count());
        if let Some(seq) = values.first_mut() {
            *seq = format!("ARRAY[{}]", vec!["nextval('bench.access_log_seq')"; count].join(", "));
        }
        let sql = entry.sql.replace("INSERT INTO access_log", "INSERT INTO bench.access_log");
        Ok(format!("{};\n", with_values(&sql, &values)))
    }

    /// A literal of this type, or an expression over what pgbench drew.
    fn value(&self, value: &Option<String>, kind: &str) -> String {
        let Some(text) = value else { return format!("NULL::{kind}") };
        let pieces = self.pieces(text, kind);
        let rendered: Vec<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => literal(text),
                Piece::Drawn(expression) => (*expression).to_owned(),
            })
            .collect();
        match rendered.as_slice() {
            [] => format!("''::{kind}"),
            [one] if matches!(pieces[0], Piece::Text(_)) => format!("{one}::{kind}"),
            many => format!("({})::{kind}", many.join(" || ")),
        }
    }

    fn pieces(&self, text: &str, kind: &str) -> Vec<Piece> {
        let (head, inner, tail) = match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(inner) => ("{", inner, "}"),
            None => ("", text, ""),
        };
        let whole = match kind {
            "int8" | "_int8" if inner == self.employer.employer_id.to_string() => Some(":employer_id::text"),
            "text" | "_text" if inner == self.employer.office_code => Some(":office_code::text"),
            _ => None,
        };
        if let Some(variable) = whole {
            return without_empty(vec![
                Piece::Text(head.to_owned()),
                Piece::Drawn(variable),
                Piece::Text(tail.to_owned()),
            ]);
        }
        let (office, serial) = &self.marks.pension_number;
        let drawn = [
            (self.marks.key.clone(), "'peer-' || :client_id::text || '-' || :key::text"),
            (format!("{office}-{serial}"), ":office::text || '-' || :serial::text"),
            (format!("{office}{serial}"), ":office::text || :serial::text"),
            (self.marks.insured_number.to_string(), ":insured::text"),
        ];
        let mut pieces = vec![Piece::Text(text.to_owned())];
        for (mark, expression) in &drawn {
            pieces = split_at(pieces, |text| text.find(mark.as_str()).map(|at| (at, mark.len())), expression);
        }
        if kind.ends_with("bytea") {
            pieces = split_at(pieces, fingerprint, "encode(sha256(:key::text::bytea), 'hex')");
        }
        pieces
    }
}

/// 64 hexadecimal digits.
fn fingerprint(text: &str) -> Option<(usize, usize)> {
    let at = text.find('x')? + 1;
    let digits = text[at..].bytes().take_while(u8::is_ascii_hexdigit).count();
    (digits == 64).then_some((at, 64))
}

/// Puts the expression wherever a mark is found in the texts.
fn split_at(pieces: Vec<Piece>, find: impl Fn(&str) -> Option<(usize, usize)>, expression: &'static str) -> Vec<Piece> {
    let mut split = Vec::new();
    for piece in pieces {
        let Piece::Text(mut text) = piece else {
            split.push(piece);
            continue;
        };
        while let Some((at, length)) = find(&text) {
            split.push(Piece::Text(text[..at].to_owned()));
            split.push(Piece::Drawn(expression));
            text = text[at + length..].to_owned();
        }
        split.push(Piece::Text(text));
    }
    without_empty(split)
}

fn without_empty(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

/// pgbench takes a colon before a letter for a variable, also inside quotes: colons are written as escapes.
fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains([':', '\\']) {
        format!("E'{}'", quoted.replace('\\', "\\\\").replace(':', "\\072"))
    } else {
        format!("'{quoted}'")
    }
}

/// The statement with values in the places of `$1`, `$2`, …
fn with_values(sql: &str, values: &[String]) -> String {
    let mut text = String::new();
    let mut rest = sql;
    while let Some((head, tail)) = rest.split_once('$') {
        text.push_str(head);
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        let value = tail[..digits].parse::<usize>().ok().and_then(|number| values.get(number.checked_sub(1)?));
        text.push_str(value.map_or("$", String::as_str));
        rest = if value.is_some() { &tail[digits..] } else { tail };
    }
    text + rest
}

/// What pgbench measured.
pub struct Measured {
    /// Filings a second.
    pub per_second: f64,
    /// Mean time of one, in milliseconds.
    pub latency_ms: f64,
}

/// Sends the script from so many clients, as fast as the answers come.
///
/// # Errors
/// pgbench is missing or a statement fails; its own words are told.
pub fn pgbench(url: &str, script: &Path, clients: usize, seconds: u32) -> Result<Measured, Failure> {
    let program = cluster::find_binaries()?.program("pgbench");
    let at: tokio_postgres::Config = url.parse()?;
    let host = match at.get_hosts().first() {
        Some(tokio_postgres::config::Host::Unix(folder)) => folder.display().to_string(),
        Some(tokio_postgres::config::Host::Tcp(name)) => name.clone(),
        None => "127.0.0.1".to_owned(),
    };
    let output = Command::new(&program)
        .args(["-n", "-M", "prepared", "-j", "2", "-c", &clients.to_string(), "-T", &seconds.to_string()])
        .args(["-h", &host, "-p", &at.get_ports().first().copied().unwrap_or(5432).to_string()])
        .args(["-U", at.get_user().unwrap_or_default(), "-f"])
        .arg(script)
        .arg(at.get_dbname().unwrap_or_default())
        .env("PGOPTIONS", store::Settings::for_terminals(url).session_options())
        .env("PGPASSWORD", String::from_utf8_lossy(at.get_password().unwrap_or_default()).as_ref())
        .output()
        .map_err(|error| Said(format!("{} を動かせません: {error}", program.display())))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let number = |name: &str| -> Option<f64> {
        said.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok())
    };
    match (output.status.success(), number("tps = "), number("latency average = ")) {
        (true, Some(per_second), Some(latency_ms)) => Ok(Measured { per_second, latency_ms }),
        _ => Err(Said(format!("pgbench が失敗しました: {}", String::from_utf8_lossy(&output.stderr))).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "2026-08-17 01:02:03.004 UTC [71] nenrin-online LOG:  statement: BEGIN
2026-08-17 01:02:03.004 UTC [71] nenrin-online LOG:  execute s1: SELECT name
\tFROM t WHERE a = $1 AND b = $2 AND c = $10
2026-08-17 01:02:03.004 UTC [71] nenrin-online DETAIL:  parameters: $1 = 'it''s, $2 = x', $2 = NULL, $3 = '{\"a: b\"}'
2026-08-17 01:02:03.005 UTC [72] nenrin LOG:  checkpoint starting: time
";

    #[test]
    fn the_log_gives_back_statements_and_parameters() {
        let found = read_log(LOG);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].sql, "SELECT name\nFROM t WHERE a = $1 AND b = $2 AND c = $10");
        let params: Vec<_> = found[1].params.iter().map(Option::as_deref).collect();
        assert_eq!(params, [Some("it's, $2 = x"), None, Some("{\"a: b\"}")]);
    }

    #[test]
    fn values_go_into_their_places() {
        assert_eq!(with_values("a = $1 AND b = $12 AND $1", &["x".to_owned()]), "a = x AND b = $12 AND x");
        assert_eq!(literal("{\"a:true\": \"it's\\\"\"}"), "E'{\"a\\072true\"\\072 \"it''s\\\\\"\"}'");
    }

    #[test]
    fn what_was_said_once_is_drawn_anew() {
        let marks = Marks {
            key: "bench-000007".to_owned(),
            insured_number: 500_007,
            pension_number: ("9913".to_owned(), "000007".to_owned()),
        };
        let employer = BenchEmployer {
            employer_id: 1_234,
            symbol: ["21".to_owned(), "01".to_owned(), "ﾃｽﾄ".to_owned()],
            office_number: "12345".to_owned(),
            office_code: "1301".to_owned(),
        };
        let sample = Sample { marks, employer, employers: 9 };
        let value = |text: &str, kind: &str| sample.value(&Some(text.to_owned()), kind);
        assert_eq!(value("{1234}", "_int8"), "('{' || :employer_id::text || '}')::_int8");
        assert_eq!(value("1", "int8"), "'1'::int8");
        assert_eq!(value("{9913000007}", "_text"), "('{' || :office::text || :serial::text || '}')::_text");
        let digest = format!("{{\"\\\\x{}\"}}", "ab".repeat(32));
        assert!(value(&digest, "_bytea").contains("sha256(:key::text::bytea)"));
    }
}
