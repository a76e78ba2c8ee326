//! From merged values to a text: the line merge of both texts where it holds exactly these values,
//! else one of the texts, edited into them.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::candidates::Ranked;
use super::tree::{self, Document, Entries, Node, Record, same_entries};
use super::{MergeError, Sides, merged_lines};
use crate::card::edit::{self, Edit, EditError, Step};
use crate::card::read::{CONFLICTS, Schema};
use crate::card::schema::Section;

/// What every card of the merge has in common.
pub(super) struct Form<'a> {
    pub(super) card: &'a str,
    pub(super) schema: &'a Schema,
}

/// The text of the merged card.
pub(super) fn text(
    texts: Sides<&str>,
    merged: &Document,
    documents: Sides<&Document>,
    form: &Form<'_>,
) -> Result<String, MergeError> {
    if let Some(text) = merged_lines(texts).filter(|text| holds(text, merged, form)) {
        return Ok(text);
    }
    let ours = Written { text: texts.ours, document: documents.ours };
    let theirs = Written { text: texts.theirs, document: documents.theirs };
    let (basis, other) = if texts.ours > texts.theirs { (ours, theirs) } else { (theirs, ours) };
    // What one text cannot take, the other may: it is written in another way.
    let text = edited(&basis, &other, merged, form);
    Ok(text.or_else(|refused| edited(&other, &basis, merged, form).map_err(|_| refused))?)
}

/// A text with its tree.
struct Written<'a> {
    text: &'a str,
    document: &'a Document,
}

/// Whether a text has exactly the merged values, and its conflicts in order.
fn holds(text: &str, merged: &Document, form: &Form<'_>) -> bool {
    let Ok(table) = toml::from_str::<Table>(text) else { return false };
    let written = table.get(CONFLICTS).cloned();
    let document = tree::document(table, form.card, form.schema);
    let in_order = merged.conflicts.entries();
    let conflicts = written.unwrap_or_else(|| Value::Array(Vec::new()));
    same_entries(&document.entries, &merged.entries)
        && Ranked::of(&conflicts) == Ranked::of(&Value::Array(in_order))
}

/// The basis, edited into the merged values.
fn edited(
    basis: &Written<'_>,
    other: &Written<'_>,
    merged: &Document,
    form: &Form<'_>,
) -> Result<String, EditError> {
    let mut writer = Writer { other: other.text, edits: Vec::new() };
    let card = Place { at: Vec::new(), there: Some(Vec::new()), within: Within::Card(form.schema) };
    let sides = Three {
        basis: &basis.document.entries,
        merged: &merged.entries,
        other: Some(&other.document.entries),
    };
    writer.table(&card, sides);
    if basis.document.conflicts != merged.conflicts {
        let key = CONFLICTS.to_owned();
        let value = Value::Array(merged.conflicts.entries());
        let order = card.within.order();
        writer.edits.push(match merged.conflicts.entries().is_empty() {
            true => Edit::Unset { table: Vec::new(), key },
            false => Edit::Set { table: Vec::new(), key, value, order },
        });
    }
    edit::apply(basis.text, &writer.edits)
}

/// Where a table stands in the basis and, if it is there, in the other text.
struct Place<'a> {
    at: Vec<Step>,
    there: Option<Vec<Step>>,
    within: Within<'a>,
}

/// What is known about the keys of a table.
#[derive(Clone, Copy)]
enum Within<'a> {
    Card(&'a Schema),
    Record(&'a Section),
    Unknown,
}

impl Within<'_> {
    fn section(&self, key: &str) -> Option<&'static Section> {
        match self {
            Within::Card(schema) => schema.position(key).map(|at| schema.sections[at]),
            Within::Record(section) => section.child.filter(|child| child.key == key),
            Within::Unknown => None,
        }
    }

    fn below(&self, key: &str) -> Within<'static> {
        self.section(key).map_or(Within::Unknown, Within::Record)
    }

    /// The keys in the order in which they are written.
    fn order(&self) -> Vec<String> {
        match self {
            Within::Card(schema) => {
                let sections = schema.sections.iter().map(|section| section.key.to_owned());
                let tables = ["former_ids", "custom", "external"].map(str::to_owned);
                let keys = schema.card.key_order().into_iter().chain(tables);
                keys.chain(sections).chain([CONFLICTS.to_owned()]).collect()
            }
            Within::Record(section) => section.key_order(),
            Within::Unknown => vec!["id".to_owned()],
        }
    }
}

/// One table as it is, as it shall be, and in the other text.
#[derive(Clone, Copy)]
struct Three<'a, T: ?Sized> {
    basis: &'a T,
    merged: &'a T,
    other: Option<&'a T>,
}

/// One entry likewise.
struct Nodes<'a> {
    basis: Option<&'a Node>,
    merged: &'a Node,
    other: Option<&'a Node>,
}

/// Collects the edits that turn the basis into the merged card.
struct Writer<'a> {
    other: &'a str,
    edits: Vec<Edit>,
}

