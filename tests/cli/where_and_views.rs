//! Conditions, filters by any field, views, and many customers changed at once.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use unicode_width::UnicodeWidthStr;

use crate::desk::{Answer, Desk};

/// A desk with three customers and what is needed to tell them apart.
fn desk() -> Desk {
    let desk = Desk::new();
    let settings = desk.archive.join("crm.toml");
    let mut text = fs::read_to_string(&settings).expect("settings");
    text +=
        "\n[fields.port]\nlabel_en = \"Port\"\nlabel_zh = \"卸货港\"\n\n[fields.opened]\nkind = \"date\"\n";
    fs::write(&settings, text).expect("settings");
    desk.crm(&["commit"]).done();
    let add = |words: &[&str]| {
        desk.crm(&[&["add"], words].concat()).done();
    };
    add(&[
        "Kieler Pumpen GmbH",
        "--country",
        "DE",
        "city=Kiel",
        "sincerity=90",
        "custom.port=Hamburg",
        "products=gear pumps, valves",
        "biz_type=importer",
        "custom.opened=2020-05-01",
    ]);
    add(&[
        "Société Lumière",
        "--country",
        "FR",
        "city=Éragny",
        "sincerity=40",
        "products=lamps",
        "phone=+33 1 23 45 67 89",
    ]);
    add(&["启明五金", "--country", "CN", "city=深圳", "custom.port=Ningbo"]);
    desk.crm(&[
        "contact",
        "add",
        "C1",
        "Anna Kiel",
        "title=Buyer",
        "email=anna@kieler.example",
        "mobile=+49 170 1",
        "birthday=2000-03-01",
        "main=yes",
    ])
    .done();
    desk.crm(&["contact", "add", "C1", "Karl Fort", "until=2026-01-31", "title=Boss"]).done();
    desk.crm(&["followup", "log", "C1", "email", "reply RFQ; drawing", "--on", "2026-03-10"]).done();
    desk.crm(&[
        "followup",
        "log",
        "C1",
        "phone",
        "send quotation",
        "--note",
        "Wants FOB",
        "--next",
        "+7d",
        "--goal",
        "Ask again",
    ])
    .done();
    desk
}

/// The numbers that a list has.
fn numbers(answer: Answer) -> Vec<String> {
    answer.out.lines().skip(1).map(|l| l.split(',').next().unwrap_or("").to_owned()).collect()
}

#[track_caller]
fn listed(desk: &Desk, words: &[&str]) -> Vec<String> {
    numbers(
        desk.crm(&[&["list", "--columns", "no", "--sort", "no", "--format", "csv"], words].concat()).done(),
    )
}

#[track_caller]
fn fits(desk: &Desk, condition: &str, expected: &[&str]) {
    assert_eq!(listed(desk, &["--where", condition]), expected, "{condition}");
}

