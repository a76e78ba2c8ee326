//! Who commits: git's own `user.name` and `user.email`, and the letters of the numbers that this
//! clone gives.

use super::{History, git_error};
use crate::error::{Error, Hint, Problem, Result};

/// A person as git knows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
}

impl Identity {
    /// Reads `Lin <lin@example.com>`.
    pub fn parse(text: &str) -> Option<Identity> {
        let (name, rest) = text.trim().split_once('<')?;
        let email = rest.strip_suffix('>')?.trim();
        let name = name.trim();
        let fits = !name.is_empty() && email.contains('@') && !email.contains(char::is_whitespace);
        fits.then(|| Identity { name: name.to_owned(), email: email.to_owned() })
    }
}

fn nobody() -> Error {
    Error::could_not(Problem::NoIdentity).hint(Hint::SayWhoYouAre)
}

/// Where git keeps the series of this clone.
const SERIES: &str = "crm.series";

/// Where git's configuration keeps the program that may get reminders.
const SEND: &str = "crm.send";

impl History {
    /// The person who commits, by git's configuration.
    ///
    /// # Errors
    /// When git knows no name or no mail address.
    pub fn identity(&self) -> Result<Identity> {
        let (name, email) = (self.config("user.name")?, self.config("user.email")?);
        match (name, email) {
            (Some(name), Some(email)) => Ok(Identity { name, email }),
            _ => Err(nobody()),
        }
    }

    /// Whether git knows who commits in a folder, be it a work tree or not.
    ///
    /// # Errors
    /// When git knows no name or no mail address.
    pub fn somebody(folder: &std::path::Path) -> Result<()> {
        if folder.join(".git").exists() {
            return History::open(folder)?.identity().map(|_| ());
        }
        let config = git2::Config::open_default().and_then(|mut c| c.snapshot()).map_err(git_error)?;
        let known = |key| config.get_string(key).is_ok_and(|value| !value.trim().is_empty());
        if known("user.name") && known("user.email") {
            return Ok(());
        }
        Err(Error::could_not(Problem::NoIdentity).hint(Hint::SayWhoYouAreAtInit))
    }

    /// Keeps the person who commits in this archive.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn set_identity(&self, identity: &Identity) -> Result<()> {
        self.set_config("user.name", &identity.name)?;
        self.set_config("user.email", &identity.email)
    }

    /// The letters of the numbers that this clone gives, if they were set.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn series(&self) -> Result<Option<String>> {
        self.config(SERIES)
    }

    /// Keeps the letters of the numbers that this clone gives.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn set_series(&self, series: &str) -> Result<()> {
        self.set_config(SERIES, series)
    }

    /// The program to which this computer lets reminders be handed, as it was allowed.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn allowed_program(&self) -> Result<Option<String>> {
        self.config(SEND)
    }

    /// Lets reminders be handed to a program on this computer.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn allow_program(&self, program: &str) -> Result<()> {
        self.set_config(SEND, program)
    }

    /// A text of git's configuration; `None` where it is empty or not set.
    pub(super) fn config(&self, key: &str) -> Result<Option<String>> {
        let config = self.repo.config().and_then(|mut c| c.snapshot()).map_err(git_error)?;
        match config.get_string(key) {
            Ok(value) if !value.trim().is_empty() => Ok(Some(value)),
            Ok(_) => Ok(None),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(e) => Err(git_error(e)),
        }
    }

    /// A yes or no of git's configuration; no where it is not set.
    pub(super) fn config_flag(&self, key: &str) -> Result<bool> {
        match self.repo.config().and_then(|mut c| c.snapshot()).and_then(|c| c.get_bool(key)) {
            Err(e) if e.code() != git2::ErrorCode::NotFound => Err(git_error(e)),
            flag => Ok(flag.unwrap_or(false)),
        }
    }

    /// Sets a text of this clone's configuration; one that is set already is not written.
    pub(super) fn set_config(&self, key: &str, value: &str) -> Result<()> {
        let config = self.repo.config().and_then(|c| c.open_level(git2::ConfigLevel::Local));
        let mut config = config.map_err(git_error)?;
        let kept = config.snapshot().and_then(|c| c.get_string(key));
        if kept.is_ok_and(|kept| kept == value) {
            return Ok(());
        }
        config.set_str(key, value).map_err(|e| match e.code() {
            git2::ErrorCode::Locked => {
                let file = self.repo.commondir().join("config.lock").display().to_string();
                Error::could_not(Problem::GitBusy { file }).hint(Hint::StaleGitLock).because(e)
            }
            _ => git_error(e),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Identity;

    #[test]
    fn a_person_is_a_name_and_an_address() {
        let lin = Identity { name: "Lin Wei".into(), email: "lin@example.com".into() };
        assert_eq!(Identity::parse("Lin Wei <lin@example.com>"), Some(lin));
        for text in ["Lin", "<lin@example.com>", "Lin <lin>", "Lin <lin@example.com"] {
            assert_eq!(Identity::parse(text), None, "{text}");
        }
    }
}
