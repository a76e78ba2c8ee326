//! The sweep: which cards there are, and their metadata, without reading one. The fixed depth of
//! the layout makes it cheap: stage and country folders are listed, and each card is asked about
//! by `company/card.toml` relative to its country's folder, so that no company's folder is
//! opened. A country folder whose time stamp is unchanged and old enough has the same companies.

use std::cmp::Ordering;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::layout::{Branch, Layout};
use super::platform::{CountryFolder, Platform, Stat, folders_in, is_absence, stat};
use crate::card::Country;
use crate::error::{Error, Result};

/// A time stamp that is younger than the look at it by less than this may stand for two states
/// of a file (nanoseconds): git's racy rule.
pub const RACY: i64 = 2_000_000_000;
/// Cards that one thread asks about before it takes the next share.
const SHARE: usize = 512;
/// Threads at most: more wait for the same disk.
const THREADS: usize = 4;

/// One country folder with its companies.
#[derive(Clone, Debug)]
pub struct SweptFolder {
    /// The folder at the root.
    pub branch: Branch,
    /// The country.
    pub country: Country,
    /// The path from the root: `潜在客户/DE-德国`.
    pub path: String,
    /// When its list of names last changed.
    pub modified: i64,
    /// The companies' folders, sorted.
    pub companies: Names,
    /// The metadata of each company's card; `None` where there is none.
    pub cards: Vec<Option<Stat>>,
}

impl SweptFolder {
    /// The folder of the company in this place.
    pub fn company(&self, at: usize) -> &str {
        self.companies.get(at).unwrap_or_default()
    }
}

/// Names of folders, as one text: ten thousand texts of their own would cost more than the sweep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Each with a `/` behind it, which no name has.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Names {
    /// The inverse of [`Names::as_text`].
    pub fn from_text(text: &str) -> Names {
        let ends = text.match_indices('/').filter_map(|(at, _)| u32::try_from(at).ok()).collect();
        Names { text: text.to_owned(), ends }
    }

    /// All names, each with a `/` behind it.
    pub fn as_text(&self) -> &str {
        &self.text
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name in this place.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize + 1);
        self.text.get(begin..end)
    }

    /// The place of a name; the names are sorted, as a sweep has them.
    pub fn position(&self, name: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.get(middle)?.cmp(name) {
                Ordering::Less => from = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// Each name.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.text.split_terminator('/')
    }
}

impl FromIterator<String> for Names {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Names {
        let text: String = names.into_iter().flat_map(|name| [name, "/".to_owned()]).collect();
        Names::from_text(&text)
    }
}

/// What the sweep found.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    /// The country folders, sorted by path.
    pub folders: Vec<SweptFolder>,
    /// Folders that are no country, or are named by an old code for one, by path.
    pub strange: Vec<String>,
    /// The clock of files when the sweep began.
    pub began: i64,
}

/// Sweeps the archive. `known` gives the companies of a country folder by its path and time stamp,
/// where an earlier sweep may be trusted with them.
///
/// # Errors
/// When a folder cannot be listed.
pub fn sweep(
    root: &Path,
    layout: &Layout,
    platform: Platform,
    mut known: impl FnMut(&str, i64) -> Option<Names>,
) -> Result<Sweep> {
    let mut sweep = Sweep { began: super::platform::file_clock(), ..Sweep::default() };
    let list = |path: &Path| folders_in(path).map_err(|e| Error::file(path, e));
    let (stages, _) = list(root)?;
    for stage in stages {
        let Some(branch) = layout.branch(&stage) else { continue };
        let (countries, strange) = list(&root.join(&stage))?;
        sweep.strange.extend(strange.into_iter().map(|name| format!("{stage}/{name}")));
        for name in countries {
            let path = format!("{stage}/{name}");
            let Some(country) = layout.country(&name) else {
                sweep.strange.push(path);
                continue;
            };
            if layout.country_name(country) != name && layout.old_country(&name).is_some() {
                sweep.strange.push(path.clone());
            }
            let on_disk = root.join(&path);
            let modified = match stat(&on_disk) {
                // Whoever sets a time stamp back changes the other one.
                Ok(stat) => stat.modified.max(stat.changed),
                Err(error) if is_absence(&error) => continue,
                Err(error) => return Err(Error::file(&on_disk, error)),
            };
            let companies = match known(&path, modified) {
                Some(companies) => companies,
                None => list(&on_disk)?.0.into_iter().collect(),
            };
            sweep.folders.push(SweptFolder { branch, country, path, modified, companies, cards: Vec::new() });
        }
    }
    ask_for_cards(root, platform, &mut sweep.folders)?;
    Ok(sweep)
}

/// Fills in the metadata of every card, on as many threads as pay.
fn ask_for_cards(root: &Path, platform: Platform, folders: &mut [SweptFolder]) -> Result<()> {
    let mut shares = Vec::new();
    for folder in &mut *folders {
        folder.cards = vec![None; folder.companies.len()];
        let (path, companies) = (&folder.path, &folder.companies);
        let cards = folder.cards.chunks_mut(SHARE).enumerate();
        shares.extend(cards.map(|(at, cards)| Share { path, companies, from: at * SHARE, cards }));
    }
    let threads =
        thread::available_parallelism().map_or(1, |n| n.get().min(THREADS)).min(shares.len().max(1));
    let shares = Mutex::new(shares.into_iter());
    let next = || shares.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || std::iter::from_fn(next).try_for_each(|share| share.ask(root, platform));
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        work()?;
        others
            .into_iter()
            .try_for_each(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Cards of one country's folder that one thread asks about.
struct Share<'a> {
    path: &'a str,
    companies: &'a Names,
    /// The place of the first.
    from: usize,
    cards: &'a mut [Option<Stat>],
}

impl Share<'_> {
    fn ask(self, root: &Path, platform: Platform) -> Result<()> {
        let path = root.join(self.path);
        let open = match CountryFolder::open(&path, platform) {
            Ok(open) => open,
            // It was taken away while we looked.
            Err(error) if is_absence(&error) => return Ok(()),
            Err(error) => return Err(Error::file(&path, error)),
        };
        for (at, card) in (self.from..).zip(self.cards) {
            let company = self.companies.get(at).unwrap_or_default();
            *card = open.card(company).map_err(|e| Error::file(&path.join(company), e))?;
        }
        Ok(())
    }
}
