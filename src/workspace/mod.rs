//! The library's face: an archive that is open. Reading is here and beside; every write goes
//! through a [`Transaction`], which is validated whole, committed once and said in one sentence.
//!
//! ```no_run
//! # use crm::workspace::{Clock, Workspace};
//! # fn main() -> crm::error::Result<()> {
//! let workspace = Workspace::open("archive".as_ref(), Clock::at(1_790_000_000), Default::default())?;
//! let customer = workspace.find("L0007")?;
//! println!("{:?}", workspace.read(&customer)?.card.basics);
//! # Ok(())
//! # }
//! ```

mod adopt;
mod astray;
pub mod backup;
mod behind;
mod brief;
mod by_hand;
mod carry_out;
mod change;
pub mod check;
mod compose;
mod conflict;
mod create;
mod daily;
pub mod doctor;
mod dup;
mod export;
mod find;
mod findings;
mod followup;
mod hands;
mod history;
pub mod import;
mod init;
mod leftovers;
mod lists;
mod merge;
mod named;
mod past;
mod place;
mod plan;
mod remind;
mod reports;
mod restore;
mod search;
mod send;
mod settings;
mod share;
mod sql;
mod sync;
mod target;
mod tick;
mod told;
mod transaction;
mod undo;
mod views;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeZone, Timelike, Utc};

use crate::archive::{Layout, Place, Platform};
use crate::card::{Card, Unreadable, read};
use crate::error::{Error, Hint, Problem, Result};
use crate::history::{History, Identity, Stamp};
use crate::i18n::Lang;
use crate::index::ask::Asked;
use crate::index::{self, Index, Known, Source};
use crate::sections::SCHEMA;
use crate::settings::Settings;

pub use brief::{LocalTime, NextDay};
pub use by_hand::{HandEdits, Removals};
pub use change::{Assignment, Verb};
pub use compose::NewRecord;
pub use conflict::{Candidate, Disputed};
pub use create::{Added, Desk, NewCustomer};
pub use daily::{Daily, DueContact, Losses};
pub use dup::{Alike, Twins};
pub use export::{Export, Exported, explain};
pub use followup::{Logged, NewAction, NewFollowup};
pub use hands::{PoolMove, owner_of};
pub use history::Past;
pub use init::{InitOptions, check as check_new, init};
pub use lists::{Listing, USUAL, Wish, stage_meant};
pub use merge::Differing;
pub use past::Basis;
pub(crate) use past::short;
pub use place::Move;
pub use plan::NextStep;
pub use remind::{About, Duty, Reminders, Wanted};
pub use reports::{OwedReport, ReportStanding};
pub use restore::Restored;
pub use search::{Search, SearchAnswer};
pub use share::{DeskOptions, check_remote, clone};
pub use sync::{Ahead, SyncOutcome, Synced};
pub(crate) use target::field_of;
pub use tick::Revised;
pub use told::{Heard, Told};
pub use transaction::{Mode, Saved, Transaction};
pub use undo::Undone;

/// The time, as an argument: only `cli` reads the clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Now.
    pub now: DateTime<Utc>,
    /// Another day to answer for, where one is given.
    pub today: Option<NaiveDate>,
}

impl Clock {
    /// The clock at so many seconds since 1970.
    pub fn at(seconds: i64) -> Clock {
        Clock { now: DateTime::from_timestamp(seconds, 0).unwrap_or_default(), today: None }
    }
}

/// An archive that is open.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    settings: Settings,
    layout: Layout,
    history: History,
    platform: Platform,
    clock: Clock,
    /// The long card that was read last.
    long: RefCell<Option<(String, Card)>>,
}

/// From so many bytes on, reading a card is what a change of it takes longest for.
const LONG: usize = 64 << 10;

/// A customer's card as it is on the disk.
#[derive(Clone, Debug)]
pub struct OpenCard {
    /// Who it is.
    pub known: Known,
    /// Where the folder stands.
    pub place: Place,
    /// The text.
    pub text: String,
    /// What the text says.
    pub card: Card,
}

impl Workspace {
    /// Opens the archive at `root`.
    ///
    /// # Errors
    /// When there is no archive or no repository, or the settings cannot be read.
    pub fn open(root: &Path, clock: Clock, platform: Platform) -> Result<Workspace> {
        let settings = settings::read_settings(root)?;
        let history = History::open(root)?;
        let layout = Layout::new(&settings);
        Ok(Workspace {
            root: root.to_owned(),
            settings,
            layout,
            history,
            platform,
            clock,
            long: RefCell::default(),
        })
    }

    /// The root of the archive.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The names of folders.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The language of the archive: of folder names and of sentences in history.
    pub fn language(&self) -> Lang {
        self.settings.language()
    }

    /// Today, in the archive's time zone.
    pub fn today(&self) -> NaiveDate {
        self.clock
            .today
            .unwrap_or_else(|| self.clock.now.with_timezone(&self.settings.time_zone()).date_naive())
    }

    /// This moment in the archive's time zone, on the day that stands for today.
    fn now(&self) -> DateTime<FixedOffset> {
        let now = self.clock.now.with_timezone(&self.settings.time_zone()).fixed_offset();
        let now = now.with_nanosecond(0).unwrap_or(now);
        let named = self.clock.today.map(|day| day.and_time(now.time()).and_local_timezone(*now.offset()));
        named.and_then(|moment| moment.single()).unwrap_or(now)
    }

