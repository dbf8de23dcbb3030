//! Note it in ten seconds (sketch `phone.png`), and one's own record.

use actions::hours::{self, Entry, Note, NoteForm, Record};
use actions::planner;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::hours::{HoursRefused, Purpose};
use domain::ids::{EntryId, PersonId, ThemeId};
use domain::minutes::Minutes;
use domain::period::{academic_year, day_words};
use domain::planner::{Asked, Part};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{legend, parts_words, stacked};
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
            p.small { "A professional discussion, materials, a demonstration lesson? " a href="/outputs/new" { "Note an output" } " instead: it can hold the minutes too." }
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
        || !other.is_empty()
        || typed.ticked("outreach");
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
                label.check { input type="checkbox" name="outreach" value="yes" checked[typed.ticked("outreach")]; span { "It was outreach: for a colleague beyond my own area" } }
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
        Ok(entry) => {
            if fields.ticked("outreach") {
                hours::set_outreach(&visit.desk, visit.visitor.person.id, (entry, true)).await?;
            }
            Ok(on_to("/hours/new", &format!("noted:{entry}")))
        }
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
    let slow = hours::slow_start(&visit.desk, &visit.visitor.person, &record.hours).await?;
    let asked = planner::own(&visit.desk, &visit.visitor.person).await?;
    let words = kit::hours_words(&record.hours);
    Ok(page(
        &visit,
        ("My hours", Place::Hours),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "My hours" }
                        p.lede { "Your own record. The programme lead sees your totals once a week, never an entry or a name." }
                        p { a href="/outputs" { "What came of it: your outputs" } }
                    }
                    a.btn href="/hours/new" { "Note it" }
                }
                p {
                    a href="/hours/duties" { "Work outside the role" } " · "
                    a href={"/practitioners/" (visit.visitor.person.id) "/targets"} { "Role targets" }
                }
                section.card.stack-s {
                    h2 { (record.term) }
                    p { (words) ". At this pace: " strong { (record.hours.forecast) } " by the end of term." }
                    (kit::hours_bar(&record.hours, &words))
                    @if let Some(slow) = slow { (slow_start(slow)) }
                    p.small.soft { "The year: " (record.year.0) " used and " (record.year.1) " booked of " (record.remitted) ", taken off a teaching caseload of " (record.caseload) "." }
                    @if let Some(last) = last_year(&visit) { p { a href={"/hours/years/" (last)} { "Last year’s hours" } } }
                    p { a href="/hours/time" { "My time this year: bank, half-days, outreach, cover" } }
                }
                (purposes(&record, asked.as_ref().map(|(_, asked)| asked)))
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

/// The academic year before this one, where the college has its terms (R-NEW-8).
fn last_year(visit: &Visit) -> Option<i16> {
    let last = academic_year(visit.desk.today()) - 1;
    let terms = &visit.desk.frame.calendar.terms;
    terms.iter().any(|term| academic_year(term.ends) == last).then_some(last)
}

/// What somebody new in the role reads of their slow start (R-IND-11).
fn slow_start(slow: hours::Slow) -> Markup {
    html! {
        p { "You are new in the role: " strong { (slow.share) " %" } " of your time is expected this half term, and the plan above goes by that." }
        @if slow.below { p.soft { "So far it goes more slowly than that, which is common: asking starts with being known. One more support hour at a time when colleagues are free often helps, and so does your buddy." } }
    }
}

/// What the year's time went to, against what the planner asks of it (R-TIM-15).
fn purposes(record: &Record, asked: Option<&Asked>) -> Markup {
    let noted = |part: Part| {
        let of = |purpose| record.purposes.iter().find(|(one, _)| *one == purpose).map(|(_, minutes)| *minutes);
        part.purpose().and_then(of).unwrap_or_default()
    };
    let together = Part::ALL.iter().map(|part| noted(*part)).sum::<Minutes>();
    let plan = asked.filter(|asked| asked.given.0 > 0);
    let whole = plan.map_or(together, |asked| asked.total().max(asked.given).max(together));
    let of_plan = |part: Part| plan.map_or(Minutes(0), |asked| asked.part(part));
    html! {
        @if together.0 > 0 || plan.is_some() {
            section.card.stack-s {
                h2 { "What it was for, this year" }
                @if let Some(asked) = plan {
                    p.small { "Asked of you by the planner" }
                    (stacked(&asked.parts, (whole, Some(asked.given)), &format!("Asked: {}", parts_words(asked))))
                    p.small { "Noted so far" }
                }
                (stacked(&Part::ALL.iter().map(|part| (*part, noted(*part))).collect::<Vec<_>>(), (whole, plan.map(|asked| asked.given)), &format!("Noted so far: {together}")))
                (legend(plan.is_some()))
                table {
                    thead { tr { th scope="col" { "Purpose" } th.n scope="col" { "Noted" } @if plan.is_some() { th.n scope="col" { "Asked" } } } }
                    tbody {
                        @for part in Part::ALL.iter().filter(|part| noted(**part).0 > 0 || of_plan(**part).0 > 0) {
                            tr {
                                td { (part.purpose().map_or(part.words(), |purpose| purpose.words())) @if part.purpose().is_none() { span.small.soft { ", noted with what it is for" } } }
                                td.n { @if part.purpose().is_some() { (noted(*part)) } @else { "–" } }
                                @if plan.is_some() { td.n { (of_plan(*part)) } }
                            }
                        }
                    }
                    tfoot { tr { th scope="row" { "Together" } td.n { (together) } @if let Some(asked) = plan { td.n { (asked.total()) } } } }
                }
                @if plan.is_some() { p.small.soft { "If you are asked for something else, you can say no and tell the programme lead. " a href="/statement" { "What the role is for" } } }
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
                    thead { tr { th scope="col" { "Day" } th scope="col" { "With" } th scope="col" { "About" } th.n scope="col" { "Time" } th scope="col" { span.visually-hidden { "Change" } } th scope="col" { "Home or outreach" } } }
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
                                    @else if let Some(training) = entry.training { a href={"/sessions/" (training)} { "Session" } }
                                    @else { form method="post" action={"/hours/" (entry.id) "/removal"} { (kit::csrf(visit)) button.btn.quiet.small type="submit" aria-label={"Take back " (entry.minutes) " on " (day_words(entry.day))} { "Take back" } } }
                                }
                                td data-label="Home or outreach" { (outreach(visit, entry)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether an entry was outreach, with the other one as a button (R-TIM-9).
fn outreach(visit: &Visit, entry: &Entry) -> Markup {
    let (is, other) = if entry.outreach { ("Outreach", "home") } else { ("Home", "outreach") };
    html! {
        form.toggle method="post" action={"/hours/" (entry.id) "/outreach"} {
            (kit::csrf(visit))
            @if !entry.outreach { input type="hidden" name="outreach" value="yes"; }
            (is) " "
            button.btn.quiet.small type="submit" aria-label={"It was " (other) ": " (entry.minutes) " on " (day_words(entry.day))} { "It was " (other) }
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
