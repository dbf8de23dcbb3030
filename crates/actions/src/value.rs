//! What a year of the programme cost, what came of it, and what would change with other numbers. Rules R-VAL-7 to R-VAL-10.

use domain::cover::{Away, Pence, Per};
use domain::ids::{BenefitId, PersonId};
use domain::minutes::Minutes;
use domain::period::academic_year;
use domain::releases::Measure;
pub use domain::value::{Benefit, Ground, Stated};
use domain::value::{FEWEST_PAID, StatedRefused};
use evidence::bands::Band;
use evidence::value::{Account, Change, Scenario, Strength, ValueRefused, Year, account, scenario};
use policies::acts::{SeeReleases, SeeValue, SetValue};
use policies::facts::PersonFacts;
use store::{events, value};

use crate::cover::{Costs, Covered};
use crate::desk::{Desk, Never, Stop};
use crate::releases::Cover;
use crate::survey_release::Release as SurveyRelease;
use crate::{cause, cover, planner, releases, survey};

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Words and places.
    #[error(transparent)]
    Stated(#[from] StatedRefused),
    /// Amounts and hours.
    #[error(transparent)]
    Value(#[from] ValueRefused),
    /// No such year.
    #[error("Choose a year of the list.")]
    Year,
}

/// Something that came of a year, with how strong the evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// In words.
    pub what: String,
    /// Where it is from.
    pub source: String,
    /// How strong the evidence is.
    pub strength: Strength,
    /// Under which number it can be taken off; none for what the program found itself.
    pub own: Option<BenefitId>,
}

/// A year as the page shows it.
#[derive(Debug)]
pub struct Value {
    /// The years there are, the latest first.
    pub years: Vec<i16>,
    /// The academic year, by the calendar year in which it starts.
    pub year: i16,
    /// What was entered; nothing while the lead has not.
    pub stated: Option<Stated>,
    /// What it adds up to.
    pub account: Option<Account>,
    /// The hours that practitioners noted for the role, as the year's release tells them.
    pub noted: Option<u64>,
    /// What came of it, the weakest evidence first.
    pub came: Vec<Came>,
    /// For the lead, what the program knows of the costs now: for the first time of entering.
    pub proposed: Option<Stated>,
}

impl Value {
    /// The year with so many practitioners more, or other hours for each (R-VAL-5); nothing where that cannot be, or nothing is
    /// entered.
    pub fn changed(&self, more: i64, each: Option<Minutes>) -> Option<Scenario> {
        scenario(&of_year(self.stated.as_ref()?, None), &change(more, each)).ok()
    }
}

fn change(more: i64, each: Option<Minutes>) -> Change {
    Change { posts_more: more, remitted_minutes_each: each.map(|each| each.0) }
}

/// The strength of what somebody enters.
const fn strength(ground: Ground) -> Strength {
    match ground {
        Ground::Said => Strength::Said,
        Ground::Counted => Strength::Counted,
        Ground::Coincides => Strength::Coincides,
    }
}

/// So many hours of voluntary one-to-one support a release tells.
fn supported(cover: &Cover) -> u64 {
    cover.hours.themes.iter().map(|(_, hours)| *hours).sum::<u64>() + cover.hours.other.unwrap_or(0)
}

fn whole(number: u64) -> Option<i64> {
    i64::try_from(number).ok()
}

/// What is entered, with the hours and sessions of the year's release, as it is added up (R-VAL-7).
fn of_year(stated: &Stated, cover: Option<&Cover>) -> Year {
    let noted = cover.and_then(|cover| cover.year.as_ref()).and_then(|year| year.noted);
    let hours = cover.map(supported).filter(|_| noted.is_some());
    // Each is rounded by itself.
    let used = noted.zip(hours).map(|(noted, hours)| noted.all.max(noted.sessions + hours) * 60);
    let pence = |amount: Option<Pence>| amount.map(|pence| pence.0);
    Year {
        posts: stated.posts,
        remitted_minutes_each: Some(stated.remitted_each.0),
        hour_pence: pence(stated.hour),
        uplift_pence_each: pence(stated.uplift_each),
        covered_minutes: stated.covered.0,
        cover_pence: pence(stated.cover),
        travel_pence: pence(stated.travel),
        training_pence: pence(stated.training),
        used_minutes: used.and_then(whole),
        support_minutes: hours.and_then(|hours| whole(hours * 60)),
        session_minutes: noted.and_then(|noted| whole(noted.sessions * 60)),
        session_places: noted.zip(stated.places).map(|(noted, places)| noted.held.saturating_mul(places)),
    }
}

