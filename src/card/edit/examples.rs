//! The editor's rules, one by one and to the byte.

use toml::{Table, Value};

use super::{Edit, EditError, Step, apply};

const CARD: &str = r#"id = "0mqk3v9xw2ht"  # comment
name = "Müller"
tags = ["hydraulics"]

[[contacts]]
id = "k3f9q2"
name = "Anna"

[[contacts.channels]]
id = "z07w4c"
kind = "email"
value = "anna@mueller.example"

# the follow-ups of this year
[[followups]]
id = "p2r8s1"
date = 2026-03-01
"#;

const KEYS: [&str; 5] = ["id", "name", "website", "status", "tags"];
const SECTIONS: [&str; 4] = ["contacts", "addresses", "notes", "followups"];

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// A path from text such as `contacts.0.channels`.
fn path(text: &str) -> Vec<Step> {
    let steps = text.split('.').filter(|step| !step.is_empty());
    steps
        .map(|step| match step.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::from(step),
        })
        .collect()
}

fn set(table: &str, key: &str, value: impl Into<Value>) -> Edit {
    Edit::Set { table: path(table), key: key.to_owned(), value: value.into(), order: strings(&KEYS) }
}

fn unset(table: &str, key: &str) -> Edit {
    Edit::Unset { table: path(table), key: key.to_owned() }
}

fn record(entries: &[(&str, Value)]) -> Vec<(String, Value)> {
    let entries = entries.iter().cloned();
    entries.map(|(key, value)| (key.to_owned(), value)).collect()
}

fn add_record(table: &str, section: &str, entries: &[(&str, Value)]) -> Edit {
    Edit::AddRecord {
        table: path(table),
        section: section.to_owned(),
        record: record(entries),
        section_order: strings(&SECTIONS),
    }
}

fn remove_record(table: &str, section: &str, index: usize) -> Edit {
    Edit::RemoveRecord { table: path(table), section: section.to_owned(), index }
}

fn add_element(key: &str, value: impl Into<Value>) -> Edit {
    Edit::AddElement { table: Vec::new(), key: key.to_owned(), value: value.into() }
}

fn remove_element(key: &str, index: usize) -> Edit {
    Edit::RemoveElement { table: Vec::new(), key: key.to_owned(), index }
}

fn table(entries: &[(&str, Value)]) -> Value {
    Value::Table(record(entries).into_iter().collect::<Table>())
}

#[track_caller]
fn edited(source: &str, edit: Edit) -> String {
    match apply(source, &[edit]) {
        Ok(text) => text,
        Err(error) => panic!("{error}\n{source}"),
    }
}

/// Asserts that `edit` replaces `old`, found once in the card, by `new`, and nothing else.
#[track_caller]
fn changes(edit: Edit, old: &str, new: &str) {
    assert_eq!(CARD.matches(old).count(), 1, "{old:?} stands once in the card");
    assert_eq!(edited(CARD, edit), CARD.replace(old, new));
}

#[test]
fn a_set_key_changes_its_value_only() {
    changes(set("", "id", "other"), "0mqk3v9xw2ht", "other");
    changes(set("contacts.0", "name", "Änne"), "Anna", "Änne");
    changes(set("contacts.0.channels.0", "kind", "web"), "\"email\"", "\"web\"");
}

#[test]
fn a_value_that_is_there_changes_nothing() {
    assert_eq!(edited(CARD, set("", "name", "Müller")), CARD);
    let odd = "a = 0x10\nb = 1_0.0\nc = nan\nd = 'x'\n";
    for edit in [set("", "a", 16), set("", "b", 10.0), set("", "c", f64::NAN), set("", "d", "x")] {
        assert_eq!(edited(odd, edit), odd);
    }
    assert_eq!(edited("a = 0.0\n", set("", "a", -0.0)), "a = -0.0\n");
}

