//! Busy times for the calendar a person keeps elsewhere: switching the feed on, renewing it, switching it off, choosing
//! invitations by mail; and the feed itself, which a calendar program reads without signing in. Rules R-CAL-1 to R-CAL-8.

use actions::calendar::{self, Own};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::period::time_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// `GET /account/calendar`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    view(&visit, None, &[]).await
}

/// `POST /account/calendar`: the page with the address, this once.
///
/// # Errors
/// A fault.
pub async fn create(State(app): State<App>, sent: Sent) -> Result<Markup, Problem> {
    let token = calendar::open(&sent.visit.desk, &sent.visit.visitor).await?;
    let address = format!("{}/calendar/{token}.ics", app.0.post.address());
    view(&sent.visit, Some(&address), &[]).await
}

/// `POST /account/calendar/removal`.
///
/// # Errors
/// A fault.
pub async fn destroy(sent: Sent) -> Result<Response, Problem> {
    calendar::close(&sent.visit.desk, &sent.visit.visitor).await?;
    Ok(on_to("/account/calendar", "feed-off"))
}

/// `POST /account/calendar/invitations`.
///
/// # Errors
/// A fault.
pub async fn update_invitations(sent: Sent) -> Result<Response, Problem> {
    let by_mail = match sent.fields.one("invitations") {
        "mail" => true,
        "none" => false,
        _ => {
            let wrong = [("invitations", "Choose whether times come by mail.".to_owned())];
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&sent.visit, None, &wrong).await?).into_response());
        }
    };
    calendar::choose(&sent.visit.desk, &sent.visit.visitor, by_mail).await?;
    Ok(on_to("/account/calendar", "saved"))
}

/// `GET /calendar/{token}.ics`: whoever has the address reads busy times; any other address is one at which there is nothing.
///
/// # Errors
/// Not found for an address that is none or was one, or whose owner's account is off.
pub async fn feed(State(app): State<App>, Path(file): Path<String>) -> Result<Response, Problem> {
    let token = file.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let text = calendar::read(&app.desk(), token).await?;
    let kind = (CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    Ok(([kind, (CACHE_CONTROL, HeaderValue::from_static("private, no-store"))], text).into_response())
}

async fn view(visit: &Visit, address: Option<&str>, wrong: &[(&str, String)]) -> Result<Markup, Problem> {
    let own = calendar::own(&visit.desk, &visit.visitor.person).await?;
    Ok(page(
        visit,
        ("Your own calendar", Place::Account),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Your own calendar" }
                    p.lede { "Your booked times, shown as “Busy” in the calendar you use every day. Nothing else goes there: no name, no topic, no place, no reminder." }
                    p { a href="/account" { "Your account" } }
                }
                @if let Some(address) = address { (made(address)) }
                (the_feed(visit, own, address.is_some()))
                (invitations(visit, own, wrong))
                (who_sees())
            }
        },
    ))
}

/// The address, shown once, and where to put it.
fn made(address: &str) -> Markup {
    html! {
        section.card.stack aria-labelledby="made" {
            h2 #made { "Copy this address now" }
            p { "It is shown this once. Whoever has it sees when you are busy, so keep it to yourself; if it gets about, make a new one." }
            div.field {
                label.f for="address" { "Address of your feed" }
                input #address type="text" readonly autofocus value=(address) autocomplete="off" spellcheck="false";
            }
            p { strong { "Then put it where you keep your calendar:" } }
            ul {
                li { "Outlook: Add calendar, Subscribe from web." }
                li { "Google Calendar on a computer: Other calendars, plus sign, From URL." }
                li { "Apple: Calendar, File, New Calendar Subscription; on a phone, Settings, Calendar, Accounts, Add Subscribed Calendar." }
            }
            p.soft { "How soon a new time shows is up to that calendar: Apple looks about every hour, Outlook every few hours, Google up to once a day." }
        }
    }
}

fn the_feed(visit: &Visit, own: Own, fresh: bool) -> Markup {
    let since = own.since.map(|at| time_words(visit.desk.frame.calendar.local(at)));
    html! {
        section.card.stack aria-labelledby="feed" {
            h2 #feed { "A feed your calendar reads" }
            @if let Some(since) = since {
                p { span.tag.good { "On" } " since " (since) ". It goes from four weeks back to as far ahead as times can be agreed." }
                @if !fresh { p.soft { "Its address is not kept here and cannot be shown again." } }
                div.row {
                    form method="post" action="/account/calendar" {
                        (kit::csrf(visit))
                        button.btn.ghost type="submit" { "Make a new address" }
                    }
                    form method="post" action="/account/calendar/removal" {
                        (kit::csrf(visit))
                        button.btn.quiet type="submit" { "Switch off" }
                    }
                }
                p.soft.small { "With a new address, or switched off, the old one shows nothing from that moment. Calendars that read it keep what they read last until you remove it there." }
            } @else {
                p.soft { "You get a private address to put into your calendar, which then looks there by itself. You can make a new address or switch it off at any time." }
                form method="post" action="/account/calendar" {
                    (kit::csrf(visit))
                    button.btn type="submit" { "Switch on" }
                }
            }
        }
    }
}

fn invitations(visit: &Visit, own: Own, wrong: &[(&str, String)]) -> Markup {
    let choices = [
        ("none", "No", "This is what counts unless you choose otherwise."),
        (
            "mail",
            "By mail",
            "For each time that is agreed from now on, a mail to you alone, with a part that your mail program puts into your calendar. When the time moves or is called off, another mail sets that right.",
        ),
    ];
    html! {
        form.card.stack method="post" action="/account/calendar/invitations" {
            (kit::csrf(visit))
            h2 { "Invitations by mail" }
            fieldset.plain.stack-s #invitations {
                legend.f { "Should times come by mail?" }
                (kit::error_at(wrong, "invitations"))
                @for (value, title, about) in choices {
                    label.check {
                        input type="radio" name="invitations" value=(value) checked[own.by_mail == (value == "mail")];
                        span { strong { (title) } br; span.soft.small { (about) } }
                    }
                }
            }
            p.soft.small { "If you choose “No” later, what your calendar has stays there, and is still taken out when that time is called off." }
            button.btn.ghost type="submit" { "Save" }
        }
    }
}

/// What a calendar and a mail system learn (R-CAL-8).
fn who_sees() -> Markup {
    html! {
        section.card.stack aria-labelledby="learns" {
            h2 #learns { "Who learns what" }
            ul {
                li { "Whoever may look into your calendar, and whoever runs it, sees when you are busy. Your times of teaching are not in it, so these are the times that come from here." }
                li { "With invitations, whoever runs your college’s mail can read those times as well. If the colleague you meet has chosen the same, two people with the same times stand out." }
                li { "Neither says with whom, about what or where. Nobody in Alongside is told what you have chosen." }
            }
            p.soft { "If even your times should be nobody’s business, leave both off: your times always stand in Alongside itself." }
        }
    }
}
