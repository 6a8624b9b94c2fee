//! 標準報酬改定請求書 — the split of remuneration after a divorce: one filing, a row for each of the two.

use domain::Month;
use domain::life::register::{Entry, Register};
use domain::life::{RemunerationSplit, SplitBonus, SplitKind, SplitStandard};
use domain::person_paper::{PensionSplit, Share};
use jiff::civil::Date;

use super::{Unfit, Work};
use crate::pension_record::divorce_split::{
    self, Amounts, MonthSplit, Party, Refusal, SplitRecords, deadline, split_records, target_months_told,
};
use crate::pension_record::life::{ContradictionKind, LifeRecord, add_current_cover, life};
use crate::{Step, Trace};

/// 標準報酬の改定請求 — holds the claim against both records and writes what each of them holds afterwards.
///
/// Law: 厚生年金保険法78条の2〜78条の6 (合意分割), 78条の14 (3号分割), 78条の20 (合意分割の請求に含まれる3号分割),
/// 施行規則78条の3 (請求期限), 施行令3条の12の7 (死亡後1月以内の請求は死亡の前日にしたものとみなす).
///
/// # Errors
/// The other is not known or is the same person, days that cannot be, the deadline past, no month to split, a share outside of
/// what the law allows, a period that was split already, a record that contradicts itself.
pub(super) fn split(
    asked: &PensionSplit,
    (own, other): (&mut Register, Option<&mut Register>),
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let Some(other) = other else {
        let why = "相手方の基礎年金番号の登録がありません。番号を確かめてください";
        return Err(Unfit::new("other_number", "other_unknown", why));
    };
    if other.person_id == own.person_id {
        let why = "相手方の基礎年金番号が本人の番号です。番号を確かめてください";
        return Err(Unfit::new("other_number", "same_person", why));
    }
    let Some(other_birth) = other.life.as_ref().map(|life| life.birth_on) else {
        let why = "相手方の基礎年金番号は統合されたか、登録がありません。残した番号で届け出てください";
        return Err(Unfit::new("other_number", "other_unknown", why));
    };
    let birth = own.life.as_ref().map(|life| life.birth_on).expect("refused before without a life");
    let share = share_of(asked)?;
    let claimed_on = in_time(asked, own, other, trace)?;
    let months = target_months_told(asked.kind, asked.married_on, asked.divorced_on, trace)?;
    let Some((first, last)) = months else {
        let why = "婚姻の月から離婚の月の前月までに、分割できる月がありません。婚姻と離婚の日を確かめてください";
        return Err(Unfit::new("married_on", "no_months", why));
    };
    not_split_already(asked.kind, (own, other), (first, last))?;
    let (own_record, other_record) =
        (sound(own, work.on, "basic_pension_number")?, sound(other, work.on, "other_number")?);
    let parties = (Party { birth, record: &own_record }, Party { birth: other_birth, record: &other_record });
    let shared = share.hundred_thousandths();
    let found = split_records(asked.kind, parties, (first, last), asked.divorced_on, shared, trace);
    let found = found.map_err(unfit)?;
    if found.cat3_months > 0 {
        work.remarks.push(DISABILITY_REMARK.to_owned());
    }
    let row = |gives: bool, other_person_id: i64, of: fn(&MonthSplit) -> (Amounts, Amounts)| RemunerationSplit {
        other_person_id,
        kind: asked.kind,
        gives,
        share: shared,
        rate: found.rate,
        first,
        last,
        claimed_on,
        standards: standards(&found, of),
        bonuses: bonuses(&found, of),
        source: 0,
        cause_filing_id: work.cause.filing_id,
    };
    let rows = (
        row(found.claimant_gives, other.person_id, |split| split.claimant),
        row(!found.claimant_gives, own.person_id, |split| split.other),
    );
    tell(&found, claimed_on, trace);
    add(own, rows.0, work)?;
    add(other, rows.1, work)
}

