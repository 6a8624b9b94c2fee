//! 返納金・内払・源泉 — what becomes of the lines: paid, claimed back, set off, withheld.

use domain::{Month, Ratio, Rounding, Yen};

use super::super::overpayment::{SetOff, set_off};
use super::super::withholding_tax::settlement::{SettlementBasis, settle_2025};
use super::super::withholding_tax::{TaxedPayment, Taxpayer, settlement_month, withholding_tax};
use super::{Due, SchemeYen};
use crate::{LawError, Step, Trace};

const CLAIM: &str = "国民年金法21条・厚生年金保険法39条・会計法30条";
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
    /// 支払額 before anything is taken, by scheme; never negative.
    pub gross: SchemeYen,
    /// 新たな返納金債権, by scheme; never negative. Gross less claims is the sum of the lines.
    pub claims: SchemeYen,
    /// 差額どうしの差引: of raised amounts of earlier 支払期, against claims.
    pub set_off_arrears: Yen,
    /// 内払: of what is paid for the first time, up to the limit.
    pub set_off_regular: Yen,
    /// 未済の返納金債権 afterwards.
    pub outstanding: Yen,
}

impl Balance {
    /// 差引の合計.
    pub fn set_off(&self) -> Yen {
        self.set_off_arrears + self.set_off_regular
    }

    /// What is left to pay before withholding.
    pub fn payment(&self) -> Yen {
        self.gross.total() - self.set_off()
    }
}

/// 支払と返納金 — the lines of earlier 支払期 of a scheme add up: less than nothing is a claim (返納金債権), more is paid.
///
/// Law: 国民年金法21条, 厚生年金保険法39条 (内払: may be done, and how much of a payment is for a person to decide). A raise of an
/// earlier 支払期 goes against claims in full, also against those of the same run, so a correction and its reversal leave
/// nothing. Of a payment made for the first time at most the limit is taken, and only for claims of which the person was
/// told by an earlier run. After a death nothing is set off by itself.
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
    let sum = |first_time: bool| {
        let lines = due.lines.iter().filter(|line| line.first_time == first_time);
        lines.fold(SchemeYen::default(), |sum, line| sum.plus(line.yen))
    };
    let (fresh, earlier) = (sum(true), sum(false));
    let raised = SchemeYen { basic: earlier.basic.max(Yen::ZERO), employees: earlier.employees.max(Yen::ZERO) };
    let claims = raised.less(earlier);
    let mut found = Balance {
        gross: fresh.plus(raised),
        claims,
        outstanding: account.outstanding + claims.total(),
        ..Balance::default()
    };
    if claims.total() > Yen::ZERO {
        let step = Step::new(CLAIM, "支払った額が支払うべき額を超えた支払期の差額は、返納金債権とする");
        trace
            .step(step.with("基礎年金", claims.basic, "").with("厚生年金", claims.employees, "").gives(claims.total()));
    }
    if !account.alive || found.outstanding <= Yen::ZERO {
        return Ok(found);
    }
    found.set_off_arrears = set_off(SetOff::Advance, found.outstanding, &[raised.total()], None, trace)?.set_off;
    let told = (account.outstanding - found.set_off_arrears).max(Yen::ZERO);
    let limit = fresh.total().times(account.share, Rounding::Floor);
    found.set_off_regular = set_off(SetOff::Advance, told, &[fresh.total()], Some(limit), trace)?.set_off;
    found.outstanding = found.outstanding - found.set_off();
    Ok(found)
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
/// Law: 介護保険法135条, 国民健康保険法76条の4, 高齢者の医療の確保に関する法律110条, 地方税法321条の7の2; 所得税法203条の2・203条の3, with the table of
/// the 支払期 to which a line belongs (arrears are taxed as if paid when they were due: the tax of the whole 支払期 less that of
/// what was accounted before, without the 社会保険料 of that time). The payment of December 2025 is settled with the year.
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
    let mut rest = balance.payment();
    let mut found = Withheld::default();
    let own = due.own(asked.tax.payment_month);
    let levies = if own.is_some() { asked.levies } else { LevyYen::default() };
    let not_taken = &mut found.not_taken;
    let mut take = |rest: &mut Yen, name: &'static str, amount: Yen| {
        if amount > *rest {
            not_taken.push(name);
            return Yen::ZERO;
        }
        *rest = *rest - amount;
        amount
    };
    found.levies.long_term_care = take(&mut rest, "介護保険料", levies.long_term_care);
    found.levies.national_health = take(&mut rest, "国民健康保険料 (税)", levies.national_health);
    found.levies.late_elderly = take(&mut rest, "後期高齢者医療保険料", levies.late_elderly);
    found.income_tax = income_tax(due, balance, &asked.tax, found.levies.social_insurance(), trace)?;
    rest = rest - found.income_tax;
    found.levies.resident_tax = take(&mut rest, "個人住民税・森林環境税", levies.resident_tax);
    found.net = rest;
    for name in &found.not_taken {
        trace.step(Step::new(COLLECTED, "支払額が足りないので、この支払からは特別徴収しない").gives(*name));
    }
    let step = Step::new(COLLECTED, "差引支払額 = 支払額 − 内払 − 特別徴収 − 源泉徴収税額")
        .with("支払額", balance.gross.total(), "")
        .with("内払", balance.set_off(), "")
        .with("特別徴収", found.levies.total(), "")
        .with("源泉徴収税額", found.income_tax, "");
    trace.step(step.gives(found.net));
    Ok(found)
}

/// Of the run's own 支払期 and of every earlier one that is raised.
fn income_tax(
    due: &Due<'_>,
    balance: &Balance,
    base: &TaxBase<'_>,
    social_insurance: Yen,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let mut tax = Yen::ZERO;
    let (mut arrears, mut regular) = (balance.set_off_arrears, balance.set_off_regular);
    for line in due.lines.iter().filter(|line| line.yen.total() > Yen::ZERO) {
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
        tax += withholding_tax(&base.taxpayer, &of(line.accounted.total() + paid, social), trace)?.tax;
        if line.accounted.total() > Yen::ZERO {
            tax = tax - withholding_tax(&base.taxpayer, &of(line.accounted.total(), Yen::ZERO), trace)?.tax;
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
