//! 裁定の結果 — Parquet of whom the run looked at (`eligibility`) and of their awards in force (`awards`), in order of person.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, Int16Array, Int64Array, StringArray};
use arrow::datatypes::DataType;
use domain::Month;
use domain::life::Sex;
use jiff::civil::Date;
use law::day_number;
use law::pension_record::life::LifeCounts;
use store::Session;
use store::night::awards::AwardRow;
use store::night::runs;

use super::month;
use super::people::Looked;
use crate::lake::{self, Column, column, optional_column, run_part_path, unique_column};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition, Totals};

/// 受給資格の点検: one row per person looked at.
pub const ELIGIBILITY: &str = "eligibility";
/// 裁定された年額: one row per award in force of those people.
pub const AWARDS: &str = "awards";

static ELIGIBILITY_COLUMNS: [Column; 32] = [
    unique_column("person_id", "人", DataType::Int64),
    optional_column("birth_on", "生年月日", DataType::Date32),
    optional_column("sex", "性別 (1 男, 2 女)", DataType::Int16),
    column("paid_months", "保険料納付済期間", "月", DataType::Int16),
    column("full_exempt_months", "全額免除", "月", DataType::Int16),
    column("three_quarter_exempt_months", "4分の3免除", "月", DataType::Int16),
    column("half_exempt_months", "半額免除", "月", DataType::Int16),
    column("quarter_exempt_months", "4分の1免除", "月", DataType::Int16),
    column("deferred_months", "学生納付特例・納付猶予", "月", DataType::Int16),
    column("complementary_months", "合算対象期間", "月", DataType::Int16),
    column("employees_1_months", "第1号厚生年金", "月", DataType::Int16),
    column("employees_2_months", "第2号厚生年金", "月", DataType::Int16),
    column("employees_3_months", "第3号厚生年金", "月", DataType::Int16),
    column("employees_4_months", "第4号厚生年金", "月", DataType::Int16),
    column("qualifying_months", "受給資格期間 (記録の最後の月まで)", "月", DataType::Int16),
    optional_column("qualified_months", "受給資格期間 (受給権の判定)", DataType::Int16),
    optional_column("right_on", "受給権発生日", DataType::Date32),
    optional_column("manner", "受け方", DataType::Utf8),
    column("standing", "状態", "", DataType::Utf8),
    optional_column("first_paid", "最初に支給する月 (1日)", DataType::Date32),
    optional_column("look_again_from", "次に見る月 (1日)", DataType::Date32),
    optional_column("disability_claimed_on", "障害年金の請求日", DataType::Date32),
    optional_column("disability_right_on", "障害年金の受給権発生日", DataType::Date32),
    optional_column("disability_from", "障害年金の支給の始まる月 (1日)", DataType::Date32),
    optional_column("disability_allowance_yen", "障害手当金 (円、一時金)", DataType::Int64),
    optional_column("disability", "障害年金 (paid 支給, suspended 支給停止, none 支給なし)", DataType::Utf8),
    optional_column("grade", "障害等級", DataType::Int16),
    optional_column("survivor_claimed_on", "遺族年金の請求日", DataType::Date32),
    optional_column("survivor_died_on", "死亡日", DataType::Date32),
    optional_column("survivor_from", "遺族年金の支給の始まりうる月 (1日)", DataType::Date32),
    optional_column("survivor", "遺族年金 (paid 支給, suspended 支給停止, none 支給なし)", DataType::Utf8),
    column("suspended", "支給停止の受給権", "", DataType::Utf8),
];

static AWARDS_COLUMNS: [Column; 25] = [
    column("person_id", "人", "", DataType::Int64),
    column("valid_from", "最初の月分 (1日)", "", DataType::Date32),
    optional_column("valid_to", "この年額によらなくなる月分 (1日)", DataType::Date32),
    optional_column("manner", "老齢年金の受け方", DataType::Utf8),
    column("right_on", "受給権発生日", "", DataType::Date32),
    optional_column("basic_of", "基礎年金の支給事由", DataType::Utf8),
    optional_column("employees_of", "厚生年金の支給事由", DataType::Utf8),
    optional_column("grade", "障害等級", DataType::Int16),
    column("basic_yen", "基礎年金", "円/年", DataType::Int64),
    column("additional_yen", "付加年金", "円/年", DataType::Int64),
    column("furikae_yen", "振替加算", "円/年", DataType::Int64),
    column("children_yen", "子の加算", "円/年", DataType::Int64),
    column("proportional_yen", "報酬比例部分・障害厚生年金", "円/年", DataType::Int64),
    column("transitional_yen", "経過的加算", "円/年", DataType::Int64),
    column("adjustment_yen", "繰上げの減額・繰下げの増額", "円/年", DataType::Int64),
    column("family_yen", "加給年金額", "円/年", DataType::Int64),
    column("stopped_yen", "在職支給停止額", "円/年", DataType::Int64),
    column("survivor_yen", "遺族厚生年金", "円/年", DataType::Int64),
    column("survivor_stopped_yen", "遺族厚生年金の支給停止額", "円/年", DataType::Int64),
    column("basic_total_yen", "基礎年金の年額", "円/年", DataType::Int64),
    column("employees_total_yen", "老齢・障害厚生年金の年額", "円/年", DataType::Int64),
    column("survivor_total_yen", "遺族厚生年金の年額", "円/年", DataType::Int64),
    column("suspended", "支給停止の受給権", "", DataType::Utf8),
    column("cause", "裁定・改定の理由", "", DataType::Utf8),
    optional_column("cause_filing_id", "原因となった届書", DataType::Int64),
];

