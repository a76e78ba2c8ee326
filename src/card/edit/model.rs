//! The same edits on the values, against which the new text is checked.
//!
//! What an edit does not touch stays a reference to the parsed source: opening a table of a large
//! document costs a map of references, not a copy.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};
use toml::value::{Datetime, Time};
use toml::{Spanned, Value};

use super::error::path_text;
use super::{EditError, Step};

/// Parses a document; the error says where it fails.
pub(super) fn parse(source: &str) -> Result<Spanned<DeTable<'_>>, EditError> {
    DeTable::parse(source).map_err(|error| EditError::invalid(source, &error))
}

/// A value as it shall be after the edits.
#[derive(Clone, Debug)]
pub(super) enum Model<'s> {
    /// As it stands in the source.
    Source(&'s DeValue<'s>),
    Table(Entries<'s>),
    Array(Vec<Model<'s>>),
    /// A new value that is neither table nor array.
    Scalar(Value),
}

/// The entries of an opened table.
pub(super) type Entries<'s> = BTreeMap<Cow<'s, str>, Model<'s>>;

impl<'s> Model<'s> {
    /// The whole document.
    pub(super) fn document(table: &'s DeTable<'s>) -> Self {
        let entries = table.iter();
        Self::Table(
            entries
                .map(|(key, value)| (Cow::Borrowed(&**key.get_ref()), Self::Source(value.get_ref())))
                .collect(),
        )
    }

    /// A new value.
    pub(super) fn new(value: &Value) -> Self {
        match value {
            Value::Table(table) => Self::Table(
                table.iter().map(|(key, value)| (Cow::Owned(key.clone()), Self::new(value))).collect(),
            ),
            Value::Array(array) => Self::Array(array.iter().map(Self::new).collect()),
            scalar => Self::Scalar(scalar.clone()),
        }
    }

    /// Makes the entries of a table or array of the source reachable, one level deep.
    pub(super) fn open(&mut self) -> &mut Self {
        if let Self::Source(value) = *self {
            match value {
                DeValue::Table(table) => *self = Self::document(table),
                DeValue::Array(array) => {
                    let elements = array.iter().map(|element| Self::Source(element.get_ref()));
                    *self = Self::Array(elements.collect());
                }
                _ => {}
            }
        }
        self
    }

    /// The value at `path`, opened; `None` when it is not there.
    pub(super) fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        let mut model = self.open();
        for step in path {
            model = match (model, step) {
                (Self::Table(entries), Step::Key(key)) => entries.get_mut(key.as_str())?,
                (Self::Array(elements), Step::Index(index)) => elements.get_mut(*index)?,
                _ => return None,
            }
            .open();
        }
        Some(model)
    }

    /// The entries of the table at `path`; tables that are missing on the way are created.
    pub(super) fn table_at(&mut self, path: &[Step]) -> Result<&mut Entries<'s>, EditError> {
        let mut model = self.open();
        for (depth, step) in path.iter().enumerate() {
            let so_far = || path_text(&path[..=depth]);
            model = match (model, step) {
                (Self::Table(entries), Step::Key(key)) => {
                    entries.entry(Cow::Owned(key.clone())).or_insert_with(|| Self::Table(Entries::new()))
                }
                (Self::Array(elements), Step::Index(index)) => {
                    elements.get_mut(*index).ok_or_else(|| EditError::NoSuchElement(so_far()))?
                }
                (_, Step::Index(_)) => return Err(EditError::NoSuchElement(so_far())),
                _ => return Err(EditError::NotATable(path_text(&path[..depth]))),
            }
            .open();
        }
        match model {
            Self::Table(entries) => Ok(entries),
            _ => Err(EditError::NotATable(path_text(path))),
        }
    }

    /// The elements of the array at `path`.
    pub(super) fn array_at(&mut self, path: &[Step]) -> Result<&mut Vec<Self>, EditError> {
        match self.at(path) {
            Some(Self::Array(elements)) => Ok(elements),
            Some(_) => Err(EditError::NotAnArray(path_text(path))),
            None => Err(EditError::NoSuchKey(path_text(path))),
        }
    }

    /// Removes the entry at `path`, if it is there.
    pub(super) fn remove(&mut self, path: &[Step]) -> Option<Self> {
        let (last, table) = path.split_last()?;
        match (self.at(table)?, last) {
            (Self::Table(entries), Step::Key(key)) => entries.remove(key.as_str()),
            (Self::Array(elements), Step::Index(index)) if *index < elements.len() => {
                Some(elements.remove(*index))
            }
            _ => None,
        }
    }

    /// Whether this is a table or an array without entries.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Table(entries) => entries.is_empty(),
            Self::Array(elements) => elements.is_empty(),
            Self::Source(DeValue::Table(table)) => table.is_empty(),
            Self::Source(DeValue::Array(array)) => array.is_empty(),
            _ => false,
        }
    }

    /// Whether this is a table.
    pub(super) fn is_table(&self) -> bool {
        matches!(self, Self::Table(_) | Self::Source(DeValue::Table(_)))
    }

    /// Whether this is exactly `value`.
    pub(super) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Source(source), _) => source_holds(source, value),
            (Self::Table(entries), Value::Table(table)) => {
                entries.len() == table.len()
                    && entries.iter().all(|(key, entry)| table.get(&**key).is_some_and(|v| entry.holds(v)))
            }
            (Self::Array(elements), Value::Array(array)) => {
                elements.len() == array.len() && elements.iter().zip(array).all(|(e, v)| e.holds(v))
            }
            (Self::Scalar(own), _) => scalars_equal(own, value),
            _ => false,
        }
    }

    /// Whether this is the text `value`, whichever line breaks both have.
    pub(super) fn holds_lines(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Source(DeValue::String(own)), Value::String(value)) => same_lines(own, value),
            (Self::Scalar(Value::String(own)), Value::String(value)) => same_lines(own, value),
            _ => false,
        }
    }

    /// The path of the first place where the parsed new text is not as this model.
    pub(super) fn difference(&self, text: &DeTable<'_>) -> Option<String> {
        let mut path = Vec::new();
        let differs = match self {
            Self::Table(entries) => table_differs(entries, text, &mut path),
            _ => true,
        };
        differs.then(|| {
            path.reverse();
            path_text(&path)
        })
    }

    /// Whether `text` is not as this model; `path` then leads there, its last step first.
    fn differs(&self, text: &DeValue<'_>, path: &mut Vec<Step>) -> bool {
        match (self, text) {
            (Self::Source(source), _) => !sources_equal(source, text),
            (Self::Table(entries), DeValue::Table(table)) => table_differs(entries, table, path),
            (Self::Array(elements), DeValue::Array(array)) => {
                if elements.len() != array.len() {
                    return true;
                }
                for (index, (element, text)) in elements.iter().zip(array.iter()).enumerate() {
                    if element.differs(text.get_ref(), path) {
                        path.push(Step::Index(index));
                        return true;
                    }
                }
                false
            }
            (Self::Scalar(Value::String(own)), DeValue::String(text)) => !same_lines(own, text),
            (Self::Scalar(own), _) => !source_holds(text, own),
            _ => true,
        }
    }
}

