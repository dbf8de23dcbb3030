//! Cards of required support in one's own lists: what waits in its thread, and of the opening conversation, stands here, because it stands
//! in no list of what was asked for (R-REQ-5).

use actions::required::{Common, Seen};
use domain::meetings::State;
use domain::people::Role;
use domain::period::{day_words, days_after, time_words};
use domain::programme::Model;
use domain::required::Seat;
use domain::support::Stage;
use jiff::Timestamp;
use maud::{Markup, html};

use crate::pages::kit;
use crate::visit::Visit;

/// So many days after its end a track stands among what is on, so that a mail about its end leads somewhere.
const LATELY_DAYS: i64 = 28;

/// What one card says, and whether it is the visitor's turn.
struct Stands {
    words: String,
    turn: bool,
}

fn said(words: impl Into<String>, turn: bool) -> Option<Stands> {
    Some(Stands { words: words.into(), turn })
}

fn local(visit: &Visit, at: Timestamp) -> String {
    time_words(visit.desk.frame.calendar.local(at))
}

/// What the visitor is asked about the opening conversation, if anything.
fn opening(visit: &Visit, one: &Seen) -> Option<Stands> {
    let (common, now) = (&one.track.common, visit.desk.now);
    let opening = common.opening.as_ref().filter(|opening| opening.state == State::Booked)?;
    match one.seat {
        Seat::Teacher if opening.slot.starts > now && opening.teacher.is_none() => {
            said("A time for the opening conversation is proposed. Say whether it suits you.", true)
        }
        Seat::Practitioner if opening.can_be_recorded(now) => said("Say how the opening conversation went.", true),
        _ => None,
    }
}

/// What waits in the thread, or is ahead there.
fn thread(visit: &Visit, one: &Seen) -> Option<Stands> {
    let line = one.line.as_ref().filter(|line| matches!(line.stage, Stage::Waiting | Stage::Open))?;
    let (who, other) = (kit::first(&line.with), if one.seat == Seat::Teacher { 2 } else { 1 });
    match (line.next, line.offered, line.offered_by) {
        (_, Some(_), Some(by)) if by == other => said(format!("{who} offers times. Choose one."), true),
        (Some(next), ..) => said(format!("You meet on {}.", local(visit, next)), false),
        (None, Some(at), _) => said(format!("You offered {}. It waits for {who}.", local(visit, at)), false),
        (None, None, _) if one.seat == Seat::Practitioner => {
            said("No meeting is planned. Offer a time in your thread.", line.stage == Stage::Waiting)
        }
        _ => said("No meeting is planned.", false),
    }
}

/// Everything that one card says about where it stands.
fn stands(visit: &Visit, one: &Seen) -> Vec<Stands> {
    let common = &one.track.common;
    if let Some((at, _)) = common.ended {
        let over = said(format!("Ended on {}.", day_words(visit.desk.frame.calendar.day(at))), false);
        return over.into_iter().chain(opening(visit, one)).collect();
    }
    if visit.desk.frame.programme.facts.model == Model::Developmental {
        let teacher = one.seat == Seat::Teacher;
        let words = if teacher { "You alone can end it." } else { "Your colleague alone can end it." };
        return said(format!("Your college requires no support any more. {words}"), false).into_iter().collect();
    }
    if one.seat == Seat::Teacher && (common.practitioner.is_none() || !one.reachable) {
        return said("Choose with whom you would like to work.", true).into_iter().collect();
    }
    opening(visit, one).into_iter().chain(thread(visit, one)).collect()
}

fn badges(one: &Seen, stands: &[Stands]) -> Markup {
    html! {
        @if one.line.as_ref().is_some_and(|line| line.unread) { span.badge.act { "New words" } }
        @if stands.iter().any(|one| one.turn) { span.badge.act { "Your turn" } }
        @else if one.track.common.ended.is_some() { span.badge { "Ended" } }
        @else { span.badge { "On" } }
    }
}

