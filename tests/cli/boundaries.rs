//! The boundaries of the follow-up desk, as the requirements name them: the fourth and the fifth visit, the
//! end of February, the second after a deadline, the third day of a late entry.

use std::fs;

use chrono::{DateTime, Datelike, Duration, Timelike, Utc};
use serde_json::Value;

use crate::desk::{Answer, Desk, TODAY, answer};
use crate::team::Team;

const TEAM: &str = "\n[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]\n\n[[team]]\nkey = \"wang\"\nname = \"Wang Fang\"\nemails = [\"wang@example.com\"]\n";

/// A team of two, and a customer of Lin's: C0001, Ahorn Pumpen GmbH.
fn desk() -> Desk {
    let desk = Desk::new();
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    fs::write(&path, before + TEAM).expect("settings");
    desk.crm(&["add", "Ahorn Pumpen GmbH", "--country", "DE", "owner=lin"]).done();
    desk
}

/// Writes a line under a table of the settings.
fn setting(desk: &Desk, table: &str, line: &str) {
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    let after = before.replace(&format!("\n[{table}]\n"), &format!("\n[{table}]\n{line}\n"));
    assert_ne!(after, before, "there is a table for it");
    fs::write(&path, after).expect("settings");
}

fn on(desk: &Desk, day: &str, words: &[&str]) -> Answer {
    let mut command = desk.program();
    answer(command.env("CRM_TODAY", day).current_dir(&desk.archive).args(words))
}

/// A contact on a day; the id of the entry.
#[track_caller]
fn log(desk: &Desk, day: &str, how: &str, more: &[&str]) -> String {
    on(desk, day, &[&["followup", "log", "C1", how, "Talked"], more].concat()).done().key()
}

/// Everybody's duties of a kind on a day, as a person reads them.
fn duties(desk: &Desk, day: &str, kind: &str) -> String {
    on(desk, day, &["remind", "--owner", "all", "--kind", kind]).done().out
}

/// The days of everybody's duties of a kind, with whose they are.
fn days(desk: &Desk, day: &str, kind: &str) -> Vec<String> {
    let all = on(desk, day, &["remind", "--owner", "all", "--kind", kind, "--format", "json"]).done().out;
    let all: Vec<Value> = serde_json::from_str(&all).expect("JSON");
    let text = |duty: &Value, key: &str| duty[key].as_str().unwrap_or("").to_owned();
    all.iter().map(|duty| format!("{} {}", text(duty, "date"), text(duty, "who"))).collect()
}

/// Visits on so many days from this day of March on.
fn visits(desk: &Desk, first: u32, count: u32, how: &str) {
    for at in first..first + count {
        log(desk, &format!("2026-03-{at:02}"), how, &[]);
    }
}

fn verdict(desk: &Desk) -> String {
    duties(desk, "2026-03-31", "verdict")
}

#[test]
fn four_visits_without_result_leave_the_plan_as_it_is_and_the_fifth_ends_it() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-03-01", &["followup", "plan", "C1", "2026-03-20", "visit", "--goal", "Show GP-20"])
        .done();
    visits(&desk, 1, 4, "visit");
    assert_eq!(verdict(&desk), "");
    assert!(duties(&desk, "2026-03-20", "plan").contains("Show GP-20"));
    on(&desk, "2026-03-05", &["followup", "plan", "C1", "2026-03-21", "visit"]).done();
    log(&desk, "2026-03-05", "visit", &["--settles", "none"]);
    let due = verdict(&desk);
    assert!(due.contains("dropped after 5 visits"), "{due}");
    assert!(due.contains("won") && due.contains("abandoned"), "{due}");
    // It leaves the visit plan, and stays on file.
    assert_eq!(duties(&desk, "2026-03-22", "plan"), "");
    assert!(desk.crm(&["list"]).done().out.contains("Ahorn"));
    let refused = on(&desk, "2026-03-06", &["followup", "plan", "C1", "2026-03-25", "visit"]).exits(1);
    assert!(refused.err.contains('5') && refused.err.contains("--reenter"), "{}", refused.err);
    // A call may still be planned.
    on(&desk, "2026-03-06", &["followup", "plan", "C1", "2026-03-25", "phone"]).done();
    assert!(duties(&desk, "2026-03-25", "plan").contains("Phone"));
}

#[test]
fn four_visits_a_result_and_four_more_stay_on_the_visit_plan() {
    wants_git!();
    for result in ["effective=yes", "verdict=won"] {
        let desk = desk();
        visits(&desk, 1, 3, "visit");
        log(&desk, "2026-03-04", "visit", &[result]);
        visits(&desk, 5, 4, "visit");
        assert_eq!(verdict(&desk), "", "{result}");
        on(&desk, "2026-03-09", &["followup", "plan", "C1", "2026-03-25", "visit"]).done();
        log(&desk, "2026-03-09", "visit", &["--settles", "none"]);
        assert!(verdict(&desk).contains("dropped after 5 visits"), "{result}");
    }
}

#[test]
fn nine_calls_and_mails_without_result_are_no_visits() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 5, "phone");
    visits(&desk, 6, 4, "email");
    assert_eq!(verdict(&desk), "");
    on(&desk, "2026-03-10", &["followup", "plan", "C1", "2026-03-25", "visit"]).done();
}

#[test]
fn an_invited_visit_counts_until_the_settings_say_otherwise() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 4, "visit");
    visits(&desk, 5, 1, "invited_visit");
    assert!(verdict(&desk).contains("dropped after 5 visits"));
    setting(&desk, "followup", "visit_modes = [\"door_visit\"]");
    assert_eq!(verdict(&desk), "");
    on(&desk, "2026-03-06", &["followup", "plan", "C1", "2026-03-25", "visit"]).done();
    let path = desk.archive.join("crm.toml");
    let text = fs::read_to_string(&path).expect("settings");
    visits(&desk, 6, 3, "web_chat");
    fs::write(
        &path,
        text.replace("visit_modes = [\"door_visit\"]", "visit_modes = [\"web_chat\", \"invited_visit\"]"),
    )
    .expect("settings");
    assert_eq!(verdict(&desk), "", "three talks and an invited visit are four");
    visits(&desk, 9, 1, "web_chat");
    assert!(verdict(&desk).contains("dropped after 5 visits"));
}

#[test]
fn how_many_visits_are_too_many_is_a_setting_from_two_on() {
    wants_git!();
    for most in [2, 3, 7] {
        let desk = desk();
        setting(&desk, "followup", &format!("visits_without_result = {most}"));
        visits(&desk, 1, most - 1, "visit");
        assert_eq!(verdict(&desk), "", "{most}");
        visits(&desk, most, 1, "visit");
        let due = verdict(&desk);
        assert!(due.contains(&format!("dropped after {most} visit")), "{most}: {due}");
    }
    let desk = desk();
    setting(&desk, "followup", "visits_without_result = 1");
    assert!(desk.crm(&["followup"]).exits(2).err.contains("visits_without_result"));
}

#[test]
fn a_return_to_the_visit_plan_needs_its_reason_and_begins_the_count_anew() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 5, "visit");
    on(&desk, "2026-03-06", &["followup", "plan", "C1", "2026-03-08", "visit", "--reenter", ""]).exits(2);
    let plan = ["followup", "plan", "C1", "2026-03-08", "visit", "--reenter", "A new buyer came"];
    on(&desk, "2026-03-06", &plan).done();
    assert_eq!(verdict(&desk), "");
    assert!(duties(&desk, "2026-03-08", "plan").contains("Door visit"));
    assert!(desk.text("Ahorn").contains("[[reentries]]"), "{}", desk.text("Ahorn"));
    assert!(desk.text("Ahorn").contains("reason = \"A new buyer came\""));
    visits(&desk, 8, 4, "visit");
    assert_eq!(verdict(&desk), "");
    visits(&desk, 12, 1, "visit");
    assert!(verdict(&desk).contains("dropped after 5 visits"));
}

#[test]
fn who_was_given_up_is_asked_for_no_verdict_and_gets_no_visit() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 4, "visit");
    on(&desk, "2026-03-05", &["followup", "log", "C1", "visit", "No use", "verdict=abandoned"]).exits(2);
    log(&desk, "2026-03-05", "visit", &["verdict=abandoned", "abandon_reason=Bound to a rival"]);
    assert_eq!(verdict(&desk), "");
    let refused = on(&desk, "2026-03-06", &["followup", "plan", "C1", "2026-03-25", "visit"]).exits(1);
    assert!(refused.err.contains("--reenter"), "{}", refused.err);
}

