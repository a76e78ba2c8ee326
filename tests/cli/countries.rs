//! Countries on the command line: old and wrong codes, labels of the company's own, folders that an
//! old list named.

use crate::desk::{Answer, Desk};

/// A desk with these lines behind its settings.
fn with_settings(lines: &str) -> Desk {
    let desk = Desk::new();
    let path = desk.archive.join("crm.toml");
    let text = std::fs::read_to_string(&path).expect("settings");
    std::fs::write(&path, format!("{text}\n{lines}")).expect("settings");
    desk
}

#[track_caller]
fn says(answer: Answer, texts: &[&str]) -> Answer {
    for text in texts {
        assert!(answer.err.contains(text), "{text} is not said:\n{}", answer.err);
    }
    answer
}

#[test]
fn an_old_code_with_one_meaning_is_read_said_and_kept() {
    wants_git!();
    let desk = Desk::new();
    let added = desk.crm(&["add", "Lualaba Mining", "--country", "ZR"]).done();
    says(added, &["‘ZR’ is no country code of today: it is read as Congo - Kinshasa (CD)"]);
    assert!(desk.card("Lualaba").to_string_lossy().contains("prospects/CD-Congo - Kinshasa/"));
    assert_eq!(desk.crm(&["get", "Lualaba", "country_original"]).done().key(), "ZR");
    let added = desk.crm(&["add", "Bouake Coton", "--country", "KT-科特迪瓦", "--lang", "zh-CN"]).done();
    says(added, &["“KT-科特迪瓦”不是现行的国家/地区代码：按科特迪瓦（CI）读取"]);
    assert_eq!(desk.crm(&["get", "Bouake", "country_original"]).done().key(), "KT-科特迪瓦");
    // What a person says about it stands.
    desk.crm(&["add", "Kasai Trade", "--country", "ZR", "country_original=扎伊尔"]).done();
    assert_eq!(desk.crm(&["get", "Kasai", "country_original"]).done().key(), "扎伊尔");
    // A code of today leaves nothing behind.
    let plain = desk.crm(&["add", "Nordwind Pumpen", "--country", "DE"]).done();
    assert!(!plain.err.contains("no country code"), "{}", plain.err);
    desk.crm(&["get", "Nordwind", "country_original"]).exits(3);
    desk.is_clean_and_sound();
}

#[test]
fn a_code_with_several_meanings_is_refused_with_all_of_them() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Morava Alati", "--country", "ZZ"]).done();
    let before = desk.commits();
    let yugoslavia: &[&str] = &[
        "‘YU’: the country code YU was withdrawn on 2003-07-23; today it may be Serbia (RS), Montenegro (ME)",
        "say which: `--country RS`, `--country ME`",
        "in the oldest records it may also be Bosnia (BA), Croatia (HR), North Macedonia (MK), Slovenia (SI), Kosovo (XK)",
    ];
    for command in [
        &["add", "Drina Papir", "--country", "YU"][..],
        &["move", "Morava", "--country", "YU"],
        &["list", "--country", "YU"],
    ] {
        says(desk.crm(command).exits(2), yugoslavia);
    }
    let chinese = desk.crm(&["move", "Morava", "--country", "YU", "--lang", "zh-CN"]).exits(2);
    says(
        chinese,
        &[
            "“YU”：国家代码 YU 已于 2003-07-23 停用；现在可能是 塞尔维亚 (RS)、黑山 (ME)",
            "请写明是哪一个：`--country RS`、`--country ME`",
            "更早的记录中也可能是",
        ],
    );
    let bare = desk.crm(&["add", "Jaffa Citrus", "--country", "BL"]).exits(2);
    says(
        bare,
        &[
            "‘BL’ may be Palestine (PS), St. Barthélemy (BL)",
            "`--country PS`, `--country 'BL-St. Barthélemy'`",
        ],
    );
    let bare = desk.crm(&["add", "Jaffa Citrus", "--country", "BL", "--lang", "zh-CN"]).exits(2);
    says(bare, &["“BL”可能是 巴勒斯坦 (PS)、圣巴泰勒米 (BL)", "`--country PS`、`--country 'BL-圣巴泰勒米'`"]);
    let bare = desk.crm(&["add", "Bohemia Glas", "--country", "CS"]).exits(2);
    says(bare, &["Czechia (CZ), Slovakia (SK), Serbia (RS), Montenegro (ME)"]);
    let union = desk.crm(&["add", "Wolga Holz", "--country", "苏联"]).exits(2);
    says(
        union,
        &["Lithuania (LT)", "say which: `--country RU`, `--country UA`, `--country BY`, `--country KZ`, …"],
    );
    let congo = desk.crm(&["add", "Ubangi Bois", "--country", "刚果"]).exits(2);
    says(congo, &["‘刚果’ may be Congo - Kinshasa (CD), Congo - Brazzaville (CG)"]);
    let json = desk.crm(&["list", "--country", "YU", "--format", "json"]).exits(2).err;
    let error: serde_json::Value = serde_json::from_str(&json).expect("one object");
    assert_eq!(error["code"], "old_country");
    assert_eq!(desk.commits(), before, "nothing was written");
    says(desk.crm_in(desk.home(), &["init", "other", "--home", "YU"]).exits(2), &["`--home RS`"]);
    assert!(!desk.home().join("other").exists());
}

