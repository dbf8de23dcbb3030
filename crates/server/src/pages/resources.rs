//! The shelf "What works": the same for everybody, kept by practitioners and the lead. One page holds all of it, and a theme
//! is chosen by the part behind `#`, which no browser sends: nobody learns what somebody looked for. Rules R-RES-1 to R-RES-5.

use actions::directory::Theme;
use actions::resources::{self, Shelf, ShelfEntry, ShelfRefused};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::ShelfEntryId;
use domain::resources::{
    LONGEST_ADDRESS, LONGEST_SAYS, LONGEST_TITLE, MOST_THEMES, ResourceRefused, ShelfKind, ShelfText, host,
};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// `GET /resources`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let shelf = resources::see(&visit.desk, &visit.visitor.person).await?;
    let about = |theme: &Theme| -> Vec<&ShelfEntry> {
        shelf.entries.iter().filter(|one| one.themes.iter().any(|(id, _)| *id == theme.id)).collect()
    };
    let used: Vec<(&Theme, Vec<&ShelfEntry>)> =
        shelf.themes.iter().map(|theme| (theme, about(theme))).filter(|(_, some)| !some.is_empty()).collect();
    let all: Vec<&ShelfEntry> = shelf.entries.iter().collect();
    Ok(page(
        &visit,
        ("What works", Place::Resources),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "What works" }
                        p.lede { "A short shelf of what is worth knowing: research, guidance, tools, and what colleagues here have made. Nobody is told what you read." }
                    }
                    @if shelf.keeps { a.btn href="/resources/new" { "Add to the shelf" } }
                }
                @if shelf.entries.is_empty() {
                    div.empty {
                        p { "The shelf is empty. " (visit.desk.frame.programme.title.many) " and the programme lead put here what has been found to work: a title, what it says in plain words, and where it is. You can then cite it in a plan or in feedback." }
                        @if shelf.keeps { a.btn href="/resources/new" { "Add the first" } }
                    }
                } @else {
                    nav.row #themes aria-label="Themes" {
                        a.btn.ghost.small href="#everything" { "Everything" }
                        @for (theme, _) in &used { a.btn.ghost.small href={"#theme-" (theme.id)} { (theme.name) } }
                    }
                    div.shelf {
                        @for (theme, some) in &used { (part(&format!("theme-{}", theme.id), &theme.name, (some, shelf.keeps))) }
                        (part("everything", "Everything", (&all, shelf.keeps)))
                    }
                }
                (withdrawn(&visit, &shelf))
            }
        },
    ))
}

fn part(id: &str, heading: &str, (entries, keeps): (&[&ShelfEntry], bool)) -> Markup {
    html! {
        section.stack id=(id) aria-labelledby={(id) "-title"} {
            h2 id={(id) "-title"} { (heading) }
            @for entry in entries { (card(entry, keeps)) }
            @if id != "everything" { p { a href="#themes" { "Other themes" } } }
        }
    }
}

fn card(entry: &ShelfEntry, keeps: bool) -> Markup {
    let themes: Vec<&str> = entry.themes.iter().map(|(_, name)| name.as_str()).collect();
    html! {
        article.card.stack-s {
            h3 { a href=(entry.address) target="_blank" rel="noopener noreferrer" { (entry.title) } }
            p { (entry.says) }
            p.small.soft { (entry.kind.words()) " · " (themes.join(", ")) " · opens " (host(&entry.address)) " in a new tab" }
            @if let Some(licence) = entry.licence {
                p.small { @if let Some(by) = &entry.by { "Made by " (by) ". " } (licence.words()) ": " (licence.meaning()) }
            }
            @if keeps {
                @let words = if entry.output.is_some() { "Withdraw" } else { "Change or withdraw" };
                p.small { a href={"/resources/" (entry.id)} aria-label={(words) ": " (entry.title)} { (words) } }
            }
        }
    }
}

