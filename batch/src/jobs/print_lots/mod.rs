//! 印刷ロット — the month's notices as print packages: one print run per kind, lots of PDF, index, manifest, count
//! sheet, job ticket, digests.
//!
//! Planning numbers the pieces, by postal code, after every notice was found printable. A partition is one lot;
//! partition 0 reports the notices that no font can write. Keys are 連番 with the print run's place in front.

pub(crate) mod package;

use std::sync::OnceLock;

use domain::{EmployerSymbol, PostalCode, Yen, customer_barcode};
use print::envelope::Envelope;
use print::{
    Fonts, IssuingOffice, Lot, LotSpec, LotSummary, NoticeKind, PayeasySettings, PieceKind, PremiumNotice, Recipient,
    write_lot,
};
use rayon::prelude::*;
use store::Session;
use store::night::notices::{self, PrintNotice};
use store::night::pieces::{self, NewPrintRun, PrintLot, PrintRun};
use store::night::runs;

use crate::jobs::notices::assessment_of;
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, PendingFile, Totals,
    VerdictRow, files,
};

/// A key is the place of the print run times this, plus the 連番.
const RUN_KEYS: i64 = 1_000_000_000;

/// 印刷ロット.
pub struct PrintLots;

impl Job for PrintLots {
    fn name(&self) -> &'static str {
        "print_lots"
    }

    fn title(&self) -> &'static str {
        "印刷ロットの作成"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let unprintable = find_unprintable(job, session)?;
        let without: Vec<i64> = unprintable.iter().map(|(employer_id, _)| *employer_id).collect();
        session.transaction(async |db| {
            for kind in NoticeKind::ALL {
                let print_run_id = print_run_id(job, kind);
                let new = NewPrintRun {
                    print_run_id: &print_run_id,
                    run_id: &job.run_id,
                    for_month: job.month(),
                    kind: kind.code(),
                    pieces_per_lot: job.pieces_per_lot,
                    cutoff_at: job.cutoff_at,
                };
                if !pieces::exists(db, &print_run_id).await? {
                    pieces::number(db, new, &without).await?;
                }
            }
            Ok::<_, NightError>(())
        })?;
        let mut ranges = vec![KeyRange { from: 0, to: 0 }];
        for (place, run) in (1..).zip(print_runs(job, session)?) {
            let lots = session.run(async |db| pieces::lot_ranges(&*db, &run.print_run_id).await)?;
            let key = |seq: i64| place * RUN_KEYS + seq;
            ranges.extend(lots.iter().map(|(first, last)| KeyRange { from: key(*first), to: key(*last + 1) }));
        }
        Ok(ranges)
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        if partition.keys.from == 0 { report_unprintable(partition, session) } else { print_lot(partition, session) }
    }

    fn fills(&self) -> &'static [&'static str] {
        &["print_pieces"]
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let mut totals = Totals::new();
        for run in print_runs(job, session)? {
            for lot in session.run(async |db| pieces::lots(&*db, &run.print_run_id).await)? {
                totals.add_all(&lot_totals(&lot));
            }
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

/// `N20260817-1-2607-D`.
fn print_run_id(job: &JobContext, kind: NoticeKind) -> String {
    let month = job.month();
    let letter = match kind {
        NoticeKind::DebitNotice => 'D',
        NoticeKind::PaymentSlip => 'S',
    };
    format!("{}-{:02}{:02}-{letter}", job.run_id, month.year() % 100, month.month())
}

/// The print runs of this night and month, in order.
fn print_runs(job: &JobContext, session: &mut Session) -> Result<Vec<PrintRun>, NightError> {
    let ids = NoticeKind::ALL.map(|kind| print_run_id(job, kind));
    let runs = session.run(async |db| pieces::print_runs(&*db, &job.run_id, &job.run_id).await)?;
    Ok(runs.into_iter().filter(|run| ids.contains(&run.print_run_id)).collect())
}

/// The fonts are read once per process.
pub(crate) fn fonts() -> Result<&'static Fonts, NightError> {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    if let Some(fonts) = FONTS.get() {
        return Ok(fonts);
    }
    let loaded = Fonts::load().map_err(|error| NightError::Print(error.to_string()))?;
    Ok(FONTS.get_or_init(|| loaded))
}

/// Employers whose notice cannot be printed, with the reason; read in the ranges of the assessment.
fn find_unprintable(job: &JobContext, session: &mut Session) -> Result<Vec<(i64, String)>, NightError> {
    let fonts = fonts()?;
    let assessment = assessment_of(job, session)?;
    let marks = session.run(async |db| runs::partitions(&*db, &job.run_id, assessment.job_no).await)?;
    let mut unprintable = Vec::new();
    for mark in marks {
        let read = session.run(async |db| {
            notices::to_print(&*db, &job.run_id, job.month(), mark.key_from, mark.key_to, job.cutoff_at).await
        })?;
        unprintable.par_extend(read.par_iter().filter_map(|notice| {
            let checked = premium_notice(notice)
                .and_then(|premium| print::check(fonts, &premium).map_err(|error| error.to_string()));
            checked.err().map(|reason| (notice.employer_id, reason))
        }));
    }
    Ok(unprintable)
}

