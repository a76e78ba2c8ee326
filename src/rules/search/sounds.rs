//! The sound of Chinese names, as people type it: `shenzhen` and `sz` for 深圳.

use pinyin::ToPinyin;

use crate::rules::likeness::simplified;

/// The shortest beginning of a sound that is looked for.
pub(super) const SHORTEST: usize = 2;
/// Initials of this length are only looked for at the beginning of a name: two letters are in too many.
const SHORT_INITIALS: usize = 2;

/// Whose name it is: some characters are read otherwise in names of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A person.
    Person,
    /// A company or a town.
    Other,
}

/// The sound of characters that stand together.
#[derive(Debug, Default)]
pub(super) struct Sound {
    /// All syllables in one word.
    letters: String,
    /// How many letters each has.
    lengths: Vec<u8>,
    /// The place of the first character in the name.
    begins: usize,
}

/// The sounds of a name: one for each run of Chinese characters.
pub(super) fn sounds(name: &str, named: Named) -> Vec<Sound> {
    let characters: Vec<char> = name.chars().map(simplified).collect();
    let mut sounds: Vec<Sound> = Vec::new();
    let mut runs_on = false;
    for (at, c) in characters.iter().enumerate() {
        let Some(pinyin) = c.to_pinyin() else {
            runs_on = false;
            continue;
        };
        if !runs_on {
            sounds.push(Sound { begins: at, ..Sound::default() });
        }
        runs_on = true;
        let syllable = match exception(&characters, at, named) {
            Some(other) => other.to_owned(),
            None => pinyin.plain().replace('ü', "u"),
        };
        if let Some(sound) = sounds.last_mut() {
            sound.letters.push_str(&syllable);
            sound.lengths.push(u8::try_from(syllable.len()).unwrap_or(0));
        }
    }
    sounds
}

/// How a character is read here, where that is not its usual sound.
fn exception(characters: &[char], at: usize, named: Named) -> Option<&'static str> {
    let before = at.checked_sub(1).map(|at| characters[at]);
    let after = characters.get(at + 1).copied();
    Some(match (characters[at], before, after) {
        ('长', ..) => "chang",
        ('都', ..) => "du",
        ('重', _, Some('庆')) => "chong",
        ('厦', _, Some('门')) => "xia",
        ('行', Some('银' | '洋' | '商'), _) => "hang",
        ('乐', _, Some('清' | '器')) | ('乐', Some('音'), _) => "yue",
        ('番', _, Some('禺')) => "pan",
        ('蚌', _, Some('埠')) => "beng",
        ('六', _, Some('安')) => "lu",
        ('曾', ..) if is_surname(at, named) => "zeng",
        ('单', ..) if is_surname(at, named) => "shan",
        ('解', ..) if is_surname(at, named) => "xie",
        ('仇', ..) if is_surname(at, named) => "qiu",
        ('区', ..) if is_surname(at, named) => "ou",
        ('朴', ..) if is_surname(at, named) => "piao",
        ('查', ..) if is_surname(at, named) => "zha",
        ('翟', ..) => "zhai",
        _ => return None,
    })
}

fn is_surname(at: usize, named: Named) -> bool {
    named == Named::Person && at == 0
}

impl Sound {
    fn initials(&self) -> String {
        self.starts().filter_map(|(_, at)| self.letters[at..].chars().next()).collect()
    }

    /// Each syllable's number, and where it begins.
    fn starts(&self) -> impl Iterator<Item = (usize, usize)> {
        let begins = self.lengths.iter().scan(0, |at, length| {
            let begins = *at;
            *at += usize::from(*length);
            Some(begins)
        });
        begins.enumerate()
    }

    /// Appends the lines in which a sound is looked for: the letters with the lengths of the syllables
    /// behind them, and the initials.
    pub(super) fn push_lines(&self, to: &mut String) {
        to.push_str(&self.letters);
        self.lengths.iter().for_each(|length| to.push(char::from(*length)));
        to.push('\n');
        if self.lengths.len() > 1 {
            to.push_str(&self.initials());
            to.push('\n');
        }
    }

    /// The characters of the name, from and to, whose sound this is.
    pub(super) fn find(&self, word: &str) -> Option<(usize, usize)> {
        let full = self.starts().find(|(_, at)| self.letters[*at..].starts_with(word));
        if let Some((first, at)) = full {
            let last = self.starts().take_while(|(_, begins)| *begins < at + word.len()).last()?.0;
            return Some((self.begins + first, self.begins + last + 1));
        }
        let at = self.initials().find(word).filter(|at| initials_fit(*at, word.len()))?;
        Some((self.begins + at, self.begins + at + word.len()))
    }
}

fn initials_fit(at: usize, length: usize) -> bool {
    at == 0 || length > SHORT_INITIALS
}

/// Whether a sound at this place of a line begins where a syllable does.
pub(super) fn begins_well(line: &[u8], at: usize, length: usize) -> bool {
    let letters = line.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(line.len());
    let lengths = &line[letters..];
    if lengths.is_empty() {
        return initials_fit(at, length);
    }
    let mut begins = 0;
    at == 0
        || lengths.iter().any(|length| {
            begins += usize::from(*length);
            begins == at
        })
}