#[test]
fn what_is_asked_can_be_written() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Gustavia Yachts", "--country", "BL-圣巴泰勒米"]).done();
    assert!(desk.card("Gustavia").to_string_lossy().contains("BL-St. Barthélemy"));
    desk.crm(&["get", "Gustavia", "country_original"]).exits(3);
    desk.crm(&["add", "Bohemia Glas", "--country", "CS-捷克"]).done();
    assert!(desk.card("Bohemia").to_string_lossy().contains("CZ-Czechia"));
    let added = desk.crm(&["add", "Jaffa Citrus", "--country", "BL-巴勒斯坦"]).done();
    says(added, &["BL is the code of St. Barthélemy; with the label 巴勒斯坦 it is read as PS"]);
    assert_eq!(desk.crm(&["get", "Jaffa", "country_original"]).done().key(), "BL-巴勒斯坦");
    let list = desk.crm(&["list", "--country", "BL-巴勒斯坦", "--columns", "name", "--lang", "zh-CN"]).done();
    assert!(list.out.contains("Jaffa Citrus") && !list.out.contains("Gustavia"), "{}", list.out);
    says(list, &["BL 是圣巴泰勒米的代码；因名称写的是巴勒斯坦，按 PS 读取"]);
    let list = desk.crm(&["list", "--country", "捷克", "--columns", "name"]).done();
    assert!(list.out.contains("Bohemia Glas") && !list.out.contains("Jaffa"), "{}", list.out);
}

#[test]
fn the_town_decides_or_warns() {
    wants_git!();
    let desk = Desk::new();
    let added = desk.crm(&["add", "Sava Alati", "--country", "YU", "city=Beograd"]).done();
    says(added, &["‘YU’ is read as RS, since Beograd is in Serbia"]);
    assert_eq!(desk.crm(&["get", "Sava", "country_original"]).done().key(), "YU");
    desk.crm(&["add", "Duklja Aluminij", "city=Podgorica"]).done();
    desk.crm(&["add", "Tisa Papir", "city=Novi Sad"]).done();
    // Each customer by its own town; a town that decides nothing stops all.
    desk.crm(&["add", "Nowhere Trade", "city=Erewhon"]).done();
    let before = desk.commits();
    desk.crm(&["move", "Duklja", "Nowhere", "--country", "YU"]).exits(2);
    assert_eq!(desk.commits(), before);
    desk.crm(&["move", "Duklja", "Tisa", "--country", "YU"]).done();
    assert!(desk.card("Duklja").to_string_lossy().contains("ME-Montenegro"));
    assert!(desk.card("Tisa").to_string_lossy().contains("RS-Serbia"));

    let added = desk.crm(&["add", "Gombe Import", "--country", "CG", "city=Kinshasa"]).done();
    let sentence = "Kinshasa is in Congo - Kinshasa (CD), but the country given is Congo - Brazzaville (CG)";
    says(added, &[sentence]);
    assert!(desk.card("Gombe").to_string_lossy().contains("CG-Congo - Brazzaville"));
    says(desk.crm(&["move", "Gombe", "--country", "刚果（布）"]), &[sentence]);
    let added = desk.crm(&["add", "Jubek Farm", "--country", "苏丹", "city=朱巴", "--lang", "zh-CN"]).done();
    says(added, &["朱巴在南苏丹（SS），但填写的国家/地区是苏丹（SD）"]);
}

