//! Lists of short texts as one line: parted by commas of any script. An item that has a comma of
//! its own stands in quotes, so that what is written is read back as it was.

/// What parts a list.
const PARTS: [char; 5] = [',', '，', '、', ';', '；'];

/// Commas of any script, and semicolons, part a list; what stands in quotes as a whole is one item.
pub fn split_list(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        match quoted(rest) {
            Some((item, after)) => {
                items.push(item);
                rest = after;
            }
            None => {
                let (item, after) = rest.split_at(rest.find(PARTS).unwrap_or(rest.len()));
                items.extend(Some(item.trim()).filter(|i| !i.is_empty()).map(str::to_owned));
                rest = after;
            }
        }
        let Some(part) = rest.chars().next() else { return items };
        rest = &rest[part.len_utf8()..];
    }
}

/// The item in quotes at the beginning, and what comes behind it: the next comma, or the end.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut inside = text.strip_prefix('"')?;
    let mut item = String::new();
    loop {
        let at = inside.find('"')?;
        item.push_str(&inside[..at]);
        inside = &inside[at + 1..];
        match inside.strip_prefix('"') {
            Some(after) => {
                item.push('"');
                inside = after;
            }
            None => break,
        }
    }
    let after = inside.trim_start();
    (after.is_empty() || after.starts_with(PARTS)).then_some((item, after))
}

/// A list as [`split_list`] reads it.
pub fn join_list(items: &[String]) -> String {
    let plain = |item: &str| {
        !item.is_empty() && item.trim() == item && !item.starts_with('"') && !item.contains(PARTS)
    };
    let written = items
        .iter()
        .map(|item| if plain(item) { item.clone() } else { format!("\"{}\"", item.replace('"', "\"\"")) });
    written.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_part_at_commas_of_any_script() {
        assert_eq!(split_list("a, b，c、d; e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(split_list(" ,a,, "), ["a"]);
        assert!(split_list(" , ").is_empty());
    }

    #[test]
    fn an_item_in_quotes_may_have_commas() {
        assert_eq!(split_list("\"steel, raw\", pipes"), ["steel, raw", "pipes"]);
        assert_eq!(split_list("\"a \"\"b\"\"\"；c"), ["a \"b\"", "c"]);
        assert_eq!(split_list("3\" valves, \"half"), ["3\" valves", "\"half"]);
        assert_eq!(split_list("\"fine\" pipes, b"), ["\"fine\" pipes", "b"]);
        assert_eq!(join_list(&["steel, raw".into(), "pipes".into()]), "\"steel, raw\", pipes");
    }

    proptest! {
        #[test]
        fn what_is_joined_is_split_as_it_was(items in proptest::collection::vec("[ab\",，、; \n中]{0,6}", 0..5)) {
            prop_assert_eq!(split_list(&join_list(&items)), items);
        }
    }
}
