//! 国民年金の被保険者資格 (国民年金法7条〜9条, 11条・11条の2, 附則5条) — when a category is acquired and lost, which months
//! count, and whose a month is.

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use super::life::{Ages, Category, Cover, counted_months, unification_start};
use crate::employees_insurance::{check_day, day_after};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 年齢に達する日 — the day before the birthday.
///
/// Law: 年齢計算ニ関スル法律, 民法143条2項.
///
/// # Errors
/// `BadInput` — a birth that cannot be, or an age over 150.
///
/// # Examples
/// Born 1960-04-01: 65 on 2025-03-31. Born 2000-02-29: 20 on 2020-02-28.
pub fn age_attained_on(birth_on: Date, age: i16, trace: &mut Trace) -> Result<Date, LawError> {
    check_birth(birth_on)?;
    if !(0..=150).contains(&age) {
        return Err(LawError::bad_input("年齢 (age)", "0から150までの整数で入力してください"));
    }
    let day = attained_on(birth_on, age);
    trace.step(
        Step::new("年齢計算ニ関スル法律・民法143条2項", format!("{age}歳に達する日 = {age}歳の誕生日の前日"))
            .with("生年月日", birth_on, "")
            .gives(day),
    );
    Ok(day)
}

fn check_birth(birth_on: Date) -> Result<(), LawError> {
    check_day("生年月日 (birth_date)", birth_on)
}

/// 資格取得の事由 — the facts that make somebody insured in a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// 第1号: resident in Japan from this day, and not excluded any more from that.
    Cat1 {
        /// 日本国内に住所を有するに至った日.
        resident_from: Date,
        /// 適用除外でなくなった日; `None` for somebody who never was excluded.
        exclusion_ended_on: Option<Date>,
    },
    /// 第2号: insured under 厚生年金 from this day, at any age.
    Cat2 {
        /// 厚生年金保険の資格取得日.
        insured_from: Date,
    },
    /// 第3号: dependent spouse of a 第2号 from this day.
    Cat3 {
        /// 被扶養配偶者となった日.
        dependent_from: Date,
    },
    /// 任意加入: from the application, 20 to 64.
    Voluntary {
        /// 申出日.
        applied_on: Date,
    },
    /// 特例任意加入: from the application, 65 to 69.
    SpecialVoluntary {
        /// 申出日.
        applied_on: Date,
    },
}

/// 資格取得日 — the day on which the last of the conditions is met.
///
/// Law: 国民年金法8条1号〜5号 (その日), 附則5条3項 (申出をした日), 平成6年法律95号附則11条3項, 平成16年法律104号附則23条,
/// 令和7年法律74号附則40条 (特例任意加入).
///
/// # Errors
/// `BadInput` — a day that cannot be, or an age at which the category does not exist.
///
/// # Examples
/// Born 2005-04-01 and resident since: 第1号 on 2025-03-31.
pub fn acquired_on(birth_on: Date, entry: Entry, trace: &mut Trace) -> Result<Date, LawError> {
    check_birth(birth_on)?;
    let ages = Ages::of(birth_on);
    let (clause, day) = match entry {
        Entry::Cat1 { resident_from, exclusion_ended_on } => {
            let met = resident_from.max(exclusion_ended_on.unwrap_or(resident_from));
            ("国民年金法8条1号〜3号", met.max(ages.twenty_on))
        }
        Entry::Cat2 { insured_from } => ("国民年金法8条4号", insured_from),
        Entry::Cat3 { dependent_from } => ("国民年金法8条5号", dependent_from.max(ages.twenty_on)),
        Entry::Voluntary { applied_on } => ("国民年金法附則5条1項・3項", applied_on),
        Entry::SpecialVoluntary { applied_on } => {
            ("平成6年法律95号附則11条・平成16年法律104号附則23条・令和7年法律74号附則40条", applied_on)
        }
    };
    check_day("資格取得の事由の日", day)?;
    check_age(birth_on, &ages, entry, day)?;
    trace.step(
        Step::new(clause, "資格取得日 = 要件のすべてを満たした日")
            .with("20歳に達した日", ages.twenty_on, "")
            .with("60歳に達する日", ages.sixty_on, "")
            .gives(day),
    );
    Ok(day)
}

