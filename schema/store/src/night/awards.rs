//! 裁定・改定 — who is to be looked at, claims and households, awards in force, and what a night writes of them.

use std::collections::{BTreeMap, BTreeSet};

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::copy::{CopyIn, Fields, Rows, copy_out, instant};
use crate::db::Db;
use crate::error::StoreError;
use crate::lives::Persons;
use crate::night::grounds::Deceased;

/// 老齢年金の請求, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// 老齢基礎年金の繰上げ請求・繰下げ申出の月.
    pub basic_month: Option<Month>,
    /// 老齢厚生年金の繰上げ請求・繰下げ申出の月.
    pub employees_month: Option<Month>,
    /// 老齢基礎年金は繰下げ待機中.
    pub basic_waits: bool,
    /// 老齢厚生年金は繰下げ待機中.
    pub employees_waits: bool,
    /// 振替加算の対象.
    pub spouse_addition_moves: bool,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
    /// 請求書.
    pub cause_filing_id: Option<i64>,
}

/// 配偶者・子.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// 配偶者; otherwise a child.
    pub spouse: bool,
    /// 生年月日.
    pub birth_on: Date,
    /// 生計を維持されている.
    pub dependent: bool,
    /// 障害等級1級・2級.
    pub disabled: bool,
    /// 配偶者自身の老齢厚生年金 (240月以上) の受給権の発生した日.
    pub own_old_age_from: Option<Date>,
    /// 婚姻・出生の日.
    pub valid_from: Date,
    /// 離婚・死亡・生計維持の終わった日.
    pub valid_to: Option<Date>,
}

/// 前に見たとき.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// 業務日付.
    pub looked_at_on: Date,
    /// 締切.
    pub cutoff_at: Timestamp,
    /// この月分から額が変わりうる.
    pub look_again_from: Option<Month>,
}

/// 新しく知られた事実の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// 記録 (資格・納付・標準報酬・期間・氏名等).
    Record,
    /// 配偶者・子, 遺族年金の家族.
    Household,
    /// 死亡, of the one upon whose death this person claims.
    Deceased,
    /// 障害等級の改定.
    Grade,
    /// 選択.
    Choice,
    /// 請求.
    Claim,
    /// 基礎年金番号の統合・取消し.
    Merge,
    /// 死亡.
    Death,
}

impl ChangeKind {
    /// What it is to a survivor, of the record of the one who died.
    fn to_survivor(self) -> Option<ChangeKind> {
        match self {
            ChangeKind::Record | ChangeKind::Merge => Some(self),
            ChangeKind::Death => Some(ChangeKind::Deceased),
            _ => None,
        }
    }
}

/// 新しく知られた事実.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it became known, or gave way.
    pub at: Timestamp,
    /// A new row, not one that only gave way.
    pub is_new: bool,
    /// Which register.
    pub kind: ChangeKind,
    /// The filing of the row.
    pub cause_filing_id: Option<i64>,
}

/// 見るべき人.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// 人.
    pub person_id: i64,
    /// 前に見たとき; `None` for a first look.
    pub before: Option<Look>,
    /// What became known since.
    pub changes: Vec<Change>,
}

/// The numbers of a range with those merged into them, as known at the cut-off.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    kept: BTreeMap<i64, i64>,
}

impl Merged {
    /// Who a number's record belongs to.
    pub fn owner(&self, person_id: i64) -> i64 {
        self.kept.get(&person_id).copied().unwrap_or(person_id)
    }

    /// Whether the number was given up.
    pub fn gave_way(&self, person_id: i64) -> bool {
        self.kept.contains_key(&person_id)
    }

    /// The condition on the person of a table: the range, or merged into it.
    pub(super) fn scope(&self, persons: Persons, alias: &str) -> String {
        self.scope_and(persons, alias, std::iter::empty())
    }

    /// The same, or one of these numbers, wherever they lie.
    fn scope_and(&self, persons: Persons, alias: &str, others: impl Iterator<Item = i64>) -> String {
        let into = self.kept.iter().filter(|(_, kept)| within(persons, **kept)).map(|(merged, _)| *merged);
        let outside: BTreeSet<i64> = into.chain(others).filter(|number| !within(persons, *number)).collect();
        if outside.is_empty() {
            return persons.range(alias);
        }
        let outside: Vec<String> = outside.iter().map(i64::to_string).collect();
        format!("({} OR {alias}.person_id IN ({}))", persons.range(alias), outside.join(","))
    }
}

