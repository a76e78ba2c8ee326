//! Parsing argv, with help and refusals in the language of this run.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::args::{Cli, ColorWhen};
use super::console::say_error;
use super::say::say;
use crate::error::{Error, Hint, Problem};
use crate::render::Format;

/// The command line with its texts in the language of this run.
pub(super) fn command() -> clap::Command {
    localized(Cli::command())
}

fn localized(command: clap::Command) -> clap::Command {
    let usage = say!("Usage", "用法", "用法");
    let template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}");
    let mut command = command.help_template(template);
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, localized);
    }
    command.mut_args(|arg| match (arg.is_positional(), arg.get_help_heading().is_none()) {
        (true, true) => arg.help_heading(say!("Arguments", "参数", "參數")),
        (false, true) => arg.help_heading(say!("Options", "选项", "選項")),
        _ => arg,
    })
}

/// Parses argv; for help, version and refusals the exit code, with everything said.
pub(super) fn parse(argv: &[OsString]) -> Result<Cli, u8> {
    if let [_, only] = argv
        && (only == "--version" || only == "-V")
    {
        return Err(say_version());
    }
    let color = match named(argv, "--color").as_deref() {
        Some("always") => ColorWhen::Always,
        Some("never") => ColorWhen::Never,
        _ => ColorWhen::Auto,
    };
    let argv = &*with_help(argv);
    let parsed = command().try_get_matches_from(argv).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            say_help(&error, color.holds(io::stdout().is_terminal()), &mut io::stdout());
            0
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say_help(&error, color.holds(io::stderr().is_terminal()), &mut io::stderr());
            2
        }
        _ => {
            let format = named(argv, "--format").and_then(|f| Format::from_token(&f));
            say_error(&refusal(&error, argv), format.unwrap_or(Format::Table), false);
            2
        }
    })
}

/// A page of help. Its line of usage is the parser's own, with one word of English in it.
fn say_help(page: &clap::Error, colored: bool, out: &mut dyn Write) {
    let page = page.render();
    let page = if colored { page.ansi().to_string() } else { page.to_string() };
    let _ = out.write_all(page.replace("[OPTIONS]", say!("[OPTIONS]", "[选项]", "[選項]")).as_bytes());
}

/// Says the version before any command is described: that would take longer than all the rest.
fn say_version() -> u8 {
    let _ = writeln!(io::stdout(), "{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    0
}

/// The value of an option of every command, also where the rest cannot be parsed.
fn named(argv: &[OsString], option: &str) -> Option<String> {
    let words: Vec<String> = argv.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let behind = words.iter().position(|w| w == option).and_then(|at| words.get(at + 1)).cloned();
    let joined = words.iter().find_map(|w| w.strip_prefix(option)?.strip_prefix('=').map(str::to_owned));
    joined.or(behind)
}

/// A command as words name it.
struct Named {
    command: clap::Command,
    /// `crm followup plan`.
    name: String,
    /// Where the word behind it stands.
    behind: usize,
}

/// The command that the words name.
fn command_in(argv: &[OsString]) -> Named {
    let mut named = Named { command: Cli::command(), name: "crm".to_owned(), behind: argv.len() };
    let is_option = |word: &OsString| word.to_string_lossy().starts_with('-');
    for (at, word) in argv.iter().enumerate().skip(1) {
        if let Some(command) = named.command.find_subcommand(word).cloned() {
            let name = format!("{} {}", named.name, command.get_name());
            named = Named { command, name, behind: at + 1 };
        } else if word == "help" || !is_option(word) && !is_option(&argv[at - 1]) {
            named.behind = at;
            break;
        }
    }
    named
}

/// `crm help followup log` and `crm followup help log` are `crm followup log --help`.
fn with_help(argv: &[OsString]) -> Cow<'_, [OsString]> {
    if !argv.iter().any(|word| word == "help") {
        return Cow::Borrowed(argv);
    }
    let Named { command, behind, .. } = command_in(argv);
    if !command.has_subcommands() || argv.get(behind).is_none_or(|word| word != "help") {
        return Cow::Borrowed(argv);
    }
    let mut words = argv.to_vec();
    words.remove(behind);
    words.push("--help".into());
    Cow::Owned(words)
}

/// One sentence, and where to read more.
fn refusal(error: &clap::Error, argv: &[OsString]) -> Error {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(" "),
        _ => String::new(),
    };
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let unknown = get(ContextKind::InvalidSubcommand);
    let sentence = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            say!("there is no command ‘{}’", "没有命令“{}”", "沒有指令「{}」").replace("{}", &unknown)
        }
        ErrorKind::UnknownArgument if !arg.starts_with('-') => say!(
            "‘{}’ is one word too many; what belongs together goes in quotes",
            "“{}”是多余的；连在一起的内容请加引号",
            "「{}」是多餘的；連在一起的內容請加引號"
        )
        .replace("{}", &arg),
        ErrorKind::UnknownArgument => {
            say!("there is no option ‘{}’ here", "这里没有选项“{}”", "這裡沒有選項「{}」").replace("{}", &arg)
        }
        ErrorKind::MissingRequiredArgument => say!("{} is missing", "缺少 {}", "缺少 {}").replace("{}", &arg),
        ErrorKind::MissingSubcommand => say!("a command is missing", "缺少命令", "缺少指令").to_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            say!("‘{1}’ is no value for {0}", "“{1}”不能作为 {0} 的值", "「{1}」不能作為 {0} 的值")
                .replace("{0}", &arg)
                .replace("{1}", &value)
        }
        ErrorKind::ArgumentConflict => {
            say!("{} cannot stand here with the others", "{} 不能与其他参数同用", "{} 不能與其他參數同時使用")
                .replace("{}", &arg)
        }
        _ => error.to_string().lines().next().unwrap_or("").trim_start_matches("error: ").to_owned(),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(get)
        .find(|text| !text.is_empty());
    let refusal = Error::usage(Problem::Usage { reason: sentence });
    let refusal = match near {
        Some(near) => refusal.hint(Hint::DidYouMean { near: near.into() }),
        None => refusal,
    };
    refusal.hint(Hint::SeeHelp { command: command_in(argv).name })
}
