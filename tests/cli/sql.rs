//! `crm sql`, the facts and what explains them: what is answered, what is refused, and that an answer
//! does not depend on when the index was built.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crm::index::open_tables;
use crm::rules::facts::{self, Empty};
use serde_json::Value;

use crate::desk::{Desk, TODAY, answer};

/// A desk whose customers differ in all that facts are made of.
fn desk() -> Desk {
    let desk = Desk::new();
    let card = |folder: &str, text: &str| desk.write(&format!("{folder}/card.toml"), text);
    card(
        "customers/DE-Germany/Kieler Pumpen",
        "name = \"Kieler Pumpen\"\nowner = \"lin\"\naddress = \"Kai 1\"\nphone = \"+49 1\"\ntags = [\"fair\", \"pumps\"]\n\
         sincerity = 90\ncity = \"Kiel\"\npayment_method = \"tt\"\n\
         [[contacts]]\nid = \"aaaaa1\"\nname = \"Anna\"\nmain = true\n[[contacts.channels]]\nid = \"bbbbb1\"\nkind = \"email\"\nvalue = \"anna@kieler.example\"\n\
         [[followups]]\nid = \"ccccc1\"\ndate = 2025-12-01\nhow = \"door_visit\"\ntopic = \"Fair\"\n\
         [[followups]]\nid = \"ccccc2\"\ndate = 2026-03-01\nhow = \"web_chat\"\ntopic = \"Asked\"\nsettles = \"ddddd1\"\n\
         [[plans]]\nid = \"ddddd1\"\ndate = 2026-03-01\n[[plans]]\nid = \"ddddd2\"\ndate = 2026-03-05\n[[plans]]\nid = \"ddddd3\"\ndate = 2026-04-01\n",
    );
    card(
        "prospects/CN-China/启明五金",
        "name = \"启明五金\"\nkind = \"person\"\nowner = \"lin\"\naddress = \" \"\n\
         [[contacts]]\nid = \"aaaaa2\"\nname = \"陈\"\n[[contacts.channels]]\nid = \"bbbbb2\"\nkind = \"mobile\"\nvalue = \"138\"\n\
         [[followups]]\nid = \"ccccc3\"\ndate = 2026-03-20\nhow = \"invited_visit\"\ntopic = \"以后\"\n\
         [[followups]]\nid = \"ccccc4\"\ndate = 2026-02-20\nhow = \"door_visit\"\ntopic = \"登门\"\n\
         [[plans]]\nid = \"ddddd4\"\ndate = 2026-03-12\ndropped = 2026-03-01\n",
    );
    card("closed/FR-France/Atelier", "name = \"Atelier\"\nemail = \"a@atelier.example\"\n");
    card("prospects/ZZ-Unknown/Nobody", "name = \"Nobody\"\n");
    desk.crm(&["commit"]).done();
    desk
}

fn ask(desk: &Desk, query: &str) -> Vec<Value> {
    serde_json::from_str(&desk.crm(&["sql", query, "--format", "json"]).done().out).expect(query)
}

#[test]
fn a_query_answers_over_facts_and_sections() {
    wants_git!();
    let desk = desk();
    let rows = ask(
        &desk,
        "SELECT f.name, k.name, h.value, h.customer = f.id AS same FROM facts f JOIN contacts k USING (card) \
         JOIN channels h ON h.card = k.card AND h.parent = k.id WHERE f.country = 'DE'",
    );
    let expected = serde_json::json!([{ "name": "Kieler Pumpen", "name_2": "Anna", "value": "anna@kieler.example", "same": 1 }]);
    assert_eq!(Value::from(rows), expected);
    let groups = ask(
        &desk,
        "SELECT stage, count(*) AS n, avg(followups) AS mean FROM facts GROUP BY stage ORDER BY stage",
    );
    assert_eq!(groups[2], serde_json::json!({ "stage": "prospect", "n": 2, "mean": 1.0 }));
    let items = ask(&desk, "SELECT j.value AS tag FROM facts, json_each(facts.tags) j ORDER BY 1");
    assert_eq!(items[0]["tag"], "fair");
    let counted = ask(
        &desk,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) SELECT count(*) AS n FROM n",
    );
    assert_eq!(counted[0]["n"], 9);
    let csv = desk.crm(&[
        "sql",
        "SELECT name, overdue_days FROM facts WHERE overdue_days IS NULL ORDER BY name;",
        "--format",
        "csv",
    ]);
    assert_eq!(csv.done().out, "name,overdue_days\nAtelier,\nNobody,\n启明五金,\n");
    let lists = ["contacts", "channels", "followups", "plans", "customers"];
    for (table, count) in lists.into_iter().zip([2, 2, 4, 4, 4]) {
        assert_eq!(ask(&desk, &format!("SELECT count(*) AS n FROM {table}"))[0]["n"], count, "{table}");
    }
    let open = ask(&desk, "SELECT count(*) AS n FROM dates WHERE source = 'plan'");
    assert_eq!(open[0]["n"], 2, "open plans");
}

