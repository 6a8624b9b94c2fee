use domain::life::register::{Cause, Entry, Register, SpanKind, SpellIs};
use domain::life::{Cat3Irregularity, Category, Contribution, LifeRows, Sex, YearMarks};
use domain::nenkin::{Insured, PersonName};
use domain::person_paper::{
    Account, CategoryCorrected, CategoryCorrection, Death, PensionClaim, PersonContent, PersonFiling, PlainCategory,
    ReliefDecision, ReliefKind, Taking,
};
use jiff::civil::{Date, date};

use super::*;

const BORN_ON: Date = date(1970, 5, 10);
const TODAY: Date = date(2026, 10, 15);
/// The first number of filing 5.
const FIRST: i64 = 4_000_000_000_320;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn row<T>(record_id: i64, is: T) -> Entry<T> {
    Entry { person_id: 1, record_id, is, cause: Cause { filing_id: None, reason: "移行".to_owned() } }
}

fn spell(record_id: i64, category: Category, acquired_on: Date, lost_on: Option<Date>) -> Entry<SpellIs> {
    row(record_id, SpellIs { category, acquired_on, lost_on })
}

/// 第1号 to 1995-03, all paid, then 第3号.
fn register() -> Register {
    let years = (1990..1995).map(|year| {
        let marks = if year == 1990 { ".PPPPPPPPPPP" } else { "PPPPPPPPPPPP" };
        row(i64::from(year), YearMarks::parse(year, marks).expect("marks"))
    });
    Register {
        life: Some(LifeRows::unregistered(1, BORN_ON, Sex::Female)),
        spells: vec![
            spell(1, Category::Cat1, date(1990, 5, 9), Some(date(1995, 4, 1))),
            spell(2, Category::Cat3, date(1995, 4, 1), None),
        ],
        years: years.collect(),
        ..Register::empty(1)
    }
}

fn filing(content: PersonContent) -> PersonFiling {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾐﾎﾝ ﾊﾅｺ", None),
        born_on: BORN_ON,
        my_number: None,
        basic_pension_number: None,
    };
    PersonFiling { insured, content, note: None }
}

fn applied(content: PersonContent, register: &mut Register) -> Result<Applied, Unfit> {
    let circumstances = Circumstances::of(TODAY, 5);
    apply(&filing(content), register, &circumstances, &mut Trace::new())
}

fn correction(corrected: CategoryCorrected, mismatch_notice: bool) -> PersonContent {
    PersonContent::CategoryCorrection(CategoryCorrection { corrected, mismatch_notice, special_notice: false })
}

fn to_cat1() -> CategoryCorrected {
    let (from, to) = (Some(date(2022, 4, 1)), Some(date(2026, 8, 1)));
    CategoryCorrected::Changed { record_id: 2, category: PlainCategory::Cat1, from, to }
}

fn spells(register: &Register) -> Vec<(i64, &'static str, Date, Option<Date>)> {
    let told = |row: &Entry<SpellIs>| (row.record_id, row.is.category.code(), row.is.acquired_on, row.is.lost_on);
    register.spells.iter().map(told).collect()
}

fn spans(register: &Register) -> Vec<(SpanKind, Month, Month)> {
    register.spans.iter().map(|row| (row.is.kind, row.is.first, row.is.last)).collect()
}

/// 国民年金法附則9条の4の2・102条4項: on 2026-10-15, 2024-08 (due 2024-09-30) can no longer be paid, 2024-09 can.
#[test]
fn months_of_cat3_that_were_cat1_are_unpaid_or_time_barred() {
    let mut changed = register();
    applied(correction(to_cat1(), false), &mut changed).expect("it fits");
    assert_eq!(
        spells(&changed)[1..],
        [
            (2, "cat3", date(1995, 4, 1), Some(date(2022, 4, 1))),
            (FIRST, "cat1", date(2022, 4, 1), Some(date(2026, 8, 1))),
            (FIRST + 1, "cat3", date(2026, 8, 1), None),
        ]
    );
    let barred = (month("2022-04"), month("2024-08"));
    assert_eq!(spans(&changed), [(SpanKind::Cat3(Cat3Irregularity::Mismatch), barred.0, barred.1)]);
    let counts = *record(&changed, TODAY).expect("a record").counts();
    assert_eq!((counts.cat3_mismatch, counts.unpaid), (29, 23));
    let mut with_notice = register();
    applied(correction(to_cat1(), true), &mut with_notice).expect("it fits");
    assert_eq!(spans(&with_notice), [(SpanKind::Cat3(Cat3Irregularity::MismatchFiled), barred.0, barred.1)]);
    assert_eq!(record(&with_notice, TODAY).expect("a record").counts().complementary_total(), 29);
    // And what was corrected can be corrected back: the spans go with the category.
    let back = CategoryCorrected::Changed { record_id: FIRST, category: PlainCategory::Cat3, from: None, to: None };
    applied(correction(back, false), &mut with_notice).expect("it fits");
    let left = spans(&with_notice);
    assert!(left.iter().all(|(kind, ..)| *kind == SpanKind::Cat3(Cat3Irregularity::Late)), "{left:?}");
}

