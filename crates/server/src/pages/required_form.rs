//! A line manager's list of required support, and the form that requires it.

use actions::directory::Theme;
use actions::required::{Reported, Requiring};
use domain::ids::ThemeId;
use domain::period::day_words;
use domain::programme::Model;
use domain::required::Reason;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::required_view::plan_fields;
use crate::visit::Visit;

/// The list.
pub fn list(visit: &Visit, seen: &Requiring) -> Markup {
    let (on, over): (Vec<&Reported>, Vec<&Reported>) = seen.reports.iter().partition(|one| one.common.ended.is_none());
    let allowed = visit.desk.frame.programme.facts.model != Model::Developmental;
    page(
        visit,
        ("Required support", Place::Required),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "Required support" }
                        p.lede { "What you require for colleagues who report to you. Support they ask for themselves is another matter, and nothing here tells whether there is any." }
                    }
                    @if !seen.teachers.is_empty() { a.btn href="/required/new" { "Require support" } }
                }
                @if !allowed { div.note { p { strong { "Your college requires no support any more." } " What is on stays readable here until the teacher ends it." } } }
                @if on.is_empty() && allowed { div.empty { p { "Nothing is required at the moment. Most support works best when it is asked for; where you do require some, the colleague reads first what you will be told, and chooses with whom." } } }
                @for one in on { (card(visit, one)) }
                @if !over.is_empty() {
                    section.stack-s {
                        h2 { "Ended" }
                        ul.plain.stack-s { @for one in over { li { a href={"/required/" (one.common.id)} { (one.common.teacher.name) } @if let Some((at, _)) = one.common.ended { span.soft { " · ended on " (day_words(visit.desk.frame.calendar.day(at))) } } } } }
                    }
                }
            }
        },
    )
}

fn card(visit: &Visit, one: &Reported) -> Markup {
    let common = &one.common;
    let waits = common.opening.as_ref().is_some_and(|opening| {
        opening.state == domain::meetings::State::Booked
            && opening.manager.is_none()
            && opening.slot.starts > visit.desk.now
    });
    html! {
        article.card.stack-s {
            div.between {
                h2 { a href={"/required/" (common.id)} { (common.teacher.name) } }
                @if waits || common.questioned().is_some() { span.badge.act { "Your turn" } } @else { span.badge { "On" } }
            }
            p {
                @match &common.practitioner { Some(practitioner) => { "Works with " (practitioner.name) "." }, None => "Chooses with whom to work." }
                @if waits { " A time for the opening conversation is proposed." }
                @if common.questioned().is_some() { " Scope or time is questioned." }
            }
            p.soft.small { (common.reason.words()) " · since " (day_words(visit.desk.frame.calendar.day(common.began))) }
        }
    }
}

/// The form that requires support.
pub struct Form<'a> {
    /// Who.
    pub visit: &'a Visit,
    /// For whom it could be.
    pub seen: &'a Requiring,
    /// Themes to choose from.
    pub themes: &'a [Theme],
    /// The published ceiling, in percent.
    pub share: i64,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub typed: &'a Fields,
    /// Whether what is about to be required comes last.
    pub last: bool,
}

impl Form<'_> {
    /// The page.
    pub fn page(&self) -> Markup {
        let (visit, typed) = (self.visit, self.typed);
        let once = if typed.one("once").is_empty() { visit.once() } else { typed.one("once").to_owned() };
        let kept =
            |name: &str, so: &str| if typed.one(name).is_empty() { so.to_owned() } else { typed.one(name).to_owned() };
        page(
            visit,
            ("Require support", Place::Required),
            &html! {
                (kit::errors(self.wrong))
                div.cols.two {
                    form.stack-l.pick #require method="post" action="/required" novalidate {
                        (kit::csrf(visit))
                        input type="hidden" name="once" value=(once);
                        div.stack-s {
                            h1 { "Require support" }
                            p.lede { "For a colleague who reports to you. They read this, and what you will be told, before anything begins; then they choose with whom." }
                        }
                        (kit::error_at(self.wrong, "require"))
                        @if self.seen.teachers.is_empty() { div.empty #teacher { p { "There is nobody for whom you could require support at the moment: everybody who teaches and reports to you directly has it already, or nobody does." } p { a href="/required" { "Back to the list" } } } }
                        @else {
                            div.field.bad[kit::is_wrong(self.wrong, "teacher")] {
                                label.f for="teacher" { "For whom?" }
                                (kit::error_at(self.wrong, "teacher"))
                                select #teacher name="teacher" {
                                    option value="" { "Choose" }
                                    @for one in &self.seen.teachers { option value=(one.id) selected[typed.one("teacher") == one.id.to_string()] { (one.name) @if !one.area.is_empty() { " · " (one.area) } } }
                                }
                            }
                            fieldset.plain #reason {
                                legend.f { "Why?" }
                                (kit::error_at(self.wrong, "reason"))
                                div.chips { @for one in Reason::ALL { label.chip { input type="radio" name="reason" value=(one.code()) checked[typed.one("reason") == one.code()]; span { (one.words()) } } } }
                            }
                            fieldset.plain {
                                legend.f { "About what? Only if you like" }
                                @let ticked = typed.read_all::<ThemeId>("theme");
                                div.chips { @for theme in self.themes { label.chip { input type="checkbox" name="theme" value=(theme.id) checked[ticked.contains(&theme.id)]; span { (theme.name) } } } }
                            }
                            (plan_fields(self.wrong, (&kept("meetings", "6"), &kept("length", "45"), typed.one("scope"))))
                            (self.last_resort())
                            div.stack-s {
                                div.row { button.btn type="submit" { "Require it" } a.btn.quiet href="/required" { "Not now" } }
                                p.small.soft { "They hear that something is waiting, read this page’s words as you wrote them, and choose with whom to work. Either of them can say that scope or time is not reasonable." }
                            }
                        }
                    }
                    aside.stack { (self.beside()) }
                }
            },
        )
    }

    /// Said kindly, before what comes last begins (R-REQ-11).
    fn last_resort(&self) -> Markup {
        html! {
            @if self.last {
                div.note.act.stack-s #read {
                    p { strong { "Before you go on: support helps least when it comes last." } " Before a formal procedure, or for the second time within a year, people have little room to try things and to get them wrong." }
                    p { "What may help more: a talk about what makes it hard, a lighter timetable for some weeks, another course or room, or a line manager’s own time. If a procedure is decided already, support beside it will not change that, and the colleague should know so." }
                    label.check { input type="checkbox" name="read" value="yes"; span { "I have read this, and require it all the same" } }
                }
            }
        }
    }

    fn beside(&self) -> Markup {
        html! {
            section.seal aria-labelledby="seal" {
                h2 #seal { "What you will read" }
                ul {
                    li { "With whom they work." }
                    li { "The day of each meeting that is over, and whether it took place." }
                    li { "When the opening conversation of the three is, and whom its time suits." }
                    li { "That scope or time is questioned." }
                    li { "A statement at the end, once they have agreed it." }
                }
                p { strong { "Nothing else." } " What the two say, write and plan is sealed between them." }
            }
            section.card.stack-s {
                h2 { "How much your college sets aside" }
                p { "Required support may take " strong { (self.share) " %" } " of the hours that are set aside for this work. " a href="/statement" { "What that work is for" } "." }
            }
        }
    }
}
