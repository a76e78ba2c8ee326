//! `crm search`: what is found and how it is shown, also while somebody writes, and where nothing can be
//! written. That the file of folded text never changes an answer is tested beside it, in `src/index/text/`.

use std::fs;
use std::thread;

use serde_json::Value;

use crate::desk::{Answer, Desk, answer};

/// A desk with a German, a Chinese and a closed customer.
fn desk() -> Desk {
    let desk = Desk::new();
    let contact = "Anna Müller <anna@nordwind.example>";
    desk.crm(&[
        "add",
        "Nordwind Müller GmbH",
        "--country",
        "DE",
        "--contact",
        contact,
        "phone=+86 (574) 8765-4321",
    ])
    .done();
    desk.crm(&[
        "add",
        "深圳市啟銘電子有限公司",
        "--country",
        "CN",
        "city=深圳",
        "custom.port=Ningbo",
        "tags+=展会",
    ])
    .done();
    desk.crm(&["add", "Lakeside Valves Inc.", "--country", "US", "remark=Knows Müller from the fair"]).done();
    desk.crm(&[
        "followup",
        "log",
        "C0001",
        "phone",
        "Gear pumps",
        "--note",
        "Wants FOB Ningbo\nand the 檔案 soon",
    ])
    .done();
    desk.crm(&["close", "C0003", "--reason", "out of business"]).done();
    desk
}

fn json(answer: &Answer) -> Vec<Value> {
    serde_json::from_str::<Value>(&answer.out).expect("JSON").as_array().expect("an array").clone()
}

fn numbers(desk: &Desk, typed: &[&str]) -> Vec<String> {
    let mut arguments = vec!["search", "--format", "json"];
    arguments.extend(typed);
    let found = json(&desk.crm(&arguments).done());
    found.iter().map(|card| card["no"].as_str().expect("a number").to_owned()).collect()
}

#[test]
fn everything_in_every_card_is_found_the_best_first() {
    wants_git!();
    let desk = desk();
    for (typed, expected) in [
        (vec!["müller"], vec!["C0001", "C0003"]),
        (vec!["MULLER"], vec!["C0001", "C0003"]),
        (vec!["档案"], vec!["C0001"]),
        (vec!["启铭"], vec!["C0002"]),
        (vec!["shenzhen"], vec!["C0002"]),
        (vec!["sz"], vec!["C0002"]),
        (vec!["0574-8765 4321"], vec!["C0001"]),
        (vec!["87654321"], vec!["C0001"]),
        (vec!["ningbo"], vec!["C0001", "C0002"]),
        (vec!["ningbo", "pumps"], vec!["C0001"]),
        (vec!["展会"], vec!["C0002"]),
        (vec!["C0003"], vec!["C0003"]),
        (vec!["müller", "--stage", "closed"], vec!["C0003"]),
        (vec!["müller", "--country", "Germany"], vec!["C0001"]),
        (vec!["ningbo", "--tag", "展会"], vec!["C0002"]),
        (vec!["ningbo", "--where", "city = '深圳'"], vec!["C0002"]),
        (vec!["ningbo", "--limit", "1"], vec!["C0001"]),
        (vec!["pumps", "valves"], vec![]),
    ] {
        assert_eq!(numbers(&desk, &typed), expected, "{typed:?}");
    }
    desk.is_clean_and_sound();
}

#[test]
fn a_hit_is_shown_with_its_place_and_a_mark() {
    wants_git!();
    let desk = desk();
    let shown = desk.crm(&["search", "müller"]).done();
    let expected = "C0001 Nordwind Müller GmbH · Germany · Prospect\n\
        Name             Nordwind Müller GmbH\n\
        Contacts · Name  Anna Müller\n\
        \n\
        C0003 Lakeside Valves Inc. · United States · Closed\n\
        Remark  Knows Müller from the fair\n";
    assert_eq!((shown.out.as_str(), shown.err.as_str()), (expected, ""));
    let colored = desk.crm(&["--color", "always", "search", "pumps"]).done().out;
    assert!(
        colored.contains("Follow-ups 2026-03-11 · Topic  Gear \u{1b}[1;31mpumps\u{1b}[0m\n"),
        "{colored}"
    );
    let chinese = desk.crm(&["--lang", "zh-TW", "search", "anna@"]).done().out;
    assert!(chinese.contains("聯絡人 Anna Müller · 電子郵件  anna@nordwind.example"), "{chinese}");
    let limited = desk.crm(&["search", "müller", "--limit", "1"]).done();
    assert!(!limited.out.contains("C0003") && limited.err.contains("1 more customer:"), "{limited:?}");
    let nothing = desk.crm(&["search", "no such thing"]).done();
    assert_eq!((nothing.out.as_str(), nothing.err.as_str()), ("", "nothing found: no such thing\n"));
    desk.crm(&["search", " "]).exits(2);
}

