//! How inductions look from outside: that they run, since when and with whom.

use actions::inductions::{Induction, Overview};
use domain::inductions::{Kind, Ramp, missing, week_of};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::inductions::LATER;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::{date_words, day_field};
use crate::pages::{kit, whom};
use crate::visit::Visit;

/// So many newcomers have a field of their own on the form.
pub const SEVERAL: usize = 6;

/// What the pages are made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// What there is.
    pub seen: &'a Overview,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// Which form was sent, if one was.
    pub form: &'a str,
    /// What was typed in it.
    pub typed: &'a Fields,
}

/// The kind of a newcomer in words, with the college's own title.
pub fn kind_words(visit: &Visit, kind: Kind) -> String {
    if kind == Kind::NewPractitioner {
        format!("New {}", visit.desk.frame.programme.title.one)
    } else {
        kind.words().to_owned()
    }
}

/// What it is for, and that nothing depends on it (R-IND-7).
pub fn apart() -> Markup {
    html! {
        div.note.calm { p { strong { "Kept apart from assessment." } " You see that an induction runs, since when, with whom and until when. Which steps are done stands between whoever is new, the mentor and the buddy. Nothing is a condition of anything, and there is nothing to export." } }
    }
}

impl View<'_> {
    fn kept<'b>(&'b self, form: &str, name: &str, so: &'b str) -> &'b str {
        if self.form == form { self.typed.one(name) } else { so }
    }

    /// The page of what runs.
    pub fn list(&self) -> Markup {
        let place = if self.seen.leads { Place::Programme } else { Place::Support };
        page(
            self.visit,
            ("Inductions", place),
            &html! {
                (kit::errors(self.wrong))
                div.stack-l {
                    div.between {
                        div.stack-s {
                            @if self.seen.leads { p.small { a href="/programme" { "Programme" } } }
                            h1 { "Inductions" }
                            p.lede { "The first weeks of whoever is new, with somebody beside them." }
                        }
                        @if !self.seen.running.is_empty() { a.btn href="/inductions/new" { "Begin an induction" } }
                    }
                    @if self.seen.running.is_empty() {
                        div.empty {
                            p { "Inductions that run will be here. Choose who is new, and who goes with them; the steps are there already." }
                            a.btn href="/inductions/new" { "Begin an induction" }
                        }
                    } @else {
                        (self.running())
                        (apart())
                    }
                    @if self.seen.leads { (self.plans()) }
                }
                (whom::list("colleagues", &self.seen.everybody))
            },
        )
    }

    fn running(&self) -> Markup {
        let calendar = &self.visit.desk.frame.calendar;
        html! {
            table.cards {
                thead { tr { th scope="col" { "Who is new" } th scope="col" { "Kind" } th scope="col" { "Week" } th scope="col" { "With" } } }
                tbody {
                    @for one in &self.seen.running {
                        @let week = week_of(calendar, one.starts, self.visit.desk.today());
                        tr {
                            td.name data-label="Who is new" { (one.newcomer.1) }
                            td data-label="Kind" { (kind_words(self.visit, one.kind)) }
                            td data-label="Week" {
                                @if week == 0 { "begins " (date_words(one.starts)) }
                                @else if week > one.weeks { "its weeks are over" }
                                @else { (week) " of " (one.weeks) }
                                br; span.small.soft { "since " (date_words(one.starts)) ", until " (date_words(one.until)) " at the latest" }
                            }
                            td data-label="With" { (self.companions(one)) }
                        }
                    }
                }
            }
        }
    }

    fn companions(&self, one: &Induction) -> Markup {
        let id = one.id.to_string();
        let at = format!("companions-{id}");
        let name = |named: &Option<(domain::ids::PersonId, String)>| {
            named.as_ref().map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let mentor = one.mentor.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default();
        let (chosen, typed) = (self.kept(&id, "mentor", &mentor), name(&one.buddy));
        let missing = missing(one.kind, (one.mentor.is_some(), one.buddy.is_some()));
        html! {
            @if let Some((_, name)) = &one.mentor { (name) ", mentor" br; }
            @if let Some((_, name)) = &one.buddy { (name) ", buddy" br; }
            @if let Some(missing) = missing { span.badge.act { "No " (missing) " any more" } br; }
            details.more id=(at) open[self.form == id || missing.is_some()] {
                summary { "Name another" span.visually-hidden { " mentor or buddy for " (one.newcomer.1) } }
                form.stack-s method="post" action={"/inductions/" (id) "/companions"} novalidate {
                    (kit::csrf(self.visit))
                    (kit::error_at(self.wrong, &at))
                    (self.mentor_field((&format!("mentor-{id}"), chosen, false)))
                    (self.buddy_field((&format!("buddy-{id}"), self.kept(&id, "buddy", &typed))))
                    button.btn.ghost type="submit" { "Save" }
                }
            }
        }
    }

    fn mentor_field(&self, (id, chosen, begins): (&str, &str, bool)) -> Markup {
        html! {
            div.field.bad[kit::is_wrong(self.wrong, id)] {
                label.f for=(id) { "Mentor" }
                (kit::error_at(self.wrong, id))
                select id=(id) name="mentor" {
                    option value="" { "nobody" }
                    @if begins && self.seen.leads { option value=(LATER) selected[chosen == LATER] { "whoever the allocation finds" } }
                    @for one in &self.seen.practitioners { option value=(one.id) selected[chosen == one.id.to_string()] { (one.name) } }
                }
            }
        }
    }

    fn buddy_field(&self, (id, typed): (&str, &str)) -> Markup {
        html! {
            div.field.bad[kit::is_wrong(self.wrong, id)] {
                label.f for=(id) { "Buddy" }
                (kit::error_at(self.wrong, id))
                input id=(id) name="buddy" list="colleagues" autocomplete="off" value=(typed);
            }
        }
    }

    fn plans(&self) -> Markup {
        html! {
            section.stack-s {
                h2 { "The plans" }
                p.soft { "One for each kind of newcomer, ready to be used. What you change counts for those who begin afterwards." }
                ul.plain.stack-s { @for kind in Kind::ALL { li { a href={"/inductions/plans/" (kind.code())} { (kind_words(self.visit, *kind)) } } } }
            }
        }
    }

    /// The form on which one begins.
    pub fn new_one(&self) -> Markup {
        let place = if self.seen.leads { Place::Programme } else { Place::Support };
        let today = self.visit.desk.today().to_string();
        let starts = if self.typed.one("starts").is_empty() { &today } else { self.typed.one("starts") };
        let once =
            if self.typed.one("once").is_empty() { self.visit.once() } else { self.typed.one("once").to_owned() };
        page(
            self.visit,
            ("Begin an induction", place),
            &html! {
                (kit::errors(self.wrong))
                div.narrow.stack-l {
                    div.stack-s {
                        p.small { a href="/inductions" { "Inductions" } }
                        h1 { "Begin an induction" }
                        p.lede { "They are told that something waits for them, and find their first weeks laid out step by step." }
                    }
                    form.stack-l method="post" action="/inductions" novalidate {
                        (kit::csrf(self.visit))
                        input type="hidden" name="once" value=(once);
                        (self.who())
                        (self.kinds())
                        div.stack-s {
                            (day_field(("starts", "starts", "First day"), starts, self.wrong))
                            label.check { input type="checkbox" name="into-next" value="yes" checked[self.typed.ticked("into-next")]; span { "It may go on into the next academic year" } }
                        }
                        div.stack-s {
                            p.small.soft { "Nobody from their own line, and not their appraiser. A new " (self.visit.desk.frame.programme.title.one) " needs a buddy who is in the role; everybody else a mentor." @if self.seen.leads { " You can leave it open: the " a href="/programme/allocation" { "allocation" } " then proposes somebody with hours." } }
                            (self.mentor_field(("mentor", self.typed.one("mentor"), true)))
                            (self.buddy_field(("buddy", self.typed.one("buddy"))))
                        }
                        @if self.seen.leads { (self.slow()) }
                        (apart())
                        div.row { button.btn type="submit" { "Begin" } a.btn.quiet href="/inductions" { "Not now" } }
                    }
                }
                (whom::list("colleagues", &self.seen.everybody))
                (whom::list("newcomers", &self.seen.newcomers))
            },
        )
    }

    fn who(&self) -> Markup {
        let more = (1..SEVERAL).any(|at| !self.typed.one(&format!("newcomer-{at}")).is_empty());
        html! {
            fieldset.plain {
                legend.f { "Who is new" }
                div.stack-s {
                    (self.newcomer(0, "Name"))
                    details.more open[more] {
                        summary { "Several begin together" }
                        div.stack-s { @for at in 1..SEVERAL { (self.newcomer(at, &format!("Name {}", at + 1))) } }
                    }
                }
            }
        }
    }

    fn newcomer(&self, at: usize, label: &str) -> Markup {
        let name = format!("newcomer-{at}");
        let bad = kit::is_wrong(self.wrong, &name);
        html! {
            div.field.bad[bad] {
                label.f for=(name) { (label) }
                @if at == 0 { p.hint #newcomer-hint { "Type a name and choose from the list." } }
                (kit::error_at(self.wrong, &name))
                input id=(name) name=(name) list="newcomers" autocomplete="off" value=(self.typed.one(&name)) aria-invalid=[bad.then_some("true")] aria-describedby=[(at == 0).then_some("newcomer-hint")];
            }
        }
    }

    fn kinds(&self) -> Markup {
        let chosen = self.typed.one("kind");
        html! {
            fieldset.plain #kind {
                legend.f { "What is new for them" }
                (kit::error_at(self.wrong, "kind"))
                div.chips {
                    @for kind in Kind::ALL { label.chip { input type="radio" name="kind" value=(kind.code()) checked[chosen == kind.code()]; span { (kind_words(self.visit, *kind)) } } }
                }
            }
        }
    }

    fn slow(&self) -> Markup {
        let title = &self.visit.desk.frame.programme.title.one;
        let open = self.typed.one("kind") == Kind::NewPractitioner.code() || kit::is_wrong(self.wrong, "share-0");
        html! {
            details.more open[open] {
                summary { "A slow start for a new " (title) }
                div.stack-s {
                    label.check { input type="checkbox" name="slow" value="yes" checked[self.typed.ticked("slow")]; span { "Expect less of their hours at first" } }
                    (shares(self.typed, Ramp::PROPOSED, self.wrong))
                }
            }
        }
    }
}

/// Four fields for the shares of a slow start.
pub fn shares(typed: &Fields, so: Ramp, wrong: &[(&str, String)]) -> Markup {
    html! {
        fieldset.plain {
            legend.f { "Percent of the remitted hours expected, by half term of six teaching weeks" }
            (kit::error_at(wrong, "share-0"))
            div.row {
                @for (at, share) in so.0.iter().enumerate() {
                    @let name = format!("share-{at}");
                    @let kept = typed.one(&name);
                    div.field {
                        label.f for=(name) { (at + 1) "." }
                        input.small id=(name) type="number" name=(name) min="10" max="100" inputmode="numeric" value=(if kept.is_empty() { share.to_string() } else { kept.to_owned() });
                    }
                }
            }
        }
    }
}
