//! 未支給年金 (国民年金法19条, 厚生年金保険法37条).

use domain::Month;
use jiff::civil::{Date, date};

use super::limitation::instalment_until;
use super::payable_months::{PensionRight, payable_months};
use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "国民年金法19条・厚生年金保険法37条";

/// 三親等内の親族 — since then, relatives beyond brothers and sisters too (平成24年法律63号).
const THIRD_DEGREE_FROM: Date = date(2014, 4, 1);

/// 死亡した者との続柄, in the order in which they claim (国民年金法19条4項・国民年金法施行令4条の3の2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// 配偶者.
    Spouse,
    /// 子.
    Child,
    /// 父母.
    Parent,
    /// 孫.
    Grandchild,
    /// 祖父母.
    Grandparent,
    /// 兄弟姉妹.
    Sibling,
    /// これらの者以外の三親等内の親族.
    ThirdDegree,
}

/// 遺族.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// As the question names them.
    pub name: String,
    /// 続柄.
    pub relation: Relation,
    /// 死亡の当時生計を同じくしていた.
    pub shared_livelihood: bool,
}

/// 未支給年金 — who claims which months, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnpaidBenefit {
    /// 請求できる者, of the first rank; a claim of one counts for all of them.
    pub claimants: Vec<String>,
    /// 死亡した月までの、まだ支給されていない月分.
    pub months: Vec<Month>,
    /// 時効の完成しない最後の日, of the oldest of these months; none: nothing is unpaid.
    pub claim_until: Option<Date>,
}

/// 未支給年金 — the months to the month of death that had not been paid, for those who shared the livelihood.
///
/// Law: 国民年金法19条1項・4項・5項, 厚生年金保険法37条1項・4項・5項 (order; several of one rank: one claims for all), 102条1項 and
/// 92条1項 (five years from the month after that of its payment). The claim is the survivor's own right, no inheritance. Relatives of the third degree: deaths since
/// 2014-04-01.
///
/// - `paid_until`: the last month already paid
/// - `right`: the right of the deceased, ended by death
///
/// # Errors
/// `BadInput` — a right that has not ended; days that cannot be; `NotInForce`, `PastLastCheck` — the term.
///
/// # Examples
/// Died in March 2025, paid to January: February and March, for the spouse; the brother has nothing.
pub fn unpaid_benefit(
    right: &PensionRight,
    paid_until: Month,
    relatives: &[Relative],
    trace: &mut Trace,
) -> Result<UnpaidBenefit, LawError> {
    let reason = "死亡した日を入力してください";
    let died_on = right.ended_on.ok_or_else(|| LawError::bad_input("死亡した日 (died_on)", reason))?;
    check_day("死亡した日 (died_on)", died_on)?;
    let payable = payable_months(right, Month::of(died_on), trace)?;
    let months: Vec<Month> = payable.into_iter().filter(|month| *month > paid_until).collect();
    let may = |relative: &&Relative| {
        relative.shared_livelihood && (relative.relation != Relation::ThirdDegree || died_on >= THIRD_DEGREE_FROM)
    };
    let first = relatives.iter().filter(may).map(|relative| relative.relation).min();
    let of_first = |relative: &&Relative| Some(relative.relation) == first && may(relative);
    let claimants: Vec<String> = relatives.iter().filter(of_first).map(|relative| relative.name.clone()).collect();
    let claim_until = months.first().map(|oldest| instalment_until(*oldest, trace)).transpose()?;
    trace.step(
        Step::new(
            CLAUSE,
            "生計を同じくしていた配偶者、子、父母、孫、祖父母、兄弟姉妹、三親等内の親族の順に、自己の名で請求する",
        )
        .with("未支給の月分", months.len(), "か月")
        .with("請求の期限", claim_until.map_or("なし".to_owned(), |day| day.to_string()), "")
        .gives(if claimants.is_empty() {
            "請求できる者がいない".to_owned()
        } else {
            claimants.join("、")
        }),
    );
    Ok(UnpaidBenefit { claimants, months, claim_until })
}
