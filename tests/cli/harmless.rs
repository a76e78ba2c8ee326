//! What a card says is not trusted and never lost: odd names are filed safely and shown
//! harmlessly, and a card that is broken hides nothing but itself.

use std::fs;
use std::path::Path;

use crate::desk::{Answer, Desk};

const BROKEN: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH/card.toml";

/// Names that a file system, a terminal or git could take amiss.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "../../etc",
        "/etc/passwd",
        "..\\..\\windows",
        "CON",
        "nul.txt",
        "Aux .x.y",
        "COM¹",
        "CONIN$",
        "a/b:c*",
        "<\"|?>",
        "...",
        ".git",
        "git~1",
        ".gitmodules",
        "card.toml",
        "-rf",
        "$(touch pwned)",
        "Evil\u{1b}[31m\u{202e}gnp.exe\u{7}",
        "pay\u{200b}pal\u{feff}\u{2066}",
        "one\nerror: two",
        "Straße",
        "STRASSE",
        "e\u{301}tude",
        "\u{e9}tude",
        "深圳市机械有限公司",
        "شركة الميكانيكا",
        "💼 Handel 🌍",
        "  Spaces  ",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("Ä".repeat(300));
    names.push("有".repeat(300));
    names
}

/// What no output may hold: a control character other than the line's end, or a sign that turns
/// the direction or hides.
fn is_bad(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn is_harmless(answer: &Answer) {
    let found: Vec<char> = answer.all().chars().filter(|c| is_bad(*c)).collect();
    assert!(found.is_empty(), "{found:?} in {:?}", answer.all());
}

/// What every file system takes: design.md section 1.
#[track_caller]
fn is_safe_folder(name: &str) {
    assert!(!name.is_empty() && name.len() <= 80, "{name:?}");
    assert!(!name.contains(|c: char| c.is_control() || "<>:\"/\\|?*".contains(c)), "{name:?}");
    assert_eq!(name.trim(), name);
    assert!(!name.ends_with('.') && !name.starts_with('.'), "{name:?}");
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let devices = ["con", "nul", "aux", "com¹", "conin$"];
    assert!(!devices.contains(&stem.as_str()), "{name:?} is a device of Windows");
    assert!(!name.eq_ignore_ascii_case("git~1"), "{name:?} is git's own on Windows");
}

#[test]
fn every_name_is_filed_safely_and_unchanged_in_the_card() {
    wants_git!();
    let desk = Desk::new();
    let mut folded = Vec::new();
    for name in names() {
        // Some are one name to `crm dup`; here each is to have a folder.
        let added = desk.crm(&["add", "--anyway", "--country", "DE", "--", &name]).done();
        is_harmless(&added);
        let no = added.key();
        let got = desk.crm(&["get", &no, "name"]).done().out;
        assert_eq!(got.strip_suffix('\n'), Some(name.as_str()), "{no}");
        let shown = desk.crm(&["show", &no, "--format", "json"]).done();
        let card: serde_json::Value = serde_json::from_str(&shown.out).expect("JSON");
        assert_eq!(card["name"], name.as_str());
        let folder = card["computed"]["folder"].as_str().expect("a folder").to_owned();
        let company = folder.strip_prefix("prospects/DE-Germany/").expect("in its country");
        is_safe_folder(company);
        assert!(desk.archive.join(&folder).join("card.toml").is_file(), "{folder}");
        assert!(folder.encode_utf16().count() <= 120 - "/card.toml".len(), "{folder}");
        folded.push(company.to_lowercase().replace('ß', "ss"));
    }
    let count = folded.len();
    folded.sort_unstable();
    folded.dedup();
    assert_eq!(folded.len(), count, "no two folders are one to a file system that folds case");
    assert!(!desk.home().join("etc").exists() && !Path::new("pwned").exists());
    desk.is_clean_and_sound();
    // Whoever clones on another system gets them all.
    desk.git(&["-c", "core.protectNTFS=true", "-c", "core.protectHFS=true", "clone", "-q", ".", "../clone"]);
}

#[test]
fn every_name_is_shown_harmlessly_by_every_command() {
    wants_git!();
    let desk = Desk::new();
    for name in names().into_iter().filter(|n| n.contains(is_bad) || n.contains(['\n', '\\', '$'])) {
        let no = desk.crm(&["add", "--country", "DE", "--", &name]).done().key();
        is_harmless(&desk.crm(&["contact", "add", &no, &format!("name={name}")]).done());
        let (note, goal) = (format!("--note={name}"), format!("--goal={name}"));
        is_harmless(&desk.crm(&["followup", "log", &no, &note, "--", "phone", &name]).done());
        is_harmless(&desk.crm(&["followup", "plan", &no, "2026-03-10", "phone", &goal]).done());
        for read in
            [&["show", &no][..], &["followup", "list", &no], &["contact", "list", &no], &["history", &no]]
        {
            is_harmless(&desk.crm(read).done());
        }
        // In errors too: a name that is not there, a path, a value, an option.
        for wrong in [
            &["show", &format!("{name} no such")][..],
            &["get", &no, &name],
            &["set", &no, &format!("{name}=1")],
            &["set", &no, &format!("closed={name}")],
            &["list", "--country", &name],
            &["list", "--columns", &name],
            &["followup", "plan", &no, &name],
            &["me", &name],
            &[&format!("x{name}")],
            &["list", &format!("--{name}")],
        ] {
            let answer = desk.crm(wrong);
            assert_ne!(answer.code, 0, "{wrong:?}");
            is_harmless(&answer);
        }
    }
    for read in [
        &["list"][..],
        &["followup"],
        &["history"],
        &["list", "--columns", "name,folder,id"],
        &["show", "tude"],
        &["--color", "never", "list"],
    ] {
        is_harmless(&desk.crm(read));
    }
    desk.is_clean_and_sound();
}

#[test]
fn a_card_whose_file_holds_control_characters_is_shown_harmlessly() {
    wants_git!();
    let desk = Desk::new();
    let name = "Esc \\u001b[2J \\u202e \\u0007";
    desk.write(
        "prospects/DE-Germany/Esc/card.toml",
        format!(
            "name = \"{name}\"\nremark = \"a\\nb\\u001b]0;title\\u0007\"\n[erp]\n\"k\\u001b\" = \"\\u001b\"\n"
        ),
    );
    for read in
        [&["list"][..], &["show", "esc"], &["followup"], &["commit"], &["history"], &["show", "C0001"]]
    {
        is_harmless(&desk.crm(read).done());
    }
    desk.write("prospects/DE-Germany/Esc\u{1b}[31m/card.toml", "name = \"\u{1b}[2J\n");
    for read in [&["list"][..], &["commit"], &["followup"]] {
        is_harmless(&desk.crm(read).exits(5));
    }
}

#[test]
fn a_name_cannot_forge_a_line_of_its_own() {
    wants_git!();
    let desk = Desk::new();
    let added = desk.crm(&["add", "--country", "DE", "--", "one\nerror: two"]).done();
    assert!(!added.err.lines().any(|line| line.starts_with("error: two")), "{}", added.err);
    let list = desk.crm(&["list"]).done();
    assert_eq!(list.out.lines().count(), 2, "{}", list.out);
    let shown = desk.crm(&["show", "C0001"]).done();
    assert!(!shown.out.lines().any(|line| line.starts_with("error: two")), "{}", shown.out);
    assert_eq!(desk.git(&["log", "-1", "--format=%B"]).lines().next(), Some("C0001 added: one error: two"));
}

/// A desk with three customers; the first one's card is no TOML any more.
fn desk_with_a_broken_card() -> (Desk, String) {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE"]).done();
    desk.crm(&["add", "Lakeside Valves", "--country", "US"]).done();
    desk.crm(&["add", "Nordwind Pumpen GmbH & Partner", "--country", "AT"]).done();
    let text = desk.crm(&["get", "C0001", "id"]).done().key();
    let broken =
        format!("id = \"{text}\"\nno = \"C0001\"\n名 = \"深圳\" oops\nname = \"Nordwind Pumpen GmbH\"\n");
    desk.write(BROKEN, &broken);
    (desk, broken)
}

#[test]
fn a_broken_card_hides_nothing_else_and_is_said_with_its_place_and_mend() {
    wants_git!();
    let (desk, _) = desk_with_a_broken_card();
    for read in [&["list"][..], &["followup"], &["list", "--country", "US"]] {
        let answer = desk.crm(read).exits(5);
        assert!(answer.err.contains(&format!("{BROKEN}:3:")), "{}", answer.err);
        assert!(answer.err.contains("oops"), "the line itself: {}", answer.err);
        assert!(answer.err.contains(&format!("mend it in a text editor: {BROKEN}")), "{}", answer.err);
    }
    let list = desk.crm(&["list"]).exits(5);
    assert!(list.out.contains("Lakeside Valves") && list.out.contains("& Partner"), "{}", list.out);
    assert!(!list.err.contains("no longer at"), "it is broken, not gone: {}", list.err);
    desk.crm(&["show", "C0002"]).done();
    desk.crm(&["set", "C0002", "city=Duluth"]).done();
}

#[test]
fn the_caret_stands_under_the_fault_also_behind_wide_characters() {
    wants_git!();
    let (desk, _) = desk_with_a_broken_card();
    let said = desk.crm(&["list"]).exits(5).err;
    let mut lines = said.lines().skip_while(|line| !line.contains("oops"));
    let line = lines.next().expect("the line");
    let caret = lines.next().expect("the caret");
    let cells = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let before = &line[..line.find("oops").expect("the fault")];
    let at = caret.find('^').expect("a caret");
    assert!((cells(before)..cells(before) + 4).contains(&at), "{said}");
}

#[test]
fn writing_to_a_broken_card_is_refused_and_changes_nothing() {
    wants_git!();
    let (desk, broken) = desk_with_a_broken_card();
    let head = desk.git(&["rev-parse", "HEAD"]);
    let folder = BROKEN.trim_end_matches("/card.toml");
    for card in ["C0001", "c1", "Nordwind Pumpen GmbH", folder, BROKEN] {
        for write in [
            &["set", card, "city=Kiel"][..],
            &["unset", card, "owner"],
            &["move", card, "--stage", "customer"],
            &["close", card, "--reason", "gone"],
            &["remove", card, "--reason", "gone", "--yes"],
            &["followup", "log", card, "phone", "Asked"],
            &["followup", "plan", card, "+1d"],
            &["contact", "add", card, "Joe"],
        ] {
            let answer = desk.crm(write).exits(4);
            assert!(answer.err.contains(&format!("{BROKEN}:3:")), "{write:?}: {}", answer.err);
        }
    }
    let answer = desk.crm(&["commit"]).exits(5);
    assert!(answer.err.contains(BROKEN), "{}", answer.err);
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(fs::read_to_string(desk.archive.join(BROKEN)).expect("the card"), broken);
    desk.git(&["checkout", "-q", "--", BROKEN]);
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    desk.is_clean_and_sound();
}

#[test]
fn a_part_of_its_name_means_the_broken_card_where_nobody_else_has_it() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE"]).done();
    desk.write(BROKEN, "name = \n");
    assert!(desk.crm(&["set", "pumpen", "city=Kiel"]).exits(4).err.contains(BROKEN));
    desk.crm(&["set", "lakeside", "city=Kiel"]).exits(3);
}

