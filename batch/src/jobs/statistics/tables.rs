//! The tables of the statistics: small maps by key while gathering, then rows in order of key.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Date32Type, Int16Type};
use domain::{Month, Prefecture, Ratio};
use law::employees_insurance::month::UNITS_PER_YEN;

use super::STATISTICS;
use crate::jobs::age_bands::AgeBands;
use crate::jobs::assessment::EXACT_COLUMNS;
use crate::jobs::assessment::sums::{EXACT_TOTALS, Exact, add};
use crate::lake::{self, Column, EXACT_YEN, column, exact_array};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, PendingFile, Totals};

/// Columns read from the contributions.
pub const COLUMNS: [&str; 14] = [
    "employer_id",
    "prefecture_code",
    "sex",
    "birth_on",
    "hi_grade",
    "epi_grade",
    "hi_charged",
    "epi_charged",
    "exempt",
    "health_yen",
    "ltci_yen",
    "support_yen",
    "epi_yen",
    "contribution_yen",
];

/// Lower ends of the bands of employers by insured people.
const SIZE_BANDS: [(i64, &str); 9] = [
    (1, "1～4人"),
    (5, "5～9人"),
    (10, "10～29人"),
    (30, "30～99人"),
    (100, "100～299人"),
    (300, "300～499人"),
    (500, "500～999人"),
    (1_000, "1000～4999人"),
    (5_000, "5000人以上"),
];

/// What the parts say, gathered by key.
pub struct Gathered {
    /// 年齢階級.
    ages: AgeBands,
    /// Prefecture, sex, age band → HI insured, EPI insured.
    insured: BTreeMap<(i16, i16, usize), [i64; 2]>,
    /// Scheme (0 HI, 1 EPI), grade, sex → insured.
    grades: BTreeMap<(usize, i16, i16), i64>,
    /// Prefecture, size band → employers, insured.
    employers: BTreeMap<(i16, usize), [i64; 2]>,
    /// Prefecture → people, exact amounts.
    contributions: BTreeMap<i16, (i64, Exact)>,
    /// The employer being counted: number, prefecture, insured. Employers come one after the other.
    counting: Option<(i64, i16, i64)>,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(month: Month) -> Gathered {
        Gathered {
            ages: AgeBands::at_end_of(month),
            insured: BTreeMap::new(),
            grades: BTreeMap::new(),
            employers: BTreeMap::new(),
            contributions: BTreeMap::new(),
            counting: None,
        }
    }

    /// Rows of a part, in its order.
    pub fn add(&mut self, batch: &RecordBatch) {
        let i16s = |name| lake::named(batch, name).as_primitive::<Int16Type>().values();
        let employer_ids = lake::i64s(batch, "employer_id");
        let (prefectures, sexes) = (i16s("prefecture_code"), i16s("sex"));
        let births = lake::named(batch, "birth_on").as_primitive::<Date32Type>().values();
        let grades = [i16s("hi_grade"), i16s("epi_grade")];
        let charged = ["hi_charged", "epi_charged"].map(|name| lake::named(batch, name).as_boolean());
        let exempt = lake::named(batch, "exempt").as_boolean();
        let exact = EXACT_COLUMNS.map(|name| lake::exact(batch, name));
        for row in 0..batch.num_rows() {
            let (prefecture, sex) = (prefectures[row], sexes[row]);
            let insured =
                [0, 1].map(|scheme| charged[scheme].value(row) || (exempt.value(row) && grades[scheme][row] > 0));
            let cell = self.insured.entry((prefecture, sex, self.ages.of(births[row]))).or_default();
            for scheme in [0, 1] {
                cell[scheme] += i64::from(insured[scheme]);
                if insured[scheme] {
                    *self.grades.entry((scheme, grades[scheme][row], sex)).or_default() += 1;
                }
            }
            self.count_employer(employer_ids[row], prefecture, insured[0] || insured[1]);
            let (people, sums) = self.contributions.entry(prefecture).or_default();
            *people += 1;
            add(sums, &exact.map(|column| i64::try_from(column[row]).expect("an amount of one person fits")));
        }
    }

    fn count_employer(&mut self, employer_id: i64, prefecture: i16, insured: bool) {
        match &mut self.counting {
            Some((counting, _, people)) if *counting == employer_id => *people += i64::from(insured),
            _ => {
                self.close_employer();
                self.counting = Some((employer_id, prefecture, i64::from(insured)));
            }
        }
    }

    fn close_employer(&mut self) {
        let Some((_, prefecture, insured)) = self.counting.take() else { return };
        let Some(band) = SIZE_BANDS.iter().rposition(|(from, _)| insured >= *from) else { return };
        let cell = self.employers.entry((prefecture, band)).or_default();
        cell[0] += 1;
        cell[1] += insured;
    }

