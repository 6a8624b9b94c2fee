//! 老齢年金の請求 — who has claimed, when and how; where it is paid to, what is withheld.

use domain::nenkin::kana::to_half_width;
use domain::{Month, age};
use jiff::civil::{Date, date};
use law::Trace;
use law::pension_record::special_old_age_start::{self as special, FixedPartExceptions, Part, PersonCategory};
use store::load::{Batch, Claim, CollectionRequest, Payee, Record};

use super::draft::{Draft, RECORDS_EACH};
use super::past::Past;
use crate::populate::country::later;
use crate::populate::dice::Dice;

/// 受給資格期間の短縮.
const SHORTENED_ON: Date = date(2017, 8, 1);
/// Who was born before is not made to claim early or late: other rates held.
const RATES_BORN_FROM: Date = date(1941, 4, 2);
/// 繰下げ weighs the months of 在職支給停止 from 65 on: the law on file begins here.
const DEFERRED_FROM: Date = date(2022, 4, 1);
/// 特別支給 takes so many months of 厚生年金.
const SPECIAL_MONTHS: i32 = 12;
/// The last but few numbers of a person's rows are those of the claim.
const CLAIM_RECORD: i64 = RECORDS_EACH - 16;

/// 請求 that somebody has made.
pub(super) struct Claimed {
    pub(super) claim: Claim,
    /// 受給権発生日 of what is paid from 65, or early.
    pub(super) right_on: Date,
}

/// Who could claim.
pub(super) struct Claimant<'a> {
    pub(super) past: &'a Past,
    pub(super) draft: &'a Draft,
    /// Still at an employer.
    pub(super) working: bool,
    /// Claims that came later are not on file.
    pub(super) until: Date,
}

