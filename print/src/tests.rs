//! Fonts, fitting and lots, from the inside. What a reader of the PDF sees is tested in `tests/print`.

use std::path::Path;

use crate::envelope::Envelope;
use crate::fonts::{FontKey, Fonts, characters};
use crate::marks::{BAR_PITCH, BAR_WIDTH, Fit, Length, Mark, Typeface, mm, text};
use crate::notices::{NoticeKind, PremiumNotice, sample, sheet};
use crate::package::{self, RunSpec};
use crate::payeasy::PayeasySettings;
use crate::typeset::{advanced, length, typeset};
use crate::{LotSpec, LotSummary, PrintError, check, lot, write_lot};

fn fonts() -> Fonts {
    Fonts::load().expect("the fonts are installed: apt-get install fonts-ipaexfont fonts-ipamj-mincho")
}

fn spec(kind: NoticeKind) -> LotSpec {
    LotSpec {
        print_run_id: "RUN20260520A".to_owned(),
        kind: kind.into(),
        lot_no: 1,
        lot_count: 1,
        first_seq: lot::FIRST_SEQ,
        business_on: jiff::civil::date(2026, 5, 20),
        envelope: Envelope::default(),
        payeasy: PayeasySettings::default(),
    }
}

fn run() -> RunSpec {
    RunSpec {
        print_run_id: "RUN20260520A".to_owned(),
        kind: NoticeKind::DebitNotice.into(),
        business_on: jiff::civil::date(2026, 5, 20),
        envelope: Envelope::default(),
        contact: "印刷担当".to_owned(),
    }
}

#[test]
fn a_variation_has_its_own_glyph() {
    let fonts = fonts();
    let mut chooser = fonts.chooser();
    let base = chooser.glyph(Typeface::Mincho, ('邉', None)).expect("a base glyph");
    let varied = chooser.glyph(Typeface::Mincho, ('邉', Some('\u{E0117}'))).expect("a variation");
    let other = chooser.glyph(Typeface::Mincho, ('邉', Some('\u{E0118}'))).expect("another");
    assert_eq!((base.font, varied.font), (FontKey::Mincho, FontKey::Names));
    assert_ne!(varied.id, other.id);
    // only IPAmj has 𠮷; IPAex has 髙, though JIS X 0208 lacks it
    assert_eq!(chooser.glyph(Typeface::Gothic, ('𠮷', None)).map(|glyph| glyph.font), Some(FontKey::Names));
    assert_eq!(chooser.glyph(Typeface::Mincho, ('髙', None)).map(|glyph| glyph.font), Some(FontKey::Mincho));
}

#[test]
fn an_unknown_variation_is_not_replaced_by_its_base() {
    let fonts = fonts();
    let mut chooser = fonts.chooser();
    assert_eq!(chooser.glyph(Typeface::Mincho, ('邉', Some('\u{E01EF}'))), None);
    assert_eq!(chooser.glyph(Typeface::Mincho, ('\u{F8FF}', None)), None);
}

#[test]
fn selectors_stay_with_their_character() {
    let split: Vec<_> = characters("邉\u{E0117}𠮷a").collect();
    assert_eq!(split, [('邉', Some('\u{E0117}')), ('𠮷', None), ('a', None)]);
}

#[test]
fn missing_fonts_name_the_packages() {
    let error = Fonts::load_from(Some(Path::new("/nonexistent"))).err().expect("no fonts there");
    assert!(error.to_string().contains("fonts-ipamj-mincho"), "{error}");
}

#[test]
fn the_wording_of_the_forms_keeps_its_size() {
    let fonts = fonts();
    let mut chooser = fonts.chooser();
    for mark in NoticeKind::ALL.into_iter().flat_map(sheet::form) {
        if let Mark::Text(text) = mark {
            let lines = typeset(&mut chooser, "form", &text).expect("the form can be set");
            assert!(lines.iter().all(|line| line.size == text.size), "got smaller: {}", text.text);
        }
    }
}

