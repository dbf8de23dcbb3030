//! "Who can see what": the acts each role is allowed, found by asking the gate.

use domain::people::{Role, Roles};

use crate::acts::{ALL, ActInfo};
use crate::facts::{Actor, Kind, PersonFacts, Thing};
use crate::gate::Question;
use crate::rules::Rules;
use crate::scene::{Scene, account_of, practice_of, training_of, with_roles};

/// What somebody may do who holds one role, has no relation to anybody's support and to whom no teachers report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// The only role held.
    pub role: Role,
    /// Acts on the programme, its communities and sessions.
    pub programme: Vec<&'static ActInfo>,
    /// Acts on oneself, one's own account, one's own practice and sessions one runs.
    pub own: Vec<&'static ActInfo>,
    /// Acts on what is somebody else's: a person, an account, a practice, a thread, an entry.
    pub others: Vec<&'static ActInfo>,
}

/// One row for each role, in the order of the register.
pub(crate) fn of(rules: &Rules, scene: &Scene) -> Vec<RoleRow> {
    Role::ALL.into_iter().map(|role| row(rules, scene, role)).collect()
}

fn row(rules: &Rules, scene: &Scene, role: Role) -> RoleRow {
    let somebody = with_roles(&scene.stranger, Roles::NONE.with(role));
    let (account, practice) = (account_of(&somebody, &scene.programme), practice_of(&somebody));
    let training = training_of(&somebody);
    let own = |kind| match kind {
        Kind::Person => Some(Thing::Person(&somebody)),
        Kind::Account => Some(Thing::Account(&account)),
        Kind::Practice => Some(Thing::Practice(&practice)),
        Kind::Training => Some(Thing::Training(&training)),
        Kind::Programme
        | Kind::Thread
        | Kind::Track
        | Kind::HoursEntry
        | Kind::Disclosure
        | Kind::Induction
        | Kind::Draft
        | Kind::Community => None,
    };
    // Communities and their sessions are the college's own.
    let common = |kind| matches!(kind, Kind::Programme | Kind::Community | Kind::Training);
    let others = |kind| if common(kind) { None } else { Some(scene.thing(kind)) };
    let programme = |kind| if common(kind) { Some(scene.thing(kind)) } else { None };
    RoleRow {
        role,
        programme: allowed(rules, scene, &somebody, programme),
        own: allowed(rules, scene, &somebody, own),
        others: allowed(rules, scene, &somebody, others),
    }
}

fn allowed<'a>(
    rules: &Rules,
    scene: &Scene,
    somebody: &PersonFacts,
    on: impl Fn(Kind) -> Option<Thing<'a>>,
) -> Vec<&'static ActInfo> {
    let may = |act: &&'static ActInfo| {
        let with = act.chooses.then_some(&scene.colleague);
        let actor = Actor::Person(somebody);
        on(act.on).is_some_and(|on| rules.allow(&Question { act, actor, on, with }))
    };
    ALL.iter().filter(may).collect()
}

#[cfg(test)]
mod tests {
    use domain::programme::Model;

    use super::*;
    use crate::acts::{CONFIGURATION, Doer};
    use crate::facts::ProgrammeFacts;
    use crate::gate::Gate;
    use crate::scene;

    fn names(acts: &[&'static ActInfo]) -> String {
        acts.iter().map(|act| act.name).collect::<Vec<_>>().join(" ")
    }

    /// R-LOK-4: whatever an administrator may change, and whatever a command does, is in the log of changes.
    #[test]
    fn what_sets_the_program_up_is_in_the_log_of_changes_and_nothing_of_support_is() {
        let model = Model::Universal;
        let programme = ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false };
        let gate = Gate::new().expect("a gate");
        let table = gate.role_table(&programme);
        let of = |role: Role| table.iter().find(|row| row.role == role).expect("a row");
        let anybody = of(Role::Teacher).programme.clone();
        let office = of(Role::Administrator);
        let reads = |act: &ActInfo| ["See", "Find", "Examine"].iter().any(|word| act.name.starts_with(word));
        let administrators =
            office.programme.iter().chain(&office.others).copied().filter(|act| !anybody.contains(act));
        let commands = ALL.iter().filter(|act| act.by.contains(&Doer::CommandLine));
        for act in administrators.chain(commands).filter(|act| !reads(act)) {
            assert!(CONFIGURATION.contains(&act), "{} is not in the log of changes", act.name);
        }
        for act in CONFIGURATION {
            assert!(
                [Kind::Programme, Kind::Person, Kind::Account, Kind::Draft].contains(&act.on) && !act.chooses,
                "{}",
                act.name
            );
        }
    }

    #[test]
    fn the_table_tells_what_each_role_may_do() {
        let model = Model::Deficit;
        let programme = ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false };
        let gate = Gate::new().expect("a gate");
        let table = gate.role_table(&programme);
        assert_eq!(table.iter().map(|row| row.role).collect::<Vec<_>>(), Role::ALL);
        for row in table {
            let others = match row.role {
                Role::Administrator => {
                    "DeactivatePerson ReactivatePerson InvitePerson SeePerson EditPerson ChangeAreas ChangeLine ChangeRoles \
                     CancelChange"
                }
                Role::ProgrammeLead => {
                    "AppointPractitioner StandDownPractitioner SetRemission SetExtras SetPattern AnswerCarry ArrangeCover \
                     EndCover BarFromTracks BeginInduction NameCompanions"
                }
                _ => "",
            };
            assert_eq!(names(&row.others), others, "{:?}", row.role);
            assert_eq!(names(&row.own).contains("SeeOwnWeek"), row.role == Role::Practitioner);
            assert!(!names(&row.programme).contains("AskForSupport"), "asking is closed");
        }
        let opened = gate.role_table(&ProgrammeFacts { asking_opened: true, ..programme });
        let asking: Vec<Role> =
            opened.iter().filter(|row| names(&row.programme).contains("AskForSupport")).map(|row| row.role).collect();
        assert_eq!(asking, [Role::Teacher, Role::Practitioner]);
    }
}
