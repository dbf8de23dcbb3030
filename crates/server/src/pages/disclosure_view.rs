//! How it looks to pass something on, and what was passed on.

use actions::disclosures::{Eye, Seen};
use actions::safeguarding::{Category, Disclosure, Keyed, Offer, Reason, Route};
use domain::ids::ThreadId;
use maud::{Markup, html};

use crate::pages::disclosures::decides;
use crate::pages::layout::{self, Place};
use crate::pages::person_form::date_words;
use crate::pages::{keys, kit};
use crate::visit::Visit;

/// Whom one telephones: on every page about somebody at risk (R-SAF-1, R-SAF-9).
pub fn call(route: Option<&Route>) -> Markup {
    html! {
        div.note.act.stack-s {
            p { strong { "Is somebody in danger now? Ring 999." } }
            @match route {
                Some(route) => p { "Or speak to somebody: " (route.name) ", " a href={"tel:" (dialled(&route.telephone))} { (route.telephone) } "." },
                None => p { "Or speak to a safeguarding lead. Your college has not entered the telephone number here yet: reception knows it." },
            }
        }
    }
}

/// A number as a telephone takes it.
fn dialled(telephone: &str) -> String {
    telephone
        .to_lowercase()
        .split("ext")
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// The page on which something is passed on.
pub fn form(visit: &Visit, (thread, asked): (ThreadId, bool), offer: &Offer) -> Markup {
    let who = kit::first(&offer.other.1);
    let place = if asked { Place::Support } else { Place::Week };
    layout::page(
        visit,
        ("Somebody is at risk", place),
        &html! {
            div.cols.two {
                div.stack-l {
                    div.stack-s {
                        h1 { "Somebody is at risk" }
                        p.lede { "Pass what they need to know to the safeguarding leads. You choose it, you see exactly what goes, and nobody else gets it." }
                        p { a href={"/support/" (thread)} { "Back to you and " (offer.other.1) } }
                    }
                    (call(offer.route.as_ref()))
                    (above(offer))
                    section.stack #disclose aria-labelledby="pass-on" data-thread=(thread) data-about=(offer.other.1) {
                        h2 #pass-on { "Pass it on" }
                        form.stack #disclose-form method="post" action={"/support/" (thread) "/disclosure"} {
                            (kit::csrf(visit))
                            fieldset.plain #category {
                                legend.f { "What is this about?" }
                                @for one in Category::ALL { label.check { input type="radio" name="category" value=(one.code()) required; span { (one.words()) } } }
                            }
                            fieldset.plain #unsafe {
                                legend.f { "Whether " (who) " is told" }
                                p.hint { (offer.other.1) " sees at once that you passed this on, what, when and to whom, unless you tick this." }
                                label.check { input type="checkbox" name="unsafe" value="on"; span { "Telling " (who) " could put somebody at risk" } }
                                div.field {
                                    label.f for="reason" { "Why?" }
                                    p.hint #reason-hint { "Only if you tick it. You and the safeguarding leads decide again after fourteen days." }
                                    (reasons(None))
                                }
                            }
                            (keys::needs_script())
                            div #disclose-body {}
                        }
                    }
                    (keys::script())
                }
                aside.stack { (who_gets_it(offer)) }
            }
        },
    )
}

fn reasons(wrong: Option<&str>) -> Markup {
    html! {
        select #reason name="reason" aria-describedby=[wrong.or(Some("reason-hint"))] {
            option value="" { "Choose" }
            @for one in Reason::ALL { option value=(one.code()) { (one.words()) } }
        }
    }
}

/// A lead above the teacher gets it: read before anything is sent, on a narrow screen too (R-SAF-2).
fn above(offer: &Offer) -> Markup {
    let names: Vec<&str> = offer.leads.iter().filter(|lead| lead.2.is_some()).map(|lead| lead.1.as_str()).collect();
    html! {
        @if offer.above {
            div.note {
                p { strong { "Read this first." } " It goes to " (listed(&names)) ", who is above the teacher in line or appraises them, and learns by it that the two of you are in touch. No other safeguarding lead can open it here. If that could do harm, use the telephone." }
            }
        }
    }
}

