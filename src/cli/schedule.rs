//! `crm remind --install`: how the computer reminds every morning. The lines are shown; on yes, crontab or
//! a systemd user timer gets them, and the program of `remind.send` is allowed on this computer.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::Timelike;

use super::Outcome;
use super::console::{Console, environment};
use super::say::say;
use crate::archive::write::{self, Durable};
use crate::error::{Error, Problem, Result};
use crate::i18n::notice::Notice;
use crate::workspace::Workspace;

/// The name of the systemd units.
const UNIT: &str = "crm-remind";

/// What runs every morning, and when, in the computer's own zone.
struct Job {
    program: PathBuf,
    archive: PathBuf,
    hour: u32,
    minute: u32,
}

pub(super) fn install(console: &Console) -> Result<Outcome> {
    let workspace = console.workspace()?;
    let job = job(&workspace)?;
    let send = workspace.settings().remind.send.join(" ");
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

fn job(workspace: &Workspace) -> Result<Job> {
    #[allow(clippy::disallowed_methods, reason = "cron needs the path of this very program")]
    let program = std::env::current_exe().map_err(|e| Error::file(Path::new("crm"), e))?;
    let archive = std::fs::canonicalize(workspace.root()).map_err(|e| Error::file(workspace.root(), e))?;
    let at = workspace.reminds_at().with_timezone(&chrono::Local);
    Ok(Job { program, archive, hour: at.hour(), minute: at.minute() })
}

impl Job {
    /// The command, its words quoted for a shell.
    fn command(&self) -> String {
        format!("{} -C {} remind --new", quoted(&self.program), quoted(&self.archive))
    }

    /// The line of a crontab, in which `%` would end the command.
    fn crontab(&self) -> String {
        format!("{} {} * * * {}", self.minute, self.hour, self.command().replace('%', "\\%"))
    }

    fn service(&self) -> String {
        format!(
            "[Unit]\nDescription=crm remind\n\n[Service]\nType=oneshot\nExecStart={}\n",
            self.exec_start()
        )
    }

    /// The command as systemd takes it: words in double quotes, `%` and `$` doubled.
    fn exec_start(&self) -> String {
        let word = |path: &Path| {
            let text = path.display().to_string().replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{}\"", text.replace('%', "%%").replace('$', "$$"))
        };
        format!("{} -C {} remind --new", word(&self.program), word(&self.archive))
    }

    fn timer(&self) -> String {
        format!(
            "[Unit]\nDescription=crm remind\n\n[Timer]\nOnCalendar=*-*-* {:02}:{:02}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
            self.hour, self.minute
        )
    }

    /// The lines for every kind of computer.
    fn shown(&self, send: &str) -> String {
        let heads = say!(
            "crontab (Linux, macOS):|systemd user timer (Linux):|Windows Task Scheduler:|launchd (macOS), ~/Library/LaunchAgents/crm.remind.plist:|Gets the text (remind.send): {}",
            "crontab（Linux、macOS）：|systemd 用户定时器（Linux）：|Windows 任务计划程序：|launchd（macOS），~/Library/LaunchAgents/crm.remind.plist：|接收文字的程序（remind.send）：{}",
            "crontab（Linux、macOS）：|systemd 使用者計時器（Linux）：|Windows 工作排程器：|launchd（macOS），~/Library/LaunchAgents/crm.remind.plist：|接收文字的程式（remind.send）：{}"
        );
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
        let (hour, minute) = (self.hour, self.minute);
        format!(
            "schtasks /Create /SC DAILY /ST {hour:02}:{minute:02} /TN \"crm remind\" /TR \"\\\"{program}\\\" -C \\\"{archive}\\\" remind --new\""
        )
    }

    fn launchd(&self) -> String {
        let word = |text: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("    <string>{text}</string>")
        };
        let (program, archive) = (self.program.display().to_string(), self.archive.display().to_string());
        let words = [program.as_str(), "-C", archive.as_str(), "remind", "--new"].map(word).join("\n");
        let (hour, minute) = (self.hour, self.minute);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>\n  <key>Label</key><string>crm.remind</string>\n  <key>ProgramArguments</key><array>\n{words}\n  </array>\n  <key>StartCalendarInterval</key><dict>\n    <key>Hour</key><integer>{hour}</integer><key>Minute</key><integer>{minute}</integer>\n  </dict>\n</dict></plist>"
        )
    }

    /// Puts the line into the person's crontab, in the place of an earlier one for this archive; whether
    /// there is a crontab.
    fn put_into_crontab(&self) -> Result<bool> {
        let Some(before) = crontab(&["-l"], None)? else { return Ok(false) };
        let mark = format!("-C {} remind --new", quoted(&self.archive)).replace('%', "\\%");
        let mut lines: Vec<&str> = before.lines().filter(|line| !line.contains(&mark)).collect();
        let line = self.crontab();
        lines.push(&line);
        crontab(&["-"], Some(&(lines.join("\n") + "\n"))).map(|done| done.is_some())
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
            write::file(&folder.join(format!("{UNIT}.{ending}")), text.as_bytes(), Durable::Each)?;
        }
        let timer = format!("{UNIT}.timer");
        program("systemctl", &["--user", "daemon-reload"], None)?;
        let started = program("systemctl", &["--user", "enable", "--now", &timer], None)?;
        Ok(started.map(|_| folder.join(timer).display().to_string()))
    }
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@".contains(c);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// `crontab`; an empty one is an error of the program, and no error here.
fn crontab(arguments: &[&str], input: Option<&str>) -> Result<Option<String>> {
    match program("crontab", arguments, input)? {
        None => Ok(None),
        Some((_, text)) if input.is_none() => Ok(Some(text)),
        Some((true, text)) => Ok(Some(text)),
        Some((false, text)) => Err(refused("crontab", &text)),
    }
}

