//! The eleven indicators of a year, and how much there must be before they are read.

use serde::{Deserialize, Serialize};

use super::ModelError;

/// What of a year is looked at (R-LIV-1). College totals; in the order of their keys, by which ties are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Distinct staff with any support of their own, of all staff.
    AccessRate,
    /// Areas whose access is at least half the college's, of all areas.
    AreaEvenness,
    /// Coaching and developmental observation, of one-to-one hours.
    CoachingHours,
    /// Hours on priorities that cross areas, of all hours.
    CrossCuttingHours,
    /// Practitioners with at least two external meetings a term, of all practitioners.
    ExternalActive,
    /// One-to-one cases begun by a manager.
    ManagerInitiated,
    /// Hours of required support, of one-to-one hours.
    MandatoryHours,
    /// Cases whose referral form gives a formal observation as the reason; never by joining grades to people.
    ObservationTriggered,
    /// Yes to how many of four questions of policy: records seen in appraisal, named reports to managers, practitioners grade
    /// lessons, practitioners sit in the line.
    PerformanceLinks,
    /// Items of research shared out or taken in, for each practitioner and year; may be more than 1.
    ResearchFlow,
    /// Team meetings held, of those in the calendar.
    TeamMeetings,
}

impl Indicator {
    /// All eleven, by alphabet.
    pub const ALL: [Self; 11] = [
        Self::AccessRate,
        Self::AreaEvenness,
        Self::CoachingHours,
        Self::CrossCuttingHours,
        Self::ExternalActive,
        Self::ManagerInitiated,
        Self::MandatoryHours,
        Self::ObservationTriggered,
        Self::PerformanceLinks,
        Self::ResearchFlow,
        Self::TeamMeetings,
    ];

    /// The key in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AccessRate => "access_rate",
            Self::AreaEvenness => "area_evenness",
            Self::CoachingHours => "coaching_hours",
            Self::CrossCuttingHours => "cross_cutting_hours",
            Self::ExternalActive => "external_active",
            Self::ManagerInitiated => "manager_initiated",
            Self::MandatoryHours => "mandatory_hours",
            Self::ObservationTriggered => "observation_triggered",
            Self::PerformanceLinks => "performance_links",
            Self::ResearchFlow => "research_flow",
            Self::TeamMeetings => "team_meetings",
        }
    }
}

/// The indicators of a year; what is not known is left out.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, Serialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is told at the indicator of its name")]
pub struct Indicators {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager_initiated: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation_triggered: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mandatory_hours: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performance_links: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_evenness: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coaching_hours: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_active: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_meetings: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_cutting_hours: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub research_flow: Option<f64>,
}

impl Indicators {
    /// What is known of one.
    pub const fn of(&self, indicator: Indicator) -> Option<f64> {
        match indicator {
            Indicator::AccessRate => self.access_rate,
            Indicator::AreaEvenness => self.area_evenness,
            Indicator::CoachingHours => self.coaching_hours,
            Indicator::CrossCuttingHours => self.cross_cutting_hours,
            Indicator::ExternalActive => self.external_active,
            Indicator::ManagerInitiated => self.manager_initiated,
            Indicator::MandatoryHours => self.mandatory_hours,
            Indicator::ObservationTriggered => self.observation_triggered,
            Indicator::PerformanceLinks => self.performance_links,
            Indicator::ResearchFlow => self.research_flow,
            Indicator::TeamMeetings => self.team_meetings,
        }
    }

    /// Whether each lies where it can (R-LIV-1).
    ///
    /// # Errors
    /// The first that does not, by alphabet.
    pub fn check(&self) -> Result<(), ModelError> {
        for indicator in Indicator::ALL {
            let Some(value) = self.of(indicator) else { continue };
            if indicator == Indicator::ResearchFlow {
                if !(value.is_finite() && value >= 0.0) {
                    return Err(ModelError::Negative { indicator, value });
                }
            } else if !(0.0..=1.0).contains(&value) {
                return Err(ModelError::NoShare { indicator, value });
            }
        }
        Ok(())
    }
}

/// A year's work: how much there was of it, and its indicators.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Year {
    /// One-to-one cases.
    pub episodes: i64,
    /// Staff.
    pub staff: i64,
    /// Weeks that the reading covers.
    pub weeks: i64,
    /// The indicators.
    #[serde(flatten)]
    pub indicators: Indicators,
}

/// How much there must be before anything is read (R-LIV-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Minimum {
    /// One-to-one cases.
    pub episodes: i64,
    /// Staff.
    pub staff: i64,
    /// Weeks.
    pub weeks: i64,
}

impl Default for Minimum {
    fn default() -> Self {
        Self { episodes: 20, staff: 30, weeks: 10 }
    }
}

impl Minimum {
    /// Of what there is too little; empty when it is enough (R-LIV-2).
    ///
    /// # Errors
    /// A number below nought.
    pub fn lacking(&self, year: &Year) -> Result<Vec<&'static str>, ModelError> {
        let all = [
            ("episodes", year.episodes, self.episodes),
            ("staff", year.staff, self.staff),
            ("weeks", year.weeks, self.weeks),
        ];
        if let Some((what, value, _)) = all.iter().find(|(_, there, _)| *there < 0) {
            return Err(ModelError::NegativeCount { what, value: *value });
        }
        Ok(all.iter().filter(|(_, there, least)| there < least).map(|(what, ..)| *what).collect())
    }
}
