//! From approved filings to facts with two times.

use jiff::civil::date;

use crate::world::{HANAKO, ICHIRO, Insured, World, bonus, coverage_end, enrolment, enrolment_at, media_of};

const SPELLS: &str = "SELECT insured_number, valid_from, valid_to, superseded_at IS NULL AS current
    FROM coverage_spells ORDER BY spell_id, known_at";

#[test]
fn hired_paid_and_gone_in_one_night() {
    let world = World::new();
    let person = ("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108");
    let lines = [
        // In the order of a careless sender: the end first.
        coverage_end(person.0, person.1, person.2, "2101,100007", "9,080801", "9,080731"),
        bonus(person.0, person.1, person.2, "9,080630", 300_000),
        enrolment(person.0, person.1, person.2, "2101,100007", "9,080401", 240_000),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let taken = world.take(1, &lines);
    assert_eq!(
        (taken.records_taken, taken.records_refused),
        (3, 0),
        "{:?}",
        world.rows("SELECT * FROM media_problems")
    );
    assert_eq!(world.apply().counts.done, 3, "{:?}", world.verdicts());
    // One night, one instant: the spell is written as it stands at its end.
    assert_eq!(world.rows(SPELLS), ["7 2026-04-01 2026-08-01 true"]);
    assert_eq!(world.rows("SELECT valid_to FROM standard_remunerations"), ["2026-08-01"]);
    assert_eq!(world.count("bonuses"), 1);
}

#[test]
fn a_correction_is_a_new_row_and_the_old_one_ends_at_the_cut_off() {
    let world = World::with(&[ICHIRO]);
    world.take(1, &[&coverage_end("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "9,080801", "9,080731")]);
    world.apply();
    assert_eq!(world.rows(SPELLS), ["1 2015-04-01 - false", "1 2015-04-01 2026-08-01 true"]);
    let instants = world.rows(
        "SELECT DISTINCT old.superseded_at = new.known_at AND new.known_at = runs.cutoff_at AS joined, new.cause_filing_id = filing_id AS caused
        FROM coverage_spells old JOIN coverage_spells new USING (spell_id) CROSS JOIN runs CROSS JOIN filings
        WHERE old.superseded_at IS NOT NULL AND new.superseded_at IS NULL",
    );
    assert_eq!(instants, ["true true"]);
}

#[test]
fn the_next_free_number_is_given_at_night() {
    let world = World::with(&[ICHIRO, HANAKO]);
    let lines = [
        enrolment("", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "2101,100007", "9,080401", 240_000),
        enrolment("3", "ｼﾝｼﾞﾝ ｼﾞﾛｳ", "7,130109", "2101,100008", "9,080501", 240_000),
        enrolment("", "ｼﾝｼﾞﾝ ｻﾌﾞﾛｳ", "7,130110", "2101,100009", "9,080402", 240_000),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(world.take(1, &lines).records_taken, 3);
    assert_eq!(world.apply().counts.done, 3, "{:?}", world.verdicts());
    let numbers = world.rows(
        "SELECT insured_number, number FROM coverage_spells JOIN person_numbers USING (person_id)
        WHERE insured_number > 2 ORDER BY insured_number",
    );
    // 3 was asked for by somebody of the same night: nobody else gets it, though he comes later.
    assert_eq!(numbers, ["3 2101100008", "4 2101100007", "5 2101100009"]);
}

#[test]
fn a_person_known_elsewhere_is_the_same_person() {
    let world = World::with(&[ICHIRO]);
    let other = world.employer("ﾎｶ", "54321", "1301");
    let line = enrolment_at("ﾎｶ,54321", "1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "9,080701", 500_000);
    world.intake(&[world.file("SHFD0006.CSV", &media_of(1, &["ﾎｶ,54321"], &[&line]))]);
    assert_eq!(world.apply().counts.done, 1, "{:?}", world.verdicts());
    assert_eq!(world.count("persons"), 1);
    assert_eq!(
        world.rows("SELECT employer_id, insured_number FROM coverage_spells ORDER BY employer_id"),
        [format!("{} 1", world.employer_id), format!("{other} 1")]
    );
}

#[test]
fn a_new_person_of_two_employers_becomes_one_person_over_two_nights() {
    let world = World::new();
    world.employer("ﾎｶ", "54321", "1301");
    let here = enrolment("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "2101,100007", "9,080401", 240_000);
    let there = enrolment_at("ﾎｶ,54321", "1", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "2101,100007", "9,080501", 300_000);
    world.take(1, &[&here]);
    world.intake(&[world.file("SHFD0006.CSV", &media_of(1, &["ﾎｶ,54321"], &[&there]))]);
    let first = world.apply();
    assert_eq!((first.counts.done, first.counts.held), (1, 1));
    assert_eq!(world.verdicts(), ["held person_being_registered"]);
    let second = world.apply();
    assert_eq!((second.counts.done, second.counts.held), (1, 0));
    assert_eq!((world.count("persons"), world.count("coverage_spells")), (1, 2));
}

#[test]
fn rehired_on_the_day_of_the_loss() {
    let world = World::with(&[ICHIRO]);
    let lines = [
        enrolment("11", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "9,080701", 200_000),
        coverage_end("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "9,080701", "9,080630"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(world.take(1, &lines).records_taken, 2, "{:?}", world.rows("SELECT * FROM media_problems"));
    assert_eq!(world.apply().counts.done, 2, "{:?}", world.verdicts());
    assert_eq!(
        world.rows("SELECT insured_number, valid_to FROM coverage_spells WHERE superseded_at IS NULL ORDER BY 1"),
        ["1 2026-07-01", "11 -"]
    );
}

#[test]
fn facts_that_changed_after_examination_hold_the_filing() {
    let world = World::new();
    world.take(1, &[&enrolment("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "2101,100007", "9,080701", 240_000)]);
    // A clerk's own entry was quicker: the number, and then the person.
    world.insure(world.employer_id, &Insured { number: 7, ..HANAKO });
    world.apply();
    assert_eq!(world.verdicts(), ["held insured_number_taken"]);
    assert_eq!(world.count("application_queue"), 1);

    let world = World::new();
    world.take(1, &[&enrolment("7", "ｶｸｳ ﾊﾅｺ", "7,040229", "2101,200002", "9,080701", 240_000)]);
    world.insure(world.employer_id, &HANAKO);
    world.apply();
    assert_eq!(world.verdicts(), ["held already_insured"]);
    assert_eq!(world.rows("SELECT count(*) FROM filing_steps WHERE step = 'applied'"), ["0"]);
}

#[test]
fn seventy_and_seventy_five_on_the_day_of_acquisition() {
    let world = World::new();
    // Born 1956-07-02: attains 70 on 2026-07-01. 70歳以上被用者該当 is column 24.
    let line = |number: &str, pension: &str, birth: &str, acquired: &str, over70: &str| {
        enrolment(number, "ﾛｳｼﾞ ﾀﾛｳ", birth, pension, acquired, 300_000)
            .replace("0300000,,,,,,100", &format!("0300000,{over70},,,,,100"))
    };
    let lines =
        [line("1", "2101,100001", "5,310702", "9,080630", ""), line("2", "2101,100002", "5,310702", "9,080701", "1")];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(world.take(1, &lines).records_taken, 2, "{:?}", world.rows("SELECT * FROM media_problems"));
    assert_eq!(world.apply().counts.done, 2, "{:?}", world.verdicts());
    assert_eq!(
        world.rows(
            "SELECT insured_number, health_insurance, employees_pension, hi_standard_yen, epi_standard_yen
            FROM coverage_spells JOIN standard_remunerations USING (prefecture_code, spell_id) ORDER BY 1"
        ),
        ["1 true true 300000 300000", "2 true false 300000 0"]
    );
}

#[test]
fn what_is_approved_after_the_cut_off_waits() {
    let world = World::with(&[ICHIRO]);
    world.take(1, &[&bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000)]);
    assert_eq!(world.apply().counts.done, 1);
    world.take(2, &[&bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080710", 100_000)]);
    let totals = world.apply().totals;
    assert_eq!((totals.get("applied"), totals.get("bonuses"), totals.get("bonus_yen")), (1, 1, 100_000));
    let seen = world.rows("SELECT amount_yen FROM bonuses b WHERE known_at <= (SELECT min(cutoff_at) FROM runs)");
    assert_eq!(seen, ["500000"], "the first night saw only what it applied itself");
}

#[test]
fn a_filing_whose_person_is_another_is_held_not_applied() {
    let world = World::with(&[ICHIRO]);
    let day = date(2026, 6, 30);
    assert_eq!(day.year(), 2026);
    world.take(1, &[&bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000)]);
    // The number is corrected to belong to somebody born on another day before the night comes.
    let mut session = world.office.session();
    session
        .run(async |db| {
            store::Db::run(db, "UPDATE person_identities SET superseded_at = now()", &[]).await?;
            store::Db::run(
                db,
                "INSERT INTO person_identities (person_id, name_kana, birth_on, sex, reason, valid_from)
                SELECT person_id, 'ミホン　イチロウ', '1980-05-16', 1, '訂正', '1980-05-16' FROM persons",
                &[],
            )
            .await
        })
        .expect("a correction");
    world.apply();
    assert_eq!(world.verdicts(), ["held person_mismatch"]);
}

/// Two newcomers whom only their 個人番号 names. One has the name, birth and sex of somebody with a number: perhaps the same
/// person, so a provisional number is given.
#[test]
fn a_newcomer_like_a_holder_gets_a_provisional_number() {
    let world = World::with(&[ICHIRO]);
    let line = |number: &str, kana: &str, birth: &str, my_number: &str| {
        format!(
            "2200700,21,01,ﾃｽﾄ,12345,{number},{kana},見本　新人,{birth},1,1,{my_number},,,,,9,080701,0,0240000,0000000,0240000,,,,,,,,,,,"
        )
    };
    let lines = [line("7", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "123456789018"), line("8", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "000000000019")];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(world.take(1, &lines).records_taken, 2, "{:?}", world.rows("SELECT * FROM media_problems"));
    assert_eq!(world.apply().counts.done, 2, "{:?}", world.verdicts());
    let numbers = world.rows(
        "SELECT insured_number, coalesce(number, '-') FROM coverage_spells LEFT JOIN person_numbers USING (person_id)
        ORDER BY insured_number",
    );
    assert_eq!(numbers.len(), 3);
    assert!(numbers[1].starts_with("7 9900") && numbers[1].len() == 12, "{numbers:?}");
    assert_eq!((numbers[0].as_str(), numbers[2].as_str()), ("1 2101200001", "8 -"));
}
