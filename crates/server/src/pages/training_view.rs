//! How a session looks: as a card in a list, and on its own page.

use std::collections::BTreeMap;

use actions::communities::Training;
use actions::hours::Colleague;
use actions::training_people::Comes;
use actions::trainings::Page;
use domain::ids::TrainingId;
use domain::training::{Part, State};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::layout::{Place, page};
use crate::pages::training_said::Opinions;
use crate::pages::trainings::when;
use crate::pages::{kit, whom};
use crate::visit::Visit;

/// A session in a list, with its one tap.
pub fn card(visit: &Visit, one: &Training, own: &BTreeMap<TrainingId, bool>) -> Markup {
    let runs = one.runner == visit.visitor.person.id;
    html! {
        article.card.stack-s {
            div.between {
                div {
                    h3 { a href={"/sessions/" (one.id)} { (one.planned.title) } @if one.state != State::Planned { " " span.badge { (one.state.words()) } } }
                    p { strong { (when(visit, one)) } " · " (one.planned.place) }
                    p.small.soft { (one.areas.join(", ")) " · " (one.planned.format.words()) @if !runs { " · " (one.runner_name) } }
                }
                (tap(visit, one, own))
            }
        }
    }
}

/// Signing up and taking it back, in one tap (R-SES-7).
fn tap(visit: &Visit, one: &Training, own: &BTreeMap<TrainingId, bool>) -> Markup {
    let action = |end: &str| format!("/sessions/{}/{end}", one.id);
    let ahead = one.planned.slot.starts > visit.desk.now;
    html! {
        @match own.get(&one.id) {
            _ if one.runner == visit.visitor.person.id => {},
            Some(came) => form.stack-s method="post" action=(action("sign-up/removal")) {
                (kit::csrf(visit))
                p.small { span.badge { @if *came { "You came" } @else if one.state == State::CalledOff { "Called off" } @else if ahead { "You are coming" } @else { "You signed up" } } }
                button.btn.quiet type="submit" aria-label={"Take me out of " (one.planned.title)} { "Take me out" }
            },
            None if ahead && one.state == State::Planned => form method="post" action=(action("sign-up")) {
                (kit::csrf(visit))
                button.btn type="submit" aria-label={"Sign up for " (one.planned.title)} { "Sign up" }
            },
            None => {},
        }
    }
}

/// What a session's page is made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The session.
    pub seen: &'a Page,
    /// What those who came say of it.
    pub opinions: &'a Opinions,
    /// What one has signed up for.
    pub own: &'a BTreeMap<TrainingId, bool>,
    /// Who comes, and whom one may add; for whoever runs it.
    pub coming: Option<&'a (Vec<Comes>, Vec<Colleague>)>,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub typed: &'a Fields,
}

