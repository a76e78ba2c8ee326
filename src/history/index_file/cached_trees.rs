//! The `TREE` extension: for each folder how many entries it has and the id of the tree they make.
//!
//! git trusts these ids when it writes trees and compares the index with a commit: a wrong one
//! would lose what the user has staged, a missing one only costs time. So a folder on the way to a
//! changed path gets the new commit's tree only where the index was known to hold just what one of
//! the two commits has there; otherwise it is marked as not known. git holds to one more rule,
//! and so do we: a folder with an id has a node with an id for every folder in it.
//!
//! The nodes stand in pre-order, each `name NUL entries SP subfolders LF id`, where entries are -1
//! and the id is missing if the tree is not known.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;

use super::entries::Entries;
use super::{Change, ID_LENGTH, ObjectId, TreeChange, ancestors};

/// The content of the extension after the changes, in pieces; `None` if it cannot be read, and then
/// the index is better off without.
pub(super) fn rewrite<'a>(
    content: &'a [u8],
    entries: &Entries<'_>,
    changes: &[&Change],
    trees: &[TreeChange],
) -> Option<Vec<Cow<'a, [u8]>>> {
    let mut root = Folder::root(changes, trees);
    let mut rewriter =
        Rewriter { source: Source { content, at: 0 }, entries, path: Vec::new(), pieces: Vec::new() };
    rewriter.node(&mut root)?;
    rewriter.source.is_at_end().then_some(rewriter.pieces)
}

/// A folder on the way to a changed path.
#[derive(Default)]
struct Folder<'a> {
    /// Its tree in the old and in the new commit, if the caller told.
    trees: Option<(Option<ObjectId>, Option<ObjectId>)>,
    /// How many entries the commit put in it, at any depth.
    put: usize,
    folders: BTreeMap<&'a [u8], Folder<'a>>,
}

impl<'a> Folder<'a> {
    fn root(changes: &[&'a Change], trees: &[TreeChange]) -> Self {
        let mut root = Folder::default();
        for change in changes {
            root.note(change);
        }
        for tree in trees {
            if let Some(folder) = root.find_mut(&tree.path) {
                folder.trees = Some((tree.old, tree.new));
            }
        }
        root
    }

    fn note(&mut self, change: &'a Change) {
        let put = usize::from(matches!(change, Change::Put { .. }));
        let mut folder = self;
        folder.put += put;
        // The last ancestor is the folder of the file itself.
        for name in ancestors(change.path()).skip(1).map(last_part) {
            folder = folder.folders.entry(name).or_default();
            folder.put += put;
        }
    }

    fn find_mut(&mut self, path: &[u8]) -> Option<&mut Self> {
        if path.is_empty() {
            return Some(self);
        }
        path.split(|byte| *byte == b'/').try_fold(self, |folder, name| folder.folders.get_mut(name))
    }

    /// The tree now, if the tree known before was that of the old commit (or already the new one's,
    /// as when a killed command is finished): nothing else was staged in the folder then.
    fn tree_after(&self, known: Option<ObjectId>) -> Option<ObjectId> {
        let (old, new) = self.trees?;
        new.filter(|_| known.is_some() && (known == old || known == new))
    }

    /// The tree of a folder that git's index has not seen, if all its entries are the commit's.
    fn tree_of_new(&self, entries: usize) -> Option<ObjectId> {
        match self.trees {
            Some((None, new)) if self.put == entries => new,
            _ => None,
        }
    }

    fn fate_without_entries(&self) -> Fate {
        match self.trees {
            Some((_, None)) => Fate::Gone,
            _ => Fate::Unknown,
        }
    }
}

fn last_part(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// What became of a folder's node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It has an id.
    Known,
    /// It stays without an id.
    Forgotten,
    /// There is none, rightly: neither the index nor the new commit has the folder.
    Gone,
    /// There is none although there should be, so the folder above must not have an id.
    Unknown,
}

/// What became of the folders in a folder.
struct Folders {
    nodes: usize,
    all_known: bool,
}

impl Folders {
    fn note(&mut self, fate: Fate) {
        self.nodes += usize::from(matches!(fate, Fate::Known | Fate::Forgotten));
        self.all_known &= matches!(fate, Fate::Known | Fate::Gone);
    }
}

/// Reads nodes and writes them, copying whole stretches where no folder is touched.
struct Rewriter<'a, 'e> {
    source: Source<'a>,
    entries: &'e Entries<'e>,
    /// The folder at work.
    path: Vec<u8>,
    pieces: Vec<Cow<'a, [u8]>>,
}

impl Rewriter<'_, '_> {
    /// Rewrites the next node of the source and all below it. `None` if it cannot be read.
    fn node(&mut self, folder: &mut Folder<'_>) -> Option<Fate> {
        let node = self.source.node()?;
        let slot = self.keep_a_slot();
        let folders = self.folders(node.folders, folder)?;
        let entries = self.entries.count_under(&self.path);
        if entries == 0 && !self.path.is_empty() {
            self.pieces.truncate(slot);
            return Some(folder.fate_without_entries());
        }
        let tree = folder.tree_after(node.tree).filter(|_| folders.all_known);
        Some(self.fill(slot, tree, entries, folders.nodes))
    }