#[test]
fn long_texts_wrap_and_shrink_inside_their_room() {
    let fonts = fonts();
    let mut chooser = fonts.chooser();
    for count in 1..60 {
        let name = "髙".repeat(count);
        // 70 mm hold 33 characters of 6 points
        let wrapped = typeset(&mut chooser, "N", &text(mm(20), mm(30), 110, &*name).wrap(mm(70), 2, mm(5)));
        let lines = wrapped.expect("two lines of 33 characters hold it");
        assert!(lines.len() <= 2);
        assert!(lines.iter().all(|line| length(&line.glyphs, line.size) <= mm(70)), "{count}");
        assert_eq!(lines.iter().map(|line| line.glyphs.len()).sum::<usize>(), count);
    }
    let error = typeset(&mut chooser, "N1", &text(mm(20), mm(30), 110, "髙".repeat(99)).shrink(mm(70)).item("名称"));
    assert!(matches!(error, Err(PrintError::DoesNotFit { item: "名称", .. })));
}

#[test]
fn lines_do_not_begin_with_a_comma_or_split_a_number() {
    let fonts = fonts();
    let mut chooser = fonts.chooser();
    let body = text(mm(20), mm(30), 100, "あいうえおかき、令和8年12345円").wrap(mm(25), 9, mm(5));
    for line in typeset(&mut chooser, "N", &body).expect("fits") {
        let first = line.glyphs[0].character.0;
        assert!(!"、円2345".contains(first), "begins with {first}");
    }
}

#[test]
fn advances_round_up() {
    assert_eq!(advanced(1000, 100), Length(353)); // 10 pt = 3.5277… mm
    assert_eq!(advanced(0, 100), Length(0));
}

#[test]
fn address_and_barcode_show_wherever_the_sheet_slides() {
    for envelope in Envelope::all() {
        let visible = envelope.always_visible();
        let bars = BAR_PITCH.times(66) + BAR_WIDTH + mm(4); // 2 mm quiet on both sides
        assert!(bars <= visible.width, "{}", envelope.code);
        let notice = sample::notice(NoticeKind::DebitNotice);
        for mark in sheet::address(&sample::sheet(&notice, &envelope, &PayeasySettings::default())) {
            let (left, right, top, bottom) = match &mark {
                Mark::Text(text) => match text.fit {
                    Fit::Wrap { width, lines, leading } => {
                        let last = text.baseline + leading.times(i32::from(lines) - 1) + mm(1);
                        (text.x, text.x + width, text.baseline - mm(4), last)
                    }
                    _ => (text.x, text.x, text.baseline - mm(4), text.baseline),
                },
                Mark::CustomerBarcode { x, top, .. } => (*x - mm(2), *x + bars - mm(2), *top - mm(2), *top + mm(6)),
                other => panic!("{other} in the window"),
            };
            assert!(left >= visible.left && right <= visible.right(), "{mark}");
            assert!(top >= visible.top && bottom <= visible.bottom(), "{mark}");
        }
    }
}

#[test]
fn the_same_lot_is_the_same_bytes() {
    let fonts = fonts();
    for kind in NoticeKind::ALL {
        let notices = [sample::notice(kind), sample::notice(kind)];
        let (first, second) = (write_lot(&fonts, &spec(kind), &notices), write_lot(&fonts, &spec(kind), &notices));
        let (first, second) = (first.expect("a lot"), second.expect("a lot"));
        assert_eq!(first.summary, second.summary);
        assert!(first.pdf == second.pdf);
        assert_eq!((first.summary.pieces, first.summary.pages, first.summary.last_seq), (2, 2, 10_000_002));
        assert_eq!(first.summary.total_yen, notices[0].total_yen() + notices[1].total_yen());
    }
}

