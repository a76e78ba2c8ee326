//! `crm check`: for every code one archive that has the finding and one step that mends it; exit codes,
//! languages, JSON, explanations, and the mends that the program makes itself.

use std::collections::BTreeSet;
use std::fs;

use crm::rules::check::{about, codes};
use serde_json::Value;

use crate::desk::{Answer, Desk};

const FOLDER: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH";
const CARD: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH/card.toml";
const WHOLE: &str = "id = \"c0nrdw1ndp0m\"\nno = \"C0001\"\nname = \"Nordwind Pumpen GmbH\"\nowner = \"Lin Wei\"\n\
                     phone = \"+49 40 1234567\"\naddress = \"Hafenstraße 1\"\n\n[[contacts]]\nid = \"k3f9q2\"\n\
                     name = \"Anna Brandt\"\n\n[[plans]]\nid = \"8hq2td\"\ndate = 2026-03-20\n";
/// Line 16 of the card is the first of these.
const FOLLOWUP: &str =
    "\n[[followups]]\nid = \"w81mzc\"\ndate = 2026-03-05\nhow = \"phone\"\ntopic = \"Asked\"\n";
const OTTO: &str = "\n[[contacts]]\nid = \"aaaaa1\"\nname = \"Otto\"\nmain = true\n";
const IDA: &str = "\n[[contacts]]\nid = \"aaaaa2\"\nname = \"Ida\"\nmain = true\n";

/// An archive of one customer in which nothing is wrong.
fn fine() -> Desk {
    let desk = Desk::new();
    desk.write(CARD, WHOLE);
    desk.crm(&["commit"]).done();
    desk
}

/// Replaces something in the card.
fn put(desk: &Desk, old: &str, new: &str) {
    let path = desk.archive.join(CARD);
    let text = fs::read_to_string(&path).expect("a card");
    assert!(text.contains(old), "{old} is not in\n{text}");
    fs::write(path, text.replacen(old, new, 1)).expect("a card");
}

/// Puts a line behind the address, where it is line 7.
fn top(desk: &Desk, line: &str) {
    put(desk, "address = \"Hafenstraße 1\"\n", &format!("address = \"Hafenstraße 1\"\n{line}\n"));
}

fn append(desk: &Desk, text: &str) {
    desk.write(CARD, format!("{}{text}", desk.text("Nordwind")));
}

fn settings(desk: &Desk, text: &str) {
    desk.write("crm.toml", format!("format = 1\n\n{text}\n"));
}

/// A second customer like the first, with another id.
fn second(desk: &Desk, folder: &str, no: &str, more: &str) {
    let text = WHOLE.replace("c0nrdw1ndp0m", "zz2222222222").replace("C0001", no);
    desk.write(&format!("{folder}/card.toml"), text.replace("phone =", &format!("{more}phone =")));
}

fn remove(desk: &Desk, path: &str) {
    fs::remove_file(desk.archive.join(path)).expect("a file");
}

/// What mends a finding.
enum Mend {
    /// `crm check --fix`.
    Fix,
    /// A command.
    Crm(&'static [&'static str]),
    /// A person, with other programs.
    Hand(fn(&Desk)),
}
use Mend::{Crm, Fix, Hand};

/// A code, what makes the finding, its path, its line (0 for none), and what mends it.
type Case = (&'static str, fn(&Desk), &'static str, u64, Mend);

