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

#[test]
fn what_is_typed_several_times_is_all_there_or_is_asked_about() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen", "--country", "DE", "tags+=pumps", "tags+=export", "tags-=pumps"])
        .done();
    assert_eq!(desk.crm(&["get", "C1", "tags"]).done().key(), "export");
    desk.crm(&["contact", "add", "C1", "Anna", "email=a@example.com", "email=b@example.com"]).done();
    assert_eq!(desk.text("Nordwind").matches("kind = \"email\"").count(), 2, "a person may have two");
    for words in [
        &["add", "Twice Ltd", "--country", "GB", "city=Leeds", "city=York"][..],
        &["add", "Twice Ltd", "--country", "GB", "name=Other Ltd"],
        &["add", "Twice Ltd", "--country", "GB", "phone=1234567", "--phone", "7654321"],
        &["contact", "add", "C1", "Karl", "title=Buyer", "title=Boss"],
        &["followup", "log", "C1", "phone", "Asked", "weather=rain", "weather=sun"],
        &["set", "C1", "city=Leeds", "city=York"],
    ] {
        let refused = desk.crm(words).exits(2);
        assert!(!refused.err.is_empty(), "{words:?}");
    }
    let twice = desk.crm(&["set", "C1", "city=Leeds", "city=York"]).exits(2);
    assert!(twice.err.contains("city is given twice"), "{}", twice.err);
    assert!(!desk.crm(&["list", "--format", "csv"]).done().out.contains("Twice"));
}
