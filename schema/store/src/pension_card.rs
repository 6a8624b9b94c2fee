//! 一人の年金 — what a terminal shows of one person's claim, awards and payments, as known now or at an instant.

use domain::Month;
use domain::life::register::{ChoiceIs, ClaimIs, DisabilityIs, GradeIs, MemberIs, SurvivorIs, SurvivorMemberIs};
use domain::person_paper::{Kin, Member};
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;
use crate::lives::Persons;
use crate::registers;

async fn known(db: &impl Db, person: Persons, columns: &str, table: &str, order: &str) -> Result<Vec<Row>, StoreError> {
    let (range, known) = (person.range("t"), person.known("t"));
    let sql = format!("SELECT {columns} FROM {table} AS t WHERE {range} AND {known} ORDER BY {order}");
    Ok(db.postgres().query(&sql, &[]).await?)
}

/// 老齢年金の請求, if there is one.
pub async fn claim(db: &impl Db, person: Persons) -> Result<Option<ClaimIs>, StoreError> {
    let columns = "filed_on, basic_claim_month, employees_claim_month, basic_waits, employees_waits,
        spouse_addition_moves, paid_through";
    let rows = known(db, person, columns, "pension_claims", "known_at").await?;
    let month = |row: &Row, place: usize| row.get::<_, Option<Date>>(place).map(Month::of);
    Ok(rows.last().map(|row| ClaimIs {
        filed_on: row.get(0),
        basic: month(row, 1),
        employees: month(row, 2),
        basic_waits: row.get(3),
        employees_waits: row.get(4),
        spouse_addition_moves: row.get(5),
        paid_through: month(row, 6),
    }))
}

/// 配偶者・子, in order of number.
pub async fn household(db: &impl Db, person: Persons) -> Result<Vec<MemberIs>, StoreError> {
    let columns = "relation, birth_on, dependent, disabled, own_old_age_from, valid_from, member_person_id, valid_to";
    let rows = known(db, person, columns, "household_members", "member_no").await?;
    let member = |row: &Row| MemberIs {
        member: Member {
            relation: if row.get::<_, &str>(0) == Kin::Spouse.code() { Kin::Spouse } else { Kin::Child },
            birth_on: row.get(1),
            dependent: row.get(2),
            disabled: row.get(3),
            own_old_age_from: row.get(4),
            since: row.get(5),
        },
        member_person_id: row.get(6),
        ended_on: row.get(7),
    };
    Ok(rows.iter().map(member).collect())
}

/// 障害年金の請求, if there is one.
pub async fn disability(db: &impl Db, person: Persons) -> Result<Option<DisabilityIs>, StoreError> {
    let columns = "filed_on, first_seen_on, resident, fixed_on, grade_at_certification, later_filed_on, later_grade,
        paid_through";
    let rows = known(db, person, columns, "disability_claims", "known_at").await?;
    Ok(rows.last().map(|row| registers::disability_is(row, 0)))
}

/// 障害等級の改定, in order of month.
pub async fn grades(db: &impl Db, person: Persons) -> Result<Vec<GradeIs>, StoreError> {
    let rows = known(db, person, "grade, reviewed_on, valid_from", "disability_grades", "valid_from").await?;
    let grade = |row: &Row| GradeIs { grade: row.get(0), reviewed_on: row.get(1), first: Month::of(row.get(2)) };
    Ok(rows.iter().map(grade).collect())
}

/// 遺族年金の請求, if there is one.
pub async fn survivor(db: &impl Db, person: Persons) -> Result<Option<SurvivorIs>, StoreError> {
    let columns = "deceased_person_id, filed_on, claimant_member_no, resident, illness_first_seen_on,
        disability_grade_1_or_2, states_long, paid_through";
    let rows = known(db, person, columns, "survivor_claims", "known_at").await?;
    Ok(rows.last().map(|row| registers::survivor_is(row, 0)))
}