#[test]
fn a_new_key_goes_behind_its_nearest_predecessor() {
    changes(
        set("", "website", "mueller.example"),
        "name = \"Müller\"\n",
        "name = \"Müller\"\nwebsite = \"mueller.example\"\n",
    );
}

#[test]
fn a_new_key_without_predecessor_goes_before_its_successor_and_below_the_title() {
    let source = "# Card of Müller\nname = \"Müller\"\n";
    assert_eq!(edited(source, set("", "id", "x")), "# Card of Müller\nid = \"x\"\nname = \"Müller\"\n");
    let source = "own = 1\n# about tags\ntags = []\n";
    assert_eq!(edited(source, set("", "status", "x")), "own = 1\nstatus = \"x\"\n# about tags\ntags = []\n");
}

#[test]
fn a_new_key_of_no_declared_order_goes_behind_the_last_key_of_its_table() {
    changes(set("", "own", 1), "tags = [\"hydraulics\"]\n", "tags = [\"hydraulics\"]\nown = 1\n");
    changes(set("contacts.0", "own", 1), "\"Anna\"\n", "\"Anna\"\nown = 1\n");
}

#[test]
fn a_key_of_the_top_level_goes_before_the_first_header() {
    assert_eq!(edited("# people\n[a]\nx = 1\n", set("", "k", 1)), "k = 1\n\n# people\n[a]\nx = 1\n");
    assert_eq!(edited("# the file\n\n[a]\nx = 1\n", set("", "k", 1)), "# the file\n\nk = 1\n\n[a]\nx = 1\n");
    assert_eq!(edited("", set("", "k", 1)), "k = 1\n");
    assert_eq!(edited("# only", set("", "k", 1)), "# only\n\nk = 1");
}

#[test]
fn an_unset_key_takes_its_own_comment_and_leaves_those_above() {
    changes(unset("", "id"), "id = \"0mqk3v9xw2ht\"  # comment\n", "");
    assert_eq!(edited("a = 1\n# above\nb = 2 # own\nc = 3", unset("", "b")), "a = 1\n# above\nc = 3");
    assert_eq!(edited("a = 1\nb = 2", unset("", "b")), "a = 1");
}

#[test]
fn quotes_stay_as_far_as_the_value_allows() {
    let cases = [
        ("'a'", "b", "'b'"),
        ("'a'", "it's", "\"it's\""),
        ("\"a\"", "b\"c\\", "\"b\\\"c\\\\\""),
        ("\"\"\"\na\nb\"\"\"", "c\nd", "\"\"\"\nc\nd\"\"\""),
        ("'''\na\nb'''", "c\\\nd", "'''\nc\\\nd'''"),
        ("\"\"\"a\"\"\"", "b", "\"\"\"b\"\"\""),
        ("\"a\"", "b\nc", "\"\"\"\nb\nc\"\"\""),
        ("\"\"\"\na\nb\"\"\"", "c", "\"c\""),
        ("\"a\\nb\"", "c\nd", "\"c\\nd\""),
        ("\"a\"", "\u{1b}\u{7f}\t", "\"\\u001B\\u007F\\t\""),
        ("\"a\"", "x\"\"\"\n\"", "\"\"\"\nx\"\"\\\"\n\\\"\"\"\""),
    ];
    for (old, value, new) in cases {
        let source = format!("k = {old} # c\n");
        assert_eq!(edited(&source, set("", "k", value)), format!("k = {new} # c\n"));
    }
}

#[test]
fn dates_stay_bare_and_keep_their_space() {
    let date: toml::value::Datetime = "2026-04-05".parse().expect("a date");
    let time: toml::value::Datetime = "2026-04-05T06:07:00Z".parse().expect("a time");
    changes(set("followups.0", "date", date), "2026-03-01", "2026-04-05");
    assert_eq!(edited("t = 2025-01-01 00:00:00Z\n", set("", "t", time)), "t = 2026-04-05 06:07:00Z\n");
}

