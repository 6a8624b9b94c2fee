//! 公的年金等の源泉徴収 (所得税法203条の2〜203条の7, 復興財源確保法28条).

pub mod settlement;

use domain::age::attained_on;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::{Line, Row, Table, TableError, of_yen};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const BASIC: &str = "所得税法203条の3第1号イ";
const PERSONAL: &str = "所得税法203条の3第1号ロ以下・203条の6";
const TAX: &str = "所得税法203条の3・復興財源確保法28条";

/// 基礎的控除額 — of an age group in a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasicDeduction {
    /// 月割額に対する率.
    pub rate: Ratio,
    /// 加える額.
    pub add: Yen,
    /// 最低額.
    pub minimum: Yen,
    /// 税率, with the special income tax for reconstruction.
    pub tax_rate: Ratio,
    /// 源泉徴収を要しない年額: below this.
    pub none_below: Option<Yen>,
    /// An estimate that nobody may compute with.
    estimate: bool,
}

pub(super) static BASIC_DEDUCTION: LawTable<BasicDeduction> =
    LawTable::new("pension_payment/withholding_tax/basic_deduction.csv", include_str!("basic_deduction.csv"), read);
pub(super) static PERSONAL_DEDUCTIONS: LawTable<Yen> = LawTable::new(
    "pension_payment/withholding_tax/personal_deductions.csv",
    include_str!("personal_deductions.csv"),
    of_yen,
);

fn read(text: &str) -> Result<Table<BasicDeduction>, TableError> {
    Table::read(text, add_line)
}

fn add_line(rows: &mut Vec<Row<BasicDeduction>>, line: &Line<'_>) -> Result<(), String> {
    let decimal = |column: &str| Ratio::parse_decimal(line.text(column)).ok_or(format!("column {column}"));
    let deduction = BasicDeduction {
        rate: decimal("rate")?,
        add: Yen::new(line.parse("add_yen")?),
        minimum: Yen::new(line.parse("minimum_yen")?),
        tax_rate: decimal("tax_rate")?,
        none_below: line.parse_or_open("no_withholding_below_yen")?.map(Yen::new),
        estimate: line.text("confidence") == "low",
    };
    let (rate, tax_rate) = (line.text("rate"), line.text("tax_rate"));
    let text = format!("{rate} + {}, min {}, tax {tax_rate}", deduction.add.get(), deduction.minimum.get());
    let mut row = line.row(|_| Some(deduction))?;
    row.text = text;
    rows.push(row);
    Ok(())
}

/// 年金の種類 — only old-age pensions are taxed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaxedKind {
    /// 老齢年金.
    #[default]
    OldAge,
    /// 障害年金・遺族年金: 非課税 (国民年金法25条, 厚生年金保険法41条2項).
    DisabilityOrSurvivor,
}

/// 月割額の端数 — a setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MonthlyFraction {
    /// The payment divided by its months, exactly.
    #[default]
    Exact,
    /// Up to the next multiple of 4円, so that a quarter of it is whole yen.
    UpToFourYen,
}

/// 人的控除 — a deduction by declaration, per month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the term of the declaration form; the key says it")]
pub enum PersonalDeduction {
    SelfDisability,
    SelfSpecialDisability,
    Widow,
    SingleParent,
    Spouse,
    AgedSpouse,
    Dependant,
    SpecificDependant,
    AgedDependant,
    Disability,
    SpecialDisability,
    CohabitingSpecialDisability,
}

impl PersonalDeduction {
    /// Every one, with its word: the key of the table and of the question.
    pub const WORDS: [(&'static str, PersonalDeduction); 12] = [
        ("self_disability", PersonalDeduction::SelfDisability),
        ("self_special_disability", PersonalDeduction::SelfSpecialDisability),
        ("widow", PersonalDeduction::Widow),
        ("single_parent", PersonalDeduction::SingleParent),
        ("spouse", PersonalDeduction::Spouse),
        ("aged_spouse", PersonalDeduction::AgedSpouse),
        ("dependant", PersonalDeduction::Dependant),
        ("specific_dependant", PersonalDeduction::SpecificDependant),
        ("aged_dependant", PersonalDeduction::AgedDependant),
        ("disability", PersonalDeduction::Disability),
        ("special_disability", PersonalDeduction::SpecialDisability),
        ("cohabiting_special_disability", PersonalDeduction::CohabitingSpecialDisability),
    ];

    fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, deduction)| *deduction == self).map_or("", |(key, _)| key)
    }

    /// A person has them once; of relatives there may be several.
    fn once(self) -> bool {
        use PersonalDeduction as D;
        matches!(
            self,
            D::SelfDisability | D::SelfSpecialDisability | D::Widow | D::SingleParent | D::Spouse | D::AgedSpouse
        )
    }
}

