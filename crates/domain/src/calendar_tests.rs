//! What is written is read with somebody else's parser, and line by line as calendars are known to read it.

use icalendar::parser::{Component, read_calendar, unfold};
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::ids::{Chance, Ids};
use crate::period::Calendar;

struct Same(u8);
impl Chance for Same {
    fn bytes(&self) -> [u8; 16] {
        [self.0; 16]
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn slot(starts: &str, minutes: i64) -> Slot {
    Slot { starts: at(starts), length: Minutes(minutes) }
}

fn busy(uid: &str, starts: &str, minutes: i64) -> Busy {
    Busy { uid: uid.to_owned(), slot: slot(starts, minutes) }
}

fn invitation(number: u8, method: Method) -> Invitation {
    Invitation { uid: Ids(&Same(number)).fresh(), method, sequence: 3, slot: slot("2026-11-24T10:30:00Z", 60) }
}

/// The parts of a name, each a list of names and values.
fn parts(text: &str, part: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("a calendar");
    let pairs = |one: &Component<'_>| {
        one.properties.iter().map(|line| (line.name.to_string(), line.val.to_string())).collect::<Vec<_>>()
    };
    if part == "VCALENDAR" {
        return vec![calendar.properties.iter().map(|line| (line.name.to_string(), line.val.to_string())).collect()];
    }
    calendar.components.iter().filter(|one| one.name == part).map(pairs).collect()
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let mut found = pairs.iter().filter(|(one, _)| one == name);
    let first = found.next().expect(name);
    assert!(found.next().is_none(), "{name} once");
    &first.1
}

const NOW: &str = "2026-11-24T09:17:33Z";

/// R-CAL-2.
#[test]
fn a_feed_says_when_and_nothing_else() {
    let text = feed(&[busy("abc", "2026-11-24T10:30:00Z", 60)], at(NOW));
    let events = parts(&text, "VEVENT");
    let [event] = events.as_slice() else { panic!("{text}") };
    let wanted = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP", "STATUS"];
    assert_eq!(names(event), wanted, "no other property, whatever it says");
    assert_eq!((value(event, "DTSTART"), value(event, "DTEND")), ("20261124T103000Z", "20261124T113000Z"));
    let rest = ["SUMMARY", "CLASS", "TRANSP", "STATUS"].map(|name| value(event, name));
    assert_eq!(rest, ["Busy", "PRIVATE", "OPAQUE", "CONFIRMED"]);
    assert!(!text.contains("VALARM") && !text.to_lowercase().contains("alongside"), "{text}");
}

/// R-CAL-4: what Google needs (VERSION, PRODID), what Outlook and Apple take as the time of the next look and as the name.
#[test]
fn a_feed_is_one_that_known_calendars_take() {
    for times in [&[][..], &[busy("abc", "2026-11-24T10:30:00Z", 60)]] {
        let text = feed(times, at(NOW));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Busy//Times//EN\r\n"), "{text}");
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "each line ends in both");
        let calendar = parts(&text, "VCALENDAR").remove(0);
        assert_eq!(value(&calendar, "METHOD"), "PUBLISH");
        assert_eq!((value(&calendar, "NAME"), value(&calendar, "X-WR-CALNAME")), ("Busy", "Busy"));
        assert_eq!((value(&calendar, "REFRESH-INTERVAL"), value(&calendar, "X-PUBLISHED-TTL")), ("PT1H", "PT1H"));
        assert!(text.contains("\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"));
        assert_eq!(parts(&text, "VTIMEZONE").len(), 1, "an empty calendar is none");
        assert_eq!(parts(&text, "VEVENT").len(), times.len());
    }
}

/// R-CAL-4.
#[test]
fn the_stamp_is_the_day_of_reading_and_of_no_use_to_tell_two_feeds_apart() {
    let one = |uid: &str, now: &str| feed(&[busy(uid, "2026-11-24T10:30:00Z", 60)], at(now));
    assert_eq!(one("abc", NOW), one("abc", "2026-11-24T23:59:59Z"), "stable over the day");
    assert_eq!(one("abc", NOW).replace("abc", "xyz"), one("xyz", "2026-11-24T00:00:00Z"), "only the name differs");
    assert!(one("abc", NOW).contains("DTSTAMP:20261124T000000Z\r\n"));
}

