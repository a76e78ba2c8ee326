//! The index never changes an answer: deleted, damaged, of another version, not to be written, or
//! refreshed step by step instead of built anew.
//!
//! `CRM_TORTURE=1` lets the walks be longer, and lets them wait until time stamps are old enough to
//! be believed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crm::archive::Platform;
use crm::workspace::{Clock, Workspace};

use crate::desk::{Answer, Desk, TODAY, answer, cards_below};
use crate::dice::{Dice, torture};

const ALL: &str = "id,no,name,short_name,country,stage,folder,city,phone,owner,tags,remark,biz_type,products,\
    followups,first_followup,last_followup,next_followup,custom.size";

/// An archive of a dozen customers with people, plans and follow-ups.
fn desk() -> Desk {
    let desk = Desk::new();
    let countries = ["DE", "CN", "JP", "BR"];
    for at in 0..12 {
        let (name, city) = (format!("Company {at:02}"), format!("city=Town {at}"));
        let stage = ["prospect", "customer"][at % 2];
        desk.crm(&["add", &name, "--country", countries[at % 4], "--stage", stage, &city, "tags+=fair"])
            .done();
        let no = format!("C{:04}", at + 1);
        if at % 3 == 0 {
            let day = format!("2026-03-{:02}", 5 + at);
            desk.crm(&["followup", "plan", &no, &day, "phone", "--goal", "Ask"]).done();
            desk.crm(&["followup", "log", &no, "email", "Catalogue", "--settles", "none"]).done();
        }
    }
    desk
}

fn ask(desk: &Desk, more: &[(&str, &str)], arguments: &[&str]) -> Answer {
    let mut program = desk.program();
    answer(program.current_dir(&desk.archive).envs(more.iter().copied()).args(arguments))
}

/// Everything that a person can ask, with exit codes and notices.
fn answers_with(desk: &Desk, more: &[(&str, &str)]) -> String {
    let questions: [&[&str]; 6] = [
        &["list", "--columns", ALL, "--format", "json"],
        &["followup", "--days", "30", "--owner", "all", "--format", "json"],
        &["followup", "--owner", "all"],
        &["list", "--no-next-step"],
        &["show", "C0004", "--format", "json"],
        &["show", "town 3"],
    ];
    questions.iter().map(|question| format!("{question:?} {:?}\n", ask(desk, more, question))).collect()
}

fn answers(desk: &Desk) -> String {
    answers_with(desk, &[])
}

fn dump(archive: &Path, platform: Platform) -> Vec<String> {
    let clock = Clock { today: Some(TODAY.parse().expect("a day")), ..Clock::at(1_773_200_000) };
    let workspace = Workspace::open(archive, clock, platform).expect("an archive");
    workspace.dump_index().expect("an index")
}

fn index(desk: &Desk) -> PathBuf {
    desk.archive.join(".git/crm/index.sqlite")
}

/// The index as it would be if there had been none.
fn anew<T>(desk: &Desk, question: impl Fn() -> T) -> T {
    let (here, aside) = (desk.archive.join(".git/crm"), desk.archive.join(".git/crm-aside"));
    fs::rename(&here, &aside).expect("aside");
    let answer = question();
    let _ = fs::remove_dir_all(&here);
    fs::rename(&aside, &here).expect("back");
    answer
}

#[track_caller]
fn same(what: &str, expected: &str, found: &str) {
    let differs = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
    assert!(expected == found, "{what}: {differs:#?}");
}

#[test]
fn an_index_that_is_deleted_cut_or_overwritten_changes_no_answer() {
    wants_git!();
    let desk = desk();
    let expected = answers(&desk);
    let whole = fs::read(index(&desk)).expect("an index");
    let with = |bytes: &[u8], what: &str| {
        for log in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(format!("{}{log}", index(&desk).display()));
        }
        fs::write(index(&desk), bytes).expect("an index");
        same(what, &expected, &answers(&desk));
    };
    for length in [0, 1, 15, 16, 99, 100, 1000, 4095, 4096, 4097, 12288, whole.len() / 2, whole.len() - 1] {
        with(&whole[..length.min(whole.len())], &format!("cut at {length}"));
    }
    with(b"this is no database", "text");
    with(&vec![0xa5; whole.len()], "garbage");
    with(&vec![0; whole.len()], "zeroes");
    let mut other = whole.clone();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let mut changed = 0;
    for at in 0..other.len() - version.len() {
        if other[at..].starts_with(version) {
            other[at] = b'9';
            changed += 1;
        }
    }
    assert!(changed > 0, "the header holds the version");
    with(&other, "of another version");
    fs::remove_file(index(&desk)).expect("deleted");
    same("deleted", &expected, &answers(&desk));
    fs::remove_dir_all(desk.archive.join(".git/crm")).expect("deleted");
    same("all of it deleted", &expected, &answers(&desk));
}

