//! Every act there is. Its name is the Cedar action's; its sentence is what pages and the matrix say.

use crate::facts::*;
use crate::sealed::Sealed;

#[macro_use]
mod act;
pub use act::{Act, ActInfo, Doer};
mod configuration;
mod evidence;
pub use configuration::CONFIGURATION;
pub use evidence::{
    AddLotWords, AnswerCheck, AskCause, EndTestimony, EnterFigure, GiveTestimony, GiveUpLot, KeepMilestone,
    KeepReviews, MakeRelease, OpenLot, OpenSurvey, ReadTestimony, ReleaseSurvey, SeeCause, SeeCosts, SeeIndicators,
    SeeLots, SeeOwnTestimony, SeeReleases, SeeReviews, SeeSurvey, SeeValue, SetCosts, SetRoad, SetValue, ShowCause,
    TakeInAnswer, TakeTicket, WeighCause, WithdrawTestimony,
};

/// Every act, in the order of the features.
pub const ALL: &[ActInfo] =
    &act::joined::<{ MOST.len() + evidence::EVIDENCE.len() }>(MOST, evidence::EVIDENCE, SeeDirectory::INFO);

acts! { MOST:
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
    /// Change the deployment model from a day on, and tell everybody.
    ChangeModel: Person, ProgrammeFacts, ();
    /// Take back a planned change of the deployment model.
    CancelModelChange: Person, ProgrammeFacts, ();
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
    /// See what a year asks of each practitioner, when their time is taken and who covers their classes.
    SeePlanner: Person, ProgrammeFacts, ();
    /// Set what the planner assumes, and how much may be carried over.
    SetPlanner: Person, ProgrammeFacts, ();
    /// See who looks after which area, accompanies which induction and does which standing work, and have it proposed.
    SeeAllocation: Person, ProgrammeFacts, ();
    /// Enter standing work, and say who does it.
    SetStanding: Person, ProgrammeFacts, ();
    /// Set a practitioner's journeys, inductions and share of outreach.
    SetExtras: Person, PersonFacts, ();
    /// Set the protected half-days and blocks of a practitioner's remission.
    SetPattern: Person, PersonFacts, ();
    /// Propose to carry one's own unused hours into the next year.
    ProposeCarry: Person, PracticeFacts, ();
    /// Agree to carry a practitioner's hours over, or not.
    AnswerCarry: Person, PersonFacts, ();
    /// Tell the programme lead that one's own balance of home and outreach does not suit.
    SayBalance: Person, PracticeFacts, ();
    /// Arrange who takes a practitioner's class while they are away from it.
    ArrangeCover: Person, PersonFacts, ();
    /// Take such an arrangement off the list.
    EndCover: Person, PersonFacts, ();
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
    /// Note work outside the role.
    NoteDuty: Person, PracticeFacts, ();
    /// Take a note of work outside the role out again.
    RemoveDuty: Person, PracticeFacts, ();
    /// Raise work outside the role with the programme lead.
    RaiseDuty: Person, PracticeFacts, ();
    /// See what practitioners have raised as work outside the role.
    SeeRaisedDuties: Person, ProgrammeFacts, ();
    /// Answer what was raised as work outside the role.
    AnswerDuty: Person, ProgrammeFacts, ();
    /// See what a practitioner works towards in the role.
    SeeRoleTargets: Person, PersonFacts, ();
    /// Propose what a practitioner works towards in the role.
    ProposeRoleTarget: Person, PersonFacts, ();
    /// Agree to what was proposed to work towards in the role.
    AgreeRoleTarget: Person, PersonFacts, ();
    /// Say that something worked towards in the role is over.
    EndRoleTarget: Person, PersonFacts, ();
    /// Receive the role targets that somebody one appraises has agreed.
    SeeAgreedRoleTargets: Person, PersonFacts, ();
    /// Set the terms, holidays and census day of a year.
    SetYear: Person, ProgrammeFacts, ();
    /// See what is proposed for the next year, and start it: terms, remission, areas, who stops.
    StartYear: Person, ProgrammeFacts, ();
    /// See what was agreed in each year.
    SeeYears: Person, ProgrammeFacts, ();
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
    /// See the required support that one is one of the three in.
    SeeOwnTracks: Person, PersonFacts, ();
    /// Require support for somebody who reports to oneself.
    StartTrack: Person, TrackFacts, ();
    /// See what is reported of required support to the line manager.
    SeeReported: Person, TrackFacts, ();
    /// Revise scope and time of required support, or keep them.
    ReviseTrack: Person, TrackFacts, ();
    /// Say that one is satisfied, as the line manager.
    SignalSatisfied: Person, TrackFacts, ();
    /// See required support as teacher or practitioner.
    SeeTrack: Person, TrackFacts, ();
    /// Choose who gives required support.
    ChoosePractitioner: Person, TrackFacts, PersonFacts;
    /// Say that scope or time of required support is not reasonable.
    ChallengeTrack: Person, TrackFacts, ();
    /// Find a time for the opening conversation of the three.
    OfferOpening: Person, TrackFacts, ();
    /// Say whether the time of the opening conversation suits.
    AnswerOpening: Person, TrackFacts, ();
    /// Record that the opening conversation took place.
    RecordOpening: Person, TrackFacts, ();
    /// Say that one is confident, as the teacher.
    SignalConfident: Person, TrackFacts, ();
    /// Say that one sees a distinct improvement, as the practitioner.
    SignalImproved: Person, TrackFacts, ();
    /// Agree the statement that the line manager reads.
    AgreeStatement: Person, TrackFacts, ();
    /// End required support where the college requires none any more.
    EndTrack: Person, TrackFacts, ();
    /// Say whether a practitioner is open to required support.
    BarFromTracks: Person, PersonFacts, ();
    /// Set the share of practitioners' time that required support may take.
    SetCeiling: Person, ProgrammeFacts, ();
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
    /// See which inductions run, since when, with which mentor and buddy, and the plans; never what happens inside.
    SeeInductions: Person, ProgrammeFacts, ();
    /// Publish the plan for a kind of newcomer.
    SetInductionPlan: Person, ProgrammeFacts, ();
    /// Begin somebody's induction.
    BeginInduction: Person, PersonFacts, ();
    /// See one's own induction, those one accompanies, and that one runs for somebody in one's own line.
    SeeOwnInductions: Person, PersonFacts, ();
    /// Name another mentor or buddy for an induction.
    NameCompanions: Person, InductionFacts, ();
    /// See the steps of an induction, and which are done.
    SeeInductionSteps: Person, InductionFacts, ();
    /// Say that a step of an induction is done, or take that back.
    TakeInductionStep: Person, InductionFacts, ();
    /// Note minutes spent on an induction into one's own record of hours.
    NoteInductionTime: Person, InductionFacts, ();
    /// Say that an induction is over.
    EndInduction: Person, InductionFacts, ();
    /// End inductions whose time has come, part companions who may be so no longer, and delete what is over for a year.
    KeepInductions: Job, ProgrammeFacts, ();
    /// See one's own outputs.
    SeeOwnOutputs: Person, PracticeFacts, ();
    /// Note an output: what came of one's time.
    NoteOutput: Person, PracticeFacts, ();
    /// Remove an output of one's own.
    RemoveOutput: Person, PracticeFacts, ();
    /// Put an output of one's own on the shelf for everybody.
    ShareOutput: Person, PracticeFacts, ();
    /// Take an output of one's own off the shelf again.
    StopSharing: Person, PracticeFacts, ();
    /// See the shelf "What works".
    SeeShelf: Person, ProgrammeFacts, ();
    /// Add an entry to the shelf.
    AddToShelf: Person, ProgrammeFacts, ();
    /// Change an entry of the shelf.
    ChangeOnShelf: Person, ProgrammeFacts, ();
    /// Withdraw an entry from the shelf.
    WithdrawFromShelf: Person, ProgrammeFacts, ();
    /// Put a withdrawn entry back on the shelf.
    PutBackOnShelf: Person, ProgrammeFacts, ();
    /// See the communities of practice, their needs, and sessions with their materials.
    SeeTrainings: Person, ProgrammeFacts, ();
    /// Suggest a theme for an area; whose suggestion it was is not kept.
    SuggestTheme: Person, ProgrammeFacts, ();
    /// Name an area's practitioner for its community, and say how many sessions a term it holds at least.
    SetCommunities: Person, ProgrammeFacts, ();
    /// Enter a need of an area, with its source.
    EnterNeed: Person, CommunityFacts, ();
    /// Agree to a need that the other one entered.
    AgreeNeed: Person, CommunityFacts, ();
    /// Take a need out of an area's register.
    RemoveNeed: Person, CommunityFacts, ();
    /// Plan a session that a practitioner runs.
    PlanTraining: Person, ProgrammeFacts, PersonFacts;
    /// Change when, where and what a session is.
    ChangeTraining: Person, TrainingFacts, ();
    /// Call a session off.
    CallOffTraining: Person, TrainingFacts, ();
    /// Pass a session on to another practitioner.
    PassTraining: Person, TrainingFacts, PersonFacts;
    /// Put something to read with a session, or take it away.
    KeepMaterials: Person, TrainingFacts, ();
    /// See who is coming to a session, and who came.
    SeeAttendance: Person, TrainingFacts, ();
    /// Say who came to a session.
    RecordAttendance: Person, TrainingFacts, ();
    /// Say that a session was held, and enter its time into one's own record of hours.
    RecordTraining: Person, TrainingFacts, ();
    /// Sign up for a session.
    SignUp: Person, TrainingFacts, ();
    /// Take oneself out of a session.
    TakeSignUpBack: Person, TrainingFacts, ();
    /// Say once what a session was like to which one came; no answer has a name.
    AnswerTraining: Person, TrainingFacts, ();
    /// See which sessions one has signed up for.
    SeeOwnTrainings: Person, PersonFacts, ();
    /// Remind of sessions the working day before.
    RemindOfTrainings: Job, ProgrammeFacts, ();
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
    /// Switch on the private calendar feed of one's own busy times, or give it a new address.
    OpenCalendarFeed: Person, AccountFacts, ();
    /// Switch one's own calendar feed off.
    CloseCalendarFeed: Person, AccountFacts, ();
    /// Read one's own busy times at the private address of one's feed.
    ReadCalendarFeed: Person, AccountFacts, ();
}
