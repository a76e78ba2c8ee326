//! How a file's bytes stand for characters: said, proven by a byte-order mark, or recognised; and a
//! reader that gives the text of any encoding as UTF-8, some kilobytes at a time.
//!
//! Bytes that stand for nothing are never replaced: reading ends with the place of the byte.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{BIG5, Decoder, DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::sheet::SheetFault;
use super::usual_characters::{Script, Usual};
use crate::i18n::{Lang, Say};

/// How bytes stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Unicode in one to four bytes.
    Utf8,
    /// Unicode in two or four bytes, in either order of bytes.
    Utf16,
    /// The mainland's; what Chinese Windows calls ANSI (GBK, GB2312, code page 936) is part of it.
    Gb18030,
    /// Hong Kong's and Taiwan's (code page 950).
    Big5,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Utf16, Encoding::Gb18030, Encoding::Big5];

    /// The stable name: `utf-8`, `utf-16`, `gb18030`, `big5`.
    pub const fn token(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
        }
    }

    /// Reads a usual name, such as `GBK`, `cp950` or `UTF8`.
    pub fn meant(text: &str) -> Option<Encoding> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match plain.to_ascii_lowercase().as_str() {
            "utf8" | "utf8bom" | "utf8sig" | "65001" | "cp65001" => Encoding::Utf8,
            "utf16" | "utf16le" | "utf16be" | "unicode" | "ucs2" => Encoding::Utf16,
            "gb18030" | "gbk" | "gb2312" | "gb" | "cp936" | "936" | "ms936" | "windows936" | "ansicn"
            | "euccn" | "hz" => Encoding::Gb18030,
            "big5" | "big5hkscs" | "cnbig5" | "cp950" | "950" | "ms950" | "windows950" | "ansitw"
            | "ansihk" => Encoding::Big5,
            _ => return None,
        })
    }
}

impl Say for Encoding {
    fn say(&self, _: Lang) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Gb18030 => "GB18030",
            Encoding::Big5 => "Big5",
        })
    }
}

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;
/// Bytes, from the first one beyond ASCII on, by which an encoding is recognised.
const SAMPLE: usize = 1024 * 1024;
/// The share of usual characters from which a text counts as Chinese.
const PLAUSIBLE: f64 = 0.25;
/// Characters that a text must have for this before a byte that breaks it.
const ENOUGH: usize = 16;

/// The encoding of a file, and where its text begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recognised {
    /// The encoding.
    pub encoding: Encoding,
    /// Neither said, nor proven by a mark or by being UTF-8.
    pub guessed: bool,
    codec: &'static encoding_rs::Encoding,
    begins: u64,
}

/// The encoding that a person said, or the file's own. A byte-order mark is right against anybody,
/// as in browsers: a file that has one holds nothing else.
pub(super) fn recognise(
    source: &mut (impl Read + Seek),
    given: Option<Encoding>,
) -> Result<Recognised, SheetFault> {
    let found = |encoding, codec, begins| Recognised { encoding, guessed: false, codec, begins };
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut sample = Vec::new();
    grow(source, &mut sample, CHUNK)?;
    match sample.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => return Ok(found(Encoding::Utf8, UTF_8, 3)),
        [0xff, 0xfe, ..] => return Ok(found(Encoding::Utf16, UTF_16LE, 2)),
        [0xfe, 0xff, ..] => return Ok(found(Encoding::Utf16, UTF_16BE, 2)),
        [0x84, 0x31, 0x95, 0x33, ..] => return Ok(found(Encoding::Gb18030, GB18030, 4)),
        _ => {}
    }
    match given {
        Some(Encoding::Utf8) => return Ok(found(Encoding::Utf8, UTF_8, 0)),
        Some(Encoding::Utf16) => return Ok(found(Encoding::Utf16, order_of_bytes(&sample).0, 0)),
        Some(Encoding::Gb18030) => return Ok(found(Encoding::Gb18030, GB18030, 0)),
        Some(Encoding::Big5) => return Ok(found(Encoding::Big5, BIG5, 0)),
        None => {}
    }
    let (codec, ascii) = order_of_bytes(&sample);
    let zeros = sample.iter().filter(|b| **b == 0).count();
    if ascii > 0 && zeros * 512 > sample.len() {
        return Ok(Recognised { guessed: true, ..found(Encoding::Utf16, codec, 0) });
    }
    by_text(source, sample)
}

