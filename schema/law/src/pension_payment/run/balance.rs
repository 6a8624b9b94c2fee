//! 返納金・内払・源泉 — what becomes of the lines: paid, claimed back, set off, withheld.

use domain::{Month, Ratio, Rounding, Yen};

use super::super::overpayment::{SetOff, set_off};
use super::super::withholding_tax::settlement::{SettlementBasis, settle_2025, tax_after_settlement};
use super::super::withholding_tax::{TaxedPayment, Taxpayer, settlement_month, withholding_tax};
use super::{ByGround, Due, Line, SchemeYen};
use crate::adjudication::award::Ground;
use crate::{LawError, Step, Trace};

const CLAIM: &str = "国民年金法21条・厚生年金保険法39条・会計法30条";
const ADVANCE: &str = "国民年金法21条・厚生年金保険法39条";
const TAX_FREE: &str = "所得税法9条1項3号・国民年金法25条・厚生年金保険法41条2項";
/// The name under which the resident tax is not taken.
pub const RESIDENT_TAX: &str = "個人住民税・森林環境税";
const COLLECTED: &str =
    "介護保険法135条・国民健康保険法76条の4・高齢者の医療の確保に関する法律110条・地方税法321条の7の2";

/// 返納金の口座 — what is outstanding against a person before this run, and how much of a payment may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// 未済の返納金債権, yen.
    pub outstanding: Yen,
    /// 内払の限度: so much of each regular payment, from 0 to 1. The law leaves it to a decision; the house's default is one half.
    pub share: Ratio,
    /// The person lives: after a death nothing is set off by itself (充当 needs a survivor pension).
    pub alive: bool,
}

/// 支払・債権・差引.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// 支払額 before anything is taken, by pension; never negative.
    pub gross: SchemeYen,
    /// The same by 支給事由; one whose pension gave way to another may be negative.
    pub gross_of: ByGround<SchemeYen>,
    /// 新たな返納金債権, by pension; never negative. Gross less claims is the sum of the lines.
    pub claims: SchemeYen,
    /// 差額どうしの差引: of raised amounts of earlier 支払期, against claims.
    pub set_off_arrears: Yen,
    /// 内払とみなす額: of earlier 支払期 paid for the first time, against what was paid of a pension of another 支給事由.
    pub set_off_advance: Yen,
    /// 内払: of what is paid for the first time, up to the limit.
    pub set_off_regular: Yen,
    /// 未済の返納金債権 afterwards.
    pub outstanding: Yen,
}

impl Balance {
    /// 差引の合計.
    pub fn set_off(&self) -> Yen {
        self.at_once() + self.set_off_regular
    }

    /// What is set off without waiting that the person is told.
    pub fn at_once(&self) -> Yen {
        self.set_off_arrears + self.set_off_advance
    }

    /// What is left to pay before withholding.
    pub fn payment(&self) -> Yen {
        self.gross.total() - self.set_off()
    }

    /// So much of what is left may be of the old-age pension.
    fn old_age(&self) -> Yen {
        self.gross_of.old_age.total().max(Yen::ZERO).min(self.payment())
    }
}

/// The lines of one kind, by 支給事由.
fn sums<'a>(lines: impl Iterator<Item = &'a Line<'a>>) -> ByGround<SchemeYen> {
    let mut sums = ByGround::<SchemeYen>::default();
    for line in lines {
        let sum = sums.of_mut(line.ground);
        *sum = sum.plus(line.yen);
    }
    sums
}

