//! Cuts that insert and remove whole blocks: a header with its lines and the blocks below it.
//!
//! Comment lines directly above a header belong to it, and so does the blank line before them.
//! Comment lines directly below a block's last line, with a blank line behind, belong to the block.

use std::ops::Range;

use toml::Value;

use super::Step;
use super::entries::{Entry, PairStyle};
use super::layout::{Layout, Pair, Scope};
use super::lines::{
    Cut, blanks_above, blanks_below, comments_above, comments_below, indent, insert_lines, is_blank_line,
    line_end, line_start, newline_near, text_start,
};
use super::write::{key_text, value_text};

/// What happens to the comment lines directly above a header that is removed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// They may speak of the section or the file.
    Keep,
    /// They speak of the record, when a blank line sets them off from what is above.
    Take,
}

/// A new record of an array of tables.
pub(super) struct Record<'a> {
    pub(super) section: &'a str,
    pub(super) entries: &'a [(String, Value)],
    pub(super) order: &'a [String],
    /// Its blocks as they are written elsewhere.
    pub(super) text: Option<&'a str>,
}

/// Whether `value` is written as blocks: an array of nothing but tables.
pub(super) fn is_records(value: &Value) -> bool {
    match value {
        Value::Array(elements) => !elements.is_empty() && elements.iter().all(Value::is_table),
        _ => false,
    }
}

/// Behind the line of the last statement before the scope `index`.
fn floor(layout: &Layout<'_>, index: usize) -> usize {
    let before = index.checked_sub(1).and_then(|before| layout.scopes.get(before));
    let end = before.and_then(|scope| last_statement_end(layout, scope));
    end.map_or_else(|| text_start(layout.source), |end| line_end(layout.source, end))
}

fn last_statement_end(layout: &Layout<'_>, scope: &Scope<'_>) -> Option<usize> {
    let pair = layout.pairs_of(scope).last().map(|pair| pair.span.end);
    pair.or_else(|| scope.header.as_ref().map(|header| header.end))
}

/// The line start of the header of scope `index`.
fn header_line(layout: &Layout<'_>, index: usize) -> usize {
    match layout.scopes.get(index).map(|scope| &scope.header) {
        Some(Some(header)) => line_start(layout.source, header.start),
        Some(None) => text_start(layout.source),
        None => layout.source.len(),
    }
}

/// The start of the header of scope `index`, with the comment lines that belong to it; the end of
/// the text behind the last scope.
fn block_start(layout: &Layout<'_>, index: usize) -> usize {
    if index >= layout.scopes.len() {
        return layout.source.len();
    }
    let line = header_line(layout, index);
    comments_above(layout.source, floor(layout, index), line)
}

/// The end of scope `index`, with the comment lines below that belong to it.
fn block_end(layout: &Layout<'_>, index: usize) -> usize {
    let source = layout.source;
    let next = block_start(layout, index + 1);
    match last_statement_end(layout, &layout.scopes[index]) {
        Some(end) => comments_below(source, line_end(source, end), next),
        None => blanks_above(source, text_start(source), next),
    }
}

/// Where a block goes that shall stand before scope `index`.
fn end_before(layout: &Layout<'_>, index: usize) -> usize {
    block_end(layout, index.saturating_sub(1))
}

/// The line start of a pair, with the comment lines above it. Those above the first pair of a
/// scope belong to the scope or the file.
pub(super) fn start_with_comments(layout: &Layout<'_>, pair: &Pair) -> usize {
    let line = line_start(layout.source, pair.span.start);
    let index = layout.pairs.partition_point(|other| other.span.start < pair.span.start);
    let is_first = layout.scopes.iter().any(|scope| scope.pairs.start == index);
    match index.checked_sub(1).map(|before| layout.pairs[before].span.end) {
        Some(before) if !is_first => comments_above(layout.source, line_end(layout.source, before), line),
        _ => line,
    }
}

/// The last scope of what is at `path`, with everything below it.
fn last_scope(layout: &Layout<'_>, path: &[Step]) -> usize {
    let scopes = &layout.scopes;
    if let Some(last) = scopes.iter().rposition(|scope| scope.is_under(path)) {
        return last;
    }
    // The table is written by dotted keys only: new blocks go behind the scope that holds them.
    let home = layout.dotted_home(path).map_or(&scopes[0], |(home, _)| home);
    scopes.iter().rposition(|scope| scope.is_within(home)).unwrap_or(0)
}

