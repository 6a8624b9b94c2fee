//! 一人の原簿の読み書き — the rows that filings by person can change, with their numbers and causes, and the difference that a
//! filing makes of them.

use std::collections::BTreeMap;

use domain::Month;
use domain::life::YearMarks;
use domain::life::register::{
    Cause, Changes, ChoiceIs, ClaimIs, DisabilityIs, Entry, GradeIs, MemberIs, Register, ReliefIs, SpanIs, SpanKind,
    SpellIs, SurvivorIs, SurvivorMemberIs, UnpaidIs,
};
use domain::person_paper::{Account, DrawnRight, Kin, Member, Relation, ReliefKind, SurvivorMember, SurvivorRelation};
use jiff::Timestamp;
use jiff::civil::Date;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::db::Db;
use crate::error::StoreError;
use crate::lives::{self, Persons};
use crate::splits;

/// The registers of these persons as they stand now, with what lies under numbers that were merged into them.
///
/// A number that was merged itself, or that nobody has, gets an empty register without a life.
///
/// # Errors
/// `Unreadable` — a row that means nothing.
pub async fn read(db: &impl Db, person_ids: &[i64]) -> Result<BTreeMap<i64, Register>, StoreError> {
    let mut registers: BTreeMap<i64, Register> = person_ids.iter().map(|id| (*id, Register::empty(*id))).collect();
    let (Some(first), Some(last)) = (person_ids.iter().min(), person_ids.iter().max()) else { return Ok(registers) };
    let range = Persons { from: *first, to: *last + 1, known_at: None };
    for life in lives::read(db, range, Some(person_ids)).await? {
        if let Some(register) = registers.get_mut(&life.person_id) {
            register.life = Some(life);
        }
    }
    let mut reading = Reading { kept: merged_into(db, person_ids).await?, registers };
    reading.records(db, person_ids).await?;
    reading.decisions(db, person_ids).await?;
    reading.grounds(db, person_ids).await?;
    Ok(reading.registers)
}

