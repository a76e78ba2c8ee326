//! `crm undo` and `crm restore`: what one commit did goes back, what was done since stays, and what was
//! changed again is refused. An independent program says what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::{Answer, Desk, answer};
use crate::dice::torture;
use crate::story::Story;

/// What the independent program says of an archive, without a commit where one is named.
fn oracle(desk: &Desk, archive: &Path, commit: &[&str]) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/undo.py");
    let found = answer(desk.command("python3").arg("-B").arg(script).arg(archive).args(commit)).done();
    serde_json::from_str(&found.out).expect("JSON")
}

/// A fresh clone of the archive.
fn clone(desk: &Desk, name: &str) -> PathBuf {
    let folder = desk.home().join(name);
    answer(desk.command("git").args(["clone", "-q"]).arg(&desk.archive).arg(&folder)).done();
    folder
}

fn crm(desk: &Desk, folder: &Path, words: &[&str]) -> Answer {
    desk.crm_in(folder, words)
}

#[test]
fn each_commit_goes_back_as_if_it_had_never_been_or_is_refused_with_the_place() {
    wants_git!();
    if !crate::history::has_python() {
        println!("left out: there is no python3 with tomllib");
        return;
    }
    let story = Story::of(if torture() { 300 } else { 45 }, 23);
    let desk = &story.desk;
    let (mut done, mut refused) = (0, 0);
    for (at, commit) in story.commits().iter().enumerate().skip(1) {
        let there = clone(desk, &format!("clone-{at}"));
        let expected = oracle(desk, &there, &[commit]);
        let head = answer(desk.command("git").current_dir(&there).args(["rev-parse", "HEAD"])).done().out;
        let undone = crm(desk, &there, &["undo", commit, "--yes"]);
        let places = expected["refused"].as_array().expect("places");
        let what = format!("{commit}: {expected}\n{}", undone.err);
        if places.is_empty() {
            assert_eq!(undone.code, 0, "{what}");
            assert_eq!(oracle(desk, &there, &[])["cards"], expected["cards"], "{what}");
            done += 1;
        } else {
            assert_eq!(undone.code, 1, "{what}");
            let after =
                answer(desk.command("git").current_dir(&there).args(["rev-parse", "HEAD"])).done().out;
            assert_eq!(after, head, "nothing is written");
            refused += 1;
        }
        let status = answer(desk.command("git").current_dir(&there).args(["status", "--porcelain"])).done();
        assert_eq!(status.out, "", "{commit}");
        fs::remove_dir_all(&there).expect("a clone");
    }
    assert!(done > 10 && refused > 3, "{done} taken back, {refused} refused");
}

/// A customer with a phone that was changed twice, and a contact.
fn customer() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn GmbH", "--country", "DE", "phone=111111"]).done();
    desk.crm(&["set", "C0001", "phone=222222"]).done();
    desk
}

#[test]
fn the_last_command_goes_back_and_an_undo_of_the_undo_brings_it_again() {
    let desk = customer();
    let before = desk.text("Ahorn");
    desk.crm(&["followup", "log", "C0001", "phone", "Wants pumps", "--next", "+7d"]).done();
    let logged = desk.text("Ahorn");
    desk.crm(&["undo", "--yes"]).done();
    assert_eq!(desk.text("Ahorn"), before);
    desk.crm(&["undo", "--yes"]).done();
    assert_eq!(desk.text("Ahorn"), logged);
    assert!(desk.crm(&["history", "C0001"]).done().out.contains("Taken back: Taken back: C0001 follow-up"));
}

#[test]
fn later_changes_of_other_places_stay_and_the_same_place_is_refused_with_both_values() {
    wants_git!();
    let desk = customer();
    let commit = desk.git(&["rev-parse", "HEAD"]).trim().to_owned();
    desk.crm(&["set", "C0001", "city=Kiel", "tags+=fair"]).done();
    desk.crm(&["undo", &commit, "--yes"]).done();
    let text = desk.text("Ahorn");
    assert!(text.contains("111111") && text.contains("Kiel") && text.contains("fair"), "{text}");
    desk.crm(&["set", "C0001", "phone=333333"]).done();
    let refused = desk.crm(&["undo", &commit, "--yes"]).exits(1);
    assert!(refused.err.contains("C0001 phone: 333333 → 111111"), "{}", refused.err);
    assert!(desk.text("Ahorn").contains("333333"));
    desk.is_clean_and_sound();
}

#[test]
fn an_import_goes_back_as_one_and_its_numbers_are_not_given_again() {
    wants_git!();
    let desk = Desk::new();
    let rows: String = (0..300).map(|n| format!("Kunde {n} GmbH,DE,Stadt {n}\n")).collect();
    fs::write(desk.home().join("list.csv"), format!("name,country,city\n{rows}")).expect("a file");
    desk.crm(&["import", "../list.csv", "--yes"]).done();
    desk.crm(&["undo", "--yes"]).done();
    assert_eq!(desk.crm(&["list", "--format", "json"]).done().out.trim(), "[]");
    assert_eq!(desk.crm(&["add", "Neu GmbH", "--country", "DE"]).done().key(), "C0301");
    desk.is_clean_and_sound();
    let commit = desk.git(&["rev-parse", "HEAD~1"]).trim().to_owned();
    desk.crm(&["undo", &commit, "--yes"]).done();
    assert_eq!(desk.crm(&["list", "--columns", "no", "--format", "csv"]).done().out.lines().count(), 302);
    desk.is_clean_and_sound();
}

