//! What would change with other numbers of practitioners or hours.

use serde::{Deserialize, Serialize};

use super::words::{Hours, Pence};
use super::{Account, ValueRefused, Year, account};

/// What to change; everything else stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Change {
    /// So many practitioners more, or fewer.
    pub posts_more: i64,
    /// Minutes of remission for each, in place of those of the year.
    pub remitted_minutes_each: Option<i64>,
}

/// The year with the change, and the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// The year as it is.
    pub now: Account,
    /// The year as it would be.
    pub then: Account,
    /// The difference, as a sentence.
    pub words: String,
}

/// A year with a change (R-VAL-5). Only what follows from posts and hours changes; what support and places would cost is not
/// guessed, since nobody knows how the new hours would be used.
///
/// # Errors
/// As an account does, of either year.
pub fn scenario(year: &Year, change: &Change) -> Result<Scenario, ValueRefused> {
    let now = account(year)?;
    let changed = Year {
        posts: year.posts.saturating_add(change.posts_more),
        remitted_minutes_each: change.remitted_minutes_each.or(year.remitted_minutes_each),
        used_minutes: None,
        ..*year
    };
    let then = account(&changed)?;
    let words = format!("{} {}", hours_words(&now, &then), money_words(&now, &then));
    Ok(Scenario { now, then, words })
}

fn hours_words(now: &Account, then: &Account) -> String {
    let (before, after) = (now.remitted_minutes, then.remitted_minutes);
    let ends = format!("{} in place of {}", Hours(after), Hours(before));
    match after.cmp(&before) {
        std::cmp::Ordering::Greater => format!("{} more in the year: {ends}.", Hours(after - before)),
        std::cmp::Ordering::Less => format!("{} fewer in the year: {ends}.", Hours(before - after)),
        std::cmp::Ordering::Equal => "The same hours in the year.".to_string(),
    }
}

fn money_words(now: &Account, then: &Account) -> String {
    let ends = format!("{} in place of {}", then.total, now.total);
    let mut words = match then.total.cmp(&now.total) {
        std::cmp::Ordering::Greater => format!("{} more: {ends}.", Pence(then.total.0 - now.total.0)),
        std::cmp::Ordering::Less => format!("{} less: {ends}.", Pence(now.total.0 - then.total.0)),
        std::cmp::Ordering::Equal => format!("The same cost: {}.", then.total),
    };
    let missing: Vec<&str> = then.not_counted.iter().map(|cost| cost.words()).collect();
    if !missing.is_empty() {
        words.push_str(&format!(" Not counted, because it is not known: {}.", missing.join(", ")));
    }
    words
}
