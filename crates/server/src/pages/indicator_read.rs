//! Figures of the college as programme leads and senior leaders read them: what is about teaching apart from what is about
//! results, term by term, beside the milestones of the programme (R-FIG-7 to R-FIG-9, R-FIG-13).

use actions::indicator_lines::{self, Drawn, GapOf, Point, Read, Time};
use axum::Router;
use axum::routing::get;
use domain::ids::AreaId;
use domain::indicators::{Indicator, Part};
use domain::people::Role;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Question};
use crate::pages::indicator_picture::{Days, Spot, Told, gap, legend, picture, reach};
use crate::pages::layout::{Place, page};
use crate::pages::papers::ways;
use crate::routes::App;
use crate::visit::Visit;

/// The page where indicators are read.
pub fn routes() -> Router<App> {
    Router::new().route("/evidence/indicators", get(index))
}

/// The area that an address asks for; none for the whole college.
///
/// # Errors
/// Not found when it is none.
pub fn area_of(asked: &Fields) -> Result<Option<AreaId>, Problem> {
    match asked.one("area") {
        "" => Ok(None),
        area => Ok(Some(area.parse().map_err(|_| Problem::NotFound)?)),
    }
}

/// `GET /evidence/indicators`: of the whole college, or of an area.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such area.
pub async fn index(visit: Visit, Question(asked): Question) -> Result<Markup, Problem> {
    let read = indicator_lines::see(&visit.desk, &visit.visitor.person, area_of(&asked)?).await?;
    Ok(page(&visit, ("Indicators", Place::Evidence), &view(&visit, &read)))
}

/// From the first term with a figure to the last, or to the last milestone after it.
fn days(read: &Read, today: Date) -> Option<(Date, Date)> {
    let points = read.drawn.iter().flat_map(|one| one.points.iter().chain(&one.college)).filter_map(|one| one.days);
    let all: Vec<(Date, Date)> = points.chain(read.time.iter().map(|one| one.days)).collect();
    let from = all.iter().map(|(first, _)| *first).min()?;
    let last = all.iter().map(|(_, last)| *last).max()?;
    let marked = read.marks.iter().map(|mark| mark.day).max().unwrap_or(last);
    Some((from, last.max(marked).min(today).max(last)))
}

fn view(visit: &Visit, read: &Read) -> Markup {
    let nothing = read.drawn.is_empty() && read.time.is_empty();
    html! {
        div.stack-l {
            div.stack-s {
                p.small { a href="/evidence" { "Evidence" } @if visit.is(Role::ProgrammeLead) { " · " a href="/programme/indicators" { "Enter figures" } } }
                h1 { "Indicators" @if let Some((_, name)) = &read.area { ": " (name) } }
                p.lede { "Figures of the college and its areas that the programme may have to do with, term by term. Never of a person." }
                p.small.soft { "A figure that changes while the programme runs does not change because of it. What is about staff is of the whole college, and a range: five numbers or more stay possible." }
            }
            @if !read.areas.is_empty() || read.area.is_some() { (choose(read)) }
            @match days(read, visit.desk.today()).filter(|_| !nothing) {
                Some((from, until)) => {
                    @let days = Days { from, until, marks: &read.marks };
                    (beside(read))
                    @for part in Part::ALL { (section(read, *part, days)) }
                    (missing(read))
                    @let of = read.area.as_ref().map_or_else(String::new, |(id, _)| format!("?area={id}"));
                    (ways(&[
                        ("XLSX", format!("/evidence/indicators/figures.xlsx{of}")),
                        ("CSV", format!("/evidence/indicators/figures.csv{of}")),
                    ]))
                }
                None => { div.empty { p { "Nothing is entered yet. The programme lead enters figures once a term is over." } } }
            }
        }
    }
}

fn choose(read: &Read) -> Markup {
    let chosen = read.area.as_ref().map(|(id, _)| *id);
    html! {
        form.row.choose action="/evidence/indicators" method="get" data-noprint {
            div.field {
                label.f for="area" { "Of which part of the college" }
                select #area name="area" {
                    option value="" { "The whole college" }
                    @for (id, name) in &read.areas { option value=(id) selected[chosen == Some(*id)] { (name) } }
                }
            }
            button.btn.ghost type="submit" { "Show it" }
        }
    }
}

/// The days beside which the figures are read.
fn beside(read: &Read) -> Markup {
    html! {
        @if !read.marks.is_empty() {
            section.stack-s aria-labelledby="marks" {
                h2 #marks { "What happened meanwhile" }
                (legend(&read.marks))
                p.small.soft { "The numbers stand above each picture. An inspection judges the whole college, not the programme." }
            }
        }
    }
}

const fn about(part: Part) -> &'static str {
    match part {
        Part::Teaching => {
            "What the programme works on itself: lessons, feedback on work, the staff who teach, and the time they get."
        }
        Part::Results => {
            "What learners do and achieve. Much besides teaching moves it: who enrols, the timetable, what happens at home."
        }
        Part::Said => "In surveys of learners. What staff say of the programme is asked in a survey of their own.",
    }
}

fn section(read: &Read, part: Part, days: Days<'_>) -> Markup {
    let own: Vec<&Drawn> = read.drawn.iter().filter(|one| one.indicator.part() == part).collect();
    let time = part == Part::Teaching && read.area.is_none() && !read.time.is_empty();
    html! {
        @if !own.is_empty() || time || (part == Part::Said && read.area.is_none()) {
            section.stack aria-labelledby=(part.code()) {
                div.stack-s {
                    h2 id=(part.code()) { (part.words()) }
                    p.soft { (about(part)) @if part == Part::Said { " " a href="/programme/survey" { "What staff say" } } }
                }
                @for one in own { (card(read, one, days)) }
                @if time { (with_a_practitioner(&read.time, days)) }
            }
        }
    }
}