    /// Who commits now, and when.
    fn stamp(&self) -> Result<Stamp> {
        let identity = self.history.identity()?;
        let zone = self.settings.time_zone();
        let offset = zone.offset_from_utc_datetime(&self.clock.now.naive_utc()).fix().local_minus_utc() / 60;
        Ok(Stamp { identity, seconds: self.clock.now.timestamp(), offset })
    }

    /// The key under which cards name the person at this desk: the team's, else the git name.
    ///
    /// # Errors
    /// When git knows nobody.
    pub fn me(&self) -> Result<String> {
        let identity = self.history.identity()?;
        Ok(self.settings.member_by_email(&identity.email).map_or(identity.name, |m| m.key.clone()))
    }

    /// The person at this desk as git knows them.
    ///
    /// # Errors
    /// When git knows nobody.
    pub fn identity(&self) -> Result<Identity> {
        self.history.identity()
    }

    /// What a question of the index is asked with.
    fn asked(&self) -> Asked {
        Asked { today: self.today(), settings: self.settings.clone() }
    }

    fn source(&self) -> Source<'_> {
        Source { root: &self.root, layout: &self.layout, platform: self.platform, history: &self.history }
    }

    fn ask<T>(&self, question: impl Fn(&Index) -> index::Answer<T>) -> Result<T> {
        index::answer(&self.source(), question)
    }

    /// Every customer, for completion and reports of the library's users.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn everyone(&self) -> Result<Vec<Known>> {
        self.ask(Index::everyone)
    }

    /// Everything in the index, line by line: for tests that compare two indexes.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn dump_index(&self) -> Result<Vec<String>> {
        self.ask(Index::dump)
    }

    /// Reads a customer's card.
    ///
    /// # Errors
    /// When it cannot be read; a card that is no TOML is shown with its place and line.
    pub fn read(&self, known: &Known) -> Result<OpenCard> {
        let place = self.place_of(known)?;
        let gone = || Error::file(&self.root.join(place.card()), std::io::ErrorKind::NotFound.into());
        let bytes = self.file(&place.card())?.ok_or_else(gone)?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(e.as_bytes()).into_owned();
            unreadable(&place.card(), &text, &Unreadable { message: "invalid UTF-8".into(), at })
        })?;
        let mut card = self.card_of(&text).map_err(|u| unreadable(&place.card(), &text, &u))?;
        let mut known = known.clone();
        if card.basics.id == known.id {
            // A copy that was taken in meanwhile.
            known.text_id.clone_from(&known.id);
        }
        if known.id != known.text_id {
            card.basics.id.clone_from(&known.id);
            card.basics.id_given = false;
            // A copy's number is the first one's.
            if let Some(no) = SCHEMA.card.position("no") {
                card.basics.values[no] = None;
            }
        }
        Ok(OpenCard { known, place, text, card })
    }

    /// What the text of a card says. A command reads a card several times: who is meant, and again under
    /// the lock; a long one that has the same text is not read again.
    fn card_of(&self, text: &str) -> std::result::Result<Card, Unreadable> {
        if let Some((_, card)) = self.long.borrow().as_ref().filter(|(read, _)| read == text) {
            return Ok(card.clone());
        }
        let card = read::read(text, &SCHEMA)?;
        if text.len() >= LONG {
            self.long.replace(Some((text.to_owned(), card.clone())));
        }
        Ok(card)
    }

    fn place_of(&self, known: &Known) -> Result<Place> {
        let elsewhere = || Error::not_found(Problem::NoSuchCard { query: known.folder.clone() });
        self.layout.place(&known.folder).ok_or_else(elsewhere)
    }

    /// Reads a text as the card of a customer: for an editor that checks before it saves.
    ///
    /// # Errors
    /// When the text is no TOML, with its place and line.
    pub fn check_text(&self, open: &OpenCard, text: &str) -> Result<OpenCard> {
        self.parsed(open, text.to_owned())
    }

    /// Keeps who works at this desk.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn set_identity(&self, identity: &Identity) -> Result<()> {
        self.only_now()?;
        self.history.set_identity(identity)
    }
}

/// The number of a customer, or the id while there is none.
pub(crate) fn number(card: &Card) -> String {
    let no = card.basics.get(SCHEMA.card, "no").map(|value| value.text().into_owned());
    no.unwrap_or_else(|| card.basics.id.clone())
}

/// The error for a card that is no TOML: place, line, caret and mend.
fn unreadable(path: &str, text: &str, fault: &Unreadable) -> Error {
    let (line, column) = read::line_and_column(text, fault.at);
    let excerpt =
        text.lines().nth(line - 1).unwrap_or("").trim_start_matches('\u{feff}').trim_end().replace('\t', " ");
    let before: String = excerpt.chars().take(column - 1).collect();
    let caret = format!("{}^", " ".repeat(unicode_width::UnicodeWidthStr::width(before.as_str())));
    Error::could_not(Problem::CardUnreadable {
        place: format!("{path}:{line}:{column}"),
        reason: fault.message.as_str().into(),
    })
    .detail([excerpt, caret])
    .hint(Hint::MendCard { path: path.to_owned() })
}
