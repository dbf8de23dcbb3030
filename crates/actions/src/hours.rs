//! Noting hours in seconds, one's own record, and taking a name out again.

use domain::board::Alert;
use domain::hours::{HoursRefused, Purpose, TermHours, check, forecast};
use domain::ids::{EntryId, PersonId, ThemeId};
use domain::inductions::{Settling, settled};
use domain::minutes::Minutes;
use domain::pattern::{Block, CarryState, plan_of_term};
use domain::period::academic_year;
use jiff::civil::Date;
use policies::acts::{FindColleague, NoteHours, RemoveNote, RemoveOwnName, SeeDirectory, SeeOwnAccount, SeeOwnHours};
use policies::facts::PersonFacts;
pub use store::hours::Entry;
use store::hours::{self, NewEntry};
use store::people;
pub use store::people::Colleague;
use store::{directory, events, facts, pattern, ramps, retention};

use crate::desk::{Desk, Never, Stop};
use crate::mail;
use crate::threads::year_span;

/// What is noted.
#[derive(Debug, Clone)]
pub struct Note {
    /// How long.
    pub minutes: Minutes,
    /// The day.
    pub day: Date,
    /// The colleague, if named.
    pub with: Option<PersonId>,
    /// What it was about.
    pub themes: Vec<ThemeId>,
    /// What it was for.
    pub purposes: Vec<Purpose>,
    /// The form's token: sent twice, noted once.
    pub once: String,
}

/// Notes hours into one's own record.
///
/// # Errors
/// A rule that says no.
pub async fn note(desk: &Desk, who: PersonId, mut note: Note) -> Result<EntryId, Stop<HoursRefused>> {
    let db = desk.write().await?;
    let id: EntryId = desk.once(who, &note.once);
    if facts::entry(&db, desk.institution(), id).await?.is_some() {
        return Ok(id);
    }
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<NoteHours>(&me, &facts::practice(desk.institution(), who), &())?;
    let mut seen = Vec::new();
    note.purposes.retain(|purpose| {
        !seen.contains(purpose) && {
            seen.push(*purpose);
            true
        }
    });
    check(note.minutes, note.day, desk.today(), &note.purposes).map_err(Stop::Refused)?;
    let seen = desk.permit::<SeeDirectory>(&me, &desk.frame.programme.facts, &())?;
    let known = directory::themes(&db, &seen).await?;
    note.themes.retain(|theme| known.iter().any(|one| one.id == *theme));
    note.themes.sort_unstable();
    note.themes.dedup();
    let with = match note.with {
        None => None,
        Some(with) if with == who => return Err(Stop::Refused(HoursRefused::Oneself)),
        Some(with) => {
            let other = facts::person(&db, desk.institution(), with).await?.filter(|other| other.active);
            Some(other.ok_or(Stop::Refused(HoursRefused::UnknownColleague))?.id)
        }
    };
    let entry = NewEntry {
        id,
        day: note.day,
        minutes: note.minutes,
        purposes: &note.purposes,
        themes: &note.themes,
        now: desk.now,
    };
    hours::note(&db, &permit, &entry, with.map(|with| (desk.ids().fresh(), with))).await?;
    if let Some(with) = with {
        mail::waits(desk, &db, &permit, with).await?;
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(id)
}

/// Says whether an entry of one's own was outreach: for colleagues beyond one's own area (R-TIM-9).
///
/// # Errors
/// Denied for anybody but its owner.
pub async fn set_outreach(desk: &Desk, who: PersonId, (entry, outreach): (EntryId, bool)) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<NoteHours>(&me, &facts::practice(desk.institution(), who), &())?;
    if !hours::set_outreach(&db, &permit, (entry, outreach)).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Takes an entry of one's own back. What a meeting entered is corrected at the meeting (R-HRS-4).
///
/// # Errors
/// Denied for anybody but its owner, and for a meeting's entry.
pub async fn remove(desk: &Desk, who: PersonId, entry: EntryId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::entry(&db, desk.institution(), entry).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<RemoveNote>(&me, &facts, &())?;
    if hours::is_of_meeting(&db, &permit).await? {
        return Err(Stop::Denied);
    }
    hours::remove(&db, &permit).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    retention::destroy_soon(&desk.house.store, desk.institution()).await;
    Ok(())
}

/// Takes one's own name out of a practitioner's entry (R-HRS-3). The hours stay; who it was with is forgotten.
///
/// # Errors
/// Denied for anybody but the named one.
pub async fn remove_own_name(desk: &Desk, who: PersonId, entry: EntryId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::entry(&db, desk.institution(), entry).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<RemoveOwnName>(&me, &facts, &())?;
    hours::remove_name(&db, &permit).await?;
    // Without thread and name: the event must not remember what was taken out.
    events::in_thread(&db, &permit, desk.stamp(), (None, domain::support::Party::Teacher)).await?;
    db.commit().await?;
    retention::destroy_soon(&desk.house.store, desk.institution()).await;
    Ok(())
}

/// One's own hours: the term so far, and the entries of the year.
#[derive(Debug)]
pub struct Record {
    /// The term's name.
    pub term: String,
    /// The term's hours.
    pub hours: TermHours,
    /// The year's remission.
    pub remitted: Minutes,
    /// Used and booked of the year's remission.
    pub year: (Minutes, Minutes),
    /// The caseload that the remission is taken from.
    pub caseload: Minutes,
    /// Minutes of the year by purpose.
    pub purposes: Vec<(Purpose, Minutes)>,
    /// A page of the academic year's entries, newest first.
    pub entries: Vec<Entry>,
    /// Whether there are earlier ones.
    pub earlier: bool,
}

/// So many entries stand on a page.
const PER_PAGE: usize = 20;

/// One's own record of hours, with a page of its entries; `page` counts from 0.
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own(desk: &Desk, who: &PersonFacts, page: usize) -> Result<Record, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    let db = desk.read();
    let year = year_span(desk, desk.today())?;
    let (_, caseload) = hours::remission(&db, &permit).await?;
    let time = own_time(desk, &db, &permit).await?;
    let remitted = time.0;
    let year_hours = hours::sums(&db, &permit, (year.first, year.last), (year.from, year.until)).await?;
    // One more than is shown tells whether there are earlier ones.
    let part = (page.saturating_mul(PER_PAGE), PER_PAGE + 1);
    let mut entries = hours::own(&db, &permit, (year.first, year.last), part).await?;
    let earlier = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let purposes = hours::by_purpose(&db, &permit, (year.first, year.last)).await?;
    let (term, term_hours) = term(desk, &db, (&permit, &time)).await?;
    Ok(Record { term, hours: term_hours, remitted, year: year_hours, caseload, purposes, entries, earlier })
}

