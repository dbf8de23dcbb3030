//! Questions about what came of the programme: asked before the answer can be seen, weighed, and then shown. Rules R-CAU-22 to R-CAU-30.

use domain::cause::{self as rules, Asked, CauseRefused, Question};
use domain::ids::{AreaId, LotId, PersonId, QuestionId};
use domain::indicators::{Figure, Indicator};
use domain::lots::{Named, TermOf};
use jiff::civil::DateTime;
use policies::acts::{AskCause, SeeCause, ShowCause, WeighCause};
use policies::facts::PersonFacts;
use policies::permit::Permit;
use store::cause::{self, Kept, Reading};
use store::lots::{self, Lot};
use store::{Db, Fault, events, indicators};

pub use crate::cause_reading::{Said, Smallest};
use crate::cause_reading::{panel, read, weigh as weighed};
use crate::chance::digest;
use crate::desk::{Desk, Never, Stop};
use crate::term_list::terms;

/// A question in the list.
#[derive(Debug)]
pub struct Line {
    /// Which.
    pub id: QuestionId,
    /// When it was asked, at the college.
    pub asked: DateTime,
    /// What was asked.
    pub question: Question,
    /// What was said last, and its level; nothing before it is shown.
    pub said: Option<(u8, String)>,
}

/// The list of questions.
#[derive(Debug)]
pub struct Questions {
    /// Every question, the latest first.
    pub all: Vec<Line>,
    /// Whether the visitor may ask.
    pub may_ask: bool,
}

/// Every question with what was said last (R-CAU-22).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Questions, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeCause>(who, programme, &())?;
    let db = desk.read();
    let mut all = Vec::new();
    for kept in cause::questions(&db, &permit).await? {
        let latest = cause::readings(&db, &permit, kept.id).await?.into_iter().next();
        let said = latest.map(|one| said(&one)).transpose()?.map(|said| (said.level, said.sentence));
        let asked = desk.frame.calendar.local(kept.asked_at);
        all.push(Line { id: kept.id, asked, question: kept.question, said });
    }
    all.reverse();
    Ok(Questions { all, may_ask: desk.permit::<AskCause>(who, programme, &()).is_ok() })
}

/// A question with everything that was worked out and shown.
#[derive(Debug)]
pub struct Page {
    /// Which.
    pub id: QuestionId,
    /// When it was asked, at the college.
    pub asked: DateTime,
    /// What was asked.
    pub question: Question,
    /// How small an effect could be seen, and when that was worked out.
    pub smallest: Option<(Smallest, DateTime)>,
    /// What was shown, the latest first: when, what, and the hash of it.
    pub readings: Vec<(DateTime, Said, String)>,
    /// Whether the visitor may work out and show.
    pub may_show: bool,
    /// Why the smallest effect cannot be worked out now.
    pub not_weighed: Option<CauseRefused>,
    /// Why the answer cannot be shown now.
    pub not_shown: Option<CauseRefused>,
}

fn said(reading: &Reading) -> Result<Said, Fault> {
    serde_json::from_str(&reading.said).map_err(|_| Fault::Unreadable("reading"))
}

/// One question (R-CAU-22 to R-CAU-27).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader, and when there is no such question.
pub async fn one(desk: &Desk, who: &PersonFacts, id: QuestionId) -> Result<Page, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeCause>(who, programme, &())?;
    let db = desk.read();
    let kept = cause::questions(&db, &permit).await?.into_iter().find(|one| one.id == id).ok_or(Stop::Denied)?;
    let local = |at| desk.frame.calendar.local(at);
    let smallest = match &kept.smallest {
        Some((text, at)) => {
            let smallest = serde_json::from_str(text).map_err(|_| Fault::Unreadable("smallest"))?;
            Some((smallest, local(*at)))
        }
        None => None,
    };
    let mut readings = Vec::new();
    for reading in cause::readings(&db, &permit, id).await? {
        readings.push((local(reading.shown_at), said(&reading)?, reading.digest));
    }
    let today = desk.today();
    let not_weighed = kept.question.may_be_weighed(!readings.is_empty(), today).err();
    let not_shown = kept.question.may_be_read(smallest.is_some(), today).err();
    let may_show = desk.permit::<ShowCause>(who, programme, &()).is_ok();
    let (asked, question) = (local(kept.asked_at), kept.question);
    Ok(Page { id, asked, question, smallest, readings, may_show, not_weighed, not_shown })
}