/// To whom it goes, before it goes (R-SAF-2).
fn who_gets_it(offer: &Offer) -> Markup {
    let named = |keyed: bool| {
        let wanted = offer.leads.iter().filter(move |lead: &&Keyed| lead.2.is_some() == keyed);
        wanted.map(|lead| lead.1.as_str()).collect::<Vec<_>>()
    };
    let (with, without) = (named(true), named(false));
    html! {
        section.card.stack-s aria-labelledby="who" {
            h2 #who { "Who gets it" }
            @if with.is_empty() {
                p { strong { "No safeguarding lead can open it here yet." } " Use the telephone number on this page." }
            } @else {
                ul { @for name in &with { li { (name) ", safeguarding lead" } } li { "You yourself" } }
            }
            @if !without.is_empty() && !with.is_empty() { p.small.soft { (listed(&without)) " has no keys yet and does not get it here." } }
            p.small.soft { "It is sealed for them in your browser. Whoever runs Alongside can see that you passed something on, about whom and when, never the words." }
        }
    }
}

/// What was passed on, as one of those who may know sees it.
pub fn page(visit: &Visit, seen: &Seen, wrong: &[(&str, String)]) -> Markup {
    let disclosure = &seen.disclosure;
    let place = if seen.eye == Eye::Lead { Place::Safeguarding } else { Place::Support };
    layout::page(
        visit,
        ("Passed to the safeguarding leads", place),
        &html! {
            (kit::errors(wrong))
            div.cols.two {
                div.stack-l {
                    div.stack-s {
                        h1 { "Passed to the safeguarding leads" }
                        p.lede { (disclosure.category.words()) "." }
                        @if seen.eye == Eye::Lead { p { a href="/safeguarding" { "All that was passed to you" } } }
                    }
                    (unheard(seen))
                    section.stack #disclosure aria-label="What was passed on" data-disclosure=(disclosure.id)
                        data-tell=[decides(seen.eye).then_some(&disclosure.subject.1)] {
                        (keys::needs_script())
                        div #disclosure-body {}
                    }
                    (keys::script())
                    @if decides(seen.eye) { (telling(visit, seen, wrong)) }
                    @if seen.eye == Eye::Lead { (closing(visit, disclosure, wrong)) }
                    @if seen.unheard || seen.eye != Eye::Discloser { (call(seen.route.as_ref())) }
                }
                aside.stack { (facts(visit, seen)) }
            }
        },
    )
}

/// R-SAF-7: the telephone is the better way by now.
fn unheard(seen: &Seen) -> Markup {
    html! {
        @if seen.unheard && seen.eye == Eye::Discloser {
            div.note.act.stack-s {
                p {
                    strong { "Nobody has opened it yet." } " Telephone"
                    @if let Some(route) = &seen.route { ": " (route.telephone) "." } @else { " a safeguarding lead." }
                    " The safeguarding leads have been told again that something waits for them."
                }
            }
        }
    }
}

fn facts(visit: &Visit, seen: &Seen) -> Markup {
    let (disclosure, calendar) = (&seen.disclosure, &visit.desk.frame.calendar);
    let to: Vec<&str> = disclosure.recipients.iter().map(|one| one.name.as_str()).collect();
    let you = |named: &(domain::ids::PersonId, String)| {
        if named.0 == visit.visitor.person.id { "You".to_owned() } else { named.1.clone() }
    };
    html! {
        section.card.stack-s aria-label="Who and when" {
            dl.facts {
                dt { "From" } dd { (you(&disclosure.discloser)) }
                dt { "About what was said with" } dd { (you(&disclosure.subject)) }
                dt { "Passed on" } dd { (date_words(calendar.day(disclosure.made))) }
                dt { "To" } dd { (listed(&to)) }
                @if let Some(told) = disclosure.told { dt { "Told" } dd { (date_words(told)) } }
                @if decides(seen.eye) {
                    dt { "Opened" }
                    dd { @match &disclosure.opened { Some((day, who)) => { (date_words(*day)) " by " (you(who)) }, None => "not yet" } }
                }
            }
            @if !seen.decisions.is_empty() {
                h2 { "What was decided" }
                ul.plain.stack-s {
                    @for one in &seen.decisions {
                        li { @match one.reason { Some(reason) => { "Not to tell yet. " (reason.words()) "." }, None => "To tell." } br; span.small.soft { (date_words(one.day)) ", " (you(&one.who)) } }
                    }
                }
            }
            p.small.soft { "It stays until a safeguarding lead closes it, even when the thread it came from is deleted." }
        }
    }
}