fn with_input(desk: &Desk, words: &[&str], input: &str) -> Answer {
    let mut command = desk.program();
    command.current_dir(&desk.archive).args(words);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("crm");
    // A command that refuses before it reads closes the pipe.
    let _ = child.stdin.take().expect("stdin").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("crm ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Answer { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_condition_sees_the_cards_columns_the_facts_and_own_fields() {
    wants_git!();
    let desk = desk();
    fits(&desk, "country = 'DE'", &["C0001"]);
    fits(&desk, "sincerity >= 40", &["C0001", "C0002"]);
    fits(&desk, "sincerity IS NULL", &["C0003"]);
    fits(&desk, "custom.port = 'Ningbo' OR city LIKE 'k%'", &["C0001", "C0003"]);
    fits(&desk, "custom.opened < '2021-01-01'", &["C0001"]);
    fits(&desk, "followups = 2 AND last_topic = 'send quotation'", &["C0001"]);
    fits(&desk, "has(products, 'VALVES')", &["C0001"]);
    fits(&desk, "folded(city) = folded('eragny')", &["C0002"]);
    fits(&desk, "城市 = '深圳' AND 卸货港 = 'Ningbo'", &["C0003"]);
    fits(&desk, "country <> home()", &["C0001", "C0002"]);
    fits(&desk, "no = 'C0001' AND id <> '' AND folder LIKE 'prospects/%'", &["C0001"]);
    // Text in quotes is only text.
    fits(&desk, "city = 'x'' OR 1 = 1 --'", &[]);
}

#[test]
fn today_is_given_and_the_clock_is_never_read() {
    wants_git!();
    let desk = desk();
    fits(&desk, "next_followup = plus(today(), '7d')", &["C0001"]);
    fits(&desk, "last_followup > plus(today(), '-1m')", &["C0001"]);
    fits(&desk, "last_followup = date('2026-03-10', '+1 day')", &["C0001"]);
    let later = desk.crm(&[
        "list",
        "--where",
        "next_followup < today()",
        "--today",
        "2026-04-01",
        "--columns",
        "no",
        "--format",
        "csv",
    ]);
    assert_eq!(numbers(later.done()), ["C0001"]);
    for text in [
        "next_followup < date('now')",
        "last_followup < CURRENT_DATE",
        "date() > '2026'",
        "date('no' || 'w') > '2026'",
    ] {
        let refused = desk.crm(&["list", "--where", text]).exits(2);
        assert!(
            refused.err.contains("write a day") && refused.err.contains("today()"),
            "{text}: {}",
            refused.err
        );
    }
    let refused = desk.crm(&["list", "--where", "plus(today(), 'soon') > '2026'"]).exits(2);
    assert!(refused.err.contains("‘soon’ is no length of time"), "{}", refused.err);
    let refused = desk.crm(&["list", "--where", "plus(city, '1d') > '2026'"]).exits(2);
    assert!(refused.err.contains("is no day for plus()"), "{}", refused.err);
}

#[test]
fn what_cannot_be_understood_is_shown_with_its_place_and_the_near_name() {
    wants_git!();
    let desk = desk();
    let misspelt = desk.crm(&["list", "--where", "country = 'DE' AND citty = 'Kiel'"]).exits(2);
    let lines: Vec<&str> = misspelt.err.lines().collect();
    assert_eq!(
        lines,
        [
            "error: no column is called ‘citty’",
            "  country = 'DE' AND citty = 'Kiel'",
            "                     ^",
            "hint: did you mean city?",
        ]
    );
    let chinese = desk.crm(&["list", "--where", "citty = 'Kiel'", "--lang", "zh-CN"]).exits(2);
    assert!(chinese.err.starts_with("错误：没有名为“citty”的列\n"), "{}", chinese.err);
    let syntax = desk.crm(&["list", "--where", "城市 = = 'Kiel'"]).exits(2);
    assert!(syntax.err.contains("  城市 = = 'Kiel'\n         ^\n"), "{}", syntax.err);
    let double = desk.crm(&["list", "--where", "city = \"Kiel\""]).exits(2);
    assert!(double.err.contains("single quotes: 'Kiel'"), "{}", double.err);
    let many = desk.crm(&["list", "--where", "round(sincerity, 1, 2) > 1"]).exits(2);
    assert!(many.err.contains("round() has the wrong number of values"), "{}", many.err);
    let large = format!("{}city{} = 'x'", "replace(".repeat(9), ", 'e', 'eeeeeeeeeeeeeee')".repeat(9));
    let large = desk.crm(&["list", "--where", &large]).exits(2);
    assert!(large.err.contains("too large"), "{}", large.err);
    fits(&desk, "products ->> 0 = 'lamps'", &["C0002"]);
    let own = desk.crm(&["list", "--where", "custom.pord = 'x'"]).exits(2);
    assert!(own.err.contains("did you mean custom.port?"), "{}", own.err);
    let json = desk.crm(&["list", "--where", "citty = 1", "--format", "json"]).exits(2);
    let object: serde_json::Value = serde_json::from_str(&json.err).expect("an object");
    assert_eq!((object["kind"].as_str(), object["code"].as_str()), (Some("usage"), Some("condition")));
}

#[test]
fn a_condition_only_looks() {
    wants_git!();
    let desk = desk();
    let before = desk.git(&["rev-parse", "HEAD"]);
    for text in [
        "1; DROP TABLE customers",
        "1) UNION SELECT card FROM contacts --",
        "id IN (SELECT id FROM contacts)",
        "id IN contacts",
        "load_extension('x')",
        "writefile('x', 'y')",
        "random() > 0",
        "lookup LIKE '%'",
        "asked.city = 'Kiel'",
        "count(*) > 0",
        "max(sincerity) > 3",
        "(1",
        "1 = ?",
        "",
    ] {
        desk.crm(&["list", "--where", text]).exits(2);
    }
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), before);
    // The index is whole afterwards.
    assert_eq!(listed(&desk, &[]).len(), 3);
    desk.is_clean_and_sound();
}

