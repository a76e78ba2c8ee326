//! The first hour: a new archive, a customer, what was said, what is next.

use crate::desk::Desk;

#[test]
fn the_day_of_a_salesperson() {
    wants_git!();
    let desk = Desk::new();
    let no = desk
        .crm(&[
            "add",
            "Müller Maschinenbau GmbH",
            "--country",
            "Germany",
            "--contact",
            "Anna Müller <anna@mueller.example>",
            "--phone",
            "+49 30 1234567",
        ])
        .done()
        .key();
    assert_eq!(no, "C0001");
    desk.crm(&["followup", "plan", "c1", "2026-03-10", "phone", "--goal", "Ask what they need"]).done();
    let today = desk.crm(&["followup"]).done();
    assert!(today.out.contains("Müller Maschinenbau GmbH"), "{}", today.out);
    assert!(today.out.contains("1 d"), "{}", today.out);
    let logged =
        desk.crm(&["followup", "log", "müller", "phone", "Needs gear pumps", "--next", "+7d"]).done();
    assert!(logged.err.contains("settles the plan"), "{}", logged.err);
    assert_eq!(desk.crm(&["followup"]).done().out, "");
    assert!(desk.crm(&["followup", "--days", "7"]).done().out.contains("in 7 d"));
    let history = desk.crm(&["history", "C0001"]).done().out;
    assert!(history.contains("C0001 follow-up: Phone, Needs gear pumps"), "{history}");
    assert_eq!(desk.commits(), 4);
    desk.is_clean_and_sound();
}

#[test]
fn a_desk_that_git_does_not_know_says_who_it_is() {
    wants_git!();
    let desk = Desk::bare();
    let refused = desk.crm_in(desk.home(), &["init", "archive"]).exits(4);
    assert!(refused.err.contains("`crm init DIR --me"), "{}", refused.err);
    assert!(!desk.archive.exists());
    desk.crm_in(desk.home(), &["init", "archive", "--me", "Lin"]).exits(2);
    desk.crm_in(desk.home(), &["init", "archive", "--me", "Lin Wei <lin@example.com>"]).done();
    desk.crm(&["add", "First Ltd"]).done();
    assert!(desk.git(&["log", "--format=%an <%ae>"]).contains("Lin Wei <lin@example.com>"));
}
