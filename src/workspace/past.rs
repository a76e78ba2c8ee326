//! A past day: the archive as it was known then, with the settings of then. It is an open archive like
//! any other, only that it is read from a commit and takes no change.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use tempfile::TempDir;

use super::settings::settings_in;
use super::{Clock, Workspace};
use crate::archive::{Layout, SETTINGS};
use crate::card::value::day;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::Entry;

/// What a past day is answered from.
#[derive(Clone, Debug)]
pub struct Basis {
    /// The commit.
    pub entry: Entry,
    /// The day that is today.
    pub today: NaiveDate,
    /// The time zone of the archive, by the settings of then.
    pub zone: Tz,
}

impl Workspace {
    /// The archive as it was at a commit, or at the end of a day: then by the last commit on HEAD's line
    /// of first parents up to that day's end in the archive's time zone, which is the same in every clone.
    ///
    /// # Errors
    /// When the text names neither a day nor a commit, the archive is younger than that, or the settings
    /// of then cannot be read.
    pub fn as_of(&self, when: &str) -> Result<(Workspace, Basis)> {
        let day = day::typed(when, self.clock_day()).ok();
        let entry = match day {
            Some(day) => self.history.commit_before(self.end_of(day))?,
            None => self.history.commit_named(when)?,
        };
        let Some(entry) = entry else {
            return Err(match day {
                Some(day) => Error::not_found(Problem::BeforeHistory { day }).hint(Hint::SeeHistory),
                None => Error::not_found(Problem::NoSuchCommit { text: when.into() }).hint(Hint::SeeHistory),
            });
        };
        let history = self.history.pinned_at(&entry.commit)?;
        let text = history.head_file(SETTINGS)?.ok_or_else(|| {
            Error::not_found(Problem::NoArchiveThen { commit: short(&entry.commit) }).hint(Hint::SeeHistory)
        })?;
        let settings = settings_in(&String::from_utf8_lossy(&text))?;
        let made = || DateTime::from_timestamp(entry.committed, 0).unwrap_or_default();
        let today = day.unwrap_or_else(|| made().with_timezone(&settings.time_zone()).date_naive());
        let today = self.clock.today.unwrap_or(today);
        let workspace = Workspace {
            root: self.root.clone(),
            layout: Layout::new(&settings),
            settings,
            history,
            platform: self.platform,
            clock: Clock { today: Some(today), ..self.clock },
            long: Default::default(),
        };
        let zone = workspace.settings.time_zone();
        Ok((workspace, Basis { entry, today, zone }))
    }

    /// What a file of the archive says; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>> {
        if self.history.is_pinned() {
            return self.history.head_file(path);
        }
        let on_disk = self.root.join(path);
        match std::fs::read(&on_disk) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if crate::archive::platform::is_absence(&e) => Ok(None),
            Err(e) => Err(Error::file(&on_disk, e)),
        }
    }

    /// Whether this is the archive of now, which takes changes.
    ///
    /// # Errors
    /// When it is that of a past day.
    pub fn only_now(&self) -> Result<()> {
        if self.history.is_pinned() {
            return Err(Error::usage(Problem::PastIsKept).hint(Hint::WithoutAsOf));
        }
        Ok(())
    }

    /// A past day laid out as files, for what looks at more than cards; `None` where this is the archive
    /// of now. The files go with the folder.
    pub(super) fn laid_out(&self) -> Result<Option<(Workspace, TempDir)>> {
        let Some(commit) = self.history.pinned() else { return Ok(None) };
        let below = self.history.crm_folder();
        let folder = tempfile::Builder::new().prefix("laid-out-").tempdir_in(&below);
        let folder = folder.or_else(|_| tempfile::tempdir()).map_err(|e| Error::file(&below, e))?;
        self.history.lay_out(folder.path())?;
        let then = Workspace {
            root: folder.path().to_owned(),
            settings: self.settings.clone(),
            layout: self.layout.clone(),
            history: self.history.pinned_at(&commit)?,
            platform: self.platform,
            clock: self.clock,
            long: Default::default(),
        };
        Ok(Some((then, folder)))
    }

    /// The day of the clock, whatever day stands for today.
    fn clock_day(&self) -> NaiveDate {
        self.clock.now.with_timezone(&self.settings.time_zone()).date_naive()
    }

    /// The first second after a day, in the archive's time zone.
    pub(super) fn end_of(&self, day: NaiveDate) -> i64 {
        let midnight = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
        // Where the clock is put on at midnight, the day ends with the last second that there is.
        let end = self.settings.time_zone().from_local_datetime(&midnight).earliest();
        end.map_or_else(|| midnight.and_utc().timestamp(), |end| end.timestamp())
    }
}

/// A commit as people write one.
pub(crate) fn short(commit: &str) -> String {
    commit.chars().take(10).collect()
}
