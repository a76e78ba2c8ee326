//! The walk over root, stages and countries: which companies there are, and what stands where nothing
//! of ours is looked for. Links are not followed.

use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::Path;

use walkdir::WalkDir;

use super::{Found, names};
use crate::archive::{Branch, CARD};
use crate::card::Country;
use crate::card::country::Written;
use crate::error::{Error, Result};
use crate::rules::check::{Finding, Fix, Mend, Said};
use crate::workspace::Workspace;

/// How deep a card is looked for that is nowhere in the layout.
pub(super) const DEPTH: usize = 8;
/// Folders at the root that are no stage and ours all the same.
const OWN_FOLDERS: [&str; 2] = [".git", crate::archive::BOOKS];

/// A company's folder.
#[derive(Clone, Debug)]
pub(super) struct Company {
    pub branch: Branch,
    pub country: Country,
    /// From the root.
    pub folder: String,
}

/// What the walk found.
#[derive(Default)]
pub(super) struct Survey {
    pub companies: Vec<Company>,
    pub found: Vec<Found>,
}

/// What stands in a folder, by name.
enum Entry {
    Folder(String),
    File(String),
}

/// Walks root, stages and countries.
pub(super) fn survey(workspace: &Workspace) -> Result<Survey> {
    let mut survey = Survey::default();
    let stages = survey.entries(&workspace.root, "")?;
    for stage in stages {
        match stage {
            Entry::File(name) => {
                if !survey.known_file("", &name) && name == CARD {
                    survey.push("", &name, Finding::new(Said::StrayCard, Mend::MoveCard));
                }
            }
            Entry::Folder(name) if OWN_FOLDERS.contains(&name.as_str()) => {}
            Entry::Folder(name) => match workspace.layout.branch(&name) {
                Some(branch) => survey.stage(workspace, branch, &name)?,
                None => survey.found.extend(strays(&workspace.root, &name)),
            },
        }
    }
    survey.companies.sort_by(|a, b| a.folder.cmp(&b.folder));
    Ok(survey)
}

impl Survey {
    fn push(&mut self, folder: &str, path: &str, finding: Finding) {
        self.found.push(Found::at(folder, path, finding));
    }

    fn stage(&mut self, workspace: &Workspace, branch: Branch, stage: &str) -> Result<()> {
        for entry in self.entries(&workspace.root, stage)? {
            let name = match entry {
                Entry::Folder(name) => name,
                Entry::File(name) => {
                    self.file_between(stage, &name);
                    continue;
                }
            };
            let path = format!("{stage}/{name}");
            let Some(country) = workspace.layout.country(&name) else {
                let wanted = format!("{stage}/{}", workspace.layout.country_name(Country::UNKNOWN));
                let finding = Finding::new(Said::NotACountry { name }, Mend::RenameIt { wanted });
                self.push(&path, &path, finding);
                self.found.extend(strays(&workspace.root, &path));
                continue;
            };
            if !name.starts_with(&format!("{}-", country.code())) {
                self.unclear_country(workspace, stage, &name, country);
            }
            for entry in self.entries(&workspace.root, &path)? {
                match entry {
                    Entry::File(name) => self.file_between(&path, &name),
                    Entry::Folder(name) => {
                        self.companies.push(Company { branch, country, folder: format!("{path}/{name}") });
                    }
                }
            }
        }
        Ok(())
    }

    /// A country that is read, but not named by its code.
    fn unclear_country(&mut self, workspace: &Workspace, stage: &str, name: &str, country: Country) {
        let wanted = workspace.layout.country_name(country);
        let path = format!("{stage}/{name}");
        let target = format!("{stage}/{wanted}");
        let said = Said::UnclearCountry { name: name.to_owned(), wanted };
        let finding = if workspace.root.join(&target).exists() {
            Finding::new(said, Mend::MoveThem { wanted: target, country: Written(country) })
        } else {
            Finding::new(said, Mend::Fixable).fixed_by(Fix::Rename(target))
        };
        self.push(&path, &path, finding);
    }

