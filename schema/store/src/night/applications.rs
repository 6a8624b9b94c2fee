//! 届の反映 — what the night reads to apply approved filings, and the facts it writes.
//!
//! Facts are written as known at the cut-off, so that the night that applied them also reads them. Whatever became
//! known after the cut-off is read with its instant, and the caller leaves it alone until the next night.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// Filings that wait, by employer: `(employer_id, number)` in order of employer.
pub async fn waiting(db: &impl Db, cutoff_at: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "SELECT employer_id, count(*) FROM application_queue WHERE approved_at < $1 AND employer_id IS NOT NULL
        GROUP BY employer_id ORDER BY employer_id";
    Ok(db.rows(sql, &[&cutoff_at]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 決裁済みで未反映の届.
#[derive(Clone, PartialEq)]
pub struct QueuedFiling {
    /// 届.
    pub filing_id: i64,
    /// 事業所.
    pub employer_id: i64,
    /// 協会けんぽの支部 of the employer.
    pub prefecture_code: i16,
    /// What it says, as JSON of `domain::paper::Filed`.
    pub payload: Value,
    /// A person approved it, not the automatic rule.
    pub by_person: bool,
    /// 個人番号 of the insured.
    pub my_number: Option<SealedNumber>,
}

/// 個人番号 as it is kept: its index to find it, and the number sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedNumber {
    /// 照合用の索引.
    pub index: Vec<u8>,
    /// 暗号文.
    pub sealed: Vec<u8>,
}

/// Approved before the cut-off and not yet applied, of employers from `from` to before `to`, in order of employer
/// and filing.
pub async fn queued(db: &impl Db, from: i64, to: i64, cutoff_at: Timestamp) -> Result<Vec<QueuedFiling>, StoreError> {
    let rows = db
        .rows(
            "SELECT filing_id, employer_id, employers.prefecture_code, payload, number_index, number_sealed,
                coalesce((SELECT rule = 'human' FROM decisions
                    WHERE decisions.filing_id = application_queue.filing_id AND superseded_at IS NULL), false) AS by_person
            FROM application_queue JOIN filings USING (filing_id, employer_id) JOIN employers USING (employer_id)
            LEFT JOIN my_number.filed USING (filing_id)
            WHERE coalesce(column_no, 0) = 0 AND employer_id >= $1 AND employer_id < $2 AND approved_at < $3
            ORDER BY employer_id, filing_id",
            &[&from, &to, &cutoff_at],
        )
        .await?;
    let my_number = |row: &Row| {
        Some(SealedNumber { index: row.get::<_, Option<Vec<u8>>>("number_index")?, sealed: row.get("number_sealed") })
    };
    let read = |row: &Row| QueuedFiling {
        filing_id: row.get("filing_id"),
        employer_id: row.get("employer_id"),
        prefecture_code: row.get("prefecture_code"),
        payload: row.get("payload"),
        by_person: row.get("by_person"),
        my_number: my_number(row),
    };
    Ok(rows.iter().map(read).collect())
}

/// 被保険者資格 as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SpellFact {
    /// 資格の番号.
    pub spell_id: i64,
    /// 協会けんぽの支部.
    pub prefecture_code: i16,
    /// 事業所.
    pub employer_id: i64,
    /// 人.
    pub person_id: i64,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 健康保険.
    pub health_insurance: bool,
    /// 厚生年金保険.
    pub employees_pension: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 同月得喪の後.
    pub same_month_next: Option<String>,
    /// 喪失原因.
    pub end_cause: Option<i16>,
    /// 理由.
    pub reason: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
    /// 資格取得年月日.
    pub valid_from: Date,
    /// 資格喪失年月日.
    pub valid_to: Option<Date>,
    /// Since when it is known; what is written gets the cut-off.
    pub known_at: Timestamp,
}

/// All spells of these employers that are not superseded, in order of employer and spell.
pub async fn spells(db: &impl Db, employer_ids: &[i64]) -> Result<Vec<SpellFact>, StoreError> {
    let rows = db
        .rows(
            "SELECT spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
                employees_pension, short_time_worker, two_workplaces, same_month_next, end_cause, reason,
                cause_filing_id, valid_from, valid_to, known_at
            FROM coverage_spells WHERE employer_id = ANY ($1) AND superseded_at IS NULL
            ORDER BY employer_id, spell_id",
            &[&employer_ids],
        )
        .await?;
    Ok(rows.iter().map(SpellFact::of).collect())
}

impl SpellFact {
    pub(super) fn of(row: &Row) -> SpellFact {
        SpellFact {
            spell_id: row.get("spell_id"),
            prefecture_code: row.get("prefecture_code"),
            employer_id: row.get("employer_id"),
            person_id: row.get("person_id"),
            insured_number: row.get("insured_number"),
            health_insurance: row.get("health_insurance"),
            employees_pension: row.get("employees_pension"),
            short_time_worker: row.get("short_time_worker"),
            two_workplaces: row.get("two_workplaces"),
            same_month_next: row.get("same_month_next"),
            end_cause: row.get("end_cause"),
            reason: row.get("reason"),
            cause_filing_id: row.get("cause_filing_id"),
            valid_from: row.get("valid_from"),
            valid_to: row.get("valid_to"),
            known_at: row.get("known_at"),
        }
    }
}

/// 標準報酬月額 as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardFact {
    /// 資格の番号.
    pub spell_id: i64,
    /// 協会けんぽの支部.
    pub prefecture_code: i16,
    /// 事業所.
    pub employer_id: i64,
    /// 報酬月額.
    pub monthly_remuneration_yen: i64,
    /// 健康保険の標準報酬月額.
    pub hi_standard_yen: i32,
    /// 厚生年金保険の標準報酬月額.
    pub epi_standard_yen: i32,
    /// 決定の種類.
    pub decision: String,
    /// 理由.
    pub reason: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
    /// First day of the first month.
    pub valid_from: Date,
    /// First day of the first month it no longer holds.
    pub valid_to: Option<Date>,
    /// Since when it is known.
    pub known_at: Timestamp,
}