/// 特例任意加入: who was born later cannot join.
const SPECIAL_VOLUNTARY_BORN_UNTIL: Date = Date::constant(1975, 4, 1);
/// 特例任意加入 of the births from 1965-04-02 is open from this day (令和7年法律74号).
const LAST_GROUP_FROM: Date = Date::constant(2025, 6, 20);
/// The last birth of the groups before that one.
const EARLIER_GROUPS_BORN_UNTIL: Date = Date::constant(1965, 4, 1);

fn check_age(birth_on: Date, ages: &Ages, entry: Entry, day: Date) -> Result<(), LawError> {
    let wrong = |reason: String| Err(LawError::bad_input("資格取得の事由の日", reason));
    match entry {
        Entry::Cat1 { .. } | Entry::Cat3 { .. } if day >= ages.sixty_on => wrong(format!(
            "60歳に達した日 ({}) 以後は第1号・第3号になりません。任意加入を確認してください",
            ages.sixty_on
        )),
        Entry::Voluntary { .. } if day < ages.twenty_on || day >= ages.sixty_five_on => {
            wrong("任意加入できるのは20歳以上65歳未満です。申出日を確認してください".to_owned())
        }
        Entry::SpecialVoluntary { .. } if day < ages.sixty_five_on || day >= ages.seventy_on => {
            wrong("特例任意加入できるのは65歳以上70歳未満です。申出日を確認してください".to_owned())
        }
        Entry::SpecialVoluntary { .. } if birth_on > SPECIAL_VOLUNTARY_BORN_UNTIL => {
            wrong("特例任意加入できるのは昭和50年4月1日以前に生まれた人です".to_owned())
        }
        Entry::SpecialVoluntary { .. } if birth_on > EARLIER_GROUPS_BORN_UNTIL && day < LAST_GROUP_FROM => {
            wrong("昭和40年4月2日以後に生まれた人の特例任意加入は令和7年6月20日からです".to_owned())
        }
        _ => Ok(()),
    }
}

/// 資格喪失の事由 (国民年金法9条, 附則5条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// 死亡 (1号): the next day.
    Death(Date),
    /// 日本国内に住所を有しなくなった (2号): the next day.
    LeftJapan {
        /// The day of leaving.
        left_on: Date,
        /// Another ground of acquisition or loss arises on the same day: then that day.
        other_ground_same_day: bool,
    },
    /// 60歳に達した (3号): that day.
    Sixty,
    /// 厚生年金保険法に基づく老齢給付等を受けることができる者となった (4号): that day.
    EntitledToEmployeesOldAge(Date),
    /// 厚生年金保険の資格を喪失した (5号): that day.
    EmployeesCoverEnded(Date),
    /// 被扶養配偶者でなくなった (6号): that day.
    DependencyEnded(Date),
    /// 任意加入: 65歳に達した (特例: 70歳), that day.
    VoluntaryAge {
        /// 特例任意加入.
        special: bool,
    },
    /// 任意加入: the statement that it ends was accepted, 480 months were reached, or 厚生年金 was acquired: that day.
    VoluntaryEnded(Date),
    /// 任意加入, 国内: not paid by the date in the 督促状; the day after that date.
    VoluntaryReminder(Date),
    /// 任意加入, 海外: two years unpaid; the day after they have passed.
    VoluntaryTwoYears(Date),
}

