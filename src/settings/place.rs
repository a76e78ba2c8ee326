//! Where in `crm.toml` something stands: a key that there is not, and a value that cannot be.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{KEYS, SettingsFlaw, keys};
use crate::card::near::nearest;
use crate::card::read::CONFLICTS;

/// The first key that is no setting.
pub(super) fn unknown_key(table: &DeTable<'_>, prefix: &str) -> Option<(SettingsFlaw, usize)> {
    for (key, value) in table {
        let path = format!("{prefix}{}", key.get_ref());
        // Values that two people set: a merge left them, and `crm conflict` decides.
        if keys::is_free(&path) || path == CONFLICTS {
            continue;
        }
        let inner = match value.get_ref() {
            DeValue::Table(inner) => unknown_key(inner, &format!("{path}.")),
            DeValue::Array(items) => items.iter().find_map(|item| match item.get_ref() {
                DeValue::Table(inner) => unknown_key(inner, &format!("{path}.")),
                _ => None,
            }),
            _ => None,
        };
        if inner.is_some() {
            return inner;
        }
        if !keys::is_known(&path) {
            let flaw = match nearest(&path, KEYS.iter().map(|s| s.key)) {
                Some(near) => SettingsFlaw::NearKey { key: path, near: near.into() },
                None => SettingsFlaw::UnknownKey { key: path },
            };
            return Some((flaw, key.span().start));
        }
    }
    None
}

/// Where the value of a dotted key stands, the item of a list that is `wrong` where it is one; the member of
/// a table that is there several times is the one with that value.
pub(super) fn of_value(table: &DeTable<'_>, key: &str, wrong: &str) -> Option<usize> {
    let (first, rest) = key.split_once('.').map_or((key, ""), |(first, rest)| (first, rest));
    inside(table.get(first)?, rest, wrong)
}

/// Where, in a table that is there several times, the second one stands whose `key` has this value.
pub(super) fn of_second(table: &DeTable<'_>, name: &str, key: &str, value: &str) -> Option<usize> {
    let items = table.get(name)?.get_ref().as_array()?.iter();
    let values = items.filter_map(|item| item.get_ref().as_table()?.get(key));
    let has_it = |one: &&Spanned<DeValue<'_>>| one.get_ref().as_str() == Some(value);
    values.filter(has_it).nth(1).map(|value| value.span().start)
}

fn inside(value: &Spanned<DeValue<'_>>, path: &str, wrong: &str) -> Option<usize> {
    let is_wrong = |item: &&Spanned<DeValue<'_>>| item.get_ref().as_str() == Some(wrong);
    match (value.get_ref(), path) {
        (DeValue::Array(items), "") => {
            Some(items.iter().find(is_wrong).map_or(value.span(), |item| item.span()).start)
        }
        (_, "") => Some(value.span().start),
        (DeValue::Table(table), _) => of_value(table, path, wrong),
        (DeValue::Array(items), _) => {
            let has_wrong = |item: &&Spanned<DeValue<'_>>| {
                item.get_ref().as_table().and_then(|table| table.get(path)).is_some_and(|v| is_wrong(&v))
            };
            let item = items.iter().find(has_wrong).or_else(|| items.iter().next())?;
            inside(item, path, wrong).or_else(|| Some(item.span().start))
        }
        _ => None,
    }
}

/// The dotted key whose value is at this place of the text, with what stands there; nothing where the key
/// itself is there.
pub(super) fn key_at<'t>(table: &DeTable<'_>, at: usize, text: &'t str) -> Option<(String, &'t str)> {
    for (key, value) in table {
        if key.span().contains(&at) {
            return Some((key.get_ref().to_string(), ""));
        }
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
            DeValue::Table(inner) => vec![inner],
            _ => Vec::new(),
        };
        let inner = items.into_iter().find_map(|inner| key_at(inner, at, text));
        if let Some((rest, value)) = inner {
            return Some((format!("{}.{rest}", key.get_ref()), value));
        }
        if value.span().contains(&at) {
            return Some((key.get_ref().to_string(), text.get(value.span())?));
        }
    }
    None
}
