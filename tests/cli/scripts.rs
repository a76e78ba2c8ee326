//! Traditional Chinese is written, not converted: no text in it has a character that only simplified
//! writing knows. Read from the sources, where each text stands in every language side by side.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crm::rules::likeness::simplified;

/// Characters that stand for another one in simplified writing, and that traditional writing has too, in
/// the words in which they are used here: 前面, 系統, 只能, 批准, 檢查 …
const RIGHT_IN_BOTH: &str = "同家出表修合只真回系查面逾注既才向制即台致核搜拼";

/// Tables of names, which are no texts of ours.
const DATA: [&str; 2] = ["country_old.rs", "country_tests.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// A string literal of a source.
struct Literal {
    /// The code between it and the one before.
    between: String,
    text: String,
    /// Whether it stands in a list, as words do that people may type.
    in_list: bool,
}

/// The string literals of a source.
fn literals(text: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut between = String::new();
    let mut open = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '\'' => {
                // A character, or a lifetime.
                let rest: String = chars.clone().take(3).collect();
                let skip = match rest.as_bytes() {
                    [b'\\', ..] => 3,
                    _ if rest.chars().nth(1) == Some('\'') => 2,
                    _ => 0,
                };
                chars.by_ref().take(skip).for_each(drop);
                between.push(c);
            }
            '"' => {
                let mut literal = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => literal.extend([c].into_iter().chain(chars.next())),
                        c => literal.push(c),
                    }
                }
                let in_list = open.last() == Some(&'[');
                found.push(Literal { between: std::mem::take(&mut between), text: literal, in_list });
            }
            c => {
                match c {
                    '(' | '[' | '{' => open.push(c),
                    ')' | ']' | '}' => drop(open.pop()),
                    _ => {}
                }
                between.push(c);
            }
        }
    }
    found
}

fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Three literals with but commas between them, of which the last two are Chinese: a text in every
/// language. The last one is Traditional.
fn traditional_texts(text: &str) -> Vec<String> {
    let before_tests = text.split("\n#[cfg(test)]").next().unwrap_or(text);
    let all = literals(before_tests);
    let is_next = |between: &str| between.trim() == ",";
    let triples = all.windows(3).filter(|w| {
        let follow = is_next(&w[1].between) && is_next(&w[2].between);
        let are_texts = !has_han(&w[0].text) && has_han(&w[1].text) && has_han(&w[2].text);
        follow && are_texts && !w[2].in_list
    });
    triples.map(|w| w[2].text.clone()).collect()
}

#[test]
fn no_traditional_text_has_a_character_that_is_only_simplified() {
    let only_simplified: BTreeSet<char> = ('\u{4e00}'..='\u{9fff}')
        .filter_map(|c| Some(simplified(c)).filter(|s| *s != c))
        .filter(|c| !RIGHT_IN_BOTH.contains(*c))
        .collect();
    assert!(only_simplified.contains(&'档') && only_simplified.contains(&'户'));
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let (mut texts, mut wrong) = (0, Vec::new());
    for path in paths {
        if path.file_name().is_some_and(|name| DATA.iter().any(|data| name == *data)) {
            continue;
        }
        for text in traditional_texts(&fs::read_to_string(&path).expect("a source")) {
            texts += 1;
            let bad: String = text.chars().filter(|c| only_simplified.contains(c)).collect();
            if !bad.is_empty() {
                wrong.push(format!("{}: {bad} in {text}", path.display()));
            }
        }
    }
    assert!(texts > 800, "only {texts} texts were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
