//! 届書 — filings, their course, the decision on them and the queue for the night.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio_postgres::Row;

use crate::db::{Db, Params};
use crate::error::StoreError;

/// 誰の届か.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// 事業所の届.
    Employer(i64),
    /// 人の届.
    Person(i64),
}

impl Whose {
    /// 事業所, of an employer's filing.
    pub const fn employer_id(self) -> Option<i64> {
        match self {
            Whose::Employer(employer_id) => Some(employer_id),
            Whose::Person(_) => None,
        }
    }

    /// 人, of a person's filing.
    pub const fn person_id(self) -> Option<i64> {
        match self {
            Whose::Employer(_) => None,
            Whose::Person(person_id) => Some(person_id),
        }
    }
}

/// 届書 to be received.
#[derive(Clone)]
pub struct NewFiling<'a> {
    /// 様式コード, `2200700`.
    pub form_code: &'a str,
    /// 経路: `counter`, `post`, `media`, `online`, `contractor`, `municipality`.
    pub channel: &'a str,
    /// The office that receives it.
    pub office_code: &'a str,
    /// Whose filing.
    pub whose: Whose,
    /// 被保険者整理番号 it is about.
    pub insured_number: Option<i32>,
    /// What it says, without 個人番号.
    pub payload: &'a Value,
    /// 個人番号, sealed.
    pub my_number_sealed: Option<&'a [u8]>,
    /// Who sends: the namespace of the key.
    pub sender: &'a str,
    /// The sender's own key of this filing.
    pub sender_key: &'a str,
    /// The medium it came on.
    pub media_file_id: Option<i64>,
    /// Its line there.
    pub media_line: Option<i32>,
    /// 業務日付 of the reception.
    pub business_on: Date,
    /// The clerk who received it.
    pub received_by: Option<i64>,
}

impl NewFiling<'_> {
    /// The same content gives the same fingerprint, whoever sends it and in whatever order its keys come.
    pub fn content_sha256(&self) -> [u8; 32] {
        let mut text = match self.whose {
            Whose::Employer(employer_id) => format!("{}\n{employer_id}\n", self.form_code),
            Whose::Person(person_id) => format!("{}\nperson {person_id}\n", self.form_code),
        };
        write_canonical(self.payload, &mut text);
        Sha256::digest(text).into()
    }
}

/// JSON with sorted keys.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, member) in members {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// 受付 — what a sender is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Our number.
    pub filing_id: i64,
    /// 受付番号.
    pub reception_number: String,
    /// The sender's key was known: this is the first reception again, and nothing was written.
    pub repeated: bool,
    /// False when a repeat says something else than the first time; the sender uses one key for two filings.
    pub same_content: bool,
}

/// 届書 as it was received.
#[derive(Clone)]
pub struct Filing {
    /// Our number.
    pub filing_id: i64,
    /// 受付番号.
    pub reception_number: String,
    /// 様式コード.
    pub form_code: String,
    /// 経路.
    pub channel: String,
    /// The office that received it.
    pub office_code: String,
    /// Whose filing.
    pub whose: Whose,
    /// 被保険者整理番号 it is about.
    pub insured_number: Option<i32>,
    /// What it says.
    pub payload: Value,
    /// 個人番号, sealed.
    pub my_number_sealed: Option<Vec<u8>>,
    /// Who sent it.
    pub sender: String,
    /// The medium it came on.
    pub media_file_id: Option<i64>,
    /// Its line there.
    pub media_line: Option<i32>,
    /// 業務日付 of the reception.
    pub business_on: Date,
    /// The clerk who received it.
    pub received_by: Option<i64>,
    /// Since when we know.
    pub known_at: Timestamp,
}

/// The payload holds names and numbers.
impl fmt::Debug for Filing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Filing")
            .field("reception_number", &self.reception_number)
            .field("form_code", &self.form_code)
            .finish_non_exhaustive()
    }
}

