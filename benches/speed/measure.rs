//! Running commands away from the user's settings, and measuring them: wall time in pairs A B A B,
//! medians and ratios pair by pair, peak memory. Knows nothing of what the commands do.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Where measured commands run: their environment is cleared, their home is a folder of our own.
pub(crate) struct Sandbox {
    crm: PathBuf,
    home: PathBuf,
    scratch: PathBuf,
    today: String,
}

/// A command, ready to run in the sandbox. Output goes to a file: `grep` stops early when it sees `/dev/null`.
pub(crate) struct Job<'a> {
    sandbox: &'a Sandbox,
    command: Command,
    input: Option<PathBuf>,
}

impl Sandbox {
    /// A home with a git identity, and a folder for output, below `folder`.
    pub(crate) fn create(crm: PathBuf, folder: &Path, today: String) -> Result<Self, String> {
        let (home, scratch) = (folder.join("home"), folder.join("scratch"));
        for made in [&home, &scratch] {
            fs::create_dir_all(made).map_err(|error| format!("{}: {error}", made.display()))?;
        }
        let identity = home.join(".gitconfig");
        // For `crm init`, which commits before its repository can have settings of its own.
        fs::write(&identity, "[user]\n\tname = Lin\n\temail = lin@company.example\n")
            .map_err(|error| format!("{}: {error}", identity.display()))?;
        Ok(Sandbox { crm, home, scratch, today })
    }

    /// Any program, with PATH, HOME and the day, and nothing else of the environment.
    pub(crate) fn program(&self, program: impl AsRef<OsStr>, arguments: &[&str]) -> Job<'_> {
        let mut command = Command::new(program);
        command.args(arguments);
        self.isolate(&mut command);
        Job { sandbox: self, command, input: None }
    }

    fn isolate(&self, command: &mut Command) {
        command.env_clear();
        // Windows does not start programs without SystemRoot.
        for kept in ["PATH", "SystemRoot"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command.env("HOME", &self.home).env("CRM_TODAY", &self.today).env("GIT_CONFIG_NOSYSTEM", "1");
    }

    /// The program that is measured, on an archive.
    pub(crate) fn crm(&self, archive: &Path, arguments: &[&str]) -> Job<'_> {
        let mut job = self.program(&self.crm, &[]);
        job.command.arg("-C").arg(archive).args(arguments);
        job
    }

    /// The program that is measured, on no archive.
    pub(crate) fn crm_alone(&self, arguments: &[&str]) -> Job<'_> {
        self.program(&self.crm, arguments)
    }

    /// The `git` program in a work tree, with the settings of its repository alone.
    pub(crate) fn git(&self, work_tree: &Path, arguments: &[&str]) -> Job<'_> {
        let mut job = self.program("git", arguments);
        job.command.current_dir(work_tree).env("GIT_CONFIG_GLOBAL", "/dev/null");
        job
    }

    /// Whether `git status` has nothing to say.
    pub(crate) fn is_clean(&self, work_tree: &Path) -> Result<bool, String> {
        Ok(self.git(work_tree, &["status", "--porcelain"]).output()?.is_empty())
    }

    /// Whether the program can be started at all.
    pub(crate) fn has(&self, program: &str) -> bool {
        self.program(program, &["--version"]).run().is_ok()
    }

    /// Whether `/usr/bin/time` can tell the peak memory of a command.
    pub(crate) fn has_peak(&self) -> bool {
        self.program("git", &["--version"]).peak().is_ok()
    }
}

