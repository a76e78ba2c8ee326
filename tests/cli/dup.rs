//! Customers that may be one and the same: over the archive, like a name or a card, and before one is
//! added.

use crate::desk::{Desk, answer};

/// A desk with two cards of one firm, two of another, and one by itself.
fn desk() -> Desk {
    let desk = Desk::new();
    for (name, country, more) in [
        ("Brünhagen Maschinenbau GmbH & Co. KG", "DE", "phone=+49 30 1234567"),
        ("Bruenhagen Maschinenbau", "DE", "city=Kiel"),
        ("深圳市啟銘電子有限公司", "CN", "email=info@qiming.example"),
        ("Nordlicht Fisch AS", "NO", "website=https://www.qiming.example/no"),
        ("Lakeside Valves Inc.", "US", "email=lakeside@gmail.com"),
    ] {
        desk.crm(&["add", name, "--anyway", "--country", country, more]).done();
    }
    desk
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn every_two_are_listed_with_score_and_reasons_the_likest_first() {
    wants_git!();
    let desk = desk();
    let found = json(&desk.crm(&["dup", "--format", "json"]).done().out);
    let rows = found.as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{found}");
    assert_eq!(rows[0]["score"], 100);
    assert_eq!((&rows[0]["no"], &rows[0]["other_no"]), (&"C0001".into(), &"C0002".into()));
    assert_eq!(rows[0]["reasons"][0], "same name: Bruenhagen Maschinenbau");
    assert_eq!(rows[1]["reasons"][0], "e-mail and website share qiming.example");
    assert_eq!(rows[1]["reasons"][1], "but in two countries: CN, NO");
    let shown = desk.crm(&["dup"]).done();
    assert!(shown.out.contains("C0002") && !shown.out.contains("Lakeside"), "{}", shown.out);
    assert_eq!(shown.err, "");
    for format in ["jsonl", "csv"] {
        assert!(desk.crm(&["dup", "--format", format]).done().out.contains("qiming.example"));
    }
    desk.is_clean_and_sound();
}

#[test]
fn the_lowest_score_can_be_chosen() {
    wants_git!();
    let desk = desk();
    let rows = |min: &str| json(&desk.crm(&["dup", "--min", min, "--format", "json"]).done().out);
    assert_eq!(rows("90").as_array().map(Vec::len), Some(1));
    assert_eq!(rows("70").as_array().map(Vec::len), Some(2));
    for min in ["0", "101", "many"] {
        desk.crm(&["dup", "--min", min]).exits(2);
    }
}

#[test]
fn a_name_an_address_a_number_or_a_card_finds_those_like_it() {
    wants_git!();
    let desk = desk();
    let first = |what: &str| {
        let found = json(&desk.crm(&["dup", what, "--format", "json"]).done().out);
        found[0]["no"].as_str().map(str::to_owned)
    };
    assert_eq!(first("Shenzhen Qiming Electronics").as_deref(), Some("C0003"));
    assert_eq!(first("深圳启铭电子").as_deref(), Some("C0003"));
    assert_eq!(first("sales@qiming.example").as_deref(), Some("C0003"));
    assert_eq!(first("030 1234567").as_deref(), Some("C0001"));
    // A card is not like itself; a name finds the card that has it.
    assert_eq!(first("C0001").as_deref(), Some("C0002"));
    assert_eq!(first("Lakeside Valves").as_deref(), Some("C0005"));
    assert_eq!(first("C0005"), None);
    let nobody = desk.crm(&["dup", "Nobody at All"]).done();
    assert!(nobody.err.contains("no duplicates"), "{}", nobody.err);
}

#[test]
fn an_archive_without_duplicates_says_so_in_both_languages() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Lakeside Valves", "--country", "US"]).done();
    assert!(desk.crm(&["dup"]).done().err.contains("no duplicates"));
    assert!(desk.crm(&["--lang", "zh-CN", "dup"]).done().err.contains("没有重复的客户"));
    assert_eq!(desk.crm(&["dup", "-q", "--format", "json"]).done().all().trim(), "[]");
}

