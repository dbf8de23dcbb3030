//! Mail that says nothing: how often somebody hears that something is waiting, what a mail is about in a word, and when one
//! that failed is tried again. Rules R-MAI-1 to R-MAI-8.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use crate::period::{Calendar, days_after, monday};
use crate::survey::Survey;

/// Minute of the day at which daily and weekly mail goes out: seven in the morning.
pub const MORNING: i16 = 7 * 60;
/// What goes out at once goes out with the next quarter of an hour, so that a minute tells nothing.
const QUARTER_SECONDS: i64 = 15 * 60;
/// A mail is given up after so many hours, unless its link ends before.
pub const GIVE_UP_HOURS: i64 = 72;
/// After a first failed try it waits so many minutes, then longer, the last for good.
const WAITS_MINUTES: [i64; 6] = [1, 5, 15, 60, 120, 240];

/// How often somebody hears that something is waiting: one's own choice (R-MAI-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rhythm {
    /// With the next quarter of an hour.
    AtOnce,
    /// In the morning, Monday to Friday, when something came in.
    #[default]
    Daily,
    /// Each Monday morning, whether or not anything is waiting.
    Weekly,
    /// Never; account matters still come.
    Never,
}

impl Rhythm {
    /// Every rhythm, quickest first.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Never];

    /// The name in forms and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Never => "never",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// When mail about something that happens now goes out; `None` when nothing goes out because of it.
    pub fn due(self, calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::AtOnce => {
                let quarter = now.as_second().div_euclid(QUARTER_SECONDS) + 1;
                Timestamp::from_second(quarter * QUARTER_SECONDS).ok()
            }
            Self::Daily => next_morning(calendar, now),
            Self::Weekly | Self::Never => None,
        }
    }
}

/// When mail about what happens at some moment goes out to those who choose either of the first two rhythms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// To those who want it at once.
    pub at_once: Timestamp,
    /// To those who want it once a day.
    pub daily: Timestamp,
}

impl Due {
    /// After something that happens now.
    pub fn after(calendar: &Calendar, now: Timestamp) -> Self {
        let due = |rhythm: Rhythm| rhythm.due(calendar, now).unwrap_or(now);
        Self { at_once: due(Rhythm::AtOnce), daily: due(Rhythm::Daily) }
    }
}

/// The next seven o'clock of a Monday to Friday.
fn next_morning(calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    let today = calendar.day(now);
    let weekday = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = (0..8).map(|count| days_after(today, count)).filter(weekday);
    days.filter_map(|day| calendar.instant(day, MORNING).ok()).find(|morning| *morning > now)
}

/// Mail that goes to many at a time and depends on nobody's support (R-MAI-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoundKind {
    /// To those who chose a mail a week.
    Weekly,
    /// To practitioners at the end of a week: hours to note.
    Hours,
    /// To everybody at the start of a term: this term's support times.
    Term,
    /// To all teaching staff alike, whoever has answered: a survey is open (R-SUR-14).
    Survey,
}

impl RoundKind {
    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Hours => "hours",
            Self::Term => "term",
            Self::Survey => "survey",
        }
    }
}

/// One round and the day it belongs to; each goes out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Round {
    /// Which.
    pub kind: RoundKind,
    /// Its day.
    pub day: Date,
}

/// The rounds that are due by now and not older than the week they belong to (R-MAI-4).
pub fn rounds(calendar: &Calendar, now: Timestamp) -> Vec<Round> {
    let today = calendar.day(now);
    let (first, last) = (monday(today), days_after(monday(today), 4));
    let begun = |day: Date| calendar.instant(day, MORNING).is_ok_and(|morning| morning <= now);
    let mut due = Vec::new();
    if begun(first) {
        due.push(Round { kind: RoundKind::Weekly, day: first });
    }
    if calendar.is_working_day(last) && begun(last) {
        due.push(Round { kind: RoundKind::Hours, day: last });
    }
    let fresh = |day: Date| day <= today && today < days_after(day, 7) && begun(day);
    due.extend(
        calendar
            .terms
            .iter()
            .filter(|term| fresh(term.starts))
            .map(|term| Round { kind: RoundKind::Term, day: term.starts }),
    );
    due
}

