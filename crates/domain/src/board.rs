//! The lead's board: what may be said about waiting requests, and what the organisation chart shows.
//! Rules R-BRD-1 to R-BRD-6 in `docs/rules/board.md`.

use crate::hours::TermHours;
use crate::ids::PersonId;
use crate::minutes::Minutes;
use crate::support::choices;

choices! {
    /// How many wait, for a lead who is in the line of teaching staff (R-BRD-3).
    Roughly {
        /// Nobody.
        None = "none", "none";
        /// One to four.
        Some = "some", "some";
        /// Five or more.
        Many = "many", "many";
    }
}

impl Roughly {
    /// R-BRD-3.
    pub fn of(count: u32) -> Self {
        match count {
            0 => Self::None,
            1..=4 => Self::Some,
            _ => Self::Many,
        }
    }
}

/// Teaching weeks of a term that must be gone before anybody is said to be little used (R-BRD-6).
pub const WEEKS_TO_TELL: u32 = 4;

/// Something the lead may want to look at, with one thing that would help and moves nobody (R-BRD-6). It comes from the
/// weekly rows and from the organisation chart, never from a single request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    /// A practitioner's term is heading over its plan.
    Over {
        /// Who.
        name: String,
        /// Where the term is heading.
        forecast: Minutes,
        /// What is planned.
        plan: Minutes,
    },
    /// A practitioner's term is heading for less than half of its plan.
    Under {
        /// Who.
        name: String,
        /// Where the term is heading.
        forecast: Minutes,
        /// What is planned.
        plan: Minutes,
    },
    /// A practitioner has no hours (TIM-09).
    NoHours(String),
    /// A practitioner would teach less than the floor (TIM-06).
    Floor {
        /// Who.
        name: String,
        /// What is left to teach.
        left: Minutes,
        /// The floor.
        floor: Minutes,
        /// The most that could be remitted above the floor.
        most: Minutes,
    },
    /// An area that nobody looks after (MAT-02).
    Uncovered {
        /// The area.
        area: String,
        /// Who could look after it as well.
        could: Option<String>,
    },
    /// A practitioner manages or appraises a teacher (GOV-07).
    InLine {
        /// The practitioner.
        practitioner: String,
        /// The teacher.
        teacher: String,
        /// How many other practitioners the teacher can ask.
        others: usize,
    },
    /// A practitioner also holds a management post (R-TIM-14, TIM-16).
    Post(String),
    /// A priority on which nobody leads (GOV-12, MAT-03).
    NoLead {
        /// The priority.
        theme: String,
        /// Who knows about it.
        could: Option<String>,
    },
    /// Somebody is new in the role and has no induction (R-IND-10).
    NewInTheRole {
        /// Who.
        name: String,
        /// The same, for a link.
        person: PersonId,
    },
    /// The next year waits to be started (R-NEW-1).
    NewYear {
        /// "2027/28".
        year: String,
        /// Whether it has begun already.
        has_begun: bool,
    },
    /// An induction has lost whoever accompanied it (R-IND-9).
    Unaccompanied {
        /// Whose.
        name: String,
        /// Mentor or buddy.
        missing: &'static str,
    },
    /// An area has fewer sessions this term than there are to be (R-SES-2); it counts sessions alone.
    FewSessions {
        /// The area.
        area: String,
        /// Its practitioner.
        name: String,
        /// Held and planned.
        there: usize,
        /// How many there are at least.
        least: i64,
    },
    /// Whoever runs a session cannot run it any more (R-SES-13).
    RunnerGone {
        /// Who.
        name: String,
        /// The session.
        title: String,
    },
}

impl Alert {
    /// What a practitioner's term says, if anything: the row of the week, and how many teaching weeks of the term were
    /// gone then. Hours are compared as the board shows them, to the nearest hour.
    pub fn of_term(name: &str, hours: &TermHours, weeks_gone: u32) -> Option<Self> {
        let (forecast, plan) = (hours.forecast.rounded(), hours.plan.rounded());
        let name = name.to_owned();
        if forecast > plan {
            Some(Self::Over { name, forecast, plan })
        } else if weeks_gone >= WEEKS_TO_TELL && forecast.0 * 2 < plan.0 {
            Some(Self::Under { name, forecast, plan })
        } else {
            None
        }
    }

    /// What there is to see.
    pub fn says(&self) -> String {
        match self {
            Self::Over { name, forecast, plan } => {
                format!("{name} is heading for {forecast} of {plan} planned this term.")
            }
            Self::Under { name, forecast, plan } => {
                format!("{name} is heading for {forecast} of {plan} planned this term: much of the time is still free.")
            }
            Self::NoHours(name) => format!("{name} has no remitted hours entered."),
            Self::Floor { name, left, floor, .. } => {
                format!(
                    "{name} would teach {left} this year, less than the {floor} that practitioners go on teaching here."
                )
            }
            Self::Uncovered { area, .. } => format!("Nobody looks after {area}."),
            Self::InLine { practitioner, teacher, .. } => format!("{practitioner} manages or appraises {teacher}."),
            Self::Post(name) => format!("{name} also holds a management post."),
            Self::NoLead { theme, .. } => format!("Nobody leads on {theme} across the college."),
            Self::NewInTheRole { name, .. } => format!("{name} is new in the role."),
            Self::Unaccompanied { name, missing } => format!("The induction of {name} has no {missing} any more."),
            Self::FewSessions { area, there: 0, least, .. } => {
                format!("{area} has no session this term yet, of at least {least}.")
            }
            Self::FewSessions { area, there, least, .. } => {
                format!("{area} has {there} of at least {least} sessions this term.")
            }
            Self::RunnerGone { name, title } => format!("{name} cannot run the session “{title}” any more."),
            Self::NewYear { year, has_begun: false } => format!("The year {year} is not set yet."),
            Self::NewYear { year, has_begun: true } => {
                format!("The year {year} has begun, and last year’s hours and areas go on in it.")
            }
        }
    }

