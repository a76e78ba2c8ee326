//! Where the cards of an index are read: in the work tree, or in a commit of the past.

use std::path::{Path, PathBuf};

use super::Source;
use crate::archive::CARD;
use crate::archive::sweep::{self, Names, Sweep};
use crate::card::{Card, read};
use crate::error::Result;
use crate::history::{History, Id};
use crate::sections::SCHEMA;

/// Where cards are read. Shared by the threads that read them, each of which has a [`Reader`].
pub(super) enum Ground {
    /// The root of a work tree.
    WorkTree(PathBuf),
    /// The repository at this root, with the id of each card by folder and company.
    Commit(PathBuf, Vec<Vec<Id>>),
}

/// The cards that there are, and where they are read. `known` is as for [`sweep::sweep`].
pub(super) fn survey(
    source: &Source<'_>,
    known: impl FnMut(&str, i64) -> Option<Names>,
) -> Result<(Sweep, Ground)> {
    let root = source.root.to_owned();
    if source.history.is_pinned() {
        let filed = source.history.filed(source.layout)?;
        return Ok((filed.sweep, Ground::Commit(root, filed.cards)));
    }
    let sweep = sweep::sweep(source.root, source.layout, source.platform, known)?;
    Ok((sweep, Ground::WorkTree(root)))
}

impl Ground {
    /// What one thread reads with.
    pub(super) fn reader(&self) -> Reader<'_> {
        match self {
            Ground::WorkTree(root) => Reader::Disk(root),
            Ground::Commit(root, ids) => Reader::Objects(History::open(root).ok(), ids),
        }
    }

    /// Whether a card stands there that could not be read.
    pub(super) fn has_card(&self, sweep: &Sweep, at: usize, company: usize) -> bool {
        match self {
            Ground::WorkTree(root) => card_path(root, sweep, at, company).exists(),
            Ground::Commit(..) => true,
        }
    }
}

/// Reads cards on one thread.
pub(super) enum Reader<'g> {
    Disk(&'g Path),
    Objects(Option<History>, &'g [Vec<Id>]),
}

impl Reader<'_> {
    /// A card by its folder and company, if it can be read.
    pub(super) fn card(&self, sweep: &Sweep, at: usize, company: usize) -> Option<Card> {
        let bytes = match self {
            Reader::Disk(root) => std::fs::read(card_path(root, sweep, at, company)).ok()?,
            Reader::Objects(history, ids) => history.as_ref()?.content_of(ids.get(at)?.get(company)?).ok()?,
        };
        let text = String::from_utf8(bytes).ok()?;
        read::read(&text, &SCHEMA).ok()
    }
}

fn card_path(root: &Path, sweep: &Sweep, at: usize, company: usize) -> PathBuf {
    let folder = &sweep.folders[at];
    root.join(&folder.path).join(folder.company(company)).join(CARD)
}