pub(super) fn within(persons: Persons, person_id: i64) -> bool {
    persons.from <= person_id && person_id < persons.to
}

/// 統合 that touch a range.
///
/// # Errors
/// Only what the database refuses.
pub async fn merged(db: &impl Db, persons: Persons) -> Result<Merged, StoreError> {
    let sql = format!(
        "SELECT merged_person_id, kept_person_id FROM person_merges AS m
         WHERE {} AND (kept_person_id >= $1 AND kept_person_id < $2 OR merged_person_id >= $1 AND merged_person_id < $2)",
        persons.known("m")
    );
    let rows = db.postgres().query(&sql, &[&persons.from, &persons.to]).await?;
    Ok(Merged { kept: rows.iter().map(|row| (row.get(0), row.get(1))).collect() })
}

/// 見るべき人, in order: whoever has a claim and was never looked at, whose month to look again has come, or of whom, or of
/// the one upon whose death they claim, something became known since (also in the night of the last look, by a later job).
///
/// - `persons`: the range; its instant is the cut-off
/// - `deceased`: those whose record counts for somebody of the range
/// - `claimants`: whoever of the range has a claim
///
/// # Errors
/// Only what the database refuses.
pub async fn due(
    db: &impl Db,
    persons: Persons,
    (merged, deceased): (&Merged, &Deceased),
    (month, claimants): (Month, impl Iterator<Item = i64>),
) -> Result<Vec<Due>, StoreError> {
    let looks = looks(db, persons).await?;
    let mut changes: BTreeMap<i64, Vec<Change>> = BTreeMap::new();
    // Every night looks at all that became known before its cut-off: older facts have been seen.
    if let Some(floor) = looks.values().map(|look| look.cutoff_at).max() {
        for (person_id, change) in changes_since(db, persons, (merged, deceased), floor).await? {
            if looks.get(&person_id).is_some_and(|look| change.at >= look.cutoff_at) {
                changes.entry(person_id).or_default().push(change);
            }
        }
    }
    let first = claimants.filter(|person_id| !looks.contains_key(person_id));
    let again = looks.iter().filter(|(_, look)| look.look_again_from.is_some_and(|from| from <= month));
    let again = again.map(|(person_id, _)| person_id).chain(changes.keys()).copied();
    let ids: BTreeSet<i64> = first.chain(again).collect();
    let due = |person_id: i64| Due {
        person_id,
        before: looks.get(&person_id).copied(),
        changes: changes.remove(&person_id).unwrap_or_default(),
    };
    Ok(ids.into_iter().map(due).collect())
}

async fn looks(db: &impl Db, persons: Persons) -> Result<BTreeMap<i64, Look>, StoreError> {
    let query = format!(
        "SELECT a.person_id, a.looked_at_on, a.cutoff_at, a.look_again_from FROM adjudications AS a WHERE {} AND {}",
        persons.range("a"),
        persons.known("a")
    );
    let mut looks = BTreeMap::new();
    copy_out(db, &query, |row| -> Result<(), StoreError> {
        let look = Look {
            looked_at_on: row.date(1),
            cutoff_at: row.timestamp(2),
            look_again_from: row.opt_date(3).map(Month::of),
        };
        looks.insert(row.i64(0), look);
        Ok(())
    })
    .await?;
    Ok(looks)
}

/// Tables of claims: a person with a current row in one of them has claimed a pension.
const CLAIMS: [&str; 4] = ["pension_claims", "disability_claims", "survivor_claims", "unpaid_benefit_claims"];

