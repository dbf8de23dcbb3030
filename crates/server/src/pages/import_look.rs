//! Looking through a file before it is brought in: its columns, what is to put right, what it would change.

use actions::imports::{self, File, ImportRefused, Looked};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::staff_file::plan::{Entry, Missing, Plan};
use domain::staff_file::record::Change;
use domain::staff_file::{Because, Cell, CellError, Column, letter};
use maud::{Markup, html};
use uuid::Uuid;

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::imports::{HOME, called, id, leave};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// So many people or errors stand on a page.
const SHOWN: usize = 200;

/// The page of a file that waits: its columns while one is missing, else what it would change.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn show(visit: &Visit, which: Uuid) -> Result<Markup, Problem> {
    let looked = imports::look(&visit.desk, &visit.visitor.person, which).await?;
    Ok(view(visit, &looked, &[]))
}

fn view(visit: &Visit, looked: &Looked, wrong: &[(&str, String)]) -> Markup {
    match &looked.plan {
        Ok(plan) => preview(visit, (looked, plan), wrong),
        Err(errors) if errors.iter().all(|error| error.line <= looked.table.header_line) => {
            let told: Vec<(usize, String)> = errors.iter().map(|error| (usize::MAX, error.message.clone())).collect();
            columns_view(visit, looked, &told)
        }
        Err(errors) => to_put_right(visit, looked, errors),
    }
}

/// `GET /people/imports/{file}/columns`.
///
/// # Errors
/// Not found for everybody but an administrator, and where no such file waits.
pub async fn columns(visit: Visit, Path(which): Path<String>) -> Result<Markup, Problem> {
    let looked = imports::look(&visit.desk, &visit.visitor.person, id(&which)?).await?;
    Ok(columns_view(&visit, &looked, &[]))
}

/// `POST /people/imports/{file}/columns`.
///
/// # Errors
/// Not found for everybody but an administrator, and where no such file waits.
pub async fn update_columns(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (which, visit) = (id(&which)?, &sent.visit);
    let looked = imports::look(&visit.desk, &visit.visitor.person, which).await?;
    let codes: Vec<String> =
        (0..looked.table.header.len()).map(|index| sent.fields.one(&format!("c{index}")).to_owned()).collect();
    match imports::choose(&visit.desk, visit.visitor.person.id, (which, &codes)).await {
        Ok(()) => Ok(on_to(&format!("{HOME}/{which}"), "columns")),
        Err(stop) => match Problem::refusal(stop)? {
            ImportRefused::Twice(twice) => {
                let told = twice.into_iter().map(|(index, column)| {
                    (
                        index,
                        format!(
                            "Column {} is {column} too. Choose something else for one of the two, or leave it out.",
                            letter(index)
                        ),
                    )
                });
                let view = columns_chosen(visit, (&looked, &codes), &told.collect::<Vec<_>>());
                Ok((StatusCode::UNPROCESSABLE_ENTITY, view).into_response())
            }
            refused => Err(gone(&refused)),
        },
    }
}

/// What is said when a file is no longer there to be worked on.
fn gone(_: &ImportRefused) -> Problem {
    Problem::Unreadable(
        StatusCode::CONFLICT,
        "This file is no longer waiting to be brought in. Nothing was done. Go back to the files and choose it again.",
    )
}

fn columns_view(visit: &Visit, looked: &Looked, wrong: &[(usize, String)]) -> Markup {
    let codes: Vec<String> = looked.matching.codes().map(str::to_owned).collect();
    columns_chosen(visit, (looked, &codes), wrong)
}

