//! Where an archive is shared: a git address, or a folder that every desk can see.

use std::path::{Path, PathBuf};

use super::heads;
use crate::error::{Error, Result};
use crate::history::{FIRST_BRANCH, git_error};

/// Where an archive is shared. A folder stands with its whole path: git would read a part of one from
/// wherever it is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Any address that git knows, such as `ssh://git.example/customers` or `git@git.example:customers`.
    Git(String),
    /// A folder on a shared disk or a stick.
    Folder(PathBuf),
}

impl Address {
    /// An address as typed, and as git reads it: what has a colon before its first slash is no folder,
    /// but for the letter of a drive.
    pub fn read(text: &str, absolute: impl FnOnce(&Path) -> Result<PathBuf>) -> Result<Address> {
        let first = text.split(['/', '\\']).next().unwrap_or(text);
        let is_drive = first.len() == 2 && first.as_bytes()[0].is_ascii_alphabetic();
        if first.contains(':') && !is_drive && !text.starts_with('-') {
            return Ok(Address::Git(text.to_owned()));
        }
        absolute(Path::new(text)).map(Address::Folder)
    }

    /// The address as git is given it.
    pub fn for_git(&self) -> String {
        match self {
            Address::Git(url) => url.clone(),
            Address::Folder(folder) => folder.to_string_lossy().into_owned(),
        }
    }

    /// Whether nobody shares anything there yet. git is run in `here`.
    ///
    /// # Errors
    /// When the address cannot be reached, or does not let us in.
    pub fn is_empty(&self, here: &Path) -> Result<bool> {
        Ok(self.is_unused_folder()? || heads(&self.for_git(), here)?.is_empty())
    }

    /// Makes an empty repository of a folder that is empty, or that is still missing in one that is there:
    /// where the disk itself is not there, nothing is made in its place.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn make_ready(&self) -> Result<()> {
        let Address::Folder(folder) = self else { return Ok(()) };
        if !self.is_unused_folder()? {
            return Ok(());
        }
        let mut options = git2::RepositoryInitOptions::new();
        options.bare(true).no_reinit(true).initial_head(FIRST_BRANCH);
        // On a shared disk every member of the group writes there.
        options.mode(git2::RepositoryInitMode::SHARED_GROUP);
        git2::Repository::init_opts(folder, &options).map(|_| ()).map_err(git_error)
    }

    /// Whether it is a folder with nothing in it, or one that can be made.
    pub(super) fn is_unused_folder(&self) -> Result<bool> {
        let Address::Folder(folder) = self else { return Ok(false) };
        match std::fs::read_dir(folder) {
            Ok(mut entries) => Ok(entries.next().is_none()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                Ok(folder.parent().is_some_and(Path::is_dir))
            }
            // A bundle is a file, and git says what it thinks of other files.
            Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => Ok(false),
            Err(e) => Err(Error::file(folder, e)),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Git(url) => f.write_str(url),
            Address::Folder(folder) => folder.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_told_from_addresses_as_git_does() {
        let read = |text: &str| {
            Address::read(text, |folder| Ok(Path::new("/work").join(folder))).expect("an address")
        };
        for text in ["https://git.example/a", "git@git.example:a/b", "host:a", "file:///media/stick/a"] {
            assert_eq!(read(text), Address::Git(text.to_owned()));
        }
        for text in ["/media/stick/a", "../a", "a", "./a:b", r"D:\stick\a", "D:/a", "--upload-pack=a:b"] {
            assert_eq!(read(text), Address::Folder(Path::new("/work").join(text)));
        }
    }
}
