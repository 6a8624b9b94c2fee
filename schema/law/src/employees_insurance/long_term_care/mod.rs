//! 介護保険第2号被保険者 (介護保険法9条2号, 健康保険法156条).

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use crate::{Step, Trace};

#[cfg(test)]
mod tests;

/// 介護保険料のかかる最初と最後の月 — from the month of attaining 40 to the month before that of attaining 65.
///
/// Law: 介護保険法9条2号・10条・11条, 健康保険法156条.
///
/// # Examples
/// Born on 2 May: from May; on 1 May: from April.
pub fn period(birth: Date, trace: &mut Trace) -> (Month, Month) {
    let (first, last) = bounds(birth);
    for (years, rule, month) in
        [(40, "40歳に達する日の属する月から", first), (65, "65歳に達する日の属する月の前月まで", last)]
    {
        trace.step(
            Step::new("介護保険法9条2号・健康保険法156条", rule)
                .with("生年月日", birth, "")
                .with(format!("{years}歳に達する日"), attained_on(birth, years), "")
                .gives(month),
        );
    }
    (first, last)
}

/// その月に第2号被保険者か — by age alone; domicile abroad and the other exclusions are facts of the person.
pub fn is_second_insured(birth: Date, month: Month) -> bool {
    let (first, last) = bounds(birth);
    (first..=last).contains(&month)
}

fn bounds(birth: Date) -> (Month, Month) {
    (Month::of(attained_on(birth, 40)), Month::of(attained_on(birth, 65)).previous())
}
