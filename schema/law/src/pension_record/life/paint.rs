//! 記録の書き込み — register after register onto the row of months; what does not fit is listed, never repaired.

use domain::Month;
use jiff::civil::Date;

use super::*;
use ContradictionKind as Kind;

/// 特例任意加入 is open to people born until this day (令和7年法律74号附則40条).
const SPECIAL_VOLUNTARY_BORN_UNTIL: Date = Date::constant(1975, 4, 1);
/// From here the age of 70 ends 厚生年金 (平成12年法律18号: 平成14年4月1日).
const SEVENTY_ENDS_EMPLOYEES_FROM: Date = Date::constant(2002, 4, 1);

/// Every register, in the order in which one builds on the other.
pub(super) fn everything(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    order(record, facts);
    overlaps(record, facts);
    covers(record, facts);
    for span in facts.contributions.iter().filter(|span| span.contribution != Contribution::PaidLater) {
        contribution(record, facts, span);
    }
    for span in facts.contributions.iter().filter(|span| span.contribution == Contribution::PaidLater) {
        later_payment(record, facts, span);
    }
    facts.cat3.iter().for_each(|span| cat3(record, facts, span));
    facts.complementary.iter().for_each(|span| complementary(record, facts, span));
    facts.abroad.iter().for_each(|spell| abroad(record, spell));
    voluntary_unpaid(record);
    facts.remunerations.iter().for_each(|span| remuneration(record, facts, span));
    facts.bonuses.iter().for_each(|bonus_month| bonus(record, facts, bonus_month));
    without_remuneration(record, facts);
    without_spouse(record, facts);
    gaps(record, facts);
}

fn order(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    let key = |&place: &usize| {
        let spell = &facts.spells[place];
        (spell.acquired_on, spell.lost_on.unwrap_or(Date::MAX), spell.source)
    };
    record.order.extend(0..facts.spells.len());
    if !record.order.is_sorted_by_key(key) {
        record.order.sort_unstable_by_key(key);
    }
}

/// Two spells that hold on the same day, unless they are the same cover at two workplaces.
fn overlaps(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    let as_of_on = record.as_of_on;
    let end = |spell: &CategorySpell| seen_end(spell.lost_on, as_of_on);
    let mut longest: Option<&CategorySpell> = None;
    for turn in 0..record.order.len() {
        let spell = &facts.spells[record.order[turn]];
        if spell.acquired_on > as_of_on {
            break;
        }
        if let Some(before) = longest.filter(|before| end(before) > spell.acquired_on) {
            let two_workplaces = matches!(spell.category, Category::Cat2 { .. })
                && Cover::of(before.category) == Cover::of(spell.category);
            let last_day = end(before).min(end(spell)).yesterday().unwrap_or(spell.acquired_on);
            if !two_workplaces && end(spell) > spell.acquired_on {
                let months = (Month::of(spell.acquired_on), Month::of(last_day));
                record.contradict_run(Kind::TwoCategories, months, before.source, Some(spell.source));
            }
        }
        if longest.is_none_or(|before| end(before) < end(spell)) {
            longest = Some(spell);
        }
    }
}

/// Every spell onto the months it counts; where two meet in a month, the one acquired later owns it.
fn covers(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    let mut before: Option<&CategorySpell> = None;
    for turn in 0..record.order.len() {
        let spell = &facts.spells[record.order[turn]];
        if spell.acquired_on > record.as_of_on {
            break;
        }
        check_spell(record, facts, spell);
        cover(record, spell, before);
        before = Some(spell);
    }
}

fn cover(record: &mut LifeRecord, spell: &CategorySpell, before: Option<&CategorySpell>) {
    let Some((first, last)) = counted_months(spell.acquired_on, seen_loss(spell, record.as_of_on), record.last())
    else {
        let months = (Month::of(spell.acquired_on), Month::of(spell.acquired_on));
        record.contradict_run(Kind::BackwardSpell, months, spell.source, None);
        return;
    };
    let mut entry =
        RecordMonth { cover: Cover::of(spell.category), state: state_of(spell.category), ..RecordMonth::default() };
    if matches!(spell.category, Category::Cat2 { class: EmployeesClass::MinerOrSeaman, .. }) {
        entry.marks.set(Marks::MINER_OR_SEAMAN);
    }
    let places = record.places(first, last);
    record.months[places.clone()].fill(entry);
    if let Some(kind) = before.and_then(|before| month_of_both(before, spell)) {
        let first_place = (first >= record.first).then_some(places).and_then(|mut places| places.next());
        if let Some(place) = first_place {
            record.months[place].marks.set_also(kind);
        }
    }
}

