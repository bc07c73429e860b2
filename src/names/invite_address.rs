//! Addresses of invite links. Whoever has one can walk into a children's chat, so it is masked wherever it
//! could leak and never altered: a token is compared, stored and copied exactly as given.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::folding::is_invisible;

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 2048;

/// Hosts whose addresses are understood without `https://`, since messengers show them so.
const KNOWN_HOSTS: [&str; 10] = [
    "max.ru",
    "www.max.ru",
    "web.max.ru",
    "vk.me",
    "web.vk.me",
    "sferum.ru",
    "www.sferum.ru",
    "web.sferum.ru",
    "clck.ru",
    "vk.cc",
];

/// An address as it was given. Equality is case-sensitive; `Debug` prints it masked.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InviteAddress(String);

/// What an address looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressShape {
    /// `https://max.ru/join/<token>`
    MaxJoin,
    /// `https://vk.me/join/<token>`
    VkJoin,
    /// `https://sferum.ru/?p=messages&join=<token>`
    SferumJoin,
    /// A short copy (`https://clck.ru/…`): what it leads to is not seen.
    ShortCopy,
    /// An address of the platform that invites nobody.
    NotAnInvite(NotAnInviteKind),
    /// Any other http(s) host.
    OtherHost,
}

/// Which page of the platform was given instead of an invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotAnInviteKind {
    /// `https://max.ru/<name>`: somebody's profile, a channel or a bot.
    Profile,
    /// `https://sferum.ru/?call_link=…`: one call.
    Call,
    /// `https://sferum.ru/?p=dashboard&schoolId=…`: the administrator's own page.
    Cabinet,
    /// `https://web.vk.me/convo/…`: opens only for those who are already in.
    OpenChat,
    /// Any other page of the platform.
    Page,
}

/// Why a text is not taken for an address. Holds nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AddressProblem {
    /// Nothing is written.
    #[error("the address is empty")]
    Empty,
    /// It does not begin with `http://` or `https://` and the host is not a known one.
    #[error("the address has no http:// or https:// and no known host")]
    NoScheme,
    /// The host is missing or not a host.
    #[error("the address has no host")]
    NoHost,
    /// A space or a line break inside: cut in two, or two addresses.
    #[error("the address has whitespace inside")]
    InnerWhitespace,
    /// Longer than 2048 bytes.
    #[error("the address is longer than {LONGEST_ADDRESS} bytes")]
    TooLong,
}

impl AddressShape {
    /// Whether the address is known to let people in. A short copy or another host may do so too.
    pub fn is_invite(self) -> bool {
        matches!(self, AddressShape::MaxJoin | AddressShape::VkJoin | AddressShape::SferumJoin)
    }

    /// What the user is warned of, in Russian; nothing for invites of the platform.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            AddressShape::MaxJoin | AddressShape::VkJoin | AddressShape::SferumJoin => None,
            AddressShape::ShortCopy => Some(
                "Это короткая копия ссылки: куда она ведёт, не видно. Сохраните и полную ссылку из кабинета.",
            ),
            AddressShape::NotAnInvite(NotAnInviteKind::Profile) => {
                Some("Это адрес профиля, канала или бота, а не приглашение: по нему в группу не вступают.")
            }
            AddressShape::NotAnInvite(NotAnInviteKind::Call) => {
                Some("Это ссылка на звонок, а не приглашение: по ней в группу не вступают.")
            }
            AddressShape::NotAnInvite(NotAnInviteKind::Cabinet) => {
                Some("Это страница вашего кабинета, а не приглашение: у других она не откроется.")
            }
            AddressShape::NotAnInvite(NotAnInviteKind::OpenChat) => {
                Some("Это адрес открытого чата, а не приглашение: он работает только у тех, кто уже в чате.")
            }
            AddressShape::NotAnInvite(NotAnInviteKind::Page) => {
                Some("Это страница платформы, а не приглашение: по ней в группу не вступают.")
            }
            AddressShape::OtherHost => {
                Some("Адрес не похож на приглашения Сферума, MAX и VK. Проверьте, та ли это ссылка.")
            }
        }
    }
}