#[test]
fn a_damaged_page_anywhere_changes_no_answer() {
    wants_git!();
    let desk = desk();
    let expected = answers(&desk);
    let whole = fs::read(index(&desk)).expect("an index");
    let mut dice = Dice::new(11);
    for page in 0..whole.len() / 4096 {
        for garbage in [false, true] {
            let mut bytes = whole.clone();
            for byte in &mut bytes[page * 4096..(page + 1) * 4096] {
                *byte = if garbage { u8::try_from(dice.below(256)).expect("a byte") } else { 0 };
            }
            for log in ["-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{log}", index(&desk).display()));
            }
            fs::write(index(&desk), &bytes).expect("an index");
            same(&format!("page {page}, garbage {garbage}"), &expected, &answers(&desk));
        }
    }
}

#[test]
fn a_log_of_changes_that_is_lost_cut_or_of_another_index_changes_no_answer() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C0002", "remark=fresh"]).done();
    let expected = answers(&desk);
    let log = PathBuf::from(format!("{}-wal", index(&desk).display()));
    let keep = fs::read(&log).unwrap_or_default();
    for length in [0, 10, 32, 60, keep.len() / 2, keep.len().saturating_sub(5)] {
        fs::write(&log, &keep[..length.min(keep.len())]).expect("a log");
        same(&format!("log cut at {length}"), &expected, &answers(&desk));
    }
    fs::write(&log, vec![0x5a; keep.len().max(4096)]).expect("a log");
    same("log of garbage", &expected, &answers(&desk));
    let _ = fs::remove_file(&log);
    same("log lost", &expected, &answers(&desk));
    // Somebody deletes the index and leaves its log, which is of another index then.
    for round in 0..5 {
        desk.crm(&["set", "C0002", &format!("remark=round {round}")]).done();
        desk.crm(&["list"]).done();
        fs::write(&log, &keep).expect("a log");
        fs::remove_file(index(&desk)).expect("deleted");
        let found = answers(&desk);
        same("log of another index", &anew(&desk, || answers(&desk)), &found);
    }
}

#[test]
fn where_the_index_cannot_be_kept_the_answers_are_the_same() {
    wants_git!();
    let desk = desk();
    let expected = answers(&desk);
    let folder = desk.archive.join(".git/crm");
    fs::remove_dir_all(&folder).expect("deleted");
    fs::write(&folder, "a file in the way").expect("a file");
    same("a file in place of the folder", &expected, &answers(&desk));
    let refused = desk.crm(&["set", "C0001", "remark=x"]).exits(4);
    assert!(refused.err.contains(".git/crm"), "{}", refused.err);
    fs::remove_file(&folder).expect("deleted");
    fs::create_dir_all(folder.join("index.sqlite/in the way")).expect("a folder");
    same("a folder in place of the index", &expected, &answers(&desk));
    desk.crm(&["set", "C0001", "remark=x"]).done();
    desk.is_clean_and_sound();
}

#[test]
fn a_read_only_archive_answers_the_same() {
    wants_git!();
    let desk = desk();
    let expected = answers(&desk);
    // Root ignores modes: there a mount of its own is made read-only, in a name space of its own.
    let probe = desk.home().join("probe");
    fs::write(&probe, "").expect("a file");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o444)).expect("modes");
    let modes_hold = fs::OpenOptions::new().write(true).open(&probe).is_err();
    let archive = desk.archive.to_str().expect("UTF-8");
    let outside = |command: &mut Command| answer(command).code == 0;
    for with_index in [true, false] {
        if !with_index {
            fs::remove_dir_all(desk.archive.join(".git/crm")).expect("deleted");
        }
        if modes_hold {
            assert!(outside(Command::new("chmod").args(["-R", "a-w", archive])));
            let found = answers(&desk);
            assert!(outside(Command::new("chmod").args(["-R", "u+w", archive])));
            same("modes", &expected, &found);
            continue;
        }
        let script = format!(
            "mount --bind '{archive}' '{archive}' && mount -o remount,ro,bind '{archive}' && cd '{archive}' && \
             ! touch probe 2>/dev/null && exec \"$0\" \"$@\""
        );
        let inside = |arguments: &[&str]| {
            let mut command = desk.command("unshare");
            command.args(["-m", "sh", "-c", &script, env!("CARGO_BIN_EXE_crm")]).args(arguments);
            answer(&mut command)
        };
        let first = inside(&["--version"]);
        if first.code != 0 {
            println!("left out: no mount of one's own here: {}", first.err);
            return;
        }
        let question = ["list", "--columns", ALL, "--format", "json"];
        let writable = desk.crm(&question).done();
        if !with_index {
            fs::remove_dir_all(desk.archive.join(".git/crm")).expect("deleted");
        }
        let read_only = inside(&question);
        assert_eq!((read_only.out, read_only.err, read_only.code), (writable.out, writable.err, 0));
        let refused = inside(&["set", "C0001", "remark=x"]);
        assert_eq!(refused.code, 4, "{refused:?}");
    }
}