#[test]
fn a_number_is_not_given_again_while_its_card_is_broken() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE"]).done();
    desk.write(BROKEN, "name = \n");
    assert_eq!(desk.crm(&["add", "Lakeside Valves"]).done().key(), "C0002");
}

#[test]
fn a_card_that_is_no_text_is_said_and_left_alone() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Lakeside Valves", "--country", "US"]).done();
    for (bytes, place) in [
        (&b"name = \"M\xfcller\"\n"[..], ":1:10"),
        (&b"\xff\xfen\0a\0m\0e\0"[..], ":1:1"),
        (&b"name = \"x\"\n\0\0\0"[..], ":2:"),
        (&b"<<<<<<< HEAD\nname = \"x\"\n"[..], ":1:"),
        (&b"name = \"x\"\nname = \"y\"\n"[..], ":2:1"),
    ] {
        desk.write(BROKEN, bytes);
        let list = desk.crm(&["list"]).exits(5);
        assert!(list.out.contains("Lakeside Valves"), "{}", list.out);
        assert!(list.err.contains(&format!("{BROKEN}{place}")), "{place}: {}", list.err);
        is_harmless(&list);
        assert_eq!(fs::read(desk.archive.join(BROKEN)).expect("the card"), bytes);
    }
}

#[test]
fn two_matches_are_listed_and_nothing_is_changed() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen", "--country", "DE"]).done();
    desk.crm(&["add", "Nordwind Ventile", "--country", "AT"]).done();
    for command in
        [&["show", "nordwind"][..], &["set", "nordwind", "city=Kiel"], &["followup", "log", "nordwind"]]
    {
        let answer = desk.crm(command).exits(3);
        for line in ["C0001  Nordwind Pumpen", "C0002  Nordwind Ventile"] {
            assert!(answer.err.contains(line), "{command:?}: {}", answer.err);
        }
        assert_eq!(answer.out, "");
    }
    assert_eq!(desk.commits(), 3);
    let near = desk.crm(&["show", "Nordwimd"]).exits(3).err;
    assert!(near.contains("did you mean"), "{near}");
}