    /// One thing that would help and moves nobody.
    pub fn remedy(&self) -> String {
        match self {
            Self::Over { name, .. } => {
                format!("Agree with {name} what can wait until next term; the year as a whole may still fit.")
            }
            Self::Under { name, .. } => {
                format!("Ask {name} to publish one more support hour, at a time when colleagues are free.")
            }
            Self::NoHours(name) => format!("Enter what was agreed with {name}, so that it is not left vague."),
            Self::Floor { most, .. } => {
                format!("Agree at most {most} of remission from the next term on, or set another floor.")
            }
            Self::Uncovered { could: Some(name), .. } => {
                format!("Ask {name} to look after it as well; nobody gives an area up.")
            }
            Self::Uncovered { could: None, .. } => {
                "Colleagues there can ask anybody all the same: tell them so.".to_owned()
            }
            Self::InLine { teacher, others: 0, .. } => {
                format!("They cannot work together here. Look for a second practitioner whom {teacher} could ask.")
            }
            Self::InLine { teacher, others: 1, .. } => {
                format!(
                    "They cannot work together here; {teacher} can ask the other practitioner. Nothing has to change."
                )
            }
            Self::InLine { teacher, others, .. } => {
                format!("They cannot work together here; {teacher} can ask {others} others. Nothing has to change.")
            }
            Self::Post(name) => {
                format!("Ask {name} whether both fit into the week, and what would help. Both can stay.")
            }
            Self::NoLead { could: Some(name), .. } => {
                format!("Ask {name}, who knows about it, to lead on it everywhere.")
            }
            Self::NewInTheRole { .. } => "Begin an induction, with a buddy and a slow start.".to_owned(),
            Self::Unaccompanied { missing, .. } => format!("Name another {missing}."),
            Self::NewYear { year, .. } => format!("Look through what is proposed, and start {year} in one step."),
            Self::NoLead { could: None, .. } => {
                "Ask the practitioners who would like to learn more about it and lead on it.".to_owned()
            }
            Self::FewSessions { name, .. } => {
                format!("Ask {name} what would help there; a ten-minute takeaway counts.")
            }
            Self::RunnerGone { .. } => {
                "Open it under “Sessions” and pass it on to somebody who has time, or call it off.".to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-BRD-3.
    #[test]
    fn a_rough_count_has_three_words() {
        let words: Vec<_> = [0, 1, 4, 5, 90].into_iter().map(|n| Roughly::of(n).words()).collect();
        assert_eq!(words, ["none", "some", "some", "many", "many"]);
    }

    fn hours(forecast: i64) -> TermHours {
        let (plan, used, booked) = (Minutes::hours(50), Minutes::hours(10), Minutes::hours(2));
        TermHours { plan, used, booked, forecast: Minutes(forecast) }
    }

    /// R-BRD-6.
    #[test]
    fn a_term_is_told_when_it_heads_over_its_plan_or_for_less_than_half_of_it() {
        let of = |minutes, weeks| Alert::of_term("Ana", &hours(minutes), weeks);
        assert_eq!(of(50 * 60 + 29, 8), None, "not by less than the board shows");
        assert!(matches!(of(51 * 60, 1), Some(Alert::Over { .. })));
        assert!(matches!(of(24 * 60, 4), Some(Alert::Under { .. })));
        assert_eq!(of(24 * 60, 3), None, "too early to tell");
        assert_eq!(of(25 * 60, 8), None);
    }

    /// R-BRD-6, R-TIM-14.
    #[test]
    fn every_alert_has_one_remedy_and_none_moves_anybody() {
        let name = || "Ana".to_owned();
        let time = Minutes::hours(10);
        let alerts = [
            Alert::Over { name: name(), forecast: time, plan: time },
            Alert::Under { name: name(), forecast: time, plan: time },
            Alert::NoHours(name()),
            Alert::Floor { name: name(), left: time, floor: time, most: time },
            Alert::Uncovered { area: name(), could: Some(name()) },
            Alert::Uncovered { area: name(), could: None },
            Alert::InLine { practitioner: name(), teacher: name(), others: 0 },
            Alert::InLine { practitioner: name(), teacher: name(), others: 1 },
            Alert::InLine { practitioner: name(), teacher: name(), others: 4 },
            Alert::Post(name()),
            Alert::NoLead { theme: name(), could: Some(name()) },
            Alert::NoLead { theme: name(), could: None },
            Alert::NewInTheRole { name: name(), person: PersonId(uuid::Uuid::nil()) },
            Alert::Unaccompanied { name: name(), missing: "mentor" },
            Alert::FewSessions { area: name(), name: name(), there: 0, least: 2 },
            Alert::FewSessions { area: name(), name: name(), there: 1, least: 2 },
            Alert::RunnerGone { name: name(), title: name() },
            Alert::NewYear { year: name(), has_begun: false },
            Alert::NewYear { year: name(), has_begun: true },
        ];
        for alert in &alerts {
            let words = alert.remedy();
            assert!(!words.is_empty() && alert.says().ends_with('.') && words.ends_with('.'), "{words}");
            for never in ["move ", "transfer", "take away", "reassign", "replace", "waiting", "request"] {
                assert!(!words.to_lowercase().contains(never), "{words}");
            }
        }
    }
}
