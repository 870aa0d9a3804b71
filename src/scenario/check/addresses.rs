//! Addresses that may belong to somebody.
//!
//! A drill that names a real domain or number sends curious people there. Only
//! what is reserved passes: RFC 2606 and 6761 names, RFC 5737 and 3849
//! documentation ranges, and ranges that are nobody's on the internet
//! (RFC 6890). Addresses of sources are real and are not looked at.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::lower::Seen;
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn addresses(&mut self) {
        let mut found = Vec::new();
        for written in self.reader.written.iter().filter(|written| written.seen != Seen::Source) {
            for word in unreserved(&written.text) {
                found.push((self.within(written.span, word), quoted(word)));
            }
        }
        for (place, word) in found {
            let finding =
                Diagnostic::new(Code::UnreservedAddress, place, format!("{word} may belong to somebody"));
            self.report(
                finding
                    .help("use a name under `.example`, or an address from 192.0.2.0/24, 198.51.100.0/24 or 2001:db8::/32"),
            );
        }
    }
}

/// The words of a text that are addresses of somebody.
fn unreserved(text: &str) -> Vec<&str> {
    let apart = |c: char| c.is_whitespace() || "<>()[]\"'`,;|\\*=".contains(c);
    let words = text.split(apart).map(|word| word.trim_matches(['.', ':', '!', '?', '…', '_']));
    words.filter(|word| word.len() > 3 && word.contains(['.', ':']) && !is_reserved(word)).collect()
}

/// Whether a word is no address, or one that is reserved.
fn is_reserved(word: &str) -> bool {
    let (host, certain) = match (word.split_once("://"), word.rsplit_once('@')) {
        (Some((_, rest)), _) => (rest.rsplit_once('@').map_or(rest, |(_, host)| host), true),
        (None, Some((_, host))) => (host, true),
        (None, None) => (word, false),
    };
    if let Some(v6) = six(host) {
        return reserved_6(v6);
    }
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or(host);
    if let Ok(v4) = host.parse::<Ipv4Addr>() {
        return reserved_4(v4);
    }
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if host.contains(['{', '}'])
        && !host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic()))
    {
        // What a slot fills in is looked at where it is written.
        return true;
    }
    if !certain && !looks_like_domain(word) {
        return true;
    }
    reserved_name(&host)
}

/// An IPv6 address, bare or in the brackets of a link (which splitting took away).
fn six(host: &str) -> Option<Ipv6Addr> {
    let bare = host.split(['/', '%']).next().unwrap_or(host);
    (bare.matches(':').count() >= 2).then(|| bare.parse().ok())?
}

fn reserved_4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    address.is_documentation()
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
        // Shared address space, benchmarking, and what is kept for the future.
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || a >= 240
}

fn reserved_6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    (first == 0x2001 && second == 0xdb8)
        || (first == 0x3fff && second < 0x1000)
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
}

fn reserved_name(host: &str) -> bool {
    const LAST: &[&str] = &["example", "test", "invalid", "localhost", "local", "internal", "arpa", "onion"];
    const WHOLE: &[&str] = &["example.com", "example.net", "example.org"];
    let last = host.rsplit('.').next().unwrap_or(host);
    LAST.contains(&last)
        || WHOLE.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|h| h.ends_with('.')))
        // A bare host is a machine of the story.
        || !host.contains('.')
}

/// Whether a bare word is written like a domain: common endings only, for
/// `report.md` and `e.g` are no domains to a reader.
fn looks_like_domain(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "com", "org", "net", "edu", "gov", "int", "info", "biz", "io", "eu", "de", "uk", "fr", "es", "nl",
        "se", "dk", "fi", "pl", "ch", "ru", "cn", "jp", "br", "au", "ca", "cloud", "online", "site", "shop",
        "xyz", "app", "dev", "tech", "bank", "support", "top", "live", "click", "link",
    ];
    let name = word.split(['/', '?', '#', ':']).next().unwrap_or(word);
    let labels: Vec<_> = name.split('.').collect();
    let plain = |label: &&str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-{}".contains(&b))
    };
    labels.len() >= 2 && labels.iter().all(plain) && labels.last().is_some_and(|last| ENDINGS.contains(last))
}

#[cfg(test)]
mod tests {
    use super::unreserved;

    #[test]
    fn what_belongs_to_nobody_passes() {
        for text in [
            "mara@halden.example, http://portal.test/x?y=1, www.example.com.",
            "10.0.0.7 192.168.1.1:8080 203.0.113.9/24 198.51.100.4 2001:db8::1 fe80::1 ::1",
            "at 15:40:07 version 1.2.3.4.5, report.md, e.g. this, node.js, {a.b}@{c.d}.example",
            "https://[2001:db8::7]/x \\\\fileserver\\share srv-01.corp.internal AS64500",
            "00:1b:44:11:3a:b7 C:\\Windows\\System32\\cmd.exe",
        ] {
            assert_eq!(unreserved(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn what_may_belong_to_somebody_does_not() {
        for (text, words) in [
            ("write to mara@halden.com now", vec!["mara@halden.com"]),
            ("see https://login-portal.net/reset.", vec!["https://login-portal.net/reset"]),
            ("from 8.8.8.8:53 to 2606:4700::1111", vec!["8.8.8.8:53", "2606:4700::1111"]),
            ("open halden-pay.com, please", vec!["halden-pay.com"]),
            ("http://1.1.1.1/x", vec!["http://1.1.1.1/x"]),
            ("notexample.com", vec!["notexample.com"]),
            ("{x.name}@evil.com", vec!["{x.name}@evil.com"]),
        ] {
            assert_eq!(unreserved(text), words, "{text}");
        }
    }
}