/// 扶養親族等申告書 — what it declares. Without one nothing of it is deducted; the rate is the same since 2020.
pub type Declaration = [(PersonalDeduction, i32)];

/// 一回の支払.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxedPayment {
    /// 支払月.
    pub month: Month,
    /// 年金の支払額.
    pub pension: Yen,
    /// 控除された社会保険料.
    pub social_insurance: Yen,
    /// 支払の対象の月数, 1 or more.
    pub months: i32,
}

/// 源泉徴収 — the tax of a payment and what it was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withholding {
    /// 基礎的控除額, per month; exact.
    pub basic_monthly: Ratio,
    /// 人的控除額, per month.
    pub personal_monthly: Yen,
    /// 源泉徴収税額.
    pub tax: Yen,
}

/// 税額の核 — `floor((pension − social insurance − deduction × months) × rate)`, never below nothing.
///
/// Law: 所得税法203条の3, 復興財源確保法28条. The fraction of a yen is dropped (国税通則法119条).
///
/// - `personal`: 人的控除額, yen per month
pub fn tax_of(payment: &TaxedPayment, basic: &BasicDeduction, personal: Yen, fraction: MonthlyFraction) -> Withholding {
    let months = i128::from(payment.months.max(1));
    let quarter = Ratio::new(
        basic.rate.numerator() * monthly(payment.pension, months, fraction).numerator(),
        basic.rate.denominator() * monthly(payment.pension, months, fraction).denominator(),
    );
    let basic_monthly = (quarter + Ratio::of_yen(basic.add)).max(Ratio::of_yen(basic.minimum));
    let deducted = basic_monthly + Ratio::of_yen(personal);
    let deducted = Ratio::new(deducted.numerator() * months, deducted.denominator());
    let taxed = Ratio::of_yen(payment.pension - payment.social_insurance) - deducted;
    let product =
        Ratio::new(taxed.numerator() * basic.tax_rate.numerator(), taxed.denominator() * basic.tax_rate.denominator());
    let tax = if taxed > Ratio::ZERO { product.round(Rounding::Floor) } else { Yen::ZERO };
    Withholding { basic_monthly, personal_monthly: personal, tax }
}

fn monthly(pension: Yen, months: i128, fraction: MonthlyFraction) -> Ratio {
    let exact = Ratio::new(i128::from(pension.get()), months);
    match fraction {
        MonthlyFraction::Exact => exact,
        MonthlyFraction::UpToFourYen => {
            let fours = (exact.numerator() + 4 * exact.denominator() - 1).div_euclid(4 * exact.denominator());
            Ratio::new(4 * fours, 1)
        }
    }
}

/// 受給者 — of whom the tax is withheld.
#[derive(Clone, Copy, Debug)]
pub struct Taxpayer<'a> {
    /// 生年月日: the age counts on 31 December of the year.
    pub birth: Date,
    /// 年金の種類.
    pub kind: TaxedKind,
    /// その年に支払われるべき年額, if known: below the limit nothing is withheld (203条の7).
    pub annual: Option<Yen>,
    /// 扶養親族等申告書.
    pub declaration: &'a Declaration,
    /// The setting.
    pub fraction: MonthlyFraction,
}

/// 源泉徴収税額 — of one payment of a pension.
///
/// Law: 所得税法203条の3第1号 (基礎的控除額・人的控除額, each for the months of the payment), 203条の6 (申告書), 203条の7 (年額 below which
/// nothing is withheld), 復興財源確保法28条 (5.105%). Disability and survivor pensions are free of tax (国民年金法25条,
/// 厚生年金保険法41条2項). The payment of December 2025 is settled with the year: [`settlement`].
///
/// Returns whole yen, the fraction dropped.
///
/// # Errors
/// `CannotDecide` — a year whose official table is not on file (2026), or December 2025; `BadInput` — payments that cannot be;
/// `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// 65 or older, 400,000円 for two months without insurance: (400,000 − 2 × 135,000) × 5.105% = 6,636円.
pub fn withholding_tax(
    person: &Taxpayer<'_>,
    payment: &TaxedPayment,
    trace: &mut Trace,
) -> Result<Withholding, LawError> {
    check(person, payment)?;
    if person.kind == TaxedKind::DisabilityOrSurvivor {
        trace.step(
            Step::new("国民年金法25条・厚生年金保険法41条2項", "障害年金・遺族年金には課税しない").gives(Yen::ZERO),
        );
        return Ok(Withholding { basic_monthly: Ratio::ZERO, personal_monthly: Yen::ZERO, tax: Yen::ZERO });
    }
    if payment.month == settlement_month() {
        let reason = "令和7年12月の支払は、改正後の控除額による1年分の精算です。精算 (pension_withholding_settlement_2025) で計算してください";
        return Err(LawError::CannotDecide { reason: reason.to_owned() });
    }
    let basic = basic_deduction(person.birth, payment.month, trace)?;
    let personal = personal_monthly(person.declaration, payment.month, trace)?;
    let mut withheld = tax_of(payment, basic, personal, person.fraction);
    tell(person, payment, &withheld, trace);
    if let (Some(annual), Some(limit)) = (person.annual, basic.none_below)
        && annual < limit
    {
        withheld.tax = Yen::ZERO;
        trace.step(
            Step::new("所得税法203条の7", "その年の年金の額が限度額に満たないときは源泉徴収をしない")
                .with("年金の年額", annual, "")
                .with("限度額", limit, "")
                .gives(Yen::ZERO),
        );
    }
    Ok(withheld)
}