impl Job<'_> {
    /// With one more variable in its environment.
    pub(crate) fn env(mut self, key: &str, value: &str) -> Self {
        self.command.env(key, value);
        self
    }

    /// With one more argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// With a file as its standard input.
    pub(crate) fn input(mut self, path: &Path) -> Self {
        self.input = Some(path.to_owned());
        self
    }

    /// Runs to the end; an exit code other than 0 is an error that carries stderr.
    pub(crate) fn run(self) -> Result<(), String> {
        self.time().map(drop)
    }

    /// Runs, and gives what stood on stdout.
    pub(crate) fn output(self) -> Result<String, String> {
        let path = self.sandbox.scratch.join("stdout");
        self.run()?;
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Wall time from the start of the process to its end.
    pub(crate) fn time(mut self) -> Result<Duration, String> {
        let words = self.words();
        let failed = |error: std::io::Error| format!("{words}: {error}");
        let stdin = match &self.input {
            Some(path) => Stdio::from(File::open(path).map_err(failed)?),
            None => Stdio::null(),
        };
        let stderr = self.sandbox.scratch.join("stderr");
        let out = File::create(self.sandbox.scratch.join("stdout")).map_err(failed)?;
        let err = File::create(&stderr).map_err(failed)?;
        self.command.stdin(stdin).stdout(out).stderr(err);
        let start = Instant::now();
        let status = self.command.status().map_err(failed)?;
        let taken = start.elapsed();
        if status.success() {
            return Ok(taken);
        }
        let said = fs::read(&stderr).map_err(failed)?;
        Err(format!("`{words}` ended with {status}: {}", String::from_utf8_lossy(&said).trim()))
    }

    /// Wall time and peak memory in bytes, by `/usr/bin/time`, which is part of the time.
    pub(crate) fn peak(self) -> Result<(Duration, u64), String> {
        let figures = self.sandbox.scratch.join("peak");
        let mut command = Command::new("/usr/bin/time");
        command
            .args(["-f", "%M", "-o"])
            .arg(&figures)
            .arg(self.command.get_program())
            .args(self.command.get_args());
        self.sandbox.isolate(&mut command);
        for (key, value) in self.command.get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        if let Some(folder) = self.command.get_current_dir() {
            command.current_dir(folder);
        }
        let taken = Job { sandbox: self.sandbox, command, input: self.input }.time()?;
        let text = fs::read_to_string(&figures).map_err(|error| format!("{}: {error}", figures.display()))?;
        let kilobytes = text.lines().last().and_then(|line| line.trim().parse::<u64>().ok());
        let bytes = kilobytes.ok_or_else(|| format!("/usr/bin/time gave no peak memory: {text}"))? * 1024;
        Ok((taken, bytes))
    }

    /// The command as a person would type it, without its folders.
    fn words(&self) -> String {
        let name = |text: &OsStr| match Path::new(text).file_name() {
            Some(name) if Path::new(text).is_absolute() => name.to_owned(),
            _ => text.to_owned(),
        };
        let all = std::iter::once(self.command.get_program()).chain(self.command.get_args());
        let words: Vec<OsString> = all.map(name).collect();
        words.join(OsStr::new(" ")).to_string_lossy().into_owned()
    }
}

/// Times of two commands that were run by turns, in milliseconds.
pub(crate) struct Pairs {
    pub(crate) ours: Vec<f64>,
    pub(crate) beside: Vec<f64>,
}

impl Pairs {
    /// Runs both `runs` times by turns, after one turn that does not count; each is told its turn, from 0.
    pub(crate) fn measure(
        runs: usize,
        mut ours: impl FnMut(usize) -> Result<Duration, String>,
        mut beside: impl FnMut(usize) -> Result<Duration, String>,
    ) -> Result<Self, String> {
        let mut pairs = Pairs { ours: Vec::new(), beside: Vec::new() };
        for turn in 0..=runs {
            let (first, second) = (ours(turn)?, beside(turn)?);
            if turn > 0 {
                pairs.ours.push(milliseconds(first));
                pairs.beside.push(milliseconds(second));
            }
        }
        Ok(pairs)
    }

    /// The ratio of each pair, smallest first.
    pub(crate) fn ratios(&self) -> Vec<f64> {
        let mut ratios: Vec<f64> =
            self.ours.iter().zip(&self.beside).map(|(ours, beside)| ours / beside).collect();
        ratios.sort_by(f64::total_cmp);
        ratios
    }
}

/// Milliseconds with fractions.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The middle value, or the mean of the middle two; not a number where there is none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}
