//! 国と時 — what every employer and person of one country has in common: the dates, the grades, the offices.

use domain::{Month, Prefecture};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use law::employees_insurance::annual_determination::Season;
use law::employees_insurance::completeness::Inspection;
use law::employees_insurance::{Scheme, grade};
use law::{LawError, Trace};

use super::data::{Tables, Town};
use super::dice::Dice;
use super::lives::Past;
use super::{Plan, PopulateError};

/// How long before the business date the conversion was.
const CONVERTED_DAYS_BEFORE: i64 = 60;

/// What is fixed for one country.
pub(super) struct Country {
    pub(super) seed: u64,
    pub(super) tables: &'static Tables,
    /// The month that the night of the business date assesses.
    pub(super) month: Month,
    /// Its first day.
    pub(super) first: Date,
    /// First day of the month after.
    pub(super) next: Date,
    /// First month of the last 定時決定.
    pub(super) annual: Month,
    /// The 定時決定 to come, once its 算定基礎届 are due.
    pub(super) coming: Option<Coming>,
    /// 移行の時刻: 00:00 in Japan.
    pub(super) known_at: Timestamp,
    /// What lives are made from; `None` where none are asked for.
    pub(super) past: Option<Past>,
    grades: Grades,
    /// Codes of the offices by prefecture.
    offices: Vec<Vec<String>>,
}

impl Country {
    pub(super) fn new(seed: u64, business_on: Date) -> Result<Country, PopulateError> {
        let refuse = || PopulateError::BusinessDate(business_on);
        if business_on < Date::constant(2020, 10, 1) {
            return Err(refuse());
        }
        let tables = Tables::get();
        let month = Month::of(business_on).previous();
        let annual = Month::new(month.year() - i16::from(month.month() < 9), 9).expect("September is a month");
        let coming = match Inspection::of(month, business_on).map_err(|_| refuse())?.annual_year() {
            // From the month of the determination on it is the one in force.
            Some(year) if month.month() < 9 || year > month.year() => Some(Coming::of(year).map_err(|_| refuse())?),
            _ => None,
        };
        Ok(Country {
            seed,
            tables,
            month,
            first: month.first_day(),
            next: month.next().first_day(),
            annual,
            coming,
            known_at: midnight_in_japan(later(business_on, -CONVERTED_DAYS_BEFORE)),
            past: None,
            grades: Grades::of(month).map_err(|_| refuse())?,
            offices: offices(tables),
        })
    }

    /// The same with lives, where the plan asks for some.
    pub(super) fn with_lives(mut self, plan: &Plan) -> Result<Country, PopulateError> {
        if plan.lives > 0 {
            self.past = Some(Past::new(plan).map_err(|_| PopulateError::BusinessDate(plan.business_on))?);
        }
        Ok(self)
    }

    /// A day that was over at the conversion.
    pub(super) fn is_before_conversion(&self, day: Date) -> bool {
        midnight_in_japan(day) < self.known_at
    }

    /// 健康保険の標準報酬月額.
    pub(super) fn hi_standard(&self, remuneration_yen: i64) -> i32 {
        standard(&self.grades.hi, remuneration_yen)
    }

    /// 厚生年金保険の標準報酬月額.
    pub(super) fn epi_standard(&self, remuneration_yen: i64) -> i32 {
        standard(&self.grades.epi, remuneration_yen)
    }

    /// Rows of the offices: code, name, prefecture.
    pub(super) fn office_rows(&self) -> Vec<(String, String, i16)> {
        let mut names = self.tables.offices.iter();
        let codes = self.offices.iter().flatten();
        codes
            .map(|code| {
                let row = names.next().expect("a code for every name");
                (code.clone(), format!("{}年金事務所", row.name), i16::from(row.jis_code))
            })
            .collect()
    }

    /// The office of a district.
    pub(super) fn office(&self, prefecture: u8, district: u32) -> &str {
        let offices = &self.offices[usize::from(prefecture - 1)];
        &offices[district as usize % offices.len()]
    }

