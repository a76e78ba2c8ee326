//! What differs between two readings of a card, value by value: the lines of a field's history.
//!
//! Made for long histories: values are compared as they are, and only what differs becomes text.

use std::collections::{HashMap, HashSet};

use super::read::{Card, Record, Schema, plain};
use super::schema::Section;
use super::value::{Value, join_list};

/// One value that differs between two states of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its place: `phone`, `custom.port`, `contacts[k3f9q2].channels[z07w4c].value`.
    pub path: String,
    /// The value before as one line of text; `None` when there was none.
    pub old: Option<String>,
    /// The value after; `None` when there is none.
    pub new: Option<String>,
}

/// Every value in which `after` differs from `before`, in the order of the schema; `None` is a card
/// that was not there.
///
/// Records are matched by their id; one that only one side has gives a line for each of its values.
/// Lists are sets: another order is no difference. The card's id counts where it stands in the text;
/// one that is derived is no value.
pub fn differences(before: Option<&Card>, after: Option<&Card>, schema: &Schema) -> Vec<Difference> {
    let absent = Card::default();
    let (before, after) = (before.unwrap_or(&absent), after.unwrap_or(&absent));
    let mut found = Differences(Vec::new());
    found.text("id", given_id(before), given_id(after));
    found.fields(schema.card, Some(&before.basics), Some(&after.basics), "");
    if !same_set(&before.former_ids, &after.former_ids) {
        let [old, new] = [before, after].map(|card| join_list(&card.former_ids));
        found.text("former_ids", some_text(&old), some_text(&new));
    }
    found.keyed("custom", &before.custom, &after.custom, plain);
    found.keyed("external", &before.external, &after.external, String::clone);
    for (at, section) in schema.sections.iter().enumerate() {
        let [before, after] =
            [before, after].map(|card| card.sections.get(at).map_or(&[][..], Vec::as_slice));
        found.records(section, before, after, section.key);
    }
    found.0
}

fn given_id(card: &Card) -> Option<&str> {
    card.basics.id_given.then_some(card.basics.id.as_str())
}

fn some_text(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// What was found so far.
struct Differences(Vec<Difference>);

impl Differences {
    fn text(&mut self, path: &str, old: Option<&str>, new: Option<&str>) {
        if old != new {
            let [old, new] = [old, new].map(|text| text.map(str::to_owned));
            self.0.push(Difference { path: path.to_owned(), old, new });
        }
    }

    /// The fields of a record; `place` is what stands before a field's key in its path.
    fn fields(&mut self, section: &Section, before: Option<&Record>, after: Option<&Record>, place: &str) {
        for (at, field) in section.fields.iter().enumerate() {
            let [old, new] = [before, after].map(|record| record.and_then(|r| r.value(at)));
            if !same(old, new) {
                let [old, new] = [old, new].map(|value| value.map(Value::text));
                self.text(&format!("{place}{}", field.key), old.as_deref(), new.as_deref());
            }
        }
    }

    fn records(&mut self, section: &Section, before: &[Record], after: &[Record], path: &str) {
        for (before, after) in pairs(before, after) {
            if let (Some(before), Some(after)) = (before, after)
                && before.values == after.values
                && before.children == after.children
            {
                continue;
            }
            let Some(either) = before.or(after) else { continue };
            let place = format!("{path}[{}].", either.id);
            self.fields(section, before, after, &place);
            if let Some(child) = section.child {
                let [before, after] = [before, after].map(|r| r.map_or(&[][..], |r| &r.children));
                self.records(child, before, after, &format!("{place}{}", child.key));
            }
        }
    }

    /// The entries of a table that no section declares.
    fn keyed<V: PartialEq>(
        &mut self,
        table: &str,
        before: &[(String, V)],
        after: &[(String, V)],
        text: impl Fn(&V) -> String,
    ) {
        if before == after {
            return;
        }
        let get = |of: &[(String, V)], key: &str| of.iter().position(|(k, _)| k == key);
        for (key, old) in before {
            let new = get(after, key).map(|at| &after[at].1);
            if new != Some(old) {
                self.text(&format!("{table}.{key}"), Some(&text(old)), new.map(&text).as_deref());
            }
        }
        for (key, new) in after.iter().filter(|(key, _)| get(before, key).is_none()) {
            self.text(&format!("{table}.{key}"), None, Some(&text(new)));
        }
    }
}

/// Records of one id beside each other: those of `before` in their order, then the new ones.
fn pairs<'r>(
    before: &'r [Record],
    after: &'r [Record],
) -> impl Iterator<Item = (Option<&'r Record>, Option<&'r Record>)> {
    // A card grows at its end: what is equal up to there needs no map.
    let alike = before.iter().zip(after).take_while(|(b, a)| b.id == a.id).count();
    let (before_alike, before) = before.split_at(alike);
    let (after_alike, after) = after.split_at(alike);
    let by_id: HashMap<&str, &Record> = after.iter().map(|record| (record.id.as_str(), record)).collect();
    let old_ids: HashSet<&str> = before.iter().map(|record| record.id.as_str()).collect();
    let alike = before_alike.iter().zip(after_alike).map(|(b, a)| (Some(b), Some(a)));
    let old = before.iter().map(move |record| (Some(record), by_id.get(record.id.as_str()).copied()));
    let new = after.iter().filter(move |record| !old_ids.contains(record.id.as_str()));
    alike.chain(old).chain(new.map(|record| (None, Some(record))))
}

