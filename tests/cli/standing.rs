//! What stands after a refusal or beside a change: a card that was to go, a paper edited by hand, a
//! commit that git's index could not follow.

use std::fs;

use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind GmbH", "--country", "DE", "--contact", "Ina Nord <ina@nordwind.example>"])
        .done();
    desk
}

#[test]
fn a_removal_that_git_refuses_leaves_the_card() {
    wants_git!();
    let desk = desk();
    let before = desk.text("Nordwind");
    let lock = desk.archive.join(".git/refs/heads/main.lock");
    fs::write(&lock, "somebody else's").expect("a lock");
    desk.crm(&["remove", "C0001", "--reason", "test", "-y"]).exits(4);
    assert_eq!(desk.text("Nordwind"), before);
    fs::remove_file(lock).expect("the lock");
    desk.is_clean_and_sound();
}

#[test]
fn a_paper_edited_by_hand_stays_visible_when_its_folder_moves() {
    wants_git!();
    let desk = desk();
    let paper = desk.card("Nordwind").with_file_name("offer.txt");
    fs::write(&paper, "first\n").expect("a paper");
    desk.crm(&["commit"]).done();
    fs::write(&paper, "other\n").expect("a paper");
    desk.crm(&["move", "C0001", "--stage", "customer"]).done();
    let status = desk.git(&["status", "--porcelain"]);
    assert!(status.contains("offer.txt"), "{status}");
    desk.crm(&["commit"]).done();
    desk.is_clean_and_sound();
    assert!(desk.git(&["show", "HEAD"]).contains("+other"));
}

#[test]
fn a_commit_stands_when_gits_index_is_busy_and_is_not_reported_as_failed() {
    wants_git!();
    let desk = desk();
    let lock = desk.archive.join(".git/index.lock");
    fs::write(&lock, "").expect("a lock");
    let logged = desk.crm(&["followup", "log", "C0001", "phone", "Prices"]).done();
    assert!(logged.err.contains("another git command is busy"), "{}", logged.err);
    fs::remove_file(lock).expect("the lock");
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    assert_eq!(desk.text("Nordwind").matches("[[followups]]").count(), 1);
    desk.is_clean_and_sound();
}

#[test]
fn a_customer_named_twice_moves_once() {
    wants_git!();
    let desk = desk();
    desk.crm(&["move", "C0001", "Nordwind", "--stage", "customer"]).done();
    assert!(desk.crm(&["list"]).done().err.is_empty());
    desk.is_clean_and_sound();
}

#[test]
fn nothing_is_taken_for_a_channel() {
    wants_git!();
    let desk = desk();
    let contact = desk.crm(&["contact", "list", "C0001", "--format", "json"]).done().out;
    let id = contact.split('"').nth(3).expect("an id").to_owned();
    desk.crm(&["set", "C0001", &format!("contacts[{id}].channels-=")]).exits(3);
    desk.crm(&["set", "C0001", &format!("contacts[{id}].channels-=ina@nordwind.example")]).done();
    assert!(!desk.text("Nordwind").contains("ina@nordwind.example"));
}

#[test]
fn what_another_git_stages_while_a_command_waits_for_it_stays_staged() {
    wants_git!();
    let desk = desk();
    let git = desk.archive.join(".git");
    let notes = "prospects/DE-Germany/Nordwind GmbH/notes.md";
    fs::write(desk.archive.join(notes), "typed by hand\n").expect("a paper");
    // What the other git will put in place: its index with one paper more.
    fs::copy(git.join("index"), git.join("other")).expect("a copy");
    let staged = desk
        .command("git")
        .current_dir(&desk.archive)
        .args(["add", notes])
        .env("GIT_INDEX_FILE", git.join("other"))
        .status();
    assert!(staged.expect("git").success());
    fs::write(git.join("index.lock"), "").expect("a lock");
    std::thread::scope(|scope| {
        let set = scope.spawn(|| desk.crm(&["set", "C0001", "city=Kiel"]));
        // The draft is there: the command has read git's index, and waits.
        while !git.join("crm/index.new").exists() {
            std::thread::yield_now();
        }
        fs::rename(git.join("other"), git.join("index")).expect("the other git's index");
        fs::remove_file(git.join("index.lock")).expect("the lock");
        set.join().expect("a command").done();
    });
    assert_eq!(desk.git(&["diff", "--cached", "--name-only"]).trim(), notes);
    assert!(desk.text("Nordwind").contains("Kiel"));
}

#[test]
fn a_customer_named_by_its_folder_is_found_wherever_things_were_left() {
    wants_git!();
    let desk = desk();
    let folder = "prospects/DE-Germany/Nordwind GmbH";
    desk.crm(&["set", folder, "city=Kiel"]).done();
    // A copy in another place is another customer, though its text has the same id.
    let copy = "prospects/AT-Austria/Nordwind Wien";
    fs::create_dir_all(desk.archive.join(copy)).expect("a folder");
    fs::copy(desk.card("Nordwind"), desk.archive.join(copy).join("card.toml")).expect("a copy");
    desk.crm(&["set", copy, "city=Wien"]).done();
    assert_eq!(desk.crm(&["get", folder, "city"]).done().out.trim(), "Kiel");
    let ids = |f: &str| desk.crm(&["get", f, "id"]).done().out;
    assert_ne!(ids(folder), ids(copy));
    // Edited by hand, dragged away, and another one in its place.
    let text = fs::read_to_string(desk.archive.join(folder).join("card.toml")).expect("a card");
    fs::write(desk.archive.join(folder).join("card.toml"), text.replace("Kiel", "Bremen")).expect("a card");
    assert_eq!(desk.crm(&["get", folder, "city"]).done().out.trim(), "Bremen");
    fs::create_dir_all(desk.archive.join("customers/DE-Germany")).expect("a folder");
    let moved = "customers/DE-Germany/Nordwind GmbH";
    fs::rename(desk.archive.join(folder), desk.archive.join(moved)).expect("a move");
    desk.crm(&["get", folder, "city"]).exits(3);
    assert_eq!(desk.crm(&["get", moved, "city"]).done().out.trim(), "Bremen");
}
