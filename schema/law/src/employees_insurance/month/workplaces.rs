//! 二以上の事業所に使用される被保険者の月 — one standard from the sum, each office's part by its ratio.
//!
//! Everything follows from the facts of all offices together, whichever of them is asked for: whoever reckons one part
//! reckons them all.

use super::UNITS_PER_YEN;
use super::law::{Cover, MonthLaw, UnitRates};
use super::person::{HoldReason, Levies, PersonContribution, PersonMonth, Verdict};
use crate::employees_insurance::Scheme;

/// No pay of a person is that much; a bigger amount is held, so that no sum can overflow.
const MOST_REMUNERATION_YEN: i64 = 1_000_000_000_000;

/// 一事業所の一月 — the spell at one office as it stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// The spell with its own standards, exemptions and days; its bonuses stand below.
    pub month: PersonMonth,
    /// 報酬月額 of this office (健康保険法44条3項); 0 when no standard is decided.
    pub remuneration_yen: i64,
    /// Day number and yen of each 賞与 of the fiscal year that this office paid, up to the end of the month, any order.
    pub bonuses: Vec<(i32, i64)>,
    /// 選択した事業所 (健康保険法施行規則1条の3・2条, 厚生年金保険法施行規則1条・2条).
    pub selected: bool,
}

/// 二以上事業所勤務者の一月 — all offices of one person, in an order that does not hang on who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplaces {
    /// The offices that the filing names.
    pub offices: Vec<Workplace>,
    /// 健康保険組合を選択した: health insurance premiums are not for us to collect at any of the offices.
    pub health_society: bool,
}

/// 一事業所の負担 — what one office owes, and the standards of the sum that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkplacePart {
    /// The part.
    pub contribution: PersonContribution,
    /// 健康保険の標準報酬月額 of the person.
    pub hi_standard_yen: i64,
    /// 厚生年金保険の標準報酬月額 of the person.
    pub epi_standard_yen: i64,
    /// 健康保険の標準賞与額 of the person.
    pub hi_standard_bonus_yen: i64,
    /// 厚生年金保険の標準賞与額 of the person.
    pub epi_standard_bonus_yen: i64,
}

/// The covers of one office in the month.
#[derive(Clone, Copy)]
pub(super) struct Covers {
    pub hi: Cover,
    pub epi: Cover,
}

impl Covers {
    fn any(self) -> bool {
        self.hi.covered || self.epi.covered
    }
}

/// 合算 — one standard, what each office has put into it, and who takes what the division leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// 標準報酬月額 or 標準賞与額 of the person.
    pub standard_yen: i64,
    /// By office; 0 where the scheme does not cover the month.
    pub weights: Vec<i64>,
    /// The office chosen, or the first that has a weight.
    rest_to: usize,
}

impl Sum {
    pub(super) fn total(&self) -> i64 {
        self.weights.iter().sum()
    }

    /// Exact units of each office: cut to the unit (1/100,000円), the rest to one of them, so that the parts are the whole.
    fn divide(&self, units: i64) -> Vec<i64> {
        let total = i128::from(self.total());
        if total == 0 {
            return vec![0; self.weights.len()];
        }
        let part = |weight: &i64| {
            let part = i128::from(units) * i128::from(*weight) / total;
            i64::try_from(part).expect("a part is not larger than the whole")
        };
        let mut parts: Vec<i64> = self.weights.iter().map(part).collect();
        parts[self.rest_to] += units - parts.iter().sum::<i64>();
        parts
    }

    /// 被保険者負担分 of one office: half of its exact part, 50銭以下切捨て・50銭超切上げ.
    fn half(&self, units: i64, office: usize) -> i64 {
        let one = i128::from(self.total()) * i128::from(UNITS_PER_YEN);
        if one == 0 {
            return 0;
        }
        let part = i128::from(units) * i128::from(self.weights[office]);
        i64::try_from((part + one - 1) / (2 * one)).expect("half of a premium")
    }
}

/// The sums of a month in which two offices or more cover the person.
pub(super) struct Sums {
    /// 報酬月額: HI, EPI.
    pub monthly: [Sum; 2],
    /// 賞与: HI, EPI.
    pub bonus: [Sum; 2],
    /// Rates of the office chosen.
    pub rates: UnitRates,
    pub chosen: usize,
    pub ltci: bool,
    pub covers: Vec<Covers>,
}

