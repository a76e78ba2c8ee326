//! How well likeness tells: twenty messy pairs of one firm's name, and twenty near misses of
//! different firms. All names are invented. The pairs were written before the rules were tuned, and
//! are compared by name alone, in one country, which is the hardest case.

use super::{ALIKE, Lookalikes, Particulars, SURE, Sketch, compare, pairs};

/// One firm, twice.
const SAME: [(&str, &str); 20] = [
    // Legal forms, the umlaut spelled out.
    ("Brünhagen Maschinenbau GmbH & Co. KG", "Bruenhagen Maschinenbau"),
    // Letters that have no accent to lose.
    ("Østervang Køleteknik A/S", "OSTERVANG KOLETEKNIK AS"),
    // The partners the other way round, and shortened words.
    ("Kessler & Vogtland Handelsgesellschaft mbH", "Vogtland und Kessler Handelsges. m.b.H."),
    ("Tornedal International Trading Ltd.", "Tornedal Intl. Trading Limited"),
    ("Hargrove Brothers Hardware Inc.", "Hargrove Bros Hardware, Incorporated"),
    // Cyrillic and Latin.
    ("ООО «Северпромдеталь»", "Severpromdetal LLC"),
    ("ВЕЛИХТРАНС ЕООД", "Velikhtrans EOOD"),
    // Traditional and simplified, with and without the word for a town.
    ("深圳市啟銘五金製品有限公司", "深圳启铭五金制品有限公司"),
    // Chinese and how it is exported.
    ("宁波海顺贸易有限公司", "Ningbo Haishun Trading Co., Ltd."),
    ("深圳市啟銘電子有限公司", "Shenzhen Qi Ming Electronics Co.,Ltd"),
    // The legal form in front and behind, accents.
    ("Marquetería Peñalosa, S.L.", "S.L. PENALOSA MARQUETERIA"),
    ("PT. Sinar Cendana Abadi Tbk", "Sinar Cendana Abadi, PT"),
    ("Fabryka Mebli Żółtowski Sp. z o.o.", "Zoltowski Fabryka Mebli spółka z ograniczoną odpowiedzialnością"),
    ("Grupo Valdeseco Importaciones S.A. de C.V.", "VALDESECO IMPORTACIONES SA DE CV"),
    // Typing errors.
    ("Schweitzermann Werkzeuge AG", "Schweizermann Werkzeuge AG"),
    ("Northgate Fastners Pty Ltd", "Northgtae Fasteners Pty. Limited"),
    ("Lindqvist Möbler Aktiebolag", "AB Lindquist Moebler"),
    // Plural, article, words written together.
    ("The Cotswell Bolt Company", "Cotswell Bolts Co."),
    ("Al-Rashwan General Trading L.L.C.", "AlRashwan Gen. Trading LLC"),
    // Half width, and the legal form as one character.
    ("株式会社ミナトヤマ精機", "ﾐﾅﾄﾔﾏ精機㈱"),
];

/// Two firms.
const DIFFERENT: [(&str, &str); 20] = [
    // Sister firms in other towns, with another number.
    ("Sunrise Trading Shanghai Co., Ltd.", "Sunrise Trading Ningbo Co., Ltd."),
    ("深圳华盛五金有限公司", "东莞华盛五金有限公司"),
    ("Velmora Steel Plant 2", "Velmora Steel Plant 3"),
    ("First Harbour Shipping Agency", "Second Harbour Shipping Agency"),
    // One family name, another trade.
    ("Müller Bau GmbH", "Müller Druck GmbH"),
    ("Fabryka Mebli Żółtowski", "Fabryka Okien Żółtowski"),
    ("Rossetti Marmi S.r.l.", "Rossetti Motori S.r.l."),
    // One group, another subsidiary.
    ("Kestor Logistics B.V.", "Kestor Chemicals B.V."),
    ("Brannock Group plc", "Brannock Insurance Brokers Ltd"),
    // Nothing but words of the trade.
    ("General Trading & Import Co.", "Universal Import & Trading Co."),
    ("Alpine Hydraulics Inc.", "Alpine Pneumatics Inc."),
    ("East Coast Timber Co.", "West Coast Timber Co."),
    // Short names, one letter apart.
    ("Norda GmbH", "Norma GmbH"),
    ("ABX Electric Ltd", "ABZ Electric Ltd"),
    // Longer names, few letters apart.
    ("Petersen Marine A/S", "Pedersen Marine A/S"),
    ("PT Sinar Cendana Abadi", "PT Sinar Kencana Abadi"),
    ("ЗАО Волгатехмаш", "ООО Волгахиммаш"),
    ("Atelier Delacourt Lyon SARL", "Atelier Delamare Lyon SARL"),
    // One character, one syllable apart.
    ("宁波海顺贸易有限公司", "宁波海盛贸易有限公司"),
    ("株式会社ミナトヤマ精機", "株式会社ミナトカワ精機"),
];