/// "Autumn term 2025: 91 % of 1,204. …"
fn in_words(points: &[Point]) -> String {
    points.iter().map(|one| format!("{}: {}.", one.term, one.shown.words())).collect::<Vec<_>>().join(" ")
}

fn spots(points: &[Point]) -> Vec<Spot> {
    points.iter().filter_map(Spot::of).collect()
}

fn card(read: &Read, one: &Drawn, days: Days<'_>) -> Markup {
    let code = one.indicator.code();
    let whose = read.area.as_ref().map_or("the whole college", |(_, name)| name.as_str());
    let title = format!("{} of {whose}, term by term", one.indicator.words());
    let words = in_words(&one.points);
    html! {
        section.card.stack aria-labelledby={(code) "-h"} {
            div.stack-s {
                h3 id={(code) "-h"} { (one.indicator.words()) }
                p.small.soft { (one.indicator.definition()) }
            }
            @if !one.points.is_empty() {
                div.figure-cols {
                    div {
                        (picture(days, Told { id: code, title: &title, words: &words, most: 100, unit: "%" }, (&spots(&one.points), &spots(&one.college))))
                        @if !one.college.is_empty() { p.legend.small { span.own { (whose) } " " span.beside { "the whole college" } } }
                    }
                    (table(&one.points))
                }
            }
            @if !one.gaps.is_empty() { (gaps(one.indicator, &one.gaps)) }
        }
    }
}

fn table(points: &[Point]) -> Markup {
    html! {
        table.figures {
            thead { tr { th scope="col" { "Term" } th scope="col" { "Figure" } } }
            tbody { @for one in points.iter().rev() { tr { td { (one.term) } td { (one.shown.words()) } } } }
        }
    }
}

/// Gaps between groups, as ranges, with what they mean (R-FIG-8).
fn gaps(indicator: Indicator, all: &[GapOf]) -> Markup {
    let reach = reach(all.iter().map(|one| one.gap));
    html! {
        div.stack-s {
            h4 { "Gaps between groups" }
            table.cards.ranges {
                thead { tr { th scope="col" { "Term" } th scope="col" { span.visually-hidden { "Drawn from " (reach) " percentage points below to " (reach) " above" } } th scope="col" { "Gap" } } }
                tbody {
                    @for one in all {
                        tr {
                            td.name data-label="Term" { (one.term) }
                            td data-label="Drawn" { (gap(one.gap, reach)) }
                            td data-label="Gap" {
                                (one.pair.sentence(one.gap)) @if one.gap.may_be_none() { "; there may be none" } "."
                                br; span.small.soft { (both(one)) }
                            }
                        }
                    }
                }
            }
            p.small.soft { "The gap in " (indicator.words().to_lowercase()) " lies somewhere in the range: it is worked out from a range for each group of ten or more, so that nobody can be found. Between few learners a gap moves by chance from term to term; look at several." }
        }
    }
}

fn both(one: &GapOf) -> String {
    let (first, second) = one.pair.groups();
    format!("{}: {}. {}: {}.", first.words(), one.both.0.words(), second.words(), one.both.1.words())
}

/// Hours of voluntary support, out of releases and nothing else (R-FIG-13).
fn with_a_practitioner(time: &[Time], days: Days<'_>) -> Markup {
    let spot = |one: &Time| {
        let hours = one.hours()?;
        Some(Spot { days: one.days, ends: (hours, hours), range: false, words: format!("{hours} h") })
    };
    let spots: Vec<Spot> = time.iter().filter_map(spot).collect();
    let hours = |one: &Time| one.hours().map_or_else(|| "not shown".to_owned(), |hours| format!("{hours} h"));
    let most = spots.iter().map(|spot| spot.ends.1).max().unwrap_or(0).max(10).next_multiple_of(50);
    let words = time.iter().map(|one| format!("{}: {}.", one.name, hours(one))).collect::<Vec<_>>().join(" ");
    html! {
        section.card.stack aria-labelledby="time-h" {
            div.stack-s {
                h3 #time-h { "Time with a practitioner" }
                p.small.soft { "Hours of voluntary one-to-one support, to the nearest five by theme, of themes that may be shown. From releases, never live." }
            }
            div.figure-cols {
                (picture(days, Told { id: "time", title: "Time with a practitioner, term by term", words: &words, most, unit: "h" }, (&spots, &[])))
                table.figures {
                    thead { tr { th scope="col" { "Term" } th scope="col" { "Hours" } } }
                    tbody { @for one in time.iter().rev() { tr { td { (one.name) } td { (hours(one)) } } } }
                }
            }
            details.more {
                summary { "By theme" }
                table.cards {
                    thead { tr { th scope="col" { "Term" } th scope="col" { "Theme" } th.n scope="col" { "Hours" } } }
                    tbody {
                        @for one in time.iter().rev() { @for (theme, hours) in &one.themes {
                            tr { td.name data-label="Term" { (one.name) } td data-label="Theme" { (theme) } td.n data-label="Hours" { @if *hours == 0 { "under 5 h" } @else { (hours) " h" } } }
                        } }
                    }
                }
            }
        }
    }
}

/// Which indicators have no figure of the whole college.
fn missing(read: &Read) -> Markup {
    let has = |one: &&Indicator| read.drawn.iter().any(|drawn| drawn.indicator == **one);
    let all: Vec<String> =
        Indicator::ALL.iter().filter(|one| !has(one)).map(|one| one.words().to_lowercase()).collect();
    html! {
        @if read.area.is_none() && !all.is_empty() { p.small.soft { "Nothing is entered of: " (all.join("; ")) "." } }
    }
}
