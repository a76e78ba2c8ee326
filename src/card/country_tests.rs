//! The list of countries of an export desk of the nineties, code for code as it is printed, with the
//! codes that it has wrong or that are no longer valid: every one is read, or asked.

use super::country::{Country, Doubt, OLD, Reading, Tongue, Unclear, fold, read, read_with};
use crate::i18n::{Lang, Say};

/// The codes and labels as printed; China stands there twice.
#[rustfmt::skip]
const PRINTED: [(&str, &str); 153] = [
    ("AE", "阿联酋"), ("AF", "阿富汗"), ("AL", "阿尔巴尼亚"), ("AM", "亚美尼亚"), ("AO", "安哥拉"), ("AR", "阿根廷"), ("AT", "奥地利"), ("AU", "澳大利亚"), ("AZ", "阿塞拜疆"),
    ("BD", "孟加拉"), ("BE", "比利时"), ("BF", "布基纳法索"), ("BG", "保加利亚"), ("BH", "巴林"), ("BI", "布隆迪"), ("BJ", "贝宁"), ("BL", "巴勒斯坦"), ("BN", "文莱"), ("BO", "玻利维亚"), ("BR", "巴西"), ("BW", "博茨瓦纳"), ("BY", "白俄罗斯"),
    ("CA", "加拿大"), ("CF", "中非"), ("CG", "刚果"), ("CH", "瑞士"), ("CL", "智利"), ("CM", "喀麦隆"), ("CN", "中国"), ("CN", "中国"), ("CO", "哥伦比亚"), ("CR", "哥斯达黎加"), ("CS", "捷克"), ("CU", "古巴"), ("CY", "塞浦路斯"),
    ("DE", "德国"), ("DK", "丹麦"), ("DO", "多米尼加共和国"), ("DZ", "阿尔及利亚"),
    ("EC", "厄瓜多尔"), ("EE", "爱沙尼亚"), ("EG", "埃及"), ("ES", "西班牙"), ("ET", "埃塞俄比亚"),
    ("FI", "芬兰"), ("FJ", "斐济"), ("FR", "法国"),
    ("GA", "加蓬"), ("GB", "英国"), ("GD", "格林纳达"), ("GE", "格鲁吉亚"), ("GH", "加纳"), ("GN", "几内亚"), ("GR", "希腊"), ("GT", "危地马拉"),
    ("HK", "香港"), ("HN", "洪都拉斯"), ("HU", "匈牙利"),
    ("ID", "印度尼西亚"), ("IE", "爱尔兰"), ("IL", "以色列"), ("IN", "印度"), ("IQ", "伊拉克"), ("IR", "伊朗"), ("IS", "冰岛"), ("IT", "意大利"),
    ("JM", "牙买加"), ("JO", "约旦"), ("JP", "日本"),
    ("KE", "肯尼亚"), ("KG", "吉尔吉斯坦"), ("KH", "柬埔寨"), ("KP", "北朝鲜"), ("KR", "韩国"), ("KT", "科特迪瓦"), ("KW", "科威特"), ("KZ", "哈萨克"),
    ("LA", "老挝"), ("LB", "黎巴嫩"), ("LC", "圣卢西亚"), ("LI", "列支敦士登"), ("LK", "斯里兰卡"), ("LR", "利比里亚"), ("LT", "立陶宛"), ("LU", "卢森堡"), ("LV", "拉脱维亚"), ("LY", "利比亚"),
    ("MA", "摩洛哥"), ("MC", "摩纳哥"), ("MD", "摩尔多瓦"), ("MG", "马达加斯加"), ("ML", "马里"), ("MM", "缅甸"), ("MN", "蒙古"), ("MO", "澳门地区"), ("MT", "马耳他"), ("MU", "毛里求斯"), ("MW", "马拉"), ("MX", "墨维西哥"), ("MY", "马来西亚"), ("MZ", "莫桑比克"),
    ("NA", "纳米比亚"), ("NE", "尼日尔"), ("NG", "尼日利亚"), ("NI", "尼加拉瓜"), ("NL", "荷兰"), ("NO", "挪威"), ("NP", "尼泊尔"), ("NZ", "新西兰"),
    ("OM", "阿曼"),
    ("PA", "巴拿马"), ("PE", "秘鲁"), ("PG", "巴布亚新几内亚"), ("PH", "菲律宾"), ("PK", "巴基斯坦"), ("PL", "波兰"), ("PT", "葡萄牙"), ("PY", "巴拉圭"),
    ("QA", "卡塔尔"),
    ("RO", "罗马尼亚"), ("RU", "俄罗斯"),
    ("SA", "沙特阿拉伯"), ("SC", "塞舌尔"), ("SD", "苏丹"), ("SE", "瑞典"), ("SG", "新加坡"), ("SI", "斯洛文尼亚"), ("SK", "斯洛伐克"), ("SM", "圣马力诺"), ("SN", "塞内加尔"), ("SO", "索马里"), ("SY", "叙利亚"), ("SZ", "斯威士兰"),
    ("TD", "乍得"), ("TG", "多哥"), ("TH", "泰国"), ("TJ", "塔吉克"), ("TW", "台湾省"), ("TZ", "坦桑尼亚"),
    ("UA", "乌克兰"), ("UG", "乌干达"), ("US", "美国"), ("UY", "乌拉圭"), ("UZ", "乌兹别克"),
    ("VC", "圣文森特岛"), ("VE", "委内瑞拉"), ("VN", "越南"),
    ("YE", "也门"), ("YU", "南斯拉夫联盟"),
    ("ZA", "南非"), ("ZM", "赞比亚"), ("ZR", "扎伊尔"), ("ZW", "津巴布韦"),
];

