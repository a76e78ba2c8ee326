//! The text of a file of any encoding as UTF-8, some kilobytes at a time, and the lines in it.
//!
//! Bytes that stand for nothing are never replaced: reading ends with the place of the byte.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, DecoderResult};

use super::encoding::{Encoding, Recognised, unreadable};
use super::sheet::SheetFault;

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;
/// Bytes into which any character goes.
const SMALL: usize = 32;

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
    /// Text for a reader that takes less than a character at a time.
    small: [u8; SMALL],
    small_at: usize,
    small_filled: usize,
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
            small: [0; SMALL],
            small_at: 0,
            small_filled: 0,
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

    /// Decodes into a place that has room for a character.
    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
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

impl<R: Read + Seek> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.small_at == self.small_filled {
            if out.len() >= SMALL {
                return self.decode(out);
            }
            let mut small = [0; SMALL];
            self.small_filled = self.decode(&mut small)?;
            (self.small, self.small_at) = (small, 0);
        }
        let count = out.len().min(self.small_filled - self.small_at);
        out[..count].copy_from_slice(&self.small[self.small_at..self.small_at + count]);
        self.small_at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::exchange::encoding::recognise;

    /// Text longer than what is read at once, so that characters are cut in two.
    #[test]
    fn text_is_the_same_however_little_is_asked_for() {
        let text = "a青木𠮷\r\n".repeat(2 * CHUNK / 14);
        let bytes: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let mut source = Cursor::new(&bytes);
        let recognised = recognise(&mut source, None).expect("an encoding");
        for step in [1, 3, SMALL - 1, SMALL, SMALL + 1, CHUNK] {
            let mut decoded = Decoded::new(source.clone(), &recognised).expect("a start");
            let (mut read, mut part) = (Vec::new(), vec![0; step]);
            loop {
                let count = decoded.read(&mut part).expect("text");
                if count == 0 {
                    break;
                }
                read.extend_from_slice(&part[..count]);
            }
            assert!(read == text.as_bytes(), "{step} bytes at a time");
            assert_eq!(decoded.bytes_read(), bytes.len() as u64);
        }
    }
}
