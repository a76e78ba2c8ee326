//! `crm history`: who changed what, when, and what it was before. An independent program reads the same
//! from git's own output.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::desk::{Desk, answer};
use crate::dice::torture;
use crate::story::Story;

/// Commit, path, old and new of one change.
type Line = (String, String, Option<String>, Option<String>);

/// Whether there is a Python that reads TOML.
pub fn has_python() -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import tomllib"]).output().is_ok_and(|o| o.status.success())
}

/// What the independent program finds, by card.
fn oracle(desk: &Desk) -> BTreeMap<String, Vec<Line>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/history.py");
    let found = answer(desk.command("python3").arg("-B").arg(script).arg(&desk.archive)).done();
    serde_json::from_str(&found.out).expect("JSON")
}

/// What `crm history` says of a card, the oldest first.
fn history(desk: &Desk, words: &[&str]) -> Vec<Line> {
    let found = desk.crm(&[&["history"], words, &["--format", "json"]].concat()).done();
    let commits: Vec<Value> = serde_json::from_str(&found.out).expect("JSON");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut lines = Vec::new();
    for commit in commits.iter().rev() {
        for change in commit["changes"].as_array().expect("changes") {
            let id = text(&commit["commit"]).expect("a commit");
            lines.push((
                id,
                text(&change["path"]).expect("a path"),
                text(&change["old"]),
                text(&change["new"]),
            ));
        }
    }
    lines
}

fn sorted(mut lines: Vec<Line>) -> Vec<Line> {
    lines.iter_mut().for_each(|line| line.0.truncate(10));
    lines.sort();
    lines
}

#[test]
fn the_history_of_every_field_is_what_git_has() {
    wants_git!();
    if !has_python() {
        println!("left out: there is no python3 with tomllib");
        return;
    }
    let story = Story::of(if torture() { 300 } else { 80 }, 11);
    let desk = &story.desk;
    // Half of it is read now, and the rest when more has happened.
    for (card, expected) in oracle(desk) {
        assert_eq!(sorted(history(desk, &[&card])), sorted(expected), "{card}");
    }
    let mut story = story;
    for _ in 0..20 {
        story.goes_on();
    }
    let desk = &story.desk;
    let expected = oracle(desk);
    for (card, expected) in &expected {
        assert_eq!(sorted(history(desk, &[card])), sorted(expected.clone()), "{card}");
        for path in ["phone", "tags", "@country", "custom.note1"] {
            let of_path = expected.iter().filter(|(_, p, ..)| p == path).cloned().collect();
            assert_eq!(sorted(history(desk, &[card, path])), sorted(of_path), "{card} {path}");
        }
    }
    let merged = merge_of_two_desks(desk);
    for (card, expected) in oracle(desk) {
        assert_eq!(sorted(history(desk, &[&card])), sorted(expected), "{card} after the merge {merged}");
    }
    // An answer from nothing is the same.
    let before: Vec<String> = expected.keys().map(|card| desk.crm(&["history", card]).done().out).collect();
    std::fs::remove_dir_all(desk.archive.join(".git/crm")).expect("a folder");
    let after: Vec<String> = expected.keys().map(|card| desk.crm(&["history", card]).done().out).collect();
    assert_eq!(before, after);
}

/// Two branches that both changed cards, merged by plain git.
fn merge_of_two_desks(desk: &Desk) -> String {
    desk.git(&["branch", "-q", "other"]);
    desk.crm(&["set", "C0001", "phone=+49 431 1"]).done();
    desk.crm(&["set", "C0003", "city=Left"]).done();
    desk.git(&["switch", "-q", "other"]);
    desk.crm(&["set", "C0002", "phone=+49 431 2"]).done();
    desk.git(&["switch", "-q", "main"]);
    desk.git(&["merge", "-q", "-m", "merged", "other"]);
    desk.git(&["rev-parse", "HEAD"])
}

#[test]
fn a_history_that_was_rewritten_is_read_again() {
    wants_git!();
    let story = Story::of(10, 3);
    let desk = &story.desk;
    let all = |desk: &Desk| desk.crm(&["history", "--limit", "0"]).done().out.lines().count();
    let before = all(desk);
    desk.git(&["reset", "-q", "--hard", "HEAD~4"]);
    desk.crm(&["set", "C0001", "city=Other"]).done();
    assert_eq!(all(desk), before - 4 + 1);
    assert!(desk.crm(&["history", "C0001"]).done().out.contains("→ Other"));
}

