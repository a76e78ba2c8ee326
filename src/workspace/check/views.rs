//! Saved views that cannot be used: every word of every view is read as `crm list --view` reads it, and
//! its condition is answered.

use super::Found;
use crate::archive::SETTINGS;
use crate::error::{Error, Problem, Result};
use crate::index::{self, Index};
use crate::rules::check::{Finding, Mend, Said, ViewFault};
use crate::settings::{SavedView, place_in};
use crate::workspace::{Workspace, stage_meant};

impl Workspace {
    /// What is wrong with the saved views.
    pub(super) fn check_views(&self) -> Result<Vec<Found>> {
        if self.settings.views.is_empty() {
            return Ok(Vec::new());
        }
        let text = std::fs::read_to_string(self.root.join(SETTINGS)).unwrap_or_default();
        let mut found = Vec::new();
        for (name, view) in &self.settings.views {
            for (key, word, error) in self.bad_words(view) {
                let fault = match error.problem() {
                    Problem::NoSuchColumn { key } => ViewFault::NoColumn { key: key.clone() },
                    Problem::Condition { fault } => ViewFault::Condition { fault: fault.clone() },
                    Problem::Index { .. } => return Err(error),
                    _ => ViewFault::Word { key: key.to_owned(), value: word.to_owned() },
                };
                let mend = match error.near() {
                    Some(near) => Mend::WriteNear { near: near.to_owned() },
                    None => Mend::SeeConfig,
                };
                let finding = Finding::new(Said::BadView { view: name.clone(), fault }, mend);
                let place = place_in(&text, name, key, word);
                found.push(Found { place, ..Found::at("", SETTINGS, finding) });
            }
        }
        Ok(found)
    }

    /// The words of a view that mean nothing: the key, the word, and why.
    fn bad_words<'v>(&self, view: &'v SavedView) -> Vec<(&'static str, &'v str, Error)> {
        let mut bad = Vec::new();
        let mut look = |key, word: &'v str, read: &dyn Fn(&str) -> Result<()>| {
            bad.extend(read(word).err().map(|error| (key, word, error)));
        };
        let column = |word: &str| self.column(word).map(|_| ());
        view.columns.iter().for_each(|word| look("columns", word, &column));
        view.heads.keys().for_each(|word| look("heads", word, &column));
        view.sort.iter().for_each(|word| look("sort", word, &|word| self.order(word).map(|_| ())));
        view.stage.iter().for_each(|word| look("stage", word, &|word| stage_meant(word).map(|_| ())));
        view.owner.iter().for_each(|word| look("owner", word, &|word| self.owner_meant(word).map(|_| ())));
        view.country.iter().for_each(|word| {
            look("country", word, &|word| {
                let unclear = || Error::usage(Problem::NoSuchCountry { value: word.to_owned() });
                self.settings.country(word, None).map(|_| ()).map_err(|_| unclear())
            });
        });
        view.condition.iter().for_each(|word| look("where", word, &|word| self.answers(word)));
        bad
    }

    /// Whether a condition can be read and answered.
    fn answers(&self, text: &str) -> Result<()> {
        let (condition, asked) = (self.condition(text)?, self.asked());
        let only = |index: &mut Index| Workspace::only(index, Some(&condition), &asked);
        index::answer_alone(&self.source(), only)?.map(|_| ())
    }
}
