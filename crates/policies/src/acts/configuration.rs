//! The acts of which the log of changes tells.

use super::{
    Act, ActInfo, AddPerson, BackUp, BringIn, CancelChange, CancelModelChange, ChangeAreas, ChangeLine, ChangeModel,
    ChangeRoles, DeactivatePerson, EditPerson, FillSample, GoLive, ImportStaff, InviteEverybody, InvitePerson,
    IssueSetUpLink, MoveDatabase, PrepareImport, ReactivatePerson, RestoreBackup, SetAsking, SetSafeguarding, SetYear,
    StartYear, UndoImport,
};

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
    ChangeModel::INFO,
    CancelModelChange::INFO,
    SetYear::INFO,
    StartYear::INFO,
    SetSafeguarding::INFO,
    GoLive::INFO,
    FillSample::INFO,
    MoveDatabase::INFO,
    IssueSetUpLink::INFO,
    BackUp::INFO,
    RestoreBackup::INFO,
];
