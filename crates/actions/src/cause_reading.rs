//! What a question's figures come to: the crate `evidence` asked, and its answer written down so that it does not change. Rules
//! R-CAU-24 to R-CAU-29.

use domain::cause::{Question, Unit};
use domain::indicators::Figure;
use domain::lots::TermOf;
use evidence::attribution::{self, Answer, Control, Did, Options, Plan, PlannedUnit};
use serde::{Deserialize, Serialize};
use store::Fault;

/// A line of fewer areas would be one area's own.
const FEWEST: usize = 3;
/// Every draw begins from the same seed, so that the same figures give the same answer.
const SEED: u64 = 2_017;

/// How small an effect could be seen, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Smallest {
    /// In percentage points; none when no effect would be seen, or the comparison is refused.
    pub about: Option<f64>,
    /// Whether the comparison would be refused.
    pub refused: bool,
    /// What to print.
    pub sentence: String,
    /// Areas whose figures from before are whole …
    pub areas: usize,
    /// … of so many.
    pub of: usize,
}

/// The lowest and the highest effect that are not ruled out; none where there is no end.
pub type Ends = [Option<f64>; 2];

/// What was said of the effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// In percentage points, over all terms from the beginning on.
    pub about: f64,
    /// What is not ruled out, lowest and highest; none where there is no end.
    pub ends: Ends,
    /// How often chance alone would give as much or more.
    pub p: f64,
    /// The same of what was there before.
    pub before: f64,
    /// Whether every way was gone through in which the beginnings could have fallen.
    pub exact: bool,
    /// How many ways were.
    pub ways: usize,
    /// By terms since the beginning, those before it as negative numbers; from the beginning on with what is not ruled out.
    pub by_term: Vec<(i64, f64, Option<Ends>)>,
}

/// The means of some areas, term by term, in per cent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Means {
    /// Whether these are the areas that began in these terms.
    pub began: bool,
    /// How many areas.
    pub areas: usize,
    /// Term by term; empty of fewer than three areas.
    pub means: Vec<f64>,
}

/// A reading: what was said, and the figures it was made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The figures as they stood, as a file that `alongside evidence attribute` reads; areas are numbered by name.
    pub made_of: String,
    /// 0 to 4.
    pub level: u8,
    /// The sentence.
    pub sentence: String,
    /// The effect; none where the comparison is refused.
    pub effect: Option<Effect>,
    /// The means of those that began, and of those that had not.
    pub lines: [Means; 2],
    /// How many areas were left out: a figure of theirs is missing, or they had begun before the first term.
    pub left_out: usize,
}

fn figure<'a>(question: &Question, figures: &'a [Figure], unit: &Unit, term: &TermOf) -> Option<&'a Figure> {
    let outcome = question.indicator()?;
    let fits = |one: &&Figure| {
        // A figure of a group of learners is not the area’s.
        let place = &one.place;
        place.group.is_none() && place.indicator == outcome && place.area == Some(unit.area.id) && place.term == term.at
    };
    figures.iter().find(fits).filter(|one| one.of > 0)
}

fn per_cent(figure: &Figure) -> f64 {
    100.0 * figure.counted as f64 / figure.of as f64
}

/// The figures of a question as comma-separated text: what is missing is a cell that is empty (R-CAU-1, R-CAU-2).
pub fn panel(question: &Question, figures: &[Figure]) -> String {
    let mut text = String::from("unit,period,outcome_percent,first_treat,learners\n");
    for (number, unit) in (1..).zip(&question.areas) {
        let first = question.start(unit).map_or(0, |start| start + 1);
        for (period, term) in (1..).zip(&question.terms) {
            text += &match figure(question, figures, unit, term) {
                Some(figure) => {
                    format!("area{number:03},{period},{:.6},{first},{}\n", per_cent(figure), figure.of)
                }
                None => format!("area{number:03},{period},,{first},\n"),
            };
        }
    }
    text
}

