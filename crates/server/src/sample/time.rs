//! How the sample's practitioners take their time, what else is asked of them, and who takes their classes.

use actions::allocation::{self, Entered};
use actions::ceiling;
use actions::cover::{self, Costs, NewCover};
use actions::desk::Desk;
use actions::pattern;
use actions::planner;
use domain::cover::{Arrangement, Pence, Per, Training, Typed};
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::pattern::{Block, Half, HalfDay, Pattern};
use domain::period::{academic_year, days_after, monday};
use domain::planner::Extras;
use domain::weekly::Weekday;
use jiff::civil::Date;

use crate::cli::CliError;

/// What is agreed with one of them.
struct Agreed {
    name: &'static str,
    /// Journeys of a year and their minutes; inductions; outreach in per cent.
    extras: (i64, i64, i64, Option<i64>),
    half_day: Option<(Weekday, Half)>,
    /// Hours of a block in the spring.
    block: Option<i64>,
    /// When they are away each week, from and until, and who takes the class.
    cover: (Weekday, u16, u16, Arrangement, &'static str),
    /// Pence of an hour or a year.
    cost: Option<(i64, Per)>,
}

/// One of the five has more asked of them than fits.
const AGREED: [Agreed; 5] = [
    Agreed {
        name: "Priya Nair",
        extras: (12, 40, 2, Some(20)),
        half_day: Some((Weekday::Tue, Half::Afternoon)),
        block: None,
        cover: (
            Weekday::Tue,
            780,
            960,
            Arrangement::PartTime,
            "The same teacher all year, with a plan in the team folder.",
        ),
        cost: Some((492_000, Per::Year)),
    },
    Agreed {
        name: "Joe Whittle",
        extras: (0, 0, 1, None),
        half_day: Some((Weekday::Wed, Half::Morning)),
        block: None,
        cover: (Weekday::Wed, 540, 720, Arrangement::Floating, "Handed over on Mondays at noon."),
        cost: Some((3_150, Per::Hour)),
    },
    Agreed {
        name: "Carys Evans",
        extras: (10, 30, 3, Some(25)),
        half_day: None,
        block: Some(30),
        cover: (Weekday::Thu, 540, 720, Arrangement::Supply, "One agency, asked for the same person each time."),
        cost: Some((3_480, Per::Hour)),
    },
    Agreed {
        name: "Tom Birch",
        extras: (6, 30, 1, None),
        half_day: Some((Weekday::Fri, Half::Morning)),
        block: None,
        cover: (Weekday::Fri, 540, 630, Arrangement::Head, ""),
        cost: None,
    },
    Agreed {
        name: "Aisha Rahman",
        extras: (20, 45, 2, Some(30)),
        half_day: None,
        block: None,
        cover: (Weekday::Mon, 780, 960, Arrangement::NotNeeded, "The group is in the workshop then."),
        cost: None,
    },
];

/// What comes back every term, with its hours. Nobody does it yet.
const STANDING: [(&str, i64); 2] = [("The half-termly teaching letter", 6), ("Open classrooms week", 8)];

/// Salary uplift of a year at the college of the case study, in pence (TIM-17).
const UPLIFT: i64 = 224_300;

/// Lays out everybody's time, as the lead.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn plan(desk: &Desk, lead: PersonId) -> Result<(), CliError> {
    let mut costs = Costs::default();
    let who = desk.person::<actions::Never>(&desk.read(), lead).await?;
    ceiling::set_share(desk, lead, "10").await?;
    let seen = planner::see(desk, &who, false).await?;
    for one in &seen.rows {
        let Some(agreed) = AGREED.iter().find(|agreed| agreed.name == one.name) else { continue };
        let (trips, trip, inductions, outreach) = agreed.extras;
        let extras = Extras { trips, trip: Minutes(trip), inductions, outreach };
        planner::set_extras(desk, lead, (one.person, &extras)).await?;
        let pattern = Pattern {
            half_days: agreed.half_day.map(|(day, half)| HalfDay { day, half }).into_iter().collect(),
            blocks: agreed.block.map(|hours| block(desk, hours)).into_iter().collect(),
        };
        pattern::set(desk, lead, (one.person, &pattern)).await?;
        let (weekday, starts, ends, arrangement, note) = agreed.cover;
        let new = NewCover {
            away: Typed { weekday: Some(weekday), day: None, starts: Some(starts), ends: Some(ends) },
            arrangement: Some(arrangement),
            note: note.to_owned(),
            training: Some(Training::Planned),
            once: format!("sample cover {}", one.name),
        };
        let made = cover::arrange(desk, lead, (one.person, &new)).await?;
        costs.covers.extend(agreed.cost.map(|(pence, per)| (made, (Pence(pence), per))));
        costs.uplifts.insert(one.person, Pence(UPLIFT));
    }
    cover::set_costs(desk, lead, &costs).await?;
    for (title, hours) in STANDING {
        let once = format!("sample standing {title}");
        let new = Entered { title: title.to_owned(), hours: Some(hours), theme: None, once };
        allocation::enter(desk, lead, &new).await?;
    }
    Ok(())
}

/// Two weeks of the spring term, before its half-term.
fn block(desk: &Desk, hours: i64) -> Block {
    let starts = monday(Date::constant(academic_year(desk.today()) + 1, 1, 25));
    Block { starts, ends: days_after(starts, 11), time: Minutes::hours(hours) }
}
