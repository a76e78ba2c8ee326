//! A past day: `--as-of` answers as a fresh checkout of that commit would.

use std::path::{Path, PathBuf};

use crate::desk::{Answer, Desk, answer};
use crate::dice::torture;
use crate::story::Story;

/// Questions that a past day is asked.
const QUESTIONS: [&[&str]; 9] = [
    &["list", "--columns", "no,name,stage,country,city,tags,followups,next_followup"],
    &["followup", "--owner", "all", "--days", "30"],
    &["list", "--where", "followups > 0", "--format", "json"],
    &["show", "C0001"],
    &["show", "C0003", "--format", "json"],
    &["history", "C0002"],
    &["check"],
    &["dup"],
    &["export", "-", "--format", "jsonl"],
];

fn in_folder(desk: &Desk, folder: &Path, arguments: &[&str]) -> Answer {
    answer(desk.program().current_dir(folder).args(arguments))
}

/// A fresh checkout of a commit.
fn checkout(desk: &Desk, commit: &str) -> PathBuf {
    let folder = desk.home().join(format!("at-{commit}"));
    let mut clone = desk.command("git");
    answer(clone.args(["clone", "-q", "--no-checkout"]).arg(&desk.archive).arg(&folder)).done();
    answer(desk.command("git").current_dir(&folder).args(["checkout", "-q", commit])).done();
    folder
}

/// Everything that was said, without the line that names the commit.
fn said(answer: &Answer) -> (i32, String, Vec<String>) {
    let lines = answer.err.lines().filter(|l| !l.starts_with("as of commit ")).map(str::to_owned);
    (answer.code, answer.out.clone(), lines.collect())
}

#[test]
fn a_past_day_is_answered_as_a_fresh_checkout_answers() {
    wants_git!();
    let story = Story::of(if torture() { 300 } else { 60 }, 7);
    let commits = story.commits();
    let step = commits.len() / if torture() { 10 } else { 4 };
    for commit in commits.iter().skip(20).step_by(step) {
        let there = checkout(&story.desk, commit);
        for question in QUESTIONS {
            let then = story.desk.crm(&[question, &["--as-of", commit]].concat());
            let fresh = in_folder(&story.desk, &there, question);
            assert_eq!(said(&then), said(&fresh), "{question:?} at {commit}");
            assert!(then.err.contains(&commit[..10]), "the commit is named: {}", then.err);
        }
    }
    story.desk.is_clean_and_sound();
}

#[test]
fn the_index_of_a_past_day_is_built_once_and_may_be_lost() {
    wants_git!();
    let story = Story::of(5, 1);
    let desk = &story.desk;
    let commit = story.commits()[14].clone();
    let ask = || desk.crm(&["list", "--as-of", &commit]).done().out;
    let first = ask();
    let kept = desk.archive.join(format!(".git/crm/past/{commit}.sqlite"));
    let stamp = || std::fs::read(&kept).expect("an index");
    let bytes = stamp();
    assert_eq!(ask(), first);
    assert_eq!(stamp(), bytes, "it is not written again");
    std::fs::write(&kept, "no database").expect("a file");
    assert_eq!(ask(), first);
    std::fs::write(&kept, &bytes[..bytes.len() / 2]).expect("a file");
    assert_eq!(ask(), first);
    std::fs::remove_dir_all(kept.parent().expect("a folder")).expect("a folder");
    assert_eq!(ask(), first);
}

/// Gives HEAD's commit another time.
fn made_on(desk: &Desk, moment: &str) {
    let mut git = desk.command("git");
    git.current_dir(&desk.archive).env("GIT_COMMITTER_DATE", moment);
    answer(git.args(["commit", "-q", "--amend", "--allow-empty", "--no-edit", "--date", moment])).done();
}

/// An archive that was begun in May, in which a call of 28 June was entered on 3 July.
fn entered_late() -> Desk {
    let desk = Desk::new();
    std::fs::write(
        desk.archive.join("crm.toml"),
        "[archive]\nlanguage = \"en\"\ntime_zone = \"Asia/Shanghai\"\n",
    )
    .expect("settings");
    desk.crm(&["add", "Ahorn Pumpen GmbH", "--country", "DE"]).done();
    desk.crm(&["commit"]).done();
    desk.git(&["reset", "-q", "--soft", desk.git(&["rev-list", "--max-parents=0", "HEAD"]).trim()]);
    made_on(&desk, "2026-05-02T10:00:00+08:00");
    desk.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    made_on(&desk, "2026-06-30T23:59:59+08:00");
    let log = ["followup", "log", "Ahorn", "phone", "Asked for pumps", "--on", "2026-06-28"];
    answer(desk.program().env("CRM_TODAY", "2026-07-03").current_dir(&desk.archive).args(log)).done();
    made_on(&desk, "2026-07-03T00:00:00+08:00");
    desk
}

fn count(desk: &Desk, folder: &Path, words: &[&str]) -> String {
    let list = ["list", "--columns", "followups,last_followup", "--format", "csv"];
    let mut crm = desk.program();
    crm.env_remove("CRM_TODAY").current_dir(folder).args(list).args(words);
    answer(&mut crm).done().out.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn what_was_entered_later_was_not_known_and_did_happen() {
    wants_git!();
    let desk = entered_late();
    let known = |words: &[&str]| count(&desk, &desk.archive, words);
    assert_eq!(known(&["--as-of", "2026-06-30"]), "0,", "entered on 3 July");
    assert_eq!(known(&["--today", "2026-06-30"]), "1,2026-06-28", "it happened on 28 June");
    assert_eq!(known(&["--as-of", "2026-07-03"]), "1,2026-06-28");
    // Another clone knows the same of that day.
    let clone = desk.home().join("clone");
    answer(desk.command("git").args(["clone", "-q"]).arg(&desk.archive).arg(&clone)).done();
    for day in ["2026-05-02", "2026-06-30", "2026-07-02", "2026-07-03"] {
        assert_eq!(count(&desk, &clone, &["--as-of", day]), known(&["--as-of", day]), "{day}");
    }
}

#[test]
fn today_is_the_day_that_is_asked_about() {
    wants_git!();
    let desk = entered_late();
    let mut crm = desk.program();
    crm.env_remove("CRM_TODAY").current_dir(&desk.archive).args(["list", "--as-of", "2026-06-30"]);
    let answer = answer(&mut crm).done();
    assert!(answer.err.contains("today is 2026-06-30"), "{}", answer.err);
}

#[test]
fn a_past_day_takes_no_change() {
    wants_git!();
    let desk = entered_late();
    let head = desk.git(&["rev-parse", "HEAD"]);
    for words in [
        &["set", "C0001", "city=Kiel"][..],
        &["add", "Neu GmbH", "--country", "DE"],
        &["edit", "C0001"],
        &["check", "--fix", "--yes"],
        &["me", "Ana Costa <ana@example.com>"],
        &["backup", "../backup"],
    ] {
        let answer = desk.crm(&[words, &["--as-of", "2026-06-30"]].concat()).exits(2);
        assert!(answer.err.contains("a past day is only read"), "{words:?}: {}", answer.err);
    }
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    desk.crm(&["list", "--as-of", "2020-01-01"]).exits(3);
    desk.crm(&["list", "--as-of", "nonsense"]).exits(3);
}
