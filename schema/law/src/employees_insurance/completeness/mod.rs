//! 記録の点検 — who should have something on record and does not.
//!
//! Pure rules over what is on file of one spell of cover in one month. A finding changes nothing and accuses nobody: it
//! says which clause expects what, which fact shows that it is not there, and what a clerk does next. A duty with a time
//! limit (5日, 10日, 7月10日) is found from the day after its last day, moved to the next open day where offices are
//! closed (民法140条・141条, 行政機関の休日に関する法律2条).

use domain::calendar::government_next_or_same;
use domain::{Month, Yen};
use jiff::ToSpan;
use jiff::civil::Date;

use super::Scheme;
use super::age::{epi_loss_on, hi_loss_on};
use super::annual_determination::Season;
use super::application::Decision;
use super::bonus::BonusPayment;
use super::chargeable_months::{Spell, is_charged};
use super::exemption::LeaveSpell;
use super::grade::{self, Grade};
use crate::{LawError, Trace};

mod ages;
mod kind;
mod leaves;
mod standards;
#[cfg(test)]
mod tests;
mod together;

pub use kind::FindingKind;

/// 算定基礎届の提出期限 (健康保険法施行規則25条1項・厚生年金保険法施行規則18条1項): this day of July.
const ANNUAL_DUE_DAY: i8 = 10;
/// Offices are never closed for so long in a row.
const CLOSED_DAYS_MAX: i64 = 14;
const SCHEMES: [Scheme; 2] = [Scheme::HealthInsurance, Scheme::EmployeesPension];

/// 標準報酬月額 on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardOnFile {
    /// First month.
    pub from: Month,
    /// First month in which it no longer holds; `None` while it does.
    pub until: Option<Month>,
    /// 決定の種類.
    pub decision: Decision,
    /// 健康保険, 0 when not insured.
    pub hi: Yen,
    /// 厚生年金保険, 0 when not insured.
    pub epi: Yen,
}

impl StandardOnFile {
    fn holds_in(&self, month: Month) -> bool {
        self.from <= month && self.until.is_none_or(|until| month < until)
    }

    fn of(&self, scheme: Scheme) -> Yen {
        match scheme {
            Scheme::HealthInsurance => self.hi,
            Scheme::EmployeesPension => self.epi,
        }
    }
}

/// 同じ人の別の資格 — another spell of the same person that reaches into the fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherSpell {
    /// With the same employer, as when somebody comes back.
    pub same_employer: bool,
    /// 健康保険の被保険者である.
    pub health_insurance: bool,
    /// From when to when.
    pub spell: Spell,
    /// 賞与 paid in the fiscal year up to the end of the month.
    pub bonuses: Vec<BonusPayment>,
}

/// 点検する記録 — what is on file of one spell in the month.
#[derive(Clone)]
pub struct SpellFacts<'a> {
    /// 生年月日; without one the rules of age say nothing.
    pub birth_on: Option<Date>,
    /// 資格取得年月日 and 資格喪失年月日 as recorded: the losses by age follow from `birth_on`.
    pub spell: Spell,
    /// 健康保険の被保険者である on record.
    pub health_insurance: bool,
    /// 厚生年金保険の被保険者である on record.
    pub employees_pension: bool,
    /// 同月得喪で厚生年金の月が取り消される (厚生年金保険法19条2項ただし書).
    pub epi_month_cancelled: bool,
    /// 二以上事業所勤務者である on record: the person has chosen.
    pub two_workplaces: bool,
    /// Standards that hold in the month or begin up to September of its year.
    pub standards: &'a [StandardOnFile],
    /// 休業, in any order.
    pub leaves: &'a [LeaveSpell],
    /// 算定基礎届 of the year has been filed and was not sent back.
    pub annual_filed: bool,
    /// Whether the month was assessed with 介護保険料; `None` when it was not assessed.
    pub long_term_care: Option<bool>,
    /// 介護保険適用除外 has its filing.
    pub ltci_exclusion_on_file: bool,
    /// 賞与 paid in the fiscal year up to the end of the month.
    pub bonuses: &'a [BonusPayment],
    /// 同じ人の別の資格.
    pub others: &'a [OtherSpell],
}