/// R-CAL-4: on the days on which clocks change, a time is the same instant and the same length.
#[test]
fn a_time_survives_the_change_of_clocks() {
    let calendar = Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026, 2027]);
    for (day, minute, said) in [
        (date(2027, 3, 26), 9 * 60, ["20270326T090000Z", "20270326T100000Z"]),
        (date(2027, 3, 29), 9 * 60, ["20270329T080000Z", "20270329T090000Z"]),
        (date(2026, 10, 23), 9 * 60, ["20261023T080000Z", "20261023T090000Z"]),
        (date(2026, 10, 26), 9 * 60, ["20261026T090000Z", "20261026T100000Z"]),
        // Across the hour that comes twice, and the one that never is.
        (date(2026, 10, 25), 30, ["20261024T233000Z", "20261025T003000Z"]),
        (date(2027, 3, 28), 30, ["20270328T003000Z", "20270328T013000Z"]),
    ] {
        let slot = Slot { starts: calendar.instant(day, minute).unwrap(), length: Minutes(60) };
        let text = feed(&[Busy { uid: "a".to_owned(), slot }], at(NOW));
        let event = parts(&text, "VEVENT").remove(0);
        assert_eq!([value(&event, "DTSTART"), value(&event, "DTEND")], said);
    }
}

/// R-CAL-3.
#[test]
fn a_feed_reaches_from_four_weeks_back_to_the_last_time_that_can_be_offered() {
    let (from, until) = span(at(NOW));
    assert_eq!(from.to_string(), "2026-10-27T09:17:33Z");
    let last = Slot { starts: at("2027-01-19T09:17:33Z"), length: Minutes(60) };
    assert!(crate::support::check_offers(&[last], at(NOW)).is_ok() && last.starts < until);
}

/// R-CAL-5: Outlook wants METHOD, UID, DTSTAMP, SEQUENCE and an ORGANIZER; it answers nobody.
#[test]
fn an_invitation_is_to_one_reader_who_has_accepted_and_is_not_asked_back() {
    for (method, status) in [(Method::Request, "CONFIRMED"), (Method::Cancel, "CANCELLED")] {
        let one = invitation(1, method);
        let text = one.text(("alongside@college.example", "sam.okafor@college.example"), at(NOW));
        assert_eq!(value(&parts(&text, "VCALENDAR")[0], "METHOD"), method.code());
        let event = parts(&text, "VEVENT").remove(0);
        let wanted = [
            "ORGANIZER",
            "ATTENDEE",
            "SEQUENCE",
            "UID",
            "DTSTAMP",
            "DTSTART",
            "DTEND",
            "SUMMARY",
            "CLASS",
            "TRANSP",
            "STATUS",
        ];
        assert_eq!(names(&event), wanted);
        assert_eq!(value(&event, "ORGANIZER"), "mailto:alongside@college.example");
        assert_eq!(value(&event, "ATTENDEE"), "mailto:sam.okafor@college.example");
        assert!(unfold(&text).contains("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:"), "{text}");
        assert_eq!((value(&event, "STATUS"), value(&event, "SEQUENCE")), (status, "3"));
        assert_eq!(
            (value(&event, "DTSTAMP"), value(&event, "UID")),
            ("20261124T091733Z", one.uid.to_string().as_str())
        );
    }
}

/// R-CAL-6.
#[test]
fn the_invitations_of_the_two_share_nothing_but_the_time_and_what_all_of_them_say() {
    let text = |number, reader: &str| {
        let one = invitation(number, Method::Request);
        one.text(("alongside@college.example", reader), at(NOW))
            .replace(&one.uid.to_string(), "UID")
            .replace(reader, "")
    };
    assert_eq!(text(1, "sam@college.example"), text(2, "pri@college.example"));
    assert_ne!(invitation(1, Method::Request).uid, invitation(2, Method::Request).uid);
}

#[test]
fn what_is_stored_of_an_invitation_reads_back_and_nothing_else_does() {
    for method in [Method::Request, Method::Cancel] {
        let one = invitation(7, method);
        assert_eq!(Invitation::from_code(&one.code()), Some(one));
        for wrong in ["", " ", "PUBLISH", &format!("{} 1", one.code()), &one.code().replace(' ', "  ")] {
            assert_eq!(Invitation::from_code(wrong), None, "{wrong}");
        }
    }
}

/// R-CAL-4.
#[test]
fn a_value_ends_no_line_and_begins_no_property() {
    let text = feed(&[busy("a,b;c\\d\r\nORGANIZER:mailto:x@y.example", "2026-11-24T10:30:00Z", 60)], at(NOW));
    assert!(text.contains("\r\nUID:a\\,b\\;c\\\\d\\nORGANIZER:mailto:x@y.example\r\n"), "{text}");
    let sly = "a@b.example\r\nX-NOTE:hello";
    let text = invitation(1, Method::Request).text(("alongside@college.example", sly), at(NOW));
    assert!(!text.contains("\r\nX-NOTE"), "{text}");
}

proptest! {
    /// R-CAL-4.
    #[test]
    fn lines_hold_at_most_75_octets_and_read_back_whole(uid in "[a-zA-Zäß語😀]{1,300}") {
        let text = feed(&[busy(&uid, "2026-11-24T10:30:00Z", 60)], at(NOW));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        let wanted = format!("\r\nUID:{uid}\r\n");
        prop_assert!(unfolded.contains(&wanted));
        let events = parts(&text, "VEVENT");
        prop_assert_eq!(value(&events[0], "UID"), uid.as_str());
    }
}
