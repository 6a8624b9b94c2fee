//! An employer files, the night runs, and the notice in the PDF says the yen that the law says.

use std::path::Path;
use std::process::Command;

use batch::intake::{self, IntakeOptions};
use batch::night::{self, NightOptions};
use batch::progress::Silent;
use domain::EmployerSymbol;
use jiff::civil::date;
use store::clerks::{Office, insert_office};
use store::employers::{self, NewEmployer, Profile};
use store::my_number::Keys;
use tests::TestOffice;

/// The case E-NOTICE-TOTAL-002 of the pack: April 2026 in Tokyo, standards 58,000/88,000, 68,000/88,000 and, with
/// long-term care, 118,000/118,000; 健康 26,506, 厚生年金 53,802, 拠出金 1,058, together 81,366 yen.
const ENROLMENTS: [(&str, &str, &str, &str); 3] = [
    ("1", "ﾐﾎﾝ ｲﾁﾛｳ", "7,120401", "0060000"),
    ("2", "ﾐﾎﾝ ﾆﾛｳ", "7,130401", "0065000"),
    ("3", "ﾐﾎﾝ ｻﾌﾞﾛｳ", "5,550515", "0118000"),
];

#[test]
fn file_to_night_to_the_yen_in_the_pdf() {
    let office = TestOffice::new();
    let dir = tempfile::tempdir().expect("a folder");
    let employer_id = office.session().run(async |db| make_employer(db).await);

    let media = dir.path().join("SHFD0006.CSV");
    std::fs::write(&media, file()).expect("writable");
    let options = IntakeOptions {
        url: office.url().to_owned(),
        files: vec![media],
        business_on: date(2026, 5, 14),
        return_dir: dir.path().join("returns"),
        threads: 1,
        my_number_key: Some(Keys::new(&[7; 32])),
        office: None,
    };
    let taken = intake::run(&options, &Silent).expect("intake reaches the database");
    assert_eq!((taken.records_taken, taken.records_refused), (3, 0), "{taken:?}");

    let options = NightOptions::new(office.url(), date(2026, 5, 15), dir.path());
    let summary = night::run(&options, &Silent).expect("the night ends");
    assert_eq!(summary.months.len(), 1);
    let month = &summary.months[0];
    assert_eq!((month.people, month.held, month.employers), (3, 0, 1));
    assert_eq!((month.hi_yen, month.epi_yen, month.contribution_yen), (26_506, 53_802, 1_058));

    let text = pdf_text(dir.path());
    for yen in ["26,506", "53,802", "1,058", "81,366"] {
        assert!(text.contains(yen), "{yen} is not in the notice:\n{text}");
    }
    // 4月分の納期限: 5月31日は日曜 (厚生年金保険法83条1項)
    assert!(text.contains("令和8年6月1日"), "{text}");
    assert!(text.contains("令和8年4月"), "{text}");
    assert!(text.contains("髙橋製作所"), "{text}");
    assert!(employer_id > 0);
}

async fn make_employer(db: &store::Connection) -> i64 {
    let office =
        Office { office_code: "1301".to_owned(), name: "千代田年金事務所".to_owned(), prefecture_code: 13 };
    insert_office(db, &office).await.expect("an office");
    let new = NewEmployer {
        symbol: EmployerSymbol::new("21", "01", "ﾃｽﾄ").expect("a symbol"),
        office_number: "12345".to_owned(),
        prefecture_code: 13,
        office_code: "1301".to_owned(),
        profile: Profile {
            name: "株式会社髙橋製作所".to_owned(),
            representative: "髙橋　一郎".to_owned(),
            corporate_number: None,
            zip: "1000001".to_owned(),
            address: "東京都千代田区千代田１－１".to_owned(),
            telephone: "03-0000-0000".to_owned(),
            payment_method: "slip".to_owned(),
            account: None,
        },
        reason: "試験".to_owned(),
        valid_from: date(2010, 4, 1),
    };
    employers::create(db, &new).await.expect("an employer")
}

/// The file as the employer's program writes it.
fn file() -> Vec<u8> {
    let mut text = "21,01,ﾃｽﾄ,001,20260410,22223\r\n[kanri]\r\n,001\r\n\
        21,01,ﾃｽﾄ,12345,100,0001,東京都千代田区千代田１－１,株式会社高橋製作所,高橋　一郎,03,0000,0000\r\n[data]\r\n"
        .to_owned();
    for (number, kana, birth, pay) in ENROLMENTS {
        text.push_str(&format!(
            "2200700,21,01,ﾃｽﾄ,12345,{number},{kana},見本　太郎,{birth},1,1,,,,2101,30000{number},9,080401,0,\
             {pay},0000000,{pay},,,,,,100,0001,ﾄｳｷｮｳﾄﾁﾖﾀﾞｸﾁﾖﾀﾞ1-1,東京都千代田区千代田１－１,,\r\n"
        ));
    }
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lost);
    bytes.into_owned()
}

/// All text of all PDF lots below a folder.
fn pdf_text(root: &Path) -> String {
    let mut text = String::new();
    let mut folders = vec![root.join("print")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the night printed").map(|entry| entry.expect("readable")) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "pdf") {
                let output = Command::new("pdftotext").args(["-layout"]).arg(&path).arg("-").output();
                text.push_str(&String::from_utf8_lossy(&output.expect("poppler-utils are installed").stdout));
            }
        }
    }
    text
}
