//! Pieces of the steps' pages.

use domain::set_up::{Draft, Step};
use maud::{Markup, html};

use super::At;
use crate::pages::kit;

/// The steps, with those that are saved marked.
pub fn steps(draft: &Draft, here: Option<Step>) -> Markup {
    html! {
        nav aria-label="Steps" {
            ol.steps {
                @for step in Step::ALL {
                    li {
                        a href={"/begin/" (step.code())} aria-current=[(here == Some(step)).then_some("step")] { (step.words()) }
                        @if draft.has(step) { span aria-hidden="true" { " ✓" } span.visually-hidden { " (saved)" } }
                    }
                }
                li { a href="/begin/review" { "Review" } }
            }
        }
    }
}

/// A field of one line.
pub fn line(wrong: At<'_>, (name, label, hint): (&str, &str, &str), value: &str) -> Markup {
    let bad = kit::is_wrong(wrong, name);
    html! {
        div.field.bad[bad] {
            label.f for=(name) { (label) }
            @if !hint.is_empty() { p.hint id={(name) "-hint"} { (hint) } }
            (kit::error_at(wrong, name))
            input id=(name) name=(name) value=(value) aria-invalid=[bad.then_some("true")] aria-describedby=[described(bad, name, hint)];
        }
    }
}

/// A field of several lines.
pub fn lines(wrong: At<'_>, (name, label, hint): (&str, &str, &str), value: &str) -> Markup {
    let bad = kit::is_wrong(wrong, name);
    html! {
        div.field.bad[bad] {
            label.f for=(name) { (label) }
            @if !hint.is_empty() { p.hint id={(name) "-hint"} { (hint) } }
            (kit::error_at(wrong, name))
            textarea id=(name) name=(name) rows="5" aria-invalid=[bad.then_some("true")] aria-describedby=[described(bad, name, hint)] { (value) }
        }
    }
}

fn described(bad: bool, name: &str, hint: &str) -> Option<String> {
    if bad { Some(format!("{name}-error")) } else { (!hint.is_empty()).then(|| format!("{name}-hint")) }
}
