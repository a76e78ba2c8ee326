//! For scripts and sheets: JSON with stable keys, one object a line, errors as an object, and CSV
//! that no spreadsheet runs.

use serde_json::{Value, json};

use crate::desk::{Answer, Desk, TODAY};

/// A desk with one customer of whom much is known and one of whom little is.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.crm(&[
        "add",
        "Müller Maschinenbau GmbH",
        "--country",
        "DE",
        "--contact",
        "Anna Müller <anna@mueller.example>",
        "city=Hamm",
        "tags=hydraulics, pumps",
        "sincerity=80",
        "custom.port=Hamburg",
    ])
    .done();
    desk.crm(&["followup", "log", "C0001", "phone", "Asked for a price", "--next", "2026-03-18"]).done();
    desk.crm(&["add", "Lakeside Valves"]).done();
    desk
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.out).unwrap_or_else(|e| panic!("{e}: {}", answer.out))
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn a_list_is_an_array_of_objects_with_the_columns_keys() {
    wants_git!();
    let desk = desk();
    let list = json_of(&desk.crm(&["list", "--format", "json"]).done());
    for (key, value) in [
        ("no", "C0001"),
        ("name", "Müller Maschinenbau GmbH"),
        ("country", "DE"),
        ("stage", "prospect"),
        ("owner", "Lin Wei"),
        ("last_followup", TODAY),
        ("next_followup", "2026-03-18"),
    ] {
        assert_eq!(list[0][key], value, "{key}");
    }
    assert_eq!(keys(&list[0]), keys(&list[1]), "a value that is not there is null");
    assert_eq!(list[1]["next_followup"], Value::Null);
    let columns = "id,no,tags,sincerity,custom.port,folder,stage";
    let wide = json_of(&desk.crm(&["list", "--format", "json", "--columns", columns]).done());
    assert_eq!(keys(&wide[0]).join(","), columns);
    assert_eq!(wide[0]["tags"], json!(["hydraulics", "pumps"]));
    assert_eq!(wide[0]["sincerity"], json!(80), "a number is a number");
    assert_eq!(wide[0]["custom.port"], "Hamburg");
}

#[test]
fn keys_and_tokens_are_the_same_in_every_language() {
    wants_git!();
    let desk = desk();
    for command in [
        &["list"][..],
        &["show", "C0001"],
        &["followup", "--days", "9"],
        &["followup", "list", "C0001"],
        &["contact", "list", "C0001"],
        &["history"],
    ] {
        let ask = |lang| {
            let words: Vec<&str> = [&["--lang", lang, "--format", "json"], command].concat();
            desk.crm(&words).done().out
        };
        assert_eq!(ask("en"), ask("zh-CN"), "{command:?}");
    }
}

#[test]
fn show_gives_the_card_its_sections_and_what_is_computed() {
    wants_git!();
    let desk = desk();
    let card = json_of(&desk.crm(&["show", "C0001", "--format", "json"]).done());
    for key in ["id", "no", "name", "owner", "city", "tags", "contacts", "followups", "plans", "computed"] {
        assert!(card.get(key).is_some(), "{key} is not in {:?}", keys(&card));
    }
    assert_eq!(card["custom"], json!({ "port": "Hamburg" }));
    assert_eq!(card["contacts"][0]["main"], json!(true));
    assert_eq!(card["contacts"][0]["channels"][0]["value"], "anna@mueller.example");
    assert_eq!(card["followups"][0]["how"], "phone", "a token, not a label");
    let expected = json!({
        "stage": "prospect", "country": "DE", "folder": "prospects/DE-Germany/Müller Maschinenbau GmbH",
        "followups": 1, "first_followup": TODAY, "last_followup": TODAY, "next_followup": "2026-03-18",
    });
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(card["computed"][key], *value, "{key}");
    }
    for fact in crm::rules::facts::every() {
        assert!(card["computed"].get(fact.key).is_some(), "{}", fact.key);
    }
    assert!(card.get("stage").is_none(), "what is computed is not among the card's own keys");
}