/// Both files of a partition.
///
/// # Errors
/// `File`, `Parquet`.
pub(super) fn write_parts(partition: &Partition<'_>, looked: &[Looked]) -> Result<Vec<WrittenFile>, NightError> {
    let job = partition.job;
    let path = |dataset| run_part_path(dataset, month(job), &job.run_id, partition.no);
    let awards: Vec<&AwardRow> = looked.iter().flat_map(|one| &one.in_force).collect();
    Ok(vec![
        lake::write(job, &path(ELIGIBILITY), ELIGIBILITY, &ELIGIBILITY_COLUMNS, eligibility(looked, month(job)))?,
        lake::write(job, &path(AWARDS), AWARDS, &AWARDS_COLUMNS, award_columns(&awards))?,
    ])
}

fn months<'a>(looked: &'a [Looked], count: impl Fn(&LifeCounts) -> u16 + 'a) -> ArrayRef {
    let of = |one: &Looked| one.life.as_ref().map_or(0, |(_, record)| count(record.counts()));
    let months = looked.iter().map(|one| i16::try_from(of(one)).expect("a row is at most 130 years long"));
    Arc::new(Int16Array::from_iter_values(months))
}

fn opt_days<T>(rows: &[T], day: impl Fn(&T) -> Option<Date>) -> ArrayRef {
    Arc::new(rows.iter().map(|row| day(row).map(day_number)).collect::<Date32Array>())
}

fn opt_texts<'a, T>(rows: &'a [T], text: impl Fn(&'a T) -> Option<&'a str>) -> ArrayRef {
    Arc::new(rows.iter().map(text).collect::<StringArray>())
}

fn texts<'a, T>(rows: &'a [T], text: impl Fn(&'a T) -> &'a str) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(rows.iter().map(text)))
}

/// The award in force in a month.
fn in_month(one: &Looked, month: Month) -> Option<&AwardRow> {
    one.in_force.iter().find(|award| award.holds_in(month))
}

/// How a pension that was claimed stands: whether it is among what is paid, else among what is suspended.
fn standing(award: Option<&AwardRow>, ground: &str) -> &'static str {
    let Some(award) = award else { return "none" };
    let of = [&award.basic_of, &award.employees_of].into_iter().flatten().any(|of| of == ground);
    if of || ground == "survivor" && award.survivor_yen[0] > 0 {
        "paid"
    } else if award.suspended.split(',').any(|right| right.starts_with(ground)) {
        "suspended"
    } else {
        "none"
    }
}

/// The pensions beside the old-age pension, as they are in a month.
fn grounds(looked: &[Looked], month: Month) -> Vec<ArrayRef> {
    let stands = |ground: &'static str, place: usize| {
        opt_texts(looked, |one| one.claimed_on[place].map(|_| standing(in_month(one, month), ground)))
    };
    let disability = |one: &Looked| one.award.as_ref()?.disability;
    let survivor = |one: &Looked| one.award.as_ref()?.survivor;
    let allowances: Int64Array = looked.iter().map(|one| Some(disability(one)?.allowance?.get())).collect();
    let grades: Int16Array = looked.iter().map(|one| in_month(one, month).and_then(|award| award.grade)).collect();
    vec![
        opt_days(looked, |one| one.claimed_on[0]),
        opt_days(looked, |one| disability(one)?.right.arises.map(|(on, ..)| on)),
        opt_days(looked, |one| disability(one)?.first_month.map(Month::first_day)),
        Arc::new(allowances),
        stands("disability", 0),
        Arc::new(grades),
        opt_days(looked, |one| one.claimed_on[1]),
        opt_days(looked, |one| Some(survivor(one)?.died_on)),
        opt_days(looked, |one| survivor(one)?.first_month.map(Month::first_day)),
        stands("survivor", 1),
        texts(looked, |one| in_month(one, month).map_or("", |award| &award.suspended)),
    ]
}

