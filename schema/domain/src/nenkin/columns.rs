//! 届書と項目 — a filing as the columns of its form, and back.

use jiff::civil::Date;

use super::amounts::capped;
use super::filing::*;
use super::layout::{Form, Layout, layout_on};
use super::row::Row;
use super::text;
use crate::{BasicPensionNumber, EmployerSymbol, EraDate, Month, MyNumber, PostalCode, Yen, era};

/// The columns of a filing as the file writes them. What the form cannot say becomes an empty or overlong
/// column, which the checks then report.
pub(crate) fn of_filing(filing: &Filing, layout: &Layout) -> Vec<String> {
    if let Filing::DependantChange(change) = filing {
        return of_dependant_change(change);
    }
    let mut columns = Columns { texts: vec![String::new(); layout.columns.len()] };
    columns.put(1, filing.form().code());
    columns.employer(filing.employer());
    match filing {
        Filing::Enrolment(enrolment) => columns.enrolment(enrolment),
        Filing::CoverageEnd(end) => columns.coverage_end(end),
        Filing::AnnualDetermination(annual) => columns.annual_determination(annual),
        Filing::RevisionOnChange(revision) => columns.revision_on_change(revision),
        Filing::Bonus(bonus) => columns.bonus(bonus),
        Filing::DependantChange(_) => {}
    }
    columns.texts
}

fn of_dependant_change(change: &DependantChange) -> Vec<String> {
    let mut texts = change.columns.clone();
    let insured = change.insured.my_number.map(|number| (14, number));
    for (position, number) in insured.into_iter().chain(change.dependant_my_numbers.iter().copied()) {
        if let Some(text) = texts.get_mut(position - 1) {
            *text = number.digits().to_owned();
        }
    }
    texts
}

/// Columns being filled, by their number.
struct Columns {
    texts: Vec<String>,
}

impl Columns {
    fn put(&mut self, position: usize, text: impl ToString) {
        self.texts[position - 1] = text.to_string();
    }

    fn some(&mut self, position: usize, text: Option<impl ToString>) {
        if let Some(text) = text {
            self.put(position, text);
        }
    }

    fn text(&mut self, position: usize, text: Option<&str>) {
        self.some(position, text.map(text::normalise));
    }

    fn note(&mut self, position: usize, note: &Option<Note>) {
        self.text(position, note.as_ref().map(|note| note.0.as_str()));
    }

    fn flag(&mut self, position: usize, set: bool) {
        self.some(position, set.then_some(1));
    }

    fn two_digits(&mut self, position: usize, number: Option<u8>) {
        self.some(position, number.map(|number| format!("{number:02}")));
    }

    fn yen(&mut self, position: usize, amount: Option<Yen>) {
        self.some(position, amount.map(|amount| format!("{:07}", amount.get())));
    }

    /// 元号 and 年月日, the era in the column before.
    fn day(&mut self, position: usize, day: Option<Date>) {
        if let Some((era, text)) = day.and_then(era::to_yymmdd) {
            self.put(position - 1, era);
            self.put(position, text);
        }
    }

    /// 元号, 年, 月 from this column on. A month in which the era changed is written in the new one.
    fn month(&mut self, position: usize, month: Month) {
        if let Some(EraDate { era, year }) = EraDate::of(month.last_day()) {
            self.put(position, era.code());
            self.put(position + 1, format!("{year:02}"));
            self.put(position + 2, format!("{:02}", month.month()));
        }
    }

    fn employer(&mut self, employer: &EmployerSymbol) {
        self.put(2, employer.prefecture_code());
        self.put(3, employer.district());
        self.put(4, employer.symbol());
    }

    /// 整理番号, 氏名, 生年月日 in five columns from this one on.
    fn person(&mut self, position: usize, insured: &Insured) {
        self.some(position, insured.insured_number);
        self.put(position + 1, &insured.name.kana);
        self.text(position + 2, insured.name.kanji.as_deref());
        self.day(position + 4, Some(insured.born_on));
    }

    fn my_number(&mut self, position: usize, insured: &Insured) {
        self.some(position, insured.my_number);
    }

    /// 課所符号 and 一連番号 from this column on.
    fn pension_number(&mut self, position: usize, insured: &Insured) {
        if let Some(number) = &insured.basic_pension_number {
            self.put(position, number.office());
            self.put(position + 1, number.serial());
        }
    }

