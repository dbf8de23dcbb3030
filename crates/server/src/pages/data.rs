//! Everything that the program keeps about whoever asks, to take away (R-ACC-13). The browser opens what is sealed and puts it
//! beside the rest; the server only hands out what it has.

use actions::accounts;
use actions::disclosures::{self, Eye};
use actions::safeguarding::Reason;
use actions::{directory, hours, keys, looked, support, threads};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::people::Role;
use domain::support::Party;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::error::Problem;
use crate::pages::keys::{needs_script, script};
use crate::pages::layout::{Place, page};
use crate::visit::Visit;

/// `GET /account/data`.
///
/// # Errors
/// Not found when nobody is signed in.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    Ok(page(
        &visit,
        ("Take everything with you", Place::Account),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Take everything with you" }
                    p.lede { "Your account, whom you work with and when, your hours, who looked, what stands about you in the list of staff, and everything that was said, in two files: one to read, one for a program. What is sealed is opened in your browser and goes nowhere else." }
                    p { a href="/account" { "Your account" } }
                }
                section.stack #export aria-label="Take everything with you" { div #export-body {} }
                (needs_script())
                section.card.stack {
                    h2 { "Without what is sealed" }
                    p.soft { "What the server itself knows: your account, whom you work with and when, your hours, who looked, what stands about you in the list of staff. As a file for a program." }
                    p { a.btn.ghost href="/account/data.json" download="alongside.json" { "Save that alone" } }
                }
            }
            (script())
        },
    ))
}

/// `GET /account/data.json`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let session = &visit.visitor.session;
    let own = accounts::overview(desk, &visit.visitor).await?;
    let lines: Vec<Value> =
        own.lines.iter().map(|(at, line)| json!({ "at": at.to_string(), "what": format!("{line:?}") })).collect();
    let sessions: Vec<Value> = own
        .sessions
        .iter()
        .map(|one| json!({ "device": one.device, "began": one.began.to_string(), "seen": one.seen.to_string() }))
        .collect();
    let looks: Vec<Value> = looked::mine(desk, who)
        .await?
        .into_iter()
        .map(|look| json!({ "day": look.day.to_string(), "who": look.who, "at": look.at.code() }))
        .collect();
    let names = directory::see(desk, who).await?;
    let avoided: Vec<String> = directory::avoided(desk, who)
        .await?
        .iter()
        .filter_map(|id| names.iter().find(|one| one.id == *id).map(|one| one.name.clone()))
        .collect();
    let slots: Vec<String> = keys::see(desk, who.id)
        .await?
        .map(|own| own.slots.into_iter().map(|(name, _)| name).collect())
        .unwrap_or_default();
    let (threads, sealed) = threads_of(&visit).await?;
    let (passed_on, disclosures) = passed_on(&visit).await?;
    let entry = accounts::own_entry(desk, who).await?;
    let history: Vec<Value> = entry
        .history
        .iter()
        .map(|(what, from, to)| json!({ "what": what, "from": from.to_string(), "until": to.map(|day| day.to_string()) }))
        .collect();
    let teaching: Vec<Value> =
        entry.teaching.iter().map(|(span, label)| json!({ "when": span.from_to(), "what": label })).collect();
    let data = json!({
        "person": {
            "id": who.id.to_string(), "name": session.name, "job": session.job,
            "roles": who.roles.iter().map(Role::words).collect::<Vec<_>>(),
            "address": entry.email, "staff number": entry.number, "history": history, "timetable": teaching,
        },
        "account": { "mail": own.rhythm.code(), "sessions": sessions, "lately": lines, "ways to unlock": slots },
        "support": threads,
        "hours": hours_of(&visit).await?,
        "rather not with": avoided,
        "who looked": looks,
        "passed on": passed_on,
        "threads": sealed,
        "disclosures": disclosures,
    });
    Ok(Json(data).into_response())
}

/// Every thread of one's own as the server knows it, and the list of those whose words the browser opens.
async fn threads_of(visit: &Visit) -> Result<(Vec<Value>, Vec<Value>), Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let (mut known, mut sealed) = (Vec::new(), Vec::new());
    for id in support::every_thread(desk, who).await? {
        // One that the gate keeps closed as things stand is left out, as it is everywhere else.
        let Ok(seen) = threads::see(desk, who, id).await else { continue };
        let thread = &seen.thread;
        let teacher = seen.party == Party::Teacher;
        let with = if teacher { &thread.practitioner.name } else { &thread.teacher.name };
        let day = |at| desk.frame.calendar.day(at).to_string();
        let meetings: Vec<Value> = thread
            .meetings
            .iter()
            .map(|one| json!({ "starts": one.slot.starts.to_string(), "minutes": one.slot.length.0, "state": one.state.words(), "what": one.form.words() }))
            .collect();
        known.push(json!({
            "thread": id.to_string(), "with": with, "you": if teacher { "asked" } else { "were asked" },
            "stage": thread.stage.words(), "asked": day(thread.asked), "ended": thread.ended.map(day),
            "themes": thread.themes.iter().map(|(_, name)| name).collect::<Vec<_>>(),
            "why": thread.why.map(|why| why.words()), "meetings": meetings,
        }));
        sealed.push(json!({
            "thread": id.to_string(), "with": with, "from": day(thread.asked), "to": thread.ended.map(day),
            "title": format!("You and {with}"),
        }));
    }
    Ok((known, sealed))
}

/// What was passed to the safeguarding leads by or about whoever asks, as far as they may know, and the list of what the browser opens
/// of it.
async fn passed_on(visit: &Visit) -> Result<(Vec<Value>, Vec<Value>), Problem> {
    let desk = &visit.desk;
    let (mut known, mut sealed) = (Vec::new(), Vec::new());
    for seen in disclosures::own(desk, &visit.visitor.person).await? {
        let it = &seen.disclosure;
        let mine = seen.eye == Eye::Discloser;
        let day = desk.frame.calendar.day(it.made).to_string();
        let to: Vec<&str> = it.recipients.iter().map(|one| one.name.as_str()).collect();
        let decided: Vec<Value> = seen
            .decisions
            .iter()
            .map(|one| json!({ "day": one.day.to_string(), "who": one.who.1, "not told because": one.reason.map(Reason::words) }))
            .collect();
        known.push(json!({
            "disclosure": it.id.to_string(), "day": day, "about": it.category.words(), "to": to,
            "by": it.discloser.1, "of": it.subject.1, "told": it.told.map(|day| day.to_string()), "decided": decided,
        }));
        let title = if mine { "You passed this on to the safeguarding leads" } else { "This was passed on about you" };
        sealed.push(json!({ "disclosure": it.id.to_string(), "title": title, "day": day }));
    }
    Ok((known, sealed))
}

/// A practitioner's own record of hours of all years, and conversations that others noted with one's name.
async fn hours_of(visit: &Visit) -> Result<Value, Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let line = |entry: &hours::Entry| {
        json!({
            "day": entry.day.to_string(), "minutes": entry.minutes.0, "with": entry.with, "themes": entry.themes,
            "for": entry.purposes.iter().map(|one| one.words()).collect::<Vec<_>>(),
        })
    };
    let own = if visit.is(Role::Practitioner) { hours::every(desk, who).await? } else { Vec::new() };
    let own: Vec<Value> = own.iter().map(line).collect();
    let named: Vec<Value> = support::own(desk, who).await?.named.iter().map(line).collect();
    Ok(json!({ "own": own, "noted with you": named }))
}
