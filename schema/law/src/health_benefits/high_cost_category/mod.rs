//! 高額療養費の所得区分 (健康保険法施行令42条) — by standard monthly remuneration and residence-tax exemption.

use domain::{Month, Yen};

use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 所得区分の境 — a category and the standards it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bracket {
    category: String,
    from: Yen,
    below: Option<Yen>,
}

pub(super) static BRACKETS: LawTable<Vec<Bracket>> =
    LawTable::new("health_benefits/high_cost_category/brackets.csv", include_str!("brackets.csv"), read);
pub(super) static PLANNED_2027: LawTable<Vec<Bracket>> =
    LawTable::new("health_benefits/high_cost_category/planned_2027.csv", include_str!("planned_2027.csv"), read);

fn read(text: &str) -> Result<Table<Vec<Bracket>>, TableError> {
    Table::read(text, add_line)
}

/// Adds a line to the row of its key and period; brackets must join without gap, the last one open.
fn add_line(rows: &mut Vec<Row<Vec<Bracket>>>, line: &Line<'_>) -> Result<(), String> {
    let bracket = Bracket {
        category: line.text("category").to_owned(),
        from: Yen::new(line.parse("standard_min_yen")?),
        below: line.parse_or_open("standard_below_yen")?.map(Yen::new),
    };
    let (key, from): (&str, Month) = (line.text("key"), line.parse("from")?);
    if rows.last().is_none_or(|row| row.key != key || row.from != from) {
        rows.push(Row {
            key: key.to_owned(),
            from,
            until: line.parse_or_open("until")?,
            value: Vec::new(),
            text: String::new(),
            law: Some(line.text("law").to_owned()),
            source: line.text("source").to_owned(),
        });
    }
    let brackets = &mut rows.last_mut().expect("just pushed").value;
    let joins = brackets.last().is_none_or(|lower| lower.below == Some(bracket.from));
    let category = bracket.category.clone();
    brackets.push(bracket);
    if joins { Ok(()) } else { Err(format!("bracket {category} does not join the one below")) }
}

/// 算定基準額の表 — the one in force, or one that is only planned and must be asked for by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LimitSetting {
    /// 施行された表.
    #[default]
    InForce,
    /// 令和9年8月からの予定の表 (13区分): no text of the order is known.
    Planned2027,
}

impl LimitSetting {
    /// 合算の要件を見る月 — the plan says nothing of the 21,000円: it is taken as in the last month in force.
    pub fn floor_month(self, month: Month) -> Month {
        let last = Month::new(2027, 7).unwrap_or(month);
        if self == LimitSetting::Planned2027 { month.min(last) } else { month }
    }
}

/// What a step says where the planned table was read.
pub const PLANNED_NOTICE: &str = "設定: 令和9年8月からの予定の表 (未施行) による試算";

/// 平成27年1月 — five categories instead of three under 70 (平成26年政令365号).
const FIVE_CATEGORIES_FROM: (i16, i8) = (2015, 1);
/// 平成30年8月 — active income in three categories from 70 on.
const THREE_ACTIVE_FROM: (i16, i8) = (2018, 8);

fn since(month: Month, (year, first): (i16, i8)) -> bool {
    Month::new(year, first).is_some_and(|from| month >= from)
}

/// 70歳未満の所得区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the categories planned for 2027-08 name the lowest standard")]
pub enum Under70Category {
    /// 区分ア.
    A,
    /// 区分イ.
    I,
    /// 区分ウ.
    U,
    /// 区分エ.
    E,
    /// 区分オ (住民税非課税).
    O,
    /// 上位所得者 (平成26年12月まで).
    UpperA,
    /// 一般 (平成26年12月まで).
    GeneralB,
    /// 低所得者 (平成26年12月まで).
    LowC,
    S127,
    S103,
    S83,
    S71,
    S62,
    S53,
    S44,
    S36,
    S28,
    S20,
    S16,
    S15,
    /// 住民税非課税 (令和9年8月からの予定).
    NonTaxed,
}

use Under70Category as U;

/// The words of a question, which are the keys of the tables.
pub const UNDER70_WORDS: [(&str, Under70Category); 21] = [
    ("a", U::A),
    ("i", U::I),
    ("u", U::U),
    ("e", U::E),
    ("o", U::O),
    ("upper_A", U::UpperA),
    ("general_B", U::GeneralB),
    ("low_C", U::LowC),
    ("s127", U::S127),
    ("s103", U::S103),
    ("s83", U::S83),
    ("s71", U::S71),
    ("s62", U::S62),
    ("s53", U::S53),
    ("s44", U::S44),
    ("s36", U::S36),
    ("s28", U::S28),
    ("s20", U::S20),
    ("s16", U::S16),
    ("s15", U::S15),
    ("nontaxed", U::NonTaxed),
];

