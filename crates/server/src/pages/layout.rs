//! The frame around every page.

use std::sync::OnceLock;

use domain::people::Role;
use domain::period::time_words;
use maud::{DOCTYPE, Markup, html};

use crate::visit::Visit;

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// My support.
    Support,
    /// The directory.
    Practitioners,
    /// Sessions and communities.
    Sessions,
    /// My week.
    Week,
    /// My hours.
    Hours,
    /// Note it.
    Note,
    /// The lead's board.
    Programme,
    /// The administrator's list.
    People,
    /// What a line manager requires.
    Required,
    /// What was passed to a safeguarding lead.
    Safeguarding,
    /// The shelf.
    Resources,
    /// Who can see what.
    Promise,
    /// The own account.
    Account,
    /// Nothing in the navigation.
    None,
}

fn head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        title { (title) " · Alongside" }
        @if let Some(style) = assets::style() { link rel="stylesheet" href=(style.path) integrity=(style.integrity); }
        @if let Some(icon) = assets::favicon() { link rel="icon" type="image/svg+xml" href=(icon.path); }
        @if let Some(script) = assets::script() { script type="module" src=(script.path) integrity=(script.integrity) {} }
    }
}

fn mark() -> Markup {
    html! {
        a.mark href="/" {
            svg width="26" height="22" viewBox="0 0 26 22" aria-hidden="true" {
                path d="M1 15h13l-2 5H4z" fill="#f2b84b" {}
                path d="M12 15h13l-2 5h-9z" fill="#fff" {}
                path d="M8 3v11H3zM19 1v13h5z" fill="#d7e6e8" {}
            }
            span { "Alongside" }
        }
    }
}

/// A page without a visitor: signing in, not found.
pub fn bare(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head { (head(title)) }
            body {
                a.skip href="#main" { "Skip to the page" }
                header.top { div.in { (mark()) } }
                main #main tabindex="-1" { div.narrow.stack { (body) } }
                (foot())
            }
        }
    }
}

fn foot() -> Markup {
    html! {
        footer.foot {
            p.small.soft { "Alongside, not above. You choose, you own the plan, and what you ask for stays with you." }
            p.small { a href="/promise" { "Who sees what" } " · " a href="/accessibility" { "Accessibility" } }
            @if let Some(fingerprint) = fingerprint() {
                p.small.soft { a href="/promise#script" { "Script " (fingerprint) } }
            }
        }
    }
}

/// The beginning of the SHA-256 of the script that seals, in groups, to be compared by eye (R-BAK-8).
pub fn fingerprint() -> Option<&'static str> {
    static KNOWN: OnceLock<Option<String>> = OnceLock::new();
    let found = KNOWN.get_or_init(|| {
        let digits = actions::chance::digest_bytes(assets::by_name("sealed.js")?.raw);
        let groups = digits.as_bytes().chunks(4).take(4).map(String::from_utf8_lossy);
        Some(groups.collect::<Vec<_>>().join(" "))
    });
    found.as_deref()
}

/// The entries of the navigation for this visitor.
fn entries(visit: &Visit) -> Vec<(Place, &'static str, String)> {
    let title = &visit.desk.frame.programme.title.many;
    let mut entries = Vec::new();
    if visit.is(Role::Practitioner) {
        entries.push((Place::Week, "/week", "My week".to_owned()));
        entries.push((Place::Hours, "/hours", "My hours".to_owned()));
    }
    if visit.is(Role::ProgrammeLead) {
        entries.push((Place::Programme, "/programme", "Programme".to_owned()));
    }
    if visit.is(Role::SeniorLeader) && !visit.is(Role::ProgrammeLead) {
        entries.push((Place::Programme, "/programme/survey", "What staff say".to_owned()));
    }
    if visit.is(Role::Administrator) {
        entries.push((Place::People, "/people", "Staff".to_owned()));
    }
    if visit.is(Role::SafeguardingLead) {
        entries.push((Place::Safeguarding, "/safeguarding", "Safeguarding".to_owned()));
    }
    if visit.requires() {
        entries.push((Place::Required, "/required", "Required support".to_owned()));
    }
    entries.push((Place::Support, "/support", "My support".to_owned()));
    entries.push((Place::Sessions, "/sessions", "Sessions".to_owned()));
    entries.push((Place::Practitioners, "/practitioners", title.clone()));
    entries.push((Place::Resources, "/resources", "Resources".to_owned()));
    // It stands at the foot of every page too: where there is much else, there alone.
    if entries.len() < 5 {
        entries.push((Place::Promise, "/promise", "Who sees what".to_owned()));
    }
    entries
}

/// The bar at the foot of a practitioner's phone.
fn tabs(visit: &Visit, place: Place) -> Markup {
    let tabs = [
        (Place::Week, "/week", "Week"),
        (Place::Note, "/hours/new", "Note"),
        (Place::Hours, "/hours", "Hours"),
        (Place::Support, "/support", "Support"),
    ];
    html! {
        @if visit.is(Role::Practitioner) {
            nav.tab aria-label="Quick ways" {
                @for (own, link, words) in tabs {
                    a href=(link) aria-current=[(own == place).then_some("page")] { (words) }
                }
            }
        }
    }
}

/// A page for somebody signed in.
pub fn page(visit: &Visit, (title, place): (&str, Place), body: &Markup) -> Markup {
    let session = &visit.visitor.session;
    let practitioner = visit.is(Role::Practitioner);
    let note_key = (practitioner && session.note_key).then_some("/hours/new");
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head { (head(title)) }
            body.has-tab[practitioner] data-note-key=[note_key] {
                a.skip href="#main" { "Skip to the page" }
                @if visit.desk.frame.programme.facts.sample {
                    aside.samplebar aria-label="Sample college" {
                        span { "Sample college: everybody here is fictional. It is " (time_words(visit.desk.frame.calendar.local(visit.desk.now))) ". " }
                        a href="/sample" { "Move the clock" } " · " a href="/sign-in" { "Be somebody else" }
                    }
                }
                header.top { div.in {
                    (mark())
                    nav aria-label="Pages" {
                        @for (own, link, words) in entries(visit) {
                            a href=(link) aria-current=[(own == place).then_some("page")] { (words) }
                        }
                    }
                    div.who {
                        a href="/account" aria-current=[(place == Place::Account).then_some("page")] {
                            (session.name) @if !session.job.is_empty() { " · " (session.job) }
                        }
                    }
                } }
                main #main tabindex="-1" {
                    @if let Some(said) = visit.said.as_deref().and_then(|code| crate::pages::said::said(visit, code)) { (said) }
                    (crate::pages::models::notice(visit))
                    (body)
                }
                (foot())
                (tabs(visit, place))
            }
        }
    }
}
