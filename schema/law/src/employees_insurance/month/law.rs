//! The law of one month, looked up once, and the assessment by it.

use domain::age::{attained_on, nth_birthday};
use domain::{Month, Prefecture, Ratio};
use jiff::civil::Date;

use super::person::{HoldReason, Levies, PersonContribution, PersonMonth, Verdict, day_number, day_of};
use super::{UNITS_PER_YEN, payroll_half};
use crate::employees_insurance::Scheme;
use crate::employees_insurance::bonus::{self, CapBasis};
use crate::employees_insurance::{contribution, grade};
use crate::{LawError, ParameterRead, Trace};

/// Larger than any standard or cap; a bigger amount is held, so that no product can overflow.
const MOST_YEN: i64 = 100_000_000;

/// 月の法令 — everything the assessment of a month needs, resolved. Build it once per run and share it.
#[derive(Clone, Debug)]
pub struct MonthLaw {
    pub(super) month: Month,
    /// First day of the month and of the next, as day numbers.
    pub(super) first_day: i32,
    pub(super) next_first_day: i32,
    /// 健康保険料率 by JIS code, in 1/100,000; place 0 is unused.
    hi_rates: [i64; 48],
    ltci_rate: i64,
    support_rate: i64,
    epi_rate: i64,
    contribution_rate: i64,
    hi_bonus_cap_yen: i64,
    epi_bonus_cap_yen: i64,
    /// 第2号被保険者: born on or before this day, and after the other.
    ltci_born_by: i32,
    ltci_born_after: i32,
    seventy: AgeEdge,
    seventy_five: AgeEdge,
    hi_standards: Standards,
    epi_standards: Standards,
    /// The rows read, for receipts: by prefecture, then the national ones.
    pub(super) hi_reads: Vec<ParameterRead>,
    pub(super) national_reads: [ParameterRead; 4],
}

/// The births whose loss by age falls into the month.
#[derive(Clone, Copy, Debug)]
struct AgeEdge {
    /// Born on this day or later: the loss comes after the month.
    later_from: i32,
    /// Born before this day: the loss came before the month.
    earlier_before: i32,
    /// The day of loss of a birth.
    loss_on: fn(Date) -> Date,
}

impl AgeEdge {
    fn new(years: i16, month: Month, loss_on: fn(Date) -> Date) -> AgeEdge {
        let first_birth_losing_from = |day: Date| {
            let year = day.year() - years;
            let mut birth = Date::new(year, day.month(), 1).expect("people of this age were born in the calendar");
            // The day before may lose on the same day or later: 1st of a month, 29 February.
            while loss_on(birth) >= day {
                birth = birth.yesterday().expect("far from the calendar's start");
            }
            while loss_on(birth) < day {
                birth = birth.tomorrow().expect("far from the calendar's end");
            }
            day_number(birth)
        };
        AgeEdge {
            later_from: first_birth_losing_from(month.next().first_day()),
            earlier_before: first_birth_losing_from(month.first_day()),
            loss_on,
        }
    }

    /// The day of loss, as far as the month can tell: exact inside it, else before or after everything.
    #[inline]
    fn loss_day(&self, birth_on: i32) -> i32 {
        if birth_on >= self.later_from {
            i32::MAX
        } else if birth_on < self.earlier_before {
            i32::MIN
        } else {
            day_number((self.loss_on)(day_of(birth_on)))
        }
    }
}

/// The standards of a grade table, in order, for looking a standard's grade up.
#[derive(Clone, Copy, Debug)]
struct Standards {
    yen: [i64; grade::MOST_GRADES],
    /// 報酬月額 from which each of them holds.
    from: [i64; grade::MOST_GRADES],
    grades: usize,
}

impl Standards {
    fn at(scheme: Scheme, month: Month, trace: &mut Trace) -> Result<Standards, LawError> {
        let mut standards =
            Standards { yen: [i64::MAX; grade::MOST_GRADES], from: [i64::MAX; grade::MOST_GRADES], grades: 0 };
        for grade in grade::all(scheme, month, trace)? {
            standards.yen[standards.grades] = grade.standard.get();
            standards.from[standards.grades] = grade.from.get();
            standards.grades += 1;
        }
        Ok(standards)
    }

    /// The standard of a remuneration, which is not negative.
    fn of_remuneration(&self, yen: i64) -> i64 {
        let above = self.from[..self.grades].partition_point(|from| *from <= yen);
        self.yen[above.max(1) - 1]
    }

