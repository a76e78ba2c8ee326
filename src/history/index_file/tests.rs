//! Real archives made by the `git` program, patched, and judged by the `git` program.

#![allow(clippy::disallowed_methods, reason = "a test plays git and the person at the disk")]

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::{
    Change, EXTENSION_HEADER_LENGTH, Entries, ID_LENGTH, ObjectId, Stat, TreeChange, Unsupported, digest,
    entry_count, extensions, folders,
};

/// The patched index as one.
fn patch(
    index: &[u8],
    written: u32,
    changes: &[Change],
    trees: &[TreeChange],
) -> Result<Vec<u8>, Unsupported> {
    super::patch(index, written, changes, trees).map(|patched| patched.pieces().collect::<Vec<_>>().concat())
}

const CARD: &str = "company/3-lead/DE/pumpen-müller/card.toml";
const NEIGHBOUR: &str = "company/3-lead/DE/pumpen-müller/notes.md";
const ELSEWHERE: &str = "company/3-lead/中国/上海泵业/card.toml";
const FILES: &[&str] = &[
    CARD,
    NEIGHBOUR,
    "company/3-lead/DE/zahnrad/card.toml",
    // In git's order these stand around what is in the folder before: `-` < `/` < `0`.
    "company/3-lead/DE/zahnrad-alt/card.toml",
    "company/3-lead/DE/zahnrad0/card.toml",
    ELSEWHERE,
    "company/5-customer/FR/pompes-été/card.toml",
    "company/5-customer/FR/pompes-été/papers/2026/offer.txt",
    "company/5-customer.md",
    "crm.toml",
];

/// Long before any index of a test is written: such a file never counts as changed meanwhile.
const LONG_AGO: u64 = 1_700_000_000;

enum Edit {
    Write(&'static str, &'static str),
    Delete(&'static str),
}
use Edit::{Delete, Write};

struct Archive {
    root: TempDir,
}

impl Archive {
    fn new() -> Self {
        Self::with(&["init", "--quiet"])
    }

    fn with(init: &[&str]) -> Self {
        let archive = Archive { root: tempfile::tempdir().expect("the disk") };
        archive.git(init);
        for path in FILES {
            archive.write(path, &format!("the first {path}\n"));
        }
        archive.git(&["add", "--all"]);
        archive.git(&["commit", "--quiet", "--message=first"]);
        archive
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("the disk")).expect("the disk");
        fs::write(&path, text).expect("the disk");
        set_time(&path, LONG_AGO);
    }

    fn stage(&self, path: &str, text: &str) {
        self.write(path, text);
        self.git(&["add", path]);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(["-c", "core.quotePath=false"])
            .args(args)
            .current_dir(self.root.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").expect("a PATH"))
            .env("HOME", self.root.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            // So that looking does not write the index.
            .env("GIT_OPTIONAL_LOCKS", "0");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "a@b.c");
        }
        command
    }

    fn git(&self, args: &[&str]) -> String {
        succeed(self.command(args), args)
    }

    /// git with another index than the archive's, to build trees with.
    fn git_aside(&self, args: &[&str]) -> String {
        let mut command = self.command(args);
        command.env("GIT_INDEX_FILE", self.path(".git/aside"));
        succeed(command, args)
    }

    fn id(&self, object: &str) -> Option<ObjectId> {
        let output = self.command(&["rev-parse", "--quiet", "--verify", object]).output().expect("git runs");
        output.status.success().then(|| id_of(text(&output).trim()))
    }

    fn index(&self) -> Vec<u8> {
        fs::read(self.path(".git/index")).expect("the disk")
    }

    fn set_index(&self, bytes: &[u8]) {
        fs::write(self.path(".git/index"), bytes).expect("the disk");
    }

    /// The tree of HEAD with the edits made.
    fn tree_with(&self, edits: &[Edit]) -> String {
        self.git_aside(&["read-tree", "HEAD"]);
        for edit in edits {
            match edit {
                Write(path, _) => {
                    let id = self.git(&["hash-object", "-w", "--", path]);
                    let info = format!("100644,{id},{path}");
                    self.git_aside(&["update-index", "--add", "--cacheinfo", &info]);
                }
                Delete(path) => {
                    self.git_aside(&["update-index", "--force-remove", path]);
                }
            }
        }
        self.git_aside(&["write-tree"])
    }

