//! `crm sync` between real clones: what breaks others must not happen to us. Each test is a scenario
//! that was seen to lose work, or to stop it, elsewhere.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::desk::{Desk, answer};
use crate::dice::{Dice, torture};
use crate::interrupted::{STEPS, is_done, on_a_small_disk, stop};
use crate::team::{Team, cards};

/// What `crm conflict list` says as JSON.
fn conflicts(desk: &Desk) -> Vec<serde_json::Value> {
    let list = desk.crm(&["conflict", "list", "--format", "json"]);
    serde_json::from_str(&list.out).expect("JSON")
}

/// How many follow-ups a card has.
fn followups(text: &str) -> usize {
    text.matches("[[followups]]").count()
}

#[test]
fn a_folder_with_nothing_in_it_is_enough_to_meet() {
    wants_git!();
    let desk = Desk::new();
    let home = desk.home();
    fs::create_dir_all(home.join("office/empty")).expect("a folder");
    desk.crm(&["add", "Nordwind", "--country", "DE"]).done();
    let alone = desk.crm(&["sync"]).exits(4);
    assert!(alone.err.contains("crm sync --remote URL"), "{}", alone.err);
    // Neither a place that cannot be reached nor one in the archive itself becomes the address.
    for (wrong, said) in [("../nowhere/customers", "no archive"), ("hub", "in the archive itself")] {
        let refused = desk.crm(&["sync", "--remote", wrong]);
        assert_ne!(refused.code, 0);
        assert!(refused.err.contains(said), "{}", refused.err);
        assert!(desk.crm(&["sync"]).exits(4).err.contains("on this computer only"));
    }
    // An archive that began alone, an empty folder, and one that is made.
    desk.crm(&["sync", "--remote", "../office/empty"]).done();
    let me = "Chen Jie <chen@example.com>";
    desk.crm_in(home, &["clone", "office/empty", "below/copy", "--series", "M", "--me", me]).done();
    let copy = home.join("below/copy");
    desk.crm_in(&copy, &["set", "Nordwind", "city=Kiel"]).done();
    desk.crm_in(&copy, &["sync"]).done();
    desk.crm(&["sync"]).done();
    assert!(desk.text("Nordwind").contains("Kiel"));
    // Somebody else: what one person begins twice in a second is one beginning.
    let other = "Wang Fang <wang@example.com>";
    desk.crm_in(home, &["init", "second", "--remote", "office/second", "--me", other]).done();
    let strangers = desk.crm(&["sync", "--remote", "../office/second"]).exits(4);
    assert!(strangers.err.contains("another beginning"), "{}", strangers.err);
    assert!(desk.crm(&["sync"]).done().err.contains("nothing new"), "the address is the old one");
    // The folder moves, and everybody says so once.
    fs::rename(home.join("office/empty"), home.join("office/moved")).expect("a move");
    let gone = desk.crm(&["sync"]).exits(4);
    assert!(gone.err.contains("crm sync --remote URL"), "{}", gone.err);
    desk.crm(&["sync", "--remote", "../office/moved"]).done();
    assert_eq!(
        desk.git(&["remote", "get-url", "origin"]).trim(),
        home.join("office/moved").to_str().expect("a path")
    );
}

#[test]
#[cfg(unix)]
fn a_shared_folder_of_somebody_else_is_told_with_what_trusts_it() {
    wants_git!();
    let team = Team::of_two();
    let given_away = std::process::Command::new("chown").args(["-R", "12345"]).arg(&team.hub).status();
    if !given_away.is_ok_and(|status| status.success()) {
        eprintln!("left out: only root gives a folder away");
        return;
    }
    let refused = team.desks[0].crm(&["sync"]).exits(4);
    assert!(refused.err.contains("git config --global --add safe.directory"), "{}", refused.err);
}

#[test]
fn an_archive_begins_only_where_there_is_nothing_and_is_cloned_from_there() {
    wants_git!();
    let team = Team::new(2);
    let (hub, desk) = (team.hub.to_str().expect("a path"), &team.desks[0]);
    let again = desk.crm_in(desk.home(), &["init", "other", "--remote", hub]).exits(4);
    assert!(again.err.contains("crm clone URL DIR"), "{}", again.err);
    assert!(!desk.home().join("other").exists(), "nothing is begun");
    let empty = desk.home().join("empty.git");
    answer(desk.command("git").args(["init", "-q", "--bare"]).arg(&empty)).done();
    let clone = desk.crm_in(desk.home(), &["clone", empty.to_str().expect("a path"), "copy"]).exits(4);
    assert!(clone.err.contains("crm init DIR --remote URL"), "{}", clone.err);
    assert_eq!(team.desks[1].crm(&["add", "Sur", "--country", "ES"]).done().key(), "M0001");
    assert!(team.desks[1].git(&["config", "merge.crm.driver"]).contains("crm merge-driver"));
}

#[test]
fn both_sides_get_what_the_other_did_in_one_merge_commit() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["followup", "log", "L0001", "call", "from Lin"]).done();
    chen.crm(&["followup", "log", "L0001", "call", "from Chen"]).done();
    chen.crm(&["set", "L0001", "city=Kiel"]).done();
    team.sync(0);
    let remote = lin.git(&["rev-parse", "HEAD"]);
    team.sync(1);
    let parents = chen.git(&["log", "-1", "--format=%P"]);
    assert!(parents.starts_with(remote.trim()), "the others' head is the first parent");
    assert_eq!(parents.split_whitespace().count(), 2);
    team.meet();
    let text = lin.text("Nordwind");
    assert_eq!(followups(&text), 2);
    assert!(text.contains("city = \"Kiel\"") && !text.contains("[[conflicts]]"), "{text}");
    assert!(lin.crm(&["sync"]).done().err.contains("nothing new"));
    assert_eq!(lin.crm(&["sync", "--auto"]).done().all(), "", "cron mails only news");
}

