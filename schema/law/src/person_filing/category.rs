//! 種別訂正届 — a spell of the record was of another category, is missing, or never was.

use domain::Month;
use domain::life::register::{Entry, Register, SpanKind, SpellIs};
use domain::life::{Cat3Irregularity, Category};
use domain::person_paper::{CategoryCorrected, CategoryCorrection, PlainCategory};
use jiff::civil::Date;

use super::months::{add_span, clear_marks, cut_spans, runs};
use super::{Unfit, Work, no_new_contradiction, record};
use crate::national_pension::due_date::due_date;
use crate::pension_record::life::{Cover, LifeRecord, State, counted_months};
use crate::pension_record::notification::{MismatchMonth, late_cat3, mismatch_month};
use crate::{Step, Trace};

/// Of months older than this nobody asks whether an office was closed on the last day.
const EXACT_DUE_MONTHS: i32 = 36;

/// What was touched: the days, and the category before and after.
struct Touched {
    from: Date,
    to: Option<Date>,
    before: Option<Category>,
    after: Option<PlainCategory>,
}

/// 種別の訂正.
///
/// Law: 国民年金法7条・8条・9条・11条の2・12条, 附則7条の3・9条の4の2.
///
/// # Errors
/// The record is not there, is of 厚生年金, or the days do not lie in it; or the corrected record contradicts itself.
pub(super) fn correct(
    filing: &CategoryCorrection,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let before = record(register, work.on)?;
    let touched = match filing.corrected {
        CategoryCorrected::Changed { record_id, category, from, to } => {
            change(register, record_id, category, (from, to), work)?
        }
        CategoryCorrected::Added { category, from, to } => add(register, category, (from, to), work)?,
        CategoryCorrected::Cancelled { record_id } => {
            let place = place_of(register, record_id)?;
            let SpellIs { category, acquired_on, lost_on } = register.spells.remove(place).is;
            Touched { from: acquired_on, to: lost_on, before: Some(category), after: None }
        }
    };
    tell(&touched, trace);
    if let Some(months) = counted_months(touched.from, touched.to, Month::of(work.on)) {
        settle_months(filing, register, &touched, months, work, trace)?;
    }
    let about = if matches!(filing.corrected, CategoryCorrected::Added { .. }) { "from" } else { "record_id" };
    no_new_contradiction(&before, &record(register, work.on)?, about)
}

fn tell(touched: &Touched, trace: &mut Trace) {
    let words = |category: Option<Category>| {
        let of = PlainCategory::ALL.into_iter().find(|plain| Some(plain.category()) == category);
        of.map_or("記録なし", PlainCategory::name_ja)
    };
    let to = touched.to.map_or("継続".to_owned(), |to| to.to_string());
    trace.step(
        Step::new("国民年金法7条・8条・9条・14条", "資格記録の種別を訂正する")
            .with("取得年月日", touched.from, "")
            .with("喪失年月日", to, "")
            .with("訂正前", words(touched.before), "")
            .gives(words(touched.after.map(PlainCategory::category))),
    );
}

/// The place of a record that a person's filing can change.
fn place_of(register: &Register, record_id: i64) -> Result<usize, Unfit> {
    let place = register.spells.iter().position(|row| row.record_id == record_id);
    let Some(place) = place else {
        let why = "この番号の資格記録はありません。年金記録の画面で番号を確かめてください";
        return Err(Unfit::new("record_id", "record_unknown", why));
    };
    if matches!(register.spells[place].is.category, Category::Cat2 { .. }) {
        let why = "厚生年金の資格記録です。事業所からの届 (訂正・取消届) で訂正してください";
        return Err(Unfit::new("record_id", "employees_record", why));
    }
    Ok(place)
}

/// The part of the spell from `from` to `to` becomes of the other category; what is left of it stays around it.
fn change(
    register: &mut Register,
    record_id: i64,
    category: PlainCategory,
    (from, to): (Option<Date>, Option<Date>),
    work: &mut Work<'_>,
) -> Result<Touched, Unfit> {
    let place = place_of(register, record_id)?;
    let whole = register.spells[place].clone();
    let SpellIs { category: old, acquired_on, lost_on } = whole.is;
    if old == category.category() {
        let why = "記録はすでにこの種別です。正しい種別を確かめてください";
        return Err(Unfit::new("category", "nothing_changed", why));
    }
    let (from, to) = (from.unwrap_or(acquired_on), to.or(lost_on));
    let within = acquired_on <= from && lost_on.is_none_or(|lost_on| to.is_some_and(|to| to <= lost_on));
    if !within || from >= to.unwrap_or(Date::MAX) {
        let why = "訂正する期間がこの資格記録の中にありません。取得年月日と喪失年月日を確かめてください";
        return Err(Unfit::new("from", "outside_record", why));
    }
    let pieces = [
        (old, acquired_on, Some(from)),
        (category.category(), from, to),
        (old, to.unwrap_or(Date::MAX), lost_on.or(to.map(|_| Date::MAX))),
    ];
    register.spells.remove(place);
    let mut own = Some(record_id);
    for (place, (category, acquired_on, end)) in pieces.into_iter().enumerate() {
        let is_there = match place {
            1 => true,
            _ => end.is_some_and(|end| acquired_on < end),
        };
        if is_there {
            let record_id = match own.take() {
                Some(own) => own,
                None => work.new_record()?,
            };
            let is = SpellIs { category, acquired_on, lost_on: end.filter(|end| *end < Date::MAX) };
            register.spells.push(Entry { record_id, is, cause: work.cause.clone(), ..whole.clone() });
        }
    }
    Ok(Touched { from, to, before: Some(old), after: Some(category) })
}

