//! What comes out goes back in: every section, in every kind of file, into the archive that it came from,
//! where nothing changes, and into an empty one, where the same cards stand.

use std::fs;

use crm::sections::every_section;

use crate::desk::{Desk, cards_below};
use crate::export::{desk, full_card};

/// The cards of an archive as TOML, by stage and country, in the order of their ids.
fn cards(desk: &Desk) -> Vec<(String, toml::Table)> {
    let mut paths = Vec::new();
    cards_below(&desk.archive, &mut paths);
    paths.sort();
    let card = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a card");
        let country =
            path.ancestors().nth(2).and_then(|p| p.strip_prefix(&desk.archive).ok()).expect("below");
        (country.to_string_lossy().into_owned(), text.parse::<toml::Table>().expect("TOML"))
    };
    let mut cards: Vec<_> = paths.iter().map(card).collect();
    cards.sort_by_key(|(_, card)| card["id"].to_string());
    cards
}

/// The sections whose records have a file of their own.
fn sections() -> impl Iterator<Item = &'static str> {
    every_section().skip(1).map(|section| section.key)
}

#[test]
fn nothing_changes_where_it_came_from() {
    wants_git!();
    for lang in ["en", "zh-CN"] {
        let desk = desk();
        let before = cards(&desk);
        let commits = desk.commits();
        let same = |arguments: &[&str]| {
            let mut all = vec!["--lang", lang];
            all.extend(arguments);
            let answer = desk.crm(&all).done();
            assert_eq!(desk.commits(), commits, "{lang} {arguments:?}: {}", answer.err);
        };
        for file in ["../c.csv", "../c.xlsx", "../c.json", "../c.jsonl"] {
            same(&["export", file]);
            same(&["import", file]);
        }
        for key in sections() {
            let file = format!("../{key}.csv");
            same(&["export", &file, "--section", key]);
            same(&["import", key, &file]);
            same(&["import", key, "../c.xlsx", "--sheet", &sheet_of(key, lang)]);
        }
        assert_eq!(cards(&desk), before, "{lang}");
    }
}

/// The name of a section's sheet.
fn sheet_of(key: &str, lang: &str) -> String {
    let lang = crm::i18n::Lang::from_tag(lang).expect("a language");
    let section = every_section().find(|section| section.key == key).expect("a section");
    crm::exchange::heads::sheet(section, lang)
}

#[test]
fn an_empty_archive_gets_the_same_cards() {
    wants_git!();
    let out = desk();
    let wanted = cards(&out);
    assert!(full_card().contains("former_ids"));
    for file in ["c.csv", "c.xlsx", "c.jsonl", "c.json"] {
        out.crm(&["export", &format!("../{file}")]).done();
        let new = Desk::new();
        let from = out.home().join(file);
        let from = from.to_str().expect("a path");
        new.crm(&["import", from]).done();
        if !file.contains("json") {
            for key in sections() {
                let records = out.home().join(format!("{key}.csv"));
                let records = records.to_str().expect("a path");
                out.crm(&["export", records, "--section", key, "--force"]).done();
                new.crm(&["import", key, records]).done();
            }
        }
        let mut found = cards(&new);
        let mut wanted = wanted.clone();
        // Values of fields that nobody has declared come back as text, and their lists with them; where
        // there is a file for customers alone, former ids have no column.
        for (_, card) in found.iter_mut().chain(&mut wanted) {
            card.remove("custom");
            if !file.contains("json") {
                card.remove("former_ids");
            }
        }
        assert_eq!(found, wanted, "{file}");
        assert!(new.crm(&["check", "--only", "broken_reference"]).done().out.is_empty());
    }
}
