//! A second copy of a history: a bare repository that follows the archive's, and the archive made
//! again from it. Over the local disk only, without the `git` program.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha1::{Digest, Sha1};

use git2::{AutotagOption, FetchOptions, FetchPrune, ObjectType, Oid, Repository};

use super::{History, Id, git_error};
use crate::error::{Error, Hint, Problem, Result};

/// Every branch, tag and note, as it is there; what is gone there goes here.
const EVERYTHING: [&str; 1] = ["+refs/*:refs/*"];

/// Bytes of the digest at the end of a pack.
const DIGEST: usize = 20;

/// A copy of which every object was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// The commit that HEAD names; `None` before the first.
    pub head: Option<Id>,
    /// How many commits there are.
    pub commits: usize,
    /// How many objects were read.
    pub objects: usize,
}

impl History {
    /// Makes or follows up a bare copy at `target`: only what it lacks is copied.
    ///
    /// # Errors
    /// When something else stands there, or the disk refuses.
    pub fn mirror_to(&self, target: &Path) -> Result<()> {
        let copy = if target.exists() {
            self.mirror_at(target)?
        } else {
            let mut options = git2::RepositoryInitOptions::new();
            options.bare(true).mkpath(true).external_template(false);
            Repository::init_opts(target, &options).map_err(git_error)?
        };
        fetch_everything(&copy, self.repo.path())?;
        follow_head(&self.repo, &copy)
    }

    /// The copy that stands at `target`, if it is one of this archive.
    fn mirror_at(&self, target: &Path) -> Result<Repository> {
        let copy = open_copy(target)?;
        let head = copy.head().ok().and_then(|head| head.target());
        let is_ours = head.is_none_or(|head| self.repo.odb().is_ok_and(|odb| odb.exists(head)));
        if is_ours {
            return Ok(copy);
        }
        let path = target.display().to_string();
        Err(Error::could_not(Problem::OtherBackup { path }).hint(Hint::BackupElsewhere))
    }

    /// Reads every object of a copy that any of its branches and tags needs, and compares each with
    /// its id.
    ///
    /// # Errors
    /// When one cannot be read or is not what its id says.
    pub fn verify_copy(target: &Path) -> Result<Sound> {
        git2::opts::strict_hash_verification(true);
        let sound = open_copy(target).and_then(|copy| read_all(&copy, target));
        git2::opts::strict_hash_verification(false);
        sound
    }

    /// Makes a repository with its work tree in a folder again, from a copy.
    ///
    /// # Errors
    /// When the copy is damaged, or the disk refuses.
    pub fn restore_from(copy: &Path, folder: &Path) -> Result<Sound> {
        let sound = History::verify_copy(copy)?;
        let history = History::init(folder, None)?;
        let copy = open_copy(copy)?;
        fetch_everything(&history.repo, copy.path())?;
        follow_head(&copy, &history.repo)?;
        let mut checkout = git2::build::CheckoutBuilder::new();
        history.repo.checkout_head(Some(checkout.force())).map_err(git_error)?;
        Ok(sound)
    }
}

fn open_copy(target: &Path) -> Result<Repository> {
    let not_one = || Error::could_not(Problem::NotABackup { path: target.display().to_string() });
    let copy = Repository::open_bare(target).map_err(|e| not_one().because(e))?;
    if copy.is_bare() { Ok(copy) } else { Err(not_one().hint(Hint::BackupElsewhere)) }
}

fn fetch_everything(into: &Repository, from: &Path) -> Result<()> {
    let from = from
        .to_str()
        .ok_or_else(|| Error::could_not(Problem::NoRepository { folder: from.display().to_string() }))?;
    let mut options = FetchOptions::new();
    options.prune(FetchPrune::On).download_tags(AutotagOption::None).update_fetchhead(false);
    let mut remote = into.remote_anonymous(from).map_err(git_error)?;
    remote.fetch(&EVERYTHING, Some(&mut options), None).map_err(git_error)
}

/// The same branch, or the same commit, as HEAD.
fn follow_head(from: &Repository, to: &Repository) -> Result<()> {
    let head = from.find_reference("HEAD").map_err(git_error)?;
    match (head.symbolic_target().ok().flatten(), head.target()) {
        (Some(branch), _) => to.set_head(branch).map_err(git_error),
        (None, Some(commit)) => to.set_head_detached(commit).map_err(git_error),
        (None, None) => Ok(()),
    }
}

fn read_all(copy: &Repository, target: &Path) -> Result<Sound> {
    let damaged = |object: String| {
        let path = target.display().to_string();
        Error::could_not(Problem::BackupDamaged { path, object }).hint(Hint::MakeItAnew)
    };
    let of = |id: Oid| move |e: git2::Error| damaged(id.to_string()).because(e);
    check_packs(copy).map_err(&damaged)?;
    let odb = copy.odb().map_err(git_error)?;
    let mut left: Vec<Oid> = Vec::new();
    for reference in copy.references().map_err(|e| damaged("refs".into()).because(e))? {
        let reference = reference.map_err(|e| damaged("refs".into()).because(e))?;
        left.extend(reference.target());
    }
    let head = copy.head().ok().and_then(|head| head.target());
    left.extend(head);
    let mut seen: HashSet<Oid> = HashSet::new();
    let mut commits = 0;
    while let Some(id) = left.pop() {
        if !seen.insert(id) {
            continue;
        }
        let kind = odb.read(id).map_err(of(id))?.kind();
        match kind {
            ObjectType::Commit => {
                commits += 1;
                let commit = copy.find_commit(id).map_err(of(id))?;
                left.push(commit.tree_id());
                left.extend(commit.parent_ids());
            }
            ObjectType::Tree => {
                let tree = copy.find_tree(id).map_err(of(id))?;
                // A commit in a tree is another repository's.
                left.extend(tree.iter().filter(|e| e.kind() != Some(ObjectType::Commit)).map(|e| e.id()));
            }
            ObjectType::Tag => left.push(copy.find_tag(id).map_err(of(id))?.target_id()),
            _ => {}
        }
    }
    Ok(Sound { head: head.map(|id| id.to_string()), commits, objects: seen.len() })
}

/// Compares each pack with the digest at its end: of a damaged one, not every bit shows in an object.
/// The name of one that differs.
fn check_packs(copy: &Repository) -> std::result::Result<(), String> {
    let folder = copy.path().join("objects/pack");
    for entry in fs::read_dir(&folder).into_iter().flatten() {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.extension().is_some_and(|e| e == "pack") && !is_whole(&path).unwrap_or(false) {
            return Err(path.display().to_string());
        }
    }
    Ok(())
}

fn is_whole(pack: &Path) -> std::io::Result<bool> {
    let mut left = fs::metadata(pack)?.len().saturating_sub(DIGEST as u64);
    let mut file = BufReader::new(fs::File::open(pack)?);
    let mut digest = Sha1::new();
    while left > 0 {
        let piece = file.fill_buf()?;
        let length = piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if length == 0 {
            return Ok(false);
        }
        digest.update(&piece[..length]);
        file.consume(length);
        left -= length as u64;
    }
    let mut kept = [0; DIGEST];
    file.read_exact(&mut kept)?;
    Ok(digest.finalize()[..] == kept)
}
