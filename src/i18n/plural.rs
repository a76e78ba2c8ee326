//! The ending of what is counted. English alone of our languages has one; a text says where it goes:
//! `"{count} customer{S}"`.

/// Where an `s` goes unless the number before it is one.
pub(crate) const S: char = '\u{E05F}';

/// English text with its endings.
pub(crate) fn ended(text: String) -> String {
    if !text.contains(S) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(S).peekable();
    while let Some(part) = parts.next() {
        out.push_str(part);
        if parts.peek().is_some() && !is_one(&out) {
            out.push('s');
        }
    }
    out
}

/// Whether the last number of a text is 1.
fn is_one(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let before = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = &before[before.trim_end_matches(is_part).len()..];
    number == "1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_no_ending() {
        for (text, expected) in [
            (format!("1 customer{S}, 2 file{S}"), "1 customer, 2 files"),
            (format!("0 customer{S}"), "0 customers"),
            (format!("11 row{S} not taken"), "11 rows not taken"),
            (format!("… and 1 more customer{S}"), "… and 1 more customer"),
            (format!("2.1 day{S}"), "2.1 days"),
            (format!("customer{S}"), "customers"),
            ("1 customers".to_owned(), "1 customers"),
        ] {
            assert_eq!(ended(text), expected);
        }
    }
}
