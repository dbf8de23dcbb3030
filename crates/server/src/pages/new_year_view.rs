//! The page of the next year: what is proposed, practitioner by practitioner, and what goes on by itself.

use actions::new_year::{Lines, NewYear, One};
use domain::ids::AreaId;
use domain::people::Role;
use domain::period::time_words;
use domain::remission::Unit;
use domain::year::full_words;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::new_year::Kept;
use crate::pages::year_form::{self, Typed};
use crate::visit::Visit;

/// So many names of one kind are shown of the chart; the staff file shows all.
const MOST_NAMES: usize = 8;

/// Where there is no year that could be rolled over.
pub fn nothing(visit: &Visit) -> Markup {
    framed(
        visit,
        "The next year",
        &html! {
            h1 { "The next year" }
            div.empty { p { "Once your first year has begun, the next one is set here in one step." } a.btn.ghost href="/programme/year" { "Terms and holidays" } }
        },
    )
}

fn framed(visit: &Visit, title: &str, body: &Markup) -> Markup {
    page(
        visit,
        (title, Place::Programme),
        &html! {
            div.narrow.stack-l {
                p.small { a href="/programme" { "Programme" } " · " a href="/programme/years" { "The years" } }
                (body)
            }
        },
    )
}

/// The page.
pub fn page_of(visit: &Visit, found: &NewYear, kept: Kept<'_>) -> Markup {
    let (next, today) = (&found.coming.next, visit.desk.today());
    let words = next.words();
    let turns = full_words(next.turns());
    framed(
        visit,
        &format!("The year {words}"),
        &html! {
            (kit::errors(kept.wrong))
            div.stack-s {
                h1 { "The year " (words) }
                @if found.coming.has_begun(today) { p.lede { "It has begun. What you start here counts at once; until then last year’s hours and areas go on." } }
                @else { p.lede { "Hours and areas count from " (turns) " on. Until then everything stays as it is." } }
            }
            @if !found.coming.is_open(today) {
                div.empty {
                    p { "The year " (words) " can be set from " (full_words(found.coming.opens())) " on. Everything will be proposed to you here: terms, hours, areas." }
                    a.btn.ghost href="/programme/years" { "What is agreed this year" }
                }
            } @else if let Some(started) = &found.started {
                @let at = visit.desk.frame.calendar.local(started.at);
                div.note.calm {
                    p { strong { "It is set." } " " (started.by) " started it on " (time_words(at)) ". It takes effect by itself on " (turns) "." }
                    p { a href="/programme/years" { "What is set for " (words) } " · " a href="/programme/planner?year=next" { "What that year asks of each" } }
                }
                (bare(found))
                details.more open[!kept.wrong.is_empty()] {
                    summary { "Change something before it begins" }
                    (form(visit, found, kept))
                }
            } @else { (form(visit, found, kept)) }
        },
    )
}

/// Areas that nobody looks after any more (R-NEW-3).
fn bare(found: &NewYear) -> Markup {
    html! {
        @if !found.bare.is_empty() {
            div.note { p { strong { "Nobody looks after " (found.bare.join(", ")) " in " (found.coming.next.words()) "." } " Colleagues there can ask anybody all the same. You can give an area to somebody here, or later." } }
        }
    }
}

