//! How a file's bytes stand for characters: said, proven by a byte-order mark, or recognised.

use std::borrow::Cow;
use std::io::{self, Read, Seek, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::decoded::Lines;
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
const PLAUSIBLE: f64 = 0.5;
/// Characters that a text must have for this.
const ENOUGH: usize = 3;
/// The same, when a byte breaks the text behind them.
const ENOUGH_BROKEN: usize = 16;

/// The encoding of a file, and where its text begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recognised {
    /// The encoding.
    pub encoding: Encoding,
    /// Neither said, nor proven by a mark or by being UTF-8.
    pub guessed: bool,
    /// The code, with its order of bytes.
    pub codec: &'static encoding_rs::Encoding,
    /// Where the text begins, behind a byte-order mark.
    pub begins: u64,
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
    let like = guess(&sample, is_end);
    let gb = plausible(GB18030, Script::Simplified, &sample, is_end);
    let big5 = plausible(BIG5, Script::Traditional, &sample, is_end);
    if like == GBK || like == GB18030 {
        return Ok(recognised(Encoding::Gb18030, GB18030));
    }
    if like == BIG5 {
        return Ok(recognised(Encoding::Big5, BIG5));
    }
    if gb.is_some_and(|gb| big5.is_none_or(|big5| gb >= big5)) {
        return Ok(recognised(Encoding::Gb18030, GB18030));
    }
    if big5.is_some() {
        return Ok(recognised(Encoding::Big5, BIG5));
    }
    lines.pass(&sample[..broken]);
    let like = like.name().to_owned();
    Err(SheetFault::NoEncoding { at: begins + broken as u64 + 1, line: lines.line, like })
}

/// What browsers would take the bytes for, among all encodings of the web.
fn guess(sample: &[u8], is_end: bool) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, is_end);
    detector.guess(None, Utf8Detection::Deny)
}

/// How well bytes read in this encoding, where [`guess`] says another: whether to their end, and the
/// share of usual characters. `None` when that is no Chinese. A few characters, as in a list of
/// countries, and a text with one broken byte in it are known by this.
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
    let enough = if whole { ENOUGH } else { ENOUGH_BROKEN };
    (characters >= enough && share >= PLAUSIBLE).then_some((whole, share))
}

/// Reads on until there are `wanted` bytes, or the file ends.
fn grow(source: &mut impl Read, into: &mut Vec<u8>, wanted: usize) -> Result<(), SheetFault> {
    let lacking = wanted.saturating_sub(into.len()) as u64;
    source.take(lacking).read_to_end(into).map_err(unreadable)?;
    Ok(())
}

