//! What must hold for all 255 sets of roles, and for the empty one.

use std::thread;

use domain::people::{Role, Roles};
use policies::Gate;
use policies::acts::{ALL, ActInfo};
use policies::facts::Kind;

use crate::cases::{DEPLOYMENTS, Deployment, cases};

/// The facts of an account, a person, a practice or an entry carry no model, so one deployment says it all for them.
fn deployments(act: &ActInfo) -> &'static [Deployment] {
    match act.on {
        Kind::Person
        | Kind::Account
        | Kind::Practice
        | Kind::HoursEntry
        | Kind::Disclosure
        | Kind::Induction
        | Kind::Draft
        | Kind::Community
        | Kind::Training => &DEPLOYMENTS[..1],
        Kind::Programme | Kind::Thread | Kind::Track => &DEPLOYMENTS,
    }
}

/// The wrong answers about one act.
fn wrong(gate: &Gate, act: &'static ActInfo) -> Vec<String> {
    let mut wrong = Vec::new();
    for deployment in deployments(act) {
        for case in cases(act, *deployment) {
            let allowed = |roles| case.ask(act, roles, |question| gate.allows(question));
            let without = allowed(Roles::NONE);
            let granting: Roles = Role::ALL.into_iter().filter(|role| allowed(Roles::NONE.with(*role))).collect();
            for bits in 0..=u8::MAX {
                let roles = Roles::from_bits(bits);
                let expected = without || bits & granting.bits() != 0;
                let answer = allowed(roles);
                if answer != expected || answer && case.walled {
                    wrong.push(format!("{} ({}) {}: {roles}: {answer}", act.name, deployment.letter, case.relation));
                }
            }
        }
    }
    wrong
}

#[test]
fn no_set_of_roles_allows_more_than_its_roles_and_none_lets_anybody_past_the_walls_of_a_thread() {
    let (first, second): (Vec<_>, Vec<_>) = ALL.iter().enumerate().partition(|(number, _)| number % 2 == 0);
    let ask = |acts: Vec<(usize, &'static ActInfo)>| {
        // A gate each, because two threads slow each other down at one.
        let gate = Gate::new().expect("the gate opens");
        acts.into_iter().flat_map(|(_, act)| wrong(&gate, act)).collect::<Vec<_>>()
    };
    let found = thread::scope(|scope| {
        let other = scope.spawn(|| ask(second));
        let mut found = ask(first);
        found.extend(other.join().expect("the other half was asked too"));
        found
    });
    assert_eq!(found, Vec::<String>::new());
}
