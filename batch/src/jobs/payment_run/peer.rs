//! The numbers of a payment month for the other road ([`peer_payments`]).

use domain::Month;
use jiff::civil::Date;
use law::pension_payment::payment_date::{PaymentKind, payment_date};
use law::pension_payment::withholding_tax::{PersonalDeduction, basic_deduction, personal_monthly};
use law::{LawError, Trace};
use store::night::peer_payments::Rules;

/// What a payment month asks of the law, as decimals and yen.
///
/// # Errors
/// What the tables say of the month.
pub fn rules(payment: Month) -> Result<Rules, LawError> {
    let trace = &mut Trace::new();
    let (born_65, born_after) = births(payment.year());
    let (aged, young) = (basic_deduction(born_65, payment, trace)?, basic_deduction(born_after, payment, trace)?);
    let mut deductions = Vec::new();
    for (word, deduction) in PersonalDeduction::WORDS {
        deductions.push((word.to_owned(), personal_monthly(&[(deduction, 1)], payment, trace)?.get()));
    }
    let decimal = |rate: domain::Ratio| rate.to_decimal().expect("rates of the tables are decimals");
    let limit = |limit: Option<domain::Yen>| limit.map_or(0, domain::Yen::get);
    Ok(Rules {
        payment,
        paid_on: payment_date(payment, PaymentKind::Regular, trace)?.paid_on,
        born_65,
        rate: decimal(aged.rate),
        add_yen: aged.add.get(),
        minimum_yen: (aged.minimum.get(), young.minimum.get()),
        tax_rate: decimal(aged.tax_rate),
        limit_yen: (limit(aged.none_below), limit(young.none_below)),
        deductions,
    })
}

/// The last day of birth with which 65 is reached by 31 December of the year, and the day after it.
fn births(year: i16) -> (Date, Date) {
    let last = Date::new(year - 64, 1, 1).expect("New Year of a payment year");
    (last, last.tomorrow().expect("a day after New Year"))
}