#[test]
fn a_condition_stands_beside_the_other_filters() {
    wants_git!();
    let desk = desk();
    assert_eq!(listed(&desk, &["--where", "sincerity > 0", "--country", "FR"]), ["C0002"]);
    assert_eq!(listed(&desk, &["--where", "sincerity > 0", "city=kiel"]), ["C0001"]);
    assert_eq!(listed(&desk, &["--where", "sincerity > 0", "--no-next-step"]), ["C0002"]);
}

#[test]
fn every_field_filters() {
    wants_git!();
    let desk = desk();
    let cases: &[(&[&str], &[&str])] = &[
        (&["city=KIEL"], &["C0001"]),
        (&["city=eragny"], &["C0002"]),
        (&["city!=Kiel"], &["C0002", "C0003"]),
        (&["name~=lumiere"], &["C0002"]),
        (&["products=valves"], &["C0001"]),
        (&["products~=pump"], &["C0001"]),
        (&["products!=valves"], &["C0002", "C0003"]),
        (&["products="], &["C0003"]),
        (&["sincerity!="], &["C0001", "C0002"]),
        (&["sincerity=90%"], &["C0001"]),
        (&["biz_type=进口商"], &["C0001"]),
        (&["custom.port=hamburg"], &["C0001"]),
        (&["Port=hamburg"], &["C0001"]),
        (&["卸货港=ningbo"], &["C0003"]),
        (&["opened=2020/5/1"], &["C0001"]),
        (&["country=Germany"], &["C0001"]),
        (&["stage=潜在客户", "country!=CN"], &["C0001", "C0002"]),
        (&["owner=me", "城市=深圳"], &["C0003"]),
        (&["contact=anna kiel"], &["C0001"]),
        (&["last_how=phone"], &["C0001"]),
        (&["next_followup=+7d"], &["C0001"]),
        (&["followups=2"], &["C0001"]),
    ];
    for (words, expected) in cases {
        assert_eq!(listed(&desk, words), *expected, "{words:?}");
    }
    for (word, said) in [
        ("citty=Kiel", "did you mean city?"),
        ("Kiel", "is not FIELD=VALUE"),
        ("willingness=huge", "Willingness"),
        ("country=Nowhereland", "Nowhereland"),
        ("opened=soon", "opened"),
    ] {
        let refused = desk.crm(&["list", word]).exits(2);
        assert!(refused.err.contains(said), "{word}: {}", refused.err);
    }
}

#[test]
fn lists_show_what_the_sections_hold() {
    wants_git!();
    let desk = desk();
    let columns = "contact,contact_title,contact_phone,contact_email,contact_age,last_how,last_topic,last_note,next_goal,followup_log";
    let all = desk.crm(&["list", "no=C0001", "--columns", columns, "--format", "jsonl"]).done();
    let row: serde_json::Value = serde_json::from_str(&all.out).expect("a row");
    let expected = serde_json::json!({
        "contact": "Anna Kiel", "contact_title": "Buyer", "contact_phone": "+49 170 1",
        "contact_email": "anna@kieler.example", "contact_age": 26, "last_how": "phone",
        "last_topic": "send quotation", "last_note": "Wants FOB", "next_goal": "Ask again",
        "followup_log": "3/11 send quotation; 3/10 reply RFQ, drawing",
    });
    assert_eq!(row, expected);
    // The birthday is not yet: the age is computed with today.
    let young = desk.crm(&[
        "list",
        "no=C0001",
        "--columns",
        "contact_age",
        "--format",
        "csv",
        "--today",
        "2025-02-28",
    ]);
    assert_eq!(young.done().out.lines().last(), Some("24"));
    // Without a contact, the company's own number.
    let own = desk.crm(&["list", "no=C0002", "--columns", "联系电话", "--format", "csv"]).done();
    assert_eq!(own.out.lines().last(), Some("+33 1 23 45 67 89"));
    // Columns and order by label, own fields too; -KEY is the greatest first.
    let sorted =
        desk.crm(&["list", "--columns", "编号,卸货港", "--sort", "-诚指数,-编号", "--format", "csv"]);
    assert!(sorted.exits(2).err.contains("诚指数"));
    let sorted =
        desk.crm(&["list", "--columns", "编号,卸货港", "--sort", "-诚信指数(%)", "--format", "csv"]).done();
    assert_eq!(numbers(sorted), ["C0001", "C0002", "C0003"]);
    let sorted =
        desk.crm(&["list", "--columns", "no", "--sort", "custom.port,-no", "--format", "csv"]).done();
    assert_eq!(numbers(sorted), ["C0001", "C0003", "C0002"]);
}

