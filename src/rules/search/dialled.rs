//! Telephone numbers however they are typed: digits alone, without what one dials before them.

/// Fewer digits are found as they stand, or not at all.
const FEWEST: usize = 4;
/// A number without its country code has at least so many digits.
const FEWEST_AT_HOME: usize = 7;
/// What begins an extension.
const EXTENSIONS: [char; 5] = ['x', 'e', '#', ';', '转'];

/// The digits of a number, each with its place in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Digits {
    pub text: String,
    /// For each digit, the byte of the text.
    pub places: Vec<usize>,
}

/// How a number is asked for.
#[derive(Debug, Default, PartialEq)]
pub(super) struct AskedNumber {
    /// Found anywhere in a number.
    pub anywhere: Vec<String>,
    /// Found at the end of one: the number without what may be a country code.
    pub at_end: Vec<String>,
}

/// The ways in which a folded text is a number: none, where it is no number; two, where a zero may be
/// that of a trunk call (`86-0574-…`).
pub(super) fn dialled(folded: &str) -> Vec<Digits> {
    let main = folded.split(EXTENSIONS).next().unwrap_or("");
    if main.chars().any(|c| !c.is_ascii_digit() && !" +-./()‐–—".contains(c)) {
        return Vec::new();
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut before = ' ';
    for (at, c) in main.char_indices() {
        if c.is_ascii_digit() && !main[..at + 1].ends_with("(0") {
            match groups.last_mut() {
                Some(group) if before.is_ascii_digit() => group.push(at),
                _ => groups.push(vec![at]),
            }
        } else if c.is_ascii_digit() && !main[at + 1..].starts_with(')') {
            groups.push(vec![at]);
        }
        before = c;
    }
    let is_zero = |at: &usize| main.as_bytes()[*at] == b'0';
    let Some(first) = groups.first_mut() else { return Vec::new() };
    let zeros = first.iter().take_while(|at| is_zero(at)).count();
    first.drain(..zeros);
    let may_be_country = zeros != 1 && (1..=3).contains(&first.len());
    let digits = |groups: &[Vec<usize>]| {
        let places: Vec<usize> = groups.concat();
        Digits { text: places.iter().map(|at| char::from(main.as_bytes()[*at])).collect(), places }
    };
    let mut ways = vec![digits(&groups)];
    if may_be_country && groups.get(1).is_some_and(|second| second.len() > 1 && is_zero(&second[0])) {
        groups[1].remove(0);
        ways.push(digits(&groups));
    }
    ways.retain(|way| way.text.len() >= FEWEST);
    ways
}

/// How a folded text asks for a number, if it is one.
pub(super) fn asked(folded: &str) -> Option<AskedNumber> {
    let anywhere: Vec<String> = dialled(folded).into_iter().map(|way| way.text).collect();
    if anywhere.is_empty() {
        return None;
    }
    let is_international = folded.starts_with('+') || folded.starts_with("00") || anywhere.len() > 1;
    let mut at_end = Vec::new();
    for number in anywhere.iter().filter(|_| is_international) {
        at_end.extend((1..=3).filter_map(|code| number.get(code..)).map(str::to_owned));
    }
    at_end.retain(|number| number.len() >= FEWEST_AT_HOME && !number.starts_with('0'));
    Some(AskedNumber { anywhere, at_end })
}
