//! Cells that a spreadsheet would run (invariant 8): guarded by a leading `'` on the way out, and
//! freed of it on the way in. Phone numbers, numbers and money are no such cells.

use std::borrow::Cow;

/// Puts a `'` before a cell that a spreadsheet would run.
///
/// Phone numbers, numbers and money are no such cells. A cell that is guarded already gets one
/// more, so that [`unguard`] gives back exactly what was there.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if would_run(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Takes off the `'` that [`guard`] has put before a cell.
pub fn unguard(cell: &str) -> Cow<'_, str> {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest.trim_start_matches('\'')) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(cell),
    }
}

/// Spreadsheets run what begins like this; some take the full-width forms for the narrow ones,
/// and some look past a line end.
fn would_run(cell: &str) -> bool {
    match cell.chars().next() {
        Some('+') => !is_phone(cell) && !is_amount(cell),
        Some('-') => !is_amount(cell),
        Some('=' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        _ => false,
    }
}

/// `+49 (30) 123-45`: digits and what people put between them, and at least five digits.
fn is_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let rest = cell.strip_prefix('+').unwrap_or(cell);
    let usual = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '.' | '/');
    digits >= 5 && rest.starts_with(|c: char| c.is_ascii_digit() || c == '(') && rest.chars().all(usual)
}

/// A number such as `-5`, `-1,234.50` or `-3 %`, or money such as `-12.50 USD`.
fn is_amount(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let unit_at = unsigned.find(|c: char| c != '.' && c != ',' && !c.is_ascii_digit());
    let (number, unit) = unsigned.split_at(unit_at.unwrap_or(unsigned.len()));
    let digit = |c: char| c.is_ascii_digit();
    number.starts_with(digit) && number.ends_with(digit) && (unit.is_empty() || is_unit(unit))
}

/// Money such as `12500.00 USD`.
pub fn is_money(cell: &str) -> bool {
    is_amount(cell) && cell.ends_with(|c: char| c.is_ascii_uppercase())
}

/// A percent sign, or a space and the code of a currency.
fn is_unit(unit: &str) -> bool {
    let currency = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    matches!(unit, "%" | " %") || unit.strip_prefix(' ').is_some_and(currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: [&str; 34] = [
        "",
        "'",
        "''",
        "'a",
        "=1+1",
        "'=1+1",
        "''=1+1",
        "=",
        "'=",
        "+",
        "-",
        "@",
        "'@SUM(A1)",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "'\t",
        "+49 30 123",
        "'+49 30 123",
        "+cmd|' /C calc'!A0",
        "'+cmd|' /C calc'!A0",
        "-5",
        "'-5",
        "''-5",
        "-12.50 USD",
        "-12.50 USD+1",
        "-2+3+cmd|' /C calc'!A0",
        "＝1",
        "＋86 10",
        "－无",
        "'＠",
        "-中文",
        "=HYPERLINK(\"http://x\",\"y\")",
    ];

    #[test]
    fn guard_and_unguard_are_exact() {
        for text in NASTY {
            assert_eq!(unguard(&guard(text)), text, "{text:?}");
            let twice = guard(text).into_owned();
            assert_eq!(unguard(&unguard(&guard(&twice))), text, "{text:?}");
        }
    }

    #[test]
    fn no_two_cells_are_guarded_alike() {
        let guarded: std::collections::BTreeSet<_> = NASTY.iter().map(|text| guard(text)).collect();
        assert_eq!(guarded.len(), NASTY.len());
    }

    #[test]
    fn only_what_would_run_is_guarded() {
        for harmless in [
            "+49 30 123",
            "+86 755-1234.5678",
            "+1 (212) 555 0100",
            "+(86) 10 12345",
            "-5",
            "+5",
            "-12.50",
            "-1,234.50",
            "-3%",
            "-3 %",
            "-12.50 USD",
            "Müller = Söhne",
            "'quoted'",
            "中文",
        ] {
            assert_eq!(guard(harmless), harmless);
        }
        for runs in [
            "=1",
            "+A1",
            "-A1",
            "@x",
            "\tx",
            "\rx",
            "-1+1",
            "+1-1",
            "-12.50 usd",
            "-12 USDX",
            "-",
            "+",
            "-1.",
            "+49 30 123 =A1",
            "+49 30 123\n=A1",
            "-5 USD\n",
            "+1*2*3*4*5",
        ] {
            assert_eq!(guard(runs), format!("'{runs}"));
        }
    }
}
