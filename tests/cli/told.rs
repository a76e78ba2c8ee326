//! What reminders must not do: tell the same again each morning, or let something pass in silence.

use std::fs;

use serde_json::Value;

use crate::desk::{Answer, Desk, answer};

const TEAM: &str = "\n[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]\n\n[[team]]\nkey = \"wang\"\nname = \"Wang Fang\"\nemails = [\"wang@example.com\"]\n";

/// A team of two with a customer each: C0001, Lin's Ahorn, and C0002, Wang's Birke.
fn desk() -> Desk {
    let desk = Desk::new();
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    fs::write(&path, before + TEAM).expect("settings");
    desk.crm(&["add", "Ahorn Pumpen GmbH", "--country", "DE", "owner=lin"]).done();
    desk.crm(&["add", "Birke Ventile GmbH", "--country", "DE", "owner=wang"]).done();
    desk
}

fn on(desk: &Desk, day: &str, words: &[&str]) -> Answer {
    let mut command = desk.program();
    answer(command.env("CRM_TODAY", day).current_dir(&desk.archive).args(words))
}

/// What cron tells on a day.
fn new(desk: &Desk, day: &str, more: &[&str]) -> String {
    on(desk, day, &[&["remind", "--new"], more].concat()).done().out
}

/// The days and people of everybody's duties of a kind.
fn days(desk: &Desk, day: &str, kind: &str) -> Vec<String> {
    let all = on(desk, day, &["remind", "--owner", "all", "--kind", kind, "--format", "json"]).done().out;
    let all: Vec<Value> = serde_json::from_str(&all).expect("JSON");
    let text = |duty: &Value, key: &str| duty[key].as_str().unwrap_or("").to_owned();
    all.iter().map(|duty| format!("{} {}", text(duty, "date"), text(duty, "who"))).collect()
}

#[test]
fn the_first_news_to_a_customer_is_told_once_and_not_every_morning() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "nurture=yes"]).done();
    let all = ["--owner", "all", "--kind", "nurture"];
    assert!(new(&desk, "2026-03-11", &all).contains("for the first time"));
    for day in ["2026-03-12", "2026-03-13", "2026-03-20"] {
        assert!(!new(&desk, day, &all).contains("for the first time"), "{day}");
    }
}

#[test]
fn an_action_without_a_day_is_told_once_and_not_every_morning() {
    wants_git!();
    let desk = desk();
    desk.crm(&["action", "add", "C1", "Find out who decides"]).done();
    let all = ["--owner", "all", "--kind", "action"];
    assert!(new(&desk, "2026-03-11", &all).contains("who decides"));
    for day in ["2026-03-12", "2026-03-13", "2026-03-20"] {
        assert!(!new(&desk, day, &all).contains("who decides"), "{day}");
    }
}

/// Two birthdays, of 5 March at Lin's customer and of 6 March at Wang's; the computer was off from the 2nd
/// to the 10th.
fn two_birthdays() -> Desk {
    let desk = desk();
    desk.crm(&["contact", "add", "C1", "Anna Ahorn", "birthday=03-05"]).done();
    desk.crm(&["contact", "add", "C2", "Bert Birke", "birthday=03-06"]).done();
    for card in ["C1", "C2"] {
        desk.crm(&["followup", "plan", card, "2027-03-01", "phone"]).done();
    }
    assert_eq!(new(&desk, "2026-03-01", &["--owner", "all", "--kind", "birthday"]), "");
    desk
}

#[test]
fn a_birthday_that_passed_while_nobody_asked_is_told_late() {
    wants_git!();
    let desk = two_birthdays();
    let told = new(&desk, "2026-03-11", &["--owner", "all", "--kind", "birthday"]);
    assert!(told.contains("Anna Ahorn") && told.contains("6 d late"), "{told}");
    assert!(told.contains("Bert Birke") && told.contains("5 d late"), "{told}");
    assert_eq!(new(&desk, "2026-03-12", &["--owner", "all", "--kind", "birthday"]), "");
}

#[test]
fn cron_with_a_line_for_each_of_two_people_tells_both_what_passed() {
    wants_git!();
    let desk = two_birthdays();
    assert!(new(&desk, "2026-03-11", &["--owner", "lin"]).contains("Anna Ahorn"));
    assert!(new(&desk, "2026-03-11", &["--owner", "wang"]).contains("Bert Birke"));
}

