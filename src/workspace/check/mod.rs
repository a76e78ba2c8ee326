//! `crm check`: every rule over the archive. The folders are walked once (`walk`), each company's
//! folder is looked into and its card read once, on several threads (`company`); then what only
//! several cards together tell is compared (`across`). The index is asked only whether the conditions
//! of saved views can be answered (`views`). Nothing is written; what has one safe mend is mended by
//! `mend`, on demand.

mod across;
mod company;
mod mend;
pub(super) mod names;
mod views;
mod walk;

use crate::archive::{CARD, SETTINGS};
use crate::card::read::line_and_column;
use crate::error::{Error, Problem, Result};
use crate::rules::check::{Finding, Fix, Mend, Said, Severity};
use crate::workspace::Workspace;
pub use mend::Mended;

/// A finding with its place in the archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What is wrong.
    pub finding: Finding,
    /// The number of the card, where it has one.
    pub card: String,
    /// The folder of the customer, or the one that the finding is about.
    pub folder: String,
    /// The file or folder, from the root.
    pub path: String,
    /// Line and column in the file, from 1.
    pub place: Option<(usize, usize)>,
}

impl Found {
    /// A finding about a file or folder as such.
    fn at(folder: &str, path: &str, finding: Finding) -> Found {
        let (folder, path, card) = (folder.to_owned(), path.to_owned(), String::new());
        Found { finding, card, folder, path, place: None }
    }

    /// A finding in a text.
    fn in_text(mut self, text: &str) -> Found {
        self.place = self.finding.at.map(|at| line_and_column(text, at));
        self
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.finding.code()
    }

    /// `path:line:column`, as far as there is one.
    pub fn place_text(&self) -> String {
        match self.place {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        }
    }

    /// How the archive's settings cannot be read, where that is what went wrong.
    pub fn of_settings(error: &Error) -> Option<Found> {
        let Problem::Settings { place, flaw } = error.problem() else { return None };
        let finding = Finding::new(Said::BadSettings { flaw: flaw.clone() }, Mend::SeeConfig);
        let mut numbers = place.split(':').skip(1).map(str::parse::<usize>);
        let place = match (numbers.next(), numbers.next()) {
            (Some(Ok(line)), Some(Ok(column))) => Some((line, column)),
            _ => None,
        };
        Some(Found { place, ..Found::at("", SETTINGS, finding) })
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// The worst first, then by folder, path and line.
    pub found: Vec<Found>,
    /// How many cards were looked at.
    pub cards: usize,
}

impl Checked {
    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|f| f.finding.severity == severity).count()
    }

    /// Those that have one safe mend.
    pub fn fixable(&self) -> impl Iterator<Item = (&Found, &Fix)> {
        self.found.iter().filter_map(|f| Some((f, f.finding.fix.as_ref()?)))
    }
}

impl Workspace {
    /// Looks at every card and every file; findings of other customers than those in `folders` are
    /// left out, where any are named.
    ///
    /// # Errors
    /// When the archive cannot be listed, or history cannot be read.
    pub fn check(&self, folders: &[String]) -> Result<Checked> {
        match self.laid_out()? {
            Some((then, _folder)) => then.check_on_disk(folders),
            None => self.check_on_disk(folders),
        }
    }

    fn check_on_disk(&self, folders: &[String]) -> Result<Checked> {
        let survey = walk::survey(self)?;
        let mut found = survey.found;
        let in_head = || self.history.head_customers(&self.layout);
        let (looked, in_head) = company::look(self, &survey.companies, folders, in_head);
        let (across, copies) = across::compare(self, &looked, &survey.companies, &in_head?)?;
        found.extend(across);
        if folders.is_empty() {
            found.extend(self.check_settings().err().and_then(|error| Found::of_settings(&error)));
            found.extend(self.check_views()?);
        }
        if copies.is_empty() {
            found.extend(looked.found);
        } else {
            let copies = copies.iter().map(|at| &survey.companies[*at]);
            let is_copy = |f: &Found| copies.clone().any(|company| company.folder == f.folder);
            found.extend(looked.found.into_iter().filter(|f| !is_copy(f)));
            copies.for_each(|company| found.extend(company::look_at_copy(self, company, folders)));
        }
        let mut cards = looked.count;
        if !folders.is_empty() {
            found.retain(|f| folders.contains(&f.folder));
            cards = folders.len();
        }
        found.sort_by(|a, b| {
            let severity = a.finding.severity.cmp(&b.finding.severity);
            severity
                .then_with(|| a.folder.cmp(&b.folder))
                .then_with(|| a.path.cmp(&b.path))
                .then_with(|| a.place.cmp(&b.place))
                .then_with(|| a.code().cmp(b.code()))
        });
        Ok(Checked { found, cards })
    }

    /// The folder of the customer that a person means, also where the card cannot be read.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn folder_meant(&self, text: &str) -> Result<String> {
        match self.find(text) {
            Ok(known) => Ok(known.folder),
            Err(error) => match error.problem() {
                Problem::CardUnreadable { place, .. } => {
                    let folder = place.split_once(&format!("/{CARD}:")).map(|(folder, _)| folder.to_owned());
                    folder.ok_or(error)
                }
                _ => Err(error),
            },
        }
    }
}