#[test]
fn line_endings_mark_and_missing_newline_stay() {
    let source = "\u{feff}a = 1\r\nb = \"x\"";
    assert_eq!(
        edited(source, set("", "c", "y\nz")),
        "\u{feff}a = 1\r\nb = \"x\"\r\nc = \"\"\"\r\ny\r\nz\"\"\""
    );
    assert_eq!(edited(source, unset("", "a")), "\u{feff}b = \"x\"");
    assert_eq!(edited(source, unset("", "b")), "\u{feff}a = 1");
    assert_eq!(
        edited(source, add_record("", "contacts", &[("name", "A".into())])),
        "\u{feff}a = 1\r\nb = \"x\"\r\n\r\n[[contacts]]\r\nname = \"A\""
    );
    let lines = "a = \"\"\"\r\nx\r\ny\"\"\"\r\n";
    assert_eq!(edited(lines, set("", "a", "x\ny")), lines);
}

#[test]
fn a_table_of_dotted_keys_grows_and_ends_in_dotted_keys() {
    let source = "custom . port = \"x\"\nname = \"y\"\n";
    assert_eq!(
        edited(source, set("custom", "quay", 7)),
        "custom . port = \"x\"\ncustom.quay = 7\nname = \"y\"\n"
    );
    assert_eq!(edited(source, unset("custom", "port")), "name = \"y\"\n");
    assert_eq!(edited("a.b = 1\n", set("a.c", "d", 2)), "a.b = 1\na.c.d = 2\n");
}

#[test]
fn a_table_with_a_header_grows_below_it() {
    let source = "a = 1\n\n[custom]\n\n# of others\n[other]\nx = 1\n";
    assert_eq!(
        edited(source, set("custom", "port", "x")),
        "a = 1\n\n[custom]\nport = \"x\"\n\n# of others\n[other]\nx = 1\n"
    );
    assert_eq!(edited(source, unset("other", "x")), source.replace("x = 1\n", ""));
}

#[test]
fn a_table_that_is_not_there_gets_a_header() {
    assert_eq!(edited("a = 1\n", set("custom", "my port", 1)), "a = 1\n\n[custom]\n\"my port\" = 1\n");
    assert_eq!(edited("[a.b]\nx = 1\n", set("a", "y", 1)), "[a]\ny = 1\n\n[a.b]\nx = 1\n");
    changes(
        set("contacts.0.address", "city", "Ulm"),
        "value = \"anna@mueller.example\"\n",
        "value = \"anna@mueller.example\"\n\n[contacts.address]\ncity = \"Ulm\"\n",
    );
}

#[test]
fn an_inline_table_grows_and_shrinks_inside_its_braces() {
    let cases = [
        ("{ name = 1 }", set("c", "status", 2), "{ name = 1, status = 2 }"),
        ("{ tags = 1 }", set("c", "id", 2), "{ id = 2, tags = 1 }"),
        ("{name=1}", set("c", "own", 2), "{name=1, own=2}"),
        ("{}", set("c", "own", 2), "{ own = 2 }"),
        ("{ a.b = 1, z = 0 }", set("c.a", "d", 2), "{ a.b = 1, a.d = 2, z = 0 }"),
        ("{ a = 1, b = 2 }", unset("c", "a"), "{ b = 2 }"),
        ("{ a = 1, b = 2 }", unset("c", "b"), "{ a = 1 }"),
        ("{ a.x = 1, b = 2, a.y = 3 }", unset("c", "a"), "{ b = 2 }"),
        ("{ a.x = 1, b = 2 }", unset("c.a", "x"), "{ b = 2 }"),
        ("{ a = 1 }", unset("c", "a"), "{}"),
        ("{ a = 1 }", set("c.n.m", "k", 2), "{ a = 1, n.m.k = 2 }"),
    ];
    for (old, edit, new) in cases {
        let text = edited(&format!("c = {old} # c\n"), edit);
        assert_eq!(text, format!("c = {new} # c\n"));
    }
}

