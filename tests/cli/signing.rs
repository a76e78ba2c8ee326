//! Commits are signed where git's settings ask for it, by the program and with the key that git would
//! take; what cannot be signed is not done.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::desk::{Desk, answer};

/// A desk whose commits are to be signed with this format.
fn desk(format: &str) -> Desk {
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind Pumpen", "--country", "DE"]).done();
    desk.git(&["config", "commit.gpgsign", "true"]);
    desk.git(&["config", "gpg.format", format]);
    desk
}

/// Leaves a test out where a program is missing, and says so.
fn has(program: &str) -> bool {
    let there = std::process::Command::new(program).arg("--help").output().is_ok();
    if !there {
        println!("left out: there is no {program}");
    }
    there
}

/// A new ssh key without a passphrase, which git is told to trust; its public half.
fn ssh_key(desk: &Desk) -> PathBuf {
    let key = desk.home().join("id_ed25519");
    let path = key.to_str().expect("a path");
    answer(desk.command("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "lin", "-f", path]))
        .done();
    let public = key.with_extension("pub");
    let allowed = format!("lin@example.com {}", fs::read_to_string(&public).expect("a key"));
    let signers = desk.home().join("allowed_signers");
    fs::write(&signers, allowed).expect("signers");
    desk.git(&["config", "gpg.ssh.allowedSignersFile", signers.to_str().expect("a path")]);
    public
}

/// A desk whose commits are signed with an ssh key of its own; none where there is no ssh-keygen.
fn desk_with_ssh_key() -> Option<Desk> {
    has("ssh-keygen").then(|| {
        let desk = desk("ssh");
        ssh_key(&desk);
        desk.git(&["config", "user.signingkey", "~/id_ed25519.pub"]);
        desk
    })
}

/// A program of the desk's own.
fn script(desk: &Desk, name: &str, lines: &str) -> String {
    let path = desk.home().join(name);
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
    path.to_str().expect("a path").to_owned()
}

#[track_caller]
fn is_signed(desk: &Desk, commit: &str) {
    desk.git(&["verify-commit", commit]);
    desk.is_clean_and_sound();
}

/// Nothing is different from before a command that failed with this.
#[track_caller]
fn is_refused(desk: &Desk, sentence: &str, hint: &str) {
    let state = |desk: &Desk| {
        (desk.git(&["rev-parse", "HEAD"]), desk.text("Nordwind"), desk.git(&["status", "--porcelain"]))
    };
    let before = state(desk);
    let refused = desk.crm(&["set", "C0001", "city=Kiel"]).exits(4);
    assert!(refused.err.starts_with(&format!("error: {sentence}")), "{}", refused.err);
    assert!(refused.err.contains(hint), "{}", refused.err);
    assert_eq!(state(desk), before);
    assert!(!desk.archive.join(".git/crm/journal.json").exists());
    desk.git(&["config", "commit.gpgsign", "false"]);
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    desk.is_clean_and_sound();
}

#[test]
fn a_commit_is_signed_by_an_ssh_key() {
    wants_git!();
    if !has("ssh-keygen") {
        return;
    }
    let desk = desk("ssh");
    let public = ssh_key(&desk);
    desk.git(&["config", "user.signingkey", "~/id_ed25519.pub"]);
    let before = desk.git(&["rev-parse", "HEAD"]);
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    is_signed(&desk, "HEAD");
    assert_eq!(desk.git(&["rev-parse", "HEAD^"]), before);
    assert_eq!(
        desk.git(&["log", "-1", "--format=%an <%ae> %s"]).trim(),
        "Lin Wei <lin@example.com> C0001 changed: city"
    );
    // As git knows it from elsewhere: the id of the text with its signature.
    let raw = desk.archive.join("raw");
    fs::write(&raw, desk.git(&["cat-file", "commit", "HEAD"])).expect("a file");
    let hashed = desk.git(&["hash-object", "-t", "commit", "raw"]);
    fs::remove_file(raw).expect("a file");
    assert_eq!(hashed, desk.git(&["rev-parse", "HEAD"]));
    // The private half itself will do too, and nothing is left behind.
    desk.git(&["config", "user.signingkey", public.with_extension("").to_str().expect("a path")]);
    desk.crm(&["undo", "--yes"]).done();
    is_signed(&desk, "HEAD");
    let left = fs::read_dir(desk.archive.join(".git/crm")).expect("a folder");
    let names: Vec<_> = left.map(|e| e.expect("an entry").file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with("signing")), "{names:?}");
}

#[test]
fn a_large_import_is_signed_too() {
    wants_git!();
    let Some(desk) = desk_with_ssh_key() else { return };
    let rows: String = (1..=250).map(|n| format!("Probe {n} Handel,DE\n")).collect();
    fs::write(desk.home().join("many.csv"), format!("name,country\n{rows}")).expect("a file");
    desk.crm(&["import", "../many.csv", "--anyway"]).done();
    assert!(desk.archive.join(".git/objects/pack").read_dir().expect("a folder").count() > 0);
    is_signed(&desk, "HEAD");
}

#[test]
fn a_merge_of_two_desks_is_signed_and_keeps_both_parents() {
    wants_git!();
    let Some(desk) = desk_with_ssh_key() else { return };
    let (remote, other) = (desk.home().join("remote.git"), desk.home().join("other"));
    let remote = remote.to_str().expect("a path");
    desk.git(&["init", "-q", "--bare", "-b", "main", remote]);
    desk.git(&["remote", "add", "origin", remote]);
    desk.crm(&["sync"]).done();
    let me = "Wang Min <wang@example.com>";
    desk.crm_in(desk.home(), &["clone", remote, "other", "--me", me, "--series", "W"]).done();
    desk.crm_in(&other, &["set", "C0001", "city=Kiel"]).done();
    desk.crm_in(&other, &["sync"]).done();
    desk.crm(&["followup", "log", "C0001", "phone", "Asked for pumps"]).done();
    desk.crm(&["sync"]).done();
    is_signed(&desk, "HEAD");
    assert_eq!(desk.git(&["rev-list", "--parents", "-1", "HEAD"]).split_whitespace().count(), 3);
    // Theirs come first.
    is_signed(&desk, "HEAD^2");
    assert!(desk.text("Nordwind").contains("Kiel") && desk.text("Nordwind").contains("Asked for pumps"));
}

#[test]
fn a_literal_key_is_left_to_the_agent() {
    wants_git!();
    if !has("ssh-keygen") {
        return;
    }
    let desk = desk("ssh");
    let public = ssh_key(&desk);
    let key = fs::read_to_string(&public).expect("a key");
    // An agent is not at every desk: who would ask it is told to sign with the private half.
    let private = public.with_extension("");
    let asked = desk.home().join("asked");
    let (private, asked_path) = (private.display(), asked.display());
    let lines = format!(
        "echo \"$@\" > {asked_path}; cat \"$6\" >> {asked_path}\nexec ssh-keygen -Y sign -n git -f {private} \"$8\""
    );
    let program = script(&desk, "agent", &lines);
    desk.git(&["config", "gpg.ssh.program", &program]);
    for literal in [key.trim().to_owned(), format!("key::{}", key.trim())] {
        desk.git(&["config", "user.signingkey", &literal]);
        desk.crm(&["followup", "log", "C0001", "phone", "Asked for pumps"]).done();
        let asked = fs::read_to_string(&asked).expect("what was asked");
        assert!(asked.contains(" -U ") && asked.contains(key.trim()), "{asked}");
        desk.git(&["config", "--unset", "gpg.ssh.program"]);
        is_signed(&desk, "HEAD");
        desk.git(&["config", "gpg.ssh.program", &program]);
    }
    // No key is named, and a command lists them.
    desk.git(&["config", "--unset", "user.signingkey"]);
    desk.git(&["config", "gpg.ssh.defaultKeyCommand", &format!("cat {}", public.display())]);
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    desk.git(&["config", "--unset", "gpg.ssh.program"]);
    is_signed(&desk, "HEAD");
}

#[test]
fn a_commit_is_signed_by_gpg() {
    wants_git!();
    if !has("gpg") {
        return;
    }
    let desk = desk("openpgp");
    let home = desk.home().join(".gnupg");
    fs::create_dir(&home).expect("a folder");
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).expect("permissions");
    let person = "Lin Wei <lin@example.com>";
    let made =
        answer(desk.command("gpg").args(["--batch", "--passphrase", "", "--quick-generate-key", person]));
    if made.code != 0 {
        println!("left out: gpg makes no key here: {}", made.err);
        return;
    }
    // No key is named: it is that of the person who commits.
    desk.crm(&["set", "C0001", "city=Kiel"]).done();
    is_signed(&desk, "HEAD");
    desk.git(&["config", "user.signingkey", "lin@example.com"]);
    desk.crm(&["undo", "--yes"]).done();
    is_signed(&desk, "HEAD");
    desk.git(&["config", "user.signingkey", "somebody.else@example.com"]);
    is_refused(&desk, "the commit was not made, since gpg could not sign it: ", "git commit -S");
    let mut agent = desk.command("gpgconf");
    answer(agent.args(["--kill", "all"]));
}