    fn enrolment(&mut self, filing: &Enrolment) {
        self.put(5, filing.office_number);
        self.person(6, &filing.insured);
        self.some(11, filing.kind.map(InsuredKind::code));
        self.some(12, filing.acquisition.map(AcquisitionKind::code));
        self.my_number(13, &filing.insured);
        self.some(14, filing.no_address_reason.map(NoAddressReason::code));
        self.note(15, &filing.no_address_note);
        self.pension_number(16, &filing.insured);
        self.day(19, Some(filing.acquired_on));
        self.put(20, u8::from(filing.has_dependants));
        self.yen(21, Some(filing.cash_yen));
        self.yen(22, Some(filing.in_kind_yen));
        self.yen(23, Some(filing.monthly_remuneration_yen));
        self.flag(24, filing.over_70);
        self.flag(25, filing.two_workplaces);
        self.flag(26, filing.short_time_worker);
        self.flag(27, filing.rehired);
        self.note(28, &filing.note);
        if let Some(address) = &filing.address {
            self.put(29, address.postal_code.parent());
            self.put(30, address.postal_code.child());
            self.put(31, &address.kana);
            self.text(32, address.kanji.as_deref());
        }
        self.flag(33, filing.over_70_form_only);
        self.flag(34, filing.wants_eligibility_certificate);
    }

    fn coverage_end(&mut self, filing: &CoverageEnd) {
        self.put(5, filing.office_number);
        self.person(6, &filing.insured);
        self.my_number(11, &filing.insured);
        self.pension_number(12, &filing.insured);
        self.day(15, filing.lost_on);
        self.put(16, filing.cause.code());
        self.day(18, filing.event_on);
        self.flag(19, filing.two_workplaces);
        self.flag(20, filing.rehired);
        self.note(21, &filing.note);
        self.some(22, filing.certificates_attached);
        self.some(23, filing.certificates_not_returnable);
        self.flag(24, filing.over_70_ceased_on.is_some());
        self.day(26, filing.over_70_ceased_on);
        self.flag(27, filing.over_70_form_only);
    }

    /// 従前の標準報酬月額 to 合計: columns 13 to 39 are the same in both forms on monthly pay.
    fn pay(&mut self, pay: &PayColumns) {
        self.thousands(13, pay.previous.health_yen);
        self.thousands(14, pay.previous.pension_yen);
        self.month(15, pay.previous.revised_from);
        self.two_digits(18, pay.pay_change.map(|change| change.month));
        self.some(19, pay.pay_change.map(|change| change.direction.code()));
        self.two_digits(20, pay.retroactive_month);
        self.yen(21, pay.retroactive_yen);
        for (place, month) in pay.months.iter().enumerate() {
            self.put(22 + place, format!("{:02}", month.paid_in.month()));
            self.put(25 + place, format!("{:02}", month.base_days));
            self.yen(28 + place, Some(month.cash_yen));
            self.yen(31 + place, Some(month.in_kind_yen));
            self.yen(34 + place, Some(month.total_yen));
        }
        self.yen(37, Some(pay.total_yen));
        self.yen(38, Some(pay.average_yen));
        self.yen(39, pay.adjusted_average_yen);
    }

    /// 千円 in four digits. An amount that is no whole thousand does not fit and shows as overlong.
    fn thousands(&mut self, position: usize, amount: Option<Yen>) {
        self.some(
            position,
            amount.map(|amount| match amount.get() % 1_000 {
                0 => format!("{:04}", amount.get() / 1_000),
                _ => format!("{:08}", amount.get()),
            }),
        );
    }