    #[inline]
    fn grade(&self, standard_yen: i64) -> Option<u8> {
        let place = self.yen[..self.grades].binary_search(&standard_yen).ok()?;
        u8::try_from(place + 1).ok()
    }
}

/// 健康保険・厚生年金の被保険者としての月 — cover of one scheme in the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    /// The month is a charged month, exemption aside.
    pub covered: bool,
    /// 同月得喪.
    pub same_month: bool,
}

impl MonthLaw {
    /// Resolves the law of a month for all prefectures; every row read goes to the trace.
    ///
    /// # Errors
    /// `NotInForce` before 2015-10 (厚生年金保険法19条2項ただし書 read differently) and where a table has no row;
    /// `PastLastCheck` after the last month that was checked.
    pub fn of(month: Month, trace: &mut Trace) -> Result<MonthLaw, LawError> {
        MonthLaw::with_numbers_of(month, month, trace)
    }

    /// 改正の試算 — the people and ages of `month`, the rates, caps and grades of `numbers_of`: what a later month's
    /// numbers would mean for those insured in this one.
    ///
    /// # Errors
    /// As `of`, for either month.
    pub fn with_numbers_of(month: Month, numbers_of: Month, trace: &mut Trace) -> Result<MonthLaw, LawError> {
        let oldest = Month::new(2015, 10).expect("a month");
        if month < oldest {
            return Err(LawError::NotInForce { table: "月の調定".to_owned(), asked: month });
        }
        let mut hi_rates = [0; 48];
        let mut hi_reads = Vec::with_capacity(47);
        for prefecture in Prefecture::all() {
            let (rate, read) = unit_rate(trace, |trace| contribution::hi_rate(prefecture, numbers_of, trace))?;
            hi_rates[usize::from(prefecture.jis())] = rate;
            hi_reads.push(read);
        }
        let (ltci_rate, ltci_read) = unit_rate(trace, |trace| contribution::ltci_rate(numbers_of, trace))?;
        let (support_rate, support_read) = unit_rate(trace, |trace| contribution::support_rate(numbers_of, trace))?;
        let (epi_rate, epi_read) = unit_rate(trace, |trace| contribution::epi_rate(numbers_of, trace))?;
        let (contribution_rate, contribution_read) =
            unit_rate(trace, |trace| contribution::contribution_rate(numbers_of, trace))?;
        let next = month.next().first_day();
        Ok(MonthLaw {
            month,
            first_day: day_number(month.first_day()),
            next_first_day: day_number(next),
            hi_rates,
            ltci_rate,
            support_rate,
            epi_rate,
            contribution_rate,
            hi_bonus_cap_yen: fiscal_year_cap(numbers_of, trace)?,
            epi_bonus_cap_yen: bonus::epi_cap(numbers_of, trace)?.yen.get(),
            ltci_born_by: same_day_years_before(next, 40),
            ltci_born_after: same_day_years_before(next, 65),
            seventy: AgeEdge::new(70, month, |birth| attained_on(birth, 70)),
            seventy_five: AgeEdge::new(75, month, |birth| nth_birthday(birth, 75)),
            hi_standards: Standards::at(Scheme::HealthInsurance, numbers_of, trace)?,
            epi_standards: Standards::at(Scheme::EmployeesPension, numbers_of, trace)?,
            hi_reads,
            national_reads: [ltci_read, support_read, epi_read, contribution_read],
        })
    }

    /// 月分.
    pub fn month(&self) -> Month {
        self.month
    }

    /// Whether standard bonuses come out the same under both.
    pub fn has_bonus_caps_of(&self, other: &MonthLaw) -> bool {
        let caps = |law: &MonthLaw| (law.month, law.hi_bonus_cap_yen, law.epi_bonus_cap_yen);
        caps(self) == caps(other)
    }

    /// 健康保険の等級 of a standard; `None` when no grade of the month has it.
    #[inline]
    pub fn hi_grade(&self, standard_yen: i64) -> Option<u8> {
        self.hi_standards.grade(standard_yen)
    }

    /// 厚生年金保険の等級 of a standard; `None` when no grade of the month has it.
    #[inline]
    pub fn epi_grade(&self, standard_yen: i64) -> Option<u8> {
        self.epi_standards.grade(standard_yen)
    }

    /// 標準報酬月額 of a remuneration by the table of the month (健康保険法40条, 厚生年金保険法20条).
    pub(super) fn standard_of(&self, scheme: Scheme, remuneration_yen: i64) -> i64 {
        match scheme {
            Scheme::HealthInsurance => self.hi_standards.of_remuneration(remuneration_yen),
            Scheme::EmployeesPension => self.epi_standards.of_remuneration(remuneration_yen),
        }
    }

