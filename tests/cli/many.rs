//! Eight desks at once on one archive: nothing is lost, no number is given twice.
//!
//! `CRM_TORTURE=1` takes the index away more often.

use std::collections::BTreeSet;
use std::thread;

use crate::desk::{Desk, cards_below};
use crate::dice::torture;

const DESKS: usize = 8;

#[test]
fn eight_processes_that_add_at_once_give_each_customer_a_card_a_number_and_a_commit() {
    wants_git!();
    let each = 50;
    let desk = Desk::new();
    let (desk_ref, countries) = (&desk, ["DE", "FR", "CN", "JP"]);
    let given: Vec<String> = thread::scope(|scope| {
        let adding: Vec<_> = (0..DESKS)
            .map(|who| {
                scope.spawn(move || {
                    let add = |at: usize| {
                        let name = format!("Company {who}-{at}");
                        let country = countries[at % countries.len()];
                        desk_ref.crm(&["add", &name, "--country", country]).done().key()
                    };
                    (0..each).map(add).collect::<Vec<_>>()
                })
            })
            .collect();
        adding.into_iter().flat_map(|one| one.join().expect("a desk")).collect()
    });

    let all = DESKS * each;
    assert_eq!(given.len(), all);
    let expected: BTreeSet<String> = (1..=all).map(|n| format!("C{n:04}")).collect();
    assert_eq!(given.into_iter().collect::<BTreeSet<_>>(), expected, "every number once, none left out");
    let mut cards = Vec::new();
    cards_below(&desk.archive, &mut cards);
    assert_eq!(cards.len(), all);
    assert_eq!(desk.commits(), all + 1);
    let listed = desk.crm(&["list", "--columns", "no", "--format", "csv"]).done().out;
    let listed: BTreeSet<String> = listed.lines().skip(1).map(str::to_owned).collect();
    assert_eq!(listed, expected);
    desk.is_clean_and_sound();
}

#[test]
fn writers_of_one_card_wait_for_each_other_and_lose_nothing() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Shared Ltd", "--country", "GB"]).done();
    let desk_ref = &desk;
    thread::scope(|scope| {
        for who in 0..4 {
            scope.spawn(move || {
                for at in 0..6 {
                    let tag = format!("tags+=t{who}x{at}");
                    desk_ref.crm(&["set", "c1", &tag]).done();
                    let topic = format!("Topic {who}-{at}");
                    desk_ref.crm(&["followup", "log", "c1", "phone", &topic]).done();
                }
            });
        }
    });
    let text = desk.text("Shared");
    assert_eq!(text.matches("[[followups]]").count(), 24, "{text}");
    for who in 0..4 {
        for at in 0..6 {
            assert!(text.contains(&format!("t{who}x{at}")), "{text}");
            assert!(text.contains(&format!("Topic {who}-{at}")), "{text}");
        }
    }
    assert_eq!(desk.commits(), 2 + 48);
    desk.is_clean_and_sound();
}

#[test]
fn desks_that_begin_without_an_index_and_lose_it_again_and_again_answer_right() {
    wants_git!();
    let desk = Desk::new();
    for at in 0..30 {
        desk.crm(&["add", &format!("Before {at}"), "--country", "IT"]).done();
    }
    let rounds = if torture() { 60 } else { 12 };
    let index = desk.archive.join(".git/crm/index.sqlite");
    for round in 0..rounds {
        let _ = std::fs::remove_file(&index);
        let desk_ref = &desk;
        thread::scope(|scope| {
            for who in 0..3 {
                scope.spawn(move || {
                    let name = format!("Later {round}-{who}");
                    desk_ref.crm(&["add", &name, "--country", "ES"]).done();
                });
                scope.spawn(move || {
                    let listed = desk_ref.crm(&["list", "--columns", "no", "--format", "csv"]).done();
                    let lines = listed.out.lines().count() - 1;
                    let least = 30 + round * 3;
                    assert!((least..=least + 3).contains(&lines), "{lines} in round {round}: {}", listed.err);
                });
            }
        });
        let listed = desk.crm(&["list", "--columns", "no", "--format", "csv"]).done().out;
        let numbers: BTreeSet<&str> = listed.lines().skip(1).collect();
        assert_eq!(numbers.len(), 30 + (round + 1) * 3, "round {round}");
        assert_eq!(listed.lines().count() - 1, numbers.len(), "round {round}");
    }
    desk.is_clean_and_sound();
}

#[test]
fn beside_a_git_that_works_on_the_same_archive_every_write_is_done_or_refused_whole() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Shared Ltd", "--country", "GB", "city=Town 0"]).done();
    let before = desk.commits();
    let desk_ref = &desk;
    let (written, by_git) = thread::scope(|scope| {
        let git = scope.spawn(move || {
            let work = |at: usize| {
                desk_ref.try_git(&["status"]);
                let message = format!("by git {at}");
                desk_ref.try_git(&["commit", "-q", "--allow-empty", "-m", &message]).code == 0
            };
            (0..40).filter(|at| work(*at)).count()
        });
        let mut written = 0;
        let mut city = "Town 0".to_owned();
        for at in 1..=40 {
            let next = format!("Town {at}");
            let answer = desk_ref.crm(&["set", "C0001", &format!("city={next}")]);
            assert!([0, 4].contains(&answer.code), "{answer:?}");
            if answer.code == 0 {
                written += 1;
                city = next;
            }
            assert_eq!(desk_ref.crm(&["get", "C0001", "city"]).done().key(), city, "{answer:?}");
        }
        (written, git.join().expect("git"))
    });
    assert!(written > 0 && by_git > 0, "{written} {by_git}");
    desk.crm(&["set", "C0001", "city=Last"]).done();
    // git may have committed and yet say that it failed, so history is asked for its commits.
    let history = desk.git(&["log", "--format=%s"]);
    let count = |begin: &str| history.lines().filter(|line| line.starts_with(begin)).count();
    assert_eq!(count("C0001 changed"), written + 1, "{history}");
    assert!(count("by git ") >= by_git, "{history}");
    // Between the branch and git's index, git may commit what its index still has; the card on the disk
    // is then taken in as an edit by hand, and nothing is lost.
    let by_hand = count("C0001 edited by hand");
    assert_eq!(desk.commits(), before + written + 1 + count("by git ") + by_hand, "{history}");
    assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Last");
    desk.is_clean_and_sound();
}