/// a preset has the same rows as the query that was typed.
#[test]
fn a_saved_view_is_the_list_that_would_be_typed() {
    wants_git!();
    let desk = desk();
    let settings = desk.archive.join("crm.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    let view = "\n[views.north]\nlabel_zh = \"北方\"\ncolumns = [\"no\", \"name\", \"custom.port\"]\nheads = { name = \"Firm\" }\nsort = \"-sincerity\"\nstage = \"prospect\"\nwhere = \"sincerity > 0\"\n";
    fs::write(&settings, format!("{text}{view}")).expect("settings");
    let typed = desk
        .crm(&[
            "list",
            "--stage",
            "prospect",
            "--where",
            "sincerity > 0",
            "--sort",
            "-sincerity",
            "--columns",
            "no,name,custom.port",
            "--format",
            "csv",
        ])
        .done();
    for name in ["north", "North", "北方"] {
        let saved = desk.crm(&["list", "--view", name, "--format", "csv"]).done();
        assert_eq!(saved.out.lines().next(), Some("No.,Firm,Port"));
        assert_eq!(
            saved.out.lines().skip(1).collect::<Vec<_>>(),
            typed.out.lines().skip(1).collect::<Vec<_>>()
        );
    }
    // What is typed goes before what the view says.
    let other = desk.crm(&[
        "list",
        "--view",
        "north",
        "--where",
        "sincerity > 50",
        "--columns",
        "no",
        "--format",
        "csv",
    ]);
    assert_eq!(numbers(other.done()), ["C0001"]);
    let near = desk.crm(&["list", "--view", "norht"]).exits(3);
    assert!(near.err.contains("did you mean north?"), "{}", near.err);
    // A fault of a view is shown where it stands.
    fs::write(&settings, format!("{text}{}", view.replace("\"name\",", "\"nmae\","))).expect("settings");
    let line = text.lines().count() + 4;
    let bad = desk.crm(&["list", "--view", "north"]).exits(2);
    assert!(bad.err.contains(&format!("crm.toml:{line}:18: no column is called ‘nmae’")), "{}", bad.err);
    desk.crm(&["list"]).done();
    fs::write(&settings, format!("{text}{}", view.replace("sincerity > 0", "sincerty > 0")))
        .expect("settings");
    let bad = desk.crm(&["list", "--view", "north", "--lang", "zh-CN"]).exits(2);
    assert!(bad.err.contains("crm.toml:") && bad.err.contains("没有名为“sincerty”的列"), "{}", bad.err);
    // A key that no view has is an error of the settings.
    fs::write(&settings, format!("{text}\n[views.x]\ncolums = []\n")).expect("settings");
    desk.crm(&["list"]).exits(2);
}

/// the heads of the tables, in order, in Chinese.
#[test]
fn ready_views_have_the_heads_of_the_sheets() {
    wants_git!();
    let desk = desk();
    for (name, heads) in [
        ("basics", "客户名称,客户国家/地区,联系人姓名,联系人职位,联系电话,电子邮箱,企业网址"),
        ("template", "客户名称,公司名称,公司地址,联系人姓名,职位,邮箱,电话号码,网站"),
        ("people", "编号,姓名,性别,年龄,住址,其他,职务,手机"),
        ("sheet", "客户名称,行业,公司性质,地址,客户需求及意向,姓名,职务,联系电话,关系、作用"),
        ("visit_base", "客户名称,具体地址,行业及主营业务"),
        ("foreign", "产品,联系人,国家,客户类型,跟进情况"),
        (
            "data_card",
            "名称,电话,地址,交易联系人,付款态度,付款时间,银行往来情况,财务实权掌管人,付款方式,往来数据",
        ),
        ("remarks", "客户名称,历史背景,兴趣爱好,行业经验,特殊需求,合作意愿"),
        ("dealings", "客户名称,首次联系时间,跟进次数"),
        ("tracking", "客户名称,跟进方式,跟进主题,跟进情况,跟进人,日期"),
        ("salespeople", "日期,序号,客户名,操作人,国家/区域"),
    ] {
        let chinese = desk.crm(&["list", "--view", name, "--format", "csv", "--lang", "zh-CN"]).done();
        assert_eq!(chinese.out.lines().next(), Some(heads), "{name}");
        let rows = if name == "foreign" { 2 } else { 3 };
        assert_eq!(chinese.out.lines().count(), rows + 1, "{name}");
        let english = desk.crm(&["list", "--view", name, "--format", "csv"]).done();
        assert!(english.out.lines().next().is_some_and(|l| l.is_ascii()), "{name}");
    }
    let by_label =
        desk.crm(&["list", "--view", "国外客户跟踪表", "--format", "csv", "--lang", "zh-CN"]).done();
    assert!(by_label.out.contains("3/11 send quotation; 3/10 reply RFQ, drawing"), "{}", by_label.out);
    // Which there are, with what they still lack.
    for lang in ["en", "zh-CN"] {
        let all = desk.crm(&["list", "--view", "--lang", lang]).done();
        assert!(all.out.contains("salespeople"), "{}", all.out);
    }
    let all = desk.crm(&["list", "--view", "--format", "json", "--lang", "zh-CN"]).done();
    let all: serde_json::Value = serde_json::from_str(&all.out).expect("a list");
    let foreign =
        all.as_array().expect("rows").iter().find(|v| v["view"] == "foreign").expect("the view").clone();
    assert_eq!(foreign["without"], serde_json::json!(["重要程度"]));
}

#[test]
fn the_help_explains_how_to_filter() {
    wants_git!();
    let desk = Desk::new();
    let english = desk.crm(&["list", "--help"]).done().out;
    assert!(english.contains("products~=pump") && english.contains("plus(day, '1m')"), "{english}");
    let chinese = desk.crm(&["list", "--help", "--lang", "zh-CN"]).done().out;
    assert!(chinese.contains("products~=泵") && chinese.contains("plus(日期, '1m')"), "{chinese}");
}

/// on a terminal of 80 columns, nothing is wider.
#[test]
fn ready_views_fit_eighty_columns() {
    wants_git!();
    let desk = desk();
    for name in ["basics", "sheet", "data_card", "foreign", "tracking"] {
        for lang in ["en", "zh-CN"] {
            let mut command = desk.command("script");
            let program = env!("CARGO_BIN_EXE_crm");
            let line = format!("COLUMNS=80 '{program}' list --view {name} --lang {lang}");
            command.current_dir(&desk.archive).env("TERM", "dumb").args(["-qec", &line, "/dev/null"]);
            let Ok(output) = command.output() else { return };
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            for line in text.lines() {
                assert!(line.trim_end().width() <= 80, "{name} {lang}: {line}");
            }
        }
    }
}

fn desk_with(count: usize) -> Desk {
    let desk = Desk::new();
    for at in 1..=count {
        desk.crm(&["add", &format!("Company {at}"), "--country", "IT", "city=Turin"]).done();
    }
    desk
}

#[test]
fn many_are_changed_in_one_commit_or_not_at_all() {
    wants_git!();
    let desk = desk_with(4);
    let commits = desk.commits();
    desk.crm(&["set", "--where", "city = 'Turin' AND no < 'C0004'", "city=Milan", "tags+=north"]).done();
    assert_eq!(desk.commits(), commits + 1);
    assert_eq!(listed(&desk, &["city=milan"]), ["C0001", "C0002", "C0003"]);
    let log = desk.git(&["log", "-1", "--format=%B"]);
    assert!(log.starts_with("3 customers changed: city, tags\n"), "{log}");
    assert_eq!(log.matches("Card: ").count(), 3, "{log}");

    // A value that does not fit for one of them: nothing is written.
    desk.write("crm.toml", "format = 1\n");
    desk.crm(&["commit"]).done();
    let head = desk.git(&["rev-parse", "HEAD"]);
    desk.crm(&["set", "C1", "C2", "contacts[abc].title=Boss"]).exits(3);
    desk.crm(&["set", "--where", "1", "sincerity=101"]).exits(2);
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    // Only one of the named ones changes: it has the sentence.
    desk.crm(&["set", "C3", "C4", "city=Milan"]).done();
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]).trim(), "C0004 changed: city");
    // None changes.
    let head = desk.git(&["rev-parse", "HEAD"]);
    assert!(desk.crm(&["set", "--where", "1", "city=Milan"]).done().err.contains("nothing to change"));
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    // Nobody fits.
    let nobody = desk.crm(&["set", "--where", "city = 'Rome'", "city=Milan"]).exits(3);
    assert!(nobody.err.contains("no customer fulfils the condition city = 'Rome'"), "{}", nobody.err);
    desk.crm(&["set", "city=Milan"]).exits(2);
    let both = desk.crm(&["set", "C1", "--where", "1", "city=Rome"]).exits(2);
    assert!(both.err.contains("not both"), "{}", both.err);
    for words in [&["set", "C1", "city=Milan", "-n"][..], &["set", "--where", "1", "city=Milan", "-n"]] {
        let nothing = desk.crm(words).done();
        assert!(nothing.err.contains("nothing to change") && nothing.out.is_empty(), "{}", nothing.all());
    }
    desk.is_clean_and_sound();
}