#[test]
fn what_cannot_be_signed_is_not_done() {
    wants_git!();
    let failing = desk("openpgp");
    let program = script(&failing, "gpg", "echo 'gpg: signing failed: No pinentry' >&2\nexit 2");
    failing.git(&["config", "gpg.program", &program]);
    is_refused(
        &failing,
        &format!(
            "the commit was not made, since {program} could not sign it: gpg: signing failed: No pinentry\n"
        ),
        "hint: once `git commit -S` can sign, crm can too",
    );
    let silent = desk("openpgp");
    let program = script(&silent, "gpg", "cat > /dev/null");
    silent.git(&["config", "gpg.openpgp.program", &program]);
    is_refused(&silent, "the commit was not made, since ", "git commit -S");
    let missing = desk("ssh");
    missing.git(&["config", "gpg.ssh.program", "/nowhere/ssh-keygen"]);
    missing.git(&["config", "user.signingkey", "~/id_ed25519.pub"]);
    is_refused(&missing, "the commit was not made, since /nowhere/ssh-keygen could not sign it: ", "-S");
    let keyless = desk("ssh");
    is_refused(&keyless, "commits are to be signed with an ssh key", "user.signingkey");
    let other = desk("x509");
    let chinese = other.crm(&["--lang", "zh-TW", "set", "C0001", "city=Kiel"]).exits(4);
    assert!(chinese.err.starts_with("錯誤：要求以 x509 格式簽署提交，crm 不支援這種格式"), "{}", chinese.err);
    is_refused(&other, "commits are to be signed in the format x509, which crm cannot do", "gpg.format ssh");
}

#[test]
fn a_new_archive_whose_commit_cannot_be_signed_is_made_later() {
    wants_git!();
    let desk = Desk::bare();
    let person = "[user]\n\tname = Lin Wei\n\temail = lin@example.com\n";
    let signed = format!("{person}[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = /nowhere/gpg\n");
    fs::write(desk.home().join(".gitconfig"), signed).expect("home");
    desk.crm_in(desk.home(), &["init", "archive"]).exits(4);
    fs::write(desk.home().join(".gitconfig"), person).expect("home");
    desk.crm_in(desk.home(), &["init", "archive"]).done();
    desk.is_clean_and_sound();
}