impl Claimant<'_> {
    /// What was claimed; `None` where nothing was, or could be.
    pub(super) fn decide(&self, dice: &mut Dice) -> Option<Claimed> {
        let ages = &self.draft.ages;
        let special_on = self.special_on();
        let claimed = match self.until > ages.sixty_five_on {
            true => self.claimed_from_65(special_on, dice),
            false => match special_on.filter(|on| *on < self.until) {
                Some(on) => self.plain(on, later(on, i64::from(dice.below(60))), on),
                None if self.working => None,
                None => self.early(special_on, dice),
            },
        };
        claimed.filter(|claimed| claimed.claim.filed_on < self.until)
    }

    fn claimed_from_65(&self, special_on: Option<Date>, dice: &mut Dice) -> Option<Claimed> {
        let at_65 = self.draft.ages.sixty_five_on;
        let right_on = self.right_from(at_65)?;
        let lives_long = self.until > later(at_65, 500) && at_65 >= DEFERRED_FROM;
        let ordinary = right_on == at_65 && !self.working;
        match dice.below(100) {
            0..=9 if !self.working => {
                if let Some(early) = self.early(special_on, dice) {
                    return Some(early);
                }
            }
            10..=14 if lives_long && ordinary => return self.deferred(special_on, dice),
            15..=19 if ordinary && self.until < later(at_65, 365 * 9) => return self.waiting(special_on, dice),
            _ => {}
        }
        let filed_on = later(special_on.unwrap_or(right_on), i64::from(dice.below(75)));
        self.plain(special_on.unwrap_or(right_on), filed_on, right_on)
    }

    /// Taken when the right arises.
    fn plain(&self, paid_from: Date, filed_on: Date, right_on: Date) -> Option<Claimed> {
        let claim = Claim { filed_on, ..self.blank(Month::of(paid_from).next()) };
        Some(Claimed { claim, right_on })
    }

    /// 繰上げ請求 of both, before any special pension.
    fn early(&self, special_on: Option<Date>, dice: &mut Dice) -> Option<Claimed> {
        let ages = &self.draft.ages;
        let first = Month::of(ages.sixty_on);
        let limit = special_on.unwrap_or(ages.sixty_five_on).min(ages.sixty_five_on);
        let last = Month::of(limit).previous().min(Month::of(self.until).previous());
        if last < first || self.draft.birth_on < RATES_BORN_FROM {
            return None;
        }
        let month = first.plus(dice.between(0, last.months_since(first)));
        if !self.qualifies(month) {
            return None;
        }
        let filed_on = later(month.first_day(), i64::from(dice.below(25))).max(ages.sixty_on);
        let claim = Claim {
            filed_on,
            basic_claim_month: Some(month),
            employees_claim_month: Some(month),
            ..self.blank(month.next())
        };
        Some(Claimed { claim, right_on: month.first_day() })
    }

    /// 繰下げ申出 of one or both.
    fn deferred(&self, special_on: Option<Date>, dice: &mut Dice) -> Option<Claimed> {
        let at_65 = self.draft.ages.sixty_five_on;
        let most = Month::of(self.until).previous().months_since(Month::of(at_65)).min(60);
        let month = Month::of(at_65).plus(dice.between(12, most.max(12)));
        let (basic, employees) = *dice.pick(&[(true, true), (true, true), (true, false), (false, true)]);
        let employees = employees && self.draft.employed_months(Month::of(at_65)) > 0;
        if !basic && !employees {
            return None;
        }
        let first = if basic && employees { month } else { Month::of(at_65) };
        let first = special_on.map_or(first, |on| Month::of(on).min(first));
        let claim = Claim {
            filed_on: later(month.first_day(), i64::from(dice.below(25))),
            basic_claim_month: basic.then_some(month),
            employees_claim_month: employees.then_some(month),
            ..self.blank(first.next())
        };
        Some(Claimed { claim, right_on: at_65 })
    }

    /// 繰下げ待機中 — with one of the pensions, or with both after a special one.
    fn waiting(&self, special_on: Option<Date>, dice: &mut Dice) -> Option<Claimed> {
        let at_65 = self.draft.ages.sixty_five_on;
        let employed = self.draft.employed_months(Month::of(at_65)) > 0;
        let (basic_waits, employees_waits) = *dice.pick(&[(true, true), (true, false), (false, true)]);
        // Nothing has been asked for yet.
        if basic_waits && (employees_waits || !employed) && special_on.is_none() {
            return None;
        }
        let from = special_on.unwrap_or(at_65);
        let employees_waits = employees_waits && employed;
        let filed_on = later(from, i64::from(dice.below(60)));
        let claim = Claim { filed_on, basic_waits, employees_waits, ..self.blank(Month::of(from).next()) };
        Some(Claimed { claim, right_on: at_65 })
    }

    fn blank(&self, first_paid: Month) -> Claim {
        let through = self.past.first_payment.plus(-3).min(Month::of(self.until));
        Claim {
            filed_on: self.until,
            basic_claim_month: None,
            employees_claim_month: None,
            basic_waits: false,
            employees_waits: false,
            spouse_addition_moves: false,
            paid_through: (first_paid <= through).then_some(through),
        }
    }

    /// 特別支給の老齢厚生年金: the day of the right.
    fn special_on(&self) -> Option<Date> {
        let draft = self.draft;
        let of_kind = |kind: i16| {
            let category = match (kind, draft.sex) {
                (1, 2) => PersonCategory::FemaleCategory1,
                _ => PersonCategory::MaleOrCivilServant,
            };
            let exceptions = FixedPartExceptions::default();
            let trace = &mut Trace::new();
            let start =
                special::start(draft.birth_on, category, Part::EarningsRelated, exceptions, None, trace).ok()?;
            start.special.then_some(start.right_arises_on)
        };
        let first = draft.kinds().filter_map(of_kind).min()?;
        let enough = draft.employed_months(Month::of(first)) >= SPECIAL_MONTHS;
        let right_on = self.right_from(first).filter(|_| enough)?;
        (right_on < draft.ages.sixty_five_on).then_some(right_on)
    }

    /// The day itself, or that of the shortened period for who fell short.
    fn right_from(&self, on: Date) -> Option<Date> {
        if self.qualifies(Month::of(on)) {
            return Some(on);
        }
        (on < SHORTENED_ON && self.qualifies(Month::of(SHORTENED_ON))).then_some(SHORTENED_ON)
    }

    fn qualifies(&self, month: Month) -> bool {
        let required = if month >= Month::of(SHORTENED_ON) { 120 } else { 300 };
        self.draft.qualifying_months(month) >= required
    }
}

