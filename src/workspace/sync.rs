//! `crm sync`: takes in what was done by hand, fetches what the others have, merges and pushes. Nothing
//! is locked while the network is waited for; whatever stops it, the work of this desk stands in its own
//! history already.

use std::thread;
use std::time::Duration;

use super::by_hand::HandEdits;
use super::{Mode, Removals, Workspace};
use crate::archive::InUse;
use crate::archive::write::{self, Durable};
use crate::error::{Error, Hint, Problem, Result};
use crate::history::join::{Joined, Said};
use crate::history::remote::{Pushed, Terminal};
use crate::history::{History, Id, Journal};
use crate::i18n::Say;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;

/// How often a push that lost the race is tried again.
const TRIES: u32 = 8;
/// The longest pause before the first further try; before each next one it may be twice as long.
const PAUSE: Duration = Duration::from_millis(100);
/// The file with the moment of the last good sync, in seconds since 1970.
const SYNCED: &str = "synced";
/// After so many days a sync is long ago.
pub(super) const LONG_AGO: i64 = 7;

/// What came of a sync.
#[derive(Debug)]
pub struct Synced {
    /// What was done by hand and taken in.
    pub by_hand: HandEdits,
    /// What became of it all.
    pub outcome: SyncOutcome,
    /// What is to be said beside it.
    pub notices: Vec<Notice>,
}

/// What became of a sync.
#[derive(Debug)]
pub enum SyncOutcome {
    /// Both sides had the same.
    NothingNew,
    /// The others got ours, we got theirs, or both.
    Synced {
        /// How many customers came or changed here; nothing where the others had nothing new, and zero where
        /// they changed only settings or books.
        received: Option<usize>,
        /// Whether the others got something.
        sent: bool,
        /// Whether both had something new, so that a commit brings them together.
        merged: bool,
    },
    /// The others could not be reached; the work goes on here.
    Offline(Error),
}

/// What a sync would bring and send.
#[derive(Debug)]
pub struct Ahead {
    /// What was done by hand.
    pub by_hand: HandEdits,
    /// Whether that would become a commit.
    pub adopts: bool,
    /// How many customers would come or change here, as [`SyncOutcome::Synced`] has it.
    pub receives: Option<usize>,
    /// Whether the others would get something.
    pub sends: bool,
}

impl Workspace {
    /// Looks at what a sync would do: fetches what the others have, and changes nothing of the archive.
    ///
    /// # Errors
    /// When there is no remote, it cannot be reached, or does not let us in.
    pub fn look_ahead(&self, terminal: Terminal) -> Result<Ahead> {
        self.only_now()?;
        self.with_remote()?;
        let mut transaction = self.begin(Mode::DryRun)?;
        let by_hand = transaction.take_in_hand_edits(Removals::Wait)?;
        let adopts = !transaction.is_empty();
        let theirs = self.history.fetch(terminal)?;
        let sends = match self.history.head()? {
            Some(head) => match &theirs {
                Some(theirs) => !self.history.goes_on(&head, theirs)?,
                None => true,
            },
            None => false,
        };
        let receives = match theirs.filter(|theirs| !self.history.stands(theirs).unwrap_or_default()) {
            Some(theirs) => Some(self.prepare_join(&theirs)?.0.customers),
            None => None,
        };
        Ok(Ahead { by_hand, adopts, receives, sends })
    }

    fn with_remote(&self) -> Result<()> {
        match self.history.remote()? {
            Some(_) => Ok(()),
            None => Err(Error::could_not(Problem::NoRemote).hint(Hint::AddRemote)),
        }
    }

    /// Brings this archive and the others' together.
    ///
    /// # Errors
    /// When there is no remote, the others do not let us in or refuse, something on the disk is in the way,
    /// or others were faster again and again. Not reaching them is no error.
    pub fn sync(&self, terminal: Terminal) -> Result<Synced> {
        self.only_now()?;
        self.with_remote()?;
        let running = self.history.crm_folder().join("sync.use");
        let Some(_alone) = InUse::alone(&running, Duration::ZERO) else {
            return Err(Error::could_not(Problem::SyncRuns));
        };
        self.history.register_driver()?;
        // The network is waited for while the disk is looked at.
        let (taken_in, fetched) = thread::scope(|scope| {
            let root = &self.root;
            let fetching = scope.spawn(move || History::open(root)?.fetch(terminal));
            let taken_in = self.take_in_before_sync();
            (taken_in, fetching.join())
        });
        let (by_hand, mut notices) = taken_in?;
        let fetched = fetched.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let outcome = match self.exchange(fetched, terminal, &mut notices) {
            Err(error) if matches!(error.problem(), Problem::Offline { .. }) => SyncOutcome::Offline(error),
            done => {
                let done = done?;
                self.note_synced()?;
                let side = self.history.side_branch()?;
                notices.extend(side.map(|(here, theirs)| Notice::SideBranch { here, theirs }));
                self.history.tidy(terminal);
                done
            }
        };
        Ok(Synced { by_hand, outcome, notices })
    }

    /// Takes in hand edits; what was removed by hand waits.
    fn take_in_before_sync(&self) -> Result<(HandEdits, Vec<Notice>)> {
        let mut transaction = self.begin(Mode::Write)?;
        let found = transaction.take_in_hand_edits(Removals::Wait)?;
        let saved = transaction.commit(&found.sentence())?;
        let mut notices = saved.notices;
        notices.extend(saved.commit.map(|_| Notice::Done { sentence: saved.sentence }));
        Ok((found, notices))
    }

