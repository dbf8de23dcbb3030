//! Recorded lots: opened by the programme lead, drawn with words of somebody else. Rules R-CAU-16 to R-CAU-21.

use domain::ids::{AreaId, LotId, PersonId};
use domain::lots::{self as rules, LotRefused, Named, Plan, Step, TermOf};
use evidence::attribution::lot;
use policies::acts::{AddLotWords, GiveUpLot, OpenLot, SeeLots};
use policies::facts::PersonFacts;
use store::lots::{self, Draw, Fate, Lot};
use store::{Fault, events};

use crate::chance::secret;
use crate::desk::{Desk, Never, Stop};
use crate::term_list::terms;

/// A lot as its page shows it.
#[derive(Debug)]
pub struct Shown {
    /// Which.
    pub id: LotId,
    /// When it was opened, at the college.
    pub opened: jiff::civil::DateTime,
    /// What is drawn.
    pub plan: Plan,
    /// The SHA-256 of the seed, published from the beginning.
    pub commitment: String,
    /// What became of it.
    pub state: State,
    /// Whether the visitor may add words to it now.
    pub may_add: bool,
    /// Whether the visitor may give it up now.
    pub may_give_up: bool,
}

/// What became of a lot, as a page shows it.
#[derive(Debug)]
pub enum State {
    /// It waits: nobody sees the seed.
    Waits,
    /// It was drawn.
    Drawn(Box<Drawn>),
    /// It was given up on a day, and why.
    GivenUp(jiff::civil::Date, String),
}

/// A lot that was drawn, with everything that is needed to draw it again by hand.
#[derive(Debug)]
pub struct Drawn {
    /// When, at the college.
    pub at: jiff::civil::DateTime,
    /// The seed.
    pub seed: String,
    /// The words of somebody else.
    pub words: String,
    /// Each area in the order that was drawn, and when it begins; none for later or never.
    pub begins: Vec<(Named, Option<TermOf>)>,
    /// Whether the order is the one that follows from the seed that was committed to and the words: worked out just now (R-CAU-19).
    pub holds: bool,
}

/// Everything on the page of lots.
#[derive(Debug)]
pub struct Lots {
    /// Every lot there ever was, the latest first.
    pub all: Vec<Shown>,
    /// What the lead needs to open one; nothing for other readers, or while one waits.
    pub opening: Option<Opening>,
}

/// What can be chosen for a lot.
#[derive(Debug)]
pub struct Opening {
    /// Areas that were not drawn before.
    pub areas: Vec<Named>,
    /// Terms that have not begun.
    pub terms: Vec<TermOf>,
}

/// The areas that stand in a lot that was drawn.
fn drawn(all: &[Lot]) -> Vec<AreaId> {
    let drawn = all.iter().filter(|lot| lot.draw().is_some());
    drawn.flat_map(|lot| lot.plan.areas.iter().map(|area| area.id)).collect()
}

/// The terms that have not begun, the next one first.
fn ahead(desk: &Desk) -> Vec<TermOf> {
    let today = desk.today();
    terms(desk).into_iter().filter(|term| term.starts > today).take(6).collect()
}

fn shown(desk: &Desk, lot: Lot, (may_add, may_give_up): (bool, bool)) -> Shown {
    let local = |at| desk.frame.calendar.local(at);
    let waits = lot.waits();
    let begun = lot.plan.steps.iter().any(|step| step.term.starts <= desk.today());
    let state = match lot.fate {
        Fate::Waits => State::Waits,
        Fate::GivenUp(on, reason) => State::GivenUp(on, reason),
        Fate::Drawn(Draw { at, words, order }) => {
            let units = lot.plan.names();
            let holds = lot::verify_joined(&lot.commitment, (&lot.seed, &words), &units, &order).is_ok();
            let begins = lot.plan.begins(&order);
            State::Drawn(Box::new(Drawn { at: local(at), seed: lot.seed, words, begins, holds }))
        }
    };
    Shown {
        id: lot.id,
        opened: local(lot.opened_at),
        plan: lot.plan,
        commitment: lot.commitment,
        state,
        may_add: may_add && waits && !begun,
        may_give_up: may_give_up && waits,
    }
}

