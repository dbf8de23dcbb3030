//! What came of a practitioner's time: the own list, one short form, and putting something on the shelf. Rules R-RES-6 to
//! R-RES-9.

use actions::directory::{self, Theme};
use actions::outputs::{self, NewNote, Output, Sharing};
use actions::resources::ShelfEntry;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::hours::{HoursRefused, Purpose};
use domain::ids::{OutputId, ThemeId};
use domain::minutes::Minutes;
use domain::outputs::{OutputKind, OutputRefused};
use domain::people::Role;
use domain::period::day_words;
use domain::resources::{LONGEST_TITLE, Licence, ShelfKind, ShelfText};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::resources::{Typed, field_of, fields};
use crate::visit::{Visit, on_to};

/// `GET /outputs`.
///
/// # Errors
/// Not found for everybody but a practitioner, and whoever was one and has noted some.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let all = outputs::own(&visit.desk, &visit.visitor.person).await?;
    let practitioner = visit.is(Role::Practitioner);
    if all.is_empty() && !practitioner {
        return Err(Problem::NotFound);
    }
    Ok(page(
        &visit,
        ("Outputs", Place::Hours),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "Outputs" }
                        p.lede { "What came of your time besides conversations. Only you see this list; what you put on the shelf is for everybody." }
                        @if practitioner { p { a href="/hours" { "My hours" } } }
                    }
                    @if practitioner { a.btn href="/outputs/new" { "Note an output" } }
                }
                @if all.is_empty() {
                    div.empty { p { "Materials you made, a scheme of work, a demonstration lesson, a professional discussion: note it in a line, and it will be here when you are asked what the time was good for." } a.btn href="/outputs/new" { "Note an output" } }
                } @else { (list(&visit, (&all, practitioner))) }
            }
        },
    ))
}

fn list(visit: &Visit, (all, practitioner): (&[Output], bool)) -> Markup {
    html! {
        table.cards {
            thead { tr { th scope="col" { "Day" } th scope="col" { "What" } th scope="col" { "Title" } th.n scope="col" { "Time" } th scope="col" { span.visually-hidden { "Change" } } } }
            tbody {
                @for one in all {
                    tr {
                        td data-label="Day" { (day_words(one.day)) }
                        td data-label="What" { (one.kind.words()) }
                        td data-label="Title" {
                            (one.title)
                            @if let Some((_, theme)) = &one.theme { span.small.soft { " · " (theme) } }
                            @if let Some((title, address)) = &one.link { br; span.small { "With " a href=(address) target="_blank" rel="noopener noreferrer" { (title) } } }
                            @if one.shared { br; span.badge.good { "On the shelf" } }
                        }
                        td.n data-label="Time" { @if let Some(minutes) = one.minutes { (minutes) } @else { "–" } }
                        td { (doing(visit, (one, practitioner))) }
                    }
                }
            }
        }
    }
}

fn doing(visit: &Visit, (one, practitioner): (&Output, bool)) -> Markup {
    html! {
        div.row {
            @if practitioner {
                @let words = if one.shared { "Change on the shelf" } else { "Share" };
                a.btn.quiet.small href={"/outputs/" (one.id) "/sharing"} aria-label={(words) ": " (one.title)} { (words) }
            }
            @if one.shared {
                form method="post" action={"/outputs/" (one.id) "/sharing/removal"} { (kit::csrf(visit)) button.btn.quiet.small type="submit" aria-label={"Stop sharing " (one.title)} { "Stop sharing" } }
            }
            form method="post" action={"/outputs/" (one.id) "/removal"} { (kit::csrf(visit)) button.btn.quiet.small type="submit" aria-label={"Take back " (one.title)} { "Take back" } }
        }
    }
}

/// `GET /outputs/new`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, (StatusCode::OK, &[], &Fields::default())).await
}

type Kept<'a> = (&'a [(&'a str, String)], &'a Fields);

async fn shown(
    visit: &Visit,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let (themes, shelf) = outputs::form(&visit.desk, &visit.visitor.person).await?;
    let once = if typed.one("once").is_empty() { visit.once() } else { typed.one("once").to_owned() };
    let today = visit.desk.today().to_string();
    let body = html! {
        (kit::errors(wrong))
        form.narrow.stack-l method="post" action="/outputs" novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            div.stack-s { h1 { "Note an output" } p.lede { "What came of your time. Only you see it, until you share it." } }
            (what((wrong, typed)))
            (time((wrong, typed), &today))
            (more((wrong, typed), (&themes, &shelf)))
            button.btn.wide type="submit" { "Note it" }
        }
    };
    Ok((status, page(visit, ("Note an output", Place::Hours), &body)).into_response())
}