#[test]
fn the_daily_list_is_an_array_also_when_nobody_is_due() {
    wants_git!();
    let desk = desk();
    assert_eq!(json_of(&desk.crm(&["followup", "--format", "json"]).done()), json!([]));
    let due = json_of(&desk.crm(&["followup", "--days", "7", "--format", "json"]).done());
    assert_eq!(due[0]["no"], "C0001");
    assert_eq!(due[0]["date"], "2026-03-18");
    let none = desk.crm(&["list", "--country", "FR", "--format", "json"]).done();
    assert_eq!(json_of(&none), json!([]));
}

#[test]
fn json_lines_are_one_object_a_line() {
    wants_git!();
    let desk = desk();
    for command in [&["list"][..], &["followup", "--days", "9"], &["history"], &["show", "C0001"]] {
        let words: Vec<&str> = [command, &["--format", "jsonl"]].concat();
        let lines = desk.crm(&words).done().out;
        assert!(!lines.is_empty());
        for line in lines.lines() {
            assert!(serde_json::from_str::<Value>(line).expect("JSON").is_object(), "{command:?}: {line}");
        }
    }
    assert_eq!(desk.crm(&["list", "--format", "jsonl"]).done().out.lines().count(), 2);
    assert_eq!(desk.crm(&["list", "--country", "FR", "--format", "jsonl"]).done().out, "");
}

#[test]
fn an_error_is_one_object_on_stderr() {
    wants_git!();
    let desk = desk();
    for (arguments, code, kind, name) in [
        (&["show", "Nobody"][..], 3, "not_found", "no_such_card"),
        (&["show", "e"], 3, "not_found", "several_cards"),
        (&["set", "C0001", "email=x"], 2, "usage", "bad_value"),
        (&["set", "C0001", "no=C0009"], 1, "refused", "number_is_kept"),
        (&["get", "C0001", "fax"], 3, "not_found", "nothing_there"),
        (&["move", "C0001", "--country", "Grmany"], 2, "usage", "no_such_country"),
        (&["list", "--bogus"], 2, "usage", "usage"),
        (&["bogus"], 2, "usage", "usage"),
        (&["show"], 2, "usage", "usage"),
    ] {
        for format in ["json", "jsonl"] {
            let words: Vec<&str> = [&["--format", format], arguments].concat();
            let answer = desk.crm(&words).exits(code);
            assert_eq!(answer.out, "", "{arguments:?}");
            assert_eq!(answer.err.lines().count(), 1, "{arguments:?}: {}", answer.err);
            let error: Value = serde_json::from_str(&answer.err).expect("JSON");
            assert_eq!((&error["kind"], &error["code"]), (&json!(kind), &json!(name)), "{arguments:?}");
            assert!(error["message"].as_str().is_some_and(|m| !m.is_empty()), "{error}");
            assert!(error["hints"].is_array(), "{error}");
        }
    }
    let several: Value =
        serde_json::from_str(&desk.crm(&["show", "e", "--format", "json"]).err).expect("JSON");
    assert_eq!(several["details"].as_array().map(Vec::len), Some(2), "{several}");
    let nowhere = desk.crm_in(desk.home(), &["--format", "json", "list"]);
    let error: Value = serde_json::from_str(&nowhere.err).expect("JSON");
    assert_eq!((nowhere.code, &error["code"]), (3, &json!("no_archive")));
}

#[test]
fn a_warning_is_no_error_for_a_script() {
    wants_git!();
    let desk = desk();
    let path = desk.card("Müller");
    let text = std::fs::read_to_string(&path).expect("a card").replacen(
        "\nname = ",
        "\nonwer = \"lin\"\nname = ",
        1,
    );
    std::fs::write(&path, text).expect("a card");
    for format in ["json", "jsonl"] {
        let shown = desk.crm(&["show", "C0001", "--format", format]).done();
        let said: Value = serde_json::from_str(&shown.err).expect("JSON");
        assert_eq!(keys(&said), ["warning"], "{said}");
        assert_eq!(said["warning"]["code"], "card_flaw", "{said}");
        assert!(said["warning"]["message"].as_str().is_some_and(|m| m.contains("onwer")), "{said}");
        assert!(said["warning"]["hints"].as_array().is_some_and(|hints| !hints.is_empty()), "{said}");
    }
    assert!(desk.crm(&["show", "C0001"]).done().err.starts_with("warning: "));
}

