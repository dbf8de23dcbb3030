//! Note it in ten seconds (sketch `phone.png`), and one's own record.

use actions::hours::{self, Note, NoteForm, Record};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::hours::{HoursRefused, Purpose};
use domain::ids::{EntryId, PersonId, ThemeId};
use domain::minutes::Minutes;
use domain::period::day_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::whom;
use crate::visit::{Visit, on_to};

/// The lengths one can tap.
const TAPS: [i64; 6] = [5, 10, 15, 30, 45, 60];
/// So many themes are shown before "More".
const SHOWN_THEMES: usize = 6;

/// `GET /hours/new`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, (StatusCode::OK, &[], &Fields::default())).await
}

async fn shown(
    visit: &Visit,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let found = hours::form(&visit.desk, &visit.visitor.person).await?;
    let (_, term) = hours::own_term(&visit.desk, &visit.visitor.person).await?;
    let once = if typed.one("once").is_empty() { visit.once() } else { typed.one("once").to_owned() };
    let day = if typed.one("day").is_empty() { visit.desk.today().to_string() } else { typed.one("day").to_owned() };
    let body = html! {
        (kit::errors(wrong))
        form.narrow.stack-l method="post" action="/hours" novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            h1 { "Note a conversation" }
            (who(&found, (wrong, typed)))
            (how_long((wrong, typed)))
            (about(&found, (wrong, typed)))
            (more((wrong, typed), &day, &visit.desk.today().to_string()))
            button.btn.wide type="submit" { "Note it" }
            p.small.soft { "Your hours: " (kit::hours_words(&term)) ". A name stays between the two of you: they see the note and can take their name out." }
        }
    };
    Ok((status, page(visit, ("Note a conversation", Place::Note), &body)).into_response())
}

type Kept<'a> = (&'a [(&'a str, String)], &'a Fields);

fn who(found: &NoteForm, (wrong, typed): Kept<'_>) -> Markup {
    let chosen = typed.one("with");
    html! {
        fieldset.plain #with {
            legend.f { "Who " span.soft { "(if you like)" } }
            (kit::error_at(wrong, "with"))
            div.people-row {
                label { input type="radio" name="with" value="" checked[chosen.is_empty()]; span.av aria-hidden="true" { "–" } span { "No name" } }
                @for one in &found.recent {
                    label { input type="radio" name="with" value=(one.id) checked[chosen == one.id.to_string()]; (kit::avatar(&one.name)) span { (one.name) } }
                }
            }
            div.field.bad[kit::is_wrong(wrong, "other")] {
                label.f for="other" { "Somebody else" }
                (kit::error_at(wrong, "other"))
                input #other name="other" list="everybody" autocomplete="off" value=(typed.one("other"));
                (whom::list("everybody", &found.everybody))
            }
        }
    }
}

fn how_long((wrong, typed): Kept<'_>) -> Markup {
    let chosen = typed.one("minutes");
    html! {
        fieldset.plain #minutes {
            legend.f { "How long" }
            (kit::error_at(wrong, "minutes"))
            div.big {
                @for minutes in TAPS {
                    @let own = minutes.to_string();
                    label.slot { input type="radio" name="minutes" value=(own) checked[chosen == own || (chosen.is_empty() && minutes == 15)]; span { (Minutes(minutes)) } }
                }
            }
        }
    }
}

fn about(found: &NoteForm, (wrong, typed): Kept<'_>) -> Markup {
    let ticked: Vec<ThemeId> = typed.read_all("theme");
    let chip = |theme: &actions::directory::Theme| {
        html! {
            label.chip { input type="checkbox" name="theme" value=(theme.id) checked[ticked.contains(&theme.id)]; span { (theme.name) } }
        }
    };
    html! {
        fieldset.plain #theme {
            legend.f { "About" }
            (kit::error_at(wrong, "theme"))
            div.chips { @for theme in found.themes.iter().take(SHOWN_THEMES) { (chip(theme)) } }
            @if found.themes.len() > SHOWN_THEMES {
                details.more open[found.themes.iter().skip(SHOWN_THEMES).any(|theme| ticked.contains(&theme.id))] {
                    summary { "More" }
                    div.chips { @for theme in found.themes.iter().skip(SHOWN_THEMES) { (chip(theme)) } }
                }
            }
        }
    }
}

