//! `crm remind --install`: how the computer reminds every morning. The lines are shown; on yes, crontab or
//! a systemd user timer gets them, and the program of `remind.send` is allowed on this computer.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{NaiveTime, Timelike};
use chrono_tz::Tz;

use super::Outcome;
use super::console::{Console, environment};
use super::followup::mine;
use super::say::say;
use crate::archive::write::{self, Durable};
use crate::error::{Error, Problem, Result};
use crate::i18n::Lang;
use crate::i18n::notice::Notice;
use crate::render::safe;
use crate::workspace::Workspace;

/// What runs every morning, and when.
struct Job {
    program: PathBuf,
    archive: PathBuf,
    /// Whose duties are told: a member of the team, so that it does not hang on whom git takes cron for.
    owner: Option<String>,
    /// The language of the text, where it is not the archive's: cron does not know what a shell does.
    lang: Option<&'static str>,
    /// In the computer's own zone, as crontab takes it.
    hour: u32,
    minute: u32,
    /// In the archive's zone, which systemd knows.
    at: NaiveTime,
    zone: Tz,
}

pub(super) fn install(console: &Console, owner: Option<&str>) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let everybody = owner.is_some().then(|| "all".to_owned());
    let owner = mine(&workspace, owner)?.or(everybody);
    let lang = Some(console.lang()).filter(|lang| *lang != workspace.settings().language()).map(Lang::tag);
    let job = job(&workspace, owner, lang)?;
    let send =
        workspace.settings().remind.send.iter().map(|word| safe::line(&word_of_shell(word)).into_owned());
    let send = send.collect::<Vec<_>>().join(" ");
    console.print(&job.shown(&send))?;
    if console.common.dry_run {
        return Ok(Outcome::Done);
    }
    console.confirm(say!("Set it up on this computer?", "在本机设置？", "在這台電腦設定？"))?;
    workspace.allow_send()?;
    let place = if job.put_into_crontab()? {
        "crontab".to_owned()
    } else {
        job.put_into_systemd()?.ok_or_else(|| Error::could_not(Problem::NoScheduler))?
    };
    console.say(&Notice::Installed { place });
    Ok(Outcome::Done)
}

fn job(workspace: &Workspace, owner: Option<String>, lang: Option<&'static str>) -> Result<Job> {
    #[allow(clippy::disallowed_methods, reason = "cron needs the path of this very program")]
    let program = std::env::current_exe().map_err(|e| Error::file(Path::new("crm"), e))?;
    let archive = std::fs::canonicalize(workspace.root()).map_err(|e| Error::file(workspace.root(), e))?;
    for path in [&program, &archive] {
        let path = path.display().to_string();
        if path.chars().any(char::is_control) {
            return Err(Error::refused(Problem::ControlInPath { path: safe::line(&path).into_owned() }));
        }
    }
    let here = workspace.reminds_at().with_timezone(&chrono::Local);
    let settings = workspace.settings();
    let (at, zone) = (settings.remind.at(), settings.time_zone());
    Ok(Job { program, archive, owner, lang, hour: here.hour(), minute: here.minute(), at, zone })
}

impl Job {
    /// The words of the command behind the archive.
    fn words(&self) -> Vec<&str> {
        let mut words = vec!["remind", "--new"];
        words.extend(self.owner.iter().flat_map(|owner| ["--owner", owner]));
        words.extend(self.lang.iter().flat_map(|lang| ["--lang", lang]));
        words
    }

    /// The command, its words quoted for a shell.
    fn command(&self) -> String {
        let words: Vec<String> = self.words().into_iter().map(word_of_shell).collect();
        format!("{} -C {} {}", quoted(&self.program), quoted(&self.archive), words.join(" "))
    }

    /// The line of a crontab, in which `%` would end the command.
    fn crontab(&self) -> String {
        format!("{} {} * * * {}", self.minute, self.hour, self.command().replace('%', "\\%"))
    }

    /// What the job is called: each archive has its own.
    fn name(&self) -> String {
        format!("crm-remind-{:08x}", crc32fast::hash(self.archive.as_os_str().as_encoded_bytes()))
    }

    fn service(&self) -> String {
        format!(
            "[Unit]\nDescription=crm remind\n\n[Service]\nType=oneshot\nExecStart={}\n",
            self.exec_start()
        )
    }

