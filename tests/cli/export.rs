//! What goes out to other programs: every field of every section in every kind of file, in both
//! languages; what is refused; and what comes back in.

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use crm::card::value::join_list;
use crm::card::{Field, Kind, Section, Value};
use crm::exchange::heads::{self, Special};
use crm::exchange::sheet;
use crm::i18n::Lang;
use crm::sections::{SCHEMA, every_section};
use serde_json::{Value as Json, json};

use crate::desk::{Answer, Desk, TODAY};

const FOLDER: &str = "prospects/DE-Germany/Nordwind Pumpen GmbH";
const CARD_ID: &str = "0mqk3v9xw2ht";

fn today() -> NaiveDate {
    TODAY.parse().expect("a day")
}

/// A value for a field, by its kind; a text has everything that a file may stumble over.
fn value(section: &Section, field: &Field) -> Value {
    let text = match field.kind {
        Kind::Text if field.key == "no" => "C0007".to_owned(),
        Kind::Text => format!("={}.{}, \"中文\"; 🔧\n\tline two'", section.key, field.key),
        Kind::Reference(key) => record_id(heads::section(key).expect("a section")),
        Kind::Texts => format!("\"{}, with comma\", 标签", field.key),
        _ => field.example.to_owned(),
    };
    Value::typed(field.kind, &text, today()).expect("the example fits")
}

/// The id of the only record of a section.
fn record_id(section: &Section) -> String {
    let at = every_section().position(|s| s.key == section.key).expect("a section");
    format!("k{at:05}")
}

fn fields(section: &Section) -> String {
    let line = |f: &Field| format!("{} = {}\n", f.key, value(section, f).to_toml());
    section.fields.iter().map(line).collect()
}

/// A card with every field of every section, from the declarations.
pub(crate) fn full_card() -> String {
    let mut text = format!("id = \"{CARD_ID}\"\nformer_ids = [\"1abc\"]\n{}", fields(SCHEMA.card));
    text += "\n[custom]\nport = \"Hamburg\"\n\"Rang, alt\" = \"A\"\nvip = true\nweight = 1.5\nborn = 2020-01-02\n";
    text += "round = 2.0\nlist = [\"a\", \"b\"]\nat = 2020-01-02T03:04:05Z\n";
    text += "\n[external]\nerp = \"0042\"\n";
    for section in SCHEMA.sections {
        text += &format!("\n[[{}]]\nid = \"{}\"\n{}", section.key, record_id(section), fields(section));
        if let Some(child) = section.child {
            let id = record_id(child);
            text += &format!("\n[[{}.{}]]\nid = \"{id}\"\n{}", section.key, child.key, fields(child));
        }
    }
    text
}

/// A desk with the full card, and one of which little is known.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(&format!("{FOLDER}/card.toml"), full_card());
    desk.write(
        "customers/FR-France/Petit SARL/card.toml",
        "id = \"1mqk3v9xw2ht\"\nno = \"C0008\"\nname = \"Petit SARL\"\n",
    );
    desk.crm(&["commit"]).done();
    desk
}

impl Desk {
    fn export(&self, name: &str, more: &[&str]) -> Answer {
        let file = format!("../{name}");
        let mut arguments = vec!["export", file.as_str()];
        arguments.extend(more);
        self.crm(&arguments)
    }

    /// The bytes of a file beside the archive.
    #[track_caller]
    fn beside(&self, name: &str) -> Vec<u8> {
        fs::read(self.home().join(name)).expect("a file")
    }

    /// The table of a file with a delimiter.
    #[track_caller]
    fn table(&self, name: &str) -> Sheet {
        let sheet = sheet::read(Cursor::new(self.beside(name)), name).expect("a table");
        (sheet.heads, sheet.rows.into_iter().map(|row| row.cells).collect())
    }

    /// The sheets of a workbook.
    #[track_caller]
    fn book(&self, name: &str) -> Vec<(String, Sheet)> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.beside(name))).expect("a workbook");
        let names = book.sheet_names();
        let sheet = |name: String| {
            let range = book.worksheet_range(&name).expect("a sheet");
            let mut rows: Vec<Vec<String>> =
                range.rows().map(|row| row.iter().map(text_of).collect()).collect();
            (name, (rows.remove(0), rows))
        };
        names.into_iter().map(sheet).collect()
    }
}