#[test]
fn an_index_built_on_one_day_and_asked_on_another_equals_a_fresh_one() {
    wants_git!();
    let desk = desk();
    for day in ["2026-03-01", "2026-03-11", "2026-03-14", "2027-01-01", "2025-12-31"] {
        let today = [("CRM_TODAY", day)];
        let built = anew(&desk, || answers_with(&desk, &today));
        same(day, &built, &answers_with(&desk, &today));
    }
}

#[test]
fn a_card_edited_within_one_tick_with_equal_size_and_restored_time_is_seen() {
    wants_git!();
    let desk = desk();
    let card = desk.card("Company 05");
    let text = fs::read_to_string(&card).expect("a card");
    for (at, town) in ["Town 5", "Towm 5", "Town 6", "Tawn 5", "Town 9"].iter().enumerate() {
        let before = fs::metadata(&card).expect("a card").modified().expect("a time");
        fs::write(&card, text.replace("Town 5", town)).expect("a card");
        fs::File::options().write(true).open(&card).and_then(|f| f.set_modified(before)).expect("a time");
        let found = desk.crm(&["list", "--columns", "city", "--format", "csv"]).done().out;
        assert!(found.contains(town), "edit {at}: {found}");
    }
}

#[test]
fn a_company_that_comes_into_a_folder_whose_time_is_restored_is_seen() {
    wants_git!();
    let desk = desk();
    let company = desk.card("Company 05").parent().expect("a folder").to_owned();
    let country = company.parent().expect("a folder").to_owned();
    let long_ago = std::time::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    let turn_back = || {
        let folder = fs::File::open(&country).expect("a folder");
        folder.set_modified(long_ago).expect("a time");
    };
    turn_back();
    desk.crm(&["list"]).done();
    desk.crm(&["list"]).done();
    fs::create_dir(country.join("Newcomer")).expect("a folder");
    fs::write(country.join("Newcomer/card.toml"), "name = \"Newcomer\"\n").expect("a card");
    turn_back();
    let listed = desk.crm(&["list", "--columns", "name", "--format", "csv"]).done().out;
    assert!(listed.contains("Newcomer"), "{listed}");
}

#[test]
fn two_that_read_while_a_third_writes_see_each_customer_once() {
    wants_git!();
    let desk = desk();
    let (desk_ref, is_over) = (&desk, AtomicBool::new(false));
    thread::scope(|scope| {
        let is_over = &is_over;
        scope.spawn(move || {
            for at in 0..15 {
                desk_ref.crm(&["add", &format!("Later {at}"), "--country", "FR"]).done();
                desk_ref.crm(&["move", &format!("C{:04}", 13 + at), "--stage", "customer"]).done();
            }
            is_over.store(true, Ordering::Relaxed);
        });
        for _ in 0..2 {
            scope.spawn(move || {
                let mut last = 12;
                while !is_over.load(Ordering::Relaxed) {
                    let listed = desk_ref.crm(&["list", "--columns", "no", "--format", "csv"]).done().out;
                    let mut numbers: Vec<&str> = listed.lines().skip(1).collect();
                    let count = numbers.len();
                    numbers.sort_unstable();
                    numbers.dedup();
                    assert_eq!(numbers.len(), count, "{listed}");
                    // One that is being moved may be at neither place for a moment.
                    assert!(count + 1 >= last, "{count} after {last}");
                    last = last.max(count);
                }
            });
        }
    });
    assert_eq!(dump(&desk.archive, Platform::Native), anew(&desk, || dump(&desk.archive, Platform::Native)));
}

