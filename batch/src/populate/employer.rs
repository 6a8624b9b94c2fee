//! 適用事業所 — makes up one employer and hands its seats to [`super::person`].

use domain::{Prefecture, check_digit};
use jiff::civil::Date;
use store::load::{Batch, Employer};

use super::bonuses::BonusCustom;
use super::country::{Country, later};
use super::data::Trade;
use super::dice::Dice;
use super::person::{self, Mover};
use super::plan::Seat;
use super::{purpose, sample};

/// Kana of a 事業所記号: half-width, ｱ to ﾝ.
const KANA_FIRST: u32 = 0xFF71;
const KANA_COUNT: u32 = 45;
/// Districts are dealt out in turn, from 01; 00 and 99 are not districts.
const DISTRICTS: u32 = 98;
/// So many of 10,000 employers have not sent the year's 算定基礎届 in time.
const NOT_FILED: u32 = 100;

/// What people need to know about their employer.
pub(super) struct Workplace<'a> {
    pub(super) country: &'a Country,
    pub(super) employer_id: i64,
    pub(super) prefecture: u8,
    pub(super) size: u32,
    pub(super) trade: &'a Trade,
    /// 個人事業所: the owner is not insured.
    pub(super) private: bool,
    pub(super) covered_from: Date,
    pub(super) bonuses: BonusCustom,
    /// It has sent the year's 算定基礎届, once these are due.
    pub(super) annual_filed: bool,
}

/// Writes the employers of a chunk. Who leaves one may turn up at the next, so their order matters; chunks do not
/// see each other.
pub(super) fn write_chunk(country: &Country, chunk: &[Seat], batch: &mut Batch) {
    let mut movers = Vec::new();
    let mut second_jobs = Vec::new();
    for (at, seat) in chunk.iter().enumerate() {
        let mut dice = Dice::new(country.seed, purpose::EMPLOYER, seat.employer_id.unsigned_abs());
        let workplace = write_employer(country, seat, &mut dice, batch);
        let came = std::mem::take(&mut movers);
        let besides = std::mem::take(&mut second_jobs);
        let last = at + 1 == chunk.len();
        let second = (!last).then_some(&mut second_jobs);
        person::write_people(&workplace, seat, &mut dice, batch, (&mut movers, second));
        let mut number = seat.size;
        enrol_movers(&workplace, came, &mut number, &mut dice, batch);
        if at + 1 == chunk.len() {
            // Nobody comes after: they are taken on again where they were.
            enrol_movers(&workplace, std::mem::take(&mut movers), &mut number, &mut dice, batch);
        }
        for second_job in besides {
            number += 1;
            person::enrol_besides(&workplace, &second_job, number, batch);
        }
    }
}

fn enrol_movers(workplace: &Workplace<'_>, movers: Vec<Mover>, number: &mut u32, dice: &mut Dice, batch: &mut Batch) {
    for mover in movers {
        *number += 1;
        person::enrol_mover(workplace, &mover, *number, dice, batch);
    }
}

fn write_employer<'a>(country: &'a Country, seat: &Seat, dice: &mut Dice, batch: &mut Batch) -> Workplace<'a> {
    let trade = country.tables.trades.draw(dice);
    let form = legal_form(trade, seat.size, dice);
    let private = form == "個人";
    let owner = country.tables.surnames.draw(dice);
    let representative = {
        let sex = if dice.chance(1_500) { 2 } else { 1 };
        let given = country.tables.given_names(sex, 1950 + i16::try_from(dice.below(40)).expect("small")).draw(dice);
        format!("{}　{}", owner.kanji, given.kanji)
    };
    let address = country.address(seat.prefecture, dice);
    let town = dice.pick(country.tables.towns(seat.prefecture));
    let name = name(form, trade, &owner.kanji, &town.town, dice);
    let number = (!private).then(|| corporate_number(seat.prefecture, seat.employer_id));
    let telephone =
        format!("{}-0000-{:04}", country.tables.prefectures[usize::from(seat.prefecture - 1)].area, dice.below(10_000));
    let nenkin = Prefecture::from_jis(seat.prefecture).expect("1 to 47").nenkin_code();
    let district = 1 + seat.place % DISTRICTS;
    let account = format!("{:07}", 1 + dice.below(9_999_999));
    let covered_from = later(country.first, -365 - i64::from(dice.below(365 * 40)));
    batch.employer(&Employer {
        employer_id: seat.employer_id,
        nenkin_prefecture_code: &nenkin,
        district_code: &format!("{district:02}"),
        office_symbol: &symbol(seat.prefecture, district, seat.place / DISTRICTS),
        office_number: &format!("{:05}", 1 + dice.below(99_999)),
        prefecture: i16::from(seat.prefecture),
        office_code: country.office(seat.prefecture, district),
        name: &name,
        representative: &representative,
        corporate_number: number.as_deref(),
        zip: address.zip,
        address: &address.kanji,
        telephone: &telephone,
        // No bank has the code 0000.
        account: (!dice.chance(1_500)).then_some(("0000", "000", account.as_str())),
        covered_from,
    });
    Workplace {
        country,
        employer_id: seat.employer_id,
        prefecture: seat.prefecture,
        size: seat.size,
        trade,
        private,
        covered_from,
        bonuses: BonusCustom::new(country, seat.size, dice),
        annual_filed: !Dice::new(country.seed, purpose::ANNUAL_FILED, seat.employer_id.unsigned_abs())
            .chance(NOT_FILED),
    }
}

