//! The practitioner's week (sketch `week.png`).

use actions::inductions::{self, Own};
use actions::required;
use actions::support::Line;
use actions::training_people::Busy;
use actions::week::{self, Day, Week};
use actions::{hours, keys};
use domain::meetings::State;
use domain::period::{clock_words, day_words, days_after, distance_words, monday, time_words};
use domain::support::{Party, Slot, Stage, waited_long};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Question;
use crate::pages::induction::where_it_stands;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::observations::form_words;
use crate::pages::required_cards;
use crate::pages::survey_answer;
use crate::pages::testimony;
use crate::visit::Visit;

/// `GET /week`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn show(visit: Visit, Question(of): Question) -> Result<Markup, Problem> {
    let today = visit.desk.today();
    let wanted = of.read::<Date>("of");
    // On a weekend the coming week is the one that matters.
    let usual = if (today - monday(today)).get_days() > 4 { days_after(today, 2) } else { today };
    let around = wanted.filter(|day| (day.year() - today.year()).abs() <= 3).unwrap_or(usual);
    let week = week::see(&visit.desk, &visit.visitor.person, around).await?;
    let (_, hours) = hours::own_term(&visit.desk, &visit.visitor.person).await?;
    let keyed = keys::are_made(&visit.desk, &visit.visitor.person).await?;
    let accompanied = inductions::own(&visit.desk, &visit.visitor.person).await?;
    let slow = hours::slow_start(&visit.desk, &visit.visitor.person, &hours).await?;
    let (two, over) = required::of_the_week(&visit.desk, &visit.visitor.person).await?;
    let say = survey_answer::card(&visit).await?;
    let lapses = testimony::note(&visit).await?;
    let words = kit::hours_words(&hours);
    let calendar = &visit.desk.frame.calendar;
    Ok(page(
        &visit,
        ("My week", Place::Week),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "Week of " (week.monday.strftime("%-d %B")) }
                        p.soft { (calendar.week_words(week.monday)) " · " (waiting_words(&week)) }
                    }
                    div.stack-s.hours-now { p.small { (words) } (kit::hours_bar(&hours, &words)) @if let Some(slow) = slow { p.small.soft { "Slow start: " (slow.share) " % is expected at the moment." } } }
                }
                (say)
                (lapses)
                @if !keyed {
                    div.note.act {
                        p { strong { "Colleagues cannot write to you yet." } " What is said here is sealed for the two of you; for that you need keys. It takes a minute: " a href="/account/keys" { "make your keys" } "." }
                    }
                }
                div.cols.two.act-first {
                    div.stack {
                        section.card.stack-s {
                            div.between {
                                h2.visually-hidden { "Days" }
                                a.small href={"/week?of=" (days_after(week.monday, -7))} { "← Week before" }
                                a.small href={"/week?of=" (days_after(week.monday, 7))} { "Week after →" }
                            }
                            div.wk { @for day in &week.days { (one_day(&visit, day)) } }
                        }
                        section.card.stack-s {
                            h2 { "Note it in ten seconds" }
                            p.soft { "Corridor chats count. The hours go to your own record; a name stays between the two of you." }
                            p { a.btn href="/hours/new" { "Note it" } @if visit.visitor.session.note_key { span.soft.small.keyboard-only { " or press " kbd { "n" } " anywhere" } } }
                        }
                    }
                    aside.stack { (waiting(&visit, &week)) (required_cards::given(&visit, &two)) (inducted(&visit, &accompanied)) (others(&visit, &week, &over)) }
                }
            }
        },
    ))
}

/// Whose turn it is: those who wait for the practitioner, and those to whom times are offered.
fn turns(week: &Week) -> (Vec<&Line>, Vec<&Line>) {
    week.waiting.iter().partition(|line| line.offered_by != Some(2))
}

fn waiting_words(week: &Week) -> String {
    match turns(week).0.len() {
        0 => "Nobody is waiting to hear from you.".to_owned(),
        1 => "One colleague is waiting to hear from you.".to_owned(),
        count => format!("{count} colleagues are waiting to hear from you."),
    }
}

