//! tmp
use domain::people::*;
use domain::programme::Model;
use policies::acts::*;
use policies::facts::*;
use policies::*;
use uuid::Uuid;
#[test]
fn time() {
    let t = std::time::Instant::now();
    let gate = Gate::new().unwrap();
    println!("new {:?}", t.elapsed());
    let i = Uuid::from_u128(9).into();
    let p = |n: u128, r| PersonFacts {
        id: Uuid::from_u128(n).into(),
        institution: i,
        active: true,
        roles: Roles::NONE.with(r),
        managers: vec![Uuid::from_u128(50).into(), Uuid::from_u128(51).into()],
        appraiser: Some(Uuid::from_u128(50).into()),
        leads_teachers: false,
    };
    let a = p(1, Role::Teacher);
    let b = p(2, Role::Practitioner);
    let prog = ProgrammeFacts { institution: i, model: Model::Universal, asking_opened: false, sample: false };
    let th = ThreadFacts {
        institution: i,
        thread: Uuid::from_u128(3).into(),
        teacher: a.id,
        practitioner: b.id,
        managers_of_teacher: a.managers.clone(),
        appraiser_of_teacher: a.appraiser,
        model: Model::Universal,
        asking_opened: false,
    };

    let _ = gate.permit::<AskForSupport>(&Actor::Person(&a), &prog, &b).unwrap();
    let _ = gate.permit::<SeeThread>(&Actor::Person(&b), &th, &()).unwrap();

    for _ in 0..3 {
        let t = std::time::Instant::now();
        for _ in 0..2000 {
            let _ = gate.permit::<AskForSupport>(&Actor::Person(&a), &prog, &b).unwrap();
        }
        println!("ask {:?}", t.elapsed() / 2000);
        let t = std::time::Instant::now();
        for _ in 0..2000 {
            let _ = gate.permit::<SeeThread>(&Actor::Person(&b), &th, &()).unwrap();
        }
        println!("see {:?}", t.elapsed() / 2000);
    }
}
