//! Every act there is. Its name is the Cedar action's; its sentence is what pages and the matrix say.

use crate::facts::{
    AccountFacts, DisclosureFacts, DraftFacts, EntryFacts, Kind, On, PersonFacts, PracticeFacts, ProgrammeFacts,
    ThreadFacts, With,
};
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
    ($(#[doc = $about:literal] $name:ident: $($by:ident)|+, $on:ty, $with:ty;)+) => {
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
        /// Every act, in the order of the features.
        pub const ALL: &[ActInfo] = &[$(*$name::INFO),+];
    };
}

acts! {
    /// See the people who work here and the practitioners' profiles.
    SeeDirectory: Person, ProgrammeFacts, ();
    /// Find a colleague by name to note an hour spent together.
    FindColleague: Person, ProgrammeFacts, ();
    /// See the list of staff with roles and whether their accounts are on.
    SeePeople: Person, ProgrammeFacts, ();
    /// Bring in the list of staff.
    ImportStaff: CommandLine | SetUp, ProgrammeFacts, ();
    /// See which files were brought in and what they changed.
    SeeImports: Person, ProgrammeFacts, ();
    /// Choose a file to bring in, match its columns and see what it would change.
    PrepareImport: Person, ProgrammeFacts, ();
    /// Bring in a file that was looked through.
    BringIn: Person, ProgrammeFacts, ();
    /// Undo what a file changed.
    UndoImport: Person, ProgrammeFacts, ();
    /// Switch somebody's account off.
    DeactivatePerson: Person, PersonFacts, ();
    /// Switch somebody's account on again.
    ReactivatePerson: Person, PersonFacts, ();
    /// Have a set-up link mailed to somebody who has no password yet.
    InvitePerson: Person, PersonFacts, ();
    /// Have set-up links mailed to everybody who has no password yet.
    InviteEverybody: Person, ProgrammeFacts, ();
    /// See somebody's place among the staff: areas, line, roles and account, with their days.
    SeePerson: Person, PersonFacts, ();
    /// Add a person to the staff.
    AddPerson: Person, ProgrammeFacts, ();
    /// Change somebody's name, address, staff number, job title or site.
    EditPerson: Person, PersonFacts, ();
    /// Change the areas somebody works in, from a day on.
    ChangeAreas: Person, PersonFacts, ();
    /// Change somebody's line manager or appraiser, from a day on.
    ChangeLine: Person, PersonFacts, ();
    /// Change somebody's roles, from a day on.
    ChangeRoles: Person, PersonFacts, ();
    /// Take a change to somebody's place back that has not begun.
    CancelChange: Person, PersonFacts, ();
    /// Put dated changes into force on their day.
    KeepDates: Job, ProgrammeFacts, ();

    /// See the lead's board: rough weekly rows, no names of those who ask.
    SeeBoard: Person, ProgrammeFacts, ();
    /// See exactly how many wait for each practitioner.
    SeeWaitingExactly: Person, ProgrammeFacts, ();
    /// Open or close asking under the deficit model.
    SetAsking: Person, ProgrammeFacts, ();
    /// Read what the role is for, as the college has published it.
    SeeStatement: Person, ProgrammeFacts, ();
    /// Publish what the role is for.
    PublishStatement: Person, ProgrammeFacts, ();
    /// See the frame of the role: what remission is counted against, priorities, practitioners' remission.
    SeeFrame: Person, ProgrammeFacts, ();
    /// Set what remission is counted against, and how much practitioners go on teaching.
    SetFrame: Person, ProgrammeFacts, ();
    /// Name the college's priorities and who leads on them everywhere.
    SetPriorities: Person, ProgrammeFacts, ();
    /// Make somebody a practitioner from a day on.
    AppointPractitioner: Person, PersonFacts, ();
    /// Let somebody stop being a practitioner from a day on.
    StandDownPractitioner: Person, PersonFacts, ();
    /// Set a practitioner's remission and nominated areas.
    SetRemission: Person, PersonFacts, ();
    /// Recompute each week who has room.
    RecomputeWeek: Job, ProgrammeFacts, ();
    /// Tell of threads whose time has come, and delete them.
    ForgetThreads: Job, ProgrammeFacts, ();
    /// Anchor the audit log.
    KeepAudit: Job, ProgrammeFacts, ();
    /// Look through the audit log for entries that were removed or altered.
    ExamineAudit: CommandLine, ProgrammeFacts, ();
    /// Clear what is past its date.
    ClearExpired: Job, ProgrammeFacts, ();
    /// Set the terms, holidays and census day of a year.
    SetYear: Person, ProgrammeFacts, ();
    /// See a college that is being set up.
    SeeSetUp: SetUp, DraftFacts, ();
    /// Save a step of setting a college up.
    SaveSetUp: SetUp, DraftFacts, ();
    /// Let a college that was set up go live, and open the first account in it.
    GoLive: SetUp, DraftFacts, ();
    /// See what was changed in how the program is set up, by whom and when.
    SeeConfigurationLog: Person, ProgrammeFacts, ();
    /// Examine whether the program and its data are in order.
    ExamineFolder: CommandLine, ProgrammeFacts, ();
    /// Write and deliver the mail that is due.
    DeliverMail: Job, ProgrammeFacts, ();
    /// See whether mail is stuck, and why.
    SeeMailState: CommandLine, ProgrammeFacts, ();
    /// Fill the sample college.
    FillSample: CommandLine, ProgrammeFacts, ();
    /// Move everything to another database.
    MoveDatabase: CommandLine, ProgrammeFacts, ();
    /// Write a backup, sealed to the recipients that the machine's keeper named.
    BackUp: CommandLine | Job, ProgrammeFacts, ();
    /// Bring a backup back to a machine that has no college.
    RestoreBackup: CommandLine, DraftFacts, ();
    /// Move the clock of the sample college.
    MoveClock: Person, ProgrammeFacts, ();

    /// See which practitioners fit.
    SeeSuggestions: Person, ProgrammeFacts, ();
    /// Ask a practitioner for support.
    AskForSupport: Person, ProgrammeFacts, PersonFacts;
    /// See one's own requests and threads.
    SeeOwnSupport: Person, PersonFacts, ();
    /// See who looked at anything about oneself.
    SeeWhoLooked: Person, PersonFacts, ();
    /// See whom one avoids.
    SeeAvoided: Person, PersonFacts, ();
    /// Avoid a practitioner.
    AvoidPractitioner: Person, PersonFacts, PersonFacts;
    /// Stop avoiding a practitioner.
    StopAvoiding: Person, PersonFacts, PersonFacts;
    /// See a thread.
    SeeThread: Person, ThreadFacts, ();
    /// Read what is said in a thread: sealed, for the two to open.
    ReadWords: Person, ThreadFacts, ();
    /// Say something in a thread, sealed in the browser.
    WriteWords: Person, ThreadFacts, ();
    /// Give the key of a thread, made in the browser, to the two who take part.
    GrantKey: Person, ThreadFacts, ();
    /// Give the keys of a thread back to the other one, whose own keys were made anew.
    ReturnKey: Person, ThreadFacts, ();
    /// Accept an offered time.
    AcceptTime: Person, ThreadFacts, ();
    /// Offer times.
    OfferTimes: Person, ThreadFacts, ();
    /// Call off a meeting.
    CallOffMeeting: Person, ThreadFacts, ();
    /// Say which kind of support it is.
    SetSupportKind: Person, ThreadFacts, ();
    /// Withdraw a request.
    WithdrawRequest: Person, ThreadFacts, ();
    /// End support.
    EndSupport: Person, ThreadFacts, ();
    /// Delete a thread that is over, with everything that was said in it.
    ShredThread: Person, ThreadFacts, ();
    /// Take support up again.
    ReopenSupport: Person, ThreadFacts, ();
    /// Change to another practitioner.
    ChangePractitioner: Person, ThreadFacts, PersonFacts;
    /// Propose to end support.
    ProposeEnd: Person, ThreadFacts, ();
    /// Record that a meeting took place.
    RecordMeeting: Person, ThreadFacts, ();

    /// Pass something said in a thread to the safeguarding leads, sealed in the browser.
    Disclose: Person, ThreadFacts, ();
    /// See what was passed to oneself as a safeguarding lead.
    SeeDisclosures: Person, ProgrammeFacts, ();
    /// Read what was passed to the safeguarding leads.
    ReadDisclosure: Person, DisclosureFacts, ();
    /// Tell whom it is about what was passed to the safeguarding leads.
    TellSubject: Person, DisclosureFacts, ();
    /// Decide that telling could still put somebody at risk.
    ReviewDisclosure: Person, DisclosureFacts, ();
    /// Give the key of what was passed on back to one of them who has new keys.
    ReturnDisclosureKey: Person, DisclosureFacts, ();
    /// Close what was passed to the safeguarding leads, and delete it.
    CloseDisclosure: Person, DisclosureFacts, ();
    /// Say whom one telephones when somebody is at risk.
    SetSafeguarding: Person, ProgrammeFacts, ();
    /// Remind of what was passed on and nobody has opened, and of what is to be decided again.
    EscalateDisclosures: Job, ProgrammeFacts, ();

    /// See one's own week as a practitioner.
    SeeOwnWeek: Person, PracticeFacts, ();
    /// Publish one's own support hours.
    PublishSupportHours: Person, PracticeFacts, ();
    /// Edit one's own profile.
    EditProfile: Person, PracticeFacts, ();
    /// Note hours spent.
    NoteHours: Person, PracticeFacts, ();
    /// See one's own record of hours.
    SeeOwnHours: Person, PracticeFacts, ();
    /// See the note of an entry in the record of hours.
    SeeNote: Person, EntryFacts, ();
    /// Remove the note of an entry.
    RemoveNote: Person, EntryFacts, ();
    /// Remove one's own name from a colleague's entry.
    RemoveOwnName: Person, EntryFacts, ();

    /// Sign in.
    SignIn: Person, AccountFacts, ();
    /// Sign in as somebody of the sample college.
    SignInAsSample: Person, AccountFacts, ();
    /// See one's own account.
    SeeOwnAccount: Person, AccountFacts, ();
    /// Change one's own password.
    ChangePassword: Person, AccountFacts, ();
    /// Set one's own preferences.
    SetPreferences: Person, AccountFacts, ();
    /// See what one's own browsers need to unlock one's keys.
    SeeOwnKeys: Person, AccountFacts, ();
    /// Make one's own keys in the browser, and keep the ways to unlock them.
    KeepOwnKeys: Person, AccountFacts, ();
    /// Prove with one's own keys who has signed in.
    ProveKeys: Person, AccountFacts, ();
    /// Sign out everywhere.
    SignOutEverywhere: Person, AccountFacts, ();
    /// End one of one's own sessions.
    EndOwnSession: Person, AccountFacts, ();
    /// Ask for a link with which one chooses a new password.
    AskForLink: Person, AccountFacts, ();
    /// Issue a link with which an account is set up.
    IssueSetUpLink: CommandLine, AccountFacts, ();
    /// Use one's own set-up link.
    UseSetUpLink: Person, AccountFacts, ();
}

/// The acts that set the program up: what an administrator reads in the log of changes (R-LOK-4). None is about support.
pub const CONFIGURATION: &[&ActInfo] = &[
    ImportStaff::INFO,
    PrepareImport::INFO,
    BringIn::INFO,
    UndoImport::INFO,
    InvitePerson::INFO,
    InviteEverybody::INFO,
    AddPerson::INFO,
    EditPerson::INFO,
    ChangeAreas::INFO,
    ChangeLine::INFO,
    ChangeRoles::INFO,
    CancelChange::INFO,
    DeactivatePerson::INFO,
    ReactivatePerson::INFO,
    SetAsking::INFO,
    SetYear::INFO,
    SetSafeguarding::INFO,
    GoLive::INFO,
    FillSample::INFO,
    MoveDatabase::INFO,
    IssueSetUpLink::INFO,
    BackUp::INFO,
    RestoreBackup::INFO,
];