    /// Fetches, merges and pushes until nobody was faster.
    fn exchange(
        &self,
        fetched: Result<Option<Id>>,
        terminal: Terminal,
        notices: &mut Vec<Notice>,
    ) -> Result<SyncOutcome> {
        let (mut received, mut merged) = (None, false);
        let mut fetched = Some(fetched);
        for turn in 0..TRIES {
            let theirs = match fetched.take() {
                Some(first) => first?,
                None => {
                    thread::sleep(jitter(turn));
                    self.history.fetch(terminal)?
                }
            };
            if let Some(theirs) = &theirs {
                let joined = self.merge_with(theirs, notices)?;
                received = joined.received.map(|more| received.unwrap_or(0) + more).or(received);
                merged |= joined.merged;
            }
            let Some(head) = self.history.head()? else { return Ok(SyncOutcome::NothingNew) };
            let sent = theirs.as_ref() != Some(&head);
            if !sent && received.is_none() {
                return Ok(SyncOutcome::NothingNew);
            }
            if !sent || self.history.push(&head, terminal)? == Pushed::Done {
                return Ok(SyncOutcome::Synced { received, sent, merged });
            }
        }
        Err(Error::could_not(Problem::AlwaysFaster { tries: TRIES as usize }).hint(Hint::TryAgain))
    }

    /// Merges the others' head, under the lock.
    fn merge_with(&self, theirs: &str, notices: &mut Vec<Notice>) -> Result<Received> {
        let _lock = self.begin(Mode::Write)?;
        if self.history.stands(theirs)? {
            return Ok(Received::default());
        }
        let (joined, journal, message) = self.prepare_join(theirs)?;
        let merged = journal.new != theirs;
        let behind = self.carry_out_merge(journal, &message)?;
        notices.extend(behind.into_iter().map(|path| Notice::StaysBehind { path }));
        notices.extend(joined.said.iter().map(said));
        if let Some(numbers) = self.numbers_twice()? {
            notices.push(numbers);
        }
        Ok(Received { received: Some(joined.customers), merged })
    }

    fn prepare_join(&self, theirs: &str) -> Result<(Joined, Journal, String)> {
        let can_move = |from: &str, to: &str| self.root.join(from).is_dir() && !self.root.join(to).exists();
        let message = |joined: &Joined| {
            let sentence = match joined.customers {
                0 => Sentence::SyncedRest,
                count => Sentence::Synced { count },
            };
            format!("{}\n", sentence.say(self.language()))
        };
        self.history.prepare_join(theirs, can_move, message, &self.stamp()?)
    }

    /// Numbers that two customers have, since two desks gave them: what both find right alone and is wrong
    /// together.
    fn numbers_twice(&self) -> Result<Option<Notice>> {
        let numbers = self.ask(|index| index.numbers_twice())?;
        Ok(numbers.first().map(|first| Notice::NumbersTwice { no: first.clone(), count: numbers.len() }))
    }

    pub(super) fn note_synced(&self) -> Result<()> {
        let path = self.history.crm_folder().join(SYNCED);
        write::file(&path, format!("{}\n", self.clock.now.timestamp()).as_bytes(), Durable::Later)
    }

    /// How many days ago the last good sync was, where that is long; `None` where there is nobody to sync
    /// with.
    pub fn synced_long_ago(&self) -> Option<i64> {
        self.history.remote().ok().flatten()?;
        self.days_since_sync().filter(|days| *days >= LONG_AGO)
    }

    /// How many days ago the last good sync was; `None` where there was none.
    pub(super) fn days_since_sync(&self) -> Option<i64> {
        let text = std::fs::read_to_string(self.history.crm_folder().join(SYNCED)).ok()?;
        let seconds: i64 = text.trim().parse().ok()?;
        Some((self.clock.now.timestamp() - seconds).div_euclid(86_400))
    }
}

/// What a merge brought.
#[derive(Default)]
struct Received {
    received: Option<usize>,
    merged: bool,
}

/// A pause of any length up to a bound, so that two who met do not meet again.
fn jitter(turn: u32) -> Duration {
    let mut bytes = [0; 2];
    // Without chance the longest pause does as well.
    let chance = getrandom::fill(&mut bytes).map_or(u16::MAX, |()| u16::from_le_bytes(bytes));
    PAUSE * (1 << turn.min(5)) * u32::from(chance) / u32::from(u16::MAX)
}

/// What a person should know of a merge.
fn said(said: &Said) -> Notice {
    match said.clone() {
        Said::Conflict { no, field } => Notice::MergeConflict { no, field },
        Said::Kept { no, field } if field.is_empty() => Notice::MergeKeptCustomer { no },
        Said::Kept { no, field } => Notice::MergeKept { no, field },
        Said::PaperKept { path } => Notice::MergeKeptPaper { path },
        Said::PaperTwice { path, other } => Notice::MergePaperTwice { path, other },
        Said::SteppedAside { no, folder } => Notice::MergeSteppedAside { no, folder },
        Said::Unreadable { path, other } => Notice::MergeUnreadable { path, other },
        Said::TwoFolders { one, other } => Notice::MergeTwoFolders { one, other },
        Said::WentTo { no, into } => Notice::MergeWentTo { no, into },
    }
}