fn more((wrong, typed): Kept<'_>, day: &str, today: &str) -> Markup {
    let purposes: Vec<Purpose> = typed.all("purpose").filter_map(Purpose::from_code).collect();
    let other = typed.one("other-minutes");
    let open = kit::is_wrong(wrong, "day")
        || kit::is_wrong(wrong, "purpose")
        || kit::is_wrong(wrong, "other-minutes")
        || !other.is_empty();
    html! {
        details.more open[open] {
            summary { "Another length, another day, another purpose" }
            div.stack {
                div.field.bad[kit::is_wrong(wrong, "other-minutes")] {
                    label.f for="other-minutes" { "Minutes" }
                    p.hint { "In place of the lengths above." }
                    (kit::error_at(wrong, "other-minutes"))
                    input #other-minutes type="number" name="other-minutes" min="1" max="480" inputmode="numeric" value=(other);
                }
                div.field.bad[kit::is_wrong(wrong, "day")] {
                    label.f for="day" { "Day" }
                    (kit::error_at(wrong, "day"))
                    input #day type="date" name="day" value=(day) max=(today);
                }
                fieldset.plain #purpose {
                    legend.f { "What was it for?" }
                    p.hint { "It may serve several purposes: its minutes are divided among them and count once." }
                    (kit::error_at(wrong, "purpose"))
                    div.chips {
                        @for purpose in Purpose::ALL {
                            label.chip { input type="checkbox" name="purpose" value=(purpose.code()) checked[purposes.contains(purpose) || (purposes.is_empty() && *purpose == Purpose::OneToOne)]; span { (purpose.words()) } }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /hours`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let typed = fields.one("other-minutes");
    let minutes = if typed.is_empty() { fields.one("minutes") } else { typed };
    let with = match fields.one("other") {
        "" => fields.all("with").next().map(str::to_owned),
        typed => {
            let form = hours::form(&visit.desk, &visit.visitor.person).await?;
            match whom::found(&form.everybody, typed, "or leave the name out") {
                Ok(one) => Some(one.id.to_string()),
                Err(sentence) => {
                    return shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, &[("other", sentence)], fields)).await;
                }
            }
        }
    };
    let note = Note {
        minutes: Minutes(minutes.parse().unwrap_or(0)),
        day: if fields.one("day").is_empty() {
            visit.desk.today()
        } else {
            fields.read("day").unwrap_or(jiff::civil::Date::MIN)
        },
        // A name that is none of ours is refused, not dropped.
        with: with.map(|with| with.parse().unwrap_or(PersonId(uuid::Uuid::nil()))),
        themes: fields.read_all("theme"),
        purposes: match fields.all("purpose").filter_map(Purpose::from_code).collect::<Vec<_>>() {
            none if none.is_empty() => vec![Purpose::OneToOne],
            some => some,
        },
        once: fields.one("once").to_owned(),
    };
    match hours::note(&visit.desk, visit.visitor.person.id, note).await {
        Ok(entry) => Ok(on_to("/hours/new", &format!("noted:{entry}"))),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = match refused {
                HoursRefused::Length if !typed.is_empty() => "other-minutes",
                HoursRefused::Length => "minutes",
                HoursRefused::Day => "day",
                HoursRefused::NoPurpose => "purpose",
                HoursRefused::UnknownColleague | HoursRefused::Oneself => "with",
            };
            shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, &[(field, refused.to_string())], fields)).await
        }
    }
}

/// Nobody has so many pages of hours in a year.
const LAST_PAGE: usize = 1000;

/// `GET /hours`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn index(visit: Visit, Question(which): Question) -> Result<Markup, Problem> {
    let at = which.read("page").unwrap_or(1_usize).clamp(1, LAST_PAGE);
    let record = hours::own(&visit.desk, &visit.visitor.person, at - 1).await?;
    let words = kit::hours_words(&record.hours);
    Ok(page(
        &visit,
        ("My hours", Place::Hours),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s { h1 { "My hours" } p.lede { "Your own record. The programme lead sees your totals once a week, never an entry or a name." } }
                    a.btn href="/hours/new" { "Note it" }
                }
                section.card.stack-s {
                    h2 { (record.term) }
                    p { (words) ". At this pace: " strong { (record.hours.forecast) } " by the end of term." }
                    (kit::hours_bar(&record.hours, &words))
                    p.small.soft { "The year: " (record.year.0) " used and " (record.year.1) " booked of " (record.remitted) ", taken off a teaching caseload of " (record.caseload) "." }
                }
                (purposes(&record))
                (entries(&visit, &record))
                @if record.earlier || at > 1 {
                    nav.row aria-label="Pages of the list" {
                        @if at > 1 { a.btn.ghost.small href={"/hours?page=" (at - 1)} { "Later" } }
                        @if record.earlier { a.btn.ghost.small href={"/hours?page=" (at + 1)} { "Earlier" } }
                    }
                }
            }
        },
    ))
}

fn purposes(record: &Record) -> Markup {
    let some: Vec<_> = record.purposes.iter().filter(|(_, minutes)| minutes.0 > 0).collect();
    html! {
        @if !some.is_empty() {
            section.stack-s {
                h2 { "What it was for, this year" }
                table {
                    thead { tr { th scope="col" { "Purpose" } th.n scope="col" { "Time" } } }
                    tbody { @for (purpose, minutes) in &some { tr { td { (purpose.words()) } td.n { (minutes) } } } }
                    tfoot { tr { th scope="row" { "Together" } td.n { (some.iter().map(|(_, minutes)| *minutes).sum::<Minutes>()) } } }
                }
            }
        }
    }
}

fn entries(visit: &Visit, record: &Record) -> Markup {
    html! {
        section.stack-s {
            h2 { "Entries" }
            @if record.entries.is_empty() {
                div.empty { p { "What you note and the meetings you hold will be here." } a.btn href="/hours/new" { "Note it" } }
            } @else {
                table.cards {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "With" } th scope="col" { "About" } th.n scope="col" { "Time" } th scope="col" { span.visually-hidden { "Change" } } } }
                    tbody {
                        @for entry in &record.entries {
                            tr {
                                td data-label="Day" { (day_words(entry.day)) }
                                td data-label="With" { (entry.with.as_deref().unwrap_or("–")) }
                                td data-label="About" { @if entry.themes.is_empty() { (entry.purposes.iter().map(|one| one.words()).collect::<Vec<_>>().join(", ")) } @else { (entry.themes.join(", ")) } }
                                td.n data-label="Time" { (entry.minutes) }
                                td {
                                    @if entry.is_meeting && entry.thread.is_none() { "Meeting" }
                                    @else if let Some(thread) = entry.thread { a href={"/support/" (thread)} { "Meeting" } }
                                    @else { form method="post" action={"/hours/" (entry.id) "/removal"} { (kit::csrf(visit)) button.btn.quiet.small type="submit" aria-label={"Take back " (entry.minutes) " on " (day_words(entry.day))} { "Take back" } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn entry_id(text: &str) -> Result<EntryId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `POST /hours/{entry}/removal`.
///
/// # Errors
/// Not found for everybody but its owner.
pub async fn destroy(Path(entry): Path<String>, sent: Sent) -> Result<Response, Problem> {
    hours::remove(&sent.visit.desk, sent.visit.visitor.person.id, entry_id(&entry)?).await?;
    Ok(on_to("/hours", "removed"))
}

/// `POST /hours/{entry}/name-removal`.
///
/// # Errors
/// Not found for everybody but the named one.
pub async fn destroy_name(Path(entry): Path<String>, sent: Sent) -> Result<Response, Problem> {
    hours::remove_own_name(&sent.visit.desk, sent.visit.visitor.person.id, entry_id(&entry)?).await?;
    Ok(on_to("/support", "nameless"))
}
