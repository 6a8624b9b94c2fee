//! 死亡届, 未支給年金請求書, 受取口座変更届, 免除・猶予の決定.

use domain::Month;
use domain::life::register::{Entry, Register, ReliefIs, UnpaidIs};
use domain::life::{Contribution, ContributionSpan};
use domain::person_paper::{Account, Death, Relation, ReliefDecision, ReliefKind, UnpaidBenefitClaim};
use jiff::civil::{Date, date};

use super::months::{clear_marks, cut_spans};
use super::{Unfit, Work, no_new_contradiction, record};
use crate::employees_insurance::day_after;
use crate::pension_record::life::{Cover, add_current_cover, life};
use crate::{Step, Trace};

/// 三親等内の親族 count for deaths from here (平成24年法律62号: 平成26年4月1日).
const THIRD_DEGREE_FROM: Date = date(2014, 4, 1);
/// The last month that a row of months can have.
const LAST_MONTH: (i16, i8) = (9999, 11);

/// 死亡 — the day is recorded, categories end the day after, and what lies later goes.
///
/// Law: 国民年金法9条1号・29条・105条4項, 厚生年金保険法14条1号・45条・98条4項.
///
/// # Errors
/// In the future, before birth, recorded already on that day, or a category was acquired after it.
pub(super) fn death(
    filed: &Death,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let birth_on = register.life.as_ref().map(|life| life.birth_on).expect("refused before without a life");
    let died_on = filed.died_on;
    if died_on > work.on {
        return Err(Unfit::new("died_on", "future", "まだ来ていない日です。死亡年月日を確かめてください"));
    }
    if died_on < birth_on {
        return Err(Unfit::new("died_on", "before_birth", "生年月日より前の日です。死亡年月日を確かめてください"));
    }
    if register.deaths.first().is_some_and(|death| death.is == died_on) {
        return Err(Unfit::new("died_on", "already_recorded", "この死亡年月日はすでに記録されています"));
    }
    let lost_on = day_after(died_on);
    if register.spells.iter().any(|row| row.is.acquired_on > died_on) {
        let why = "死亡年月日より後に取得した資格の記録があります。死亡年月日か、記録の持ち主を確かめてください";
        return Err(Unfit::new("died_on", "insured_after_death", why));
    }
    register.deaths.clear();
    let (person_id, cause) = (register.person_id, work.cause.clone());
    register.deaths.push(Entry { person_id, record_id: 0, is: died_on, cause });
    for row in &mut register.spells {
        if row.is.lost_on.is_none_or(|lost| lost > lost_on) {
            row.is.lost_on = Some(lost_on);
            row.cause = work.cause.clone();
        }
    }
    let last = Month::new(LAST_MONTH.0, LAST_MONTH.1).expect("written here, a month");
    cut_spans(register, (Month::of(lost_on), last), work, |_| true)?;
    let after = record(register, work.on)?;
    let last_mark = register.years.iter().map(|row| row.is.fiscal_year).max();
    let last_mark = last_mark.and_then(|year| Month::new(year.saturating_add(1), 3));
    if let Some(last_mark) = last_mark.filter(|last| *last >= Month::of(lost_on)) {
        let cleared = clear_marks(register, (Month::of(lost_on), last_mark), &after, work);
        if cleared > 0 {
            work.remarks.push(format!("死亡後の月の納付・免除 {cleared}か月分を外しました。還付を確かめてください"));
        }
    }
    if register.life.as_ref().is_some_and(|life| life.covers.iter().any(|cover| cover.lost_on.is_none())) {
        work.remarks.push("事業所での資格が続いています。事業所に資格喪失届を求めてください".to_owned());
    }
    trace.step(
        Step::new(
            "国民年金法9条1号・29条, 厚生年金保険法14条1号・45条",
            "死亡の翌日に資格を失い、受給権は死亡で消滅する",
        )
        .with("死亡年月日", died_on, "")
        .gives(lost_on),
    );
    Ok(())
}

