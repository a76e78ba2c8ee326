//! Text from a card made harmless for a terminal (invariant 8): what would steer the terminal,
//! turn the reading direction or hide is shown as a visible mark. Nothing is left out.

use std::borrow::Cow;

/// One line, for table cells and sentences: line ends and tabs become marks too.
pub fn line(text: &str) -> Cow<'_, str> {
    replace(text, |c| match c {
        '\n' => Some(Cow::Borrowed("␊")),
        _ => mark(c),
    })
}

/// Text of several lines: line ends stay, a tab becomes spaces.
pub fn text(text: &str) -> Cow<'_, str> {
    replace(text, |c| match c {
        '\n' => None,
        '\t' => Some(Cow::Borrowed("    ")),
        _ => mark(c),
    })
}

/// Whether a terminal might obey this character, or a person not see it.
///
/// The joiners U+200C and U+200D and the variation selectors are not such: Persian, Indic
/// scripts, emoji and Chinese names need them.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control() || turns_direction(c) || hides(c)
}

/// The marks, embeddings, overrides and isolates of bidirectional text.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What takes no room, or looks like a space and is a letter (the Hangul fillers).
fn hides(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206A}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// The visible mark of an unsafe character: its picture where Unicode has one, else its number.
fn mark(c: char) -> Option<Cow<'static, str>> {
    if !is_unsafe(c) {
        return None;
    }
    let picture = match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7F}' => Some('␡'),
        _ => None,
    };
    Some(Cow::Owned(match picture {
        Some(picture) => picture.to_string(),
        None => format!("⟨U+{:04X}⟩", u32::from(c)),
    }))
}

/// Replaces characters; a carriage return in front of a line feed belongs to the line end.
fn replace(text: &str, mark: impl Fn(char) -> Option<Cow<'static, str>>) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\r' && rest.peek() == Some(&'\n') {
            continue;
        }
        match mark(c) {
            Some(mark) => out.push_str(&mark),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_shown() {
        for (text, expected) in [
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("a\0b\u{7f}", "a␀b␡"),
            ("\u{9b}2J", "⟨U+009B⟩2J"),
            ("gpj.\u{202e}exe", "gpj.⟨U+202E⟩exe"),
            ("a\u{200e}\u{200f}\u{61c}\u{2066}\u{2069}b", "a⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩⟨U+2066⟩⟨U+2069⟩b"),
            ("pay\u{200b}pal\u{feff}", "pay⟨U+200B⟩pal⟨U+FEFF⟩"),
            ("a\nb\r\nc\rd\te", "a␊b␊c␍d␉e"),
            ("a\u{2028}b\u{85}", "a⟨U+2028⟩b⟨U+0085⟩"),
            ("\u{e0041}", "⟨U+E0041⟩"),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_language_stays_as_it_is() {
        for harmless in [
            "Müller & Söhne",
            "深圳市机械有限公司",
            "شركة الميكانيكا",
            "می\u{200c}خواهم",
            "👩\u{200d}🔧 ☎\u{fe0f}",
            "हिन्दी",
            "e\u{301}",
            "",
        ] {
            assert!(matches!(line(harmless), Cow::Borrowed(same) if same == harmless));
            assert!(matches!(text(harmless), Cow::Borrowed(same) if same == harmless));
        }
    }

    #[test]
    fn text_keeps_its_lines() {
        assert_eq!(text("a\r\n\tb\n\u{1b}c\r"), "a\n    b\n␛c␍");
    }

    #[test]
    fn no_character_gets_past_both_marks_and_tests() {
        for c in ('\0'..=char::MAX).filter(|c| is_unsafe(*c)) {
            assert!(!line(&c.to_string()).contains(is_unsafe), "{c:?}");
            assert!(!text(&c.to_string()).replace('\n', "").contains(is_unsafe), "{c:?}");
        }
    }
}
