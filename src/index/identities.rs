//! What tells customers of other programs' sheets apart from ours: their keys there, numbers, names,
//! countries and mail addresses.

use std::collections::BTreeMap;

use super::ask::{KNOWN, Known, known};
use super::{Answer, Index};

/// A customer with what a sheet may know it by.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who it is.
    pub known: Known,
    /// ISO 3166-1.
    pub country: String,
    /// The keys in other programs.
    pub external: BTreeMap<String, String>,
    /// The mail addresses of the customer and its people, folded.
    pub emails: Vec<String>,
}

impl Index {
    /// Every customer.
    pub fn identities(&self) -> Answer<Vec<Identity>> {
        let question =
            format!("SELECT {KNOWN}, c.country, c.external, c.lookup FROM customers c ORDER BY c.folder");
        let mut statement = self.connection.prepare(&question)?;
        let identity = |row: &rusqlite::Row<'_>| {
            let external: Option<String> = row.get(6)?;
            let lookup = row.get_ref(7)?.as_str()?;
            Ok(Identity {
                known: known(row)?,
                country: row.get(5)?,
                external: external.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
                emails: lookup.split('\n').filter(|line| line.contains('@')).map(str::to_owned).collect(),
            })
        };
        statement.query_map([], identity)?.collect()
    }
}