#[test]
fn the_portable_way_gives_the_same_index_and_the_same_answers() {
    wants_git!();
    let desk = desk();
    fs::create_dir_all(desk.archive.join("prospects/DE-Germany/No card here")).expect("a folder");
    fs::write(desk.archive.join("prospects/DE-Germany/a file.tmp"), "").expect("a file");
    let portable = [("CRM_PORTABLE", "1")];
    same("answers", &answers(&desk), &answers_with(&desk, &portable));
    same("anew", &anew(&desk, || answers(&desk)), &anew(&desk, || answers_with(&desk, &portable)));
    let native = anew(&desk, || dump(&desk.archive, Platform::Native));
    assert_eq!(native, anew(&desk, || dump(&desk.archive, Platform::Portable)));
    // One index, refreshed now by this way and now by that.
    for at in 0..6 {
        let way: &[(&str, &str)] = if at % 2 == 0 { &portable } else { &[] };
        ask(&desk, way, &["set", "C0003", &format!("remark=way {at}")]).done();
        ask(&desk, way, &["move", "C0004", "--stage", ["prospect", "customer"][at % 2]]).done();
        let platform = if at % 2 == 0 { Platform::Portable } else { Platform::Native };
        assert_eq!(dump(&desk.archive, platform), anew(&desk, || dump(&desk.archive, Platform::Native)));
    }
    desk.is_clean_and_sound();
}

/// Any card's folder.
fn some_folder(desk: &Desk, dice: &mut Dice) -> Option<PathBuf> {
    let mut cards = Vec::new();
    cards_below(&desk.archive, &mut cards);
    cards.sort();
    (!cards.is_empty()).then(|| dice.pick(&cards).parent().expect("a folder").to_owned())
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry")) {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a file");
        }
    }
}

/// One step of the walk: a command, or something done by hand. Says what it did.
#[allow(clippy::too_many_lines, reason = "a list of things that people do")]
fn step(desk: &Desk, at: usize, dice: &mut Dice) -> String {
    let command = |arguments: &[&str]| {
        let answer = desk.crm(arguments);
        assert!((0..=5).contains(&answer.code), "{arguments:?}: {answer:?}");
        format!("crm {arguments:?} → {}", answer.code)
    };
    let git = |arguments: &[&str]| {
        let answer = desk.try_git(arguments);
        format!("git {arguments:?} → {}", answer.code)
    };
    let countries = ["DE-Germany", "FR-France", "CN-China", "Japan"];
    let stages = ["prospects", "customers", "domestic", "closed"];
    let no = format!("C{:04}", 1 + dice.below(14));
    let elsewhere = |dice: &mut Dice, name: &str| {
        desk.archive.join(dice.pick(&stages)).join(dice.pick(&countries)).join(name)
    };
    let Some(folder) = some_folder(desk, dice) else {
        return command(&["add", &format!("Walk {at}"), "--country", "DE"]);
    };
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    match dice.below(19) {
        0 => command(&["add", &format!("Walk {at}"), "--country", *dice.pick(&["DE", "CN", "JP"])]),
        1 => command(&["set", &no, &format!("remark=walk {at}"), "tags+=walk"]),
        2 => command(&["followup", "log", &no, "phone", &format!("Topic {at}"), "--next", "+3d"]),
        3 => command(&["followup", "plan", &no, "+2d"]),
        4 => command(&["move", &no, "--stage", *dice.pick(&["prospect", "customer", "closed"])]),
        5 => command(&["move", &no, "--name", &format!("Renamed {at}")]),
        6 => command(&["commit"]),
        7 => command(&["commit", "--removed"]),
        8 => {
            let card = folder.join("card.toml");
            let text = fs::read_to_string(&card).unwrap_or_default();
            let more = format!("\n[[plans]]\ndate = 2026-03-{:02}\nhow = \"phone\"\n", 1 + dice.below(28));
            fs::write(&card, text + &more).expect("a card");
            format!("a plan by hand in {name}")
        }
        9 => {
            let to = elsewhere(dice, &name);
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            let moved = fs::rename(&folder, &to).is_ok();
            format!("{name} dragged to {} {moved}", to.display())
        }
        10 => {
            fs::remove_dir_all(&folder).expect("a folder");
            format!("{name} deleted")
        }
        11 => {
            let to = elsewhere(dice, &format!("{name} copy"));
            copy_folder(&folder, &to);
            format!("{name} copied to {}", to.display())
        }
        12 => {
            git(&["add", "-A"]);
            git(&["commit", "-q", "-m", "by hand"])
        }
        13 => git(&["reset", "-q", "--hard", "HEAD~1"]),
        14 => git(&["checkout", "-q", "HEAD", "--", "."]),
        15 => {
            fs::write(folder.join("card.toml"), "name = \"half\n").expect("a card");
            format!("{name} broken")
        }
        16 => {
            let to = folder.parent().expect("a folder").join("Too deep").join(&name);
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            let moved = fs::rename(&folder, &to).is_ok();
            format!("{name} one level too deep {moved}")
        }
        17 => {
            let to = elsewhere(dice, &format!("Newcomer {at}"));
            fs::create_dir_all(&to).expect("a folder");
            fs::write(to.join("card.toml"), format!("name = \"Newcomer {at}\"\n")).expect("a card");
            format!("{} by hand", to.display())
        }
        _ => {
            let country = folder.parent().expect("a folder");
            if dice.below(2) == 0 {
                fs::remove_dir_all(country).expect("a folder");
                format!("all of {} deleted", country.display())
            } else {
                let to = country.with_file_name(*dice.pick(&["Germany", "Italy", "BR-Brazil", "Nowhere"]));
                let moved = fs::rename(country, &to).is_ok();
                format!("{} renamed to {} {moved}", country.display(), to.display())
            }
        }
    }
}