/// Entries whose code is not the country's code of today.
const REMAPPED: [(&str, &str); 4] = [("BL", "PS"), ("CS", "CZ"), ("KT", "CI"), ("ZR", "CD")];

fn country(code: &str) -> Country {
    Country::from_code(code).expect("the test names a code of the table")
}

fn countries(codes: &[&str]) -> Vec<Country> {
    codes.iter().map(|code| country(code)).collect()
}

/// What a text is read as, without a doubt and without a town.
#[track_caller]
fn assert_plain(text: &str, code: &str) {
    let plain = Reading { country: country(code), original: None, warnings: Vec::new() };
    assert_eq!(read(text, None), Ok(plain), "{text}");
}

/// What a text is read as that stands for another code of today.
#[track_caller]
fn assert_remapped(text: &str, code: &str) -> Vec<Doubt> {
    let reading = read(text, None).unwrap_or_else(|unclear| panic!("{text}: {unclear:?}"));
    assert_eq!(reading.country, country(code), "{text}");
    assert_eq!(reading.original.as_deref(), Some(text), "the original is kept");
    assert_eq!(Country::parse(text), Ok(country(code)), "{text}");
    reading.warnings
}

/// What is asked about a text: the candidates of today, and those of the oldest records.
#[track_caller]
fn assert_asked(text: &str, today: &[&str], oldest: &[&str]) {
    let Err(Unclear::Old { to, before, .. }) = read(text, None) else {
        panic!("{text} is asked about, not read as {:?}", read(text, None));
    };
    assert_eq!((to, before), (countries(today), countries(oldest)), "{text}");
    assert!(Country::parse(text).is_err(), "{text}");
}

#[test]
fn every_printed_entry_is_read_by_code_by_label_and_by_both() {
    let mut codes: Vec<&str> = PRINTED.iter().map(|(code, _)| *code).collect();
    codes.dedup();
    assert_eq!(codes.len(), 152, "152 codes in 153 entries");
    for (code, label) in PRINTED {
        let both = format!("{code}-{label}");
        let today = REMAPPED.iter().find(|(old, _)| *old == code).map(|(_, today)| *today);
        match (code, today) {
            ("YU", _) => {
                for text in [code, label, &both] {
                    assert_asked(text, &["RS", "ME"], &["BA", "HR", "MK", "SI", "XK"]);
                }
            }
            // One label, two countries: never guessed.
            ("CG", _) => {
                assert_plain(code, "CG");
                assert_plain(&both, "CG");
                assert_eq!(read(label, None), Err(Unclear::Several(countries(&["CD", "CG"]))));
            }
            (_, Some(today)) => {
                assert_eq!(Country::parse(label), Ok(country(today)), "{label}");
                assert_remapped(&both, today);
                assert!(read(code, None).is_ok() != matches!(code, "BL" | "CS"), "{code}");
            }
            (_, None) => {
                assert_plain(code, code);
                assert_plain(label, code);
                assert_plain(&both, code);
            }
        }
    }
}

