//! Merges the values of three cards: tables key by key, records by their identity, lists as sets,
//! and everything else as one value.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use toml::Value;

use super::candidates::{self, Ranked, joined};
use super::tree::{Conflicts, Document, Entries, Node, Record, same_entries};
use super::{Clash, Kept, Side, Sides};
use crate::card::read::plain;

/// A merge on its way through the card.
pub(super) struct Merging<'a> {
    documents: Sides<&'a Document>,
    conflicts: Conflicts,
    /// Fields whose conflicts are merged.
    settled: HashSet<String>,
    /// Records that are gone, and those that one side alone still has.
    gone: Vec<String>,
    held: Vec<(String, Side)>,
    pub(super) clashes: Vec<Clash>,
    pub(super) kept: Vec<Kept>,
}

impl<'a> Merging<'a> {
    pub(super) fn new(documents: Sides<&'a Document>) -> Self {
        Merging {
            documents,
            conflicts: Conflicts::default(),
            settled: HashSet::new(),
            gone: Vec::new(),
            held: Vec::new(),
            clashes: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The merged card.
    pub(super) fn document(&mut self) -> Document {
        let entries = self.entries("", self.documents.map(|document| Some(&document.entries)));
        self.carry_conflicts();
        Document { entries, conflicts: std::mem::take(&mut self.conflicts) }
    }

    fn entries(&mut self, place: &str, sides: Sides<Option<&Entries>>) -> Entries {
        let keys: BTreeSet<&String> =
            sides.into_array().into_iter().flatten().flat_map(|entries| entries.keys()).collect();
        let mut merged = Entries::new();
        for key in keys {
            let nodes = sides.map(|entries| entries.and_then(|entries| entries.get(key)));
            if let Some(node) = self.node(format!("{place}{key}"), nodes) {
                merged.insert(key.clone(), node);
            }
        }
        merged
    }

    fn node(&mut self, path: String, sides: Sides<Option<&Node>>) -> Option<Node> {
        if self.is_disputed(&path) {
            return self.field(path, sides);
        }
        if let Some(tables) = all(sides, as_table) {
            return self.table(&path, tables);
        }
        if let Some(records) = all(sides, as_records)
            && sides.into_array().into_iter().flatten().any(|node| matches!(node, Node::Records(_)))
        {
            return self.records(&path, records, sides);
        }
        if same(sides.ours, sides.theirs) || same(sides.theirs, sides.base) {
            return sides.ours.cloned();
        }
        if same(sides.ours, sides.base) {
            return sides.theirs.cloned();
        }
        if let Some(lists) = all(sides, as_list) {
            let sets = lists.map(|list| list.unwrap_or_default().iter().map(Ranked::of).collect());
            return Some(Node::Set(joined(sets.as_ref())));
        }
        self.field(path, sides)
    }

    /// Whether a field had another value before, on any side.
    fn is_disputed(&self, path: &str) -> bool {
        self.documents.into_array().iter().any(|d| d.conflicts.by_path.contains_key(path))
    }

    /// A table stays as long as it has an entry, and an empty one as long as nobody removed it.
    fn table(&mut self, path: &str, sides: Sides<Option<&Entries>>) -> Option<Node> {
        let merged = self.entries(&format!("{path}."), sides);
        let there = sides.map(|entries| entries.is_some());
        let stays = if there.ours == there.base { there.theirs } else { there.ours };
        (stays || !merged.is_empty()).then_some(Node::Table(merged))
    }

    fn records(
        &mut self,
        path: &str,
        records: Sides<Option<&[Record]>>,
        sides: Sides<Option<&Node>>,
    ) -> Option<Node> {
        let by_id: Sides<BTreeMap<&str, &Record>> =
            records.map(|list| list.unwrap_or_default().iter().map(|r| (r.id.as_str(), r)).collect());
        let both = [records.ours, records.theirs].into_iter().flatten().flatten();
        let mut seen = HashSet::new();
        let mut merged = Vec::new();
        for record in both.filter(|record| seen.insert(record.id.as_str())) {
            let id = record.id.as_str();
            let place = format!("{path}[{id}]");
            let of = by_id.as_ref().map(|list| list.get(id).map(|record| &record.entries));
            let entries = match (of.base, of.ours, of.theirs) {
                (_, Some(_), Some(_)) => Some(self.entries(&format!("{place}."), of)),
                (Some(base), Some(left), None) => self.against_removal(place, base, left, Side::Ours),
                (Some(base), None, Some(left)) => self.against_removal(place, base, left, Side::Theirs),
                _ => Some(record.entries.clone()),
            };
            merged.extend(entries.map(|entries| Record { id: id.to_owned(), entries }));
        }
        let is_empty_list = sides.ours.is_some() && sides.theirs.is_some();
        match merged.is_empty() {
            true => is_empty_list.then(|| Node::Value(Value::Array(Vec::new()))),
            false => Some(Node::Records(merged)),
        }
    }

    /// A record that one side has removed: what the other changed stays. That it was given its id
    /// is no change.
    fn against_removal(
        &mut self,
        place: String,
        base: &Entries,
        left: &Entries,
        side: Side,
    ) -> Option<Entries> {
        let without_id = |entries: &Entries| {
            let mut entries = entries.clone();
            entries.remove("id");
            entries
        };
        if same_entries(&without_id(base), &without_id(left)) {
            self.gone.push(place);
            return None;
        }
        self.kept.push(Kept { path: place.clone(), edited: side });
        self.held.push((place, side));
        Some(left.clone())
    }

    /// A field with all its candidates: the greatest is shown, the others are conflicts.
    fn field(&mut self, path: String, sides: Sides<Option<&Node>>) -> Option<Node> {
        let shown = sides.map(|node| node.map(|node| Ranked::of(&node.value())));
        self.say_how_it_was_changed(&path, shown.as_ref());
        let mut sets = shown.map(|value| BTreeSet::from([value]));
        let others = self.documents.map(|document| document.conflicts.by_path.get(&path));
        sets.base.extend(others.base.into_iter().flatten().cloned().map(Some));
        sets.ours.extend(others.ours.into_iter().flatten().cloned().map(Some));
        sets.theirs.extend(others.theirs.into_iter().flatten().cloned().map(Some));
        let mut left = candidates::merged(sets.as_ref());
        let greatest = left.pop_last().flatten();
        let others: BTreeSet<Ranked> = left.into_iter().flatten().collect();
        if !others.is_empty() {
            self.conflicts.by_path.insert(path.clone(), others);
        }
        self.settled.insert(path);
        let greatest = greatest?;
        let node = sides.into_array().into_iter().flatten().find(|n| Ranked::of(&n.value()) == greatest);
        Some(node.cloned().unwrap_or_else(|| Node::plain(greatest.value)))
    }

    fn say_how_it_was_changed(&mut self, path: &str, shown: Sides<&Option<Ranked>>) {
        if shown.ours == shown.theirs || shown.ours == shown.base || shown.theirs == shown.base {
            return;
        }
        let path = path.to_owned();
        match (shown.ours, shown.theirs) {
            (Some(ours), Some(theirs)) => {
                let (ours, theirs) = (plain(&ours.value), plain(&theirs.value));
                self.clashes.push(Clash { path, ours, theirs });
            }
            (Some(_), None) => self.kept.push(Kept { path, edited: Side::Ours }),
            _ => self.kept.push(Kept { path, edited: Side::Theirs }),
        }
    }

    /// Conflicts of what is no field of the card, such as `@stage`, and of records that one side
    /// alone has.
    fn carry_conflicts(&mut self) {
        let Sides { base, ours, theirs } = self.documents.map(|document| &document.conflicts);
        let none = BTreeSet::new();
        let paths: BTreeSet<&String> = ours.by_path.keys().chain(theirs.by_path.keys()).collect();
        for path in paths.into_iter().filter(|path| !self.settled.contains(*path)) {
            let lies_in = |record: &String| path.starts_with(record.as_str());
            if self.gone.iter().any(lies_in) {
                continue;
            }
            let of = |conflicts: &'a Conflicts| conflicts.by_path.get(path);
            let held = self.held.iter().find(|(record, _)| lies_in(record)).map(|(_, side)| *side);
            let others = match held {
                Some(Side::Ours) => of(ours).cloned().unwrap_or_default(),
                Some(Side::Theirs) => of(theirs).cloned().unwrap_or_default(),
                None => joined(Sides { base, ours, theirs }.map(|c| of(c).unwrap_or(&none))),
            };
            if !others.is_empty() {
                self.conflicts.by_path.insert(path.clone(), others);
            }
        }
        self.conflicts.strange = joined(Sides { base, ours, theirs }.map(|c| &c.strange));
    }
}

fn same(one: Option<&Node>, other: Option<&Node>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.same(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// The sides as `form`, where all that are there have it.
fn all<'n, T>(
    sides: Sides<Option<&'n Node>>,
    form: impl Fn(&'n Node) -> Option<T>,
) -> Option<Sides<Option<T>>> {
    let fits = sides.into_array().into_iter().flatten().all(|node| form(node).is_some());
    fits.then(|| sides.map(|node| node.and_then(&form)))
}

fn as_table(node: &Node) -> Option<&Entries> {
    match node {
        Node::Table(entries) => Some(entries),
        _ => None,
    }
}

fn as_records(node: &Node) -> Option<&[Record]> {
    match node {
        Node::Records(records) => Some(records),
        Node::Value(Value::Array(items)) if items.is_empty() => Some(&[]),
        _ => None,
    }
}

/// A list of texts. Lists of anything else may have an order that counts.
fn as_list(node: &Node) -> Option<&[Value]> {
    match node {
        Node::Value(Value::Array(items)) if items.iter().all(Value::is_str) => Some(items),
        _ => None,
    }
}
