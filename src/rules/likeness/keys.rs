//! E-mail addresses, web sites and telephone numbers as they are compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::free_hosts;

/// Digits that two numbers must share from the end, where one has the country code.
const SHARED_DIGITS: usize = 9;
/// Fewer digits are an extension, or nobody's number.
const FEWEST_DIGITS: usize = 7;

static MAIL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| listed(free_hosts::MAIL));
static PAGES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| listed(free_hosts::PAGES));

fn listed(data: &'static str) -> HashSet<&'static str> {
    data.split([',', '\n']).map(str::trim).filter(|host| !host.is_empty()).collect()
}

/// An address as it is compared.
pub(super) fn mail(text: &str) -> Option<String> {
    let mail = text.trim().trim_start_matches("mailto:").to_lowercase();
    let (person, host) = mail.split_once('@')?;
    (!person.is_empty() && host.contains('.')).then_some(mail)
}

/// The host of an address, as a firm registers it.
pub(super) fn host_of_mail(mail: &str) -> Option<String> {
    mail.split_once('@').and_then(|(_, host)| registered(host))
}

/// The host of a web site, as a firm registers it, without `www`.
pub(super) fn host_of_site(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let behind = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = behind.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or("");
    registered(host.split(':').next().unwrap_or(""))
}

/// The part of a host that somebody registers: the last two labels, or three where the last two are
/// like `co.uk`. There is no list of public suffixes here, so firms below a rarer one
/// (`firm.kobe.jp`, `firm.city.example`) share a host, and are held for alike until that host is a
/// key that matches too many.
fn registered(host: &str) -> Option<String> {
    let host = host.trim_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let second = ["co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "ltd", "plc", "in"];
    let count = match labels[..] {
        [.., second_last, last] if last.len() == 2 && second.contains(&second_last) => 3,
        _ => 2,
    };
    let is_host = labels.len() >= 2 && labels.iter().all(|label| !label.is_empty());
    is_host.then(|| labels[labels.len().saturating_sub(count)..].join("."))
}

/// Whether so many share a host that it says nothing.
pub(super) fn is_shared(host: &str) -> bool {
    let first = host.split('.').next().unwrap_or("");
    let is_listed = |host: &str| MAIL.contains(host) || PAGES.contains(host);
    is_listed(host) || MAIL.contains(first)
}

/// The digits of a number, without what one dials before it: `+`, `00`, the zero of a trunk call, and
/// an extension.
pub(super) fn phone(text: &str) -> Option<String> {
    let text = text.to_lowercase().replace("(0)", "");
    let end = ["ext", "x", "#", "转", "轉", "-ext", ";"].iter().filter_map(|mark| text.find(mark)).min();
    let digits: String = text[..end.unwrap_or(text.len())].chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0').to_owned();
    (digits.len() >= FEWEST_DIGITS).then_some(digits)
}

/// Whether two numbers reach the same desk: the same digits, or one with the country code and one
/// without.
pub(super) fn same_phone(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    a == b || (short.len() >= SHARED_DIGITS && long.ends_with(short)) || {
        let tail = |number: &str| number.len().checked_sub(SHARED_DIGITS).map(|at| number[at..].to_owned());
        tail(short).is_some_and(|t| short.len() > SHARED_DIGITS && Some(t) == tail(long))
    }
}

/// What two numbers of one desk have in common.
pub(super) fn phone_key(phone: &str) -> &str {
    &phone[phone.len().saturating_sub(FEWEST_DIGITS)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_and_a_mail_have_the_host_that_is_registered() {
        for site in [
            "https://www.nordwind.example/en/?x=1",
            "nordwind.example",
            "HTTP://shop.Nordwind.example:8080",
            "www.nordwind.example.",
        ] {
            assert_eq!(host_of_site(site).as_deref(), Some("nordwind.example"), "{site}");
        }
        assert_eq!(host_of_mail("a@mail.nordwind.co.uk").as_deref(), Some("nordwind.co.uk"));
        assert_eq!(host_of_site("nordwind"), None);
    }

    #[test]
    fn hosts_that_many_share_are_known() {
        for host in ["gmail.com", "yahoo.co.uk", "qq.com", "163.com", "web.de", "gmx.net", "alibaba.com"] {
            assert!(is_shared(host), "{host}");
        }
        assert!(!is_shared("nordwind.example"));
    }

    #[test]
    fn a_number_is_its_digits_without_what_is_dialled_before() {
        let same = |a: &str, b: &str| same_phone(&phone(a).expect(a), &phone(b).expect(b));
        assert!(same("+49 (0)30 1234567", "030/1234567"));
        assert!(same("0086-571-8888 1234", "0571 88881234"));
        assert!(same("+86 138 0000 1234", "13800001234 ext. 7"));
        assert!(!same("+49 30 1234567", "+49 30 1234568"));
        assert!(!same("88881234", "+86 571 88881234"), "another town may have it too");
        assert_eq!(phone("110"), None);
    }
}
