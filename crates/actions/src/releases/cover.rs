//! What stands on the cover of a release: which days it is of, and everything in it that is not a measure of people by area.

use domain::period::iso;
use evidence::bands::Band;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Fault;

use super::began::HowItBegan;
use super::said::ToldOfSessions;

/// Sessions of an area: no people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    /// The area's name then.
    pub area: String,
    /// That took place.
    pub held: i64,
    /// That were planned, held ones with them.
    pub planned: i64,
}

/// Hours of voluntary one-to-one support by theme, to the nearest five (R-REL-13).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Themes that may be named, the largest first.
    pub themes: Vec<(String, u64)>,
    /// All other themes together, where that may be shown.
    pub other: Option<u64>,
}

/// A model as the year reads, frozen (R-LIV-1 to R-LIV-7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lived {
    /// The declared model's key.
    pub declared: String,
    /// What was too little; then nothing else is told.
    pub lacking: Vec<String>,
    /// The outcome as a sentence.
    pub reads: String,
    /// How it goes with the declared model, as a sentence.
    pub beside: Option<String>,
    /// By model key: hundredths to the nearest five, or nothing where too little is known.
    pub models: Vec<(String, Option<u8>)>,
    /// What is farthest from the declared model, in words.
    pub farthest: Vec<String>,
}

/// What practitioners noted in a year, all of them together, in hours to the nearest five (R-REL-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// For the role, whatever for.
    pub all: u64,
    /// For sessions and communities.
    pub sessions: u64,
    /// Sessions and meetings of communities that took place.
    pub held: i64,
}

/// What only a year tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfYear {
    /// How voluntary support began.
    pub began: Option<HowItBegan>,
    /// Staff for whom support was required, of everybody counted.
    pub required: Option<Band>,
    /// Hours of required support to the nearest five, where they may be shown, beside those of the themes that are told.
    pub required_hours: Option<(u64, u64)>,
    /// Which model the year looks like.
    pub lived: Lived,
    /// What practitioners noted, where five or more did; releases of before it was told do not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<Noted>,
}

/// The cover of a release. Nothing in it changes once it is out (R-REL-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// "Autumn term 2025", "Year 2025/26".
    pub name: String,
    /// The day on which it came out.
    #[serde(with = "iso")]
    pub out: Date,
    /// The census day; of a year that of its first term.
    #[serde(with = "iso")]
    pub census: Date,
    /// From this day on …
    #[serde(with = "iso")]
    pub from: Date,
    /// … and before this one was entered what it counts.
    #[serde(with = "iso")]
    pub until: Date,
    /// So many people are counted.
    pub people: u64,
    /// Hours by theme.
    pub hours: Hours,
    /// Sessions by area.
    pub sessions: Vec<Sessions>,
    /// What only a year tells.
    pub year: Option<OfYear>,
    /// What people said of sessions, where it is told; of a year what its terms told. Releases of before it was told do not have it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<ToldOfSessions>,
    /// The measures in it, by their codes, and their hashes.
    pub measures: Vec<(String, String)>,
    /// The hash of the cover before it, empty at the very first.
    pub earlier: String,
    /// The hash of all of the above: SHA-256, in hexadecimal.
    pub hash: String,
}

impl Cover {
    /// The cover with its hash.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn hashed(mut self) -> Result<Self, Fault> {
        self.hash = String::new();
        let text = serde_json::to_vec(&self).map_err(|_| Fault::Unreadable("release"))?;
        self.hash = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(self)
    }
}

/// Reads covers back, the first one first, and looks whether each is as it was and follows the one before (R-REL-12).
///
/// # Errors
/// The first that does not: nothing is shown then (R-REL-11).
pub fn read(texts: &[&str]) -> Result<Vec<Cover>, Fault> {
    let mut all: Vec<Cover> = Vec::new();
    for text in texts {
        let cover: Cover = serde_json::from_str(text).map_err(|_| Fault::Unreadable("release"))?;
        let before = all.last().map_or("", |before| before.hash.as_str());
        if cover.earlier != before || cover.clone().hashed()?.hash != cover.hash {
            return Err(Fault::Unreadable("release"));
        }
        all.push(cover);
    }
    Ok(all)
}