/// Standards of these spells (employer and spell) that are not superseded, in order of spell and month.
pub async fn standards(db: &impl Db, spells: &[(i64, i64)]) -> Result<Vec<StandardFact>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let rows = db
        .rows(
            "SELECT spell_id, prefecture_code, employer_id, monthly_remuneration_yen, hi_standard_yen,
                epi_standard_yen, decision, reason, cause_filing_id, valid_from, valid_to, known_at
            FROM unnest($1::bigint[], $2::bigint[]) AS wanted (employer_id, spell_id)
            JOIN standard_remunerations USING (employer_id, spell_id)
            WHERE superseded_at IS NULL
            ORDER BY spell_id, valid_from",
            &[&employers, &ids],
        )
        .await?;
    Ok(rows.iter().map(StandardFact::of).collect())
}

impl StandardFact {
    fn of(row: &Row) -> StandardFact {
        StandardFact {
            spell_id: row.get("spell_id"),
            prefecture_code: row.get("prefecture_code"),
            employer_id: row.get("employer_id"),
            monthly_remuneration_yen: row.get("monthly_remuneration_yen"),
            hi_standard_yen: row.get("hi_standard_yen"),
            epi_standard_yen: row.get("epi_standard_yen"),
            decision: row.get("decision"),
            reason: row.get("reason"),
            cause_filing_id: row.get("cause_filing_id"),
            valid_from: row.get("valid_from"),
            valid_to: row.get("valid_to"),
            known_at: row.get("known_at"),
        }
    }
}

