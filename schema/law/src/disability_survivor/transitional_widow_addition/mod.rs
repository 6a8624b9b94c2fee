//! 経過的寡婦加算 (昭和60年法律34号附則73条).

use domain::age::attained_on;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::amounts::{AmountKind, amount};
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "昭和60年法律34号附則73条1項・附則別表第9";

/// 率 — of the wives born to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BirthRatio {
    from: Option<Date>,
    to: Date,
    ratio: Ratio,
    text: String,
}

pub(super) static RATIOS: LawTable<Vec<BirthRatio>> =
    LawTable::new("disability_survivor/transitional_widow_addition/ratios.csv", include_str!("ratios.csv"), read);

fn read(text: &str) -> Result<Table<Vec<BirthRatio>>, TableError> {
    Table::read(text, add_line)
}

fn read_ratio(text: &str) -> Option<Ratio> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let denominator = denominator.parse::<i128>().ok().filter(|denominator| *denominator > 0)?;
    Some(Ratio::new(numerator.parse().ok()?, denominator))
}

/// Adds a line to the one row; the births must join without gap.
fn add_line(rows: &mut Vec<Row<Vec<BirthRatio>>>, line: &Line<'_>) -> Result<(), String> {
    let text = line.text("ratio").to_owned();
    let ratio = read_ratio(&text).ok_or_else(|| format!("ratio {text:?}"))?;
    let birth = BirthRatio { from: line.parse_or_open("born_from")?, to: line.parse("born_to")?, ratio, text };
    if rows.is_empty() {
        rows.push(line.row(|_| Some(Vec::new()))?);
    }
    let births = &mut rows.last_mut().expect("just pushed").value;
    let joins = births.last().is_none_or(|earlier: &BirthRatio| earlier.to.tomorrow().ok() == birth.from);
    births.push(birth);
    if joins { Ok(()) } else { Err("births do not join".to_owned()) }
}

/// 加算額 — the amount of the middle-aged less the full amount × ratio, each rounded to whole yen.
#[inline]
pub fn addition(middle_aged: Yen, full: Yen, ratio: Ratio) -> Yen {
    (middle_aged - full.times(ratio, Rounding::HalfUp)).max(Yen::ZERO)
}

/// 経過的寡婦加算 — what a widow born to 1956-04-01 draws from 65 instead of the addition of the middle-aged.
///
/// Law: 昭和60年法律34号附則73条1項・附則別表第9 (率), 厚生年金保険法62条1項 (中高齢の加算額), 国民年金法38条 (満額), both at the rate of existing
/// awards. Suspended while she draws a disability basic pension (同項ただし書).
///
/// - `disability_basic`: she draws one
///
/// Returns yen a year; nothing for those born later, to whom the clause gives none.
///
/// # Errors
/// `BadInput` — not yet 65 in the fiscal year; `NotInForce` before fiscal 2015; `PastLastCheck` after 2026.
///
/// # Examples
/// Fiscal 2021, born 1956-04-01: 585,700円 − 780,900円 × 348/480 (566,153円) = 19,547円.
pub fn transitional_widow_addition(
    wife_birth: Date,
    fiscal_year: i16,
    disability_basic: bool,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    check_day("妻の生年月日 (wife_birth_date)", wife_birth)?;
    let april = first_month(fiscal_year)?;
    let full = amount(AmountKind::SurvivorBasic, Cohort::Existing, april, trace)?;
    let middle_aged = amount(AmountKind::MiddleAgedWidow, Cohort::Existing, april, trace)?;
    let Some(ratio) = ratio_of(wife_birth, april, trace)? else {
        trace.tell(|| Step::new(CLAUSE, "昭和31年4月2日以後に生まれた妻には加算しない").gives(Yen::ZERO));
        return Ok(Yen::ZERO);
    };
    if attained_on(wife_birth, 65) > april.plus(11).last_day() {
        let reason = "その年度に65歳に達していない妻には、中高齢寡婦加算を計算してください";
        return Err(LawError::bad_input("妻の生年月日 (wife_birth_date)", reason));
    }
    let added = addition(middle_aged, full, ratio);
    trace.tell(|| {
        Step::new(CLAUSE, "経過的寡婦加算 = 中高齢の加算額 − 満額 × 率 (1円未満は50銭未満切捨て・50銭以上切上げ)")
            .with("中高齢の加算額", middle_aged, "")
            .with("満額", full, "")
            .with("率", format!("{}/{}", ratio.numerator(), ratio.denominator()), "")
            .gives(added)
    });
    if disability_basic {
        trace.tell(|| {
            Step::new("昭和60年法律34号附則73条1項ただし書", "障害基礎年金を受けている間は支給停止").gives(Yen::ZERO)
        });
        return Ok(Yen::ZERO);
    }
    Ok(added)
}

/// The ratio of a birth; none for those born after the last.
fn ratio_of(birth: Date, month: Month, trace: &mut Trace) -> Result<Option<Ratio>, LawError> {
    RATIOS.pick("", month, trace, |births| {
        let found = births.iter().find(|row| birth <= row.to);
        Ok((found.map(|row| row.ratio), found.map_or("加算なし".to_owned(), |row| row.text.clone())))
    })
}
