//! Whose customer it is: handed over, given to the pool, taken from it; and what one reads before a visit.

use std::fs;
use std::io::{Read, Write};

use crate::desk::{Answer, Desk, TODAY, answer};

const TEAM: &str = "\n[[team]]\nkey = \"lin\"\nname = \"Lin Wei\"\nemails = [\"lin@example.com\"]\n\n[[team]]\nkey = \"wang\"\nname = \"Wang Fang\"\nemails = [\"wang@example.com\"]\n";

/// A team of two; three customers of Lin's, one of nobody.
fn desk() -> Desk {
    let desk = Desk::new();
    let path = desk.archive.join("crm.toml");
    let before = fs::read_to_string(&path).expect("settings");
    fs::write(&path, before + TEAM).expect("settings");
    for (name, country) in
        [("Müller Maschinenbau GmbH", "DE"), ("Fujita Valves", "JP"), ("Maple Hydraulics", "CA")]
    {
        desk.crm(&["add", name, "--country", country, "owner=lin"]).done();
    }
    desk.crm(&["add", "Nobody's Ltd", "--country", "GB"]).done();
    desk.crm(&["unset", "C4", "owner"]).done();
    desk.crm(&["commit"]).done();
    desk
}

fn at(desk: &Desk, day: &str, me: &str, arguments: &[&str]) -> Answer {
    let mut command = desk.program();
    let author = [("GIT_AUTHOR_EMAIL", me), ("GIT_COMMITTER_EMAIL", me)];
    command.env("CRM_TODAY", day).envs(author).current_dir(&desk.archive).args(arguments);
    answer(&mut command)
}

#[test]
fn all_customers_of_one_go_to_another_in_one_commit_and_both_spans_are_there() {
    wants_git!();
    let desk = desk();
    let before = desk.commits();
    let asked = desk.crm(&["handover", "lin", "wang", "--reason", "Lin looks after Asia"]).exits(1);
    assert!(asked.out.contains("Fujita Valves") && asked.err.contains("--yes"), "{}", asked.all());
    assert_eq!(desk.commits(), before);
    let done = desk.crm(&["handover", "Lin Wei", "wang", "--reason", "Lin looks after Asia", "--yes"]).done();
    assert!(done.err.contains("3 customers handed over: lin to wang"), "{}", done.err);
    assert_eq!(desk.commits(), before + 1);
    for name in ["Müller", "Fujita", "Maple"] {
        let text = desk.text(name);
        assert!(text.contains("owner = \"wang\"\n"), "{text}");
        assert!(text.contains("[[assignments]]\nid = "), "{text}");
        assert!(
            text.contains(&format!("date = {TODAY}\nowner = \"wang\"\nbefore = \"lin\"\nreason = ")),
            "{text}"
        );
    }
    // A page to read for each of them.
    assert_eq!(done.out.matches("Local time").count(), 3, "{}", done.out);
    assert!(!desk.text("Nobody").contains("wang"));
    desk.crm(&["handover", "lin", "wang", "--reason", "x", "--yes"]).exits(3);
    desk.crm(&["handover", "wang", "wang", "--reason", "x", "--yes"]).exits(2);
    let nobody = desk.crm(&["handover", "wang", "nobody", "--reason", "x"]).exits(2);
    assert!(nobody.err.contains("lin"), "{}", nobody.err);
    desk.is_clean_and_sound();
}

#[test]
fn a_new_owner_by_hand_is_noted_with_the_day() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "owner=wang"]).done();
    assert!(desk.text("Müller").contains(&format!("date = {TODAY}\nowner = \"wang\"\nbefore = \"lin\"\n")));
    desk.crm(&["set", "C4", "owner=wang"]).done();
    assert_eq!(desk.text("Nobody").matches("[[assignments]]").count(), 2, "from whom, and to whom");
}

