//! 併給の調整 — which of the rights of a month are drawn.

use std::fmt;

use domain::Month;
use domain::age::legal_age_on;
use jiff::civil::Date;

use super::{Choice, Ground, Held, Rights};
use crate::Trace;
use crate::pension_payment::simultaneous_benefits::{BenefitRight, simultaneous_benefits};

/// 選択の要る月 — several sets of rights, and nothing says which is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceNeeded {
    /// First month.
    pub from: Month,
    /// 併給できる組, of which one is to be chosen.
    pub sets: Vec<Rights>,
}

impl ChoiceNeeded {
    /// A short word for machines.
    pub const CODE: &'static str = "choice_needed";
}

impl fmt::Display for ChoiceNeeded {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sets: Vec<String> = self.sets.iter().map(|set| set.names().join("と")).collect();
        write!(
            to,
            "{}分から、同時に受けられない年金の受給権があります ({})。年金受給選択申出書の提出を求めてください",
            self.from,
            sets.join("、又は")
        )
    }
}

/// 支給する受給権 — of the sets that can be drawn together (国民年金法20条, 厚生年金保険法38条).
///
/// The only set there is; else the one that the choice on file names; else the one that goes on with what was drawn the month before.
///
/// - `before`: what was drawn the month before
pub(super) fn drawn(
    (rights, before): (Rights, Rights),
    choices: &[Choice],
    (birth, month): (Date, Month),
    trace: &mut Trace,
) -> Result<Rights, Held> {
    if Ground::ALL.iter().any(|ground| ground.rights().holds(rights)) {
        return Ok(rights);
    }
    // 18条2項・36条2項: what reaching 65 changes is paid from the month after.
    let age = legal_age_on(birth, month.previous().last_day()).unwrap_or(0).into();
    let sets = simultaneous_benefits(age, &rights.each().collect::<Vec<BenefitRight>>(), trace)?;
    let sets: Vec<Rights> = sets.into_iter().map(|set| set.rights.into_iter().collect()).collect();
    if let [only] = sets.as_slice() {
        return Ok(*only);
    }
    let chosen = choices.iter().rev().find(|choice| choice.from <= month).map(|choice| choice.rights.both(rights));
    let named = chosen.and_then(|chosen| set_of(&sets, chosen));
    // What was drawn and has ended binds nobody.
    match named.or_else(|| set_of(&sets, before.both(rights))) {
        Some(set) => Ok(set),
        None => Err(Held::Choice(ChoiceNeeded { from: month, sets })),
    }
}

/// The set that is just this, or the only one that holds it; nothing names none.
fn set_of(sets: &[Rights], named: Rights) -> Option<Rights> {
    if named.is_none() {
        return None;
    }
    let mut holding = sets.iter().copied().filter(|set| set.holds(named));
    let first = sets.iter().copied().find(|set| *set == named).or_else(|| holding.next())?;
    (first == named || holding.next().is_none()).then_some(first)
}
