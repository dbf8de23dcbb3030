//! Inductions: beginning them, naming who accompanies them, and what the newcomer, mentor and buddy do inside. Rules R-IND-2
//! to R-IND-8.

use domain::hours::{HoursRefused, Purpose, check};
use domain::ids::{EntryId, InductionId, PersonId};
use domain::inductions::{
    Companion, InductionRefused, Kind, MOST_TOGETHER, Ramp, Settling, Step, check_companions, check_named, until, weeks,
};
use domain::minutes::Minutes;
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{
    BeginInduction, EndInduction, NameCompanions, NoteHours, NoteInductionTime, SeeAllocation, SeeDirectory,
    SeeInductionSteps, SeeInductions, SeeOwnAccount, SeeOwnInductions, TakeInductionStep,
};
use policies::facts::{InductionFacts, PersonFacts};
use store::hours::{self, NewEntry};
use store::induction_people::{self, LooksAtStaff};
use store::inductions::{self, NewInduction};
pub use store::inductions::{Induction, Named, Taken};
pub use store::people::Colleague;
use store::{Db, events, facts, ramps};

use crate::desk::{Desk, Never, Stop};
use crate::{induction_plans, looked, mail};

/// What begins.
#[derive(Debug, Clone, Default)]
pub struct Begin {
    /// Who is new: one, or several who begin together.
    pub newcomers: Vec<PersonId>,
    /// What kind of newcomer.
    pub kind: Option<Kind>,
    /// The first day; `None` when it cannot be read.
    pub starts: Option<Date>,
    /// Whether it may go on into the next academic year.
    pub into_next: bool,
    /// The mentor, if one is named.
    pub mentor: Option<PersonId>,
    /// The buddy, if one is named.
    pub buddy: Option<PersonId>,
    /// Whether whoever has to accompany it is still to be found, in the allocation; only of the programme lead.
    pub later: bool,
    /// The slow start of whoever is new in the role.
    pub ramp: Option<Ramp>,
    /// The form's token: sent twice, begun once.
    pub once: String,
}

/// Begins an induction for each newcomer, all or none (R-IND-2).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead and those to whom all of them report.
pub async fn begin(desk: &Desk, who: PersonId, new: &Begin) -> Result<(), Stop<InductionRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let later = new.later && desk.permit::<SeeAllocation>(&me, &desk.frame.programme.facts, &()).is_ok();
    let mut newcomers = new.newcomers.clone();
    newcomers.sort_unstable();
    newcomers.dedup();
    match newcomers.len() {
        0 => return Err(Stop::Refused(InductionRefused::NoNewcomer)),
        many if many > MOST_TOGETHER => return Err(Stop::Refused(InductionRefused::ManyNewcomers)),
        _ => {}
    }
    for newcomer in newcomers {
        let other = desk.person(&db, newcomer).await?;
        let permit = desk.permit::<BeginInduction>(&me, &other, &())?;
        let id: InductionId = desk.once(who, &token(&new.once, newcomer));
        if inductions::is_there(&db, &permit, id).await? {
            continue;
        }
        begin_one(desk, (&db, &permit), (id, new, later)).await?;
        mail::waits(desk, &db, &permit, newcomer).await?;
        events::record(&db, &permit, desk.stamp(), &newcomer.to_string()).await?;
    }
    Ok(db.commit().await?)
}

fn token(once: &str, newcomer: PersonId) -> String {
    if once.is_empty() { String::new() } else { format!("{once} {newcomer}") }
}

