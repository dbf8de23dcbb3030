//! Asking for support: suggestions, the request, one's own list.

use std::collections::{BTreeMap, BTreeSet};
pub use store::support::Line;

use allocation::{
    Block, Excluded, HalfDays, Need, Practitioner as Candidate, Problem, Reason, Site, Skill, Strength, Tag,
};
use domain::began::Began;
use domain::hours::Room;
use domain::ids::{AreaId, PersonId, ThemeId, ThreadId};
use domain::support::{Party, Request, Slot, SupportRefused, published};
use domain::weekly::WeeklySpan;
use policies::acts::{AskForSupport, SeeAvoided, SeeDirectory, SeeOwnSupport, SeeSuggestions};
use policies::facts::PersonFacts;
use store::directory::{self, Practitioner, Theme};
use store::support;
use store::{Db, Fault, began, events, hours, keys, threads};

use crate::desk::{Desk, Never, Stop};
use crate::mail;

/// Why somebody is not suggested. The page says "not available" and no more.
mod barred {
    /// Oneself.
    pub const ONESELF: u16 = 1;
    /// In one's own line upwards, or one's appraiser (MAT-05).
    pub const LINE: u16 = 2;
    /// Somebody one would rather not work with (REF-08).
    pub const AVOIDED: u16 = 3;
    /// Somebody one is in touch with already (R-SUP-4).
    pub const IN_TOUCH: u16 = 4;
}

/// A practitioner who could be asked, best fit first.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// Who.
    pub practitioner: Practitioner,
    /// Why: parts of the exact score, best first.
    pub why: Vec<Why>,
    /// Published times ahead.
    pub slots: Vec<Slot>,
    /// Whether there are keys on that side, so that sealed words can be read there.
    pub keyed: bool,
}

/// A reason, as a value: sentences are made on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Leads on an asked theme.
    Leads(String),
    /// Leads on an asked theme in every area (MAT-03).
    LeadsEverywhere(String),
    /// Knows an asked theme.
    Knows(String),
    /// Works in another area.
    Outside,
    /// Looks after the asker's area.
    Nominated,
    /// The two worked together before.
    WorkedTogether,
    /// Whether there was room at the start of the week.
    Room(Room),
}

/// What the ask form shows.
#[derive(Debug, Clone)]
pub struct Suggestions {
    /// Who could be asked, best fit first.
    pub list: Vec<Suggestion>,
    /// Whom the asker would rather not work with.
    pub avoided: Vec<Practitioner>,
    /// With whom the asker is in touch already, and where.
    pub in_touch: Vec<(Practitioner, ThreadId)>,
    /// The themes to choose from.
    pub themes: Vec<Theme>,
}

/// Who fits these themes: every practitioner who is not excluded, with reasons (R-MAT-1, R-MAT-4).
///
/// # Errors
/// Denied when asking is closed or the visitor is not teaching staff.
pub async fn suggest(desk: &Desk, who: &PersonFacts, wanted: &[ThemeId]) -> Result<Suggestions, Stop<Never>> {
    let db = desk.read();
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeSuggestions>(who, programme, &())?;
    let seen = desk.permit::<SeeDirectory>(who, programme, &())?;
    let own = desk.permit::<SeeAvoided>(who, who, &())?;
    let practitioners = directory::practitioners(&db, &seen).await?;
    let themes = directory::themes(&db, &seen).await?;
    let ties = directory::ties(&db, &permit, &own).await?;
    let keyed = keys::of_practitioners(&db, &permit).await?;
    let areas = known_first(directory::own_areas(&db, &permit, who.id).await?, &practitioners);
    let problem = Problem { practitioners: candidates(&practitioners, &themes, &areas), ..Problem::default() };
    let need = Need {
        // The same for a person all week, so that equals do not change places on every look.
        key: key(who.id.0.as_u128()) ^ u64::from(domain::period::monday(desk.today()).day_of_year().unsigned_abs()),
        site: site(areas.first().copied(), &practitioners, u32::MAX),
        tags: wanted.iter().filter_map(|theme| tag(*theme, &themes)).collect::<BTreeSet<Tag>>(),
        phase: allocation::Phase(0),
        min: 1,
        mask: None,
        choice: Vec::new(),
        worked_with: places(&practitioners, &ties.worked),
        excluded: excluded(who, &practitioners, (&ties.avoided, &ties.in_touch)),
    };
    let ranked = allocation::recommend(&problem, &need).map_err(|_| Fault::Unreadable("practitioners"))?;
    let list = ranked.proposals.iter().filter_map(|proposal| {
        let practitioner = practitioners.get(proposal.practitioner)?.clone();
        let slots = published(&desk.frame.calendar, &practitioner.support_hours, desk.now);
        let why = proposal.parts.iter().filter_map(|part| why(&part.reason, &themes)).collect();
        let keyed = keyed.contains(&practitioner.id);
        Some(Suggestion { practitioner, why, slots, keyed })
    });
    let list = list.collect();
    let avoided = practitioners.iter().filter(|one| ties.avoided.contains(&one.id)).cloned().collect();
    let found = |person: PersonId| practitioners.iter().find(|one| one.id == person).cloned();
    let in_touch = ties.in_touch.iter().filter_map(|(person, thread)| Some((found(*person)?, *thread))).collect();
    Ok(Suggestions { list, avoided, in_touch, themes })
}

