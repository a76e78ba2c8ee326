//! A desk for a test: an empty home, a cleared environment, a pinned day, and an archive.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The day on which every test works, unless it says otherwise: a Wednesday.
pub const TODAY: &str = "2026-03-11";

/// An empty home, and an archive in it.
pub struct Desk {
    home: TempDir,
    /// The root of the archive.
    pub archive: PathBuf,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Answer {
    /// The answer, if all was done.
    #[track_caller]
    pub fn done(self) -> Answer {
        assert_eq!(self.code, 0, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// The answer, if the exit code is this one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Answer {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// stdout without the line's end: a number or an id.
    pub fn key(&self) -> String {
        self.out.trim_end().to_owned()
    }

    /// Everything that was printed.
    pub fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

impl Desk {
    /// A desk with a new archive, in English, whose author is Lin.
    pub fn new() -> Desk {
        let desk = Desk::bare();
        fs::write(desk.home().join(".gitconfig"), "[user]\n\tname = Lin Wei\n\temail = lin@example.com\n")
            .expect("home");
        desk.crm_in(desk.home(), &["init", "archive"]).done();
        desk
    }

    /// A home in which git knows nobody, and no archive.
    pub fn bare() -> Desk {
        let home = TempDir::new().expect("a temporary folder");
        let archive = home.path().join("archive");
        Desk { home, archive }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A command that runs at this desk and sees nothing of the machine's own settings.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("CRM_TODAY", TODAY)
            .env("CRM_LANG", "en")
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    /// `crm` with these arguments, in the archive.
    pub fn crm(&self, arguments: &[&str]) -> Answer {
        self.crm_in(&self.archive, arguments)
    }

    /// `crm` with these arguments, in a folder.
    pub fn crm_in(&self, folder: &Path, arguments: &[&str]) -> Answer {
        let mut command = self.program();
        answer(command.current_dir(folder).args(arguments))
    }

    /// The program itself, to be given arguments and more.
    pub fn program(&self) -> Command {
        self.command(env!("CARGO_BIN_EXE_crm"))
    }

    /// `git` with these arguments, in the archive; its stdout, if it did not fail.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        let answer = answer(
            self.command("git").current_dir(&self.archive).args(["-c", "core.quotepath=off"]).args(arguments),
        );
        assert_eq!(answer.code, 0, "git {arguments:?}: {}", answer.err);
        answer.out
    }

    /// `git` with these arguments, in the archive, whatever comes of it.
    pub fn try_git(&self, arguments: &[&str]) -> Answer {
        answer(self.command("git").current_dir(&self.archive).args(arguments))
    }

    /// Writes a file of the archive as a person would, with the folders that it needs.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.archive.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Moves a file or folder of the archive as a file manager would.
    pub fn drag(&self, from: &str, to: &str) {
        let to = self.archive.join(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::rename(self.archive.join(from), to).expect("a move");
    }

    /// How many commits there are.
    pub fn commits(&self) -> usize {
        self.git(&["rev-list", "--count", "HEAD"]).trim().parse().expect("a number")
    }

    /// The only card whose folder's name contains this.
    #[track_caller]
    pub fn card(&self, company: &str) -> PathBuf {
        let mut found = Vec::new();
        cards_below(&self.archive, &mut found);
        found.retain(|path| {
            path.parent().and_then(Path::file_name).is_some_and(|n| n.to_string_lossy().contains(company))
        });
        assert_eq!(found.len(), 1, "cards of {company}: {found:?}");
        found.remove(0)
    }

    /// The text of a card.
    #[track_caller]
    pub fn text(&self, company: &str) -> String {
        fs::read_to_string(self.card(company)).expect("a card")
    }

    /// git sees nothing to commit, and the repository is sound.
    #[track_caller]
    pub fn is_clean_and_sound(&self) {
        assert_eq!(self.git(&["status", "--porcelain"]), "");
        self.git(&["fsck", "--strict", "--no-dangling"]);
    }
}

/// Whether there is a `git` program.
pub fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok_and(|o| o.status.success())
}

/// Runs a command to its end.
pub fn answer(command: &mut Command) -> Answer {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Answer { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// Every card below a folder, however deep.
pub fn cards_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry")) {
        let path = entry.path();
        if path.is_dir() && entry.file_name() != ".git" {
            cards_below(&path, found);
        } else if entry.file_name() == "card.toml" {
            found.push(path);
        }
    }
}
