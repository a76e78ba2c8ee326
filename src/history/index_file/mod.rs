//! Brings git's own index file (`.git/index`) up to date for a handful of paths: bytes in, bytes out.
//!
//! A commit made on HEAD's tree leaves git's index behind, and a later `git commit` would revert
//! the cards. libgit2 parses and writes every entry anew, which at 100,000 cards costs more than
//! everything else of a command; here the untouched stretches between two changed paths are copied
//! as they stand, and only what the commit touched is written.
//!
//! What lives here: index version 2 with SHA-1, as git writes it by default. What must not: files,
//! locks, git2. Whatever is not understood to the last byte is [`Unsupported`], and the caller takes
//! libgit2's slow way. The format is git's `Documentation/gitformat-index.txt`.
//!
//! | found in the index | done with it |
//! |---|---|
//! | another version than 2, merge stages, extended flags (intent-to-add, skip-worktree) | unsupported |
//! | `link` (split), `sdir` (sparse), any unknown extension in lower case, `FSMN` | unsupported |
//! | a checksum that does not fit | unsupported; all zero (`index.skipHash`) is kept all zero |
//! | `TREE` (cached trees) | rewritten along the changed paths, see `cached_trees` |
//! | `REUC` (the stages of resolved conflicts) | kept, `git checkout -m` wants it |
//! | `UNTR` (untracked files) | kept unless a path came or went: it lists what is not in the index |
//! | `EOIE`, `IEOT` (offsets for parallel reading), unknown ones in upper case | dropped, git makes them again |

mod cached_trees;
mod entries;
#[cfg(all(test, unix))]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::thread;

use sha1::{Digest, Sha1};

use entries::Entries;

/// The id of a blob or a tree.
pub(crate) type ObjectId = [u8; ID_LENGTH];

const ID_LENGTH: usize = 20;
const SIGNATURE: &[u8] = b"DIRC";
const VERSION: u32 = 2;
const HEADER_LENGTH: usize = 12;
const EXTENSION_HEADER_LENGTH: usize = 8;
/// What `index.skipHash` leaves where the checksum would stand.
const NO_CHECKSUM: ObjectId = [0; ID_LENGTH];
const CUT_SHORT: Unsupported = Unsupported("the index is cut short");

/// What the commit did to one path, in bytes relative to the root of the work tree, parts divided by `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// The path holds this blob now, whatever the index had staged for it.
    Put {
        path: Vec<u8>,
        /// As in a tree: `0o100644`, `0o100755`, `0o120000`.
        mode: u32,
        id: ObjectId,
        stat: Stat,
    },
    /// The path is gone; nothing is done where the index does not have it.
    Remove { path: Vec<u8> },
}

impl Change {
    fn path(&self) -> &[u8] {
        match self {
            Change::Put { path, .. } | Change::Remove { path } => path,
        }
    }
}

/// What the file system says of a file, each number cut to 32 bits as git does.
///
/// git takes a file for unchanged while this fits. A size of 0 for a file that is not empty makes
/// git read the file instead, which is the way out when the file may have been written again in
/// the very second of its time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stat {
    /// Seconds and nanoseconds.
    pub(crate) ctime: (u32, u32),
    /// Seconds and nanoseconds.
    pub(crate) mtime: (u32, u32),
    pub(crate) dev: u32,
    pub(crate) ino: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) size: u32,
}

/// The ids of one folder's tree on both sides of the commit; one for each of [`folders`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TreeChange {
    /// Empty for the root.
    pub(crate) path: Vec<u8>,
    /// In the commit that was HEAD; `None` if it had no such folder.
    pub(crate) old: Option<ObjectId>,
    /// In the new commit; `None` if it has no such folder.
    pub(crate) new: Option<ObjectId>,
}

/// Why this index is left to libgit2; for a log, not for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsupported(pub(crate) &'static str);

/// The folders above the changed paths, the root (an empty path) among them: those whose tree ids
/// [`patch`] can make use of.
#[cfg(test)]
pub(crate) fn folders(changes: &[Change]) -> BTreeSet<&[u8]> {
    changes.iter().flat_map(|change| ancestors(change.path())).collect()
}