/// Whether blocks are set off by blank lines: as the last block named `keys` is, else as most are.
fn has_blank_lines(layout: &Layout<'_>, keys: &[&str]) -> bool {
    let is_set_off = |index: usize| {
        let start = block_start(layout, index);
        let floor = floor(layout, index);
        (start > text_start(layout.source)).then(|| blanks_above(layout.source, floor, start) < start)
    };
    let indexes = 1..layout.scopes.len();
    let mut alike = indexes.clone().rev().filter(|&i| layout.scopes[i].is_named(keys));
    if let Some(answer) = alike.find_map(is_set_off) {
        return answer;
    }
    let answers: Vec<bool> = indexes.filter_map(is_set_off).collect();
    let set_off = answers.iter().filter(|&&answer| answer).count();
    set_off * 2 >= answers.len()
}

/// Inserts a block behind another one, at the line start `at`, set off by one blank line above; at
/// the start of the text by one below. No other seam is touched, so that taking the block out again
/// leaves the text as it was.
fn insert_block(source: &str, at: usize, block: &str, blank_lines: bool) -> Cut {
    let newline = newline_near(source, at);
    let is_followed = at < source.len() && !is_blank_line(source, at);
    let text = match at == text_start(source) {
        false if blank_lines => format!("{newline}{block}"),
        true if blank_lines && is_followed => format!("{block}{newline}"),
        _ => block.to_owned(),
    };
    insert_lines(source, at, &text)
}

/// Writes the first line of a scope that has none.
pub(super) fn insert_first_pair(layout: &Layout<'_>, scope: &Scope<'_>, key: &str, value: &Value) -> Cut {
    let source = layout.source;
    let at = match &scope.header {
        Some(header) => line_end(source, header.end),
        None => block_end(layout, 0),
    };
    let newline = newline_near(source, at);
    let line = PairStyle::PLAIN.line(key, &value_text(value, newline));
    match &scope.header {
        Some(header) => {
            let depth = indent(source, header.start);
            insert_lines(source, at, &format!("{depth}{line}{newline}"))
        }
        None => insert_block(source, at, &format!("{line}{newline}"), true),
    }
}

/// Writes the header of the table at `table` with its first entry, below the table at `there`.
pub(super) fn insert_table(layout: &Layout<'_>, there: &[Step], table: &[Step], entry: &Entry<'_>) -> Cut {
    let keys = keys_of(table);
    let at = if there.len() == table.len() {
        // The table is known by the headers below it only; its own goes before them.
        let first = layout.scopes.iter().position(|scope| scope.is_under(there));
        end_before(layout, first.unwrap_or(layout.scopes.len()))
    } else {
        block_end(layout, last_scope(layout, there))
    };
    let newline = newline_near(layout.source, at);
    let line = PairStyle::PLAIN.line(&key_text(entry.key), &value_text(entry.value, newline));
    let block = format!("[{}]{newline}{line}{newline}", dotted(&keys));
    insert_block(layout.source, at, &block, has_blank_lines(layout, &keys))
}

/// The keys of a path, without the numbers of records.
fn keys_of(path: &[Step]) -> Vec<&str> {
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    keys.collect()
}

fn dotted(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| key_text(key)).collect();
    keys.join(".")
}

/// Writes a record, with its child records, into the table at `table`. `there` is as much of
/// `table` as is in the document.
pub(super) fn insert_record(layout: &Layout<'_>, there: &[Step], table: &[Step], record: &Record<'_>) -> Cut {
    let at = record_place(layout, there, table, record);
    let mut keys = keys_of(table);
    keys.push(record.section);
    let newline = newline_near(layout.source, at);
    let blank_lines = has_blank_lines(layout, &keys);
    if let Some(text) = record.text {
        let lines: String = text.lines().flat_map(|line| [line, newline]).collect();
        return insert_block(layout.source, at, &lines, blank_lines);
    }
    let mut writer = BlockWriter { layout, newline, text: String::new() };
    let entries = record.entries.iter().map(|(key, value)| (key.as_str(), value));
    writer.record(&keys, &entries.collect::<Vec<_>>());
    insert_block(layout.source, at, &writer.text, blank_lines)
}

/// The record at `path` as it is written, with its child records and the comments that belong to
/// it; `None` when it is not written in blocks of its own that stand together.
pub fn record_text(source: &str, path: &[Step]) -> Option<String> {
    let layout = Layout::read(source);
    let first = layout.scopes.iter().position(|scope| scope.is_under(path))?;
    let last = layout.scopes.iter().rposition(|scope| scope.is_under(path))?;
    let header = layout.scopes[first].header.clone()?;
    let stands_together = layout.scopes[first..=last].iter().all(|scope| scope.is_under(path));
    let is_record = layout.scopes[first].is_at(path) && source[header].starts_with("[[");
    let blocks = block_start(&layout, first)..block_end(&layout, last);
    (stands_together && is_record).then(|| source[blocks].to_owned())
}