impl InviteAddress {
    /// Takes one address: trims the whitespace around it and nothing else. A known host without a scheme
    /// (`max.ru/join/…`) gets `https://`.
    ///
    /// # Errors
    /// [`AddressProblem`]. Strange hosts and pages that invite nobody are accepted: see
    /// [`AddressShape::warning`].
    pub fn parse(text: &str) -> Result<(InviteAddress, AddressShape), AddressProblem> {
        let trimmed = text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
        if trimmed.is_empty() {
            return Err(AddressProblem::Empty);
        }
        if trimmed.len() > LONGEST_ADDRESS {
            return Err(AddressProblem::TooLong);
        }
        if trimmed.chars().any(|letter| letter.is_whitespace() || is_invisible(letter)) {
            return Err(AddressProblem::InnerWhitespace);
        }
        let address = match scheme_length(trimmed) {
            Some(_) => InviteAddress(trimmed.to_owned()),
            None if begins_with_known_host(trimmed) => InviteAddress(format!("https://{trimmed}")),
            None => return Err(AddressProblem::NoScheme),
        };
        let host = address.parts().host;
        if host.is_empty() || host.starts_with('.') {
            return Err(AddressProblem::NoHost);
        }
        let shape = address.shape();
        Ok((address, shape))
    }

    /// The address itself, for copying, storing and comparing. Never for logs, errors and file names.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the address looks like.
    pub fn shape(&self) -> AddressShape {
        let Parts { host, path, query, .. } = self.parts();
        let has_token = |prefix: &str| path.strip_prefix(prefix).is_some_and(|token| !token.is_empty());
        match host.as_str() {
            "max.ru" | "www.max.ru" | "web.max.ru" => {
                if has_token("/join/") {
                    AddressShape::MaxJoin
                } else if host == "web.max.ru" {
                    AddressShape::NotAnInvite(NotAnInviteKind::OpenChat)
                } else {
                    AddressShape::NotAnInvite(NotAnInviteKind::Profile)
                }
            }
            "vk.me" if has_token("/join/") => AddressShape::VkJoin,
            "vk.me" => AddressShape::NotAnInvite(NotAnInviteKind::Profile),
            "web.vk.me" => AddressShape::NotAnInvite(NotAnInviteKind::OpenChat),
            "sferum.ru" | "www.sferum.ru" | "web.sferum.ru" => sferum_shape(query),
            "clck.ru" | "vk.cc" => AddressShape::ShortCopy,
            _ => AddressShape::OtherHost,
        }
    }

    /// «…k7Qx»: the last 4 characters of the token (2 of a short one, where 4 would give it away).
    pub fn tail(&self) -> String {
        format!("…{}", self.shown_end())
    }

    /// «max.ru/join/ •••••••••• k7Qx»: the host and what kind of address it is, never the token.
    pub fn masked(&self) -> String {
        let host = self.parts().host;
        let place = match self.shape() {
            AddressShape::MaxJoin | AddressShape::VkJoin => "/join/",
            AddressShape::SferumJoin => "/…join=",
            _ => "/",
        };
        match self.shown_end() {
            "" => host,
            end => format!("{host}{place} •••••••••• {end}"),
        }
    }

    fn shown_end(&self) -> &str {
        let token = self.token();
        let length = token.chars().count();
        let shown = match length {
            0..=3 => 0,
            4..=11 => 2,
            _ => 4,
        };
        token.char_indices().nth(length - shown).map_or("", |(start, _)| &token[start..])
    }

    /// The secret part: after `/join/` or `join=`, otherwise all that follows the host.
    fn token(&self) -> &str {
        let Parts { path, query, after_host, .. } = self.parts();
        match self.shape() {
            AddressShape::MaxJoin | AddressShape::VkJoin => path.strip_prefix("/join/").unwrap_or(path),
            AddressShape::SferumJoin => query_value(query, "join").unwrap_or(query),
            _ => after_host.trim_start_matches('/'),
        }
    }

    fn parts(&self) -> Parts<'_> {
        let rest = &self.0[scheme_length(&self.0).unwrap_or(0)..];
        let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, after_host) = rest.split_at(host_end);
        // A login before «@» is no part of the host, and could be made to look like one.
        let host = authority.rsplit('@').next().unwrap_or(authority).to_ascii_lowercase();
        let before_fragment = after_host.split('#').next().unwrap_or(after_host);
        let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
        Parts { host, path, query, after_host }
    }
}

