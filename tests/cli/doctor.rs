//! `crm doctor`: every fault is made for real and found, with its mend; a sound clone is called sound, and
//! looking changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::desk::{Answer, Desk, answer};

const ATTRIBUTE: &str = "card.toml merge=crm";

/// A desk whose archive has one customer.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen", "--country", "DE"]).done();
    desk
}

/// A desk whose archive has a remote, is synced, and lacks nothing.
fn shared() -> Desk {
    let desk = desk();
    let remote = desk.home().join("remote.git");
    let remote = remote.to_str().expect("a path");
    desk.git(&["init", "-q", "--bare", "-b", "main", remote]);
    desk.git(&["remote", "add", "origin", remote]);
    desk.git(&["push", "-q", "-u", "origin", "main"]);
    desk.git(&["config", "merge.crm.driver", "crm merge-driver %O %A %B %P"]);
    synced(&desk, 0);
    desk
}

/// Writes when the last sync was.
fn synced(desk: &Desk, days: u64) {
    let day = Duration::from_secs(days * 86_400);
    let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a moment") - day;
    fs::write(desk.archive.join(".git/crm/synced"), format!("{}\n", moment.as_secs())).expect("a file");
}

/// What is found: code, then severity, message and mend.
fn found(answer: &Answer) -> BTreeMap<String, [String; 3]> {
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_str(&answer.out).expect("JSON");
    let row = |row: BTreeMap<String, String>| {
        (row["code"].clone(), ["severity", "message", "mend"].map(|key| row[key].clone()))
    };
    rows.into_iter().map(row).collect()
}

fn doctor(desk: &Desk) -> Answer {
    desk.crm(&["doctor", "--format", "json"])
}

/// Only this is found: so grave, with this in the message and this in the mend.
#[track_caller]
fn is_found(answer: Answer, code: &str, severity: &str, said: &str, mend: &str) {
    let answer = answer.exits(i32::from(severity != "note"));
    let found = found(&answer);
    assert_eq!(found.keys().collect::<Vec<_>>(), [code], "{}", answer.out);
    let [is, message, mends] = &found[code];
    assert_eq!(is, severity, "{}", answer.out);
    assert!(message.contains(said), "{message}");
    assert!(mends.contains(mend), "{mends}");
}

#[track_caller]
fn is_well(desk: &Desk) {
    let answer = doctor(desk).done();
    assert_eq!(answer.out.trim(), "[]", "{}", answer.err);
    assert_eq!(answer.err, "nothing is wrong with this clone; notes 0\n");
}

/// A program of the desk's own, in a folder that is looked into first.
#[cfg(unix)]
fn script(desk: &Desk, name: &str, lines: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let folder = desk.home().join("bin");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), format!("#!/bin/sh\n{lines}\n")).expect("a script");
    fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).expect("permissions");
    folder
}

/// Every file below a folder, with when it was written.
fn files(folder: &Path, found: &mut BTreeMap<PathBuf, SystemTime>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry")) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path, entry.metadata().and_then(|m| m.modified()).expect("a file"));
        }
    }
}

#[test]
fn a_sound_clone_is_called_sound_and_left_as_it_is() {
    wants_git!();
    let desk = shared();
    let state = || {
        let mut all = BTreeMap::new();
        files(&desk.archive, &mut all);
        all
    };
    let before = state();
    is_well(&desk);
    assert_eq!(state(), before);
    let chinese = desk.crm(&["--lang", "zh-CN", "doctor"]).done();
    assert_eq!(chinese.err, "本机档案没有问题；提示 0\n");
    let past = desk.crm(&["doctor", "--as-of", "HEAD"]).exits(2);
    assert!(past.err.contains("a past day is only read"), "{}", past.err);
}

#[test]
fn who_is_alone_with_an_archive_is_told_and_not_alarmed() {
    wants_git!();
    let desk = desk();
    let answer = doctor(&desk).done();
    let found = found(&answer);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["no_remote"]);
    assert!(found.values().all(|[severity, ..]| severity == "note"), "{}", answer.out);
    assert_eq!(answer.err, "nothing is wrong with this clone; notes 1\n");
    let table = desk.crm(&["--lang", "zh-CN", "doctor"]).done().out;
    assert!(table.starts_with("级别") && table.contains("crm sync --remote 地址"), "{table}");
}

#[test]
fn nobody_commits() {
    wants_git!();
    let desk = shared();
    fs::write(desk.home().join(".gitconfig"), "").expect("home");
    is_found(doctor(&desk), "no_identity", "error", "git does not know who you are", "crm me");
    desk.crm(&["me", "Lin Wei <lin@example.com>"]).done();
    is_well(&desk);
}

