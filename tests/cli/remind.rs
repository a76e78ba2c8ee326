//! Reminders that arrive: from cron, once each, as mail, as a calendar, and set up by the program itself.

use std::fs;
use std::io::BufReader;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use ical::parser::Component;

use crate::desk::{Answer, Desk, TODAY, answer};

/// A desk with a plan that is overdue, one for today and one for next week.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Müller Maschinenbau GmbH", "--country", "DE"]).done();
    desk.crm(&["add", "Nordwind Pumpen GmbH", "--country", "DE"]).done();
    desk.crm(&["followup", "plan", "C1", "2026-03-09", "phone", "--goal", "Ask about the drawing"]).done();
    desk.crm(&["followup", "plan", "C1", "2026-03-18", "visit"]).done();
    desk.crm(&["followup", "plan", "C2", TODAY, "email", "--goal", "Send the offer"]).done();
    desk
}

/// Puts lines under `[remind]`.
fn settings(desk: &Desk, lines: &str) {
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    let after = before.replace("\n[remind]\n", &format!("\n[remind]\n{lines}\n"));
    assert_ne!(after, before, "there is a table for it");
    fs::write(&path, after).expect("settings");
    desk.crm(&["commit"]).done();
}

fn team(desk: &Desk, text: &str) {
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    fs::write(&path, before + text).expect("settings");
    desk.crm(&["commit"]).done();
}

fn on(desk: &Desk, day: &str, arguments: &[&str]) -> Answer {
    let mut command = desk.program();
    answer(command.env("CRM_TODAY", day).current_dir(&desk.archive).args(arguments))
}

/// A program of the system that a test plays.
fn play(desk: &Desk, name: &str, script: &str) -> String {
    let folder = desk.home().join("bin");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    let usual = std::env::var("PATH").unwrap_or_default();
    format!("{}:{usual}", folder.display())
}

#[test]
fn each_duty_is_told_once_and_nothing_new_prints_nothing() {
    wants_git!();
    let desk = desk();
    let first = desk.crm(&["remind", "--new"]).done();
    assert!(first.out.contains("Ask about the drawing") && first.out.contains("2 d late"), "{}", first.out);
    assert!(first.out.contains("Send the offer") && first.out.contains("today"), "{}", first.out);
    let again = desk.crm(&["remind", "--new"]).done();
    assert_eq!(again.all(), "");
    // The list for people stays.
    assert!(desk.crm(&["remind"]).done().out.contains("Send the offer"));
    // Nobody asked for a week: what fell due meanwhile is told, and marked late.
    let late = on(&desk, "2026-03-20", &["remind", "--new"]).done();
    assert!(late.out.contains("Door visit") && late.out.contains("2 d late"), "{}", late.out);
    assert!(!late.out.contains("Send the offer"), "{}", late.out);
    desk.is_clean_and_sound();
}

#[test]
fn a_plan_that_was_put_to_another_day_is_told_again() {
    wants_git!();
    let desk = desk();
    desk.crm(&["remind", "--new"]).done();
    let plan = desk.text("Nordwind").split("[[plans]]\nid = \"").nth(1).expect("a plan")[..6].to_owned();
    desk.crm(&["set", "C2", &format!("plans[{plan}].date=2026-03-12")]).done();
    assert_eq!(desk.crm(&["remind", "--new"]).done().all(), "");
    assert!(on(&desk, "2026-03-12", &["remind", "--new"]).done().out.contains("Send the offer"));
}

