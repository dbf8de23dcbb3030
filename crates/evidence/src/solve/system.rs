//! Whole numbers of people between limits, and sums of them between limits.

use super::exact::{Line, Model};

/// A sum of variables, each counted so many times, between two limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Variables and what each counts.
    pub terms: Vec<(usize, i64)>,
    /// The sum is at least this.
    pub low: i64,
    /// The sum is at most this.
    pub high: i64,
}

/// Variables from nought to so many, and rows over them.
#[derive(Debug, Clone, Default)]
pub struct System {
    most: Vec<i64>,
    rows: Vec<Row>,
    of: Vec<Vec<(usize, i64)>>,
    wholes: Vec<(usize, Vec<usize>)>,
}

impl System {
    /// A new variable from nought to `most`; gives its number.
    pub fn variable(&mut self, most: i64) -> usize {
        self.most.push(most);
        self.of.push(Vec::new());
        self.most.len() - 1
    }

    /// A new row over different variables; gives its number.
    pub fn row(&mut self, terms: Vec<(usize, i64)>, low: i64, high: i64) -> usize {
        let number = self.rows.len();
        for (variable, times) in &terms {
            if let Some(of) = self.of.get_mut(*variable) {
                of.push((number, *times));
            }
        }
        self.rows.push(Row { terms, low, high });
        number
    }

    /// Notes that one row is the sum of others, whatever the point.
    pub fn whole(&mut self, whole: usize, parts: Vec<usize>) {
        self.wholes.push((whole, parts));
    }

    /// Which rows are the sums of which.
    pub fn wholes(&self) -> &[(usize, Vec<usize>)] {
        &self.wholes
    }

    /// Sets the limits of a row.
    pub fn limit(&mut self, row: usize, low: i64, high: i64) {
        if let Some(row) = self.rows.get_mut(row) {
            (row.low, row.high) = (low, high);
        }
    }

    /// All rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The limits of a row.
    pub fn limits(&self, row: usize) -> (i64, i64) {
        self.rows.get(row).map_or((0, 0), |row| (row.low, row.high))
    }

    /// The terms of a row.
    pub fn terms(&self, row: usize) -> &[(usize, i64)] {
        self.rows.get(row).map(|row| row.terms.as_slice()).unwrap_or_default()
    }

    /// The most of each variable.
    pub fn most(&self) -> &[i64] {
        &self.most
    }

    /// The rows a variable stands in.
    pub fn rows_of(&self, variable: usize) -> &[(usize, i64)] {
        self.of.get(variable).map(Vec::as_slice).unwrap_or_default()
    }

    /// The same for the integer programme.
    pub fn model(&self) -> Model {
        let real = |terms: &[(usize, i64)]| terms.iter().map(|(variable, times)| (*variable, *times as f64)).collect();
        let lines = self.rows.iter();
        let lines = lines.map(|row| Line { terms: real(&row.terms), low: row.low as f64, high: row.high as f64 });
        Model {
            limits: self.most.iter().map(|most| (0.0, *most as f64)).collect(),
            lines: lines.collect(),
            whole: true,
            branches: 100,
        }
    }
}