/// Which order UTF-16 without a mark has, by the letters, digits and delimiters that it gives, and
/// how many these are.
fn order_of_bytes(sample: &[u8]) -> (&'static encoding_rs::Encoding, usize) {
    let usual = |unit: u16| matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e);
    let (pairs, _) = sample.as_chunks::<2>();
    let little = pairs.iter().filter(|pair| usual(u16::from_le_bytes(**pair))).count();
    let big = pairs.iter().filter(|pair| usual(u16::from_be_bytes(**pair))).count();
    if big > little { (UTF_16BE, big) } else { (UTF_16LE, little) }
}

/// Recognises UTF-8, GB18030 or Big5 from the first byte beyond ASCII on. What comes before is the
/// same in all three, and may be long.
fn by_text(source: &mut (impl Read + Seek), mut sample: Vec<u8>) -> Result<Recognised, SheetFault> {
    let (mut begins, mut lines) = (0_u64, Lines::default());
    while sample.is_ascii() && !sample.is_empty() {
        begins += sample.len() as u64;
        lines.pass(&sample);
        sample.clear();
        grow(source, &mut sample, CHUNK)?;
    }
    grow(source, &mut sample, SAMPLE)?;
    let is_end = sample.len() < SAMPLE;
    let recognised = |encoding, codec| Recognised { encoding, guessed: true, codec, begins: 0 };
    let broken = match std::str::from_utf8(&sample) {
        Ok(_) => return Ok(Recognised { guessed: false, ..recognised(Encoding::Utf8, UTF_8) }),
        Err(cut) if cut.error_len().is_none() && !is_end => {
            return Ok(Recognised { guessed: false, ..recognised(Encoding::Utf8, UTF_8) });
        }
        Err(broken) => broken.valid_up_to(),
    };
    let gb = plausible(GB18030, Script::Simplified, &sample, is_end);
    let big5 = plausible(BIG5, Script::Traditional, &sample, is_end);
    if gb.is_some_and(|gb| big5.is_none_or(|big5| gb >= big5)) {
        return Ok(recognised(Encoding::Gb18030, GB18030));
    }
    if big5.is_some() {
        return Ok(recognised(Encoding::Big5, BIG5));
    }
    lines.pass(&sample[..broken]);
    Err(SheetFault::NoEncoding { at: begins + broken as u64 + 1, line: lines.line })
}

/// How well bytes read in this encoding: whether to their end, and the share of usual characters.
/// `None` when that is no text.
fn plausible(
    codec: &'static encoding_rs::Encoding,
    script: Script,
    sample: &[u8],
    is_end: bool,
) -> Option<(bool, f64)> {
    let mut decoder = codec.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(sample.len())?;
    let mut text = String::with_capacity(room);
    let (result, _) = decoder.decode_to_string_without_replacement(sample, &mut text, is_end);
    let whole = result == DecoderResult::InputEmpty;
    let (share, characters) = Usual::of(script).share(&text);
    let fits = if whole {
        characters == 0 || share >= PLAUSIBLE
    } else {
        characters >= ENOUGH && share >= PLAUSIBLE
    };
    fits.then_some((whole, share))
}

/// Reads on until there are `wanted` bytes, or the file ends.
fn grow(source: &mut impl Read, into: &mut Vec<u8>, wanted: usize) -> Result<(), SheetFault> {
    let lacking = wanted.saturating_sub(into.len()) as u64;
    source.take(lacking).read_to_end(into).map_err(unreadable)?;
    Ok(())
}

