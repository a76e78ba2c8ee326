//! What holds for every merge, tried on made-up cards and made-up changes of them.
//! `CRM_TORTURE=1` tries many more.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use toml::{Table, Value};

use super::{Merged, merge, tree};
use crate::card::edit::{Edit, Step, apply};
use crate::card::sample::SCHEMA;

/// Parts of a card, each of which may be there; those above the line are written before any table.
const TOP: [&str; 9] = [
    "# The file of a customer.\n\n",
    "no = \"L0007\"\n",
    "name = 'Müller' # as on the letter\n",
    "phone = \"030 1\"\n",
    "tags = [\"a\", \"b\"]\n",
    "tags = [\n  \"a\", # first\n  \"b\",\n]\n",
    "strange = { b = 1, c.d = 2 }\n",
    "custom.port = \"Hamburg\"\ncustom.berth = 4\n",
    "contacts = [{ id = \"c0\", name = \"Inline\" }]\n",
];
const BELOW: [&str; 8] = [
    "\n[custom]\n# why\nport = \"Hamburg\"\n",
    "\n# The buyer.\n[[contacts]]\nid = \"c1\"\nname = \"Anna\" # own\nlanguages = [\"de\"]\n\n[[contacts.channels]]\nid = \"h1\"\nvalue = \"1\"\n",
    "\n[[contacts]]\nname = \"No id\"\n",
    "\n[[followups]]\nid = \"f1\"\ndate = 2026-01-01\ntopic = \"Pumps\"\nnote = \"\"\"\nTwo\nlines\"\"\"\n",
    "[[followups]]\nid = \"f2\"\ndate = 2026-01-02\n# below\n\n",
    "\n[[followups]]\ndate = 2026-01-03\n",
    "\n[[visits]] # of a later program\nid = \"v1\"\nroom = 3\n",
    "\n[[conflicts]]\npath = \"phone\"\nvalue = \"030 0\"\n",
];

fn card() -> impl Strategy<Value = String> {
    let parts = vec(any::<bool>(), TOP.len() + BELOW.len());
    (parts, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(parts, dos, mark, finished)| {
        let mut text = "id = \"0mqk3v9xw2ht\"\n".to_owned();
        let all = TOP.iter().chain(&BELOW);
        for (part, _) in all.zip(parts).filter(|(_, there)| *there) {
            let longer = format!("{text}{part}");
            if longer.parse::<Table>().is_ok() {
                text = longer;
            }
        }
        styled(&text, dos, mark, finished)
    })
}

fn styled(text: &str, dos: bool, mark: bool, finished: bool) -> String {
    let mut text = text.to_owned();
    if !finished {
        text.truncate(text.trim_end_matches('\n').len());
    }
    if dos {
        text = text.replace('\n', "\r\n");
    }
    if mark { format!("\u{feff}{text}") } else { text }
}

