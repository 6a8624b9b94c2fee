//! One file: read, examine, receive, return.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::EmployerSymbol;
use domain::nenkin::{Filing, MediaReading, Problem, read};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::connect::Transaction;
use store::examination::EmployerFact;
use store::filings::{self, By, NewFiling, NewStep, Step, Whose};
use store::media::{self, MediaFile, MediaProblem, NewMediaFile};
use store::my_number::{self, FiledNumber, Keys};
use store::{Db, Session, StoreError, examination};

use crate::jobs::apply_filings::claims;
use crate::run::fault;

use super::examine::{Record, Terms, examine};
use super::known::{Known, number_of};
use super::{FileOutcome, FileSummary, FormCount, IntakeError, IntakeOptions, returned};

/// Steps and decisions are written under this name.
const BY: &str = "intake";
/// Filings of one statement.
const CHUNK: usize = 1_000;
/// A deadlock or a busy database is tried again so often.
const ATTEMPTS: usize = 3;

/// Deals with one file; whatever goes wrong stands in the summary.
pub(super) fn take(session: &mut Session, path: &Path, options: &IntakeOptions) -> FileSummary {
    let nothing = || FileSummary {
        path: path.to_owned(),
        outcome: FileOutcome::Failed,
        sender: None,
        taken: 0,
        refused: 0,
        return_dir: None,
        error: None,
        by_form: BTreeMap::new(),
    };
    try_take(session, path, options, nothing())
        .unwrap_or_else(|error| FileSummary { error: Some(error.chain()), ..nothing() })
}

fn try_take(
    session: &mut Session,
    path: &Path,
    options: &IntakeOptions,
    mut summary: FileSummary,
) -> Result<FileSummary, IntakeError> {
    let bytes = std::fs::read(path).map_err(|source| IntakeError::File { path: path.to_owned(), source })?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let before = session.run(async |db| media::find_by_sha256(&*db, &sha256).await)?;
    let reading = match &before {
        // Read as it was read then, so that what goes back is the same.
        Some(before) => read(&bytes, before.business_on),
        None => read(&bytes, options.business_on),
    };
    summary.sender = reading.header.as_ref().map(|header| format!("{}-{:03}", header.sender, header.serial));
    let medium = Medium { reading: &reading, sha256: &sha256, file_name: &file_name, options };
    let taken = match before {
        Some(before) => Taken::Before(before),
        None => medium.take_once(session)?,
    };
    let later = match taken {
        Taken::Before(before) => {
            summary.outcome = FileOutcome::AlreadyTaken;
            later_problems(session, &before)?
        }
        Taken::Now(later) => {
            summary.outcome = if reading.is_refused() { FileOutcome::Refused } else { FileOutcome::Taken };
            summary.by_form = count(&reading, &later);
            summary.taken = summary.by_form.values().map(|count| count.taken).sum();
            summary.refused = summary.by_form.values().map(|count| count.refused).sum();
            later
        }
    };
    fault::reach("intake", 0, "after_commit");
    summary.return_dir = returned::write(&options.return_dir, &reading, &later, &sha256)?;
    Ok(summary)
}

/// Records by form; a record that is returned for a later reason counts as refused.
fn count(reading: &MediaReading, later: &[Problem]) -> BTreeMap<&'static str, FormCount> {
    let returned: BTreeSet<usize> = later.iter().filter(|one| one.is_error()).map(|one| one.line).collect();
    let mut by_form: BTreeMap<&'static str, FormCount> = BTreeMap::new();
    for record in &reading.records {
        let count = by_form.entry(record.form.map_or("", |form| form.code())).or_default();
        if record.filing.is_some() && !returned.contains(&record.line) { count.taken += 1 } else { count.refused += 1 }
    }
    by_form
}

/// What examination had found when the file was received.
fn later_problems(session: &mut Session, before: &MediaFile) -> Result<Vec<Problem>, IntakeError> {
    let recorded = session.run(async |db| media::problems_of(&*db, before.media_file_id).await)?;
    let later = recorded.into_iter().filter(|problem| problem.code.starts_with("DB-"));
    Ok(later
        .map(|problem| Problem {
            line: usize::try_from(problem.line_no).unwrap_or(0),
            column: problem.column_no.and_then(|column| usize::try_from(column).ok()),
            item_ja: problem.item.into(),
            field: "".into(),
            code: problem.code.into(),
            message_ja: problem.message,
            warning: problem.warning,
        })
        .collect())
}

enum Taken {
    /// Received now, with what examination found.
    Now(Vec<Problem>),
    /// Its bytes had been received before.
    Before(MediaFile),
}