fn what((wrong, typed): Kept<'_>) -> Markup {
    let chosen = OutputKind::from_code(typed.one("kind"));
    html! {
        fieldset.plain #kind {
            legend.f { "What came of it" }
            (kit::error_at(wrong, "kind"))
            div.chips {
                @for kind in OutputKind::ALL {
                    label.chip { input type="radio" name="kind" value=(kind.code()) checked[chosen == Some(*kind)]; span { (kind.words()) } }
                }
            }
        }
        div.field.bad[kit::is_wrong(wrong, "title")] {
            label.f for="title" { "Title" }
            p.hint #title-hint { "Without names of colleagues or learners. At most " (LONGEST_TITLE) " characters." }
            (kit::error_at(wrong, "title"))
            input #title name="title" autocomplete="off" value=(typed.one("title")) aria-describedby="title-hint";
        }
    }
}

fn time((wrong, typed): Kept<'_>, today: &str) -> Markup {
    let day = if typed.one("day").is_empty() { today } else { typed.one("day") };
    let chosen = Purpose::from_code(typed.one("purpose"));
    html! {
        div.field.bad[kit::is_wrong(wrong, "day")] {
            label.f for="day" { "Day" }
            (kit::error_at(wrong, "day"))
            input #day type="date" name="day" value=(day) max=(today);
        }
        div.field.bad[kit::is_wrong(wrong, "minutes")] {
            label.f for="minutes" { "Minutes " span.soft { "(if you like)" } }
            p.hint #minutes-hint { "They enter your hours once, for the purpose you choose. Leave them out if you have noted them already." }
            (kit::error_at(wrong, "minutes"))
            input #minutes type="number" name="minutes" min="1" max="480" inputmode="numeric" value=(typed.one("minutes")) aria-describedby="minutes-hint";
        }
        div.field.bad[kit::is_wrong(wrong, "purpose")] {
            label.f for="purpose" { "What the minutes were for" }
            (kit::error_at(wrong, "purpose"))
            select #purpose name="purpose" {
                option value="" { "–" }
                @for purpose in Purpose::ALL { option value=(purpose.code()) selected[chosen == Some(*purpose)] { (purpose.words()) } }
            }
        }
    }
}

