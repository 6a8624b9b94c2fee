//! 一生の記録を書く — small lives for tests, row by row as a conversion would have left them.

use domain::Month;
use jiff::civil::Date;
use jiff::{Timestamp, civil::date};
use store::Session;

/// When everything here was known, unless a test says otherwise: before every night of the tests.
pub const CONVERTED_ON: Date = date(2020, 1, 1);

/// A writer of lives into one database.
pub struct Lives<'a> {
    session: &'a mut Session,
    /// Says when the rows were known.
    pub known_at: Timestamp,
    /// The filing that the rows cite.
    pub cause_filing_id: Option<i64>,
    /// The number of the next row is one more.
    pub next_record: i64,
}

impl<'a> Lives<'a> {
    /// Rows that were known since the conversion.
    pub fn new(session: &'a mut Session) -> Lives<'a> {
        let at = CONVERTED_ON.to_zoned(jiff::tz::TimeZone::UTC).expect("a day").timestamp();
        Lives { session, known_at: at, cause_filing_id: None, next_record: 1_000_001 }
    }

    fn execute(&mut self, sql: &str) {
        let known = format!("'{}'", self.known_at);
        let cause = self.cause_filing_id.map_or("NULL".to_owned(), |id| id.to_string());
        let sql = sql.replace("@known", &known).replace("@cause", &cause);
        self.session.run(async |db| db.batch_execute(&sql).await).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn record(&mut self) -> i64 {
        self.next_record += 1;
        self.next_record
    }

    /// Somebody with a name, a number and a home.
    pub fn person(&mut self, person_id: i64, birth_on: Date, sex: i16) {
        self.execute(&format!(
            "INSERT INTO persons (person_id, known_at) VALUES ({person_id}, @known);
             INSERT INTO person_identities
                 (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from, known_at)
             VALUES ({person_id}, 'ネンリン　ヒト{person_id}', '年輪　人{person_id}', '{birth_on}', {sex}, '移行',
                 '{birth_on}', @known);
             INSERT INTO person_numbers (person_id, kind, number, reason, valid_from, known_at)
             VALUES ({person_id}, 'basic_pension_number', '{number:010}', '移行', '{birth_on}', @known);
             INSERT INTO addresses (person_id, zip, prefecture_code, address_kanji, reason, valid_from, known_at)
             VALUES ({person_id}, '1000001', 13, '東京都千代田区千代田１－１', '移行', '{birth_on}', @known)",
            number = 9_100_000_000 + person_id,
        ));
    }

    /// 資格期間 of 国民年金: `cat1`, `cat3`, `voluntary`, `special_voluntary`. Gives the row's number.
    pub fn spell(&mut self, person_id: i64, category: &str, from: Date, until: Option<Date>) -> i64 {
        let record = self.record();
        self.execute(&format!(
            "INSERT INTO pension_spells (record_id, person_id, category, reason, cause_filing_id, valid_from, valid_to, known_at)
             VALUES ({record}, {person_id}, '{category}', '移行', @cause, '{from}', {until}, @known)",
            until = sql_date(until),
        ));
        record
    }

    /// 厚生年金 (第1号) at one standard, ended; bonuses of a month and yen each. Gives the row's number.
    pub fn employment(
        &mut self,
        person_id: i64,
        from: Date,
        until: Date,
        standard_yen: i32,
        bonuses: &[(Month, i32)],
    ) -> i64 {
        let record = self.record();
        let (first, last) = (Month::of(from), Month::of(until).previous().max(Month::of(from)));
        let list = |values: Vec<String>| format!("'{{{}}}'::integer[]", values.join(","));
        self.execute(&format!(
            "INSERT INTO pension_spells (record_id, person_id, category, employees_kind, employees_class, reason,
                 cause_filing_id, valid_from, valid_to, known_at)
             VALUES ({record}, {person_id}, 'cat2', 1, 'ordinary', '移行', @cause, '{from}', '{until}', @known);
             INSERT INTO remuneration_records (record_id, person_id, employees_kind, deemed_by_split, standard_months,
                 standards_yen, last_month, bonus_months, bonuses_yen, reason, cause_filing_id, known_at)
             VALUES ({record}, {person_id}, 1, false, '{{{first}}}', '{{{standard_yen}}}', {last}, {months}, {yen}, '移行',
                 @cause, @known)",
            first = number(first),
            last = number(last),
            months = list(bonuses.iter().map(|(month, _)| number(*month).to_string()).collect()),
            yen = list(bonuses.iter().map(|(_, yen)| yen.to_string()).collect()),
        ));
        record
    }

    /// 納付記録 of a run of fiscal years, all months the same letter, but only from `first` to `last`.
    pub fn marks(&mut self, person_id: i64, letter: char, first: Month, last: Month) {
        for year in first.fiscal_year()..=last.fiscal_year() {
            let april = Month::new(year, 4).expect("April");
            let mark = |place: i32| {
                let month = april.plus(place);
                if first <= month && month <= last { letter } else { '.' }
            };
            let marks: String = (0..12).map(mark).collect();
            let record = self.record();
            self.execute(&format!(
                "INSERT INTO contribution_years (record_id, person_id, fiscal_year, marks, reason, cause_filing_id, known_at)
                 VALUES ({record}, {person_id}, {year}, '{marks}', '移行', @cause, @known)"
            ));
        }
    }

    /// 第1号 from one day to another, every counted month paid.
    pub fn paid(&mut self, person_id: i64, from: Date, until: Date) {
        self.spell(person_id, "cat1", from, Some(until));
        self.marks(person_id, 'P', Month::of(from), Month::of(until).previous());
    }

    /// 老齢年金の請求, taken at 65 or as 特別支給; before the conversion paid through `paid_through`.
    pub fn claim(&mut self, person_id: i64, filed_on: Date, paid_through: Option<Month>) {
        let record = self.record();
        self.execute(&format!(
            "INSERT INTO pension_claims (record_id, person_id, filed_on, basic_waits, employees_waits, spouse_addition_moves,
                 paid_through, reason, cause_filing_id, known_at)
             VALUES ({record}, {person_id}, '{filed_on}', false, false, false, {paid}, '移行', @cause, @known)",
            paid = sql_date(paid_through.map(Month::first_day)),
        ));
    }

