//! Values: what a field may hold, read from TOML or from what a person typed, and written back.
//! Past this edge a date is a date and money is money.

pub mod day;
mod fault;
mod list;
pub mod money;

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate};
use toml::de::DeValue;
use toml::value::Datetime;

use super::country::{Country, Tongue};
use super::schema::{Choice, Choices, Kind, Typed};
use crate::i18n::{Lang, List, Text};
pub use day::{Birthday, Period};
pub use fault::{Fault, Offered};
pub use list::{join_list, split_list};
pub use money::{Money, Price, Quantity};

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, a phone number, a mail or web address, a team member, a record's id.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Int(i64),
    /// A day.
    Date(NaiveDate),
    /// Day and month, maybe the year.
    Birthday(Birthday),
    /// A moment.
    Moment(DateTime<FixedOffset>),
    /// An amount of money.
    Money(Money),
    /// A price per unit. Boxed like the next, since a card has many values and few of these.
    Price(Box<Price>),
    /// A number with its unit.
    Quantity(Box<Quantity>),
    /// A length of time.
    Period(Period),
    /// The token of a choice.
    Choice(String),
}

/// The labels of yes and no.
pub const YES: Text = Text::new("yes", "是", "是");
/// See [`YES`].
pub const NO: Text = Text::new("no", "否", "否");

