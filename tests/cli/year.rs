//! A simulated year: forty invented customers, two people who sell, contacts made by a seeded plan day by
//! day. Each day `crm remind` is asked, and an independent program (`tests/oracle/duties.py`) reads the same
//! cards and says what is due. What is new is asked every day, the whole list on most. The year has a leap day, both clock changes, the turn of two years, and
//! eleven days on which nobody asked. `CRM_TORTURE=1` makes more contacts, by several seeds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Stdio};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::Value;

use crate::desk::{Answer, Desk, answer, cards_below};
use crate::dice::{Dice, torture};
use crate::history::has_python;

/// The first and the last day that are asked about: a leap day, both clock changes, and 31 December plus
/// two months are between them.
const FROM: &str = "2027-12-20";
const TO: &str = "2028-12-31";
/// Nobody asks what is new from this day to that: eleven days, with 29 February among them.
const AWAY: (&str, &str) = ("2028-02-22", "2028-03-03");

const SETTINGS: &str = r#"format = 1
[archive]
language = "en"
home = "CN"
time_zone = "Europe/Berlin"

[[team]]
key = "lin"
name = "Lin Wei"
emails = ["lin@example.com"]

[[team]]
key = "wang"
name = "Wang Fang"
emails = ["wang@example.com"]
roles = ["sales"]

[[team]]
key = "chen"
name = "Chen Jie"
emails = ["chen@example.com"]
roles = ["manager"]
"#;

/// Where customers are filed: stage and country.
const PLACES: [&str; 8] = [
    "prospects/DE-Germany",
    "prospects/BR-Brazil",
    "customers/DE-Germany",
    "prospects/JP-Japan",
    "customers/FR-France",
    "prospects/CA-Canada",
    "domestic/CN-China",
    "prospects/GB-United Kingdom",
];
const TOWNS: [&str; 8] = ["Ahorn", "Birke", "Cedro", "Dorn", "Eiche", "Fuji", "Granit", "Hasel"];
const TRADES: [&str; 5] = ["Pumpen", "Ventile", "Getriebe", "Hydraulik", "Dichtungen"];
/// Birthdays of the first customers' people: with and without a year, on 29 February, around the turns of
/// years and months.
const BIRTHDAYS: [&str; 16] = [
    "1984-02-29",
    "\"02-29\"",
    "1970-12-31",
    "\"12-31\"",
    "\"01-01\"",
    "1990-01-02",
    "\"02-28\"",
    "1966-03-01",
    "\"03-26\"",
    "1977-10-29",
    "\"10-30\"",
    "\"06-15\"",
    "1959-08-31",
    "\"04-30\"",
    "1988-11-11",
    "\"09-09\"",
];

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date - Days::new(days)
}

fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date + Days::new(days)
}

/// The card of a customer as somebody typed it, with a rhythm, a birthday or a flag of its own.
fn card(at: usize, dice: &mut Dice) -> String {
    let owner = ["lin", "wang"][at % 2];
    let mut text = format!("name = \"{}\"\n", name(at));
    if at != 39 {
        text += &format!("owner = \"{owner}\"\n");
    }
    match at % 7 {
        1 => text += "contact_every = \"14d\"\n",
        2 => text += "contact_every = \"2m\"\n",
        3 => text += "nurture = true\n",
        5 if at > 20 => text += "keep = true\n",
        _ => {}
    }
    text += &format!("[[contacts]]\nname = \"Person {at}\"\n");
    if let Some(birthday) = BIRTHDAYS.get(at) {
        text += &format!("birthday = {birthday}\n");
    }
    if at == 7 {
        // Two people with one birthday, of whom one has left.
        text += "[[contacts]]\nname = \"Gone\"\nbirthday = \"03-01\"\nuntil = 2027-11-30\n";
    }
    let first = before(day(FROM), 1 + dice.below(110));
    for date in [first, day("2027-12-19").min(after(first, dice.below(20)))] {
        let mailing = if at % 7 == 3 { "mailing = true\n" } else { "" };
        let how = if at % 7 == 3 { "email" } else { "phone" };
        text += &format!("[[followups]]\ndate = {date}\nhow = \"{how}\"\ntopic = \"Begun\"\n{mailing}");
    }
    if at == 11 {
        // 31 December and two months are the leap day.
        text += "[[revisions]]\ndate = 2027-10-31\nconfirmed = [\"card\", \"contacts\"]\ndone = 2027-10-31\n";
    }
    text
}

