//! Every charged month can be deducted once, and no other.

use jiff::civil::date;

use super::*;

#[test]
fn each_month_of_a_spell_can_be_deducted_from_one_pay_at_least() {
    let acquired_on = date(2025, 4, 15);
    for last_work_day in [date(2025, 9, 29), date(2025, 9, 30), date(2025, 4, 20), date(2025, 4, 30)] {
        let spell = Spell { acquired_on, lost_on: Some(last_work_day.tomorrow().expect("a day")) };
        let mut deducted: Vec<Month> = Vec::new();
        for month in Month::of(acquired_on).through(Month::of(last_work_day).next()) {
            let paid_on = month.last_day().max(acquired_on);
            deducted.extend(deductible_months(paid_on, spell, &mut Trace::new()).expect("a spell"));
        }
        deducted.dedup();
        let charged: Vec<Month> = Month::of(acquired_on)
            .through(Month::of(last_work_day))
            .filter(|&month| is_charged(spell, month))
            .collect();
        assert_eq!(deducted, charged, "{last_work_day}");
    }
}

#[test]
fn what_is_no_pay_of_the_spell_is_refused() {
    let spell = Spell { acquired_on: date(2025, 4, 15), lost_on: None };
    let refused = |day, spell| deductible_months(day, spell, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(date(2025, 4, 14), spell), "bad_input");
    assert_eq!(refused(Date::MAX, spell), "bad_input");
    assert_eq!(refused(date(2025, 4, 25), Spell { lost_on: Some(spell.acquired_on), ..spell }), "bad_input");
}

/// 167条1項 lets the month itself be deducted only from the last pay: in June nobody has left who leaves in September.
#[test]
fn before_the_last_pay_only_the_month_before() {
    let spell = Spell { acquired_on: date(2025, 4, 15), lost_on: Some(date(2025, 10, 1)) };
    let months = |paid_on| {
        let months = deductible_months(paid_on, spell, &mut Trace::new()).expect("a spell");
        months.iter().map(Month::to_string).collect::<Vec<_>>()
    };
    assert_eq!(months(date(2025, 6, 25)), ["2025-05"]);
    assert_eq!(months(date(2025, 9, 25)), ["2025-08", "2025-09"]);
    assert_eq!(months(date(2025, 4, 15)), Vec::<String>::new(), "paid on the first day");
}
