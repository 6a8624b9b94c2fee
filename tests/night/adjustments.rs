//! What becomes known after a month was assessed enters the next month's sum, to the unrounded yen.

use batch::night::{self, NightOptions};
use batch::progress::Silent;
use jiff::civil::date;
use store::Db;
use store::night::peer;

use crate::office::Country;

#[test]
fn a_late_loss_gives_the_month_back_in_the_next_sum() {
    let country = Country::of(800);
    country.night().expect("July is assessed");
    // Somebody insured all along turns out to have left in June: July was charged for nothing.
    somebody(&country, "");
    restate(&country, "late loss", &Restated { end_cause: "4", valid_to: "'2026-06-30'", ..Restated::AS_IT_WAS });
    let august = NightOptions { business_on: date(2026, 9, 15), ..country.options() };
    let summary = night::run(&august, &Silent).expect("August is assessed");
    assert_eq!(summary.months[0].for_month.to_string(), "2026-08");
    assert_eq!(summary.months[0].adjustments, 1, "July of one spell");
    let (employer, adjusted, own) = august_of(&country, "late loss");
    assert!(adjusted < own, "employer {employer}: {adjusted} with July given back, {own} without");
    assert!(country.folder.path().join("lake/adjustments/for_month=2026-08/_run.json").exists());
    let again = night::run(&NightOptions { business_on: date(2026, 10, 15), ..country.options() }, &Silent);
    assert_eq!(again.expect("September is assessed").months[0].adjustments, 0, "it is given back once");
}

/// 厚生年金保険法92条1項, 健康保険法193条1項: July 2022 was due on 31 August 2022. Told on 30 August 2024 that somebody had left
/// in June 2022, the night of 17 September comes too late for July, and in time for August 2022.
#[test]
fn a_month_that_lapses_before_it_is_assessed_is_told() {
    let country = Country::on(800, date(2022, 8, 17));
    let night = |business_on| {
        night::run(&NightOptions { business_on, ..country.options() }, &Silent).expect("the month is assessed")
    };
    country.execute("DELETE FROM settings WHERE name = 'first_month'");
    night(date(2024, 8, 30));
    // The office was already there two years before: its books know of these months too.
    country.execute(
        "INSERT INTO run_jobs (run_id, job_no, job, for_month, state, rejected_max)
         SELECT run_id, 100 + place, 'assessment', date '2022-06-01' + place * interval '1 month', 'done', 0
         FROM runs, generate_series(0, 2) AS place",
    );
    somebody(&country, "");
    restate(&country, "late loss", &Restated { end_cause: "4", valid_to: "'2022-06-30'", ..Restated::AS_IT_WAS });
    night(date(2024, 9, 17));
    let lapsed =
        "SELECT string_agg(split_part(subject, ':', 3) || ' ' || verdict || ' ' || code, ', ' ORDER BY subject)
        FROM run_verdicts, found WHERE subject LIKE 'spell:' || spell_id || ':%'";
    // June had lapsed before the loss was told: it was due on 1 August 2022.
    assert_eq!(country.one::<String>(lapsed), "2022-07 held lapsed");
    let message: String = country.one("SELECT message FROM run_verdicts WHERE code = 'lapsed'");
    assert!(message.contains("2022-07") && message.contains("92条"), "{message}");
    let adjusted = "SELECT sum((totals ->> 'adjustments')::bigint)::bigint FROM run_jobs WHERE job = 'assessment'";
    assert_eq!(country.one::<i64>(adjusted), 2, "August 2022 and July 2024");
}

/// 厚生年金保険法19条2項ただし書: what the next employer says too late takes the month of the first one back.
#[test]
fn a_late_acquisition_elsewhere_gives_the_same_month_back() {
    let country = Country::of(800);
    // Somebody with cover all along was in truth here from 3 to 20 July only.
    somebody(&country, "AND NOT EXISTS (SELECT 1 FROM bonuses WHERE bonuses.spell_id = coverage_spells.spell_id)");
    let july = Restated { end_cause: "4", valid_from: "'2026-07-03'", valid_to: "'2026-07-20'", ..Restated::AS_IT_WAS };
    restate(&country, "same month", &july);
    country.night().expect("July is assessed");
    country.execute(
        "INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
             employees_pension, short_time_worker, two_workplaces, reason, valid_from)
         SELECT nextval('spell_ids'), other.prefecture_code, other.employer_id, found.person_id, 999999, true, true, false,
             false, 'elsewhere', '2026-07-25'
         FROM found, (SELECT employer_id, prefecture_code FROM coverage_spells
             WHERE employer_id <> (SELECT employer_id FROM found) ORDER BY employer_id DESC LIMIT 1) AS other",
    );
    let august = NightOptions { business_on: date(2026, 9, 15), ..country.options() };
    let summary = night::run(&august, &Silent).expect("August is assessed");
    assert_eq!(summary.months[0].adjustments, 1, "July of the first employer; the second one has no standard yet");
    let (employer, adjusted, own) = august_of(&country, "same month");
    assert!(adjusted < own, "employer {employer}: {adjusted} with EPI of July given back, {own} without");
}

