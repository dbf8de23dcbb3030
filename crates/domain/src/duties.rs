//! Work outside the role: what is asked of a practitioner beyond the five functions. Rules R-BOU-1 to R-BOU-4 in
//! `docs/rules/boundaries.md`.

use jiff::civil::Date;

use crate::minutes::Minutes;
use crate::period::academic_year;
use crate::support::choices;

choices! {
    /// What was asked (R-BOU-2).
    DutyKind {
        /// Teaching or watching somebody else's class.
        Cover = "cover", "Covering a class";
        /// Observing for the college's own judgement; never part of the role (CON-03).
        Inspection = "inspection", "Formal observation or inspection";
        /// Anything of appraisal, capability or discipline; never part of the role (CON-03).
        Conduct = "conduct", "Appraisal, capability or discipline";
        /// Forms, lists, minutes.
        Administration = "administration", "Administration";
        /// Numbers for others.
        Data = "data", "Data and reporting";
        /// Projectors, rooms, accounts.
        Equipment = "equipment", "Rooms, equipment or IT";
        /// Open evenings, trips, break duty.
        Events = "events", "Events, trips and break duty";
        /// None of these.
        Other = "other", "Something else";
    }
}

choices! {
    /// What a lead says to a duty that was raised (R-BOU-4).
    Answer {
        /// It does not belong to the role.
        Outside = "outside", "It is not part of the role. I will see to it.";
        /// Once, and not again.
        Once = "once", "It was needed this once. It should not be asked again.";
        /// It is one of the functions.
        Inside = "inside", "It does belong to the role. Note its time as hours.";
    }
}

/// A duty may take so long, in minutes (R-BOU-2).
pub const LENGTH: std::ops::RangeInclusive<i64> = 1..=480;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DutyRefused {
    /// R-BOU-2.
    #[error("Choose what was asked.")]
    Kind,
    /// R-BOU-2.
    #[error("Say how long it took, between 1 minute and 8 hours, or that you refused it.")]
    Length,
    /// R-BOU-2.
    #[error("Choose today or an earlier day of this academic year.")]
    Day,
    /// R-BOU-4.
    #[error("Choose what you answer.")]
    Answer,
    /// R-BOU-4.
    #[error("That was answered or taken back meanwhile. This is how it stands now.")]
    Answered,
}

/// Checks a duty; what was refused has no length (R-BOU-2).
///
/// # Errors
/// The first rule that says no.
pub fn check(took: Option<Minutes>, day: Date, today: Date) -> Result<(), DutyRefused> {
    if took.is_some_and(|took| !LENGTH.contains(&took.0)) {
        return Err(DutyRefused::Length);
    }
    if day > today || academic_year(day) != academic_year(today) {
        return Err(DutyRefused::Day);
    }
    Ok(())
}

/// The minutes of each kind, the longest first; kinds without any are left out (R-BOU-2).
pub fn by_kind(all: impl IntoIterator<Item = (DutyKind, Minutes)>) -> Vec<(DutyKind, Minutes)> {
    let mut sums: Vec<(DutyKind, Minutes)> = DutyKind::ALL.iter().map(|kind| (*kind, Minutes(0))).collect();
    for (kind, took) in all {
        if let Some((_, sum)) = sums.iter_mut().find(|(own, _)| *own == kind) {
            *sum = *sum + took;
        }
    }
    sums.retain(|(_, sum)| *sum > Minutes(0));
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    /// R-BOU-2
    #[test]
    fn a_duty_is_up_to_eight_hours_long_today_or_earlier_this_year_and_a_refused_one_has_no_length() {
        let today = day("2026-11-24");
        assert_eq!(check(None, today, today), Ok(()));
        assert_eq!(check(Some(Minutes(1)), day("2026-09-01"), today), Ok(()));
        assert_eq!(check(Some(Minutes(480)), today, today), Ok(()));
        for wrong in [0, -5, 481] {
            assert_eq!(check(Some(Minutes(wrong)), today, today), Err(DutyRefused::Length));
        }
        for wrong in ["2026-11-25", "2026-08-31"] {
            assert_eq!(check(None, day(wrong), today), Err(DutyRefused::Day));
        }
    }

    /// R-BOU-2
    #[test]
    fn the_years_total_stands_by_kind_the_longest_first() {
        let all = [(DutyKind::Cover, Minutes(60)), (DutyKind::Data, Minutes(90)), (DutyKind::Cover, Minutes(45))];
        assert_eq!(by_kind(all), [(DutyKind::Cover, Minutes(105)), (DutyKind::Data, Minutes(90))]);
        assert!(by_kind([]).is_empty());
    }
}