/// The rounds of a survey that are due by now: on the days on which everybody hears of it, while it is open (R-SUR-14).
pub fn survey_rounds(survey: &Survey, calendar: &Calendar, now: Timestamp) -> Vec<Round> {
    let today = calendar.day(now);
    let begun = |day: &Date| *day <= today && calendar.instant(*day, MORNING).is_ok_and(|morning| morning <= now);
    let mut days = survey.tells_on().into_iter().filter(|day| survey.is_open(today) && begun(day));
    // After a pause of the program one mail is enough.
    days.next_back().map(|day| Round { kind: RoundKind::Survey, day }).into_iter().collect()
}

/// What a mail is about. All that is neither an account matter nor a time that the reader wants in the own calendar is
/// [`Matter::Waiting`], whatever it is (R-MAI-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    /// Something is waiting.
    Waiting,
    /// A link with which a first password is chosen.
    SetUp,
    /// A link with which a new password is chosen.
    Reset,
    /// The password was changed.
    Password,
    /// The address was changed: told to the one it was before.
    AddressBefore,
    /// The address was changed: told to the new one.
    AddressNow,
    /// Something about the account itself; the account page says what.
    Account,
    /// A time that comes into the reader's own calendar, moves or goes (R-CAL-5).
    Time,
}

impl Matter {
    /// Every matter.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::SetUp,
        Self::Reset,
        Self::Password,
        Self::AddressBefore,
        Self::AddressNow,
        Self::Account,
        Self::Time,
    ];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::SetUp => "set-up",
            Self::Reset => "reset",
            Self::Password => "password",
            Self::AddressBefore => "address-before",
            Self::AddressNow => "address-now",
            Self::Account => "account",
            Self::Time => "time",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why a mail could not be delivered, without an address or a name (R-MAI-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// No answer in time.
    TooSlow,
    /// No connection, or it broke off.
    Unreachable,
    /// No secure connection could be made.
    Insecure,
    /// User or password of the mail server.
    SignIn,
    /// The mail server does not want it now.
    NotNow,
    /// The mail server does not want it at all.
    Refused,
    /// The address is none that mail can be sent to.
    Address,
    /// The folder cannot be written.
    Folder,
}

impl Failure {
    /// Every failure.
    pub const ALL: [Self; 8] = [
        Self::TooSlow,
        Self::Unreachable,
        Self::Insecure,
        Self::SignIn,
        Self::NotNow,
        Self::Refused,
        Self::Address,
        Self::Folder,
    ];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooSlow => "too-slow",
            Self::Unreachable => "unreachable",
            Self::Insecure => "insecure",
            Self::SignIn => "sign-in",
            Self::NotNow => "not-now",
            Self::Refused => "refused",
            Self::Address => "address",
            Self::Folder => "folder",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// A sentence for whoever looks after the machine, with what to do.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TooSlow => {
                "The mail server did not answer in time. Check that it is up and that nothing in between stops it."
            }
            Self::Unreachable => "The mail server could not be reached. Check server and port in mail.conf.",
            Self::Insecure => {
                "No secure connection to the mail server could be made. Check security in mail.conf and the server's certificate."
            }
            Self::SignIn => "The mail server does not take user and password of mail.conf.",
            Self::NotNow => "The mail server put a mail off. It is tried again by itself.",
            Self::Refused => {
                "The mail server refused a mail. Check from in mail.conf, and that the server may send for it."
            }
            Self::Address => {
                "Somebody's e-mail address is none that mail can be sent to. Check the addresses in the list of staff."
            }
            Self::Folder => "The folder mail could not be written. Check its rights and the space on the disk.",
        }
    }

    /// Whether trying again is of no use (R-MAI-7).
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Address)
    }

    /// Whether it is the way out that fails, and other mail would fail alike.
    pub const fn is_of_the_way(self) -> bool {
        !matches!(self, Self::NotNow | Self::Refused | Self::Address)
    }
}

