//! What differs between Linux, macOS and Windows, and the portable way that every system has.
//! The native way asks for a card's metadata relative to its country's folder, without opening
//! the company's folder; a switch forces the portable way, so that it is tested everywhere.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Which way is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Platform {
    /// The fastest that this system has.
    #[default]
    Native,
    /// What every system has.
    Portable,
    /// What every system has, on a disk that takes names for one which differ only in case or in how
    /// letters are composed.
    Folding,
}

/// What tells whether a file is as it was: times in nanoseconds since 1970, size in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// When the content changed.
    pub modified: i64,
    /// When anything about the file changed, where the system says so.
    pub changed: i64,
    /// The size.
    pub size: u64,
    /// The number of the file in its file system, where there is one.
    pub inode: u64,
}

impl Stat {
    /// Bytes that [`Stat::to_bytes`] gives.
    pub const LEN: usize = 32;

    /// A fixed form, for the index.
    pub fn to_bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..8].copy_from_slice(&self.modified.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.changed.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.size.to_le_bytes());
        bytes[24..].copy_from_slice(&self.inode.to_le_bytes());
        bytes
    }

    /// The inverse of [`Stat::to_bytes`]; `None` when there are too few bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Stat> {
        let part = |at: usize| bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok());
        Some(Stat {
            modified: i64::from_le_bytes(part(0)?),
            changed: i64::from_le_bytes(part(8)?),
            size: u64::from_le_bytes(part(16)?),
            inode: u64::from_le_bytes(part(24)?),
        })
    }
}

/// The clock of files: nanoseconds since 1970. Not a date of the trade.
#[allow(
    clippy::disallowed_methods,
    reason = "compared with time stamps of files, never shown and never stored in a card"
)]
pub fn file_clock() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, nanoseconds)
}

fn nanoseconds(since: std::time::Duration) -> i64 {
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// The folders in a folder, by name; links and names that are not UTF-8 are left out and
/// counted.
pub fn folders_in(folder: &Path) -> io::Result<(Vec<String>, Vec<String>)> {
    let (mut names, mut strange) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            continue;
        }
        match entry.file_name().into_string() {
            Ok(name) => names.push(name),
            Err(name) => strange.push(name.to_string_lossy().into_owned()),
        }
    }
    names.sort_unstable();
    Ok((names, strange))
}

/// The metadata of a folder or file, links not followed.
pub fn stat(path: &Path) -> io::Result<Stat> {
    fs::symlink_metadata(path).map(|metadata| portable(&metadata))
}

fn portable(metadata: &Metadata) -> Stat {
    let modified =
        metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, nanoseconds);
    Stat { modified, changed: changed(metadata), size: metadata.len(), inode: inode(metadata) }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ino()
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// An open country folder, to ask for the cards in it.
pub struct CountryFolder<'a> {
    path: &'a Path,
    #[cfg(unix)]
    native: Option<rustix::fd::OwnedFd>,
}

impl<'a> CountryFolder<'a> {
    /// Opens the folder.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn open(path: &'a Path, platform: Platform) -> io::Result<Self> {
        #[cfg(unix)]
        {
            use rustix::fs::{Mode, OFlags};
            let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC;
            let native = (platform == Platform::Native)
                .then(|| rustix::fs::open(path, flags, Mode::empty()))
                .transpose()?;
            Ok(CountryFolder { path, native })
        }
        #[cfg(not(unix))]
        {
            let _ = platform;
            Ok(CountryFolder { path })
        }
    }

    /// The metadata of the card in a company's folder; `None` where there is no such file.
    ///
    /// # Errors
    /// When the system refuses, not when the file is missing.
    pub fn card(&self, company: &str) -> io::Result<Option<Stat>> {
        #[cfg(unix)]
        if let Some(folder) = &self.native {
            return native_card(folder, company);
        }
        match fs::symlink_metadata(self.path.join(company).join(super::CARD)) {
            Ok(metadata) => Ok(metadata.is_file().then(|| portable(&metadata))),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_cast, reason = "the widths of these fields differ between systems")]
fn native_card(folder: &rustix::fd::OwnedFd, company: &str) -> io::Result<Option<Stat>> {
    use rustix::fs::{AtFlags, FileType};
    let mut path = String::with_capacity(company.len() + 10);
    path.push_str(company);
    path.push('/');
    path.push_str(super::CARD);
    match rustix::fs::statat(folder, path.as_str(), AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile => Ok(Some(Stat {
            modified: (stat.st_mtime as i64)
                .saturating_mul(1_000_000_000)
                .saturating_add(stat.st_mtime_nsec as i64),
            changed: (stat.st_ctime as i64)
                .saturating_mul(1_000_000_000)
                .saturating_add(stat.st_ctime_nsec as i64),
            size: stat.st_size as u64,
            inode: stat.st_ino as u64,
        })),
        Ok(_) => Ok(None),
        Err(error) => match io::Error::from(error) {
            error if is_absence(&error) => Ok(None),
            error => Err(error),
        },
    }
}

