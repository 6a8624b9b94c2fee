//! What a reader of the paper sees: the text of the PDF, its fonts, its 2D marks. Uses pdftotext, pdffonts,
//! pdftoppm (poppler-utils) and zbarimg (zbar-tools).

use std::path::Path;
use std::process::Command;

use domain::Yen;
use jiff::civil::date;
use print::envelope::Envelope;
use print::{
    Fonts, IssuingOffice, Lot, LotSpec, NoticeKind, PayeasySettings, PersonLetter, PieceKind, PremiumNotice, Recipient,
    lot, package, write_letters, write_lot,
};

const NAMES: [&str; 4] = [
    "株式会社髙橋製作所",
    "有限会社𠮷野商店",
    "渡邉\u{E0117}工業株式会社",
    "医療法人社団とても長い名前の緑町中央第一クリニック附属介護老人保健施設あおぞらの丘",
];

fn notice(kind: NoticeKind, number: i64) -> PremiumNotice {
    PremiumNotice {
        notice_id: format!("NT202604-{number:07}"),
        kind,
        recipient: Recipient {
            postal_code: "2630023".parse().expect("a postal code"),
            address: "千葉県千葉市稲毛区緑町3丁目30-8　郵便ビル403号".to_owned(),
            address_behind_town: Some("3丁目30-8　郵便ビル403号".to_owned()),
            name: NAMES[usize::try_from(number).expect("small") % NAMES.len()].to_owned(),
        },
        employer_symbol: "12-01-ﾃｽﾄ".parse().expect("a symbol"),
        employer_number: format!("{number:05}"),
        for_month: "2026-04".parse().expect("a month"),
        issued_on: date(2026, 5, 20),
        due_on: date(2026, 6, 1),
        insured_count: 3,
        health_yen: Yen::new(51_572 + number),
        pension_yen: Yen::new(95_526),
        contribution_yen: Yen::new(1_879),
        office: IssuingOffice {
            name: "千葉年金事務所".to_owned(),
            address: String::new(),
            telephone: "043-000-0000".to_owned(),
        },
    }
}

fn print_lot(kind: NoticeKind, count: i64) -> Lot {
    let fonts = Fonts::load().expect("the fonts are installed");
    let spec = LotSpec {
        print_run_id: "RUN20260520A".to_owned(),
        kind: kind.into(),
        lot_no: 1,
        lot_count: 1,
        first_seq: lot::FIRST_SEQ,
        business_on: date(2026, 5, 20),
        envelope: Envelope::default(),
        payeasy: PayeasySettings::default(),
    };
    let notices: Vec<PremiumNotice> = (0..count).map(|number| notice(kind, number)).collect();
    write_lot(&fonts, &spec, &notices).expect("a lot")
}

/// Runs a tool in a folder and gives what it said.
fn run(folder: &Path, tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{tool}: {error}; apt-get install poppler-utils zbar-tools"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn saved(lot: &Lot) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("lot.pdf"), &lot.pdf).expect("written");
    folder
}

