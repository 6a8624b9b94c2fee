//! 振替結果: every place of a record, sums, ends of line; and the key.

use jiff::civil::date;

use super::*;
use crate::Month;

/// Customer, amount and result code of each record; the four fields of the trailer.
fn file(debits: &[(&str, i64, char)], results: &str, end: &str) -> Vec<u8> {
    let mut text = format!("1910{:<50}0831{:<62}{end}", "1234567890NENKIN", "");
    for (customer, amount, code) in debits {
        let account = format!("20001{:<15}001{:<15}{:<4}11234567{:<30}", "BANK", "BRANCH", "", "TARO");
        text += &format!("{account}{amount:010}0{customer:<20}{code}{:<8}{end}", "");
    }
    let sum: i64 = debits.iter().map(|debit| debit.1).sum();
    text += &format!("8{:06}{sum:012}{results}{:<65}{end}9{:<119}{end}", debits.len(), "", "");
    text.into_bytes()
}

const TWO: [(&str, i64, char); 2] = [("21012000012026070000", 17_920, '0'), ("21012000022026070000", 17_920, '1')];
const TOLD: &str = "000001000000017920000001000000017920";
const ZEROS: &str = "000000000000000000000000000000000000";

fn refused(bytes: &[u8]) -> String {
    read_debits(bytes).expect_err("a bad file").to_string()
}

#[test]
fn banks_end_lines_in_three_ways() {
    let read = read_debits(&file(&TWO, TOLD, "\r\n")).expect("a good file");
    assert_eq!((read.month_day, read.amount_yen, read.debited()), ((8, 31), 35_840, (1, 17_920)));
    assert_eq!((read.debits[1].line, read.debits[1].result), (3, DebitResult::NoFunds));
    assert_eq!(read.debits[0].customer, "21012000012026070000");
    assert!(read.counts_results);
    for end in ["\n", ""] {
        assert_eq!(read_debits(&file(&TWO, TOLD, end)).as_ref(), Ok(&read), "{end:?}");
    }
    let mut with_mark = file(&TWO, TOLD, "\r\n");
    with_mark.push(0x1A);
    assert_eq!(read_debits(&with_mark), Ok(read));
    assert!(!read_debits(&file(&TWO, ZEROS, "\r\n")).expect("a good file").counts_results);
    assert!(refused(&file(&TWO, TOLD, "\r")).contains("120バイト"));
}

#[test]
fn what_the_standard_does_not_allow_is_refused() {
    let good = file(&TWO, TOLD, "\r\n");
    let with = |line: usize, place: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[(line - 1) * 122 + place - 1] = byte;
        refused(&bytes)
    };
    assert!(with(1, 2, b'2').starts_with("1行目: 種別コード"));
    assert!(with(1, 4, b'1').contains("JIS"));
    assert!(with(1, 55, b'1').contains("実在しません"));
    assert!(with(2, 1, b'8').starts_with("2行目: "));
    assert!(with(2, 90, b' ').contains("引落金額"));
    assert!(with(2, 90, b'1').starts_with("4行目: 合計金額"));
    assert!(with(2, 112, b'E').contains("振替結果コード"));
    assert!(with(3, 112, b'0').starts_with("4行目: 振替済・振替不能"));
    assert!(with(4, 7, b'3').contains("合計件数"));
    assert!(with(5, 1, b'2').contains("順序"));
    assert!(refused(&good[..4 * 122]).contains("エンドレコード"));
    assert!(refused(&good[..good.len() - 9]).starts_with("5行目: 120バイト"));
    assert!(refused(b"").contains("エンドレコード"));
    let zero = file(&[("21012000012026070000", 0, '0')], ZEROS, "");
    assert!(refused(&zero).contains("0円"));
}

#[test]
fn a_day_without_a_year_lies_near_the_business_date() {
    let on = |month_day, near| DebitFile { month_day, ..DebitFile::default() }.debited_on(near);
    assert_eq!(on((12, 31), date(2027, 1, 5)), Some(date(2026, 12, 31)));
    assert_eq!(on((8, 31), date(2026, 9, 2)), Some(date(2026, 8, 31)));
    assert_eq!(on((2, 29), date(2028, 3, 2)), Some(date(2028, 2, 29)));
    assert_eq!(on((2, 29), date(2026, 3, 2)), None);
}

#[test]
fn a_key_comes_back_as_it_was() {
    let month = Month::new(2026, 7).expect("a month");
    let key = ContributionKey { number: "2101200001".parse().expect("a number"), month, additional: true };
    assert_eq!(key.digits(), "21012000012026070100");
    assert_eq!(ContributionKey::parse(&key.digits()), Some(key));
    for text in ["2101200001202607000", "21012000012026130000", "21012000012026070200", "2101200001202607 000", ""] {
        assert_eq!(ContributionKey::parse(text), None, "{text}");
    }
}
