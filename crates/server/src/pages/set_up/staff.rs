//! The step of the staff file.

use actions::reading;
use actions::set_up::Answer;
use axum::extract::{FromRequestParts, Request, State};
use axum::response::{IntoResponse, Response};
use domain::people::Role;
use domain::set_up::{Draft, StaffStep, Step};
use domain::staff_file::{self, CellError, Staff};
use maud::{Markup, html};

use super::{At, csrf, draft, refused, saved, step_page};
use crate::error::Problem;
use crate::first_run::{FirstRun, Visit};
use crate::pages::kit;
use crate::upload::upload;

/// What a file that was not taken is told.
enum Told {
    /// It could not be read at all, or there was none.
    Sentence(String),
    /// Cells to put right.
    Cells(String, Vec<CellError>),
}

fn view(visit: &Visit, draft: &Draft, told: Option<&Told>) -> Markup {
    let wrong: Vec<(&str, String)> = match told {
        None => Vec::new(),
        Some(Told::Sentence(sentence)) => vec![("file", sentence.clone())],
        Some(Told::Cells(file, cells)) => {
            let count = cells.len();
            let things = if count == 1 { "thing" } else { "things" };
            vec![(
                "file",
                format!(
                    "Nothing of “{file}” was taken: {count} {things} to put right, listed below. Then choose the file again."
                ),
            )]
        }
    };
    let body = html! {
        @if let Some(step) = &draft.staff { (taken(step)) }
        form.card.stack method="post" action="/begin/staff" enctype="multipart/form-data" {
            (csrf(&visit.first))
            (file_field(&wrong, draft.staff.is_some()))
            details.more {
                summary { "Which columns?" }
                div.stack-s {
                    p { "The first line holds the titles. Needed are " strong { "Name" } ", " strong { "E-mail" } ", " strong { "Area" } ", " strong { "Line manager" } " and " strong { "Roles" } "; their cells may be empty but for name and address. Also read: job title, site, appraiser, remitted hours, caseload hours, expertise, nominated areas, support hours, teaching, room." }
                    p { "Roles are teacher, practitioner, programme lead, head of department, senior leader, network coordinator, safeguarding lead and administrator, parted by semicolons. Empty means teacher. Who is practitioner, lead or administrator can also be said in the next steps." }
                    p { "Pay, birth, health and other protected characteristics are never read, even if the file has them." }
                }
            }
            div.row {
                @if draft.staff.is_some() {
                    a.btn href="/begin/places" { "Keep it and go on" }
                    button.btn.ghost type="submit" { "Read the file" }
                } @else {
                    button.btn type="submit" { "Read the file" }
                    a.btn.quiet href="/begin/places" { "Go on without one" }
                }
            }
        }
        @if let Some(Told::Cells(_, cells)) = told { (errors(cells)) }
    };
    step_page(draft, Step::Staff, &wrong, &body)
}

fn file_field(wrong: At<'_>, there: bool) -> Markup {
    let bad = kit::is_wrong(wrong, "file");
    html! {
        div.field.bad[bad] {
            label.f for="file" { @if there { "Another staff file, in place of this one" } @else { "Your list of staff" } }
            p.hint #file-hint { "One line for each person, as CSV or Excel (.xlsx). All of it is taken or nothing." }
            (kit::error_at(wrong, "file"))
            input #file type="file" name="file" accept=".csv,.xlsx,text/csv" aria-invalid=[bad.then_some("true")] aria-describedby="file-hint";
        }
    }
}

/// "361 people".
fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// A staff list in a sentence.
pub(super) fn words(staff: &Staff) -> String {
    let practitioners = staff.people.iter().filter(|person| person.roles.has(Role::Practitioner)).count();
    format!(
        "{}, {}, {}, {}",
        count(staff.people.len(), "person", "people"),
        count(staff.areas.len(), "area", "areas"),
        count(staff.sites.len(), "site", "sites"),
        count(practitioners, "practitioner", "practitioners"),
    )
}

fn taken(step: &StaffStep) -> Markup {
    let look = staff_file::to_look_at(&step.staff);
    html! {
        section.card.stack-s aria-labelledby="taken" {
            h2 #taken { "Read: " (step.file) }
            p { (words(&step.staff)) "." }
            @if !step.dropped.is_empty() { p { "Never brought in, because of what it holds: " (step.dropped.join(", ")) "." } }
            @if !step.ignored.is_empty() { p.soft { "Not read: " (step.ignored.join(", ")) "." } }
            @if !look.is_empty() {
                h3 { "Please look at this" }
                ul { @for sentence in &look { li { (sentence) } } }
            }
        }
    }
}

fn errors(cells: &[CellError]) -> Markup {
    html! {
        section.stack-s aria-labelledby="cells" {
            h2 #cells { "To put right" }
            table.cards {
                thead { tr { th scope="col" { "Line" } th scope="col" { "Column" } th scope="col" { "What stands there" } th scope="col" { "What to do" } } }
                tbody {
                    @for cell in cells {
                        tr {
                            td data-label="Line" { (cell.line) }
                            td data-label="Column" { (cell.column) }
                            td data-label="What stands there" { (cell.value) }
                            td data-label="What to do" { (cell.message) }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /begin/staff`.
///
/// # Errors
/// A fault.
pub async fn edit(visit: Visit) -> Result<Markup, Problem> {
    Ok(view(&visit, &draft(&visit).await?, None))
}

/// `POST /begin/staff`.
///
/// # Errors
/// A form that cannot be read, or a fault.
pub async fn update(State(first): State<FirstRun>, request: Request) -> Result<Response, Response> {
    let (mut parts, body) = request.into_parts();
    let visit = Visit::from_request_parts(&mut parts, &first).await?;
    take(&visit, Request::from_parts(parts, body)).await.map_err(Problem::into_response)
}

async fn take(visit: &Visit, request: Request) -> Result<Response, Problem> {
    let (fields, file) = upload(request, &visit.first).await?;
    visit.own(&fields)?;
    let told = match file {
        None => Told::Sentence("Choose a file, or go on without one.".to_owned()),
        Some(file) => match read(file.name, file.bytes.to_vec()).await? {
            Ok(step) => {
                saved(visit, Answer::Staff(step)).await?;
                // Shown what was read before going on.
                return Ok(axum::response::Redirect::to("/begin/staff").into_response());
            }
            Err(told) => told,
        },
    };
    Ok(refused(view(visit, &draft(visit).await?, Some(&told))))
}

/// Reads a file on a thread of its own: ten thousand lines take a while.
async fn read(name: String, bytes: Vec<u8>) -> Result<Result<StaffStep, Told>, Problem> {
    let reading = tokio::task::spawn_blocking(move || {
        let table = reading::table(&name, &bytes).map_err(|unreadable| Told::Sentence(unreadable.to_string()))?;
        let file = name.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
        let read = staff_file::read(&table).map_err(|cells| Told::Cells(file.clone(), cells))?;
        Ok(StaffStep { file, staff: read.staff, ignored: read.ignored, dropped: read.dropped })
    });
    reading.await.map_err(|fault| {
        Problem::Fault(crate::error::store_fault::Fault(fault.to_string(), crate::error::store_fault::Kind::Broken))
    })
}
