//! The page of a track: what all three read, and the line manager's own view of it. Nothing here knows of the thread.

use actions::required::{Common, Opening, Reported};
use domain::meetings::State;
use domain::period::{day_words, time_words};
use domain::programme::Model;
use domain::required::{LONGEST, Seat};
use domain::retention::due;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::date_words;
use crate::visit::Visit;

/// What the page is made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// What all three read.
    pub common: &'a Common,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub typed: &'a Fields,
}

impl View<'_> {
    pub(super) fn action(&self, noun: &str) -> String {
        format!("/required/{}/{noun}", self.common.id)
    }

    pub(super) fn is_on(&self) -> bool {
        self.common.ended.is_none()
    }

    /// Whether anything can still be done: it is on, and the college requires support.
    pub(super) fn goes_on(&self) -> bool {
        self.is_on() && self.visit.desk.frame.programme.facts.model != Model::Developmental
    }

    pub(super) fn first_names(&self) -> (&str, &str, &str) {
        let practitioner =
            self.common.practitioner.as_ref().map_or("the one who is chosen", |one| kit::first(&one.name));
        let manager = self.common.manager.as_deref().map_or("the line manager", kit::first);
        (kit::first(&self.common.teacher.name), practitioner, manager)
    }

    fn day(&self, at: jiff::Timestamp) -> jiff::civil::Date {
        self.visit.desk.frame.calendar.day(at)
    }

    /// Where it stands, above everything else.
    pub(super) fn head(&self, title: &str) -> Markup {
        let common = self.common;
        html! {
            div.stack-s #track {
                h1 { (title) }
                (kit::error_at(self.wrong, "track"))
                p.soft {
                    span.badge.good[self.is_on()] { @if self.is_on() { "On" } @else { "Ended" } } " "
                    "Required by " (common.required_by) " on " (day_words(self.day(common.began))) " · " (common.reason.words())
                }
            }
            @if let Some((at, how)) = common.ended {
                div.note.calm.stack-s {
                    p { strong { "This ended on " (day_words(self.day(at))) "." } " " (how.words()) "." }
                    p.small { "What stands on this page is deleted on " (due(self.day(at)).strftime("%-d %B %Y")) ", for all three of you." }
                }
            } @else if !self.goes_on() {
                div.note.stack-s { p { strong { "Your college requires no support any more." } " What is here stays readable, no new time is agreed here or in the thread, and " (kit::first(&common.teacher.name)) " alone can end it." } }
            }
        }
    }

    /// Why, what about, how much, and what it is to cover, with earlier versions.
    pub(super) fn scope(&self) -> Markup {
        let common = self.common;
        let themes: Vec<&str> = common.themes.iter().map(|(_, name)| name.as_str()).collect();
        html! {
            section.card.stack-s aria-labelledby="scope-title" {
                h2 #scope-title { "What it is to cover" }
                p { strong { (common.reason.words()) } @if !themes.is_empty() { span.soft { " · " (themes.join(", ")) } } }
                @if let Some(scope) = common.scope() {
                    (lines(&scope.text))
                    p.soft { "Planned: " (scope.plan.meetings) @if scope.plan.meetings == 1 { " meeting of " } @else { " meetings of " } (scope.plan.length) ". It ends when all three of you say so; there is no fixed number of weeks." }
                    p.small.soft { "Version " (scope.number) " of " (date_words(scope.day)) ". You three read this. It is not sealed: whoever runs the program can read it, and so can a line manager who comes after." }
                }
                @for earlier in common.scopes.iter().skip(1) {
                    details.more { summary { "Version " (earlier.number) " of " (date_words(earlier.day)) } (lines(&earlier.text)) p.soft { "Planned: " (earlier.plan.meetings) " × " (earlier.plan.length) } }
                }
                @for one in &common.challenges {
                    p.small {
                        (one.what.words()) " questioned by one of the two on " (date_words(one.raised)) ": "
                        @match &one.answered { Some((answer, day)) => { (answer.words().to_lowercase()) " on " (date_words(*day)) "." }, None => strong { "not answered yet." } }
                    }
                }
            }
        }
    }

    /// Days on which the two met, and nothing else of it.
    pub(super) fn attendance(&self) -> Markup {
        html! {
            section.card.stack-s aria-labelledby="days" {
                h2 #days { "Meetings that are over" }
                @if self.common.meetings.is_empty() { p.soft { "Each day on which a meeting took place, or did not, will stand here once it is over. It does not say who stayed away." } }
                ul.timeline.plain {
                    @for (at, held) in &self.common.meetings {
                        li.done-step[*held] { (day_words(self.day(*at))) " · " @if *held { "took place" } @else { "did not take place" } }
                    }
                }
            }
        }
    }

    /// What the teacher has agreed.
    pub(super) fn statement(&self) -> Markup {
        html! {
            @if let Some((day, text)) = &self.common.statement {
                section.card.stack-s aria-labelledby="statement-title" {
                    h2 #statement-title { "What " (kit::first(&self.common.teacher.name)) " says at the end" }
                    (lines(text))
                    p.small.soft { "Agreed by " (self.common.teacher.name) " on " (date_words(*day)) "." }
                }
            }
        }
    }

    /// The opening conversation as it stands, with what one of the three can do about it.
    pub(super) fn opening(&self, own: &Markup) -> Markup {
        let (teacher, practitioner, manager) = self.first_names();
        html! {
            section.card.stack-s #opening aria-labelledby="opening-title" {
                h2 #opening-title { "The opening conversation of the three" }
                (kit::error_at(self.wrong, "opening"))
                @match &self.common.opening {
                    None if !self.is_on() => p.soft { "It was not held." },
                    None if self.common.practitioner.is_none() => p.soft { (teacher) " chooses first with whom. Then a time is found that suits all three." },
                    None if self.common.declined.is_some() => p { (self.declined()) },
                    None => p.soft { (practitioner) " proposes a time; " (teacher) " and " (manager) " each say whether it suits them." },
                    Some(opening) => {
                        p { strong.big-time { (time_words(self.visit.desk.frame.calendar.local(opening.slot.starts))) } span.soft { " " (kit::length(&opening.slot)) } }
                        p { (self.opening_words(opening)) }
                        @if self.common.declined.is_some() && opening.state == State::Missed { p { (self.declined()) } }
                    }
                }
                @if let Some(at) = self.common.opened_before { p.small.soft { "One took place on " (day_words(self.day(at))) ", before " (practitioner) " was chosen." } }
                (own)
            }
        }
    }

    /// A no calls the time off.
    fn declined(&self) -> String {
        let (teacher, practitioner, manager) = self.first_names();
        let who = if self.common.declined == Some(Seat::Manager) { manager } else { teacher };
        format!(
            "The time that was proposed does not suit {who}, and is free again. {practitioner} can propose another."
        )
    }

    fn opening_words(&self, opening: &Opening) -> String {
        let (teacher, practitioner, manager) = self.first_names();
        let said = |who: &str, suits: Option<bool>| match suits {
            None => format!("{who} has not said yet."),
            Some(true) => format!("It suits {who}."),
            Some(false) => format!("It does not suit {who}."),
        };
        match opening.state {
            State::Held => "It took place.".to_owned(),
            State::Missed => format!("It did not take place. {practitioner} can propose another time."),
            _ if opening.is_agreed() => "It suits all three: agreed.".to_owned(),
            _ if opening.can_be_recorded(self.visit.desk.now) => "It was agreed.".to_owned(),
            _ => format!("{} {}", said(teacher, opening.teacher), said(manager, opening.manager)),
        }
    }

    /// Whether it suits, for teacher and line manager.
    pub(super) fn suits(&self, own: Option<bool>) -> Markup {
        let opening = self.common.opening.as_ref().filter(|one| one.state == State::Booked);
        let ahead = opening.filter(|one| one.slot.starts > self.visit.desk.now && self.goes_on());
        html! {
            @if let Some(opening) = ahead {
                form.row method="post" action=(self.action("opening/answer")) {
                    (kit::csrf(self.visit))
                    input type="hidden" name="meeting" value=(opening.meeting);
                    @if own != Some(true) { button.btn type="submit" name="suits" value="yes" { "It suits me" } }
                    @if own != Some(false) { button.btn.ghost type="submit" name="suits" value="no" { "It does not" } }
                }
            }
        }
    }

    /// One's own signal, with the button that says it or takes it back.
    pub(super) fn signal(&self, (words, own): (&str, Option<jiff::civil::Date>)) -> Markup {
        html! {
            (kit::error_at(self.wrong, "signal"))
            @if let Some(day) = own { p { "You said on " (date_words(day)) ": " (words) "." } }
            @if self.goes_on() {
                form method="post" action=(self.action("signal")) {
                    (kit::csrf(self.visit))
                    @if own.is_some() { button.btn.ghost type="submit" name="said" value="no" { "Take it back" } }
                    @else { button.btn.ghost type="submit" name="said" value="yes" { "Say it: " (words) } }
                }
            }
        }
    }

    /// The fields for scope and time.
    pub(super) fn plan_fields(&self, (meetings, length, text): (&str, &str, &str)) -> Markup {
        plan_fields(self.wrong, (meetings, length, text))
    }

    /// The page of the line manager: what is reported, and what is theirs to do.
    pub fn manager(&self, reported: &Reported) -> Markup {
        let (teacher, ..) = self.first_names();
        let title = format!("Required support, {}", self.common.teacher.name);
        let answered = self.common.opening.as_ref().and_then(|one| one.manager);
        page(
            self.visit,
            (&title, Place::Required),
            &html! {
                (kit::errors(self.wrong))
                div.cols.two {
                    div.stack-l {
                        (self.head(&title))
                        section.stack-s {
                            @match &self.common.practitioner {
                                Some(one) => p.lede { (teacher) " works with " (one.name) "." },
                                None => p.lede { (teacher) " reads this first, then chooses with whom to work." },
                            }
                        }
                        (self.questioned())
                        (self.opening(&self.suits(answered)))
                        (self.attendance())
                        (self.statement())
                        section.card.stack-s #signal {
                            h2 { "When it is enough" }
                            p.soft { "It ends when all three of you have said so: " (teacher) " is confident, you are satisfied, the one who helps sees a distinct improvement. You read what you have said yourself, and that it ended." }
                            (self.signal(("I am satisfied", reported.satisfied)))
                        }
                    }
                    aside.stack { (self.scope()) (self.revision()) (what_you_read(teacher)) }
                }
            },
        )
    }

    /// What is questioned, on top.
    fn questioned(&self) -> Markup {
        html! {
            @if let Some(one) = self.common.questioned().filter(|_| self.goes_on()) {
                div.note.act.stack-s {
                    p { strong { "One of the two questions " (one.what.words().to_lowercase()) "." } " Both may, at any time. Revise it beside this, or keep it as it is." }
                    form method="post" action=(self.action("revision")) { (kit::csrf(self.visit)) button.btn.ghost type="submit" name="answer" value="kept" { "Keep it as it is" } }
                }
            }
        }
    }

    fn revision(&self) -> Markup {
        let open = self.common.questioned().is_some() || kit::is_wrong(self.wrong, "revision");
        let kept =
            |name: &str, so: String| if self.typed.one(name).is_empty() { so } else { self.typed.one(name).to_owned() };
        html! {
            @if let Some(scope) = self.common.scope().filter(|_| self.goes_on()) {
                section.card #revision {
                    details.more open[open] {
                        summary { "Revise scope or time" }
                        form.stack-s method="post" action=(self.action("revision")) novalidate {
                            (kit::csrf(self.visit))
                            input type="hidden" name="number" value=(scope.number);
                            (kit::error_at(self.wrong, "revision"))
                            (self.plan_fields((&kept("meetings", scope.plan.meetings.to_string()), &kept("length", scope.plan.length.0.to_string()), &kept("scope", scope.text.clone()))))
                            button.btn.ghost type="submit" { "Save as a new version" }
                        }
                    }
                }
            }
        }
    }
}