#[test]
fn people_read_each_value_before_and_after() {
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn GmbH", "--country", "DE", "phone=123"]).done();
    desk.crm(&["set", "C0001", "phone=456", "willingness=high"]).done();
    desk.crm(&["contact", "add", "C0001", "Anna Ahorn", "title=Buyer"]).done();
    desk.crm(&["move", "C0001", "--stage", "customer"]).done();
    let said = desk.crm(&["history", "C0001"]).done().out;
    for line in ["Phone: 123 → 456", "].name (Name): – → Anna Ahorn", "Stage: prospects → customers"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let of_phone = desk.crm(&["history", "C0001", "phone"]).done().out;
    assert!(of_phone.contains("123 → 456") && !of_phone.contains("Anna"), "{of_phone}");
    let chinese = desk.crm(&["history", "C0001", "电话", "--lang", "zh-CN"]).done().out;
    assert!(chinese.contains("电话：123 → 456"), "{chinese}");
    desk.crm(&["history", "C0001", "fone"]).exits(2);
    desk.crm(&["history", "C0001", "city"]).done();
}

#[test]
fn the_whole_archive_is_narrowed_by_day_by_person_and_by_place() {
    wants_git!();
    let story = Story::of(25, 5);
    let desk = &story.desk;
    let count = |words: &[&str]| {
        let found = desk.crm(&[&["history", "--limit", "0", "--format", "json"], words].concat()).done();
        serde_json::from_str::<Vec<Value>>(&found.out).expect("JSON").len()
    };
    let git = |words: &[&str]| desk.git(&[&["rev-list", "HEAD"], words].concat()).lines().count();
    assert_eq!(count(&[]), git(&[]));
    assert_eq!(count(&["--by", "ana"]), git(&["--author=Ana"]));
    assert_eq!(count(&["--by", "王"]), git(&["--author=王"]));
    assert_eq!(count(&["--until", "2020-01-01"]), 0);
    assert_eq!(count(&["--since", "2020-01-01"]), git(&[]));
    assert!(count(&["--path", "phone"]) > 0 && count(&["--path", "phone"]) < git(&[]));
}

#[test]
fn a_removed_customer_has_a_history() {
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn GmbH", "--country", "DE", "phone=123"]).done();
    desk.crm(&["remove", "C0001", "--reason", "closed down", "--yes"]).done();
    for name in ["C0001", "ahorn gmbh"] {
        let said = desk.crm(&["history", name]).done().out;
        assert!(said.contains("Phone: 123 → –"), "{name}: {said}");
    }
    desk.crm(&["history", "Birke"]).exits(3);
}

#[test]
fn the_field_changes_are_a_table_of_sql_also_of_a_past_day() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn GmbH", "--country", "DE", "phone=111111"]).done();
    desk.crm(&["set", "C0001", "phone=222222"]).done();
    let then = desk.git(&["rev-parse", "HEAD"]).trim().to_owned();
    desk.crm(&["set", "C0001", "phone=333333"]).done();
    let query = "SELECT f.no, h.old, h.new, h.author FROM changes h JOIN facts f USING (card) \
                 WHERE h.path = 'phone' ORDER BY h.new";
    let ask = |words: &[&str]| {
        let found = desk.crm(&[&["sql", query, "--format", "json"], words].concat()).done();
        let rows: Vec<Value> = serde_json::from_str(&found.out).expect("JSON");
        rows.iter().map(|row| format!("{} {} {}", row["no"], row["old"], row["new"])).collect::<Vec<_>>()
    };
    let all =
        ["\"C0001\" null \"111111\"", "\"C0001\" \"111111\" \"222222\"", "\"C0001\" \"222222\" \"333333\""];
    assert_eq!(ask(&[]), all);
    assert_eq!(ask(&["--as-of", &then]), all[..2]);
    // Nothing else of the attached file is open.
    for query in
        ["SELECT * FROM history.fields", "SELECT * FROM commits", "SELECT * FROM temp.below, changes"]
    {
        desk.crm(&["sql", query]).exits(2);
    }
    std::fs::remove_dir_all(desk.archive.join(".git/crm")).expect("a folder");
    assert_eq!(ask(&[]), all);
}

#[test]
fn the_time_of_a_change_is_that_of_the_archive_wherever_it_was_made() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn", "--country", "DE"]).done();
    let card = desk.card("Ahorn");
    let text = std::fs::read_to_string(&card).expect("a card");
    std::fs::write(&card, text + "city = \"Kiel\"\n").expect("a card");
    let mut git = desk.command("git");
    git.args(["commit", "-qam", "By plain git"]).current_dir(&desk.archive);
    git.env("GIT_AUTHOR_DATE", "2026-03-10T20:30:00-08:00")
        .env("GIT_COMMITTER_DATE", "2026-03-10T20:30:00-08:00");
    assert!(git.status().expect("git").success());
    let here = "2026-03-11 12:30";
    assert!(desk.crm(&["history", "C1"]).done().out.contains(here));
    assert!(desk.crm(&["history", "--until", "2026-03-11"]).done().out.contains("By plain git"));
    assert!(!desk.crm(&["history", "--until", "2026-03-10"]).done().out.contains("By plain git"));
    let asked = desk.crm(&["sql", "SELECT time FROM changes WHERE path = 'city'", "--format", "csv"]).done();
    assert!(asked.out.contains("2026-03-11 12:30:00"), "{}", asked.out);
}
