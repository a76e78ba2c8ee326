//! Two cards of one customer become one: nothing that either says is lost, and both are found.

use std::fs;

use crate::desk::Desk;

/// C0001 and C0002 are one customer, filed twice.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Ahornwerk Nord GmbH", "--country", "DE", "--contact", "Greta Lindqvist", "city=Kiel"])
        .done();
    desk.crm(&[
        "add",
        "Ahornwerk Nord",
        "--country",
        "DE",
        "--contact",
        "Greta Lindqvist <greta@ahornwerk.example>",
        "city=Hamburg",
        "phone=+49 431 555001",
        "-y",
    ])
    .done();
    desk.crm(&["contact", "add", "C0002", "Ole Brandt"]).done();
    let ole = desk.crm(&["contact", "list", "C0002", "--format", "json"]).done().out;
    let ole: serde_json::Value = serde_json::from_str(&ole).expect("JSON");
    let ole = ole.as_array().and_then(|all| all.iter().find(|c| c["name"] == "Ole Brandt")).expect("Ole");
    let ole = ole["id"].as_str().expect("an id").to_owned();
    desk.crm(&["followup", "log", "C0001", "phone", "Prices", "--on", "2026-03-01"]).done();
    desk.crm(&["followup", "log", "C0002", "phone", "Prices", "--on", "2026-03-01"]).done();
    desk.crm(&["followup", "log", "C0002", "email", "Drawing", "--on", "2026-03-02", "--with", &ole]).done();
    desk
}

const FIRST: &str = "prospects/DE-Germany/Ahornwerk Nord GmbH";
const SECOND: &str = "prospects/DE-Germany/Ahornwerk Nord";

#[test]
fn records_are_united_and_empty_fields_filled_in_one_commit() {
    wants_git!();
    let desk = desk();
    let commits = desk.commits();
    let merged = desk.crm(&["merge", "C0002", "--into", "C0001", "-y"]).done();
    assert_eq!(merged.key(), "C0001");
    assert_eq!(desk.commits(), commits + 1);
    let card = fs::read_to_string(desk.archive.join(FIRST).join("card.toml")).expect("the card");
    assert_eq!(card.matches("[[contacts]]").count(), 2, "Greta is one person:\n{card}");
    assert_eq!(card.matches("[[followups]]").count(), 2, "the same call stands once:\n{card}");
    assert!(card.contains("greta@ahornwerk.example") && card.contains("+49 431 555001"), "{card}");
    assert_eq!(card.matches("main = true").count(), 1, "{card}");
    assert!(card.contains("city = \"Kiel\"") && !card.contains("Hamburg"), "{card}");
    assert!(merged.all().contains("Hamburg"), "what differs is said: {}", merged.all());
    assert!(!desk.archive.join(SECOND).exists());
    // Whom the drawing was for is still Ole.
    let ole = card.split("[[contacts]]").find(|c| c.contains("Ole Brandt")).expect("Ole");
    let id = ole.lines().find_map(|line| line.strip_prefix("id = ")).expect("an id");
    assert!(card.contains(&format!("contact = {id}")), "{card}");
    desk.is_clean_and_sound();
}

#[test]
fn the_card_that_went_is_found_by_its_id_and_number_and_the_number_is_not_given_again() {
    wants_git!();
    let desk = desk();
    let id = desk.crm(&["get", "C0002", "id"]).done().key();
    desk.crm(&["merge", "C0002", "--into", "C0001", "-y"]).done();
    for name in [id.as_str(), "C0002"] {
        assert!(desk.crm(&["get", name, "no"]).done().out.contains("C0001"), "{name}");
    }
    assert!(
        desk.text("GmbH").contains(&format!("former_ids = [\"{id}\", \"C0002\"]")),
        "{}",
        desk.text("GmbH")
    );
    assert_eq!(desk.crm(&["add", "Silberkiesel Optik", "--country", "DE"]).done().key(), "C0003");
    assert!(desk.crm(&["list"]).done().err.is_empty(), "nobody is missed");
}

