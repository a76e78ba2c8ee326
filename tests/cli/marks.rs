//! Plan against actual: the marks, totals and rates of `crm followup calendar` on seeded months, against an
//! independent count (`tests/oracle/marks.py`).

use std::collections::BTreeMap;
use std::fs;

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::desk::{Answer, Desk, answer};
use crate::dice::{Dice, torture};
use crate::history::has_python;

const TEAM: &str = "\n[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]\n\n[[team]]\nkey = \"wang\"\nname = \"Wang Fang\"\nemails = [\"wang@example.com\"]\n";
const WAYS: [Option<&str>; 7] = [
    Some("phone"),
    Some("phone"),
    Some("door_visit"),
    Some("door_visit"),
    Some("invited_visit"),
    Some("email"),
    None,
];
/// First day, last day and today: whole weeks, a strip that begins on a Saturday, one day; before, within and
/// after them.
const PERIODS: [(u64, u64, u64); 7] =
    [(0, 34, 40), (0, 34, 17), (5, 19, 40), (5, 19, 12), (9, 11, 10), (16, 16, 16), (20, 26, 3)];

/// A card with plans and contacts within five weeks from a Monday on, several on some days.
fn card(at: usize, monday: NaiveDate, dice: &mut Dice) -> String {
    let mut text = format!("name = \"Firm {at}\"\nowner = \"{}\"\n", ["lin", "wang"][at % 2]);
    for number in 0..14 {
        let date = monday + Days::new(dice.below(35));
        text += &format!("[[plans]]\nid = \"p{at:02}{number:03}\"\ndate = {date}\n");
        if let Some(how) = dice.pick(&WAYS) {
            text += &format!("how = \"{how}\"\n");
        }
        match dice.below(8) {
            0 => text += &format!("dropped = {}\n", date - Days::new(dice.below(4))),
            1 => text += &format!("dropped = {}\n", date + Days::new(1)),
            2 => text += "companions = [\"wang\"]\n",
            _ => {}
        }
    }
    for number in 0..16 {
        let date = monday + Days::new(dice.below(35));
        let how = dice.pick(&WAYS).unwrap_or("sms");
        text += &format!(
            "[[followups]]\nid = \"f{at:02}{number:03}\"\ndate = {date}\nhow = \"{how}\"\ntopic = \"x\"\n"
        );
        // Two calls or visits on one day.
        if number % 5 == 0 {
            text += &format!(
                "[[followups]]\nid = \"g{at:02}{number:03}\"\ndate = {date}\nhow = \"{how}\"\ntopic = \"y\"\n"
            );
        }
    }
    text
}

/// Nine customers with such weeks, one of them closed, and one with nothing.
fn desk(monday: NaiveDate, seed: u64) -> Desk {
    let desk = Desk::new();
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    fs::write(&path, before + TEAM).expect("settings");
    let mut dice = Dice::new(seed);
    for at in 0..9 {
        let stage = ["prospects", "customers", "closed"][if at == 8 { 2 } else { at % 2 }];
        desk.write(&format!("{stage}/DE-Germany/Firm {at}/card.toml"), card(at, monday, &mut dice));
    }
    desk.write("prospects/DE-Germany/Quiet/card.toml", "name = \"Quiet\"\nowner = \"lin\"\n");
    desk.crm(&["commit"]).done();
    desk
}

fn on(desk: &Desk, day: NaiveDate, words: &[&str]) -> Answer {
    let mut command = desk.program();
    answer(command.env("CRM_TODAY", day.to_string()).current_dir(&desk.archive).args(words))
}