#[test]
fn an_index_that_is_refreshed_step_by_step_equals_one_built_anew() {
    wants_git!();
    let steps = if torture() { 1000 } else { 200 };
    let desk = desk();
    let mut dice = Dice::new(12);
    let mut walk = Vec::new();
    for at in 0..steps {
        walk.push(step(&desk, at, &mut dice));
        if torture() && at % 25 == 0 {
            // Until the time stamps are old enough to be believed.
            thread::sleep(Duration::from_millis(2100));
        }
        let platform = if at % 7 == 3 { Platform::Portable } else { Platform::Native };
        let refreshed = dump(&desk.archive, platform);
        let built = anew(&desk, || dump(&desk.archive, Platform::Native));
        let only = |a: &[String], b: &[String]| {
            a.iter().filter(|line| !b.contains(line)).cloned().collect::<Vec<_>>()
        };
        let last = walk.iter().rev().take(6).collect::<Vec<_>>();
        assert!(
            refreshed == built,
            "step {at}: {last:#?}\nonly refreshed: {:#?}\nonly anew: {:#?}",
            only(&refreshed, &built),
            only(&built, &refreshed)
        );
        if at % 10 == 0 {
            let found = answers(&desk);
            same(&format!("step {at}: {last:?}"), &anew(&desk, || answers(&desk)), &found);
        }
    }
}

#[test]
fn a_removal_that_was_recorded_is_not_missed_any_more() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Only Ltd", "--country", "GB"]).done();
    desk.crm(&["list"]).done();
    fs::remove_dir_all(desk.archive.join("prospects/GB-United Kingdom")).expect("deleted");
    assert!(desk.crm(&["list"]).done().err.contains("C0001"));
    desk.crm(&["commit", "--removed"]).done();
    let listed = desk.crm(&["list"]).done();
    assert!(!listed.err.contains("C0001"), "{}", listed.err);
    assert_eq!(dump(&desk.archive, Platform::Native), anew(&desk, || dump(&desk.archive, Platform::Native)));
}

/// Two customers, of which the second was given the number of the first by hand.
fn number_taken_by_hand() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Ahorn GmbH", "--country", "DE"]).done();
    desk.crm(&["add", "Birke GmbH", "--country", "DE"]).done();
    let text = desk.text("Birke").replace("\"C0002\"", "\"C0001\"");
    fs::write(desk.card("Birke"), text).expect("a card");
    desk
}

#[test]
fn a_number_is_that_customers_who_has_it_in_head_whatever_the_index_knows() {
    wants_git!();
    let forget = |desk: &Desk| fs::remove_dir_all(desk.archive.join(".git/crm")).expect("an index");
    let refresh = |desk: &Desk| drop(desk.crm(&["list"]).done());
    let leave = |_: &Desk| {};
    for before in [&forget as &dyn Fn(&Desk), &refresh, &leave] {
        let desk = number_taken_by_hand();
        before(&desk);
        desk.crm(&["set", "C0001", "city=Kiel"]).done();
        assert!(desk.text("Ahorn").contains("Kiel") && !desk.text("Birke").contains("Kiel"));
    }
    let desk = number_taken_by_hand();
    desk.git(&["commit", "-qam", "both have it"]);
    for before in [&forget as &dyn Fn(&Desk), &refresh, &leave] {
        before(&desk);
        let refused = desk.crm(&["set", "C0001", "city=Kiel"]).exits(3);
        assert!(refused.err.contains("2 customers match"), "{}", refused.err);
    }
}
