//! 過去 — what all lives of one country have in common: grades and wages of the years, the days up to which facts reach,
//! the contributions of the last two fiscal years.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::calendar::government_next_or_same;
use domain::{Month, Yen};
use jiff::civil::Date;
use law::employees_insurance::{Scheme, grade};
use law::national_pension::exemption_amount::exemption_amount;
use law::national_pension::monthly_contribution::monthly_contribution;
use law::national_pension::relief::Relief;
use law::{LawError, Trace};
use serde::Deserialize;

use super::faults::duplicates_most;
use crate::populate::Plan;
use crate::populate::data::{Tables, rows};
use crate::populate::dice::Weighted;

/// 国民年金の発足. What lay before is not made up.
pub(super) const SCHEME_ON: Date = Date::constant(1961, 4, 1);
/// The day of the month from which payments are prepared: that of the house's calendar.
const PREPARED_DAY: i8 = 5;

/// 適用事業所の外の人の役割.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// 第1号, or 任意加入 from 60.
    Cat1,
    /// 第3号.
    Cat3,
    /// 老齢年金の受給者, or who could be one.
    Pensioner,
    /// One who died within the last months.
    Deceased,
}

/// 国民年金保険料の納め方.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Payer {
    Good,
    Additional,
    Poor,
    Never,
    Statutory,
}

#[derive(Deserialize)]
struct ShareRow {
    role: Role,
    weight: u32,
}

#[derive(Deserialize)]
struct PayerRow {
    manner: Payer,
    weight: u32,
}

#[derive(Deserialize)]
struct AgeRow {
    role: Role,
    from: i16,
    to: i16,
    male: u32,
    female: u32,
}

#[derive(Deserialize)]
struct StandardsRow {
    from: Month,
    standards: String,
}

#[derive(Deserialize)]
struct WageRow {
    year: i16,
    per_mille: i64,
}

#[derive(Deserialize)]
struct OldKanjiRow {
    new: char,
    old: char,
}

/// 等級 in force from a month on: least remuneration and standard.
pub(super) struct Ladder {
    pub(super) from: Month,
    steps: Vec<(i64, i32)>,
}

/// Contributions of a month, yen: full, and what is left to pay of three partial exemptions.
pub(super) struct Price {
    pub(super) full: i64,
    pub(super) three_quarters_exempt: i64,
    pub(super) half_exempt: i64,
    pub(super) quarter_exempt: i64,
}

/// First age, last age and sex, by weight.
type Ages = Weighted<(i16, i16, i16)>;

/// Everything that lives are made from.
pub(in crate::populate) struct Past {
    /// People of employers.
    pub(in crate::populate) people: u64,
    /// People outside employers.
    pub(in crate::populate) lives: u64,
    pub(super) business_on: Date,
    /// The last month whose contribution was due: later ones have no mark.
    pub(super) marked_to: Month,
    /// April of the last fiscal year: from here receipts and decisions are on file.
    pub(super) receipts_from: Month,
    prices: Vec<Price>,
    /// 最初の支払期月 of this book.
    pub(in crate::populate) first_payment: Month,
    pub(super) shares: Weighted<Role>,
    pub(super) payers: Weighted<Payer>,
    /// Ages by role; the sex goes with them.
    ages: Vec<(Role, Ages)>,
    pub(super) old_kanji: Vec<(char, char)>,
    /// Where people live, by share of the prefecture.
    pub(super) prefectures: Weighted<u8>,
    ladders: Vec<Ladder>,
    wages: Vec<WageRow>,
    /// 遺族・死亡した配偶者 that were made besides.
    pub(in crate::populate) relatives: AtomicU64,
    /// What was planted, for those who measure how much of it is found.
    pub(in crate::populate) planted: Planted,
}

/// 仕込み — duplicates and contradictions, of which every one is known. Kept only while they are few.
#[derive(Default)]
pub(in crate::populate) struct Planted {
    duplicates: Mutex<Vec<(i64, i64)>>,
    contradictions: Mutex<Vec<i64>>,
}

impl Planted {
    /// More are not listed.
    const MOST: usize = 20_000;

