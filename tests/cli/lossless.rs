//! Cards belong to the user: a change through `crm` is a change of one line, whatever the card
//! looks like, and comes back to the same bytes.

use std::fs;

use crate::desk::Desk;

const CARD: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH/card.toml";

/// A card as people write them: a comment everywhere, odd spacing, single quotes, own order.
const COMMENTED: &str = r#"# Nordwind, met at the fair
id    = "0mqk3v9xw2ht"   # never change
no = "C0007"

# the name on the door
name = 'Nordwind Pumpen GmbH'   # since 1998
# switchboard, ask for the buyer
phone = "+49 40 111"  # old exchange
tags = [ "pumps",   # what they sell
         "fair" ]   # where we met

# people
[[contacts]]
id = "k3f9q2"
name = "Anna Brandt" # speaks English
# end of the card
"#;

const DOTTED: &str = r#"id = "0mqk3v9xw2ht"
no = "C0007"
name = "Nordwind Pumpen GmbH"
phone = "+49 40 111"
custom . port = "Hamburg"   # by sea
custom.'house bank' = "Elbe"
erp.code = 7
erp.region.north = true

[[contacts]]
id = "k3f9q2"
name = "Anna Brandt"
"#;

const INLINE: &str = r#"id = "0mqk3v9xw2ht"
no = "C0007"
name = "Nordwind Pumpen GmbH"
phone = "+49 40 111"
custom = { port = "Hamburg", since = 1998-05-01 }
contacts = [ { id = "k3f9q2", name = "Anna Brandt", channels = [ { id = "z07w4c", kind = "email", value = "a@nordwind.example" } ] } ]
"#;

const UNKNOWN: &str = r#"id = "0mqk3v9xw2ht"
no = "C0007"
name = "Nordwind Pumpen GmbH"
phone = "+49 40 111"
ERP-Nummer = 4711
"Größe" = 1.50

[erp]
code = 7  # theirs
dates = [ 2026-01-01, 07:32:00 ]

[[machines]]
kind = "press"

[[contacts]]
id = "k3f9q2"
name = "Anna Brandt"
colour = 0xFF

[erp.deeper]
x = """two
lines"""
"#;

fn without_final_newline() -> String {
    "id = \"0mqk3v9xw2ht\"\nno = \"C0007\"\nname = \"Nordwind Pumpen GmbH\"\nphone = \"+49 40 111\""
        .to_owned()
}

/// Every kind of card, by name.
fn cards() -> Vec<(&'static str, String)> {
    let crlf = COMMENTED.replace('\n', "\r\n");
    vec![
        ("comments", COMMENTED.to_owned()),
        ("CRLF", crlf.clone()),
        ("BOM", format!("\u{feff}{COMMENTED}")),
        ("BOM and CRLF", format!("\u{feff}{crlf}")),
        ("no final newline", without_final_newline()),
        ("CRLF and no final newline", without_final_newline().replace('\n', "\r\n")),
        ("comments and no final newline", COMMENTED.trim_end().to_owned()),
        ("dotted keys", DOTTED.to_owned()),
        ("inline tables", INLINE.to_owned()),
        ("unknown tables", UNKNOWN.to_owned()),
        ("unknown tables with CRLF", UNKNOWN.replace('\n', "\r\n")),
    ]
}

/// An archive that holds this card, taken in by plain git.
fn desk_with(text: &str) -> Desk {
    let desk = Desk::new();
    desk.write(CARD, text);
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-qm", "the card"]);
    desk
}

fn bytes(desk: &Desk) -> Vec<u8> {
    fs::read(desk.archive.join(CARD)).expect("the card")
}

/// What `git diff --numstat` says of the card since `before`: lines added and removed.
#[track_caller]
fn lines_changed(desk: &Desk, before: &str) -> (String, String) {
    let stat = desk.git(&["diff", "--numstat", before, "HEAD"]);
    assert_eq!(stat.lines().count(), 1, "one file: {stat}");
    let mut words = stat.split('\t').map(str::to_owned);
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}

fn one_for_one() -> (String, String) {
    ("1".to_owned(), "1".to_owned())
}

#[test]
fn a_changed_value_is_one_line_and_set_back_is_the_same_bytes() {
    wants_git!();
    for (kind, text) in cards() {
        let desk = desk_with(&text);
        desk.crm(&["set", "C0007", "phone=+49 40 999"]).done();
        assert_eq!(lines_changed(&desk, "HEAD~1"), one_for_one(), "{kind}");
        desk.is_clean_and_sound();
        desk.crm(&["set", "C0007", "phone=+49 40 111"]).done();
        assert_eq!(String::from_utf8_lossy(&bytes(&desk)), text, "{kind}");
        desk.is_clean_and_sound();
    }
}