/// 国民年金法附則7条の3: two years to the month before last of the notice.
#[test]
fn a_late_month_of_cat3_is_not_counted_and_its_payment_comes_off() {
    let mut changed = register();
    let what = CategoryCorrected::Changed {
        record_id: 1,
        category: PlainCategory::Cat3,
        from: Some(date(1994, 4, 1)),
        to: None,
    };
    let told = applied(correction(what, false), &mut changed).expect("it fits");
    assert!(told.remarks[0].contains("12か月分"), "{told:?}");
    assert_eq!(changed.years[4].is.to_string(), "............");
    assert_eq!(changed.years[4].cause.filing_id, Some(5));
    assert_eq!(changed.years[3].cause.filing_id, None);
    assert_eq!(spans(&changed), [(SpanKind::Cat3(Cat3Irregularity::Late), month("1994-04"), month("1995-03"))]);
}

#[test]
fn what_does_not_fit_the_record_is_told() {
    let refused = |content| applied(content, &mut register()).map_err(|why| (why.about, why.code)).err();
    let changed =
        |record_id, category, from, to| correction(CategoryCorrected::Changed { record_id, category, from, to }, false);
    let (cat1, day) = (PlainCategory::Cat1, Some(date(1994, 4, 1)));
    assert_eq!(refused(changed(9, cat1, None, None)), Some(("record_id", "record_unknown")));
    assert_eq!(refused(changed(1, cat1, None, None)), Some(("category", "nothing_changed")));
    assert_eq!(refused(changed(2, cat1, day, None)), Some(("from", "outside_record")));
    let added = |category, from, to| correction(CategoryCorrected::Added { category, from, to }, false);
    assert_eq!(refused(added(cat1, date(2000, 4, 1), Some(date(2000, 5, 1)))), Some(("from", "two_categories")));
    assert_eq!(refused(added(cat1, date(1989, 4, 1), Some(date(1990, 5, 9)))), Some(("from", "before_20")));
    let died = |died_on| PersonContent::Death(Death { died_on });
    assert_eq!(refused(died(date(2026, 10, 16))), Some(("died_on", "future")));
    assert_eq!(refused(died(date(1970, 5, 9))), Some(("died_on", "before_birth")));
    assert_eq!(refused(died(date(1990, 6, 1))), Some(("died_on", "insured_after_death")));
    let relief = |first: &str, last: &str| {
        PersonContent::Relief(ReliefDecision {
            relief: ReliefKind::Full,
            applied_on: Some(TODAY),
            decided_on: TODAY,
            first: month(first),
            last: month(last),
        })
    };
    assert_eq!(refused(relief("2026-07", "2027-06")), Some(("first_month", "not_cat1")));
    assert_eq!(refused(relief("2026-07", "2026-06")), Some(("last_month", "backward")));
    assert_eq!(refused(relief("1994-07", "1994-08")), Some(("first_month", "two_contributions")));
}

#[test]
fn death_ends_what_is_held_and_takes_what_lies_after() {
    let mut changed = register();
    changed.spells[1] = spell(2, Category::Cat1, date(1995, 4, 1), None);
    let mut prepaid = YearMarks::blank(2026);
    month("2026-04").through(month("2027-03")).for_each(|month| prepaid.set(month, Some((Contribution::Paid, false))));
    changed.years.push(row(2026, prepaid));
    applied(PersonContent::Death(Death { died_on: date(2026, 8, 31) }), &mut changed).expect("it fits");
    assert_eq!(changed.deaths[0].is, date(2026, 8, 31));
    assert_eq!(spells(&changed)[1].3, Some(date(2026, 9, 1)));
    assert_eq!(changed.years[5].is.to_string(), "PPPPP.......");
}

