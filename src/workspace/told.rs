//! What `crm remind --new` has told on this computer: a ledger of this clone alone, never committed. Each
//! occurrence is told once, also after days on which nobody asked; two who ask at the same second take
//! turns.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{Days, NaiveDate};

use super::Workspace;
use super::remind::{Duty, Reminders};
use crate::archive::InUse;
use crate::archive::write::{self, Durable};
use crate::error::{Error, Problem, Result};
use crate::rules::duties::LATE_ENTRY;

/// The ledger, a line each: `asked WHO KIND DAY`, `idle WHO COUNT`, `told WHO DAY OCCURRENCE`, between tabs.
const TOLD: &str = "told";
/// Held by whoever tells.
const TELLING: &str = "told.use";
/// How many days a duty is remembered that is not due any more, or not asked for.
const REMEMBERED: i64 = 400;

/// How many days back late entries are looked for, which a sync may bring days after they were made.
const AFTER_A_SYNC: u64 = 31;

/// Who asks for everybody.
const EVERYBODY: &str = "*";

/// What was told so far; nobody else tells until this is dropped. Who asks for one person's duties and who
/// asks for another's, or for everybody's, are told apart.
#[derive(Debug)]
pub struct Told {
    path: PathBuf,
    today: NaiveDate,
    /// The day on which somebody asked last, by whose duties and kind.
    asked: BTreeMap<(String, String), NaiveDate>,
    /// How many customers had no next step, by whose they were.
    idle: BTreeMap<String, i64>,
    /// The last day on which an occurrence was due, by whom it was told.
    told: BTreeMap<(String, String), NaiveDate>,
    _alone: InUse,
}

impl Workspace {
    /// What this computer has told so far; waits until nobody else tells.
    ///
    /// # Errors
    /// When somebody else tells for longer than a command waits, or the ledger cannot be read.
    pub fn told(&self) -> Result<Told> {
        self.only_now()?;
        let folder = self.history.crm_folder();
        let wait = Duration::from_secs(self.settings.archive.lock_wait);
        let alone = InUse::alone(&folder.join(TELLING), wait);
        let _alone = alone.ok_or_else(|| Error::could_not(Problem::TellingRuns))?;
        let path = folder.join(TOLD);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(Error::file(&path, e)),
        };
        let (asked, idle, told) = Default::default();
        let mut ledger = Told { path, today: self.today(), asked, idle, told, _alone };
        // A line that is not understood is of no use: at worst something is told again.
        for line in text.lines() {
            ledger.read(line);
        }
        Ok(ledger)
    }
}

impl Told {
    fn read(&mut self, line: &str) -> Option<()> {
        let mut parts = line.split('\t').map(str::to_owned);
        match (parts.next()?.as_str(), parts.next()?, parts.next()?, parts.next()) {
            ("asked", who, kind, Some(day)) => drop(self.asked.insert((who, kind), day.parse().ok()?)),
            ("idle", who, count, None) => drop(self.idle.insert(who, count.parse().ok()?)),
            ("told", who, day, Some(occurrence)) => {
                self.told.insert((who, occurrence), day.parse().ok()?);
            }
            _ => {}
        }
        Some(())
    }

    /// The day on which somebody asked last, by kind: what passed since is told late, and so is what came up
    /// later on that day. Who asks for one person for the first time goes on the day after somebody asked
    /// for everybody.
    pub fn since(&self, owner: Option<&str>) -> BTreeMap<String, NaiveDate> {
        let of = |asker: &str| {
            let asked = self.asked.iter().filter(|((who, _), _)| who == asker);
            asked.map(|((_, kind), day)| (kind.clone(), *day)).collect::<BTreeMap<_, _>>()
        };
        let mut since = match owner {
            None => of(EVERYBODY),
            Some(owner) => {
                let mut since = of(EVERYBODY);
                since.values_mut().for_each(|day| *day = day.succ_opt().unwrap_or(*day));
                since.extend(of(owner));
                since
            }
        };
        // A sync may bring what passed on an earlier day elsewhere.
        let back = self.today - Days::new(AFTER_A_SYNC);
        since.entry(LATE_ENTRY.to_owned()).and_modify(|day| *day = back.min(*day)).or_insert(back);
        since
    }

    /// Leaves only what was not told yet. Customers without a next step count when there are more than at
    /// the last time.
    pub fn keep_new(&self, owner: Option<&str>, reminders: &mut Reminders) {
        let who = owner.unwrap_or(EVERYBODY);
        let key = |duty: &Duty| (who.to_owned(), duty.occurrence.clone());
        reminders.duties.retain(|duty| !self.told.contains_key(&key(duty)));
        // Who asks for the first time is told of today, not of all that passed before.
        let asked = |asker: &str| self.asked.get(&(asker.to_owned(), LATE_ENTRY.to_owned()));
        if asked(who).is_none() {
            let first = asked(EVERYBODY).and_then(NaiveDate::succ_opt).unwrap_or(self.today);
            reminders.duties.retain(|duty| duty.kind != LATE_ENTRY || duty.date >= first);
        }
        if reminders.without_plan <= self.idle.get(who).copied().unwrap_or(0) {
            reminders.without_plan = 0;
        }
    }

    /// Remembers that all of this has been told now, of these kinds.
    ///
    /// # Errors
    /// When the ledger cannot be written: then it will be told again.
    pub fn remember(mut self, owner: Option<&str>, kinds: &[&str], all: &Heard) -> Result<()> {
        let who = owner.unwrap_or(EVERYBODY);
        for kind in kinds {
            let day = self.asked.entry((who.to_owned(), (*kind).to_owned())).or_insert(self.today);
            // Another day than now, as a test's, never makes the ledger older.
            *day = self.today.max(*day);
        }
        if let Some(count) = all.without_plan {
            self.idle.insert(who.to_owned(), count);
        }
        for occurrence in &all.occurrences {
            self.told.insert((who.to_owned(), occurrence.clone()), self.today);
        }
        let is_young = |day: NaiveDate| (self.today - day).num_days() < REMEMBERED;
        let mut text = String::new();
        for ((who, kind), day) in &self.asked {
            text += &format!("asked\t{who}\t{kind}\t{day}\n");
        }
        for (who, count) in &self.idle {
            text += &format!("idle\t{who}\t{count}\n");
        }
        for (key, day) in self.told.iter().filter(|(_, day)| is_young(**day)) {
            text += &format!("told\t{}\t{day}\t{}\n", key.0, key.1);
        }
        write::file(&self.path, text.as_bytes(), Durable::Each)
    }
}

/// All that there was to tell, new or not.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    occurrences: BTreeSet<String>,
    without_plan: Option<i64>,
}

impl Heard {
    /// What an answer has; `counts` is whether customers without a next step were asked for.
    pub fn of(reminders: &Reminders, counts: bool) -> Heard {
        let occurrences = reminders.duties.iter().map(|duty| duty.occurrence.clone()).collect();
        Heard { occurrences, without_plan: counts.then_some(reminders.without_plan) }
    }
}
