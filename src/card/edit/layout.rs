//! Where everything stands: one pass over the parser's events gives headers and key/value lines.
//!
//! A document is a row of scopes: the root, then one for each header. A scope holds the pairs
//! between its header and the next. Values are not looked into here; [`super::node`] does so for
//! the one value that an edit is about. That keeps the pass cheap on large documents.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

use super::Step;

/// The layout of one text.
pub(super) struct Layout<'s> {
    pub(super) source: &'s str,
    pub(super) events: Vec<Event>,
    /// The names of all keys in one row; scopes and pairs hold ranges of it.
    names: Vec<Name<'s>>,
    /// The root first, then one scope for each header. Never empty.
    pub(super) scopes: Vec<Scope<'s>>,
    pub(super) pairs: Vec<Pair>,
}

/// One part of a dotted key.
#[derive(Clone, Debug)]
pub(super) struct Name<'s> {
    pub(super) text: Cow<'s, str>,
    pub(super) span: Range<usize>,
}

/// One step of a header's path, with the number of the record where an array of tables is crossed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Segment<'s> {
    Key(Cow<'s, str>),
    Index(usize),
}

/// A header and the pairs below it, or the root.
pub(super) struct Scope<'s> {
    /// From `[` to `]`; the root has none.
    pub(super) header: Option<Range<usize>>,
    pub(super) path: Vec<Segment<'s>>,
    pub(super) pairs: Range<usize>,
}

/// A key with its value.
pub(super) struct Pair {
    names: Range<usize>,
    /// From the key's first byte to the value's last.
    pub(super) span: Range<usize>,
    /// The event that opens the value.
    pub(super) value: usize,
}

impl<'s> Layout<'s> {
    /// Reads the layout of `source`, which is taken to be valid.
    pub(super) fn read(source: &'s str) -> Self {
        let tokens = Source::new(source).lex().into_vec();
        let mut events = Vec::with_capacity(tokens.len());
        // The document was parsed before, or will be at the end: errors are reported there.
        parse_document(&tokens, &mut events, &mut ());
        Reader::new(source, events).read()
    }

    /// The parts of the pair's key.
    pub(super) fn names(&self, pair: &Pair) -> &[Name<'s>] {
        &self.names[pair.names.clone()]
    }

    /// The pairs of a scope, in the order of the text.
    pub(super) fn pairs_of(&self, scope: &Scope<'s>) -> &[Pair] {
        &self.pairs[scope.pairs.clone()]
    }
}

impl Scope<'_> {
    /// Whether this is the scope of exactly the table at `path`.
    pub(super) fn is_at(&self, path: &[Step]) -> bool {
        self.path.len() == path.len() && agree(&self.path, path)
    }

    /// Whether this scope is the table at `path` or lies below it.
    pub(super) fn is_under(&self, path: &[Step]) -> bool {
        self.path.len() >= path.len() && agree(&self.path, path)
    }

    /// Whether this scope is `outer` or lies below it.
    pub(super) fn is_within(&self, outer: &Scope<'_>) -> bool {
        self.path.starts_with(&outer.path)
    }

    /// Whether the header, records not counted, is made of `keys`.
    pub(super) fn is_named(&self, keys: &[&str]) -> bool {
        let names = self.path.iter().filter_map(|segment| match segment {
            Segment::Key(name) => Some(&**name),
            Segment::Index(_) => None,
        });
        names.eq(keys.iter().copied())
    }

    /// What is left of `path` inside this scope, when `path` goes through it.
    pub(super) fn rest<'p>(&self, path: &'p [Step]) -> Option<&'p [Step]> {
        (self.path.len() <= path.len() && agree(&self.path, path)).then(|| &path[self.path.len()..])
    }
}

/// Whether `segments` and `path` are the same as far as the shorter one goes.
fn agree(segments: &[Segment<'_>], path: &[Step]) -> bool {
    let mut both = segments.iter().zip(path);
    both.all(|(segment, step)| match (segment, step) {
        (Segment::Key(name), Step::Key(key)) => name == key,
        (Segment::Index(number), Step::Index(index)) => number == index,
        _ => false,
    })
}

/// Counts the records of arrays of tables, so that each header gets its full path.
#[derive(Default)]
struct Records<'s> {
    count: usize,
    below: HashMap<Cow<'s, str>, Records<'s>>,
}

