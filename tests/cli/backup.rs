//! `crm backup`, tested by restoring: with git, without it, after damage.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, answer};

/// Every file below a folder but git's own, with its bytes.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![root.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry")) {
            let path = entry.path();
            match (path.is_dir(), entry.file_name() == ".git") {
                (_, true) => {}
                (true, _) => left.push(path),
                (false, _) => {
                    let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                    found.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
    }
    found
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Müller Maschinenbau GmbH", "--country", "DE", "city=Kiel"]).done();
    desk.crm(&["add", "启明五金", "--country", "CN"]).done();
    let folder = desk.card("Müller").parent().expect("a folder").to_owned();
    fs::write(folder.join("Angebot.bin"), [0, 13, 10, 255, 10]).expect("a paper");
    desk.crm(&["commit"]).done();
    desk
}

fn git_at(desk: &Desk, folder: &Path, words: &[&str]) -> String {
    let answer = answer(desk.command("git").current_dir(folder).args(words));
    assert_eq!(answer.code, 0, "git {words:?}: {}", answer.err);
    answer.out
}

/// What lies in the folder of backups.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").map(|e| e.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|n| n.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_restored_with_git_and_without() {
    wants_git!();
    let desk = desk();
    desk.git(&["tag", "-a", "v1", "-m", "one"]);
    desk.git(&["branch", "side"]);
    let made = desk.crm(&["backup", "../safe/disk"]).done();
    let mirror = PathBuf::from(made.key());
    assert_eq!(mirror, desk.home().canonicalize().expect("home").join("safe/disk/archive.git"));
    assert!(made.err.contains("2 customers and 4 commits"), "{}", made.err);
    assert!(made.err.contains("git clone"), "{}", made.err);
    assert_eq!(names(&desk.home().join("safe/disk")), ["archive.git"]);
    git_at(&desk, &mirror, &["fsck", "--strict", "--full"]);

    git_at(&desk, desk.home(), &["clone", "-q", mirror.to_str().expect("text"), "again"]);
    let again = desk.home().join("again");
    assert_eq!(files(&again), files(&desk.archive));
    let head = desk.git(&["rev-parse", "HEAD"]);
    assert_eq!(git_at(&desk, &again, &["rev-parse", "HEAD"]), head);
    assert_eq!(git_at(&desk, &mirror, &["for-each-ref"]), desk.git(&["for-each-ref"]));
    let list = |folder: &Path| desk.crm_in(folder, &["list", "--format", "json"]).done().out;
    assert_eq!(list(&again), list(&desk.archive));

    // Without git: the program makes the archive again.
    desk.crm_in(desk.home(), &["backup", "third", "--restore", "safe/disk/archive.git"]).done();
    let third = desk.home().join("third");
    assert_eq!(files(&third), files(&desk.archive));
    assert_eq!(git_at(&desk, &third, &["rev-parse", "HEAD"]), head);
    assert_eq!(git_at(&desk, &third, &["status", "--porcelain"]), "");
    git_at(&desk, &third, &["fsck", "--strict"]);
    desk.crm_in(&third, &["set", "C1", "city=Bonn"]).done();
    desk.crm_in(desk.home(), &["backup", "third", "--restore", "safe/disk/archive.git"]).exits(4);
}

#[test]
fn what_is_not_in_history_yet_lies_beside_it() {
    wants_git!();
    let desk = desk();
    let card = desk.card("Müller");
    let edited = format!("{}# by hand\n", fs::read_to_string(&card).expect("a card"));
    fs::write(&card, &edited).expect("an edit");
    fs::write(card.with_file_name("新 photo.jpg"), [1, 2, 0, 3]).expect("a paper");
    fs::write(card.with_file_name("Thumbs.db"), "no paper").expect("no paper");
    let made = desk.crm(&["backup", "../safe", "--lang", "zh-CN"]).done();
    assert!(made.err.contains("2 个尚未记入历史的文件"), "{}", made.err);
    let beside = names(&desk.home().join("safe"));
    assert_eq!(beside.len(), 2);
    assert!(beside[0].starts_with("archive-uncommitted-") && beside[1] == "archive.git", "{beside:?}");

    git_at(&desk, desk.home(), &["clone", "-q", &made.key(), "again"]);
    let again = desk.home().join("again");
    for (path, bytes) in files(&desk.home().join("safe").join(&beside[0])) {
        fs::write(again.join(path), bytes).expect("copied over");
    }
    let mut whole = files(&desk.archive);
    whole.retain(|path, _| !path.ends_with("Thumbs.db"));
    assert_eq!(files(&again), whole);
    // Nothing in the archive was touched.
    assert_eq!(fs::read_to_string(&card).expect("a card"), edited);
}

#[test]
fn a_second_backup_adds_what_is_new_and_follows_history() {
    wants_git!();
    let desk = desk();
    desk.git(&["branch", "old"]);
    let mirror = PathBuf::from(desk.crm(&["backup", "../safe"]).done().key());
    let packs = |mirror: &Path| names(&mirror.join("objects/pack")).len();
    let before = packs(&mirror);
    desk.crm(&["backup", "../safe"]).done();
    assert_eq!(packs(&mirror), before, "nothing new, nothing written");
    desk.git(&["branch", "-D", "old"]);
    desk.crm(&["set", "C1", "city=Bonn"]).done();
    desk.crm(&["backup", "../safe"]).done();
    assert_eq!(git_at(&desk, &mirror, &["rev-parse", "HEAD"]), desk.git(&["rev-parse", "HEAD"]));
    assert_eq!(git_at(&desk, &mirror, &["for-each-ref"]), desk.git(&["for-each-ref"]));
    let packed = git_at(&desk, &mirror, &["count-objects", "-v"]);
    let in_archive: usize = desk.git(&["rev-list", "--objects", "--all"]).lines().count();
    assert!(packed.contains(&format!("in-pack: {in_archive}\n")), "no object twice: {packed}");
    git_at(&desk, &mirror, &["fsck", "--strict", "--full"]);
}

