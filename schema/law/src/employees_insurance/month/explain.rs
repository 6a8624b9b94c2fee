//! The same assessment, told step by step.

use domain::{Prefecture, Ratio, Yen};

use super::law::{Cover, MonthLaw};
use super::person::{PersonContribution, PersonMonth, Verdict, day_of};
use super::{UNITS_PER_YEN, exact_yen};
use crate::{Step, Trace};

impl MonthLaw {
    /// 一人一月の調定とその理由 — the same outcome as `assess`, with every step, clause and row that made it.
    pub fn explain(&self, person: &PersonMonth, trace: &mut Trace) -> PersonContribution {
        let outcome = self.assess(person);
        if let Verdict::Hold(reason) = outcome.verdict {
            trace.step(Step::new("保留", reason.words()).with("理由コード", reason.code(), "").gives("計算しない"));
            return outcome;
        }
        self.explain_cover(
            "健康保険",
            "健康保険法35条・36条・156条",
            person.hi_applies,
            self.hi_cover(person),
            person,
            trace,
        );
        self.explain_cover(
            "厚生年金保険",
            "厚生年金保険法13条・14条・19条",
            person.epi_applies,
            self.epi_cover(person),
            person,
            trace,
        );
        self.explain_exemption(person, &outcome, trace);
        self.explain_hi(person, &outcome, trace);
        self.explain_epi(person, &outcome, trace);
        outcome
    }

    pub(super) fn explain_cover(
        &self,
        scheme: &'static str,
        clause: &'static str,
        applies: bool,
        cover: Cover,
        person: &PersonMonth,
        trace: &mut Trace,
    ) {
        let lost_on = person.lost_on.map_or("なし".to_owned(), |lost_on| day_of(lost_on).to_string());
        let result = match (applies, cover.covered, cover.same_month) {
            (false, ..) => "この制度の被保険者ではない",
            (true, true, false) => "保険料のかかる月",
            (true, true, true) => "同月得喪: 保険料のかかる月",
            (true, false, true) => "同月得喪の月を算入しない (厚生年金保険法19条2項ただし書)",
            (true, false, false) => "保険料のかからない月 (取得前、喪失した月以後、又は年齢による喪失)",
        };
        trace.step(
            Step::new(
                clause,
                format!("{scheme}: 取得した月から喪失した月の前月まで (70歳到達・75歳の誕生日による喪失を含む)"),
            )
            .with("月分", self.month, "")
            .with("生年月日", day_of(person.birth_on), "")
            .with("資格取得日", day_of(person.acquired_on), "")
            .with("資格喪失日", lost_on, "")
            .gives(result),
        );
    }

    fn explain_exemption(&self, person: &PersonMonth, outcome: &PersonContribution, trace: &mut Trace) {
        if !outcome.exempt && !person.bonus_exempt {
            return;
        }
        let words = |exempt: bool| if exempt { "免除" } else { "免除しない" };
        trace.step(
            Step::new(
                "健康保険法159条・159条の3・厚生年金保険法81条の2・81条の2の2",
                "産前産後休業・育児休業等の期間中の免除",
            )
            .with("月額保険料", words(person.exempt), "")
            .gives(format!("賞与保険料: {}", words(person.bonus_exempt))),
        );
    }

