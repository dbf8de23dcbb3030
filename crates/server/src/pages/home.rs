//! The start page: goes where this visitor has something to do.

use axum::response::Redirect;
use domain::people::Role;

use crate::visit::Visit;

/// `GET /`.
pub async fn show(visit: Visit) -> Redirect {
    Redirect::to(if visit.is(Role::Practitioner) {
        "/week"
    } else if visit.is(Role::ProgrammeLead) {
        "/programme"
    } else if visit.is(Role::SeniorLeader) {
        "/evidence"
    } else if visit.is(Role::Administrator) {
        "/people"
    } else if visit.teaches() {
        "/support"
    } else if visit.is(Role::SafeguardingLead) {
        "/safeguarding"
    } else {
        "/practitioners"
    })
}