const FILING: &str = "f.filing_id, f.reception_number, f.form_code, f.channel, f.office_code, f.employer_id,
    f.insured_number, f.payload, f.my_number_sealed, f.sender, f.media_file_id, f.media_line, f.business_on,
    f.received_by, f.known_at, f.person_id";

fn filing_of(row: &Row) -> Filing {
    Filing {
        filing_id: row.get(0),
        reception_number: row.get(1),
        form_code: row.get(2),
        channel: row.get(3),
        office_code: row.get(4),
        whose: match (row.get(5), row.get::<_, Option<i64>>(15)) {
            (Some(employer_id), _) => Whose::Employer(employer_id),
            (None, person_id) => Whose::Person(person_id.expect("a filing has an employer or a person, by its CHECK")),
        },
        insured_number: row.get(6),
        payload: row.get(7),
        my_number_sealed: row.get(8),
        sender: row.get(9),
        media_file_id: row.get(10),
        media_line: row.get(11),
        business_on: row.get(12),
        received_by: row.get(13),
        known_at: row.get(14),
    }
}

const RECEIVE: &str = "
        INSERT INTO filings (reception_number, form_code, channel, office_code, employer_id, insured_number, payload,
            payload_sha256, my_number_sealed, sender, sender_key, media_file_id, media_line, business_on, received_by,
            person_id)
        SELECT n.office_code || '-' || to_char(n.business_on, 'YYYYMMDD') || '-'
                || lpad(n.serial, greatest(6, length(n.serial)), '0'),
            n.form_code, n.channel, n.office_code, n.employer_id, n.insured_number, n.payload::jsonb,
            n.payload_sha256, n.my_number_sealed, n.sender, n.sender_key, n.media_file_id, n.media_line,
            n.business_on, n.received_by, n.person_id
        FROM (
            SELECT *, nextval('reception_serials')::text AS serial
            FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::integer[], $6::text[], $7::bytea[],
                $8::bytea[], $9::text[], $10::text[], $11::bigint[], $12::integer[], $13::date[], $14::bigint[],
                $15::bigint[])
                WITH ORDINALITY
                AS u (form_code, channel, office_code, employer_id, insured_number, payload, payload_sha256,
                    my_number_sealed, sender, sender_key, media_file_id, media_line, business_on, received_by, person_id,
                    place)
            ORDER BY place
        ) AS n
        ORDER BY n.place
        ON CONFLICT (sender, sender_key) DO NOTHING
        RETURNING filing_id, reception_number, sender, sender_key";

/// 受付 — writes the filing, once per key of the sender; the same key again gives the first reception.
///
/// # Errors
/// `UnknownReference` — no such employer, person, office, clerk or medium.
pub async fn receive(db: &impl Db, new: &NewFiling<'_>) -> Result<Reception, StoreError> {
    let mut receptions = receive_many(db, std::slice::from_ref(new)).await?;
    Ok(receptions.pop().expect("one reception per filing"))
}

/// 一括受付 — as [`receive`] for the filings of a file, in one statement; receptions in the same order.
///
/// A key that comes twice among `news` is received once.
pub async fn receive_many(db: &impl Db, news: &[NewFiling<'_>]) -> Result<Vec<Reception>, StoreError> {
    let payloads: Vec<String> = news.iter().map(|new| new.payload.to_string()).collect();
    let digests: Vec<[u8; 32]> = news.iter().map(NewFiling::content_sha256).collect();
    let digests: Vec<&[u8]> = digests.iter().map(<[u8; 32]>::as_slice).collect();
    let params: Params<'_> = &[
        &column(news, |new| new.form_code),
        &column(news, |new| new.channel),
        &column(news, |new| new.office_code),
        &column(news, |new| new.whose.employer_id()),
        &column(news, |new| new.insured_number),
        &payloads,
        &digests,
        &column(news, |new| new.my_number_sealed),
        &column(news, |new| new.sender),
        &column(news, |new| new.sender_key),
        &column(news, |new| new.media_file_id),
        &column(news, |new| new.media_line),
        &column(news, |new| new.business_on),
        &column(news, |new| new.received_by),
        &column(news, |new| new.whose.person_id()),
    ];
    let written = db.rows(RECEIVE, params).await?;
    if written.len() == news.len() {
        return Ok(written.iter().map(first_reception).collect());
    }
    with_repeats(db, news, &digests, &written).await
}