#[test]
fn a_revision_of_31_december_is_due_on_28_february_and_one_section_keeps_it_open() {
    wants_git!();
    let desk = desk();
    on(&desk, "2024-12-31", &["revise", "C1", "--all"]).done();
    log(&desk, "2025-01-15", "phone", &[]);
    assert_eq!(duties(&desk, "2025-02-27", "revision"), "");
    let due = duties(&desk, "2025-02-28", "revision");
    assert!(due.contains("today") && due.contains("Customer") && due.contains("Contacts"), "{due}");
    on(&desk, "2025-03-01", &["revise", "C1", "card"]).done();
    let due = duties(&desk, "2025-03-10", "revision");
    assert!(due.contains("10 d late") && due.contains("Contacts") && !due.contains("Customer"), "{due}");
    on(&desk, "2025-03-11", &["revise", "C1", "contacts"]).done();
    assert_eq!(duties(&desk, "2025-05-10", "revision"), "");
    assert!(duties(&desk, "2025-05-11", "revision").contains("today"));
}

#[test]
fn a_revision_of_31_december_is_due_on_29_february_of_a_leap_year() {
    wants_git!();
    let desk = desk();
    on(&desk, "2027-12-31", &["revise", "C1", "--all"]).done();
    assert_eq!(duties(&desk, "2028-02-28", "revision"), "");
    assert!(duties(&desk, "2028-02-29", "revision").contains("today"));
}

#[test]
fn a_visit_moves_the_rhythm_and_not_the_revision() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-01-05", &["revise", "C1", "--all"]).done();
    log(&desk, "2026-01-06", "phone", &[]);
    let before = days(&desk, "2026-03-11", "revision");
    assert_eq!(before, ["2026-03-05 lin"]);
    assert_eq!(days(&desk, "2026-03-11", "cadence"), ["2026-02-06 lin"]);
    log(&desk, "2026-03-11", "visit", &[]);
    assert_eq!(days(&desk, "2026-03-11", "revision"), before);
    assert_eq!(days(&desk, "2026-03-11", "cadence"), [""; 0]);
}

/// A zone in which it is about noon now, so that an hour earlier or later is the same day.
fn zone_at_noon(now: DateTime<Utc>) -> (String, i64) {
    let ahead = (12 - i64::from(now.hour())).clamp(-12, 12);
    // The names of these zones have the sign of POSIX.
    (format!("Etc/GMT{:+}", -ahead), ahead)
}

/// The second itself cannot be pinned from outside; `rules/duties/weekly_report.rs` shows 20:30:00 and
/// 20:30:01. Here the deadline is an hour away, in the archive's zone, while the machine's is another.
#[test]
fn a_report_is_late_by_the_clock_of_the_archive_s_zone_and_not_by_the_machine_s() {
    wants_git!();
    let now = Utc::now();
    let (zone, ahead) = zone_at_noon(now);
    let local = now + Duration::hours(ahead);
    for (hour, is_late) in [(local.hour() + 1, false), (local.hour() - 1, true)] {
        for machine in ["UTC", "Asia/Tokyo", "America/Los_Angeles"] {
            let desk = desk();
            setting(&desk, "archive", &format!("time_zone = \"{zone}\""));
            let at = format!("{} {hour:02}:{:02}", local.weekday(), local.minute());
            setting(&desk, "remind", &format!("weekly_report = \"{at}\""));
            let mut crm = desk.program();
            crm.env_remove("CRM_TODAY").env("TZ", machine).current_dir(&desk.archive);
            let done = answer(crm.args(["remind", "done", "weekly_report", "--owner", "lin"])).done();
            let deadline = format!("{} {hour:02}:{:02}", local.date_naive(), local.minute());
            assert_eq!(done.err.contains("late"), is_late, "{zone}, {at}: {}", done.err);
            assert_eq!(done.err.contains(&deadline), is_late, "{zone}, {at}: {}", done.err);
        }
    }
}

#[test]
fn a_birthday_on_29_february_is_kept_on_the_28_of_other_years() {
    wants_git!();
    let desk = desk();
    on(&desk, "2024-06-01", &["contact", "add", "C1", "Anna Müller", "birthday=1980-02-29"]).done();
    let birthday = |day: &str| duties(&desk, day, "birthday");
    assert_eq!(birthday("2025-02-24"), "");
    assert!(birthday("2025-02-25").contains("Anna Müller, 45 years"), "{}", birthday("2025-02-25"));
    assert!(birthday("2025-02-28").contains("today"));
    assert_eq!(birthday("2025-03-01"), "");
    assert_eq!(birthday("2028-02-25"), "");
    assert!(birthday("2028-02-29").contains("today"));
    assert_eq!(birthday("2028-03-01"), "");
    // A century that is no leap year, and one that is.
    assert!(birthday("2100-02-28").contains("today"));
    assert!(birthday("2400-02-29").contains("today"));
}

#[test]
fn fourteen_days_after_the_first_of_march_are_the_fifteenth() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "contact_every=14d"]).done();
    log(&desk, "2026-03-01", "phone", &[]);
    assert_eq!(duties(&desk, "2026-03-14", "cadence"), "");
    let due = duties(&desk, "2026-03-15", "cadence");
    assert!(due.contains("today") && due.contains("2026-03-01") && due.contains("14 days"), "{due}");
    assert!(on(&desk, "2026-03-15", &["followup"]).done().out.contains("Ahorn"));
}

#[test]
fn news_goes_out_every_month_until_the_first_reply() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "nurture=yes"]).done();
    log(&desk, "2026-01-31", "email", &["mailing=yes"]);
    assert_eq!(duties(&desk, "2026-02-27", "nurture"), "");
    assert!(duties(&desk, "2026-02-28", "nurture").contains("today"), "a month of 31 January");
    // What we say is no reply, and a mailing is no contact.
    log(&desk, "2026-03-01", "phone", &[]);
    assert!(duties(&desk, "2026-03-02", "nurture").contains("Ahorn"));
    log(&desk, "2026-03-02", "email", &["mailing=yes"]);
    assert_eq!(duties(&desk, "2026-03-02", "nurture"), "");
    assert_eq!(days(&desk, "2026-04-10", "cadence"), ["2026-04-01 lin"]);
    assert!(duties(&desk, "2026-04-02", "nurture").contains("2026-03-02"));
    log(&desk, "2026-04-03", "email", &["incoming=yes"]);
    for day in ["2026-04-03", "2026-05-20", "2027-01-01"] {
        assert_eq!(duties(&desk, day, "nurture"), "", "{day}");
    }
}

#[test]
fn who_wants_no_mailings_gets_none_ever() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "nurture=yes", "no_mailings=yes"]).done();
    assert_eq!(duties(&desk, TODAY, "nurture"), "");
    log(&desk, "2026-01-31", "email", &["mailing=yes"]);
    assert_eq!(duties(&desk, "2027-03-11", "nurture"), "");
}

#[test]
fn a_customer_dropped_from_the_visit_plan_still_gets_news() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "nurture=yes"]).done();
    log(&desk, "2026-02-20", "email", &["mailing=yes"]);
    visits(&desk, 1, 5, "visit");
    assert!(verdict(&desk).contains("dropped after 5 visits"));
    assert!(duties(&desk, "2026-03-20", "nurture").contains("Ahorn"));
    log(&desk, "2026-03-21", "phone", &["verdict=abandoned", "abandon_reason=Bound to a rival"]);
    assert!(duties(&desk, "2026-03-22", "nurture").contains("Ahorn"));
}

#[test]
fn an_entry_of_three_days_ago_is_said_to_be_three_days_late_on_its_day() {
    wants_git!();
    let desk = desk();
    log(&desk, TODAY, "phone", &["--on", "2026-03-10"]);
    assert_eq!(duties(&desk, TODAY, "late_entry"), "", "a day is allowed");
    log(&desk, TODAY, "phone", &["--on", "2026-03-08"]);
    let due = duties(&desk, TODAY, "late_entry");
    assert!(due.contains("3 days late") && due.contains("Ahorn"), "{due}");
    assert_eq!(due.matches("Ahorn").count(), 1, "{due}");
    assert_eq!(duties(&desk, "2026-03-12", "late_entry"), "");
}

#[test]
fn a_mail_that_is_on_the_card_is_refused_by_its_message_id() {
    wants_git!();
    let desk = desk();
    let first = log(&desk, TODAY, "email", &["message_id=<a1@ahorn.example>"]);
    let twice = ["followup", "log", "C1", "email", "Again", "message_id=<a1@ahorn.example>"];
    let refused = desk.crm(&twice).exits(1);
    assert!(refused.err.contains(&first), "{}", refused.err);
    assert_eq!(desk.text("Ahorn").matches("[[followups]]").count(), 1);
    log(&desk, TODAY, "email", &["message_id=<a2@ahorn.example>"]);
}

#[test]
fn a_call_of_minus_five_minutes_or_of_tomorrow_is_refused() {
    wants_git!();
    let desk = desk();
    let before = desk.commits();
    let call = ["followup", "log", "C1", "phone", "Asked"];
    let refused = desk.crm(&[&call[..], &["minutes=-5"]].concat()).exits(2);
    assert!(refused.err.contains("-5"), "{}", refused.err);
    for day in ["2026-03-12", "tomorrow", "+1d"] {
        let refused = desk.crm(&[&call[..], &["--on", day]].concat()).exits(2);
        assert!(refused.err.contains("followup plan") || day == "tomorrow", "{day}: {}", refused.err);
    }
    assert_eq!(desk.commits(), before);
    log(&desk, TODAY, "phone", &["minutes=0"]);
}