/// 支払と返納金 — the lines of earlier 支払期 of a pension add up: less than nothing is a claim (返納金債権), more is paid.
///
/// Law: 国民年金法21条, 厚生年金保険法39条 (内払: may be done, and how much of a payment is for a person to decide). A raise of an
/// earlier 支払期 goes against claims in full, also against those of the same run, so a correction and its reversal leave
/// nothing. Of a payment made for the first time at most the limit is taken, and only for claims of which the person was
/// told by an earlier run. After a death nothing is set off by itself.
///
/// Where one pension is due instead of another (選択, a right found late), what was paid of the other is a payment of the one
/// (内払とみなす): basic against basic pension in the 支払期 themselves, and what remains at once and in full against everything
/// of another 支給事由 that is due for earlier 支払期, across the two Acts (21条3項, 39条3項). The regular payment keeps to the limit.
///
/// # Errors
/// `BadInput` — a limit below 0 or above 1.
///
/// # Examples
/// 200,000円 outstanding, 138,616円 due, the half: 69,308円 are set off, 130,692円 stay outstanding.
pub fn balance(due: &Due<'_>, account: Account, trace: &mut Trace) -> Result<Balance, LawError> {
    if !(Ratio::ZERO..=Ratio::new(1, 1)).contains(&account.share) {
        return Err(LawError::bad_input("内払の限度 (set_off_share)", "0以上1以下で入力してください"));
    }
    let fresh_of = sums(due.lines.iter().filter(|line| line.first_time));
    let earlier_of = sums(due.lines.iter().filter(|line| !line.first_time));
    let (fresh, earlier) = (fresh_of.sum(), earlier_of.sum());
    let raised = earlier.each(earlier, |yen, _| yen.max(Yen::ZERO));
    let claims = raised.less(earlier);
    let mut found = Balance {
        gross: fresh.plus(raised),
        gross_of: fresh_of,
        claims,
        outstanding: account.outstanding + claims.total(),
        ..Balance::default()
    };
    for (ground, yen) in earlier_of.each() {
        // A pension in which less than nothing is left is claimed, not paid.
        let paid = yen.each(raised, |yen, raised| if raised > Yen::ZERO { yen } else { Yen::ZERO });
        let sum = found.gross_of.of_mut(ground);
        *sum = sum.plus(paid);
    }
    if claims.total() > Yen::ZERO {
        let mut step = Step::new(CLAIM, "支払った額が支払うべき額を超えた支払期の差額は、返納金債権とする")
            .with("基礎年金", claims.basic, "")
            .with("厚生年金", claims.employees, "");
        if claims.survivor > Yen::ZERO {
            step = step.with("遺族厚生年金", claims.survivor, "");
        }
        trace.step(step.gives(claims.total()));
    }
    if !account.alive || found.outstanding <= Yen::ZERO {
        return Ok(found);
    }
    found.set_off_arrears = set_off(SetOff::Advance, found.outstanding, &[raised.total()], None, trace)?.set_off;
    let left = found.outstanding - found.set_off_arrears;
    found.set_off_advance = advance(due, &earlier_of, claims.total().min(left), trace);
    let told = (account.outstanding - found.at_once()).max(Yen::ZERO);
    let regular = fresh.total() - found.set_off_advance;
    let limit = fresh.total().times(account.share, Rounding::Floor).min(regular);
    found.set_off_regular = set_off(SetOff::Advance, told, &[regular], Some(limit), trace)?.set_off;
    found.outstanding = found.outstanding - found.set_off();
    Ok(found)
}

/// 内払とみなす額 — what this run takes back of one 支給事由, against earlier 支払期 first paid of another.
fn advance(due: &Due<'_>, earlier_of: &ByGround<SchemeYen>, claims: Yen, trace: &mut Trace) -> Yen {
    let gave_way = |ground: Ground| earlier_of.of(ground).total() < Yen::ZERO;
    let arrears = |line: &&Line<'_>| line.first_time && line.for_payment < due.payment_month && !gave_way(line.ground);
    if !earlier_of.each().into_iter().any(|(ground, _)| gave_way(ground)) {
        return Yen::ZERO;
    }
    let arrears: Yen = due.lines.iter().filter(arrears).map(|line| line.yen.total()).sum();
    let taken = claims.min(arrears);
    if taken > Yen::ZERO {
        let step = Step::new(ADVANCE, "支給を停止すべき年金として支払った額は、支給すべき年金の内払とみなす");
        trace.step(step.with("支給すべき年金の過去の支払期の額", arrears, "").gives(taken));
    }
    taken
}

/// 特別徴収の額, per payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevyYen {
    /// 介護保険料.
    pub long_term_care: Yen,
    /// 国民健康保険料 (税).
    pub national_health: Yen,
    /// 後期高齢者医療保険料.
    pub late_elderly: Yen,
    /// 個人住民税・森林環境税.
    pub resident_tax: Yen,
}

impl LevyYen {
    /// 社会保険料: what is taken off before the income tax is reckoned.
    pub fn social_insurance(self) -> Yen {
        self.long_term_care + self.national_health + self.late_elderly
    }

    /// All of them.
    pub fn total(self) -> Yen {
        self.social_insurance() + self.resident_tax
    }
}

