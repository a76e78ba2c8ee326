//! Sheets of other programs: what is taken, what is said, what comes back in a file. All invented.

use std::fs;

use crate::desk::{Answer, Desk, answer, cards_below};

/// A sheet as an old program writes it out.
const SHEET: &str = "\
customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax
AKORN,Ahornwerk Nord,Greta Lindqvist,Purchasing Manager,\"Hafenstr. 12, Hof 3\",Kiel,NULL,24103,Germany,0431-555001,0431-555002
BRIGH,Brightwater Tools,Owen Pryce,Owner,4 Quay Lane,Bristol,NULL,BS1 4XX,UK,(117) 555-0101,NULL
CANYO,Canyon Feed & Seed,Marisol Reyes,Sales Agent,77 Mesa Rd.,Tucson,AZ,85701,USA,(520) 555-0144,(520) 555-0145
DORET,Ateliers Doret,Hélène Doret,Owner,9 rue Basse,Lyon,NULL,69001,France,04.55.01.02.03,NULL
";

impl Desk {
    /// Imports a sheet of this name and content, from beside the archive.
    pub(crate) fn import(&self, name: &str, sheet: impl AsRef<[u8]>, more: &[&str]) -> Answer {
        fs::write(self.home().join(name), sheet).expect("a sheet");
        let file = format!("../{name}");
        let mut arguments = vec!["import", file.as_str()];
        arguments.extend(more);
        self.crm(&arguments)
    }

    pub(crate) fn card_count(&self) -> usize {
        let mut cards = Vec::new();
        cards_below(&self.archive, &mut cards);
        cards.len()
    }
}

#[test]
fn a_sheet_of_another_program_becomes_customers_in_one_commit() {
    wants_git!();
    let desk = Desk::new();
    let first = desk.import("old.csv", SHEET, &[]).done();
    assert!(first.err.contains("new 4, filled 0, the same 0, refused 0"), "{}", first.err);
    assert!(first.err.contains("[custom]: customerID"), "{}", first.err);
    assert_eq!((desk.card_count(), desk.commits()), (4, 2));
    assert!(desk.card("Brightwater").ends_with("prospects/GB-United Kingdom/Brightwater Tools/card.toml"));
    assert!(desk.card("Canyon").ends_with("prospects/US-United States/Canyon Feed & Seed/card.toml"));
    let bright = desk.text("Brightwater");
    assert!(
        !bright.contains("NULL") && !bright.contains("region") && !bright.contains("\"fax\""),
        "{bright}"
    );
    for line in [
        "title = \"Owner\"",
        "main = true",
        "kind = \"phone\"",
        "value = \"(117) 555-0101\"",
        "postal_code = \"BS1 4XX\"",
    ] {
        assert!(bright.contains(line), "{line}\n{bright}");
    }
    let canyon = desk.text("Canyon");
    assert!(canyon.contains("kind = \"fax\"\nvalue = \"(520) 555-0145\""), "{canyon}");
    assert!(canyon.contains("[custom]\ncustomerID = \"CANYO\""), "{canyon}");
    assert!(desk.text("Ahornwerk").contains("address = \"Hafenstr. 12, Hof 3\""));
    desk.is_clean_and_sound();

    let second = desk.import("old.csv", SHEET, &[]).done();
    assert!(second.err.contains("new 0, filled 0, the same 4, refused 0"), "{}", second.err);
    assert_eq!(desk.commits(), 2, "nothing to commit");
}

#[test]
fn rows_with_unquoted_commas_come_back_in_a_file_that_imports_when_mended() {
    wants_git!();
    let desk = Desk::new();
    let unquoted = SHEET.replace('"', "");
    let first = desk.import("old.csv", &unquoted, &[]).exits(5);
    assert!(first.err.contains("refused 1") && first.err.contains("old.csv.rejected.csv"), "{}", first.err);
    assert_eq!((desk.card_count(), desk.commits()), (3, 2));
    let path = desk.home().join("old.csv.rejected.csv");
    let rejected = fs::read_to_string(&path).expect("a file");
    let lines: Vec<&str> = rejected.lines().collect();
    assert!(lines[0].starts_with("crm_row,crm_reason,customerID,companyName,"), "{rejected}");
    assert_eq!(lines.len(), 2, "{rejected}");
    assert!(lines[1].starts_with("2,") && lines[1].contains("12 cells under 11 heads"), "{rejected}");
    assert!(lines[1].ends_with("AKORN,Ahornwerk Nord,Greta Lindqvist,Purchasing Manager,Hafenstr. 12,Hof 3,Kiel,NULL,24103,Germany,0431-555001,0431-555002"), "{rejected}");

    let mended = rejected.replace("Hafenstr. 12,Hof 3", "\"Hafenstr. 12, Hof 3\"");
    let second = desk.import("old.csv.rejected.csv", mended, &[]).done();
    assert!(second.err.contains("new 1, filled 0, the same 0, refused 0"), "{}", second.err);
    let text = desk.text("Ahornwerk");
    assert!(text.contains("Hafenstr. 12, Hof 3") && !text.contains("crm_r"), "{text}");
    assert_eq!(desk.card_count(), 4);
    let whole = desk.import("old.csv", SHEET, &[]).done();
    assert!(whole.err.contains("the same 4"), "{}", whole.err);
    desk.is_clean_and_sound();
}