    fn explain_hi(&self, person: &PersonMonth, outcome: &PersonContribution, trace: &mut Trace) {
        let bonus_charged = outcome.bonus.hi_exact() > 0;
        if !outcome.hi_charged && !bonus_charged {
            return;
        }
        trace.step(
            Step::new(
                "介護保険法9条2号・健康保険法156条",
                "40歳に達した月から65歳に達する月の前月まで介護保険料がかかる",
            )
            .with("生年月日", day_of(person.birth_on), "")
            .gives(if outcome.ltci { "第2号被保険者" } else { "第2号被保険者ではない" }),
        );
        let place = usize::from(person.prefecture) - 1;
        trace.read(self.hi_reads[place].clone());
        if outcome.ltci {
            trace.read(self.national_reads[0].clone());
        }
        trace.read(self.national_reads[1].clone());
        let rates = self.rates(person, outcome.ltci);
        let prefecture = Prefecture::from_jis(person.prefecture).expect("held otherwise").name();
        let mut tell = |what: &'static str, base: i64, exact: i64, share: i64| {
            trace.step(
                Step::new(
                    "健康保険法156条1項・160条",
                    format!("{what} = 標準報酬 × (健康保険料率 + 介護保険料率 + 支援金率)"),
                )
                .with(if what == MONTHLY_HI { "標準報酬月額" } else { "標準賞与額" }, Yen::new(base), "")
                .with(format!("健康保険料率 ({prefecture})"), rate(rates.health), "")
                .with("介護保険料率", rate(rates.ltci), "")
                .with("子ども・子育て支援金率", rate(rates.support), "")
                .gives(format!("{}円", exact_yen(exact))),
            );
            trace.step(share_step("健康保険法161条1項", exact, share));
        };
        if outcome.hi_charged {
            tell(MONTHLY_HI, person.hi_standard_yen, outcome.monthly.hi_exact(), outcome.hi_employee_yen);
        }
        if bonus_charged {
            tell(
                "健康保険料 (賞与)",
                person.hi_standard_bonus_yen,
                outcome.bonus.hi_exact(),
                outcome.bonus_hi_employee_yen,
            );
        }
    }

    fn explain_epi(&self, person: &PersonMonth, outcome: &PersonContribution, trace: &mut Trace) {
        let bonus_charged = outcome.bonus.epi_exact > 0;
        if !outcome.epi_charged && !bonus_charged {
            return;
        }
        trace.read(self.national_reads[2].clone());
        trace.read(self.national_reads[3].clone());
        let rates = self.rates(person, outcome.ltci);
        let mut tell = |what: &'static str, base: i64, epi: i64, share: i64, contribution: i64| {
            trace.step(
                Step::new("厚生年金保険法81条3項・4項", format!("厚生年金保険料 = {what} × 厚生年金保険料率"))
                    .with(what, Yen::new(base), "")
                    .with("厚生年金保険料率", rate(rates.epi), "")
                    .gives(format!("{}円", exact_yen(epi))),
            );
            trace.step(share_step("厚生年金保険法82条1項", epi, share));
            trace.step(
                Step::new(
                    "子ども・子育て支援法69条・70条",
                    format!("子ども・子育て拠出金 = {what} × 拠出金率 (事業主が全額負担)"),
                )
                .with(what, Yen::new(base), "")
                .with("拠出金率", rate(rates.contribution), "")
                .gives(format!("{}円", exact_yen(contribution))),
            );
        };
        if outcome.epi_charged {
            let month = &outcome.monthly;
            tell(
                "標準報酬月額",
                person.epi_standard_yen,
                month.epi_exact,
                outcome.epi_employee_yen,
                month.contribution_exact,
            );
        }
        if bonus_charged {
            let (bonus, share) = (&outcome.bonus, outcome.bonus_epi_employee_yen);
            tell("標準賞与額", person.epi_standard_bonus_yen, bonus.epi_exact, share, bonus.contribution_exact);
        }
    }
}

const MONTHLY_HI: &str = "健康保険料 (月額)";

pub(super) fn rate(units: i64) -> Ratio {
    Ratio::new(i128::from(units), i128::from(UNITS_PER_YEN))
}

fn share_step(clause: &'static str, exact: i64, share: i64) -> Step {
    Step::new(clause, "被保険者負担分 = 保険料 ÷ 2 (給与から控除: 50銭以下切捨て・50銭超切上げ)")
        .with("折半額", exact_yen(exact).half(), "円")
        .gives(Yen::new(share))
}