#[test]
#[cfg(unix)]
fn git_is_missing_or_too_old() {
    wants_git!();
    let desk = shared();
    let answer_with = |path: &Path| {
        let mut crm = desk.program();
        answer(crm.env("PATH", path).current_dir(&desk.archive).args(["doctor", "--format", "json"]))
    };
    let old = script(&desk, "git", "case \"$*\" in *--version) echo git version 2.39.5 ;; esac");
    is_found(answer_with(&old), "old_git", "warning", "git 2.39.5 is too old", "git 2.41 or later");
    let empty = desk.home().join("empty");
    fs::create_dir(&empty).expect("a folder");
    is_found(answer_with(&empty), "no_git", "warning", "could not be started", "git 2.41 or later");
}

#[test]
fn the_remote_is_asked_unless_that_is_left_out() {
    wants_git!();
    let desk = shared();
    desk.git(&["remote", "set-url", "origin", "/nowhere/archive.git"]);
    let (said, mend) = ("'/nowhere/archive.git' does not appear", "crm sync --remote URL");
    is_found(doctor(&desk), "no_remote_there", "error", said, mend);
    desk.crm(&["doctor", "--offline"]).done();
    let chinese = desk.crm(&["--lang", "zh-TW", "doctor"]).exits(1);
    assert!(chinese.out.contains("遠端位址沒有客戶檔案"), "{}", chinese.out);
    assert!(chinese.err.starts_with("錯誤 1，警告 0，提示 0"), "{}", chinese.err);
}

#[test]
#[cfg(unix)]
fn without_network_that_is_only_said() {
    wants_git!();
    let desk = shared();
    let bin =
        script(&desk, "offline", "echo 'ssh: Could not resolve hostname crm.example: no name' >&2\nexit 255");
    let ssh = bin.join("offline");
    desk.git(&["remote", "set-url", "origin", "ssh://crm.example/archive.git"]);
    let mut crm = desk.program();
    crm.env("GIT_SSH_COMMAND", &ssh).current_dir(&desk.archive).args(["doctor", "--format", "json"]);
    is_found(answer(&mut crm), "offline", "note", "Could not resolve hostname", "--offline");
    desk.git(&["config", "core.sshCommand", ssh.to_str().expect("a path")]);
    is_found(doctor(&desk), "offline", "note", "Could not resolve hostname", "--offline");
}

#[test]
fn the_merge_of_cards_is_set_up() {
    wants_git!();
    let desk = shared();
    desk.git(&["config", "--unset", "merge.crm.driver"]);
    let mend = "git config merge.crm.driver 'crm merge-driver %O %A %B %P'";
    is_found(doctor(&desk), "no_merge_driver", "warning", "merges cards", mend);
    desk.git(&["config", "merge.crm.driver", "crm merge-driver %O %A %B %P"]);
    let attributes = fs::read_to_string(desk.archive.join(".gitattributes")).expect("a file");
    desk.write(".gitattributes", attributes.replace(ATTRIBUTE, ""));
    is_found(doctor(&desk), "no_merge_attribute", "warning", ".gitattributes", ATTRIBUTE);
    desk.write(".gitattributes", attributes);
    is_well(&desk);
}

#[test]
fn the_last_sync_is_long_ago() {
    wants_git!();
    let desk = shared();
    synced(&desk, 6);
    is_well(&desk);
    synced(&desk, 7);
    is_found(doctor(&desk), "synced_long_ago", "warning", "7 days ago", "crm sync");
    fs::remove_file(desk.archive.join(".git/crm/synced")).expect("a file");
    is_found(doctor(&desk), "never_synced", "warning", "never synced", "crm sync");
    desk.git(&["remote", "remove", "origin"]);
    is_found(doctor(&desk), "no_remote", "note", "on this computer only", "crm sync --remote URL");
}

#[test]
fn locks_are_told_with_their_holder_or_their_age() {
    wants_git!();
    let desk = shared();
    let lock = fs::File::options().write(true).open(desk.archive.join(".git/crm/lock")).expect("the lock");
    lock.lock().expect("the lock");
    fs::write(desk.archive.join(".git/crm/lock"), "4711").expect("the lock");
    is_found(doctor(&desk), "lock_held", "note", "process 4711", "kill 4711");
    lock.unlock().expect("the lock");
    let left = desk.archive.join(".git/index.lock");
    let file = fs::File::create(&left).expect("a lock");
    is_found(doctor(&desk), "git_lock", "note", "for 0 minutes", "index.lock");
    file.set_modified(SystemTime::now() - Duration::from_secs(3_660)).expect("a time");
    is_found(doctor(&desk), "git_lock", "error", "for 61 minutes", &format!("rm '{}'", left.display()));
    fs::remove_file(&left).expect("a lock");
    is_well(&desk);
}

