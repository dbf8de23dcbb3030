//! What the role is for, as the college has published it: for everybody, one click from every page about asking (GOV-05).

use actions::frame;
use domain::frame::paragraphs;
use domain::people::Role;
use maud::{Markup, html};

use crate::error::Problem;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::date_words;
use crate::visit::Visit;

/// `GET /statement`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    let all = frame::statements(&visit.desk, &visit.visitor.person).await?;
    let programme = &visit.desk.frame.programme;
    let day = |at| date_words(visit.desk.frame.calendar.day(at));
    let heading = format!("What {} are for", programme.title.many);
    Ok(page(
        &visit,
        (&heading, Place::Practitioners),
        &html! {
            div.narrow.stack-l {
                h1 { (heading) }
                @match all.split_first() {
                    None => {
                        div.empty {
                            p { (programme.name) " has not published a statement yet. What holds in any case: you choose, it stays between the two of you, and nobody judges." }
                            p { a href="/promise" { "Who sees what" } }
                        }
                        @if visit.is(Role::ProgrammeLead) { p { a.btn href="/programme/frame#statement" { "Write it" } } }
                    }
                    Some((now, earlier)) => {
                        p.soft { (programme.name) " · version " (now.version) " of " (day(now.published)) }
                        (text(&now.text))
                        @if visit.is(Role::ProgrammeLead) { p { a.btn.ghost href="/programme/frame#statement" { "Publish another version" } } }
                        @if !earlier.is_empty() {
                            section.stack-s {
                                h2 { "Earlier versions" }
                                @for one in earlier {
                                    details.more { summary { "Version " (one.version) " of " (day(one.published)) } (text(&one.text)) }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}

fn text(text: &str) -> Markup {
    html! {
        div.stack {
            @for paragraph in paragraphs(text) {
                p { @for (n, line) in paragraph.lines().enumerate() { @if n > 0 { br; } (line) } }
            }
        }
    }
}

/// The way there from a page about asking.
pub fn link(visit: &Visit) -> Markup {
    html! { p.small { a href="/statement" { "What " (visit.desk.frame.programme.title.many) " are for" } } }
}
