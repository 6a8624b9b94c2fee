//! Bytes by place, and a reader that owes nothing to the writer.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const ORIGINATOR: &str = "1234567890,ﾈﾝｷﾝｼﾊﾗｲ,0001,001,1,9999999";

fn account(number: &str, holder: &str) -> Result<Account, TransferRefused> {
    Account::new("0001", "001", 1, number, holder)
}

fn transfer(customer: i64, amount_yen: i64) -> Transfer {
    let account = account("1234567", "ﾈﾝﾘﾝ ﾋﾄ").expect("a good account");
    Transfer { account, amount_yen, customer, newness: Newness::Other }
}

fn file(amounts: &[i64]) -> Vec<u8> {
    let originator = Originator::parse(ORIGINATOR).expect("a good originator");
    let mut file = TransferFile::new(&originator, date(2025, 10, 15));
    for (customer, amount) in (1..).zip(amounts) {
        file.add(&transfer(customer, *amount)).expect("a good amount");
    }
    file.finish()
}

/// A record as text, kana included.
fn text(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        0xA1..=0xDF => char::from_u32(0xFF61 + u32::from(*byte) - 0xA1).expect("half-width kana"),
        _ => char::from(*byte),
    };
    bytes.iter().map(character).collect()
}

#[test]
fn every_byte_is_in_its_place() {
    let bytes = file(&[138_616, 207_950]);
    assert_eq!(bytes.len(), 5 * 122);
    let lines: Vec<String> = bytes.chunks(122).map(|line| text(&line[..120])).collect();
    let spaces = |count: usize| " ".repeat(count);
    assert_eq!(
        lines[0],
        format!(
            "1210{}{:<40}{}0001{}001{}19999999{}",
            "1234567890",
            "ﾈﾝｷﾝｼﾊﾗｲ",
            "1015",
            spaces(15),
            spaces(15),
            spaces(17)
        )
    );
    let data = |amount: &str, customer: &str| {
        let holder = format!("{:<30}", "ﾈﾝﾘﾝ ﾋﾄ");
        format!(
            "20001{}001{}000011234567{holder}{amount}0{customer}{}7{}",
            spaces(15),
            spaces(15),
            spaces(10),
            spaces(8)
        )
    };
    assert_eq!(lines[1], data("0000138616", "0000000001"));
    assert_eq!(lines[2], data("0000207950", "0000000002"));
    assert_eq!(lines[3], format!("8000002000000346566{}", spaces(101)));
    assert_eq!(lines[4], format!("9{}", spaces(119)));
    assert!(bytes.chunks(122).all(|line| line.ends_with(b"\r\n")));
}

/// A file that banks publish as a sample.
#[test]
fn a_sample_is_read_to_the_yen() {
    let bytes = include_bytes!("../../samples/zengin/21_transfer_crlf.dat");
    let found = tally(bytes).expect("a good file");
    assert_eq!(found.value_mmdd, "1015");
    assert_eq!(found.transfers[0].account, "9001-001-11234567");
    assert_eq!(found.transfers[0].amount_yen, 16_980);
    assert_eq!(found.amount_yen, found.transfers.iter().map(|one| one.amount_yen).sum::<i64>());
}

#[test]
fn characters_are_those_of_banks() {
    assert_eq!(name_bytes("ｱﾝﾞﾟAZ09()-. "), Ok(b"\xB1\xDD\xDE\xDFAZ09()-. ".to_vec()));
    for bad in ['ｦ', 'ｧ', 'ｨ', 'ｩ', 'ｪ', 'ｫ', 'ｬ', 'ｭ', 'ｮ', 'ｯ', 'ｰ', '･', '｡', 'ア', '年', 'a', ',', '¥', '/']
    {
        assert_eq!(name_bytes(&format!("ﾈﾝﾘﾝ{bad}")), Err(NotForBanks(bad)));
    }
}

