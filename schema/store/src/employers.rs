//! 適用事業所 — employers by their symbol, with the profile as it stands.

use domain::EmployerSymbol;
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 適用事業所 with what stands about it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employer {
    /// Our number; the night works in its order.
    pub employer_id: i64,
    /// 事業所整理記号.
    pub symbol: EmployerSymbol,
    /// 事業所番号, 5 digits.
    pub office_number: String,
    /// 協会けんぽの支部 (JIS X 0401).
    pub prefecture_code: i16,
    /// 管轄の年金事務所.
    pub office_code: String,
    /// 名称・所在地・納付方法.
    pub profile: Profile,
}

/// 名称・所在地・事業主・納付方法.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    /// 名称.
    pub name: String,
    /// 事業主.
    pub representative: String,
    /// 法人番号, 13 digits.
    pub corporate_number: Option<String>,
    /// 郵便番号, 7 digits.
    pub zip: String,
    /// 所在地.
    pub address: String,
    /// 電話番号.
    pub telephone: String,
    /// `debit` 口座振替, `slip` 納付書.
    pub payment_method: String,
    /// 金融機関・支店・口座番号 of a debit payer.
    pub account: Option<Account>,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Profile").field("payment_method", &self.payment_method).finish_non_exhaustive()
    }
}

/// 振替口座.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// 金融機関コード.
    pub bank_code: String,
    /// 支店コード.
    pub branch_code: String,
    /// 口座番号.
    pub account_number: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Account({}-***)", self.bank_code)
    }
}

/// An employer to be created.
#[derive(Clone, Debug)]
pub struct NewEmployer {
    /// 事業所整理記号.
    pub symbol: EmployerSymbol,
    /// 事業所番号, 5 digits.
    pub office_number: String,
    /// 協会けんぽの支部 (JIS X 0401).
    pub prefecture_code: i16,
    /// 管轄の年金事務所.
    pub office_code: String,
    /// 名称・所在地・納付方法.
    pub profile: Profile,
    /// Why the record begins.
    pub reason: String,
    /// 適用年月日.
    pub valid_from: Date,
}

const EMPLOYER: &str = "
    SELECT e.employer_id, e.nenkin_prefecture_code, e.district_code, e.office_symbol, e.office_number,
        e.prefecture_code, e.office_code, p.name, p.representative, p.corporate_number, p.zip, p.address,
        p.telephone, p.payment_method, p.bank_code, p.branch_code, p.account_number
    FROM employers e
    JOIN employer_profiles p ON p.employer_id = e.employer_id AND p.superseded_at IS NULL";

fn employer_of(row: &Row) -> Result<Employer, StoreError> {
    let symbol = EmployerSymbol::new(row.get(1), row.get(2), row.get(3))
        .map_err(|_| StoreError::Unreadable { what: "employers.office_symbol" })?;
    let account = match (row.get(14), row.get(15), row.get(16)) {
        (Some(bank_code), Some(branch_code), Some(account_number)) => {
            Some(Account { bank_code, branch_code, account_number })
        }
        _ => None,
    };
    Ok(Employer {
        employer_id: row.get(0),
        symbol,
        office_number: row.get(4),
        prefecture_code: row.get(5),
        office_code: row.get(6),
        profile: Profile {
            name: row.get(7),
            representative: row.get(8),
            corporate_number: row.get(9),
            zip: row.get(10),
            address: row.get(11),
            telephone: row.get(12),
            payment_method: row.get(13),
            account,
        },
    })
}

/// Creates an employer with its profile.
///
/// # Errors
/// `EmployerSymbolTaken` — the clerk checks the symbol; `UnknownReference` — no such office.
pub async fn create(db: &impl Db, new: &NewEmployer) -> Result<i64, StoreError> {
    const SQL: &str = "
        WITH employer AS (
            INSERT INTO employers (nenkin_prefecture_code, district_code, office_symbol, office_number,
                prefecture_code, office_code)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING employer_id
        ),
        profile AS (
            INSERT INTO employer_profiles (employer_id, name, representative, corporate_number, zip, address,
                telephone, payment_method, bank_code, branch_code, account_number, reason, valid_from)
            SELECT employer_id, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 FROM employer
        )
        SELECT employer_id FROM employer";
    let (symbol, profile, account) = (&new.symbol, &new.profile, new.profile.account.as_ref());
    let row = db
        .row(
            SQL,
            &[
                &symbol.prefecture_code(),
                &symbol.district(),
                &symbol.symbol(),
                &new.office_number,
                &new.prefecture_code,
                &new.office_code,
                &profile.name,
                &profile.representative,
                &profile.corporate_number,
                &profile.zip,
                &profile.address,
                &profile.telephone,
                &profile.payment_method,
                &account.map(|account| &account.bank_code),
                &account.map(|account| &account.branch_code),
                &account.map(|account| &account.account_number),
                &new.reason,
                &new.valid_from,
            ],
        )
        .await?;
    Ok(row.get(0))
}