    /// Rewrites the `count` nodes that follow, and adds those of folders that are new.
    fn folders(&mut self, count: usize, folder: &mut Folder<'_>) -> Option<Folders> {
        let mut folders = Folders { nodes: 0, all_known: true };
        let mut copied = self.source.at;
        for _ in 0..count {
            let before = self.source.at;
            let name = self.source.name()?;
            self.source.at = before;
            // What is left in the list afterwards had no node. git and libgit2 order nodes
            // differently and each reads both orders, so those go to the end.
            if let Some(mut touched) = folder.folders.remove(name) {
                self.copy(copied, before);
                folders.note(self.within(name, |this| this.node(&mut touched))?);
                copied = self.source.at;
            } else {
                self.source.skip()?;
                folders.nodes += 1;
            }
        }
        self.copy(copied, self.source.at);
        self.new_folders(&mut folders, folder);
        Some(folders)
    }

    fn new_folders(&mut self, folders: &mut Folders, folder: &mut Folder<'_>) {
        for (name, mut new) in mem::take(&mut folder.folders) {
            folders.note(self.within(name, |this| this.new_node(&mut new)));
        }
    }

    /// Adds the node of a folder that had none, if its tree is known.
    fn new_node(&mut self, folder: &mut Folder<'_>) -> Fate {
        let entries = self.entries.count_under(&self.path);
        if entries == 0 {
            return folder.fate_without_entries();
        }
        let slot = self.keep_a_slot();
        let mut folders = Folders { nodes: 0, all_known: true };
        self.new_folders(&mut folders, folder);
        let tree = folder.tree_of_new(entries).filter(|_| folders.all_known);
        if tree.is_none() {
            self.pieces.truncate(slot);
            return Fate::Unknown;
        }
        self.fill(slot, tree, entries, folders.nodes)
    }

    fn within<T>(&mut self, name: &[u8], work: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.path.len();
        if outside > 0 {
            self.path.push(b'/');
        }
        self.path.extend_from_slice(name);
        let done = work(self);
        self.path.truncate(outside);
        done
    }

    fn copy(&mut self, from: usize, to: usize) {
        self.pieces.push(Cow::Borrowed(&self.source.content[from..to]));
    }

    /// A node stands before those below it, and what it says follows from them.
    fn keep_a_slot(&mut self) -> usize {
        self.pieces.push(Cow::Owned(Vec::new()));
        self.pieces.len() - 1
    }

    fn fill(&mut self, slot: usize, tree: Option<ObjectId>, entries: usize, nodes: usize) -> Fate {
        let mut node = last_part(&self.path).to_vec();
        node.push(0);
        let fate = if let Some(tree) = tree {
            node.extend_from_slice(format!("{entries} {nodes}\n").as_bytes());
            node.extend_from_slice(&tree);
            Fate::Known
        } else {
            node.extend_from_slice(format!("-1 {nodes}\n").as_bytes());
            Fate::Forgotten
        };
        self.pieces[slot] = Cow::Owned(node);
        fate
    }
}

/// A node as it was.
struct Node {
    folders: usize,
    tree: Option<ObjectId>,
}

/// The nodes as they were; every method is `None` where they are cut short or garbled.
struct Source<'a> {
    content: &'a [u8],
    at: usize,
}

impl<'a> Source<'a> {
    fn is_at_end(&self) -> bool {
        self.at == self.content.len()
    }

    fn name(&mut self) -> Option<&'a [u8]> {
        self.until(0)
    }

    fn node(&mut self) -> Option<Node> {
        self.name()?;
        let entries = self.until(b' ')?;
        let folders = number(self.until(b'\n')?)?;
        if entries.starts_with(b"-") {
            return Some(Node { folders, tree: None });
        }
        number(entries)?;
        let tree = self.content.get(self.at..)?.first_chunk()?;
        self.at += ID_LENGTH;
        Some(Node { folders, tree: Some(*tree) })
    }

    /// Passes over a node and all below it.
    fn skip(&mut self) -> Option<()> {
        let mut ahead: usize = 1;
        while ahead > 0 {
            ahead = (ahead - 1).checked_add(self.node()?.folders)?;
        }
        Some(())
    }

    /// What stands before the next `end`, which is passed over.
    fn until(&mut self, end: u8) -> Option<&'a [u8]> {
        let rest = self.content.get(self.at..)?;
        let length = rest.iter().position(|byte| *byte == end)?;
        self.at += length + 1;
        Some(&rest[..length])
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