#[test]
fn whatever_a_bank_would_refuse_is_refused_by_name() {
    fn new(bank: &str, branch: &str, kind: i16, number: &str, holder: &str) -> Option<TransferRefused> {
        Account::new(bank, branch, kind, number, holder).err()
    }
    assert_eq!(new("0001", "001", 1, "1", "ﾋﾄ"), None);
    for bank in ["", "001", "00001", "000A", "0000", "０００１"] {
        assert_eq!(new(bank, "001", 1, "1", "ﾋﾄ"), Some(TransferRefused::Bank), "{bank}");
    }
    for branch in ["", "01", "0001", "0-1"] {
        assert_eq!(new("0001", branch, 1, "1", "ﾋﾄ"), Some(TransferRefused::Branch), "{branch}");
    }
    for kind in [0, 3, 5, 8, 10, -1] {
        assert_eq!(new("0001", "001", kind, "1", "ﾋﾄ"), Some(TransferRefused::AccountType), "{kind}");
    }
    for number in ["", "12345678", "12-4567", "0000000", "0"] {
        assert_eq!(new("0001", "001", 1, number, "ﾋﾄ"), Some(TransferRefused::Number), "{number}");
    }
    for holder in ["", "   ", "年輪", "ｼｮｳｼﾞ", "ﾘｰ"] {
        assert_eq!(new("0001", "001", 1, "1", holder), Some(TransferRefused::HolderCharacters), "{holder}");
    }
    assert_eq!(new("0001", "001", 1, "1", &"ｱ".repeat(30)), None);
    assert_eq!(new("0001", "001", 1, "1", &"ｱ".repeat(31)), Some(TransferRefused::HolderLength));
    let originator = Originator::parse(ORIGINATOR).expect("a good originator");
    let mut file = TransferFile::new(&originator, date(2025, 10, 15));
    for amount in [0, -1, AMOUNT_YEN_MAX + 1] {
        assert_eq!(file.add(&transfer(1, amount)), Err(TransferRefused::Amount), "{amount}");
    }
    assert_eq!(file.totals(), (0, 0));
}

#[test]
fn an_originator_is_as_the_bank_says() {
    for bad in [
        "",
        "1234567890,ﾈﾝｷﾝ,0001,001,1",
        "12345678901,ﾈﾝｷﾝ,0001,001,1,1",
        "1,年金,0001,001,1,1",
        "1,,0001,001,1,1",
        "1,ﾈﾝｷﾝ,1,001,1,1",
        "1,ﾈﾝｷﾝ,0001,1,1,1",
        "1,ﾈﾝｷﾝ,0001,001,4,1",
        "1,ﾈﾝｷﾝ,0001,001,1,x",
    ] {
        assert!(Originator::parse(bad).is_err(), "{bad}");
    }
}

/// Each fault of a file that a bank would refuse.
#[test]
fn a_broken_file_is_not_counted() {
    let good = file(&[138_616, 207_950]);
    assert_eq!(tally(&good).expect("good").amount_yen, 346_566);
    let with = |line: usize, place: usize, new: &[u8]| {
        let mut bytes = good.clone();
        let start = (line - 1) * 122 + place - 1;
        bytes[start..start + new.len()].copy_from_slice(new);
        tally(&bytes).expect_err("a fault").line
    };
    assert_eq!(with(4, 7, b"3"), 4, "count");
    assert_eq!(with(4, 19, b"7"), 4, "total by one yen");
    assert_eq!(with(2, 51, &[0xA7]), 2, "small kana");
    assert_eq!(with(2, 52, &[0xB0]), 2, "long mark");
    assert_eq!(with(2, 81, b" "), 2, "amount padded with spaces");
    assert_eq!(with(1, 55, b"0231"), 1, "31 February");
    assert_eq!(with(2, 43, b"3"), 2, "account type");
    assert_eq!(with(2, 1, b"1"), 2, "second header");
    assert_eq!(with(1, 2, b"11"), 1, "another kind");
    assert_eq!(with(3, 121, b"\r\r"), 3, "CR only");
    assert_eq!(tally(&good[..4 * 122]).expect_err("no end").line, 4);
    assert!(tally(&[&good[..119], &good[120..]].concat()).is_err(), "119 bytes");
    assert!(tally(&[good.as_slice(), good.as_slice()].concat()).is_err(), "a second file behind the end");
    assert!(tally(b"").is_err());
}

proptest! {
    #[test]
    fn what_is_written_is_counted_again(amounts in proptest::collection::vec(1_i64..=AMOUNT_YEN_MAX, 0..30)) {
        let found = tally(&file(&amounts)).expect("what we write is good");
        let read: Vec<i64> = found.transfers.iter().map(|one| one.amount_yen).collect();
        prop_assert_eq!(&read, &amounts);
        prop_assert_eq!(found.amount_yen, amounts.iter().sum::<i64>());
    }
}
