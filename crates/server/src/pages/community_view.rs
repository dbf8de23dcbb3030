//! How the grid of communities and an area's community look (sketch `programme.png`).

use actions::communities::{Grid, Line, Need, Page, may_agree};
use domain::people::Role;
use domain::period::Term;
use domain::training::{Dots, Side, Source, State};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::trainings::when;
use crate::visit::Visit;

/// Sessions of a term as dots, with the same in words (R-SES-2).
pub fn dots(dots: &Dots) -> Markup {
    html! {
        span.dots role="img" aria-label=(dots.words()) {
            @for _ in 0..dots.held { b.f {} }
            @for _ in 0..dots.planned { b.s {} }
            @for _ in 0..dots.missing { b {} }
        }
    }
}

/// The grid of a year.
pub fn grid(visit: &Visit, grid: &Grid, wrong: &[(&str, String)]) -> Markup {
    let title = &visit.desk.frame.programme.title;
    page(
        visit,
        ("Communities of practice", Place::Sessions),
        &html! {
            (kit::errors(wrong))
            div.stack-l {
                div.stack-s {
                    p.small { a href="/sessions" { "← Sessions" } }
                    h1 { "Communities of practice" }
                    p.lede { "One for each area: short sessions about what would help there most. At least " (grid.least) " a term. This counts sessions, never people." }
                }
                section.card.stack-s {
                    p.legend.dots-legend { span.held { "held" } " " span.planned { "planned" } " " span.missing { "missing" } }
                    @if grid.lines.is_empty() { div.empty { p { "Once areas are in the staff file, each has its community here." } } }
                    @else {
                        table.cards {
                            thead { tr {
                                th scope="col" { "Area" } th scope="col" { (title.one) }
                                @for term in &grid.terms { th scope="col" { (term.name) } }
                                th scope="col" { "Theme agreed with the head of area" }
                            } }
                            tbody { @for line in &grid.lines { (row(line, (&title.one, &grid.terms))) } }
                        }
                    }
                }
                @if visit.is(Role::ProgrammeLead) { (settings(visit, grid, wrong)) }
            }
        },
    )
}

fn row(line: &Line, (title, terms): (&str, &[Term])) -> Markup {
    html! {
        tr {
            td.name data-label="Area" { a href={"/communities/" (line.community.area)} { (line.community.name) } }
            td data-label=(title) { @match &line.practitioner { Some((person, name)) => a href={"/practitioners/" (person)} { (name) }, None => span.soft { "nobody yet" } } }
            @for (term, own) in terms.iter().zip(&line.dots) { td data-label=(term.name) { (dots(own)) } }
            td data-label="Theme agreed" { @match &line.theme { Some(theme) => (theme), None => span.soft { "none yet" } } }
        }
    }
}

/// What the lead sets (R-SES-1, R-SES-2).
fn settings(visit: &Visit, grid: &Grid, wrong: &[(&str, String)]) -> Markup {
    let several = || grid.lines.iter().filter(|line| line.community.looked_after.len() > 1);
    html! {
        form.card.stack method="post" action="/communities" {
            (kit::csrf(visit))
            h2 { "What you set" }
            div.field.bad[kit::is_wrong(wrong, "least")] {
                label.f for="least" { "At least so many sessions a term in each area" }
                (kit::error_at(wrong, "least"))
                input #least type="number" name="least" min="0" max="6" inputmode="numeric" value=(grid.least);
            }
            @for line in several() {
                @let name = format!("practitioner-{}", line.community.area);
                div.field {
                    label.f for=(name) { "Whose community is " (line.community.name) "?" }
                    select id=(name) name=(name) { @for (person, words) in &line.community.looked_after { option value=(person) selected[line.practitioner.as_ref().is_some_and(|(own, _)| own == person)] { (words) } } }
                }
            }
            button.btn.ghost type="submit" { "Save" }
            p.small.soft { "You see sessions and dots. Who comes to a session, and how many, is not shown to you anywhere." }
        }
    }
}

/// What an area's page is made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The community.
    pub seen: &'a Page,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub typed: &'a Fields,
}

