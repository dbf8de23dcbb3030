//! One review, as it is written while it is open and as it is read, and printed, once it is closed.

use actions::reviews::Page;
use domain::check::{Side, Standing, Stood};
use domain::frame::paragraphs;
use domain::period::date_words;
use domain::reviews::Decision;
use maud::{Markup, html};

use crate::pages::check::{beside, standing};
use crate::pages::kit;
use crate::pages::numbers::Typed;
use crate::visit::Visit;

/// A title inside a sentence.
pub fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// "1 decision", "3 decisions".
pub fn count(many: usize, what: &str) -> String {
    if many == 1 { format!("1 {what}") } else { format!("{many} {what}s") }
}

fn at(page: &Page, rest: &str) -> String {
    format!("/programme/reviews/{}{rest}", page.review.id)
}

/// The whole page.
pub fn whole(visit: &Visit, page: &Page, typed: Typed<'_>) -> Markup {
    let review = &page.review;
    let writes = page.may_keep && review.closed.is_none();
    html! {
        (kit::errors(typed.wrong))
        div.narrow.stack-l {
            div.stack-s {
                (beside(visit, ""))
                h1 { (review.title) }
                p.soft {
                    (visit.desk.frame.programme.name) ". "
                    @match &review.closed {
                        Some(closed) => { "Opened on " (date_words(review.opened)) ", closed on " (date_words(closed.day)) "; nothing of it has changed since but which decisions are done." }
                        None => { "Open since " (date_words(review.opened)) ". Programme leads and senior leaders read it; nobody else does." }
                    }
                }
            }
            (looked_at(page))
            @if writes { (writing(visit, page, typed)) } @else { (priorities(page)) }
            (decisions(visit, page, typed))
            @if writes { (deciding(visit, page, typed)) (closing(visit, page)) }
            @if review.closed.is_some() { p.small.soft data-noprint { "Print this page for the file: what can be clicked stays behind." } }
        }
    }
}

fn looked_at(page: &Page) -> Markup {
    let closed = page.review.closed.is_some();
    html! {
        section.stack-s aria-labelledby="looked" {
            h2 #looked { "What was looked at" }
            p {
                @match &page.latest {
                    Some(name) => { "The latest release: " (name) ". " }
                    None => { "No release was out yet. " }
                }
                @if closed { "And how the programme was set up, as it stood on that day:" }
                @else { "And how the programme is set up, as it stands today; on the day of closing it is laid down with the review:" }
            }
            div.stack {
                @for side in Side::ALL { (of_side(page, *side)) }
            }
            details.more {
                summary { "What was seen of each" }
                @for one in &page.stood { (in_words(one)) }
            }
        }
    }
}

fn of_side(page: &Page, side: Side) -> Markup {
    let own = page.stood.iter().filter_map(|one| Some((one.point()?, one.standing)));
    html! {
        div.stack-s {
            h3 { (side.words()) }
            ul.plain.stood {
                @for (point, stands) in own.filter(|(point, _)| point.side() == side) { li { (point.words()) " " (standing(stands, side)) } }
            }
        }
    }
}

fn in_words(one: &Stood) -> Markup {
    html! {
        @if let Some(point) = one.point() {
            h4 { (point.words()) }
            ul { @for (stands, says) in &one.says { li { (says) @if *stands == Standing::Unseen { span.soft { " Not answered." } } } } }
        }
    }
}

fn priorities(page: &Page) -> Markup {
    html! {
        section.stack-s aria-labelledby="kept" {
            h2 #kept { "Priorities" }
            @if page.review.priorities.is_empty() { p.soft { "Nothing is written yet." } }
            @for part in paragraphs(&page.review.priorities) { p.lines { (part) } }
        }
    }
}

fn writing(visit: &Visit, page: &Page, typed: Typed<'_>) -> Markup {
    html! {
        form.card.stack method="post" action=(at(page, "/priorities")) novalidate {
            (kit::csrf(visit))
            div.field.bad[kit::is_wrong(typed.wrong, "priorities")] {
                label.f for="priorities" { "Priorities: what stays, what changes, and why" }
                p.hint #priorities-hint { "Programme leads and senior leaders read this. Write of the programme, never of a person. An empty line begins a new paragraph." }
                (kit::error_at(typed.wrong, "priorities"))
                textarea #priorities name="priorities" rows="8" aria-describedby="priorities-hint" { (typed.kept("priorities", "priorities", &page.review.priorities)) }
            }
            button.btn.ghost type="submit" { "Keep this" }
        }
    }
}