    /// Adds what another thread gathered from other parts; an employer lies in one part only.
    pub fn merge(&mut self, mut other: Gathered) {
        self.close_employer();
        other.close_employer();
        for (key, cell) in other.insured {
            let sum = self.insured.entry(key).or_default();
            (sum[0], sum[1]) = (sum[0] + cell[0], sum[1] + cell[1]);
        }
        for (key, count) in other.grades {
            *self.grades.entry(key).or_default() += count;
        }
        for (key, cell) in other.employers {
            let sum = self.employers.entry(key).or_default();
            (sum[0], sum[1]) = (sum[0] + cell[0], sum[1] + cell[1]);
        }
        for (key, (people, exact)) in other.contributions {
            let sum = self.contributions.entry(key).or_default();
            sum.0 += people;
            add(&mut sum.1, &exact);
        }
    }

    /// Rows read.
    pub fn people(&self) -> i64 {
        self.contributions.values().map(|(people, _)| people).sum()
    }

    /// The four tables.
    pub fn tables(&self) -> Vec<Table> {
        vec![self.insured_table(), self.grade_table(), self.employer_table(), self.contribution_table()]
    }

    fn insured_table(&self) -> Table {
        let mut table = Table::new("insured", &[PREFECTURE_CODE, PREFECTURE, SEX, AGE_BAND, HI_INSURED, EPI_INSURED]);
        for ((prefecture, sex, band), insured) in &self.insured {
            table.row(vec![
                Cell::Number(i64::from(*prefecture)),
                Cell::Text(prefecture_name(*prefecture)),
                Cell::Number(i64::from(*sex)),
                Cell::Text(AgeBands::name(*band).to_owned()),
                Cell::Number(insured[0]),
                Cell::Number(insured[1]),
            ]);
        }
        table
    }

    fn grade_table(&self) -> Table {
        let mut table = Table::new("grades", &[SCHEME, GRADE, SEX, INSURED]);
        for ((scheme, grade, sex), insured) in &self.grades {
            table.row(vec![
                Cell::Text(["健康保険", "厚生年金保険"][*scheme].to_owned()),
                Cell::Number(i64::from(*grade)),
                Cell::Number(i64::from(*sex)),
                Cell::Number(*insured),
            ]);
        }
        table
    }

    fn employer_table(&self) -> Table {
        let mut table = Table::new("employers", &[PREFECTURE_CODE, PREFECTURE, SIZE_BAND, EMPLOYERS, INSURED]);
        for ((prefecture, band), cell) in &self.employers {
            table.row(vec![
                Cell::Number(i64::from(*prefecture)),
                Cell::Text(prefecture_name(*prefecture)),
                Cell::Text(SIZE_BANDS[*band].1.to_owned()),
                Cell::Number(cell[0]),
                Cell::Number(cell[1]),
            ]);
        }
        table
    }

    fn contribution_table(&self) -> Table {
        let columns = [[PREFECTURE_CODE, PREFECTURE, PEOPLE].as_slice(), &LEVIES].concat();
        let mut table = Table::new("contributions", &columns);
        for (prefecture, (people, exact)) in &self.contributions {
            let mut cells = vec![
                Cell::Number(i64::from(*prefecture)),
                Cell::Text(prefecture_name(*prefecture)),
                Cell::Number(*people),
            ];
            cells.extend(exact.map(Cell::Exact));
            table.row(cells);
        }
        table
    }
}

fn prefecture_name(code: i16) -> String {
    u8::try_from(code).ok().and_then(Prefecture::from_jis).map_or("不明", |prefecture| prefecture.name()).to_owned()
}

const PREFECTURE_CODE: Column = column("prefecture_code", "都道府県コード (JIS X 0401)", "", DataType::Int64);
const PREFECTURE: Column = column("prefecture", "都道府県", "", DataType::Utf8);
const SEX: Column = column("sex", "性別 (1 男, 2 女)", "", DataType::Int64);
const AGE_BAND: Column = column("age_band", "年齢階級 (月末現在)", "", DataType::Utf8);
const SIZE_BAND: Column = column("size_band", "被保険者数の階級", "", DataType::Utf8);
const SCHEME: Column = column("scheme", "制度", "", DataType::Utf8);
const GRADE: Column = column("grade", "等級", "級", DataType::Int64);
const INSURED: Column = column("insured", "被保険者数", "人", DataType::Int64);
const HI_INSURED: Column = column("hi_insured", "健康保険の被保険者数", "人", DataType::Int64);
const EPI_INSURED: Column = column("epi_insured", "厚生年金保険の被保険者数", "人", DataType::Int64);
const EMPLOYERS: Column = column("employers", "適用事業所数", "所", DataType::Int64);
const PEOPLE: Column = column("people", "調定した資格の数", "件", DataType::Int64);
const LEVIES: [Column; 5] = [
    column("health_yen", "健康保険料 (介護・支援金を除く、端数処理前)", "円", EXACT_YEN),
    column("ltci_yen", "介護保険料 (端数処理前)", "円", EXACT_YEN),
    column("support_yen", "子ども・子育て支援金 (端数処理前)", "円", EXACT_YEN),
    column("epi_yen", "厚生年金保険料 (端数処理前)", "円", EXACT_YEN),
    column("contribution_yen", "子ども・子育て拠出金 (端数処理前)", "円", EXACT_YEN),
];

