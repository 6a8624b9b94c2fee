//! A change of law over the whole country: today's side is what the night posts, the other side follows the clause, and
//! the book of record does not notice.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use arrow::array::AsArray;
use arrow::datatypes::{Decimal128Type, Int64Type};
use batch::progress::{Progress, Silent};
use batch::rehearsal::{Rehearsal, RehearsalOptions, rehearse};
use batch::run::NightError;
use law::LawBook;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::office::{BUSINESS_ON, Country};

/// Today's law with one table changed by `edit`.
fn book(path: &str, edit: impl Fn(&str) -> String) -> &'static LawBook {
    let (_, text) = LawBook::files().find(|(known, _)| *known == path).expect("a table");
    let changed = edit(text);
    assert_ne!(changed, text, "the edit finds its rows");
    LawBook::with(&[(path.to_owned(), changed)]).expect("a good table")
}

fn options(country: &Country, book: &'static LawBook) -> RehearsalOptions {
    let lake = country.folder.path().join("lake");
    let options = RehearsalOptions::new(country.office.url(), BUSINESS_ON, book, lake);
    RehearsalOptions { people_per_partition: 300, threads: 2, ..options }
}

fn rehearsed(country: &Country, book: &'static LawBook) -> Result<Rehearsal, NightError> {
    rehearse(&options(country, book), &Silent)
}

/// Does something once the first partition is done.
struct AfterTheFirst<F>(Mutex<Option<F>>);

impl<F: FnOnce() + Send> Progress for AfterTheFirst<F> {
    fn begin(&self, _: &str, _: u64, _: &str) {}
    fn advance(&self, _: u64) {
        if let Some(then) = self.0.lock().expect("nobody panics").take() {
            then();
        }
    }
    fn end(&self) {}
}

fn after_the_first<F: FnOnce() + Send>(then: F) -> AfterTheFirst<F> {
    AfterTheFirst(Mutex::new(Some(then)))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// Rows and the sum of a column over the Parquet files of a folder or one file.
fn sum(path: &std::path::Path, column: &str) -> (usize, i128) {
    let files: Vec<_> = if path.is_dir() {
        std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
    } else {
        vec![path.to_owned()]
    };
    let (mut rows, mut total) = (0, 0);
    for file in files {
        let file = std::fs::File::open(file).expect("a part");
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader") {
            let batch = batch.expect("a batch");
            rows += batch.num_rows();
            let values = batch.column_by_name(column).expect("a column");
            total += match values.as_primitive_opt::<Int64Type>() {
                Some(values) => values.values().iter().map(|value| i128::from(*value)).sum::<i128>(),
                None => values.as_primitive::<Decimal128Type>().values().iter().sum(),
            };
        }
    }
    (rows, total)
}

const EVERYTHING: &str = "SELECT md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT relname || ':' || n_tup_ins || ':' || n_tup_upd || ':' || n_tup_del AS line FROM pg_stat_user_tables
) AS lines";

#[test]
fn a_changed_rate_is_told_person_by_person_and_nothing_is_recorded() {
    let country = Country::of(3_000);
    let changed = book("employees_insurance/contribution/epi_rates.csv", |text| text.replace("0.18300", "0.18500"));
    country.execute("SELECT pg_stat_force_next_flush()");
    let before: String = country.one(EVERYTHING);
    let done = rehearsed(&country, changed).expect("both laws know July");
    assert_eq!(country.one::<String>(EVERYTHING), before, "no row of any table was written");
    assert_eq!(country.one::<i64>("SELECT count(*) FROM runs"), 0);
    let total = done.summary.total();
    let (today, other) = (total.sides.today, total.sides.changed);
    assert!(today.exact[3] > 0);
    assert_eq!(today.exact[3] * 185, other.exact[3] * 183, "183/1000 becomes 185/1000");
    assert_eq!((today.exact[0], today.exact[4]), (other.exact[0], other.exact[4]), "nothing else changes");
    let people = sum(&done.folder.join("people"), "changed_epi_yen");
    assert_eq!(people.0 as i64, total.people_affected);
    assert_eq!(people.1, i128::from(other.exact[3]), "everybody with EPI is affected");
    assert!(total.people_affected < total.people && total.people_affected > 2_000);
    let summed = sum(&done.folder.join("summary.parquet"), "today_epi_yen");
    assert_eq!(summed.1, i128::from(today.exact[3]));
    // The night of the same day posts what the rehearsal says of today.
    let night = country.night().expect("the night runs");
    let month = &night.months[0];
    assert_eq!(done.summary.notice_yen[0], [month.hi_yen, month.epi_yen, month.contribution_yen]);
    assert_eq!((total.people, done.summary.held), (month.people, month.held));
    let again = rehearsed(&country, changed).expect("again");
    assert_eq!((again.id, again.summary), (done.id, done.summary), "the same question, the same answer");
}

