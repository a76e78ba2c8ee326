//! A name as it is compared: its words, folded, without legal forms, each with what it is: a word of
//! the firm's own, a trade, a place, a number.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::letters::{folded, is_cyrillic, is_east_asian, is_han, pinyin};
use super::{legal_forms, places, trade_words};

/// What a word of a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The firm's own word.
    Own,
    /// What it trades in.
    Trade,
    /// A word that very many firms bear, whatever they do.
    Filler,
    /// A town or a province.
    Place,
    /// A number: plant 2 is not plant 3.
    Number,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// Folded; of Chinese, the sound.
    pub text: String,
    /// The characters, simplified, where it is Chinese.
    pub han: Option<String>,
    /// The first of the words that mean the same.
    pub meaning: Option<&'static str>,
    pub class: Class,
    /// Whether it was written in Cyrillic, of which there are several ways to write it in Latin.
    pub cyrillic: bool,
}

/// The most words of a legal form.
const LONGEST_FORM: usize = 4;

fn listed(data: &'static str) -> impl Iterator<Item = String> {
    data.split([',', '\n']).map(folded).map(|w| w.trim().to_owned()).filter(|w| !w.is_empty())
}

static BEHIND: LazyLock<HashSet<String>> = LazyLock::new(|| listed(legal_forms::BEHIND).collect());
static BEFORE: LazyLock<HashSet<String>> = LazyLock::new(|| listed(legal_forms::BEFORE).collect());
static ANYWHERE: LazyLock<HashSet<String>> = LazyLock::new(|| listed(legal_forms::ANYWHERE).collect());
static JOINING: LazyLock<HashSet<String>> = LazyLock::new(|| listed(trade_words::JOINING).collect());
static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| listed(places::LATIN).collect());
static CHINESE_PLACES: LazyLock<Vec<String>> = LazyLock::new(|| listed(places::CHINESE).collect());
/// The longest first, so that all of a form goes.
static ATTACHED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut forms: Vec<String> = listed(legal_forms::ATTACHED).collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms
});
/// What a listed word means, and whether it is a trade or a filler.
static MEANINGS: LazyLock<HashMap<String, (&'static str, Class)>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for (data, class) in [(trade_words::TRADES, Class::Trade), (trade_words::FILLERS, Class::Filler)] {
        for line in data.lines().filter(|line| !line.is_empty()) {
            let first = line.split(',').next().unwrap_or(line);
            for word in listed(line) {
                meanings.entry(word).or_insert((first, class));
            }
        }
    }
    meanings
});
/// The most characters of a Chinese, Japanese or Korean word with a meaning.
const LONGEST_MEANING: usize = 6;

/// The words of a name.
pub(super) fn words(name: &str) -> Vec<Word> {
    let cyrillic = name.chars().any(is_cyrillic);
    let tokens = without_forms(tokens(&folded(name)));
    let telling: Vec<&String> = tokens.iter().filter(|t| !JOINING.contains(*t)).collect();
    let tokens = if telling.is_empty() { tokens.iter().collect() } else { telling };
    let mut words = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        // A place of two words.
        let joined = tokens.get(at + 1).map(|next| format!("{token}{next}"));
        if let Some(place) = joined.filter(|j| PLACES.contains(j)) {
            words.push(Word { text: place, han: None, meaning: None, class: Class::Place, cyrillic });
            at += 2;
            continue;
        }
        if token.chars().next().is_some_and(is_east_asian) {
            east_asian(token, &mut words);
        } else {
            words.push(spaced(token, at > 0, cyrillic));
        }
        at += 1;
    }
    words
}

