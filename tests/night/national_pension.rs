//! 国民年金保険料: charges, marks, the ledger and the payment rate, to the yen by hand.

use arrow::array::AsArray;
use batch::jobs::national_pension::{NP_MONTHS, rate_tenths};
use batch::lake;
use domain::Month;
use jiff::civil::{Date, date};
use tests::lives::Lives;

use crate::people::{People, held, totals};

const OCTOBER: Date = date(2025, 10, 1);
const NOVEMBER: Date = date(2025, 11, 4);

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn insured(lives: &mut Lives<'_>, person_id: i64, from: Date) {
    lives.person(person_id, date(1990, 5, 10), 1);
    lives.spell(person_id, "cat1", from, None);
}

/// A receipt.
pub fn receipt(lives: &mut Lives<'_>, person_id: i64, of: &str, kind: &str, yen: i64, on: Date) {
    lives.sql(&format!(
        "INSERT INTO np_receipts (receipt_id, person_id, for_month, kind, amount_yen, paid_on, channel, reason, known_at)
         VALUES (nextval('np_receipt_ids'), {person_id}, '{of}-01', '{kind}', {yen}, '{on}', 'bank', '収納', @known)"
    ));
}

fn relief(lives: &mut Lives<'_>, person_id: i64, relief: &str, (from, to): (&str, &str), decided_on: Date) {
    lives.sql(&format!(
        "INSERT INTO np_reliefs (record_id, person_id, relief, applied_on, decided_on, reason, valid_from, valid_to, known_at)
         VALUES (nextval('record_ids'), {person_id}, '{relief}', '{decided_on}', '{decided_on}', '決定', '{from}-01', '{to}-01',
             @known)"
    ));
}

fn marks(people: &People, person_id: i64, year: i16) -> String {
    let rows = people.texts(&format!(
        "SELECT marks FROM contribution_years WHERE person_id = {person_id} AND fiscal_year = {year}
             AND superseded_at IS NULL"
    ));
    rows.into_iter().next().unwrap_or_default()
}

fn sum(people: &People, table: &str, which: &str) -> i64 {
    let column = if table == "np_charges" { "charge_yen" } else { "amount_yen" };
    people.number(&format!("SELECT coalesce(sum({column}), 0)::bigint FROM {table} WHERE {which}"))
}

/// 17,510円 a month; half exempt 8,760円; a year by slip 206,390円.
fn lives(lives: &mut Lives<'_>) {
    let from = date(2023, 4, 1);
    for person in (1..=5).chain(8..=10) {
        insured(lives, person, from);
    }
    for paid in ["2025-04", "2025-05", "2025-06", "2025-07", "2025-08"] {
        receipt(lives, 1, paid, "monthly", 17_510, month(paid).next().last_day());
    }
    relief(lives, 2, "HALF", ("2025-07", "2026-07"), date(2025, 8, 20));
    receipt(lives, 2, "2025-07", "monthly", 8_760, date(2025, 9, 1));
    receipt(lives, 4, "2025-04", "monthly", 17_510, date(2025, 5, 30));
    receipt(lives, 5, "2023-07", "monthly", 16_520, date(2025, 9, 10));
    for person in [6, 7] {
        lives.person(person, date(1998, 4, 5), 2);
        lives.spell(person, "cat1", date(2018, 4, 4), Some(date(2019, 4, 1)));
        lives.marks(person, 'G', month("2018-04"), month("2019-03"));
    }
    // 16,340円 × 0.019 = 310.46円.
    receipt(lives, 6, "2018-04", "late_payment", 16_650, date(2025, 6, 20));
    receipt(lives, 7, "2018-05", "late_payment", 16_650, date(2025, 6, 20));
    for place in 0..12 {
        let yen = if place == 11 { 17_201 } else { 17_199 };
        receipt(lives, 8, &month("2025-04").plus(place).to_string(), "prepaid", yen, date(2025, 4, 30));
    }
    relief(lives, 9, "MATERNITY", ("2025-07", "2025-11"), date(2025, 8, 1));
    receipt(lives, 10, "2025-04", "monthly", 10_000, date(2025, 5, 30));
}