fn in_range(band: &Band) -> String {
    format!("{}–{} of {} staff ({})", band.low, band.high, band.of, band.per_cent_words())
}

/// What a year's release says was done (R-VAL-9).
fn done(cover: &Cover, reach: Option<Band>) -> Vec<Came> {
    let came = |what: String| Came { what, source: cover.name.clone(), strength: Strength::Counted, own: None };
    let noted = cover.year.as_ref().and_then(|year| year.noted);
    let support = supported(cover);
    let all = [
        reach.map(|band| format!("{} had voluntary one-to-one support.", in_range(&band))),
        (support > 0).then(|| format!("{support} hours of voluntary one-to-one support, in the themes that are told.")),
        noted.filter(|noted| noted.held > 0).map(|noted| {
            let word = if noted.held == 1 { "session" } else { "sessions" };
            format!("{} {word} and meetings of communities held.", noted.held)
        }),
    ];
    all.into_iter().flatten().map(came).collect()
}

/// What staff said in the survey of the year, each statement that is shown (R-VAL-9).
fn said(survey: &SurveyRelease) -> Vec<Came> {
    let sides = survey.sides.iter().filter(|one| one.side() == Some(domain::survey::Side::Staff));
    let lines = sides.flat_map(|side| side.lines(None));
    let shown = lines.filter_map(|line| {
        let band = line.shown?.band;
        let what = format!("{} of {} agree: {}", band.per_cent_words(), band.of, line.statement.words(&survey.title));
        Some(Came { what, source: "The survey of staff".to_owned(), strength: Strength::Said, own: None })
    });
    shown.collect()
}

/// What a comparison says that was asked for terms up to this year, where it speaks for an effect (R-VAL-9).
fn compared(line: &cause::Line, year: i16) -> Option<Came> {
    let (level, sentence) = line.said.as_ref()?;
    let strength = match level {
        3 => Strength::Consistent,
        4 => Strength::Evidence,
        _ => return None,
    };
    let source = format!("A comparison of areas, {}", line.question.called);
    let last = line.question.terms.last()?.at.0;
    (last == year).then(|| Came { what: sentence.clone(), source, strength, own: None })
}

/// A year: the one asked for, else the latest that is out, else the present one (R-VAL-7, R-VAL-9).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader, and for a year that is not on the list.
pub async fn see(desk: &Desk, who: &PersonFacts, wanted: Option<i16>) -> Result<Value, Stop<Never>> {
    let permit = desk.permit::<SeeValue>(who, &desk.frame.programme.facts, &())?;
    let reads = desk.permit::<SeeReleases>(who, &desk.frame.programme.facts, &())?;
    let book = releases::covers(&desk.read(), &reads).await?;
    let out = book.iter().rev().filter(|((_, number), _)| *number == store::releases::YEAR);
    let out: Vec<(i16, &Cover)> = out.map(|((year, _), cover)| (*year, cover)).collect();
    let this = academic_year(desk.today());
    let mut years: Vec<i16> = out.iter().map(|(year, _)| *year).chain([this]).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let year = wanted.or(out.first().map(|(year, _)| *year)).unwrap_or(this);
    if !years.contains(&year) {
        return Err(Stop::Denied);
    }
    let db = desk.read();
    let stated = value::years(&db, &permit).await?.into_iter().find(|(one, _)| *one == year).map(|(_, stated)| stated);
    let cover = out.iter().find(|(one, _)| *one == year).map(|(_, cover)| *cover);
    // What was entered was added up before it was kept.
    let account = stated.as_ref().and_then(|stated| account(&of_year(stated, cover)).ok());
    let own = value::benefits(&db, &permit, year).await?.into_iter().map(|one| Came {
        what: one.what,
        source: one.source,
        strength: strength(one.ground),
        own: Some(one.id),
    });
    let mut came: Vec<Came> = own.collect();
    if let Some(cover) = cover {
        let release = ((year, store::releases::YEAR), book.as_slice());
        let told = releases::measures(desk, (&db, &reads), release, &[Measure::Support]).await?;
        came.extend(done(cover, told.into_iter().find_map(|one| one.total).and_then(|line| line.band)));
    }
    let surveys = survey::see(desk, who).await?.releases;
    came.extend(surveys.iter().filter(|(one, _)| one.year == year).flat_map(|(one, _)| said(one)));
    let asked = cause::see(desk, who).await?.all;
    came.extend(asked.iter().filter_map(|line| compared(line, year)));
    came.sort_by_key(|one| one.strength);
    let proposed = match desk.permit::<SetValue>(who, &desk.frame.programme.facts, &()) {
        Ok(_) => Some(match &stated {
            Some(stated) => stated.clone(),
            None => proposed(desk, who).await?,
        }),
        Err(_) => None,
    };
    let noted = cover.and_then(|cover| cover.year.as_ref()).and_then(|year| year.noted).map(|noted| noted.all);
    Ok(Value { years, year, stated, account, noted, came, proposed })
}