fn name(at: usize) -> String {
    format!("{} {} GmbH", TOWNS[at % 8], TRADES[at / 8])
}

/// What is due, as one line: kind, card, record, day and who.
type Line = String;

fn line(duty: &Value) -> Line {
    let text = |key: &str| duty[key].as_str().unwrap_or("").to_owned();
    let (kind, who) = (text("kind"), text("who"));
    let uid = text("uid");
    let parts: Vec<&str> = uid.split('-').collect();
    let (card, record) = match kind.as_str() {
        "daily_report" | "weekly_report" => ("", who.as_str()),
        "plan" | "action" | "review" | "birthday" | "late_entry" => (parts[1], parts[2]),
        _ => (parts[1], ""),
    };
    format!("{kind} {card} {record} {} {who}", text("date"))
}

/// The independent program, which keeps what it has parsed between two days.
struct Oracle {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    fn start(desk: &Desk) -> Oracle {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/duties.py");
        let mut python = desk.command("python3");
        python.args(["-X", "utf8", "-B", script]).arg(&desk.archive).arg("-");
        let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3");
        let answers = BufReader::new(child.stdout.take().expect("its answers"));
        Oracle { child, answers }
    }

    fn on(&mut self, day: NaiveDate) -> BTreeSet<Line> {
        writeln!(self.child.stdin.as_mut().expect("its questions"), "{day}").expect("a question");
        let mut found = BTreeSet::new();
        loop {
            let mut text = String::new();
            let read = self.answers.read_line(&mut text).expect("an answer");
            assert_ne!(read, 0, "the independent program gave up on {day}");
            if text.trim().is_empty() {
                return found;
            }
            let duty: Value = serde_json::from_str(&text).expect("JSON");
            let word = |key: &str| duty[key].as_str().unwrap_or("");
            let words = ["kind", "card", "record", "date", "who"].map(word);
            found.insert(words.join(" "));
        }
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().expect("its end");
    }
}

/// The people at work, and what they know of the records that they made.
struct Year {
    desk: Desk,
    dice: Dice,
    today: NaiveDate,
    /// Numbers of customers who are not closed.
    cards: Vec<String>,
    /// Numbers of those who get news.
    nurtured: Vec<String>,
    /// Plans, actions and notes that may still be open: customer and id.
    plans: Vec<(String, String)>,
    actions: Vec<(String, String)>,
    notes: Vec<(String, String)>,
    /// The day of the last visit of each customer.
    visited: BTreeMap<String, NaiveDate>,
    refused_visits: usize,
}

impl Year {
    fn begin(seed: u64) -> Year {
        let desk = Desk::new();
        desk.write("crm.toml", SETTINGS);
        let mut dice = Dice::new(seed);
        for at in 0..40 {
            desk.write(&format!("{}/{}/card.toml", PLACES[at % 8], name(at)), card(at, &mut dice));
        }
        desk.crm(&["commit", "--today", "2027-12-19"]).done();
        let list = desk.crm(&["list", "--format", "json"]).done().out;
        let list: Vec<Value> = serde_json::from_str(&list).expect("JSON");
        let text = |card: &Value, key: &str| card[key].as_str().expect(key).to_owned();
        let no = |at: usize| list.iter().find(|c| c["name"] == name(at)).map(|c| text(c, "no"));
        let cards: Vec<String> = (0..40).map(|at| no(at).expect("a number")).collect();
        let nurtured = cards.iter().skip(3).step_by(7).cloned().collect();
        let (plans, actions, notes, visited) = Default::default();
        let (today, refused_visits) = (day(FROM), 0);
        Year { desk, dice, today, cards, nurtured, plans, actions, notes, visited, refused_visits }
    }

