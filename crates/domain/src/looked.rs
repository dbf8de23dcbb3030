//! Pages about one particular person, of which it is kept who opened them (R-LOK-1).

/// A page about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// What somebody asked for, opened by the one who was asked.
    Request,
    /// Somebody's page in the list of staff.
    Staff,
    /// The page of somebody's induction, opened by whoever accompanies it.
    Induction,
    /// Required support, opened by the practitioner or the line manager.
    Required,
}

impl Page {
    /// Every page of which it is kept.
    pub const ALL: [Self; 4] = [Self::Request, Self::Staff, Self::Induction, Self::Required];

    /// As it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Staff => "staff",
            Self::Induction => "induction",
            Self::Required => "required",
        }
    }

    /// From how it is stored.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.code() == code)
    }

    /// What was opened, to whom it is about.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Request => "What you asked for",
            Self::Staff => "Your page in the list of staff",
            Self::Induction => "Your induction",
            Self::Required => "The support that is required of you",
        }
    }
}

/// Looks are kept for so many days, then cleared (R-LOK-3).
pub const KEPT_DAYS: i64 = 365;

#[cfg(test)]
mod tests {
    use super::*;

    /// R-LOK-1.
    #[test]
    fn every_page_is_read_back_as_it_was_stored() {
        for page in Page::ALL {
            assert_eq!(Page::of(page.code()), Some(page));
        }
        assert_eq!(Page::of("profile"), None);
    }
}