async fn begin_one(
    desk: &Desk,
    (db, permit): (&Db, &Permit<BeginInduction>),
    (id, new, later): (InductionId, &Begin, bool),
) -> Result<(), Stop<InductionRefused>> {
    let kind = new.kind.ok_or(Stop::Refused(InductionRefused::NoKind))?;
    let found = induction_people::newcomer(db, permit, permit.key()).await?;
    let (newcomer, _) = found.ok_or(Stop::Denied)?;
    if inductions::runs(db, permit).await? {
        return Err(Stop::Refused(InductionRefused::Running(newcomer.name)));
    }
    let settles = kind == Kind::NewPractitioner;
    if settles && !induction_people::is_in_the_role(db, permit, desk.today()).await? {
        return Err(Stop::Refused(InductionRefused::NotInTheRole(newcomer.name)));
    }
    let starts = new.starts.ok_or(Stop::Refused(InductionRefused::Day))?;
    let steps: Vec<Step> = induction_plans::to_begin(db, permit, kind).await?;
    let days = (starts, desk.today());
    let until = until(&desk.frame.calendar, days, (weeks(&steps), new.into_next)).map_err(Stop::Refused)?;
    let (mentor, buddy) = companions(db, permit, (new.mentor, new.buddy)).await?;
    let check = if later { check_named } else { check_companions };
    check(kind, &newcomer, (mentor.as_ref(), buddy.as_ref())).map_err(Stop::Refused)?;
    let companions = (mentor.map(|one| one.id), buddy.map(|one| one.id));
    let induction = NewInduction { id, kind, days: (starts, until), companions, steps: &steps };
    inductions::insert(db, permit, &induction).await?;
    if let Some(ramp) = new.ramp.filter(|_| settles) {
        let settling = Settling { starts, ramp: ramp.checked().map_err(Stop::Refused)? };
        ramps::set(db, permit, Some(&settling)).await?;
    }
    Ok(())
}

type Two = (Option<Companion>, Option<Companion>);

/// Mentor and buddy as the rules look at them; somebody unknown is nobody.
async fn companions<A: LooksAtStaff, R>(
    db: &Db,
    permit: &Permit<A>,
    (mentor, buddy): (Option<PersonId>, Option<PersonId>),
) -> Result<Two, Stop<R>> {
    let mut found = [None, None];
    for (place, who) in found.iter_mut().zip([mentor, buddy]) {
        if let Some(who) = who {
            *place = induction_people::companion(db, permit, who).await?;
        }
    }
    let [mentor, buddy] = found;
    Ok((mentor, buddy))
}

async fn of<R>(desk: &Desk, db: &Db, id: InductionId) -> Result<InductionFacts, Stop<R>> {
    facts::induction(db, desk.institution(), id).await?.ok_or(Stop::Denied)
}

fn still_runs(facts: &InductionFacts) -> Result<(), Stop<InductionRefused>> {
    if facts.running { Ok(()) } else { Err(Stop::Refused(InductionRefused::Over)) }
}

/// Names who accompanies an induction, in place of whoever did (R-IND-4, R-IND-9).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead and the newcomer's line.
pub async fn name_companions(
    desk: &Desk,
    who: PersonId,
    (id, mentor, buddy): (InductionId, Option<PersonId>, Option<PersonId>),
) -> Result<(), Stop<InductionRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = of(desk, &db, id).await?;
    let permit = desk.permit::<NameCompanions>(&me, &facts, &())?;
    still_runs(&facts)?;
    let one = inductions::one(&db, &permit).await?;
    let (newcomer, _) = induction_people::newcomer(&db, &permit, facts.newcomer).await?.ok_or(Stop::Denied)?;
    let (mentor, buddy) = companions(&db, &permit, (mentor, buddy)).await?;
    check_companions(one.kind, &newcomer, (mentor.as_ref(), buddy.as_ref())).map_err(Stop::Refused)?;
    inductions::accompany(&db, &permit, (mentor.map(|one| one.id), buddy.map(|one| one.id))).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// Says that a step is done, or takes that back (R-IND-5, R-IND-6). Said twice, it counts once.