    fn crm(&self, words: &[&str]) -> Answer {
        let mut command = self.desk.program();
        command.env("CRM_TODAY", self.today.to_string()).current_dir(&self.desk.archive);
        answer(command.args(words))
    }

    fn someone(&mut self) -> String {
        // A fifth of all contacts are with five customers.
        let most = if self.dice.below(5) == 0 { 5 } else { self.cards.len() };
        self.dice.pick(&self.cards[..most]).clone()
    }

    fn member(&mut self) -> &'static str {
        self.dice.pick::<&str>(&["lin", "wang"])
    }

    fn chance(&mut self, of: u64) -> bool {
        self.dice.below(of) == 0
    }

    /// What everybody has to do by `crm remind`, as JSON.
    fn ask(&self, more: &[&str]) -> Vec<Value> {
        self.ask_of("all", more)
    }

    fn ask_of(&self, owner: &str, more: &[&str]) -> Vec<Value> {
        let words = [&["remind", "--owner", owner, "--format", "json"], more].concat();
        let said = self.crm(&words).done().out;
        if said.is_empty() { Vec::new() } else { serde_json::from_str(&said).expect("JSON") }
    }

    /// A day of work; `due` is what was due when somebody last looked.
    fn work(&mut self, due: &[Value]) {
        self.tick_off(due);
        let contacts = if torture() { 3 } else { u64::from(self.today.day() % 2) } + self.dice.below(2);
        for _ in 0..contacts {
            self.does_something();
        }
    }

    /// Reports come in within some days; some people are congratulated, the first one never.
    fn tick_off(&mut self, due: &[Value]) {
        for duty in due {
            let text = |key: &str| duty[key].as_str().unwrap_or("").to_owned();
            let (kind, who, date) = (text("kind"), text("who"), text("date"));
            let waited = (self.today - day(&date)).num_days();
            match kind.as_str() {
                "daily_report" | "weekly_report" if waited > 3 || self.chance(2) => {
                    self.crm(&["remind", "done", &kind, "--owner", &who, "--on", &date]).done();
                }
                "birthday" if text("no") != self.cards[0] && waited <= 0 && self.chance(4) => {
                    // Two at one customer are ticked off at once.
                    self.crm(&["remind", "done", "birthday", &text("no")]);
                }
                _ => {}
            }
        }
    }

    fn does_something(&mut self) {
        match self.dice.below(22) {
            0..=5 => self.logs(),
            6..=9 => self.visits(),
            10 => self.enters_late(),
            11..=13 => self.plans(),
            14 => self.drops(),
            15 => self.mails(),
            16 => self.changes_the_rhythm(),
            17 => self.acts(),
            18 => self.notes(),
            19 => self.revises(),
            20 => self.decides(),
            _ => self.changes_hands(),
        }
    }

    fn logs(&mut self) {
        let (card, by) = (self.someone(), format!("by={}", self.member()));
        let how = *self.dice.pick(&["phone", "email", "chat", "sms", "other"]);
        let next = format!("+{}d", 1 + self.dice.below(40));
        let mut words = vec!["followup", "log", &card, how, "Talked", &by];
        match self.dice.below(4) {
            0 => words.extend(["--next", &next]),
            1 => words.extend(["--next", &next, "--next-how", "phone"]),
            2 => words.extend(["--action", "Send the drawing, wang, +5d", "incoming=yes"]),
            _ => words.extend(["--action", "Think about it"]),
        }
        self.crm(&words).done();
    }

    fn visits(&mut self) {
        let (card, by) = (self.someone(), format!("by={}", self.member()));
        let how = *self.dice.pick(&["visit", "invited_visit"]);
        let mut words = vec!["followup", "log", &card, how, "Came by", &by];
        if self.chance(8) {
            words.push("effective=yes");
        }
        self.crm(&words).done();
        self.visited.insert(card, self.today);
    }

    fn enters_late(&mut self) {
        let (card, by) = (self.someone(), format!("by={}", self.member()));
        let on = before(self.today, 1 + self.dice.below(5)).to_string();
        self.crm(&["followup", "log", &card, "phone", "Noted late", &by, "--on", &on]).done();
    }

    fn plans(&mut self) {
        let (card, by) = (self.someone(), self.member());
        let date = after(self.today, self.dice.below(45)).to_string();
        let mut words = vec!["followup", "plan", &card, &date];
        words.extend(*self.dice.pick(&[
            &[][..],
            &["phone"],
            &["email"],
            &["visit"],
            &["visit", "--with", "chen"],
        ]));
        words.extend(["--by", by]);
        let planned = self.crm(&words);
        if planned.code == 1 && planned.err.contains("--reenter") {
            self.refused_visits += 1;
            return;
        }
        let id = planned.done().key();
        self.plans.push((card, id));
    }

    fn drops(&mut self) {
        let Some((card, id)) = self.taken(|year| &mut year.plans) else { return };
        let dropped = self.crm(&["followup", "drop", &card, &id, "--reason", "They called us"]);
        assert!([0, 3].contains(&dropped.code), "{}", dropped.all());
    }

    fn taken(&mut self, of: fn(&mut Year) -> &mut Vec<(String, String)>) -> Option<(String, String)> {
        let count = of(self).len();
        let at = usize::try_from(self.dice.below(count as u64)).expect("small");
        (count > 0).then(|| of(self).swap_remove(at))
    }

    fn mails(&mut self) {
        let card = self.dice.pick(&self.nurtured).clone();
        let words: &[&str] = match self.dice.below(6) {
            0 => &["followup", "log", &card, "email", "They wrote", "incoming=yes"],
            1 => &["set", &card, "no_mailings=yes"],
            _ => &["followup", "log", &card, "email", "New pumps", "mailing=yes"],
        };
        self.crm(words).done();
    }

    fn changes_the_rhythm(&mut self) {
        let card = self.someone();
        let every = *self.dice.pick(&["7d", "2w", "1m", "3m"]);
        self.crm(&["set", &card, &format!("contact_every={every}")]);
    }

    fn acts(&mut self) {
        if self.chance(2)
            && let Some((card, id)) = self.taken(|year| &mut year.actions)
        {
            self.crm(&["set", &card, &format!("actions[{id}].done={}", self.today)]).done();
            return;
        }
        let card = self.someone();
        let date = format!("date={}", after(self.today, self.dice.below(20)));
        let id = self.crm(&["action", "add", &card, "Send two samples", &date, "who=wang"]).done().key();
        self.actions.push((card, id));
    }

    fn notes(&mut self) {
        if self.chance(2)
            && let Some((card, id)) = self.taken(|year| &mut year.notes)
        {
            self.crm(&["set", &card, &format!("reviews[{id}].answer=The owner does")]).done();
            return;
        }
        let card = self.someone();
        let id = self.crm(&["review", "add", &card, "Who decides?", "by=chen"]).done().key();
        self.notes.push((card, id));
    }

    fn revises(&mut self) {
        for _ in 0..3 {
            let card = self.someone();
            let part = *self.dice.pick(&["--all", "--all", "card", "contacts"]);
            self.crm(&["revise", &card, part]).done();
        }
    }

    /// A verdict, a return to the visit plan, or the end of all dealings.
    fn decides(&mut self) {
        let card = self.someone();
        match self.dice.below(6) {
            0 | 1 => {
                let words = [
                    "followup",
                    "log",
                    &card,
                    "phone",
                    "No use",
                    "verdict=abandoned",
                    "abandon_reason=Bound",
                ];
                self.crm(&words).done();
            }
            2 => {
                self.crm(&["followup", "log", &card, "phone", "They bought", "verdict=won"]).done();
            }
            3 | 4 => {
                let next = ["--next", "+9d", "--next-how", "visit", "--reenter", "A new buyer"];
                self.crm(&[&["followup", "log", &card, "phone", "Asked again"][..], &next].concat()).done();
            }
            _ => {
                let long_ago =
                    self.visited.get(&card).is_none_or(|last| (self.today - *last).num_days() > 20);
                if long_ago && self.cards.len() > 34 && !self.cards[..BIRTHDAYS.len()].contains(&card) {
                    self.crm(&["close", &card, "--reason", "Out of business"]).done();
                    self.cards.retain(|no| *no != card);
                }
            }
        }
    }

    fn changes_hands(&mut self) {
        let (card, to) = (self.someone(), self.member());
        match self.dice.below(5) {
            0 | 1 => {
                self.crm(&["set", &card, &format!("owner={to}")]);
            }
            2 => {
                self.crm(&["pool", "release", "--yes"]).done();
            }
            3 => {
                self.crm(&["move", &card, "--stage", "customer"]);
            }
            _ => {
                self.crm(&["set", &card, "keep=yes"]);
            }
        }
    }
}

