//! Why a file cannot be read as a panel.

use thiserror::Error;

/// A mistake in the file or in what is asked of it; each says what to do. Too little data is not one: that is an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AttributionError {
    /// There is no line under the heading.
    #[error("The file has no lines of data: add one line for each unit and period.")]
    Empty,
    /// A line cannot be split into cells.
    #[error("Line {line} cannot be read as comma-separated values: give it as many cells as the heading.")]
    Line {
        /// The line, from 1.
        line: u64,
    },
    /// A column that is needed is not there.
    #[error("The column “{column}” is missing: name it in the first line.")]
    Column {
        /// Its name.
        column: &'static str,
    },
    /// Two columns say the same thing.
    #[error("The column “{column}” is there twice: keep one of the two.")]
    ColumnTwice {
        /// Its name.
        column: &'static str,
    },
    /// A cell that must say something is empty.
    #[error("Line {line}: “{column}” is empty; fill it in.")]
    Blank {
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
    },
    /// A cell that must be a number is not one.
    #[error("Line {line}: “{found}” in “{column}” is not a number; write digits with a point for decimals.")]
    Number {
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// A period or first treated period is not a whole number.
    #[error("Line {line}: “{found}” in “{column}” is not a whole number; number the periods 1, 2, 3 and so on.")]
    Whole {
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// A percentage below 0 or over 100.
    #[error("Line {line}: {found} is no percentage; it must lie between 0 and 100.")]
    Percentage {
        /// The line, from 1.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// A number of hours or learners below zero.
    #[error("Line {line}: “{column}” is below zero; write 0 or more.")]
    Negative {
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
    },
    /// The same unit and period twice.
    #[error("Line {line}: “{unit}” has period {period} already; keep one of the two lines.")]
    Twice {
        /// The line, from 1.
        line: u64,
        /// The unit.
        unit: String,
        /// The period.
        period: i64,
    },
    /// A unit with two first treated periods.
    #[error("Line {line}: “{unit}” began in {first} on an earlier line and in {second} here; a unit begins once.")]
    Begins {
        /// The line, from 1.
        line: u64,
        /// The unit.
        unit: String,
        /// What an earlier line says.
        first: i64,
        /// What this line says.
        second: i64,
    },
    /// Segmented regression with more than one beginning.
    #[error("Not all units begin in the same period: use the method “did” for a beginning in steps.")]
    NotAtOnce,
    /// A plan whose units have different numbers of earlier periods, or whose beginning lies in them.
    #[error("“{unit}” does not fit the plan: give every unit the same earlier periods and a beginning after them.")]
    Plan {
        /// The unit.
        unit: String,
    },
}