#[test]
fn labels_of_the_company_are_shown_and_understood_and_folders_stay() {
    wants_git!();
    let desk = with_settings("[countries]\nHK = \"香江\"\n");
    desk.crm(&["commit"]);
    desk.crm(&["add", "Harbour Light Trading", "--country", "香江"]).done();
    desk.crm(&["add", "Lotus Export", "--country", "MO"]).done();
    assert!(desk.card("Harbour").to_string_lossy().contains("prospects/HK-Hong Kong/"));
    for command in [&["list"][..], &["show", "Harbour"], &["list", "--lang", "zh-CN"]] {
        let answer = desk.crm(command).done();
        assert!(answer.out.contains("香江"), "{}", answer.out);
    }
    desk.crm(&["followup", "plan", "Harbour", "today", "phone"]).done();
    let due = desk.crm(&["followup", "--owner", "all"]).done();
    assert!(due.out.contains("香江"), "{}", due.out);
    let list =
        desk.crm(&["list", "--country", "香江", "--columns", "name,country", "--format", "json"]).done();
    let rows: serde_json::Value = serde_json::from_str(&list.out).expect("rows");
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    assert_eq!(rows[0]["country"], "HK", "scripts see the code");
    let near = desk.crm(&["list", "--country", "Hong Kongg"]).exits(2);
    says(near, &["did you mean 香江 (HK)"]);
    let config = desk.crm(&["config", "countries"]).done().out;
    assert!(config.contains("香江") && config.contains("Labels of countries"), "{config}");
    let config = desk.crm(&["config", "countries", "--lang", "zh-CN"]).done().out;
    assert!(config.contains("国家/地区名称"), "{config}");
    // In an archive without it, nobody is called so.
    Desk::new().crm(&["list", "--country", "香江"]).exits(2);
}

#[test]
fn a_label_for_no_country_is_a_fault_of_the_settings_with_its_place() {
    wants_git!();
    let desk = Desk::new();
    let place = |text: &str| {
        std::fs::write(desk.archive.join("crm.toml"), text).expect("settings");
        desk.crm(&["list"]).exits(2).err
    };
    let unknown = place("format = 1\n[countries]\nQQ = \"x\"\n");
    assert!(unknown.contains("crm.toml:3:1") && unknown.contains("countries.QQ"), "{unknown}");
    let empty = place("format = 1\n[countries]\nHK = \"\"\n");
    assert!(empty.contains("crm.toml:3:6") && empty.contains("countries.HK"), "{empty}");
}

#[test]
fn customers_in_a_folder_with_an_old_code_are_listed_and_move_with_their_history() {
    wants_git!();
    let desk = Desk::new();
    desk.write("prospects/ZR-扎伊尔/Lualaba Mining/card.toml", "name = \"Lualaba Mining\"\n");
    desk.write("prospects/ZR-扎伊尔/Lualaba Mining/offer.txt", "ore\n");
    let list = desk.crm(&["list", "--columns", "name,country"]).done();
    assert!(list.out.contains("Lualaba Mining") && list.out.contains("Congo - Kinshasa"), "{}", list.out);
    says(
        list,
        &[
            "prospects/ZR-扎伊尔 is named by an old or wrong country code",
            "`crm move CARD --country CD`, or rename the folder to CD-Congo - Kinshasa",
        ],
    );
    says(desk.crm(&["list", "--lang", "zh-CN"]).done(), &["prospects/ZR-扎伊尔 用的是旧的或错误的国家代码"]);
    desk.crm(&["commit"]).done();
    // Newcomers do not go there.
    desk.crm(&["add", "Kasai Trade", "--country", "CD"]).done();
    assert!(desk.card("Kasai").to_string_lossy().contains("prospects/CD-Congo - Kinshasa/"));
    desk.crm(&["move", "Lualaba", "--country", "CD"]).done();
    assert!(desk.archive.join("prospects/CD-Congo - Kinshasa/Lualaba Mining/offer.txt").exists());
    assert!(!desk.archive.join("prospects/ZR-扎伊尔").exists());
    assert_eq!(desk.crm(&["get", "Lualaba", "country_original"]).done().key(), "ZR-扎伊尔");
    let list = desk.crm(&["list"]).done();
    assert!(!list.err.contains("ZR"), "{}", list.err);
    let history = desk.crm(&["history", "Lualaba", "--format", "json"]).done().out;
    let history: serde_json::Value = serde_json::from_str(&history).expect("history");
    assert_eq!(history.as_array().map(Vec::len), Some(2), "taken in, and moved: {history}");
    desk.is_clean_and_sound();
}

