//! `kill -9` at a random moment of a write: each card is old or new, and the next command carries
//! on with no mend by hand. The moments are spread over the length that the command had when
//! nobody killed it. `CRM_TORTURE=1` makes the loops five times as long.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{Desk, cards_below};
use crate::dice::{Dice, torture};

/// How often a loop kills.
fn rounds(usual: usize) -> usize {
    if torture() { usual * 5 } else { usual }
}

/// Runs a command and kills it at a random moment; whether it was still alive then. Every other
/// time the kill waits for the journal, and so falls among the steps of carrying out.
fn killed(desk: &Desk, arguments: &[&str], at_most: Duration, dice: &mut Dice) -> bool {
    let mut command = desk.program();
    command.current_dir(&desk.archive).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let moment = |dice: &mut Dice, length: Duration| {
        Duration::from_micros(dice.below(u64::try_from(length.as_micros()).expect("short")))
    };
    if dice.below(2) == 0 {
        thread::sleep(moment(dice, at_most));
    } else {
        let journal = desk.archive.join(".git/crm/journal.json");
        while !journal.exists() && child.try_wait().expect("a child").is_none() {
            std::hint::spin_loop();
        }
        thread::sleep(moment(dice, at_most / 4));
    }
    let was_alive = child.try_wait().expect("a child").is_none();
    child.kill().expect("a kill");
    child.wait().expect("a child");
    was_alive
}

/// How long a command takes when nobody kills it, and a tenth more.
fn length(desk: &Desk, arguments: &[&str]) -> Duration {
    let begun = Instant::now();
    desk.crm(arguments).done();
    begun.elapsed() * 11 / 10
}

/// Every card of the archive: its folder, and its text, which must be whole.
fn cards(desk: &Desk) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    cards_below(&desk.archive, &mut found);
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a card");
        toml::from_str::<toml::Table>(&text).unwrap_or_else(|e| panic!("torn: {path:?}: {e}\n{text}"));
        let folder = path.parent().expect("a folder").strip_prefix(&desk.archive).expect("below");
        (folder.to_string_lossy().into_owned(), text)
    };
    found.iter().map(read).collect()
}

/// No lock and no journal is left, git sees nothing to do, and HEAD has what the work tree has.
#[track_caller]
fn nothing_is_left_over(desk: &Desk) {
    let left = |path: &str| desk.archive.join(".git").join(path).exists();
    for lock in ["index.lock", "HEAD.lock", "refs/heads/main.lock", "packed-refs.lock", "crm/journal.json"] {
        assert!(!left(lock), "{lock} is left");
    }
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    desk.git(&["diff", "--exit-code", "HEAD"]);
}

/// Files with the names of our drafts, anywhere in the archive.
fn drafts(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && name != "objects" {
            found.extend(drafts(&entry.path()));
        } else if name.starts_with(".crm-") || name.ends_with(".tmp") || name == "index.new" {
            found.push(entry.path().display().to_string());
        }
    }
    found
}

/// A desk with three customers; the third is never killed.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "First Ltd", "--country", "GB"]).done();
    desk.crm(&["add", "Second GmbH", "--country", "DE"]).done();
    desk.crm(&["add", "Third SA", "--country", "FR"]).done();
    desk
}

/// One more command, which nobody kills.
#[track_caller]
fn carry_on(desk: &Desk, round: usize) {
    desk.crm(&["set", "C0003", &format!("remark=round {round}")]).done();
    nothing_is_left_over(desk);
}

#[test]
fn a_killed_set_leaves_the_old_value_or_the_new_one() {
    wants_git!();
    let (desk, mut dice) = (desk(), Dice::new(1));
    desk.crm(&["set", "C0001", "remark=N1000.", "city=Town 1000"]).done();
    let at_most = length(&desk, &["set", "C0002", "remark=1"]);
    let mut now = 1000;
    let (mut alive, mut new) = (0, 0);
    for round in 0..rounds(60) {
        let next = now + 1;
        let (remark, city) = (format!("remark=N{next}."), format!("city=Town {next}"));
        alive += usize::from(killed(&desk, &["set", "C0001", &remark, &city], at_most, &mut dice));
        let text = cards(&desk).remove("prospects/GB-United Kingdom/First Ltd").expect("the card");
        let has = |n: i32| {
            text.contains(&format!("remark = \"N{n}.\"")) && text.contains(&format!("city = \"Town {n}\""))
        };
        assert!(has(now) || has(next), "{text}");
        if has(next) {
            new += 1;
        }
        // A read finds its way too, and says what the card says or what the journal will make of it.
        let read = desk.crm(&["get", "C0001", "remark"]).done().key();
        assert!(read == format!("N{now}.") || read == format!("N{next}."), "{read}");
        carry_on(&desk, round);
        let after = desk.crm(&["get", "C0001", "remark"]).done().key();
        assert!(!has(next) || after == format!("N{next}."), "what was new is old again");
        now = after.trim_matches(['N', '.']).parse().expect("a number");
    }
    println!("{alive} killed alive, {new} new");
    assert!(alive > 0, "no kill came in time");
    desk.is_clean_and_sound();
}

