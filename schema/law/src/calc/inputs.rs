//! Reading the JSON of a question, key by key, and noticing what nobody asked for.

use std::cell::RefCell;

use domain::{Month, Prefecture, Ratio, Yen};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::CalcError;
use crate::LawError;

/// The keys of one JSON object, and those looked for so far.
pub(super) struct Inputs<'a> {
    /// Where it sits in the question: empty, or `persons[2].`.
    place: String,
    object: &'a Map<String, Value>,
    known: RefCell<Vec<String>>,
}

impl<'a> Inputs<'a> {
    pub(super) fn of(value: &'a Value) -> Result<Inputs<'a>, CalcError> {
        Inputs::at("", value)
    }

    fn at(place: &str, value: &'a Value) -> Result<Inputs<'a>, CalcError> {
        let wrong = || CalcError::WrongType {
            key: if place.is_empty() { "inputs".to_owned() } else { place.trim_end_matches('.').to_owned() },
            expected: "JSONのオブジェクト",
        };
        let object = value.as_object().ok_or_else(wrong)?;
        Ok(Inputs { place: place.to_owned(), object, known: RefCell::default() })
    }

    /// Refuses keys that were not looked for. Call it when every key has been read, before computing.
    pub(super) fn no_others(&self) -> Result<(), CalcError> {
        let known = self.known.borrow();
        match self.object.keys().find(|key| !known.contains(key)) {
            None => Ok(()),
            Some(key) => Err(CalcError::UnknownKey { key: format!("{}{key}", self.place), known: known.join(", ") }),
        }
    }

    fn find(&self, key: &str) -> Option<&'a Value> {
        let mut known = self.known.borrow_mut();
        if !known.iter().any(|looked_for| looked_for == key) {
            known.push(key.to_owned());
        }
        self.object.get(key)
    }

    fn wrong(&self, key: &str, expected: &'static str) -> CalcError {
        CalcError::WrongType { key: format!("{}{key}", self.place), expected }
    }

    /// A key that must be there, read by `read`.
    fn need<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<T, CalcError> {
        let value = self.find(key).ok_or_else(|| CalcError::MissingKey(format!("{}{key}", self.place)))?;
        read(value).ok_or_else(|| self.wrong(key, expected))
    }

    /// A key with a value; `null` is none.
    pub(super) fn has(&self, key: &str) -> bool {
        self.find(key).is_some_and(|value| !value.is_null())
    }

    pub(super) fn text(&self, key: &str) -> Result<&'a str, CalcError> {
        self.need(key, "文字列", Value::as_str)
    }

    pub(super) fn yen(&self, key: &str) -> Result<Yen, CalcError> {
        // Beyond this nothing is an amount of a person, and no product overflows.
        let amount = |value: &Value| value.as_i64().filter(|yen| (0..=1_000_000_000_000).contains(yen));
        self.need(key, "0以上の整数 (円)", amount).map(Yen::new)
    }

    pub(super) fn yen_or_none(&self, key: &str) -> Result<Option<Yen>, CalcError> {
        if self.has(key) { self.yen(key).map(Some) } else { Ok(None) }
    }

    pub(super) fn days_or_zero(&self, key: &str) -> Result<i32, CalcError> {
        if self.has(key) { self.days(key) } else { Ok(0) }
    }

    pub(super) fn days(&self, key: &str) -> Result<i32, CalcError> {
        self.need(key, "0以上の整数 (日)", |value| i32::try_from(value.as_i64()?).ok().filter(|days| *days >= 0))
    }

    pub(super) fn flag(&self, key: &str) -> Result<bool, CalcError> {
        self.need(key, "true か false", Value::as_bool)
    }

    pub(super) fn date(&self, key: &str) -> Result<Date, CalcError> {
        self.need(key, "実在する日付 (YYYY-MM-DD)", |value| iso_date(value.as_str()?))
    }

    pub(super) fn month(&self, key: &str) -> Result<Month, CalcError> {
        self.need(key, "年月 (YYYY-MM)", |value| iso_month(value.as_str()?))
    }

