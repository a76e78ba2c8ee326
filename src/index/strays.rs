//! What one card alone does not tell: two folders with one id, and customers that HEAD has and that
//! are nowhere in the layout any more.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::{Source, Trouble};
use crate::archive::Sweep;
use crate::card::schema::Described;
use crate::card::{id, read};
use crate::sections::{Basics, SCHEMA};

/// Of two folders with one id, the one that HEAD knows keeps it; the others get an id that follows
/// from where they stand.
pub(super) fn part_twins(
    connection: &Connection,
    source: &Source<'_>,
    ids: &BTreeSet<String>,
) -> Result<(), Trouble> {
    // Those that were twins, and those of the given ones that are: nearly always none.
    let mut suspects = connection.prepare(
        "SELECT text_id FROM customers WHERE id <> text_id UNION
         SELECT text_id FROM customers WHERE text_id IN (SELECT value FROM json_each(?1))
         GROUP BY text_id HAVING count(*) > 1",
    )?;
    let given = serde_json::to_string(ids).unwrap_or_default();
    let suspects: Vec<String> = suspects.query_map([given], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut rows =
        connection.prepare("SELECT card, folder FROM customers WHERE text_id = ?1 ORDER BY folder")?;
    let mut set = connection.prepare("UPDATE customers SET id = ?2 WHERE card = ?1 AND id <> ?2")?;
    for id in suspects {
        let twins: Vec<(i64, String)> =
            rows.query_map([&id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
        let keeper = if twins.len() > 1 { keeper(source, &id, &twins)? } else { 0 };
        for (at, (card, folder)) in twins.iter().enumerate() {
            let own = if at == keeper { id.clone() } else { id::derived_copy(&id, folder) };
            set.execute((card, own))?;
        }
    }
    Ok(())
}

fn keeper(source: &Source<'_>, id: &str, twins: &[(i64, String)]) -> Result<usize, Trouble> {
    let cards = source.history.head_cards(twins.iter().map(|(_, folder)| folder.as_str()))?;
    let known = cards.iter().find(|(_, bytes)| id_of(bytes).as_deref() == Some(id));
    Ok(known.and_then(|(folder, _)| twins.iter().position(|(_, f)| f == folder)).unwrap_or(0))
}

/// The id of a card's text.
pub(crate) fn id_of(bytes: &[u8]) -> Option<String> {
    read::read(std::str::from_utf8(bytes).ok()?, &SCHEMA).ok().map(|card| card.basics.id)
}

/// Customers that HEAD has and that are nowhere in the layout any more.
pub(super) fn note_missing(
    connection: &Connection,
    source: &Source<'_>,
    sweep: &Sweep,
) -> Result<(), Trouble> {
    let there: BTreeSet<String> = sweep
        .folders
        .iter()
        .flat_map(|f| f.companies.iter().zip(&f.cards).map(move |(company, card)| (f, company, card)))
        .filter(|(_, _, card)| card.is_some())
        .map(|(folder, company, _)| format!("{}/{company}", folder.path))
        .collect();
    let in_head = source.history.head_customers(source.layout)?;
    let away = in_head.iter().filter(|folder| !there.contains(*folder)).map(String::as_str);
    connection.execute("DELETE FROM missing", [])?;
    for (folder, bytes) in source.history.head_cards(away)? {
        let Some(card) = std::str::from_utf8(&bytes).ok().and_then(|text| read::read(text, &SCHEMA).ok())
        else {
            continue;
        };
        let value = |key| card.basics.get(Basics::SECTION, key).map(|v| v.text().into_owned());
        let moved: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM customers WHERE text_id = ?1)",
            [&card.basics.id],
            |r| r.get(0),
        )?;
        if !moved {
            connection.execute(
                "INSERT INTO missing VALUES (?1, ?2, ?3, ?4)",
                (&folder, &card.basics.id, value("no"), value("name")),
            )?;
        }
    }
    Ok(())
}
