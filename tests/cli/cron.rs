//! From cron, a pipe or a script: no terminal, no HOME, no language, another time zone: the same
//! text, the same exit codes.

use std::fs;
use std::process::{Command, Stdio};

use crate::desk::{Answer, Desk, TODAY, answer};

/// A desk whose archive knows its author by itself, with plans that are due and one that is not.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["me", "Lin Wei <lin@example.com>"]).done();
    desk.crm(&["add", "深圳市机械有限公司", "--country", "CN"]).done();
    desk.crm(&["add", "Müller Maschinenbau GmbH", "--country", "DE"]).done();
    desk.crm(&["followup", "plan", "C0001", "2026-03-09", "phone", "--goal", "问交期"]).done();
    desk.crm(&["followup", "plan", "C0002", TODAY, "email", "--goal", "Send the offer"]).done();
    desk
}

/// `crm` as cron starts it: PATH alone, stdin closed, another folder.
fn from_cron(desk: &Desk, environment: &[(&str, &str)], arguments: &[&str]) -> Answer {
    let mut words = vec!["-i".to_owned(), "PATH=/usr/bin:/bin".to_owned()];
    words.extend(environment.iter().map(|(key, value)| format!("{key}={value}")));
    words.extend([env!("CARGO_BIN_EXE_crm").to_owned(), "-C".into(), desk.archive.display().to_string()]);
    words.extend(arguments.iter().map(|&word| word.to_owned()));
    let mut command = Command::new("sh");
    command.args(["-c", "cd / && exec env \"$@\" <&-", "sh"]).args(words).stdin(Stdio::null());
    answer(&mut command)
}

#[test]
fn path_alone_gives_the_same_text_as_a_full_desk() {
    wants_git!();
    let desk = desk();
    for lang in ["en", "zh-CN"] {
        let fixed = [("CRM_LANG", lang), ("CRM_TODAY", TODAY)];
        let bare = from_cron(&desk, &fixed, &["followup"]).done();
        assert!(bare.out.contains("深圳市机械有限公司"), "{}", bare.out);
        for (home, locale) in [("/", "zh_CN.UTF-8"), ("/nonexistent", "C"), ("/", "zh_CN.GBK")] {
            let full =
                [fixed[0], fixed[1], ("HOME", home), ("LANG", locale), ("TERM", "xterm"), ("COLUMNS", "40")];
            let full = from_cron(&desk, &full, &["followup"]).done();
            assert_eq!((&full.out, &full.err), (&bare.out, &bare.err), "{lang} {locale}");
        }
        let here =
            desk.program().env("CRM_LANG", lang).args(["-C", "archive", "followup"]).output().expect("crm");
        assert_eq!(String::from_utf8_lossy(&here.stdout), bare.out);
    }
}

#[test]
fn without_any_language_the_archive_s_own_is_spoken() {
    wants_git!();
    let desk = desk();
    let english = from_cron(&desk, &[("CRM_TODAY", TODAY)], &["followup"]).done();
    assert!(english.out.contains("Country"), "{}", english.out);
    desk.crm_in(desk.home(), &["--lang", "zh-CN", "init", "档案"]).done();
    let chinese = desk.home().join("档案");
    desk.crm_in(&chinese, &["add", "Müller"]).done();
    let mut crm = desk.program();
    crm.env_remove("CRM_LANG").env("LANG", "C").current_dir(&chinese).arg("list");
    let list = answer(&mut crm).done();
    assert!(list.out.contains("客户名称"), "{}", list.out);
}

#[test]
fn every_command_that_reads_works_without_a_home() {
    wants_git!();
    let desk = desk();
    for read in [
        &["list"][..],
        &["show", "C0001"],
        &["get", "C0001", "name"],
        &["history"],
        &["history", "C0001"],
        &["followup", "list", "C0001"],
        &["config"],
        &["fields"],
        &["me"],
    ] {
        from_cron(&desk, &[("CRM_TODAY", TODAY)], read).done();
    }
    from_cron(&desk, &[("CRM_TODAY", TODAY)], &["set", "C0001", "city=深圳"]).done();
    assert_eq!(from_cron(&desk, &[], &["get", "C0001", "city"]).done().out, "深圳\n");
    desk.is_clean_and_sound();
}

