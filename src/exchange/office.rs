//! Letters and sheets of office programs as templates: the placeholders in a `.docx` or `.xlsx`,
//! and the file with them filled. A word processor cuts a text wherever the hand paused, so the
//! texts of a paragraph or cell are read as one. Nothing but the filled texts changes.

use std::collections::HashSet;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::i18n::messages;
use crate::rules::template::{escaped, keys, placeholders, replaced};

/// Elements whose texts are read as one: a paragraph; a shared and an inline text of a sheet.
const BLOCKS: [&str; 3] = ["p", "si", "is"];
/// The element with a piece of text.
const TEXT: &str = "t";
/// A text of a letter, in which a new line has an element of its own.
const LETTER_TEXT: &str = "w:t";
const LETTER_BREAK: &str = "</w:t><w:br/><w:t xml:space=\"preserve\">";

messages! {
    /// Why a file is no template.
    pub enum OfficeFault {
        Broken { reason: String } = "broken_office":
            "it is no file of an office program: {reason}", "不是办公软件的文件：{reason}", "不是辦公軟體的檔案：{reason}";
    }
}

/// A letter or sheet with placeholders.
pub struct Office {
    bytes: Vec<u8>,
    parts: Vec<Part>,
}

/// A file in the file, with the texts in it.
struct Part {
    name: String,
    xml: String,
    blocks: Vec<Vec<Text>>,
}

/// A piece of text.
struct Text {
    at: Range<usize>,
    in_letter: bool,
}

/// Whether the ending of a file's name says that it is a letter or sheet of an office program.
pub fn is_office(ending: &str) -> bool {
    matches!(ending.to_lowercase().as_str(), "docx" | "xlsx" | "docm" | "xlsm")
}

impl Office {
    /// Opens a template.
    ///
    /// # Errors
    /// When the bytes are no file of an office program.
    pub fn open(bytes: Vec<u8>) -> Result<Office, OfficeFault> {
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).map_err(broken)?;
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).map_err(broken)?;
            let name = file.name().map_err(broken)?.into_owned();
            if !has_text(&name) {
                continue;
            }
            let mut xml = String::new();
            file.read_to_string(&mut xml).map_err(broken)?;
            let blocks = blocks(&xml).map_err(broken)?;
            parts.push(Part { name, xml, blocks });
        }
        Ok(Office { bytes, parts })
    }

    /// What the placeholders ask for, each once, in their order.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for part in &self.parts {
            let texts = part.blocks.iter().map(|block| part.joined(block));
            keys.extend(texts.flat_map(|text| own_keys(&text)));
        }
        let mut seen = HashSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        keys
    }

    /// The file with every placeholder filled by what `value` says of its key.
    ///
    /// # Errors
    /// When the file cannot be copied.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> Result<Vec<u8>, OfficeFault> {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).map_err(broken)?;
        let mut filled = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at).map_err(broken)?;
            let name = file.name().map_err(broken)?;
            let part = self.parts.iter().find(|part| part.name == name);
            match part.map(|part| (part, part.filled(&value))) {
                Some((part, xml)) if xml != part.xml => {
                    let modified = file.last_modified().unwrap_or_default();
                    let options = SimpleFileOptions::default().last_modified_time(modified);
                    filled.start_file(&part.name, options).map_err(broken)?;
                    filled.write_all(xml.as_bytes()).map_err(broken)?;
                }
                _ => filled.raw_copy_file(file).map_err(broken)?,
            }
        }
        Ok(filled.finish().map_err(broken)?.into_inner())
    }
}

impl Part {
    fn joined(&self, block: &[Text]) -> String {
        block.iter().map(|text| &self.xml[text.at.clone()]).collect()
    }