/// 死亡した人の家族 as the claim tells it: number and who, in order of number.
pub async fn survivor_members(db: &impl Db, person: Persons) -> Result<Vec<(i16, SurvivorMemberIs)>, StoreError> {
    let columns = "record_id, relation, birth_on, maintained, disabled, married, ended_on, member_no";
    let rows = known(db, person, columns, "survivor_members", "member_no").await?;
    rows.iter().map(|row| Ok((row.get(7), registers::survivor_member_is(row, 0)?))).collect()
}

/// 年金の選択, in order of month.
pub async fn choices(db: &impl Db, person: Persons) -> Result<Vec<ChoiceIs>, StoreError> {
    let rows = known(db, person, "filed_on, valid_from, rights", "pension_choices", "valid_from").await?;
    let choice = |row: &Row| {
        Ok(ChoiceIs { filed_on: row.get(0), first: Month::of(row.get(1)), rights: registers::rights(row, 2)? })
    };
    rows.iter().map(choice).collect()
}

/// 裁定・改定 as it is on record: yen a year for a run of months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardRow {
    /// `special`, `early`, `from_65`; `None` where no old-age pension is paid.
    pub manner: Option<String>,
    /// 受給権発生日.
    pub right_on: Date,
    /// 基礎年金の支給事由: `old_age`, `disability`, `survivor`.
    pub basic_of: Option<String>,
    /// 老齢・障害厚生年金の支給事由.
    pub employees_of: Option<String>,
    /// 基礎年金 (付加・振替・子の加算を含む).
    pub basic_total_yen: i64,
    /// 老齢・障害厚生年金 (支給停止後).
    pub employees_total_yen: i64,
    /// 遺族厚生年金 (支給停止後).
    pub survivor_total_yen: i64,
    /// 在職支給停止額.
    pub stopped_yen: i64,
    /// 理由の語.
    pub cause: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
    /// その届の受付番号.
    pub cause_reception_number: Option<String>,
    /// 最初の月分.
    pub first: Month,
    /// よらなくなる月分; `None` while it goes on.
    pub until: Option<Month>,
}

/// Awards in force, in order of month.
pub async fn awards(db: &impl Db, person: Persons) -> Result<Vec<AwardRow>, StoreError> {
    let columns = "manner, right_on, basic_total_yen, employees_total_yen, stopped_yen, cause, cause_filing_id,
        valid_from, valid_to, (SELECT reception_number FROM filings WHERE filing_id = t.cause_filing_id), basic_of,
        employees_of, survivor_total_yen";
    let rows = known(db, person, columns, "awards", "valid_from").await?;
    let award = |row: &Row| AwardRow {
        manner: row.get(0),
        right_on: row.get(1),
        basic_total_yen: row.get(2),
        employees_total_yen: row.get(3),
        stopped_yen: row.get(4),
        cause: row.get(5),
        cause_filing_id: row.get(6),
        first: Month::of(row.get(7)),
        until: row.get::<_, Option<Date>>(8).map(Month::of),
        cause_reception_number: row.get(9),
        basic_of: row.get(10),
        employees_of: row.get(11),
        survivor_total_yen: row.get(12),
    };
    Ok(rows.iter().map(award).collect())
}

/// 年金の支払.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// 支払日.
    pub payment_on: Date,
    /// `regular`, `special`, `unpaid_benefit`.
    pub kind: String,
    /// 支給事由 of what was accounted with it; none where it was held.
    pub grounds: Vec<String>,
    /// 基礎年金.
    pub basic_yen: i64,
    /// 老齢・障害厚生年金.
    pub employees_yen: i64,
    /// 遺族厚生年金.
    pub survivor_yen: i64,
    /// 内払・充当.
    pub set_off_yen: i64,
    /// 源泉所得税.
    pub income_tax_yen: i64,
    /// 介護保険料, 国民健康保険料, 後期高齢者医療保険料, 個人住民税.
    pub collected_yen: i64,
    /// 差引支払額.
    pub net_yen: i64,
    /// 振り込めない理由.
    pub held_reason: Option<String>,
}

