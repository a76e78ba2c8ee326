//! How text fits a width, measured in cells of a terminal: folding, and sharing a line among
//! columns. Knows nothing of views or colours. Nothing is cut: what does not fit is folded.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::view::Give;

/// Where a column that is folded within words is too narrow to be read, in cells.
const LEAST: usize = 10;
/// The same, as long as words stay whole, or when there is no other way.
const LEAST_WORDS: usize = 8;
/// The least of all, before rows are taken apart: three Chinese characters, or a word.
const LEAST_CHARACTERS: usize = 6;
/// Words up to this width get a column that holds them, if the line allows.
const WORD: usize = 18;

/// The cells that a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Folds a line at words, or between Chinese characters, or, where a word alone is too long,
/// between characters. Every line but the first begins with `hang` spaces.
pub(super) fn fold(text: &str, room: usize, hang: usize) -> Vec<String> {
    if width(text) <= room {
        return vec![text.to_string()];
    }
    let mut page = Page { room, hang, ..Page::default() };
    for piece in pieces(text) {
        if page.fits(piece) {
            page.put(piece);
            continue;
        }
        page.turn();
        if page.fits(piece) {
            page.put(piece);
            continue;
        }
        for cluster in clusters(piece) {
            if !page.fits(cluster) {
                page.turn();
            }
            page.put(cluster);
        }
    }
    page.turn();
    page.lines
}

/// Folds a head into as few lines as there must be, of about the same length.
pub(super) fn fold_evenly(text: &str, room: usize) -> Vec<String> {
    let lines = fold(text, room, 0);
    if lines.len() == 1 {
        return lines;
    }
    let narrower = (1..room).rev().map(|room| fold(text, room, 0));
    narrower.take_while(|fewer| fewer.len() == lines.len()).last().unwrap_or(lines)
}

/// The lines that a fold has made, and the one it is filling.
#[derive(Default)]
struct Page {
    room: usize,
    hang: usize,
    lines: Vec<String>,
    line: String,
    used: usize,
}

impl Page {
    fn fits(&self, piece: &str) -> bool {
        let indent = if self.lines.is_empty() { 0 } else { self.hang };
        indent + self.used + width(piece.trim_end_matches(' ')) <= self.room
    }

    fn put(&mut self, piece: &str) {
        self.line.push_str(piece);
        self.used += width(piece);
    }

    /// Ends the line, unless nothing but space is on it.
    fn turn(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.used = 0;
        let line = line.trim_end_matches(' ');
        if !line.is_empty() {
            let indent = if self.lines.is_empty() { 0 } else { self.hang };
            self.lines.push(format!("{:indent$}{line}", ""));
        }
    }
}

/// The parts of a text between which a line may end, each with the spaces behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut end = 0;
    let mut before = "";
    for cluster in clusters(text) {
        if !before.is_empty() && may_end_between(before, cluster) {
            pieces.push(&text[start..end]);
            start = end;
        }
        end += cluster.len();
        before = cluster;
    }
    pieces.push(&text[start..]);
    pieces
}

/// The widest part of a text that is folded only when there is no other way.
fn longest_word(text: &str) -> usize {
    let words = pieces(text).into_iter().map(|word| width(word.trim_end_matches(' ')));
    words.max().unwrap_or(0)
}

/// Whether a line may end between these: behind a space, and beside a Chinese character as
/// long as its punctuation stays with it.
fn may_end_between(before: &str, after: &str) -> bool {
    if after == " " {
        return false;
    }
    if before == " " {
        return true;
    }
    (width(before) > 1 || width(after) > 1)
        && !before.ends_with(['（', '《', '〈', '「', '『', '【', '〔', '“', '‘', '(', '[', '{'])
        && !after.starts_with([
            '，', '。', '、', '；', '：', '？', '！', '）', '》', '〉', '」', '』', '】', '〕', '”', '’',
            '…', '—', '·', '％', ',', '.', ';', ':', '?', '!', ')', ']', '}', '%',
        ])
}

