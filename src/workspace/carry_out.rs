//! Carrying out a prepared commit, step by step; and finishing one that a kill left. Every step
//! may be done twice.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Workspace;
use crate::archive::platform::{self, is_absence, sync_file_system};
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Problem, Result};
use crate::history::journal::FileStep;
use crate::history::took::INTERRUPTED;
use crate::history::{Changes, History, Id, Journal};

/// How git writes a symbolic link.
const LINK: i32 = 0o120_000;
/// From so many files on, the disk is waited for once and not for each file.
const BULK_FROM: usize = 50;

impl Workspace {
    /// Finishes what a killed command left. Called with the lock held, before anything else.
    ///
    /// A journal whose branch has moved on is dropped: then somebody else decided, and what is
    /// left in the work tree is an edit by hand like any other.
    pub(super) fn recover(&self) -> Result<()> {
        write::remove_drafts(&self.history.crm_folder(), write::DRAFT);
        let Some(journal) = self.history.left_journal()? else { return self.history.drop_journal() };
        let folders: BTreeSet<_> = journal.files.iter().filter_map(|s| Path::new(&s.path).parent()).collect();
        for folder in folders {
            write::remove_drafts(&self.root.join(folder), write::DRAFT);
        }
        self.history.release_own_locks(&journal)?;
        if self.history.can_finish(&journal)? {
            self.work_tree(&journal)?;
            self.history.finish(&journal, INTERRUPTED)?;
        }
        self.history.drop_journal()
    }

    /// Commits changes: journal, work tree, reference, git's index, journal away.
    pub(super) fn carry_out(&self, changes: &Changes, message: &str) -> Result<Id> {
        self.check_disk(changes)?;
        let moving: Vec<_> =
            changes.renames.iter().filter(|(from, _)| self.root.join(from).exists()).cloned().collect();
        let going =
            changes.removed.iter().filter(|path| self.root.join(self.before_renames(path, changes)).exists());
        let going: Vec<_> = going.cloned().collect();
        let journal = self.history.prepare(changes, message, &self.stamp()?)?;
        let new = self.bring_about(journal, message, &moving, &going)?;
        // A note that stays does no harm: HEAD has another content by now.
        let _ = self.no_more_behind(changes);
        Ok(new)
    }

    /// A merge that is prepared. Everything is looked at before the first file is touched. The cards that
    /// stay behind, since they are half-typed on the disk.
    pub(super) fn carry_out_merge(&self, journal: Journal, message: &str) -> Result<Vec<String>> {
        let mut behind = Vec::new();
        let before = Changes { renames: journal.renames.clone(), ..Changes::default() };
        for step in &journal.files {
            let path = self.before_renames(&step.path, &before);
            let goes_away = |(from, _): &(String, String)| {
                step.path.strip_prefix(from.as_str()).is_some_and(|rest| rest.starts_with('/'))
            };
            // What goes from there travels with its folder.
            let comes_or_goes = step.old.is_none() || step.new.is_none();
            if comes_or_goes && journal.renames.iter().any(goes_away) {
                continue;
            }
            let now = self.id_on_disk(&path)?;
            // What is missing was removed by hand, and waits.
            let is_another = now.is_some() && now != step.old && now != step.new;
            if is_another && self.falls_behind(step, &path)? {
                behind.push(path);
            } else if is_another {
                return Err(Error::could_not(Problem::WouldOverwrite { path }).hint(Hint::MoveAside));
            }
        }
        let going =
            journal.files.iter().filter(|step| step.new.is_none() && self.root.join(&step.path).exists());
        let going: Vec<String> = going.map(|step| step.path.clone()).collect();
        let moving = journal.renames.clone();
        self.bring_about(journal, message, &moving, &going)?;
        Ok(behind)
    }

    /// Does what a journal says, or steps back.
    fn bring_about(
        &self,
        journal: Journal,
        message: &str,
        moving: &[(String, String)],
        going: &[String],
    ) -> Result<Id> {
        self.history.write_journal(&journal)?;
        let sentence = message.lines().next().unwrap_or("");
        let done = self.work_tree(&journal).and_then(|()| self.history.finish(&journal, sentence));
        match done {
            Ok(()) => self.history.drop_journal()?,
            // The commit stands; what is left of it is done by the next command that writes.
            Err(_) if self.history.stands(&journal.new)? => {}
            Err(error) => {
                self.step_back(&journal, moving, going)?;
                return Err(error);
            }
        }
        Ok(journal.new)
    }

