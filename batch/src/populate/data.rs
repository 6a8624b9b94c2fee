//! 国の姿 — the tables in `data/`, read once: shares, sizes, ages, pay, names, towns. What each figure is and
//! how near it is to published statistics stands at the head of its file.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::dice::Weighted;

/// First and last year of birth that names are kept for.
const BORN: (i16, i16) = (1930, 2015);

/// 都道府県.
#[derive(Deserialize)]
pub(super) struct PrefectureRow {
    pub(super) share: u64,
    pub(super) wage: i64,
    pub(super) area: String,
    pub(super) kana: String,
}

/// 適用事業所の規模の段.
#[derive(Deserialize)]
pub(super) struct SizeRow {
    pub(super) from: u32,
    pub(super) to: u32,
    weight: u32,
}

/// An age band with a number for each sex.
#[derive(Deserialize)]
pub(super) struct BandRow {
    pub(super) from: i16,
    pub(super) to: i16,
    male: u32,
    female: u32,
}

#[derive(Deserialize)]
struct SpreadRow {
    per_mille: i64,
}

/// 年金事務所.
#[derive(Deserialize)]
pub(super) struct OfficeRow {
    pub(super) jis_code: u8,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct CommutingRow {
    work: u8,
    home: u8,
    per_mille: u32,
}

#[derive(Deserialize)]
struct TradeRow {
    #[serde(rename = "trade")]
    _trade: String,
    weight: u32,
    women: u32,
    forms: String,
    words: String,
}

/// 事業の種類.
pub(super) struct Trade {
    /// Women per mille.
    pub(super) women: u32,
    pub(super) forms: Vec<String>,
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
struct SurnameRow {
    kanji: String,
    kana: String,
    weight: u32,
}

#[derive(Clone, Deserialize)]
struct GivenNameRow {
    kanji: String,
    kana: String,
    sex: u8,
    born_from: i16,
    born_to: i16,
    weight: u32,
}

/// A name in kanji and in full-width kana.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) kanji: String,
    pub(super) kana: String,
}

/// 町域.
#[derive(Deserialize)]
pub(super) struct Town {
    pub(super) zip: String,
    pub(super) municipality_code: String,
    pub(super) city: String,
    pub(super) town: String,
    pub(super) city_kana: String,
    pub(super) town_kana: String,
}

/// Everything that the generator draws from.
pub(super) struct Tables {
    /// In the order of the JIS codes.
    pub(super) prefectures: Vec<PrefectureRow>,
    pub(super) sizes: Weighted<SizeRow>,
    /// By sex: 1 男, 2 女.
    pub(super) ages: [Weighted<(i16, i16)>; 2],
    pay: Vec<BandRow>,
    spread: Vec<i64>,
    pub(super) offices: Vec<OfficeRow>,
    /// Where people of a prefecture live, by JIS code less one.
    pub(super) homes: Vec<Weighted<u8>>,
    pub(super) trades: Weighted<Trade>,
    pub(super) surnames: Weighted<Name>,
    given_names: [Vec<Weighted<Name>>; 2],
    towns: Vec<Vec<Town>>,
}

impl Tables {
    /// The tables that are compiled in.
    pub(super) fn get() -> &'static Tables {
        static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);
        &TABLES
    }

    fn read() -> Tables {
        let bands: Vec<BandRow> = rows(include_str!("data/ages.csv"));
        let by_sex = |of: fn(&BandRow) -> u32| Weighted::new(bands.iter().map(|band| (of(band), (band.from, band.to))));
        let given: Vec<GivenNameRow> = rows(include_str!("data/given_names.csv"));
        Tables {
            prefectures: rows(include_str!("data/prefectures.csv")),
            sizes: Weighted::new(
                rows(include_str!("data/employer_sizes.csv")).into_iter().map(|row: SizeRow| (row.weight, row)),
            ),
            ages: [by_sex(|band| band.male), by_sex(|band| band.female)],
            pay: rows(include_str!("data/pay.csv")),
            spread: rows(include_str!("data/pay_spread.csv")).into_iter().map(|row: SpreadRow| row.per_mille).collect(),
            offices: rows(include_str!("data/offices.csv")),
            homes: homes(),
            trades: Weighted::new(rows(include_str!("data/trades.csv")).into_iter().map(trade)),
            surnames: Weighted::new(
                rows(include_str!("data/surnames.csv"))
                    .into_iter()
                    .map(|row: SurnameRow| (row.weight, Name { kanji: row.kanji, kana: row.kana })),
            ),
            given_names: [given_names(&given, 1), given_names(&given, 2)],
            towns: towns(),
        }
    }

    /// 名 of somebody of this sex who was born in this year.
    pub(super) fn given_names(&self, sex: i16, born: i16) -> &Weighted<Name> {
        let year = born.clamp(BORN.0, BORN.1) - BORN.0;
        &self.given_names[usize::from(sex == 2)][usize::try_from(year).expect("not below 0")]
    }

    /// Median of 報酬月額 at this age, yen.
    pub(super) fn median_pay(&self, sex: i16, age: i16) -> i64 {
        let band = self.pay.iter().find(|band| age <= band.to).unwrap_or(&self.pay[self.pay.len() - 1]);
        i64::from(if sex == 2 { band.female } else { band.male })
    }

    /// The quantiles around the median, per mille.
    pub(super) fn spread(&self) -> &[i64] {
        &self.spread
    }

    /// Towns of a prefecture.
    pub(super) fn towns(&self, prefecture: u8) -> &[Town] {
        &self.towns[usize::from(prefecture - 1)]
    }
}

pub(super) fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the tables are compiled in and a test reads them")
}

fn trade(row: TradeRow) -> (u32, Trade) {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    (row.weight, Trade { women: row.women, forms: words(&row.forms), words: words(&row.words) })
}

fn given_names(all: &[GivenNameRow], sex: u8) -> Vec<Weighted<Name>> {
    let of_year = |year: i16| {
        all.iter()
            .filter(move |row| row.sex == sex && (row.born_from..=row.born_to).contains(&year))
            .map(|row| (row.weight, Name { kanji: row.kanji.clone(), kana: row.kana.clone() }))
    };
    (BORN.0..=BORN.1).map(|year| Weighted::new(of_year(year))).collect()
}

fn homes() -> Vec<Weighted<u8>> {
    let commuting: Vec<CommutingRow> = rows(include_str!("data/commuting.csv"));
    let from = |work: u8| {
        let away: Vec<(u32, u8)> =
            commuting.iter().filter(|row| row.work == work).map(|row| (row.per_mille, row.home)).collect();
        let stay = 1000 - away.iter().map(|(per_mille, _)| per_mille).sum::<u32>();
        Weighted::new([(stay, work)].into_iter().chain(away))
    };
    (1..=47).map(from).collect()
}

fn towns() -> Vec<Vec<Town>> {
    let mut by_prefecture: Vec<Vec<Town>> = (0..47).map(|_| Vec::new()).collect();
    for town in rows::<Town>(include_str!("data/postal.csv")) {
        let prefecture: usize = town.municipality_code[..2].parse().expect("a JIS code");
        by_prefecture[prefecture - 1].push(town);
    }
    by_prefecture
}