#[test]
fn row_yu_asks_or_is_decided_by_the_town() {
    let republics = ["BA", "HR", "MK", "SI", "XK"];
    for text in ["YU", "yu", " ＹＵ ", "YUG", "Yugoslavia", "南斯拉夫", "YU-Yugoslavia"] {
        assert_asked(text, &["RS", "ME"], &republics);
    }
    for (town, code) in [
        ("Belgrade", "RS"),
        ("Beograd", "RS"),
        ("贝尔格莱德", "RS"),
        ("Novi Sad", "RS"),
        ("Niš", "RS"),
        ("Podgorica", "ME"),
        ("Nikšić", "ME"),
        ("Sarajevo", "BA"),
        ("Zagreb", "HR"),
        ("Skopje", "MK"),
        ("Ljubljana", "SI"),
        ("Prishtina", "XK"),
    ] {
        let reading = read("YU-南斯拉夫联盟", Some(town)).expect(town);
        assert_eq!(reading.country, country(code), "{town}");
        assert_eq!(reading.original.as_deref(), Some("YU-南斯拉夫联盟"));
        assert!(matches!(reading.warnings.as_slice(), [Doubt::DecidedByTown { .. }]), "{town}");
    }
    assert!(read("YU", Some("Kinshasa")).is_err(), "a town elsewhere decides nothing");
    assert_remapped("YU-塞尔维亚", "RS");
    let Err(Unclear::Old { code, until, .. }) = read("YU", None) else { panic!("asked") };
    assert_eq!((code, until), ("YU", "2003-07-23"));
}

#[test]
fn row_cs_is_the_czech_republic_by_its_label_and_else_asked() {
    assert_eq!(assert_remapped("CS-捷克", "CZ"), []);
    assert_remapped("cs - Czech Republic", "CZ");
    assert_remapped("CS-Slovakia", "SK");
    assert_asked("CS", &["CZ", "SK", "RS", "ME"], &[]);
    assert_asked("Czechoslovakia", &["CZ", "SK"], &[]);
    assert_asked("CS-捷克斯洛伐克", &["CZ", "SK"], &[]);
    assert_asked("CS-Serbia and Montenegro", &["RS", "ME"], &[]);
    assert_plain("捷克", "CZ");
    assert_plain("SK-斯洛伐克", "SK");
}

#[test]
fn row_zr_is_the_democratic_republic() {
    for text in ["ZR", "zr", "ZAR", "ZR-扎伊尔", "扎伊尔", "Zaire", "ZR-DR Congo"] {
        assert_eq!(assert_remapped(text, "CD"), []);
    }
    let both = Err(Unclear::Several(countries(&["CD", "DE"])));
    assert_eq!(read("ZR-Germany", None), both);
    assert_eq!(read("ZR-Atlantis", None), Err(Unclear::Unknown { near: countries(&["CD"]) }));
}

#[test]
fn row_kt_is_the_ivory_coast() {
    for text in ["KT", "KT-科特迪瓦", "KT-Ivory Coast"] {
        assert_eq!(assert_remapped(text, "CI"), []);
    }
    assert_plain("科特迪瓦", "CI");
}

#[test]
fn row_bl_is_palestine_by_its_label_and_never_silently() {
    let doubts = assert_remapped("BL-巴勒斯坦", "PS");
    let [doubt] = doubts.as_slice() else { panic!("one warning: {doubts:?}") };
    assert_eq!(
        doubt.say(Lang::En),
        "BL is the code of St. Barthélemy; with the label 巴勒斯坦 it is read as PS"
    );
    assert_eq!(doubt.say(Lang::ZhCn), "BL 是圣巴泰勒米的代码；因名称写的是巴勒斯坦，按 PS 读取");
    for own in ["BL-圣巴泰勒米", "BL-St. Barthélemy", "圣巴泰勒米", "Saint Barthélemy", "BLM"] {
        assert_plain(own, "BL");
    }
    assert_asked("BL", &["PS", "BL"], &[]);
    assert_asked("BL-?", &["PS", "BL"], &[]);
    assert_eq!(country("BL").unmistakable(Tongue::Simplified), "BL-圣巴泰勒米");
    assert_eq!(country("PS").unmistakable(Tongue::Simplified), "PS");
}