/// A name of so many characters.
fn long_name(count: usize) -> PremiumNotice {
    let mut notice = sample::notice(NoticeKind::DebitNotice);
    notice.recipient.name = "長".repeat(count);
    notice
}

#[test]
fn what_cannot_be_printed_names_its_notice() {
    let fonts = fonts();
    let kind = NoticeKind::DebitNotice;
    let with = |change: &dyn Fn(&mut PremiumNotice)| {
        let mut notice = sample::notice(kind);
        notice.notice_id = "NT-BAD".to_owned();
        change(&mut notice);
        let lot = write_lot(&fonts, &spec(kind), &[sample::notice(kind), notice.clone()]).err().expect("refused");
        let checked = check(&fonts, &notice).err();
        assert!(lot.to_string().contains("NT-BAD"), "{lot}");
        (lot, checked)
    };
    let (error, checked) = with(&|notice| notice.recipient.name = "株式会社渡邉\u{E01EF}商店".to_owned());
    assert!(matches!(&error, PrintError::MissingGlyph { sequence, .. } if sequence == "邉\u{E01EF}"), "{error}");
    assert!(error.to_string().contains("U+9089 U+E01EF"), "{error}");
    assert_eq!(checked.map(|error| error.to_string()), Some(error.to_string()));
    let (error, _) = with(&|notice| notice.recipient.name = "長".repeat(200));
    assert!(matches!(error, PrintError::DoesNotFit { item: "名称", .. }));
    assert!(check(&fonts, &PremiumNotice { kind: NoticeKind::PaymentSlip, ..long_name(57) }).is_ok());
    let (error, _) = with(&|notice| notice.health_yen = domain::Yen::new(-1));
    assert!(matches!(error, PrintError::Unfit { .. }));
    let (error, _) = with(&|notice| notice.pension_yen = domain::Yen::new(99_999_999_999));
    assert!(matches!(error, PrintError::Unfit { .. }));
    let (error, _) = with(&|notice| notice.kind = NoticeKind::PaymentSlip);
    assert!(matches!(error, PrintError::Unfit { .. }));
    assert!(check(&fonts, &sample::notice(kind)).is_ok());
}

#[test]
fn specs_are_checked() {
    let fonts = fonts();
    let kind = NoticeKind::DebitNotice;
    let notices = [sample::notice(kind)];
    for wrong in [
        LotSpec { print_run_id: "../RUN".to_owned(), ..spec(kind) },
        LotSpec { lot_no: 2, ..spec(kind) },
        LotSpec { first_seq: 1, ..spec(kind) },
        LotSpec { first_seq: 100_000_000, ..spec(kind) },
    ] {
        assert!(matches!(write_lot(&fonts, &wrong, &notices), Err(PrintError::Spec(_))), "{wrong:?}");
    }
    assert!(matches!(write_lot(&fonts, &spec(kind), &[]), Err(PrintError::Spec(_))));
}

#[test]
fn a_representative_postal_code_gets_no_barcode() {
    let fonts = fonts();
    let kind = NoticeKind::DebitNotice;
    let mut representative = sample::notice(kind);
    representative.recipient.postal_code = "2630000".parse().expect("a postal code");
    let lot = write_lot(&fonts, &spec(kind), &[sample::notice(kind), representative]).expect("a lot");
    let index = String::from_utf8(package::write_index(&lot.index).expect("an index")).expect("UTF-8");
    assert_eq!(
        index,
        "seq,notice_id,page_from,page_to,sheets,zip,customer_barcode,sort_bundle,dispatch,special,page_hash\n\
         10000001,NT202604-0000001,1,1,1,2630023,26300233-30-8-403,263,MAIL,,\n\
         10000002,NT202604-0000001,2,2,1,2630000,,263,MAIL,,\n"
    );
}

