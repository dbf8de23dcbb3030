//! What an analyst hands in: cells, what ties them, and what the reader knows already.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A case, or a bare release.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Input {
    /// How the reader works; left out, by people where every cell has members.
    pub model: Option<ReaderModel>,
    /// The release, in a case.
    pub release: Option<Published>,
    /// A bare release.
    #[serde(flatten)]
    pub bare: Published,
}

/// How a reader works things out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReaderModel {
    /// On cells and the relations between them.
    Cells,
    /// On everybody at once: who belongs to which group is known.
    People,
}

/// What is published, and what is known beside it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Published {
    /// How many values must stay possible.
    pub rule: Rule,
    /// Whether values are whole numbers; yes where nothing is said.
    pub integer: Option<bool>,
    /// All cells, published or not.
    pub cells: Vec<Cell>,
    /// Sums of cells that are known to lie between two limits.
    pub relations: Vec<Relation>,
    /// Pairs of measures: who has the first has the second. In the model "cells": the first cell is at most the second.
    pub implications: Vec<(String, String)>,
    /// A measure, and the measures it is the union of.
    pub unions: Vec<(String, Vec<String>)>,
    /// Further sums to attack.
    pub targets: Vec<Target>,
    /// What the reader knows of cells or people.
    pub knowledge: Vec<Knowledge>,
    /// Whose measures the reader knows.
    pub known_people: BTreeMap<String, KnownPerson>,
}

/// The rule of a release.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// So many values must stay possible.
    pub min_values: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { min_values: 5.0 }
    }
}

/// One count or amount.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// Its name.
    pub id: String,
    /// Published exactly.
    pub value: Option<f64>,
    /// Published as at least this.
    pub lo: Option<f64>,
    /// Published as at most this.
    pub hi: Option<f64>,
    /// Not published.
    pub suppressed: bool,
    /// So many people are in the group.
    pub pop: Option<f64>,
    /// Who they are.
    pub members: Option<Vec<String>>,
    /// Which attribute is counted.
    pub measure: Option<String>,
    /// Whether it is to be protected.
    pub protect: Option<bool>,
    /// Its own number of values that must stay possible.
    pub min_values: Option<f64>,
}

/// `lo <= sum of times · cell <= hi`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Relation {
    /// Cells and what each counts.
    pub terms: BTreeMap<String, f64>,
    /// At least.
    pub lo: Option<f64>,
    /// At most.
    pub hi: Option<f64>,
    /// Exactly.
    pub value: Option<f64>,
}

/// A sum to attack.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Its name.
    pub id: String,
    /// Cells and what each counts.
    pub terms: BTreeMap<String, f64>,
    /// So many people are in it.
    pub pop: Option<f64>,
    /// Its own number of values that must stay possible.
    pub min_values: Option<f64>,
}

/// Something the reader knows: of a sum, of one cell, or of one person.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Knowledge {
    /// The cell.
    #[serde(alias = "id")]
    pub cell: Option<String>,
    /// The person.
    pub person: Option<String>,
    /// The person's measure.
    pub measure: Option<String>,
    /// What is known.
    #[serde(flatten)]
    pub relation: Relation,
}

/// What is known of a person: of each measure, or of the only one.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum KnownPerson {
    /// Of the only measure.
    Only(u8),
    /// Of each measure.
    Each(BTreeMap<String, u8>),
}