#[test]
fn two_who_ask_at_the_same_second_tell_it_once() {
    wants_git!();
    let desk = desk();
    for round in 0..5 {
        let day = format!("2026-03-{:02}", 21 + round);
        desk.crm(&["followup", "plan", "C1", &day, "phone", "--goal", &format!("Round {round}")]).done();
        let start = || {
            let mut command = desk.program();
            command.env("CRM_TODAY", &day).current_dir(&desk.archive).args(["remind", "--new"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a program")
        };
        let both = [start(), start()];
        let texts = both.map(|child| {
            let output = child.wait_with_output().expect("an end");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("UTF-8")
        });
        let told = texts.iter().filter(|text| text.contains(&format!("Round {round}"))).count();
        assert_eq!(told, 1, "{texts:?}");
    }
}

#[test]
fn customers_without_a_next_step_are_told_when_there_are_more() {
    wants_git!();
    let desk = desk();
    let told = |answer: Answer| answer.out.contains("without a next step");
    assert!(!told(desk.crm(&["remind", "--new"]).done()));
    desk.crm(&["add", "Idle Ltd", "--country", "GB"]).done();
    let one = desk.crm(&["remind", "--new"]).done();
    assert_eq!(one.out, "customers without a next step: 1 (`crm list --no-next-step`)\n");
    assert!(!told(desk.crm(&["remind", "--new"]).done()));
    desk.crm(&["add", "Quiet Ltd", "--country", "GB"]).done();
    assert!(told(desk.crm(&["remind", "--new"]).done()));
}

#[test]
fn the_program_of_the_settings_gets_the_text_once_this_computer_allows_it() {
    wants_git!();
    let desk = desk();
    let got = desk.home().join("got");
    let path = play(
        &desk,
        "crontab",
        "test \"$1\" = -l && echo 'no crontab for lin' >&2 && exit 1; cat > /dev/null",
    );
    settings(&desk, &format!("send = [\"tee\", \"{}\"]", got.display()));
    let before = desk.crm(&["remind", "--new", "-n"]).done();
    assert!(before.out.contains("Send the offer") && !got.exists());
    let not_yet = desk.crm(&["remind", "--new"]).done();
    assert!(not_yet.err.contains("was not allowed on this computer yet"), "{}", not_yet.err);
    assert!(not_yet.out.contains("Send the offer") && !got.exists(), "{}", not_yet.out);
    let mut install = desk.program();
    install.env("PATH", &path).current_dir(&desk.archive).args(["remind", "--install", "--yes"]);
    answer(&mut install).done();
    let sent = on(&desk, "2026-03-18", &["remind", "--new"]).done();
    assert!(fs::read_to_string(&got).expect("the text").contains("Door visit"), "{}", sent.all());
    // Settings that name another program do not run it.
    let crm_toml = desk.archive.join("crm.toml");
    let text = fs::read_to_string(&crm_toml).expect("settings").replace("\"tee\"", "\"cat\"");
    fs::write(&crm_toml, text).expect("settings");
    desk.crm(&["followup", "plan", "C2", "2026-03-19", "phone", "--goal", "Another"]).done();
    let other = on(&desk, "2026-03-19", &["remind", "--new"]).done();
    assert!(other.err.contains("was not allowed"), "{}", other.err);
}

#[test]
fn what_the_program_did_not_take_is_told_again() {
    wants_git!();
    let desk = desk();
    settings(&desk, "send = [\"false\"]");
    desk.git(&["config", "crm.send", "[\"false\"]"]);
    let failed = desk.crm(&["remind", "--new"]).exits(4);
    assert!(failed.err.contains("false did not take the reminders"), "{}", failed.err);
    desk.git(&["config", "crm.send", "nothing"]);
    assert!(desk.crm(&["remind", "--new"]).done().out.contains("Send the offer"));
}

#[test]
fn a_line_in_the_crontab_is_made_on_yes_and_only_one() {
    wants_git!();
    let desk = desk();
    let tab = desk.home().join("tab");
    fs::write(&tab, "0 1 * * * backup\n").expect("a crontab");
    let tab_path = tab.display();
    let path = play(
        &desk,
        "crontab",
        &format!(
            "if test \"$1\" = -l; then cat '{tab_path}'; else cat > '{tab_path}.new' && mv '{tab_path}.new' '{tab_path}'; fi"
        ),
    );
    let install = |more: &[&str]| {
        let mut command = desk.program();
        command.env("PATH", &path).env("TZ", "UTC").current_dir(&desk.archive);
        answer(command.args([&["remind", "--install"], more].concat()))
    };
    let shown = install(&["-n"]).done();
    for head in ["crontab (Linux, macOS):", "systemd user timer", "Windows Task Scheduler", "launchd"] {
        assert!(shown.out.contains(head), "{}", shown.out);
    }
    // Eight o'clock in Shanghai is midnight in UTC.
    assert!(shown.out.contains("\n  0 0 * * * "), "{}", shown.out);
    let refused = install(&[]).exits(1);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&tab).expect("a crontab"), "0 1 * * * backup\n");
    for _ in 0..2 {
        install(&["--yes"]).done();
        let lines = fs::read_to_string(&tab).expect("a crontab");
        assert_eq!(lines.lines().count(), 2, "{lines}");
        assert!(lines.starts_with("0 1 * * * backup\n"), "{lines}");
        assert!(lines.ends_with(" remind --new\n"), "{lines}");
    }
    // The line does what it says.
    let line = fs::read_to_string(&tab).expect("a crontab");
    let command = line.lines().nth(1).and_then(|l| l.split_once("* * * ")).expect("a line").1.to_owned();
    let mut run = desk.command("sh");
    let told = answer(run.current_dir("/").args(["-c", &command])).done();
    assert!(told.out.contains("Send the offer"), "{}", told.all());
}