    /// A file in a stage's or country's folder.
    fn file_between(&mut self, folder: &str, name: &str) {
        if self.known_file(folder, name) {
            return;
        }
        let finding = if name == CARD {
            Finding::new(Said::StrayCard, Mend::MoveCard)
        } else {
            Finding::new(Said::StrayFile, Mend::MoveFile)
        };
        self.push(folder, &joined(folder, name), finding);
    }

    /// A draft, a second version, or what systems leave: whether a file is one of them.
    fn known_file(&mut self, folder: &str, name: &str) -> bool {
        match told_by_name(name) {
            Some(finding) => {
                self.push(folder, &joined(folder, name), finding);
                true
            }
            None => names::is_harmless(name),
        }
    }

    /// What stands in a folder; links and names that are not UTF-8 are said and left out.
    fn entries(&mut self, root: &Path, folder: &str) -> Result<Vec<Entry>> {
        let on_disk = root.join(folder);
        let refused = |e| Error::file(&on_disk, e);
        let mut entries = Vec::new();
        for entry in fs::read_dir(&on_disk).map_err(refused)? {
            match entry.and_then(|entry| sorted_out(&entry, folder)).map_err(refused)? {
                Ok(entry) => entries.push(entry),
                Err(found) => self.found.push(*found),
            }
        }
        Ok(entries)
    }
}

/// One entry, or what is to be said of it.
fn sorted_out(entry: &DirEntry, folder: &str) -> std::io::Result<Result<Entry, Box<Found>>> {
    let name = match text_name(&entry.file_name(), folder) {
        Ok(name) => name,
        Err(found) => return Ok(Err(found)),
    };
    let kind = entry.file_type()?;
    Ok(if kind.is_symlink() {
        let finding = Finding::new(Said::Link, Mend::ReplaceLink);
        Err(Box::new(Found::at(folder, &joined(folder, &name), finding)))
    } else if kind.is_dir() {
        Ok(Entry::Folder(name))
    } else {
        Ok(Entry::File(name))
    })
}

/// A name as text, or what is to be said of it.
pub(super) fn text_name(name: &OsStr, folder: &str) -> Result<String, Box<Found>> {
    name.to_str().map(str::to_owned).ok_or_else(|| {
        let shown = name.to_string_lossy().into_owned();
        let path = joined(folder, &shown);
        let mend = Mend::RenameIt { wanted: path.replace('\u{fffd}', "_") };
        Box::new(Found::at(folder, &path, Finding::new(Said::NameNotUtf8 { name: shown }, mend)))
    })
}

/// What the name of a file tells.
pub(super) fn told_by_name(name: &str) -> Option<Finding> {
    if names::is_draft(name) {
        return Some(Finding::new(Said::DraftLeft, Mend::Fixable).fixed_by(Fix::RemoveDraft));
    }
    let of = names::copy_of(name)?;
    Some(Finding::new(Said::ConflictCopy { of }, Mend::CompareCopy))
}

/// Cards below a folder in which no customer is looked for.
fn strays(root: &Path, folder: &str) -> Vec<Found> {
    let walk = WalkDir::new(root.join(folder)).max_depth(DEPTH).into_iter();
    let walk = walk.filter_entry(|e| e.file_name() != ".git").filter_map(std::result::Result::ok);
    let cards = walk.filter(|e| e.file_type().is_file() && e.file_name() == CARD);
    let path = |e: &walkdir::DirEntry| {
        let path = e.path().strip_prefix(root).unwrap_or(e.path());
        path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    };
    cards
        .map(|card| {
            let path = path(&card);
            let at = path.strip_suffix(CARD).unwrap_or(&path).trim_end_matches('/');
            Found::at(at, &path, Finding::new(Said::StrayCard, Mend::MoveCard))
        })
        .collect()
}

/// A path from the root.
pub(super) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
