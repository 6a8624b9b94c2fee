//! Parts add up to the whole; what is corrected and corrected back leaves nothing.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::withholding_tax::{MonthlyFraction, TaxedKind, TaxedPayment, Taxpayer};
use super::*;
use domain::Ratio;

const CLAIM: Cause<'static> = Cause { word: "claim", filing_id: None };

fn month(year: i16, month: i8) -> Month {
    Month::new(year, month).expect("a month")
}

fn award(from: Month, basic: i64, employees: i64, decided: i64) -> AwardRow<'static> {
    AwardRow {
        from,
        until: None,
        annual: SchemeYen::new(basic, employees),
        basic_of: Some(Ground::OldAge),
        employees_of: Some(Ground::OldAge),
        decided,
        decided_on: None,
        current: true,
        cause: CLAIM,
    }
}

fn asked<'a>(awards: &'a [AwardRow<'a>], accounted: &'a [Accounted], payment_month: Month) -> PaymentQuestion<'a> {
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

/// Runs every payment from `first` to `last` and gives what was accounted.
fn pay(awards: &[AwardRow<'_>], mut accounted: Vec<Accounted>, first: Month, last: Month) -> Vec<Accounted> {
    for payment in first.through(last).filter(|payment| payment.month() % 2 == 0) {
        let found = due(&asked(awards, &accounted, payment), &mut Trace::new()).expect("a good question");
        let posted: Vec<Accounted> = found
            .lines
            .iter()
            .map(|line| Accounted {
                for_payment: line.for_payment,
                paid_in: payment,
                ground: line.ground,
                yen: line.yen,
                february: line.february,
            })
            .collect();
        accounted.extend(posted);
    }
    accounted
}

fn sum(accounted: &[Accounted]) -> SchemeYen {
    accounted.iter().fold(SchemeYen::default(), |sum, row| sum.plus(row.yen))
}

#[test]
fn odd_months_and_negative_awards_are_refused() {
    let good = [award(month(2025, 4), 1, 1, 0)];
    assert!(due(&asked(&good, &[], month(2025, 7)), &mut Trace::new()).is_err());
    let bad = [award(month(2025, 4), -1, 0, 0)];
    assert!(due(&asked(&bad, &[], month(2025, 6)), &mut Trace::new()).is_err());
    let old = [award(month(1850, 4), 1, 0, 0)];
    assert!(due(&asked(&old, &[], month(2025, 6)), &mut Trace::new()).is_err());
    assert!(due(&asked(&[], &[], month(2025, 6)), &mut Trace::new()).expect("nobody").lines.is_empty());
}

#[test]
fn the_first_decision_counts_for_what_was_paid_before() {
    let from = month(2024, 4);
    let first = AwardRow { current: false, ..award(from, 600_000, 0, 0) };
    let second = AwardRow { current: false, ..award(from, 660_000, 0, 1) };
    let third = award(from, 720_000, 0, 2);
    let awards = [third, second, first];
    let question = PaymentQuestion {
        paid_through: ByGround::of_old_age(Some(month(2024, 7))),
        ..asked(&awards, &[], month(2024, 8))
    };
    let found = due(&question, &mut Trace::new()).expect("a good question");
    let yen: Vec<i64> = found.lines.iter().map(|line| line.yen.basic.get()).collect();
    assert_eq!(yen, [20_000, 20_000]);
    assert!(found.lines.iter().all(|line| !line.first_time), "paid before");
}

#[test]
fn a_month_paid_alone_before_the_conversion_is_half_paid() {
    let awards = [award(month(2025, 4), 600_000, 0, 0)];
    let question = PaymentQuestion {
        paid_through: ByGround::of_old_age(Some(month(2025, 4))),
        ..asked(&awards, &[], month(2025, 6))
    };
    let found = due(&question, &mut Trace::new()).expect("a good question");
    assert_eq!(found.lines[0].yen, SchemeYen::new(50_000, 0));
}

#[test]
fn a_raise_goes_against_claims_before_it_is_paid() {
    let lowered =
        [AwardRow { current: false, ..award(month(2025, 4), 1_200_000, 0, 0) }, award(month(2025, 4), 600_000, 0, 1)];
    let paid = pay(&[award(month(2025, 4), 1_200_000, 0, 0)], Vec::new(), month(2025, 6), month(2025, 8));
    let down = due(&asked(&lowered, &paid, month(2025, 10)), &mut Trace::new()).expect("a good question");
    let account = Account { outstanding: Yen::ZERO, share: Ratio::new(1, 2), alive: true };
    let found = balance(&down, account, &mut Trace::new()).expect("a good share");
    assert_eq!(
        (found.claims, found.set_off(), found.outstanding.get()),
        (SchemeYen::new(200_000, 0), Yen::ZERO, 200_000)
    );
    assert_eq!(found.payment().get(), 100_000);
    let paid = pay(&lowered, paid, month(2025, 10), month(2025, 10));
    let restored = [award(month(2025, 4), 1_200_000, 0, 2)];
    let up = due(&asked(&restored, &paid, month(2025, 12)), &mut Trace::new()).expect("a good question");
    let found =
        balance(&up, Account { outstanding: found.outstanding, ..account }, &mut Trace::new()).expect("a good share");
    // June and August give the claim back, October was short by 100,000円.
    assert_eq!((found.gross.basic.get(), found.set_off().get(), found.outstanding.get()), (500_000, 200_000, 0));
    assert_eq!(found.payment().get(), 300_000);
}

#[test]
fn nothing_is_set_off_after_a_death_or_without_a_share() {
    let awards = [award(month(2025, 4), 600_000, 0, 0)];
    let found = due(&asked(&awards, &[], month(2025, 6)), &mut Trace::new()).expect("a good question");
    let account = Account { outstanding: Yen::new(1_000), share: Ratio::new(1, 2), alive: false };
    assert_eq!(balance(&found, account, &mut Trace::new()).expect("a good share").set_off(), Yen::ZERO);
    let none = Account { share: Ratio::ZERO, alive: true, ..account };
    assert_eq!(balance(&found, none, &mut Trace::new()).expect("a good share").set_off(), Yen::ZERO);
    let whole = Account { share: Ratio::new(1, 1), outstanding: Yen::new(1_000_000), alive: true };
    assert_eq!(balance(&found, whole, &mut Trace::new()).expect("a good share").payment(), Yen::ZERO);
    let bad = Account { share: Ratio::new(3, 2), ..whole };
    assert!(balance(&found, bad, &mut Trace::new()).is_err());
}

fn taxpayer() -> Taxpayer<'static> {
    let birth = date(1950, 6, 1);
    Taxpayer { birth, kind: TaxedKind::OldAge, annual: None, declaration: &[], fraction: MonthlyFraction::Exact }
}

