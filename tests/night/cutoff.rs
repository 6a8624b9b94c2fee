//! The night reads as known at its cut-off, and waits for whoever began before it.

use std::time::Duration;

use batch::night::{self, NightOptions};
use batch::progress::Silent;
use batch::run::NightError;

use crate::office::Country;

/// A fact written by hand: one more insured person at the first employer of the country.
const ONE_MORE: &str = "
    INSERT INTO persons (person_id) VALUES (900000001);
    INSERT INTO person_identities (person_id, name_kana, birth_on, sex, reason, valid_from)
        VALUES (900000001, 'ネンリン　タロウ', '1990-05-05', 1, 'test', '1990-05-05');
    INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
            employees_pension, short_time_worker, two_workplaces, reason, valid_from)
        SELECT 900000001, prefecture_code, employer_id, 900000001, 999999, true, true, false, false, 'test', '2026-04-01'
        FROM employers ORDER BY employer_id LIMIT 1;
    INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
            hi_standard_yen, epi_standard_yen, decision, reason, valid_from)
        SELECT 900000001, prefecture_code, employer_id, 300000, 300000, 300000, 'acquisition', 'test', '2026-04-01'
        FROM employers ORDER BY employer_id LIMIT 1;";

#[test]
fn the_planner_waits_for_a_late_committer_and_the_row_is_in() {
    let country = Country::of(500);
    let without = country.copy().night().expect("the night runs");
    let mut late = country.office.session();
    late.run(async |db| db.batch_execute(&format!("BEGIN; {ONE_MORE}")).await.expect("facts are written"));
    let with = std::thread::scope(|scope| {
        let night = scope.spawn(|| country.night().expect("the night runs"));
        while country.one::<i64>("SELECT count(*) FROM runs WHERE cutoff_at IS NOT NULL") == 0 {
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(600));
        assert_eq!(country.one::<String>("SELECT state FROM runs"), "planning", "it waits");
        late.run(async |db| db.batch_execute("COMMIT").await.expect("the facts are committed"));
        night.join().expect("the night ends")
    });
    assert_eq!(with.months[0].people, without.months[0].people + 1);
    assert!(country.one::<bool>("SELECT known_at < cutoff_at FROM coverage_spells, runs WHERE spell_id = 900000001"));
}

#[test]
fn what_begins_after_the_cutoff_is_not_read() {
    let country = Country::of(500);
    let without = country.copy().night().expect("the night runs");
    let died = country.runner("run", "run:0:planned");
    assert!(!died.status.success());
    country.execute(ONE_MORE);
    let with = country.resume().expect("the night is taken over");
    assert_eq!(with.months[0].people, without.months[0].people);
}

#[test]
fn one_that_never_ends_is_named_and_the_night_can_be_resumed() {
    let country = Country::of(500);
    let mut old = country.office.session();
    old.run(async |db| db.batch_execute("BEGIN; SELECT now()").await.expect("a transaction begins"));
    let options = NightOptions { older_transactions_seconds_max: 1, ..country.options() };
    let error = night::run(&options, &Silent).expect_err("it does not wait for ever");
    assert!(matches!(&error, NightError::OlderTransactions { who, .. } if who.contains("nenrin-test")), "{error}");
    let refused = night::run(&options, &Silent).expect_err("the stopped run is in the way");
    assert_eq!(refused.code(), "unfinished");
    old.run(async |db| db.batch_execute("ROLLBACK").await.expect("the transaction ends"));
    country.resume().expect("the night goes on");
}

#[test]
fn a_closed_day_is_refused() {
    let country = Country::of(500);
    let options = NightOptions { business_on: jiff::civil::date(2026, 8, 15), ..country.options() };
    assert_eq!(night::run(&options, &Silent).expect_err("a Saturday").code(), "not_business_day");
    assert_eq!(country.one::<i64>("SELECT count(*) FROM runs"), 0);
}
