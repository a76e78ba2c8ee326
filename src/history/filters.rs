//! Papers that git changes on their way: line ends, LFS, filters of a company's own. The disk has other
//! bytes than history then, and the `git` program turns one into the other. Cards never are: their line
//! ends are the person's.

use std::path::Path;

use git2::{AttrCheckFlags, AttrValue};

use super::remote::program;
use super::{History, Id};
use crate::archive::CARD;
use crate::error::{Error, Problem, Result};

impl History {
    /// Whether git has a file on the disk in another form than in history.
    pub fn is_filtered(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let value = |attribute: &str| {
            let text = self.repo.get_attr(Path::new(path), attribute, AttrCheckFlags::default());
            AttrValue::from_string(text.ok().flatten())
        };
        let is_set = |attribute: &str| matches!(value(attribute), AttrValue::True | AttrValue::String(_));
        name != CARD && ["filter", "text", "eol", "ident", "working-tree-encoding"].into_iter().any(is_set)
    }

    /// The id that a filtered file on the disk has in history; with `store`, it is stored there.
    ///
    /// # Errors
    /// When git cannot do it.
    pub fn filtered_id(&self, path: &str, store: bool) -> Result<Id> {
        let args: &[&str] =
            if store { &["hash-object", "-w", "--", path] } else { &["hash-object", "--", path] };
        let said = program::bytes(&self.root, args).ok_or_else(|| not_filtered(path))?;
        Ok(String::from_utf8_lossy(&said).trim().to_owned())
    }

    /// The bytes that a file of this content has on the disk.
    ///
    /// # Errors
    /// When the object store cannot be read, or a filter fails.
    pub fn disk_bytes(&self, path: &str, id: &str) -> Result<Vec<u8>> {
        if !self.is_filtered(path) {
            return self.content_of(id);
        }
        let args = ["cat-file", "--filters", &format!("--path={path}"), id];
        program::bytes(&self.root, &args).ok_or_else(|| not_filtered(path))
    }
}

fn not_filtered(path: &str) -> Error {
    Error::could_not(Problem::NotFiltered { path: path.to_owned() })
}