/// A value of a table.
#[derive(Clone, Debug)]
enum Cell {
    Number(i64),
    Text(String),
    /// In 1/100,000 yen.
    Exact(i64),
}

/// A table to be written: columns, and rows in order.
pub struct Table {
    name: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    fn new(name: &'static str, columns: &[Column]) -> Table {
        Table { name, columns: columns.to_vec(), rows: Vec::new() }
    }

    fn row(&mut self, cells: Vec<Cell>) {
        assert_eq!(cells.len(), self.columns.len(), "a row has the columns of its table");
        self.rows.push(cells);
    }

    fn path(&self, job: &JobContext, ending: &str) -> String {
        format!("{STATISTICS}/for_month={}/{}.{ending}", job.month(), self.name)
    }

    /// As Parquet.
    ///
    /// # Errors
    /// `File`, `Parquet`.
    pub fn write_parquet(&self, job: &JobContext) -> Result<WrittenFile, NightError> {
        let arrays = (0..self.columns.len()).map(|place| self.array(place)).collect();
        lake::write(job, &self.path(job, "parquet"), &format!("{STATISTICS}/{}", self.name), &self.columns, arrays)
    }

    fn array(&self, place: usize) -> ArrayRef {
        let cells = self.rows.iter().map(|row| &row[place]);
        match self.columns[place].kind {
            DataType::Utf8 => Arc::new(StringArray::from_iter_values(cells.map(Cell::text))),
            DataType::Int64 => Arc::new(Int64Array::from_iter_values(cells.map(Cell::number))),
            _ => exact_array(cells.map(|cell| i128::from(cell.number())).collect()),
        }
    }

    /// As CSV: UTF-8, LF, a header of English names, exact amounts as decimals.
    ///
    /// # Errors
    /// `File`.
    pub fn write_csv(&self, job: &JobContext) -> Result<WrittenFile, NightError> {
        let mut text = self.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
        text.push('\n');
        for row in &self.rows {
            text.push_str(&row.iter().map(Cell::text).collect::<Vec<_>>().join(","));
            text.push('\n');
        }
        let rows = i64::try_from(self.rows.len()).expect("few rows");
        PendingFile::write_whole(job, &self.path(job, "csv"), text.as_bytes(), rows)
    }

    /// Sums of the columns that are amounts or counts.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::new();
        for (place, column) in self.columns.iter().enumerate().filter(|(_, column)| is_summed(column.name)) {
            let sum = self.rows.iter().map(|row| row[place].number()).sum();
            totals.add(&total_name(self.name, column.name), sum);
        }
        totals
    }
}

impl Cell {
    fn number(&self) -> i64 {
        match self {
            Cell::Number(number) | Cell::Exact(number) => *number,
            Cell::Text(_) => 0,
        }
    }

    /// As a field of CSV, which must hold no comma.
    fn text(&self) -> String {
        match self {
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Exact(units) => Ratio::new(i128::from(*units), i128::from(UNITS_PER_YEN)).to_string(),
        }
    }
}

const SUMMED: [&str; 5] = ["insured", "hi_insured", "epi_insured", "employers", "people"];

fn is_summed(column: &str) -> bool {
    SUMMED.contains(&column) || EXACT_COLUMNS.contains(&column)
}

/// `contributions.health_exact`, `insured.hi_insured`.
fn total_name(table: &str, column: &str) -> String {
    let exact = EXACT_COLUMNS.iter().position(|name| *name == column);
    format!("{table}.{}", exact.map_or(column, |place| EXACT_TOTALS[place]))
}

/// The same sums from a written file.
///
/// # Errors
/// `File`, `Parquet`.
pub fn recount(job: &JobContext, path: &str) -> Result<Totals, NightError> {
    let table = path.rsplit('/').next().and_then(|name| name.strip_suffix(".parquet")).unwrap_or(path);
    let columns: Vec<&str> = SUMMED.iter().chain(&EXACT_COLUMNS).copied().collect();
    let mut totals = Totals::new();
    lake::read(&locate(job, path), &columns, |batch| {
        for field in batch.schema().fields() {
            let name = field.name();
            let sum = match field.data_type() {
                DataType::Int64 => lake::i64s(batch, name).iter().sum(),
                _ => lake::exact(batch, name).iter().map(|units| i64::try_from(*units).expect("sums fit")).sum(),
            };
            totals.add(&total_name(table, name), sum);
        }
        Ok(())
    })?;
    Ok(totals)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ages_are_attained_on_the_day_before_the_birthday() {
        let gathered = Gathered::new(Month::new(2026, 7).expect("a month"));
        let band = |year, month, day| AgeBands::name(gathered.ages.of(law::day_number(date(year, month, day))));
        assert_eq!(band(1986, 8, 1), "40～44歳", "40 on 31 July");
        assert_eq!(band(1986, 8, 2), "35～39歳", "40 on 1 August");
        assert_eq!(band(2010, 1, 1), "19歳以下");
        assert_eq!(band(1940, 1, 1), "75歳以上");
    }
}
