//! The checks of one card as tables: a card in, codes out.

use std::collections::BTreeSet;

use super::*;
use crate::card::read;
use crate::i18n::Say;
use crate::sections::SCHEMA;

/// What a card must have to be without findings.
const WHOLE: &str =
    "id = \"c0\"\nno = \"C0001\"\nname = \"A\"\nowner = \"lin\"\nphone = \"+49 40 1\"\naddress = \"B\"\n";
const CONTACT: &str = "[[contacts]]\nid = \"k1\"\nname = \"Anna\"\n";
const PLAN: &str = "[[plans]]\nid = \"p1\"\ndate = 2026-03-20\n";

fn findings(text: &str, stage: &str, settings: &str) -> Vec<Finding> {
    let parsed = read::read(text, &SCHEMA).expect("a card");
    let country = Country::from_code("DE").expect("Germany");
    let filed = Filed { stage, country, card: "C0001", by_name: false };
    let settings = Settings::read(settings).expect("settings");
    card(&parsed, text, &filed, &settings, "2026-03-11".parse().expect("a day"))
}

/// The findings of a whole card with something more.
fn codes(top: &str, records: &str) -> Vec<&'static str> {
    let text = format!("{WHOLE}{top}{CONTACT}{records}{PLAN}");
    findings(&text, "prospect", "").iter().map(Finding::code).collect()
}

#[test]
fn a_card_that_is_fine_has_no_finding() {
    assert_eq!(codes("", ""), [""; 0]);
}

#[test]
fn each_rule_finds_its_own() {
    let followup = "[[followups]]\nid = \"f1\"\ndate = 2026-03-10\nhow = \"phone\"\ntopic = \"T\"\n";
    let cases: &[(&str, String, &[&str])] = &[
        ("biz_type = \"compile\"\n", String::new(), &["unlisted_choice"]),
        ("sincerity = 101\n", String::new(), &["bad_value"]),
        ("onwer = \"x\"\n", String::new(), &["near_key"]),
        ("country = \"FR\"\n", String::new(), &["unknown_key", "country_disagrees"]),
        ("country = \"Germany\"\n", String::new(), &["unknown_key"]),
        ("closed = 2026-03-01\n", String::new(), &["closed_elsewhere"]),
        ("", format!("{followup}contact = \"k9\"\n"), &["broken_reference"]),
        ("", format!("{followup}contact = \"k1\"\n"), &[]),
        ("", followup.replace("03-10", "03-12"), &["future_day"]),
        ("", format!("{followup}entered_at = 2026-03-13T01:00:00+08:00\n"), &["late_entry"]),
        ("", format!("{followup}entered_at = 2026-03-11T23:00:00+08:00\n"), &[]),
        ("", followup.replace("id = \"f1\"\n", ""), &["missing_id"]),
        ("", followup.replace("topic = \"T\"\n", ""), &["missing_field"]),
        ("", CONTACT.into(), &["twin_id"]),
        ("", "[[contacts]]\nid = \"k2\"\nname = \"B\"\nbirthday = 2027-01-01\n".into(), &["future_day"]),
        ("", "[[contacts]]\nid = \"k2\"\nname = \"B\"\nbirthday = \"12-24\"\n".into(), &[]),
        (
            "",
            "[[contacts]]\nid = \"k2\"\nname = \"B\"\nsince = 2026-01-02\nuntil = 2026-01-01\n".into(),
            &["days_reversed"],
        ),
        (
            "",
            "[[contacts]]\nid = \"k2\"\nname = \"B\"\nmain = true\n[[contacts]]\nid = \"k3\"\nname = \"C\"\nmain = true\n"
                .into(),
            &["two_main_contacts"],
        ),
    ];
    for (top, records, expected) in cases {
        assert_eq!(codes(top, records), *expected, "{top}{records}");
    }
}

