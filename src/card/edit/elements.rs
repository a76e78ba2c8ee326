//! Cuts inside a value: elements of arrays and entries of inline tables, with their commas.
//!
//! An item that stands on a line of its own gets company on lines of their own, and leaves with its
//! line.

use std::ops::Range;

use super::lines::{Cut, indent, line_end, line_start, newline_near, skip_comment};
use super::node::{Item, Node};

/// The items of one array or inline table, and the text they stand in.
pub(super) struct Items<'a, 's> {
    pub(super) source: &'s str,
    pub(super) node: &'a Node<'s>,
    pub(super) items: &'a [Item<'s>],
}

impl Items<'_, '_> {
    /// Inserts `text` as the first item of a container that has none.
    pub(super) fn insert_only(&self, text: &str, padding: &str) -> Vec<Cut> {
        let inside = self.node.span.start + 1..self.node.span.end - 1;
        let content = &self.source[inside.clone()];
        if content.contains('\n') {
            // Comments may stand here; the item goes on the line before the closing bracket.
            let close = line_start(self.source, inside.end);
            let depth = indent(self.source, inside.end);
            let newline = newline_near(self.source, inside.end);
            return vec![Cut::insert(close, format!("{depth}  {text}{newline}"))];
        }
        let padding = if content.is_empty() { padding } else { content };
        vec![Cut { range: inside, text: format!("{padding}{text}{padding}") }]
    }

    /// Inserts `text` behind the item `index`.
    pub(super) fn insert_behind(&self, index: usize, text: &str) -> Vec<Cut> {
        let item = &self.items[index];
        let end = item.span.end;
        if !self.has_own_line(index) {
            return vec![Cut::insert(end, format!(", {text}"))];
        }
        let line = self.next_line(index);
        if let Some(comma) = item.comma {
            let behind = skip_comment(self.source, comma + 1);
            return vec![if self.is_line_break(behind) {
                Cut::insert(behind, format!("{line}{text},"))
            } else {
                Cut::insert(comma + 1, format!(" {text},"))
            }];
        }
        let behind = skip_comment(self.source, end);
        let at = if self.is_line_break(behind) { behind } else { end };
        vec![Cut::insert(end, ","), Cut::insert(at, format!("{line}{text}"))]
    }

    /// Inserts `text` before the item `index`.
    pub(super) fn insert_before(&self, index: usize, text: &str) -> Vec<Cut> {
        let start = self.items[index].span.start;
        let gap = if self.has_own_line(index) { self.next_line(index) } else { " ".to_owned() };
        vec![Cut::insert(start, format!("{text},{gap}"))]
    }

    /// Removes all items that `gone` names, each with one comma.
    pub(super) fn remove(&self, gone: &[usize]) -> Vec<Cut> {
        if gone.len() == self.items.len() && self.holds_only_blanks() {
            let inside = self.node.span.start + 1..self.node.span.end - 1;
            return vec![Cut::remove(inside)];
        }
        let mut cuts = Vec::new();
        let last_kept = (0..self.items.len()).rev().find(|i| !gone.contains(i));
        for &index in gone {
            // Items behind the last one that stays take the comma before them, so that none is
            // left over at the end.
            if last_kept.is_none_or(|kept| index < kept) {
                self.remove_leading(index, &mut cuts);
            } else {
                self.remove_trailing(index, &mut cuts);
            }
        }
        cuts
    }

    /// Removes an item that another one follows, or one of a container that becomes empty.
    fn remove_leading(&self, index: usize, cuts: &mut Vec<Cut>) {
        if let Some(lines) = self.own_lines(index) {
            cuts.push(Cut::remove(lines));
            return;
        }
        let item = &self.items[index];
        let Some(comma) = item.comma else {
            cuts.push(Cut::remove(item.span.clone()));
            return;
        };
        let next = self.items.get(index + 1);
        match next.map(|next| next.span.start) {
            Some(next) if self.is_blank(comma + 1..next) && self.is_blank(item.span.end..comma) => {
                cuts.push(Cut::remove(item.span.start..next));
            }
            _ => {
                cuts.push(Cut::remove(self.with_blanks_before(index)));
                cuts.push(Cut::remove(comma..comma + 1));
            }
        }
    }

