//! The file of folded text saves time and never changes an answer. Time is moved by moving the start
//! of the sweep, so that nothing waits until time stamps are old enough.
#![allow(clippy::disallowed_methods, reason = "tests play the people and the accidents around the file")]

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use super::*;
use crate::archive::{CARD, Layout, Platform};
use crate::card::read;
use crate::history::History;
use crate::sections::SCHEMA;
use crate::settings::Settings;

const HOUR: i64 = 3_600_000_000_000;
const COMPANIES: usize = 70;

struct Desk {
    root: tempfile::TempDir,
    layout: Layout,
    history: History,
    /// How much later than now the next search is.
    later: Cell<i64>,
}

impl Desk {
    fn new() -> Desk {
        let root = tempfile::TempDir::new().expect("a temporary folder");
        let history = History::init(root.path(), None).expect("a repository");
        let desk = Desk { root, layout: Layout::new(&Settings::default()), history, later: Cell::new(HOUR) };
        for at in 0..COMPANIES {
            desk.write(at, &format!("name = \"Company {at}\"\nremark = \"remark {at} 檔案\"\n"));
        }
        desk
    }

    fn card(&self, company: usize) -> PathBuf {
        let country = ["CN-China", "DE-Germany"][company % 2];
        self.root.path().join("prospects").join(country).join(format!("Company {company:02}")).join(CARD)
    }

    fn write(&self, company: usize, text: &str) {
        let card = self.card(company);
        fs::create_dir_all(card.parent().expect("a folder")).expect("a folder");
        fs::write(card, text).expect("a card");
    }

    fn source(&self) -> Source<'_> {
        Source {
            root: self.root.path(),
            layout: &self.layout,
            platform: Platform::Native,
            history: &self.history,
        }
    }

    fn text(&self) -> PathBuf {
        self.history.crm_folder().join("text")
    }

    /// What is found, and how many cards were read for it.
    fn search(&self, typed: &str) -> (Vec<String>, usize) {
        let source = self.source();
        let mut index = Index::fresh(&source).expect("an index");
        index.sweep.began += self.later.get();
        let query = Query::read(typed).expect("something to look for");
        let searched = index.search(&source, &query, &|_| true).expect("an answer");
        (searched.found.into_iter().map(|found| found.folder).collect(), searched.read)
    }

    fn answers(&self) -> Vec<Vec<String>> {
        ["company", "7", "档案", "remark 69", "x"].map(|typed| self.search(typed).0).to_vec()
    }
}

#[test]
fn a_card_is_read_once_and_found_from_then_on() {
    let desk = Desk::new();
    let (first, read) = desk.search("档案");
    assert_eq!((first.len(), read), (COMPANIES, COMPANIES));
    assert_eq!(desk.search("档案"), (first.clone(), 0));
    desk.write(3, "name = \"Changed\"\n");
    assert_eq!(desk.search("changed"), (vec!["prospects/DE-Germany/Company 03".to_owned()], 1));
    assert_eq!(desk.search("档案").0.len(), COMPANIES - 1);
    let company = desk.card(3).parent().expect("a folder").to_owned();
    fs::rename(&company, company.with_file_name("Another")).expect("renamed");
    assert_eq!(desk.search("changed"), (vec!["prospects/DE-Germany/Another".to_owned()], 1));
    assert_eq!(desk.search("changed").1, 0);
    fs::remove_dir_all(company.with_file_name("Another")).expect("removed");
    assert_eq!(desk.search("changed"), (Vec::new(), 0));
}

#[test]
fn what_is_too_young_to_be_believed_is_read_each_time() {
    let desk = Desk::new();
    desk.later.set(0);
    for word in ["Alpha", "Alpho", "Alphi"] {
        let card = desk.card(4);
        desk.write(4, &format!("name = \"{word}\"\n"));
        // Of equal size, and as far as time stamps tell of the same moment.
        assert_eq!(desk.search(word).0.len(), 1, "{word}");
        assert!(card.exists() && !desk.text().exists());
    }
    desk.later.set(HOUR);
    assert_eq!(desk.search("alphi").1, COMPANIES);
    assert_eq!(desk.search("alphi").1, 0);
}

