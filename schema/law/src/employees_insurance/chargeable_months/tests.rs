//! Spells day by day against the plain words of the clause.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn a_month_is_charged_when_insured_at_its_end_or_got_and_lost_in_it() {
    let first = date(2024, 1, 28);
    for begin in 0..70 {
        for length in 0..70 {
            let acquired_on = first + begin.days();
            let lost_on = acquired_on + length.days();
            let spell = Spell { acquired_on, lost_on: Some(lost_on) };
            for month in month("2023-12").through(month("2024-08")) {
                let insured_at_end = acquired_on <= month.last_day() && lost_on > month.last_day();
                let got_and_lost = length > 0 && Month::of(acquired_on) == month && Month::of(lost_on) == month;
                assert_eq!(is_charged(spell, month), insured_at_end || got_and_lost, "{spell:?} {month}");
            }
        }
    }
}

#[test]
fn open_spells_go_on_and_empty_ones_never_were() {
    let open = Spell { acquired_on: date(2025, 4, 30), lost_on: None };
    assert!(is_charged(open, month("2025-04")) && is_charged(open, month("2035-04")));
    assert!(!is_charged(open, month("2025-03")));
    let empty = open.lost_by(date(2025, 4, 30));
    assert!(empty.is_empty() && !is_charged(empty, month("2025-04")) && !is_same_month(empty, month("2025-04")));
}

#[test]
fn the_proviso_as_it_reads_since_2015_10() {
    let months = |from: Date, to: Date, next| chargeable_months(from, to, next, &mut Trace::new());
    let next = NextInSameMonth::NationalPensionCategory3;
    let new = months(date(2015, 10, 5), date(2015, 10, 20), next).expect("in force");
    assert_eq!((new.epi, new.hi), (vec![], vec![month("2015-10")]));
    // 平成24年法律63号 added 第1号・第3号; EPI insured again in the month took it away before, too.
    let old = months(date(2015, 9, 5), date(2015, 9, 20), next).expect("as it read");
    assert_eq!((old.epi, old.hi), (vec![month("2015-09")], vec![month("2015-09")]));
    let again = NextInSameMonth::EpiOtherEmployer;
    let elsewhere = months(date(2015, 9, 5), date(2015, 9, 20), again).expect("as it read");
    assert_eq!((elsewhere.epi, elsewhere.hi), (vec![], vec![month("2015-09")]));
    // It speaks of months acquired and lost in only.
    let longer = months(date(2025, 4, 5), date(2025, 5, 30), next).expect("in force");
    assert_eq!(longer.epi, [month("2025-04")]);
    // The last working day on the last of the month: lost on the 1st of the next, no 同月得喪.
    let whole = months(date(2025, 4, 5), date(2025, 4, 30), next).expect("in force");
    assert_eq!(whole.epi, [month("2025-04")]);
    assert!(months(date(2025, 4, 5), date(2025, 4, 4), next).is_err());
}

#[test]
fn bonuses_count_from_acquisition_to_the_day_before_the_loss() {
    let spell = Spell { acquired_on: date(2025, 4, 5), lost_on: Some(date(2025, 6, 30)) };
    for (paid_on, counts) in
        [(date(2025, 4, 4), false), (date(2025, 4, 5), true), (date(2025, 6, 29), true), (date(2025, 6, 30), false)]
    {
        assert_eq!(bonus_counts(paid_on, spell), counts, "{paid_on}");
    }
    assert!(bonus_counts(date(2030, 1, 1), Spell { lost_on: None, ..spell }));
}

#[test]
fn a_day_of_work_is_a_month_and_the_receipt_says_who_took_it_over() {
    let told = |next| {
        let mut trace = Trace::new();
        let day = date(2025, 4, 5);
        let months = chargeable_months(day, day, next, &mut trace).expect("a day");
        assert_eq!((months.epi, months.hi), (vec![], vec![month("2025-04")]));
        trace.steps().last().map(|step| step.values[0].value.clone()).unwrap_or_default()
    };
    assert_eq!(told(NextInSameMonth::EpiOtherEmployer), "別の事業所で厚生年金保険の被保険者");
    assert_eq!(told(NextInSameMonth::NationalPensionCategory1), "国民年金第1号被保険者");
    assert_eq!(told(NextInSameMonth::NationalPensionCategory3), "国民年金第3号被保険者");
}
