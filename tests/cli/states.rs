//! States of a repository: in the middle of a merge and the like, reading goes on and writing
//! waits; and what else the user has staged or changed is neither committed nor lost.

use std::fs;

use crate::desk::{Desk, TODAY};

const CARD: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH/card.toml";

/// A desk with one customer, and a branch `other` that changed the same line of its card.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE", "city=Kiel"]).done();
    desk.crm(&["add", "Lakeside Valves", "--country", "US"]).done();
    desk.git(&["switch", "-q", "-c", "other"]);
    desk.crm(&["set", "C0001", "city=Bremen"]).done();
    desk.git(&["switch", "-q", "main"]);
    desk.crm(&["set", "C0001", "city=Hamburg"]).done();
    desk
}

/// Everything that a refused write must leave alone: HEAD, git's status, and the bytes of all files.
fn picture(desk: &Desk) -> (String, String, Vec<(String, Vec<u8>)>) {
    let tracked = desk.git(&["ls-files"]);
    let files = tracked.lines().map(|path| {
        let bytes = fs::read(desk.archive.join(path)).unwrap_or_default();
        (path.to_owned(), bytes)
    });
    (desk.git(&["rev-parse", "HEAD"]), desk.git(&["status", "--porcelain"]), files.collect())
}

/// A state, how git comes into it, and the command that ends it.
const STATES: [(&str, &[&str], &str); 8] = [
    ("merge", &["merge", "other"], "git merge --abort"),
    (
        "merge without a conflict",
        &["merge", "--no-commit", "--no-ff", "-s", "ours", "other"],
        "git merge --abort",
    ),
    ("rebase", &["rebase", "other"], "git rebase --abort"),
    ("rebase by the old way", &["rebase", "--apply", "other"], "git rebase --abort"),
    ("cherry-pick", &["cherry-pick", "other"], "git cherry-pick --abort"),
    ("revert", &["revert", "--no-edit", "HEAD~2"], "git revert --abort"),
    ("bisect", &["bisect", "start", "HEAD", "HEAD~1"], "git bisect reset"),
    ("detached HEAD", &["checkout", "-q", "HEAD~1"], "git switch main"),
];

/// Every command that writes.
const WRITES: [&[&str]; 10] = [
    &["add", "Elbe Seals"],
    &["set", "C0002", "city=Duluth"],
    &["unset", "C0002", "owner"],
    &["move", "C0002", "--stage", "customer"],
    &["close", "C0002", "--reason", "gone"],
    &["remove", "C0002", "--reason", "twice", "--yes"],
    &["followup", "log", "C0002", "phone", "Asked"],
    &["followup", "plan", "C0002", TODAY, "phone"],
    &["contact", "add", "C0002", "Joe"],
    &["commit"],
];

/// Brings a desk's repository into a state.
fn enter(desk: &Desk, state: &str, command: &[&str]) {
    if state == "revert" {
        // So that there is something to revert that does not fit any more.
        desk.crm(&["set", "C0001", "city=Stade"]).done();
        desk.crm(&["set", "C0001", "city=Husum"]).done();
        desk.try_git(&["revert", "--no-edit", "HEAD~1"]);
    } else {
        desk.try_git(command);
    }
}

#[test]
fn in_the_middle_of_something_every_write_is_refused_with_the_way_out() {
    wants_git!();
    for (state, command, way_out) in STATES {
        let desk = desk();
        enter(&desk, state, command);
        let before = picture(&desk);
        for write in WRITES {
            let answer = desk.crm(write).exits(4);
            assert!(answer.err.contains(way_out), "{state}, {write:?}: {}", answer.err);
            assert_eq!(answer.out, "", "{state}, {write:?}");
        }
        assert_eq!(picture(&desk), before, "{state}");
    }
}

