//! Totals with names, that add up and compare.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// 合計 — whole numbers by name: people, yen, 1/100,000 yen. A name that is missing counts as 0.
#[derive(Clone, Debug, Default)]
pub struct Totals(BTreeMap<String, i64>);

impl Totals {
    /// Nothing counted.
    pub fn new() -> Totals {
        Totals::default()
    }

    /// Adds to one of them.
    pub fn add(&mut self, name: &str, amount: i64) {
        let sum = self.0.entry(name.to_owned()).or_insert(0);
        *sum = sum.checked_add(amount).expect("totals of a nation fit in 64 bits");
    }

    /// With one more.
    pub fn with(mut self, name: &str, amount: i64) -> Totals {
        self.add(name, amount);
        self
    }

    /// Adds all of the others.
    pub fn add_all(&mut self, others: &Totals) {
        for (name, amount) in &others.0 {
            self.add(name, *amount);
        }
    }

    /// One of them.
    pub fn get(&self, name: &str) -> i64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    /// Name and amount, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(name, amount)| (name.as_str(), *amount))
    }

    /// As kept in the books.
    pub fn to_json(&self) -> Value {
        Value::Object(self.0.iter().map(|(name, amount)| (name.clone(), Value::from(*amount))).collect::<Map<_, _>>())
    }

    /// From the books.
    pub fn of_json(value: &Value) -> Totals {
        let entries = value.as_object().into_iter().flatten();
        Totals(entries.filter_map(|(name, amount)| Some((name.clone(), amount.as_i64()?))).collect())
    }

    /// The names on which two of them differ, with both amounts: `hi_yen: 印 3, 数え直し 4`.
    pub fn differences(&self, recounted: &Totals) -> Vec<String> {
        let names = self.0.keys().chain(recounted.0.keys()).collect::<std::collections::BTreeSet<_>>();
        let differ = |name: &&&String| self.get(name) != recounted.get(name);
        names
            .iter()
            .filter(differ)
            .map(|name| format!("{name}: 印 {}、数え直し {}", self.get(name), recounted.get(name)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_name_is_zero_and_differences_are_named() {
        let marks = Totals::new().with("people", 3).with("hi_yen", 10).with("nothing", 0);
        let again = Totals::of_json(&Totals::new().with("people", 3).with("hi_yen", 11).to_json());
        assert_eq!(marks.differences(&again), ["hi_yen: 印 10、数え直し 11"]);
        assert!(marks.differences(&marks.clone()).is_empty());
    }
}
