//! The peer: DuckDB does the same month from the same Parquet, in SQL, on as many threads.

use std::path::{Path, PathBuf};
use std::process::Command;

use batch::jobs::assessment::peer::rates;
use domain::Month;
use serde_json::{Value, json};

use super::Failure;
use super::month::AMOUNTS;
use crate::commands::Said;

/// The release that the script was written for.
const DUCKDB: &str = "2.0.0";
/// What DuckDB runs; it is given to Python as it stands.
const SCRIPT: &str = include_str!("duckdb_month.py");

/// A Python with DuckDB, in a place of its own.
pub struct Duckdb {
    python: PathBuf,
    threads: usize,
}

/// What the peer needed.
pub struct Took {
    /// Each round.
    pub seconds: Vec<f64>,
    /// Most memory at once.
    pub peak_mib: u64,
    /// Its version.
    pub version: String,
}

impl Duckdb {
    /// Takes the virtual environment below the cache folder, or makes it.
    ///
    /// # Errors
    /// No Python, no `venv`, or the package cannot be had: each says what to do.
    pub fn prepare(threads: usize) -> Result<Duckdb, Failure> {
        let folder = cache_dir()?.join(format!("nenrin-bench/duckdb-{DUCKDB}"));
        let duckdb = Duckdb { python: folder.join("bin/python"), threads };
        if duckdb.answers() {
            return Ok(duckdb);
        }
        let make = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder).output();
        said(make, "python3 -m venv が動きません。Debian では sudo apt-get install python3-venv で入ります")?;
        let package = format!("duckdb=={DUCKDB}");
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &package];
        let install = Command::new(&duckdb.python).args(pip).output();
        let advice = format!(
            "{package} を PyPI から入れられません。ネットワークを確かめるか、{} に入れてからもう一度実行してください",
            folder.display()
        );
        said(install, &advice)?;
        Ok(duckdb)
    }

    fn answers(&self) -> bool {
        let asked = Command::new(&self.python).args(["-c", "import duckdb; print(duckdb.__version__)"]).output();
        asked.is_ok_and(|answer| answer.status.success() && answer.stdout.trim_ascii() == DUCKDB.as_bytes())
    }

    /// The month of everybody in `input`, so many times; the results of the last time stay in `output`.
    ///
    /// # Errors
    /// DuckDB's own words.
    pub fn run(&self, input: &Path, output: &Path, month: Month, rounds: usize) -> Result<Took, Failure> {
        let rates = rates_of(month)?.to_string();
        let said =
            self.script(&["run", text(input)?, text(output)?, &rates, &self.threads.to_string(), &rounds.to_string()])?;
        let seconds = said["seconds"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        let peak_mib = said["peak_mib"].as_u64().unwrap_or_default();
        Ok(Took { seconds, peak_mib, version: said["version"].as_str().unwrap_or_default().to_owned() })
    }

    /// Both results, column by column and row by row; how many rows there are.
    ///
    /// # Errors
    /// They are not the same: which column.
    pub fn compare(&self, ours: &Path, theirs: &Path) -> Result<Compared, Failure> {
        let said = self.script(&["compare", text(ours)?, text(theirs)?, &self.threads.to_string()])?;
        let (columns, totals) = (&said["columns"], &said["totals"]);
        let names: Vec<&str> = columns.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (place, name) in names.iter().enumerate() {
            if totals[0][place] != totals[1][place] {
                let (ours, theirs) = (&totals[0][place], &totals[1][place]);
                return Err(Said(format!("二つの道の {name} が違います: {ours} と {theirs}")).into());
            }
        }
        if said["different"] != json!(0) {
            return Err(Said(format!("二つの道で違う行があります: {}行", said["different"])).into());
        }
        let total = |name: &str| {
            let place = names.iter().position(|known| *known == name);
            place.and_then(|place| totals[0][place].as_str()?.parse::<i128>().ok())
        };
        let missing = || Said("DuckDB の答えを読めません".to_owned());
        let exact = AMOUNTS[..5].iter().map(|name| total(name)).sum::<Option<i128>>().ok_or_else(missing)?;
        let rows = total("rows").ok_or_else(missing)?;
        Ok(Compared { rows: i64::try_from(rows)?, total_yen: i64::try_from(exact / 100_000)? })
    }

    fn script(&self, arguments: &[&str]) -> Result<Value, Failure> {
        let run = Command::new(&self.python).args(["-c", SCRIPT]).args(arguments).output();
        let out = said(run, "DuckDB の計算が終わりませんでした")?;
        let line = out.lines().next_back().unwrap_or_default();
        Ok(serde_json::from_str(line)?)
    }
}

/// What both results have in common.
pub struct Compared {
    /// People.
    pub rows: i64,
    /// All five levies, cut to whole yen.
    pub total_yen: i64,
}

/// Standard output of a command that went well; else the advice with what it said.
fn said(run: std::io::Result<std::process::Output>, advice: &str) -> Result<String, Said> {
    match run {
        Ok(out) if out.status.success() => Ok(String::from_utf8_lossy(&out.stdout).into_owned()),
        Ok(out) => {
            let words = String::from_utf8_lossy(&out.stderr);
            let words = if words.trim().is_empty() { String::from_utf8_lossy(&out.stdout) } else { words };
            Err(Said(format!("{advice} ({})", words.trim())))
        }
        Err(error) => Err(Said(format!("{advice} ({error})"))),
    }
}

fn text(path: &Path) -> Result<&str, Said> {
    path.to_str().ok_or_else(|| Said(format!("パス {} に使えない文字があります", path.display())))
}

/// `$XDG_CACHE_HOME`, or `.cache` at home.
fn cache_dir() -> Result<PathBuf, Said> {
    let given = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let missing = || Said("キャッシュの置き場がありません。XDG_CACHE_HOME を設定してください".to_owned());
    given("XDG_CACHE_HOME").or_else(|| Some(given("HOME")?.join(".cache"))).ok_or_else(missing)
}

/// The numbers of the month as the law has them, for the script.
fn rates_of(month: Month) -> Result<Value, Failure> {
    let rates = rates(month)?;
    Ok(json!({
        "first": month.first_day().to_string(), "next": month.next().first_day().to_string(),
        "health": rates.health, "ltci": rates.ltci, "support": rates.support, "epi": rates.epi,
        "contribution": rates.contribution,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_gets_the_numbers_of_the_law() {
        let rates = rates_of("2026-07".parse().expect("a month")).expect("in force");
        assert_eq!((&rates["first"], &rates["next"]), (&json!("2026-07-01"), &json!("2026-08-01")));
        assert_eq!(rates["health"].as_array().map(Vec::len), Some(47));
        assert_eq!(rates["health"][12], json!([13, "0.0985"]));
        assert_eq!((&rates["epi"], &rates["support"]), (&json!("0.183"), &json!("0.0023")));
    }

    #[test]
    fn what_cannot_be_run_is_said_with_advice() {
        let missing = said(Command::new("/no/such/python").output(), "python3 を入れてください").expect_err("missing");
        assert!(missing.to_string().starts_with("python3 を入れてください ("));
        let failed = said(Command::new("false").output(), "もう一度").expect_err("it fails");
        assert_eq!(failed.to_string(), "もう一度 ()");
        assert_eq!(said(Command::new("true").output(), "").expect("it runs"), "");
    }
}