/// What the form for asking offers.
#[derive(Debug)]
pub struct Asking {
    /// The terms there were and will be, the first one first.
    pub terms: Vec<TermOf>,
    /// The areas of the college by name; those of the lot first named if one is chosen.
    pub areas: Vec<Named>,
    /// Lots that were drawn, the latest first, with the day of the draw.
    pub lots: Vec<(LotId, DateTime)>,
    /// What the chosen lot says of each of its areas.
    pub drawn: Option<Vec<(Named, Option<TermOf>)>>,
    /// Whether a question of this lot, or of none, was asked before.
    pub exploratory: bool,
}

fn begins(lot: &Lot) -> Option<Vec<(Named, Option<TermOf>)>> {
    lot.draw().map(|draw| lot.plan.begins(&draw.order))
}

/// What can be asked, with the beginnings of a lot or without (R-CAU-22).
///
/// # Errors
/// Denied for anybody but a programme lead, and when there is no such lot that was drawn.
pub async fn asking(desk: &Desk, who: &PersonFacts, lot: Option<LotId>) -> Result<Asking, Stop<Never>> {
    let permit = desk.permit::<AskCause>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let all = lots::all(&db, &permit).await?;
    let found = lot.map(|lot| all.iter().find(|one| one.id == lot).and_then(begins).ok_or(Stop::Denied));
    let at = |lot: &Lot| Some((lot.id, desk.frame.calendar.local(lot.draw()?.at)));
    let asked = cause::questions(&db, &permit).await?;
    let exploratory = asked.iter().any(|one| one.question.lot == lot);
    let lots = all.iter().filter_map(at).collect();
    Ok(Asking {
        terms: terms(desk),
        areas: lots::areas(&db, &permit).await?,
        lots,
        drawn: found.transpose()?,
        exploratory,
    })
}

/// So many of the figures from the first beginning on that are entered already, of so many.
fn known(question: &Question, figures: &[Figure]) -> (usize, usize) {
    let from = question.first().unwrap_or_default();
    let after = question.terms.get(from..).unwrap_or_default();
    let there = |area: AreaId, term: &TermOf| {
        let fits = |figure: &Figure| {
            figure.place.group.is_none()
                && figure.place.area == Some(area)
                && figure.place.term == term.at
                && Some(figure.place.indicator) == question.indicator()
        };
        figures.iter().any(fits)
    };
    let cells = || question.areas.iter().flat_map(|unit| after.iter().map(|term| (unit.area.id, term)));
    (cells().filter(|(area, term)| there(*area, term)).count(), cells().count())
}

/// Asks: from then on nothing of it changes (R-CAU-22, R-CAU-23, R-CAU-28).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and when there is no such lot or area.
pub async fn ask(
    desk: &Desk,
    who: PersonId,
    (asked, lot, once): (&Asked, Option<LotId>, &str),
) -> Result<QuestionId, Stop<CauseRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<AskCause>(&me, &desk.frame.programme.facts, &())?;
    let id: QuestionId = desk.once(who, once);
    let earlier = cause::questions(&db, &permit).await?;
    if earlier.iter().any(|one| one.id == id) {
        return Ok(id);
    }
    let there = lots::areas(&db, &permit).await?;
    if asked.areas.iter().any(|(area, _)| !there.iter().any(|one| one.id == area.id)) {
        return Err(Stop::Denied);
    }
    let mut question = rules::ask(asked, &terms(desk)).map_err(Stop::Refused)?;
    if let Some(lot) = lot {
        let all = lots::all(&db, &permit).await?;
        let drawn = all.iter().find(|one| one.id == lot).and_then(begins).ok_or(Stop::Denied)?;
        question.by_lot = question.is_drawn_by(&drawn);
    }
    question.lot = lot;
    let before = earlier.iter().filter(|one| one.question.lot == lot).count();
    question.exploratory = u32::try_from(before).unwrap_or(u32::MAX);
    (question.known, question.of) = known(&question, &indicators::all(&db, &permit).await?);
    cause::ask(&db, &permit, (id, desk.now, &question)).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    db.commit().await?;
    Ok(id)
}

