//! 株式会社見本商事 — the employer of the official sample files, with the people whom they speak of. The 算定基礎届 is among
//! these files: it has not been sent.

use jiff::civil::{Date, date};
use store::load::{Batch, Employer, Person, Spell, SpellKey, Standard};

use super::country::{Address, Country};
use super::data::Name;
use super::lives::{self, Cover, Home, Identity};
use super::{SAMPLE_EMPLOYER, employer};

/// 事業所記号 of the sample; in district 01 of Tokyo it belongs to nobody else.
pub(super) const SYMBOL: &str = "ﾃｽﾄ";

const TOKYO: u8 = 13;
/// All of them came on this day.
const COVERED_ON: Date = date(2018, 4, 1);

struct SamplePerson {
    number: i32,
    kana: &'static str,
    kanji: &'static str,
    birth_on: Date,
    sex: i16,
    pension_number: &'static str,
    remuneration_yen: i64,
}

const SAMPLE: [SamplePerson; 4] = [
    SamplePerson {
        number: 1,
        kana: "ミホン　イチロウ",
        kanji: "見本　一郎",
        birth_on: date(1980, 5, 15),
        sex: 1,
        pension_number: "2101200001",
        remuneration_yen: 300_000,
    },
    SamplePerson {
        number: 2,
        kana: "カクウ　ハナコ",
        kanji: "架空　花子",
        birth_on: date(1992, 2, 29),
        sex: 2,
        pension_number: "2101200002",
        remuneration_yen: 260_000,
    },
    SamplePerson {
        number: 5,
        kana: "ショウワ　カズオ",
        kanji: "昭和　和夫",
        birth_on: date(1958, 4, 1),
        sex: 1,
        pension_number: "2101200005",
        remuneration_yen: 300_000,
    },
    SamplePerson {
        number: 9,
        kana: "コウキ　ロウジ",
        kanji: "後期　老次",
        birth_on: date(1951, 6, 20),
        sex: 1,
        pension_number: "2101200009",
        remuneration_yen: 200_000,
    },
];

/// How many they are.
pub(super) const PEOPLE: u64 = SAMPLE.len() as u64;

/// Writes the employer and its people.
pub(super) fn write(country: &Country, batch: &mut Batch) {
    let town = country.tables.towns(TOKYO).iter().find(|town| town.zip == "1000001").expect("the script takes it");
    let address = country.address_in(TOKYO, town, [1, 2, 3]);
    batch.employer(&Employer {
        employer_id: SAMPLE_EMPLOYER,
        nenkin_prefecture_code: "21",
        district_code: "01",
        office_symbol: SYMBOL,
        office_number: "12345",
        prefecture: i16::from(TOKYO),
        office_code: country.office(TOKYO, 0),
        name: "株式会社見本商事",
        representative: "見本　社長",
        corporate_number: Some(&employer::corporate_number(TOKYO, SAMPLE_EMPLOYER)),
        zip: address.zip,
        address: &address.kanji,
        telephone: "03-0000-0000",
        account: Some(("0000", "000", "0000001")),
        covered_from: date(2001, 4, 1),
    });
    for (person, id) in SAMPLE.iter().zip(1..) {
        batch.person(&Person {
            person_id: id,
            name_kana: person.kana,
            name_kanji: person.kanji,
            birth_on: person.birth_on,
            sex: person.sex,
            basic_pension_number: person.pension_number,
            zip: address.zip,
            prefecture: i16::from(TOKYO),
            address_kanji: &address.kanji,
            address_kana: &address.kana,
            lives_there_from: COVERED_ON,
        });
        write_cover(country, person, id, batch);
        write_life(country, person, (id, &address), batch);
    }
}

/// What lay before 2018.
fn write_life(country: &Country, person: &SamplePerson, (person_id, address): (i64, &Address<'_>), batch: &mut Batch) {
    let name = |part: usize| Name {
        kanji: person.kanji.split('　').nth(part).unwrap_or_default().to_owned(),
        kana: person.kana.split('　').nth(part).unwrap_or_default().to_owned(),
    };
    let (birth_on, sex) = (person.birth_on, person.sex);
    let identity = Identity { surname: name(0), given: name(1), birth_on, sex, home: Home::of(address) };
    let cover = Cover {
        person_id,
        birth_on,
        sex,
        spell_id: person_id * 2,
        acquired_on: COVERED_ON,
        lost_on: None,
        employees_pension: has_employees_pension(country, person),
        remuneration_yen: person.remuneration_yen,
        again_from: None,
        besides_from: None,
    };
    lives::write_employed(country, &cover, &identity, batch);
}

fn has_employees_pension(country: &Country, person: &SamplePerson) -> bool {
    domain::age::attained_on(person.birth_on, 70) >= country.first
}

fn write_cover(country: &Country, person: &SamplePerson, id: i64, batch: &mut Batch) {
    let key = SpellKey { spell_id: id * 2, prefecture: i16::from(TOKYO), employer_id: SAMPLE_EMPLOYER };
    let employees_pension = has_employees_pension(country, person);
    batch.spell(&Spell {
        key,
        person_id: id,
        insured_number: person.number,
        health_insurance: true,
        employees_pension,
        short_time_worker: false,
        two_workplaces: false,
        same_month_next: None,
        end_cause: None,
        valid_from: COVERED_ON,
        valid_to: None,
    });
    batch.standard(&Standard {
        key,
        monthly_remuneration_yen: person.remuneration_yen,
        hi_standard_yen: country.hi_standard(person.remuneration_yen),
        epi_standard_yen: if employees_pension { country.epi_standard(person.remuneration_yen) } else { 0 },
        decision: "annual",
        valid_from: country.annual.first_day(),
        valid_to: None,
    });
}
