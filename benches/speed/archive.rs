//! Archives for the table of speed: generated cards on disk, committed and packed with the `git`
//! program, and copies of them that a measured command may change. Knows nothing of `crm`'s own code.

use crate::card::{self, Card};
use crate::measure::Sandbox;
use chrono::NaiveDate;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The day on which all generated archives stand, also `CRM_TODAY` of every measured command.
pub(crate) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day of the calendar");

const SETTINGS: &str =
    "format = 1\n\n[archive]\nlanguage = \"zh-CN\"\nhome = \"CN\"\ntime_zone = \"Asia/Shanghai\"\n";
const ATTRIBUTES: &str = "* -text\ncard.toml merge=crm\n";
/// Keeps `git` from packing in the background, where it would be in the way of what comes next.
const NO_PACKING: &[&str] = &["-c", "gc.auto=0", "-c", "maintenance.auto=false"];
const IGNORED: &str = "Thumbs.db\n.DS_Store\n~$*\n*.tmp\n";
/// 2026-01-05 09:00 in Shanghai, when the generated archive was committed.
const FIRST_COMMIT: u64 = 1_767_574_800;

/// A git work tree with `count` generated cards.
pub(crate) struct Archive {
    pub(crate) root: PathBuf,
    pub(crate) count: usize,
    pub(crate) seed: u64,
}

impl Archive {
    /// The card with this running number as it was generated.
    pub(crate) fn card(&self, index: usize) -> Card {
        card::card(self.seed, index, TODAY)
    }

    /// `many` running numbers spread evenly over the archive.
    pub(crate) fn spread(&self, many: usize) -> Vec<usize> {
        let many = many.clamp(1, self.count);
        (0..many).map(|place| 1 + place * self.count / many).collect()
    }

    /// Cards with a plan that is due, and the mean size of a card in bytes.
    pub(crate) fn figures(&self) -> (usize, usize) {
        let (mut due, mut bytes) = (0, 0);
        for index in 1..=self.count {
            let card = self.card(index);
            due += usize::from(card.due);
            bytes += card.text.len();
        }
        (due, bytes / self.count.max(1))
    }