/// Partition 0: notices that got no piece are held, with the reason.
fn report_unprintable(partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
    let (job, fonts) = (partition.job, fonts()?);
    let left_out = session.run(async |db| {
        let employers = pieces::unnumbered(db, &job.run_id, job.month()).await?;
        let mut left_out = Vec::new();
        for employer_id in employers {
            let (from, to) = (employer_id, employer_id + 1);
            let read = notices::to_print(db, &job.run_id, job.month(), from, to, job.cutoff_at).await?;
            left_out.push((employer_id, read));
        }
        Ok::<_, NightError>(left_out)
    })?;
    let verdicts: Vec<VerdictRow> = left_out
        .iter()
        .map(|(employer_id, read)| VerdictRow {
            subject: format!("employer:{employer_id}"),
            verdict: "held",
            code: "unprintable".to_owned(),
            message: why_unprintable(read.first(), fonts),
        })
        .collect();
    let held = verdicts.len() as i64;
    Ok(Outcome { counts: Counts { read: held, held, ..Counts::default() }, verdicts, ..Outcome::default() })
}

fn why_unprintable(notice: Option<&PrintNotice>, fonts: &Fonts) -> String {
    let Some(notice) = notice else { return "事業所の名称・所在地の記録がありません".to_owned() };
    let checked =
        premium_notice(notice).and_then(|premium| print::check(fonts, &premium).map_err(|error| error.to_string()));
    checked.err().unwrap_or_else(|| "印刷の対象から外れています".to_owned())
}

/// One lot: PDF and index beside, figures in the books.
fn print_lot(partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
    let rendered = render(partition, session)?;
    record(partition, session, rendered)
}

/// Writes what was rendered: files beside, figures in the books.
pub(crate) fn record(
    partition: &Partition<'_>,
    session: &mut PartitionSession<'_>,
    Rendered { figures, files }: Rendered,
) -> Result<Outcome, NightError> {
    let count = i64::from(figures.piece_count);
    let files = files
        .iter()
        .map(|(path, bytes)| PendingFile::write_whole(partition.job, path, bytes, count))
        .collect::<Result<_, _>>()?;
    session.run(async |db| pieces::insert_lot(db, &figures).await).map_err(NightError::store("印刷ロットの記録"))?;
    let counts = Counts { read: count, done: count, ..Counts::default() };
    Ok(Outcome { counts, totals: lot_totals(&figures), verdicts: Vec::new(), files })
}