    fn edit(&self, edits: &[Edit]) {
        for edit in edits {
            match edit {
                Write(path, text) => self.write(path, text),
                Delete(path) => fs::remove_file(self.path(path)).expect("the disk"),
            }
        }
    }

    fn changes(&self, edits: &[Edit]) -> Vec<Change> {
        let put = |path: &str| Change::Put {
            path: path.into(),
            mode: 0o100_644,
            id: id_of(&self.git(&["hash-object", "--", path])),
            stat: stat_of(&self.path(path)),
        };
        edits
            .iter()
            .map(|edit| match edit {
                Write(path, _) => put(path),
                Delete(path) => Change::Remove { path: (*path).into() },
            })
            .collect()
    }

    fn trees(&self, changes: &[Change], new: &str) -> Vec<TreeChange> {
        let tree = |commit: &str, path: &str| {
            let object = format!("{commit}:{path}");
            let kind = self.command(&["cat-file", "-t", &object]).output().expect("git runs");
            (text(&kind) == "tree\n").then(|| self.id(&object)).flatten()
        };
        folders(changes)
            .into_iter()
            .map(|path| {
                let name = std::str::from_utf8(path).expect("what git prints");
                TreeChange { path: path.into(), old: tree("HEAD", name), new: tree(new, name) }
            })
            .collect()
    }

    /// Edits the work tree, commits the edits beside git's index, and brings that up to date.
    fn save(&self, edits: &[Edit]) -> Result<(), Unsupported> {
        self.edit(edits);
        let tree = self.tree_with(edits);
        let commit = self.git(&["commit-tree", "-p", "HEAD", "-m", "saved", &tree]);
        let changes = self.changes(edits);
        let trees = self.trees(&changes, &commit);
        let written = stat_of(&self.path(".git/index")).mtime.0;
        let patched = patch(&self.index(), written, &changes, &trees)?;
        self.git(&["update-ref", "HEAD", &commit]);
        self.set_index(&patched);
        Ok(())
    }

    fn status(&self) -> String {
        self.git(&["status", "--porcelain", "--untracked-files=all"])
    }

    /// The index is sound in git's eyes, and holds what is expected.
    fn assert_index(&self, status: &str, staged: &str, tree: &str) {
        assert_eq!(self.status(), status);
        assert_eq!(self.git(&["diff", "--cached", "--name-only"]), staged);
        assert_eq!(self.git(&["diff-files", "--name-only"]), "", "a file that git has to read");
        self.assert_git_accepts();
        assert_eq!(self.git(&["write-tree"]), tree);
    }

    fn assert_git_accepts(&self) {
        let fsck = self.command(&["fsck", "--strict"]).output().expect("git runs");
        let complaints = String::from_utf8_lossy(&fsck.stderr).into_owned();
        assert!(fsck.status.success() && !complaints.contains("index"), "{complaints}");
        // git checks each cached tree against the entries when asked so.
        let args = ["update-index", "--force-write-index"];
        let mut command = self.command(&args);
        command.env("GIT_TEST_CHECK_CACHE_TREE", "1");
        succeed(command, &args);
    }
}

fn succeed(mut command: Command, args: &[&str]) -> String {
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    text(&output).trim_end().to_owned()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("what git prints")
}

fn id_of(hex: &str) -> ObjectId {
    assert_eq!(hex.len(), 2 * ID_LENGTH);
    std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("what git prints"))
}

fn set_time(path: &std::path::Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().write(true).open(path).expect("the disk").set_modified(time).expect("the disk");
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "git cuts to 32 bits")]
fn stat_of(path: &std::path::Path) -> Stat {
    let metadata = fs::metadata(path).expect("the disk");
    Stat {
        ctime: (metadata.ctime() as u32, metadata.ctime_nsec() as u32),
        mtime: (metadata.mtime() as u32, metadata.mtime_nsec() as u32),
        dev: metadata.dev() as u32,
        ino: metadata.ino() as u32,
        uid: metadata.uid(),
        gid: metadata.gid(),
        size: metadata.size() as u32,
    }
}