fn of_cards() -> Vec<Case> {
    vec![
        (
            "card_unreadable",
            |d| put(d, "\"Lin Wei\"", "Lin Wei"),
            CARD,
            4,
            Hand(|d| put(d, "= Lin Wei", "= \"Lin Wei\"")),
        ),
        ("bad_value", |d| top(d, "sincerity = 101"), CARD, 7, Crm(&["set", "C0001", "sincerity=90"])),
        (
            "missing_field",
            |d| append(d, &FOLLOWUP.replace("topic = \"Asked\"\n", "")),
            CARD,
            16,
            Crm(&["set", "C0001", "followups[w81mzc].topic=Asked"]),
        ),
        (
            "not_records",
            |d| top(d, "followups = \"none\""),
            CARD,
            7,
            Hand(|d| put(d, "followups = \"none\"\n", "")),
        ),
        ("twin_id", |d| append(d, "\n[[contacts]]\nid = \"k3f9q2\"\nname = \"Otto\"\n"), CARD, 16, Fix),
        (
            "unknown_key",
            |d| top(d, "warehouse = \"Hamburg\""),
            CARD,
            7,
            Hand(|d| put(d, "warehouse = \"Hamburg\"\n", "")),
        ),
        (
            "near_key",
            |d| top(d, "webiste = \"nordwind.example\""),
            CARD,
            7,
            Hand(|d| put(d, "webiste", "website")),
        ),
        ("missing_id", |d| append(d, &FOLLOWUP.replace("id = \"w81mzc\"\n", "")), CARD, 16, Fix),
        ("missing_number", |d| put(d, "no = \"C0001\"\n", ""), CARD, 0, Fix),
        (
            "bad_own_value",
            |d| {
                settings(d, "[fields.moq]\nkind = \"int\"");
                append(d, "\n[custom]\nmoq = \"many\"\n");
            },
            CARD,
            17,
            Crm(&["set", "C0001", "custom.moq=500"]),
        ),
        (
            "unlisted_choice",
            |d| top(d, "biz_type = \"compile\""),
            CARD,
            7,
            Crm(&["set", "C0001", "biz_type=importer"]),
        ),
        (
            "broken_reference",
            |d| append(d, &format!("{FOLLOWUP}settles = \"g0ne01\"\n")),
            CARD,
            21,
            Crm(&["unset", "C0001", "followups[w81mzc].settles"]),
        ),
        (
            "unknown_member",
            |d| {
                settings(d, "[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]");
            },
            CARD,
            4,
            Crm(&["set", "C0001", "owner=lin"]),
        ),
        (
            "two_main_contacts",
            |d| append(d, &format!("{OTTO}{IDA}")),
            CARD,
            24,
            Crm(&["set", "C0001", "contacts[aaaaa2].main=no"]),
        ),
        ("ended_main_contact", |d| append(d, &format!("{OTTO}until = 2026-02-01\n{IDA}")), CARD, 19, Fix),
        (
            "no_next_step",
            |d| put(d, "\n[[plans]]\nid = \"8hq2td\"\ndate = 2026-03-20\n", ""),
            CARD,
            0,
            Crm(&["followup", "plan", "C0001", "+7d"]),
        ),
        (
            "future_day",
            |d| append(d, &FOLLOWUP.replace("03-05", "03-12")),
            CARD,
            18,
            Crm(&["set", "C0001", "followups[w81mzc].date=2026-03-05"]),
        ),
        (
            "days_reversed",
            |d| append(d, &format!("{OTTO}since = 2026-03-01\nuntil = 2026-02-01\n")),
            CARD,
            21,
            Crm(&["set", "C0001", "contacts[aaaaa1].until=2026-03-02"]),
        ),
        (
            "late_entry",
            |d| append(d, &format!("{FOLLOWUP}entered_at = 2026-03-08T10:00:00+08:00\n")),
            CARD,
            21,
            Crm(&["set", "C0001", "followups[w81mzc].date=2026-03-08"]),
        ),
        (
            "incomplete",
            |d| {
                put(d, "phone = \"+49 40 1234567\"\n", "");
                put(d, "address = \"Hafenstraße 1\"\n", "");
            },
            CARD,
            0,
            Crm(&["set", "C0001", "phone=+49 40 1", "address=Hafenstraße 1"]),
        ),
        (
            "country_disagrees",
            |d| top(d, "country = \"FR\""),
            CARD,
            7,
            Crm(&["move", "C0001", "--country", "FR"]),
        ),
        (
            "conflict",
            |d| append(d, "\n[[conflicts]]\npath = \"phone\"\nvalue = \"+49 40 2\"\n"),
            CARD,
            16,
            Crm(&["conflict", "take", "C0001", "phone", "+49 40 2"]),
        ),
        ("closed_elsewhere", |d| top(d, "closed = 2026-03-01"), CARD, 7, Crm(&["unset", "C0001", "closed"])),
        (
            "closed_without_day",
            |d| d.drag(FOLDER, "closed/DE-Germany/Nordwind Pumpen GmbH"),
            "closed/DE-Germany/Nordwind Pumpen GmbH/card.toml",
            0,
            Crm(&["set", "C0001", "closed=2026-03-01", "close_reason=Bankrupt"]),
        ),
    ]
}

