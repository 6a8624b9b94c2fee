//! 年金の原簿の移行 — rows of the record of lives, of what is claimed and paid from it.

use domain::Month;
use jiff::civil::Date;

use super::{
    ABROAD, Batch, CLAIMS, COLLECTIONS, CONTRIBUTIONS, DEATHS, HOUSEHOLD, PAYEES, PENSION_SPELLS, REASON, RECEIPTS,
    RELIEFS, REMUNERATIONS, SPANS, TAXES,
};
use crate::copy::Rows;

/// Whose row, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// 行の番号.
    pub record_id: i64,
    /// Whose.
    pub person_id: i64,
}

/// 資格記録.
#[derive(Clone, Copy, Debug)]
pub struct PensionSpell<'a> {
    /// 種別: `cat1`, `cat2`, `cat3`, `voluntary`, `special_voluntary`.
    pub category: &'a str,
    /// 厚生年金被保険者の種別, 1 to 4; only with `cat2`, whose class is then `ordinary`.
    pub employees_kind: Option<i16>,
    /// 資格取得年月日.
    pub valid_from: Date,
    /// 資格喪失年月日.
    pub valid_to: Option<Date>,
}

/// 標準報酬の記録 of one spell. Months are `YYYYMM`, yen as they were decided.
#[derive(Clone, Copy, Debug)]
pub struct Remuneration<'a> {
    /// 厚生年金被保険者の種別, 1 to 4.
    pub employees_kind: i16,
    /// 標準報酬月額の変わった月.
    pub standard_months: &'a [i32],
    /// 標準報酬月額.
    pub standards_yen: &'a [i32],
    /// The last month that the last of them holds.
    pub last_month: i32,
    /// 賞与の月.
    pub bonus_months: &'a [i32],
    /// 標準賞与額.
    pub bonuses_yen: &'a [i32],
}

/// 配偶者・子.
#[derive(Clone, Copy, Debug)]
pub struct HouseholdMember<'a> {
    /// Whose household.
    pub person_id: i64,
    /// Its number within the household.
    pub member_no: i16,
    /// `spouse` or `child`.
    pub relation: &'a str,
    /// The member's own number, where it is known.
    pub member_person_id: Option<i64>,
    /// The member's 生年月日.
    pub birth_on: Date,
    /// 生計を維持されている.
    pub dependent: bool,
    /// 配偶者自身の老齢厚生年金 (240月以上) の受給権の発生した日.
    pub own_old_age_from: Option<Date>,
    /// 婚姻・出生の日.
    pub valid_from: Date,
}

/// 老齢年金の請求.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// 受付日.
    pub filed_on: Date,
    /// 老齢基礎年金の繰上げ請求・繰下げ申出の月.
    pub basic_claim_month: Option<Month>,
    /// 老齢厚生年金の繰上げ請求・繰下げ申出の月.
    pub employees_claim_month: Option<Month>,
    /// 老齢基礎年金は繰下げ待機中.
    pub basic_waits: bool,
    /// 老齢厚生年金は繰下げ待機中.
    pub employees_waits: bool,
    /// 振替加算の対象.
    pub spouse_addition_moves: bool,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
}

/// 年金の受取口座.
#[derive(Clone, Copy, Debug)]
pub struct Payee<'a> {
    /// 金融機関コード.
    pub bank_code: &'a str,
    /// 支店コード.
    pub branch_code: &'a str,
    /// 預金種目.
    pub account_type: i16,
    /// 口座番号.
    pub account_number: &'a str,
    /// 口座名義カナ.
    pub holder_kana: &'a str,
}

/// 特別徴収の依頼.
#[derive(Clone, Copy, Debug)]
pub struct CollectionRequest<'a> {
    /// `long_term_care`, `national_health`, `late_elderly`, `resident_tax`.
    pub levy: &'a str,
    /// 市区町村コード.
    pub municipality_code: &'a str,
    /// Of each payment.
    pub amount_yen: i64,
    /// 最初の支払期月.
    pub first: Month,
}

/// 免除・猶予の決定.
#[derive(Clone, Copy, Debug)]
pub struct NpRelief<'a> {
    /// `FULL`, `STUDENT` and so on.
    pub relief: &'a str,
    /// 申請日; none for what needs no application.
    pub applied_on: Option<Date>,
    /// 決定日.
    pub decided_on: Date,
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
}

/// 国民年金保険料の収納.
#[derive(Clone, Copy, Debug)]
pub struct NpReceipt<'a> {
    /// 収納の番号.
    pub receipt_id: i64,
    /// Whose.
    pub person_id: i64,
    /// 月分.
    pub for_month: Month,
    /// `monthly`, `additional` and so on.
    pub kind: &'a str,
    /// Yen.
    pub amount_yen: i64,
    /// 収納日.
    pub paid_on: Date,
    /// `bank`, `debit`, `store`, `card`, `counter`.
    pub channel: &'a str,
}

pub(super) fn first_day(rows: &mut Rows, month: Month) -> &mut Rows {
    rows.date(month.first_day())
}

impl Batch {
    /// A row of 資格記録.
    pub fn pension_spell(&mut self, record: Record, spell: &PensionSpell<'_>) {
        let known_at = self.known_at;
        self.row(PENSION_SPELLS)
            .i64(record.record_id)
            .i64(record.person_id)
            .text(spell.category)
            .opt(spell.employees_kind, Rows::i16)
            .opt(spell.employees_kind.map(|_| "ordinary"), Rows::text)
            .text(REASON)
            .date(spell.valid_from)
            .opt(spell.valid_to, Rows::date)
            .timestamp(known_at);
    }