/// 喪失で終わった決定 — standards of these spells (employer and spell) that an end of the cover took away and that nothing
/// took the place of, in order of spell and month: what comes back when the end is corrected or cancelled.
pub async fn standards_ended(db: &impl Db, spells: &[(i64, i64)]) -> Result<Vec<StandardFact>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let rows = db
        .rows(
            "SELECT standard.spell_id, standard.prefecture_code, standard.employer_id, monthly_remuneration_yen,
                hi_standard_yen, epi_standard_yen, decision, standard.reason, standard.cause_filing_id,
                standard.valid_from, standard.valid_to, standard.known_at
            FROM unnest($1::bigint[], $2::bigint[]) AS wanted (employer_id, spell_id)
            JOIN LATERAL (
                SELECT DISTINCT ON (valid_from) valid_from, by_cover_end, known_at FROM withdrawals
                WHERE withdrawals.employer_id = wanted.employer_id AND withdrawals.spell_id = wanted.spell_id
                    AND fact = 'standard'
                ORDER BY valid_from, known_at DESC
            ) AS gone ON by_cover_end
            JOIN standard_remunerations AS standard ON standard.employer_id = wanted.employer_id
                AND standard.spell_id = wanted.spell_id AND standard.valid_from = gone.valid_from
                AND standard.superseded_at = gone.known_at
            WHERE NOT EXISTS (
                SELECT FROM standard_remunerations AS stands
                WHERE stands.employer_id = wanted.employer_id AND stands.spell_id = wanted.spell_id
                    AND stands.valid_from = gone.valid_from AND stands.superseded_at IS NULL)
            ORDER BY standard.spell_id, standard.valid_from",
            &[&employers, &ids],
        )
        .await?;
    Ok(rows.iter().map(StandardFact::of).collect())
}

/// 賞与 as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct BonusFact {
    /// 賞与の番号.
    pub bonus_id: i64,
    /// 資格の番号.
    pub spell_id: i64,
    /// 協会けんぽの支部.
    pub prefecture_code: i16,
    /// 事業所.
    pub employer_id: i64,
    /// 支払額.
    pub amount_yen: i64,
    /// 理由.
    pub reason: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
    /// 支払年月日.
    pub valid_from: Date,
    /// Since when it is known.
    pub known_at: Timestamp,
}

/// Bonuses of these spells (employer and spell) that are not superseded, in order of spell and day.
pub async fn bonuses(db: &impl Db, spells: &[(i64, i64)]) -> Result<Vec<BonusFact>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let rows = db
        .rows(
            "SELECT bonus_id, spell_id, prefecture_code, employer_id, amount_yen, reason, cause_filing_id,
                valid_from, known_at
            FROM unnest($1::bigint[], $2::bigint[]) AS wanted (employer_id, spell_id)
            JOIN bonuses USING (employer_id, spell_id)
            WHERE superseded_at IS NULL
            ORDER BY spell_id, valid_from, bonus_id",
            &[&employers, &ids],
        )
        .await?;
    let read = |row: &Row| BonusFact {
        bonus_id: row.get("bonus_id"),
        spell_id: row.get("spell_id"),
        prefecture_code: row.get("prefecture_code"),
        employer_id: row.get("employer_id"),
        amount_yen: row.get("amount_yen"),
        reason: row.get("reason"),
        cause_filing_id: row.get("cause_filing_id"),
        valid_from: row.get("valid_from"),
        known_at: row.get("known_at"),
    };
    Ok(rows.iter().map(read).collect())
}

