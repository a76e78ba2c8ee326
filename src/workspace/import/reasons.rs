//! Why rows were refused, summed up: what many of them share is said once.

use super::{Imported, Refusal};

/// A reason that rows share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared<'a> {
    /// How many rows.
    pub count: usize,
    /// The line of the first one.
    pub line: u64,
    /// The reason as the first one has it; of the others the values may differ.
    pub refusal: &'a Refusal,
}

impl Imported {
    /// The reasons why rows were refused, the commonest first; of equally common ones the earlier line.
    pub fn reasons(&self) -> Vec<Shared<'_>> {
        let mut reasons: Vec<Shared<'_>> = Vec::new();
        for (row, refusal) in &self.refused {
            match reasons.iter_mut().find(|shared| kind(shared.refusal) == kind(refusal)) {
                Some(shared) => shared.count += 1,
                None => reasons.push(Shared { count: 1, line: row.line, refusal }),
            }
        }
        reasons.sort_by_key(|shared| std::cmp::Reverse(shared.count));
        reasons
    }
}

/// What two refusals have in common: what is wrong, and in which column or field.
fn kind(refusal: &Refusal) -> (&'static str, &str) {
    match refusal {
        Refusal::Value { head, fault } => (fault.code(), head),
        Refusal::Log { head, fault } => (fault.code(), head),
        Refusal::NoYear { head, .. } => (refusal.code(), head),
        Refusal::Lacks { field } => (refusal.code(), field.en),
        Refusal::NoParent { section, .. } | Refusal::NoRecord { section, .. } => (refusal.code(), section.en),
        Refusal::Broken { fault } => (fault.code(), ""),
        Refusal::Unreadable { reason } => (reason.code(), ""),
        other => (other.code(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sheet::SheetRow;

    #[test]
    fn rows_with_one_reason_are_counted_together_and_the_commonest_comes_first() {
        let year = |day: &str| Refusal::NoYear { head: "log".into(), day: day.into(), year: 2026 };
        let other_head = Refusal::NoYear { head: "diary".into(), day: "3/11".into(), year: 2026 };
        let all = [Refusal::NoName, year("3/11"), other_head, year("4/1"), Refusal::NoName, year("5/2")];
        let row = |at: usize| SheetRow { line: at as u64 + 2, cells: Vec::new() };
        let refused = all.into_iter().enumerate().map(|(at, refusal)| (row(at), refusal)).collect();
        let done = Imported { refused, ..Imported::default() };
        let told = done.reasons().iter().map(|r| (r.count, r.line, r.refusal.code())).collect::<Vec<_>>();
        assert_eq!(told, [(3, 3, "row_no_year"), (2, 2, "row_no_name"), (1, 4, "row_no_year")]);
        assert_eq!(Imported::default().reasons(), []);
    }
}
