//! What a programme costs beside what came of it: pence and minutes as whole numbers, and no return on investment.
//! Rules R-VAL-1 to R-VAL-6 in `docs/rules/value.md`.

mod scenarios;
mod words;

pub use scenarios::{Change, Scenario, scenario};
pub use words::{Hours, Pence};

use serde::{Deserialize, Serialize};

/// No amount is read that is larger: a hundred million pounds.
const MOST_PENCE: i64 = 10_000_000_000;
/// No hour of teaching costs more: ten thousand pounds.
const MOST_HOUR_PENCE: i64 = 1_000_000;
/// No time is read that is longer: a million hours.
const MOST_MINUTES: i64 = 60_000_000;
/// No programme has more practitioners.
const MOST_POSTS: i64 = 10_000;

/// A year's costs and hours, in pence and minutes. What is not known is left out and named as not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Year {
    /// Practitioners.
    pub posts: i64,
    /// Minutes of remission for each.
    pub remitted_minutes_each: Option<i64>,
    /// What an hour of teaching costs, for remitted time that nobody was paid to cover.
    pub hour_pence: Option<i64>,
    /// What each is paid more in the year.
    pub uplift_pence_each: Option<i64>,
    /// Minutes of remission for which cover was paid, all together.
    pub covered_minutes: i64,
    /// What that cover cost.
    pub cover_pence: Option<i64>,
    /// Travel.
    pub travel_pence: Option<i64>,
    /// Training for the role.
    pub training_pence: Option<i64>,
    /// Minutes that were used, for everything in the role.
    pub used_minutes: Option<i64>,
    /// Minutes used for one-to-one support.
    pub support_minutes: Option<i64>,
    /// Minutes used for sessions and communities.
    pub session_minutes: Option<i64>,
    /// Places that sessions have.
    pub session_places: Option<i64>,
}

/// A kind of cost; there are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Remitted time that nobody was paid to cover, at the price of an hour of teaching.
    Remission,
    /// Cover that was paid.
    Cover,
    /// What practitioners are paid more.
    Uplift,
    /// Travel.
    Travel,
    /// Training for the role.
    Training,
}

/// What a year cost (R-VAL-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Minutes of remission, all together.
    pub remitted_minutes: u64,
    /// What is known, by kind.
    pub lines: Vec<(Cost, Pence)>,
    /// Kinds that are not known and so not in the total.
    pub not_counted: Vec<Cost>,
    /// All lines.
    pub total: Pence,
    /// For an hour of one-to-one support (R-VAL-3).
    pub per_support_hour: Option<Pence>,
    /// For a place at a session (R-VAL-3).
    pub per_session_place: Option<Pence>,
}

/// How strong the evidence of a benefit is; there are no other grades (R-VAL-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// People say so, in a survey or by name.
    Said,
    /// Work that was done, as noted.
    Counted,
    /// A figure changed at the same time.
    Coincides,
    /// A comparison with areas that had not begun, quiet before.
    Consistent,
    /// The same, and the order was drawn by lot.
    Evidence,
}

/// A benefit, in words and with its strength; never in money (R-VAL-4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Benefit {
    /// What came of it.
    pub what: String,
    /// How strong the evidence is.
    pub strength: Strength,
}

/// Numbers that make no account. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueRefused {
    /// R-VAL-2.
    #[error("The hours are missing: give the hours of remission for each practitioner.")]
    NoHours,
    /// R-VAL-2.
    #[error("There is no practitioner: give how many there are.")]
    NoPosts,
    /// R-VAL-2.
    #[error("{what} is {value}: give a whole number from 0 to {most}.")]
    OutOfRange {
        /// Which.
        what: &'static str,
        /// What was given.
        value: i64,
        /// The largest that is read.
        most: i64,
    },
    /// R-VAL-2.
    #[error("{part} is more than {whole}: give at most as much.")]
    MoreThanWhole {
        /// The part.
        part: &'static str,
        /// Of what.
        whole: &'static str,
    },
}

fn within(what: &'static str, value: i64, most: i64) -> Result<u64, ValueRefused> {
    u64::try_from(value).ok().filter(|_| value <= most).ok_or(ValueRefused::OutOfRange { what, value, most })
}