    /// An address in a town of the prefecture.
    pub(super) fn address(&self, prefecture: u8, dice: &mut Dice) -> Address<'_> {
        let town = dice.pick(self.tables.towns(prefecture));
        let numbers = [1 + dice.skewed(9), 1 + dice.below(30), 1 + dice.below(25)];
        self.address_in(prefecture, town, numbers)
    }

    /// The address 丁目－番－号 in this town.
    pub(super) fn address_in<'a>(&'a self, prefecture: u8, town: &'a Town, numbers: [u32; 3]) -> Address<'a> {
        let name = Prefecture::from_jis(prefecture).expect("1 to 47").name();
        let kana = &self.tables.prefectures[usize::from(prefecture - 1)].kana;
        let number = numbers.map(full_width_number).join("－");
        Address {
            zip: &town.zip,
            municipality_code: &town.municipality_code,
            prefecture,
            kanji: [name, &town.city, &town.town, &number].concat(),
            kana: [kana, town.city_kana.as_str(), &town.town_kana, &number].concat(),
        }
    }
}

/// 等級表 of a month: least remuneration and standard.
struct Grades {
    hi: Vec<(i64, i32)>,
    epi: Vec<(i64, i32)>,
}

impl Grades {
    fn of(month: Month) -> Result<Grades, LawError> {
        let grades = |scheme| -> Result<Vec<(i64, i32)>, LawError> {
            let all = grade::all(scheme, month, &mut Trace::new())?;
            let standard = |yen: i64| i32::try_from(yen).expect("standards are small");
            Ok(all.iter().map(|grade| (grade.from.get(), standard(grade.standard.get()))).collect())
        };
        Ok(Grades { hi: grades(Scheme::HealthInsurance)?, epi: grades(Scheme::EmployeesPension)? })
    }
}

/// 来る定時決定 — the annual determination that employers have filed for, and that holds from September.
pub(super) struct Coming {
    season: Season,
    grades: Grades,
}

impl Coming {
    fn of(year: i16) -> Result<Coming, LawError> {
        let season = Season::of(year)?;
        Ok(Coming { season, grades: Grades::of(season.september())? })
    }

    /// Its first month.
    pub(super) fn september(&self) -> Month {
        self.season.september()
    }

    /// Who acquired from this day on has no annual determination (健康保険法41条3項).
    pub(super) fn newcomers_from(&self) -> Date {
        self.season.newcomers_from()
    }

    /// A revision from this month takes its place (健康保険法41条3項).
    pub(super) fn is_displaced_by(&self, revised_from: Month) -> bool {
        Season::displaced_by(revised_from) == Some(self.season)
    }

    /// 健康保険の標準報酬月額 from September.
    pub(super) fn hi_standard(&self, remuneration_yen: i64) -> i32 {
        standard(&self.grades.hi, remuneration_yen)
    }

    /// 厚生年金保険の標準報酬月額 from September.
    pub(super) fn epi_standard(&self, remuneration_yen: i64) -> i32 {
        standard(&self.grades.epi, remuneration_yen)
    }
}

/// 住所.
pub(super) struct Address<'a> {
    pub(super) zip: &'a str,
    pub(super) municipality_code: &'a str,
    pub(super) prefecture: u8,
    pub(super) kanji: String,
    pub(super) kana: String,
}

fn standard(grades: &[(i64, i32)], remuneration_yen: i64) -> i32 {
    grades[grades.partition_point(|&(from, _)| from <= remuneration_yen) - 1].1
}

/// 事務所コード: JIS 都道府県コード + 連番, in the order of the file, which is by prefecture.
fn offices(tables: &Tables) -> Vec<Vec<String>> {
    let mut offices = vec![Vec::new(); 47];
    for row in &tables.offices {
        let of_prefecture: &mut Vec<String> = &mut offices[usize::from(row.jis_code - 1)];
        of_prefecture.push(format!("{:02}{:02}", row.jis_code, of_prefecture.len() + 1));
    }
    offices
}

/// `days` later; earlier when negative.
pub(super) fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).expect("days of living people lie within the calendar")
}

/// Japan has no summer time: nine hours ahead, always.
fn midnight_in_japan(day: Date) -> Timestamp {
    let at = day.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("within the calendar").timestamp();
    at - 9.hours()
}

/// `１２`.
fn full_width_number(number: u32) -> String {
    number.to_string().chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xFF10).expect("a digit")).collect()
}
