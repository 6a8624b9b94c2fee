//! 標準報酬月額等級 (健康保険法40条, 厚生年金保険法20条).

use std::fmt;

use domain::{Month, Yen};

use super::Scheme;
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// More grades than any table ever had; the month's law sets aside room for so many.
pub(super) const MOST_GRADES: usize = 64;

/// 等級 — one bracket of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    /// 等級, from 1.
    pub grade: u8,
    /// 標準報酬月額.
    pub standard: Yen,
    /// 報酬月額, this much or more.
    pub from: Yen,
    /// 報酬月額, less than this; `None` for the highest grade.
    pub below: Option<Yen>,
}

pub(super) static HI_GRADES: LawTable<Vec<Grade>> =
    LawTable::new("employees_insurance/grade/hi_grades.csv", include_str!("hi_grades.csv"), read);
pub(super) static EPI_GRADES: LawTable<Vec<Grade>> =
    LawTable::new("employees_insurance/grade/epi_grades.csv", include_str!("epi_grades.csv"), read);

fn read(text: &str) -> Result<Table<Vec<Grade>>, TableError> {
    Table::read(text, add_line)
}

/// Adds a line to the row of its period; brackets must join without gap.
fn add_line(rows: &mut Vec<Row<Vec<Grade>>>, line: &Line<'_>) -> Result<(), String> {
    let grade = Grade {
        grade: line.parse("grade")?,
        standard: Yen::new(line.parse("standard_yen")?),
        from: Yen::new(line.parse("remuneration_from_yen")?),
        below: line.parse_or_open("remuneration_to_yen")?.map(Yen::new),
    };
    let from: Month = line.parse("from")?;
    if rows.last().is_none_or(|row| row.from != from) {
        rows.push(Row {
            key: String::new(),
            from,
            until: line.parse_or_open("until")?,
            value: Vec::new(),
            text: line.text("table").to_owned(),
            law: Some(line.text("law").to_owned()),
            source: line.text("source").to_owned(),
        });
    }
    let grades = &mut rows.last_mut().expect("just pushed").value;
    let joins = match grades.last() {
        None => grade.from == Yen::ZERO && grade.grade == 1,
        Some(below) => below.below == Some(grade.from) && below.grade + 1 == grade.grade,
    };
    grades.push(grade);
    if grades.len() > MOST_GRADES {
        return Err(format!("more than {MOST_GRADES} grades"));
    }
    if joins { Ok(()) } else { Err(format!("grade {} does not join the one below", grade.grade)) }
}

fn table(scheme: Scheme) -> &'static LawTable<Vec<Grade>> {
    match scheme {
        Scheme::HealthInsurance => &HI_GRADES,
        Scheme::EmployeesPension => &EPI_GRADES,
    }
}

/// 等級の判定 — the grade of a monthly remuneration by the table in force in `month`.
///
/// Law: 健康保険法40条, 厚生年金保険法20条.
///
/// - `remuneration`: 報酬月額, whole yen, 0 or more
///
/// # Errors
/// `BadInput` — a negative remuneration; `NotInForce`, `PastLastCheck` — no table for the month.
///
/// # Examples
/// 健康保険 195,000円 is grade 17 (200,000円); 194,999円 grade 16 (190,000円).
pub fn lookup(scheme: Scheme, month: Month, remuneration: Yen, trace: &mut Trace) -> Result<Grade, LawError> {
    if remuneration < Yen::ZERO {
        return Err(LawError::bad_input("報酬月額", "0円以上で入力してください"));
    }
    let grade = table(scheme).pick("", month, trace, |grades| {
        let grade = of_remuneration(grades, remuneration);
        Ok((*grade, describe(grade)))
    })?;
    let clause = match scheme {
        Scheme::HealthInsurance => "健康保険法40条1項",
        Scheme::EmployeesPension => "厚生年金保険法20条1項",
    };
    let expression = format!("報酬月額を{}の標準報酬月額等級表にあてはめる", scheme.name());
    trace.step(
        Step::new(clause, expression)
            .with("報酬月額", remuneration, "")
            .with("適用月", month, "")
            .gives(format!("{}等級 {}", grade.grade, grade.standard)),
    );
    Ok(grade)
}

/// The grade among these, lowest first, whose bracket holds a remuneration of 0 or more.
pub fn of_remuneration(grades: &[Grade], remuneration: Yen) -> &Grade {
    &grades[grades.partition_point(|grade| grade.from <= remuneration) - 1]
}

/// 標準報酬月額の全等級 — every grade in force in `month`, lowest first.
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — no table for the month.
pub fn all(scheme: Scheme, month: Month, trace: &mut Trace) -> Result<&'static [Grade], LawError> {
    table(scheme).at("", month, trace).map(Vec::as_slice)
}

/// 標準報酬月額の等級 — the grade whose standard is exactly this; a standard that was not in force is refused.
///
/// # Errors
/// `BadInput` — no grade of that month has this standard; `NotInForce`, `PastLastCheck`.
pub fn of_standard(scheme: Scheme, month: Month, standard: Yen, trace: &mut Trace) -> Result<Grade, LawError> {
    table(scheme).pick("", month, trace, |grades| {
        let grade = grades.iter().find(|grade| grade.standard == standard).copied();
        let grade = grade.ok_or_else(|| {
            let reason = format!("{month}の{}の等級表に{standard}の等級はありません", scheme.name());
            LawError::bad_input("標準報酬月額", reason)
        })?;
        Ok((grade, describe(&grade)))
    })
}

/// 標準報酬月額 — in both schemes; `None` in one that does not apply to the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standards {
    /// 健康保険.
    pub hi: Option<Yen>,
    /// 厚生年金保険.
    pub epi: Option<Yen>,
}

impl Standards {
    /// The standards of a monthly remuneration in both schemes.
    ///
    /// # Errors
    /// As `lookup`.
    pub fn of(month: Month, remuneration: Yen, trace: &mut Trace) -> Result<Standards, LawError> {
        let mut standard = |scheme| lookup(scheme, month, remuneration, trace).map(|grade| Some(grade.standard));
        Ok(Standards { hi: standard(Scheme::HealthInsurance)?, epi: standard(Scheme::EmployeesPension)? })
    }

    /// That of one scheme.
    pub fn get(self, scheme: Scheme) -> Option<Yen> {
        match scheme {
            Scheme::HealthInsurance => self.hi,
            Scheme::EmployeesPension => self.epi,
        }
    }
}

/// `健康保険 300,000円、厚生年金保険 300,000円`.
impl fmt::Display for Standards {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |standard: Option<Yen>| standard.map_or("なし".to_owned(), |standard| standard.to_string());
        write!(out, "健康保険 {}、厚生年金保険 {}", told(self.hi), told(self.epi))
    }
}

fn describe(grade: &Grade) -> String {
    let below = grade.below.map(|below| format!("{below}未満")).unwrap_or_default();
    format!("{}等級: {}以上{below} → {}", grade.grade, grade.from, grade.standard)
}