/// A line without whose duty it is: a customer who changes hands is no new occurrence.
fn occurrence(line: &str) -> Line {
    line.rsplit_once(' ').map_or(line, |(occurrence, _)| occurrence).to_owned()
}

/// What passes by itself, and so has to be told late when nobody asked on its day.
fn passes(line: &str) -> bool {
    ["birthday ", "late_entry "].iter().any(|kind| line.starts_with(kind))
}

/// What was told so far, and what has to be told.
struct Told {
    lines: BTreeSet<Line>,
    /// Every occurrence by its UID and day, greetings for holidays too.
    occurrences: BTreeSet<(String, String)>,
    last: NaiveDate,
    seen: BTreeMap<String, usize>,
}

impl Told {
    /// Asks what is new, and holds it against what is due and was not told yet.
    fn asks(&mut self, year: &Year, oracle: &mut Oracle, due: BTreeSet<Line>) {
        let today = year.today;
        let mut wanted = due;
        for gone in self.last.iter_days().skip(1).take_while(|gone| *gone < today) {
            wanted.extend(oracle.on(gone).into_iter().filter(|line| passes(line)));
        }
        let mut wanted: BTreeSet<Line> = wanted.iter().map(|line| occurrence(line)).collect();
        wanted.retain(|line| !self.lines.contains(line));
        let new = year.ask(&["--new"]);
        for duty in &new {
            let word = |key: &str| duty[key].as_str().unwrap_or("").to_owned();
            assert!(self.occurrences.insert((word("uid"), word("date"))), "told twice, on {today}: {duty}");
        }
        let new = new.iter().filter(|duty| duty["kind"] != "holiday");
        let new: BTreeSet<Line> = new.map(|duty| occurrence(&line(duty))).collect();
        same(&new, &wanted, &format!("crm remind --new on {today}"));
        for line in new {
            *self.seen.entry(line.split(' ').next().unwrap_or("").to_owned()).or_default() += 1;
            self.lines.insert(line);
        }
        self.last = today;
    }
}

