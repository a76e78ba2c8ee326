//! Finding the archive: the folder that was named, else the nearest one upwards with settings.

use std::path::{Path, PathBuf};

use super::SETTINGS;
use crate::error::{Error, Hint, Problem, Result};

/// The root of the archive: `named` must be one; else the nearest folder from `working` upwards.
///
/// # Errors
/// When there is no archive.
pub fn root(named: Option<&Path>, working: &Path) -> Result<PathBuf> {
    if let Some(named) = named {
        let root = working.join(named);
        return if is_archive(&root) { Ok(root) } else { Err(none(&root)) };
    }
    above(working).ok_or_else(|| none(working))
}

/// The nearest archive from a folder upwards, the folder itself included.
pub fn above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|f| is_archive(f)).map(Path::to_owned)
}

/// Whether a folder is the root of an archive.
pub fn is_archive(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file()
}

fn none(at: &Path) -> Error {
    Error::not_found(Problem::NoArchive { folder: at.display().to_string() }).hint(Hint::InitOrName)
}
