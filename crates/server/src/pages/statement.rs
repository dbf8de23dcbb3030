//! What the role is for, as the college has published it: for everybody, one click from every page about asking (GOV-05).

use actions::{ceiling, frame};
use domain::frame::paragraphs;
use domain::people::Role;
use domain::programme::Model;
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
    let share = ceiling::published(&visit.desk).await.map_err(|fault| Problem::Fault(fault.into()))?;
    let required = programme.facts.model != Model::Developmental;
    let day = |at| date_words(visit.desk.frame.calendar.day(at));
    let heading = format!("What {} are for", programme.title.many);
    Ok(page(
        &visit,
        (&heading, Place::Practitioners),
        &html! {
            div.narrow.stack-l {
                h1 { (heading) }
                @if required {
                    div.note.calm { p { "A line manager may require support of a colleague; the colleague then reads what is reported, and chooses with whom. At most " strong { (share) " %" } " of the hours set aside for " (programme.title.many) " may go to that in a year. Everything else is for whoever asks." } }
                }
                @match all.split_first() {
                    None => {
                        div.empty {
                            p { (programme.name) " has not published a statement yet. What holds in any case: you choose, it stays between the two of you, and nobody judges." }
                            p { a href="/model" { "How the programme runs here" } " · " a href="/promise" { "Who sees what" } }
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
                (encouraging(&visit))
            }
        },
    ))
}

/// Words to pass on. Nothing is sent or kept, so whoever uses them learns nothing (R-SUP-15).
fn encouraging(visit: &Visit) -> Markup {
    let many = &visit.desk.frame.programme.title.many;
    html! {
        section.card.stack-s #encourage {
            h2 { "Encouraging a colleague to ask" }
            p { "Anybody may: a manager, one of the " (many) ", a colleague. Say it in person, or in words like these:" }
            p { em { "“Our " (many) " work alongside whoever asks, on whatever they choose. You find them in Alongside, under My support. You need nobody’s leave, and I will not learn whether you asked.”" } }
            p.small.soft { "Nothing is sent or noted here. Whether somebody asked after it, nobody learns: not you, not their manager, not the programme lead." }
        }
    }
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
    html! {
        p.small {
            a href="/statement" { "What " (visit.desk.frame.programme.title.many) " are for" } " · "
            a href="/model" { "How the programme runs here" }
        }
    }
}
