//! Cuts that insert, replace and remove one entry of a table, however the table is written.

use std::ops::Range;

use toml::Value;

use super::Step;
use super::blocks::{self, Heading};
use super::elements::Items;
use super::layout::{Layout, Pair, Scope};
use super::lines::{Cut, indent, insert_lines, line_end, line_start, newline_near};
use super::node::{Item, Kind, Node};
use super::place::{Place, keys_agree};
use super::write::{inline_text, key_text, replacing_text, value_text};

/// An entry to be written: its key and value, and the declared order of the keys around it.
pub(super) struct Entry<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a Value,
    pub(super) order: &'a [String],
}

/// Puts `value` in the place of `node`.
pub(super) fn replace(layout: &Layout<'_>, node: &Node<'_>, value: &Value) -> Vec<Cut> {
    let old = &layout.source[node.span.clone()];
    let newline = newline_near(layout.source, node.span.end);
    let encoding = match node.kind {
        Kind::Scalar(encoding) => encoding,
        Kind::Array(_) | Kind::Table(_) => None,
    };
    vec![Cut { range: node.span.clone(), text: replacing_text(value, old, encoding, newline) }]
}

/// An entry on its way into the text.
struct NewEntry<'a> {
    /// The parts of its key: the tables that are missing on the way, then its own.
    keys: Vec<&'a str>,
    value: &'a Value,
    order: &'a [String],
}

impl<'a> NewEntry<'a> {
    fn new(missing: &'a [Step], entry: &Entry<'a>) -> Self {
        let keys = missing.iter().filter_map(key_of).chain([entry.key]).collect();
        Self { keys, value: entry.value, order: entry.order }
    }

    /// The key behind `prefix`, which ends in a dot if it is not empty.
    fn key_text(&self, prefix: &str) -> String {
        let keys: Vec<String> = self.keys.iter().map(|key| key_text(key)).collect();
        format!("{prefix}{}", keys.join("."))
    }
}

fn key_of(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}

/// Writes an entry that is not there yet into the table at `table`.
pub(super) fn insert(layout: &Layout<'_>, table: &[Step], entry: &Entry<'_>) -> Vec<Cut> {
    let (depth, place) = layout.locate_nearest(table);
    let (there, missing) = table.split_at(depth);
    let new = NewEntry::new(missing, entry);
    match place {
        Place::Value(node) => return insert_inline(layout, &node, &[], &new),
        Place::Dotted { table: node, depth } => {
            return insert_inline(layout, &node, &there[there.len() - depth..], &new);
        }
        Place::Statements | Place::Absent => {}
    }
    if let Some(scope) = layout.scopes.iter().find(|scope| scope.is_at(there)) {
        if missing.is_empty() {
            return vec![insert_pair(layout, scope, &[], &new)];
        }
    } else if let Some((scope, prefix)) = layout.dotted_home(there) {
        return vec![insert_pair(layout, scope, prefix, &new)];
    }
    vec![blocks::insert_table(layout, there, table, entry)]
}

/// Writes a line among the pairs of `scope` whose keys begin with `prefix`.
fn insert_pair(layout: &Layout<'_>, scope: &Scope<'_>, prefix: &[Step], new: &NewEntry<'_>) -> Cut {
    let source = layout.source;
    let all = layout.pairs_of(scope).iter();
    let siblings: Vec<&Pair> = all.filter(|pair| keys_agree(layout.names(pair), prefix)).collect();
    let names = siblings.iter().map(|pair| &*layout.names(pair)[prefix.len()].text);
    let (sibling, at) = match slot(&names.collect::<Vec<_>>(), new) {
        Slot::Behind(index) => (siblings[index], line_end(source, siblings[index].span.end)),
        Slot::Before(index) => (siblings[index], blocks::start_with_comments(layout, siblings[index])),
        Slot::Only => return blocks::insert_first_pair(layout, scope, &new.key_text(""), new.value),
    };
    let newline = newline_near(source, at);
    let key = new.key_text(&dotted_prefix(layout, sibling, prefix.len()));
    let line = PairStyle::of(layout, sibling).line(&key, &value_text(new.value, newline));
    insert_lines(source, at, &format!("{line}{newline}"))
}

/// The first `depth` parts of the pair's key, as they are written, with the dot behind them.
fn dotted_prefix(layout: &Layout<'_>, pair: &Pair, depth: usize) -> String {
    let names = layout.names(pair);
    match depth.checked_sub(1).and_then(|last| names.get(last)) {
        Some(last) => format!("{}.", &layout.source[pair.span.start..last.span.end]),
        None => String::new(),
    }
}

/// Indent and equals sign of a pair, for the lines beside it.
pub(super) struct PairStyle<'s> {
    indent: &'s str,
    equals: &'s str,
}

impl<'s> PairStyle<'s> {
    pub(super) const PLAIN: PairStyle<'static> = PairStyle { indent: "", equals: " = " };

    pub(super) fn of(layout: &Layout<'s>, pair: &Pair) -> Self {
        let last = layout.names(pair).last().map_or(pair.span.start, |name| name.span.end);
        let tight = layout.source[last..pair.span.end].starts_with('=');
        Self { indent: indent(layout.source, pair.span.start), equals: if tight { "=" } else { " = " } }
    }

    /// A line without its line break.
    pub(super) fn line(&self, key: &str, value: &str) -> String {
        format!("{}{key}{}{value}", self.indent, self.equals)
    }
}

/// Where a new key goes among its siblings.
enum Slot {
    Behind(usize),
    Before(usize),
    Only,
}

