//! A small HTTP/1.1 client over one kept connection, with cookies: enough to use the program as a browser would.

use crate::fault::{Fault, While};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What came back.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Where to go next, when it says so.
    pub location: Option<String>,
    /// The content type, empty when it has none.
    pub kind: String,
    /// The body as text.
    pub body: String,
}

/// One person's browser.
pub struct Client {
    address: String,
    connection: Option<BufReader<TcpStream>>,
    cookies: BTreeMap<String, String>,
}

/// A request in words.
struct Asked<'a> {
    method: &'a str,
    path: &'a str,
    form: Option<String>,
}

impl Client {
    /// A browser that has seen nothing yet; `address` is host and port.
    pub fn new(address: &str) -> Self {
        Self { address: address.into(), connection: None, cookies: BTreeMap::new() }
    }

    /// Gets a page.
    pub fn get(&mut self, path: &str) -> Result<Answer, Fault> {
        self.ask(&Asked { method: "GET", path, form: None })
    }

    /// Gets a page and goes where it is sent, at most five times.
    pub fn follow(&mut self, path: &str) -> Result<Answer, Fault> {
        let mut answer = self.get(path)?;
        for _ in 0..5 {
            match answer.location.take() {
                Some(next) if (300..400).contains(&answer.status) => answer = self.get(&next)?,
                _ => return Ok(answer),
            }
        }
        Err(Fault(format!("{path} sends one round in circles")))
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> Result<Answer, Fault> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.ask(&Asked { method: "POST", path, form: Some(pairs.join("&")) })
    }

    fn ask(&mut self, asked: &Asked) -> Result<Answer, Fault> {
        // A kept connection may have been closed meanwhile; a page may be asked for again, a form may not.
        if let Some(kept) = self.connection.take() {
            match self.exchange(kept, asked) {
                Err(_) if asked.form.is_none() => {}
                answer => return answer.on(asked.path),
            }
        }
        let connection = self.connect().on(&self.address)?;
        self.exchange(connection, asked).on(asked.path)
    }

    fn connect(&self) -> std::io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(BufReader::new(stream))
    }

    fn exchange(&mut self, mut connection: BufReader<TcpStream>, asked: &Asked) -> std::io::Result<Answer> {
        let Asked { method, path, form } = asked;
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n", self.address);
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request += &format!("Cookie: {}\r\n", cookies.join("; "));
        }
        if let Some(form) = form {
            request += &format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", self.address);
            request +=
                &format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", form.len());
        }
        request += "\r\n";
        request += form.as_deref().unwrap_or_default();
        connection.get_mut().write_all(request.as_bytes())?;
        let (status, headers) = head(&mut connection)?;
        let find = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let length = find("content-length").and_then(|value| value.parse::<usize>().ok());
        let chunked = find("transfer-encoding").is_some_and(|value| value.contains("chunked"));
        let body = if chunked { chunks(&mut connection)? } else { exactly(&mut connection, length.unwrap_or(0))? };
        self.remember(&headers);
        if find("connection").is_none_or(|value| value != "close") {
            self.connection = Some(connection);
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        let location = find("location").map(|value| self.path_of(&value));
        Ok(Answer { status, location, kind: find("content-type").unwrap_or_default(), body })
    }

    fn remember(&mut self, headers: &[(String, String)]) {
        for (_, value) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = value.split(';').next().and_then(|pair| pair.split_once('='));
            let gone = value.to_lowercase().contains("max-age=0");
            match pair {
                Some((name, _)) if gone => drop(self.cookies.remove(name)),
                Some((name, value)) => drop(self.cookies.insert(name.into(), value.into())),
                None => {}
            }
        }
    }

    fn path_of(&self, location: &str) -> String {
        let own = format!("http://{}", self.address);
        location.strip_prefix(&own).unwrap_or(location).to_string()
    }
}

fn head(connection: &mut impl BufRead) -> std::io::Result<(u16, Vec<(String, String)>)> {
    let first = line(connection)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| std::io::Error::other(format!("`{first}` is not an answer")))?;
    let mut headers = Vec::new();
    loop {
        let next = line(connection)?;
        match next.split_once(':') {
            Some((name, value)) => headers.push((name.to_lowercase(), value.trim().to_string())),
            None => return Ok((status, headers)),
        }
    }
}

fn line(connection: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(std::io::Error::other("the connection was closed"));
    }
    Ok(line.trim_end().to_string())
}

fn exactly(connection: &mut impl Read, length: usize) -> std::io::Result<Vec<u8>> {
    let mut body = vec![0; length];
    connection.read_exact(&mut body)?;
    Ok(body)
}

fn chunks(connection: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(connection)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default(), 16);
        let size = size.map_err(std::io::Error::other)?;
        body.extend(exactly(connection, size)?);
        line(connection)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        b' ' => "+".into(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread;

    /// Answers as many requests on one connection as there are answers, and gives back what was asked.
    fn serve(answers: &'static [&'static str]) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = thread::spawn(move || {
            let mut stream = BufReader::new(listener.accept().unwrap().0);
            let mut asked = Vec::new();
            for answer in answers {
                let mut request = String::new();
                while !request.ends_with("\r\n\r\n") {
                    stream.read_line(&mut request).unwrap();
                }
                let length = request.split("Content-Length: ").nth(1).and_then(|rest| rest.split('\r').next());
                let body = exactly(&mut stream, length.map_or(0, |length| length.parse().unwrap())).unwrap();
                asked.push(request + &String::from_utf8(body).unwrap());
                stream.get_mut().write_all(answer.as_bytes()).unwrap();
            }
            asked
        });
        (address, asked)
    }

    #[test]
    fn cookies_are_kept_and_sent_and_redirects_are_followed_on_one_connection() {
        let (address, asked) = serve(&[
            "HTTP/1.1 303 See Other\r\nSet-Cookie: s=1; HttpOnly\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
        ]);
        let answer = Client::new(&address).follow("/").unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "hello"));
        let asked = asked.join().unwrap();
        assert!(asked[1].starts_with("GET /next HTTP/1.1\r\n") && asked[1].contains("Cookie: s=1\r\n"), "{asked:?}");
    }

    #[test]
    fn a_form_is_sent_as_a_browser_sends_it() {
        let (address, asked) = serve(&["HTTP/1.1 422 X\r\nContent-Length: 2\r\n\r\nno"]);
        let fields = [("name".to_string(), "Zoë & co".to_string()), ("csrf".into(), "a-1".into())];
        assert_eq!(Client::new(&address).post("/in", &fields).unwrap().status, 422);
        assert!(asked.join().unwrap()[0].ends_with("\r\n\r\nname=Zo%C3%AB+%26+co&csrf=a-1"));
    }
}