/// The content of an extension.
fn extension(index: &[u8], signature: &[u8]) -> Option<Vec<u8>> {
    let body = &index[..index.len() - ID_LENGTH];
    let (_, rest) = Entries::parse(body, entry_count(body).expect("a sound index")).expect("a sound index");
    let found = extensions(rest).expect("a sound index");
    found.into_iter().find(|(name, _)| *name == signature).map(|(_, content)| content.to_vec())
}

/// The index with one more extension and a checksum that fits.
fn with_extension(index: &[u8], signature: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = index[..index.len() - ID_LENGTH].to_vec();
    bytes.extend_from_slice(signature);
    bytes.extend_from_slice(&u32::try_from(content.len()).expect("a short text").to_be_bytes());
    bytes.extend_from_slice(content);
    sealed(bytes)
}

fn sealed(mut body: Vec<u8>) -> Vec<u8> {
    let checksum = digest([body.as_slice()]);
    body.extend_from_slice(&checksum);
    body
}

/// A cached tree: name, entries, id, folders.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CachedTree {
    name: Vec<u8>,
    entries: i64,
    id: Vec<u8>,
    folders: Vec<CachedTree>,
}

impl CachedTree {
    fn of(index: &[u8]) -> Self {
        let content = extension(index, b"TREE").expect("git wrote cached trees");
        let mut rest = content.as_slice();
        let root = Self::read(&mut rest);
        assert!(rest.is_empty());
        root
    }

    fn read(rest: &mut &[u8]) -> Self {
        let mut until = |end: u8| {
            let at = rest.iter().position(|byte| *byte == end).expect("it is there");
            let found = rest[..at].to_vec();
            *rest = &rest[at + 1..];
            found
        };
        let name = until(0);
        let entries: i64 =
            String::from_utf8(until(b' ')).expect("what git prints").parse().expect("what git prints");
        let count: usize =
            String::from_utf8(until(b'\n')).expect("what git prints").parse().expect("what git prints");
        let (id, next) = rest.split_at(if entries < 0 { 0 } else { ID_LENGTH });
        *rest = next;
        let mut folders: Vec<_> = (0..count).map(|_| Self::read(rest)).collect();
        folders.sort();
        CachedTree { name, entries, id: id.to_vec(), folders }
    }

    fn backwards(&self) -> Vec<u8> {
        let line = format!("\0{} {}\n", self.entries, self.folders.len());
        let below = self.folders.iter().rev().flat_map(Self::backwards);
        self.name.iter().copied().chain(line.bytes()).chain(self.id.iter().copied()).chain(below).collect()
    }

    fn folder(&self, path: &str) -> Option<&Self> {
        path.split('/')
            .try_fold(self, |tree, name| tree.folders.iter().find(|folder| folder.name == name.as_bytes()))
    }
}

fn plain_saves() -> Vec<Vec<Edit>> {
    vec![
        vec![Write(CARD, "changed\n")],
        vec![Write("crm.toml", "changed at the root\n")],
        vec![Write("company/3-lead/DE/pumpen-müller/a.txt", "added first in its folder\n")],
        vec![Write("zzz.md", "added behind all\n")],
        vec![Write("company/3-lead/DE/neu-straße/card.toml", "a new folder\n")],
        vec![
            Write("company/4-prospect/IT/pompe/card.toml", "new folders\n"),
            Write("company/4-prospect/IT/pompe/papers/offer.md", "and one in it\n"),
            Write("company/4-prospect/JP/ポンプ/card.toml", "and beside it\n"),
        ],
        vec![Delete(NEIGHBOUR)],
        vec![Delete("company/3-lead/DE/zahnrad/card.toml")],
        vec![
            Delete("company/5-customer/FR/pompes-été/card.toml"),
            Delete("company/5-customer/FR/pompes-été/papers/2026/offer.txt"),
        ],
        vec![Delete("company/5-customer.md"), Write("company/5-customer.md/card.toml", "a folder now\n")],
        vec![
            Write("company/5-customer/DE/pumpen-müller/card.toml", "moved\n"),
            Write("company/5-customer/DE/pumpen-müller/notes.md", "moved along\n"),
            Delete(CARD),
            Delete(NEIGHBOUR),
            Write("crm.toml", "and more\n"),
        ],
        FILES.iter().map(|path| Delete(path)).collect(),
    ]
}

