//! What ties somebody to the college, from a day and until a day: account, areas, line, roles. Nothing is written over.
//! Rules R-PPL-1 to R-PPL-8 in `docs/rules/people.md`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::ids::{AreaId, PersonId};
use crate::people::{Role, Roles};
use crate::period::days_after;

/// How far back a change may be dated, in days.
pub const DAYS_BACK: i64 = 366;
/// How far ahead a change may be dated, in days.
pub const DAYS_AHEAD: i64 = 731;

/// One thing that ties somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// The account is on: the person works here.
    Account,
    /// The main area.
    MainArea(AreaId),
    /// A further area.
    Area(AreaId),
    /// The line manager.
    Manager(PersonId),
    /// The appraiser.
    Appraiser(PersonId),
    /// A role.
    Role(Role),
}

/// Ties of which at most one holds at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strand {
    /// The account.
    Account,
    /// The main area: one at a time.
    MainArea,
    /// This further area: beside any others.
    Area(AreaId),
    /// The line manager: one at a time.
    Manager,
    /// The appraiser: one at a time.
    Appraiser,
    /// This role: beside any others.
    Role(Role),
}

/// Names for what somebody can be tied to.
pub trait Names {
    /// An area's.
    fn area(&self, area: AreaId) -> &str;
    /// A person's.
    fn person(&self, person: PersonId) -> &str;
    /// A role's, as the college calls it.
    fn role(&self, role: Role) -> String;
}

impl Tie {
    /// What it is, and with whom or what: "Line manager Helen Marsh".
    pub fn words(self, names: &impl Names) -> String {
        match self {
            Self::Account => "Account on".to_owned(),
            Self::MainArea(area) => format!("Main area {}", names.area(area)),
            Self::Area(area) => format!("Also in {}", names.area(area)),
            Self::Manager(other) => format!("Line manager {}", names.person(other)),
            Self::Appraiser(other) => format!("Appraiser {}", names.person(other)),
            Self::Role(role) => format!("Role {}", names.role(role)),
        }
    }

    /// Which strand of somebody's history it belongs to.
    pub const fn strand(self) -> Strand {
        match self {
            Self::Account => Strand::Account,
            Self::MainArea(_) => Strand::MainArea,
            Self::Area(area) => Strand::Area(area),
            Self::Manager(_) => Strand::Manager,
            Self::Appraiser(_) => Strand::Appraiser,
            Self::Role(role) => Strand::Role(role),
        }
    }
}

/// A tie with its days: it holds from `starts` on, and from `until` on no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// What.
    pub tie: Tie,
    /// The first day on which it holds.
    pub starts: Date,
    /// The first day on which it no longer holds; `None` while no end is known.
    pub until: Option<Date>,
}

impl Relation {
    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.starts <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether it is over by a day.
    pub fn is_over(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until <= day)
    }
}

/// What holds on one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Whether the account is on.
    pub active: bool,
    /// The main area.
    pub area: Option<AreaId>,
    /// Further areas.
    pub also: Vec<AreaId>,
    /// The line manager.
    pub manager: Option<PersonId>,
    /// The appraiser.
    pub appraiser: Option<PersonId>,
    /// The roles.
    pub roles: Roles,
}

impl State {
    /// What holds on `day`, out of somebody's whole history (R-PPL-1).
    pub fn on(history: &[Relation], day: Date) -> Self {
        let mut state = Self::default();
        for relation in history.iter().filter(|relation| relation.holds(day)) {
            match relation.tie {
                Tie::Account => state.active = true,
                Tie::MainArea(area) => state.area = Some(area),
                Tie::Area(area) => state.also.push(area),
                Tie::Manager(manager) => state.manager = Some(manager),
                Tie::Appraiser(appraiser) => state.appraiser = Some(appraiser),
                Tie::Role(role) => state.roles = state.roles.with(role),
            }
        }
        // Areas beside each other have no order, so that two histories that say the same are the same.
        state.also.sort_unstable();
        state
    }

    /// Everything that holds, as ties.
    pub fn ties(&self) -> Vec<Tie> {
        let mut ties = Vec::new();
        ties.extend(self.active.then_some(Tie::Account));
        ties.extend(self.area.map(Tie::MainArea));
        ties.extend(self.also.iter().copied().map(Tie::Area));
        ties.extend(self.manager.map(Tie::Manager));
        ties.extend(self.appraiser.map(Tie::Appraiser));
        ties.extend(self.roles.iter().map(Tie::Role));
        ties
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelationRefused {
    /// R-PPL-2.
    #[error("Give a day, at most a year back and two years ahead.")]
    Day,
    /// R-PPL-2.
    #[error("That is so already on that day. Choose something else, or another day.")]
    NoChange,
    /// R-PPL-3.
    #[error("Nobody can be their own manager or appraiser. Choose somebody else.")]
    Oneself,
    /// R-PPL-3.
    #[error(
        "That would close a circle: {0} would be managed by somebody further down. Choose somebody else, or change {0} first."
    )]
    Circle(String),
    /// R-PPL-8.
    #[error("You cannot make yourself somebody's line manager. Ask another administrator to enter it.")]
    OwnHand,
    /// R-PPL-4.
    #[error(
        "That change has begun and can no longer be taken back. Enter a new one from the day on which it is to end."
    )]
    Begun,
}

