//! The frame of the role: its published statement, and what a practitioner's special knowledge is.
//! Rules R-FRM-1, R-FRM-2 and R-FRM-8 to R-FRM-10 in `docs/rules/frame.md`.

use crate::programme::Title;
use crate::support::choices;

/// A statement has at most so many characters (R-FRM-1).
pub const LONGEST_STATEMENT: usize = 6000;
/// A practitioner names at most so many subjects and aspects (R-FRM-10).
pub const MOST_SPECIALISMS: usize = 8;
/// The name of a subject or aspect has at most so many characters.
pub const LONGEST_NAME: usize = 80;
/// At most so many priorities at a time (R-FRM-8).
pub const MOST_PRIORITIES: usize = 6;

choices! {
    /// Who set a priority of the college (GOV-14).
    SetBy {
        /// The Department for Education.
        Department = "department", "the Department for Education";
        /// Ofsted.
        Ofsted = "ofsted", "Ofsted";
        /// Senior managers.
        Seniors = "seniors", "senior managers";
        /// Heads of area.
        Heads = "heads", "heads of area";
    }
}

choices! {
    /// What a practitioner knows specially (MAT-06).
    About {
        /// A subject.
        Subject = "subject", "Subject";
        /// An aspect of teaching.
        Aspect = "aspect", "Aspect";
    }
}

choices! {
    /// The phase in which it was gained (MAT-06).
    Phase {
        /// Any.
        Any = "any", "Any phase";
        /// Primary.
        Primary = "primary", "Primary";
        /// Secondary.
        Secondary = "secondary", "Secondary";
        /// Sixth form and further education.
        Further = "further", "16 to 19";
        /// Adults.
        Adults = "adults", "Adults";
        /// Apprentices and the workplace.
        Work = "work", "Apprentices";
        /// Higher education.
        Higher = "higher", "Higher education";
    }
}

/// A subject or an aspect that a practitioner knows, with phase and ages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specialism {
    /// Subject or aspect.
    pub about: About,
    /// Its name.
    pub name: String,
    /// The phase.
    pub phase: Phase,
    /// Ages in years, youngest and oldest.
    pub ages: Option<(i64, i64)>,
}

impl Specialism {
    /// "Chemistry, 16 to 19, ages 16–19".
    pub fn words(&self) -> String {
        let mut words = self.name.clone();
        if self.phase != Phase::Any {
            words = format!("{words}, {}", self.phase.words());
        }
        match self.ages {
            Some((from, to)) if from == to => format!("{words}, age {from}"),
            Some((from, to)) => format!("{words}, ages {from}–{to}"),
            None => words,
        }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameRefused {
    /// R-FRM-1.
    #[error("Write what the role is for; an empty statement cannot be published.")]
    EmptyStatement,
    /// R-FRM-1.
    #[error("Write at most {LONGEST_STATEMENT} characters. It has {0} now.")]
    LongStatement(usize),
    /// R-FRM-1.
    #[error("This is what is published already. Change something, or leave it as it is.")]
    SameStatement,
    /// R-FRM-8.
    #[error("Choose at most {MOST_PRIORITIES} priorities. With more, none would be one.")]
    ManyPriorities,
    /// R-FRM-8.
    #[error("Choose somebody who is a practitioner now, from the list.")]
    NotAPractitioner,
    /// R-FRM-10.
    #[error("Write at most {LONGEST_NAME} characters for one subject or aspect.")]
    LongName,
    /// R-FRM-10.
    #[error("Give ages in years from 3 to 99, the younger one first, or leave both empty.")]
    Ages,
    /// R-FRM-10.
    #[error("Name at most {MOST_SPECIALISMS} subjects and aspects.")]
    ManySpecialisms,
}

/// A statement as it is kept: lines of one kind, nothing before or behind (R-FRM-1).
///
/// # Errors
/// A rule that says no.
pub fn statement(text: &str) -> Result<String, FrameRefused> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let length = text.chars().count();
    if text.is_empty() {
        return Err(FrameRefused::EmptyStatement);
    }
    if length > LONGEST_STATEMENT {
        return Err(FrameRefused::LongStatement(length));
    }
    Ok(text)
}

/// The paragraphs of a statement: what stands between empty lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), all.last_mut()) {
            (true, _) => open = false,
            (false, Some(last)) if open => {
                last.push('\n');
                last.push_str(line);
            }
            (false, _) => {
                all.push(line.to_owned());
                open = true;
            }
        }
    }
    all
}

