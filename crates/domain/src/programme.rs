//! The programme of an institution: the deployment model in force and what it allows.

use std::str::FromStr;

/// How an institution deploys its practitioners (GOV-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Model {
    /// Support is for those found wanting. Asking oneself is closed unless the lead opens it.
    Deficit,
    /// Support is asked for; nobody is sent.
    Developmental,
    /// Support is for everybody; a line manager may also require it.
    Universal,
    /// As universal, and across institutions.
    PanOrganisational,
}

impl Model {
    /// Every model, in the order of the register.
    pub const ALL: [Self; 4] = [Self::Deficit, Self::Developmental, Self::Universal, Self::PanOrganisational];

    /// The name in policies, files and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deficit => "deficit",
            Self::Developmental => "developmental",
            Self::Universal => "universal",
            Self::PanOrganisational => "panOrganisational",
        }
    }

    /// The name on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::PanOrganisational => "pan-organisational",
            other => other.code(),
        }
    }
}

/// A text that names no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a deployment model")]
pub struct NotAModel;

impl FromStr for Model {
    type Err = NotAModel;
    fn from_str(text: &str) -> Result<Self, NotAModel> {
        Self::ALL.into_iter().find(|m| m.code() == text.trim() || m.words() == text.trim()).ok_or(NotAModel)
    }
}

/// What the institution calls its practitioners (GOV-01): "Professional Tutor", "Professional Tutors".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// One of them.
    pub one: String,
    /// Several of them.
    pub many: String,
}

impl Title {
    /// A title from its singular, with the usual plural: "Teaching Skills Coach", "Teaching Skills Coaches".
    pub fn from_one(one: &str) -> Self {
        let one = one.trim().to_owned();
        let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| one.ends_with(end));
        let before_y = one.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
        let many = match before_y {
            Some(stem) => format!("{stem}ies"),
            None if hisses => format!("{one}es"),
            None => format!("{one}s"),
        };
        Self { many, one }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_titles_of_the_sources_have_their_usual_plural() {
        for (one, many) in [
            ("Professional Tutor", "Professional Tutors"),
            ("Quality Practitioner", "Quality Practitioners"),
            ("Learning Improvement Facilitator", "Learning Improvement Facilitators"),
            ("Teaching Skills Coach", "Teaching Skills Coaches"),
            ("AST", "ASTs"),
            ("Teaching Deputy", "Teaching Deputies"),
        ] {
            assert_eq!(Title::from_one(one).many, many);
        }
    }

    #[test]
    fn a_model_is_read_by_its_code_or_its_words() {
        for model in Model::ALL {
            assert_eq!(model.code().parse(), Ok(model));
            assert_eq!(model.words().parse(), Ok(model));
        }
        assert_eq!("improving".parse::<Model>(), Err(NotAModel));
    }
}
