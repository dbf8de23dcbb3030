//! The survey of staff: opening it, taking a ticket under one's own name, and answering without any. Rules R-SUR-10 to R-SUR-16.

use domain::ids::{PersonId, SurveyId};
use domain::period::academic_year;
use domain::survey::{Answer, Asked, Survey, SurveyRefused, open as may_open};
use jiff::civil::Date;
use policies::acts::{OpenSurvey, SeeSurvey, TakeInAnswer, TakeTicket};
use policies::facts::{Actor, Job, PersonFacts};
use sealing::{BlindKey, Refused};
use store::{Fault, events, survey};

use crate::chance::digest_bytes;
use crate::desk::{Desk, Never, Stop};
use crate::survey_release::{Release, read};

/// What the lead and senior leaders see of surveys: which there are, and what was released. Of one that is open, no number.
#[derive(Debug)]
pub struct Surveys {
    /// One that has not ended.
    pub current: Option<Survey>,
    /// What was released with its hash, the latest year first.
    pub releases: Vec<(Release, String)>,
    /// Whether the visitor may open one.
    pub may_open: bool,
}

/// The surveys there are, and what was released of them (R-SUR-15).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Surveys, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeSurvey>(who, programme, &())?;
    let db = desk.read();
    let today = desk.today();
    let current = survey::all(&db, &permit).await?.into_iter().find(|one| !one.is_over(today));
    let released = survey::released(&db, &permit).await?;
    let releases = released.into_iter().map(|one| Ok((read(&one)?, one.digest))).collect::<Result<_, Fault>>()?;
    let may_open = desk.permit::<OpenSurvey>(who, programme, &()).is_ok();
    Ok(Surveys { current, releases, may_open })
}

/// Opens a survey of a year from a day to a day (R-SUR-16). Its key is made here and lies in the keyring alone.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn open(
    desk: &Desk,
    who: PersonId,
    days: (Option<Date>, Option<Date>),
) -> Result<SurveyId, Stop<SurveyRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<OpenSurvey>(&me, &desk.frame.programme.facts, &())?;
    let years: Vec<i16> = survey::all(&db, &permit).await?.iter().map(|one| one.year).collect();
    let (first, last) = may_open(days, desk.today(), &years).map_err(Stop::Refused)?;
    let title = desk.frame.programme.title.many.clone();
    let made = Survey { id: desk.ids().fresh(), year: academic_year(first), first, last, title, asked: Asked::NOW };
    let key = BlindKey::fresh().and_then(|key| key.kept()).map_err(|_| Fault::Unreadable("fresh key"))?;
    survey::open(&db, &permit, &made).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{} {}", made.first, made.last)).await?;
    desk.house.store.keyring().keep_survey(desk.institution(), made.id, &key)?;
    db.commit().await?;
    Ok(made.id)
}

/// Takes a survey back that has not begun (R-SUR-16).
///
/// # Errors
/// Refused once it has begun, or when there is none; denied for anybody but a programme lead.
pub async fn take_back(desk: &Desk, who: PersonId) -> Result<(), Stop<SurveyRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<OpenSurvey>(&me, &desk.frame.programme.facts, &())?;
    let today = desk.today();
    let ahead = survey::all(&db, &permit).await?.into_iter().find(|one| today < one.first);
    let ahead = ahead.ok_or(Stop::Refused(SurveyRefused::Begun))?;
    survey::take_back(&db, &permit, ahead.id).await?;
    events::record(&db, &permit, desk.stamp(), &ahead.first.to_string()).await?;
    db.commit().await?;
    Ok(desk.house.store.keyring().forget_survey(desk.institution(), ahead.id)?)
}

/// A survey that is open, as a browser needs it to take a ticket or to answer.
#[derive(Debug)]
pub struct Open {
    /// Which, and until when.
    pub survey: Survey,
    /// The modulus of the key that signs its tickets.
    pub modulus: Vec<u8>,
}

fn key(desk: &Desk, survey: SurveyId) -> Result<Option<BlindKey>, Fault> {
    let kept = desk.house.store.keyring().known_survey(desk.institution(), survey)?;
    kept.map(|kept| BlindKey::of(&kept).map_err(|_| Fault::Unreadable("key"))).transpose()
}

fn opened(desk: &Desk, all: Vec<Survey>) -> Result<Option<Open>, Fault> {
    let today = desk.today();
    let Some(survey) = all.into_iter().find(|one| one.is_open(today)) else { return Ok(None) };
    let Some(key) = key(desk, survey.id)? else { return Ok(None) };
    let modulus = key.modulus().map_err(|_| Fault::Unreadable("key"))?;
    Ok(Some(Open { survey, modulus }))
}

