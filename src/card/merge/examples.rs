//! Merges to learn from: two people, one card.

use super::{Clash, Kept, MergeError, Merged, Side, merge};
use crate::card::sample::SCHEMA;

const CARD: &str = "\
id = \"0mqk3v9xw2ht\"
name = \"Müller\"
phone = \"030 1\"
tags = [\"pumps\"]

# The buyer.
[[contacts]]
id = \"c1\"
name = \"Anna\"

[[followups]]
id = \"f1\"
date = 2026-01-01
";

#[track_caller]
fn merged(ours: &str, theirs: &str) -> Merged {
    merge(CARD, ours, theirs, &SCHEMA).expect("a merge")
}

fn with(from: &str, to: &str) -> String {
    assert!(CARD.contains(from), "{from}");
    CARD.replacen(from, to, 1)
}

#[test]
fn both_log_a_followup_and_both_stand_with_their_comments() {
    let ours = format!("{CARD}\n# By phone.\n[[followups]]\nid = \"f2\"\ndate = 2026-02-01\n");
    let theirs = format!("{CARD}\n# At the fair.\n[[followups]]\nid = \"f3\"\ndate = 2026-02-02\n");
    let both = format!("{theirs}\n# By phone.\n[[followups]]\nid = \"f2\"\ndate = 2026-02-01\n");
    let other = format!("{ours}\n# At the fair.\n[[followups]]\nid = \"f3\"\ndate = 2026-02-02\n");
    let found = merged(&ours, &theirs);
    let basis_is_ours = ours > theirs;
    assert_eq!(found.text, if basis_is_ours { other } else { both });
    assert!(found.clashes.is_empty() && found.kept.is_empty());
}

#[test]
fn both_add_a_tag_and_both_tags_stand() {
    let ours = with("[\"pumps\"]", "[\"pumps\", \"valves\"]");
    let theirs = with("[\"pumps\"]", "[\"fair\", \"pumps\"]");
    let found = merged(&ours, &theirs);
    assert_eq!(found.text, with("[\"pumps\"]", "[\"pumps\", \"valves\", \"fair\"]"));
    assert!(found.clashes.is_empty());
}

#[test]
fn one_field_with_two_values_shows_the_greater_and_keeps_the_other() {
    let ours = with("030 1", "030 2");
    let theirs = with("030 1", "030 3");
    let found = merged(&ours, &theirs);
    assert_eq!(found.text, format!("{theirs}\n[[conflicts]]\npath = \"phone\"\nvalue = \"030 2\"\n"));
    let clash = Clash { path: "phone".into(), ours: "030 2".into(), theirs: "030 3".into() };
    assert_eq!(found.clashes, [clash]);
}

#[test]
fn a_third_clone_takes_over_the_decision_of_a_conflict() {
    let open = format!("{CARD}\n[[conflicts]]\npath = \"phone\"\nvalue = \"030 2\"\n");
    let decided = with("030 1", "030 2");
    let third = open.replace("Müller", "Müller GmbH");
    let found = merge(&open, &decided, &third, &SCHEMA).expect("a merge");
    assert_eq!(found.text, decided.replace("Müller", "Müller GmbH"));
}

#[test]
fn an_edit_stays_although_the_other_side_removed_the_record() {
    let ours = with("name = \"Anna\"", "name = \"Anna B.\"");
    let theirs = with("# The buyer.\n[[contacts]]\nid = \"c1\"\nname = \"Anna\"\n\n", "");
    let found = merged(&ours, &theirs);
    assert!(found.text.contains("name = \"Anna B.\""), "{}", found.text);
    assert_eq!(found.kept, [Kept { path: "contacts[c1]".into(), edited: Side::Ours }]);
    let found = merged(&with("030 1", "030 2"), &theirs);
    assert!(!found.text.contains("Anna") && found.text.contains("030 2"), "{}", found.text);
}

#[test]
fn changes_in_lines_beside_each_other_are_no_conflict() {
    let ours = with("Müller", "Müller GmbH");
    let theirs = with("030 1", "030 2");
    let found = merged(&ours, &theirs);
    assert_eq!(found.text, ours.replace("030 1", "030 2"));
    assert!(found.clashes.is_empty());
}

#[test]
fn a_record_without_an_id_is_one_record_however_many_take_it_in() {
    let by_hand = format!("{CARD}\n[[followups]]\ndate = 2026-03-01\n");
    let changed = by_hand.replace("030 1", "030 2");
    let found = merged(&by_hand, &changed);
    assert_eq!(found.text.matches("2026-03-01").count(), 1, "{}", found.text);
}

#[test]
fn conflicts_of_place_are_carried_along() {
    let place = "\n[[conflicts]]\npath = \"@stage\"\nvalue = \"customer\"\n";
    let found = merged(&format!("{CARD}{place}"), &with("030 1", "030 2"));
    assert_eq!(found.text, format!("{}{place}", with("030 1", "030 2")));
}

#[test]
fn line_ends_mark_and_the_missing_end_of_the_last_line_stay() {
    let dos = |text: &str| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"));
    let ours = dos(&with("030 1", "030 2"));
    let theirs = dos(&with("2026-01-01", "2026-01-02"));
    let found = merge(&dos(CARD), &ours, &theirs, &SCHEMA).expect("a merge");
    assert_eq!(found.text, ours.replace("2026-01-01", "2026-01-02"));
}

#[test]
fn two_customers_are_not_merged_and_no_toml_is_refused() {
    let other = with("0mqk3v9xw2ht", "0mqk3v9xw2hv");
    assert!(matches!(merge("", CARD, &other, &SCHEMA), Err(MergeError::TwoCards { .. })));
    let broken = merge(CARD, "name =", CARD, &SCHEMA);
    assert!(matches!(broken, Err(MergeError::Unreadable { text: "ours", .. })));
}
