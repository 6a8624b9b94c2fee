//! 納入告知書（納付書） — for employers who pay at a bank or by ペイジー.

pub mod layout;
pub mod notice;

#[cfg(test)]
mod tests {
    use crate::notices::sample;

    #[test]
    fn golden_marks() {
        sample::compare(crate::NoticeKind::PaymentSlip, include_str!("golden.txt"));
    }
}
