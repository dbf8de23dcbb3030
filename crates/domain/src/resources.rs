//! The shelf "What works": a short list of what is worth knowing, kept by practitioners and the lead for everybody.
//! Rules R-RES-1 to R-RES-5 in `docs/rules/resources.md`.

use crate::ids::ThemeId;
use crate::support::choices;
use crate::text::one_line;

/// A title has at most so many characters.
pub const LONGEST_TITLE: usize = 120;
/// What an entry of the shelf says has at most so many characters.
pub const LONGEST_SAYS: usize = 400;
/// An address has at most so many characters.
pub const LONGEST_ADDRESS: usize = 500;
/// An entry of the shelf is about at most so many themes.
pub const MOST_THEMES: usize = 5;

choices! {
    /// What an entry of the shelf is (R-RES-1).
    ShelfKind {
        /// What research found, put together for teachers.
        Research = "research", "Research summary";
        /// Advice by a body that stands for it.
        Guidance = "guidance", "Guidance";
        /// Something to use.
        Tool = "tool", "Tool";
        /// Something made here.
        Example = "example", "Example from our college";
    }
}

choices! {
    /// What others may do with something made here, as its author chose (R-RES-8).
    Licence {
        /// Stays in the college.
        College = "college", "College use only";
        /// Use and change, naming the author.
        By = "cc-by-4.0", "CC BY 4.0";
        /// The same, and under the same licence.
        BySa = "cc-by-sa-4.0", "CC BY-SA 4.0";
        /// The same as the first, but not for money.
        ByNc = "cc-by-nc-4.0", "CC BY-NC 4.0";
    }
}

impl Licence {
    /// What it lets others do, in a sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::College => "Colleagues here use it; nobody passes it on.",
            Self::By => "Anybody may use and change it, naming who made it.",
            Self::BySa => "The same, and what they make of it stays under the same licence.",
            Self::ByNc => "Anybody may use and change it, naming who made it, but not for money.",
        }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResourceRefused {
    /// R-RES-1.
    #[error("Give it a title.")]
    NoTitle,
    /// R-RES-1.
    #[error("Keep the title to {LONGEST_TITLE} characters. It has {0} now.")]
    LongTitle(usize),
    /// R-RES-1.
    #[error("Say in plain words what it says.")]
    SaysNothing,
    /// R-RES-1.
    #[error("Say it in at most {LONGEST_SAYS} characters. It has {0} now.")]
    SaysMuch(usize),
    /// R-RES-1.
    #[error("Choose what it is.")]
    NoKind,
    /// R-RES-1.
    #[error("Choose what it is about: one theme to {MOST_THEMES}.")]
    Themes,
    /// R-RES-2.
    #[error("Give the whole address of a page, beginning with https://, at most {LONGEST_ADDRESS} characters.")]
    Address,
    /// R-RES-8.
    #[error("Choose what others may do with it.")]
    NoLicence,
}

/// An entry of the shelf as typed; checked, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfText {
    /// What it is called.
    pub title: String,
    /// What it says, in plain words.
    pub says: String,
    /// What it is.
    pub kind: Option<ShelfKind>,
    /// What it is about, out of the college's list.
    pub themes: Vec<ThemeId>,
    /// Where it is.
    pub address: String,
}

/// A title, on one line.
///
/// # Errors
/// None, or a long one, with how many characters it has.
pub fn title(text: &str) -> Result<String, ResourceRefused> {
    let text = one_line(text);
    match text.chars().count() {
        0 => Err(ResourceRefused::NoTitle),
        some if some > LONGEST_TITLE => Err(ResourceRefused::LongTitle(some)),
        _ => Ok(text),
    }
}

impl ShelfText {
    /// Checks it, and tidies it as it is kept (R-RES-1, R-RES-2). `known` are the college's themes; others are left out.
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn checked(self, known: &[ThemeId]) -> Result<(Self, ShelfKind), ResourceRefused> {
        let title = title(&self.title)?;
        let says = one_line(&self.says);
        match says.chars().count() {
            0 => return Err(ResourceRefused::SaysNothing),
            some if some > LONGEST_SAYS => return Err(ResourceRefused::SaysMuch(some)),
            _ => {}
        }
        let kind = self.kind.ok_or(ResourceRefused::NoKind)?;
        let mut themes: Vec<ThemeId> = self.themes.into_iter().filter(|theme| known.contains(theme)).collect();
        themes.sort_unstable();
        themes.dedup();
        if themes.is_empty() || themes.len() > MOST_THEMES {
            return Err(ResourceRefused::Themes);
        }
        let address = address(&self.address).ok_or(ResourceRefused::Address)?;
        Ok((Self { title, says, kind: Some(kind), themes, address }, kind))
    }
}

