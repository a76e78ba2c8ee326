//! The order of the house, read from its sources: who may use whom, who may name which crate, how
//! a file begins and how long it may be. A violation names file and line.
//!
//! The table in `src/lib.rs` is the law: a room uses those above it.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines that a file may have before its tests.
const LONGEST: usize = 400;

/// Words that only these rooms name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("git2", &["history"]),
    ("rusqlite", &["index"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("print!", &["cli"]),
    ("println!", &["cli"]),
    ("eprint!", &["cli"]),
    ("eprintln!", &["cli"]),
    ("stdin", &["cli"]),
    ("stdout", &["cli"]),
    ("stderr", &["cli"]),
    ("comfy_table", &["render"]),
    ("rust_xlsxwriter", &["exchange"]),
    ("walkdir", &["archive", "workspace"]),
    ("rustix", &["archive", "cli"]),
    ("toml_parser", &["card"]),
    ("calamine", &["exchange"]),
    ("chardetng", &["exchange"]),
    ("encoding_rs", &["exchange"]),
];

/// Names of files that say nothing of what is in them.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "manager"];

/// One source file.
struct Source {
    /// From the root of the package.
    path: String,
    text: String,
    /// The room, and the modules in it down to the file: `["card", "edit", "layout"]`.
    modules: Vec<String>,
    /// A module that is only compiled for tests.
    is_test: bool,
}

impl Source {
    fn room(&self) -> &str {
        self.modules.first().map_or("", String::as_str)
    }

    /// The lines with their numbers, from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// The code up to the file's own tests: comments are blank lines, so that lines keep their numbers.
    fn code(&self) -> String {
        let lines = self.text.lines().take_while(|line| !opens_tests(line));
        lines
            .map(|line| if line.trim_start().starts_with("//") { "\n".into() } else { format!("{line}\n") })
            .collect()
    }

    fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

fn opens_tests(line: &str) -> bool {
    line == "#[cfg(test)]" || (line.starts_with("#[cfg(") && line.contains("test"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// Every source below these folders.
fn sources(folders: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in folders {
        files_below(&root().join(folder), &mut paths);
    }
    paths.iter().map(|path| source(path)).collect()
}

fn source(path: &Path) -> Source {
    let relative = path.strip_prefix(root()).expect("in the package");
    let text = fs::read_to_string(path).expect("a source");
    let parts = relative.with_extension("");
    let mut modules: Vec<String> =
        parts.components().skip(1).map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let name = modules.last().cloned().unwrap_or_default();
    if matches!(name.as_str(), "mod" | "lib" | "main") {
        modules.pop();
    }
    let is_test = declared_for_tests(path, &name);
    Source { path: relative.to_string_lossy().replace('\\', "/"), text, modules, is_test }
}

/// Whether the module above declares this one under `#[cfg(test)]`.
fn declared_for_tests(path: &Path, name: &str) -> bool {
    let folder = path.parent().expect("a folder");
    let above = [folder.join("mod.rs"), folder.with_extension("rs")];
    above.iter().filter_map(|a| fs::read_to_string(a).ok()).any(|text| {
        let lines: Vec<&str> = text.lines().collect();
        lines.windows(2).any(|pair| opens_tests(pair[0]) && pair[1] == format!("mod {name};"))
    })
}

/// The rooms in the order of the table in `src/lib.rs`.
fn rooms() -> Vec<String> {
    let lib = source(&root().join("src/lib.rs"));
    let rows = lib.text.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    let rooms: Vec<String> = rows.filter_map(|row| row.split('`').next()).map(str::to_owned).collect();
    let declared: Vec<&str> = lib
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')))
        .collect();
    for room in &declared {
        assert!(rooms.iter().any(|r| r == room), "src/lib.rs: the room {room} is not in the table");
    }
    for room in &rooms {
        assert!(declared.contains(&room.as_str()), "src/lib.rs: the table has no room {room} below it");
    }
    rooms
}

/// The rooms that code names by `crate::` or by going up to the root, each with its place.
fn rooms_named(code: &str, depth: usize) -> Vec<(usize, String)> {
    let up = "super::".repeat(depth.max(1));
    let from_root = code.match_indices("crate::").map(|(at, found)| (at, at + found.len()));
    let upwards = code.match_indices(&up).map(|(at, found)| (at, at + found.len()));
    let upwards = upwards.filter(|(at, _)| !code[..*at].ends_with("super::"));
    from_root
        .chain(upwards)
        .flat_map(|(at, end)| heads(&code[end..]).into_iter().map(move |head| (at, head)))
        .collect()
}

/// `card::Card` names card; `{card::Card, index}` names card and index.
fn heads(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut depth, mut heads, mut begins) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !c.is_whitespace() => {
                heads.push(word(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    heads
}

#[track_caller]
fn none(violations: &[String]) {
    assert!(violations.is_empty(), "the house is not in order:\n{}\n", violations.join("\n"));
}

#[test]
fn a_room_uses_only_those_above_it() {
    let rooms = rooms();
    let rank = |room: &str| rooms.iter().position(|r| r == room);
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.modules.is_empty()) {
        let own = rank(source.room());
        if own.is_none() {
            violations.push(source.at(1, "stands in no room of the table in src/lib.rs"));
        }
        let code = source.code();
        for (at, named) in rooms_named(&code, source.modules.len()) {
            if let (Some(own), Some(other)) = (own, rank(&named))
                && other > own
            {
                let line = code[..at].matches('\n').count() + 1;
                violations
                    .push(source.at(line, &format!("{} uses {named}, which stands below it", source.room())));
            }
        }
    }
    none(&violations);
}

#[test]
fn a_crate_is_named_only_in_its_room() {
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test) {
        for (number, line) in source.code().lines().enumerate().map(|(at, line)| (at + 1, line)) {
            for (word, homes) in ONLY_IN {
                if names(line, word) && !homes.contains(&source.room()) {
                    violations.push(source.at(number, &format!("only {} names {word}", homes.join(" and "))));
                }
            }
        }
    }
    none(&violations);
}

/// Whether a line has this crate, macro or function as a path, not as a part of another word.
fn names(line: &str, word: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let rest = &line[at + word.len()..];
        let is_path = word.ends_with('!') || rest.starts_with("::") || rest.starts_with("()");
        !is_word(before) && before != Some('"') && !line[..at].ends_with("::") && is_path
            || line[..at].ends_with("io::") && rest.starts_with("()")
    })
}

#[test]
fn every_file_says_first_what_lives_in_it() {
    let silent = sources(&["src", "tests", "benches", "examples"]);
    let silent = silent.iter().filter(|s| !s.text.starts_with("//! "));
    none(&silent.map(|s| s.at(1, "opens without //!")).collect::<Vec<_>>());
}

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test) {
        let lines = source.lines().take_while(|(_, line)| !opens_tests(line)).count();
        if lines > LONGEST {
            let what = format!("{lines} lines before its tests; cut it along its seams at {LONGEST}");
            violations.push(source.at(LONGEST + 1, &what));
        }
    }
    none(&violations);
}

#[test]
fn names_of_files_say_what_is_in_them() {
    let all = sources(&["src", "tests", "benches", "examples"]);
    let empty = all.iter().filter(|s| s.modules.iter().any(|m| EMPTY_NAMES.contains(&m.as_str())));
    none(&empty.map(|s| s.at(1, "the name says nothing of what is in it")).collect::<Vec<_>>());
}

#[test]
fn every_allow_has_a_reason_and_nothing_is_left_for_later() {
    let later = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let mut violations = Vec::new();
    for source in sources(&["src", "tests", "benches", "examples"]) {
        for (at, _) in source.text.match_indices("allow(").filter(|(at, _)| {
            let before = &source.text[..*at];
            before.ends_with("#[") || before.ends_with("#![")
        }) {
            let whole = source.text[at..].split(")]").next().unwrap_or("");
            if !whole.contains("reason = \"") {
                let line = source.text[..at].matches('\n').count() + 1;
                violations.push(source.at(line, "an allow without a reason"));
            }
        }
        for (number, line) in source.lines() {
            for word in later {
                if names_a_word(line, word) {
                    violations.push(source.at(number, &format!("{word}: do it, or file it as an issue")));
                }
            }
        }
    }
    none(&violations);
}

fn names_a_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w == word)
}

#[test]
fn the_fences_are_awake() {
    let named = |code, depth| rooms_named(code, depth).into_iter().map(|(_, room)| room).collect::<Vec<_>>();
    assert_eq!(named("use crate::card::Card;", 1), ["card"]);
    assert_eq!(named("use crate::{\n    card::{Card, Value},\n    index,\n};", 1), ["card", "index"]);
    assert_eq!(named("use super::super::index::Known;", 2), ["index"]);
    assert!(named("use super::index_file;", 2).is_empty());
    assert!(names("let x = git2::Oid::zero();", "git2"));
    assert!(names("    println!(\"{x}\");", "println!"));
    assert!(!names("    eprintln!(\"{x}\");", "println!"));
}