#[test]
fn a_claim_is_held_against_the_right_and_its_time() {
    let account = || Account {
        bank_code: "0001".to_owned(),
        branch_code: "001".to_owned(),
        account_type: 1,
        account_number: "1".to_owned(),
        holder_kana: "ﾐﾎﾝ".to_owned(),
    };
    let claim = |filed_on, basic, employees| {
        PersonContent::PensionClaim(PensionClaim {
            filed_on,
            basic,
            employees,
            account: account(),
            members: Vec::new(),
            spouse_addition_moves: false,
        })
    };
    // 65 on 2026-05-09, all paid.
    let born = |birth_on: Date| {
        let mut of = register();
        of.life = Some(LifeRows::unregistered(1, birth_on, Sex::Male));
        of.spells = vec![spell(1, Category::Cat1, date(1981, 5, 9), Some(date(2021, 5, 9)))];
        of.years = (1981..2021)
            .map(|year| {
                row(
                    i64::from(year),
                    YearMarks::parse(year, if year == 1981 { ".PPPPPPPPPPP" } else { "PPPPPPPPPPPP" }).expect("marks"),
                )
            })
            .collect();
        of
    };
    let on_time = born(date(1961, 5, 10));
    let ask = |mut register: Register, content: PersonContent, birth_on: Date| {
        let mut filed = filing(content);
        filed.insured.born_on = birth_on;
        let circumstances = Circumstances::of(TODAY, 5);
        let answer = apply(&filed, &mut register, &circumstances, &mut Trace::new());
        answer.map(|_| register).map_err(|why| (why.about, why.code))
    };
    let at = |filed_on, taking| ask(on_time.clone(), claim(filed_on, taking, taking), date(1961, 5, 10));
    let taken = at(date(2026, 5, 9), Taking::AtRight).expect("the day of the right");
    assert_eq!((taken.claims.len(), taken.payees.len()), (1, 1));
    assert_eq!(at(date(2026, 5, 8), Taking::AtRight).err(), Some(("filed_on", "before_right")));
    assert!(at(date(2025, 4, 1), Taking::In(month("2025-04"))).is_ok(), "early");
    assert_eq!(
        at(date(2025, 4, 1), Taking::In(month("2025-05"))).err(),
        Some(("basic_claim_month", "claim_month_differs"))
    );
    assert_eq!(at(date(2021, 4, 30), Taking::In(month("2021-04"))).err(), Some(("early_claim_month", "early_outside")));
    assert_eq!(
        at(date(2026, 10, 1), Taking::In(month("2026-10"))).err(),
        Some(("basic_claim_month", "deferral_outside"))
    );
    assert_eq!(at(date(2026, 10, 1), Taking::Waits).err(), Some(("basic_waits", "nothing_claimed")));
    let both = claim(date(2025, 4, 1), Taking::In(month("2025-04")), Taking::Waits);
    assert_eq!(ask(on_time.clone(), both, date(1961, 5, 10)).err(), Some(("employees_claim_month", "early_together")));
    let again = claim(date(2026, 10, 1), Taking::AtRight, Taking::AtRight);
    assert_eq!(ask(taken, again, date(1961, 5, 10)).err(), Some(("filed_on", "already_claimed")));
    // 国民年金法26条: ten years.
    let mut short = born(date(1961, 5, 10));
    short.spells[0].is.acquired_on = date(2015, 5, 9);
    short.years.retain(|row| row.is.fiscal_year > 2015);
    let asked = claim(date(2026, 10, 1), Taking::AtRight, Taking::AtRight);
    assert_eq!(ask(short, asked, date(1961, 5, 10)).err(), Some(("filed_on", "not_qualified")));
}

/// 国民年金法28条5項, 厚生年金保険法44条の3第5項: claimed after 70 as from 65, it counts as deferred to five years before.
#[test]
fn a_claim_after_seventy_counts_as_deferred_to_five_years_before() {
    let ask = |birth_on: Date, register: &Register, filed_on: Date, basic: Taking, employees: Taking| {
        let mut register = register.clone();
        let account = Account {
            bank_code: "0001".to_owned(),
            branch_code: "001".to_owned(),
            account_type: 1,
            account_number: "1".to_owned(),
            holder_kana: "ﾐﾎﾝ".to_owned(),
        };
        let (members, spouse_addition_moves) = (Vec::new(), false);
        let claim = PensionClaim { filed_on, basic, employees, account, members, spouse_addition_moves };
        let mut filed = filing(PersonContent::PensionClaim(claim));
        filed.insured.born_on = birth_on;
        let answer = apply(&filed, &mut register, &Circumstances::of(filed_on, 5), &mut Trace::new());
        answer.map(|applied| (register, applied.remarks)).map_err(|why| (why.about, why.code))
    };
    let born = |birth_on: Date| {
        let (from, until) = (date(1973, 12, 1), date(2013, 6, 14));
        let mut of = register();
        of.life = Some(LifeRows::unregistered(1, birth_on, Sex::Male));
        of.spells = vec![spell(1, Category::Cat1, from, Some(until))];
        of.years = (1974..2013)
            .map(|year| row(i64::from(year), YearMarks::parse(year, "PPPPPPPPPPPP").expect("marks")))
            .collect();
        of
    };
    let at_right = Taking::AtRight;
    // 65 on 2018-06-14: fifteen months; on 2018-11-19: ten.
    for (birth_on, months) in [(date(1953, 6, 15), 15), (date(1953, 11, 20), 10)] {
        let (claimed, remarks) =
            ask(birth_on, &born(birth_on), date(2024, 9, 20), at_right, at_right).expect("claimed");
        let is = claimed.claims[0].is;
        assert_eq!((is.basic, is.employees), (Some(month("2019-09")), Some(month("2019-09"))));
        assert!(remarks.iter().any(|remark| remark.contains(&format!("{months}か月分"))), "{remarks:?}");
    }
    // At 69 it is what it says; the other pension can still be claimed later, and the first keeps its month.
    let birth_on = date(1953, 6, 15);
    let (waiting, _) =
        ask(birth_on, &born(birth_on), date(2022, 9, 20), Taking::In(month("2022-09")), Taking::Waits).expect("one");
    let (both, _) =
        ask(birth_on, &waiting, date(2025, 3, 10), at_right, Taking::In(month("2025-03"))).expect("the other");
    assert_eq!(
        (both.claims[0].is.basic, both.claims[0].is.employees),
        (Some(month("2022-09")), Some(month("2025-03")))
    );
}
