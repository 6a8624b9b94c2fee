//! Which months count.

use super::*;

fn outcome(worker: WorkerType, days: [i64; 3]) -> (i64, i64, usize) {
    let pays = [100_000, 200_000, 300_001];
    let months: Vec<PayMonth> =
        days.into_iter().zip(pays).map(|(base_days, pay)| PayMonth { base_days, pay: Yen::new(pay) }).collect();
    let outcome = total_average(worker, &months, &mut Trace::new()).expect("three months");
    (outcome.total.get(), outcome.average.get(), outcome.months)
}

#[test]
fn both_sides_of_each_number_of_days() {
    assert_eq!(outcome(WorkerType::General, [17, 17, 17]), (600_001, 200_000, 3));
    assert_eq!(outcome(WorkerType::General, [16, 17, 17]), (500_001, 250_000, 2));
    assert_eq!(outcome(WorkerType::General, [16, 16, 16]), (0, 0, 0));
    assert_eq!(outcome(WorkerType::ShortTime, [11, 10, 11]), (400_001, 200_000, 2));
    assert_eq!(outcome(WorkerType::PartTimer, [17, 15, 15]), (100_000, 100_000, 1));
    assert_eq!(outcome(WorkerType::PartTimer, [16, 15, 14]), (300_000, 150_000, 2));
    assert_eq!(outcome(WorkerType::PartTimer, [14, 14, 14]), (0, 0, 0));
}

#[test]
fn only_three_months_make_an_average() {
    let month = PayMonth { base_days: 30, pay: Yen::new(1) };
    assert!(total_average(WorkerType::General, &[month; 2], &mut Trace::new()).is_err());
    let negative = PayMonth { base_days: -1, ..month };
    assert!(total_average(WorkerType::General, &[month, month, negative], &mut Trace::new()).is_err());
}
