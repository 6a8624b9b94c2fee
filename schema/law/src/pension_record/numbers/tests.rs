//! What is refused, and every code of the table.

use super::*;

#[test]
fn only_half_width_digits_of_the_right_length() {
    for wrong in ["", "1234567890", "123456789012", "1234567890１", "1234567890a"] {
        assert!(my_number_check(wrong, &mut Trace::new()).is_err(), "{wrong}");
    }
    for wrong in ["", "00001205000", "0000120500020", "00001205000２"] {
        assert!(corporate_number_check(wrong, &mut Trace::new()).is_err(), "{wrong}");
    }
}

#[test]
fn no_step_shows_the_number_of_a_person() {
    let mut trace = Trace::new();
    my_number_check("12345678901", &mut trace).expect("digits");
    let number: BasicPensionNumber = "2101-100007".parse().expect("a number");
    certificate_number(&number, "1150", "2026-04".parse().expect("a month"), &mut trace).expect("a code");
    let told = format!("{:?}", trace.steps());
    assert!(!told.contains("12345678901") && !told.contains("100007"), "{told}");
}

#[test]
fn every_code_names_its_pension_and_no_other() {
    let month: Month = "2026-04".parse().expect("a month");
    let codes = ["1150", "1350", "1450", "2650", "5350", "5950", "6350", "6450", "1170", "1370", "1470"];
    for code in codes {
        assert!(pension_kind(code, month, &mut Trace::new()).is_ok(), "{code}");
    }
    assert_eq!(pension_kind("9999", month, &mut Trace::new()).expect_err("none").code(), "not_in_force");
    assert_eq!(
        pension_kind("1150", "2027-04".parse().expect("a month"), &mut Trace::new()).expect_err("late").code(),
        "past_last_check"
    );
}