#[test]
fn a_visit_that_ends_before_it_begins_or_at_once_is_refused() {
    wants_git!();
    let desk = desk();
    for (began, ended) in [("15:00", "14:00"), ("15:00", "15:00")] {
        let (began, ended) = (format!("began={began}"), format!("ended={ended}"));
        let refused = desk.crm(&["followup", "log", "C1", "visit", "Came by", &began, &ended]).exits(2);
        assert!(refused.err.contains("before it begins"), "{}", refused.err);
    }
    log(&desk, TODAY, "visit", &["began=14:00", "ended=15:00"]);
    assert_eq!(desk.text("Ahorn").matches("[[followups]]").count(), 1);
}

#[test]
fn a_visit_that_was_changed_to_end_first_is_refused_or_found() {
    wants_git!();
    let desk = desk();
    let visit = log(&desk, TODAY, "visit", &["began=14:00", "ended=15:00"]);
    let changed = desk.crm(&["set", "C1", &format!("followups[{visit}].ended=2026-03-11T13:00:00+08:00")]);
    let found = desk.crm(&["check"]).all();
    assert!(changed.code != 0 || found.contains("before it begins"), "{}{found}", changed.all());
}

#[test]
fn a_purpose_that_is_none_of_the_five_is_refused_with_the_five() {
    wants_git!();
    let desk = desk();
    let refused = desk.crm(&["followup", "log", "C1", "visit", "Came by", "purpose=golf"]).exits(2);
    for purpose in ["golf", "first_visit", "learn_customer", "recommend", "handle_objection", "after_service"]
    {
        assert!(refused.err.contains(purpose), "{}", refused.err);
    }
    log(&desk, TODAY, "visit", &["purpose=解决客户异议"]);
    assert!(desk.text("Ahorn").contains("purpose = \"handle_objection\""));
}

#[test]
fn a_thirteenth_entry_and_an_eighth_round_are_numbered_like_the_others() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 13, "phone");
    let listed = desk.crm(&["followup", "list", "C1"]).done().out;
    assert!(
        listed.lines().any(|line| line.contains("2026-03-13") && line.trim_end().ends_with(" 13")),
        "{listed}"
    );
    for round in 1..=8 {
        let (content, date) = (format!("Round of the {round}th"), format!("date=2026-03-0{round}"));
        desk.crm(&["negotiation", "add", "C1", &content, &date]).done();
    }
    let rounds = desk.crm(&["negotiation", "list", "C1"]).done().out;
    let eighth = rounds.lines().find(|line| line.contains("Round of the 8th")).expect("the eighth");
    assert!(eighth.trim_end().ends_with(" 8"), "{rounds}");
    desk.crm(&["followup", "log", "C1", "phone"]).exits(2);
}

#[test]
fn a_brief_calls_the_last_entries_by_the_numbers_that_the_list_gives_them() {
    wants_git!();
    let desk = desk();
    for day in 1..=5 {
        let words = ["followup", "log", "C1", "phone", &format!("Call {day}")];
        on(&desk, &format!("2026-03-0{day}"), &words).done();
    }
    for command in ["list", "brief"] {
        let page = desk.crm(&["followup", command, "C1"]).done().out;
        let fifth = page.lines().find(|line| line.contains("Call 5")).expect("the last call");
        assert!(fifth.trim_end().ends_with(" 5"), "{command}: {page}");
    }
}

/// A visit of Lin's at which Wang goes along, at the wish of a manager.
fn joint(desk: &Desk) {
    let plan =
        ["followup", "plan", "C1", "2026-03-13", "visit", "--goal", "Tour", "--with", "wang", "--by", "lin"];
    desk.crm(&plan).done();
}

#[test]
fn a_joint_visit_is_listed_for_both_until_it_is_made() {
    wants_git!();
    let desk = desk();
    joint(&desk);
    let list = |who: &str| on(&desk, "2026-03-13", &["remind", "--owner", who, "--kind", "plan"]).done().out;
    let calendar = |who: &str| {
        let words = ["followup", "calendar", "--owner", who, "--from", "2026-03-09", "--to", "2026-03-15"];
        on(&desk, "2026-03-13", &words).done().out
    };
    for who in ["lin", "wang"] {
        assert!(list(who).contains("Tour"), "{who}: {}", list(who));
        assert!(calendar(who).contains("Ahorn"), "{who}: {}", calendar(who));
    }
    assert_eq!(
        duties(&desk, "2026-03-13", "plan").matches("Tour").count(),
        1,
        "everybody's list has it once"
    );
    log(&desk, "2026-03-13", "visit", &["companions=wang"]);
    assert_eq!((list("lin"), list("wang")), (String::new(), String::new()));
}

#[test]
fn a_joint_visit_that_was_made_stays_in_the_calendar_of_both() {
    wants_git!();
    let desk = desk();
    joint(&desk);
    log(&desk, "2026-03-13", "visit", &["companions=wang"]);
    for who in ["lin", "wang"] {
        let words = ["followup", "calendar", "--owner", who, "--from", "2026-03-09", "--to", "2026-03-15"];
        let calendar = on(&desk, "2026-03-13", &words).done().out;
        assert!(calendar.contains("XS"), "{who}: {calendar}");
    }
}

#[test]
fn a_calendar_may_begin_on_a_saturday_and_names_the_iso_weeks() {
    wants_git!();
    let desk = desk();
    on(&desk, "2024-11-20", &["followup", "plan", "C1", "2024-11-26", "phone"]).done();
    on(&desk, "2024-11-27", &["followup", "log", "C1", "phone", "Asked"]).done();
    let words = ["followup", "calendar", "--from", "2024-11-23", "--to", "2024-12-07"];
    let calendar = on(&desk, "2024-12-07", &words).done().out;
    let mut lines = calendar.lines();
    let weeks = lines.next().unwrap_or("");
    let at: Vec<usize> = ["wk47", "wk48", "wk49"].map(|week| weeks.find(week).expect(week)).to_vec();
    assert!(at.is_sorted() && !weeks.contains("wk46") && !weeks.contains("wk50"), "{calendar}");
    let head = lines.next().unwrap_or("");
    let days: Vec<&str> =
        head.split_whitespace().filter(|word| word.len() <= 3 && word.ends_with(char::is_numeric)).collect();
    assert_eq!(
        days,
        ["S23", "S24", "M25", "T26", "W27", "T28", "F29", "S30", "S1", "M2", "T3", "W4", "T5", "F6", "S7"],
        "{calendar}"
    );
    assert!(calendar.contains("CN"), "{calendar}");
}

#[test]
fn a_contact_keeps_ones_own_plan_of_that_day_before_an_older_one_and_a_colleague_s() {
    let desk = desk();
    let plan =
        |more: &[&str]| on(&desk, "2026-03-02", &[&["followup", "plan", "C1"], more].concat()).done().key();
    plan(&["2026-03-02", "--goal", "old, any way"]);
    plan(&["2026-03-11", "call", "--by", "wang"]);
    let own = plan(&["2026-03-11", "call", "--goal", "the price"]);
    let said = on(&desk, "2026-03-11", &["followup", "log", "C1", "call", "Price"]).done().err;
    assert!(said.contains(&own) && said.contains("the price"), "{said}");
}

#[test]
fn of_two_birthdays_at_a_customer_the_one_that_is_meant_is_ticked_off() {
    let desk = desk();
    for (name, day) in [("Anna Moll", "birthday=03-12"), ("Ben Roth", "birthday=03-13")] {
        on(&desk, "2026-03-01", &["contact", "add", "C1", name, day]).done();
    }
    let refused = on(&desk, "2026-03-11", &["remind", "done", "birthday", "C1"]).exits(2).err;
    for part in ["Anna Moll", "Ben Roth", "--with"] {
        assert!(refused.contains(part), "{refused}");
    }
    on(&desk, "2026-03-11", &["remind", "done", "birthday", "C1", "--with", "anna moll"]).done();
    let left = duties(&desk, "2026-03-11", "birthday");
    assert!(left.contains("Ben Roth") && !left.contains("Anna Moll"), "{left}");
    on(&desk, "2026-03-11", &["remind", "done", "birthday", "C1"]).done();
    assert_eq!(duties(&desk, "2026-03-11", "birthday"), "");
}

#[test]
fn a_calendar_and_a_report_say_which_card_they_could_not_read() {
    let desk = desk();
    on(&desk, "2026-03-10", &["followup", "log", "C1", "call", "Price"]).done();
    on(&desk, "2026-03-10", &["add", "Sol", "--country", "ES"]).done();
    desk.write("prospects/ES/Sol/card.toml", "name = \"Sol\n");
    for words in [["followup", "calendar"], ["followup", "report"]] {
        let answer = on(&desk, "2026-03-11", &words).exits(5);
        assert!(answer.out.contains("C0001") && answer.err.contains("Sol"), "{}", answer.all());
    }
}

