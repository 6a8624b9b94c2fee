//! 電子媒体届書 by chance: what is written reads back the same, and no bytes at all make the reader panic or
//! take a record that the writer would not have written.

use domain::nenkin::*;
use domain::{BasicPensionNumber, EmployerSymbol, Month, MyNumber, Yen, check_digit};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::option::of;
use proptest::prelude::*;

const CHECKED_ON: Date = date(2026, 7, 15);

fn employer() -> EmployerSymbol {
    "21-01-ﾃｽﾄ".parse().expect("a symbol")
}

fn header() -> MediaHeader {
    MediaHeader { sender: Sender::Employer(employer()), serial: 1, created_on: CHECKED_ON }
}

fn office() -> OfficeInfo {
    OfficeInfo {
        employer: employer(),
        office_number: 12345,
        postal_code: "1000001".parse().expect("a code"),
        address: "東京都架空区見本町１－２－３".to_owned(),
        name: "株式会社見本商事".to_owned(),
        employer_name: "見本　社長".to_owned(),
        telephone: ["03", "0000", "0000"].map(str::to_owned),
    }
}

fn day(first: Date, last: Date) -> impl Strategy<Value = Date> {
    let days = first.until(last).expect("in order").get_days();
    (0..=days).prop_map(move |days| first.checked_add(days.days()).expect("in range"))
}

fn name() -> impl Strategy<Value = PersonName> {
    // 25 bytes of kana and 24 of kanji at most.
    let kanji = "[亜-腕ぁ-んァ-ヶ]{1,5}　[一丁七熙凜堯槇遙瑤]{1,6}";
    ("[ｦ-ﾟ]{1,12} [ｦ-ﾟ]{1,12}", of(kanji)).prop_filter_map("level 1 and 2 only", |(kana, kanji)| {
        let written = kanji.as_deref().is_none_or(|kanji| domain::characters::jis_x_0208_only(kanji).is_ok());
        written.then_some(PersonName { kana, kanji })
    })
}

fn note() -> impl Strategy<Value = Option<Note>> {
    of("[ -!#-+\\--~｡-ﾟ]{1,20}|[ぁ-んァ-ヶ０-９～－　]{1,37}").prop_map(|text| text.map(Note))
}

fn my_number() -> impl Strategy<Value = MyNumber> {
    "[0-9]{10}[1-9]".prop_map(|digits| {
        let check = check_digit::my_number_check(&digits).expect("eleven digits");
        format!("{digits}{check}").parse().expect("with its check digit")
    })
}

fn pension_number() -> impl Strategy<Value = BasicPensionNumber> {
    "[0-9]{3}[1-9][0-9]{5}[1-9]".prop_map(|digits| digits.parse().expect("ten digits, no part all zeros"))
}

fn insured(born: (Date, Date)) -> impl Strategy<Value = Insured> {
    (of(1..=999_999_u32), name(), day(born.0, born.1), of(pension_number())).prop_map(
        |(insured_number, name, born_on, basic_pension_number)| Insured {
            insured_number,
            name,
            born_on,
            my_number: None,
            basic_pension_number,
        },
    )
}

/// People who can be insured: between 15 and 69 on the day of checking.
fn worker() -> impl Strategy<Value = Insured> {
    insured((date(1957, 1, 1), date(2011, 1, 1)))
}

fn yen() -> impl Strategy<Value = Yen> {
    prop_oneof![9 => 1_000..3_000_000_i64, 1 => 3_000_000..=9_999_999_i64].prop_map(Yen::new)
}

fn address() -> impl Strategy<Value = Address> {
    ("[0-9]{2}[1-9][0-9]{4}", "[ｦ-ﾟ0-9-]{1,75}", of("[ぁ-んァ-ヶ０-９－]{1,37}"))
        .prop_map(|(code, kana, kanji)| Address { postal_code: code.parse().expect("seven digits"), kana, kanji })
}