#[test]
fn a_broken_card_is_an_object_beside_the_others() {
    wants_git!();
    let desk = desk();
    desk.write("prospects/DE-Germany/Müller Maschinenbau GmbH/card.toml", "name = \"broken\n");
    let list = desk.crm(&["list", "--format", "json"]).exits(5);
    assert_eq!(json_of(&list).as_array().map(Vec::len), Some(1));
    let error: Value = serde_json::from_str(list.err.trim()).expect("JSON");
    assert_eq!(error["code"], "card_unreadable");
    assert!(error["message"].as_str().is_some_and(|m| m.contains("card.toml:1:")), "{error}");
    assert_eq!(error["details"][0], "name = \"broken");
}

#[test]
fn no_spreadsheet_runs_a_cell_of_csv() {
    wants_git!();
    let desk = desk();
    let evil = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\tx=1", "＝1+1"];
    for text in evil {
        let no = desk.crm(&["add", "--country", "DE", &format!("name={text}")]).done().key();
        desk.crm(&["set", &no, &format!("remark={text}"), &format!("custom.x={text}")]).done();
    }
    let csv = desk.crm(&["list", "--format", "csv", "--columns", "no,name,remark,custom.x"]).done().out;
    let mut cells = 0;
    for row in csv::Reader::from_reader(csv.as_bytes()).records().map(|row| row.expect("a row")) {
        for cell in row.iter().skip(1) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell:?} would run");
            cells += usize::from(cell.starts_with('\''));
        }
    }
    assert!(cells >= 3 * 4, "{csv}");
}

#[test]
fn csv_keeps_numbers_phones_and_every_line_of_a_text() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C0001", "phone=+49 30 1234567", "remark=one \"two\", three\nfour"]).done();
    let csv =
        desk.crm(&["list", "--format", "csv", "--columns", "no,phone,remark,sincerity,tags"]).done().out;
    let row = csv::Reader::from_reader(csv.as_bytes()).records().next().expect("a row").expect("a row");
    let cells: Vec<&str> = row.iter().collect();
    assert_eq!(cells, ["C0001", "+49 30 1234567", "one \"two\", three\nfour", "80", "hydraulics, pumps"]);
}

#[test]
fn csv_that_was_given_out_comes_back_as_the_same() {
    wants_git!();
    let desk = desk();
    desk.crm(&["set", "C0002", "remark=-50 % this year", "phone=+1 218 555 0100", "city=Duluth"]).done();
    let csv =
        desk.crm(&["list", "--format", "csv", "--columns", "no,name,country,city,phone,remark"]).done().out;
    desk.write("../out.csv", csv);
    let commits = desk.commits();
    let again = desk.crm(&["import", "../out.csv"]).done();
    assert!(again.all().contains("same 2"), "{}", again.all());
    assert_eq!(desk.commits(), commits, "{}", again.all());
}

#[test]
fn what_is_made_prints_its_number_or_id_and_nothing_else() {
    wants_git!();
    let desk = desk();
    assert_eq!(desk.crm(&["add", "Elbe Seals"]).done().out, "C0003\n");
    let id = desk.crm(&["contact", "add", "C0003", "Otto"]).done().key();
    assert_eq!(desk.crm(&["get", "C0003", &format!("contacts[{id}].name")]).done().key(), "Otto");
    let id = desk.crm(&["followup", "plan", "C0003", "fri", "phone"]).done().key();
    assert_eq!(desk.crm(&["get", "C0003", &format!("plans[{id}].date")]).done().key(), "2026-03-13");
}