/// What `crm followup calendar` says, in the form of the independent count.
fn ours(desk: &Desk, (from, to, today): (NaiveDate, NaiveDate, NaiveDate)) -> Value {
    let (from, to) = (from.to_string(), to.to_string());
    let words = ["followup", "calendar", "--owner", "all", "--from", &from, "--to", &to, "--format", "json"];
    let said: Value = serde_json::from_str(&on(desk, today, &words).done().out).expect("JSON");
    let (mut cells, mut days) = (BTreeMap::new(), BTreeMap::new());
    for row in said["calendar"].as_array().expect("rows") {
        let line = row["line"].as_str().expect("a line");
        for (day, cell) in row.as_object().expect("a row") {
            match (row["no"].as_str(), cell) {
                (Some(no), Value::String(letters)) if day.starts_with('2') => {
                    let mut letters: Vec<&str> = letters.split(' ').collect();
                    letters.sort_unstable();
                    cells.insert(format!("{no} {line} {day}"), letters.join(" "));
                }
                (None, Value::Number(count)) if count.as_u64() != Some(0) => {
                    days.insert(format!("{line} {day}"), count.clone());
                }
                _ => {}
            }
        }
    }
    let mut totals = BTreeMap::new();
    for row in said["totals"].as_array().expect("totals") {
        let mut row = row.as_object().expect("a row").clone();
        let no = row.remove("no").and_then(|no| no.as_str().map(str::to_owned)).unwrap_or_default();
        row.remove("name");
        totals.insert(no, Value::Object(row));
    }
    serde_json::json!({ "cells": cells, "totals": totals, "days": days })
}

fn theirs(desk: &Desk, (from, to, today): (NaiveDate, NaiveDate, NaiveDate)) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/marks.py");
    let mut python = desk.command("python3");
    python.args(["-B", script]).arg(&desk.archive).args([from, to, today].map(|day| day.to_string()));
    serde_json::from_str(&answer(&mut python).done().out).expect("JSON")
}

/// Asks both of each period of some seeded months, and hands their answers on.
fn compare(check: impl Fn(&str, Value, Value)) {
    let seeds = if torture() { 20 } else { 2 };
    for seed in 0..seeds {
        // March, with a clock change in Europe, and the turn of a year with week 53.
        for monday in ["2026-03-02", "2026-12-14"] {
            let monday: NaiveDate = monday.parse().expect("a day");
            let desk = desk(monday, seed);
            for (from, to, today) in PERIODS {
                let days = [from, to, today].map(|days| monday + Days::new(days));
                let period = (days[0], days[1], days[2]);
                check(&format!("seed {seed}, {days:?}"), ours(&desk, period), theirs(&desk, period));
            }
        }
    }
}

#[test]
fn every_mark_and_every_total_is_what_an_independent_program_counts() {
    wants_git!();
    if !has_python() {
        println!("left out: there is no python3 with tomllib");
        return;
    }
    compare(|what, mut ours, mut theirs| {
        for answer in [&mut ours, &mut theirs] {
            let totals = answer["totals"].as_object_mut().expect("totals");
            totals.values_mut().for_each(|row| drop(row.as_object_mut().expect("a row").remove("missed")));
        }
        for part in ["cells", "days", "totals"] {
            assert_eq!(ours[part], theirs[part], "{what}: {part}");
        }
    });
}

#[test]
fn missed_are_the_plans_of_past_days_that_no_contact_kept() {
    wants_git!();
    if !has_python() {
        println!("left out: there is no python3 with tomllib");
        return;
    }
    compare(|what, ours, theirs| {
        for (no, row) in theirs["totals"].as_object().expect("totals") {
            assert_eq!(ours["totals"][no]["missed"], row["missed"], "{what}: {no} {row}");
        }
    });
}

/// What is said of C0001 in the week from 9 March 2026, a Monday.
fn totals(desk: &Desk, today: &str) -> Value {
    let day = |text: &str| text.parse::<NaiveDate>().expect(text);
    ours(desk, (day("2026-03-09"), day("2026-03-15"), day(today)))["totals"]["C0001"].clone()
}