#[test]
fn in_the_middle_of_something_another_customer_can_be_read() {
    wants_git!();
    for (state, command, _) in STATES {
        let desk = desk();
        enter(&desk, state, command);
        let before = picture(&desk);
        for read in [
            &["show", "C0002"][..],
            &["get", "C0002", "name"],
            &["history"],
            &["history", "C0002"],
            &["fields"],
            &["config"],
            &["me"],
        ] {
            let answer = desk.crm(read);
            assert_eq!(answer.code, 0, "{state}, {read:?}: {}", answer.err);
        }
        // A card with conflict marks is no card, and is said; the other is listed.
        let list = desk.crm(&["list"]);
        assert!(list.out.contains("Lakeside Valves"), "{state}: {}", list.all());
        let marks = fs::read_to_string(desk.archive.join(CARD)).expect("a card").contains("<<<<<<<");
        assert_eq!(list.code, if marks { 5 } else { 0 }, "{state}: {}", list.err);
        assert_eq!(picture(&desk), before, "{state}");
    }
}

#[test]
fn after_the_way_out_writing_goes_on() {
    wants_git!();
    for (state, command, way_out) in STATES {
        let desk = desk();
        enter(&desk, state, command);
        desk.crm(&["set", "C0002", "city=Duluth"]).exits(4);
        let words: Vec<&str> = way_out.split(' ').skip(1).collect();
        desk.git(&words);
        desk.crm(&["set", "C0002", "city=Duluth"]).done();
        assert!(desk.git(&["log", "-1", "--format=%s"]).contains("C0002 changed: city"), "{state}");
        desk.is_clean_and_sound();
    }
}

#[test]
fn a_dry_run_in_the_middle_of_something_changes_nothing() {
    wants_git!();
    let desk = desk();
    desk.try_git(&["merge", "other"]);
    let before = picture(&desk);
    desk.crm(&["set", "C0002", "city=Duluth", "--dry-run"]);
    assert_eq!(picture(&desk), before);
}

#[test]
fn where_git_knows_nobody_a_write_says_so_and_crm_me_mends_it() {
    wants_git!();
    let desk = desk();
    fs::remove_file(desk.home().join(".gitconfig")).expect("the configuration");
    let before = picture(&desk);
    for write in WRITES {
        let refused = desk.crm(write).exits(4);
        assert!(refused.err.contains("crm me 'Name <mail@example.com>'"), "{write:?}: {}", refused.err);
    }
    assert_eq!(picture(&desk), before);
    desk.crm(&["list"]).done();
    desk.crm(&["followup"]).done();
    let me = desk.crm(&["me", "Bo Larsen <bo@example.com>"]).done();
    assert!(me.err.contains("Bo Larsen <bo@example.com>"), "{}", me.err);
    assert_eq!(desk.crm(&["add", "Elbe Seals"]).done().key(), "C0003");
    assert_eq!(desk.git(&["log", "-1", "--format=%an <%ae>"]).trim(), "Bo Larsen <bo@example.com>");
    desk.is_clean_and_sound();
}

#[test]
fn a_missing_mail_address_alone_is_said_too() {
    wants_git!();
    let desk = desk();
    fs::write(desk.home().join(".gitconfig"), "[user]\n\tname = Lin Wei\n").expect("the configuration");
    assert!(desk.crm(&["set", "C0001", "city=Kiel"]).exits(4).err.contains("crm me"));
    assert!(desk.crm(&["me", "Bo"]).exits(2).err.contains("Lin Wei <lin@example.com>"));
}

