//! The numbers of a month for the SQL road ([`store::night::peer`]).

use domain::{Month, Prefecture, Ratio};
use law::employees_insurance::{Scheme, bonus, contribution, grade};
use law::{LawError, Trace};
use store::night::peer::Rates;

/// The rates, caps and grades of a month as the law has them.
///
/// # Errors
/// As the tables of the law.
pub fn rates(month: Month) -> Result<Rates, LawError> {
    let mut trace = Trace::new();
    let decimal = |rate: Ratio| rate.to_decimal().expect("rates are decimals");
    let mut health = Vec::with_capacity(47);
    for prefecture in Prefecture::all() {
        let rate = contribution::hi_rate(prefecture, month, &mut trace)?;
        health.push((i16::from(prefecture.jis()), decimal(rate)));
    }
    let mut standards = |scheme| {
        let grades = grade::all(scheme, month, &mut trace)?;
        let yen =
            grades.iter().map(|grade| i32::try_from(grade.standard.get()).expect("standards are below 2 billion"));
        Ok::<Vec<i32>, LawError>(yen.collect())
    };
    let from = |scheme| {
        let grades = grade::all(scheme, month, &mut Trace::new())?;
        Ok::<Vec<i64>, LawError>(grades.iter().map(|grade| grade.from.get()).collect())
    };
    let (hi_from, epi_from) = (from(Scheme::HealthInsurance)?, from(Scheme::EmployeesPension)?);
    let (hi_standards, epi_standards) = (standards(Scheme::HealthInsurance)?, standards(Scheme::EmployeesPension)?);
    Ok(Rates {
        month,
        health,
        ltci: decimal(contribution::ltci_rate(month, &mut trace)?),
        support: decimal(contribution::support_rate(month, &mut trace)?),
        epi: decimal(contribution::epi_rate(month, &mut trace)?),
        contribution: decimal(contribution::contribution_rate(month, &mut trace)?),
        hi_bonus_cap_yen: bonus::hi_cap(month, &mut trace)?.yen.get(),
        epi_bonus_cap_yen: bonus::epi_cap(month, &mut trace)?.yen.get(),
        hi_standards,
        epi_standards,
        hi_from,
        epi_from,
    })
}
