//! Outputs: what came of a practitioner's time besides conversations. Rules R-RES-6 to R-RES-9 in `docs/rules/resources.md`.

use jiff::civil::Date;

use crate::hours::{HoursRefused, Purpose, check};
use crate::minutes::Minutes;
use crate::resources::{ResourceRefused, title};
use crate::support::choices;

choices! {
    /// What came of the time (COA-09, COA-11).
    OutputKind {
        /// Materials for lessons.
        Materials = "materials", "Materials supplied";
        /// A scheme of work.
        Scheme = "scheme", "Scheme of work";
        /// How standards can be met.
        Standards = "standards", "Guidance on standards";
        /// Talk among professionals, open to all staff.
        Discussion = "discussion", "Professional discussion";
        /// Something worth reading or using was pointed to.
        Signposted = "signposted", "Resource signposted";
        /// A lesson given for others to watch.
        Demonstration = "demonstration", "Demonstration lesson given";
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutputRefused {
    /// R-RES-6.
    #[error("Choose what came of it.")]
    NoKind,
    /// R-RES-7.
    #[error("Choose what the time was for, or leave the minutes out.")]
    NoPurpose,
    /// About its title, or how it is shared.
    #[error(transparent)]
    Resource(#[from] ResourceRefused),
    /// About its day and minutes.
    #[error(transparent)]
    Hours(#[from] HoursRefused),
}

/// Checks an output and gives its title as it is kept (R-RES-6). Minutes are optional; they are an entry of the record of
/// hours, under one purpose (R-RES-7).
///
/// # Errors
/// The first rule that says no.
pub fn checked(
    (kind, name): (Option<OutputKind>, &str),
    (day, today): (Date, Date),
    time: Option<(Minutes, Option<Purpose>)>,
) -> Result<(OutputKind, String), OutputRefused> {
    let kind = kind.ok_or(OutputRefused::NoKind)?;
    let name = title(name)?;
    let (minutes, purpose) = time.unwrap_or((Minutes(1), Some(Purpose::Strategic)));
    let purposes: Vec<Purpose> = purpose.into_iter().collect();
    match check(minutes, day, today, &purposes) {
        Ok(()) => Ok((kind, name)),
        Err(HoursRefused::NoPurpose) => Err(OutputRefused::NoPurpose),
        Err(refused) => Err(refused.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = Date::constant(2026, 11, 24);

    /// R-RES-6.
    #[test]
    fn an_output_has_a_kind_a_title_and_a_day_of_this_year() {
        let kind = Some(OutputKind::Materials);
        let fine = checked((kind, " Worked\nexamples "), (TODAY, TODAY), None);
        assert_eq!(fine, Ok((OutputKind::Materials, "Worked examples".to_owned())));
        assert_eq!(checked((None, "x"), (TODAY, TODAY), None), Err(OutputRefused::NoKind));
        let no_title = OutputRefused::Resource(ResourceRefused::NoTitle);
        assert_eq!(checked((kind, " "), (TODAY, TODAY), None), Err(no_title));
        for day in [date(2026, 11, 25), date(2026, 8, 31)] {
            assert_eq!(checked((kind, "x"), (day, TODAY), None), Err(HoursRefused::Day.into()));
        }
    }

    /// R-RES-7.
    #[test]
    fn minutes_are_optional_and_have_one_purpose() {
        let given =
            |minutes, purpose| checked((Some(OutputKind::Scheme), "x"), (TODAY, TODAY), Some((minutes, purpose)));
        assert!(given(Minutes(90), Some(Purpose::Strategic)).is_ok());
        assert_eq!(given(Minutes(90), None), Err(OutputRefused::NoPurpose));
        assert_eq!(given(Minutes(0), Some(Purpose::Group)), Err(HoursRefused::Length.into()));
        assert_eq!(given(Minutes(481), Some(Purpose::Group)), Err(HoursRefused::Length.into()));
    }

    /// R-RES-9.
    #[test]
    fn a_professional_discussion_is_an_output_and_every_purpose_stays_one_of_six() {
        assert_eq!(OutputKind::from_code("discussion"), Some(OutputKind::Discussion));
        assert_eq!((OutputKind::ALL.len(), Purpose::ALL.len()), (6, 6));
    }
}
