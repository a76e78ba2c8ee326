//! Many objects at once: they are gathered in memory and written as one pack, since a file for each costs
//! more than all else. A pack that no commit refers to is harmless, and git throws it away in its time.

use git2::{Odb, Oid};

use super::prepare::PACK_FROM;
use super::{History, Id, git_error};
use crate::archive::platform::sync_file;
use crate::error::{Error, Result};

/// Asked for objects before any other place.
const FIRST: i32 = 1000;

impl History {
    /// Stores contents as one pack; their ids, in the same order.
    ///
    /// # Errors
    /// When the object store cannot be written.
    pub fn store(&self, contents: &[Vec<u8>]) -> Result<Vec<Id>> {
        if contents.is_empty() {
            return Ok(Vec::new());
        }
        let ids = self.in_one_pack(|own| {
            let blobs = contents.iter().map(|bytes| own.repo.blob(bytes).map_err(git_error));
            let ids: Vec<Oid> = blobs.collect::<Result<_>>()?;
            Ok((ids.clone(), ids))
        })?;
        Ok(ids.iter().map(Oid::to_string).collect())
    }

    /// What `make` writes stays in memory, until the objects that it names are written as one pack.
    pub(super) fn in_one_pack<T>(&self, make: impl FnOnce(&History) -> Result<(T, Vec<Oid>)>) -> Result<T> {
        self.in_memory(|own, _| {
            let (made, objects) = make(own)?;
            self.write_pack(own, objects)?;
            Ok(made)
        })
    }

    /// The same for what may be little: few objects become files of their own, as git makes them. What the
    /// store has already is not written again.
    pub(super) fn gathered<T>(&self, make: impl FnOnce(&History) -> Result<(T, Vec<Oid>)>) -> Result<T> {
        self.in_memory(|own, memory| {
            let (made, objects) = make(own)?;
            let store = self.repo.odb().map_err(git_error)?;
            let new: Vec<Oid> = objects.into_iter().filter(|id| !store.exists(*id)).collect();
            if new.len() >= PACK_FROM {
                self.write_pack(own, new)?;
                store.refresh().map_err(git_error)?;
                return Ok(made);
            }
            for id in new {
                let object = memory.read(id).map_err(git_error)?;
                store.write(object.kind(), object.data()).map_err(git_error)?;
            }
            Ok(made)
        })
    }

    /// A store in memory stays with its repository: one is opened for it alone, or later commits would be
    /// written to memory only.
    fn in_memory<T>(&self, work: impl FnOnce(&History, &Odb<'_>) -> Result<T>) -> Result<T> {
        let own = History::open(&self.root)?;
        let odb = own.repo.odb().map_err(git_error)?;
        let _in_memory = odb.add_new_mempack_backend(FIRST).map_err(git_error)?;
        work(&own, &odb)
    }

    /// Writes objects of `own` as one pack of this repository.
    fn write_pack(&self, own: &History, objects: Vec<Oid>) -> Result<()> {
        let mut pack = own.repo.packbuilder().map_err(git_error)?;
        // As many threads as the machine has.
        pack.set_threads(0);
        objects.into_iter().try_for_each(|id| pack.insert_object(id, None)).map_err(git_error)?;
        pack.write(&self.packs(), 0).map_err(git_error)
    }

    fn packs(&self) -> std::path::PathBuf {
        self.repo.commondir().join("objects").join("pack")
    }

    /// Brings the packs to the disk, where the system cannot bring everything at once.
    pub(super) fn sync_packs(&self) -> Result<()> {
        let folder = self.packs();
        let packs = std::fs::read_dir(&folder).map_err(|e| Error::file(&folder, e))?;
        packs.filter_map(std::result::Result::ok).try_for_each(|pack| {
            let pack = pack.path();
            sync_file(&pack).map_err(|e| Error::file(&pack, e))
        })
    }
}