#[test]
fn a_split_index_is_joined_by_the_mend() {
    wants_git!();
    let desk = shared();
    desk.git(&["update-index", "--split-index"]);
    is_found(doctor(&desk), "split_index", "error", "split in two", "git update-index --no-split-index");
    // Nothing is committed that git's index could not follow.
    let before = desk.commits();
    let refused = desk.crm(&["add", "Ahorn", "--country", "FR"]).exits(4);
    assert!(refused.err.contains("crm doctor"), "{}", refused.err);
    assert_eq!(desk.commits(), before);
    desk.git(&["config", "core.splitIndex", "false"]);
    desk.git(&["update-index", "--no-split-index"]);
    is_well(&desk);
}

/// Makes the desk's archive anew as a clone of its remote.
fn clone(desk: &Desk, options: &[&str]) {
    fs::rename(&desk.archive, desk.home().join("first")).expect("a move");
    let remote = format!("file://{}", desk.home().join("remote.git").display());
    let mut git = desk.command("git");
    answer(git.args(["clone", "-q"]).args(options).args([remote.as_str(), "archive"])).done();
    desk.git(&["config", "merge.crm.driver", "crm merge-driver %O %A %B %P"]);
    fs::create_dir_all(desk.archive.join(".git/crm")).expect("a folder");
    synced(desk, 0);
}

#[test]
fn a_shallow_clone_is_filled_by_the_mend() {
    wants_git!();
    let desk = shared();
    clone(&desk, &["--depth", "1"]);
    is_found(doctor(&desk), "shallow_clone", "warning", "shallow", "git fetch --unshallow");
    desk.git(&["fetch", "-q", "--unshallow"]);
    is_well(&desk);
}

#[test]
fn a_partial_clone_is_filled_by_the_mend() {
    wants_git!();
    let desk = shared();
    desk.git(&["-C", "../remote.git", "config", "uploadpack.allowFilter", "true"]);
    clone(&desk, &["--filter=blob:none"]);
    let mend = "`git fetch --refetch --no-filter origin`, then `git config --unset remote.origin.promisor`";
    is_found(doctor(&desk), "partial_clone", "error", "fetched from origin only when", mend);
    // As older versions of git mark it: nothing can be opened then.
    desk.git(&["config", "extensions.partialClone", "origin"]);
    is_found(
        doctor(&desk),
        "partial_clone",
        "error",
        "partial",
        "git config --unset extensions.partialClone",
    );
    let refused = desk.crm(&["set", "C0001", "city=Kiel"]).exits(4);
    assert!(refused.err.contains("hint: fetch all of it"), "{}", refused.err);
    desk.git(&["fetch", "-q", "--refetch", "--no-filter"]);
    desk.git(&["config", "--unset", "extensions.partialClone"]);
    desk.git(&["fetch", "-q", "--refetch", "--no-filter", "origin"]);
    desk.git(&["config", "--unset", "remote.origin.promisor"]);
    is_well(&desk);
    desk.git(&["fsck", "--strict"]);
}

#[test]
fn a_sparse_checkout_is_filled_by_the_mend() {
    wants_git!();
    let desk = shared();
    desk.git(&["sparse-checkout", "set", "customers"]);
    is_found(doctor(&desk), "sparse_checkout", "error", "left out", "git sparse-checkout disable");
    desk.git(&["sparse-checkout", "disable"]);
    is_well(&desk);
    desk.git(&["sparse-checkout", "set", "--sparse-index", "customers"]);
    let found = found(&doctor(&desk).exits(1));
    let mend = "git sparse-checkout reapply --no-sparse-index";
    assert!(found["sparse_index"][2].contains(mend), "{found:?}");
    desk.git(&["sparse-checkout", "reapply", "--no-sparse-index"]);
    is_found(doctor(&desk), "sparse_checkout", "error", "left out", "git sparse-checkout disable");
}

#[test]
#[cfg(unix)]
fn somebody_elses_repository_is_trusted_by_the_mend() {
    use std::os::unix::fs::{MetadataExt, chown};
    wants_git!();
    let desk = shared();
    let git = desk.archive.join(".git");
    let ours = fs::metadata(&git).expect("a folder").uid();
    if chown(&git, Some(ours + 4_711), None).and(chown(&desk.archive, Some(ours + 4_711), None)).is_err() {
        println!("left out: only the administrator gives folders away");
        return;
    }
    let folder = desk.archive.to_str().expect("a path");
    let mend = format!("git config --global --add safe.directory '{folder}'");
    is_found(doctor(&desk), "foreign_owner", "error", "belongs to another user", &mend);
    let refused = desk.crm(&["set", "C0001", "city=Kiel"]).exits(4);
    assert!(
        refused.err.contains(&format!("hint: if you trust whoever owns it: `{mend}`")),
        "{}",
        refused.err
    );
    let mut trust = desk.command("git");
    answer(trust.args(["config", "--global", "--add", "safe.directory", folder])).done();
    is_well(&desk);
}

