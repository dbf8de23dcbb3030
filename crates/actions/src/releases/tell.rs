//! That a release is out: something is waiting for whoever may read it, and for nobody else (R-REL-27).

use policies::Permit;
use policies::acts::{MakeRelease, SeeReleases};
use store::{Db, Fault, facts, releases};

use crate::desk::Desk;
use crate::mail;

/// Notes in the release’s own unit of work that something is waiting for everybody who may read it: the gate says who that is.
///
/// # Errors
/// A fault of the database.
pub async fn tell(desk: &Desk, db: &Db, permit: &Permit<MakeRelease>) -> Result<(), Fault> {
    for who in releases::everybody(db, permit).await? {
        let Some(person) = facts::person(db, desk.institution(), who).await? else { continue };
        if desk.permit::<SeeReleases>(&person, &desk.frame.programme.facts, &()).is_ok() {
            mail::waits(desk, db, permit, who).await?;
        }
    }
    Ok(())
}
