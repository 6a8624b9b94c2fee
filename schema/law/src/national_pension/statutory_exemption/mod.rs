//! 法定免除 (国民年金法89条).

use domain::Month;
use jiff::civil::Date;

use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 法定免除の事由 (国民年金法89条1項各号).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// 1号: 障害基礎年金 or another disability pension of grade 1 or 2.
    DisabilityPension,
    /// 2号: 生活扶助.
    LivelihoodAssistance,
    /// 3号: residence in a listed facility.
    Facility,
}

impl Cause {
    const fn words(self) -> &'static str {
        match self {
            Cause::DisabilityPension => "1号: 障害等級1級・2級の障害年金の受給権者",
            Cause::LivelihoodAssistance => "2号: 生活扶助等",
            Cause::Facility => "3号: 国立ハンセン病療養所等への入所",
        }
    }
}

/// 法定免除の期間.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatutoryPeriod {
    /// First month.
    pub first: Month,
    /// Last month; `None` while the ground lasts.
    pub last: Option<Month>,
}

impl StatutoryPeriod {
    /// Whether a month is exempt.
    ///
    /// - `elected`: months for which the insured chose to pay (89条2項), each from its first to its last
    pub fn covers(self, month: Month, elected: &[(Month, Month)]) -> bool {
        let within = self.first <= month && self.last.is_none_or(|last| month <= last);
        within && !elected.iter().any(|(first, last)| (*first..=*last).contains(&month))
    }
}

/// 法定免除の期間 — from the month before the one in which the ground arises to the month in which it ends.
///
/// Law: 国民年金法89条1項; 2項 (months chosen to be paid are not exempt).
///
/// - `arose_on`: 該当するに至つた日
/// - `ended_on`: 該当しなくなる日; `None` while it lasts
///
/// # Errors
/// `BadInput` — an end before the beginning.
///
/// # Examples
/// 2025-06-10 to 2026-01-31: 2025-05 to 2026-01.
pub fn statutory_period(
    cause: Cause,
    arose_on: Date,
    ended_on: Option<Date>,
    trace: &mut Trace,
) -> Result<StatutoryPeriod, LawError> {
    check_day("該当するに至った日 (arose_on)", arose_on)?;
    ended_on.map_or(Ok(()), |day| check_day("該当しなくなる日 (ended_on)", day))?;
    if ended_on.is_some_and(|day| day < arose_on) {
        return Err(LawError::bad_input("該当しなくなる日 (ended_on)", "該当するに至った日以後の日を入力してください"));
    }
    let period = StatutoryPeriod { first: Month::of(arose_on).previous(), last: ended_on.map(Month::of) };
    trace.step(
        Step::new("国民年金法89条1項", "該当するに至った日の属する月の前月から、該当しなくなる日の属する月まで")
            .with("事由", cause.words(), "")
            .with("該当するに至った日", arose_on, "")
            .gives(format!("{}〜{}", period.first, period.last.map_or(String::new(), |last| last.to_string()))),
    );
    Ok(period)
}
