//! 仕訳 — a partition's sums by account and scheme; 返納金 by person.

use std::collections::BTreeMap;

use domain::Yen;
use law::pension_payment::run::SchemeYen;
use store::night::payments::NewEntry;

use super::decide::{Decided, OwnLine, Sending};
use super::notices::{cause_words, periods};
use crate::run::Totals;

const SCHEMES: [&str; 2] = ["basic_pension", "employees_pension"];
const BENEFITS: [&str; 2] = ["benefit_basic_pension", "benefit_employees_pension"];
const PAYABLE: &str = "pension_payable";
const OVERPAID: &str = "pension_overpaid";

/// What is withheld: its account, in the order of [`taken`].
const WITHHELD: [&str; 5] = [
    "withheld_income_tax",
    "withheld_long_term_care",
    "withheld_national_health",
    "withheld_late_elderly",
    "withheld_resident_tax",
];

fn taken(sending: &Sending) -> [i64; 5] {
    let levies = sending.withheld.levies;
    [
        sending.withheld.income_tax,
        levies.long_term_care,
        levies.national_health,
        levies.late_elderly,
        levies.resident_tax,
    ]
    .map(Yen::get)
}

/// 基礎年金給付 and 厚生年金給付: the survivors' employees' pension is one of the latter.
fn schemes(yen: SchemeYen) -> [i64; 2] {
    [yen.basic, yen.employees + yen.survivor].map(Yen::get)
}

/// Takes an amount from basic first, then from employees; money that goes back goes to the one that has something.
fn draw(left: &mut [i64; 2], amount: i64) -> [i64; 2] {
    let from_basic = if amount < 0 { if left[0] > 0 { amount } else { 0 } } else { amount.min(left[0]) };
    let drawn = [from_basic, amount - from_basic];
    left.iter_mut().zip(drawn).for_each(|(left, drawn)| *left -= drawn);
    drawn
}

fn sum(one: [i64; 2], other: [i64; 2]) -> [i64; 2] {
    [one[0] + other[0], one[1] + other[1]]
}

/// What is left of a payment, by scheme: of the old-age pensions, and of those that are free of tax.
struct Left {
    old_age: [i64; 2],
    others: [i64; 2],
}

impl Left {
    fn of(sending: &Sending) -> Left {
        let all = schemes(sending.balance.gross);
        let old_age = schemes(sending.balance.gross_of.old_age);
        let old_age = [0, 1].map(|scheme| old_age[scheme].max(0).min(all[scheme]));
        Left { old_age, others: [all[0] - old_age[0], all[1] - old_age[1]] }
    }

    fn all(&self) -> [i64; 2] {
        sum(self.old_age, self.others)
    }

    /// 特別徴収と源泉徴収 fall on the old-age pensions first (介護保険法施行令42条: the order of the pensions).
    fn withhold(&mut self, amount: i64) -> [i64; 2] {
        let own = amount.min(self.old_age.iter().sum());
        sum(draw(&mut self.old_age, own), draw(&mut self.others, amount - own))
    }

    /// 差引 meets what is free of tax first, as the tax is reckoned.
    fn set_off(&mut self, amount: i64) -> [i64; 2] {
        let free = amount.min(self.others.iter().sum());
        sum(draw(&mut self.others, free), draw(&mut self.old_age, amount - free))
    }
}