fn column<'a, T>(news: &[NewFiling<'a>], field: impl Fn(&NewFiling<'a>) -> T) -> Vec<T> {
    news.iter().map(field).collect()
}

fn first_reception(row: &Row) -> Reception {
    Reception { filing_id: row.get(0), reception_number: row.get(1), repeated: false, same_content: true }
}

/// Some keys were known: looks those up, in a statement of its own that sees what was committed meanwhile.
async fn with_repeats(
    db: &impl Db,
    news: &[NewFiling<'_>],
    digests: &[&[u8]],
    written: &[Row],
) -> Result<Vec<Reception>, StoreError> {
    const SQL: &str = "
        SELECT u.place, f.filing_id, f.reception_number, f.payload_sha256 = u.payload_sha256
        FROM unnest($1::text[], $2::text[], $3::bytea[]) WITH ORDINALITY AS u (sender, sender_key, payload_sha256, place)
        JOIN filings f ON f.sender = u.sender AND f.sender_key = u.sender_key
        ORDER BY u.place";
    let keys: Params<'_> = &[&column(news, |new| new.sender), &column(news, |new| new.sender_key), &digests];
    let mut fresh: std::collections::BTreeSet<i64> = written.iter().map(|row| row.get(0)).collect();
    let found = db.rows(SQL, keys).await?;
    assert_eq!(found.len(), news.len(), "a key that could not be written is there, by its unique index");
    let reception = |row: &Row| {
        let filing_id = row.get(1);
        // The first filing of a key is the reception; a later one in the same file is a repeat of it.
        let repeated = !fresh.remove(&filing_id);
        Reception { filing_id, reception_number: row.get(2), repeated, same_content: row.get(3) }
    };
    Ok(found.iter().map(reception).collect())
}

/// The filing of this number.
pub async fn find(db: &impl Db, filing_id: i64) -> Result<Option<Filing>, StoreError> {
    let sql = format!("SELECT {FILING} FROM filings f WHERE f.filing_id = $1");
    Ok(db.row_opt(&sql, &[&filing_id]).await?.as_ref().map(filing_of))
}

/// The filing of this 受付番号.
pub async fn find_by_reception_number(db: &impl Db, reception_number: &str) -> Result<Option<Filing>, StoreError> {
    let sql = format!("SELECT {FILING} FROM filings f WHERE f.reception_number = $1");
    Ok(db.row_opt(&sql, &[&reception_number]).await?.as_ref().map(filing_of))
}

/// 届書経過の段階.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 受付.
    Received,
    /// 入力.
    Entered,
    /// 審査.
    Examined,
    /// 返戻.
    Returned,
    /// 起案.
    Drafted,
    /// 決裁.
    Approved,
    /// 否決.
    Refused,
    /// 反映.
    Applied,
    /// 通知.
    Notified,
    /// 完了.
    Completed,
}

impl Step {
    /// Every step, in the order of a course.
    pub const ALL: [Step; 10] = [
        Step::Received,
        Step::Entered,
        Step::Examined,
        Step::Returned,
        Step::Drafted,
        Step::Approved,
        Step::Refused,
        Step::Applied,
        Step::Notified,
        Step::Completed,
    ];