#[test]
fn the_pool_says_who_goes_when_and_why_before_anything_moves() {
    wants_git!();
    let desk = desk();
    desk.crm(&["followup", "log", "C1", "phone", "Asked", "--on", "2026-01-10"]).done();
    desk.crm(&["followup", "log", "C2", "phone", "Asked", "--on", "2026-01-16"]).done();
    desk.crm(&["followup", "log", "C3", "phone", "Asked", "--on", "2025-06-01"]).done();
    desk.crm(&["set", "C3", "keep=yes"]).done();
    let plan = desk.crm(&["pool", "plan", "--format", "json"]).done();
    let moves: serde_json::Value = serde_json::from_str(&plan.out).expect("JSON");
    let said: Vec<_> =
        moves.as_array().expect("a list").iter().map(|m| (m["no"].clone(), m["date"].clone())).collect();
    assert_eq!(said, [("C0001".into(), "2026-03-11".into()), ("C0002".into(), "2026-03-17".into())]);
    assert!(moves[0]["why"].as_str().is_some_and(|why| why.contains("2026-01-10")), "{moves}");
    // The owner is warned.
    assert!(desk.crm(&["remind", "--kind", "pool"]).done().out.contains("Fujita Valves"));
    let before = desk.commits();
    desk.crm(&["pool", "release"]).exits(1);
    assert_eq!(desk.commits(), before);
    desk.crm(&["pool", "release", "--yes"]).done();
    assert_eq!(desk.commits(), before + 1);
    let pool = desk.crm(&["pool", "--format", "json"]).done().out;
    assert!(pool.contains("C0001") && pool.contains("C0004") && !pool.contains("C0002"), "{pool}");
    assert!(desk.text("Müller").contains("before = \"lin\"\nreason = "), "{}", desk.text("Müller"));
    assert!(!desk.text("Müller").contains("\nowner = \"lin\""));
}

