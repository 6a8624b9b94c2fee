//! 記録の点検: one of each finding is made in the records, and exactly these come out.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, RecordBatch};
use batch::lake;
use batch::night::{self, NightOptions, NightSummary};
use batch::progress::Silent;
use jiff::civil::date;
use law::employees_insurance::completeness::FindingKind;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use store::Db;

use crate::office::{BUSINESS_ON, Country};

/// The annual determination of September is on record for everybody, also where the employer has not filed.
const SEPTEMBER: &str = "
    INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen, hi_standard_yen,
        epi_standard_yen, decision, reason, valid_from)
    SELECT DISTINCT ON (spell_id) spell_id, prefecture_code, employer_id, monthly_remuneration_yen, hi_standard_yen,
        epi_standard_yen, 'annual', '定時決定', '2026-09-01'
    FROM standard_remunerations WHERE superseded_at IS NULL AND valid_to IS NULL AND valid_from < '2026-09-01'
    ORDER BY spell_id, valid_from DESC";

/// Nobody has filed: what was decided for September is not, and what holds goes on.
const UNFILED: &str = "
    CREATE TEMP TABLE was AS SELECT * FROM standard_remunerations
        WHERE superseded_at IS NULL AND '2026-09-01' IN (valid_from, valid_to);
    UPDATE standard_remunerations SET superseded_at = now()
        WHERE superseded_at IS NULL AND '2026-09-01' IN (valid_from, valid_to);
    INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen, hi_standard_yen,
        epi_standard_yen, decision, reason, valid_from)
    SELECT spell_id, prefecture_code, employer_id, monthly_remuneration_yen, hi_standard_yen, epi_standard_yen, decision,
        reason, valid_from FROM was WHERE valid_to = '2026-09-01'";

/// Open spells since before June without a decision that begins in July, August or September, of people under 75.
const WITHOUT_SEPTEMBER: &str = "
    SELECT count(*) FROM coverage_spells AS spell JOIN person_identities AS person USING (person_id)
    WHERE spell.valid_to IS NULL AND spell.valid_from < '2026-06-01'
        AND person.birth_on + interval '75 years' > date '2026-09-01'
        AND NOT EXISTS (SELECT FROM standard_remunerations AS standard
            WHERE standard.spell_id = spell.spell_id AND standard.valid_from >= '2026-07-01')";

/// People in their forties and fifties, long insured with one employer, with nothing special.
const ORDINARY: &str = "
    SELECT spell.spell_id, spell.person_id, spell.employer_id, spell.prefecture_code
    FROM coverage_spells AS spell JOIN person_identities AS person USING (person_id)
    WHERE spell.valid_to IS NULL AND spell.health_insurance AND spell.employees_pension AND NOT spell.two_workplaces
        AND spell.valid_from < '2025-06-01' AND person.birth_on BETWEEN '1968-01-01' AND '1984-01-01'
        AND EXISTS (SELECT 1 FROM standard_remunerations AS standard WHERE standard.spell_id = spell.spell_id
            AND standard.valid_from = '2025-09-01' AND coalesce(standard.valid_to, '2026-09-01') = '2026-09-01')
        AND NOT EXISTS (SELECT 1 FROM leave_spells WHERE leave_spells.spell_id = spell.spell_id)
        AND NOT EXISTS (SELECT 1 FROM coverage_spells AS other
            WHERE other.person_id = spell.person_id AND other.spell_id <> spell.spell_id)
    ORDER BY spell.spell_id";

#[derive(Clone, Copy)]
struct Ordinary {
    spell: i64,
    person: i64,
    employer: i64,
    prefecture: i16,
}

fn ordinary(country: &Country) -> Vec<Ordinary> {
    let mut session = country.office.session();
    let rows = session.run(async |db| db.rows(ORDINARY, &[]).await.expect("people"));
    let read = |row: &tokio_postgres::Row| Ordinary {
        spell: row.get(0),
        person: row.get(1),
        employer: row.get(2),
        prefecture: row.get(3),
    };
    rows.iter().map(read).collect()
}

