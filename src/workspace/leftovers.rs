//! Papers that history does not have: a merge of two customers takes them along with their folder, and
//! taking it back brings them home.

use std::fs;
use std::path::Path;

use super::Workspace;
use crate::archive::{names, write};
use crate::error::{Error, Result};

impl Workspace {
    /// Where the papers of a customer who was merged stand in the folder of the survivor, if anywhere.
    pub(super) fn papers_of_merged(&self, survivor: &str, folder: &str, no: &str) -> Option<String> {
        let company = folder.rsplit('/').next()?;
        let names = [company.to_owned(), names::with_number(company, folder, no)];
        let mut places = names.into_iter().map(|name| format!("{survivor}/{name}"));
        places.find(|place| self.root.join(place).is_dir())
    }

    /// Moves what still stands in one folder to another one; what is in the way there stays where it is.
    pub(super) fn bring_home(&self, from: &str, to: &str) -> Result<()> {
        move_into(&self.root.join(from), &self.root.join(to))
    }
}

fn move_into(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(from).map_err(|error| Error::file(from, error))? {
        let entry = entry.map_err(|error| Error::file(from, error))?;
        let (here, there) = (entry.path(), to.join(entry.file_name()));
        if !there.exists() {
            write::rename_folder(&here, &there)?;
        } else if there.is_dir() {
            move_into(&here, &there)?;
        }
    }
    Ok(())
}
