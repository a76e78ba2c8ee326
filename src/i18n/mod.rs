//! Languages, and the two forms of text that people read: labels ([`Text`]) and messages
//! with values in them (`messages!`).
//!
//! Everything is compiled in. Both forms name every language, so a missing translation does
//! not compile, and a further language is one more member of [`Lang`] and [`Text`], which the
//! compiler then demands at every place. Nothing here knows what a customer is.

pub mod notice;
pub(crate) mod plural;
pub mod sentence;
mod toml_says;

use std::borrow::Cow;

pub use toml_says::TomlSays;

/// A language that `crm` speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Simplified Chinese.
    ZhCn,
    /// Traditional Chinese, as it is written in Taiwan and Hong Kong.
    ZhTw,
}

impl Lang {
    /// Every language, English first.
    pub const ALL: [Lang; 3] = [Lang::En, Lang::ZhCn, Lang::ZhTw];

    /// The tag that `--lang` takes and `crm.toml` keeps: `en`, `zh-CN`, `zh-TW`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::ZhCn => "zh-CN",
            Lang::ZhTw => "zh-TW",
        }
    }

    /// Reads a language tag or a POSIX locale (`zh_CN.UTF-8`, `zh`, `en_GB`).
    ///
    /// `C` and `POSIX` name no language.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let plain = tag.split(['.', '@']).next().unwrap_or("").replace('_', "-").to_lowercase();
        let mut parts = plain.split('-');
        match parts.next() {
            Some("en") => Some(Lang::En),
            // Which script: said, or that of the region.
            Some("zh") if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => Some(Lang::ZhTw),
            Some("zh") => Some(Lang::ZhCn),
            _ => None,
        }
    }
}

/// A fixed text in every language: a label, a table head, one line of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh_cn: &'static str,
    /// Traditional Chinese.
    pub zh_tw: &'static str,
}

impl Text {
    /// A text in every language.
    pub const fn new(en: &'static str, zh_cn: &'static str, zh_tw: &'static str) -> Self {
        Self { en, zh_cn, zh_tw }
    }

    /// The text in `lang`.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::ZhCn => self.zh_cn,
            Lang::ZhTw => self.zh_tw,
        }
    }

    /// The text in every language, for recognising what a person typed.
    pub fn every(&self) -> impl Iterator<Item = &'static str> + use<> {
        let text = *self;
        Lang::ALL.into_iter().map(move |lang| text.get(lang))
    }
}

/// What can stand in a message: it says itself in the reader's language.
pub trait Say {
    /// The text in `lang`.
    fn say(&self, lang: Lang) -> Cow<'_, str>;
}

impl Say for Text {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self.get(lang))
    }
}

/// A message said in every language beforehand, for one that is about what no text may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said([String; Lang::ALL.len()]);

impl Said {
    /// What `message` says in each language.
    pub fn of(message: &impl Say) -> Self {
        Said(Lang::ALL.map(|lang| message.say(lang).into_owned()))
    }
}

impl Say for Said {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(&self.0[lang as usize])
    }
}

/// Several words in a sentence, one behind the other: the only place that knows how a language parts them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List<T = String>(pub Vec<T>);

/// What stands between two words of a list.
const BETWEEN: Text = Text::new(", ", "、", "、");

impl<T: Say> Say for List<T> {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        let words: Vec<_> = self.0.iter().map(|word| word.say(lang)).collect();
        Cow::Owned(words.join(BETWEEN.get(lang)))
    }
}

impl<W: Into<String>> FromIterator<W> for List {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        List(words.into_iter().map(Into::into).collect())
    }
}

/// A list of one word.
impl From<&str> for List {
    fn from(word: &str) -> Self {
        List(vec![word.to_owned()])
    }
}

/// A list of one word.
impl From<String> for List {
    fn from(word: String) -> Self {
        List(vec![word])
    }
}

macro_rules! say_by_display {
    ($($type:ty),*) => {$(
        impl Say for $type {
            fn say(&self, _: Lang) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}
say_by_display!(String, &str, char, usize, i32, u32, u64, i64, chrono::NaiveDate);

/// Declares an enum of messages. Each has its values, a stable code for scripts, and its
/// text in every language; `{name}` in a text is the value of that name. In English `{S}` is the ending
/// of the word behind a number: `"{count} customer{S}"`.
macro_rules! messages {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[$doc:meta])*
                $variant:ident $({ $($field:ident: $type:ty),* $(,)? })? = $code:literal:
                    $en:literal, $zh_cn:literal, $zh_tw:literal;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "the text of each message says what it means")]
        $vis enum $name {
            $( $(#[$doc])* $variant $({ $($field: $type),* })?, )*
        }

        impl $name {
            /// The stable code, for scripts: never renamed.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $code, )* }
            }
        }

        impl $crate::i18n::Say for $name {
            fn say(&self, lang: $crate::i18n::Lang) -> std::borrow::Cow<'_, str> {
                #[allow(unused_imports, reason = "not every message counts something")]
                use $crate::i18n::plural::S;
                match self {
                    $( Self::$variant $({ $($field),* })? => {
                        $( $( let $field = $crate::i18n::Say::say($field, lang); )* )?
                        std::borrow::Cow::Owned(match lang {
                            $crate::i18n::Lang::En => $crate::i18n::plural::ended(format!($en)),
                            $crate::i18n::Lang::ZhCn => format!($zh_cn),
                            $crate::i18n::Lang::ZhTw => format!($zh_tw),
                        })
                    } )*
                }
            }
        }
    };
}
pub(crate) use messages;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_a_language() {
        assert_eq!(Lang::from_tag("zh_CN.UTF-8"), Some(Lang::ZhCn));
        assert_eq!(Lang::from_tag("en"), Some(Lang::En));
        assert_eq!(Lang::from_tag("C.UTF-8"), None);
        assert_eq!(Lang::from_tag(""), None);
    }

    #[test]
    fn words_of_a_list_are_parted_as_the_language_does() {
        let list: List = ["RS", "ME"].into_iter().collect();
        assert_eq!(Lang::ALL.map(|lang| list.say(lang).into_owned()), ["RS, ME", "RS、ME", "RS、ME"]);
        assert_eq!(List::from("RS").say(Lang::ZhTw), "RS");
        assert_eq!(List::<String>::default().say(Lang::En), "");
    }
}