#[test]
fn the_calendar_passes_an_independent_parser_and_is_the_same_each_time() {
    wants_git!();
    let desk = desk();
    desk.crm(&["add", "深圳市机械有限公司", "--country", "CN", "--contact", "王芳"]).done();
    let id = desk.text("深圳").split("[[contacts]]\nid = \"").nth(1).expect("a contact")[..6].to_owned();
    desk.crm(&["set", "C3", &format!("contacts[{id}].birthday=1990-03-13")]).done();
    desk.crm(&[
        "followup",
        "plan",
        "C3",
        TODAY,
        "phone",
        "--goal",
        "问交期; 报价, 以及\\其他事项，越长越好，直到超过一行的七十五个字节",
    ])
    .done();
    let ics =
        || desk.crm(&["remind", "--days", "30", "--kind", "plan,birthday", "--format", "ics"]).done().out;
    let text = ics();
    assert_eq!(text, ics(), "taken in twice, it changes nothing");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
    }
    let mut parser = ical::IcalParser::new(BufReader::new(text.as_bytes()));
    let calendar = parser.next().expect("a calendar").expect("a sound one");
    assert!(parser.next().is_none());
    let of = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
        event.get_property(name).and_then(|p| p.value.clone()).unwrap_or_default()
    };
    let mut uids: Vec<String> = calendar.events.iter().map(|event| of(event, "UID")).collect();
    assert_eq!(uids.len(), 5, "{text}");
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), 5, "each has a UID of its own");
    for event in &calendar.events {
        assert_eq!(event.alarms.len(), 1);
        assert!(of(event, "DTSTART") < of(event, "DTEND"), "an event ends after it begins");
        assert!(!of(event, "SUMMARY").is_empty());
    }
    let birthday = calendar.events.iter().find(|e| of(e, "SUMMARY").contains("王芳")).expect("a birthday");
    assert_eq!(of(birthday, "DTSTART"), "20260313");
    let plan = calendar.events.iter().find(|e| of(e, "SUMMARY").contains("问交期")).expect("a plan");
    assert!(of(plan, "SUMMARY").contains("问交期\\; 报价\\, 以及\\\\其他事项"), "{}", of(plan, "SUMMARY"));
    let other = desk.crm(&["list", "--format", "ics"]).exits(2);
    assert!(other.err.contains("crm remind"), "{}", other.err);
}

#[test]
fn a_plan_that_moves_keeps_its_place_in_the_calendar() {
    wants_git!();
    let desk = desk();
    let ics = || desk.crm(&["remind", "--days", "60", "--format", "ics"]).done().out;
    let uids = || {
        let text = ics();
        let uids = text.lines().filter(|l| l.starts_with("UID:plan-")).map(str::to_owned);
        let mut uids: Vec<String> = uids.collect();
        uids.sort();
        uids
    };
    let before = uids();
    let plan = desk.text("Nordwind").split("[[plans]]\nid = \"").nth(1).expect("a plan")[..6].to_owned();
    // The card is as it was some days ago.
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 86_400);
    let card = std::fs::File::options().append(true).open(desk.card("Nordwind")).expect("a card");
    card.set_modified(old).expect("a time");
    let of_plan = |name: &str| {
        let text = ics();
        let event = text.split("BEGIN:VEVENT").find(|event| event.contains(&plan)).expect("a plan");
        let line = event.lines().find_map(|line| line.strip_prefix(name)).expect("a line of it");
        line.trim_end().to_owned()
    };
    let (sequence, stamp) = (of_plan("SEQUENCE:"), of_plan("DTSTAMP:"));
    desk.crm(&["set", "C2", &format!("plans[{plan}].date=2026-03-25")]).done();
    assert_eq!(uids(), before);
    let number = |text: &str| text.parse::<i64>().expect("a number");
    assert!(number(&of_plan("SEQUENCE:")) > number(&sequence) && of_plan("DTSTAMP:") > stamp);
}

