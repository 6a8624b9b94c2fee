//! 国民年金保険料の収納の受付 — results of direct debits (全銀協規定形式, 種別 91) in bulk: every record becomes a receipt of a person
//! and a month, or stands on a list of what was not debited or whose it is nobody knows.
//!
//! A file is one transaction: it is booked with all its records, or not at all. The same bytes are booked once, also when two
//! processes take them at the same moment. Whether an amount is what was due, and what is paid twice, the night says: the job
//! `national_pension` settles what the receipts are for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use domain::Month;
use domain::zengin::{ContributionKey, Debit, DebitFile, DebitResult, read_debits};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::connect::Transaction;
use store::receipt_files::{self, FileLine, NewReceipt, ReceiptFile, Sum};
use store::{Session, Settings, StoreError};

use super::IntakeError;
use crate::run::fault;

/// 国民年金の保険料 is owed from this month on.
const FIRST_MONTH: (i16, i8) = (1961, 4);
/// 前納 reaches two years ahead at most (国民年金法93条, 国民年金法施行令7条).
const MONTHS_AHEAD: i32 = 24;
/// What a list of a file is called.
const LIST_NAME: &str = "収納としなかった行.csv";
/// A deadlock or a busy database is tried again so often.
const ATTEMPTS: usize = 3;

/// What to take in, and how.
#[derive(Clone, Debug)]
pub struct ReceiptOptions {
    /// The database.
    pub url: String,
    /// Files.
    pub files: Vec<PathBuf>,
    /// 業務日付.
    pub business_on: Date,
    /// Where the lists go, one folder per file.
    pub list_dir: PathBuf,
    /// Takes a file whose trailer does not count the results, as some banks write it: else it is refused where nothing failed,
    /// because a request looks the same.
    pub uncounted: bool,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptOutcome {
    /// 受付.
    Taken,
    /// 受付済み: the same bytes came before; nothing was booked again.
    AlreadyTaken,
    /// The file is not what it should be: nothing of it was booked.
    Refused,
    /// It could not be dealt with: nothing of it was booked.
    Failed,
}

/// 件数 and yen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// 件.
    pub count: i64,
    /// Yen.
    pub yen: i64,
}

impl Total {
    fn of(sum: Sum) -> Total {
        Total { count: sum.count.into(), yen: sum.yen }
    }

    fn add(&mut self, other: Total) {
        self.count += other.count;
        self.yen += other.yen;
    }
}

/// One file in the summary.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiptFileSummary {
    /// Which.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: ReceiptOutcome,
    /// 引落日.
    pub paid_on: Option<Date>,
    /// 収納とした.
    pub booked: Total,
    /// 振替できなかった.
    pub unpaid: Total,
    /// 照会: debited, and nobody knows for whom or for which month.
    pub referred: Total,
    /// Where the list of the last two lies.
    pub list: Option<PathBuf>,
    /// Why nothing was booked.
    pub reason: Option<String>,
}

/// 収納の受付の結果; sums are those of the files that were taken now.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReceiptSummary {
    /// 収納とした.
    pub booked: Total,
    /// 振替できなかった.
    pub unpaid: Total,
    /// 照会.
    pub referred: Total,
    /// Every file in the order it was given.
    pub files: Vec<ReceiptFileSummary>,
}

/// 収納の受付 — takes the files one after the other; one that fails does not hold up the others.
///
/// # Errors
/// `Store` — the database cannot be reached.
pub fn run(options: &ReceiptOptions) -> Result<ReceiptSummary, IntakeError> {
    let settings = Settings::new(options.url.as_str()).named("nenrin-receipts");
    let mut session = Session::open(&settings).map_err(IntakeError::store)?;
    let mut summary = ReceiptSummary::default();
    for path in &options.files {
        let file = take(&mut session, path, options).unwrap_or_else(|error| {
            let reason = Some(error.chain());
            ReceiptFileSummary { reason, ..nothing(path, ReceiptOutcome::Failed) }
        });
        if file.outcome == ReceiptOutcome::Taken {
            summary.booked.add(file.booked);
            summary.unpaid.add(file.unpaid);
            summary.referred.add(file.referred);
        }
        summary.files.push(file);
    }
    Ok(summary)
}

fn nothing(path: &Path, outcome: ReceiptOutcome) -> ReceiptFileSummary {
    ReceiptFileSummary {
        path: path.to_owned(),
        outcome,
        paid_on: None,
        booked: Total::default(),
        unpaid: Total::default(),
        referred: Total::default(),
        list: None,
        reason: None,
    }
}