/// What stands in a day, in order of time.
enum Item<'a> {
    Teaching(&'a str),
    Open,
    Meeting(&'a actions::week::InWeek),
    Training(&'a Busy, Option<usize>),
}

fn one_day(visit: &Visit, day: &Day) -> Markup {
    let calendar = &visit.desk.frame.calendar;
    let mut items: Vec<(Slot, Item<'_>)> = Vec::new();
    items.extend(day.teaching.iter().map(|(slot, label)| (*slot, Item::Teaching(label))));
    items.extend(day.open.iter().map(|slot| (*slot, Item::Open)));
    items.extend(day.meetings.iter().map(|meeting| (meeting.slot, Item::Meeting(meeting))));
    items.extend(day.trainings.iter().map(|(one, count)| (one.slot, Item::Training(one, *count))));
    items.sort_by_key(|(slot, _)| slot.starts);
    html! {
        section.day.today[day.day == visit.desk.today()] {
            h3.d { (day.day.strftime("%a %-d")) }
            @for half in &day.protected { p.kept.small { "Protected " (half.words()) } }
            @if day.in_block { p.kept.small { "Block" } }
            @if items.is_empty() { p.none.soft.small { @if day.working { "Free" } @else { "No teaching" } } }
            @for (slot, item) in &items {
                @let time = clock_words(calendar.local(slot.starts));
                @match item {
                    Item::Teaching(label) => div.ev.teach { span.t { (time) } " Teaching" @if !label.is_empty() { " · " (label) } },
                    Item::Open => div.ev.open { span.t { (time) } " Support hour" },
                    Item::Training(one, count) => {
                        a.ev.cpd href={"/sessions/" (one.id)} {
                            span.t { (time) } " " strong { (one.title) }
                            br; (kit::length(slot)) @if let Some(count) = count { ", " (count) " coming" } @else if !one.runs { ", you are coming" }
                        }
                    },
                    Item::Meeting(meeting) => {
                        @let place = meeting.opens.map_or_else(|| format!("/support/{}", meeting.thread), |track| format!("/required/{track}"));
                        a.ev.coach href=(place) {
                            span.t { (time) } " " strong { (meeting.with) }
                            br;
                            @match meeting.state {
                                State::Held => "Took place",
                                State::Missed => "Did not happen",
                                _ if slot.starts <= visit.desk.now && (meeting.opens.is_none() || (meeting.gives && meeting.agreed)) => "How did it go?",
                                _ if meeting.opens.is_some() => "Opening conversation",
                                _ if meeting.form.is_lesson() => (form_words(meeting.form, (if meeting.gives { Party::Practitioner } else { Party::Teacher }, &meeting.with))),
                                _ if meeting.gives => "Meeting",
                                _ => "Support for you",
                            }
                        }
                    }
                }
            }
        }
    }
}

fn waiting(visit: &Visit, week: &Week) -> Markup {
    let calendar = &visit.desk.frame.calendar;
    let (owed, offered) = turns(week);
    html! {
        section.card.stack {
            h2 { "Waiting for you" }
            @if owed.is_empty() { p.soft { "When a colleague asks, it will be here. One click answers." } }
            @for line in owed {
                div.stack-s {
                    h3 { (line.with) @if !line.area.is_empty() { span.soft { " · " (line.area) } } @if line.unread { " " span.badge.act { "New words" } } }
                    p.small.soft { (line.themes.join(", ")) "." }
                    p.small {
                        @if let Some(at) = line.offered { "Would like " strong { (time_words(calendar.local(at))) } ". " }
                        @else { "Left the time open. " }
                        "Asked " (distance_words(calendar.day(line.asked), visit.desk.today())) "."
                    }
                    @if waited_long(calendar, line.asked, visit.desk.now) { p.small { span.badge.act { "Waiting for five working days" } } }
                    p { a.btn.small href={"/support/" (line.thread)} aria-label={"Answer " (line.with)} { "Answer" } }
                }
            }
            @if !offered.is_empty() {
                div.stack-s {
                    h3 { "You have offered times" }
                    ul.plain.stack-s { @for line in offered { li { a href={"/support/" (line.thread)} { (line.with) } @if line.unread { " " span.badge.act { "New words" } } span.soft.small { " · asked " (distance_words(calendar.day(line.asked), visit.desk.today())) } } } }
                }
            }
        }
    }
}

/// Whose inductions one accompanies.
fn inducted(visit: &Visit, own: &Own) -> Markup {
    html! {
        @if !own.accompanied.is_empty() {
            section.card.stack-s {
                h2 { "Inductions" }
                ul.plain.stack-s { @for (one, _) in &own.accompanied { li { a href={"/inductions/" (one.id)} { (one.newcomer.1) } span.soft.small { " · Induction · " (where_it_stands(visit, one)) } } } }
            }
        }
    }
}

fn others(visit: &Visit, week: &Week, over: &[Line]) -> Markup {
    let calendar = &visit.desk.frame.calendar;
    let open: Vec<&Line> = week.others.iter().filter(|line| line.stage == Stage::Open).collect();
    let ended: Vec<&Line> = week.others.iter().filter(|line| line.stage == Stage::Ended).take(5).chain(over).collect();
    html! {
        section.card.stack-s {
            h2 { "Working with" }
            @if open.is_empty() { p.soft { "Colleagues with whom you have agreed a time will be here." } }
            ul.plain.stack-s {
                @for line in open {
                    li {
                        a href={"/support/" (line.thread)} { (line.with) }
                        @if line.unread { " " span.badge.act { "New words" } }
                        span.soft.small {
                            " · "
                            @match (line.next, line.offered_by) {
                                (_, Some(1)) => "offers you another time",
                                (Some(next), _) => (time_words(calendar.local(next))),
                                _ => "no meeting planned",
                            }
                        }
                    }
                }
            }
            @if !ended.is_empty() {
                details.more { summary { "Ended lately" } ul.plain.stack-s { @for line in ended { li { a href={"/support/" (line.thread)} { (line.with) } span.soft.small { @if line.track.is_some() { " · required support, began on " } @else { " · asked on " } (day_words(calendar.day(line.asked))) } } } } }
            }
        }
    }
}