#[test]
fn what_the_user_staged_stays_staged_and_what_the_user_changed_stays_changed() {
    wants_git!();
    let desk = desk();
    desk.write("notes.txt", "my own\n");
    desk.git(&["add", "notes.txt"]);
    let other = desk.card("Lakeside");
    let mine = fs::read_to_string(&other).expect("a card") + "# mine\n";
    fs::write(&other, &mine).expect("a card");
    let staged = "A  notes.txt";
    let changed = " M \"prospects/US-United States/Lakeside Valves/card.toml\"";
    for command in [
        &["set", "C0001", "city=Husum"][..],
        &["add", "Elbe Seals", "--country", "DE"],
        &["move", "C0001", "--stage", "customer"],
        &["followup", "log", "C0001", "phone", "Asked", "--next", "+7d"],
        &["contact", "add", "C0001", "Joe"],
        &["unset", "C0001", "city"],
        &["move", "C0001", "--name", "Nordwind Ventile GmbH"],
        &["close", "C0001", "--reason", "gone"],
        &["remove", "C0003", "--reason", "twice", "--yes"],
    ] {
        desk.crm(command).done();
        let status = desk.git(&["status", "--porcelain"]);
        let mut lines: Vec<&str> = status.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, [changed, staged], "{command:?}");
        assert_eq!(desk.git(&["show", ":notes.txt"]), "my own\n", "{command:?}");
        assert_eq!(fs::read_to_string(&other).expect("a card"), mine, "{command:?}");
        assert!(!desk.git(&["ls-tree", "-r", "--name-only", "HEAD"]).contains("notes.txt"), "{command:?}");
    }
    desk.git(&["commit", "-qm", "mine"]);
    assert_eq!(desk.git(&["show", "--name-only", "--format=", "HEAD"]).trim(), "notes.txt");
    desk.git(&["fsck", "--strict", "--no-dangling"]);
}

#[test]
fn a_staged_change_of_the_same_card_is_recorded_as_a_hand_edit() {
    wants_git!();
    let desk = desk();
    let text = fs::read_to_string(desk.archive.join(CARD)).expect("a card") + "# staged\n";
    desk.write(CARD, &text);
    desk.git(&["add", CARD]);
    desk.crm(&["set", "C0001", "city=Husum"]).done();
    let log = desk.git(&["log", "-2", "--format=%s"]);
    assert_eq!(log.lines().collect::<Vec<_>>(), ["C0001 changed: city", "C0001 edited by hand"]);
    assert!(desk.git(&["show", &format!("HEAD:{CARD}")]).contains("# staged"));
    desk.is_clean_and_sound();
}

#[test]
fn a_staged_removal_of_another_card_stays_staged() {
    wants_git!();
    let desk = desk();
    desk.git(&["rm", "-q", "prospects/US-United States/Lakeside Valves/card.toml"]);
    desk.crm(&["set", "C0001", "city=Husum"]).done();
    assert!(desk.git(&["status", "--porcelain"]).starts_with("D  "));
    assert!(desk.git(&["ls-tree", "-r", "--name-only", "HEAD"]).contains("Lakeside"));
}

#[test]
fn after_every_command_git_has_nothing_to_say() {
    wants_git!();
    let desk = desk();
    desk.write("../people.csv", "name,country\nRhône Joints,FR\n");
    for command in [
        &["add", "Straße & Söhne", "--country", "AT", "--contact", "Eva <eva@strasse.example>"][..],
        &["followup", "log", "C0003", "phone", "Asked", "--next", "+7d", "--goal", "Send the offer"],
        &["followup", "plan", "C0001", "2026-03-11", "email"],
        &["set", "C0001", "C0002", "tags+=pumps"],
        &["unset", "C0001", "city"],
        &["move", "C0001", "C0002", "--stage", "customer"],
        &["move", "C0001", "--country", "FR"],
        &["move", "C0001", "--name", "Nordwind SARL"],
        &["contact", "add", "C0001", "Zoé", "email=zoe@nordwind.example"],
        &["import", "../people.csv"],
        &["close", "C0002", "--reason", "moved away"],
        &["remove", "C0004", "--reason", "twice", "--yes"],
        &["list"],
        &["followup"],
        &["commit"],
    ] {
        desk.crm(command).done();
        desk.is_clean_and_sound();
        assert_eq!(desk.git(&["write-tree"]), desk.git(&["rev-parse", "HEAD^{tree}"]), "{command:?}");
    }
}
