//! 本人の特定 — name, birth, number and address of somebody outside employers, and of who has a second number.

use domain::age::nth_birthday;
use jiff::civil::Date;
use store::load::{Batch, Person};

use super::past::Past;
use crate::populate::country::{Address, Country};
use crate::populate::data::Name;
use crate::populate::dice::Dice;

/// 課所符号 whose first two digits no prefecture has: numbers here never meet those of the employed.
const FIRST_PREFIX: u64 = 83;
const PREFIXES: u64 = 7;
const OFFICES: u64 = 99;
const SERIALS: u64 = 999_999;

/// Everything by which somebody is found.
#[derive(Clone, Debug)]
pub(in crate::populate) struct Identity {
    pub(in crate::populate) surname: Name,
    pub(in crate::populate) given: Name,
    pub(in crate::populate) birth_on: Date,
    pub(in crate::populate) sex: i16,
    pub(in crate::populate) home: Home,
}

/// 住所.
#[derive(Clone, Debug)]
pub(in crate::populate) struct Home {
    zip: String,
    prefecture: u8,
    pub(super) municipality_code: String,
    kanji: String,
    kana: String,
}

impl Home {
    pub(in crate::populate) fn of(address: &Address<'_>) -> Home {
        Home {
            zip: address.zip.to_owned(),
            prefecture: address.prefecture,
            municipality_code: address.municipality_code.to_owned(),
            kanji: address.kanji.clone(),
            kana: address.kana.clone(),
        }
    }

    pub(super) fn draw(country: &Country, past: &Past, dice: &mut Dice) -> Home {
        let prefecture = *past.prefectures.draw(dice);
        Home::of(&country.address(prefecture, dice))
    }
}

impl Identity {
    pub(super) fn draw(country: &Country, home: Home, (sex, birth_on): (i16, Date), dice: &mut Dice) -> Identity {
        let surname = country.tables.surnames.draw(dice).clone();
        let given = country.tables.given_names(sex, birth_on.year()).draw(dice).clone();
        Identity { surname, given, birth_on, sex, home }
    }

    pub(super) fn kana(&self) -> String {
        [&self.surname.kana, "　", &self.given.kana].concat()
    }

    /// Writes the person; the number follows from the place among all who are not of employers.
    pub(super) fn write(&self, person_id: i64, past: &Past, batch: &mut Batch) {
        let place = person_id.unsigned_abs() - past.people;
        batch.person(&Person {
            person_id,
            name_kana: &self.kana(),
            name_kanji: &[&self.surname.kanji, "　", &self.given.kanji].concat(),
            birth_on: self.birth_on,
            sex: self.sex,
            basic_pension_number: &number(place),
            zip: &self.home.zip,
            prefecture: i16::from(self.home.prefecture),
            address_kanji: &self.home.kanji,
            address_kana: &self.home.kana,
            lives_there_from: nth_birthday(self.birth_on, 18).min(past.business_on),
        });
    }
}

/// 基礎年金番号 in no visible order.
fn number(place: u64) -> String {
    // A prime that divides neither 7, 99 nor 999,999: the product runs through all numbers once.
    const STEP: u64 = 61_803_397;
    let mixed = place * STEP % (PREFIXES * OFFICES * SERIALS);
    let (office, serial) = (mixed / SERIALS, mixed % SERIALS);
    format!("{:02}{:02}{:06}", FIRST_PREFIX + office / OFFICES, 1 + office % OFFICES, 1 + serial)
}