    fn annual_determination(&mut self, filing: &AnnualDetermination) {
        self.person(5, &filing.insured);
        self.month(10, filing.applies_from);
        self.pay(&PayColumns {
            previous: filing.previous,
            pay_change: filing.pay_change,
            retroactive_month: filing.retroactive_month,
            retroactive_yen: filing.retroactive_yen,
            months: filing.months,
            total_yen: filing.total_yen,
            average_yen: filing.average_yen,
            adjusted_average_yen: filing.adjusted_average_yen,
        });
        self.my_number(40, &filing.insured);
        self.pension_number(41, &filing.insured);
        self.flag(43, filing.over_70);
        self.some(
            44,
            filing.over_70_months.map(|(first, last)| match last {
                Some(last) => format!("{first:02}{last:02}"),
                None => format!("{first:02}"),
            }),
        );
        self.flag(45, filing.two_workplaces);
        self.flag(46, filing.change_planned);
        self.flag(47, filing.joined_midway);
        self.flag(48, filing.on_leave);
        self.flag(49, filing.short_time_worker);
        self.flag(50, filing.part_time_worker);
        self.flag(51, filing.annual_average);
        self.note(52, &filing.note);
        self.flag(53, filing.over_70_form_only);
    }

    fn revision_on_change(&mut self, filing: &RevisionOnChange) {
        self.person(5, &filing.insured);
        self.month(10, filing.revised_from);
        self.pay(&PayColumns {
            previous: filing.previous,
            pay_change: filing.pay_change,
            retroactive_month: filing.retroactive_month,
            retroactive_yen: filing.retroactive_yen,
            months: filing.months,
            total_yen: filing.total_yen,
            average_yen: filing.average_yen,
            adjusted_average_yen: filing.adjusted_average_yen,
        });
        self.my_number(40, &filing.insured);
        self.pension_number(41, &filing.insured);
        self.flag(43, filing.over_70);
        self.flag(44, filing.two_workplaces);
        self.flag(45, filing.short_time_worker);
        self.note(46, &filing.change_reason);
        self.flag(47, filing.health_only);
        self.note(48, &filing.note);
        self.flag(49, filing.over_70_form_only);
    }

    fn bonus(&mut self, filing: &Bonus) {
        self.person(5, &filing.insured);
        self.day(11, Some(filing.paid_on));
        self.yen(12, Some(filing.cash_yen));
        self.yen(13, Some(filing.in_kind_yen));
        self.yen(14, Some(filing.bonus_yen));
        self.my_number(15, &filing.insured);
        self.pension_number(16, &filing.insured);
        self.flag(18, filing.over_70);
        self.flag(19, filing.two_workplaces);
        self.two_digits(20, filing.first_payment_day);
        self.flag(21, filing.over_70_form_only);
    }
}

/// What the two forms on monthly pay have in common, columns 13 to 39.
struct PayColumns {
    previous: PreviousStandard,
    pay_change: Option<PayChange>,
    retroactive_month: Option<u8>,
    retroactive_yen: Option<Yen>,
    months: [MonthlyPay; 3],
    total_yen: Yen,
    average_yen: Yen,
    adjusted_average_yen: Option<Yen>,
}

/// A filing from columns that passed every check. `None` is a gap between checks and types: a bug, and the
/// record is refused rather than taken.
pub(crate) fn to_filing(form: Form, row: &Row) -> Option<Filing> {
    let employer = EmployerSymbol::new(row.text(2), row.text(3), row.text(4)).ok()?;
    Some(match form {
        Form::Enrolment => Filing::Enrolment(enrolment(row, employer)?),
        Form::CoverageEnd => Filing::CoverageEnd(coverage_end(row, employer)?),
        Form::AnnualDetermination => Filing::AnnualDetermination(annual_determination(row, employer)?),
        Form::RevisionOnChange => Filing::RevisionOnChange(revision_on_change(row, employer)?),
        Form::Bonus => Filing::Bonus(bonus(row, employer)?),
        Form::DependantChange => Filing::DependantChange(dependant_change(row, employer)?),
    })
}

/// An optional column: absent is `Some(None)`, present but unreadable is `None`.
fn optional<T>(row: &Row, position: usize, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match row.some(position) {
        None => Some(None),
        Some(text) => read(text).map(Some),
    }
}

fn optional_day(row: &Row, position: usize) -> Option<Option<Date>> {
    optional(row, position, |_| row.day(position))
}

fn optional_small(row: &Row, position: usize) -> Option<Option<u8>> {
    optional(row, position, |text| text.parse().ok())
}

fn optional_yen(row: &Row, position: usize) -> Option<Option<Yen>> {
    optional(row, position, |_| row.yen(position))
}

fn note(row: &Row, position: usize) -> Option<Note> {
    row.some(position).map(|text| Note(text.to_owned()))
}

