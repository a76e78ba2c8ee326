//! Which fields of a follow-up fit which way of contact, and what cannot be: a call has minutes, a
//! mail recipients, a visit a place.

use crate::sections::{Followup, How, Verdict};

/// A kind of contact, with the fields that only it has.
#[derive(Debug)]
pub struct ContactKind {
    /// The ways of contact that are of this kind.
    pub ways: &'static [How],
    /// The fields.
    pub fields: &'static [&'static str],
}

/// The kinds of contact that have fields of their own.
pub const KINDS: &[ContactKind] = &[
    ContactKind { ways: &[How::Phone, How::WebChat, How::Other], fields: &["minutes"] },
    ContactKind { ways: &[How::Email], fields: &["sent_at", "recipients", "copies", "message_id"] },
    ContactKind {
        ways: &[How::Email, How::WebChat, How::Sms, How::Other],
        fields: &["attachments", "mailing"],
    },
    ContactKind {
        ways: &[How::DoorVisit, How::InvitedVisit, How::Other],
        fields: &["place", "people", "companions", "requested_by", "purpose", "goal", "background", "prep"],
    },
];

/// The fields that only some ways have and this one has.
pub fn fields_of(how: How) -> impl Iterator<Item = &'static str> {
    KINDS.iter().filter(move |kind| kind.ways.contains(&how)).flat_map(|kind| kind.fields.iter().copied())
}

/// Whether a field may stand on a follow-up of this way; what no kind claims, every one has.
pub fn fits(how: How, key: &str) -> bool {
    KINDS.iter().all(|kind| !kind.fields.contains(&key) || kind.ways.contains(&how))
}

/// What is wrong with a follow-up as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It ends before it begins, or at once.
    EndsFirst,
    /// It is abandoned without a reason.
    NoReason,
}

/// The first thing that is wrong with a follow-up as a whole.
pub fn wrong(followup: &Followup) -> Option<Wrong> {
    if followup.began.zip(followup.ended).is_some_and(|(began, ended)| ended <= began) {
        return Some(Wrong::EndsFirst);
    }
    let has_reason = followup.abandon_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    (followup.verdict == Some(Verdict::Abandoned) && !has_reason).then_some(Wrong::NoReason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::schema::Described;

    #[test]
    fn a_call_has_minutes_and_a_visit_has_a_place() {
        assert!(fits(How::Phone, "minutes") && !fits(How::DoorVisit, "minutes"));
        assert!(fits(How::InvitedVisit, "place") && !fits(How::Email, "place"));
        assert!(fits(How::Email, "recipients") && fits(How::Email, "result"));
        assert!(fields_of(How::Phone).eq(["minutes"]));
    }

    #[test]
    fn every_field_of_a_kind_is_declared() {
        for key in KINDS.iter().flat_map(|kind| kind.fields) {
            assert!(Followup::SECTION.field(key).is_some(), "{key}");
        }
    }
}