/// The loss, where it has come by the as-of day; a spell that ends later is still held.
fn seen_loss(spell: &CategorySpell, as_of_on: Date) -> Option<Date> {
    spell.lost_on.filter(|lost_on| *lost_on <= as_of_on)
}

/// 厚生年金 acquired and lost in the month in which 国民年金 follows: before 2015-10 a month of both (旧19条2項).
fn month_of_both(before: &CategorySpell, spell: &CategorySpell) -> Option<EmployeesKind> {
    let Category::Cat2 { kind, .. } = before.category else { return None };
    let month = Month::of(before.acquired_on);
    let in_one_month = before.lost_on.is_some_and(|lost_on| Month::of(lost_on) == month);
    let followed = !matches!(spell.category, Category::Cat2 { .. }) && Month::of(spell.acquired_on) == month;
    (in_one_month && followed && month < unification_start()).then_some(kind)
}

fn state_of(category: Category) -> State {
    match category {
        Category::Cat2 { .. } => State::Employed,
        Category::Cat3 => State::Dependant,
        Category::Cat1 | Category::Voluntary | Category::SpecialVoluntary => State::Unpaid,
    }
}

/// Whether the person can have that category on these days: age, birth, death, the beginning of the scheme, residence.
fn check_spell(record: &mut LifeRecord, facts: &LifeFacts<'_>, spell: &CategorySpell) {
    let (ages, acquired_on) = (record.ages, spell.acquired_on);
    let end = seen_end(spell.lost_on, record.as_of_on);
    if end < acquired_on {
        return;
    }
    let mut outside = |kind: Kind, from: Date, until: Date| {
        let (from, last_day) = (from.max(acquired_on), until.min(end).yesterday().unwrap_or(from));
        if from <= last_day {
            record.contradict_run(kind, (Month::of(from), Month::of(last_day)), spell.source, None);
        }
    };
    outside(Kind::BeforeBirth, Date::MIN, facts.birth_on);
    if let Some(died_on) = facts.died_on {
        outside(Kind::AfterDeath, day_after(died_on), Date::MAX);
    }
    match spell.category {
        Category::Cat1 | Category::Cat3 => {
            outside(Kind::Before20, Date::MIN, ages.twenty_on);
            outside(Kind::From60, ages.sixty_on, Date::MAX);
        }
        Category::Voluntary => {
            outside(Kind::Before20, Date::MIN, ages.twenty_on);
            outside(Kind::VoluntaryFrom65, ages.sixty_five_on, Date::MAX);
        }
        Category::SpecialVoluntary if facts.birth_on > SPECIAL_VOLUNTARY_BORN_UNTIL => {
            outside(Kind::SpecialVoluntaryOutside, Date::MIN, Date::MAX);
        }
        Category::SpecialVoluntary => {
            outside(Kind::SpecialVoluntaryOutside, Date::MIN, ages.sixty_five_on);
            outside(Kind::SpecialVoluntaryOutside, ages.seventy_on, Date::MAX);
        }
        Category::Cat2 { class: EmployeesClass::AgedVoluntary, .. } => {}
        Category::Cat2 { .. } if ages.seventy_on >= SEVENTY_ENDS_EMPLOYEES_FROM => {
            outside(Kind::EmployeesFrom70, ages.seventy_on, Date::MAX);
        }
        Category::Cat2 { .. } => {}
    }
    match spell.category {
        Category::Cat2 { .. } => {}
        Category::Cat3 => outside(Kind::BeforeScheme, Date::MIN, basic_pension_start().first_day()),
        _ => outside(Kind::BeforeScheme, Date::MIN, national_pension_start().first_day()),
    }
    if spell.category == Category::Cat1 {
        cat1_abroad(record, facts, spell, end);
    }
}

fn cat1_abroad(record: &mut LifeRecord, facts: &LifeFacts<'_>, spell: &CategorySpell, end: Date) {
    for away in facts.abroad {
        let from = day_after(away.left_on).max(spell.acquired_on);
        let until = seen_end(away.returned_on, record.as_of_on).min(end);
        if from < until {
            let last_day = until.yesterday().unwrap_or(from);
            let months = (Month::of(from), Month::of(last_day));
            record.contradict_run(Kind::Cat1Abroad, months, spell.source, Some(away.source));
        }
    }
}