/// The employer of this number.
pub async fn find(db: &impl Db, employer_id: i64) -> Result<Option<Employer>, StoreError> {
    let sql = format!("{EMPLOYER} WHERE e.employer_id = $1");
    db.row_opt(&sql, &[&employer_id]).await?.as_ref().map(employer_of).transpose()
}

/// The employer of this 事業所整理記号.
pub async fn find_by_symbol(db: &impl Db, symbol: &EmployerSymbol) -> Result<Option<Employer>, StoreError> {
    let sql =
        format!("{EMPLOYER} WHERE e.nenkin_prefecture_code = $1 AND e.district_code = $2 AND e.office_symbol = $3");
    let row = db.row_opt(&sql, &[&symbol.prefecture_code(), &symbol.district(), &symbol.symbol()]).await?;
    row.as_ref().map(employer_of).transpose()
}

/// The employers of many symbols at once, for a file of filings: one entry per symbol, in the same order.
pub async fn find_many(db: &impl Db, symbols: &[EmployerSymbol]) -> Result<Vec<Option<Employer>>, StoreError> {
    // The place goes last, so that the columns of an employer keep theirs.
    let sql = format!(
        "SELECT found.*, k.place FROM unnest($1::text[], $2::text[], $3::text[])
            WITH ORDINALITY AS k (prefecture, district, symbol, place)
        JOIN ({EMPLOYER}) AS found
            ON found.nenkin_prefecture_code = k.prefecture AND found.district_code = k.district
            AND found.office_symbol = k.symbol"
    );
    let prefectures: Vec<&str> = symbols.iter().map(EmployerSymbol::prefecture_code).collect();
    let districts: Vec<&str> = symbols.iter().map(EmployerSymbol::district).collect();
    let marks: Vec<&str> = symbols.iter().map(EmployerSymbol::symbol).collect();
    let mut found = vec![None; symbols.len()];
    for row in db.rows(&sql, &[&prefectures, &districts, &marks]).await? {
        let place = usize::try_from(row.get::<_, i64>("place")).expect("counted from 1");
        found[place - 1] = Some(employer_of(&row)?);
    }
    Ok(found)
}

/// Employers whose name begins so, or whose symbol is that; at most `limit`, by name.
///
/// - `text`: beginning of the name, or a symbol like `21-01-ﾃｽﾄ`
/// - `office_code`: only those of this office
pub async fn search(
    db: &impl Db,
    text: &str,
    office_code: Option<&str>,
    limit: i64,
) -> Result<Vec<Employer>, StoreError> {
    if let Ok(symbol) = text.parse::<EmployerSymbol>() {
        let found = find_by_symbol(db, &symbol).await?;
        return Ok(found.into_iter().filter(|one| office_code.is_none_or(|code| one.office_code == code)).collect());
    }
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{EMPLOYER} WHERE p.name ~>=~ $1 AND p.name ~<~ $2 AND ($3::text IS NULL OR e.office_code = $3)
        ORDER BY p.name USING ~<~, e.employer_id LIMIT $4"
    );
    let end = format!("{text}\u{10ffff}");
    db.rows(&sql, &[&text, &end, &office_code, &limit]).await?.iter().map(employer_of).collect()
}

/// Locks the employer until the end of the transaction and gives it back: two senders of one filing meet here.
///
/// Filings that only refer to the employer are not held up (`NO KEY UPDATE`).
pub async fn lock(db: &impl Db, employer_id: i64) -> Result<Option<Employer>, StoreError> {
    const LOCK: &str = "SELECT 1 FROM employers WHERE employer_id = $1 FOR NO KEY UPDATE";
    if db.row_opt(LOCK, &[&employer_id]).await?.is_none() {
        return Ok(None);
    }
    find(db, employer_id).await
}

/// As [`lock`], by 事業所整理記号 and in one statement: what a terminal's filing begins with.
pub async fn lock_by_symbol(db: &impl Db, symbol: &EmployerSymbol) -> Result<Option<Employer>, StoreError> {
    let row =
        db.row_opt(&lock_by_symbol_sql(), &[&symbol.prefecture_code(), &symbol.district(), &symbol.symbol()]).await?;
    row.as_ref().map(employer_of).transpose()
}

pub(crate) fn lock_by_symbol_sql() -> String {
    format!(
        "{EMPLOYER} WHERE e.nenkin_prefecture_code = $1 AND e.district_code = $2 AND e.office_symbol = $3
        FOR NO KEY UPDATE OF e"
    )
}
