//! Signing commits, where git's own settings ask for it (`commit.gpgsign`): by the program that git
//! would run, with the same key. A commit that cannot be signed is not made.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use super::{History, git_error};
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Problem, Result};

/// How a literal ssh key begins in git's settings: the second is the older way.
const LITERAL: [&str; 2] = ["key::", "ssh-"];
/// What gpg reports when it has signed.
const SIGNED: &str = "[GNUPG:] SIG_CREATED ";

/// How commits are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// What kind of signature it is.
    pub format: Format,
    /// The program that makes it.
    pub program: String,
    /// The key as the program takes it: an id, a person, the path of an ssh key, or the ssh key itself.
    pub key: String,
}

/// What kind of signature a commit bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// That of gpg.
    OpenPgp,
    /// That of an ssh key.
    Ssh,
}

impl Format {
    /// The word of git's `gpg.format`.
    pub const fn token(self) -> &'static str {
        match self {
            Format::OpenPgp => "openpgp",
            Format::Ssh => "ssh",
        }
    }

    fn from_token(token: &str) -> Option<Format> {
        [Format::OpenPgp, Format::Ssh].into_iter().find(|format| format.token() == token)
    }
}

impl History {
    /// How commits are signed, by git's settings; `None` where they are not.
    ///
    /// # Errors
    /// When the settings ask for a format that `crm` does not make, or for an ssh key without naming it.
    pub fn signing(&self) -> Result<Option<Signing>> {
        if !self.config_flag("commit.gpgsign")? {
            return Ok(None);
        }
        let token = self.config("gpg.format")?.unwrap_or_else(|| Format::OpenPgp.token().to_owned());
        let Some(format) = Format::from_token(&token) else {
            let problem = Problem::SigningFormat { format: token };
            return Err(Error::could_not(problem).hint(Hint::OtherSigningFormat));
        };
        let (programs, usual): (&[&str], _) = match format {
            Format::OpenPgp => (&["gpg.openpgp.program", "gpg.program"], "gpg"),
            Format::Ssh => (&["gpg.ssh.program"], "ssh-keygen"),
        };
        let key = match format {
            Format::OpenPgp => self.openpgp_key()?,
            Format::Ssh => self.ssh_key()?,
        };
        Ok(Some(Signing { format, program: self.first_path(programs)?.unwrap_or_else(|| usual.into()), key }))
    }

    /// The signature of a commit, given as the text that git hashes; `None` where commits are not signed.
    ///
    /// # Errors
    /// When the program is missing or does not sign.
    pub(super) fn signature(&self, commit: &[u8]) -> Result<Option<String>> {
        let Some(signing) = self.signing()? else { return Ok(None) };
        let signature = match signing.format {
            Format::OpenPgp => signing.by_gpg(commit, &self.root),
            Format::Ssh => signing.by_ssh(commit, &self.root, &self.crm_folder()),
        };
        // gpg on Windows ends lines with both.
        signature.map(|signature| Some(signature.replace("\r\n", "\n")))
    }

    /// The key that is named, else the person who commits.
    fn openpgp_key(&self) -> Result<String> {
        match self.config("user.signingkey")? {
            Some(key) => Ok(key),
            None => self.identity().map(|person| format!("{} <{}>", person.name, person.email)),
        }
    }

    /// The key that is named, else the first one that the command for it lists.
    fn ssh_key(&self) -> Result<String> {
        let nameless = || Error::could_not(Problem::NoSigningKey).hint(Hint::NameSigningKey);
        match self.config("user.signingkey")? {
            Some(key) if literal(&key).is_some() => Ok(key),
            Some(_) => self.first_path(&["user.signingkey"])?.ok_or_else(nameless),
            None => self.listed_ssh_key()?.ok_or_else(nameless),
        }
    }

    fn listed_ssh_key(&self) -> Result<Option<String>> {
        let Some(line) = self.config("gpg.ssh.defaultKeyCommand")? else { return Ok(None) };
        let mut words = line.split_whitespace();
        let Some(name) = words.next() else { return Ok(None) };
        let output =
            run(program(name, &self.root).args(words), &[]).map_err(|e| unsigned(name, e.to_string()))?;
        let listed = String::from_utf8_lossy(&output.stdout);
        let first = listed.lines().next().filter(|key| output.status.success() && literal(key).is_some());
        Ok(first.map(str::to_owned))
    }

