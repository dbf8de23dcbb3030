//! What people said of sessions in a release: all sessions together, in quarters of the answers (R-REL-23 to R-REL-26).

use std::collections::BTreeMap;

use domain::ids::PersonId;
use domain::period::iso;
use domain::releases::Due;
use domain::training_said::{Agreed, Counts, Statement};
use evidence::book::{Group, Period, Release};
use evidence::feedback::{self, ANSWERS, KNOWN_TO_HAVE_COME, Range, Session};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::MakeRelease;
use serde::{Deserialize, Serialize};
use store::counted_said::{self, AtSession, Said};
use store::{Db, Fault};

use super::Which;
use super::cover::Cover;
use super::make::between;

/// What is told of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidOf {
    /// Its code.
    pub statement: String,
    /// Who agreed, agreed in part and disagreed, of all who answered; nothing where it is not told.
    pub ranges: [Option<Range>; ANSWERS],
}

impl SaidOf {
    /// Which statement it is.
    pub fn statement(&self) -> Option<Statement> {
        Statement::from_code(&self.statement)
    }
}

/// What was said of sessions, told once and for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldOfSessions {
    /// The release that told it.
    pub name: String,
    /// Of sessions of which nobody could say anything any more from this day on …
    #[serde(with = "iso")]
    pub from: Date,
    /// … and before this one.
    #[serde(with = "iso")]
    pub until: Date,
    /// Statement by statement.
    pub statements: Vec<SaidOf>,
}

/// From which day on answers wait to be told: since they were told last in the year, else since its first term (R-REL-23).
fn since(of_year: &[&Cover], from: Date) -> Date {
    let told = of_year.iter().rev().find_map(|cover| cover.said.last());
    told.map(|told| told.until).or_else(|| of_year.first().map(|first| first.from)).unwrap_or(from)
}

/// Whether it is known already that as many came as must have come for anything to be told: from what is released of who came to
/// sessions or to meetings, in the terms after that in which it was told last (R-REL-26).
fn adds_nothing(came: &[Release], last_told: u8) -> bool {
    let known = |release: &&Release| matches!(release.period, Period::Term(number) if number > last_told);
    came.iter().filter(known).any(|release| {
        let total = release.shown.iter().find(|line| line.group == Group::Total);
        total.and_then(|line| line.band).is_some_and(|band| band.low >= KNOWN_TO_HAVE_COME)
    })
}

fn of(session: &AtSession, statement: Statement) -> Counts {
    session.counts.iter().find(|(one, _)| *one == statement).map(|(_, counts)| *counts).unwrap_or_default()
}

const fn answers(counts: Counts) -> u64 {
    counts.agree + counts.partly + counts.disagree
}

/// What everybody reads at the session of who agreed, as the least and the most (R-SES-19).
fn as_shown(counts: Counts) -> Session {
    let answers = answers(counts);
    let half = answers.div_ceil(2);
    let agreed = match Agreed::of(counts.agree, answers) {
        Some(Agreed::HalfOrMore) => (half, answers),
        Some(Agreed::FewerThanHalf) => (0, half.saturating_sub(1)),
        None => (0, answers),
    };
    Session { answers, agreed }
}

fn told(said: &Said, statement: Statement) -> Option<SaidOf> {
    let each: Vec<(&AtSession, Counts)> = said.sessions.iter().map(|one| (one, of(one, statement))).collect();
    // Who came is forgotten after twelve months: nobody knows then how often the same person answered.
    let fits = each.iter().all(|(session, counts)| answers(*counts) <= session.people);
    let sessions: Vec<Session> = each.iter().map(|(_, counts)| as_shown(*counts)).collect();
    let mut runners: BTreeMap<PersonId, u64> = BTreeMap::new();
    let mut all = Counts::default();
    for (session, counts) in &each {
        *runners.entry(session.runner).or_default() += answers(*counts);
        all.agree += counts.agree;
        all.partly += counts.partly;
        all.disagree += counts.disagree;
    }
    let runners: Vec<u64> = runners.into_values().collect();
    let counted = [all.agree, all.partly, all.disagree];
    let ranges = feedback::tell(&sessions, (&said.often, &runners), counted).ok().filter(|_| fits)?;
    ranges.iter().any(Option::is_some).then(|| SaidOf { statement: statement.code().to_owned(), ranges })
}

/// What is told of all that waits; nothing where no statement can be told, so that it goes on waiting (R-REL-23).
fn tell(name: &str, said: &Said, (from, until): (Date, Date)) -> Option<ToldOfSessions> {
    let statements: Vec<SaidOf> = Statement::ALL.iter().filter_map(|one| told(said, *one)).collect();
    (!statements.is_empty()).then(|| ToldOfSessions { name: name.to_owned(), from, until, statements })
}

/// What a term tells: what was said of sessions since it was told last in the year, once it is enough (R-REL-23, R-REL-26).
///
/// # Errors
/// A fault of the database.
pub async fn of_term(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (due, from): (&Due, Date),
    (came, out): (&[Release], &[(Which, Cover)]),
) -> Result<Vec<ToldOfSessions>, Fault> {
    let of_year: Vec<&(Which, Cover)> = out.iter().filter(|((year, _), _)| *year == due.year).collect();
    let last_told = of_year.iter().filter(|(_, cover)| !cover.said.is_empty()).map(|((_, number), _)| *number).max();
    if !adds_nothing(came, last_told.unwrap_or_default()) {
        return Ok(Vec::new());
    }
    let from = since(&of_year.iter().map(|(_, cover)| cover).collect::<Vec<_>>(), from);
    let all = counted_said::said(db, permit, between(from, due.out)).await?;
    Ok(tell(&due.name, &all, (from, due.out)).into_iter().collect())
}

#[cfg(test)]
#[path = "said_tests.rs"]
mod tests;