#[test]
fn a_dry_run_of_a_sync_says_what_would_happen_and_changes_nothing() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["followup", "log", "L0001", "call", "from Lin"]).done();
    team.sync(0);
    let card = chen.card("Nordwind");
    let edited = fs::read_to_string(&card).expect("a card") + "city = \"Kiel\"\n";
    fs::write(&card, &edited).expect("a card");
    let heads = |desk: &Desk| (desk.git(&["rev-parse", "HEAD"]), desk.git(&["config", "--list", "--local"]));
    let hub = || answer(chen.command("git").arg("-C").arg(&team.hub).args(["rev-parse", "HEAD"])).done().out;
    let (before, at_hub) = (heads(chen), hub());
    let said = chen.crm(&["sync", "-n"]).done().err;
    for part in ["would commit: L0001 edited by hand", "would bring changes", "would send"] {
        assert!(said.contains(part), "{said}");
    }
    let elsewhere = chen.home().join("elsewhere");
    chen.crm(&["sync", "-n", "--remote", elsewhere.to_str().expect("a path")]).done();
    assert!(!elsewhere.exists());
    assert_eq!((heads(chen), hub()), (before, at_hub));
    assert_eq!(fs::read_to_string(&card).expect("a card"), edited);
    team.meet();
    let said = chen.crm(&["sync", "-n"]).done().err;
    assert!(said.contains("nothing new") && !said.contains("would"), "{said}");
}

#[test]
fn a_new_customer_from_the_same_template_never_gets_the_other_s_fields() {
    wants_git!();
    for plain_git in [false, true] {
        let team = Team::new(2);
        let [lin, chen] = [&team.desks[0], &team.desks[1]];
        lin.crm(&["add", "Alpha", "--country", "DE", "city=Kiel", "products=pumps"]).done();
        team.meet();
        lin.crm(&["close", "L0001", "--reason", "no need"]).done();
        lin.crm(&["add", "Beta", "--country", "DE", "city=Kiel", "products=pumps"]).done();
        chen.crm(&["set", "L0001", "phone=+49 431 5550 1"]).done();
        if plain_git {
            team.sync(0);
            let path = std::path::Path::new(env!("CARGO_BIN_EXE_crm")).parent().expect("a folder");
            let path = format!("{}:{}", path.display(), std::env::var("PATH").expect("a path"));
            let pull = ["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"];
            answer(chen.command("git").env("PATH", path).current_dir(&chen.archive).args(pull)).done();
        } else {
            team.meet();
        }
        assert!(chen.text("Alpha").contains("5550 1") && !chen.text("Beta").contains("5550 1"));
        assert!(chen.card("Alpha").to_string_lossy().contains("closed"));
    }
}

#[test]
fn two_values_of_a_field_are_both_kept_until_somebody_decides_and_the_decision_travels() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["set", "L0001", "phone=+49 431 1", "city=Kiel"]).done();
    chen.crm(&["set", "L0001", "phone=+49 431 2", "city=Bremen"]).done();
    team.sync(0);
    assert!(team.sync(1).err.contains("L0001 phone: two people set two values"));
    team.meet();
    let all = conflicts(lin);
    assert_eq!(all.len(), 4, "{all:?}");
    let of = |value: &str| all.iter().find(|one| one["value"] == value).expect(value)["author"].clone();
    assert_eq!((of("+49 431 1"), of("+49 431 2")), ("Lin Wei".into(), "Chen Jie".into()));
    lin.crm(&["conflict", "take", "L0001", "phone", "Lin Wei"]).done();
    lin.crm(&["conflict", "take", "L0001", "city", "Hamburg"]).exits(3);
    chen.crm(&["set", "L0001", "city=Kiel"]).done();
    team.meet();
    for desk in [lin, chen] {
        let text = desk.text("Nordwind");
        assert!(text.contains("phone = \"+49 431 1\"") && text.contains("city = \"Kiel\""), "{text}");
        assert!(!text.contains("conflicts"), "{text}");
        desk.crm(&["conflict", "list"]).done();
    }
}

#[test]
fn neighbouring_lines_and_items_of_one_list_are_no_conflict() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["set", "L0001", "tags=fair", "phone=+49 431 1", "fax=+49 431 2"]).done();
    team.meet();
    lin.crm(&["set", "L0001", "tags+=pumps", "phone=+49 431 11"]).done();
    chen.crm(&["set", "L0001", "tags+=valves", "fax=+49 431 22"]).done();
    team.meet();
    let text = lin.text("Nordwind");
    for part in ["fair", "pumps", "valves", " 11\"", " 22\""] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("conflicts"));
}

#[test]
fn an_edit_outlives_a_removal_and_that_is_said() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    chen.crm(&["add", "Sur", "--country", "ES"]).done();
    team.meet();
    lin.crm(&["remove", "L0001", "--reason", "test", "--yes"]).done();
    lin.crm(&["remove", "M0001", "--reason", "test", "--yes"]).done();
    chen.crm(&["followup", "log", "L0001", "call", "still there"]).done();
    team.sync(0);
    assert!(team.sync(1).err.contains("L0001 was changed by one and removed by another; it stays"));
    team.meet();
    assert!(lin.text("Nordwind").contains("still there"));
    assert_eq!(cards(&lin.archive).len(), 1, "what nobody changed is gone");
}

#[test]
fn three_who_file_one_name_at_one_place_are_three_customers() {
    wants_git!();
    let team = Team::new(3);
    for (desk, name) in team.desks.iter().zip(["Müller GmbH", "MÜLLER GMBH", "Mueller GmbH"]) {
        desk.crm(&["add", name, "--country", "DE"]).done();
    }
    team.meet();
    let all = cards(&team.desks[0].archive);
    assert_eq!(all.len(), 3, "{all:?}");
    let aside: Vec<_> = all.iter().filter(|(folder, _)| folder.ends_with("0001)")).collect();
    assert_eq!(aside.len(), 1, "one steps aside with its number: {all:?}");
    let alike = team.desks[1].crm(&["dup"]);
    assert!(alike.out.contains("Mueller"), "{}", alike.out);
}