    /// The command as systemd takes it: words in double quotes, `%` and `$` doubled.
    fn exec_start(&self) -> String {
        let word = |text: &str| {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{}\"", text.replace('%', "%%").replace('$', "$$"))
        };
        let path = |path: &Path| word(&path.display().to_string());
        let owner = self.owner.iter().map(|owner| format!(" --owner {}", word(owner))).collect::<String>();
        let lang = self.lang();
        format!("{} -C {} remind --new{owner}{lang}", path(&self.program), path(&self.archive))
    }

    /// The option of the language, which needs no quotes.
    fn lang(&self) -> String {
        self.lang.map(|lang| format!(" --lang {lang}")).unwrap_or_default()
    }

    fn timer(&self) -> String {
        format!(
            "[Unit]\nDescription=crm remind\n\n[Timer]\nOnCalendar=*-*-* {} {}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
            self.at.format("%H:%M:%S"),
            self.zone
        )
    }

    /// The lines for every kind of computer.
    fn shown(&self, send: &str) -> String {
        let heads = say!(
            "crontab (Linux, macOS):|systemd user timer (Linux), ~/.config/systemd/user/{name}.service and .timer:|Windows Task Scheduler:|launchd (macOS), ~/Library/LaunchAgents/{name}.plist:|Gets the text (remind.send): {}",
            "crontab（Linux、macOS）：|systemd 用户定时器（Linux），~/.config/systemd/user/{name}.service 和 .timer：|Windows 任务计划程序：|launchd（macOS），~/Library/LaunchAgents/{name}.plist：|接收文字的程序（remind.send）：{}",
            "crontab（Linux、macOS）：|systemd 使用者計時器（Linux），~/.config/systemd/user/{name}.service 和 .timer：|Windows 工作排程器：|launchd（macOS），~/Library/LaunchAgents/{name}.plist：|接收文字的程式（remind.send）：{}"
        );
        let heads = heads.replace("{name}", &self.name());
        let mut heads = heads.split('|');
        let mut text = String::new();
        for body in
            [self.crontab(), format!("{}\n{}", self.service(), self.timer()), self.windows(), self.launchd()]
        {
            text += &format!("{}\n", heads.next().unwrap_or_default());
            for line in body.lines() {
                text += &format!("{}\n", format!("  {line}").trim_end());
            }
            text.push('\n');
        }
        if !send.is_empty() {
            text += &format!("{}\n", heads.next().unwrap_or_default().replace("{}", send));
        }
        text
    }

    fn windows(&self) -> String {
        let (program, archive) = (self.program.display(), self.archive.display());
        let (hour, minute, name) = (self.hour, self.minute, self.name());
        let owner = self.owner.iter().map(|owner| format!(" --owner \\\"{owner}\\\"")).collect::<String>();
        let lang = self.lang();
        format!(
            "schtasks /Create /SC DAILY /ST {hour:02}:{minute:02} /TN {name} /TR \"\\\"{program}\\\" -C \\\"{archive}\\\" remind --new{owner}{lang}\""
        )
    }

    fn launchd(&self) -> String {
        let word = |text: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("    <string>{text}</string>")
        };
        let (program, archive) = (self.program.display().to_string(), self.archive.display().to_string());
        let command = [program.as_str(), "-C", archive.as_str()].into_iter().chain(self.words());
        let words = command.map(word).collect::<Vec<_>>().join("\n");
        let (hour, minute, name) = (self.hour, self.minute, self.name());
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>\n  <key>Label</key><string>{name}</string>\n  <key>ProgramArguments</key><array>\n{words}\n  </array>\n  <key>StartCalendarInterval</key><dict>\n    <key>Hour</key><integer>{hour}</integer><key>Minute</key><integer>{minute}</integer>\n  </dict>\n</dict></plist>"
        )
    }

    /// Puts the line into the person's crontab, in the place of an earlier one for this archive; whether
    /// there is a crontab.
    fn put_into_crontab(&self) -> Result<bool> {
        let Some(before) = crontab(&["-l"], None)? else { return Ok(false) };
        let ours = format!(" -C {} remind --new", quoted(&self.archive)).replace('%', "\\%");
        // As bytes: whatever else stands there stays as it is.
        let is_ours = |line: &[u8]| {
            let at = line.windows(ours.len()).position(|part| part == ours.as_bytes());
            let rest = at.map(|at| &line[at + ours.len()..]);
            !line.starts_with(b"#")
                && rest.is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with(b" --owner ") || rest.starts_with(b" --lang ")
                })
        };
        let mut table = Vec::new();
        for line in before.split_inclusive(|byte| *byte == b'\n') {
            if !is_ours(line.trim_ascii()) {
                table.extend_from_slice(line);
            }
        }
        if !table.is_empty() && !table.ends_with(b"\n") {
            table.push(b'\n');
        }
        table.extend_from_slice(format!("{}\n", self.crontab()).as_bytes());
        crontab(&["-"], Some(&table)).map(|done| done.is_some())
    }

    /// Writes the units and starts the timer; where they are, or nothing where there is no systemd.
    fn put_into_systemd(&self) -> Result<Option<String>> {
        let config = environment("XDG_CONFIG_HOME").map(PathBuf::from);
        let config = config.or_else(|| environment("HOME").map(|home| Path::new(&home).join(".config")));
        let Some(folder) = config.map(|config| config.join("systemd").join("user")) else { return Ok(None) };
        if program("systemctl", &["--user", "--version"], None)?.is_none() {
            return Ok(None);
        }
        for (ending, text) in [("service", self.service()), ("timer", self.timer())] {
            write::file(&folder.join(format!("{}.{ending}", self.name())), text.as_bytes(), Durable::Each)?;
        }
        let timer = format!("{}.timer", self.name());
        for arguments in [&["--user", "daemon-reload"][..], &["--user", "enable", "--now", &timer]] {
            match program("systemctl", arguments, None)? {
                None => return Ok(None),
                Some(said) if !said.content => return Err(not_set_up("systemctl", &said.error)),
                Some(_) => {}
            }
        }
        Ok(Some(folder.join(timer).display().to_string()))
    }
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    word_of_shell(&path.display().to_string())
}