/// Heads and rows.
type Sheet = (Vec<String>, Vec<Vec<String>>);

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(flag) => flag.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => panic!("{other:?} is no cell of ours"),
    }
}

/// The row of the full card has every value of its section, and they are read back as they were.
#[track_caller]
fn has_every_value(section: &'static Section, (heads, rows): &Sheet, place: &str) {
    let customer = match section.key == SCHEMA.card.key {
        true => CARD_ID.to_owned(),
        false => "C0007".to_owned(),
    };
    let row = rows.iter().find(|row| row[0] == customer).unwrap_or_else(|| panic!("{place}: {rows:?}"));
    let mut seen = Vec::new();
    for (head, cell) in heads.iter().zip(row) {
        let place = format!("{place}: {head}");
        if let Some(field) = heads::field(section, head).filter(|_| heads::special(head).is_none()) {
            let read = Value::typed(field.kind, cell, today());
            assert_eq!(read, Ok(value(section, field)), "{place}");
            seen.push(field.key);
            continue;
        }
        let child_of = || SCHEMA.sections.iter().find(|s| s.child.is_some_and(|c| c.key == section.key));
        let expected = match heads::special(head) {
            Some(Special::Id) if section.key == SCHEMA.card.key => CARD_ID.to_owned(),
            Some(Special::Id) => record_id(section),
            Some(Special::Customer) => "C0007".to_owned(),
            Some(Special::CustomerName) => {
                value(SCHEMA.card, SCHEMA.card.field("name").expect("a field")).text().into_owned()
            }
            Some(Special::Parent) => record_id(child_of().expect("a holder")),
            Some(Special::Stage) => {
                assert!(["prospect", "Prospect", "潜在客户"].contains(&cell.as_str()), "{place}");
                continue;
            }
            Some(Special::Country) => "DE".to_owned(),
            None => continue,
        };
        assert_eq!(*cell, expected, "{place}");
    }
    let keys: Vec<&str> = section.fields.iter().map(|f| f.key).collect();
    seen.sort_by_key(|key| keys.iter().position(|k| k == key));
    assert_eq!(seen, keys, "{place}");
}

/// The words of an export: the options, and the language of its sheets.
const WORDS: [(&[&str], Option<Lang>); 3] =
    [(&["--keys"], None), (&[], Some(Lang::En)), (&["--lang", "zh-CN"], Some(Lang::ZhCn))];

#[test]
fn a_workbook_has_every_field_of_every_section() {
    wants_git!();
    let desk = desk();
    for (at, (options, lang)) in WORDS.iter().enumerate() {
        let name = format!("all{at}.xlsx");
        let answer = desk.export(&name, options).done();
        assert_eq!(answer.out, "");
        let book = desk.book(&name);
        assert_eq!(book.len(), every_section().count());
        for (section, (name, sheet)) in every_section().zip(&book) {
            if let Some(lang) = lang {
                assert_eq!(*name, heads::sheet(section, *lang));
            }
            assert_eq!(heads::section(name).map(|s| s.key), Some(section.key));
            has_every_value(section, sheet, name);
        }
        let (_, (heads, rows)) = &book[0];
        assert_eq!(rows.len(), 2, "a row for each customer");
        let own: HashMap<&str, &str> =
            heads.iter().map(String::as_str).zip(rows[0].iter().map(String::as_str)).collect();
        for (head, value) in [
            ("custom.port", "Hamburg"),
            ("custom.Rang, alt", "A"),
            ("custom.vip", "true"),
            ("custom.weight", "1.5"),
            ("custom.born", "2020-01-02"),
            ("custom.round", "2.0"),
            ("custom.list", "[\"a\", \"b\"]"),
            ("custom.at", "2020-01-02T03:04:05Z"),
            ("external.erp", "0042"),
        ] {
            assert_eq!(own.get(head), Some(&value), "{own:?}");
        }
    }
    desk.is_clean_and_sound();
}