/// The characters as a person counts them: a letter with its marks, a joined emoji, a flag.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let (_, mut last) = chars.next()?;
        let mut flag = is_flag_half(last);
        let end = chars.find_map(|(index, c)| {
            let joined = last == '\u{200D}' || joins(c) || (flag && is_flag_half(c));
            flag = false;
            last = c;
            (!joined).then_some(index)
        });
        let (cluster, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        Some(cluster)
    })
}

/// Marks, joiners and selectors take no room of their own; a skin tone colours what it follows.
fn joins(c: char) -> bool {
    c.width() == Some(0) || matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Two of these make a flag.
fn is_flag_half(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// What a column would like to have of a line.
pub(super) struct Wish {
    /// The widest cell below the head.
    cells: usize,
    /// The longest word of the cells, as far as room is made for one.
    word: usize,
    /// The head on one line.
    head: usize,
    /// The head folded at its words.
    folded_head: usize,
    /// Whether the cells may be folded.
    give: Give,
}

impl Wish {
    /// The wish of a column with this head and these cells.
    pub fn new<'a>(head: &str, cells: impl Iterator<Item = &'a str>, give: Give) -> Wish {
        let folded_head = longest_word(head).max(width(head).min(LEAST));
        let mut wish = Wish { cells: 0, word: 0, head: width(head), folded_head, give };
        for cell in cells {
            let cell_width = width(cell);
            wish.cells = wish.cells.max(cell_width);
            if give == Give::Wrap && cell_width > LEAST_CHARACTERS {
                wish.word = wish.word.max(longest_word(cell));
            }
        }
        wish.word = wish.word.min(WORD);
        wish
    }

    fn whole(&self) -> usize {
        self.cells.max(self.head)
    }

    fn with_folded_head(&self) -> usize {
        self.cells.max(self.folded_head)
    }
}

/// Shares `room` cells among columns, or says that the rows do not fit beside each other.
///
/// First everything whole, then the heads folded, then the widest of the columns that give:
/// down to their longest words, and only then within words. Last of all come columns of a few Chinese
/// characters: a table of them is still read faster than rows that are taken apart.
pub(super) fn share(wishes: &[Wish], room: usize) -> Option<Vec<usize>> {
    let whole: Vec<usize> = wishes.iter().map(Wish::whole).collect();
    if whole.iter().sum::<usize>() <= room {
        return Some(whole);
    }
    let least: Vec<usize> = wishes.iter().map(Wish::with_folded_head).collect();
    if least.iter().sum::<usize>() <= room {
        return Some(spread(least, &whole, room));
    }
    let capped = |cap: usize, words: bool| -> Vec<usize> {
        let width = |(wish, least): (&Wish, &usize)| match wish.give {
            Give::Never => *least,
            Give::Wrap if words => cap.max(wish.word).min(*least),
            Give::Wrap => cap.min(*least),
        };
        wishes.iter().zip(&least).map(width).collect()
    };
    let fits = |widths: &Vec<usize>| widths.iter().sum::<usize>() <= room;
    let widest = |least: usize, words| {
        let caps = (least..room).rev();
        caps.map(|cap| capped(cap, words)).find(fits)
    };
    let shared = widest(LEAST_WORDS, true)
        .or_else(|| widest(LEAST, false))
        .or_else(|| widest(LEAST_WORDS, false))
        .or_else(|| widest(LEAST_CHARACTERS, true))?;
    Some(spread(shared, &least, room))
}

/// Gives what is left of a line to the columns that would like more, from left to right.
fn spread(mut widths: Vec<usize>, wanted: &[usize], room: usize) -> Vec<usize> {
    let mut left = room - widths.iter().sum::<usize>();
    for (width, wanted) in widths.iter_mut().zip(wanted) {
        let more = left.min(wanted - *width);
        *width += more;
        left -= more;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_a_reader_expects_it() {
        for (text, room, expected) in [
            ("short", 10, vec!["short"]),
            ("", 10, vec![""]),
            ("gear pumps for presses", 10, vec!["gear pumps", "for", "presses"]),
            ("Sent.  Wants FOB", 6, vec!["Sent.", "Wants", "FOB"]),
            ("see Donaudampfschiff now", 8, vec!["see", "Donaudam", "pfschiff", "now"]),
            ("中国机械进出口公司", 8, vec!["中国机械", "进出口公", "司"]),
            ("报价已发，客户满意。", 8, vec!["报价已", "发，客户", "满意。"]),
            ("发FOB报价", 5, vec!["发FOB", "报价"]),
            ("(甲方)《合同》", 6, vec!["(甲方)", "《合", "同》"]),
            ("！！！！！", 4, vec!["！！", "！！", "！"]),
        ] {
            assert_eq!(fold(text, room, 0), expected, "{text}");
        }
    }

    #[test]
    fn what_belongs_together_is_not_parted() {
        for (text, room, expected) in [
            ("e\u{301}e\u{301}e\u{301}", 2, vec!["e\u{301}e\u{301}", "e\u{301}"]),
            ("👩\u{200d}🔧👍🏽🇩🇪🇨🇳", 4, vec!["👩\u{200d}🔧👍🏽", "🇩🇪🇨🇳"]),
            ("👩\u{200d}🔧👩\u{200d}🔧", 3, vec!["👩\u{200d}🔧", "👩\u{200d}🔧"]),
        ] {
            assert_eq!(fold(text, room, 0), expected, "{text}");
        }
    }

    #[test]
    fn a_hanging_line_is_shorter() {
        assert_eq!(fold("one two three four", 9, 2), vec!["one two", "  three", "  four"]);
    }

    #[test]
    fn folding_loses_nothing_but_spaces_and_keeps_the_width() {
        let squeeze = |text: &str| text.replace(' ', "");
        for text in [
            "The quick (brown) fox; jumps/over 13.50 USD / 1000 pcs, e\u{301}tude",
            "深圳市某某机械进出口有限公司（外贸部），Tel: +86 755 1234 5678。",
            "شركة الميكانيكا المتحدة للتجارة الدولية",
            "👩\u{200d}🔧🇩🇪👍🏽 mixed 中文 and emoji 👩\u{200d}🔧",
        ] {
            for room in 4..40 {
                for hang in [0, 2] {
                    let lines = fold(text, room, hang);
                    assert!(lines.iter().all(|line| width(line) <= room), "{room}: {lines:?}");
                    assert_eq!(squeeze(&lines.concat()), squeeze(text));
                }
            }
        }
    }

    #[test]
    fn a_head_is_folded_evenly() {
        assert_eq!(fold_evenly("下次联系日期", 10), ["下次联", "系日期"]);
        assert_eq!(fold_evenly("Next contact", 10), ["Next", "contact"]);
        assert_eq!(fold_evenly("Next", 10), ["Next"]);
        assert_eq!(fold_evenly("", 10), [""]);
    }

    #[test]
    fn a_line_is_shared_fairly() {
        let wish = |cells, word, head, give| Wish { cells, word, head, folded_head: head.min(4), give };
        let never = |cells, head| wish(cells, 0, head, Give::Never);
        let wrap = |cells, word| wish(cells, word, 4, Give::Wrap);
        for (shows, wishes, room, expected) in [
            ("all fit", vec![never(10, 4), wrap(30, 5)], 60, Some(vec![10, 30])),
            ("heads fold", vec![never(5, 20), wrap(30, 5)], 40, Some(vec![10, 30])),
            ("the widest gives", vec![wrap(12, 5), wrap(50, 5)], 40, Some(vec![12, 28])),
            ("both give", vec![wrap(60, 5), wrap(50, 5)], 41, Some(vec![21, 20])),
            ("words stay whole", vec![wrap(60, 5), wrap(50, 18)], 30, Some(vec![12, 18])),
            ("words break", vec![wrap(60, 15), wrap(50, 18)], 30, Some(vec![15, 15])),
            ("ids never", vec![never(20, 4), wrap(50, 18)], 34, Some(vec![20, 14])),
            ("a few characters", vec![never(28, 4), wrap(50, 2)], 34, Some(vec![28, 6])),
            ("too narrow", vec![never(28, 4), wrap(50, 7)], 34, None),
        ] {
            assert_eq!(share(&wishes, room), expected, "{shows}");
        }
    }
}
