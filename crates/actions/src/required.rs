//! Required support: requiring it, reading as much of it as is one's own, choosing with whom. Rules R-REQ-1 to R-REQ-6, R-REQ-11
//! and R-REQ-12; how it goes on is in [`crate::tracks`].

use domain::ids::{PersonId, ThemeId, ThreadId, TrackId};
use domain::people::Role;
use domain::required::{Plan, Reason, RequiredRefused, Seat, below_ceiling, comes_last, text};
use domain::support::{Formality, Manner, Request, Span, Stage};
use policies::acts::{ChoosePractitioner, SeeDirectory, SeeOwnTracks, SeeReported, SeeTrack, StartTrack};
use policies::facts::{PersonFacts, TrackFacts};
use store::directory::{self, Practitioner};
use store::people::Colleague;
pub use store::required::{Challenge, Common, Opening, Reported, Scope, Track};
pub use store::support::Line;
use store::{Db, Fault, ceiling, events, facts, required, seats, support, tracks};

use crate::desk::{Desk, Never, Stop};
use crate::threads::year_span;
use crate::{calendar, looked, mail};

impl From<RequiredRefused> for Stop<RequiredRefused> {
    fn from(refused: RequiredRefused) -> Self {
        Self::Refused(refused)
    }
}

/// A track as one of the two sees it.
#[derive(Debug)]
pub struct Seen {
    /// The track.
    pub track: Track,
    /// Which of the two looks.
    pub seat: Seat,
    /// Whether it can go on with the one the teacher has chosen: not when they have left, gave the role up, or stand above the
    /// teacher by now (R-REQ-6).
    pub reachable: bool,
    /// What a list says of the thread in which the two work; nothing on the page of the track.
    pub line: Option<Line>,
}

/// A track as whoever looks may see it.
#[derive(Debug)]
pub enum View {
    /// As teacher or practitioner.
    Two(Box<Seen>),
    /// As the line manager of today: what is reported (R-REQ-4).
    Manager(Box<Reported>),
}

/// The facts about a track.
pub(crate) async fn facts_of<R>(desk: &Desk, db: &Db, track: TrackId) -> Result<TrackFacts, Stop<R>> {
    facts::track(db, &desk.frame.programme.facts, track).await?.ok_or(Stop::Denied)
}

/// Whether it can go on with the one whom the teacher has chosen (R-REQ-6).
pub(crate) async fn reachable(desk: &Desk, db: &Db, facts: &TrackFacts) -> Result<bool, Fault> {
    let Some(practitioner) = facts.practitioner else { return Ok(false) };
    let Some(who) = store::facts::person(db, desk.institution(), practitioner).await? else { return Ok(false) };
    Ok(who.roles.has(Role::Practitioner) && desk.permit::<SeeTrack>(&who, facts, &()).is_ok())
}

/// Looks at a track: the two see it, the line manager of today reads what is reported.
///
/// # Errors
/// Denied for everybody else.
pub async fn see(desk: &Desk, who: &PersonFacts, track: TrackId) -> Result<View, Stop<Never>> {
    let db = desk.read();
    let facts = facts_of(desk, &db, track).await?;
    // First noted, then shown: nobody looks without its being noted (R-LOK-1).
    if let Ok(permit) = desk.permit::<SeeTrack>(who, &facts, &()) {
        let seat = if facts.teacher == who.id { Seat::Teacher } else { Seat::Practitioner };
        looked::at_track(desk, &permit, seat).await?;
        let reachable = reachable(desk, &db, &facts).await?;
        let track = required::see(&db, &permit).await?;
        return Ok(View::Two(Box::new(Seen { track, seat, reachable, line: None })));
    }
    let permit = desk.permit::<SeeReported>(who, &facts, &())?;
    looked::at_track(desk, &permit, Seat::Manager).await?;
    Ok(View::Manager(Box::new(required::reported(&db, &permit).await?)))
}