/// 未支給年金 — claimed by who lived on one purse with the dead.
///
/// Law: 国民年金法19条1項・4項, 厚生年金保険法37条1項・4項.
///
/// # Errors
/// No death on record, claimed before it, not of one livelihood, 三親等 of an earlier death, or claimed already.
pub(super) fn unpaid(
    asked: &UnpaidBenefitClaim,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let Some(died_on) = register.deaths.first().map(|death| death.is) else {
        let why = "死亡の記録がありません。先に死亡届を受け付けてください";
        return Err(Unfit::new("basic_pension_number", "death_not_recorded", why));
    };
    if asked.filed_on < died_on {
        let why = "死亡年月日より前の日です。受付年月日を確かめてください";
        return Err(Unfit::new("filed_on", "before_death", why));
    }
    if !asked.shared_livelihood {
        let why = "未支給年金は、死亡の当時に生計を同じくしていた方が請求できます。生計同一を確かめてください";
        return Err(Unfit::new("shared_livelihood", "not_shared", why));
    }
    if asked.relation == Relation::ThirdDegree && died_on < THIRD_DEGREE_FROM {
        let why = "平成26年3月以前の死亡では、三親等内の親族は請求できません。続柄を確かめてください";
        return Err(Unfit::new("relation", "relation_not_yet", why));
    }
    if work.circumstances.claimant_person_id == Some(register.person_id) {
        let why = "請求者の基礎年金番号が死亡した方の番号です。番号を確かめてください";
        return Err(Unfit::new("claimant_number", "claimant_is_dead", why));
    }
    if asked.claimant_number.is_some() && work.circumstances.claimant_person_id.is_none() {
        let why = "請求者の基礎年金番号の登録がありません。番号を確かめるか、空欄にしてください";
        return Err(Unfit::new("claimant_number", "claimant_unknown", why));
    }
    if !register.unpaid.is_empty() {
        let why = "未支給年金はすでに請求されています。一人の請求が全員のためにされたものとみなされます";
        return Err(Unfit::new("relation", "already_claimed", why));
    }
    let is = UnpaidIs {
        filed_on: asked.filed_on,
        claimant_person_id: work.circumstances.claimant_person_id,
        relation: asked.relation,
        shared_livelihood: asked.shared_livelihood,
        account: asked.account.clone(),
    };
    let (person_id, record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    register.unpaid.push(Entry { person_id, record_id, is, cause });
    trace.step(
        Step::new("国民年金法19条1項・4項, 厚生年金保険法37条1項・4項", "死亡した月までの未支給の年金を請求できる")
            .with("続柄", asked.relation.name_ja(), "")
            .gives("請求を受け付ける"),
    );
    Ok(())
}

/// 受取口座 — as it was filed; whether the bank's file can carry it is asked at the payment.
pub(super) fn payee(account: &Account, register: &mut Register, work: &Work<'_>) {
    register.payees.clear();
    let (person_id, cause) = (register.person_id, work.cause.clone());
    register.payees.push(Entry { person_id, record_id: 0, is: account.clone(), cause });
}

/// 免除・猶予の決定 — its months must be of 第1号 and not decided otherwise.
///
/// Law: 国民年金法88条の2・88条の3・89条・90条・90条の2・90条の3.
///
/// # Errors
/// Months that run backward, are not of 第1号, are paid or decided already, or a kind that the law of the month did not know.
pub(super) fn relief(
    filed: &ReliefDecision,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let ReliefDecision { relief, applied_on, decided_on, first, last } = *filed;
    if last < first {
        return Err(Unfit::new("last_month", "backward", "最後の月が最初の月より前です。月を確かめてください"));
    }
    if decided_on > work.on {
        return Err(Unfit::new("decided_on", "future", "まだ来ていない日です。決定年月日を確かめてください"));
    }
    let overlaps = |row: &Entry<ReliefIs>| row.is.first <= last && first <= row.is.last;
    if register.reliefs.iter().any(overlaps) {
        let why = "この期間の免除・猶予はすでに決定されています。期間を確かめてください";
        return Err(Unfit::new("first_month", "already_decided", why));
    }
    // Months ahead are looked at as the record stands on their last day.
    let seen_on = work.on.max(last.last_day());
    let mut rows = register.life_rows().expect("refused before without a life");
    add_current_cover(&mut rows, Month::of(seen_on), &mut Trace::new())?;
    let before = life(&rows.facts(), seen_on)?;
    let not_cat1 = |month: &Month| before.month(*month).is_none_or(|of| of.cover != Cover::Cat1);
    if let Some(month) = first.through(last).find(not_cat1) {
        let why = format!("{month} は第1号被保険者の月ではありません。期間を確かめるか、先に種別を訂正してください");
        return Err(Unfit::new("first_month", "not_cat1", why));
    }
    if !matches!(relief, ReliefKind::Maternity | ReliefKind::Childcare | ReliefKind::Statutory) {
        let source = 0;
        rows.contributions.push(ContributionSpan {
            first,
            last,
            contribution: contribution_of(relief),
            additional: false,
            source,
        });
        no_new_contradiction(&before, &life(&rows.facts(), seen_on)?, "first_month")?;
    }
    let is = ReliefIs { relief, applied_on, decided_on, first, last };
    let (person_id, record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    register.reliefs.push(Entry { person_id, record_id, is, cause });
    trace.step(
        Step::new("国民年金法88条の2〜90条の3", "市町村を経由した免除・猶予の決定を記録する")
            .with("種類", relief.name_ja(), "")
            .with("最初の月", first, "")
            .gives(last),
    );
    Ok(())
}

fn contribution_of(relief: ReliefKind) -> Contribution {
    match relief {
        ReliefKind::Maternity => Contribution::Maternity,
        ReliefKind::Childcare => Contribution::Childcare,
        ReliefKind::Statutory => Contribution::StatutoryExempt,
        ReliefKind::Student => Contribution::Student,
        ReliefKind::Full => Contribution::FullExempt,
        ReliefKind::Deferral => Contribution::Deferral,
        ReliefKind::ThreeQuarters => Contribution::ThreeQuarterExempt { rest_paid: false },
        ReliefKind::Half => Contribution::HalfExempt { rest_paid: false },
        ReliefKind::OneQuarter => Contribution::QuarterExempt { rest_paid: false },
    }
}