#[test]
fn whose_a_duty_is_stands_there_unless_it_is_the_reader_s() {
    let desk = desk();
    on(&desk, "2026-03-01", &["followup", "plan", "C1", "2026-03-11", "call"]).done();
    let list = |more: &[&str]| on(&desk, "2026-03-11", &[&["followup"], more].concat()).done().out;
    assert!(!list(&[]).contains("lin"), "{}", list(&[]));
    on(&desk, "2026-03-01", &["add", "Sol", "--country", "ES"]).done();
    on(&desk, "2026-03-01", &["followup", "plan", "C2", "2026-03-11", "--by", "wang"]).done();
    let hers = list(&["--owner", "wang"]);
    assert!(
        hers.contains("Sol") && hers.contains("wang"),
        "all rows are hers, who is not the reader: {hers}"
    );
}

#[test]
fn a_report_that_is_ticked_twice_on_a_day_is_the_same_one() {
    wants_git!();
    let desk = desk();
    // 2026-03-08 is a Sunday; on Monday the report of Sunday comes in late.
    on(&desk, "2026-03-09", &["remind", "done", "weekly_report", "--owner", "lin"]).done();
    on(&desk, "2026-03-09", &["remind", "done", "weekly_report", "--owner", "lin"]).exits(3);
    assert!(days(&desk, "2026-03-15", "weekly_report").contains(&"2026-03-15 lin".to_owned()));
    // On Friday the report of the week may come in early; what is done after it is told next time.
    on(&desk, "2026-03-13", &["remind", "done", "weekly_report", "--owner", "lin"]).done();
    assert!(!days(&desk, "2026-03-15", "weekly_report").contains(&"2026-03-15 lin".to_owned()));
    log(&desk, "2026-03-14", "phone", &["note=x", "by=lin"]);
    let report = on(&desk, "2026-03-16", &["followup", "report", "--owner", "lin"]).done();
    assert!(report.out.contains("2026-03-14"), "{}", report.all());
}

#[test]
fn who_was_given_up_and_buys_is_visited_again() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 4, "visit");
    log(&desk, "2026-03-05", "visit", &["verdict=abandoned", "abandon_reason=Bound to a rival"]);
    on(&desk, "2026-03-06", &["followup", "plan", "C1", "2026-03-25", "visit"]).exits(1);
    log(&desk, "2026-03-07", "phone", &["verdict=won"]);
    on(&desk, "2026-03-08", &["followup", "plan", "C1", "2026-03-25", "visit"]).done();
}

#[test]
fn visits_go_on_with_a_reason_in_the_same_entry_and_those_of_that_day_count() {
    wants_git!();
    let desk = desk();
    visits(&desk, 1, 4, "visit");
    let next = ["--next", "2026-03-20", "--next-how", "visit"];
    let fifth = [&["followup", "log", "C1", "visit", "Talked"], &next[..]].concat();
    let refused = on(&desk, "2026-03-05", &fifth).exits(1);
    assert!(refused.err.contains("--reenter REASON"), "{}", refused.err);
    on(&desk, "2026-03-05", &[&fifth[..], &["--reenter", "A new buyer came"]].concat()).done();
    assert!(duties(&desk, "2026-03-20", "plan").contains("C0001"));
    assert_eq!(verdict(&desk), "");
}

#[test]
fn a_daily_report_that_is_missing_has_its_day() {
    wants_git!();
    let desk = desk();
    setting(&desk, "remind", "daily_report = \"18:00\"");
    log(&desk, "2026-03-10", "visit", &["by=wang"]);
    let due = duties(&desk, "2026-03-11", "daily_report");
    assert!(due.contains("2026-03-10") && due.contains("wang"), "{due}");
}

#[test]
fn a_revision_that_is_done_rests_until_the_next_one() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-01-05", &["revise", "C1", "--all"]).done();
    let rests = on(&desk, "2026-01-06", &["revise", "C1"]).done();
    assert!(rests.err.contains("on 2026-01-05; due again on 2026-03-05"), "{}", rests.err);
    let left = on(&desk, "2026-03-05", &["revise", "C1"]).done();
    assert!(left.err.contains("still to be confirmed"), "{}", left.err);
}

#[test]
fn the_focus_of_following_up_is_in_the_brief_and_finds_customers() {
    wants_git!();
    let desk = desk();
    on(&desk, TODAY, &["add", "Birke Ventile AG", "--country", "DE", "focus=产品"]).done();
    on(&desk, TODAY, &["set", "C1", "focus=price, 交货期"]).done();
    assert!(desk.text("Ahorn").contains("focus = [\"price\", \"delivery\"]\n"), "{}", desk.text("Ahorn"));
    let brief = on(&desk, TODAY, &["followup", "brief", "C1", "--lang", "zh-CN"]).done().out;
    assert!(brief.contains("跟进重点") && brief.contains("价格, 交货期"), "{brief}");
    let brief = on(&desk, TODAY, &["followup", "brief", "C1", "--format", "json"]).done().out;
    let brief: Value = serde_json::from_str(&brief).expect("JSON");
    assert_eq!(brief["focus"], serde_json::json!(["price", "delivery"]));
    assert_eq!((&brief["no"], &brief["name"]), (&Value::from("C0001"), &Value::from("Ahorn Pumpen GmbH")));
    let found = on(&desk, TODAY, &["list", "focus=交货期", "--format", "csv"]).done().out;
    assert!(found.contains("Ahorn") && !found.contains("Birke"), "{found}");
    let wrong = on(&desk, TODAY, &["set", "C1", "focus=quality"]).exits(2);
    assert!(wrong.err.contains("product, price, delivery"), "{}", wrong.err);
    let chinese = on(&desk, TODAY, &["set", "C1", "focus=质量", "--lang", "zh-CN"]).exits(2);
    assert!(chinese.err.contains("产品（product）"), "{}", chinese.err);
    on(&desk, TODAY, &["set", "C1", "focus-=price"]).done();
    assert!(desk.text("Ahorn").contains("focus = [\"delivery\"]\n"), "{}", desk.text("Ahorn"));
}

#[test]
fn a_rhythm_says_how_the_customer_likes_to_be_contacted() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-03-01", &["set", "C1", "contact_every=14d", "contact_modes=phone, 即时通讯, WeChat"])
        .done();
    let kept = on(&desk, "2026-03-01", &["set", "C1", "contact_modes+=pigeon"]).done();
    assert!(kept.err.contains("pigeon"), "{}", kept.err);
    on(&desk, "2026-03-01", &["set", "C1", "contact_modes-=pigeon"]).done();
    log(&desk, "2026-03-01", "phone", &["by=lin"]);
    let due = on(&desk, "2026-03-15", &["followup", "--owner", "lin"]).done().out;
    assert!(due.contains("best by: Telephone, Instant messages, WeChat"), "{due}");
    let due = duties(&desk, "2026-03-15", "cadence");
    assert!(due.contains("best by: Telephone"), "{due}");
}

#[test]
fn who_is_in_the_pool_is_on_nobody_s_list() {
    wants_git!();
    let desk = desk();
    // A card of somebody's hand, without an owner.
    desk.write("prospects/DE-Germany/Birke Ventile AG/card.toml", "name = \"Birke Ventile AG\"\n");
    for card in ["Ahorn", "Birke"] {
        on(&desk, "2026-01-01", &["followup", "log", card, "phone", "Talked"]).done();
    }
    let own = |day: &str| on(&desk, day, &["followup", "--owner", "wang", "--format", "csv"]).done().out;
    on(&desk, TODAY, &["set", "C1", "owner=wang"]).done();
    assert!(
        own("2026-12-01").contains("Ahorn") && own("2026-12-01").contains("Birke"),
        "{}",
        own("2026-12-01")
    );
    on(&desk, TODAY, &["unset", "C1", "owner"]).done();
    // Who never had an owner is everybody's; who was given away is in the pool.
    assert!(
        !own("2026-12-01").contains("Ahorn") && own("2026-12-01").contains("Birke"),
        "{}",
        own("2026-12-01")
    );
    let all = on(&desk, "2026-12-01", &["followup", "--owner", "all", "--format", "csv"]).done().out;
    assert!(all.contains("Ahorn"), "{all}");
}