#[test]
fn after_a_save_the_index_is_as_if_git_had_read_the_new_commit() {
    if !has_git() {
        return;
    }
    for edits in plain_saves() {
        let archive = Archive::new();
        archive.save(&edits).expect("a commit");
        let patched = archive.index();
        archive.assert_index("", "", &archive.git(&["rev-parse", "HEAD^{tree}"]));
        archive.git_aside(&["read-tree", "HEAD"]);
        let expected = CachedTree::of(&fs::read(archive.path(".git/aside")).expect("the disk"));
        assert_eq!(CachedTree::of(&patched), expected);
    }
}

#[test]
fn saves_in_a_row_keep_the_index_sound() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    for edits in plain_saves().into_iter().take(7) {
        archive.save(&edits).expect("a commit");
        archive.assert_git_accepts();
        assert_eq!(archive.status(), "");
        assert_eq!(archive.git(&["write-tree"]), archive.git(&["rev-parse", "HEAD^{tree}"]));
    }
}

#[test]
fn an_index_that_is_up_to_date_already_stays_as_it_is() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let edits = [Write(CARD, "changed\n"), Delete(NEIGHBOUR), Write("new/a.md", "added\n")];
    archive.edit(&edits);
    let commit = archive.git(&["commit-tree", "-p", "HEAD", "-m", "saved", &archive.tree_with(&edits)]);
    let changes = archive.changes(&edits);
    let trees = archive.trees(&changes, &commit);
    let once = patch(&archive.index(), u32::MAX, &changes, &trees).expect("an index that is understood");
    assert_eq!(patch(&once, u32::MAX, &changes, &trees), Ok(once));
}

#[test]
fn what_the_user_staged_elsewhere_stays_staged() {
    if !has_git() {
        return;
    }
    for other in [NEIGHBOUR, ELSEWHERE, "crm.toml"] {
        let archive = Archive::new();
        archive.stage(other, "staged by the user, and of another size\n");
        archive.git(&["write-tree"]); // the cached trees are of what is staged now
        archive.save(&[Write(CARD, "changed\n")]).expect("a commit");
        let tree = archive.tree_with(&[Write(other, "")]);
        archive.assert_index(&format!("M  {other}"), other, &tree);
    }
}

#[test]
fn a_file_staged_without_cached_trees_stays_staged() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.stage(NEIGHBOUR, "staged by the user, and of another size\n");
    archive
        .save(&[Write(CARD, "changed\n"), Delete("company/3-lead/DE/zahnrad/card.toml")])
        .expect("a commit");
    let tree = archive.tree_with(&[Write(NEIGHBOUR, "")]);
    archive.assert_index(&format!("M  {NEIGHBOUR}"), NEIGHBOUR, &tree);
}

#[test]
fn a_file_staged_in_a_folder_that_the_commit_adds_stays_staged() {
    if !has_git() {
        return;
    }
    let folder = "company/4-prospect/IT/pompe";
    let notes = format!("{folder}/notes.md");
    // The folder has no cached tree, or one of what is staged, or one that is not known.
    for cached in 0..3 {
        let archive = Archive::new();
        if cached > 0 {
            archive.stage(&notes, "staged by the user\n");
            archive.git(&["write-tree"]);
        }
        if cached != 1 {
            archive.stage(&notes, "staged by the user again\n");
        }
        archive.save(&[Write("company/4-prospect/IT/pompe/card.toml", "added\n")]).expect("a commit");
        assert_eq!(CachedTree::of(&archive.index()).entries, -1);
        let tree = archive.tree_with(&[Write("company/4-prospect/IT/pompe/notes.md", "")]);
        archive.assert_index(&format!("A  {notes}"), &notes, &tree);
    }
}

#[test]
fn a_staged_removal_of_a_folder_in_which_the_commit_adds_stays_staged() {
    if !has_git() {
        return;
    }
    let gone = "company/3-lead/DE/zahnrad/card.toml";
    let archive = Archive::new();
    archive.git(&["rm", "--quiet", gone]);
    archive.git(&["write-tree"]);
    archive.save(&[Write("company/3-lead/DE/zahnrad/new.md", "added\n")]).expect("a commit");
    assert_eq!(CachedTree::of(&archive.index()).folder("company/3-lead/DE/zahnrad"), None);
    archive.assert_index(&format!("D  {gone}"), gone, &archive.tree_with(&[Delete(gone)]));
}

