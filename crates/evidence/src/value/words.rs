//! Money, hours, costs and strengths as they are read.

use std::fmt;

use serde::Serialize;

use super::{Cost, Strength};

/// Whole pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Pence(pub u64);

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// "£32.50", "£2,243".
impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "£{}", thousands(self.0 / 100))?;
        if self.0.is_multiple_of(100) { Ok(()) } else { write!(f, ".{:02}", self.0 % 100) }
    }
}

/// Minutes, read as hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours(pub u64);

/// "150 hours", "1 hour 30 minutes".
impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.0 / 60, self.0 % 60);
        write!(f, "{} {}", thousands(hours), if hours == 1 { "hour" } else { "hours" })?;
        match minutes {
            0 => Ok(()),
            1 => f.write_str(" 1 minute"),
            _ => write!(f, " {minutes} minutes"),
        }
    }
}

impl Cost {
    /// As a page names it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Remission => "remitted time",
            Self::Cover => "cover",
            Self::Uplift => "uplift",
            Self::Travel => "travel",
            Self::Training => "training",
        }
    }
}

impl Strength {
    /// What may be said with it, as a page has it (R-VAL-4).
    pub const fn words(self) -> &'static str {
        match self {
            Self::Said => "people say so",
            Self::Counted => "noted as done; says nothing of what came of it",
            Self::Coincides => "changed at the same time; other causes are not ruled out",
            Self::Consistent => "consistent with an effect; not proof",
            Self::Evidence => "evidence of an effect: who began first was drawn by lot",
        }
    }
}

impl super::Account {
    /// The account as sentences for a business case, with what is not counted and no percentage of return (R-VAL-6).
    pub fn sentences(&self) -> Vec<String> {
        let (hours, all) = (Hours(self.remitted_minutes), self.not_counted.is_empty());
        let (first, least) = if all { ("The whole cost", "") } else { ("What is known of the cost", "at least ") };
        let mut said = vec![format!("{first} is {} in the year, with {hours} of remission.", self.total)];
        said.extend(self.per_support_hour.map(|pence| format!("An hour of one-to-one support cost {least}{pence}.")));
        let place = |pence| format!("A place at a session, taken or not, cost {least}{pence}.");
        said.extend(self.per_session_place.map(place));
        if !self.not_counted.is_empty() {
            let names: Vec<&str> = self.not_counted.iter().map(|cost| cost.words()).collect();
            said.push(format!("Not counted, because it is not known: {}.", names.join(", ")));
        }
        said
    }
}