/// 厚生年金保険法20条2項: only those at the end that moves, by the remuneration on record (665,000円 or more).
#[test]
fn a_new_grade_is_reached_from_the_remuneration_on_record() {
    let country = Country::of(6_000);
    let changed = book("employees_insurance/grade/epi_grades.csv", |text| {
        text.replace(",2020-09,2027-08,", ",2020-09,2026-06,").replace(",2027-09,", ",2026-07,")
    });
    let done = rehearsed(&country, changed).expect("both laws know July");
    let count = |condition: &str| {
        country.one::<i64>(&format!(
            "SELECT count(DISTINCT spell_id) FROM standard_remunerations JOIN coverage_spells USING (employer_id, spell_id)
             WHERE standard_remunerations.superseded_at IS NULL AND coverage_spells.superseded_at IS NULL
                 AND epi_standard_yen = 650000 AND standard_remunerations.valid_from <= '2026-07-01'
                 AND (standard_remunerations.valid_to IS NULL OR standard_remunerations.valid_to > '2026-07-01') {condition}"
        ))
    };
    let reach = count("AND monthly_remuneration_yen >= 665000");
    assert!(reach > 5 && reach < count(""), "some of those at the top reach the new grade: {reach}");
    let total = done.summary.total();
    assert!(total.people_affected > 0 && total.people_affected <= reach, "{} of {reach}", total.people_affected);
    // 30,000円 more at 183/1000, the employer's half included, for each month that is charged.
    let more = total.sides.changed.exact[3] - total.sides.today.exact[3];
    assert_eq!(more, total.people_affected * 5_490 * 100_000);
}

fn higher_rate() -> &'static LawBook {
    book("employees_insurance/contribution/epi_rates.csv", |text| text.replace("0.18300", "0.18500"))
}

/// What is there stays whole until the new answer is, and whoever is at it at the same time does not notice.
#[test]
fn two_rehearsals_of_one_question_do_not_meet() {
    let country = Country::of(1_500);
    let changed = higher_rate();
    let first = rehearsed(&country, changed).expect("the first one");
    let parts = entries(&first.folder.join("people"));
    assert!(parts.len() > 2);
    let mut meanwhile = None;
    let watch = after_the_first(|| {
        assert_eq!(entries(&first.folder.join("people")), parts, "the earlier answer is still whole");
        meanwhile = Some(rehearsed(&country, changed).expect("another one, from beginning to end"));
        std::fs::remove_file(&parts[0]).expect("one that is to give way again");
    });
    let second = rehearse(&options(&country, changed), &watch).expect("the second one");
    assert_eq!((second.folder.clone(), second.summary), (first.folder.clone(), first.summary.clone()));
    assert_eq!(meanwhile.expect("it ran").summary, first.summary);
    assert_eq!(entries(&first.folder.join("people")), parts);
    assert_eq!(entries(first.folder.parent().expect("rehearsals")), [first.folder], "nobody left anything behind");
}

/// Whoever began to write before the rehearsal and is done in the middle of it is seen nowhere.
#[test]
fn a_change_between_two_partitions_is_seen_by_neither() {
    let country = Country::of(1_500);
    let changed = higher_rate();
    let undisturbed = rehearsed(&country, changed).expect("undisturbed").summary;
    let mut writer = country.office.session();
    let begin = "BEGIN; UPDATE standard_remunerations SET superseded_at = now() WHERE superseded_at IS NULL";
    writer.run(async |db| db.batch_execute(begin).await.expect("everybody loses the standard"));
    let watch = after_the_first(move || writer.run(async |db| db.batch_execute("COMMIT").await.expect("committed")));
    let one_by_one = RehearsalOptions { threads: 1, ..options(&country, changed) };
    let done = rehearse(&one_by_one, &watch).expect("the rehearsal");
    assert_eq!(done.summary, undisturbed);
    let after = rehearsed(&country, changed).expect("afterwards").summary;
    assert!(after.held > 1_000, "the change did happen: {}", after.held);
}

#[test]
fn a_law_that_does_not_know_the_month_is_refused() {
    let country = Country::of(100);
    let changed = book("employees_insurance/contribution/epi_rates.csv", |text| {
        text.replace("# checked_until = 2027-08", "# checked_until = 2026-06")
    });
    let refused = rehearsed(&country, changed).expect_err("nobody has checked July");
    assert!(refused.to_string().contains("厚生年金保険料率"), "{refused}");
}
