//! What is refused.

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
    let told = format!("{:?}", trace.steps());
    assert!(!told.contains("12345678901"), "{told}");
}