/// The address of a page, if it is one that a link may lead to (R-RES-2): https, a host with a dot in it, nobody's name or
/// password before it, no spaces, quotation marks or brackets.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_at_checked("https://".len())?;
    if !scheme.eq_ignore_ascii_case("https://") || text.chars().count() > LONGEST_ADDRESS {
        return None;
    }
    let strange = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\^`{}|".contains(c);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let labels: Vec<&str> = host.split('.').collect();
    let fine = |label: &&str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let named = labels.last().is_some_and(|last| last.chars().any(|c| c.is_ascii_alphabetic()));
    let hosted = labels.len() >= 2 && labels.iter().all(fine) && named;
    let ported = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    (hosted && ported && !rest.contains(strange)).then(|| format!("https://{rest}"))
}

/// The host of an address, for whoever would like to know where a link leads.
pub fn host(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn themes(many: u128) -> Vec<ThemeId> {
        (1..=many).map(|n| ThemeId(Uuid::from_u128(n))).collect()
    }

    fn text() -> ShelfText {
        ShelfText {
            title: " Feedback \n that moves learning on ".to_owned(),
            says: "Timing matters less than what learners do with it.".to_owned(),
            kind: Some(ShelfKind::Guidance),
            themes: themes(2),
            address: "https://www.example.org/feedback".to_owned(),
        }
    }

    /// R-RES-1.
    #[test]
    fn an_entry_of_the_shelf_has_a_title_a_few_words_a_kind_and_themes() {
        let known = themes(9);
        let (kept, kind) = text().checked(&known).unwrap();
        assert_eq!((kept.title.as_str(), kind), ("Feedback that moves learning on", ShelfKind::Guidance));
        let refused = |change: fn(&mut ShelfText)| {
            let mut text = text();
            change(&mut text);
            text.checked(&themes(9)).unwrap_err()
        };
        assert_eq!(refused(|one| one.title = " \n".to_owned()), ResourceRefused::NoTitle);
        assert_eq!(refused(|one| one.title = "x".repeat(121)), ResourceRefused::LongTitle(121));
        assert_eq!(refused(|one| one.says = "\u{0}".to_owned()), ResourceRefused::SaysNothing);
        assert_eq!(refused(|one| one.says = "é".repeat(401)), ResourceRefused::SaysMuch(401));
        assert_eq!(refused(|one| one.kind = None), ResourceRefused::NoKind);
        assert_eq!(refused(|one| one.themes = vec![]), ResourceRefused::Themes);
        assert_eq!(refused(|one| one.themes = themes(6)), ResourceRefused::Themes);
        assert_eq!(text().checked(&[]), Err(ResourceRefused::Themes), "themes of another college are none");
        let twice = ShelfText { themes: [themes(1), themes(1)].concat(), ..text() };
        assert_eq!(twice.checked(&known).unwrap().0.themes, themes(1), "a theme tapped twice counts once");
    }

    /// R-RES-2.
    #[test]
    fn an_address_is_one_of_https_and_leads_to_a_host() {
        for fine in [
            "https://educationendowmentfoundation.org.uk/education-evidence/guidance-reports/feedback",
            "https://example.org",
            "https://files.college.example:8443/a?b=c#d",
        ] {
            assert_eq!(address(fine).as_deref(), Some(fine));
        }
        assert_eq!(address(" HTTPS://example.org/A ").as_deref(), Some("https://example.org/A"));
        for wrong in [
            "",
            "http://example.org",
            "javascript:alert(1)",
            "https://",
            "https://localhost",
            "https://192.168.0.1/",
            "https://sam@example.org/",
            "https://sam:secret@example.org/",
            "https://example.org/a b",
            "https://example.org/\"onclick",
            "https://exa_mple.org/",
            "https://example..org",
            "https://-example.org",
            "https://example.org:0/",
            "https://example.org:port/",
            "https:/\u{e9}",
        ] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        assert_eq!(address(&format!("https://example.org/{}", "a".repeat(LONGEST_ADDRESS))), None);
        assert_eq!(host("https://www.example.org/a"), "example.org");
    }

    /// R-RES-8.
    #[test]
    fn every_licence_says_what_it_lets_others_do() {
        assert!(Licence::ALL.iter().all(|one| one.meaning().ends_with('.')));
        assert_eq!(Licence::from_code("cc-by-4.0"), Some(Licence::By));
    }
}
