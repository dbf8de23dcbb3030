//! The administrator's list of staff. Nothing here depends on support.

use actions::{accounts, people};
use axum::extract::Path;
use axum::response::Response;
use domain::ids::PersonId;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Question, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// So many people stand on a page.
const PER_PAGE: usize = 50;

/// `GET /people`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn index(visit: Visit, Question(part): Question) -> Result<Markup, Problem> {
    let find = part.one("find").to_lowercase();
    let all = people::see(&visit.desk, &visit.visitor.person).await?;
    let progress = people::progress(&visit.desk, &visit.visitor.person).await?;
    let missing = all.iter().any(|member| member.active && !progress.set_up.contains(&member.id));
    let total = all.len();
    let matching = |member: &people::Member| {
        find.is_empty()
            || member.name.to_lowercase().contains(&find)
            || member.email.contains(&find)
            || member.area.to_lowercase().contains(&find)
    };
    let found: Vec<_> = all.into_iter().filter(matching).collect();
    let last = found.len().div_ceil(PER_PAGE).max(1);
    let at = part.read("page").unwrap_or(1_usize).clamp(1, last);
    let shown = found.iter().skip((at - 1) * PER_PAGE).take(PER_PAGE);
    Ok(page(
        &visit,
        ("Staff", Place::People),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "Staff" }
                        p.lede { "Who works here, where and since when. You do not see, and cannot find out here, who asks for support." }
                        p { a href="/people/areas" { "Areas" } " · " a href="/programme/year" { "Terms and holidays" } " · " a href="/programme/safeguarding" { "When somebody is at risk" } }
                        p { a href="/programme/log" { "What was changed, and by whom" } }
                    }
                    a.btn.ghost href="/people/new" { "Add a person" }
                }
                p { a.btn.ghost href=(crate::pages::imports::HOME) { "Bring in a file" } }
                form.row method="get" action="/people" role="search" {
                    div.field { label.f for="find" { "Find by name, address or area" } input #find type="search" name="find" value=(find); }
                    button.btn.ghost type="submit" { "Find" }
                }
                @if missing {
                    form.card.stack-s method="post" action="/people/invitations" {
                        (kit::csrf(&visit))
                        p { "Some accounts have no password yet. Each person gets a link of their own by mail, which you do not see." }
                        button.btn.ghost type="submit" { "Send set-up links to everybody without a password" }
                    }
                }
                p.small.soft { (found.len()) " of " (total) " people" @if last > 1 { " · page " (at) " of " (last) } }
                @if found.is_empty() { div.empty { p { "Nobody matches. Try a part of the name." } a.btn.ghost href="/people" { "Show everybody" } } }
                @else {
                    table.cards {
                        thead { tr { th scope="col" { "Name" } th scope="col" { "Area" } th scope="col" { "Line manager" } th scope="col" { "Roles" } th scope="col" { "Account" } } }
                        tbody {
                            @for member in shown {
                                tr {
                                    td.name data-label="Name" { a href={"/people/" (member.id)} { (member.name) } br; span.small.soft { (member.email) } }
                                    td data-label="Area" { (member.area) }
                                    td data-label="Line manager" { (member.manager) }
                                    td data-label="Roles" { (kit::role_words(&visit, member.roles)) }
                                    td data-label="Account" { (account(&visit, member)) (invitation(&visit, member, &progress)) }
                                }
                            }
                        }
                    }
                }
                @if last > 1 {
                    nav.row aria-label="Pages of the list" {
                        @if at > 1 { a.btn.ghost.small href={"/people?find=" (find) "&page=" (at - 1)} { "Before" } }
                        @if at < last { a.btn.ghost.small href={"/people?find=" (find) "&page=" (at + 1)} { "After" } }
                    }
                }
            }
        },
    ))
}

fn account(visit: &Visit, member: &people::Member) -> Markup {
    html! {
        @if member.id == visit.visitor.person.id { span.soft { "on (you)" } }
        @else {
            form method="post" action={"/people/" (member.id) "/account"} {
                (kit::csrf(visit))
                @if !member.active { input type="hidden" name="on" value="yes"; }
                span { @if member.active { "on " } @else { "off " } }
                button.btn.quiet.small type="submit" aria-label={(if member.active { "Switch off the account of " } else { "Switch on the account of " }) (member.name)} { @if member.active { "Switch off" } @else { "Switch on" } }
            }
        }
    }
}

/// Whether a password was chosen; who has none can be sent a link (R-ACC-11).
fn invitation(visit: &Visit, member: &people::Member, progress: &people::Progress) -> Markup {
    let invited = progress.invited.contains(&member.id);
    html! {
        @if progress.set_up.contains(&member.id) { span.small.soft { "password chosen" } }
        @else if member.active {
            form method="post" action={"/people/" (member.id) "/invitation"} {
                (kit::csrf(visit))
                span.small.soft { @if invited { "link sent, no password yet " } @else { "no password yet " } }
                button.btn.quiet.small type="submit" aria-label={(if invited { "Send a new link" } else { "Send a link" }) " to " (member.name)} { @if invited { "Send a new link" } @else { "Send a link" } }
            }
        }
    }
}

/// `POST /people/{person}/invitation`. What is mailed never comes back here.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn create_invitation(Path(person): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let person: PersonId = person.parse().map_err(|_| Problem::NotFound)?;
    match accounts::invite(&sent.visit.desk, sent.visit.visitor.person.id, person).await {
        Ok(()) => Ok(on_to("/people", "invited")),
        Err(stop) => match Problem::refusal(stop)? {
            accounts::InviteRefused::SetUpAlready => Ok(on_to("/people", "set-up-already")),
        },
    }
}

/// `POST /people/invitations`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn create_invitations(sent: Sent) -> Result<Response, Problem> {
    accounts::invite_everybody(&sent.visit.desk, sent.visit.visitor.person.id).await?;
    Ok(on_to("/people", "all-invited"))
}

/// `POST /people/{person}/account`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn update_account(Path(person): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let person: PersonId = person.parse().map_err(|_| Problem::NotFound)?;
    let on = sent.fields.ticked("on");
    people::set_active(&sent.visit.desk, sent.visit.visitor.person.id, (person, on)).await?;
    Ok(on_to("/people", if on { "on" } else { "off" }))
}