fn add(
    register: &mut Register,
    category: PlainCategory,
    (from, to): (Date, Option<Date>),
    work: &mut Work<'_>,
) -> Result<Touched, Unfit> {
    if to.is_some_and(|to| to <= from) {
        let why = "喪失年月日が取得年月日以前です。日付を確かめてください";
        return Err(Unfit::new("to", "backward", why));
    }
    let record_id = work.new_record()?;
    let is = SpellIs { category: category.category(), acquired_on: from, lost_on: to };
    let (person_id, cause) = (register.person_id, work.cause.clone());
    register.spells.push(Entry { person_id, record_id, is, cause });
    Ok(Touched { from, to, before: None, after: Some(category) })
}

/// What becomes of the months: marks that no longer fit go; months of 第3号 that were 第1号, and late months of 第3号, get
/// what the law makes of them.
fn settle_months(
    filing: &CategoryCorrection,
    register: &mut Register,
    touched: &Touched,
    months: (Month, Month),
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    cut_spans(register, months, work, |kind| matches!(kind, SpanKind::Cat3(_)))?;
    let after = record(register, work.on)?;
    let cleared = clear_marks(register, months, &after, work);
    if cleared > 0 {
        work.remarks.push(format!("納付・免除の記録 {cleared}か月分を外しました。還付・充当を確かめてください"));
    }
    match (touched.before, touched.after) {
        (Some(Category::Cat3), Some(PlainCategory::Cat1)) => {
            let after = record(register, work.on)?;
            mismatch(filing.mismatch_notice, register, (&after, months), work, trace)
        }
        (_, Some(PlainCategory::Cat3)) => late(filing.special_notice, register, touched, (&after, months), work, trace),
        _ => Ok(()),
    }
}

/// 第3号不整合期間: of each month, whether it can still be paid, is unpaid, or is complementary.
fn mismatch(
    notice_filed: bool,
    register: &mut Register,
    (after, (first, last)): (&LifeRecord, (Month, Month)),
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let mut found = Vec::new();
    for month in first.through(last) {
        let unpaid = after.month(month).is_some_and(|of| (of.cover, of.state) == (Cover::Cat1, State::Unpaid));
        if unpaid {
            let due_on = match Month::of(work.on).months_since(month) {
                recent if recent <= EXACT_DUE_MONTHS => due_date(month, &mut Trace::new())?,
                _ => month.next().last_day(),
            };
            found.push((month, mismatch_month(due_on, work.on, notice_filed, &mut Trace::new())?));
        }
    }
    for (becomes, first, last) in runs(found) {
        let (kind, words) = match becomes {
            MismatchMonth::StillPayable => (None, "未納: 時効前で、第1号として納付できる"),
            MismatchMonth::NotCounted => {
                (Some(Cat3Irregularity::Mismatch), "時効消滅不整合期間: 特定期間該当届がなければ未納と同じ")
            }
            MismatchMonth::Complementary => {
                (Some(Cat3Irregularity::MismatchFiled), "特定期間: 合算対象期間とし、額には算入しない")
            }
        };
        trace.step(
            Step::new("国民年金法附則9条の4の2・102条4項", "第3号として記録された第1号の月の扱い")
                .with("最初の月", first, "")
                .with("最後の月", last, "")
                .with("記録訂正日", work.on, "")
                .gives(words),
        );
        if let Some(kind) = kind {
            add_span(register, SpanKind::Cat3(kind), (first, last), work)?;
        }
    }
    Ok(())
}

/// 第3号の届出の遅れ: months more than two years before the notice are not counted, but for a 特例届出.
fn late(
    special_notice: bool,
    register: &mut Register,
    touched: &Touched,
    (after, (first, last)): (&LifeRecord, (Month, Month)),
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    if touched.from > work.on {
        return Ok(());
    }
    let Some(until) = late_cat3(touched.from, work.on, trace)?.not_counted_until else { return Ok(()) };
    let kind = if special_notice { Cat3Irregularity::SpecialNotice } else { Cat3Irregularity::Late };
    let of_cat3 = |month: &Month| after.month(*month).is_some_and(|of| of.cover == Cover::Cat3);
    let months: Vec<(Month, ())> = first.through(until.min(last)).filter(of_cat3).map(|month| (month, ())).collect();
    for ((), first, last) in runs(months) {
        add_span(register, SpanKind::Cat3(kind), (first, last), work)?;
    }
    Ok(())
}