/// The fields for scope and time.
pub fn plan_fields(wrong: &[(&str, String)], (meetings, length, text): (&str, &str, &str)) -> Markup {
    html! {
        div.field.bad[kit::is_wrong(wrong, "scope")] {
            label.f for="scope" { "What is it to cover?" }
            p.hint #scope-hint { "A few sentences, " (LONGEST) " characters at most. You three read this. It is not sealed: whoever runs the program can read it, and so can a line manager who comes after." }
            (kit::error_at(wrong, "scope"))
            textarea #scope name="scope" rows="6" aria-describedby="scope-hint" { (text) }
        }
        div.row {
            div.field.bad[kit::is_wrong(wrong, "meetings")] { label.f for="meetings" { "Meetings planned" } input #meetings type="number" name="meetings" min="1" max="40" inputmode="numeric" value=(meetings); }
            div.field { label.f for="length" { "Minutes each" } input #length type="number" name="length" min="5" max="480" inputmode="numeric" value=(length); }
        }
        (kit::error_at(wrong, "meetings"))
    }
}

/// What the line manager reads, and what never.
fn what_you_read(teacher: &str) -> Markup {
    html! {
        section.seal aria-labelledby="seal" {
            h2 #seal { "What you read" }
            p { "This page, and nothing else. " (teacher) " has the same list." }
            dl {
                dt { "What is said, notes, plan, files " span.lock.n { "nothing" } } dd { "Sealed between the two of them." }
                dt { "Times offered, moved, called off " span.lock.n { "nothing" } } dd { "Only the day of a meeting that is over, and whether it took place." }
                dt { "What the other two have said about the end " span.lock.n { "nothing" } } dd { "Only that it ended, when all three have." }
                dt { "Support that " (teacher) " asks for " span.lock.n { "nothing" } } dd { "That is another matter. Nothing here tells whether there is any." }
            }
        }
    }
}

/// Typed lines as they were typed.
pub fn lines(text: &str) -> Markup {
    html! { p { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } } }
}
