//! The strategic review of a term: opened, written and closed by the programme lead, read by senior leaders too. Rules R-REV-4 to
//! R-REV-8.

use domain::check::{Look, Stood};
use domain::ids::{PersonId, ReviewId};
use domain::period::Term;
use domain::reviews::{Due, MOST_DECISIONS, ReviewRefused, by, decision, done, priorities, recent, title, who};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{KeepReviews, SeeReleases, SeeReviews};
use policies::facts::PersonFacts;
use store::reviews::{Closed, ReadsReviews};
pub use store::reviews::{Leader, Review, Who};
use store::{Db, Fault, events, reviews};

use crate::check;
use crate::desk::{Desk, Never, Stop};
use crate::releases;

/// All reviews.
#[derive(Debug)]
pub struct Reviews {
    /// The latest term first.
    pub all: Vec<Review>,
    /// Terms without a review that can have one, the latest first: their first day, and what the review would be called.
    pub to_open: Vec<(Date, String)>,
    /// How it stands with the review of the latest term, in a line.
    pub due: String,
    /// Whether the visitor keeps them.
    pub may_keep: bool,
}

/// Looks at all reviews.
///
/// # Errors
/// Denied for anybody but programme leads and senior leaders.
pub async fn see(desk: &Desk, visitor: &PersonFacts) -> Result<Reviews, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeReviews>(visitor, programme, &())?;
    let may_keep = desk.permit::<KeepReviews>(visitor, programme, &()).is_ok();
    let all = reviews::all(&desk.read(), &permit).await?;
    let terms = recent(&desk.frame.calendar, desk.today());
    let without = |term: &&Term| !all.iter().any(|one| one.term == term.starts);
    let to_open = terms.iter().filter(without).map(|term| (term.starts, title(term))).collect();
    Ok(Reviews { due: line(desk, &all), all, to_open, may_keep })
}

fn line(desk: &Desk, all: &[Review]) -> String {
    let today = desk.today();
    let Some(term) = recent(&desk.frame.calendar, today).into_iter().next() else { return String::new() };
    let due = match all.iter().find(|one| one.term == term.starts) {
        None => Due::NotOpened,
        Some(Review { closed: None, .. }) => Due::Open,
        Some(Review { closed: Some(closed), decisions, .. }) => {
            Due::Closed(closed.day, decisions.iter().filter(|one| one.done.is_none()).count())
        }
    };
    due.words(&term, today)
}

/// How it stands with the review of the latest term, in a line, for whoever may read reviews.
///
/// # Errors
/// A fault of the database.
pub async fn due(desk: &Desk, visitor: &PersonFacts) -> Result<Option<String>, Fault> {
    let Ok(permit) = desk.permit::<SeeReviews>(visitor, &desk.frame.programme.facts, &()) else { return Ok(None) };
    let all = reviews::all(&desk.read(), &permit).await?;
    Ok(Some(line(desk, &all)).filter(|line| !line.is_empty()))
}

/// A review as its page shows it.
#[derive(Debug)]
pub struct Page {
    /// The review.
    pub review: Review,
    /// The programme as it stood when the review was closed; while it is open, as it stands.
    pub stood: Vec<Stood>,
    /// The latest release, by name, then or now.
    pub latest: Option<String>,
    /// Who can be asked to do something.
    pub leaders: Vec<Leader>,
    /// Whether the visitor keeps it.
    pub may_keep: bool,
}

async fn found<A: ReadsReviews>(db: &Db, permit: &Permit<A>, review: ReviewId) -> Result<Option<Review>, Fault> {
    Ok(reviews::all(db, permit).await?.into_iter().find(|one| one.id == review))
}