fn take(session: &mut Session, path: &Path, options: &ReceiptOptions) -> Result<ReceiptFileSummary, IntakeError> {
    let bytes = fs::read(path).map_err(|source| IntakeError::File { path: path.to_owned(), source })?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let before = session.run(async |db| receipt_files::find_by_sha256(&*db, &sha256).await)?;
    let (outcome, (file_id, file)) = match before {
        Some(before) => (ReceiptOutcome::AlreadyTaken, before),
        None => match examine(&bytes, options) {
            Err(reason) => {
                let reason = Some(reason);
                return Ok(ReceiptFileSummary { reason, ..nothing(path, ReceiptOutcome::Refused) });
            }
            Ok((debits, paid_on)) => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                book_once(session, &Book { debits: &debits, paid_on, sha256: &sha256, name: &name, options })?
            }
        },
    };
    fault::reach("receipts", 0, "after_commit");
    let lines = session.run(async |db| receipt_files::lines_of(&*db, file_id).await)?;
    let list = write_list(&options.list_dir, &sha256, &file, &lines)?;
    Ok(ReceiptFileSummary {
        paid_on: Some(file.paid_on),
        booked: Total::of(file.booked),
        unpaid: Total::of(file.unpaid),
        referred: Total::of(file.referred),
        list,
        ..nothing(path, outcome)
    })
}

/// The file as a whole: its form, its sums, its day.
fn examine(bytes: &[u8], options: &ReceiptOptions) -> Result<(DebitFile, Date), String> {
    let debits = read_debits(bytes).map_err(|refused| format!("{refused}。銀行に正しいファイルを求めてください"))?;
    if !debits.counts_results && !options.uncounted && debits.debited().0 == debits.debits.len() {
        return Err("トレーラに振替済の件数がなく、振替請求のファイルと区別できません。結果のファイルか銀行に確かめ、\
                    件数を書かない銀行のときは --uncounted を付けてやり直してください"
            .to_owned());
    }
    let paid_on = debits.debited_on(options.business_on).filter(|paid_on| *paid_on <= options.business_on);
    let paid_on = paid_on.ok_or("引落日が業務日付より後です。業務日付を確かめてください")?;
    Ok((debits, paid_on))
}

struct Book<'a> {
    debits: &'a DebitFile,
    paid_on: Date,
    sha256: &'a [u8; 32],
    name: &'a str,
    options: &'a ReceiptOptions,
}

/// One transaction; tried again when it met another, and given up when another took the same bytes.
fn book_once(session: &mut Session, book: &Book<'_>) -> Result<(ReceiptOutcome, (i64, ReceiptFile)), IntakeError> {
    for attempt in 1.. {
        match session.transaction(async |transaction| book.write(transaction).await) {
            Ok(booked) => return Ok((ReceiptOutcome::Taken, booked)),
            Err(IntakeError::Store(StoreError::DuplicateFile(_))) => break,
            Err(IntakeError::Store(error)) if error.is_transient() && attempt < ATTEMPTS => {}
            Err(error) => return Err(error),
        }
    }
    let before = session.run(async |db| receipt_files::find_by_sha256(&*db, book.sha256).await)?;
    Ok((ReceiptOutcome::AlreadyTaken, before.expect("the other one has committed, or there was no duplicate")))
}

impl Book<'_> {
    async fn write(&self, db: &Transaction<'_>) -> Result<(i64, ReceiptFile), IntakeError> {
        let keys: Vec<Option<ContributionKey>> =
            self.debits.debits.iter().map(|debit| ContributionKey::parse(&debit.customer)).collect();
        let numbers: BTreeSet<&str> = keys.iter().flatten().map(|key| key.number.digits()).collect();
        let numbers: Vec<&str> = numbers.into_iter().collect();
        let persons = receipt_files::persons_by_number(db, &numbers).await?;
        let sorted = self.sort(&keys, &persons);
        let (receipts, lines) = (&sorted.receipts, &sorted.lines);
        let file_id = receipt_files::record(db, (self.sha256, self.name), &sorted.file, receipts, lines).await?;
        fault::reach("receipts", 0, "before_commit");
        Ok((file_id, sorted.file))
    }

    /// Every record to a receipt or a line of the list.
    fn sort(&self, keys: &[Option<ContributionKey>], persons: &BTreeMap<String, i64>) -> Sorted {
        let (paid_on, business_on) = (self.paid_on, self.options.business_on);
        let none = Sum::default();
        let file = ReceiptFile { paid_on, business_on, booked: none, unpaid: none, referred: none };
        let mut sorted = Sorted { file, receipts: Vec::new(), lines: Vec::new() };
        let mut seen: BTreeSet<&ContributionKey> = BTreeSet::new();
        for (debit, key) in self.debits.debits.iter().zip(keys) {
            let key = key.as_ref();
            let person_id = key.and_then(|key| persons.get(key.number.digits()).copied());
            let first = key.is_none_or(|key| debit.result != DebitResult::Debited || seen.insert(key));
            let doubt = match (key, person_id) {
                (None, _) => Some("unreadable_key"),
                (Some(_), None) => Some("unknown_number"),
                (Some(key), _) if !may_pay(key.month, paid_on) => Some("month"),
                _ if !first => Some("twice"),
                _ => None,
            };
            sorted.add(debit, (key, person_id), doubt);
        }
        sorted
    }
}