/// Seconds of arithmetic: not on a thread that answers visitors.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Missing("answer"))?
}

async fn find<A: cause::ReadsQuestions + indicators::ReadsFigures>(
    db: &Db,
    permit: &Permit<A>,
    id: QuestionId,
) -> Result<(Kept, bool, Vec<Figure>), Stop<CauseRefused>> {
    let kept = cause::questions(db, permit).await?.into_iter().find(|one| one.id == id).ok_or(Stop::Denied)?;
    let read = !cause::readings(db, permit, id).await?.is_empty();
    let figures = indicators::all(db, permit).await?;
    Ok((kept, read, figures))
}

/// Works out how small an effect could be seen, from the terms before anybody began (R-CAU-24).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and when there is no such question.
pub async fn weigh(desk: &Desk, who: PersonId, id: QuestionId) -> Result<(), Stop<CauseRefused>> {
    let question = {
        let db = desk.read();
        let me = desk.person(&db, who).await?;
        let permit = desk.permit::<WeighCause>(&me, &desk.frame.programme.facts, &())?;
        let (kept, read, figures) = find(&db, &permit, id).await?;
        kept.question.may_be_weighed(read, desk.today()).map_err(Stop::Refused)?;
        (kept.question, figures)
    };
    let found = apart(move || weighed(&question.0, &question.1)).await?;
    let text = serde_json::to_string(&found).map_err(|_| Fault::Unreadable("smallest"))?;
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<WeighCause>(&me, &desk.frame.programme.facts, &())?;
    let (kept, read, _) = find(&db, &permit, id).await?;
    kept.question.may_be_weighed(read, desk.today()).map_err(Stop::Refused)?;
    cause::weigh(&db, &permit, (id, desk.now, &text)).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// Whether the latest of what was shown was made of these very figures.
fn unchanged(readings: &[Reading], panel: &str) -> Result<bool, Fault> {
    let latest = readings.first().map(said).transpose()?;
    Ok(latest.is_some_and(|latest| latest.made_of == panel))
}

/// Shows what came of it, once and for good; again only when figures were corrected since, beside what was shown before
/// (R-CAU-25, R-CAU-26).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and when there is no such question.
pub async fn show(desk: &Desk, who: PersonId, id: QuestionId) -> Result<(), Stop<CauseRefused>> {
    let (question, figures) = {
        let db = desk.read();
        let me = desk.person(&db, who).await?;
        let permit = desk.permit::<ShowCause>(&me, &desk.frame.programme.facts, &())?;
        let (kept, _, figures) = find(&db, &permit, id).await?;
        kept.question.may_be_read(kept.smallest.is_some(), desk.today()).map_err(Stop::Refused)?;
        let before = cause::readings(&db, &permit, id).await?;
        if unchanged(&before, &panel(&kept.question, &figures))? {
            return Err(Stop::Refused(CauseRefused::Unchanged));
        }
        (kept.question, figures)
    };
    let found = apart(move || read(&question, &figures)).await?;
    let said = serde_json::to_string(&found).map_err(|_| Fault::Unreadable("reading"))?;
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<ShowCause>(&me, &desk.frame.programme.facts, &())?;
    // Two who show it at once show it once.
    if unchanged(&cause::readings(&db, &permit, id).await?, &found.made_of)? {
        return Err(Stop::Refused(CauseRefused::Unchanged));
    }
    let reading = Reading { id: desk.ids().fresh(), shown_at: desk.now, digest: digest(&said), said };
    cause::show(&db, &permit, (id, &reading)).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// The indicators that can be asked about: those of learners, held by area.
pub fn outcomes() -> impl Iterator<Item = Indicator> {
    Indicator::ALL.iter().copied().filter(|one| rules::by_area(*one))
}