/// 源泉徴収の前提.
#[derive(Clone, Copy, Debug)]
pub struct TaxBase<'a> {
    /// 受給者.
    pub taxpayer: Taxpayer<'a>,
    /// 支払期月 of the run.
    pub payment_month: Month,
    /// Of December 2025: the earlier payments of the year with the tax withheld, by 支払期; none: they are not on file.
    pub year: Option<&'a [(TaxedPayment, Yen)]>,
}

/// 控除の求め — what the municipalities ask for, and what the tax is reckoned from.
#[derive(Clone, Copy, Debug)]
pub struct Holdings<'a> {
    /// 特別徴収の依頼の額; taken only with the regular payment of the run's own 支払期.
    pub levies: LevyYen,
    /// 源泉徴収.
    pub tax: TaxBase<'a>,
}

/// 控除の結果.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// 特別徴収した額.
    pub levies: LevyYen,
    /// Levies asked for that the payment does not suffice for: not taken at all.
    pub not_taken: Vec<&'static str>,
    /// 源泉徴収税額; negative in December 2025 where money goes back.
    pub income_tax: Yen,
    /// 差引支払額.
    pub net: Yen,
}

/// 特別徴収と源泉徴収 — first 介護保険料, 国民健康保険料, 後期高齢者医療保険料, each whole or not at all; then the income tax on the pension
/// less these; last the resident tax, whole or not at all.
///
/// Law: 介護保険法131条・135条, 国民健康保険法76条の4, 高齢者の医療の確保に関する法律110条 (of old-age, disability and survivors' pensions, the
/// old-age pension first); 地方税法321条の7の2 (of the old-age pension alone); 所得税法203条の2・203条の3, with the table of the 支払期 to
/// which a line belongs (arrears are taxed as if paid when they were due: the tax of the whole 支払期 less that of what was
/// accounted before, without the 社会保険料 of that time). 障害年金・遺族年金 are free of tax (所得税法9条1項3号, 国民年金法25条,
/// 厚生年金保険法41条2項): where nothing of the old-age pension is paid, no table is asked. The payment of December 2025 is settled
/// with the year.
///
/// # Errors
/// `CannotDecide`, `NotInForce`, `PastLastCheck` — the table of a year is not on file, or the payments of 2025 are not.
///
/// # Examples
/// 400,000円 from 65 on in June 2025 with 20,000円 介護保険料: 5,615円 tax, 374,385円 paid.
pub fn withhold(
    due: &Due<'_>,
    balance: &Balance,
    asked: &Holdings<'_>,
    trace: &mut Trace,
) -> Result<Withheld, LawError> {
    let mut rest = Rest { all: balance.payment(), old_age: balance.old_age() };
    let mut found = Withheld::default();
    let own = due.own(asked.tax.payment_month);
    let levies = if own.is_some() { asked.levies } else { LevyYen::default() };
    let not_taken = &mut found.not_taken;
    let mut take = |rest: &mut Rest, limit: Yen, name: &'static str, amount: Yen| {
        if amount > limit {
            not_taken.push(name);
            return Yen::ZERO;
        }
        rest.take(amount);
        amount
    };
    let limit = rest.all;
    found.levies.long_term_care = take(&mut rest, limit, "介護保険料", levies.long_term_care);
    let limit = rest.all;
    found.levies.national_health = take(&mut rest, limit, "国民健康保険料 (税)", levies.national_health);
    let limit = rest.all;
    found.levies.late_elderly = take(&mut rest, limit, "後期高齢者医療保険料", levies.late_elderly);
    let tax = income_tax(due, balance, &asked.tax, found.levies.social_insurance(), trace)?;
    found.income_tax = tax.min(rest.all);
    rest.take(found.income_tax);
    let limit = rest.old_age;
    found.levies.resident_tax = take(&mut rest, limit, RESIDENT_TAX, levies.resident_tax);
    found.net = rest.all;
    for name in &found.not_taken {
        trace.step(Step::new(COLLECTED, "支払額が足りないので、この支払からは特別徴収しない").gives(*name));
    }
    let tax_free = due.lines.iter().any(|line| line.ground != Ground::OldAge && line.yen.total() > Yen::ZERO);
    if tax_free {
        trace.step(Step::new(TAX_FREE, "障害年金・遺族年金には課税しない").gives(Yen::ZERO));
    }
    let step = Step::new(COLLECTED, "差引支払額 = 支払額 − 内払 − 特別徴収 − 源泉徴収税額")
        .with("支払額", balance.gross.total(), "")
        .with("内払", balance.set_off(), "")
        .with("特別徴収", found.levies.total(), "")
        .with("源泉徴収税額", found.income_tax, "");
    trace.step(step.gives(found.net));
    Ok(found)
}

