//! `crm backup`: a copy of the archive elsewhere: the whole history as a bare repository
//! that any git can clone, and beside it plain copies of what is not in history yet. Read again
//! after writing.

use std::path::{Path, PathBuf};

use super::{Mode, Workspace};
use crate::archive::write;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::HandChangeKind;
use crate::history::History;
use crate::history::backup::Sound;

/// What a backup has.
#[derive(Clone, Debug)]
pub struct Backup {
    /// The bare repository.
    pub mirror: PathBuf,
    /// How many customers the archive has.
    pub customers: usize,
    /// What was read of the repository; `None` for a dry run.
    pub sound: Option<Sound>,
    /// Where the files are that are not in history yet, and how many.
    pub uncommitted: Option<(PathBuf, usize)>,
}

impl Workspace {
    /// Makes or follows up a backup in a folder.
    ///
    /// # Errors
    /// When the folder is inside the archive, has another archive's backup, or the disk refuses;
    /// when the copy turns out to be damaged.
    pub fn backup(&self, folder: &Path, mode: Mode) -> Result<Backup> {
        self.only_now()?;
        let root = self.root.canonicalize().map_err(|e| Error::file(&self.root, e))?;
        let folder = resolved(folder)?;
        if folder.starts_with(&root) {
            let folder = folder.display().to_string();
            return Err(Error::refused(Problem::BackupInside { folder }).hint(Hint::BackupElsewhere));
        }
        let name = root.file_name().map_or_else(|| "archive".into(), |n| n.to_string_lossy().into_owned());
        let mirror = folder.join(format!("{name}.git"));
        let stamp = self.clock.now.with_timezone(&self.settings.time_zone()).format("%Y%m%d-%H%M%S");
        let beside = folder.join(format!("{name}-uncommitted-{stamp}"));
        let files = self.uncommitted()?;
        let customers = self.everyone()?.len();
        let mut sound = None;
        if mode == Mode::Write {
            self.history.mirror_to(&mirror)?;
            for file in &files {
                write::copy(&self.root.join(file), &beside.join(file))?;
            }
            sound = Some(History::verify_copy(&mirror)?);
        }
        let uncommitted = (!files.is_empty()).then_some((beside, files.len()));
        Ok(Backup { mirror, customers, sound, uncommitted })
    }

    /// Files that differ from HEAD or are not in it, from the root.
    fn uncommitted(&self) -> Result<Vec<String>> {
        let changes = self.history.hand_changes()?.into_iter();
        let there = changes.filter(|c| c.kind != HandChangeKind::Gone).map(|c| c.path);
        Ok(there.filter(|path| self.root.join(path).is_file()).collect())
    }
}

/// Makes an archive in a new or empty folder again, from the bare repository of a backup.
///
/// # Errors
/// When the backup is none or is damaged, or the folder has something in it.
pub fn restore(backup: &Path, folder: &Path) -> Result<Sound> {
    super::check_new(folder)?;
    History::verify_copy(backup)?;
    write::make_folder(folder)?;
    History::restore_from(backup, folder)
}

/// A folder that may not be there yet, with links followed as far as it is.
fn resolved(folder: &Path) -> Result<PathBuf> {
    let there = folder.ancestors().find(|f| f.exists()).unwrap_or(folder);
    let rest = folder.strip_prefix(there).unwrap_or(Path::new(""));
    let there = there.canonicalize().map_err(|e| Error::file(there, e))?;
    Ok(if rest.as_os_str().is_empty() { there } else { there.join(rest) })
}
