//! 手紙 — what the run has told people, as letters: one print run, ordered by postal code, lots of PDF, index, manifest,
//! count sheet, job ticket, digests.
//!
//! Planning numbers the pieces after every letter was found printable. Partition 0 reports the letters that cannot go out
//! (no address, a character that no font can write); each other partition is one lot, its keys are 連番.

use domain::{PostalCode, customer_barcode};
use print::envelope::Envelope;
use print::{IssuingOffice, LotSpec, PayeasySettings, PersonLetter, PieceKind, Recipient, check_letter, write_letters};
use rayon::prelude::*;
use serde_json::Value;
use store::Session;
use store::night::pension_pieces::{self, Letter};
use store::night::pieces::{self, PrintRun};

use crate::jobs::print_lots::{Rendered, fonts, lot_totals, package, record, render_again, rendered, small};
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

/// 手紙.
pub struct Letters;

impl Job for Letters {
    fn name(&self) -> &'static str {
        "letters"
    }

    fn title(&self) -> &'static str {
        "人への通知の印刷"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let without = find_unprintable(job, session)?;
        let id = print_run_id(job);
        session.transaction(async |db| {
            if !pieces::exists(db, &id).await? {
                let of = (&*id, &*job.run_id);
                pension_pieces::number(db, of, job.pieces_per_lot, job.cutoff_at, &without).await?;
            }
            Ok::<_, NightError>(())
        })?;
        let lots = session.run(async |db| pension_pieces::lot_ranges(&*db, &id).await)?;
        let lots = lots.iter().map(|(first, last)| KeyRange { from: *first, to: *last + 1 });
        Ok([KeyRange { from: 0, to: 0 }].into_iter().chain(lots).collect())
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        if partition.keys.from == 0 {
            return report_unprintable(partition, session);
        }
        let rendered = render(partition, session)?;
        record(partition, session, rendered)
    }

    fn fills(&self) -> &'static [&'static str] {
        &["pension_print_pieces"]
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let mut totals = Totals::new();
        for lot in session.run(async |db| pieces::lots(&*db, &print_run_id(job)).await)? {
            totals.add_all(&lot_totals(&lot));
        }
        Ok(totals)
    }

    fn finish(&self, job: &JobContext, _totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        for run in print_runs(job, session)? {
            package::write(job, &run, session)?;
        }
        Ok(())
    }
}

/// `N20260817-1-P`.
fn print_run_id(job: &JobContext) -> String {
    format!("{}-P", job.run_id)
}

/// The print run of this night, if there are letters.
fn print_runs(job: &JobContext, session: &mut Session) -> Result<Vec<PrintRun>, NightError> {
    let id = print_run_id(job);
    let runs = session.run(async |db| pieces::print_runs(&*db, &job.run_id, &id).await)?;
    Ok(runs.into_iter().filter(|run| run.print_run_id == id).collect())
}

/// 手紙の再作成 — as [`again`](crate::jobs::print_lots::again).
///
/// # Errors
/// As [`again`](crate::jobs::print_lots::again).
pub fn again(job: &JobContext, session: &mut Session) -> Result<u64, NightError> {
    let runs = print_runs(job, session)?;
    render_again(job, session, &runs, render)
}

/// Notices that cannot be printed; read in ranges of persons.
fn find_unprintable(job: &JobContext, session: &mut Session) -> Result<Vec<String>, NightError> {
    let fonts = fonts()?;
    let ranges = session.run(async |db| pension_pieces::ranges(&*db, &job.run_id, job.people_per_partition).await)?;
    let mut without = Vec::new();
    for range in ranges {
        let read = session.run(async |db| pension_pieces::to_print(&*db, &job.run_id, range, job.cutoff_at).await)?;
        without.par_extend(
            read.par_iter().filter(|letter| printable(fonts, letter).is_err()).map(|letter| letter.notice_id.clone()),
        );
    }
    Ok(without)
}

/// The letter as it is printed, or why it cannot be.
fn printable(fonts: &print::Fonts, letter: &Letter) -> Result<PersonLetter, (&'static str, String)> {
    let person = person_letter(letter)?;
    check_letter(fonts, &person).map_err(|error| ("unprintable", error.to_string()))?;
    Ok(person)
}

