//! Rules alone, without a database: how many calculations a second and core, and a month from Parquet to Parquet
//! beside DuckDB.

mod annual;
mod files;
mod month;
mod peer;
mod people;

use std::path::{Path, PathBuf};
use std::time::Instant;

use arrow::array::RecordBatch;
use batch::progress::Progress;
use domain::Month;
use law::employees_insurance::annual_determination::columns::AnnualLaw;
use law::{MonthLaw, Trace};
use rayon::prelude::*;
use serde_json::{Value, json};

use self::peer::Duckdb;
use self::people::Country;
use super::measure;
use crate::commands::{Outcome, Said};
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;

type Failure = Box<dyn std::error::Error>;

/// How large, of which month and seed.
#[derive(clap::Args)]
pub struct Args {
    /// 人数
    #[arg(long, default_value_t = 2_000_000, value_parser = clap::value_parser!(u32).range(1..))]
    people: u32,
    /// 計算する月分
    #[arg(long, default_value = "2026-07")]
    month: Month,
    /// 種
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// それぞれ何度測るか (最もよいものを採る)
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// 一件ごとの計算で測る人数
    #[arg(long, default_value_t = 50_000)]
    singles: u32,
}

/// Calculations a second and core of one rule, both ways.
struct Speeds {
    columns: f64,
    singles: f64,
}

/// Parquet to Parquet, both roads.
struct Files {
    ours_seconds: f64,
    ours_peak_mib: u64,
    peer: peer::Took,
    compared: peer::Compared,
}

impl Files {
    fn peer_seconds(&self) -> f64 {
        best(&self.peer.seconds)
    }

    fn ratio(&self) -> f64 {
        self.peer_seconds() / self.ours_seconds
    }
}

/// Measures the rules alone, then the files beside DuckDB.
pub fn run(settings: &Settings, args: &Args, bars: &Bars) -> Outcome {
    let duckdb = Duckdb::prepare(settings.threads)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build()?;
    let folder = settings.office_dir.join("law");
    std::fs::create_dir_all(&folder)?;
    let bench = Bench { args, threads: settings.threads, folder, law: MonthLaw::of(args.month, &mut Trace::new())? };
    bars.begin("法令の計算", 4, "項目");
    // Errors are told as text: they cross from the pool's threads.
    let measured = pool.install(|| bench.measure(&duckdb, bars).map_err(|error| error.to_string()));
    bars.end();
    let (month, annual, files) = measured.map_err(Said)?;
    Ok(bench.report(&month, &annual, &files))
}

struct Bench<'a> {
    args: &'a Args,
    threads: usize,
    folder: PathBuf,
    law: MonthLaw,
}

