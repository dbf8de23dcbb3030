//! `alongside verify`: which scripts this program holds, and whether a running one serves the same (R-BAK-8).

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use actions::chance::digest_bytes;

use super::CliError;

const PATIENCE: Duration = Duration::from_secs(10);
/// No page or script of ours is longer.
const MOST_BYTES: u64 = 8 << 20;

fn scripts() -> impl Iterator<Item = &'static assets::Asset> {
    assets::ALL.iter().filter(|asset| asset.content_type.starts_with("text/javascript"))
}

/// Prints what is embedded; with an address, compares what is served there.
///
/// # Errors
/// Something differs, or cannot be had.
pub fn compare(address: Option<&str>) -> Result<(), CliError> {
    println!("Alongside {}", env!("CARGO_PKG_VERSION"));
    for script in scripts() {
        println!("{}  {}  {}", digest_bytes(script.raw), script.name, script.path);
    }
    let Some(address) = address else { return Ok(()) };
    let site = Site::of(address)?;
    let page = site.get("/sign-in")?;
    let text = String::from_utf8_lossy(&page.body);
    let mut wrong = Vec::new();
    println!();
    for path in sources(&text).filter(|path| scripts().all(|script| script.path != *path)) {
        println!("other   {path}: the page loads it, and it is not one of this program's");
        wrong.push(path.to_owned());
    }
    for script in scripts() {
        let served = site.get(script.path)?;
        let said = match (served.status, digest_bytes(&served.body) == digest_bytes(script.raw)) {
            (200, true) => "same",
            (200, false) => "DIFFERS",
            _ => "missing",
        };
        println!("{said:<7} {}", script.path);
        if said != "same" {
            wrong.push(script.path.to_owned());
        }
    }
    if wrong.is_empty() {
        println!("\nWhat is served there to somebody who is not signed in is what this program holds.");
        return Ok(());
    }
    Err(CliError::said(
        "\nWhat is served there is not what this program holds. If it is another version, compare with that version's \
         program; if it is the same version, somebody has changed it: do not unlock your keys there, and tell whoever runs it."
            .to_owned(),
    ))
}

/// The addresses of the scripts that a page loads.
fn sources(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| rest.split('>').next()?.split("src=\"").nth(1)?.split('"').next())
}

/// A program that answers over plain HTTP.
struct Site {
    host: String,
    base: String,
}

struct Answer {
    status: u16,
    body: Vec<u8>,
}

impl Site {
    fn of(address: &str) -> Result<Self, CliError> {
        if address.starts_with("https://") {
            return Err(CliError::said(format!(
                "This command speaks plain HTTP only. Ask the program on its own machine, such as \
                 `alongside verify http://127.0.0.1:8417`; or fetch each script above yourself and compare: \
                 `curl -s {}/assets/… | sha256sum`.",
                address.trim_end_matches('/')
            )));
        }
        let wrong = || CliError::said("Write the address as http://127.0.0.1:8417".to_owned());
        let rest = address.strip_prefix("http://").ok_or_else(wrong)?;
        let (host, base) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || !host.chars().all(|c| c.is_ascii_graphic()) || !base.chars().all(|c| c.is_ascii_graphic())
        {
            return Err(wrong());
        }
        let base = base.trim_end_matches('/');
        let base = if base.is_empty() { String::new() } else { format!("/{base}") };
        Ok(Self { host: host.to_owned(), base })
    }

    fn get(&self, path: &str) -> Result<Answer, CliError> {
        let no = |why: &dyn std::fmt::Display| CliError::said(format!("{} does not answer: {why}.", self.host));
        let has_port = self.host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let to = if has_port { self.host.clone() } else { format!("{}:80", self.host) };
        let to = to.to_socket_addrs().map_err(|fault| no(&fault))?.next().ok_or_else(|| no(&"no such machine"))?;
        let exchange = || -> std::io::Result<Vec<u8>> {
            let mut stream = TcpStream::connect_timeout(&to, PATIENCE)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            // Of this version an answer ends with the connection, and comes in no pieces.
            write!(stream, "GET {}{path} HTTP/1.0\r\nHost: {}\r\nConnection: close\r\n\r\n", self.base, self.host)?;
            let mut bytes = Vec::new();
            stream.take(MOST_BYTES).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = exchange().map_err(|fault| no(&fault))?;
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| no(&"that is no web page"))?;
        let (head, body) = bytes.split_at(end);
        let head = String::from_utf8_lossy(head);
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| no(&"that is no web page"))?;
        Ok(Answer { status, body: body.get(4..).unwrap_or_default().to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-BAK-8
    #[test]
    fn the_scripts_of_a_page_are_found_wherever_they_come_from() {
        let page = "<head><script type=\"module\" src=\"/assets/app-1.js\" integrity=\"x\"></script><script>1</script>\
                    <SCRIPT></SCRIPT></head><script src=\"https://elsewhere.example/x.js\"></script>";
        assert_eq!(sources(page).collect::<Vec<_>>(), ["/assets/app-1.js", "https://elsewhere.example/x.js"]);
    }

    /// R-BAK-8
    #[test]
    fn an_address_that_cannot_be_asked_is_told_with_what_to_do() {
        assert!(Site::of("https://alongside.college.example").map(drop).unwrap_err().to_string().contains("curl"));
        for wrong in ["alongside.college.example", "http://", "http://a b"] {
            assert!(Site::of(wrong).is_err(), "{wrong}");
        }
        let site = Site::of("http://127.0.0.1:8417/").unwrap();
        assert_eq!((site.host.as_str(), site.base.as_str()), ("127.0.0.1:8417", ""));
    }
}
