//! 届の内容 — what an employer has to say this time. Each person is spoken of by one form only, apart from 算定.

use domain::age::nth_birthday;
use domain::nenkin::{
    AcquisitionKind, Address, AnnualDetermination, BaseDays, Bonus, CoverageEnd, CoverageEndCause, Enrolment, Filing,
    Insured, InsuredKind, MonthlyPay, PayChange, PayChangeDirection, PersonName, PreviousStandard, RevisionOnChange,
    base_total_and_average, bonus_total, kana,
};
use domain::{BasicPensionNumber, Month, Yen};
use jiff::civil::Date;
use store::load::MediaSpell;

use super::SendingEmployer;
use crate::populate::country::{Country, later};
use crate::populate::dice::Dice;

/// Standards within which 30 per cent more or less is two grades or more in both schemes.
const REVISABLE: std::ops::RangeInclusive<i32> = 200_000..=440_000;

/// 届 of one employer: some of the five forms, at least one record.
pub(super) fn draw(country: &Country, business_on: Date, sender: &SendingEmployer, dice: &mut Dice) -> Vec<Filing> {
    let mut drawer = Drawer { country, business_on, sender, taken: vec![false; sender.spells.len()] };
    let mut filings = Vec::new();
    if dice.chance(5_000) {
        filings.extend(drawer.enrolments(dice));
    }
    if dice.chance(3_500) {
        filings.extend(drawer.coverage_ends(dice));
    }
    if dice.chance(2_500) {
        filings.extend(drawer.revisions(dice));
    }
    if dice.chance(4_500) || sender.late {
        filings.extend(drawer.annual_determinations(dice));
    }
    if dice.chance(3_000) {
        filings.extend(drawer.bonuses(dice));
    }
    if filings.is_empty() {
        filings.push(drawer.newcomer(1, dice));
    }
    filings
}

struct Drawer<'a> {
    country: &'a Country,
    business_on: Date,
    sender: &'a SendingEmployer,
    /// Spells that another form speaks of.
    taken: Vec<bool>,
}

