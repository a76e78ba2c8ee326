//! Words: tables fit a terminal of 80 columns, and whoever reads Chinese meets no English sentence.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::desk::{Answer, Desk, answer};

/// A desk with names and notes that are wide, long, or both.
fn desk() -> Desk {
    let desk = Desk::new();
    let long = "Gesellschaft für Hydraulik, Pumpen und Ventile des gesamten Nordens mit beschränkter Haftung";
    let wide = "深圳市南山区高新技术产业园区精密液压机械设备制造与进出口贸易有限责任公司";
    let notes =
        "客户询问了齿轮泵的价格、交货期和付款方式，希望我们下周三之前给出正式报价单，并寄两件样品过去检验";
    for (at, name) in [long, wide, "شركة الميكانيكا", "Müller", "👩\u{200d}🔧 Works"].into_iter().enumerate()
    {
        let no = format!("C{:04}", at + 1);
        let person = format!("{name} <someone.with.a.long.address@department.company.example>");
        desk.crm(&[
            "add",
            name,
            "--anyway",
            "--country",
            "BA",
            "--contact",
            &person,
            "--phone",
            "+49 30 1234567",
        ])
        .done();
        desk.crm(&[
            "set",
            &no,
            "city=Москва-на-длинной-реке",
            &format!("remark={notes}"),
            "tags=pumps, 阀门",
        ])
        .done();
        let note = format!("--note={notes} {long}");
        desk.crm(&["followup", "log", &no, "phone", long, &note, "--next", "+7d", "--goal", wide]).done();
        desk.crm(&["followup", "plan", &no, "2026-03-01", "email", "--goal", notes]).done();
    }
    desk
}

/// What a command writes to a terminal of so many columns; `None` where there is no `script`.
fn on_a_terminal(desk: &Desk, columns: u32, lang: &str, arguments: &str) -> Option<Answer> {
    let crm = env!("CARGO_BIN_EXE_crm");
    let line = format!("{crm} --lang {lang} --color never {arguments} 2>/dev/null");
    let mut command = desk.command("script");
    command.current_dir(&desk.archive).env("TERM", "xterm").env("COLUMNS", columns.to_string());
    command.args(["-qec", &line, "/dev/null"]);
    match command.output() {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            println!("`script` of util-linux is not here: nothing was looked at");
            None
        }
        _ => Some(answer(&mut command)),
    }
}

#[test]
fn every_table_fits_a_terminal_of_80_columns() {
    wants_git!();
    let desk = desk();
    for lang in ["en", "zh-CN"] {
        for command in [
            "list",
            "dup",
            "dup C0004",
            "doctor --offline",
            "list --columns no,name,country,city,region,stage,owner,tags,phone,remark,folder,id",
            "followup --days 30 --owner all",
            "followup list C0001",
            "contact list C0002",
            "show C0001",
            "show C0002",
            "show C0003 contacts",
            "history",
            "history C0001",
            "config",
            "fields",
        ] {
            let Some(shown) = on_a_terminal(&desk, 80, lang, command) else { return };
            let text = shown.done().out.replace('\r', "");
            assert!(text.lines().count() > 1, "{lang} {command}: {text}");
            for line in text.lines() {
                assert!(line.width() <= 80, "{lang} {command}: {} cells: {line}", line.width());
            }
        }
    }
}

#[test]
fn every_help_page_fits_a_terminal_of_80_columns() {
    wants_git!();
    let desk = Desk::new();
    let mut pages = Vec::new();
    help_pages(&desk, &[], &mut pages);
    for (page, lang) in pages.iter().flat_map(|(page, _)| ["en", "zh-CN", "zh-TW"].map(|lang| (page, lang))) {
        let Some(shown) = on_a_terminal(&desk, 80, lang, &format!("{page} --help")) else { return };
        for line in shown.done().out.replace('\r', "").lines() {
            assert!(line.width() <= 80, "{lang} {page} --help: {} cells: {line}", line.width());
        }
    }
}

#[test]
fn columns_stand_one_below_the_other_whatever_the_script() {
    wants_git!();
    let desk = Desk::new();
    for name in ["Müller", "深圳华盛五金", "شركة", "e\u{301}tude"] {
        desk.crm(&["add", name, "--country", "DE"]).done();
    }
    for (lang, word) in [("en", "Germany"), ("zh-CN", "德国")] {
        let list = desk.crm(&["--lang", lang, "list"]).done().out;
        let starts: BTreeSet<usize> =
            list.lines().skip(1).map(|line| line[..line.find(word).expect("the country")].width()).collect();
        assert_eq!(starts.len(), 1, "{list}");
    }
}