/// The text of a page without spaces and line ends.
fn page_text(folder: &Path, page: u32) -> String {
    let page = page.to_string();
    let text = run(folder, "pdftotext", &["-f", &page, "-l", &page, "lot.pdf", "-"]);
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn the_text_says_the_yen() {
    for kind in NoticeKind::ALL {
        let folder = saved(&print_lot(kind, 4));
        for (page, health) in [(1, "51,572円"), (4, "51,575円")] {
            let text = page_text(folder.path(), page);
            let total = if page == 1 { "148,977円" } else { "148,980円" };
            for expected in
                [health, "95,526円", "1,879円", total, "令和8年4月分", "令和8年6月1日", "12-01-ﾃｽﾄ", kind.title()]
            {
                assert!(text.contains(expected), "{expected} on page {page}: {text}");
            }
        }
    }
}

fn letter(number: usize, rows: usize) -> PersonLetter {
    PersonLetter {
        notice_id: format!("coverage_letter-202609-{number}"),
        recipient: Recipient {
            postal_code: "2630023".parse().expect("a postal code"),
            address: "千葉県千葉市稲毛区緑町3丁目30-8　郵便ビル403号".to_owned(),
            address_behind_town: Some("3丁目30-8　郵便ビル403号".to_owned()),
            name: "渡邉\u{E0117}　𠮷子".to_owned(),
        },
        issued_on: date(2026, 9, 1),
        title: "ねんきん定期便".to_owned(),
        rows: (1..=rows)
            .map(|row| (format!("令和8年の項目その{row}"), format!("厚生年金 標準報酬月額 {row}00,000円")))
            .collect(),
        paragraphs: vec!["加入記録に「もれ」や「誤り」があるときは、お近くの年金事務所へお申し出ください。".repeat(4)],
        office: IssuingOffice {
            name: "千葉年金事務所".to_owned(),
            address: String::new(),
            telephone: "043-000-0000".to_owned(),
        },
    }
}

/// Three letters, the second on three sheets: every row is on one of them, each sheet says which it is, and the index and
/// the figures count sheets.
#[test]
fn letters_flow_over_sheets() {
    let fonts = Fonts::load().expect("the fonts are installed");
    let spec = LotSpec {
        print_run_id: "RUN20260901-P".to_owned(),
        kind: PieceKind::Letter,
        lot_no: 1,
        lot_count: 1,
        first_seq: lot::FIRST_SEQ,
        business_on: date(2026, 9, 1),
        envelope: Envelope::default(),
        payeasy: PayeasySettings::default(),
    };
    let letters = [letter(1, 10), letter(2, 60), letter(3, 1)];
    let lot = write_letters(&fonts, &spec, &letters).expect("a lot");
    let pages: Vec<(u32, u32, u32)> = lot.index.iter().map(|row| (row.page_from, row.page_to, row.sheets)).collect();
    assert_eq!(pages, [(1, 1, 1), (2, 4, 3), (5, 5, 1)]);
    assert_eq!((lot.summary.pieces, lot.summary.sheets, lot.summary.pages), (3, 5, 5));
    assert_eq!(lot.pdf, write_letters(&fonts, &spec, &letters).expect("a lot").pdf, "the same bytes");
    let folder = saved(&lot);
    let texts: Vec<String> = (2..=4).map(|page| page_text(folder.path(), page)).collect();
    for row in 1..=60 {
        let words = format!("令和8年の項目その{row}厚生年金標準報酬月額{row}00,000円");
        let both = texts
            .iter()
            .any(|text| text.contains(&format!("項目その{row}")) && text.contains(&format!("額{row}00,000円")));
        assert!(both, "{words}: {texts:?}");
    }
    for (text, sheet) in texts.iter().zip(["1/3", "2/3", "3/3"]) {
        assert!(text.contains(sheet) && text.contains("照会番号coverage_letter-202609-2"), "{sheet}: {text}");
    }
    assert!(texts[0].contains("渡邉\u{E0117}𠮷子") && texts[2].contains("ねんきん定期便（続き）"), "{texts:?}");
    assert!(write_lot(&fonts, &spec, &[notice(NoticeKind::DebitNotice, 1)]).is_err(), "a notice is no letter");
}

#[test]
fn names_outside_jis_x_0208_are_found_and_shown() {
    let folder = saved(&print_lot(NoticeKind::DebitNotice, 4));
    for (page, name) in (1..).zip(NAMES) {
        let text = page_text(folder.path(), page);
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn a_variation_looks_different_from_its_base() {
    let picture = |name: &str| {
        let mut notice = notice(NoticeKind::DebitNotice, 0);
        notice.recipient.name = name.to_owned();
        let fonts = Fonts::load().expect("the fonts are installed");
        let spec = LotSpec {
            print_run_id: "RUN1".to_owned(),
            kind: NoticeKind::DebitNotice.into(),
            lot_no: 1,
            lot_count: 1,
            first_seq: lot::FIRST_SEQ,
            business_on: date(2026, 5, 20),
            envelope: Envelope::default(),
            payeasy: PayeasySettings::default(),
        };
        let folder = saved(&write_lot(&fonts, &spec, &[notice]).expect("a lot"));
        run(folder.path(), "pdftoppm", &["-r", "100", "-singlefile", "-gray", "lot.pdf", "page"]);
        std::fs::read(folder.path().join("page.pgm")).expect("a picture")
    };
    assert!(picture("渡邉\u{E0117}商店") != picture("渡邉\u{E0118}商店"));
    assert!(picture("渡邉\u{E0117}商店") == picture("渡邉\u{E0117}商店"));
}

#[test]
fn two_dimensional_marks_say_run_and_number() {
    let lot = print_lot(NoticeKind::PaymentSlip, 12);
    let folder = saved(&lot);
    // 200 dots per inch, as a plain scanner: three dots to a module
    run(folder.path(), "pdftoppm", &["-r", "200", "-gray", "lot.pdf", "page"]);
    for row in &lot.index {
        let picture = format!("page-{:02}.pgm", row.page_from);
        let said = run(folder.path(), "zbarimg", &["-q", "--raw", "-Sdisable", "-Sqrcode.enable", &picture]);
        assert_eq!(said.trim(), format!("RUN20260520A/{}/1/1", row.seq));
    }
}

#[test]
fn fonts_are_subsets_and_forms_are_written_once() {
    let lot = print_lot(NoticeKind::DebitNotice, 400);
    let folder = saved(&lot);
    let fonts = run(folder.path(), "pdffonts", &["lot.pdf"]);
    assert_eq!(fonts.lines().skip(2).count(), 3, "{fonts}");
    for line in fonts.lines().skip(2) {
        assert!(line.contains("CID TrueType") && line.contains("yes yes yes"), "{line}");
    }
    assert!(lot.summary.bytes / 400 < 4_000, "{} bytes per page", lot.summary.bytes / 400);
    assert!(run(folder.path(), "pdfinfo", &["lot.pdf"]).contains("Pages:           400"));
}

#[test]
fn the_count_sheet_can_be_read() {
    let lot = print_lot(NoticeKind::DebitNotice, 3);
    let run_spec = package::RunSpec {
        print_run_id: "RUN20260520A".to_owned(),
        kind: NoticeKind::DebitNotice.into(),
        business_on: date(2026, 5, 20),
        envelope: Envelope::default(),
        contact: "印刷担当".to_owned(),
    };
    let fonts = Fonts::load().expect("the fonts are installed");
    let sheet = package::write_count_sheet_pdf(&fonts, &run_spec, std::slice::from_ref(&lot.summary)).expect("counts");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("lot.pdf"), sheet).expect("written");
    let text = page_text(folder.path(), 1);
    for expected in ["件数表", "RUN20260520A", "10000001", "10000003", "446,934円", "合計"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