/// 生年月日 of persons: `(person_id, birth_on)` in order of person.
pub async fn births(db: &impl Db, person_ids: &[i64]) -> Result<Vec<(i64, Date)>, StoreError> {
    let sql = "SELECT DISTINCT ON (person_id) person_id, birth_on FROM person_identities
        WHERE person_id = ANY ($1) AND superseded_at IS NULL ORDER BY person_id, valid_from DESC";
    Ok(db.rows(sql, &[&person_ids]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Whether somebody with a 基礎年金番号 had this name, birth and sex on record before the night's cut-off; whom the night
/// itself makes known does not count, so that it does not matter which partition comes first.
pub async fn is_like_a_holder(
    db: &impl Db,
    (name_kana, birth_on, sex): (&str, Date, i16),
    cutoff_at: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT EXISTS (
            SELECT 1 FROM person_identities AS i
            WHERE birth_key(i.birth_on) = birth_key($2) AND i.birth_on = $2 AND i.name_kana = $1 AND i.sex = $3
                AND i.known_at < $4 AND (i.superseded_at IS NULL OR i.superseded_at > $4)
                AND EXISTS (SELECT 1 FROM person_numbers AS n
                    WHERE n.person_id = i.person_id AND n.known_at < $4
                        AND (n.superseded_at IS NULL OR n.superseded_at > $4)))";
    Ok(db.row(SQL, &[&name_kana, &birth_on, &sex, &cutoff_at]).await?.get(0))
}

/// A person known by a number: a basic pension number (`String`), or the index of a 個人番号 (`Vec<u8>`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedPerson<N> {
    /// The number.
    pub number: N,
    /// 人.
    pub person_id: i64,
    /// Since when the number is known to be this person's.
    pub known_at: Timestamp,
}

fn numbered<N: for<'a> tokio_postgres::types::FromSql<'a>>(row: &Row) -> NumberedPerson<N> {
    NumberedPerson { number: row.get(0), person_id: row.get(1), known_at: row.get(2) }
}

/// The persons of basic pension numbers (ten digits).
pub async fn persons_of_numbers(db: &impl Db, numbers: &[&str]) -> Result<Vec<NumberedPerson<String>>, StoreError> {
    let sql = "SELECT number, person_id, known_at FROM person_numbers
        WHERE kind = 'basic_pension_number' AND number = ANY ($1) AND superseded_at IS NULL ORDER BY number";
    Ok(db.rows(sql, &[&numbers]).await?.iter().map(numbered).collect())
}

/// The persons of 個人番号, by index.
pub async fn persons_of_my_numbers(
    db: &impl Db,
    indexes: &[&[u8]],
) -> Result<Vec<NumberedPerson<Vec<u8>>>, StoreError> {
    let sql = "SELECT number_index, person_id, known_at FROM my_number.numbers
        WHERE number_index = ANY ($1) AND superseded_at IS NULL ORDER BY number_index";
    Ok(db.rows(sql, &[&indexes]).await?.iter().map(numbered).collect())
}

/// Enrolments with these basic pension numbers (as written in a payload) that wait at any employer:
/// `(number as written, filing_id, employer_id)`.
pub async fn enrolments_waiting(
    db: &impl Db,
    numbers: &[&str],
    cutoff_at: Timestamp,
) -> Result<Vec<(String, i64, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT payload -> 'insured' ->> 'basic_pension_number', filing_id, application_queue.employer_id
            FROM filings JOIN application_queue USING (filing_id)
            WHERE form_code = '2200700' AND payload -> 'insured' ->> 'basic_pension_number' = ANY ($1)
                AND approved_at < $2
            ORDER BY filing_id",
            &[&numbers, &cutoff_at],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// As [`enrolments_waiting`], by the index of the 個人番号.
pub async fn enrolments_waiting_by_my_number(
    db: &impl Db,
    indexes: &[&[u8]],
    cutoff_at: Timestamp,
) -> Result<Vec<(Vec<u8>, i64, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT number_index, filing_id, application_queue.employer_id
            FROM my_number.filed JOIN filings USING (filing_id) JOIN application_queue USING (filing_id)
            WHERE form_code = '2200700' AND column_no = 0 AND number_index = ANY ($1) AND approved_at < $2
            ORDER BY filing_id",
            &[&indexes, &cutoff_at],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// 人 — somebody who becomes known by a filing.
pub struct NewPerson<'a> {
    /// Key, taken from the filing.
    pub person_id: i64,
    /// 氏名カナ, full width.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: Option<&'a str>,
    /// 生年月日.
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号, ten digits.
    pub basic_pension_number: Option<&'a str>,
    /// 個人番号.
    pub my_number: Option<&'a SealedNumber>,
    /// 住所: zip, prefecture (JIS), kanji, kana, and since when.
    pub address: Option<NewAddress<'a>>,
    /// 理由.
    pub reason: &'a str,
    /// 原因の届.
    pub cause_filing_id: i64,
}

/// 住所 as filed.
pub struct NewAddress<'a> {
    /// 郵便番号, seven digits.
    pub zip: &'a str,
    /// 都道府県 (JIS X 0401).
    pub prefecture_code: i16,
    /// 住所漢字.
    pub kanji: &'a str,
    /// 住所カナ.
    pub kana: &'a str,
    /// Since when.
    pub valid_from: Date,
}

/// Writes a person with identity, number and address.
///
/// # Errors
/// `PensionNumberTaken`, `MyNumberTaken` — the number is somebody else's.
pub async fn insert_person(db: &impl Db, person: &NewPerson<'_>, known_at: Timestamp) -> Result<(), StoreError> {
    let (id, reason, cause) = (person.person_id, person.reason, person.cause_filing_id);
    db.run("INSERT INTO persons (person_id, known_at) VALUES ($1, $2)", &[&id, &known_at]).await?;
    db.run(
        "INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, cause_filing_id,
            valid_from, known_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $4, $8)",
        &[&id, &person.name_kana, &person.name_kanji, &person.birth_on, &person.sex, &reason, &cause, &known_at],
    )
    .await?;
    if let Some(number) = person.basic_pension_number {
        db.run(
            "INSERT INTO person_numbers (person_id, kind, number, reason, cause_filing_id, valid_from, known_at)
            VALUES ($1, 'basic_pension_number', $2, $3, $4, $5, $6)",
            &[&id, &number, &reason, &cause, &person.birth_on, &known_at],
        )
        .await?;
    }
    if let Some(number) = person.my_number {
        db.run(
            "INSERT INTO my_number.numbers (person_id, number_index, number_sealed, reason, cause_filing_id, known_at)
            VALUES ($1, $2, $3, $4, $5, $6)",
            &[&id, &number.index, &number.sealed, &reason, &cause, &known_at],
        )
        .await?;
    }
    if let Some(address) = &person.address {
        insert_address(db, id, address, reason, cause, known_at).await?;
    }
    Ok(())
}

async fn insert_address(
    db: &impl Db,
    person_id: i64,
    address: &NewAddress<'_>,
    reason: &str,
    cause: i64,
    known_at: Timestamp,
) -> Result<(), StoreError> {
    db.run(
        "INSERT INTO addresses (person_id, zip, prefecture_code, address_kanji, address_kana, reason,
            cause_filing_id, valid_from, known_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &person_id,
            &address.zip,
            &address.prefecture_code,
            &address.kanji,
            &address.kana,
            &reason,
            &cause,
            &address.valid_from,
            &known_at,
        ],
    )
    .await?;
    Ok(())
}

