//! What a field shows when two people gave it two values: a rule of sets, so that the order in
//! which clones meet does not matter.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use toml::Value;
use toml::value::{Datetime, Time};

use super::Sides;

/// A value in the fixed order of type and text. Two spellings of one value are one.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    rank: (u8, String),
    pub(super) value: Value,
}

impl Ranked {
    pub(super) fn of(value: &Value) -> Ranked {
        Ranked { rank: rank(value), value: value.clone() }
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        self.rank.cmp(&other.rank)
    }
}

/// Whether two values say the same, however they are spelled.
pub(super) fn same_value(one: &Value, other: &Value) -> bool {
    one == other || rank(one) == rank(other)
}

fn rank(value: &Value) -> (u8, String) {
    match value {
        Value::Boolean(flag) => (0, flag.to_string()),
        Value::Integer(number) => (1, number.to_string()),
        Value::Float(number) if number.is_nan() => (2, "nan".into()),
        Value::Float(number) => (2, format!("{number:?}")),
        Value::Datetime(stamp) => (3, full(*stamp).to_string()),
        // Which line break stands in a text of several lines is a matter of the file.
        Value::String(text) => (4, text.replace("\r\n", "\n")),
        Value::Array(items) => (5, items.iter().map(nested).collect()),
        Value::Table(table) => {
            let entries: BTreeSet<String> = table
                .iter()
                .map(|(key, value)| format!("{}{}", nested(&key.as_str().into()), nested(value)))
                .collect();
            (6, entries.into_iter().collect())
        }
    }
}

/// A value within another one: its length in front tells it from its neighbours.
fn nested(value: &Value) -> String {
    let (kind, text) = rank(value);
    format!("{kind}:{}:{text}", text.len())
}

/// A time that leaves out its seconds has none.
fn full(stamp: Datetime) -> Datetime {
    let time = stamp.time.map(|time| Time {
        second: time.second.or(Some(0)),
        nanosecond: time.nanosecond.filter(|n| *n != 0),
        ..time
    });
    Datetime { time, ..stamp }
}

/// What both have, and what either added to the base.
pub(super) fn joined<T: Ord + Clone>(sides: Sides<&BTreeSet<T>>) -> BTreeSet<T> {
    let Sides { base, ours, theirs } = sides;
    let either = ours | theirs;
    either.into_iter().filter(|c| !base.contains(c) || ours.contains(c) && theirs.contains(c)).collect()
}

/// The candidates of a field, absence (`None`) being one: what both have and what either added; if
/// that is nothing, what either has. Absence goes if anything else is left.
pub(super) fn merged<T: Ord + Clone>(sides: Sides<&BTreeSet<Option<T>>>) -> BTreeSet<Option<T>> {
    let mut left = joined(sides);
    if left.is_empty() {
        left = sides.ours | sides.theirs;
    }
    if left.len() > 1 {
        left.remove(&None);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters are values, `-` is absence.
    fn merged_text(base: &str, ours: &str, theirs: &str) -> String {
        let sides = Sides { base, ours, theirs };
        let sets = sides.map(|text| text.chars().map(|c| (c != '-').then_some(c)).collect());
        let left = merged(sets.as_ref());
        assert_eq!(left, merged(Sides { base: &sets.base, ours: &sets.theirs, theirs: &sets.ours }));
        left.into_iter().map(|c| c.unwrap_or('-')).collect()
    }

    #[test]
    fn a_field_shows_what_was_set_by_whoever_saw_the_rest() {
        let cases = [
            // base, ours, theirs, merged, in words
            ("a", "a", "b", "b", "one side set it"),
            ("a", "-", "a", "-", "one side emptied it"),
            ("a", "b", "c", "bc", "both set it: both values stay"),
            ("-", "b", "c", "bc", "both filled it"),
            ("a", "-", "b", "b", "emptied here, set there: the edit stays"),
            ("ab", "a", "ab", "a", "one side decided"),
            ("ab", "c", "ab", "c", "one side decided for a third value"),
            ("ab", "a", "b", "ab", "both decided, each another way: open again"),
            ("ab", "a", "c", "c", "one decided for what was there, one for a new value"),
            ("ab", "abc", "abd", "abcd", "both met a third clone"),
        ];
        for (base, ours, theirs, expected, why) in cases {
            assert_eq!(merged_text(base, ours, theirs), expected, "{why}");
        }
    }

    #[test]
    fn the_order_is_by_type_and_text_and_knows_one_value_by_many_spellings() {
        let ranked = |text: &str| {
            let table: toml::Table = format!("v = {text}").parse().expect(text);
            Ranked::of(&table["v"])
        };
        let ascending = ["false", "true", "12", "9", "1.5", "2026-01-01", "\"\"", "\"a\"", "[]", "{}"];
        assert!(ascending.windows(2).all(|pair| ranked(pair[0]) < ranked(pair[1])));
        for (one, other) in [
            ("'a'", "\"a\""),
            ("nan", "-nan"),
            ("0x10", "16"),
            ("\"a\\r\\nb\"", "\"a\\nb\""),
            ("{ a = 1, b = 2 }", "{ b = 2, a = 1 }"),
            ("07:30:00", "07:30:00.0"),
        ] {
            assert_eq!(ranked(one), ranked(other));
        }
        assert_ne!(ranked("[\"a\", \"b\"]"), ranked("[\"a1:b\"]"));
    }
}