impl fmt::Debug for InviteAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "InviteAddress({})", self.masked())
    }
}

/// Every address in a pasted line, as written: from `http(s)://` or a known host to the next whitespace,
/// quotation mark or angle bracket. Punctuation of the sentence after it is left out; `=`, `_`, `-`, `/`,
/// which tokens hold, never are.
pub fn find_addresses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let starts_here = !before.is_some_and(continues_a_word)
            && (scheme_length(rest).is_some() || begins_with_known_host(rest));
        if !starts_here {
            before = Some(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = address_end(rest);
        let address = rest[..end].trim_end_matches(is_sentence_mark);
        if address.len() > scheme_length(address).unwrap_or(0) {
            found.push(address);
        }
        before = None;
        rest = &rest[end..];
    }
    found
}

struct Parts<'a> {
    /// In lower case: hosts do not know case.
    host: String,
    path: &'a str,
    query: &'a str,
    after_host: &'a str,
}

fn sferum_shape(query: &str) -> AddressShape {
    if query_value(query, "join").is_some_and(|token| !token.is_empty()) {
        AddressShape::SferumJoin
    } else if query_value(query, "call_link").is_some() {
        AddressShape::NotAnInvite(NotAnInviteKind::Call)
    } else if query_value(query, "p") == Some("dashboard") || query_value(query, "schoolId").is_some() {
        AddressShape::NotAnInvite(NotAnInviteKind::Cabinet)
    } else {
        AddressShape::NotAnInvite(NotAnInviteKind::Page)
    }
}

fn query_value<'a>(query: &'a str, key: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// Bytes of `http://` or `https://` at the beginning, in any case.
fn scheme_length(text: &str) -> Option<usize> {
    ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        .map(str::len)
}

fn begins_with_known_host(text: &str) -> bool {
    KNOWN_HOSTS.iter().any(|host| {
        text.get(..host.len()).is_some_and(|start| start.eq_ignore_ascii_case(host))
            && text[host.len()..].starts_with(['/', '?'])
            && text[host.len() + 1..].chars().next().is_some_and(|next| !next.is_whitespace())
    })
}

fn address_end(text: &str) -> usize {
    let mut before = ' ';
    for (start, letter) in text.char_indices() {
        let is_over =
            letter.is_whitespace() || is_invisible(letter) || matches!(letter, '<' | '>' | '"' | '«' | '»');
        let next_begins = matches!(before, ',' | ';' | '|') && scheme_length(&text[start..]).is_some();
        if is_over || next_begins {
            return start;
        }
        before = letter;
    }
    text.len()
}

fn continues_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | '@' | '/')
}