fn word_of_shell(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@".contains(c);
    let plain = !text.is_empty() && text.chars().all(is_plain);
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// `crontab`: what it says; nothing where there is none. That somebody has no table yet is an error of the
/// program, and no error here; whatever else is, since the table would be written over.
fn crontab(arguments: &[&str], input: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
    let Some(said) = program("crontab", arguments, input)? else { return Ok(None) };
    let has_none = || said.error.contains("no crontab") || said.error.contains("No such file");
    match said.content {
        true => Ok(Some(said.output)),
        false if input.is_none() && has_none() => Ok(Some(Vec::new())),
        false => Err(not_set_up("crontab", &said.error)),
    }
}

fn not_set_up(program: &str, reason: &str) -> Error {
    Error::could_not(Problem::NotSetUp { program: program.into(), reason: reason.trim().to_owned() })
}

/// What a program of the system said.
struct Said {
    content: bool,
    output: Vec<u8>,
    error: String,
}

/// Runs a program of the system, in its own language; nothing where there is none.
fn program(name: &str, arguments: &[&str], input: Option<&[u8]>) -> Result<Option<Said>> {
    #[allow(clippy::disallowed_methods, reason = "the system's own scheduler, on the person's yes")]
    let mut command = Command::new(name);
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    command.args(arguments).env("LC_ALL", "C").stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(not_set_up(name, &e.to_string())),
    };
    if let (Some(mut stdin), Some(bytes)) = (child.stdin.take(), input) {
        stdin.write_all(bytes).map_err(|e| not_set_up(name, &e.to_string()))?;
    }
    let output = child.wait_with_output().map_err(|e| not_set_up(name, &e.to_string()))?;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Some(Said { content: output.status.success(), output: output.stdout, error }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(archive: &str) -> Job {
        let at = NaiveTime::from_hms_opt(8, 5, 0).expect("a time");
        let (program, zone) = ("/usr/bin/crm".into(), Tz::Asia__Shanghai);
        Job {
            program,
            archive: archive.into(),
            owner: Some("lin".into()),
            lang: Some("zh-CN"),
            hour: 8,
            minute: 5,
            at,
            zone,
        }
    }

    #[test]
    fn a_path_is_one_word_in_every_kind_of_line() {
        let job = job("/home/lin/客户 100% & 'more'");
        assert_eq!(
            job.crontab(),
            "5 8 * * * /usr/bin/crm -C '/home/lin/客户 100\\% & '\\''more'\\''' remind --new --owner lin --lang zh-CN"
        );
        assert!(job.service().contains(
            "ExecStart=\"/usr/bin/crm\" -C \"/home/lin/客户 100%% & 'more'\" remind --new --owner \"lin\" --lang zh-CN"
        ));
        assert!(job.launchd().contains("<string>/home/lin/客户 100% &amp; 'more'</string>"));
        assert!(job.launchd().contains("<string>--owner</string>\n    <string>lin</string>"));
        assert!(
            job.windows().contains("/ST 08:05")
                && job.windows().contains(" --owner \\\"lin\\\" --lang zh-CN")
        );
        assert!(job.timer().contains("OnCalendar=*-*-* 08:05:00 Asia/Shanghai\n"));
    }
}