/// Payments of a person posted by now (or by the instant), the latest first, at most so many.
pub async fn payments(db: &impl Db, person: Persons, limit: i64) -> Result<Vec<PaymentRow>, StoreError> {
    let sql = format!(
        "SELECT payment_on, kind, basic_yen, employees_yen, set_off_yen, income_tax_yen,
            long_term_care_yen + national_health_yen + late_elderly_yen + resident_tax_yen, net_yen, held_reason, survivor_yen,
            ARRAY(SELECT DISTINCT ground FROM pension_instalments AS i
                WHERE i.person_id = t.person_id AND i.run_id = t.run_id AND t.held_reason IS NULL
                ORDER BY ground)
        FROM pension_payments AS t WHERE {} AND {} ORDER BY payment_on DESC, kind, run_id LIMIT $1",
        person.range("t"),
        posted_by(person)
    );
    let payment = |row: &Row| PaymentRow {
        payment_on: row.get(0),
        kind: row.get(1),
        basic_yen: row.get(2),
        employees_yen: row.get(3),
        set_off_yen: row.get(4),
        income_tax_yen: row.get(5),
        collected_yen: row.get(6),
        net_yen: row.get(7),
        held_reason: row.get(8),
        survivor_yen: row.get(9),
        grounds: row.get(10),
    };
    Ok(db.postgres().query(&sql, &[&limit]).await?.iter().map(payment).collect())
}

/// The condition on posted rows, which have one time.
fn posted_by(person: Persons) -> String {
    person.known_at.map_or("true".to_owned(), |at| format!("t.known_at <= {}", crate::copy::instant(at)))
}

/// 支払期月ごとの計上.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalmentRow {
    /// 本来の支払期月.
    pub for_payment: Month,
    /// 計上した支払の月.
    pub paid_in: Month,
    /// 支給事由: `old_age`, `disability`, `survivor`.
    pub ground: String,
    /// 基礎年金, negative where it was too much.
    pub basic_yen: i64,
    /// 老齢・障害厚生年金.
    pub employees_yen: i64,
    /// 遺族厚生年金.
    pub survivor_yen: i64,
    /// 理由の語.
    pub cause: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
}

/// What was accounted for a person, the latest first, at most so many.
pub async fn instalments(db: &impl Db, person: Persons, limit: i64) -> Result<Vec<InstalmentRow>, StoreError> {
    let sql = format!(
        "SELECT for_payment, paid_in, basic_yen, employees_yen, cause, cause_filing_id, ground, survivor_yen
        FROM pension_instalments AS t WHERE {} AND {} ORDER BY paid_in DESC, for_payment DESC, run_id, ground LIMIT $1",
        person.range("t"),
        posted_by(person)
    );
    let instalment = |row: &Row| InstalmentRow {
        for_payment: Month::of(row.get(0)),
        paid_in: Month::of(row.get(1)),
        basic_yen: row.get(2),
        employees_yen: row.get(3),
        cause: row.get(4),
        cause_filing_id: row.get(5),
        ground: row.get(6),
        survivor_yen: row.get(7),
    };
    Ok(db.postgres().query(&sql, &[&limit]).await?.iter().map(instalment).collect())
}

/// 返納金債権の残高, yen: what the person still owes.
pub async fn overpaid(db: &impl Db, person: Persons) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT coalesce(sum(CASE WHEN debit_account = 'pension_overpaid' THEN amount_yen ELSE -amount_yen END), 0)::bigint
        FROM pension_journal AS t
        WHERE {} AND {} AND 'pension_overpaid' IN (debit_account, credit_account)",
        person.range("t"),
        posted_by(person)
    );
    Ok(db.postgres().query_one(&sql, &[]).await?.get(0))
}

/// The number that this one was merged into, as known then.
pub async fn kept_number(db: &impl Db, person: Persons) -> Result<Option<i64>, StoreError> {
    let sql =
        format!("SELECT kept_person_id FROM person_merges AS t WHERE merged_person_id = $1 AND {}", person.known("t"));
    Ok(db.postgres().query_opt(&sql, &[&person.from]).await?.map(|row| row.get(0)))
}