    pub(super) fn prefecture(&self, key: &str) -> Result<Prefecture, CalcError> {
        let code = self.need(key, "2桁の都道府県コード (文字列)", Value::as_str)?;
        Prefecture::from_jis_code(code).ok_or_else(|| {
            LawError::bad_input(
                format!("{}{key}", self.place),
                "JIS X 0401の都道府県コード (01から47) で入力してください",
            )
            .into()
        })
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Result<T, CalcError> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, meaning)| *meaning).ok_or_else(|| {
            let choices: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let reason = format!("{} のいずれかで入力してください", choices.join("、"));
            LawError::bad_input(format!("{}{key}", self.place), reason).into()
        })
    }

    /// A list of objects.
    pub(super) fn list(&self, key: &str) -> Result<Vec<Inputs<'a>>, CalcError> {
        let values = self.need(key, "JSONの配列", Value::as_array)?;
        let item = |(place, value)| Inputs::at(&format!("{}{key}[{place}].", self.place), value);
        values.iter().enumerate().map(item).collect()
    }
}

/// `2026-04-01`, exactly so: no other ISO form, in the years 1 to 9999.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.year() >= 1 && date.to_string() == text).then_some(date)
}

/// `2026-04`, in years that leave room for reckoning.
pub(super) fn iso_month(text: &str) -> Option<Month> {
    text.parse().ok().filter(|month: &Month| (1000..9000).contains(&month.year()))
}

/// How the other keys are read once one of a few words was found.
pub(super) type Reading<T> = fn(&Inputs<'_>) -> Result<T, CalcError>;

/// Keys that may be left out, and kinds of value beyond those above.
impl<'a> Inputs<'a> {
    pub(super) fn date_or_none(&self, key: &str) -> Result<Option<Date>, CalcError> {
        if self.has(key) { self.date(key).map(Some) } else { Ok(None) }
    }

    pub(super) fn month_or_none(&self, key: &str) -> Result<Option<Month>, CalcError> {
        if self.has(key) { self.month(key).map(Some) } else { Ok(None) }
    }

    /// As `text`; empty where the key is missing.
    pub(super) fn text_or_empty(&self, key: &str) -> Result<&'a str, CalcError> {
        if self.has(key) { self.text(key) } else { Ok("") }
    }

    pub(super) fn flag_or(&self, key: &str, otherwise: bool) -> Result<bool, CalcError> {
        if self.has(key) { self.flag(key) } else { Ok(otherwise) }
    }

    /// A fact that is so only where it is said to be.
    pub(super) fn flag_or_not(&self, key: &str) -> Result<bool, CalcError> {
        self.flag_or(key, false)
    }

    /// One of a few words, or what goes without saying.
    pub(super) fn word_or<T: Copy>(&self, key: &str, words: &[(&str, T)], otherwise: T) -> Result<T, CalcError> {
        if self.has(key) { self.word(key, words) } else { Ok(otherwise) }
    }

    /// As `word`; the default of the type where the key is missing.
    pub(super) fn word_or_default<T: Copy + Default>(&self, key: &str, words: &[(&str, T)]) -> Result<T, CalcError> {
        self.word_or(key, words, T::default())
    }

    pub(super) fn year(&self, key: &str) -> Result<i16, CalcError> {
        let year = |value: &Value| i16::try_from(value.as_i64()?).ok().filter(|year| (1000..9000).contains(year));
        self.need(key, "西暦の年 (整数)", year)
    }

    /// A whole number of something that is counted.
    pub(super) fn count<T: TryFrom<i64>>(&self, key: &str) -> Result<T, CalcError> {
        self.need(key, "0以上の整数", a_count)
    }

    pub(super) fn count_or_none<T: TryFrom<i64>>(&self, key: &str) -> Result<Option<T>, CalcError> {
        if self.has(key) { self.count(key).map(Some) } else { Ok(None) }
    }

    /// A list of whole numbers of something that is counted.
    pub(super) fn counts(&self, key: &str) -> Result<Vec<i32>, CalcError> {
        self.need(key, "0以上の整数の配列", |value| value.as_array()?.iter().map(a_count).collect())
    }

    /// Hours or the like: a whole number, or a decimal as text (`"29.5"`) with at most four places.
    pub(super) fn quantity(&self, key: &str) -> Result<Ratio, CalcError> {
        self.need(key, "0以上の整数、又は小数の文字列 (\"29.5\")", |value| {
            let read = match value {
                Value::Number(number) => Ratio::of_yen(Yen::new(number.as_i64()?)),
                other => Ratio::parse_decimal(other.as_str().filter(|text| text.len() <= 15)?)?,
            };
            let fits =
                (Ratio::ZERO..=Ratio::new(1_000_000_000, 1)).contains(&read) && read.in_units_of(10_000).is_some();
            fits.then_some(read)
        })
    }

    /// A decimal text from 0 to 1. At most six places: exact, and no product overflows.
    pub(super) fn rate(&self, key: &str) -> Result<Ratio, CalcError> {
        let read = |value: &Value| {
            let text = value.as_str().filter(|text| text.len() <= 8)?;
            Ratio::parse_decimal(text).filter(|rate| (Ratio::ZERO..=Ratio::new(1, 1)).contains(rate))
        };
        self.need(key, "0以上1以下の小数 (文字列。例 \"0.3\")", read)
    }

    /// A list of amounts.
    pub(super) fn yens(&self, key: &str) -> Result<Vec<Yen>, CalcError> {
        let amounts = |value: &Value| {
            let read = |item: &Value| item.as_i64().filter(|yen| (0..=1_000_000_000_000).contains(yen)).map(Yen::new);
            value.as_array()?.iter().map(read).collect()
        };
        self.need(key, "0以上の整数 (円) の配列", amounts)
    }

    /// A list of days.
    pub(super) fn dates(&self, key: &str) -> Result<Vec<Date>, CalcError> {
        self.need(key, "日付 (YYYY-MM-DD) の配列", |value| {
            value.as_array()?.iter().map(|day| iso_date(day.as_str()?)).collect()
        })
    }

    /// As `list`; empty where the key is missing.
    pub(super) fn list_or_empty(&self, key: &str) -> Result<Vec<Inputs<'a>>, CalcError> {
        if self.has(key) { self.list(key) } else { Ok(Vec::new()) }
    }
}

