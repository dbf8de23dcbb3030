//! Somebody is at risk: what is passed to the safeguarding leads, to whom, and when it is told. Rules R-SAF-1 to R-SAF-9 in
//! `docs/rules/safeguarding.md`.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::ids::PersonId;
use crate::period::days_after;
use crate::support::choices;
use crate::text::one_line;

/// Whoever may not be told yet is thought of again after so many days (R-SAF-4, R-SAF-6).
pub const REVIEW_DAYS: i64 = 14;
/// While nobody decides, those who should are reminded again after so many days (R-SAF-6).
const REMIND_DAYS: i64 = 7;
/// What nobody has opened after so many hours is told of again, and again after as many (R-SAF-7).
pub const UNOPENED_HOURS: i64 = 24;
/// The name of the route is at most so long.
const LONGEST_NAME: usize = 80;
/// A telephone number is at most so long, with its spaces.
const LONGEST_NUMBER: usize = 40;

choices! {
    /// What is passed on (R-SAF-1).
    Category {
        /// A child or an adult who learns here.
        Learner = "learner", "A learner is at risk of harm";
        /// A colleague, the one who writes included.
        Staff = "staff", "A member of staff is at risk of harm";
        /// Somebody is a danger to others.
        Others = "others", "Somebody may harm others";
        /// The Prevent duty.
        Prevent = "prevent", "Somebody is being drawn into terrorism (the Prevent duty)";
        /// A law that says so.
        Duty = "duty", "There is another legal duty to tell";
    }
}

choices! {
    /// Why whom it is about is not told at once (R-SAF-4).
    Reason {
        /// Violence, or worse.
        Harm = "harm", "It could lead to violence or other harm";
        /// Somebody is leant on.
        Pressure = "pressure", "Somebody could be put under pressure to keep silent";
        /// Something would be gone.
        Evidence = "evidence", "Something that has to be looked into could be lost";
        /// Somebody who must know said so.
        Advice = "advice", "A safeguarding lead, the police or the council has advised it";
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SafeguardingRefused {
    /// R-SAF-1.
    #[error("Choose what this is about.")]
    Category,
    /// R-SAF-4.
    #[error("Choose why telling could put somebody at risk.")]
    Reason,
    /// R-SAF-2.
    #[error("No safeguarding lead can open this here yet. Use the telephone number on the page.")]
    NoLead,
    /// R-SAF-6.
    #[error("They have been told already. There is nothing to decide any more.")]
    Told,
    /// R-SAF-6.
    #[error("That is not due yet. The page says from which day on you decide again; you can tell them at any time.")]
    Early,
    /// R-SAF-8.
    #[error("Tick that it has been dealt with and that you know that it cannot be brought back.")]
    Unsure,
    /// R-SAF-9.
    #[error("Say who answers, in 80 characters at most, such as: Designated Safeguarding Lead.")]
    Name,
    /// R-SAF-9.
    #[error("Give a telephone number as it is dialled, such as 01632 960118 or 01632 960118 ext 4.")]
    Telephone,
}

/// A safeguarding lead whose account is on, and neither whoever passes something on nor whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// Who.
    pub person: PersonId,
    /// Whether they stand above the teacher of the thread in line, or appraise them.
    pub above: bool,
    /// Whether they have made keys.
    pub keyed: bool,
}

/// To whom something goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Those it is sealed for, and those it would be sealed for if they had keys.
    pub leads: Vec<Lead>,
    /// Whether they are those above the teacher, because nobody else can open it. Whoever passes it on reads so first.
    pub above: bool,
}

impl Due {
    /// R-SAF-2: every lead; those above the teacher are left out while another one has keys.
    pub fn of(leads: &[Lead]) -> Self {
        let apart: Vec<Lead> = leads.iter().filter(|lead| !lead.above).copied().collect();
        if apart.iter().any(|lead| lead.keyed) {
            return Self { leads: apart, above: false };
        }
        Self { leads: leads.to_vec(), above: leads.iter().any(|lead| lead.keyed) }
    }

