//! The file as it is written: columns of numbers, in the names of `alongside-alloc/1`.

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The whole file.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct File {
    pub format: String,
    pub name: String,
    pub params: Params,
    pub sites: Sites,
    pub practitioners: Practitioners,
    pub needs: Needs,
    #[serde(default)]
    pub previous: Option<Previous>,
}

/// What holds for everybody.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Params {
    #[serde(default)]
    pub unit: String,
    pub exclude_home: Flag,
    pub tags: Vec<String>,
    pub phases: Vec<String>,
    pub phase_quality: Vec<Vec<i64>>,
    pub strength_quality: Vec<i64>,
    #[serde(default)]
    pub outcomes: Vec<String>,
    pub challenging_outcome: i64,
    pub travel: Travel,
    pub weights: Weights,
    #[serde(default)]
    pub max_changes: Option<i64>,
}

/// How minutes come of metres.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Travel {
    pub base_min: i64,
    pub detour_num: i64,
    pub detour_den: i64,
    pub urban_m: i64,
    pub urban_m_per_min: i64,
    pub open_m_per_min: i64,
}

/// Points.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Weights {
    pub travel_cost: i64,
    pub continuity: i64,
    pub choice: Vec<i64>,
    pub setup: i64,
    pub cross_authority: i64,
    pub tier_pct: Vec<i64>,
    pub tier_cost: Vec<i64>,
    pub change: Change,
}

/// Points for leaving an assignment, by its state.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Change {
    pub offered: i64,
    pub accepted: i64,
    pub started: i64,
}

/// Sites, column by column.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Sites {
    pub x: Vec<i64>,
    pub y: Vec<i64>,
    pub phase: Vec<i64>,
    pub authority: Vec<i64>,
    pub outcome: Vec<i64>,
}

/// Practitioners, column by column.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Practitioners {
    pub home: Vec<i64>,
    pub skills: Vec<Vec<(i64, i64, i64)>>,
    pub blocks: Vec<Vec<(i64, i64)>>,
    pub cap: Vec<i64>,
    pub travel_minutes: Vec<i64>,
    pub max_one_way: Vec<i64>,
    pub max_sites: Vec<i64>,
    pub new: Vec<Flag>,
    pub existing: Vec<Vec<i64>>,
    pub conflict_sites: Vec<Vec<i64>>,
}

/// Needs, column by column.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Needs {
    pub site: Vec<i64>,
    pub tag: Vec<i64>,
    pub phase: Vec<i64>,
    pub min: Vec<i64>,
    pub max: Vec<i64>,
    pub vmin: Vec<i64>,
    pub vextra: Vec<i64>,
    pub mask: Vec<i64>,
    pub choice: Vec<Vec<i64>>,
    pub only: Vec<Flag>,
    pub block: Vec<Vec<i64>>,
}

/// The plan before, column by column.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Previous {
    pub need: Vec<i64>,
    pub practitioner: Vec<i64>,
    #[serde(default)]
    pub dose: Vec<i64>,
    pub state: Vec<super::State>,
}

/// Yes or no, written as true and false or as 1 and 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Flag(pub bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Flag;
            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("true, false, 1 or 0")
            }
            fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Flag, E> {
                Ok(Flag(yes))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Flag, E> {
                match number {
                    0 => Ok(Flag(false)),
                    1 => Ok(Flag(true)),
                    _ => Err(E::invalid_value(de::Unexpected::Unsigned(number), &self)),
                }
            }
        }
        from.deserialize_any(Either)
    }
}