/// The row of the register whose category owns a month: told only with a contradiction.
fn owner(record: &LifeRecord, facts: &LifeFacts<'_>, month: Month) -> Option<u64> {
    let spells = record.order.iter().rev().map(|&place| &facts.spells[place]);
    let mut owners = spells.filter(|spell| {
        counted_months(spell.acquired_on, seen_loss(spell, record.as_of_on), record.last())
            .is_some_and(|(first, last)| first <= month && month <= last)
    });
    owners.next().map(|spell| spell.source)
}

/// Months of a row of a register that lie on the row of months; `None`, and listed, where it runs backward.
fn places_of(
    record: &mut LifeRecord,
    facts: &LifeFacts<'_>,
    span: (Month, Month),
    source: u64,
) -> Option<Range<usize>> {
    let (first, last) = span;
    if last < first {
        record.contradict_run(Kind::BackwardSpan, (first, first), source, None);
        return None;
    }
    if first < Month::of(facts.birth_on) {
        let last_before = Month::of(facts.birth_on).previous().min(last);
        record.contradict_run(Kind::BeforeBirth, (first, last_before), source, None);
    }
    Some(record.places(first, last))
}

/// First month in which the law knew a kind of exemption.
fn law_from(contribution: Contribution) -> Option<Month> {
    match contribution {
        Contribution::HalfExempt { .. } => Some(month(2002, 4)),
        Contribution::QuarterExempt { .. } | Contribution::ThreeQuarterExempt { .. } => Some(month(2006, 7)),
        Contribution::Student => Some(month(2000, 4)),
        Contribution::Deferral => Some(month(2005, 4)),
        Contribution::Maternity => Some(month(2019, 4)),
        Contribution::Childcare => Some(month(2026, 10)),
        _ => None,
    }
}

/// What speaks against this state in a month with this cover.
fn against(contribution: Contribution, month: Month, entry: RecordMonth) -> Option<Kind> {
    let pays = entry.cover.pays_itself();
    match contribution {
        Contribution::Paid if !pays => Some(Kind::PaymentOutsideCover),
        Contribution::Paid => None,
        _ if matches!(entry.cover, Cover::Employees(_)) => Some(Kind::ExemptionDuringEmployees),
        _ if entry.cover != Cover::Cat1 => Some(Kind::ExemptionOutsideCat1),
        _ => law_from(contribution).filter(|from| month < *from).map(|_| Kind::ExemptionBeforeItsLaw),
    }
}

/// Before 20 nothing is registered: what a row says of months before the row of months is listed as a whole.
fn before_the_row(record: &mut LifeRecord, kind: Kind, span: (Month, Month), source: u64) {
    let (first, last) = span;
    if first < record.first && first <= last {
        let last_before = record.first.previous().min(last);
        record.contradict_run(kind, (first, last_before), source, None);
    }
}

fn contribution(record: &mut LifeRecord, facts: &LifeFacts<'_>, span: &ContributionSpan) {
    let months = (span.first, span.last);
    let Some(places) = places_of(record, facts, months, span.source) else { return };
    before_the_row(record, Kind::PaymentOutsideCover, months, span.source);
    let state = State::of(span.contribution);
    for place in places {
        let (month, entry) = (record.month_at(place), record.months[place]);
        if let Some(kind) = against(span.contribution, month, entry) {
            let other = owner(record, facts, month);
            record.contradict(kind, month, Some(span.source), other);
        } else if entry.state != State::Unpaid {
            let other = another_contribution(facts, month, span);
            record.contradict(Kind::TwoContributions, month, Some(span.source), other);
        } else {
            record.months[place].state = state;
        }
        additional(record, place, span);
    }
}

/// 付加保険料 belongs to months whose own contribution is paid, or exempt for a birth or a child.
fn additional(record: &mut LifeRecord, place: usize, span: &ContributionSpan) {
    if !span.additional {
        return;
    }
    let entry = record.months[place];
    let paid = matches!(entry.state, State::Paid | State::Maternity | State::Childcare);
    if paid && matches!(entry.cover, Cover::Cat1 | Cover::Voluntary) {
        record.months[place].marks.set(Marks::ADDITIONAL);
    } else {
        let month = record.month_at(place);
        record.contradict(Kind::AdditionalWithoutContribution, month, Some(span.source), None);
    }
}

fn another_contribution(facts: &LifeFacts<'_>, month: Month, span: &ContributionSpan) -> Option<u64> {
    let mut others = facts.contributions.iter().filter(|other| {
        !std::ptr::eq(*other, span)
            && other.contribution != Contribution::PaidLater
            && (other.first..=other.last).contains(&month)
    });
    others.next().map(|other| other.source)
}

