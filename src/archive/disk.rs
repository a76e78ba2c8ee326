//! What a disk takes for one name: tried out with a file of our own, since what a system usually does
//! says little about the disk at hand.

use std::fs;
use std::path::Path;

use super::Platform;
use super::write::make_folder;
use crate::error::{Error, Result};

/// A capital letter with a mark, as one character.
const COMPOSED: &str = "\u{c4}";
/// The same as two characters.
const DECOMPOSED: &str = "A\u{308}";
/// The same as a small letter.
const SMALL: &str = "\u{e4}";

/// Names that a disk takes for the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// Those that differ only in capital and small letters.
    pub case: bool,
    /// Those that differ only in how letters are composed.
    pub composition: bool,
}

impl Folding {
    /// Tries a disk out with a file below `folder`, which goes again.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn of(folder: &Path, platform: Platform) -> Result<Folding> {
        if platform == Platform::Folding {
            return Ok(Folding { case: true, composition: true });
        }
        make_folder(folder)?;
        let tried = tempfile::Builder::new().prefix("names-").tempdir_in(folder);
        let tried = tried.map_err(|e| Error::file(folder, e))?;
        let file = tempfile::Builder::new().prefix(COMPOSED).rand_bytes(0).tempfile_in(tried.path());
        let _file = file.map_err(|e| Error::file(tried.path(), e))?;
        let is_there = |name: &str| fs::symlink_metadata(tried.path().join(name)).is_ok();
        Ok(Folding { case: is_there(SMALL), composition: is_there(DECOMPOSED) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_tried_out_and_left_as_it_was() {
        let home = tempfile::tempdir().expect("a folder");
        let tried = Folding::of(home.path(), Platform::Native).expect("a disk");
        if cfg!(target_os = "linux") {
            assert_eq!(tried, Folding::default());
        }
        assert_eq!(home.path().read_dir().expect("a folder").count(), 0);
        let forced = Folding::of(home.path(), Platform::Folding).expect("a disk");
        assert!(forced.case && forced.composition);
    }
}