/// Everything of one's own: as one of the two, the latest first, and as the line manager of today, by name. A list leaves no look.
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<(Vec<Seen>, Vec<Reported>), Stop<Never>> {
    let all = listed(desk, who, Listing::Shown).await?;
    Ok((all.two, all.reports))
}

/// The same to be taken along whole: that leaves a look at each, first noted, then given (R-LOK-1).
///
/// # Errors
/// A fault of the database.
pub async fn taken_along(desk: &Desk, who: &PersonFacts) -> Result<(Vec<Seen>, Vec<Reported>), Stop<Never>> {
    let all = listed(desk, who, Listing::TakenAlong).await?;
    Ok((all.two, all.reports))
}

/// For one's week: what one is in as one of the two, and beside it the threads of required support that ended in the last four weeks,
/// also those of a track that has gone on with somebody else.
///
/// # Errors
/// A fault of the database.
pub async fn of_the_week(desk: &Desk, who: &PersonFacts) -> Result<(Vec<Seen>, Vec<Line>), Stop<Never>> {
    let Listed { two, rest, .. } = listed(desk, who, Listing::OfTheWeek).await?;
    let over = rest.into_iter().filter(|line| !matches!(line.stage, Stage::Waiting | Stage::Open));
    let gone = |line: &Line| line.track.is_some_and(|track| two.iter().all(|one| one.track.common.id != track));
    let over = over.filter(gone).collect();
    Ok((two, over))
}

/// What a list of one's own is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    /// A page.
    Shown,
    /// One's week.
    OfTheWeek,
    /// Data to be taken along, which leaves looks.
    TakenAlong,
}

/// Everything of one's own.
#[derive(Default)]
struct Listed {
    /// As one of the two.
    two: Vec<Seen>,
    /// As the line manager of today.
    reports: Vec<Reported>,
    /// Threads of required support of the last weeks that belong to none of the two's.
    rest: Vec<Line>,
}

async fn listed(desk: &Desk, who: &PersonFacts, what_for: Listing) -> Result<Listed, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTracks>(who, who, &())?;
    let db = desk.read();
    let mut all = Listed::default();
    let own = seats::own(&db, &permit).await?;
    if !own.is_empty() || what_for == Listing::OfTheWeek {
        all.rest = support::of_tracks(&db, &permit, desk.now).await?;
    }
    if own.is_empty() {
        return Ok(all);
    }
    let barred = facts::barred(&db, desk.institution()).await?;
    for (track, seat) in own {
        let found = facts::one_track(&db, &desk.frame.programme.facts, (track, &barred)).await?;
        let facts = found.ok_or(Stop::Denied)?;
        if seat == Seat::Manager {
            if let Ok(permit) = desk.permit::<SeeReported>(who, &facts, &()) {
                if what_for == Listing::TakenAlong {
                    looked::at_track(desk, &permit, seat).await?;
                }
                all.reports.push(required::reported(&db, &permit).await?);
            }
        } else if let Ok(permit) = desk.permit::<SeeTrack>(who, &facts, &()) {
            if what_for == Listing::TakenAlong {
                looked::at_track(desk, &permit, seat).await?;
            }
            let (reachable, track) = (reachable(desk, &db, &facts).await?, required::see(&db, &permit).await?);
            let at = all.rest.iter().position(|line| Some(line.thread) == track.thread.map(|(thread, _)| thread));
            let line = at.map(|at| all.rest.remove(at));
            all.two.push(Seen { track, seat, reachable, line });
        }
    }
    Ok(all)
}

/// Whether anything is reported to somebody, as the line manager of today: one cheap question, for each page's way there.
///
/// # Errors
/// A fault of the database.
pub async fn is_reported(desk: &Desk, who: &PersonFacts) -> Result<bool, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTracks>(who, who, &())?;
    Ok(seats::is_reported(&desk.read(), &permit).await?)
}

