//! The own account: password, mail, sessions, the key `n`, and what happened to it lately.

use actions::accounts::{self, Line};
use actions::mail::{Rhythm, set_rhythm};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::people::Role;
use domain::period::time_words;
use jiff::Timestamp;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::layout::{Place, page};
use crate::pages::{keys, kit};
use crate::visit::{Visit, on_to};

/// `GET /account`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    view(&visit, &[]).await
}

async fn view(visit: &Visit, wrong: &[(&str, String)]) -> Result<Markup, Problem> {
    let own = accounts::overview(&visit.desk, &visit.visitor).await?;
    let session = &visit.visitor.session;
    Ok(page(
        visit,
        ("Your account", Place::Account),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Your account" }
                    p.soft { (session.name) " · " (kit::role_words(visit, visit.visitor.person.roles)) }
                }
                form.row method="post" action="/sign-out" { (kit::csrf(visit)) button.btn type="submit" { "Sign out" } }
                @if visit.is(Role::Practitioner) {
                    form.card.stack method="post" action="/account/note-key" {
                        (kit::csrf(visit))
                        h2 { "Keyboard" }
                        label.check { input type="checkbox" name="on" value="yes" checked[session.note_key]; span { "Pressing " kbd { "n" } " opens “Note it”, except while you type in a field" } }
                        button.btn.ghost type="submit" { "Save" }
                    }
                }
                (mail(visit, own.rhythm, wrong))
                section.card.stack {
                    h2 { "Your own calendar" }
                    p.soft { "Have your booked times shown as busy in the calendar you use every day: no name, no topic, no place." }
                    p { a.btn.ghost href="/account/calendar" { "Choose how" } }
                }
                (sessions(visit, &own.sessions))
                form.card.stack method="post" action="/account/password" {
                    (kit::csrf(visit))
                    h2 { "Change your password" }
                    (password(wrong, "current", "Current password", "current-password"))
                    (password(wrong, "new", "New password", "new-password"))
                    (password(wrong, "again", "The new password once more", "new-password"))
                    button.btn.ghost type="submit" { "Change it" }
                }
                section.card.stack {
                    h2 { "Your keys" }
                    p.soft { "With them only you and the colleague you write to read what is said. They are made in your browser." }
                    p { a.btn.ghost href="/account/keys" { "See your keys" } }
                }
                section.card.stack {
                    h2 { "Who looked" }
                    p.soft { "Who opened a page about you, by day. Only you can read it." }
                    p { a.btn.ghost href="/account/looked" { "See who looked" } }
                }
                @if visit.teaches() {
                    section.card.stack {
                        h2 { "What the programme did for you" }
                        p.soft { "If you like, write it down for the college’s leaders, under your own name. You can withdraw it at any time." }
                        p { a.btn.ghost href="/testimony" { "Have a look" } }
                    }
                }
                section.card.stack {
                    h2 { "Take everything with you" }
                    p.soft { "What Alongside keeps about you and your support, what is sealed included, to read or to keep." }
                    p { a.btn.ghost href="/account/data" { "Take it" } }
                }
                (lately(visit, &own.lines))
            }
            // Signing out clears this browser's keys.
            (keys::script())
        },
    ))
}

/// How often something waiting is told by mail (R-MAI-3).
fn mail(visit: &Visit, rhythm: Rhythm, wrong: &[(&str, String)]) -> Markup {
    html! {
        form.card.stack method="post" action="/account/mail" {
            (kit::csrf(visit))
            h2 { "Mail" }
            p.soft { "It says that something is waiting for you, and nothing else: not what, not from whom, and the same words for everybody." }
            fieldset.plain.stack-s #rhythm {
                legend.f { "How often?" }
                (kit::error_at(wrong, "rhythm"))
                @for one in Rhythm::ALL {
                    label.check {
                        input type="radio" name="rhythm" value=(one.code()) checked[one == rhythm];
                        span { strong { (rhythm_words(one).0) } br; span.soft.small { (rhythm_words(one).1) } }
                    }
                }
            }
            button.btn.ghost type="submit" { "Save" }
        }
    }
}

const fn rhythm_words(rhythm: Rhythm) -> (&'static str, &'static str) {
    match rhythm {
        Rhythm::AtOnce => (
            "At once",
            "Within a quarter of an hour. Whoever runs your college’s mail could guess from the times that two people write to each other here.",
        ),
        Rhythm::Daily => ("Once a day", "At seven in the morning, Monday to Friday, when something came in."),
        Rhythm::Weekly => (
            "Once a week",
            "On Monday at seven, whether or not anything is waiting. Nobody who sees your mail can tell anything from it.",
        ),
        Rhythm::Never => ("Never", "You look yourself. Mail about your account, such as a new password, still comes."),
    }
}

/// Where one is signed in (R-ACC-9).
fn sessions(visit: &Visit, all: &[accounts::OwnSession]) -> Markup {
    let time = |at| time_words(visit.desk.frame.calendar.local(at));
    html! {
        section.card.stack aria-labelledby="sessions" {
            h2 #sessions { "Where you are signed in" }
            ul.plain.stack-s {
                @for one in all {
                    li.between {
                        span {
                            strong { (if one.device.is_empty() { "A browser" } else { &one.device }) }
                            @if one.is_this { " " span.tag.good { "this one" } }
                            br; span.soft.small { "since " (time(one.began)) @if !one.is_this { " · last used " (time(one.seen)) } }
                        }
                        @if !one.is_this {
                            form method="post" action={"/account/sessions/" (one.key)} {
                                (kit::csrf(visit))
                                button.btn.quiet.small type="submit" aria-label={"Sign out " (one.device) ", since " (time(one.began))} { "Sign out" }
                            }
                        }
                    }
                }
            }
            form.stack-s method="post" action="/account/sessions" {
                (kit::csrf(visit))
                p.soft { "On a computer you have left, or one you no longer use?" }
                button.btn.ghost type="submit" { "Sign out everywhere else" }
            }
        }
    }
}