/// `(spell, code)`.
type Found = BTreeSet<(i64, String)>;

fn one(who: Ordinary, kind: FindingKind) -> (i64, String) {
    (who.spell, kind.code().to_owned())
}

fn parts(country: &Country, dataset: &str) -> Vec<PathBuf> {
    let folder = country.folder.path().join(format!("lake/{dataset}/for_month=2026-07"));
    let entries = std::fs::read_dir(folder).expect("the part of July");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect()
}

fn found(country: &Country) -> Found {
    let mut found = Found::new();
    for path in parts(country, "findings") {
        let columns = ["spell_id", "code", "clause", "fact", "next_step"];
        lake::read(&path, &columns, |batch| {
            let spells = lake::i64s(batch, "spell_id");
            let text = |name: &str, row: usize| lake::named(batch, name).as_string::<i32>().value(row).to_owned();
            for (row, spell) in spells.iter().enumerate() {
                assert!(found.insert((*spell, text("code", row))), "a kind is found once of a spell");
                assert!(text("clause", row).contains('条') && !text("fact", row).is_empty());
                assert!(text("next_step", row).ends_with("ください"));
            }
            Ok(())
        })
        .expect("a part that can be read");
    }
    found
}

/// Nobody knows it any more; what is known instead is inserted beside.
fn supersede(country: &Country, table: &str, which: &str) {
    country.execute(&format!("UPDATE {table} SET superseded_at = now() WHERE superseded_at IS NULL AND {which}"));
}

fn on_leave(country: &Country, who: Ordinary, kind: &str, from: &str, until: &str) {
    country.execute(&format!(
        "INSERT INTO leave_spells (leave_id, spell_id, prefecture_code, employer_id, kind, reason, valid_from, valid_to)
         VALUES (nextval('leave_ids'), {}, {}, {}, '{kind}', 'made', '{from}', '{until}')",
        who.spell, who.prefecture, who.employer
    ));
}

fn born(country: &Country, who: Ordinary, birth_on: &str) {
    country.execute(&format!(
        "CREATE TEMP TABLE was AS
             SELECT * FROM person_identities WHERE person_id = {person} AND superseded_at IS NULL;
         UPDATE person_identities SET superseded_at = now() WHERE person_id = {person} AND superseded_at IS NULL;
         INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from)
             SELECT person_id, name_kana, name_kanji, '{birth_on}', sex, 'made', valid_from FROM was",
        person = who.person
    ));
}

/// The standard of July is another one.
fn standard(country: &Country, who: Ordinary, from: &str, hi_yen: &str) {
    let july = format!("spell_id = {} AND valid_from < '2026-09-01'", who.spell);
    country.execute(&format!(
        "CREATE TEMP TABLE was AS SELECT * FROM standard_remunerations WHERE {july} AND superseded_at IS NULL;
         UPDATE standard_remunerations SET superseded_at = now() WHERE {july} AND superseded_at IS NULL;
         INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
             hi_standard_yen, epi_standard_yen, decision, reason, valid_from)
         SELECT spell_id, prefecture_code, employer_id, monthly_remuneration_yen, {hi_yen}, epi_standard_yen, 'annual',
             'made', '{from}' FROM was"
    ));
}

/// Another spell of the person, with the employer of somebody else. Gives its number.
fn also_at(country: &Country, who: Ordinary, there: Ordinary, number: i32, from: &str, until: &str) -> i64 {
    let spell: i64 = country.one("SELECT nextval('spell_ids')");
    country.execute(&format!(
        "INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
             employees_pension, short_time_worker, two_workplaces, reason, valid_from, valid_to)
         VALUES ({spell}, {prefecture}, {employer}, {person}, {number}, true, true, false, false, 'made', '{from}', {until});
         INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
             hi_standard_yen, epi_standard_yen, decision, reason, valid_from)
         VALUES ({spell}, {prefecture}, {employer}, 300000, 300000, 300000, 'acquisition', 'made',
             date_trunc('month', '{from}'::date)::date)",
        prefecture = there.prefecture,
        employer = there.employer,
        person = who.person,
    ));
    spell
}

