//! Cover: who takes a practitioner's class while they are away from it for the role, and what that costs.

use actions::cover::{self, Cover, Covered, NewCover};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::cover::{Arrangement, CoverRefused, LONGEST_NOTE, Training, Typed as TypedAway};
use domain::ids::{CoverId, PersonId};
use domain::people::Role;
use domain::weekly::Weekday;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::visit::{Visit, on_to};

/// `GET /programme/cover`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let all = cover::all(&visit.desk, &visit.visitor.person).await?;
    let without: Vec<&str> =
        all.iter().filter(|one| one.remitted.0 > 0 && one.covers.is_empty()).map(|one| one.name.as_str()).collect();
    let arranged = all.iter().any(|one| !one.covers.is_empty());
    let title = &visit.desk.frame.programme.title;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/programme" { "Programme" } " · " a href="/programme/planner" { "The planner" } }
                h1 { "Cover" }
                p.lede { "Who takes the class while a " (title.one) " is away from it for the role." }
                @if arranged { p { a href="/programme/cover/costs" { "What it costs" } } }
            }
            @if !without.is_empty() { div.note { p { strong { "Nothing is arranged for " (without.join(", ")) "." } " Enter it below; if there is no class to take then, choose “No cover needed”." } } }
            @for one in all.iter().filter(|one| !one.covers.is_empty()) {
                section.card.stack-s { h2 { (one.name) } (list(visit, &one.covers)) }
            }
            (form(visit, Some(&all), typed))
        }
    };
    Ok((status, page(visit, ("Cover", Place::Programme), &body)).into_response())
}

/// The arrangements for one person's class, each with a way to take it off.
pub fn list(visit: &Visit, covers: &[Cover]) -> Markup {
    html! {
        table.cards {
            thead { tr { th scope="col" { "Away" } th scope="col" { "Who takes the class" } th scope="col" { "About the arrangement" } th scope="col" { span.visually-hidden { "Change" } } } }
            tbody {
                @for cover in covers {
                    tr {
                        td data-label="Away" { (cover.away) }
                        td data-label="Who" { (cover.arrangement.words()) @if let Some(training) = cover.training { br; span.small.soft { (training.words()) } } }
                        td data-label="About it" { @if cover.note.is_empty() { "–" } @else { (cover.note) } }
                        td { form method="post" action={"/cover/" (cover.id) "/removal"} { (kit::csrf(visit)) button.btn.quiet.small type="submit" aria-label={"Take off " (cover.away)} { "Take off" } } }
                    }
                }
            }
        }
    }
}

/// The form of an arrangement: for anybody of `all`, or for oneself.
pub fn form(visit: &Visit, all: Option<&[Covered]>, typed: Typed<'_>) -> Markup {
    let pair = |code: &str, words: &str| (code.to_owned(), words.to_owned());
    let mut weekdays = vec![pair("", "not weekly")];
    weekdays.extend(Weekday::ALL.iter().take(5).map(|day| (day.short().to_owned(), format!("every {}", day.words()))));
    let mut kinds = vec![pair("", "choose")];
    kinds.extend(Arrangement::ALL.iter().map(|one| pair(one.code(), one.words())));
    let training: Vec<_> = Training::ALL.iter().map(|one| pair(one.code(), one.words())).collect();
    let once = if typed.form == "cover" { typed.fields.one("once").to_owned() } else { visit.once() };
    html! {
        form.card.stack #cover method="post" action=(if all.is_some() { "/programme/cover" } else { "/hours/cover" }) novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            h2 { "Arrange cover" }
            @if let Some(all) = all {
                @let people: Vec<_> = all.iter().map(|one| (one.person.to_string(), one.name.clone())).collect();
                (typed.select("cover", ("of", "Whose class"), (&people, "")))
            }
            fieldset.plain.stack-s {
                legend.f { "When they are away" }
                div.row {
                    (typed.select("cover", ("weekday", "Each week"), (&weekdays, "")))
                    (typed.input("cover", ("day", "Or on one day", ""), ("date", "")))
                }
                div.row {
                    (typed.input("cover", ("starts", "From", ""), ("time", "")))
                    (typed.input("cover", ("ends", "Until", ""), ("time", "")))
                }
            }
            (typed.select("cover", ("arrangement", "Who takes the class"), (&kinds, "")))
            (typed.select("cover", ("training", "For a part-time post: is its teacher trained on the protected day of the first term?"), (&training, "not-yet")))
            div.field.bad[kit::is_wrong(typed.wrong, "note")] {
                label.f for="note" { "About the arrangement " span.soft { "(if you like)" } }
                p.hint #note-hint { "Who hands over, where the plan lies. About the arrangement, never about a learner or a colleague. At most " (LONGEST_NOTE) " characters." }
                (kit::error_at(typed.wrong, "note"))
                textarea #note name="note" rows="2" maxlength=(LONGEST_NOTE) aria-describedby="note-hint" { (typed.kept("cover", "note", "")) }
            }
            button.btn type="submit" { "Add it to the list" }
        }
    }
}

/// A time of day as a form gives it, in minutes.
fn minute(text: &str) -> Option<u16> {
    let time: jiff::civil::Time = text.parse().ok()?;
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
}

/// What a form says of an arrangement.
pub fn read(fields: &Fields) -> NewCover {
    NewCover {
        away: TypedAway {
            weekday: Weekday::ALL.into_iter().find(|day| day.short() == fields.one("weekday")),
            day: fields.read("day"),
            starts: minute(fields.one("starts")),
            ends: minute(fields.one("ends")),
        },
        arrangement: Arrangement::from_code(fields.one("arrangement")),
        note: fields.one("note").to_owned(),
        training: Training::from_code(fields.one("training")),
        once: fields.one("once").to_owned(),
    }
}

/// At which field a refusal belongs.
pub const fn field(refused: &CoverRefused) -> &'static str {
    match refused {
        CoverRefused::When | CoverRefused::Both => "weekday",
        CoverRefused::NoTeaching => "day",
        CoverRefused::Times => "starts",
        CoverRefused::NoArrangement => "arrangement",
        CoverRefused::LongNote(_) => "note",
        CoverRefused::NotAPractitioner => "of",
        CoverRefused::Cost => "costs",
    }
}

/// `POST /programme/cover`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    // Whoever may not see the list learns nothing of who is on it.
    let all = cover::all(&sent.visit.desk, &sent.visit.visitor.person).await?;
    let chosen = sent.fields.read::<PersonId>("of").filter(|of| all.iter().any(|one| one.person == *of));
    let new = read(&sent.fields);
    let result = match chosen {
        Some(of) => cover::arrange(&sent.visit.desk, sent.visit.visitor.person.id, (of, &new)).await,
        None => Err(actions::Stop::Refused(CoverRefused::NotAPractitioner)),
    };
    match result {
        Ok(_) => Ok(on_to("/programme/cover", "covered")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(&refused), refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "cover", fields: &sent.fields };
            shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

/// `POST /cover/{cover}/removal`.
///
/// # Errors
/// Not found for everybody but a programme lead and whose class it is.
pub async fn destroy(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let which: CoverId = which.parse().map_err(|_| Problem::NotFound)?;
    cover::end(&sent.visit.desk, sent.visit.visitor.person.id, which).await?;
    let lead = sent.visit.is(Role::ProgrammeLead);
    Ok(on_to(if lead { "/programme/cover" } else { "/hours/time" }, "removed"))
}
