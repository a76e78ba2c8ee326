//! A new archive: settings with comments in the chosen language, the stage folders, and what git
//! must know.

use std::fs;
use std::path::Path;

use super::{Clock, Workspace};
use crate::archive::write::{self, Durable};
use crate::archive::{Branch, Lock, Platform, SETTINGS, locate};
use crate::card::Country;
use crate::error::{Error, Hint, Problem, Result};
use crate::history::{self, Changes, Ground, History, Identity, NewFile};
use crate::i18n::sentence::Sentence;
use crate::i18n::{Lang, Say};
use crate::settings::KEYS;

/// What must stand in `.gitattributes`: no change of line ends, and our merge for cards.
const ATTRIBUTES: &str = "* -text\ncard.toml merge=crm\n";
/// What is never a paper.
const IGNORED: &str = "Thumbs.db\n.DS_Store\n~$*\n*.tmp\n*.rejected.csv\n";

/// What a new archive is to be.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// The language of folder names, comments and history.
    pub language: Lang,
    /// The home country.
    pub home: Country,
    /// Who works at this desk, where git does not know.
    pub identity: Option<Identity>,
}

/// Makes an archive in a folder that is empty, new, or the root of a git work tree.
///
/// # Errors
/// When the folder is in another archive, below the root of a work tree, or has something in it.
#[allow(
    clippy::disallowed_methods,
    reason = "an archive begins with empty folders, which no write of a file makes"
)]
pub fn init(folder: &Path, options: &InitOptions, clock: Clock, platform: Platform) -> Result<Workspace> {
    check(folder)?;
    if options.identity.is_none() {
        History::somebody(folder)?;
    }
    fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    let history = History::init(folder, options.identity.as_ref())?;
    history.writable()?;
    history.identity()?;
    let mut changes = Changes::default();
    let files = [
        (SETTINGS, settings_text(options)),
        (".gitattributes", with_lines(folder, ".gitattributes", ATTRIBUTES)?),
        (".gitignore", with_lines(folder, ".gitignore", IGNORED)?),
    ];
    for branch in Branch::ALL {
        let stage = folder.join(branch.label().get(options.language));
        fs::create_dir_all(&stage).map_err(|e| Error::file(&stage, e))?;
    }
    // The settings first, so that what follows is an archive; the commit has all three. Those that
    // a killed command left may have been edited since, and stay.
    if !locate::is_archive(folder) {
        write::file(&folder.join(SETTINGS), files[0].1.as_bytes(), Durable::Each)?;
    }
    let workspace = Workspace::open(folder, clock, platform)?;
    let _lock = Lock::take(&workspace.history.crm_folder(), workspace.settings.archive.lock_wait)?;
    workspace.recover()?;
    if workspace.history.head_id(SETTINGS)?.is_some() {
        return Ok(workspace);
    }
    for (name, text) in files {
        let replaces = workspace.id_on_disk(name)?;
        let text = match (name, &replaces) {
            (SETTINGS, Some(_)) => {
                let path = folder.join(SETTINGS);
                fs::read_to_string(&path).map_err(|e| Error::file(&path, e))?
            }
            _ => text,
        };
        changes.files.insert(name.to_owned(), NewFile::new(text, replaces));
    }
    workspace.carry_out(&changes, &format!("{}\n", Sentence::ArchiveCreated.say(options.language)))?;
    Ok(workspace)
}

/// Whether an archive may be made in a folder.
///
/// # Errors
/// When it may not, with the reason.
pub fn check(folder: &Path) -> Result<()> {
    let name = || folder.display().to_string();
    let begun = locate::is_archive(folder);
    if begun && !is_unfinished(folder) {
        return Err(Error::could_not(Problem::AlreadyArchive { folder: name() }));
    }
    let existing = folder.ancestors().find(|f| f.is_dir()).unwrap_or(folder);
    let around = if begun { existing.parent().unwrap_or(existing) } else { existing };
    if let Some(outer) = locate::above(around) {
        return Err(Error::could_not(Problem::InsideArchive {
            folder: name(),
            outer: outer.display().to_string(),
        }));
    }
    let ground = History::ground(existing);
    if ground == Ground::Below || (ground == Ground::Root && existing != folder) {
        return Err(Error::could_not(Problem::InsideWorkTree { folder: name() }).hint(Hint::InitElsewhere));
    }
    // What a kill leaves while a repository is made is no file of anybody's.
    let is_file = |entry: std::io::Result<fs::DirEntry>| entry.is_ok_and(|e| e.file_name() != history::DRAFT);
    let has_files = folder.is_dir() && fs::read_dir(folder).map_err(|e| Error::file(folder, e))?.any(is_file);
    if has_files && ground != Ground::Root {
        return Err(Error::could_not(Problem::NotEmpty { folder: name() }).hint(Hint::InitElsewhere));
    }
    Ok(())
}