#[test]
fn who_had_a_customer_waits_and_nobody_takes_too_many() {
    wants_git!();
    let desk = desk();
    desk.crm(&["unset", "C1", "owner"]).done();
    let waits = desk.crm(&["pool", "claim", "C1"]).exits(1);
    assert!(waits.err.contains("2026-04-10"), "{}", waits.err);
    let wang = "wang@example.com";
    desk.git(&["config", "user.email", wang]);
    at(&desk, TODAY, wang, &["pool", "claim", "C1"]).done();
    assert!(desk.text("Müller").contains("\nowner = \"wang\""));
    let taken = at(&desk, TODAY, wang, &["pool", "claim", "C1"]).exits(1);
    assert!(taken.err.contains("wang has it"), "{}", taken.err);
    let path = desk.archive.join("crm.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let with = |line: &str| text.replace("\n[pool]\n", &format!("\n[pool]\n{line}\n"));
    fs::write(&path, with("claims_a_day = 1")).expect("settings");
    let many = at(&desk, TODAY, wang, &["pool", "claim", "C4"]).exits(1);
    assert!(many.err.contains("today"), "{}", many.err);
    at(&desk, "2026-03-12", wang, &["pool", "claim", "C4"]).done();
    fs::write(&path, with("hold_most = 2")).expect("settings");
    desk.crm(&["unset", "C2", "owner"]).done();
    let full = at(&desk, "2026-03-13", wang, &["pool", "claim", "C2"]).exits(1);
    assert!(full.err.contains("2 customers"), "{}", full.err);
}

#[test]
fn a_brief_has_what_one_reads_before_a_visit_and_no_more() {
    wants_git!();
    let desk = desk();
    desk.crm(&["contact", "add", "C1", "Anna Müller", "title=Buyer", "email=anna@mueller.example"]).done();
    desk.crm(&["contact", "add", "C1", "Old Hand", "until=2025-12-31"]).done();
    for day in 1..=5 {
        desk.crm(&[
            "followup",
            "log",
            "C1",
            "phone",
            &format!("Call {day}"),
            "--on",
            &format!("2026-03-0{day}"),
        ])
        .done();
    }
    desk.crm(&["followup", "plan", "C1", "+3d", "phone", "--goal", "Ask about samples"]).done();
    desk.crm(&["action", "add", "C1", "Send the drawing", "date=2026-03-14", "who=wang"]).done();
    desk.crm(&["action", "add", "C1", "Old promise", "done=2026-02-01"]).done();
    desk.crm(&["review", "add", "C1", "Who decides about price?"]).done();
    desk.crm(&["set", "C1", "need_and_intent=Gear pumps for a new line"]).done();
    let brief = desk.crm(&["followup", "brief", "C1"]).done().out;
    let wanted = [
        "Anna Müller",
        "Call 5",
        "Call 4",
        "Call 3",
        "Ask about samples",
        "Send the drawing",
        "Who decides about price?",
        "Gear pumps for a new line",
        "Germany",
        "Local time",
        "Next holiday",
    ];
    for word in wanted {
        assert!(brief.contains(word), "{word} in\n{brief}");
    }
    for word in ["Old Hand", "Call 2", "Old promise"] {
        assert!(!brief.contains(word), "{word} in\n{brief}");
    }
}

#[test]
fn where_a_day_comes_from_is_said() {
    wants_git!();
    let desk = desk();
    let why = |card: &str| desk.crm(&["followup", "--why", card]).done().out;
    assert!(why("C1").contains("there was no contact yet"));
    desk.crm(&["followup", "log", "C1", "phone", "Asked", "--on", "2026-03-01"]).done();
    assert!(
        why("C1").contains("2026-04-01, by the settings: every month (cadence.prospects)"),
        "{}",
        why("C1")
    );
    desk.crm(&["set", "C1", "contact_every=14d"]).done();
    assert!(why("C1").contains("2026-03-15, by the customer's own rhythm: every 14 days"), "{}", why("C1"));
    desk.crm(&["followup", "plan", "C1", "2026-05-01"]).done();
    assert!(why("C1").contains("2026-05-01, by the plan"), "{}", why("C1"));
    let listed = at(&desk, "2026-06-01", "lin@example.com", &["followup", "--owner", "all"]).done();
    assert_eq!(listed.out.matches("C0001").count(), 1, "{}", listed.out);
}

#[test]
fn a_revision_is_done_when_every_section_is_confirmed() {
    wants_git!();
    let desk = desk();
    desk.crm(&["followup", "log", "C1", "phone", "Asked", "--on", "2025-12-31"]).done();
    let due = |day: &str| at(&desk, day, "lin@example.com", &["remind", "--kind", "revision"]).done().out;
    assert_eq!(due("2026-02-27"), "");
    assert!(due("2026-02-28").contains("Customer") && due("2026-02-28").contains("today"));
    let left = desk.crm(&["revise", "C1"]).done();
    assert!(left.err.contains("card") && left.err.contains("contacts"), "{}", left.err);
    desk.crm(&["revise", "C1", "contacts"]).done();
    assert!(due(TODAY).contains("Customer") && !due(TODAY).contains("Contacts"), "{}", due(TODAY));
    desk.crm(&["followup", "log", "C1", "visit", "Came by"]).done();
    assert!(due(TODAY).contains("Customer"), "a visit moves nothing");
    let done = desk.crm(&["revise", "C1", "Customer"]).done();
    assert!(done.err.contains("every section is confirmed"), "{}", done.err);
    assert_eq!(due(TODAY), "");
    assert!(due("2026-05-11").contains("today"));
    let wrong = desk.crm(&["revise", "C1", "plans"]).exits(2);
    assert!(wrong.err.contains("card, contacts"), "{}", wrong.err);
}

#[test]
fn a_person_in_charge_who_is_replaced_stays_on_the_card() {
    wants_git!();
    let desk = desk();
    desk.crm(&["contact", "add", "C1", "Anna Müller", "main=yes"]).done();
    desk.crm(&["contact", "add", "C1", "Karl Brandt", "title=Buyer", "--replaces", "Anna"]).done();
    let text = desk.text("Müller");
    let (old, new) = text.split_once("name = \"Karl Brandt\"").expect("both are there");
    assert!(
        old.contains("name = \"Anna Müller\"\n") && old.contains(&format!("until = {TODAY}\n")),
        "{text}"
    );
    assert!(!old.contains("main = true") && new.contains("main = true"), "{text}");
    assert!(
        new.contains("kind = \"person_in_charge\"") && new.contains("Anna Müller → Karl Brandt"),
        "{text}"
    );
    desk.crm(&["contact", "add", "C1", "X", "--replaces", "Nobody"]).exits(3);
    desk.crm(&["development", "add", "C1", "market", "note=Prices fall"]).done();
    assert!(desk.crm(&["development", "list", "C1"]).done().out.contains("Prices fall"));
    desk.crm(&["development", "add", "C1", "weather"]).exits(2);
    desk.is_clean_and_sound();
}

#[test]
fn what_was_done_since_the_last_report_is_listed_without_end() {
    wants_git!();
    let desk = desk();
    let me = "lin@example.com";
    at(&desk, "2026-03-07", me, &["followup", "log", "C1", "phone", "Before the report"]).done();
    at(&desk, "2026-03-08", me, &["remind", "done", "weekly_report"]).done();
    for call in 1..=9 {
        at(&desk, "2026-03-10", me, &["followup", "log", "C2", "phone", &format!("Call {call}")]).done();
    }
    let report = desk.crm(&["followup", "report"]).done().out;
    assert_eq!(report.matches("Call ").count(), 9, "{report}");
    assert!(!report.contains("Before the report"), "{report}");
    let all = desk.crm(&["followup", "report", "--from", "2026-03-01", "--format", "csv"]).done().out;
    assert_eq!(all.lines().count(), 11, "{all}");
    assert_eq!(desk.crm(&["followup", "report", "--owner", "wang"]).done().out, "");
}

#[test]
fn a_letter_is_filled_from_the_card_and_an_unknown_placeholder_is_named() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "address=Hauptstraße 5 & 6"]).done();
    desk.crm(&["contact", "add", "C1", "Anna Müller", "main=yes"]).done();
    let letter = desk.home().join("letter.txt");
    fs::write(&letter, "{{today}}\nDear {{contact}}, {{name}}, {{address}}, {{country}}, {{city}}\n{{me}}\n")
        .expect("a file");
    let filled = desk.crm(&["fill", "C1", "../letter.txt"]).done();
    let wanted = format!(
        "{TODAY}\nDear Anna Müller, Müller Maschinenbau GmbH, Hauptstraße 5 & 6, Germany, \nLin Wei\n"
    );
    assert_eq!(filled.out, wanted);
    assert!(filled.err.contains("city"), "{}", filled.err);
    fs::write(desk.home().join("page.html"), "<p>{{address}}</p>").expect("a file");
    desk.crm(&["fill", "C1", "../page.html", "--out", "offer.html"]).done();
    let page = fs::read_to_string(desk.archive.join("offer.html")).expect("a page");
    assert_eq!(page, "<p>Hauptstraße 5 &amp; 6</p>");
    fs::write(&letter, "{{adress}} {{nope}}").expect("a file");
    let unknown = desk.crm(&["fill", "C1", "../letter.txt", "--out", "none.txt"]).exits(1);
    assert!(unknown.err.contains("adress") && unknown.err.contains("address"), "{}", unknown.err);
    assert!(!desk.archive.join("none.txt").exists());
}

