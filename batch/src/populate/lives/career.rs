//! 経歴 — from school to the day on which the present begins: one state after the other, each from the day on which the one
//! before ends.

use domain::age::attained_on;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::past::SCHEME_ON;
use crate::populate::country::later;
use crate::populate::dice::Dice;

/// 基礎年金制度.
const BASIC_PENSION_ON: Date = date(1986, 4, 1);
/// Students are insured by law.
const STUDENTS_ON: Date = date(1991, 4, 1);
/// A job shorter than this would not own a month of its own.
const SHORTEST_JOB_DAYS: i32 = 62;

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// 第1号.
    Cat1,
    /// 第1号 at school.
    Student,
    /// 厚生年金 of this kind.
    Employee(i16),
    /// At an employer of this book: cover that is on file there.
    Here,
    /// 第3号.
    Cat3,
    /// 任意加入.
    Voluntary,
    /// 合算対象期間 of this kind.
    NotJoined(&'static str),
    /// Abroad, as a Japanese national.
    Abroad,
}

/// A stretch of a life; `until` is the first day after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    pub(super) state: State,
}

/// Days on which ages are attained.
#[derive(Clone, Copy)]
pub(super) struct Ages {
    pub(super) twenty_on: Date,
    pub(super) sixty_on: Date,
    pub(super) sixty_five_on: Date,
    pub(super) seventy_on: Date,
}

impl Ages {
    pub(super) fn of(birth_on: Date) -> Ages {
        Ages {
            twenty_on: attained_on(birth_on, 20),
            sixty_on: attained_on(birth_on, 60),
            sixty_five_on: attained_on(birth_on, 65),
            seventy_on: attained_on(birth_on, 70),
        }
    }
}

/// What somebody tends to.
pub(super) struct Nature {
    /// In 10,000: takes a job rather than none.
    pub(super) works: u32,
    /// 厚生年金被保険者の種別 of most jobs.
    pub(super) kind: i16,
    /// Self-employed for years when not in a job.
    pub(super) self_employed: bool,
    /// At home as the spouse of an employee.
    pub(super) home: Vec<(Date, Date)>,
}

impl Nature {
    /// Of somebody of this sex, with some time at home.
    pub(super) fn draw(sex: i16, home: Vec<(Date, Date)>, dice: &mut Dice) -> Nature {
        let kind = match dice.below(200) {
            0..=5 => 2,
            6..=19 => 3,
            20..=23 => 4,
            _ => 1,
        };
        let self_employed = dice.chance(1_400);
        let works = match (self_employed, sex) {
            (true, _) => 2_500,
            (false, 1) => 9_300,
            (false, _) => 8_300,
        };
        Nature { works, kind, self_employed, home }
    }
}

/// 結婚の日 and the years at home of a woman whose spouse is an employee; most of those born later go back to work sooner.
pub(super) fn years_at_home(birth_on: Date, married_on: Date, dice: &mut Dice) -> Vec<(Date, Date)> {
    let at_home = match birth_on.year() {
        ..1950 => 6_500,
        1950..1965 => 6_000,
        1965..1980 => 4_500,
        _ => 2_500,
    };
    if !dice.chance(at_home) {
        return Vec::new();
    }
    let from = later(married_on, i64::from(dice.below(900))).first_of_month();
    let years = if dice.chance(3_500) { 40 } else { 2 + i64::from(dice.below(16)) };
    vec![(from, later(from, years * 365).first_of_month())]
}

/// 結婚の日 of somebody who marries.
pub(super) fn marriage(birth_on: Date, dice: &mut Dice) -> Date {
    let late = i64::from((birth_on.year() - 1930).clamp(0, 60)) / 12;
    later(birth_on, (22 + late) * 365 + i64::from(dice.below(9 * 365)))
}

/// The career of somebody born on a day up to, not including, `stop`.
pub(super) fn career(birth_on: Date, nature: &Nature, stop: Date, dice: &mut Dice) -> Vec<Part> {
    let school = leaves_school(birth_on, dice);
    let ages = Ages::of(birth_on);
    let mut walk = Walk { ages, nature, stop, at: SCHEME_ON, parts: Vec::new(), retired: false, dice };
    if ages.twenty_on < school {
        walk.at = ages.twenty_on.max(SCHEME_ON);
        walk.put(school, State::Student);
    }
    walk.at = walk.at.max(school);
    while walk.at < stop {
        walk.step();
    }
    walk.parts
}

/// 1 April after the last year at school.
fn leaves_school(birth_on: Date, dice: &mut Dice) -> Date {
    let university = match birth_on.year() {
        ..1945 => 900,
        1945..1960 => 2_200,
        1960..1975 => 3_000,
        1975..1985 => 4_200,
        _ => 5_300,
    };
    let age = match (dice.chance(university), birth_on.year()) {
        (true, _) => 22,
        (false, ..1948) if dice.chance(6_000) => 15,
        (false, _) => *dice.pick(&[18, 18, 18, 20]),
    };
    let birthday = attained_on(birth_on, age).tomorrow().expect("a day of the calendar");
    let april = date(birthday.year(), 4, 1);
    if birthday <= april { april } else { date(birthday.year() + 1, 4, 1) }
}