/// The words between spaces and punctuation. Single letters are one word: `S.A.` is `SA`.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut token = String::new();
    let end = |token: &mut String, tokens: &mut Vec<String>| {
        if !token.is_empty() {
            tokens.push(std::mem::take(token));
        }
    };
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´' | '\u{2bc}')) {
        if !c.is_alphanumeric() && c != 'ー' {
            end(&mut token, &mut tokens);
            continue;
        }
        let other_script =
            token.chars().next_back().is_some_and(|last| is_east_asian(last) != is_east_asian(c));
        let plant_2 = c.is_ascii_digit()
            && token.chars().count() >= 3
            && !token.ends_with(|last: char| last.is_ascii_digit());
        if other_script || plant_2 {
            end(&mut token, &mut tokens);
        }
        token.push(c);
    }
    end(&mut token, &mut tokens);
    let is_letter = |t: &str| {
        let mut chars = t.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() && !is_east_asian(c)) && chars.next().is_none()
    };
    let mut merged: Vec<String> = Vec::with_capacity(tokens.len());
    let mut before_is_letter = false;
    for token in tokens {
        let letter = is_letter(&token);
        match merged.last_mut() {
            Some(last) if letter && before_is_letter => last.push_str(&token),
            _ => merged.push(token),
        }
        before_is_letter = letter;
    }
    merged
}

/// The words without legal forms, however many; the last word always stays.
fn without_forms(mut tokens: Vec<String>) -> Vec<String> {
    if tokens.iter().any(|t| !ANYWHERE.contains(t)) {
        tokens.retain(|t| !ANYWHERE.contains(t));
    }
    loop {
        let length = tokens.len();
        let longest = LONGEST_FORM.min(length.saturating_sub(1));
        let is_form = |forms: &HashSet<String>, part: &[String]| forms.contains(part.join(" ").as_str());
        if let Some(count) = (1..=longest).rev().find(|n| is_form(&BEHIND, &tokens[length - n..])) {
            tokens.truncate(length - count);
        } else if let Some(count) = (1..=longest).rev().find(|n| is_form(&BEFORE, &tokens[..*n])) {
            tokens.drain(..count);
        } else if length > 1 && JOINING.contains(&tokens[length - 1]) {
            // What is left of `GmbH & Co`.
            tokens.pop();
        } else {
            break;
        }
    }
    let bare: Vec<String> = tokens.iter().map(|t| without_attached(t).to_owned()).collect();
    let kept: Vec<String> = bare.into_iter().filter(|t| !t.is_empty()).collect();
    if kept.is_empty() { tokens } else { kept }
}

/// A Chinese, Japanese or Korean word without the legal forms that are written onto it.
fn without_attached(token: &str) -> &str {
    if !token.chars().next().is_some_and(is_east_asian) {
        return token;
    }
    let mut rest = token;
    while let Some(shorter) = ATTACHED.iter().find_map(|form| {
        // One character may as well be of the name, but for the factory behind it.
        let is_whole = rest == form;
        let is_long = form.chars().nth(1).is_some();
        match () {
            () if is_whole => Some(""),
            () if is_long => rest.strip_suffix(form.as_str()).or_else(|| rest.strip_prefix(form.as_str())),
            () if form == "厂" => rest.strip_suffix('厂'),
            () => None,
        }
    }) {
        rest = shorter;
    }
    rest
}

fn spaced(token: &str, inside: bool, cyrillic: bool) -> Word {
    let (text, class, meaning) = match roman(token).filter(|_| inside) {
        Some(number) => (number.to_owned(), Class::Number, None),
        None if token.bytes().all(|b| b.is_ascii_digit()) => {
            let number = token.trim_start_matches('0');
            (if number.is_empty() { "0" } else { number }.to_owned(), Class::Number, None)
        }
        None if PLACES.contains(token) => (token.to_owned(), Class::Place, None),
        None => match MEANINGS.get(token).or_else(|| MEANINGS.get(singular(token))) {
            Some((meaning, class)) => (token.to_owned(), *class, Some(*meaning)),
            None => (token.to_owned(), Class::Own, None),
        },
    };
    Word { text, han: None, meaning, class, cyrillic }
}

/// A word without the s of a plural.
pub(super) fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(one) if one.len() >= 4 && !one.ends_with('s') => one,
        _ => word,
    }
}

fn roman(token: &str) -> Option<&'static str> {
    let numbers = ["ii", "iii", "iv", "vi", "vii", "viii", "ix"];
    let at = numbers.iter().position(|n| *n == token)?;
    ["2", "3", "4", "6", "7", "8", "9"].get(at).copied()
}