#[test]
#[cfg(unix)]
fn the_command_that_takes_mended_rows_in_says_all_that_was_said_of_the_sheet() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "customerID,Who,Land\nA1,Ahornwerk Nord,Wales\nB2,Brightwater Tools,Atlantis\n";
    let told = ["--key", "customerID", "--map", "Who=name", "--map", "Land=country", "--stage", "customer"];
    let first = desk.import("old list.csv", sheet, &told).exits(5);
    let (_, hint) = first.err.split_once("then `").expect("a hint");
    let (command, _) = hint.split_once('`').expect("a command");
    let rejected = desk.home().join("old list.csv.rejected.csv");
    let rows = fs::read_to_string(&rejected).expect("a file");
    fs::write(&rejected, rows.replace("Atlantis", "DE").replace("Wales", "GB")).expect("mended");
    let mut shell = desk.command("sh");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_crm"));
    let line = command.replacen("crm", program.to_str().expect("a path"), 1);
    answer(shell.current_dir(&desk.archive).args(["-c", &line])).done();
    let text = desk.text("Brightwater");
    assert!(text.contains("[external]\ncustomerID = \"B2\""), "{text}");
    assert!(desk.card("Brightwater").to_string_lossy().contains("customers/DE-Germany"));
}

#[test]
fn each_faulty_row_comes_back_with_its_own_reason() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "Company,Country,Stage,E-mail,Sincerity (%)\n\
        Good One,DE,customer,info@good.example,90\n\
        ,DE,,,\n\
        Nowhere Ltd,Atlantis,,,\n\
        Odd Stage,DE,dreaming,,\n\
        Bad Mail,DE,,no mail,\n\
        Too Sincere,DE,,,900\n\
        good one,Germany,,,\n\
        =Formula,DE,,no mail,\n";
    let answer = desk.import("rows.csv", sheet, &[]).exits(5);
    assert!(answer.err.contains("new 1, filled 0, the same 0, refused 7"), "{}", answer.err);
    let rejected = fs::read_to_string(desk.home().join("rows.csv.rejected.csv")).expect("a file");
    let rows: Vec<&str> = rejected.lines().skip(1).collect();
    for (row, says) in rows.iter().zip([
        "3,there is no name",
        "4,no country is called ‘Atlantis’",
        "5,no stage is called ‘dreaming’",
        "6,E-mail",
        "7,Sincerity",
        "8,the same customer stands in line 2",
        "9,E-mail",
    ]) {
        let plain = row.replace('"', "");
        assert!(plain.starts_with(says), "{row}");
    }
    assert!(rows[6].contains("'=Formula"), "a spreadsheet must not run it: {}", rows[6]);
    assert_eq!(desk.commits(), 2);
}

#[test]
fn a_dry_run_says_what_would_happen_and_touches_nothing() {
    wants_git!();
    let desk = Desk::new();
    desk.import("old.csv", SHEET, &[]).done();
    desk.crm(&["unset", "brightwater", "city"]).done();
    desk.crm(&["set", "canyon", "city=Phoenix"]).done();
    let sheet = SHEET.to_owned() + "EIDER,Eiderdown AS,,,,,,,Norway,,\nFALSE,Falselands,,,,,,,Atlantis,,\n";
    let (head, index) =
        (desk.git(&["rev-parse", "HEAD"]), fs::read(desk.archive.join(".git/index")).expect("an index"));
    let answer = desk.import("new.csv", &sheet, &["--dry-run"]).exits(5);
    assert!(answer.err.contains("new 1, filled 1, the same 2, refused 1"), "{}", answer.err);
    for said in ["Eiderdown AS", "Brightwater Tools", "Atlantis", "Phoenix", "Tucson"] {
        assert!(answer.all().contains(said), "{said}: {}", answer.all());
    }
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(fs::read(desk.archive.join(".git/index")).expect("an index"), index);
    assert!(!desk.home().join("new.csv.rejected.csv").exists());
    assert_eq!(desk.card_count(), 4);
    desk.is_clean_and_sound();
}