    /// As the database and machines name it.
    pub const fn code(self) -> &'static str {
        match self {
            Step::Received => "received",
            Step::Entered => "entered",
            Step::Examined => "examined",
            Step::Returned => "returned",
            Step::Drafted => "drafted",
            Step::Approved => "approved",
            Step::Refused => "refused",
            Step::Applied => "applied",
            Step::Notified => "notified",
            Step::Completed => "completed",
        }
    }

    /// As people name it.
    pub const fn name(self) -> &'static str {
        match self {
            Step::Received => "受付",
            Step::Entered => "入力",
            Step::Examined => "審査",
            Step::Returned => "返戻",
            Step::Drafted => "起案",
            Step::Approved => "決裁",
            Step::Refused => "否決",
            Step::Applied => "反映",
            Step::Notified => "通知",
            Step::Completed => "完了",
        }
    }

    /// From the name in the database.
    pub fn from_code(code: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// Who took a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'a> {
    /// A clerk.
    Clerk(i64),
    /// A process of ours: `intake`, `night`.
    System(&'a str),
}

/// 経過の一段 to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewStep<'a> {
    /// Which.
    pub step: Step,
    /// Who.
    pub by: By<'a>,
    /// A word for those who ask, without names and numbers of persons.
    pub note: Option<&'a str>,
}

const APPEND_STEPS: &str = "
        INSERT INTO filing_steps (filing_id, step_no, step, by_clerk, by_system, note)
        SELECT f.filing_id, coalesce(last.step_no, 0) + s.place, s.step, s.by_clerk, s.by_system, s.note
        FROM unnest($1::bigint[]) AS f (filing_id)
        LEFT JOIN LATERAL (
            SELECT max(step_no) AS step_no FROM filing_steps WHERE filing_id = f.filing_id
        ) AS last ON true
        CROSS JOIN unnest($2::text[], $3::bigint[], $4::text[], $5::text[])
            WITH ORDINALITY AS s (step, by_clerk, by_system, note, place)";