/// Checks a day that somebody typed (R-PPL-2).
///
/// # Errors
/// [`RelationRefused::Day`] when it is too far away.
pub fn check_day(from: Date, today: Date) -> Result<(), RelationRefused> {
    if from < days_after(today, -DAYS_BACK) || from > days_after(today, DAYS_AHEAD) {
        return Err(RelationRefused::Day);
    }
    Ok(())
}

/// The history with one strand changed from a day on, up to the next change that is already planned in it; everything
/// before that day stays (R-PPL-1). `to` is what holds then; `None` ends what held.
pub fn change(history: &[Relation], strand: Strand, to: Option<Tie>, from: Date) -> Vec<Relation> {
    let (own, mut all): (Vec<Relation>, Vec<Relation>) =
        history.iter().partition(|relation| relation.tie.strand() == strand);
    let next = own.iter().map(|relation| relation.starts).filter(|starts| *starts > from).min();
    let mut changed: Vec<Relation> = Vec::new();
    for relation in own {
        if relation.starts > from {
            changed.push(relation);
        } else if relation.starts < from {
            let until = relation.until.map_or(from, |until| until.min(from));
            changed.push(Relation { until: Some(until), ..relation });
        }
    }
    changed.extend(to.map(|tie| Relation { tie, starts: from, until: next }));
    all.extend(joined(changed));
    all
}

/// The same strand in order of time, with what follows itself without a gap as one.
fn joined(mut relations: Vec<Relation>) -> Vec<Relation> {
    relations.sort_by_key(|relation| relation.starts);
    let mut all: Vec<Relation> = Vec::new();
    for relation in relations {
        match all.last_mut() {
            Some(last) if last.tie == relation.tie && last.until == Some(relation.starts) => {
                last.until = relation.until
            }
            _ => all.push(relation),
        }
    }
    all
}

/// The history without a change that has not begun: what held before goes on in its place (R-PPL-4). `starts` is the day
/// on which something begins or ends in this strand.
///
/// # Errors
/// [`RelationRefused::Begun`] when nothing in this strand changes on that day, or the day has come.
pub fn take_back(
    history: &[Relation],
    (strand, on): (Strand, Date),
    today: Date,
) -> Result<Vec<Relation>, RelationRefused> {
    let own = |relation: &&Relation| relation.tie.strand() == strand;
    let planned = history.iter().filter(own).any(|relation| relation.starts == on || relation.until == Some(on));
    if !planned || on <= today {
        return Err(RelationRefused::Begun);
    }
    let (own, mut all): (Vec<Relation>, Vec<Relation>) =
        history.iter().partition(|relation| relation.tie.strand() == strand);
    let next = own.iter().map(|relation| relation.starts).filter(|starts| *starts > on).min();
    let kept = own.into_iter().filter(|relation| relation.starts != on);
    let longer = kept.map(|one| if one.until == Some(on) { Relation { until: next, ..one } } else { one });
    all.extend(joined(longer.collect()));
    Ok(all)
}

/// The history brought into line with what holds today by another source, such as a staff file (R-PPL-5): what no longer
/// holds ends today, what is new begins today, what is planned stays planned.
pub fn follow(history: &[Relation], now: &State, today: Date) -> Vec<Relation> {
    let before = State::on(history, today).ties();
    let after = now.ties();
    let mut all = history.to_vec();
    for tie in before.iter().filter(|tie| !after.iter().any(|other| other.strand() == tie.strand())) {
        all = change(&all, tie.strand(), None, today);
    }
    for tie in after.iter().filter(|tie| !before.contains(tie)) {
        all = change(&all, tie.strand(), Some(*tie), today);
    }
    all
}

/// Everybody's managers over time, to find circles in them.
#[derive(Debug, Default)]
pub struct Lines(BTreeMap<PersonId, Vec<Relation>>);

impl Lines {
    /// Adds what somebody's history says of their managers, in place of what was known of them.
    pub fn put(&mut self, person: PersonId, history: &[Relation]) {
        let managers = history.iter().filter(|relation| relation.tie.strand() == Strand::Manager);
        self.0.insert(person, managers.copied().collect());
    }

    fn manager(&self, person: PersonId, day: Date) -> Option<PersonId> {
        self.0.get(&person)?.iter().filter(|relation| relation.holds(day)).find_map(|relation| match relation.tie {
            Tie::Manager(manager) => Some(manager),
            _ => None,
        })
    }

    /// Who in the line above `person` would be managed by `person`, on `from` or on a later day on which anybody's
    /// manager changes (R-PPL-3). `None`: there is no circle.
    pub fn circle(&self, person: PersonId, from: Date) -> Option<PersonId> {
        let later = self.0.values().flatten().map(|relation| relation.starts).filter(|starts| *starts > from);
        let mut days: Vec<Date> = later.chain([from]).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().find_map(|day| self.circle_on(person, day))
    }

    fn circle_on(&self, person: PersonId, day: Date) -> Option<PersonId> {
        let mut line = Vec::new();
        let mut at = person;
        while let Some(manager) = self.manager(at, day) {
            if manager == person {
                return Some(at);
            }
            if line.contains(&manager) {
                return None;
            }
            line.push(manager);
            at = manager;
        }
        None
    }
}

#[cfg(test)]
#[path = "relations_tests.rs"]
mod tests;