#[test]
fn a_file_that_is_cut_damaged_or_of_another_version_is_mended() {
    let desk = Desk::new();
    let expected = desk.answers();
    let whole = fs::read(desk.text()).expect("it is kept");
    let with = |bytes: &[u8], what: &str| {
        fs::write(desk.text(), bytes).expect("a file");
        assert_eq!(desk.answers(), expected, "{what}");
        assert_eq!(desk.search("x").1, 0, "{what}: mended");
    };
    for length in (0..whole.len()).step_by(whole.len() / 41 + 1).chain([whole.len() - 1]) {
        with(&whole[..length], &format!("cut at {length}"));
    }
    for at in (0..whole.len()).step_by(whole.len() / 41 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        with(&bytes, &format!("a wrong byte at {at}"));
    }
    with(&vec![0xff; whole.len()], "garbage");
    with(&[whole.as_slice(), &[0; 500]].concat(), "zeroes behind");
    with(&[&whole[..whole.len() - 3], &whole[100..]].concat(), "a torn addition");
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let at = whole.windows(version.len()).position(|w| w == version).expect("the header holds the version");
    let mut other = whole.clone();
    other[at] = b'9';
    with(&other, "of another version");
    fs::remove_file(desk.text()).expect("deleted");
    assert_eq!(desk.answers(), expected, "deleted");
}

#[test]
fn every_byte_of_a_segment_is_under_its_checksum() {
    let card = read::read("name = \"Müller\"\n", &SCHEMA).expect("a card");
    let folded = FoldedCard::of(&card, "a/b/c");
    let stat = crate::archive::platform::Stat { modified: 1, changed: 2, size: 3, inode: 4 };
    let mut bytes = Vec::new();
    Segment { stat, folder: "a/b/c", text: folded.as_text(), length: 0 }.push(&mut bytes);
    let read = Segment::read(&bytes).expect("whole");
    assert_eq!((read.stat, read.folder, read.text.text), (stat, "a/b/c", folded.as_text().text));
    for at in 0..bytes.len() {
        let mut wrong = bytes.clone();
        wrong[at] ^= 1;
        assert!(Segment::read(&wrong).is_none(), "byte {at}");
        assert!(Segment::read(&bytes[..at]).is_none(), "cut at {at}");
    }
}

#[test]
fn a_file_that_cannot_be_kept_is_done_without() {
    let desk = Desk::new();
    let expected = desk.answers();
    let held = crate::archive::InUse::alone(&desk.text().with_extension("use"), std::time::Duration::ZERO);
    assert!(held.is_some());
    let length = fs::metadata(desk.text()).expect("it is kept").len();
    desk.write(5, "name = \"Changed\"\n");
    assert_eq!(desk.search("changed"), (vec!["prospects/DE-Germany/Company 05".to_owned()], 1));
    assert_eq!(desk.search("changed").1, 1, "somebody else writes");
    assert_eq!(fs::metadata(desk.text()).expect("it is kept").len(), length);
    drop(held);
    assert_eq!(desk.search("changed").1, 1);
    assert_eq!(desk.search("changed").1, 0);
    desk.write(5, "name = \"Company 5\"\nremark = \"remark 5 檔案\"\n");
    fs::remove_file(desk.text()).expect("deleted");
    fs::create_dir_all(desk.text().join("in the way")).expect("a folder");
    assert_eq!(desk.answers(), expected, "a folder in the way");
}

#[test]
fn a_file_that_is_mostly_of_no_use_is_made_anew() {
    let desk = Desk::new();
    let expected = desk.answers();
    let long = "filler ".repeat(60_000);
    let mut longest = 0;
    for round in 0..8 {
        desk.write(1, &format!("name = \"Company 1\"\nremark = \"{long}{round}\"\n"));
        assert_eq!(desk.search("filler").0.len(), 1);
        longest = longest.max(fs::metadata(desk.text()).expect("it is kept").len());
    }
    desk.write(1, "name = \"Company 1\"\nremark = \"remark 1 檔案\"\n");
    assert_eq!(desk.answers(), expected);
    assert!(longest > file::SMALL && longest < 5 * file::SMALL, "{longest}");
}

#[test]
fn a_segment_that_is_longer_than_the_buffer_is_read() {
    let desk = Desk::new();
    let long = "filler ".repeat(300_000);
    desk.write(1, &format!("name = \"Company 1\"\nremark = \"{long} needle\"\n"));
    assert_eq!(desk.search("needle").0.len(), 1);
    let (found, read) = desk.search("needle");
    assert_eq!((found.len(), read), (1, 0));
    assert_eq!(desk.search("company").0.len(), COMPANIES);
}