#[test]
fn many_lose_a_value_are_moved_and_closed_at_once() {
    wants_git!();
    let desk = desk_with(3);
    desk.crm(&["set", "C1", "C2", "remark=x"]).done();
    let commits = desk.commits();
    desk.crm(&["unset", "C1", "C2", "C3", "remark"]).done();
    assert!(listed(&desk, &["remark!="]).is_empty());
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]).trim(), "2 customers changed: remark");
    desk.crm(&["unset", "C1", "remark"]).exits(3);
    let misspelt = desk.crm(&["unset", "C1", "remrak"]).exits(2);
    assert!(misspelt.err.contains("remark"), "{}", misspelt.err);
    desk.crm(&["unset", "--where", "city = 'Turin' AND no <> 'C0003'", "city"]).done();
    assert_eq!(listed(&desk, &["city="]), ["C0001", "C0002"]);
    desk.crm(&["move", "--where", "city IS NULL", "--stage", "customer"]).done();
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]).trim(), "2 customers moved");
    assert_eq!(listed(&desk, &["--stage", "customer"]), ["C0001", "C0002"]);
    desk.crm(&["close", "--where", "stage = 'customer'", "--reason", "sold"]).done();
    assert_eq!(listed(&desk, &["--stage", "closed"]), ["C0001", "C0002"]);
    assert_eq!(desk.commits(), commits + 4);
    desk.crm(&["move", "--stage", "customer"]).exits(2);
    desk.crm(&["move", "--where", "city = 'Rome'", "--stage", "customer"]).exits(3);
    let one_name = desk.crm(&["move", "C1", "C2", "--name", "Same"]).exits(2);
    assert!(one_name.err.contains("one customer only"), "{}", one_name.err);
    desk.is_clean_and_sound();
}