/// Whoever has a claim, in order.
///
/// # Errors
/// Only what the database refuses.
pub async fn claimants(db: &impl Db, persons: Persons, merged: &Merged) -> Result<Vec<i64>, StoreError> {
    let (scope, known) = (merged.scope(persons, "c"), persons.known("c"));
    let query = CLAIMS
        .map(|table| format!("SELECT c.person_id FROM {table} AS c WHERE {scope} AND {known}"))
        .join(" UNION ALL ");
    let mut ids = Vec::new();
    copy_out(db, &query, |row| -> Result<(), StoreError> {
        ids.extend(Some(merged.owner(row.i64(0))).filter(|owner| within(persons, *owner)));
        Ok(())
    })
    .await?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// 老齢年金の請求 of a range, by the person they belong to; of a number with several the own one.
///
/// # Errors
/// Only what the database refuses.
pub async fn claims(db: &impl Db, persons: Persons, merged: &Merged) -> Result<BTreeMap<i64, ClaimRow>, StoreError> {
    let query = format!(
        "SELECT c.person_id, c.basic_claim_month, c.employees_claim_month, c.basic_waits, c.employees_waits,
             c.spouse_addition_moves, c.paid_through, c.cause_filing_id
         FROM pension_claims AS c WHERE {} AND {} ORDER BY c.person_id",
        merged.scope(persons, "c"),
        persons.known("c")
    );
    let mut claims = BTreeMap::new();
    copy_out(db, &query, |row| -> Result<(), StoreError> {
        let month = |place| row.opt_date(place).map(Month::of);
        let claim = ClaimRow {
            basic_month: month(1),
            employees_month: month(2),
            basic_waits: row.bool(3),
            employees_waits: row.bool(4),
            spouse_addition_moves: row.bool(5),
            paid_through: month(6),
            cause_filing_id: row.opt_i64(7),
        };
        let (person_id, owner) = (row.i64(0), merged.owner(row.i64(0)));
        if owner == person_id {
            claims.insert(owner, claim);
        } else if within(persons, owner) {
            claims.entry(owner).or_insert(claim);
        }
        Ok(())
    })
    .await?;
    unclaimed_in_life(db, persons, &mut claims).await?;
    Ok(claims)
}

/// 未支給年金の請求 for somebody who died without any claim: it stands for the claim of the old-age pension, as from the right
/// (国民年金法19条3項, 厚生年金保険法37条3項).
async fn unclaimed_in_life(
    db: &impl Db,
    persons: Persons,
    claims: &mut BTreeMap<i64, ClaimRow>,
) -> Result<(), StoreError> {
    let of = |table: &str| {
        format!("EXISTS (SELECT 1 FROM {table} AS t WHERE t.person_id = c.person_id AND {})", persons.known("t"))
    };
    let query = format!(
        "SELECT c.person_id, min(c.cause_filing_id) FROM unpaid_benefit_claims AS c
         WHERE {} AND {} AND {} AND NOT {} AND NOT {} AND NOT {} GROUP BY c.person_id",
        persons.range("c"),
        persons.known("c"),
        of("deaths"),
        of("pension_claims"),
        of("disability_claims"),
        of("survivor_claims"),
    );
    copy_out(db, &query, |row| -> Result<(), StoreError> {
        let claim = ClaimRow {
            basic_month: None,
            employees_month: None,
            basic_waits: false,
            employees_waits: false,
            spouse_addition_moves: false,
            paid_through: None,
            cause_filing_id: row.opt_i64(1),
        };
        claims.insert(row.i64(0), claim);
        Ok(())
    })
    .await?;
    Ok(())
}

/// Registers by person.
const REGISTERS: [(&str, ChangeKind); 17] = [
    ("pension_spells", ChangeKind::Record),
    ("contribution_years", ChangeKind::Record),
    ("remuneration_records", ChangeKind::Record),
    ("life_spans", ChangeKind::Record),
    ("abroad_spells", ChangeKind::Record),
    ("coverage_spells", ChangeKind::Record),
    ("person_identities", ChangeKind::Record),
    ("deaths", ChangeKind::Death),
    ("household_members", ChangeKind::Household),
    ("survivor_members", ChangeKind::Household),
    ("disability_grades", ChangeKind::Grade),
    ("pension_choices", ChangeKind::Choice),
    ("pension_claims", ChangeKind::Claim),
    ("disability_claims", ChangeKind::Claim),
    ("survivor_claims", ChangeKind::Claim),
    ("unpaid_benefit_claims", ChangeKind::Claim),
    ("remuneration_splits", ChangeKind::Record),
];

/// Registers by spell.
const OF_SPELLS: [&str; 2] = ["standard_remunerations", "bonuses"];

/// Everything that became known or gave way from an instant to the cut-off, by the person it belongs to; of the record of
/// somebody who died also by who claims upon that death.
async fn changes_since(
    db: &impl Db,
    persons: Persons,
    (merged, deceased): (&Merged, &Deceased),
    floor: Timestamp,
) -> Result<Vec<(i64, Change)>, StoreError> {
    let cutoff = persons.known_at.map_or("'infinity'::timestamptz".to_owned(), instant);
    let between = |column: &str| format!("{column} >= {} AND {column} <= {cutoff}", instant(floor));
    let mut changes = Vec::new();
    let mut take = |kind: ChangeKind, by_merge: bool, row: &Fields<'_>| {
        let number = row.i64(0);
        let person_id = if by_merge { number } else { merged.owner(number) };
        let change = Change { at: row.timestamp(1), is_new: row.bool(2), kind, cause_filing_id: row.opt_i64(3) };
        if within(persons, person_id) {
            changes.push((person_id, change));
        }
        if let Some(kind) = kind.to_survivor() {
            changes.extend(deceased.claimants(number).iter().map(|claimant| (*claimant, Change { kind, ..change })));
        }
    };
    for (table, kind) in REGISTERS {
        let scope = match kind.to_survivor() {
            Some(_) => merged.scope_and(persons, "t", deceased.numbers()),
            None => merged.scope(persons, "t"),
        };
        let of = |time: &str, is_new: bool| {
            let between = between(&format!("t.{time}"));
            format!(
                "SELECT t.person_id, t.{time}, {is_new}, t.cause_filing_id FROM {table} AS t WHERE {scope} AND {between}"
            )
        };
        let query = format!("{} UNION ALL {}", of("known_at", true), of("superseded_at", false));
        copy_out(db, &query, |row| -> Result<(), StoreError> {
            take(kind, false, row);
            Ok(())
        })
        .await?;
    }
    for table in OF_SPELLS {
        let scope = merged.scope_and(persons, "c", deceased.numbers());
        let of = |time: &str, is_new: bool| {
            let between = between(&format!("t.{time}"));
            format!(
                "SELECT c.person_id, t.{time}, {is_new}, t.cause_filing_id FROM {table} AS t
                 JOIN coverage_spells AS c USING (prefecture_code, employer_id, spell_id)
                 WHERE {scope} AND {between}"
            )
        };
        let query = format!("{} UNION ALL {}", of("known_at", true), of("superseded_at", false));
        copy_out(db, &query, |row| -> Result<(), StoreError> {
            take(ChangeKind::Record, false, row);
            Ok(())
        })
        .await?;
    }
    let of = |time: &str, is_new: bool, who: &str| {
        let between = between(&format!("m.{time}"));
        let scope = Merged::default().scope_and(persons, "p", deceased.numbers());
        format!(
            "SELECT p.person_id, m.{time}, {is_new}, NULL::bigint
             FROM person_merges AS m, LATERAL (SELECT m.{who} AS person_id) AS p WHERE {scope} AND {between}"
        )
    };
    let parts = ["kept_person_id", "merged_person_id"]
        .map(|who| format!("{} UNION ALL {}", of("known_at", true, who), of("superseded_at", false, who)));
    copy_out(db, &parts.join(" UNION ALL "), |row| -> Result<(), StoreError> {
        take(ChangeKind::Merge, true, row);
        Ok(())
    })
    .await?;
    Ok(changes)
}