/// Whether a survey is open that somebody may take a ticket for. It says nothing of whether they have.
///
/// # Errors
/// A fault of the database.
pub async fn is_open_for(desk: &Desk, who: &PersonFacts) -> Result<bool, Stop<Never>> {
    let Ok(permit) = desk.permit::<TakeTicket>(who, &desk.frame.programme.facts, &()) else { return Ok(false) };
    let today = desk.today();
    Ok(survey::all(&desk.read(), &permit).await?.iter().any(|one| one.is_open(today)))
}

/// The open survey for somebody who may take a ticket, and whether they took theirs (R-SUR-11).
///
/// # Errors
/// Denied for anybody who is not teaching staff.
pub async fn to_take(desk: &Desk, who: &PersonFacts) -> Result<(Option<Open>, bool), Stop<Never>> {
    let permit = desk.permit::<TakeTicket>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let Some(open) = opened(desk, survey::all(&db, &permit).await?)? else { return Ok((None, false)) };
    let taken = survey::ticket(&db, &permit, (open.survey.id, who.id)).await?.is_some();
    Ok((Some(open), taken))
}

/// Signs a blinded ticket, once for each person; the same one again for whoever did not receive the answer (R-SUR-11). No event
/// tells of it: its time could be laid beside that of an answer.
///
/// # Errors
/// A rule that says no; denied for anybody who is not teaching staff.
pub async fn take(
    desk: &Desk,
    who: PersonId,
    (survey, blinded): (SurveyId, &[u8]),
) -> Result<Vec<u8>, Stop<SurveyRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<TakeTicket>(&me, &desk.frame.programme.facts, &())?;
    let today = desk.today();
    let open = survey::all(&db, &permit).await?.iter().any(|one| one.id == survey && one.is_open(today));
    let key = key(desk, survey)?.filter(|_| open).ok_or(Stop::Refused(SurveyRefused::Closed))?;
    let hash = digest_bytes(blinded);
    let taken = survey::ticket(&db, &permit, (survey, who)).await?;
    if taken.as_ref().is_some_and(|taken| *taken != hash) {
        return Err(Stop::Refused(SurveyRefused::Taken));
    }
    let signed = key.sign(blinded).map_err(|_| Stop::Refused(SurveyRefused::Ticket))?;
    if taken.is_none() {
        survey::take(&db, &permit, (survey, who, &hash)).await?;
        db.commit().await?;
    }
    Ok(signed)
}

/// The open survey as anybody sees it who comes to answer: without a session nobody is told from anybody else (R-SUR-12).
///
/// # Errors
/// A fault of the database.
pub async fn to_answer(desk: &Desk) -> Result<Option<Open>, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<TakeInAnswer>(&Actor::Job(Job::Survey), programme, &())?;
    Ok(opened(desk, survey::all(&desk.read(), &permit).await?)?)
}

/// A ticket as it comes with an answer.
#[derive(Debug, Clone, Copy)]
pub struct Ticket<'a> {
    /// For which survey.
    pub survey: SurveyId,
    /// What was signed unseen.
    pub token: &'a [u8],
    /// The signature, unblinded.
    pub signature: &'a [u8],
}

/// Counts an answer that comes with a ticket, once (R-SUR-12). No event tells of it, since it would tell when.
///
/// # Errors
/// A rule that says no.
pub async fn answer(desk: &Desk, ticket: Ticket<'_>, answer: &Answer) -> Result<(), Stop<SurveyRefused>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<TakeInAnswer>(&Actor::Job(Job::Survey), programme, &())?;
    let today = desk.today();
    let all = survey::all(&desk.read(), &permit).await?;
    let open = all.iter().find(|one| one.id == ticket.survey && one.is_open(today));
    let (key, open) = key(desk, ticket.survey)?.zip(open).ok_or(Stop::Refused(SurveyRefused::Closed))?;
    let checked = key.check(ticket.token, ticket.signature);
    checked.map_err(|_: Refused| Stop::Refused(SurveyRefused::Ticket))?;
    open.takes(answer).map_err(Stop::Refused)?;
    let used = digest_bytes(ticket.token);
    let db = desk.write().await?;
    if !survey::count(&db, &permit, (open, &used), answer).await? {
        return Err(Stop::Refused(SurveyRefused::Used));
    }
    Ok(db.commit().await?)
}