fn lots() -> Vec<LotSummary> {
    let lot = |lot_no: u32, pieces: u32, first_seq: u32| LotSummary {
        lot_no,
        file_name: format!("RUN20260520A_{lot_no:02}.pdf"),
        sha256: "0".repeat(64),
        bytes: 1000,
        pieces,
        sheets: pieces,
        pages: pieces,
        first_seq,
        last_seq: first_seq + pieces - 1,
        total_yen: domain::Yen::new(1_234_567),
    };
    vec![lot(1, 2000, 10_000_001), lot(2, 5, 10_002_001)]
}

#[test]
fn the_manifest_says_every_lot() {
    let json = package::write_manifest_json(&run(), &lots()).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(manifest["base_date"], "20260520");
    assert_eq!(manifest["created_at"], "2026-05-20T00:00:00+09:00");
    assert_eq!(manifest["lots"][1]["first_seq"], 10_002_001);
    assert_eq!(manifest["lots"][1]["lot_count"], 2);
    let csv = String::from_utf8(package::write_manifest_csv(&run(), &lots()).expect("a manifest")).expect("UTF-8");
    assert!(csv.starts_with(
        "run_id,notice_type,form_version,base_date,created_at,lot_no,lot_count,file_name,sha256,bytes,pieces,sheets,\
         pages,first_seq,last_seq,stock_code,envelope_code,enclosures,postage_class,pull_list,contact,total_yen\n"
    ));
    assert_eq!(csv.lines().count(), 3);
}

#[test]
fn the_count_sheet_adds_up() {
    let csv = String::from_utf8(package::write_count_sheet_csv(&run(), &lots()).expect("counts")).expect("UTF-8");
    assert_eq!(csv.lines().last(), Some("合計,2005,2005,2005,10000001,10002005,2469134"));
    let fonts = fonts();
    let pdf = package::write_count_sheet_pdf(&fonts, &run(), &lots()).expect("counts");
    assert_eq!(crate::pdf::count_pages(&pdf).expect("a PDF"), 1);
    let ticket = package::write_job_ticket_pdf(&fonts, &run(), &lots()).expect("a ticket");
    assert_eq!(crate::pdf::count_pages(&ticket).expect("a PDF"), 1);
}

#[test]
fn a_run_with_a_gap_is_refused() {
    let mut gap = lots();
    gap[1].first_seq += 1;
    gap[1].last_seq += 1;
    let missing = vec![lots().remove(1)];
    let mut wrong_count = lots();
    wrong_count[1].pieces = 6;
    for wrong in [gap, missing, wrong_count, Vec::new()] {
        assert!(matches!(package::write_manifest_json(&run(), &wrong), Err(PrintError::Package(_))));
        assert!(matches!(package::write_count_sheet_csv(&run(), &wrong), Err(PrintError::Package(_))));
    }
}

#[test]
fn pay_easy_numbers_stay_the_same_and_differ_by_notice() {
    let settings = PayeasySettings::default();
    let yen = domain::Yen::new(148_977);
    let numbers = settings.numbers("NT1", yen);
    assert_eq!(numbers, settings.numbers("NT1", yen));
    assert_ne!(numbers.payment_number, settings.numbers("NT2", yen).payment_number);
    assert_ne!(numbers.confirmation_number, settings.numbers("NT1", domain::Yen::new(148_978)).confirmation_number);
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    assert!(digits(&numbers.payment_number, 16) && digits(&numbers.confirmation_number, 6));
}

#[test]
fn figures_stand_in_their_cells() {
    use crate::notices::payment_slip::notice::cells;
    assert_eq!(cells(1_879, 6), Some(vec![' ', '¥', '1', '8', '7', '9']));
    assert_eq!(cells(99_999_999_999, 12).map(|cells| cells[0]), Some('¥'));
    assert_eq!(cells(100_000_000_000, 12), None);
}

#[test]
fn debug_shows_no_name() {
    let shown = format!("{:?}", sample::notice(NoticeKind::DebitNotice));
    assert!(!shown.contains("髙橋") && !shown.contains("緑町") && !shown.contains("51"), "{shown}");
}