/// The slot for a new entry among `names`: behind the nearest predecessor in the declared order,
/// else before the nearest successor, else at the end.
fn slot(names: &[&str], new: &NewEntry<'_>) -> Slot {
    let own = new.order.iter().position(|declared| new.keys.first() == Some(&declared.as_str()));
    if let Some(own) = own {
        let mut before = new.order[..own].iter().rev();
        if let Some(index) = before.find_map(|near| names.iter().rposition(|name| name == near)) {
            return Slot::Behind(index);
        }
        let mut behind = new.order[own + 1..].iter();
        if let Some(index) = behind.find_map(|near| names.iter().position(|name| name == near)) {
            return Slot::Before(index);
        }
    }
    match names.len().checked_sub(1) {
        Some(last) => Slot::Behind(last),
        None => Slot::Only,
    }
}

/// Writes an entry into an inline table, among the items whose keys begin with `prefix`.
fn insert_inline(layout: &Layout<'_>, node: &Node<'_>, prefix: &[Step], new: &NewEntry<'_>) -> Vec<Cut> {
    let Kind::Table(items) = &node.kind else {
        // The values were changed first, and they refuse a table that is none.
        return Vec::new();
    };
    let is_sibling = |&index: &usize| keys_agree(&items[index].names, prefix);
    let siblings: Vec<usize> = (0..items.len()).filter(is_sibling).collect();
    let names = siblings.iter().map(|&index| &*items[index].names[prefix.len()].text);
    let dots: Vec<String> = prefix.iter().filter_map(key_of).map(|key| key_text(key) + ".").collect();
    let equals = match items.first() {
        Some(item) if is_tight(layout.source, item) => "=",
        _ => " = ",
    };
    let text = format!("{}{equals}{}", new.key_text(&dots.concat()), inline_text(new.value));
    let all = Items { source: layout.source, node, items };
    match slot(&names.collect::<Vec<_>>(), new) {
        Slot::Behind(index) => all.insert_behind(siblings[index], &text),
        Slot::Before(index) => all.insert_before(siblings[index], &text),
        Slot::Only => all.insert_only(&text, " "),
    }
}

fn is_tight(source: &str, item: &Item<'_>) -> bool {
    let last = item.names.last().map_or(item.span.start, |name| name.span.end);
    source[last..].starts_with('=')
}

/// Writes `value` as a new last element of the array `node`.
pub(super) fn append_element(layout: &Layout<'_>, node: &Node<'_>, value: &Value) -> Vec<Cut> {
    let Kind::Array(items) = &node.kind else {
        return Vec::new();
    };
    let all = Items { source: layout.source, node, items };
    let text = inline_text(value);
    match items.len().checked_sub(1) {
        Some(last) => all.insert_behind(last, &text),
        None => all.insert_only(&text, ""),
    }
}

/// Removes everything that makes the entry at `path`.
pub(super) fn remove(layout: &Layout<'_>, path: &[Step]) -> Vec<Cut> {
    let Some((last, table)) = path.split_last() else {
        return Vec::new();
    };
    let heading = match last {
        // The first record may have the section's title above it.
        Step::Index(1..) => Heading::Take,
        _ => Heading::Keep,
    };
    match layout.locate(table) {
        Place::Value(node) => return remove_inline(layout, &node, &path[table.len()..]),
        Place::Dotted { table: node, depth } => {
            return remove_inline(layout, &node, &path[table.len() - depth..]);
        }
        Place::Statements | Place::Absent => {}
    }
    let mut cuts = Vec::new();
    for scope in &layout.scopes {
        if let Some(rest) = scope.rest(path).filter(|rest| !rest.is_empty()) {
            cuts.extend(remove_pairs(layout, scope, rest));
        }
    }
    cuts.extend(blocks::remove(layout, path, heading));
    cuts
}

/// Removes the pairs of `scope` whose keys begin with `prefix`.
fn remove_pairs(layout: &Layout<'_>, scope: &Scope<'_>, prefix: &[Step]) -> Vec<Cut> {
    let pairs = layout.pairs_of(scope);
    let is_gone = |pair: &&Pair| {
        let names = layout.names(pair);
        names.len() >= prefix.len() && keys_agree(names, prefix)
    };
    let gone = pairs.iter().filter(is_gone);
    let mut cuts: Vec<Cut> = gone.map(|pair| Cut::remove(lines_of(layout, pair))).collect();
    if scope.header.is_none()
        && cuts.len() == pairs.len()
        && let Some(last) = cuts.last_mut()
    {
        // Without its last line, the top level takes along the blank lines that set it off.
        last.range = blocks::with_blank_lines(layout.source, last.range.clone());
    }
    cuts
}

/// The whole lines of a pair.
fn lines_of(layout: &Layout<'_>, pair: &Pair) -> Range<usize> {
    line_start(layout.source, pair.span.start)..line_end(layout.source, pair.span.end)
}

/// Removes from the array or inline table `node` what `path` leads to.
fn remove_inline(layout: &Layout<'_>, node: &Node<'_>, path: &[Step]) -> Vec<Cut> {
    let (items, gone): (&[Item<'_>], Vec<usize>) = match (&node.kind, path.last()) {
        (Kind::Array(items), Some(Step::Index(index))) => (items, vec![*index]),
        (Kind::Table(items), Some(Step::Key(_))) => {
            let is_gone = |item: &Item<'_>| item.names.len() >= path.len() && keys_agree(&item.names, path);
            let gone = (0..items.len()).filter(|&index| is_gone(&items[index]));
            (items, gone.collect())
        }
        _ => return Vec::new(),
    };
    let all = Items { source: layout.source, node, items };
    all.remove(&gone)
}
