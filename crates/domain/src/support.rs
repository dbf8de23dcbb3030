//! Asking for support, answering, ending: the life of a thread. Rules R-SUP-1 to R-SUP-13 in `docs/rules/support.md`.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::began::Began;
use crate::ids::{PersonId, ThemeId};
use crate::minutes::Minutes;
use crate::period::{Calendar, days_after};
use crate::weekly::{Weekday, WeeklySpan};

/// At most so many themes in one request (R-SUP-3).
pub const MOST_THEMES: usize = 5;
/// At most so many other times in one answer (R-SUP-6).
pub const MOST_OFFERS: usize = 3;
/// Working days without an answer after which others are offered (R-SUP-7).
pub const PATIENCE_WORKING_DAYS: u32 = 5;
/// How far ahead times are offered and published hours are shown, in days.
pub const AHEAD_DAYS: i64 = 28;
/// A time is offered at most so many days ahead.
pub const OFFER_DAYS: i64 = 56;

/// A closed list of choices with a code for the database and words for the page.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $words:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every choice, in the order in which a page shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in forms and the database.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The words on a page.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }

            /// The choice with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.code() == code)
            }
        }
    };
}
pub(crate) use choices;

choices! {
    /// How formal the support is (REF-04).
    Formality {
        /// A chat.
        Informal = "informal", "Informal";
        /// In between.
        SemiFormal = "semi-formal", "Semi-formal";
        /// With a plan and agreed meetings.
        Formal = "formal", "Formal";
    }
}

choices! {
    /// Once, or over some time (REF-04).
    Span {
        /// One meeting.
        OneTouch = "one-touch", "Just once";
        /// Several meetings.
        Ongoing = "ongoing", "Over some weeks";
    }
}

choices! {
    /// Where the two meet (REF-09).
    Place {
        /// In the teacher's room.
        TeachersRoom = "teachers-room", "My room";
        /// In the practitioner's room.
        PractitionersRoom = "practitioners-room", "Their room";
        /// Away from both departments.
        Neutral = "neutral", "Somewhere neutral";
        /// By video or telephone.
        Online = "online", "Online";
    }
}

choices! {
    /// Why now: optional and the teacher's own (REF-11).
    WhyNow {
        /// A lift, not a repair.
        Lift = "lift", "I want a lift";
        /// Something new.
        NewIdea = "new-practice", "A new area of practice";
        /// New here or new in the post.
        NewToPost = "new-to-post", "I am new to the post";
        /// After a formal observation. Nothing flows back to it (OBS-08).
        AfterObservation = "after-observation", "After an observation";
        /// Confidence.
        Confidence = "confidence", "Confidence";
    }
}

choices! {
    /// Where a thread stands.
    Stage {
        /// Asked; no time agreed yet.
        Waiting = "waiting", "Waiting";
        /// A time was agreed: the two work together.
        Open = "open", "Working together";
        /// The teacher said they are done.
        Ended = "ended", "Ended";
        /// The teacher took the request back before it was answered.
        Withdrawn = "withdrawn", "Withdrawn";
        /// Not a request: a conversation that the practitioner noted with a name.
        Noted = "noted", "Noted";
        /// Not a request: what stands around the threads of required support, and who its three are (R-REQ-1).
        Track = "track", "Required";
    }
}

/// Who of the two does something in a thread. Rows name people only by this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// The one who asked; owns the plan.
    Teacher,
    /// The one who was asked.
    Practitioner,
}

impl Party {
    /// The number in the table `participant`.
    pub const fn number(self) -> i32 {
        match self {
            Self::Teacher => 1,
            Self::Practitioner => 2,
        }
    }

    /// The party with this number.
    pub const fn from_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(Self::Teacher),
            2 => Some(Self::Practitioner),
            _ => None,
        }
    }

    /// The other of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Teacher => Self::Practitioner,
            Self::Practitioner => Self::Teacher,
        }
    }
}

/// A stretch of time that one offers to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// When it begins.
    pub starts: Timestamp,
    /// How long it lasts.
    pub length: Minutes,
}