/// Ends what was known of spells: `spells` are `(prefecture, spell, known_at)`. Returns how many rows it touched.
pub async fn supersede_spells(db: &impl Db, spells: &[&SpellFact], at: Timestamp) -> Result<u64, StoreError> {
    let prefectures: Vec<i16> = spells.iter().map(|spell| spell.prefecture_code).collect();
    let ids: Vec<i64> = spells.iter().map(|spell| spell.spell_id).collect();
    db.run(
        "UPDATE coverage_spells SET superseded_at = $3
        FROM unnest($1::smallint[], $2::bigint[]) AS gone (prefecture_code, spell_id)
        WHERE coverage_spells.prefecture_code = gone.prefecture_code
            AND coverage_spells.spell_id = gone.spell_id AND superseded_at IS NULL",
        &[&prefectures, &ids, &at],
    )
    .await
}

/// Writes spells as known at `at`.
///
/// # Errors
/// `AlreadyInsured`, `InsuredNumberTaken` — another row stands in the way.
pub async fn insert_spells(db: &impl Db, spells: &[SpellFact], at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(spells);
    db.run(
        "INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number,
            health_insurance, employees_pension, short_time_worker, two_workplaces, same_month_next, end_cause,
            reason, cause_filing_id, valid_from, valid_to, known_at)
        SELECT *, $16::timestamptz FROM unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[],
            $5::integer[], $6::boolean[], $7::boolean[], $8::boolean[], $9::boolean[], $10::text[], $11::smallint[],
            $12::text[], $13::bigint[], $14::date[], $15::date[])",
        &[
            &column.of(|row| row.spell_id),
            &column.of(|row| row.prefecture_code),
            &column.of(|row| row.employer_id),
            &column.of(|row| row.person_id),
            &column.of(|row| row.insured_number),
            &column.of(|row| row.health_insurance),
            &column.of(|row| row.employees_pension),
            &column.of(|row| row.short_time_worker),
            &column.of(|row| row.two_workplaces),
            &column.of(|row| row.same_month_next.clone()),
            &column.of(|row| row.end_cause),
            &column.of(|row| row.reason.clone()),
            &column.of(|row| row.cause_filing_id),
            &column.of(|row| row.valid_from),
            &column.of(|row| row.valid_to),
            &at,
        ],
    )
    .await
}

