//! One company's folder: its card, read once, and the papers beside it. Several are looked at at a
//! time.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use walkdir::WalkDir;

use super::walk::{Company, DEPTH, joined, text_name, told_by_name};
use super::{Found, names};
use crate::archive::platform::is_absence;
use crate::archive::{CARD, Stage, names as folder_names};
use crate::card::{locate, read};
use crate::index::ask::split_number;
use crate::rules::check::{self, Filed, Finding, Fix, Mend, Said};
use crate::sections::SCHEMA;
use crate::settings::Settings;
use crate::workspace::Workspace;

/// Companies that one thread looks at before it takes the next share.
const SHARE: usize = 64;
/// Threads at most: more wait for the same disk.
const THREADS: usize = 4;

/// What comparing cards with each other needs to know of one.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Where it stands, among all companies.
    pub company: usize,
    /// The id in the text, or the one that follows from it.
    pub id: String,
    /// The number, with its letters and digits apart.
    pub number: Option<(String, i64)>,
    /// What people call it: the number as it is written, else nothing.
    pub no: String,
    /// Where the number stands.
    pub no_at: Option<(usize, usize)>,
    /// Ids that the customer had before.
    pub former: Vec<String>,
}

/// What was found in companies' folders.
#[derive(Default)]
pub(super) struct Looked {
    pub cards: Vec<Seen>,
    pub found: Vec<Found>,
    /// The name of each folder as a file system that folds case takes it.
    pub folded: Vec<(usize, String)>,
    /// Folders without a card.
    pub cardless: Vec<usize>,
    pub count: usize,
}

/// What a thread needs; the workspace itself cannot be shared.
struct Desk<'a> {
    workspace_root: &'a std::path::Path,
    layout: &'a crate::archive::Layout,
    settings: &'a Settings,
    today: chrono::NaiveDate,
    by_name: &'a [String],
    /// Whether the folder is known to be a copy.
    is_copy: bool,
}

/// Looks again into a folder that turned out to be a copy: the number in it is the first one's, so
/// that no command may be told to take it.
pub(super) fn look_at_copy(workspace: &Workspace, company: &Company, by_name: &[String]) -> Vec<Found> {
    let mut looked = Looked::default();
    Desk { is_copy: true, ..Desk::new(workspace, by_name) }.company(0, company, &mut looked);
    looked.found
}

/// Looks into every company's folder; this thread does something else first, `meanwhile`.
pub(super) fn look<T>(
    workspace: &Workspace,
    companies: &[Company],
    by_name: &[String],
    meanwhile: impl FnOnce() -> T,
) -> (Looked, T) {
    let desk = Desk::new(workspace, by_name);
    let next = AtomicUsize::new(0);
    let shares: Vec<&[Company]> = companies.chunks(SHARE).collect();
    let all = Mutex::new(Looked::default());
    let work = || {
        let mut own = Looked::default();
        loop {
            let share = next.fetch_add(1, Ordering::Relaxed);
            let Some(companies) = shares.get(share) else { break };
            for (at, company) in companies.iter().enumerate() {
                desk.company(share * SHARE + at, company, &mut own);
            }
        }
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.cards.append(&mut own.cards);
        all.found.append(&mut own.found);
        all.folded.append(&mut own.folded);
        all.cardless.append(&mut own.cardless);
        all.count += own.count;
    };
    let threads =
        thread::available_parallelism().map_or(1, |n| n.get().min(THREADS)).min(shares.len().max(1));
    let done = thread::scope(|scope| {
        (1..threads).for_each(|_| {
            scope.spawn(work);
        });
        let done = meanwhile();
        work();
        done
    });
    let mut looked = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    looked.cards.sort_by_key(|seen| seen.company);
    (looked, done)
}

