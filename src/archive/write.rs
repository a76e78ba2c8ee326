//! Replacing a file so that a kill leaves it old or new, never torn: a temporary file in the
//! same folder, brought to the disk, renamed, and the folder brought to the disk.

#![allow(clippy::disallowed_methods, reason = "this is the place that replaces, moves and removes files")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use super::platform::sync_folder;
use crate::error::{Error, Problem, Result};

/// How the names of our drafts begin; they end in `.tmp`, which `.gitignore` knows.
pub const DRAFT: &str = ".crm-";

/// Bytes that are gathered before they are written.
const BUFFER: usize = 64 << 10;

/// Whether each file is brought to the disk by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durable {
    /// Each file, before the call returns.
    Each,
    /// Later, all at once, by the caller.
    Later,
}

/// Replaces or makes a file, and the folders above it.
///
/// # Errors
/// When the disk refuses; the old file is then untouched.
pub fn file(path: &Path, bytes: &[u8], durable: Durable) -> Result<()> {
    pieces(path, std::iter::once(bytes), durable)
}

/// The same with the content in pieces.
///
/// # Errors
/// When the disk refuses; the old file is then untouched.
pub fn pieces<'a>(path: &Path, pieces: impl IntoIterator<Item = &'a [u8]>, durable: Durable) -> Result<()> {
    through(path, durable, |writer| {
        pieces.into_iter().try_for_each(|piece| writer.write_all(piece)).map_err(|e| Error::file(path, e))
    })
}

/// The same with content that is made while it is written.
///
/// # Errors
/// When the content cannot be made or the disk refuses; the old file is then untouched.
pub fn through<T>(
    path: &Path,
    durable: Durable,
    fill: impl FnOnce(&mut BufWriter<&mut File>) -> Result<T>,
) -> Result<T> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    let fail = |e| Error::file(path, e);
    let mut builder = tempfile::Builder::new();
    builder.prefix(DRAFT).suffix(".tmp");
    let permissions = permissions(path);
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut temporary = builder.tempfile_in(folder).map_err(fail)?;
    let mut writer = BufWriter::with_capacity(BUFFER, temporary.as_file_mut());
    let made = fill(&mut writer)?;
    writer.flush().map_err(fail)?;
    drop(writer);
    if durable == Durable::Each {
        temporary.as_file().sync_all().map_err(fail)?;
    }
    temporary.persist(path).map_err(|e| fail(e.error))?;
    if durable == Durable::Each {
        sync_folder(folder).map_err(|e| Error::file(folder, e))?;
    }
    Ok(made)
}

/// The folder of a file, also of one that is named alone.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder, and those above it.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))
}

/// Copies a file to a place outside the archive, bytes as they are, and reads the copy again.
///
/// # Errors
/// When the disk refuses, or the copy differs.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let folder = folder_of(to);
    fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    let fail = |e| Error::file(to, e);
    let open = |path: &Path| fs::File::open(path).map_err(|e| Error::file(path, e));
    let mut builder = tempfile::Builder::new();
    let mut draft = builder.prefix(DRAFT).suffix(".tmp").tempfile_in(folder).map_err(fail)?;
    std::io::copy(&mut open(from)?, draft.as_file_mut()).map_err(fail)?;
    draft.as_file().sync_all().map_err(fail)?;
    draft.persist(to).map_err(|e| fail(e.error))?;
    sync_folder(folder).map_err(|e| Error::file(folder, e))?;
    if same(open(from)?, open(to)?).map_err(fail)? {
        return Ok(());
    }
    Err(Error::could_not(Problem::CopyDiffers { path: to.display().to_string() }))
}

/// Whether two files have the same bytes.
fn same(one: fs::File, other: fs::File) -> std::io::Result<bool> {
    let (mut one, mut other) =
        (BufReader::with_capacity(BUFFER, one), BufReader::with_capacity(BUFFER, other));
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let length = a.len().min(b.len());
        if length == 0 {
            return Ok(a.len() == b.len());
        }
        if a[..length] != b[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

/// Takes away the drafts that a killed command left in a folder. Only for who holds the lock:
/// nobody else is writing then.
pub fn remove_drafts(folder: &Path, prefix: &str) {
    let is_draft = |name: &str| name.starts_with(prefix) && name.ends_with(".tmp");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_draft) {
            // One that cannot go is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Those of the file that is replaced, else what the user's mask gives.
fn permissions(path: &Path) -> Option<fs::Permissions> {
    if let Ok(metadata) = fs::symlink_metadata(path) {
        return Some(metadata.permissions());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Some(fs::Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    None
}

/// Renames a folder, with everything in it, and makes the folders above its new place.
///
/// # Errors
/// When something stands there already, or the disk refuses.
pub fn rename_folder(from: &Path, to: &Path) -> Result<()> {
    let parent = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|e| Error::file(parent, e))?;
    fs::rename(from, to).map_err(|e| Error::file(to, e))?;
    sync_folder(parent).map_err(|e| Error::file(parent, e))?;
    if let Some(old_parent) = from.parent() {
        sync_folder(old_parent).map_err(|e| Error::file(old_parent, e))?;
        // An empty country folder would only be in the way; a full one stays.
        let _ = fs::remove_dir(old_parent);
    }
    Ok(())
}

/// Takes away what a command that failed has made in a folder that was empty or not there before.
///
/// # Errors
/// When the disk refuses.
pub fn clear_made(folder: &Path, was_there: bool) -> Result<()> {
    let failed = |e| Error::file(folder, e);
    if !was_there {
        return fs::remove_dir_all(folder).map_err(failed);
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_folder = entry.file_type().map_err(failed)?.is_dir();
        let path = entry.path();
        if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.map_err(failed)?;
    }
    Ok(())
}

/// Removes a file, and the folders above it up to `root` that it leaves empty.
///
/// # Errors
/// When the disk refuses; a file that is gone already is no error.
pub fn remove(root: &Path, path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if super::platform::is_absence(&error) => {}
        Err(error) => return Err(Error::file(path, error)),
    }
    let mut folder = path.parent();
    while let Some(at) = folder.filter(|f| *f != root && f.starts_with(root)) {
        if fs::remove_dir(at).is_err() {
            break;
        }
        folder = at.parent();
    }
    Ok(())
}