#[test]
fn a_value_that_cannot_be_is_shown_in_the_settings_and_the_list_of_settings_still_there() {
    wants_git!();
    let desk = desk();
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    let cases = [
        (
            "followup",
            "visit_modes = [\"door_visit\", \"drive_by\"]",
            30,
            "‘drive_by’ is no value for followup.visit_modes",
        ),
        ("followup", "visit_modes = [\"phone\"]", 16, "‘phone’ is no value for followup.visit_modes"),
        ("remind", "off = [\"plan\", \"birthdays\"]", 16, "‘birthdays’ is no value for remind.off"),
        ("remind", "weekly_report = \"Sonntag\"", 17, "‘Sonntag’ is no value for remind.weekly_report"),
        ("remind", "off = 5", 7, "‘5’ is no value for remind.off"),
        ("remind", "off = [", 1, "missing comma between array elements"),
    ];
    for (table, line, column, said) in cases {
        setting(&desk, table, line);
        let text = fs::read_to_string(&path).expect("settings");
        let at = text.lines().position(|found| found == line).expect("the line") + 1;
        let refused = on(&desk, TODAY, &["remind"]).exits(2);
        assert!(refused.err.contains(said), "{}", refused.err);
        if column > 1 {
            assert!(refused.err.contains(&format!("crm.toml:{at}:{column}: ")), "{}", refused.err);
        }
        let chinese = on(&desk, TODAY, &["remind", "--lang", "zh-CN"]).exits(2);
        assert!(!chinese.err.contains("missing comma"), "{}", chinese.err);
        fs::write(&path, before.clone()).expect("settings");
    }
    setting(&desk, "remind", "weekly_reprot = \"Sun 20:30\"");
    let list = on(&desk, TODAY, &["config"]).exits(2);
    assert!(list.out.contains("remind.weekly_report"), "{}", list.all());
}

#[test]
fn reports_that_are_late_or_missing_are_listed_by_person() {
    wants_git!();
    let desk = desk();
    setting(&desk, "remind", "weekly_report = \"Sun 00:00\"\ndaily_report = \"00:00\"");
    log(&desk, "2026-03-10", "visit", &["by=wang"]);
    // It comes in on its day, which began at the deadline.
    on(&desk, "2026-03-08", &["remind", "done", "weekly_report", "--owner", "lin"]).done();
    let ask = |more: &[&str]| {
        let words = [&["remind", "reports", "--from", "2026-03-02", "--format", "csv"], more].concat();
        on(&desk, TODAY, &words).done().out
    };
    let of =
        |text: &str, words: [&str; 3]| text.lines().any(|line| words.iter().all(|word| line.contains(word)));
    let all = ask(&[]);
    assert!(of(&all, ["2026-03-08,lin", "2026-03-08 00:00:00", ",late"]), "{all}");
    assert!(of(&all, ["Weekly report", "2026-03-08,wang", ",missing"]), "{all}");
    assert!(of(&all, ["Daily visiting report", "2026-03-10,wang", ",missing"]), "{all}");
    assert_eq!(all.lines().count(), 4, "{all}");
    assert!(!ask(&["--owner", "wang"]).contains(",lin,"));
    let none = on(&desk, TODAY, &["remind", "reports", "--from", "2026-03-09", "--to", "2026-03-09"]).done();
    assert_eq!(none.out, "");
}

#[test]
fn a_contact_who_keeps_the_holidays_of_another_country_is_greeted_on_them() {
    wants_git!();
    let desk = desk();
    on(&desk, TODAY, &["contact", "add", "C1", "Priya Rao", "holidays=印度"]).done();
    on(&desk, TODAY, &["contact", "add", "C1", "Jonas Weiss"]).done();
    assert!(desk.text("Ahorn").contains("holidays = \"IN\"\n"), "{}", desk.text("Ahorn"));
    on(&desk, TODAY, &["contact", "add", "C1", "X", "holidays=Atlantis"]).exits(2);
    // Republic Day of India is the 26 January; Germany has no holiday near.
    let due = duties(&desk, "2026-01-24", "own_holiday");
    assert!(due.contains("Republic Day: Priya Rao") && due.contains("C0001"), "{due}");
    assert_eq!(duties(&desk, "2026-01-24", "holiday"), "");
    on(&desk, "2026-01-24", &["remind", "done", "own_holiday", "C1", "--with", "Jonas Weiss"]).exits(3);
    on(&desk, "2026-01-24", &["remind", "done", "own_holiday", "C1"]).done();
    assert_eq!(duties(&desk, "2026-01-24", "own_holiday"), "");
    assert!(duties(&desk, "2027-01-24", "own_holiday").contains("Priya Rao"), "next year again");
}

#[test]
fn a_greeting_is_written_in_the_language_of_whoever_gets_it() {
    wants_git!();
    let desk = desk();
    on(
        &desk,
        TODAY,
        &["contact", "add", "C1", "Anna Weiss", "main=yes", "languages=de, en", "birthday=03-20"],
    )
    .done();
    on(&desk, TODAY, &["contact", "add", "C1", "王芳", "languages=中文", "holidays=CN"]).done();
    let text = |words: &[&str]| on(&desk, TODAY, &[&["remind", "text"], words].concat()).done().out;
    assert_eq!(
        text(&["birthday", "C1"]),
        "Dear Anna Weiss, happy birthday, and all the best for the year ahead!\n"
    );
    let bo = on(&desk, TODAY, &["contact", "add", "C1", "Bo", "birthday=1990-03-12"]).done().key();
    let several = on(&desk, TODAY, &["remind", "text", "birthday", "C1"]).exits(2);
    assert!(several.err.contains("Anna Weiss") && several.err.contains("--with"), "{}", several.err);
    on(&desk, TODAY, &["contact", "remove", "C1", &bo, "--yes"]).done();
    assert!(text(&["holiday", "C1"]).contains("best wishes for Easter"), "{}", text(&["holiday", "C1"]));
    assert!(text(&["birthday", "C1", "--with", "王芳"]).starts_with("王芳，祝您生日快乐"));
    let chinese = text(&["own_holiday", "C1", "--with", "王芳"]);
    assert!(chinese.contains("劳动节将至"), "{chinese}");
    let path = desk.archive.join("crm.toml");
    let own = "\n[greetings.de]\nbirthday = \"Alles Gute zum Geburtstag, {name}!\"\n";
    fs::write(&path, fs::read_to_string(&path).expect("settings") + own).expect("settings");
    assert_eq!(text(&["birthday", "C1"]), "Alles Gute zum Geburtstag, Anna Weiss!\n");
    on(&desk, TODAY, &["remind", "text", "plan", "C1"]).exits(2);
}

#[test]
fn an_action_may_have_commas_where_who_does_it_stands_behind() {
    wants_git!();
    let desk = desk();
    log(&desk, TODAY, "phone", &["--action", "Send price list, samples, drawing, wang, 2026-03-20"]);
    let text = desk.text("Ahorn");
    assert!(text.contains("what = \"Send price list, samples, drawing\"\n"), "{text}");
    assert!(text.contains("who = \"wang\"\n") && text.contains("date = 2026-03-20\n"), "{text}");
    on(&desk, TODAY, &["followup", "log", "C1", "phone", "x", "--action", "a, b, nobody"]).exits(2);
}

#[test]
fn days_that_end_before_they_begin_are_refused_as_such() {
    wants_git!();
    let desk = desk();
    for words in [&["followup", "calendar"][..], &["followup", "report"], &["remind", "reports"]] {
        let days = ["--from", "2026-03-10", "--to", "2026-03-01"];
        let refused = on(&desk, TODAY, &[words, &days[..]].concat()).exits(2);
        assert!(refused.err.contains("2026-03-01 is before the first day 2026-03-10"), "{}", refused.err);
    }
    on(&desk, TODAY, &["history", "--since", "2026-03-10", "--until", "2026-03-01"]).exits(2);
}

#[test]
fn visits_that_wait_are_no_next_step_and_the_rhythm_goes_on() {
    wants_git!();
    let desk = desk();
    on(&desk, "2026-03-01", &["followup", "plan", "C1", "2026-03-20", "visit"]).done();
    for day in 1..=5 {
        log(&desk, &format!("2026-03-{day:02}"), "visit", &["--settles", "none"]);
    }
    let rhythm = || on(&desk, "2026-05-01", &["followup", "--owner", "all", "--format", "csv"]).done().out;
    assert!(rhythm().contains("last contact 2026-03-05, every month"), "{}", rhythm());
    let idle = || on(&desk, "2026-05-01", &["list", "--no-next-step", "--format", "csv"]).done().out;
    assert!(idle().contains("C0001"), "{}", idle());
    assert!(
        on(&desk, "2026-05-01", &["followup", "--owner", "all"])
            .done()
            .err
            .contains("without a next step: 1")
    );
    let why = on(&desk, "2026-05-01", &["followup", "--why", "C1"]).done();
    assert!(why.out.contains("2026-04-05") && why.err.contains("waits"), "{}", why.all());
    let why = on(&desk, "2026-05-01", &["followup", "--why", "C1", "--format", "json"]).done().out;
    let why: Value = serde_json::from_str(&why).expect("JSON");
    assert_eq!((&why[0]["date"], &why[0]["from"]), (&"2026-04-05".into(), &"usual_rhythm".into()));
    // Every place that says the next step says the same: the columns, the card, the check.
    let call = on(&desk, TODAY, &["followup", "plan", "C1", "2026-06-20", "phone"]).done().key();
    let steps = || {
        let columns = "next_followup,has_next_step,overdue_days,next_contact,open_plans";
        on(&desk, "2026-05-01", &["list", "--columns", columns, "--format", "csv"]).done().out
    };
    assert!(steps().ends_with("2026-06-20,yes,0,2026-06-20,2\n"), "{}", steps());
    let shown = on(&desk, "2026-05-01", &["show", "C1"]).done().out;
    assert!(shown.contains("waits") && shown.contains("Next follow-up   2026-06-20"), "{shown}");
    let check = || on(&desk, "2026-05-01", &["check", "--only", "no_next_step", "--format", "csv"]).out;
    assert!(!check().contains("no_next_step"), "{}", check());
    on(&desk, TODAY, &["followup", "drop", "C1", &call, "--reason", "x"]).done();
    assert!(steps().ends_with(",no,,2026-04-05,1\n") && check().contains("no_next_step"), "{}", steps());
    let again = on(&desk, TODAY, &["followup", "log", "C1", "phone", "x", "--settles", "none"]).done();
    assert!(again.err.contains("no next step"), "{}", again.err);
    desk.git(&["reset", "-q", "--hard", "HEAD~1"]);
    // With a reason to go on, the visit is the next step again.
    on(&desk, "2026-05-01", &["followup", "plan", "C1", "2026-05-20", "visit", "--reenter", "New buyer"])
        .done();
    assert!(steps().contains("2026-03-20,yes"), "{}", steps());
    assert!(!idle().contains("C0001") && !rhythm().contains("last contact"), "{}", rhythm());
}

