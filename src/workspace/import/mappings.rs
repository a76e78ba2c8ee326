//! Mappings that the archive keeps.

use std::fs;
use std::path::Path;

use crate::error::{Error, Hint, Problem, Result};
use crate::exchange::mapping::{self, Mapping};
use crate::workspace::{Transaction, Workspace};

impl Workspace {
    /// The mapping of a name, or in a file.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn mapping(&self, name: &str) -> Result<Mapping> {
        let kept = mapping::path(name).ok().map(|path| self.root.join(path)).filter(|path| path.exists());
        let path = kept.unwrap_or_else(|| Path::new(name).to_owned());
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let missing = Problem::NoMapping { name: name.to_owned() };
                return Err(Error::not_found(missing).hint(Hint::GuessMapping));
            }
            Err(error) => return Err(Error::file(&path, error)),
        };
        let place = path.display().to_string();
        Mapping::read(&text).map_err(|fault| Error::usage(Problem::BadMappingFile { path: place, fault }))
    }
}

impl Transaction<'_> {
    /// Keeps a mapping under a name; its path.
    ///
    /// # Errors
    /// When the name is none for a file, or taken.
    pub fn keep_mapping(&mut self, name: &str, text: &str) -> Result<String> {
        let path = mapping::path(name)
            .map_err(|fault| Error::usage(Problem::BadMappingFile { path: name.to_owned(), fault }))?;
        if self.workspace.root.join(&path).exists() {
            return Err(Error::could_not(Problem::InTheWay { path }));
        }
        self.put(path.clone(), text.to_owned(), None)?;
        Ok(path)
    }
}
