//! The inside of one value: elements of arrays, entries of inline tables, and their commas.

use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind};

use super::Step;
use super::layout::{Layout, Name, read_name};
use super::place::{Place, keys_agree};

/// A value in the text.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind<'s>,
}

/// What a value is made of.
#[derive(Debug)]
pub(super) enum Kind<'s> {
    /// A string has an encoding, any other scalar none.
    Scalar(Option<Encoding>),
    Array(Vec<Item<'s>>),
    Table(Vec<Item<'s>>),
}

/// An element of an array, or an entry of an inline table.
#[derive(Debug)]
pub(super) struct Item<'s> {
    /// The parts of the key; an element of an array has none.
    pub(super) names: Vec<Name<'s>>,
    /// From the key's first byte, or the value's, to the value's last.
    pub(super) span: Range<usize>,
    pub(super) value: Node<'s>,
    /// Where the comma behind the value stands, if there is one.
    pub(super) comma: Option<usize>,
}

/// Reads the value that opens at the event `start` of `layout`.
pub(super) fn read<'s>(layout: &Layout<'s>, start: usize) -> Node<'s> {
    let mut reader = Reader { source: layout.source, events: &layout.events, at: start };
    reader.value()
}

struct Reader<'l, 's> {
    source: &'s str,
    events: &'l [Event],
    at: usize,
}

impl<'s> Reader<'_, 's> {
    fn value(&mut self) -> Node<'s> {
        let Some(event) = self.events.get(self.at) else {
            // Only a text that is no TOML ends before a value; it is refused at the end.
            return Node { span: self.source.len()..self.source.len(), kind: Kind::Scalar(None) };
        };
        let start = event.span().start();
        self.at += 1;
        let kind = match event.kind() {
            EventKind::ArrayOpen => Kind::Array(self.items()),
            EventKind::InlineTableOpen => Kind::Table(self.items()),
            _ => Kind::Scalar(event.encoding()),
        };
        let end = self.events[self.at - 1].span().end();
        Node { span: start..end, kind }
    }

    /// Reads items up to the closing bracket, and moves behind it.
    fn items(&mut self) -> Vec<Item<'s>> {
        let mut items: Vec<Item<'s>> = Vec::new();
        let mut names = Vec::new();
        while let Some(event) = self.events.get(self.at) {
            match event.kind() {
                EventKind::ArrayClose | EventKind::InlineTableClose => {
                    self.at += 1;
                    break;
                }
                EventKind::SimpleKey => names.push(read_name(self.source, event)),
                EventKind::ValueSep => {
                    if let Some(item) = items.last_mut() {
                        item.comma = Some(event.span().start());
                    }
                }
                EventKind::Scalar | EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    let value = self.value();
                    items.push(Item::new(std::mem::take(&mut names), value));
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
        items
    }
}

impl<'s> Item<'s> {
    fn new(names: Vec<Name<'s>>, value: Node<'s>) -> Self {
        let start = names.first().map_or(value.span.start, |name| name.span.start);
        Self { span: start..value.span.end, names, value, comma: None }
    }
}

impl<'s> Node<'s> {
    /// Whether this is a string in three quotes.
    pub(super) fn is_multi_line(&self) -> bool {
        matches!(self.kind, Kind::Scalar(Some(Encoding::MlBasicString | Encoding::MlLiteralString)))
    }

    /// Follows `path` into this value.
    pub(super) fn descend(self, path: &[Step]) -> Place<'s> {
        match (&self.kind, path.first()) {
            (_, None) => Place::Value(self),
            (Kind::Array(_), Some(Step::Index(index))) => {
                let Kind::Array(items) = self.kind else {
                    return Place::Absent;
                };
                match items.into_iter().nth(*index) {
                    Some(item) => item.value.descend(&path[1..]),
                    None => Place::Absent,
                }
            }
            (Kind::Table(items), Some(Step::Key(_))) => {
                let found = items.iter().position(|item| keys_agree(&item.names, path));
                match found {
                    Some(found) => self.enter(found, path),
                    None => Place::Absent,
                }
            }
            _ => Place::Absent,
        }
    }

    /// Follows `path` into the entry `index`, whose key agrees with it.
    fn enter(self, index: usize, path: &[Step]) -> Place<'s> {
        let Kind::Table(mut items) = self.kind else {
            return Place::Absent;
        };
        let depth = items[index].names.len();
        if depth <= path.len() {
            return items.swap_remove(index).value.descend(&path[depth..]);
        }
        Place::Dotted { table: Node { span: self.span, kind: Kind::Table(items) }, depth: path.len() }
    }
}