#[test]
fn a_staged_file_in_a_folder_that_the_commit_removes_stays_staged() {
    if !has_git() {
        return;
    }
    let (folder, paper) = ("company/3-lead/DE/zahnrad", "company/3-lead/DE/zahnrad/paper.md");
    for cached in [false, true] {
        let archive = Archive::new();
        archive.stage(paper, "staged by the user, and of another size\n");
        if cached {
            archive.git(&["write-tree"]);
        }
        archive.save(&[Delete("company/3-lead/DE/zahnrad/card.toml")]).expect("a commit");
        assert!(CachedTree::of(&archive.index()).folder(folder).is_none_or(|tree| tree.entries < 0));
        let tree = archive.tree_with(&[Write(paper, "")]);
        archive.assert_index(&format!("A  {paper}"), paper, &tree);
    }
}

#[test]
fn a_staged_removal_stays_staged_also_where_it_leaves_a_folder_empty() {
    if !has_git() {
        return;
    }
    let gone = "company/3-lead/DE/zahnrad/card.toml";
    for cached in [false, true] {
        let archive = Archive::new();
        archive.git(&["rm", "--quiet", gone]);
        archive.git(&["rm", "--quiet", NEIGHBOUR]);
        if cached {
            archive.git(&["write-tree"]);
        }
        archive.save(&[Delete(CARD), Write("crm.toml", "changed\n")]).expect("a commit");
        let tree = archive.tree_with(&[Delete(gone), Delete(NEIGHBOUR)]);
        let status = format!("D  {NEIGHBOUR}\nD  {gone}");
        archive.assert_index(&status, &format!("{NEIGHBOUR}\n{gone}"), &tree);
    }
}

#[test]
fn a_path_that_was_staged_otherwise_becomes_the_committed_one() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.stage(CARD, "staged, then saved over\n");
    archive.git(&["rm", "--quiet", "--cached", NEIGHBOUR]);
    archive.save(&[Write(CARD, "changed\n"), Delete(NEIGHBOUR)]).expect("a commit");
    archive.assert_index("", "", &archive.git(&["rev-parse", "HEAD^{tree}"]));
}

#[test]
fn a_file_changed_but_not_staged_is_seen_as_before() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.write(ELSEWHERE, "changed by hand\n");
    archive.write("untracked.md", "new\n");
    archive.save(&[Write(CARD, "changed\n")]).expect("a commit");
    assert_eq!(archive.status(), format!(" M {ELSEWHERE}\n?? untracked.md"));
}

#[test]
fn without_tree_ids_the_cached_trees_are_forgotten_on_the_way_only() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let edits = [Write(CARD, "changed\n")];
    archive.edit(&edits);
    archive.tree_with(&edits);
    let changes = archive.changes(&edits);
    archive
        .set_index(&patch(&archive.index(), u32::MAX, &changes, &[]).expect("an index that is understood"));
    let root = CachedTree::of(&archive.index());
    assert_eq!(root.entries, -1);
    assert_eq!(root.folder("company/3-lead/DE/pumpen-müller").expect("a cached tree").entries, -1);
    assert_eq!(root.folder("company/3-lead/中国").expect("a cached tree").entries, 1);
    archive.assert_git_accepts();
}

#[test]
fn a_tree_id_left_out_makes_git_forget_the_folders_above() {
    if !has_git() {
        return;
    }
    let edits = [
        Write("company/3-lead/DE/neu/card.toml", "added\n"),
        Write("company/3-lead/DE/neu/papers/offer.md", "added\n"),
        Write(CARD, "changed\n"),
    ];
    let archive = Archive::new();
    archive.edit(&edits);
    let tree = archive.tree_with(&edits);
    let changes = archive.changes(&edits);
    let all = archive.trees(&changes, &archive.git(&["commit-tree", "-m", "saved", &tree]));
    let before = archive.index();
    for left_out in 0..all.len() {
        let mut trees = all.clone();
        trees.remove(left_out);
        archive.set_index(&patch(&before, u32::MAX, &changes, &trees).expect("an index that is understood"));
        assert_eq!(CachedTree::of(&archive.index()).entries, -1);
        archive.assert_git_accepts();
        assert_eq!(archive.git(&["write-tree"]), tree);
    }
}

