//! 計算の記録 — the steps and the parameters that led to an amount, and the receipt made of them.

use std::borrow::Cow;
use std::fmt;

use domain::Month;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::LawBook;

/// Version of the receipt's shape; it changes when a reader of old receipts would have to know. 2: with the inputs.
pub const FORMAT_VERSION: u32 = 2;

/// 参照した数値 — one row of a table of the law, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterRead {
    /// Name of the table, `厚生年金保険料率`.
    pub table: String,
    /// Which entry of the table, `13` for Tokyo; empty where there is only one.
    pub key: String,
    /// The value as the table writes it.
    pub value: String,
    /// First month the row is in force.
    pub from: Month,
    /// Last month the row is in force; `None` while it is open.
    pub until: Option<Month>,
    /// 根拠 — the clause or order that says the number.
    pub law: String,
    /// Where we read it.
    pub source: String,
}

/// A named value of a step, with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepValue {
    /// 項目名.
    pub name: Cow<'static, str>,
    /// As a person would write it.
    pub value: String,
    /// 円, 月, 日 …; empty for dates and words.
    pub unit: Cow<'static, str>,
}

/// 計算の一段 — one step: the clause, what it does, the values it used, what came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// 根拠条文.
    pub clause: Cow<'static, str>,
    /// 計算式 in plain Japanese.
    pub expression: String,
    /// The values that went in.
    pub values: Vec<StepValue>,
    /// What came out, with its unit.
    pub result: String,
}

impl Step {
    /// A step under this clause.
    pub fn new(clause: impl Into<Cow<'static, str>>, expression: impl Into<String>) -> Step {
        Step { clause: clause.into(), expression: expression.into(), values: Vec::new(), result: String::new() }
    }

    /// With this value.
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl fmt::Display, unit: &'static str) -> Step {
        self.values.push(StepValue { name: name.into(), value: value.to_string(), unit: Cow::Borrowed(unit) });
        self
    }

    /// With this result.
    pub fn gives(mut self, result: impl fmt::Display) -> Step {
        self.result = result.to_string();
        self
    }
}

/// Collects steps and parameters while a rule runs. Tables can be read only through one of these: it says under
/// which book.
#[derive(Clone, Debug)]
pub struct Trace {
    book: &'static LawBook,
    steps: Vec<Step>,
    parameters: Vec<ParameterRead>,
    tells: bool,
}

impl Trace {
    /// An empty one, under today's law.
    pub fn new() -> Trace {
        Trace::under(LawBook::today())
    }

    /// An empty one, under this book.
    pub fn under(book: &'static LawBook) -> Trace {
        Trace { book, steps: Vec::new(), parameters: Vec::new(), tells: true }
    }

    /// One that keeps nothing, under today's law: for a night, whose facts give the receipt again whenever it is asked for.
    /// Results are the same as with one that tells.
    pub fn untold() -> Trace {
        Trace { tells: false, ..Trace::new() }
    }

    /// Whether what is told is kept.
    pub fn tells(&self) -> bool {
        self.tells
    }

    /// The book whose tables are read.
    pub fn book(&self) -> &'static LawBook {
        self.book
    }

    /// Adds a step.
    pub fn step(&mut self, step: Step) {
        self.tell(|| step);
    }

    /// Adds a step that is only made when somebody listens.
    pub fn tell(&mut self, step: impl FnOnce() -> Step) {
        if self.tells {
            self.steps.push(step());
        }
    }

    /// Adds a parameter that was read.
    pub fn read(&mut self, parameter: ParameterRead) {
        if self.tells {
            self.parameters.push(parameter);
        }
    }

    /// The steps so far.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Every read so far, repeats included.
    pub fn parameters(&self) -> &[ParameterRead] {
        &self.parameters
    }

    /// The receipt of a finished calculation; a parameter read twice is listed once.
    ///
    /// - `inputs`: what `calc` can compute it again from; null where the topic is none of its own
    pub fn into_receipt(self, topic: &str, inputs: Value, result: Value) -> Receipt {
        let mut parameters: Vec<ParameterRead> = Vec::new();
        for parameter in self.parameters {
            if !parameters.contains(&parameter) {
                parameters.push(parameter);
            }
        }
        Receipt {
            format_version: FORMAT_VERSION,
            topic: topic.to_owned(),
            inputs,
            law_version: self.book.version().to_owned(),
            steps: self.steps,
            parameters,
            result,
        }
    }
}

impl Default for Trace {
    fn default() -> Trace {
        Trace::new()
    }
}

/// 計算書 — an amount with everything that led to it. Stored as JSON, printed by `Display` for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Shape of this record.
    pub format_version: u32,
    /// Which calculation.
    pub topic: String,
    /// What went in; null on receipts that are not made to be computed again.
    #[serde(default)]
    pub inputs: Value,
    /// Version of rules and tables.
    pub law_version: String,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// Every parameter that was read.
    pub parameters: Vec<ParameterRead>,
    /// What came out.
    pub result: Value,
}

impl fmt::Display for Receipt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "計算書: {} (法令データ {})", self.topic, self.law_version)?;
        for (number, step) in self.steps.iter().enumerate() {
            writeln!(out, "{}. {}  【{}】", number + 1, step.expression, step.clause)?;
            for value in &step.values {
                writeln!(out, "     {}: {}{}", value.name, value.value, value.unit)?;
            }
            if !step.result.is_empty() {
                writeln!(out, "   → {}", step.result)?;
            }
        }
        if !self.parameters.is_empty() {
            writeln!(out, "参照した数値:")?;
        }
        for read in &self.parameters {
            let key = if read.key.is_empty() { String::new() } else { format!(" [{}]", read.key) };
            let until = read.until.map(|month| month.to_string()).unwrap_or_default();
            writeln!(out, "   {}{key} = {} ({}〜{until}, {})", read.table, read.value, read.from, read.law)?;
        }
        write!(out, "結果: {}", self.result)
    }
}
