//! What the operating system says of a file, in the reader's language.

use std::borrow::Cow;
use std::io::{Error, ErrorKind};

use crate::i18n::{Lang, Say, Text};

/// Why a file or folder could not be read or written.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemReason {
    kind: ErrorKind,
    /// The system's own words, for what is rare.
    said: String,
}

impl From<&Error> for SystemReason {
    fn from(error: &Error) -> Self {
        SystemReason { kind: error.kind(), said: error.to_string() }
    }
}

/// What only a writer of sheets says, in its words.
impl From<String> for SystemReason {
    fn from(said: String) -> Self {
        SystemReason { kind: ErrorKind::Other, said }
    }
}

impl Say for SystemReason {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        match usual(self) {
            Some(text) => Cow::Borrowed(text.get(lang)),
            None => Cow::Borrowed(&self.said),
        }
    }
}

/// What happens to people.
fn usual(reason: &SystemReason) -> Option<Text> {
    Some(match reason.kind {
        ErrorKind::NotFound => {
            Text::new("there is no such file or folder", "没有这个文件或文件夹", "沒有這個檔案或資料夾")
        }
        ErrorKind::PermissionDenied => {
            Text::new("you may not read or write it", "没有读写权限", "沒有讀寫權限")
        }
        ErrorKind::AlreadyExists => Text::new("it is there already", "已经存在", "已經存在"),
        ErrorKind::NotADirectory => {
            Text::new("what stands above it is no folder", "上一级不是文件夹", "上一層不是資料夾")
        }
        ErrorKind::IsADirectory => Text::new("it is a folder", "这是文件夹", "這是資料夾"),
        ErrorKind::DirectoryNotEmpty => {
            Text::new("the folder is not empty", "文件夹不是空的", "資料夾不是空的")
        }
        ErrorKind::StorageFull => Text::new("the disk is full", "磁盘已满", "磁碟已滿"),
        ErrorKind::QuotaExceeded => {
            Text::new("your share of the disk is full", "磁盘配额已用完", "磁碟配額已用完")
        }
        ErrorKind::ReadOnlyFilesystem => Text::new("the disk is read-only", "磁盘是只读的", "磁碟是唯讀的"),
        ErrorKind::InvalidFilename => {
            Text::new("the disk takes no such name", "磁盘不支持这样的名称", "磁碟不支援這樣的名稱")
        }
        ErrorKind::ResourceBusy => {
            Text::new("another program uses it", "正被其他程序使用", "正被其他程式使用")
        }
        ErrorKind::InvalidData if reason.said.contains("UTF-8") => {
            Text::new("it is no text in UTF-8", "不是 UTF-8 文本", "不是 UTF-8 文字")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_said_in_the_readers_language_and_the_rest_as_it_came() {
        let said = |error: Error, lang| SystemReason::from(&error).say(lang).into_owned();
        assert_eq!(said(Error::from_raw_os_error(2), Lang::En), "there is no such file or folder");
        assert_eq!(said(Error::from_raw_os_error(13), Lang::ZhCn), "没有读写权限");
        assert_eq!(said(Error::other("odd"), Lang::ZhTw), "odd");
    }
}
