//! One cut per levy, after adding.

use super::*;

#[test]
fn fractions_are_added_before_they_are_cut() {
    let tenths = |tenths: i128| Ratio::new(tenths, 10);
    let total = notice_total(tenths(515_724), tenths(9), tenths(10), &mut Trace::new());
    assert_eq!(total.hi_yen, Yen::new(51_572));
    assert_eq!(total.epi_yen, Yen::ZERO);
    assert_eq!(total.contribution_yen, Yen::new(1));
    assert_eq!(total.total_yen, Yen::new(51_573));
    let whole = notice_total(tenths(5) + tenths(5), Ratio::ZERO, Ratio::ZERO, &mut Trace::new());
    assert_eq!(whole.hi_yen, Yen::new(1));
}
