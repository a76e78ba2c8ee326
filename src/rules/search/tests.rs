//! What finds what: a table of cards' texts and of what people type.

use super::query::Hit;
use super::*;
use crate::card::{Card, read};
use crate::sections::SCHEMA;

const FOLDER: &str = "customers/CN-China/Folder name";

fn card(text: &str) -> Card {
    read::read(text, &SCHEMA).expect("a card")
}

/// What is marked, by path; nothing where the card is not found.
fn found(card: &Card, typed: &str) -> Vec<(String, String)> {
    let query = Query::read(typed).expect("something to look for");
    let folded = FoldedCard::of(card, FOLDER);
    assert!(folded.as_text().is_whole());
    let hits: Vec<Hit<'_>> = query.hits(card, FOLDER);
    let is_found = query.look(&folded.as_text()).is_some();
    let marked = |hit: &Hit<'_>, (from, to): &(usize, usize)| {
        let text: String = hit.entry.text.chars().skip(*from).take(to - from).collect();
        (hit.entry.place.path(), text)
    };
    let marks: Vec<_> = hits.iter().flat_map(|hit| hit.marks.iter().map(move |m| marked(hit, m))).collect();
    if is_found {
        assert!(!marks.is_empty(), "{typed} is found, and nowhere");
        return marks;
    }
    Vec::new()
}

/// A card with a value in a field; whether `typed` finds it, and what is marked there.
fn in_field(key: &str, value: &str, typed: &str) -> Option<String> {
    let card = card(&format!("name = \"X\"\n{key} = {}\n", toml::Value::from(value)));
    found(&card, typed).into_iter().find(|(path, _)| path == key).map(|(_, text)| text)
}

#[test]
fn text_is_found_without_case_accents_width_and_script() {
    for (value, typed, marked) in [
        ("Müller GmbH", "muller", "Müller"),
        ("Müller GmbH", "MULLER", "Müller"),
        ("Müller GmbH", "müller", "Müller"),
        ("Mu\u{308}ller GmbH", "müll", "Mu\u{308}ll"),
        ("Müller GmbH", "mueller", "Müller"),
        ("Mueller GmbH", "Müller", "Mueller"),
        ("Straße 5", "STRASSE", "Straße"),
        ("Łódź", "lodz", "Łódź"),
        ("Møller", "moller", "Møller"),
        ("ＡＢＣ　Ｌｔｄ", "abc", "ＡＢＣ"),
        ("ABC Ltd", "ａｂｃ", "ABC"),
        ("客户檔案", "档案", "檔案"),
        ("客户档案", "檔案", "档案"),
        ("广东省", "廣東", "广东"),
        ("廣東省", "广东", "廣東"),
        ("Тяжмаш", "тяжМАШ", "Тяжмаш"),
        ("Café\u{200b}teria", "cafeteria", "Café\u{200b}teria"),
        ("pay\u{ad}ment", "payment", "pay\u{ad}ment"),
        ("한국무역", "무역", "무역"),
        ("ﾐﾅﾄ商事", "ミナト", "ﾐﾅﾄ"),
        ("مُحَمَّد", "محمد", "مُحَمَّد"),
        ("gear\npumps", "gear pumps", "gear"),
        ("gear pumps", "ear pu", "ear"),
    ] {
        assert_eq!(in_field("remark", value, typed).as_deref(), Some(marked), "{typed} in {value}");
    }
    for (value, typed) in [
        ("Müller", "miller"),
        ("バス", "ハス"),
        ("हिन्दी", "हनद"),
        ("档案", "档按"),
        ("pump", "pumps"),
        ("gear pump", "gear valve"),
    ] {
        assert_eq!(in_field("remark", value, typed), None, "{typed} in {value}");
    }
}