/// A private business with many people is rare enough to have none.
fn legal_form<'a>(trade: &'a Trade, size: u32, dice: &mut Dice) -> &'a str {
    let form = dice.pick(&trade.forms);
    if form == "個人" && !(2..=30).contains(&size) { "株式会社" } else { form }
}

/// `株式会社佐藤建設`, `山口クリニック`. At most 25 characters and only of JIS X 0208, as a filing wants it.
fn name(form: &str, trade: &Trade, owner: &str, town: &str, dice: &mut Dice) -> String {
    const FANCY: [&str; 24] = [
        "東和",
        "大栄",
        "三共",
        "日昇",
        "太陽",
        "光",
        "みどり",
        "さくら",
        "あおば",
        "富士見",
        "朝日",
        "北斗",
        "南洋",
        "中央",
        "第一",
        "共栄",
        "明和",
        "昭栄",
        "新星",
        "ひまわり",
        "アクア",
        "グリーン",
        "ライフ",
        "ネクスト",
    ];
    let word = dice.pick(&trade.words);
    let plain_town = town.chars().count() <= 5;
    let head = match dice.below(10) {
        0..=4 if domain::characters::jis_x_0208_only(owner).is_ok() => owner,
        5..=6 if plain_town => town,
        _ => dice.pick(&FANCY),
    };
    match form {
        "個人" => format!("{head}{word}"),
        _ if dice.chance(7_000) => format!("{form}{head}{word}"),
        _ => format!("{head}{word}{form}"),
    }
}

/// 法人番号 with its check digit. It begins with 9 after the check digit, where no registry office is, so that
/// nobody's real number is met.
pub(super) fn corporate_number(prefecture: u8, employer_id: i64) -> String {
    let last_twelve = format!("9{prefecture:02}{employer_id:09}");
    let check = check_digit::corporate_number_check(&last_twelve).expect("twelve digits");
    format!("{check}{last_twelve}")
}

/// 事業所記号, unique within its district: three kana in no visible order, now and then a letter and digits.
fn symbol(prefecture: u8, district: u32, number: u32) -> String {
    const SPACE: u64 = 45 * 45 * 45;
    // 20,011 has no common factor with 45³, so every number has a symbol of its own.
    let mixed = (u64::from(number) * 20_011 + u64::from(district) * 911 + u64::from(prefecture) * 40_093) % SPACE;
    if mixed % 20 == 7 || u64::from(number) >= SPACE {
        return letters(number);
    }
    let kana = |at: u32| {
        let rest = u32::try_from(mixed).expect("below 45³") / KANA_COUNT.pow(at) % KANA_COUNT;
        char::from_u32(KANA_FIRST + rest).expect("half-width kana")
    };
    let symbol: String = [kana(0), kana(1), kana(2)].iter().collect();
    if symbol == sample::SYMBOL { letters(number) } else { symbol }
}

/// A letter and three of digits and letters.
fn letters(number: u32) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let digit = |value: u32| char::from(DIGITS[(value % 36) as usize]);
    let first = char::from(b'A' + u8::try_from(number / 46_656 % 26).expect("below 26"));
    [first, digit(number / 1_296), digit(number / 36), digit(number)].iter().collect()
}