fn decisions(visit: &Visit, page: &Page, typed: Typed<'_>) -> Markup {
    let all = &page.review.decisions;
    html! {
        section.stack-s aria-labelledby="decided" {
            h2 #decided { "Decisions" }
            @if all.is_empty() { p.soft { "None yet." } }
            @else { ol.plain.stack #done { @for one in all { (decision(visit, (page, one), typed)) } } }
        }
    }
}

fn decision(visit: &Visit, (page, one): (&Page, &Decision), typed: Typed<'_>) -> Markup {
    let today = visit.desk.today();
    let rest = |word: &str| at(page, &format!("/decisions/{}/{word}", one.number));
    let id = format!("day-{}", one.number);
    let late = one.done.is_none() && one.by < today;
    let sent = typed.form == "done" && typed.fields.one("number") == one.number.to_string();
    let day = if sent { typed.fields.one("day").to_owned() } else { today.to_string() };
    html! {
        li.card.stack-s {
            p { strong { (one.text) } }
            p.small { (one.who) " · " span.tag.good[one.done.is_some()].warn[late] { (one.stands(today)) } }
            @if page.may_keep {
                div.row data-noprint {
                    @if one.done.is_some() {
                        form method="post" action=(rest("done")) {
                            (kit::csrf(visit))
                            input type="hidden" name="undo" value="yes";
                            button.btn.quiet.small type="submit" { "Not done after all" span.visually-hidden { ": " (one.text) } }
                        }
                    } @else {
                        form.row.on method="post" action=(rest("done")) novalidate {
                            (kit::csrf(visit))
                            input type="hidden" name="number" value=(one.number);
                            label.small for=(id) { "Done on" span.visually-hidden { ": " (one.text) } }
                            input type="date" id=(id) name="day" value=(day) min=(page.review.opened) max=(today);
                            button.btn.ghost.small type="submit" { "It is done" span.visually-hidden { ": " (one.text) } }
                        }
                        @if page.review.closed.is_none() {
                            form method="post" action=(rest("removal")) { (kit::csrf(visit)) button.btn.quiet.small type="submit" { "Take out" span.visually-hidden { ": " (one.text) } } }
                        }
                    }
                }
                @if sent && one.done.is_none() { (kit::error_at(typed.wrong, "done")) }
            }
        }
    }
}

fn deciding(visit: &Visit, page: &Page, typed: Typed<'_>) -> Markup {
    let none = (String::new(), "Somebody else, as written below".to_owned());
    let people = page.leaders.iter().map(|one| {
        let role = if one.senior { "senior leader" } else { "programme lead" };
        (one.person.to_string(), format!("{}, {role}", one.name))
    });
    let people: Vec<_> = [none].into_iter().chain(people).collect();
    let bad = |field: &str| kit::is_wrong(typed.wrong, field);
    html! {
        form.card.stack method="post" action=(at(page, "/decisions")) novalidate {
            (kit::csrf(visit))
            h3 { "Add a decision" }
            div.field.bad[bad("decision")] {
                label.f for="decision" { "What is decided" }
                p.hint #decision-hint { "One sentence, so that somebody else can tell whether it was done." }
                (kit::error_at(typed.wrong, "decision"))
                textarea #decision name="decision" rows="2" aria-describedby="decision-hint" { (typed.kept("decision", "decision", "")) }
            }
            (typed.select("decision", ("person", "Who does it"), (&people, "")))
            div.field.bad[bad("who")] {
                label.f for="who" { "Or in words" }
                p.hint #who-hint { "A post or a group, such as “the quality team”." }
                (kit::error_at(typed.wrong, "who"))
                input #who type="text" name="who" value=(typed.kept("decision", "who", "")) autocomplete="off" aria-describedby="who-hint";
            }
            (typed.input("decision", ("by", "By which day", ""), ("date", "")))
            button.btn.ghost type="submit" { "Add it" }
        }
    }
}

fn closing(visit: &Visit, page: &Page) -> Markup {
    html! {
        form.card.stack-s method="post" action=(at(page, "/closing")) {
            (kit::csrf(visit))
            h2 { "Close the review" }
            p { "From then on nothing of it changes but which decisions are done. How the programme is set up is laid down with it as it stands today." }
            button.btn type="submit" { "Close it" }
        }
    }
}
