//! What a file that was brought in has changed, and undoing it.

use actions::imports::{self, File, ImportRefused, InTheWay, State, Told};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use uuid::Uuid;

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::import_look::from_to;
use crate::pages::imports::{HOME, called, counts, id};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// So many people or areas stand on the page.
const SHOWN: usize = 200;

/// The page of a file that was brought in.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn show(visit: &Visit, which: Uuid) -> Result<Markup, Problem> {
    let (file, told) = imports::report(&visit.desk, &visit.visitor.person, which).await?;
    Ok(view(visit, (&file, &told), (&[], None)))
}

fn view(
    visit: &Visit,
    (file, told): (&File, &[Told]),
    (in_the_way, refused): (&[InTheWay], Option<&ImportRefused>),
) -> Markup {
    let undone = file.state == State::Undone;
    let (new, changed): (Vec<&Told>, Vec<&Told>) = told.iter().partition(|one| one.new);
    let wrong: Vec<(&str, String)> = refused.iter().map(|refused| ("undo", refused.to_string())).collect();
    let body = html! {
        (kit::errors(&wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/people" { "Staff" } " · " a href=(HOME) { "Files" } " · " (file.kind.words()) }
                h1 { @if undone { "Undone: " (called(file)) } @else { "Brought in: " (called(file)) } }
                p.lede { (counts(file)) "." }
            }
            @if !undone && !told.is_empty() { (undo(visit, file, in_the_way)) }
            @if !changed.is_empty() {
                table.cards {
                    caption { @if undone { "What it had changed" } @else { "What it changed" } }
                    thead { tr { th scope="col" { "Who" } th scope="col" { "What" } } }
                    tbody {
                        @for one in changed.iter().take(SHOWN) {
                            tr { td.name data-label="Who" { (one.name) } td data-label="What" { @for change in &one.changes { (from_to(change)) } } }
                        }
                    }
                }
                @if changed.len() > SHOWN { p.soft { "And " (changed.len() - SHOWN) " more." } }
            }
            @if !new.is_empty() {
                details.more {
                    summary { (new.len()) " new" }
                    ul {
                        @for one in new.iter().take(SHOWN) { li { (one.name) } }
                        @if new.len() > SHOWN { li { "and " (new.len() - SHOWN) " more" } }
                    }
                }
            }
            p.row { a.btn.ghost href="/people" { "See the staff" } a.btn.ghost href=(HOME) { "Bring in another file" } }
        }
    };
    page(visit, ("A file that was brought in", Place::People), &body)
}

fn undo(visit: &Visit, file: &File, in_the_way: &[InTheWay]) -> Markup {
    html! {
        form.card.stack #undo method="post" action={(HOME) "/" (file.id) "/reversal"} {
            (kit::csrf(visit))
            h2 { "Undo it" }
            p { "What it changed is given back as it was. People whom it brought are switched off; nobody is deleted." }
            @if !in_the_way.is_empty() {
                div.note.act {
                    p { "Changed again since, by hand or by another file:" }
                    ul {
                        @for one in in_the_way.iter().take(SHOWN) { li { (one.name) ", " (one.field.words()) ": now " (one.now.as_deref().unwrap_or("nothing")) } }
                        @if in_the_way.len() > SHOWN { li { "and " (in_the_way.len() - SHOWN) " more" } }
                    }
                }
                label.check { input type="checkbox" name="leave" value="yes"; span { "Leave these as they are now, and undo the rest" } }
            }
            button.btn.ghost type="submit" { "Undo this file" }
        }
    }
}

/// `POST /people/imports/{file}/reversal`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn create_reversal(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (which, visit) = (id(&which)?, &sent.visit);
    match imports::undo(&visit.desk, visit.visitor.person.id, (which, sent.fields.ticked("leave"))).await {
        Ok(()) => Ok(on_to(&format!("{HOME}/{which}"), "undone")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let stays = if let ImportRefused::InTheWay(stays) = &refused { stays.clone() } else { Vec::new() };
            let (file, told) = imports::report(&visit.desk, &visit.visitor.person, which).await?;
            let shown = view(visit, (&file, &told), (&stays, Some(&refused)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
    }
}