impl Writer<'_> {
    fn table(&mut self, place: &Place<'_>, tables: Three<'_, Entries>) {
        for (key, node) in tables.merged {
            let other = tables.other.and_then(|entries| entries.get(key));
            self.entry(place, key, Nodes { basis: tables.basis.get(key), merged: node, other });
        }
        // Last, since a table that is written by its entries alone goes with its last one.
        for key in tables.basis.keys().filter(|key| !tables.merged.contains_key(*key)) {
            self.edits.push(Edit::Unset { table: place.at.clone(), key: key.clone() });
        }
    }

    fn entry(&mut self, place: &Place<'_>, key: &str, nodes: Nodes<'_>) {
        match (nodes.basis, nodes.merged) {
            (Some(basis), merged) if basis.same(merged) => {}
            (Some(Node::Table(basis)), Node::Table(merged)) if !merged.is_empty() => {
                let step = |at: &Vec<Step>| [&at[..], &[Step::from(key)]].concat();
                let there = place.there.as_ref().map(step);
                let below = Place { at: step(&place.at), there, within: place.within.below(key) };
                let other = match nodes.other {
                    Some(Node::Table(entries)) => Some(entries),
                    _ => None,
                };
                self.table(&below, Three { basis, merged, other });
            }
            (None | Some(Node::Records(_)), Node::Records(merged)) => {
                let basis = records_of(nodes.basis);
                self.records(place, key, Three { basis, merged, other: Some(records_of(nodes.other)) });
            }
            (Some(Node::Value(Value::Array(items))), Node::Set(set)) => self.list(place, key, items, set),
            _ => self.edits.push(Edit::Set {
                table: place.at.clone(),
                key: key.to_owned(),
                value: nodes.merged.value(),
                order: place.within.order(),
            }),
        }
    }

    fn list(&mut self, place: &Place<'_>, key: &str, items: &[Value], set: &BTreeSet<Ranked>) {
        let mut missing = set.clone();
        let gone = items.iter().enumerate().filter(|(_, item)| !missing.remove(&Ranked::of(item)));
        let gone: Vec<usize> = gone.map(|(index, _)| index).collect();
        let at = || (place.at.clone(), key.to_owned());
        self.edits.extend(missing.into_iter().map(|item| {
            let (table, key) = at();
            Edit::AddElement { table, key, value: item.value }
        }));
        self.edits.extend(gone.into_iter().rev().map(|index| {
            let (table, key) = at();
            Edit::RemoveElement { table, key, index }
        }));
    }

    fn records(&mut self, place: &Place<'_>, section: &str, records: Three<'_, [Record]>) {
        let step = |at: &[Step], index: usize| [at, &[Step::from(section), Step::Index(index)]].concat();
        let within = place.within.below(section);
        let other = records.other.unwrap_or_default();
        let mut gone = Vec::new();
        for (index, record) in records.basis.iter().enumerate() {
            let Some(merged) = find(records.merged, &record.id) else {
                gone.push(index);
                continue;
            };
            let there = other.iter().position(|r| r.id == record.id);
            let below = Place {
                at: step(&place.at, index),
                there: place.there.as_ref().zip(there).map(|(at, index)| step(at, index)),
                within,
            };
            let other = there.map(|at| &other[at].entries);
            self.table(&below, Three { basis: &record.entries, merged: &merged.entries, other });
        }
        for record in records.merged.iter().filter(|r| find(records.basis, &r.id).is_none()) {
            let there = other.iter().position(|r| r.id == record.id);
            let there = place.there.as_ref().zip(there).map(|(at, index)| step(at, index));
            let text = there.and_then(|at| edit::record_text(self.other, &at));
            self.edits.push(added(place, section, record, text));
        }
        let table = &place.at;
        let removals = gone.into_iter().rev();
        self.edits.extend(removals.map(|index| Edit::RemoveRecord {
            table: table.clone(),
            section: section.to_owned(),
            index,
        }));
    }
}

/// A record that the basis has not: as it is written in the other text, or from its values.
fn added(place: &Place<'_>, section: &str, record: &Record, text: Option<String>) -> Edit {
    let (table, section_order) = (place.at.clone(), place.within.order());
    let key = section.to_owned();
    match text {
        Some(text) => Edit::CopyRecord { table, section: key, text, section_order },
        None => {
            let record = in_order(&record.entries, place.within.below(section));
            Edit::AddRecord { table, section: key, record, section_order }
        }
    }
}

/// The entries of a record in the order in which they are written, its child records' too.
fn in_order(entries: &Entries, within: Within<'_>) -> Vec<(String, Value)> {
    let order = within.order();
    let rank = |key: &String| order.iter().position(|known| known == key).unwrap_or(order.len());
    let mut keys: Vec<&String> = entries.keys().collect();
    keys.sort_by_key(|key| rank(key));
    let value = |key: &str, node: &Node| match node {
        Node::Records(records) => {
            let tables = records.iter().map(|r| in_order(&r.entries, within.below(key)));
            tables.map(|record| Value::Table(record.into_iter().collect())).collect::<Vec<_>>().into()
        }
        other => other.value(),
    };
    keys.into_iter().map(|key| (key.clone(), value(key, &entries[key]))).collect()
}

fn records_of(node: Option<&Node>) -> &[Record] {
    match node {
        Some(Node::Records(records)) => records,
        _ => &[],
    }
}

fn find<'r>(records: &'r [Record], id: &str) -> Option<&'r Record> {
    records.iter().find(|record| record.id == id)
}
