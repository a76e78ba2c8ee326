//! Sheets of other programs, further: their keys, dated logs, records of a section, mappings, and rows
//! that may be a customer who is there already. All invented.

use std::fs;

use crate::desk::Desk;

const OLD: &str = "\
Ref,Company,Contact,E-mail,Country
K-1,Ahornwerk Nord GmbH,Greta Lindqvist,greta@ahornwerk.example,Germany
K-2,Brightwater Tools,Owen Pryce,owen@brightwater.example,UK
K-3,Brightwater Tools,Ann Pryce,ann@brightwater.example,UK
";

#[test]
fn the_key_of_another_program_is_kept_and_goes_before_everything_else() {
    wants_git!();
    let desk = Desk::new();
    // Two firms of one name in one country are two customers, since their keys differ.
    let first = desk.import("old.csv", OLD, &["--key", "Ref"]).done();
    assert!(first.err.contains("new 3, filled 0, the same 0, refused 0"), "{}", first.err);
    assert!(desk.text("Ahornwerk").contains("[external]\nRef = \"K-1\"\n"), "{}", desk.text("Ahornwerk"));
    let again = desk.import("old.csv", OLD, &["--key", "Ref"]).done();
    assert!(again.err.contains("new 0, filled 0, the same 3, refused 0"), "{}", again.err);
    assert_eq!(desk.commits(), 2);
    // The name has changed there, the key has not: it is the same customer.
    let renamed = "Ref,Company,City\nK-1,Ahornwerk Süd AG,Kiel\n";
    desk.import("new.csv", renamed, &["--key", "Ref"]).done();
    assert_eq!(desk.card_count(), 3);
    assert!(desk.text("Ahornwerk").contains("city = \"Kiel\""));
    // And it is found by it.
    assert!(desk.crm(&["show", "k-2"]).done().out.contains("Brightwater Tools"));
    desk.is_clean_and_sound();
}

#[test]
fn a_customer_who_was_there_before_gets_the_key() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahornwerk Nord GmbH", "--country", "DE"]).done();
    let filled = desk.import("old.csv", OLD, &["--key", "Ref"]).done();
    assert!(filled.err.contains("new 2, filled 1"), "{}", filled.err);
    assert!(desk.text("Ahornwerk").contains("Ref = \"K-1\""));
}

#[test]
fn a_mail_address_with_a_near_name_is_the_customer_and_alone_it_is_a_question() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahornwerk Nord GmbH", "--country", "DE", "--contact", "G <greta@ahornwerk.example>"])
        .done();
    let near = "Company,Contact,E-mail,Country,City\nAhornwerk Nord,Greta,greta@ahornwerk.example,,Kiel\n";
    let same = desk.import("near.csv", near, &[]).done();
    assert!(same.err.contains("new 0, filled 1"), "{}", same.err);
    assert_eq!(desk.card_count(), 1);
    let other = "Company,Contact,E-mail,Country\nSilberkiesel Optik,Greta,greta@ahornwerk.example,Germany\n";
    let refused = desk.import("other.csv", other, &[]).exits(5);
    assert!(refused.err.contains("refused 1"), "{}", refused.err);
    let back = fs::read_to_string(desk.home().join("other.csv.rejected.csv")).expect("the refused row");
    assert!(
        back.contains("C0001 Ahornwerk Nord GmbH has the mail address greta@ahornwerk.example"),
        "{back}"
    );
    let anyway = desk.import("other.csv", other, &["--anyway"]).done();
    assert!(anyway.err.contains("new 1"), "{}", anyway.err);
}

#[test]
fn a_near_name_alone_is_a_question() {
    wants_git!();
    let desk = Desk::new();
    desk.crm(&["add", "Ahornwerk Nord GmbH", "--country", "DE"]).done();
    let near = "Company,Country\nAhornwerck Nord GmbH,Germany\nSilberkiesel Optik,Germany\n";
    let refused = desk.import("near.csv", near, &[]).exits(5);
    assert!(refused.err.contains("new 1, filled 0, the same 0, refused 1"), "{}", refused.err);
    let back = fs::read_to_string(desk.home().join("near.csv.rejected.csv")).expect("the refused row");
    assert!(back.contains("C0001 Ahornwerk Nord GmbH"), "{back}");
    assert_eq!(desk.card_count(), 2);
}