/// 配偶者・子 of a range, by the person they belong to.
///
/// # Errors
/// Only what the database refuses.
pub async fn households(
    db: &impl Db,
    persons: Persons,
    merged: &Merged,
) -> Result<BTreeMap<i64, Vec<MemberRow>>, StoreError> {
    let query = format!(
        "SELECT h.person_id, h.relation = 'spouse', h.birth_on, h.dependent, h.disabled, h.own_old_age_from, h.valid_from,
             h.valid_to
         FROM household_members AS h WHERE {} AND {} ORDER BY h.person_id, h.member_no",
        merged.scope(persons, "h"),
        persons.known("h")
    );
    let mut households: BTreeMap<i64, Vec<MemberRow>> = BTreeMap::new();
    copy_out(db, &query, |row| -> Result<(), StoreError> {
        let member = MemberRow {
            spouse: row.bool(1),
            birth_on: row.date(2),
            dependent: row.bool(3),
            disabled: row.bool(4),
            own_old_age_from: row.opt_date(5),
            valid_from: row.date(6),
            valid_to: row.opt_date(7),
        };
        households.entry(merged.owner(row.i64(0))).or_default().push(member);
        Ok(())
    })
    .await?;
    Ok(households)
}

/// 裁定された年額の一行 — components in yen a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardRow {
    /// 人.
    pub person_id: i64,
    /// 老齢年金の受け方: `special`, `early`, `from_65`; `None` where none is paid.
    pub manner: Option<String>,
    /// 受給権の発生した日 of what is paid.
    pub right_on: Date,
    /// 支給する基礎年金の支給事由: `old_age`, `disability`, `survivor`.
    pub basic_of: Option<String>,
    /// 支給する厚生年金 (遺族厚生年金を除く) の支給事由: `old_age`, `disability`.
    pub employees_of: Option<String>,
    /// 障害等級, where a disability pension is paid.
    pub grade: Option<i16>,
    /// 基礎年金, 付加年金, 振替加算, 子の加算.
    pub basic_yen: [i64; 4],
    /// 報酬比例部分 (障害厚生年金の額), 経過的加算, 繰上げ・繰下げの増減, 加給年金額, 在職支給停止額 (to be taken off).
    pub employees_yen: [i64; 5],
    /// 遺族厚生年金, 自身の老齢厚生年金に相当する支給停止額 (to be taken off).
    pub survivor_yen: [i64; 2],
    /// 支給停止の受給権: their words with commas between.
    pub suspended: String,
    /// 理由の語.
    pub cause: String,
    /// 原因となった届書.
    pub cause_filing_id: Option<i64>,
    /// The run that wrote it.
    pub run_id: String,
    /// First month.
    pub from: Month,
    /// First month after it; `None` while it goes on.
    pub until: Option<Month>,
    /// When the office knew.
    pub known_at: Timestamp,
}

