//! Numbers: a series for each desk, and a new one where two customers have the same.

use crate::desk::Desk;
use crate::team::Team;

#[test]
fn a_clone_without_letters_gets_some_that_no_desk_was_seen_to_use() {
    wants_git!();
    let lin = Desk::new();
    let hub = lin.home().join("hub");
    lin.crm(&["add", "Nordwind", "--country", "DE"]).done();
    lin.crm(&["sync", "--remote", hub.to_str().expect("a path")]).done();
    let clone = |who: &str, folder: &str| {
        let words = ["clone", hub.to_str().expect("a path"), folder, "--me", who];
        lin.crm_in(lin.home(), &words).done().err
    };
    let said = clone("Chen Jie <chen@example.com>", "chen");
    assert!(said.contains("series H"), "C is taken by the first desk: {said}");
    let chen = lin.home().join("chen");
    assert_eq!(lin.crm_in(&chen, &["add", "Sol", "--country", "ES"]).done().key(), "H0001");
    lin.crm_in(&chen, &["sync"]).done();
    let said = clone("Hu Chen <hu@example.com>", "hu");
    assert!(said.contains("series U"), "C and H are taken: {said}");
}

#[test]
fn one_number_of_two_customers_is_said_by_sync_and_one_gets_a_new_one() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    chen.git(&["config", "crm.series", "L"]);
    lin.crm(&["add", "Sol", "--country", "ES"]).done();
    chen.crm(&["add", "Fjord 1", "--country", "NO"]).done();
    team.sync(0);
    let said = team.sync(1).err;
    assert!(said.contains("L0002") && said.contains("crm renumber"), "{said}");
    let which = chen.crm(&["show", "L0002"]).exits(3).err;
    assert!(which.contains("Sol") && which.contains("Fjord 1") && which.contains("crm renumber"), "{which}");
    assert!(!which.contains("L0002  "), "the number does not tell them apart: {which}");
    let findings = chen.crm(&["check"]).exits(1).all();
    assert!(findings.contains("crm renumber"), "{findings}");
    assert_eq!(chen.crm(&["renumber", "Fjord"]).done().key(), "L0003");
    assert!(chen.crm(&["show", "L0003"]).done().out.contains("Fjord 1"));
    chen.crm(&["show", "L0002"]).done();
    chen.crm(&["check"]).done();
    // Nobody gets the number again, and it is taken back like any other change.
    chen.crm(&["remove", "Sol", "--reason", "twice", "--yes"]).done();
    assert_eq!(chen.crm(&["add", "Ost", "--country", "PL"]).done().key(), "L0004");
    team.meet();
}

#[test]
fn a_folder_that_has_the_number_behind_its_name_goes_along() {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind", "--country", "DE"]).done();
    let no = desk.crm(&["add", "Nordwind", "--country", "DE", "--anyway"]).done().key();
    assert_eq!(no, "C0002");
    assert!(desk.text("Nordwind (C0002)").contains("C0002"));
    assert_eq!(desk.crm(&["renumber", &no]).done().key(), "C0003");
    assert!(desk.text("Nordwind (C0003)").contains("no = \"C0003\""));
    desk.crm(&["undo", "--yes"]).done();
    assert!(desk.text("Nordwind (C0002)").contains("no = \"C0002\""));
    desk.is_clean_and_sound();
}

#[test]
fn the_number_of_a_card_that_nobody_can_read_is_not_given_again() {
    wants_git!();
    let desk = Desk::new();
    for name in ["Ahorn", "Birke"] {
        desk.crm(&["add", name, "--country", "DE"]).done();
    }
    // Half a card gets into history, and is no better on the disk.
    let card = desk.card("Birke");
    let text = std::fs::read_to_string(&card).expect("a card") + "city = \"Ki\n";
    std::fs::write(&card, &text).expect("a card");
    desk.git(&["commit", "-qam", "half a card"]);
    std::fs::write(&card, text + "x").expect("a card");
    assert_eq!(desk.crm(&["add", "Cedar", "--country", "DE"]).key(), "C0003");
}
