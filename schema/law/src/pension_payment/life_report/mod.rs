//! 現況の確認と支払の一時差止め (国民年金法73条・105条3項, 国民年金法施行規則18条, 厚生年金保険法78条・98条3項).

use domain::Month;
use jiff::civil::Date;

use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 現況届 — facts of a beneficiary in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeCheck {
    /// 生年月日.
    pub birth: Date,
    /// 年.
    pub year: i16,
    /// 住民基本台帳の情報と照合できる (国内に住所があり個人番号が登録されている).
    pub resident_record: bool,
    /// 現況届が届いた日.
    pub received_on: Option<Date>,
    /// 判定の日.
    pub on: Date,
}

/// 現況届の要否と差止め.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeReport {
    /// 提出期限; none: the municipality's data suffice.
    pub due_on: Option<Date>,
    /// 支払を一時差し止める.
    pub withheld: bool,
}

/// 現況の確認 — whether a report is due, and whether payment is withheld until it comes. What was withheld is paid when it comes.
///
/// Law: 国民年金法施行規則18条, 厚生年金保険法施行規則35条 (by the end of the month of birth; not where the resident record tells); 国民年金法73条,
/// 厚生年金保険法78条 (一時差止め).
///
/// # Errors
/// `BadInput` — days that cannot be.
///
/// # Examples
/// Born in June, abroad: due 2025-06-30; withheld from 2025-07-01 until it comes.
pub fn life_report(check: &LifeCheck, trace: &mut Trace) -> Result<LifeReport, LawError> {
    check_day("生年月日 (birth_date)", check.birth)?;
    check_day("判定の日 (on)", check.on)?;
    if check.resident_record {
        trace.step(
            Step::new("国民年金法施行規則18条", "住民基本台帳の情報で生存を確認できる人は現況届を要しない")
                .gives("提出不要"),
        );
        return Ok(LifeReport { due_on: None, withheld: false });
    }
    let month = Month::new(check.year, check.birth.month());
    let month = month.ok_or_else(|| LawError::bad_input("年 (year)", "西暦の年で入力してください"))?;
    let due_on = month.last_day();
    let received = check.received_on.is_some_and(|received_on| received_on <= check.on);
    let withheld = check.on > due_on && !received;
    trace.step(
        Step::new(
            "国民年金法73条・厚生年金保険法78条",
            "誕生月の末日までに現況届が届かないときは、届くまで支払を一時差し止める",
        )
        .with("提出期限", due_on, "")
        .with("判定の日", check.on, "")
        .gives(if withheld { "差し止める" } else { "差し止めない" }),
    );
    Ok(LifeReport { due_on: Some(due_on), withheld })
}