/// The mean of whole numbers, or nothing of none.
fn mean(all: &[i64]) -> Option<i64> {
    let many = i64::try_from(all.len()).ok().filter(|many| *many > 0)?;
    Some((all.iter().sum::<i64>() + many / 2) / many)
}

/// What the program knows of costs: practitioners of today with the mean of their remission and uplift, and what cover is
/// arranged and paid.
async fn proposed(desk: &Desk, who: &PersonFacts) -> Result<Stated, Stop<Never>> {
    let all = cover::all(desk, who).await?;
    let costs = cover::costs(desk, who).await?;
    let weeks = planner::see(desk, who, false).await?.length.weeks;
    let remitted: Vec<i64> = all.iter().map(|one| one.remitted.0).collect();
    let uplifts: Vec<i64> = all.iter().filter_map(|one| costs.uplifts.get(&one.person)).map(|pence| pence.0).collect();
    let (covered, paid) = paid(&all, &costs, weeks);
    Ok(Stated {
        posts: i64::try_from(all.len()).unwrap_or_default(),
        remitted_each: Minutes(mean(&remitted).unwrap_or_default()),
        uplift_each: mean(&uplifts).filter(|_| all.len() >= FEWEST_PAID).map(Pence),
        covered,
        cover: (covered.0 > 0).then_some(paid),
        ..Stated::default()
    })
}

/// The time of the year for which cover is paid, and what it costs.
fn paid(all: &[Covered], costs: &Costs, weeks: i64) -> (Minutes, Pence) {
    let mut together = (0, 0);
    for cover in all.iter().flat_map(|one| &one.covers) {
        let Some((pence, per)) = costs.covers.get(&cover.id) else { continue };
        let times = if matches!(cover.away, Away::Weekly(_)) { weeks } else { 1 };
        let minutes = cover.away.length().0 * times;
        let cost = match per {
            Per::Hour => (pence.0 * minutes + 30).div_euclid(60),
            Per::Year => pence.0,
        };
        together = (together.0 + minutes, together.1 + cost);
    }
    (Minutes(together.0), Pence(together.1))
}

/// A year with a change, and what the plan of the present year asks beside the hours there would be.
#[derive(Debug)]
pub struct WhatIf {
    /// The change.
    pub scenario: Scenario,
    /// Hours that the planner asks of all practitioners together, where the visitor may see it.
    pub asked: Option<Minutes>,
}

