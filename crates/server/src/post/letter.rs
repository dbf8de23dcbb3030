//! What mail says. About support it says that something is waiting, in the same words whatever it is (R-MAI-1).

use std::time::{Duration, SystemTime};

use actions::mail::{Failure, Matter, Waiting};
use domain::period::{Calendar, day_words, time_words};
use jiff::ToSpan;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox};

/// The whole message, the same bytes at every try (R-MAI-6).
pub fn message(mail: &Waiting, (from, address): (&Mailbox, &str), calendar: &Calendar) -> Result<Message, Failure> {
    let (subject, text) = words(mail, address, calendar);
    let to = mail.email.parse().map_err(|_| Failure::Address)?;
    // The right side is the reader's own domain: it was chosen with the address and stays when settings change.
    let domain = mail.email.rsplit('@').next().unwrap_or_default();
    let seconds = u64::try_from(mail.written.as_second()).unwrap_or_default();
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .header(ContentType::TEXT_PLAIN)
        .body(body(text))
        .map_err(|_| Failure::Address)
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
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::{Chance, Ids};
    use jiff::tz::TimeZone;

    use super::*;

    struct Same(u8);
    impl Chance for Same {
        fn bytes(&self) -> [u8; 16] {
            [self.0; 16]
        }
    }

    fn mail(matter: Matter, email: &str, number: u8) -> Waiting {
        Waiting {
            id: Ids(&Same(number)).fresh(),
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
