//! The entries of an index: finding one, and taking over all with some replaced.
//!
//! What lives here: the layout of an entry of version 2. What must not: extensions, checksums.

use std::borrow::Cow;

use super::{CUT_SHORT, Change, HEADER_LENGTH, ID_LENGTH, ObjectId, Stat, Unsupported, number_at};

const MTIME_SECONDS: usize = 8;
const SIZE: usize = 36;
const ID: usize = 40;
const FLAGS: usize = ID + ID_LENGTH;
const PATH: usize = FLAGS + 2;

const FLAG_EXTENDED: u16 = 0x4000;
const FLAG_STAGE: u16 = 0x3000;
/// The length of the path, or this very number for all that are as long or longer.
const FLAG_LENGTH: u16 = 0x0fff;

/// Entries in git's order: by the bytes of the path, all of stage 0. What is as it was is borrowed
/// from the index that was read.
#[derive(Debug)]
pub(super) struct Entries<'a> {
    all: Vec<Cow<'a, [u8]>>,
}

impl<'a> Entries<'a> {
    /// Finds `count` entries behind the header, and gives what follows them.
    pub(super) fn parse(bytes: &'a [u8], count: u32) -> Result<(Self, &'a [u8]), Unsupported> {
        // The count is not to be trusted with memory: an entry takes at least as much as its fields.
        let most = bytes.len() / PATH;
        let mut all = Vec::with_capacity(most.min(count as usize));
        let mut rest = bytes.get(HEADER_LENGTH..).ok_or(CUT_SHORT)?;
        let mut before: &[u8] = b"";
        for _ in 0..count {
            let path = sound_path(rest)?;
            if path <= before {
                return Err(Unsupported("entries out of order"));
            }
            before = path;
            let (entry, next) = rest.split_at_checked(padded(path.len())).ok_or(CUT_SHORT)?;
            all.push(Cow::Borrowed(entry));
            rest = next;
        }
        Ok((Entries { all }, rest))
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The bytes of each entry.
    pub(super) fn into_pieces(self) -> impl Iterator<Item = Cow<'a, [u8]>> {
        self.all.into_iter()
    }

    pub(super) fn holds(&self, path: &[u8]) -> bool {
        self.find(path).is_ok()
    }

    /// How many entries lie in a folder, at any depth; the root is the empty path.
    pub(super) fn count_under(&self, folder: &[u8]) -> usize {
        if folder.is_empty() {
            return self.len();
        }
        // They stand together, from `folder/` on and before `folder0`: '0' is the byte after '/'.
        let bound = |last: u8| {
            let path = [folder, &[last]].concat();
            self.all.partition_point(|entry| known_path(entry) < path.as_slice())
        };
        bound(b'0') - bound(b'/')
    }

    /// All entries with the ordered `changes` in place, and whether the set of paths is another
    /// than before. Entries not older than `written` are marked for git to read the file.
    pub(super) fn splice(self, changes: &[&Change], written: u32) -> (Self, bool) {
        let places: Vec<_> = changes.iter().map(|change| self.find(change.path())).collect();
        let mut spliced = Vec::with_capacity(self.all.len() + changes.len());
        let mut came_or_went = false;
        let mut old = self.all.into_iter().map(|entry| marked_if_not_older(entry, written));
        let mut taken = 0;
        for (change, place) in changes.iter().zip(places) {
            let (Ok(at) | Err(at)) = place;
            spliced.extend(old.by_ref().take(at - taken));
            taken = at;
            if place.is_ok() {
                old.next();
                taken += 1;
            }
            match change {
                Change::Put { path, mode, id, stat } => {
                    spliced.push(Cow::Owned(entry(path, *mode, id, stat)));
                    came_or_went |= place.is_err();
                }
                Change::Remove { .. } => came_or_went |= place.is_ok(),
            }
        }
        spliced.extend(old);
        (Entries { all: spliced }, came_or_went)
    }

    /// The place of a path, or where it would go.
    fn find(&self, path: &[u8]) -> Result<usize, usize> {
        self.all.binary_search_by(|entry| known_path(entry).cmp(path))
    }
}

fn entry(path: &[u8], mode: u32, id: &ObjectId, stat: &Stat) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(padded(path.len()));
    let (ctime, mtime) = (stat.ctime, stat.mtime);
    let before_mode = [ctime.0, ctime.1, mtime.0, mtime.1, stat.dev, stat.ino];
    for field in before_mode.into_iter().chain([mode, stat.uid, stat.gid, stat.size]) {
        bytes.extend_from_slice(&field.to_be_bytes());
    }
    bytes.extend_from_slice(id);
    let length = u16::try_from(path.len()).map_or(FLAG_LENGTH, |length| length.min(FLAG_LENGTH));
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(path);
    bytes.resize(padded(path.len()), 0);
    bytes
}

/// Sets the size to 0, which git never believes of a file with content, if the file could have
/// changed unseen since the index was written.
fn marked_if_not_older(mut entry: Cow<'_, [u8]>, written: u32) -> Cow<'_, [u8]> {
    if number_at(&entry, MTIME_SECONDS).is_some_and(|mtime| mtime >= written) {
        entry.to_mut()[SIZE..ID].fill(0);
    }
    entry
}

/// The path of an entry that has one: `parse` has read it, or `entry` has written it.
fn known_path(entry: &[u8]) -> &[u8] {
    path_of(entry).unwrap_or_default()
}

/// The length of an entry: one to eight NUL bytes behind the path bring it to a multiple of eight.
fn padded(path_length: usize) -> usize {
    (PATH + path_length + 8) & !7
}

/// The path of the entry at the head of `entry`, if git would take the entry for a plain one.
fn sound_path(entry: &[u8]) -> Result<&[u8], Unsupported> {
    let flags = flags_of(entry).ok_or(CUT_SHORT)?;
    if flags & FLAG_EXTENDED != 0 {
        return Err(Unsupported("an entry with extended flags"));
    }
    if flags & FLAG_STAGE != 0 {
        return Err(Unsupported("a merge under way"));
    }
    let path = path_of(entry).ok_or(CUT_SHORT)?;
    if entry.get(PATH + path.len()) != Some(&0) {
        return Err(Unsupported("an entry whose path does not end"));
    }
    Ok(path)
}

fn path_of(entry: &[u8]) -> Option<&[u8]> {
    let path = entry.get(PATH..)?;
    match flags_of(entry)? & FLAG_LENGTH {
        FLAG_LENGTH => path.split(|byte| *byte == 0).next(),
        length => path.get(..usize::from(length)),
    }
}

fn flags_of(entry: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(*entry.get(FLAGS..)?.first_chunk()?))
}
