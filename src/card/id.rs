//! Ids: 60 random bits for a customer, 30 for a record, as Crockford base32 in lower case.
//! What a person wrote by hand without an id gets one that follows from its content, so that
//! two clones that take in the same text give the same id.

use sha1::{Digest, Sha1};

/// Crockford base32: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters in the id of a customer: 60 bits.
pub const CARD_LEN: usize = 12;
/// Characters in the id of a record: 30 bits.
pub const RECORD_LEN: usize = 6;

/// A new id of a customer.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn random_card() -> Result<String, getrandom::Error> {
    let mut bytes = [0; CARD_LEN];
    getrandom::fill(&mut bytes)?;
    Ok(spell(&bytes))
}

/// A new id of a record that none of `taken` has.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn random_record(taken: impl Fn(&str) -> bool) -> Result<String, getrandom::Error> {
    loop {
        let mut bytes = [0; RECORD_LEN];
        getrandom::fill(&mut bytes)?;
        let id = spell(&bytes);
        if !taken(&id) {
            return Ok(id);
        }
    }
}

/// The id of a hand-written card without one: it follows from the text of the card.
pub fn derived_card(text: &str) -> String {
    derived(&["card", text], CARD_LEN)
}

/// The id of a copied folder: it follows from the id that was copied and where the copy stands.
pub fn derived_copy(of: &str, folder: &str) -> String {
    derived(&["copy", of, folder], CARD_LEN)
}

/// The id of a hand-written record without one: it follows from the card's id, the section and
/// the values; `twin` counts equal records from 0.
pub fn derived_record(card: &str, section: &str, values: &str, twin: usize) -> String {
    derived(&[card, section, values, &twin.to_string()], RECORD_LEN)
}

/// Whether `text` can be the id of a card.
pub fn is_card(text: &str) -> bool {
    text.len() == CARD_LEN && looks_like(text)
}

/// Whether `text` can be the id of a record.
pub fn is_record(text: &str) -> bool {
    text.len() == RECORD_LEN && looks_like(text)
}

/// Whether a card may give `text` as an id: whoever writes by hand may choose letters of their own.
pub fn can_be_given(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether `text` can be an id, whole or shortened.
pub fn looks_like(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| ALPHABET.contains(&b))
}

fn derived(parts: &[&str], len: usize) -> String {
    let mut hash = Sha1::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    spell(&hash.finalize()[..len])
}

/// One character for the low five bits of each byte.
fn spell(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_follow_from_the_content_alone() {
        let one = derived_record("c", "followups", "date=2026-01-01", 0);
        assert_eq!(one, derived_record("c", "followups", "date=2026-01-01", 0));
        assert_ne!(one, derived_record("c", "followups", "date=2026-01-01", 1));
        assert_ne!(one, derived_record("d", "followups", "date=2026-01-01", 0));
        assert_eq!(one.len(), RECORD_LEN);
    }

    #[test]
    fn random_ids_avoid_what_is_taken() {
        let id = random_card().expect("random bytes");
        assert_eq!(id.len(), CARD_LEN);
        assert!(looks_like(&id));
        assert!(!looks_like("L0007"));
    }
}
