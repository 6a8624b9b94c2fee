//! 年齢による資格喪失 — EPI ends on attaining 70, HI on the 75th birthday.

use domain::Month;
use domain::age::{attained_on, nth_birthday};
use jiff::civil::Date;

use crate::{Step, Trace};

#[cfg(test)]
mod tests;

/// 70歳到達による厚生年金保険の資格喪失日 — the day of attaining 70 itself: the day before the birthday.
///
/// Law: 厚生年金保険法14条5号, 年齢計算ニ関スル法律.
pub fn epi_loss_on(birth: Date) -> Date {
    attained_on(birth, 70)
}

/// 75歳到達による健康保険の資格喪失日 — the 75th birthday, not the day before.
///
/// Law: 健康保険法3条1項ただし書, 高齢者の医療の確保に関する法律50条・52条.
pub fn hi_loss_on(birth: Date) -> Date {
    nth_birthday(birth, 75)
}

/// 年齢による喪失 — days of loss and the last charged months (the month before each).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeLoss {
    /// 厚生年金保険の喪失日.
    pub epi_loss_on: Date,
    /// Last charged month of EPI.
    pub epi_last_month: Month,
    /// 健康保険の喪失日.
    pub hi_loss_on: Date,
    /// Last charged month of HI.
    pub hi_last_month: Month,
}

/// 年齢による喪失日と最後の月 — for somebody insured without break until then.
///
/// # Examples
/// Born 1955-05-01: EPI lost 2025-04-30, last month 2025-03; born a day later: 2025-05-01, 2025-04.
pub fn age_loss(birth: Date, trace: &mut Trace) -> AgeLoss {
    let (epi_loss_on, hi_loss_on) = (epi_loss_on(birth), hi_loss_on(birth));
    let loss = AgeLoss {
        epi_loss_on,
        epi_last_month: Month::of(epi_loss_on).previous(),
        hi_loss_on,
        hi_last_month: Month::of(hi_loss_on).previous(),
    };
    trace.step(
        Step::new("厚生年金保険法14条5号", "喪失日 = 70歳に達する日 (誕生日の前日)。喪失した月の保険料はかからない")
            .with("生年月日", birth, "")
            .gives(format!("{epi_loss_on} (最後の月 {})", loss.epi_last_month)),
    );
    trace.step(
        Step::new("健康保険法3条1項ただし書", "喪失日 = 75歳の誕生日。喪失した月の保険料はかからない")
            .with("生年月日", birth, "")
            .gives(format!("{hi_loss_on} (最後の月 {})", loss.hi_last_month)),
    );
    loss
}
