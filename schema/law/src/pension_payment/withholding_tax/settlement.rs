//! 令和7年12月の精算 (所得税法等の一部を改正する法律 (令和7年法律13号) 附則).

use domain::{Month, Yen};

use super::{
    TaxedKind, TaxedPayment, Taxpayer, Withholding, basic_deduction, check, personal_monthly, settlement_month, tax_of,
};
use crate::{LawError, Step, Trace};

const CLAUSE: &str = "所得税法等の一部を改正する法律 (令和7年法律13号) 附則 (公的年金等の源泉徴収の精算)";

/// 精算の計算 — a setting: how the year is computed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SettlementBasis {
    /// Each payment of the year again, added up: as the 日本年金機構 explains it.
    #[default]
    EachPayment,
    /// The year as one payment of all its months.
    WholeYear,
}

/// 精算 — the tax of 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// 改正後の控除額による1年分の税額.
    pub year_tax: Yen,
    /// 既に源泉徴収した税額.
    pub withheld_before: Yen,
    /// 12月に源泉徴収する税額; nothing when money goes back.
    pub december_tax: Yen,
    /// 12月に還付する税額.
    pub refund: Yen,
}

/// 令和7年12月の精算 — the year's tax with the deductions of the amendment, less what was withheld until October.
///
/// Law: 令和7年法律13号附則. Nothing is settled where no pension is paid in December: then the person files a return.
///
/// - `payments`: every payment of 2025, December included, and the tax withheld from those before
///
/// # Errors
/// `BadInput` — payments outside 2025, a month twice, none in December; and as [`super::withholding_tax`].
///
/// # Examples
/// 400,000円 every two months from 65 on: 6,636円 withheld five times; with 165,000円 a month 3,573円 each: of the 21,438円 of
/// the year 33,180円 are already withheld, 11,742円 go back.
pub fn settle_2025(
    person: &Taxpayer<'_>,
    payments: &[(TaxedPayment, Yen)],
    basis: SettlementBasis,
    trace: &mut Trace,
) -> Result<Settlement, LawError> {
    check_year(person, payments)?;
    let december = settlement_month();
    let basic = basic_deduction(person.birth, december, trace)?;
    let personal = personal_monthly(person.declaration, december, trace)?;
    let parts: Vec<TaxedPayment> = match basis {
        SettlementBasis::EachPayment => payments.iter().map(|(payment, _)| *payment).collect(),
        SettlementBasis::WholeYear => vec![whole_year(payments)],
    };
    let year_tax: Yen = parts.iter().map(|payment| tax_of(payment, basic, personal, person.fraction).tax).sum();
    let before: Yen = payments.iter().map(|(_, withheld)| *withheld).sum();
    let settled = Settlement {
        year_tax,
        withheld_before: before,
        december_tax: (year_tax - before).max(Yen::ZERO),
        refund: (before - year_tax).max(Yen::ZERO),
    };
    let how = match basis {
        SettlementBasis::EachPayment => "支払ごとに計算して合計 (設定)",
        SettlementBasis::WholeYear => "1年分をまとめて計算 (設定)",
    };
    trace.step(
        Step::new(
            CLAUSE,
            format!("改正後の控除額による1年分の税額と、既に源泉徴収した税額との差額を12月に精算する。{how}"),
        )
        .with("1年分の税額", year_tax, "")
        .with("既に源泉徴収した税額", before, "")
        .with("還付する税額", settled.refund, "")
        .gives(settled.december_tax),
    );
    Ok(settled)
}

/// 精算の後に支払う令和7年12月期の税額 — of a payment of that 支払期 which is made or raised after December 2025, with the
/// deductions of the amendment.
///
/// Law: 令和7年法律13号附則 (the amended deductions hold for what is payable from 1 December 2025 on).
///
/// Returns whole yen, the fraction dropped.
///
/// # Errors
/// As [`super::withholding_tax`].
pub fn tax_after_settlement(
    person: &Taxpayer<'_>,
    payment: &TaxedPayment,
    trace: &mut Trace,
) -> Result<Withholding, LawError> {
    check(person, payment)?;
    let basic = basic_deduction(person.birth, settlement_month(), trace)?;
    let personal = personal_monthly(person.declaration, settlement_month(), trace)?;
    let withheld = tax_of(payment, basic, personal, person.fraction);
    super::tell(person, payment, &withheld, trace);
    Ok(withheld)
}

fn whole_year(payments: &[(TaxedPayment, Yen)]) -> TaxedPayment {
    TaxedPayment {
        month: settlement_month(),
        pension: payments.iter().map(|(payment, _)| payment.pension).sum(),
        social_insurance: payments.iter().map(|(payment, _)| payment.social_insurance).sum(),
        months: payments.iter().map(|(payment, _)| payment.months).sum(),
    }
}

fn check_year(person: &Taxpayer<'_>, payments: &[(TaxedPayment, Yen)]) -> Result<(), LawError> {
    let refuse = |reason: &str| Err(LawError::bad_input("支払の一覧 (payments)", reason));
    if person.kind != TaxedKind::OldAge {
        return Err(LawError::bad_input("年金の種類 (kind)", "精算は老齢年金だけです"));
    }
    payments.iter().try_for_each(|(payment, _)| check(person, payment))?;
    let mut months: Vec<Month> = payments.iter().map(|(payment, _)| payment.month).collect();
    months.sort();
    if months.iter().any(|month| month.year() != 2025) || months.windows(2).any(|pair| pair[0] == pair[1]) {
        return refuse("令和7年の支払を、支払月ごとに1件ずつ入力してください");
    }
    if months.last() != Some(&settlement_month()) {
        return refuse("12月の支払がありません。12月に支払がない人は、確定申告で精算します");
    }
    match payments.iter().any(|(payment, withheld)| payment.month == settlement_month() && *withheld > Yen::ZERO) {
        true => refuse("12月の支払の税額は、これから決まります。withheld_yen を入れないでください"),
        false => Ok(()),
    }
}