impl AwardRow {
    /// 基礎年金の年額.
    pub fn basic_total_yen(&self) -> i64 {
        self.basic_yen.iter().sum()
    }

    /// 老齢・障害厚生年金の年額 after 支給停止.
    pub fn employees_total_yen(&self) -> i64 {
        let [proportional, transitional, adjustment, family, stopped] = self.employees_yen;
        proportional + transitional + adjustment + family - stopped
    }

    /// 遺族厚生年金の年額 after 支給停止.
    pub fn survivor_total_yen(&self) -> i64 {
        let [survivor, stopped] = self.survivor_yen;
        survivor - stopped
    }

    /// Whether it says what is paid for the month.
    pub fn holds_in(&self, month: Month) -> bool {
        self.from <= month && self.until.is_none_or(|until| month < until)
    }
}

const AWARD: &str = "w.person_id, w.manner, w.right_on, w.basic_of, w.employees_of, w.grade, w.basic_yen, w.additional_yen,
    w.furikae_yen, w.children_yen, w.proportional_yen, w.transitional_yen, w.adjustment_yen, w.family_yen, w.stopped_yen,
    w.survivor_yen, w.survivor_stopped_yen, array_to_string(w.suspended, ','), w.cause, w.cause_filing_id, w.run_id,
    w.valid_from, w.valid_to, w.known_at";

fn award(row: &Fields<'_>) -> AwardRow {
    let word = |place| row.opt_text(place).map(str::to_owned);
    AwardRow {
        person_id: row.i64(0),
        manner: word(1),
        right_on: row.date(2),
        basic_of: word(3),
        employees_of: word(4),
        grade: row.opt_i16(5),
        basic_yen: [6, 7, 8, 9].map(|place| row.i64(place)),
        employees_yen: [10, 11, 12, 13, 14].map(|place| row.i64(place)),
        survivor_yen: [15, 16].map(|place| row.i64(place)),
        suspended: row.text(17).to_owned(),
        cause: row.text(18).to_owned(),
        cause_filing_id: row.opt_i64(19),
        run_id: row.text(20).to_owned(),
        from: Month::of(row.date(21)),
        until: row.opt_date(22).map(Month::of),
        known_at: row.timestamp(23),
    }
}