fn withdrawn(visit: &Visit, shelf: &Shelf) -> Markup {
    html! {
        @if !shelf.withdrawn.is_empty() {
            section.stack-s {
                h2 { "Withdrawn" }
                p.soft { "Nobody is offered these any more. Where one was cited, its title and address still stand." }
                ul.plain.stack-s role="list" {
                    @for entry in &shelf.withdrawn {
                        li.between {
                            span { (entry.title) }
                            form method="post" action={"/resources/" (entry.id) "/return"} {
                                (kit::csrf(visit))
                                button.btn.quiet.small type="submit" aria-label={"Put back: " (entry.title)} { "Put it back" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /resources.json`: what stands on the shelf, for a browser that cites one of it. Always all of it, so that which one is
/// picked is not seen (R-RES-5).
///
/// # Errors
/// Not found when the gate says no.
pub async fn list(visit: Visit) -> Result<Response, Problem> {
    let shelf = resources::see(&visit.desk, &visit.visitor.person).await?;
    let line = |one: &ShelfEntry| json!({ "id": one.id.to_string(), "title": one.title, "address": one.address });
    let entries: Vec<Value> = shelf.entries.iter().map(line).collect();
    Ok(Json(json!({ "entries": entries })).into_response())
}

/// What is typed in the form of an entry, or stands in it at first.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) text: ShelfText,
}

impl Typed {
    /// As a form sent it.
    pub(super) fn of(fields: &Fields) -> Self {
        Self {
            text: ShelfText {
                title: fields.one("title").to_owned(),
                says: fields.one("says").to_owned(),
                kind: ShelfKind::from_code(fields.one("kind")),
                themes: fields.read_all("theme"),
                address: fields.one("address").to_owned(),
            },
        }
    }

    /// As an entry stands.
    pub(super) fn from(entry: &ShelfEntry) -> Self {
        Self {
            text: ShelfText {
                title: entry.title.clone(),
                says: entry.says.clone(),
                kind: Some(entry.kind),
                themes: entry.themes.iter().map(|(id, _)| *id).collect(),
                address: entry.address.clone(),
            },
        }
    }
}

/// The field that a rule is about.
pub(super) const fn field_of(refused: &ResourceRefused) -> &'static str {
    match refused {
        ResourceRefused::NoTitle | ResourceRefused::LongTitle(_) => "title",
        ResourceRefused::SaysNothing | ResourceRefused::SaysMuch(_) => "says",
        ResourceRefused::NoKind => "kind",
        ResourceRefused::Themes => "theme",
        ResourceRefused::Address => "address",
        ResourceRefused::NoLicence => "licence",
    }
}

/// The fields of an entry, with what is wrong at each.
pub(super) fn fields(wrong: &[(&str, String)], typed: &Typed, themes: &[Theme]) -> Markup {
    let text = &typed.text;
    html! {
        div.field.bad[kit::is_wrong(wrong, "title")] {
            label.f for="title" { "Title" }
            p.hint #title-hint { "At most " (LONGEST_TITLE) " characters." }
            (kit::error_at(wrong, "title"))
            input #title name="title" autocomplete="off" value=(text.title) aria-describedby="title-hint";
        }
        div.field.bad[kit::is_wrong(wrong, "says")] {
            label.f for="says" { "What it says" }
            p.hint #says-hint { "In your own plain words, at most " (LONGEST_SAYS) " characters. What would a colleague do differently after reading it?" }
            (kit::error_at(wrong, "says"))
            textarea #says name="says" rows="4" aria-describedby="says-hint" { (text.says) }
        }
        div.field.bad[kit::is_wrong(wrong, "address")] {
            label.f for="address" { "Where it is" }
            p.hint #address-hint { "The address of the page, beginning with https://, at most " (LONGEST_ADDRESS) " characters. The program never opens it; whoever follows the link does." }
            (kit::error_at(wrong, "address"))
            input #address type="url" name="address" inputmode="url" autocomplete="off" value=(text.address) aria-describedby="address-hint";
        }
        fieldset.plain #kind {
            legend.f { "What it is" }
            (kit::error_at(wrong, "kind"))
            div.chips {
                @for kind in ShelfKind::ALL {
                    label.chip { input type="radio" name="kind" value=(kind.code()) checked[text.kind == Some(*kind)]; span { (kind.words()) } }
                }
            }
        }
        fieldset.plain #theme {
            legend.f { "What it is about" }
            p.hint { "At most " (MOST_THEMES) "." }
            (kit::error_at(wrong, "theme"))
            div.chips {
                @for theme in themes {
                    label.chip { input type="checkbox" name="theme" value=(theme.id) checked[text.themes.contains(&theme.id)]; span { (theme.name) } }
                }
            }
        }
    }
}

/// `GET /resources/new`.
///
/// # Errors
/// Not found for everybody but practitioners and the lead.
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    added(&visit, (StatusCode::OK, &[], &Fields::default())).await
}

async fn added(
    visit: &Visit,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let shelf = resources::see(&visit.desk, &visit.visitor.person).await?;
    if !shelf.keeps {
        return Err(Problem::NotFound);
    }
    let once = if typed.one("once").is_empty() { visit.once() } else { typed.one("once").to_owned() };
    let body = html! {
        (kit::errors(wrong))
        form.narrow.stack-l method="post" action="/resources" novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            div.stack-s { h1 { "Add to the shelf" } p.lede { "Everybody at the college can read it. Your name does not stand with it." } }
            (fields(wrong, &Typed::of(typed), &shelf.themes))
            button.btn type="submit" { "Put it on the shelf" }
        }
    };
    Ok((status, page(visit, ("Add to the shelf", Place::Resources), &body)).into_response())
}

/// `POST /resources`.
///
/// # Errors
/// Not found for everybody but practitioners and the lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, typed) = (&sent.visit, &sent.fields);
    let new = (Typed::of(typed).text, typed.one("once"));
    match resources::add(&visit.desk, visit.visitor.person.id, new).await {
        Ok(_) => Ok(on_to("/resources", "shelved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let (status, field) = at(&refused);
            added(visit, (status, &[(field, refused.to_string())], typed)).await
        }
    }
}

const fn at(refused: &ShelfRefused) -> (StatusCode, &'static str) {
    match refused {
        ShelfRefused::Resource(refused) => (StatusCode::UNPROCESSABLE_ENTITY, field_of(refused)),
        ShelfRefused::Stale => (StatusCode::CONFLICT, "title"),
    }
}

fn entry_id(text: &str) -> Result<ShelfEntryId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /resources/{entry}`.
///
/// # Errors
/// Not found for everybody but practitioners and the lead.
pub async fn edit(visit: Visit, Path(entry): Path<String>) -> Result<Response, Problem> {
    changed(&visit, entry_id(&entry)?, (StatusCode::OK, &[], None)).await
}

async fn changed(
    visit: &Visit,
    id: ShelfEntryId,
    (status, wrong, typed): (StatusCode, &[(&str, String)], Option<&Fields>),
) -> Result<Response, Problem> {
    let (entry, themes) = resources::to_change(&visit.desk, &visit.visitor.person, id).await?;
    // A page that is out of date goes on from how things stand now, with what was typed.
    let stale = status == StatusCode::CONFLICT;
    let version = typed.filter(|_| !stale).and_then(|typed| typed.read("version")).unwrap_or(entry.version);
    let body = html! {
        (kit::errors(wrong))
        div.narrow.stack-l {
            h1 { (entry.title) }
            @if entry.output.is_some() {
                p { "A colleague made and shared this. Only they change what it says; you can take it off the shelf." }
            } @else {
                form.stack-l method="post" action={"/resources/" (entry.id)} novalidate {
                    (kit::csrf(visit))
                    (kit::version(version))
                    (fields(wrong, &typed.map_or_else(|| Typed::from(&entry), Typed::of), &themes))
                    button.btn type="submit" { "Save" }
                }
            }
            form.card.stack-s method="post" action={"/resources/" (entry.id) "/withdrawal"} {
                (kit::csrf(visit))
                h2 { "Withdraw it" }
                p { "Nobody is offered it any more. Where it was cited, its title and address still stand." }
                button.btn.ghost type="submit" { "Withdraw" }
            }
        }
    };
    Ok((status, page(visit, ("Change what stands on the shelf", Place::Resources), &body)).into_response())
}

/// `POST /resources/{entry}`.
///
/// # Errors
/// Not found for everybody but practitioners and the lead.
pub async fn update(Path(entry): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, typed, id) = (&sent.visit, &sent.fields, entry_id(&entry)?);
    let which = (id, typed.read("version").unwrap_or(0));
    match resources::change(&visit.desk, visit.visitor.person.id, which, Typed::of(typed).text).await {
        Ok(()) => Ok(on_to("/resources", "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let (status, field) = at(&refused);
            changed(visit, id, (status, &[(field, refused.to_string())], Some(typed))).await
        }
    }
}

/// `POST /resources/{entry}/withdrawal`.
///
/// # Errors
/// Not found for everybody but practitioners and the lead.
pub async fn create_withdrawal(Path(entry): Path<String>, sent: Sent) -> Result<Response, Problem> {
    resources::withdraw(&sent.visit.desk, sent.visit.visitor.person.id, entry_id(&entry)?).await?;
    Ok(on_to("/resources", "off-the-shelf"))
}

/// `POST /resources/{entry}/return`.
///
/// # Errors
/// Not found for everybody but practitioners and the lead.
pub async fn create_return(Path(entry): Path<String>, sent: Sent) -> Result<Response, Problem> {
    resources::put_back(&sent.visit.desk, sent.visit.visitor.person.id, entry_id(&entry)?).await?;
    Ok(on_to("/resources", "on-the-shelf"))
}
