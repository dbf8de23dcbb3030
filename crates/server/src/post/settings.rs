//! `mail.conf` in the data folder: how mail leaves, and where people reach the program (R-MAI-8). A line is `key = value`.

use std::fmt;
use std::path::Path;

use lettre::message::Mailbox;

use crate::conf::{Conf, SettingsError, once};

/// The file.
pub(super) const MAIL: Conf = Conf("mail.conf");

/// How the connection to the mail server is kept from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Secure from the first byte.
    Tls,
    /// Made secure before anything is said.
    StartTls,
    /// Not at all: for a mail server on the same machine.
    None,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub security: Security,
    /// User and password, if it wants them.
    pub user: Option<(String, String)>,
}

/// Without the password.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("port", &self.port).field("security", &self.security).finish_non_exhaustive()
    }
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where people reach the program, without a slash at the end.
    pub address: Option<String>,
    /// Whom mail comes from.
    pub from: Mailbox,
    /// The mail server; without one, mail becomes files.
    pub server: Option<Server>,
}

/// Whom files come from when nobody said.
pub fn nobody() -> Mailbox {
    let address = lettre::Address::new_dangerous("alongside", "alongside.invalid");
    Mailbox::new(Some("Alongside".to_owned()), address)
}

impl Settings {
    /// Reads the file of a data folder; without one, nothing is set.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn in_folder(folder: &Path) -> Result<Self, SettingsError> {
        Self::read(&MAIL.text(folder)?)
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn read(text: &str) -> Result<Self, SettingsError> {
        let mut typed = Typed::default();
        MAIL.each(text, |key, value| typed.take(key, value))?;
        typed.whole().map_err(|said| MAIL.whole(said))
    }
}

/// Values as they are found, line by line.
#[derive(Default)]
struct Typed {
    address: Option<String>,
    from: Option<Mailbox>,
    server: Option<String>,
    port: Option<u16>,
    security: Option<Security>,
    user: Option<String>,
    password: Option<String>,
}

impl Typed {
    fn take(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        match key {
            "address" => once(&mut self.address, base(value)?),
            "from" => {
                let from = value.parse().map_err(|_| "write `from` as alongside@your.college")?;
                once(&mut self.from, from)
            }
            "server" => {
                let plain =
                    value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
                if !plain {
                    return Err("write `server` as a name such as smtp.your.college");
                }
                once(&mut self.server, value.to_owned())
            }
            "port" => once(&mut self.port, value.parse().map_err(|_| "`port` is a number such as 587")?),
            "security" => {
                let security = match value {
                    "tls" => Security::Tls,
                    "starttls" => Security::StartTls,
                    "none" => Security::None,
                    _ => return Err("`security` is one of tls, starttls, none"),
                };
                once(&mut self.security, security)
            }
            "user" => once(&mut self.user, value.to_owned()),
            "password" => once(&mut self.password, value.to_owned()),
            _ => Err("there is no such key; known are address, from, server, port, security, user, password"),
        }
    }

    fn whole(self) -> Result<Settings, &'static str> {
        let Some(name) = self.server else {
            if self.port.is_some() || self.security.is_some() || self.user.is_some() || self.password.is_some() {
                return Err("there are words for a mail server, but no `server`");
            }
            return Ok(Settings { address: self.address, from: self.from.unwrap_or_else(nobody), server: None });
        };
        let from = self.from.ok_or("say in `from` whom mail comes from, such as alongside@your.college")?;
        if self.address.is_none() {
            return Err("say in `address` where people reach Alongside, such as https://alongside.your.college");
        }
        let user = match (self.user, self.password) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            _ => return Err("`user` and `password` belong together: give both or neither"),
        };
        let security = self.security.unwrap_or(Security::StartTls);
        if security == Security::None && user.is_some() {
            return Err("a password is not sent over a connection that anybody can read: use tls or starttls");
        }
        let usual = match security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        };
        let server = Server { name, port: self.port.unwrap_or(usual), security, user };
        Ok(Settings { address: self.address, from, server: Some(server) })
    }
}

/// An address people can open, without a slash at the end.
fn base(value: &str) -> Result<String, &'static str> {
    let wrong = "write `address` as https://alongside.your.college";
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).ok_or(wrong)?;
    let plain = rest.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '?' | '#' | '@'));
    if rest.trim_end_matches('/').is_empty() || !plain {
        return Err(wrong);
    }
    Ok(value.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "# Mail\naddress = https://alongside.college.example/\nfrom = Alongside <alongside@college.example>\n\
        server = smtp.college.example\nuser = alongside\npassword = a=b # c\n";

    /// R-MAI-8.
    #[test]
    fn the_file_is_read_as_people_write_it() {
        let settings = Settings::read(WHOLE).unwrap();
        assert_eq!(settings.address.as_deref(), Some("https://alongside.college.example"));
        let server = settings.server.unwrap();
        assert_eq!((server.port, server.security), (587, Security::StartTls));
        assert_eq!(server.user, Some(("alongside".to_owned(), "a=b # c".to_owned())));
        let port = |security: &str| {
            let text = WHOLE.lines().take(4).collect::<Vec<_>>().join("\n") + "\nsecurity = " + security;
            Settings::read(&text).unwrap().server.unwrap().port
        };
        assert_eq!((port("tls"), port("starttls"), port("none")), (465, 587, 25));
        assert_eq!(Settings::read("").unwrap().server, None);
    }

    /// R-MAI-8.
    #[test]
    fn what_is_wrong_is_said_with_its_line_and_without_its_value() {
        for (text, said) in [
            ("server smtp", "mail.conf, line 1: write it as `key = value`"),
            ("\n\nport = x", "mail.conf, line 3: `port` is a number such as 587"),
            ("port = 587\nport = 25", "mail.conf, line 2: this key stands twice"),
            ("servr = x", "mail.conf, line 1: there is no such key"),
            ("security = ssl", "mail.conf, line 1: `security` is one of"),
            ("address = alongside.college.example", "mail.conf, line 1: write `address`"),
            ("address = https://", "mail.conf, line 1: write `address`"),
            ("from = nobody", "mail.conf, line 1: write `from`"),
            ("server = a b", "mail.conf, line 1: write `server`"),
            ("user =", "mail.conf, line 1: something is missing"),
            ("password = secret", "mail.conf: there are words for a mail server, but no `server`"),
            ("server = smtp.college.example", "mail.conf: say in `from`"),
            ("server = a.example\nfrom = a@b.example", "mail.conf: say in `address`"),
        ] {
            let wrong = Settings::read(text).unwrap_err().to_string();
            assert!(wrong.starts_with(said), "{text}: {wrong}");
        }
        for half in ["user = alongside", "password = hush-hush", "security = none\nuser = a\npassword = hush-hush"] {
            let text = format!("server = a.example\nfrom = a@b.example\naddress = http://a.example\n{half}");
            let wrong = Settings::read(&text).unwrap_err().to_string();
            assert!(!wrong.contains("hush"), "{wrong}");
        }
    }

    /// R-MAI-8.
    #[test]
    fn a_password_is_never_printed() {
        let settings = Settings::read(&WHOLE.replace("a=b # c", "hush-hush")).unwrap();
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