/// Whether an error says that there is no such file.
pub fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Brings a folder's list of names to the disk, where the system has that.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Brings a file that others wrote to the disk, where the system can do that for a file that is
/// only read. A file that is not there is no error.
pub fn sync_file(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(path) {
        Ok(file) => file.sync_all(),
        Err(error) if is_absence(&error) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Brings everything written to the file system of `folder` to the disk at once; `false` where
/// the system has no such call, and each file must be brought there by itself.
pub fn sync_file_system(folder: &Path, platform: Platform) -> io::Result<bool> {
    #[cfg(target_os = "linux")]
    if platform == Platform::Native {
        rustix::fs::syncfs(File::open(folder)?)?;
        return Ok(true);
    }
    let _ = (folder, platform);
    Ok(false)
}

/// What git's index keeps of a file's metadata, as git cuts it to 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GitStat {
    /// Seconds and nanoseconds of the last change of anything.
    pub changed: (u32, u32),
    /// Seconds and nanoseconds of the last change of content.
    pub modified: (u32, u32),
    /// The device.
    pub device: u32,
    /// The number of the file.
    pub inode: u32,
    /// The owner.
    pub user: u32,
    /// The group.
    pub group: u32,
    /// The size.
    pub size: u32,
}

/// The metadata of a file as git's index keeps it.
pub fn git_stat(path: &Path) -> io::Result<GitStat> {
    git_file(path).map(|(stat, _)| stat)
}

/// The metadata of a file as git's index keeps it, and its mode: executable, a link, or neither.
#[cfg(unix)]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "git cuts each of these to 32 bits"
)]
pub fn git_file(path: &Path) -> io::Result<(GitStat, u32)> {
    use std::os::unix::fs::MetadataExt;
    let m = fs::symlink_metadata(path)?;
    let mode = match (m.is_symlink(), m.mode() & 0o100) {
        (true, _) => 0o120_000,
        (false, 0) => 0o100_644,
        (false, _) => 0o100_755,
    };
    let stat = GitStat {
        changed: (m.ctime() as u32, m.ctime_nsec() as u32),
        modified: (m.mtime() as u32, m.mtime_nsec() as u32),
        device: m.dev() as u32,
        inode: m.ino() as u32,
        user: m.uid(),
        group: m.gid(),
        size: m.len() as u32,
    };
    Ok((stat, mode))
}

/// The metadata of a file as git's index keeps it, and its mode.
#[cfg(not(unix))]
#[allow(clippy::cast_possible_truncation, reason = "git cuts each of these to 32 bits")]
pub fn git_file(path: &Path) -> io::Result<(GitStat, u32)> {
    let metadata = fs::symlink_metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let time = (modified.as_secs() as u32, modified.subsec_nanos());
    let stat = GitStat { changed: time, modified: time, size: metadata.len() as u32, ..GitStat::default() };
    Ok((stat, 0o100_644))
}

/// A path as it is typed in a shell.
pub fn for_shell(path: &Path) -> String {
    let path = path.display().to_string();
    if cfg!(windows) { format!("\"{path}\"") } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// The mode with which git records a file: executable or not.
pub fn git_mode(path: &Path) -> u32 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let runs = fs::symlink_metadata(path).is_ok_and(|m| m.permissions().mode() & 0o100 != 0);
        if runs { 0o100_755 } else { 0o100_644 }
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        0o100_644
    }
}

/// Makes a symbolic link in the place of whatever file is there, where the system has links that
/// anybody may make; elsewhere a file with the target in it, as git does.
#[allow(clippy::disallowed_methods, reason = "a link is made beside its place and put there whole")]
pub fn link(path: &Path, target: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("crm-link.tmp");
    let _ = std::fs::remove_file(&draft);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        std::os::unix::fs::symlink(std::ffi::OsStr::from_bytes(target), &draft)?;
    }
    #[cfg(not(unix))]
    std::fs::write(&draft, target)?;
    std::fs::rename(&draft, path)
}

/// Where a symbolic link goes; `None` where there is none.
pub fn link_target(path: &Path) -> Option<Vec<u8>> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        std::fs::read_link(path).ok().map(|target| target.into_os_string().into_vec())
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Lets a file be run, or not, as git records it.
#[allow(clippy::disallowed_methods, reason = "a mode that came with a file of the others")]
pub fn set_git_mode(path: &Path, mode: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let now = std::fs::symlink_metadata(path)?.permissions().mode();
        let wanted = if mode == 0o100_755 { now | (now & 0o444) >> 2 } else { now & !0o111 };
        if wanted != now {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(wanted))?;
        }
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}