fn of_archive() -> Vec<Case> {
    vec![
        (
            "copied_folder",
            |d| d.write("prospects/FR-France/Copy/card.toml", WHOLE),
            "prospects/FR-France/Copy/card.toml",
            0,
            Fix,
        ),
        (
            "same_number",
            |d| second(d, "prospects/FR-France/Atelier Bleu", "C0001", ""),
            "prospects/FR-France/Atelier Bleu/card.toml",
            2,
            Hand(|d| {
                let path = "prospects/FR-France/Atelier Bleu/card.toml";
                let text = fs::read_to_string(d.archive.join(path)).expect("a card");
                d.write(path, text.replace("no = \"C0001\"\n", ""));
                d.crm(&["commit"]).done();
            }),
        ),
        (
            "bad_number",
            |d| put(d, "\"C0001\"", "\"seven\""),
            CARD,
            2,
            Hand(|d| {
                put(d, "no = \"seven\"\n", "");
                d.crm(&["commit"]).done();
            }),
        ),
        (
            "former_id_in_use",
            |d| second(d, "prospects/FR-France/Atelier Bleu", "C0002", "former_ids = [\"c0nrdw1ndp0m\"]\n"),
            "prospects/FR-France/Atelier Bleu/card.toml",
            0,
            Hand(|d| second(d, "prospects/FR-France/Atelier Bleu", "C0002", "")),
        ),
        (
            "wrong_branch",
            |d| d.drag(FOLDER, "domestic/DE-Germany/Nordwind Pumpen GmbH"),
            "domestic/DE-Germany/Nordwind Pumpen GmbH",
            0,
            Fix,
        ),
        (
            "unclear_country",
            |d| d.drag("prospects/DE-Germany", "prospects/Germany"),
            "prospects/Germany",
            0,
            Fix,
        ),
        (
            "not_a_country",
            |d| d.write("prospects/Atlantis/Old/offer.txt", "an offer"),
            "prospects/Atlantis",
            0,
            Hand(|d| d.drag("prospects/Atlantis", "prospects/GR-Greece")),
        ),
        #[cfg(target_os = "linux")]
        (
            "same_folder_name",
            |d| second(d, "prospects/DE-Germany/NORDWIND PUMPEN GMBH", "C0002", ""),
            "prospects/DE-Germany/NORDWIND PUMPEN GMBH",
            0,
            Fix,
        ),
        #[cfg(unix)]
        (
            "unsafe_name",
            |d| d.drag(FOLDER, "prospects/DE-Germany/Nordwind: Pumpen."),
            "prospects/DE-Germany/Nordwind: Pumpen.",
            0,
            Fix,
        ),
        #[cfg(target_os = "linux")]
        (
            "name_not_utf8",
            |d| {
                use std::os::unix::ffi::OsStrExt;
                let name = std::ffi::OsStr::from_bytes(b"offer-\xff.txt");
                fs::write(d.archive.join(FOLDER).join(name), "an offer").expect("a file");
            },
            "prospects/DE-Germany/Nordwind Pumpen GmbH/offer-\u{fffd}.txt",
            0,
            Hand(|d| {
                use std::os::unix::ffi::OsStrExt;
                let folder = d.archive.join(FOLDER);
                let old = folder.join(std::ffi::OsStr::from_bytes(b"offer-\xff.txt"));
                fs::rename(old, folder.join("offer.txt")).expect("a name");
            }),
        ),
        (
            "folder_without_card",
            |d| d.write("prospects/DE-Germany/Elbe Seals/offer.txt", "an offer"),
            "prospects/DE-Germany/Elbe Seals",
            0,
            Hand(|d| d.write("prospects/DE-Germany/Elbe Seals/card.toml", "name = \"Elbe Seals\"\n")),
        ),
        ("missing_customer", |d| d.drag(FOLDER, "../gone"), CARD, 0, Crm(&["commit", "--removed"])),
        (
            "stray_card",
            |d| d.write(&format!("{FOLDER}/old/card.toml"), WHOLE),
            "prospects/DE-Germany/Nordwind Pumpen GmbH/old/card.toml",
            0,
            Hand(|d| remove(d, &format!("{FOLDER}/old/card.toml"))),
        ),
        (
            "stray_file",
            |d| d.write("prospects/DE-Germany/list.txt", "a list"),
            "prospects/DE-Germany/list.txt",
            0,
            Hand(|d| d.drag("prospects/DE-Germany/list.txt", &format!("{FOLDER}/list.txt"))),
        ),
        (
            "conflict_copy",
            |d| d.write(&format!("{FOLDER}/card (1).toml"), WHOLE),
            "prospects/DE-Germany/Nordwind Pumpen GmbH/card (1).toml",
            0,
            Hand(|d| remove(d, &format!("{FOLDER}/card (1).toml"))),
        ),
        (
            "draft_left",
            |d| d.write(&format!("{FOLDER}/.crm-a1b2.tmp"), "half a"),
            "prospects/DE-Germany/Nordwind Pumpen GmbH/.crm-a1b2.tmp",
            0,
            Fix,
        ),
        #[cfg(unix)]
        (
            "link",
            |d| std::os::unix::fs::symlink("/etc", d.archive.join(FOLDER).join("papers")).expect("a link"),
            "prospects/DE-Germany/Nordwind Pumpen GmbH/papers",
            0,
            Hand(|d| remove(d, &format!("{FOLDER}/papers"))),
        ),
        (
            "large_paper",
            |d| {
                settings(d, "[papers]\nmax_mib = 1");
                d.write(&format!("{FOLDER}/film.bin"), vec![0; (1 << 20) + 1]);
            },
            "prospects/DE-Germany/Nordwind Pumpen GmbH/film.bin",
            0,
            Hand(|d| d.write(&format!("{FOLDER}/film.bin"), "shorter")),
        ),
        (
            "bad_view",
            |d| settings(d, "[views.late]\ncolumns = [\"no\"]\nwhere = \"dais_silent > 30\""),
            "crm.toml",
            5,
            Hand(|d| settings(d, "[views.late]\ncolumns = [\"no\"]\nwhere = \"days_silent > 30\"")),
        ),
        (
            "bad_settings",
            |d| d.write("crm.toml", "format = 1\n\n[papers]\nmax_mb = 1\n"),
            "crm.toml",
            4,
            Hand(|d| d.write("crm.toml", "format = 1\n\n[papers]\nmax_mib = 1\n")),
        ),
    ]
}