/// Runs of three English words that no person meant to see.
fn english(text: &str) -> Vec<String> {
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    // What stands between backticks is to be typed.
    let parts = text.split('`').enumerate().filter(|(at, _)| at % 2 == 0);
    let words: Vec<&str> = parts.flat_map(|(_, part)| part.split([' ', '\n'])).collect();
    words.windows(3).filter(|run| run.iter().all(is_word)).map(|run| run.join(" ")).collect()
}

/// The commands that a help page lists.
fn commands_in(help: &str) -> Vec<String> {
    let section =
        help.lines().skip_while(|line| *line != "命令:").skip(1).take_while(|line| !line.is_empty());
    section.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Every help page, with the words that ask for it.
fn help_pages(desk: &Desk, path: &[String], pages: &mut Vec<(String, String)>) {
    let mut words: Vec<&str> = vec!["--lang", "zh-CN"];
    words.extend(path.iter().map(String::as_str));
    words.push("--help");
    let help = desk.crm_in(desk.home(), &words).done().out;
    let inner = commands_in(&help);
    pages.push((path.join(" "), help));
    for command in inner {
        help_pages(desk, &[path, &[command]].concat(), pages);
    }
}

#[test]
fn no_help_page_holds_english_in_chinese() {
    wants_git!();
    let desk = Desk::bare();
    let mut pages = Vec::new();
    help_pages(&desk, &[], &mut pages);
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for expected in ["add", "followup log", "contact add", "import", "man"] {
        assert!(names.contains(&expected), "{names:?}");
    }
    for (name, help) in &pages {
        for heading in [
            "Usage",
            "[OPTIONS]",
            "Commands",
            "Options",
            "Arguments",
            "possible values",
            "default:",
            "aliases",
        ] {
            assert!(!help.contains(heading), "{heading} in `crm {name} --help`:\n{help}");
        }
        for line in help.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with("crm ")) {
            assert!(!line.is_ascii(), "`crm {name} --help`: {line}");
            if !line.starts_with("用法: crm ") {
                assert_eq!(english(line), [""; 0], "`crm {name} --help`: {line}");
            }
        }
    }
}

#[test]
fn every_help_page_says_the_same_in_both_languages() {
    wants_git!();
    let desk = Desk::bare();
    let mut pages = Vec::new();
    help_pages(&desk, &[], &mut pages);
    for (name, chinese) in pages {
        let mut words = vec!["--lang", "en"];
        words.extend(name.split_whitespace());
        words.push("--help");
        let english = desk.crm_in(desk.home(), &words).done().out;
        assert!(english.is_ascii() || english.contains(['…', '’']), "`crm {name} --help`: {english}");
        let options = |text: &str| -> BTreeSet<String> {
            let words = text.split(|c: char| c.is_whitespace() || c == ',');
            words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
        };
        assert_eq!(options(&chinese), options(&english), "crm {name}");
        assert_eq!(chinese.lines().count(), english.lines().count(), "crm {name}");
    }
}