impl<'s> Records<'s> {
    /// The path of the header `names`; a header of an array starts its next record.
    fn enter(&mut self, names: &[Name<'s>], is_array: bool) -> Vec<Segment<'s>> {
        let mut path = Vec::with_capacity(names.len() + 1);
        let mut records = self;
        for (depth, name) in names.iter().enumerate() {
            records = records.below.entry(name.text.clone()).or_default();
            path.push(Segment::Key(name.text.clone()));
            if is_array && depth + 1 == names.len() {
                records.count += 1;
                // The next record's child records count from 0 again.
                records.below.clear();
            }
            if let Some(last) = records.count.checked_sub(1) {
                path.push(Segment::Index(last));
            }
        }
        path
    }
}

struct Reader<'s> {
    layout: Layout<'s>,
    records: Records<'s>,
    at: usize,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, events: Vec<Event>) -> Self {
        let root = Scope { header: None, path: Vec::new(), pairs: 0..0 };
        Self {
            layout: Layout { source, events, names: Vec::new(), scopes: vec![root], pairs: Vec::new() },
            records: Records::default(),
            at: 0,
        }
    }

    fn read(mut self) -> Layout<'s> {
        while let Some(event) = self.layout.events.get(self.at) {
            match event.kind() {
                EventKind::StdTableOpen => self.read_header(EventKind::StdTableClose),
                EventKind::ArrayTableOpen => self.read_header(EventKind::ArrayTableClose),
                EventKind::SimpleKey => self.read_pair(),
                _ => self.at += 1,
            }
        }
        self.layout
    }

    /// Reads names up to the event `end`, and moves behind it.
    fn read_names(&mut self, end: EventKind) -> Range<usize> {
        let first = self.layout.names.len();
        while let Some(event) = self.layout.events.get(self.at) {
            self.at += 1;
            if event.kind() == EventKind::SimpleKey {
                let name = read_name(self.layout.source, event);
                self.layout.names.push(name);
            } else if event.kind() == end {
                break;
            }
        }
        first..self.layout.names.len()
    }

    fn read_header(&mut self, close: EventKind) {
        let start = self.layout.events[self.at].span().start();
        let names = self.read_names(close);
        let end = self.layout.events[self.at - 1].span().end();
        let is_array = close == EventKind::ArrayTableClose;
        let path = self.records.enter(&self.layout.names[names], is_array);
        let pairs = self.layout.pairs.len();
        self.layout.scopes.push(Scope { header: Some(start..end), path, pairs: pairs..pairs });
    }

    fn read_pair(&mut self) {
        let start = self.layout.events[self.at].span().start();
        let names = self.read_names(EventKind::KeyValSep);
        let events = &self.layout.events;
        while events.get(self.at).map(Event::kind) == Some(EventKind::Whitespace) {
            self.at += 1;
        }
        let value = self.at;
        self.at = behind_value(events, value);
        let end = events[self.at - 1].span().end();
        self.layout.pairs.push(Pair { names, span: start..end, value });
        if let Some(scope) = self.layout.scopes.last_mut() {
            scope.pairs.end = self.layout.pairs.len();
        }
    }
}

/// The decoded name of a key event.
pub(super) fn read_name<'s>(source: &'s str, event: &Event) -> Name<'s> {
    let mut text = Cow::Borrowed("");
    if let Some(raw) = Source::new(source).get(event) {
        raw.decode_key(&mut text, &mut ());
    }
    Name { text, span: event.span().start()..event.span().end() }
}

/// The event behind the value that opens at `start`.
fn behind_value(events: &[Event], start: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, event) in events[start..].iter().enumerate() {
        match event.kind() {
            EventKind::ArrayOpen | EventKind::InlineTableOpen => depth += 1,
            EventKind::ArrayClose | EventKind::InlineTableClose => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return start + offset + 1;
        }
    }
    events.len()
}