impl Value {
    /// Reads what a person typed for a field of this kind.
    ///
    /// Labels in any language are taken for choices; a day may be `+7d`, `fri` or `today`.
    ///
    /// # Errors
    /// When the text is no value of this kind.
    pub fn typed(kind: Kind, text: &str, today: NaiveDate) -> Result<Value, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Empty);
        }
        Ok(match kind {
            Kind::Texts => Value::Texts(split_list(text)),
            Kind::Choices(choices) => {
                let items = split_list(text);
                Value::Texts(items.iter().map(|item| choice(choices, item)).collect::<Result<_, _>>()?)
            }
            Kind::Flag => Value::Flag(flag(text)?),
            Kind::Int { min, max } => {
                let number = text.trim_end_matches(['%', '％']).trim();
                let number = number.parse().map_err(|_| Fault::NotANumber { value: text.into() })?;
                Value::Int(within(number, min, max)?)
            }
            Kind::Date => Value::Date(day::typed(text, today)?),
            Kind::Period => match Period::parse(text)? {
                period if period.is_some_time() => Value::Period(period),
                _ => return Err(Fault::NoTime { value: text.into() }),
            },
            Kind::Choice(choices) => Value::Choice(choice(choices, text)?),
            _ => Value::from_text(kind, text)?,
        })
    }

    /// Reads the value that a card has for a field of this kind.
    ///
    /// # Errors
    /// When the value does not fit the kind.
    pub fn read(kind: Kind, raw: &DeValue<'_>) -> Result<Value, Fault> {
        match (kind, raw) {
            (Kind::Texts | Kind::Choices(_), DeValue::Array(items)) => items
                .iter()
                .map(|item| match item.get_ref() {
                    DeValue::String(text) => stored_item(kind, text),
                    other => Err(wrong_type(kind, other)),
                })
                .collect::<Result<_, _>>()
                .map(Value::Texts),
            (Kind::Texts | Kind::Choices(_), DeValue::String(text)) => {
                Ok(Value::Texts(vec![stored_item(kind, text)?]))
            }
            (Kind::Flag, DeValue::Boolean(flag)) => Ok(Value::Flag(*flag)),
            (Kind::Int { min, max }, DeValue::Integer(number)) => {
                let parsed = i64::from_str_radix(&number.as_str().replace('_', ""), number.radix());
                let number = parsed.map_err(|_| Fault::NotANumber { value: number.as_str().into() })?;
                within(number, min, max).map(Value::Int)
            }
            (Kind::Date | Kind::Birthday | Kind::Moment, DeValue::Datetime(stamp)) => from_stamp(kind, stamp),
            (Kind::Choice(choices), DeValue::String(token)) => {
                Ok(Value::Choice(stored_choice(choices, token)?))
            }
            (_, DeValue::String(text)) => Value::from_text(kind, text),
            (_, other) => Err(wrong_type(kind, other)),
        }
    }

    /// Kinds that a card stores as one string.
    fn from_text(kind: Kind, text: &str) -> Result<Value, Fault> {
        Ok(match kind {
            Kind::Text | Kind::Member | Kind::Reference(_) => Value::Text(text.into()),
            Kind::Email => Value::Text(email(text)?),
            Kind::Phone => Value::Text(phone(text)?),
            Kind::Web => Value::Text(web(text)?),
            Kind::Country => Value::Text(country(text)?),
            Kind::Birthday => Value::Birthday(Birthday::parse(text)?),
            Kind::Moment => Value::Moment(
                DateTime::parse_from_rfc3339(text).map_err(|_| Fault::NotAMoment { value: text.into() })?,
            ),
            Kind::Money => Value::Money(Money::parse(text)?),
            Kind::Price => Value::Price(Price::parse(text)?.into()),
            Kind::Quantity => Value::Quantity(Quantity::parse(text)?.into()),
            Kind::Period => Value::Period(Period::parse(text)?),
            Kind::Date => Value::Date(day::iso(text)?),
            Kind::Texts | Kind::Flag | Kind::Int { .. } | Kind::Choice(_) | Kind::Choices(_) => {
                return Err(Fault::WrongType { wanted: kind.label(), value: text.into() });
            }
        })
    }

    /// How a card stores the value.
    pub fn to_toml(&self) -> toml::Value {
        match self {
            Value::Text(text) | Value::Choice(text) => toml::Value::String(text.clone()),
            Value::Texts(items) => items.iter().cloned().map(toml::Value::String).collect::<Vec<_>>().into(),
            Value::Flag(flag) => toml::Value::Boolean(*flag),
            Value::Int(number) => toml::Value::Integer(*number),
            Value::Date(day) => toml::Value::Datetime(day::to_toml(*day)),
            Value::Birthday(birthday) => birthday.to_toml(),
            Value::Moment(moment) => match moment.to_rfc3339().parse::<Datetime>() {
                Ok(stamp) => toml::Value::Datetime(stamp),
                Err(_) => toml::Value::String(moment.to_rfc3339()),
            },
            Value::Money(money) => toml::Value::String(money.to_string()),
            Value::Price(price) => toml::Value::String(price.to_string()),
            Value::Quantity(quantity) => toml::Value::String(quantity.to_string()),
            Value::Period(period) => toml::Value::String(period.to_string()),
        }
    }

    /// The value as one line of text: tokens as tokens, dates as ISO 8601.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) | Value::Choice(text) => Cow::Borrowed(text),
            Value::Texts(items) => Cow::Owned(join_list(items)),
            Value::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Value::Int(number) => Cow::Owned(number.to_string()),
            Value::Date(day) => Cow::Owned(day::text(*day)),
            Value::Birthday(birthday) => Cow::Owned(birthday.to_string()),
            Value::Moment(moment) => Cow::Owned(moment.to_rfc3339()),
            Value::Money(money) => Cow::Owned(money.to_string()),
            Value::Price(price) => Cow::Owned(price.to_string()),
            Value::Quantity(quantity) => Cow::Owned(quantity.to_string()),
            Value::Period(period) => Cow::Owned(period.to_string()),
        }
    }

    /// The value as people read it: labels in place of tokens.
    pub fn label(&self, kind: Kind, lang: Lang) -> Cow<'_, str> {
        match (self, kind) {
            (Value::Choice(token), Kind::Choice(choices)) => Cow::Borrowed(choices.label(token, lang)),
            (Value::Texts(tokens), Kind::Choices(choices)) => {
                let labels = tokens.iter().map(|token| choices.label(token, lang).to_owned());
                Cow::Owned(join_list(&labels.collect::<Vec<_>>()))
            }
            (Value::Flag(flag), _) => Cow::Borrowed(if *flag { YES } else { NO }.get(lang)),
            (Value::Text(code), Kind::Country) => {
                Cow::Borrowed(Country::from_code(code).map_or(code, |c| c.name(Tongue::of(lang))))
            }
            _ => self.text(),
        }
    }
}