impl View<'_> {
    fn action(&self, end: &str) -> String {
        format!("/sessions/{}/{end}", self.seen.training.id)
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let (visit, one) = (self.visit, &self.seen.training);
        let begun = one.planned.slot.starts <= visit.desk.now;
        page(
            visit,
            (&one.planned.title, Place::Sessions),
            &html! {
                (kit::errors(self.wrong))
                div.cols.two {
                    div.stack {
                        div.stack-s {
                            p.small { a href="/sessions" { "← Sessions" } }
                            h1 { (one.planned.title) }
                            p.lede { (when(visit, one)) " · " (one.planned.place) @if one.state != State::Planned { " · " strong { (one.state.words()) } } }
                        }
                        @if !one.runner_here && one.state == State::Planned { div.note.act { p { (one.runner_name) " cannot run this any more. The programme lead can pass it on." } } }
                        @if !visit.desk.frame.calendar.is_working_day(visit.desk.frame.calendar.day(one.planned.slot.starts)) { div.note { p { "There is no teaching at the college that day." } } }
                        (kit::error_at(self.wrong, "sign-up"))
                        (tap(visit, one, self.own))
                        (self.opinions.section((visit, one), (self.wrong, self.typed)))
                        (self.about())
                        (self.materials())
                        @if self.seen.runs && one.state != State::CalledOff { (self.people(begun)) @if begun { (self.holding()) } }
                    }
                    aside.stack {
                        @if self.seen.may_change && one.state == State::Planned { (self.changes()) }
                        (self.passing())
                        (who_sees(visit, &one.runner_name))
                        (self.try_it())
                    }
                }
            },
        )
    }

    fn about(&self) -> Markup {
        let one = &self.seen.training;
        html! {
            section.card.stack-s {
                h2 { "About" }
                dl.facts {
                    dt { "For" } dd { @for (n, (area, name)) in one.planned.areas.iter().zip(&one.areas).enumerate() { @if n > 0 { ", " } a href={"/communities/" (area)} { (name) } } }
                    dt { "Format" } dd { (one.planned.format.words()) }
                    @if let Some(theme) = &one.theme { dt { "Theme" } dd { (theme) } }
                    dt { @if one.planned.part == Part::Leads { "Led by" } @else { "Advised by" } } dd { (one.runner_name) }
                    dt { "Time" } dd { @if one.planned.agreed { "Agreed with whoever leads the area" } @else { "Not agreed yet with whoever leads the area" } }
                    @if let Some(room) = one.planned.room_for { dt { "Room" } dd { "For about " (room) ". If more come, a larger room is found or it is repeated." } }
                }
            }
        }
    }

    fn materials(&self) -> Markup {
        let visit = self.visit;
        html! {
            section.card.stack-s #materials {
                h2 { "To read" }
                @if self.seen.materials.is_empty() { p.soft { "Slides, links and things to try will be here." } }
                @for kept in &self.seen.materials {
                    div.between {
                        div {
                            @if kept.material.link.is_empty() { h3 { (kept.material.title) } } @else { h3 { a href=(kept.material.link) rel="noreferrer" { (kept.material.title) } } }
                            @if !kept.material.text.is_empty() { p.small { (kept.material.text) } }
                        }
                        @if self.seen.runs { form method="post" action=(self.action(&format!("materials/{}/removal", kept.id))) { (kit::csrf(visit)) button.btn.quiet type="submit" aria-label={"Take away " (kept.material.title)} { "Take away" } } }
                    }
                }
                @if self.seen.runs {
                    details.more open[kit::is_wrong(self.wrong, "title")] {
                        summary { "Add something" }
                        form.stack method="post" action=(self.action("materials")) {
                            (kit::csrf(visit)) (kit::once(visit))
                            p.small.soft { "Everybody who is signed in can read it. Write no names." }
                            div.field.bad[kit::is_wrong(self.wrong, "title")] { label.f for="title" { "Title" } (kit::error_at(self.wrong, "title")) input #title name="title" maxlength="80" value=(self.typed.one("title")); }
                            div.field { label.f for="link" { "Link, beginning with https://" } input #link name="link" type="url" maxlength="500" value=(self.typed.one("link")); }
                            div.field { label.f for="reading" { "Or a short text" } textarea #reading name="reading" rows="3" maxlength="600" { (self.typed.one("reading")) } }
                            button.btn.ghost type="submit" { "Add" }
                        }
                    }
                }
            }
        }
    }

    /// Who comes and who came, for whoever runs it (R-SES-8, R-SES-9).
    fn people(&self, begun: bool) -> Markup {
        let Some((list, everybody)) = self.coming else { return html! {} };
        html! {
            section.card.stack #people {
                h2 { @if begun { "Who came?" } @else { (list.len()) " coming" } }
                p.small.soft { "You read this and nobody else does; each of them sees their own line." }
                @if list.is_empty() { p { "Nobody has signed up so far." @if !begun { " Those who do will be here." } } }
                @if begun {
                    form.stack method="post" action=(self.action("attendance")) {
                        (kit::csrf(self.visit))
                        fieldset.plain {
                            legend.visually-hidden { "Who came?" }
                            @for one in list { label.check { input type="checkbox" name="came" value=(one.person) checked[one.came || !self.seen.training.noted]; span { (one.name) @if !one.area.is_empty() { span.soft { " · " (one.area) } } } } }
                        }
                        div.field.bad[kit::is_wrong(self.wrong, "whom")] {
                            label.f for="whom" { "Somebody else who came" }
                            p.hint { "They see it under their own sessions and can take themselves out." }
                            (kit::error_at(self.wrong, "whom"))
                            input #whom name="whom" list="everybody" autocomplete="off" value=(self.typed.one("whom"));
                            (whom::list("everybody", everybody))
                        }
                        button.btn.ghost type="submit" { "They came" }
                    }
                } @else {
                    ul.plain { @for one in list { li { (one.name) @if !one.area.is_empty() { span.soft { " · " (one.area) } } } } }
                }
            }
        }
    }

    /// Its time goes into one's own hours (R-SES-10).
    fn holding(&self) -> Markup {
        let one = &self.seen.training;
        let typed = self.typed.one("length");
        let length = if typed.is_empty() { one.planned.slot.length.0.to_string() } else { typed.to_owned() };
        let held = one.state == State::Held;
        html! {
            form.card.stack method="post" action=(self.action("holding")) {
                (kit::csrf(self.visit))
                h2 { @if held { "It was held" } @else { "Did it take place?" } }
                p.small.soft { @if held { "Its time is in your hours. Said again, it takes the place of what was there." } @else { "Its time goes into your hours, once. If it did not take place, call it off." } }
                (kit::error_at(self.wrong, "length"))
                div.row {
                    div.field { label.f for="length" { "Minutes" } input #length type="number" name="length" min="5" max="480" inputmode="numeric" value=(length); }
                    div.field { label.f for="ready" { "Getting it ready, minutes" } input #ready type="number" name="ready" min="0" max="475" inputmode="numeric" value=(self.typed.one("ready")); }
                }
                button.btn type="submit" { @if held { "Correct it" } @else { "It took place" } }
            }
        }
    }

    fn changes(&self) -> Markup {
        html! {
            section.card.stack-s {
                h2 { "Change it" }
                @if self.seen.training.planned.slot.starts > self.visit.desk.now { p { a.btn.ghost href=(self.action("edit")) { "Change time, place or title" } } }
                form.stack-s method="post" action=(self.action("calling-off")) {
                    (kit::csrf(self.visit))
                    (kit::version(self.seen.training.version))
                    (kit::error_at(self.wrong, "calling-off"))
                    button.btn.quiet #calling-off type="submit" { "Call it off" }
                    p.small.soft { "Those who signed up hear that something is waiting." }
                }
            }
        }
    }

    /// The lead passes it on (R-SES-13); a practitioner repeats it elsewhere (R-SES-15).
    fn passing(&self) -> Markup {
        let ahead = self.seen.training.planned.slot.starts > self.visit.desk.now;
        html! {
            @if self.visit.is(domain::people::Role::Practitioner) {
                p { a href={"/sessions/new?like=" (self.seen.training.id)} { "Repeat it for another area" } }
            }
            @if ahead && self.seen.training.state == State::Planned && !self.seen.pass_to.is_empty() {
                form.card.stack-s method="post" action=(self.action("runner")) {
                    (kit::csrf(self.visit))
                    (kit::version(self.seen.training.version))
                    h2 { "Pass it on" }
                    div.field.bad[kit::is_wrong(self.wrong, "practitioner")] {
                        label.f for="practitioner" { "To whom?" }
                        (kit::error_at(self.wrong, "practitioner"))
                        select #practitioner name="practitioner" { @for (person, name) in &self.seen.pass_to { option value=(person) { (name) } } }
                    }
                    button.btn.ghost type="submit" { "Pass it on" }
                    p.small.soft { "They and those who signed up hear that something is waiting. Who has signed up, you do not see." }
                }
            }
        }
    }

    /// One tap from a session to support, which tells nobody anything (R-SES-16).
    fn try_it(&self) -> Markup {
        let one = &self.seen.training;
        html! {
            @if let (Some(theme), true, true) = (one.planned.theme, self.visit.teaches(), one.runner != self.visit.visitor.person.id) {
                form.card.stack-s method="post" action="/support/new" {
                    (kit::csrf(self.visit))
                    input type="hidden" name="theme" value=(theme);
                    h2 { "Would you like to try it?" }
                    p.small.soft { "Somebody can think it through with you. This opens the form for asking and tells nobody anything." }
                    button.btn.ghost type="submit" { "I will try this" }
                }
            }
        }
    }
}

/// Who learns that somebody comes to a session, asked of the gate (R-SES-8).
pub fn who_sees(visit: &Visit, runner: &str) -> Markup {
    let table = visit.desk.house.gate.role_table(&visit.desk.frame.programme.facts);
    let reads = table.iter().filter(|row| row.programme.iter().any(|act| act.name == "SeeAttendance"));
    let others: Vec<&str> = reads.map(|row| row.role.words()).collect();
    html! {
        section.seal aria-labelledby="seal" {
            h2 #seal { "Who can see that you come" }
            dl {
                dt { span { "You and " (runner) } " " span.lock.y { "yes" } }
                dd { "Whoever runs it, so that there are chairs enough." }
                dt { span { "Managers, heads, lead, administrator" } " " @if others.is_empty() { span.lock.n { "nothing" } } @else { span.lock.y { (others.join(", ")) } } }
                dd { "That there is a session, for which areas, and that it was held. Not who comes and not how many." }
                dt { span { "What you say of it afterwards" } " " span.lock.n { "nobody" } }
                dd { "Each tap is counted, and of whose it was nothing is kept but that you have tapped. Where ten or more have answered, everybody reads after fourteen days whether half of them agreed; how many answered is shown to nobody." }
            }
        }
        p.small.soft { "Worked out from the access rules in force today. " a href="/promise" { "Read the rules" } }
    }
}