#[test]
fn a_folder_that_the_commit_has_and_the_index_has_not_makes_git_forget_the_folders_above() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let card = "company/3-lead/DE/zahnrad/card.toml";
    let changes = [Change::Remove { path: card.into() }];
    let trees = archive.trees(&changes, "HEAD"); // as if the commit had kept the card
    let patched = patch(&archive.index(), u32::MAX, &changes, &trees).expect("an index that is understood");
    assert_eq!(CachedTree::of(&patched).folder("company/3-lead/DE").expect("a cached tree").entries, -1);
}

#[test]
fn cached_trees_in_another_order_are_read() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let before = archive.index();
    let content = CachedTree::of(&before).backwards();
    let at = before.windows(4).position(|found| found == b"TREE").expect("it is there");
    let mut bytes = before[..at + EXTENSION_HEADER_LENGTH].to_vec();
    bytes.extend_from_slice(&content);
    archive.set_index(&sealed(bytes));
    archive
        .save(&[Write("company/3-lead/AT/pumpen/card.toml", "added\n"), Delete(NEIGHBOUR)])
        .expect("a commit");
    assert!(CachedTree::of(&archive.index()).entries > 0);
    archive.assert_index("", "", &archive.git(&["rev-parse", "HEAD^{tree}"]));
}

#[test]
fn cached_trees_that_cannot_be_read_are_dropped() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let index = archive.index();
    let at = index.windows(4).position(|found| found == b"TREE").expect("it is there");
    for garbage in [&b""[..], b"\0", b"\x003 1\n", b"\x003 99999999999999999999\n", b"\0-1 0\nmore"] {
        let entries_only = sealed(index[..at].to_vec());
        archive.set_index(&with_extension(&entries_only, b"TREE", garbage));
        let patched = patch(&archive.index(), u32::MAX, &[], &[]).expect("an index that is understood");
        assert_eq!(extension(&patched, b"TREE"), None);
    }
}

#[test]
fn a_file_edited_in_the_second_in_which_the_index_was_written_is_still_seen_as_edited() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    // Neither its inode nor its size nor its time tells that this file has changed.
    archive.git(&["config", "core.trustCtime", "false"]);
    set_time(&archive.path(".git/index"), LONG_AGO);
    let length = format!("the first {ELSEWHERE}\n").len();
    archive.write(ELSEWHERE, &"x".repeat(length));
    assert_eq!(archive.status(), format!(" M {ELSEWHERE}"), "git sees it by the index's time");
    archive.save(&[Write(CARD, "changed\n")]).expect("a commit");
    assert_eq!(archive.status(), format!(" M {ELSEWHERE}"));
}

#[test]
fn an_index_without_checksum_stays_without() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.git(&["config", "index.skipHash", "true"]);
    archive.stage(ELSEWHERE, "staged\n");
    assert!(archive.index().ends_with(&[0; ID_LENGTH]));
    archive.save(&[Write(CARD, "changed\n")]).expect("a commit");
    assert!(archive.index().ends_with(&[0; ID_LENGTH]));
    let tree = archive.tree_with(&[Write(ELSEWHERE, "")]);
    archive.assert_index(&format!("M  {ELSEWHERE}"), ELSEWHERE, &tree);
}

#[test]
fn the_list_of_untracked_files_is_kept_while_it_is_true() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.write("company/3-lead/DE/pumpen-müller/draft.md", "untracked\n");
    archive.git(&["update-index", "--force-untracked-cache"]);
    let mut status = archive.command(&["status", "--porcelain"]);
    status.env("GIT_OPTIONAL_LOCKS", "1");
    succeed(status, &["status"]);
    let draft = "?? company/3-lead/DE/pumpen-müller/draft.md";
    archive.save(&[Write(CARD, "changed\n")]).expect("a commit");
    assert!(extension(&archive.index(), b"UNTR").is_some());
    assert_eq!(archive.git(&["status", "--porcelain"]), draft);
    archive.save(&[Write("company/3-lead/DE/pumpen-müller/draft.md", "tracked\n")]).expect("a commit");
    assert!(extension(&archive.index(), b"UNTR").is_none());
    assert_eq!(archive.git(&["status", "--porcelain"]), "");
    archive.assert_git_accepts();
}

