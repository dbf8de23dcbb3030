//! Everything that the program keeps about whoever asks, to take away (R-ACC-13). The browser opens what is sealed and puts it
//! beside the rest; the server only hands out what it has.

use actions::accounts;
use actions::disclosures::{self, Eye};
use actions::required::{self, Common};
use actions::safeguarding::Reason;
use actions::{
    Stop, calendar, cover, directory, duties, hours, inductions, keys, looked, outputs, pattern, role_targets, support,
    survey, testimony, threads, training_people, training_said, trainings,
};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::ids::TrainingId;
use domain::people::Role;
use domain::required::Seat;
use domain::support::Party;
use jiff::Timestamp;
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
                    p.lede { "Your account, whom you work with and when, your hours and outputs, who looked, what stands about you in the list of staff, and everything that was said, in two files: one to read, one for a program. What is sealed is opened in your browser and goes nowhere else." }
                    p { a href="/account" { "Your account" } }
                }
                section.stack #export aria-label="Take everything with you" { div #export-body {} }
                (needs_script())
                section.card.stack {
                    h2 { "Without what is sealed" }
                    p.soft { "What the server itself knows: your account, whom you work with and when, your hours and outputs, who looked, what stands about you in the list of staff. As a file for a program." }
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
    let busy = calendar::own(desk, who).await?;
    let busy = json!({ "feed since": busy.since.map(|at| at.to_string()), "invitations by mail": busy.by_mail });
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
        "account": { "mail": own.rhythm.code(), "sessions": sessions, "lately": lines, "ways to unlock": slots, "own calendar": busy },
        "support": threads,
        "required": required_of(&visit).await?,
        "hours": hours_of(&visit).await?,
        "outputs": outputs_of(&visit).await?,
        "sessions": sessions_of(&visit).await?,
        "rather not with": avoided,
        "inductions": inductions_of(&visit).await?,
        "survey": survey_of(&visit).await?,
        "testimony": testimony_of(&visit).await?,
        "who looked": looks,
        "passed on": passed_on,
        "threads": sealed,
        "disclosures": disclosures,
    });
    Ok(Json(data).into_response())
}

/// Whether a ticket was taken for the survey that is open: nothing else of a survey is about anybody (R-SUR-12).
async fn survey_of(visit: &Visit) -> Result<Value, Problem> {
    match survey::to_take(&visit.desk, &visit.visitor.person).await {
        Ok((Some(open), taken)) => Ok(json!({ "until": open.survey.last.to_string(), "ticket taken": taken })),
        Ok((None, _)) | Err(Stop::Denied) => Ok(Value::Null),
        Err(stop) => Err(stop.into()),
    }
}

/// What one has written for leaders, with how far it may go (R-TST-6).
async fn testimony_of(visit: &Visit) -> Result<Value, Problem> {
    let own = testimony::own(&visit.desk, &visit.visitor.person).await?;
    let told = own.written.map(|one| json!({ "what": one.kind.words(), "text": one.text, "may go to": one.reach.words(), "agreed": one.given.to_string(), "until": one.lapses().to_string() }));
    Ok(told.unwrap_or(Value::Null))
}

/// Every thread of one's own as the server knows it, and the list of those whose words the browser opens.
async fn threads_of(visit: &Visit) -> Result<(Vec<Value>, Vec<Value>), Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let (mut known, mut sealed) = (Vec::new(), Vec::new());
    let ideas = support::began(desk, who).await?;
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
            "thread": id.to_string(), "with": with, "you": if teacher { "asked" } else { "were asked" }, "required": thread.track.map(|track| track.to_string()),
            "stage": thread.stage.words(), "asked": day(thread.asked), "ended": thread.ended.map(day),
            "themes": thread.themes.iter().map(|(_, name)| name).collect::<Vec<_>>(),
            "why": thread.why.map(|why| why.words()), "meetings": meetings,
            "whose idea": ideas.iter().find(|(of, _)| *of == id).map(|(_, began)| began.words()),
        }));
        sealed.push(json!({
            "thread": id.to_string(), "with": with, "from": day(thread.asked), "to": thread.ended.map(day),
            "title": format!("You and {with}"),
        }));
    }
    Ok((known, sealed))
}

