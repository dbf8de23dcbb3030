//! Planning a session and changing it (R-SES-5, R-SES-6, R-SES-15).

use actions::communities::Grid;
use actions::directory::{Practitioner, Theme};
use actions::trainings;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{AreaId, PersonId, ThemeId, TrainingId};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::support::Slot;
use domain::training::{Format, Part, Planned, TrainingRefused};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::trainings::id;
use crate::visit::{Visit, on_to};

/// `GET /sessions/new`: empty, for an area (`area`), a theme, or like another session (`like`).
///
/// # Errors
/// Not found for everybody but a practitioner and a programme lead.
pub async fn new(visit: Visit, Question(asked): Question) -> Result<Response, Problem> {
    let typed = match asked.read::<TrainingId>("like") {
        Some(like) => {
            let seen = trainings::see(&visit.desk, &visit.visitor.person, like).await?;
            let mut fields = filled(&visit, &seen.training.planned);
            fields.retain(|(name, _)| !["day", "time", "area", "agreed", "place"].contains(&name.as_str()));
            fields.push(("like".to_owned(), like.to_string()));
            Fields::of(fields)
        }
        None => asked,
    };
    shown(&visit, None, (StatusCode::OK, &[], &typed)).await
}

/// A session as its form holds it.
fn filled(visit: &Visit, planned: &Planned) -> Vec<(String, String)> {
    let local = visit.desk.frame.calendar.local(planned.slot.starts);
    let mut fields = vec![
        ("title", planned.title.clone()),
        ("place", planned.place.clone()),
        ("format", planned.format.code().to_owned()),
        ("part", planned.part.code().to_owned()),
        ("day", local.date().to_string()),
        ("time", local.strftime("%H:%M").to_string()),
        ("length", planned.slot.length.0.to_string()),
        ("theme", planned.theme.map(|theme| theme.to_string()).unwrap_or_default()),
        ("room", planned.room_for.map(|room| room.to_string()).unwrap_or_default()),
        ("agreed", if planned.agreed { "yes" } else { "" }.to_owned()),
    ];
    fields.extend(planned.areas.iter().map(|area| ("area", area.to_string())));
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `GET /sessions/{training}/edit`.
///
/// # Errors
/// Not found for everybody but whoever runs it and a programme lead.
pub async fn edit(visit: Visit, Path(training): Path<String>) -> Result<Response, Problem> {
    let training = id(&training)?;
    let seen = trainings::see(&visit.desk, &visit.visitor.person, training).await?;
    if !seen.may_change {
        return Err(Problem::NotFound);
    }
    let typed = Fields::of(filled(&visit, &seen.training.planned));
    shown(&visit, Some((training, seen.training.version)), (StatusCode::OK, &[], &typed)).await
}

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)], &'a Fields);

async fn shown(
    visit: &Visit,
    which: Option<(TrainingId, i64)>,
    (status, wrong, typed): Wrong<'_>,
) -> Result<Response, Problem> {
    if !visit.is(Role::Practitioner) && !visit.is(Role::ProgrammeLead) {
        return Err(Problem::NotFound);
    }
    let grid = actions::communities::grid(&visit.desk, &visit.visitor.person).await?;
    let themes = actions::directory::themes(&visit.desk, &visit.visitor.person).await?;
    let practitioners = actions::directory::see(&visit.desk, &visit.visitor.person).await?;
    let form = Form { visit, grid: &grid, themes: &themes, practitioners: &practitioners, wrong, typed };
    Ok((status, form.page(which)).into_response())
}

struct Form<'a> {
    visit: &'a Visit,
    grid: &'a Grid,
    themes: &'a [Theme],
    practitioners: &'a [Practitioner],
    wrong: &'a [(&'a str, String)],
    typed: &'a Fields,
}