/// Cuts a word that is written without spaces: the place before it, words with a meaning, and what
/// is the firm's own.
fn east_asian(token: &str, words: &mut Vec<Word>) {
    let mut rest = token;
    while let Some(place) = CHINESE_PLACES.iter().find(|place| rest.starts_with(place.as_str())) {
        words.push(chinese(place, Class::Place, None));
        rest = &rest[place.len()..];
        if let Some(behind) = rest.strip_prefix(places::RANKS).filter(|behind| !behind.is_empty()) {
            rest = behind;
        }
    }
    let mut own = String::new();
    while let Some(first) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_MEANING).skip(1);
        let meant = ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| {
            let (meaning, class) = MEANINGS.get(&rest[..end])?;
            Some((end, *meaning, *class))
        });
        match meant {
            Some((end, meaning, class)) => {
                take_own(&mut own, words);
                words.push(chinese(&rest[..end], class, Some(meaning)));
                rest = &rest[end..];
            }
            None => {
                own.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    take_own(&mut own, words);
}

fn take_own(own: &mut String, words: &mut Vec<Word>) {
    if !own.is_empty() {
        words.push(chinese(&std::mem::take(own), Class::Own, None));
    }
}

fn chinese(characters: &str, class: Class, meaning: Option<&'static str>) -> Word {
    let han = characters.chars().all(is_han).then(|| characters.to_owned());
    let sound = han.as_deref().and_then(pinyin);
    let text = sound.unwrap_or_else(|| characters.to_owned());
    Word { text, han, meaning, class, cyrillic: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str) -> Vec<String> {
        words(name).into_iter().map(|w| w.text).collect()
    }

    fn classes(name: &str) -> Vec<Class> {
        words(name).into_iter().map(|w| w.class).collect()
    }

    #[test]
    fn legal_forms_go_from_both_ends_however_many() {
        for name in [
            "Tornedal",
            "Tornedal GmbH & Co. KG",
            "PT. Tornedal Tbk",
            "Tornedal Sp. z o.o.",
            "ООО Tornedal",
            "Tornedal S.A. de C.V.",
            "Tornedal (Pvt.) Ltd.",
            "Tornedal Holding B.V.",
            "Tornedal Co., Ltd.",
            "Firma Tornedal e.K.",
        ] {
            assert_eq!(texts(name), ["tornedal"], "{name}");
        }
        assert_eq!(texts("AG"), ["ag"], "the last word stays");
        assert_eq!(texts("Tornedal GmbH Hamburg"), ["tornedal", "hamburg"]);
    }

    #[test]
    fn chinese_is_cut_into_place_own_word_and_trade() {
        assert_eq!(texts("深圳市启铭五金制品有限公司"), ["shenzhen", "qiming", "wujinzhipin"]);
        assert_eq!(classes("深圳市启铭五金制品有限公司"), [Class::Place, Class::Own, Class::Trade]);
        assert_eq!(texts("株式会社ミナトヤマ精機")[0], "ミナトヤマ");
        assert_eq!(texts("(주)한들기계")[0], "한들");
    }

    #[test]
    fn letters_with_dots_are_one_word_and_numbers_are_numbers() {
        assert_eq!(texts("J. R. Simplon"), ["jr", "simplon"]);
        assert_eq!(classes("Velmora Plant2"), [Class::Own, Class::Own, Class::Number]);
        assert_eq!(words("Velmora II")[1].text, words("Velmora 2")[1].text);
    }

    #[test]
    fn words_of_a_trade_mean_the_same_in_several_languages() {
        let meaning = |name: &str| words(name)[1].meaning;
        assert_eq!(meaning("Tornedal Trading"), meaning("Tornedal Handels"));
        assert_eq!(meaning("启铭贸易"), meaning("Qiming Trading"));
        assert_eq!(words("Tornedal Tools")[1].class, Class::Trade);
    }

    #[test]
    fn an_unusual_name_keeps_something() {
        for name in ["&", "", "The", "有限公司", "Co., Ltd.", "٣"] {
            words(name);
        }
        assert_eq!(texts("The"), ["the"]);
    }
}