/// What `crm check` finds, as data.
fn found(answer: &Answer) -> Vec<Value> {
    serde_json::from_str::<Vec<Value>>(&answer.out).unwrap_or_else(|e| panic!("{e}: {}", answer.all()))
}

fn check(desk: &Desk) -> (Answer, Vec<Value>) {
    let answer = desk.crm(&["check", "--format", "json"]);
    let found = found(&answer);
    (answer, found)
}

/// Makes each finding, and mends it in the way that is named.
fn made_and_mended(cases: Vec<Case>) {
    for (code, make, path, line, mend) in cases {
        let desk = fine();
        make(&desk);
        let (answer, all) = check(&desk);
        let finding = all.iter().find(|f| f["code"] == code);
        let finding = finding.unwrap_or_else(|| panic!("{code} is not found:\n{}", answer.all()));
        let severity = about(code).expect("it is explained").severity;
        assert_eq!(finding["severity"], severity.token(), "{code}");
        assert_eq!(finding["path"], path, "{code}");
        assert_eq!(finding["line"], if line == 0 { Value::Null } else { line.into() }, "{code}: {finding}");
        assert!(!finding["message"].as_str().unwrap_or("").is_empty(), "{code}");
        assert!(!finding["mend"].as_str().unwrap_or("").is_empty(), "{code}");
        let any_error = all.iter().any(|f| f["severity"] == "error");
        assert_eq!(answer.code, i32::from(any_error), "{code}: {}", answer.all());
        match mend {
            Fix => {
                assert_eq!(finding["mend"], "`crm check --fix`", "{code}");
                let fixed = desk.crm(&["check", "--fix"]);
                assert!([0, 1].contains(&fixed.code), "{code}: {}", fixed.all());
            }
            Crm(arguments) => {
                desk.crm(arguments).done();
            }
            Hand(mend) => mend(&desk),
        }
        let (answer, all) = check(&desk);
        assert!(!all.iter().any(|f| f["code"] == code), "{code} is still found:\n{}", answer.all());
    }
}

#[test]
fn every_finding_of_a_card_is_made_and_mended() {
    wants_git!();
    made_and_mended(of_cards());
}

#[test]
fn every_finding_of_the_archive_is_made_and_mended() {
    wants_git!();
    made_and_mended(of_archive());
}

#[test]
#[cfg(target_os = "linux")]
fn no_code_is_without_a_test() {
    wants_git!();
    let tested: BTreeSet<&str> = of_cards().iter().chain(&of_archive()).map(|case| case.0).collect();
    assert_eq!(tested, codes::every().map(|about| about.code).collect());
}