#[test]
fn chinese_reasons_are_chinese() {
    wants_git!();
    let desk = desk();
    let shown = desk.crm(&["--lang", "zh-CN", "dup", "--format", "json"]).done().out;
    for word in ["名称相同", "邮箱与网站域名相同", "但国家/地区不同"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let table = desk.crm(&["--lang", "zh-CN", "dup"]).done().out;
    assert!(table.starts_with("相似度"), "{table}");
}

#[test]
fn a_card_that_cannot_be_read_is_said_and_the_others_are_compared() {
    wants_git!();
    let desk = desk();
    std::fs::write(desk.card("Lakeside"), "name = \"broken\n").expect("a card");
    let shown = desk.crm(&["dup"]).exits(5);
    assert!(shown.out.contains("C0001") && shown.err.contains("Lakeside"), "{}", shown.all());
}

#[test]
fn one_that_is_surely_there_is_not_added_again_unless_one_says_so() {
    wants_git!();
    let desk = desk();
    let before = desk.commits();
    let refused = desk.crm(&["add", "BRUENHAGEN Maschinenbau AG", "--country", "DE"]).exits(1);
    assert_eq!(refused.out, "");
    assert!(refused.err.contains("C0001 Brünhagen") && refused.err.contains("--anyway"), "{}", refused.err);
    let mail = ["add", "Quite Another", "--contact", "Bo <info@qiming.example>"];
    assert!(desk.crm(&mail).exits(1).err.contains("same e-mail address info@qiming.example"));
    let error = desk.crm(&[&["--format", "json"], &mail[..]].concat()).exits(1).err;
    assert_eq!(json(&error)["code"], "may_be_there");
    let chinese = desk.crm(&[&["--lang", "zh-CN"], &mail[..]].concat()).exits(1).err;
    assert!(chinese.contains("似乎是同一客户：邮箱相同"), "{chinese}");
    assert_eq!(desk.commits(), before);
    let added = desk.crm(&["add", "BRUENHAGEN Maschinenbau AG", "--country", "DE", "--anyway"]).done();
    assert_eq!(added.key(), "C0006");
    assert!(added.err.contains("C0001 Brünhagen") && added.err.contains("same name"), "{}", added.err);
    desk.crm(&[&["--yes"], &mail[..]].concat()).done();
}

#[test]
fn one_that_is_merely_alike_is_said_and_added() {
    wants_git!();
    let desk = desk();
    // A group has a firm of one name in many countries.
    let abroad = desk.crm(&["add", "Brünhagen Maschinenbau S.A.", "--country", "FR"]).done();
    assert!(abroad.err.contains("C0001") && abroad.err.contains("two countries: FR, DE"), "{}", abroad.err);
    // A letter too few in a long name.
    let typed = desk.crm(&["add", "Lakside Valves", "--country", "US"]).done();
    assert!(typed.err.contains("names alike: Lakside Valves, Lakeside Valves"), "{}", typed.err);
    // A mailbox provider is nobody's sign.
    let other = desk.crm(&["add", "Prairie Gaskets", "--country", "US", "email=prairie@gmail.com"]).done();
    assert!(!other.err.contains("may be the same"), "{}", other.err);
}

#[test]
fn the_own_domain_is_no_sign() {
    wants_git!();
    let desk = desk();
    // Lin's own address is at example.com.
    desk.crm(&["add", "Prairie Gaskets", "--country", "US", "email=orders@example.com"]).done();
    let other = desk.crm(&["add", "Coastal Springs", "--country", "US", "email=sales@example.com"]).done();
    assert!(!other.err.contains("may be the same"), "{}", other.err);
}

#[test]
fn a_dry_run_says_who_is_alike_and_adds_nobody() {
    wants_git!();
    let desk = desk();
    let before = desk.commits();
    let would = desk.crm(&["add", "-n", "Bruenhagen Maschinenbau", "--country", "DE"]).done();
    assert!(
        would.err.contains("may be the same customer") && would.err.contains("would commit"),
        "{}",
        would.err
    );
    assert_eq!(desk.commits(), before);
}

#[test]
fn on_a_terminal_one_is_asked_and_no_answer_is_no() {
    wants_git!();
    let desk = desk();
    let crm = env!("CARGO_BIN_EXE_crm");
    let ask = |typed: &str| {
        let line = format!("{crm} --color never add 'Lakeside Valves' --country US");
        let mut command = desk.command("sh");
        command.current_dir(&desk.archive).env("TERM", "xterm");
        let said = format!("printf '{typed}\\n' | script -qec \"{line}\" /dev/null");
        command.args(["-c", &said]);
        answer(&mut command)
    };
    if answer(desk.command("sh").args(["-c", "command -v script"])).code != 0 {
        println!("`script` of util-linux is not here: nothing was looked at");
        return;
    }
    let before = desk.commits();
    let no = ask("");
    assert!(no.out.contains("Add anyway?") && no.out.contains("not confirmed"), "{}", no.out);
    assert_eq!(desk.commits(), before);
    assert!(ask("y").out.contains("C0006"));
    assert_eq!(desk.commits(), before + 1);
}
