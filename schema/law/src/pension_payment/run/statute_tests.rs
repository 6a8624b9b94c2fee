//! Why a 支払期 is accounted, when it lapses, what is taken off: the edges of each.

use jiff::civil::date;

use super::*;
use domain::Ratio;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn award(from: &str, until: Option<&str>, basic: i64, decided: i64, word: &'static str) -> AwardRow<'static> {
    AwardRow {
        from: month(from),
        until: until.map(month),
        annual: SchemeYen::new(basic, 0),
        basic_of: Some(Ground::OldAge),
        employees_of: Some(Ground::OldAge),
        decided,
        decided_on: None,
        current: true,
        cause: Cause { word, filing_id: None },
    }
}

fn asked<'a>(awards: &'a [AwardRow<'a>], accounted: &'a [Accounted], payment_month: &str) -> PaymentQuestion<'a> {
    let payment_month = month(payment_month);
    PaymentQuestion {
        awards,
        accounted,
        paid_through: ByGround::default(),
        died: None,
        claimed_on: ByGround::default(),
        payment_month,
        paid_on: payment_month.first_day(),
    }
}

fn found<'a>(question: &PaymentQuestion<'a>) -> Due<'a> {
    due(question, &mut Trace::new()).expect("a good question")
}

fn accounted(lines: &[Line<'_>]) -> Vec<Accounted> {
    let row = |line: &Line<'_>| Accounted {
        for_payment: line.for_payment,
        paid_in: line.for_payment,
        ground: line.ground,
        yen: line.yen,
        february: line.february,
    };
    lines.iter().map(row).collect()
}

/// 支払期 and why, of every line of a run with nothing accounted.
fn causes<'a>(awards: &'a [AwardRow<'a>], payment: &str) -> Vec<(String, &'a str)> {
    let all = found(&asked(awards, &[], payment));
    all.lines.iter().map(|line| (line.for_payment.to_string(), line.cause.word)).collect()
}

/// A line is caused by the last decision among the awards of its months, of February also by those of its fractions.
#[test]
fn a_line_says_which_decision_made_it() {
    // 1,000,003円 and 1,000,001円: a sixth leaves a fraction, so that February adds something.
    let early = award("2024-02", Some("2024-06"), 1_000_003, 9, "corrected");
    let later = award("2024-06", None, 1_000_001, 1, "claim");
    let both = [early, later];
    let of =
        |payment: &str| causes(&both, "2025-04").into_iter().find(|(month, _)| month == payment).expect("a line").1;
    assert_eq!([of("2024-06"), of("2024-08"), of("2025-04")], ["corrected", "claim", "claim"]);
    assert_eq!(of("2025-02"), "corrected", "the fractions from March 2024 on");
    // What no longer stands causes nothing.
    let gone = [AwardRow { current: false, ..award("2024-02", None, 600_000, 9, "corrected") }, later];
    assert!(causes(&gone, "2025-04").iter().all(|(_, word)| *word == "claim"));
}

/// 国民年金法18条1項: the month of death is paid, the next is taken back because of the death.
#[test]
fn the_month_of_death_is_no_reason_and_the_next_is() {
    let awards = [award("2025-04", None, 600_000, 1, "claim")];
    let paid = accounted(&found(&asked(&awards, &[], "2025-10")).lines);
    let of = |on| {
        let question = PaymentQuestion { died: Some((on, Some(7))), ..asked(&awards, &paid, "2025-12") };
        found(&question)
            .lines
            .iter()
            .map(|line| (line.for_payment.to_string(), line.yen.basic.get(), line.cause.word))
            .collect::<Vec<_>>()
    };
    assert!(of(date(2025, 9, 30)).is_empty(), "to September, which October paid");
    assert_eq!(of(date(2025, 8, 31)), [("2025-10".to_owned(), -50_000, DEATH)]);
}

/// The run's own 支払期 is told apart from arrears paid with it, and what came before it from what came long before.
#[test]
fn the_own_payment_and_the_one_before_it() {
    let awards = [award("2025-04", None, 600_000, 1, "claim")];
    let all = found(&asked(&awards, &[], "2025-10"));
    assert_eq!(all.own(month("2025-10")).map(|line| line.for_payment), Some(month("2025-10")));
    assert_eq!((all.lines.iter().map(|line| line.months).sum::<i32>(), all.before.sum().total()), (6, Yen::ZERO));
    let august = accounted(&found(&asked(&awards, &[], "2025-08")).lines);
    assert_eq!(found(&asked(&awards, &august, "2025-10")).before.sum().total(), Yen::new(100_000), "August alone");
}

/// 国民年金法102条1項: claimed on the last day of the five years it is paid, a day later it is not.
#[test]
fn an_instalment_lapses_after_its_last_day() {
    let awards = [award("2020-02", Some("2020-04"), 600_000, 1, "claim")];
    let last = instalment_until(month("2020-03"), &mut Trace::new()).expect("the term");
    assert_eq!(last, date(2025, 4, 30), "five years from 1 May 2020");
    let lapsed = |claimed_on| {
        let question =
            PaymentQuestion { claimed_on: ByGround::of_old_age(Some(claimed_on)), ..asked(&awards, &[], "2025-06") };
        found(&question).lapsed.len()
    };
    assert_eq!((lapsed(last), lapsed(last.tomorrow().expect("a day"))), (0, 1));
}

/// 内払 (国民年金法21条): half of a payment, whole yen; a claim of the other scheme takes what is raised, not more.
#[test]
fn a_claim_is_set_off_whole_yen_by_whole_yen() {
    let odd = [award("2025-04", None, 600_006, 1, "claim")];
    let first = found(&asked(&odd, &[], "2025-06"));
    let account = Account { outstanding: Yen::new(1_000_000), share: Ratio::new(1, 2), alive: true };
    let half = balance(&first, account, &mut Trace::new()).expect("a good share");
    assert_eq!((half.gross.total(), half.set_off_regular), (Yen::new(100_001), Yen::new(50_000)));
    // The basic pension is raised by 20,000円, the employees' lowered by 30,000円: nothing was outstanding before.
    let row = |basic, employees| [AwardRow { annual: SchemeYen::new(basic, employees), ..odd[0] }];
    let before = row(600_000, 600_000);
    let paid = accounted(&found(&asked(&before, &[], "2025-06")).lines);
    let after = row(720_000, 420_000);
    let none = Account { outstanding: Yen::ZERO, ..account };
    let found = balance(&found(&asked(&after, &paid, "2025-08")), none, &mut Trace::new()).expect("a good share");
    assert_eq!((found.gross, found.claims), (SchemeYen::new(20_000 + 120_000, 70_000), SchemeYen::new(0, 30_000)));
    assert_eq!((found.set_off_arrears, found.set_off_regular), (Yen::new(20_000), Yen::ZERO));
    assert_eq!(found.outstanding, Yen::new(10_000));
}

/// 所得税法203条の3: three contributions are taken off before the tax, the 住民税 is not.
#[test]
fn the_resident_tax_is_no_social_insurance() {
    let levies = LevyYen {
        long_term_care: Yen::new(1),
        national_health: Yen::new(20),
        late_elderly: Yen::new(300),
        resident_tax: Yen::new(4_000),
    };
    assert_eq!((levies.social_insurance(), levies.total()), (Yen::new(321), Yen::new(4_321)));
}