#[test]
fn every_word_of_a_saved_view_is_looked_at() {
    wants_git!();
    let desk = fine();
    settings(
        &desk,
        "[views.a]\ncolumns = [\"no\", \"citty\"]\nheads = { nmae = \"N\" }\nsort = \"-onwer\"\nstage = \"client\"\n\
         country = \"Atlantis\"\nwhere = \"round(sincerity, 1, 2) > 1\"\n\n[views.b]\nwhere = \"days_silent > 30\"",
    );
    let (answer, all) = check(&desk);
    let said: Vec<(u64, &str, &str)> = all
        .iter()
        .filter(|f| f["code"] == "bad_view")
        .map(|f| {
            (
                f["line"].as_u64().unwrap_or(0),
                f["message"].as_str().unwrap_or(""),
                f["mend"].as_str().unwrap_or(""),
            )
        })
        .collect();
    let lines: Vec<u64> = said.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [4, 5, 6, 7, 8, 9], "{}", answer.all());
    assert_eq!(said[0].1, "the view a cannot be used: no column is called ‘citty’");
    assert!(said[0].2.contains("did you mean city?") && said[1].2.contains("name"), "{said:?}");
    assert!(said[5].1.contains("round() has the wrong number of values"), "{said:?}");
}

#[test]
fn an_archive_that_is_fine_says_so() {
    wants_git!();
    let desk = fine();
    let said = desk.crm(&["check"]).done();
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "nothing to mend; cards 1\n"));
    assert_eq!(desk.crm(&["check", "--lang", "zh-CN"]).done().err, "没有需要修正的内容；卡片 1\n");
    assert_eq!(desk.crm(&["check", "-q"]).done().all(), "");
    assert_eq!(desk.crm(&["check", "--format", "json"]).done().out, "[]\n");
    let text = desk.text("Nordwind").replace('\n', "\r\n");
    desk.write(CARD, format!("\u{feff}{text}"));
    desk.write(&format!("{FOLDER}/Thumbs.db"), "x");
    desk.crm(&["commit"]).done();
    assert_eq!(desk.crm(&["check"]).done().out, "", "line ends and marks of others are no finding");
}

#[test]
fn errors_exit_1_and_warnings_only_with_strict() {
    wants_git!();
    let desk = fine();
    put(&desk, "\n[[plans]]\nid = \"8hq2td\"\ndate = 2026-03-20\n", "");
    let said = desk.crm(&["check"]).done();
    assert!(said.err.ends_with("errors 0, warnings 1, notes 0; cards 1\n"), "{}", said.err);
    desk.crm(&["check", "--strict"]).exits(1);
    desk.crm(&["check", "--strict", "--only", "bad_value"]).done();
    top(&desk, "sincerity = 101");
    desk.crm(&["check"]).exits(1);
    desk.crm(&["check", "--only", "no_next_step,near_key"]).done();
    let unknown = desk.crm(&["check", "--only", "no_next_stop"]).exits(2);
    assert!(unknown.err.contains("no_next_step"), "{}", unknown.err);
}

#[test]
fn a_finding_says_where_it_is_and_what_mends_it_in_both_languages() {
    wants_git!();
    let desk = fine();
    append(&desk, &format!("{OTTO}{IDA}"));
    let en = desk.crm(&["check"]).done().out;
    assert!(en.contains(&format!("{CARD}:24:1")), "{en}");
    assert!(en.contains("Otto and Ida are both the main contact"), "{en}");
    assert!(en.contains("`crm set C0001 'contacts[aaaaa2].main=no'`"), "{en}");
    let zh = desk.crm(&["check", "--lang", "zh-CN"]).done().out;
    assert!(zh.contains("警告") && zh.contains("Otto 和 Ida 都是主要联系人"), "{zh}");
    let (_, all) = check(&desk);
    let keys: Vec<&String> = all[0].as_object().expect("an object").keys().collect();
    let wanted = ["severity", "code", "card", "folder", "path", "line", "column", "message", "mend"];
    assert_eq!(keys, wanted);
    assert_eq!((&all[0]["card"], &all[0]["folder"]), (&"C0001".into(), &FOLDER.into()));
}