impl Form<'_> {
    fn page(&self, which: Option<(TrainingId, i64)>) -> Markup {
        let title = if which.is_some() { "Change the session" } else { "Plan a session" };
        let action = which.map_or_else(|| "/sessions".to_owned(), |(training, _)| format!("/sessions/{training}"));
        page(
            self.visit,
            (title, Place::Sessions),
            &html! {
                (kit::errors(self.wrong))
                div.narrow.stack {
                    h1 { (title) }
                    p.lede { "Everybody at the college can see it. Who comes, only you and each of them." }
                    form.card.stack method="post" action=(action) {
                        (kit::csrf(self.visit)) (kit::once(self.visit))
                        @if let Some((_, version)) = which { (kit::version(version)) }
                        @if !self.typed.one("like").is_empty() { input type="hidden" name="like" value=(self.typed.one("like")); }
                        (self.what())
                        (self.for_whom())
                        (self.when())
                        @if which.is_none() { (self.runner()) }
                        button.btn type="submit" { @if which.is_some() { "Save" } @else { "Plan it" } }
                    }
                }
            },
        )
    }

    fn field(&self, (name, label, kind): (&str, &str, &str), input: &Markup) -> Markup {
        html! {
            div.field.bad[kit::is_wrong(self.wrong, name)] { label.f for=(name) { (label) @if !kind.is_empty() { " " span.soft { (kind) } } } (kit::error_at(self.wrong, name)) (input) }
        }
    }

    fn what(&self) -> Markup {
        let format = Format::from_code(self.typed.one("format")).unwrap_or(Format::Takeaway);
        let part = Part::from_code(self.typed.one("part")).unwrap_or(Part::Leads);
        let theme = self.typed.one("theme");
        html! {
            (self.field(("title", "Title", ""), &html! { input #title name="title" maxlength="80" value=(self.typed.one("title")); }))
            (self.field(("theme", "Theme", ""), &html! { select #theme name="theme" { option value="" { "None of these" } @for one in self.themes { option value=(one.id) selected[theme == one.id.to_string()] { (one.name) } } } }))
            fieldset.plain {
                legend.f { "Format" }
                p.hint { "Short and practical is best received." }
                div.chips { @for one in Format::ALL { label.chip { input type="radio" name="format" value=(one.code()) checked[*one == format]; span { (one.words()) } } } }
            }
            fieldset.plain {
                legend.f { "What you do" }
                div.chips { @for one in Part::ALL { label.chip { input type="radio" name="part" value=(one.code()) checked[*one == part]; span { (one.words()) } } } }
            }
        }
    }

    fn for_whom(&self) -> Markup {
        let ticked: Vec<AreaId> = self.typed.read_all("area");
        html! {
            fieldset.plain #area {
                legend.f { "For which areas?" }
                (kit::error_at(self.wrong, "area"))
                div.chips { @for line in &self.grid.lines { label.chip { input type="checkbox" name="area" value=(line.community.area) checked[ticked.contains(&line.community.area)]; span { (line.community.name) } } } }
            }
        }
    }

    fn when(&self) -> Markup {
        let one = |name| self.typed.one(name);
        html! {
            fieldset.plain #day-time {
                legend.f { "When?" }
                (kit::error_at(self.wrong, "day"))
                div.row {
                    div.field { label.f for="day" { "Day" } input #day type="date" name="day" value=(one("day")) min=(self.visit.desk.today()); }
                    div.field { label.f for="time" { "Time" } input #time type="time" name="time" value=(one("time")); }
                }
            }
            (self.field(("length", "Minutes", "(empty: as usual for the format)"), &html! { input #length type="number" name="length" min="5" max="480" inputmode="numeric" value=(one("length")); }))
            label.check { input type="checkbox" name="agreed" value="yes" checked[self.typed.ticked("agreed")]; span { "Day and time are agreed with whoever leads the area" } }
            (self.field(("place", "Where?", ""), &html! { input #place name="place" maxlength="80" value=(one("place")); }))
            (self.field(("room", "Room for about so many", "(if you know)"), &html! { input #room type="number" name="room" min="2" max="500" inputmode="numeric" value=(one("room")); }))
        }
    }

    /// A practitioner runs their own; a lead who is none says who runs it.
    fn runner(&self) -> Markup {
        let chosen = self.typed.one("runner");
        html! {
            @if !self.visit.is(Role::Practitioner) {
                (self.field(("runner", "Who runs it?", ""), &html! { select #runner name="runner" { @for one in self.practitioners { option value=(one.id) selected[chosen == one.id.to_string()] { (one.name) } } } }))
            }
        }
    }
}

/// What a form says, or what is wrong with its time.
fn planned(visit: &Visit, fields: &Fields) -> Result<Planned, (&'static str, String)> {
    let wrong = || ("day", TrainingRefused::Time.to_string());
    let (day, time) = fields.read::<Date>("day").zip(fields.read::<Time>("time")).ok_or_else(wrong)?;
    if (day - visit.desk.today()).get_days() > 400 {
        return Err(("day", TrainingRefused::NotInTerm.to_string()));
    }
    let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
    let starts: Timestamp = visit.desk.frame.calendar.instant(day, minute).map_err(|_| wrong())?;
    let format = Format::from_code(fields.one("format")).unwrap_or(Format::Takeaway);
    let number = |name: &str| if fields.one(name).is_empty() { None } else { Some(fields.read(name).unwrap_or(-1)) };
    Ok(Planned {
        title: fields.one("title").to_owned(),
        theme: fields.read::<ThemeId>("theme"),
        format,
        part: Part::from_code(fields.one("part")).unwrap_or(Part::Leads),
        slot: Slot { starts, length: number("length").map_or(format.usual(), Minutes) },
        place: fields.one("place").to_owned(),
        agreed: fields.ticked("agreed"),
        areas: fields.read_all("area"),
        room_for: number("room"),
    })
}

/// At which field a refusal belongs.
fn field(refused: &TrainingRefused) -> &'static str {
    match refused {
        TrainingRefused::Place => "place",
        TrainingRefused::NoArea => "area",
        TrainingRefused::Length => "length",
        TrainingRefused::Room => "room",
        TrainingRefused::Title | TrainingRefused::Stale | TrainingRefused::NotPlanned => "title",
        _ => "day",
    }
}

/// `POST /sessions`.
///
/// # Errors
/// Not found for everybody but a practitioner and a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let me = visit.visitor.person.id;
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    let planned = match planned(visit, fields) {
        Ok(planned) => planned,
        Err(wrong) => return shown(visit, None, (again, &[wrong], fields)).await,
    };
    let runner =
        if visit.is(Role::Practitioner) { me } else { fields.read::<PersonId>("runner").ok_or(Problem::NotFound)? };
    let how = (fields.read::<TrainingId>("like"), fields.one("once"));
    match trainings::plan(&visit.desk, me, (runner, planned), how).await {
        Ok(made) => Ok(on_to(&format!("/sessions/{made}"), "planned")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            shown(visit, None, (again, &[(field(&refused), refused.to_string())], fields)).await
        }
    }
}

/// `POST /sessions/{training}`.
///
/// # Errors
/// Not found for everybody but whoever runs it and a programme lead.
pub async fn update(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields, training) = (&sent.visit, &sent.fields, id(&training)?);
    let version = fields.read("version").unwrap_or_default();
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    let planned = match planned(visit, fields) {
        Ok(planned) => planned,
        Err(wrong) => return shown(visit, Some((training, version)), (again, &[wrong], fields)).await,
    };
    match trainings::change(&visit.desk, (visit.visitor.person.id, training), (version, planned)).await {
        Ok(()) => Ok(on_to(&format!("/sessions/{training}"), "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let status = if refused == TrainingRefused::Stale { StatusCode::CONFLICT } else { again };
            shown(visit, Some((training, version)), (status, &[(field(&refused), refused.to_string())], fields)).await
        }
    }
}