/// Sums of a partition by kind, accounts and scheme.
#[derive(Default)]
struct Sums(BTreeMap<(&'static str, &'static str, &'static str, usize), i64>);

impl Sums {
    fn add(&mut self, kind: &'static str, debit: &'static str, credit: &'static str, yen: [i64; 2]) {
        for (scheme, yen) in yen.into_iter().enumerate() {
            match yen {
                0 => {}
                1.. => *self.0.entry((kind, debit, credit, scheme)).or_default() += yen,
                _ => *self.0.entry((kind, credit, debit, scheme)).or_default() -= yen,
            }
        }
    }
}

/// The entries of a partition: sums first, then 返納金 in order of person.
pub fn entries(decided: &[Decided]) -> Vec<NewEntry> {
    let mut sums = Sums::default();
    let mut by_person = Vec::new();
    for one in decided {
        claims(one, &mut by_person);
        if let Some(sending) = one.sent() {
            payment(one, sending, &mut sums, &mut by_person);
        }
    }
    let entry = |((kind, debit, credit, scheme), amount_yen)| NewEntry {
        kind,
        debit,
        credit,
        scheme: SCHEMES[scheme],
        person_id: None,
        amount_yen,
        cause_filing_id: None,
        reason: "年金の支払".to_owned(),
    };
    let mut entries: Vec<NewEntry> = sums.0.into_iter().map(entry).collect();
    entries.extend(by_person);
    entries
}

fn payment(one: &Decided, sending: &Sending, sums: &mut Sums, by_person: &mut Vec<NewEntry>) {
    let mut left = Left::of(sending);
    for (benefit, (scheme, yen)) in BENEFITS.into_iter().zip(left.all().into_iter().enumerate()) {
        let mut of_scheme = [0; 2];
        of_scheme[scheme] = yen;
        sums.add("accrual", benefit, PAYABLE, of_scheme);
    }
    let set_off = left.set_off(sending.balance.set_off().get());
    for (scheme, amount_yen) in SCHEMES.into_iter().zip(set_off).filter(|(_, yen)| *yen > 0) {
        by_person.push(NewEntry {
            kind: "set_off",
            debit: PAYABLE,
            credit: OVERPAID,
            scheme,
            person_id: Some(one.person_id),
            amount_yen,
            cause_filing_id: None,
            reason: "返納金の内払調整".to_owned(),
        });
    }
    for (account, yen) in WITHHELD.into_iter().zip(taken(sending)) {
        let drawn = left.withhold(yen);
        sums.add("withholding", PAYABLE, account, drawn);
    }
    sums.add("payment", PAYABLE, "pension_fund", left.all());
}

/// 返納金債権 of a person, with the filing that brought it about.
fn claims(one: &Decided, by_person: &mut Vec<NewEntry>) {
    let claims = schemes(one.balance.claims);
    for (scheme, amount_yen) in claims.into_iter().enumerate().filter(|(_, yen)| *yen > 0) {
        let lowered = |line: &&OwnLine| !line.first_time && schemes(line.yen)[scheme] < 0;
        let lines: Vec<&OwnLine> = one.lines.iter().filter(lowered).collect();
        let cause = lines.iter().find(|line| line.cause_filing_id.is_some()).or(lines.first());
        let words = cause.map_or("年金額の変更", |line| cause_words(&line.cause));
        by_person.push(NewEntry {
            kind: "overpayment",
            debit: OVERPAID,
            credit: BENEFITS[scheme],
            scheme: SCHEMES[scheme],
            person_id: Some(one.person_id),
            amount_yen,
            cause_filing_id: cause.and_then(|line| line.cause_filing_id),
            reason: format!("過払い {}: {words}", periods(&lines)),
        });
    }
}

/// Where tables, ledger, Parquet and the bank's bytes do not say the same.
pub fn differences(totals: &Totals, accounts: &Totals, parquet: &Totals) -> Vec<String> {
    let of = |name: &str| totals.get(name);
    let lines = [of("lines_basic_yen"), of("lines_employees_yen") + of("lines_survivor_yen")];
    let claims = of("basic_yen") + of("employees_yen") + of("survivor_yen") - lines[0] - lines[1];
    let withheld =
        ["income_tax_yen", "long_term_care_yen", "national_health_yen", "late_elderly_yen", "resident_tax_yen"];
    let mut expected = vec![
        ("仕訳 基礎年金給付費", lines[0], accounts.get(BENEFITS[0])),
        ("仕訳 厚生年金給付費", lines[1], accounts.get(BENEFITS[1])),
        ("仕訳 未払年金", 0, accounts.get(PAYABLE)),
        ("仕訳 年金支払資金", -of("net_yen"), accounts.get("pension_fund")),
        ("仕訳 返納金債権", claims - of("set_off_yen"), accounts.get(OVERPAID)),
        ("仕訳の貸借", 0, accounts.iter().map(|(_, yen)| yen).sum()),
        ("銀行のファイルの金額", of("net_yen"), of("bank_yen")),
    ];
    expected
        .extend(WITHHELD.into_iter().zip(withheld).map(|(account, name)| (account, -of(name), accounts.get(account))));
    let in_parquet = [
        "lines",
        "lines_basic_yen",
        "lines_employees_yen",
        "lines_survivor_yen",
        "payments",
        "payments_held",
        "net_yen",
    ];
    expected.extend(in_parquet.map(|name| (name, of(name), parquet.get(name))));
    let differ = expected.into_iter().filter(|(_, table, other)| table != other);
    differ.map(|(name, table, other)| format!("{name}: 表 {table}、数え直し {other}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_is_drawn_from_first() {
        let mut left = [100, 50];
        assert_eq!(draw(&mut left, 30), [30, 0]);
        assert_eq!(draw(&mut left, 90), [70, 20]);
        assert_eq!(left, [0, 30]);
        assert_eq!(draw(&mut left, -10), [0, -10]);
        assert_eq!(left, [0, 40]);
    }

    /// 障害基礎 with 老齢厚生: what is withheld is of the old-age pension, what is set off of the other.
    #[test]
    fn the_old_age_pension_bears_what_is_withheld() {
        let mut left = Left { old_age: [0, 50], others: [100, 0] };
        assert_eq!(left.withhold(20), [0, 20]);
        assert_eq!(left.set_off(90), [90, 0]);
        assert_eq!(left.withhold(35), [5, 30]);
        assert_eq!(left.all(), [5, 0]);
        assert_eq!(left.set_off(0), [0, 0]);
        let mut refunded = Left { old_age: [0, 50], others: [100, 0] };
        assert_eq!(refunded.withhold(-7), [0, -7]);
        assert_eq!(refunded.all(), [100, 57]);
    }

    #[test]
    fn one_yen_apart_is_named() {
        let totals =
            Totals::new().with("lines_basic_yen", 10).with("basic_yen", 10).with("net_yen", 10).with("bank_yen", 10);
        let accounts = Totals::new().with("benefit_basic_pension", 10).with("pension_fund", -10);
        let parquet = Totals::new().with("lines_basic_yen", 10).with("net_yen", 10);
        assert_eq!(differences(&totals, &accounts, &parquet), Vec::<String>::new());
        let more = totals.clone().with("bank_yen", 1);
        assert_eq!(differences(&more, &accounts, &parquet), ["銀行のファイルの金額: 表 10、数え直し 11"]);
        assert_eq!(differences(&totals, &accounts.clone().with("pension_fund", 1), &parquet).len(), 2);
        assert_eq!(differences(&totals, &accounts, &parquet.clone().with("net_yen", 1)).len(), 1);
    }
}
