//! What a commit says of itself.

use git2::Commit;

use super::Id;

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the commit.
    pub commit: Id,
    /// When its author made it, in seconds since 1970.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
    /// When it was committed, in seconds since 1970: later than its author's time after a rebase.
    pub committed: i64,
    /// The author's name.
    pub author: String,
    /// The author's mail address.
    pub email: String,
    /// The first line of the message.
    pub sentence: String,
}

impl Entry {
    pub(super) fn of(commit: &Commit<'_>) -> Entry {
        let author = commit.author();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Entry {
            commit: commit.id().to_string(),
            seconds: author.when().seconds(),
            offset: author.when().offset_minutes(),
            committed: commit.time().seconds(),
            author: text(author.name_bytes()),
            email: text(author.email_bytes()),
            sentence: commit.summary_bytes().map(text).unwrap_or_default(),
        }
    }
}