impl Under70Category {
    /// Its word.
    pub fn word(self) -> &'static str {
        let found = UNDER70_WORDS.iter().find(|(_, category)| *category == self);
        found.map(|(word, _)| *word).expect("every category has a word")
    }

    /// The key of the table for a month. Before 2015-01 a category of today stands for the one that holds it:
    /// ア and イ for 上位所得者, ウ and エ for 一般, オ for 低所得者.
    ///
    /// # Errors
    /// `BadInput` — a category that the month or the setting does not know.
    pub fn key(self, month: Month, setting: LimitSetting) -> Result<&'static str, LawError> {
        let five = since(month, FIVE_CATEGORIES_FROM);
        match (setting, self) {
            (LimitSetting::InForce, U::A | U::I | U::U | U::E | U::O) if five => Ok(self.word()),
            (LimitSetting::InForce, U::A | U::I | U::UpperA) if !five => Ok(U::UpperA.word()),
            (LimitSetting::InForce, U::U | U::E | U::GeneralB) if !five => Ok(U::GeneralB.word()),
            (LimitSetting::InForce, U::O | U::LowC) if !five => Ok(U::LowC.word()),
            (LimitSetting::Planned2027, _) if self.is_planned() => Ok(self.word()),
            (LimitSetting::Planned2027, _) => {
                Err(unknown("予定の表の区分は s15 から s127 と nontaxed です".to_owned()))
            }
            (LimitSetting::InForce, _) if self.is_planned() => {
                Err(unknown("未施行の区分です。試算には setting に planned_2027_08 を入力してください".to_owned()))
            }
            (LimitSetting::InForce, _) => Err(unknown(format!("{month}の区分は a、i、u、e、o です"))),
        }
    }

    fn is_planned(self) -> bool {
        self >= U::S127
    }

    /// 住民税非課税の区分.
    pub fn is_tax_exempt(self) -> bool {
        matches!(self, U::O | U::LowC | U::NonTaxed)
    }

    /// Standards of 530,000円 and over, which a tax exemption does not move.
    fn is_upper(self) -> bool {
        matches!(self, U::A | U::I | U::UpperA | U::S127 | U::S103 | U::S83 | U::S71 | U::S62 | U::S53)
    }

    /// The tax-exempt category of the same table.
    fn exempt(self) -> Under70Category {
        match self {
            U::UpperA | U::GeneralB | U::LowC => U::LowC,
            U::A | U::I | U::U | U::E | U::O => U::O,
            _ => U::NonTaxed,
        }
    }
}

fn unknown(reason: String) -> LawError {
    LawError::bad_input("所得区分 (category)", reason)
}

/// 70歳以上75歳未満の所得区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgedCategory {
    /// 現役並み所得 (平成30年7月まで).
    Active,
    /// 現役並みⅢ.
    Active3,
    /// 現役並みⅡ.
    Active2,
    /// 現役並みⅠ.
    Active1,
    /// 一般.
    General,
    /// 低所得Ⅱ.
    Low2,
    /// 低所得Ⅰ.
    Low1,
}

/// The words of a question, which are the keys of the tables.
pub const AGED_WORDS: [(&str, AgedCategory); 7] = [
    ("active", AgedCategory::Active),
    ("active3", AgedCategory::Active3),
    ("active2", AgedCategory::Active2),
    ("active1", AgedCategory::Active1),
    ("general", AgedCategory::General),
    ("low2", AgedCategory::Low2),
    ("low1", AgedCategory::Low1),
];

impl AgedCategory {
    /// Its word.
    pub fn word(self) -> &'static str {
        let found = AGED_WORDS.iter().find(|(_, category)| *category == self);
        found.map(|(word, _)| *word).expect("every category has a word")
    }

    /// 現役並み所得.
    pub fn is_active(self) -> bool {
        self <= AgedCategory::Active1
    }

    /// The key of the table for a month. Before 2018-08 the three active categories were one.
    ///
    /// # Errors
    /// `BadInput` — `active` from 2018-08 on.
    pub fn key(self, month: Month) -> Result<&'static str, LawError> {
        match (self.is_active(), since(month, THREE_ACTIVE_FROM)) {
            (true, false) => Ok(AgedCategory::Active.word()),
            (true, true) if self == AgedCategory::Active => {
                Err(unknown(format!("{month}の現役並み所得の区分は active1、active2、active3 です")))
            }
            _ => Ok(self.word()),
        }
    }
}

/// 住民税の年度 — which year's residence tax decides: from April to July the fiscal year before.
///
/// Law: 健康保険法施行令42条1項5号.
pub fn residence_tax_year(month: Month) -> i16 {
    if month.month() >= 8 { month.year() } else { month.year() - 1 }
}