/// What the month is to a person with several offices.
pub(super) enum Together {
    /// One office or none covers the month: each is assessed by itself, with these standard bonuses of HI.
    Apart(Vec<i64>),
    /// The sums.
    Summed(Box<Sums>),
    /// Why a person must look, by office; `None` where the month is not covered.
    Held(Vec<Option<HoldReason>>),
}

impl MonthLaw {
    /// 二以上事業所勤務者の一月の調定 — each office's part, in the order of the offices.
    ///
    /// Law: 健康保険法44条3項, 厚生年金保険法24条2項 (報酬月額の合算); 健康保険法45条, 厚生年金保険法24条の4 (caps on
    /// the sum of bonuses); 健康保険法施行令47条, 厚生年金保険法施行令4条 (division by 報酬月額, of bonuses by 賞与額);
    /// 健康保険法159条, 厚生年金保険法81条の2 (exempt is the part of the office whose employer applied).
    ///
    /// A month that one office alone covers is that office's: its own standard, its own rate.
    pub fn assess_workplaces(&self, person: &Workplaces) -> Vec<WorkplacePart> {
        match self.together(person) {
            Together::Apart(bonuses) => {
                person.offices.iter().zip(bonuses).map(|(office, bonus)| self.apart(office, bonus)).collect()
            }
            Together::Held(reasons) => {
                let one = |(office, reason): (&Workplace, Option<HoldReason>)| match reason {
                    Some(reason) => held(&office.month, reason),
                    None => self.apart(office, 0),
                };
                person.offices.iter().zip(reasons).map(one).collect()
            }
            Together::Summed(sums) => self.parts(person, &sums),
        }
    }

    pub(super) fn together(&self, person: &Workplaces) -> Together {
        let alone = self.covers(person.offices.iter().map(Workplace::alone));
        if alone.iter().filter(|covers| covers.any()).count() < 2 {
            let hi_bonus = self.standard_bonus(&self.payments(person, &alone, Scheme::HealthInsurance)).0;
            return Together::Apart(alone.iter().map(|covers| if covers.any() { hi_bonus } else { 0 }).collect());
        }
        let months: Vec<PersonMonth> = person.offices.iter().map(|office| person.month_of(office)).collect();
        let covers = self.covers(months.iter().copied());
        let is_chosen = |place: &usize| person.offices[*place].selected && covers[*place].any();
        let chosen: Vec<usize> = (0..covers.len()).filter(is_chosen).collect();
        let &[chosen] = &chosen[..] else {
            return Together::Held(reasons(&covers, |_| HoldReason::SelectionEnded));
        };
        if let Some(reasons) = self.held_somewhere(person, &months, &covers) {
            return Together::Held(reasons);
        }
        let ltci = covers.iter().any(|covers| covers.hi.covered)
            && !months[chosen].ltci_excluded
            && self.is_second_insured(months[chosen].birth_on);
        let standards = Scheme::BOTH.map(|scheme| match scheme {
            Scheme::HealthInsurance => self.standard_bonus(&self.payments(person, &covers, scheme)).0,
            Scheme::EmployeesPension => self.standard_bonus(&self.payments(person, &covers, scheme)).1,
        });
        let [hi, epi] = Scheme::BOTH;
        Together::Summed(Box::new(Sums {
            monthly: [hi, epi].map(|scheme| self.remunerations(person, &covers, chosen, scheme)),
            bonus: [(hi, standards[0]), (epi, standards[1])].map(|whole| self.paid(person, &covers, chosen, whole)),
            rates: self.rates(&months[chosen], ltci),
            chosen,
            ltci,
            covers,
        }))
    }

    fn covers(&self, months: impl Iterator<Item = PersonMonth>) -> Vec<Covers> {
        months.map(|month| Covers { hi: self.hi_cover(&month), epi: self.epi_cover(&month) }).collect()
    }

    /// An office whose record does not stand holds all of them: the sum is not known without it.
    fn held_somewhere(
        &self,
        person: &Workplaces,
        months: &[PersonMonth],
        covers: &[Covers],
    ) -> Option<Vec<Option<HoldReason>>> {
        let own = |place: usize| {
            let (month, covers) = (&months[place], covers[place]);
            let amount_fits = (0..=MOST_REMUNERATION_YEN).contains(&person.offices[place].remuneration_yen);
            let own = self.hold_reason(month, covers.hi, covers.epi);
            own.or((!amount_fits).then_some(HoldReason::AmountOutOfRange)).filter(|_| covers.any())
        };
        let own: Vec<Option<HoldReason>> = (0..months.len()).map(own).collect();
        let nothing =
            (0..months.len()).all(|place| !covers[place].any() || person.offices[place].remuneration_yen == 0);
        match own.iter().any(Option::is_some) {
            true => Some(reasons(covers, |place| own[place].unwrap_or(HoldReason::OtherWorkplace))),
            false => nothing.then(|| reasons(covers, |_| HoldReason::NoStandard)),
        }
    }