#[test]
fn a_faulty_value_in_one_record_is_said_with_its_place_and_the_rest_is_shown() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE"]).done();
    let text = desk.text("Nordwind")
        + "\n[[followups]]\ndate = \"yesterday\"\nhow = \"phone\"\n\n[[plans]]\ndate = 2026-03-10\nhow = \"phone\"\ngoal = \"Ask\"\n";
    let line = text.lines().position(|l| l.contains("yesterday")).expect("the fault") + 1;
    desk.write(BROKEN, &text);
    let place = format!("{BROKEN}:{line}:8: ‘yesterday’ is not a day");
    for read in [&["show", "C0001"][..], &["list"], &["followup"], &["followup", "list", "C0001"]] {
        let answer = desk.crm(read).exits(5);
        assert!(answer.err.contains(&place), "{read:?}: {}", answer.err);
        assert!(answer.err.contains("date = \"yesterday\""), "{read:?}: {}", answer.err);
    }
    assert!(desk.crm(&["show", "C0001"]).exits(5).out.contains("Ask"));
    assert!(desk.crm(&["followup"]).exits(5).out.contains("Nordwind Pumpen GmbH"));
    // Another write leaves the faulty text as the person typed it.
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    assert!(desk.text("Nordwind").contains("date = \"yesterday\""));
}