#[test]
fn a_new_value_is_one_line_and_goes_again_without_a_trace() {
    wants_git!();
    for (kind, text) in cards() {
        let desk = desk_with(&text);
        desk.crm(&["set", "C0007", "city=Hamburg"]).done();
        let (added, removed) = lines_changed(&desk, "HEAD~1");
        // Behind a last line without an end of its own, git counts that line too.
        let of_last_line = if bytes(&desk).ends_with(b"Hamburg\"") { "1" } else { "0" };
        assert_eq!(removed, of_last_line, "{kind}");
        assert_eq!(added, if of_last_line == "1" { "2" } else { "1" }, "{kind}");
        desk.crm(&["unset", "C0007", "city"]).done();
        assert_eq!(String::from_utf8_lossy(&bytes(&desk)), text, "{kind}");
        desk.is_clean_and_sound();
    }
}

#[test]
fn a_value_below_a_dotted_key_an_inline_table_or_a_record_is_one_line() {
    wants_git!();
    let cases = [
        (DOTTED, "custom.port=Kiel"),
        (DOTTED, "contacts[k3f].title=Buyer"),
        (INLINE, "custom.port=Kiel"),
        (INLINE, "contacts[k3f].title=Buyer"),
        (INLINE, "contacts[k3f].channels[z07].value=b@nordwind.example"),
        (COMMENTED, "contacts[k3f].name=Anna Brandt-Vogel"),
        (UNKNOWN, "contacts[k3f].title=Buyer"),
    ];
    for (text, change) in cases {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let desk = desk_with(&text);
            desk.crm(&["set", "C0007", change]).done();
            let (added, removed) = lines_changed(&desk, "HEAD~1");
            assert_eq!(added, "1", "{change}");
            assert!(["0", "1"].contains(&removed.as_str()), "{change}: {removed} lines removed");
            desk.git(&["revert", "--no-edit", "HEAD"]);
            assert_eq!(String::from_utf8_lossy(&bytes(&desk)), text, "{change}");
            desk.is_clean_and_sound();
        }
    }
}

#[test]
fn a_tag_comes_and_goes_as_one_line_among_comments() {
    wants_git!();
    let desk = desk_with(COMMENTED);
    desk.crm(&["set", "C0007", "tags+=hydraulics"]).done();
    assert_eq!(desk.crm(&["get", "C0007", "tags"]).done().key(), "pumps, fair, hydraulics");
    let text = String::from_utf8(bytes(&desk)).expect("UTF-8");
    for comment in ["# what they sell", "# where we met", "# people", "# end of the card"] {
        assert!(text.contains(comment), "{comment} is gone:\n{text}");
    }
    desk.crm(&["set", "C0007", "tags-=hydraulics"]).done();
    assert_eq!(desk.crm(&["get", "C0007", "tags"]).done().key(), "pumps, fair");
    desk.is_clean_and_sound();
}

#[test]
fn line_ends_survive_a_git_that_turns_them_around() {
    wants_git!();
    for (kind, text) in cards() {
        let desk = Desk::new();
        desk.command("git").args(["config", "--global", "core.autocrlf", "true"]).status().expect("git");
        desk.write(CARD, &text);
        desk.crm(&["commit"]).done();
        let taken_in = bytes(&desk);
        desk.crm(&["set", "C0007", "phone=+49 40 999"]).done();
        assert_eq!(lines_changed(&desk, "HEAD~1"), one_for_one(), "{kind}");
        desk.is_clean_and_sound();
        desk.git(&["revert", "--no-edit", "HEAD"]);
        assert_eq!(bytes(&desk), taken_in, "{kind}");
        assert_eq!(desk.git(&["show", &format!("HEAD:{CARD}")]).into_bytes(), taken_in, "{kind}");
        desk.crm(&["list"]).done();
        desk.is_clean_and_sound();
    }
}

#[test]
fn a_followup_leaves_every_line_that_was_there() {
    wants_git!();
    for (kind, text) in cards().into_iter().filter(|(kind, _)| *kind != "inline tables") {
        let desk = desk_with(&text);
        desk.crm(&["followup", "log", "C0007", "phone", "Asked for a price"]).done();
        let now = String::from_utf8(bytes(&desk)).expect("UTF-8");
        let mut lines = now.lines();
        for line in text.lines() {
            assert!(lines.any(|l| l == line), "{kind}: {line:?} is gone or elsewhere in\n{now}");
        }
        let ends = now.matches('\n').count();
        let windows = if text.contains("\r\n") { ends } else { 0 };
        assert_eq!(now.matches("\r\n").count(), windows, "{kind}: mixed line ends in {now:?}");
        assert_eq!(now.ends_with('\n'), text.ends_with('\n'), "{kind}: the end of the file");
        desk.is_clean_and_sound();
    }
}