#[test]
fn a_removal_goes_back_with_the_papers_and_a_move_with_the_folder() {
    wants_git!();
    let desk = customer();
    let folder = desk.card("Ahorn").parent().expect("a folder").to_owned();
    fs::write(folder.join("offer.txt"), "an offer").expect("a paper");
    desk.crm(&["commit"]).done();
    desk.crm(&["remove", "C0001", "--reason", "gone", "--yes"]).done();
    assert!(!folder.join("offer.txt").exists());
    desk.crm(&["undo", "--yes"]).done();
    assert_eq!(fs::read_to_string(folder.join("offer.txt")).expect("a paper"), "an offer");
    desk.crm(&["show", "C0001"]).done();
    desk.crm(&["move", "C0001", "--stage", "customer", "--country", "FR"]).done();
    desk.crm(&["undo", "--yes"]).done();
    assert!(folder.join("offer.txt").exists());
    desk.is_clean_and_sound();
}

#[test]
fn what_cannot_be_taken_back_says_why() {
    wants_git!();
    let desk = customer();
    let first = desk.git(&["rev-list", "--max-parents=0", "HEAD"]).trim().to_owned();
    desk.crm(&["undo", &first, "--yes"]).exits(1);
    desk.crm(&["undo", "nonsense", "--yes"]).exits(3);
    desk.git(&["branch", "-q", "other"]);
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    desk.git(&["switch", "-q", "other"]);
    desk.crm(&["add", "Birke GmbH", "--country", "DE"]).done();
    let elsewhere = desk.git(&["rev-parse", "HEAD"]).trim().to_owned();
    desk.git(&["switch", "-q", "main"]);
    desk.crm(&["undo", &elsewhere, "--yes"]).exits(3);
    desk.git(&["merge", "-q", "-m", "merged", "other"]);
    desk.crm(&["undo", "HEAD", "--yes"]).exits(1);
    let bare = clone(&desk, "fresh");
    let refused = crm(&desk, &bare, &["undo", "--yes"]).exits(3);
    assert!(refused.err.contains("no command of this clone"), "{}", refused.err);
}

#[test]
fn a_card_a_field_or_a_record_is_restored() {
    wants_git!();
    let desk = customer();
    let contact = desk.crm(&["contact", "add", "C0001", "Anna Ahorn", "mobile=+49 170 1234567"]).done().key();
    let then = desk.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let was = desk.text("Ahorn");
    desk.crm(&["set", "C0001", "phone=999999", "city=Kiel"]).done();
    desk.crm(&["unset", "C0001", &format!("contacts[{contact}]")]).done();
    desk.crm(&["restore", "C0001", "phone", "--to", &then]).done();
    let text = desk.text("Ahorn");
    assert!(text.contains("222222") && text.contains("Kiel") && !text.contains("Anna"), "{text}");
    desk.crm(&["restore", "C0001", &format!("contacts[{}]", &contact[..3]), "--to", &then]).done();
    assert!(desk.text("Ahorn").contains("+49 170 1234567"));
    desk.crm(&["restore", "C0001", "--to", &then]).done();
    assert_eq!(desk.text("Ahorn"), was);
    desk.crm(&["close", "C0001", "--reason", "no answer"]).done();
    desk.crm(&["restore", "C0001", "--to", &then]).done();
    assert_eq!(desk.text("Ahorn"), was);
    assert!(desk.card("Ahorn").to_string_lossy().contains("prospects"));
    desk.crm(&["remove", "C0001", "--reason", "gone", "--yes"]).done();
    desk.crm(&["restore", "C0001", "--to", &then]).done();
    assert_eq!(desk.text("Ahorn"), was);
    desk.crm(&["restore", "C0001", "--to", "2020-01-01"]).exits(3);
    desk.is_clean_and_sound();
}

#[test]
fn a_dry_run_takes_nothing_back() {
    let desk = customer();
    let before = desk.text("Ahorn");
    let said = desk.crm(&["undo", "-n"]).done();
    assert!(said.err.contains("Taken back: C0001 changed: phone"), "{}", said.err);
    assert_eq!(desk.text("Ahorn"), before);
}

#[test]
fn what_a_sync_brought_is_not_the_last_command_of_this_clone() {
    wants_git!();
    let team = crate::team::Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["set", "L0001", "city=Kiel"]).done();
    team.sync(0);
    // One commit further on, and then a merge: both are the work of others.
    chen.crm(&["sync"]).done();
    chen.crm(&["set", "L0001", "phone=040 5550123"]).done();
    chen.crm(&["sync"]).done();
    lin.crm(&["sync"]).done();
    let undone = lin.crm(&["undo", "--yes"]).done();
    assert!(undone.err.contains("city"), "{}", undone.err);
    assert!(lin.text("Nordwind").contains("040 5550123") && !lin.text("Nordwind").contains("Kiel"));
    chen.crm(&["set", "L0001", "remark=busy"]).done();
    chen.crm(&["sync"]).done();
    assert_eq!(chen.git(&["log", "-1", "--format=%P"]).split_whitespace().count(), 1, "nothing was merged");
    team.sync(0);
    team.sync(1);
    let undone = chen.crm(&["undo", "--yes"]).done();
    assert!(undone.err.contains("remark"), "{}", undone.err);
}
