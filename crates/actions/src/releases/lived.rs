//! Which model a year looks like, worked out with the year's release and frozen in it. Rules R-LIV-1 to R-LIV-9.

use std::collections::BTreeSet;

use domain::hours::Purpose;
use domain::indicators::{Figure, Indicator};
use domain::programme::Model as Declared;
use domain::required::Reason;
use domain::support::WhyNow;
use evidence::bands::Band;
use evidence::book::{Group, Release};
use evidence::models::{Indicators, Minimum, Model, Outcome, Share, Year, read};
use store::Fault;
use store::counted::Entry;

use super::cover::Lived;

/// What of a year is read.
pub struct Seen<'a> {
    /// Reasons of required support that was on.
    pub required: &'a [String],
    /// Why each of those who asked did, if they said so.
    pub asked: &'a [Option<String>],
    /// Staff who had voluntary support in one of its terms: what was deleted was a case too.
    pub reached: usize,
    /// What practitioners noted.
    pub entries: &'a [Entry],
    /// The year's release of voluntary support.
    pub support: Option<&'a Release>,
    /// Staff who are counted.
    pub staff: u64,
    /// Teaching weeks of the terms that are out.
    pub weeks: i64,
    /// Practitioners, and whether one of them stands in the line of somebody who teaches.
    pub practitioners: (usize, bool),
    /// Outputs noted and entries of the shelf added.
    pub items: i64,
    /// Figures of the year's terms that the lead has entered.
    pub figures: &'a [Figure],
}

/// The model's counterpart among those that are read.
pub const fn model(declared: Declared) -> Model {
    match declared {
        Declared::Deficit => Model::Deficit,
        Declared::Developmental => Model::Developmental,
        Declared::Universal => Model::Universal,
        Declared::PanOrganisational => Model::PanOrganisational,
    }
}

/// Minutes for a purpose: an entry for several is divided among them.
fn minutes(entries: &[Entry], wanted: &[Purpose]) -> f64 {
    let part = |entry: &Entry| {
        let ours = entry.purposes.iter().filter(|one| wanted.contains(one)).count();
        number(entry.minutes) * number(ours) / number(entry.purposes.len().max(1))
    };
    entries.iter().map(part).sum()
}

#[expect(clippy::cast_precision_loss, reason = "minutes and people of a college lie far below 2^52")]
fn number(many: impl TryInto<i64>) -> f64 {
    many.try_into().unwrap_or_default() as f64
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| (part / whole).clamp(0.0, 1.0))
}

const fn counted(all: usize, of: usize) -> Share {
    Share { counted: all as u64, of: of as u64 }
}

fn middle(band: Band) -> f64 {
    number(i64::try_from(band.low + band.high).unwrap_or_default())
        / number(i64::try_from(2 * band.of.max(1)).unwrap_or(1))
}

/// How evenly areas were reached, from what is shown of them: an area is even when its middle is at least half the college's.
fn evenness(support: &Release, college: f64) -> Option<f64> {
    let bands = support.shown.iter().filter(|line| matches!(line.group, Group::Area(_))).filter_map(|line| line.band);
    let all: Vec<f64> = bands.map(middle).collect();
    share(number(all.iter().filter(|area| 2.0 * **area >= college).count()), number(all.len()))
}

/// All terms of the year together, as far as the lead has entered them.
fn of_figures(figures: &[Figure], wanted: Indicator) -> Option<f64> {
    let ours = || figures.iter().filter(|one| one.place.indicator == wanted);
    share(ours().map(|one| number(one.counted)).sum(), ours().map(|one| number(one.of)).sum())
}

/// One-to-one cases: those that are known, and at least one for everybody who was reached.
fn cases(seen: &Seen<'_>) -> usize {
    seen.asked.len().max(seen.reached) + seen.required.len()
}

fn indicators(seen: &Seen<'_>, requires: bool) -> Result<Indicators, Fault> {
    let unreadable = |_| Fault::Unreadable("release");
    let cases = cases(seen);
    let observed = seen.asked.iter().flatten().filter(|why| why.as_str() == WhyNow::AfterObservation.code()).count()
        + seen.required.iter().filter(|why| why.as_str() == Reason::AfterObservation.code()).count();
    let one_to_one = minutes(seen.entries, &[Purpose::OneToOne]);
    let required = minutes(seen.entries, &[Purpose::Required]);
    let inductions = minutes(seen.entries, &[Purpose::Induction]);
    let all: f64 = minutes(seen.entries, Purpose::ALL);
    let (practitioners, in_line) = seen.practitioners;
    let links = f64::from(u8::from(requires) + u8::from(in_line)) / 4.0;
    let total = seen.support.and_then(|release| release.shown.iter().find(|line| line.group == Group::Total));
    let access = total.and_then(|line| line.band).map(middle);
    Ok(Indicators {
        manager_initiated: counted(seen.required.len(), cases).middle().map_err(unreadable)?,
        observation_triggered: counted(observed, cases).middle().map_err(unreadable)?,
        mandatory_hours: share(required, one_to_one + required),
        performance_links: Some(links),
        access_rate: access,
        area_evenness: access.zip(seen.support).and_then(|(college, release)| evenness(release, college)),
        coaching_hours: share(one_to_one, one_to_one + required + inductions),
        cross_cutting_hours: share(minutes(seen.entries, &[Purpose::Strategic]), all),
        research_flow: (practitioners > 0).then(|| number(seen.items) / number(practitioners)),
        external_active: of_figures(seen.figures, Indicator::Outside),
        team_meetings: of_figures(seen.figures, Indicator::Team),
    })
}

/// Reads a year (R-LIV-1 to R-LIV-9).
///
/// # Errors
/// Numbers that cannot be: what was kept was altered.
pub fn lived(declared: Declared, seen: &Seen<'_>) -> Result<Lived, Fault> {
    let requires = declared != Declared::Developmental;
    let year = Year {
        episodes: i64::try_from(cases(seen)).unwrap_or(i64::MAX),
        staff: i64::try_from(seen.staff).unwrap_or(i64::MAX),
        weeks: seen.weeks,
        indicators: indicators(seen, requires)?,
    };
    let outcome = read(&year, Some(model(declared)), &Minimum::default()).map_err(|_| Fault::Unreadable("release"))?;
    let key = model(declared).key().to_owned();
    Ok(match outcome {
        Outcome::TooLittleData(what) => Lived {
            declared: key,
            lacking: what.into_iter().collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect(),
            reads: evidence::models::Reading::TooLittleData.sentence(),
            beside: None,
            models: Vec::new(),
            farthest: Vec::new(),
        },
        Outcome::Read(found) => Lived {
            declared: key,
            lacking: Vec::new(),
            reads: found.reading.sentence(),
            beside: found.match_with.map(|beside| beside.sentence().to_owned()),
            models: Model::ALL.iter().map(|one| (one.key().to_owned(), found.shown(*one))).collect(),
            farthest: found.farthest.iter().map(|one| one.words().to_owned()).collect(),
        },
    })
}