/// What is not yet taken of a payment, and of the old-age pension in it.
struct Rest {
    all: Yen,
    old_age: Yen,
}

impl Rest {
    /// The old-age pension bears it first; what goes back (negative) is of the old-age pension.
    fn take(&mut self, amount: Yen) {
        self.all = self.all - amount;
        self.old_age = (self.old_age - amount).max(Yen::ZERO);
    }
}

/// What set-off leaves of the lines of one kind to be taxed: it meets what is free of tax first, and what was paid free of
/// tax before is taxed when it becomes an old-age pension.
///
/// - `first_time`: which lines
/// - `set_off`: taken from them
/// - `untaxed_before`: of it, for claims of what was paid free of tax
fn taxed_before(due: &Due<'_>, first_time: bool, set_off: Yen, untaxed_before: Yen) -> Yen {
    let free = |line: &&Line<'_>| {
        line.first_time == first_time && line.ground != Ground::OldAge && line.yen.total() > Yen::ZERO
    };
    let free: Yen = due.lines.iter().filter(free).map(|line| line.yen.total()).sum();
    (set_off - set_off.min(free) - untaxed_before).max(Yen::ZERO)
}

/// Of the run's own 支払期 and of every earlier one that is raised, as far as it is an old-age pension.
fn income_tax(
    due: &Due<'_>,
    balance: &Balance,
    base: &TaxBase<'_>,
    social_insurance: Yen,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let mut tax = Yen::ZERO;
    let untaxed = due.lines.iter().filter(|line| line.ground != Ground::OldAge && !line.first_time);
    let untaxed: Yen = untaxed.map(|line| line.yen.total()).sum();
    let untaxed_claims = (Yen::ZERO - untaxed).max(Yen::ZERO).min(balance.claims.total());
    let mut arrears = taxed_before(due, false, balance.set_off_arrears, untaxed_claims);
    let mut regular = taxed_before(due, true, balance.set_off_regular, Yen::ZERO);
    let taxable = |line: &&Line<'_>| line.ground == Ground::OldAge && line.yen.total() > Yen::ZERO;
    for line in due.lines.iter().filter(taxable) {
        let taken = if line.first_time { &mut regular } else { &mut arrears };
        // What is set off was paid, and taxed, before.
        let set_off = line.yen.total().min(*taken);
        *taken = *taken - set_off;
        let of = |pension: Yen, social_insurance: Yen| TaxedPayment {
            month: line.for_payment,
            pension,
            social_insurance: social_insurance.min(pension),
            months: line.months.max(1),
        };
        let paid = line.yen.total() - set_off;
        if paid == Yen::ZERO {
            continue;
        }
        if line.for_payment == base.payment_month && base.payment_month == settlement_month() {
            tax += settled(of(line.accounted.total() + paid, social_insurance), base, trace)?;
            continue;
        }
        let social = if line.for_payment == base.payment_month { social_insurance } else { Yen::ZERO };
        // What is paid later of December 2025 is reckoned with the deductions by which that year was settled.
        let tax_of = if line.for_payment == settlement_month() { tax_after_settlement } else { withholding_tax };
        tax += tax_of(&base.taxpayer, &of(line.accounted.total() + paid, social), trace)?.tax;
        if line.accounted.total() > Yen::ZERO {
            tax = tax - tax_of(&base.taxpayer, &of(line.accounted.total(), Yen::ZERO), trace)?.tax;
        }
    }
    Ok(tax)
}

/// 令和7年12月の精算.
fn settled(december: TaxedPayment, base: &TaxBase<'_>, trace: &mut Trace) -> Result<Yen, LawError> {
    let reason = "令和7年12月の精算には1年分の支払と源泉徴収税額が要りますが、移行前の支払の税額が登録されていません";
    let missing = || LawError::CannotDecide { reason: reason.to_owned() };
    let mut payments = base.year.ok_or_else(missing)?.to_vec();
    payments.push((december, Yen::ZERO));
    let settlement = settle_2025(&base.taxpayer, &payments, SettlementBasis::default(), trace)?;
    Ok(settlement.december_tax - settlement.refund)
}