/// Adds the same steps to the course of each filing, in one statement.
///
/// # Errors
/// `CourseMoved` — somebody else took a step of one of them at the same moment; look it up again.
pub async fn append_steps(db: &impl Db, filing_ids: &[i64], steps: &[NewStep<'_>]) -> Result<(), StoreError> {
    let codes: Vec<&str> = steps.iter().map(|step| step.step.code()).collect();
    let clerks: Vec<Option<i64>> = steps
        .iter()
        .map(|step| match step.by {
            By::Clerk(clerk_id) => Some(clerk_id),
            By::System(_) => None,
        })
        .collect();
    let systems: Vec<Option<&str>> = steps
        .iter()
        .map(|step| match step.by {
            By::Clerk(_) => None,
            By::System(name) => Some(name),
        })
        .collect();
    let notes: Vec<Option<&str>> = steps.iter().map(|step| step.note).collect();
    db.run(APPEND_STEPS, &[&filing_ids, &codes, &clerks, &systems, &notes]).await?;
    Ok(())
}

/// Adds one step to the course of one filing.
///
/// # Errors
/// As [`append_steps`].
pub async fn append_step(
    db: &impl Db,
    filing_id: i64,
    step: Step,
    by: By<'_>,
    note: Option<&str>,
) -> Result<(), StoreError> {
    append_steps(db, &[filing_id], &[NewStep { step, by, note }]).await
}

/// 経過の一段 as it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseStep {
    /// 1, 2, …
    pub step_no: i16,
    /// Which.
    pub step: Step,
    /// The clerk who took it.
    pub by_clerk: Option<i64>,
    /// That clerk's office.
    pub by_office: Option<String>,
    /// The process that took it.
    pub by_system: Option<String>,
    /// A word for those who ask.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// 届書経過 — every step of a filing, in order.
pub async fn course(db: &impl Db, filing_id: i64) -> Result<Vec<CourseStep>, StoreError> {
    const SQL: &str = "
        SELECT s.step_no, s.step, s.by_clerk, c.office_code, s.by_system, s.note, s.at
        FROM filing_steps s LEFT JOIN clerks c ON c.clerk_id = s.by_clerk
        WHERE s.filing_id = $1 ORDER BY s.step_no";
    let step = |row: &Row| {
        Ok(CourseStep {
            step_no: row.get(0),
            step: step_of(row.get(1))?,
            by_clerk: row.get(2),
            by_office: row.get(3),
            by_system: row.get(4),
            note: row.get(5),
            at: row.get(6),
        })
    };
    db.rows(SQL, &[&filing_id]).await?.iter().map(step).collect()
}

fn step_of(code: &str) -> Result<Step, StoreError> {
    Step::from_code(code).ok_or(StoreError::Unreadable { what: "filing_steps.step" })
}

/// The last step of a filing: where it is.
pub async fn state(db: &impl Db, filing_id: i64) -> Result<Option<Step>, StoreError> {
    const SQL: &str = "SELECT step FROM filing_steps WHERE filing_id = $1 ORDER BY step_no DESC LIMIT 1";
    db.row_opt(SQL, &[&filing_id]).await?.map(|row| step_of(row.get(0))).transpose()
}

/// Filings of an office with where they are, the newest first, before `before_filing_id`, at most `limit`.
///
/// - `state`: only those whose last step is this
pub async fn list(
    db: &impl Db,
    office_code: &str,
    state: Option<Step>,
    before_filing_id: Option<i64>,
    limit: i64,
) -> Result<Vec<(Filing, Step)>, StoreError> {
    let sql = format!(
        "SELECT {FILING}, last.step FROM filings f
        JOIN LATERAL (
            SELECT step FROM filing_steps s WHERE s.filing_id = f.filing_id ORDER BY step_no DESC LIMIT 1
        ) AS last ON true
        WHERE f.office_code = $1 AND ($2::text IS NULL OR last.step = $2) AND f.filing_id < coalesce($3, {})
        ORDER BY f.filing_id DESC LIMIT $4",
        i64::MAX
    );
    let rows = db.rows(&sql, &[&office_code, &state.map(Step::code), &before_filing_id, &limit]).await?;
    rows.iter().map(|row| Ok((filing_of(row), step_of(row.get(16))?))).collect()
}

/// 決定 as it stands.
#[derive(Clone, Debug)]
pub struct Decision {
    /// `approved` or `refused`.
    pub outcome: String,
    /// 起案した職員.
    pub drafted_by: Option<i64>,
    /// 決裁した職員; a human decision without one is a draft.
    pub approved_by: Option<i64>,
    /// `human` or `automatic_media`.
    pub rule: String,
    /// 計算の明細.
    pub receipt: Option<Value>,
    /// Since when we know.
    pub known_at: Timestamp,
}

impl Decision {
    /// 起案: waits for somebody else's approval.
    pub fn is_draft(&self) -> bool {
        self.rule == "human" && self.approved_by.is_none()
    }
}

/// The decision on a filing as it stands, a draft included.
pub async fn decision(db: &impl Db, filing_id: i64) -> Result<Option<Decision>, StoreError> {
    const SQL: &str = "
        SELECT outcome, drafted_by, approved_by, rule, receipt, known_at
        FROM decisions WHERE filing_id = $1 AND superseded_at IS NULL ORDER BY known_at DESC LIMIT 1";
    Ok(db.row_opt(SQL, &[&filing_id]).await?.map(|row| Decision {
        outcome: row.get(0),
        drafted_by: row.get(1),
        approved_by: row.get(2),
        rule: row.get(3),
        receipt: row.get(4),
        known_at: row.get(5),
    }))
}

/// 起案 — a clerk proposes to approve or refuse; the step goes into the course. Call it under the filing's lock.
///
/// # Errors
/// `CourseMoved` — it has been drafted already.
pub async fn draft(
    db: &impl Db,
    filing_id: i64,
    clerk_id: i64,
    approve: bool,
    receipt: Option<&Value>,
    note: Option<&str>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO decisions (filing_id, outcome, drafted_by, rule, receipt)
        SELECT $1, $2, $3, 'human', $4
        WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE filing_id = $1 AND superseded_at IS NULL)";
    let written = db.run(SQL, &[&filing_id, &outcome(approve), &clerk_id, &receipt]).await?;
    if written == 0 {
        return Err(StoreError::CourseMoved(crate::error::Cause::text("a decision on this filing stands")));
    }
    append_step(db, filing_id, Step::Drafted, By::Clerk(clerk_id), note).await
}

fn outcome(approve: bool) -> &'static str {
    if approve { "approved" } else { "refused" }
}