#[test]
fn row_cn_is_there_once() {
    assert_eq!(PRINTED.iter().filter(|(code, _)| *code == "CN").count(), 2);
    assert_eq!(Country::all().filter(|c| c.code() == "CN").count(), 1);
    assert_plain("CN-中国", "CN");
}

#[test]
fn row_mx_has_a_stray_character() {
    assert_plain("墨维西哥", "MX");
    assert_plain("墨西哥", "MX");
    assert_plain("MX-墨维西哥", "MX");
    assert_eq!(country("MX").short_name(Tongue::Simplified), "墨西哥");
}

#[test]
fn row_mw_is_malawi_cut_short_and_never_mali() {
    assert_plain("马拉", "MW");
    assert_plain("MW-马拉", "MW");
    assert_plain("马拉维", "MW");
    assert_plain("马里", "ML");
    assert!(read("ML-马拉", None).is_err());
}

#[test]
fn row_cg_warns_when_the_town_is_in_the_other_congo() {
    for town in ["Kinshasa", "Lubumbashi", "金沙萨", "Élisabethville"] {
        for text in ["CG", "CG-刚果", "Congo - Brazzaville"] {
            let reading = read(text, Some(town)).expect("read, with a warning");
            assert_eq!((reading.country, reading.original), (country("CG"), None));
            assert!(matches!(reading.warnings.as_slice(), [Doubt::TownElsewhere { .. }]), "{town}");
        }
    }
    let warnings = read("CG", Some("Kinshasa")).expect("read").warnings;
    let said: Vec<_> = warnings.iter().map(|w| w.say(Lang::En)).collect();
    let sentence = "Kinshasa is in Congo - Kinshasa (CD), but the country given is Congo - Brazzaville (CG)";
    assert_eq!(said, [sentence]);
    assert_eq!(read("CG", Some("Pointe-Noire")).expect("read").warnings, []);
    assert_eq!(read("CD", Some("Kinshasa")).expect("read").warnings, []);
}

#[test]
fn row_sd_warns_when_the_town_is_in_the_south() {
    for town in ["Juba", "Djouba", "朱巴", "Malakal"] {
        let reading = read("SD-苏丹", Some(town)).expect("read, with a warning");
        assert_eq!(reading.country, country("SD"));
        let [doubt] = reading.warnings.as_slice() else { panic!("{town}") };
        let sentence = format!("{town}在南苏丹（SS），但填写的国家/地区是苏丹（SD）");
        assert_eq!(doubt.say(Lang::ZhCn), sentence);
    }
    assert_eq!(read("SD", Some("Khartoum")).expect("read").warnings, []);
}

#[test]
fn row_sz_has_two_names() {
    for text in ["SZ", "斯威士兰", "Eswatini", "Swaziland", "SZ-Swaziland"] {
        assert_plain(text, "SZ");
    }
}

#[test]
fn row_tw_hk_mo_are_unchanged_and_take_labels_of_the_companys_own() {
    for (text, code) in [("TW-台湾省", "TW"), ("HK-香港", "HK"), ("MO-澳门地区", "MO"), ("澳门地区", "MO")]
    {
        assert_plain(text, code);
    }
    let own = [(country("HK"), "香江"), (country("MO"), "中国")];
    let of = |text| read_with(text, None, &own).map(|reading| reading.country);
    assert_eq!(of("香江"), Ok(country("HK")));
    assert_eq!(of("HK-香江"), Ok(country("HK")));
    assert_eq!(of("香港"), Ok(country("HK")), "the usual name stays");
    assert!(read("香江", None).is_err());
    let both = Err(Unclear::Several(countries(&["CN", "MO"])));
    assert_eq!(of("中国"), both, "a label that is another country's name is not guessed");
}