    /// The first of these settings that names a path, with `~` for the home.
    pub(super) fn first_path(&self, keys: &[&str]) -> Result<Option<String>> {
        let config = self.repo.config().and_then(|mut c| c.snapshot()).map_err(git_error)?;
        let path = keys.iter().find_map(|key| config.get_path(key).ok());
        Ok(path.map(|path| path.to_string_lossy().into_owned()))
    }
}

impl Signing {
    fn by_gpg(&self, commit: &[u8], root: &Path) -> Result<String> {
        let mut gpg = program(&self.program, root);
        let output = run(gpg.args(["--status-fd=2", "-bsau", &self.key]), commit);
        let output = output.map_err(|e| unsigned(&self.program, e.to_string()))?;
        let reported = String::from_utf8_lossy(&output.stderr).lines().any(|line| line.starts_with(SIGNED));
        if !output.status.success() || !reported {
            return Err(unsigned(&self.program, last_words(&output)));
        }
        self.text(output.stdout)
    }

    /// ssh-keygen signs a file and writes the signature beside it: both are in a folder of their own below
    /// `crm_folder`, for the length of the command.
    fn by_ssh(&self, commit: &[u8], root: &Path, crm_folder: &Path) -> Result<String> {
        let draft = tempfile::Builder::new().prefix("signing-").tempdir_in(crm_folder);
        let draft = draft.map_err(|e| Error::file(crm_folder, e))?;
        let (buffer, signature) = (draft.path().join("commit"), draft.path().join("commit.sig"));
        write::file(&buffer, commit, Durable::Later)?;
        let mut keygen = program(&self.program, root);
        keygen.args(["-Y", "sign", "-n", "git", "-f"]);
        match literal(&self.key) {
            Some(key) => {
                let public = draft.path().join("key");
                write::file(&public, key.as_bytes(), Durable::Later)?;
                // The private half is the agent's.
                keygen.arg(public).arg("-U");
            }
            None => {
                keygen.arg(&self.key);
            }
        }
        let output = run(keygen.arg(&buffer), &[]).map_err(|e| unsigned(&self.program, e.to_string()))?;
        if !output.status.success() {
            return Err(unsigned(&self.program, last_words(&output)));
        }
        self.text(std::fs::read(&signature).map_err(|e| unsigned(&self.program, e.to_string()))?)
    }

    fn text(&self, signature: Vec<u8>) -> Result<String> {
        String::from_utf8(signature).map_err(|e| unsigned(&self.program, e.to_string()))
    }
}

/// The ssh key that a setting holds itself, in place of a path.
fn literal(key: &str) -> Option<&str> {
    let [marked, plain] = LITERAL;
    key.strip_prefix(marked).or_else(|| key.starts_with(plain).then_some(key))
}

fn unsigned(program: &str, reason: String) -> Error {
    let program = program.to_owned();
    Error::could_not(Problem::NotSigned { program, reason }).hint(Hint::SignByGit)
}

/// A program to be given its arguments, in the work tree as git would start it.
#[allow(clippy::disallowed_methods, reason = "commits are signed by the program that git would run")]
fn program(name: &str, root: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root);
    command
}

/// Runs a program to its end with `input`.
fn run(command: &mut Command, input: &[u8]) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let pipe = child.stdin.take();
    thread::scope(|scope| {
        // A program that fails may not read what it is given: its exit code says so.
        scope.spawn(move || pipe.map(|mut pipe| pipe.write_all(input)));
        child.wait_with_output()
    })
}

/// Why a program failed, in its own last words; its exit code where it said nothing.
fn last_words(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let is_word = |line: &&str| !line.is_empty() && !line.starts_with("[GNUPG:]");
    let last = said.lines().map(str::trim).rfind(is_word);
    last.map_or_else(|| output.status.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_literal_key_is_told_from_a_path() {
        assert_eq!(literal("key::ecdsa-sha2-nistp256 AAAA"), Some("ecdsa-sha2-nistp256 AAAA"));
        assert_eq!(literal("ssh-ed25519 AAAA lin"), Some("ssh-ed25519 AAAA lin"));
        assert_eq!(literal("~/.ssh/id_ed25519.pub"), None);
    }
}
