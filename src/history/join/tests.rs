//! What a merge promises, over histories that chance makes: several clones that create, edit, move, close,
//! merge and remove customers and meet in any order, also two at once and criss-cross.

use std::collections::{BTreeMap, BTreeSet};

use git2::{Oid, Signature};
use toml::{Table, Value};

use super::draft::{Draft, Entry};
use crate::archive::CARD;
use crate::card::conflicts;
use crate::card::edit::{self, Edit};
use crate::history::{History, git_error};

/// Histories in an ordinary run, and with `CRM_TORTURE`.
const USUAL: u64 = 1_000;
const TORTURE: u64 = 100_000;

const STAGES: [&str; 3] = ["prospects", "customers", "closed"];
const NAMES: [&str; 4] = ["Müller GmbH", "MÜLLER GMBH", "Mueller GmbH", "Norden"];
const FIELDS: [&str; 3] = ["phone", "city", "remark"];

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() { None } else { Some(of[self.roll(of.len())].clone()) }
    }
}

/// The files of an archive.
type Files = BTreeMap<String, Vec<u8>>;

struct World {
    history: History,
    _folder: tempfile::TempDir,
    dice: Dice,
    /// Values by card and field that were set, and were not replaced by anybody who saw them.
    standing: BTreeSet<(String, String, String)>,
    /// Follow-ups by card that nobody removed.
    logged: BTreeSet<(String, String)>,
    /// Cards that somebody removed or merged away.
    gone: BTreeSet<String>,
    count: usize,
}