/// Checks a practitioner's subjects and aspects (R-FRM-10).
///
/// # Errors
/// The first rule that says no, with its place in the list.
pub fn check_specialisms(all: &[Specialism]) -> Result<(), (usize, FrameRefused)> {
    if all.len() > MOST_SPECIALISMS {
        return Err((MOST_SPECIALISMS, FrameRefused::ManySpecialisms));
    }
    for (at, one) in all.iter().enumerate() {
        if one.name.chars().count() > LONGEST_NAME {
            return Err((at, FrameRefused::LongName));
        }
        if one.ages.is_some_and(|(from, to)| from > to || !(3..=99).contains(&from) || !(3..=99).contains(&to)) {
            return Err((at, FrameRefused::Ages));
        }
    }
    Ok(())
}

/// A text for a lead to begin with. It is proposed, and published by nobody but the lead (R-FRM-2). It ranks nobody (R-FRM-11).
pub fn proposed(title: &Title, college: &str) -> String {
    let Title { one, many } = title;
    format!(
        "{many} help colleagues at {college} to teach as well as they would like to. They are experienced teachers who go \
         on teaching themselves and have hours set aside to work alongside you, on whatever you choose.\n\n\
         They are for everybody who teaches, tutors, coaches, assesses, demonstrates, trains or supports learners, on every \
         site, in the first week of a career and in the last. Nobody needs a reason to ask, and nobody has to be sent.\n\n\
         A {one} can plan with you, teach beside you, watch what you ask them to watch, find somebody whose lesson is worth \
         seeing, bring colleagues together who work on the same thing, and help you settle in when you are new.\n\n\
         A {one} does not inspect, appraise or judge lessons, does not report on anybody, and is not above anybody. \
         The role is no promotion and no step towards one. What you \
         tell them stays between the two of you. If somebody is at risk they must tell the safeguarding lead, and will tell \
         you first unless that is unsafe.\n\n\
         Cover, marking for others, and checks of paperwork are not part of the role. If a {one} is asked for something else, \
         they can say no and tell the programme lead."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-FRM-1.
    #[test]
    fn a_statement_is_kept_as_paragraphs_and_never_empty_or_endless() {
        assert_eq!(statement("  \r\n "), Err(FrameRefused::EmptyStatement));
        let long = "x".repeat(LONGEST_STATEMENT + 1);
        assert_eq!(statement(&long), Err(FrameRefused::LongStatement(LONGEST_STATEMENT + 1)));
        let kept = statement("\r\nOne\r\nmore\r\n\r\n\r\nTwo\n").unwrap();
        assert_eq!(paragraphs(&kept), ["One\nmore", "Two"]);
    }

    /// R-FRM-2, R-FRM-11
    #[test]
    fn the_proposed_text_uses_the_colleges_own_title_and_can_be_published() {
        let text = proposed(&Title::from_one("Learning Coach"), "Harbour College");
        assert!(text.contains("Learning Coaches") && text.contains("Harbour College"));
        assert!(text.contains("is not above anybody. The role is no promotion and no step towards one."));
        assert!(statement(&text).is_ok());
        assert_eq!(paragraphs(&text).len(), 5);
    }

    fn specialism(name: &str, ages: Option<(i64, i64)>) -> Specialism {
        Specialism { about: About::Subject, name: name.to_owned(), phase: Phase::Further, ages }
    }

    /// R-FRM-10.
    #[test]
    fn subjects_have_names_of_a_length_and_ages_in_order() {
        assert_eq!(check_specialisms(&[specialism("Chemistry", Some((16, 19)))]), Ok(()));
        assert_eq!(check_specialisms(&[specialism("Chemistry", Some((19, 16)))]), Err((0, FrameRefused::Ages)));
        let long = [specialism("Maths", None), specialism(&"x".repeat(81), None)];
        assert_eq!(check_specialisms(&long), Err((1, FrameRefused::LongName)));
        let many = vec![specialism("Maths", None); 9];
        assert_eq!(check_specialisms(&many), Err((8, FrameRefused::ManySpecialisms)));
        assert_eq!(specialism("Chemistry", Some((16, 19))).words(), "Chemistry, 16 to 19, ages 16–19");
        assert_eq!(specialism("Chemistry", Some((16, 16))).words(), "Chemistry, 16 to 19, age 16");
    }
}