impl Slot {
    /// When it is over.
    pub fn ends(&self) -> Timestamp {
        self.starts.saturating_add(self.length.0.minutes()).unwrap_or(Timestamp::MAX)
    }

    /// Whether the two share a minute.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts < other.ends() && other.starts < self.ends()
    }
}

/// What kind of support it is; either of the two may adjust it at any time (R-SUP-12). Nothing else is prescribed (R-SUP-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// How formal.
    pub formality: Formality,
    /// Once or ongoing.
    pub span: Span,
    /// How many meetings are planned; `None`: as long as it helps, the default (REF-10).
    pub meetings: Option<u8>,
}

impl Default for Manner {
    fn default() -> Self {
        Self { formality: Formality::Informal, span: Span::OneTouch, meetings: None }
    }
}

/// A request as it is sent. Only what was tapped: no words about the matter are taken before they can be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who is asked.
    pub practitioner: PersonId,
    /// What it is about, without repeats.
    pub themes: Vec<ThemeId>,
    /// Why now, if the teacher says.
    pub why: Option<WhyNow>,
    /// What kind.
    pub manner: Manner,
    /// Where, if the teacher says.
    pub place: Option<Place>,
    /// The time the teacher would like, if any.
    pub wish: Option<Slot>,
    /// Whose idea it was, if the teacher says; nobody else is shown it (R-SUP-16).
    pub began: Option<Began>,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SupportRefused {
    /// R-SUP-3.
    #[error("Choose at least one theme. “Something else” is one of them.")]
    NoTheme,
    /// R-SUP-3.
    #[error("Choose at most {MOST_THEMES} themes; you can talk about the rest when you meet.")]
    TooManyThemes,
    /// R-SUP-4.
    #[error("You are already in touch with this colleague. Carry on there, or end that first.")]
    AlreadyInTouch,
    /// R-SUP-5.
    #[error("That time is not among the published support hours any more. Choose another, or leave it open.")]
    NotPublished,
    /// R-SUP-5, R-SUP-6.
    #[error("That time has passed. Choose a later one.")]
    Past,
    /// R-SUP-6.
    #[error("Offer one to {MOST_OFFERS} times, each of them different.")]
    OfferCount,
    /// R-SUP-6.
    #[error("Offer times within the next eight weeks.")]
    TooFarAhead,
    /// R-SUP-6: nobody accepts their own offer, and an offer is accepted once.
    #[error("That offer is not open any more. Look at the times again.")]
    OfferGone,
    /// R-SUP-8.
    #[error("This is not waiting for an answer any more.")]
    NotWaiting,
    /// R-SUP-8.
    #[error("This has ended. It can be opened again first.")]
    NotOpen,
    /// R-SUP-10.
    #[error("This has not ended, so it need not be opened again.")]
    NotEnded,
    /// R-SUP-11.
    #[error("This page was out of date: something has changed since you opened it. Here is how it stands now.")]
    Stale,
    /// R-SUP-2: the account is off, or the organisation chart has put one above the other.
    #[error("Your colleague cannot go on with this at the moment. You can ask somebody else.")]
    Unreachable,
    /// R-SUP-12.
    #[error("Plan between 1 and 40 meetings, or leave it open.")]
    MeetingCount,
}

impl Request {
    /// Checks a request against the rules that need no knowledge of others (R-SUP-3, R-SUP-5).
    /// `published` are the practitioner's published support hours ahead.
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn ask(mut self, published: &[Slot], now: Timestamp) -> Result<Self, SupportRefused> {
        let mut seen = Vec::new();
        self.themes.retain(|theme| {
            !seen.contains(theme) && {
                seen.push(*theme);
                true
            }
        });
        if self.themes.is_empty() {
            return Err(SupportRefused::NoTheme);
        }
        if self.themes.len() > MOST_THEMES {
            return Err(SupportRefused::TooManyThemes);
        }
        if let Some(wish) = self.wish {
            if wish.starts <= now {
                return Err(SupportRefused::Past);
            }
            if !published.contains(&wish) {
                return Err(SupportRefused::NotPublished);
            }
        }
        self.manner.check()?;
        Ok(self)
    }
}