struct Medium<'a> {
    reading: &'a MediaReading,
    sha256: &'a [u8; 32],
    file_name: &'a str,
    options: &'a IntakeOptions,
}

impl Medium<'_> {
    /// One transaction; tried again when it met another, and given up when another received the same bytes.
    fn take_once(&self, session: &mut Session) -> Result<Taken, IntakeError> {
        for attempt in 1.. {
            match session.transaction(async |transaction| self.receive(transaction).await) {
                Ok(later) => return Ok(Taken::Now(later)),
                Err(IntakeError::Store(StoreError::DuplicateFile(_))) => break,
                Err(IntakeError::Store(error)) if error.is_transient() && attempt < ATTEMPTS => {}
                Err(error) => return Err(error),
            }
        }
        let before = session.run(async |db| media::find_by_sha256(&*db, self.sha256).await)?;
        Ok(Taken::Before(before.expect("the other one has committed, or there was no duplicate")))
    }

    async fn receive(&self, db: &Transaction<'_>) -> Result<Vec<Problem>, IntakeError> {
        let records: Vec<(usize, &Filing)> = self.reading.taken().collect();
        let keys = self.options.my_number_key.as_ref();
        if keys.is_none() && records.iter().any(|(_, filing)| has_my_number(filing)) {
            return Err(IntakeError::NoKey);
        }
        let mut known = Known::look_up(db, &records, keys).await?;
        let employers = known.employers.clone();
        let payloads: Vec<Value> = records.iter().map(|(_, filing)| payload_of(filing)).collect();
        let sender = self.sender();
        let key_of = |line: usize| format!("{}:{line}", hex::encode(self.sha256));
        let sender_keys: Vec<String> = records.iter().map(|(line, _)| key_of(*line)).collect();
        let mut news: Vec<Option<NewFiling<'_>>> = Vec::with_capacity(records.len());
        for (((line, filing), payload), sender_key) in records.iter().zip(&payloads).zip(&sender_keys) {
            news.push(self.new_filing(*line, filing, payload, &sender, sender_key, &employers));
        }
        let examined: Vec<Record<'_>> = records
            .iter()
            .zip(&news)
            .map(|(&(line, filing), new)| Record { line, filing, content: new.as_ref().map(NewFiling::content_sha256) })
            .collect();
        known.same_content = same_content(db, &examined).await?;
        let later = examine(&examined, &mut known, &self.terms());
        let medium = self.record(db, &sender, &later).await?;
        fault::reach("intake", 0, "recorded");
        let returned: BTreeSet<usize> = later.iter().filter(|one| one.is_error()).map(|one| one.line).collect();
        let clean = records.iter().zip(news).filter(|((line, _), _)| !returned.contains(line));
        let clean: Vec<(&Filing, NewFiling<'_>)> =
            clean.map(|(&(_, filing), new)| (filing, new.expect("a clean record has an employer"))).collect();
        for chunk in clean.chunks(CHUNK) {
            receive_chunk(db, chunk, medium, keys).await?;
        }
        fault::reach("intake", 0, "before_commit");
        Ok(later)
    }

    fn sender(&self) -> String {
        self.reading.header.as_ref().map_or_else(|| "不明".to_owned(), |header| header.sender.to_string())
    }

    fn terms(&self) -> Terms<'_> {
        let offices = self.reading.offices.iter();
        Terms {
            business_on: self.options.business_on,
            office: self.options.office.as_deref(),
            keys: self.options.my_number_key.as_ref(),
            office_numbers: offices.map(|office| (office.employer.clone(), office.office_number)).collect(),
        }
    }

    /// `None` when the employer is not known.
    fn new_filing<'b>(
        &self,
        line: usize,
        filing: &Filing,
        payload: &'b Value,
        sender: &'b str,
        sender_key: &'b str,
        employers: &'b BTreeMap<EmployerSymbol, EmployerFact>,
    ) -> Option<NewFiling<'b>> {
        let employer = employers.get(filing.employer())?;
        Some(NewFiling {
            form_code: filing.form().code(),
            channel: "media",
            office_code: &employer.office_code,
            whose: Whose::Employer(employer.employer_id),
            insured_number: number_of(filing.insured()),
            payload,
            my_number_sealed: None,
            sender,
            sender_key,
            media_file_id: None,
            media_line: i32::try_from(line).ok(),
            business_on: self.options.business_on,
            received_by: None,
        })
    }

    async fn record(&self, db: &impl Db, sender: &str, later: &[Problem]) -> Result<i64, StoreError> {
        let by_form = count(self.reading, later);
        let total = |read: fn(&FormCount) -> u64| {
            i32::try_from(by_form.values().map(read).sum::<u64>()).expect("a file of 4.5 MB has fewer lines")
        };
        let header = self.reading.header.as_ref();
        let serial = header.map(|header| format!("{:03}", header.serial)).unwrap_or_default();
        let file = NewMediaFile {
            sha256: self.sha256,
            file_name: self.file_name,
            sender,
            media_serial: &serial,
            created_on: header.map(|header| header.created_on),
            business_on: self.options.business_on,
            taken: !self.reading.is_refused(),
            taken_count: total(|count| count.taken),
            refused_count: total(|count| count.refused),
        };
        let mut problems: Vec<&Problem> = self.reading.problems().chain(later).collect();
        problems.sort_by_key(|problem| problem.line);
        let small = |number: usize| i32::try_from(number).expect("a file of 4.5 MB has fewer lines");
        let rows: Vec<MediaProblem<'_>> = problems
            .iter()
            .map(|problem| MediaProblem {
                line_no: small(problem.line),
                column_no: problem.column.map(small),
                item: &problem.item_ja,
                code: &problem.code,
                message: &problem.message_ja,
                warning: problem.warning,
            })
            .collect();
        media::record(db, &file, &rows).await
    }
}