#[test]
fn only_the_cards_that_are_named_are_looked_at_and_all_that_they_lack_is_said() {
    wants_git!();
    let desk = fine();
    second(&desk, "prospects/FR-France/Atelier Bleu", "C0002", "sincerity = 101\n");
    let one = desk.crm(&["check", "C0001"]).done();
    assert_eq!((one.out.as_str(), one.err.as_str()), ("", "nothing to mend; cards 1\n"));
    desk.crm(&["check", "C0002"]).exits(1);
    put(&desk, "address = \"Hafenstraße 1\"\n", "");
    assert_eq!(desk.crm(&["check", "--only", "incomplete"]).done().out, "", "four of five are enough");
    let named = desk.crm(&["check", "C0001"]).done().out;
    assert!(named.contains("80% of the mandatory fields") && named.contains("missing: Address"), "{named}");
    put(&desk, "\"Lin Wei\"", "Lin Wei");
    assert!(desk.crm(&["check", "C0001"]).exits(1).out.contains("card_unreadable"));
    desk.crm(&["check", "nobody"]).exits(3);
}

#[test]
fn the_bound_and_the_mandatory_fields_are_settings() {
    wants_git!();
    let desk = fine();
    settings(&desk, "[check]\ncompleteness = 100\n[check.mandatory]\nenterprise = [\"name\", \"fax\"]");
    let said = desk.crm(&["check"]).done().out;
    assert!(said.contains("50% of the mandatory fields are filled; missing: Fax"), "{said}");
    let desk = fine();
    settings(&desk, "[check.mandatory]\nenterprise = [\"telefax\"]");
    assert!(desk.crm(&["check"]).exits(1).out.contains("telefax"));
}

#[test]
fn every_code_is_explained_in_both_languages() {
    wants_git!();
    let desk = Desk::bare();
    let crm = |arguments: &[&str]| desk.crm_in(desk.home(), arguments);
    let all = crm(&["check", "--explain"]).done().out;
    for about in codes::every() {
        assert!(all.contains(about.code), "{} is not listed", about.code);
    }
    let one = crm(&["check", "--explain", "late-entry"]).done().out;
    assert!(one.contains("R-080") && one.contains("check.late_days"), "{one}");
    let zh = crm(&["check", "--explain", "late_entry", "--lang", "zh-CN"]).done().out;
    assert!(zh.contains("跟进的录入晚于公司规定") && zh.contains("提示"), "{zh}");
    crm(&["check", "--explain", "nonsense"]).exits(2);
}

#[test]
fn a_dry_run_of_the_mends_shows_them_and_touches_nothing() {
    wants_git!();
    let desk = fine();
    append(&desk, &FOLLOWUP.replace("id = \"w81mzc\"\n", ""));
    top(&desk, "sincerity = 101");
    desk.write(&format!("{FOLDER}/.crm-a1b2.tmp"), "half a");
    let before = (desk.text("Nordwind"), desk.commits());
    let said = desk.crm(&["check", "--fix", "-n"]).done();
    assert!(said.out.contains("missing_id") && said.out.contains("draft_left"), "{}", said.out);
    assert!(!said.out.contains("bad_value"), "{}", said.out);
    assert!(said.err.contains("would commit: Findings of the check mended: 1"), "{}", said.err);
    assert_eq!(before, (desk.text("Nordwind"), desk.commits()));
    assert!(desk.archive.join(FOLDER).join(".crm-a1b2.tmp").exists());
}

#[test]
fn all_safe_mends_are_one_commit_and_nothing_else_of_a_card_changes() {
    wants_git!();
    let desk = fine();
    append(&desk, &format!("# Otto left us.\n{OTTO}until = 2026-02-01 # sadly\n{IDA}"));
    desk.drag(FOLDER, "domestic/DE-Germany/Nordwind Pumpen GmbH");
    second(&desk, "prospects/FR-France/Atelier Bleu", "C0002", "");
    let path = "prospects/FR-France/Atelier Bleu/card.toml";
    let text = fs::read_to_string(desk.archive.join(path)).expect("a card");
    desk.write(path, text.replace("id = \"k3f9q2\"\n", ""));
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "By git alone"]);
    let (before, commits) = (desk.text("Nordwind"), desk.commits());
    let fixed = desk.crm(&["check", "--fix"]).done();
    assert_eq!(desk.commits(), commits + 1, "{}", fixed.all());
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]), "Findings of the check mended: 3\n");
    assert!(desk.archive.join("customers/DE-Germany/Nordwind Pumpen GmbH/card.toml").exists());
    let at = before.find("main = true\n").expect("the mark");
    let expected = format!("{}{}", &before[..at], &before[at + "main = true\n".len()..]);
    assert_eq!(desk.text("Nordwind"), expected);
    assert!(desk.text("Atelier").contains("[[contacts]]\nid = \""));
    desk.is_clean_and_sound();
    let again = desk.crm(&["check", "--fix"]).done();
    assert!(again.err.contains("no finding has one safe mend"), "{}", again.err);
}

