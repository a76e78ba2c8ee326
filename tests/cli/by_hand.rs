//! Edits by hand are first-class: typed, copied, dragged and deleted with other programs, they are
//! seen at once, recorded on their own, and never lost.

use std::fs;

use crate::desk::{Answer, Desk, answer};

const PUMPS: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH";
const TYPED: &str = "\n[[followups]]\ndate = 2026-03-05\nhow = \"phone\"\ntopic = \"Typed by hand\"\n";

/// A desk with two customers, C0001 in Germany and C0002 in the United States.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE", "--contact", "Anna Brandt"]).done();
    desk.crm(&["add", "Lakeside Valves", "--country", "US", "city=Duluth"]).done();
    desk
}

/// Puts a text behind what a card holds.
fn append(desk: &Desk, company: &str, text: &str) {
    let card = desk.card(company);
    let old = fs::read_to_string(&card).expect("a card");
    fs::write(card, old + text).expect("a card");
}

/// The subjects of history, newest first.
fn subjects(desk: &Desk) -> Vec<String> {
    desk.git(&["log", "--format=%s"]).lines().map(str::to_owned).collect()
}

/// The numbers and names that a list shows, in its order.
fn listed(answer: &Answer) -> Vec<(String, String)> {
    let rows: Vec<serde_json::Value> = serde_json::from_str(&answer.out).expect("JSON");
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("").to_owned();
    rows.iter().map(|row| (text(row, "no"), text(row, "name"))).collect()
}