#[test]
fn heads_labels_and_tokens_are_chinese() {
    wants_git!();
    let desk = desk();
    let chinese = |arguments: &[&str]| {
        let words: Vec<&str> = [&["--lang", "zh-CN"], arguments].concat();
        desk.crm(&words)
    };
    let list = chinese(&["list"]).done().out;
    let head = list.lines().next().expect("a head");
    assert!(head.split_whitespace().all(|word| !word.is_ascii()), "{head}");
    assert!(list.contains("潜在客户") && !list.contains("prospect"), "{list}");
    let due = chinese(&["followup"]).done().out;
    let head = due.lines().next().expect("a head");
    assert!(head.split_whitespace().all(|word| !word.is_ascii()), "{head}");
    let shown = chinese(&["show", "C0004"]).done().out;
    for word in ["编号", "客户名称", "联系人", "跟进记录", "跟进计划", "电话跟进", "波斯尼亚"]
    {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    for word in ["Phone", "phone ", "E-mail ", "Follow", "Stage"] {
        assert!(!shown.contains(word), "{word}: {shown}");
    }
    for arguments in [&["config"][..], &["fields"], &["fields", "nature"], &["config", "archive.home"]] {
        let text = chinese(arguments).done().out;
        assert_eq!(english(&text), [""; 0], "{arguments:?}: {text}");
    }
}

#[test]
fn a_label_can_be_typed_in_chinese() {
    wants_git!();
    let desk = desk();
    desk.crm(&["--lang", "zh-CN", "move", "C0004", "--stage", "客户", "--country", "德国"]).done();
    assert!(desk.card("Müller").to_string_lossy().contains("customers/DE-Germany"));
    desk.crm(&["followup", "log", "C0004", "电话", "询价", "--next", "周五"]).done();
    assert!(desk.crm(&["show", "C0004"]).done().out.contains("2026-03-13"));
    desk.crm(&["set", "C0004", "城市=柏林"]).done();
    assert_eq!(desk.crm(&["get", "C0004", "city"]).done().key(), "柏林");
}

#[test]
fn what_is_said_and_refused_is_chinese() {
    wants_git!();
    let desk = desk();
    let card = desk.card("Müller");
    for arguments in [
        &["bogus"][..],
        &["list", "--bogus"],
        &["show"],
        &["set", "C0001"],
        &["set", "phone=1"],
        &["list", "--color", "green"],
        &["list", "--format", "yaml"],
        &["followup", "--days", "x"],
        &["completions", "sh"],
        &["show", "Nobody at all"],
        &["show", "C0099"],
        &["show", "e"],
        &["get", "C0001", "fax"],
        &["get", "C0001", "phon"],
        &["get", "C0001", "contacts"],
        &["get", "C0001", "a.b.c.d"],
        &["set", "C0001", "stage=customer"],
        &["set", "C0001", "id=x"],
        &["set", "C0001", "no=C0009"],
        &["set", "C0001", "closed=x"],
        &["set", "C0001", "email=x"],
        &["set", "C0001", "sincerity=900"],
        &["unset", "C0001", "name"],
        &["unset", "C0001", "fax"],
        &["move", "C0001", "--country", "Grmany"],
        &["move", "C0001", "--stage", "elsewhere"],
        &["add", "Müller"],
        &["dup", "--min", "0"],
        &["dup", "Nobody"],
        &["add", "Mueller", "--country", "BA"],
        &["close", "C0001"],
        &["remove", "C0001", "--reason", "twice"],
        &["followup", "log", "C0001", "telepathy"],
        &["followup", "log", "C0001", "phone", "x", "--on", "2027-01-01"],
        &["followup", "log", "C0001", "phone", "x", "--settles", "zzz"],
        &["followup", "drop", "C0001", "zzz", "--reason", "x"],
        &["contact", "remove", "C0001", "zzz"],
        &["contact", "add", "C0001", "titel=x"],
        &["config", "archive.hom"],
        &["fields", "nothing"],
        &["list", "--columns", "nothing"],
        &["me", "Bo"],
        &["init", "."],
        &["import", "nothing.toml"],
        &["set", "C0004", "city=Berlin"],
        &["followup", "plan", "C0004", "+1d"],
        &["commit"],
        &["list"],
    ] {
        let words: Vec<&str> = [&["--lang", "zh-CN"], arguments].concat();
        let said = desk.crm(&words).err;
        let said: Vec<&str> = said.lines().collect();
        for line in &said {
            assert!(!line.starts_with("error") && !line.starts_with("hint"), "{arguments:?}: {line}");
            let from_history = line.starts_with("C0") || line.starts_with("  ");
            assert!(from_history || !line.is_ascii(), "{arguments:?}: {line}");
            let quoted = ["Nobody at all", "Card"].iter().any(|q| line.contains(q));
            assert!(quoted || from_history || english(line).is_empty(), "{arguments:?}: {line}");
        }
    }
    std::fs::write(card, "name = \"broken\n").expect("a card");
    let said = desk.crm(&["--lang", "zh-CN", "list"]).exits(5).err;
    assert!(said.starts_with("错误：") && said.contains("请用文本编辑器修正"), "{said}");
    let first = said.lines().next().expect("a line");
    assert!(first.contains("TOML"), "the reader learns in Chinese what is wrong: {first}");
}