fn eligibility(looked: &[Looked], month: Month) -> Vec<ArrayRef> {
    let start = |one: &Looked| one.award.as_ref().and_then(|award| award.start);
    let first_day = |month: Option<Month>| month.map(Month::first_day);
    let sex = |one: &Looked| one.life.as_ref().map(|(rows, _)| if rows.sex == Sex::Male { 1 } else { 2 });
    let qualified = |one: &Looked| {
        let months = one.award.as_ref().and_then(|award| award.qualified)?.months;
        i16::try_from(months).ok()
    };
    let employees = |kind: usize| months(looked, move |counts| counts.employees[kind].total());
    let mut columns: Vec<ArrayRef> = vec![
        lake::i64_array(looked, |one| one.person_id),
        opt_days(looked, |one| one.life.as_ref().map(|(rows, _)| rows.birth_on)),
        Arc::new(looked.iter().map(sex).collect::<Int16Array>()),
        months(looked, LifeCounts::paid),
        months(looked, |counts| counts.full_exempt.total()),
        months(looked, |counts| counts.three_quarter_exempt.total()),
        months(looked, |counts| counts.half_exempt.total()),
        months(looked, |counts| counts.quarter_exempt.total()),
        months(looked, |counts| counts.student + counts.deferral),
        months(looked, LifeCounts::complementary_total),
        employees(0),
        employees(1),
        employees(2),
        employees(3),
        months(looked, LifeCounts::qualifying),
        Arc::new(looked.iter().map(qualified).collect::<Int16Array>()),
        opt_days(looked, |one| start(one).map(|start| start.right_on)),
        opt_texts(looked, |one| start(one).map(|start| start.manner.code())),
        texts(looked, |one| one.look.standing),
        opt_days(looked, |one| first_day(one.first_paid())),
        opt_days(looked, |one| first_day(one.look.look_again_from)),
    ];
    columns.extend(grounds(looked, month));
    columns
}

fn award_columns(awards: &[&AwardRow]) -> Vec<ArrayRef> {
    let i64s = |value: fn(&AwardRow) -> i64| lake::i64_array(awards, |row| value(row));
    let days = |day: fn(&AwardRow) -> Date| -> ArrayRef {
        Arc::new(Date32Array::from_iter_values(awards.iter().map(|row| day_number(day(row)))))
    };
    vec![
        i64s(|row| row.person_id),
        days(|row| row.from.first_day()),
        opt_days(awards, |row| row.until.map(Month::first_day)),
        opt_texts(awards, |row| row.manner.as_deref()),
        days(|row| row.right_on),
        opt_texts(awards, |row| row.basic_of.as_deref()),
        opt_texts(awards, |row| row.employees_of.as_deref()),
        Arc::new(awards.iter().map(|row| row.grade).collect::<Int16Array>()),
        i64s(|row| row.basic_yen[0]),
        i64s(|row| row.basic_yen[1]),
        i64s(|row| row.basic_yen[2]),
        i64s(|row| row.basic_yen[3]),
        i64s(|row| row.employees_yen[0]),
        i64s(|row| row.employees_yen[1]),
        i64s(|row| row.employees_yen[2]),
        i64s(|row| row.employees_yen[3]),
        i64s(|row| row.employees_yen[4]),
        i64s(|row| row.survivor_yen[0]),
        i64s(|row| row.survivor_yen[1]),
        i64s(AwardRow::basic_total_yen),
        i64s(AwardRow::employees_total_yen),
        i64s(AwardRow::survivor_total_yen),
        texts(awards, |row| &row.suspended),
        texts(awards, |row| &row.cause),
        Arc::new(awards.iter().map(|row| row.cause_filing_id).collect::<Int64Array>()),
    ]
}

/// The totals that tables and files must give again.
pub(super) fn totals(looked: &[Looked]) -> Totals {
    let mut totals = Totals::new();
    for one in looked {
        totals.add("people", 1);
        totals.add("payable", i64::from(one.is_payable()));
        totals.add("held", i64::from(one.look.standing == "held"));
        for award in &one.in_force {
            totals.add("awards", 1);
            totals.add("basic_yen", award.basic_total_yen());
            totals.add("employees_yen", award.employees_total_yen());
            totals.add("survivor_yen", award.survivor_total_yen());
        }
    }
    totals
}

/// The same totals out of the files.
///
/// # Errors
/// `Store`, `File`, `Parquet`.
pub(super) fn recount(job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
    let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
    let mut totals = Totals::new();
    for file in &written {
        let place = locate(job, &file.path);
        if file.path.starts_with(ELIGIBILITY) {
            lake::read(&place, &["standing"], |batch| {
                for standing in lake::named(batch, "standing").as_string::<i32>().iter().flatten() {
                    totals.add("people", 1);
                    totals.add("payable", i64::from(standing == "payable"));
                    totals.add("held", i64::from(standing == "held"));
                }
                Ok(())
            })?;
        } else {
            const YEN: [&str; 3] = ["basic_total_yen", "employees_total_yen", "survivor_total_yen"];
            lake::read(&place, &YEN, |batch| {
                totals.add("awards", lake::named(batch, YEN[0]).len() as i64);
                for (total, column) in ["basic_yen", "employees_yen", "survivor_yen"].into_iter().zip(YEN) {
                    totals.add(total, lake::i64s(batch, column).iter().sum());
                }
                Ok(())
            })?;
        }
    }
    Ok(totals)
}

/// `<run>_run.json` beside the files of each dataset.
///
/// # Errors
/// `Store`, `File`.
pub(super) fn write_summaries(job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
    let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
    for dataset in [ELIGIBILITY, AWARDS] {
        let of_dataset: Vec<_> = written.iter().filter(|file| file.path.starts_with(dataset)).cloned().collect();
        if !of_dataset.is_empty() {
            lake::write_run_part_summary(job, dataset, month(job), &of_dataset, totals)?;
        }
    }
    Ok(())
}
