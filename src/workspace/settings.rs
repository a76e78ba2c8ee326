//! `crm.toml` as an archive has it: read, and what is wrong with it said with its place.

use std::fs;
use std::path::Path;

use super::Workspace;
use crate::archive::{Layout, SETTINGS};
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::rules::duties::kinds;
use crate::settings::{BadSettings, Settings, SettingsFlaw};

/// The settings of the archive at `root`.
pub(super) fn read_settings(root: &Path) -> Result<Settings> {
    let path = root.join(SETTINGS);
    match fs::read_to_string(&path) {
        Ok(text) => settings_in(&text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::not_found(Problem::NoArchive { folder: root.display().to_string() })
                .hint(Hint::InitOrName))
        }
        Err(e) => Err(Error::file(&path, e)),
    }
}

impl Workspace {
    /// Judges the settings whose words are of other rooms: kinds of duties and columns. A word that means
    /// nothing stops only what needs it.
    ///
    /// # Errors
    /// The first one that means nothing.
    pub fn check_settings(&self) -> Result<()> {
        self.check_kinds_off()?;
        self.calendar_columns().map(|_| ())
    }

    /// Refuses a kind of duties that is off and that there is not.
    pub(super) fn check_kinds_off(&self) -> Result<()> {
        let keys: Vec<&str> = kinds().map(|kind| kind.key).collect();
        let unknown = self.settings.remind.off.iter().find(|kind| !keys.contains(&kind.as_str()));
        unknown.map_or(Ok(()), |kind| {
            let error = self.bad_setting("remind.off", kind)?;
            Err(match nearest(kind, keys.iter().copied()) {
                Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
                None => error,
            })
        })
    }

    /// The keys of the columns that the calendar has beside the days.
    ///
    /// # Errors
    /// When the settings name one that there is not.
    pub fn calendar_columns(&self) -> Result<Vec<String>> {
        let key = |typed: &String| {
            self.column(typed).or_else(|unknown| {
                let error = self.bad_setting("followup.calendar_columns", typed)?;
                Err(match unknown.near() {
                    Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
                    None => error.hint(Hint::SeeFields),
                })
            })
        };
        self.settings.followup.calendar_columns.iter().map(key).collect()
    }

    /// The error for a value that the settings cannot judge by themselves.
    pub(super) fn bad_setting(&self, key: &str, value: &str) -> Result<Error> {
        let text = self.file(SETTINGS)?.unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let (line, column) = Settings::place_of(&text, key, value).unwrap_or((1, 1));
        let flaw = SettingsFlaw::BadValue { key: key.to_owned(), value: value.to_owned() };
        Ok(settings_error(&text, BadSettings { flaw, line, column }))
    }
}

fn settings_error(text: &str, bad: BadSettings) -> Error {
    let place = format!("{SETTINGS}:{}:{}", bad.line, bad.column);
    let excerpt = text.lines().nth(bad.line.saturating_sub(1)).unwrap_or("").to_owned();
    Error::usage(Problem::Settings { place, flaw: bad.flaw }).detail([excerpt]).hint(Hint::SeeConfig)
}

/// The settings in the text of a `crm.toml`.
pub(super) fn settings_in(text: &str) -> Result<Settings> {
    let settings = Settings::read(text).map_err(|bad| settings_error(text, bad))?;
    match Layout::bad_folder(&settings) {
        None => Ok(settings),
        Some((key, value)) => {
            let key = format!("archive.folders.{key}");
            let (line, column) = Settings::place_of(text, &key, &value).unwrap_or((1, 1));
            let flaw = SettingsFlaw::BadValue { key, value };
            Err(settings_error(text, BadSettings { flaw, line, column }))
        }
    }
}