/// The way into the thread, on or over.
fn way(one: &Seen) -> Markup {
    html! { @if let Some(line) = &one.line { a.small href={"/support/" (line.thread)} { @if one.track.common.ended.is_none() { "Your thread" } @else { "Read your thread" } } } }
}

/// Support that is required of one: in a section of its own, apart from what one asks for.
pub fn own(visit: &Visit, two: &[Seen]) -> Markup {
    let own: Vec<&Seen> = two.iter().filter(|one| one.seat == Seat::Teacher).collect();
    html! {
        @if !own.is_empty() {
            section.stack-s {
                h2 { "Required support" }
                p.soft.small { "Your line manager required this. It is apart from what you ask for: nothing on one side tells of the other." }
                @for one in own {
                    @let common = &one.track.common;
                    @let stands = stands(visit, one);
                    article.card.stack-s {
                        div.between {
                            h3 { a href={"/required/" (common.id)} { @match &common.practitioner { Some(practitioner) => { "You and " (practitioner.name) }, None => "Read what is reported, then choose" } } }
                            span.row { (badges(one, &stands)) }
                        }
                        @for one in &stands { p { (one.words) } }
                        p.soft.small { "Required by " (common.required_by) " on " (day_words(visit.desk.frame.calendar.day(common.began))) ". " (common.reason.words()) "." }
                        (way(one))
                    }
                }
            }
        }
    }
}

/// Required support that somebody gave who has given the role up: theirs to read.
pub fn given_up(visit: &Visit, two: &[Seen]) -> Markup {
    let given: Vec<&Seen> = two.iter().filter(|one| one.seat == Seat::Practitioner).collect();
    html! {
        @if !given.is_empty() && !visit.is(Role::Practitioner) {
            section.stack-s {
                h2 { "Required support you gave" }
                p.soft.small { "You gave the role up, so these cannot go on with you. Each of your colleagues reads so and chooses somebody else." }
                ul.plain.stack-s { @for one in given { li { a href={"/required/" (one.track.common.id)} { "With " (one.track.common.teacher.name) } } } }
            }
        }
    }
}

/// Required support that the practitioner gives, or gave until lately: in a card of its own.
pub fn given(visit: &Visit, two: &[Seen]) -> Markup {
    let first = days_after(visit.desk.today(), -LATELY_DAYS);
    let lately = |common: &Common| common.ended.is_none_or(|(at, _)| visit.desk.frame.calendar.day(at) >= first);
    let given: Vec<&Seen> =
        two.iter().filter(|one| one.seat == Seat::Practitioner && lately(&one.track.common)).collect();
    html! {
        @if !given.is_empty() {
            section.card.stack {
                h2 { "Required support" }
                @for one in given {
                    @let common = &one.track.common;
                    @let stands = stands(visit, one);
                    div.stack-s {
                        div.between {
                            h3 { (common.teacher.name) @if !common.teacher.area.is_empty() { span.soft { ", " (common.teacher.area) } } }
                            span.row { (badges(one, &stands)) }
                        }
                        @for one in &stands { p.small { (one.words) } }
                        p.small.soft {
                            @if common.ended.is_none() { (opening_words(visit, common)) "Ends when all three of you say so; no fixed number of weeks." }
                        }
                        p.row {
                            a.btn.ghost.small href={"/required/" (common.id)} aria-label={"Open required support, " (common.teacher.name)} { "Open" }
                            (way(one))
                        }
                    }
                }
            }
        }
    }
}

fn opening_words(visit: &Visit, common: &Common) -> String {
    match &common.opening {
        Some(one) if one.state == State::Held => format!(
            "Talked over with the teacher and line manager on {}. ",
            day_words(visit.desk.frame.calendar.day(one.slot.starts))
        ),
        Some(one) if one.is_agreed() => {
            format!("Opening conversation of the three on {}. ", local(visit, one.slot.starts))
        }
        Some(one) if one.state == State::Booked => "The opening conversation is proposed. ".to_owned(),
        _ if common.declined.is_some() => {
            "The time proposed for the opening conversation does not suit; propose another. ".to_owned()
        }
        _ => "Propose a time for the opening conversation. ".to_owned(),
    }
}
