//! The sweep: which cards there are, and their metadata, without reading one. The fixed depth of
//! the layout makes it cheap: stage and country folders are listed, and each card is asked about
//! by `company/card.toml` relative to its country's folder, so that no company's folder is
//! opened. A country folder whose time stamp is unchanged and old enough has the same companies.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    /// The companies' folder names, sorted.
    pub companies: Vec<String>,
    /// The metadata of each company's card; `None` where there is none.
    pub cards: Vec<Option<Stat>>,
}

/// What the sweep found.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    /// The country folders, sorted by path.
    pub folders: Vec<SweptFolder>,
    /// Folders that are no country, by path.
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
    mut known: impl FnMut(&str, i64) -> Option<Vec<String>>,
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
            let on_disk = root.join(&path);
            let modified = match stat(&on_disk) {
                // Whoever sets a time stamp back changes the other one.
                Ok(stat) => stat.modified.max(stat.changed),
                Err(error) if is_absence(&error) => continue,
                Err(error) => return Err(Error::file(&on_disk, error)),
            };
            let companies = match known(&path, modified) {
                Some(companies) => companies,
                None => list(&on_disk)?.0,
            };
            sweep.folders.push(SweptFolder { branch, country, path, modified, companies, cards: Vec::new() });
        }
    }
    ask_for_cards(root, platform, &mut sweep.folders)?;
    Ok(sweep)
}

/// Fills in the metadata of every card, on as many threads as pay.
fn ask_for_cards(root: &Path, platform: Platform, folders: &mut [SweptFolder]) -> Result<()> {
    let shares: Vec<(usize, usize)> = folders
        .iter()
        .enumerate()
        .flat_map(|(f, folder)| (0..folder.companies.len()).step_by(SHARE).map(move |from| (f, from)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, Vec<Option<Stat>>)>> {
        let mut done = Vec::new();
        loop {
            let share = next.fetch_add(1, Ordering::Relaxed);
            let Some((f, from)) = shares.get(share) else { return Ok(done) };
            let folder = &folders[*f];
            let to = (from + SHARE).min(folder.companies.len());
            done.push((share, ask(root, platform, folder, &folder.companies[*from..to])?));
        }
    };
    let threads =
        thread::available_parallelism().map_or(1, |n| n.get().min(THREADS)).min(shares.len().max(1));
    let mut answers = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut answers = work()?;
        for other in others {
            answers.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok::<_, Error>(answers)
    })?;
    answers.sort_unstable_by_key(|(share, _)| *share);
    for (share, cards) in answers {
        folders[shares[share].0].cards.extend(cards);
    }
    Ok(())
}

fn ask(
    root: &Path,
    platform: Platform,
    folder: &SweptFolder,
    companies: &[String],
) -> Result<Vec<Option<Stat>>> {
    let path = root.join(&folder.path);
    let open = match CountryFolder::open(&path, platform) {
        Ok(open) => open,
        // It was taken away while we looked.
        Err(error) if is_absence(&error) => return Ok(vec![None; companies.len()]),
        Err(error) => return Err(Error::file(&path, error)),
    };
    let card = |company: &String| open.card(company).map_err(|e| Error::file(&path.join(company), e));
    companies.iter().map(card).collect()
}
