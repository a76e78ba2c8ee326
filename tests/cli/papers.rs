//! The papers tell the truth: generated references are what the program says, README's session and
//! tour are what it does, the examples run.
//!
//! `CRM_BLESS=1 cargo test --test cli papers` writes the generated pages anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crm::card::{Field, Kind, Section};
use crm::index::open_tables;
use crm::rules::check::ABOUT;
use crm::rules::facts::Empty;
use crm::sections::{SCHEMA, every_section};

use crate::desk::{Answer, Desk, answer};

/// The two commands of README, which `.ci/run` runs too.
const TWO_COMMANDS: [&str; 2] = ["cargo run --release -- demo", "cargo test"];

fn paper(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(paper(path)).unwrap_or_default().replace("\r\n", "\n")
}

/// A generated page is as it would be generated now; `CRM_BLESS` makes it so.
#[track_caller]
fn is_as_generated(path: &str, text: &str) {
    if std::env::var_os("CRM_BLESS").is_some() {
        fs::write(paper(path), text).expect("the page");
        return;
    }
    let kept = read(path);
    let lines = || kept.lines().zip(text.lines()).enumerate();
    let at = lines().find(|(_, (old, new))| old != new).map_or(kept.lines().count(), |(at, _)| at) + 1;
    assert!(
        kept == text,
        "{path}:{at} is out of date; `CRM_BLESS=1 cargo test --test cli papers` writes it anew"
    );
}

#[test]
fn the_page_of_commands_is_the_programs_own_help() {
    wants_git!();
    is_as_generated("docs/cli.md", &crm::cli::reference());
}

#[test]
fn the_page_of_fields_follows_from_the_declarations() {
    wants_git!();
    let mut text = String::from(
        "# Fields\n\nMade from the declarations in `src/sections/`; a test keeps it so. `crm fields` shows \
         the same, and a company's own fields too.\n",
    );
    every_section().for_each(|section| describe(&mut text, section));
    is_as_generated("docs/fields.md", &text);
}

#[test]
fn the_page_of_tables_follows_from_the_declarations() {
    wants_git!();
    let mut text = String::from(
        "# Tables\n\nWhat `crm sql` sees; `--where`, `--columns` and `--sort` see the columns of `facts`, and every field \
         of a card. Made from the declarations in `src/rules/facts/` and `src/sections/`; a test keeps it so. \
         `crm fields --sql` shows the same. How to ask: [sql.md](sql.md).\n",
    );
    for table in open_tables() {
        let kept = if table.name == "facts" { "" } else { " It may change with any version." };
        writeln!(text, "\n## `{}`\n\n{}{kept}\n\n{}\n", table.name, table.help.en, table.help.zh_cn)
            .and_then(|()| {
                writeln!(text, "| column | English | 简体中文 | type | unit | what it is | 含义 | empty |")
            })
            .and_then(|()| writeln!(text, "|---|---|---|---|---|---|---|---|"))
            .expect("a string takes all");
        for column in &table.columns {
            let unit = crm::report::query::unit(column).map_or("", |unit| unit.en);
            let empty = match column.empty {
                Empty::Never => "never",
                Empty::When(when) => when.en,
            };
            let (label, help, kind) = (column.label, column.help, column.type_name());
            writeln!(
                text,
                "| `{}` | {} | {} | {kind} | {unit} | {} | {} | {empty} |",
                column.key, label.en, label.zh_cn, help.en, help.zh_cn
            )
            .expect("a string takes all");
        }
    }
    is_as_generated("docs/tables.md", &text);
}