    /// Every file that will be written is as it was read; nothing stands in the way of a move.
    fn check_disk(&self, changes: &Changes) -> Result<()> {
        for (from, to) in &changes.renames {
            let (source, target) = (self.root.join(from), self.root.join(to));
            if source.exists() && target.exists() && !same_folder(&source, &target) {
                return Err(Error::could_not(Problem::InTheWay { path: to.clone() }));
            }
        }
        for (path, file) in &changes.files {
            let now = self.id_on_disk(&self.before_renames(path, changes))?;
            if now != file.replaces && now != Some(file.id()) {
                return Err(
                    Error::could_not(Problem::ChangedMeanwhile { path: path.clone() }).hint(Hint::TryAgain)
                );
            }
        }
        Ok(())
    }

    /// Brings the work tree to the new commit. A file that is neither old nor new was changed by
    /// hand since, and is left.
    fn work_tree(&self, journal: &Journal) -> Result<()> {
        for (from, to) in &journal.renames {
            let (from, to) = (self.root.join(from), self.root.join(to));
            if from.exists() && (!to.exists() || same_folder(&from, &to)) {
                write::rename_folder(&from, &to)?;
            }
        }
        let durable = if journal.files.len() >= BULK_FROM { Durable::Later } else { Durable::Each };
        for step in &journal.files {
            let now = self.id_on_disk(&step.path)?;
            if now == step.new || now != step.old {
                continue;
            }
            let path = self.root.join(&step.path);
            match &step.new {
                None => write::remove(&self.root, &path)?,
                Some(id) => self.write_step(step, id, durable)?,
            }
        }
        if durable == Durable::Later {
            sync_file_system(&self.root, self.platform).map_err(|e| Error::file(&self.root, e))?;
        }
        Ok(())
    }

    /// Writes a file as a commit has it: a link is a link, and what may be run may be run.
    fn write_step(&self, step: &FileStep, id: &str, durable: Durable) -> Result<()> {
        let path = self.root.join(&step.path);
        if step.mode == LINK {
            let folder = path.parent().unwrap_or(&self.root);
            write::make_folder(folder)?;
            return platform::link(&path, &self.history.content_of(id)?).map_err(|e| Error::file(&path, e));
        }
        write::file(&path, &self.history.disk_bytes(&step.path, id)?, durable)?;
        // A disk without modes, such as a Windows drive, has nothing to set.
        let _ = platform::set_git_mode(&path, u32::try_from(step.mode).unwrap_or(0));
        Ok(())
    }

    /// A commit that could not be finished although nobody was killed: what was written is taken
    /// back, so that card and history are as they were.
    fn step_back(&self, journal: &Journal, moved: &[(String, String)], removed: &[String]) -> Result<()> {
        for step in &journal.files {
            if step.new.is_none() || self.id_on_disk(&step.path)? != step.new {
                continue;
            }
            let path = self.root.join(&step.path);
            match &step.old {
                Some(old) if Some(old) != step.new.as_ref() => {
                    // What was never committed is an adopted edit by hand, and stays with its ids.
                    if let Ok(bytes) = self.history.disk_bytes(&step.path, old) {
                        write::file(&path, &bytes, Durable::Each)?;
                    }
                }
                Some(_) => {}
                None => write::remove(&self.root, &path)?,
            }
        }
        let gone = journal.files.iter().filter(|s| s.new.is_none() && removed.contains(&s.path));
        for (path, old) in gone.filter_map(|s| Some((&s.path, s.old.as_ref()?))) {
            if self.id_on_disk(path)?.is_none() {
                write::file(&self.root.join(path), &self.history.disk_bytes(path, old)?, Durable::Each)?;
            }
        }
        for (from, to) in moved.iter().rev() {
            if self.root.join(to).exists() && !self.root.join(from).exists() {
                write::rename_folder(&self.root.join(to), &self.root.join(from))?;
            }
        }
        self.history.drop_journal()
    }

    /// Where a file stands before the renames are made. A folder that a person moved is there already.
    fn before_renames(&self, path: &str, changes: &Changes) -> String {
        for (from, to) in changes.renames.iter().filter(|(from, _)| self.root.join(from).exists()) {
            if let Some(rest) = path.strip_prefix(to.as_str()).filter(|r| r.starts_with('/')) {
                return format!("{from}{rest}");
            }
        }
        path.to_owned()
    }

    /// The id of a file on the disk; `None` where there is none.
    pub(super) fn id_on_disk(&self, path: &str) -> Result<Option<Id>> {
        let (name, path) = (path, self.root.join(path));
        if let Some(target) = platform::link_target(&path) {
            return Ok(Some(History::id_of(&target)));
        }
        match fs::read(&path) {
            Ok(_) if self.history.is_filtered(name) => self.history.filtered_id(name, false).map(Some),
            Ok(bytes) => Ok(Some(History::id_of(&bytes))),
            Err(e) if is_absence(&e) => Ok(None),
            Err(e) => Err(Error::file(&path, e)),
        }
    }
}

/// Whether two paths are one folder, as on a file system that folds case.
fn same_folder(a: &std::path::Path, b: &std::path::Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