/// 資格喪失日 — the first day without the category.
///
/// Law: 国民年金法9条1号〜6号 (1号・2号は翌日、3号〜6号はその日), 附則5条5項〜9項.
///
/// # Errors
/// `BadInput` — a day that cannot be.
///
/// # Examples
/// Left Japan on 2025-05-31: 2025-06-01. Born 1965-06-01: at 60 on 2025-05-31.
pub fn lost_on(birth_on: Date, loss: Loss, trace: &mut Trace) -> Result<Date, LawError> {
    check_birth(birth_on)?;
    let ages = Ages::of(birth_on);
    let (clause, rule, event, next_day) = match loss {
        Loss::Death(on) => ("国民年金法9条1号", "死亡した日の翌日", on, true),
        Loss::LeftJapan { left_on, other_ground_same_day: false } => {
            ("国民年金法9条2号", "日本国内に住所を有しなくなった日の翌日", left_on, true)
        }
        Loss::LeftJapan { left_on, .. } => {
            ("国民年金法9条2号ただし書", "その日に更に他の事由に該当したので、その日", left_on, false)
        }
        Loss::Sixty => ("国民年金法9条3号", "60歳に達した日", ages.sixty_on, false),
        Loss::EntitledToEmployeesOldAge(on) => {
            ("国民年金法9条4号", "老齢給付等を受けることができる者となった日", on, false)
        }
        Loss::EmployeesCoverEnded(on) => ("国民年金法9条5号", "厚生年金保険の被保険者の資格を喪失した日", on, false),
        Loss::DependencyEnded(on) => ("国民年金法9条6号", "被扶養配偶者でなくなった日", on, false),
        Loss::VoluntaryAge { special: false } => {
            ("国民年金法附則5条5項1号・6項1号", "65歳に達した日", ages.sixty_five_on, false)
        }
        Loss::VoluntaryAge { .. } => ("平成6年法律95号附則11条6項", "70歳に達した日", ages.seventy_on, false),
        Loss::VoluntaryEnded(on) => {
            ("国民年金法附則5条5項・6項", "申出の受理・480月の到達・厚生年金の資格取得の日", on, false)
        }
        Loss::VoluntaryReminder(on) => {
            ("国民年金法附則5条6項4号", "督促状の指定期限までに納付しないとき、その翌日", on, true)
        }
        Loss::VoluntaryTwoYears(on) => {
            ("国民年金法附則5条8項4号", "2年間納付しないとき、2年を経過した日の翌日", on, true)
        }
    };
    check_day("資格喪失の事由の日", event)?;
    let day = if next_day { day_after(event) } else { event };
    trace.step(Step::new(clause, format!("資格喪失日 = {rule}")).with("事由の日", event, "").gives(day));
    Ok(day)
}

/// 最後の月 — the month before the month of loss (国民年金法11条1項). A person who lost on the first counts to the month before.
pub fn last_month(lost_on: Date, trace: &mut Trace) -> Month {
    let last = Month::of(lost_on).previous();
    trace.step(
        Step::new("国民年金法11条1項", "資格を喪失した日の属する月の前月まで算入する")
            .with("資格喪失日", lost_on, "")
            .gives(last),
    );
    last
}

/// 同月得喪の相手 — the status acquired later in the month in which the spell began and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// 国民年金の被保険者 (1号・3号・任意).
    NationalPension,
    /// 厚生年金保険の被保険者.
    EmployeesPension,
}

/// 制度 whose months are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountedScheme {
    /// 国民年金 (11条).
    #[default]
    NationalPension,
    /// 厚生年金保険 (19条).
    EmployeesPension,
}

/// 算入する月 — first and last; `None` where the month belongs to the status acquired later in it.
pub type CountedMonths = Option<(Month, Month)>;

