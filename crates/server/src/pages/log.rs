//! What was changed in how the program is set up (R-LOK-4). Nothing of support is in it.

use actions::looked;
use domain::period::time_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::pages::layout::{Place, page};
use crate::visit::Visit;

/// `GET /programme/log`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let entries = looked::log(&visit.desk, &visit.visitor.person).await?;
    let calendar = &visit.desk.frame.calendar;
    Ok(page(
        &visit,
        ("What was changed", Place::People),
        &html! {
            div.stack-l {
                div.stack-s {
                    h1 { "What was changed" }
                    p.lede { "Staff brought in, accounts, links and settings: by whom and when. What people ask for, note or agree is not in here, nor who signs in." }
                }
                @if entries.is_empty() { div.empty { p { "Nothing has been changed yet." } a.btn.ghost href="/people" { "Staff" } } }
                @else {
                    table.cards {
                        thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Whose account" } th scope="col" { "By whom" } } }
                        tbody {
                            @for entry in &entries {
                                @let local = calendar.local(entry.at);
                                tr {
                                    td data-label="When" { (time_words(local)) " " (local.year()) }
                                    td data-label="What" { (entry.about) }
                                    td data-label="Whose account" { @if let Some(whom) = &entry.whom { (whom) } @else { span.soft { "–" } } }
                                    td.name data-label="By whom" { @if let Some(who) = &entry.who { (who) } @else { "A command on the machine, or the program by itself" } }
                                }
                            }
                        }
                    }
                }
                p.small.soft { "The latest fifty of each kind. Everybody reads on their own account who opened a page about them." }
            }
        },
    ))
}
