//! The college's areas, as its files tell them. Nothing here depends on support.

use actions::people;
use maud::{Markup, html};

use crate::error::Problem;
use crate::pages::layout::{Place, page};
use crate::visit::Visit;

/// `GET /people/areas`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let areas = people::areas(&visit.desk, &visit.visitor.person).await?;
    let title = &visit.desk.frame.programme.title;
    let or_dash =
        |words: &Option<String>| html! { @if let Some(words) = words { (words) } @else { span.soft { "–" } } };
    Ok(page(
        &visit,
        ("Areas", Place::People),
        &html! {
            div.stack-l {
                div.stack-s {
                    h1 { "Areas" }
                    p.lede { "Where each area is, what it is a part of and who leads it. A file of areas and sites changes it: a line for each." }
                    p { a href="/people" { "Staff" } }
                }
                p { a.btn.ghost href=(crate::pages::imports::HOME) { "Bring in a file" } }
                @if areas.is_empty() {
                    div.empty { p { "There are no areas yet. They come in with a staff file or with a file of areas and sites." } }
                } @else {
                    table.cards {
                        thead { tr {
                            th scope="col" { "Area" } th scope="col" { "Site" } th scope="col" { "Part of" }
                            th scope="col" { "Led by" } th scope="col" { "Looked after by" }
                        } }
                        tbody {
                            @for area in &areas {
                                tr {
                                    td.name data-label="Area" { (area.name) }
                                    td data-label="Site" { (or_dash(&area.site)) }
                                    td data-label="Part of" { (or_dash(&area.part_of)) }
                                    td data-label="Led by" { (or_dash(&area.led_by)) }
                                    td data-label="Looked after by" {
                                        @if area.nominated.is_empty() { span.soft { "no " (title.one) } } @else { (area.nominated.join(", ")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}
