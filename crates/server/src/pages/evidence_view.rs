//! Parts of a release: ranges as ranges, hours by theme, sessions, and which model a year looks like.

use actions::releases::{Cover, HowItBegan, Lived, OfYear};
use domain::programme::Model;
use domain::text::capital;
use evidence::bands::{Band, per_cent_words};
use maud::{Markup, html};

use crate::pages::evidence::range;
use crate::visit::Visit;

/// From nobody to everybody, with the range in it; nothing in it where it is not shown.
pub fn drawn(band: Option<&Band>) -> Markup {
    let ends = band.map(Band::per_cent);
    html! {
        svg.range-svg viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true" {
            rect.line x="0" y="7" width="200" height="2" {}
            @if let Some((low, high)) = ends {
                rect.in x=(2 * low) y="1" width=((2 * (high - low)).max(2)) height="14" rx="3" {}
            }
        }
    }
}

/// A bar, in per cent of the longest.
pub fn bar(long: u64) -> Markup {
    html! {
        svg.bar-svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" {
            rect.used x="0" y="0" width=(long) height="12" {}
        }
    }
}

/// What hours by theme are (R-REL-13).
pub const ALONG: &str = "Of voluntary one-to-one support, to the nearest five. A theme stands by itself where at least five people make it up and none of them most of it.";

