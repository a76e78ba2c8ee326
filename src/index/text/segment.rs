//! One card's folded text as bytes: a head of fixed length with a checksum, the folder, the text.

use crate::archive::platform::Stat;
use crate::rules::search::{ENDS, FoldedText};

/// The checksum, two lengths, the day of the last follow-up, the ends of the parts, the metadata.
pub(super) const HEAD: usize = 4 + 4 + 4 + 4 + 4 * ENDS + Stat::LEN;

/// One card's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    /// The metadata of the card when it was read.
    pub stat: Stat,
    /// Where it stood.
    pub folder: &'a str,
    /// What it said.
    pub text: FoldedText<'a>,
    /// The bytes that it takes in the file.
    pub length: u64,
}

impl<'a> Segment<'a> {
    /// Appends the segment as bytes; nothing, if it is longer than lengths can say.
    pub(super) fn push(&self, to: &mut Vec<u8>) {
        let lengths = u32::try_from(self.folder.len()).ok().zip(u32::try_from(self.text.text.len()).ok());
        let Some((folder, text)) = lengths else { return };
        let from = to.len();
        to.extend([0; 4]);
        to.extend(folder.to_le_bytes());
        to.extend(text.to_le_bytes());
        to.extend(self.text.last_followup.to_le_bytes());
        self.text.ends.iter().for_each(|end| to.extend(end.to_le_bytes()));
        to.extend(self.stat.to_bytes());
        to.extend(self.folder.as_bytes());
        to.extend(self.text.text);
        let checksum = crc32fast::hash(&to[from + 4..]);
        to[from..from + 4].copy_from_slice(&checksum.to_le_bytes());
    }

    /// How long the segment is that begins with this head.
    pub(super) fn length(head: &[u8]) -> Option<u64> {
        Some(HEAD as u64 + u64::from(number(head, 4)?) + u64::from(number(head, 8)?))
    }

    /// Reads a whole segment; `None` where any of its bytes is not as it was written.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Segment<'a>> {
        if crc32fast::hash(bytes.get(4..)?) != number(bytes, 0)? {
            return None;
        }
        let folder_end = HEAD.checked_add(usize::try_from(number(bytes, 4)?).ok()?)?;
        let mut ends = [0; ENDS];
        for (at, end) in ends.iter_mut().enumerate() {
            *end = number(bytes, 16 + 4 * at)?;
        }
        let last_followup = i32::from_le_bytes(number(bytes, 12)?.to_le_bytes());
        let text = FoldedText { text: bytes.get(folder_end..)?, ends, last_followup };
        let segment = Segment {
            stat: Stat::from_bytes(bytes.get(HEAD - Stat::LEN..HEAD)?)?,
            folder: std::str::from_utf8(bytes.get(HEAD..folder_end)?).ok()?,
            text,
            length: bytes.len() as u64,
        };
        text.is_whole().then_some(segment)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}