/// Columns out of rows, for `unnest`.
struct Column<'a, R>(&'a [R]);

impl<R> Column<'_, R> {
    fn of<T>(&self, read: impl Fn(&R) -> T) -> Vec<T> {
        self.0.iter().map(read).collect()
    }
}

/// Ends what was known of standards. Returns how many rows it touched.
pub async fn supersede_standards(db: &impl Db, standards: &[&StandardFact], at: Timestamp) -> Result<u64, StoreError> {
    let prefectures: Vec<i16> = standards.iter().map(|row| row.prefecture_code).collect();
    let employers: Vec<i64> = standards.iter().map(|row| row.employer_id).collect();
    let spells: Vec<i64> = standards.iter().map(|row| row.spell_id).collect();
    let from: Vec<Date> = standards.iter().map(|row| row.valid_from).collect();
    db.run(
        "UPDATE standard_remunerations AS old SET superseded_at = $5
        FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::date[])
            AS gone (prefecture_code, employer_id, spell_id, valid_from)
        WHERE old.prefecture_code = gone.prefecture_code AND old.employer_id = gone.employer_id
            AND old.spell_id = gone.spell_id AND old.valid_from = gone.valid_from AND superseded_at IS NULL",
        &[&prefectures, &employers, &spells, &from, &at],
    )
    .await
}

/// Writes standards as known at `at`.
pub async fn insert_standards(db: &impl Db, standards: &[StandardFact], at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(standards);
    db.run(
        "INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
            hi_standard_yen, epi_standard_yen, decision, reason, cause_filing_id, valid_from, valid_to, known_at)
        SELECT *, $12::timestamptz FROM unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[],
            $5::integer[], $6::integer[], $7::text[], $8::text[], $9::bigint[], $10::date[], $11::date[])",
        &[
            &column.of(|row| row.spell_id),
            &column.of(|row| row.prefecture_code),
            &column.of(|row| row.employer_id),
            &column.of(|row| row.monthly_remuneration_yen),
            &column.of(|row| row.hi_standard_yen),
            &column.of(|row| row.epi_standard_yen),
            &column.of(|row| row.decision.clone()),
            &column.of(|row| row.reason.clone()),
            &column.of(|row| row.cause_filing_id),
            &column.of(|row| row.valid_from),
            &column.of(|row| row.valid_to),
            &at,
        ],
    )
    .await
}

