//! What each unit adds to a statistic in each group it could be in.

/// One row a unit, one column a group.
#[derive(Debug, Clone)]
pub(super) struct Table(Vec<Vec<f64>>);

/// The sum of products.
pub(super) fn dot(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}

impl Table {
    /// From the weights of each group and the line of each unit.
    pub fn new(weights: &[Vec<f64>], lines: &[Vec<f64>]) -> Self {
        Self(lines.iter().map(|line| weights.iter().map(|row| dot(row, line)).collect()).collect())
    }

    /// From what is worked out already.
    pub const fn of(rows: Vec<Vec<f64>>) -> Self {
        Self(rows)
    }

    /// The statistic of an assignment.
    pub fn sum(&self, labels: &[usize]) -> f64 {
        self.0.iter().zip(labels).map(|(row, label)| row.get(*label).copied().unwrap_or_default()).sum()
    }
}
