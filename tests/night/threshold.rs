//! Too many rejected records stop a run; the operator who accepts them lets it go on.

use batch::night::{self, NightOptions};
use batch::progress::Silent;
use batch::run::NightError;

use crate::office::Country;

#[test]
fn a_run_over_its_limit_goes_on_when_the_operator_raises_the_limit() {
    let country = Country::of(300);
    let died = country.runner("run", "run:0:planned");
    assert!(!died.status.success());
    country.execute("UPDATE run_jobs SET rejected_max = -1");
    for _ in 0..2 {
        let stopped = country.resume().expect_err("over the limit");
        assert!(matches!(stopped, NightError::TooManyRejected { max: -1, .. }), "{stopped}");
        assert!(stopped.to_string().contains("--rejected-max"), "{stopped}");
    }
    let raised = NightOptions { rejected_max: Some(5), ..country.options() };
    night::resume(&raised, &Silent).expect("it goes on");
    assert_eq!(country.one::<i64>("SELECT count(*) FROM run_jobs WHERE rejected_max <> 5"), 0);
}