/// 78条の14第1項ただし書.
const DISABILITY_REMARK: &str =
    "3号分割を含みます。特定被保険者が、その月を基礎とする障害厚生年金の受給権者でないことを確かめてください";

/// 按分割合: 合意分割 names one, 3号分割 none.
fn share_of(asked: &PensionSplit) -> Result<Share, Unfit> {
    match (asked.kind, asked.share) {
        (SplitKind::Agreed, Some(share)) => Ok(share),
        (SplitKind::Agreed, None) => {
            Err(Unfit::new("share", "share_missing", "合意分割では、請求すべき按分割合を入力してください"))
        }
        (SplitKind::Cat3, None) => Ok(Share::HALF),
        (SplitKind::Cat3, Some(_)) => Err(Unfit::new(
            "share",
            "share_not_used",
            "3号分割の割合は2分の1と決まっています。按分割合は空欄にしてください",
        )),
    }
}

/// The day on which the claim counts as made.
fn in_time(asked: &PensionSplit, own: &Register, other: &Register, trace: &mut Trace) -> Result<Date, Unfit> {
    if asked.filed_on < asked.divorced_on {
        let why = "離婚年月日より前の受付です。受付年月日と離婚年月日を確かめてください";
        return Err(Unfit::new("filed_on", "before_divorce", why));
    }
    if asked.divorced_on < asked.married_on {
        let why = "婚姻年月日より前の離婚です。婚姻年月日と離婚年月日を確かめてください";
        return Err(Unfit::new("divorced_on", "before_marriage", why));
    }
    let died_on = |register: &Register| register.deaths.first().map(|death| death.is);
    if died_on(own).is_some() {
        let why = "請求する方の死亡の記録があります。生存している方から請求してください";
        return Err(Unfit::new("basic_pension_number", "died", why));
    }
    let other_died_on = died_on(other).filter(|died_on| *died_on <= asked.filed_on);
    let circumstances = divorce_split::Circumstances {
        court_asked_on: asked.court_asked_on,
        court_decided_on: asked.court_decided_on,
        other_died_on,
    };
    let last = deadline(asked.kind, asked.divorced_on, &circumstances, trace)?.last_claim_on;
    if asked.filed_on > last {
        let why = format!("請求期限 ({last}) を過ぎています。調停・審判があれば、申立てと確定の日を入力してください");
        return Err(Unfit::new("filed_on", "deadline_past", why));
    }
    let before_death = other_died_on.and_then(|died_on| died_on.yesterday().ok());
    Ok(before_death.unwrap_or(asked.filed_on))
}

/// No month is split twice, but for an agreed share after 3号分割 between the same two.
fn not_split_already(
    kind: SplitKind,
    (own, other): (&Register, &Register),
    (first, last): (Month, Month),
) -> Result<(), Unfit> {
    for (register, them) in [(own, other), (other, own)] {
        let overlaps = register.splits.iter().any(|row| {
            let after_cat3 =
                kind == SplitKind::Agreed && row.is.kind == SplitKind::Cat3 && row.is.other_person_id == them.person_id;
            row.is.first <= last && first <= row.is.last && !after_cat3
        });
        if overlaps {
            let why = "この期間の標準報酬はすでに分割されています。婚姻と離婚の日、相手方を確かめてください";
            return Err(Unfit::new("married_on", "already_split", why));
        }
    }
    Ok(())
}

/// The record with all earlier splits; one that contradicts itself cannot be split.
fn sound(register: &Register, on: Date, about: &'static str) -> Result<LifeRecord, Unfit> {
    let mut rows = register.life_rows().expect("a register without a life is refused before");
    add_current_cover(&mut rows, Month::of(on), &mut Trace::new())?;
    let facts = rows.facts();
    let mut record = life(&facts, on)?;
    let effective = facts.splits.iter().map(RemunerationSplit::effective).max();
    if let Some(effective) = effective {
        record.lay_splits(&facts, effective);
    }
    let contradiction = record.contradictions().iter().find(|found| found.kind != ContradictionKind::Gap);
    match contradiction {
        None => Ok(record),
        Some(found) => {
            let why = format!(
                "年金記録に矛盾があります。先に記録を訂正してください: {} {}",
                found.first,
                found.kind.sentence()
            );
            Err(Unfit::new(about, "record_contradicts", why))
        }
    }
}

