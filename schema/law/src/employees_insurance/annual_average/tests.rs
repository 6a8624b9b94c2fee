//! Both sides of two grades and one, and what is missing.

use super::*;

const AGREED: Statement = Statement { arises_every_year: true, insured_consents: true };

fn months<const N: usize>(pay: i64) -> [PayMonth; N] {
    [PayMonth { base_days: 20, pay: Yen::new(pay) }; N]
}

fn annual(year: i16, spring: i64, twelve: &[PayMonth], statement: Statement) -> Result<bool, &'static str> {
    of_annual_determination(year, WorkerType::General, &months::<3>(spring), twelve, statement, &mut Trace::new())
        .map(|outcome| outcome.applies)
        .map_err(|error| error.code())
}

#[test]
fn two_grades_apart_either_way_and_a_complete_statement() {
    // 300,000円 is 290,000 to 310,000; 270,000 to 290,000 is one grade, below 270,000 two.
    assert_eq!(annual(2026, 300_000, &months::<12>(269_999), AGREED), Ok(true));
    assert_eq!(annual(2026, 300_000, &months::<12>(270_000), AGREED), Ok(false));
    assert_eq!(annual(2026, 300_000, &months::<12>(330_000), AGREED), Ok(true));
    assert_eq!(annual(2026, 300_000, &months::<12>(329_999), AGREED), Ok(false));
    for statement in [Statement { arises_every_year: false, ..AGREED }, Statement { insured_consents: false, ..AGREED }]
    {
        assert_eq!(annual(2026, 300_000, &months::<12>(200_000), statement), Ok(false));
    }
}

#[test]
fn months_short_of_days_are_left_out_and_twelve_are_needed() {
    let mut twelve = months::<12>(260_000);
    twelve[0] = PayMonth { base_days: 16, pay: Yen::new(5_000_000) };
    assert_eq!(annual(2026, 300_000, &twelve, AGREED), Ok(true));
    twelve[0].base_days = 17;
    let outcome =
        of_annual_determination(2026, WorkerType::General, &months::<3>(300_000), &twelve, AGREED, &mut Trace::new());
    assert_eq!(outcome.map(|outcome| outcome.yearly_average), Ok(Yen::new(655_000)));
    assert_eq!(annual(2026, 300_000, &twelve[1..], AGREED), Err("bad_input"));
    twelve.iter_mut().for_each(|month| month.base_days = 16);
    assert_eq!(annual(2026, 300_000, &twelve, AGREED), Err("bad_input"));
    assert_eq!(annual(2010, 300_000, &months::<12>(1), AGREED), Err("not_in_force"));
    assert_eq!(annual(2011, 300_000, &months::<12>(269_999), AGREED), Ok(true), "the first year");
}

fn revision(change: &str, fixed_pay: FixedPay, pay: i64, fixed: i64, variable: i64) -> Result<bool, &'static str> {
    stated(AGREED, change, fixed_pay, pay, [fixed, variable])
}

fn stated(
    statement: Statement,
    change: &str,
    fixed_pay: FixedPay,
    pay: i64,
    [fixed, variable]: [i64; 2],
) -> Result<bool, &'static str> {
    let yen = Some(Yen::new(300_000));
    let case = RevisionCase {
        worker: WorkerType::General,
        change_month: change.parse().expect("a month"),
        months: months(pay),
        fixed_pay: Some(fixed_pay),
        current: super::super::revision::Current { standards: Standards { hi: yen, epi: yen }, recorded: None },
    };
    of_revision(&case, &[Yen::new(fixed); 3], &[Yen::new(variable); 12], statement, &mut Trace::new())
        .map(|outcome| outcome.applies)
        .map_err(|error| error.code())
}

#[test]
fn a_revision_by_the_year_keeps_its_direction_and_its_distance() {
    // From 300,000円 to 400,000円 (410,000円): the year must lie from 320,000円 to 360,000円.
    let up = |year: i64| revision("2026-04", FixedPay::Up, 400_000, year - 10_000, 10_000);
    assert_eq!(up(309_999), Ok(false), "no higher than before");
    assert_eq!(up(310_000), Ok(true));
    assert_eq!(up(369_999), Ok(true));
    assert_eq!(up(370_000), Ok(false), "one grade from the ordinary revision");
    let down = |year: i64| revision("2026-04", FixedPay::Down, 200_000, year - 10_000, 10_000);
    assert_eq!(down(289_999), Ok(true));
    assert_eq!(down(290_000), Ok(false));
    assert_eq!(revision("2026-04", FixedPay::Up, 310_000, 300_000, 10_000), Ok(false), "no ordinary revision");
    assert_eq!(revision("2018-06", FixedPay::Up, 400_000, 300_000, 20_000), Err("not_in_force"));
    assert_eq!(revision("2018-07", FixedPay::Up, 400_000, 300_000, 20_000), Ok(true));
}

#[test]
fn amounts_that_do_not_make_a_year_are_refused() {
    let value = |fixed: &[Yen], variable: &[Yen]| yearly_value(fixed, variable, &mut Trace::new()).is_err();
    let one = Yen::new(1);
    assert!(value(&[one; 2], &[one; 12]) && value(&[one; 3], &[one; 11]) && value(&[Yen::new(-1); 3], &[one; 12]));
    assert!(!value(&[one; 3], &[one; 12]));
}

/// 700,000円 and 770,000円: grades 39 and 41 of health insurance, both the highest of the pension.
#[test]
fn two_grades_in_one_scheme_are_enough() {
    assert_eq!(annual(2026, 700_000, &months::<12>(770_000), AGREED), Ok(true));
}

#[test]
fn a_year_without_variable_pay_is_one() {
    let mut trace = Trace::new();
    let value = yearly_value(&[Yen::new(300_000); 3], &[Yen::ZERO; 12], &mut trace);
    assert_eq!(value, Ok(Yen::new(300_000)));
    let value = yearly_value(&[Yen::new(200_000); 3], &[Yen::new(30_000); 12], &mut trace);
    assert_eq!(value, Ok(Yen::new(230_000)));
    assert_eq!(trace.steps()[1].result, "230,000円");
}

#[test]
fn a_revision_by_the_year_needs_the_whole_statement() {
    let applies = |statement| stated(statement, "2026-04", FixedPay::Up, 400_000, [310_000, 10_000]);
    assert_eq!(applies(AGREED), Ok(true));
    assert_eq!(applies(Statement { arises_every_year: false, ..AGREED }), Ok(false));
    assert_eq!(applies(Statement { insured_consents: false, ..AGREED }), Ok(false));
}