/// Whose a row is: numbers that were merged, and the one that was kept.
async fn merged_into(db: &impl Db, person_ids: &[i64]) -> Result<BTreeMap<i64, i64>, StoreError> {
    let sql = "SELECT merged_person_id, kept_person_id FROM person_merges
        WHERE kept_person_id = ANY ($1) AND superseded_at IS NULL ORDER BY merged_person_id";
    Ok(db.rows(sql, &[&person_ids]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

struct Reading {
    kept: BTreeMap<i64, i64>,
    registers: BTreeMap<i64, Register>,
}

/// The first four columns of every query.
const HEAD: &str = "person_id, known_at, cause_filing_id, reason";

impl Reading {
    /// Tables of which rows under merged numbers count as the person's.
    async fn records(&mut self, db: &impl Db, person_ids: &[i64]) -> Result<(), StoreError> {
        let ids: Vec<i64> = person_ids.iter().chain(self.kept.keys()).copied().collect();
        let spells = "record_id, category, employees_kind, employees_class, valid_from, valid_to";
        self.each(db, spells, "pension_spells", &ids, |register, row| {
            let spell = lives::category_spell(row, 5)?;
            let is = SpellIs { category: spell.category, acquired_on: spell.acquired_on, lost_on: spell.lost_on };
            register.spells.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await?;
        self.each(db, "record_id, fiscal_year, marks", "contribution_years", &ids, |register, row| {
            let marks = YearMarks::parse(row.get(5), row.get(6));
            let is = marks.map_err(|_| StoreError::Unreadable { what: "contribution_years.marks" })?;
            register.years.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await?;
        self.each(db, "record_id, kind, valid_from, valid_to", "life_spans", &ids, |register, row| {
            let kind = SpanKind::of_code(row.get(5)).ok_or(StoreError::Unreadable { what: "life_spans.kind" })?;
            let is = SpanIs { kind, first: Month::of(row.get(6)), last: Month::of(row.get(7)).previous() };
            register.spans.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await?;
        let reliefs = "record_id, relief, applied_on, decided_on, valid_from, valid_to";
        self.each(db, reliefs, "np_reliefs", &ids, |register, row| {
            let relief = ReliefKind::from_code(row.get(5));
            let is = ReliefIs {
                relief: relief.ok_or(StoreError::Unreadable { what: "np_reliefs.relief" })?,
                applied_on: row.get(6),
                decided_on: row.get(7),
                first: Month::of(row.get(8)),
                last: Month::of(row.get(9)).previous(),
            };
            register.reliefs.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await?;
        self.each(db, &format!("record_id, {}", splits::COLUMNS), "remuneration_splits", &ids, |register, row| {
            let is = splits::of_row(row, row.get(4), row.get(2), 5)?;
            register.splits.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await
    }

    /// Tables in which only the person's own rows count.
    async fn decisions(&mut self, db: &impl Db, person_ids: &[i64]) -> Result<(), StoreError> {
        self.each(db, "died_on", "deaths", person_ids, |register, row| {
            register.deaths.push(entry(row, 0, row.get(4)));
            Ok(())
        })
        .await?;
        let claims = "record_id, filed_on, basic_claim_month, employees_claim_month, basic_waits, employees_waits,
            spouse_addition_moves, paid_through";
        self.each(db, claims, "pension_claims", person_ids, |register, row| {
            let month = |place: usize| row.get::<_, Option<Date>>(place).map(Month::of);
            let is = ClaimIs {
                filed_on: row.get(5),
                basic: month(6),
                employees: month(7),
                basic_waits: row.get(8),
                employees_waits: row.get(9),
                spouse_addition_moves: row.get(10),
                paid_through: month(11),
            };
            register.claims.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await?;
        let payees = "bank_code, branch_code, account_type, account_number, holder_kana";
        self.each(db, payees, "payees", person_ids, |register, row| {
            register.payees.push(entry(row, 0, account(row, 4)));
            Ok(())
        })
        .await?;
        let members = "member_no, relation, member_person_id, birth_on, dependent, disabled, own_old_age_from,
            valid_from, valid_to";
        self.each(db, members, "household_members", person_ids, |register, row| {
            let member = Member {
                relation: if row.get::<_, &str>(5) == Kin::Spouse.code() { Kin::Spouse } else { Kin::Child },
                birth_on: row.get(7),
                dependent: row.get(8),
                disabled: row.get(9),
                own_old_age_from: row.get(10),
                since: row.get(11),
            };
            let is = MemberIs { member, member_person_id: row.get(6), ended_on: row.get(12) };
            register.members.push(entry(row, i64::from(row.get::<_, i16>(4)), is));
            Ok(())
        })
        .await?;
        let unpaid = "record_id, filed_on, claimant_person_id, relation, shared_livelihood, bank_code, branch_code,
            account_type, account_number, claimant_kana";
        self.each(db, unpaid, "unpaid_benefit_claims", person_ids, |register, row| {
            let relation = Relation::from_code(row.get(7));
            let is = UnpaidIs {
                filed_on: row.get(5),
                claimant_person_id: row.get(6),
                relation: relation.ok_or(StoreError::Unreadable { what: "unpaid_benefit_claims.relation" })?,
                shared_livelihood: row.get(8),
                account: account(row, 9),
            };
            register.unpaid.push(entry(row, row.get(4), is));
            Ok(())
        })
        .await
    }

    /// 障害・遺族の請求 and the choices; only the person's own rows count.
    async fn grounds(&mut self, db: &impl Db, person_ids: &[i64]) -> Result<(), StoreError> {
        let disability = "record_id, filed_on, first_seen_on, resident, fixed_on, grade_at_certification,
            later_filed_on, later_grade, paid_through";
        self.each(db, disability, "disability_claims", person_ids, |register, row| {
            register.disability.push(entry(row, row.get(4), disability_is(row, 5)));
            Ok(())
        })
        .await?;
        let grades = "valid_from, record_id, grade, reviewed_on";
        self.each(db, grades, "disability_grades", person_ids, |register, row| {
            let is = GradeIs { grade: row.get(6), reviewed_on: row.get(7), first: Month::of(row.get(4)) };
            register.grades.push(entry(row, row.get(5), is));
            Ok(())
        })
        .await?;
        let survivor = "record_id, deceased_person_id, filed_on, claimant_member_no, resident, illness_first_seen_on,
            disability_grade_1_or_2, states_long, paid_through";
        self.each(db, survivor, "survivor_claims", person_ids, |register, row| {
            register.survivor.push(entry(row, row.get(4), survivor_is(row, 5)));
            Ok(())
        })
        .await?;
        let members = "member_no, record_id, relation, birth_on, maintained, disabled, married, ended_on";
        self.each(db, members, "survivor_members", person_ids, |register, row| {
            let is = survivor_member_is(row, 5)?;
            register.survivor_members.push(entry(row, i64::from(row.get::<_, i16>(4)), is));
            Ok(())
        })
        .await?;
        let choices = "valid_from, record_id, filed_on, rights";
        self.each(db, choices, "pension_choices", person_ids, |register, row| {
            let is = ChoiceIs { filed_on: row.get(6), rights: rights(row, 7)?, first: Month::of(row.get(4)) };
            register.choices.push(entry(row, row.get(5), is));
            Ok(())
        })
        .await
    }

    async fn each(
        &mut self,
        db: &impl Db,
        columns: &str,
        table: &str,
        person_ids: &[i64],
        mut take: impl FnMut(&mut Register, &Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {HEAD}, {columns} FROM {table} WHERE person_id = ANY ($1) AND superseded_at IS NULL ORDER BY 1, 5"
        );
        for row in db.rows(&sql, &[&person_ids]).await? {
            let owner: i64 = row.get(0);
            let whose = self.kept.get(&owner).copied().unwrap_or(owner);
            if let Some(register) = self.registers.get_mut(&whose) {
                let known_at: Timestamp = row.get(1);
                register.known_at = register.known_at.max(Some(known_at));
                take(register, &row)?;
            }
        }
        Ok(())
    }
}

fn entry<T>(row: &Row, record_id: i64, is: T) -> Entry<T> {
    Entry { person_id: row.get(0), record_id, is, cause: Cause { filing_id: row.get(2), reason: row.get(3) } }
}

fn account(row: &Row, place: usize) -> Account {
    Account {
        bank_code: row.get(place),
        branch_code: row.get(place + 1),
        account_type: row.get(place + 2),
        account_number: row.get(place + 3),
        holder_kana: row.get(place + 4),
    }
}

/// `filed_on, first_seen_on, resident, fixed_on, grade_at_certification, later_filed_on, later_grade, paid_through`.
pub(crate) fn disability_is(row: &Row, place: usize) -> DisabilityIs {
    let later: (Option<Date>, Option<i16>) = (row.get(place + 5), row.get(place + 6));
    DisabilityIs {
        filed_on: row.get(place),
        first_seen_on: row.get(place + 1),
        resident: row.get(place + 2),
        fixed_on: row.get(place + 3),
        grade_at_certification: row.get(place + 4),
        later: later.0.zip(later.1),
        paid_through: row.get::<_, Option<Date>>(place + 7).map(Month::of),
    }
}

/// `deceased_person_id, filed_on, claimant_member_no, resident, illness_first_seen_on, disability_grade_1_or_2, states_long,
/// paid_through`.
pub(crate) fn survivor_is(row: &Row, place: usize) -> SurvivorIs {
    SurvivorIs {
        deceased_person_id: row.get(place),
        filed_on: row.get(place + 1),
        claimant_no: row.get(place + 2),
        resident: row.get(place + 3),
        illness_first_seen_on: row.get(place + 4),
        disability_grade_1_or_2: row.get(place + 5),
        states_long: row.get(place + 6),
        paid_through: row.get::<_, Option<Date>>(place + 7).map(Month::of),
    }
}

/// `record_id, relation, birth_on, maintained, disabled, married, ended_on`.
pub(crate) fn survivor_member_is(row: &Row, place: usize) -> Result<SurvivorMemberIs, StoreError> {
    let relation = SurvivorRelation::from_code(row.get(place + 1));
    let member = SurvivorMember {
        relation: relation.ok_or(StoreError::Unreadable { what: "survivor_members.relation" })?,
        birth_on: row.get(place + 2),
        maintained: row.get(place + 3),
        disabled: row.get(place + 4),
        married: row.get(place + 5),
    };
    Ok(SurvivorMemberIs { claim_record_id: row.get(place), member, ended_on: row.get(place + 6) })
}

/// 受給権 by their names.
pub(crate) fn rights(row: &Row, place: usize) -> Result<Vec<DrawnRight>, StoreError> {
    let names: Vec<&str> = row.get(place);
    let of = |name: &&str| DrawnRight::from_code(name).ok_or(StoreError::Unreadable { what: "pension_choices.rights" });
    names.iter().map(of).collect()
}

/// Writes the difference as known at `at`: ends first, for the unique indexes look at what is not superseded.
///
/// # Errors
/// `AlreadySuperseded` — a row that was to end has ended meanwhile.
pub async fn write(db: &impl Db, changes: &Changes<'_>, at: Timestamp) -> Result<(), StoreError> {
    let ended = supersede(db, changes, at).await?;
    if usize::try_from(ended).ok() != Some(changes.gone_rows()) {
        return Err(StoreError::AlreadySuperseded);
    }
    insert_records(db, changes, at).await?;
    insert_decisions(db, changes, at).await?;
    insert_grounds(db, changes, at).await
}

async fn supersede(db: &impl Db, changes: &Changes<'_>, at: Timestamp) -> Result<u64, StoreError> {
    let by_record = |table: &str, key: &str| {
        format!("UPDATE {table} SET superseded_at = $3 WHERE person_id = $1 AND {key} = $2 AND superseded_at IS NULL")
    };
    let mut keyed: Vec<(String, i64, i64)> = Vec::new();
    let mut end = |table: &str, person_id: i64, record_id: i64| {
        keyed.push((by_record(table, "record_id"), person_id, record_id));
    };
    changes.spells.gone.iter().for_each(|row| end("pension_spells", row.person_id, row.record_id));
    changes.spans.gone.iter().for_each(|row| end("life_spans", row.person_id, row.record_id));
    changes.years.gone.iter().for_each(|row| end("contribution_years", row.person_id, row.record_id));
    changes.claims.gone.iter().for_each(|row| end("pension_claims", row.person_id, row.record_id));
    changes.reliefs.gone.iter().for_each(|row| end("np_reliefs", row.person_id, row.record_id));
    changes.unpaid.gone.iter().for_each(|row| end("unpaid_benefit_claims", row.person_id, row.record_id));
    changes.disability.gone.iter().for_each(|row| end("disability_claims", row.person_id, row.record_id));
    changes.grades.gone.iter().for_each(|row| end("disability_grades", row.person_id, row.record_id));
    changes.survivor.gone.iter().for_each(|row| end("survivor_claims", row.person_id, row.record_id));
    changes.choices.gone.iter().for_each(|row| end("pension_choices", row.person_id, row.record_id));
    changes.splits.gone.iter().for_each(|row| end("remuneration_splits", row.person_id, row.record_id));
    for row in &changes.survivor_members.gone {
        keyed.push((by_record("survivor_members", "member_no::bigint"), row.person_id, row.record_id));
    }
    for row in &changes.members.gone {
        keyed.push((by_record("household_members", "member_no::bigint"), row.person_id, row.record_id));
    }
    let mut ended = 0;
    for (sql, person_id, record_id) in &keyed {
        ended += db.run(sql, &[person_id, record_id, &at]).await?;
    }
    let deaths = changes.deaths.gone.iter().map(|row| ("deaths", row.person_id));
    for (table, person_id) in deaths.chain(changes.payees.gone.iter().map(|row| ("payees", row.person_id))) {
        let sql = format!("UPDATE {table} SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL");
        ended += db.run(&sql, &[&person_id, &at]).await?;
    }
    Ok(ended)
}

/// One row: its own columns, after who, number, reason, cause and instant.
async fn insert(
    db: &impl Db,
    table: &str,
    columns: &str,
    row: (i64, &Cause),
    own: &[&(dyn ToSql + Sync)],
    at: Timestamp,
) -> Result<(), StoreError> {
    let places: String = (5..5 + own.len()).map(|place| format!(", ${place}")).collect();
    let sql = format!(
        "INSERT INTO {table} (person_id, reason, cause_filing_id, known_at, {columns}) VALUES ($1, $2, $3, $4{places})"
    );
    let (person_id, cause) = row;
    let mut params: Vec<&(dyn ToSql + Sync)> = vec![&person_id, &cause.reason, &cause.filing_id, &at];
    params.extend(own);
    db.run(&sql, &params).await?;
    Ok(())
}

async fn insert_records(db: &impl Db, changes: &Changes<'_>, at: Timestamp) -> Result<(), StoreError> {
    for row in &changes.spells.new {
        let (kind, class) = match row.is.category {
            domain::life::Category::Cat2 { kind, class } => (Some(kind.number()), Some(class.code())),
            _ => (None, None),
        };
        let columns = "record_id, category, employees_kind, employees_class, valid_from, valid_to";
        let own: &[&(dyn ToSql + Sync)] =
            &[&row.record_id, &row.is.category.code(), &kind, &class, &row.is.acquired_on, &row.is.lost_on];
        insert(db, "pension_spells", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.years.new {
        let marks = row.is.to_string();
        let own: &[&(dyn ToSql + Sync)] = &[&row.record_id, &row.is.fiscal_year, &marks];
        let columns = "record_id, fiscal_year, marks";
        insert(db, "contribution_years", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.spans.new {
        let (from, to) = (row.is.first.first_day(), row.is.last.next().first_day());
        let own: &[&(dyn ToSql + Sync)] = &[&row.record_id, &row.is.kind.code(), &from, &to];
        let columns = "record_id, kind, valid_from, valid_to";
        insert(db, "life_spans", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.reliefs.new {
        let (from, to) = (row.is.first.first_day(), row.is.last.next().first_day());
        let own: &[&(dyn ToSql + Sync)] =
            &[&row.record_id, &row.is.relief.code(), &row.is.applied_on, &row.is.decided_on, &from, &to];
        let columns = "record_id, relief, applied_on, decided_on, valid_from, valid_to";
        insert(db, "np_reliefs", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.splits.new {
        let cause = (row.cause.reason.as_str(), row.cause.filing_id);
        splits::insert(db, (row.person_id, row.record_id), &row.is, cause, at).await?;
    }
    Ok(())
}

async fn insert_decisions(db: &impl Db, changes: &Changes<'_>, at: Timestamp) -> Result<(), StoreError> {
    for row in &changes.deaths.new {
        insert(db, "deaths", "died_on", (row.person_id, &row.cause), &[&row.is], at).await?;
    }
    for row in &changes.claims.new {
        let day = |month: Option<Month>| month.map(Month::first_day);
        let is = &row.is;
        let (basic, employees, paid) = (day(is.basic), day(is.employees), day(is.paid_through));
        let own: &[&(dyn ToSql + Sync)] = &[
            &row.record_id,
            &is.filed_on,
            &basic,
            &employees,
            &is.basic_waits,
            &is.employees_waits,
            &is.spouse_addition_moves,
            &paid,
        ];
        let columns = "record_id, filed_on, basic_claim_month, employees_claim_month, basic_waits, employees_waits,
            spouse_addition_moves, paid_through";
        insert(db, "pension_claims", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.payees.new {
        let Account { bank_code, branch_code, account_type, account_number, holder_kana } = &row.is;
        let own: &[&(dyn ToSql + Sync)] = &[bank_code, branch_code, account_type, account_number, holder_kana];
        let columns = "bank_code, branch_code, account_type, account_number, holder_kana";
        insert(db, "payees", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.members.new {
        let (is, member) = (&row.is, &row.is.member);
        let member_no = i16::try_from(row.record_id).map_err(|_| StoreError::Unreadable { what: "member_no" })?;
        let own: &[&(dyn ToSql + Sync)] = &[
            &member_no,
            &member.relation.code(),
            &is.member_person_id,
            &member.birth_on,
            &member.dependent,
            &member.disabled,
            &member.own_old_age_from,
            &member.since,
            &is.ended_on,
        ];
        let columns = "member_no, relation, member_person_id, birth_on, dependent, disabled, own_old_age_from,
            valid_from, valid_to";
        insert(db, "household_members", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.unpaid.new {
        let (is, account) = (&row.is, &row.is.account);
        let own: &[&(dyn ToSql + Sync)] = &[
            &row.record_id,
            &is.claimant_person_id,
            &account.holder_kana,
            &is.relation.code(),
            &is.shared_livelihood,
            &is.filed_on,
            &account.bank_code,
            &account.branch_code,
            &account.account_type,
            &account.account_number,
        ];
        let columns = "record_id, claimant_person_id, claimant_kana, relation, shared_livelihood, filed_on, bank_code,
            branch_code, account_type, account_number";
        insert(db, "unpaid_benefit_claims", columns, (row.person_id, &row.cause), own, at).await?;
    }
    Ok(())
}

async fn insert_grounds(db: &impl Db, changes: &Changes<'_>, at: Timestamp) -> Result<(), StoreError> {
    let day = |month: Option<Month>| month.map(Month::first_day);
    for row in &changes.disability.new {
        let (is, paid) = (&row.is, day(row.is.paid_through));
        let (later_filed_on, later_grade) = (is.later.map(|later| later.0), is.later.map(|later| later.1));
        let own: &[&(dyn ToSql + Sync)] = &[
            &row.record_id,
            &is.filed_on,
            &is.first_seen_on,
            &is.resident,
            &is.fixed_on,
            &is.grade_at_certification,
            &later_filed_on,
            &later_grade,
            &paid,
        ];
        let columns = "record_id, filed_on, first_seen_on, resident, fixed_on, grade_at_certification, later_filed_on,
            later_grade, paid_through";
        insert(db, "disability_claims", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.grades.new {
        let from = row.is.first.first_day();
        let own: &[&(dyn ToSql + Sync)] = &[&row.record_id, &row.is.grade, &row.is.reviewed_on, &from];
        let columns = "record_id, grade, reviewed_on, valid_from";
        insert(db, "disability_grades", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.survivor.new {
        let (is, paid) = (&row.is, day(row.is.paid_through));
        let own: &[&(dyn ToSql + Sync)] = &[
            &row.record_id,
            &is.deceased_person_id,
            &is.filed_on,
            &is.claimant_no,
            &is.resident,
            &is.illness_first_seen_on,
            &is.disability_grade_1_or_2,
            &is.states_long,
            &paid,
        ];
        let columns = "record_id, deceased_person_id, filed_on, claimant_member_no, resident, illness_first_seen_on,
            disability_grade_1_or_2, states_long, paid_through";
        insert(db, "survivor_claims", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.survivor_members.new {
        let (is, member) = (&row.is, &row.is.member);
        let member_no = i16::try_from(row.record_id).map_err(|_| StoreError::Unreadable { what: "member_no" })?;
        let own: &[&(dyn ToSql + Sync)] = &[
            &is.claim_record_id,
            &member_no,
            &member.relation.code(),
            &member.birth_on,
            &member.maintained,
            &member.disabled,
            &member.married,
            &is.ended_on,
        ];
        let columns = "record_id, member_no, relation, birth_on, maintained, disabled, married, ended_on";
        insert(db, "survivor_members", columns, (row.person_id, &row.cause), own, at).await?;
    }
    for row in &changes.choices.new {
        let rights: Vec<&str> = row.is.rights.iter().map(|right| right.code()).collect();
        let from = row.is.first.first_day();
        let own: &[&(dyn ToSql + Sync)] = &[&row.record_id, &row.is.filed_on, &rights, &from];
        let columns = "record_id, filed_on, rights, valid_from";
        insert(db, "pension_choices", columns, (row.person_id, &row.cause), own, at).await?;
    }
    Ok(())
}
