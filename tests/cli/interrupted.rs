//! Every state in which a kill or a full disk may leave an archive, made by hand: the next command
//! finishes it or takes it back, and nothing that a person did meanwhile is lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, answer};

/// Where a command was killed.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum After {
    Journal,
    WorkTree,
    Reference,
    GitIndex,
}

pub const STEPS: [After; 4] = [After::Journal, After::WorkTree, After::Reference, After::GitIndex];

/// Carries a command out, and puts everything back to where it was after one of its steps. `from`
/// and `to` are the folder of the card before and after.
pub fn stop(desk: &Desk, arguments: &[&str], after: After, (from, to): (&str, &str)) {
    let git = desk.archive.join(".git");
    let read =
        |folder: &str| fs::read_to_string(desk.archive.join(folder).join("card.toml")).expect("a card");
    let blob =
        |rev: &str, folder: &str| desk.try_git(&["rev-parse", &format!("{rev}:{folder}/card.toml")]).key();
    let (old_text, old_index) = (read(from), fs::read(git.join("index")).expect("an index"));
    let old = desk.git(&["rev-parse", "HEAD"]).trim().to_owned();
    desk.crm(arguments).done();
    let new = desk.git(&["rev-parse", "HEAD"]).trim().to_owned();
    assert_ne!(old, new);
    let mode = 0o100_644;
    let mut files = vec![serde_json::json!({
        "path": format!("{to}/card.toml"), "old": blob(&old, from), "new": blob(&new, to), "mode": mode,
    })];
    let mut renames = Vec::new();
    if from != to {
        let gone = serde_json::json!({
            "path": format!("{from}/card.toml"), "old": blob(&old, from), "new": null, "mode": mode,
        });
        files.insert(0, gone);
        renames.push([from, to]);
    }
    let journal = serde_json::json!({
        "branch": "refs/heads/main", "old": old, "new": new, "renames": renames, "files": files,
    });
    if after < After::GitIndex {
        fs::write(git.join("index"), old_index).expect("an index");
    }
    if after < After::Reference {
        desk.git(&["update-ref", "refs/heads/main", &old]);
    }
    if after < After::WorkTree {
        if from != to {
            let parent = desk.archive.join(from);
            fs::create_dir_all(parent.parent().expect("a folder")).expect("a folder");
            fs::rename(desk.archive.join(to), &parent).expect("back");
        }
        fs::write(desk.archive.join(from).join("card.toml"), old_text).expect("a card");
    }
    fs::write(git.join("crm/journal.json"), journal.to_string()).expect("a journal");
}

const FIRST: &str = "prospects/GB-United Kingdom/First Ltd";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "First Ltd", "--country", "GB", "city=Bath"]).done();
    desk.crm(&["add", "Second GmbH", "--country", "DE"]).done();
    desk
}

#[track_caller]
pub fn is_done(desk: &Desk) {
    for left in ["crm/journal.json", "index.lock", "refs/heads/main.lock"] {
        assert!(!desk.archive.join(".git").join(left).exists(), "{left}");
    }
    desk.is_clean_and_sound();
}

#[test]
fn a_change_is_finished_after_whatever_step_it_stopped() {
    wants_git!();
    for after in STEPS {
        let desk = desk();
        stop(&desk, &["set", "C0001", "city=Leeds"], after, (FIRST, FIRST));
        let doctor = || desk.crm(&["doctor", "--format", "json"]).out;
        assert!(doctor().contains("\"unfinished\""), "{}", doctor());
        desk.crm(&["set", "C0002", "city=Kiel"]).done();
        assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Leeds", "{after:?}");
        assert_eq!(desk.commits(), 5, "{after:?}");
        is_done(&desk);
    }
}