/// The index with `changes` applied; every other entry keeps its bytes, staged ones included.
///
/// `changes` are all the paths in which HEAD's former tree and the new commit differ. `trees` may
/// leave out folders: their cached trees are then forgotten, and git computes them at its next commit.
///
/// `written` is the time stamp of the index file that was read, in seconds. Entries that are not
/// older may have been edited right after git looked. git tells by comparing with that very time
/// stamp, which the file about to be written no longer has; so these entries get the size 0, and
/// git reads the files. 0, for a time stamp that is not known, does so to all entries.
///
/// # Errors
///
/// [`Unsupported`] if the index is damaged or holds what the head of this file lists as such; if a
/// path is changed twice, cannot stand in an index, or is a file here and a folder there.
pub(crate) fn patch<'a>(
    index: &'a [u8],
    written: u32,
    changes: &[Change],
    trees: &[TreeChange],
) -> Result<Patched<'a>, Unsupported> {
    let changes = in_order(changes)?;
    let (body, checksum) = split_checksum(index)?;
    let hashed = checksum != NO_CHECKSUM;
    let sound = || !hashed || digest([body]) == checksum;
    // The two passes of SHA-1 are most of the time this takes, so a second core takes one of them.
    thread::scope(|scope| {
        let verdict = thread::Builder::new().spawn_scoped(scope, sound);
        let patched = patch_body(body, written, &changes, trees).map(|mut patched| {
            let checksum = if hashed { digest(patched.pieces()) } else { NO_CHECKSUM };
            patched.0.push(Cow::Owned(checksum.to_vec()));
            patched
        });
        let sound = verdict.map_or_else(|_| sound(), |verdict| verdict.join().unwrap_or(false));
        if sound { patched } else { Err(Unsupported("the checksum does not fit")) }
    })
}

/// A new index, in pieces: what is as it was is not copied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Patched<'a>(Vec<Cow<'a, [u8]>>);

impl Patched<'_> {
    /// One behind the other they are the file.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }
}

/// All of the new index but its checksum.
fn patch_body<'a>(
    body: &'a [u8],
    written: u32,
    changes: &[&Change],
    trees: &[TreeChange],
) -> Result<Patched<'a>, Unsupported> {
    let (old, rest) = Entries::parse(body, entry_count(body)?)?;
    let extensions = extensions(rest)?;
    let (new, came_or_went) = old.splice(changes, written);
    refuse_file_and_folder_of_one_name(&new, changes)?;
    let count = u32::try_from(new.len()).map_err(|_| Unsupported("too many entries"))?;
    let kept = kept_extensions(extensions, came_or_went, |cached| {
        cached_trees::rewrite(cached, &new, changes, trees)
    });
    let mut pieces = vec![Cow::Owned(header(count).to_vec())];
    pieces.extend(new.into_pieces());
    for (signature, content) in kept {
        let length: usize = content.iter().map(|piece| piece.len()).sum();
        let length = u32::try_from(length).map_err(|_| Unsupported("an extension too long"))?;
        pieces.push(Cow::Owned([signature, length.to_be_bytes().as_slice()].concat()));
        pieces.extend(content);
    }
    Ok(Patched(pieces))
}

/// The changes as git orders entries.
fn in_order(changes: &[Change]) -> Result<Vec<&Change>, Unsupported> {
    let mut ordered: Vec<&Change> = changes.iter().collect();
    ordered.sort_unstable_by_key(|change| change.path());
    if ordered.windows(2).any(|pair| pair[0].path() == pair[1].path()) {
        return Err(Unsupported("a path is changed twice"));
    }
    if !ordered.iter().all(|change| can_stand_in_an_index(change)) {
        return Err(Unsupported("a path or mode that git refuses"));
    }
    Ok(ordered)
}

fn can_stand_in_an_index(change: &Change) -> bool {
    let part_is_sound = |part: &[u8]| {
        !matches!(part, b"" | b"." | b"..") && !part.eq_ignore_ascii_case(b".git") && !part.contains(&0)
    };
    let mode_is_sound = match change {
        Change::Put { mode, .. } => matches!(mode, 0o100_644 | 0o100_755 | 0o120_000),
        Change::Remove { .. } => true,
    };
    mode_is_sound && change.path().split(|byte| *byte == b'/').all(part_is_sound)
}