fn is_sentence_mark(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '”' | '“' | '…' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MAX: &str = "https://max.ru/join/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-abCk7Qx";

    fn shape(text: &str) -> AddressShape {
        InviteAddress::parse(text).expect("the test gives an address").1
    }

    #[test]
    fn shapes_seen_in_public() {
        use AddressShape::*;
        use NotAnInviteKind::*;
        let cases = [
            (MAX, MaxJoin),
            ("HTTPS://MAX.RU/join/AbCd", MaxJoin),
            ("max.ru/join/AbCd", MaxJoin),
            ("https://vk.me/join/AJQ1d/x_y=z==", VkJoin),
            ("https://sferum.ru/?p=messages&join=AbC/dEf_gHi=jKl0123456789mnopqrstuv=", SferumJoin),
            ("https://clck.ru/3AbCdE", ShortCopy),
            ("https://max.ru/school_channel", NotAnInvite(Profile)),
            ("https://max.ru/join/", NotAnInvite(Profile)),
            ("https://sferum.ru/?call_link=abc", NotAnInvite(Call)),
            ("https://sferum.ru/?p=dashboard&schoolId=15", NotAnInvite(Cabinet)),
            ("https://sferum.ru/", NotAnInvite(Page)),
            ("https://web.vk.me/convo/2000000015", NotAnInvite(OpenChat)),
            ("http://example.org/x", OtherHost),
            ("https://max.ru.example.org/join/AbCd", OtherHost),
            ("https://max.ru@example.org/join/AbCd", OtherHost),
        ];
        for (text, expected) in cases {
            assert_eq!(shape(text), expected, "{text}");
            assert_eq!(expected.warning().is_none(), expected.is_invite());
        }
    }

    #[test]
    fn the_address_is_kept_to_the_letter() {
        let (address, _) = InviteAddress::parse(&format!("\u{feff} {MAX}\r\n")).expect("an address");
        assert_eq!(address.as_str(), MAX);
        let (bare, _) = InviteAddress::parse("max.ru/join/AbC=").expect("an address");
        assert_eq!(bare.as_str(), "https://max.ru/join/AbC=");
        let (other, _) = InviteAddress::parse("max.ru/join/abc=").expect("an address");
        assert_ne!(bare, other);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("https://max.ru/join/{}", "a".repeat(2048));
        let cases = [
            ("", AddressProblem::Empty),
            (" \u{200b}\n", AddressProblem::Empty),
            ("example.org/join/x", AddressProblem::NoScheme),
            ("max.rujoin", AddressProblem::NoScheme),
            ("ftp://max.ru/join/x", AddressProblem::NoScheme),
            ("javascript:alert(1)", AddressProblem::NoScheme),
            ("https://", AddressProblem::NoHost),
            ("https:///join/x", AddressProblem::NoHost),
            ("https://max.ru/join/ab cd", AddressProblem::InnerWhitespace),
            ("https://max.ru/join/ab\u{200b}cd", AddressProblem::InnerWhitespace),
            (&long, AddressProblem::TooLong),
        ];
        for (text, problem) in cases {
            assert_eq!(InviteAddress::parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn only_the_end_is_shown() {
        let masks = [
            (MAX, "max.ru/join/ •••••••••• k7Qx", "…k7Qx"),
            (
                "https://sferum.ru/?p=messages&join=AbCdEfGhIjKl&x=1",
                "sferum.ru/…join= •••••••••• IjKl",
                "…IjKl",
            ),
            ("https://clck.ru/3AbCdE", "clck.ru/ •••••••••• dE", "…dE"),
            ("https://user:word@example.org/abc", "example.org", "…"),
        ];
        for (text, masked, tail) in masks {
            let (address, _) = InviteAddress::parse(text).expect("an address");
            assert_eq!(address.masked(), masked);
            assert_eq!(address.tail(), tail);
            assert_eq!(format!("{address:?}"), format!("InviteAddress({masked})"));
        }
    }

    #[test]
    fn addresses_are_found_in_pasted_lines() {
        let cases: [(&str, &[&str]); 10] = [
            ("7Б родители https://max.ru/join/Ab_-=", &["https://max.ru/join/Ab_-="]),
            ("Ссылка: https://max.ru/join/AbC.", &["https://max.ru/join/AbC"]),
            ("(https://vk.me/join/A/b=), да", &["https://vk.me/join/A/b="]),
            ("«https://max.ru/join/AbC-»;", &["https://max.ru/join/AbC-"]),
            ("7Б\tmax.ru/join/AbC_\t12.10", &["max.ru/join/AbC_"]),
            ("https://a.ru/x,https://b.ru/y", &["https://a.ru/x", "https://b.ru/y"]),
            ("https://clck.ru/1a https://clck.ru/2b", &["https://clck.ru/1a", "https://clck.ru/2b"]),
            ("https://sferum.ru/?p=messages&join=A/b_c=", &["https://sferum.ru/?p=messages&join=A/b_c="]),
            ("смотрите на max.ru и sferum.ru/", &[]),
            ("notmax.ru/join/x http:// почта a@vk.me/x", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(find_addresses(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_token_is_found_whole(token in "[A-Za-z0-9_=/-]{1,43}", before in "[а-я 0-9«(]{0,8} ", after in "[.,;)»\" ]{0,3}") {
            let address = format!("https://vk.me/join/{token}");
            let line = format!("{before}{address}{after}");
            prop_assert_eq!(find_addresses(&line), vec![address.as_str()]);
        }

        #[test]
        fn any_text_is_searched_without_panic(text in "\\PC{0,40}") {
            for address in find_addresses(&text) {
                let _ = InviteAddress::parse(address).map(|(address, _)| address.masked());
            }
        }
    }
}