#[test]
fn each_section_has_every_field_in_a_file_of_its_own() {
    wants_git!();
    let desk = desk();
    for (options, _) in WORDS {
        for section in every_section() {
            for ending in ["csv", "tsv"] {
                let name = format!("one.{ending}");
                let only = if section.key == SCHEMA.card.key { "customers" } else { section.key };
                let more = [&["--section", only, "--force"], options].concat();
                desk.export(&name, &more).done();
                has_every_value(section, &desk.table(&name), &format!("{options:?} {only}.{ending}"));
            }
        }
    }
}

/// A value as JSON has it.
fn as_json(section: &Section, field: &Field) -> Json {
    match value(section, field) {
        Value::Texts(items) => json!(items),
        Value::Flag(flag) => json!(flag),
        Value::Int(number) => json!(number),
        other => json!(other.text()),
    }
}

#[test]
fn json_has_the_whole_card_and_lines_have_the_same() {
    wants_git!();
    let desk = desk();
    desk.export("all.json", &["--lang", "zh-CN"]).done();
    desk.export("all.jsonl", &[]).done();
    let all: Vec<Json> = serde_json::from_slice(&desk.beside("all.json")).expect("JSON");
    let lines = String::from_utf8(desk.beside("all.jsonl")).expect("UTF-8");
    let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(all, lines);
    let card = all.iter().find(|card| card["no"] == "C0007").expect("the card");
    let with_fields = |section: &Section, mut object: Json| {
        for field in section.fields {
            object[field.key] = as_json(section, field);
        }
        object
    };
    let mut expected = with_fields(SCHEMA.card, json!({ "id": CARD_ID }));
    expected["stage"] = json!("prospect");
    expected["country"] = json!("DE");
    expected["custom"] = json!({ "port": "Hamburg", "Rang, alt": "A", "vip": true, "weight": 1.5, "born": "2020-01-02",
        "round": 2.0, "list": ["a", "b"], "at": "2020-01-02T03:04:05Z" });
    expected["external"] = json!({ "erp": "0042" });
    expected["former_ids"] = json!(["1abc"]);
    for section in SCHEMA.sections {
        let mut record = with_fields(section, json!({ "id": record_id(section) }));
        if let Some(child) = section.child {
            record[child.key] = json!([with_fields(child, json!({ "id": record_id(child) }))]);
        }
        expected[section.key] = json!([record]);
    }
    assert_eq!(*card, expected);
    let small = all.iter().find(|card| card["no"] == "C0008").expect("the card");
    assert_eq!((&small["city"], &small["contacts"]), (&Json::Null, &json!([])));
    let keys =
        |card: &Json| -> Vec<String> { card.as_object().expect("an object").keys().cloned().collect() };
    assert!(keys(small).iter().all(|key| keys(card).contains(key)), "{small}");
}

#[test]
fn the_records_of_a_section_are_objects_too() {
    wants_git!();
    let desk = desk();
    for section in every_section().skip(1) {
        desk.export("one.json", &["--section", section.key, "--force"]).done();
        let rows: Vec<Json> = serde_json::from_slice(&desk.beside("one.json")).expect("JSON");
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0]["customer"], &rows[0]["id"]), (&json!("C0007"), &json!(record_id(section))));
        for field in section.fields {
            assert_eq!(rows[0][field.key], as_json(section, field), "{}.{}", section.key, field.key);
        }
    }
}

#[test]
fn a_workbook_knows_days_numbers_and_flags_and_runs_nothing() {
    wants_git!();
    let desk = desk();
    desk.export("all.xlsx", &["--keys"]).done();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(desk.beside("all.xlsx"))).expect("a workbook");
    for (section, name) in every_section().zip(book.sheet_names()) {
        assert!(book.worksheet_formula(&name).expect("a sheet").is_empty(), "a formula in {name}");
        let range = book.worksheet_range(&name).expect("a sheet");
        let heads: Vec<String> = range.rows().next().expect("heads").iter().map(text_of).collect();
        let full = range.rows().nth(1).expect("a row");
        for (head, cell) in heads.iter().zip(full) {
            let Some(field) = heads::field(section, head).filter(|_| heads::special(head).is_none()) else {
                continue;
            };
            let fits = match field.kind {
                Kind::Date => matches!(cell, Data::DateTime(_)),
                Kind::Int { .. } => matches!(cell, Data::Float(_)),
                Kind::Flag => matches!(cell, Data::Bool(_)),
                _ => matches!(cell, Data::String(_)),
            };
            assert!(fits, "{}.{}: {cell:?}", section.key, field.key);
        }
    }
}