prop_compose! {
    fn enrolment()(
        insured in worker(), with_number in of(my_number()), address in address(), flags in any::<[bool; 6]>(),
        acquired_on in day(date(2018, 4, 1), CHECKED_ON), cash_yen in yen(), in_kind_yen in yen(), note in note(),
        female in any::<bool>(), reason in prop_oneof![Just(None), Just(Some(NoAddressReason::LivesAbroad))],
    ) -> Filing {
        Filing::Enrolment(Enrolment {
            employer: employer(),
            office_number: 12345,
            kind: Some(if female { InsuredKind::Female } else { InsuredKind::Male }),
            acquisition: Some(AcquisitionKind::HealthAndPension),
            no_address_reason: reason.filter(|_| with_number.is_none()),
            no_address_note: None,
            acquired_on,
            has_dependants: flags[0],
            cash_yen,
            in_kind_yen,
            monthly_remuneration_yen: capped(cash_yen + in_kind_yen),
            over_70: false,
            two_workplaces: flags[1],
            short_time_worker: flags[2],
            rehired: flags[3],
            note,
            address: Some(address).filter(|_| with_number.is_none()),
            over_70_form_only: false,
            wants_eligibility_certificate: flags[4],
            insured: Insured { my_number: with_number, ..insured },
        })
    }
}

prop_compose! {
    fn coverage_end()(
        insured in worker(), number in pension_number(), with_number in of(my_number()), flags in any::<[bool; 3]>(),
        event_on in day(date(2018, 4, 1), date(2026, 7, 14)), note in note(), sheets in of(0..=99_u8),
    ) -> Filing {
        let retired = flags[0];
        Filing::CoverageEnd(CoverageEnd {
            employer: employer(),
            office_number: 12345,
            insured: Insured { my_number: with_number, basic_pension_number: Some(number), ..insured },
            lost_on: event_on.tomorrow().ok(),
            cause: if retired { CoverageEndCause::Retirement } else { CoverageEndCause::DisabilityCertification },
            event_on: Some(event_on).filter(|_| retired),
            two_workplaces: flags[1],
            rehired: flags[2],
            note,
            certificates_attached: sheets,
            certificates_not_returnable: None,
            over_70_ceased_on: None,
            over_70_form_only: false,
        })
    }
}

fn months(first: Month, days: [u8; 3], pay: [(Yen, Yen); 3]) -> [MonthlyPay; 3] {
    [0, 1, 2].map(|place| {
        let (cash_yen, in_kind_yen) = pay[place];
        MonthlyPay {
            paid_in: first.plus(i32::try_from(place).expect("small")),
            base_days: days[place],
            cash_yen,
            in_kind_yen,
            total_yen: capped(cash_yen + in_kind_yen),
        }
    })
}

fn previous() -> impl Strategy<Value = PreviousStandard> {
    (of(58..=1_390_i64), of(88..=650_i64), 0..90_i32).prop_map(|(health, pension, ago)| PreviousStandard {
        health_yen: health.map(|thousands| Yen::new(thousands * 1_000)),
        pension_yen: pension.map(|thousands| Yen::new(thousands * 1_000)),
        revised_from: Month::of(CHECKED_ON).plus(-ago),
    })
}

fn pay_change() -> impl Strategy<Value = Option<PayChange>> {
    of((1..=12_u8, any::<bool>()).prop_map(|(month, up)| PayChange {
        month,
        direction: if up { PayChangeDirection::Up } else { PayChangeDirection::Down },
    }))
}

