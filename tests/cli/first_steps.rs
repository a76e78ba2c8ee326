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

#[test]
fn help_is_there_however_it_is_asked_for() {
    let desk = Desk::new();
    for (asked, same) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "set"], &["set", "--help"]),
        (&["help", "followup", "log"], &["followup", "log", "--help"]),
        (&["followup", "help", "log"], &["followup", "log", "--help"]),
        (&["-q", "help", "remind"], &["-q", "remind", "--help"]),
    ] {
        assert_eq!(desk.crm(asked).done().out, desk.crm(same).done().out, "{asked:?}");
    }
    let none = desk.crm(&["help", "nosuch"]).exits(2);
    assert!(none.err.contains("no command ‘nosuch’"), "{}", none.err);
    let wrong = desk.crm(&["followup", "plan", "C1", "--nosuch"]).exits(2);
    assert!(wrong.err.contains("`crm followup plan --help`"), "{}", wrong.err);
    let surplus = desk.crm(&["show", "C1", "contacts", "Anna"]).exits(2);
    assert!(surplus.err.contains("‘Anna’ is one word too many"), "{}", surplus.err);
}

#[test]
fn the_fields_of_a_section_are_there_by_its_key_or_name_and_with_the_command_that_adds_one() {
    let desk = Desk::new();
    let fields = desk.crm(&["fields", "followups"]).done().out;
    assert!(
        fields.starts_with("Follow-ups\n") && fields.contains("followups[].questions[].answer"),
        "{fields}"
    );
    assert!(!fields.contains("contacts[]"), "{fields}");
    assert_eq!(desk.crm(&["fields", "跟进记录"]).done().out, fields);
    for (command, first, keys) in [
        ("action", "What, then KEY=VALUE", "what, who, date, done, followup"),
        ("development", "Kind, then KEY=VALUE", "kind, date, note, by"),
        ("contact", "Name, then KEY=VALUE", "email, mobile, phone"),
    ] {
        let help = desk.crm(&[command, "add", "--help"]).done().out;
        assert!(help.contains(first) && help.contains(keys), "{help}");
    }
}

#[test]
fn the_newest_contacts_are_shown_first_and_how_many_there_are_in_all() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn", "--country", "DE"]).done();
    for number in 1..=12 {
        let topic = format!("Contact {number:02}");
        let more = ["began=2026-03-11T14:00:00+08:00"];
        let more = if number == 12 { &more[..] } else { &[] };
        desk.crm(&[&["followup", "log", "C1", "phone", &topic][..], more].concat()).done();
    }
    let shown = desk.crm(&["show", "C1"]).done().out;
    let topics: Vec<&str> = shown.split("Contact ").skip(1).map(|rest| &rest[..2]).collect();
    assert_eq!(topics, ["12", "11", "10", "09", "08", "07", "06", "05", "04", "03"]);
    assert!(shown.contains("the latest 10 of 12; all with `crm show C0001 followups`"), "{shown}");
    assert!(shown.contains("2026-03-11 14:00 +08:00"), "when it began: {shown}");
    assert_eq!(desk.crm(&["show", "C1", "followups"]).done().out.matches("Contact ").count(), 12);
    let brief = desk.crm(&["followup", "brief", "C1"]).done().out;
    let topics: Vec<&str> = brief.split("Contact ").skip(1).map(|rest| &rest[..2]).collect();
    assert_eq!(topics, ["12", "11", "10"]);
}

#[test]
fn the_list_says_whose_a_customer_is_only_where_there_are_several() {
    wants_git!();
    let desk = Desk::new();
    let [lin, chen] = ["Nordwind Pumpen GmbH", "Vetterli AG"]
        .map(|name| desk.crm(&["add", name, "--country", "DE"]).done().key());
    desk.crm(&["followup", "plan", &lin, "2026-03-10", "phone", "--goal", "Ask"]).done();
    desk.crm(&["followup", "plan", &chen, "2026-03-11", "--goal", "Ask"]).done();
    let head = |out: &str| out.lines().next().unwrap_or_default().to_owned();
    let alone = desk.crm(&["followup", "--owner", "all"]).done().out;
    assert!(!head(&alone).contains("Owner") && head(&alone).contains("How"), "{alone}");
    assert!(!desk.crm(&["remind"]).done().out.contains("Who"));
    desk.crm(&["set", &chen, "owner=chen"]).done();
    let both = desk.crm(&["followup", "--owner", "all"]).done().out;
    assert!(head(&both).contains("Owner"), "{both}");
    let duties = desk.crm(&["remind", "--owner", "all"]).done().out;
    assert!(duties.contains("Who"), "{duties}");
    // A script has the same columns every day.
    let csv = desk.crm(&["followup", "--format", "csv"]).done().out;
    assert!(head(&csv).contains("Owner") && head(&csv).contains("How"), "{csv}");
}

#[test]
fn a_customer_has_a_name() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind", "--country", "DE"]).done();
    for words in [&["add", ""][..], &["add", "  ", "--country", "DE"], &["move", "C0001", "--name", " "]] {
        let refused = desk.crm(words).exits(1);
        assert!(refused.err.contains("‘Name’"), "{words:?} {}", refused.err);
    }
    assert_eq!(desk.commits(), 2);
}