/// Whether a folder has what a kill leaves while an archive is made: settings and no commit, or a
/// commit that is not finished.
fn is_unfinished(folder: &Path) -> bool {
    let unfinished = |h: History| matches!(h.head(), Ok(None)) || !matches!(h.left_journal(), Ok(None));
    History::open(folder).is_ok_and(unfinished)
}

/// `crm.toml`: what was chosen, and every other setting as a comment that can be uncommented as it
/// stands.
fn settings_text(options: &InitOptions) -> String {
    let lang = options.language;
    let chosen = [
        ("format", crate::settings::FORMAT.to_string()),
        ("archive.language", format!("\"{}\"", lang.tag())),
        ("archive.home", format!("\"{}\"", options.home.code())),
    ];
    let mut text = String::new();
    let mut table = "";
    for setting in KEYS.iter().filter(|s| s.key != "retired") {
        let (of, key) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
        let example = EXAMPLES.iter().find(|(key, _)| *key == setting.key);
        if of != table && example.is_none() {
            table = of;
            // A member of the team is there only when it is meant.
            text += &if of == "team" { "\n# [[team]]\n".to_owned() } else { format!("\n[{of}]\n") };
        }
        if let Some((_, example)) = example {
            text += &format!("\n# {}\n{example}", setting.help.get(lang));
            continue;
        }
        text += &format!("# {}\n", setting.help.get(lang));
        text += &match chosen.iter().find(|(k, _)| *k == setting.key) {
            Some((_, value)) => format!("{key} = {value}\n"),
            None if setting.default.is_empty() => format!("# {key} = {}\n", setting.example),
            None => format!("# {key} = {}\n", setting.default),
        };
    }
    text
}

/// Tables that a company names itself, as they may look.
const EXAMPLES: [(&str, &str); 4] = [
    ("countries", COUNTRIES_EXAMPLE),
    ("fields", OWN_FIELD_EXAMPLE),
    ("greetings", GREETING_EXAMPLE),
    ("views", VIEW_EXAMPLE),
];
const VIEW_EXAMPLE: &str = "# [views.call_first]\n# label_en = \"Call first\"\n# label_zh = \"优先联系\"\n# columns = [\"no\", \"name\", \"contact\", \"contact_phone\", \"next_followup\"]\n# sort = \"next_followup\"\n# where = \"willingness = 'high'\"\n";
const GREETING_EXAMPLE: &str = "# [greetings.de]\n# birthday = \"Alles Gute zum Geburtstag, {name}!\"\n# holiday = \"Frohe Feiertage, {name}!\"\n";
const COUNTRIES_EXAMPLE: &str = "# [countries]\n# HK = \"香港\"\n";
const OWN_FIELD_EXAMPLE: &str = "# [fields.port_of_discharge]\n# kind = \"text\"\n# label_en = \"Port of discharge\"\n# label_zh = \"卸货港\"\n";

/// A file with these lines at its end, unless it has them.
fn with_lines(folder: &Path, name: &str, lines: &str) -> Result<String> {
    let path = folder.join(name);
    let mut text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(Error::file(&path, e)),
    };
    for line in lines.lines().filter(|line| !text.lines().any(|l| l == *line)).collect::<Vec<_>>() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text += line;
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn every_comment_of_a_new_archive_can_be_uncommented_as_it_stands() {
        for language in Lang::ALL {
            let options = InitOptions { language, home: Country::UNKNOWN, identity: None };
            let text = settings_text(&options);
            Settings::read(&text).expect("the settings as they are written");
            let is_setting = |line: &str| {
                line.strip_prefix("# ").is_some_and(|l| {
                    l.starts_with('[') || l.split_once(" = ").is_some_and(|(k, _)| !k.contains(' '))
                })
            };
            let uncommented =
                |line: &str| if is_setting(line) { line[2..].to_owned() } else { line.to_owned() };
            let all: Vec<String> = text.lines().map(uncommented).collect();
            Settings::read(&all.join("\n")).expect("everything uncommented");
        }
    }
}
