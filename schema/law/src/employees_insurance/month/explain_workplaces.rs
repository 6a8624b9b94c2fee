//! The division among offices, told step by step for one of them.

use domain::{Prefecture, Yen};

use super::exact_yen;
use super::explain::rate;
use super::law::MonthLaw;
use super::person::{PersonMonth, Verdict};
use super::workplaces::{Covers, Sum, Sums, Together, WorkplacePart, Workplaces};
use crate::employees_insurance::Scheme;
use crate::{Step, Trace};

impl MonthLaw {
    /// 二以上事業所勤務者の一月の調定とその理由 — the part of one office, the same as `assess_workplaces` gives it, with every
    /// step, clause and row that made it.
    ///
    /// - `place`: which of the offices
    ///
    /// # Panics
    /// For an office that there is not.
    pub fn explain_workplaces(&self, person: &Workplaces, place: usize, trace: &mut Trace) -> WorkplacePart {
        let part = self.assess_workplaces(person)[place];
        match self.together(person) {
            Together::Apart(_) => {
                let why = "この月に被保険者である事業所は一つ以下なので、合算せずその事業所だけで計算する";
                trace.step(Step::new("健康保険法44条3項・厚生年金保険法24条2項", why).gives("按分しない"));
                let month = PersonMonth {
                    hi_standard_bonus_yen: part.hi_standard_bonus_yen,
                    epi_standard_bonus_yen: part.epi_standard_bonus_yen,
                    ..person.offices[place].alone()
                };
                self.explain(&month, trace);
            }
            Together::Held(_) => {
                if let Verdict::Hold(reason) = part.contribution.verdict {
                    let step = Step::new("保留", reason.words()).with("理由コード", reason.code(), "");
                    trace.step(step.gives("計算しない"));
                }
            }
            Together::Summed(sums) => self.explain_sums(person, place, &sums, &part, trace),
        }
        part
    }

    fn explain_sums(&self, person: &Workplaces, place: usize, sums: &Sums, part: &WorkplacePart, trace: &mut Trace) {
        let month = person.month_of(&person.offices[place]);
        let Covers { hi, epi } = sums.covers[place];
        let clauses = ["健康保険法35条・36条・156条", "厚生年金保険法13条・14条・19条"];
        self.explain_cover("健康保険", clauses[0], month.hi_applies, hi, &month, trace);
        self.explain_cover("厚生年金保険", clauses[1], month.epi_applies, epi, &month, trace);
        let prefecture = Prefecture::from_jis(person.offices[sums.chosen].month.prefecture);
        let prefecture = prefecture.expect("held otherwise").name();
        trace.step(
            Step::new(
                "健康保険法施行規則1条の3・2条、厚生年金保険法施行規則1条・2条",
                "選択した事業所の支部の料率による",
            )
            .with("事業所の数", sums.covers.len(), "")
            .gives(match person.health_society {
                true => "健康保険は健康保険組合を選択".to_owned(),
                false => prefecture.to_owned(),
            }),
        );
        self.read_rates(person, sums, trace);
        let (monthly, bonus) = (&part.contribution.monthly, &part.contribution.bonus);
        let levies = |of: &[Sum; 2]| sums.rates.on(of[0].standard_yen, of[1].standard_yen);
        let (of_month, of_bonus) = (levies(&sums.monthly), levies(&sums.bonus));
        let hi_rate = sums.rates.health + sums.rates.ltci + sums.rates.support;
        let mut tell = |what: Told, sum: &Sum, exact: [i64; 2], share: i64| {
            if sum.weights[place] > 0 {
                what.tell(sum, place, exact, share, trace);
            }
        };
        let out = &part.contribution;
        let told = |scheme, bonus, rate_units| Told { scheme, bonus, rate_units };
        let (health, pension) = (Scheme::HealthInsurance, Scheme::EmployeesPension);
        let whole = [of_month.hi_exact(), monthly.hi_exact()];
        tell(told(health, false, hi_rate), &sums.monthly[0], whole, out.hi_employee_yen);
        let whole = [of_month.epi_exact, monthly.epi_exact];
        tell(told(pension, false, sums.rates.epi), &sums.monthly[1], whole, out.epi_employee_yen);
        let whole = [of_bonus.hi_exact(), bonus.hi_exact()];
        tell(told(health, true, hi_rate), &sums.bonus[0], whole, out.bonus_hi_employee_yen);
        let whole = [of_bonus.epi_exact, bonus.epi_exact];
        tell(told(pension, true, sums.rates.epi), &sums.bonus[1], whole, out.bonus_epi_employee_yen);
        let contribution = monthly.contribution_exact + bonus.contribution_exact;
        if contribution > 0 {
            trace.step(
                Step::new(
                    "子ども・子育て支援法69条・70条",
                    "子ども・子育て拠出金 = 厚生年金保険の標準報酬 × 拠出金率 × 按分 (事業主が全額負担)",
                )
                .with("拠出金率", rate(sums.rates.contribution), "")
                .gives(format!("{}円", exact_yen(contribution))),
            );
        }
        if month.exempt || month.bonus_exempt {
            let clause = "健康保険法159条・159条の3・厚生年金保険法81条の2・81条の2の2";
            let why = "申出をした事業主の事業所の分だけを免除する";
            let words = |exempt: bool| if exempt { "免除" } else { "免除しない" };
            let step = Step::new(clause, why).with("月額保険料", words(month.exempt), "");
            trace.step(step.gives(format!("賞与保険料: {}", words(month.bonus_exempt))));
        }
    }

