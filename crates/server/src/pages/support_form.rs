//! The ask form: what would help, who, when; one page, one minute.

use actions::support::{Suggestion, Suggestions};
use domain::began::Began;
use domain::ids::{PersonId, ThemeId};
use domain::people::Role;
use domain::period::time_words;
use domain::support::{Place as Where, Span, WhyNow};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::pages::layout::{Place, page};
use crate::pages::{keys, kit, statement};
use crate::visit::Visit;

/// So many times are shown for each practitioner.
const SHOWN_TIMES: usize = 6;

/// What was typed so far.
#[derive(Debug, Default)]
pub struct Typed {
    /// Themes.
    pub themes: Vec<ThemeId>,
    /// Who.
    pub practitioner: Option<PersonId>,
    /// When.
    pub wish: Option<Timestamp>,
    /// Why now.
    pub why: Option<WhyNow>,
    /// Where.
    pub place: Option<Where>,
    /// Once or over some weeks.
    pub span: Option<Span>,
    /// Whose idea it was.
    pub began: Option<Began>,
    /// The form's token, kept over a re-render so that sending it twice stays one.
    pub once: String,
}

/// The form.
pub fn form(visit: &Visit, found: &Suggestions, (typed, wrong): (&Typed, &[(&str, String)])) -> Markup {
    let once = if typed.once.is_empty() { visit.once() } else { typed.once.clone() };
    page(
        visit,
        ("Ask for support", Place::Support),
        &html! {
            (kit::errors(wrong))
            div.cols.two {
                form.stack-l.pick method="post" action="/support" data-suggest="/support/suggestions" novalidate {
                    (kit::csrf(visit))
                    input type="hidden" name="once" value=(once);
                    div.stack-s {
                        p.steps { b { "1 What would help" } " › " b { "2 Who" } " › " b { "3 When" } }
                        h1 { "Ask for support" }
                        p.lede { "For a lift, a new idea or something hard. Nobody needs to send you, and nothing here reaches appraisal." }
                        (safe_space(visit))
                    }
                    (themes(found, (typed, wrong)))
                    (who(visit, found, (typed, wrong)))
                    (when(visit, found, (typed, wrong)))
                    // Typed here it belongs to no form: sealed once the thread is there (R-WRD-15).
                    div #ask-words {}
                    (more(typed))
                    (whose(typed))
                    div.stack-s {
                        div.row { button.btn type="submit" { "Ask for support" } a.btn.quiet href="/support" { "Not now" } }
                        p.small.soft { "They accept or offer you other times, usually within a few days. You can take it back whenever you like." }
                    }
                }
                aside.stack { (kit::who_can_see(visit, None)) (kit::one_limit("the one you ask")) (statement::link(visit)) }
            }
            (keys::script())
        },
    )
}

/// What practitioners read where they are the ones who ask (R-SUP-14).
pub fn safe_space(visit: &Visit) -> Markup {
    html! {
        @if visit.is(Role::Practitioner) {
            p.small.soft { "A safe space of your own: what is said stays between the two of you, and what you ask stands on no board. Speak of what you see in lessons without naming a teacher." }
        }
    }
}

fn themes(found: &Suggestions, (typed, wrong): (&Typed, &[(&str, String)])) -> Markup {
    html! {
        fieldset.plain #theme aria-describedby=[kit::is_wrong(wrong, "theme").then_some("theme-error")] {
            legend.f { "What would help?" }
            p.hint { "Tap one or more." }
            (kit::error_at(wrong, "theme"))
            div.chips {
                @for theme in &found.themes {
                    label.chip { input type="checkbox" name="theme" value=(theme.id) checked[typed.themes.contains(&theme.id)]; span { (theme.name) } }
                }
            }
        }
    }
}

fn who(visit: &Visit, found: &Suggestions, (typed, wrong): (&Typed, &[(&str, String)])) -> Markup {
    html! {
        fieldset.plain.stack-s #practitioner aria-describedby=[kit::is_wrong(wrong, "practitioner").then_some("practitioner-error")] {
            legend.f { "Who would you like to work with?" }
            (kit::error_at(wrong, "practitioner"))
            p data-noscript-only { button.btn.ghost.small type="submit" formaction="/support/new" { "Put the best fit on top" } }
            p.visually-hidden data-live aria-live="polite" {}
            @if found.list.is_empty() { p.empty { "There is nobody you could ask here at the moment. The programme lead knows who else can help." } }
            div.stack-s data-people {
                @for (n, one) in (1..).zip(&found.list) { (person(visit, (n, one), typed)) }
            }
            @for (one, thread) in &found.in_touch {
                p.small { "You are in touch with " (one.name) " already: " a href={"/support/" (thread)} { "carry on there" } "." }
            }
            @if !found.avoided.is_empty() {
                p.small.soft {
                    "Left out because you would rather not work with them: "
                    @for (n, one) in found.avoided.iter().enumerate() { @if n > 0 { ", " } a href={"/practitioners/" (one.id)} { (one.name) } }
                    "."
                }
            }
            p.small.soft { "Somebody you would rather not work with? Open their " a href="/practitioners" { "profile" } " and say so. You need no reason, and nobody is told." }
        }
    }
}