/// What a file comes to.
struct Sorted {
    file: ReceiptFile,
    receipts: Vec<NewReceipt>,
    lines: Vec<FileLine>,
}

impl Sorted {
    fn add(&mut self, debit: &Debit, (key, person_id): (Option<&ContributionKey>, Option<i64>), doubt: Option<&str>) {
        let amount_yen = debit.amount_yen;
        let debited = debit.result == DebitResult::Debited;
        let code = match (debited, doubt) {
            (false, _) => debit.result.code(),
            (true, Some(doubt)) => doubt,
            (true, None) => {
                let (key, person_id) = key.zip(person_id).expect("a record without doubt has both");
                self.receipts.push(NewReceipt { person_id, month: key.month, additional: key.additional, amount_yen });
                self.file.booked.add(amount_yen);
                return;
            }
        };
        if debited {
            self.file.referred.add(amount_yen)
        } else {
            self.file.unpaid.add(amount_yen)
        }
        self.lines.push(FileLine {
            line_no: i32::try_from(debit.line).expect("a file has at most a million records"),
            referred: debited,
            code: code.to_owned(),
            customer_number: debit.customer.clone(),
            amount_yen,
            person_id,
        });
    }
}

/// Since 1961-04, and no further ahead than 前納 reaches.
fn may_pay(month: Month, paid_on: Date) -> bool {
    let first = Month::new(FIRST_MONTH.0, FIRST_MONTH.1).expect("a month");
    first <= month && month <= Month::of(paid_on).plus(MONTHS_AHEAD)
}

/// 理由 in words, and what to do.
fn reason(line: &FileLine) -> (&'static str, &'static str) {
    match line.code.as_str() {
        "unreadable_key" => ("照会", "顧客番号を読めません。銀行に振替請求の控えと照合を求めてください"),
        "unknown_number" => {
            ("照会", "この基礎年金番号の人がいません。番号を確かめ、本人に還付するか付け替えてください")
        }
        "month" => ("照会", "保険料を納付できる月分ではありません。振替請求の控えを確かめてください"),
        "twice" => ("照会", "同じ月分が同じファイルに二度あります。二重の引落しであれば還付してください"),
        "no_funds" => ("振替不能", "資金不足。再振替か納付書の送付をしてください"),
        "no_account" => ("振替不能", "預金取引なし。口座の届出を求めてください"),
        "stopped_by_holder" => ("振替不能", "預金者の都合による停止。納付書を送付してください"),
        "no_mandate" => ("振替不能", "預金口座振替依頼書なし。依頼書の提出を求めてください"),
        "stopped_by_collector" => ("振替不能", "委託者の都合による停止。請求の取消しを確かめてください"),
        _ => ("振替不能", "その他の理由。銀行に確かめてください"),
    }
}

/// The list of what was not booked, from what was recorded; written again, it is the same. `None` when all was booked.
fn write_list(
    list_dir: &Path,
    sha256: &[u8],
    file: &ReceiptFile,
    lines: &[FileLine],
) -> Result<Option<PathBuf>, IntakeError> {
    if lines.is_empty() {
        return Ok(None);
    }
    let mut text = String::from("行,区分,顧客番号,金額,理由\r\n");
    for line in lines {
        let (kind, words) = reason(line);
        // 顧客番号 is what the bank's file says: no comma or quote of it may make a column.
        let customer: String = line.customer_number.chars().filter(char::is_ascii_alphanumeric).collect();
        text.push_str(&format!("{},{kind},{customer},{},{words}\r\n", line.line_no, line.amount_yen));
    }
    let folder = list_dir.join(format!("収納-{}-{}", file.paid_on, hex::encode(&sha256[..4])));
    let place = folder.join(LIST_NAME);
    put(&folder, &place, text.as_bytes()).map_err(|source| IntakeError::ReceiptList { path: place.clone(), source })?;
    Ok(Some(place))
}

fn put(folder: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(place).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    // Nobody else's: neither another program's nor another thread's.
    let beside = folder.join(format!("{LIST_NAME}.{}.{:?}.tmp", std::process::id(), std::thread::current().id()));
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, place)
}
