//! The directory of practitioners, one's own profile and published hours, and whom one would rather not work with.

use domain::frame::{FrameRefused, Specialism, check_specialisms};
use domain::ids::{PersonId, ThemeId};
use domain::weekly::WeeklySpan;
use policies::acts::{AvoidPractitioner, EditProfile, PublishSupportHours, SeeAvoided, SeeDirectory, StopAvoiding};
use policies::facts::PersonFacts;
use store::directory::{self, Profile};
pub use store::directory::{Expertise, Practitioner, Theme};
use store::{events, facts};

use crate::desk::{Desk, Never, Stop};

/// Texts of a profile have at most so many characters.
pub const LONGEST_TEXT: usize = 600;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PracticeRefused {
    /// R-DIR-2.
    #[error("Write at most {LONGEST_TEXT} characters here.")]
    TooLong,
    /// R-DIR-3.
    #[error("{0}")]
    Time(String),
    /// R-DIR-3.
    #[error("Two of these times overlap: {0} and {1}. Change one of them.")]
    Overlap(String, String),
    /// R-DIR-3.
    #[error("You teach then: {0}. Choose another time.")]
    Teaching(String),
    /// R-DIR-3.
    #[error("Publish at most 20 times a week.")]
    TooMany,
    /// R-FRM-10, with the place in the list.
    #[error("{1}")]
    Specialism(usize, FrameRefused),
}

/// The practitioners.
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Vec<Practitioner>, Stop<Never>> {
    let permit = desk.permit::<SeeDirectory>(who, &desk.frame.programme.facts, &())?;
    Ok(directory::practitioners(&desk.read(), &permit).await?)
}

/// The themes that support can be about.
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn themes(desk: &Desk, who: &PersonFacts) -> Result<Vec<Theme>, Stop<Never>> {
    let permit = desk.permit::<SeeDirectory>(who, &desk.frame.programme.facts, &())?;
    Ok(directory::themes(&desk.read(), &permit).await?)
}

/// Whom one would rather not work with.
///
/// # Errors
/// A fault of the database.
pub async fn avoided(desk: &Desk, who: &PersonFacts) -> Result<Vec<PersonId>, Stop<Never>> {
    let permit = desk.permit::<SeeAvoided>(who, who, &())?;
    Ok(directory::avoided(&desk.read(), &permit).await?)
}

/// Remembers or forgets that one would rather not work with somebody. No reason is asked; nobody is told.
///
/// # Errors
/// Denied when the other one is not a practitioner here.
pub async fn set_avoided(desk: &Desk, who: PersonId, other: PersonId, on: bool) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, other).await?;
    if on {
        let permit = desk.permit::<AvoidPractitioner>(&me, &me, &other)?;
        directory::avoid(&db, &permit).await?;
        events::record(&db, &permit, desk.stamp(), "").await?;
    } else {
        let permit = desk.permit::<StopAvoiding>(&me, &me, &other)?;
        directory::stop_avoiding(&db, &permit).await?;
        events::record(&db, &permit, desk.stamp(), "").await?;
    }
    Ok(db.commit().await?)
}

/// Publishes one's weekly support hours in place of the earlier ones (R-DIR-3).
///
/// # Errors
/// A rule that says no.
pub async fn publish(desk: &Desk, who: PersonId, spans: &[WeeklySpan]) -> Result<(), Stop<PracticeRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PublishSupportHours>(&me, &facts::practice(desk.institution(), who), &())?;
    if spans.len() > 20 {
        return Err(Stop::Refused(PracticeRefused::TooMany));
    }
    for (at, one) in spans.iter().enumerate() {
        if let Some(other) = spans.iter().skip(at + 1).find(|other| one.overlaps(**other)) {
            return Err(Stop::Refused(PracticeRefused::Overlap(one.from_to(), other.from_to())));
        }
    }
    for (teaching, label) in store::meetings::teaching(&db, desk.institution(), who).await? {
        if spans.iter().any(|one| one.overlaps(teaching)) {
            return Err(Stop::Refused(PracticeRefused::Teaching(format!("{} {label}", teaching.from_to()))));
        }
    }
    let spans: Vec<_> = spans.iter().map(|span| (desk.ids().fresh(), *span)).collect();
    directory::publish(&db, &permit, &spans).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// What somebody writes into their own profile.
#[derive(Debug, Clone, Default)]
pub struct NewProfile {
    /// About themselves.
    pub about: String,
    /// What they teach.
    pub teaches: String,
    /// Where to find them.
    pub room: String,
    /// Themes they know, and whether they lead on them.
    pub expertise: Vec<(ThemeId, bool)>,
    /// Subjects and aspects they know, with phase and ages.
    pub specialisms: Vec<Specialism>,
}

/// Changes one's own profile (R-DIR-2).
///
/// # Errors
/// A rule that says no.
pub async fn edit_profile(desk: &Desk, who: PersonId, profile: &NewProfile) -> Result<(), Stop<PracticeRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<EditProfile>(&me, &facts::practice(desk.institution(), who), &())?;
    if [&profile.about, &profile.teaches, &profile.room].iter().any(|text| text.chars().count() > LONGEST_TEXT) {
        return Err(Stop::Refused(PracticeRefused::TooLong));
    }
    check_specialisms(&profile.specialisms)
        .map_err(|(at, refused)| Stop::Refused(PracticeRefused::Specialism(at, refused)))?;
    let seen = desk.permit::<SeeDirectory>(&me, &desk.frame.programme.facts, &())?;
    let themes = directory::themes(&db, &seen).await?;
    let mut expertise: Vec<(ThemeId, bool)> = Vec::new();
    for (theme, leads) in &profile.expertise {
        if themes.iter().any(|known| known.id == *theme) && !expertise.iter().any(|(known, _)| known == theme) {
            expertise.push((*theme, *leads));
        }
    }
    let NewProfile { about, teaches, room, specialisms, .. } = profile;
    let texts = Profile { about, teaches, room, expertise: &expertise, specialisms };
    directory::edit_profile(&db, &permit, texts).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
