//! A practitioner's own profile and published support hours.

use actions::directory::{self, NewProfile, PracticeRefused, Practitioner, Theme};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::frame::{About, MOST_SPECIALISMS, Phase, Specialism};
use domain::ids::ThemeId;
use domain::people::Role;
use domain::text::one_line;
use domain::weekly::WeeklySpan;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// `GET /practice`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn edit(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, (StatusCode::OK, &[], None)).await
}

async fn shown(
    visit: &Visit,
    (status, wrong, typed): (StatusCode, &[(&str, String)], Option<&Fields>),
) -> Result<Response, Problem> {
    if !visit.is(Role::Practitioner) {
        return Err(Problem::NotFound);
    }
    let all = directory::see(&visit.desk, &visit.visitor.person).await?;
    let themes = directory::themes(&visit.desk, &visit.visitor.person).await?;
    let own = all.iter().find(|one| one.id == visit.visitor.person.id).ok_or(Problem::NotFound)?;
    let body = html! {
        (kit::errors(wrong))
        div.narrow.stack-l {
            div.stack-s {
                h1 { "Your profile and support hours" }
                p.lede { "What colleagues see in the directory when they look for somebody. " a href={"/practitioners/" (own.id)} { "See it as they do" } }
            }
            (hours(visit, own, (wrong, typed)))
            (profile(visit, (own, &themes), (wrong, typed)))
        }
    };
    Ok((status, page(visit, ("Your profile and support hours", Place::Practitioners), &body)).into_response())
}

type Kept<'a> = (&'a [(&'a str, String)], Option<&'a Fields>);

fn hours(visit: &Visit, own: &Practitioner, (wrong, typed): Kept<'_>) -> Markup {
    let published = own.support_hours.iter().map(|span| span.from_to()).collect::<Vec<_>>().join("\n");
    let text = typed.map(|typed| typed.one("hours")).filter(|text| !text.is_empty()).unwrap_or(&published);
    html! {
        form.card.stack method="post" action="/practice/support-hours" {
            (kit::csrf(visit))
            h2 { "Support hours" }
            div.field.bad[kit::is_wrong(wrong, "hours")] {
                label.f for="hours" { "Every week, one a line" }
                p.hint #hours-hint { "Such as: Tue 10:30-11:30. Colleagues choose among these; you can always offer others. What is agreed already stays." }
                (kit::error_at(wrong, "hours"))
                textarea #hours name="hours" rows="5" aria-describedby="hours-hint" { (text) }
            }
            button.btn type="submit" { "Publish" }
        }
    }
}

fn profile(visit: &Visit, (own, themes): (&Practitioner, &[Theme]), (wrong, typed): Kept<'_>) -> Markup {
    let text = |name: &str, stored: &str| {
        typed
            .map(|typed| typed.one(name).to_owned())
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| stored.to_owned())
    };
    let level = |theme: &Theme| match own.expertise.iter().find(|known| known.theme == theme.id) {
        Some(known) if known.leads => "leads",
        Some(_) => "knows",
        None => "",
    };
    html! {
        form.card.stack method="post" action="/practice/profile" {
            (kit::csrf(visit))
            h2 { "Profile" }
            p.small.soft { "Everybody at the college can read this." }
            @for (name, label, stored) in [("about", "About you, in a sentence or two", &own.about), ("teaches", "What you teach", &own.teaches), ("room", "Where to find you", &own.room)] {
                div.field.bad[kit::is_wrong(wrong, name)] {
                    label.f for=(name) { (label) }
                    (kit::error_at(wrong, name))
                    input id=(name) name=(name) value=(text(name, stored)) maxlength="600";
                }
            }
            fieldset.plain {
                legend.f { "What you know about" }
                div.stack-s {
                    @for theme in themes {
                        div.field {
                            label.f for={"theme-" (theme.id)} { (theme.name) }
                            select id={"theme-" (theme.id)} name={"theme-" (theme.id)} {
                                @for (code, words) in [("", "–"), ("knows", "I know about it"), ("leads", "I lead on it across the college")] { option value=(code) selected[level(theme) == code] { (words) } }
                            }
                        }
                    }
                }
            }
            (specialisms(own, (wrong, typed)))
            button.btn type="submit" { "Save" }
        }
    }
}