///
/// # Errors
/// A rule that says no; denied for anybody but the newcomer, and the mentor and the buddy of steps they do together.
pub async fn take(
    desk: &Desk,
    who: PersonId,
    (id, number, done): (InductionId, i64, bool),
) -> Result<(), Stop<InductionRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = of(desk, &db, id).await?;
    let permit = desk.permit::<TakeInductionStep>(&me, &facts, &())?;
    still_runs(&facts)?;
    let company = inductions::company(&db, &permit, number).await?.ok_or(Stop::Denied)?;
    let together = (facts.mentor == Some(who) && company.with_mentor())
        || (facts.buddy == Some(who) && company.with_buddy())
        || facts.newcomer == who;
    if !together {
        return Err(Stop::Denied);
    }
    if inductions::take(&db, &permit, (number, done.then(|| desk.today()))).await? {
        events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
        db.commit().await?;
    }
    Ok(())
}

/// Says that an induction is over (R-IND-8).
///
/// # Errors
/// A rule that says no; denied for anybody but the newcomer and the mentor.
pub async fn end(desk: &Desk, who: PersonId, id: InductionId) -> Result<(), Stop<InductionRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = of(desk, &db, id).await?;
    let permit = desk.permit::<EndInduction>(&me, &facts, &())?;
    still_runs(&facts)?;
    inductions::end(&db, &permit, desk.today()).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// Notes minutes spent on an induction into one's own record of hours, once, without a name (R-IND-6).
///
/// # Errors
/// A rule that says no; denied for anybody but a mentor or buddy who is in the role.
pub async fn note(
    desk: &Desk,
    who: PersonId,
    (id, minutes, day, once): (InductionId, Minutes, Date, &str),
) -> Result<EntryId, Stop<HoursRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<NoteInductionTime>(&me, &of(desk, &db, id).await?, &())?;
    let own = desk.permit::<NoteHours>(&me, &facts::practice(desk.institution(), who), &())?;
    let entry: EntryId = desk.once(who, once);
    if facts::entry(&db, desk.institution(), entry).await?.is_some() {
        return Ok(entry);
    }
    let purposes = [Purpose::Induction];
    check(minutes, day, desk.today(), &purposes).map_err(Stop::Refused)?;
    let new = NewEntry { id: entry, day, minutes, purposes: &purposes, themes: &[], now: desk.now };
    hours::note(&db, &own, &new, None).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(entry)
}

/// Who somebody is in an induction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who is new.
    Newcomer,
    /// The mentor.
    Mentor,
    /// The buddy.
    Buddy,
}

fn part(one: &Induction, who: PersonId) -> Option<Part> {
    let is = |named: &Option<Named>| named.as_ref().is_some_and(|(id, _)| *id == who);
    if one.newcomer.0 == who {
        Some(Part::Newcomer)
    } else if is(&one.mentor) {
        Some(Part::Mentor)
    } else {
        is(&one.buddy).then_some(Part::Buddy)
    }
}

/// An induction from inside.
#[derive(Debug)]
pub struct Seen {
    /// The induction.
    pub induction: Induction,
    /// Who looks.
    pub part: Part,
    /// Its steps, in order of weeks.
    pub steps: Vec<Taken>,
    /// Whether whoever looks may note minutes.
    pub may_note: bool,
    /// Whether whoever looks may say that it is over.
    pub may_end: bool,
}

/// Looks into an induction (R-IND-5, R-IND-6). That a companion looked is noted for the newcomer.
///
/// # Errors
/// Denied for anybody but the newcomer, the mentor and the buddy.
pub async fn see(desk: &Desk, who: &PersonFacts, id: InductionId) -> Result<Seen, Stop<Never>> {
    let db = desk.read();
    let facts = of(desk, &db, id).await?;
    let permit = desk.permit::<SeeInductionSteps>(who, &facts, &())?;
    looked::at_induction(desk, &permit, facts.newcomer).await?;
    let induction = inductions::one(&db, &permit).await?;
    Ok(Seen {
        part: part(&induction, who.id).ok_or(Stop::Denied)?,
        steps: inductions::steps(&db, &permit).await?,
        may_note: facts.running && desk.permit::<NoteInductionTime>(who, &facts, &()).is_ok(),
        may_end: facts.running && desk.permit::<EndInduction>(who, &facts, &()).is_ok(),
        induction,
    })
}