    /// Removes an item behind which nothing stays. Its comma stays for the item before, which had
    /// one; where it has none, the comma of the item before goes.
    fn remove_trailing(&self, index: usize, cuts: &mut Vec<Cut>) {
        let item = &self.items[index];
        let has_final_comma = self.items.last().is_some_and(|last| last.comma.is_some());
        let spare = if has_final_comma {
            item.comma
        } else {
            index.checked_sub(1).and_then(|before| self.items[before].comma)
        };
        if let Some(lines) = self.own_lines(index) {
            cuts.push(Cut::remove(lines));
        } else {
            let before = self.boundary(index);
            let start = if self.is_space(before..item.span.start) { before } else { item.span.start };
            cuts.push(Cut::remove(start..item.span.end));
        }
        if let Some(spare) = spare {
            cuts.push(Cut::remove(spare..spare + 1));
        }
    }

    /// The lines of an item that shares them with nothing but its comma and a comment.
    fn own_lines(&self, index: usize) -> Option<Range<usize>> {
        let item = &self.items[index];
        if !self.has_own_line(index) {
            return None;
        }
        let end = match item.comma {
            Some(comma) if self.is_blank(item.span.end..comma) => comma + 1,
            Some(_) => return None,
            None => item.span.end,
        };
        let behind = skip_comment(self.source, end);
        let start = line_start(self.source, item.span.start);
        self.is_line_break(behind).then(|| start..line_end(self.source, behind))
    }

    /// The item with the blanks before it, unless it is the first.
    fn with_blanks_before(&self, index: usize) -> Range<usize> {
        let item = &self.items[index];
        let before = self.boundary(index);
        if index > 0 && self.is_blank(before..item.span.start) {
            before..item.span.end
        } else {
            item.span.clone()
        }
    }

    /// Behind the opening bracket or the comma before the item.
    fn boundary(&self, index: usize) -> usize {
        let before = index.checked_sub(1).map(|before| &self.items[before]);
        before.map_or(self.node.span.start + 1, |before| {
            before.comma.map_or(before.span.end, |comma| comma + 1)
        })
    }

    fn has_own_line(&self, index: usize) -> bool {
        self.source[self.boundary(index)..self.items[index].span.start].contains('\n')
    }

    /// A line break with the indent of the item.
    fn next_line(&self, index: usize) -> String {
        let start = self.items[index].span.start;
        let newline = newline_near(self.source, start);
        format!("{newline}{}", indent(self.source, start))
    }

    fn is_line_break(&self, at: usize) -> bool {
        let rest = &self.source[at..];
        rest.starts_with('\n') || rest.starts_with("\r\n")
    }

    /// Whether nothing but blanks and items stands between the brackets, on one line.
    fn holds_only_blanks(&self) -> bool {
        let mut at = self.node.span.start + 1;
        for item in self.items {
            let comma = item.comma.unwrap_or(item.span.end);
            if !self.is_blank(at..item.span.start) || !self.is_blank(item.span.end..comma) {
                return false;
            }
            at = item.comma.map_or(item.span.end, |comma| comma + 1);
        }
        self.is_blank(at..self.node.span.end - 1)
    }

    /// Whether only spaces and tabs stand in `range`.
    fn is_blank(&self, range: Range<usize>) -> bool {
        self.source[range].chars().all(|c| c == ' ' || c == '\t')
    }

    /// Whether only spaces, tabs and line breaks stand in `range`.
    fn is_space(&self, range: Range<usize>) -> bool {
        self.source[range].trim().is_empty()
    }
}