#[test]
fn the_list_of_untracked_files_is_dropped_when_a_path_goes() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.git(&["update-index", "--force-untracked-cache"]);
    assert!(extension(&archive.index(), b"UNTR").is_some());
    archive.save(&[Delete(NEIGHBOUR)]).expect("a commit");
    assert!(extension(&archive.index(), b"UNTR").is_none());
}

#[test]
fn the_stages_of_resolved_conflicts_are_kept_and_unknown_optional_extensions_dropped() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let reuc = with_extension(&archive.index(), b"REUC", b"kept as it is");
    let index = with_extension(&reuc, b"XYZW", b"whatever");
    let patched = patch(&index, u32::MAX, &[], &[]).expect("an index that is understood");
    assert_eq!(extension(&patched, b"REUC").expect("a sound index"), b"kept as it is");
    assert_eq!(extension(&patched, b"XYZW"), None);
}

#[test]
fn offsets_for_parallel_reading_are_dropped() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    archive.git(&["config", "index.threads", "4"]);
    archive.git(&["update-index", "--force-write-index"]);
    let index = with_extension(&archive.index(), b"EOIE", &[0; 24]);
    let patched = patch(&with_extension(&index, b"IEOT", &[0; 12]), u32::MAX, &[], &[])
        .expect("an index that is understood");
    assert_eq!((extension(&patched, b"EOIE"), extension(&patched, b"IEOT")), (None, None));
}

#[test]
fn paths_longer_than_the_length_field_are_copied_found_and_written() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let path = |last: &str| format!("{}{last}", "long/".repeat(1000));
    let id = archive.git(&["hash-object", "-w", "crm.toml"]);
    archive.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{id},{}", path("b"))]);
    let put = |path: String| Change::Put {
        path: path.into_bytes(),
        mode: 0o100_644,
        id: id_of(&id),
        stat: Stat::default(),
    };
    let changes = [put(path("a")), put(path("c"))];
    let added = patch(&archive.index(), u32::MAX, &changes, &[]).expect("an index that is understood");
    archive.set_index(&added);
    archive.assert_git_accepts();
    let listed = archive.git(&["ls-files", "long"]);
    assert_eq!(listed, [path("a"), path("b"), path("c")].join("\n"));
    let removals = ["a", "b", "c"].map(|last| Change::Remove { path: path(last).into_bytes() });
    archive.set_index(&patch(&added, u32::MAX, &removals, &[]).expect("an index that is understood"));
    assert_eq!(archive.git(&["ls-files", "long"]), "");
    archive.assert_git_accepts();
}

fn assert_unsupported(prepare: impl FnOnce(&Archive), reason: &'static str) {
    let archive = Archive::new();
    prepare(&archive);
    let before = archive.index();
    assert_eq!(archive.save(&[Write(CARD, "changed\n")]), Err(Unsupported(reason)));
    assert_eq!(archive.index(), before);
}

#[test]
fn what_only_git_and_libgit2_understand_is_left_to_them() {
    if !has_git() {
        return;
    }
    assert_unsupported(
        |archive| {
            archive.write("planned.md", "soon\n");
            archive.git(&["add", "--intent-to-add", "planned.md"]);
        },
        "another version than 2",
    );
    assert_unsupported(
        |archive| {
            archive.git(&["update-index", "--index-version", "4"]);
        },
        "another version than 2",
    );
    assert_unsupported(
        |archive| {
            archive.git(&["update-index", "--split-index"]);
        },
        "an extension that changes what the entries mean",
    );
    assert_unsupported(
        |archive| archive.set_index(&with_extension(&archive.index(), b"sdir", b"")),
        "an extension that changes what the entries mean",
    );
    assert_unsupported(
        |archive| archive.set_index(&with_extension(&archive.index(), b"FSMN", b"")),
        "a file system monitor counts the entries",
    );
}

#[test]
fn a_merge_under_way_is_left_to_libgit2() {
    if !has_git() {
        return;
    }
    assert_unsupported(
        |archive| {
            archive.git(&["checkout", "--quiet", "-b", "other"]);
            archive.stage(NEIGHBOUR, "theirs\n");
            archive.git(&["commit", "--quiet", "--message=theirs"]);
            archive.git(&["checkout", "--quiet", "-b", "mine", "HEAD~"]);
            archive.stage(NEIGHBOUR, "ours\n");
            archive.git(&["commit", "--quiet", "--message=ours"]);
            assert!(!archive.command(&["merge", "other"]).output().expect("git runs").status.success());
        },
        "a merge under way",
    );
}

