//! What mail says. About support it says that something is waiting, in the same words whatever it is (R-MAI-1); and to those
//! who chose it, when they are busy (R-CAL-5).

use std::time::{Duration, SystemTime};

use actions::mail::{Failure, Matter, Waiting};
use domain::calendar::Invitation;
use domain::period::{Calendar, day_words, time_words};
use jiff::ToSpan;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, MultiPartKind, SinglePart};

/// The whole message, the same bytes at every try (R-MAI-6).
pub fn message(mail: &Waiting, (from, address): (&Mailbox, &str), calendar: &Calendar) -> Result<Message, Failure> {
    let (subject, text) = words(mail, address, calendar);
    let to = mail.email.parse().map_err(|_| Failure::Address)?;
    // The right side is the reader's own domain: it was chosen with the address and stays when settings change.
    let domain = mail.email.rsplit('@').next().unwrap_or_default();
    let seconds = u64::try_from(mail.written.as_second()).unwrap_or_default();
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
    let whole = match (mail.matter, &mail.time) {
        // Its key is gone from the keyring: nothing can be told any more.
        (Matter::Time, None) => return Err(Failure::Refused),
        (Matter::Time, Some(time)) => builder.multipart(with_time(mail, (time, text), from)?),
        _ => builder.header(ContentType::TEXT_PLAIN).body(body(text)),
    };
    whole.map_err(|_| Failure::Address)
}

/// Text for people, and the same time for their calendar, as mail programs read it: parts of one alternative, the calendar's
/// last and named with its method (R-CAL-5). What parts them comes of the mail's own identifier, so that every try is the
/// same bytes.
fn with_time(mail: &Waiting, (time, text): (&Invitation, String), from: &Mailbox) -> Result<MultiPart, Failure> {
    let kind = format!("text/calendar; method={}; charset=utf-8", time.method.code());
    let kind = ContentType::parse(&kind).map_err(|_| Failure::Refused)?;
    let times = time.text((from.email.as_ref(), &mail.email), mail.written);
    let times = if times.is_ascii() {
        Body::dangerous_pre_encoded(times.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(times)
    };
    Ok(MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(format!("part-{}", mail.id))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body(text)))
        .singlepart(SinglePart::builder().header(kind).body(times)))
}

