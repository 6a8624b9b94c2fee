//! 段階表 — a table whose rows in force at one time are steps: by birth date, or by a number of months.

use std::str::FromStr;

use super::marked_row;
use crate::table::{Line, Row, Table, TableError};

/// One step: from a bound on, to a bound or open.
pub(crate) struct Step<K, V> {
    at_least: K,
    up_to: Option<K>,
    value: V,
    text: String,
}

/// The steps in force together, in order.
pub(crate) type Steps<K, V> = Vec<Step<K, V>>;

/// The table: lines of one key and one time are one row. Steps follow one another without overlap.
pub(crate) fn of_steps<K: FromStr + PartialOrd, V>(
    text: &str,
    value: impl Fn(&str) -> Option<V>,
) -> Result<Table<Steps<K, V>>, TableError> {
    Table::read(text, |rows, line| add(rows, line, &value))
}

fn add<K: FromStr + PartialOrd, V>(
    rows: &mut Vec<Row<Steps<K, V>>>,
    line: &Line<'_>,
    value: impl FnOnce(&str) -> Option<V>,
) -> Result<(), String> {
    let Row { key, from, until, value, text, law, source } = marked_row(line, value)?;
    let step =
        Step { at_least: line.parse("at_least")?, up_to: line.parse_or_open("up_to")?, value, text: text.clone() };
    if step.up_to.as_ref().is_some_and(|up_to| *up_to < step.at_least) {
        return Err(format!("a step ends before it begins: {}", line.text("at_least")));
    }
    match rows.last_mut().filter(|row| row.key == key && row.from == from && row.until == until) {
        None => rows.push(Row { key, from, until, value: vec![step], text, law, source }),
        Some(row) => {
            let before = row.value.last().and_then(|last| last.up_to.as_ref());
            if before.is_none_or(|before| *before >= step.at_least) {
                return Err(format!("steps overlap at {}", line.text("at_least")));
            }
            row.value.push(step);
        }
    }
    Ok(())
}

/// The step that holds `at`, with its text for the receipt; none outside the steps.
pub(crate) fn find<K: PartialOrd, V: Copy>(steps: &[Step<K, V>], at: &K) -> Option<(V, String)> {
    let place = steps.partition_point(|step| step.at_least <= *at).checked_sub(1)?;
    let step = &steps[place];
    step.up_to.as_ref().is_none_or(|up_to| at <= up_to).then(|| (step.value, step.text.clone()))
}

/// Numbers between blanks, as a cell of two or three values writes them.
pub(crate) fn whole_numbers<const N: usize>(text: &str) -> Option<[i64; N]> {
    let numbers: Option<Vec<i64>> = text.split(' ').map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}
