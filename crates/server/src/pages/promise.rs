//! Who can see what: the promise in words, and the rules in force by role, worked out from the gate.

use domain::people::Role;
use domain::text::capital;
use maud::{Markup, html};

use crate::pages::kit;
use crate::pages::layout::{Place, fingerprint, page};
use crate::visit::Visit;

/// `GET /promise`.
pub async fn show(visit: Visit) -> Markup {
    let programme = &visit.desk.frame.programme;
    let table = visit.desk.house.gate.role_table(&programme.facts);
    page(
        &visit,
        ("Who sees what", Place::Promise),
        &html! {
            div.cols.two {
                div.stack-l {
                    div.stack-s {
                        h1 { "Who sees what" }
                        p.lede { "What you ask for stays between you and the one you ask. Your manager does not learn even that you asked." }
                    }
                    section.stack-s {
                        h2 { "The promise, and its limits" }
                        ul {
                            li { "Nobody inside this program learns that a teacher asked for support, except the one who was asked, and the safeguarding leads if somebody is at risk and something is passed on." }
                            li { "The programme lead sees, once a week, how many requests wait for each practitioner and for how long: no name, no area, no theme." }
                            li { "Whoever holds the machine, the database, the mail relay or the keys to backups can see who asked whom, when, for how long, which themes were tapped and whom somebody avoids." }
                            li { "What the two of you write to each other is sealed in your browsers. The server keeps sealed text and cannot open it. Whoever runs it could only read what you unlock after they changed the script below." }
                            li { "If somebody is at risk, your practitioner must tell the safeguarding lead, and will tell you first unless that is unsafe." }
                        }
                    }
                    @if let Some(fingerprint) = fingerprint() {
                        section.stack-s #script {
                            h2 { "Which script you are served" }
                            p { "Your words are sealed by a script that this server sends. Its fingerprint is " strong { (fingerprint) } ", and stands at the foot of every page. Whoever runs the server could send another script, and read what you unlock afterwards; that cannot be done without changing this number, or lying about it." }
                            p.soft { "To check it, somebody you trust runs " code { "alongside verify" } " with a program of version " (env!("CARGO_PKG_VERSION")) " that did not come from this server, and compares." }
                        }
                    }
                    section.stack-s {
                        h2 { "What each role may do" }
                        p.soft { "Worked out from the access rules in force today (" a href="/model" { (programme.facts.model.words()) " model" } "). Deny is the default: what is not listed is refused." }
                        @for row in table {
                            @let own = if row.role == Role::Practitioner { programme.title.one.clone() } else { capital(row.role.words()) };
                            details.more open[visit.is(row.role)] {
                                summary { (own) @if visit.is(row.role) { " (you)" } }
                                ul.small { @for act in row.programme.iter().chain(&row.own) { li { (act.about) } } }
                                @if row.others.is_empty() { p.small { strong { "Nothing about anybody else’s support." } } }
                                @else { p.small.soft { "On what is somebody else’s:" } ul.small { @for act in &row.others { li { (act.about) } } } }
                            }
                        }
                    }
                }
                aside.stack { (kit::who_can_see(&visit, None)) }
            }
        },
    )
}