/// A file that the system does not read.
pub(super) fn unreadable(error: io::Error) -> SheetFault {
    SheetFault::Unreadable { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::exchange::decoded::{Decoded, fault};

    const SIMPLIFIED: &str = "客户名称,国家,联系人\n青木机械有限公司,日本,王先生\n";
    const TRADITIONAL: &str = "客戶名稱,國家,聯絡人\n青木機械有限公司,日本,王先生\n";

    fn encoded(text: &str, codec: &'static encoding_rs::Encoding) -> Vec<u8> {
        let (bytes, _, lost) = codec.encode(text);
        assert!(!lost, "{text} in {}", codec.name());
        bytes.into_owned()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn seen(bytes: &[u8]) -> Result<(Encoding, bool), SheetFault> {
        recognise(&mut Cursor::new(bytes), None).map(|seen| (seen.encoding, seen.guessed))
    }

    fn read(bytes: &[u8], given: Option<Encoding>) -> io::Result<String> {
        let mut source = Cursor::new(bytes);
        let seen = recognise(&mut source, given).expect("an encoding");
        let mut text = String::new();
        Decoded::new(source, &seen).expect("a start").read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn usual_names_are_understood() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::meant(encoding.token()), Some(encoding));
        }
        for (name, encoding) in [
            ("GBK", Encoding::Gb18030),
            ("gb2312", Encoding::Gb18030),
            ("CP936", Encoding::Gb18030),
            ("ansi-cn", Encoding::Gb18030),
            ("BIG-5", Encoding::Big5),
            ("cp950", Encoding::Big5),
            ("UTF8", Encoding::Utf8),
            ("utf_16le", Encoding::Utf16),
        ] {
            assert_eq!(Encoding::meant(name), Some(encoding), "{name}");
        }
        assert_eq!(Encoding::meant("latin-1"), None);
    }

    #[test]
    fn every_encoding_is_recognised_and_read() {
        let marked = |mark: &[u8], text: &[u8]| [mark, text].concat();
        let little = utf16(SIMPLIFIED, u16::to_le_bytes);
        let big = utf16(SIMPLIFIED, u16::to_be_bytes);
        for (bytes, encoding, guessed) in [
            (SIMPLIFIED.as_bytes().to_vec(), Encoding::Utf8, false),
            (marked(b"\xef\xbb\xbf", SIMPLIFIED.as_bytes()), Encoding::Utf8, false),
            (marked(b"\xff\xfe", &little), Encoding::Utf16, false),
            (marked(b"\xfe\xff", &big), Encoding::Utf16, false),
            (little, Encoding::Utf16, true),
            (big, Encoding::Utf16, true),
            (encoded(SIMPLIFIED, GB18030), Encoding::Gb18030, true),
        ] {
            assert_eq!(seen(&bytes), Ok((encoding, guessed)));
            assert_eq!(read(&bytes, None).expect("text"), SIMPLIFIED, "{encoding:?}");
        }
        let bytes = encoded(TRADITIONAL, BIG5);
        assert_eq!(seen(&bytes), Ok((Encoding::Big5, true)));
        assert_eq!(read(&bytes, None).expect("text"), TRADITIONAL);
        let traditional_in_gb = encoded(TRADITIONAL, GB18030);
        assert_eq!(read(&traditional_in_gb, Some(Encoding::Gb18030)).expect("text"), TRADITIONAL);
    }

    #[test]
    fn what_is_said_counts_but_for_a_byte_order_mark() {
        let bytes = encoded("客户", GB18030);
        let said = recognise(&mut Cursor::new(&bytes), Some(Encoding::Big5)).expect("an encoding");
        assert_eq!((said.encoding, said.guessed), (Encoding::Big5, false));
        assert_eq!(read("\u{feff}客户".as_bytes(), Some(Encoding::Gb18030)).expect("text"), "客户");
    }

    /// The first character beyond ASCII may stand far down.
    #[test]
    fn an_encoding_is_recognised_behind_a_long_beginning_in_ascii() {
        let mut bytes = b"Acme,Germany\n".repeat(3 * CHUNK / 13);
        bytes.extend(encoded(SIMPLIFIED, GB18030));
        assert_eq!(seen(&bytes), Ok((Encoding::Gb18030, true)));
        assert!(read(&bytes, None).expect("text").ends_with(SIMPLIFIED));
    }

    #[test]
    fn western_and_korean_text_is_not_taken_for_chinese() {
        for (text, codec) in [
            ("Name,Ort\nM\u{fc}ller Stra\u{df}enbau,K\u{f6}ln\n", encoding_rs::WINDOWS_1252),
            ("고객명,국가\n한국기계 주식회사,대한민국\n", encoding_rs::EUC_KR),
            ("Компания,Страна\nНасосы и приводы,Россия\n", encoding_rs::WINDOWS_1251),
        ] {
            let found = seen(&encoded(text, codec));
            assert!(matches!(found, Err(SheetFault::NoEncoding { .. })), "{text} {found:?}");
        }
        let fault = seen(b"Name\r\nM\xfcller\r\n").expect_err("no encoding");
        assert_eq!(fault, SheetFault::NoEncoding { at: 8, line: 2, like: "windows-1252".into() });
    }

    #[test]
    fn a_byte_that_stands_for_nothing_is_named_by_its_place() {
        let long = SIMPLIFIED.repeat(SAMPLE / SIMPLIFIED.len() + 2);
        for (text, given) in [(long.as_str(), None), ("a,b\n", Some(Encoding::Utf8))] {
            let bytes = [text.as_bytes(), b"x\xff,y\n"].concat();
            let error = read(&bytes, given).expect_err("a broken byte");
            assert_eq!(fault(error, 7), SheetFault::NotUtf8 { at: text.len() as u64 + 2, line: 7 });
        }
        let gb = [encoded(&SIMPLIFIED.repeat(9), GB18030), b"\xff\n".to_vec()].concat();
        let at = gb.len() as u64 - 1;
        let error = read(&gb, None).expect_err("a broken byte");
        assert_eq!(fault(error, 1), SheetFault::Undecodable { encoding: Encoding::Gb18030, at, line: 1 });
        let cut = &encoded("客户", GB18030)[..3];
        let error = read(cut, Some(Encoding::Gb18030)).expect_err("half a character");
        assert_eq!(fault(error, 1), SheetFault::Undecodable { encoding: Encoding::Gb18030, at: 3, line: 1 });
    }
}