/// What a person does to a card.
#[derive(Clone, Debug)]
enum Deed {
    Set(&'static str, &'static str),
    Unset(&'static str),
    Custom(&'static str),
    Tag(&'static str),
    Untag(Index),
    /// Logs a follow-up; the number is its id within the side.
    Log(u8),
    SetIn(&'static str, Index, &'static str, &'static str),
    Channel(Index, u8),
    Remove(&'static str, Index),
    Comment(Index),
    Decide,
    Stranger(&'static str),
}

fn deed() -> impl Strategy<Value = Deed> {
    let field = || select(vec!["name", "phone", "remark"]);
    let text = || select(vec!["x", "y", "z", "two\nlines"]);
    let section = || select(vec!["contacts", "followups", "visits"]);
    prop_oneof![
        3 => (field(), text()).prop_map(|(k, v)| Deed::Set(k, v)),
        1 => field().prop_map(Deed::Unset),
        1 => text().prop_map(Deed::Custom),
        2 => select(vec!["t", "u", "v"]).prop_map(Deed::Tag),
        1 => any::<Index>().prop_map(Deed::Untag),
        3 => (0..4_u8).prop_map(Deed::Log),
        3 => (section(), any::<Index>(), select(vec!["name", "topic", "note"]), text())
            .prop_map(|(s, i, k, v)| Deed::SetIn(s, i, k, v)),
        2 => (any::<Index>(), 0..4_u8).prop_map(|(i, n)| Deed::Channel(i, n)),
        2 => (section(), any::<Index>()).prop_map(|(s, i)| Deed::Remove(s, i)),
        2 => any::<Index>().prop_map(Deed::Comment),
        1 => Just(Deed::Decide),
        1 => text().prop_map(Deed::Stranger),
    ]
}

fn entry(key: &str, value: impl Into<Value>) -> (String, Value) {
    (key.to_owned(), value.into())
}

/// The card after a deed of one side; as it was where the deed does not fit.
fn after(text: &str, deed: &Deed, side: &str) -> String {
    let card: Table = text.parse().expect("a card");
    let length = |key: &str| card.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let set = |table: Vec<Step>, key: &str, value: Value| Edit::Set {
        table,
        key: key.into(),
        value,
        order: vec!["id".into(), "name".into(), "phone".into(), "tags".into()],
    };
    let record = |table, section: &str, record| Edit::AddRecord {
        table,
        section: section.into(),
        record,
        section_order: ["contacts", "followups", "conflicts"].map(str::to_owned).to_vec(),
    };
    let within = |section: &str, at: &Index| -> Option<Vec<Step>> {
        // A record gets its id before anybody changes it through the program.
        let records = card.get(section)?.as_array().filter(|records| !records.is_empty())?;
        let index = at.index(records.len());
        records[index].get("id").is_some().then(|| vec![section.into(), index.into()])
    };
    let edit = match deed {
        Deed::Set(key, value) => Some(set(Vec::new(), key, (*value).into())),
        Deed::Unset(key) => Some(Edit::Unset { table: Vec::new(), key: (*key).into() }),
        Deed::Custom(value) => Some(set(vec!["custom".into()], "port", (*value).into())),
        Deed::Tag(tag) => Some(match card.contains_key("tags") {
            true => Edit::AddElement { table: Vec::new(), key: "tags".into(), value: (*tag).into() },
            false => set(Vec::new(), "tags", vec![*tag].into()),
        }),
        Deed::Untag(at) => (length("tags") > 0).then(|| Edit::RemoveElement {
            table: Vec::new(),
            key: "tags".into(),
            index: at.index(length("tags")),
        }),
        Deed::Log(number) => {
            let id = format!("f{side}{number}");
            let there = card.get("followups").is_some_and(|f| f.to_string().contains(&format!("\"{id}\"")));
            let day = Value::Datetime("2026-02-01".parse().expect("a day"));
            (!there).then(|| record(Vec::new(), "followups", vec![entry("id", id), ("date".into(), day)]))
        }
        Deed::SetIn(section, at, key, value) => {
            within(section, at).map(|table| set(table, key, (*value).into()))
        }
        Deed::Channel(at, number) => within("contacts", at).and_then(|table| {
            let id = format!("h{side}{number}");
            let fresh = !text.contains(&format!("\"{id}\""));
            fresh.then(|| record(table, "channels", vec![entry("id", id), entry("value", "2")]))
        }),
        Deed::Remove(section, at) => (length(section) > 0).then(|| Edit::RemoveRecord {
            table: Vec::new(),
            section: (*section).into(),
            index: at.index(length(section)),
        }),
        Deed::Decide => Some(Edit::Unset { table: Vec::new(), key: "conflicts".into() }),
        Deed::Stranger(value) => Some(set(Vec::new(), "stranger", (*value).into())),
        Deed::Comment(at) => {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            let (above, below) = lines.split_at(1 + at.index(lines.len()));
            let commented = format!("{}# {side}{}\n{}", above.concat(), above.len(), below.concat());
            let fits = above.last().is_some_and(|line| line.ends_with('\n'))
                && commented.parse::<Table>().is_ok_and(|changed| changed == card);
            return if fits { commented } else { text.to_owned() };
        }
    };
    edit.and_then(|edit| apply(text, &[edit]).ok()).unwrap_or_else(|| text.to_owned())
}

fn changed(base: &str, deeds: &[Deed], side: &str) -> String {
    deeds.iter().fold(base.to_owned(), |text, deed| after(&text, deed, side))
}

/// A card and what two people made of it.
fn history() -> impl Strategy<Value = (String, String, String)> {
    let deeds = || vec(deed(), 0..6);
    (card(), deeds(), deeds(), any::<bool>(), any::<bool>()).prop_map(|(base, ours, theirs, same, turn)| {
        let one = changed(&base, &ours, "a");
        let other = changed(&base, &theirs, if same { "a" } else { "b" });
        if turn { (base, other, one) } else { (base, one, other) }
    })
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(base, ours, theirs, &SCHEMA)
        .unwrap_or_else(|e| panic!("{e}\n--- base\n{base}\n--- ours\n{ours}\n--- theirs\n{theirs}"))
}

/// Every value of a card by its path, records by id, those under `[[conflicts]]` with their path.
fn values(text: &str) -> BTreeSet<(String, String)> {
    let document = tree::document(text.parse().expect("a card"), "0mqk3v9xw2ht", &SCHEMA);
    let mut found = BTreeSet::new();
    entries("", &document.entries, &mut found);
    for (path, others) in &document.conflicts.by_path {
        found.extend(others.iter().map(|other| (path.clone(), spelled(&other.value))));
    }
    found
}

/// A value by its text. A line break in a text is that of the file, as the editor takes it.
fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace("\r\n", "\n"),
        other => other.to_string().replace("\\r\\n", "\n").replace("\r\n", "\n"),
    }
}

fn entries(place: &str, entries_of: &tree::Entries, found: &mut BTreeSet<(String, String)>) {
    for (key, node) in entries_of {
        let path = format!("{place}{key}");
        match node {
            tree::Node::Table(below) => entries(&format!("{path}."), below, found),
            tree::Node::Records(records) => {
                for record in records {
                    entries(&format!("{path}[{}].", record.id), &record.entries, found);
                }
            }
            tree::Node::Value(Value::Array(items)) => {
                found.extend(items.iter().map(|item| (path.clone(), spelled(item))));
            }
            other => {
                found.insert((path, spelled(&other.value())));
            }
        }
    }
}

/// A record that stands in a section once.
fn ids(text: &str, section: &str) -> Vec<String> {
    let card: Table = text.parse().expect("a card");
    let records = card.get(section).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut ids: Vec<String> =
        records.iter().filter_map(|r| r.get("id").and_then(Value::as_str)).map(str::to_owned).collect();
    ids.sort();
    ids
}

fn comments(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| line.starts_with("# ")).collect()
}

fn cases() -> u32 {
    #[allow(clippy::disallowed_methods, reason = "a test asks how long it may take")]
    if std::env::var_os("CRM_TORTURE").is_some() { 20_000 } else { 600 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_changed_nothing_takes_the_other_side((base, x, _) in history()) {
        prop_assert_eq!(&merged(&base, &base, &x).text, &x);
        prop_assert_eq!(&merged(&base, &x, &base).text, &x);
        prop_assert_eq!(&merged(&base, &x, &x).text, &x);
    }

    #[test]
    fn swapping_the_sides_gives_the_same_bytes((base, x, y) in history()) {
        let (one, other) = (merged(&base, &x, &y), merged(&base, &y, &x));
        prop_assert_eq!(&one.text, &other.text);
        prop_assert_eq!(one.clashes.len(), other.clashes.len());
        prop_assert_eq!(one.kept.len(), other.kept.len());
    }

    #[test]
    fn every_value_that_was_set_is_in_a_field_or_under_conflicts((base, x, y) in history()) {
        let text = merged(&base, &x, &y).text;
        let [was, ours, theirs, all] = [&base, &x, &y, &text].map(|t| values(t));
        let set = ours.union(&theirs).filter(|value| !was.contains(*value));
        for value in set.chain(ours.intersection(&theirs)) {
            prop_assert!(all.contains(value), "{:?}\n{}\n---\n{}\n---\n{}\n--- merged\n{}", value, base, x, y, text);
        }
        for value in &all {
            prop_assert!(ours.contains(value) || theirs.contains(value), "{:?} from nowhere\n{}", value, text);
        }
    }

    #[test]
    fn every_added_record_is_there_once((base, x, y) in history()) {
        let text = merged(&base, &x, &y).text;
        for section in ["contacts", "followups", "visits"] {
            let [was, ours, theirs, all] = [&base, &x, &y, &text].map(|t| ids(t, section));
            let added = ours.iter().chain(&theirs).filter(|id| !was.contains(id));
            for id in added {
                prop_assert_eq!(all.iter().filter(|i| *i == id).count(), 1, "{} {}\n{}", section, id, text);
            }
        }
    }

    #[test]
    fn the_comments_of_the_basis_stay((base, x, y) in history()) {
        // Removing a record, or a tag in a list of several lines, takes its comments along.
        let removes = ["contacts", "followups", "visits", "conflicts", "tags"].iter().any(|section| {
            let count = |text: &str| {
                let card: Table = text.parse().expect("a card");
                card.get(*section).and_then(Value::as_array).map_or(0, Vec::len)
            };
            let gone = |text: &str| {
                let left = ids(text, section);
                let of = |text: &str| text.parse::<Table>().expect("a card").get(*section).cloned();
                // Of a record without an id nobody can say whether it went.
                let nameless = ids(&base, section).len() < count(&base) && of(text) != of(&base);
                nameless || count(text) < count(&base) || ids(&base, section).iter().any(|id| !left.contains(id))
            };
            let untagged = |text: &str| !tags(&base).is_subset(&tags(text)) || count(text) < 1;
            *section == "tags" && (untagged(&x) || untagged(&y)) || gone(&x) || gone(&y)
        });
        if !removes {
            let text = merged(&base, &x, &y).text;
            let basis = (&x).max(&y);
            // The merge itself takes away a conflict that is decided, and a comment in it.
            let disputed = |text: &str| text.parse::<Table>().expect("a card").get("conflicts").cloned();
            let stay = if disputed(&text) == disputed(basis) { comments(basis) } else { Vec::new() };
            for comment in stay {
                prop_assert!(comments(&text).contains(&comment), "{}\n{}\n--- merged\n{}", comment, basis, text);
            }
        }
    }

    #[test]
    fn a_card_that_both_added_is_merged_from_nothing((_, x, y) in history()) {
        let text = merged("", &x, &y).text;
        let [ours, theirs, all] = [&x, &y, &text].map(|t| values(t));
        prop_assert!(ours.union(&theirs).all(|value| all.contains(value)), "{}\n---\n{}\n---\n{}", x, y, text);
        prop_assert_eq!(text, merged("", &y, &x).text);
    }
}

/// The tags of a card.
fn tags(text: &str) -> BTreeSet<String> {
    let card: Table = text.parse().expect("a card");
    let tags = card.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.map(|tag| tag.to_string()).collect()
}