    /// The day of loss by age, as far as the month can tell.
    pub(super) fn age_loss(&self, person: &PersonMonth, scheme: Scheme) -> i32 {
        match scheme {
            Scheme::HealthInsurance => self.seventy_five.loss_day(person.birth_on),
            Scheme::EmployeesPension => self.seventy.loss_day(person.birth_on),
        }
    }

    pub(super) fn is_in_month(&self, day: i32) -> bool {
        (self.first_day..self.next_first_day).contains(&day)
    }

    /// 標準賞与額 — HI and EPI, of this month, in yen, from all payments of the fiscal year.
    ///
    /// Law: 健康保険法45条, 厚生年金保険法24条の4. No allocation.
    ///
    /// - `payments`: day number and yen of each bonus of the fiscal year, any order; others are passed over
    ///
    /// For EPI leave out payments after the loss at 70: call it with those that count for the scheme.
    pub fn standard_bonus(&self, payments: &[(i32, i64)]) -> (i64, i64) {
        let mut year = self.month;
        while year.month() != 4 {
            year = year.previous();
        }
        let in_month = |from: i32, until: i32| {
            let paid = payments.iter().filter(move |(paid_on, _)| (from..until).contains(paid_on));
            paid.map(|(_, yen)| yen).sum::<i64>().div_euclid(1000) * 1000
        };
        let mut counted = 0;
        while year < self.month {
            let bounds = (day_number(year.first_day()), day_number(year.next().first_day()));
            counted += in_month(bounds.0, bounds.1).min(self.hi_bonus_cap_yen - counted);
            year = year.next();
        }
        let total = in_month(self.first_day, self.next_first_day);
        (total.min(self.hi_bonus_cap_yen - counted), total.min(self.epi_bonus_cap_yen))
    }

    /// 一人一月の調定 — pure, integers only, no allocation.
    ///
    /// Law: 健康保険法156条・161条, 厚生年金保険法19条・81条・82条, 子ども・子育て支援法69条・70条. Exact premiums with
    /// the employer's half; the employee's halves rounded for 給与控除, month and bonus apart. A bonus counts
    /// only in a charged month: none for EPI in the month of attaining 70 (unless also acquired in it).
    #[inline]
    pub fn assess(&self, person: &PersonMonth) -> PersonContribution {
        let (hi, epi) = (self.hi_cover(person), self.epi_cover(person));
        if let Some(reason) = self.hold_reason(person, hi, epi) {
            return PersonContribution { verdict: Verdict::Hold(reason), ..PersonContribution::NOTHING };
        }
        let ltci = hi.covered && !person.ltci_excluded && self.is_second_insured(person.birth_on);
        let rates = self.rates(person, ltci);
        let levies = |charged: bool, hi_yen: i64, epi_yen: i64| {
            let hi_yen = if charged && hi.covered { hi_yen } else { 0 };
            let epi_yen = if charged && epi.covered { epi_yen } else { 0 };
            rates.on(hi_yen, epi_yen)
        };
        let monthly = levies(!person.exempt, person.hi_standard_yen, person.epi_standard_yen);
        let bonus = levies(!person.bonus_exempt, person.hi_standard_bonus_yen, person.epi_standard_bonus_yen);
        PersonContribution {
            verdict: Verdict::Done,
            hi_charged: hi.covered && !person.exempt,
            epi_charged: epi.covered && !person.exempt,
            ltci,
            exempt: person.exempt && (hi.covered || epi.covered),
            monthly,
            bonus,
            hi_employee_yen: payroll_half(monthly.hi_exact()),
            epi_employee_yen: payroll_half(monthly.epi_exact),
            bonus_hi_employee_yen: payroll_half(bonus.hi_exact()),
            bonus_epi_employee_yen: payroll_half(bonus.epi_exact),
        }
    }

    /// What keeps the record from being assessed.
    #[inline]
    pub(super) fn hold_reason(&self, person: &PersonMonth, hi: Cover, epi: Cover) -> Option<HoldReason> {
        let in_range = |yen: i64| (0..=MOST_YEN).contains(&yen);
        let amounts_fit = in_range(person.hi_standard_yen)
            && in_range(person.epi_standard_yen)
            && in_range(person.hi_standard_bonus_yen)
            && in_range(person.epi_standard_bonus_yen);
        let no_standard = (hi.covered && person.hi_standard_yen == 0) || (epi.covered && person.epi_standard_yen == 0);
        let backwards =
            person.birth_on > person.acquired_on || person.lost_on.is_some_and(|lost_on| lost_on < person.acquired_on);
        if person.multi_workplace {
            Some(HoldReason::MultiWorkplace)
        } else if !(1..=47).contains(&person.prefecture) {
            Some(HoldReason::UnknownPrefecture)
        } else if backwards {
            Some(HoldReason::DatesOutOfOrder)
        } else if !amounts_fit {
            Some(HoldReason::AmountOutOfRange)
        } else if no_standard {
            Some(HoldReason::NoStandard)
        } else {
            None
        }
    }

