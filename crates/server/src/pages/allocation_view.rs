//! How an allocation is shown: as it is, as proposed, and what each other choice would cost.

use actions::allocation::{Choice, HOUR, Picture, Proposal, Row, Share, Which, Work};
use maud::{Markup, PreEscaped, html};

use crate::pages::kit;

/// What an allocation never looks at (R-ALL-13).
pub const LEFT_OUT: PreEscaped<&str> = PreEscaped(
    "<p class=\"small soft\">Nobody who asks for support, no hour of it and nobody’s list of whom they would rather not work with is ever in this: hours are those remitted, less what the planner assumes.</p>",
);

/// "12 h", "3.4 h": points in hours of looking after an area, to a tenth.
pub fn worth(points: i64) -> String {
    let tenths = (points.abs() * 10 + HOUR / 2) / HOUR;
    if tenths % 10 == 0 { format!("{} h", tenths / 10) } else { format!("{}.{} h", tenths / 10, tenths % 10) }
}

const AREAS: &str = "Areas";
const STANDING: &str = "Standing work";

fn kind(which: Which) -> &'static str {
    match which {
        Which::Area(_) => AREAS,
        Which::Induction(_) => "Inductions without company",
        Which::Standing(_) => STANDING,
    }
}

/// Work of one kind after the other, with its position.
fn kinds(picture: &Picture) -> Vec<(&'static str, Vec<(usize, &Work)>)> {
    let mut all: Vec<(&'static str, Vec<(usize, &Work)>)> = Vec::new();
    for (at, work) in picture.work.iter().enumerate() {
        let words = kind(work.which);
        match all.iter_mut().find(|(one, _)| *one == words) {
            Some((_, own)) => own.push((at, work)),
            None => all.push((words, vec![(at, work)])),
        }
    }
    all
}

/// Somebody's name; nothing for nobody.
pub fn name(picture: &Picture, hand: Option<usize>) -> Option<&str> {
    hand.and_then(|hand| picture.hands.get(hand)).map(|hand| hand.name.as_str())
}

/// What is open, in one sentence.
pub fn now(picture: &Picture) -> Markup {
    let open: Vec<&str> =
        picture.work.iter().filter(|work| work.now.is_none()).map(|work| work.title.as_str()).collect();
    html! {
        @match open.as_slice() {
            [] => div.note { p { strong { "Everything has somebody." } " A proposal shows whether hours could be used better." } },
            [one] => div.note.act { p { strong { "One thing has nobody: " (one) "." } } },
            several => div.note.act { p { strong { (several.len()) " things have nobody: " (several.join(", ")) "." } } },
        }
    }
}

/// Who does what now, and how full everybody is.
pub fn as_it_is(picture: &Picture, shares: &[Share]) -> Markup {
    let hours =
        |at: usize| shares.iter().flat_map(|share| &share.hours).find(|(work, _)| *work == at).map(|(_, hours)| *hours);
    html! {
        @for (words, own) in kinds(picture).iter().filter(|(words, _)| *words != STANDING) {
            section.card.stack-s {
                h2 { (words) }
                table.cards {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Who" } th.n scope="col" { "Hours of the term" } } }
                    tbody { @for (at, work) in own { tr {
                        td.name data-label="What" { (work.title) }
                        td data-label="Who" {
                            @match name(picture, work.now) { Some(name) => (name), None => span.soft { "nobody" } }
                            @if stands_above(work) { br; span.small.soft { "stands above somebody there, or appraises them" } }
                        }
                        td.n data-label="Hours of the term" { (given(hours(*at), work)) }
                    } } }
                }
                @if *words == AREAS { (shared(picture)) }
            }
        }
        (full(picture, shares))
    }
}

/// Whether whoever does it now may not (MAT-05).
fn stands_above(work: &Work) -> bool {
    work.now.is_some_and(|hand| work.suits.get(hand).copied().flatten().is_none())
}

/// "12 h of 20 h", "6 h".
fn given(hours: Option<i64>, work: &Work) -> String {
    match hours {
        Some(hours) if hours < work.most => format!("{hours} h of {} h", work.most),
        _ => format!("{} h", work.most),
    }
}

fn shared(picture: &Picture) -> Markup {
    html! {
        @if !picture.shared.is_empty() {
            p.small.soft {
                "Shared, and left as they are: "
                @for (at, one) in picture.shared.iter().enumerate() {
                    @if at > 0 { "; " }
                    (one.title) " (" (one.hands.iter().filter_map(|hand| name(picture, Some(*hand))).collect::<Vec<_>>().join(", ")) ")"
                }
                ". " a href="/programme/frame" { "The frame of the role" } " changes them."
            }
        }
    }
}

fn full(picture: &Picture, shares: &[Share]) -> Markup {
    html! {
        section.card.stack-s {
            h2 { "How full everybody is" }
            table.cards {
                thead { tr { th scope="col" { "Who" } th scope="col" { "Hours given out" } th.n scope="col" { "Hours there are" } } }
                tbody { @for (hand, share) in picture.hands.iter().zip(shares) { tr {
                    td.name data-label="Who" { (hand.name) }
                    td data-label="Hours given out" { (bar(share, hand.hours)) }
                    td.n data-label="Hours there are" { (hand.hours) " h" }
                } } }
            }
            p.small.soft { "Hours there are: remission of the term, with a slow start where one is set, less meetings, journeys, priorities and the ceiling of required support, as " a href="/programme/planner" { "the planner" } " assumes them." }
        }
    }
}

fn bar(share: &Share, hours: i64) -> Markup {
    let whole = hours.max(share.sum).max(1);
    let words = if share.over > 0 {
        format!("{} h, {} h more than there are", share.sum, share.over)
    } else {
        format!("{} h", share.sum)
    };
    html! {
        svg.bar-svg viewBox="0 0 600 10" preserveAspectRatio="none" aria-hidden="true" { rect.used x="0" y="0" height="10" width=(share.sum * 600 / whole) {} }
        span.small.soft.over[share.over > 0] { (words) }
    }
}

/// What the proposal, or what was made of it, comes to.
pub fn verdict(proposal: &Proposal) -> Markup {
    let picture = &proposal.picture;
    let all: Vec<Option<usize>> = proposal.laid.rows.iter().map(|row| row.hand).collect();
    let changes = picture.work.iter().zip(&all).filter(|(work, hand)| work.now != **hand).count();
    let open = all.iter().filter(|hand| hand.is_none()).count();
    let over: Vec<String> = picture
        .hands
        .iter()
        .zip(&proposal.laid.shares)
        .filter(|(_, share)| share.over > 0)
        .map(|(hand, share)| format!("{} by {} h", hand.name, share.over))
        .collect();
    html! {
        div.note.act[!over.is_empty()] {
            p {
                strong { @match changes { 0 => "Nothing would change.", 1 => "One change.", many => { (many) " changes." } } }
                " " @match open { 0 => "Everything has somebody.", 1 => "One thing has nobody.", many => { (many) " things have nobody." } }
            }
            @if !over.is_empty() { p { "Some are given more than their hours: " (over.join(", ")) ". Agree more hours with them first, or choose somebody else." } }
            @else { p { (compared(proposal)) } }
            @if is_by_hand(proposal) && over.is_empty() { p { (against(proposal)) } }
            p.small { (proof(proposal)) }
        }
    }
}

/// Whether the lead chose something else than what is proposed.
pub fn is_by_hand(proposal: &Proposal) -> bool {
    proposal.laid.rows.iter().map(|row| row.hand).ne(proposal.proposed.iter().copied())
}

fn compared(proposal: &Proposal) -> String {
    let gain = proposal.laid.value - proposal.now;
    match gain {
        0 => "It is worth the same as what is now.".to_owned(),
        gain if gain > 0 => {
            format!("It is better than what is now by as much as {} of looking after areas.", worth(gain))
        }
        gain => format!("It is worse than what is now by as much as {} of looking after areas.", worth(gain)),
    }
}

fn against(proposal: &Proposal) -> String {
    let lost = proposal.best.value.unwrap_or(proposal.laid.value) - proposal.laid.value;
    if lost > 0 {
        format!("What you chose costs {} against the proposal.", worth(lost))
    } else {
        "What you chose costs nothing against the proposal.".to_owned()
    }
}

fn proof(proposal: &Proposal) -> String {
    match (proposal.best.value, proposal.best.bound) {
        (Some(value), Some(bound)) if bound - value < HOUR / 20 && bound > value => {
            "It is proved that within these hours none is better than the proposal by as much as 0.1 h.".to_owned()
        }
        (Some(value), Some(bound)) if bound <= value => {
            "It is proved that within these hours none is better than the proposal.".to_owned()
        }
        (Some(value), Some(bound)) => format!(
            "It is proved that within these hours none is better than the proposal by more than {}.",
            worth(bound - value)
        ),
        _ => String::new(),
    }
}

/// Every piece of work with everybody who may do it.
pub fn choices(proposal: &Proposal, wrong: &[(&str, String)]) -> Markup {
    let picture = &proposal.picture;
    html! {
        (kit::error_at(wrong, "choose"))
        @for (words, own) in kinds(picture) {
            section.card.stack-s {
                h2 { (words) }
                ul.plain.allocate {
                    @for (at, work) in own {
                        @if let Some(row) = proposal.laid.rows.get(at) { (one(proposal, (at, work), row, wrong)) }
                    }
                }
                @if words == AREAS { (shared(picture)) }
            }
        }
        p.small.soft { "Costs are told in hours: a choice that costs 1 h is as bad as one hour less of looking after an area. They count how well somebody fits, whom they know already, how full they would be, and the change itself. Who stands above somebody in an area, or appraises them, cannot be chosen for it." }
    }
}

fn one(proposal: &Proposal, (at, work): (usize, &Work), row: &Row, wrong: &[(&str, String)]) -> Markup {
    let (picture, id) = (&proposal.picture, work.which.to_string());
    let proposed = proposal.proposed.get(at).copied().flatten();
    let by_hand = row.hand != proposed;
    let back = row.choices.iter().find(|choice| choice.hand == proposed).map_or(0, |choice| -choice.cost);
    let bad = kit::is_wrong(wrong, &id);
    html! {
        li.field.bad[bad] {
            label.f for=(id) { (work.title) }
            p.small.soft {
                (given(row.hand.map(|_| row.hours), work))
                @match (name(picture, work.now), work.now == row.hand) { (_, true) => {}, (Some(name), false) => { " · now " (name) }, (None, false) => { " · now nobody" } }
            }
            (kit::error_at(wrong, &id))
            select id=(id) name=(id) aria-invalid=[bad.then_some("true")] {
                @for choice in &row.choices { option value=(choice.hand.and_then(|hand| picture.hands.get(hand)).map(|hand| hand.person.to_string()).unwrap_or_default()) selected[choice.hand == row.hand] { (words(picture, (work, row), choice)) } }
            }
            p.small {
                @if work.now != row.hand { span.badge { "changes" } " " }
                @if by_hand { "Proposed: " (name(picture, proposed).unwrap_or("nobody")) "." @if back > 0 { " Your choice costs " (worth(back)) "." } }
                @if let Some((hand, over)) = row.could { "Nobody has the hours. " (name(picture, Some(hand)).unwrap_or_default()) " could with " (over) " h more." }
                @else if row.hand.is_none() && row.choices.len() < 2 { "Everybody stands above somebody here." }
            }
        }
    }
}

/// "Zoë Kaya", "Zoë Kaya · costs 0.4 h", "nobody · costs 2 h".
fn words(picture: &Picture, (work, row): (&Work, &Row), choice: &Choice) -> String {
    let who = name(picture, choice.hand).unwrap_or("nobody");
    let now = if choice.hand == work.now && choice.hand.is_some() { " (now)" } else { "" };
    let rest = match choice {
        one if one.hand == row.hand => String::new(),
        one if one.over > 0 => format!(" · {} h too many", one.over),
        one if one.cost > 0 => format!(" · costs {}", worth(one.cost)),
        one if one.cost < 0 => format!(" · better by {}", worth(one.cost)),
        _ => " · costs nothing".to_owned(),
    };
    format!("{who}{now}{rest}")
}

/// How full everybody would be.
pub fn loads(proposal: &Proposal) -> Markup {
    full(&proposal.picture, &proposal.laid.shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-ALL-16
    #[test]
    fn points_are_told_in_hours_to_a_tenth() {
        assert_eq!(worth(HOUR), "1 h");
        assert_eq!(worth(-HOUR * 12), "12 h");
        assert_eq!(worth(HOUR * 34 / 10), "3.4 h");
        assert_eq!(worth(HOUR / 100), "0 h");
        assert_eq!(worth(800), "0.8 h");
    }
}