fn table_differs(entries: &Entries<'_>, table: &DeTable<'_>, path: &mut Vec<Step>) -> bool {
    for (key, entry) in entries {
        let differs = match table.get(&**key) {
            Some(text) => entry.differs(text.get_ref(), path),
            None => true,
        };
        if differs {
            path.push(Step::Key(key.clone().into_owned()));
            return true;
        }
    }
    let surplus = table.keys().find(|key| !entries.contains_key(&**key.get_ref()));
    if let Some(key) = surplus {
        path.push(Step::Key(key.get_ref().clone().into_owned()));
    }
    surplus.is_some()
}

/// Whether two texts are the same but for `\r\n` and `\n`: a line break inside a multi-line string
/// is that of the file, and which of the two it stands for is left open by TOML.
fn same_lines(one: &str, other: &str) -> bool {
    one == other || one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
}

/// Whether two parsed values are the same, numbers by their digits as written.
fn sources_equal(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::String(a), DeValue::String(b)) => a == b,
        (DeValue::Integer(a), DeValue::Integer(b)) => a.as_str() == b.as_str() && a.radix() == b.radix(),
        (DeValue::Float(a), DeValue::Float(b)) => a.as_str() == b.as_str(),
        (DeValue::Boolean(a), DeValue::Boolean(b)) => a == b,
        (DeValue::Datetime(a), DeValue::Datetime(b)) => a == b,
        (DeValue::Array(a), DeValue::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| sources_equal(a.get_ref(), b.get_ref()))
        }
        (DeValue::Table(a), DeValue::Table(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, a)| {
                    let b = b.get(&**key.get_ref());
                    b.is_some_and(|b| sources_equal(a.get_ref(), b.get_ref()))
                })
        }
        _ => false,
    }
}

/// Whether a parsed value is exactly `value`.
fn source_holds(source: &DeValue<'_>, value: &Value) -> bool {
    match (source, value) {
        (DeValue::Array(array), Value::Array(values)) => {
            array.len() == values.len() && array.iter().zip(values).all(|(a, v)| source_holds(a.get_ref(), v))
        }
        (DeValue::Table(table), Value::Table(values)) => {
            table.len() == values.len()
                && table.iter().all(|(key, a)| {
                    let value = values.get(&**key.get_ref());
                    value.is_some_and(|value| source_holds(a.get_ref(), value))
                })
        }
        _ => scalar(source).is_some_and(|own| scalars_equal(&own, value)),
    }
}

/// A parsed scalar as a value; `None` for tables, arrays and numbers out of range.
fn scalar(source: &DeValue<'_>) -> Option<Value> {
    Some(match source {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        DeValue::Integer(digits) => {
            Value::Integer(i64::from_str_radix(digits.as_str(), digits.radix()).ok()?)
        }
        DeValue::Float(digits) => Value::Float(digits.as_str().parse().ok()?),
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Datetime(value) => Value::Datetime(*value),
        DeValue::Array(_) | DeValue::Table(_) => return None,
    })
}

/// Whether two scalars are the same: each NaN is every NaN, and -0.0 is not 0.0.
fn scalars_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Value::Datetime(a), Value::Datetime(b)) => full(*a) == full(*b),
        _ => one == other,
    }
}

/// A time that leaves out its seconds (TOML 1.1) has none.
fn full(value: Datetime) -> Datetime {
    let time = value.time.map(|time| Time {
        second: time.second.or(Some(0)),
        nanosecond: time.nanosecond.or(Some(0)),
        ..time
    });
    Datetime { time, ..value }
}
