//! The file of folded text, `.git/crm/text`: a header and segments, one behind the other, the later of
//! a card in place of the earlier. It is only ever added to, or made anew. The first byte that is not
//! as it was written ends it: what a kill left behind is cut off with the next addition.

#![allow(clippy::disallowed_methods, reason = "the file is ours, disposable, and not in the work tree")]

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::segment::{HEAD, Segment};
use crate::archive::{InUse, platform, write};
use crate::index::{Source, expected_header, past};

/// Changes whenever what is kept changes in a way that the program's version and the declarations do
/// not show.
const EDITION: &str = "1";
/// How the name of a file begins that is not yet complete.
const DRAFT: &str = "text-";
/// A file of this length (bytes) is not worth making anew.
pub(super) const SMALL: u64 = 1 << 20;
/// Bytes that are read at once, and written at once.
const BUFFER: usize = 1 << 20;

/// The file as this search found it.
#[derive(Debug)]
pub(super) struct Kept {
    path: PathBuf,
    header: Vec<u8>,
    /// Which file it was, and how long; `None` where there was none to be believed.
    seen: Option<(u64, u64)>,
    /// How much of it is whole.
    pub whole: u64,
}

/// Text that is to be kept.
pub(super) enum Addition {
    /// It cannot be kept, or nothing is to be.
    None,
    /// It is added to the file.
    Behind(Writing<File>),
    /// It makes the file anew.
    Anew(Writing<NamedTempFile>, PathBuf),
}

/// A file that is being written.
pub(super) struct Writing<F> {
    file: F,
    buffer: Vec<u8>,
    failed: bool,
    /// Nobody else writes meanwhile.
    _alone: InUse,
}

impl Kept {
    /// Opens the file, and looks at all that is whole in it.
    pub(super) fn open(source: &Source<'_>, look: impl FnMut(&Segment<'_>)) -> Kept {
        let path = match source.history.pinned() {
            Some(commit) => past::file(source, &commit, "text"),
            None => source.history.crm_folder().join("text"),
        };
        let text = format!("crm text {EDITION} {}", expected_header(source));
        let digest = crc32fast::hash(text.as_bytes());
        let header = format!("crm text {EDITION} {} {digest:08x}\n", env!("CARGO_PKG_VERSION")).into_bytes();
        let mut kept = Kept { path, header, seen: None, whole: 0 };
        // What cannot be read is not there.
        let _ = kept.read(look);
        kept
    }

    fn read(&mut self, mut look: impl FnMut(&Segment<'_>)) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        let mut header = vec![0; self.header.len()];
        file.read_exact(&mut header)?;
        if header != self.header {
            return Ok(());
        }
        let length = file.metadata()?.len();
        self.seen = Some((platform::stat(&self.path)?.inode, length));
        self.whole = header.len() as u64;
        let mut buffer = vec![0; BUFFER];
        let (mut from, mut to) = (0, 0);
        loop {
            while let Some(bytes) = next(&buffer[from..to]) {
                let Some(segment) = Segment::read(bytes) else { return Ok(()) };
                look(&segment);
                self.whole += segment.length;
                from += bytes.len();
            }
            buffer.copy_within(from..to, 0);
            (from, to) = (0, to - from);
            if let Some(wanted) =
                Segment::length(&buffer[..to]).filter(|wanted| *wanted > buffer.len() as u64)
            {
                match usize::try_from(wanted) {
                    Ok(room) if self.whole + wanted <= length => buffer.resize(room, 0),
                    _ => return Ok(()),
                }
            }
            match file.read(&mut buffer[to..])? {
                0 => return Ok(()),
                more => to += more,
            }
        }
    }

    /// The same as if there had been no file.
    pub(super) fn forgotten(self) -> Kept {
        Kept { seen: None, whole: 0, ..self }
    }

    /// Whether the file is made anew, with the text of every card.
    pub(super) fn is_anew(&self) -> bool {
        self.seen.is_none()
    }

    /// What more is to be kept goes here. Where another process writes, or has written since, it is left
    /// to the next search.
    pub(super) fn addition(&self) -> Addition {
        let Some(alone) = InUse::alone(&self.path.with_extension("use"), Duration::ZERO) else {
            return Addition::None;
        };
        let addition = match self.seen {
            Some(seen) => self.behind(seen, alone),
            None => self.anew(alone),
        };
        addition.unwrap_or(Addition::None)
    }

    fn behind(&self, seen: (u64, u64), alone: InUse) -> io::Result<Addition> {
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        let stat = platform::stat(&self.path)?;
        if (stat.inode, stat.size) != seen {
            return Ok(Addition::None);
        }
        file.set_len(self.whole)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Addition::Behind(Writing { file, buffer: Vec::new(), failed: false, _alone: alone }))
    }

    fn anew(&self, alone: InUse) -> io::Result<Addition> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        // What a kill left: nobody else writes now.
        write::remove_drafts(folder, DRAFT);
        let file = tempfile::Builder::new().prefix(DRAFT).suffix(".tmp").tempfile_in(folder)?;
        let writing = Writing { file, buffer: self.header.clone(), failed: false, _alone: alone };
        Ok(Addition::Anew(writing, self.path.clone()))
    }
}

/// The bytes of the next segment, if all of them are here.
fn next(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..HEAD)?;
    bytes.get(..usize::try_from(Segment::length(head)?).ok()?)
}

impl Addition {
    /// Adds a card's text.
    pub(super) fn add(&mut self, segment: &Segment<'_>) {
        match self {
            Addition::None => {}
            Addition::Behind(writing) => writing.add(segment),
            Addition::Anew(writing, _) => writing.add(segment),
        }
    }

    /// Keeps what was added. Not brought to the disk: what a power cut tears is not believed.
    pub(super) fn keep(self) {
        match self {
            Addition::None => {}
            Addition::Behind(mut writing) => writing.flush(),
            Addition::Anew(mut writing, path) => {
                writing.flush();
                if !writing.failed {
                    let _ = writing.file.persist(path);
                }
            }
        }
    }
}

impl<F: Write> Writing<F> {
    fn add(&mut self, segment: &Segment<'_>) {
        segment.push(&mut self.buffer);
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.failed = self.failed || self.file.write_all(&self.buffer).is_err();
        self.buffer.clear();
    }
}
