//! Busy times for the calendar that a person keeps elsewhere: iCalendar text (RFC 5545, 5546, 7986) that holds times and
//! nothing else. Written here and not by a library, so that no property comes in that nobody decided on. Rules R-CAL-1 to
//! R-CAL-8.

use jiff::{Timestamp, ToSpan};

use crate::ids::InvitationId;
use crate::minutes::Minutes;
use crate::support::{OFFER_DAYS, Slot};

/// A feed begins so many days ago.
pub const BACK_DAYS: i64 = 28;
/// The one word that every time is called by.
const BUSY: &str = "Busy";
/// Who made it, without saying who.
const MAKER: &str = "-//Busy//Times//EN";
/// A line holds at most so many octets; longer ones go on in the next (RFC 5545, 3.1).
const FOLD: usize = 75;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A time at which somebody is busy, and the name by which their calendar knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// The name: of the one person's feed only.
    pub uid: String,
    /// When, how long.
    pub slot: Slot,
}

/// From when until when a feed tells of times: four weeks back, and as far ahead as anybody can agree to a time (R-CAL-3).
pub fn span(now: Timestamp) -> (Timestamp, Timestamp) {
    let days = |count: i64| (count * 24).hours();
    (
        now.saturating_sub(days(BACK_DAYS)).unwrap_or(Timestamp::MIN),
        now.saturating_add(days(OFFER_DAYS + 1)).unwrap_or(Timestamp::MAX),
    )
}

/// A whole feed. Times of it that change get another name, so the stamp of all of them is the day of reading (R-CAL-4).
pub fn feed(busy: &[Busy], now: Timestamp) -> String {
    let second = now.as_second();
    let stamp = Timestamp::from_second(second - second.rem_euclid(DAY_SECONDS)).unwrap_or(now);
    let mut lines = Lines::begin("PUBLISH");
    lines.text("NAME", BUSY);
    lines.text("X-WR-CALNAME", BUSY);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    lines.put("X-PUBLISHED-TTL", "PT1H");
    // A calendar holds at least one part, also when there is no time in it.
    for (name, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "UTC"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0000"),
        ("TZOFFSETTO", "+0000"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        lines.put(name, value);
    }
    for one in busy {
        lines.put("BEGIN", "VEVENT");
        lines.time((&one.uid, &one.slot), stamp);
        lines.put("STATUS", "CONFIRMED");
        lines.put("END", "VEVENT");
    }
    lines.end()
}

/// What becomes of a time in somebody's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// It comes in, or moves.
    Request,
    /// It goes.
    Cancel,
}

impl Method {
    /// The name in the text and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }

    const fn status(self) -> &'static str {
        match self {
            Self::Request => "CONFIRMED",
            Self::Cancel => "CANCELLED",
        }
    }
}

/// What a mail tells one person's calendar (R-CAL-5, R-CAL-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// The name of the time, of this one person's calendar only.
    pub uid: InvitationId,
    /// Whether it comes or goes.
    pub method: Method,
    /// Grows each time the same one is told of.
    pub sequence: i64,
    /// When, how long.
    pub slot: Slot,
}

impl Invitation {
    /// Everything in one line, for the outbox.
    pub fn code(&self) -> String {
        let Self { uid, method, sequence, slot } = self;
        format!("{} {uid} {sequence} {} {}", method.code(), slot.starts.as_second(), slot.length.0)
    }

    /// Reads the line.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(' ');
        let method = parts.next()?;
        let method = [Method::Request, Method::Cancel].into_iter().find(|one| one.code() == method)?;
        let uid = parts.next()?.parse().ok()?;
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (sequence, starts, length) = (number()?, number()?, number()?);
        let slot = Slot { starts: Timestamp::from_second(starts).ok()?, length: Minutes(length) };
        parts.next().is_none().then_some(Self { uid, method, sequence, slot })
    }

    /// The text, from whoever runs the program to the one reader: both as e-mail addresses.
    pub fn text(&self, (organizer, reader): (&str, &str), written: Timestamp) -> String {
        let mut lines = Lines::begin(self.method.code());
        lines.put("BEGIN", "VEVENT");
        lines.put("ORGANIZER", &format!("mailto:{organizer}"));
        lines.put("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE", &format!("mailto:{reader}"));
        lines.put("SEQUENCE", &self.sequence.to_string());
        lines.time((&self.uid.to_string(), &self.slot), written);
        lines.put("STATUS", self.method.status());
        lines.put("END", "VEVENT");
        lines.end()
    }
}

/// Lines as they are written.
struct Lines(String);

impl Lines {
    fn begin(method: &str) -> Self {
        let mut lines = Self(String::new());
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.text("PRODID", MAKER);
        lines.put("CALSCALE", "GREGORIAN");
        lines.put("METHOD", method);
        lines
    }

    fn end(mut self) -> String {
        self.put("END", "VCALENDAR");
        self.0
    }

    /// What every time says, and all that it says (R-CAL-2).
    fn time(&mut self, (uid, slot): (&str, &Slot), stamp: Timestamp) {
        self.text("UID", uid);
        self.put("DTSTAMP", &utc(stamp));
        self.put("DTSTART", &utc(slot.starts));
        self.put("DTEND", &utc(slot.ends()));
        self.text("SUMMARY", BUSY);
        self.put("CLASS", "PRIVATE");
        self.put("TRANSP", "OPAQUE");
    }

    /// A value that is text: what would end it or begin another is escaped.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for letter in value.chars() {
            match letter {
                '\n' => escaped.push_str("\\n"),
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                other => escaped.push(other),
            }
        }
        self.put(name, &escaped);
    }

    /// A line, folded where it is too long, never inside a letter. Nothing in a value begins another line.
    fn put(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for letter in name.chars().chain([':']).chain(value.chars()).filter(|letter| !letter.is_control()) {
            if used + letter.len_utf8() > FOLD {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(letter);
            used += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// An instant in universal time (R-CAL-4).
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