prop_compose! {
    fn annual()(
        insured in worker(), days in any::<[u8; 3]>().prop_map(|days| days.map(|days| days % 32)),
        pay in prop::array::uniform3((yen(), yen())), previous in previous(), pay_change in pay_change(),
        retroactive in of((4..=6_u8, yen())), flags in any::<[bool; 8]>(), note in note(), adjusted in of(yen()),
        over_70 in of(my_number()),
    ) -> Filing {
        let class = match (flags[5], flags[6]) {
            (true, _) => BaseDays::ShortTime,
            (_, true) => BaseDays::PartTime,
            _ => BaseDays::General,
        };
        let months = months(Month::new(2026, 4).expect("a month"), days, pay);
        let (total_yen, average_yen) = base_total_and_average(class, days, months.map(|month| month.total_yen));
        Filing::AnnualDetermination(AnnualDetermination {
            employer: employer(),
            insured: Insured { my_number: over_70, ..insured },
            applies_from: Month::new(2026, 9).expect("a month"),
            previous,
            pay_change,
            retroactive_month: retroactive.map(|(month, _)| month),
            retroactive_yen: retroactive.map(|(_, yen)| yen),
            months,
            total_yen,
            average_yen,
            adjusted_average_yen: adjusted,
            over_70: over_70.is_some(),
            over_70_months: over_70.map(|_| (4, Some(6))),
            two_workplaces: flags[0],
            change_planned: flags[1],
            joined_midway: flags[2],
            on_leave: flags[3],
            short_time_worker: flags[5],
            part_time_worker: flags[6],
            annual_average: flags[4],
            note,
            over_70_form_only: false,
        })
    }
}

prop_compose! {
    fn revision()(
        insured in worker(), days in any::<[u8; 3]>().prop_map(|days| days.map(|days| 17 + days % 15)),
        pay in prop::array::uniform3((yen(), yen())), previous in previous(), pay_change in pay_change(),
        ago in 0..80_i32, flags in any::<[bool; 3]>(), change_reason in note(), note in note(), adjusted in of(yen()),
    ) -> Filing {
        let revised_from = Month::of(CHECKED_ON).plus(-ago);
        let months = months(revised_from.plus(-3), days, pay);
        let (total_yen, average_yen) = base_total_and_average(BaseDays::General, days, months.map(|month| month.total_yen));
        Filing::RevisionOnChange(RevisionOnChange {
            employer: employer(),
            insured,
            revised_from,
            previous,
            pay_change,
            retroactive_month: None,
            retroactive_yen: None,
            months,
            total_yen,
            average_yen,
            adjusted_average_yen: adjusted,
            over_70: false,
            two_workplaces: flags[0],
            short_time_worker: flags[1],
            change_reason,
            health_only: flags[2],
            note,
            over_70_form_only: false,
        })
    }
}

prop_compose! {
    fn bonus()(
        insured in worker(), paid_on in day(date(2018, 4, 1), CHECKED_ON), cash_yen in yen(), in_kind_yen in yen(),
        two_workplaces in any::<bool>(), first_payment_day in of(1..=31_u8),
    ) -> Filing {
        Filing::Bonus(Bonus {
            employer: employer(),
            insured,
            paid_on,
            cash_yen,
            in_kind_yen,
            bonus_yen: bonus_total(cash_yen, in_kind_yen),
            over_70: false,
            two_workplaces,
            first_payment_day,
            over_70_form_only: false,
        })
    }
}

fn filing() -> impl Strategy<Value = Filing> {
    prop_oneof![enrolment(), coverage_end(), annual(), revision(), bonus()]
}

fn samples() -> Vec<&'static [u8]> {
    vec![
        include_bytes!("../samples/nenkin/2200700/SHFD0006.CSV"),
        include_bytes!("../samples/nenkin/2201700/SHFD0006.CSV"),
        include_bytes!("../samples/nenkin/2202700/SHFD0006.CSV"),
        include_bytes!("../samples/nenkin/2221700/SHFD0006.CSV"),
        include_bytes!("../samples/nenkin/2225700/SHFD0006.CSV"),
        include_bytes!("../samples/nenkin/2265700/SHFD0006.CSV"),
    ]
}