#[test]
fn empty_fields_are_filled_and_differing_ones_changed_only_when_asked() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ateliers Doret", "--country", "FR", "--contact", "Hélène Doret", "city=Dijon"]).done();
    let before = desk.commits();
    let filled = desk.import("old.csv", SHEET, &[]).done();
    assert!(filled.err.contains("new 3, filled 1, the same 0, refused 0"), "{}", filled.err);
    assert!(filled.out.contains("Dijon") && filled.out.contains("Lyon"), "{}", filled.out);
    assert!(filled.err.contains("1 value unlike") && filled.err.contains("--overwrite"), "{}", filled.err);
    let text = desk.text("Doret");
    assert!(text.contains("city = \"Dijon\"") && text.contains("address = \"9 rue Basse\""), "{text}");
    assert!(text.contains("title = \"Owner\"") && text.contains("04.55.01.02.03"), "{text}");
    assert_eq!(text.matches("[[contacts]]").count(), 1, "{text}");
    assert_eq!(desk.commits(), before + 1);
    let again = desk.import("old.csv", SHEET, &[]).done();
    assert_eq!(desk.commits(), before + 1, "{}", again.err);
    let over = desk.import("old.csv", SHEET, &["--overwrite"]).done();
    assert!(over.err.contains("filled 1, the same 3"), "{}", over.err);
    assert!(desk.text("Doret").contains("city = \"Lyon\""));
    assert_eq!(desk.commits(), before + 2);
    desk.is_clean_and_sound();
}

#[test]
fn what_was_overwritten_is_counted_and_named() {
    wants_git!();
    let desk = Desk::new();
    desk.import("old.csv", SHEET, &[]).done();
    let other = SHEET.replace("Bristol", "Bath").replace("(117) 555-0101", "(117) 555-0199");
    let over = desk.import("old.csv", other, &["--overwrite"]).done();
    assert!(over.err.contains("filled 1, the same 3, refused 0"), "{}", over.err);
    assert!(over.err.contains("replaced 2 values"), "{}", over.err);
}

#[test]
fn chinese_heads_are_understood() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "客户名称,国家,城市,联系人,职位,手机,邮箱,备注,内部级别\n\
                 杭州临安五金有限公司,中国,杭州,周敏,采购经理,13800005555,zhou@linan.example,老客户介绍,甲\n";
    let answer = desk.import("客户.csv", sheet, &["--stage", "客户"]).done();
    assert!(answer.err.contains("内部级别"), "{}", answer.err);
    let text = desk.text("临安");
    assert!(desk.card("临安").starts_with(desk.archive.join("domestic/CN-China")));
    for line in [
        "city = \"杭州\"",
        "name = \"周敏\"",
        "title = \"采购经理\"",
        "kind = \"mobile\"\nvalue = \"13800005555\"",
        "kind = \"email\"\nvalue = \"zhou@linan.example\"",
        "remark = \"老客户介绍\"",
        "\"内部级别\" = \"甲\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let again = desk.import("客户.csv", sheet, &[]).done();
    assert!(again.err.contains("the same 1"), "{}", again.err);
    desk.is_clean_and_sound();
}

#[test]
fn columns_go_where_a_mapping_says() {
    wants_git!();
    let desk = Desk::new();
    let sheet =
        "Firma,Land,Chef,Rang,Leitung,Notiz\nMüller & Söhne,Austria,Anna Müller,CEO,+43 1 5550123,egal\n";
    let refused = desk.import("liste.csv", sheet, &[]).exits(2);
    assert!(refused.err.contains("--map"), "{}", refused.err);
    let map = [
        "--map",
        "Firma=name",
        "--map",
        "Land=country",
        "--map",
        "Chef=contact.name",
        "--map",
        "Rang=contact.title",
        "--map",
        "Leitung=channel.phone",
        "--map",
        "Notiz=-",
    ];
    let answer = desk.import("liste.csv", sheet, &map).done();
    assert!(!answer.err.contains("[custom]"), "{}", answer.err);
    let text = desk.text("Müller");
    assert!(
        text.contains("title = \"CEO\"") && text.contains("+43 1 5550123") && !text.contains("egal"),
        "{text}"
    );
    let wrong = desk.import("liste.csv", sheet, &["--map", "Firma=nome"]).exits(2);
    assert!(wrong.err.contains("nome"), "{}", wrong.err);
    let no_head = desk.import("liste.csv", sheet, &["--map", "Frima=name"]).exits(2);
    assert!(no_head.err.contains("Frima"), "{}", no_head.err);
    assert_eq!(desk.commits(), 2);
}