#[test]
fn papers_come_along_whether_git_knows_them_or_not() {
    wants_git!();
    let desk = desk();
    desk.write(&format!("{SECOND}/offer.pdf"), "an offer");
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "an offer"]);
    desk.write(&format!("{SECOND}/notes.md"), "not yet in git");
    desk.crm(&["merge", "C0002", "--into", "C0001", "-y"]).done();
    let papers = desk.archive.join(FIRST).join("Ahornwerk Nord");
    assert_eq!(fs::read_to_string(papers.join("offer.pdf")).expect("the offer"), "an offer");
    assert_eq!(fs::read_to_string(papers.join("notes.md")).expect("the notes"), "not yet in git");
    assert!(!papers.join("card.toml").exists());
    assert!(!desk.archive.join(SECOND).exists());
    let left = desk.git(&["status", "--porcelain", "-uall"]);
    assert!(left.lines().all(|line| line.starts_with("??") && line.contains("notes.md")), "{left}");
    assert_eq!(desk.crm(&["list", "--format", "json"]).done().out.matches("\"no\"").count(), 1);
    // Taken back, they are where they were.
    desk.write(&format!("{FIRST}/own.md"), "not yet in git either");
    desk.crm(&["undo"]).done();
    for (paper, text) in [("offer.pdf", "an offer"), ("notes.md", "not yet in git")] {
        let path = desk.archive.join(SECOND).join(paper);
        assert_eq!(fs::read_to_string(path).expect("a paper"), text);
    }
    assert!(!papers.exists() && desk.archive.join(FIRST).join("own.md").exists());
}

#[test]
fn the_history_of_a_customer_is_also_that_of_who_was_merged_into_it() {
    wants_git!();
    let desk = desk();
    desk.crm(&["followup", "log", "C0002", "phone", "Before they were one"]).done();
    desk.crm(&["merge", "C0002", "--into", "C0001", "-y"]).done();
    let history = desk.crm(&["history", "C0001"]).done().out;
    assert!(history.contains("C0002 follow-up: Phone, Before they were one"), "{history}");
    // What came over stands there once: not as what went from the other card, too.
    assert!(!history.contains("Before they were one → –"), "{history}");
}

#[test]
fn keys_that_nobody_declares_come_along() {
    wants_git!();
    let desk = desk();
    let path = format!("{SECOND}/card.toml");
    let card = fs::read_to_string(desk.archive.join(&path)).expect("the card");
    let card = card.replacen(
        "[[contacts]]",
        "[custom]\nport = \"Kiel\"\n\n[external]\nerp = \"77\"\n\n[[contacts]]",
        1,
    );
    desk.write(&path, format!("colour = \"blue\"\n{card}\n[[followups]]\ndate = 2026-03-05\nhow = \"sms\"\ntopic = \"By hand\"\nmood = \"good\"\n"));
    desk.crm(&["merge", "C0002", "--into", "C0001", "-y"]).done();
    let card = desk.text("GmbH");
    for line in ["colour = \"blue\"", "port = \"Kiel\"", "erp = \"77\"", "mood = \"good\""] {
        assert!(card.contains(line), "{line}\n{card}");
    }
}

#[test]
fn a_dry_run_and_a_refusal_change_nothing() {
    wants_git!();
    let desk = desk();
    let before = (desk.commits(), desk.text("GmbH"));
    desk.crm(&["merge", "C0002", "--into", "C0001", "-n"]).done();
    desk.crm(&["merge", "C0001", "--into", "C0001", "-y"]).exits(2);
    desk.crm(&["merge", "C0009", "--into", "C0001", "-y"]).exits(3);
    desk.crm(&["merge", "C0002", "-y"]).exits(2);
    // Where nobody can be asked, what differs is said and nobody has agreed.
    let unasked = desk.crm(&["merge", "C0002", "--into", "C0001"]).exits(1);
    assert!(unasked.err.contains("‘Kiel’ stays") && unasked.err.contains("--yes"), "{}", unasked.err);
    assert_eq!(unasked.out, "");
    assert_eq!(before, (desk.commits(), desk.text("GmbH")));
    assert!(desk.archive.join(SECOND).exists());
    desk.is_clean_and_sound();
}