#[test]
fn customers_come_from_the_input() {
    wants_git!();
    let desk = desk_with(3);
    let lines = desk.crm(&["list", "--columns", "id,name", "--format", "jsonl", "no!=C0002"]).done().out;
    with_input(&desk, &["set", "-", "city=Milan"], &lines).done();
    assert_eq!(listed(&desk, &["city=Milan"]), ["C0001", "C0003"]);
    let folder = desk.crm(&["list", "no=C0002", "--columns", "folder", "--format", "csv"]).done();
    let folder = folder.out.lines().last().unwrap_or("").to_owned();
    with_input(&desk, &["move", "-", "--stage", "customer"], &format!("c1\n\n  {folder}  \nC1\n")).done();
    assert_eq!(listed(&desk, &["--stage", "customer"]), ["C0001", "C0002"]);
    // What a list prints for a spreadsheet: its head is nobody, in whatever words.
    desk.crm(&["set", "C1", "remark=one, \"two\"\nC0002"]).done();
    for (city, list) in [
        ("Bern", &["--columns", "name,remark,no"][..]),
        ("Graz", &["--columns", "remark,no", "--lang", "zh-CN"]),
        ("Linz", &["--view", "salespeople", "--lang", "zh-TW"]),
        ("Wels", &["--columns", "id"]),
    ] {
        let csv = desk.crm(&[&["list", "no!=C0002", "--format", "csv"], list].concat()).done().out;
        with_input(&desk, &["set", "-", &format!("city={city}")], &csv).done();
        assert_eq!(listed(&desk, &[&format!("city={city}")]), ["C0001", "C0003"], "{csv}");
    }
    let nobody = with_input(&desk, &["set", "-", "city=Rome"], "Name,No.\nA,C1\nB,\n").exits(2);
    assert!(nobody.err.contains("line 3"), "{}", nobody.err);
    with_input(&desk, &["set", "-", "city=Rome"], "No.,Name\n").exits(3);
    desk.crm(&["set", "C1", "C3", "city=Milan"]).done();
    with_input(&desk, &["close", "-", "--reason", "x"], "").exits(3);
    let bad = with_input(&desk, &["set", "-", "city=Rome"], "C1\n{\"name\":\"A\"}\n").exits(2);
    assert!(bad.err.contains("line 2"), "{}", bad.err);
    let unknown = with_input(&desk, &["set", "-", "city=Rome"], "C1\nC0009\n").exits(3);
    assert!(unknown.err.contains("C0009"), "{}", unknown.err);
    assert!(listed(&desk, &["city=Rome"]).is_empty());
    with_input(&desk, &["unset", "-", "city"], "C1\nC3\n").done();
    assert_eq!(listed(&desk, &["city="]), ["C0001", "C0003"]);
}

