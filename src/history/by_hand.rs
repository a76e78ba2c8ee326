//! What was done in the work tree by hand: everything in which it differs from HEAD.

use std::thread;

use git2::{Delta, DiffOptions};

use super::suspects::suspects;
use super::{History, git_error};
use crate::archive::platform::git_stat;
use crate::error::Result;

/// One file that differs from HEAD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandChange {
    /// The path from the root.
    pub path: String,
    /// What was done to it.
    pub kind: HandChangeKind,
}

/// What was done to a file by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandChangeKind {
    /// It is new.
    New,
    /// Its content differs.
    Changed,
    /// It is gone.
    Gone,
}

impl History {
    /// Every file that differs from HEAD, whether it is staged or not; ignored ones are not
    /// listed. Paths that are not UTF-8 are left out.
    ///
    /// # Errors
    /// When the repository or the work tree cannot be read.
    pub fn hand_changes(&self) -> Result<Vec<HandChange>> {
        let tree = self.head_tree()?;
        match self.may_differ(tree.as_ref())? {
            Some(paths) if paths.is_empty() => Ok(Vec::new()),
            paths => self.differences(tree.as_ref(), paths.unwrap_or_default()),
        }
    }

    /// What differs from HEAD among these paths; among all where none is named.
    fn differences(&self, tree: Option<&git2::Tree<'_>>, paths: Vec<Vec<u8>>) -> Result<Vec<HandChange>> {
        let mut options = DiffOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).ignore_submodules(true);
        options.disable_pathspec_match(true);
        for path in paths {
            options.pathspec(path);
        }
        let diff = self.repo.diff_tree_to_workdir_with_index(tree, Some(&mut options)).map_err(git_error)?;
        let change = |delta: git2::DiffDelta<'_>| {
            let kind = match delta.status() {
                Delta::Added | Delta::Untracked => HandChangeKind::New,
                Delta::Modified | Delta::Typechange | Delta::Conflicted => HandChangeKind::Changed,
                Delta::Deleted => HandChangeKind::Gone,
                _ => return None,
            };
            let file = if kind == HandChangeKind::Gone { delta.old_file() } else { delta.new_file() };
            Some(HandChange { path: String::from_utf8(file.path_bytes()?.to_vec()).ok()?, kind })
        };
        let mut changes: Vec<HandChange> = diff.deltas().filter_map(change).collect();
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        changes.dedup_by(|a, b| a.path == b.path);
        Ok(changes)
    }

    /// The only paths that can differ from HEAD: what is staged, and what does not look as git's index says;
    /// `None` where that is no help.
    fn may_differ(&self, tree: Option<&git2::Tree<'_>>) -> Result<Option<Vec<Vec<u8>>>> {
        let mut index = self.repo.index().map_err(git_error)?;
        index.read(false).map_err(git_error)?;
        // An index that was never written knows nothing.
        let Some(written) = index.path().and_then(|path| git_stat(path).ok()) else { return Ok(None) };
        let entries: Vec<git2::IndexEntry> = index.iter().collect();
        let root = &self.root;
        let (found, staged) = thread::scope(|scope| {
            let found = scope.spawn(move || suspects(root, entries.into_iter(), written.modified));
            let staged = self.repo.diff_tree_to_index(tree, Some(&index), None).map_err(git_error);
            (found.join(), staged)
        });
        // What cannot be listed is told by libgit2.
        let Ok(Ok(Some(mut paths))) = found else { return Ok(None) };
        let staged = staged?;
        let files = staged.deltas().flat_map(|delta| {
            [delta.old_file().path_bytes(), delta.new_file().path_bytes()].map(|p| p.map(<[u8]>::to_vec))
        });
        paths.extend(files.flatten());
        Ok(Some(paths))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::*;

    /// Writes a file as if an hour ago, so that its time stamp says something.
    #[allow(clippy::disallowed_methods, reason = "a work tree for a test")]
    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).expect("a time");
    }

    fn commit(history: &History) {
        let mut index = history.repo.index().expect("an index");
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
        index.write().expect("an index");
        let tree = history.repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
        let who = git2::Signature::now("Lin", "lin@example.com").expect("a name");
        let parent = history.head_commit().expect("a head");
        let parents: Vec<_> = parent.iter().collect();
        history.repo.commit(Some("HEAD"), &who, &who, "x", &tree, &parents).expect("a commit");
    }

    const FILES: [&str; 7] = [
        "crm.toml",
        ".gitignore",
        "customers/DE-Germany/Alpha/card.toml",
        "customers/DE-Germany/Alpha/papers/offers/1.txt",
        "customers/DE-Germany/Beta [x]/card.toml",
        "customers/FR-France/Gamma/card.toml",
        "prospects/CN-中国/启明/card.toml",
    ];

    type Edit = (&'static str, fn(&Path, &History));

    /// What a person may do, by hand or with plain git.
    #[allow(clippy::disallowed_methods, reason = "a work tree for a test")]
    const EDITS: [Edit; 15] = [
        ("nothing", |_, _| ()),
        ("a new text of the same length", |root, _| write(root, FILES[2], "othe")),
        ("a new text", |root, _| drop(fs::write(root.join(FILES[4]), "longer than it was"))),
        ("a card is gone", |root, _| drop(fs::remove_file(root.join(FILES[5])))),
        ("a folder is gone", |root, _| drop(fs::remove_dir_all(root.join("prospects")))),
        ("a folder moves", |root, _| {
            fs::create_dir_all(root.join("closed/DE-Germany")).expect("a folder");
            let _ = fs::rename(root.join("customers/DE-Germany/Alpha"), root.join("closed/DE-Germany/Alpha"));
        }),
        ("a paper comes", |root, _| write(root, "customers/FR-France/Gamma/new/deep/offer.pdf", "x")),
        ("a paper comes to the root", |root, _| write(root, "note.txt", "x")),
        ("something to be ignored", |root, _| write(root, "customers/FR-France/Gamma/a.tmp", "x")),
        ("a card is a folder now", |root, _| {
            let _ = fs::remove_file(root.join(FILES[4]));
            write(root, &format!("{}/odd.txt", FILES[4]), "x");
        }),
        ("it may be run", |root, _| {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(root.join(FILES[0]), mode).expect("a mode");
        }),
        ("a link", |root, _| {
            let _ = fs::remove_file(root.join(FILES[3]));
            let _ = fs::create_dir_all(root.join(FILES[3]).parent().expect("a folder"));
            std::os::unix::fs::symlink("nowhere", root.join(FILES[3])).expect("a link");
        }),
        ("a change is staged, and taken back on the disk", |root, history| {
            write(root, FILES[0], "staged");
            stage(history, FILES[0]);
            write(root, FILES[0], "text");
        }),
        ("a file is staged that is not on the disk", |root, history| {
            write(root, "gone.txt", "x");
            stage(history, "gone.txt");
            let _ = fs::remove_file(root.join("gone.txt"));
        }),
        ("a removal is staged, and the file is there", |_, history| {
            let mut index = history.repo.index().expect("an index");
            let _ = index.remove_path(Path::new(FILES[6]));
            index.write().expect("an index");
        }),
    ];

    fn stage(history: &History, path: &str) {
        let mut index = history.repo.index().expect("an index");
        index.add_path(Path::new(path)).expect("staged");
        index.write().expect("an index");
    }

    #[test]
    fn nothing_is_overlooked_by_looking_at_names_and_time_stamps() {
        for (one, first) in EDITS {
            for (other, second) in EDITS {
                let folder = tempfile::tempdir().expect("a folder");
                let root = folder.path();
                let history = History::init(root, None).expect("a repository");
                for path in FILES {
                    write(root, path, if path == ".gitignore" { "*.tmp\n" } else { "text" });
                }
                commit(&history);
                let tree = history.head_tree().expect("a tree");
                assert_eq!(history.may_differ(tree.as_ref()).expect("a look"), Some(Vec::new()));
                first(root, &history);
                second(root, &history);
                let whole = history.differences(tree.as_ref(), Vec::new()).expect("a diff");
                assert_eq!(history.hand_changes().expect("a diff"), whole, "{one}, then {other}");
            }
        }
    }
}