fn of_one_customer(plans: &[(&str, &str)], contacts: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    let mut text = "name = \"Ahorn\"\n".to_owned();
    for (at, (date, how)) in plans.iter().enumerate() {
        text += &format!("[[plans]]\nid = \"plan{at:02}\"\ndate = {date}\nhow = \"{how}\"\n");
    }
    for (at, (date, how)) in contacts.iter().enumerate() {
        text +=
            &format!("[[followups]]\nid = \"done{at:02}\"\ndate = {date}\nhow = \"{how}\"\ntopic = \"x\"\n");
    }
    desk.write("prospects/DE-Germany/Ahorn/card.toml", text);
    desk.crm(&["commit"]).done();
    desk
}

#[test]
fn four_planned_two_on_their_day_and_one_moved_are_half_kept_and_one_missed() {
    wants_git!();
    let desk = of_one_customer(
        &[
            ("2026-03-09", "phone"),
            ("2026-03-10", "phone"),
            ("2026-03-11", "door_visit"),
            ("2026-03-12", "phone"),
        ],
        &[("2026-03-09", "phone"), ("2026-03-10", "phone"), ("2026-03-12", "invited_visit")],
    );
    let counted = totals(&desk, "2026-03-16");
    let wanted = serde_json::json!({ "planned": 4, "kept": 2, "moved": 1, "unplanned": 0, "missed": 1, "kept_rate": 50 });
    assert_eq!(counted, wanted);
}

#[test]
fn a_plan_that_was_kept_ahead_of_its_day_hides_no_missed_one() {
    wants_git!();
    let desk = of_one_customer(
        &[("2026-03-09", "phone"), ("2026-03-13", "door_visit")],
        &[("2026-03-10", "door_visit")],
    );
    // On Wednesday, Monday's call is missed and Friday's visit is made.
    assert_eq!(totals(&desk, "2026-03-11")["missed"], 1);
}

#[test]
fn a_plan_that_is_kept_today_is_not_missed() {
    wants_git!();
    let desk = of_one_customer(&[("2026-03-09", "phone")], &[("2026-03-11", "phone")]);
    assert_eq!(totals(&desk, "2026-03-11")["moved"], 1);
    assert_eq!(totals(&desk, "2026-03-11")["missed"], 0);
    assert_eq!(totals(&desk, "2026-03-12")["missed"], 0);
}

#[test]
fn target_and_turnovers_stand_beside_the_days_and_are_a_setting() {
    wants_git!();
    let desk = of_one_customer(&[("2026-03-09", "phone")], &[]);
    desk.crm(&["set", "C1", "target=60,000 EUR this year", "turnover_potential=HKD 400,000"]).done();
    desk.crm(&["set", "C1", "turnover=120000 HKD", "city=Ulm"]).done();
    let calendar = |day: &str| {
        let words = ["followup", "calendar", "--owner", "all", "--from", "2026-03-09", "--to", "2026-03-15"];
        on(&desk, day.parse().expect("a day"), &[&words[..], &["--format", "csv"]].concat()).done().out
    };
    let said = calendar("2026-03-09");
    let mut lines = said.lines();
    let days: Vec<String> = (9..=15).map(|day| format!("2026-03-{day:02}")).collect();
    let heads = format!("No.,Name,Target,Potential turnover,Current turnover,Line,{}", days.join(","));
    assert_eq!(lines.next(), Some(heads.as_str()));
    let plan = "C0001,Ahorn,\"60,000 EUR this year\",400000.00 HKD,120000.00 HKD,plan,C,,,,,,";
    assert_eq!(lines.next(), Some(plan));
    desk.write(
        "crm.toml",
        "format = 1\n\n[followup]\ncalendar_columns = [\"城市\", \"turnover\", \"industry\"]\n",
    );
    // What nobody has is left out.
    assert!(calendar("2026-03-09").starts_with("No.,Name,City,Current turnover,Line,2026-03-09,"));
    desk.write("crm.toml", "format = 1\n\n[followup]\ncalendar_columns = [\"turnovr\"]\n");
    let words = ["followup", "calendar", "--owner", "all"];
    let wrong = on(&desk, "2026-03-09".parse().expect("a day"), &words).exits(2);
    assert!(wrong.err.contains("turnovr") && wrong.err.contains("turnover"), "{}", wrong.err);
}