fn refused(program: &str, reason: &str) -> Error {
    Error::could_not(Problem::SendFailed { program: program.into(), reason: reason.trim().to_owned() })
}

/// Runs a program of the system: whether it was content, and what it said; nothing where there is none.
fn program(name: &str, arguments: &[&str], input: Option<&str>) -> Result<Option<(bool, String)>> {
    #[allow(clippy::disallowed_methods, reason = "the system's own scheduler, on the person's yes")]
    let mut command = Command::new(name);
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let child = command.args(arguments).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(refused(name, &e.to_string())),
    };
    if let (Some(mut stdin), Some(text)) = (child.stdin.take(), input) {
        stdin.write_all(text.as_bytes()).map_err(|e| refused(name, &e.to_string()))?;
    }
    let output = child.wait_with_output().map_err(|e| refused(name, &e.to_string()))?;
    let said = if output.status.success() { &output.stdout } else { &output.stderr };
    let said = if output.status.success() || input.is_some() { said } else { &output.stdout };
    Ok(Some((output.status.success(), String::from_utf8_lossy(said).into_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(archive: &str) -> Job {
        Job { program: "/usr/bin/crm".into(), archive: archive.into(), hour: 8, minute: 5 }
    }

    #[test]
    fn a_path_is_one_word_in_every_kind_of_line() {
        let job = job("/home/lin/客户 100% & 'more'");
        assert_eq!(
            job.crontab(),
            "5 8 * * * /usr/bin/crm -C '/home/lin/客户 100\\% & '\\''more'\\''' remind --new"
        );
        assert!(
            job.service()
                .contains("ExecStart=\"/usr/bin/crm\" -C \"/home/lin/客户 100%% & 'more'\" remind --new")
        );
        assert!(job.launchd().contains("<string>/home/lin/客户 100% &amp; 'more'</string>"));
        assert!(job.windows().contains("/ST 08:05"));
    }
}
