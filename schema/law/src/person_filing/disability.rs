//! 年金請求書 (障害給付) and 障害等級の改定 — whether the right is there, and from which month a revised grade counts.

use domain::Month;
use domain::age::{attained_on, period_end};
use domain::life::register::{DisabilityIs, Entry, GradeIs, Register};
use domain::person_paper::{DisabilityClaim, DisabilityGrade, GradeReview};
use jiff::civil::Date;

use super::claim::members;
use super::others::payee;
use super::{Unfit, Work, alive, come, life_to};
use crate::adjudication::disability::{Disability, Question, disability};
use crate::adjudication::old_age::RateShelf;
use crate::disability_survivor::disability_right::{DisabilityRight, certification_day};
use crate::employees_insurance::day_after;
use crate::{LawError, Step, Trace};

/// 障害手当金の程度.
const ALLOWANCE: i16 = 4;
/// 額改定請求 is open after so many months (国民年金法34条3項, 厚生年金保険法52条3項: 1年).
const MONTHS_BETWEEN_REVIEWS: i16 = 12;
/// 障害状態確認届による減額・支給停止: the fourth month after that of 提出期限.
const LOWERED_AFTER_MONTHS: i32 = 4;
/// 65歳.
const OLD_AGE: i16 = 65;

/// 障害年金の請求.
///
/// Law: 国民年金法16条・30条・30条の2・30条の4, 附則9条の2の3; 厚生年金保険法33条・47条・47条の2・55条, 附則16条の3.
///
/// # Errors
/// After death, claimed already, days that cannot be, before the 障害認定日, a grade that gives nothing, 事後重症 that is not
/// needed, too late or after an early old-age claim; no right by the record.
pub(super) fn claim(
    asked: &DisabilityClaim,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    alive(register)?;
    if !register.disability.is_empty() {
        let why =
            "すでに障害年金を請求しています。程度が変わったときは、障害等級の改定 (額改定請求) で届け出てください";
        return Err(Unfit::new("filed_on", "already_claimed", why));
    }
    let birth_on = register.life.as_ref().map(|life| life.birth_on).expect("refused before without a life");
    days(asked, birth_on, work)?;
    grades(asked)?;
    let is = DisabilityIs {
        filed_on: asked.filed_on,
        first_seen_on: asked.first_seen_on,
        resident: asked.resident,
        fixed_on: asked.fixed_on,
        grade_at_certification: asked.grade_at_certification,
        later: asked.later.map(|later| (later.filed_on, later.grade)),
        paid_through: None,
    };
    match found(&is, register, asked.filed_on, trace) {
        Ok(found) => {
            later(asked, register, birth_on, &found.right)?;
            right(asked, &found)?;
        }
        Err(error) => work.remarks.push(format!("いまの記録では裁定を計算できません: {error}")),
    }
    let (person_id, record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    register.disability.push(Entry { person_id, record_id, is, cause });
    payee(&asked.account, register, work);
    members(&asked.members, register, work);
    Ok(())
}

fn days(asked: &DisabilityClaim, birth_on: Date, work: &Work<'_>) -> Result<(), Unfit> {
    let DisabilityClaim { filed_on, first_seen_on, fixed_on, .. } = *asked;
    come("filed_on", filed_on, work)?;
    if first_seen_on > filed_on {
        let why = "初診日が受付年月日より後です。日付を確かめてください";
        return Err(Unfit::new("first_seen_on", "future", why));
    }
    if first_seen_on < birth_on {
        let why = "初診日が生年月日より前です。日付を確かめてください";
        return Err(Unfit::new("first_seen_on", "before_birth", why));
    }
    if fixed_on.is_some_and(|fixed_on| fixed_on < first_seen_on) {
        let why = "症状が固定した日が初診日より前です。日付を確かめてください";
        return Err(Unfit::new("fixed_on", "before_first_visit", why));
    }
    if fixed_on.is_some_and(|fixed_on| fixed_on > filed_on) {
        let why = "症状が固定した日が受付年月日より後です。日付を確かめてください";
        return Err(Unfit::new("fixed_on", "future", why));
    }
    let certified_on = certification_day(first_seen_on, fixed_on);
    if filed_on < certified_on {
        return Err(not_certified_yet(certified_on));
    }
    Ok(())
}

fn not_certified_yet(certified_on: Date) -> Unfit {
    let day = domain::era::in_words(certified_on);
    let why = format!("障害認定日は{day}です。その日以後に請求してください");
    Unfit::new("filed_on", "before_certification", why)
}

/// Grades that go together, whatever the record says.
fn grades(asked: &DisabilityClaim) -> Result<(), Unfit> {
    if !(0..=ALLOWANCE).contains(&asked.grade_at_certification) {
        return Err(Unfit::new("grade_at_certification", "grade_unknown", "等級は一覧から選んでください"));
    }
    let Some(later) = asked.later else {
        let nothing = asked.grade_at_certification == 0;
        let why = "障害認定日に等級に該当しないときは、事後重症の請求日と等級を入力してください";
        return if nothing { Err(Unfit::new("grade_at_certification", "no_grade", why)) } else { allowance(asked) };
    };
    if !(1..=3).contains(&later.grade) {
        return Err(Unfit::new("later_grade", "grade_unknown", "事後重症の等級は1級から3級までから選んでください"));
    }
    if asked.grade_at_certification == ALLOWANCE {
        let why = "障害手当金の程度と事後重症は一緒に請求できません。どちらの請求かを確かめてください";
        return Err(Unfit::new("later_filed_on", "allowance_with_later", why));
    }
    if later.filed_on != asked.filed_on {
        let why = "事後重症の請求日は、請求書を受け付けた日です。受付年月日と同じ日を入力してください";
        return Err(Unfit::new("later_filed_on", "later_day_differs", why));
    }
    Ok(())
}

/// 障害手当金 is for who has been cured (厚生年金保険法55条).
fn allowance(asked: &DisabilityClaim) -> Result<(), Unfit> {
    if asked.grade_at_certification == ALLOWANCE && asked.fixed_on.is_none() {
        let why = "障害手当金は症状が固定した方が受けられます。症状が固定した日を入力してください";
        return Err(Unfit::new("fixed_on", "allowance_not_fixed", why));
    }
    Ok(())
}

/// 事後重症: needed, in time, and not after the old-age pension was claimed early.
fn later(asked: &DisabilityClaim, register: &Register, birth_on: Date, right: &DisabilityRight) -> Result<(), Unfit> {
    // Before 20 the day of certification may lie later than the ordinary one.
    if asked.filed_on < right.certified_on {
        return Err(not_certified_yet(right.certified_on));
    }
    let Some(later) = asked.later else { return Ok(()) };
    if later.filed_on >= attained_on(birth_on, OLD_AGE) {
        let why = "事後重症は65歳に達する日の前日までに請求します。障害認定日による請求かを確かめてください";
        return Err(Unfit::new("later_filed_on", "later_after_65", why));
    }
    if right.arises.is_some_and(|(on, ..)| on == right.certified_on) {
        let why = "障害認定日に等級に該当しています。事後重症の請求日と等級を空欄にしてください";
        return Err(Unfit::new("later_filed_on", "later_not_needed", why));
    }
    let early = |month: Option<Month>| {
        month.is_some_and(|month| {
            month < Month::of(attained_on(birth_on, OLD_AGE)) && month.first_day() <= later.filed_on
        })
    };
    if register.claims.first().is_some_and(|row| early(row.is.basic) || early(row.is.employees)) {
        let why = "老齢年金を繰上げ請求した方は、事後重症による請求ができません (国民年金法附則9条の2の3)";
        return Err(Unfit::new("later_filed_on", "early_claimed", why));
    }
    Ok(())
}

/// What the record says of the right.
fn right(asked: &DisabilityClaim, found: &Disability) -> Result<(), Unfit> {
    if found.right.arises.is_some() || found.right.allowance {
        return Ok(());
    }
    if !found.contributions.1.passed {
        let why = "初診日の前日に保険料納付要件を満たしていません。初診日と、記録漏れがないかを確かめてください";
        return Err(Unfit::new("first_seen_on", "contributions_missing", why));
    }
    let grade = asked.later.map_or(asked.grade_at_certification, |later| later.grade);
    if grade >= 3 {
        let why =
            "3級と障害手当金は、初診日に厚生年金の被保険者であった方が受けられます。初診日と等級を確かめてください";
        let about = if asked.later.is_some() { "later_grade" } else { "grade_at_certification" };
        return Err(Unfit::new(about, "grade_not_covered", why));
    }
    let why = "初診日に被保険者ではなく、60歳以上65歳未満で国内に住所がある方でもありません。初診日を確かめてください";
    Err(Unfit::new("first_seen_on", "not_insured", why))
}

/// 障害年金の受給権 as the record has it, without amounts.
pub(super) fn found(
    claim: &DisabilityIs,
    register: &Register,
    on: Date,
    trace: &mut Trace,
) -> Result<Disability, LawError> {
    let rows = life_to(register, Month::of(on))?;
    let facts = rows.facts();
    let question = Question {
        facts: &facts,
        first_consultation: claim.first_seen_on,
        fixed_on: claim.fixed_on,
        grade_at_certification: i64::from(claim.grade_at_certification),
        later_claim: claim.later.map(|(filed_on, grade)| (filed_on, i64::from(grade))),
        resident: claim.resident,
        // Nothing is paid for this month, so that no amount is asked for.
        for_month: Month::of(claim.first_seen_on),
        grade_now: None,
        children: 0,
        spouse: false,
    };
    disability(&question, &mut RateShelf::new(), trace)
}

/// The grade of a month: that of the award, or as it was revised.
pub(super) fn grade_in(register: &Register, awarded: i64, month: Month) -> i64 {
    let revised = register.grades.iter().filter(|row| row.is.first <= month).max_by_key(|row| row.is.first);
    revised.map_or(awarded, |row| i64::from(row.is.grade))
}

/// 障害等級の改定.
///
/// Law: 国民年金法34条1項から3項まで・6項, 36条2項; 厚生年金保険法52条1項から3項まで・6項・7項, 54条2項; 国民年金法施行規則33条の2の2・36条の4,
/// 厚生年金保険法施行規則47条の2の2・51条の4. A claim and a better state count from the month after, a lower grade by 障害状態確認届 from
/// the fourth month after that of 提出期限, so that who is paid less can object before.
///
/// # Errors
/// No claim or no right, a grade that is not a revision of the one in force, within a year of the right or the last review, from 65
/// on without a right to 障害基礎年金, or before a revision that is on record.
pub(super) fn review(
    asked: &DisabilityGrade,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    alive(register)?;
    let Some(claim) = register.disability.first().map(|row| row.is) else {
        let why = "障害年金の請求の記録がありません。先に年金請求書 (障害給付) を受け付けてください";
        return Err(Unfit::new("basic_pension_number", "no_claim", why));
    };
    if asked.review != GradeReview::StatusReport {
        come("reviewed_on", asked.reviewed_on, work)?;
    }
    let found = found(&claim, register, work.on, trace)?;
    let (Some((arose_on, awarded, _)), Some(first_month)) = (found.right.arises, found.right.first_month()) else {
        let why = "障害年金の受給権がありません。請求の記録を確かめてください";
        return Err(Unfit::new("basic_pension_number", "no_right", why));
    };
    let now = grade_in(register, awarded, Month::of(asked.reviewed_on).next());
    changes(asked, now)?;
    if asked.grade == 3 && !found.right.employee {
        let why = "障害基礎年金だけの方に3級はありません。該当しないときは0 (支給停止) を選んでください";
        return Err(Unfit::new("grade", "grade_not_covered", why));
    }
    let standing = Standing { register, arose_on, awarded, now };
    if asked.review == GradeReview::Claim {
        standing.a_year_passed(asked)?;
    }
    standing.not_after_65(asked)?;
    let first = first_of(asked, now);
    if first < first_month || register.grades.iter().any(|row| row.is.first >= first) {
        let why = format!("{first} より後の等級がすでに記録されています。日付を確かめてください");
        return Err(Unfit::new("reviewed_on", "later_review", why));
    }
    tell(asked, now, first, trace);
    let is = GradeIs { grade: asked.grade, reviewed_on: Some(asked.reviewed_on), first };
    let (person_id, record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    register.grades.push(Entry { person_id, record_id, is, cause });
    Ok(())
}

/// Which grade can follow which, by what was filed.
fn changes(asked: &DisabilityGrade, now: i64) -> Result<(), Unfit> {
    let new = i64::from(asked.grade);
    if !(0..=3).contains(&new) {
        return Err(Unfit::new("grade", "grade_unknown", "等級は一覧から選んでください"));
    }
    let refused = |code, why: &str| Err(Unfit::new("grade", code, why));
    match asked.review {
        _ if new == now => refused("nothing_changed", "いまの等級と同じです。改定後の等級を確かめてください"),
        GradeReview::Claim if now == 0 => {
            refused("suspended", "支給停止中です。支給停止事由消滅届として受け付けてください")
        }
        GradeReview::Claim if new == 0 || new > now => {
            refused("not_worse", "額改定請求は、障害の程度が重くなったときの届です。いまより重い等級を選んでください")
        }
        GradeReview::Resumption if now != 0 => {
            refused("not_suspended", "支給停止中ではありません。額改定請求か障害状態確認届かを確かめてください")
        }
        _ => Ok(()),
    }
}

/// 最初の月分.
fn first_of(asked: &DisabilityGrade, now: i64) -> Month {
    let reviewed = Month::of(asked.reviewed_on);
    let lighter = asked.grade == 0 || (now != 0 && i64::from(asked.grade) > now);
    match asked.review {
        GradeReview::StatusReport if lighter => reviewed.plus(LOWERED_AFTER_MONTHS),
        _ => reviewed.next(),
    }
}

struct Standing<'a> {
    register: &'a Register,
    arose_on: Date,
    awarded: i64,
    now: i64,
}

impl Standing<'_> {
    /// 国民年金法34条3項, 厚生年金保険法52条3項.
    fn a_year_passed(&self, asked: &DisabilityGrade) -> Result<(), Unfit> {
        let reviewed = |row: &Entry<GradeIs>| row.is.reviewed_on.unwrap_or(row.is.first.first_day());
        let last = self.register.grades.iter().map(reviewed).fold(self.arose_on, Date::max);
        let passed_on = day_after(period_end(last, MONTHS_BETWEEN_REVIEWS));
        if asked.clearly_worse || asked.reviewed_on > passed_on {
            return Ok(());
        }
        let (last, passed_on) = (domain::era::in_words(last), domain::era::in_words(passed_on));
        let why = format!(
            "受給権の発生又は前の診査 ({last}) から1年を経過した日 ({passed_on}) より後に請求してください。増進が明らかな場合は、その欄に印を付けてください"
        );
        Err(Unfit::new("reviewed_on", "within_a_year", why))
    }

    /// 厚生年金保険法52条7項: from 65 a grade is not raised where there never was a right to 障害基礎年金.
    fn not_after_65(&self, asked: &DisabilityGrade) -> Result<(), Unfit> {
        let birth_on = self.register.life.as_ref().map(|life| life.birth_on).expect("refused before without a life");
        let basic = |grade: i64| (1..=2).contains(&grade);
        let had_basic = basic(self.awarded) || self.register.grades.iter().any(|row| basic(i64::from(row.is.grade)));
        let raised = asked.grade != 0 && (self.now == 0 || i64::from(asked.grade) < self.now);
        let beyond_3 = raised && basic(i64::from(asked.grade));
        if had_basic || !beyond_3 || asked.reviewed_on < attained_on(birth_on, OLD_AGE) {
            return Ok(());
        }
        let why = "65歳からは、障害基礎年金の受給権がない方の等級は上がりません (厚生年金保険法52条7項)";
        Err(Unfit::new("reviewed_on", "after_65", why))
    }
}

fn tell(asked: &DisabilityGrade, now: i64, first: Month, trace: &mut Trace) {
    let (clause, rule) = match asked.review {
        GradeReview::Claim => {
            ("国民年金法34条2項・3項・6項、厚生年金保険法52条2項・3項・6項", "額改定請求: 請求の翌月分から改定する")
        }
        GradeReview::StatusReport => (
            "国民年金法34条1項・6項・36条2項、厚生年金保険法52条1項・6項・54条2項",
            "障害状態確認届: 重くなったときは提出期限の翌月分から、軽くなったときは4か月目の分から改定する",
        ),
        GradeReview::Resumption => (
            "国民年金法36条2項・18条2項、厚生年金保険法54条2項・36条2項",
            "支給停止の事由が消滅した月の翌月分から支給する",
        ),
    };
    let words = |grade: i64| if grade == 0 { "該当しない".to_owned() } else { format!("{grade}級") };
    trace.step(
        Step::new(clause, rule)
            .with("いまの等級", words(now), "")
            .with("改定後の等級", words(i64::from(asked.grade)), "")
            .with("診査の日", asked.reviewed_on, "")
            .gives(format!("{first}分から")),
    );
}