#[test]
fn kinds_are_chosen_and_switched_off() {
    wants_git!();
    let desk = desk();
    desk.crm(&["followup", "log", "C1", "phone", "Asked", "--on", "2025-10-01"]).done();
    let kinds = |answer: Answer| {
        let all: Vec<serde_json::Value> = serde_json::from_str(&answer.out).expect("JSON");
        let mut kinds: Vec<String> =
            all.iter().map(|duty| duty["kind"].as_str().unwrap_or("").to_owned()).collect();
        kinds.dedup();
        kinds
    };
    let ask = |more: &[&str]| desk.crm(&[&["remind", "--format", "json"], more].concat());
    assert_eq!(kinds(ask(&["--kind", "plan"]).done()), ["plan"]);
    assert!(kinds(ask(&[]).done()).contains(&"untouched".to_owned()));
    settings(&desk, "off = [\"untouched\"]");
    assert!(!kinds(ask(&[]).done()).contains(&"untouched".to_owned()));
    assert_eq!(kinds(ask(&["--kind", "untouched"]).done()), ["untouched"]);
    let wrong = ask(&["--kind", "birthdays"]).exits(2);
    assert!(wrong.err.contains("birthday"), "{}", wrong.err);
}

#[test]
fn the_ledger_is_of_this_computer_and_never_of_a_past_day() {
    wants_git!();
    let desk = desk();
    desk.crm(&["remind", "--new"]).done();
    assert!(PathBuf::from(desk.git(&["rev-parse", "--absolute-git-dir"]).trim()).join("crm/told").is_file());
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    let past = desk.crm(&["remind", "--new", "--as-of", TODAY]);
    assert_ne!(past.code, 0, "{}", past.all());
}

#[test]
fn a_greeting_that_was_sent_silences_the_year_and_no_other() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "contacts+=x"]).exits(2);
    desk.crm(&["contact", "add", "C1", "Anna Müller", "birthday=03-13"]).done();
    let birthday = |day: &str| on(&desk, day, &["remind", "--kind", "birthday"]).done().out;
    assert!(birthday("2026-03-10").contains("Anna Müller"));
    assert!(birthday("2026-03-13").contains("today"));
    assert_eq!(birthday("2026-03-09"), "");
    assert_eq!(birthday("2026-03-14"), "");
    desk.crm(&["remind", "done", "birthday", "C1"]).done();
    assert_eq!(birthday("2026-03-13"), "");
    assert!(birthday("2027-03-13").contains("Anna Müller"));
    let twice = desk.crm(&["remind", "done", "birthday", "C1"]).exits(3);
    assert!(twice.err.contains("birthday"), "{}", twice.err);
    let wrong = desk.crm(&["remind", "done", "plan", "C1"]).exits(1);
    assert!(wrong.err.contains("ends by itself"), "{}", wrong.err);
}

#[test]
fn reports_are_asked_of_those_who_sell_until_they_are_in() {
    wants_git!();
    let desk = desk();
    team(
        &desk,
        "\n[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]\n\n[[team]]\nkey = \"chen\"\nname = \"Chen\"\nroles = [\"manager\"]\n",
    );
    let reports = |day: &str, kind: &str| {
        let out =
            on(&desk, day, &["remind", "--owner", "all", "--kind", kind, "--format", "json"]).done().out;
        let all: Vec<serde_json::Value> = serde_json::from_str(&out).expect("JSON");
        all.iter()
            .map(|d| format!("{} {}", d["who"].as_str().unwrap_or(""), d["date"].as_str().unwrap_or("")))
            .collect::<Vec<_>>()
    };
    assert_eq!(reports("2026-03-07", "weekly_report"), ["lin 2026-03-01"]);
    assert_eq!(reports("2026-03-08", "weekly_report"), ["lin 2026-03-08"]);
    on(&desk, "2026-03-08", &["remind", "done", "weekly_report"]).done();
    assert_eq!(reports("2026-03-08", "weekly_report"), [""; 0]);
    assert_eq!(reports("2026-03-15", "weekly_report"), ["lin 2026-03-15"]);
    assert_eq!(reports(TODAY, "daily_report"), [""; 0]);
    desk.crm(&["followup", "log", "C2", "visit", "Showed samples"]).done();
    assert_eq!(reports(TODAY, "daily_report"), [format!("lin {TODAY}")]);
    desk.crm(&["remind", "done", "daily_report"]).done();
    assert_eq!(reports(TODAY, "daily_report"), [""; 0]);
    assert!(
        fs::read_to_string(desk.archive.join("books/reports.toml"))
            .expect("a book")
            .contains("kind = \"daily\"")
    );
    desk.is_clean_and_sound();
}

