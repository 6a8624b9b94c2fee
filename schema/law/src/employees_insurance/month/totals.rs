//! Sums over the people of an employer.

use super::{HoldReason, Levies, PersonContribution, Verdict, exact_yen};
use crate::Trace;
use crate::employees_insurance::notice_total::{NoticeTotal, notice_total};

/// 事業所の合計 — exact sums over people, from which the notice is cut. The order of adding does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmployerTotals {
    /// Records seen, held ones included.
    pub people: u64,
    /// 保留 by reason, in the order of [`HoldReason::ALL`].
    pub held: [u64; HoldReason::ALL.len()],
    /// People charged HI for the month.
    pub hi_people: u64,
    /// People charged EPI for the month.
    pub epi_people: u64,
    /// 月額保険料.
    pub monthly: Levies,
    /// 賞与保険料.
    pub bonus: Levies,
    /// Sum of the employees' shares of HI, month and bonus, in yen.
    pub hi_employee_yen: i64,
    /// Sum of the employees' shares of EPI, month and bonus, in yen.
    pub epi_employee_yen: i64,
}

impl EmployerTotals {
    /// Adds one person's outcome.
    #[inline]
    pub fn add(&mut self, person: &PersonContribution) {
        self.people += 1;
        if let Verdict::Hold(reason) = person.verdict {
            let place = HoldReason::ALL.iter().position(|known| *known == reason).expect("every reason is listed");
            self.held[place] += 1;
        }
        self.hi_people += u64::from(person.hi_charged);
        self.epi_people += u64::from(person.epi_charged);
        self.monthly = self.monthly.plus(person.monthly);
        self.bonus = self.bonus.plus(person.bonus);
        self.hi_employee_yen += person.hi_employee_yen + person.bonus_hi_employee_yen;
        self.epi_employee_yen += person.epi_employee_yen + person.bonus_epi_employee_yen;
    }

    /// Adds the totals of another part of the same employer (or of a run).
    pub fn merge(&mut self, other: &EmployerTotals) {
        self.people += other.people;
        for (mine, theirs) in self.held.iter_mut().zip(other.held) {
            *mine += theirs;
        }
        self.hi_people += other.hi_people;
        self.epi_people += other.epi_people;
        self.monthly = self.monthly.plus(other.monthly);
        self.bonus = self.bonus.plus(other.bonus);
        self.hi_employee_yen += other.hi_employee_yen;
        self.epi_employee_yen += other.epi_employee_yen;
    }

    /// Records held, whatever the reason.
    pub fn held_people(&self) -> u64 {
        self.held.iter().sum()
    }

    /// 納入告知額 — each levy's sum cut to whole yen once.
    pub fn notice_total(&self) -> NoticeTotal {
        self.explain_notice_total(&mut Trace::new())
    }

    /// As `notice_total`, with its steps.
    pub fn explain_notice_total(&self, trace: &mut Trace) -> NoticeTotal {
        let sum = self.monthly.plus(self.bonus);
        notice_total(exact_yen(sum.hi_exact()), exact_yen(sum.epi_exact), exact_yen(sum.contribution_exact), trace)
    }
}