struct Walk<'a> {
    ages: Ages,
    nature: &'a Nature,
    stop: Date,
    at: Date,
    parts: Vec<Part>,
    retired: bool,
    dice: &'a mut Dice,
}

impl Walk<'_> {
    fn step(&mut self) {
        if self.at >= self.ages.sixty_on {
            return self.after_sixty();
        }
        if let Some(until) = self.at_home() {
            return self.home(until);
        }
        let next_home = self.next_home();
        if self.dice.chance(self.nature.works) {
            let until = self.job_until().min(next_home).min(self.ages.seventy_on);
            let end = until.min(self.stop);
            if (end - self.at).get_days() >= SHORTEST_JOB_DAYS {
                let kind = if self.dice.chance(8_500) { self.nature.kind } else { 1 };
                return self.put(until, State::Employee(kind));
            }
        }
        self.without_job(next_home);
    }

    fn at_home(&self) -> Option<Date> {
        let now = |(from, until): &&(Date, Date)| *from <= self.at && self.at < *until;
        self.nature.home.iter().find(now).map(|(_, until)| *until)
    }

    fn next_home(&self) -> Date {
        let ahead = self.nature.home.iter().map(|(from, _)| *from).filter(|from| *from > self.at);
        ahead.min().unwrap_or(Date::MAX)
    }

    fn home(&mut self, until: Date) {
        let until = until.min(self.ages.sixty_on);
        if self.at < self.ages.twenty_on {
            self.at = self.ages.twenty_on.min(until);
            return;
        }
        let joined = self.dice.chance(3_500);
        let before = if joined { State::Voluntary } else { State::NotJoined("spouse_not_joined") };
        self.put(until.min(BASIC_PENSION_ON), before);
        self.put(until, State::Cat3);
    }

    /// Jobs of the young are short; most begin and end with a month.
    fn job_until(&mut self) -> Date {
        let age = self.at.year() - self.ages.twenty_on.year() + 20;
        let years = match age {
            ..25 if self.dice.chance(4_500) => 38 + self.dice.below(8),
            ..30 => 1 + self.dice.skewed(14),
            30..45 if self.dice.chance(3_000) => 25,
            _ => 1 + self.dice.skewed(24),
        };
        let day =
            self.at.saturating_add(i64::from(years).years()).saturating_add(i64::from(self.dice.below(330)).days());
        let day = match self.dice.below(10) {
            0..=4 => date(day.year(), 4, 1),
            5..=7 => day.first_of_month(),
            _ => day,
        };
        // Most leave at 60, many at 65.
        let until = if day > self.ages.sixty_on && self.dice.chance(5_000) { self.ages.sixty_on } else { day };
        if until > self.ages.sixty_five_on && self.dice.chance(8_500) { self.ages.sixty_five_on } else { until }
    }

    fn without_job(&mut self, next_home: Date) {
        let next = self.ages.sixty_on.min(next_home);
        if self.at < self.ages.twenty_on {
            self.at = self.ages.twenty_on.min(next_home).min(self.stop);
            return;
        }
        if self.dice.chance(60) {
            let until = later(self.at, 200 + i64::from(self.dice.below(1_500))).first_of_month();
            return self.put(until.min(next), State::Abroad);
        }
        let days = match self.nature.self_employed {
            true => 1_500 + self.dice.below(365 * 25),
            false => 20 + self.dice.skewed(500),
        };
        self.put(later(self.at, i64::from(days)).min(next), State::Cat1);
    }

    /// Some work on, a few join by their own will.
    fn after_sixty(&mut self) {
        let worked = self.parts.last().is_some_and(|part| matches!(part.state, State::Employee(_)));
        let parts = if worked { 5_000 } else { 1_200 };
        if !self.retired && self.dice.chance(parts) {
            self.retired = true;
            let until = later(self.at, 365 + i64::from(self.dice.below(365 * 7))).first_of_month();
            let until = until.min(self.ages.seventy_on).min(self.stop);
            if (until - self.at).get_days() >= SHORTEST_JOB_DAYS {
                return self.put(until, State::Employee(1));
            }
        }
        if self.at >= BASIC_PENSION_ON && self.at < self.ages.sixty_five_on && self.dice.chance(300) {
            let until = later(self.at, 200 + i64::from(self.dice.below(1_200))).first_of_month();
            self.put(until.min(self.ages.sixty_five_on), State::Voluntary);
        }
        self.at = self.stop;
    }

    /// Adds the state until a day, or to the end; students before 1991-04 were not insured by law.
    fn put(&mut self, until: Date, state: State) {
        let until = until.min(self.stop);
        if state == State::Student && self.at < STUDENTS_ON {
            self.add(until.min(STUDENTS_ON), State::NotJoined("student_not_joined"));
        }
        self.add(until, state);
    }

    fn add(&mut self, until: Date, state: State) {
        if self.at < until {
            self.parts.push(Part { from: self.at, until: Some(until), state });
            self.at = until;
        }
    }
}