/// When a mail is tried again that has failed `tries` times, one or more (R-MAI-7).
pub fn next_try(tries: i64, now: Timestamp) -> Timestamp {
    let place = usize::try_from(tries.saturating_sub(1)).unwrap_or(0).min(WAITS_MINUTES.len() - 1);
    let minutes = WAITS_MINUTES.get(place).copied().unwrap_or(1);
    now.saturating_add(minutes.minutes()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn calendar() -> Calendar {
        Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026])
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn due(rhythm: Rhythm, now: &str) -> Option<String> {
        rhythm.due(&calendar(), at(now)).map(|due| due.to_string())
    }

    /// R-MAI-3.
    #[test]
    fn each_rhythm_has_its_time() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(due(Rhythm::AtOnce, "2026-11-24T10:00:00Z"), some("2026-11-24T10:15:00Z"));
        assert_eq!(due(Rhythm::AtOnce, "2026-11-24T10:14:59Z"), some("2026-11-24T10:15:00Z"));
        assert_eq!(due(Rhythm::Daily, "2026-11-24T10:00:00Z"), some("2026-11-25T07:00:00Z"));
        assert_eq!(due(Rhythm::Daily, "2026-11-24T06:59:59Z"), some("2026-11-24T07:00:00Z"));
        // From Friday to Monday, and in summer time an hour earlier by the sun.
        assert_eq!(due(Rhythm::Daily, "2026-11-27T07:00:00Z"), some("2026-11-30T07:00:00Z"));
        assert_eq!(due(Rhythm::Daily, "2027-06-07T12:00:00Z"), some("2027-06-08T06:00:00Z"));
        assert_eq!(due(Rhythm::Weekly, "2026-11-24T10:00:00Z"), None);
        assert_eq!(due(Rhythm::Never, "2026-11-24T10:00:00Z"), None);
        assert_eq!(Rhythm::default(), Rhythm::Daily);
    }

    fn kinds(now: &str) -> Vec<(RoundKind, String)> {
        rounds(&calendar(), at(now)).into_iter().map(|round| (round.kind, round.day.to_string())).collect()
    }

    /// R-MAI-4.
    #[test]
    fn rounds_go_by_the_calendar_alone() {
        let weekly = (RoundKind::Weekly, "2026-11-23".to_owned());
        assert!(kinds("2026-11-23T06:59:59Z").is_empty());
        assert_eq!(kinds("2026-11-23T07:00:00Z"), std::slice::from_ref(&weekly));
        assert_eq!(kinds("2026-11-29T23:00:00Z"), [weekly, (RoundKind::Hours, "2026-11-27".to_owned())]);
        // A Friday in half-term reminds nobody.
        assert_eq!(kinds("2026-10-30T12:00:00Z"), [(RoundKind::Weekly, "2026-10-26".to_owned())]);
        let first = [(RoundKind::Weekly, "2026-09-07".to_owned()), (RoundKind::Term, "2026-09-07".to_owned())];
        assert_eq!(kinds("2026-09-07T07:00:00Z"), first);
        assert_eq!(kinds("2026-09-14T08:00:00Z"), [(RoundKind::Weekly, "2026-09-14".to_owned())]);
    }

    /// R-MAI-7.
    #[test]
    fn the_waits_between_tries_grow_and_then_stay() {
        let now = at("2026-11-24T10:00:00Z");
        let wait = |tries| next_try(tries, now).as_second() - now.as_second();
        let waits: Vec<i64> = (1..9).map(wait).collect();
        assert_eq!(waits, [60, 300, 900, 3600, 7200, 14400, 14400, 14400]);
        assert_eq!(wait(0), 60);
        assert_eq!(wait(i64::MIN), 60);
    }

    #[test]
    fn what_is_stored_reads_back() {
        assert!(Rhythm::ALL.into_iter().all(|one| Rhythm::from_code(one.code()) == Some(one)));
        assert!(Matter::ALL.into_iter().all(|one| Matter::from_code(one.code()) == Some(one)));
        assert!(Failure::ALL.into_iter().all(|one| Failure::from_code(one.code()) == Some(one)));
        assert_eq!((Rhythm::from_code("hourly"), Matter::from_code("")), (None, None));
    }

    /// R-MAI-7.
    #[test]
    fn no_failure_names_anybody() {
        for failure in Failure::ALL {
            assert!(!failure.words().contains('@') && failure.words().ends_with('.'));
        }
        assert!(Failure::Refused.is_final() && !Failure::TooSlow.is_final());
        assert!(Failure::TooSlow.is_of_the_way() && !Failure::Refused.is_of_the_way());
    }

    proptest::proptest! {
        #[test]
        fn daily_mail_goes_at_seven_from_monday_to_friday_within_three_days(seconds in 0i64..60_000_000) {
            let calendar = calendar();
            let now = Timestamp::from_second(1_788_000_000 + seconds).unwrap();
            let due = Rhythm::Daily.due(&calendar, now).unwrap();
            let local = calendar.local(due);
            proptest::prop_assert_eq!((local.hour(), local.minute()), (7, 0));
            proptest::prop_assert!(due > now && due.as_second() - now.as_second() <= 73 * 3600);
        }
    }
}