#[test]
fn a_folder_that_moved_takes_edits_and_papers_along() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["move", "L0001", "--name", "Nordwind AG", "--stage", "customer"]).done();
    chen.crm(&["followup", "log", "L0001", "call", "while it moved"]).done();
    chen.write("prospects/DE-Germany/Nordwind/offer.pdf", "offer");
    chen.crm(&["commit"]).done();
    chen.write("prospects/DE-Germany/Nordwind/~$draft.tmp", "not in history");
    team.meet();
    let folder = "customers/DE-Germany/Nordwind AG";
    assert_eq!(cards(&lin.archive)[0].0, folder);
    assert!(lin.text("Nordwind AG").contains("while it moved"));
    for desk in [lin, chen] {
        assert!(desk.archive.join(folder).join("offer.pdf").is_file());
    }
    assert!(chen.archive.join(folder).join("~$draft.tmp").is_file(), "what git does not know travels too");
}

#[test]
fn a_customer_promoted_here_and_closed_there_is_a_conflict_of_place() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["move", "L0001", "--stage", "customer"]).done();
    chen.crm(&["close", "L0001", "--reason", "no answer"]).done();
    team.meet();
    let all = conflicts(lin);
    let values: Vec<_> = all.iter().map(|one| (one["path"].clone(), one["value"].clone())).collect();
    assert_eq!(values, [("@stage".into(), "customers".into()), ("@stage".into(), "closed".into())]);
    chen.crm(&["conflict", "take", "L0001", "@stage", "停止往来"]).done();
    team.meet();
    assert!(lin.card("Nordwind").to_string_lossy().contains("closed"));
    assert!(conflicts(lin).is_empty());
}

#[test]
fn papers_that_both_changed_are_both_there() {
    wants_git!();
    let team = Team::of_two();
    let paper = "prospects/DE-Germany/Nordwind/offer.pdf";
    for (desk, text) in team.desks.iter().zip(["the offer of Lin", "the offer of Chen"]) {
        desk.write(paper, text);
        desk.crm(&["commit"]).done();
    }
    team.meet();
    let folder = team.desks[0].archive.join("prospects/DE-Germany/Nordwind");
    let mut texts: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .map(|path| fs::read_to_string(path).expect("a paper"))
        .collect();
    texts.sort();
    assert_eq!(texts, ["the offer of Chen", "the offer of Lin"]);
}

#[test]
fn a_card_that_cannot_be_read_and_its_other_state_are_both_there() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    let card = "prospects/DE-Germany/Nordwind/card.toml";
    lin.write(card, format!("{}phone = broken", lin.text("Nordwind")));
    lin.git(&["commit", "-qam", "by hand"]);
    chen.crm(&["set", "L0001", "city=Kiel"]).done();
    answer(lin.command("git").current_dir(&lin.archive).args(["push", "-q"])).done();
    assert!(chen.crm(&["sync"]).err.contains("card.theirs.toml"));
    assert!(chen.text("Nordwind").contains("phone = broken"));
    let other = fs::read_to_string(chen.archive.join("prospects/DE-Germany/Nordwind/card.theirs.toml"));
    assert!(other.expect("the other card").contains("Kiel"));
}

#[test]
fn settings_that_both_changed_have_what_both_added() {
    wants_git!();
    let team = Team::of_two();
    let member = |key: &str| {
        format!("\n[[team]]\nkey = \"{key}\"\nname = \"{key}\"\nemails = [\"{key}@example.com\"]\n")
    };
    for (desk, key) in team.desks.iter().zip(["weiss", "okoro"]) {
        let mut text = fs::read_to_string(desk.archive.join("crm.toml")).expect("settings");
        text += &member(key);
        text += &format!("\n[fields.port_of_{key}]\nkind = \"text\"\n");
        desk.write("crm.toml", text);
        desk.crm(&["commit"]).done();
    }
    team.meet();
    let text = fs::read_to_string(team.desks[1].archive.join("crm.toml")).expect("settings");
    for part in ["key = \"weiss\"", "key = \"okoro\"", "port_of_weiss", "port_of_okoro"] {
        assert_eq!(text.matches(part).count(), 1, "{part}: {text}");
    }
    team.desks[1].crm(&["list"]).done();
}

#[test]
fn a_setting_with_two_values_is_a_conflict_and_the_archive_goes_on() {
    wants_git!();
    let team = Team::of_two();
    for (desk, zone) in team.desks.iter().zip(["Europe/Berlin", "Asia/Tokyo"]) {
        let text = fs::read_to_string(desk.archive.join("crm.toml")).expect("settings");
        let set = text.lines().map(|line| match line.contains("time_zone = ") {
            true => format!("time_zone = \"{zone}\"\n"),
            false => format!("{line}\n"),
        });
        desk.write("crm.toml", set.collect::<String>());
        desk.crm(&["commit"]).done();
    }
    team.meet();
    let lin = &team.desks[0];
    assert!(lin.crm(&["list"]).done().out.contains("Nordwind"));
    let all = conflicts(lin);
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[0]["path"], "archive.time_zone");
    for (desk, zone) in team.desks.iter().zip(["Europe/Berlin", "Asia/Tokyo"]) {
        let one = all.iter().find(|one| one["value"] == zone).expect("a value");
        assert_eq!(one["author"], desk.git(&["config", "user.name"]).trim(), "{one}");
        assert!(one["when"].is_string(), "{one}");
    }
    lin.crm(&["conflict", "take", "crm.toml", "archive.time_zone", "Asia/Tokyo"]).done();
    team.meet();
    assert!(conflicts(&team.desks[1]).is_empty());
}