impl<'a> Desk<'a> {
    fn new(workspace: &'a Workspace, by_name: &'a [String]) -> Desk<'a> {
        Desk {
            workspace_root: &workspace.root,
            layout: &workspace.layout,
            settings: &workspace.settings,
            today: workspace.today(),
            by_name,
            is_copy: false,
        }
    }

    fn company(&self, at: usize, company: &Company, looked: &mut Looked) {
        let folder = &company.folder;
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        looked.folded.push((at, joined(parent, &folder_names::fold(name))));
        let from = looked.found.len();
        let no = match self.read(folder) {
            Ok(None) => {
                looked.cardless.push(at);
                let mend = Mend::GiveCard { path: joined(folder, CARD) };
                looked.found.push(Found::at(folder, folder, Finding::new(Said::FolderWithoutCard, mend)));
                String::new()
            }
            Err(found) => {
                looked.count += 1;
                looked.found.push(*found);
                String::new()
            }
            Ok(Some(text)) => {
                looked.count += 1;
                self.card(at, company, &text, looked)
            }
        };
        self.filing(company, &no, looked);
        self.papers(folder, looked);
        for found in &mut looked.found[from..] {
            found.card.clone_from(&no);
        }
    }

    /// The text of a card; `None` where there is none.
    fn read(&self, folder: &str) -> Result<Option<String>, Box<Found>> {
        let path = joined(folder, CARD);
        let unreadable = |reason: String| {
            let mend = Mend::EditFile { path: path.clone() };
            Box::new(Found::at(
                folder,
                &path,
                Finding::new(Said::CardUnreadable { reason: reason.into() }, mend),
            ))
        };
        let bytes = match fs::read(self.workspace_root.join(&path)) {
            Ok(bytes) => bytes,
            Err(error) if is_absence(&error) => return Ok(None),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        String::from_utf8(bytes).map(Some).map_err(|error| {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let place = Some(read::line_and_column(&text, error.utf8_error().valid_up_to()));
            Box::new(Found { place, ..*unreadable("invalid UTF-8".to_owned()) })
        })
    }

    /// The card; its number as it is written.
    fn card(&self, at: usize, company: &Company, text: &str, looked: &mut Looked) -> String {
        let (folder, path) = (&company.folder, joined(&company.folder, CARD));
        let card = match read::read(text, &SCHEMA) {
            Ok(card) => card,
            Err(fault) => {
                let said = Said::CardUnreadable { reason: fault.message.into() };
                let finding = Finding::new(said, Mend::EditFile { path: path.clone() }).at(Some(fault.at));
                looked.found.push(Found::at(folder, &path, finding).in_text(text));
                return String::new();
            }
        };
        let no = card.basics.get(SCHEMA.card, "no").map(|v| v.text().into_owned()).unwrap_or_default();
        let no = if self.is_copy { String::new() } else { no };
        let name = if split_number(&no).is_some() { no.clone() } else { format!("'{folder}'") };
        let stage = company.branch.stage().token();
        let by_name = self.by_name.contains(folder);
        let filed = Filed { stage, country: company.country, card: &name, by_name };
        let findings = check::card(&card, text, &filed, self.settings, self.today);
        looked.found.extend(findings.into_iter().map(|f| Found::at(folder, &path, f).in_text(text)));
        let number = split_number(&no);
        let no_at = || locate::place(text, &[], Some("no")).map(|at| read::line_and_column(text, at));
        if number.is_none() && !no.is_empty() {
            let finding = Finding::new(Said::BadNumber { no: no.clone() }, Mend::DropNumber);
            let place = no_at();
            looked.found.push(Found { place, ..Found::at(folder, &path, finding) });
        }
        let former = locate::former_ids(text);
        looked.cards.push(Seen {
            company: at,
            id: card.basics.id,
            number,
            no: no.clone(),
            no_at: None,
            former,
        });
        no
    }

    /// Where the folder stands, and what it is called.
    fn filing(&self, company: &Company, no: &str, looked: &mut Looked) {
        let folder = &company.folder;
        let wanted = self.layout.filing(company.branch.stage(), company.country);
        if wanted != company.branch && company.branch.stage() == Stage::Customer {
            let there = self.layout.branch_name(company.branch).to_owned();
            let said = Said::WrongBranch { there, wanted: self.layout.branch_name(wanted).to_owned() };
            let finding = Finding::new(said, Mend::Fixable).fixed_by(Fix::Refile);
            looked.found.push(Found::at(folder, folder, finding));
        }
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        let safe = folder_names::safe(name, parent, no);
        if safe == name || safe.is_empty() {
            return;
        }
        let target = joined(parent, &safe);
        let said = Said::UnsafeName { name: name.to_owned() };
        let finding = if self.workspace_root.join(&target).exists() {
            Finding::new(said, Mend::RenameFolder)
        } else {
            Finding::new(said, Mend::Fixable).fixed_by(Fix::Rename(target))
        };
        looked.found.push(Found::at(folder, folder, finding));
    }

    /// The papers beside the card. Most folders have no others below them: those alone are walked.
    fn papers(&self, folder: &str, looked: &mut Looked) {
        let on_disk = self.workspace_root.join(folder);
        // Where the folder cannot be opened, the card could not either, and that is said.
        let entries = fs::read_dir(&on_disk).into_iter().flatten();
        for entry in entries.filter_map(Result::ok) {
            if entry.file_name() == CARD && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            let walk = WalkDir::new(entry.path()).max_depth(DEPTH).into_iter();
            for paper in walk.filter_entry(|e| e.file_name() != ".git").filter_map(Result::ok) {
                let finding = self.paper(folder, &paper, &on_disk);
                looked.found.extend(finding);
            }
        }
    }

    fn paper(&self, folder: &str, paper: &walkdir::DirEntry, on_disk: &std::path::Path) -> Option<Found> {
        let below = paper.path().strip_prefix(on_disk).unwrap_or(paper.path());
        let below = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let path = joined(folder, &below);
        let parent = path.rsplit_once('/').map_or(folder, |(parent, _)| parent);
        let name = match text_name(paper.file_name(), parent) {
            Ok(name) => name,
            Err(found) => return Some(Found { folder: folder.to_owned(), ..*found }),
        };
        let kind = paper.file_type();
        let told = if kind.is_file() { told_by_name(&name) } else { None };
        let finding = if kind.is_symlink() {
            Finding::new(Said::Link, Mend::ReplaceLink)
        } else if let Some(told) = told {
            told
        } else if names::is_harmless(&name) {
            return None;
        } else if kind.is_file() && name == CARD {
            Finding::new(Said::StrayCard, Mend::MoveCard)
        } else if !folder_names::holds_everywhere(&name) {
            let wanted = folder_names::safe(&name, "", "paper");
            Finding::new(Said::UnsafeName { name }, Mend::RenameIt { wanted })
        } else {
            self.too_large(paper)?
        };
        Some(Found::at(folder, &path, finding))
    }

    fn too_large(&self, paper: &walkdir::DirEntry) -> Option<Finding> {
        let size = paper.file_type().is_file().then(|| paper.metadata().ok()).flatten()?.len();
        let most = self.settings.papers.max_mib;
        let mib = size.div_ceil(1 << 20);
        (size > most.saturating_mul(1 << 20))
            .then(|| Finding::new(Said::LargePaper { mib, most }, Mend::Shrink))
    }
}
