//! Who looked at anything about oneself (R-LOK-2).

use actions::looked;
use domain::period::day_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::pages::layout::{Place, page};
use crate::visit::Visit;

/// `GET /account/looked`.
///
/// # Errors
/// A fault.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let looks = looked::mine(&visit.desk, &visit.visitor.person).await?;
    Ok(page(
        &visit,
        ("Who looked", Place::Account),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Who looked" }
                    p.lede { "Who opened a page about you in the last year, by day. Only you can read this." }
                }
                @if looks.is_empty() {
                    div.empty { p { "Nobody has opened a page about you. When somebody does, it stands here from that moment on." } a.btn.ghost href="/account" { "Back to your account" } }
                } @else {
                    table.cards {
                        thead { tr { th scope="col" { "Day" } th scope="col" { "Who" } th scope="col" { "What they opened" } } }
                        tbody {
                            @for look in &looks {
                                tr {
                                    td data-label="Day" { (day_words(look.day)) " " (look.day.year()) }
                                    td.name data-label="Who" { @if look.who.is_empty() { "Somebody who is gone" } @else { (look.who) } }
                                    td data-label="What they opened" { (look.at.words()) }
                                }
                            }
                        }
                    }
                }
                section.stack-s {
                    h2 { "What is kept, and what is not" }
                    ul {
                        li { "Kept: that the one you asked opened what you asked for, that practitioner or line manager opened the support that is required of you, and that somebody opened your own page in the list of staff. The day, not the time; once a day, however often." }
                        li { "Not kept: lists with many people in them, such as the list of staff and a week of meetings; and who reads a profile that is published for everybody, because that could tell who thinks of asking." }
                        li { "Not seen from here: whoever holds the machine or the database itself." }
                        li { "After a year each line is cleared." }
                    }
                    p { a href="/promise" { "Who sees what" } }
                }
            }
        },
    ))
}
