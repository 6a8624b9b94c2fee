//! もう一つの道 — a month's plain payments as SQL inside PostgreSQL: due of the one 支払期, levies, tax, net, journal and the bank's
//! records. The bench measures the payment run against it and holds both together to the yen.
//!
//! SQL does the plain part alone: whoever draws old-age pensions alone, was paid by the predecessor through the months before,
//! lives, and has an account that the bank's file can carry. Arrears, 返納金, set-off, limitation, deaths and notices are the run's.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::db::Db;
use crate::error::StoreError;

/// The numbers of a payment month as decimals, read from the law by the caller. Of two, that for 65 and older comes first.
#[derive(Clone, Debug)]
pub struct Rules {
    /// 支払期月.
    pub payment: Month,
    /// 支払日.
    pub paid_on: Date,
    /// Born on this day or before: 65 in the year of the payment.
    pub born_65: Date,
    /// 基礎的控除額の率.
    pub rate: String,
    /// Added to it, yen per month.
    pub add_yen: i64,
    /// 最低額, yen per month.
    pub minimum_yen: (i64, i64),
    /// 税率.
    pub tax_rate: String,
    /// 源泉徴収をしない年額の上限.
    pub limit_yen: (i64, i64),
    /// 人的控除: word and yen per month.
    pub deductions: Vec<(String, i64)>,
}

/// Pays everybody who is plain, in one transaction.
pub async fn pay(db: &impl Db, rules: &Rules, known_at: Timestamp) -> Result<(), StoreError> {
    let date = |on: Date| format!("'{on}'::date");
    let months = (rules.payment.plus(-2), rules.payment.previous());
    let deductions: Vec<String> = rules.deductions.iter().map(|(word, yen)| format!("('{word}', {yen})")).collect();
    let script = SCRIPT
        .replace("@first", &date(months.0.first_day()))
        .replace("@second", &date(months.1.first_day()))
        .replace("@payment", &date(rules.payment.first_day()))
        .replace("@paid_through", &date(months.0.previous().first_day()))
        .replace("@paid_on", &date(rules.paid_on))
        .replace("@known", &format!("'{known_at}'::timestamptz"))
        .replace("@born_65", &date(rules.born_65))
        .replace("@tax_year", &rules.payment.year().to_string())
        .replace("@tax_rate", &rules.tax_rate)
        .replace("@rate", &rules.rate)
        .replace("@add", &rules.add_yen.to_string())
        .replace("@minimum_65", &rules.minimum_yen.0.to_string())
        .replace("@minimum_under", &rules.minimum_yen.1.to_string())
        .replace("@limit_65", &rules.limit_yen.0.to_string())
        .replace("@limit_under", &rules.limit_yen.1.to_string())
        .replace("@deductions", &deductions.join(", "));
    Ok(db.postgres().batch_execute(&script).await?)
}

/// Placeholders are put in by [`pay`]: dates, instants and numbers of ours, no texts of users.
const SCRIPT: &str = include_str!("peer_payments.sql");

/// Both roads, person by person: how many people both paid, the net yen that the run paid them, and how many the two roads
/// pay otherwise. Whom SQL does not pay is no difference, nor whom the run holds because of the characters of an account.
pub async fn compare(db: &impl Db, run_id: &str) -> Result<(i64, i64, i64), StoreError> {
    let row = db
        .row(
            "SELECT count(*), coalesce(sum(ours.net_yen) FILTER (WHERE ours.held_reason IS NULL), 0)::bigint,
                count(*) FILTER (WHERE ours.person_id IS NULL OR ours.held_reason IS NULL AND
                    (ours.basic_yen, ours.employees_yen, ours.income_tax_yen, ours.long_term_care_yen,
                        ours.national_health_yen, ours.late_elderly_yen, ours.resident_tax_yen, ours.net_yen)
                    IS DISTINCT FROM (theirs.basic_yen, theirs.employees_yen, theirs.income_tax_yen,
                        theirs.long_term_care_yen, theirs.national_health_yen, theirs.late_elderly_yen,
                        theirs.resident_tax_yen, theirs.net_yen))
             FROM peer.payments AS theirs
             LEFT JOIN pension_payments AS ours
                 ON ours.person_id = theirs.person_id AND ours.run_id = $1",
            &[&run_id],
        )
        .await?;
    Ok((row.get(0), row.get(1), row.get(2)))
}