    /// One office alone.
    pub(super) fn apart(&self, office: &Workplace, hi_bonus: i64) -> WorkplacePart {
        let mut month = office.alone();
        let own: Vec<(i32, i64)> = office.counted(&month, self.age_loss(&month, Scheme::EmployeesPension)).collect();
        (month.hi_standard_bonus_yen, month.epi_standard_bonus_yen) = (hi_bonus, self.standard_bonus(&own).1);
        part_of(self.assess(&month), &month)
    }

    /// 報酬月額 of the offices that the scheme covers, and the standard of their sum; of one alone, its own standard.
    fn remunerations(&self, person: &Workplaces, covers: &[Covers], chosen: usize, scheme: Scheme) -> Sum {
        let covered: Vec<usize> = (0..covers.len()).filter(|&place| covers[place].of(scheme).covered).collect();
        let alone = covered.len() == 1;
        let weigh = |(office, covers): (&Workplace, &Covers)| match covers.of(scheme).covered {
            // Of one office alone the ratio is the whole, also without a remuneration on record.
            true if alone => office.remuneration_yen.max(1),
            true => office.remuneration_yen,
            false => 0,
        };
        let weights: Vec<i64> = person.offices.iter().zip(covers).map(weigh).collect();
        let standard_yen = match covered[..] {
            [] => 0,
            [alone] => person.offices[alone].standard_of(scheme),
            _ => self.standard_of(scheme, weights.iter().sum()),
        };
        sum_of(standard_yen, weights, chosen)
    }

    /// 賞与 of the month by office.
    fn paid(
        &self,
        person: &Workplaces,
        covers: &[Covers],
        chosen: usize,
        (scheme, standard_yen): (Scheme, i64),
    ) -> Sum {
        let paid = |(office, covers): (&Workplace, &Covers)| match covers.of(scheme).covered {
            true => {
                let month = person.month_of(office);
                let counted = office.counted(&month, self.age_loss(&month, scheme));
                counted.filter(|(paid_on, _)| self.is_in_month(*paid_on)).map(|(_, yen)| yen).sum()
            }
            false => 0,
        };
        sum_of(standard_yen, person.offices.iter().zip(covers).map(paid).collect(), chosen)
    }

    /// All payments that make up the standard bonus of the month, of every office: those of earlier months count for the
    /// yearly cap, those of this month where the scheme covers it.
    fn payments(&self, person: &Workplaces, covers: &[Covers], scheme: Scheme) -> Vec<(i32, i64)> {
        let of_office = |(office, covers): (&Workplace, &Covers)| {
            let (month, covered) = (person.month_of(office), covers.of(scheme).covered);
            let counted = office.counted(&month, self.age_loss(&month, scheme));
            counted.filter(|(paid_on, _)| covered || !self.is_in_month(*paid_on)).collect::<Vec<_>>()
        };
        person.offices.iter().zip(covers).flat_map(of_office).collect()
    }

    fn parts(&self, person: &Workplaces, sums: &Sums) -> Vec<WorkplacePart> {
        let whole = |[hi, epi]: &[Sum; 2]| sums.rates.on(hi.standard_yen, epi.standard_yen);
        let (monthly, bonus) = (whole(&sums.monthly), whole(&sums.bonus));
        let (of_month, of_bonus) = (divide(monthly, &sums.monthly), divide(bonus, &sums.bonus));
        let part = |place: usize| {
            let (month, covers) = (&person.offices[place].month, sums.covers[place]);
            let charged = |levies: Levies, exempt: bool| if exempt { Levies::default() } else { levies };
            let half = |whole: i64, sum: &Sum, exempt: bool| if exempt { 0 } else { sum.half(whole, place) };
            let contribution = PersonContribution {
                verdict: Verdict::Done,
                hi_charged: covers.hi.covered && !month.exempt,
                epi_charged: covers.epi.covered && !month.exempt,
                ltci: sums.ltci && covers.hi.covered,
                exempt: month.exempt && covers.any(),
                monthly: charged(of_month[place], month.exempt),
                bonus: charged(of_bonus[place], month.bonus_exempt),
                hi_employee_yen: half(monthly.hi_exact(), &sums.monthly[0], month.exempt),
                epi_employee_yen: half(monthly.epi_exact, &sums.monthly[1], month.exempt),
                bonus_hi_employee_yen: half(bonus.hi_exact(), &sums.bonus[0], month.bonus_exempt),
                bonus_epi_employee_yen: half(bonus.epi_exact, &sums.bonus[1], month.bonus_exempt),
            };
            match covers.any() {
                true => WorkplacePart {
                    contribution,
                    hi_standard_yen: sums.monthly[0].standard_yen,
                    epi_standard_yen: sums.monthly[1].standard_yen,
                    hi_standard_bonus_yen: sums.bonus[0].standard_yen,
                    epi_standard_bonus_yen: sums.bonus[1].standard_yen,
                },
                false => part_of(contribution, &person.offices[place].alone()),
            }
        };
        (0..person.offices.len()).map(part).collect()
    }
}