fn copy_folder(desk: &Desk, from: &str, to: &str) {
    let (from, to) = (desk.archive.join(from), desk.archive.join(to));
    fs::create_dir_all(&to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry")) {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

#[test]
fn a_word_that_is_no_choice_is_said_at_once_and_takes_only_itself_out_of_its_record() {
    wants_git!();
    let desk = desk();
    append(&desk, "Nordwind", &TYPED.replace("phone", "telefone"));
    let said = desk.crm(&["commit"]).done().err;
    assert!(said.contains("card.toml:") && said.contains("‘telefone’ is not one of: door_visit"), "{said}");
    assert!(!said.contains("removed"), "{said}");
    let shown = desk.crm(&["followup", "list", "C0001"]).exits(5);
    assert!(shown.out.contains("Typed by hand"), "{}", shown.all());
    assert!(shown.err.contains("how = \"telefone\""), "{}", shown.all());
    let line = said.split("card.toml:").nth(1).and_then(|rest| rest.split(':').next()).expect("a line");
    let text = desk.text("Nordwind");
    let line: usize = line.parse().expect("a number");
    assert_eq!(
        text.lines().nth(line - 1),
        Some("how = \"telefone\""),
        "the place is that of the text with ids"
    );
    desk.is_clean_and_sound();
}

#[test]
fn a_followup_typed_without_an_id_is_shown_at_once_and_recorded_by_the_next_write() {
    wants_git!();
    let desk = desk();
    append(&desk, "Nordwind", TYPED);
    let shown = desk.crm(&["followup", "list", "C0001"]).done().out;
    assert!(shown.contains("Typed by hand"), "{shown}");
    assert!(desk.crm(&["show", "C0001"]).done().out.contains("Typed by hand"));
    assert_eq!(desk.commits(), 3, "reading writes nothing");
    let said = desk.crm(&["set", "C0001", "city=Hamburg"]).done().err;
    assert!(said.contains("C0001: what was edited by hand is kept in history"), "{said}");
    assert_eq!(subjects(&desk)[..2], ["C0001 changed: city", "C0001 edited by hand"]);
    let by_hand = desk.git(&["show", "--format=%B", "HEAD~1"]);
    assert!(by_hand.contains("+topic = \"Typed by hand\""), "{by_hand}");
    assert!(by_hand.contains("+id = \""), "the id comes with the hand edit:\n{by_hand}");
    assert!(!by_hand.contains("Hamburg"), "{by_hand}");
    assert_eq!(desk.git(&["diff", "--numstat", "HEAD~1", "HEAD"]).split('\t').next(), Some("1"));
    let id = shown.lines().find(|l| l.contains("Typed")).and_then(|l| l.split(' ').next()).expect("an id");
    let after = desk.crm(&["followup", "list", "C0001"]).done().out;
    let same = after.lines().find(|l| l.contains("Typed")).expect("the follow-up");
    assert!(same.starts_with(id), "shown as {id}, recorded as {same}");
    desk.is_clean_and_sound();
}

#[test]
fn crm_commit_gives_the_missing_ids_in_one_commit() {
    wants_git!();
    let desk = desk();
    append(&desk, "Nordwind", TYPED);
    append(&desk, "Lakeside", TYPED);
    desk.crm(&["commit"]).done();
    assert_eq!(subjects(&desk)[0], "Edited by hand: 2 customers");
    assert_eq!(desk.commits(), 4);
    for company in ["Nordwind", "Lakeside"] {
        let text = desk.text(company);
        let (_, block) = text.split_once("[[followups]]").expect("the follow-up");
        assert!(block.contains("id = \""), "{text}");
    }
    desk.is_clean_and_sound();
    desk.crm(&["commit"]).done();
    assert_eq!(desk.commits(), 4, "a second time there is nothing to record");
}

#[test]
fn a_block_copied_with_its_id_is_a_record_of_its_own() {
    wants_git!();
    let desk = desk();
    let id = desk.crm(&["followup", "log", "C0001", "phone", "Asked for a price"]).done().key();
    let text = desk.text("Nordwind");
    let block = text[text.find("\n[[followups]]").expect("a follow-up")..].to_owned();
    append(&desk, "Nordwind", &block.replace("Asked for a price", "Asked again"));
    let listed = desk.crm(&["followup", "list", "C0001"]).exits(0);
    assert!(listed.out.contains("Asked for a price") && listed.out.contains("Asked again"), "{}", listed.out);
    assert!(listed.err.contains(&id), "the twin is said: {}", listed.err);
    desk.crm(&["set", "C0001", "city=Hamburg"]).done();
    let text = desk.text("Nordwind");
    assert_eq!(text.matches(&format!("id = \"{id}\"")).count(), 1, "{text}");
    let first = text.find("Asked for a price").expect("the first");
    assert!(text.find(&id).expect("the id") < first, "the first keeps its id:\n{text}");
    assert_eq!(subjects(&desk)[..2], ["C0001 changed: city", "C0001 edited by hand"]);
    let again = desk.crm(&["followup", "list", "C0001"]).done();
    assert!(!again.err.contains(&id), "{}", again.err);
    desk.is_clean_and_sound();
}

#[test]
fn a_copied_company_folder_is_a_new_customer_and_the_first_keeps_its_own() {
    wants_git!();
    let desk = desk();
    let id = desk.crm(&["get", "C0002", "id"]).done().key();
    copy_folder(&desk, "prospects/US-United States/Lakeside Valves", "prospects/CA-Canada/Lakeside Copy");
    let list = desk.crm(&["list", "--format", "json"]).done();
    assert_eq!(listed(&list).len(), 3, "{}", list.out);
    assert!(list.err.contains("Lakeside Copy is a copy"), "{}", list.err);
    let numbers: Vec<String> = listed(&list).into_iter().map(|(no, _)| no).collect();
    assert_eq!(numbers.iter().filter(|no| *no == "C0002").count(), 1, "{numbers:?}");
    let whole = desk.crm(&["show", "C0002"]).done().out;
    assert!(whole.contains("United States"), "the number means the first: {whole}");
    desk.crm(&["set", "C0002", "city=Saint Paul"]).done();
    assert!(desk.git(&["show", "--stat", "HEAD"]).contains("Lakeside Valves"));
    let said = desk.crm(&["commit"]).done().err;
    assert!(said.contains("new customer now: C0003"), "{said}");
    assert_eq!(desk.crm(&["get", "C0002", "id"]).done().key(), id);
    assert_ne!(desk.crm(&["get", "C0003", "id"]).done().key(), id);
    assert_eq!(desk.crm(&["get", "C0003", "city"]).done().key(), "Duluth");
    assert_eq!(desk.crm(&["get", "C0002", "city"]).done().key(), "Saint Paul");
    desk.is_clean_and_sound();
    assert_eq!(desk.crm(&["list"]).done().err, "");
}

#[test]
fn a_card_with_only_a_name_is_a_customer() {
    wants_git!();
    let desk = desk();
    desk.write("prospects/FR-France/Atelier Bleu/card.toml", "name = \"Atelier Bleu SARL\"\n");
    let list = desk.crm(&["list"]).done();
    assert!(list.out.contains("Atelier Bleu SARL"), "{}", list.out);
    assert!(desk.crm(&["show", "atelier"]).done().out.contains("France"));
    desk.crm(&["followup", "plan", "Atelier Bleu SARL", "2026-03-11", "phone"]).done();
    assert_eq!(subjects(&desk)[..2], ["C0003 planned: 2026-03-11", "C0003 edited by hand"]);
    assert_eq!(desk.crm(&["get", "C0003", "name"]).done().key(), "Atelier Bleu SARL");
    assert_eq!(desk.crm(&["get", "C0003", "id"]).done().key().len(), 12);
    desk.is_clean_and_sound();
}

#[test]
fn a_folder_dragged_to_another_stage_is_seen_at_once_and_recorded_by_the_next_write() {
    wants_git!();
    let desk = desk();
    desk.write(&format!("{PUMPS}/drawing.pdf"), "a drawing");
    desk.crm(&["commit"]).done();
    desk.drag(PUMPS, "customers/DE-Germany/Nordwind Pumpen GmbH");
    let customers = desk.crm(&["list", "--stage", "customer", "--format", "json"]).done();
    assert_eq!(listed(&customers), [("C0001".to_owned(), "Nordwind Pumpen GmbH".to_owned())]);
    assert_eq!(customers.err, "");
    assert!(desk.crm(&["history", "C0001"]).done().out.contains("C0001 added: Nordwind Pumpen GmbH"));
    desk.crm(&["set", "C0001", "city=Hamburg"]).done();
    assert_eq!(subjects(&desk)[..2], ["C0001 changed: city", "C0001 edited by hand"]);
    let moved = desk.git(&["show", "-M", "--summary", "--format=", "HEAD~1"]);
    assert!(moved.contains("card.toml (100%)") && moved.contains("drawing.pdf (100%)"), "{moved}");
    let history = desk.crm(&["history", "C0001"]).done().out;
    assert!(history.contains("C0001 added: Nordwind Pumpen GmbH"), "{history}");
    assert!(history.contains("C0001 changed: city"), "{history}");
    desk.is_clean_and_sound();
}

#[test]
fn a_folder_dragged_to_another_stage_is_recorded_by_crm_commit() {
    wants_git!();
    let desk = desk();
    desk.drag(PUMPS, "customers/DE-Germany/Nordwind Pumpen GmbH");
    desk.crm(&["commit"]).done();
    assert_eq!(desk.commits(), 4);
    assert_eq!(desk.crm(&["list"]).done().err, "");
    desk.is_clean_and_sound();
    let history = desk.crm(&["history", "C0001"]).done().out;
    let commits = history.lines().filter(|line| line.starts_with("20")).count();
    assert_eq!(commits, 2, "the drag and the addition:\n{history}");
    assert!(history.contains("Stage: prospects → customers"), "{history}");
}

#[test]
fn a_folder_dragged_and_edited_in_one_go_keeps_both() {
    wants_git!();
    let desk = desk();
    desk.drag(PUMPS, "closed/AT-Austria/Nordwind Alpen");
    append(&desk, "Nordwind", TYPED);
    desk.crm(&["commit"]).done();
    desk.is_clean_and_sound();
    let shown = desk.crm(&["show", "C0001"]).done().out;
    assert!(shown.contains("Austria") && shown.contains("Closed"), "{shown}");
    assert!(shown.contains("Typed by hand"), "{shown}");
    assert!(desk.crm(&["history", "C0001"]).done().out.contains("C0001 added"));
}

#[test]
fn two_folders_that_change_places_keep_their_own_cards() {
    wants_git!();
    let desk = desk();
    desk.crm(&["add", "Elbe Pumpen", "--country", "DE"]).done();
    let (first, second) = (PUMPS, "prospects/DE-Germany/Elbe Pumpen");
    desk.drag(first, "prospects/DE-Germany/in between");
    desk.drag(second, first);
    desk.drag("prospects/DE-Germany/in between", second);
    let list = desk.crm(&["list", "--format", "json"]).done();
    assert_eq!(listed(&list).len(), 3, "{}", list.out);
    desk.crm(&["commit"]).done();
    assert_eq!(desk.crm(&["get", "C0001", "name"]).done().key(), "Nordwind Pumpen GmbH");
    assert_eq!(desk.crm(&["get", "C0003", "name"]).done().key(), "Elbe Pumpen");
    desk.is_clean_and_sound();
}

#[test]
fn a_folder_dragged_one_level_too_deep_is_said_by_every_list() {
    wants_git!();
    let desk = desk();
    desk.crm(&["add", "Elbe Pumpen", "--country", "DE"]).done();
    desk.drag(PUMPS, "prospects/DE-Germany/Elbe Pumpen/Nordwind Pumpen GmbH");
    for command in [&["list"][..], &["followup"], &["list", "--country", "US"], &["list", "--format", "json"]]
    {
        let said = desk.crm(command).done().err;
        assert!(said.contains("C0001 Nordwind Pumpen GmbH is no longer at"), "{command:?}: {said}");
        assert!(said.contains("Elbe Pumpen/Nordwind Pumpen GmbH"), "{command:?}: {said}");
        assert!(said.contains("`crm commit --removed`"), "{command:?}: {said}");
    }
    let stray = "prospects/DE-Germany/Elbe Pumpen/Nordwind Pumpen GmbH";
    // By its number, by a part of its name, by where it was and by where it is; never somebody else.
    for meant in ["c1", "nordwind pumpen gmbh", "Nordw", PUMPS, stray] {
        let said = desk.crm(&["show", meant]).exits(3).err;
        let wanted = [
            format!("C0001 Nordwind Pumpen GmbH is no longer at {PUMPS}; its card is at {stray}"),
            format!("move the folder {stray} back to {PUMPS}"),
        ];
        wanted.iter().for_each(|wanted| assert!(said.contains(wanted), "{meant}: {said}"));
    }
    desk.crm(&["add", "Nordwind Pumpen GmbH & Co. KG", "--country", "AT", "-y"]).done();
    let said = desk.crm(&["set", "Nordwind Pumpen GmbH", "city=Kiel"]).exits(3).err;
    assert!(said.contains("C0001") && said.contains(stray), "the other one is not meant: {said}");
    assert!(desk.crm(&["show", "Nordwind"]).done().out.contains("Austria"));
    assert!(desk.crm(&["history", "C0001"]).done().out.contains("C0001 added"));
    desk.crm(&["commit"]).done();
    assert_eq!(desk.commits(), 5, "nothing is recorded");
    desk.drag("prospects/DE-Germany/Elbe Pumpen/Nordwind Pumpen GmbH", PUMPS);
    assert_eq!(desk.crm(&["list"]).done().err, "");
    desk.is_clean_and_sound();
    // A card that nobody recorded yet is found by its folder.
    desk.write("prospects/Elbe Dichtungen/card.toml", "name = \"Elbe Dichtungen\"\n");
    let said = desk.crm(&["show", "prospects/Elbe Dichtungen"]).exits(3).err;
    assert!(said.contains("the card at prospects/Elbe Dichtungen stands where no customer"), "{said}");
    assert!(said.contains("stage/country/company"), "{said}");
}

#[test]
fn a_deleted_country_folder_waits_until_a_person_says_that_it_is_meant() {
    wants_git!();
    let desk = desk();
    desk.crm(&["add", "Prairie Seals", "--country", "US"]).done();
    fs::remove_dir_all(desk.archive.join("prospects/US-United States")).expect("a removal");
    let list = desk.crm(&["list"]).done();
    for (no, name) in [("C0002", "Lakeside Valves"), ("C0003", "Prairie Seals")] {
        assert!(!list.out.contains(name), "{}", list.out);
        assert!(list.err.contains(&format!("{no} {name} is no longer at")), "{}", list.err);
    }
    let shown = desk.crm(&["show", "C0003"]).exits(3).err;
    assert!(shown.contains("C0003 Prairie Seals is no longer at prospects/US-United States"), "{shown}");
    assert!(shown.contains("`crm commit --removed`"), "{shown}");
    let waits = desk.crm(&["commit"]).done();
    assert!(waits.err.contains("`crm commit --removed`"), "{}", waits.err);
    assert_eq!(desk.commits(), 4);
    // Another customer's change leaves them waiting too.
    desk.crm(&["set", "C0001", "city=Hamburg"]).done();
    assert_eq!(desk.git(&["status", "--porcelain"]).lines().count(), 2);
    assert!(desk.crm(&["list"]).done().err.contains("C0003"));
    desk.crm(&["commit", "--removed"]).done();
    assert!(subjects(&desk)[0].starts_with("Removed by hand: "), "{:?}", subjects(&desk));
    assert_eq!(desk.crm(&["list"]).done().err, "");
    desk.is_clean_and_sound();
    let next = desk.crm(&["add", "Lakeside Valves", "--country", "US"]).done().key();
    assert_eq!(next, "C0004", "a number is never given twice");
    desk.is_clean_and_sound();
}

#[test]
fn a_deleted_country_folder_that_comes_back_is_as_before() {
    wants_git!();
    let desk = desk();
    desk.drag("prospects/US-United States", "../elsewhere");
    assert!(desk.crm(&["list"]).done().err.contains("C0002"));
    desk.drag("../elsewhere", "prospects/US-United States");
    let list = desk.crm(&["list"]).done();
    assert!(list.out.contains("Lakeside Valves") && list.err.is_empty(), "{}", list.all());
    desk.is_clean_and_sound();
}

#[test]
fn an_old_copy_saved_over_a_newer_card_is_adopted_and_the_lost_records_are_named() {
    wants_git!();
    let desk = desk();
    let old = desk.text("Nordwind");
    let id = desk.crm(&["followup", "log", "C0001", "phone", "Asked for a price"]).done().key();
    fs::write(desk.card("Nordwind"), old).expect("a card");
    let said = desk.crm(&["set", "C0001", "city=Hamburg"]).done().err;
    assert!(said.contains(&format!("followups[{id}]")), "{said}");
    assert_eq!(subjects(&desk)[..2], ["C0001 changed: city", "C0001 edited by hand"]);
    let command = said.split('`').nth(1).expect("a command that brings the lost record back");
    let words: Vec<&str> = command.split(' ').skip(1).map(|word| word.trim_matches('\'')).collect();
    desk.crm(&words).done();
    let text = desk.text("Nordwind");
    assert!(text.contains("Asked for a price") && text.contains("Hamburg"), "{text}");
    desk.is_clean_and_sound();
}

#[test]
fn two_clones_that_adopt_the_same_text_give_the_same_ids() {
    wants_git!();
    let desk = desk();
    desk.command("git").args(["clone", "-q", "archive", "clone"]).status().expect("git");
    append(&desk, "Nordwind", TYPED);
    append(&desk, "Nordwind", TYPED);
    append(
        &desk,
        "Nordwind",
        "\n[[contacts]]\nname = \"Otto\"\n\n[[contacts.channels]]\nkind = \"phone\"\nvalue = \"1\"\n",
    );
    let clone = desk.home().join("clone");
    fs::copy(desk.card("Nordwind"), clone.join(PUMPS).join("card.toml")).expect("a copy");
    let name_only = "prospects/FR-France/Atelier Bleu/card.toml";
    desk.write(name_only, "name = \"Atelier Bleu SARL\"\n");
    desk.write(&format!("../clone/{name_only}"), "name = \"Atelier Bleu SARL\"\n");
    desk.crm(&["commit"]).done();
    desk.crm_in(&clone, &["commit"]).done();
    let there = |path: &str| fs::read_to_string(clone.join(path)).expect("a card");
    assert_eq!(desk.text("Nordwind"), there(&format!("{PUMPS}/card.toml")));
    assert_eq!(desk.text("Nordwind").matches("id = \"").count(), 6, "{}", desk.text("Nordwind"));
    assert_eq!(desk.text("Atelier"), there(name_only));
    desk.is_clean_and_sound();
}

#[test]
fn a_paper_put_beside_a_card_stays_as_it_is_until_crm_commit() {
    wants_git!();
    let desk = desk();
    desk.write(&format!("{PUMPS}/offer.txt"), "an offer\r\n");
    desk.crm(&["set", "C0001", "city=Hamburg"]).done();
    assert_eq!(desk.git(&["status", "--porcelain"]).lines().count(), 1);
    desk.crm(&["commit"]).done();
    assert_eq!(desk.git(&["show", &format!("HEAD:{PUMPS}/offer.txt")]), "an offer\r\n");
    desk.is_clean_and_sound();
}

#[test]
fn the_number_survives_an_editor_that_saves_what_it_had_before_the_adoption() {
    wants_git!();
    let desk = desk();
    let card = "prospects/FR-France/Atelier Bleu/card.toml";
    let typed = format!("name = \"Atelier Bleu SARL\"\n{TYPED}");
    desk.write(card, &typed);
    desk.crm(&["set", "Atelier Bleu SARL", "city=Lyon"]).done();
    let id = desk.crm(&["get", "C0003", "id"]).done().key();
    desk.write(card, typed.replace("SARL", "SA"));
    // Meanwhile, nobody else gets the number that the text does not say any more.
    assert_eq!(desk.crm(&["add", "Elbe Seals"]).done().key(), "C0004");
    desk.crm(&["set", "Atelier Bleu SA", "phone=+33 1 23"]).done();
    assert_eq!(desk.crm(&["get", "C0003", "name"]).done().key(), "Atelier Bleu SA");
    assert_eq!(desk.crm(&["get", "C0003", "id"]).done().key(), id);
    assert_eq!(desk.crm(&["list", "--format", "jsonl"]).done().out.lines().count(), 4);
    desk.is_clean_and_sound();
}

#[test]
fn customers_below_a_folder_that_is_no_country_are_said() {
    wants_git!();
    let desk = desk();
    desk.drag("prospects/US-United States", "prospects/Atlantis");
    let list = desk.crm(&["list"]).exits(5);
    assert!(list.err.contains("prospects/Atlantis is no country"), "{}", list.all());
    desk.drag("prospects/Atlantis", "prospects/United States");
    let list = desk.crm(&["list"]).done();
    assert!(list.out.contains("Lakeside Valves") && list.err.is_empty(), "{}", list.all());
}

#[test]
fn without_a_terminal_and_an_editor_nothing_is_edited() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn", "--country", "DE"]).done();
    let mut crm = desk.program();
    crm.env_remove("VISUAL").env_remove("EDITOR").current_dir(&desk.archive);
    let refused = answer(crm.args(["edit", "C1"])).exits(2);
    assert!(refused.err.contains("crm set"), "{}", refused.err);
}