/// The text as it is, so that no mail program has to put a link together again; other letters than ASCII are encoded.
fn body(text: String) -> Body {
    if text.is_ascii() {
        Body::dangerous_pre_encoded(text.replace('\n', "\r\n").into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

/// Subject and text.
fn words(mail: &Waiting, address: &str, calendar: &Calendar) -> (&'static str, String) {
    let secret = &mail.secret;
    let held = mail.written.saturating_add(actions::accounts::HOLD_HOURS.hours()).unwrap_or(mail.written);
    let held = day_words(calendar.day(held));
    let written = time_words(calendar.local(mail.written));
    match mail.matter {
        Matter::Waiting => (
            "Something is waiting for you in Alongside",
            format!(
                "Something is waiting for you in Alongside. Sign in to see what it is:\n\n{address}/sign-in\n\n\
                 Everybody at your college gets this same message, in the same words, now and then: at the start\n\
                 of a term, as a reminder, or because of something else. It says nothing about you.\n\n\
                 How often it comes is your own choice, under your name in Alongside.\n"
            ),
        ),
        Matter::SetUp => (
            "Choose a password for Alongside",
            format!(
                "An account in Alongside is ready for you. Choose a password here:\n\n{address}/set-up/{secret}\n\n\
                 The link works once, for three days, and was sent to nobody else. If it is too old, have a new\n\
                 one sent:\n\n{address}/forgotten\n"
            ),
        ),
        Matter::Reset => (
            "Choose a new password for Alongside",
            format!(
                "Somebody, most likely you, asked for a link to choose a new password for your account in\n\
                 Alongside:\n\n{address}/set-up/{secret}\n\n\
                 The link works once, for two hours, and was sent to nobody else. If you did not ask for it, do\n\
                 nothing: your password stays as it is.\n"
            ),
        ),
        Matter::Password => (
            "Your password for Alongside was changed",
            format!(
                "The password of your account in Alongside was changed on {written}.\n\n\
                 If that was you, there is nothing to do. If not, choose a new one now, and tell whoever looks\n\
                 after Alongside at your college:\n\n{address}/forgotten\n"
            ),
        ),
        Matter::AddressBefore => (
            "Your e-mail address in Alongside was changed",
            format!(
                "The e-mail address of your account in Alongside was changed on {written}, from this one to\n\
                 another. You sign in with the other one from now on. Until {held}, links to choose a password\n\
                 still come here and not there.\n\n\
                 If you know of this, there is nothing to do. If not, tell whoever looks after Alongside at your\n\
                 college before {held}.\n"
            ),
        ),
        Matter::AddressNow => (
            "Your e-mail address in Alongside was changed",
            format!(
                "The e-mail address of your account in Alongside was changed on {written} to this one. You sign\n\
                 in with it from now on:\n\n{address}/sign-in\n\n\
                 Until {held}, links to choose a password still go to the address there was before.\n"
            ),
        ),
        Matter::Account => (
            "Please look at your account in Alongside",
            format!(
                "Something about your account in Alongside was asked for or changed on {written}. Your account\n\
                 page says what it is:\n\n{address}/account\n\n\
                 If you know of it, there is nothing to do. If not, the same page says how to stop it.\n"
            ),
        ),
        Matter::Time => about_a_time(address),
    }
}

/// The same words when a time comes, moves and goes (R-CAL-5).
fn about_a_time(address: &str) -> (&'static str, String) {
    (
        "A time in your calendar",
        format!(
            "A part of this message brings a time in your calendar up to date: it comes, moves or goes. There\n\
             it says that you are busy, and nothing else.\n\n\
             You chose to get it by mail. You can choose otherwise here:\n\n{address}/account/calendar\n"
        ),
    )
}

#[cfg(test)]
mod tests {
    use domain::calendar::Method;
    use domain::ids::{Chance, Ids};
    use domain::minutes::Minutes;
    use domain::support::Slot;
    use jiff::tz::TimeZone;

    use super::*;

    struct Same(u8);
    impl Chance for Same {
        fn bytes(&self) -> [u8; 16] {
            [self.0; 16]
        }
    }

    fn mail(matter: Matter, email: &str, number: u8) -> Waiting {
        let slot = Slot { starts: "2026-11-25T10:30:00Z".parse().unwrap(), length: Minutes(60) };
        let uid = Ids(&Same(number.wrapping_add(100))).fresh();
        let time = Invitation { uid, method: Method::Request, sequence: 0, slot };
        Waiting {
            id: Ids(&Same(number)).fresh(),
            time: (matter == Matter::Time).then_some(time),
            matter,
            email: email.to_owned(),
            secret: "f".repeat(64),
            written: "2026-11-24T10:00:00Z".parse().unwrap(),
            tries: 0,
        }
    }

    fn bytes(mail: &Waiting) -> String {
        let calendar = Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026]);
        let from = "Alongside <alongside@college.example>".parse().unwrap();
        let message = message(mail, (&from, "https://alongside.college.example"), &calendar).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    /// R-MAI-1.
    #[test]
    fn mail_that_something_is_waiting_differs_only_in_address_identifier_and_time() {
        let one = mail(Matter::Waiting, "sam.okafor@college.example", 1);
        let other = mail(Matter::Waiting, "priya.nai1@college.example", 2);
        let strip = |text: String, mail: &Waiting| {
            text.replace(&mail.email, "ADDRESS").replace(&mail.id.to_string(), "IDENTIFIER")
        };
        assert_eq!(strip(bytes(&one), &one), strip(bytes(&other), &other));
        assert_eq!(bytes(&one).len(), bytes(&other).len());
        let text = bytes(&one);
        assert!(text.contains("https://alongside.college.example/sign-in"), "{text}");
        assert!(!text.contains(&one.secret) && !text.contains("/support") && !text.contains("X-"), "{text}");
    }

    /// R-CAL-5, R-CAL-6.
    #[test]
    fn the_two_of_a_meeting_are_told_of_it_in_mails_that_share_nothing_but_the_time() {
        let one = mail(Matter::Time, "sam.okafor@college.example", 1);
        let other = mail(Matter::Time, "priya.nai1@college.example", 2);
        let strip = |mail: &Waiting| {
            let uid = mail.time.unwrap().uid.to_string();
            let plain = bytes(mail).replace("\r\n ", "");
            plain.replace(&mail.email, "ADDRESS").replace(&mail.id.to_string(), "MAIL").replace(&uid, "UID")
        };
        assert_eq!(strip(&one), strip(&other));
        assert_eq!(bytes(&one).len(), bytes(&other).len());
        for known in [one.id.to_string(), one.time.unwrap().uid.to_string(), "sam.okafor".to_owned()] {
            assert!(bytes(&one).contains(&known) && !bytes(&other).contains(&known), "{known}");
        }
        let text = bytes(&one);
        assert!(text.contains("Content-Type: multipart/alternative;") && text.contains("Content-Type: text/plain"));
        assert!(text.contains("Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n"), "{text}");
        assert!(text.find("text/plain") < text.find("text/calendar"), "the richest part last");
        assert!(text.contains("Subject: A time in your calendar\r\n"));
        assert!(text.contains("\r\nORGANIZER:mailto:alongside@college.example\r\n"), "{text}");
        let mut cancelled = one.clone();
        cancelled.time = one.time.map(|time| Invitation { method: Method::Cancel, sequence: 1, ..time });
        let cancelled = bytes(&cancelled);
        assert!(cancelled.contains("method=CANCEL;") && cancelled.contains("\r\nMETHOD:CANCEL\r\n"));
        let words = |text: &str| text.split("text/calendar").next().unwrap().to_owned();
        assert_eq!(words(&text), words(&cancelled), "in words it says the same when a time comes and when it goes");
    }

    /// R-CAL-5.
    #[test]
    fn a_time_whose_key_is_gone_is_given_up() {
        let calendar = Calendar::usual(TimeZone::UTC, &[2026]);
        let from: Mailbox = "alongside@college.example".parse().unwrap();
        let one = Waiting { time: None, ..mail(Matter::Time, "sam@college.example", 1) };
        assert_eq!(message(&one, (&from, "http://localhost"), &calendar).err(), Some(Failure::Refused));
    }

    /// R-MAI-6.
    #[test]
    fn the_same_mail_is_the_same_bytes_at_every_try() {
        for matter in Matter::ALL {
            let one = mail(matter, "sam@college.example", 1);
            let again = Waiting { tries: 7, ..one.clone() };
            assert_eq!(bytes(&one), bytes(&again));
            let wanted = format!("Message-ID: <{}@college.example>", one.id);
            assert!(bytes(&one).contains(&wanted), "{}", bytes(&one));
            assert!(bytes(&one).is_ascii() && bytes(&one).contains("Auto-Submitted: auto-generated"));
        }
    }

    #[test]
    fn only_mail_with_a_link_holds_one() {
        for matter in Matter::ALL {
            let one = mail(matter, "sam@college.example", 1);
            let holds = bytes(&one).contains(&one.secret);
            assert_eq!(holds, matches!(matter, Matter::SetUp | Matter::Reset), "{matter:?}");
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused_and_no_line_can_be_added() {
        let calendar = Calendar::usual(TimeZone::UTC, &[2026]);
        let from: Mailbox = "alongside@college.example".parse().unwrap();
        for email in ["", "sam", "sam@", "a@b.example\r\nBcc: all@college.example", "a b@c.example"] {
            let one = mail(Matter::Waiting, email, 1);
            let refused = message(&one, (&from, "http://localhost"), &calendar);
            assert_eq!(refused.err(), Some(Failure::Address), "{email}");
        }
    }
}