fn pence(what: &'static str, value: Option<i64>) -> Result<Option<u64>, ValueRefused> {
    value.map(|value| within(what, value, MOST_PENCE)).transpose()
}

fn minutes(what: &'static str, value: Option<i64>) -> Result<Option<u64>, ValueRefused> {
    value.map(|value| within(what, value, MOST_MINUTES)).transpose()
}

/// `amount` × `part` ÷ `whole`, rounded to the nearest penny; none of nothing.
fn part_of(amount: u64, part: u64, whole: u64) -> Option<u64> {
    if whole == 0 {
        return None;
    }
    let (amount, part, whole) = (u128::from(amount), u128::from(part), u128::from(whole));
    u64::try_from((2 * amount * part + whole) / (2 * whole)).ok()
}

/// Adds a year up (R-VAL-1 to R-VAL-3).
///
/// # Errors
/// Missing hours, nobody in the role, a number that cannot be, or a part larger than its whole.
pub fn account(year: &Year) -> Result<Account, ValueRefused> {
    let posts = within("The number of practitioners", year.posts, MOST_POSTS)?;
    let each = minutes("The remission", year.remitted_minutes_each)?.filter(|each| *each > 0);
    let each = each.ok_or(ValueRefused::NoHours)?;
    if posts == 0 {
        return Err(ValueRefused::NoPosts);
    }
    let remitted = posts * each;
    let covered = within("The covered time", year.covered_minutes, MOST_MINUTES)?;
    let Some(uncovered) = remitted.checked_sub(covered) else {
        return Err(ValueRefused::MoreThanWhole { part: "The covered time", whole: "the remission" });
    };
    let hour = year.hour_pence.map(|hour| within("The price of an hour", hour, MOST_HOUR_PENCE)).transpose()?;
    let uplift = pence("The uplift", year.uplift_pence_each)?;
    let remission = if uncovered == 0 { Some(0) } else { hour.and_then(|hour| part_of(hour, uncovered, 60)) };
    let cover = pence("The cost of cover", year.cover_pence)?.or((covered == 0).then_some(0));
    let known = [
        (Cost::Remission, remission),
        (Cost::Cover, cover),
        (Cost::Uplift, uplift.map(|each| posts * each)),
        (Cost::Travel, pence("The cost of travel", year.travel_pence)?),
        (Cost::Training, pence("The cost of training", year.training_pence)?),
    ];
    let lines: Vec<(Cost, Pence)> = known.iter().filter_map(|(cost, pence)| Some((*cost, Pence((*pence)?)))).collect();
    let total = lines.iter().map(|(_, pence)| pence.0).sum();
    let (per_support_hour, per_session_place) = rates(year, total)?;
    Ok(Account {
        remitted_minutes: remitted,
        not_counted: known.iter().filter(|(_, pence)| pence.is_none()).map(|(cost, _)| *cost).collect(),
        lines,
        total: Pence(total),
        per_support_hour,
        per_session_place,
    })
}

/// For an hour of support and for a place: the total goes to each purpose by its share of the minutes used (R-VAL-3).
fn rates(year: &Year, total: u64) -> Result<(Option<Pence>, Option<Pence>), ValueRefused> {
    let used = minutes("The used time", year.used_minutes)?;
    let support = minutes("The time for support", year.support_minutes)?;
    let sessions = minutes("The time for sessions", year.session_minutes)?;
    let places = year.session_places.map(|places| within("The number of places", places, MOST_MINUTES)).transpose()?;
    let Some(used) = used else { return Ok((None, None)) };
    if support.unwrap_or(0) + sessions.unwrap_or(0) > used {
        return Err(ValueRefused::MoreThanWhole { part: "The time for support and sessions", whole: "the used time" });
    }
    // The share of support, over the hours of support: the minutes of support fall out.
    let hour = support.filter(|support| *support > 0).and_then(|_| part_of(total, 60, used));
    let place = sessions.zip(places).and_then(|(sessions, places)| part_of(total, sessions, used * places));
    Ok((hour.map(Pence), place.map(Pence)))
}

#[cfg(test)]
mod tests;
