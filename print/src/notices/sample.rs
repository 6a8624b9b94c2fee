//! Sample notices and the comparison with the golden marks.

use domain::Yen;
use jiff::civil::date;

use crate::envelope::Envelope;
use crate::notices::sheet::{Sheet, form, marks};
use crate::notices::{IssuingOffice, NoticeKind, PremiumNotice, Recipient};
use crate::{PayeasySettings, lot};

/// An invented employer whose name needs a variation sequence. Pension and levy by hand: (88,000円 + 134,000円 +
/// 300,000円) × 18.3% = 95,526円; × 0.36% = 1,879円 (1,879.2). The health amount is any.
pub fn notice(kind: NoticeKind) -> PremiumNotice {
    PremiumNotice {
        notice_id: "NT202604-0000001".to_owned(),
        kind,
        recipient: Recipient {
            postal_code: "2630023".parse().expect("a postal code"),
            address: "千葉県千葉市稲毛区緑町3丁目30-8　郵便ビル403号".to_owned(),
            address_behind_town: Some("3丁目30-8　郵便ビル403号".to_owned()),
            name: "株式会社渡邉\u{E0117}𠮷野髙橋製作所".to_owned(),
        },
        employer_symbol: "12-01-ﾃｽﾄ".parse().expect("a symbol"),
        employer_number: "00123".to_owned(),
        for_month: "2026-04".parse().expect("a month"),
        issued_on: date(2026, 5, 20),
        due_on: date(2026, 6, 1),
        insured_count: 3,
        health_yen: Yen::new(51_572),
        pension_yen: Yen::new(95_526),
        contribution_yen: Yen::new(1_879),
        office: IssuingOffice {
            name: "千葉年金事務所".to_owned(),
            address: "〒260-0000 千葉県千葉市中央区見本町1-1".to_owned(),
            telephone: "043-000-0000".to_owned(),
        },
    }
}

/// The sample as first piece of a run.
pub fn sheet<'a>(notice: &'a PremiumNotice, envelope: &'a Envelope, payeasy: &'a PayeasySettings) -> Sheet<'a> {
    let print_run_id = "RUN20260520A";
    Sheet { notice, print_run_id, seq: lot::FIRST_SEQ, sheet: 1, sheets: 1, envelope, payeasy }
}

/// The marks of the sample against the golden file. Written anew with `NENRIN_WRITE_GOLDEN=1`.
pub fn compare(kind: NoticeKind, golden: &str) {
    let notice = notice(kind);
    let (envelope, payeasy) = (Envelope::default(), PayeasySettings::default());
    let sheet = sheet(&notice, &envelope, &payeasy);
    let lines = form(kind).into_iter().map(|mark| format!("form  {mark}\n"));
    let marks: String = lines.chain(marks(&sheet).into_iter().map(|mark| format!("sheet {mark}\n"))).collect();
    if std::env::var_os("NENRIN_WRITE_GOLDEN").is_some() {
        let here = std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo");
        let path = format!("{here}/src/notices/{}/golden.txt", kind.code());
        std::fs::write(path, &marks).expect("the golden file is writable");
        return;
    }
    for (number, (found, expected)) in marks.lines().zip(golden.lines()).enumerate() {
        assert_eq!(found, expected, "line {}", number + 1);
    }
    assert_eq!(marks.lines().count(), golden.lines().count());
}