fn bonus(country: &Country, spell: i64, at: Ordinary, paid_on: &str, yen: i64) {
    country.execute(&format!(
        "INSERT INTO bonuses (bonus_id, spell_id, prefecture_code, employer_id, amount_yen, reason, valid_from)
         VALUES (nextval('bonus_ids'), {spell}, {}, {}, {yen}, 'made', '{paid_on}')",
        at.prefecture, at.employer
    ));
}

/// How a 算定基礎届 came.
#[derive(Clone, Copy, PartialEq)]
enum Came {
    /// And waits.
    WithNumber,
    /// And went back to the sender.
    Returned,
    /// Without 被保険者整理番号: the day of birth names the person.
    WithoutNumber,
    /// So, and with the 基礎年金番号 of somebody else.
    ForAnother,
}

/// September is not decided; a filing came.
fn annual_filing(country: &Country, who: Ordinary, came: Came) {
    supersede(country, "standard_remunerations", &format!("spell_id = {} AND valid_from = '2026-09-01'", who.spell));
    let (insured_number, pension_number) = match came {
        Came::WithNumber | Came::Returned => ("spell.insured_number", "NULL"),
        Came::WithoutNumber => ("NULL", "left(named.number, 4) || '-' || right(named.number, 6)"),
        Came::ForAnother => ("NULL", "'0199-999999'"),
    };
    country.execute(&format!(
        "INSERT INTO filings (reception_number, form_code, channel, office_code, employer_id, insured_number, payload,
             payload_sha256, sender, sender_key, business_on)
         SELECT 'made-{spell}', '2225700', 'media', office_code, spell.employer_id, {insured_number},
             jsonb_build_object('form', 'annual_determination', 'applies_from', '2026-09', 'insured', jsonb_build_object(
                 'born_on', person.birth_on, 'basic_pension_number', {pension_number})),
             '\\x00', 'made', '{spell}', '2026-07-06'
         FROM coverage_spells AS spell JOIN employers USING (employer_id) JOIN person_identities AS person USING (person_id)
             JOIN person_numbers AS named USING (person_id)
         WHERE spell_id = {spell} AND spell.superseded_at IS NULL",
        spell = who.spell
    ));
    if came == Came::Returned {
        country.execute(&format!(
            "INSERT INTO filing_steps (filing_id, step_no, step, by_system)
             SELECT filing_id, 1, 'returned', 'made' FROM filings WHERE sender = 'made' AND sender_key = '{}'",
            who.spell
        ));
    }
}

/// Makes one of each but the first kind, which is a fault of the assessment and not of the records.
fn make_findings(country: &Country, people: &[Ordinary]) -> Found {
    let mut people = people.iter().copied();
    let mut next = || people.next().expect("there are enough ordinary people");
    let mut made = Found::new();
    for (came, missed) in
        [(Came::Returned, true), (Came::WithNumber, false), (Came::WithoutNumber, false), (Came::ForAnother, true)]
    {
        let who = next();
        annual_filing(country, who, came);
        made.extend(missed.then(|| one(who, FindingKind::AnnualNotFiled)));
    }
    for (kind, leaves) in [
        (FindingKind::MaternityLeaveTooLong, vec![("maternity", "2026-02-01", "2026-08-01")]),
        (FindingKind::ChildcareLeaveTooLong, vec![("childcare", "2023-05-01", "2026-08-01")]),
        (
            FindingKind::ChildcareLeaveNotEnded,
            vec![("childcare", "2025-10-01", "2026-08-01"), ("maternity", "2026-07-01", "2026-10-07")],
        ),
    ] {
        let who = next();
        leaves.into_iter().for_each(|(name, from, until)| on_leave(country, who, name, from, until));
        made.insert(one(who, kind));
    }
    made.extend(make_ages(country, [next(), next()]));
    made.extend(make_standards(country, [next(), next(), next()]));
    made.extend(make_together(country, [next(), next(), next()]));
    made
}