#[test]
fn damage_is_noticed() {
    wants_git!();
    let desk = desk();
    let mirror = PathBuf::from(desk.crm(&["backup", "../safe"]).done().key());
    let pack =
        names(&mirror.join("objects/pack")).into_iter().find(|n| n.ends_with(".pack")).expect("a pack");
    let pack = mirror.join("objects/pack").join(pack);
    let whole = fs::read(&pack).expect("a pack");
    let mut permissions = fs::metadata(&pack).expect("a pack").permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "a file of this test")]
    permissions.set_readonly(false);
    fs::set_permissions(&pack, permissions).expect("to be damaged");
    // A flipped bit anywhere behind the head of the file.
    for at in (0..24).map(|part| 12 + part * (whole.len() - 13) / 23) {
        let mut torn = whole.clone();
        torn[at] ^= 0x10;
        fs::write(&pack, &torn).expect("damage");
        let noticed = desk.crm(&["backup", "../safe"]).exits(4);
        assert!(noticed.err.contains("damaged"), "{at}: {}", noticed.err);
        assert!(noticed.err.contains("make the backup again"), "{}", noticed.err);
        let restored =
            desk.crm_in(desk.home(), &["backup", "again", "--restore", "safe/archive.git"]).exits(4);
        assert!(restored.err.contains("damaged"), "{}", restored.err);
        assert!(!desk.home().join("again").exists(), "nothing is made from a damaged backup");
    }
    fs::write(&pack, &whole).expect("mended");
    desk.crm(&["backup", "../safe"]).done();
}

#[test]
fn an_object_that_is_another_is_noticed() {
    wants_git!();
    let desk = desk();
    let mirror = PathBuf::from(desk.crm(&["backup", "../safe"]).done().key());
    // Two blobs stand one for the other: each can be read, and neither is what its id says.
    let blob = |path: &str| git_at(&desk, &mirror, &["rev-parse", &format!("HEAD:{path}")]).trim().to_owned();
    let ids = [blob("crm.toml"), blob(".gitignore")];
    let loose = |id: &str| desk.archive.join(".git/objects").join(&id[..2]).join(&id[2..]);
    let texts = ids.each_ref().map(|id| fs::read(loose(id)).expect("a loose object of the archive"));
    for pack in names(&mirror.join("objects/pack")) {
        fs::remove_file(mirror.join("objects/pack").join(pack)).expect("away with the packs");
    }
    for id in git_at(&desk, &desk.archive, &["rev-list", "--objects", "--all"]).lines() {
        let id = id.split(' ').next().expect("an id");
        let at = mirror.join("objects").join(&id[..2]);
        fs::create_dir_all(&at).expect("a folder");
        fs::copy(loose(id), at.join(&id[2..])).expect("a loose object");
    }
    desk.crm(&["backup", "../safe"]).done();
    for (id, text) in ids.iter().zip(texts.iter().rev()) {
        let at = mirror.join("objects").join(&id[..2]).join(&id[2..]);
        fs::remove_file(&at).expect("a loose object");
        fs::write(at, text).expect("another's text");
    }
    let noticed = desk.crm(&["backup", "../safe"]).exits(4);
    assert!(noticed.err.contains("damaged"), "{}", noticed.err);
}

#[test]
fn a_backup_stands_elsewhere_and_is_nobody_elses() {
    wants_git!();
    let desk = desk();
    for inside in [".", "backups", "./prospects/../b"] {
        let refused = desk.crm(&["backup", inside]).exits(1);
        assert!(refused.err.contains("inside the archive"), "{inside}: {}", refused.err);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&desk.archive, desk.home().join("link")).expect("a link");
        desk.crm(&["backup", "../link/b"]).exits(1);
    }
    desk.is_clean_and_sound();
    // Another archive of the same name.
    fs::create_dir(desk.home().join("other")).expect("a folder");
    desk.crm_in(&desk.home().join("other"), &["init", "archive"]).done();
    desk.crm(&["backup", "../safe"]).done();
    let head = git_at(&desk, &desk.home().join("safe/archive.git"), &["rev-parse", "HEAD"]);
    let other = desk.crm_in(&desk.home().join("other/archive"), &["backup", "../../safe"]).exits(4);
    assert!(other.err.contains("another archive"), "{}", other.err);
    assert_eq!(git_at(&desk, &desk.home().join("safe/archive.git"), &["rev-parse", "HEAD"]), head);
    // Something that is no repository.
    fs::create_dir_all(desk.home().join("full/archive.git")).expect("a folder");
    desk.crm(&["backup", "../full"]).exits(4);
}

#[test]
fn a_dry_run_makes_nothing() {
    wants_git!();
    let desk = desk();
    fs::write(desk.archive.join("crm.toml"), "format = 1\n").expect("an edit");
    let would = desk.crm(&["backup", "../safe", "-n"]).done();
    assert!(would.err.contains("would be backed up") && would.err.contains("1 file "), "{}", would.err);
    assert!(!desk.home().join("safe").exists());
}
