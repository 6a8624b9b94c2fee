//! 人の範囲 — partitions of the jobs that go through people.

use crate::db::Db;
use crate::error::StoreError;

/// Ranges of persons (first, first after them) with about so many people each, over everybody in the register of persons.
///
/// - `people`: of one range, at least 1
pub async fn of_everybody(db: &impl Db, people: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT person_id FROM (
                 SELECT person_id, row_number() OVER (ORDER BY person_id) AS place FROM persons
             ) AS numbered WHERE (place - 1) % $1 = 0 ORDER BY person_id",
            &[&people.max(1)],
        )
        .await?;
    let firsts: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
    let Some(last) = db.row("SELECT max(person_id) FROM persons", &[]).await?.get::<_, Option<i64>>(0) else {
        return Ok(Vec::new());
    };
    let ends = firsts.iter().skip(1).copied().chain([last + 1]);
    Ok(firsts.iter().copied().zip(ends).collect())
}
