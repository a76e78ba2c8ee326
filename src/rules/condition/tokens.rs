//! The words of a condition: names, texts, numbers, signs. Nothing else stands in one.

use super::{BadSql, SqlFault};

/// A word of a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'t> {
    pub kind: Form,
    pub text: &'t str,
    /// The place in the condition, in bytes.
    pub at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A bare name.
    Name,
    /// A name in `"…"`, `[…]` or backticks.
    Quoted,
    /// A text in `'…'`.
    Text,
    Number,
    Sign,
}

/// Cuts a text into words; comments are left out.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, BadSql> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let fail = |fault| BadSql { fault, at: Some(at), near: None };
        let closed = |length: Option<usize>| length.ok_or_else(|| fail(SqlFault::NotClosed));
        let while_ = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let (kind, length) = match first {
            c if c.is_whitespace() => (None, c.len_utf8()),
            '-' if rest.starts_with("--") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, closed(rest.find("*/"))? + 2),
            '\'' => (Some(Form::Text), closed(quoted(rest, '\''))?),
            '"' | '`' => (Some(Form::Quoted), closed(quoted(rest, first))?),
            '[' => (Some(Form::Quoted), closed(rest.find(']'))? + 1),
            c if c.is_ascii_digit() => {
                (Some(Form::Number), while_(|c| c.is_ascii_alphanumeric() || c == '.'))
            }
            c if is_name(c) => (Some(Form::Name), while_(is_name)),
            ';' => return Err(fail(SqlFault::NotOne { word: ";".into() })),
            _ => (Some(Form::Sign), sign(rest).ok_or_else(|| fail(SqlFault::NotUnderstood))?),
        };
        if let Some(kind) = kind {
            all.push(Token { kind, text: &rest[..length], at });
        }
        at += length;
    }
    Ok(all)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
}

/// The length of a text in quotes; a doubled quote stands for one.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut from = 1;
    loop {
        let at = from + rest[from..].find(quote)?;
        if !rest[at + 1..].starts_with(quote) {
            return Some(at + 1);
        }
        from = at + 2;
    }
}

fn sign(rest: &str) -> Option<usize> {
    const SIGNS: [&str; 23] = [
        "->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!=", "=", "<", ">", "+", "-", "*", "/", "%",
        "&", "|", "(", ")", ",",
    ];
    SIGNS.into_iter().chain(["."]).find(|sign| rest.starts_with(sign)).map(str::len)
}