fn columns_chosen(visit: &Visit, (looked, codes): (&Looked, &[String]), wrong: &[(usize, String)]) -> Markup {
    let file = &looked.file;
    let field = |index: usize| if index == usize::MAX { "columns".to_owned() } else { format!("c{index}") };
    let body = html! {
        @if !wrong.is_empty() {
            div.error-summary role="alert" tabindex="-1" {
                h2 { "Please look at this" }
                ul { @for (index, sentence) in wrong { li { a href={"#" (field(*index))} { (sentence) } } } }
            }
        }
        div.stack-l {
            (steps(file, 2))
            div.stack-s {
                h1 { "Which column is which?" }
                p.lede { "Look whether each column of “" (called(file)) "” is what we took it for. What you choose is remembered for the next file with the same titles." }
            }
            form.stack #columns method="post" action={(HOME) "/" (file.id) "/columns"} {
                (kit::csrf(visit))
                table.cards {
                    thead { tr { th scope="col" { "Column of the file" } th scope="col" { "What stands in it" } th scope="col" { "What it is" } } }
                    tbody {
                        @for (index, title) in looked.table.header.iter().enumerate() {
                            tr { (column(looked, (index, title), (codes, wrong))) }
                        }
                    }
                }
                div.row {
                    button.btn type="submit" { "See what it would change" }
                    a.btn.ghost href=(HOME) { "Choose another file" }
                }
            }
            (leave(visit, file))
        }
    };
    page(visit, ("Which column is which?", Place::People), &body)
}

fn column(looked: &Looked, (index, title): (usize, &str), (codes, wrong): (&[String], &[(usize, String)])) -> Markup {
    let because = looked.matching.because(index);
    let chosen = codes.get(index).map_or("", String::as_str);
    let error = wrong.iter().find(|(at, _)| *at == index).map(|(_, sentence)| sentence);
    let name = format!("c{index}");
    let why = match because {
        Because::Remembered => "as last time",
        Because::Cells => "guessed from the cells",
        Because::Title | Because::Chosen | Because::Unknown | Because::Never => "",
    };
    html! {
        td.name data-label="Column of the file" { label for=(name) { (letter(index)) @if title.is_empty() { " (no title)" } @else { " · " (title) } } }
        td data-label="What stands in it" { span.small.soft { (examples(looked, index)) } }
        td data-label="What it is" {
            @if because == Because::Never { span.soft { "Never brought in, because of what it holds" } }
            @else {
                div.field.bad[error.is_some()] {
                    @if let Some(error) = error { p.error-text id={(name) "-error"} { (error) } }
                    select id=(name) name=(name) aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{name}-error"))] {
                        option value="" selected[chosen.is_empty()] { "Leave it out" }
                        @for column in Column::of_kind(looked.file.kind) {
                            option value=(column.code()) selected[chosen == column.code()] { (column.words()) }
                        }
                    }
                    @if !why.is_empty() { p.small.soft { (why) } }
                }
            }
        }
    }
}

/// The first things that stand in a column.
fn examples(looked: &Looked, index: usize) -> String {
    if looked.matching.because(index) == Because::Never {
        return "not looked at".to_owned();
    }
    let cells = looked.table.rows.iter().filter_map(|row| row.cells.get(index)).filter(|cell| **cell != Cell::Empty);
    let mut shown: Vec<String> = cells.take(3).map(|cell| cell.as_written().chars().take(40).collect()).collect();
    if shown.is_empty() {
        shown.push("nothing".to_owned());
    }
    shown.join(" · ")
}

/// Where one is on the way.
pub fn steps(file: &File, at: usize) -> Markup {
    let steps = [(1, "File"), (2, "Columns"), (3, "Look"), (4, "Bring in")];
    html! {
        p.small { a href="/people" { "Staff" } " · " a href=(HOME) { "Files" } " · " (file.kind.words()) }
        ol.steps aria-label="Steps" {
            @for (number, words) in steps {
                li { @if number == at { b aria-current="step" { (words) } } @else { (words) } }
            }
        }
    }
}