fn wrong_type(kind: Kind, raw: &DeValue<'_>) -> Fault {
    Fault::WrongType { wanted: kind.label(), value: raw.type_str().into() }
}

fn from_stamp(kind: Kind, stamp: &Datetime) -> Result<Value, Fault> {
    let fault = || Fault::WrongType { wanted: kind.label(), value: stamp.to_string() };
    match kind {
        Kind::Moment => day::moment(stamp).map(Value::Moment).ok_or_else(fault),
        _ if stamp.time.is_some() => Err(fault()),
        _ => {
            let date = stamp.date.ok_or_else(fault)?;
            let day = day::from_toml(date).ok_or_else(|| Fault::NotADay { value: stamp.to_string() })?;
            Ok(if kind == Kind::Birthday { Value::Birthday(Birthday::from(day)) } else { Value::Date(day) })
        }
    }
}

fn within(number: i64, min: i64, max: i64) -> Result<i64, Fault> {
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(Fault::OutOfRange { value: number, min, max })
    }
}

fn flag(text: &str) -> Result<bool, Fault> {
    let word = text.to_lowercase();
    let is = |label: Text, more: &[&str]| label.every().any(|l| l == word) || more.contains(&word.as_str());
    if is(YES, &["true", "y", "1", "√", "对", "對"]) {
        Ok(true)
    } else if is(NO, &["false", "n", "0", "不"]) {
        Ok(false)
    } else {
        Err(Fault::NotAFlag { value: text.into() })
    }
}

fn choice(choices: &'static Choices, typed: &str) -> Result<String, Fault> {
    match choices.meant(typed) {
        Some(choice) => Ok(choice.token.to_owned()),
        None if choices.open => Ok(typed.to_owned()),
        None => Err(not_a_choice(choices, typed)),
    }
}

/// A stored token is taken as it is; a label that a person wrote into the file is understood.
fn stored_choice(choices: &'static Choices, token: &str) -> Result<String, Fault> {
    if choices.get(token).is_some() { Ok(token.to_owned()) } else { choice(choices, token) }
}

/// An item of a list as a card has it.
fn stored_item(kind: Kind, text: &str) -> Result<String, Fault> {
    kind.choices().map_or_else(|| Ok(text.to_owned()), |choices| stored_choice(choices, text))
}

fn not_a_choice(choices: &'static Choices, typed: &str) -> Fault {
    let offered = |c: &Choice| Offered { token: c.token.to_owned(), label: Some(c.label) };
    Fault::NotAChoice { value: typed.into(), choices: List(choices.all.iter().map(offered).collect()) }
}

/// One `@`, something before it, a domain with no empty label behind it.
fn email(text: &str) -> Result<String, Fault> {
    let fault = || Fault::NotAnEmail { value: text.into() };
    let (local, domain) = text.split_once('@').ok_or_else(fault)?;
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"".contains(c));
    let domain_fits = !domain.contains('@') && domain.split('.').all(|label| !label.is_empty());
    if clean && !local.is_empty() && domain_fits { Ok(text.to_owned()) } else { Err(fault()) }
}

/// At least three digits, and no letters but an extension.
fn phone(text: &str) -> Result<String, Fault> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let main = text.split(['x', 'X', '#', '转', '轉', 'e', 'E']).next().unwrap_or("");
    let clean = main.chars().all(|c| c.is_ascii_digit() || " +-./()（）－　\u{a0}".contains(c));
    if digits >= 3 && clean { Ok(text.to_owned()) } else { Err(Fault::NotAPhone { value: text.into() }) }
}

/// A host with a dot, with or without `http(s)://` before it.
fn web(text: &str) -> Result<String, Fault> {
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or("");
    let host_fits = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    if host_fits && !text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Ok(text.to_owned())
    } else {
        Err(Fault::NotAWebAddress { value: text.into() })
    }
}

