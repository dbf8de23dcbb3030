//! Who may set a college up: whoever is at the machine itself, or has typed the code that the program printed there
//! (R-SET-1).

use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use actions::chance::digest;
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderValue};
use domain::ids::Chance;

use crate::visit::{OverHttps, cookie};

/// The cookie of a browser in which the code was typed.
const COOKIE: &str = "begin";
/// Letters and digits that nobody takes for another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// What a proxy adds: behind one, the other end of the connection says nothing about who comes.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

/// The code in force, and the browsers that have typed one.
pub struct Door {
    code: Mutex<String>,
    keys: Mutex<Vec<String>>,
}

impl Door {
    /// A door with a fresh code.
    pub fn new(chance: &dyn Chance) -> Self {
        Self { code: Mutex::new(code(chance)), keys: Mutex::new(Vec::new()) }
    }

    /// The code in force, to be printed where the program runs.
    pub fn code(&self) -> String {
        self.code.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether whoever sends this may set the college up.
    pub fn is_open_to(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> bool {
        is_at_the_machine(headers, peer) || self.has_key(headers)
    }

    fn has_key(&self, headers: &HeaderMap) -> bool {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        cookie(headers, COOKIE).is_some_and(|key| keys.contains(&digest(&key)))
    }

    /// Takes the code, which works once: gives a key for this browser, and another code comes into force.
    pub fn take(&self, typed: &str, chance: &dyn Chance) -> Option<String> {
        let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        let mut code_now = self.code.lock().unwrap_or_else(PoisonError::into_inner);
        // Hashes are compared, so that the time it takes tells nothing.
        if digest(&typed) != digest(&code_now.replace('-', "")) {
            return None;
        }
        *code_now = code(chance);
        let key = actions::chance::secret(chance);
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).push(digest(&key));
        Some(key)
    }
}

/// The cookie that carries a key.
pub fn key_cookie(key: &str, OverHttps(secure): &OverHttps) -> HeaderValue {
    let secure = if *secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={key}; Path=/begin; HttpOnly; SameSite=Strict; Max-Age=43200{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// Ten letters and digits, fifty bits, in two groups.
fn code(chance: &dyn Chance) -> String {
    let letters = chance.bytes().into_iter().take(10).filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied());
    let text: String = letters.map(char::from).collect();
    let (first, second) = text.split_at(text.len() / 2);
    format!("{first}-{second}")
}

/// A browser on the machine itself, by its own address: no proxy between, and no name that somebody else could have
/// pointed here.
fn is_at_the_machine(headers: &HeaderMap, peer: Option<SocketAddr>) -> bool {
    let is_here = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let is_direct = !FORWARDED.iter().any(|name| headers.contains_key(*name));
    let named = headers.get(HOST).map(|host| host.to_str().unwrap_or_default());
    is_here && is_direct && named.is_none_or(is_loopback_name)
}

fn is_loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use actions::chance::Seeded;

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
    }

    /// R-SET-1
    #[test]
    fn only_a_direct_visit_by_a_loopback_name_is_at_the_machine() {
        let here: Option<SocketAddr> = "127.0.0.1:50000".parse().ok();
        for host in ["127.0.0.1:8417", "localhost:8417", "LOCALHOST", "[::1]:8417", "127.0.0.2"] {
            assert!(is_at_the_machine(&headers(&[("host", host)]), here), "{host}");
        }
        assert!(is_at_the_machine(&headers(&[]), "[::1]:50000".parse().ok()));
        assert!(is_at_the_machine(&headers(&[]), "[::ffff:127.0.0.1]:50000".parse().ok()));
        for host in ["evil.example", "localhost.evil.example", "192.168.1.5:8417", "127.0.0.1.evil.example", ""] {
            assert!(!is_at_the_machine(&headers(&[("host", host)]), here), "{host}");
        }
        for name in FORWARDED {
            assert!(!is_at_the_machine(&headers(&[(name, "127.0.0.1")]), here), "{name}");
        }
        assert!(!is_at_the_machine(&headers(&[]), "192.168.1.5:50000".parse().ok()));
        assert!(!is_at_the_machine(&headers(&[]), None));
    }

    /// R-SET-1
    #[test]
    fn the_code_works_once_and_gives_one_browser_a_key() {
        let chance = Seeded::new(7);
        let door = Door::new(&chance);
        let code = door.code();
        assert_eq!(code.len(), 11);
        assert_eq!(door.take("AAAAA-AAAAA", &chance), None);
        let key = door.take(&format!(" {} ", code.to_lowercase().replace('-', " ")), &chance).expect("a key");
        assert_eq!(door.take(&code, &chance), None);
        assert_ne!(door.code(), code);
        let far: Option<SocketAddr> = "192.168.1.5:50000".parse().ok();
        assert!(door.is_open_to(&headers(&[("cookie", &format!("begin={key}"))]), far));
        assert!(!door.is_open_to(&headers(&[("cookie", "begin=other")]), far));
        assert!(!door.is_open_to(&headers(&[]), far));
    }
}
