//! What git said when it failed, as one of a few things that a person can do something about. Its words
//! are English whatever the desk speaks, and the same for years.

use super::program::Answer;
use crate::error::{Error, Hint, Problem};

/// Words of a network that is not there.
const OFFLINE: &[&str] = &[
    "could not resolve host",
    "temporary failure in name resolution",
    "name or service not known",
    "connection refused",
    "connection timed out",
    "operation timed out",
    "connection reset",
    "network is unreachable",
    "no route to host",
    "failed to connect to",
    "couldn't connect to server",
    "operation too slow",
    "the remote end hung up unexpectedly",
];
/// Words of a door that stays shut.
const SHUT: &[&str] = &[
    "authentication failed",
    "permission denied",
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "host key verification failed",
    "invalid credentials",
    "error: 401",
    "error: 403",
    "access denied",
];
/// Words of a place where there is nothing.
const GONE: &[&str] = &[
    "does not appear to be a git repository",
    "repository not found",
    "not found",
    "no such file or directory",
    "does not exist",
    "no such remote",
];

/// What git says when the program that leads there has said why.
const BEHIND_THE_CAUSE: &str = "Could not read from remote repository";

/// Whether a push was refused only because somebody pushed meanwhile.
pub(super) fn is_lost_race(answer: &Answer) -> bool {
    let said = format!("{}{}", answer.stdout, answer.stderr);
    let refused = said.lines().filter(|line| line.contains("rejected]"));
    let faster = ["fetch first", "non-fast-forward", "stale info", "cannot lock ref", "failed to update ref"];
    refused.into_iter().any(|line| faster.iter().any(|words| line.contains(words)))
        || said.contains("cannot lock ref")
}

/// The failure as an error.
pub(super) fn failure(answer: &Answer) -> Error {
    let said = format!("{}\n{}", answer.stderr, answer.stdout);
    let lower = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let reason = telling(&said);
    if let Some(folder) = foreign(&said) {
        let trust = Hint::TrustFolder { folder: folder.to_owned() };
        return Error::could_not(Problem::ForeignOwner { folder: folder.to_owned() }).hint(trust);
    }
    // A door that is shut is often followed by advice on repositories that do not exist.
    if has(SHUT) {
        Error::could_not(Problem::NoAccess { reason }).hint(Hint::CheckAccess)
    } else if lower.contains("rejected]") {
        let theirs = said.lines().filter_map(|line| line.trim().strip_prefix("remote:"));
        let theirs = theirs.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
        Error::could_not(Problem::PushRefused { reason }).detail(theirs).hint(Hint::AskTheHost)
    } else if has(OFFLINE) && !lower.contains("does not appear to be a git repository") {
        Error::could_not(Problem::Offline { reason })
    } else if has(GONE) {
        Error::could_not(Problem::NoRemoteThere { reason }).hint(Hint::CheckRemote)
    } else {
        Error::could_not(Problem::RemoteFailed { reason })
    }
}

/// The folder whose owner git does not trust.
fn foreign(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("dubious ownership in repository at '")?;
    rest.split_once('\'').map(|(folder, _)| folder)
}

/// The line that says most: git's own first, unless it only follows what ssh has said.
fn telling(said: &str) -> String {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let marked =
        |line: &&str| line.starts_with("fatal:") || line.starts_with("error:") || line.contains("rejected]");
    let at = lines.iter().position(marked).unwrap_or(lines.len().saturating_sub(1));
    let follows = lines.get(at).is_some_and(|line| line.contains(BEHIND_THE_CAUSE));
    let line = lines.get(at.saturating_sub(usize::from(follows))).copied().unwrap_or_default();
    line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use super::*;

    fn code(stderr: &str) -> &'static str {
        let answer =
            Answer { status: ExitStatus::default(), stdout: String::new(), stderr: stderr.to_owned() };
        failure(&answer).code()
    }

    #[test]
    fn failures_are_told_apart() {
        for (said, expected) in [
            (
                "fatal: unable to access 'https://git.example/a/': Could not resolve host: git.example",
                "offline",
            ),
            (
                "ssh: connect to host git.example port 22: Connection refused\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.",
                "offline",
            ),
            (
                "lin@git.example: Permission denied (publickey).\nfatal: Could not read from remote repository.",
                "no_access",
            ),
            (
                "fatal: could not read Username for 'https://git.example': terminal prompts disabled",
                "no_access",
            ),
            (
                "remote: Repository not found.\nfatal: repository 'https://git.example/a/' not found",
                "no_remote_there",
            ),
            (
                "fatal: '/media/stick/archive.git' does not appear to be a git repository\nfatal: Could not read from remote repository.",
                "no_remote_there",
            ),
            (
                "fatal: detected dubious ownership in repository at '/media/office/customers'\nTo add an exception for this directory, call:\n",
                "foreign_owner",
            ),
            ("!\tabc:refs/heads/main\t[remote rejected] (pre-receive hook declined)", "push_refused"),
            ("fatal: something nobody has seen", "remote_failed"),
        ] {
            assert_eq!(code(said), expected, "{said}");
        }
    }

    #[test]
    fn the_line_that_says_most_is_the_cause() {
        let ssh = "lin@git.example: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.";
        assert_eq!(telling(ssh), "lin@git.example: Permission denied (publickey).");
        let gone = "fatal: '/nowhere' does not appear to be a git repository\nfatal: Could not read from remote repository.";
        assert_eq!(telling(gone), "'/nowhere' does not appear to be a git repository");
        assert_eq!(
            telling("fatal: Could not read from remote repository."),
            "Could not read from remote repository."
        );
        assert_eq!(telling(""), "");
    }
}