fn net(
    awards: &[AwardRow<'_>],
    accounted: &[Accounted],
    payment_month: Month,
    tax: TaxBase<'_>,
) -> Result<Withheld, LawError> {
    let found = due(&asked(awards, accounted, payment_month), &mut Trace::new())?;
    let account = Account { outstanding: Yen::ZERO, share: Ratio::new(1, 2), alive: true };
    let paid = balance(&found, account, &mut Trace::new())?;
    withhold(&found, &paid, &Holdings { levies: LevyYen::default(), tax }, &mut Trace::new())
}

/// 400,000円 every two months give 6,636円 each (PP-TAX-08), also when three come at once, or the last 100,000円 of one later.
#[test]
fn arrears_are_taxed_as_if_paid_when_they_were_due() {
    let (first, run) = (month(2025, 4), month(2025, 10));
    let tax = TaxBase { taxpayer: taxpayer(), payment_month: run, year: None };
    let awards = [award(first, 0, 2_400_000, 1)];
    assert_eq!(net(&awards, &[], run, tax).expect("on file").income_tax.get(), 3 * 6_636);
    let lower = [award(first, 0, 1_800_000, 0)];
    let paid = pay(&lower, Vec::new(), month(2025, 6), month(2025, 8));
    // 300,000円 were taxed with 1,531円 each.
    assert_eq!(net(&awards, &paid, run, tax).expect("on file").income_tax.get(), 2 * (6_636 - 1_531) + 6_636);
}

/// PP-TAX-08 through the run: 11,742円 go back in December 2025.
#[test]
fn december_2025_settles_the_year() {
    let (first, run) = (month(2024, 12), month(2025, 12));
    let awards = [award(first, 0, 2_400_000, 0)];
    let paid = pay(&awards, Vec::new(), month(2025, 2), month(2025, 10));
    let one = |payment: Month| {
        let pension = Yen::new(400_000);
        (TaxedPayment { month: payment, pension, social_insurance: Yen::ZERO, months: 2 }, Yen::new(6_636))
    };
    let year: Vec<_> = (1..6).map(|half| one(month(2025, 2 * half))).collect();
    let tax = TaxBase { taxpayer: taxpayer(), payment_month: run, year: Some(&year) };
    let found = net(&awards, &paid, run, tax).expect("on file");
    assert_eq!((found.income_tax.get(), found.net.get()), (-11_742, 411_742));
    let unknown = TaxBase { year: None, ..tax };
    assert_eq!(net(&awards, &paid, run, unknown).expect_err("not on file").code(), "cannot_decide");
    let next = TaxBase { payment_month: month(2026, 2), ..tax };
    let paid = pay(&awards, paid, run, run);
    assert_eq!(net(&awards, &paid, month(2026, 2), next).expect_err("an estimate").code(), "cannot_decide");
}

proptest! {
    #[test]
    fn the_payments_of_a_year_add_up_to_the_award(basic in 6_i64..10_000_000, employees in 6_i64..10_000_000) {
        let awards = [award(month(2025, 2), basic, employees, 0)];
        let accounted = pay(&awards, Vec::new(), month(2025, 4), month(2026, 2));
        prop_assert_eq!(sum(&accounted), SchemeYen::new(basic, employees));
        // All at once is the same as one after the other.
        let at_once = pay(&awards, Vec::new(), month(2026, 2), month(2026, 2));
        let amounts = |rows: &[Accounted]| rows.iter().map(|row| (row.for_payment, row.yen, row.february)).collect::<Vec<_>>();
        prop_assert_eq!(amounts(&at_once), amounts(&accounted));
    }

    #[test]
    fn a_correction_and_its_reversal_sum_to_zero(
        first in 0_i64..3_000_000, second in 0_i64..3_000_000, employees in 0_i64..3_000_000, when in 0_i32..12, back in 0_i32..12,
    ) {
        let from = month(2024, 4);
        let (one, other) = ([award(from, first, employees, 0)], [award(from, second, 0, 1)]);
        let (start, end) = (month(2024, 6), month(2026, 2));
        let (corrected, restored) = (start.plus(2 * (when % 5)), start.plus(2 * (when % 5 + back % 5)));
        let accounted = pay(&one, Vec::new(), start, corrected.previous());
        let accounted = pay(&other, accounted, corrected, restored.previous());
        let accounted = pay(&one, accounted, restored, end);
        prop_assert_eq!(sum(&accounted), sum(&pay(&one, Vec::new(), start, end)));
        let nothing = due(&asked(&one, &accounted, end), &mut Trace::new()).expect("a good question");
        prop_assert!(nothing.lines.is_empty(), "a second run of the month has nothing to pay");
    }

    #[test]
    fn gross_less_claims_is_the_sum_of_the_lines(
        first in 0_i64..3_000_000, second in 0_i64..3_000_000, basic in 0_i64..3_000_000, outstanding in 0_i64..500_000,
    ) {
        let from = month(2024, 4);
        let accounted = pay(&[award(from, first, second, 0)], Vec::new(), month(2024, 6), month(2024, 12));
        let awards = [award(from, basic, first, 1)];
        let found = due(&asked(&awards, &accounted, month(2025, 2)), &mut Trace::new()).expect("a good question");
        let account = Account { outstanding: Yen::new(outstanding), share: Ratio::new(1, 2), alive: true };
        let paid = balance(&found, account, &mut Trace::new()).expect("a good share");
        let lines = found.lines.iter().fold(SchemeYen::default(), |sum, line| sum.plus(line.yen));
        prop_assert_eq!(paid.gross.less(paid.claims), lines);
        prop_assert!(paid.payment() >= Yen::ZERO && paid.outstanding >= Yen::ZERO);
        prop_assert_eq!(paid.outstanding.get(), outstanding + paid.claims.total().get() - paid.set_off().get());
    }
}

/// A special pension that ends with 65 in the middle of a 支払期: the amount of the year is that of the month that is paid, so
/// that its tax is withheld (所得税法203条の7).
#[test]
fn the_amount_of_the_year_is_that_of_the_last_month_paid() {
    let until = |ended: Month| [AwardRow { until: Some(ended), ..award(month(2025, 4), 0, 2_034_981, 1) }];
    let found = |awards: &[AwardRow<'_>]| {
        let question = PaymentQuestion {
            paid_through: ByGround::of_old_age(Some(month(2025, 7))),
            ..asked(awards, &[], month(2025, 10))
        };
        let due = due(&question, &mut Trace::new()).expect("decided");
        (due.annual, due.regular.old_age.employees)
    };
    assert_eq!(found(&until(month(2025, 9))), (Yen::new(2_034_981), Yen::new(169_581)));
    assert_eq!(found(&until(month(2025, 8))), (Yen::ZERO, Yen::ZERO));
}

fn of_ground(ground: Ground, from: Month, basic: i64, employees: i64, decided: i64) -> AwardRow<'static> {
    AwardRow { basic_of: Some(ground), employees_of: Some(ground), ..award(from, basic, employees, decided) }
}

