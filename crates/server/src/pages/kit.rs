//! Pieces that pages are made of.

use actions::sight::{Onlooker, Sees};
use actions::support::Why;
use domain::hours::{Room, TermHours};
use domain::minutes::Minutes;
use domain::period::{clock_words, day_words};
use domain::support::Slot;
use jiff::civil::DateTime;
use maud::{Markup, html};

use domain::people::{Role, Roles};

use crate::visit::Visit;

/// The token that every form carries.
pub fn csrf(visit: &Visit) -> Markup {
    html! { input type="hidden" name="csrf" value=(visit.visitor.session.csrf); }
}

/// The token of a form that must not count twice.
pub fn once(visit: &Visit) -> Markup {
    html! { input type="hidden" name="once" value=(visit.once()); }
}

/// The page's version of a thread.
pub fn version(version: i64) -> Markup {
    html! { input type="hidden" name="version" value=(version); }
}

/// What is wrong, on top of a form, with a link to the field.
pub fn errors(wrong: &[(&str, String)]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div.error-summary role="alert" tabindex="-1" {
                h2 { "Please look at this" }
                ul { @for (field, sentence) in wrong { li { a href={"#" (field)} { (sentence) } } } }
            }
        }
    }
}

/// What is wrong, at the field.
pub fn error_at(wrong: &[(&str, String)], field: &str) -> Markup {
    html! {
        @if let Some((_, sentence)) = wrong.iter().find(|(at, _)| *at == field) {
            p.error-text id={(field) "-error"} { (sentence) }
        }
    }
}

/// Whether something is wrong at the field.
pub fn is_wrong(wrong: &[(&str, String)], field: &str) -> bool {
    wrong.iter().any(|(at, _)| *at == field)
}

/// The initials in a circle; for the eye only.
pub fn avatar(name: &str) -> Markup {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = words.first().into_iter().chain(words.last().filter(|_| words.len() > 1));
    let initials: String =
        letters.filter_map(|word| word.chars().find(|c| c.is_alphabetic())).flat_map(char::to_uppercase).collect();
    html! { span.av aria-hidden="true" { (initials) } }
}

/// The first name, for buttons and headings.
pub fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// A time as two lines: day and clock.
pub fn slot_words(local: DateTime) -> Markup {
    html! { span.day-part { (day_words(local.date())) } " " span.time-part { (clock_words(local)) } }
}

/// A reason as a tag.
pub fn why(reason: &Why) -> (String, &'static str) {
    match reason {
        Why::Leads(theme) => (format!("Leads on {}", lower(theme)), "good"),
        Why::LeadsEverywhere(theme) => (format!("Leads on {} across the college", lower(theme)), "good"),
        Why::Knows(theme) => (format!("Knows {}", lower(theme)), "good"),
        Why::Outside => ("Outside your area: fresh ideas".to_owned(), "good"),
        Why::Nominated => ("Looks after your area".to_owned(), "good"),
        Why::WorkedTogether => ("You have worked together".to_owned(), "good"),
        Why::Room(room) => (room.words().to_owned(), if *room == Room::HasRoom { "plain" } else { "warn" }),
    }
}