fn form(visit: &Visit, found: &NewYear, kept: Kept<'_>) -> Markup {
    let (next, typed) = (&found.coming.next, kept.fields);
    let once = typed.map(|typed| typed.one("once")).filter(|once| !once.is_empty());
    let once = once.map_or_else(|| visit.once(), str::to_owned);
    let many = &visit.desk.frame.programme.title.many;
    let bad = kit::is_wrong(kept.wrong, "chart");
    html! {
        form.stack-l method="post" action="/programme/new-year" novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            input type="hidden" name="number" value=(next.number());
            input type="hidden" name="version" value=(found.version);
            (terms(found, kept))
            section.stack aria-labelledby="people" {
                div.stack-s {
                    h2 #people { (many) }
                    p.soft { "Proposed is what was agreed last. Change what is different. Whoever is new is named on " a href="/programme/frame#practitioners" { "the frame of the role" } " first." }
                }
                @if found.each.is_empty() { div.empty { p { "Nobody has this role yet." } a.btn.ghost href="/programme/frame#practitioners" { "Name the first one" } } }
                @for one in &found.each { (practitioner(found, one, kept)) }
                p.small.soft { "From the day on which somebody stops nobody can ask them any more. Their record of hours stays theirs. Those they work with are told in their own threads, and nobody else is." }
            }
            (chart(visit, &found.lines))
            (goes_on(visit))
            div.stack-s {
                div.field.bad[bad] {
                    (kit::error_at(kept.wrong, "chart"))
                    label.check { input #chart type="checkbox" name="chart" value="yes" checked[typed.is_some_and(|typed| typed.ticked("chart"))] aria-invalid=[bad.then_some("true")]; span { "The chart is right: who is here and who manages whom" } }
                }
                button.btn type="submit" { @if found.started.is_some() { "Save the year " (next.words()) } @else { "Start the year " (next.words()) } }
                p.small.soft { "All of it is saved in one step, or nothing. Until it begins you can change it here." }
            }
        }
    }
}

/// Terms and days without teaching (R-NEW-2).
fn terms(found: &NewYear, kept: Kept<'_>) -> Markup {
    let next = &found.coming.next;
    let typed = kept.fields.map_or_else(|| Typed::from(next), Typed::of);
    let own = ["starts", "ends", "term-", "holiday-", "census"];
    let open = kept.wrong.iter().any(|(field, _)| own.iter().any(|own| field.starts_with(own)));
    html! {
        section.card.stack aria-labelledby="dates" {
            h2 #dates { "Terms and holidays" }
            @if found.coming.is_known { p.soft { "They are written down already." } }
            @else { p.soft { "Proposed: this year’s, on the same days of the week, with England’s bank holidays. Look at Easter, and at days that are yours alone." } }
            (year_form::weeks(next))
            details.more open[open] {
                summary { "Change the dates" }
                div.stack { (year_form::view(&typed, kept.wrong)) }
            }
        }
    }
}

fn practitioner(found: &NewYear, one: &One, kept: Kept<'_>) -> Markup {
    let (given, typed) = (&one.given, kept.fields);
    let id = |name: &str| format!("{name}-{}", given.person);
    let value = |name: &str, so: String| typed.map_or(so, |typed| typed.one(&id(name)).to_owned());
    let amount = value("amount", one.agreed.map(|agreed| agreed.amount.to_string()).unwrap_or_default());
    let unit = value("unit", one.agreed.map_or(Unit::HoursAYear, |agreed| agreed.unit).code().to_owned());
    let stops = value("stops", given.until.map(|day| day.to_string()).unwrap_or_default());
    let ticked = |area: &AreaId| match typed {
        Some(typed) => typed.read_all::<AreaId>(&id("area")).contains(area),
        None => one.areas.contains(area),
    };
    let names: Vec<&str> = found.areas.iter().filter(|(area, _)| ticked(area)).map(|(_, name)| name.as_str()).collect();
    html! {
        fieldset.card.stack-s {
            legend.visually-hidden { (given.name) }
            input type="hidden" name="person" value=(given.person);
            h3 { (given.name) }
            p.small.soft { (this_year(found, one)) }
            div.row {
                (field((&id("amount"), "Remitted"), &amount, kept))
                div.field {
                    label.f for=(id("unit")) { "Unit" }
                    select id=(id("unit")) name=(id("unit")) { @for one in Unit::ALL { option value=(one.code()) selected[unit == one.code()] { (one.words()) } } }
                }
                (day(&id("stops"), &stops, kept))
            }
            details.more {
                summary { "Looks after: " @if names.is_empty() { "no area" } @else { (names.join(", ")) } }
                fieldset.plain {
                    legend.visually-hidden { "Areas that " (given.name) " looks after" }
                    div.chips { @for (area, name) in &found.areas { label.chip { input type="checkbox" name=(id("area")) value=(area) checked[ticked(area)]; span { (name) } } } }
                }
            }
        }
    }
}

