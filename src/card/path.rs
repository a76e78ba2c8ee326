//! How a place in a card is named: `phone`, `tags`, `custom.port`, `contacts[k3f].title`,
//! `contacts[k3f].channels[z07].value`. Ids may be shortened to what is unique.

use std::fmt;

/// A place in a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// A field of the card itself.
    Field(String),
    /// A field of the company's own, under `[custom]`.
    Custom(String),
    /// A record, or a field of it.
    Record {
        /// The section.
        section: String,
        /// The id of the record, maybe shortened.
        id: String,
        /// The child record, where one is named.
        child: Option<(String, String)>,
        /// The field, where one is named.
        field: Option<String>,
    },
    /// A whole section.
    Section(String),
}

/// A place in a card, which becomes text only where there is something to say of it.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    /// A key of the card itself.
    Top(&'p str),
    /// A key of a record.
    In(&'p Place<'p>, &'p str),
    /// A record, by its id.
    Record(&'p Place<'p>, &'p str),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Top(key) => f.write_str(key),
            Place::In(holder, key) => write!(f, "{holder}.{key}"),
            Place::Record(section, id) => write!(f, "{section}[{id}]"),
        }
    }
}

/// A text that names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPath;

impl Path {
    /// Reads a path. `is_section` tells a section's key from a field's.
    ///
    /// # Errors
    /// When the text does not follow the grammar.
    pub fn parse(text: &str, is_section: impl Fn(&str) -> bool) -> Result<Path, NotAPath> {
        let mut parts = text.trim().split('.').map(part);
        let (head, id) = parts.next().ok_or(NotAPath)??;
        let second = parts.next().transpose()?;
        let third = parts.next().transpose()?;
        if parts.next().is_some() {
            return Err(NotAPath);
        }
        let Some(id) = id else {
            return match (second, third) {
                (None, None) if is_section(&head) => Ok(Path::Section(head)),
                (None, None) => Ok(Path::Field(head)),
                (Some((key, None)), None) if head == "custom" => Ok(Path::Custom(key)),
                _ => Err(NotAPath),
            };
        };
        let (child, field) = match (second, third) {
            (None, None) => (None, None),
            (Some((field, None)), None) => (None, Some(field)),
            (Some((child, Some(id))), None) => (Some((child, id)), None),
            (Some((child, Some(id))), Some((field, None))) => (Some((child, id)), Some(field)),
            _ => return Err(NotAPath),
        };
        Ok(Path::Record { section: head, id, child, field })
    }
}

/// `key` or `key[id]`.
fn part(text: &str) -> Result<(String, Option<String>), NotAPath> {
    let (key, id) = match text.split_once('[') {
        None => (text, None),
        Some((key, rest)) => (key, Some(rest.strip_suffix(']').ok_or(NotAPath)?)),
    };
    let key_fits = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let id_fits = id.is_none_or(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !key_fits || !id_fits {
        return Err(NotAPath);
    }
    Ok((key.to_owned(), id.map(str::to_lowercase)))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Field(key) | Path::Section(key) => f.write_str(key),
            Path::Custom(key) => write!(f, "custom.{key}"),
            Path::Record { section, id, child, field } => {
                write!(f, "{section}[{id}]")?;
                if let Some((key, id)) = child {
                    write!(f, ".{key}[{id}]")?;
                }
                field.as_ref().map_or(Ok(()), |field| write!(f, ".{field}"))
            }
        }
    }
}

/// Whether a place in a card is `wanted`, or below it. The ids in `wanted` may be shortened.
pub fn is_below(place: &str, wanted: &str) -> bool {
    let mut parts = place.split('.');
    wanted.split('.').all(|wanted| {
        let Some(part) = parts.next() else { return false };
        match wanted.trim_end_matches(']').split_once('[') {
            Some((section, id)) => {
                let record = part.trim_end_matches(']').split_once('[');
                record.is_some_and(|(s, i)| s == section && i.starts_with(id))
            }
            None => part.split('[').next() == Some(wanted),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_and_prints_itself() {
        let paths = [
            "phone",
            "contacts",
            "custom.port",
            "contacts[k3f]",
            "contacts[k3f].title",
            "contacts[k3f].channels[z07]",
            "contacts[k3f].channels[z07].value",
        ];
        for text in paths {
            let path = Path::parse(text, |k| k == "contacts").expect(text);
            assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn what_follows_no_form_is_refused() {
        for text in
            ["", "a.b", "contacts[", "contacts[]", "contacts[k3f].a.b", "a b", "contacts[k].c[z].d.e", "../x"]
        {
            assert_eq!(Path::parse(text, |k| k == "contacts"), Err(NotAPath), "{text}");
        }
    }

    #[test]
    fn a_place_is_below_its_section_its_record_and_itself() {
        let title = "contacts[k3f9q2].title";
        for wanted in ["contacts", "contacts[k3f]", "contacts[k3f9q2]", "contacts[k3f].title", title] {
            assert!(is_below(title, wanted), "{wanted}");
        }
        for wanted in ["contact", "contacts[f9q2]", "contacts[k3f].name", "title", "contacts[k3f].title.x"] {
            assert!(!is_below(title, wanted), "{wanted}");
        }
        assert!(is_below("contacts[k3f9q2].channels[z07w4c].value", "contacts[k3f].channels"));
        assert!(is_below("custom.port", "custom") && is_below("phone", "phone"));
    }
}
