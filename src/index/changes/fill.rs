//! From commits to field changes: one thread finds the cards that each commit touched, others read them and
//! compare, and this one writes. Each field of a card is at the same place however the work was shared.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rusqlite::{Connection, OptionalExtension};

use super::super::Trouble;
use super::disputes;
use crate::card::compare::{Difference, differences};
use crate::card::merge::PLACES;
use crate::card::{Card, read};
use crate::error::{Error, Result};
use crate::history::{CardState, CommitSteps, Entry, History, Id, Step};
use crate::sections::SCHEMA;

/// Threads that read and compare cards.
const READERS: usize = 2;
/// Cards of one commit that a thread takes at a time.
const SHARE: usize = 64;
/// Pieces of work, and answers, that wait at most.
const AHEAD: usize = 64;

/// Some cards that a commit touched: of each, the states in its parents and in itself.
struct Work {
    commit: i64,
    cards: Vec<Vec<Step>>,
}

/// What a commit changed in one card.
struct Done {
    commit: i64,
    card: String,
    differences: Vec<Difference>,
}

/// A message to the thread that writes.
enum News {
    Commit { at: i64, entry: Box<Entry>, parents: Vec<Id> },
    Cards(Vec<Done>),
    Failed(Error),
}

/// Writes every commit below HEAD that is not below `known`.
pub(super) fn fill(connection: &Connection, history: &History, known: Option<&str>) -> Result<(), Trouble> {
    let first: i64 = connection.query_row("SELECT coalesce(max(n), 0) + 1 FROM commits", [], |r| r.get(0))?;
    let (work, to_do) = sync_channel::<Work>(AHEAD);
    let (news, answers) = sync_channel::<News>(AHEAD);
    let to_do = Mutex::new(to_do);
    // A repository belongs to one thread: each opens its own.
    let root = history.root().to_owned();
    let pinned = history.head()?;
    let known = known.map(str::to_owned);
    thread::scope(|scope| {
        let (root, to_do) = (&root, &to_do);
        for _ in 0..READERS {
            let news = news.clone();
            scope.spawn(move || compare_all(History::open(root), to_do, &news));
        }
        scope.spawn(move || {
            let found = History::open(root).and_then(|history| match pinned {
                Some(head) => survey(&history.pinned_at(&head)?, known.as_deref(), first, (&work, &news)),
                None => Ok(()),
            });
            if let Err(error) = found {
                let _ = news.send(News::Failed(error));
            }
        });
        write_all(connection, answers)
    })
}

/// Finds the cards that each commit touched.
fn survey(
    history: &History,
    known: Option<&str>,
    first: i64,
    (work, news): (&SyncSender<Work>, &SyncSender<News>),
) -> Result<()> {
    let mut commit = first;
    history.each_commit(known, |found| {
        let CommitSteps { entry, parents, steps } = found;
        // Whoever receives has failed and says so.
        let _ = news.send(News::Commit { at: commit, entry: Box::new(entry), parents });
        for cards in pieces(steps) {
            let _ = work.send(Work { commit, cards });
        }
        commit += 1;
        Ok(())
    })
}

/// The steps of a commit in pieces. A card that came and one that went may be the same that moved: they
/// stay together.
fn pieces(steps: Vec<Vec<Step>>) -> Vec<Vec<Vec<Step>>> {
    if steps.len() > 1 {
        return if steps.iter().any(Vec::is_empty) { Vec::new() } else { vec![steps] };
    }
    let steps = steps.into_iter().next().unwrap_or_default();
    let (changed, others): (Vec<Step>, Vec<Step>) =
        steps.into_iter().partition(|step| step.old.is_some() && step.new.is_some());
    let only_new = others.iter().all(|step| step.old.is_none());
    let mut pieces: Vec<Vec<Vec<Step>>> = changed.chunks(SHARE).map(|piece| vec![piece.to_vec()]).collect();
    if only_new {
        pieces.extend(others.chunks(SHARE).map(|piece| vec![piece.to_vec()]));
    } else {
        pieces.push(vec![others]);
    }
    pieces
}

/// Reads and compares cards until there is no more work. Whatever fails, the work is taken: the thread
/// that finds it would wait for ever.
fn compare_all(history: Result<History>, to_do: &Mutex<Receiver<Work>>, news: &SyncSender<News>) {
    let next = || to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
    match history {
        Ok(history) => {
            while let Ok(work) = next() {
                let _ = news.send(News::Cards(compare(&history, work)));
            }
        }
        Err(error) => {
            let _ = news.send(News::Failed(error));
            while next().is_ok() {}
        }
    }
}

/// A card with where it stood.
struct Stood {
    folder: String,
    content: Id,
    text: String,
    card: Card,
}

/// What a commit changed: as against every parent, so that what a merge only brings along counts once.
fn compare(history: &History, work: Work) -> Vec<Done> {
    let mut by_parent = work.cards.into_iter().map(|steps| by_card(history, steps));
    let Some(first) = by_parent.next() else { return Vec::new() };
    let others: Vec<HashMap<String, Pair>> = by_parent.collect();
    let mut done = Vec::with_capacity(first.len());
    for (card, pair) in first {
        let mut own = pair.differences();
        for other in &others {
            let theirs = other.get(&card).map(Pair::differences).unwrap_or_default();
            own.retain(|one| theirs.iter().any(|other| other.path == one.path));
        }
        if !own.is_empty() {
            done.push(Done { commit: work.commit, card, differences: own });
        }
    }
    done
}