/// What a line manager sees of requiring support.
#[derive(Debug)]
pub struct Requiring {
    /// Those who report to them directly, teach, and for whom nothing is required at the moment.
    pub teachers: Vec<Colleague>,
    /// What is reported to them, by name.
    pub reports: Vec<Reported>,
}

/// For whom somebody could require support, and what is reported to them. Nothing for whom nobody reports to.
///
/// # Errors
/// Denied when nobody reports to them, or where the college requires no support and none is on.
pub async fn requiring(desk: &Desk, who: &PersonFacts) -> Result<Requiring, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTracks>(who, who, &())?;
    let (_, reports) = own(desk, who).await?;
    let db = desk.read();
    let direct = seats::direct(&db, &permit).await?;
    let ids: Vec<PersonId> = direct.iter().map(|one| one.id).collect();
    let would_be = facts::would_be(&db, &desk.frame.programme.facts, &ids).await?;
    let allowed = would_be.iter().filter(|facts| desk.permit::<StartTrack>(who, facts, &()).is_ok());
    let allowed: Vec<PersonId> = allowed.map(|facts| facts.teacher).collect();
    let on =
        |one: &Colleague| reports.iter().any(|known| known.common.teacher.id == one.id && known.common.ended.is_none());
    let may = !allowed.is_empty();
    let teachers = direct.into_iter().filter(|one| allowed.contains(&one.id) && !on(one)).collect();
    if may || !reports.is_empty() { Ok(Requiring { teachers, reports }) } else { Err(Stop::Denied) }
}

/// Support that a line manager requires.
#[derive(Debug, Clone)]
pub struct Require {
    /// For whom.
    pub teacher: PersonId,
    /// Why.
    pub reason: Reason,
    /// Themes, if any.
    pub themes: Vec<ThemeId>,
    /// How many meetings, how long.
    pub plan: Plan,
    /// What it is to cover.
    pub text: String,
    /// Whether they have read that what comes last helps least.
    pub read: bool,
}

/// Requires support for somebody who reports to oneself directly (R-REQ-2, R-REQ-3). Sending the same form twice leads to the same
/// track.
///
/// # Errors
/// A rule that says no; denied for anybody else, and where the model does not allow it.
pub async fn start(
    desk: &Desk,
    who: PersonId,
    (require, once): (&Require, &str),
) -> Result<TrackId, Stop<RequiredRefused>> {
    let db = desk.write().await?;
    let track: TrackId = desk.once(who, once);
    if support::exists(&db, desk.institution(), ThreadId(track.0)).await? {
        return Ok(track);
    }
    let me = desk.person(&db, who).await?;
    let about = facts::track_of(&db, &desk.frame.programme.facts, (track, require.teacher)).await?;
    let permit = desk.permit::<StartTrack>(&me, &about.ok_or(Stop::Denied)?, &())?;
    let text = text(&require.text, RequiredRefused::EmptyScope)?;
    require.plan.check()?;
    let earlier = ceiling::earlier(&db, &permit, require.teacher).await?;
    if earlier.iter().any(|(_, ended)| !ended) {
        return Err(RequiredRefused::AlreadyOn.into());
    }
    let latest = earlier.first().map(|(began, _)| desk.frame.calendar.day(*began));
    if comes_last(require.reason, latest, desk.today()) && !require.read {
        return Err(RequiredRefused::LastResort.into());
    }
    let year = year_span(desk, desk.today())?;
    let known = ceiling::planned(&db, &permit, (year.from, year.until)).await?;
    below_ceiling(ceiling::share(&db, desk.institution()).await?, known, require.plan.whole())?;
    let themes = tracks::known_themes(&db, &permit, &require.themes).await?;
    let new = tracks::New {
        teacher: require.teacher,
        reason: require.reason,
        themes: &themes,
        plan: require.plan,
        text: &text,
        now: desk.now,
        today: desk.today(),
    };
    tracks::start(&db, &permit, &new).await?;
    mail::waits(desk, &db, &permit, require.teacher).await?;
    events::in_track(&db, &permit, desk.stamp(), (track, Seat::Manager)).await?;
    db.commit().await?;
    Ok(track)
}

