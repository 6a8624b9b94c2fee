//! From which month, for which category, and what is paid without one.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn counter(month: &str, category: CertifiedCategory, applied_on: Option<Date>) -> CounterMonth {
    CounterMonth {
        month: month.parse().expect("a month"),
        category,
        application: applied_on.map(|applied_on| Application { applied_on, acquired_on: None }),
        kind: CareKind::Inpatient,
        occurrence: Occurrence::UpToThird,
        medical: Yen::new(1_000_000),
        share: Yen::new(300_000),
    }
}

fn pay(question: &CounterMonth) -> CounterPayment {
    limit_certificate(question, &mut Trace::new()).expect("in force")
}

#[test]
fn it_begins_with_the_month_of_application() {
    let category = CertifiedCategory::Under70(Under70Category::U);
    for applied_on in [date(2026, 7, 1), date(2026, 7, 31)] {
        assert!(!pay(&counter("2026-06", category, Some(applied_on))).in_effect);
        let july = pay(&counter("2026-07", category, Some(applied_on)));
        assert_eq!((july.in_effect, july.valid_from), (true, Some(date(2026, 7, 1))));
        assert_eq!((july.counter, july.limit), (Yen::new(87_430), Yen::new(87_430)));
    }
    assert!(!pay(&counter("2026-07", category, Some(date(2026, 8, 1)))).in_effect);
    let enrolled = Application { applied_on: date(2026, 7, 20), acquired_on: Some(date(2026, 6, 20)) };
    assert_eq!(enrolled.valid_from(), date(2026, 7, 1), "enrolled before the month of application");
}

#[test]
fn who_needs_which() {
    let of = |category: CertifiedCategory, text: &str| category.certificate(text.parse().expect("a month"));
    let under70 = CertifiedCategory::Under70;
    let aged = CertifiedCategory::Aged;
    assert_eq!(of(under70(Under70Category::A), "2026-08"), Ok(Certificate::Limit));
    assert_eq!(of(under70(Under70Category::O), "2026-08"), Ok(Certificate::LimitAndMeal));
    assert_eq!(of(under70(Under70Category::LowC), "2014-12"), Ok(Certificate::LimitAndMeal));
    assert_eq!(of(aged(AgedCategory::Active3), "2018-08"), Ok(Certificate::NotNeeded));
    assert_eq!(of(aged(AgedCategory::Active2), "2018-08"), Ok(Certificate::Limit));
    assert_eq!(of(aged(AgedCategory::Active1), "2018-08"), Ok(Certificate::Limit));
    assert_eq!(of(aged(AgedCategory::Active1), "2018-07"), Ok(Certificate::NotNeeded));
    assert_eq!(of(aged(AgedCategory::General), "2026-08"), Ok(Certificate::NotNeeded));
    assert_eq!(of(aged(AgedCategory::Low2), "2026-08"), Ok(Certificate::LimitAndMeal));
    assert!(of(aged(AgedCategory::Active), "2018-08").is_err());
    assert!(of(under70(Under70Category::GeneralB), "2015-01").is_err());
}

#[test]
fn months_not_on_file_are_refused() {
    let category = CertifiedCategory::Under70(Under70Category::U);
    let ask = |text| limit_certificate(&counter(text, category, None), &mut Trace::new()).map(|_| ());
    assert!(matches!(ask("2012-03"), Err(LawError::NotInForce { .. })));
    assert!(ask("2012-04").is_ok());
    assert!(matches!(ask("2027-08"), Err(LawError::PastLastCheck { .. })));
}

#[test]
fn the_receipt_tells_the_certificate_and_its_first_day() {
    let told = |month, category, applied_on| {
        let mut trace = Trace::new();
        limit_certificate(&counter(month, category, applied_on), &mut trace).expect("in force");
        let step = trace.steps().iter().find(|step| step.values.iter().any(|value| value.name == "発効年月日"));
        let step = step.expect("the step of the certificate").clone();
        (step.expression, step.values[0].value.clone(), step.result)
    };
    let (limit, meal) =
        (CertifiedCategory::Under70(Under70Category::U), CertifiedCategory::Under70(Under70Category::O));
    let (name, from, effect) = told("2026-07", limit, Some(date(2026, 7, 20)));
    assert!(name.starts_with("限度額適用認定証"), "{name}");
    assert_eq!((from.as_str(), effect.as_str()), ("2026-07-01", "適用する"));
    let (name, from, effect) = told("2026-07", meal, None);
    assert!(name.starts_with("限度額適用・標準負担額減額認定証"), "{name}");
    assert_eq!((from.as_str(), effect.as_str()), ("なし", "適用しない"));
}

proptest! {
    #[test]
    fn nobody_pays_more_than_the_share(share in 0_i64..2_000_000, month in 7_i8..=8, day in 1_i8..=28) {
        for category in [CertifiedCategory::Under70(Under70Category::E), CertifiedCategory::Aged(AgedCategory::Low1)] {
            let mut question = counter("2026-07", category, Some(date(2026, month, day)));
            question.share = Yen::new(share);
            let payment = pay(&question);
            prop_assert_eq!(payment.in_effect, month == 7);
            let expected = if month == 7 { Yen::new(share).min(payment.limit) } else { Yen::new(share) };
            prop_assert_eq!(payment.counter, expected);
        }
    }
}