/// Everything to put right, with its row and column as a spreadsheet shows them.
fn to_put_right(visit: &Visit, looked: &Looked, errors: &[CellError]) -> Markup {
    let (file, lines) = (&looked.file, looked.table.rows.len());
    let mut bad: Vec<u32> = errors.iter().map(|error| error.line).collect();
    bad.dedup();
    let things = if errors.len() == 1 { "1 thing".to_owned() } else { format!("{} things", errors.len()) };
    let body = html! {
        div.stack-l {
            (steps(file, 3))
            div.stack-s {
                h1 { (things) " to put right" }
                p.lede { (lines) " lines were read, " (bad.len()) " of them need you. Nothing was brought in." }
            }
            div.card.stack {
                h2 { "Put them right in one go" }
                p { "The file below holds the same lines, with a column that says what to put right. Mend it in your spreadsheet, save it, and choose it here." }
                p { a.btn href={(HOME) "/" (file.id) "/corrected.csv"} download { "Download the file to put right" } }
                form.stack-s method="post" action=(HOME) enctype="multipart/form-data" {
                    (kit::csrf(visit))
                    input type="hidden" name="kind" value=(file.kind.code());
                    div.field { label.f for="file" { "The mended file" } input #file type="file" name="file" required accept=".csv,.xlsx,.zip,.txt"; }
                    button.btn.ghost type="submit" { "Read the mended file" }
                }
            }
            table.cards {
                caption { @if let Some(sheet) = &looked.table.sheet { "On “" (sheet) "”" } @else { "In “" (called(file)) "”" } }
                thead { tr { th scope="col" { "Row" } th scope="col" { "Column" } th scope="col" { "It says" } th scope="col" { "What to put right" } } }
                tbody {
                    @for error in errors.iter().take(SHOWN) {
                        tr {
                            td.n data-label="Row" { (error.line) }
                            td data-label="Column" { @if error.column.is_empty() { "the whole line" } @else { (error.column) } }
                            td data-label="It says" { @if error.value.is_empty() { span.soft { "nothing" } } @else { "“" (error.value) "”" } }
                            td data-label="What to put right" { (error.message) }
                        }
                    }
                }
            }
            @if errors.len() > SHOWN { p.soft { "And " (errors.len() - SHOWN) " more. All of them stand in the file to put right." } }
            div.row {
                a.btn.ghost href={(HOME) "/" (file.id) "/columns"} { "Change the columns" }
                (leave(visit, file))
            }
        }
    };
    page(visit, ("Put these right", Place::People), &body)
}

/// `GET /people/imports/{file}/corrected.csv` (R-IMP-9).
///
/// # Errors
/// Not found for everybody but an administrator, and where no such file waits.
pub async fn corrected(visit: Visit, Path(which): Path<String>) -> Result<Response, Problem> {
    let text = imports::to_put_right(&visit.desk, &visit.visitor.person, id(&which)?).await?;
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"put-right.csv\"")];
    Ok((headers, text).into_response())
}

fn preview(visit: &Visit, (looked, plan): (&Looked, &Plan), wrong: &[(&str, String)]) -> Markup {
    let file = &looked.file;
    let (new, changed): (Vec<&Entry>, Vec<&Entry>) = (plan.new_entries().collect(), plan.changed().collect());
    let body = html! {
        (kit::errors(wrong))
        div.stack-l {
            (steps(file, 3))
            div.stack-s {
                @if plan.is_empty() { h1 { "Nothing to change" } p.lede { "Everything in “" (called(file)) "” is so already." } }
                @else { h1 { "What this file would change" } p.lede { "Nothing is written yet." } }
            }
            ul.row #summary {
                li.badge.good { (new.len()) " new" }
                li.badge.warn { (changed.len()) " changed" }
                li.badge { (plan.same) " as they are" }
                @if !plan.missing.is_empty() { li.badge { (plan.missing.len()) " not in the file" } }
            }
            (told(looked, plan))
            @if !changed.is_empty() { (changes("Would change", &changed)) }
            @if !new.is_empty() { (newcomers(&new)) }
            form.card.stack method="post" action={(HOME) "/" (file.id) "/application"} {
                (kit::csrf(visit))
                input type="hidden" name="seen" value=(looked.token());
                @if !plan.missing.is_empty() { (missing(&plan.missing)) }
                @if plan.is_empty() && plan.missing.is_empty() { p { "There is nothing to bring in." } }
                @else { button.btn type="submit" { "Bring it in" } p.small.soft { "All of it at once, or nothing. You can undo it for 30 days." } }
            }
            div.row {
                a.btn.ghost href={(HOME) "/" (file.id) "/columns"} { "Change the columns" }
                (leave(visit, file))
            }
        }
    };
    page(visit, ("What this file would change", Place::People), &body)
}