/// 決裁 — another clerk approves or refuses what was drafted. Approved filings go into the queue of the night.
///
/// # Errors
/// `SamePersonDecides` — the drafter cannot; `AlreadySuperseded` — there is no draft (any more).
pub async fn decide(
    db: &impl Db,
    filing_id: i64,
    clerk_id: i64,
    approve: bool,
    note: Option<&str>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        WITH draft AS (
            UPDATE decisions SET superseded_at = greatest(now(), known_at + interval '1 microsecond')
            WHERE filing_id = $1 AND superseded_at IS NULL AND rule = 'human' AND approved_by IS NULL
            RETURNING *
        )
        INSERT INTO decisions (filing_id, outcome, drafted_by, approved_by, rule, receipt, known_at)
        SELECT filing_id, $2, drafted_by, $3, rule, receipt, superseded_at FROM draft";
    if db.run(SQL, &[&filing_id, &outcome(approve), &clerk_id]).await? == 0 {
        return Err(StoreError::AlreadySuperseded);
    }
    let step = if approve { Step::Approved } else { Step::Refused };
    append_step(db, filing_id, step, By::Clerk(clerk_id), note).await?;
    if approve { enqueue(db, &[filing_id]).await } else { Ok(()) }
}

/// 機械審査による決裁 — approves filings of a clean medium by rule: decisions, steps and queue.
///
/// - `by`: the process, `intake`
pub async fn approve_by_rule(db: &impl Db, filing_ids: &[i64], by: &str) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO decisions (filing_id, outcome, rule)
        SELECT filing_id, 'approved', 'automatic_media' FROM unnest($1::bigint[]) AS f (filing_id)";
    db.run(SQL, &[&filing_ids]).await?;
    append_steps(db, filing_ids, &[NewStep { step: Step::Approved, by: By::System(by), note: Some("機械審査") }])
        .await?;
    enqueue(db, filing_ids).await
}

/// Puts approved filings into the queue of the night; one that is there stays.
pub async fn enqueue(db: &impl Db, filing_ids: &[i64]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO application_queue (filing_id, employer_id, person_id)
        SELECT filing_id, employer_id, CASE WHEN employer_id IS NULL THEN person_id END FROM filings WHERE filing_id = ANY ($1)
        ON CONFLICT (filing_id) DO NOTHING";
    db.run(SQL, &[&filing_ids]).await?;
    Ok(())
}

/// Takes filings out of the queue; returns how many were in it.
pub async fn dequeue(db: &impl Db, filing_ids: &[i64]) -> Result<u64, StoreError> {
    db.run("DELETE FROM application_queue WHERE filing_id = ANY ($1)", &[&filing_ids]).await
}

/// 夜間処理中 — an unfinished night has this queued filing before it: it was approved before the cut-off, and the
/// filings of that night are not all decided. Ask inside the transaction that would change it.
pub async fn claimed_by_night(db: &impl Db, filing_id: i64) -> Result<bool, StoreError> {
    const SQL: &str = "
        SELECT EXISTS (
            SELECT FROM application_queue q JOIN runs r ON r.cutoff_at IS NULL OR r.cutoff_at > q.approved_at
            WHERE q.filing_id = $1 AND r.state IN ('planning', 'running', 'stopped') AND NOT EXISTS (
                SELECT FROM run_jobs j WHERE j.run_id = r.run_id AND j.state = 'done'
                    AND j.job = CASE WHEN q.person_id IS NULL THEN 'apply_filings' ELSE 'apply_person_filings' END))";
    Ok(db.row(SQL, &[&filing_id]).await?.get(0))
}