#[test]
fn a_number_is_found_however_it_is_typed() {
    let ways = ["57487654321", "0574-8765 4321", "87654321", "+86 574 8765 4321", "0086-574-87654321"];
    let ways = ways.into_iter().chain([
        "(0574) 87654321",
        "86-0574-8765 4321",
        "5748765",
        "４３２１",
        "0574 8765-4321",
    ]);
    let stored = [
        "+86 (574) 8765-4321",
        "+86 574 87654321",
        "0574-87654321",
        "86-0574-87654321",
        "0086 574 8765 4321",
    ];
    for (typed, value) in ways.flat_map(|typed| stored.into_iter().map(move |value| (typed, value))) {
        assert!(in_field("phone", value, typed).is_some(), "{typed} for {value}");
    }
    for (value, typed) in [
        ("+44 (0)20 7946 0018", "020 7946 0018"),
        ("020 7946 0018", "+44 20 7946 0018"),
        ("+44 (0)20 7946 0018", "+44 20 79460018"),
        ("021 5555 0100 ext 12", "2155550100"),
        ("+1 555 0100", "5550100"),
    ] {
        assert!(in_field("phone", value, typed).is_some(), "{typed} for {value}");
    }
    assert_eq!(in_field("phone", "+86 (574) 8765-4321", "57487654").as_deref(), Some("574) 8765-4"));
    for (value, typed) in [
        ("+86 574 8765 4321", "57487654322"),
        ("+86 574 8765 4321", "+49 574 8765 432"),
        ("+86 574 8765 4321", "4321 8765"),
        ("+86 574 8765 4321", "86574876543210"),
    ] {
        assert_eq!(in_field("phone", value, typed).is_some(), typed == "4321 8765", "{typed} for {value}");
    }
    // A day is no number that is dialled.
    assert_eq!(in_field("remark", "2026-03-11", "20260311"), None);
}

#[test]
fn chinese_names_are_found_by_their_sound_and_its_initials() {
    for (key, value, typed, marked) in [
        ("city", "深圳", "shenzhen", "深圳"),
        ("city", "深圳", "sz", "深圳"),
        ("city", "深圳", "ShenZ", "深圳"),
        ("city", "深圳", "zhen", "圳"),
        ("city", "重慶", "chongqing", "重慶"),
        ("city", "厦门", "xiamen", "厦门"),
        ("city", "西安", "xi'an", "西安"),
        ("short_name", "绿源", "lvyuan", "绿源"),
        ("short_name", "绿源", "lüyuan", "绿源"),
        ("local_name", "深圳市启明五金", "qiming", "启明"),
        ("local_name", "深圳市啟明五金", "qmwj", "啟明五金"),
        ("local_name", "ABC深圳启铭", "sz", "深圳"),
    ] {
        assert_eq!(in_field(key, value, typed).as_deref(), Some(marked), "{typed} for {value}");
    }
    let person = card("name = \"X\"\n[[contacts]]\nid = \"k3f9q2\"\nname = \"曾国强\"\n");
    let at = |text: &str| vec![("contacts[k3f9q2].name".to_owned(), text.to_owned())];
    assert_eq!(found(&person, "zengguoqiang"), at("曾国强"));
    assert_eq!(found(&person, "zgq"), at("曾国强"));
    for (key, value, typed) in [
        ("city", "Suzhou area, sizes", "sz"),
        ("city", "深圳", "shzh"),
        ("city", "深圳", "enzhen"),
        ("city", "广东深圳", "sz"),
        ("local_name", "ミナト商事", "minato"),
        ("remark", "深圳", "shenzhen"),
        ("remark", "深圳", "sz"),
    ] {
        assert_eq!(in_field(key, value, typed), None, "{typed} for {value}");
    }
}

const WHOLE: &str = r#"
id = "0mqk3v9xw2ht"
no = "L0007"
name = "Müller Maschinenbau GmbH"
tags = ["hydraulics", "canton-fair"]
biz_type = "importer"
nature = "trader"
sincerity = 90
former_ids = ["7hq2td8v0mq1"]

[custom]
port = "Ningbo"
size = 4711
gone = true

[external]
erp = "K-0099"

[[contacts]]
id = "k3f9q2"
name = "Anna Müller"
title = "Einkauf"

[[contacts.channels]]
id = "z07w4c"
kind = "email"
value = "anna@mueller.example"

