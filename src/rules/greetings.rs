//! The text of a greeting in the language of whoever gets it: the company's own words, else the usual
//! ones in English and Chinese.

use crate::card::Country;
use crate::i18n::Lang;
use crate::settings::Settings;

/// What somebody is greeted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// A birthday.
    Birthday,
    /// A public holiday.
    Holiday,
}

/// In place of the name of who is greeted.
const NAME: &str = "{name}";
/// In place of the name of the holiday.
const HOLIDAY: &str = "{holiday}";

/// A text and the language that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// As the company or the card calls the language: `de`, `zh-CN`.
    pub language: String,
    /// The words, with what stands for names.
    words: String,
}

impl Greeting {
    /// The greeting for somebody who reads these languages, the best first, else the one of the country;
    /// English where there are no words for any.
    pub fn of(occasion: For, languages: &[String], country: Country, settings: &Settings) -> Greeting {
        let of_country = match country.code() {
            "CN" | "SG" => "zh-CN",
            "TW" | "HK" | "MO" => "zh-TW",
            _ => "en",
        };
        let wanted = languages.iter().map(|language| tag(language, of_country));
        let all = wanted.chain([of_country.to_owned(), "en".to_owned()]);
        let words = all.filter_map(|tag| Some((words(occasion, &tag, settings)?, tag))).next();
        let (words, language) = words.unwrap_or_default();
        Greeting { language, words }
    }

    /// The language in which names of holidays are said in it.
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.language).unwrap_or(Lang::En)
    }

    /// The text for a person, on a holiday.
    pub fn text(&self, name: &str, holiday: &str) -> String {
        self.words.replace(NAME, name).replace(HOLIDAY, holiday)
    }
}

/// A language as a card has it, as the company's words are filed: Chinese by the country where that alone
/// tells which.
fn tag(language: &str, of_country: &str) -> String {
    let language = language.trim().to_lowercase();
    match language.as_str() {
        "zh" | "chinese" | "中文" | "汉语" | "漢語" if of_country.starts_with("zh") => {
            of_country.to_owned()
        }
        "zh" | "zh-cn" | "zh-hans" | "chinese" | "中文" | "汉语" | "漢語" | "简体中文" => {
            "zh-CN".to_owned()
        }
        "zh-tw" | "zh-hant" | "zh-hk" | "繁體中文" => "zh-TW".to_owned(),
        "english" | "英语" | "英語" => "en".to_owned(),
        _ => language,
    }
}

fn words(occasion: For, tag: &str, settings: &Settings) -> Option<String> {
    let own = settings.greetings.iter().find(|(language, _)| language.eq_ignore_ascii_case(tag));
    let own = own.and_then(|(_, own)| match occasion {
        For::Birthday => own.birthday.clone(),
        For::Holiday => own.holiday.clone(),
    });
    own.or_else(|| usual(occasion, tag).map(str::to_owned))
}

fn usual(occasion: For, tag: &str) -> Option<&'static str> {
    Some(match (occasion, tag) {
        (For::Birthday, "en") => "Dear {name}, happy birthday, and all the best for the year ahead!",
        (For::Birthday, "zh-CN") => "{name}，祝您生日快乐，万事如意！",
        (For::Birthday, "zh-TW") => "{name}，祝您生日快樂，萬事如意！",
        (For::Holiday, "en") => "Dear {name}, best wishes for {holiday} to you and your family!",
        (For::Holiday, "zh-CN") => "{name}，{holiday}将至，祝您和家人节日快乐！",
        (For::Holiday, "zh-TW") => "{name}，{holiday}將至，祝您與家人佳節愉快！",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_with_words_of_its_own_is_taken() {
        let text = "[greetings.de]\nbirthday = \"Alles Gute zum Geburtstag, {name}!\"\n";
        let settings = Settings::read(text).expect("settings");
        let greet = |occasion, languages: &[&str], country: &str| {
            let languages: Vec<String> = languages.iter().map(|l| (*l).to_owned()).collect();
            let country = Country::from_code(country).expect("a country");
            let greeting = Greeting::of(occasion, &languages, country, &settings);
            greeting.text("Anna", "Ostern")
        };
        assert_eq!(greet(For::Birthday, &["fr", "DE", "en"], "DE"), "Alles Gute zum Geburtstag, Anna!");
        assert!(greet(For::Holiday, &["de"], "DE").contains("Dear Anna, best wishes for Ostern"));
        assert!(greet(For::Birthday, &["中文"], "TW").contains("生日快樂"));
        assert!(greet(For::Birthday, &[], "CN").contains("生日快乐"));
    }
}