/// A file that the system does not read.
#[allow(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub(super) fn unreadable(error: io::Error) -> SheetFault {
    SheetFault::Unreadable { reason: error.to_string() }
}

/// Counts lines as an editor does: LF, CRLF and CR alone each end one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    /// The line in which the next byte stands, from 1.
    pub line: u64,
    after_return: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Self { line: 1, after_return: false }
    }
}

impl Lines {
    /// The line in which a text ends.
    pub(super) fn behind(text: &[u8]) -> u64 {
        let mut lines = Self::default();
        lines.pass(text);
        lines.line
    }

    /// Passes one byte.
    pub(super) fn pass_byte(&mut self, byte: u8) {
        let ends = byte == b'\r' || byte == b'\n' && !self.after_return;
        self.line += u64::from(ends);
        self.after_return = byte == b'\r';
    }

    /// Passes bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.pass_byte(*byte));
    }
}

/// A byte that stands for nothing.
#[derive(Clone, Copy, Debug)]
struct Undecodable {
    encoding: Encoding,
    /// From 1.
    at: u64,
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} is not {}", self.at, self.encoding.token())
    }
}

impl std::error::Error for Undecodable {}

/// The fault behind an error of [`Decoded`], met in this line.
pub(super) fn fault(error: io::Error, line: u64) -> SheetFault {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Undecodable>()) {
        Some(Undecodable { encoding: Encoding::Utf8, at }) => SheetFault::NotUtf8 { at: *at, line },
        Some(Undecodable { encoding, at }) => SheetFault::Undecodable { encoding: *encoding, at: *at, line },
        None => unreadable(error),
    }
}

/// The text of a file as UTF-8, decoded while it is read.
pub(super) struct Decoded<R> {
    source: R,
    encoding: Encoding,
    decoder: Decoder,
    raw: Box<[u8]>,
    at: usize,
    filled: usize,
    read: u64,
    ended: bool,
    finished: bool,
    broken: Option<Undecodable>,
}

impl<R: Read + Seek> Decoded<R> {
    /// The text from its beginning, behind a byte-order mark.
    pub(super) fn new(mut source: R, recognised: &Recognised) -> Result<Self, SheetFault> {
        source.seek(SeekFrom::Start(recognised.begins)).map_err(unreadable)?;
        Ok(Self {
            source,
            encoding: recognised.encoding,
            decoder: recognised.codec.new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK].into_boxed_slice(),
            at: 0,
            filled: 0,
            read: recognised.begins,
            ended: false,
            finished: false,
            broken: None,
        })
    }

    /// Bytes of the file that have been read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.read
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = loop {
            match self.source.read(&mut self.raw) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        (self.at, self.filled) = (0, count);
        self.read += count as u64;
        self.ended = count == 0;
        Ok(())
    }
}

impl<R: Read + Seek> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(broken) = self.broken.take() {
                self.finished = true;
                return Err(io::Error::new(io::ErrorKind::InvalidData, broken));
            }
            if self.finished {
                return Ok(0);
            }
            if self.at == self.filled && !self.ended {
                self.refill()?;
            }
            let input = &self.raw[self.at..self.filled];
            let (result, taken, written) =
                self.decoder.decode_to_utf8_without_replacement(input, out, self.ended);
            self.at += taken;
            match result {
                DecoderResult::InputEmpty => self.finished = self.ended,
                DecoderResult::OutputFull if written == 0 => return Err(io::ErrorKind::InvalidInput.into()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    let passed = self.read - (self.filled - self.at) as u64;
                    let at = passed - u64::from(after) - u64::from(bad) + 1;
                    self.broken = Some(Undecodable { encoding: self.encoding, at });
                }
            }
            if written > 0 {
                return Ok(written);
            }
        }
    }
}