/// - `person`: column of 整理番号, after which the names and the birth follow
fn insured(row: &Row, person: usize, my_number: usize, pension_number: usize) -> Option<Insured> {
    Some(Insured {
        insured_number: optional(row, person, |text| text.parse().ok())?,
        name: PersonName { kana: row.some(person + 1)?.to_owned(), kanji: row.some(person + 2).map(str::to_owned) },
        born_on: row.day(person + 4)?,
        my_number: optional(row, my_number, |text| text.parse().ok())?,
        basic_pension_number: optional(row, pension_number, |office| {
            BasicPensionNumber::from_parts(office, row.text(pension_number + 1)).ok()
        })?,
    })
}

fn address(row: &Row) -> Option<Option<Address>> {
    optional(row, 29, |parent| {
        let postal_code: PostalCode = format!("{parent}{}", row.text(30)).parse().ok()?;
        Some(Address { postal_code, kana: row.some(31)?.to_owned(), kanji: row.some(32).map(str::to_owned) })
    })
}

fn enrolment(row: &Row, employer: EmployerSymbol) -> Option<Enrolment> {
    Some(Enrolment {
        employer,
        office_number: row.number(5)?,
        insured: insured(row, 6, 13, 16)?,
        kind: optional(row, 11, |text| InsuredKind::from_code(text.parse().ok()?))?,
        acquisition: optional(row, 12, |text| AcquisitionKind::from_code(text.parse().ok()?))?,
        no_address_reason: optional(row, 14, |text| NoAddressReason::from_code(text.parse().ok()?))?,
        no_address_note: note(row, 15),
        acquired_on: row.day(19)?,
        has_dependants: row.is_set(20),
        cash_yen: row.yen(21)?,
        in_kind_yen: row.yen(22)?,
        monthly_remuneration_yen: row.yen(23)?,
        over_70: row.is_set(24),
        two_workplaces: row.is_set(25),
        short_time_worker: row.is_set(26),
        rehired: row.is_set(27),
        note: note(row, 28),
        address: address(row)?,
        over_70_form_only: row.is_set(33),
        wants_eligibility_certificate: row.is_set(34),
    })
}

fn coverage_end(row: &Row, employer: EmployerSymbol) -> Option<CoverageEnd> {
    Some(CoverageEnd {
        employer,
        office_number: row.number(5)?,
        insured: insured(row, 6, 11, 12)?,
        lost_on: optional_day(row, 15)?,
        cause: CoverageEndCause::from_code(row.small(16)?)?,
        event_on: optional_day(row, 18)?,
        two_workplaces: row.is_set(19),
        rehired: row.is_set(20),
        note: note(row, 21),
        certificates_attached: optional_small(row, 22)?,
        certificates_not_returnable: optional_small(row, 23)?,
        over_70_ceased_on: optional_day(row, 26)?,
        over_70_form_only: row.is_set(27),
    })
}

/// - `first`: 給与支給月 of the oldest of the three
fn pay_columns(row: &Row, first: Month) -> Option<PayColumns> {
    let month = |place: usize| {
        Some(MonthlyPay {
            paid_in: first.plus(i32::try_from(place).ok()?),
            base_days: row.small(25 + place)?,
            cash_yen: row.yen(28 + place)?,
            in_kind_yen: row.yen(31 + place)?,
            total_yen: row.yen(34 + place)?,
        })
    };
    Some(PayColumns {
        previous: PreviousStandard {
            health_yen: optional_thousands(row, 13)?,
            pension_yen: optional_thousands(row, 14)?,
            revised_from: row.month(15)?,
        },
        pay_change: optional(row, 18, |text| {
            let direction = PayChangeDirection::from_code(row.small(19)?)?;
            Some(PayChange { month: text.parse().ok()?, direction })
        })?,
        retroactive_month: optional_small(row, 20)?,
        retroactive_yen: optional_yen(row, 21)?,
        months: [month(0)?, month(1)?, month(2)?],
        total_yen: row.yen(37)?,
        average_yen: row.yen(38)?,
        adjusted_average_yen: optional_yen(row, 39)?,
    })
}

fn optional_thousands(row: &Row, position: usize) -> Option<Option<Yen>> {
    optional(row, position, |text| Some(Yen::new(text.parse::<i64>().ok()? * 1_000)))
}