    /// The text of the part with its placeholders filled: a value stands where its placeholder began.
    fn filled(&self, value: impl Fn(&str) -> String) -> String {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        for block in &self.blocks {
            for placeholder in placeholders(&self.joined(block)) {
                let (mut before, mut value) = (0, Some(value(placeholder.key)));
                for text in block {
                    let length = text.at.len();
                    let from = placeholder.at.start.clamp(before, before + length) - before;
                    let to = placeholder.at.end.clamp(before, before + length) - before;
                    if from < to {
                        let place = text.at.start + from..text.at.start + to;
                        let written = value.take().map(|value| text.write(&value));
                        changes.push((place, written.unwrap_or_default()));
                    }
                    before += length;
                }
            }
        }
        changes.sort_by_key(|(place, _)| place.start);
        replaced(&self.xml, changes)
    }
}

impl Text {
    fn write(&self, value: &str) -> String {
        let value = escaped(value);
        if self.in_letter { value.replace('\n', LETTER_BREAK) } else { value }
    }
}

fn own_keys(text: &str) -> Vec<String> {
    keys(text).into_iter().map(str::to_owned).collect()
}

/// Whether a file in the file has text that a person wrote.
fn has_text(name: &str) -> bool {
    (name.starts_with("word/") || name.starts_with("xl/")) && name.ends_with(".xml")
}

/// The texts of each paragraph or cell. A paragraph within another, as in a text box, is one of its own.
fn blocks(xml: &str) -> Result<Vec<Vec<Text>>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let place = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
    let (mut blocks, mut open, mut text) = (Vec::new(), Vec::new(), None);
    loop {
        let before = place(&reader);
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) if BLOCKS.contains(&tag.local_name().as_ref()) => open.push(Vec::new()),
            Event::Start(tag) if tag.local_name().as_ref() == TEXT => {
                text = Some((place(&reader), tag.name().as_ref() == LETTER_TEXT));
            }
            Event::End(tag) if tag.local_name().as_ref() == TEXT => {
                if let (Some((start, in_letter)), Some(block)) = (text.take(), open.last_mut()) {
                    block.push(Text { at: start..before, in_letter });
                }
            }
            Event::End(tag) if BLOCKS.contains(&tag.local_name().as_ref()) => blocks.extend(open.pop()),
            _ => {}
        }
    }
    Ok(blocks)
}

fn broken(error: impl std::fmt::Display) -> OfficeFault {
    OfficeFault::Broken { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(xml: &str) -> Part {
        Part { name: "word/document.xml".into(), xml: xml.into(), blocks: blocks(xml).expect("XML") }
    }

    #[test]
    fn a_placeholder_that_is_cut_into_runs_is_one() {
        let part = part(
            "<w:p><w:r><w:t>Dear {</w:t></w:r><w:r><w:b/><w:t>{na</w:t></w:r><w:t>me}},</w:t></w:p><w:p><w:t>}}</w:t></w:p>",
        );
        let filled = part.filled(|key| format!("A & B\n<{key}>"));
        assert_eq!(
            filled,
            "<w:p><w:r><w:t>Dear A &amp; B</w:t><w:br/><w:t xml:space=\"preserve\">&lt;name&gt;</w:t></w:r><w:r><w:b/><w:t></w:t></w:r><w:t>,</w:t></w:p><w:p><w:t>}}</w:t></w:p>"
        );
    }

    #[test]
    fn a_placeholder_does_not_reach_into_the_next_cell_or_paragraph() {
        for xml in ["<sst><si><t>{{a</t></si><si><t>b}}</t></si></sst>", "<w:t>{{a}}</w:t>"] {
            assert_eq!(part(xml).filled(|_| "x".into()), xml);
        }
        let box_in_text = "<p><t>{{a</t><p><t>{{b}}</t></p><t>}}</t></p>";
        assert_eq!(part(box_in_text).filled(str::to_uppercase), "<p><t>A</t><p><t>B</t></p><t></t></p>");
    }

    #[test]
    fn what_is_no_file_of_an_office_program_is_refused() {
        assert!(Office::open(b"Dear {{name}}".to_vec()).is_err());
        assert!(is_office("DOCX") && !is_office("doc"));
    }
}
