//! The `git` program, for what goes over the network: the person's own keys, helpers and proxies work
//! there. What it is started with is what jj found necessary: fixed words, no prompt where nobody
//! sees it, no monitor, no submodules, nothing on its input.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::error::{Error, Hint, Problem, Result};

/// The oldest git whose `fetch` says in columns what it did.
const OLDEST: (u32, u32) = (2, 41);
/// How often a running git is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Without a terminal: how long git may take altogether.
const PATIENCE: Duration = Duration::from_secs(600);

/// Who sees what git says and can answer it.
#[derive(Clone, Copy, Debug)]
pub enum Terminal {
    /// A person, who is shown git's progress, and whom git may ask.
    Person(fn(&[u8])),
    /// Nobody, as under cron.
    Nobody,
}

/// What git answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: ExitStatus,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

/// Runs git in a folder.
///
/// # Errors
/// When there is no git, or it does not end in time.
pub(super) fn git(folder: &Path, args: &[&str], terminal: Terminal) -> Result<Answer> {
    git_within(folder, args, terminal, PATIENCE)
}

/// The same; where nobody sees it, it may take so long altogether.
pub(super) fn git_within(
    folder: &Path,
    args: &[&str],
    terminal: Terminal,
    patience: Duration,
) -> Result<Answer> {
    let mut command = prepared(folder, terminal);
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| missing(&e))?;
    let said = (reader(child.stdout.take(), Terminal::Nobody), reader(child.stderr.take(), terminal));
    let status = waited(&mut child, terminal, patience)?;
    let [stdout, stderr] = [said.0, said.1].map(|reader| reader.join().unwrap_or_default());
    Ok(Answer { status, stdout, stderr })
}

/// What git writes of a file, byte for byte; `None` where it cannot.
pub(in crate::history) fn bytes(folder: &Path, args: &[&str]) -> Option<Vec<u8>> {
    let output = prepared(folder, Terminal::Nobody).args(args).output().ok()?;
    output.status.success().then_some(output.stdout)
}

#[allow(clippy::disallowed_methods, reason = "sync and clone go over the network by the git program")]
fn prepared(folder: &Path, terminal: Terminal) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).stdin(Stdio::null()).env("LC_ALL", "C").env("LANGUAGE", "C");
    command.args(["-c", "core.fsmonitor=false", "-c", "submodule.recurse=false"]);
    command.args(["-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=60"]);
    if matches!(terminal, Terminal::Nobody) {
        command.env("GIT_TERMINAL_PROMPT", "0").env("SSH_ASKPASS_REQUIRE", "never");
        command.args(["-c", "core.askPass="]);
        if !has_own_ssh(folder) {
            command.args(["-c", "core.sshCommand=ssh -oBatchMode=yes -oConnectTimeout=30"]);
        }
    }
    command
}

/// Whether the person said which SSH git starts. A variable of theirs is taken before ours anyway.
fn has_own_ssh(folder: &Path) -> bool {
    let config = match git2::Repository::discover(folder) {
        Ok(repo) => repo.config(),
        Err(_) => git2::Config::open_default(),
    };
    config
        .and_then(|mut config| config.snapshot())
        .is_ok_and(|config| config.get_str("core.sshCommand").is_ok())
}

/// Reads to the end beside the wait, so that git never waits for us. A person sees git's own progress.
fn reader(from: Option<impl Read + Send + 'static>, terminal: Terminal) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let (mut said, mut piece) = (Vec::new(), [0; 4096]);
        let Some(mut from) = from else { return String::new() };
        while let Ok(length @ 1..) = from.read(&mut piece) {
            let piece = piece.get(..length).unwrap_or_default();
            said.extend_from_slice(piece);
            if let Terminal::Person(show) = terminal {
                show(piece);
            }
        }
        String::from_utf8_lossy(&said).into_owned()
    })
}

fn waited(child: &mut Child, terminal: Terminal, patience: Duration) -> Result<ExitStatus> {
    let mut left = patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if matches!(terminal, Terminal::Nobody) && left.is_zero() => {
                let _ = child.kill();
                let _ = child.wait();
                let seconds = patience.as_secs();
                return Err(Error::could_not(Problem::RemoteTooSlow { seconds }).hint(Hint::TryAgain));
            }
            Ok(None) => {
                thread::sleep(LOOK);
                left = left.saturating_sub(LOOK);
            }
            Err(error) => return Err(missing(&error)),
        }
    }
}

fn missing(error: &std::io::Error) -> Error {
    Error::could_not(Problem::NoGit { reason: error.to_string() }).hint(Hint::InstallGit)
}

/// Whether git is there and new enough.
///
/// # Errors
/// When it is not.
pub(super) fn is_there(folder: &Path) -> Result<()> {
    let answer = git(folder, &["--version"], Terminal::Nobody)?;
    let version = answer.stdout.trim().trim_start_matches("git version ").to_owned();
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < OLDEST {
        return Err(Error::could_not(Problem::OldGit { version }).hint(Hint::InstallGit));
    }
    Ok(())
}