fn person(visit: &Visit, (n, one): (usize, &Suggestion), typed: &Typed) -> Markup {
    let practitioner = &one.practitioner;
    html! {
        label.person data-person=(practitioner.id) data-name=(practitioner.name) {
            input type="radio" name="practitioner" value=(practitioner.id) data-n=(n) data-keys=(if one.keyed { "yes" } else { "no" }) checked[typed.practitioner == Some(practitioner.id)];
            (kit::avatar(&practitioner.name))
            span.body {
                strong.name { (practitioner.name) }
                span.soft.small { (visit.desk.frame.programme.title.one) @if !practitioner.teaches.is_empty() { " · teaches " (practitioner.teaches) } @else if !practitioner.area_name.is_empty() { " · " (practitioner.area_name) } }
                @if let Some(next) = one.slots.first() { span.soft.small { "Next support hour " (time_words(visit.desk.frame.calendar.local(next.starts))) } }
                (kit::whys(&one.why))
            }
        }
    }
}

fn when(visit: &Visit, found: &Suggestions, (typed, wrong): (&Typed, &[(&str, String)])) -> Markup {
    html! {
        div.stack-s #wish {
            h2.f { "When suits you?" }
            (kit::error_at(wrong, "wish"))
            p.slots-hint.soft { "Choose somebody first; then their times are here." }
            @for (n, one) in (1..).zip(&found.list) {
                @let id = one.practitioner.id;
                @let own = if typed.practitioner == Some(id) { typed.wish } else { None };
                fieldset.slots.plain data-for=(n) {
                    legend.soft.small { "Support hours of " (one.practitioner.name) }
                    div.chips {
                        label.slot { input type="radio" name={"wish-" (id)} value="" checked[own.is_none()]; span { "Any time" br; "they suggest" } }
                        @for slot in one.slots.iter().take(SHOWN_TIMES) {
                            label.slot {
                                input type="radio" name={"wish-" (id)} value=(slot.starts.as_second()) checked[own == Some(slot.starts)];
                                span { (kit::slot_words(visit.desk.frame.calendar.local(slot.starts))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn more(typed: &Typed) -> Markup {
    let open = typed.why.is_some() || typed.place.is_some() || typed.span.is_some_and(|span| span != Span::OneTouch);
    html! {
        details.more open[open] {
            summary { "Where, how often, why now: only if you like" }
            div.stack {
                (choice("Where?", "place", Where::ALL.iter().map(|one| (one.code(), one.words())), typed.place.map(Where::code)))
                (choice("How often?", "span", Span::ALL.iter().map(|one| (one.code(), one.words())), typed.span.map(Span::code)))
                (choice("Why now?", "why", WhyNow::ALL.iter().map(|one| (one.code(), one.words())), typed.why.map(WhyNow::code)))
                p.small.soft { "Only the one you ask sees these. You can leave them all open." }
            }
        }
    }
}

/// Apart from what the one who is asked reads (R-SUP-16).
fn whose(typed: &Typed) -> Markup {
    html! {
        div.stack-s {
            (choice("Whose idea was it to ask?", "began", Began::ALL.iter().map(|one| (one.code(), one.words())), typed.began.map(Began::code)))
            p.small.soft { "It is shown to nobody, not even to the one you ask, and only ever counted for the whole college and a whole year, as a range. Leave it open if you like." }
        }
    }
}

/// A row of chips of which one may be chosen, or none.
pub fn choice<'a>(
    legend: &str,
    name: &str,
    all: impl Iterator<Item = (&'a str, &'a str)>,
    chosen: Option<&str>,
) -> Markup {
    html! {
        fieldset.plain {
            legend.f { (legend) }
            div.chips {
                label.chip { input type="radio" name=(name) value="" checked[chosen.is_none()]; span { "Leave open" } }
                @for (code, words) in all {
                    label.chip { input type="radio" name=(name) value=(code) checked[chosen == Some(code)]; span { (words) } }
                }
            }
        }
    }
}