#[test]
fn a_dated_log_becomes_followups_in_the_order_of_days() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "客户名,国家,类型,跟进情况\n\
                 Kiesel Optik,Germany,Compile,3/11 send quotation; 3/10: reply RFQ; 12/28 met at the fair\n";
    let no_year = desk.import("log.csv", sheet, &[]).exits(5);
    assert!(no_year.err.contains("refused 1"), "{}", no_year.err);
    let back = fs::read_to_string(desk.home().join("log.csv.rejected.csv")).expect("the refused row");
    let reason = "跟进情况: the year of days such as 3/11 is not known: give that of the newest entry, as in --year 2026";
    assert!(back.contains(reason), "{back}");
    assert!(no_year.err.contains(&format!("refused 1, such as line 2: {reason}")), "{}", no_year.err);
    let taken = desk.import("log.csv", sheet, &["--year", "2010"]).done();
    assert!(taken.err.contains("‘Compile’ is on no list; it is kept"), "{}", taken.err);
    let card = desk.text("Kiesel");
    let days: Vec<&str> = card.lines().filter_map(|line| line.strip_prefix("date = ")).collect();
    assert_eq!(days, ["2009-12-28", "2010-03-10", "2010-03-11"], "{card}");
    assert!(card.contains("topic = \"send quotation\"") && card.contains("biz_type = \"Compile\""), "{card}");
    let again = desk.import("log.csv", sheet, &["--year", "2010"]).done();
    assert!(again.err.contains("the same 1"), "{}", again.err);
    desk.is_clean_and_sound();
}

#[test]
fn the_reasons_that_refused_rows_share_are_said_with_their_counts() {
    wants_git!();
    let desk = Desk::new();
    let mut sheet = "Company,Country,Stage,E-mail,跟进情况\n".to_owned();
    for at in 0..4 {
        sheet += &format!("Kiesel {at},DE,,,{}/2 quoted\n", at + 1);
    }
    sheet +=
        "Nowhere Ltd,Atlantis,,,\nElsewhere Ltd,Lemuria,,,\nOdd Stage,DE,dreaming,,\nBad Mail,DE,,no mail,\n";
    let err = desk.import("rows.csv", &sheet, &["--dry-run"]).exits(5).err;
    let said: Vec<&str> = err.lines().filter(|line| line.starts_with("refused ")).collect();
    assert_eq!(
        said,
        [
            "refused 4, such as line 2: 跟进情况: the year of days such as 1/2 is not known: \
             give that of the newest entry, as in --year 2026",
            "refused 2, such as line 6: no country is called ‘Atlantis’",
            "refused 1, such as line 8: no stage is called ‘dreaming’",
            "refused 1 for other reasons",
        ]
    );
    let chinese = desk.import("rows.csv", &sheet, &["--lang", "zh-CN"]).exits(5).err;
    assert!(chinese.contains("未导入 4 行，如第 2 行：跟进情况：不知道 1/2 这类日期的年份"), "{chinese}");
}

#[test]
fn other_sheets_are_said_to_whoever_named_none() {
    wants_git!();
    let desk = Desk::new();
    desk.import("old.csv", OLD, &["--key", "Ref"]).done();
    desk.crm(&["export", "../all.xlsx"]).done();
    let unnamed = desk.crm(&["import", "../all.xlsx"]).done();
    assert!(unnamed.err.contains("sheet Customers; there are also "), "{}", unnamed.err);
    let named = desk.crm(&["import", "../all.xlsx", "--sheet", "customers"]).done();
    assert!(named.err.contains("the same 3") && !named.err.contains("there are also"), "{}", named.err);
}