#[track_caller]
fn same(ours: &BTreeSet<Line>, theirs: &BTreeSet<Line>, what: &str) {
    let more: Vec<_> = ours.difference(theirs).collect();
    let less: Vec<_> = theirs.difference(ours).collect();
    assert!(
        more.is_empty() && less.is_empty(),
        "{what}:\nonly crm says {more:#?}\ncrm does not say {less:#?}"
    );
}

/// The ids of the customers who are in the pool: they had an owner, and have none.
fn in_the_pool(year: &Year) -> BTreeSet<String> {
    let mut cards = Vec::new();
    cards_below(&year.desk.archive, &mut cards);
    let cards = cards.iter().filter_map(|path| fs::read_to_string(path).ok());
    let cards = cards.filter_map(|text| text.parse::<toml::Table>().ok());
    let pooled = cards.filter(|card| !card.contains_key("owner") && card.contains_key("assignments"));
    pooled.filter_map(|card| card["id"].as_str().map(str::to_owned)).collect()
}

/// Lin's list is what is Lin's to do, and what is nobody's; who is in the pool is on nobody's list.
fn one_of_the_team(year: &Year, everybody: &BTreeSet<Line>) {
    let own = year.ask_of("lin", &[]);
    let own = own.iter().filter(|duty| duty["kind"] != "holiday").map(line).collect();
    let pool = in_the_pool(year);
    let is_pooled = |line: &str| line.split(' ').nth(1).is_some_and(|card| pool.contains(card));
    let is_lins = |line: &&Line| line.ends_with(" lin") || line.ends_with(' ') && !is_pooled(line);
    let wanted = everybody.iter().filter(is_lins).cloned();
    same(&own, &wanted.collect(), &format!("crm remind --owner lin on {}", year.today));
}

