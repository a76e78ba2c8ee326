//! A history that was lived: invented customers, changed again and again by three people, mostly with
//! `crm`, now and then with an editor and plain git. The same seed tells the same story.

use std::fs;
use std::path::PathBuf;

use crate::desk::{Desk, answer};
use crate::dice::Dice;

/// Who works on the archive.
const PEOPLE: [(&str, &str); 3] =
    [("Lin Wei", "lin@example.com"), ("Ana Costa", "ana@example.com"), ("王芳", "wang@example.com")];
/// Where customers are.
const COUNTRIES: [&str; 5] = ["DE", "FR", "BR", "JP", "CN"];
const NAMES: [&str; 12] = [
    "Ahorn Pumpen GmbH",
    "Bleu Vallée SARL",
    "Casa Azul Ltda",
    "Dorn & Distel KG",
    "Echo Hydraulik AG",
    "Fuji Yama Shoji",
    "佛山市晨光五金厂",
    "Grüne Aue GmbH",
    "Hôtel du Lac SA",
    "Ibérica Válvulas",
    "Jasmin Trading",
    "昆山恒达机械有限公司",
];

/// An archive with its history.
pub struct Story {
    pub desk: Desk,
    dice: Dice,
    chapter: u64,
}

impl Story {
    /// A new archive with a dozen customers.
    pub fn begin(seed: u64) -> Story {
        let desk = Desk::new();
        for (at, name) in NAMES.iter().enumerate() {
            let country = COUNTRIES[at % COUNTRIES.len()];
            let mail = format!("Person {at} <p{at}@firm{at}.example>");
            desk.crm(&["add", name, "--country", country, "--contact", &mail, "tags=fair", "city=Here"])
                .done();
        }
        Story { desk, dice: Dice::new(seed), chapter: 0 }
    }

    /// A story of so many changes.
    pub fn of(changes: usize, seed: u64) -> Story {
        let mut story = Story::begin(seed);
        for _ in 0..changes {
            story.goes_on();
        }
        story
    }

    /// Every commit, the oldest first.
    pub fn commits(&self) -> Vec<String> {
        let list = self.desk.git(&["rev-list", "--reverse", "HEAD"]);
        list.lines().map(str::to_owned).collect()
    }

    /// One change that becomes one commit.
    pub fn goes_on(&mut self) {
        self.chapter += 1;
        let (name, mail) = *self.dice.pick(&PEOPLE);
        self.desk.git(&["config", "user.name", name]);
        self.desk.git(&["config", "user.email", mail]);
        match self.dice.below(12) {
            0 => self.by_hand(),
            1 => self.moved_by_hand(),
            2 => self.moved(),
            3 => self.added(),
            _ => self.changed(),
        }
    }

    fn no(&mut self) -> String {
        let mut cards = self.cards();
        let at = usize::try_from(self.dice.below(cards.len() as u64)).expect("small");
        let text = fs::read_to_string(cards.swap_remove(at)).expect("a card");
        let line = text.lines().find_map(|l| l.strip_prefix("no = \"")).expect("a number");
        line.trim_end_matches('"').to_owned()
    }

    /// Every card, in an order that does not hang on the disk.
    pub fn cards(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        crate::desk::cards_below(&self.desk.archive, &mut found);
        found.sort();
        found
    }

    fn changed(&mut self) {
        let (no, chapter) = (self.no(), self.chapter);
        let words: Vec<String> = match self.dice.below(8) {
            0 => vec!["set".into(), no, format!("phone=+49 170 {chapter:06}")],
            1 => vec!["set".into(), no, format!("city=Town {}", chapter % 7), format!("tags+=t{chapter}")],
            2 => vec!["set".into(), no, format!("custom.note{}={chapter}", chapter % 3)],
            3 => vec!["followup".into(), "log".into(), no, "phone".into(), format!("Talk {chapter}")],
            4 => vec![
                "followup".into(),
                "plan".into(),
                no,
                "+7d".into(),
                "--goal".into(),
                format!("Goal {chapter}"),
            ],
            5 => vec!["contact".into(), "add".into(), no, format!("Person {chapter}"), "title=Buyer".into()],
            6 => vec!["unset".into(), no, "city".into()],
            _ => vec!["set".into(), no, format!("website=www.firm{chapter}.example")],
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // An unset of what is not there changes nothing.
        let code = self.desk.crm(&words).code;
        assert!([0, 1, 2, 3].contains(&code), "{words:?}");
    }

    fn added(&mut self) {
        let name = format!("Neu {} GmbH", self.chapter);
        let country = *self.dice.pick(&COUNTRIES);
        self.desk.crm(&["add", &name, "--country", country, "--anyway"]).done();
    }

    fn moved(&mut self) {
        let no = self.no();
        let country = *self.dice.pick(&COUNTRIES);
        let stage = *self.dice.pick(&["prospect", "customer"]);
        self.desk.crm(&["move", &no, "--country", country, "--stage", stage]);
    }

    /// An editor and `git commit -a`.
    fn by_hand(&mut self) {
        let cards = self.cards();
        let path = self.dice.pick(&cards).clone();
        let text = fs::read_to_string(&path).expect("a card");
        let chapter = self.chapter;
        let text = match self.dice.below(3) {
            0 => format!(
                "{text}\n# noted by hand\n[[followups]]\nid = \"hand{chapter:02}\"\ndate = 2026-03-02\nhow = \"email\"\ntopic = \"Hand {chapter}\"\n"
            ),
            1 => text.replacen("city = \"", "city = \"Neu-", 1),
            _ => text.replacen("title = \"Buyer\"", "title = \"Head buyer\"", 1),
        };
        fs::write(&path, text).expect("a card");
        self.commit_by_hand("by hand");
    }

    /// `git mv` of a company's folder.
    fn moved_by_hand(&mut self) {
        let cards = self.cards();
        let folder = self.dice.pick(&cards).parent().expect("a folder").to_owned();
        let company = folder.file_name().expect("a name").to_owned();
        let to = self.desk.archive.join("customers/FR-France").join(company);
        if !to.exists() {
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::rename(&folder, &to).expect("a move");
        }
        self.commit_by_hand("moved by hand");
    }

    fn commit_by_hand(&self, message: &str) {
        self.desk.git(&["add", "-A"]);
        let mut git = self.desk.command("git");
        answer(git.current_dir(&self.desk.archive).args(["commit", "-q", "-m", message]));
    }
}