/// Looks at one review.
///
/// # Errors
/// Denied for anybody but programme leads and senior leaders, and where there is none.
pub async fn show(desk: &Desk, visitor: &PersonFacts, review: ReviewId) -> Result<Page, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeReviews>(visitor, programme, &())?;
    let may_keep = desk.permit::<KeepReviews>(visitor, programme, &()).is_ok();
    let db = desk.read();
    let review = found(&db, &permit, review).await?.ok_or(Stop::Denied)?;
    let leaders = reviews::leaders(&db, &permit).await?;
    let (stood, latest) = match &review.closed {
        Some(closed) => {
            let stood = serde_json::from_str(&closed.stood).map_err(|_| Fault::Unreadable("review"))?;
            (stood, closed.latest.clone())
        }
        None => {
            let looks = check::looks(desk, visitor, (&db, &permit)).await?;
            (looks.iter().map(Stood::of).collect(), latest_release(desk, visitor).await?)
        }
    };
    Ok(Page { review, stood, latest, leaders, may_keep })
}

async fn latest_release(desk: &Desk, visitor: &PersonFacts) -> Result<Option<String>, Stop<Never>> {
    if desk.permit::<SeeReleases>(visitor, &desk.frame.programme.facts, &()).is_err() {
        return Ok(None);
    }
    let page = releases::see(desk, visitor, None).await?;
    let out = page.all.into_iter().map(|(_, cover)| cover).find(|cover| cover.out <= desk.today());
    Ok(out.map(|cover| cover.name))
}

/// Opens the review of a term that has begun (R-REV-4).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn open(desk: &Desk, lead: PersonId, term: Option<Date>) -> Result<ReviewId, Stop<ReviewRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, lead).await?;
    let permit = desk.permit::<KeepReviews>(&me, &desk.frame.programme.facts, &())?;
    let terms = recent(&desk.frame.calendar, desk.today());
    let term = terms.iter().find(|one| Some(one.starts) == term).ok_or(Stop::Refused(ReviewRefused::Term))?;
    if reviews::all(&db, &permit).await?.iter().any(|one| one.term == term.starts) {
        return Err(Stop::Refused(ReviewRefused::There));
    }
    let review = Review {
        id: desk.ids().fresh(),
        term: term.starts,
        title: title(term),
        priorities: String::new(),
        opened: desk.today(),
        closed: None,
        decisions: Vec::new(),
    };
    reviews::open(&db, &permit, &review).await?;
    events::record(&db, &permit, desk.stamp(), &format!("opened {}", review.id)).await?;
    db.commit().await?;
    Ok(review.id)
}

/// The review for whoever keeps it, while it is open (R-REV-7).
async fn kept(
    desk: &Desk,
    (db, lead): (&Db, PersonId),
    review: ReviewId,
) -> Result<(Permit<KeepReviews>, Review, PersonFacts), Stop<ReviewRefused>> {
    let me = desk.person(db, lead).await?;
    let permit = desk.permit::<KeepReviews>(&me, &desk.frame.programme.facts, &())?;
    let review = found(db, &permit, review).await?.ok_or(Stop::Denied)?;
    Ok((permit, review, me))
}

fn still_open(review: &Review) -> Result<(), Stop<ReviewRefused>> {
    if review.closed.is_some() { Err(Stop::Refused(ReviewRefused::Closed)) } else { Ok(()) }
}

/// Writes what becomes of the priorities (R-REV-5).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn write(desk: &Desk, lead: PersonId, (review, text): (ReviewId, &str)) -> Result<(), Stop<ReviewRefused>> {
    let db = desk.write().await?;
    let (permit, review, _) = kept(desk, (&db, lead), review).await?;
    still_open(&review)?;
    let text = priorities(text).map_err(Stop::Refused)?;
    reviews::write(&db, &permit, (review.id, &text)).await?;
    events::record(&db, &permit, desk.stamp(), &format!("written {}", review.id)).await?;
    Ok(db.commit().await?)
}

/// A decision as it is typed.
#[derive(Debug, Clone, Default)]
pub struct NewDecision {
    /// What is decided.
    pub text: String,
    /// Somebody of the list who does it.
    pub person: Option<PersonId>,
    /// Or who does it in words.
    pub who: String,
    /// By which day.
    pub by: Option<Date>,
}

