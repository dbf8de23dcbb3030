//! Parts of the pages of cost and benefit: tables, what would change, and the business case.

use actions::value::{Came, Value, WhatIf};
use domain::minutes::Minutes;
use domain::text::capital;
use evidence::value::{Account, Strength};
use maud::{Markup, html};

use crate::pages::kit;
use crate::pages::numbers::Typed;
use crate::pages::papers::case;
use crate::pages::papers::look::part;
use crate::visit::Visit;

/// Changes that a business case shows: words, practitioners more, and hundredths of the hours for each.
pub const SCENARIOS: [(&str, i64, Option<i64>); 3] = [
    ("Two more practitioners", 2, None),
    ("Two fewer practitioners", -2, None),
    ("A fifth fewer hours for each", 0, Some(80)),
];

/// A field for a whole number that may lie below nought.
pub fn signed(typed: Typed<'_>, (id, label): (&str, &str)) -> Markup {
    let bad = kit::is_wrong(typed.wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { (label) }
            (kit::error_at(typed.wrong, id))
            input type="number" id=(id) name=(id) value=(typed.kept("change", id, "0")) step="1" min="-99" max="99" autocomplete="off" aria-invalid=[bad.then_some("true")];
        }
    }
}

/// A field for a line of words.
pub fn line(typed: Typed<'_>, (id, label): (&str, &str)) -> Markup {
    let bad = kit::is_wrong(typed.wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { (label) }
            (kit::error_at(typed.wrong, id))
            input type="text" id=(id) name=(id) value=(typed.kept("benefit", id, "")) maxlength=(domain::value::LONGEST_BENEFIT) autocomplete="off" aria-invalid=[bad.then_some("true")];
        }
    }
}

/// A field for a paragraph.
pub fn text(typed: Typed<'_>, (id, label): (&str, &str), so: &str) -> Markup {
    let bad = kit::is_wrong(typed.wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { (label) }
            (kit::error_at(typed.wrong, id))
            textarea id=(id) name=(id) rows="3" aria-invalid=[bad.then_some("true")] { (typed.kept("value", id, so)) }
        }
    }
}

/// What it cost, kind by kind, with what is not counted (R-VAL-1, R-VAL-3).
pub fn costs(account: &Account, noted: Option<u64>) -> Markup {
    html! {
        section.card.stack aria-labelledby="cost" {
            h2 #cost { "What it cost" }
            (part(&case::costs(account)))
            ul { @for sentence in account.sentences() { li { (sentence) } } }
            p.small.soft {
                @if account.per_support_hour.is_some() { "The whole cost is shared out by the " (noted.unwrap_or_default()) " hours that practitioners noted for the role." }
                @else { "What an hour of support came to cannot be said: too few people make up the hours that the year’s release may tell." }
            }
        }
    }
}

/// The strongest first.
pub const STRENGTHS: [Strength; 5] =
    [Strength::Evidence, Strength::Consistent, Strength::Coincides, Strength::Counted, Strength::Said];

/// What came of it, under how strong the evidence is: the strongest first (R-VAL-4, R-VAL-9).
fn by_strength(came: &[Came], each: impl Fn(&Came) -> Markup) -> Markup {
    html! {
        @for strength in STRENGTHS {
            @let ours: Vec<&Came> = came.iter().filter(|one| one.strength == strength).collect();
            @if !ours.is_empty() {
                div.stack-s {
                    h3 { (capital(strength.words())) }
                    ul { @for one in ours { li { (each(one)) } } }
                }
            }
        }
    }
}

/// What came of it, with buttons for the lead's own.
pub fn came(visit: &Visit, seen: &Value) -> Markup {
    html! {
        section.card.stack aria-labelledby="came" {
            div.stack-s {
                h2 #came { "What came of it" }
                p.small.soft { "Under how strong the evidence is. None of it has a price." }
            }
            @if seen.came.is_empty() { p { "The year’s release and the survey of staff will stand here once they are out." } }
            (by_strength(&seen.came, |one| html! {
                (one.what) span.small.soft { " · " (one.source) }
                @if let (Some(id), Some(_)) = (one.own, &seen.proposed) {
                    form.inline method="post" action={"/evidence/value/benefits/" (id) "/removal"} {
                        (kit::csrf(visit))
                        input type="hidden" name="year" value=(seen.year);
                        button.btn.quiet.small type="submit" { "Take off" span.visually-hidden { ": " (one.what) } }
                    }
                }
            }))
        }
    }
}

/// "780 h are asked of 900 h." (R-VAL-10)
fn beside_the_plan(found: &WhatIf) -> Option<String> {
    let asked = found.asked.filter(|asked| asked.0 > 0)?;
    let given = Minutes(i64::try_from(found.scenario.then.remitted_minutes).ok()?);
    let fits =
        if asked.0 > given.0 { format!("{} do not fit", Minutes(asked.0 - given.0)) } else { "it fits".to_owned() };
    Some(format!("This year’s plan asks {asked} of practitioners together; there would be {given}: {fits}."))
}

/// The difference that a change would make.
pub fn difference(found: &WhatIf) -> Markup {
    html! {
        div.stack-s #difference role="status" {
            p { b { (found.scenario.words) } }
            @if let Some(words) = beside_the_plan(found) { p { (words) } }
            p.small.soft { "What an hour of support would then cost is not guessed: nobody knows how the hours would be used." }
        }
    }
}