#[test]
fn a_killed_followup_is_there_once_or_not_at_all() {
    wants_git!();
    let (desk, mut dice) = (desk(), Dice::new(2));
    let at_most = length(&desk, &["followup", "log", "C0002", "phone", "Measure"]);
    for round in 0..rounds(30) {
        let topic = format!("Topic {round}.");
        let log = ["followup", "log", "C0001", "email", &topic, "--next", "+7d", "--goal", &topic];
        killed(&desk, &log, at_most, &mut dice);
        cards(&desk);
        carry_on(&desk, round);
        let text = desk.text("First");
        // The entry and the next plan came together or not at all.
        let entries = text.matches(&format!("topic = \"{topic}\"")).count();
        let plans = text.matches(&format!("goal = \"{topic}\"")).count();
        assert!(entries == plans && entries <= 1, "{entries} {plans}\n{text}");
        let subjects = desk.git(&["log", "--format=%s"]);
        assert_eq!(subjects.matches(&topic).count(), entries, "history and card agree");
    }
    desk.is_clean_and_sound();
}

#[test]
fn a_killed_move_leaves_the_customer_at_one_place_with_its_papers() {
    wants_git!();
    let (desk, mut dice) = (desk(), Dice::new(3));
    let folder = desk.card("First").parent().expect("a folder").to_owned();
    fs::write(folder.join("drawing.pdf"), "a drawing").expect("a paper");
    desk.crm(&["commit"]).done();
    fs::write(folder.join("draft.txt"), "not committed yet").expect("a paper");
    desk.git(&["config", "status.showUntrackedFiles", "no"]);
    let at_most = length(&desk, &["move", "C0002", "--stage", "customer"]);
    let text = desk.text("First");
    for round in 0..rounds(40) {
        let here = desk.card("First").display().to_string();
        let to = if here.contains("prospects") { "customer" } else { "prospect" };
        killed(&desk, &["move", "C0001", "--stage", to], at_most, &mut dice);
        cards(&desk);
        assert_eq!(desk.text("First"), text);
        let listed = desk.crm(&["list", "--columns", "no", "--format", "csv"]).done();
        assert_eq!(listed.out.lines().count(), 4, "{}{}", listed.out, listed.err);
        assert_eq!(listed.err, "", "nobody is missed");
        carry_on(&desk, round);
        assert_eq!(desk.text("First"), text);
        let folder = desk.card("First").parent().expect("a folder").to_owned();
        assert_eq!(fs::read_to_string(folder.join("drawing.pdf")).expect("a paper"), "a drawing");
        assert_eq!(fs::read_to_string(folder.join("draft.txt")).expect("a paper"), "not committed yet");
    }
    desk.is_clean_and_sound();
}