fn more((_, typed): Kept<'_>, (themes, shelf): (&[Theme], &[ShelfEntry])) -> Markup {
    let (theme, link) = (typed.one("theme"), typed.one("link"));
    html! {
        details.more open[!theme.is_empty() || !link.is_empty()] {
            summary { "A theme, something on the shelf" }
            div.stack {
                div.field {
                    label.f for="theme" { "Theme" }
                    select #theme name="theme" {
                        option value="" { "–" }
                        @for one in themes { option value=(one.id) selected[theme == one.id.to_string()] { (one.name) } }
                    }
                }
                @if !shelf.is_empty() {
                    div.field {
                        label.f for="link" { "Goes with, on the shelf" }
                        select #link name="link" {
                            option value="" { "–" }
                            @for one in shelf { option value=(one.id) selected[link == one.id.to_string()] { (one.title) } }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /outputs`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, typed) = (&sent.visit, &sent.fields);
    let minutes = typed.one("minutes");
    let new = NewNote {
        kind: OutputKind::from_code(typed.one("kind")),
        title: typed.one("title").to_owned(),
        day: match typed.one("day") {
            "" => visit.desk.today(),
            day => day.parse().unwrap_or(jiff::civil::Date::MIN),
        },
        theme: typed.read("theme"),
        link: typed.read("link"),
        time: (!minutes.is_empty())
            .then(|| (Minutes(minutes.parse().unwrap_or(0)), Purpose::from_code(typed.one("purpose")))),
        once: typed.one("once").to_owned(),
    };
    match outputs::note(&visit.desk, visit.visitor.person.id, new).await {
        Ok(output) => Ok(on_to("/outputs", &format!("output-noted:{output}"))),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = match &refused {
                OutputRefused::NoKind => "kind",
                OutputRefused::NoPurpose => "purpose",
                OutputRefused::Resource(refused) => field_of(refused),
                OutputRefused::Hours(HoursRefused::Day) => "day",
                OutputRefused::Hours(_) => "minutes",
            };
            shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, &[(field, refused.to_string())], typed)).await
        }
    }
}

fn output_id(text: &str) -> Result<OutputId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `POST /outputs/{output}/removal`.
///
/// # Errors
/// Not found for everybody but its owner.
pub async fn destroy(Path(output): Path<String>, sent: Sent) -> Result<Response, Problem> {
    outputs::remove(&sent.visit.desk, sent.visit.visitor.person.id, output_id(&output)?).await?;
    let practitioner = sent.visit.is(Role::Practitioner);
    Ok(on_to(if practitioner { "/outputs" } else { "/account/data" }, "removed"))
}

/// `GET /outputs/{output}/sharing`.
///
/// # Errors
/// Not found for everybody but its owner.
pub async fn edit_sharing(visit: Visit, Path(output): Path<String>) -> Result<Response, Problem> {
    sharing(&visit, output_id(&output)?, (StatusCode::OK, &[], None)).await
}

async fn sharing(
    visit: &Visit,
    id: OutputId,
    (status, wrong, typed): (StatusCode, &[(&str, String)], Option<&Fields>),
) -> Result<Response, Problem> {
    let who = &visit.visitor.person;
    let (output, shared) = outputs::to_share(&visit.desk, who, id).await?;
    let themes = directory::themes(&visit.desk, who).await?;
    let stands = match (typed, &shared) {
        (Some(typed), _) => Typed::of(typed),
        (None, Some(shared)) => Typed::from(shared),
        (None, None) => Typed { text: first(&output) },
    };
    let licence = match typed {
        Some(typed) => Licence::from_code(typed.one("licence")),
        None => shared.as_ref().and_then(|one| one.licence),
    };
    let named = typed.map_or(shared.as_ref().is_some_and(|one| one.by.is_some()), |typed| typed.ticked("named"));
    let body = html! {
        (kit::errors(wrong))
        form.narrow.stack-l method="post" action={"/outputs/" (output.id) "/sharing"} novalidate {
            (kit::csrf(visit))
            div.stack-s {
                h1 { "Share: " (output.title) }
                p.lede { "It goes on the shelf, where everybody at the college reads it. Put the file where colleagues can open it, and give its address here." }
            }
            (fields(wrong, &stands, &themes))
            (licences((wrong, licence, named), visit))
            button.btn type="submit" { @if shared.is_some() { "Save" } @else { "Put it on the shelf" } }
        }
    };
    Ok((status, page(visit, ("Share an output", Place::Hours), &body)).into_response())
}

/// What stands in the form of something that was not shared yet.
fn first(output: &Output) -> ShelfText {
    let themes: Vec<ThemeId> = output.theme.iter().map(|(id, _)| *id).collect();
    let (says, address) = (String::new(), String::new());
    ShelfText { title: output.title.clone(), says, kind: Some(ShelfKind::Example), themes, address }
}

fn licences((wrong, chosen, named): (&[(&str, String)], Option<Licence>, bool), visit: &Visit) -> Markup {
    html! {
        fieldset.plain #licence {
            legend.f { "What others may do with it" }
            (kit::error_at(wrong, "licence"))
            div.stack-s {
                @for licence in Licence::ALL {
                    div {
                        label.chip { input type="radio" name="licence" value=(licence.code()) checked[chosen == Some(*licence)]; span { (licence.words()) } }
                        " " span.small.soft { (licence.meaning()) }
                    }
                }
            }
        }
        fieldset.plain {
            legend.f { "Your name" }
            label.chip { input type="checkbox" name="named" value="1" checked[named]; span { "Say that " (visit.visitor.session.name) " made it" } }
        }
    }
}

/// `POST /outputs/{output}/sharing`.
///
/// # Errors
/// Not found for everybody but its owner.
pub async fn update_sharing(Path(output): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, typed, id) = (&sent.visit, &sent.fields, output_id(&output)?);
    let how = Sharing {
        text: Typed::of(typed).text,
        licence: Licence::from_code(typed.one("licence")),
        named: typed.ticked("named"),
    };
    match outputs::share(&visit.desk, visit.visitor.person.id, id, how).await {
        Ok(()) => Ok(on_to("/outputs", "shelved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field_of(&refused), refused.to_string())];
            sharing(visit, id, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, Some(typed))).await
        }
    }
}

/// `POST /outputs/{output}/sharing/removal`.
///
/// # Errors
/// Not found for everybody but its owner.
pub async fn destroy_sharing(Path(output): Path<String>, sent: Sent) -> Result<Response, Problem> {
    outputs::stop_sharing(&sent.visit.desk, sent.visit.visitor.person.id, output_id(&output)?).await?;
    Ok(on_to("/outputs", "unshared"))
}