#[test]
fn what_is_not_of_ascii_and_excel_reads_a_csv() {
    wants_git!();
    let desk = desk();
    desk.export("客户.csv", &["--lang", "zh-CN"]).done();
    let bytes = desk.beside("客户.csv");
    assert!(bytes.starts_with("\u{feff}内部编号,编号,阶段,国家/地区,客户名称,".as_bytes()));
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains("\r\n"));
    assert!(text.contains("\"'=card.name, \"\"中文\"\"; 🔧"), "{text}");
    // A pipe gets what every --format csv gives.
    let piped = desk.crm(&["export", "-", "--format", "csv"]).done();
    assert!(
        piped.out.starts_with("Id,No.,Stage,Country,Name,") && !piped.out.contains("\r\n"),
        "{}",
        piped.out
    );
    assert!(piped.err.contains("standard output"), "{}", piped.err);
}

#[test]
fn what_goes_out_comes_in_and_says_nothing_new() {
    wants_git!();
    let desk = desk();
    let head = desk.git(&["rev-parse", "HEAD"]);
    for (options, _) in WORDS {
        for section in every_section() {
            let is_customers = section.key == SCHEMA.card.key;
            let only = if is_customers { "customers" } else { section.key };
            let import = if is_customers { vec!["import"] } else { vec!["import", section.key] };
            for ending in ["csv", "tsv", "xlsx", "json", "jsonl"] {
                if is_customers && ending.starts_with("json") {
                    // Whole cards, which are no rows.
                    continue;
                }
                let file = format!("round.{ending}");
                desk.export(&file, &[&["--section", only, "--force"], options].concat()).done();
                let answer = desk.crm(&[&import[..], &[&format!("../{file}")]].concat()).done();
                let place = format!("{options:?} {only} {ending}");
                let same = if is_customers { "the same 2" } else { "new 0, filled 0, the same 1" };
                assert!(answer.err.contains(same), "{place}: {}", answer.all());
                assert!(!answer.err.contains("[custom]"), "{place}: {}", answer.err);
                assert_eq!(answer.out, "", "{place}");
                assert_eq!(desk.git(&["rev-parse", "HEAD"]), head, "{place}");
            }
        }
    }
    desk.is_clean_and_sound();
}

#[test]
fn each_sheet_of_a_workbook_comes_in_and_says_nothing_new() {
    wants_git!();
    let desk = desk();
    for (at, (options, _)) in WORDS.iter().enumerate() {
        let file = format!("round{at}.xlsx");
        desk.export(&file, options).done();
        let file = format!("../{file}");
        for (section, (sheet, _)) in every_section().zip(desk.book(&file[3..])) {
            let is_customers = section.key == SCHEMA.card.key;
            let import = if is_customers { vec!["import"] } else { vec!["import", section.key] };
            let answer = desk.crm(&[&import[..], &[&file, "--sheet", &sheet]].concat()).done();
            let same = if is_customers { "the same 2" } else { "new 0, filled 0, the same 1" };
            assert!(answer.err.contains(same), "{options:?} {sheet}: {}", answer.all());
        }
    }
    assert_eq!(desk.commits(), 2);
}