#[test]
fn an_array_grows_and_shrinks_in_its_own_style() {
    let lines = "[\n  1, # one\n  2  # two\n]";
    let cases = [
        ("[\"a\"]", add_element("k", "b"), "[\"a\", \"b\"]"),
        ("[]", add_element("k", 1), "[1]"),
        ("[ 1, ]", add_element("k", 2), "[ 1, 2, ]"),
        (lines, add_element("k", 3), "[\n  1, # one\n  2,  # two\n  3\n]"),
        ("[\n  1,\n]", add_element("k", 3), "[\n  1,\n  3,\n]"),
        ("[\n  # none\n]", add_element("k", 3), "[\n  # none\n  3\n]"),
        ("[1, 2, 3]", remove_element("k", 1), "[1, 3]"),
        ("[1, 2, 3]", remove_element("k", 2), "[1, 2]"),
        ("[1, 2,]", remove_element("k", 1), "[1,]"),
        ("[ 1 ]", remove_element("k", 0), "[]"),
        (lines, remove_element("k", 0), "[\n  2  # two\n]"),
        (lines, remove_element("k", 1), "[\n  1 # one\n]"),
    ];
    for (old, edit, new) in cases {
        let text = edited(&format!("k = {old} # c\n"), edit);
        assert_eq!(text, format!("k = {new} # c\n"));
    }
}

#[test]
fn records_in_an_inline_array_stay_there() {
    let source = "contacts = [{ name = \"x\" }]\n";
    assert_eq!(
        edited(source, add_record("", "contacts", &[("name", "y".into())])),
        "contacts = [{ name = \"x\" }, { name = \"y\" }]\n"
    );
    assert_eq!(
        edited(source, add_record("contacts.0", "channels", &[("kind", "y".into())])),
        "contacts = [{ name = \"x\", channels = [{ kind = \"y\" }] }]\n"
    );
    assert_eq!(edited(source, remove_record("", "contacts", 0)), "contacts = []\n");
}

#[test]
fn a_new_record_goes_behind_its_section_and_before_the_next_headers_comment() {
    changes(
        add_record("", "contacts", &[("id", "n1".into()), ("age", 4.into())]),
        "value = \"anna@mueller.example\"\n",
        "value = \"anna@mueller.example\"\n\n[[contacts]]\nid = \"n1\"\nage = 4\n",
    );
    changes(
        add_record("", "followups", &[("id", "n1".into())]),
        "date = 2026-03-01\n",
        "date = 2026-03-01\n\n[[followups]]\nid = \"n1\"\n",
    );
}

#[test]
fn a_section_that_is_not_there_goes_behind_its_nearest_predecessor() {
    changes(
        add_record("", "notes", &[("text", "a\nb".into())]),
        "value = \"anna@mueller.example\"\n",
        "value = \"anna@mueller.example\"\n\n[[notes]]\ntext = \"\"\"\na\nb\"\"\"\n",
    );
    assert_eq!(
        edited("name = \"x\"\n\n# later\n[[followups]]\n", add_record("", "notes", &[])),
        "name = \"x\"\n\n[[notes]]\n\n# later\n[[followups]]\n"
    );
    assert_eq!(
        edited("name = \"x\"\n\n# the end\n", add_record("", "notes", &[])),
        "name = \"x\"\n\n[[notes]]\n\n# the end\n"
    );
}

#[test]
fn a_child_record_lands_in_its_parent() {
    let source = format!("{CARD}\n[[contacts]]\nname = \"Ben\"\n")
        .replace("\n# the follow-ups of this year\n[[followups]]\nid = \"p2r8s1\"\ndate = 2026-03-01\n", "");
    assert_eq!(
        edited(&source, add_record("contacts.0", "channels", &[("kind", "phone".into())])),
        source.replace(
            "anna@mueller.example\"\n",
            "anna@mueller.example\"\n\n[[contacts.channels]]\nkind = \"phone\"\n"
        )
    );
    assert_eq!(
        edited(&source, add_record("contacts.1", "channels", &[("kind", "phone".into())])),
        format!("{source}\n[[contacts.channels]]\nkind = \"phone\"\n")
    );
}

