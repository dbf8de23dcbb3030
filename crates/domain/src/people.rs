//! People and their roles inside one institution.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What somebody is in the programme. A person may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    /// Teaches, assesses, trains, supports learners (GOV-13).
    Teacher,
    /// Has remitted hours to help colleagues teach better.
    Practitioner,
    /// Runs the programme and keeps its hours.
    ProgrammeLead,
    /// Leads an area.
    HeadOfDepartment,
    /// Principal, vice-principal, director.
    SeniorLeader,
    /// Brokers outreach between institutions.
    NetworkCoordinator,
    /// Receives safeguarding disclosures.
    SafeguardingLead,
    /// Looks after accounts and the machine.
    Administrator,
}

impl Role {
    /// Every role, in the order of the register.
    pub const ALL: [Self; 8] = [
        Self::Teacher,
        Self::Practitioner,
        Self::ProgrammeLead,
        Self::HeadOfDepartment,
        Self::SeniorLeader,
        Self::NetworkCoordinator,
        Self::SafeguardingLead,
        Self::Administrator,
    ];

    /// The name in policies, files and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::Practitioner => "practitioner",
            Self::ProgrammeLead => "programmeLead",
            Self::HeadOfDepartment => "headOfDepartment",
            Self::SeniorLeader => "seniorLeader",
            Self::NetworkCoordinator => "networkCoordinator",
            Self::SafeguardingLead => "safeguardingLead",
            Self::Administrator => "administrator",
        }
    }

    /// The name on a page. The practitioner's is the college's own title, so pages use that instead.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::Practitioner => "practitioner",
            Self::ProgrammeLead => "programme lead",
            Self::HeadOfDepartment => "head of department",
            Self::SeniorLeader => "senior leader",
            Self::NetworkCoordinator => "network coordinator",
            Self::SafeguardingLead => "safeguarding lead",
            Self::Administrator => "administrator",
        }
    }
}

/// A text that names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role")]
pub struct NotARole;

/// Reads the code or the words, whatever the case and spacing.
impl FromStr for Role {
    type Err = NotARole;
    fn from_str(text: &str) -> Result<Self, NotARole> {
        let fold = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = fold(text);
        Self::ALL.into_iter().find(|role| fold(role.code()) == wanted || fold(role.words()) == wanted).ok_or(NotARole)
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Roles(u8);

impl Roles {
    /// No role at all.
    pub const NONE: Self = Self(0);

    /// The set with these bits, one a role in the order of [`Role::ALL`].
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// One bit a role.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set with `role` added.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u8)
    }

    /// The set with `role` taken out.
    #[must_use]
    pub const fn without(self, role: Role) -> Self {
        Self(self.0 & !(1 << role as u8))
    }

    /// Whether `role` is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & 1 << role as u8 != 0
    }

    /// The roles in the set, in the order of the register.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Role::words).collect();
        f.write_str(&words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_however_they_are_written() {
        assert_eq!("Head of Department".parse(), Ok(Role::HeadOfDepartment));
        assert_eq!("programme-lead".parse(), Ok(Role::ProgrammeLead));
        assert_eq!("seniorLeader".parse(), Ok(Role::SeniorLeader));
        assert_eq!("wizard".parse::<Role>(), Err(NotARole));
    }

    #[test]
    fn a_set_of_roles_holds_what_was_put_in() {
        for bits in 0..=255 {
            let roles = Roles::from_bits(bits);
            assert_eq!(roles.iter().collect::<Roles>(), roles);
        }
    }
}
