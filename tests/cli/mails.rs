//! Mails come in as follow-ups: the six fields of the record, the customer by the addresses, the
//! same mail never twice.

use std::fs;

use crate::desk::{Answer, Desk};

/// From Anna, late in the evening of New York: the next day in the archive's zone.
const FROM_ANNA: &str = "From: =?utf-8?q?Anna_M=C3=BCller?= <Anna@Mueller.example>\r\n\
To: Lin Wei <lin@example.com>, sales@example.com\r\nCc: karl@mueller.example\r\n\
Date: Tue, 10 Mar 2026 23:30:00 -0500\r\nSubject: =?gb18030?b?sai827Wl?= gear pumps\r\n\
Message-ID: <a1@mueller.example>\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=\"cut\"\r\n\r\n\
--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Lin,\r\n\r\nplease quote FOB Ningbo.\r\n\
--cut\r\nContent-Type: application/pdf; name=\"RFQ.pdf\"\r\n\
Content-Disposition: attachment; filename=\"RFQ.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n\
--cut--\r\n";
/// To Anna, in GBK, by somebody of the team.
const TO_ANNA: &str = "From: wang@example.com\r\nTo: anna@mueller.example\r\n\
Date: Wed, 11 Mar 2026 09:12:00 +0800\r\nSubject: Quotation\r\nMessage-ID: <b2@example.com>\r\n\
Content-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C4=FA=BA=C3\r\n";
const FROM_NOBODY: &str = "From: new@unknown.example\r\nTo: lin@example.com\r\n\
Date: Wed, 11 Mar 2026 10:00:00 +0800\r\nSubject: Enquiry\r\nMessage-ID: <c3@unknown.example>\r\n\
Content-Type: text/html\r\n\r\n<p>Do you make <b>pumps</b>?</p>\r\n";

/// A desk with Müller, whose Anna has her address in a channel, and one more customer.
fn desk() -> Desk {
    let desk = Desk::new();
    let path = desk.archive.join("crm.toml");
    let team = "\n[[team]]\nkey = \"wang\"\nname = \"Wang Fang\"\nemails = [\"wang@example.com\"]\n";
    fs::write(&path, fs::read_to_string(&path).expect("settings") + team).expect("settings");
    desk.crm(&["add", "Müller Maschinenbau GmbH", "--country", "DE"]).done();
    desk.crm(&["contact", "add", "Müller", "name=Anna Müller", "email=anna@mueller.example"]).done();
    desk.crm(&["add", "Fujita Valves", "--country", "JP", "email=sato@fujita.example"]).done();
    desk.crm(&["commit"]).done();
    desk
}

fn takes(desk: &Desk, name: &str, mail: &str) -> Answer {
    desk.import(name, mail, &[])
}