/// A theme inside a sentence: "Maths in my subject" reads "maths in my subject".
fn lower(theme: &str) -> String {
    let mut letters = theme.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Tags for reasons.
pub fn whys(reasons: &[Why]) -> Markup {
    html! {
        span.why {
            @for reason in reasons {
                @let (text, kind) = why(reason);
                span.tag.good[kind == "good"].warn[kind == "warn"] { (text) }
            }
        }
    }
}

/// Hours of a term as a bar, with the words beside it.
pub fn hours_bar(hours: &TermHours, label: &str) -> Markup {
    let whole = hours.plan.0.max(hours.used.0 + hours.booked.0).max(1);
    let part = |minutes: Minutes| minutes.0.max(0) * 300 / whole;
    let (used, booked, plan) = (part(hours.used), part(hours.booked), part(hours.plan));
    let over = (used + booked - plan).max(0);
    html! {
        svg.bar-svg viewBox="0 0 300 12" preserveAspectRatio="none" role="img" aria-label=(label) {
            title { (label) }
            rect.free x="0" y="0" width="300" height="12" {}
            rect.used x="0" y="0" width=(used) height="12" {}
            rect.booked x=(used) y="0" width=(booked) height="12" {}
            @if over > 0 { rect.over x=(300 - over) y="0" width=(over) height="12" {} }
        }
    }
}

/// "31 h used, 8 h booked of 50 h this term".
pub fn hours_words(hours: &TermHours) -> String {
    format!("{} used, {} booked of {} this term", hours.used, hours.booked, hours.plan)
}

/// A slot's length in words.
pub fn length(slot: &Slot) -> String {
    slot.length.to_string()
}

/// "Who can see this": worked out from the access rules in force, not written by hand.
pub fn who_can_see(visit: &Visit, with: Option<&str>) -> Markup {
    let programme = &visit.desk.frame.programme;
    let audience = visit.desk.house.gate.audience(&programme.facts);
    let with = with.unwrap_or("the one you ask");
    let two = audience.sees(Onlooker::Teacher).min(audience.sees(Onlooker::Practitioner));
    let managers = worst(
        audience
            .sights()
            .iter()
            .filter(|sight| match sight.who {
                Onlooker::LineManager(roles) | Onlooker::Appraiser(roles) => !roles.has(Role::ProgrammeLead),
                Onlooker::PractitionerNowManager => true,
                _ => false,
            })
            .map(|sight| sight.sees),
    );
    let lead_above = worst(
        audience
            .sights()
            .iter()
            .filter(|sight| match sight.who {
                Onlooker::LineManager(roles) | Onlooker::Appraiser(roles) => roles.has(Role::ProgrammeLead),
                _ => false,
            })
            .map(|sight| sight.sees),
    );
    let of = |role| {
        worst(
            audience
                .sights()
                .iter()
                .filter(|sight| matches!(sight.who, Onlooker::Uninvolved { role: one, .. } if one == role))
                .map(|sight| sight.sees),
        )
    };
    let leaders = worst(
        [Role::SeniorLeader, Role::HeadOfDepartment, Role::NetworkCoordinator, Role::SafeguardingLead]
            .into_iter()
            .map(of),
    );
    let others = worst([Role::Teacher, Role::Practitioner].into_iter().map(of));
    html! {
        section.seal aria-labelledby="seal" {
            h2 #seal { "Who can see this" }
            dl {
                (sight(&format!("You and {with}"), two, "What you ask for, the times, what you write to each other, and that you are in touch."))
                (sight("Programme lead", of(Role::ProgrammeLead), "Once a week, how many requests wait for each practitioner and for how long. No name, no area, no theme. If you are a practitioner, your request is not in it."))
                (sight("Your manager, appraiser", managers, "Not even that you asked."))
                @if lead_above > Sees::Nothing && lead_above != of(Role::ProgrammeLead) {
                    (sight("A lead who is also your manager", lead_above, "Only whether none, some or many wait for each practitioner."))
                }
                (sight("Principal, heads, HR", leaders, "Not even that you asked."))
                (sight("Administrator", of(Role::Administrator), "Nothing inside the program. Whoever runs the machine itself can see who, when and which themes."))
                (sight("Other colleagues", others, "Not even that you asked."))
            }
        }
        p.small.soft { "Worked out from the access rules in force today, not written by hand. " a href="/promise" { "Read the rules" } }
    }
}

/// The one limit of what stays between the two, for a teacher who is about to ask (R-SAF-1).
pub fn one_limit(with: &str) -> Markup {
    html! { p.small { "One limit: if somebody is at risk, " (with) " must tell the safeguarding lead, and tells you first unless that is unsafe." } }
}

fn worst(sees: impl Iterator<Item = Sees>) -> Sees {
    sees.max().unwrap_or(Sees::Everything)
}

fn sight(who: &str, sees: Sees, words: &str) -> Markup {
    html! {
        dt {
            span { (who) } " "
            @match sees {
                Sees::Everything => span.lock.y { "everything" },
                Sees::WaitingRow { .. } => span.lock.p { "1 line" },
                Sees::Nothing => span.lock.n { "nothing" },
            }
        }
        dd { @if sees == Sees::Everything && !who.starts_with("You") { "Everything in this thread." } @else { (words) } }
    }
}

/// The roles in words, with the college's own title for a practitioner.
pub fn role_words(visit: &Visit, roles: Roles) -> String {
    let title = &visit.desk.frame.programme.title.one;
    let words: Vec<&str> =
        roles.iter().map(|role| if role == Role::Practitioner { title.as_str() } else { role.words() }).collect();
    words.join(", ")
}
