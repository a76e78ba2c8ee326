//! One error type for the whole program: its kind decides the exit code, its code is stable
//! for scripts, its message is one plain sentence in the reader's language, its hints name the
//! command that mends it.
//!
//! What a problem says stands in [`problem`], what one can do about it in [`hint`].

pub mod hint;
pub mod problem;
pub mod system;

use std::fmt;
use std::path::Path;

use crate::exchange::sheet::SheetFault;
use crate::i18n::{Lang, Say};
pub use hint::Hint;
pub use problem::Problem;
use system::SystemReason;

/// What went wrong at large. Decides the exit code; the numbers are never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The answer is no: a rule refused.
    Refused,
    /// Wrong usage or settings.
    Usage,
    /// Not found, or more than one match.
    NotFound,
    /// It could not be done: files, lock, git, state of the repository.
    CouldNot,
    /// Done in part: unreadable cards or refused rows were left out.
    InPart,
}

impl Kind {
    /// The exit code of the process.
    pub const fn exit_code(self) -> u8 {
        match self {
            Kind::Refused => 1,
            Kind::Usage => 2,
            Kind::NotFound => 3,
            Kind::CouldNot => 4,
            Kind::InPart => 5,
        }
    }

    /// The stable name, for `--format json`.
    pub const fn token(self) -> &'static str {
        match self {
            Kind::Refused => "refused",
            Kind::Usage => "usage",
            Kind::NotFound => "not_found",
            Kind::CouldNot => "could_not",
            Kind::InPart => "in_part",
        }
    }
}

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, for a person and for a script.
///
/// Boxed, so that a `Result` stays small.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    problem: Problem,
    hints: Vec<Hint>,
    /// Lines that belong to the message: an excerpt of the card, the matching customers.
    detail: Vec<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of this kind.
    pub fn new(kind: Kind, problem: Problem) -> Self {
        Self(Box::new(Inner { kind, problem, hints: Vec::new(), detail: Vec::new(), cause: None }))
    }

    /// A rule refused.
    pub fn refused(problem: Problem) -> Self {
        Self::new(Kind::Refused, problem)
    }

    /// Wrong usage or settings.
    pub fn usage(problem: Problem) -> Self {
        Self::new(Kind::Usage, problem)
    }

    /// Not found, or more than one match.
    pub fn not_found(problem: Problem) -> Self {
        Self::new(Kind::NotFound, problem)
    }

    /// It could not be done.
    pub fn could_not(problem: Problem) -> Self {
        Self::new(Kind::CouldNot, problem)
    }

    /// A file of another program that is no table.
    pub fn sheet(path: &str, fault: SheetFault) -> Self {
        use SheetFault::{NoEncoding, NotUtf8, Undecodable};
        let is_text = matches!(fault, NotUtf8 { .. } | Undecodable { .. } | NoEncoding { .. });
        let error = Self::usage(Problem::Sheet { path: path.to_owned(), fault });
        if is_text { error.hint(Hint::GiveEncoding) } else { error }
    }

    /// A file or folder that could not be read or written. Always names the path.
    pub fn file(path: &Path, cause: std::io::Error) -> Self {
        let reason = SystemReason::from(&cause);
        Self::could_not(Problem::File { path: path.display().to_string(), reason }).because(cause)
    }

    /// Adds what a person can do about it.
    #[must_use]
    pub fn hint(mut self, hint: Hint) -> Self {
        self.0.hints.push(hint);
        self
    }

    /// Adds lines that belong to the message.
    #[must_use]
    pub fn detail(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.0.detail.extend(lines);
        self
    }

    /// Says where in the settings the problem stands.
    #[must_use]
    pub fn in_settings(mut self, place: String) -> Self {
        let problem = Box::new(self.0.problem.clone());
        self.0.problem = Problem::InSettings { place, problem };
        self
    }

    /// Keeps the error below, for whoever debugs.
    #[must_use]
    pub fn because(mut self, cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.cause = Some(Box::new(cause));
        self
    }

    /// What went wrong at large.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What went wrong.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// The stable code, for scripts.
    pub fn code(&self) -> &'static str {
        self.0.problem.code()
    }

    /// One plain sentence in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        self.0.problem.say(lang).into_owned()
    }

    /// What a person can do about it, in `lang`.
    pub fn hints(&self, lang: Lang) -> Vec<String> {
        self.0.hints.iter().map(|hint| hint.say(lang).into_owned()).collect()
    }

    /// What a person can do about it first.
    pub fn first_hint(&self) -> Option<&Hint> {
        self.0.hints.first()
    }

    /// The name that may have been meant, where one is near.
    pub fn near(&self) -> Option<&str> {
        self.0.hints.iter().find_map(|hint| match hint {
            Hint::DidYouMean { near } => near.0.first().map(String::as_str),
            _ => None,
        })
    }

    /// Lines that belong to the message.
    pub fn details(&self) -> &[String] {
        &self.0.detail
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("problem", &self.0.problem)
            .field("detail", &self.0.detail)
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| &**cause as _)
    }
}
