//! Values and keys as TOML 1.0 text.

use std::fmt::Write as _;

use toml::Value;
use toml::value::Datetime;
use toml_parser::decoder::Encoding;

/// A key: bare where TOML allows it, else a basic string.
pub(super) fn key_text(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !key.is_empty() && key.bytes().all(is_bare) { key.to_owned() } else { basic(key) }
}

/// A value on one line, as it stands within an array or an inline table.
pub(super) fn inline_text(value: &Value) -> String {
    match value {
        Value::String(text) => basic(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => float(*number),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(time) => datetime(*time),
        Value::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(inline_text).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let entry =
                |(key, value): (&String, &Value)| format!("{} = {}", key_text(key), inline_text(value));
            let entries: Vec<_> = table.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// A value behind a key on a line of its own, where a text may take several lines.
pub(super) fn value_text(value: &Value, newline: &str) -> String {
    match value {
        Value::String(text) if text.contains('\n') => multi_line_basic(text, newline),
        _ => inline_text(value),
    }
}

/// A value that replaces `old`, in the way `old` is written as far as the value allows.
///
/// A string keeps its quotes. It changes between one line and several with its value: when a line
/// break comes in, unless the old text spelled its breaks as `\n`, and when the last one goes.
pub(super) fn replacing_text(value: &Value, old: &str, encoding: Option<Encoding>, newline: &str) -> String {
    match (value, encoding) {
        (Value::String(text), Some(encoding)) => {
            let style = Style::of(old, encoding);
            style.write(text, newline)
        }
        (Value::Datetime(time), None) if old.as_bytes().get(10) == Some(&b' ') => {
            datetime(*time).replacen('T', " ", 1)
        }
        _ => value_text(value, newline),
    }
}

/// How a string was written.
struct Style {
    literal: bool,
    several_lines: bool,
    /// Whether the text begins on the line below the opening quotes.
    begins_below: bool,
    /// Whether line breaks are spelled as `\n`.
    spelled_breaks: bool,
    has_breaks: bool,
}

impl Style {
    fn of(old: &str, encoding: Encoding) -> Self {
        let several_lines = matches!(encoding, Encoding::MlBasicString | Encoding::MlLiteralString);
        let begins_below = several_lines && old[3..].trim_start_matches('\r').starts_with('\n');
        Self {
            literal: matches!(encoding, Encoding::LiteralString | Encoding::MlLiteralString),
            several_lines,
            begins_below,
            spelled_breaks: encoding == Encoding::BasicString && old.contains("\\n"),
            has_breaks: old.contains('\n'),
        }
    }

    fn write(&self, text: &str, newline: &str) -> String {
        let one_line =
            if text.contains('\n') { self.spelled_breaks } else { !self.several_lines || self.has_breaks };
        if one_line {
            return match self.literal && fits_literal(text) {
                true => format!("'{text}'"),
                false => basic(text),
            };
        }
        let below = self.begins_below || !self.several_lines || text.starts_with('\n');
        if self.literal && fits_multi_line_literal(text) {
            return multi_line(&text.replace('\n', newline), "'''", below, newline);
        }
        let escaped = escape_lines(text, newline);
        multi_line(&escaped, "\"\"\"", below, newline)
    }
}

fn fits_literal(text: &str) -> bool {
    !text.contains('\'') && text.chars().all(|c| c == '\t' || !is_control(c))
}

fn fits_multi_line_literal(text: &str) -> bool {
    !text.contains("'''")
        && !text.ends_with('\'')
        && text.chars().all(|c| c == '\t' || c == '\n' || !is_control(c))
}

/// Whether TOML keeps `c` out of strings unless it is escaped.
fn is_control(c: char) -> bool {
    c < ' ' || c == '\u{7f}'
}

fn multi_line_basic(text: &str, newline: &str) -> String {
    multi_line(&escape_lines(text, newline), "\"\"\"", true, newline)
}

fn multi_line(body: &str, quotes: &str, below: bool, newline: &str) -> String {
    let first = if below { newline } else { "" };
    format!("{quotes}{first}{body}{quotes}")
}

/// A basic string on one line.
fn basic(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for c in text.chars() {
        push_escaped(&mut result, c, c == '"');
    }
    result.push('"');
    result
}

/// The inside of a multi-line basic string: line breaks stand as such.
fn escape_lines(text: &str, newline: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut quotes = 0;
    while let Some(c) = chars.next() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        let next = chars.peek();
        match c {
            '\n' => result.push_str(newline),
            // The line break to come brings the carriage return with it.
            '\r' if next == Some(&'\n') && newline == "\r\n" => {}
            // Three quotes would end the string, and so would one before the end.
            '"' => {
                let ends = quotes % 3 == 0 || next.is_none();
                push_escaped(&mut result, c, ends);
            }
            _ => push_escaped(&mut result, c, false),
        }
    }
    result
}

fn push_escaped(result: &mut String, c: char, escape_quote: bool) {
    match c {
        '"' if escape_quote => result.push_str("\\\""),
        '\\' => result.push_str("\\\\"),
        '\n' => result.push_str("\\n"),
        '\r' => result.push_str("\\r"),
        '\t' => result.push_str("\\t"),
        '\u{8}' => result.push_str("\\b"),
        '\u{c}' => result.push_str("\\f"),
        c if is_control(c) => {
            // Writing to a string does not fail.
            let _ = write!(result, "\\u{:04X}", u32::from(c));
        }
        c => result.push(c),
    }
}

fn float(number: f64) -> String {
    if number.is_nan() {
        "nan".to_owned()
    } else {
        // The shortest text that reads back as the same number, always with a point or exponent.
        format!("{number:?}")
    }
}

/// A date or time with its seconds, which TOML 1.0 asks for.
fn datetime(mut value: Datetime) -> String {
    if let Some(time) = &mut value.time {
        time.second.get_or_insert(0);
    }
    value.to_string()
}
