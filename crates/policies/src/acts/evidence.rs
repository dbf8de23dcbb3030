//! The acts of evidence: what the role costs, figures of the college, what is released, and the survey.

use super::act::{Act, ActInfo, Doer};
use crate::facts::{AccountFacts, On, ProgrammeFacts, With};
use crate::sealed::Sealed;

acts! { EVIDENCE:
    /// See what cover and the role cost.
    SeeCosts: Person, ProgrammeFacts, ();
    /// Enter what cover and the role cost.
    SetCosts: Person, ProgrammeFacts, ();
    /// See figures of the college and of areas.
    SeeIndicators: Person, ProgrammeFacts, ();
    /// Enter such a figure, or take one away.
    EnterFigure: Person, ProgrammeFacts, ();
    /// Decide on its day what of a term or a year is shown, and publish it for good.
    MakeRelease: Job, ProgrammeFacts, ();
    /// See what the programme costs a year and what came of it.
    SeeValue: Person, ProgrammeFacts, ();
    /// Enter what a year of it cost, what came of it, and what the case asks for.
    SetValue: Person, ProgrammeFacts, ();
    /// Read what was released of each term and year, as ranges.
    SeeReleases: Person, ProgrammeFacts, ();
    /// See what was released of the surveys of staff, and whether one is open.
    SeeSurvey: Person, ProgrammeFacts, ();
    /// Open a survey of staff, or take one back that has not begun.
    OpenSurvey: Person, ProgrammeFacts, ();
    /// Take a ticket for a survey of staff.
    TakeTicket: Person, ProgrammeFacts, ();
    /// Take in an answer that comes with a ticket and without a name.
    TakeInAnswer: Job, ProgrammeFacts, ();
    /// Release what was answered once a survey is over, and delete the answers.
    ReleaseSurvey: Job, ProgrammeFacts, ();
    /// See the lots in which chance decides which areas begin first.
    SeeLots: Person, ProgrammeFacts, ();
    /// Open such a lot: its areas and terms are closed from then on.
    OpenLot: Person, ProgrammeFacts, ();
    /// Add words of one’s own to a lot that somebody else opened, so that it is drawn.
    AddLotWords: Person, ProgrammeFacts, ();
    /// Give up a lot that is not drawn yet.
    GiveUpLot: Person, ProgrammeFacts, ();
    /// See what was asked about what came of the programme, and what was shown.
    SeeCause: Person, ProgrammeFacts, ();
    /// Ask such a question, before its answer can be seen.
    AskCause: Person, ProgrammeFacts, ();
    /// Work out how small an effect could be seen.
    WeighCause: Person, ProgrammeFacts, ();
    /// Show what came of it.
    ShowCause: Person, ProgrammeFacts, ();
    /// Write down a milestone of the programme, or take one away.
    KeepMilestone: Person, ProgrammeFacts, ();
    /// Read how the programme is set up against what helps, the reviews of its terms, and where it stands on its road.
    SeeReviews: Person, ProgrammeFacts, ();
    /// Answer what the program cannot see of how the programme is set up.
    AnswerCheck: Person, ProgrammeFacts, ();
    /// Open the review of a term, write it, close it, and say what of it is done.
    KeepReviews: Person, ProgrammeFacts, ();
    /// Say when the programme began, and who of the senior leaders sponsors it.
    SetRoad: Person, ProgrammeFacts, ();
    /// Read testimony that colleagues have written for leaders under their own names.
    ReadTestimony: Person, ProgrammeFacts, ();
    /// See one's own testimony, and how far it may go.
    SeeOwnTestimony: Person, AccountFacts, ();
    /// Write testimony under one's own name, and say how far it may go.
    GiveTestimony: Person, AccountFacts, ();
    /// Withdraw one's own testimony.
    WithdrawTestimony: Person, AccountFacts, ();
    /// Delete testimony whose consent has lapsed or whose writer has left.
    EndTestimony: Job, ProgrammeFacts, ();
}
