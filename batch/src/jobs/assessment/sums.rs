//! Sums over people and employers: exact amounts first, whole yen once per employer and levy.

use law::Levies;
use law::employees_insurance::month::UNITS_PER_YEN;
use store::night::journal::EmployerAmounts;

use crate::run::Totals;

/// Exact amounts in 1/100,000 yen: health, long-term care, support, EPI, contribution.
pub type Exact = [i64; 5];

/// Names of the exact totals of a job, in the order of [`Exact`].
pub const EXACT_TOTALS: [&str; 5] = ["health_exact", "ltci_exact", "support_exact", "epi_exact", "contribution_exact"];
/// Names of the totals in whole yen: HI, EPI, contribution.
pub const YEN_TOTALS: [&str; 3] = ["hi_yen", "epi_yen", "contribution_yen"];

/// As an array.
pub fn exact_of(levies: Levies) -> Exact {
    [levies.health_exact, levies.ltci_exact, levies.support_exact, levies.epi_exact, levies.contribution_exact]
}

/// Adds one to the other.
pub fn add(sum: &mut Exact, other: &Exact) {
    for (sum, other) in sum.iter_mut().zip(other) {
        *sum = sum.checked_add(*other).expect("exact sums of a nation fit in 64 bits");
    }
}

/// 納入告知額 — each levy's exact sum of an employer, cut to whole yen (国等の債権債務等の金額の端数計算に関する
/// 法律2条). The same as `law::employees_insurance::notice_total`, without its steps; a test holds them together.
pub fn whole_yen(employer_id: i64, sum: &Exact) -> EmployerAmounts {
    let floor = |units: i64| units.div_euclid(UNITS_PER_YEN);
    EmployerAmounts { employer_id, yen: [floor(sum[0] + sum[1] + sum[2]), floor(sum[3]), floor(sum[4])] }
}

/// Exact sums of employers, added in key order.
#[derive(Debug, Default)]
pub struct EmployerSums(Vec<(i64, Exact)>);

impl EmployerSums {
    /// Adds a row; rows come in order of employer.
    pub fn add(&mut self, employer_id: i64, amounts: &Exact) {
        match self.0.last_mut() {
            Some((last, sum)) if *last == employer_id => add(sum, amounts),
            last => {
                assert!(last.is_none_or(|(last, _)| *last < employer_id), "rows come in order of employer");
                self.0.push((employer_id, *amounts));
            }
        }
    }

    /// Adds rows of another source, which may name other employers.
    pub fn merge(&mut self, other: &EmployerSums) {
        if other.0.is_empty() {
            return;
        }
        self.0.extend_from_slice(&other.0);
        self.0.sort_by_key(|(employer_id, _)| *employer_id);
        let merged = std::mem::take(&mut self.0);
        for (employer_id, amounts) in merged {
            self.add(employer_id, &amounts);
        }
    }

    /// Whole yen by employer; one with nothing to pay has no entry.
    pub fn amounts(&self) -> Vec<EmployerAmounts> {
        let amounts = self.0.iter().map(|(employer_id, sum)| whole_yen(*employer_id, sum));
        amounts.filter(|employer| employer.yen != [0; 3]).collect()
    }

    /// All exact sums, and the whole yen of every employer, into totals.
    pub fn total(&self, totals: &mut Totals) {
        for (employer_id, sum) in &self.0 {
            let amounts = whole_yen(*employer_id, sum);
            totals.add("employers", i64::from(amounts.yen != [0; 3]));
            totals.add("journal_entries", amounts.yen.iter().filter(|yen| **yen != 0).count() as i64);
            YEN_TOTALS.iter().zip(amounts.yen).for_each(|(name, yen)| totals.add(name, yen));
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Yen;
    use law::Trace;
    use law::employees_insurance::month::exact_yen;
    use law::employees_insurance::notice_total::notice_total;

    use super::*;

    #[test]
    fn cut_as_the_rule_cuts() {
        for sum in
            [[5_157_240_000, 0, 0, 1, 99_999], [1, 2, 3, -1, -100_000], [0; 5], [665_260_000, 153_698, 7, 9, 100_001]]
        {
            let said = notice_total(
                exact_yen(sum[0] + sum[1] + sum[2]),
                exact_yen(sum[3]),
                exact_yen(sum[4]),
                &mut Trace::new(),
            );
            let yen = whole_yen(1, &sum).yen.map(Yen::new);
            assert_eq!(yen, [said.hi_yen, said.epi_yen, said.contribution_yen]);
        }
    }

    #[test]
    fn merged_sums_are_those_of_all_rows() {
        let mut month = EmployerSums::default();
        month.add(1, &[150_000, 0, 0, 0, 0]);
        month.add(3, &[1, 1, 1, 1, 1]);
        let mut earlier = EmployerSums::default();
        earlier.add(1, &[-50_000, 0, 0, 0, 0]);
        earlier.add(2, &[300_000, 0, 0, 0, 0]);
        month.merge(&earlier);
        let amounts: Vec<_> = month.amounts().iter().map(|one| (one.employer_id, one.yen)).collect();
        assert_eq!(amounts, [(1, [1, 0, 0]), (2, [3, 0, 0])]);
    }
}
