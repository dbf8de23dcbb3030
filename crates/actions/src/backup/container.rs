//! What is inside a backup, and how it is sealed (R-BAK-1): two lines that say what it is, the content, and a last line with its
//! SHA-256; all of it sealed with `age` to the recipients.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::str::FromStr;

use age::x25519;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The first line: what it is, and the version of what follows.
const FIRST: &str = "alongside backup 1";
/// More than this is no manifest of ours.
const MOST_MANIFEST: u64 = 64 * 1024;
/// A line break, the word, 64 digits, a line break.
const LAST: usize = 1 + 7 + 64 + 1;
const AT_ONCE: usize = 64 * 1024;

/// Whom a backup is sealed to.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

/// That is no recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a recipient begins with `age1`; `alongside backup --new-identity FILE` makes one")]
pub struct NoRecipient;

impl FromStr for Recipient {
    type Err = NoRecipient;

    fn from_str(text: &str) -> Result<Self, NoRecipient> {
        text.trim().parse().map(Self).map_err(|_| NoRecipient)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

impl PartialEq for Recipient {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Recipient {}

/// What opens a backup. Never printed, never on the machine that makes backups.
pub struct Identity(Vec<x25519::Identity>);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// That is no file of an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no age identity in that file: it has a line that begins with AGE-SECRET-KEY-1")]
pub struct NoIdentity;

impl Identity {
    /// Reads the text of an identity's file.
    ///
    /// # Errors
    /// There is none in it.
    pub fn read(text: &str) -> Result<Self, NoIdentity> {
        let keys = text.lines().map(str::trim).filter(|line| line.starts_with("AGE-SECRET-KEY-1"));
        let keys: Vec<x25519::Identity> = keys.map(str::parse).collect::<Result<_, _>>().map_err(|_| NoIdentity)?;
        if keys.is_empty() { Err(NoIdentity) } else { Ok(Self(keys)) }
    }

    /// Makes one: the text of its file, and the recipient that belongs to it.
    pub fn make(now: Timestamp) -> (String, Recipient) {
        use age::secrecy::ExposeSecret as _;
        let (key, day) = (x25519::Identity::generate(), now.strftime("%Y-%m-%d"));
        let recipient = Recipient(key.to_public());
        let text = format!(
            "# Opens the backups of Alongside. Made on {day}. Keep it away from the machine that makes them.\n\
             # recipient: {recipient}\n{}\n",
            key.to_string().expose_secret()
        );
        (text, recipient)
    }
}

/// What a backup is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// The database, as a file of SQLite.
    Sqlite,
    /// The database, as `pg_dump` writes it.
    Postgresql,
    /// The keyring, as a file of SQLite.
    Keyring,
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What it is of.
    pub content: Content,
    /// The version of the program that made it.
    pub program: String,
    /// When.
    #[serde(with = "instant")]
    pub made: Timestamp,
    /// Whose college.
    pub institution: Uuid,
    /// The steps that made the database what it was.
    pub steps: Vec<String>,
}

/// An instant as people can read it.
mod instant {
    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(at)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Why a backup cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// It is something else.
    #[error("that is no backup of Alongside: it is not sealed with age, or something else is inside")]
    Foreign,
    /// Another identity belongs to it.
    #[error("this identity does not open it: it was sealed to other recipients")]
    OtherIdentity,
    /// A later version made it.
    #[error("a later version of Alongside made it; install that one")]
    Newer,
    /// It is not what it was.
    #[error("it is damaged: it was cut off or altered since it was made, so nothing of it was used; take another one")]
    Damaged,
    /// A file that cannot be read or written.
    #[error("a file could not be read or written ({0})")]
    File(std::io::ErrorKind),
}

/// How long what was sealed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// The content's length.
    pub bytes: u64,
}

/// Seals what a reader gives, with its SHA-256 behind it, for everybody named.
///
/// # Errors
/// What is read or written fails.
pub fn seal(
    out: impl Write,
    to: &[Recipient],
    manifest: &Manifest,
    mut content: impl Read,
) -> Result<Sealed, std::io::Error> {
    let recipients = to.iter().map(|one| -> &dyn age::Recipient { &one.0 });
    let sealer = age::Encryptor::with_recipients(recipients).map_err(std::io::Error::other)?;
    let mut out = sealer.wrap_output(out)?;
    writeln!(out, "{FIRST}\n{}", serde_json::to_string(manifest)?)?;
    let (mut digest, mut bytes, mut some) = (Sha256::new(), 0_u64, vec![0; AT_ONCE]);
    loop {
        let read = content.read(&mut some)?;
        let Some(part) = some.get(..read).filter(|part| !part.is_empty()) else { break };
        digest.update(part);
        out.write_all(part)?;
        bytes += part.len() as u64;
    }
    write!(out, "\nsha256 {}\n", hex(&digest.finalize()))?;
    out.finish()?.flush()?;
    Ok(Sealed { bytes })
}

/// Bytes as digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A backup that is open: what it says of itself, with the content still to come.
pub struct Opened<R: Read> {
    /// What it says of itself.
    pub manifest: Manifest,
    rest: BufReader<age::stream::StreamReader<R>>,
}

fn unread(fault: &std::io::Error) -> NotOpened {
    use std::io::ErrorKind::{InvalidData, Other, UnexpectedEof};
    match fault.kind() {
        InvalidData | Other | UnexpectedEof => NotOpened::Damaged,
        kind => NotOpened::File(kind),
    }
}

/// Opens a backup as far as its manifest.
///
/// # Errors
/// It is something else, somebody else's, damaged, or of a later version.
pub fn open<R: Read>(input: R, identity: &Identity) -> Result<Opened<R>, NotOpened> {
    let keys = identity.0.iter().map(|key| -> &dyn age::Identity { key });
    let opener = age::Decryptor::new(input).map_err(|fault| refused(&fault))?;
    let mut rest = BufReader::new(opener.decrypt(keys).map_err(|fault| refused(&fault))?);
    let first = line(&mut rest)?;
    match first.strip_prefix("alongside backup ") {
        _ if first == FIRST => {}
        Some(_) => return Err(NotOpened::Newer),
        None => return Err(NotOpened::Foreign),
    }
    let manifest = serde_json::from_str(&line(&mut rest)?).map_err(|_| NotOpened::Foreign)?;
    Ok(Opened { manifest, rest })
}

fn refused(fault: &age::DecryptError) -> NotOpened {
    match fault {
        age::DecryptError::NoMatchingKeys => NotOpened::OtherIdentity,
        age::DecryptError::InvalidHeader | age::DecryptError::UnknownFormat => NotOpened::Foreign,
        age::DecryptError::Io(fault) if fault.kind() != std::io::ErrorKind::UnexpectedEof => {
            NotOpened::File(fault.kind())
        }
        _ => NotOpened::Damaged,
    }
}

fn line(from: &mut impl BufRead) -> Result<String, NotOpened> {
    let mut text = Vec::new();
    from.take(MOST_MANIFEST).read_until(b'\n', &mut text).map_err(|fault| unread(&fault))?;
    let text = String::from_utf8(text).map_err(|_| NotOpened::Foreign)?;
    text.strip_suffix('\n').map(str::to_owned).ok_or(NotOpened::Foreign)
}

impl<R: Read> Opened<R> {
    /// Writes the content out and compares it with its SHA-256. Whoever writes it for somebody waits for the end: only then
    /// is it known to be whole.
    ///
    /// # Errors
    /// It is damaged, or cannot be written.
    pub fn pour(mut self, into: &mut impl Write) -> Result<u64, NotOpened> {
        let (mut digest, mut bytes, mut some) = (Sha256::new(), 0_u64, vec![0; AT_ONCE]);
        // The last line is known only when nothing follows it.
        let mut held: Vec<u8> = Vec::with_capacity(AT_ONCE + LAST);
        loop {
            let read = self.rest.read(&mut some).map_err(|fault| unread(&fault))?;
            if read == 0 {
                break;
            }
            held.extend_from_slice(some.get(..read).unwrap_or_default());
            let ready = held.len().saturating_sub(LAST);
            let part: Vec<u8> = held.drain(..ready).collect();
            digest.update(&part);
            into.write_all(&part).map_err(|fault| NotOpened::File(fault.kind()))?;
            bytes += part.len() as u64;
        }
        let wanted = format!("\nsha256 {}\n", hex(&digest.finalize()));
        if held == wanted.as_bytes() { Ok(bytes) } else { Err(NotOpened::Damaged) }
    }
}

/// For how many recipients a file is sealed, read off its head without opening it; nothing if it is not sealed with `age`.
pub fn addressed(input: impl Read) -> Option<usize> {
    let (mut lines, mut count) = (BufReader::new(input.take(MOST_MANIFEST)), 0);
    if line(&mut lines).ok()? != "age-encryption.org/v1" {
        return None;
    }
    loop {
        let text = line(&mut lines).ok()?;
        count += usize::from(text.starts_with("-> X25519 "));
        if text.starts_with("---") {
            return Some(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let made = "2026-11-22T01:00:00Z".parse().unwrap();
        let (program, steps) = ("0.1.0".to_owned(), vec!["m0001_tables".to_owned()]);
        Manifest { content: Content::Sqlite, program, made, institution: Uuid::from_u128(7), steps }
    }

    fn sealed(content: &[u8]) -> (Vec<u8>, Identity) {
        let (text, recipient) = Identity::make(manifest().made);
        let mut file = Vec::new();
        seal(&mut file, &[recipient], &manifest(), content).unwrap();
        (file, Identity::read(&text).unwrap())
    }

    fn opened(file: &[u8], identity: &Identity) -> Result<Vec<u8>, NotOpened> {
        let mut content = Vec::new();
        open(file, identity)?.pour(&mut content).map(|_| content)
    }

    /// R-BAK-1
    #[test]
    fn what_was_sealed_comes_out_again_whatever_its_length() {
        for length in [0, 1, 72, 73, 74, AT_ONCE - 73, AT_ONCE, 3 * AT_ONCE + 5] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let (file, identity) = sealed(&content);
            assert_eq!(open(file.as_slice(), &identity).unwrap().manifest, manifest());
            assert_eq!(opened(&file, &identity).unwrap(), content, "{length}");
            assert_eq!(addressed(file.as_slice()), Some(1));
        }
    }

    /// R-BAK-6
    #[test]
    fn a_file_that_was_cut_off_or_altered_anywhere_is_refused() {
        let content = vec![5; 200_000];
        let (file, identity) = sealed(&content);
        for at in (0..file.len()).step_by(4_099).chain([file.len() - 1, file.len() - 17]) {
            assert!(opened(&file[..at], &identity).is_err(), "cut off at {at}");
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert!(opened(&altered, &identity).is_err(), "altered at {at}");
        }
        let longer = [&file[..], b"x"].concat();
        assert!(opened(&longer, &identity).is_err());
    }

    /// R-BAK-6
    #[test]
    fn what_is_refused_is_told_as_what_it_is() {
        let (file, identity) = sealed(b"words");
        let (_, other) = sealed(b"words");
        assert!(matches!(opened(&file, &other), Err(NotOpened::OtherIdentity)));
        for foreign in [&b"PK\x03\x04 something"[..], b"", b"age-encryption.org/v1\n"] {
            let refused = opened(foreign, &identity);
            assert!(matches!(refused, Err(NotOpened::Foreign | NotOpened::Damaged)), "{refused:?}");
        }
        assert_eq!(addressed(&b"SQLite format 3"[..]), None);
        let (text, recipient) = Identity::make(manifest().made);
        let identity = Identity::read(&text).unwrap();
        for (inside, newer) in [("alongside backup 2\n{}\n", true), ("dear diary\n", false)] {
            let file = age::encrypt(&recipient.0, inside.as_bytes()).unwrap();
            let refused = opened(&file, &identity);
            assert_eq!(matches!(refused, Err(NotOpened::Newer)), newer, "{refused:?}");
            assert_eq!(matches!(refused, Err(NotOpened::Foreign)), !newer, "{refused:?}");
        }
    }

    /// R-BAK-1
    #[test]
    fn a_digest_that_does_not_fit_is_found_even_where_the_seal_does() {
        let (text, recipient) = Identity::make(manifest().made);
        let head = format!("{FIRST}\n{}\n", serde_json::to_string(&manifest()).unwrap());
        let inside = format!("{head}words\nsha256 {}\n", "0".repeat(64));
        let file = age::encrypt(&recipient.0, inside.as_bytes()).unwrap();
        assert!(matches!(opened(&file, &Identity::read(&text).unwrap()), Err(NotOpened::Damaged)));
    }

    /// R-BAK-1
    #[test]
    fn recipients_and_identities_are_read_as_people_keep_them_and_never_printed() {
        let (text, recipient) = Identity::make(manifest().made);
        assert_eq!(recipient.to_string().parse::<Recipient>().unwrap(), recipient);
        assert!("AGE-SECRET-KEY-1QQQ".parse::<Recipient>().is_err());
        assert!(Identity::read("# nothing\n").is_err() && Identity::read("AGE-SECRET-KEY-1QQQ\n").is_err());
        assert!(!format!("{:?}", Identity::read(&text).unwrap()).contains("SECRET"));
    }
}