/// Hours of voluntary support by theme (R-REL-13).
pub fn hours(cover: &Cover) -> Markup {
    let most = cover.hours.themes.iter().map(|(_, hours)| *hours).chain(cover.hours.other).max().unwrap_or(1).max(1);
    let others = cover.hours.other.map(|hours| ("Other themes".to_owned(), hours));
    html! {
        section.card.stack aria-labelledby="hours" {
            div.stack-s {
                h2 #hours { "Hours by theme" }
                p.small.soft { (ALONG) }
            }
            @if cover.hours.themes.is_empty() && others.is_none() { p { "No theme has enough people to be shown." } }
            @else {
                table.cards.ranges {
                    thead { tr { th scope="col" { "Theme" } th scope="col" { span.visually-hidden { "Drawn beside each other" } } th.n scope="col" { "Hours" } } }
                    tbody {
                        @for (theme, hours) in cover.hours.themes.iter().chain(others.iter()) {
                            tr {
                                td.name data-label="Theme" { (theme) }
                                td data-label="Drawn" {
                                    (bar(100 * hours / most))
                                }
                                td.n data-label="Hours" { @if *hours == 0 { "under 5 h" } @else { (hours) " h" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What sessions held are.
pub const HELD: &str =
    "Sessions and meetings of communities that began in this time; one for several areas stands at each.";

/// Sessions held and planned: no people.
pub fn sessions(cover: &Cover) -> Markup {
    html! {
        section.card.stack aria-labelledby="held" {
            div.stack-s {
                h2 #held { "Sessions held" }
                p.small.soft { (HELD) }
            }
            @if cover.sessions.is_empty() { p { "None was planned." } }
            @else {
                table.cards {
                    thead { tr { th scope="col" { "Area" } th.n scope="col" { "Held" } th.n scope="col" { "Planned" } } }
                    tbody {
                        @for one in &cover.sessions {
                            tr {
                                td.name data-label="Area" { (one.area) }
                                td.n data-label="Held" { (one.held) }
                                td.n data-label="Planned" { (one.planned) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What only a year tells: required support by itself, and the model.
pub fn of_year(visit: &Visit, year: &OfYear, before: Option<&OfYear>) -> Markup {
    html! {
        @if let Some(began) = &year.began { (how_it_began(began, before.and_then(|before| before.began.as_ref()))) }
        div.cols.half {
            (lived(visit, &year.lived))
            section.card.stack aria-labelledby="required" {
                div.stack-s {
                    h2 #required { "Required support" }
                    p.small.soft { "By itself, for the whole college and the whole year. Line managers know of theirs; nobody else can be found in it." }
                }
                @match &year.required {
                    Some(band) => { p.stat { (band.per_cent_words()) } p.small { (range(band)) " staff" @if let Some(before) = before.and_then(|before| before.required.as_ref()) { " · a year before " (range(before)) } } }
                    None => { p { "Not shown: fewer than ten people are counted." } }
                }
                @match year.required_hours {
                    Some((required, voluntary)) => { p { (required) " hours were required, beside " (voluntary) " that were asked for, of the themes that are told; each to the nearest five." } }
                    None => { p.small.soft { "Its hours are not shown: too few people make them up." } }
                }
            }
        }
    }
}

/// By themselves, or after a suggestion, as those who asked said (R-REL-21).
fn how_it_began(began: &HowItBegan, before: Option<&HowItBegan>) -> Markup {
    let lines = [
        ("Their own idea", began.own, before.map(|before| before.own)),
        ("Somebody suggested it", began.suggested, before.map(|before| before.suggested)),
    ];
    html! {
        section.card.stack aria-labelledby="began" {
            div.stack-s {
                h2 #began { "How voluntary support began" }
                p.small.soft { "As those who asked said themselves, if they did; of everybody who is counted." }
            }
            table.cards.ranges {
                thead { tr { th scope="col" { "Whose idea" } th scope="col" { span.visually-hidden { "Drawn from 0 to 100 per cent" } } th scope="col" { "How many" } } }
                tbody {
                    @for (whose, band, before) in lines {
                        tr {
                            td.name data-label="Whose idea" { (whose) }
                            td data-label="Drawn" { (drawn(Some(&band))) }
                            td data-label="How many" { (range(&band)) @if let Some(before) = before { span.small.soft { " · a year before " (range(&before)) } } }
                        }
                    }
                }
            }
            @if let Some(share) = began.by_themselves() { p { "Of those who said so, " b { (per_cent_words(share)) } " came by themselves." } }
        }
    }
}

/// Where a model stands in the picture: to the right, upwards.
const fn direction(key: &str) -> (i32, i32) {
    match key.as_bytes() {
        b"developmental" => (0, -1),
        b"universal" => (1, 0),
        b"pan_organisational" => (0, 1),
        _ => (-1, 0),
    }
}

/// The model of a key.
pub fn declared(key: &str) -> Option<Model> {
    Model::ALL.into_iter().find(|model| actions::releases::key(*model) == key)
}

fn point(key: &str, hundredths: i32) -> (i32, i32) {
    let (x, y) = direction(key);
    (170 + x * hundredths, 125 + y * hundredths)
}

fn path(points: &[(i32, i32)]) -> String {
    let each: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
    format!("M{}Z", each.join("L"))
}

/// The four in the order in which they lie around the middle.
const AROUND: [&str; 4] = ["developmental", "universal", "pan_organisational", "deficit"];

fn ring(hundredths: i32) -> String {
    path(&AROUND.map(|key| point(key, hundredths)))
}

/// The compass: how far the year looks like each model; where too little is known, the line ends at the middle. The same picture
/// for page and paper: its own colours are the paper's, the page's stylesheet has others.
pub fn compass_svg(lived: &Lived) -> Markup {
    let known = |key: &str| lived.models.iter().find(|(one, _)| one == key).and_then(|(_, value)| *value);
    let shape: Vec<(i32, i32)> = AROUND.iter().map(|key| point(key, known(key).map_or(0, i32::from))).collect();
    let to = point(&lived.declared, 100);
    html! {
        svg.compass xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 250" aria-hidden="true" font-family="Libertinus Serif" {
            g.rings fill="none" stroke="#b8b2a4" {
                @for hundredths in [100, 67, 33] { path d=(ring(hundredths)) {} }
                path d="M170 25V225M70 125H270" {}
            }
            path.read d=(path(&shape)) fill="#0b5c6b" fill-opacity="0.2" stroke="#0b5c6b" stroke-width="2.5" {}
            path.said d=(format!("M170 125L{} {}", to.0, to.1)) fill="none" stroke="#c2410c" stroke-width="2.5" stroke-dasharray="5 4" {}
            circle.said cx=(to.0) cy=(to.1) r="5" fill="#c2410c" {}
            g fill="#14212b" font-size="13" {
                text x="170" y="14" text-anchor="middle" { "Developmental" }
                text x="276" y="130" { "Universal" }
                text x="170" y="245" text-anchor="middle" { "Pan-organisational" }
                text x="64" y="130" text-anchor="end" { "Deficit" }
            }
        }
    }
}

/// "Developmental: 75 of 100. Universal: …", as the picture shows it.
pub fn compass_words(lived: &Lived) -> String {
    let each = lived.models.iter().map(|(key, hundredths)| {
        let much = hundredths.map_or_else(|| "too little is known".to_owned(), |many| format!("{many} of 100"));
        format!("{}: {much}.", capital(declared(key).map_or("", Model::words)))
    });
    let said = declared(&lived.declared).map_or("", Model::words);
    each.chain([format!("The college has declared: {said}.")]).collect::<Vec<_>>().join(" ")
}

/// Which model the year looks like, beside the declared one (R-LIV-4 to R-LIV-8): a mirror.
fn lived(visit: &Visit, lived: &Lived) -> Markup {
    let said = declared(&lived.declared).map_or("", Model::words);
    html! {
        section.card.stack aria-labelledby="lived" {
            div.stack-s {
                h2 #lived { "Which model are you living?" }
                p { (lived.reads) @if let Some(beside) = &lived.beside { " " (beside) } }
            }
            @if lived.models.is_empty() {
                p.small.soft { (lacking(lived)) }
            } @else {
                (compass_svg(lived))
                p.small.soft { b.sea { "The shape" } " is what the year shows; " b.buoy { "the line" } " points to what the college has declared: " (said) ". A mirror, and nothing about people." }
                details.more {
                    summary { "The same in words" }
                    ul {
                        @for (key, hundredths) in &lived.models {
                            li {
                                (declared(key).map_or("", Model::words)) ": "
                                @match hundredths { Some(many) => { (many) " of 100" }, None => "too little is known" }
                            }
                        }
                    }
                    @if !lived.farthest.is_empty() {
                        p { "Farthest from what was declared: " (lived.farthest.join("; ")) "." }
                    }
                    p { "Meetings of the team and with others outside are those entered under Indicators; without them the fourth model cannot be read." }
                }
                @if visit.is(domain::people::Role::ProgrammeLead) { p.small { a href="/model" { "What each model allows" } } }
            }
        }
    }
}

/// What there was too little of, as a sentence.
pub fn lacking(lived: &Lived) -> String {
    format!("Too little of: {}.", lived.lacking.iter().map(|one| plain(one)).collect::<Vec<_>>().join(", "))
}

/// What there was too little of, in words.
fn plain(key: &str) -> &str {
    match key {
        "episodes" => "one-to-one support that began",
        "staff" => "staff",
        "weeks" => "weeks",
        _ => "what is known of the models",
    }
}
