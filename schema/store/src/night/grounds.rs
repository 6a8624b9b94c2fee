//! 障害・遺族の請求と選択 — what a range of persons filed beside the old-age claim, and whose deaths they claim for.

use std::collections::BTreeMap;

use domain::Month;
use jiff::civil::Date;

use super::awards::{Merged, within};
use crate::copy::{Fields, copy_out};
use crate::db::Db;
use crate::error::StoreError;
use crate::lives::Persons;

/// 障害年金の請求, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisabilityRow {
    /// 請求書の受付日.
    pub filed_on: Date,
    /// 初診日.
    pub first_seen_on: Date,
    /// 初診日に国内に住所がある.
    pub resident: bool,
    /// 症状が固定した日.
    pub fixed_on: Option<Date>,
    /// 障害認定日の等級 (0 none, 4 障害手当金の程度).
    pub grade_at_certification: i16,
    /// 事後重症の請求日とその等級.
    pub later_claim: Option<(Date, i16)>,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
    /// 請求書.
    pub cause_filing_id: Option<i64>,
    /// 等級の改定, in order of month.
    pub grades: Vec<GradeRow>,
}

/// 障害等級の改定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeRow {
    /// First month.
    pub from: Month,
    /// 等級 (0: of no grade).
    pub grade: i16,
    /// 請求書 or 届書.
    pub cause_filing_id: Option<i64>,
}

/// 遺族年金の請求, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurvivorRow {
    /// 死亡した人; of a merged number the one that was kept.
    pub deceased_person_id: i64,
    /// 請求書の受付日.
    pub filed_on: Date,
    /// 請求者の番号 among the family.
    pub claimant_member_no: i16,
    /// 死亡した人が死亡日に国内に住所を有していた.
    pub resident: bool,
    /// 厚生年金の被保険者であった間の、死亡の原因となった傷病の初診日.
    pub illness_first_seen_on: Option<Date>,
    /// 死亡した人が1級・2級の障害厚生年金の受給権者であった.
    pub disability_grade_1_or_2: bool,
    /// 長期要件によることの申出.
    pub states_long: bool,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
    /// 請求書.
    pub cause_filing_id: Option<i64>,
    /// 家族, in order of number, the claimant among them.
    pub family: Vec<RelativeRow>,
}

/// 死亡した人の家族の一人.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelativeRow {
    /// 番号.
    pub member_no: i16,
    /// 続柄: `wife`, `husband`, `child`, `parent`, `grandchild`, `grandparent`.
    pub relation: String,
    /// 生年月日.
    pub birth_on: Date,
    /// 生計を維持されていた.
    pub maintained: bool,
    /// 障害等級1級・2級.
    pub disabled: bool,
    /// 婚姻している.
    pub married: bool,
    /// 失権した日.
    pub ended_on: Option<Date>,
}

/// 選択.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceRow {
    /// First month.
    pub from: Month,
    /// 受給権の語.
    pub rights: Vec<String>,
    /// 選択申出書.
    pub cause_filing_id: Option<i64>,
}

/// 障害・遺族の請求と選択 of a range, by the person they belong to; nobody else has an entry.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// 障害年金の請求.
    pub disability: BTreeMap<i64, DisabilityRow>,
    /// 遺族年金の請求.
    pub survivors: BTreeMap<i64, SurvivorRow>,
    /// 選択, in order of month.
    pub choices: BTreeMap<i64, Vec<ChoiceRow>>,
}

/// Claims by owner; of somebody with several numbers the own one, else that of the lowest number.
struct Claims<T> {
    own_or_first: BTreeMap<i64, (i64, T)>,
}

impl<T> Claims<T> {
    fn none() -> Claims<T> {
        Claims { own_or_first: BTreeMap::new() }
    }

    /// Rows arrive in order of number.
    fn take(&mut self, number: i64, (persons, merged): (Persons, &Merged), claim: T) {
        let owner = merged.owner(number);
        if owner == number {
            self.own_or_first.insert(owner, (number, claim));
        } else if within(persons, owner) {
            self.own_or_first.entry(owner).or_insert((number, claim));
        }
    }

