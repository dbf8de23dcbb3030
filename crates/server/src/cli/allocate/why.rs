//! The reasons of a plan, in sentences. Conflicts and block lists are only ever "not available" (R-ALL-10).

use allocation::plan::explain::{Displaced, Means, Served, Unserved, Why, WhyNot, why, why_not};
use allocation::plan::rules::Unfit;
use allocation::plan::what_if::{Smallest, Step, smallest};
use allocation::plan::{Graph, Instance, Offer, OpenPlan, Solution};

use super::CliError;

/// Prints why.
///
/// # Errors
/// When the need or the practitioner does not exist, or the plan is of another instance.
pub fn explain(instance: &Instance, plan: &Solution, need: usize, who: Option<usize>) -> Result<(), CliError> {
    if plan.instance != instance.name {
        let sentence = format!("the plan is for `{}`, not for `{}`", plan.instance, instance.name);
        return Err(CliError::said(sentence));
    }
    if need >= instance.needs.len() {
        return Err(CliError::said(format!(
            "there is no need {need}; the last is {}",
            instance.needs.len().saturating_sub(1)
        )));
    }
    if let Some(who) = who.filter(|who| *who >= instance.practitioners.len()) {
        return Err(CliError::said(format!("there is no practitioner {who}")));
    }
    let graph = Graph::new(instance);
    let laid = OpenPlan::new(instance, &graph, plan);
    let sentences = match who {
        Some(who) => not(&why_not(&laid, need, who), who),
        None => match why(&laid, need) {
            Why::Served(served) => serves(&served),
            Why::Unserved(unserved) => nobody(&laid, need, &unserved),
        },
    };
    sentences.iter().for_each(|sentence| println!("{sentence}"));
    Ok(())
}

fn serves(served: &Served) -> Vec<String> {
    let mut told = vec![format!(
        "Practitioner {} serves it with {} units; the plan would be worth {} points less without it.",
        served.practitioner,
        served.units,
        served.parts.total()
    )];
    let parts = served.parts;
    let named = [
        ("match", parts.matching),
        ("travel", parts.travel),
        ("works there already", parts.continuity),
        ("wished for", parts.choice),
        ("begins at the site", parts.setup),
        ("load", parts.load),
        ("kept from the plan before", parts.change),
    ];
    let parts: Vec<String> =
        named.iter().filter(|(_, points)| *points != 0).map(|(name, points)| format!("{name} {points}")).collect();
    told.push(format!("Of these: {}.", parts.join(", ")));
    told.push(match served.runner_up {
        Some(Offer { practitioner, units, gain }) => {
            format!("Next best as things are: practitioner {practitioner} with {units} units for {gain} points.")
        }
        None => "Nobody else has room for it as things are.".to_owned(),
    });
    if served.hour > 0 {
        told.push(format!(
            "One more unit of practitioner {}'s time would bring {} points.",
            served.practitioner, served.hour
        ));
    }
    told
}

/// Why a rule says no; confidential reasons are not told.
fn rule(unfit: Unfit) -> String {
    match unfit {
        Unfit::Home => "it is at their own site".to_owned(),
        Unfit::Conflict | Unfit::Blocked => "they are not available for it".to_owned(),
        Unfit::NotListed => "it takes only those it named".to_owned(),
        Unfit::NewPost => "they are new in post, and the site is in special measures".to_owned(),
        Unfit::Expertise => "they have no expertise in it".to_owned(),
        Unfit::Distance { minutes, most } => format!("it is {minutes} minutes away, and they travel {most} at most"),
        Unfit::Time { room, least } => {
            format!("the times that suit both leave {room} units, and less than {least} would not help")
        }
    }
}

fn not(reason: &WhyNot, who: usize) -> Vec<String> {
    match reason {
        WhyNot::Serves => vec![format!("Practitioner {who} serves it.")],
        WhyNot::Unfit(unfit) => vec![format!("Not practitioner {who}: {}.", rule(*unfit))],
        WhyNot::WorthLess { gain, now } => vec![format!(
            "Practitioner {who} has room; it would bring {gain} points, {} less than as it is.",
            now - gain
        )],
        WhyNot::Full { short, left, displaced } => {
            let names: Vec<String> = short.iter().map(|means| short_of(*means)).collect();
            let mut told = vec![if names.is_empty() {
                format!("Practitioner {who} has no room: it has begun with somebody else.")
            } else {
                format!(
                    "Practitioner {who} may, but has too little left of {}; {} units are left.",
                    names.join(" and "),
                    left.hours
                )
            }];
            told.extend(displaced.as_ref().map(|way| moved(who, way)));
            told
        }
    }
}

fn short_of(means: Means) -> String {
    match means {
        Means::Hours => "their hours".to_owned(),
        Means::Blocks(set) => format!("the weekly blocks {}", bits(set)),
        Means::Travel => "their travel time".to_owned(),
        Means::Sites => "the sites they work at".to_owned(),
    }
}

fn bits(set: u16) -> String {
    let numbers: Vec<String> = (0..16).filter(|bit| set >> bit & 1 == 1).map(|bit| bit.to_string()).collect();
    numbers.join(", ")
}

fn moved(who: usize, way: &Displaced) -> String {
    let needs: Vec<String> = way.needs.iter().map(ToString::to_string).collect();
    let points = if way.gain < 0 { format!("lose {} points", -way.gain) } else { format!("gain {} points", way.gain) };
    format!(
        "Cheapest: practitioner {who} leaves {} for {} units here; the plan would {points}.",
        needs.join(", "),
        way.units
    )
}

fn nobody(laid: &OpenPlan, need: usize, unserved: &Unserved) -> Vec<String> {
    let mut told = match unserved {
        Unserved::Nobody(rules) => {
            let mut told = vec!["Nobody may serve it. For how many practitioners each rule says no first:".to_owned()];
            told.extend(rules.iter().map(|(unfit, count)| format!("  {count}: {}", general(*unfit))));
            told
        }
        Unserved::NotWorth(Offer { practitioner, gain, .. }) => vec![format!(
            "It is not served: practitioner {practitioner} has room, but the plan would change by {gain} points."
        )],
        Unserved::Full { practitioner, displaced } => {
            vec!["It is not served: all who may are full.".to_owned(), moved(*practitioner, displaced)]
        }
        Unserved::Pinned => vec!["It is not served: all who may are full of what has begun.".to_owned()],
    };
    if let Some(Smallest { practitioner, steps }) = smallest(laid, need).into_iter().next() {
        let steps: Vec<String> = steps.iter().map(|step| change(*step)).collect();
        told.push(format!(
            "The smallest change that would serve it: practitioner {practitioner} with {}.",
            steps.join(" and ")
        ));
    }
    told
}

/// A rule without anybody's numbers.
fn general(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Home => "their own site",
        Unfit::Conflict | Unfit::Blocked => "not available",
        Unfit::NotListed => "not among those it named",
        Unfit::NewPost => "new in post, and the site is in special measures",
        Unfit::Expertise => "no expertise in it",
        Unfit::Distance { .. } => "too far",
        Unfit::Time { .. } => "no time that suits both for the least useful dose",
    }
}

fn change(step: Step) -> String {
    match step {
        Step::Hours(units) => format!("{units} units more"),
        Step::Blocks(set, units) => format!("{units} units more in the blocks {}", bits(set)),
        Step::Travel(minutes) => format!("{minutes} minutes more for travel"),
        Step::Site => "one site more".to_owned(),
        Step::OneWay(minutes) => format!("a longest way of {minutes} minutes more"),
        Step::Dose(units) => format!("a least dose of {units} units less"),
    }
}