#[test]
fn who_goes_along_on_a_plan_and_gets_it_is_no_companion_any_more() {
    wants_git!();
    let desk = desk();
    let lin = "lin@example.com";
    at(&desk, TODAY, lin, &["followup", "plan", "C1", "+3d", "visit", "--with", "wang"]).done();
    assert!(desk.text("Müller").contains("companions = [\"wang\"]"));
    desk.crm(&["handover", "lin", "wang", "--reason", "x", "--yes"]).done();
    let text = desk.text("Müller");
    assert!(!text.contains("companions") && text.contains("by = \"wang\""), "{text}");
}

#[test]
fn a_handover_past_a_card_that_cannot_be_read_says_so() {
    wants_git!();
    let desk = desk();
    let card = desk.card("Fujita");
    let broken = std::fs::read_to_string(&card).expect("a card") + "\n[[followups\n";
    std::fs::write(&card, broken).expect("a card");
    let done = desk.crm(&["handover", "lin", "wang", "--reason", "x", "--yes"]).exits(5);
    assert!(done.err.contains("2 customers handed over"), "{}", done.err);
}

#[test]
fn the_work_that_is_planned_goes_along_and_what_others_do_stays_theirs() {
    wants_git!();
    let desk = desk();
    let lin = "lin@example.com";
    at(&desk, TODAY, lin, &["followup", "plan", "C1", "+3d", "phone", "--goal", "Mine"]).done();
    at(&desk, TODAY, lin, &["followup", "plan", "C1", "+4d", "--goal", "Mine too"]).done();
    at(&desk, TODAY, lin, &["action", "add", "C1", "Send the drawing", "date=+5d", "who=lin"]).done();
    at(&desk, TODAY, lin, &["action", "add", "C1", "Was done", "done=2026-03-01", "who=lin"]).done();
    at(&desk, TODAY, lin, &["followup", "log", "C1", "phone", "Talked"]).done();
    desk.crm(&["handover", "lin", "wang", "--reason", "Lin looks after Asia", "--yes"]).done();
    let duties = |member: &str| {
        let words = ["remind", "--days", "10", "--kind", "plan,action", "--owner", member];
        at(&desk, TODAY, lin, &words).done().out
    };
    for work in ["Mine", "Mine too", "Send the drawing"] {
        assert!(duties("wang").contains(work), "{work}: {}", duties("wang"));
    }
    assert_eq!(duties("lin"), "", "nothing waits for who went");
    let text = desk.text("Müller");
    let done = text.split("what = \"Was done\"").nth(1).expect("an action");
    assert!(done.contains("who = \"lin\"") || text.contains("done = 2026-03-01\nwho = \"lin\""), "{text}");
    let said = text.split("[[followups]]").nth(1).expect("a contact").split("[[").next().expect("a part");
    assert!(!said.contains("wang"), "who said it stays who said it: {said}");
}