#[test]
fn a_killed_import_is_done_whole_or_not_at_all() {
    wants_git!();
    let (desk, mut dice) = (desk(), Dice::new(4));
    let sheet = |name: &str, city: &str| {
        let mut text = String::from("Company,Country,City,Contact,Phone\n");
        for at in 0..300 {
            let country = ["Germany", "France", "Japan", "Brazil"][at % 4];
            text += &format!("{name} {at},{country},{city},Person {at},+00 {at}\n");
        }
        fs::write(desk.home().join("sheet.csv"), text).expect("a sheet");
    };
    let import = ["import", "../sheet.csv", "--overwrite", "--yes"];
    sheet("Base", "Before");
    let at_most = length(&desk, &import);
    let mut whole = 0;
    for round in 0..rounds(8) {
        // Every other time new customers, else new values for the old ones.
        let (name, city) = if round % 2 == 0 {
            (format!("New{round}x"), "Anywhere".to_owned())
        } else {
            ("Base".to_owned(), format!("City{round}x"))
        };
        sheet(&name, &city);
        killed(&desk, &import, at_most, &mut dice);
        cards(&desk);
        carry_on(&desk, round);
        let after = cards(&desk);
        let done = match round % 2 {
            0 => after.keys().filter(|folder| folder.contains(&name)).count(),
            _ => after.values().filter(|text| text.contains(&city)).count(),
        };
        assert!(done == 0 || done == 300, "{done} of 300 in round {round}");
        whole += usize::from(done == 300);
        let listed = desk.crm(&["list", "--columns", "no", "--format", "csv"]).done().out;
        assert_eq!(listed.lines().count() - 1, after.len());
        // The same once more, in peace: it ends as if nothing had been.
        desk.crm(&import).done();
        let again = desk.crm(&import).done();
        assert!(again.err.contains("the same 300"), "{}", again.err);
    }
    println!("{whole} whole");
    desk.is_clean_and_sound();
}

#[test]
fn a_killed_import_that_fills_several_packs_leaves_all_or_nothing() {
    wants_git!();
    let (desk, mut dice) = (desk(), Dice::new(9));
    // 12 MB, of which 4 are held in memory at a time.
    let rows = 600;
    let sheet = |name: &str| {
        let mut text = String::from("Company,Country,Remark\n");
        for at in 0..rows {
            text += &format!(
                "{name} {at},Germany,{}\n",
                format!("{name}{at} ").repeat(20_000 / (name.len() + 4))
            );
        }
        fs::write(desk.home().join("sheet.csv"), text).expect("a sheet");
    };
    let import = ["import", "../sheet.csv", "--yes"];
    sheet("Base");
    let at_most = length(&desk, &import);
    let packs = fs::read_dir(desk.archive.join(".git/objects/pack")).expect("packs");
    assert!(
        packs.filter_map(Result::ok).filter(|e| e.path().extension().is_some_and(|x| x == "pack")).count()
            > 2
    );
    for round in 0..rounds(3) {
        let name = format!("New{round}x");
        sheet(&name);
        killed(&desk, &import, at_most, &mut dice);
        carry_on(&desk, round);
        let done = cards(&desk).keys().filter(|folder| folder.contains(&name)).count();
        assert!(done == 0 || done == rows, "{done} of {rows} in round {round}");
        desk.crm(&import).done();
        assert_eq!(cards(&desk).keys().filter(|folder| folder.contains(&name)).count(), rows);
    }
    desk.is_clean_and_sound();
}

#[test]
fn a_killed_first_command_leaves_an_archive_or_can_be_repeated() {
    wants_git!();
    let mut dice = Dice::new(5);
    for _ in 0..rounds(12) {
        let desk = Desk::bare();
        fs::write(desk.home().join(".gitconfig"), "[user]\n\tname = Lin Wei\n\temail = lin@example.com\n")
            .expect("home");
        let mut command = desk.program();
        command.args(["init", "archive"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        thread::sleep(Duration::from_micros(dice.below(60_000)));
        child.kill().expect("a kill");
        child.wait().expect("a child");
        // Where the kill came early it is done again; where it came late the archive stands.
        let again = desk.crm_in(desk.home(), &["init", "archive"]);
        assert!(again.code == 0 || again.err.contains("already"), "{again:?}");
        assert_eq!(desk.git(&["ls-files"]), ".gitattributes\n.gitignore\ncrm.toml\n", "{again:?}");
        desk.crm(&["add", "First Ltd", "--country", "GB"]).done();
        desk.is_clean_and_sound();
    }
}

#[test]
fn drafts_that_kills_left_do_not_pile_up() {
    wants_git!();
    let (desk, mut dice) = (desk(), Dice::new(6));
    let at_most = length(&desk, &["set", "C0001", "remark=1"]);
    for round in 0..rounds(60) {
        killed(&desk, &["set", "C0001", &format!("remark=r{round}")], at_most, &mut dice);
    }
    // A kill may leave a draft; the commands after it take it away.
    desk.crm(&["set", "C0001", "remark=last"]).done();
    desk.crm(&["list"]).done();
    assert_eq!(drafts(&desk.archive), Vec::<String>::new());
}