fn payload_of(filing: &Filing) -> Value {
    serde_json::to_value(filing).expect("a filing is JSON")
}

fn has_my_number(filing: &Filing) -> bool {
    let dependants = matches!(filing, Filing::DependantChange(change) if !change.dependant_my_numbers.is_empty());
    filing.my_number().is_some() || dependants
}

async fn same_content(db: &impl Db, records: &[Record<'_>]) -> Result<BTreeMap<Vec<u8>, String>, StoreError> {
    let contents: Vec<&[u8]> =
        records.iter().filter_map(|record| record.content.as_ref().map(<[u8; 32]>::as_slice)).collect();
    Ok(examination::same_content(db, &contents).await?.into_iter().collect())
}

/// 受付 → 入力 → 審査, and 決裁 by rule where no person need look.
async fn receive_chunk(
    db: &Transaction<'_>,
    chunk: &[(&Filing, NewFiling<'_>)],
    medium: i64,
    keys: Option<&Keys>,
) -> Result<(), IntakeError> {
    let sealed: Vec<Option<Vec<u8>>> = chunk
        .iter()
        .map(|(filing, _)| filing.my_number().zip(keys).map(|(number, keys)| keys.seal(&number)).transpose())
        .collect::<Result<_, _>>()
        .map_err(IntakeError::Seal)?;
    let news: Vec<NewFiling<'_>> = chunk
        .iter()
        .zip(&sealed)
        .map(|((_, new), sealed)| NewFiling {
            media_file_id: Some(medium),
            my_number_sealed: sealed.as_deref(),
            ..new.clone()
        })
        .collect();
    let receptions = filings::receive_many(db, &news).await?;
    let ids: Vec<i64> = receptions.iter().map(|reception| reception.filing_id).collect();
    let step = |step| NewStep { step, by: By::System(BY), note: None };
    filings::append_steps(db, &ids, &[step(Step::Received), step(Step::Entered), step(Step::Examined)]).await?;
    let filings_with_ids = || chunk.iter().map(|(filing, _)| *filing).zip(ids.iter().copied());
    if let Some(keys) = keys {
        record_my_numbers(db, filings_with_ids(), keys).await?;
    }
    let by_rule: Vec<i64> =
        filings_with_ids().filter(|(filing, _)| is_approved_by_rule(filing)).map(|(_, id)| id).collect();
    filings::approve_by_rule(db, &by_rule, BY).await?;
    Ok(())
}

/// The examination just made decides, but for what the form itself leaves to a person: that waits at 審査, where it can
/// be approved or given back.
fn is_approved_by_rule(filing: &Filing) -> bool {
    !claims::is_for_person(filing)
}

async fn record_my_numbers(
    db: &impl Db,
    filings: impl Iterator<Item = (&Filing, i64)>,
    keys: &Keys,
) -> Result<(), IntakeError> {
    let mut numbers = Vec::new();
    for (filing, filing_id) in filings {
        let own = filing.my_number().map(|number| (0, number));
        let dependants = match filing {
            Filing::DependantChange(change) => change.dependant_my_numbers.as_slice(),
            _ => &[],
        };
        for (column, number) in own.into_iter().chain(dependants.iter().copied()) {
            numbers.push(FiledNumber {
                filing_id,
                column_no: i16::try_from(column).expect("a form has fewer columns"),
                index: keys.index(&number),
                sealed: keys.seal(&number).map_err(IntakeError::Seal)?,
            });
        }
    }
    if !numbers.is_empty() {
        my_number::record_filed(db, &numbers).await?;
    }
    Ok(())
}