    /// A fiscal year of 納付記録.
    ///
    /// - `marks`: twelve letters from April
    pub fn contribution_year(&mut self, record: Record, fiscal_year: i16, marks: &str) {
        let known_at = self.known_at;
        self.row(CONTRIBUTIONS)
            .i64(record.record_id)
            .i64(record.person_id)
            .i16(fiscal_year)
            .text(marks)
            .text(REASON)
            .timestamp(known_at);
    }

    /// 標準報酬の記録 of a spell; the record's number is that of the spell.
    pub fn remuneration(&mut self, record: Record, pay: &Remuneration<'_>) {
        let known_at = self.known_at;
        self.row(REMUNERATIONS)
            .i64(record.record_id)
            .i64(record.person_id)
            .i16(pay.employees_kind)
            .bool(false)
            .i32_array(pay.standard_months)
            .i32_array(pay.standards_yen)
            .i32(pay.last_month)
            .i32_array(pay.bonus_months)
            .i32_array(pay.bonuses_yen)
            .text(REASON)
            .timestamp(known_at);
    }

    /// 合算対象期間 of `kind`, both months included.
    pub fn life_span(&mut self, record: Record, kind: &str, (first, last): (Month, Month)) {
        let known_at = self.known_at;
        self.row(SPANS)
            .i64(record.record_id)
            .i64(record.person_id)
            .text(kind)
            .text(REASON)
            .date(first.first_day())
            .date(last.next().first_day())
            .timestamp(known_at);
    }

    /// 海外在住 of a Japanese national, from the day of leaving to that of coming back.
    pub fn abroad(&mut self, record: Record, left_on: Date, returned_on: Option<Date>) {
        let known_at = self.known_at;
        self.row(ABROAD)
            .i64(record.record_id)
            .i64(record.person_id)
            .bool(true)
            .text(REASON)
            .date(left_on)
            .opt(returned_on, Rows::date)
            .timestamp(known_at);
    }

    /// 死亡.
    pub fn death(&mut self, person_id: i64, died_on: Date) {
        let known_at = self.known_at;
        self.row(DEATHS).i64(person_id).date(died_on).text(REASON).timestamp(known_at);
    }

    /// 配偶者 or 子.
    pub fn household_member(&mut self, member: &HouseholdMember<'_>) {
        let known_at = self.known_at;
        self.row(HOUSEHOLD)
            .i64(member.person_id)
            .i16(member.member_no)
            .text(member.relation)
            .opt(member.member_person_id, Rows::i64)
            .date(member.birth_on)
            .bool(member.dependent)
            .bool(false)
            .opt(member.own_old_age_from, Rows::date)
            .text(REASON)
            .date(member.valid_from)
            .timestamp(known_at);
    }

    /// 老齢年金の請求.
    pub fn claim(&mut self, record: Record, claim: &Claim) {
        let known_at = self.known_at;
        self.row(CLAIMS)
            .i64(record.record_id)
            .i64(record.person_id)
            .date(claim.filed_on)
            .opt(claim.basic_claim_month, first_day)
            .opt(claim.employees_claim_month, first_day)
            .bool(claim.basic_waits)
            .bool(claim.employees_waits)
            .bool(claim.spouse_addition_moves)
            .opt(claim.paid_through, first_day)
            .text(REASON)
            .timestamp(known_at);
    }

    /// 受取口座.
    pub fn payee(&mut self, person_id: i64, payee: &Payee<'_>) {
        let known_at = self.known_at;
        self.row(PAYEES)
            .i64(person_id)
            .text(payee.bank_code)
            .text(payee.branch_code)
            .i16(payee.account_type)
            .text(payee.account_number)
            .text(payee.holder_kana)
            .text(REASON)
            .timestamp(known_at);
    }

    /// 扶養親族等申告書.
    pub fn tax_declaration(&mut self, person_id: i64, tax_year: i16, deductions: &[&str]) {
        let known_at = self.known_at;
        self.row(TAXES).i64(person_id).i16(tax_year).text_array(deductions).text(REASON).timestamp(known_at);
    }

    /// 特別徴収の依頼.
    pub fn collection_request(&mut self, person_id: i64, request: &CollectionRequest<'_>) {
        let known_at = self.known_at;
        self.row(COLLECTIONS)
            .i64(person_id)
            .text(request.levy)
            .text(request.municipality_code)
            .i64(request.amount_yen)
            .text(REASON)
            .date(request.first.first_day())
            .timestamp(known_at);
    }

    /// 免除・猶予の決定.
    pub fn np_relief(&mut self, record: Record, relief: &NpRelief<'_>) {
        let known_at = self.known_at;
        self.row(RELIEFS)
            .i64(record.record_id)
            .i64(record.person_id)
            .text(relief.relief)
            .opt(relief.applied_on, Rows::date)
            .date(relief.decided_on)
            .text(REASON)
            .date(relief.first.first_day())
            .date(relief.last.next().first_day())
            .timestamp(known_at);
    }

    /// 国民年金保険料の収納.
    pub fn np_receipt(&mut self, receipt: &NpReceipt<'_>) {
        let known_at = self.known_at;
        self.row(RECEIPTS)
            .i64(receipt.receipt_id)
            .i64(receipt.person_id)
            .date(receipt.for_month.first_day())
            .text(receipt.kind)
            .i64(receipt.amount_yen)
            .date(receipt.paid_on)
            .text(receipt.channel)
            .text(REASON)
            .timestamp(known_at);
    }
}