/// 65 and widowed: own old-age pensions and the survivor's pension beyond them.
fn widow(from: Month, basic: i64, employees: i64, survivor: i64) -> AwardRow<'static> {
    AwardRow { annual: SchemeYen::of(basic, employees, survivor), ..award(from, 0, 0, 0) }
}

fn gone(row: AwardRow<'static>) -> AwardRow<'static> {
    AwardRow { current: false, ..row }
}

/// Nothing outstanding, half of a regular payment.
fn half() -> Account {
    Account { outstanding: Yen::ZERO, share: Ratio::new(1, 2), alive: true }
}

#[test]
fn an_amount_without_a_ground_is_refused() {
    let nowhere = [AwardRow { basic_of: None, ..award(month(2025, 4), 1, 0, 0) }];
    assert!(due(&asked(&nowhere, &[], month(2025, 6)), &mut Trace::new()).is_err());
    let wrong = [AwardRow { employees_of: Some(Ground::Survivor), ..award(month(2025, 4), 0, 1, 0) }];
    assert!(due(&asked(&wrong, &[], month(2025, 6)), &mut Trace::new()).is_err());
    let alone = [AwardRow { basic_of: None, employees_of: None, ..widow(month(2025, 4), 0, 0, 600_000) }];
    let found = due(&asked(&alone, &[], month(2025, 6)), &mut Trace::new()).expect("a survivor's pension alone");
    assert_eq!((found.lines.len(), found.lines[0].ground), (1, Ground::Survivor));
    assert_eq!(found.lines[0].yen, SchemeYen::of(0, 0, 100_000));
}

/// 65 in the middle of a 支払期: a month of each pension, each cut by itself (not 5,000円 + 5,000円 in one).
#[test]
fn two_pensions_of_one_payment_are_cut_each() {
    let from = month(2025, 4);
    let awards = [
        AwardRow { until: Some(from.next()), ..of_ground(Ground::Disability, from, 60_006, 0, 0) },
        award(from.next(), 60_006, 0, 1),
    ];
    let found = due(&asked(&awards, &[], month(2025, 6)), &mut Trace::new()).expect("a good question");
    let yen: Vec<_> = found.lines.iter().map(|line| (line.ground, line.yen.basic.get(), line.months)).collect();
    assert_eq!(yen, [(Ground::OldAge, 5_000, 1), (Ground::Disability, 5_000, 1)]);
}

/// What a choice takes back is told by 支給事由, and nothing of it is left owing when the other pension is more.
#[test]
fn a_retroactive_choice_is_set_against_what_was_paid() {
    let from = month(2025, 4);
    let first = [award(from, 600_000, 600_000, 0)];
    let paid = pay(&first, Vec::new(), month(2025, 6), month(2025, 8));
    let chosen = [gone(first[0]), of_ground(Ground::Disability, from, 840_000, 240_000, 1)];
    let question = asked(&chosen, &paid, month(2025, 10));
    let found = due(&question, &mut Trace::new()).expect("a good question");
    let all = balance(&found, half(), &mut Trace::new()).expect("a good share");
    // June and August: basic 40,000円 more, employees' 60,000円 less, twice.
    assert_eq!(all.claims, SchemeYen::new(0, 120_000));
    assert_eq!((all.set_off_arrears.get(), all.set_off_advance.get(), all.outstanding.get()), (80_000, 0, 40_000));
    assert_eq!(all.gross_of.old_age, SchemeYen::new(-200_000, 0));
    assert_eq!(all.gross_of.disability, SchemeYen::new(420_000, 40_000));
    assert_eq!(all.gross_of.sum(), all.gross);
    assert_eq!(all.payment().get(), 180_000, "the payment of October itself keeps to the limit and to what was told");
}

/// Claims of one 支給事由 do not touch first payments of the same one: those keep to the limit.
#[test]
fn only_another_pension_is_paid_in_advance() {
    let from = month(2025, 4);
    let paid = pay(&[award(month(2025, 6), 1_200_000, 0, 0)], Vec::new(), month(2025, 8), month(2025, 8));
    let lowered = [award(from, 600_000, 0, 1)];
    let found = due(&asked(&lowered, &paid, month(2025, 10)), &mut Trace::new()).expect("a good question");
    let all = balance(&found, half(), &mut Trace::new()).expect("a good share");
    // April and May were never paid (100,000円, first time), June and July 100,000円 too much.
    assert_eq!((all.claims.basic.get(), all.set_off().get(), all.outstanding.get()), (100_000, 0, 100_000));
    let other = [gone(award(month(2025, 6), 1_200_000, 0, 0)), of_ground(Ground::Disability, from, 600_000, 0, 1)];
    let found = due(&asked(&other, &paid, month(2025, 10)), &mut Trace::new()).expect("a good question");
    let all = balance(&found, half(), &mut Trace::new()).expect("a good share");
    assert_eq!((all.set_off_advance.get(), all.outstanding.get(), all.payment().get()), (100_000, 0, 100_000));
    let dead = balance(&found, Account { alive: false, ..half() }, &mut Trace::new()).expect("a good share");
    assert_eq!((dead.set_off().get(), dead.outstanding.get()), (0, 100_000));
}

/// 400,000円 of a disability pension that becomes an old-age pension: nothing more is paid, and it is taxed with the payment.
#[test]
fn what_becomes_an_old_age_pension_is_taxed() {
    let (from, run) = (month(2025, 4), month(2025, 10));
    let tax = TaxBase { taxpayer: taxpayer(), payment_month: run, year: None };
    let disabled = [of_ground(Ground::Disability, from, 800_000, 1_600_000, 0)];
    let paid = pay(&disabled, Vec::new(), month(2025, 6), month(2025, 8));
    assert_eq!(net(&disabled, &paid, run, tax).expect("free of tax").income_tax, Yen::ZERO);
    let chosen = [gone(disabled[0]), award(from, 800_000, 1_600_000, 1)];
    let found = net(&chosen, &paid, run, tax).expect("on file");
    // 399,999円: (399,999 − 270,000) × 5.105% = 6,636円.
    assert_eq!((found.income_tax.get(), found.net.get()), (3 * 6_636, 399_999 - 3 * 6_636));
    // The other way round nothing is taxed any more.
    let paid = pay(&chosen[1..], Vec::new(), month(2025, 6), month(2025, 8));
    let back = [gone(chosen[1]), AwardRow { decided: 2, ..disabled[0] }];
    assert_eq!(net(&back, &paid, run, tax).expect("free of tax").net.get(), 399_999);
    let next = TaxBase { payment_month: month(2026, 2), ..tax };
    assert_eq!(net(&disabled, &[], month(2026, 2), next).expect("no table is asked").income_tax, Yen::ZERO);
}

/// A tax that exceeds what is left is not taken from money that is not there.
#[test]
fn no_more_tax_is_taken_than_is_paid() {
    let (from, run) = (month(2025, 4), month(2025, 10));
    let disabled = [of_ground(Ground::Disability, from, 800_000, 1_600_000, 0)];
    let paid = pay(&disabled, Vec::new(), month(2025, 6), month(2025, 8));
    let until = AwardRow { until: Some(month(2025, 8)), ..award(from, 800_000, 1_600_120, 1) };
    let tax = TaxBase { taxpayer: taxpayer(), payment_month: run, year: None };
    let found = net(&[gone(disabled[0]), until], &paid, run, tax).expect("on file");
    assert_eq!((found.income_tax.get(), found.net.get()), (40, 0));
}

proptest! {
    #[test]
    fn three_pensions_of_a_year_add_up(
        basic in 6_i64..2_000_000, employees in 6_i64..2_000_000, survivor in 6_i64..2_000_000,
    ) {
        let awards = [widow(month(2025, 2), basic, employees, survivor)];
        let accounted = pay(&awards, Vec::new(), month(2025, 4), month(2026, 2));
        prop_assert_eq!(sum(&accounted), SchemeYen::of(basic, employees, survivor));
        let own = accounted.iter().filter(|row| row.ground == Ground::OldAge);
        prop_assert_eq!(own.fold(SchemeYen::default(), |sum, row| sum.plus(row.yen)), SchemeYen::new(basic, employees));
    }

    /// Choosing another pension for past months and choosing back leaves what was paid without it, whatever is claimed and set
    /// off on the way: by 支給事由, and in all that is paid.
    #[test]
    fn a_choice_and_its_reversal_sum_to_zero(
        old_age in 0_i64..2_000_000, own in 0_i64..2_000_000, disability in 0_i64..2_000_000, survivor in 0_i64..2_000_000,
        when in 0_i32..5, back in 0_i32..5,
    ) {
        let from = month(2024, 4);
        let one = [award(from, old_age, own, 0)];
        let other = [AwardRow { annual: SchemeYen::of(disability, 0, survivor), ..of_ground(Ground::Disability, from, 0, 0, 1) }];
        let (start, end) = (month(2024, 6), month(2026, 2));
        let (chosen, restored) = (start.plus(2 * when), start.plus(2 * (when + back)));
        let accounted = pay(&one, Vec::new(), start, chosen.previous());
        let accounted = pay(&other, accounted, chosen, restored.previous());
        let accounted = pay(&one, accounted, restored, end);
        prop_assert_eq!(sum(&accounted), sum(&pay(&one, Vec::new(), start, end)));
        let left = accounted.iter().filter(|row| row.ground != Ground::OldAge);
        prop_assert!(left.fold(SchemeYen::default(), |sum, row| sum.plus(row.yen)).is_zero());
    }

    /// Cash paid, claims and set-off of a change of pension are the lines, and nothing is paid twice.
    #[test]
    fn a_change_of_pension_balances(
        old_age in 0_i64..2_000_000, own in 0_i64..2_000_000, disability in 0_i64..2_000_000, survivor in 0_i64..2_000_000,
        earlier in 0_i32..8,
    ) {
        let paid = pay(&[award(month(2024, 4), old_age, own, 0)], Vec::new(), month(2024, 6), month(2024, 12));
        let from = month(2024, 4).plus(-earlier);
        let chosen = [
            AwardRow { annual: SchemeYen::of(disability, 0, survivor), ..of_ground(Ground::Disability, from, 0, 0, 1) },
        ];
        let found = due(&asked(&chosen, &paid, month(2025, 2)), &mut Trace::new()).expect("a good question");
        let all = balance(&found, half(), &mut Trace::new()).expect("a good share");
        let lines = found.lines.iter().fold(SchemeYen::default(), |sum, line| sum.plus(line.yen));
        prop_assert_eq!(all.gross.less(all.claims), lines);
        prop_assert_eq!(all.gross_of.sum(), all.gross);
        prop_assert!(all.payment() >= Yen::ZERO && all.outstanding >= Yen::ZERO);
        prop_assert_eq!(all.outstanding, all.claims.total() - all.set_off());
        let regular: Yen = found.lines.iter().filter(|line| line.for_payment == month(2025, 2)).map(|line| line.yen.total()).sum();
        let arrears = all.gross.total() - regular;
        prop_assert_eq!(all.set_off(), all.claims.total().min(arrears), "at once, of everything but the regular payment");
    }
}

/// The disability pension of 2019 has lapsed when it is claimed in September 2025: the old-age pension that was paid is not
/// claimed back for the 支払期 that nothing is paid for instead.
#[test]
fn what_was_paid_instead_of_a_lapsed_pension_stays_paid() {
    let from = month(2019, 4);
    let first = [award(from, 600_000, 0, 0)];
    let paid = pay(&first, Vec::new(), month(2019, 6), month(2025, 8));
    let chosen = [gone(first[0]), of_ground(Ground::Disability, from, 840_000, 0, 1)];
    let question = PaymentQuestion {
        claimed_on: ByGround { disability: Some(date(2025, 9, 20)), ..ByGround::default() },
        ..asked(&chosen, &paid, month(2025, 10))
    };
    let found = due(&question, &mut Trace::new()).expect("a good question");
    assert_eq!((found.lapsed.len(), found.lapsed[7].for_payment), (8, month(2020, 8)));
    assert_eq!((found.lines.len(), found.lines[0].for_payment), (2 * 30 + 1, month(2020, 10)));
    let all = balance(&found, half(), &mut Trace::new()).expect("a good share");
    assert_eq!((all.claims.total(), all.payment().get()), (Yen::ZERO, 30 * 40_000 + 140_000));
    // Held until December: the payments of October 2020 are five years old, and still count towards what is due instead.
    let later = PaymentQuestion { payment_month: month(2025, 12), paid_on: date(2025, 12, 15), ..question };
    let found = due(&later, &mut Trace::new()).expect("a good question");
    assert_eq!((found.lapsed.len(), found.lines.len()), (8, 2 * 30 + 2));
}

/// 令和7年法律13号附則: 100,000円 more for each 支払期, paid in February 2026. December is taxed with 165,000円 a month, the others
/// with 135,000円.
#[test]
fn december_2025_raised_later_is_taxed_by_the_amendment() {
    let (first, run) = (month(2025, 4), month(2026, 2));
    let until = Some(month(2025, 12));
    let lower = [AwardRow { until, ..award(first, 0, 1_800_000, 0) }];
    let paid = pay(&lower, Vec::new(), month(2025, 6), month(2025, 12));
    let raised = [AwardRow { until, ..award(first, 0, 2_400_000, 1) }];
    let tax = TaxBase { taxpayer: taxpayer(), payment_month: run, year: None };
    assert_eq!(net(&raised, &paid, run, tax).expect("on file").income_tax.get(), 3 * (6_636 - 1_531) + 3_573);
}

/// 会計法30条: of eleven years that were paid 100,000円 too much each 支払期, those of the last five are claimed.
#[test]
fn what_was_paid_too_much_lapses_after_five_years() {
    let from = month(2015, 4);
    let paid = pay(&[award(from, 1_200_000, 0, 0)], Vec::new(), month(2015, 6), month(2026, 4));
    let lowered = [award(from, 600_000, 0, 1)];
    let found = due(&asked(&lowered, &paid, month(2026, 6)), &mut Trace::new()).expect("a good question");
    let claimed: Vec<Month> = found.lines.iter().filter(|line| !line.first_time).map(|line| line.for_payment).collect();
    assert_eq!((claimed.len(), claimed[0]), (30, month(2021, 6)));
    assert_eq!((found.lapsed.len(), found.lapsed[35].for_payment), (36, month(2021, 4)));
}

/// Ten years paid at once by a correction of records are claimed whole when it is reversed: they were paid this year.
#[test]
fn a_correction_reversed_leaves_nothing_although_its_months_are_old() {
    let from = month(2015, 4);
    let before = [award(from, 600_000, 0, 0)];
    let paid = pay(&before, Vec::new(), month(2015, 6), month(2026, 4));
    let plain = sum(&paid);
    let corrected = Cause { word: RECORD_CHANGE, filing_id: Some(9) };
    let raised = [AwardRow { cause: corrected, ..award(from, 1_200_000, 0, 1) }];
    let paid = pay(&raised, paid, month(2026, 6), month(2026, 6));
    assert_eq!(sum(&paid).basic.get() - plain.basic.get(), 66 * 100_000 + 200_000, "66 of 支払期 before, and June");
    let reversed = [AwardRow { cause: corrected, ..award(from, 600_000, 0, 2) }];
    let paid = pay(&reversed, paid, month(2026, 8), month(2026, 8));
    assert_eq!(sum(&paid).basic.get() - plain.basic.get(), 2 * 100_000, "June and August alone");
}

/// 国民年金法102条1項: an addition asked for in August 2025 and decided on the 21st saves the 支払期 of August 2020, whenever it is paid.
#[test]
fn a_raise_lapses_by_the_day_of_its_decision() {
    let from = month(2018, 4);
    let paid = pay(&[award(from, 600_000, 0, 0)], Vec::new(), month(2018, 6), month(2025, 8));
    let cause = Cause { word: "family", filing_id: Some(3) };
    let raised = |decided_on| [AwardRow { cause, decided_on, ..award(from, 660_000, 0, 1) }];
    let first_paid = |awards: &[AwardRow<'_>]| {
        let found = due(&asked(awards, &paid, month(2025, 12)), &mut Trace::new()).expect("a good question");
        found.lines[0].for_payment
    };
    assert_eq!(first_paid(&raised(Some(date(2025, 8, 21)))), month(2020, 8));
    assert_eq!(first_paid(&raised(None)), month(2020, 12), "not known when: on the day of payment");
}