fn sketch(name: &str) -> Sketch {
    Sketch::of(&Particulars { names: vec![name.to_owned()], ..Particulars::default() }, &[])
}

fn score(a: &str, b: &str) -> u8 {
    let (one, two) = (sketch(a), sketch(b));
    let there = compare(&one, &two).map_or(0, |l| l.score);
    let back = compare(&two, &one).map_or(0, |l| l.score);
    assert_eq!(there, back, "{a} and {b} are as like as {b} and {a}");
    there
}

/// Said also when all is well enough: the next who tunes wants to see what is left.
#[allow(clippy::disallowed_macros, reason = "a test says what it got wrong")]
fn say(what: &str, wrong: &[(u8, &str, &str)]) {
    println!("{what}: {wrong:#?}");
}

#[test]
fn messy_names_of_one_firm_are_alike() {
    let wrong: Vec<_> = SAME.iter().map(|(a, b)| (score(a, b), *a, *b)).filter(|w| w.0 < ALIKE).collect();
    say("missed", &wrong);
    assert!(SAME.len() - wrong.len() >= 19, "missed: {wrong:#?}");
}

#[test]
fn near_misses_are_different_firms() {
    let wrong: Vec<_> =
        DIFFERENT.iter().map(|(a, b)| (score(a, b), *a, *b)).filter(|w| w.0 >= ALIKE).collect();
    say("taken for one", &wrong);
    assert!(DIFFERENT.len() - wrong.len() >= 19, "taken for one: {wrong:#?}");
    assert!(wrong.iter().all(|w| w.0 < SURE), "surely taken for one: {wrong:#?}");
}

#[test]
fn the_search_finds_the_messy_pairs_among_all_the_names() {
    let names: Vec<&str> = SAME.iter().chain(&DIFFERENT).flat_map(|(a, b)| [*a, *b]).collect();
    let sketches: Vec<Sketch> = names.iter().map(|name| sketch(name)).collect();
    let found = pairs(&sketches, ALIKE);
    let is_found = |a: usize, b: usize| found.iter().any(|(i, j, _)| (*i, *j) == (a, b));
    let missed: Vec<_> =
        (0..SAME.len()).filter(|at| !is_found(2 * at, 2 * at + 1)).map(|at| SAME[at]).collect();
    assert!(missed.len() <= 1, "missed: {missed:#?}");
    let near = (SAME.len()..names.len() / 2).filter(|at| is_found(2 * at, 2 * at + 1));
    assert!(near.count() <= 1, "{found:#?}");
}

#[test]
fn one_row_finds_the_firm_that_it_means() {
    let mut known = Lookalikes::default();
    for (name, _) in SAME.iter().take(10).chain(&DIFFERENT) {
        known.add(sketch(name));
    }
    let missed: Vec<_> = SAME
        .iter()
        .take(10)
        .enumerate()
        .filter(|(at, (_, messy))| known.best(&sketch(messy)).is_none_or(|(found, _)| found != *at))
        .collect();
    assert!(missed.len() <= 1, "missed: {missed:#?}");
}