#[test]
fn scripts_get_the_value_and_the_place_of_the_mark() {
    wants_git!();
    let desk = desk();
    let found = json(&desk.crm(&["search", "啟銘", "档案", "--format", "json"]).done());
    assert_eq!(found, Vec::<Value>::new());
    let found = json(&desk.crm(&["search", "档案", "--format", "json"]).done());
    let card = &found[0];
    assert_eq!(
        (&card["no"], &card["stage"], &card["country"]),
        (&"C0001".into(), &"prospect".into(), &"DE".into())
    );
    let hit = &card["hits"][0];
    let value: Vec<char> = hit["value"].as_str().expect("a text").chars().collect();
    let place = |key: &str| usize::try_from(hit[key].as_u64().expect("a place")).expect("a place");
    assert_eq!(value[place("from")..place("to")].iter().collect::<String>(), "檔案");
    let path = hit["path"].as_str().expect("a path");
    assert_eq!(desk.crm(&["get", "C0001", path]).done().out.trim_end(), value.iter().collect::<String>());
    assert_eq!(card["hits"].as_array().map(Vec::len), Some(1));
    let lines = desk.crm(&["search", "ningbo", "--format", "jsonl"]).done().out;
    assert_eq!(lines.lines().count(), 2);
    let rows = desk.crm(&["search", "ningbo", "--format", "csv"]).done().out;
    assert!(rows.starts_with("Id,No.,Name,Country,Stage,Folder,Path,Place,Found\n"), "{rows}");
    assert!(rows.contains(",custom.port,port,Ningbo\n"), "{rows}");
    assert_eq!(desk.crm(&["search", "nothing", "--format", "json"]).done().out, "[]\n");
}

#[test]
fn what_a_card_says_steers_no_terminal() {
    wants_git!();
    let desk = desk();
    desk.write(
        "prospects/DE-Germany/Nasty/card.toml",
        "name = \"Nasty\"\nremark = \"needle \\u001b[2J\\u202e\\n\\u2060x\"\n",
    );
    let shown = desk.crm(&["--color", "always", "search", "needle"]).done().out;
    assert!(shown.contains("\u{1b}[1;31mneedle\u{1b}[0m ␛[2J⟨U+202E⟩␊⟨U+2060⟩x"), "{shown}");
    assert_eq!(shown.replace("\u{1b}[1m", "").matches('\u{1b}').count(), 3, "{shown:?}");
}

#[test]
fn a_card_that_cannot_be_read_is_said_and_hides_no_other() {
    wants_git!();
    let desk = desk();
    desk.write("prospects/DE-Germany/Broken/card.toml", "name = \"Müller\nx");
    let found = desk.crm(&["search", "müller", "--format", "jsonl"]).exits(5);
    assert_eq!(found.out.lines().count(), 2);
    assert!(found.err.contains("Broken/card.toml:2:"), "{}", found.err);
    assert_eq!(desk.crm(&["search", "müller", "--format", "jsonl"]).exits(5).out, found.out);
}

/// What several searches answer.
fn answers(desk: &Desk) -> String {
    let words = ["müller", "ningbo", "sz", "87654321", "档案", "a", "company"];
    words.map(|word| format!("{word}: {:?}\n", desk.crm(&["search", word, "--limit", "0"]))).concat()
}

#[test]
fn what_was_changed_moved_or_removed_is_found_as_it_is_now() {
    wants_git!();
    let desk = desk();
    assert_eq!(numbers(&desk, &["knows"]), ["C0003"]);
    let card = desk.card("Lakeside");
    let text_before = fs::read_to_string(&card).expect("a card");
    for word in ["Seeks", "Knews", "Knows", "Likes"] {
        let before = fs::metadata(&card).expect("a card").modified().expect("a time");
        fs::write(&card, text_before.replace("Knows", word)).expect("a card");
        fs::File::options().write(true).open(&card).and_then(|f| f.set_modified(before)).expect("a time");
        assert_eq!(numbers(&desk, &[word]), ["C0003"], "equal size and time");
        let old = if word == "Knows" { "Seeks" } else { "Knows" };
        assert_eq!(numbers(&desk, &[old]), Vec::<String>::new(), "{old}");
    }
    desk.crm(&["move", "C0002", "--stage", "customer"]).done();
    let found = json(&desk.crm(&["search", "启铭", "--format", "json"]).done());
    assert_eq!((&found[0]["stage"], found.len()), (&"customer".into(), 1));
    let company = desk.card("Nordwind").parent().expect("a folder").to_owned();
    fs::rename(&company, desk.home().join("aside")).expect("moved away");
    assert_eq!(numbers(&desk, &["pumps"]), Vec::<String>::new());
    fs::rename(desk.home().join("aside"), &company).expect("moved back");
    assert_eq!(numbers(&desk, &["pumps"]), ["C0001"]);
}

#[test]
fn several_that_search_and_one_that_writes_get_whole_answers() {
    wants_git!();
    let desk = desk();
    let desk_ref = &desk;
    thread::scope(|scope| {
        scope.spawn(move || {
            for at in 0..10 {
                desk_ref.crm(&["add", &format!("Later {at}"), "--country", "FR"]).done();
            }
        });
        for _ in 0..3 {
            scope.spawn(move || {
                for _ in 0..10 {
                    assert_eq!(numbers(desk_ref, &["pumps"]), ["C0001"]);
                }
            });
        }
    });
    assert_eq!(numbers(&desk, &["later", "--limit", "0"]).len(), 10);
}

#[test]
fn a_text_file_that_cannot_be_written_is_done_without() {
    wants_git!();
    let desk = desk();
    let expected = answers(&desk);
    let archive = desk.archive.to_str().expect("UTF-8");
    let script = format!(
        "mount --bind '{archive}' '{archive}' && mount -o remount,ro,bind '{archive}' && cd '{archive}' && \
         ! touch probe 2>/dev/null && exec \"$0\" \"$@\""
    );
    let inside = |arguments: &[&str]| {
        let mut command = desk.command("unshare");
        command.args(["-m", "sh", "-c", &script, env!("CARGO_BIN_EXE_crm")]).args(arguments);
        answer(&mut command)
    };
    if inside(&["--version"]).code != 0 {
        println!("left out: no mount of one's own here");
        return;
    }
    for word in ["müller", "sz"] {
        let found = inside(&["search", word, "--limit", "0"]);
        assert!(expected.contains(&format!("{word}: {found:?}\n")), "{found:?}");
    }
}