/// 被保険者期間 — the months that one spell counts.
///
/// Law: 国民年金法11条1項・2項, 厚生年金保険法19条1項・2項 (国民年金に譲るのは平成27年10月1日から).
///
/// - `following`: what was acquired later in the month, where the spell began and ended in one month
///
/// # Errors
/// `BadInput` — lost before acquired, or days that cannot be.
///
/// # Examples
/// 2025-04-10 to 2025-04-25: one month; none where another status begins in April after it.
pub fn insured_months(
    scheme: CountedScheme,
    acquired_on: Date,
    lost_on: Date,
    following: Option<Following>,
    trace: &mut Trace,
) -> Result<CountedMonths, LawError> {
    check_day("資格取得日 (acquired_on)", acquired_on)?;
    check_day("資格喪失日 (lost_on)", lost_on)?;
    let counted = counted_months(acquired_on, Some(lost_on), Month::of(lost_on));
    let months = counted.ok_or_else(|| {
        LawError::bad_input("資格喪失日 (lost_on)", format!("資格取得日 ({acquired_on}) 以後の日を入力してください"))
    })?;
    let in_one_month = Month::of(acquired_on) == Month::of(lost_on);
    let gives_way = in_one_month && following.is_some_and(|following| gives_way(scheme, following, months.0));
    let (clause, rule) = match (scheme, in_one_month) {
        (CountedScheme::NationalPension, false) => ("国民年金法11条1項", "取得の月から喪失の月の前月まで"),
        (CountedScheme::NationalPension, true) => {
            ("国民年金法11条2項", "同じ月に得喪: 1月。更に取得したときは後の資格")
        }
        (CountedScheme::EmployeesPension, false) => ("厚生年金保険法19条1項", "取得の月から喪失の月の前月まで"),
        (CountedScheme::EmployeesPension, true) => (
            "厚生年金保険法19条2項",
            "同じ月に得喪: 1月。更に厚生年金 (平成27年10月からは国民年金も) を取得したときは後の資格",
        ),
    };
    let counted = (!gives_way).then_some(months);
    trace.step(Step::new(clause, rule).with("資格取得日", acquired_on, "").with("資格喪失日", lost_on, "").gives(
        counted.map_or("0か月".to_owned(), |(first, last)| format!("{first}〜{last} {}か月", length(first, last))),
    ));
    Ok(counted)
}

fn gives_way(scheme: CountedScheme, following: Following, month: Month) -> bool {
    match (scheme, following) {
        (CountedScheme::NationalPension, _) | (CountedScheme::EmployeesPension, Following::EmployeesPension) => true,
        (CountedScheme::EmployeesPension, Following::NationalPension) => month >= unification_start(),
    }
}

/// Months from first to last, both included.
pub fn length(first: Month, last: Month) -> i32 {
    last.months_since(first) + 1
}

/// 種別の変更 — one event: from this day this category, or none.
pub type CategoryEvent = (Date, Option<Category>);

/// 種別のある月 — the category that owns a month: the one held last in it.
///
/// Law: 国民年金法11条の2 (最後に属する種別), 11条1項・2項 (取得と喪失).
///
/// - `events`: in any order; two on one day stand in the order given
///
/// # Errors
/// `BadInput` — no event, or days that cannot be.
///
/// # Examples
/// 1号 from the 5th, 2号 from the 20th, 3号 from the 29th: the month is one of 3号.
pub fn category_of_month(
    events: &[CategoryEvent],
    month: Month,
    trace: &mut Trace,
) -> Result<Option<Category>, LawError> {
    for (day, _) in events {
        check_day("種別変更の日 (events)", *day)?;
    }
    if events.is_empty() {
        return Err(LawError::bad_input("種別の変更 (events)", "1件以上入力してください"));
    }
    let mut events = events.to_vec();
    events.sort_by_key(|(day, _)| *day);
    let owner = owner_of(&events, month);
    let name = owner.map_or("なし", |category| Cover::of(category).code());
    trace.step(
        Step::new("国民年金法11条の2", "種別の変更があった月は、最後に属する種別の月とする")
            .with("月", month, "")
            .gives(name),
    );
    Ok(owner)
}

/// The events as spells, each to the next event; the last spell that counts the month owns it.
fn owner_of(events: &[CategoryEvent], month: Month) -> Option<Category> {
    let ends = events.iter().skip(1).map(|(day, _)| Some(*day)).chain([None]);
    let spells = events.iter().zip(ends).filter_map(|((day, category), end)| Some((*day, (*category)?, end)));
    let counts = |&(from, _, end): &(Date, Category, Option<Date>)| {
        counted_months(from, end, month.max(Month::of(from)))
            .is_some_and(|(first, last)| first <= month && month <= last)
    };
    spells.filter(counts).last().map(|(_, category, _)| category)
}