#[test]
fn child_records_are_written_behind_their_parent() {
    let channels = Value::Array(vec![table(&[("kind", "a".into())]), table(&[("kind", "b".into())])]);
    let entries = [("channels", channels), ("name", "Ben".into()), ("at", table(&[("x", 1.into())]))];
    assert_eq!(
        edited("name = \"x\"\n", add_record("", "contacts", &entries)),
        "name = \"x\"\n\n[[contacts]]\nname = \"Ben\"\nat = { x = 1 }\n\n[[contacts.channels]]\nkind = \"a\"\n\n[[contacts.channels]]\nkind = \"b\"\n"
    );
}

#[test]
fn a_removed_record_takes_its_children_and_inner_comments_along() {
    changes(
        remove_record("", "contacts", 0),
        "\n[[contacts]]\nid = \"k3f9q2\"\nname = \"Anna\"\n\n[[contacts.channels]]\nid = \"z07w4c\"\nkind = \"email\"\nvalue = \"anna@mueller.example\"\n",
        "",
    );
    changes(
        remove_record("contacts.0", "channels", 0),
        "\n[[contacts.channels]]\nid = \"z07w4c\"\nkind = \"email\"\nvalue = \"anna@mueller.example\"\n",
        "",
    );
}

#[test]
fn a_comment_above_the_first_record_stays_and_above_a_later_one_goes() {
    changes(remove_record("", "followups", 0), "[[followups]]\nid = \"p2r8s1\"\ndate = 2026-03-01\n", "");
    let source = "# people\n[[c]]\nx = 1\n\n# Ben is new\n[[c]]\nx = 2\n# so it seems\n\n# others\n[d]\n";
    assert_eq!(edited(source, remove_record("", "c", 1)), "# people\n[[c]]\nx = 1\n\n# others\n[d]\n");
    assert_eq!(
        edited(source, remove_record("", "c", 0)),
        "# people\n\n# Ben is new\n[[c]]\nx = 2\n# so it seems\n\n# others\n[d]\n"
    );
}

#[test]
fn a_comment_in_doubt_stays_and_does_not_move_to_the_next_header() {
    let source = "[[c]]\nx = 1\n# of which?\n[[c]]\nx = 2\n";
    assert_eq!(edited(source, remove_record("", "c", 1)), "[[c]]\nx = 1\n# of which?\n");
    let source = "# the file\n\n[[c]]\nx = 1\n[d]\n";
    assert_eq!(edited(source, remove_record("", "c", 0)), "# the file\n\n[d]\n");
    let source = "# the file\n\nk = 1\n[d]\n";
    assert_eq!(edited(source, unset("", "k")), "# the file\n\n[d]\n");
}

#[test]
fn edits_follow_each_other() {
    let source = "[a]\n\n[b]\nz = 1 # z\n";
    let edits =
        [set("a", "name", 1), set("b", "name", 2), set("a", "id", 3), set("b", "z", 4), set("a", "id", 5)];
    assert_eq!(apply(source, &edits).as_deref(), Ok("[a]\nid = 5\nname = 1\n\n[b]\nz = 4 # z\nname = 2\n"));
}

#[test]
fn a_file_without_blank_lines_gets_none() {
    let source = "a = 1\n[[c]]\nx = 1\n[[c]]\nx = 2\n[d]\ny = 1\n";
    assert_eq!(
        edited(source, add_record("", "c", &[("x", 3.into())])),
        "a = 1\n[[c]]\nx = 1\n[[c]]\nx = 2\n[[c]]\nx = 3\n[d]\ny = 1\n"
    );
    assert_eq!(edited(source, remove_record("", "c", 1)), "a = 1\n[[c]]\nx = 1\n[d]\ny = 1\n");
}

