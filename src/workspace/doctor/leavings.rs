//! What lies about in git's own folder: second versions that a program for sharing files made there, and
//! objects that wait to be packed.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{Finding, Look, Mend, Said};
use crate::archive::platform::for_shell;
use crate::error::Result;
use crate::workspace::check::names::has_copy_mark;

/// The characters that such programs write in Chinese, whatever follows.
const CONFLICT: [&str; 2] = ["冲突", "衝突"];
/// The ending of what a merge put aside.
const ASIDE: &str = ".orig";

/// No program for sharing files has been at work in git's folder: git takes a second version of a branch
/// for another branch, and of an index for nothing at all.
pub(super) fn conflict_copies(look: &Look<'_>) -> Result<Vec<Finding>> {
    let folder = look.workspace.history.git_folder();
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| !is_left_out(entry));
    let files = walk.filter_map(|entry| entry.ok()).filter(|entry| entry.file_type().is_file());
    let copies = files.filter(|entry| is_copy(entry.path()));
    let found = |entry: DirEntry| {
        let said = Said::ConflictCopy { file: entry.path().display().to_string() };
        Finding::error(said, Mend::MoveAway { file: for_shell(entry.path()) })
    };
    Ok(copies.map(found).collect())
}

/// Our own folder, and the folders of single objects, whose names are their content.
fn is_left_out(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_object_folder = name.len() == 2 && name.bytes().all(|b| b.is_ascii_hexdigit());
    entry.file_type().is_dir()
        && match entry.depth() {
            1 => name == "crm",
            2 => is_object_folder,
            _ => false,
        }
}

fn is_copy(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_lowercase()) else { return false };
    let is_aside = || name.ends_with(ASIDE) && path.with_extension("").is_file();
    has_copy_mark(&name)
        || CONFLICT.iter().any(|mark| name.contains(mark))
        || is_numbered(&name)
        || is_aside()
}

/// `index (1)`, `main (2).lock`: what file managers call a second file of one name.
fn is_numbered(name: &str) -> bool {
    let numbers = name.split(" (").skip(1).filter_map(|rest| rest.split_once(')'));
    numbers.map(|(number, _)| number).any(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Not so many loose objects that git would pack them now.
pub(super) fn loose_objects(look: &Look<'_>) -> Result<Vec<Finding>> {
    let found = |count| Finding::warning(Said::LooseObjects { count }, Mend::Pack);
    Ok(look.workspace.history.loose_objects()?.map(found).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::is_copy;

    #[test]
    fn second_versions_are_told_from_what_git_writes() {
        for name in [
            "index (1)",
            "main (Lin's conflicted copy 2026-03-01)",
            "main.sync-conflict-20260301-101010-ABC",
            "HEAD (冲突副本)",
            "index.lock (2)",
            "main_衝突",
        ] {
            assert!(is_copy(name.as_ref()), "{name}");
        }
        for name in ["index", "main", "ORIG_HEAD", "pre-commit.sample", "lin.orig", "offer(1)", "index.lock"]
        {
            assert!(!is_copy(name.as_ref()), "{name}");
        }
    }
}