/// Every entry of one's own record, of all years, newest first: also of whoever is a practitioner no more (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(desk: &Desk, who: &PersonFacts) -> Result<Vec<Entry>, Stop<Never>> {
    let account = facts::account(&desk.frame.programme.facts, who.id);
    let permit = desk.permit::<SeeOwnAccount>(who, &account, &())?;
    Ok(hours::every(&desk.read(), &permit).await?)
}

/// One's own hours of the term, without the entries.
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own_term(desk: &Desk, who: &PersonFacts) -> Result<(String, TermHours), Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    let db = desk.read();
    let time = own_time(desk, &db, &permit).await?;
    Ok(term(desk, &db, (&permit, &time)).await?)
}

/// One's own remission of the year with what was carried into it, and its blocks (R-TIM-6, R-TIM-8).
pub(crate) async fn own_time(
    desk: &Desk,
    db: &store::Db,
    permit: &policies::Permit<SeeOwnHours>,
) -> Result<(Minutes, Vec<Block>), store::Fault> {
    let (remitted, _) = hours::remission(db, permit).await?;
    let carried = pattern::carry(db, permit, academic_year(desk.today()) - 1).await?;
    let carried = carried.filter(|one| one.state == CarryState::Agreed).map_or(Minutes(0), |one| one.time);
    Ok((remitted + carried, pattern::one(db, permit).await?.blocks))
}

async fn term(
    desk: &Desk,
    db: &store::Db,
    (permit, (year, blocks)): (&policies::Permit<SeeOwnHours>, &(Minutes, Vec<Block>)),
) -> Result<(String, TermHours), store::Fault> {
    let calendar = &desk.frame.calendar;
    let Some(term) = calendar.term_or_next(desk.today()) else {
        let none = Minutes(0);
        return Ok((String::new(), TermHours { plan: none, used: none, booked: none, forecast: none }));
    };
    let instants = crate::board::instants(desk, term)?;
    let (used, booked) = hours::sums(db, permit, (term.starts, term.ends), instants).await?;
    let (gone, all) = (calendar.teaching_weeks(term, desk.today()), calendar.teaching_weeks(term, term.ends));
    let settling = ramps::own(db, permit).await?;
    let set = store::new_year::set_for(db, permit, academic_year(term.ends)).await?;
    let own = set.into_iter().flatten().find(|one| one.person == permit.key());
    let year = &own.map_or(*year, |one| one.remitted);
    let plan = settled(calendar, term, plan_of_term(calendar, term, (*year, blocks)), settling.as_ref());
    Ok((term.name.clone(), TermHours { plan, used, booked, forecast: forecast(used, booked, gone, all) }))
}

/// A slow start that holds today (R-IND-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slow {
    /// The share of the remitted hours that is expected at the moment, in hundredths.
    pub share: u8,
    /// Whether the term is heading for less than half of even that.
    pub below: bool,
}

/// One's own slow start, while one holds.
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn slow_start(desk: &Desk, who: &PersonFacts, hours: &TermHours) -> Result<Option<Slow>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    let settling: Option<Settling> = ramps::own(&desk.read(), &permit).await?;
    let (calendar, today) = (&desk.frame.calendar, desk.today());
    let Some(share) = settling.and_then(|one| one.share_on(calendar, today)) else { return Ok(None) };
    let gone = calendar.term_or_next(today).map_or(0, |term| calendar.teaching_weeks(term, today));
    let below = matches!(Alert::of_term("", hours, gone), Some(Alert::Under { .. }));
    Ok(Some(Slow { share, below }))
}

/// What the note form offers: recent colleagues, all colleagues, themes.
#[derive(Debug)]
pub struct NoteForm {
    /// Those one was last in touch with.
    pub recent: Vec<Colleague>,
    /// Everybody.
    pub everybody: Vec<Colleague>,
    /// Themes.
    pub themes: Vec<directory::Theme>,
}

/// What the note form offers.
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn form(desk: &Desk, who: &PersonFacts) -> Result<NoteForm, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let find = desk.permit::<FindColleague>(who, programme, &())?;
    let see = desk.permit::<SeeDirectory>(who, programme, &())?;
    let db = desk.read();
    let recent = hours::recent(&db, &find, (who.id, desk.now)).await?;
    let everybody = people::colleagues(&db, &find).await?.into_iter().filter(|one| one.id != who.id).collect();
    Ok(NoteForm { recent, everybody, themes: directory::themes(&db, &see).await? })
}