/// Adds a decision while the review is open (R-REV-6).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn decide(
    desk: &Desk,
    lead: PersonId,
    (review, new): (ReviewId, &NewDecision),
) -> Result<(), Stop<ReviewRefused>> {
    let db = desk.write().await?;
    let (permit, review, _) = kept(desk, (&db, lead), review).await?;
    still_open(&review)?;
    if review.decisions.len() >= MOST_DECISIONS {
        return Err(Stop::Refused(ReviewRefused::Many));
    }
    let text = decision(&new.text).map_err(Stop::Refused)?;
    let doer = match new.person {
        Some(person) => {
            let leaders = reviews::leaders(&db, &permit).await?;
            let known = leaders.iter().any(|one| one.person == person);
            if known { Who::Person(person) } else { return Err(Stop::Refused(ReviewRefused::Who)) }
        }
        None => Who::Words(who(&new.who).map_err(Stop::Refused)?),
    };
    let by = by(new.by, desk.today()).map_err(Stop::Refused)?;
    reviews::decide(&db, &permit, &review, (&text, &doer, by)).await?;
    events::record(&db, &permit, desk.stamp(), &format!("decided {}", review.id)).await?;
    Ok(db.commit().await?)
}

/// Takes a decision out while the review is open (R-REV-6).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and where there is none.
pub async fn undecide(
    desk: &Desk,
    lead: PersonId,
    (review, number): (ReviewId, i64),
) -> Result<(), Stop<ReviewRefused>> {
    let db = desk.write().await?;
    let (permit, review, _) = kept(desk, (&db, lead), review).await?;
    still_open(&review)?;
    if !review.decisions.iter().any(|one| one.number == number) {
        return Err(Stop::Denied);
    }
    reviews::undecide(&db, &permit, (review.id, number)).await?;
    events::record(&db, &permit, desk.stamp(), &format!("taken out {} {number}", review.id)).await?;
    Ok(db.commit().await?)
}

/// Closes a review with the programme as it stands: nothing of it changes any more but whether its decisions are done (R-REV-7).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn close(desk: &Desk, lead: PersonId, review: ReviewId) -> Result<(), Stop<ReviewRefused>> {
    let db = desk.write().await?;
    let (permit, review, me) = kept(desk, (&db, lead), review).await?;
    still_open(&review)?;
    if review.priorities.is_empty() {
        return Err(Stop::Refused(ReviewRefused::NothingToClose));
    }
    let looks: Vec<Look> = check::looks(desk, &me, (&db, &permit)).await.map_err(Stop::widen_never)?;
    let stood: Vec<Stood> = looks.iter().map(Stood::of).collect();
    let stood = serde_json::to_string(&stood).map_err(|_| Fault::Unreadable("review"))?;
    let latest = latest_release(desk, &me).await.map_err(Stop::widen_never)?;
    reviews::close(&db, &permit, (review.id, &Closed { day: desk.today(), stood, latest })).await?;
    events::record(&db, &permit, desk.stamp(), &format!("closed {}", review.id)).await?;
    Ok(db.commit().await?)
}

/// What became of a decision, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It was done, on the day given.
    Done(Option<Date>),
    /// It is not done after all.
    NotDone,
}

/// Says on which day a decision was done, or that it is not done after all, in an open review and in a closed one (R-REV-8).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and where there is none.
pub async fn tick(
    desk: &Desk,
    lead: PersonId,
    (review, number, said): (ReviewId, i64, Said),
) -> Result<(), Stop<ReviewRefused>> {
    let db = desk.write().await?;
    let (permit, review, _) = kept(desk, (&db, lead), review).await?;
    if !review.decisions.iter().any(|one| one.number == number) {
        return Err(Stop::Denied);
    }
    let day = match said {
        Said::Done(day) => Some(done(day, (review.opened, desk.today())).map_err(Stop::Refused)?),
        Said::NotDone => None,
    };
    reviews::done(&db, &permit, (review.id, number, day)).await?;
    let word = if day.is_some() { "done" } else { "not done" };
    events::record(&db, &permit, desk.stamp(), &format!("{word} {} {number}", review.id)).await?;
    Ok(db.commit().await?)
}