/// Ends what was known of bonuses. Returns how many rows it touched.
pub async fn supersede_bonuses(db: &impl Db, bonuses: &[&BonusFact], at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(bonuses);
    db.run(
        "UPDATE bonuses AS old SET superseded_at = $6
        FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::date[], $5::bigint[])
            AS gone (prefecture_code, employer_id, spell_id, valid_from, bonus_id)
        WHERE old.prefecture_code = gone.prefecture_code AND old.employer_id = gone.employer_id
            AND old.spell_id = gone.spell_id AND old.valid_from = gone.valid_from AND old.bonus_id = gone.bonus_id
            AND superseded_at IS NULL",
        &[
            &column.of(|row| row.prefecture_code),
            &column.of(|row| row.employer_id),
            &column.of(|row| row.spell_id),
            &column.of(|row| row.valid_from),
            &column.of(|row| row.bonus_id),
            &at,
        ],
    )
    .await
}

/// Ends what was known of the leaves of spells that are withdrawn: a leave is from a cover.
pub async fn supersede_leaves(db: &impl Db, spells: &[&SpellFact], at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(spells);
    db.run(
        "UPDATE leave_spells AS old SET superseded_at = $4
        FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS gone (prefecture_code, employer_id, spell_id)
        WHERE old.prefecture_code = gone.prefecture_code AND old.employer_id = gone.employer_id
            AND old.spell_id = gone.spell_id AND superseded_at IS NULL",
        &[
            &column.of(|row| row.prefecture_code),
            &column.of(|row| row.employer_id),
            &column.of(|row| row.spell_id),
            &at,
        ],
    )
    .await
}

/// 取消の記録 — the end of a fact that nothing takes the place of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withdrawal {
    /// 協会けんぽの支部.
    pub prefecture_code: i16,
    /// 事業所.
    pub employer_id: i64,
    /// 資格.
    pub spell_id: i64,
    /// `spell`, `standard`, `bonus`.
    pub fact: &'static str,
    /// Its `valid_from`.
    pub valid_from: Date,
    /// 資格喪失より後の決定であるため終わった.
    pub by_cover_end: bool,
    /// 理由.
    pub reason: String,
    /// 原因の届.
    pub cause_filing_id: i64,
}

/// Writes withdrawals as known at `at`.
pub async fn insert_withdrawals(db: &impl Db, withdrawals: &[Withdrawal], at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(withdrawals);
    db.run(
        "INSERT INTO withdrawals (prefecture_code, employer_id, spell_id, fact, by_cover_end, reason, cause_filing_id,
            valid_from, known_at)
        SELECT *, $9::timestamptz FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[],
            $6::text[], $7::bigint[], $8::date[])",
        &[
            &column.of(|row| row.prefecture_code),
            &column.of(|row| row.employer_id),
            &column.of(|row| row.spell_id),
            &column.of(|row| row.fact),
            &column.of(|row| row.by_cover_end),
            &column.of(|row| row.reason.clone()),
            &column.of(|row| row.cause_filing_id),
            &column.of(|row| row.valid_from),
            &at,
        ],
    )
    .await
}

/// Writes bonuses as known at `at`.
pub async fn insert_bonuses(db: &impl Db, bonuses: &[BonusFact], at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(bonuses);
    db.run(
        "INSERT INTO bonuses (bonus_id, spell_id, prefecture_code, employer_id, amount_yen, reason,
            cause_filing_id, valid_from, known_at)
        SELECT *, $9::timestamptz FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::bigint[],
            $6::text[], $7::bigint[], $8::date[])",
        &[
            &column.of(|row| row.bonus_id),
            &column.of(|row| row.spell_id),
            &column.of(|row| row.prefecture_code),
            &column.of(|row| row.employer_id),
            &column.of(|row| row.amount_yen),
            &column.of(|row| row.reason.clone()),
            &column.of(|row| row.cause_filing_id),
            &column.of(|row| row.valid_from),
            &at,
        ],
    )
    .await
}