/// Every lot, and what can be chosen for the next one (R-CAU-16 to R-CAU-21).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Lots, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeLots>(who, programme, &())?;
    let db = desk.read();
    let all = lots::all(&db, &permit).await?;
    let leads = desk.permit::<OpenLot>(who, programme, &()).is_ok();
    let opening = if leads && !all.iter().any(Lot::waits) {
        let (mut areas, drawn) = (lots::areas(&db, &permit).await?, drawn(&all));
        areas.retain(|area| !drawn.contains(&area.id));
        Some(Opening { areas, terms: ahead(desk) })
    } else {
        None
    };
    let adds = desk.permit::<AddLotWords>(who, programme, &()).is_ok();
    let gives_up = desk.permit::<GiveUpLot>(who, programme, &()).is_ok();
    let of = |lot: Lot| {
        let may_add = adds && lot.opened_by != who.id;
        shown(desk, lot, (may_add, gives_up))
    };
    Ok(Lots { all: all.into_iter().map(of).collect(), opening })
}

/// What somebody asked a lot for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Areas.
    pub areas: Vec<AreaId>,
    /// Terms, and how many areas begin in each; none where it was no number.
    pub steps: Vec<((i16, i64), Option<usize>)>,
    /// The form's token, so that one form opens one lot.
    pub once: String,
}

/// Opens a lot: draws a secret seed, keeps it, and publishes its hash with areas and terms (R-CAU-16, R-CAU-17).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and for an area that is none of the college's.
pub async fn open(desk: &Desk, who: PersonId, wanted: &Wanted) -> Result<LotId, Stop<LotRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<OpenLot>(&me, &desk.frame.programme.facts, &())?;
    let all = lots::all(&db, &permit).await?;
    let id: LotId = desk.once(who, &wanted.once);
    if all.iter().any(|lot| lot.id == id) {
        return Ok(id);
    }
    let mut areas = lots::areas(&db, &permit).await?;
    areas.retain(|area| wanted.areas.contains(&area.id));
    areas.sort_by(|one, other| one.name.cmp(&other.name));
    if wanted.areas.iter().any(|area| !areas.iter().any(|known| known.id == *area)) {
        return Err(Stop::Denied);
    }
    let known = terms(desk);
    let mut steps = Vec::new();
    for (at, count) in &wanted.steps {
        let count = count.ok_or(Stop::Refused(LotRefused::Number))?;
        let term = known.iter().find(|term| term.at == *at).cloned().ok_or(Stop::Refused(LotRefused::Term))?;
        if count > 0 {
            steps.push(Step { term, count });
        }
    }
    steps.sort_by_key(|step| step.term.starts);
    let plan = Plan { areas, steps };
    rules::open(&plan, desk.today(), (all.iter().any(Lot::waits), &drawn(&all))).map_err(Stop::Refused)?;
    let seed = secret(desk.house.chance.as_ref());
    let commitment = lot::commitment(&seed).map_err(|_| Fault::Unreadable("seed"))?;
    let opened = Lot { id, opened_at: desk.now, opened_by: who, plan, seed, commitment, fate: Fate::Waits };
    lots::open(&db, &permit, &opened).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    db.commit().await?;
    Ok(id)
}

/// Adds somebody's own words to a lot that waits, and draws it (R-CAU-18).
///
/// # Errors
/// A rule that says no; denied for anybody but a senior leader, and when there is no such lot.
pub async fn add_words(desk: &Desk, who: PersonId, (id, text): (LotId, &str)) -> Result<(), Stop<LotRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<AddLotWords>(&me, &desk.frame.programme.facts, &())?;
    let found = lots::all(&db, &permit).await?.into_iter().find(|lot| lot.id == id).ok_or(Stop::Denied)?;
    let words = rules::words(text, &found.plan, (found.waits(), found.opened_by == who, desk.today()))
        .map_err(Stop::Refused)?;
    let order = lot::joined(&found.seed, &words).and_then(|seed| lot::draw_order(&found.plan.names(), &seed));
    let order = order.map_err(|_| Fault::Unreadable("lot"))?;
    lots::draw(&db, &permit, (id, &Draw { at: desk.now, words, order })).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// Gives up a lot that waits; it stays in the list, with the day and the reason (R-CAU-20).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and when there is no such lot.
pub async fn give_up(desk: &Desk, who: PersonId, (id, reason): (LotId, &str)) -> Result<(), Stop<LotRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<GiveUpLot>(&me, &desk.frame.programme.facts, &())?;
    let found = lots::all(&db, &permit).await?.into_iter().find(|lot| lot.id == id).ok_or(Stop::Denied)?;
    let reason = rules::give_up(reason, found.waits()).map_err(Stop::Refused)?;
    lots::give_up(&db, &permit, (id, desk.today(), &reason)).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}
