//! 障害・遺族の請求と年金の選択の移行.

use domain::Month;
use jiff::civil::Date;

use super::lives::first_day;
use super::{Batch, CHOICES, DISABILITIES, GRADES, MEMBERS, REASON, Record, SURVIVORS};
use crate::copy::Rows;

/// 障害年金の請求.
#[derive(Clone, Copy, Debug)]
pub struct DisabilityClaim {
    /// 受付日.
    pub filed_on: Date,
    /// 初診日.
    pub first_seen_on: Date,
    /// 症状が固定した日.
    pub fixed_on: Option<Date>,
    /// 障害認定日の等級: 0 none, 4 障害手当金の程度.
    pub grade_at_certification: i16,
    /// 事後重症の請求の日とその等級.
    pub later: Option<(Date, i16)>,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
}

/// 遺族年金の請求.
#[derive(Clone, Copy, Debug)]
pub struct SurvivorClaim {
    /// 死亡した人.
    pub deceased_person_id: i64,
    /// 受付日.
    pub filed_on: Date,
    /// 請求者は家族の何番の人か.
    pub claimant_member_no: i16,
    /// 被保険者であった間の初診日.
    pub illness_first_seen_on: Option<Date>,
    /// 1級・2級の障害厚生年金の受給権者の死亡.
    pub disability_grade_1_or_2: bool,
    /// 長期要件によることの申出.
    pub states_long: bool,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Month>,
}

/// 死亡した人の家族の一人, maintained and with no right that has ended.
#[derive(Clone, Copy, Debug)]
pub struct SurvivorMember<'a> {
    /// Its number in the claim.
    pub member_no: i16,
    /// `wife`, `husband`, `child` and so on.
    pub relation: &'a str,
    /// 生年月日.
    pub birth_on: Date,
    /// 障害等級1級・2級 (子).
    pub disabled: bool,
}

/// 年金の選択.
#[derive(Clone, Copy, Debug)]
pub struct PensionChoice<'a> {
    /// 受付日.
    pub filed_on: Date,
    /// Words of the rights that are drawn; at least one.
    pub rights: &'a [&'a str],
    /// First month.
    pub first: Month,
}

impl Batch {
    /// 障害年金の請求 of somebody who lived in Japan on the day of the first consultation.
    pub fn disability_claim(&mut self, record: Record, claim: &DisabilityClaim) {
        let known_at = self.known_at;
        self.row(DISABILITIES)
            .i64(record.record_id)
            .i64(record.person_id)
            .date(claim.filed_on)
            .date(claim.first_seen_on)
            .bool(true)
            .opt(claim.fixed_on, Rows::date)
            .i16(claim.grade_at_certification)
            .opt(claim.later.map(|(on, _)| on), Rows::date)
            .opt(claim.later.map(|(_, grade)| grade), Rows::i16)
            .opt(claim.paid_through, first_day)
            .text(REASON)
            .timestamp(known_at);
    }

    /// 障害等級の改定 from a month on.
    pub fn disability_grade(&mut self, record: Record, first: Month, grade: i16) {
        let known_at = self.known_at;
        self.row(GRADES)
            .i64(record.record_id)
            .i64(record.person_id)
            .i16(grade)
            .text(REASON)
            .date(first.first_day())
            .timestamp(known_at);
    }

    /// 遺族年金の請求 after somebody who lived in Japan, with the family; all of them bear the number of the claim.
    pub fn survivor_claim(&mut self, record: Record, claim: &SurvivorClaim, family: &[SurvivorMember<'_>]) {
        let known_at = self.known_at;
        self.row(SURVIVORS)
            .i64(record.record_id)
            .i64(record.person_id)
            .i64(claim.deceased_person_id)
            .date(claim.filed_on)
            .i16(claim.claimant_member_no)
            .bool(true)
            .opt(claim.illness_first_seen_on, Rows::date)
            .bool(claim.disability_grade_1_or_2)
            .bool(claim.states_long)
            .opt(claim.paid_through, first_day)
            .text(REASON)
            .timestamp(known_at);
        for member in family {
            self.row(MEMBERS)
                .i64(record.record_id)
                .i64(record.person_id)
                .i16(member.member_no)
                .text(member.relation)
                .date(member.birth_on)
                .bool(true)
                .bool(member.disabled)
                .bool(false)
                .opt(None, Rows::date)
                .text(REASON)
                .timestamp(known_at);
        }
    }

    /// 年金の選択 from a month on.
    pub fn pension_choice(&mut self, record: Record, choice: &PensionChoice<'_>) {
        let known_at = self.known_at;
        self.row(CHOICES)
            .i64(record.record_id)
            .i64(record.person_id)
            .date(choice.filed_on)
            .text_array(choice.rights)
            .text(REASON)
            .date(choice.first.first_day())
            .timestamp(known_at);
    }
}