fn same(old: Option<&Value>, new: Option<&Value>) -> bool {
    match (old, new) {
        (Some(Value::Texts(old)), Some(Value::Texts(new))) => same_set(old, new),
        _ => old == new,
    }
}

/// Whether two lists have the same items, in whatever order.
fn same_set(one: &[String], other: &[String]) -> bool {
    one == other || {
        let [one, other] = [one, other].map(|items| items.iter().collect::<HashSet<_>>());
        one == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::read::read;
    use crate::card::sample::SCHEMA;

    const CARD: &str = r#"
id = "0mqk3v9xw2ht"
no = "L0007"
name = "Müller"
phone = "030 1234"
tags = ["a", "b"]
former_ids = ["L0003"]

[custom]
port = "Hamburg"

[external]
customerID = "C-9"

[[contacts]]
id = "k3f9q2"
name = "Anna"
title = "Buyer"

[[contacts.channels]]
id = "z07w4c"
kind = "email"
value = "anna@mueller.example"

[[followups]]
id = "w81mzc"
date = 2026-03-11
topic = "Pumps"
"#;

    /// The differences as lines: `path: old -> new`.
    fn lines(before: Option<&str>, after: Option<&str>) -> Vec<String> {
        let [before, after] = [before, after].map(|text| text.map(|t| read(t, &SCHEMA).expect("TOML")));
        let found = differences(before.as_ref(), after.as_ref(), &SCHEMA);
        let shown = |text: Option<String>| text.unwrap_or_else(|| "none".into());
        found.into_iter().map(|d| format!("{}: {} -> {}", d.path, shown(d.old), shown(d.new))).collect()
    }

    fn changed(from: &str, to: &str) -> Vec<String> {
        assert!(CARD.contains(from), "{from}");
        lines(Some(CARD), Some(&CARD.replace(from, to)))
    }

    #[test]
    fn every_kind_of_place_is_named_by_its_path() {
        assert_eq!(changed("030 1234", "030 99"), ["phone: 030 1234 -> 030 99"]);
        assert_eq!(changed("L0007", "L0008"), ["no: L0007 -> L0008"]);
        assert_eq!(changed("0mqk3v9xw2ht", "0mqk3v9xw2hv"), ["id: 0mqk3v9xw2ht -> 0mqk3v9xw2hv"]);
        assert_eq!(changed("[\"a\", \"b\"]", "[\"a\", \"c\"]"), ["tags: a, b -> a, c"]);
        assert_eq!(changed("[\"L0003\"]", "[]"), ["former_ids: L0003 -> none"]);
        assert_eq!(changed("port = \"Hamburg\"", "port = 4"), ["custom.port: Hamburg -> 4"]);
        assert_eq!(changed("C-9", "C-10"), ["external.customerID: C-9 -> C-10"]);
        assert_eq!(changed("title = \"Buyer\"\n", ""), ["contacts[k3f9q2].title: Buyer -> none"]);
        assert_eq!(
            changed("anna@", "a.m@"),
            ["contacts[k3f9q2].channels[z07w4c].value: anna@mueller.example -> a.m@mueller.example"]
        );
        assert_eq!(changed("2026-03-11", "2026-03-12"), ["followups[w81mzc].date: 2026-03-11 -> 2026-03-12"]);
    }

    #[test]
    fn a_card_that_comes_or_goes_gives_a_line_for_each_value_in_the_order_of_the_schema() {
        let values = [
            "id: none -> 0mqk3v9xw2ht",
            "no: none -> L0007",
            "name: none -> Müller",
            "phone: none -> 030 1234",
            "tags: none -> a, b",
            "former_ids: none -> L0003",
            "custom.port: none -> Hamburg",
            "external.customerID: none -> C-9",
            "contacts[k3f9q2].name: none -> Anna",
            "contacts[k3f9q2].title: none -> Buyer",
            "contacts[k3f9q2].channels[z07w4c].kind: none -> email",
            "contacts[k3f9q2].channels[z07w4c].value: none -> anna@mueller.example",
            "followups[w81mzc].date: none -> 2026-03-11",
            "followups[w81mzc].topic: none -> Pumps",
        ];
        assert_eq!(lines(None, Some(CARD)), values);
        assert_eq!(lines(Some(CARD), None).len(), values.len());
        assert!(lines(None, None).is_empty());
    }

    #[test]
    fn records_are_matched_by_id_wherever_they_stand() {
        let two = |one: &str, other: &str| format!("id = \"c\"\nname = \"M\"\n{one}{other}");
        let [a, b, c] =
            ["a", "b", "c"].map(|id| format!("[[followups]]\nid = \"{id}\"\ndate = 2026-01-01\n"));
        assert!(lines(Some(&two(&a, &b)), Some(&two(&b, &a))).is_empty());
        assert_eq!(
            lines(Some(&two(&a, &b)), Some(&two(&c, &b))),
            ["followups[a].date: 2026-01-01 -> none", "followups[c].date: none -> 2026-01-01"]
        );
    }

    #[test]
    fn what_says_the_same_is_no_difference() {
        assert!(changed("[\"a\", \"b\"]", "[\"b\", \"a\", \"b\"]").is_empty());
        assert!(changed("name = \"Müller\"", "# Renamed?\nname = 'Müller'").is_empty());
        assert!(lines(Some("name = \"M\"\n"), Some("name = \"M\" # no id yet\n")).is_empty());
    }
}
