//! The practitioners: who they are, what they do, how to reach them (REF-07), in the order of names (R-FRM-11).

use actions::directory::{self, Practitioner};
use axum::extract::Path;
use axum::response::Response;
use domain::ids::PersonId;
use domain::support::published;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::layout::{Place, page};
use crate::pages::{kit, role_targets, statement};
use crate::visit::{Visit, on_to};

/// `GET /practitioners`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let all = directory::see(&visit.desk, &visit.visitor.person).await?;
    let title = &visit.desk.frame.programme.title.many;
    let received = role_targets::link(&visit).await?;
    Ok(page(
        &visit,
        (title, Place::Practitioners),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { (title) }
                        p.lede { "Experienced teachers with time set aside to work alongside you: for a lift, a new idea or something hard. They are not above anybody, and they do not report on anybody." }
                        (statement::link(&visit))
                        p.small { a href="/statement#encourage" { "Encouraging a colleague to ask" } }
                        (received)
                    }
                    @if visit.teaches() { a.btn href="/support/new" { "Ask for support" } }
                }
                @if all.is_empty() {
                    div.empty { p { "Nobody has this role yet. They come in with the staff file." } }
                }
                div.cols.half {
                    @for one in &all { (card(one)) }
                }
            }
        },
    ))
}

fn card(one: &Practitioner) -> Markup {
    html! {
        article.card.stack-s {
            div.row {
                (kit::avatar(&one.name))
                div {
                    h2 { a href={"/practitioners/" (one.id)} { (one.name) } }
                    p.soft.small { @if one.teaches.is_empty() { (one.area_name) } @else { "Teaches " (one.teaches) } }
                }
            }
            @if !one.about.is_empty() { p { (one.about) } }
            span.why { @for known in &one.expertise { (expertise(known)) } }
        }
    }
}

/// `GET /practitioners/{person}`.
///
/// # Errors
/// Not found when there is no such practitioner.
pub async fn show(visit: Visit, Path(person): Path<String>) -> Result<Markup, Problem> {
    let person: PersonId = person.parse().map_err(|_| Problem::NotFound)?;
    let all = directory::see(&visit.desk, &visit.visitor.person).await?;
    let one = all.iter().find(|one| one.id == person).ok_or(Problem::NotFound)?;
    let avoided = directory::avoided(&visit.desk, &visit.visitor.person).await?.contains(&person);
    let can_ask = visit.teaches() && person != visit.visitor.person.id;
    Ok(page(
        &visit,
        (&one.name, Place::Practitioners),
        &html! {
            div.cols.two {
                div.stack-l {
                    div.row {
                        (kit::avatar(&one.name))
                        div.stack-s {
                            h1 { (one.name) }
                            p.soft { (visit.desk.frame.programme.title.one) @if !one.area_name.is_empty() { " · " (one.area_name) } @if !one.site.is_empty() { " · " (one.site) } }
                        }
                    }
                    @if !one.about.is_empty() { p.lede { (one.about) } }
                    (facts(one))
                    (hours(&visit, one))
                    @if can_ask {
                        div.row {
                            @if !avoided { a.btn href={"/support/new?with=" (person)} { "Ask " (kit::first(&one.name)) } }
                            form method="post" action={"/practitioners/" (person) "/avoidance"} {
                                (kit::csrf(&visit))
                                @if !avoided { input type="hidden" name="on" value="yes"; }
                                button.btn.quiet type="submit" { @if avoided { "Suggest them to me again" } @else { "I would rather not work with them" } }
                            }
                        }
                        p.small.soft { "You need no reason, none is kept, and nobody is told." }
                    }
                    @if person == visit.visitor.person.id { p { a.btn.ghost href="/practice" { "Change your profile and support hours" } } }
                }
                aside.stack { (kit::who_can_see(&visit, Some(kit::first(&one.name)))) (kit::one_limit(kit::first(&one.name))) }
            }
        },
    ))
}

fn expertise(known: &directory::Expertise) -> Markup {
    html! {
        span.tag.good[known.leads] { @if known.leads { "Leads on " } (known.name) @if known.everywhere { " across the college" } }
    }
}

fn facts(one: &Practitioner) -> Markup {
    html! {
        dl.facts {
            @if !one.teaches.is_empty() { dt { "Teaches" } dd { (one.teaches) } }
            @if !one.expertise.is_empty() {
                dt { "Knows about" }
                dd { span.why { @for known in &one.expertise { (expertise(known)) } } }
            }
            @if !one.specialisms.is_empty() {
                dt { "Subjects and aspects" }
                dd { ul.plain { @for known in &one.specialisms { li { (known.words()) } } } }
            }
            @if !one.nominated.is_empty() {
                dt { "Looks after" }
                dd { (one.nominated.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ")) }
            }
            dt { "Reach them" }
            dd { a href={"mailto:" (one.email)} { (one.email) } @if !one.room.is_empty() { ", room " (one.room) } }
        }
    }
}

fn hours(visit: &Visit, one: &Practitioner) -> Markup {
    let calendar = &visit.desk.frame.calendar;
    let ahead = published(calendar, &one.support_hours, visit.desk.now);
    html! {
        section.stack-s {
            h2 { "Support hours" }
            @if one.support_hours.is_empty() {
                p.soft { "No weekly hours are published. Ask, and they will offer you times." }
            } @else {
                p { (one.support_hours.iter().map(|span| span.from_to()).collect::<Vec<_>>().join(" · ")) }
                @if let Some(next) = ahead.first() { p.soft.small { "The next is on " (domain::period::time_words(calendar.local(next.starts))) "." } }
            }
        }
    }
}

/// `POST /practitioners/{person}/avoidance`.
///
/// # Errors
/// Not found when there is no such practitioner.
pub async fn update_avoidance(Path(person): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let person: PersonId = person.parse().map_err(|_| Problem::NotFound)?;
    let on = sent.fields.ticked("on");
    directory::set_avoided(&sent.visit.desk, sent.visit.visitor.person.id, person, on).await?;
    Ok(on_to(&format!("/practitioners/{person}"), if on { "avoided" } else { "unavoided" }))
}