async fn awards_that(db: &impl Db, persons: Persons, known: &str) -> Result<Vec<AwardRow>, StoreError> {
    let query = format!(
        "SELECT {AWARD} FROM awards AS w WHERE {} AND {known} ORDER BY w.person_id, w.valid_from, w.known_at",
        persons.range("w")
    );
    let mut awards = Vec::new();
    copy_out(db, &query, |row| -> Result<(), StoreError> {
        awards.push(award(row));
        Ok(())
    })
    .await?;
    Ok(awards)
}

/// The awards in force of a range, as known at its instant (`None`: what stands now), in order of person and month; rows of
/// one person never share a month.
///
/// # Errors
/// Only what the database refuses.
pub async fn in_force(db: &impl Db, persons: Persons) -> Result<Vec<AwardRow>, StoreError> {
    awards_that(db, persons, &persons.known("w")).await
}

/// Every award of a range that was ever known by its instant, also those superseded since, in order of person, month and
/// when it became known: what was first decided for a month is the first of them that holds in it.
///
/// # Errors
/// Only what the database refuses.
pub async fn ever(db: &impl Db, persons: Persons) -> Result<Vec<AwardRow>, StoreError> {
    let known = persons.known_at.map_or("true".to_owned(), |at| format!("w.known_at <= {}", instant(at)));
    awards_that(db, persons, &known).await
}

/// 裁定の経過 — one row to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLook {
    /// 人.
    pub person_id: i64,
    /// `no_right`, `not_yet`, `payable`, `waiting`, `suspended`, `ended`, `held`.
    pub standing: &'static str,
    /// この月分から額が変わりうる.
    pub look_again_from: Option<Month>,
}

/// What all rows of a night share.
#[derive(Clone, Copy, Debug)]
pub struct Adjudicating<'a> {
    /// The run.
    pub run_id: &'a str,
    /// 業務日付.
    pub looked_at_on: Date,
    /// 締切: rows count as known from here.
    pub cutoff_at: Timestamp,
}

/// Writes what a partition decided: rows that no longer hold give way, then new rows and looks.
///
/// - `gone`: person and first month of awards in force
///
/// # Errors
/// `AlreadySuperseded` — one of `gone` is not in force; otherwise only what the database refuses.
pub async fn write(
    db: &impl Db,
    night: Adjudicating<'_>,
    gone: &[(i64, Month)],
    new: &[AwardRow],
    looks: &[NewLook],
) -> Result<(), StoreError> {
    let people: Vec<i64> = gone.iter().map(|(person_id, _)| *person_id).collect();
    let months: Vec<Date> = gone.iter().map(|(_, month)| month.first_day()).collect();
    let touched = db
        .run(
            "UPDATE awards AS old SET superseded_at = $3
             FROM unnest($1::bigint[], $2::date[]) AS gone (person_id, valid_from)
             WHERE old.person_id = gone.person_id AND old.valid_from = gone.valid_from AND old.superseded_at IS NULL",
            &[&people, &months, &night.cutoff_at],
        )
        .await?;
    if usize::try_from(touched) != Ok(gone.len()) {
        return Err(StoreError::AlreadySuperseded);
    }
    let looked: Vec<i64> = looks.iter().map(|look| look.person_id).collect();
    db.run(
        "UPDATE adjudications SET superseded_at = $2 WHERE person_id = ANY ($1) AND superseded_at IS NULL",
        &[&looked, &night.cutoff_at],
    )
    .await?;
    insert_awards(db, night, new).await?;
    insert_looks(db, night, looks).await
}