fn make_ages(country: &Country, [seventy, seventy_five]: [Ordinary; 2]) -> Found {
    born(country, seventy, "1956-06-15");
    born(country, seventy_five, "1951-06-15");
    country.execute(&format!(
        "CREATE TEMP TABLE was AS SELECT * FROM coverage_spells WHERE spell_id = {spell};
         UPDATE coverage_spells SET superseded_at = now() WHERE spell_id = {spell} AND superseded_at IS NULL;
         INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
             employees_pension, short_time_worker, two_workplaces, reason, valid_from)
         SELECT spell_id, prefecture_code, employer_id, person_id, insured_number, true, false, short_time_worker, false,
             'made', valid_from FROM was",
        spell = seventy_five.spell
    ));
    Found::from([one(seventy, FindingKind::PensionAfter70), one(seventy_five, FindingKind::HealthAfter75)])
}

fn make_standards(country: &Country, [without, strange, old]: [Ordinary; 3]) -> Found {
    let july = format!("spell_id = {} AND valid_from < '2026-09-01'", without.spell);
    supersede(country, "standard_remunerations", &july);
    standard(country, strange, "2025-09-01", "305000");
    standard(country, old, "2024-09-01", "hi_standard_yen");
    Found::from([
        one(without, FindingKind::NoStandard),
        one(strange, FindingKind::StandardNotInTable),
        one(old, FindingKind::StandardExpired),
    ])
}

/// The last one is only there to have an employer.
fn make_together(country: &Country, [twice, paid, there]: [Ordinary; 3]) -> Found {
    assert!(there.employer != twice.employer && there.employer != paid.employer, "another employer");
    let second = also_at(country, twice, there, 999_998, "2026-06-01", "NULL");
    let before = also_at(country, paid, there, 999_999, "2026-04-01", "'2026-05-01'");
    bonus(country, before, there, "2026-04-10", 4_000_000);
    bonus(country, paid.spell, paid, "2026-07-10", 4_000_000);
    Found::from([
        one(twice, FindingKind::TwoEmployersNotSelected),
        (second, FindingKind::TwoEmployersNotSelected.code().to_owned()),
        one(paid, FindingKind::BonusOverCapTogether),
    ])
}

/// Writes a part of the assessment again, as if this spell had been charged no 介護保険料.
fn forget_long_term_care(country: &Country, spell: i64) {
    let mut forgotten = 0;
    for path in parts(country, "contributions") {
        let file = File::open(&path).expect("a part");
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
        let batches: Vec<RecordBatch> =
            builder.build().expect("a reader").map(|batch| batch.expect("a batch")).collect();
        let altered: Vec<RecordBatch> = batches.iter().map(|batch| without(batch, spell, &mut forgotten)).collect();
        write(&path, &altered);
    }
    assert_eq!(forgotten, 1, "somebody between 40 and 64 was charged");
}

fn without(batch: &RecordBatch, spell: i64, forgotten: &mut i32) -> RecordBatch {
    let charged = lake::named(batch, "ltci").as_boolean().values().iter().zip(lake::i64s(batch, "spell_id"));
    let altered: BooleanArray = charged
        .map(|(charged, id)| {
            *forgotten += i32::from(charged && *id == spell);
            Some(charged && *id != spell)
        })
        .collect();
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    columns[batch.schema().index_of("ltci").expect("a column")] = Arc::new(altered);
    RecordBatch::try_new(batch.schema(), columns).expect("the same columns")
}