#[test]
fn new_lines_take_indent_and_equals_sign_of_their_neighbours() {
    let source = "[[ c ]]\n  x=1\n";
    assert_eq!(edited(source, add_record("", "c", &[("x", 2.into())])), "[[ c ]]\n  x=1\n\n[[ c ]]\n  x=2\n");
    assert_eq!(edited(source, set("c.0", "y", 2)), "[[ c ]]\n  x=1\n  y=2\n");
}

#[test]
fn tables_out_of_order_are_found_and_removed_whole() {
    let source = "[a.b]\nx = 1\n\n[c]\n\n[a]\ny = 1\n\n[a.d]\nz = 1\n";
    assert_eq!(edited(source, set("a", "w", 1)), source.replace("y = 1\n", "y = 1\nw = 1\n"));
    assert_eq!(edited(source, unset("", "a")), "[c]\n");
}

#[test]
fn a_table_or_array_set_anew_keeps_what_is_equal() {
    let source = "[t]\n# one\na = 1 # a\nb = 2\n";
    assert_eq!(
        edited(source, set("", "t", table(&[("a", 1.into()), ("c", 3.into())]))),
        "[t]\n# one\na = 1 # a\nc = 3\n"
    );
    let source = "k = [\n  1, # one\n  2, # two\n]\n";
    assert_eq!(edited(source, set("", "k", vec![1, 2, 3])), "k = [\n  1, # one\n  2, # two\n  3,\n]\n");
    assert_eq!(edited(source, set("", "k", vec![2])), "k = [\n  2, # two\n]\n");
    let new = vec![table(&[("x", 1.into())]), table(&[("x", 3.into())])];
    assert_eq!(edited("[[c]]\nx = 1 # c\n", set("", "c", new)), "[[c]]\nx = 1 # c\n\n[[c]]\nx = 3\n");
    assert_eq!(edited("a = 1\n\n[t]\nx = 1\n", set("", "t", 5)), "a = 1\nt = 5\n");
}

#[test]
fn what_cannot_be_done_is_refused_with_its_place() {
    let refused = |edit| apply(CARD, &[set("", "name", "x"), edit]).expect_err("a refusal");
    let key = |path: &str| EditError::NoSuchKey(path.to_owned());
    let element = |path: &str| EditError::NoSuchElement(path.to_owned());
    assert_eq!(refused(unset("", "gone")), key("gone"));
    assert_eq!(refused(unset("contacts.0", "gone")), key("contacts[0].gone"));
    assert_eq!(refused(remove_record("", "contacts", 1)), element("contacts[1]"));
    assert_eq!(refused(set("contacts.1", "a", 1)), element("contacts[1]"));
    assert_eq!(refused(remove_element("tags", 1)), element("tags[1]"));
    assert_eq!(refused(add_element("gone", 1)), key("gone"));
    assert_eq!(refused(set("name", "a", 1)), EditError::NotATable("name".to_owned()));
    assert_eq!(refused(set("contacts", "a", 1)), EditError::NotATable("contacts".to_owned()));
    assert_eq!(refused(add_element("name", 1)), EditError::NotAnArray("name".to_owned()));
    assert_eq!(refused(add_record("", "name", &[])), EditError::NotAnArray("name".to_owned()));
}

#[test]
fn a_document_that_is_no_toml_is_refused_with_line_and_column() {
    let error = apply("a = 1\nü = \n", &[]).expect_err("no TOML");
    let EditError::Invalid { line, column, .. } = error else {
        panic!("{error}");
    };
    assert_eq!((line, column), (2, 1));
    assert!(apply("a = 1\na = 2\n", &[]).is_err(), "a key twice");
}