fn key(id: u128) -> u64 {
    let [high, low] = [(id >> 64) as u64, id as u64];
    high ^ low
}

fn tag(theme: ThemeId, themes: &[Theme]) -> Option<Tag> {
    themes.iter().position(|known| known.id == theme).and_then(|at| u32::try_from(at).ok()).map(Tag)
}

/// The asker's areas, one that practitioners know about first.
fn known_first(mut areas: Vec<AreaId>, practitioners: &[Practitioner]) -> Vec<AreaId> {
    let known = |area: &AreaId| {
        practitioners.iter().any(|one| {
            one.area == Some(*area) || one.also.contains(area) || one.nominated.iter().any(|(other, _)| other == area)
        })
    };
    areas.sort_by_key(|area| !known(area));
    areas
}

/// An area as the asker has it: whoever works in several is at home in each of them, so the first stands for all.
fn shared(area: AreaId, asker: &[AreaId]) -> AreaId {
    if asker.contains(&area) { asker.first().copied().unwrap_or(area) } else { area }
}

/// The area in which a practitioner is at home beside this asker: a shared one, if there is any.
fn home(one: &Practitioner, asker: &[AreaId]) -> Option<AreaId> {
    let mut all = one.area.into_iter().chain(one.also.iter().copied());
    all.find(|area| asker.contains(area)).map(|area| shared(area, asker)).or(one.area)
}

/// Areas as the allocation knows them: by a number. Somebody without an area has one of their own.
fn site(area: Option<AreaId>, practitioners: &[Practitioner], nobody: u32) -> Site {
    let areas: BTreeSet<AreaId> = practitioners
        .iter()
        .flat_map(|one| one.area.iter().chain(&one.also).chain(one.nominated.iter().map(|(area, _)| area)))
        .copied()
        .collect();
    let at = area.and_then(|area| areas.iter().position(|known| *known == area)).and_then(|at| u32::try_from(at).ok());
    Site(at.unwrap_or(nobody))
}

fn candidates(practitioners: &[Practitioner], themes: &[Theme], asker: &[AreaId]) -> Vec<Candidate> {
    let one = |(at, practitioner): (usize, &Practitioner)| Candidate {
        key: key(practitioner.id.0.as_u128()),
        home: site(home(practitioner, asker), practitioners, u32::MAX - 1 - u32::try_from(at).unwrap_or(0)),
        skills: practitioner
            .expertise
            .iter()
            .filter_map(|known| {
                let strength = match (known.everywhere, known.leads) {
                    (true, _) => Strength::Everywhere,
                    (false, true) => Strength::Leads,
                    (false, false) => Strength::Strong,
                };
                Some(Skill { tag: tag(known.theme, themes)?, phase: allocation::Phase(0), strength })
            })
            .collect(),
        blocks: practitioner.support_hours.iter().map(|span| Block { mask: half_day(*span), cap: 4 }).collect(),
        existing: practitioner
            .nominated
            .iter()
            .map(|(area, _)| site(Some(shared(*area, asker)), practitioners, u32::MAX))
            .collect(),
        room: match practitioner.has_room {
            Some(Room::Full) => allocation::Room::Full,
            Some(Room::NearlyFull) => allocation::Room::NearlyFull,
            Some(Room::HasRoom) | None => allocation::Room::HasRoom,
        },
    };
    practitioners.iter().enumerate().map(one).collect()
}

fn half_day(span: WeeklySpan) -> HalfDays {
    HalfDays::one(span.weekday().number() - 1, span.starts() >= 12 * 60)
}

fn places(practitioners: &[Practitioner], who: &[PersonId]) -> Vec<usize> {
    practitioners.iter().enumerate().filter(|(_, one)| who.contains(&one.id)).map(|(at, _)| at).collect()
}

fn excluded(
    who: &PersonFacts,
    practitioners: &[Practitioner],
    (avoided, in_touch): (&[PersonId], &[(PersonId, ThreadId)]),
) -> Vec<Excluded> {
    let mut barred: BTreeMap<usize, u16> = BTreeMap::new();
    for (at, one) in practitioners.iter().enumerate() {
        let reason = if one.id == who.id {
            barred::ONESELF
        } else if who.managers.contains(&one.id) || who.appraiser == Some(one.id) {
            barred::LINE
        } else if avoided.contains(&one.id) {
            barred::AVOIDED
        } else if in_touch.iter().any(|(person, _)| *person == one.id) {
            barred::IN_TOUCH
        } else {
            continue;
        };
        barred.insert(at, reason);
    }
    barred.into_iter().map(|(practitioner, reason)| Excluded { practitioner, reason }).collect()
}