/// The folders above a path, from the root (empty) down.
fn ancestors(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    let slashes = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    std::iter::once(&path[..0]).chain(slashes.map(|(at, _)| &path[..at]))
}

/// Git removes what a new path collides with; since that may be staged, it is not ours to lose.
fn refuse_file_and_folder_of_one_name(new: &Entries<'_>, changes: &[&Change]) -> Result<(), Unsupported> {
    let put: Vec<&[u8]> = changes
        .iter()
        .filter(|change| matches!(change, Change::Put { .. }))
        .map(|change| change.path())
        .collect();
    let above: BTreeSet<&[u8]> = put.iter().flat_map(|path| ancestors(path)).collect();
    if put.iter().any(|path| new.count_under(path) > 0) || above.iter().any(|path| new.holds(path)) {
        return Err(Unsupported("a file and a folder of one name"));
    }
    Ok(())
}

/// The index without its checksum, and the checksum.
fn split_checksum(index: &[u8]) -> Result<(&[u8], ObjectId), Unsupported> {
    match index.split_last_chunk() {
        Some((body, checksum)) => Ok((body, *checksum)),
        None => Err(CUT_SHORT),
    }
}

fn entry_count(body: &[u8]) -> Result<u32, Unsupported> {
    if !body.starts_with(SIGNATURE) {
        return Err(Unsupported("not an index"));
    }
    if number_at(body, 4).ok_or(CUT_SHORT)? != VERSION {
        return Err(Unsupported("another version than 2"));
    }
    number_at(body, 8).ok_or(CUT_SHORT)
}

fn header(count: u32) -> [u8; HEADER_LENGTH] {
    let mut header = [0; HEADER_LENGTH];
    header[..4].copy_from_slice(SIGNATURE);
    header[4..8].copy_from_slice(&VERSION.to_be_bytes());
    header[8..].copy_from_slice(&count.to_be_bytes());
    header
}

/// Signature and content of an extension.
type Extension<'a> = (&'a [u8], &'a [u8]);
/// Signature and content, in pieces, of an extension that is kept.
type Kept<'a> = (&'a [u8], Vec<Cow<'a, [u8]>>);

/// What follows the entries, cut into extensions.
fn extensions(mut rest: &[u8]) -> Result<Vec<Extension<'_>>, Unsupported> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let length = number_at(rest, 4).ok_or(CUT_SHORT)? as usize;
        let (head, tail) = rest.split_at(EXTENSION_HEADER_LENGTH);
        let (content, next) = tail.split_at_checked(length).ok_or(CUT_SHORT)?;
        let signature = &head[..4];
        if signature == b"FSMN" {
            return Err(Unsupported("a file system monitor counts the entries"));
        }
        // Lower case means: who does not know this must not touch the index.
        if !signature[0].is_ascii_uppercase() {
            return Err(Unsupported("an extension that changes what the entries mean"));
        }
        found.push((signature, content));
        rest = next;
    }
    Ok(found)
}

/// The extensions that are still true after the change, in their former order.
fn kept_extensions<'a>(
    found: Vec<Extension<'a>>,
    came_or_went: bool,
    rewrite_cached_trees: impl Fn(&'a [u8]) -> Option<Vec<Cow<'a, [u8]>>>,
) -> Vec<Kept<'a>> {
    let whole = |content| vec![Cow::Borrowed(content)];
    found
        .into_iter()
        .filter_map(|(signature, content)| match signature {
            b"TREE" => Some((signature, rewrite_cached_trees(content)?)),
            b"REUC" => Some((signature, whole(content))),
            b"UNTR" if !came_or_went => Some((signature, whole(content))),
            _ => None,
        })
        .collect()
}

/// The big-endian number at an offset.
fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*digits))
}

fn digest<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> ObjectId {
    let mut sha1 = Sha1::new();
    pieces.into_iter().for_each(|piece| sha1.update(piece));
    sha1.finalize().into()
}