#[test]
fn row_kp_and_kr_have_old_and_new_labels() {
    for (text, code) in
        [("北朝鲜", "KP"), ("朝鲜", "KP"), ("KP-北朝鲜", "KP"), ("韩国", "KR"), ("KR-韩国", "KR")]
    {
        assert_plain(text, code);
    }
}

#[test]
fn row_kg_tj_uz_kz_bd_cf_vc_have_short_and_long_names() {
    for (code, short, long) in [
        ("KG", "吉尔吉斯坦", "吉尔吉斯斯坦"),
        ("TJ", "塔吉克", "塔吉克斯坦"),
        ("UZ", "乌兹别克", "乌兹别克斯坦"),
        ("KZ", "哈萨克", "哈萨克斯坦"),
        ("BD", "孟加拉", "孟加拉国"),
        ("CF", "中非", "中非共和国"),
        ("VC", "圣文森特岛", "圣文森特和格林纳丁斯"),
    ] {
        for text in [short, long, &format!("{code}-{short}"), &format!("{code}-{long}")] {
            assert_plain(text, code);
        }
    }
}

#[test]
fn free_text_names_of_old_lists_are_countries() {
    for (text, code) in [
        ("New Zealand", "NZ"),
        ("Brazil", "BR"),
        ("Singapore", "SG"),
        ("Romania", "RO"),
        ("Netherlands", "NL"),
    ] {
        assert_plain(text, code);
        assert_plain(&text.to_uppercase(), code);
    }
}

#[test]
fn codes_that_the_list_lacks_are_countries_too() {
    for code in [
        "TR", "TN", "CZ", "CI", "PS", "CD", "RS", "ME", "HR", "BA", "MK", "PR", "TT", "SV", "MV", "TM", "RW",
        "SS", "MR", "GM", "HT", "BS", "BB",
    ] {
        assert_plain(code, code);
        assert!(PRINTED.iter().all(|(printed, _)| *printed != code), "{code}");
    }
    let printed = |c: &Country| PRINTED.iter().any(|(code, _)| *code == c.code());
    let missing = Country::all().filter(|c| !printed(c) && !["XK", "ZZ"].contains(&c.code()));
    assert_eq!(missing.count(), 101);
}

#[test]
fn other_codes_withdrawn_since_1989_are_read_or_asked() {
    for (text, code) in
        [("BU", "MM"), ("DD", "DE"), ("东德", "DE"), ("FX", "FR"), ("TP", "TL"), ("TMP", "TL"), ("YD", "YE")]
    {
        assert_eq!(assert_remapped(text, code), []);
    }
    assert_asked("AN", &["CW", "SX", "BQ"], &[]);
    assert_asked("NT", &["SA", "IQ"], &[]);
    let Err(unclear) = read("苏联", None) else { panic!("asked") };
    assert_eq!(unclear.candidates().len(), 15);
    assert_remapped("SU-Kazakhstan", "KZ");
    // Given again by ISO: what they are today.
    for code in ["AI", "BQ", "BY", "GE", "SK"] {
        assert_plain(code, code);
    }
}

#[test]
fn old_codes_are_no_codes_of_today_and_each_meaning_is_one() {
    for old in OLD {
        let today = Country::from_code(old.code).map(Country::code);
        assert!(today.is_none() || old.to.contains(&old.code), "{} hides a country", old.code);
        assert_eq!(Country::from_code(old.alpha3), None, "{}", old.alpha3);
        assert!(!old.to.is_empty());
        for code in old.to.iter().chain(old.before) {
            assert_eq!(Country::from_code(code).map(Country::code), Some(*code), "{}", old.code);
        }
        for name in old.names {
            assert!(read(name, None).map_or(true, |r| r.original.is_some()), "{name} is a name of today");
            let same = OLD.iter().flat_map(|o| o.names).filter(|other| fold(other) == fold(name));
            assert_eq!(same.count(), 1, "{name} is there twice");
        }
        assert_eq!(old.standard.is_empty(), old.until.is_empty(), "{}", old.code);
        assert!(old.standard.is_empty() || old.standard.starts_with(old.code), "{}", old.standard);
        assert_eq!(read(old.code, None).is_ok(), old.automatic(), "{}", old.code);
    }
}