[[contacts.channels]]
id = "z07w4d"
kind = "wechat"
value = "13800138000"

[[followups]]
id = "w81mzc"
date = 2026-03-11
how = "email"
topic = "Gear pumps"
note = """
First line.
Wants twenty pumps, FOB Ningbo.
"""
by = "lin"
settles = "8hq2td"
"#;

#[test]
fn every_text_of_a_card_has_its_place() {
    let card = card(WHOLE);
    let paths = |typed: &str| found(&card, typed).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    for (typed, expected) in [
        ("L0007", vec!["no"]),
        ("hydraulic", vec!["tags"]),
        ("7hq2", vec!["former_ids"]),
        ("4711", vec!["custom.size"]),
        ("ningbo", vec!["followups[w81mzc].note", "custom.port"]),
        ("K-0099", vec!["external.erp"]),
        ("einkauf", vec!["contacts[k3f9q2].title"]),
        ("anna@", vec!["contacts[k3f9q2].channels[z07w4c].value"]),
        ("138 0013 8000", vec!["contacts[k3f9q2].channels[z07w4d].value"]),
        ("2026-03-11", vec!["followups[w81mzc].date"]),
        ("pumps", vec!["followups[w81mzc].topic", "followups[w81mzc].note"]),
        ("lin", vec!["followups[w81mzc].note", "followups[w81mzc].by"]),
        ("müller einkauf", vec!["name", "contacts[k3f9q2].name", "contacts[k3f9q2].title"]),
        ("china", vec!["folder"]),
        ("müller china", vec!["name", "contacts[k3f9q2].name", "folder"]),
    ] {
        let mut paths = paths(typed);
        paths.retain(|path| !(typed.contains("müller") && path.contains("channels")));
        assert_eq!(paths, expected, "{typed}");
    }
    // Words of a list, flags, plain numbers and ids of records are no text.
    for typed in ["importer", "trader", "true", "w81mzc", "8hq2td", "email"] {
        assert_eq!(paths(typed), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn a_word_of_one_place_and_a_word_of_another_are_not_one_word() {
    let card = card("name = \"Alpha\"\nshort_name = \"Beta\"\nphone = \"+49 30 1234\"\nfax = \"+49 5678\"\n");
    for typed in ["alphabeta", "12344956", "phabe"] {
        assert_eq!(found(&card, typed), Vec::new(), "{typed}");
    }
}

#[test]
fn names_come_before_people_before_the_rest_and_words_before_parts() {
    let cards = [
        "name = \"Nord\"",
        "name = \"Nordwind\"",
        "name = \"A\"\nshort_name = \"Nordic\"\n[[followups]]\nid = \"w81mzc\"\ndate = 2026-03-11\nhow = \"email\"\ntopic = \"x\"",
        "no = \"L0002\"\nname = \"B\"\n[[contacts]]\nid = \"k3f9q2\"\nname = \"Nord\"",
        "no = \"L0010\"\nname = \"C\"\n[[contacts]]\nid = \"k3f9q2\"\nname = \"Nord\"",
        "no = \"L0001\"\nname = \"D\"\nremark = \"nord nord nord\"",
        "no = \"L0001\"\nname = \"E\"\nremark = \"nord\"",
        "no = \"L0001\"\nname = \"F\"\nremark = \"nordic\"",
    ];
    let query = Query::read("nord").expect("a word");
    let rank = |text: &&str| query.look(&FoldedCard::of(&card(text), FOLDER).as_text()).expect("found");
    let ranks: Vec<Rank> = cards.iter().map(rank).collect();
    for (at, pair) in ranks.windows(2).enumerate() {
        // Of two parts in names, the customer who was spoken to comes first.
        let turned = at == 1;
        assert_eq!(pair[0] < pair[1], !turned, "{:?} {:?}", cards[at], cards[at + 1]);
    }
}

#[test]
fn there_must_be_something_to_look_for() {
    for typed in ["", "  ", "\u{200b}", "\n"] {
        assert!(Query::read(typed).is_none(), "{typed:?}");
    }
}
