//! 適用事業所 (厚生年金保険法6条, 健康保険法3条3項・31条).

use domain::Month;
use jiff::civil::{Date, date};

use super::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 士業 joined the listed industries (令和2年法律40号).
const PROFESSIONS_SINCE: Date = date(2022, 10, 1);
/// Every industry of private businesses (令和7年法律74号).
const ALL_INDUSTRIES_SINCE: Date = date(2029, 10, 1);
/// The list of industries that is on file.
const ON_FILE_SINCE: Date = date(2003, 4, 1);
/// 個人の事業所: 常時5人以上.
const PRIVATE_EMPLOYEES_MIN: i32 = 5;

/// 事業主の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// 法人, and 国・地方公共団体.
    Corporation,
    /// 個人.
    Private,
}

/// 事業の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Industry {
    /// 法定業種, the sixteen of before 2022-10.
    Listed,
    /// 士業.
    Profession,
    /// All others.
    Other,
}

/// 事業所 — as it is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// 事業主.
    pub owner: Owner,
    /// 業種.
    pub industry: Industry,
    /// 使用される者, paid directors of a corporation included; private: 常時.
    pub employees: i32,
    /// 事業所の成立した日: decides from 2029-10 on.
    pub established_on: Option<Date>,
    /// 任意適用の認可を受けている.
    pub opted_in: bool,
}

/// 適用の根拠.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// 強制適用.
    Compulsory,
    /// 任意適用.
    OptedIn,
    /// 適用されない.
    None,
}

/// 適用事業所か — whether a workplace is covered on a day, and why.
///
/// Law: 厚生年金保険法6条1項・3項, 健康保険法3条3項・31条: a corporation with one person, its only paid director included;
/// a private business with five in a listed industry (士業 from 2022-10-01; from 2029-10-01 every industry, but for
/// the time being not a business that existed before); any other with the consent of half its people and approval.
///
/// # Errors
/// `BadInput` — a negative number; `NotInForce` before 2003-04; `MissingFact` — established when, where it decides.
///
/// # Examples
/// A law office of one lawyer with five employees: covered from 2022-10-01; with four: not.
pub fn basis(on: Date, workplace: Workplace, trace: &mut Trace) -> Result<Basis, LawError> {
    check_day("基準日 (on)", on)?;
    if workplace.employees < 0 {
        return Err(LawError::bad_input("使用される者の数 (employees)", "0人以上で入力してください"));
    }
    if on < ON_FILE_SINCE {
        return Err(LawError::NotInForce { table: "適用事業所".to_owned(), asked: Month::of(on) });
    }
    let (compulsory, rule) = match workplace.owner {
        Owner::Corporation => (workplace.employees >= 1, "法人の事業所であって、常時従業員を使用するもの"),
        Owner::Private if workplace.employees < PRIVATE_EMPLOYEES_MIN => (false, "個人の事業所で、従業員が5人未満"),
        Owner::Private => private(on, workplace)?,
    };
    let basis = match (compulsory, workplace.opted_in) {
        (true, _) => Basis::Compulsory,
        (false, true) => Basis::OptedIn,
        (false, false) => Basis::None,
    };
    let told = match basis {
        Basis::Compulsory => "適用事業所 (強制適用)",
        Basis::OptedIn => "適用事業所 (任意適用の認可)",
        Basis::None => "適用事業所ではない",
    };
    trace.step(
        Step::new("厚生年金保険法6条・健康保険法3条3項・31条", rule)
            .with("基準日", on, "")
            .with("使用される者", workplace.employees, "人")
            .gives(told),
    );
    Ok(basis)
}

/// A private business with five people: by industry and day.
fn private(on: Date, workplace: Workplace) -> Result<(bool, &'static str), LawError> {
    let known = match workplace.industry {
        Industry::Listed => (true, "法定業種の個人の事業所で、常時5人以上"),
        Industry::Profession if on >= PROFESSIONS_SINCE => {
            (true, "士業の個人の事業所で、常時5人以上 (令和4年10月から)")
        }
        _ if on < ALL_INDUSTRIES_SINCE => (false, "法定業種以外の個人の事業所"),
        _ => {
            let fact = || LawError::MissingFact { fact: "事業所の成立した日 (established_on)".to_owned() };
            let established_on = workplace.established_on.ok_or_else(fact)?;
            if established_on < ALL_INDUSTRIES_SINCE {
                (false, "令和11年10月に現に存する法定業種以外の個人の事業所 (当分の間対象外)")
            } else {
                (true, "個人の事業所で、常時5人以上 (令和11年10月から全業種)")
            }
        }
    };
    Ok(known)
}

/// 任意適用の同意 — whether enough people consent: half of those who would be insured.
///
/// Law: 厚生年金保険法6条4項, 健康保険法31条2項.
pub fn enough_consent(consenting: i32, would_be_insured: i32) -> bool {
    would_be_insured > 0 && consenting <= would_be_insured && i64::from(consenting) * 2 >= i64::from(would_be_insured)
}
