//! Marks in a text on a terminal: the text in one line, cut to what is around the first mark. While
//! lines are laid out a mark is two characters that take no room; they can come from no card, since
//! text made harmless has none of them. At the end they become colour, or nothing.

use std::borrow::Cow;

use super::{layout, safe};

const BEGIN: char = '\u{2060}';
const END: char = '\u{2061}';
/// What stands for the text that is cut off.
const CUT: &str = "…";
/// Bold and red, as `grep` marks.
const STYLE: &str = "\x1b[1;31m";
const PLAIN: &str = "\x1b[0m";

/// A character as it is shown, with its place in the text.
struct Shown {
    text: String,
    width: usize,
    is_marked: bool,
}

fn shown(text: &str, marks: &[(usize, usize)]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    for (at, c) in text.trim_end().chars().enumerate() {
        let text = safe::line(c.encode_utf8(&mut [0; 4])).into_owned();
        let is_marked = marks.iter().any(|(from, to)| (*from..*to).contains(&at));
        let width = layout::width(&text);
        match shown.last_mut() {
            // An accent stays with its letter.
            Some(last) if width == 0 => last.text.push_str(&text),
            _ => shown.push(Shown { text, width, is_marked }),
        }
    }
    shown
}

/// The whole text in one line.
pub(super) fn whole(text: &str, marks: &[(usize, usize)]) -> String {
    joined(&shown(text, marks))
}

/// The text in one line, or as much of it around the first mark as there is room for.
pub(super) fn around(text: &str, marks: &[(usize, usize)], room: usize) -> String {
    let shown = shown(text, marks);
    let width = |part: &[Shown]| part.iter().map(|c| c.width).sum::<usize>();
    if width(&shown) <= room {
        return joined(&shown);
    }
    let room = room.saturating_sub(2 * layout::width(CUT));
    let first = shown.iter().position(|c| c.is_marked).unwrap_or(0);
    let marked = shown[first..].iter().take_while(|c| c.is_marked).map(|c| c.width).sum::<usize>();
    let before = room.saturating_sub(marked) / 3;
    let fits = |part: &mut dyn Iterator<Item = &Shown>, room: usize| {
        let mut used = 0;
        part.take_while(|c| {
            used += c.width;
            used <= room
        })
        .count()
    };
    let mut from = first - fits(&mut shown[..first].iter().rev(), before);
    let to = from + fits(&mut shown[from..].iter(), room);
    if to == shown.len() {
        from = to - fits(&mut shown.iter().rev(), room);
    }
    let cut = |is_cut: bool| if is_cut { CUT } else { "" };
    format!("{}{}{}", cut(from > 0), joined(&shown[from..to]), cut(to < shown.len()))
}

fn joined(shown: &[Shown]) -> String {
    let mut line = String::new();
    let mut is_marked = false;
    for c in shown {
        if c.is_marked != is_marked {
            line.push(if c.is_marked { BEGIN } else { END });
            is_marked = c.is_marked;
        }
        line.push_str(&c.text);
    }
    if is_marked {
        line.push(END);
    }
    line
}

/// A finished line with its marks as colour, or without them.
pub(super) fn painted(line: &str, color: bool) -> Cow<'_, str> {
    if !line.contains([BEGIN, END]) {
        return Cow::Borrowed(line);
    }
    let (begin, end) = if color { (STYLE, PLAIN) } else { ("", "") };
    Cow::Owned(line.replace(BEGIN, begin).replace(END, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(line: &str) -> String {
        painted(line, false).into_owned()
    }

    #[test]
    fn a_long_text_is_cut_to_what_is_around_the_first_mark() {
        let text = format!("{}pump{}", "before ".repeat(20), " behind".repeat(20));
        let at = text.find("pump").expect("there");
        for room in [20, 33, 80] {
            let line = around(&text, &[(at, at + 4)], room);
            let shown = plain(&line);
            assert!(layout::width(&shown) <= room, "{shown}");
            assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains(" pump "), "{shown}");
            assert!(painted(&line, true).contains("\x1b[1;31mpump\x1b[0m"));
        }
        assert_eq!(plain(&whole(&text, &[(at, at + 4)])), text);
    }

    #[test]
    fn the_end_of_a_text_fills_the_room() {
        let text = format!("{}泵", "深圳市启明五金有限公司".repeat(4));
        let line = plain(&around(&text, &[(44, 45)], 21));
        assert!(line.starts_with('…') && line.ends_with('泵'), "{line}");
        assert!((18..=21).contains(&layout::width(&line)), "{line}");
    }

    #[test]
    fn a_card_can_set_no_mark_and_steer_nothing() {
        let nasty = "a\u{2060}b\u{2061}\u{1b}[2J\nc";
        let line = around(nasty, &[(1, 2)], 80);
        assert_eq!(plain(&line), "a⟨U+2060⟩b⟨U+2061⟩␛[2J␊c");
        assert_eq!(painted(&line, true).matches('\x1b').count(), 2);
        assert_eq!(plain(&around("e\u{301}toile", &[(0, 2)], 80)), "e\u{301}toile");
    }
}