/// Behind the section's last record; a section that is not there yet goes behind the nearest
/// predecessor, else before the nearest successor, else behind everything of its table.
fn record_place(layout: &Layout<'_>, there: &[Step], table: &[Step], record: &Record<'_>) -> usize {
    let section = |name: &str| {
        let mut path = table.to_vec();
        path.push(Step::from(name));
        path
    };
    let last = |name: &str| {
        let path = section(name);
        layout.scopes.iter().rposition(|scope| scope.is_under(&path))
    };
    let first = |name: &String| {
        let path = section(name);
        layout.scopes.iter().position(|scope| scope.is_under(&path))
    };
    if let Some(own) = last(record.section) {
        return block_end(layout, own);
    }
    if let Some(own) = record.order.iter().position(|name| name == record.section) {
        let mut before = record.order[..own].iter().rev();
        if let Some(near) = before.find_map(|name| last(name)) {
            return block_end(layout, near);
        }
        if let Some(near) = record.order[own + 1..].iter().find_map(first) {
            return end_before(layout, near);
        }
    }
    block_end(layout, last_scope(layout, there))
}

/// Writes blocks in the style of the blocks of the same name.
struct BlockWriter<'l, 's> {
    layout: &'l Layout<'s>,
    newline: &'static str,
    text: String,
}

impl<'l> BlockWriter<'l, '_> {
    fn record(&mut self, keys: &[&str], entries: &[(&str, &Value)]) {
        let model = self.last_record(keys);
        let header = match model.and_then(|scope| scope.header.clone()) {
            Some(span) => {
                let source = self.layout.source;
                format!("{}{}", indent(source, span.start), &source[span])
            }
            None => format!("[[{}]]", dotted(keys)),
        };
        self.line(&header);
        let first = model.and_then(|scope| self.layout.pairs_of(scope).first());
        let style = first.map_or(PairStyle::PLAIN, |pair| PairStyle::of(self.layout, pair));
        for (key, value) in entries.iter().filter(|(_, value)| !is_records(value)) {
            let line = style.line(&key_text(key), &value_text(value, self.newline));
            self.line(&line);
        }
        for (key, value) in entries.iter().filter(|(_, value)| is_records(value)) {
            self.children(keys, key, value);
        }
    }

    fn children(&mut self, keys: &[&str], section: &str, records: &Value) {
        let mut keys = keys.to_vec();
        keys.push(section);
        let blank_lines = has_blank_lines(self.layout, &keys);
        let tables = records.as_array().into_iter().flatten();
        for table in tables.filter_map(Value::as_table) {
            if blank_lines {
                self.line("");
            }
            let entries = table.iter().map(|(key, value)| (key.as_str(), value));
            self.record(&keys, &entries.collect::<Vec<_>>());
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str(self.newline);
    }

    /// The last record of the same section in the document.
    fn last_record(&self, keys: &[&str]) -> Option<&'l Scope<'l>> {
        let layout = self.layout;
        layout.scopes.iter().rfind(|scope| {
            let header = scope.header.clone();
            let text = header.and_then(|span| layout.source.get(span));
            scope.is_named(keys) && text.is_some_and(|text| text.starts_with("[["))
        })
    }
}

/// The whole lines `range` with the blank lines that set them off: those above, or at the start of
/// the text those below. A comment above stays apart from what follows.
pub(super) fn with_blank_lines(source: &str, range: Range<usize>) -> Range<usize> {
    let start = text_start(source);
    let above = blanks_above(source, start, range.start);
    if above == range.start && above == start {
        return start..blanks_below(source, range.end, source.len());
    }
    let is_followed = range.end < source.len() && !is_blank_line(source, range.end);
    let is_below_comment = comments_above(source, start, above) < above;
    if is_followed && is_below_comment { range } else { above..range.end }
}

/// Removes every block at or below `path`.
pub(super) fn remove(layout: &Layout<'_>, path: &[Step], heading: Heading) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut index = 1;
    while index < layout.scopes.len() {
        let run = layout.scopes[index..].iter();
        let length = run.take_while(|scope| scope.is_under(path)).count();
        if length > 0 {
            cuts.push(remove_run(layout, index, index + length - 1, heading));
        }
        index += length.max(1);
    }
    cuts
}

/// Removes the scopes `first` to `last`, and the blank lines that set them off.
fn remove_run(layout: &Layout<'_>, first: usize, last: usize, heading: Heading) -> Cut {
    let source = layout.source;
    let line = header_line(layout, first);
    let with_comments = block_start(layout, first);
    let end = block_end(layout, last);
    let is_apart = blanks_above(source, floor(layout, first), with_comments) < with_comments;
    if with_comments < line && (heading == Heading::Keep || !is_apart) {
        return Cut::remove(line..end);
    }
    Cut::remove(with_blank_lines(source, with_comments..end))
}
