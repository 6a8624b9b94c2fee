//! 待期 (健康保険法99条1項).

use jiff::civil::Date;

use crate::health_benefits::days::{DaySpan, plus_days, without};
use crate::{Step, Trace};

/// その労務に服することができなくなった日から起算して3日.
const WAITING_DAYS: i64 = 3;

/// 待期の完成.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// 待期が完成した日 — the third consecutive day.
    pub completed_on: Date,
    /// The first day unfit after it; `None` while there is none.
    pub first_payable: Option<Date>,
}

/// 待期 — when three consecutive days unfit for work are complete, and the first day that can be paid.
///
/// Law: 健康保険法99条1項 (3日を経過した日から); 昭和32年1月31日保発2号の2 (3日は継続すること). Paid leave, Sundays
/// and holidays count; the day on which work stopped counts when it stopped within working hours, else the next day
/// is the first. Once per illness: later days unfit are paid from the first.
///
/// - `unfit`: days unfit for work with the same illness, in any order
/// - `worked`: days worked after all, though within those spans
///
/// Returns `None` while no three days follow one another.
///
/// # Examples
/// Unfit 1 to 2 June, worked on the 3rd, unfit from the 4th on: complete on 6 June, paid from 7 June.
pub fn waiting(unfit: &[DaySpan], worked: &[DaySpan], trace: &mut Trace) -> Option<Waiting> {
    let runs = without(unfit, worked);
    let waiting = runs.iter().find(|run| run.days() >= WAITING_DAYS).map(|run| {
        let completed_on = plus_days(run.first(), WAITING_DAYS - 1);
        let after = runs.iter().find(|run| run.last() > completed_on);
        let first_payable = after.map(|run| run.first().max(plus_days(completed_on, 1)));
        Waiting { completed_on, first_payable }
    });
    explain(waiting, trace);
    waiting
}

fn explain(waiting: Option<Waiting>, trace: &mut Trace) {
    let rule = "労務に服することができなくなった日から継続した3日を待期とし、その後の労務不能の日から支給する";
    let step = Step::new("健康保険法99条1項・昭和32年1月31日保発2号の2", rule);
    let day = |day: Option<Date>| day.map_or("なし".to_owned(), |day| day.to_string());
    trace.step(match waiting {
        None => step.gives("待期は完成していない"),
        Some(waiting) => step
            .with("待期が完成した日", waiting.completed_on, "")
            .gives(format!("支給できる最初の日: {}", day(waiting.first_payable))),
    });
}