async fn insert_awards(db: &impl Db, night: Adjudicating<'_>, awards: &[AwardRow]) -> Result<(), StoreError> {
    const COLUMNS: [&str; 27] = [
        "person_id",
        "manner",
        "right_on",
        "basic_of",
        "employees_of",
        "grade",
        "basic_yen",
        "additional_yen",
        "furikae_yen",
        "children_yen",
        "proportional_yen",
        "transitional_yen",
        "adjustment_yen",
        "family_yen",
        "stopped_yen",
        "survivor_yen",
        "survivor_stopped_yen",
        "basic_total_yen",
        "employees_total_yen",
        "survivor_total_yen",
        "suspended",
        "cause",
        "cause_filing_id",
        "run_id",
        "valid_from",
        "valid_to",
        "known_at",
    ];
    let mut copy = CopyIn::open(db, "awards", &COLUMNS).await?;
    let mut rows = Rows::new();
    for award in awards {
        rows.row(27).i64(award.person_id).opt(award.manner.as_deref(), Rows::text).date(award.right_on);
        rows.opt(award.basic_of.as_deref(), Rows::text).opt(award.employees_of.as_deref(), Rows::text);
        rows.opt(award.grade, Rows::i16);
        for yen in award.basic_yen.iter().chain(&award.employees_yen).chain(&award.survivor_yen) {
            rows.i64(*yen);
        }
        rows.i64(award.basic_total_yen()).i64(award.employees_total_yen()).i64(award.survivor_total_yen());
        let suspended: Vec<&str> = award.suspended.split(',').filter(|right| !right.is_empty()).collect();
        rows.text_array(&suspended).text(&award.cause);
        rows.opt(award.cause_filing_id, Rows::i64).text(night.run_id).date(award.from.first_day());
        rows.opt(award.until.map(Month::first_day), Rows::date).timestamp(night.cutoff_at);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await?;
    Ok(())
}

async fn insert_looks(db: &impl Db, night: Adjudicating<'_>, looks: &[NewLook]) -> Result<(), StoreError> {
    const COLUMNS: [&str; 7] =
        ["person_id", "looked_at_on", "look_again_from", "standing", "run_id", "cutoff_at", "known_at"];
    let mut copy = CopyIn::open(db, "adjudications", &COLUMNS).await?;
    let mut rows = Rows::new();
    for look in looks {
        rows.row(7).i64(look.person_id).date(night.looked_at_on);
        rows.opt(look.look_again_from.map(Month::first_day), Rows::date).text(look.standing).text(night.run_id);
        rows.timestamp(night.cutoff_at).timestamp(night.cutoff_at);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await?;
    Ok(())
}

/// 裁定の合計 — counted from the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AwardSums {
    /// 見た人.
    pub people: i64,
    /// Of them those who are paid.
    pub payable: i64,
    /// 保留.
    pub held: i64,
    /// Awards in force of those people.
    pub awards: i64,
    /// Of them those the run wrote.
    pub written: i64,
    /// Awards that gave way to the run.
    pub superseded: i64,
    /// 年額 of the awards in force: 基礎年金, 老齢・障害厚生年金, 遺族厚生年金.
    pub yen: [i64; 3],
}

/// Sums over the people a run looked at.
///
/// # Errors
/// Only what the database refuses.
pub async fn sums(db: &impl Db, night: Adjudicating<'_>) -> Result<AwardSums, StoreError> {
    let people = db
        .row(
            "SELECT count(*), count(*) FILTER (WHERE standing = 'payable'), count(*) FILTER (WHERE standing = 'held')
             FROM adjudications WHERE run_id = $1",
            &[&night.run_id],
        )
        .await?;
    let awards = db
        .row(
            "SELECT count(*), count(*) FILTER (WHERE w.run_id = $1), coalesce(sum(basic_total_yen), 0)::bigint,
                 coalesce(sum(employees_total_yen), 0)::bigint, coalesce(sum(survivor_total_yen), 0)::bigint
             FROM awards AS w JOIN adjudications AS a USING (person_id)
             WHERE a.run_id = $1 AND w.superseded_at IS NULL",
            &[&night.run_id],
        )
        .await?;
    let superseded = db
        .row(
            "SELECT count(*) FROM awards AS w JOIN adjudications AS a USING (person_id)
             WHERE a.run_id = $1 AND w.superseded_at = $2",
            &[&night.run_id, &night.cutoff_at],
        )
        .await?;
    Ok(AwardSums {
        people: people.get(0),
        payable: people.get(1),
        held: people.get(2),
        awards: awards.get(0),
        written: awards.get(1),
        superseded: superseded.get(0),
        yen: [awards.get(2), awards.get(3), awards.get(4)],
    })
}