#[test]
fn charges_marks_and_the_rate_of_the_first_night() {
    let people = People::new("2025-10");
    people.lives(lives);
    let night = people.night(OCTOBER);
    let totals = totals(&night, "national_pension");
    for (name, expected) in [
        // Five persons 6 × 17,510; 3 × 17,510 + 3 × 8,760; 6 × 17,199; 3 × 17,510.
        ("charge_yen", 759_834),
        // 5 × 17,510; 8,760; 17,510; 6 × 17,199.
        ("receipt_yen", 217_014),
        ("late_payment_yen", 16_650),
        ("write_off_yen", 0),
        ("journal_assessment_yen", 776_484),
        ("journal_receipt_yen", 233_664),
        // April to August: their due dates have passed.
        ("months_to_pay", 38),
        ("months_paid", 12),
    ] {
        assert_eq!(totals.get(name), expected, "{name}");
    }
    assert_eq!(rate_tenths(totals).expect("a rate"), Some(316), "12 of 38 months: 31.6%");
    for (person, year, expected) in [
        (1, 2025, "PPPPP......."),
        (2, 2025, "...Hhh......"),
        (3, 2025, ""),
        (4, 2025, "P..........."),
        (5, 2023, ""),
        (6, 2018, "LGGGGGGGGGGG"),
        (7, 2018, "GGGGGGGGGGGG"),
        (8, 2025, "PPPPPP......"),
        (9, 2025, "...MMM......"),
        (10, 2025, ""),
    ] {
        assert_eq!(marks(&people, person, year), expected, "person {person}");
    }
    let codes = [("late_order", 1), ("time_barred", 1), ("too_little", 1)];
    assert_eq!(held(&night, "national_pension"), codes.map(|(code, count)| (code.to_owned(), count)));
    let due = people.texts("SELECT due_on::text FROM np_charges WHERE person_id = 1 ORDER BY for_month");
    assert_eq!(due, ["2025-06-02", "2025-06-30", "2025-07-31", "2025-09-01", "2025-09-30", "2025-10-31"]);
    in_the_lake(&people);
}

/// The month of July of each person of the fiscal year.
fn in_the_lake(people: &People) {
    let folder = people.path().join(format!("lake/{NP_MONTHS}/for_month=2025-10"));
    let mut july = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the month's parts") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "parquet") {
            continue;
        }
        lake::read(&path, &["person_id", "month", "charge", "state", "paid_yen"], |batch| {
            let days = lake::named(batch, "month").as_primitive::<arrow::datatypes::Date32Type>();
            for (row, person) in lake::i64s(batch, "person_id").iter().enumerate() {
                if days.value(row) == law::day_number(date(2025, 7, 1)) {
                    let state = lake::named(batch, "state").as_string::<i32>().value(row).to_owned();
                    july.push((*person, lake::i64s(batch, "charge")[row], lake::i64s(batch, "paid_yen")[row], state));
                }
            }
            Ok(())
        })
        .expect("a part that can be read");
    }
    july.sort();
    let row = |person, charge, paid, state: &str| (person, charge, paid, state.to_owned());
    assert_eq!(
        july,
        [
            row(1, 17_510, 17_510, "paid"),
            row(2, 8_760, 8_760, "half_exempt"),
            row(3, 17_510, 0, "unpaid"),
            row(4, 17_510, 0, "unpaid"),
            row(5, 17_510, 0, "unpaid"),
            row(8, 17_199, 17_199, "paid"),
            row(9, 0, 0, "maternity"),
            row(10, 17_510, 0, "unpaid"),
        ]
    );
}