    /// The rows of the law that the rates of the office chosen come from.
    fn read_rates(&self, person: &Workplaces, sums: &Sums, trace: &mut Trace) {
        if !person.health_society {
            let prefecture = usize::from(person.offices[sums.chosen].month.prefecture);
            trace.read(self.hi_reads[prefecture - 1].clone());
            if sums.ltci {
                trace.read(self.national_reads[0].clone());
            }
            trace.read(self.national_reads[1].clone());
        }
        trace.read(self.national_reads[2].clone());
        trace.read(self.national_reads[3].clone());
    }
}

/// One premium to be told of.
struct Told {
    scheme: Scheme,
    bonus: bool,
    /// In 1/100,000.
    rate_units: i64,
}

impl Told {
    fn tell(&self, sum: &Sum, place: usize, [whole, part]: [i64; 2], share: i64, trace: &mut Trace) {
        let (pay, standard, clause) = match self.bonus {
            false => ("報酬月額", "標準報酬月額", "健康保険法44条3項・厚生年金保険法24条2項"),
            true => ("賞与額", "標準賞与額", "健康保険法45条・厚生年金保険法24条の4"),
        };
        let scheme = self.scheme.name();
        trace.step(
            Step::new(clause, format!("{scheme}の{standard} = 各事業所の{pay}の合算額による"))
                .with("合算額", Yen::new(sum.total()), "")
                .gives(Yen::new(sum.standard_yen)),
        );
        trace.step(
            Step::new(
                "健康保険法施行令47条・厚生年金保険法施行令4条",
                format!("{scheme}の保険料 = {standard} × 料率 × この事業所の{pay} ÷ 合算額"),
            )
            .with("料率", rate(self.rate_units), "")
            .with("全額", exact_yen(whole), "円")
            .with(format!("この事業所の{pay}"), Yen::new(sum.weights[place]), "")
            .gives(format!("{}円", exact_yen(part))),
        );
        let clause = match self.scheme {
            Scheme::HealthInsurance => "健康保険法161条1項",
            Scheme::EmployeesPension => "厚生年金保険法82条1項",
        };
        trace.step(
            Step::new(clause, "被保険者負担分 = 按分した保険料 ÷ 2 (給与から控除: 50銭以下切捨て・50銭超切上げ)")
                .gives(Yen::new(share)),
        );
    }
}