fn later_payment(record: &mut LifeRecord, facts: &LifeFacts<'_>, span: &ContributionSpan) {
    let months = (span.first, span.last);
    let Some(places) = places_of(record, facts, months, span.source) else { return };
    before_the_row(record, Kind::LaterPaymentWithoutExemption, months, span.source);
    for place in places {
        if record.months[place].state.may_be_paid_later() {
            record.months[place].state = State::PaidLater;
        } else {
            let month = record.month_at(place);
            record.contradict(Kind::LaterPaymentWithoutExemption, month, Some(span.source), None);
        }
        additional(record, place, span);
    }
}

fn cat3(record: &mut LifeRecord, facts: &LifeFacts<'_>, span: &Cat3Span) {
    let months = (span.first, span.last);
    let Some(places) = places_of(record, facts, months, span.source) else { return };
    before_the_row(record, Kind::Cat3IrregularityOutsideCat3, months, span.source);
    let mismatch = matches!(span.irregularity, Cat3Irregularity::Mismatch | Cat3Irregularity::MismatchFiled);
    for place in places {
        let entry = record.months[place];
        // A corrected register calls the months of a mismatch 第1号, and nobody could pay for them any more.
        let fits =
            entry.state == State::Dependant || mismatch && (entry.cover, entry.state) == (Cover::Cat1, State::Unpaid);
        if fits {
            record.months[place].state = match span.irregularity {
                Cat3Irregularity::Late => State::DependantLate,
                Cat3Irregularity::SpecialNotice => State::Dependant,
                Cat3Irregularity::Mismatch => State::Mismatch,
                Cat3Irregularity::MismatchFiled => State::Complementary(ComplementaryKind::MismatchFiled),
            };
        } else {
            let month = record.month_at(place);
            let other = owner(record, facts, month);
            record.contradict(Kind::Cat3IrregularityOutsideCat3, month, Some(span.source), other);
        }
    }
}

fn complementary(record: &mut LifeRecord, facts: &LifeFacts<'_>, span: &ComplementarySpan) {
    let Some(places) = places_of(record, facts, (span.first, span.last), span.source) else { return };
    let (from, until) = span.kind.limits();
    for place in places {
        let (month, entry) = (record.month_at(place), record.months[place]);
        let in_time = from <= month && until.is_none_or(|until| month <= until);
        let any_age =
            matches!(span.kind, ComplementaryKind::LumpSumWithdrawn | ComplementaryKind::EmployeesOutside20To59);
        let fits = match span.kind {
            ComplementaryKind::LumpSumWithdrawn => matches!(entry.state, State::Nothing | State::Employed),
            ComplementaryKind::VoluntaryUnpaid => (entry.cover, entry.state) == (Cover::Voluntary, State::Unpaid),
            ComplementaryKind::EmployeesOutside20To59 => {
                !record.ages.is_20_to_59(month) && matches!(entry.state, State::Nothing | State::Employed)
            }
            _ => entry.state == State::Nothing,
        };
        if !in_time || !any_age && !record.ages.is_20_to_59(month) {
            record.contradict(Kind::ComplementaryOutsideLimits, month, Some(span.source), None);
        } else if !fits {
            let other = owner(record, facts, month);
            record.contradict(Kind::ComplementaryDuringCover, month, Some(span.source), other);
        } else if (span.kind, entry.state) != (ComplementaryKind::EmployeesOutside20To59, State::Employed) {
            record.months[place].state = State::Complementary(span.kind);
        }
    }
}

/// Months abroad that no category owns: complementary for Japanese nationals, explained for others.
fn abroad(record: &mut LifeRecord, spell: &AbroadSpell) {
    let end = seen_end(spell.returned_on, record.as_of_on);
    if spell.left_on >= end {
        return;
    }
    let last = Month::of(end.yesterday().unwrap_or(end));
    for place in record.places(Month::of(spell.left_on), last) {
        let month = record.month_at(place);
        let counted = record.ages.is_20_to_59(month) && month >= national_pension_start();
        if record.months[place].state == State::Nothing && counted {
            record.months[place].state = match spell.japanese {
                true => State::Complementary(ComplementaryKind::Overseas),
                false => State::ForeignerAbroad,
            };
        }
    }
}

/// 任意加入して納付しなかった月 (国民年金法附則9条1項, 平成24年法律62号: 20歳以上60歳未満).
fn voluntary_unpaid(record: &mut LifeRecord) {
    for place in 0..record.months.len() {
        let entry = record.months[place];
        if entry.cover == Cover::Voluntary
            && entry.state == State::Unpaid
            && record.ages.is_20_to_59(record.month_at(place))
        {
            record.months[place].state = State::Complementary(ComplementaryKind::VoluntaryUnpaid);
        }
    }
}

