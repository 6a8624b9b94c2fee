//! Prints a lot of sample notices: `cargo run --release -p print --example lot -- 2000 debit_notice out.pdf`.
//! `letter` prints letters to persons. Says how long it took; for looking at the sheets and for measuring.

use std::time::Instant;

use domain::Yen;
use jiff::civil::date;
use print::{
    Fonts, IssuingOffice, LotSpec, NoticeKind, PayeasySettings, PersonLetter, PieceKind, PremiumNotice, Recipient, lot,
    package, write_letters, write_lot,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, kind, path] = &arguments[..] else { return Err("lot COUNT KIND FILE".into()) };
    let kind = PieceKind::from_code(kind).ok_or("debit_notice, payment_slip or letter")?;
    let count: i64 = count.parse()?;
    let fonts = Fonts::load()?;
    let spec = LotSpec {
        print_run_id: "RUN20260520A".to_owned(),
        kind,
        lot_no: 1,
        lot_count: 1,
        first_seq: lot::FIRST_SEQ,
        business_on: date(2026, 5, 20),
        envelope: print::envelope::Envelope::default(),
        payeasy: PayeasySettings::default(),
    };
    let start = Instant::now();
    let lot = match kind {
        PieceKind::Notice(kind) => {
            let notices: Vec<PremiumNotice> = (0..count).map(|number| sample(kind, number)).collect();
            write_lot(&fonts, &spec, &notices)?
        }
        PieceKind::Letter => write_letters(&fonts, &spec, &(0..count).map(letter).collect::<Vec<_>>())?,
    };
    let seconds = start.elapsed().as_secs_f64();
    std::fs::write(path, &lot.pdf)?;
    let run = package::RunSpec {
        print_run_id: spec.print_run_id.clone(),
        kind,
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

fn letter(number: i64) -> PersonLetter {
    let notice = sample(NoticeKind::DebitNotice, number);
    let row = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let mut rows = vec![
        row("作成の基準", "令和8年8月までの記録"),
        row("国民年金 第1号・任意加入 (納付)", "180月"),
        row("厚生年金 第1号 (民間)", "96月"),
        row("受給資格期間 (120月以上で受給できます)", "276月"),
        row("老齢基礎年金", "311,888円"),
        row("老齢厚生年金", "152,300円"),
        row("これまでの加入実績に応じた額 (年額)", "464,188円"),
        row(
            "届出先",
            "お住まいの市区町村の国民年金担当窓口、又は年金事務所。郵送による届出もできますので、電話でおたずねください",
        ),
    ];
    rows.extend(
        (1..=12).map(|month| {
            (format!("令和8年{month}月"), "厚生年金 標準報酬月額 300,000円 標準賞与額 450,000円".to_owned())
        }),
    );
    PersonLetter {
        notice_id: format!("coverage_postcard-202609-{number}"),
        recipient: Recipient { name: "渡邉\u{E0117}　𠮷子".to_owned(), ..notice.recipient },
        issued_on: date(2026, 9, 1),
        title: "ねんきん定期便".to_owned(),
        rows,
        paragraphs: vec![
            "年金額は、これまでの加入実績に応じたものです。今後の加入で増えます。金額は2026年度の額と令和8年8月までの記録により計算したもので、\
             賃金・物価により毎年度改定されます。"
                .to_owned(),
            "加入記録に「もれ」や「誤り」があるときは、お近くの年金事務所へお申し出ください。".to_owned(),
        ],
        office: notice.office,
    }
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
