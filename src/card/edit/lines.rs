//! Lines, blank lines and comment lines of the text, and the cuts that change it.
//!
//! Everything here works on bytes between statements; the callers see to it that no position lies
//! within a multi-line value, where a `#` or an empty line would mean something else.

use std::ops::Range;

const BOM: &str = "\u{feff}";

/// One replacement of a range of bytes by new text.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Cut {
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { range: at..at, text: text.into() }
    }

    pub(super) fn remove(range: Range<usize>) -> Self {
        Self { range, text: String::new() }
    }
}

/// The text after all `cuts`. Cuts at the same place keep the order they are given in.
pub(super) fn splice(source: &str, mut cuts: Vec<Cut>) -> String {
    cuts.sort_by_key(|cut| cut.range.start);
    let added: usize = cuts.iter().map(|cut| cut.text.len()).sum();
    let mut result = String::with_capacity(source.len() + added);
    let mut copied = 0;
    for cut in cuts {
        // Two removals may share bytes (a line and its comma); the second starts where the
        // first has ended.
        let start = cut.range.start.max(copied);
        result.push_str(&source[copied..start]);
        result.push_str(&cut.text);
        copied = cut.range.end.max(start);
    }
    result.push_str(&source[copied..]);
    result
}

/// Where the text begins: behind the byte-order mark, if there is one.
pub(super) fn text_start(source: &str) -> usize {
    if source.starts_with(BOM) { BOM.len() } else { 0 }
}

/// The first byte of the line that holds `at`.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or_else(|| text_start(source), |newline| newline + 1)
}

/// The byte behind the line break of the line that holds `at`, or the end of the text.
pub(super) fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |newline| at + newline + 1)
}

/// The blanks before `at`, when nothing else stands before it on its line.
pub(super) fn indent(source: &str, at: usize) -> &str {
    let before = &source[line_start(source, at)..at];
    if before.bytes().all(is_blank) { before } else { "" }
}

/// The line break used around `at`: that of the line before, else of the line itself.
pub(super) fn newline_near(source: &str, at: usize) -> &'static str {
    let newline = source[..at].rfind('\n').or_else(|| source[at..].find('\n').map(|found| at + found));
    match newline {
        Some(newline) if source[..newline].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Behind blanks and a comment that follow `at` on its line.
pub(super) fn skip_comment(source: &str, at: usize) -> usize {
    let rest = &source[at..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if !rest[blanks..].starts_with('#') {
        return at + blanks;
    }
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// Whether the line that starts at `at` exists and is blank.
pub(super) fn is_blank_line(source: &str, at: usize) -> bool {
    at < source.len() && source[at..line_end(source, at)].trim().is_empty()
}

/// Whether the line that starts at `at` holds a comment and nothing else.
fn is_comment_line(source: &str, at: usize) -> bool {
    source[at..].trim_start_matches([' ', '\t']).starts_with('#')
}

/// The start of the comment lines directly above the line start `at`, not before `floor`.
pub(super) fn comments_above(source: &str, floor: usize, at: usize) -> usize {
    lines_above(source, floor, at, is_comment_line)
}

/// The start of the blank lines directly above the line start `at`, not before `floor`.
pub(super) fn blanks_above(source: &str, floor: usize, at: usize) -> usize {
    lines_above(source, floor, at, is_blank_line)
}

fn lines_above(source: &str, floor: usize, at: usize, fits: fn(&str, usize) -> bool) -> usize {
    let mut start = at;
    while start > floor && source[..start].ends_with('\n') {
        let line = line_start(source, start - 1);
        if line < floor || !fits(source, line) {
            break;
        }
        start = line;
    }
    start
}

/// The end of the comment lines directly below the line start `at`, not behind `ceiling`.
pub(super) fn comments_below(source: &str, at: usize, ceiling: usize) -> usize {
    lines_below(source, at, ceiling, is_comment_line)
}

/// The end of the blank lines directly below the line start `at`, not behind `ceiling`.
pub(super) fn blanks_below(source: &str, at: usize, ceiling: usize) -> usize {
    lines_below(source, at, ceiling, is_blank_line)
}

fn lines_below(source: &str, at: usize, ceiling: usize, fits: fn(&str, usize) -> bool) -> usize {
    let mut end = at;
    while end < ceiling && fits(source, end) {
        end = line_end(source, end);
    }
    end.min(ceiling.max(at))
}

/// Inserts whole `lines`, each with its line break, at a line start or at the end of the text.
pub(super) fn insert_lines(source: &str, at: usize, lines: &str) -> Cut {
    if at == text_start(source) || source[..at].ends_with('\n') {
        Cut::insert(at, lines)
    } else {
        Cut::insert(at, format!("{}{lines}", newline_near(source, at)))
    }
}

/// Takes the final line break off `text` again when `source` had none.
pub(super) fn end_as(source: &str, text: &mut String) {
    let is_unfinished = source.len() > text_start(source) && !source.ends_with('\n');
    if is_unfinished && text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}