#[test]
fn numbers_that_were_given_stay_given_on_both_sides() {
    wants_git!();
    let team = Team::new(2);
    for desk in &team.desks {
        for name in ["One", "Two"] {
            desk.crm(&["add", name, "--country", "DE", "--anyway"]).done();
        }
    }
    team.meet();
    team.desks[0].crm(&["remove", "L0002", "--reason", "t", "--yes"]).done();
    team.desks[1].crm(&["remove", "M0002", "--reason", "t", "--yes"]).done();
    team.meet();
    let text = fs::read_to_string(team.desks[0].archive.join("crm.toml")).expect("settings");
    assert!(!text.contains("conflicts"), "{text}");
    assert_eq!(team.desks[0].crm(&["add", "Three", "--country", "DE"]).done().key(), "L0003");
    assert_eq!(team.desks[1].crm(&["add", "Four", "--country", "DE"]).done().key(), "M0003");
}

#[test]
fn what_was_changed_in_a_customer_who_was_merged_goes_to_the_survivor() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["add", "Nordwind Pumpen", "--country", "DE", "--anyway"]).done();
    team.meet();
    lin.crm(&["merge", "L0002", "--into", "L0001", "--yes"]).done();
    chen.crm(&["followup", "log", "L0002", "call", "for the survivor"]).done();
    chen.crm(&["set", "L0002", "city=Kiel"]).done();
    chen.write("prospects/DE-Germany/Nordwind Pumpen/plan.pdf", "plan");
    chen.crm(&["commit"]).done();
    team.sync(0);
    assert!(team.sync(1).err.contains("L0002, which is merged into L0001"));
    team.meet();
    let all = cards(&lin.archive);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].1.contains("for the survivor") && all[0].1.contains("Kiel"), "{}", all[0].1);
    assert!(lin.archive.join(&all[0].0).join("plan.pdf").is_file());
}

#[test]
fn keys_and_sections_of_a_newer_program_are_kept() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    let newer = "\n[[shipments]]\nid = \"s1s1s1\"\nvessel = \"Ever Blue\" # newer\n";
    let text = lin.text("Nordwind");
    lin.write("prospects/DE-Germany/Nordwind/card.toml", format!("{}ledger = \"A7\"\n{newer}", text));
    lin.crm(&["commit"]).done();
    chen.crm(&["followup", "log", "L0001", "call", "meanwhile"]).done();
    team.meet();
    let text = chen.text("Nordwind");
    for part in ["ledger = \"A7\"", "vessel = \"Ever Blue\" # newer", "meanwhile"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_is_staged_stays_staged_and_what_is_in_the_way_is_not_overwritten() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    chen.write("notes.txt", "mine");
    chen.git(&["add", "notes.txt"]);
    lin.crm(&["set", "L0001", "city=Kiel"]).done();
    team.sync(0);
    team.sync(1);
    assert_eq!(chen.git(&["status", "--porcelain"]), "A  notes.txt\n");
    lin.write("list.txt", "of Lin");
    lin.git(&["add", "list.txt"]);
    lin.git(&["commit", "-qm", "a list"]);
    team.sync(0);
    chen.write("list.txt", "of Chen, never committed");
    let head = chen.git(&["rev-parse", "HEAD"]);
    let refused = chen.crm(&["sync"]).exits(4);
    assert!(refused.err.contains("list.txt is in the way"), "{}", refused.err);
    assert_eq!(
        fs::read_to_string(chen.archive.join("list.txt")).expect("a file"),
        "of Chen, never committed"
    );
    assert_eq!(chen.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn what_was_removed_by_hand_waits_and_is_not_brought_back() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    fs::remove_dir_all(chen.archive.join("prospects/DE-Germany")).expect("removed");
    lin.crm(&["set", "L0001", "city=Kiel"]).done();
    team.sync(0);
    let said = chen.crm(&["sync"]).done().err;
    assert!(said.contains("crm commit --removed"), "{said}");
    assert!(!chen.archive.join("prospects/DE-Germany/Nordwind/card.toml").exists());
    team.sync(0);
    assert!(lin.text("Nordwind").contains("Kiel"), "nobody lost it");
}

#[test]
fn what_stops_a_sync_is_told_apart_and_the_work_stays_here() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.git(&["remote", "set-url", "origin", "http://127.0.0.1:9/archive.git"]);
    lin.crm(&["set", "L0001", "city=Kiel"]).done();
    let offline = lin.crm(&["sync"]).done().err;
    assert!(offline.contains("cannot be reached") && offline.contains("your work is safe here"), "{offline}");
    lin.crm(&["sync", "--require-online"]).exits(4);
    lin.git(&["remote", "set-url", "origin", "/nowhere/archive.git"]);
    let gone = lin.crm(&["sync", "--format", "json"]).exits(4);
    assert!(gone.err.contains("no_remote_there"), "{}", gone.err);
    lin.git(&["remote", "remove", "origin"]);
    assert!(lin.crm(&["sync"]).exits(4).err.contains("crm sync --remote URL"));
    let hook = team.hub.join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho closed for today >&2\nexit 1\n").expect("a hook");
    make_executable(&hook);
    chen.crm(&["set", "L0001", "phone=+49 431 1"]).done();
    let refused = chen.crm(&["sync", "--format", "json"]).exits(4);
    assert!(refused.err.contains("push_refused"), "{}", refused.err);
    chen.is_clean_and_sound();
    fs::remove_file(&hook).expect("removed");
    chen.crm(&["sync"]).done();
}