/// What holds this year, in a sentence.
fn this_year(found: &NewYear, one: &One) -> Markup {
    let given = &one.given;
    let hours = given.agreed.map_or_else(|| format!("{} a year", given.remitted), |agreed| agreed.words());
    html! {
        @if given.since > found.coming.last.ends { "In the role from " (full_words(given.since)) " on. " }
        @else if given.remitted.0 <= 0 { "No hours were entered this year. " }
        @else { "Now " (hours) ". " }
        @if let Some(settling) = &one.settling { "A slow start from " (full_words(settling.starts)) " on goes on as it is. " }
        a href={"/programme/practitioners/" (given.person)} { "Their page" }
    }
}

fn field((id, label): (&str, &str), value: &str, kept: Kept<'_>) -> Markup {
    let bad = kit::is_wrong(kept.wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { (label) }
            (kit::error_at(kept.wrong, id))
            input.short id=(id) name=(id) value=(value) inputmode="decimal" autocomplete="off" aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{id}-error"))];
        }
    }
}

fn day(id: &str, value: &str, kept: Kept<'_>) -> Markup {
    let bad = kit::is_wrong(kept.wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { "First day without the role, if they stop" }
            (kit::error_at(kept.wrong, id))
            input type="date" id=(id) name=(id) value=(value) aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{id}-error"))];
        }
    }
}

fn some<T>(all: &[T], words: impl Fn(&T) -> String) -> String {
    let shown: Vec<String> = all.iter().take(MOST_NAMES).map(words).collect();
    let more = if all.len() > MOST_NAMES { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// What the chart says of lines (R-NEW-4).
fn chart(visit: &Visit, lines: &Lines) -> Markup {
    let dated = |(name, day): &(String, Date)| format!("{name} ({})", full_words(*day));
    html! {
        section.card.stack-s aria-labelledby="line" {
            h2 #line { "Staff and line management" }
            p {
                @match lines.file {
                    Some(at) => { "The last staff file came on " strong { (full_words(visit.desk.frame.calendar.day(at))) } ". " },
                    None => { "No staff file has come yet. " },
                }
                @if visit.is(Role::Administrator) { a href="/people/imports" { "Bring in the new staff file" } " before you start, if there is one." }
                @else { "If there is a new one, ask an administrator to bring it in before you start; what you typed here is not kept meanwhile." }
            }
            @if lines.without.is_empty() && lines.leaving.is_empty() && lines.left.is_empty() { p { "Everybody has a line manager, and nobody who manages others leaves." } }
            @else {
                ul {
                    @if !lines.without.is_empty() { li { "Without a line manager who is here: " (some(&lines.without, Clone::clone)) } }
                    @if !lines.leaving.is_empty() { li { "Manages others and leaves: " (some(&lines.leaving, dated)) } }
                    @if !lines.left.is_empty() { li { "Left since the year began: " (some(&lines.left, dated)) } }
                }
            }
        }
    }
}

/// What no year changes (R-NEW-9).
fn goes_on(visit: &Visit) -> Markup {
    let programme = &visit.desk.frame.programme;
    html! {
        details.more {
            summary { "What goes on by itself" }
            ul {
                li { "The model: " a href="/model" { (programme.facts.model.words()) } }
                li { a href="/programme/frame#priorities" { "Priorities" } ", the statement, the floor, and what " a href="/programme/planner" { "the planner" } " assumes" }
                li { "Protected half-days and cover; blocks have their own days" }
                li { "Everything between two colleagues: threads, agreed times, plans, inductions, and what is sealed" }
                li { "Hours of this year stay this year’s. Until December " (programme.title.many) " can propose to carry some over" }
            }
        }
    }
}