/// What runs for somebody and whom they accompany.
#[derive(Debug, Default)]
pub struct Own {
    /// One's own that runs, or else the last one.
    pub mine: Option<Induction>,
    /// Those one accompanies, while they run, with one's part.
    pub accompanied: Vec<(Induction, Part)>,
    /// Whether anybody reports to whoever asks.
    pub has_line: bool,
}

/// One's own induction, and those one accompanies (R-IND-5, R-IND-6).
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Own, Stop<Never>> {
    let permit = desk.permit::<SeeOwnInductions>(who, who, &())?;
    let (db, mut own) = (desk.read(), Own::default());
    for one in inductions::own(&db, &permit).await? {
        let may = match facts::induction(&db, desk.institution(), one.id).await? {
            Some(facts) => desk.permit::<SeeInductionSteps>(who, &facts, &()).is_ok(),
            None => false,
        };
        match part(&one, who.id).filter(|_| may) {
            Some(Part::Newcomer) if own.mine.is_none() || one.ended.is_none() => own.mine = Some(one),
            Some(part @ (Part::Mentor | Part::Buddy)) => own.accompanied.push((one, part)),
            _ => {}
        }
    }
    own.has_line = !induction_people::below(&db, &permit).await?.is_empty();
    Ok(own)
}

/// Everything that is kept of one's own inductions, to take away (R-IND-12): with its steps where it is one's own.
///
/// # Errors
/// A fault of the database.
pub async fn every(desk: &Desk, who: &PersonFacts) -> Result<Vec<(Induction, Vec<Taken>)>, Stop<Never>> {
    let account = facts::account(&desk.frame.programme.facts, who.id);
    let permit = desk.permit::<SeeOwnAccount>(who, &account, &())?;
    let (db, mut all) = (desk.read(), Vec::new());
    for one in inductions::every(&db, &permit).await? {
        let facts = of(desk, &db, one.id).await?;
        let inside = desk.permit::<SeeInductionSteps>(who, &facts, &()).ok().filter(|_| one.newcomer.0 == who.id);
        let steps = match inside {
            Some(permit) => inductions::steps(&db, &permit).await?,
            None => Vec::new(),
        };
        all.push((one, steps));
    }
    Ok(all)
}

/// What is seen from outside.
#[derive(Debug)]
pub struct Overview {
    /// Whether whoever looks keeps the plans.
    pub leads: bool,
    /// What runs: for the lead all of them, for others those of their own line.
    pub running: Vec<Induction>,
    /// Who could be new.
    pub newcomers: Vec<Colleague>,
    /// Who is in the role.
    pub practitioners: Vec<Colleague>,
    /// Everybody at work.
    pub everybody: Vec<Colleague>,
}

/// Looks at inductions from outside: that they run, never what happens inside (R-IND-7).
///
/// # Errors
/// Denied for anybody but a programme lead and those to whom somebody reports.
pub async fn overview(desk: &Desk, who: &PersonFacts) -> Result<Overview, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let own = desk.permit::<SeeOwnInductions>(who, who, &())?;
    let directory = desk.permit::<SeeDirectory>(who, programme, &())?;
    let db = desk.read();
    let (practitioners, everybody) = induction_people::to_choose(&db, &directory).await?;
    let (leads, running, mut newcomers) = match desk.permit::<SeeInductions>(who, programme, &()) {
        Ok(permit) => {
            (true, inductions::all_running(&db, &permit).await?, induction_people::everybody(&db, &permit).await?)
        }
        Err(_) => (false, inductions::in_line(&db, &own).await?, induction_people::below(&db, &own).await?),
    };
    newcomers.retain(|one| one.id != who.id);
    if !leads && newcomers.is_empty() && running.is_empty() {
        return Err(Stop::Denied);
    }
    Ok(Overview { leads, running, newcomers, practitioners, everybody })
}