fn unfit(refusal: Refusal) -> Unfit {
    match refusal {
        Refusal::OtherKind(month) => {
            let why = format!(
                "{month} に共済の期間、又は平成3年3月以前の坑内員・船員の期間があります。実施機関の改定を待ち、担当者が改定してください"
            );
            Unfit::new("married_on", "other_kind", why)
        }
        Refusal::NoEmployeesMonths => {
            let why = "婚姻の間に厚生年金の月がありません。婚姻と離婚の日、相手方を確かめてください";
            Unfit::new("other_number", "no_employees_months", why)
        }
        Refusal::NoCat3Months => {
            let why = "請求する方が第3号被保険者で、相手方が厚生年金の被保険者である月 (平成20年4月以後) がありません";
            Unfit::new("kind", "no_cat3_months", why)
        }
        Refusal::ShareOverHalf => {
            Unfit::new("share", "share_over_half", "按分割合は2分の1 (50%) までです。割合を確かめてください")
        }
        Refusal::ShareNotAbove { present } => {
            let present = Share::new(present).unwrap_or(Share::HALF);
            let why =
                format!("按分割合は、少ない方のいまの割合 (およそ{present}) を超え50%までです。割合を確かめてください");
            Unfit::new("share", "share_not_above", why)
        }
        Refusal::Law(error) => error.into(),
    }
}

/// Runs of months with the same amounts before and after.
fn standards(found: &SplitRecords, of: fn(&MonthSplit) -> (Amounts, Amounts)) -> Vec<SplitStandard> {
    let mut runs: Vec<SplitStandard> = Vec::new();
    for split in &found.months {
        let (before, after) = of(split);
        let (before_yen, after_yen) = (before.standard_yen, after.standard_yen);
        if before_yen == 0 && after_yen == 0 {
            continue;
        }
        match runs.last_mut() {
            Some(run)
                if (run.before_yen, run.after_yen) == (before_yen, after_yen) && run.last.next() == split.month =>
            {
                run.last = split.month;
            }
            _ => runs.push(SplitStandard { first: split.month, last: split.month, before_yen, after_yen }),
        }
    }
    runs
}

fn bonuses(found: &SplitRecords, of: fn(&MonthSplit) -> (Amounts, Amounts)) -> Vec<SplitBonus> {
    let bonus = |split: &MonthSplit| {
        let (before, after) = of(split);
        SplitBonus { month: split.month, before_yen: before.bonus_yen, after_yen: after.bonus_yen }
    };
    found.months.iter().map(bonus).filter(|bonus| bonus.before_yen != bonus.after_yen).collect()
}

fn add(register: &mut Register, row: RemunerationSplit, work: &mut Work<'_>) -> Result<(), Unfit> {
    let (person_id, record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    let is = RemunerationSplit { source: record_id.unsigned_abs(), ..row };
    register.splits.push(Entry { person_id, record_id, is, cause });
    Ok(())
}

fn tell(found: &SplitRecords, claimed_on: Date, trace: &mut Trace) {
    trace.step(
        Step::new(
            "厚生年金保険法78条の6第4項・78条の10第1項・78条の14第5項・78条の18第1項",
            "標準報酬を改定し、年金額は請求の月の翌月から改定する",
        )
        .with("改定する月", found.months.len(), "か月")
        .with("請求のあった日", claimed_on, "")
        .gives(format!("{}分から", Month::of(claimed_on).next())),
    );
}