/// How small an effect could be seen (R-CAU-24).
///
/// # Errors
/// A question that cannot be weighed.
pub fn weigh(question: &Question, figures: &[Figure]) -> Result<Smallest, Fault> {
    let first = question.first().ok_or(Fault::Unreadable("question"))?;
    let before = question.terms.get(..first).unwrap_or_default();
    let planned = |unit: &Unit| {
        let start = question.start(unit);
        let line: Option<Vec<f64>> =
            before.iter().map(|term| figure(question, figures, unit, term).map(per_cent)).collect();
        let first_treat = start.map_or(0, |start| start + 1);
        (start != Some(0)).then_some(())?;
        Some(PlannedUnit { unit: unit.area.name.clone(), before: line?, first_treat })
    };
    let units: Vec<PlannedUnit> = question.areas.iter().filter_map(planned).collect();
    let (areas, of) = (units.len(), question.areas.len());
    if units.is_empty() {
        let sentence = "No area has all its figures from before the first beginning, so nothing can be worked out.";
        return Ok(Smallest { about: None, refused: true, sentence: sentence.to_owned(), areas, of });
    }
    let periods = question.terms.len();
    let plan = Plan { units, periods, control: Control::Notyet, seed: SEED, exploratory: question.exploratory };
    let found = attribution::mde(&plan).map_err(|_| Fault::Unreadable("question"))?;
    let refused = !found.reasons.is_empty();
    Ok(Smallest { about: found.mde80, refused, sentence: found.sentence, areas, of })
}

/// The mean of the areas with all their figures that began in these terms, or that had not by the last.
fn means(question: &Question, figures: &[Figure], began: bool) -> Means {
    let line = |unit: &Unit| -> Option<Vec<f64>> {
        question.terms.iter().map(|term| figure(question, figures, unit, term).map(per_cent)).collect()
    };
    let wanted = |unit: &&Unit| match question.start(unit) {
        Some(start) => began && start > 0,
        None => !began,
    };
    let lines: Vec<Vec<f64>> = question.areas.iter().filter(wanted).filter_map(line).collect();
    let areas = lines.len();
    let mean = |at: usize| lines.iter().filter_map(|line| line.get(at)).sum::<f64>() / areas as f64;
    let means = if areas < FEWEST { Vec::new() } else { (0..question.terms.len()).map(mean).collect() };
    Means { began, areas, means }
}

fn effect(did: &Did) -> Effect {
    let by_term =
        did.aggregate.dynamic.iter().map(|(lag, value)| (*lag, *value, did.ri.dynamic_ci95.get(lag).copied()));
    Effect {
        about: did.ri.effect.stat,
        ends: did.ri.effect.ci95,
        p: did.ri.effect.p,
        before: did.ri.pre_trend.p,
        exact: did.ri.effect.exact,
        ways: did.ri.effect.assignments,
        by_term: by_term.collect(),
    }
}

/// What may be said (R-CAU-25 to R-CAU-29).
///
/// # Errors
/// A question that cannot be read.
pub fn read(question: &Question, figures: &[Figure]) -> Result<Said, Fault> {
    let made_of = panel(question, figures);
    let options = Options {
        lot: question.by_lot,
        chosen_on_results: question.chosen,
        other_change: question.other,
        seed: SEED,
        exploratory: question.exploratory,
        ..Options::default()
    };
    let answer = attribution::attribute(&made_of, &options).map_err(|_| Fault::Unreadable("question"))?;
    let (found, left_out) = match &answer {
        Answer::Refused(refused) => (None, refused.left_out.len()),
        Answer::Did(did) => (Some(effect(did)), did.left_out.len()),
        Answer::Dose(_) | Answer::Its(_) => return Err(Fault::Unreadable("question")),
    };
    let lines = [true, false].map(|began| means(question, figures, began));
    let (level, sentence) = (answer.level(), answer.sentence().to_owned());
    Ok(Said { made_of, level, sentence, effect: found, lines, left_out })
}