#[test]
fn a_main_contact_who_left_is_mended_only_where_another_is_there() {
    let left = "[[contacts]]\nid = \"k2\"\nname = \"B\"\nmain = true\nuntil = 2026-02-01\n";
    let found = |records: &str| {
        let text = format!("{WHOLE}{CONTACT}{records}{PLAN}");
        findings(&text, "prospect", "").into_iter().map(|f| (f.code(), f.fix.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(found(left), [("ended_main_contact", false)]);
    let another = "[[contacts]]\nid = \"k3\"\nname = \"C\"\nmain = true\n";
    assert_eq!(found(&format!("{left}{another}")), [("ended_main_contact", true)]);
}

#[test]
fn an_open_customer_needs_a_next_step_and_a_closed_one_a_day() {
    let text = format!("{WHOLE}{CONTACT}");
    let of = |stage| findings(&text, stage, "").iter().map(Finding::code).collect::<Vec<_>>();
    assert_eq!(of("prospect"), ["no_next_step"]);
    assert_eq!(of("closed"), ["closed_without_day"]);
}

#[test]
fn completeness_is_filled_by_mandatory_and_bounded_by_the_settings() {
    let of = |text: &str, stage: &str, settings: &str| {
        let found = findings(&format!("{text}{PLAN}"), stage, settings);
        found
            .iter()
            .find(|f| f.code() == "incomplete")
            .map(|f| f.said.say(crate::i18n::Lang::En).into_owned())
    };
    let card = format!("{WHOLE}{CONTACT}");
    assert_eq!(of(&card, "prospect", ""), None);
    let said = of(&card, "customer", "").expect("no dealings are filled in");
    assert!(said.starts_with("45% ") && said.contains("Holder of the purse"), "{said}");
    // Nine of ten are 90%.
    let ten = "[check]\ncompleteness = 91\n[check.mandatory]\nenterprise = [\"name\", \"no\", \"owner\", \
               \"phone\", \"address\", \"contacts\", \"contacts.name\", \"plans\", \"plans.date\", \"fax\"]";
    assert!(of(&card, "prospect", ten).expect("one lacks").starts_with("90% "));
    assert_eq!(of(&card, "prospect", &ten.replace("91", "90")), None);
    let person = "id = \"c0\"\nno = \"C1\"\nname = \"A\"\nowner = \"lin\"\nkind = \"person\"\nphone = \"+49 40 1\"\naddress = \"B\"\n";
    assert_eq!(of(person, "prospect", ""), None);
}

#[test]
fn fields_of_the_companys_own_count_and_are_held_to_their_kind() {
    let own = "[fields.moq]\nkind = \"int\"\nlabel_en = \"Least order\"\nrequired = true\n[check]\ncompleteness = 100";
    let of = |custom: &str| {
        let found = findings(&format!("{WHOLE}{CONTACT}{PLAN}{custom}"), "prospect", own);
        found.iter().map(|f| f.said.say(crate::i18n::Lang::En).into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of(""), ["83% of the mandatory fields are filled; missing: Least order"]);
    assert_eq!(of("[custom]\nmoq = 500\n"), [""; 0]);
    assert_eq!(of("[custom]\nmoq = \"500\"\nport = 1\n"), [""; 0]);
    assert_eq!(of("[custom]\nmoq = \"many\"\n"), ["custom.moq: ‘many’ is not a whole number"]);
}

#[test]
fn members_are_those_of_the_team() {
    let text = format!("{WHOLE}{CONTACT}{PLAN}");
    let codes: Vec<_> =
        findings(&text, "prospect", "[[team]]\nkey = \"wang\"").iter().map(Finding::code).collect();
    assert_eq!(codes, ["unknown_member"]);
    assert!(findings(&text, "prospect", "[[team]]\nkey = \"lin\"").is_empty());
}

#[test]
fn findings_stand_where_the_value_stands() {
    let text = format!("{WHOLE}{CONTACT}biz = 1\n{PLAN}by = \"nobody\"\n");
    let found = findings(&text, "prospect", "[[team]]\nkey = \"lin\"");
    let lines: Vec<_> =
        found.iter().map(|f| (f.code(), read::line_and_column(&text, f.at.expect("a place")))).collect();
    assert_eq!(lines, [("unknown_key", (10, 1)), ("unknown_member", (14, 1))]);
}

/// The codes of the messages in a source.
fn codes_in(source: &str) -> BTreeSet<&str> {
    let lines = source.lines().filter(|l| l.trim_end().ends_with("\":") && l.contains(" = \""));
    lines.filter_map(|l| l.rsplit(" = \"").next()?.strip_suffix("\":")).collect()
}

#[test]
fn every_code_is_explained_in_every_language_and_every_explanation_has_a_code() {
    let says = include_str!("says.rs").split("pub enum Mend").next().expect("what is said");
    let mut wanted = codes_in(says);
    wanted.remove("flaw");
    let reading = include_str!("../../card/read.rs");
    wanted.extend(codes_in(reading.split("pub enum Flaw").nth(1).expect("flaws")));
    let told: BTreeSet<&str> = codes::every().map(|about| about.code).collect();
    assert_eq!(wanted, told);
    assert_eq!(codes::every().count(), told.len(), "a code stands twice");
    for about in codes::every() {
        for text in [about.what, about.why, about.mend] {
            assert!(text.every().all(|t| t.len() > 3 && !t.ends_with(' ')), "{}", about.code);
        }
        assert!(!about.source.is_empty());
    }
}