#[test]
fn a_setting_that_means_nothing_is_named_where_settings_are_looked_at() {
    wants_git!();
    let desk = desk();
    let before = "format = 1\n[[team]]\nkey = \"lin\"\nname = \"Lin\"\nemails = [\"lin@crm.example\"]\n";
    let fails = |more: &str, words: &[&str]| {
        desk.write("crm.toml", format!("{before}{more}"));
        let refused = on(&desk, TODAY, words);
        assert_eq!(refused.code, 2, "{words:?}: {}", refused.all());
        refused.all()
    };
    let line = before.lines().count() + 2;
    for words in [&["config"][..], &["remind"]] {
        let said = fails("[remind]\noff = [\"birthdays\"]\n", words);
        assert!(said.contains(&format!("crm.toml:{line}:8")) && said.contains("birthday"), "{said}");
    }
    for words in [&["config"][..], &["followup", "calendar"]] {
        let said = fails("[followup]\ncalendar_columns = [\"turnovre\"]\n", words);
        assert!(said.contains(&format!("crm.toml:{line}:21")) && said.contains("turnover"), "{said}");
    }
    let found = on(&desk, TODAY, &["check", "--format", "csv"]).exits(1).out;
    assert!(found.contains("bad_settings") && found.contains("calendar_columns"), "{found}");
    // What does not need the words goes on.
    on(&desk, TODAY, &["list"]).done();
    let said = fails("[greetings.de]\nbirthday = \"{name}, {foo}\"\n", &["list"]);
    assert!(said.contains("{foo}") && said.contains(&format!("crm.toml:{line}:12")), "{said}");
    let said = fails("[archive]\ncurrency = \"Yuan\"\n", &["list"]);
    assert!(said.contains("Yuan") && said.contains(&format!("crm.toml:{line}:12")), "{said}");
    let said = fails("[[team]]\nkey = \"lin\"\nname = \"Lin Two\"\n", &["list"]);
    assert!(said.contains("two members") && said.contains(&format!("crm.toml:{line}:7")), "{said}");
}

#[test]
fn a_list_of_which_the_last_word_is_taken_is_gone() {
    wants_git!();
    let desk = desk();
    let before = desk.text("Ahorn");
    on(&desk, TODAY, &["set", "C1", "focus=price,delivery"]).done();
    on(&desk, TODAY, &["set", "C1", "沟通跟进重点-=price", "focus-=delivery"]).exits(2);
    on(&desk, TODAY, &["set", "C1", "跟进重点-=price", "focus-=delivery"]).done();
    assert_eq!(desk.text("Ahorn"), before);
    // A sentence names a field once, by its key, whatever was typed.
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]).trim(), "C0001 changed: focus");
    on(&desk, TODAY, &["set", "C1", "focus-=price"]).done();
    let chinese = Desk::bare();
    chinese
        .crm_in(chinese.home(), &["init", "archive", "--lang", "zh-CN", "--me", "Lin <lin@example.com>"])
        .done();
    chinese.crm(&["add", "枫叶泵业", "--country", "CN"]).done();
    chinese.crm(&["set", "C1", "city=宁波"]).done();
    assert_eq!(chinese.git(&["log", "-1", "--format=%s"]).trim(), "C0001 修改：城市");
}

#[test]
fn what_nobody_was_to_do_is_the_work_of_whoever_takes_the_customer() {
    wants_git!();
    let desk = desk();
    on(&desk, TODAY, &["followup", "plan", "C1", "2026-03-20", "phone"]).done();
    on(&desk, TODAY, &["unset", "C1", "owner"]).done();
    let why = on(&desk, TODAY, &["followup", "--why", "C1"]).done().out;
    assert!(why.contains("which nobody has"), "{why}");
    let words = ["followup", "--why", "C1", "--lang", "zh-CN"];
    assert!(on(&desk, TODAY, &words).done().out.contains("（无人负责）"));
    desk.git(&["config", "user.email", "wang@example.com"]);
    on(&desk, TODAY, &["pool", "claim", "C1"]).done();
    let text = desk.text("Ahorn");
    let plan = text.split("[[plans]]").nth(1).and_then(|rest| rest.split("[[").next()).expect("a plan");
    assert!(plan.contains("by = \"wang\""), "{text}");
}

#[test]
fn a_record_that_nobody_meant_is_said_with_those_that_there_are() {
    wants_git!();
    let desk = desk();
    on(&desk, TODAY, &["contact", "add", "C1", "Anna Berg"]).done();
    let none = on(&desk, TODAY, &["followup", "log", "C1", "phone", "x", "--with", "Zoe"]).exits(3);
    assert!(none.err.contains("Contacts") && none.err.contains("Anna Berg"), "{}", none.err);
    let words = ["contact", "remove", "C1", "zzz", "--lang", "zh-CN"];
    let none = on(&desk, TODAY, &words).exits(3);
    assert!(none.err.contains("“联系人”中找不到") && none.err.contains("Anna Berg"), "{}", none.err);
    on(&desk, TODAY, &["add", "Birke", "--country", "DE"]).done();
    let nobody = on(&desk, TODAY, &["remind", "text", "holiday", "C2"]).exits(3);
    assert!(nobody.err.contains("C0002 has nobody who could be greeted"), "{}", nobody.err);
}

#[test]
fn what_is_computed_is_explained_and_asked_for_like_a_field() {
    wants_git!();
    let desk = desk();
    let get = |path: &str| on(&desk, TODAY, &["get", "C1", path]).done().out;
    assert_eq!((get("on_visit_plan"), get("followups")), ("true\n".into(), "0\n".into()));
    on(&desk, TODAY, &["get", "C1", "next_followup"]).exits(3);
    on(&desk, TODAY, &["followup", "plan", "C1", "2026-03-20"]).done();
    assert_eq!((get("next_followup"), get("下次跟进")), ("2026-03-20\n".into(), "2026-03-20\n".into()));
    let about = on(&desk, TODAY, &["fields", "on_visit_plan"]).done().out;
    assert!(about.contains("followup.visits_without_result") && about.contains("Computed"), "{about}");
    on(&desk, TODAY, &["set", "C1", "on_visit_plan=true"]).exits(2);
}

#[test]
fn whoever_gets_a_customer_from_nobody_or_by_hand_has_it_from_that_day() {
    wants_git!();
    let desk = desk();
    log(&desk, TODAY, "phone", &[]);
    on(&desk, "2026-07-01", &["pool", "release", "-y"]).done();
    on(&desk, "2026-08-01", &["set", "C1", "owner=wang"]).done();
    let moves = |day: &str| on(&desk, day, &["pool", "plan", "--owner", "all"]).done().out;
    assert!(!moves("2026-08-01").contains("C0001"), "{}", moves("2026-08-01"));
    let text = desk.text("Ahorn");
    assert!(text.contains("date = 2026-08-01\nowner = \"wang\""), "{text}");
    fs::write(
        desk.card("Ahorn"),
        text.replace("\nowner = \"wang\"\n", "\nowner = \"lin\"\n").replacen(
            "date = 2026-08-01\nowner = \"lin\"",
            "date = 2026-08-01\nowner = \"wang\"",
            1,
        ),
    )
    .expect("a card");
    on(&desk, "2026-09-01", &["commit", "-y"]).done();
    let text = desk.text("Ahorn");
    assert!(text.contains("date = 2026-09-01\nowner = \"lin\"\nbefore = \"wang\""), "{text}");
    desk.is_clean_and_sound();
}