/// 点検で見つかったこと.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule, with its clause and what to do.
    pub kind: FindingKind,
    /// Since which day it has been so.
    pub since: Date,
    /// The fact that shows it, in Japanese, without a name or a number of a person.
    pub fact: String,
}

/// 算定基礎届 of a year whose time limit has passed.
#[derive(Clone, Copy, Debug)]
struct AnnualSeason {
    season: Season,
    due_on: Date,
}

/// 月の点検 — the month's tables, looked up once, and the day from which one looks.
#[derive(Clone, Copy, Debug)]
pub struct Inspection {
    month: Month,
    as_of: Date,
    hi_grades: &'static [Grade],
    epi_grades: &'static [Grade],
    annual: Option<AnnualSeason>,
}

type Rule = fn(&Inspection, &SpellFacts<'_>) -> Result<Option<Finding>, LawError>;

/// In the order of [`FindingKind::ALL`].
const RULES: [Rule; 12] = [
    ages::long_term_care_missing,
    standards::annual_not_filed,
    leaves::maternity_leave_too_long,
    leaves::childcare_leave_too_long,
    leaves::childcare_leave_not_ended,
    ages::pension_after_70,
    ages::health_after_75,
    standards::no_standard,
    standards::standard_not_in_table,
    standards::standard_expired,
    together::two_employers_not_selected,
    together::bonus_over_cap_together,
];

impl Inspection {
    /// The inspection of a month on a day.
    ///
    /// - `as_of`: 業務日付; time limits are judged by it
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck` — no grade table for the month; `Calendar` — the holidays do not reach that far.
    pub fn of(month: Month, as_of: Date) -> Result<Inspection, LawError> {
        let trace = &mut Trace::new();
        Ok(Inspection {
            month,
            as_of,
            hi_grades: grade::all(Scheme::HealthInsurance, month, trace)?,
            epi_grades: grade::all(Scheme::EmployeesPension, month, trace)?,
            annual: annual_season(month, as_of)?,
        })
    }

    /// 点検 — what is found, each kind at most once, in the order of [`FindingKind::ALL`]; empty when all is in order.
    ///
    /// # Errors
    /// `Calendar` — the holidays do not reach that far; `NotInForce`, `PastLastCheck` — a cap of an earlier month.
    pub fn findings(&self, facts: &SpellFacts<'_>) -> Result<Vec<Finding>, LawError> {
        let mut findings = Vec::new();
        for rule in RULES {
            findings.extend(rule(self, facts)?);
        }
        Ok(findings)
    }

    /// 適用年 of the 算定基礎届 that is looked for, where its time limit has passed.
    pub fn annual_year(&self) -> Option<i16> {
        self.annual.map(|annual| annual.season.september().year())
    }

    /// Whether the month is one of the scheme for this spell, cut by age.
    fn covers(&self, scheme: Scheme, facts: &SpellFacts<'_>) -> bool {
        let (applies, lost_by_age) = match scheme {
            Scheme::HealthInsurance => (facts.health_insurance, facts.birth_on.map(hi_loss_on)),
            Scheme::EmployeesPension => {
                (facts.employees_pension && !facts.epi_month_cancelled, facts.birth_on.map(epi_loss_on))
            }
        };
        let spell = lost_by_age.map_or(facts.spell, |day| facts.spell.lost_by(day));
        applies && is_charged(spell, self.month)
    }

    fn is_overdue(&self, event_on: Date, days: i64) -> Result<bool, LawError> {
        let due_on = event_on.saturating_add(days.days());
        if self.as_of <= due_on {
            return Ok(false);
        }
        // The table of holidays does not reach back to everybody's birthday.
        let open_again = due_on.saturating_add(CLOSED_DAYS_MAX.days());
        Ok(open_again <= self.as_of || government_next_or_same(due_on)? < self.as_of)
    }
}

/// From the month before the day of reckoning (1 July) to the month before the determination takes effect: from
/// September on the standard itself has run out.
fn annual_season(month: Month, as_of: Date) -> Result<Option<AnnualSeason>, LawError> {
    if !(6..=8).contains(&month.month()) {
        return Ok(None);
    }
    let season = Season::of(month.year())?;
    let last = season.reckoned_on().with().day(ANNUAL_DUE_DAY).build().expect("July has ten days");
    let due_on = government_next_or_same(last)?;
    Ok((as_of > due_on).then_some(AnnualSeason { season, due_on }))
}
