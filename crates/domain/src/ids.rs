//! Identifiers. Random, so that they tell no order across people; made by [`Ids`], never on the spot.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text.trim()).map(Self).map_err(|_| NotAnId)
            }
        }
    )+};
}

id! {
    /// A college, or later a school in a network. Leads every key in the database.
    InstitutionId,
    /// Somebody who works at the institution.
    PersonId,
    /// A curriculum area.
    AreaId,
    /// A campus.
    SiteId,
    /// A theme that support can be about.
    ThemeId,
    /// A term of the year.
    TermId,
    /// Everything between one teacher and one practitioner about one request.
    ThreadId,
    /// A time offered by one side of a thread to the other.
    OfferId,
    /// A meeting booked in a thread.
    MeetingId,
    /// An entry in a practitioner's record of hours.
    EntryId,
    /// Work outside the role that a practitioner has noted.
    DutyId,
    /// What a practitioner works towards in the role.
    RoleTargetId,
    /// A practitioner's published weekly support hour.
    SupportHourId,
    /// A session: short training for an area or more.
    TrainingId,
    /// A survey of staff.
    SurveyId,
    /// A benefit that somebody names in a business case.
    BenefitId,
    /// Something that comes back every term and somebody does.
    StandingId,
    /// A recorded lot.
    LotId,
    /// A question about what came of the programme.
    QuestionId,
    /// An answer to such a question, as of a day.
    ReadingId,
    /// A day of the programme or of the college, beside which figures are read.
    MilestoneId,
    /// The strategic review of a term.
    ReviewId,
    /// A need of an area, with its source.
    NeedId,
    /// Something to read that belongs to a session.
    MaterialId,
    /// An event: one for each change.
    EventId,
    /// A mail that waits to be delivered.
    MailId,
    /// One sealed thing said in a thread, in all its revisions.
    ItemId,
    /// A sealed file that comes with something said.
    FileId,
    /// What a participant of a thread has passed to the safeguarding leads.
    DisclosureId,
    /// A newcomer's induction.
    InductionId,
    /// A time in somebody's own calendar, as their mail program knows it.
    InvitationId,
    /// An arrangement for the class of a practitioner who is away from it.
    CoverId,
    /// An entry of the shelf "What works".
    ShelfEntryId,
    /// An output: what came of a practitioner's time.
    OutputId,
    /// Required support of one teacher.
    TrackId,
}

/// Where identifiers and one-time secrets come from. Passed in, so that a test can say what comes next.
pub trait Chance: Send + Sync {
    /// 16 bytes nobody can foresee.
    fn bytes(&self) -> [u8; 16];
}

/// Makes identifiers out of a source of chance.
#[derive(Clone, Copy)]
pub struct Ids<'a>(pub &'a dyn Chance);

impl Ids<'_> {
    /// A fresh identifier of the wanted kind (UUID version 4).
    pub fn fresh<T: From<Uuid>>(&self) -> T {
        T::from(uuid::Builder::from_random_bytes(self.0.bytes()).into_uuid())
    }
}

/// The identifier of what a form makes when it is sent: the same for the same 16 bytes, so that sending it twice makes
/// one thing. The bytes come from a digest over who sends it and the form's own token.
pub fn from_digest<T: From<Uuid>>(digest: [u8; 16]) -> T {
    T::from(uuid::Builder::from_random_bytes(digest).into_uuid())
}

macro_rules! from_uuid {
    ($($name:ident),+) => {$(
        impl From<Uuid> for $name { fn from(id: Uuid) -> Self { Self(id) } }
        impl From<$name> for Uuid { fn from(id: $name) -> Self { id.0 } }
    )+};
}
from_uuid!(
    InstitutionId,
    PersonId,
    AreaId,
    SiteId,
    ThemeId,
    TermId,
    ThreadId,
    OfferId,
    MeetingId,
    EntryId,
    DutyId,
    MilestoneId,
    RoleTargetId,
    SupportHourId,
    TrainingId,
    SurveyId,
    BenefitId,
    StandingId,
    LotId,
    QuestionId,
    ReadingId,
    ReviewId,
    NeedId,
    MaterialId,
    EventId,
    MailId,
    ItemId,
    FileId,
    DisclosureId,
    InvitationId,
    InductionId,
    CoverId,
    ShelfEntryId,
    OutputId,
    TrackId
);