/// What was left out, what is new by name, and what should be looked at.
fn told(looked: &Looked, plan: &Plan) -> Markup {
    let list = |names: &[String]| names.join(", ");
    let names = &plan.names;
    html! {
        @if !plan.warnings.is_empty() {
            div.note.act { ul.stack-s { @for warning in plan.warnings.iter().take(20) { li { (warning) } } } @if plan.warnings.len() > 20 { p.small { "And " (plan.warnings.len() - 20) " more like these." } } }
        }
        dl.facts {
            dt { "File" } dd { (called(&looked.file)) @if let Some(sheet) = &looked.table.sheet { ", “" (sheet) "”" } ", " (looked.table.rows.len()) " lines" }
            @if !names.areas.is_empty() { dt { "New areas" } dd { (list(&names.areas)) } }
            @if !names.sites.is_empty() { dt { "New sites" } dd { (list(&names.sites)) } }
            @if !names.themes.is_empty() { dt { "New themes" } dd { (list(&names.themes)) } }
            @if !plan.ignored.is_empty() { dt { "Columns left out" } dd { (list(&plan.ignored)) } }
            @if !plan.dropped.is_empty() { dt { "Never brought in" } dd { (list(&plan.dropped)) ". Their cells were not kept." } }
        }
    }
}

/// What changes, from what to what.
fn changes(title: &str, entries: &[&Entry]) -> Markup {
    html! {
        section.stack {
            table.cards {
                caption { (title) }
                thead { tr { th scope="col" { "Row" } th scope="col" { "Who" } th scope="col" { "What" } } }
                tbody {
                    @for entry in entries.iter().take(SHOWN) {
                        tr {
                            td.n data-label="Row" { (entry.line) }
                            td.name data-label="Who" { (entry.name) }
                            td data-label="What" { @for change in &entry.changes { (from_to(change)) } }
                        }
                    }
                }
            }
            @if entries.len() > SHOWN { p.soft { "And " (entries.len() - SHOWN) " more." } }
        }
    }
}

/// "Area: Maths → Science".
pub fn from_to(change: &Change) -> Markup {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    html! {
        p.small { strong { (change.field.words()) ": " } del { (or_none(&change.before)) } " " span aria-label="becomes" { "→" } " " ins { (or_none(&change.after)) } }
    }
}

fn newcomers(new: &[&Entry]) -> Markup {
    html! {
        details.more {
            summary { (new.len()) " new" }
            ul {
                @for entry in new.iter().take(SHOWN) { li { (entry.name) span.small.soft { " · row " (entry.line) } } }
                @if new.len() > SHOWN { li { "and " (new.len() - SHOWN) " more" } }
            }
        }
    }
}

fn missing(missing: &[Missing]) -> Markup {
    html! {
        div.stack-s {
            details.more {
                summary { (missing.len()) " at the college are not in this file" }
                ul {
                    @for person in missing.iter().take(SHOWN) { li { (person.name) span.small.soft { " · " (person.email) } } }
                    @if missing.len() > SHOWN { li { "and " (missing.len() - SHOWN) " more" } }
                }
            }
            label.check { input type="checkbox" name="off" value="yes"; span { "Switch their accounts off. " span.soft { "Without this they stay as they are. Your own stays on." } } }
        }
    }
}

/// `POST /people/imports/{file}/application`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn create_application(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (which, visit) = (id(&which)?, &sent.visit);
    let asked = (which, sent.fields.one("seen"), sent.fields.ticked("off"));
    match imports::bring_in(&visit.desk, visit.visitor.person.id, asked).await {
        Ok(_) => Ok(on_to(&format!("{HOME}/{which}"), "brought-in")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            if matches!(refused, ImportRefused::Gone) {
                return Err(gone(&refused));
            }
            let status =
                if refused == ImportRefused::Stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let looked = imports::look(&visit.desk, &visit.visitor.person, which).await?;
            Ok((status, view(visit, &looked, &[("summary", refused.to_string())])).into_response())
        }
    }
}

/// `POST /people/imports/{file}/removal`.
///
/// # Errors
/// Not found for everybody but an administrator, and for a file that was brought in.
pub async fn destroy(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    imports::leave(&sent.visit.desk, sent.visit.visitor.person.id, id(&which)?).await?;
    Ok(on_to(HOME, "forgotten"))
}