fn a_count<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    let count = value.as_i64().filter(|count| (0..=100_000_000).contains(count))?;
    T::try_from(count).ok()
}

/// Readers of the record of a life.
impl<'a> Inputs<'a> {
    /// A list of pairs, each read by `read`.
    pub(super) fn pairs<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl Fn(&'a Value, &'a Value) -> Option<T>,
    ) -> Result<Vec<T>, CalcError> {
        self.need(key, expected, |value| {
            let pair = |item: &'a Value| match item.as_array()?.as_slice() {
                [first, second] => read(first, second),
                _ => None,
            };
            value.as_array()?.iter().map(pair).collect()
        })
    }
}

/// Lists of words.
impl<'a> Inputs<'a> {
    /// A list of words, each one of a few.
    pub(super) fn words<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Result<Vec<T>, CalcError> {
        let texts: Vec<&str> =
            self.need(key, "文字列の配列", |value| value.as_array()?.iter().map(Value::as_str).collect())?;
        let meaning = |text: &&str| words.iter().find(|(word, _)| word == text).map(|(_, meaning)| *meaning);
        texts.iter().map(meaning).collect::<Option<Vec<T>>>().ok_or_else(|| {
            let choices: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let reason = format!("{} のいずれかで入力してください", choices.join("、"));
            LawError::bad_input(format!("{}{key}", self.place), reason).into()
        })
    }
}

/// Objects within the question.
impl<'a> Inputs<'a> {
    /// An object.
    pub(super) fn object(&self, key: &str) -> Result<Inputs<'a>, CalcError> {
        let value = self.need(key, "JSONのオブジェクト", Some)?;
        Inputs::at(&format!("{}{key}.", self.place), value)
    }

    /// An object, or none where the key is missing.
    pub(super) fn object_or_none(&self, key: &str) -> Result<Option<Inputs<'a>>, CalcError> {
        if self.has(key) { self.object(key).map(Some) } else { Ok(None) }
    }
}