    /// Those it is sealed for.
    ///
    /// # Errors
    /// When no lead has keys.
    pub fn recipients(&self) -> Result<Vec<PersonId>, SafeguardingRefused> {
        let keyed: Vec<PersonId> = self.leads.iter().filter(|lead| lead.keyed).map(|lead| lead.person).collect();
        if keyed.is_empty() { Err(SafeguardingRefused::NoLead) } else { Ok(keyed) }
    }
}

/// Why telling would be unsafe, and the day on which that is decided again; nothing when they are told at once (R-SAF-4).
///
/// # Errors
/// Unsafe without a reason.
pub fn kept_back(
    (is_unsafe, reason): (bool, &str),
    today: Date,
) -> Result<Option<(Reason, Date)>, SafeguardingRefused> {
    if !is_unsafe {
        return Ok(None);
    }
    let reason = Reason::from_code(reason).ok_or(SafeguardingRefused::Reason)?;
    Ok(Some((reason, review_day(today))))
}

/// The day on which it is decided again (R-SAF-4, R-SAF-6).
pub fn review_day(today: Date) -> Date {
    days_after(today, REVIEW_DAYS)
}

/// Keeps it back for another while: on its day and not before, with a reason (R-SAF-6).
///
/// # Errors
/// Before the day, or without a reason.
pub fn again(review: Date, reason: &str, today: Date) -> Result<(Reason, Date), SafeguardingRefused> {
    if today < review {
        return Err(SafeguardingRefused::Early);
    }
    let reason = Reason::from_code(reason).ok_or(SafeguardingRefused::Reason)?;
    Ok((reason, review_day(today)))
}

/// Whether those who decide are to be reminded today (R-SAF-6).
pub fn reminds(review: Date, reminded: Option<Date>, today: Date) -> bool {
    let again = reminded.filter(|day| *day >= review).map_or(review, |day| days_after(day, REMIND_DAYS));
    today >= again
}

fn hours_after(at: Timestamp) -> Timestamp {
    at.saturating_add(UNOPENED_HOURS.hours()).unwrap_or(Timestamp::MAX)
}

/// Whether what nobody has opened has waited so long that the telephone is the better way (R-SAF-7).
pub fn waits_long(made: Timestamp, now: Timestamp) -> bool {
    hours_after(made) <= now
}

/// Whether the leads are to be told again now that nobody has opened it (R-SAF-7).
pub fn escalates(made: Timestamp, last: Option<Timestamp>, now: Timestamp) -> bool {
    hours_after(last.unwrap_or(made)) <= now
}

/// Whom one telephones when somebody is at risk (R-SAF-9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Who answers.
    pub name: String,
    /// The number.
    pub telephone: String,
}

impl Route {
    /// Reads what was typed.
    ///
    /// # Errors
    /// No name, or what is no number.
    pub fn read(name: &str, telephone: &str) -> Result<Self, SafeguardingRefused> {
        let (name, telephone) = (one_line(name), one_line(telephone));
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(SafeguardingRefused::Name);
        }
        let bare = telephone.to_lowercase().replace("ext", "");
        let digits = bare.chars().filter(char::is_ascii_digit).count();
        let dialled = |c: char| c.is_ascii_digit() || [' ', '+', '(', ')', '-', '.'].contains(&c);
        if digits < 3 || telephone.len() > LONGEST_NUMBER || !bare.chars().all(dialled) {
            return Err(SafeguardingRefused::Telephone);
        }
        Ok(Self { name, telephone })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn lead(number: u128, above: bool, keyed: bool) -> Lead {
        Lead { person: Uuid::from_u128(number).into(), above, keyed }
    }

    /// R-SAF-1, R-SAF-4
    #[test]
    fn choices_are_read_back_as_they_were_stored() {
        for category in Category::ALL {
            assert_eq!(Category::from_code(category.code()), Some(*category));
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
        }
        assert_eq!(Category::from_code("other"), None, "the list is closed");
    }