#[test]
fn names_that_are_one_to_the_disk_are_told_by_company() {
    wants_git!();
    let desk = shared();
    let folding = |desk: &Desk| {
        let mut crm = desk.program();
        crm.env("CRM_PORTABLE", "folding").current_dir(&desk.archive);
        answer(crm.args(["doctor", "--offline", "--format", "json"]))
    };
    is_found(folding(&desk), "folding_disk", "note", "capital letters or in how letters", "crm check");
    let other = "prospects/DE-Germany/NORDWIND PUMPEN";
    let card = desk.text("Nordwind").replace("Nordwind", "NORDWIND");
    let mut git = desk.command("git");
    fs::write(desk.home().join("card"), card).expect("a card");
    git.current_dir(&desk.archive).args(["hash-object", "-w", "../card"]);
    let id = answer(&mut git).done().key();
    desk.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{id},{other}/card.toml")]);
    desk.git(&["commit", "-qm", "One more"]);
    let answer = folding(&desk).exits(1);
    let [severity, message, mend] = &found(&answer)["names_clash"];
    assert_eq!(severity, "error");
    assert!(message.contains("prospects/DE-Germany/Nordwind Pumpen and"), "{message}");
    assert!(message.contains(other) && mend.contains("crm check --fix"), "{message} {mend}");
    assert!(!found(&doctor(&desk)).contains_key("names_clash") || cfg!(not(target_os = "linux")));
}

#[test]
fn second_versions_in_gits_folder_are_told() {
    wants_git!();
    for name in [
        "refs/heads/main (Lin's conflicted copy 2026-03-01)",
        "refs/remotes/origin/main.sync-conflict-20260301-101010-ABCDEFG",
        "refs/heads/main.orig",
        "index (1)",
        "index.lock (2)",
        "logs/HEAD (冲突副本)",
        "objects/pack/冲突.pack",
    ] {
        let desk = shared();
        let file = desk.archive.join(".git").join(name);
        fs::write(&file, "0").expect("a file");
        let path = format!("mv '{}'", file.display().to_string().replace('\'', r"'\''"));
        is_found(doctor(&desk), "git_conflict_copy", "error", name, &path);
        fs::remove_file(&file).expect("a file");
        is_well(&desk);
    }
}

#[test]
#[cfg(unix)]
fn hooks_and_signing_are_noted() {
    use std::os::unix::fs::PermissionsExt;
    wants_git!();
    let desk = shared();
    let hook = desk.archive.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("a folder")).expect("a folder");
    fs::write(&hook, "#!/bin/sh\n").expect("a hook");
    is_well(&desk);
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("permissions");
    is_found(doctor(&desk), "hook_not_run", "note", "pre-commit", "git hook run pre-commit");
    desk.git(&["config", "core.hooksPath", "../hooks"]);
    is_well(&desk);
    fs::create_dir(desk.home().join("hooks")).expect("a folder");
    fs::rename(&hook, desk.home().join("hooks/commit-msg")).expect("a hook");
    is_found(doctor(&desk), "hook_not_run", "note", "commit-msg", "git hook run commit-msg");
    desk.git(&["config", "--unset", "core.hooksPath"]);
    desk.git(&["config", "commit.gpgsign", "true"]);
    is_found(doctor(&desk), "signed", "note", "openpgp, Lin Wei <lin@example.com>", "commit.gpgsign false");
    desk.git(&["config", "gpg.format", "ssh"]);
    is_found(doctor(&desk), "no_signing_key", "error", "ssh key", "user.signingkey");
    desk.git(&["config", "user.signingkey", "~/.ssh/id_ed25519.pub"]);
    is_found(doctor(&desk), "signed", "note", "ssh, ", "commit.gpgsign false");
    desk.git(&["config", "gpg.format", "x509"]);
    is_found(doctor(&desk), "signing_format", "error", "x509", "gpg.format ssh");
}

#[test]
fn so_many_loose_objects_that_git_would_pack_them_are_told() {
    wants_git!();
    let desk = shared();
    let folder = desk.archive.join(".git/objects/17");
    fs::create_dir_all(&folder).expect("a folder");
    let made = (0..).map(|n| folder.join(format!("{n:038x}")));
    let there = folder.read_dir().expect("a folder").count();
    let mut made = made.skip(1);
    for path in made.by_ref().take(27 - there) {
        fs::write(path, "").expect("a file");
    }
    is_well(&desk);
    fs::write(made.next().expect("a name"), "").expect("a file");
    is_found(doctor(&desk), "loose_objects", "warning", "about 7168", "git maintenance run --auto");
    desk.git(&["config", "gc.auto", "0"]);
    is_well(&desk);
}
