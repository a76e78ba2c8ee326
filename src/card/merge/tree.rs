//! The three cards as trees in which every record has its identity: the id in the text, or the one
//! that reading derives for it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use toml::{Table, Value};

use super::candidates::{Ranked, same_value};
use super::{MergeError, Sides};
use crate::card::id;
use crate::card::read::{CONFLICTS, Schema, canonical};
use crate::card::schema::Section;

/// A card.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub(super) entries: Entries,
    pub(super) conflicts: Conflicts,
}

/// The entries of a table.
pub(super) type Entries = BTreeMap<String, Node>;

/// What stands under a key.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Value(Value),
    /// A list that both sides changed: its order is the text's.
    Set(BTreeSet<Ranked>),
    Table(Entries),
    Records(Vec<Record>),
}

/// A record, in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) entries: Entries,
}

/// The entries under `[[conflicts]]`: the other values of a field by its path, and what is no such
/// entry and is only carried along.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Conflicts {
    pub(super) by_path: BTreeMap<String, BTreeSet<Ranked>>,
    pub(super) strange: BTreeSet<Ranked>,
}

/// Reads the texts as TOML.
pub(super) fn parse(texts: Sides<&str>) -> Result<Sides<Table>, MergeError> {
    let read = |name, text: &str| {
        toml::from_str::<Table>(text)
            .map_err(|error| MergeError::Unreadable { text: name, message: error.message().to_owned() })
    };
    Ok(Sides {
        base: read("base", texts.base)?,
        ours: read("ours", texts.ours)?,
        theirs: read("theirs", texts.theirs)?,
    })
}

/// The id that stands in a table.
pub(super) fn given_id(table: &Table) -> Option<&str> {
    table.get("id").and_then(Value::as_str).filter(|id| id::can_be_given(id))
}

/// The tree of a card. `card` is the id from which those of hand-written records follow.
pub(super) fn document(mut table: Table, card: &str, schema: &Schema) -> Document {
    let conflicts = table.remove(CONFLICTS).map(conflicts).unwrap_or_default();
    let mut reader = Reader { card, taken: HashSet::new() };
    let section = |key: &str| schema.position(key).map(|at| schema.sections[at]);
    // The ids of declared records come first, as in reading: no other record takes one of them.
    let (declared, others): (Vec<_>, Vec<_>) = table.into_iter().partition(|(key, _)| section(key).is_some());
    let mut entries = Entries::new();
    for (key, value) in declared.into_iter().chain(others) {
        let node = reader.node(&key, value, section(&key));
        entries.insert(key, node);
    }
    Document { entries, conflicts }
}

/// Reads what stands under `[[conflicts]]`.
fn conflicts(value: Value) -> Conflicts {
    let mut conflicts = Conflicts::default();
    let entries = match value {
        Value::Array(entries) => entries,
        other => vec![other],
    };
    for entry in entries {
        let known = entry.as_table().filter(|table| table.len() == 2);
        let path = known.and_then(|table| table.get("path")).and_then(Value::as_str);
        match (path, known.and_then(|table| table.get("value"))) {
            (Some(path), Some(value)) => {
                conflicts.by_path.entry(path.to_owned()).or_default().insert(Ranked::of(value));
            }
            _ => {
                conflicts.strange.insert(Ranked::of(&entry));
            }
        }
    }
    conflicts
}

struct Reader<'a> {
    card: &'a str,
    taken: HashSet<String>,
}