/// 令和7年12月.
pub(super) fn settlement_month() -> Month {
    Month::new(2025, 12).expect("a month")
}

/// 年齢の区分 — by the age on 31 December of the year of the payment.
fn age_group(birth: Date, month: Month) -> &'static str {
    let year_end = Date::new(month.year(), 12, 31).expect("every year has a last day");
    if attained_on(birth, 65) <= year_end { "65_PLUS" } else { "UNDER_65" }
}

/// 基礎的控除額 of an age and month.
///
/// # Errors
/// `CannotDecide` — only an estimate is on file; `NotInForce`, `PastLastCheck`.
pub fn basic_deduction(birth: Date, month: Month, trace: &mut Trace) -> Result<&'static BasicDeduction, LawError> {
    let basic = BASIC_DEDUCTION.at(age_group(birth, month), month, trace)?;
    if basic.estimate {
        let reason = format!(
            "「公的年金等の源泉徴収の基礎的控除額」の{}年分は推定の値しかありません。国税庁の公的年金等の源泉徴収の表を確認し、表を更新してください",
            month.year()
        );
        return Err(LawError::CannotDecide { reason });
    }
    Ok(basic)
}

/// 人的控除額 of a declaration, yen per month.
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — a deduction of the month.
pub fn personal_monthly(declaration: &Declaration, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let mut sum = Yen::ZERO;
    for (deduction, persons) in declaration.iter().filter(|(_, persons)| *persons > 0) {
        let each = *PERSONAL_DEDUCTIONS.at(deduction.key(), month, trace)?;
        sum += each.times(Ratio::new(i128::from(*persons), 1), Rounding::Floor);
    }
    trace.step(Step::new(PERSONAL, "扶養親族等申告書による人的控除 (月額) の合計").gives(sum));
    Ok(sum)
}

fn tell(person: &Taxpayer<'_>, payment: &TaxedPayment, withheld: &Withholding, trace: &mut Trace) {
    let fraction = match person.fraction {
        MonthlyFraction::Exact => "月割額の端数は処理しない (設定)",
        MonthlyFraction::UpToFourYen => "月割額は4円の整数倍に切り上げる (設定)",
    };
    trace.step(
        Step::new(BASIC, format!("基礎的控除額 (月額) = 月割額 × 25% + 定額。最低額を下回らない。{fraction}"))
            .with("年齢の区分", age_group(person.birth, payment.month), "")
            .with("支払額", payment.pension, "")
            .with("月数", payment.months, "か月")
            .gives(format!("{}円", withheld.basic_monthly)),
    );
    trace.step(
        Step::new(TAX, "税額 = (支払額 − 社会保険料 − 控除額 × 月数) × 5.105% (1円未満切捨て)")
            .with("社会保険料", payment.social_insurance, "")
            .with("人的控除額 (月額)", withheld.personal_monthly, "")
            .gives(withheld.tax),
    );
}

fn check(person: &Taxpayer<'_>, payment: &TaxedPayment) -> Result<(), LawError> {
    check_day("生年月日 (birth_date)", person.birth)?;
    if !(1..=1_200).contains(&payment.months) {
        return Err(LawError::bad_input("月数 (months)", "1以上1200以下で入力してください"));
    }
    if payment.social_insurance > payment.pension {
        return Err(LawError::bad_input("社会保険料 (social_insurance_yen)", "年金の支払額以下で入力してください"));
    }
    let too_many = |(deduction, persons): &&(PersonalDeduction, i32)| {
        *persons < 0 || *persons > if deduction.once() { 1 } else { 100 }
    };
    match person.declaration.iter().find(too_many) {
        None => Ok(()),
        Some((deduction, _)) => {
            let reason =
                format!("{}の人数が正しくありません。本人と配偶者については1以下で入力してください", deduction.key());
            Err(LawError::bad_input("扶養親族等申告書 (declaration)", reason))
        }
    }
}
