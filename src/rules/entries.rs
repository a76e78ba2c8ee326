//! The numbers of entries: follow-ups and rounds of a negotiation are numbered from 1 in the
//! order of their days, without gaps and without end. The numbers follow from the days and are not stored.

use chrono::NaiveDate;

use crate::card::schema::{Described, Typed};
use crate::card::{Record, Section};
use crate::sections::{Followup, Negotiation};

/// Whether the records of a section are numbered.
pub fn are_numbered(section: &Section) -> bool {
    [Followup::SECTION, Negotiation::SECTION].iter().any(|numbered| numbered.key == section.key)
}

/// The number of each record, in their order: of one day, the one that stands first on the card first.
pub fn numbers(section: &Section, records: &[&Record]) -> Vec<i64> {
    let day = |record: &Record| NaiveDate::from_value(record.get(section, "date"));
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|at| (day(records[*at]), records[*at].position));
    let mut numbers = vec![0; records.len()];
    for (number, at) in (1..).zip(order) {
        numbers[at] = number;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::SCHEMA;

    #[test]
    fn entries_are_numbered_by_their_days_without_gaps() {
        let days = ["2026-03-03", "2026-03-01", "2026-03-03", "2026-03-02"];
        let text = days.map(|day| format!("[[negotiations]]\ndate = {day}\ncontent = \"x\"\n")).concat();
        let card = crate::card::read::read(&format!("name = \"A\"\n{text}"), &SCHEMA).expect("a card");
        let records: Vec<&Record> = card.of(&SCHEMA, Negotiation::SECTION.key).iter().collect();
        assert_eq!(numbers(Negotiation::SECTION, &records), [3, 1, 4, 2]);
        assert!(are_numbered(Followup::SECTION) && !are_numbered(crate::sections::Plan::SECTION));
    }
}