/// A card before and after.
#[derive(Default)]
struct Pair {
    old: Option<Stood>,
    new: Option<Stood>,
}

/// The steps as against one parent, by the id of the card.
fn by_card(history: &History, steps: Vec<Step>) -> HashMap<String, Pair> {
    let mut cards: HashMap<String, Pair> = HashMap::with_capacity(steps.len());
    for step in steps {
        if let Some(stood) = step.old.and_then(|state| stood(history, state)) {
            let id = stood.card.basics.id.clone();
            cards.entry(id).or_default().old = Some(stood);
        }
        if let Some(stood) = step.new.and_then(|state| stood(history, state)) {
            let id = stood.card.basics.id.clone();
            cards.entry(id).or_default().new = Some(stood);
        }
    }
    cards
}

/// A card that can be read.
fn stood(history: &History, state: CardState) -> Option<Stood> {
    let text = String::from_utf8(history.content_of(&state.content).ok()?).ok()?;
    let card = read::read(&text, &SCHEMA).ok()?;
    Some(Stood { folder: state.folder, content: state.content, text, card })
}

impl Stood {
    fn filed(&self) -> disputes::Filed<'_> {
        disputes::Filed { folder: &self.folder, text: &self.text }
    }
}

impl Pair {
    /// Where it stood, then every value.
    fn differences(&self) -> Vec<Difference> {
        let [old, new] = [&self.old, &self.new].map(Option::as_ref);
        let mut found = Vec::new();
        for (at, path) in PLACES.into_iter().enumerate() {
            let [old, new] = [old, new].map(|stood| stood.and_then(|s| s.folder.split('/').nth(at)));
            if old != new {
                let [old, new] = [old, new].map(|name| name.map(str::to_owned));
                found.push(Difference { path: path.to_owned(), old, new });
            }
        }
        found.extend(differences(old.map(|s| &s.card), new.map(|s| &s.card), &SCHEMA));
        if let (Some(old), Some(new)) = (old, new) {
            disputes::add(&old.filed(), &new.filed(), &mut found);
        }
        if found.is_empty() && old.map(|s| &s.content) != new.map(|s| &s.content) {
            found.push(Difference { path: TEXT.to_owned(), old: None, new: None });
        }
        found
    }
}

/// What is no value: comments, blank lines, the order of keys.
const TEXT: &str = "@text";

/// Writes what the others found, until they are done.
fn write_all(connection: &Connection, answers: Receiver<News>) -> Result<(), Trouble> {
    let mut writer = Writer::new(connection)?;
    for news in answers {
        match news {
            News::Commit { at, entry, parents } => writer.commit(at, &entry, &parents)?,
            News::Cards(cards) => cards.iter().try_for_each(|done| writer.card(done))?,
            News::Failed(error) => return Err(Trouble::Archive(error)),
        }
    }
    Ok(())
}

struct Writer<'c> {
    commit: rusqlite::Statement<'c>,
    parent: rusqlite::Statement<'c>,
    above: rusqlite::Statement<'c>,
    field: rusqlite::Statement<'c>,
    known: rusqlite::Statement<'c>,
    new: rusqlite::Statement<'c>,
    /// The numbers of cards that were seen.
    cards: HashMap<String, i64>,
    connection: &'c Connection,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection) -> rusqlite::Result<Writer<'c>> {
        Ok(Writer {
            commit: connection
                .prepare("INSERT INTO commits VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?,
            parent: connection.prepare("INSERT OR IGNORE INTO parents VALUES (?1, ?2)")?,
            above: connection.prepare("SELECT n, corrected, depth FROM commits WHERE id = ?1")?,
            field: connection.prepare("INSERT INTO fields VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?,
            known: connection.prepare("SELECT n FROM cards WHERE id = ?1")?,
            new: connection.prepare("INSERT INTO cards (id) VALUES (?1)")?,
            cards: HashMap::new(),
            connection,
        })
    }

    fn commit(&mut self, at: i64, entry: &Entry, parents: &[Id]) -> rusqlite::Result<()> {
        let (mut corrected, mut depth) = (entry.committed, 0_i64);
        for parent in parents {
            let above =
                self.above.query_row([parent], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional()?;
            // Of a history that was cut off there is no more.
            let Some((n, time, length)) = above else { continue };
            let (n, time, length): (i64, i64, i64) = (n, time, length);
            corrected = corrected.max(time);
            depth = depth.max(length + 1);
            self.parent.execute((at, n))?;
        }
        let Entry { commit, seconds, offset, committed, author, email, sentence, .. } = entry;
        let row = (at, commit, seconds, offset, committed, corrected, depth, author, email, sentence);
        self.commit.execute(row).map(|_| ())
    }

    fn card(&mut self, done: &Done) -> rusqlite::Result<()> {
        let card = match self.cards.get(&done.card) {
            Some(card) => *card,
            None => self.number(&done.card)?,
        };
        for (place, difference) in (0_i64..).zip(&done.differences) {
            let Difference { path, old, new } = difference;
            self.field.execute((card, done.commit, place, path, old, new))?;
        }
        Ok(())
    }

    fn number(&mut self, id: &str) -> rusqlite::Result<i64> {
        let known: Option<i64> = self.known.query_row([id], |r| r.get(0)).optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                self.new.execute([id])?;
                self.connection.last_insert_rowid()
            }
        };
        self.cards.insert(id.to_owned(), number);
        Ok(number)
    }
}