#[test]
fn nothing_due_prints_nothing() {
    wants_git!();
    let desk = Desk::new();
    let none = from_cron(&desk, &[("CRM_TODAY", TODAY)], &["followup"]).done();
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", ""));
    let desk = self::desk();
    let early = from_cron(&desk, &[("CRM_TODAY", "2026-03-08")], &["followup"]).done();
    assert_eq!((early.out.as_str(), early.err.as_str()), ("", ""));
    let quiet = from_cron(&desk, &[("CRM_TODAY", "2026-03-08")], &["followup", "--quiet"]).done();
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn a_question_is_an_error_where_nobody_can_answer() {
    wants_git!();
    let desk = desk();
    from_cron(&desk, &[], &["add"]).exits(2);
    from_cron(&desk, &[], &["close", "C0001"]).exits(2);
    let refused = from_cron(&desk, &[], &["remove", "C0001", "--reason", "twice"]);
    assert_ne!(refused.code, 0, "{}", refused.all());
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    assert!(desk.crm(&["show", "C0001"]).done().out.contains("深圳"));
}

/// An archive in this time zone, whose only plan is due on `date`.
fn desk_in(zone: &str, date: &str) -> Desk {
    let desk = desk();
    let settings = desk.archive.join("crm.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    assert!(!text.contains(zone));
    let (before, behind) = text.split_once("[archive]\n").expect("the archive's settings");
    fs::write(&settings, format!("{before}[archive]\ntime_zone = \"{zone}\"\n{behind}")).expect("settings");
    desk.crm(&["commit"]).done();
    desk.crm(&["add", "Far East"]).done();
    desk.crm(&["followup", "plan", "C0003", date, "phone"]).done();
    desk
}

#[test]
fn today_is_the_archive_s_day_whatever_zone_the_machine_is_in() {
    wants_git!();
    // Between these two zones lie 26 hours, so that it is never the same day in both.
    let days: Vec<String> = ["Pacific/Kiritimati", "Etc/GMT+12"]
        .iter()
        .map(|zone| {
            let desk = desk_in(zone, TODAY);
            let day = |tz: &str| {
                let logged =
                    from_cron(&desk, &[("TZ", tz)], &["followup", "log", "C0003", "phone", "Asked"]).done();
                let path = format!("followups[{}].date", logged.key());
                desk.crm(&["get", "C0003", &path]).done().key()
            };
            // Should midnight pass between two commands, a third is on the second's side.
            let days = [day("UTC"), day("Asia/Tokyo"), day("America/Los_Angeles")];
            assert!(days[0] == days[1] || days[1] == days[2], "{zone}: {days:?}");
            days[1].clone()
        })
        .collect();
    assert!(days[0] > days[1], "{days:?}");
}

#[test]
fn the_day_that_is_given_wins_over_the_clock() {
    wants_git!();
    let desk = desk();
    let due = |arguments: &[&str]| from_cron(&desk, &[("TZ", "UTC")], arguments).done().out;
    assert_eq!(due(&["--today", "2026-03-08", "followup"]), "");
    assert!(due(&["--today", "2026-03-09", "followup"]).contains("深圳"));
    assert!(due(&["followup", "--today", "2026-03-12"]).contains("3 d"));
    let wrong = from_cron(&desk, &[("CRM_TODAY", "yesteryear")], &["followup"]).exits(2);
    assert!(wrong.err.contains("yesteryear"), "{}", wrong.err);
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    wants_git!();
    let desk = desk();
    let crm = env!("CARGO_BIN_EXE_crm");
    for command in [
        "list",
        "show C0001",
        "history",
        "fields",
        "config",
        "man",
        "completions bash",
        "list --format json",
        "followup",
        "--help",
    ] {
        // More than a pipe holds would be needed to fail each time; a reader that is gone is surer.
        let script = format!("{{ {crm} {command}; echo $? >&3; }} 3>code | true; cat code");
        let answer = answer(desk.command("bash").current_dir(&desk.archive).args(["-c", &script])).done();
        assert_eq!(answer.out.trim(), "0", "{command}: {}", answer.err);
        assert_eq!(answer.err, "", "{command}");
    }
    let script = format!("set -o pipefail; {crm} list | head -c 1");
    let piped = answer(desk.command("bash").current_dir(&desk.archive).args(["-c", &script])).done();
    assert_eq!(piped.out, "N");
}

#[test]
fn a_closed_stdout_or_stderr_changes_nothing_in_the_archive() {
    wants_git!();
    let desk = desk();
    let crm = env!("CARGO_BIN_EXE_crm");
    let script = format!("{crm} set C0001 city=Kiel >&- 2>&-");
    answer(desk.command("bash").current_dir(&desk.archive).args(["-c", &script])).done();
    assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Kiel");
    desk.is_clean_and_sound();
}

#[test]
fn a_pipe_gets_no_colour_and_no_cut() {
    wants_git!();
    let desk = desk();
    let long =
        "A company with a name that is far longer than any terminal is wide, and goes on and on and on";
    desk.crm(&["add", long]).done();
    let mut crm = desk.program();
    crm.current_dir(&desk.archive).env("TERM", "xterm-256color").env("COLUMNS", "40").arg("list");
    let list = answer(&mut crm).done();
    assert!(list.out.contains(long) && !list.out.contains('\u{1b}'), "{}", list.out);
    let always = desk.crm(&["--color", "always", "list"]).done();
    assert!(always.out.contains('\u{1b}'), "{}", always.out);
}