/// Subjects and aspects, one a row, with a row more than there are.
fn specialisms(own: &Practitioner, (wrong, typed): Kept<'_>) -> Markup {
    let rows = (own.specialisms.len() + 2).clamp(3, MOST_SPECIALISMS);
    let kept =
        |n: usize, field: &str, so: String| typed.map_or(so, |typed| typed.one(&format!("{field}-{n}")).to_owned());
    let rows: Vec<(usize, [String; 5])> = (0..rows)
        .map(|n| {
            let so = own.specialisms.get(n);
            let age = |one: Option<i64>| one.map(|age| age.to_string()).unwrap_or_default();
            let fields = [
                kept(n, "about", so.map(|one| one.about.code().to_owned()).unwrap_or_default()),
                kept(n, "name", so.map(|one| one.name.clone()).unwrap_or_default()),
                kept(n, "phase", so.map(|one| one.phase.code().to_owned()).unwrap_or_default()),
                kept(n, "from", age(so.and_then(|one| one.ages).map(|ages| ages.0))),
                kept(n, "to", age(so.and_then(|one| one.ages).map(|ages| ages.1))),
            ];
            (n, fields)
        })
        .collect();
    html! {
        fieldset.plain #specialisms {
            legend.f { "Subjects and aspects, with phase and ages" }
            p.hint { "From your experience, so that colleagues find the one who has taught what they teach. Leave a name empty to leave a row out." }
            (kit::error_at(wrong, "specialisms"))
            div.stack-s {
                @for (n, [about, name, phase, from, to]) in rows {
                    div.row {
                        select name={"about-" (n)} aria-label={"Kind, row " (n + 1)} { @for one in About::ALL { option value=(one.code()) selected[about == one.code()] { (one.words()) } } }
                        input name={"name-" (n)} value=(name) maxlength="80" placeholder="Such as Chemistry" aria-label={"Name, row " (n + 1)};
                        select name={"phase-" (n)} aria-label={"Phase, row " (n + 1)} { @for one in Phase::ALL { option value=(one.code()) selected[phase == one.code()] { (one.words()) } } }
                        input.short name={"from-" (n)} value=(from) inputmode="numeric" placeholder="from age" aria-label={"Youngest age, row " (n + 1)};
                        input.short name={"to-" (n)} value=(to) inputmode="numeric" placeholder="to age" aria-label={"Oldest age, row " (n + 1)};
                    }
                }
            }
        }
    }
}

/// The rows that have a name; ages that cannot be read are refused like ages that cannot be.
fn typed_specialisms(fields: &Fields) -> Vec<Specialism> {
    let one = |n: usize| {
        let get = |field: &str| fields.one(&format!("{field}-{n}"));
        let name = one_line(get("name"));
        let age = |field: &str| get(field).parse::<i64>().unwrap_or(0);
        let ages = (!get("from").is_empty() || !get("to").is_empty()).then(|| (age("from"), age("to")));
        let about = About::from_code(get("about")).unwrap_or(About::Subject);
        let phase = Phase::from_code(get("phase")).unwrap_or(Phase::Any);
        (!name.is_empty()).then_some(Specialism { about, name, phase, ages })
    };
    (0..MOST_SPECIALISMS).filter_map(one).collect()
}

/// `POST /practice/support-hours`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn update_support_hours(sent: Sent) -> Result<Response, Problem> {
    let mut spans: Vec<WeeklySpan> = Vec::new();
    for line in sent.fields.one("hours").split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        match line.parse::<WeeklySpan>() {
            Ok(span) => spans.push(span),
            Err(refused) => {
                let wrong = [("hours", format!("“{line}”: {refused}"))];
                return shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, Some(&sent.fields))).await;
            }
        }
    }
    let result = directory::publish(&sent.visit.desk, sent.visit.visitor.person.id, &spans).await;
    finish(&sent, result, "hours").await
}

/// `POST /practice/profile`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn update_profile(sent: Sent) -> Result<Response, Problem> {
    let text = |name| sent.fields.one(name).to_owned();
    let themes = directory::themes(&sent.visit.desk, &sent.visit.visitor.person).await?;
    let level = |theme: &Theme| sent.fields.one(&format!("theme-{}", theme.id)).to_owned();
    let expertise: Vec<(ThemeId, bool)> = themes
        .iter()
        .map(|theme| (theme.id, level(theme)))
        .filter(|(_, level)| !level.is_empty())
        .map(|(theme, level)| (theme, level == "leads"))
        .collect();
    let specialisms = typed_specialisms(&sent.fields);
    let (about, teaches, room) = (text("about"), text("teaches"), text("room"));
    let profile = NewProfile { about, teaches, room, expertise, specialisms };
    let result = directory::edit_profile(&sent.visit.desk, sent.visit.visitor.person.id, &profile).await;
    let special = matches!(result, Err(actions::Stop::Refused(PracticeRefused::Specialism(..))));
    finish(&sent, result, if special { "specialisms" } else { "about" }).await
}

async fn finish(
    sent: &Sent,
    result: Result<(), actions::Stop<PracticeRefused>>,
    field: &'static str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to("/practice", "saved")),
        Err(stop) => {
            let wrong = [(field, Problem::refusal(stop)?.to_string())];
            shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, Some(&sent.fields))).await
        }
    }
}