#[test]
fn ten_are_shown_before_they_are_changed() {
    wants_git!();
    let desk = desk_with(10);
    let head = desk.git(&["rev-parse", "HEAD"]);
    let refused = desk.crm(&["set", "--where", "1", "city=Milan"]).exits(1);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    assert_eq!(refused.out.matches("Milan").count(), 10, "{}", refused.out);
    let shown = desk.crm(&["set", "--where", "1", "city=Milan", "-n", "--format", "json"]).done();
    let rows: serde_json::Value = serde_json::from_str(&shown.out).expect("rows");
    let first = serde_json::json!({"no": "C0001", "name": "Company 1", "field": "city", "old": "Turin", "new": "Milan"});
    assert_eq!((rows[0].clone(), rows.as_array().map(Vec::len)), (first, Some(10)));
    assert!(shown.err.contains("would commit: 10 customers changed: city"), "{}", shown.err);
    let moved = desk.crm(&["move", "--where", "1", "--stage", "customer", "--dry-run"]).done();
    assert!(moved.out.contains("customers/IT-Italy/Company 1"), "{}", moved.out);
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    // Nine of them are not asked about.
    desk.crm(&["set", "--where", "no <> 'C0010'", "city=Milan"]).done();
    desk.crm(&["close", "--where", "1", "--reason", "end"]).exits(1);
    let done = desk.crm(&["close", "--where", "1", "--reason", "end", "--yes"]).done();
    assert_eq!(done.out, "", "who says yes is shown no list");
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]).trim(), "10 customers closed: end");
    desk.is_clean_and_sound();
}

#[test]
fn a_broken_card_among_the_named_refuses_them_all() {
    wants_git!();
    let desk = desk_with(3);
    fs::write(desk.card("Company 2"), "name = \"Company 2\nno = 3").expect("a broken card");
    let head = desk.git(&["rev-parse", "HEAD"]);
    let refused = desk.crm(&["set", "C1", "C2", "C3", "city=Milan"]).exits(4);
    assert!(refused.err.contains("Company 2/card.toml:1"), "{}", refused.err);
    with_input(&desk, &["move", "-", "--stage", "customer"], "C1\nC2\n").exits(4);
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    // A condition cannot look at it: that is said, and the exit code tells.
    let others = desk.crm(&["set", "--where", "1", "city=Milan"]).exits(5);
    assert!(others.err.contains("Company 2/card.toml:1"), "{}", others.err);
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]).trim(), "2 customers changed: city");
}