impl Reader<'_> {
    fn node(&mut self, key: &str, value: Value, section: Option<&Section>) -> Node {
        match value {
            Value::Table(table) => Node::Table(self.entries(table, None)),
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_table) => {
                let tables = items.into_iter().filter_map(|item| match item {
                    Value::Table(table) => Some(table),
                    _ => None,
                });
                Node::Records(self.records(key, tables, section))
            }
            other => Node::Value(other),
        }
    }

    fn entries(&mut self, table: Table, section: Option<&Section>) -> Entries {
        let child = |key: &str| section.and_then(|s| s.child).filter(|c| c.key == key);
        table
            .into_iter()
            .map(|(key, value)| {
                let node = self.node(&key, value, child(&key));
                (key, node)
            })
            .collect()
    }

    fn records(
        &mut self,
        key: &str,
        tables: impl Iterator<Item = Table>,
        section: Option<&Section>,
    ) -> Vec<Record> {
        let mut twins = Vec::new();
        tables
            .map(|table| {
                let id = self.identity(key, &table, &mut twins);
                Record { id, entries: self.entries(table, section) }
            })
            .collect()
    }

    /// The id in the text, or the key by which a table of settings is named, such as a member of the
    /// team; where it is missing or taken, the id that reading derives.
    fn identity(&mut self, key: &str, table: &Table, twins: &mut Vec<String>) -> String {
        let named = || table.get("key").and_then(Value::as_str);
        if let Some(id) = given_id(table).or_else(named)
            && self.taken.insert(id.to_owned())
        {
            return id.to_owned();
        }
        let values = canonical(table.iter().map(|(key, value)| (key.as_str(), value.clone())));
        let mut twin = twins.iter().filter(|v| **v == values).count();
        twins.push(values.clone());
        loop {
            let id = id::derived_record(self.card, key, &values, twin);
            if self.taken.insert(id.clone()) {
                return id;
            }
            twin += 1;
        }
    }
}

impl Node {
    /// A value that came from no text of its own: records in it are not looked for.
    pub(super) fn plain(value: Value) -> Node {
        match value {
            Value::Table(table) => {
                Node::Table(table.into_iter().map(|(key, value)| (key, Node::plain(value))).collect())
            }
            other => Node::Value(other),
        }
    }

    pub(super) fn value(&self) -> Value {
        match self {
            Node::Value(value) => value.clone(),
            Node::Set(items) => items.iter().map(|item| item.value.clone()).collect::<Vec<_>>().into(),
            Node::Table(entries) => table_of(entries).into(),
            Node::Records(records) => {
                records.iter().map(|r| Value::Table(table_of(&r.entries))).collect::<Vec<_>>().into()
            }
        }
    }

    /// Whether two nodes say the same: records in any order, sets in any order.
    pub(super) fn same(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Value(one), Node::Value(other)) => same_value(one, other),
            (Node::Table(one), Node::Table(other)) => same_entries(one, other),
            (Node::Records(one), Node::Records(other)) => {
                let by_id: BTreeMap<_, _> = other.iter().map(|r| (&r.id, &r.entries)).collect();
                one.len() == other.len()
                    && one.iter().all(|r| by_id.get(&r.id).is_some_and(|e| same_entries(&r.entries, e)))
            }
            (Node::Set(set), Node::Value(Value::Array(items)))
            | (Node::Value(Value::Array(items)), Node::Set(set)) => {
                items.len() == set.len()
                    && items.iter().all(|item| set.contains(&Ranked::of(item)))
                    && items.iter().map(Ranked::of).collect::<BTreeSet<_>>().len() == set.len()
            }
            (Node::Set(one), Node::Set(other)) => one == other,
            _ => false,
        }
    }
}

pub(super) fn same_entries(one: &Entries, other: &Entries) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|((key, node), (other_key, other))| key == other_key && node.same(other))
}

pub(super) fn table_of(entries: &Entries) -> Table {
    entries.iter().map(|(key, node)| (key.clone(), node.value())).collect()
}

impl Conflicts {
    /// The entries in their order: by path, then by value.
    pub(super) fn entries(&self) -> Vec<Value> {
        let known = self.by_path.iter().flat_map(|(path, others)| {
            others.iter().map(move |other| {
                let path = ("path".to_owned(), Value::from(path.as_str()));
                Value::Table(Table::from_iter([path, ("value".to_owned(), other.value.clone())]))
            })
        });
        known.chain(self.strange.iter().map(|entry| entry.value.clone())).collect()
    }
}
