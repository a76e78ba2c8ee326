//! A team for a test: a bare repository that all share, and a desk with a clone for each member.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{Answer, Desk, answer, cards_below};

/// Members in the order of their desks: name, mail address, series.
const MEMBERS: [(&str, &str, &str); 5] = [
    ("Lin Wei", "lin@example.com", "L"),
    ("Chen Jie", "chen@example.com", "M"),
    ("Ruiz Ana", "ruiz@example.com", "N"),
    ("Okoro Ada", "okoro@example.com", "P"),
    ("Brandt Uwe", "brandt@example.com", "Q"),
];

/// A shared archive with the desks of its members.
pub struct Team {
    pub hub: PathBuf,
    pub desks: Vec<Desk>,
}

impl Team {
    /// So many members, who all have the archive that the first one began.
    pub fn new(count: usize) -> Team {
        let mut desks: Vec<Desk> = Vec::new();
        let mut hub = PathBuf::new();
        for (name, email, series) in MEMBERS.into_iter().take(count) {
            let desk = Desk::bare();
            let config = format!("[user]\n\tname = {name}\n\temail = {email}\n");
            fs::write(desk.home().join(".gitconfig"), config).expect("home");
            let words: Vec<&str> = if desks.is_empty() {
                hub = desk.home().join("hub.git");
                answer(desk.command("git").args(["init", "-q", "--bare"]).arg(&hub)).done();
                vec!["init", "archive", "--remote", hub.to_str().expect("a path"), "--series", series]
            } else {
                vec!["clone", hub.to_str().expect("a path"), "archive", "--series", series]
            };
            desk.crm_in(desk.home(), &words).done();
            desks.push(desk);
        }
        Team { hub, desks }
    }

    /// Two, and a customer whom both have: L0001 Nordwind.
    pub fn of_two() -> Team {
        let team = Team::new(2);
        team.desks[0].crm(&["add", "Nordwind", "--country", "DE"]).done();
        team.sync(0);
        team.sync(1);
        team
    }

    /// `crm sync` at a desk, which must be done.
    #[track_caller]
    pub fn sync(&self, at: usize) -> Answer {
        self.desks[at].crm(&["sync"]).done()
    }

    /// Everybody syncs until nobody has anything new; all have the same then.
    #[track_caller]
    pub fn meet(&self) {
        for at in (0..self.desks.len()).chain(0..self.desks.len()) {
            self.sync(at);
        }
        let heads: Vec<String> = self.desks.iter().map(|desk| desk.git(&["rev-parse", "HEAD"])).collect();
        assert!(heads.iter().all(|head| *head == heads[0]), "the clones differ");
        for desk in &self.desks {
            desk.is_clean_and_sound();
        }
    }
}

/// The text of every card below an archive, by its folder.
pub fn cards(archive: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    cards_below(archive, &mut found);
    let mut cards: Vec<(String, String)> = found
        .into_iter()
        .map(|path| {
            let folder = path.parent().and_then(|p| p.strip_prefix(archive).ok()).expect("below");
            (folder.to_string_lossy().into_owned(), fs::read_to_string(&path).expect("a card"))
        })
        .collect();
    cards.sort();
    cards
}
