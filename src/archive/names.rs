//! Folder names that are safe on every file system and still the customer's own: its script is
//! kept, what no file system takes is replaced, and two names that a file system may take for
//! one are told apart.

use unicode_normalization::UnicodeNormalization;

/// Bytes that a folder's name may have.
const MAX_BYTES: usize = 80;
/// UTF-16 units that the path of a card may have inside the archive.
const MAX_PATH_UNITS: usize = 120;
/// Names that Windows keeps for devices, with or without an extension, and the short name by which
/// Windows knows `.git`.
const RESERVED: [&str; 31] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "com¹", "com²", "com³", "lpt¹",
    "lpt²", "lpt³", "conin$", "conout$", "git~1",
];

/// The folder name for a company: `number` stands in where nothing of the name is left.
///
/// `parent` is the path of the country folder, whose length counts too.
pub fn safe(name: &str, parent: &str, number: &str) -> String {
    let room = MAX_PATH_UNITS.saturating_sub(units(parent) + "//card.toml".len());
    let plain: String = name.nfc().filter_map(plain_char).collect();
    let short = fit(trim(&plain), MAX_BYTES, room);
    let kept = trim(&short);
    if kept.chars().all(|c| c == '_' || c == '.') {
        return number.to_owned();
    }
    match reserved(kept) {
        Some(word) => format!("{word}_{}", &kept[word.len()..]),
        None => kept.to_owned(),
    }
}

/// The folder name with the number behind it, for the second company of one name.
pub fn with_number(name: &str, parent: &str, number: &str) -> String {
    let tail = format!(" ({number})");
    let room = MAX_PATH_UNITS.saturating_sub(units(parent) + "//card.toml".len() + units(&tail));
    let short = fit(name, MAX_BYTES - tail.len().min(MAX_BYTES), room);
    format!("{}{tail}", trim(&short))
}

/// What two names have in common that a file system may take for one: NFC and case folding.
pub fn fold(name: &str) -> String {
    let folded = caseless::default_case_fold_str(&name.nfc().collect::<String>());
    folded.nfc().collect()
}

/// Whether a name is safe as it stands.
pub fn is_safe(name: &str) -> bool {
    safe(name, "", "") == name
}

/// Whether every file system takes a name for a paper, and as it stands: in NFC, without what Windows
/// refuses. It may be longer than a company's folder.
pub fn holds_everywhere(name: &str) -> bool {
    name.nfc().eq(name.chars())
        && name.chars().all(|c| plain_char(c) == Some(c))
        && name.trim() == name
        && !name.ends_with('.')
        && reserved(name).is_none()
}

/// `_` for what no file system takes; nothing for what cannot be seen.
fn plain_char(c: char) -> Option<char> {
    match c {
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => Some('_'),
        '\t' | '\n' | '\r' => Some(' '),
        _ if c.is_control() || is_invisible(c) => None,
        _ => Some(c),
    }
}

/// Marks of direction and other signs without a shape.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// No space at either end, no dot at the end, no hidden file.
fn trim(name: &str) -> &str {
    name.trim().trim_start_matches('.').trim_end_matches(['.', ' ']).trim()
}

/// The beginning of a name that Windows or git keeps for itself, whatever extension follows.
fn reserved(name: &str) -> Option<&str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    RESERVED.iter().any(|word| stem.eq_ignore_ascii_case(word)).then_some(stem)
}

/// As many whole characters, with the marks that belong to them, as there is room for.
fn fit(name: &str, bytes: usize, room: usize) -> String {
    if name.len() <= bytes && units(name) <= room {
        return name.to_owned();
    }
    let mut end = 0;
    let mut used = 0;
    for (at, c) in name.char_indices() {
        used += c.len_utf16();
        if at + c.len_utf8() > bytes || used > room {
            break;
        }
        let next = name[at + c.len_utf8()..].chars().next();
        if !next.is_some_and(unicode_normalization::char::is_combining_mark) {
            end = at + c.len_utf8();
        }
    }
    name[..end].to_owned()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_archive_or_breaks_a_file_system() {
        let cases = [
            ("../../etc", "_.._etc"),
            ("CON", "CON_"),
            ("con.txt", "con_.txt"),
            ("Aux .x.y", "Aux_ .x.y"),
            ("COM¹", "COM¹_"),
            ("git~1", "git~1_"),
            ("a/b:c*", "a_b_c_"),
            ("Müller GmbH.", "Müller GmbH"),
            ("  ACME  ", "ACME"),
            ("深圳华盛五金", "深圳华盛五金"),
            ("evil\u{1b}[31m\u{202e}name", "evil[31mname"),
            ("...", "C0001"),
            ("///", "C0001"),
            ("", "C0001"),
            (".git", "git"),
        ];
        for (name, folder) in cases {
            assert_eq!(safe(name, "prospects/DE-Germany", "C0001"), folder, "{name:?}");
        }
    }

    #[test]
    fn long_names_are_cut_at_whole_characters() {
        let long = "株".repeat(300);
        let name = safe(&long, "潜在客户/DE-德国", "C0001");
        assert!(name.len() <= 80 && name.chars().all(|c| c == '株') && !name.is_empty());
        let accents = "e\u{301}".repeat(100);
        assert!(safe(&accents, "a", "C0001").len() <= 80);
        assert!(with_number(&name, "x", "C0001").len() <= 80);
    }

    #[test]
    fn names_that_a_file_system_may_take_for_one_fold_alike() {
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Müller"), fold("Mu\u{308}ller"));
        assert_ne!(fold("Müller"), fold("Muller"));
    }
}