/// Whatever was taken must be sound: it passes the checks again and can be written, and comes back the same.
fn sound(bytes: &[u8]) -> Result<(), TestCaseError> {
    let reading = read(bytes, CHECKED_ON);
    prop_assert!(!reading.is_refused() || reading.taken().count() == 0);
    for record in &reading.records {
        let errors = record.problems.iter().any(Problem::is_error);
        prop_assert_eq!(record.filing.is_some(), !errors && !reading.is_refused(), "{:?}", record);
    }
    let filings: Vec<Filing> = reading.taken().map(|(_, filing)| filing.clone()).collect();
    if let (false, Some(header)) = (filings.is_empty(), &reading.header) {
        // The file is checked on the day it was made, which a changed byte may have moved.
        let header = MediaHeader { created_on: CHECKED_ON, ..header.clone() };
        let written = write(&header, &reading.offices, &filings);
        prop_assert!(written.is_ok(), "{:?}", written);
        let again = read(&written.expect("just seen"), CHECKED_ON);
        prop_assert_eq!(again.taken().map(|(_, filing)| filing.clone()).collect::<Vec<_>>(), filings);
    }
    if let Some(files) = return_files(&reading, &[]) {
        prop_assert!(files.list.starts_with(&[0xEF, 0xBB, 0xBF]));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Generated → written → read: equal; written again: the same bytes.
    #[test]
    fn round_trip(mut filings in prop::collection::vec(filing(), 1..12)) {
        // A number belongs to one enrolment of a file, and no record comes twice.
        for (place, filing) in filings.iter_mut().enumerate() {
            if let Filing::Enrolment(enrolment) = filing {
                enrolment.insured.insured_number = Some(u32::try_from(place).expect("small") + 1);
            }
        }
        filings.dedup();
        let bytes = write(&header(), &[office()], &filings);
        prop_assert!(bytes.is_ok(), "{:?}", bytes);
        let bytes = bytes.expect("just seen");
        let reading = read(&bytes, CHECKED_ON);
        let found: Vec<Filing> = reading.taken().map(|(_, filing)| filing.clone()).collect();
        prop_assert_eq!(&found, &filings);
        prop_assert_eq!(reading.header.as_ref(), Some(&header()));
        prop_assert_eq!(&reading.offices, &vec![office()]);
        prop_assert_eq!(write(&header(), &[office()], &found), Ok(bytes));
    }

    #[test]
    fn any_bytes_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let reading = read(&bytes, CHECKED_ON);
        prop_assert!(reading.is_refused());
        sound(&bytes)?;
    }

    #[test]
    fn bytes_that_look_like_a_file_get_a_verdict(
        parts in prop::collection::vec(prop_oneof![
            Just(b"\r\n".to_vec()), Just(b",".to_vec()), Just(b"[kanri]\r\n".to_vec()), Just(b"[data]\r\n".to_vec()),
            Just(b"21,01,A,001,20260715,22223\r\n".to_vec()), Just(b",001\r\n".to_vec()), Just(b"2265700".to_vec()),
            Just(b"\x8C\xA9".to_vec()), Just(b"\"".to_vec()), Just(b"9".to_vec()), Just(b"\n".to_vec()), Just(b"\x81".to_vec()),
        ], 0..60)
    ) {
        sound(&parts.concat())?;
    }

    /// Good files with a few bytes changed, taken out or put in.
    #[test]
    fn changed_samples_are_taken_only_when_sound(
        sample in prop::sample::select(samples()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![
            Just(None), any::<u8>().prop_map(Some), prop::sample::select(&b"0123456789,\"\r\n 9"[..]).prop_map(Some),
        ], any::<bool>()), 1..4),
    ) {
        let mut bytes = sample.to_vec();
        for (place, byte, insert) in changes {
            let place = place.index(bytes.len());
            match (byte, insert) {
                (Some(byte), true) => bytes.insert(place, byte),
                (Some(byte), false) => bytes[place] = byte,
                (None, _) => { bytes.remove(place); }
            }
        }
        sound(&bytes)?;
    }
}

#[test]
fn samples_cut_at_every_byte_are_never_taken_in_part() {
    for sample in samples() {
        for length in 0..sample.len() {
            let whole = sample[..length].ends_with(b"\r\n");
            let cut = read(&sample[..length], CHECKED_ON);
            assert!(whole || cut.is_refused(), "cut at {length}");
            assert!(sound(&sample[..length]).is_ok(), "cut at {length}");
        }
    }
}
