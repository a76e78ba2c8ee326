//! What the TOML parser says of a text that it cannot read, in the reader's language.

use std::borrow::Cow;

use super::{Lang, Say, Text};

/// A sentence of the TOML parser. One that is not listed is said as it is, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlSays(String);

impl<T: Into<String>> From<T> for TomlSays {
    fn from(message: T) -> TomlSays {
        TomlSays(message.into())
    }
}

impl Say for TomlSays {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        let (said, expected) = match self.0.split_once(EXPECTED) {
            Some((said, expected)) => (said, Some(expected)),
            None => (self.0.as_str(), None),
        };
        let known = SAID.iter().find(|text| text.en == said).filter(|_| lang != Lang::En);
        let Some(known) = known else { return Cow::Borrowed(&self.0) };
        let mut text = known.get(lang).to_owned();
        if let Some(expected) = expected {
            let words = expected.split(", ").map(|word| match WORDS.iter().find(|text| text.en == word) {
                Some(word) => word.get(lang),
                None => word,
            });
            text += if lang == Lang::ZhCn { "，此处应为 " } else { "，此處應為 " };
            text += &words.collect::<Vec<_>>().join("、");
        }
        Cow::Owned(text)
    }
}

/// What stands before what the parser waited for.
const EXPECTED: &str = ", expected ";

/// What it waits for, where that is a word.
const WORDS: [Text; 8] = [
    Text::new("newline", "换行", "換行"),
    Text::new("key", "键名", "鍵名"),
    Text::new("value", "值", "值"),
    Text::new("letters", "字母", "字母"),
    Text::new("numbers", "数字", "數字"),
    Text::new("digits", "数字", "數字"),
    Text::new("literal string", "带引号的文字", "帶引號的文字"),
    Text::new("characters", "字符", "字元"),
];

/// What it says.
const SAID: [Text; 36] = [
    Text::new("duplicate key", "同一个键写了两次", "同一個鍵寫了兩次"),
    Text::new("invalid unquoted key", "键名中有不允许的字符", "鍵名中有不允許的字元"),
    Text::new("unquoted keys cannot be empty", "缺少键名", "缺少鍵名"),
    Text::new("key with no value", "有键名而没有值", "有鍵名而沒有值"),
    Text::new("missing value for key", "键名之后没有值", "鍵名之後沒有值"),
    Text::new("missing value", "缺少值", "缺少值"),
    Text::new("invalid value", "值无效", "值無效"),
    Text::new("invalid key-value pair", "键和值的写法无效", "鍵和值的寫法無效"),
    Text::new("string values must be quoted", "文字必须加引号", "文字必須加引號"),
    Text::new("missing opening quote", "缺少前引号", "缺少前引號"),
    Text::new(
        "invalid basic string",
        "引号没有成对，或引号内有不允许的字符",
        "引號沒有成對，或引號內有不允許的字元",
    ),
    Text::new(
        "invalid literal string",
        "引号没有成对，或引号内有不允许的字符",
        "引號沒有成對，或引號內有不允許的字元",
    ),
    Text::new("invalid multi-line basic string", "三重引号没有成对", "三重引號沒有成對"),
    Text::new("invalid multi-line literal string", "三重引号没有成对", "三重引號沒有成對"),
    Text::new("missing escaped value", "反斜杠之后的字符无效", "反斜線之後的字元無效"),
    Text::new("too few unicode value digits", "Unicode 编码的位数不够", "Unicode 編碼的位數不夠"),
    Text::new("unclosed table", "表头的方括号没有闭合", "表頭的方括號沒有閉合"),
    Text::new("unclosed array table", "表头的双方括号没有闭合", "表頭的雙方括號沒有閉合"),
    Text::new("unclosed array", "列表的方括号没有闭合", "列表的方括號沒有閉合"),
    Text::new("unclosed inline table", "花括号没有闭合", "大括號沒有閉合"),
    Text::new("missing comma between array elements", "列表的各项之间缺少逗号", "清單的各項之間缺少逗號"),
    Text::new("missing comma between key-value pairs", "各个键值之间缺少逗号", "各個鍵值之間缺少逗號"),
    Text::new("missing assignment between key-value pairs", "键名和值之间缺少等号", "鍵名和值之間缺少等號"),
    Text::new("extra comma in array", "列表中多了一个逗号", "清單中多了一個逗號"),
    Text::new("extra comma in inline table", "花括号中多了一个逗号", "大括號中多了一個逗號"),
    Text::new("extra `=`", "多了一个等号", "多了一個等號"),
    Text::new("extra assignment between key-value pairs", "多了一个等号", "多了一個等號"),
    Text::new("unexpected `=` in array", "列表中不能有等号", "清單中不能有等號"),
    Text::new("unexpected key or value", "这里不能有键或值", "這裡不能有鍵或值"),
    Text::new("unexpected content", "这里不能有这些内容", "這裡不能有這些內容"),
    Text::new("invalid comment character", "注释中有不允许的字符", "註解中有不允許的字元"),
    Text::new("invalid inline table element", "花括号中的写法无效", "大括號中的寫法無效"),
    Text::new("unexpected leading zero", "数字不能以 0 开头", "數字不能以 0 開頭"),
    Text::new("`_` may only go between digits", "下划线只能放在数字之间", "底線只能放在數字之間"),
    Text::new("carriage return must be followed by newline", "换行符不完整", "換行符號不完整"),
    Text::new("invalid UTF-8", "不是 UTF-8 编码", "不是 UTF-8 編碼"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_slips_are_said_in_chinese() {
        let slips = [
            ("a = [\"x\" \"y\"]", "列表的各项之间缺少逗号，此处应为 `,`"),
            ("a = b", "文字必须加引号，此处应为 带引号的文字"),
            ("a = \"b", "引号没有成对，或引号内有不允许的字符，此处应为 `\"`"),
            ("a", "有键名而没有值，此处应为 `=`"),
            ("a = 1\na = 2", "同一个键写了两次"),
            ("[[a]\nb = 1", "表头的双方括号没有闭合，此处应为 `]`"),
            ("<<<<<<< HEAD", "有键名而没有值，此处应为 `=`"),
        ];
        for (text, said) in slips {
            let error = toml::from_str::<toml::Table>(text).expect_err(text);
            let says = TomlSays::from(error.message());
            assert_eq!(says.say(Lang::ZhCn), said, "{}", error.message());
            assert_eq!(says.say(Lang::En), error.message());
        }
    }
}