#[test]
fn the_shape_of_the_file_does_not_matter() {
    wants_git!();
    let plain =
        "Company,Country,City,Remark\nOne Ltd,UK,\"Bath, West\",\"two\nlines\"\nTwo SA,France,Lyon,\n";
    let mut semicolon = csv_as(plain, b';');
    semicolon.insert(0, '\u{feff}');
    let shapes = [
        ("plain", plain.to_owned()),
        ("semicolon", semicolon),
        ("tab", csv_as(plain, b'\t')),
        ("bom_crlf", format!("\u{feff}{}", plain.replace("two\nlines", "two lines").replace('\n', "\r\n"))),
        ("no_end", plain.trim_end().to_owned()),
        ("empty_lines", plain.replace("Two SA", "\n\n,,,\nTwo SA")),
    ];
    for (shape, sheet) in shapes {
        let desk = Desk::new();
        let answer = desk.import("shape.csv", &sheet, &[]).done();
        assert!(answer.err.contains("new 2,"), "{shape}: {}", answer.err);
        let text = desk.text("One Ltd");
        assert!(
            text.contains("city = \"Bath, West\"") && text.contains("name = \"One Ltd\""),
            "{shape}: {text}"
        );
        assert!(!text.contains('\u{feff}') && !text.contains('\r'), "{shape}: {text}");
        assert!(desk.card("Two SA").starts_with(desk.archive.join("prospects/FR-France")), "{shape}");
        let again = desk.import("shape.csv", &sheet, &[]).done();
        assert!(again.err.contains("the same 2"), "{shape}: {}", again.err);
        desk.is_clean_and_sound();
    }
}

/// A sheet with another delimiter.
fn csv_as(sheet: &str, delimiter: u8) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(sheet.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.expect("a row")).expect("memory");
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
}

#[test]
fn a_guarded_cell_loses_its_guard_and_a_phone_number_never_had_one() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "Company,Country,Phone,Remark\n'=Equal Ltd,UK,+44 20 5550101,'@home\n";
    desk.import("guard.csv", sheet, &[]).done();
    let text = desk.text("Equal Ltd");
    assert!(text.contains("name = \"=Equal Ltd\"") && text.contains("remark = \"@home\""), "{text}");
    assert!(text.contains("phone = \"+44 20 5550101\""), "{text}");
    let listed = desk.crm(&["list", "--columns", "name,phone,country,remark", "--format", "csv"]).done().out;
    assert!(listed.contains("'=Equal Ltd,+44 20 5550101,United Kingdom,'@home"), "{listed}");
    // What the list gave is a sheet too, and says nothing new.
    let again = desk.import("list.csv", listed, &[]).done();
    assert!(again.err.contains("the same 1"), "{}", again.err);
}

#[test]
fn a_number_of_another_program_is_kept_and_ours_is_given() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "No.,Company,Country\nK-77,Kappa Oy,Finland\n";
    desk.import("numbers.csv", sheet, &[]).done();
    let text = desk.text("Kappa");
    assert!(text.contains("no = \"C0001\"") && text.contains("K-77"), "{text}");
    let again = desk.import("numbers.csv", sheet, &[]).done();
    assert!(again.err.contains("the same 1"), "{}", again.err);
    assert_eq!(desk.commits(), 2);
}

#[test]
fn a_file_of_refused_rows_that_is_being_mended_is_not_overwritten() {
    wants_git!();
    let desk = Desk::new();
    let unquoted = SHEET.replace('"', "");
    desk.import("old.csv", &unquoted, &[]).exits(5);
    let path = desk.home().join("old.csv.rejected.csv");
    let half_mended =
        fs::read_to_string(&path).expect("a file").replace("Hafenstr. 12,Hof 3", "\"Hafenstr. 12, Hof 3\"");
    fs::write(&path, &half_mended).expect("a file");
    let again = desk.import("old.csv", &unquoted, &[]).exits(5);
    let kept = fs::read_dir(desk.home()).expect("a folder").map(|e| e.expect("an entry").path());
    let kept =
        kept.filter(|p| p.is_file()).any(|p| fs::read_to_string(p).is_ok_and(|text| text == half_mended));
    assert!(kept, "what was mended is gone: {}", again.err);
}