#[test]
fn a_mail_is_a_followup_of_the_customer_who_wrote_it_with_all_its_fields() {
    wants_git!();
    let desk = desk();
    let before = desk.commits();
    let said = takes(&desk, "rfq.eml", FROM_ANNA).done();
    assert!(said.err.contains("new 1, filled 0, the same 0, refused 0"), "{}", said.err);
    assert_eq!(desk.commits(), before + 1);
    let text = desk.text("Müller");
    for line in [
        "date = 2026-03-11\n",
        "how = \"email\"\n",
        "topic = \"报价单 gear pumps\"\n",
        "note = \"\"\"\nDear Lin,\n\nplease quote FOB Ningbo.\"\"\"\n",
        "sent_at = 2026-03-10T23:30:00-05:00\n",
        "recipients = [\"lin@example.com\", \"sales@example.com\"]\n",
        "copies = [\"karl@mueller.example\"]\n",
        "attachments = [\"RFQ.pdf\"]\n",
        "message_id = \"<a1@mueller.example>\"\n",
        "incoming = true\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let listed = desk.crm(&["followup", "list", "Müller", "--format", "json"]).done().out;
    let contact = text.split("[[contacts]]\nid = \"").nth(1).map(|rest| &rest[..6]).expect("a contact");
    assert!(text.contains(&format!("contact = \"{contact}\"\n")) && listed.contains("a1@mueller"), "{text}");
    assert!(!desk.text("Fujita").contains("followups"));
    desk.is_clean_and_sound();
}

#[test]
fn the_same_mail_is_never_there_twice_however_it_comes() {
    wants_git!();
    let desk = desk();
    takes(&desk, "rfq.eml", FROM_ANNA).done();
    let before = desk.commits();
    let again = takes(&desk, "copy of rfq.eml", FROM_ANNA).done();
    assert!(again.err.contains("new 0, filled 0, the same 1"), "{}", again.err);
    let moved = FROM_ANNA.replace("quote FOB Ningbo", "quote CIF Hamburg");
    let differs = takes(&desk, "edited.eml", &moved).done();
    assert!(differs.err.contains("1 value unlike"), "{}", differs.err);
    assert_eq!((desk.commits(), desk.text("Müller").matches("[[followups]]").count()), (before, 1));
    let mailbox: String = [FROM_ANNA, TO_ANNA, FROM_NOBODY]
        .map(|mail| format!("From - Wed Mar 11 09:12:00 2026\n{}\n", mail.replace("\r\n", "\n")))
        .concat();
    let box_said = takes(&desk, "inbox.mbox", &mailbox).exits(5);
    assert!(box_said.err.contains("new 1, filled 0, the same 1, refused 1"), "{}", box_said.err);
    assert!(
        box_said.err.contains("no customer has one of the addresses new@unknown.example"),
        "{}",
        box_said.err
    );
    assert!(box_said.err.contains("`crm import followups "), "{}", box_said.err);
    let text = desk.text("Müller");
    assert!(text.contains("note = \"您好\"\n") && text.contains("by = \"wang\"\n"), "{text}");
    assert_eq!(text.matches("incoming = true").count(), 1, "ours is not incoming: {text}");
    assert_eq!(desk.commits(), before + 1);
    desk.is_clean_and_sound();
}

#[test]
fn what_was_refused_comes_in_from_its_file_once_the_address_is_known() {
    wants_git!();
    let desk = desk();
    takes(&desk, "enquiry.eml", FROM_NOBODY).exits(5);
    desk.crm(&["set", "Fujita", "email=new@unknown.example"]).done();
    let rejected = desk.home().join("enquiry.eml.rejected.csv");
    let rejected = rejected.to_str().expect("a path");
    desk.crm(&["import", "followups", rejected]).done();
    let text = desk.text("Fujita");
    assert!(text.contains("topic = \"Enquiry\"") && text.contains("Do you make pumps?"), "{text}");
    assert!(text.contains("date = 2026-03-11\n") && text.contains("incoming = true\n"), "{text}");
}

#[test]
fn what_is_no_mail_or_belongs_to_two_is_refused_with_the_reason() {
    wants_git!();
    let desk = desk();
    let head = desk.git(&["rev-parse", "HEAD"]);
    let none = takes(&desk, "note.eml", "Just a text.\n").exits(2);
    assert!(none.err.contains("no mail"), "{}", none.err);
    let outlook = takes(&desk, "mail.msg", "\u{1}").exits(2);
    assert!(outlook.err.contains(".eml"), "{}", outlook.err);
    let torn = format!("From - Wed Mar 11\nno mail\n\nFrom - Wed Mar 11\n{}", TO_ANNA.replace("\r\n", "\n"));
    let torn = desk.import("torn.mbox", torn, &["--dry-run"]).exits(5);
    assert!(torn.err.contains("new 1, filled 0, the same 0, refused 1"), "{}", torn.err);
    let both = TO_ANNA.replace("To: anna@mueller.example", "To: anna@mueller.example, sato@fujita.example");
    let two = takes(&desk, "both.eml", &both).exits(5);
    assert!(two.err.contains("several customers: C0001, C0002"), "{}", two.err);
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
}
