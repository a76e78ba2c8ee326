//! What `crm remind --new` has told on this computer: a ledger of this clone alone, never committed. Each
//! occurrence is told once, also after days on which nobody asked; two who ask at the same second take
//! turns.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;

use super::Workspace;
use super::remind::{Duty, Reminders};
use crate::archive::InUse;
use crate::archive::write::{self, Durable};
use crate::error::{Error, Problem, Result};

/// The ledger: the day of the last question, how many had no next step, then a duty a line.
const TOLD: &str = "told";
/// Held by whoever tells.
const TELLING: &str = "told.use";
/// How long a duty is remembered that is not asked for any more, in days.
const REMEMBERED: i64 = 400;

/// What was told so far; nobody else tells until this is dropped.
#[derive(Debug)]
pub struct Told {
    path: PathBuf,
    today: NaiveDate,
    /// The day of the last question.
    last: Option<NaiveDate>,
    without_plan: i64,
    /// Each duty with the day on which it was told.
    duties: BTreeMap<String, NaiveDate>,
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
        let mut lines = text.lines();
        let mut head = lines.next().unwrap_or("").split('\t');
        let last = head.next().and_then(|day| day.parse().ok());
        let without_plan = head.next().and_then(|count| count.parse().ok()).unwrap_or(0);
        let duty = |line: &str| {
            let (day, key) = line.split_once('\t')?;
            Some((key.to_owned(), day.parse().ok()?))
        };
        let duties = lines.filter_map(duty).collect();
        Ok(Told { path, today: self.today(), last, without_plan, duties, _alone })
    }
}

impl Told {
    /// The first day of which nothing was told: occasions that passed since are told late.
    pub fn since(&self) -> Option<NaiveDate> {
        self.last?.succ_opt().filter(|day| *day <= self.today)
    }

    /// Leaves only what was not told yet. Customers without a next step count when there are more than at
    /// the last time.
    pub fn keep_new(&self, reminders: &mut Reminders) {
        reminders.duties.retain(|duty| !self.duties.contains_key(&key(duty)));
        if reminders.without_plan <= self.without_plan {
            reminders.without_plan = 0;
        }
    }

    /// Remembers what has been told now: `all` are the duties that were asked about, `told` those of them
    /// that were told, `without_plan` the customers without a next step.
    ///
    /// # Errors
    /// When the ledger cannot be written: then it will be told again.
    pub fn remember(mut self, told: &[Duty], all: &[String], without_plan: i64) -> Result<()> {
        for duty in told {
            self.duties.insert(key(duty), self.today);
        }
        let is_young = |day: NaiveDate| (self.today - day).num_days() < REMEMBERED;
        self.duties.retain(|key, day| is_young(*day) || all.contains(key));
        // Another day than now, as a test's, never makes the ledger older.
        let last = self.last.map_or(self.today, |last| last.max(self.today));
        let mut text = format!("{last}\t{without_plan}\n");
        for (key, day) in &self.duties {
            text += &format!("{day}\t{key}\n");
        }
        write::file(&self.path, text.as_bytes(), Durable::Each)
    }

    /// What a duty is called in the ledger.
    pub fn key(duty: &Duty) -> String {
        key(duty)
    }
}

/// A plan that was put to another day is another occurrence.
fn key(duty: &Duty) -> String {
    format!("{}\t{}", duty.id, duty.date)
}