fn why(reason: &Reason, themes: &[Theme]) -> Option<Why> {
    let name = |tag: &Tag| usize::try_from(tag.0).ok().and_then(|at| themes.get(at)).map(|theme| theme.name.clone());
    match reason {
        Reason::Expertise { tag, strength: Strength::Leads } => name(tag).map(Why::Leads),
        Reason::Expertise { strength: Strength::Everywhere, .. } => None,
        Reason::Everywhere { tag } => name(tag).map(Why::LeadsEverywhere),
        Reason::Expertise { tag, .. } => name(tag).map(Why::Knows),
        Reason::Outside => Some(Why::Outside),
        Reason::Nominated => Some(Why::Nominated),
        Reason::WorkedTogether => Some(Why::WorkedTogether),
        Reason::Room(allocation::Room::HasRoom) => Some(Why::Room(Room::HasRoom)),
        Reason::Room(allocation::Room::NearlyFull) => Some(Why::Room(Room::NearlyFull)),
        Reason::Room(allocation::Room::Full) => Some(Why::Room(Room::Full)),
        Reason::Generalist { .. } | Reason::Time { .. } | Reason::Choice { .. } => None,
    }
}

/// Asks for support: any teaching staff, whatever their practice, while asking is open (R-SUP-1). Sending the same form
/// twice leads to the same thread.
///
/// # Errors
/// A rule that says no; denied when the other one cannot be asked.
pub async fn ask(
    desk: &Desk,
    who: PersonId,
    (request, once): (Request, &str),
) -> Result<ThreadId, Stop<SupportRefused>> {
    let db = desk.write().await?;
    let thread: ThreadId = desk.once(who, once);
    if support::exists(&db, desk.institution(), thread).await? {
        return Ok(thread);
    }
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, request.practitioner).await?;
    let permit = desk.permit::<AskForSupport>(&me, &desk.frame.programme.facts, &other)?;
    begin(desk, &db, &permit, (thread, request)).await?;
    mail::waits(desk, &db, &permit, other.id).await?;
    events::in_thread(&db, &permit, desk.stamp(), (Some(thread), Party::Teacher)).await?;
    db.commit().await?;
    Ok(thread)
}

/// Saves a request after the gate: the rules that need the practitioner's published hours, then the rows.
pub(crate) async fn begin(
    desk: &Desk,
    db: &Db,
    permit: &impl support::Asks,
    (thread, request): (ThreadId, Request),
) -> Result<(), Stop<SupportRefused>> {
    let weekly = directory::published_hours(db, permit, request.practitioner).await?;
    let request = request.ask(&published(&desk.frame.calendar, &weekly, desk.now), desk.now).map_err(Stop::Refused)?;
    if !support::themes_exist(db, permit, &request.themes).await? {
        return Err(Stop::Refused(SupportRefused::NoTheme));
    }
    if support::in_touch(db, permit).await?.is_some() {
        return Err(Stop::Refused(SupportRefused::AlreadyInTouch));
    }
    support::insert(db, permit, thread, (&request, desk.now)).await?;
    if let Some(wish) = request.wish {
        threads::wish(db, permit, thread, (desk.ids().fresh(), wish)).await?;
    }
    Ok(())
}

/// One's own support: what one asked, and the conversations in which a practitioner named one.
#[derive(Debug)]
pub struct Own {
    /// Threads, newest first.
    pub threads: Vec<Line>,
    /// Entries that name one, newest first.
    pub named: Vec<hours::Entry>,
    /// Threads that were still on when one gave the role of practitioner up.
    pub given_up: Vec<Line>,
}

/// One's own support.
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Own, Stop<Never>> {
    let permit = desk.permit::<SeeOwnSupport>(who, who, &())?;
    let db = desk.read();
    let given_up = support::given_up(&db, &permit, desk.now).await?;
    let threads = support::asked(&db, &permit, desk.now).await?;
    Ok(Own { threads, named: hours::naming(&db, &permit).await?, given_up })
}

/// Whose idea it was, as far as one said so when asking; of nobody else's threads (R-SUP-16).
///
/// # Errors
/// A fault of the database.
pub async fn began(desk: &Desk, who: &PersonFacts) -> Result<Vec<(ThreadId, Began)>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnSupport>(who, who, &())?;
    Ok(began::own(&desk.read(), &permit).await?)
}

/// Every thread of one's own that began with a request, on either side, newest first.
///
/// # Errors
/// A fault of the database.
pub async fn every_thread(desk: &Desk, who: &PersonFacts) -> Result<Vec<ThreadId>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnSupport>(who, who, &())?;
    Ok(support::every_thread(&desk.read(), &permit).await?)
}