#[test]
fn a_folder_whose_code_has_several_meanings_says_how_to_name_it() {
    wants_git!();
    let desk = Desk::new();
    desk.write("prospects/YU-南斯拉夫联盟/Morava Alati/card.toml", "name = \"Morava Alati\"\n");
    let list = desk.crm(&["list"]).exits(5);
    assert!(!list.out.contains("Morava"), "{}", list.out);
    let names = "rename it to one of RS-Serbia, ME-Montenegro";
    says(list, &["prospects/YU-南斯拉夫联盟 may be several countries", names]);
    let list = desk.crm(&["list", "--lang", "zh-CN"]).exits(5);
    says(list, &["可能是多个国家/地区", "请改名为其中之一：RS-塞尔维亚、ME-黑山"]);
    desk.drag("prospects/YU-南斯拉夫联盟", "prospects/RS-Serbia");
    assert!(desk.crm(&["list"]).done().out.contains("Morava Alati"));
}

#[test]
fn what_the_check_says_about_a_code_with_two_meanings_can_be_run() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Gustavia Yachts", "--country", "FR"]).done();
    desk.crm(&["add", "Jaffa Citrus", "--country", "IL"]).done();
    let line = |company: &str, country: &str| {
        let text = desk.text(company).replace("\nname = ", &format!("\ncountry = \"{country}\"\nname = "));
        std::fs::write(desk.card(company), text).expect("a card");
    };
    line("Gustavia", "BL-圣巴泰勒米");
    line("Jaffa", "BL-巴勒斯坦");
    let mends = |lang: &str| desk.crm(&["check", "--format", "csv", "--lang", lang]).all();
    let english = mends("en");
    for mend in
        ["`crm move C0001 --country 'BL-St. Barthélemy'`, or take", "`crm move C0002 --country PS`, or take"]
    {
        assert!(english.contains(mend), "{mend}\n{english}");
    }
    assert!(mends("zh-TW").contains("`crm move C0001 --country 'BL-聖巴瑟米'`"), "{}", mends("zh-TW"));
    desk.crm(&["move", "C0001", "--country", "BL-St. Barthélemy"]).done();
    assert!(desk.card("Gustavia").to_string_lossy().contains("prospects/BL-St. Barthélemy/"));
    // Two folders of one country.
    desk.write("prospects/Saint Barthélemy/Colombier Rhum/card.toml", "name = \"Colombier Rhum\"\n");
    let english = mends("en");
    assert!(english.contains("`crm move CARD --country 'BL-St. Barthélemy'` for each customer"), "{english}");
}

#[test]
fn countries_that_an_old_list_lacks_are_usable() {
    wants_git!();
    let desk = Desk::new();
    for (name, country) in
        [("Bosporus Seals", "TR"), ("Mbabane Sugar", "Swaziland"), ("Kiwi Wool", "New Zealand")]
    {
        desk.crm(&["add", name, "--country", country]).done();
    }
    let list = desk.crm(&["list", "--country", "Eswatini", "--columns", "name"]).done();
    assert!(list.out.contains("Mbabane Sugar") && !list.out.contains("Kiwi"), "{}", list.out);
}

#[test]
fn an_import_keeps_the_old_code_and_gives_back_what_must_be_asked() {
    wants_git!();
    let desk = Desk::new();
    let path = desk.home().join("list.csv");
    std::fs::write(&path, "name,country\nLualaba Mining,ZR-扎伊尔\nDrina Papir,YU\n").expect("a list");
    desk.crm(&["import", path.to_str().expect("a path")]).exits(5);
    assert_eq!(desk.crm(&["get", "Lualaba", "country_original"]).done().key(), "ZR-扎伊尔");
    let back = std::fs::read_to_string(desk.home().join("list.csv.rejected.csv")).expect("rejected rows");
    assert!(back.contains("Drina Papir") && back.contains("‘YU’ may be"), "{back}");
    assert!(back.contains("Serbia (RS), Montenegro (ME)") && !back.contains("Lualaba"), "{back}");
}

#[test]
fn a_refused_row_names_countries_in_the_readers_language_and_not_in_the_archives() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "name,country\nDrina Papir,YU\nOsterholz,Germanyy\n";
    desk.import("list.csv", sheet, &["--lang", "zh-TW"]).exits(5);
    let back = std::fs::read_to_string(desk.home().join("list.csv.rejected.csv")).expect("rejected rows");
    assert!(back.contains("「YU」可能是 塞爾維亞 (RS)、蒙特內哥羅 (ME)"), "{back}");
    assert!(back.contains("是不是 德國 (DE)"), "{back}");
}