/// A file of an office program with these files in it.
fn office_file(desk: &Desk, name: &str, parts: &[(&str, &str)]) {
    let file = fs::File::create(desk.home().join(name)).expect("a file");
    let mut zip = zip::ZipWriter::new(file);
    for (part, text) in parts {
        zip.start_file(*part, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a file");
}

fn part_of(desk: &Desk, name: &str, part: &str) -> String {
    let file = fs::File::open(desk.archive.join(name)).expect("a file");
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    zip.by_name(part).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn letters_and_sheets_of_office_programs_are_filled_however_the_text_is_cut() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C1", "address=Hauptstraße 5 & 6\nBerlin"]).done();
    let letter = "<w:p><w:r><w:t>To {{na</w:t></w:r><w:r><w:t>me}}, {{address}}</w:t></w:r></w:p>";
    let parts =
        [("word/document.xml", letter), ("word/styles.xml", "<x>{{keep}}</x>"), ("docProps/a.xml", "{{a}}")];
    office_file(&desk, "offer.docx", &parts);
    desk.crm(&["fill", "C1", "../offer.docx", "--out", "offer.docx"]).done();
    let filled = part_of(&desk, "offer.docx", "word/document.xml");
    assert_eq!(
        filled,
        "<w:p><w:r><w:t>To Müller Maschinenbau GmbH</w:t></w:r><w:r><w:t>, Hauptstraße 5 &amp; 6</w:t><w:br/>\
         <w:t xml:space=\"preserve\">Berlin</w:t></w:r></w:p>"
    );
    assert_eq!(part_of(&desk, "offer.docx", "word/styles.xml"), "<x>{{keep}}</x>");
    let sheet = "<sst><si><t>客户：{{客户名称}}</t></si><si><t>{{今天}}</t></si></sst>";
    office_file(&desk, "offer.xlsx", &[("xl/sharedStrings.xml", sheet)]);
    desk.crm(&["fill", "C1", "../offer.xlsx", "--out", "offer.xlsx"]).done();
    let filled = part_of(&desk, "offer.xlsx", "xl/sharedStrings.xml");
    let wanted = format!("<sst><si><t>客户：Müller Maschinenbau GmbH</t></si><si><t>{TODAY}</t></si></sst>");
    assert_eq!(filled, wanted);
    office_file(&desk, "nope.docx", &[("word/header1.xml", "<w:p><w:t>{{nope}}</w:t></w:p>")]);
    let unknown = desk.crm(&["fill", "C1", "../nope.docx", "--out", "none.docx"]).exits(1);
    assert!(unknown.err.contains("‘nope’"), "{}", unknown.err);
    fs::write(desk.home().join("text.docx"), "Dear {{name}}").expect("a file");
    desk.crm(&["fill", "C1", "../text.docx", "--out", "none.docx"]).exits(2);
    assert!(!desk.archive.join("none.docx").exists());
    let nowhere = desk.crm(&["fill", "C1", "../offer.docx"]).exits(2);
    assert!(nowhere.out.is_empty() && nowhere.err.contains("--out"), "{}", nowhere.all());
}

#[test]
fn a_template_is_tried_out_without_writing_it() {
    wants_git!();
    let desk = desk();
    fs::write(desk.home().join("page.html"), "<p title='{{address}}'>{{name}}</p>").expect("a file");
    desk.crm(&["set", "C1", "address=O'Neill's Yard 5"]).done();
    desk.crm(&["fill", "C1", "../page.html", "--out", "offer.html", "-n"]).done();
    assert!(!desk.archive.join("offer.html").exists());
    desk.crm(&["fill", "C1", "../page.html", "--out", "offer.html"]).done();
    let page = fs::read_to_string(desk.archive.join("offer.html")).expect("a page");
    assert!(page.contains("title='O&#39;Neill&#39;s Yard 5'"), "{page}");
}

#[test]
fn who_is_no_longer_in_charge_is_not_written_to() {
    wants_git!();
    let desk = desk();
    desk.crm(&["contact", "add", "C1", "Anna Müller", "main=yes", "until=2026-01-31"]).done();
    desk.crm(&["contact", "add", "C1", "Karl Brandt", "main=no"]).done();
    fs::write(desk.home().join("letter.txt"), "Dear {{contact}}").expect("a file");
    assert_eq!(desk.crm(&["fill", "C1", "../letter.txt"]).done().out, "Dear Karl Brandt");
}

#[test]
fn a_days_length_is_a_year_of_four_digits_and_a_look_ahead_of_ten_years() {
    wants_git!();
    let desk = desk();
    let far = desk.crm(&["followup", "plan", "C1", "99999-01-01"]).exits(2);
    assert!(far.err.contains("99999"), "{}", far.err);
    desk.crm(&["followup", "--days", "4000000000"]).exits(2);
    desk.crm(&["remind", "--days", "3661"]).exits(2);
    desk.crm(&["remind", "--days", "3660"]).done();
    // A day before today is a day, not an option.
    desk.crm(&["followup", "log", "C1", "phone", "Asked", "--on", "-3d"]).done();
    assert!(desk.text("Müller").contains("date = 2026-03-08\n"), "{}", desk.text("Müller"));
}

#[test]
fn what_has_its_own_place_on_the_line_is_not_given_twice() {
    wants_git!();
    let desk = desk();
    for (word, place) in
        [("date=2026-03-01", "--on"), ("how=email", "CARD"), ("topic=Other", "HOW"), ("contact=x", "--with")]
    {
        let refused = desk.crm(&["followup", "log", "C1", "phone", "Asked", word]).exits(2);
        assert!(refused.err.contains(place), "{}", refused.err);
    }
    desk.crm(&["followup", "log", "C1", "phone", "Asked", "entered_at=2026-01-01T10:00:00"]).exits(2);
    assert!(!desk.text("Müller").contains("[[followups]]"));
}

#[test]
fn sections_are_confirmed_once_each_in_the_order_of_the_card() {
    wants_git!();
    let desk = desk();
    desk.crm(&["revise", "C1", "contacts", "Contacts", "contacts"]).done();
    assert!(desk.text("Müller").contains("confirmed = [\"contacts\"]\n"), "{}", desk.text("Müller"));
}

#[test]
fn a_companys_reports_that_cannot_be_read_are_named_and_hide_nothing_else() {
    wants_git!();
    let desk = desk();
    let lin = "lin@example.com";
    at(&desk, "2026-03-08", lin, &["remind", "done", "weekly_report"]).done();
    at(&desk, TODAY, lin, &["followup", "plan", "C1", TODAY, "--goal", "Ask about samples"]).done();
    desk.write("books/reports.toml", "[[reports]\n");
    let told = at(&desk, TODAY, lin, &["remind"]);
    assert!(told.out.contains("Ask about samples"), "{}", told.all());
    assert!(told.err.contains("reports.toml"), "{}", told.err);
}