/// 設定: 協会けんぽの取扱い, since the categories of 2006-10: tax-exempt with a standard of 530,000円 or more stays in
/// the upper category; the other categories become the tax-exempt one.
pub const EXEMPT_SETTING: &str =
    "住民税非課税なら区分オ。設定: 標準報酬月額53万円以上は非課税でも区分を変えない (協会けんぽの取扱い)";

/// 70歳未満の所得区分 — from the standard of the month of care and the residence tax.
///
/// Law: 健康保険法施行令42条1項各号.
///
/// - `standard`: 標準報酬月額 of the insured in the month of care
/// - `tax_exempt`: 市町村民税が課されない (年度: [`residence_tax_year`])
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — no table for the month.
///
/// # Examples
/// 280,000円: ウ. 279,999円: エ. Tax-exempt with 260,000円: オ; with 530,000円: イ.
pub fn under70_category(
    month: Month,
    standard: Yen,
    tax_exempt: bool,
    setting: LimitSetting,
    trace: &mut Trace,
) -> Result<Under70Category, LawError> {
    let word = match setting {
        LimitSetting::InForce => pick(&BRACKETS, "under70", month, standard, trace)?,
        LimitSetting::Planned2027 => pick(&PLANNED_2027, "planned", month, standard, trace)?,
    };
    let by_standard = UNDER70_WORDS.iter().find(|(known, _)| *known == word).map(|(_, category)| *category);
    let by_standard = by_standard.expect("the categories of the compiled-in tables are tested");
    let category = if tax_exempt && !by_standard.is_upper() { by_standard.exempt() } else { by_standard };
    let planned =
        if setting == LimitSetting::Planned2027 { PLANNED_NOTICE } else { "標準報酬月額による区分" };
    trace.step(
        Step::new("健康保険法施行令42条1項", format!("{planned}。{EXEMPT_SETTING}"))
            .with("療養のあった月", month, "")
            .with("標準報酬月額", standard, "")
            .with("住民税の年度", residence_tax_year(month), "年度")
            .with("住民税", if tax_exempt { "非課税" } else { "課税" }, "")
            .gives(category.word()),
    );
    Ok(category)
}

fn pick(
    table: &'static LawTable<Vec<Bracket>>,
    key: &str,
    month: Month,
    standard: Yen,
    trace: &mut Trace,
) -> Result<String, LawError> {
    table.pick(key, month, trace, |brackets| {
        let found = brackets.iter().rfind(|bracket| bracket.from <= standard);
        let bracket = found.ok_or_else(|| {
            let least = brackets.first().map_or(Yen::ZERO, |bracket| bracket.from);
            LawError::bad_input("標準報酬月額 (standard_yen)", format!("{least}以上で入力してください"))
        })?;
        let below = bracket.below.map(|below| format!("{below}未満")).unwrap_or_default();
        Ok((bracket.category.clone(), format!("{}: {}以上{below}", bracket.category, bracket.from)))
    })
}

/// 70歳以上75歳未満の区分を決める事実.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgedIncome {
    /// 現役並み所得 (法74条1項3号), with the standard.
    Active(Yen),
    /// 一般.
    General,
    /// 低所得Ⅱ: the insured is exempt from residence tax.
    TaxExempt,
    /// 低所得Ⅰ: the insured and all dependants have no income after the deductions.
    NoIncome,
}

/// 70歳以上75歳未満の所得区分.
///
/// Law: 健康保険法施行令42条3項各号, 34条1項.
///
/// # Errors
/// `BadInput` — active income with a standard below its least; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Active with 530,000円 in 2026-08: 現役並みⅡ; in 2018-07: 現役並み所得.
pub fn aged_category(month: Month, income: AgedIncome, trace: &mut Trace) -> Result<AgedCategory, LawError> {
    let category = match income {
        AgedIncome::Active(standard) => {
            let word = pick(&BRACKETS, "70to74", month, standard, trace)?;
            let found = AGED_WORDS.iter().find(|(known, _)| *known == word).map(|(_, category)| *category);
            found.expect("the categories of the compiled-in tables are tested")
        }
        AgedIncome::General => AgedCategory::General,
        AgedIncome::TaxExempt => AgedCategory::Low2,
        AgedIncome::NoIncome => AgedCategory::Low1,
    };
    let step =
        Step::new("健康保険法施行令42条3項", "現役並み所得は標準報酬月額により、それ以外は一般・低所得Ⅱ・低所得Ⅰ")
            .with("療養のあった月", month, "")
            .with("住民税の年度", residence_tax_year(month), "年度");
    trace.step(step.gives(category.word()));
    Ok(category)
}