/// What would change with so many practitioners more or other hours for each (R-VAL-5, R-VAL-10).
///
/// # Errors
/// Numbers that cannot be; denied as seeing the year is, and while nothing is entered of it.
pub async fn what_if(
    desk: &Desk,
    who: &PersonFacts,
    (year, more, each): (i16, i64, Option<Minutes>),
) -> Result<WhatIf, Stop<Refused>> {
    let permit = desk.permit::<SeeValue>(who, &desk.frame.programme.facts, &())?;
    let stated = value::years(&desk.read(), &permit).await?.into_iter().find(|(one, _)| *one == year);
    let (_, stated) = stated.ok_or(Stop::Denied)?;
    let scenario =
        scenario(&of_year(&stated, None), &change(more, each)).map_err(|refused| Stop::Refused(refused.into()))?;
    let asked = match planner::see(desk, who, false).await {
        Ok(planner) => Some(Minutes(planner.rows.iter().map(|row| row.asked.total().0).sum())),
        Err(Stop::Denied) => None,
        Err(stop) => return Err(stop.widen_never()),
    };
    Ok(WhatIf { scenario, asked })
}

/// Years that can be entered: those on the list.
async fn is_listed(desk: &Desk, who: &PersonFacts, year: i16) -> Result<bool, Stop<Refused>> {
    match see(desk, who, Some(year)).await {
        Ok(_) => Ok(true),
        Err(Stop::Denied) => Ok(false),
        Err(stop) => Err(stop.widen_never()),
    }
}

/// Enters what a year cost and what the case asks for, in the place of what was entered before (R-VAL-7, R-VAL-8).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set(desk: &Desk, who: PersonId, (year, stated): (i16, Stated)) -> Result<(), Stop<Refused>> {
    let me = desk.person(&desk.read(), who).await?;
    if desk.permit::<SetValue>(&me, &desk.frame.programme.facts, &()).is_err() {
        return Err(Stop::Denied);
    }
    if !is_listed(desk, &me, year).await? {
        return Err(Stop::Refused(Refused::Year));
    }
    let stated = stated.check().map_err(|refused| Stop::Refused(refused.into()))?;
    account(&of_year(&stated, None)).map_err(|refused| Stop::Refused(refused.into()))?;
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetValue>(&me, &desk.frame.programme.facts, &())?;
    value::set(&db, &permit, year, &stated).await?;
    events::record(&db, &permit, desk.stamp(), &year.to_string()).await?;
    Ok(db.commit().await?)
}

/// What is sent to name a benefit.
#[derive(Debug, Clone, Copy)]
pub struct NewBenefit<'a> {
    /// What came of it.
    pub what: &'a str,
    /// Where that is from.
    pub source: &'a str,
    /// How strong it is.
    pub ground: Option<Ground>,
    /// The form's token: sent twice, named once.
    pub once: &'a str,
}

/// Names a benefit of a year (R-VAL-9).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn name_benefit(desk: &Desk, who: PersonId, (year, new): (i16, NewBenefit<'_>)) -> Result<(), Stop<Refused>> {
    let me = desk.person(&desk.read(), who).await?;
    if desk.permit::<SetValue>(&me, &desk.frame.programme.facts, &()).is_err() {
        return Err(Stop::Denied);
    }
    if !is_listed(desk, &me, year).await? {
        return Err(Stop::Refused(Refused::Year));
    }
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetValue>(&me, &desk.frame.programme.facts, &())?;
    let known = value::benefits(&db, &permit, year).await?;
    let id: BenefitId = desk.once(who, new.once);
    if known.iter().any(|one| one.id == id) {
        return Ok(());
    }
    let benefit = Benefit::new((id, known.len()), (new.what, new.source, new.ground))
        .map_err(|refused| Stop::Refused(refused.into()))?;
    value::name_benefit(&db, &permit, year, &benefit).await?;
    events::record(&db, &permit, desk.stamp(), &year.to_string()).await?;
    Ok(db.commit().await?)
}

/// Takes a benefit off.
///
/// # Errors
/// Denied for anybody but a programme lead, and for one that is not there.
pub async fn take_off(desk: &Desk, who: PersonId, benefit: BenefitId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetValue>(&me, &desk.frame.programme.facts, &())?;
    if !value::take_off(&db, &permit, benefit).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), &benefit.to_string()).await?;
    Ok(db.commit().await?)
}