/// The code of a country that is there today, by code or name.
fn country(text: &str) -> Result<String, Fault> {
    match Country::parse(text) {
        Ok(country) if country != Country::UNKNOWN => Ok(country.code().to_owned()),
        _ => Err(Fault::NotACountry { value: text.into() }),
    }
}

macro_rules! typed_value {
    ($($type:ty, $kind:expr, $variant:ident;)*) => {$(
        impl Typed for $type {
            const KIND: Kind = $kind;
            fn from_value(value: Option<&Value>) -> Option<Self> {
                match value {
                    Some(Value::$variant(inner)) => Some(<$type>::clone(inner)),
                    _ => None,
                }
            }
        }
    )*};
}
typed_value! {
    String, Kind::Text, Text;
    NaiveDate, Kind::Date, Date;
    Birthday, Kind::Birthday, Birthday;
    DateTime<FixedOffset>, Kind::Moment, Moment;
    Money, Kind::Money, Money;
    Price, Kind::Price, Price;
    Quantity, Kind::Quantity, Quantity;
    Period, Kind::Period, Period;
}

impl Typed for Vec<String> {
    const KIND: Kind = Kind::Texts;
    const REQUIRED: bool = false;
    fn from_value(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Texts(items)) => Some(items.clone()),
            _ => Some(Vec::new()),
        }
    }
}

impl Typed for bool {
    const KIND: Kind = Kind::Flag;
    const REQUIRED: bool = false;
    fn from_value(value: Option<&Value>) -> Option<Self> {
        Some(matches!(value, Some(Value::Flag(true))))
    }
}

/// A text of a kind of its own: checked by form, kept as typed.
macro_rules! text_kind {
    ($($(#[$doc:meta])* $name:ident = $kind:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub String);

        impl Typed for $name {
            const KIND: Kind = $kind;
            fn from_value(value: Option<&Value>) -> Option<Self> {
                match value {
                    Some(Value::Text(text)) => Some(Self(text.clone())),
                    _ => None,
                }
            }
        }
    )*};
}
text_kind! {
    /// A mail address.
    Email = Kind::Email;
    /// A telephone number, as typed.
    Phone = Kind::Phone;
    /// A web address.
    Web = Kind::Web;
    /// A country by its code of ISO 3166-1.
    CountryCode = Kind::Country;
    /// The key of a member of the team.
    Member = Kind::Member;
}

/// A whole number from 0 to 100, printed with a per cent sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub u8);

/// A length in whole minutes, at most a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes(pub u16);

impl Typed for Minutes {
    const KIND: Kind = Kind::Int { min: 0, max: 1440 };
    fn from_value(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(number)) => u16::try_from(*number).ok().map(Minutes),
            _ => None,
        }
    }
}

impl Typed for Percent {
    const KIND: Kind = Kind::Int { min: 0, max: 100 };
    fn from_value(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(number)) => u8::try_from(*number).ok().map(Percent),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 11).expect("a day")
    }

    #[test]
    fn addresses_and_numbers_are_checked_by_form() {
        let cases = [
            (Kind::Email, "anna@mueller.example", true),
            (Kind::Email, "a@@b", false),
            (Kind::Email, "a@b..c", false),
            (Kind::Email, "anna mueller@x.example", false),
            (Kind::Phone, "030-0074321", true),
            (Kind::Phone, "(5) 555-4729", true),
            (Kind::Phone, "+86 755 8888 6666 转 801", true),
            (Kind::Phone, "call me", false),
            (Kind::Web, "mueller.example", true),
            (Kind::Web, "https://mueller.example/a?b", true),
            (Kind::Web, "mueller", false),
            (Kind::Country, "印度", true),
            (Kind::Country, "Atlantis", false),
            (Kind::Int { min: 0, max: 100 }, "90%", true),
            (Kind::Int { min: 0, max: 100 }, "101", false),
            (Kind::Int { min: 0, max: 100 }, "-1", false),
            (Kind::Flag, "是", true),
            (Kind::Flag, "perhaps", false),
        ];
        for (kind, text, fits) in cases {
            assert_eq!(Value::typed(kind, text, today()).is_ok(), fits, "{kind:?} {text}");
        }
    }
}
