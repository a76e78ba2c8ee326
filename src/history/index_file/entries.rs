//! The entries of an index: where each begins, finding one, and copying all with some replaced.
//!
//! What lives here: the layout of an entry of version 2. What must not: extensions, checksums.

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

/// Entries in git's order: by the bytes of the path, all of stage 0.
#[derive(Debug)]
pub(super) struct Entries<'a> {
    bytes: &'a [u8],
    /// Where each entry begins, and behind them where the last one ends.
    starts: Vec<usize>,
}

/// A copy of the entries with the changes in place, behind room for the header.
pub(super) struct Spliced {
    pub(super) bytes: Vec<u8>,
    pub(super) starts: Vec<usize>,
    /// Whether the set of paths is another than before.
    pub(super) came_or_went: bool,
}

impl<'a> Entries<'a> {
    /// Finds `count` entries behind the header.
    pub(super) fn parse(bytes: &'a [u8], count: u32) -> Result<Self, Unsupported> {
        // The count is not to be trusted with memory: an entry takes at least as much as its fields.
        let most = bytes.len() / PATH + 1;
        let mut starts = Vec::with_capacity(most.min((count as usize).saturating_add(1)));
        let mut start = HEADER_LENGTH;
        let mut before: &[u8] = b"";
        starts.push(start);
        for _ in 0..count {
            let path = sound_path(&bytes[start..])?;
            if path <= before {
                return Err(Unsupported("entries out of order"));
            }
            before = path;
            start += padded(path.len());
            if start > bytes.len() {
                return Err(CUT_SHORT);
            }
            starts.push(start);
        }
        Ok(Entries { bytes, starts })
    }

    /// Entries whose places are known, as from [`Entries::splice`].
    pub(super) fn over(bytes: &'a [u8], starts: Vec<usize>) -> Self {
        Entries { bytes, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the extensions begin.
    pub(super) fn end(&self) -> usize {
        self.starts[self.len()]
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
            self.entry_starts().partition_point(|start| self.path_at(*start) < path.as_slice())
        };
        bound(b'0') - bound(b'/')
    }

    /// All entries with the ordered `changes` in place. Entries not older than `written` are
    /// marked for git to read the file.
    pub(super) fn splice(&self, changes: &[&Change], written: u32) -> Spliced {
        let added: usize = changes.iter().map(|change| padded(change.path().len())).sum();
        let mut copy = Copy {
            bytes: Vec::with_capacity(self.bytes.len() + added + ID_LENGTH),
            starts: Vec::with_capacity(self.starts.len() + changes.len()),
            written,
        };
        copy.bytes.resize(HEADER_LENGTH, 0);
        let mut came_or_went = false;
        let mut done = 0;
        for change in changes {
            let found = self.find(change.path());
            let (before, after) = found.map_or_else(|at| (at, at), |at| (at, at + 1));
            copy.stretch(self, done, before);
            match change {
                Change::Put { path, mode, id, stat } => {
                    copy.entry(path, *mode, id, stat);
                    came_or_went |= found.is_err();
                }
                Change::Remove { .. } => came_or_went |= found.is_ok(),
            }
            done = after;
        }
        copy.stretch(self, done, self.len());
        copy.starts.push(copy.bytes.len());
        Spliced { bytes: copy.bytes, starts: copy.starts, came_or_went }
    }

    fn entry_starts(&self) -> &[usize] {
        &self.starts[..self.len()]
    }

    /// The place of a path, or where it would go.
    fn find(&self, path: &[u8]) -> Result<usize, usize> {
        self.entry_starts().binary_search_by(|start| self.path_at(*start).cmp(path))
    }

    fn path_at(&self, start: usize) -> &'a [u8] {
        // There is one: `parse` has read it, or `splice` has written it.
        path_of(&self.bytes[start..]).unwrap_or_default()
    }
}

/// A list of entries in the making.
struct Copy {
    bytes: Vec<u8>,
    starts: Vec<usize>,
    /// When the index was written that the entries come from, in seconds.
    written: u32,
}

impl Copy {
    /// Takes over the entries `from..to`.
    fn stretch(&mut self, source: &Entries<'_>, from: usize, to: usize) {
        let (begin, end) = (source.starts[from], source.starts[to]);
        let target = self.bytes.len();
        self.bytes.extend_from_slice(&source.bytes[begin..end]);
        for start in &source.starts[from..to] {
            let start = start - begin + target;
            self.starts.push(start);
            mark_if_not_older(&mut self.bytes[start..], self.written);
        }
    }

    fn entry(&mut self, path: &[u8], mode: u32, id: &ObjectId, stat: &Stat) {
        let start = self.bytes.len();
        self.starts.push(start);
        let (ctime, mtime) = (stat.ctime, stat.mtime);
        let before_mode = [ctime.0, ctime.1, mtime.0, mtime.1, stat.dev, stat.ino];
        for field in before_mode.into_iter().chain([mode, stat.uid, stat.gid, stat.size]) {
            self.bytes.extend_from_slice(&field.to_be_bytes());
        }
        self.bytes.extend_from_slice(id);
        let length = u16::try_from(path.len()).map_or(FLAG_LENGTH, |length| length.min(FLAG_LENGTH));
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(path);
        self.bytes.resize(start + padded(path.len()), 0);
    }
}

/// Sets the size to 0, which git never believes of a file with content, if the file could have
/// changed unseen since the index was written.
fn mark_if_not_older(entry: &mut [u8], written: u32) {
    if number_at(entry, MTIME_SECONDS).is_some_and(|mtime| mtime >= written) {
        entry[SIZE..ID].fill(0);
    }
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
