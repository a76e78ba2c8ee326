//! Letters as a search compares them: one case, no accents, one width, simplified characters. Each
//! letter by itself, so that a place in folded text is a place in the text that a card has.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use crate::rules::likeness::simplified;

/// Folded text with the way back.
#[derive(Debug, Default)]
pub(super) struct Traced {
    /// The folded text, one line.
    pub text: String,
    /// For each byte of it, the character of the original.
    pub origins: Vec<usize>,
}

impl Traced {
    pub(super) fn of(original: &str) -> Traced {
        let mut traced = Traced::default();
        for (origin, c) in original.chars().enumerate() {
            let before = traced.text.len();
            fold(c, &mut traced.text);
            traced.origins.extend(std::iter::repeat_n(origin, traced.text.len() - before));
        }
        traced
    }

    /// The characters of the original, from and to, of a range of bytes.
    pub(super) fn origin(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        Some((*self.origins.get(from)?, *self.origins.get(to.checked_sub(1)?)? + 1))
    }
}

/// Text as it is compared. Always one line.
pub(super) fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    push_folded(text, &mut plain);
    plain
}

/// Appends text as it is compared.
pub(super) fn push_folded(text: &str, to: &mut String) {
    text.chars().for_each(|c| fold(c, to));
}

fn fold(c: char, to: &mut String) {
    match c {
        ' '..='~' => to.push(c.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' => to.push(simplified(c)),
        _ => std::iter::once(c).nfkd().filter(|part| !is_accent(*part)).for_each(|part| fold_part(part, to)),
    }
}

fn fold_part(part: char, to: &mut String) {
    if part.is_whitespace() {
        // A line's end too: a value is one line.
        to.push(' ');
    } else if !part.is_control() && !is_hidden(part) {
        for letter in std::iter::once(part).default_case_fold() {
            match plain_letters(letter) {
                Some(letters) => to.push_str(letters),
                None => to.push(simplified(letter)),
            }
        }
    }
}

/// Whether a mark may be left out by whoever types: the accents of Latin, Greek and Cyrillic letters, the
/// vowel signs of Hebrew and Arabic. The marks of Indic scripts and of kana are letters.
fn is_accent(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// What takes no room and nobody types.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Letters with a stroke, or joined, which have no accent to lose.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}
