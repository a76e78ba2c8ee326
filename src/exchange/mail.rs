//! Mails as a table: `.eml` files and mailboxes (`.mbox`), one row a mail, with the six fields of the
//! e-mail record and the sender, who says together with the recipients whose record it is.

use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use super::encoding::unreadable;
use super::sheet::{SheetFault, SheetRow};
use super::table::{Opened, RowSource, Told};
use crate::card::value::join_list;

/// The columns: keys of the follow-up, and who sent the mail.
const HEADS: [&str; 9] =
    ["sender", "sent_at", "how", "topic", "recipients", "copies", "note", "attachments", "message_id"];
/// The way of contact that a mail is.
const HOW: &str = "email";
/// Characters of a mail's first line that stand in for a subject.
const LONGEST_TOPIC: usize = 80;

/// Opens a mailbox or a single mail.
pub(super) fn open<R: Read + Seek + Send + 'static>(mut source: R, size: u64) -> Result<Opened, SheetFault> {
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut first = [0; 5];
    let is_mailbox = source.read_exact(&mut first).is_ok() && first == *b"From ";
    source.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let rows: Box<dyn RowSource> = if is_mailbox {
        Box::new(Mailbox { mails: MessageIterator::new(BufReader::new(source)), line: 0, done: 0 })
    } else {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(unreadable)?;
        Box::new(Single(Some(Cursor::new(bytes)), size))
    };
    let heads = HEADS.map(str::to_owned).to_vec();
    Ok(Opened { heads, rows, told: Told { bytes: Some(size), ..Told::default() } })
}

/// The one mail of a file.
struct Single(Option<Cursor<Vec<u8>>>, u64);

impl RowSource for Single {
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>> {
        Some(row(self.0.take()?.get_ref(), 1).ok_or(SheetFault::NoMail))
    }

    fn done(&self) -> u64 {
        if self.0.is_none() { self.1 } else { 0 }
    }
}

/// The mails of a mailbox; the line of a row is the place of the mail in it, from 1.
struct Mailbox<R> {
    mails: MessageIterator<BufReader<R>>,
    line: u64,
    done: u64,
}

impl<R: Read + Send> RowSource for Mailbox<R> {
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>> {
        let mail = self.mails.next()?;
        self.line += 1;
        let contents = mail.map(|mail| mail.unwrap_contents()).unwrap_or_default();
        self.done += contents.len() as u64;
        Some(row(&contents, self.line).ok_or(SheetFault::TornMail { line: self.line }))
    }

    fn done(&self) -> u64 {
        self.done
    }
}

/// A mail as a row; `None` of what has neither a sender nor an id.
fn row(bytes: &[u8], line: u64) -> Option<SheetRow> {
    let mail = MessageParser::default().parse(bytes);
    let mail = mail.filter(|mail| mail.from().is_some() || mail.message_id().is_some())?;
    let attachments: Vec<String> =
        mail.attachments().filter_map(|part| part.attachment_name()).map(str::to_owned).collect();
    let body = body(&mail);
    let cells = [
        addresses(mail.from()).into_iter().next().unwrap_or_default(),
        mail.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339()).unwrap_or_default(),
        HOW.to_owned(),
        topic(&mail, &body),
        join_list(&addresses(mail.to())),
        join_list(&addresses(mail.cc())),
        body,
        join_list(&attachments),
        mail.message_id().map(|id| format!("<{id}>")).unwrap_or_default(),
    ];
    Some(SheetRow { line, cells: cells.to_vec() })
}

/// The subject; of a mail without one the beginning of its first line.
fn topic(mail: &Message<'_>, body: &str) -> String {
    if let Some(subject) = mail.subject().map(str::trim).filter(|subject| !subject.is_empty()) {
        return subject.to_owned();
    }
    let first_line = body.lines().map(str::trim).find(|line| !line.is_empty());
    first_line.unwrap_or_default().chars().take(LONGEST_TOPIC).collect()
}

/// The text of a mail, with the line ends of the archive.
fn body(mail: &Message<'_>) -> String {
    let text = mail.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

fn addresses(of: Option<&Address<'_>>) -> Vec<String> {
    let all = of.into_iter().flat_map(Address::iter);
    all.filter_map(|one| one.address()).map(|address| address.trim().to_owned()).collect()
}
