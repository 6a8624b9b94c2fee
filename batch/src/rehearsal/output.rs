//! The Parquet of a rehearsal: one row per person affected, and the sums.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, StringArray};
use arrow::datatypes::DataType;

use super::compare::{Affected, Amounts, Cell, Summary};
use super::{Laws, REHEARSALS};
use crate::jobs::age_bands::AgeBands;
use crate::lake::{Column, EXACT_YEN, column, exact_array, i16_array, i64_array, unique_column, write};
use crate::run::files::WrittenFile;
use crate::run::{JobContext, NightError, Partition};

/// Amounts of one side, in the order of [`amounts`].
macro_rules! with_amounts {
    ($($key:expr),* $(,)?) => {
        [
            $($key,)*
            column("today_health_yen", "現行 健康保険料 (介護・支援金を除く全額、端数処理前)", "円", SUM),
            column("today_ltci_yen", "現行 介護保険料 (全額、端数処理前)", "円", SUM),
            column("today_support_yen", "現行 子ども・子育て支援金 (全額、端数処理前)", "円", SUM),
            column("today_epi_yen", "現行 厚生年金保険料 (全額、端数処理前)", "円", SUM),
            column("today_contribution_yen", "現行 子ども・子育て拠出金 (端数処理前)", "円", SUM),
            column("today_hi_employee_yen", "現行 被保険者負担分 健康保険 (月額と賞与)", "円", DataType::Int64),
            column("today_epi_employee_yen", "現行 被保険者負担分 厚生年金保険 (月額と賞与)", "円", DataType::Int64),
            column("changed_health_yen", "改正後 健康保険料 (介護・支援金を除く全額、端数処理前)", "円", SUM),
            column("changed_ltci_yen", "改正後 介護保険料 (全額、端数処理前)", "円", SUM),
            column("changed_support_yen", "改正後 子ども・子育て支援金 (全額、端数処理前)", "円", SUM),
            column("changed_epi_yen", "改正後 厚生年金保険料 (全額、端数処理前)", "円", SUM),
            column("changed_contribution_yen", "改正後 子ども・子育て拠出金 (端数処理前)", "円", SUM),
            column("changed_hi_employee_yen", "改正後 被保険者負担分 健康保険 (月額と賞与)", "円", DataType::Int64),
            column("changed_epi_employee_yen", "改正後 被保険者負担分 厚生年金保険 (月額と賞与)", "円", DataType::Int64),
        ]
    };
}

/// Sums of a country fit in 18 digits with five decimals.
const SUM: DataType = EXACT_YEN;

static PEOPLE: [Column; 22] = with_amounts![
    column("employer_id", "事業所", "", DataType::Int64),
    unique_column("spell_id", "資格", DataType::Int64),
    unique_column("person_id", "人", DataType::Int64),
    column("prefecture_code", "協会けんぽの支部 (JIS X 0401)", "", DataType::Int16),
    column("sex", "性別 (1 男, 2 女)", "", DataType::Int16),
    column("birth_on", "生年月日", "", DataType::Date32),
    column("today_hi_grade", "現行 健康保険の等級 (0 は対象外)", "級", DataType::Int16),
    column("changed_hi_grade", "改正後 健康保険の等級 (0 は対象外)", "級", DataType::Int16),
];

static SUMS: [Column; 19] = with_amounts![
    column("prefecture_code", "協会けんぽの支部 (JIS X 0401)", "", DataType::Int16),
    column("age_band", "年齢階級 (月末現在)", "", DataType::Utf8),
    column("hi_grade", "現行 健康保険の等級 (0 は対象外)", "級", DataType::Int16),
    column("people", "人数", "人", DataType::Int64),
    column("people_affected", "額が変わる人数", "人", DataType::Int64),
];

/// Writes those affected of a range; none when there is nobody.
pub fn write_people(
    partition: &Partition<'_>,
    laws: &Laws,
    people: &[Affected],
) -> Result<Option<WrittenFile>, NightError> {
    if people.is_empty() {
        return Ok(None);
    }
    let i64s = |value: fn(&Affected) -> i64| i64_array(people, value);
    let births = people.iter().map(|one| one.today.birth_on.expect("assessed with a birth"));
    let mut arrays = vec![
        i64s(|one| one.today.spell.employer_id),
        i64s(|one| one.today.spell.spell_id),
        i64s(|one| one.today.spell.person_id),
        i16_array(people, |one| one.today.spell.prefecture_code),
        i16_array(people, |one| one.today.sex),
        Arc::new(Date32Array::from_iter_values(births)) as ArrayRef,
        i16_array(people, |one| laws.today.hi_grade(i64::from(one.today.hi_standard_yen)).map_or(0, i16::from)),
        i16_array(people, |one| laws.changed.hi_grade(i64::from(one.changed.hi_standard_yen)).map_or(0, i16::from)),
    ];
    let sides = people.iter().map(|one| one.sides);
    let (today, changed): (Vec<Amounts>, Vec<Amounts>) = sides.map(|sides| (sides.today, sides.changed)).unzip();
    arrays.extend(amounts(&today));
    arrays.extend(amounts(&changed));
    let path = format!("{REHEARSALS}/{}/people/part-{:05}.parquet", partition.job.run_id, partition.no);
    write(partition.job, &path, REHEARSALS, &PEOPLE, arrays).map(Some)
}

/// Writes the sums, in order of their keys.
pub fn write_summary(context: &JobContext, summary: &Summary) -> Result<WrittenFile, NightError> {
    let (keys, cells): (Vec<_>, Vec<Cell>) = summary.cells.iter().map(|(key, cell)| (*key, *cell)).unzip();
    let mut arrays = vec![
        i16_array(&keys, |key| key.0),
        Arc::new(StringArray::from_iter_values(keys.iter().map(|key| AgeBands::name(key.1)))) as ArrayRef,
        i16_array(&keys, |key| key.2),
        i64_array(&cells, |cell| cell.people),
        i64_array(&cells, |cell| cell.people_affected),
    ];
    let (today, changed): (Vec<Amounts>, Vec<Amounts>) =
        cells.iter().map(|cell| (cell.sides.today, cell.sides.changed)).unzip();
    arrays.extend(amounts(&today));
    arrays.extend(amounts(&changed));
    let path = format!("{REHEARSALS}/{}/summary.parquet", context.run_id);
    write(context, &path, REHEARSALS, &SUMS, arrays)
}

fn amounts(rows: &[Amounts]) -> Vec<ArrayRef> {
    let exact = |place: usize| exact_array(rows.iter().map(|row| i128::from(row.exact[place])).collect());
    let mut arrays: Vec<ArrayRef> = (0..5).map(exact).collect();
    for scheme in [0, 1] {
        arrays.push(i64_array(rows, |row| row.employee_yen[scheme]));
    }
    arrays
}