impl Drawer<'_> {
    fn enrolments(&mut self, dice: &mut Dice) -> Vec<Filing> {
        let count = 1 + dice.skewed(if self.sender.spells.len() > 30 { 5 } else { 2 });
        (1..=count).map(|nth| self.newcomer(nth, dice)).collect()
    }

    /// The `nth` newcomer: the first may be somebody who was insured elsewhere before.
    fn newcomer(&self, nth: u32, dice: &mut Dice) -> Filing {
        let country = self.country;
        let acquired_on = self.recent_day(country.first, dice);
        let (insured, sex, address) = match &self.sender.leaver {
            Some(leaver) if nth == 1 => (
                insured(0, &leaver.name_kana, &leaver.name_kanji, leaver.birth_on, &leaver.basic_pension_number),
                leaver.sex,
                address(&leaver.zip, &leaver.address_kanji, &leaver.address_kana),
            ),
            _ => self.unknown_person(nth, acquired_on, dice),
        };
        let remuneration = Yen::new(i64::from(dice.between(185, 420)) * 1_000);
        let in_kind = Yen::new(if dice.chance(1_000) { 10_000 } else { 0 });
        Filing::Enrolment(Enrolment {
            employer: self.sender.employer.symbol.clone(),
            office_number: self.sender.employer.office_number.parse().expect("five digits"),
            insured: Insured { insured_number: Some(self.sender.highest_number + nth), ..insured },
            kind: Some(if sex == 2 { InsuredKind::Female } else { InsuredKind::Male }),
            acquisition: Some(AcquisitionKind::HealthAndPension),
            no_address_reason: None,
            no_address_note: None,
            acquired_on,
            has_dependants: dice.chance(3_000),
            cash_yen: remuneration,
            in_kind_yen: in_kind,
            monthly_remuneration_yen: remuneration + in_kind,
            over_70: false,
            two_workplaces: false,
            short_time_worker: false,
            rehired: false,
            note: None,
            address: Some(address),
            over_70_form_only: false,
            wants_eligibility_certificate: true,
        })
    }

    /// Somebody whom the database does not know: 課所符号 99 is kept for them.
    fn unknown_person(&self, nth: u32, acquired_on: Date, dice: &mut Dice) -> (Insured, i16, Address) {
        let tables = self.country.tables;
        let employer = &self.sender.employer;
        let sex: i16 = if dice.chance(4_500) { 2 } else { 1 };
        let years = 18 + i16::try_from(dice.skewed(38)).expect("small");
        let birth_on = later(nth_birthday(acquired_on, -years), -i64::from(dice.below(365)));
        let surname = tables.surnames.draw(dice);
        let given = tables.given_names(sex, birth_on.year()).draw(dice);
        let serial = 1 + (employer.employer_id.unsigned_abs() * 8 + u64::from(nth)) % 999_998;
        let number = format!("{}99{serial:06}", employer.symbol.prefecture_code());
        let name = |left: &str, right: &str| [left, "　", right].concat();
        let home = employer.prefecture_code.try_into().expect("1 to 47");
        let lives = self.country.address(home, dice);
        (
            insured(0, &name(&surname.kana, &given.kana), &name(&surname.kanji, &given.kanji), birth_on, &number),
            sex,
            address(lives.zip, &lives.kanji, &lives.kana),
        )
    }

    fn coverage_ends(&mut self, dice: &mut Dice) -> Vec<Filing> {
        let count = 1 + dice.skewed(if self.sender.spells.len() > 30 { 4 } else { 1 });
        let first = self.country.first;
        let pool = |spell: &MediaSpell| spell.employees_pension && !spell.on_leave && spell.acquired_on < first;
        let chosen = self.choose(count, pool, dice);
        chosen
            .into_iter()
            .map(|at| {
                let spell = &self.sender.spells[at];
                // The day after may not lie past the business date.
                let month_end = later(self.country.next, -1);
                let event_on = match dice.below(3) {
                    0 if month_end < self.business_on => month_end,
                    _ => self.recent_day(first, dice).min(later(self.business_on, -1)),
                };
                Filing::CoverageEnd(CoverageEnd {
                    employer: self.sender.employer.symbol.clone(),
                    office_number: self.sender.employer.office_number.parse().expect("five digits"),
                    insured: insured_of(spell),
                    lost_on: Some(later(event_on, 1)),
                    cause: CoverageEndCause::Retirement,
                    event_on: Some(event_on),
                    two_workplaces: false,
                    rehired: false,
                    note: None,
                    certificates_attached: Some(1),
                    certificates_not_returnable: None,
                    over_70_ceased_on: None,
                    over_70_form_only: false,
                })
            })
            .collect()
    }

    /// 固定的賃金 went up or down three months before the assessed month or the one after.
    fn revisions(&mut self, dice: &mut Dice) -> Vec<Filing> {
        let latest = Month::of(self.business_on);
        let revised_from = if dice.chance(5_000) { self.country.month } else { latest };
        let first = revised_from.plus(-3);
        let pool = |spell: &MediaSpell| {
            spell.employees_pension
                && !spell.short_time_worker
                && !spell.on_leave
                && REVISABLE.contains(&spell.hi_standard_yen)
                && spell.hi_standard_yen == spell.epi_standard_yen
                && spell.acquired_on <= first.first_day()
                && spell.standard_from < first.first_day()
        };
        let count = 1 + dice.skewed(2);
        let chosen = self.choose(count, pool, dice);
        chosen
            .into_iter()
            .map(|at| {
                let spell = &self.sender.spells[at];
                let (per_mille, direction) = match dice.below(4) {
                    0 => (680, PayChangeDirection::Down),
                    _ => (1_320, PayChangeDirection::Up),
                };
                let pay = i64::from(spell.hi_standard_yen) * per_mille / 1_000;
                let months = [first, first.plus(1), first.plus(2)].map(|month| {
                    let days = u8::try_from(month.plus(-1).last_day().day()).expect("a day of a month");
                    monthly_pay(month, days, pay + i64::from(dice.below(3_000)), 0)
                });
                let total: Yen = months.iter().map(|month| month.total_yen).sum();
                Filing::RevisionOnChange(RevisionOnChange {
                    employer: self.sender.employer.symbol.clone(),
                    insured: insured_for_pay(spell),
                    revised_from,
                    previous: previous(spell),
                    pay_change: Some(PayChange { month: month_number(first), direction }),
                    retroactive_month: None,
                    retroactive_yen: None,
                    months,
                    total_yen: total,
                    average_yen: Yen::new(total.get() / 3),
                    adjusted_average_yen: None,
                    over_70: false,
                    two_workplaces: false,
                    short_time_worker: false,
                    change_reason: None,
                    health_only: false,
                    note: None,
                    over_70_form_only: false,
                })
            })
            .collect()
    }

    /// 算定基礎届 of everybody who is due and not determined yet, in the months in which it is sent (from July on).
    fn annual_determinations(&self, dice: &mut Dice) -> Vec<Filing> {
        let year = self.business_on.year();
        let april = Month::new(year, 4).expect("April is a month");
        let june = april.plus(2);
        if Month::of(self.business_on) <= june {
            return Vec::new();
        }
        let due = |spell: &MediaSpell| {
            !spell.has_next_standard && spell.acquired_on < june.first_day() && spell.standard_from < june.first_day()
        };
        let spells = self.sender.spells.iter().zip(&self.taken);
        spells
            .filter(|(spell, taken)| !**taken && self.may_be_spoken_of(spell) && due(spell))
            .map(|(spell, _)| self.annual_determination(spell, april, dice))
            .collect()
    }

    fn annual_determination(&self, spell: &MediaSpell, april: Month, dice: &mut Dice) -> Filing {
        // Paid in a month is what was earned in the one before: its days count.
        let calendar_days = [31, 30, 31];
        let joined_midway = spell.acquired_on >= april.first_day();
        let base = spell.monthly_remuneration_yen;
        let mut pay = |nth: usize, month: Month| {
            let days = match (spell.short_time_worker, joined_midway && month <= Month::of(spell.acquired_on)) {
                _ if spell.on_leave => 0,
                (_, true) => 0,
                (true, _) => 11 + u8::try_from(dice.below(6)).expect("small"),
                _ => calendar_days[nth],
            };
            let yen = if days == 0 { 0 } else { base * i64::from(dice.between(970, 1_060)) / 1_000 };
            monthly_pay(month, days, yen, 0)
        };
        let months = [pay(0, april), pay(1, april.plus(1)), pay(2, april.plus(2))];
        let class = if spell.short_time_worker { BaseDays::ShortTime } else { BaseDays::General };
        let (total_yen, average_yen) =
            base_total_and_average(class, months.map(|month| month.base_days), months.map(|month| month.total_yen));
        Filing::AnnualDetermination(AnnualDetermination {
            employer: self.sender.employer.symbol.clone(),
            insured: insured_for_pay(spell),
            applies_from: Month::new(april.year(), 9).expect("September is a month"),
            previous: previous(spell),
            pay_change: None,
            retroactive_month: None,
            retroactive_yen: None,
            months,
            total_yen,
            average_yen,
            adjusted_average_yen: None,
            over_70: !spell.employees_pension,
            over_70_months: None,
            two_workplaces: false,
            change_planned: false,
            joined_midway,
            on_leave: spell.on_leave,
            short_time_worker: spell.short_time_worker,
            part_time_worker: false,
            annual_average: false,
            note: None,
            over_70_form_only: false,
        })
    }

    /// One payment to everybody who had none since the assessed month began.
    fn bonuses(&self, dice: &mut Dice) -> Vec<Filing> {
        let paid_on = self.recent_day(self.country.first, dice);
        let tenths = i64::from(dice.between(4, 25));
        let spells = self.sender.spells.iter().zip(&self.taken);
        spells
            .filter(|(spell, taken)| {
                !**taken && !spell.has_bonus && spell.acquired_on < paid_on && self.may_be_spoken_of(spell)
            })
            .map(|(spell, _)| {
                let merit = i64::from(dice.between(850, 1_150));
                let cash = Yen::new((spell.monthly_remuneration_yen * tenths / 10 * merit / 1_000).max(10_000));
                let in_kind = Yen::new(if dice.chance(300) { 5_500 } else { 0 });
                Filing::Bonus(Bonus {
                    employer: self.sender.employer.symbol.clone(),
                    insured: insured_for_pay(spell),
                    paid_on,
                    cash_yen: cash,
                    in_kind_yen: in_kind,
                    bonus_yen: bonus_total(cash, in_kind),
                    over_70: !spell.employees_pension,
                    two_workplaces: false,
                    first_payment_day: None,
                    over_70_form_only: false,
                })
            })
            .collect()
    }

    /// Some of the people whom no form speaks of yet.
    fn choose(&mut self, count: u32, pool: impl Fn(&MediaSpell) -> bool, dice: &mut Dice) -> Vec<usize> {
        let mut chosen = Vec::new();
        for _ in 0..count {
            let free: Vec<usize> = (0..self.taken.len())
                .filter(|&at| !self.taken[at] && self.may_be_spoken_of(&self.sender.spells[at]))
                .filter(|&at| pool(&self.sender.spells[at]))
                .collect();
            if free.is_empty() {
                break;
            }
            let at = *dice.pick(&free);
            self.taken[at] = true;
            chosen.push(at);
        }
        chosen
    }

    /// Two workplaces are for a person to judge; at 75 the cover ends by itself; at 70 the cover changes.
    fn may_be_spoken_of(&self, spell: &MediaSpell) -> bool {
        let settled = |years| {
            let birthday = nth_birthday(spell.birth_on, years);
            birthday < self.country.month.plus(-6).first_day() || birthday > self.country.month.plus(6).first_day()
        };
        !spell.two_workplaces && settled(70) && settled(75)
    }

    /// A day from `from` to the business date.
    fn recent_day(&self, from: Date, dice: &mut Dice) -> Date {
        later(from, i64::from(dice.between(0, (self.business_on - from).get_days())))
    }
}