fn remuneration(record: &mut LifeRecord, facts: &LifeFacts<'_>, span: &RemunerationSpan) {
    let last = span.last.unwrap_or(record.last()).min(record.last());
    if span.last.is_none() && span.first > last {
        return;
    }
    let months = (span.first, span.last.unwrap_or(last));
    let Some(places) = places_of(record, facts, months, span.source) else { return };
    for place in places {
        let (month, entry) = (record.month_at(place), record.months[place]);
        let deemed = span.basis == RemunerationBasis::DeemedBySplit;
        let kind = entry.employees_kind();
        if record.standards_yen[place] != 0 {
            let other = another_remuneration(facts, month, span);
            record.contradict(Kind::TwoRemunerations, month, Some(span.source), other);
            continue;
        }
        match kind {
            None if deemed => record.months[place].marks.set(Marks::DEEMED),
            None if entry.state == State::Complementary(ComplementaryKind::LumpSumWithdrawn) => continue,
            None => {
                let other = owner(record, facts, month);
                record.contradict(Kind::RemunerationOutsideCover, month, Some(span.source), other);
                continue;
            }
            Some(kind) if kind != span.kind => {
                let other = owner(record, facts, month);
                record.contradict(Kind::RemunerationOfOtherKind, month, Some(span.source), other);
            }
            Some(_) => {}
        }
        record.standards_yen[place] = span.standard_yen;
    }
}

fn another_remuneration(facts: &LifeFacts<'_>, month: Month, span: &RemunerationSpan) -> Option<u64> {
    let mut others = facts.remunerations.iter().filter(|other| {
        !std::ptr::eq(*other, span) && other.first <= month && other.last.is_none_or(|last| month <= last)
    });
    others.next().map(|other| other.source)
}

fn bonus(record: &mut LifeRecord, facts: &LifeFacts<'_>, bonus: &BonusMonth) {
    if bonus.month > record.last() {
        return;
    }
    let against = |record: &LifeRecord| {
        if bonus.month < total_remuneration_start() {
            return Some(Kind::BonusBefore2003);
        }
        let entry = record.month(bonus.month).copied().unwrap_or_default();
        match entry.employees_kind() {
            None if !entry.marks.has(Marks::DEEMED) => Some(Kind::BonusOutsideCover),
            Some(kind) if kind != bonus.kind => Some(Kind::RemunerationOfOtherKind),
            _ => None,
        }
    };
    if let Some(kind) = against(record) {
        let other = owner(record, facts, bonus.month);
        record.contradict(kind, bonus.month, Some(bonus.source), other);
        return;
    }
    for place in record.places(bonus.month, bonus.month) {
        if record.bonuses_yen[place] == 0 {
            record.bonuses_yen[place] = bonus.bonus_yen;
        } else {
            let same_month = |other: &&BonusMonth| other.month == bonus.month && !std::ptr::eq(*other, bonus);
            let other = facts.bonuses.iter().find(same_month).map(|other| other.source);
            record.contradict(Kind::TwoRemunerations, bonus.month, Some(bonus.source), other);
        }
    }
}

fn without_remuneration(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    for place in 0..record.months.len() {
        if record.standards_yen[place] == 0 && record.months[place].employees_kind().is_some() {
            let month = record.month_at(place);
            let source = owner(record, facts, month);
            record.contradict(Kind::CoverWithoutRemuneration, month, source, None);
        }
    }
}

fn without_spouse(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    let Some(spouse) = facts.spouse_cat2 else { return };
    for place in 0..record.months.len() {
        let entry = record.months[place];
        if !matches!(entry.state, State::Dependant | State::DependantLate) {
            continue;
        }
        let month = record.month_at(place);
        if !spouse.iter().any(|span| (span.first..=span.last).contains(&month)) {
            let source = owner(record, facts, month);
            record.contradict(Kind::Cat3WithoutCat2Spouse, month, source, None);
        }
    }
}

/// Months of 20 to 59 since 1961-04 that nothing explains. The as-of month is not over yet; that of death is none.
fn gaps(record: &mut LifeRecord, facts: &LifeFacts<'_>) {
    let died = facts.died_on.map(Month::of);
    for place in 0..record.months.len().saturating_sub(1) {
        let month = record.month_at(place);
        let alive = died.is_none_or(|died| month < died);
        let due = record.ages.is_20_to_59(month) && month >= national_pension_start();
        if due && alive && record.months[place].state == State::Nothing {
            record.contradict(Kind::Gap, month, None, None);
        }
    }
}