    /// R-SAF-2
    #[test]
    fn a_lead_above_the_teacher_is_left_out_while_another_one_can_open_it() {
        let (free, above, bare) = (lead(1, false, true), lead(2, true, true), lead(3, false, false));
        let both = Due::of(&[free, above, bare]);
        assert_eq!((both.leads.clone(), both.above), (vec![free, bare], false));
        assert_eq!(both.recipients(), Ok(vec![free.person]));
        let only = Due::of(&[above, bare]);
        assert_eq!((only.recipients(), only.above), (Ok(vec![above.person]), true));
        for none in [&[][..], &[bare], &[lead(4, true, false)]] {
            let due = Due::of(none);
            assert_eq!((due.recipients(), due.above), (Err(SafeguardingRefused::NoLead), false));
        }
        assert_eq!(Due::of(&[free, lead(5, false, true)]).recipients().unwrap().len(), 2, "every lead");
    }

    /// R-SAF-4
    #[test]
    fn they_are_told_at_once_unless_there_is_a_reason_and_a_day() {
        let today = day("2026-11-24");
        assert_eq!(kept_back((false, "harm"), today), Ok(None));
        assert_eq!(kept_back((true, "harm"), today), Ok(Some((Reason::Harm, day("2026-12-08")))));
        assert_eq!(kept_back((true, ""), today), Err(SafeguardingRefused::Reason));
        assert_eq!(kept_back((true, "because"), today), Err(SafeguardingRefused::Reason));
    }

    /// R-SAF-6
    #[test]
    fn it_is_decided_again_on_its_day_and_reminded_of_until_it_is() {
        let review = day("2026-12-08");
        assert_eq!(again(review, "advice", day("2026-12-07")), Err(SafeguardingRefused::Early));
        assert_eq!(again(review, "", review), Err(SafeguardingRefused::Reason));
        assert_eq!(again(review, "advice", review), Ok((Reason::Advice, day("2026-12-22"))));
        assert_eq!(again(review, "harm", day("2026-12-10")), Ok((Reason::Harm, day("2026-12-24"))));
        for (reminded, today, reminds_now) in [
            (None, "2026-12-07", false),
            (None, "2026-12-08", true),
            (Some("2026-12-08"), "2026-12-14", false),
            (Some("2026-12-08"), "2026-12-15", true),
            (Some("2026-11-30"), "2026-12-08", true),
        ] {
            assert_eq!(reminds(review, reminded.map(day), day(today)), reminds_now, "{reminded:?} {today}");
        }
    }

    /// R-SAF-7
    #[test]
    fn what_nobody_opens_is_told_of_again_after_each_day() {
        let made = at("2026-11-24T09:00:00Z");
        assert!(!waits_long(made, at("2026-11-25T08:59:59Z")) && waits_long(made, at("2026-11-25T09:00:00Z")));
        assert!(!escalates(made, None, at("2026-11-25T08:59:59Z")));
        assert!(escalates(made, None, at("2026-11-25T09:00:00Z")));
        let last = Some(at("2026-11-25T09:00:30Z"));
        assert!(
            !escalates(made, last, at("2026-11-26T09:00:00Z")) && escalates(made, last, at("2026-11-26T09:01:00Z"))
        );
    }

    /// R-SAF-9
    #[test]
    fn a_route_has_somebody_who_answers_and_a_number_that_can_be_dialled() {
        let read = Route::read("  Designated  Safeguarding Lead ", " 01632  960118 ext 4").unwrap();
        assert_eq!(
            (read.name.as_str(), read.telephone.as_str()),
            ("Designated Safeguarding Lead", "01632 960118 ext 4")
        );
        assert!(Route::read("Reception", "999").is_ok() && Route::read("Lead", "+44 (0)1632 960-118").is_ok());
        for (name, telephone, refused) in [
            ("", "01632 960118", SafeguardingRefused::Name),
            (&"x".repeat(81), "01632 960118", SafeguardingRefused::Name),
            ("Lead", "", SafeguardingRefused::Telephone),
            ("Lead", "ask me", SafeguardingRefused::Telephone),
            ("Lead", "12", SafeguardingRefused::Telephone),
            ("Lead", &"1".repeat(41), SafeguardingRefused::Telephone),
        ] {
            assert_eq!(Route::read(name, telephone), Err(refused), "{name} {telephone}");
        }
    }
}