#[test]
fn a_query_is_read_from_the_input_too() {
    wants_git!();
    let desk = desk();
    let mut command = desk.program();
    command.current_dir(&desk.archive).args(["sql", "-", "--format", "jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("crm");
    let query = "-- all of them\nSELECT count(*) AS n\nFROM facts;\n";
    child.stdin.take().expect("stdin").write_all(query.as_bytes()).expect("the query");
    let output = child.wait_with_output().expect("crm ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"n\":4}\n");
}

#[test]
fn text_of_a_card_is_shown_harmless() {
    wants_git!();
    let desk = desk();
    desk.write("prospects/FR-France/Evil/card.toml", "name = \"Evil \\u001b[2J=1\"\nremark = \"=1+1\"\n");
    let shown =
        desk.crm(&["sql", "SELECT name FROM facts WHERE country = 'FR' AND stage = 'prospect'"]).done();
    assert!(!shown.out.contains('\u{1b}') && shown.out.contains("Evil"), "{}", shown.out);
    let csv = desk.crm(&["sql", "SELECT remark FROM customers WHERE remark <> ''", "--format", "csv"]).done();
    assert_eq!(csv.out, "remark\n'=1+1\n");
}

#[test]
fn whatever_does_more_than_look_is_refused_and_nothing_is_written() {
    wants_git!();
    let desk = desk();
    ask(&desk, "SELECT 1");
    let before = everything_below(&desk.archive);
    for (query, said) in [
        ("ATTACH 'x' AS y", "begins with SELECT"),
        ("PRAGMA user_version = 3", "begins with SELECT"),
        ("INSERT INTO facts VALUES (1)", "begins with SELECT"),
        ("VACUUM INTO 'x'", "begins with SELECT"),
        ("WITH a AS (SELECT 1) DELETE FROM facts", "cannot be used"),
        ("SELECT 1; DROP TABLE customers", "one query at a time"),
        ("SELECT load_extension('x')", "load_extension() cannot be used"),
        ("SELECT writefile('x', 'y')", "no function is called ‘writefile’"),
        ("SELECT readfile('card.toml')", "no function is called ‘readfile’"),
        ("SELECT random()", "random() cannot be used"),
        ("SELECT randomblob(9)", "randomblob() cannot be used"),
        ("SELECT zeroblob(999999999)", "zeroblob() cannot be used"),
        ("SELECT name FROM facts WHERE \"amout\" > 3", "no column is called ‘amout’"),
        ("SELECT CURRENT_DATE", "the clock is not read"),
        ("SELECT date('now')", "the clock is not read"),
        ("SELECT date('no' || 'w')", "the clock is not read"),
        ("SELECT * FROM sqlite_schema", "no table is called"),
        ("SELECT * FROM pragma_table_info('facts')", "no table is called"),
        ("SELECT count(*) FROM meta", "no table is called ‘meta’"),
        ("SELECT lookup FROM main.customers", "no table is called ‘main.customers’"),
        ("WITH facts AS (SELECT lookup FROM main.customers) SELECT * FROM facts", "no table is called"),
        ("SELECT * FROM ours_facts", "no table is called"),
        ("", "nothing is asked"),
    ] {
        let refused = desk.crm(&["sql", query]).exits(2);
        assert!(refused.err.contains(said) && refused.out.is_empty(), "{query}: {}", refused.all());
    }
    assert_eq!(everything_below(&desk.archive), before);
    desk.is_clean_and_sound();
}

/// Every file of an archive but those of git and the index.
fn everything_below(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()) {
        if entry.is_dir() && !entry.ends_with(".git") {
            found.extend(everything_below(&entry));
        } else {
            found.insert(entry.display().to_string());
        }
    }
    found
}

#[test]
fn a_query_without_end_and_one_that_fills_the_memory_are_stopped() {
    wants_git!();
    let desk = desk();
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    for (query, said) in [
        (format!("{endless} SELECT count(*) FROM n"), "too many steps"),
        (format!("{endless} SELECT i FROM n"), "too m"),
        ("SELECT printf('%999999999d', 1)".to_owned(), "too large"),
        (
            "WITH RECURSIVE n(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM n) SELECT length(t) FROM n"
                .to_owned(),
            "too large",
        ),
        (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
             SELECT group_concat(printf('%900d', i)) FROM n"
                .to_owned(),
            "too ",
        ),
        (
            "WITH RECURSIVE n(i, t) AS (SELECT 1, '' UNION ALL SELECT i + 1, printf('%900000d', i) FROM n) \
             SELECT i FROM n ORDER BY t DESC"
                .to_owned(),
            "too m",
        ),
    ] {
        let stopped = desk.crm(&["sql", &query]).exits(2);
        // A machine that is busy may come to the limit of time before it comes to the other one.
        let is_stopped = stopped.err.contains(said) || stopped.err.contains("takes too long");
        assert!(is_stopped && stopped.out.is_empty(), "{query}: {}", stopped.all());
    }
    // The next question is answered as before.
    assert_eq!(ask(&desk, "SELECT count(*) AS n FROM facts")[0]["n"], 4);
}

#[test]
fn what_is_wrong_is_shown_at_its_place_with_the_near_name() {
    wants_git!();
    let desk = desk();
    let column = desk.crm(&["sql", "SELECT name\nFROM facts WHERE 城 = 1 AND nmae = 'x'"]).exits(2);
    assert!(
        column.err.contains("  FROM facts WHERE 城 = 1 AND nmae = 'x'\n                   ^\n"),
        "{}",
        column.err
    );
    let near = desk.crm(&["sql", "SELECT dais_silent FROM facts"]).exits(2);
    let expected = "error: no column is called ‘dais_silent’\n  SELECT dais_silent FROM facts\n         ^\nhint: did you mean days_silent?\n";
    assert_eq!(near.err, expected);
    for (lang, said, hint) in [
        ("en", "no table is called ‘fact’", "did you mean facts?"),
        ("zh-CN", "没有名为“fact”的表", "是不是 facts？"),
        ("zh-TW", "沒有名為「fact」的資料表", "是不是 facts？"),
    ] {
        let table = desk.crm(&["sql", "SELECT * FROM fact", "--lang", lang]).exits(2);
        assert!(table.err.contains(said) && table.err.contains(hint), "{}", table.err);
    }
    let json = desk.crm(&["sql", "SELECT id FROM facts, contacts", "--format", "json"]).exits(2);
    let object: Value = serde_json::from_str(&json.err).expect("an object");
    assert_eq!((object["kind"].as_str(), object["code"].as_str()), (Some("usage"), Some("query")));
}

#[test]
fn an_index_of_another_day_answers_like_a_fresh_one() {
    wants_git!();
    let desk = desk();
    let on = |day: &str| {
        desk.crm(&["sql", "SELECT * FROM facts ORDER BY folder", "--today", day, "--format", "json"])
            .done()
            .out
    };
    let early = on(TODAY);
    let later = on("2027-01-01");
    assert_ne!(early, later);
    fs::remove_dir_all(desk.archive.join(".git/crm")).expect("the index");
    assert_eq!(on("2027-01-01"), later);
    assert_eq!(on(TODAY), early);
}

#[test]
fn what_depends_on_settings_follows_them_without_a_new_index() {
    wants_git!();
    let desk = desk();
    let german = "SELECT visits_without_result AS v, is_domestic AS d, completeness AS c FROM facts WHERE country = 'DE'";
    assert_eq!(ask(&desk, german)[0], serde_json::json!({ "v": 1, "d": 0, "c": 54 }));
    let settings = desk.archive.join("crm.toml");
    let text = "format = 1\n[archive]\nhome = \"DE\"\n[followup]\nvisit_modes = [\"web_chat\", \"door_visit\"]\n\
                [check.mandatory]\nenterprise = [\"name\", \"city\"]\ncustomer = []\n[fields.port]\nrequired = true\n";
    fs::write(&settings, text).expect("settings");
    assert_eq!(ask(&desk, german)[0], serde_json::json!({ "v": 2, "d": 1, "c": 66 }));
    fs::write(&settings, text.replace("\"web_chat\", ", "\"telepathy\", ")).expect("settings");
    let refused = desk.crm(&["sql", german]).exits(2);
    assert!(refused.err.contains("followup.visit_modes"), "{}", refused.err);
}

#[test]
fn facts_are_what_an_independent_program_counts() {
    wants_git!();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/facts.py");
    if !Command::new("python3").args(["-c", "import tomllib"]).output().is_ok_and(|o| o.status.success()) {
        println!("left out: there is no python3 with tomllib");
        return;
    }
    let desk = desk();
    for day in [TODAY, "2026-03-05", "2027-02-28"] {
        let mut command = desk.command("python3");
        let counted = answer(command.arg("-X").arg("utf8").arg(&script).arg(&desk.archive).arg(day)).done();
        let counted: Vec<Value> =
            counted.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        let columns: Vec<String> = counted[0].as_object().expect("facts").keys().cloned().collect();
        for fact in facts::every() {
            assert!(columns.iter().any(|key| key == fact.key), "{} is not counted", fact.key);
        }
        let query = format!("SELECT {} FROM facts ORDER BY folder", columns.join(", "));
        let ours = desk.crm(&["sql", &query, "--today", day, "--format", "json"]).done().out;
        let ours: Vec<Value> = serde_json::from_str(&ours).expect("rows");
        assert_eq!(ours, counted, "on {day}");
    }
}

#[test]
fn a_column_that_is_never_empty_is_never_empty() {
    wants_git!();
    let desk = desk();
    // What a person's hand leaves half done.
    desk.write(
        "prospects/DE-Germany/Half/card.toml",
        "name = \"Half\"\n[[followups]]\ntopic = \"x\"\n[[plans]]\ngoal = \"y\"\n[[contacts]]\n",
    );
    desk.write("prospects/DE-Germany/Bare/card.toml", "remark = \"no name\"\n");
    for table in open_tables() {
        for column in table.columns.iter().filter(|column| column.empty == Empty::Never) {
            let query = format!("SELECT count(*) AS n FROM {} WHERE {} IS NULL", table.name, column.key);
            let answer = desk.crm(&["sql", &query, "--format", "csv", "-q"]);
            assert_eq!(answer.out, "n\n0\n", "{}.{}", table.name, column.key);
        }
    }
}

#[test]
fn every_column_is_explained_in_every_language() {
    wants_git!();
    let desk = Desk::new();
    for (lang, never) in [("en", "Never."), ("zh-CN", "不会为空。"), ("zh-TW", "不會空白。")] {
        let out = desk.crm(&["fields", "--sql", "--format", "json", "--lang", lang]).done().out;
        let tables: Value = serde_json::from_str(&out).expect("tables");
        for table in open_tables() {
            let rows = tables[table.name].as_array().expect(table.name);
            assert_eq!(rows.len(), table.columns.len(), "{}", table.name);
            for (row, column) in rows.iter().zip(&table.columns) {
                assert_eq!(row["column"], column.key);
                let said = ["label", "type", "help", "empty"]
                    .iter()
                    .all(|key| row[key].as_str().is_some_and(|t| !t.is_empty()));
                assert!(said, "{}.{}: {row}", table.name, column.key);
                assert_eq!(row["empty"] == never, column.empty == Empty::Never, "{row}");
            }
        }
        for fact in facts::every() {
            assert!(out.contains(&format!("\"column\": \"{}\"", fact.key)), "{}", fact.key);
        }
    }
    let one = desk.crm(&["fields", "--sql", "days_silent"]).done();
    assert!(one.out.contains("days_silent") && !one.out.contains("completeness"), "{}", one.out);
    let near = desk.crm(&["fields", "--sql", "dais_silent"]).exits(3);
    assert!(near.err.contains("did you mean days_silent?"), "{}", near.err);
}

#[test]
fn facts_stand_in_conditions_columns_sorting_and_the_card() {
    wants_git!();
    let desk = desk();
    let listed = desk.crm(&[
        "list",
        "--where",
        "days_silent >= 0 AND has_phone",
        "--columns",
        "name,days_silent,has_next_step",
        "--sort",
        "-days_silent",
        "--format",
        "csv",
    ]);
    assert_eq!(
        listed.done().out,
        "Name,Days silent,Next step planned\nKieler Pumpen,10,yes\n启明五金,0,no\n"
    );
    let tested = desk.crm(&["list", "is_domestic=yes", "--columns", "name", "--format", "csv"]).done();
    assert_eq!(tested.out, "Name\n启明五金\n");
    let shown = desk.crm(&["show", "Kieler", "--format", "json"]).done().out;
    let shown: Value = serde_json::from_str(&shown).expect("a card");
    for (key, value) in [("days_silent", 10), ("completeness", 54), ("overdue_days", 6)] {
        assert_eq!(shown["computed"][key], value, "{key}");
    }
    assert_eq!(shown["computed"]["is_domestic"], false);
}

#[test]
fn the_daily_list_and_the_check_take_a_condition() {
    wants_git!();
    let desk = desk();
    let due = |words: &[&str]| {
        desk.crm(&[&["followup", "--owner", "all", "--format", "csv"], words].concat()).done()
    };
    assert_eq!(due(&["--where", "country = 'DE'"]).out.lines().count(), 2);
    assert_eq!(due(&["--where", "country = 'FR'"]).out.lines().count(), 1, "the heads only");
    let checked = desk.crm(&["check", "--where", "stage = 'closed'", "--format", "json"]).all();
    assert!(checked.contains("Atelier") && !checked.contains("Nobody"), "{checked}");
    desk.crm(&["check", "--where", "contry = 'DE'"]).exits(2);
}