impl View<'_> {
    fn action(&self, end: &str) -> String {
        format!("/communities/{}/{end}", self.seen.line.community.area)
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let (seen, title) = (self.seen, &self.visit.desk.frame.programme.title.one);
        let name = &seen.line.community.name;
        page(
            self.visit,
            (name, Place::Sessions),
            &html! {
                (kit::errors(self.wrong))
                div.stack-l {
                    div.between {
                        div.stack-s {
                            p.small { a href="/communities" { "← Communities of practice" } }
                            h1 { (name) }
                            p.lede {
                                @match &seen.line.practitioner { Some((person, name)) => { (title) ": " a href={"/practitioners/" (person)} { (name) } } None => "Nobody looks after this area yet" }
                                @if let Some(theme) = &seen.line.theme { " · " (theme) }
                            }
                        }
                        @if seen.may_plan && self.visit.is(Role::Practitioner) { a.btn href={"/sessions/new?area=" (seen.line.community.area)} { "Plan a session" } }
                    }
                    div.cols.two {
                        div.stack { (self.sessions()) (self.needs()) }
                        aside.stack { (self.terms()) @if seen.may_enter { (self.enter()) } (self.suggest()) }
                    }
                }
            },
        )
    }

    fn terms(&self) -> Markup {
        html! {
            section.card.stack-s {
                h2 { "This year" }
                dl.facts { @for (term, own) in self.seen.terms.iter().zip(&self.seen.line.dots) { dt { (term.name) } dd { (dots(own)) " " span.small.soft { (own.words()) } } } }
            }
        }
    }

    fn sessions(&self) -> Markup {
        html! {
            section.card.stack-s {
                h2 { "Sessions" }
                @if self.seen.trainings.is_empty() { p.soft { "What is planned and what was held will be here." } }
                ul.plain.stack-s {
                    @for one in &self.seen.trainings {
                        li {
                            a href={"/sessions/" (one.id)} { (one.planned.title) }
                            @if one.state != State::Planned { " " span.badge { (one.state.words()) } }
                            br; span.small.soft { (when(self.visit, one)) " · " (one.planned.place) " · " (one.runner_name) }
                        }
                    }
                }
            }
        }
    }

    fn needs(&self) -> Markup {
        let seen = self.seen;
        html! {
            section.card.stack-s #needs {
                h2 { "What would help, and how we know" }
                p.small.soft { "Themes with where they come from. No names, and no numbers of people." }
                (kit::error_at(self.wrong, "needs"))
                @if seen.needs.is_empty() && seen.priorities.is_empty() { p.soft { "Needs will be here: from the head of area and the practitioner, from what the college sees, and from staff themselves." } }
                ul.plain.stack-s {
                    @for need in &seen.needs { (self.need(need)) }
                    @for (theme, set_by) in &seen.priorities { li { (theme.name) br; span.small.soft { "Priority of the college" @if let Some(one) = set_by { ", set by " (one.words()) } } } }
                }
            }
        }
    }

    fn need(&self, need: &Need) -> Markup {
        let seen = self.seen;
        let term = seen.terms.iter().find(|term| term.starts == need.term);
        let waits = need.side.filter(|_| need.source == Source::View && !need.agreed);
        html! {
            li.between {
                div {
                    @if need.title.is_empty() { (need.theme_name) } @else { (need.title) " " span.tag { (need.theme_name) } }
                    br; span.small.soft {
                        (need.source.words())
                        @if let Some(term) = term { " · " (term.name) }
                        @if need.agreed { " · agreed" }
                        @match waits { Some(Side::Head) => " · the practitioner has not agreed yet", Some(_) => " · the head of area has not agreed yet", None => "" }
                    }
                }
                div.row {
                    @if waits.is_some_and(|side| may_agree(&seen.sides, side)) {
                        form method="post" action=(self.action(&format!("needs/{}/agreement", need.id))) { (kit::csrf(self.visit)) button.btn.small type="submit" aria-label={"Agree: " (need.theme_name)} { "Agree" } }
                    }
                    @if seen.may_enter && need.source != Source::Staff {
                        form method="post" action=(self.action(&format!("needs/{}/removal", need.id))) { (kit::csrf(self.visit)) button.btn.quiet type="submit" aria-label={"Take out: " (need.theme_name)} { "Take out" } }
                    }
                }
            }
        }
    }

    fn themes(&self) -> Markup {
        let typed = self.typed.one("theme");
        html! { @for theme in &self.seen.themes { option value=(theme.id) selected[typed == theme.id.to_string()] { (theme.name) } } }
    }

    fn enter(&self) -> Markup {
        let view = !self.seen.sides.is_empty();
        let sources = Source::ALL.iter().filter(|one| **one != Source::Staff && (view || **one != Source::View));
        html! {
            form.card.stack method="post" action=(self.action("needs")) {
                (kit::csrf(self.visit))
                h2 { "Enter a need" }
                div.field.bad[kit::is_wrong(self.wrong, "theme")] { label.f for="theme" { "Theme" } (kit::error_at(self.wrong, "theme")) select #theme name="theme" { (self.themes()) } }
                div.field.bad[kit::is_wrong(self.wrong, "title")] { label.f for="title" { "In a few words " span.soft { "(if you like)" } } p.hint { "Everybody can read it: no names." } (kit::error_at(self.wrong, "title")) input #title name="title" maxlength="80" value=(self.typed.one("title")); }
                div.field.bad[kit::is_wrong(self.wrong, "source")] { label.f for="source" { "Where does it come from?" } (kit::error_at(self.wrong, "source")) select #source name="source" { @for one in sources { option value=(one.code()) selected[self.typed.one("source") == one.code()] { (one.words()) } } } }
                button.btn.ghost type="submit" { "Enter it" }
                @if view { p.small.soft { "Entered as the view of head and practitioner, it waits for the other one of you to agree." } }
            }
        }
    }

    fn suggest(&self) -> Markup {
        html! {
            section.card.stack-s {
                h2 { "What would help you?" }
                p.small { "Anybody can suggest a theme; whose suggestion it was is not kept." }
                p { a.btn.ghost href="/sessions#suggest" { "Suggest a theme" } }
            }
        }
    }
}