#[test]
fn records_that_were_lost_come_back_as_they_were() {
    wants_git!();
    let desk = desk();
    desk.export("before.json", &[]).done();
    // Holders before what they hold, and what is referred to before what refers.
    let refers = |s: &&Section| s.fields.iter().any(|f| matches!(f.kind, Kind::Reference(_)));
    let mut sections: Vec<&Section> = SCHEMA.sections.to_vec();
    sections.sort_by_key(refers);
    sections.extend(SCHEMA.sections.iter().filter_map(|s| s.child));
    for section in &sections {
        desk.export(&format!("{}.csv", section.key), &["--section", section.key]).done();
    }
    let card = full_card();
    desk.write(&format!("{FOLDER}/card.toml"), &card[..card.find("\n[[").expect("records")]);
    desk.crm(&["commit"]).done();
    for section in &sections {
        let answer = desk.crm(&["import", section.key, &format!("../{}.csv", section.key)]).done();
        assert!(answer.err.contains("new 1"), "{}", answer.all());
    }
    desk.export("after.json", &[]).done();
    let read = |name| serde_json::from_slice::<Json>(&desk.beside(name)).expect("JSON");
    assert_eq!(read("after.json"), read("before.json"));
    desk.is_clean_and_sound();
}

#[test]
fn a_list_has_exactly_the_columns_that_were_named() {
    wants_git!();
    let desk = desk();
    let columns = ["--columns", "no,country,custom.port,last_followup,tags", "--sort", "-no"];
    let answer = desk.export("list.csv", &columns).done();
    assert!(answer.err.contains("not everything"), "{}", answer.err);
    let (heads, rows) = desk.table("list.csv");
    assert_eq!(
        heads,
        ["No.", "Country", "custom.port", "Last follow-up", "Tags"].map(|h| if h == "custom.port" {
            "port"
        } else {
            h
        })
    );
    assert_eq!(rows[0], ["C0008", "FR", "", "", ""]);
    let tags = join_list(&["tags, with comma".into(), "标签".into()]);
    assert_eq!(rows[1], ["C0007", "DE", "Hamburg", "2026-03-11", tags.as_str()]);
    desk.export("list.json", &columns).done();
    let rows: Json = serde_json::from_slice(&desk.beside("list.json")).expect("JSON");
    assert_eq!(rows[1]["tags"], json!(["tags, with comma", "标签"]));
    desk.export("list.xlsx", &columns).done();
    assert_eq!(desk.book("list.xlsx").len(), 1);
    let both = desk.export("both.csv", &["--columns", "no", "--section", "contacts"]).exits(2);
    assert!(both.err.contains("--columns") && both.err.contains("--section contacts"), "{}", both.err);
    desk.export("odd.csv", &["--columns", "nome"]).exits(2);
    assert!(!desk.home().join("odd.csv").exists());
}

#[test]
fn the_filters_of_a_list_choose_the_customers() {
    wants_git!();
    let desk = desk();
    for (filter, no) in
        [(["--country", "FR"], "C0008"), (["--stage", "prospect"], "C0007"), (["--tag", "标签"], "C0007")]
    {
        let answer = desk.export("some.csv", &[&filter[..], &["--keys", "--force"]].concat()).done();
        let (_, rows) = desk.table("some.csv");
        assert_eq!(rows.iter().map(|r| r[1].as_str()).collect::<Vec<_>>(), [no], "{filter:?}");
        assert!(answer.err.contains("customers: 1"), "{}", answer.err);
    }
    let french = desk.export("some.xlsx", &["--country", "FR", "--keys"]).done();
    assert!(french.err.contains("customers: 1, with their records: 0"), "{}", french.err);
    let (heads, _) = &desk.book("some.xlsx")[0].1;
    assert!(!heads.iter().any(|h| h.starts_with("custom.")), "{heads:?}");
}

#[test]
fn how_much_went_where_is_said_in_both_languages() {
    wants_git!();
    let desk = desk();
    let records = every_section().count() - 1;
    let english = desk.export("all.xlsx", &[]).done();
    assert!(
        english.err.contains(&format!("customers: 2, with their records: {records}; in ")),
        "{}",
        english.err
    );
    assert!(english.err.contains("all.xlsx"), "{}", english.err);
    let chinese = desk.export("全部.jsonl", &["--lang", "zh-CN"]).done();
    assert!(chinese.err.contains(&format!("客户 2 个，记录 {records} 条")), "{}", chinese.err);
    let contacts = desk.export("人.csv", &["--section", "联系人", "--lang", "zh-CN"]).done();
    assert!(contacts.err.contains("联系人：1 条"), "{}", contacts.err);
    assert_eq!(desk.export("q.csv", &["-q"]).done().all(), "");
}