fn make_executable(path: &std::path::Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a mode");
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[test]
fn five_who_push_at_once_all_get_through() {
    wants_git!();
    let team = Team::new(5);
    team.desks[0].crm(&["add", "Nordwind", "--country", "DE"]).done();
    team.meet();
    for round in 0..3 {
        for (at, desk) in team.desks.iter().enumerate() {
            desk.crm(&["followup", "log", "L0001", "call", &format!("round {round} of desk {at}")]).done();
        }
        let running: Vec<_> = team
            .desks
            .iter()
            .map(|desk| {
                let mut sync = desk.program();
                sync.current_dir(&desk.archive).arg("sync").stdout(Stdio::null()).stderr(Stdio::piped());
                sync.spawn().expect("a sync")
            })
            .collect();
        for sync in running {
            let output = sync.wait_with_output().expect("a sync");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    team.meet();
    assert_eq!(followups(&team.desks[4].text("Nordwind")), 15);
}

#[test]
fn many_followups_of_two_desks_come_together_without_a_conflict() {
    wants_git!();
    let team = Team::new(2);
    let names: Vec<String> = (1..=20).map(|at| format!("Firm {at:02}")).collect();
    let table: String = names.iter().map(|name| format!("{name},DE\n")).collect();
    team.desks[0].write("../firms.csv", format!("name,country\n{table}"));
    team.desks[0].crm(&["import", "../firms.csv", "--anyway", "--yes"]).done();
    team.meet();
    for (desk, who) in team.desks.iter().zip(["Lin", "Chen"]) {
        let row = |at: usize| format!("L{:04},2026-03-{:02},phone,{who} {at}\n", at % 20 + 1, at / 20 + 1);
        let rows: String = (0..200).map(row).collect();
        desk.write("../calls.csv", format!("customer,date,how,topic\n{rows}"));
        desk.crm(&["import", "followups", "../calls.csv", "--yes"]).done();
    }
    let (lin, chen) = (&team.desks[0], &team.desks[1]);
    team.sync(0);
    // Without the driver plain git stops in every card.
    chen.git(&["fetch", "-q"]);
    let plain = ["-c", "merge.crm.driver=false", "merge", "--no-edit", "origin/main"];
    assert_ne!(chen.try_git(&plain).code, 0);
    assert_eq!(chen.git(&["diff", "--name-only", "--diff-filter=U"]).lines().count(), 20);
    chen.git(&["merge", "--abort"]);
    team.sync(1);
    team.sync(0);
    let all: usize = cards(&lin.archive).iter().map(|(_, text)| followups(text)).sum();
    assert_eq!(all, 400);
    lin.crm(&["conflict", "list"]).done();
    assert_eq!(lin.git(&["rev-list", "--count", "--merges", "HEAD"]).trim(), "1");
}

#[cfg(unix)]
#[test]
fn papers_come_as_git_has_them_through_its_filters_as_links_and_to_be_run() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    let folder = "prospects/DE-Germany/Nordwind";
    // Line ends, and a filter of the company's own that keeps another text in history.
    let attributes = "* -text\ncard.toml merge=crm\n*.txt text eol=crlf\n*.secret filter=turn\n";
    lin.write(".gitattributes", attributes);
    for desk in [lin, chen] {
        desk.git(&["config", "filter.turn.clean", "tr a-z b-za"]);
        desk.git(&["config", "filter.turn.smudge", "tr b-za a-z"]);
    }
    lin.git(&["commit", "-qam", "attributes"]);
    lin.write(&format!("{folder}/note.txt"), "one\r\ntwo\r\n");
    lin.write(&format!("{folder}/price.secret"), "abc");
    lin.write(&format!("{folder}/run.sh"), "#!/bin/sh\n");
    let run = lin.archive.join(folder).join("run.sh");
    fs::set_permissions(&run, fs::Permissions::from_mode(0o755)).expect("a mode");
    lin.crm(&["commit"]).done();
    assert_eq!(lin.git(&["show", &format!("HEAD:{folder}/price.secret")]), "bcd");
    assert_eq!(lin.git(&["show", &format!("HEAD:{folder}/note.txt")]), "one\ntwo\n");
    symlink("note.txt", lin.archive.join(folder).join("newest")).expect("a link");
    lin.git(&["add", "-A"]);
    lin.git(&["commit", "-qm", "a link"]);
    chen.crm(&["set", "L0001", "city=Kiel"]).done();
    team.meet();
    let at = |name: &str| chen.archive.join(folder).join(name);
    assert_eq!(fs::read(at("note.txt")).expect("a paper"), b"one\r\ntwo\r\n");
    assert_eq!(fs::read(at("price.secret")).expect("a paper"), b"abc");
    assert_eq!(fs::read_link(at("newest")).expect("a link"), std::path::Path::new("note.txt"));
    assert_ne!(fs::metadata(at("run.sh")).expect("a paper").permissions().mode() & 0o100, 0);
    chen.crm(&["move", "L0001", "--stage", "customer"]).done();
    team.meet();
}

#[test]
fn a_sync_that_is_killed_at_any_moment_is_finished_by_the_next_one() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    let mut dice = Dice::new(31);
    let rounds = if torture() { 200 } else { 20 };
    for round in 0..rounds {
        lin.crm(&["followup", "log", "L0001", "call", &format!("Lin {round}")]).done();
        let stage = if round % 2 == 0 { "customer" } else { "prospect" };
        lin.crm(&["move", "L0001", "--stage", stage]).done();
        team.sync(0);
        chen.crm(&["followup", "log", "L0001", "call", &format!("Chen {round}")]).done();
        let mut sync = chen.program();
        sync.current_dir(&chen.archive).arg("sync").stdout(Stdio::null()).stderr(Stdio::null());
        let mut sync = sync.spawn().expect("a sync");
        std::thread::sleep(std::time::Duration::from_millis(dice.below(160)));
        let _ = sync.kill();
        sync.wait().expect("a sync");
        // A git that the killed one started may still hold its lock for a moment.
        let again = (0..50).any(|_| chen.crm(&["sync"]).code == 0);
        assert!(again, "{}", chen.crm(&["sync"]).err);
        team.sync(0);
    }
    team.meet();
    assert_eq!(followups(&chen.text("Nordwind")), 2 * rounds);
    let log = chen.git(&["log", "--format=%s"]);
    assert!(!log.contains("edited by hand"), "half a merge is no edit by hand: {log}");
}

#[test]
fn a_merge_is_finished_after_whatever_step_it_stopped() {
    wants_git!();
    for after in STEPS {
        for next in [&["sync"][..], &["set", "L0001", "fax=+49 431 5"]] {
            let team = Team::of_two();
            let [lin, chen] = [&team.desks[0], &team.desks[1]];
            let card = chen.card("Nordwind").strip_prefix(&chen.archive).expect("inside").to_owned();
            let folder = card.parent().and_then(Path::to_str).expect("a folder").to_owned();
            lin.crm(&["followup", "log", "L0001", "call", "from Lin"]).done();
            team.sync(0);
            chen.crm(&["followup", "log", "L0001", "call", "from Chen"]).done();
            let hub = |arguments: &[&str]| {
                answer(chen.command("git").arg("-C").arg(&team.hub).args(arguments)).done().key()
            };
            let before = hub(&["rev-parse", "main"]);
            stop(chen, &["sync"], after, (&folder, &folder));
            // Killed before the push.
            let merge = hub(&["rev-parse", "main"]);
            hub(&["update-ref", "refs/heads/main", &before]);
            chen.git(&["update-ref", "refs/remotes/origin/main", &before]);
            chen.crm(next).done();
            is_done(chen);
            let log = chen.git(&["log", "--format=%H %s"]);
            assert!(log.contains(&merge) && !log.contains("edited by hand"), "{after:?} {next:?}: {log}");
            team.meet();
            assert_eq!(followups(&lin.text("Nordwind")), 2, "{after:?} {next:?}");
        }
    }
}

#[test]
fn a_full_disk_refuses_a_merge_and_the_next_sync_does_it() {
    wants_git!();
    let team = Team::of_two();
    let lin = &team.desks[0];
    let script = format!(
        "
        crm clone '{hub}' a --series Z && cd a || exit 1
        for free in 0 8 16 32 64 128 256; do
            (cd '{other}' && crm -q followup log L0001 call Lin$free > /dev/null && crm -q sync) || exit 1
            crm followup log L0001 call Here$free || exit 1
            room=$(df -k --output=avail . | tail -1)
            head -c $(( (room - free) * 1024 )) /dev/zero > ../filler
            crm sync; code=$?
            [ $code = 0 ] || [ $code = 4 ] || {{ echo \"UNEXPECTED $code at $free\"; exit 1; }}
            [ $code = 4 ] && echo refused
            for card in */*/*/card.toml; do
                grep -q '^name = ' \"$card\" || {{ echo \"TORN $card at $free\"; exit 1; }}
            done
            rm -f ../filler
            crm sync || {{ echo \"NOT CARRIED ON at $free\"; exit 1; }}
            grep -q Lin$free */*/*/card.toml && grep -q Here$free */*/*/card.toml || {{ echo \"LOST at $free\"; exit 1; }}
            [ -z \"$(git status --porcelain)\" ] || {{ echo \"NOT CLEAN at $free\"; exit 1; }}
            git fsck --strict --no-dangling || {{ echo \"NOT SOUND at $free\"; exit 1; }}
            git log --format=%s | grep -q 'edited by hand' && {{ echo \"HALF A MERGE at $free\"; exit 1; }}
        done; true;",
        hub = team.hub.display(),
        other = lin.archive.display(),
    );
    if let Some(said) = on_a_small_disk(lin, "3m", &script) {
        assert!(said.contains("refused"), "the disk was never full: {said}");
    }
}

#[test]
fn a_merge_that_the_disk_refuses_changes_nothing() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["set", "L0001", "city=Kiel"]).done();
    team.sync(0);
    chen.crm(&["set", "L0001", "fax=+49 431 5"]).done();
    let (head, text) = (chen.git(&["rev-parse", "HEAD"]), chen.text("Nordwind"));
    // Something that is no folder stands where the commit's reference must be written.
    let lock = chen.archive.join(".git/refs/heads/main.lock");
    fs::write(&lock, "").expect("a lock");
    chen.crm(&["sync"]).exits(4);
    fs::remove_file(&lock).expect("removed");
    assert_eq!((chen.git(&["rev-parse", "HEAD"]), chen.text("Nordwind")), (head, text));
    team.meet();
    assert!(chen.text("Nordwind").contains("Kiel"));
}

#[test]
fn two_who_merged_each_other_s_work_at_once_meet_without_loss() {
    wants_git!();
    let team = Team::of_two();
    let [lin, chen] = [&team.desks[0], &team.desks[1]];
    lin.crm(&["set", "L0001", "city=Kiel"]).done();
    chen.crm(&["set", "L0001", "city=Bremen"]).done();
    // Each fetches from the other and merges before either has pushed: a criss-cross.
    let path = std::path::Path::new(env!("CARGO_BIN_EXE_crm")).parent().expect("a folder");
    let path = format!("{}:{}", path.display(), std::env::var("PATH").expect("a path"));
    let (of_lin, of_chen) = (lin.archive.clone(), chen.archive.clone());
    for (desk, other) in [(lin, &of_chen), (chen, &of_lin)] {
        answer(desk.command("git").current_dir(&desk.archive).args(["fetch", "-q"]).arg(other).arg("main"))
            .done();
    }
    for desk in [lin, chen] {
        let merge = ["merge", "-q", "--no-edit", "FETCH_HEAD"];
        answer(desk.command("git").env("PATH", &path).current_dir(&desk.archive).args(merge)).done();
    }
    lin.crm(&["set", "L0001", "phone=+49 431 1"]).done();
    chen.crm(&["followup", "log", "L0001", "call", "after all"]).done();
    team.meet();
    assert_eq!(conflicts(lin).len(), 2);
    assert!(lin.text("Nordwind").contains("after all"));
}

#[test]
fn the_merge_driver_refuses_the_cards_of_two_customers() {
    let desk = Desk::new();
    let file = |name: &str, text: &str| {
        let path = desk.home().join(name);
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let base = file("base", "");
    let ours = file("ours", "id = \"a1a1a1a1a1a1\"\nname = \"A\"\n");
    let theirs = file("theirs", "id = \"b2b2b2b2b2b2\"\nname = \"B\"\n");
    let refused = desk.crm(&["merge-driver", &base, &ours, &theirs, "x/card.toml"]).exits(1);
    assert!(refused.err.contains("two customers"), "{}", refused.err);
    assert!(fs::read_to_string(&ours).expect("ours").contains("\"A\""));
}

#[test]
fn a_half_typed_card_stops_no_sync_and_is_merged_once_it_can_be_read() {
    wants_git!();
    let team = Team::of_two();
    let [here, there] = &team.desks[..] else { panic!("two desks") };
    here.crm(&["set", "Nordwind", "city=Kiel"]).done();
    here.crm(&["add", "Ahorn", "--country", "DE"]).done();
    here.crm(&["sync"]).done();
    there.crm(&["sync"]).done();
    // Here a card is left in the middle of a word; there both customers change, twice.
    let card = here.card("Nordwind");
    let before = fs::read_to_string(&card).expect("a card");
    let half = before.replace("city = \"Kiel\"", "city = \"Kiel\"\npostal_code = \"2410");
    fs::write(&card, &half).expect("a card");
    for phone in ["+49 431 1", "+49 431 12345"] {
        there.crm(&["set", "Nordwind", &format!("phone={phone}")]).done();
        there.crm(&["set", "Ahorn", &format!("phone={phone}")]).done();
        there.crm(&["sync"]).done();
        let synced = here.crm(&["sync"]);
        assert!(synced.err.contains("stays as it is here"), "{}", synced.all());
        assert_eq!(synced.code, 5, "the card that cannot be read is said: {}", synced.all());
        assert!(here.text("Ahorn").contains(phone));
        assert_eq!(fs::read_to_string(&card).expect("a card"), half);
    }
    there.crm(&["set", "Nordwind", "region=Holstein"]).done();
    // Mended, with a further field: what both wrote is there.
    fs::write(&card, half.replace("\"2410", "\"24103\"")).expect("a card");
    let done = here.crm(&["set", "Nordwind", "industry=Wind"]).done();
    assert!(done.err.contains("what the others changed meanwhile"), "{}", done.err);
    let text = here.text("Nordwind");
    for line in ["phone = \"+49 431 12345\"", "postal_code = \"24103\"", "industry = \"Wind\""] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!here.archive.join(".git/crm/behind.json").exists());
    // The next edit by hand is one like any other.
    fs::write(&card, text.replace("+49 431 12345", "+49 431 9")).expect("a card");
    here.crm(&["sync"]).done();
    there.crm(&["sync"]).done();
    here.crm(&["sync"]).done();
    assert_eq!(here.text("Nordwind"), there.text("Nordwind"));
    assert!(here.text("Nordwind").contains("+49 431 9\"") && here.text("Nordwind").contains("Holstein"));
    assert!(conflicts(here).is_empty());
    here.is_clean_and_sound();
    there.is_clean_and_sound();
}

#[test]
fn who_was_merged_into_another_and_moved_meanwhile_does_not_come_back() {
    wants_git!();
    let team = Team::of_two();
    let [here, there] = &team.desks[..] else { panic!("two desks") };
    here.crm(&["add", "Ahorn Pumpen", "--country", "DE"]).done();
    here.crm(&["sync"]).done();
    there.crm(&["sync"]).done();
    here.crm(&["merge", "Ahorn Pumpen", "--into", "Nordwind", "--yes"]).done();
    here.crm(&["sync"]).done();
    there.crm(&["move", "Ahorn Pumpen", "--stage", "customer"]).done();
    let synced = there.crm(&["sync"]).done();
    assert!(synced.err.contains("merged into"), "{}", synced.err);
    here.crm(&["sync"]).done();
    for desk in [here, there] {
        assert_eq!(cards(&desk.archive).len(), 1, "{:?}", cards(&desk.archive));
        desk.is_clean_and_sound();
    }
}

#[test]
fn a_customer_that_moved_is_one_that_changed_and_settings_are_none() {
    wants_git!();
    let team = Team::of_two();
    let [here, there] = &team.desks[..] else { panic!("two desks") };
    here.crm(&["move", "Nordwind", "--stage", "customer"]).done();
    here.crm(&["sync"]).done();
    let moved = there.crm(&["sync"]).done();
    assert!(moved.err.contains("others changed: 1"), "{}", moved.err);
    let settings = here.archive.join("crm.toml");
    let text =
        fs::read_to_string(&settings).expect("settings").replace("[papers]\n", "[papers]\nmax_mib = 30\n");
    fs::write(&settings, text).expect("settings");
    here.crm(&["sync"]).done();
    there.crm(&["set", "Nordwind", "city=Kiel"]).done();
    let settings = there.crm(&["sync"]).done();
    assert!(settings.err.contains("settings or books; no customer"), "{}", settings.err);
    assert!(
        there.git(&["log", "-1", "--format=%s"]).contains("Synced: settings or books"),
        "{}",
        there.git(&["log", "-1"])
    );
}

#[test]
fn a_conflict_is_shown_and_taken_by_the_labels_of_its_field_and_values() {
    wants_git!();
    let team = Team::of_two();
    let [here, there] = &team.desks[..] else { panic!("two desks") };
    here.crm(&["set", "Nordwind", "payment_attitude=prompt"]).done();
    there.crm(&["set", "Nordwind", "payment_attitude=slow"]).done();
    team.meet();
    let list = here.crm(&["conflict", "list", "--lang", "zh-CN"]);
    assert!(list.out.contains("及时") && list.out.contains("拖延"), "{}", list.out);
    let all = conflicts(here);
    assert!(all.iter().any(|one| one["value"] == "slow"), "{all:?}");
    here.crm(&["conflict", "take", "Nordwind", "付款态度", "及时"]).done();
    here.crm(&["conflict", "list"]).done();
    let decided =
        here.crm(&["history", "Nordwind", "付款态度", "--limit", "1", "--format", "json"]).done().out;
    let decided: serde_json::Value = serde_json::from_str(&decided).expect("JSON");
    let change = &decided[0]["changes"][0];
    assert_eq!(
        (&change["path"], &change["new"]),
        (&"payment_attitude".into(), &"prompt".into()),
        "{decided}"
    );
    assert!(change["old"].as_str().is_some_and(|old| old.contains(" | ")), "{decided}");
    assert!(conflicts(here).is_empty());
    assert!(here.text("Nordwind").contains("payment_attitude = \"prompt\""));
}

#[test]
fn a_copy_of_what_is_no_archive_leaves_nothing_behind() {
    wants_git!();
    let team = Team::of_two();
    let desk = &team.desks[0];
    let other = desk.home().join("other.git");
    answer(desk.command("git").args(["init", "-q", "--bare", "-b", "main"]).arg(&other)).done();
    let work = desk.home().join("work");
    answer(desk.command("git").args(["clone", "-q"]).arg(&other).arg(&work)).done();
    fs::write(work.join("readme"), "not ours").expect("a file");
    for words in [&["add", "."][..], &["commit", "-qm", "x"], &["push", "-q", "origin", "HEAD:main"]] {
        answer(desk.command("git").arg("-C").arg(&work).args(words)).done();
    }
    let url = other.to_str().expect("a path");
    fs::create_dir(desk.home().join("empty")).expect("a folder");
    for folder in ["gone", "empty"] {
        let refused = desk.crm_in(desk.home(), &["clone", url, folder]).exits(4);
        assert!(refused.err.contains("has no crm.toml"), "{}", refused.err);
    }
    assert!(!desk.home().join("gone").exists());
    assert_eq!(fs::read_dir(desk.home().join("empty")).expect("it stays").count(), 0);
    // What would be done is not said as done.
    for (words, said) in [
        (&["clone", url, "new", "-n"][..], "would copy the archive of"),
        (&["init", "new", "-n"], "would make an archive at"),
    ] {
        let looked = desk.crm_in(desk.home(), words).done();
        assert!(looked.err.contains(said) && !desk.home().join("new").exists(), "{}", looked.all());
    }
}

#[test]
fn a_sync_says_why_the_other_side_refuses_and_on_which_branch_it_is() {
    wants_git!();
    let team = Team::of_two();
    let desk = &team.desks[0];
    desk.crm(&["set", "Nordwind", "city=Kiel"]).done();
    desk.git(&["switch", "-q", "-c", "mine"]);
    let synced = desk.crm(&["sync"]).done();
    assert!(
        synced.err.contains("on the branch mine") && synced.err.contains("git switch main"),
        "{}",
        synced.err
    );
    desk.git(&["switch", "-q", "main"]);
    assert!(!desk.crm(&["sync"]).done().err.contains("on the branch"));
    let hook = team.hub.join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho 'office hours are over' >&2\nexit 1\n").expect("a hook");
    answer(desk.command("chmod").arg("+x").arg(&hook)).done();
    desk.crm(&["set", "Nordwind", "city=Emden"]).done();
    let refused = desk.crm(&["sync"]).exits(4);
    assert!(refused.err.contains("office hours are over"), "{}", refused.err);
}

#[test]
fn a_conflict_with_a_card_that_was_half_typed_has_both_authors() {
    wants_git!();
    let team = Team::of_two();
    let [here, there] = &team.desks[..] else { panic!("two desks") };
    here.crm(&["set", "Nordwind", "city=Kiel"]).done();
    here.crm(&["sync"]).done();
    there.crm(&["sync"]).done();
    let card = here.card("Nordwind");
    let half = fs::read_to_string(&card).expect("a card").replace("city = \"Kiel\"", "city = \"Bonn");
    fs::write(&card, &half).expect("a card");
    there.crm(&["set", "Nordwind", "city=Emden"]).done();
    there.crm(&["sync"]).done();
    here.crm(&["sync"]).exits(5);
    fs::write(&card, half.replace("\"Bonn", "\"Bonn\"")).expect("a card");
    here.crm(&["set", "Nordwind", "industry=Wind"]).done();
    let listed = here.crm(&["conflict", "list", "--format", "csv"]).exits(1).out;
    for (value, who) in [("Bonn", "Lin Wei"), ("Emden", "Chen Jie")] {
        let line = listed.lines().find(|line| line.contains(value)).expect("a line");
        assert!(line.contains(who), "{listed}");
    }
    // Whose value it is decides, too.
    here.crm(&["conflict", "take", "Nordwind", "city", "Lin Wei"]).done();
    assert!(here.text("Nordwind").contains("city = \"Bonn\""), "{}", here.text("Nordwind"));
    here.is_clean_and_sound();
}

#[test]
fn a_half_typed_card_stops_no_sync_that_moves_or_removes_its_customer() {
    wants_git!();
    for removes in [false, true] {
        let team = Team::of_two();
        let [here, there] = &team.desks[..] else { panic!("two desks") };
        here.crm(&["add", "Ahorn", "--country", "DE"]).done();
        here.crm(&["sync"]).done();
        there.crm(&["sync"]).done();
        let card = here.card("Nordwind");
        let before = fs::read_to_string(&card).expect("a card");
        fs::write(&card, format!("city = \"Ki\n{before}")).expect("a card");
        match removes {
            true => there.crm(&["remove", "Nordwind", "--reason", "gone", "--yes"]).done(),
            false => there.crm(&["move", "Nordwind", "--stage", "customer"]).done(),
        };
        there.crm(&["set", "Ahorn", "city=Bonn"]).done();
        there.crm(&["sync"]).done();
        let synced = here.crm(&["sync"]).exits(5);
        assert!(synced.err.contains("stays as it is here"), "{}", synced.err);
        assert!(here.text("Ahorn").contains("Bonn"));
        let card = here.card("Nordwind");
        assert_eq!(card.starts_with(here.archive.join("customers")), !removes, "{}", card.display());
        // Mended, it is there with what was typed.
        fs::write(&card, format!("city = \"Kiel\"\n{before}")).expect("a card");
        here.crm(&["sync"]).done();
        there.crm(&["sync"]).done();
        assert!(there.text("Nordwind").contains("Kiel"));
        here.is_clean_and_sound();
        there.is_clean_and_sound();
    }
}
