//! Letters as they are compared: one case, no accents, one width, simplified characters, Latin for
//! Cyrillic, and one spelling for an umlaut and its two letters. For comparing only: nothing that
//! is folded here is ever stored or shown.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::simplified_table::PAIRS;

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pair = |line: &&'static str| line.chars().collect::<Vec<char>>();
    PAIRS
        .iter()
        .flat_map(|line| pair(line).chunks_exact(2).map(|p| (p[0], p[1])).collect::<Vec<_>>())
        .collect()
});

/// The simplified character for a traditional one; any other as it is.
pub fn simplified(character: char) -> char {
    if is_han(character) { SIMPLIFIED.get(&character).copied().unwrap_or(character) } else { character }
}

/// Whether a character is Chinese (or a kanji).
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Whether a character belongs to a script that is written without spaces, or with few.
pub(super) fn is_east_asian(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '々')
}

/// The sound of Chinese text, in one word; nothing when a character has none.
pub(super) fn pinyin(text: &str) -> Option<String> {
    let sounds: Option<String> = text.chars().map(|c| c.to_pinyin().map(|p| p.plain())).collect();
    sounds.map(|sounds| spelled(&sounds.replace('ü', "u")))
}

/// Text in the letters that are compared. Punctuation stays, and so do spaces.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return spelled(&text.to_ascii_lowercase());
    }
    let mut plain = String::with_capacity(text.len());
    for c in caseless::default_case_fold_str(&text.nfkc().collect::<String>()).nfc() {
        match (simplified(c), latin(c)) {
            (_, Some(letters)) => plain.push_str(letters),
            (simple, None) if is_east_asian(simple) => plain.push(simple),
            (other, None) => plain.extend(std::iter::once(other).nfd().filter(|m| !is_combining_mark(*m))),
        }
    }
    spelled(&plain)
}

/// One spelling for an umlaut and for its two letters: `mueller` and `muller` are one name.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let is_second = matches!((before, c), ('a' | 'o' | 'u', 'e') | ('a', 'a'));
        if !is_second {
            spelled.push(c);
        }
        before = c;
    }
    spelled
}

/// How a letter of another script, or one without an accent to lose, is written in Latin.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ø' | 'œ' | 'ö' => "o",
        'æ' | 'å' | 'ä' => "a",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ə' => "a",
        // Arabic letters that are written in two ways, and the stroke that only fills a line.
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ة' => "ه",
        'ى' => "ي",
        'ـ' => "",
        _ => return cyrillic(c),
    })
}

fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' | 'ђ' => "d",
        'е' | 'ё' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'й' | 'ї' => "i",
        'ы' => "y",
        'ј' => "j",
        'к' => "k",
        'л' | 'љ' => "l",
        'м' => "m",
        'н' | 'њ' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' | 'џ' => "ts",
        'ч' | 'ћ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        // Kazakh.
        'қ' => "k",
        'ғ' => "g",
        'ң' => "n",
        'ө' => "o",
        'ұ' | 'ү' => "u",
        'һ' => "h",
        'ә' => "a",
        _ => return None,
    })
}

/// Whether a character is Cyrillic.
pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// A word without what the ways of writing Russian in Latin letters differ in: `kh` and `h`, `ts`
/// and `c`, `yu`, `iu` and `ju`.
pub(super) fn soft(word: &str) -> String {
    word.replace("shch", "sch")
        .replace("kh", "h")
        .replace("ts", "c")
        .replace("ks", "x")
        .replace("iy", "i")
        .replace("yi", "i")
        .replace("ii", "i")
        .replace(['y', 'j'], "i")
        .replace('w', "v")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_umlaut_is_its_two_letters() {
        for (one, other) in
            [("Müller", "MUELLER"), ("Møller", "Moeller"), ("Århus", "Aarhus"), ("Straße", "STRASSE")]
        {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_eq!(folded("Łódź Ñandú"), "lodz nandu");
    }

    #[test]
    fn width_and_traditional_characters_make_no_difference() {
        assert_eq!(folded("ＡＢＣ"), "abc");
        assert_eq!(folded("檔案啟銘"), folded("档案启铭"));
        assert_eq!(folded("ﾐﾅﾄ"), "ミナト");
        assert_eq!(simplified('檔'), '档');
        assert_eq!(simplified('x'), 'x');
    }

    #[test]
    fn cyrillic_is_written_in_latin_letters() {
        assert_eq!(folded("Северпромдеталь"), "severpromdetal");
        assert_eq!(soft(&folded("Хлебтехника")), soft("hlebtehnika"));
        assert_eq!(soft(&folded("Юрийснаб")), soft("yuriysnab"));
    }

    #[test]
    fn chinese_has_a_sound() {
        assert_eq!(pinyin("启铭").as_deref(), Some("qiming"));
        assert_eq!(pinyin("ミナ"), None);
    }

    #[test]
    fn arabic_letters_that_are_written_in_two_ways_are_one() {
        assert_eq!(folded("شركة الأمل"), folded("شركه الامل"));
    }
}
