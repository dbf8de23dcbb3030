//! How a person's place among the staff looks to the administrator.

use actions::person::{Page, further_areas, planned};
use domain::ids::{AreaId, PersonId};
use domain::people::{Role, Roles};
use domain::relations::{Names, Relation, Strand, Tie};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::layout::{Place, page};
use crate::pages::person::strand_code;
use crate::pages::person_form::{about_fields, date_words, day_field, role_choices};
use crate::pages::{kit, whom};
use crate::visit::Visit;

/// What the page is made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The person.
    pub page: &'a Page,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// Which form was sent, if one was.
    pub form: &'a str,
    /// What was typed in it.
    pub typed: &'a Fields,
}

impl Names for View<'_> {
    fn area(&self, area: AreaId) -> &str {
        let found = self.page.places.areas.iter().find(|(id, _)| *id == area);
        found.map_or("an area that is gone", |(_, name)| name)
    }

    fn person(&self, of: PersonId) -> &str {
        let found = self.page.places.names.iter().find(|(id, _)| *id == of);
        found.map_or("somebody", |(_, name)| name)
    }

    fn role(&self, role: Role) -> String {
        kit::role_words(self.visit, Roles::NONE.with(role))
    }
}

impl View<'_> {
    /// The page.
    pub fn page(&self) -> Markup {
        let person = &self.page.person;
        page(
            self.visit,
            (&person.name, Place::People),
            &html! {
                (kit::errors(self.wrong))
                div.cols.two {
                    div.stack-l {
                        div.row {
                            (kit::avatar(&person.name))
                            div.stack-s {
                                h1 { (person.name) }
                                p.soft { (self.now()) }
                            }
                        }
                        (self.planned())
                        (self.areas())
                        (self.line())
                        (self.roles())
                        (self.account())
                        (self.details())
                        p { a href="/people" { "Back to all staff" } }
                    }
                    aside.stack {
                        section.card.stack-s {
                            h2 { "What you see here" }
                            p.small { "Areas, line, roles and account, with their days: the organisation chart. Nothing on this page depends on whether somebody asked for support, and nothing you enter here tells you." }
                        }
                        (self.reports())
                        (self.history())
                    }
                }
                (whom::list("colleagues", &self.page.places.people))
            },
        )
    }

    fn today(&self) -> Date {
        self.visit.desk.today()
    }

    fn action(&self, noun: &str) -> String {
        format!("/people/{}/{noun}", self.page.person.id)
    }

    /// What was typed into a field of a form, or else what is so.
    fn kept(&self, form: &str, name: &str, so: &str) -> String {
        if self.form == form { self.typed.one(name).to_owned() } else { so.to_owned() }
    }

    fn now(&self) -> String {
        let state = &self.page.today;
        let account = if state.active { "account on" } else { "account off" };
        let areas = state.area.into_iter().chain(state.also.iter().copied());
        let areas: Vec<&str> = areas.map(|area| self.area(area)).collect();
        let parts = [kit::role_words(self.visit, state.roles), areas.join(", "), account.to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What is so from a planned day on in a strand.
    fn then(&self, strand: Strand, on: Date) -> String {
        let own = |relation: &&Relation| relation.tie.strand() == strand;
        match self.page.history.iter().filter(own).find(|relation| relation.starts == on) {
            Some(relation) => relation.tie.words(self),
            None => match strand {
                Strand::Account => "Account off".to_owned(),
                Strand::MainArea => "No main area".to_owned(),
                Strand::Area(area) => format!("No longer in {}", self.area(area)),
                Strand::Manager => "No line manager".to_owned(),
                Strand::Appraiser => "No appraiser".to_owned(),
                Strand::Role(role) => format!("No longer {}", self.role(role)),
            },
        }
    }

    fn planned(&self) -> Markup {
        let planned = planned(&self.page.history, self.today());
        html! {
            @if !planned.is_empty() || self.form == "planned" {
                section.card.next.stack-s #planned {
                    h2 { "Planned" }
                    (kit::error_at(self.wrong, "planned"))
                    ul.plain.stack-s {
                        @for (on, strand) in planned {
                            @let words = self.then(strand, on);
                            li.between {
                                span { strong { "From " (date_words(on)) } ": " (words) }
                                @if self.page.may_change_roles {
                                    form method="post" action=(self.action("cancellation")) {
                                        (kit::csrf(self.visit))
                                        input type="hidden" name="strand" value=(strand_code(strand));
                                        input type="hidden" name="on" value=(on);
                                        button.btn.quiet.small type="submit" aria-label={"Take it back: " (words) " from " (date_words(on))} { "Take it back" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A form that is folded away until it is needed, or open when something in it is wrong.
    fn folded(&self, (form, noun): (&str, &str), summary: &str, fields: &Markup) -> Markup {
        html! {
            details.more open[self.form == form] {
                summary { (summary) }
                form.stack-s method="post" action=(self.action(noun)) novalidate {
                    (kit::csrf(self.visit))
                    (fields)
                    (self.from(form, "From"))
                    button.btn.ghost type="submit" { "Save" }
                }
            }
        }
    }

    fn from(&self, form: &str, label: &str) -> Markup {
        // Somebody's last day is not to be set with one careless click.
        let last = form == "leaving" && self.page.today.active;
        let proposed = if last { String::new() } else { self.today().to_string() };
        day_field((&format!("{form}-from"), "from", label), &self.kept(form, "from", &proposed), self.wrong)
    }

    /// Since when what holds today in a strand has held.
    fn since(&self, tie: Tie) -> String {
        let held = self.page.history.iter().find(|relation| relation.tie == tie && relation.holds(self.today()));
        held.map(|relation| format!("since {}", date_words(relation.starts))).unwrap_or_default()
    }

    fn areas(&self) -> Markup {
        let state = &self.page.today;
        let also = further_areas(&self.page.history, self.today());
        let area = state.area.map(|area| area.to_string()).unwrap_or_default();
        let main = html! { (self.choose_area("area", "Main area", &self.kept("area", "area", &area), "None")) };
        let what = self.kept("also", "what", "begins");
        let further = html! {
            fieldset.plain #also {
                legend.f { "Further area" }
                (kit::error_at(self.wrong, "also"))
                div.chips {
                    label.chip { input type="radio" name="what" value="begins" checked[what != "ends"]; span { "Also works in" } }
                    label.chip { input type="radio" name="what" value="ends" checked[what == "ends"]; span { "No longer works in" } }
                }
            }
            (self.choose_area("also-area", "Area", &self.kept("also", "area", ""), "Choose an area"))
        };
        html! {
            section.card.stack-s {
                h2 { "Areas" }
                dl.facts {
                    dt { "Main area" }
                    dd { @match state.area { Some(area) => { (self.area(area)) " " span.soft { (self.since(Tie::MainArea(area))) } }, None => span.soft { "none" } } }
                    @for area in also.iter().filter(|area| state.also.contains(area)) {
                        dt { "Also in" } dd { (self.area(*area)) " " span.soft { (self.since(Tie::Area(*area))) } }
                    }
                }
                (self.folded(("area", "area"), "Change the main area", &main))
                (self.folded(("also", "area"), "Add or end a further area", &further))
            }
        }
    }

    fn choose_area(&self, id: &str, label: &str, chosen: &str, none: &str) -> Markup {
        html! {
            div.field {
                label.f for=(id) { (label) }
                @if id == "area" { (kit::error_at(self.wrong, "area")) }
                select id=(id) name="area" {
                    option value="" selected[chosen.is_empty()] { (none) }
                    @for (area, name) in &self.page.places.areas { option value=(area) selected[chosen == area.to_string()] { (name) } }
                }
            }
        }
    }

    fn line(&self) -> Markup {
        let state = &self.page.today;
        let strands = [
            ("manager", "Line manager", state.manager, state.manager.map(Tie::Manager)),
            ("appraiser", "Appraiser", state.appraiser, state.appraiser.map(Tie::Appraiser)),
        ];
        html! {
            section.card.stack-s {
                h2 { "Line" }
                dl.facts {
                    @for (_, label, whom, tie) in strands {
                        dt { (label) }
                        dd { @match whom.zip(tie) { Some((whom, tie)) => { a href={"/people/" (whom)} { (self.person(whom)) } " " span.soft { (self.since(tie)) } }, None => span.soft { "none" } } }
                    }
                }
                @for (form, label, whom, _) in strands {
                    @let so = whom.map(|whom| self.person(whom).to_owned()).unwrap_or_default();
                    @let summary = format!("Change the {}", label.to_lowercase());
                    @let noun = format!("line/{form}");
                    (self.folded((form, &noun), &summary, &self.choose_whom((form, label), &self.kept(form, "whom", &so))))
                }
            }
        }
    }

    fn choose_whom(&self, (form, label): (&str, &str), value: &str) -> Markup {
        html! {
            div.field.bad[kit::is_wrong(self.wrong, form)] {
                label.f for=(form) { (label) }
                p.hint id={(form) "-hint"} { "Type a name and choose from the list. Leave it empty for nobody." }
                (kit::error_at(self.wrong, form))
                input id=(form) name="whom" list="colleagues" autocomplete="off" value=(value) aria-describedby={(form) "-hint"};
            }
        }
    }

    fn roles(&self) -> Markup {
        let held = self.page.today.roles;
        let ticked = |role: Role| {
            if self.form == "roles" { self.typed.all("role").any(|code| code == role.code()) } else { held.has(role) }
        };
        html! {
            section.card.stack-s {
                h2 { "Roles" }
                ul.plain { @for role in held.iter() { li { (self.role(role)) " " span.soft { (self.since(Tie::Role(role))) } } } }
                @if self.page.may_change_roles {
                    (self.folded(("roles", "roles"), "Change roles", &role_choices(self.visit, self.wrong, ticked)))
                } @else {
                    p.small.soft { "Nobody changes their own roles. Another administrator can." }
                }
            }
        }
    }

    fn account(&self) -> Markup {
        let active = self.page.today.active;
        html! {
            section.card.stack-s {
                h2 { @if active { "Leaving" } @else { "Coming back" } }
                p { "The account is " strong { @if active { "on" } @else { "off" } } @if active { " " span.soft { (self.since(Tie::Account)) } } "." }
                @if self.page.may_switch {
                    form.stack-s #leaving method="post" action=(self.action("leaving")) novalidate {
                        (kit::csrf(self.visit))
                        (kit::error_at(self.wrong, "leaving"))
                        @if !active { input type="hidden" name="on" value="yes"; }
                        (self.from("leaving", if active { "First day on which they no longer work here" } else { "First day on which they work here again" }))
                        p.small.soft { @if active { "From that day the account is off and they are signed out everywhere. Everything that was stays as it was." } @else { "From that day they can sign in again. Look at their areas, line and roles as well." } }
                        button.btn.ghost type="submit" { @if active { "Set this day" } @else { "Switch on from this day" } }
                    }
                } @else { p.small.soft { "Nobody switches their own account." } }
            }
        }
    }

    fn details(&self) -> Markup {
        let person = &self.page.person;
        let site = person.site.map(|site| site.to_string()).unwrap_or_default();
        let value = |name: &str, so: &str| self.kept("details", name, so);
        let values = [
            value("name", &person.name),
            value("email", &person.email),
            value("number", &person.number),
            value("job", &person.job),
            value("site", &site),
        ];
        html! {
            section.card.stack-s {
                h2 { "Name and address" }
                p { (person.email) @if !person.number.is_empty() { " · staff number " (person.number) } @if !person.job.is_empty() { " · " (person.job) } }
                details.more open[self.form == "details"] {
                    summary { "Change name, address, staff number, job title or site" }
                    form.stack-s method="post" action=(self.action("details")) novalidate {
                        (kit::csrf(self.visit))
                        (about_fields(&self.page.places, &values, self.wrong))
                        button.btn.ghost type="submit" { "Save" }
                    }
                }
            }
        }
    }

    fn reports(&self) -> Markup {
        let person = &self.page.person;
        let leaves = !self.page.today.active
            || planned(&self.page.history, self.today()).iter().any(|(_, strand)| *strand == Strand::Account);
        html! {
            @if !person.manages.is_empty() || !person.appraises.is_empty() {
                section.card.stack-s {
                    h2 { "Who stands under them" }
                    @if leaves { div.note { p { "They have left or will leave. Give these colleagues somebody else from that day." } } }
                    @for (words, all) in [("Line manager of", &person.manages), ("Appraiser of", &person.appraises)] {
                        @if !all.is_empty() {
                            p.small.soft { (words) }
                            ul.plain { @for one in all { li { a href={"/people/" (one.id)} { (one.name) } @if !one.area.is_empty() { span.soft { " · " (one.area) } } } } }
                        }
                    }
                }
            }
        }
    }

    fn history(&self) -> Markup {
        let mut all: Vec<&Relation> = self.page.history.iter().filter(|one| one.starts <= self.today()).collect();
        all.sort_by_key(|relation| std::cmp::Reverse(relation.starts));
        html! {
            section.card.stack-s {
                h2 { "So far" }
                p.small.soft { "What was stays written here. Days before somebody was entered are not known." }
                ul.timeline.plain {
                    @for relation in all {
                        li.done-step[relation.is_over(self.today())] {
                            (relation.tie.words(self)) br;
                            span.small.soft { "from " (date_words(relation.starts)) @if let Some(until) = relation.until { " until " (date_words(until)) } }
                        }
                    }
                }
            }
        }
    }
}
