//! 保険料納入告知額通知書 — for employers who pay by 口座振替.

pub mod layout;
pub mod notice;

#[cfg(test)]
mod tests {
    use crate::notices::sample;

    #[test]
    fn golden_marks() {
        sample::compare(crate::NoticeKind::DebitNotice, include_str!("golden.txt"));
    }
}