impl Manner {
    /// R-SUP-12.
    ///
    /// # Errors
    /// A number of meetings that is no plan.
    pub fn check(&self) -> Result<(), SupportRefused> {
        match self.meetings {
            Some(count) if !(1..=40).contains(&count) => Err(SupportRefused::MeetingCount),
            _ => Ok(()),
        }
    }
}

/// Checks the times that one offers to the other (R-SUP-6).
///
/// # Errors
/// The first rule that says no.
pub fn check_offers(offers: &[Slot], now: Timestamp) -> Result<(), SupportRefused> {
    let mut starts: Vec<Timestamp> = offers.iter().map(|slot| slot.starts).collect();
    starts.sort_unstable();
    starts.dedup();
    if starts.len() != offers.len() || offers.is_empty() || offers.len() > MOST_OFFERS {
        return Err(SupportRefused::OfferCount);
    }
    if offers.iter().any(|slot| slot.starts <= now) {
        return Err(SupportRefused::Past);
    }
    let limit = now.saturating_add((OFFER_DAYS * 24).hours()).unwrap_or(Timestamp::MAX);
    if offers.iter().any(|slot| slot.starts > limit) {
        return Err(SupportRefused::TooFarAhead);
    }
    Ok(())
}

impl Stage {
    /// R-SUP-8: only a request that waits can be withdrawn.
    ///
    /// # Errors
    /// When it does not wait.
    pub fn withdraw(self) -> Result<Self, SupportRefused> {
        if self == Self::Waiting { Ok(Self::Withdrawn) } else { Err(SupportRefused::NotWaiting) }
    }

    /// R-SUP-8: the teacher may end at any time.
    ///
    /// # Errors
    /// When the two do not work together.
    pub fn end(self) -> Result<Self, SupportRefused> {
        if self == Self::Open { Ok(Self::Ended) } else { Err(SupportRefused::NotOpen) }
    }

    /// R-SUP-10: what has ended can be opened again.
    ///
    /// # Errors
    /// When it has not ended.
    pub fn reopen(self) -> Result<Self, SupportRefused> {
        if self == Self::Ended { Ok(Self::Open) } else { Err(SupportRefused::NotEnded) }
    }

    /// Whether times may still be offered and agreed.
    ///
    /// # Errors
    /// When it has ended or was withdrawn.
    pub fn still_on(self) -> Result<(), SupportRefused> {
        if matches!(self, Self::Waiting | Self::Open) { Ok(()) } else { Err(SupportRefused::NotOpen) }
    }
}

/// The published weekly support hours as times on working days of the coming [`AHEAD_DAYS`] (R-SUP-5). They come from what
/// is published and the calendar alone, never from what is booked.
pub fn published(calendar: &Calendar, weekly: &[WeeklySpan], now: Timestamp) -> Vec<Slot> {
    let today = calendar.day(now);
    let mut slots: Vec<Slot> = (0..AHEAD_DAYS)
        .map(|days| days_after(today, days))
        .filter(|day| calendar.is_working_day(*day))
        .flat_map(|day| weekly_on(calendar, weekly.iter(), day))
        .filter(|slot| slot.starts > now)
        .collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// What of a weekly timetable falls on a day. A time that the clocks skip does not happen.
pub fn weekly_on<'a>(calendar: &Calendar, weekly: impl Iterator<Item = &'a WeeklySpan>, day: Date) -> Vec<Slot> {
    let weekday = Weekday::from(day.weekday());
    weekly
        .filter(|span| span.weekday() == weekday)
        .filter_map(|span| {
            let starts = calendar.instant(day, i16::try_from(span.starts()).ok()?).ok()?;
            Some(Slot { starts, length: span.length() })
        })
        .collect()
}

/// Whether a request has waited so long that others are offered (R-SUP-7).
pub fn waited_long(calendar: &Calendar, asked: Timestamp, now: Timestamp) -> bool {
    calendar.working_days_between(calendar.day(asked), calendar.day(now)) >= PATIENCE_WORKING_DAYS
}

#[cfg(test)]
#[path = "support_tests.rs"]
mod tests;