/// 決裁後の返戻 — gives an approved filing back instead of leaving it to the night: the step, the end of the approval,
/// the queue. Call it under the filing's lock. The night writes in the same order, so that of the two one waits for
/// the other and neither for both.
///
/// Returns false when the filing is not in the queue (any more); the caller rolls back.
///
/// # Errors
/// `CourseMoved` — the night has closed it in this moment.
pub async fn give_back_approved(
    db: &impl Db,
    filing_id: i64,
    clerk_id: i64,
    note: Option<&str>,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE decisions SET superseded_at = greatest(now(), known_at + interval '1 microsecond')
        WHERE filing_id = $1 AND superseded_at IS NULL";
    append_step(db, filing_id, Step::Returned, By::Clerk(clerk_id), note).await?;
    db.run(SQL, &[&filing_id]).await?;
    Ok(dequeue(db, &[filing_id]).await? == 1)
}

/// 夜間処理の保留 — why the night left a filing in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The night.
    pub run_id: String,
    /// Reason for machines.
    pub code: String,
    /// Reason in Japanese.
    pub message: String,
}

/// Why the last night that looked at a filing held it; `None` when no night did, or when it is not in the queue any
/// more.
pub async fn held(db: &impl Db, filing_id: i64) -> Result<Option<Held>, StoreError> {
    const SQL: &str = "
        SELECT v.run_id, v.code, v.message FROM run_verdicts v JOIN runs r USING (run_id)
        WHERE v.subject = $2 AND v.verdict = 'held'
            AND EXISTS (SELECT FROM application_queue q WHERE q.filing_id = $1)
        ORDER BY r.created_at DESC, v.run_id DESC, v.code LIMIT 1";
    let subject = format!("filing:{filing_id}");
    let row = db.row_opt(SQL, &[&filing_id, &subject]).await?;
    Ok(row.map(|row| Held { run_id: row.get(0), code: row.get(1), message: row.get(2) }))
}

/// Holds the filing until the end of the transaction, so that two clerks cannot take its next step at once.
pub async fn lock(db: &impl Db, filing_id: i64) -> Result<Option<Filing>, StoreError> {
    let sql = format!("SELECT {FILING} FROM filings f WHERE f.filing_id = $1 FOR NO KEY UPDATE");
    Ok(db.row_opt(&sql, &[&filing_id]).await?.as_ref().map(filing_of))
}

/// 一件の受付で送る SQL — what one 資格取得届 at a terminal sends, in order, between `BEGIN` and `COMMIT`: for a
/// benchmark that replays the same statements without us. A 個人番号 adds one more (`my_number::record_filed`).
pub fn statements_of_one_filing() -> [String; 6] {
    [
        crate::employers::lock_by_symbol_sql(),
        crate::examination::PERSONS_BY_PENSION_NUMBER.to_owned(),
        crate::examination::PENDING.to_owned(),
        crate::examination::COVERS.to_owned(),
        RECEIVE.to_owned(),
        APPEND_STEPS.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn filing(payload: &Value) -> NewFiling<'_> {
        NewFiling {
            form_code: "2200700",
            channel: "media",
            office_code: "1301",
            whose: Whose::Employer(1),
            insured_number: None,
            payload,
            my_number_sealed: None,
            sender: "21-01-ﾃｽﾄ",
            sender_key: "1",
            media_file_id: None,
            media_line: None,
            business_on: date(2026, 4, 1),
            received_by: None,
        }
    }

    #[test]
    fn content_is_the_same_in_whatever_order_it_is_written() {
        let (one, two) =
            (json!({"a": 1, "b": {"c": [1, 2], "d": null}}), json!({"b": {"d": null, "c": [1, 2]}, "a": 1}));
        assert_eq!(filing(&one).content_sha256(), filing(&two).content_sha256());
        for other in [json!({"a": 1}), json!({"a": 1, "b": {"c": [2, 1], "d": null}}), json!({"a": "1"})] {
            assert_ne!(filing(&one).content_sha256(), filing(&other).content_sha256());
        }
    }

    #[test]
    fn the_same_words_about_an_employer_and_a_person_are_two_filings() {
        let payload = json!({"a": 1});
        let of_person = NewFiling { whose: Whose::Person(1), ..filing(&payload) };
        assert_ne!(filing(&payload).content_sha256(), of_person.content_sha256());
    }

    #[test]
    fn steps_have_one_code_each() {
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
        assert_eq!(Step::from_code("lost"), None);
    }
}
