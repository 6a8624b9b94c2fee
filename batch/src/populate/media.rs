//! 電子媒体 — the files that employers of the country send before a night: `SHFD0006.CSV`, one folder per employer.
//!
//! What is not broken on purpose is taken and applies cleanly: filings speak of people who are insured there, on
//! days up to the business date, with totals and grades that the law will find again.

mod faults;
mod filings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::nenkin::{self, Filing, MediaHeader, OfficeInfo, Sender};
use domain::{EmployerSymbol, PostalCode};
use jiff::civil::Date;
use store::employers::Employer;
use store::load::{self, MediaLeaver, MediaSpell};
use store::{Session, Settings};

use super::country::Country;
use super::dice::Dice;
use super::{PopulateError, SAMPLE_EMPLOYER, purpose};

pub use faults::Fault;

/// Employers with more insured people send in another way: the demonstration wants many small files.
const PEOPLE_MOST: usize = 400;
/// Draws per employer asked for, before the country is said to have no more.
const DRAWS: usize = 40;

/// What to write.
#[derive(Clone, Debug)]
pub struct MediaOptions {
    /// Same seed and same database, same files.
    pub seed: u64,
    /// 業務日付: day of the files; nothing in them lies after it.
    pub business_on: Date,
    /// How many employers send something.
    pub employers: usize,
    /// How many of 1,000 files are broken on purpose, or delivered twice.
    pub bad_per_mille: u32,
}