#[test]
fn entries_that_git_would_not_write_are_refused() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let index = archive.index();
    let body = &index[..index.len() - ID_LENGTH];
    let at = |text: &str| {
        body.windows(text.len()).position(|found| found == text.as_bytes()).expect("it is there")
    };
    let refused = |at: usize, flipped: u8| {
        let mut body = body.to_vec();
        body[at] ^= flipped;
        patch(&sealed(body), u32::MAX, &[], &[]).expect_err("an index that is refused").0
    };
    assert_eq!(refused(at("crm.toml"), 0x20), "entries out of order");
    assert_eq!(refused(at("crm.toml") - 2, 0x40), "an entry with extended flags");
    assert_eq!(refused(at("crm.toml") + "crm.toml".len(), 1), "an entry whose path does not end");
}

#[test]
fn an_index_with_long_ids_is_left_to_git() {
    if !has_git() {
        return;
    }
    let archive = Archive::with(&["init", "--quiet", "--object-format=sha256"]);
    assert!(patch(&archive.index(), u32::MAX, &[], &[]).is_err());
}

#[test]
fn changes_that_an_index_cannot_hold_are_refused() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let index = archive.index();
    let put =
        |path: &str, mode| Change::Put { path: path.into(), mode, id: [1; ID_LENGTH], stat: Stat::default() };
    let remove = |path: &str| Change::Remove { path: path.into() };
    let refused =
        |changes: &[Change]| patch(&index, u32::MAX, changes, &[]).expect_err("an index that is refused").0;
    for path in ["", "/a", "a/", "a//b", "a/../b", "./a", ".git/config", "a/.GIT/b", "a\0b"] {
        assert_eq!(refused(&[put(path, 0o100_644)]), "a path or mode that git refuses", "{path:?}");
    }
    assert_eq!(refused(&[put("a", 0o040_000)]), "a path or mode that git refuses");
    assert_eq!(refused(&[put(CARD, 0o100_644), remove(CARD)]), "a path is changed twice");
    for path in ["company", "crm.toml/card.toml", "company/3-lead"] {
        assert_eq!(refused(&[put(path, 0o100_644)]), "a file and a folder of one name", "{path}");
    }
}

#[test]
fn an_index_that_is_cut_short_or_garbled_is_never_a_panic() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let index = archive.index();
    let edits = [Write(CARD, ""), Write("company/3-lead/AT/a.md", ""), Delete(NEIGHBOUR)];
    archive.edit(&edits);
    let changes = archive.changes(&edits);
    let trees = archive.trees(&changes, "HEAD");
    let body = &index[..index.len() - ID_LENGTH];
    for length in 0..index.len() {
        assert!(patch(&index[..length], u32::MAX, &changes, &trees).is_err(), "{length} bytes");
        // With a checksum that fits only what was cut off can tell.
        let cut = sealed(body[..length.min(body.len())].to_vec());
        let _ = patch(&cut, u32::MAX, &changes, &trees);
    }
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..4_000 {
        let mut garbled = body.to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(garbled.len());
            garbled[at] ^= 1 << random.below(8);
        }
        let _ = patch(&sealed(garbled), 0, &changes, &trees);
    }
}

#[test]
fn a_checksum_that_does_not_fit_is_noticed() {
    if !has_git() {
        return;
    }
    let archive = Archive::new();
    let mut index = archive.index();
    index[40] ^= 1;
    let noticed = patch(&index, u32::MAX, &[], &[]);
    assert_eq!(noticed, Err(Unsupported("the checksum does not fit")));
}

/// Marsaglia's xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("less than a usize")
    }
}

/// Whether there is a `git` program; without one these tests are left out, and that is said.
#[allow(clippy::disallowed_macros, reason = "a test says what it leaves out")]
fn has_git() -> bool {
    let there = Command::new("git").arg("--version").output().is_ok_and(|o| o.status.success());
    if !there {
        println!("left out: there is no git program");
    }
    there
}