/// Who could be chosen: practitioners who are open to required support, those who know its themes first, then by name. What
/// somebody asked for plays no part in it.
///
/// # Errors
/// Denied for everybody but the teacher.
pub async fn choices(desk: &Desk, who: &PersonFacts, track: TrackId) -> Result<Vec<Practitioner>, Stop<Never>> {
    let db = desk.read();
    let about = facts_of(desk, &db, track).await?;
    let seen = desk.permit::<SeeTrack>(who, &about, &())?;
    let themes: Vec<ThemeId> = required::see(&db, &seen).await?.common.themes.iter().map(|(theme, _)| *theme).collect();
    let directory = desk.permit::<SeeDirectory>(who, &desk.frame.programme.facts, &())?;
    let mut found = Vec::new();
    for one in directory::practitioners(&db, &directory).await? {
        let other = desk.person::<Never>(&db, one.id).await?;
        let chosen = about.practitioner == Some(one.id) && reachable(desk, &db, &about).await?;
        if !chosen && desk.permit::<ChoosePractitioner>(who, &about, &other).is_ok() {
            found.push(one);
        }
    }
    let knows = |one: &Practitioner| one.expertise.iter().filter(|known| themes.contains(&known.theme)).count();
    found.sort_by_key(|one| std::cmp::Reverse(knows(one)));
    Ok(found)
}

/// Chooses who gives the support, or somebody else later: what was on with the one before ends, and a thread with the new one
/// begins (R-REQ-5, R-REQ-6). Sending the same form twice leads to the same thread.
///
/// # Errors
/// A rule that says no; denied for everybody but the teacher, and when the other one cannot be chosen.
pub async fn choose(
    desk: &Desk,
    who: PersonId,
    (track, to, once): (TrackId, PersonId, &str),
) -> Result<ThreadId, Stop<RequiredRefused>> {
    let db = desk.write().await?;
    let fresh: ThreadId = desk.once(who, once);
    if support::exists(&db, desk.institution(), fresh).await? {
        return Ok(fresh);
    }
    let me = desk.person(&db, who).await?;
    let about = facts_of(desk, &db, track).await?;
    let other = desk.person(&db, to).await?;
    let permit = desk.permit::<ChoosePractitioner>(&me, &about, &other)?;
    let now = tracks::for_change(&db, &permit).await?;
    if now.common.ended.is_some() {
        return Err(RequiredRefused::Over.into());
    }
    if about.practitioner == Some(to) && reachable(desk, &db, &about).await? {
        return Err(RequiredRefused::SameOne.into());
    }
    let before = about.practitioner.filter(|before| *before != to);
    if let Some(before) = before
        && reachable(desk, &db, &about).await?
    {
        mail::waits(desk, &db, &permit, before).await?;
    }
    for left in tracks::leave(&db, &permit, desk.now).await? {
        calendar::called_off(desk, (&db, &permit), left).await?;
    }
    let meetings = now.common.scope().and_then(|scope| u8::try_from(scope.plan.meetings).ok());
    let request = Request {
        practitioner: to,
        themes: now.common.themes.iter().map(|(theme, _)| *theme).collect(),
        why: None,
        manner: Manner { formality: Formality::Formal, span: Span::Ongoing, meetings },
        place: None,
        wish: None,
        began: None,
    };
    support::insert(&db, &permit, fresh, (&request, desk.now)).await?;
    tracks::choose(&db, &permit, fresh).await?;
    mail::waits(desk, &db, &permit, to).await?;
    events::in_track(&db, &permit, desk.stamp(), (track, Seat::Teacher)).await?;
    db.commit().await?;
    Ok(fresh)
}
