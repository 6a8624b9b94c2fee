//! 調定の明細 — the month's Parquet rows: one per coverage spell, in order of employer and spell.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Date32Array, Int32Array};
use arrow::datatypes::DataType;
use law::{MonthLaw, PersonContribution};

use super::people::Insured;
use crate::lake::{Column, EXACT_YEN, column, exact_array, i16_array, i64_array, part_path, unique_column, write};
use crate::run::files::WrittenFile;
use crate::run::{NightError, Partition};

/// Name of the dataset.
pub const CONTRIBUTIONS: &str = "contributions";

/// Columns of the dataset, in order.
pub static COLUMNS: [Column; 25] = [
    column("employer_id", "事業所", "", DataType::Int64),
    unique_column("spell_id", "資格", DataType::Int64),
    unique_column("person_id", "人", DataType::Int64),
    column("prefecture_code", "協会けんぽの支部 (JIS X 0401)", "", DataType::Int16),
    column("sex", "性別 (1 男, 2 女)", "", DataType::Int16),
    column("birth_on", "生年月日", "", DataType::Date32),
    column("hi_grade", "健康保険の等級 (0 は対象外)", "級", DataType::Int16),
    column("epi_grade", "厚生年金保険の等級 (0 は対象外)", "級", DataType::Int16),
    column("hi_standard_yen", "健康保険の標準報酬月額", "円", DataType::Int32),
    column("epi_standard_yen", "厚生年金保険の標準報酬月額", "円", DataType::Int32),
    column("hi_standard_bonus_yen", "健康保険の標準賞与額", "円", DataType::Int64),
    column("epi_standard_bonus_yen", "厚生年金保険の標準賞与額", "円", DataType::Int64),
    column("hi_charged", "健康保険料がかかる", "", DataType::Boolean),
    column("epi_charged", "厚生年金保険料がかかる", "", DataType::Boolean),
    column("ltci", "介護保険第2号被保険者", "", DataType::Boolean),
    column("exempt", "産前産後・育児休業免除", "", DataType::Boolean),
    column("health_yen", "健康保険料 (介護・支援金を除く全額、端数処理前)", "円", EXACT_YEN),
    column("ltci_yen", "介護保険料 (全額、端数処理前)", "円", EXACT_YEN),
    column("support_yen", "子ども・子育て支援金 (全額、端数処理前)", "円", EXACT_YEN),
    column("epi_yen", "厚生年金保険料 (全額、端数処理前)", "円", EXACT_YEN),
    column("contribution_yen", "子ども・子育て拠出金 (端数処理前)", "円", EXACT_YEN),
    column("hi_employee_yen", "被保険者負担分 健康保険 (月額)", "円", DataType::Int64),
    column("epi_employee_yen", "被保険者負担分 厚生年金保険 (月額)", "円", DataType::Int64),
    column("bonus_hi_employee_yen", "被保険者負担分 健康保険 (賞与)", "円", DataType::Int64),
    column("bonus_epi_employee_yen", "被保険者負担分 厚生年金保険 (賞与)", "円", DataType::Int64),
];

/// The five exact amounts, in the order of [`Exact`](super::sums::Exact).
pub const EXACT_COLUMNS: [&str; 5] = ["health_yen", "ltci_yen", "support_yen", "epi_yen", "contribution_yen"];

/// A person with what came out.
pub type Assessed = (Insured, PersonContribution);

/// Writes the part of a partition.
///
/// # Errors
/// `File`, `Parquet`.
pub fn write_part(partition: &Partition<'_>, law: &MonthLaw, people: &[Assessed]) -> Result<WrittenFile, NightError> {
    let path = part_path(CONTRIBUTIONS, law.month(), partition.no);
    write(partition.job, &path, CONTRIBUTIONS, &COLUMNS, arrays(law, people))
}

fn arrays(law: &MonthLaw, people: &[Assessed]) -> Vec<ArrayRef> {
    let grade = |grade: Option<u8>| grade.map_or(0, i16::from);
    vec![
        i64_array(people, |(one, _)| one.spell.employer_id),
        i64_array(people, |(one, _)| one.spell.spell_id),
        i64_array(people, |(one, _)| one.spell.person_id),
        i16_array(people, |(one, _)| one.spell.prefecture_code),
        i16_array(people, |(one, _)| one.sex),
        Arc::new(Date32Array::from_iter_values(
            people.iter().map(|(one, _)| one.birth_on.expect("held without a birth")),
        )),
        i16_array(people, |(one, _)| grade(law.hi_grade(i64::from(one.hi_standard_yen)))),
        i16_array(people, |(one, _)| grade(law.epi_grade(i64::from(one.epi_standard_yen)))),
        i32s(people, |(one, _)| one.hi_standard_yen),
        i32s(people, |(one, _)| one.epi_standard_yen),
        i64_array(people, |(one, _)| one.hi_standard_bonus_yen),
        i64_array(people, |(one, _)| one.epi_standard_bonus_yen),
        flags(people, |(_, out)| out.hi_charged),
        flags(people, |(_, out)| out.epi_charged),
        flags(people, |(_, out)| out.ltci),
        flags(people, |(_, out)| out.exempt),
        exact(people, |(_, out)| out.monthly.health_exact + out.bonus.health_exact),
        exact(people, |(_, out)| out.monthly.ltci_exact + out.bonus.ltci_exact),
        exact(people, |(_, out)| out.monthly.support_exact + out.bonus.support_exact),
        exact(people, |(_, out)| out.monthly.epi_exact + out.bonus.epi_exact),
        exact(people, |(_, out)| out.monthly.contribution_exact + out.bonus.contribution_exact),
        i64_array(people, |(_, out)| out.hi_employee_yen),
        i64_array(people, |(_, out)| out.epi_employee_yen),
        i64_array(people, |(_, out)| out.bonus_hi_employee_yen),
        i64_array(people, |(_, out)| out.bonus_epi_employee_yen),
    ]
}

fn i32s(people: &[Assessed], value: impl Fn(&Assessed) -> i32) -> ArrayRef {
    Arc::new(Int32Array::from_iter_values(people.iter().map(value)))
}

fn flags(people: &[Assessed], value: impl Fn(&Assessed) -> bool) -> ArrayRef {
    Arc::new(people.iter().map(|one| Some(value(one))).collect::<BooleanArray>())
}

fn exact(people: &[Assessed], units: impl Fn(&Assessed) -> i64) -> ArrayRef {
    exact_array(people.iter().map(|one| i128::from(units(one))).collect())
}
