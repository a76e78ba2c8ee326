//! Towns that tell countries apart whose codes old lists mix up: the republics of Yugoslavia, the
//! two Congos, the two Sudans. A handful each, the largest and the ports; no gazetteer. To add one:
//! a word.

use super::country::{Country, fold};

/// The alpha-2 code of a country, and its towns as letters have them in English, in the country's
/// own languages, in French, in Chinese.
const TOWNS: &[(&str, &[&str])] = &[
    ("BA", &["Sarajevo", "萨拉热窝", "Banja Luka", "巴尼亚卢卡", "Mostar", "莫斯塔尔", "Tuzla", "图兹拉"]),
    (
        "CD",
        &[
            "Kinshasa",
            "Léopoldville",
            "金沙萨",
            "Lubumbashi",
            "Élisabethville",
            "卢本巴希",
            "Kisangani",
            "Stanleyville",
            "基桑加尼",
            "Goma",
            "戈马",
            "Bukavu",
            "布卡武",
            "Mbuji-Mayi",
            "姆布吉马伊",
            "Kananga",
            "卡南加",
            "Kolwezi",
            "科卢韦齐",
            "Matadi",
            "马塔迪",
        ],
    ),
    ("HR", &["Zagreb", "萨格勒布", "Split", "斯普利特", "Rijeka", "里耶卡", "Osijek", "奥西耶克"]),
    (
        "ME",
        &[
            "Podgorica",
            "Подгорица",
            "Titograd",
            "波德戈里察",
            "Nikšić",
            "Никшић",
            "尼克希奇",
            "Kotor",
            "科托尔",
        ],
    ),
    ("MK", &["Skopje", "Скопје", "斯科普里", "Bitola", "Битола", "比托拉", "Tetovo", "泰托沃"]),
    (
        "RS",
        &[
            "Belgrade",
            "Beograd",
            "Београд",
            "贝尔格莱德",
            "Novi Sad",
            "Нови Сад",
            "诺维萨德",
            "Niš",
            "Ниш",
            "尼什",
            "Kragujevac",
            "Крагујевац",
            "克拉古耶瓦茨",
            "Subotica",
            "苏博蒂察",
        ],
    ),
    ("SI", &["Ljubljana", "卢布尔雅那", "Maribor", "马里博尔", "Koper", "科佩尔"]),
    (
        "SS",
        &[
            "Juba",
            "Djouba",
            "朱巴",
            "Wau",
            "Waou",
            "瓦乌",
            "Malakal",
            "马拉卡勒",
            "Rumbek",
            "伦拜克",
            "Yambio",
            "延比奥",
            "Torit",
            "托里特",
        ],
    ),
    ("XK", &["Pristina", "Priština", "Prishtina", "Prishtinë", "普里什蒂纳", "Prizren", "普里兹伦"]),
];

/// The country of a town, when it is one of these; `Kinshasa, Gombe` and `Juba (Jubek)` are found too.
pub(super) fn country_of(town: &str) -> Option<Country> {
    let parts =
        std::iter::once(town).chain(town.split([',', '，', '、', '/', ';', '；', '(', '（', ')', '）']));
    let parts: Vec<String> = parts.map(fold).filter(|part| !part.is_empty()).collect();
    let (code, _) = TOWNS
        .iter()
        .find(|(_, towns)| towns.iter().any(|known| parts.iter().any(|part| *part == fold(known))))?;
    Country::from_code(code)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_town_stands_in_one_country_and_once() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (code, towns) in TOWNS {
            assert!(Country::from_code(code).is_some(), "{code}");
            for town in *towns {
                let before = seen.insert(fold(town), code);
                assert!(before.is_none_or(|other| other == *code), "{town}: {before:?} and {code}");
            }
        }
    }

    #[test]
    fn a_town_is_found_as_people_write_it() {
        for (town, code) in [
            ("Kinshasa", "CD"),
            ("KINSHASA, Gombe", "CD"),
            ("Nis", "RS"),
            ("Novi-Sad", "RS"),
            ("贝尔格莱德（Beograd）", "RS"),
            ("Prishtine", "XK"),
        ] {
            assert_eq!(country_of(town), Country::from_code(code), "{town}");
        }
        for town in ["", "-", "Paris", "New Belgrade Street"] {
            assert_eq!(country_of(town), None, "{town}");
        }
    }
}
