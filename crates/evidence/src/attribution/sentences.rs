//! What may be said, word for word. Never that there is none, never that practitioners alone did it, never which area.

use super::refusals::Reason;

/// A number to read: as many places as it deserves.
pub(super) fn figure(value: f64) -> String {
    let places = match value.abs() {
        large if large >= 99.5 => 0,
        medium if medium >= 0.995 => 1,
        small if small >= 0.0995 => 2,
        _ => 3,
    };
    let text = format!("{value:.places$}");
    let zero = text.starts_with('-') && text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if zero { text.trim_start_matches('-').into() } else { text }
}

/// An estimate's range.
pub(super) fn range(ends: [Option<f64>; 2]) -> String {
    let [low, high] = ends.map(|end| end.map(figure));
    match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("{high} or less"),
        (None, None) => "no limits".into(),
    }
}

/// Level 0.
pub(super) fn refused(reasons: &[Reason]) -> String {
    let why: Vec<String> = reasons.iter().map(Reason::words).collect();
    format!("Too little data to compare. Here are the lines. Why: {}.", why.join("; "))
}

/// Level 1, and why.
pub(super) fn apart(why: &str) -> String {
    format!("Areas already differed before; the difference cannot be put down to practitioners ({why}).")
}

/// Level 2.
pub(super) fn coincides(step: f64, ends: [Option<f64>; 2]) -> String {
    let (step, range) = (figure(step), range(ends));
    format!(
        "The outcome changed by about {step} ({range}) in the period the practitioners began; other causes are not ruled out."
    )
}

/// Level 3.
pub(super) fn consistent(effect: f64, ends: [Option<f64>; 2]) -> String {
    let (more, range) = if effect < 0.0 { ("less", turned(ends)) } else { ("more", range(ends)) };
    let effect = figure(effect.abs());
    format!(
        "The outcome rose by about {effect} {more} ({range}) than in areas without practitioners; consistent with an effect; not proof."
    )
}

fn turned([low, high]: [Option<f64>; 2]) -> String {
    range([high.map(|end| -end), low.map(|end| -end)])
}

/// Level 3 of hours.
pub(super) fn goes_with(slope: f64, ends: [Option<f64>; 2]) -> String {
    let (slope, range) = (figure(slope), range(ends));
    format!(
        "With each further hour for a teacher the outcome was {slope} different ({range}): an association; consistent with an effect; not proof."
    )
}

/// Level 4.
pub(super) fn evidence(effect: f64, ends: [Option<f64>; 2]) -> String {
    format!("There is evidence of an effect of {} ({}); who began when was drawn by lot.", figure(effect), range(ends))
}

/// Whatever the method, when chance is not ruled out.
pub(super) fn not_shown(mde: Option<f64>) -> String {
    match mde {
        Some(mde) => {
            let mde = figure(mde);
            format!(
                "No difference could be shown; effects smaller than about {mde} (itself uncertain) would not be seen here."
            )
        }
        None => "No difference could be shown; no effect of any size would reliably be seen here.".into(),
    }
}

/// Before the outcome is opened.
pub(super) fn smallest(mde: Option<f64>) -> String {
    match mde {
        Some(mde) => {
            let mde = figure(mde);
            format!("The smallest effect that would be seen in four of five cases is about {mde}; this is uncertain.")
        }
        None => "No effect of any size would reliably be seen with this plan.".into(),
    }
}