#[test]
fn the_queries_of_the_page_are_answered() {
    wants_git!();
    let desk = Desk::new();
    let page = read("docs/sql.md");
    let queries: Vec<&str> =
        page.split("```sql\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert!(queries.len() > 4, "docs/sql.md has no queries");
    for query in queries {
        desk.crm(&["sql", query]).done();
    }
}

#[test]
fn the_page_of_checks_follows_from_the_codes() {
    wants_git!();
    let mut text = String::from(
        "# Checks\n\nMade from the tables in `src/rules/check/`; a test keeps it so. `crm check` looks for all \
         of these, `crm check --explain CODE` shows the same.\n",
    );
    let headings =
        ["What a card is made of · 卡片的写法", "What a card says · 卡片的内容", "Of the archive · 整个档案"];
    for (about, heading) in ABOUT.iter().zip(headings) {
        writeln!(text, "\n## {heading}").expect("a string takes all");
        for about in *about {
            let (severity, source) = (about.severity.label(), about.source);
            writeln!(text, "\n### `{}`: {} · {}\n", about.code, severity.en, severity.zh_cn)
                .and_then(|()| writeln!(text, "{} {} {}\n", about.what.en, about.why.en, about.mend.en))
                .and_then(|()| {
                    writeln!(text, "{}{}{}\n", about.what.zh_cn, about.why.zh_cn, about.mend.zh_cn)
                })
                .and_then(|()| writeln!(text, "Source · 依据: {source}"))
                .expect("a string takes all");
        }
    }
    is_as_generated("docs/check.md", &text);
}

fn describe(text: &mut String, section: &Section) {
    let parent = SCHEMA.sections.iter().find(|s| s.child.is_some_and(|c| c.key == section.key));
    let table = match parent {
        Some(parent) => format!("`[[{}.{}]]`", parent.key, section.key),
        None if section.key == SCHEMA.card.key => "the top of the card".to_owned(),
        None => format!("`[[{}]]`", section.key),
    };
    let mut line = |line: String| writeln!(text, "{line}").expect("a string takes all");
    line(format!("\n## {} · {}: {table}\n", section.label.en, section.label.zh_cn));
    line(format!("{} {}\n", section.help.en, section.help.zh_cn));
    line("| field | English | 简体中文 | kind | required | what it is for | 说明 | example |".into());
    line("|---|---|---|---|---|---|---|---|".into());
    for field in section.fields {
        line(row(field));
    }
    let choices = section.fields.iter().filter_map(|f| Some((f, f.kind.choices()?)));
    for (field, choices) in choices {
        let more = if choices.open { "; other words are kept" } else { "" };
        line(format!("\n`{}`{more}:\n", field.key));
        for choice in choices.all {
            line(format!("- `{}`: {}, {}", choice.token, choice.label.en, choice.label.zh_cn));
        }
    }
}

fn row(field: &Field) -> String {
    let kind = match field.kind {
        Kind::Int { min, max } => format!("int, {min} to {max}"),
        Kind::Reference(section) => format!("reference to {section}"),
        kind => kind.token().to_owned(),
    };
    let required = if field.required { "yes" } else { "" };
    let (label, help) = (field.label, field.help);
    format!(
        "| `{}` | {} | {} | {kind} | {required} | {} | {} | `{}` |",
        field.key, label.en, label.zh_cn, help.en, help.zh_cn, field.example
    )
}

/// The fenced blocks of this language below a heading of README.
fn blocks(heading: &str, language: &str) -> Vec<String> {
    let readme = read("README.md");
    let below = readme.split(&format!("\n## {heading}\n")).nth(1).unwrap_or("");
    let below = below.split("\n## ").next().unwrap_or("");
    let fence = format!("```{language}\n");
    below.split(&fence).skip(1).filter_map(|b| b.split("\n```").next()).map(str::to_owned).collect()
}

/// A shell that finds the program that was built for this test.
fn shell(desk: &Desk, script: &str) -> Answer {
    let programs = Path::new(env!("CARGO_BIN_EXE_crm")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([programs.to_owned()].into_iter().chain(std::env::split_paths(&path)));
    let mut command: Command = desk.command("sh");
    answer(command.env("PATH", path.expect("a path")).args(["-c", script]))
}

#[test]
#[cfg(unix)]
fn the_tour_of_the_readme_can_be_walked() {
    wants_git!();
    let desk = Desk::bare();
    fs::write(desk.home().join(".gitconfig"), "[user]\n\tname = Lin Wei\n\temail = lin@example.com\n")
        .expect("home");
    let tour = blocks("Five minutes", "sh").join("\n");
    assert!(tour.lines().count() > 5, "README has no tour");
    shell(&desk, &format!("set -eu\nexport EDITOR=true\n{tour}")).done();
}

#[test]
#[cfg(unix)]
fn the_sessions_in_the_readme_are_what_the_program_says() {
    wants_git!();
    for (heading, lang) in [("A morning", "en"), ("一个上午", "zh-CN")] {
        let desk = Desk::bare();
        shell(&desk, &format!("crm --lang {lang} demo >demo.log 2>&1")).done();
        let sessions = blocks(heading, "console");
        assert!(!sessions.is_empty(), "README has no session under {heading}");
        for step in sessions.join("\n").split("$ ").skip(1) {
            let (command, shown) = step.split_once('\n').unwrap_or((step, ""));
            let said = shell(&desk, &format!("cd crm-demo && export CRM_LANG={lang} && {command} 2>&1")).out;
            assert!(is_alike(shown, &said), "README shows\n{shown}\nfor {command}, which says\n{said}");
        }
    }
}

/// Equal but for ids, which are drawn anew each time, and for spaces at the end of lines.
fn is_alike(shown: &str, said: &str) -> bool {
    let lines = |text: &str| text.lines().map(masked).filter(|l| !l.is_empty()).collect::<Vec<_>>();
    lines(shown) == lines(said)
}

/// A line with every word that may be a record's id as `…`.
fn masked(line: &str) -> String {
    let is_id = |word: &str| word.len() == crm::card::id::RECORD_LEN && crm::card::id::looks_like(word);
    let mut masked = line.trim_end().to_owned();
    for word in line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| is_id(w)) {
        masked = masked.replace(word, "…");
    }
    masked
}

#[test]
#[cfg(unix)]
fn the_day_in_the_examples_runs_to_its_end() {
    wants_git!();
    let desk = Desk::bare();
    let day = paper("examples/day.sh");
    let day = shell(&desk, &format!("sh '{}'", day.display())).done();
    assert!(day.out.contains("Needs 20 gear pumps"), "{}", day.out);
    assert!(day.err.contains("settles the plan"), "{}", day.err);
}

#[test]
fn the_readme_and_the_checks_agree_on_the_two_commands() {
    wants_git!();
    for command in TWO_COMMANDS {
        assert!(read("README.md").lines().any(|line| line == command), "README lacks `{command}`");
        assert!(
            read(".ci/run").lines().any(|line| line.starts_with(command)),
            ".ci/run does not run `{command}`"
        );
    }
}

#[test]
fn links_between_the_papers_lead_somewhere() {
    wants_git!();
    let mut papers: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "THIRD-PARTY.md"].iter().map(|p| paper(p)).collect();
    for folder in ["docs", "docs/decisions"] {
        let entries = fs::read_dir(paper(folder)).expect("a folder of papers");
        papers.extend(
            entries.map(|e| e.expect("an entry").path()).filter(|p| p.extension().is_some_and(|e| e == "md")),
        );
    }
    for page in papers {
        let text = fs::read_to_string(&page).expect("a paper");
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|l| !l.contains("://") && !l.starts_with('#')) {
            let target = page.parent().expect("a folder").join(link.split('#').next().unwrap_or(link));
            assert!(target.exists(), "{}: {link} leads nowhere", page.display());
        }
    }
}

#[test]
fn the_demonstration_runs_in_a_clone_of_this_program() {
    wants_git!();
    let desk = Desk::bare();
    let clone = desk.home().join("clone");
    fs::create_dir_all(&clone).expect("a folder");
    answer(desk.command("git").current_dir(&clone).args(["init", "-q"])).done();
    let demo = answer(desk.program().current_dir(&clone).env("TMPDIR", desk.home()).arg("demo")).done();
    assert!(demo.out.contains("Müller Maschinenbau GmbH"), "{}", demo.out);
    assert!(!clone.join("crm-demo").exists(), "an archive in the middle of a repository");
}