fn write(path: &Path, batches: &[RecordBatch]) {
    let Some(first) = batches.first() else { return };
    let file = File::create(path).expect("the part can be written");
    let mut writer = ArrowWriter::try_new(file, first.schema(), None).expect("a writer");
    batches.iter().for_each(|batch| writer.write(batch).expect("rows are written"));
    writer.close().expect("the part is complete");
}

#[test]
fn each_finding_that_is_made_is_found_and_nothing_else() {
    let country = Country::of(1_500);
    country.execute(SEPTEMBER);
    let undisturbed = country.copy();
    undisturbed.night().expect("the night runs");
    let before = found(&undisturbed);
    assert!(!before.iter().any(|(_, code)| code == FindingKind::AnnualNotFiled.code()), "{before:?}");

    let mut people = ordinary(&country);
    let charged = people.remove(0);
    // Each with an employer of its own, so that whoever goes to another's does go elsewhere.
    people.dedup_by_key(|who| who.employer);
    let mut made = make_findings(&country, &people);
    made.insert(one(charged, FindingKind::LongTermCareMissing));
    let kinds: BTreeSet<&str> = made.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(kinds.len(), FindingKind::ALL.len(), "one of each: {kinds:?}");

    let died = country.runner("run", "completeness:-1:partitioning");
    assert!(!died.status.success());
    let facts = "SELECT (SELECT count(*) FROM coverage_spells) + (SELECT count(*) FROM standard_remunerations)
        + (SELECT count(*) FROM leave_spells) + (SELECT count(*) FROM journal)";
    let posted: i64 = country.one(facts);
    forget_long_term_care(&country, charged.spell);
    let summary = country.resume().expect("the night ends");

    let after = found(&country);
    assert_eq!(after.difference(&before).cloned().collect::<Found>(), made);
    assert_eq!(before.difference(&after).cloned().collect::<Found>(), Found::new());
    assert_eq!(country.one::<i64>(facts), posted, "nothing is posted");
    let month = &summary.months[0];
    assert_eq!(month.findings_total(), i64::try_from(after.len()).expect("few"));
    for (kind, findings) in &month.findings {
        assert_eq!(*findings as usize, after.iter().filter(|(_, code)| code == kind.code()).count(), "{kind:?}");
    }
    assert!(country.folder.path().join("lake/findings/for_month=2026-07/_run.json").exists());
}

fn count(summary: &NightSummary, kind: FindingKind) -> i64 {
    let same = summary.months[0].findings.iter().filter(|(found, _)| *found == kind);
    same.map(|(_, findings)| *findings).sum()
}

/// In the synthetic country the sample employer and one in a hundred others have not.
#[test]
fn who_has_filed_is_not_told_to_file() {
    let country = Country::of(3_000);
    let unfiled: i64 = country.one(WITHOUT_SEPTEMBER);
    let summary = country.night().expect("July is inspected");
    assert_eq!(count(&summary, FindingKind::AnnualNotFiled), unfiled);
    assert!((5..300).contains(&unfiled), "{unfiled} of 3,000");
}

/// Where nobody has filed, the gap shows in July and August, and from September on the standards themselves have run out.
#[test]
fn the_annual_filing_is_missed_until_september_shows_it_in_the_standards() {
    let country = Country::of(300);
    country.execute(UNFILED);
    for (business_on, unfiled, expired) in
        [(BUSINESS_ON, true, false), (date(2026, 9, 15), true, false), (date(2026, 10, 15), false, true)]
    {
        let options = NightOptions { business_on, ..country.options() };
        let summary = night::run(&options, &Silent).expect("the month is inspected");
        assert_eq!(count(&summary, FindingKind::AnnualNotFiled) > 200, unfiled, "{business_on}");
        assert_eq!(count(&summary, FindingKind::AnnualNotFiled) == 0, !unfiled, "{business_on}");
        assert_eq!(count(&summary, FindingKind::StandardExpired) > 200, expired, "{business_on}");
        assert_eq!(count(&summary, FindingKind::StandardExpired) == 0, !expired, "{business_on}");
    }
}