/// Whether the other one is told: at once, or thought of again (R-SAF-4, R-SAF-6).
fn telling(visit: &Visit, seen: &Seen, wrong: &[(&str, String)]) -> Markup {
    let disclosure = &seen.disclosure;
    let who = &disclosure.subject.1;
    let kept = disclosure.kept_back.filter(|_| disclosure.is_unsafe());
    html! {
        section.card.stack-s #telling aria-labelledby="telling-title" {
            h2 #telling-title { "Telling " (who) }
            @match kept {
                None => p { (who) " can see that it was passed on, what, when and to whom." },
                Some((reason, review)) => {
                    p { strong { (who) " has not been told and sees nothing of it." } " " (reason.words()) "." }
                    (kit::error_at(wrong, "telling"))
                    @if !seen.subject_keyed {
                        form.stack-s method="post" action={"/disclosures/" (disclosure.id) "/telling"} {
                            (kit::csrf(visit))
                            input type="hidden" name="plain" value="on";
                            p { (who) " has made no keys yet, so they can be told that, when and to whom it was passed on; what it says once they have made keys." }
                            button.btn.ghost type="submit" { "Tell them now" }
                        }
                    } @else { p { "You can tell them now: the button stands below what was passed on." } }
                    @if visit.desk.today() >= review {
                        form.stack-s method="post" action={"/disclosures/" (disclosure.id) "/review"} {
                            (kit::csrf(visit))
                            div.field.bad[kit::is_wrong(wrong, "reason")] {
                                label.f for="reason" { "Or could it still put somebody at risk?" }
                                p.hint #reason-hint { "Then you decide again after fourteen days more. That you decided so is noted here." }
                                (kit::error_at(wrong, "reason"))
                                (reasons(kit::is_wrong(wrong, "reason").then_some("reason-error")))
                            }
                            button.btn.ghost type="submit" { "Not yet" }
                        }
                    } @else { p.small.soft { "You and the safeguarding leads decide again on " (date_words(review)) "." } }
                }
            }
        }
    }
}

/// The end of it (R-SAF-8).
fn closing(visit: &Visit, disclosure: &Disclosure, wrong: &[(&str, String)]) -> Markup {
    html! {
        details.more open[kit::is_wrong(wrong, "sure")] {
            summary { "It has been dealt with" }
            form.stack-s method="post" action={"/disclosures/" (disclosure.id) "/closing"} {
                (kit::csrf(visit))
                p { "Closing deletes all of it here, for everybody. Put what you need into your own safeguarding record first." }
                (kit::error_at(wrong, "sure"))
                label.check { input #sure type="checkbox" name="sure" value="on"; span { "It has been dealt with, and it cannot be brought back" } }
                button.btn.ghost type="submit" { "Close and delete it" }
            }
        }
    }
}

/// What was passed on between two people, as far as one of them may know; nothing where there is nothing (R-SAF-4, R-SAF-5).
pub fn passed(visit: &Visit, all: &[&Disclosure]) -> Markup {
    let (me, calendar) = (visit.visitor.person.id, &visit.desk.frame.calendar);
    html! {
        @if !all.is_empty() {
            section.card.stack-s aria-labelledby="passed" {
                h2 #passed { "Passed to the safeguarding leads" }
                ul.plain.stack-s {
                    @for one in all {
                        @let to: Vec<&str> = one.recipients.iter().map(|lead| lead.name.as_str()).collect();
                        li {
                            a href={"/disclosures/" (one.id)} { (one.category.words()) }
                            br; span.small.soft { @if one.discloser.0 == me { "by you" } @else { "by " (one.discloser.1) } ", " (date_words(calendar.day(one.made))) ", to " (listed(&to)) }
                            @if one.discloser.0 == me && one.is_unsafe() { br; span.small { (one.subject.1) " has not been told." } }
                        }
                    }
                }
            }
        }
    }
}
