//! The steps of the practitioners with their hours, and of who runs the programme.

use actions::set_up::Answer;
use axum::response::Response;
use domain::minutes::Minutes;
use domain::people::Role;
use domain::set_up::{Draft, PractitionersStep, Runner, RunnersStep, Step, Typed};
use domain::staff_file::Staff;
use maud::{Markup, html};

use super::{At, at, csrf, draft, parts, refused, save, saved, step_page};
use crate::error::Problem;
use crate::first_run::{Sent, Visit};
use crate::forms::Fields;
use crate::pages::kit;

/// Hours as they are typed: "150", "77.5".
fn hours(minutes: Minutes) -> String {
    let (whole, rest) = (minutes.0 / 60, minutes.0 % 60);
    let text = format!("{whole}.{:02}", rest * 100 / 60);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The lines of the form: practitioners of the file and of the step, and those whom the step leaves out.
fn listed(draft: &Draft) -> Vec<Typed> {
    let people = draft.people();
    let left_out = draft.practitioners.as_ref().map(|step| step.left_out.clone()).unwrap_or_default();
    let line = |email: &str| {
        let practice =
            people.people.iter().find(|person| person.email == email).and_then(|person| person.practice.as_ref());
        let (caseload, remitted) = practice.map_or_else(
            || (domain::set_up::USUAL_CASELOAD, domain::set_up::USUAL_REMISSION),
            |practice| (practice.caseload, practice.remitted),
        );
        let is_one = practice.is_some();
        Typed { email: email.to_owned(), is_one, caseload: hours(caseload), remitted: hours(remitted) }
    };
    let shown = people.people.iter().filter(|one| one.roles.has(Role::Practitioner) || left_out.contains(&one.email));
    shown.map(|person| line(&person.email)).collect()
}

fn name_of<'a>(staff: &'a Staff, email: &'a str) -> &'a str {
    staff.people.iter().find(|person| person.email == email).map_or(email, |person| person.name.as_str())
}

/// Of a caseload, as a share: "19.4 %".
fn share(typed: &Typed) -> Option<String> {
    let of = |text: &str| domain::staff_file::hours(text).ok().filter(|hours| hours.0 > 0);
    let (caseload, remitted) = (of(&typed.caseload)?, of(&typed.remitted)?);
    let tenths = (remitted.0 * 1000 + caseload.0 / 2) / caseload.0;
    Some(format!("{}.{} %", tenths / 10, tenths % 10))
}

fn practitioners_page((visit, draft): (&Visit, &Draft), (lines, add): (&[Typed], &str), wrong: At<'_>) -> Markup {
    let staff = draft.staff.as_ref().map(|step| step.staff.clone()).unwrap_or_default();
    let bad = kit::is_wrong(wrong, "add");
    let body = html! {
        @if draft.staff.is_none() {
            div.note { "Practitioners are chosen from the staff file, and there is none yet. " a href="/begin/staff" { "Bring it in first" } ", or do both when the college is live." }
        }
        p.soft { "A full-time teaching year is proposed as 773 hours, and 150 of them for the role: 19.4 %. Change what is different for you. Both are hours of one year." }
        form.card.stack method="post" action="/begin/practitioners" {
            (csrf(&visit.first))
            @for (at, line) in lines.iter().enumerate() { (practitioner(&staff, (line, at), wrong)) }
            div.field.bad[bad] {
                label.f for="add" { "Add somebody from the staff file" }
                p.hint #add-hint { "A name or an e-mail address. Saving adds them with the proposed hours." }
                (kit::error_at(wrong, "add"))
                input #add name="add" list="staff" autocomplete="off" value=(add) aria-invalid=[bad.then_some("true")] aria-describedby="add-hint";
                datalist #staff { @for person in &staff.people { option value=(format!("{} <{}>", person.name, person.email)) {} } }
            }
            button.btn.ghost type="submit" name="more" value="yes" { "Add and stay here" }
            (save(Step::Practitioners))
        }
    };
    step_page(draft, Step::Practitioners, wrong, &body)
}

fn practitioner(staff: &Staff, (line, at): (&Typed, usize), wrong: At<'_>) -> Markup {
    let field = |name: &str, label: &str, value: &str| {
        let name = format!("{name}-{at}");
        let bad = kit::is_wrong(wrong, &name);
        html! {
            div.field.bad[bad] {
                label.f for=(name) { (label) }
                (kit::error_at(wrong, &name))
                input id=(name) name=(name) inputmode="decimal" value=(value) aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{name}-error"))];
            }
        }
    };
    let name = name_of(staff, &line.email);
    html! {
        fieldset.stack-s {
            legend.f { (name) " " span.soft.small { (line.email) @if let Some(share) = share(line) { " · " (share) } } }
            input type="hidden" name={"email-" (at)} value=(line.email);
            div.row {
                (field("caseload", "Teaching hours of a full year", &line.caseload))
                (field("remitted", "Of these for the role", &line.remitted))
            }
            label.check { input type="checkbox" name={"is-" (at)} value="yes" checked[line.is_one]; span { (name) " has the role" } }
        }
    }
}

/// `GET /begin/practitioners`.
///
/// # Errors
/// A fault.
pub async fn practitioners(visit: Visit) -> Result<Markup, Problem> {
    let draft = draft(&visit).await?;
    Ok(practitioners_page((&visit, &draft), (&listed(&draft), ""), &[]))
}

fn typed(fields: &Fields) -> Vec<Typed> {
    let line = |at: usize| {
        let one = |name: &str| fields.one(&format!("{name}-{at}")).to_owned();
        let (email, is_one) = (one("email"), !one("is").is_empty());
        (!email.is_empty()).then(|| Typed { email, is_one, caseload: one("caseload"), remitted: one("remitted") })
    };
    (0..500).map_while(line).collect()
}

/// `POST /begin/practitioners`.
///
/// # Errors
/// A fault.
pub async fn update_practitioners(Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let draft = draft(&visit).await?;
    let staff = draft.staff.as_ref().map(|step| step.staff.clone()).unwrap_or_default();
    let (lines, add) = (typed(&fields), fields.one("add"));
    match PractitionersStep::read(&lines, add, &staff) {
        Ok(step) => {
            let on = saved(&visit, Answer::Practitioners(step)).await?;
            let stay = fields.ticked("more");
            Ok(if stay {
                axum::response::IntoResponse::into_response(axum::response::Redirect::to("/begin/practitioners#add"))
            } else {
                on
            })
        }
        Err(wrong) => Ok(refused(practitioners_page((&visit, &draft), (&lines, add), &at(&wrong)))),
    }
}

/// Who has a role by the staff file alone.
fn from_file(draft: &Draft, role: Role) -> Vec<String> {
    let people = draft.staff.iter().flat_map(|step| &step.staff.people);
    people.filter(|person| person.roles.has(role)).map(|person| person.name.clone()).collect()
}

fn runners_page((visit, draft): (&Visit, &Draft), (leads, administrators): (&str, &str), wrong: At<'_>) -> Markup {
    let hint = |role: Role| {
        let there = from_file(draft, role);
        let how = "a name or an address from the staff file, or somebody new as Name <name@your.college>.";
        if there.is_empty() {
            format!("One a line: {how}")
        } else {
            format!("By the staff file: {}. Others, one a line: {how}", there.join(", "))
        }
    };
    let body = html! {
        form.card.stack method="post" action="/begin/people" {
            (csrf(&visit.first))
            p.soft { "The programme lead runs the programme and keeps its hours. The administrator looks after accounts and the machine. Neither sees who asks for support. It may be one person." }
            (parts::lines(wrong, ("leads", "Programme lead", &hint(Role::ProgrammeLead)), leads))
            (parts::lines(wrong, ("administrators", "Administrator", &hint(Role::Administrator)), administrators))
            (save(Step::Runners))
        }
    };
    step_page(draft, Step::Runners, wrong, &body)
}

/// `GET /begin/people`.
///
/// # Errors
/// A fault.
pub async fn runners(visit: Visit) -> Result<Markup, Problem> {
    let draft = draft(&visit).await?;
    let step = draft.runners.clone().unwrap_or_default();
    let lines =
        |list: &[Runner]| list.iter().map(|one| format!("{} <{}>", one.name, one.email)).collect::<Vec<_>>().join("\n");
    Ok(runners_page((&visit, &draft), (&lines(&step.leads), &lines(&step.administrators)), &[]))
}

/// `POST /begin/people`.
///
/// # Errors
/// A fault.
pub async fn update_runners(Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let draft = draft(&visit).await?;
    let staff = draft.staff.as_ref().map(|step| step.staff.clone()).unwrap_or_default();
    let typed = (fields.one("leads"), fields.one("administrators"));
    match RunnersStep::read(typed.0, typed.1, &staff) {
        Ok(step) => saved(&visit, Answer::Runners(step)).await,
        Err(wrong) => Ok(refused(runners_page((&visit, &draft), typed, &at(&wrong)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_shown_as_they_are_typed() {
        for (minutes, text) in [(9000, "150"), (4650, "77.5"), (15, "0.25"), (6000, "100")] {
            assert_eq!(hours(Minutes(minutes)), text);
        }
    }
}