impl Bench<'_> {
    fn measure(&self, duckdb: &Duckdb, bars: &Bars) -> Result<(Speeds, Speeds, Files), Failure> {
        let input = self.folder.join("people.parquet");
        Country::of(self.args.people as usize, self.args.seed, self.args.month)?.write(&input)?;
        bars.advance(1);
        let files = self.file_to_file(duckdb, &input)?;
        bars.advance(1);
        let month = self.month(&input)?;
        bars.advance(1);
        let annual = self.annual()?;
        bars.advance(1);
        std::fs::remove_dir_all(&self.folder)?;
        Ok((month, annual, files))
    }

    /// 月分の保険料 — from batches in memory to batches in memory, and one by one with a receipt.
    fn month(&self, input: &Path) -> Result<Speeds, Failure> {
        let batches = files::read_all(input)?;
        let columns = self.best_of(|| batches.par_iter().map(|batch| month::assess(&self.law, batch)).collect());
        let singles: Vec<_> = self.some(&batches, |batch| {
            let columns = month::Columns::of(batch);
            (0..batch.num_rows()).map(|row| columns.person(row)).collect()
        });
        let (mut total, began) = ([0; 9], Instant::now());
        for person in &singles {
            let (out, receipt) = month::one_by_one(&self.law, person);
            std::hint::black_box(receipt);
            total.iter_mut().zip(month::amounts(&out)).for_each(|(sum, amount)| *sum += amount);
        }
        let seconds = began.elapsed().as_secs_f64();
        self.same("月分の保険料", &columns.results, singles.len(), total, month::sums)?;
        Ok(self.speeds(columns.seconds, singles.len(), seconds))
    }

    /// 定時決定 — likewise, for the year of the month.
    fn annual(&self) -> Result<Speeds, Failure> {
        let year = self.args.month.year();
        let law = AnnualLaw::of(year, &mut Trace::new())?;
        let batches = annual::spring(self.args.people as usize, self.args.seed, year);
        let columns = self.best_of(|| batches.par_iter().map(|batch| annual::determine_all(&law, batch)).collect());
        let singles: Vec<_> = self.some(&batches, |batch| annual::cases(batch, year));
        let (mut total, began) = ([0; 3], Instant::now());
        for case in &singles {
            // What the rule leaves to a person has no amounts on either road.
            if let Ok((made, receipt)) = annual::one_by_one(case) {
                std::hint::black_box(receipt);
                total.iter_mut().zip(annual::amounts(&made)).for_each(|(sum, yen)| *sum += yen);
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        self.same("定時決定", &columns.results, singles.len(), total, annual::sums)?;
        Ok(self.speeds(columns.seconds, singles.len(), seconds))
    }

    fn speeds(&self, columns_seconds: f64, singles: usize, singles_seconds: f64) -> Speeds {
        Speeds {
            columns: f64::from(self.args.people) / columns_seconds / self.threads as f64,
            singles: singles as f64 / singles_seconds,
        }
    }

    /// People of the first batches, for one by one; whole batches, so that both roads can be compared.
    fn some<T>(&self, batches: &[RecordBatch], of: impl Fn(&RecordBatch) -> Vec<T>) -> Vec<T> {
        let mut some = Vec::new();
        for batch in batches {
            if some.len() < self.args.singles.max(1) as usize {
                some.extend(of(batch));
            }
        }
        some
    }

    /// The best time of all rounds, and the last results.
    fn best_of(&self, mut work: impl FnMut() -> Vec<RecordBatch>) -> Columns {
        let mut done = Columns { seconds: f64::INFINITY, results: Vec::new() };
        for _ in 0..self.args.rounds {
            done.results.clear();
            let began = Instant::now();
            done.results = work();
            done.seconds = done.seconds.min(began.elapsed().as_secs_f64());
        }
        done
    }

    /// Column by column and one by one must give the same sums.
    fn same<S: PartialEq + Copy + Default + std::ops::AddAssign, const N: usize>(
        &self,
        name: &str,
        results: &[RecordBatch],
        singles: usize,
        total: [S; N],
        sums: impl Fn(&RecordBatch) -> [S; N],
    ) -> Result<(), Failure> {
        let (mut rows, mut columns) = (0, [S::default(); N]);
        for batch in results {
            if rows < singles {
                rows += batch.num_rows();
                columns.iter_mut().zip(sums(batch)).for_each(|(sum, more)| *sum += more);
            }
        }
        if (rows, columns) == (singles, total) {
            return Ok(());
        }
        Err(Said(format!("{name}: 列ごとの計算と一件ごとの計算が違います")).into())
    }

    /// The same month from the same file, ours and DuckDB's; both results must be the same.
    fn file_to_file(&self, duckdb: &Duckdb, input: &Path) -> Result<Files, Failure> {
        let (ours, theirs) = (self.folder.join("ours"), self.folder.join("duckdb"));
        measure::reset_peak_memory()?;
        let mut seconds = Vec::new();
        for _ in 0..self.args.rounds {
            let began = Instant::now();
            files::month_from_file_to_files(&self.law, input, &ours)?;
            seconds.push(began.elapsed().as_secs_f64());
        }
        let ours_peak_mib = measure::peak_mib()?;
        let peer = duckdb.run(input, &theirs, self.args.month, self.args.rounds as usize)?;
        let compared = duckdb.compare(&ours, &theirs)?;
        if compared.rows != i64::from(self.args.people) {
            return Err(Said(format!("結果は{}行で、人数と違います", compared.rows)).into());
        }
        Ok(Files { ours_seconds: best(&seconds), ours_peak_mib, peer, compared })
    }

    fn report(&self, month: &Speeds, annual: &Speeds, files: &Files) -> Report {
        let speed = |per_second: f64| format!("毎秒・1コア {}件", grouped(per_second as i64));
        let people = i64::from(self.args.people);
        let took = |seconds: f64| format!("{seconds:.2}秒 (毎秒 {}人)", grouped((people as f64 / seconds) as i64));
        let amount = format!("{}円 (二つの道で全行一致)", grouped(files.compared.total_yen));
        Report::new(self.json(month, annual, files))
            .row("機械", measure::machine())
            .row(format!("■ {}人、{}分", grouped(people), self.args.month), format!("{}スレッド", self.threads))
            .row("  月分の保険料 列ごと (夜間処理)", speed(month.columns))
            .row("  月分の保険料 一件ごと (端末、計算書付き)", speed(month.singles))
            .row("  定時決定 列ごと (夜間処理)", speed(annual.columns))
            .row("  定時決定 一件ごと (端末、計算書付き)", speed(annual.singles))
            .row("■ Parquet から Parquet へ", amount)
            .row("  年輪", took(files.ours_seconds))
            .row("  最大メモリー", format!("{} MiB", files.ours_peak_mib))
            .row(format!("  DuckDB {}", files.peer.version), took(files.peer_seconds()))
            .row("  最大メモリー", format!("{} MiB", files.peer.peak_mib))
            .row("  比", format!("{:.2}", files.ratio()))
    }

    fn json(&self, month: &Speeds, annual: &Speeds, files: &Files) -> Value {
        let per_second = |seconds: f64| f64::from(self.args.people) / seconds;
        json!({
            "bench": "law", "people": self.args.people, "month": self.args.month, "threads": self.threads,
            "per_second_and_core": {
                "month": { "columns": month.columns, "one_by_one": month.singles },
                "annual_determination": { "columns": annual.columns, "one_by_one": annual.singles },
            },
            "ours": {
                "seconds": files.ours_seconds, "per_second": per_second(files.ours_seconds),
                "peak_mib": files.ours_peak_mib,
            },
            "peer": {
                "name": format!("DuckDB {}", files.peer.version), "seconds": files.peer_seconds(),
                "per_second": per_second(files.peer_seconds()), "peak_mib": files.peer.peak_mib,
            },
            "ratio": files.ratio(),
        })
    }
}

/// Results of the last round, and the best round's time.
struct Columns {
    seconds: f64,
    results: Vec<RecordBatch>,
}

fn best(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(f64::INFINITY, f64::min)
}