#[test]
fn a_card_that_lacks_ids_and_number_gets_each_once() {
    wants_git!();
    let desk = fine();
    desk.write(
        "prospects/FR-France/Atelier Bleu/card.toml",
        "name = \"Atelier Bleu\"\n[[plans]]\ndate = 2026-03-20\n",
    );
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "By git alone"]);
    desk.crm(&["check", "--fix"]).done();
    assert_eq!(desk.crm(&["get", "Atelier Bleu", "no"]).done().key(), "C0002");
    assert_eq!(desk.crm(&["add", "Elbe Seals"]).done().key(), "C0003");
    desk.is_clean_and_sound();
}

#[test]
fn hand_edits_are_committed_before_they_are_mended() {
    wants_git!();
    let desk = fine();
    append(&desk, &format!("{OTTO}until = 2026-02-01\n{IDA}"));
    desk.crm(&["check", "--fix"]).done();
    let subjects = desk.git(&["log", "-2", "--format=%s"]);
    assert_eq!(subjects, "Findings of the check mended: 1\nC0001 edited by hand\n");
    desk.is_clean_and_sound();
}

#[test]
fn a_copy_is_not_called_by_the_number_of_the_first_one() {
    wants_git!();
    let desk = fine();
    let text = WHOLE.replace("\n[[plans]]\nid = \"8hq2td\"\ndate = 2026-03-20\n", "");
    desk.write("prospects/FR-France/Copy/card.toml", text);
    let (_, all) = check(&desk);
    let step = all.iter().find(|f| f["code"] == "no_next_step").expect("the copy has no plan");
    assert_eq!(step["mend"], "`crm followup plan 'prospects/FR-France/Copy' DATE`");
    assert!(!all.iter().any(|f| f["code"] == "same_number"), "{all:?}");
}

#[test]
fn a_card_that_is_no_utf8_or_no_file_is_unreadable_at_its_place() {
    wants_git!();
    let desk = fine();
    desk.write(CARD, b"name = \"A\"\ncity = \"\xff\"\n");
    desk.write("prospects/FR-France/Atelier/card.toml/old.txt", "a folder of that name");
    let (_, all) = check(&desk);
    let of = |path: &str| all.iter().find(|f| f["code"] == "card_unreadable" && f["path"] == path);
    assert_eq!(of(CARD).expect("no UTF-8")["line"], 2);
    assert!(of("prospects/FR-France/Atelier/card.toml").is_some(), "{all:?}");
}

#[test]
fn papers_of_names_that_other_systems_refuse_are_said() {
    wants_git!();
    let desk = fine();
    desk.write(&format!("{FOLDER}/aux.txt"), "x");
    desk.write(&format!("{FOLDER}/{}.txt", "long name ".repeat(12)), "x");
    let (_, all) = check(&desk);
    let names: Vec<&str> = all.iter().filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(names, [format!("{FOLDER}/aux.txt")], "a long name is no fault of a paper");
}

#[test]
fn the_moment_of_entry_is_kept_with_a_followup() {
    wants_git!();
    let desk = fine();
    desk.crm(&["followup", "log", "C0001", "phone", "Asked", "--on", "2026-03-08"]).done();
    assert!(desk.text("Nordwind").contains("entered_at = 2026-03-11T"), "{}", desk.text("Nordwind"));
    let said = desk.crm(&["check", "--only", "late_entry"]).done().out;
    assert!(said.contains("entered 3 days after the contact"), "{said}");
    desk.crm(&["followup", "log", "C0001", "phone", "Asked again"]).done();
    let (_, all) = check(&desk);
    assert_eq!(all.iter().filter(|f| f["code"] == "late_entry").count(), 1);
}

#[test]
fn checking_writes_nothing_and_needs_no_index() {
    wants_git!();
    let desk = fine();
    let index = desk.archive.join(".git/crm/index.sqlite");
    fs::remove_file(&index).expect("an index");
    desk.crm(&["check"]).done();
    assert!(!index.exists());
    desk.is_clean_and_sound();
}