/// What happened to the account lately (R-ACC-8).
fn lately(visit: &Visit, lines: &[(Timestamp, Line)]) -> Markup {
    let calendar = &visit.desk.frame.calendar;
    html! {
        @if !lines.is_empty() {
            section.card.stack-s aria-labelledby="lately" {
                h2 #lately { "What happened to your account" }
                ul.plain.stack-s {
                    @for (at, line) in lines { li { (line_words(*line)) br; span.soft.small { (time_words(calendar.local(*at))) } } }
                }
                p.soft.small { "Something here was not you? Change your password, and tell whoever looks after Alongside at your college." }
            }
        }
    }
}

const fn line_words(line: Line) -> &'static str {
    match line {
        Line::SetUp => "You chose your first password with a link.",
        Line::Reset => "A new password was chosen with a link. All sessions were signed out.",
        Line::Password => "The password was changed on this page.",
        Line::Invited => "An administrator had a set-up link mailed to you.",
        Line::Asked => "Somebody asked on the sign-in page for a link to a new password. It was mailed to you.",
        Line::Address => "Your e-mail address was changed. For three days links went to the one before.",
        Line::KeysAsked => {
            "New keys were asked for, because every way to unlock the old ones is lost. They can be made after three days; until then this can be stopped under “Your keys”."
        }
        Line::KeysKept => "Asking for new keys was taken back.",
        Line::KeysAnew => {
            "Keys were made anew. What was said before opens again only when whoever it was said with gives it back."
        }
        Line::FeedOpened => "Your calendar feed was switched on, or got a new address.",
        Line::FeedClosed => "Your calendar feed was switched off. Its address shows nothing any more.",
    }
}

/// A field for a password, with its hint and what is wrong with it.
pub fn password(wrong: &[(&str, String)], name: &str, label: &str, complete: &str) -> Markup {
    let bad = kit::is_wrong(wrong, name);
    let hint = (name == "new").then(|| {
        format!("At least {} characters. Three or four words are easy to remember.", accounts::SHORTEST_PASSWORD)
    });
    html! {
        div.field.bad[bad] {
            label.f for=(name) { (label) }
            @if let Some(hint) = hint { p.hint id={(name) "-hint"} { (hint) } }
            (kit::error_at(wrong, name))
            input id=(name) type="password" name=(name) autocomplete=(complete) required aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{name}-error"))];
        }
    }
}

/// At which field a refusal belongs.
pub fn field(refused: &accounts::AccountRefused) -> &'static str {
    match refused {
        accounts::AccountRefused::WrongPassword => "current",
        accounts::AccountRefused::NotTheSame => "again",
        _ => "new",
    }
}

/// `POST /account/password`.
///
/// # Errors
/// A fault.
pub async fn update_password(sent: Sent) -> Result<Response, Problem> {
    let field_of = |name| sent.fields.one(name).to_owned();
    let words = (field_of("current"), field_of("new"), field_of("again"));
    match accounts::change_password(&sent.visit.desk, &sent.visit.visitor, words).await {
        Ok(()) => Ok(on_to("/account", "password")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(&refused), refused.to_string())];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&sent.visit, &wrong).await?).into_response())
        }
    }
}

/// `POST /account/note-key`.
///
/// # Errors
/// A fault.
pub async fn update_note_key(sent: Sent) -> Result<Response, Problem> {
    accounts::set_note_key(&sent.visit.desk, &sent.visit.visitor, sent.fields.ticked("on")).await?;
    Ok(on_to("/account", "saved"))
}

/// `POST /account/sessions`.
///
/// # Errors
/// A fault.
pub async fn destroy_sessions(sent: Sent) -> Result<Response, Problem> {
    accounts::sign_out_everywhere(&sent.visit.desk, &sent.visit.visitor).await?;
    Ok(on_to("/account", "signed-out-elsewhere"))
}

/// `POST /account/mail`.
///
/// # Errors
/// A fault.
pub async fn update_mail(sent: Sent) -> Result<Response, Problem> {
    let Some(rhythm) = Rhythm::from_code(sent.fields.one("rhythm")) else {
        let wrong = [("rhythm", "Choose how often you want to hear that something is waiting.".to_owned())];
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&sent.visit, &wrong).await?).into_response());
    };
    set_rhythm(&sent.visit.desk, &sent.visit.visitor, rhythm).await?;
    Ok(on_to("/account", "saved"))
}

/// `POST /account/sessions/{session}`.
///
/// # Errors
/// Not found for a session that is not one's own or has ended.
pub async fn destroy_session(Path(key): Path<String>, sent: Sent) -> Result<Response, Problem> {
    accounts::end_session(&sent.visit.desk, &sent.visit.visitor, &key).await?;
    Ok(on_to("/account", "session-ended"))
}