#[test]
fn what_is_entered_after_the_morning_is_told_the_next_day() {
    wants_git!();
    let desk = desk();
    let told = |day: &str| on(&desk, day, &["remind", "--new"]).done().out;
    assert!(told(TODAY).contains("Send the offer"));
    // Put on the card in the afternoon, for this very day.
    desk.crm(&["followup", "plan", "C2", TODAY, "phone", "--goal", "Call back"]).done();
    assert!(told("2026-03-12").contains("Call back"));
    assert_eq!(told("2026-03-12"), "");
}

#[test]
fn a_crontab_that_cannot_be_read_is_left_as_it_is() {
    wants_git!();
    let desk = desk();
    let tab = desk.home().join("tab");
    let script = |list: &str| format!("if test \"$1\" = -l; then {list}; else cat > '{}'; fi", tab.display());
    let install = |list: &str| {
        let path = play(&desk, "crontab", &script(list));
        let mut command = desk.program();
        command.env("PATH", &path).env("TZ", "UTC").current_dir(&desk.archive);
        answer(command.args(["remind", "--install", "--yes"]))
    };
    let refused = install("echo 'you may not use this program' >&2; exit 1");
    assert_ne!(refused.code, 0, "{}", refused.all());
    assert!(refused.err.contains("may not use") && !tab.exists(), "{}", refused.all());
    // Bytes that are no UTF-8 stay, and so does a line of a person that names the same command.
    let before = b"# caf\xe9 remind --new\n0 1 * * * backup # remind --new\n".to_vec();
    fs::write(desk.home().join("before"), &before).expect("a crontab");
    install(&format!("cat '{}'", desk.home().join("before").display())).done();
    let after = fs::read(&tab).expect("a crontab");
    assert!(after.starts_with(&before), "{}", String::from_utf8_lossy(&after));
    // Whom nobody gave a crontab gets one.
    fs::remove_file(&tab).expect("a crontab");
    install("echo 'no crontab for lin' >&2; exit 1").done();
    assert_eq!(fs::read_to_string(&tab).expect("a crontab").lines().count(), 1);
}

#[test]
fn a_day_that_greets_several_is_ticked_once_and_by_its_name() {
    wants_git!();
    let desk = desk();
    desk.crm(&["contact", "add", "C1", "Anna Müller", "birthday=03-13"]).done();
    desk.crm(&["remind", "done", "生日", "C1"]).done();
    let before = desk.commits();
    desk.crm(&["remind", "done", "birthday", "C1"]).exits(3);
    assert_eq!(desk.commits(), before, "greeted once");
}

#[test]
fn a_report_comes_in_once_and_by_its_day() {
    wants_git!();
    let desk = desk();
    team(&desk, "\n[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]\n");
    let tick =
        |day: &str, more: &[&str]| on(&desk, day, &[&["remind", "done", "weekly_report"], more].concat());
    tick("2026-03-08", &["2026-03-08"]).done();
    let before = desk.commits();
    tick("2026-03-08", &["--on", "2026-03-08"]).exits(3);
    assert_eq!(desk.commits(), before, "it came in once");
    assert!(tick("2026-03-11", &["no day"]).exits(2).err.contains("no day"));
    let late = tick("2026-03-25", &["2026-03-22"]).done();
    assert!(late.err.contains("late"), "{}", late.err);
}