/// What became of a filing: a step of its course.
pub struct ClosedFiling {
    /// 届.
    pub filing_id: i64,
    /// `applied` or `returned`.
    pub step: &'static str,
    /// In words, for its course.
    pub note: Option<String>,
    /// The steps of the calculation; `None` when nothing was calculated.
    pub receipt: Option<Value>,
}

/// Takes filings off the queue, writes the step and the receipt. `by_system` is the run.
///
/// # Errors
/// `CourseMoved` — somebody else has gone on with it meanwhile.
pub async fn close(db: &impl Db, filings: &[ClosedFiling], by_system: &str, at: Timestamp) -> Result<u64, StoreError> {
    let column = Column(filings);
    let ids = column.of(|filing| filing.filing_id);
    db.run(
        "INSERT INTO filing_steps (filing_id, step_no, step, by_system, note, at)
        SELECT filing_id, (SELECT max(step_no) + 1 FROM filing_steps WHERE filing_steps.filing_id = closed.filing_id),
            step, $4, note, $5
        FROM unnest($1::bigint[], $2::text[], $3::text[]) AS closed (filing_id, step, note)",
        &[&ids, &column.of(|filing| filing.step), &column.of(|filing| filing.note.clone()), &by_system, &at],
    )
    .await?;
    write_receipts(db, filings, at).await?;
    db.run("DELETE FROM application_queue WHERE filing_id = ANY ($1)", &[&ids]).await
}

/// The decision stays what it was; its receipt becomes known.
async fn write_receipts(db: &impl Db, filings: &[ClosedFiling], at: Timestamp) -> Result<(), StoreError> {
    let with: Vec<&ClosedFiling> = filings.iter().filter(|filing| filing.receipt.is_some()).collect();
    let ids: Vec<i64> = with.iter().map(|filing| filing.filing_id).collect();
    let receipts: Vec<&Value> = with.iter().filter_map(|filing| filing.receipt.as_ref()).collect();
    db.run(
        "INSERT INTO decisions (filing_id, outcome, drafted_by, approved_by, rule, receipt, known_at)
        SELECT filing_id, outcome, drafted_by, approved_by, rule, calculated.receipt, $3
        FROM unnest($1::bigint[], $2::jsonb[]) AS calculated (filing_id, receipt) JOIN decisions USING (filing_id)
        WHERE superseded_at IS NULL",
        &[&ids, &receipts, &at],
    )
    .await?;
    db.run(
        "UPDATE decisions SET superseded_at = $2 WHERE filing_id = ANY ($1) AND superseded_at IS NULL AND known_at < $2",
        &[&ids, &at],
    )
    .await?;
    Ok(())
}

/// Filings that a run has closed, counted from their courses: `(applied, returned)`.
pub async fn count_closed(db: &impl Db, by_system: &str) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT count(*) FILTER (WHERE step = 'applied'), count(*) FILTER (WHERE step = 'returned')
        FROM filing_steps WHERE by_system = $1";
    let row = db.row(sql, &[&by_system]).await?;
    Ok((row.get(0), row.get(1)))
}

/// Facts that a run's applications have written, counted from the tables: `(spells, standards, bonuses, bonus yen,
/// withdrawals, selections)`.
pub async fn count_written(db: &impl Db, known_at: Timestamp) -> Result<(i64, i64, i64, i64, i64, i64), StoreError> {
    let sql = "SELECT (SELECT count(*) FROM coverage_spells WHERE known_at = $1 AND cause_filing_id IS NOT NULL),
        (SELECT count(*) FROM standard_remunerations WHERE known_at = $1 AND cause_filing_id IS NOT NULL),
        (SELECT count(*) FROM bonuses WHERE known_at = $1),
        (SELECT coalesce(sum(amount_yen), 0)::bigint FROM bonuses WHERE known_at = $1),
        (SELECT count(*) FROM withdrawals WHERE known_at = $1),
        (SELECT count(*) FROM workplace_selections WHERE known_at = $1)";
    let row = db.row(sql, &[&known_at]).await?;
    Ok((row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5)))
}