    /// 健康保険の月: the spell, ended by the 75th birthday at the latest.
    #[inline]
    pub(super) fn hi_cover(&self, person: &PersonMonth) -> Cover {
        if !person.hi_applies {
            return Cover { covered: false, same_month: false };
        }
        self.cover(person, self.seventy_five.loss_day(person.birth_on))
    }

    /// 厚生年金保険の月: the spell, ended by attaining 70 at the latest.
    #[inline]
    pub(super) fn epi_cover(&self, person: &PersonMonth) -> Cover {
        if !person.epi_applies {
            return Cover { covered: false, same_month: false };
        }
        let cover = self.cover(person, self.seventy.loss_day(person.birth_on));
        let cancelled = cover.same_month && person.epi_same_month_cancelled;
        Cover { covered: cover.covered && !cancelled, ..cover }
    }

    /// The month of acquisition is charged, the month of loss not, unless both are this month.
    #[inline]
    fn cover(&self, person: &PersonMonth, loss_by_age: i32) -> Cover {
        let lost_on = person.lost_on.unwrap_or(i32::MAX).min(loss_by_age);
        let ever = person.acquired_on < self.next_first_day && lost_on > person.acquired_on;
        let insured_at_end = lost_on >= self.next_first_day;
        let same_month = ever && !insured_at_end && person.acquired_on >= self.first_day;
        Cover { covered: (ever && insured_at_end) || same_month, same_month }
    }

    /// 介護保険第2号被保険者 by age: attained 40 by the end of the month, and not yet 65 by then.
    #[inline]
    pub(super) fn is_second_insured(&self, birth_on: i32) -> bool {
        self.ltci_born_after < birth_on && birth_on <= self.ltci_born_by
    }

    #[inline]
    pub(super) fn rates(&self, person: &PersonMonth, ltci: bool) -> UnitRates {
        UnitRates {
            health: self.hi_rates[usize::from(person.prefecture)],
            ltci: if ltci { self.ltci_rate } else { 0 },
            support: self.support_rate,
            epi: self.epi_rate,
            contribution: self.contribution_rate,
        }
    }
}

/// The rates that apply to one person, in 1/100,000.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitRates {
    pub health: i64,
    pub ltci: i64,
    pub support: i64,
    pub epi: i64,
    pub contribution: i64,
}

impl UnitRates {
    #[inline]
    pub(super) fn on(&self, hi_yen: i64, epi_yen: i64) -> Levies {
        Levies {
            health_exact: hi_yen * self.health,
            ltci_exact: hi_yen * self.ltci,
            support_exact: hi_yen * self.support,
            epi_exact: epi_yen * self.epi,
            contribution_exact: epi_yen * self.contribution,
        }
    }
}

/// A rate in 1/100,000, checked to be a whole number of them, and the row it came from.
fn unit_rate(
    trace: &mut Trace,
    rate: impl FnOnce(&mut Trace) -> Result<Ratio, LawError>,
) -> Result<(i64, ParameterRead), LawError> {
    let rate = rate(trace)?;
    let read = trace.parameters().last().expect("a rate is read through the trace").clone();
    let units = rate.in_units_of(UNITS_PER_YEN).ok_or_else(|| LawError::CannotDecide {
        reason: format!("{} {}は10万分の1の単位で表せません", read.table, read.value),
    })?;
    Ok((units, read))
}

fn fiscal_year_cap(month: Month, trace: &mut Trace) -> Result<i64, LawError> {
    let cap = bonus::hi_cap(month, trace)?;
    assert_eq!(cap.basis, CapBasis::FiscalYear, "since 2007-04 the cap is one of the fiscal year");
    Ok(cap.yen.get())
}

/// Day number of the same 1st of a month so many years before.
fn same_day_years_before(first_of_month: Date, years: i16) -> i32 {
    let day = Date::new(first_of_month.year() - years, first_of_month.month(), 1);
    day_number(day.expect("people of this age were born in the calendar"))
}
