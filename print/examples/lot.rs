//! Prints a lot of sample notices: `cargo run --release -p print --example lot -- 2000 debit_notice out.pdf`.
//! Says how long it took; for looking at the sheets and for measuring.

use std::time::Instant;

use domain::Yen;
use jiff::civil::date;
use print::{
    Fonts, IssuingOffice, LotSpec, NoticeKind, PayeasySettings, PremiumNotice, Recipient, lot, package, write_lot,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, kind, path] = &arguments[..] else { return Err("lot COUNT KIND FILE".into()) };
    let kind = NoticeKind::from_code(kind).ok_or("debit_notice or payment_slip")?;
    let notices: Vec<PremiumNotice> = (0..count.parse()?).map(|number| sample(kind, number)).collect();
    let fonts = Fonts::load()?;
    let spec = LotSpec {
        print_run_id: "RUN20260520A".to_owned(),
        kind: print::PieceKind::Notice(kind),
        lot_no: 1,
        lot_count: 1,
        first_seq: lot::FIRST_SEQ,
        business_on: date(2026, 5, 20),
        envelope: print::envelope::Envelope::default(),
        payeasy: PayeasySettings::default(),
    };
    let start = Instant::now();
    let lot = write_lot(&fonts, &spec, &notices)?;
    let seconds = start.elapsed().as_secs_f64();
    std::fs::write(path, &lot.pdf)?;
    let run = package::RunSpec {
        print_run_id: spec.print_run_id.clone(),
        kind: print::PieceKind::Notice(kind),
        business_on: spec.business_on,
        envelope: spec.envelope.clone(),
        contact: "印刷担当".to_owned(),
    };
    let lots = [lot.summary.clone()];
    std::fs::write(format!("{path}.counts.pdf"), package::write_count_sheet_pdf(&fonts, &run, &lots)?)?;
    std::fs::write(format!("{path}.spec.pdf"), package::write_job_ticket_pdf(&fonts, &run, &lots)?)?;
    let pages = lot.summary.pages;
    println!(
        "{pages} pages, {seconds:.3} s, {:.0} pages/s, {} bytes per page",
        f64::from(pages) / seconds,
        lot.summary.bytes / u64::from(pages)
    );
    Ok(())
}

fn sample(kind: NoticeKind, number: i64) -> PremiumNotice {
    let names = [
        "株式会社渡邉\u{E0117}𠮷野髙橋製作所",
        "有限会社山田商店",
        "医療法人社団緑町クリニック",
        "社会福祉法人あおぞら会",
    ];
    let towns = ["緑町", "穴川", "小仲台", "稲毛東", "園生町", "長沼町", "宮野木町", "黒砂台"];
    let rest = format!(
        "{}丁目{}-{}　第{}ビル{}号",
        number % 9 + 1,
        number % 40 + 1,
        number % 20 + 1,
        number % 5 + 1,
        number % 900 + 100
    );
    let pick = |list: &[&str]| list[usize::try_from(number).expect("small") % list.len()].to_owned();
    PremiumNotice {
        notice_id: format!("NT202604-{number:07}"),
        kind,
        recipient: Recipient {
            postal_code: format!("263{:04}", number % 90 + 1).parse().expect("a postal code"),
            address: format!("千葉県千葉市稲毛区{}{rest}", pick(&towns)),
            address_behind_town: Some(rest),
            name: pick(&names),
        },
        employer_symbol: "12-01-ﾃｽﾄ".parse().expect("a symbol"),
        employer_number: format!("{:05}", number % 100_000),
        for_month: "2026-04".parse().expect("a month"),
        issued_on: date(2026, 5, 20),
        due_on: date(2026, 6, 1),
        insured_count: u32::try_from(number % 2000 + 1).expect("small"),
        health_yen: Yen::new(51_572 + number * 7919),
        pension_yen: Yen::new(95_526 + number * 104_729),
        contribution_yen: Yen::new(1_879 + number * 13),
        office: IssuingOffice {
            name: "千葉年金事務所".to_owned(),
            address: "〒260-0000 千葉県千葉市中央区見本町1-1".to_owned(),
            telephone: "043-000-0000".to_owned(),
        },
    }
}