    /// The second number is one more of the first person.
    pub(super) fn duplicate(&self, kept: i64, other: i64) {
        Planted::add(&self.duplicates, (kept, other));
    }

    /// The record of this person contradicts itself.
    pub(super) fn contradiction(&self, person_id: i64) {
        Planted::add(&self.contradictions, person_id);
    }

    fn add<T>(list: &Mutex<Vec<T>>, item: T) {
        let mut list = list.lock().expect("nobody panics while adding");
        if list.len() <= Planted::MOST {
            list.push(item);
        }
    }

    fn sorted<T: Ord + Copy>(list: &Mutex<Vec<T>>) -> Option<Vec<T>> {
        let mut list = list.lock().expect("nobody panics while adding").clone();
        list.sort_unstable();
        (list.len() <= Planted::MOST).then_some(list)
    }

    /// Pairs of the number that is kept and the other, in order; `None` when they are too many to list.
    pub(in crate::populate) fn duplicates(&self) -> Option<Vec<(i64, i64)>> {
        Planted::sorted(&self.duplicates)
    }

    /// Persons, in order; `None` when they are too many to list.
    pub(in crate::populate) fn contradictions(&self) -> Option<Vec<i64>> {
        Planted::sorted(&self.contradictions)
    }
}

impl Past {
    /// The tables, resolved for the business date.
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck`, `Calendar` — no law on file for the date.
    pub(in crate::populate) fn new(plan: &Plan) -> Result<Past, LawError> {
        let now = Month::of(plan.business_on);
        let marked_to = now.plus(-2);
        let receipts_from = Month::new(now.fiscal_year() - 1, 4).expect("April is a month");
        let all: Vec<AgeRow> = rows(include_str!("../data/life_ages.csv"));
        Ok(Past {
            people: plan.people,
            lives: plan.lives,
            business_on: plan.business_on,
            marked_to,
            receipts_from,
            prices: receipts_from.through(marked_to).map(Price::of).collect::<Result<_, _>>()?,
            first_payment: first_payment(plan.business_on)?,
            shares: Weighted::new(
                rows(include_str!("../data/life_shares.csv")).into_iter().map(|row: ShareRow| (row.weight, row.role)),
            ),
            payers: Weighted::new(
                rows(include_str!("../data/payers.csv")).into_iter().map(|row: PayerRow| (row.weight, row.manner)),
            ),
            ages: [Role::Cat1, Role::Cat3, Role::Pensioner, Role::Deceased]
                .map(|role| (role, ages_of(&all, role)))
                .into(),
            old_kanji: rows(include_str!("../data/old_kanji.csv"))
                .into_iter()
                .map(|row: OldKanjiRow| (row.new, row.old))
                .collect(),
            prefectures: {
                let shares = Tables::get().prefectures.iter().map(|row| u32::try_from(row.share).unwrap_or(u32::MAX));
                Weighted::new(shares.zip(1..))
            },
            relatives: AtomicU64::new(0),
            planted: Planted::default(),
            ladders: ladders(now)?,
            wages: rows(include_str!("../data/wages.csv")),
        })
    }

    /// Key of the one person who is made because somebody of employers or outside them died or lost a spouse.
    pub(super) fn relative_of(&self, person_id: i64) -> i64 {
        self.last_key() + person_id
    }

    /// Whether somebody was made as a relative.
    pub(super) fn is_relative(&self, person_id: i64) -> bool {
        person_id > self.last_key()
    }

    /// One more relative.
    pub(super) fn count_relative(&self) {
        self.relatives.fetch_add(1, Ordering::Relaxed);
    }

    /// Key of the last person there could be, relatives not counted.
    fn last_key(&self) -> i64 {
        let all = self.people + self.lives;
        i64::try_from(all + duplicates_most(all)).expect("fewer than the keys there are")
    }

    /// Sex and ages of a role: first and last year of the band.
    pub(super) fn ages(&self, role: Role) -> &Weighted<(i16, i16, i16)> {
        let found = self.ages.iter().find(|(known, _)| *known == role);
        &found.expect("every role has ages").1
    }

    /// Contributions of a month of the last two fiscal years.
    pub(super) fn price(&self, month: Month) -> Option<&Price> {
        let place = usize::try_from(month.months_since(self.receipts_from)).ok()?;
        self.prices.get(place)
    }

    /// Months in which another table of grades begins, after the first.
    pub(super) fn new_grades(&self) -> impl Iterator<Item = Month> + '_ {
        self.ladders.iter().skip(1).map(|ladder| ladder.from)
    }

    /// 標準報酬月額 of a remuneration in a month.
    pub(super) fn standard(&self, month: Month, remuneration_yen: i64) -> i32 {
        let ladder = self.ladders.partition_point(|ladder| ladder.from <= month).saturating_sub(1);
        let steps = &self.ladders[ladder].steps;
        steps[steps.partition_point(|&(from, _)| from <= remuneration_yen).saturating_sub(1)].1
    }

    /// What 1,000 yen of this day were paid as in a year.
    pub(super) fn wage(&self, year: i16) -> i64 {
        let after = self.wages.partition_point(|row| row.year <= year).clamp(1, self.wages.len() - 1);
        let (low, high) = (&self.wages[after - 1], &self.wages[after]);
        let years = i64::from(year.clamp(low.year, high.year) - low.year);
        low.per_mille + (high.per_mille - low.per_mille) * years / i64::from(high.year - low.year)
    }
}

impl Price {
    fn of(month: Month) -> Result<Price, LawError> {
        let trace = &mut Trace::new();
        let mut rest = |relief| exemption_amount(relief, month, trace).map(|amount| amount.payable.get());
        Ok(Price {
            three_quarters_exempt: rest(Relief::ThreeQuarters)?,
            half_exempt: rest(Relief::Half)?,
            quarter_exempt: rest(Relief::OneQuarter)?,
            full: monthly_contribution(month, &mut Trace::new()).map(Yen::get)?,
        })
    }
}

/// 最初の支払期月 — the first even month whose payment is prepared on the business date or later.
fn first_payment(business_on: Date) -> Result<Month, LawError> {
    let mut month = Month::of(business_on);
    loop {
        let day = Date::new(month.year(), month.month(), PREPARED_DAY).expect("every month has a fifth day");
        if month.month() % 2 == 0 && government_next_or_same(day)? >= business_on {
            return Ok(month);
        }
        month = month.next();
    }
}

fn ages_of(all: &[AgeRow], role: Role) -> Weighted<(i16, i16, i16)> {
    let of_role = all.iter().filter(|row| row.role == role);
    Weighted::new(of_role.flat_map(|row| [(row.male, (1, row.from, row.to)), (row.female, (2, row.from, row.to))]))
}

/// Tables of grades from 1961 to today; from 2000-10 those of the law.
fn ladders(until: Month) -> Result<Vec<Ladder>, LawError> {
    let old = rows::<StandardsRow>(include_str!("../data/standards_before_2000.csv")).into_iter();
    let mut ladders: Vec<Ladder> = old.map(|row| Ladder { from: row.from, steps: old_steps(&row.standards) }).collect();
    let mut before: &[grade::Grade] = &[];
    for month in Month::new(2000, 10).expect("a month").through(until) {
        let grades = grade::all(Scheme::EmployeesPension, month, &mut Trace::new())?;
        if grades != before {
            let standard = |yen: Yen| i32::try_from(yen.get()).expect("standards are small");
            let steps = grades.iter().map(|grade| (grade.from.get(), standard(grade.standard))).collect();
            ladders.push(Ladder { from: month, steps });
            before = grades;
        }
    }
    Ok(ladders)
}

/// Brackets halfway between the standards.
fn old_steps(standards: &str) -> Vec<(i64, i32)> {
    let standards: Vec<i32> =
        standards.split(' ').map(|thousands| thousands.parse::<i32>().expect("a number") * 1_000).collect();
    let from = |place: usize| match place {
        0 => 0,
        _ => i64::from((standards[place - 1] + standards[place]) / 2),
    };
    (0..standards.len()).map(|place| (from(place), standards[place])).collect()
}