#[test]
fn a_sheet_that_is_none_is_refused_before_anything_is_written() {
    wants_git!();
    let desk = Desk::new();
    for (name, bytes) in
        [("latin1.csv", &b"Company,Country\nM\xfcller,DE\n"[..]), ("empty.csv", b""), ("blank.csv", b"\n\n")]
    {
        let answer = desk.import(name, bytes, &[]).exits(2);
        assert!(answer.err.contains(name), "{}", answer.err);
    }
    desk.crm(&["import", "../nowhere.csv"]).exits(4);
    assert_eq!(desk.commits(), 1);
    desk.is_clean_and_sound();
}

#[test]
fn two_columns_for_one_place_are_refused_and_a_column_without_a_head_is_kept() {
    wants_git!();
    let desk = Desk::new();
    for heads in ["name,country,Note,Note", "name,country,custom.port,port", "name,country,phone,Phone"] {
        let twins = desk.import("twins.csv", format!("{heads}\nA1,DE,n1,n2\n"), &[]).exits(2);
        assert!(twins.err.contains("both mean"), "{}", twins.err);
    }
    let twins = r#"{"name":"J","country":"DE","x":1,"custom":{"x":5}}"#;
    desk.import("twins.jsonl", twins, &[]).exits(2);
    assert_eq!((desk.card_count(), desk.commits()), (0, 1));
    let sheet = ",name,country\n0,Ahornwerk,DE\n";
    let kept = desk.import("index.csv", sheet, &[]).done();
    assert!(kept.err.contains("[custom]: column_1"), "{}", kept.err);
    assert!(desk.import("index.csv", sheet, &[]).done().err.contains("the same 1"));
    assert_eq!(desk.crm(&["get", "Ahornwerk", "custom.column_1"]).done().key(), "0");
}

#[test]
fn a_sheet_named_alone_gives_its_rows_back_beside_it() {
    wants_git!();
    let desk = Desk::new();
    fs::write(desk.archive.join("in.csv"), "name,country\nOk,DE\nBad,Nowhere\n").expect("a sheet");
    let refused = desk.crm(&["import", "in.csv"]).exits(5);
    assert!(refused.err.contains("crm import in.csv.rejected.csv"), "{}", refused.err);
    assert!(desk.archive.join("in.csv.rejected.csv").exists());
}

#[test]
fn records_are_found_on_the_sheet_of_their_section() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Nordwind", "--country", "DE", "--contact", "Anna Muster <anna@nordwind.example>"])
        .done();
    desk.crm(&["followup", "log", "C0001", "phone", "Wants pumps"]).done();
    desk.crm(&["export", "../all.xlsx"]).done();
    desk.crm(&["--lang", "zh-CN", "export", "../zh.xlsx"]).done();
    desk.crm_in(desk.home(), &["init", "other"]).done();
    let other = desk.home().join("other");
    desk.crm_in(&other, &["import", "../all.xlsx"]).done();
    // By the name of the sheet, and by that of the section in another language.
    let contacts = desk.crm_in(&other, &["import", "../all.xlsx", "--sheet", "Contacts"]).done();
    assert!(contacts.err.contains("new 1, filled 0"), "{}", contacts.err);
    let followups = desk.crm_in(&other, &["import", "followups", "../zh.xlsx"]).done();
    assert!(followups.err.contains("new 1, filled 0"), "{}", followups.err);
    assert_eq!(desk.crm_in(&other, &["list", "--format", "jsonl"]).done().out.lines().count(), 1);
    let shown = desk.crm_in(&other, &["show", "C0001"]).done().out;
    assert!(shown.contains("Anna Muster") && shown.contains("Wants pumps"), "{shown}");
}

#[test]
fn a_key_or_value_that_no_mapping_has_is_named() {
    wants_git!();
    let desk = Desk::new();
    desk.write("list.csv", "Firma,Land\nBuche,DE\n");
    let cases = [
        ("sheeet = \"a\"\n", "did you mean sheet", "sheet"),
        ("year = \"soon\"\n", "\"soon\" is no value for year", "year"),
        ("sheet = \"a\" \"b\"\n", "expected", "这里"),
    ];
    for (text, said, chinese) in cases {
        desk.write("imports/old.toml", text);
        let import = |lang: &str| desk.crm(&["import", "list.csv", "--map", "old", "--lang", lang]);
        let refused = import("en").exits(2);
        assert!(refused.err.contains(said), "{}", refused.err);
        let refused = import("zh-CN").exits(2);
        assert!(refused.err.contains(chinese) && !refused.err.contains("expected"), "{}", refused.err);
    }
}