#[test]
fn records_of_a_section_come_in_by_the_same_words() {
    wants_git!();
    let desk = Desk::new();
    desk.import("old.csv", OLD, &["--key", "Ref"]).done();
    let followups = "customer,date,how,topic\n\
                     C0001,2026-03-01,phone,Asked for prices\n\
                     c1,2026-03-02,电子邮件,Sent the catalogue\n\
                     Nobody & Sons,2026-03-02,email,Lost\n\
                     Brightwater Tools,2026-03-02,email,Which of the two?\n\
                     C0002,2026-03-03,pigeon,Odd\n\
                     C0002,,email,No day\n";
    let taken = desk.import("f.csv", followups, &[]);
    assert_ne!(taken.code, 0, "rows of records are no customers: {}", taken.err);
    let words = |section: &str| {
        fs::write(desk.home().join("f.csv"), followups).expect("a sheet");
        desk.crm(&["import", section, "../f.csv"]).exits(5)
    };
    let taken = words("followups");
    assert!(taken.err.contains("new 2, filled 0, the same 0, refused 4"), "{}", taken.err);
    assert!(taken.err.contains("crm import followups ../f.csv.rejected.csv"), "{}", taken.err);
    let back = fs::read_to_string(desk.home().join("f.csv.rejected.csv")).expect("the refused rows");
    for reason in
        ["no customer is meant by ‘Nobody & Sons’", "give the number", "pigeon", "‘Date’ is missing"]
    {
        assert!(back.contains(reason), "{reason}\n{back}");
    }
    assert_eq!(desk.text("Ahornwerk").matches("[[followups]]").count(), 2);
    let again = words("跟进记录");
    assert!(again.err.contains("new 0, filled 0, the same 2, refused 4"), "{}", again.err);
    // By the other program's key.
    let keyed = "Ref,date,how,topic\nK-3,2026-03-04,sms,By key\n";
    fs::write(desk.home().join("k.csv"), keyed).expect("a sheet");
    desk.crm(&["import", "followups", "../k.csv", "--key", "Ref"]).done();
    assert!(desk.crm(&["show", "K-3"]).done().out.contains("By key"));
    desk.is_clean_and_sound();
}

#[test]
fn children_go_to_the_record_that_holds_them() {
    wants_git!();
    let desk = Desk::new();
    desk.import("old.csv", OLD, &["--key", "Ref"]).done();
    let channels = "customer,parent,kind,value\nC0001,Greta Lindqvist,phone,+49 431 555001\nC0001,,fax,+49 431 555002\n\
                    C0001,Nobody,fax,1\n";
    fs::write(desk.home().join("c.csv"), channels).expect("a sheet");
    let taken = desk.crm(&["import", "channels", "../c.csv"]).exits(5);
    assert!(taken.err.contains("new 2, filled 0, the same 0, refused 1"), "{}", taken.err);
    let card = desk.text("Ahornwerk");
    assert!(card.contains("kind = \"phone\"") && card.contains("+49 431 555002"), "{card}");
    assert_eq!(card.matches("[[contacts]]").count(), 1);
}

#[test]
fn a_mapping_is_proposed_kept_and_used() {
    wants_git!();
    let desk = Desk::new();
    let odd = "Ref;Kundenname;Land;Farbe\nK-1;Kiesel Optik;YU;rot\n";
    fs::write(desk.home().join("odd.csv"), odd).expect("a sheet");
    let guessed = desk.crm(&["import", "--guess", "../odd.csv", "--key", "Ref"]).done().out;
    assert!(guessed.contains("\"Ref\" = \"external.Ref\"") && guessed.contains("# \"Farbe\""), "{guessed}");
    assert_eq!(desk.commits(), 1, "a proposal writes nothing");
    desk.crm(&["import", "--guess", "../odd.csv", "--key", "Ref", "--keep", "odd"]).done();
    assert_eq!(desk.commits(), 2);
    desk.crm(&["import", "--guess", "../odd.csv", "--keep", "odd"]).exits(4);
    desk.crm(&["import", "--guess", "../odd.csv", "--keep", "../x"]).exits(2);
    let mapping = "key = \"Ref\"\n[columns]\nKundenname = \"name\"\nLand = \"country\"\nFarbe = \"-\"\n\
                   Fehlt = \"city\"\n[countries]\nYU = \"RS\"\n";
    desk.write("imports/odd.toml", mapping);
    desk.crm(&["import", "../odd.csv", "--map", "odd"]).done();
    let card = desk.card("Kiesel");
    assert!(card.to_string_lossy().contains("RS-"), "{}", card.display());
    assert!(!desk.text("Kiesel").contains("rot"));
    assert!(desk.crm(&["import", "../odd.csv", "--map", "nothing"]).exits(3).err.contains("--guess"));
    desk.write("imports/bad.toml", "colour = 1\n");
    assert!(desk.crm(&["import", "../odd.csv", "--map", "bad"]).exits(2).err.contains("bad.toml"));
}

#[test]
fn a_country_of_the_sheet_may_be_said_on_the_command_line() {
    wants_git!();
    let desk = Desk::new();
    let sheet = "Company,Country\nKiesel Optik,XY\n";
    desk.import("c.csv", sheet, &[]).exits(5);
    desk.import("c.csv", sheet, &["--map", "XY=RS"]).done();
    assert!(desk.card("Kiesel").to_string_lossy().contains("RS-"));
    desk.import("c.csv", sheet, &["--map", "Colour=custom.colour"]).exits(2);
}