/// Required support: what one reads of it as one of the three (R-REQ-4).
async fn required_of(visit: &Visit) -> Result<Vec<Value>, Problem> {
    let (two, reports) = required::taken_along(&visit.desk, &visit.visitor.person).await?;
    let day = |at| visit.desk.frame.calendar.day(at).to_string();
    let all = |common: &Common| {
        let scopes: Vec<Value> = common
            .scopes
            .iter()
            .map(|one| json!({ "version": one.number, "day": one.day.to_string(), "meetings": one.plan.meetings, "minutes": one.plan.length.0, "scope": one.text }))
            .collect();
        let meetings: Vec<Value> =
            common.meetings.iter().map(|(at, held)| json!({ "day": day(*at), "took place": held })).collect();
        let questioned: Vec<Value> = common
            .challenges
            .iter()
            .map(|one| json!({ "what": one.what.words(), "day": one.raised.to_string(), "answer": one.answered.map(|(answer, _)| answer.words()) }))
            .collect();
        json!({
            "track": common.id.to_string(), "teacher": common.teacher.name, "required by": common.required_by,
            "with": common.practitioner.as_ref().map(|one| one.name.clone()), "reason": common.reason.words(),
            "themes": common.themes.iter().map(|(_, name)| name).collect::<Vec<_>>(), "began": day(common.began),
            "ended": common.ended.map(|(at, _)| day(at)), "scopes": scopes, "meetings": meetings, "questioned": questioned,
            "statement": common.statement.as_ref().map(|(on, text)| json!({ "day": on.to_string(), "text": text })),
        })
    };
    let mut known: Vec<Value> = Vec::new();
    for one in &two {
        let said = |seat| one.track.signals.of(seat).map(|on| on.to_string());
        let [teacher, practitioner, manager] = Seat::ALL.map(said);
        let mut value = all(&one.track.common);
        value["said"] = json!({ "teacher": teacher, "practitioner": practitioner, "line manager": manager });
        known.push(value);
    }
    for one in &reports {
        let mut value = all(&one.common);
        value["said"] = json!({ "line manager": one.satisfied.map(|on| on.to_string()) });
        known.push(value);
    }
    Ok(known)
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

/// One's own induction with its steps, and those one accompanied.
async fn inductions_of(visit: &Visit) -> Result<Vec<Value>, Problem> {
    let all = inductions::every(&visit.desk, &visit.visitor.person).await?;
    let name = |named: &Option<inductions::Named>| named.as_ref().map(|(_, name)| name.clone());
    let line = |(one, steps): &(inductions::Induction, Vec<inductions::Taken>)| {
        let steps: Vec<Value> = steps
            .iter()
            .map(|(_, step, done)| json!({ "week": step.week, "what": step.title, "for": step.purpose, "done": done.map(|day| day.to_string()) }))
            .collect();
        json!({
            "of": one.newcomer.1, "kind": one.kind.words(), "starts": one.starts.to_string(), "ended": one.ended.map(|day| day.to_string()),
            "mentor": name(&one.mentor), "buddy": name(&one.buddy), "steps": steps,
        })
    };
    Ok(all.iter().map(line).collect())
}

/// The sessions one runs or has signed up for, whether one came (R-SES-8), and whether one has said what it was like: what one said,
/// nobody knows (R-SES-20).
async fn sessions_of(visit: &Visit) -> Result<Vec<Value>, Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let came = training_people::own(desk, who).await?;
    let said = training_said::own(desk, who).await?;
    let has_said = |id: &TrainingId| said.get(id).is_some_and(|own| own.said);
    let all = training_people::busy(desk, who, (Timestamp::MIN, Timestamp::MAX)).await?;
    let line = |one: &training_people::Busy| {
        json!({
            "title": one.title, "starts": one.slot.starts.to_string(), "minutes": one.slot.length.0, "place": one.place,
            "you": if one.runs { "run it" } else { "signed up" }, "came": came.get(&one.id),
            "said what it was like": has_said(&one.id),
        })
    };
    let mut lines: Vec<Value> = all.iter().map(line).collect();
    // Whoever took themselves out afterwards has still said it.
    for id in said.keys().filter(|id| has_said(id) && !all.iter().any(|one| one.id == **id)) {
        let seen = trainings::see(desk, who, *id).await?.training;
        lines.push(json!({
            "title": seen.planned.title, "starts": seen.planned.slot.starts.to_string(), "you": "took yourself out",
            "said what it was like": true,
        }));
    }
    Ok(lines)
}

/// One's own record of hours of all years, what was noted beside it, and conversations that others noted with one's name.
async fn hours_of(visit: &Visit) -> Result<Value, Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let line = |entry: &hours::Entry| {
        json!({
            "day": entry.day.to_string(), "minutes": entry.minutes.0, "with": entry.with, "themes": entry.themes,
            "for": entry.purposes.iter().map(|one| one.words()).collect::<Vec<_>>(),
        })
    };
    let own: Vec<Value> = hours::every(desk, who).await?.iter().map(line).collect();
    let named: Vec<Value> = support::own(desk, who).await?.named.iter().map(line).collect();
    let duties: Vec<Value> = duties::every(desk, who)
        .await?
        .iter()
        .map(|one| {
            json!({
                "day": one.day.to_string(), "what": one.kind.words(), "minutes": one.took.map(|took| took.0),
                "raised": one.raised, "answer": one.answer.map(|answer| answer.words()),
            })
        })
        .collect();
    let targets: Vec<Value> = role_targets::every(desk, who)
        .await?
        .iter()
        .map(|one| {
            json!({
                "what": one.text, "until": one.until.to_string(), "agreed": one.agreed.map(|day| day.to_string()),
                "over": one.ended.map(|day| day.to_string()),
            })
        })
        .collect();
    let (cover, balance) = time_of(visit).await?;
    Ok(json!({
        "own": own, "noted with you": named, "outside the role": duties, "role targets": targets,
        "who takes your class": cover, "balance that does not suit": balance,
    }))
}

/// What is arranged for one's own class, and what one told the lead of the balance of one's time, as a practitioner.
async fn time_of(visit: &Visit) -> Result<(Vec<Value>, Option<Value>), Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    if !visit.is(Role::Practitioner) {
        return Ok((Vec::new(), None));
    }
    let line = |one: &cover::Cover| json!({ "when": one.away.to_string(), "who": one.arrangement.words(), "about it": one.note });
    let covers = cover::own(desk, who).await?.iter().map(line).collect();
    let said = pattern::own(desk, who).await?.balance;
    Ok((covers, said.map(|one| json!({ "day": one.day.to_string(), "sentence": one.sentence }))))
}

/// One's own outputs of all years.
async fn outputs_of(visit: &Visit) -> Result<Vec<Value>, Problem> {
    let all = outputs::own(&visit.desk, &visit.visitor.person).await?;
    let line = |one: &outputs::Output| {
        json!({
            "day": one.day.to_string(), "kind": one.kind.words(), "title": one.title,
            "theme": one.theme.as_ref().map(|(_, name)| name), "link": one.link.as_ref().map(|(_, address)| address),
            "minutes": one.minutes.map(|minutes| minutes.0), "on the shelf": one.shared,
        })
    };
    Ok(all.iter().map(line).collect())
}