impl World {
    fn new(seed: u64) -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let history = History::init(folder.path(), None).expect("a repository");
        // What is written stays in memory.
        history.repo.odb().and_then(|odb| odb.add_new_mempack_backend(1000).map(|_| ())).expect("a store");
        let dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let (standing, logged, gone) = Default::default();
        World { history, _folder: folder, dice, standing, logged, gone, count: 0 }
    }

    fn files(&self, commit: Oid) -> Files {
        let tree = self.history.repo.find_commit(commit).and_then(|c| c.tree()).expect("a tree");
        let mut files = Files::new();
        tree.walk(git2::TreeWalkMode::PreOrder, |folder, entry| {
            if entry.kind() == Some(git2::ObjectType::Blob) {
                let path = format!("{folder}{}", String::from_utf8_lossy(entry.name_bytes()));
                files.insert(path, self.history.content(entry.id()).expect("a file"));
            }
            git2::TreeWalkResult::Ok
        })
        .expect("a walk");
        files
    }

    fn commit(&self, files: &Files, parents: &[Oid]) -> Oid {
        let mut draft = Draft::of(&self.history.repo, None);
        for (path, bytes) in files {
            let id = self.history.repo.blob(bytes).expect("a blob");
            let path: Vec<Vec<u8>> = path.split('/').map(|name| name.as_bytes().to_vec()).collect();
            draft.put(&path, Some(Entry { id, mode: 0o100_644 })).expect("a place");
        }
        self.commit_tree(draft.write().expect("a tree"), parents)
    }

    fn commit_tree(&self, tree: Oid, parents: &[Oid]) -> Oid {
        let repo = &self.history.repo;
        let who = Signature::new("Lin", "lin@example.com", &git2::Time::new(1, 0)).expect("a person");
        let tree = repo.find_tree(tree).expect("a tree");
        let parents: Vec<_> = parents.iter().map(|id| repo.find_commit(*id).expect("a commit")).collect();
        let parents: Vec<_> = parents.iter().collect();
        repo.commit(None, &who, &who, "m", &tree, &parents).map_err(git_error).expect("a commit")
    }

    /// What a clone has after it met another commit; the same from either side.
    fn merged(&self, ours: Oid, theirs: Oid) -> Oid {
        let below = |one: Oid, other: Oid| {
            one == other || self.history.repo.graph_descendant_of(other, one).expect("a graph")
        };
        if below(theirs, ours) {
            return ours;
        }
        if below(ours, theirs) {
            return theirs;
        }
        let joined = self.history.join_commits(ours, theirs).expect("a merge");
        let swapped = self.history.join_commits(theirs, ours).expect("a merge");
        assert_eq!(joined.tree, swapped.tree, "swapping the sides gives another tree");
        self.commit_tree(Oid::from_str(&joined.tree).expect("an id"), &[theirs, ours])
    }

    fn fresh(&mut self, what: &str) -> String {
        self.count += 1;
        format!("{what}{}", self.count)
    }

    /// One change of one clone, by chance.
    fn change(&mut self, files: &mut Files) {
        let cards: Vec<String> = files.keys().filter(|path| path.ends_with(CARD)).cloned().collect();
        let Some(path) = self.dice.one(&cards).filter(|_| self.dice.roll(8) > 0) else {
            return self.create(files);
        };
        let folder = path.trim_end_matches(CARD).trim_end_matches('/').to_owned();
        match self.dice.roll(14) {
            0..4 => self.set(files, &path),
            4 => self.unset(files, &path),
            5..9 => self.log(files, &path),
            9 => self.add_paper(files, &folder),
            10 | 11 => self.relocate(files, &folder),
            12 => self.remove(files, &path, &folder),
            _ => self.merge_away(files, &path, &folder, &cards),
        }
    }

    fn create(&mut self, files: &mut Files) {
        let (stage, name) = (self.dice.one(&STAGES).unwrap_or(""), self.dice.one(&NAMES).unwrap_or(""));
        let folder = format!("{stage}/DE/{name}");
        if files.keys().any(|path| path.to_lowercase().starts_with(&format!("{}/", folder.to_lowercase()))) {
            return;
        }
        let id = self.fresh("card0000000");
        let text = format!("id = \"{id}\"\nno = \"L{:04}\"\nname = \"{name}\"\n", self.count);
        files.insert(format!("{folder}/{CARD}"), text.into_bytes());
    }

    fn edit(&mut self, files: &mut Files, path: &str, edits: &[Edit]) {
        let text = text(&files[path]);
        files.insert(path.to_owned(), edit::apply(&text, edits).expect("an edit").into_bytes());
    }

    /// The values of a field that whoever looks at the card sees.
    fn see(&mut self, card: &Table, field: &str) {
        let id = id_of(card);
        let mut seen: Vec<String> =
            card.get(field).and_then(Value::as_str).map(str::to_owned).into_iter().collect();
        let others = conflicts::all(card).into_iter().filter(|conflict| conflict.path == field);
        seen.extend(others.flat_map(|conflict| conflict.others));
        for value in seen {
            self.standing.remove(&(id.clone(), field.to_owned(), value));
        }
    }

    fn set(&mut self, files: &mut Files, path: &str) {
        let card = table(&files[path]);
        let field = self.dice.one(&FIELDS).unwrap_or("");
        self.see(&card, field);
        let value = self.fresh("value");
        let (at, key) = (Vec::new(), field.to_owned());
        let set = Edit::Set { table: at, key, value: value.clone().into(), order: Vec::new() };
        let decided = conflicts::decide(&card, |of| of == field);
        self.edit(files, path, &[vec![set], decided.into_iter().collect()].concat());
        self.standing.insert((id_of(&card), field.to_owned(), value));
    }

    fn unset(&mut self, files: &mut Files, path: &str) {
        let card = table(&files[path]);
        let field = self.dice.one(&FIELDS).unwrap_or("");
        if card.contains_key(field) {
            self.see(&card, field);
            let unset = Edit::Unset { table: Vec::new(), key: field.to_owned() };
            let decided = conflicts::decide(&card, |of| of == field);
            self.edit(files, path, &[vec![unset], decided.into_iter().collect()].concat());
        }
    }

    fn log(&mut self, files: &mut Files, path: &str) {
        let id = format!("{:0>6}", self.fresh("f"));
        let record = vec![
            ("id".to_owned(), Value::from(id.as_str())),
            ("date".to_owned(), Value::from("2026-11-25")),
            ("topic".to_owned(), Value::from("call")),
        ];
        let (at, section, order) = (Vec::new(), "followups".to_owned(), vec!["followups".to_owned()]);
        self.edit(files, path, &[Edit::AddRecord { table: at, section, record, section_order: order }]);
        self.logged.insert((id_of(&table(&files[path])), id));
    }

    fn add_paper(&mut self, files: &mut Files, folder: &str) {
        let bytes = self.fresh("paper").into_bytes();
        let name = self.dice.one(&["offer.pdf", "plan.txt"]).unwrap_or("");
        files.insert(format!("{folder}/{name}"), bytes);
    }

    fn relocate(&mut self, files: &mut Files, folder: &str) {
        let parts: Vec<&str> = folder.split('/').collect();
        let to = match self.dice.roll(2) {
            0 => format!("{}/{}/{}", self.dice.one(&STAGES).unwrap_or(""), parts[1], parts[2]),
            _ => format!("{}/{}/{}", parts[0], parts[1], self.fresh("Name ")),
        };
        let inside = |path: &&String| path.to_lowercase().starts_with(&format!("{}/", to.to_lowercase()));
        if files.keys().any(|path| inside(&path)) {
            return;
        }
        let prefix = format!("{folder}/");
        let moving: Vec<String> = files.keys().filter(|path| path.starts_with(&prefix)).cloned().collect();
        for path in moving {
            let bytes = files.remove(&path).unwrap_or_default();
            files.insert(format!("{to}{}", &path[folder.len()..]), bytes);
        }
    }

    fn remove(&mut self, files: &mut Files, path: &str, folder: &str) {
        self.gone.insert(id_of(&table(&files[path])));
        let prefix = format!("{folder}/");
        files.retain(|path, _| !path.starts_with(&prefix));
    }

    /// What `crm merge` leaves: the survivor with the records, and the id among its former ones.
    fn merge_away(&mut self, files: &mut Files, path: &str, folder: &str, cards: &[String]) {
        let Some(into) = self.dice.one(cards).filter(|into| into != path) else { return };
        let lost = table(&files[path]);
        let mut edits = vec![Edit::Set {
            table: Vec::new(),
            key: "former_ids".into(),
            value: Value::Array(
                [table(&files[&into]).get("former_ids"), lost.get("former_ids")]
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_array)
                    .flatten()
                    .cloned()
                    .chain([Value::from(id_of(&lost))])
                    .collect(),
            ),
            order: Vec::new(),
        }];
        for record in lost.get("followups").and_then(Value::as_array).into_iter().flatten() {
            let record =
                record.as_table().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
            let order = vec!["followups".to_owned()];
            edits.push(Edit::AddRecord {
                table: Vec::new(),
                section: "followups".into(),
                record,
                section_order: order,
            });
        }
        self.edit(files, &into, &edits);
        self.remove(files, path, folder);
    }

    /// What must hold of an archive in which everybody's work has come together.
    fn check(&self, files: &Files) {
        let cards: Vec<Table> =
            files.iter().filter(|(path, _)| path.ends_with(CARD)).map(|(_, bytes)| table(bytes)).collect();
        let by_id: BTreeMap<String, &Table> = cards.iter().map(|card| (id_of(card), card)).collect();
        assert_eq!(by_id.len(), cards.len(), "an id stands twice");
        let everyone =
            || cards.iter().flat_map(|card| card.get("followups").and_then(Value::as_array)).flatten();
        let ids: BTreeSet<&str> = everyone().filter_map(|record| record.get("id")?.as_str()).collect();
        for (card, followup) in &self.logged {
            let lost = !ids.contains(followup.as_str());
            assert!(!lost || self.gone.contains(card), "follow-up {followup} of {card} is lost");
        }
        for (card, field, value) in self.standing.iter().filter(|(card, ..)| !self.gone.contains(card)) {
            let Some(found) = by_id.get(card) else { panic!("{card} is lost") };
            let shown = found.get(field).and_then(Value::as_str) == Some(value);
            let kept = conflicts::value(found, field, value).is_some();
            assert!(shown || kept, "{card} {field} = {value} is lost:\n{found}");
        }
        for folder in files.keys().filter(|path| path.ends_with(CARD)) {
            let folder = folder.trim_end_matches(CARD).to_lowercase();
            let same =
                files.keys().filter(|path| path.ends_with(CARD) && path.to_lowercase().starts_with(&folder));
            assert_eq!(same.count(), 1, "two customers at {folder}");
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn table(bytes: &[u8]) -> Table {
    text(bytes).parse().expect("a card that can be read")
}

fn id_of(card: &Table) -> String {
    card.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn one_history(seed: u64) {
    let mut world = World::new(seed);
    let mut files = Files::new();
    (0..3).for_each(|_| world.create(&mut files));
    let first = world.commit(&files, &[]);
    let mut hub = first;
    let mut clones = vec![first; 3 + world.dice.roll(3)];
    for _ in 0..12 + world.dice.roll(12) {
        let at = world.dice.roll(clones.len());
        match world.dice.roll(6) {
            0 | 1 => {
                clones[at] = world.merged(clones[at], hub);
                hub = clones[at];
            }
            // Two merge each other's work at the same time.
            2 => {
                let other = world.dice.roll(clones.len());
                let (one, two) = (clones[at], clones[other]);
                (clones[at], clones[other]) = (world.merged(one, two), world.merged(two, one));
            }
            _ => {
                let mut files = world.files(clones[at]);
                (0..=world.dice.roll(3)).for_each(|_| world.change(&mut files));
                clones[at] = world.commit(&files, &[clones[at]]);
            }
        }
    }
    for _ in 0..2 {
        for clone in &mut clones {
            *clone = world.merged(*clone, hub);
            hub = *clone;
        }
    }
    assert!(clones.iter().all(|clone| world.files(*clone) == world.files(hub)), "the clones differ");
    world.check(&world.files(hub));
}

#[test]
fn nothing_is_lost_in_whatever_order_clones_meet() {
    #[allow(clippy::disallowed_methods, reason = "a switch of the tests")]
    let histories = if std::env::var_os("CRM_TORTURE").is_some() { TORTURE } else { USUAL };
    for seed in 1..=histories {
        if let Err(error) = std::panic::catch_unwind(|| one_history(seed)) {
            eprintln_seed(seed);
            std::panic::resume_unwind(error);
        }
    }
}

#[allow(clippy::disallowed_macros, reason = "which history failed")]
fn eprintln_seed(seed: u64) {
    eprintln!("the history of seed {seed}");
}
