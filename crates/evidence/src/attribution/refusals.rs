//! When there is too little data to compare.

use super::assignments::Assignments;
use super::staggered::Layout;

/// So few are needed at least.
const UNITS: usize = 8;
const TREATED: usize = 3;
const CONTROLS: usize = 3;
const LEARNERS: f64 = 10.0;
/// So large a share of the cells may be missing.
const MISSING: f64 = 0.1;

/// Why no difference is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    Units(usize),
    Treated(usize),
    Controls { count: usize, period: Option<i64> },
    PrePeriods,
    Assignments { possible: u128, needed: u128 },
    Missing,
    Learners,
    Constant,
    Chosen,
    Before(usize),
    After(usize),
}

impl Reason {
    /// The short form, the same for every file.
    pub fn code(&self) -> String {
        match self {
            Self::Units(_) => "units<8".into(),
            Self::Treated(_) => "treated_units<3".into(),
            Self::Controls { .. } => "control_units<3".into(),
            Self::PrePeriods => "pre_periods<2".into(),
            Self::Assignments { possible, needed: 20 } => format!("smallest_possible_p=1/{possible}>0.05"),
            Self::Assignments { possible, needed } => format!("smallest_possible_p=1/{possible}>1/{needed}"),
            Self::Missing => "missing_cells>10%".into(),
            Self::Learners => "learners<10".into(),
            Self::Constant => "nothing_varies".into(),
            Self::Chosen => "chosen_on_results".into(),
            Self::Before(_) => "periods_before<8".into(),
            Self::After(_) => "periods_after<4".into(),
        }
    }

    /// The same in plain words.
    pub fn words(&self) -> String {
        match self {
            Self::Units(1) => "there is 1 area, and 8 are needed".into(),
            Self::Units(count) => format!("there are {count} areas, and 8 are needed"),
            Self::Treated(count) => format!("{count} of the areas began, and 3 are needed"),
            Self::Controls { count, period: Some(period) } => {
                format!(
                    "in period {period} there are {count} areas left to compare with, and 3 are needed; leave out the periods from there on"
                )
            }
            Self::Controls { count, .. } => format!("there are {count} areas to compare with, and 3 are needed"),
            Self::PrePeriods => "no area has two periods before it began".into(),
            Self::Assignments { needed, .. } => {
                format!("the beginnings could have fallen in fewer than {needed} ways, so chance cannot be ruled out")
            }
            Self::Missing => "more than a tenth of the cells are missing".into(),
            Self::Learners => "a cell has fewer than 10 learners behind it".into(),
            Self::Constant => "nothing changes from period to period, or in the same way everywhere".into(),
            Self::Chosen => {
                "where results are poor, more hours are given, so hours and results cannot be told apart".into()
            }
            Self::Before(count) => format!("there are {count} periods before the beginning, and 8 are needed"),
            Self::After(count) => format!("there are {count} periods from the beginning on, and 4 are needed"),
        }
    }
}

/// What a layout lacks. R-CAU-9.
pub(super) fn too_little(layout: &Layout, assignments: &Assignments, strictness: f64) -> Vec<Reason> {
    let sized = |begun: bool| -> usize {
        let groups = layout.starts.iter().zip(&layout.counts);
        groups.filter(|(start, _)| start.is_some() == begun).map(|(_, count)| count).sum()
    };
    let (treated, units) = (sized(true), sized(true) + sized(false));
    let mut reasons = Vec::new();
    if units < UNITS {
        reasons.push(Reason::Units(units));
    }
    if treated < TREATED {
        reasons.push(Reason::Treated(treated));
    }
    if let Some((count, _)) = layout.fewest_controls().filter(|(count, _)| *count < CONTROLS) {
        reasons.push(Reason::Controls { count, period: None });
    }
    // Without two periods before there is nothing to see whether areas went apart already.
    if !layout.starts.iter().flatten().any(|start| *start >= 2) {
        reasons.push(Reason::PrePeriods);
    }
    let needed = (1.0 / strictness).round() as u128;
    if assignments.possible < needed {
        reasons.push(Reason::Assignments { possible: assignments.possible, needed });
    }
    reasons
}

/// What is wrong with the cells, whatever the method. R-CAU-9.
pub(super) fn cells(missing: f64, fewest_learners: Option<f64>) -> Vec<Reason> {
    let many = (missing > MISSING).then_some(Reason::Missing);
    let few = fewest_learners.is_some_and(|fewest| fewest < LEARNERS).then_some(Reason::Learners);
    many.into_iter().chain(few).collect()
}