/// What became known since gives its difference, once; what did not change gives nothing.
#[test]
fn later_decisions_reversals_and_categories_are_differences() {
    let people = People::new("2025-10");
    people.lives(lives);
    people.night(OCTOBER);
    people.news(|lives| {
        relief(lives, 3, "FULL", ("2025-07", "2026-07"), date(2025, 10, 20));
        receipt(lives, 4, "2025-04", "reversal", -17_510, date(2025, 10, 6));
        receipt(lives, 10, "2025-04", "monthly", 7_510, date(2025, 10, 7));
        // Nobody knew that this person had a job since August.
        lives.sql(
            "UPDATE pension_spells SET superseded_at = now() WHERE person_id = 1 AND category = 'cat1';
             INSERT INTO pension_spells (record_id, person_id, category, employees_kind, employees_class, reason, valid_from,
                 valid_to, known_at)
             VALUES (1, 1, 'cat1', NULL, NULL, '訂正', '2023-04-01', '2025-08-01', @known),
                 (2, 1, 'cat2', 1, 'ordinary', '訂正', '2025-08-01', NULL, @known)",
        );
    });
    let night = people.night(NOVEMBER);
    let of = |person: i64, month: &str| {
        format!("person_id = {person} AND for_month = '{month}-01' AND booked_in = '2025-11-01'")
    };
    for refunded in ["2025-07", "2025-08", "2025-09"] {
        assert_eq!(sum(&people, "np_charges", &of(3, refunded)), -17_510, "{refunded}");
    }
    assert_eq!(sum(&people, "np_charges", &of(3, "2025-10")), 0, "exempt");
    assert_eq!(marks(&people, 3, 2025), "...FFFF.....");
    assert_eq!(sum(&people, "np_settlements", &of(4, "2025-04")), -17_510);
    assert_eq!(marks(&people, 4, 2025), "............");
    assert_eq!(sum(&people, "np_settlements", &of(10, "2025-04")), 17_510, "both receipts together");
    assert_eq!(marks(&people, 10, 2025), "P...........");
    for employed in ["2025-08", "2025-09"] {
        assert_eq!(sum(&people, "np_charges", &of(1, employed)), -17_510, "{employed}");
    }
    assert_eq!(sum(&people, "np_settlements", &of(1, "2025-08")), -17_510, "to be given back");
    assert_eq!(marks(&people, 1, 2025), "PPPP........");
    assert!(held(&night, "national_pension").contains(&("not_owed".to_owned(), 1)));
    let balance =
        "SELECT coalesce(sum(CASE WHEN debit_account = 'receivable' THEN amount_yen ELSE -amount_yen END), 0)::bigint
        FROM pension_journal WHERE scheme = 'national_pension' AND 'receivable' IN (debit_account, credit_account)";
    let receipts = sum(&people, "np_settlements", "kind = 'receipt'");
    assert_eq!(people.number(balance), sum(&people, "np_charges", "true") - receipts, "what is still owed");
    let reversed = "SELECT count(*) FROM pension_journal WHERE kind = 'assessment' AND credit_account = 'receivable'";
    assert!(people.number(reversed) > 0, "a negative difference is an entry the other way round");
    let months = "SELECT count(*) FROM np_charges WHERE person_id = 5 AND booked_in = '2025-11-01'";
    assert_eq!(people.number(months), 1, "October alone");
}

/// 納期限 2023-08-31 and two years: 2025-08-31. August 2023 is due on 2023-10-02, so it can still be paid.
#[test]
fn what_lapses_is_written_off_once() {
    let people = People::new("2023-10");
    people.lives(|lives| {
        insured(lives, 1, date(2023, 4, 1));
        receipt(lives, 1, "2023-05", "monthly", 16_520, date(2023, 6, 30));
    });
    let night = people.night(OCTOBER);
    // April, June, July 2023 at 16,520円.
    assert_eq!(totals(&night, "national_pension").get("write_off_yen"), 49_560);
    let loss = "SELECT sum(amount_yen)::bigint FROM pension_journal WHERE debit_account = 'loss'";
    assert_eq!(people.number(loss), 49_560);
    let night = people.night(NOVEMBER);
    // September is due on 2023-10-31.
    assert_eq!(
        totals(&night, "national_pension").get("write_off_yen"),
        33_040,
        "August and September, and nothing twice"
    );
}