/// Partition 0: letters that got no piece are held, with the reason.
fn report_unprintable(partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
    let (job, fonts) = (partition.job, fonts()?);
    let left_out = session.run(async |db| pension_pieces::unnumbered(db, &job.run_id, job.cutoff_at).await)?;
    let verdict = |letter: &Letter| {
        let (code, message) = match printable(fonts, letter) {
            Err((code, reason)) => (code, reason),
            Ok(_) => ("unprintable", "印刷の対象から外れています".to_owned()),
        };
        let subject = format!("notice:{}", letter.notice_id);
        VerdictRow { subject, verdict: "held", code: code.to_owned(), message }
    };
    let verdicts: Vec<VerdictRow> = left_out.iter().map(verdict).collect();
    let held = i64::try_from(verdicts.len()).expect("a night's letters fit in memory");
    Ok(Outcome { counts: Counts { read: held, held, ..Counts::default() }, verdicts, ..Outcome::default() })
}

/// The lot of a partition, from its pieces and notices as known at the cut-off; the same every time.
fn render(partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Rendered, NightError> {
    let (job, fonts, id) = (partition.job, fonts()?, print_run_id(partition.job));
    let range = (partition.keys.from, partition.keys.to);
    let (run, lot_no, read) = session.run(async |db| {
        let runs = pieces::print_runs(db, &job.run_id, &id).await?;
        let run = runs.into_iter().find(|run| run.print_run_id == id);
        let run = run.ok_or_else(|| NightError::Broken("印刷ランの記録がありません".to_owned()))?;
        let read = pension_pieces::of_pieces(db, &id, range, job.cutoff_at).await?;
        let lot_no = pension_pieces::lot_of(db, &id, range.0).await?;
        Ok::<_, NightError>((run, lot_no, read))
    })?;
    let letters: Vec<PersonLetter> =
        read.iter().map(person_letter).collect::<Result<_, _>>().map_err(|(_, reason)| NightError::Print(reason))?;
    let spec = LotSpec {
        print_run_id: run.print_run_id.clone(),
        kind: PieceKind::Letter,
        lot_no: small(i64::from(lot_no)),
        lot_count: small(i64::from(run.lot_count)),
        first_seq: small(range.0),
        business_on: job.business_on,
        envelope: Envelope::default(),
        payeasy: PayeasySettings::default(),
    };
    let lot = write_letters(fonts, &spec, &letters).map_err(|error| NightError::Print(error.to_string()))?;
    rendered(&run, lot)
}

/// What the notice says; why it cannot be sent where something is missing.
fn person_letter(letter: &Letter) -> Result<PersonLetter, (&'static str, String)> {
    let no_address = || ("no_address", "住所の記録がありません。住所を確認し、通知を送ってください".to_owned());
    let broken = |what: &str| ("broken_notice", format!("通知の{what}を読めません。運用担当者に知らせてください"));
    let (zip, address) = letter.address.clone().ok_or_else(no_address)?;
    let name = letter.name.clone().ok_or_else(|| ("no_name", "氏名の記録がありません".to_owned()))?;
    let postal_code: PostalCode = zip.parse().map_err(|_| no_address())?;
    let (rows, paragraphs) = (letter.body["rows"].as_array(), letter.body["paragraphs"].as_array());
    let row = |row: &Value| Some((row.get(0)?.as_str()?.to_owned(), row.get(1)?.as_str()?.to_owned()));
    let rows: Option<Vec<_>> = rows.map_or(Some(Vec::new()), |rows| rows.iter().map(row).collect());
    let texts = paragraphs.map_or(Some(Vec::new()), |texts| {
        texts.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
    });
    Ok(PersonLetter {
        notice_id: letter.notice_id.clone(),
        recipient: Recipient {
            postal_code,
            address_behind_town: Some(customer_barcode::from_first_digit(&address).to_owned()),
            address,
            name,
        },
        issued_on: letter.issued_on,
        title: letter.body["title"].as_str().ok_or_else(|| broken("題"))?.to_owned(),
        rows: rows.ok_or_else(|| broken("項目"))?,
        paragraphs: texts.ok_or_else(|| broken("文"))?,
        office: IssuingOffice {
            name: letter.office_name.clone().unwrap_or_else(|| "日本年金機構".to_owned()),
            address: String::new(),
            telephone: String::new(),
        },
    })
}