/// A lot before anything of it is written: its figures, and path and bytes of its files.
pub(crate) struct Rendered {
    /// Figures for the books.
    pub figures: PrintLot,
    /// Path and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The lot of a partition, from the pieces and notices as known at the cut-off; the same every time.
fn render(partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Rendered, NightError> {
    let (job, fonts) = (partition.job, fonts()?);
    let place = usize::try_from(partition.keys.from / RUN_KEYS).expect("keys are positive");
    let (seq_from, seq_to) = (partition.keys.from % RUN_KEYS, partition.keys.to % RUN_KEYS);
    let ids = NoticeKind::ALL.map(|kind| print_run_id(job, kind));
    let (run, lot_no, read) = session.run(async |db| {
        let runs = pieces::print_runs(db, &job.run_id, &job.run_id).await?;
        let run = runs.into_iter().filter(|run| ids.contains(&run.print_run_id)).nth(place - 1);
        let run = run.ok_or_else(|| NightError::Broken("印刷ランの記録がありません".to_owned()))?;
        let read = notices::of_pieces(db, &run.print_run_id, seq_from, seq_to, job.cutoff_at).await?;
        let lot_no = pieces::lot_of(db, &run.print_run_id, seq_from).await?;
        Ok::<_, NightError>((run, lot_no, read))
    })?;
    let pieces_of_lot: Vec<PremiumNotice> =
        read.iter().map(premium_notice).collect::<Result<_, _>>().map_err(NightError::Print)?;
    let spec = LotSpec {
        print_run_id: run.print_run_id.clone(),
        kind: kind_of(&run)?,
        lot_no: small(i64::from(lot_no)),
        lot_count: small(i64::from(run.lot_count)),
        first_seq: small(seq_from),
        business_on: job.business_on,
        envelope: Envelope::default(),
        payeasy: PayeasySettings::default(),
    };
    rendered(&run, write_lot(fonts, &spec, &pieces_of_lot).map_err(|error| NightError::Print(error.to_string()))?)
}

/// The files and figures of a lot.
pub(crate) fn rendered(run: &PrintRun, lot: Lot) -> Result<Rendered, NightError> {
    let index = print::package::write_index(&lot.index).map_err(|error| NightError::Print(error.to_string()))?;
    let folder = package::folder(run);
    let index_name = lot.summary.file_name.replace(".pdf", "_index.csv");
    let figures = figures(run, &lot.summary);
    let files = vec![(format!("{folder}/{}", figures.file_name), lot.pdf), (format!("{folder}/{index_name}"), index)];
    Ok(Rendered { figures, files })
}

/// 印刷ロットの再作成 — renders every lot of a finished job again and puts its files back. Returns the number of
/// files that were missing or damaged.
///
/// # Errors
/// `Digest` — a lot comes out with other bytes than were recorded: the vendor may hold the old ones, so nothing is
/// overwritten; `Print`, `File`, `Store`.
pub fn again(job: &JobContext, session: &mut Session) -> Result<u64, NightError> {
    let runs = print_runs(job, session)?;
    render_again(job, session, &runs, render)
}

/// As [`again`], of any job that renders a lot for each partition but the first.
pub(crate) fn render_again(
    job: &JobContext,
    session: &mut Session,
    print_runs: &[PrintRun],
    render: impl Fn(&Partition<'_>, &mut PartitionSession<'_>) -> Result<Rendered, NightError>,
) -> Result<u64, NightError> {
    let (marks, recorded) = session.run(async |db| {
        let marks = runs::partitions(&*db, &job.run_id, job.job_no).await?;
        Ok::<_, NightError>((marks, runs::files(&*db, &job.run_id, job.job_no).await?))
    })?;
    let mut mended = 0;
    for mark in marks.iter().filter(|mark| mark.key_from != 0) {
        let keys = KeyRange { from: mark.key_from, to: mark.key_to };
        let partition = Partition { job, no: mark.partition_no, keys };
        let rendered = render(&partition, &mut PartitionSession::new(session))?;
        for (path, bytes) in &rendered.files {
            let expected = recorded.iter().find(|file| file.path == *path);
            let expected = expected.ok_or_else(|| NightError::Broken(format!("{path} の記録がありません")))?;
            if files::check(job, expected).is_ok() {
                continue;
            }
            let written = PendingFile::write_whole(job, path, bytes, expected.row_count)?;
            if written.sha256 != expected.sha256 {
                return Err(NightError::Digest(files::locate(job, path)));
            }
            files::publish(job, path)?;
            mended += 1;
        }
    }
    for run in print_runs {
        package::write(job, run, session)?;
    }
    Ok(mended)
}

pub(crate) fn small(number: i64) -> u32 {
    u32::try_from(number).expect("numbers of pieces and lots have eight digits")
}

pub(crate) fn kind_of(run: &PrintRun) -> Result<PieceKind, NightError> {
    PieceKind::from_code(&run.kind)
        .ok_or_else(|| NightError::Broken(format!("印刷ラン {} の種類が不明です", run.print_run_id)))
}

pub(crate) fn figures(run: &PrintRun, summary: &LotSummary) -> PrintLot {
    let int = |number: u32| i32::try_from(number).expect("numbers of pieces and lots have eight digits");
    PrintLot {
        print_run_id: run.print_run_id.clone(),
        lot_no: int(summary.lot_no),
        file_name: summary.file_name.clone(),
        sha256: summary.sha256.clone(),
        byte_count: i64::try_from(summary.bytes).expect("a lot fits in memory"),
        piece_count: int(summary.pieces),
        sheet_count: int(summary.sheets),
        page_count: int(summary.pages),
        first_seq: i64::from(summary.first_seq),
        last_seq: i64::from(summary.last_seq),
        total_yen: summary.total_yen.get(),
    }
}

pub(crate) fn lot_totals(lot: &PrintLot) -> Totals {
    Totals::new()
        .with("lots", 1)
        .with("pieces", i64::from(lot.piece_count))
        .with("sheets", i64::from(lot.sheet_count))
        .with("pages", i64::from(lot.page_count))
        .with("bytes", lot.byte_count)
        .with("total_yen", lot.total_yen)
}

/// What the notice says; the reason when its rows cannot say it.
fn premium_notice(notice: &PrintNotice) -> Result<PremiumNotice, String> {
    let postal_code: PostalCode = notice.zip.parse().map_err(|_| "郵便番号が正しくありません".to_owned())?;
    let employer_symbol =
        EmployerSymbol::new(&notice.nenkin_prefecture_code, &notice.district_code, &notice.office_symbol)
            .map_err(|error| error.to_string())?;
    let [hi, epi, contribution] = notice.yen.map(Yen::new);
    Ok(PremiumNotice {
        notice_id: notice.notice_id.clone(),
        kind: NoticeKind::from_code(&notice.kind).ok_or_else(|| "通知の種類が不明です".to_owned())?,
        recipient: Recipient {
            postal_code,
            address_behind_town: Some(customer_barcode::from_first_digit(&notice.address).to_owned()),
            address: notice.address.clone(),
            name: notice.name.clone(),
        },
        employer_symbol,
        employer_number: notice.office_number.clone(),
        for_month: notice.for_month,
        issued_on: notice.issued_on,
        due_on: notice.due_on,
        insured_count: u32::try_from(notice.insured_count).map_err(|_| "被保険者数が負です".to_owned())?,
        health_yen: hi,
        pension_yen: epi,
        contribution_yen: contribution,
        office: IssuingOffice { name: notice.office_name.clone(), address: String::new(), telephone: String::new() },
    })
}
