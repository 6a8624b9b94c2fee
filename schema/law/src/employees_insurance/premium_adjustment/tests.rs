//! Which steps are known, and when the adjustment begins and ends.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn part(standard: i64, at: &str, first: &str, unconfirmed: Unconfirmed) -> Result<String, &'static str> {
    let adjusted = Adjusted { standard: Yen::new(standard), month: month(at), first_month: month(first), unconfirmed };
    worker_part(adjusted, &mut Trace::new()).map(|part| part.to_string()).map_err(|error| error.code())
}

#[test]
fn only_the_lowest_step_is_confirmed() {
    let october = |standard, unconfirmed| part(standard, "2026-10", "2026-10", unconfirmed);
    assert_eq!(october(88_000, Unconfirmed::Refuse), Ok("0.5".to_owned()));
    let steps = [(98_000, "0.6"), (104_000, "0.72"), (110_000, "0.82"), (118_000, "0.9"), (126_000, "0.96")];
    for (standard, reported) in steps {
        assert_eq!(october(standard, Unconfirmed::Refuse), Err("cannot_decide"), "{standard}");
        assert_eq!(october(standard, Unconfirmed::AsReported), Ok(reported.to_owned()), "{standard}");
    }
    for standard in [58_000, 78_000, 87_999] {
        assert_eq!(october(standard, Unconfirmed::AsReported), Err("cannot_decide"), "{standard}");
    }
    assert_eq!(october(126_001, Unconfirmed::Refuse), Ok("1".to_owned()));
    assert_eq!(october(100_000, Unconfirmed::Refuse), Err("not_in_force"), "no such step");
}

#[test]
fn it_begins_in_october_2026_and_lasts_three_years() {
    assert_eq!(part(88_000, "2026-10", "2026-09", Unconfirmed::Refuse), Err("not_in_force"));
    assert_eq!(part(88_000, "2026-10", "2026-11", Unconfirmed::Refuse), Err("bad_input"));
    assert_eq!(part(88_000, "2027-03", "2026-10", Unconfirmed::Refuse), Ok("0.5".to_owned()));
    assert_eq!(part(88_000, "2027-04", "2026-10", Unconfirmed::Refuse), Err("past_last_check"));
    assert_eq!(part(88_000, "2029-10", "2026-10", Unconfirmed::Refuse), Ok("1".to_owned()), "three years are over");
    assert_eq!(part(88_000, "2029-09", "2026-10", Unconfirmed::Refuse), Err("past_last_check"));
}

#[test]
fn a_setting_is_told_on_the_receipt() {
    let adjusted = Adjusted {
        standard: Yen::new(126_000),
        month: month("2026-10"),
        first_month: month("2026-10"),
        unconfirmed: Unconfirmed::AsReported,
    };
    let mut trace = Trace::new();
    worker_part(adjusted, &mut trace).expect("as reported");
    assert!(trace.steps()[0].expression.contains("未確認の値 (設定)"), "{:?}", trace.steps());
}