    /// By owner, each with what lies under the number that it was filed for.
    fn with<U>(self, mut add: impl FnMut(i64, &mut T) -> U) -> BTreeMap<i64, T> {
        let completed = |(owner, (number, mut claim))| {
            add(number, &mut claim);
            (owner, claim)
        };
        self.own_or_first.into_iter().map(completed).collect()
    }
}

/// 障害・遺族の請求と選択 of a range, with those of merged numbers: one sequential query for each table.
///
/// # Errors
/// Only what the database refuses.
pub async fn read(db: &impl Db, persons: Persons, merged: &Merged) -> Result<Grounds, StoreError> {
    Ok(Grounds {
        disability: disability(db, persons, merged).await?,
        survivors: survivors(db, persons, merged).await?,
        choices: choices(db, persons, merged).await?,
    })
}

fn query(persons: Persons, merged: &Merged, (columns, table): (&str, &str), order: &str) -> String {
    let (scope, known) = (merged.scope(persons, "t"), persons.known("t"));
    format!("SELECT t.person_id, {columns} FROM {table} AS t WHERE {scope} AND {known} ORDER BY t.person_id{order}")
}

async fn each(db: &impl Db, sql: &str, mut take: impl FnMut(&Fields<'_>)) -> Result<(), StoreError> {
    copy_out(db, sql, |row| -> Result<(), StoreError> {
        take(row);
        Ok(())
    })
    .await?;
    Ok(())
}

fn month(row: &Fields<'_>, place: usize) -> Option<Month> {
    row.opt_date(place).map(Month::of)
}

async fn disability(
    db: &impl Db,
    persons: Persons,
    merged: &Merged,
) -> Result<BTreeMap<i64, DisabilityRow>, StoreError> {
    let columns = "t.filed_on, t.first_seen_on, t.resident, t.fixed_on, t.grade_at_certification, t.later_filed_on,
        t.later_grade, t.paid_through, t.cause_filing_id";
    let mut claims = Claims::none();
    each(db, &query(persons, merged, (columns, "disability_claims"), ""), |row| {
        let claim = DisabilityRow {
            filed_on: row.date(1),
            first_seen_on: row.date(2),
            resident: row.bool(3),
            fixed_on: row.opt_date(4),
            grade_at_certification: row.i16(5),
            later_claim: row.opt_date(6).zip(row.opt_i16(7)),
            paid_through: month(row, 8),
            cause_filing_id: row.opt_i64(9),
            grades: Vec::new(),
        };
        claims.take(row.i64(0), (persons, merged), claim);
    })
    .await?;
    let mut grades: BTreeMap<i64, Vec<GradeRow>> = BTreeMap::new();
    let columns = "t.valid_from, t.grade, t.cause_filing_id";
    each(db, &query(persons, merged, (columns, "disability_grades"), ", t.valid_from"), |row| {
        let grade = GradeRow { from: Month::of(row.date(1)), grade: row.i16(2), cause_filing_id: row.opt_i64(3) };
        grades.entry(row.i64(0)).or_default().push(grade);
    })
    .await?;
    Ok(claims.with(|number, claim| claim.grades = grades.remove(&number).unwrap_or_default()))
}

async fn survivors(db: &impl Db, persons: Persons, merged: &Merged) -> Result<BTreeMap<i64, SurvivorRow>, StoreError> {
    let kept = format!(
        "coalesce((SELECT m.kept_person_id FROM person_merges AS m
             WHERE m.merged_person_id = t.deceased_person_id AND {}), t.deceased_person_id)",
        persons.known("m")
    );
    let columns = format!(
        "t.record_id, {kept}, t.filed_on, t.claimant_member_no, t.resident, t.illness_first_seen_on,
         t.disability_grade_1_or_2, t.states_long, t.paid_through, t.cause_filing_id"
    );
    let mut claims = Claims::none();
    each(db, &query(persons, merged, (&columns, "survivor_claims"), ""), |row| {
        let claim = SurvivorRow {
            deceased_person_id: row.i64(2),
            filed_on: row.date(3),
            claimant_member_no: row.i16(4),
            resident: row.bool(5),
            illness_first_seen_on: row.opt_date(6),
            disability_grade_1_or_2: row.bool(7),
            states_long: row.bool(8),
            paid_through: month(row, 9),
            cause_filing_id: row.opt_i64(10),
            family: Vec::new(),
        };
        claims.take(row.i64(0), (persons, merged), (row.i64(1), claim));
    })
    .await?;
    let mut families: BTreeMap<(i64, i64), Vec<RelativeRow>> = BTreeMap::new();
    let columns = "t.record_id, t.member_no, t.relation, t.birth_on, t.maintained, t.disabled, t.married, t.ended_on";
    each(db, &query(persons, merged, (columns, "survivor_members"), ", t.member_no"), |row| {
        let relative = RelativeRow {
            member_no: row.i16(2),
            relation: row.text(3).to_owned(),
            birth_on: row.date(4),
            maintained: row.bool(5),
            disabled: row.bool(6),
            married: row.bool(7),
            ended_on: row.opt_date(8),
        };
        families.entry((row.i64(0), row.i64(1))).or_default().push(relative);
    })
    .await?;
    let claims = claims.with(|number, (record, claim)| {
        claim.family = families.remove(&(number, *record)).unwrap_or_default();
    });
    Ok(claims.into_iter().map(|(owner, (_, claim))| (owner, claim)).collect())
}

