//! What an act is, and who does one.

use crate::facts::{Kind, On, With};
use crate::sealed::Sealed;

/// Something somebody can do, known when compiling.
pub trait Act: Sealed + 'static {
    /// The Cedar action's name.
    const NAME: &'static str;
    /// The same, as a value.
    const INFO: &'static ActInfo;
    /// What it is done on.
    type On: On;
    /// Whom it is done with: `()` or the chosen practitioner.
    type With: With;
}

/// Which kind of actor does an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doer {
    /// Somebody signed in.
    Person,
    /// The program itself.
    Job,
    /// Whoever runs commands on the machine.
    CommandLine,
    /// Whoever sets a college up at the machine, until it is live.
    SetUp,
}

impl Doer {
    /// The name in the Cedar schema.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Job => "Job",
            Self::CommandLine => "CommandLine",
            Self::SetUp => "SetUp",
        }
    }
}

/// An act as a value, for lists and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActInfo {
    /// The Cedar action's name.
    pub name: &'static str,
    /// What it is, in a sentence without a subject: "See the people who work here."
    pub about: &'static str,
    /// Which kinds of actor do it.
    pub by: &'static [Doer],
    /// What it is done on.
    pub on: Kind,
    /// Whether a practitioner has to be chosen.
    pub chooses: bool,
}

macro_rules! acts {
    ($list:ident: $(#[doc = $about:literal] $name:ident: $($by:ident)|+, $on:ty, $with:ty;)+) => {
        $(
            #[doc = $about]
            #[derive(Debug)]
            pub enum $name {}
            impl Sealed for $name {}
            impl Act for $name {
                const NAME: &'static str = stringify!($name);
                const INFO: &'static ActInfo = &ActInfo {
                    name: stringify!($name),
                    about: $about.trim_ascii(),
                    by: &[$(Doer::$by),+],
                    on: <$on as On>::KIND,
                    chooses: <$with as With>::CHOOSES,
                };
                type On = $on;
                type With = $with;
            }
        )+
        pub(super) const $list: &[ActInfo] = &[$(*$name::INFO),+];
    };
}

/// Two lists, one behind the other.
pub(super) const fn joined<const N: usize>(one: &[ActInfo], other: &[ActInfo], first: &ActInfo) -> [ActInfo; N] {
    let mut all = [*first; N];
    let (mut at, mut left, mut next) = (0, one, other);
    while let Some((act, rest)) = left.split_first() {
        all[at] = *act;
        at += 1;
        left = rest;
        if left.is_empty() {
            left = next;
            next = &[];
        }
    }
    all
}