impl MediaOptions {
    /// One file in twelve broken.
    pub fn new(seed: u64, business_on: Date, employers: usize) -> MediaOptions {
        MediaOptions { seed, business_on, employers, bad_per_mille: 83 }
    }
}

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MediaFile {
    /// Where.
    pub path: PathBuf,
    /// 届 in it.
    pub records: usize,
    /// What was broken on purpose.
    pub fault: Option<Fault>,
    /// The line that a fault of one record is in, from 1.
    pub line: Option<usize>,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct MediaSummary {
    /// Files.
    pub files: usize,
    /// 届 in all of them.
    pub records: usize,
    /// Every file, in the order of writing.
    pub list: Vec<MediaFile>,
}

impl MediaSummary {
    /// Files with nothing broken.
    pub fn sound(&self) -> impl Iterator<Item = &MediaFile> {
        self.list.iter().filter(|file| file.fault.is_none())
    }

    fn add(&mut self, file: MediaFile) {
        self.files += 1;
        self.records += file.records;
        self.list.push(file);
    }
}

/// An employer that sends something.
struct SendingEmployer {
    employer: Employer,
    spells: Vec<MediaSpell>,
    highest_number: u32,
    /// Somebody who left another employer and comes here.
    leaver: Option<MediaLeaver>,
    /// It sends its 算定基礎届 after the time limit.
    late: bool,
}

/// 電子媒体届書の作成 — writes the files of `options.employers` employers under `dir`.
///
/// # Errors
/// `Store`; `Write` — the folder cannot be written; `BusinessDate`.
pub fn write_media(url: &str, dir: &Path, options: &MediaOptions) -> Result<MediaSummary, PopulateError> {
    let country = Country::new(options.seed, options.business_on)?;
    let mut session = Session::open(&Settings::new(url).named("nenrin-populate"))?;
    let leavers = leavers(&mut session, &country, options.employers)?;
    let mut leavers = leavers.into_iter();
    let mut chosen = BTreeSet::from([SAMPLE_EMPLOYER]);
    let mut choice = Dice::new(options.seed, purpose::MEDIA_CHOICE, 0);
    let highest = session.run(async |db| load::highest_employer(db).await)?;
    let late = late_filers(&mut session, &country, options)?;
    let drawn = std::iter::repeat_with(|| draw_employer(highest, &mut choice)).take(options.employers * DRAWS);
    let mut summary = MediaSummary::default();
    let mut senders = 0;
    for employer_id in late.iter().copied().chain(drawn) {
        if senders == options.employers || highest <= SAMPLE_EMPLOYER {
            break;
        }
        if !chosen.insert(employer_id) {
            continue;
        }
        let Some(mut sender) = read_employer(&mut session, &country, employer_id)? else { continue };
        let mut dice = Dice::new(options.seed, purpose::MEDIA, employer_id.unsigned_abs());
        sender.late = late.binary_search(&employer_id).is_ok();
        sender.leaver = if dice.chance(2_500) { leavers.next() } else { None };
        let files = files_of(&country, options, &sender, &mut dice);
        for (file, bytes) in files {
            write_file(dir, &file, &bytes)?;
            summary.add(MediaFile { path: dir.join(&file.path), ..file });
        }
        senders += 1;
    }
    Ok(summary)
}

/// 提出の遅れた事業所 — two in three of those that have not sent their 算定基礎届, half of the senders at most; in order.
fn late_filers(session: &mut Session, country: &Country, options: &MediaOptions) -> Result<Vec<i64>, PopulateError> {
    let Some(coming) = &country.coming else { return Ok(Vec::new()) };
    let (newcomers_from, september) = (coming.newcomers_from(), coming.september().first_day());
    let missing = session.run(async |db| load::annual_missing(db, newcomers_from, september).await)?;
    let mut dice = Dice::new(options.seed, purpose::LATE_FILERS, 0);
    let late = missing.into_iter().filter(|employer_id| *employer_id != SAMPLE_EMPLOYER && dice.chance(6_667));
    Ok(late.take(options.employers / 2).collect())
}

fn draw_employer(highest: i64, dice: &mut Dice) -> i64 {
    let others = u32::try_from(highest - SAMPLE_EMPLOYER).expect("fewer employers than that");
    SAMPLE_EMPLOYER + 1 + i64::from(dice.below(others))
}

fn leavers(session: &mut Session, country: &Country, employers: usize) -> Result<Vec<MediaLeaver>, PopulateError> {
    let born_after = domain::age::nth_birthday(country.first, -60);
    let most = i64::try_from(employers).expect("fewer employers than that");
    let ended_by = country.first;
    Ok(session.run(async |db| load::media_leavers(db, ended_by, born_after, most).await)?)
}

/// `None` when it is too big to send a small file, or has nobody left.
fn read_employer(
    session: &mut Session,
    country: &Country,
    employer_id: i64,
) -> Result<Option<SendingEmployer>, PopulateError> {
    // Leaves from the first month that 算定 and 月変 look at.
    let leave_from = country.month.plus(-3).first_day();
    let (leave_to, bonus_from) = (country.next, country.first);
    let standard_on = country.next;
    let read = session.run(async |db| {
        let Some(employer) = store::employers::find(db, employer_id).await? else { return Ok(None) };
        let key = (employer.prefecture_code, employer_id);
        let (spells, highest) = load::media_spells(db, key, standard_on, (leave_from, leave_to), bonus_from).await?;
        Ok::<_, store::StoreError>(Some((employer, spells, highest)))
    })?;
    let Some((employer, spells, highest)) = read else { return Ok(None) };
    if spells.is_empty() || spells.len() > PEOPLE_MOST {
        return Ok(None);
    }
    let highest_number = u32::try_from(highest).expect("numbers are above 0");
    Ok(Some(SendingEmployer { employer, spells, highest_number, leaver: None, late: false }))
}

/// The file of an employer, and a second one when it is delivered twice.
fn files_of(
    country: &Country,
    options: &MediaOptions,
    sender: &SendingEmployer,
    dice: &mut Dice,
) -> Vec<(MediaFile, Vec<u8>)> {
    let mut filings = filings::draw(country, options.business_on, sender, dice);
    let fault = (dice.below(1_000) < options.bad_per_mille).then(|| *dice.pick(&Fault::ALL));
    let planted = fault.map(|fault| faults::plant_in_filings(fault, sender, &mut filings));
    let bytes = write(options, sender, &filings, dice);
    let (bytes, fault, line) = match planted {
        None => (bytes, None, None),
        Some(record) => faults::plant_in_bytes(record, &bytes, &filings),
    };
    let name = sender.employer.symbol.to_string();
    let file = |folder: String, fault, line| MediaFile {
        path: PathBuf::from(folder).join("SHFD0006.CSV"),
        records: filings.len(),
        fault,
        line,
    };
    let first = (file(name.clone(), fault.filter(|fault| *fault != Fault::DeliveredTwice), line), bytes.clone());
    let second = (fault == Some(Fault::DeliveredTwice)).then(|| (file(format!("{name}-2"), fault, None), bytes));
    [first].into_iter().chain(second).collect()
}

fn write(options: &MediaOptions, sender: &SendingEmployer, filings: &[Filing], dice: &mut Dice) -> Vec<u8> {
    let employer = &sender.employer;
    let header = MediaHeader {
        sender: Sender::Employer(employer.symbol.clone()),
        serial: 1 + u16::try_from(dice.below(30)).expect("small"),
        created_on: options.business_on,
    };
    let office = office(employer, &employer.symbol);
    nenkin::write(&header, &[office], filings)
        .unwrap_or_else(|problems| panic!("populate makes filings that pass their checks: {problems:?}"))
}

fn office(employer: &Employer, symbol: &EmployerSymbol) -> OfficeInfo {
    let profile = &employer.profile;
    let mut telephone = profile.telephone.splitn(3, '-').map(str::to_owned);
    OfficeInfo {
        employer: symbol.clone(),
        office_number: employer.office_number.parse().expect("five digits"),
        postal_code: profile.zip.parse::<PostalCode>().expect("seven digits"),
        address: filings::in_jis(&profile.address).unwrap_or_else(|| "所在地".to_owned()),
        name: filings::in_jis(&profile.name).unwrap_or_else(|| "名称".to_owned()),
        employer_name: filings::in_jis(&profile.representative).unwrap_or_else(|| "代表　者".to_owned()),
        telephone: std::array::from_fn(|_| telephone.next().unwrap_or_else(|| "0000".to_owned())),
    }
}

fn write_file(dir: &Path, file: &MediaFile, bytes: &[u8]) -> Result<(), PopulateError> {
    let path = dir.join(&file.path);
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, bytes))
        .map_err(|source| PopulateError::Write { path: path.display().to_string(), source })
}