#[test]
fn the_visit_that_begins_anew_is_the_first_of_the_new_round() {
    wants_git!();
    let desk = desk();
    for day in 1..=5 {
        log(&desk, &format!("2026-02-0{day}"), "visit", &[]);
    }
    log(&desk, "2026-02-06", "visit", &["--reenter", "New buyer"]);
    for day in 7..=9 {
        log(&desk, &format!("2026-02-0{day}"), "visit", &[]);
    }
    assert!(!duties(&desk, "2026-02-09", "verdict").contains("after"), "four since");
    let fifth = on(&desk, "2026-02-10", &["followup", "log", "C1", "visit", "x"]).done();
    assert!(fifth.err.contains("5 visits without result"), "{}", fifth.err);
    assert!(duties(&desk, "2026-02-10", "verdict").contains("after 5 visits"));
}

#[test]
fn reports_that_came_in_stay_so_when_the_settings_change() {
    wants_git!();
    let desk = desk();
    let settings = fs::read_to_string(desk.archive.join("crm.toml")).expect("settings");
    on(&desk, "2026-03-08", &["remind", "done", "weekly_report", "--owner", "lin"]).done();
    let before =
        on(&desk, "2026-03-12", &["remind", "reports", "--owner", "lin", "--format", "csv"]).done().out;
    for other in ["Fri 00:00", "Sun 00:00"] {
        desk.write("crm.toml", &settings);
        setting(&desk, "remind", &format!("weekly_report = \"{other}\""));
        assert!(
            !days(&desk, "2026-03-12", "weekly_report").iter().any(|day| day.ends_with("lin")),
            "{other}"
        );
        let now =
            on(&desk, "2026-03-12", &["remind", "reports", "--owner", "lin", "--format", "csv"]).done().out;
        let standing = |text: &str| {
            text.lines().skip(1).map(|l| l.rsplit(',').next().map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(standing(&now), standing(&before), "{other}: {now}");
    }
}

#[test]
fn the_calendar_of_a_person_has_what_that_person_has_a_part_in() {
    wants_git!();
    let desk = desk();
    let totals = |who: &str| {
        let words = [
            "followup",
            "calendar",
            "--owner",
            who,
            "--from",
            "2026-03-09",
            "--to",
            "2026-03-22",
            "--format",
            "json",
        ];
        let said: Value = serde_json::from_str(&on(&desk, "2026-03-23", &words).done().out).expect("JSON");
        let of = |row: &Value| {
            ["planned", "kept", "unplanned", "missed"].map(|key| row[key].as_u64().unwrap_or(0))
        };
        said["totals"].as_array().and_then(|rows| rows.last().map(of)).unwrap_or_default()
    };
    // A joint visit that was kept is kept for both.
    on(&desk, TODAY, &["followup", "plan", "C1", "2026-03-12", "visit", "--with", "wang"]).done();
    log(&desk, "2026-03-12", "visit", &[]);
    assert_eq!((totals("lin"), totals("wang")), ([1, 1, 0, 0], [1, 1, 0, 0]));
    // What a colleague did at one's customer is the colleague's, unless it kept one's plan.
    desk.git(&["config", "user.email", "wang@example.com"]);
    log(&desk, "2026-03-13", "phone", &[]);
    assert_eq!((totals("lin"), totals("wang")), ([1, 1, 0, 0], [1, 1, 1, 0]));
    on(&desk, TODAY, &["followup", "plan", "C1", "2026-03-18", "phone", "--by", "lin"]).done();
    log(&desk, "2026-03-18", "phone", &[]);
    assert_eq!((totals("lin"), totals("wang")), ([2, 2, 0, 0], [1, 1, 2, 0]));
    // And it stays so when the customer changes hands.
    on(&desk, "2026-03-20", &["set", "C1", "owner=wang"]).done();
    assert_eq!((totals("lin"), totals("wang")), ([2, 2, 0, 0], [1, 1, 2, 0]));
}

#[test]
fn a_report_has_what_was_entered_since_the_last_one_came_in() {
    wants_git!();
    let desk = desk();
    log(&desk, "2026-03-13", "phone", &["note=before"]);
    on(&desk, "2026-03-15", &["remind", "done", "weekly_report"]).done();
    // The same second is the last one of the report: what comes in the next one is new.
    let book = desk.archive.join("books/reports.toml");
    let text = fs::read_to_string(&book).expect("the book");
    let at =
        text.find("entered_at = 2026-03-15T").expect("when it came in") + "entered_at = 2026-03-15T".len();
    fs::write(&book, format!("{}00:00:00{}", &text[..at], &text[at + 8..])).expect("the book");
    log(&desk, "2026-03-15", "phone", &["note=sunday"]);
    on(&desk, "2026-03-16", &["followup", "log", "C1", "phone", "x", "note=late", "--on", "2026-03-14"])
        .done();
    log(&desk, "2026-03-16", "phone", &["note=monday"]);
    let report = |who: &str| {
        on(&desk, "2026-03-22", &["followup", "report", "--owner", who, "--format", "csv"]).done().out
    };
    for who in ["lin", "all"] {
        let said = report(who);
        assert!(!said.contains("before"), "{said}");
        assert!(["sunday", "late", "monday"].iter().all(|note| said.contains(note)), "{said}");
    }
}

#[test]
fn a_late_entry_that_a_sync_brings_days_later_is_told_once() {
    wants_git!();
    let team = Team::of_two();
    let [here, there] = &team.desks[..] else { panic!("two desks") };
    let new = |day: &str, words: &[&str]| {
        let all = ["remind", "--new", "--owner", "all", "--kind", "late_entry"];
        on(here, day, &[&all[..], words].concat()).done().out
    };
    let log = |day: &str, on_day: &str, topic: &str| {
        on(there, day, &["followup", "log", "Nordwind", "phone", topic, "--on", on_day]).done();
        on(there, day, &["sync"]).done();
    };
    // What was entered before anybody asked is not told.
    log("2026-03-05", "2026-02-01", "long ago");
    on(here, "2026-03-08", &["sync"]).done();
    assert_eq!(new("2026-03-08", &[]), "");
    log("2026-03-10", "2026-03-01", "late by Chen");
    assert_eq!(new("2026-03-11", &[]), "");
    on(here, "2026-03-12", &["sync"]).done();
    assert!(new("2026-03-12", &[]).contains("late by Chen"));
    assert_eq!(new("2026-03-13", &[]), "");
}

#[test]
fn work_goes_to_who_is_there_and_plans_to_customers_who_are_open() {
    wants_git!();
    let desk = desk();
    let settings = fs::read_to_string(desk.archive.join("crm.toml")).expect("settings");
    let wang = "\nkey = \"wang\"\n";
    desk.write("crm.toml", settings.replace(wang, "\nkey = \"wang\"\nactive = false\n"));
    for words in [
        &["handover", "lin", "wang", "--reason", "x"][..],
        &["set", "C1", "owner=wang"],
        &["followup", "plan", "C1", "2026-03-25", "visit", "--with", "wang"],
        &["followup", "plan", "C1", "2026-03-25", "--by", "wang"],
    ] {
        let refused = on(&desk, TODAY, words).exits(1);
        assert!(refused.err.contains("wang has left"), "{words:?}: {}", refused.err);
    }
    // What Wang did before is still entered, and Wang's customers can be given to others.
    log(&desk, TODAY, "phone", &["by=wang"]);
    desk.write("crm.toml", settings.replace(wang, "\nkey = \"zhao\"\n"));
    on(&desk, TODAY, &["handover", "lin", "zhao", "--reason", "x", "-y"]).done();
    desk.write("crm.toml", &settings);
    on(&desk, TODAY, &["handover", "zhao", "wang", "--reason", "gone", "-y"]).done();
    on(&desk, TODAY, &["handover", "zhao", "wang", "--reason", "gone", "-y"]).exits(2);
    // Nobody would be reminded of a plan at a customer who is closed.
    on(&desk, TODAY, &["close", "C1", "--reason", "x"]).done();
    for words in [
        &["followup", "plan", "C1", "2026-03-25"][..],
        &["followup", "log", "C1", "phone", "x", "--next", "2026-03-25"],
    ] {
        let refused = on(&desk, TODAY, words).exits(1);
        assert!(
            refused.err.contains("C0001 is closed") && refused.err.contains("crm move C0001"),
            "{}",
            refused.err
        );
    }
    log(&desk, TODAY, "phone", &[]);
}

#[test]
fn a_holiday_of_a_colleague_s_customer_is_ticked_by_name_or_for_all() {
    wants_git!();
    let desk = desk();
    desk.git(&["config", "user.email", "wang@example.com"]);
    let done =
        |words: &[&str]| on(&desk, "2025-12-30", &[&["remind", "done", "holiday"][..], words].concat());
    let not_mine = done(&["DE"]).exits(3);
    assert!(not_mine.err.contains("--owner all"), "{}", not_mine.err);
    done(&["C1"]).done();
    on(&desk, "2025-12-30", &["undo", "-y"]).done();
    done(&["DE", "--owner", "all"]).done();
    assert!(!done(&["DE"]).exits(3).err.contains("--owner all"));
}

#[test]
fn a_visit_is_one_in_the_calendar_whatever_the_rule_counts() {
    wants_git!();
    let desk = desk();
    setting(&desk, "followup", "visit_modes = [\"door_visit\"]");
    setting(&desk, "remind", "daily_report = \"18:00\"");
    on(&desk, TODAY, &["followup", "plan", "C1", "2026-03-12", "invited_visit"]).done();
    log(&desk, "2026-03-12", "invited_visit", &[]);
    let words = ["followup", "calendar", "--from", "2026-03-09", "--to", "2026-03-15"];
    let calendar = on(&desk, "2026-03-12", &words).done().out;
    assert!(calendar.contains("XS"), "{calendar}");
    assert!(duties(&desk, "2026-03-13", "daily_report").contains("2026-03-12"));
    assert_eq!(on(&desk, TODAY, &["get", "C1", "last_visit"]).done().key(), "2026-03-12");
    assert_eq!(on(&desk, TODAY, &["get", "C1", "visits_without_result"]).done().key(), "0");
}

#[test]
fn before_the_first_report_only_the_last_week_is_asked_for_and_told() {
    wants_git!();
    let desk = desk();
    log(&desk, TODAY, "phone", &["note=long", "--on", "2026-02-20"]);
    log(&desk, TODAY, "phone", &["note=lastweek", "--on", "2026-03-05"]);
    log(&desk, TODAY, "phone", &["note=thisweek"]);
    let report = on(&desk, TODAY, &["followup", "report", "--format", "csv"]).done().out;
    assert!(
        report.contains("lastweek") && report.contains("thisweek") && !report.contains("long"),
        "{report}"
    );
    let missing = || on(&desk, TODAY, &["remind", "reports", "--owner", "lin", "--format", "csv"]).done().out;
    assert_eq!(missing().lines().count(), 2, "{}", missing());
    on(&desk, TODAY, &["remind", "done", "weekly_report"]).done();
    assert!(missing().lines().count() == 2 && missing().contains("late"), "{}", missing());
}

#[test]
fn what_is_typed_is_kept_and_what_has_not_come_is_refused() {
    wants_git!();
    let desk = desk();
    let action = ["--action", "Send prices of 3,5 and 1,000, wang, 2026-03-20"];
    on(&desk, TODAY, &[&["followup", "log", "C1", "phone", "x"][..], &action].concat()).done();
    assert!(desk.text("Ahorn").contains("what = \"Send prices of 3,5 and 1,000\""), "{}", desk.text("Ahorn"));
    let mail = ["followup", "log", "C1", "email", "y", "sent_at=2026-03-03 09:15"];
    on(&desk, TODAY, &mail).done();
    assert!(desk.text("Ahorn").contains("sent_at = 2026-03-03T09:15:00+08:00"), "{}", desk.text("Ahorn"));
    let round = on(&desk, TODAY, &["negotiation", "add", "C1", "round", "date=2027-03-10"]).exits(2);
    assert!(round.err.contains("2027-03-10 has not come yet"), "{}", round.err);
    // Who was replaced is not replaced again, and who is not to be the main contact is not.
    on(&desk, TODAY, &["contact", "add", "C1", "Anna", "main=yes"]).done();
    on(&desk, TODAY, &["contact", "add", "C1", "Karl", "--replaces", "Anna"]).done();
    let again = on(&desk, TODAY, &["contact", "add", "C1", "Zed", "--replaces", "Anna"]).exits(1);
    assert!(again.err.contains("Karl is in charge"), "{}", again.err);
    on(&desk, TODAY, &["contact", "add", "C1", "Mia", "main=no", "--replaces", "Karl"]).done();
    assert!(!desk.text("Ahorn").contains("main = true"), "{}", desk.text("Ahorn"));
    // A note without a day is open from now on; a revision of nothing is none.
    let text = desk.text("Ahorn");
    fs::write(
        desk.card("Ahorn"),
        text + "\n[[reviews]]\nid = \"aaaaab\"\nnote = \"Why so late?\"\nby = \"wang\"\n",
    )
    .expect("a card");
    assert!(duties(&desk, TODAY, "review").contains("Why so late?"));
    assert!(duties(&desk, "2026-08-01", "revision").contains("confirm"));
    setting(&desk, "cadence", "revision_sections = []");
    assert!(!duties(&desk, "2026-08-01", "revision").contains("confirm"));
}

#[test]
fn a_visit_after_the_fifth_is_said_and_makes_no_new_duty() {
    wants_git!();
    let desk = desk();
    for day in 1..=4 {
        let quiet = on(&desk, &format!("2026-03-0{day}"), &["followup", "log", "C1", "visit", "x"]).done();
        assert!(!quiet.err.contains("visit plan"), "{}", quiet.err);
    }
    let fifth = on(&desk, "2026-03-05", &["followup", "log", "C1", "visit", "x"]).done();
    assert!(fifth.err.contains("off the visit plan: 5 visits without result"), "{}", fifth.err);
    let due = |new: &[&str]| {
        let words =
            ["remind", "--owner", "all", "--kind", "verdict", "--today", "2026-03-09", "--format", "csv"];
        desk.crm(&[&words[..], new].concat()).done().out
    };
    assert!(due(&["--new"]).contains("2026-03-05"), "{}", due(&[]));
    let sixth = on(&desk, "2026-03-08", &["followup", "log", "C1", "visit", "x"]).done();
    assert!(
        sixth.err.contains("6 visits without result") && sixth.err.contains("--reenter"),
        "{}",
        sixth.err
    );
    assert!(due(&[]).contains("2026-03-05") && due(&[]).contains("after 6 visits"), "{}", due(&[]));
    assert!(!due(&["--new"]).contains("2026-03-0"), "{}", due(&["--new"]));
    // A call is no visit; neither is one said to be one too many that has a result.
    for more in [&["phone", "x"][..], &["visit", "x", "effective=yes"]] {
        let words = [&["followup", "log", "C1"][..], more].concat();
        assert!(!on(&desk, "2026-03-08", &words).done().err.contains("visit plan"));
    }
    assert!(!due(&[]).contains("2026-03-05"), "{}", due(&[]));
}

#[test]
fn a_weekly_report_that_is_missing_stays_in_the_list() {
    wants_git!();
    let desk = desk();
    // Until one ever came in, only the last one is asked for.
    assert_eq!(days(&desk, "2026-03-23", "weekly_report"), ["2026-03-22 lin", "2026-03-22 wang"]);
    on(&desk, "2026-03-08", &["remind", "done", "weekly_report", "--owner", "lin"]).done();
    let open = ["2026-03-08 wang", "2026-03-15 lin", "2026-03-15 wang", "2026-03-22 lin", "2026-03-22 wang"];
    assert_eq!(days(&desk, "2026-03-23", "weekly_report"), open);
    let several = on(&desk, "2026-03-23", &["remind", "done", "weekly_report", "--owner", "lin"]).exits(2);
    assert!(several.err.contains("2026-03-15") && several.err.contains("--on"), "{}", several.err);
    on(&desk, "2026-03-23", &["remind", "done", "weekly_report", "--owner", "lin", "--on", "2026-03-15"])
        .done();
    assert!(!days(&desk, "2026-03-23", "weekly_report").contains(&"2026-03-15 lin".to_owned()));
}

#[test]
fn small_slips_are_told_apart() {
    wants_git!();
    let desk = desk();
    log(&desk, TODAY, "email", &["message_id=<2@x.example>"]);
    on(&desk, TODAY, &["followup", "log", "C1", "email", "Again", "message_id=2@x.example"]).exits(1);
    on(&desk, TODAY, &["set", "C1", "contact_every=0d"]).exits(2);
    let unknown = on(&desk, TODAY, &["remind", "done", "foo"]).exits(2);
    assert!(unknown.err.contains("there is no kind of duty"), "{}", unknown.err);
    on(&desk, TODAY, &["followup", "plan", "C1", "3月18日"]).done();
    assert!(duties(&desk, "2026-03-18", "plan").contains("contact"));
    let wrong = on(&desk, TODAY, &["followup", "plan", "C1", "someday"]).exits(2);
    assert!(wrong.err.contains("+7d"), "{}", wrong.err);
    on(&desk, TODAY, &["contact", "add", "C1", "Old"]).done();
    on(&desk, TODAY, &["contact", "add", "C1", "New", "--replaces", "Old"]).done();
    assert_eq!(desk.text("Ahorn").matches("main = true").count(), 1, "{}", desk.text("Ahorn"));
    let moves = |days: &str| on(&desk, TODAY, &["pool", "plan", "--owner", "all", "--days", days]).done().out;
    assert!(moves("7").is_empty() && moves("90").contains("C0001"), "{}", moves("90"));
}

#[test]
fn without_a_team_a_name_that_nobody_has_is_no_empty_list() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn", "--country", "DE"]).done();
    for words in [&["remind"][..], &["followup"], &["followup", "calendar"]] {
        let refused = desk.crm(&[words, &["--owner", "nobody"]].concat()).exits(2);
        assert!(refused.err.contains("nobody"), "{}", refused.err);
    }
}