async fn choices(db: &impl Db, persons: Persons, merged: &Merged) -> Result<BTreeMap<i64, Vec<ChoiceRow>>, StoreError> {
    let mut found: BTreeMap<i64, BTreeMap<Month, ChoiceRow>> = BTreeMap::new();
    let columns = "t.valid_from, array_to_string(t.rights, ','), t.cause_filing_id";
    each(db, &query(persons, merged, (columns, "pension_choices"), ", t.valid_from"), |row| {
        let (number, from) = (row.i64(0), Month::of(row.date(1)));
        let rights = row.text(2).split(',').map(str::to_owned).collect();
        let choice = ChoiceRow { from, rights, cause_filing_id: row.opt_i64(3) };
        let owner = merged.owner(number);
        if owner == number {
            found.entry(owner).or_default().insert(from, choice);
        } else if within(persons, owner) {
            found.entry(owner).or_default().entry(from).or_insert(choice);
        }
    })
    .await?;
    Ok(found.into_iter().map(|(owner, choices)| (owner, choices.into_values().collect())).collect())
}

/// 死亡した人の番号, with whoever of a range claims upon that death: what becomes known of the record of the one who died
/// changes the pension of the other.
#[derive(Clone, Debug, Default)]
pub struct Deceased {
    claimants: BTreeMap<i64, Vec<i64>>,
}

impl Deceased {
    /// Whoever claims upon the death of this number.
    pub fn claimants(&self, number: i64) -> &[i64] {
        self.claimants.get(&number).map_or(&[], Vec::as_slice)
    }

    /// All numbers, in order: those of the claims, those they were merged into, and those merged into these.
    pub fn numbers(&self) -> impl Iterator<Item = i64> {
        self.claimants.keys().copied()
    }
}

/// 死亡した人 of the claims of a range.
///
/// # Errors
/// Only what the database refuses.
pub async fn deceased(db: &impl Db, persons: Persons, merged: &Merged) -> Result<Deceased, StoreError> {
    let sql = format!(
        "WITH merges AS (SELECT m.merged_person_id, m.kept_person_id FROM person_merges AS m WHERE {}),
         claimed AS (
             SELECT t.person_id, coalesce(m.kept_person_id, t.deceased_person_id) AS kept_person_id
             FROM survivor_claims AS t LEFT JOIN merges AS m ON m.merged_person_id = t.deceased_person_id
             WHERE {} AND {}
         )
         SELECT person_id, kept_person_id FROM claimed
         UNION ALL SELECT c.person_id, m.merged_person_id FROM claimed AS c JOIN merges AS m USING (kept_person_id)",
        persons.known("m"),
        merged.scope(persons, "t"),
        persons.known("t")
    );
    let mut deceased = Deceased::default();
    each(db, &sql, |row| {
        let owner = merged.owner(row.i64(0));
        if within(persons, owner) {
            deceased.claimants.entry(row.i64(1)).or_default().push(owner);
        }
    })
    .await?;
    // Two numbers of one claimant, both with the claim.
    deceased.claimants.values_mut().for_each(|claimants| {
        claimants.sort_unstable();
        claimants.dedup();
    });
    Ok(deceased)
}