fn month_number(month: Month) -> u8 {
    month.month().unsigned_abs()
}

fn monthly_pay(paid_in: Month, base_days: u8, cash: i64, in_kind: i64) -> MonthlyPay {
    let (cash_yen, in_kind_yen) = (Yen::new(cash.min(9_999_999)), Yen::new(in_kind));
    MonthlyPay { paid_in, base_days, cash_yen, in_kind_yen, total_yen: domain::nenkin::capped(cash_yen + in_kind_yen) }
}

fn previous(spell: &MediaSpell) -> PreviousStandard {
    let given = |yen: i32| (yen > 0).then(|| Yen::new(i64::from(yen)));
    PreviousStandard {
        health_yen: given(spell.hi_standard_yen),
        pension_yen: given(spell.epi_standard_yen),
        revised_from: Month::of(spell.standard_from),
    }
}

/// As the forms about pay want it: the pension number only of 70歳以上被用者.
fn insured_for_pay(spell: &MediaSpell) -> Insured {
    let insured = insured_of(spell);
    let basic_pension_number = insured.basic_pension_number.filter(|_| !spell.employees_pension);
    Insured { basic_pension_number, ..insured }
}

pub(super) fn insured_of(spell: &MediaSpell) -> Insured {
    let number = u32::try_from(spell.insured_number).expect("numbers are above 0");
    insured(number, &spell.name_kana, &spell.name_kanji, spell.birth_on, &spell.basic_pension_number)
}