/// The employer of the spell with this reason: what August came to, and what its people of August alone come to.
fn august_of(country: &Country, reason: &str) -> (i64, i64, i64) {
    let employer: i64 = country.one(&format!("SELECT employer_id FROM coverage_spells WHERE reason = '{reason}'"));
    let total: i64 = country
        .one(&format!("SELECT total_yen FROM assessments WHERE employer_id = {employer} AND for_month = '2026-08-01'"));
    let mut session = country.office.session();
    let own = session.run(async |db| {
        let month = "2026-08".parse().expect("a month");
        let rates = batch::jobs::assessment::peer::rates(month).expect("August has its law");
        peer::prepare(&*db, &rates).await.expect("tables");
        let cutoff = db.row("SELECT max(cutoff_at) FROM runs", &[]).await.expect("a run").get(0);
        peer::assess(&*db, &rates, cutoff, date(2026, 9, 15), peer::ALL_EMPLOYERS).await.expect("the other road");
        let sql = format!("SELECT sum(amount_yen)::bigint FROM peer.journal WHERE employer_id = {employer}");
        db.row(&sql, &[]).await.expect("a sum").get::<_, i64>(0)
    });
    (employer, total, own)
}

/// Whoever turns out to work at two places is held, the month already charged comes back, and once he does not after all
/// every month has been charged once.
#[test]
fn a_month_that_is_held_and_released_is_charged_once() {
    let country = Country::of(800);
    let undisturbed = country.copy();
    let nights = [date(2026, 8, 17), date(2026, 9, 15), date(2026, 10, 15)];
    let run = |country: &Country, place: usize| {
        night::run(&NightOptions { business_on: nights[place], ..country.options() }, &Silent).expect("a night")
    };
    (0..3).for_each(|place| drop(run(&undisturbed, place)));
    run(&country, 0);
    somebody(&country, "");
    restate(&country, "two workplaces", &Restated { two_workplaces: "true", ..Restated::AS_IT_WAS });
    let held = run(&country, 1);
    assert_eq!(held.months[0].adjustments, 1, "July comes back");
    restate(&country, "one workplace", &Restated::AS_IT_WAS);
    let released = run(&country, 2);
    assert_eq!(released.months[0].adjustments, 2, "July and August are charged");
    // Three sums are cut to yen one by one (国等の債権債務等の金額の端数計算に関する法律2条): less than three yen a levy apart.
    let posted = |of: &Country, levy: &str| {
        let employer: i64 = country.one("SELECT employer_id FROM public.found");
        of.one::<i64>(&format!(
            "SELECT coalesce(sum(CASE WHEN debit_account = 'receivable' THEN amount_yen ELSE -amount_yen END), 0)::bigint
             FROM journal WHERE employer_id = {employer} AND levy = '{levy}'"
        ))
    };
    for levy in ["health_insurance", "employees_pension", "childcare_contribution"] {
        let (one, other) = (posted(&country, levy), posted(&undisturbed, levy));
        assert!(one > 0 && (one - other).abs() < 3, "{levy}: {one} and {other}");
    }
}

/// Keeps in `found` one spell of somebody insured all along, with nothing special.
fn somebody(country: &Country, and: &str) {
    country.execute(&format!(
        "CREATE TABLE public.found AS
             SELECT * FROM coverage_spells
             WHERE valid_to IS NULL AND superseded_at IS NULL AND health_insurance AND employees_pension
                 AND NOT two_workplaces
                 AND valid_from < (SELECT (value::jsonb ->> 'business_on')::date - 230 FROM settings WHERE name = 'populate')
                 AND EXISTS (SELECT 1 FROM standard_remunerations AS standard WHERE standard.spell_id = coverage_spells.spell_id)
                 AND NOT EXISTS (SELECT 1 FROM leave_spells WHERE leave_spells.spell_id = coverage_spells.spell_id)
                 AND (SELECT count(*) FROM coverage_spells AS others WHERE others.employer_id = coverage_spells.employer_id) > 5
                 {and}
             ORDER BY spell_id LIMIT 1"
    ));
}

/// What the spell kept in `found` turns out to be, in SQL.
struct Restated {
    two_workplaces: &'static str,
    end_cause: &'static str,
    valid_from: &'static str,
    valid_to: &'static str,
}

impl Restated {
    const AS_IT_WAS: Restated = Restated {
        two_workplaces: "two_workplaces",
        end_cause: "end_cause",
        valid_from: "valid_from",
        valid_to: "valid_to",
    };
}

/// The version that stands gives way to this one.
fn restate(country: &Country, reason: &str, is: &Restated) {
    let Restated { two_workplaces, end_cause, valid_from, valid_to } = is;
    country.execute(&format!(
        "UPDATE coverage_spells SET superseded_at = now() FROM public.found
             WHERE coverage_spells.spell_id = found.spell_id AND coverage_spells.superseded_at IS NULL;
         INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
             employees_pension, short_time_worker, two_workplaces, end_cause, reason, valid_from, valid_to)
         SELECT spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance, employees_pension,
             short_time_worker, {two_workplaces}, {end_cause}, '{reason}', {valid_from}, {valid_to} FROM public.found"
    ));
}