#[test]
fn cron_with_a_line_for_each_kind_tells_all_kinds_that_passed() {
    wants_git!();
    let desk = two_birthdays();
    new(&desk, "2026-03-11", &["--owner", "all", "--kind", "plan"]);
    let told = new(&desk, "2026-03-11", &["--owner", "all", "--kind", "birthday"]);
    assert!(told.contains("Anna Ahorn") && told.contains("Bert Birke"), "{told}");
}

#[test]
fn cron_with_a_line_for_each_of_two_people_counts_their_customers_without_a_next_step_apart() {
    wants_git!();
    let desk = desk();
    desk.crm(&["add", "Cedro Getriebe GmbH", "--country", "DE", "owner=wang"]).done();
    let said = |day: &str, owner: &str| new(&desk, day, &["--owner", owner]).contains("without a next step");
    assert!(said("2026-03-11", "lin") && said("2026-03-11", "wang"), "each is told the first time");
    for day in ["2026-03-12", "2026-03-13"] {
        assert!(!said(day, "lin") && !said(day, "wang"), "{day}: the number of neither grew");
    }
}

#[test]
fn who_asks_for_birthdays_alone_hears_of_birthdays_alone() {
    wants_git!();
    let desk = desk();
    assert_eq!(new(&desk, "2026-03-11", &["--owner", "all", "--kind", "birthday"]), "");
}

#[test]
fn a_daily_report_that_never_came_in_is_asked_for_until_it_is_in() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-03-02", &["followup", "log", "C1", "visit", "Came by"]).done();
    for day in ["2026-03-02", "2026-03-09", "2026-03-10", "2026-04-10"] {
        assert_eq!(days(&desk, day, "daily_report"), ["2026-03-02 lin"], "{day}");
    }
    on(&desk, "2026-04-10", &["remind", "done", "daily_report", "--on", "2026-03-02"]).done();
    assert_eq!(days(&desk, "2026-04-10", "daily_report"), [""; 0]);
}

#[test]
fn six_days_at_one_customer_want_six_daily_reports() {
    wants_git!();
    let desk = desk();
    let week: Vec<String> = (2..8).map(|day| format!("2026-03-0{day}")).collect();
    for day in &week {
        on(&desk, day, &["followup", "log", "C1", "visit", "At their works", "effective=yes"]).done();
    }
    let wanted: Vec<String> = week.iter().map(|day| format!("{day} lin")).collect();
    assert_eq!(days(&desk, "2026-03-07", "daily_report"), wanted);
}

#[test]
fn a_visit_wants_its_daily_report_also_when_the_customer_was_closed_that_day() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-03-11", &["followup", "log", "C1", "visit", "They give up the works"]).done();
    on(&desk, "2026-03-11", &["close", "C1", "--reason", "Out of business"]).done();
    assert_eq!(days(&desk, "2026-03-11", "daily_report"), ["2026-03-11 lin"]);
}

#[test]
fn a_way_that_the_settings_call_a_visit_wants_a_daily_report() {
    wants_git!();
    let desk = desk();
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    fs::write(
        &path,
        before.replace("\n[followup]\n", "\n[followup]\nvisit_modes = [\"door_visit\", \"other\"]\n"),
    )
    .expect("settings");
    on(&desk, "2026-03-11", &["followup", "log", "C1", "other", "Met at the fair"]).done();
    assert_eq!(days(&desk, "2026-03-11", "daily_report"), ["2026-03-11 lin"]);
    on(&desk, "2026-03-12", &["followup", "log", "C1", "invited_visit", "They came"]).done();
    // A visit is one, also where the rule of too many does not count it.
    assert_eq!(days(&desk, "2026-03-12", "daily_report"), ["2026-03-11 lin", "2026-03-12 lin"]);
}

#[test]
fn of_two_plans_of_a_day_a_visit_keeps_that_of_a_visit_whatever_their_ids() {
    wants_git!();
    for (visit, other) in [("aaaaaa", "zzzzzz"), ("zzzzzz", "aaaaaa")] {
        let desk = desk();
        let plans = format!(
            "\n[[plans]]\nid = \"{visit}\"\ndate = 2026-03-12\nhow = \"door_visit\"\n\n[[plans]]\nid = \"{other}\"\ndate = 2026-03-12\n"
        );
        let card = desk.card("Ahorn");
        fs::write(&card, fs::read_to_string(&card).expect("a card") + &plans).expect("a card");
        let made = on(&desk, "2026-03-12", &["followup", "log", "C1", "visit", "Came by"]).done();
        assert!(made.err.contains(&format!("settles the plan {visit}")), "{visit}: {}", made.err);
    }
}