#[test]
fn a_file_that_is_there_is_kept_unless_it_is_to_go() {
    wants_git!();
    let desk = desk();
    fs::write(desk.home().join("old.csv"), "mine").expect("a file");
    let refused = desk.export("old.csv", &[]).exits(1);
    assert!(refused.err.contains("old.csv") && refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(desk.beside("old.csv"), b"mine");
    desk.export("old.csv", &["--force"]).done();
    assert_ne!(desk.beside("old.csv"), b"mine");
    fs::write(desk.home().join("old.csv"), "mine").expect("a file");
    desk.export("old.csv", &["-y"]).done();
    assert_ne!(desk.beside("old.csv"), b"mine");
    fs::create_dir(desk.home().join("folder.csv")).expect("a folder");
    desk.export("folder.csv", &["--force"]).exits(1);
    desk.export("nowhere/new.csv", &[]).exits(4);
    assert!(!desk.home().join("nowhere").exists());
}

#[test]
fn a_refused_export_leaves_nothing_behind() {
    wants_git!();
    let desk = desk();
    let long = "长".repeat(40_000);
    desk.write("prospects/FR-France/Long SA/card.toml", format!("id = \"2mqk3v9xw2ht\"\nno = \"C0009\"\nname = \"Long SA\"\n\n[[contacts]]\nid = \"c3f9q2\"\nname = \"A\"\nremark = \"{long}\"\n"));
    fs::write(desk.home().join("old.xlsx"), "mine").expect("a file");
    let refused = desk.export("old.xlsx", &["--force"]).exits(1);
    assert!(refused.err.contains("C0009 contacts[c3f9q2].remark has 40000 characters"), "{}", refused.err);
    assert!(refused.err.contains(".csv"), "{}", refused.err);
    assert_eq!(desk.beside("old.xlsx"), b"mine");
    desk.export("long.csv", &["--section", "contacts"]).done();
    assert!(desk.table("long.csv").1.iter().flatten().any(|cell| *cell == long));
    for (arguments, says) in [
        (&["export", "../list"][..], ".xlsx"),
        (&["export", "../list.xls"], ".xlsx"),
        (&["export", "-"], "--format"),
        (&["export", "../a.csv", "--section", "contract"], "contacts"),
    ] {
        let refused = desk.crm(arguments).exits(2);
        assert!(refused.err.contains(says), "{}", refused.err);
    }
    let dry = desk.export("dry.xlsx", &["-n"]).done();
    assert!(dry.err.contains("would write 3 customers"), "{}", dry.err);
    let left = fs::read_dir(desk.home()).expect("a folder").map(|e| e.expect("an entry").file_name());
    let mut left: Vec<String> = left.map(|name| name.to_string_lossy().into_owned()).collect();
    left.sort();
    assert_eq!(left, [".gitconfig", "archive", "long.csv", "old.xlsx"]);
}

#[test]
fn a_broken_card_is_said_and_the_others_come_out() {
    wants_git!();
    let desk = desk();
    desk.write("prospects/FR-France/Broken SA/card.toml", "id = \"2mqk3v9xw2ht\"\nname = \n");
    let answer = desk.export("all.jsonl", &[]).exits(5);
    assert!(answer.err.contains("Broken SA/card.toml:2"), "{}", answer.err);
    assert_eq!(String::from_utf8(desk.beside("all.jsonl")).expect("UTF-8").lines().count(), 2);
}

#[test]
fn a_file_in_the_archive_is_a_paper_like_any_other() {
    wants_git!();
    let desk = desk();
    let commits = desk.commits();
    desk.crm(&["export", "all.csv"]).done();
    assert_eq!(desk.git(&["status", "--porcelain"]), "?? all.csv\n");
    assert_eq!(desk.commits(), commits, "an export commits nothing");
}