#[test]
fn a_move_is_finished_after_whatever_step_it_stopped() {
    wants_git!();
    let to = "customers/GB-United Kingdom/First Ltd";
    for after in STEPS {
        let desk = desk();
        fs::write(desk.archive.join(FIRST).join("paper.txt"), "not committed").expect("a paper");
        stop(&desk, &["move", "C0001", "--stage", "customer"], after, (FIRST, to));
        desk.crm(&["set", "C0002", "city=Kiel"]).done();
        assert!(desk.archive.join(to).join("card.toml").is_file(), "{after:?}");
        assert!(!desk.archive.join(FIRST).exists(), "{after:?}");
        let paper = desk.archive.join(to).join("paper.txt");
        assert_eq!(fs::read_to_string(&paper).expect("a paper"), "not committed");
        fs::remove_file(paper).expect("a paper");
        assert_eq!(desk.commits(), 5, "{after:?}");
        is_done(&desk);
    }
}

#[test]
fn what_a_person_wrote_after_the_kill_stays() {
    wants_git!();
    for after in STEPS {
        let desk = desk();
        stop(&desk, &["set", "C0001", "city=Leeds"], after, (FIRST, FIRST));
        let card = desk.archive.join(FIRST).join("card.toml");
        let text = fs::read_to_string(&card).expect("a card") + "\n# by hand\n";
        fs::write(&card, &text).expect("a card");
        desk.crm(&["set", "C0002", "city=Kiel"]).done();
        assert_eq!(fs::read_to_string(&card).expect("a card"), text, "{after:?}");
        desk.crm(&["set", "C0001", "remark=and on"]).done();
        assert!(desk.text("First").contains("# by hand"), "{after:?}");
        is_done(&desk);
    }
}

#[test]
fn locks_that_the_kill_left_are_taken_away_and_those_of_others_are_not() {
    wants_git!();
    let desk = desk();
    stop(&desk, &["set", "C0001", "city=Leeds"], After::WorkTree, (FIRST, FIRST));
    let git = desk.archive.join(".git");
    fs::write(git.join("refs/heads/main.lock"), "").expect("a lock");
    fs::write(git.join("crm/index.new"), "half an index").expect("a draft");
    fs::hard_link(git.join("crm/index.new"), git.join("index.lock")).expect("a lock");
    desk.crm(&["set", "C0002", "city=Kiel"]).done();
    assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Leeds");
    is_done(&desk);

    // A living git's lock is waited for, and then said; the card is as it was.
    let (text, commits) = (desk.text("Second"), desk.commits());
    fs::write(git.join("refs/heads/main.lock"), "").expect("a lock");
    let refused = desk.crm(&["set", "C0002", "city=Bonn"]).exits(4);
    assert!(refused.err.contains("main.lock"), "{}", refused.err);
    assert_eq!((desk.text("Second"), desk.commits()), (text, commits));
    fs::remove_file(git.join("refs/heads/main.lock")).expect("a lock");
    desk.crm(&["set", "C0002", "city=Bonn"]).done();
    is_done(&desk);
}

#[test]
fn a_journal_that_is_torn_or_out_of_date_is_dropped() {
    wants_git!();
    let desk = desk();
    let journal = desk.archive.join(".git/crm/journal.json");
    stop(&desk, &["set", "C0001", "city=Leeds"], After::Journal, (FIRST, FIRST));
    let whole = fs::read_to_string(&journal).expect("a journal");
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        fs::write(&journal, &whole[..length]).expect("a journal");
        desk.crm(&["set", "C0002", &format!("city=Kiel {length}")]).done();
        assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Bath");
        is_done(&desk);
    }
    // The branch has moved on since: that decides.
    fs::write(&journal, &whole).expect("a journal");
    desk.crm(&["set", "C0002", "city=Trier"]).done();
    assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Bath");
    is_done(&desk);
}

