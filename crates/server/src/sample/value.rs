//! What the sample college's year before cost, and what came of it: made up, but for the uplift of the case study.

use actions::desk::Desk;
use actions::value::{self, Ground, NewBenefit, Stated};
use domain::cover::Pence;
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::period::academic_year;

use crate::cli::CliError;

/// Enters it, as the lead.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn enter(desk: &Desk, lead: PersonId) -> Result<(), CliError> {
    let year = academic_year(desk.today()).saturating_sub(1);
    let stated = Stated {
        posts: 5,
        remitted_each: Minutes(150 * 60),
        hour: Some(Pence(4_150)),
        uplift_each: Some(Pence(224_300)),
        covered: Minutes(180 * 60),
        cover: Some(Pence(576_000)),
        travel: Some(Pence(64_000)),
        training: None,
        places: Some(12),
        asked: "Keep five posts with 150 hours each for another year, and decide on two more when the year is out."
            .into(),
        otherwise:
            "Inductions, sessions and one-to-one support end with the hours: nobody else’s timetable has room for them."
                .into(),
    };
    value::set(desk, lead, (year, stated)).await?;
    let new = NewBenefit {
        what: "Attendance rose from 86 % to 88 % over three terms.",
        source: "The registers, under Indicators",
        ground: Some(Ground::Coincides),
        once: "sample-benefit",
    };
    Ok(value::name_benefit(desk, lead, (year, new)).await?)
}