    /// 障害年金の請求: the grade of the 認定日 (0 none, 4 障害手当金の程度), seen while living in Japan.
    pub fn disability_claim(&mut self, person_id: i64, filed_on: Date, first_seen_on: Date, grade: i16) {
        let record = self.record();
        self.execute(&format!(
            "INSERT INTO disability_claims (record_id, person_id, filed_on, first_seen_on, resident, grade_at_certification,
                 reason, cause_filing_id, known_at)
             VALUES ({record}, {person_id}, '{filed_on}', '{first_seen_on}', true, {grade}, '障害年金の請求', @cause, @known)"
        ));
    }

    /// 障害等級の改定: this grade from a month on (0: of no grade, stopped).
    pub fn disability_grade(&mut self, person_id: i64, from: Month, grade: i16) {
        let (record, from) = (self.record(), from.first_day());
        self.execute(&format!(
            "INSERT INTO disability_grades (record_id, person_id, grade, reason, cause_filing_id, valid_from, known_at)
             VALUES ({record}, {person_id}, {grade}, '等級の改定', @cause, '{from}', @known)"
        ));
    }

    /// 遺族年金の請求 upon the death of somebody who lived in Japan; the claimant is member 1 of the family. Gives the
    /// claim's number, for [`Lives::survivor_member`].
    pub fn survivor_claim(&mut self, person_id: i64, deceased_person_id: i64, filed_on: Date) -> i64 {
        let record = self.record();
        self.execute(&format!(
            "INSERT INTO survivor_claims (record_id, person_id, deceased_person_id, filed_on, claimant_member_no, resident,
                 disability_grade_1_or_2, states_long, reason, cause_filing_id, known_at)
             VALUES ({record}, {person_id}, {deceased_person_id}, '{filed_on}', 1, true, false, false, '遺族年金の請求',
                 @cause, @known)"
        ));
        record
    }

    /// One of the family of a [`Lives::survivor_claim`], maintained by who died: `wife`, `husband`, `child`, `parent` …
    pub fn survivor_member(&mut self, person_id: i64, claim: i64, member_no: i16, relation: &str, birth_on: Date) {
        self.execute(&format!(
            "INSERT INTO survivor_members (record_id, person_id, member_no, relation, birth_on, maintained, disabled, married,
                 reason, cause_filing_id, known_at)
             VALUES ({claim}, {person_id}, {member_no}, '{relation}', '{birth_on}', true, false, false, '遺族年金の請求',
                 @cause, @known)"
        ));
    }

    /// 年金の選択: these rights (`old_age_basic`, `disability_employee` …) are drawn from a month on.
    pub fn choice(&mut self, person_id: i64, filed_on: Date, from: Month, rights: &[&str]) {
        let (record, from, rights) = (self.record(), from.first_day(), rights.join(","));
        self.execute(&format!(
            "INSERT INTO pension_choices (record_id, person_id, filed_on, rights, reason, cause_filing_id, valid_from, known_at)
             VALUES ({record}, {person_id}, '{filed_on}', '{{{rights}}}', '選択の申出', @cause, '{from}', @known)"
        ));
    }

    /// 受取口座 at a bank that the file can carry.
    pub fn payee(&mut self, person_id: i64) {
        self.execute(&format!(
            "INSERT INTO payees (person_id, bank_code, branch_code, account_type, account_number, holder_kana, reason, known_at)
             VALUES ({person_id}, '0001', '001', 1, '{:07}', 'ﾈﾝﾘﾝ ﾋﾄ', '移行', @known)",
            person_id % 10_000_000
        ));
    }

    /// 死亡.
    pub fn death(&mut self, person_id: i64, died_on: Date) {
        self.execute(&format!(
            "INSERT INTO deaths (person_id, died_on, reason, cause_filing_id, known_at)
             VALUES ({person_id}, '{died_on}', '死亡届', @cause, @known)"
        ));
    }

    /// Any other statement; `@known` and `@cause` stand for the two values.
    pub fn sql(&mut self, sql: &str) {
        self.execute(sql);
    }
}

fn number(month: Month) -> i32 {
    i32::from(month.year()) * 100 + i32::from(month.month())
}

fn sql_date(day: Option<Date>) -> String {
    day.map_or("NULL".to_owned(), |day| format!("'{day}'"))
}