/// Runs commands in a name space of their own, where a small file system holds the archive.
pub fn on_a_small_disk(desk: &Desk, size: &str, script: &str) -> Option<String> {
    let disk = desk.home().join("disk");
    fs::create_dir_all(&disk).expect("a folder");
    let mount = format!("mount -t tmpfs -o size={size} none '{}' && cd '{}'", disk.display(), disk.display());
    let run = |script: &str| {
        let mut command: Command = desk.command("unshare");
        let bin = Path::new(env!("CARGO_BIN_EXE_crm")).parent().expect("a folder");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        answer(command.env("PATH", path).args(["-m", "sh", "-c", &format!("{mount} && {{ {script} }} 2>&1")]))
    };
    let probe = run("true;");
    if probe.code != 0 {
        println!("left out: no small file system here: {}", probe.err);
        return None;
    }
    let done = run(script);
    assert_eq!(done.code, 0, "{}", done.all());
    Some(done.out)
}

#[test]
fn a_full_disk_refuses_the_write_and_tears_nothing() {
    wants_git!();
    let desk = desk();
    // Fills the disk but for so many kB, tries each kind of write, and looks; then makes room.
    let script = "
        crm init a && cd a && crm add 'First Ltd' --country GB city=Bath && crm add 'Second GmbH' --country DE || exit 1
        for free in 0 4 8 12 16 24 32 48 64 96 128; do
            rm -f ../filler
            room=$(df -k --output=avail . | tail -1)
            head -c $(( (room - free) * 1024 )) /dev/zero > ../filler
            for write in \"set c1 city=Leeds$free\" \"move c2 --stage customer\" 'add Third --country FR' \\
                'followup log c1 phone Topic' 'move c2 --stage prospect'; do
                crm $write; code=$?
                [ $code = 0 ] || [ $code = 4 ] || [ $code = 3 ] || { echo \"UNEXPECTED $code of $write at $free\"; exit 1; }
                [ $code = 4 ] && echo refused
                for card in */*/*/card.toml; do
                    grep -q '^name = ' \"$card\" || { echo \"TORN $card by $write at $free\"; exit 1; }
                done
                crm get c1 city > /dev/null || { echo \"NO ANSWER after $write at $free\"; exit 1; }
            done
            rm -f ../filler
            crm set c2 remark=room$free || { echo \"NOT CARRIED ON at $free\"; exit 1; }
            [ -z \"$(git status --porcelain)\" ] || { echo \"NOT CLEAN at $free\"; git status --porcelain; exit 1; }
            git fsck --strict --no-dangling || { echo \"NOT SOUND at $free\"; exit 1; }
        done;";
    if let Some(said) = on_a_small_disk(&desk, "3m", script) {
        assert!(said.contains("refused"), "the disk was never full: {said}");
    }
}

#[test]
fn where_gits_index_is_gone_or_of_another_version_git_still_sees_nothing_to_do() {
    wants_git!();
    let desk = desk();
    fs::remove_file(desk.archive.join(".git/index")).expect("deleted");
    desk.crm(&["set", "C0001", "city=Leeds"]).done();
    is_done(&desk);
    desk.git(&["update-index", "--index-version", "4"]);
    desk.crm(&["set", "C0001", "city=York"]).done();
    desk.crm(&["move", "C0002", "--stage", "customer"]).done();
    is_done(&desk);
    fs::write(desk.archive.join("staged.txt"), "mine").expect("a file");
    desk.git(&["add", "staged.txt"]);
    desk.crm(&["set", "C0001", "city=Bath"]).done();
    assert_eq!(desk.git(&["status", "--porcelain"]), "A  staged.txt\n");
}

#[test]
fn a_kill_while_gits_index_of_another_version_was_written_needs_no_mend() {
    wants_git!();
    let desk = desk();
    desk.git(&["update-index", "--index-version", "4"]);
    stop(&desk, &["set", "C0001", "city=Leeds"], After::Reference, (FIRST, FIRST));
    let git = desk.archive.join(".git");
    fs::copy(git.join("index"), git.join("crm/index.new")).expect("a draft");
    fs::write(git.join("crm/index.new.lock"), "").expect("a lock");
    fs::hard_link(git.join("crm/index.new"), git.join("index.lock")).expect("a lock");
    desk.crm(&["set", "C0002", "city=Kiel"]).done();
    assert_eq!(desk.crm(&["get", "C0001", "city"]).done().key(), "Leeds");
    is_done(&desk);
}
