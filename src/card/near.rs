//! Near misses: which known word a person may have meant.

/// The known word that is nearest to `word`, if one is near enough: at most a third of it wrong.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_word_and_another_word_does_not() {
        assert_eq!(nearest("websit", ["website", "owner"]), Some("website"));
        assert_eq!(nearest("onwer", ["website", "owner"]), Some("owner"));
        assert_eq!(nearest("colour", ["website", "owner"]), None);
    }
}
