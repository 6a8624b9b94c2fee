//! Which months count, and which bonuses are remuneration.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn average(worker: WorkerType, days: &[i64]) -> Result<(i64, i64, usize), LawError> {
    let pays = [100_000, 200_000, 300_001];
    let months: Vec<PayMonth> =
        days.iter().zip(pays).map(|(&base_days, pay)| PayMonth { base_days, pay: Yen::new(pay) }).collect();
    let outcome = total_average(worker, &months, month("2026-09"), &mut Trace::new())?;
    Ok((outcome.total.get(), outcome.average.get(), outcome.counting.len()))
}

#[test]
fn both_sides_of_each_number_of_days() {
    assert_eq!(average(WorkerType::General, &[17, 17, 17]), Ok((600_001, 200_000, 3)));
    assert_eq!(average(WorkerType::General, &[16, 17, 17]), Ok((500_001, 250_000, 2)));
    assert_eq!(average(WorkerType::General, &[16, 16, 16]), Ok((0, 0, 0)));
    assert_eq!(average(WorkerType::General, &[17, 16]), Ok((100_000, 100_000, 1)));
    assert_eq!(average(WorkerType::ShortTime, &[11, 10, 11]), Ok((400_001, 200_000, 2)));
    assert_eq!(average(WorkerType::PartTimer, &[17, 15, 15]), Ok((100_000, 100_000, 1)));
    assert_eq!(average(WorkerType::PartTimer, &[16, 15, 14]), Ok((300_000, 150_000, 2)));
    assert_eq!(average(WorkerType::PartTimer, &[14, 14, 14]), Ok((0, 0, 0)));
}

#[test]
fn what_is_no_month_is_refused() {
    let code = |days: &[i64]| average(WorkerType::General, days).expect_err("refused").code();
    assert_eq!(code(&[]), "bad_input");
    assert_eq!(code(&[30, -1, 30]), "bad_input");
    assert_eq!(code(&[30, 32, 30]), "bad_input");
    let pay = PayMonth { base_days: 30, pay: Yen::new(1) };
    let four = total_average(WorkerType::General, &[pay; 4], month("2026-09"), &mut Trace::new());
    assert_eq!(four.expect_err("refused").code(), "bad_input");
    let negative = PayMonth { pay: Yen::new(-1), ..pay };
    assert!(total_average(WorkerType::General, &[negative], month("2026-09"), &mut Trace::new()).is_err());
}

#[test]
fn the_days_have_a_beginning_and_a_last_check() {
    let days = |worker, text: &str| base_days(worker, month(text), &mut Trace::new()).map_err(|error| error.code());
    assert_eq!(days(WorkerType::General, "2006-06"), Err("not_in_force"));
    assert_eq!(days(WorkerType::General, "2006-07"), Ok(17));
    assert_eq!(days(WorkerType::ShortTime, "2016-09"), Err("not_in_force"));
    assert_eq!(days(WorkerType::ShortTime, "2016-10"), Ok(11));
    assert_eq!(days(WorkerType::PartTimer, "2030-08"), Ok(17));
    assert_eq!(days(WorkerType::PartTimer, "2030-09"), Err("past_last_check"));
}

#[test]
fn four_payments_a_year_are_remuneration() {
    let part = |paid: &[i64]| {
        let paid: Vec<Yen> = paid.iter().map(|&yen| Yen::new(yen)).collect();
        monthly_part_of_bonuses(&paid, &mut Trace::new()).map_err(|error| error.code())
    };
    assert_eq!(part(&[12, 12, 12]), Ok(None));
    assert_eq!(part(&[12, 12, 12, 11]), Ok(Some(Yen::new(3))));
    assert_eq!(part(&[12, 12, 12, 12]), Ok(Some(Yen::new(4))));
    assert_eq!(part(&[]), Ok(None));
    assert_eq!(part(&[-1]), Err("bad_input"));
    assert_eq!(part(&[0, 0, 0, 12]), Ok(Some(Yen::new(1))), "nothing paid is a payment of nothing");
    let negative =
        |cash, kind| monthly_remuneration(Yen::new(cash), Yen::new(kind), Yen::ZERO, &mut Trace::new()).is_err();
    assert!(negative(-1, 0) && negative(0, -1) && !negative(0, 0));
}
