//! Where everybody looks and knocks.

use super::Secret;
use crate::college::*;

/// Addresses without an identifier.
const FIXED: &[&str] = &[
    "/",
    "/sign-in",
    "/account",
    "/account/calendar",
    "/account/keys",
    "/account/looked",
    "/account/data",
    "/account/data.json",
    "/keys/own",
    "/support",
    "/support/new",
    "/practitioners",
    "/practice",
    "/week",
    "/week?of=2026-11-24",
    "/week?of=2026-12-01",
    "/hours",
    "/hours/new",
    "/outputs",
    "/outputs/new",
    "/resources",
    "/resources.json",
    "/resources/new",
    "/programme",
    "/programme/frame",
    "/statement",
    "/people",
    "/programme/log",
    "/programme/safeguarding",
    "/safeguarding",
    "/required",
    "/required/new",
    "/people/areas",
    "/people/new",
    "/people?find=sam",
    "/people/imports",
    "/programme/year",
    "/programme/survey",
    "/survey",
    "/survey/answers",
    "/programme/new-year",
    "/programme/years",
    "/hours/years/2025",
    "/induction",
    "/inductions",
    "/inductions/new",
    "/inductions/plans/new-to-post",
    "/promise",
    "/sample",
    "/set-up/nothing",
    "/calendar/nothing.ics",
    "/forgotten",
    "/forgotten/sent",
    "/nowhere",
    "/model",
    "/hours/duties",
    "/programme/duties",
    "/targets",
    "/sessions",
    "/sessions/new",
    "/communities",
];

/// Communities and sessions.
/// Every address of the program that can be opened, with the identifiers of people and of what is secret.
pub fn addresses(college: &College, secret: &Secret) -> Vec<String> {
    let mut all: Vec<String> = FIXED.iter().copied().map(str::to_owned).collect();
    for id in [SAM, PRIYA, NADIA].map(|name| college.id(name)) {
        all.push(format!("/practitioners/{id}"));
        all.push(format!("/practitioners/{id}/targets"));
        all.push(format!("/support/new?with={id}"));
        all.push(format!("/support/{id}"));
        all.push(format!("/people/{id}"));
        all.push(format!("/programme/practitioners/{id}"));
    }
    for id in [&secret.thread, &secret.meeting, &secret.entry].into_iter().filter(|id| !id.is_empty()) {
        all.push(format!("/support/{id}"));
        all.push(format!("/support/{id}/words"));
        all.push(format!("/hours/{id}"));
        all.push(format!("/support/{}/meetings/{id}", secret.thread));
        all.push(format!("/support/{}/meetings/{id}/notepad", secret.thread));
    }
    if !secret.thread.is_empty() {
        all.push(format!("/support/{}/disclosure", secret.thread));
        all.push(format!("/support/{}/disclosure.json", secret.thread));
    }
    if !secret.disclosure.is_empty() {
        all.push(format!("/disclosures/{}", secret.disclosure));
        all.push(format!("/disclosures/{}/words", secret.disclosure));
    }
    all
}

/// Every address to which something about a thread, a meeting or an entry is sent.
pub fn acts(Secret { thread, meeting, entry, disclosure }: &Secret) -> Vec<String> {
    let thread_acts = [
        "offers",
        "acceptance",
        "withdrawal",
        "end",
        "end-proposal",
        "reopening",
        "kind",
        "practitioner",
        "words",
        "grants",
        "returns",
        "reading",
        "shredding",
        "disclosure",
    ];
    let mut all: Vec<String> = thread_acts.iter().map(|act| format!("/support/{thread}/{act}")).collect();
    all.extend(["outcome", "cancellation"].map(|act| format!("/support/{thread}/meetings/{meeting}/{act}")));
    all.extend(["telling", "returns", "review", "closing"].map(|act| format!("/disclosures/{disclosure}/{act}")));
    all.extend(["removal", "name-removal"].map(|act| format!("/hours/{entry}/{act}")));
    all
}