    /// Writes the cards below `root` and commits and packs them; takes an archive that is there and clean.
    pub(crate) fn create(sandbox: &Sandbox, root: PathBuf, count: usize, seed: u64) -> Result<Self, String> {
        let archive = Archive { root, count, seed };
        let marker = archive.root.with_extension("complete");
        if marker.exists() && sandbox.is_clean(&archive.root) == Ok(true) {
            return Ok(archive);
        }
        remove(&archive.root)?;
        write(&archive.root.join("crm.toml"), SETTINGS)?;
        write(&archive.root.join(".gitattributes"), ATTRIBUTES)?;
        write(&archive.root.join(".gitignore"), IGNORED)?;
        for index in 1..=count {
            let card = archive.card(index);
            write(&archive.root.join(&card.path), &card.text)?;
        }
        sandbox.git(&archive.root, &["init", "-q", "-b", "main"]).run()?;
        for (key, value) in
            [("user.name", "Lin"), ("user.email", "lin@company.example"), ("commit.gpgsign", "false")]
        {
            sandbox.git(&archive.root, &["config", key, value]).run()?;
        }
        sandbox.git(&archive.root, &["add", "-A"]).run()?;
        let date = format!("{FIRST_COMMIT} +0800");
        let commit = sandbox.git(
            &archive.root,
            &[NO_PACKING, &["commit", "-q", "-m", "Archive for the table of speed"]].concat(),
        );
        commit.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date).run()?;
        sandbox.git(&archive.root, &["gc", "-q"]).run()?;
        archive.settle(sandbox)?;
        write(&marker, "")?;
        Ok(archive)
    }

    /// A copy beside the archive that may be changed, without the index of `crm`.
    pub(crate) fn copy(&self, sandbox: &Sandbox, name: &str) -> Result<Self, String> {
        let root = self.root.with_file_name(format!("{name}-{}", self.count));
        remove(&root)?;
        copy_folder(&self.root, &root, &self.root.join(".git").join("crm"))?;
        let copy = Archive { root, count: self.count, seed: self.seed };
        copy.settle(sandbox)?;
        Ok(copy)
    }

    /// Removes a copy.
    pub(crate) fn discard(self) -> Result<(), String> {
        remove(&self.root)
    }

    /// Waits until no time stamp is as young as an index (both `git` and `crm` read such files again),
    /// then lets git write down the time stamps as they are.
    pub(crate) fn settle(&self, sandbox: &Sandbox) -> Result<(), String> {
        std::thread::sleep(Duration::from_millis(3000));
        sandbox.git(&self.root, &["status", "--porcelain"]).run()
    }

    /// Adds one more card, of about 1 MB, and commits it.
    pub(crate) fn add_large_card(&self, sandbox: &Sandbox) -> Result<Card, String> {
        let card = card::large_card(self.seed, self.count + 1, TODAY);
        write(&self.root.join(&card.path), &card.text)?;
        sandbox.git(&self.root, &["add", "-A"]).run()?;
        sandbox.git(&self.root, &["commit", "-q", "-m", "A large card"]).run()?;
        self.settle(sandbox)?;
        Ok(card)
    }

    /// Puts `commits` more on top, each a change of one card; every `often`-th is of card `favourite`.
    pub(crate) fn add_history(
        &self,
        sandbox: &Sandbox,
        commits: usize,
        (favourite, often): (usize, usize),
    ) -> Result<(), String> {
        let stream = self.root.with_extension("fast-import");
        let mut out = BufWriter::new(File::create(&stream).map_err(at(&stream))?);
        for number in 0..commits {
            let chance = card::Prng::new(self.seed ^ 2, number).below(self.count);
            let card = self.card(if number % often == 0 { favourite } else { 1 + chance });
            let value = format!("+86 574 5550 {number:05}");
            let message = format!("{} phone: {value}\n\nCard: {}\n", card.number, card.id);
            let text = card::with_phone(&card.text, &value);
            let date = FIRST_COMMIT + 86_400 + 1_200 * number as u64;
            let from = if number == 0 { "from refs/heads/main^0\n" } else { "" };
            write!(
                out,
                "commit refs/heads/main\ncommitter Lin <lin@company.example> {date} +0800\n\
                 data {}\n{message}\n{from}M 100644 inline {}\ndata {}\n{text}\n",
                message.len(),
                card.path,
                text.len(),
            )
            .map_err(at(&stream))?;
        }
        out.flush().map_err(at(&stream))?;
        sandbox.git(&self.root, &["fast-import", "--quiet"]).input(&stream).run()?;
        sandbox.git(&self.root, &["reset", "-q", "--hard"]).run()?;
        sandbox.git(&self.root, &["gc", "-q"]).run()?;
        sandbox.git(&self.root, &["commit-graph", "write", "--reachable", "--changed-paths"]).run()?;
        fs::remove_file(&stream).map_err(at(&stream))?;
        self.settle(sandbox)
    }

    /// Bytes that `.git` takes on disk, without the index of `crm`, which is disposable.
    pub(crate) fn bytes_on_disk(&self) -> Result<u64, String> {
        let git = self.root.join(".git");
        folder_bytes(&git, &git.join("crm"))
    }
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    fs::write(path, text).map_err(at(path))
}

/// Removes a work tree, if it is there, as soon as no packing in the background writes in it.
pub(crate) fn remove(root: &Path) -> Result<(), String> {
    let git = root.join(".git");
    let packing = [git.join("gc.pid"), git.join("objects").join("maintenance.lock")];
    for _ in 0..300 {
        if !packing.iter().any(|lock| lock.exists()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    if root.exists() {
        fs::remove_dir_all(root).map_err(at(root))?;
    }
    Ok(())
}

/// Reads a card.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(at(path))
}

/// Makes an error of the file system say where.
pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> String + '_ {
    move |error| format!("{}: {error}", path.display())
}

fn copy_folder(from: &Path, to: &Path, except: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(at(to))?;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source == except {
            continue;
        }
        let metadata = entry.metadata().map_err(at(&source))?;
        if metadata.is_dir() {
            copy_folder(&source, &target, except)?;
        } else {
            fs::copy(&source, &target).map_err(at(&target))?;
        }
    }
    Ok(())
}

fn folder_bytes(folder: &Path, except: &Path) -> Result<u64, String> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let metadata = fs::symlink_metadata(&path).map_err(at(&path))?;
        bytes += on_disk(&metadata);
        if metadata.is_dir() && path != except {
            bytes += folder_bytes(&path, except)?;
        }
    }
    Ok(bytes)
}

#[cfg(unix)]
fn on_disk(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata) * 512
}

/// Where the file system does not tell its blocks, in steps of 4 KB.
#[cfg(not(unix))]
fn on_disk(metadata: &fs::Metadata) -> u64 {
    metadata.len().div_ceil(4096) * 4096
}