/// In the year after, which has no 29 February, the last reports come in, and nobody works any more.
fn a_common_year(year: &mut Year, oracle: &mut Oracle) {
    year.today = day("2029-01-05");
    let due = year.ask(&[]);
    year.tick_off(&due);
    for date in ["2029-02-24", "2029-02-25", "2029-02-28", "2029-03-01"] {
        year.today = day(date);
        let ours = year.ask(&[]);
        let ours = ours.iter().filter(|duty| duty["kind"] != "holiday").map(line).collect();
        same(&ours, &oracle.on(year.today), &format!("crm remind on {date}"));
    }
}

/// A year by a seed; how often each kind was told, and the lines.
fn live(seed: u64) -> (Year, Told) {
    let mut year = Year::begin(seed);
    let mut oracle = Oracle::start(&year.desk);
    let (lines, occurrences, seen) = Default::default();
    let mut told = Told { lines, occurrences, seen, last: before(year.today, 1) };
    let mut due: Vec<Value> = Vec::new();
    while year.today <= day(TO) {
        year.work(&std::mem::take(&mut due));
        let theirs = oracle.on(year.today);
        if torture() || year.today.ordinal().is_multiple_of(2) || year.today.day() >= 25 {
            due = year.ask(&[]);
            due.retain(|duty| duty["kind"] != "holiday");
            let ours: BTreeSet<Line> = due.iter().map(line).collect();
            assert_eq!(ours.len(), due.len(), "something is listed twice on {}", year.today);
            same(&ours, &theirs, &format!("crm remind on {}", year.today));
        }
        if year.today.day() % 9 == 5 {
            one_of_the_team(&year, &theirs);
        }
        if !(day(AWAY.0)..=day(AWAY.1)).contains(&year.today) {
            told.asks(&year, &mut oracle, theirs);
            if year.today.day().is_multiple_of(9) {
                assert!(year.ask(&["--new"]).is_empty(), "told again on {}", year.today);
            }
        }
        year.today = after(year.today, 1);
    }
    a_common_year(&mut year, &mut oracle);
    (year, told)
}

#[test]
fn over_a_year_every_duty_shows_on_its_days_and_is_told_once() {
    wants_git!();
    if !has_python() {
        println!("left out: there is no python3 with tomllib");
        return;
    }
    let seeds = if torture() { 0..4 } else { 0..1 };
    for seed in seeds {
        let (year, told) = live(seed);
        for kind in [
            "plan",
            "action",
            "verdict",
            "review",
            "birthday",
            "cadence",
            "nurture",
            "revision",
            "late_entry",
            "untouched",
            "pool",
            "daily_report",
            "weekly_report",
        ] {
            assert!(told.seen.contains_key(kind), "seed {seed}: the year has no {kind}: {:?}", told.seen);
        }
        let on = |kind: &str, date: &str| told.lines.iter().any(|l| l.starts_with(kind) && l.contains(date));
        // What the year was chosen for was there: the leap day, the ends of years, both clock changes.
        for date in ["2027-12-31", "2028-01-01", "2028-02-29", "2028-03-26", "2028-10-29", "2028-12-31"] {
            assert!(on("birthday", date), "seed {seed}: no birthday on {date}");
        }
        assert!(on("weekly_report", "2028-03-26") && on("weekly_report", "2028-10-29"));
        assert_eq!(day("2028-03-26").weekday(), Weekday::Sun);
        assert!(year.refused_visits > 0, "seed {seed}: nobody was dropped from the visit plan");
        year.desk.is_clean_and_sound();
        assert_eq!(fs::read_dir(year.desk.archive.join("books")).expect("books").count(), 1);
    }
}