impl Scheme {
    const BOTH: [Scheme; 2] = [Scheme::HealthInsurance, Scheme::EmployeesPension];
}

impl Covers {
    pub(super) fn of(self, scheme: Scheme) -> Cover {
        match scheme {
            Scheme::HealthInsurance => self.hi,
            Scheme::EmployeesPension => self.epi,
        }
    }
}

impl Workplaces {
    /// The spell of an office as the schemes that we collect for see it.
    pub(super) fn month_of(&self, office: &Workplace) -> PersonMonth {
        let month = office.alone();
        match self.health_society {
            true => PersonMonth { hi_applies: false, hi_standard_yen: 0, ..month },
            false => month,
        }
    }
}

/// Whom a scheme covers in a month of several offices: the reason of each.
fn reasons(covers: &[Covers], reason: impl Fn(usize) -> HoldReason) -> Vec<Option<HoldReason>> {
    covers.iter().enumerate().map(|(place, covers)| covers.any().then(|| reason(place))).collect()
}

impl Workplace {
    /// The spell as if there were no other office; its bonuses stand apart.
    pub(super) fn alone(&self) -> PersonMonth {
        let (hi_standard_bonus_yen, epi_standard_bonus_yen) = (0, 0);
        PersonMonth { hi_standard_bonus_yen, epi_standard_bonus_yen, multi_workplace: false, ..self.month }
    }

    fn standard_of(&self, scheme: Scheme) -> i64 {
        match scheme {
            Scheme::HealthInsurance => self.month.hi_standard_yen,
            Scheme::EmployeesPension => self.month.epi_standard_yen,
        }
    }

    /// Payments that fall into the spell, which ends by age at the latest.
    fn counted(&self, month: &PersonMonth, loss_by_age: i32) -> impl Iterator<Item = (i32, i64)> {
        let month = *month;
        let counts = move |paid_on: i32| month.bonus_counts(paid_on) && paid_on < loss_by_age;
        self.bonuses.iter().copied().filter(move |(paid_on, _)| counts(*paid_on))
    }
}

fn sum_of(standard_yen: i64, weights: Vec<i64>, chosen: usize) -> Sum {
    let first = weights.iter().position(|weight| *weight > 0).unwrap_or(chosen);
    let rest_to = if weights[chosen] > 0 { chosen } else { first };
    Sum { standard_yen, weights, rest_to }
}

fn divide(whole: Levies, [hi, epi]: &[Sum; 2]) -> Vec<Levies> {
    let (health, ltci) = (hi.divide(whole.health_exact), hi.divide(whole.ltci_exact));
    let support = hi.divide(whole.support_exact);
    let (pension, contribution) = (epi.divide(whole.epi_exact), epi.divide(whole.contribution_exact));
    let part = |place: usize| Levies {
        health_exact: health[place],
        ltci_exact: ltci[place],
        support_exact: support[place],
        epi_exact: pension[place],
        contribution_exact: contribution[place],
    };
    (0..hi.weights.len()).map(part).collect()
}

fn part_of(contribution: PersonContribution, month: &PersonMonth) -> WorkplacePart {
    WorkplacePart {
        contribution,
        hi_standard_yen: month.hi_standard_yen,
        epi_standard_yen: month.epi_standard_yen,
        hi_standard_bonus_yen: month.hi_standard_bonus_yen,
        epi_standard_bonus_yen: month.epi_standard_bonus_yen,
    }
}

fn held(month: &PersonMonth, reason: HoldReason) -> WorkplacePart {
    part_of(PersonContribution { verdict: Verdict::Hold(reason), ..PersonContribution::NOTHING }, month)
}