/// Writes a claim with its account, its withholding and its declaration.
pub(super) fn write(
    past: &Past,
    person_id: i64,
    claimed: &Claimed,
    (kana, birth_on, municipality_code): (&str, Date, &str),
    dice: &mut Dice,
    batch: &mut Batch,
) {
    batch.claim(Record { record_id: person_id * RECORDS_EACH + CLAIM_RECORD, person_id }, &claimed.claim);
    write_payee(person_id, kana, dice, batch);
    if dice.chance(3_500) {
        let old = birth_on < later(past.business_on, -365 * 72);
        let spouse: &[&str] = match dice.below(10) {
            0..=4 if old => &["aged_spouse"],
            0..=6 => &["spouse"],
            7 => &["widow"],
            8 => &["self_disability"],
            _ => &[],
        };
        batch.tax_declaration(person_id, past.business_on.year(), spouse);
    }
    let years = age::legal_age_on(birth_on, past.business_on).unwrap_or(0);
    if years >= 66 && claimed.claim.paid_through.is_some() && dice.chance(8_800) {
        write_collections(past, person_id, municipality_code, years, dice, batch);
    }
}

/// 受取口座 of whoever has no claim of old age. One in two thousand accounts cannot be carried by the bank's file: small kana, eight digits, an unknown type.
pub(super) fn write_payee(person_id: i64, kana: &str, dice: &mut Dice, batch: &mut Batch) {
    let fault = if dice.chance(5) { 1 + dice.below(3) } else { 0 };
    let half = to_half_width(kana);
    let holder_kana = if fault == 1 { format!("{half}ｮ") } else { half.chars().map(bank_kana).collect() };
    let digits = if fault == 2 { 8 } else { 7 };
    batch.payee(
        person_id,
        &Payee {
            bank_code: &format!("99{:02}", 80 + dice.below(10)),
            branch_code: &format!("{:03}", 1 + dice.below(899)),
            account_type: if fault == 3 { 7 } else { 1 },
            account_number: &format!("{:0digits$}", 1 + dice.below(9_999_999)),
            holder_kana: &holder_kana,
        },
    );
}

/// Names of accounts have no small kana and a hyphen for the long sound.
fn bank_kana(character: char) -> char {
    const SMALL: &str = "ｧｨｩｪｫｬｭｮｯ";
    const LARGE: &str = "ｱｲｳｴｵﾔﾕﾖﾂ";
    match SMALL.chars().position(|small| small == character) {
        Some(place) => LARGE.chars().nth(place).expect("as many"),
        None if character == 'ｰ' => '-',
        None => character,
    }
}

/// 介護保険料 of nearly all, 後期高齢者医療 from 75, 国民健康保険 of some before, 住民税 of some.
fn write_collections(
    past: &Past,
    person_id: i64,
    municipality_code: &str,
    years: i16,
    dice: &mut Dice,
    batch: &mut Batch,
) {
    let mut ask = |levy, amount_yen: u32| {
        let amount_yen = i64::from(amount_yen) / 100 * 100;
        let request = CollectionRequest { levy, municipality_code, amount_yen, first: past.first_payment };
        batch.collection_request(person_id, &request);
    };
    ask("long_term_care", 4_000 + dice.skewed(22_000));
    if years >= 76 {
        ask("late_elderly", 2_000 + dice.skewed(26_000));
    } else if years < 75 && dice.chance(4_000) {
        ask("national_health", 5_000 + dice.skewed(30_000));
    }
    if dice.chance(3_000) {
        ask("resident_tax", 1_000 + dice.skewed(14_000));
    }
}