fn annual_determination(row: &Row, employer: EmployerSymbol) -> Option<AnnualDetermination> {
    let applies_from = row.month(10)?;
    let pay = pay_columns(row, Month::new(applies_from.year(), 4)?)?;
    Some(AnnualDetermination {
        employer,
        insured: insured(row, 5, 40, 41)?,
        applies_from,
        previous: pay.previous,
        pay_change: pay.pay_change,
        retroactive_month: pay.retroactive_month,
        retroactive_yen: pay.retroactive_yen,
        months: pay.months,
        total_yen: pay.total_yen,
        average_yen: pay.average_yen,
        adjusted_average_yen: pay.adjusted_average_yen,
        over_70: row.is_set(43),
        over_70_months: optional(row, 44, over_70_months)?,
        two_workplaces: row.is_set(45),
        change_planned: row.is_set(46),
        joined_midway: row.is_set(47),
        on_leave: row.is_set(48),
        short_time_worker: row.is_set(49),
        part_time_worker: row.is_set(50),
        annual_average: row.is_set(51),
        note: note(row, 52),
        over_70_form_only: row.is_set(53),
    })
}

/// `04` or `0406`.
fn over_70_months(text: &str) -> Option<(u8, Option<u8>)> {
    match text.len() {
        2 => Some((text.parse().ok()?, None)),
        4 => Some((text[..2].parse().ok()?, Some(text[2..].parse().ok()?))),
        _ => None,
    }
}

fn revision_on_change(row: &Row, employer: EmployerSymbol) -> Option<RevisionOnChange> {
    let revised_from = row.month(10)?;
    let pay = pay_columns(row, revised_from.plus(-3))?;
    Some(RevisionOnChange {
        employer,
        insured: insured(row, 5, 40, 41)?,
        revised_from,
        previous: pay.previous,
        pay_change: pay.pay_change,
        retroactive_month: pay.retroactive_month,
        retroactive_yen: pay.retroactive_yen,
        months: pay.months,
        total_yen: pay.total_yen,
        average_yen: pay.average_yen,
        adjusted_average_yen: pay.adjusted_average_yen,
        over_70: row.is_set(43),
        two_workplaces: row.is_set(44),
        short_time_worker: row.is_set(45),
        change_reason: note(row, 46),
        health_only: row.is_set(47),
        note: note(row, 48),
        over_70_form_only: row.is_set(49),
    })
}

fn bonus(row: &Row, employer: EmployerSymbol) -> Option<Bonus> {
    let (cash_yen, in_kind_yen) = (row.yen(12)?, row.yen(13)?);
    Some(Bonus {
        employer,
        insured: insured(row, 5, 15, 16)?,
        paid_on: row.day(11)?,
        cash_yen,
        in_kind_yen,
        // Computed, not read: an older generator writes 9999000 for what is 9999999.
        bonus_yen: capped(super::amounts::bonus_total(cash_yen, in_kind_yen)),
        over_70: row.is_set(18),
        two_workplaces: row.is_set(19),
        first_payment_day: optional_small(row, 20)?,
        over_70_form_only: row.is_set(21),
    })
}

/// Columns of 個人番号 of spouse and others in 2202700.
const DEPENDANT_MY_NUMBERS: [usize; 3] = [29, 78, 111];

fn dependant_change(row: &Row, employer: EmployerSymbol) -> Option<DependantChange> {
    let mut columns: Vec<String> =
        (1..=row.layout.columns.len()).map(|position| row.text(position).to_owned()).collect();
    let mut dependant_my_numbers = Vec::new();
    for position in DEPENDANT_MY_NUMBERS {
        if let Some(number) = optional(row, position, |text| text.parse::<MyNumber>().ok())? {
            dependant_my_numbers.push((position, number));
        }
    }
    for position in DEPENDANT_MY_NUMBERS.into_iter().chain([14]) {
        columns[position - 1].clear();
    }
    Some(DependantChange { employer, insured: insured(row, 8, 14, 15)?, columns, dependant_my_numbers })
}

/// The layout that a filing is written and checked with.
pub(crate) fn layout_of(filing: &Filing, checked_on: Date) -> &'static Layout {
    layout_on(filing.form(), checked_on)
}