fn insured(number: u32, kana: &str, kanji: &str, birth_on: Date, pension_number: &str) -> Insured {
    // 12 characters at most; longer names are filed in kana alone.
    let kanji = in_jis(kanji).filter(|kanji| kanji.chars().count() <= 12);
    Insured {
        insured_number: Some(number),
        name: PersonName::new(kana, kanji.as_deref()),
        born_on: birth_on,
        my_number: None,
        basic_pension_number: Some(pension_number.parse::<BasicPensionNumber>().expect("ten digits")),
    }
}

fn address(zip: &str, kanji: &str, kana: &str) -> Address {
    Address {
        postal_code: zip.parse().expect("seven digits"),
        kana: kana::to_half_width(&kana.chars().map(one_byte).collect::<String>()),
        kanji: in_jis(kanji).filter(|kanji| kanji.chars().count() <= 37),
    }
}

/// `１` and `－` as `1` and `-`.
fn one_byte(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFF01 + 0x21).expect("ASCII has the same order")
        }
        other => other,
    }
}

/// As an employer types it: the usual form of a character that JIS X 0208 lacks, no selectors. `None` when a
/// character is left over.
pub(super) fn in_jis(text: &str) -> Option<String> {
    let usual = |character: char| match character {
        '\u{E0100}'..='\u{E01EF}' => None,
        '髙' => Some('高'),
        '﨑' => Some('崎'),
        '𠮷' => Some('吉'),
        '濵' => Some('浜'),
        '德' => Some('徳'),
        '黑' => Some('黒'),
        other => Some(other),
    };
    let text: String = text.chars().filter_map(usual).collect();
    domain::characters::jis_x_0208_only(&text).is_ok().then_some(text)
}
